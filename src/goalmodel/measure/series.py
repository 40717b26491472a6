"""Readings of one measure, by date, and the absences among them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum, unique
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import TypeAlias, cast

import attrs

from goalmodel.checks import is_a, is_date, named, the, the_date, the_iterable, the_many, the_text
from goalmodel.display import readable
from goalmodel.errors import GivenTwice, NotANumber, WrongMeasure, WrongType, described
from goalmodel.exact import Number, exact, shown
from goalmodel.measure.measure import Measure
from goalmodel.measure.view import SeriesView


def difference(given: Measure, expected: Measure) -> tuple[str, str]:
    """Return what an error says of two measures that differ: what was given, and what would have been accepted.

    Where name and unit are the same, it is the first field that is not.
    """
    if (given.name, given.unit.name) != (expected.name, expected.unit.name):
        return f"{given.name} in {given.unit.name}", f"a series of {expected.name} in {expected.unit.name}"
    field = next(name for name in attrs.fields_dict(Measure) if getattr(given, name) != getattr(expected, name))
    text = f"a series of {expected.name} whose {field} is {{}}"
    return text.format(described(getattr(given, field))), text.format(described(getattr(expected, field)))


@unique
class Absence(StrEnum):
    """Why there is no value on a date on which there might have been one."""

    NOT_MEASURED = "not measured"
    MISSING = "missing"


def _value(given: Number | Absence, field: str = "value") -> Fraction | Absence:
    return given if isinstance(given, Absence) else exact(given, field)


@readable
@attrs.frozen(field_transformer=named)
class Reading:
    """A measure's value on a date, or a stated absence.

    >>> str(Reading(dt.date(2026, 10, 31), 8.2))
    '8.2 on 2026-10-31'

    Attributes:
        on: The date the value is about (of a month's figure: the month's last day).
        value: Finite, in the measure's own unit; or the Absence.
    """

    on: dt.date = attrs.field(validator=is_date)
    value: Fraction | Absence = attrs.field(converter=_value)

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
        value = self.value.value if isinstance(self.value, Absence) else shown(self.value, cuts=cuts)
        return f"{value} on {self.on.isoformat()}"

    def __str__(self) -> str:
        return self.shown()


_by_date = attrgetter("on")

Readings: TypeAlias = Mapping[dt.date, Number | Absence] | Iterable[tuple[dt.date, Number | Absence] | Reading]


def _readings(given: Iterable[Reading], field: str = "value") -> tuple[Reading, ...]:
    return tuple(sorted(the_many(Reading, given, field), key=_by_date))


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

    @classmethod
    def of(cls, measure: Measure, readings: Readings = ()) -> Series:
        """Return the series of *readings* by date.

        >>> visits = Measure("visits", unit="visits")
        >>> len(Series.of(visits, {dt.date(2026, 2, 28): 31, dt.date(2026, 1, 31): Absence.MISSING}))
        2

        Args:
            measure: What was measured.
            readings: A mapping of dates to values, or pairs of date and value, or Readings, in any order. A
                value is finite and in the measure's own unit, or an Absence.

        Raises:
            GivenTwice: Two readings have the same date.
            NotADate: A date has a time of day, or is not a date.
            NotANumber: A value is not a number.
        """
        return cls(measure, map(_reading, _pairs(readings)))

    def __len__(self) -> int:
        return len(self.readings)

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)

    @cached_property
    def view(self) -> SeriesView:
        """What judgements look at: the same readings, as whole numbers by date."""
        return SeriesView(self)

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
            raise WrongMeasure(the_text(field, "field"), *difference(self.measure, measure))
        return self


def by_measure(history: Iterable[Series], field: str) -> dict[str, Series]:
    """Return the series of a *history*, in any order, by the name of their measure.

    Raises:
        GivenTwice: Two series are of one measure.
    """
    known: dict[str, Series] = {}
    for index, series in enumerate(the_many(Series, history, field)):
        if series.measure.name in known:
            raise GivenTwice(f"{field}[{index}]", series.measure.name, "one series a measure")
        known[series.measure.name] = series
    return known


def _pairs(given: Readings) -> Iterable[tuple[dt.date, Number | Absence] | Reading]:
    if isinstance(given, Mapping):
        by_date = cast("Mapping[dt.date, Number | Absence]", given)
        return by_date.items()
    return the_iterable(given, "readings")


def _reading(given: tuple[dt.date, Number | Absence] | Reading) -> Reading:
    match given:
        case Reading():
            return given
        case (on, value):
            return Reading(on, value)
        case _:
            raise WrongType("readings", given, "a Reading, or a pair of date and value")
