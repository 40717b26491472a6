"""Which of a measure's readings hang together, although some are missing."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile
from typing import final

from goalmodel.measure.exclusion import Expectation
from goalmodel.measure.view import SeriesView


@final
class RunHistory:
    """The latest readings that no long gap interrupts, on any day.

    A missing reading suspends a run: it neither extends nor ends it, until so many of them follow one another. Missing
    is what was stated absent, what the measure can't be, and what the cadence expected in vain.

    Attributes:
        breaks: Positions of the present readings that don't hang together with the one before, the first one among
            them.
    """

    __slots__ = ("_cadence", "_missing_ends_run", "_surely", "_view", "breaks")

    def __init__(self, view: SeriesView, *, cadence: Expectation | None, missing_ends_run: int) -> None:
        """Take readings, how often one is expected (None where nothing is), and how many in a row end a run."""
        self._view = view
        self._cadence = cadence
        self._missing_ends_run = missing_ends_run
        self._surely = view.longest_gap if cadence is None else cadence.surely_within(missing_ends_run)
        self.breaks: list[int] = [0] if view.row.days else []
        if view.has_absences or view.longest_gap > self._surely:
            neighbours = enumerate(pairwise(view.row.days), start=1)
            self.breaks.extend(at for at, (earlier, later) in neighbours if self._is_broken(earlier, later))

    def on(self, as_of: dt.date) -> range:
        """Return which of the present readings hang together on *as_of*; what is overdue by then is missing, too."""
        count = self._view.count(as_of)
        if not count:
            return range(0)
        if self._is_over(self._view.row.days[count - 1], as_of):
            return range(count, count)
        return range(start_of(self.breaks, count - 1), count)

    def _is_broken(self, earlier: dt.date, later: dt.date) -> bool:
        """Return whether a run ends between the readings of two days."""
        if self._view.has_absences and self._view.absent_between(earlier, later) >= self._missing_ends_run:
            return True
        if self._cadence is None or (later - earlier).days <= self._surely:
            return False  # the calendar need not be asked
        return self._cadence.missing_between(earlier, later) >= self._missing_ends_run

    def _is_over(self, last: dt.date, as_of: dt.date) -> bool:
        """Return whether the run that the latest reading belongs to has ended until *as_of*."""
        if self._view.has_absences and self._view.absent_since(last, as_of) >= self._missing_ends_run:
            return True
        if self._cadence is None or (as_of - last).days <= self._surely:
            return False  # the calendar need not be asked
        return self._cadence.overdue(last, as_of) >= self._missing_ends_run


def start_of(breaks: Sequence[int], at: int) -> int:
    """Return the latest of *breaks* that is not behind position *at*; the first one is not.

    >>> start_of([0, 4, 7], 6)
    4
    """
    return breaks[bisect_right(breaks, at) - 1]


def streak(alike: Iterable[bool]) -> int:
    """Return how many of *alike* hold before the first that does not."""
    return sum(1 for _ in takewhile(bool, alike))
