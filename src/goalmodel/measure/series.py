"""Readings of one measure, by date, and the absences among them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import unique
from fractions import Fraction
from functools import cached_property
from math import isnan
from numbers import Rational, Real
from operator import attrgetter
from typing import Any, Protocol, TypeAlias, cast

import attrs

from goalmodel.checks import Term, is_a, is_date, made, named, positive, the, the_date, the_iterable, the_many, the_text
from goalmodel.errors import (
    GivenTwice,
    GoalModelError,
    NotANumber,
    NotFinite,
    NothingGiven,
    OutOfBounds,
    WrongMeasure,
    WrongType,
    described,
)
from goalmodel.exact import Number, computed, exact
from goalmodel.measure.measure import Measure
from goalmodel.measure.unit import percentage_point
from goalmodel.measure.view import SeriesView
from goalmodel.reasons import ShownAtCuts
from goalmodel.reprs import readable
from goalmodel.showing import shown


@unique
class Absence(Term):
    """Why there is no value on a date on which there might have been one."""

    NOT_MEASURED = "not measured"
    MISSING = "missing"


def _value(given: Number | Absence, field: str = "value") -> Fraction | Absence:
    if isinstance(given, Absence):
        return given
    if _is_no_value(given):
        raise _no_value(given, field)
    return exact(given, field)


def _weight(given: Number | None, field: str = "weight") -> Fraction | None:
    return None if given is None else positive(given, field)


def _is_no_value(given: object) -> bool:
    """Return whether *given* is what tables hold where there is no value: None, NaN, or the NA and NaT of pandas."""
    if isinstance(given, Decimal):
        return given.is_nan()
    if isinstance(given, Real) and not isinstance(given, Rational):
        return isnan(given)
    return given is None or type(given).__name__ in {"NAType", "NaTType"}


def _no_value(given: object, field: str, *, on: dt.date | None = None) -> GoalModelError:
    number = "a finite number" if on is None else f"a finite number on {on}"
    hint = "" if on is None else " (missing=Absence.MISSING says it of all that have no value)"
    kind = NotFinite if isinstance(given, Real | Decimal) else NotANumber
    return kind(field, given, f"{number}, or where there is none Absence.MISSING or Absence.NOT_MEASURED{hint}")


@ShownAtCuts.register
@readable
@attrs.frozen(field_transformer=named)
class Reading:
    """A measure's value on a date, or a stated absence.

    >>> str(Reading(dt.date(2026, 10, 31), 8.2))
    '8.2 on 2026-10-31'

    Attributes:
        on: The date the value is about (of a month's figure: the month's last day).
        value: Finite, in the measure's own unit; or the Absence.
        weight: The number of cases behind the value, above 0: its denominator; None where nobody counted them.
    """

    on: dt.date = attrs.field(validator=is_date)
    value: Fraction | Absence = attrs.field(converter=_value)
    weight: Fraction | None = attrs.field(default=None, converter=_weight)

    def __attrs_post_init__(self) -> None:
        if self.weight is not None and isinstance(self.value, Absence):
            raise OutOfBounds("weight", self.weight, "none: no cases stand behind an absence")

    @property
    def known(self) -> Fraction:
        """The value.

        Raises:
            NotANumber: The reading is an absence.
        """
        if isinstance(self.value, Absence):
            raise NotANumber("value", self.value)
        return self.value

    def shown(self, *, cuts: Iterable[Fraction] = ()) -> str:
        """Return the value, rounded to the nearest and never so that it seems to reach a cut, and its day.

        Rule: NUM-3.

        Args:
            cuts: Edges, standards or targets that the value must not seem to reach, in the measure's own unit.
        """
        edges = tuple(computed(cut, f"cuts[{index}]") for index, cut in enumerate(the_iterable(cuts, "cuts")))
        value = self.value.value if isinstance(self.value, Absence) else shown(self.value, cuts=edges)
        return f"{value} on {self.on.isoformat()}"

    def __str__(self) -> str:
        return self.shown()


def computed_reading(on: dt.date, value: Fraction | Absence, weight: Fraction | None = None) -> Reading:
    """Return a reading of a value that was computed, and may have more digits than one that is given."""
    return made(Reading, on=on, value=value, weight=weight)


_by_date = attrgetter("on")


class ByDate(Protocol):
    """What has pairs of date and value to give, as a Series of pandas does."""

    def items(self) -> Iterable[tuple[Any, Any]]:
        """Return pairs of date and value."""
        ...


Readings: TypeAlias = (
    Mapping[dt.date, Number | Absence | None] | ByDate | Iterable[tuple[dt.date, Number | Absence | None] | Reading]
)


def _readings(given: Iterable[Reading], field: str = "value") -> tuple[Reading, ...]:
    accepted = "a Reading (Series.of takes pairs of date and value, mappings, and what has items)"
    return tuple(sorted(the_many(Reading, given, field, accepted), key=_by_date))


@readable
@attrs.frozen(field_transformer=named)
class Series:
    """The readings of one measure, oldest first, one a date.

    Attributes:
        measure: What was measured.
        readings: Oldest first; readings in another order are sorted.

    Raises:
        GivenTwice: Two readings have the same date.
    """

    measure: Measure = attrs.field(validator=is_a(Measure))
    readings: tuple[Reading, ...] = attrs.field(default=(), converter=_readings)

    def __attrs_post_init__(self) -> None:
        for earlier, later in zip(self.readings, self.readings[1:], strict=False):
            if earlier.on == later.on:
                raise GivenTwice("readings", later.on, "a date that no other reading of the series has")
        without = [each for each in self.readings if each.weight is None and not isinstance(each.value, Absence)]
        if without and any(each.weight is not None for each in self.readings):
            raise NothingGiven("readings", without[0], "a weight of every reading, or of none")

    @classmethod
    def of(cls, measure: Measure, readings: Readings = (), *, missing: Absence | None = None) -> Series:
        """Return the series of *readings* by date.

        >>> visits = Measure("visits", unit="visits")
        >>> len(Series.of(visits, {dt.date(2026, 2, 28): 31, dt.date(2026, 1, 31): Absence.MISSING}))
        2
        >>> str(Series.of(visits, [(dt.datetime(2026, 1, 31), None)], missing=Absence.NOT_MEASURED).readings[0])
        'not measured on 2026-01-31'

        Args:
            measure: What was measured.
            readings: A mapping of dates to values, or what has ``items`` as a Series of pandas does, or pairs of date
                and value, or Readings, in any order. A value is finite and in the measure's own unit, or an Absence.
                A timestamp at midnight without a time zone stands for its date.
            missing: What None, NaN and the NA of pandas mean; they are refused where nothing is said.

        Raises:
            GivenTwice: Two readings have the same date.
            NotADate: A date has a time of day or a time zone, or is not a date.
            NotANumber: A value is not a number.
            NotFinite: A value is an infinity, or NaN where *missing* does not say what that means.
        """
        absence = None if missing is None else the(Absence, missing, "missing")
        pairs = enumerate(_pairs(readings))
        return cls(measure, [_reading(each, f"readings[{index}]", absence) for index, each in pairs])

    @classmethod
    def shares(cls, measure: Measure, counts: Mapping[dt.date, tuple[Number, Number]]) -> Series:
        """Return the series of shares of counted cases: exact, each with the number of cases behind it as its weight.

        >>> seen = Measure("seen within four hours", unit="percent", aggregation=Aggregation.MEAN)
        >>> print(*Series.shares(seen, {dt.date(2026, 1, 31): (90, 100), dt.date(2026, 2, 28): (1, 10)}))
        90 on 2026-01-31 10 on 2026-02-28

        Rule: FIG-1.

        Args:
            measure: What was measured: in percent where that is its unit, else a share of 1.
            counts: By date the cases that count, and all there were. Of no cases there is no share: not measured.

        Raises:
            OutOfBounds: A number of all cases is below 0, or there are cases that count among none.
        """
        the(Measure, measure, "measure")
        whole = percentage_point(measure.unit)
        of_all = Fraction(1) if whole is None else 100 * whole
        if not isinstance(counts, Mapping):
            raise WrongType("counts", counts, "a mapping of dates to pairs: the cases that count, and all there were")
        return cls(measure, [_share(on, pair, of_all) for on, pair in counts.items()])

    def __len__(self) -> int:
        return len(self.readings)

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)

    @cached_property
    def view(self) -> SeriesView:
        """What judgements look at: the same readings, as whole numbers by date."""
        return SeriesView(self)

    @property
    def weights(self) -> list[Fraction] | None:
        """The weight of each reading that has a value the measure can have, oldest first; None where none has one."""
        can_be = self.measure.can_be
        present = [each for each in self.readings if isinstance(each.value, Fraction) and can_be(each.value)]
        return [each.weight for each in present if each.weight is not None] or None

    def until(self, as_of: dt.date) -> Series:
        """Return the series as it was known on *as_of*: later readings are not seen."""
        seen = bisect_right(self.readings, the_date(as_of, "as_of"), key=_by_date)
        return self if seen == len(self.readings) else Series(self.measure, self.readings[:seen])

    def since(self, start: dt.date) -> Series:
        """Return the readings on *start* and later."""
        unseen = bisect_left(self.readings, the_date(start, "start"), key=_by_date)
        return self if not unseen else Series(self.measure, self.readings[unseen:])

    def between(self, start: dt.date, end: dt.date) -> Series:
        """Return the readings from *start* until *end*, both days inside; none where *end* is before *start*."""
        first = bisect_left(self.readings, the_date(start, "start"), key=_by_date)
        last = bisect_right(self.readings, the_date(end, "end"), key=_by_date)
        return self if last - first == len(self.readings) else Series(self.measure, self.readings[first:last])

    @property
    def present(self) -> tuple[tuple[dt.date, Fraction], ...]:
        """Date and value of each reading that has a value the measure can have, oldest first."""
        low, high = self.measure.lowest, self.measure.highest
        return tuple(
            (reading.on, value)
            for reading in self.readings
            if not isinstance(value := reading.value, Absence)
            and (low is None or low <= value)
            and (high is None or value <= high)
        )

    def about(self, measure: Measure, field: str = "series") -> Series:
        """Return this series, which must be about *measure*.

        Raises:
            WrongMeasure: It is about another measure, or in another unit.
        """
        if self.measure is not measure and self.measure != the(Measure, measure, "measure"):
            names = attrs.fields_dict(Measure)
            name = next(name for name in names if getattr(self.measure, name) != getattr(measure, name))
            accepted = f"{described(getattr(measure, name))}, as in the measure it is read for"
            raise WrongMeasure(f"{the_text(field, 'field')}.measure.{name}", getattr(self.measure, name), accepted)
        return self


def _pairs(given: Readings) -> Iterable[tuple[dt.date, Number | Absence | None] | Reading]:
    if isinstance(given, Mapping):
        by_date = cast("Mapping[dt.date, Number | Absence | None]", given)
        return by_date.items()
    items: object = getattr(given, "items", None)
    pairs = cast("Iterable[Reading]", items() if callable(items) else given)
    return the_iterable(pairs, "readings")


def _reading(given: tuple[dt.date, Number | Absence | None] | Reading, field: str, missing: Absence | None) -> Reading:
    match given:
        case Reading():
            return given
        case (on, value):
            day = _day(on, f"{field}.on")
            if not _is_no_value(value):
                return Reading(day, _value(cast("Number | Absence", value), f"{field}.value"))
            if missing is None:
                raise _no_value(value, f"{field}.value", on=day)
            return Reading(day, missing)
        case _:
            raise WrongType(field, given, "a Reading, or a pair of date and value")


def _share(on: dt.date, given: object, whole: Fraction) -> Reading:
    field = f"counts[{str(on)!r}]"
    the_date(on, field)
    pair = cast("tuple[Number, ...]", the(tuple, given, field))
    if len(pair) != 2:  # noqa: PLR2004 - a pair
        raise WrongType(field, given, "a pair: the cases that count, and all there were")
    part, cases = exact(pair[0], f"{field}[0]"), exact(pair[1], f"{field}[1]")
    if cases < 0 or (part and not cases):
        raise OutOfBounds(f"{field}[1]", cases, "0 cases or more, and where some count, more than 0")
    return computed_reading(on, part * whole / cases, cases) if cases else Reading(on, Absence.NOT_MEASURED)


def _day(given: object, field: str) -> dt.date:
    """Return the date of a timestamp at midnight; whatever else is given must be a date."""
    if isinstance(given, dt.datetime) and given.tzinfo is None and given.time() == dt.time.min:
        return the_date(given if getattr(given, "nanosecond", 0) else given.date(), field)
    return the_date(given, field)
