"""What was known on a day: a series, so prepared that no day asks it to be gone through again."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias, TypeVar, cast

import attrs

from goalmodel.display import readable
from goalmodel.measure.series import Absence, Reading, Series

_T = TypeVar("_T")

Dated: TypeAlias = tuple[dt.date, Fraction]
"""A date and the value on it."""


@readable
@attrs.frozen(eq=False)
class Known:
    """A series that can be asked what was known of it on any day.

    Attributes:
        series: All of its readings, those after the day included.
    """

    series: Series
    _tables: dict[Callable[..., Any], Any] = attrs.field(factory=dict, init=False)

    @cached_property
    def days(self) -> list[dt.date]:
        """The date of each reading and absence."""
        return [reading.on for reading in self.series.readings]

    @cached_property
    def present(self) -> tuple[Dated, ...]:
        """Date and value of each reading that has a value the measure can have."""
        return self.series.present

    @cached_property
    def present_days(self) -> list[dt.date]:
        """The dates of those."""
        return [on for on, _ in self.present]

    @cached_property
    def impossible(self) -> tuple[Reading, ...]:
        """The readings that have a value the measure can't have."""
        can_be = self.series.measure.can_be
        return tuple(
            reading
            for reading in self.series.readings
            if not isinstance(reading.value, Absence) and not can_be(reading.value)
        )

    def count(self, as_of: dt.date) -> int:
        """Return how many readings with a value there were by *as_of*."""
        return bisect_right(self.present_days, as_of)

    def written_down(self, after: dt.date, until: dt.date) -> int:
        """Return how many readings and absences there are after one day and until another."""
        return bisect_right(self.days, until) - bisect_right(self.days, after)

    def latest(self, as_of: dt.date) -> Reading | None:
        """Return the latest reading or absence by *as_of*; None where there is none."""
        count = bisect_right(self.days, as_of)
        return self.series.readings[count - 1] if count else None

    def table(self, make: Callable[[tuple[Fraction, ...]], _T]) -> _T:
        """Return what *make* makes of all values, oldest first; it is made once."""
        if make not in self._tables:
            self._tables[make] = make(tuple(value for _, value in self.present))
        return cast("_T", self._tables[make])
