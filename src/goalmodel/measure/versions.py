"""What was known when: late readings and restated ones, and a history that sees on each day what was known on it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from goalmodel.checks import is_a, is_id
from goalmodel.measure.reading import Reading
from goalmodel.reprs import readable

if TYPE_CHECKING:
    from goalmodel.measure.series import Series


@attrs.frozen(kw_only=True)
@readable
class Restatement:
    """A reading that says otherwise than an earlier one of the same day.

    Attributes:
        measure: Name of the measure.
        was: What was known before.
        became: What is known instead, since its `known_since`.
    """

    measure: str = attrs.field(validator=is_id)
    was: Reading = attrs.field(validator=is_a(Reading))
    became: Reading = attrs.field(validator=is_a(Reading))

    def __str__(self) -> str:
        return f"{self.measure}: {self.was} became {self.became.value_shown}, known since {self.became.known_since}"


def latest_of_each_day(versions: Iterable[Reading]) -> list[Reading]:
    """Return the version of each day that is known the longest since, of those by day and by when they are known."""
    return list({reading.on: reading for reading in versions}.values())


def restatements_of(measure: str, versions: Iterable[Reading]) -> tuple[Restatement, ...]:
    """Return what later *versions* of a day say otherwise than earlier ones, in the order in which it became known."""
    found = (
        Restatement(measure=measure, was=was, became=became)
        for was, became in pairwise(versions)
        if was.on == became.on and (was.value, was.weight) != (became.value, became.weight)
    )
    return tuple(sorted(found, key=lambda each: (each.became.known_since, each.became.on)))


_MOST_KEPT: Final = 6
"""What was asked about last is kept, for days are asked one after the other: now and at the begin of a window."""


class Versions:
    """The readings of a series by when they became known, so that any day can be asked what was known on it."""

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        self._readings = readings
        self._told = sorted(readings, key=_as_told)
        self._known = [reading.known_since for reading in self._told]
        self._late = sorted(reading.known_since for reading in readings if reading.known_on is not None)
        self._turns = sorted(_turns(self._told))
        self._kept: dict[tuple[str, int], Series] = {}

    def until(self, as_of: dt.date) -> list[Reading]:
        """Return what was known on a day: of each date the latest version known by then."""
        return latest_of_each_day(sorted(self._told[: bisect_right(self._known, as_of)], key=_by_version))

    def as_known(self, as_of: dt.date, series: Series) -> Series:
        """Return what was known on a day, each reading as if it had been known on its own.

        With it comes what is about a later day and known on that: it is the same until something late becomes known.
        """

        def known() -> list[Reading]:
            told = latest_of_each_day(each for each in self._readings if not each.known_on or each.known_on <= as_of)
            return [attrs.evolve(each, known_on=None) if each.known_on else each for each in told]

        return self._once("known", bisect_right(self._late, as_of), known, series)

    def epoch(self, as_of: dt.date, series: Series) -> Series:
        """Return the readings as they stood from the latest turn on a day or before, until before the next.

        A turn is a day on which something became known of a date behind which another one was known already. Between
        two of them each reading comes behind all others, so that the first so many are what was known on a day.
        """
        at = bisect_right(self._turns, as_of)
        last = self._turns[at] - dt.timedelta(days=1) if at < len(self._turns) else dt.date.max
        return self._once("epoch", at, lambda: self.until(last), series)

    def _once(self, what: str, at: int, readings: Callable[[], list[Reading]], series: Series) -> Series:
        if (what, at) not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            then = tuple(readings())
            self._kept[what, at] = series if then == self._readings else attrs.evolve(series, readings=then)
        return self._kept[what, at]


def _turns(told: Iterable[Reading]) -> set[dt.date]:
    """Return the days on which something became known that was not about a later date than all that was known."""
    latest, found = dt.date.min, set[dt.date]()
    for at, reading in enumerate(told):
        if at and reading.on <= latest:
            found.add(reading.known_since)
        latest = max(latest, reading.on)
    return found


def _as_told(reading: Reading) -> tuple[dt.date, dt.date]:
    return reading.known_since, reading.on


def _by_version(reading: Reading) -> tuple[dt.date, dt.date]:
    return reading.on, reading.known_since
