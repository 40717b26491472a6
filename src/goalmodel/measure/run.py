"""Which of a measure's readings hang together, although some are missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate, pairwise, takewhile

import attrs

from goalmodel.display import readable
from goalmodel.measure.cadence import Cadence
from goalmodel.measure.known import Dated, Known
from goalmodel.measure.series import Series


@readable
@attrs.frozen(eq=False, kw_only=True)
class Runs:
    """The latest readings that no long gap interrupts, on any day.

    A missing reading suspends a run: it neither extends nor ends it, until *missing_ends_run* of them follow one
    another. Missing is what was stated absent, what the measure can't be, and what the cadence expected in vain.

    Attributes:
        known: The readings.
        cadence: How often a reading is expected; None where nothing is.
        missing_ends_run: How many missing readings in a row end the run, at least 1.
    """

    known: Known
    cadence: Cadence | None
    missing_ends_run: int

    @cached_property
    def starts(self) -> list[int]:
        """For each present reading the first one that hangs together with it, as numbers of present readings."""
        found = [0] if self.known.present else []
        for at, (earlier, later) in enumerate(pairwise(self.known.present_days), start=1):
            missing = max(self.known.written_down(earlier, later) - 1, self._overdue(earlier, later))
            found.append(at if missing >= self.missing_ends_run else found[-1])
        return found

    def on(self, as_of: dt.date) -> range:
        """Return which of the present readings hang together on *as_of*; what is overdue by then is missing, too."""
        count = self.known.count(as_of)
        if not count:
            return range(0)
        last = self.known.present_days[count - 1]
        missing = max(self.known.written_down(last, as_of), self._overdue(last, as_of))
        return range(count, count) if missing >= self.missing_ends_run else range(self.starts[count - 1], count)

    def _overdue(self, earlier: dt.date, later: dt.date) -> int:
        return 0 if self.cadence is None else self.cadence.overdue(earlier, later)


def latest_run(series: Series, *, as_of: dt.date, cadence: Cadence | None, missing_ends_run: int) -> tuple[Dated, ...]:
    """Return date and value of the latest readings that no long gap interrupts, oldest first; see `Runs`.

    Args:
        series: The readings; those after *as_of* are not seen.
        as_of: The date of the judgement; what is overdue by then is missing, too.
        cadence: How often a reading is expected; None where nothing is.
        missing_ends_run: How many missing readings in a row end the run, at least 1.
    """
    known = Known(series.until(as_of))
    run = Runs(known=known, cadence=cadence, missing_ends_run=missing_ends_run).on(as_of)
    return known.present[run.start : run.stop]


def streak(alike: Iterable[bool]) -> int:
    """Return how many of *alike* hold before the first that does not."""
    return sum(1 for _ in takewhile(bool, alike))


def streaks(alike: Iterable[bool]) -> list[int]:
    """Return for each of *alike* how many hold up to it in a row."""
    return [*accumulate(alike, lambda count, holds: count + 1 if holds else 0, initial=0)][1:]
