"""Which of a measure's readings hang together, although some are missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise, takewhile
from typing import TypeAlias

from goalmodel.measure.cadence import Cadence
from goalmodel.measure.series import Series

Dated: TypeAlias = tuple[dt.date, Fraction]


def latest_run(series: Series, *, as_of: dt.date, cadence: Cadence | None, missing_ends_run: int) -> tuple[Dated, ...]:
    """Return date and value of the latest readings that no long gap interrupts, oldest first.

    A missing reading suspends a run: it neither extends nor ends it, until *missing_ends_run* of them follow one
    another. Missing is what was stated absent, what the measure can't be, and what the cadence expected in vain.

    Args:
        series: The readings; those after *as_of* are not seen.
        as_of: The date of the judgement; what is overdue by then is missing, too.
        cadence: How often a reading is expected; None where nothing is.
        missing_ends_run: How many missing readings in a row end the run, at least 1.
    """
    seen = series.until(as_of)
    present = seen.present
    if not present:
        return ()
    overdue = cadence.overdue(present[-1][0], as_of) if cadence else 0
    if max(_absent_after(seen, present[-1][0]), overdue) >= missing_ends_run:
        return ()
    start = len(present) - 1
    rank = {reading.on: index for index, reading in enumerate(seen.readings)}
    for earlier, later in reversed(tuple(pairwise(on for on, _ in present))):
        expected = cadence.overdue(earlier, later) if cadence else 0
        if max(rank[later] - rank[earlier] - 1, expected) >= missing_ends_run:
            break
        start -= 1
    return present[start:]


def streak(alike: Iterable[bool]) -> int:
    """Return how many of *alike* hold before the first that does not."""
    return sum(1 for _ in takewhile(bool, alike))


def _absent_after(series: Series, last: dt.date) -> int:
    return sum(reading.on > last for reading in series.readings)
