"""What was known on a day: a view of a series that shares its row, so that no day asks it to be gone through again."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, TypeVar, cast, final

from goalmodel.measure.row import Dated, Pairs, Row, Whole

if TYPE_CHECKING:
    from goalmodel.measure.figure import JudgedFigures
    from goalmodel.measure.reading import Reading
    from goalmodel.measure.series import Series

_T = TypeVar("_T")


@final
class SeriesView:
    """A series of one version a date that can be asked what was known on any day; ``Series.view`` makes one, once.

    Present is a reading that has a value the measure can have. Positions are those of present readings, oldest first:
    what was known on a day is the first ``count(as_of)`` of them.

    Attributes:
        series: All of its readings, those after the day included.
        days: The date of each reading and absence.
        row: The present readings, as whole numbers by date.
        has_absences: Whether anything is written down that is no value the measure can have.
        judged: The figures that were made of it, by their window and what was asked of them.
        without_days: The readings without those about days that do not count, by what was agreed.
    """

    def __init__(self, series: Series) -> None:
        self.series = series
        self.row: Row = series.row
        self.has_absences: bool = len(series) > len(self.row)
        self.days: list[dt.date] = series.days
        self._known, self._written = self.row.days, self.days
        if not series.is_known_at_once:
            self._written = list(accumulate((reading.known_since for reading in series.readings), max))
            present = set(self.row.days)
            self._known = [known for known, day in zip(self._written, self.days, strict=True) if day in present]
        self.judged: dict[Hashable, JudgedFigures] = {}
        self.without_days: dict[Hashable, Series] = {}
        self._tables: dict[Callable[..., Any], Any] = {}

    @cached_property
    def longest_gap(self) -> int:
        """The most days from one present reading to the next; 0 where there are no two."""
        return max(((later - earlier).days for earlier, later in pairwise(self.row.days)), default=0)

    @cached_property
    def histories(self) -> dict[type, tuple[tuple[object, ...], object]]:
        """The history of the goal that was asked about last, of each kind, and what it was made of beside these."""
        return {}

    @property
    def present(self) -> Sequence[Dated]:
        """Date and value of each present reading, made when somebody looks at them."""
        return Pairs(self.row)

    @property
    def present_days(self) -> list[dt.date]:
        """The dates of those."""
        return self.row.days

    @cached_property
    def impossible(self) -> tuple[Reading, ...]:
        """The readings that have a value the measure can't have."""
        if not self.has_absences:
            return ()
        can_be = self.series.measure.can_be
        return tuple(
            reading
            for reading in self.series.readings
            if isinstance(reading.value, Fraction) and not can_be(reading.value)
        )

    def count(self, as_of: dt.date) -> int:
        """Return how many readings with a value were known by *as_of*."""
        return bisect_right(self._known, as_of)

    def absent_between(self, after: dt.date, until: dt.date) -> int:
        """Return how often, after one day and until another, something is written down that is no value."""
        written_down = bisect_right(self.days, until) - bisect_right(self.days, after)
        return written_down - (self.row.count(until) - self.row.count(after))

    def absent_since(self, after: dt.date, as_of: dt.date) -> int:
        """Return how often, after one day and as known on another, something is written down that is no value."""
        written_down = bisect_right(self._written, as_of) - bisect_right(self.days, after)
        return written_down - (self.count(as_of) - self.row.count(after))

    def latest(self, as_of: dt.date) -> Reading | None:
        """Return the latest reading or absence that was known by *as_of*; None where there is none."""
        count = bisect_right(self._written, as_of)
        return self.series.reading(count - 1) if count else None

    def reading(self, at: int) -> Reading:
        """Return the present reading at a position."""
        return self.series.reading(bisect_left(self.days, self.row.days[at]) if self.has_absences else at)

    def table(self, make: Callable[[list[Whole]], _T]) -> _T:
        """Return what *make* makes of the whole numbers of the row, oldest first; it is made once."""
        if make not in self._tables:
            self._tables[make] = make(self.row.wholes)
        return cast("_T", self._tables[make])
