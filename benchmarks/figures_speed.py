"""How much longer the figures of ten times the readings take, for every window: at most twelve times.

By hand: ``python benchmarks/figures_speed.py``. Both are timed in turn, the best of five each, in processor time.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from typing import Final

from goalmodel import Aggregation, Measure, Series
from goalmodel.measure import (
    EachPeriod,
    EachReading,
    LastDays,
    LastMonths,
    LastReadings,
    Period,
    Reading,
    StatedPeriods,
    ToDate,
    Window,
    figures,
)

FIRST: Final = dt.date(1990, 1, 1)
FEW: Final = 1_000
TIMES: Final = 10
ROUNDS: Final = 5
MOST: Final = 12.0
MANY_DAYS: Final = FIRST + dt.timedelta(days=FEW * TIMES)
WINDOWS: Final[dict[str, Window]] = {
    "each reading": EachReading(),
    "weeks": EachPeriod(Period.WEEK),
    "months": EachPeriod(Period.MONTH),
    "fiscal quarters": EachPeriod(Period.QUARTER, starts_in=2),
    "stated": StatedPeriods(FIRST, [FIRST + dt.timedelta(days=28 * each) for each in range(1, 400)]),
    "last 250 readings": LastReadings(250),
    "last 365 days": LastDays(365),
    "last 12 months": LastMonths(12),
    "year to date": ToDate(EachPeriod(Period.YEAR)),
}


def read(count: int, aggregation: Aggregation) -> Series:
    """Return a reading a day with two decimals and a number of cases, no two in a row alike."""
    measure = Measure("anything", aggregation=aggregation)
    values = ((at * 7919 % 10_007) / 100 for at in range(count))
    return Series(
        measure, [Reading(FIRST + dt.timedelta(days=at), value, 1 + at % 9) for at, value in enumerate(values)]
    )


def seconds(known: Series, window: Window) -> float:
    """Return the processor time that the figures of what is known take."""
    begun = time.process_time()
    figures(known, window, as_of=MANY_DAYS)
    return time.process_time() - begun


def ratio(window: Window, aggregation: Aggregation) -> float:
    """Return how much longer ten times the readings take."""
    few, many = read(FEW, aggregation), read(FEW * TIMES, aggregation)
    pairs = [(seconds(few, window), seconds(many, window)) for _ in range(ROUNDS)]
    return min(late for _, late in pairs) / min(early for early, _ in pairs)


def main() -> int:
    """Print a row a window, and say whether one of them grows faster than its input."""
    worst = 0.0
    for name, window in WINDOWS.items():
        found = [ratio(window, each) for each in Aggregation]
        worst = max(worst, *found)
        print(f"{name:18}", *(f"{each.name.lower()} {of:4.1f}" for each, of in zip(Aggregation, found, strict=True)))
    print(f"at most {worst:.1f}, asked {MOST:.0f}")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
