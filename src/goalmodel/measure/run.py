"""Which of a measure's readings hang together, although some are missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import accumulate, pairwise, takewhile

from goalmodel.measure.cadence import Cadence
from goalmodel.measure.row import Dated
from goalmodel.measure.series import Series
from goalmodel.measure.view import SeriesView


def run_starts(view: SeriesView, *, cadence: Cadence | None, missing_ends_run: int) -> list[int]:
    """Return for each present reading the first one that hangs together with it, without a long gap between.

    A missing reading suspends a run: it neither extends nor ends it, until *missing_ends_run* of them follow one
    another. Missing is what was stated absent, what the measure can't be, and what the cadence expected in vain.

    Args:
        view: The readings.
        cadence: How often a reading is expected; None where nothing is.
        missing_ends_run: How many missing readings in a row end the run, at least 1.
    """
    starts, start = [0] if view.row.days else [], 0
    for at, (earlier, later) in enumerate(pairwise(view.row.days), start=1):
        if _is_long_gap(view, earlier, later, cadence=cadence, missing_ends_run=missing_ends_run):
            start = at
        starts.append(start)
    return starts


def run_on(
    view: SeriesView, starts: list[int], as_of: dt.date, *, cadence: Cadence | None, missing_ends_run: int
) -> range:
    """Return which of the present readings hang together on *as_of*; what is overdue by then is missing, too.

    Args:
        view: The readings.
        starts: What `run_starts` says of them.
        as_of: The date of the judgement.
        cadence: As for `run_starts`.
        missing_ends_run: As for `run_starts`.
    """
    count = view.count(as_of)
    if not count:
        return range(0)
    if _is_long_gap(view, view.row.days[count - 1], as_of, cadence=cadence, missing_ends_run=missing_ends_run):
        return range(count, count)
    return range(starts[count - 1], count)


def _is_long_gap(
    view: SeriesView, last: dt.date, until: dt.date, *, cadence: Cadence | None, missing_ends_run: int
) -> bool:
    """Return whether a run ends between the reading of *last* and a later day, up to which there is no other."""
    if view.has_absences and view.absent(last, until) >= missing_ends_run:
        return True
    if cadence is None or (until - last).days <= cadence.surely_within(missing_ends_run):
        return False  # the calendar need not be asked
    return cadence.overdue(last, until) >= missing_ends_run


def latest_run(series: Series, *, as_of: dt.date, cadence: Cadence | None, missing_ends_run: int) -> tuple[Dated, ...]:
    """Return date and value of the latest readings that no long gap interrupts, oldest first; see `run_starts`.

    Args:
        series: The readings; those after *as_of* are not seen.
        as_of: The date of the judgement; what is overdue by then is missing, too.
        cadence: How often a reading is expected; None where nothing is.
        missing_ends_run: How many missing readings in a row end the run, at least 1.
    """
    view = series.view
    starts = run_starts(view, cadence=cadence, missing_ends_run=missing_ends_run)
    run = run_on(view, starts, as_of, cadence=cadence, missing_ends_run=missing_ends_run)
    return view.present[run.start : run.stop]


def streak(alike: Iterable[bool]) -> int:
    """Return how many of *alike* hold before the first that does not."""
    return sum(1 for _ in takewhile(bool, alike))


def streaks(alike: Iterable[bool]) -> list[int]:
    """Return for each of *alike* how many hold up to it in a row."""
    return [*accumulate(alike, lambda count, holds: count + 1 if holds else 0, initial=0)][1:]
