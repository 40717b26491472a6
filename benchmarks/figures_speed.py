"""How much longer the figures of ten times the readings take, for every window and derived: at most twelve times.

By hand: ``python benchmarks/figures_speed.py``. Both are timed in turn, the best of five each, in processor time.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Final

import attrs

from goalmodel import Aggregation, Measure, Series
from goalmodel.measure import (
    Derived,
    EachPeriod,
    EachReading,
    LastDays,
    LastMonths,
    LastReadings,
    Period,
    Ratio,
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


def read_late(count: int, aggregation: Aggregation) -> Series:
    """Return the same, each reading known three days later."""
    return read(count, aggregation).known_after(3)


def make_figures(known: Series, window: Window) -> None:
    """Make the figures of what is known."""
    figures(known, window, as_of=MANY_DAYS)


def derive(known: Series, derived: Derived) -> None:
    """Make the figures that follow from what is known, and from the same once more."""
    derived.series([known, attrs.evolve(known, measure=attrs.evolve(known.measure, name="the other"))])


def seconds(work: Callable[[Series], None], known: Series) -> float:
    """Return the processor time that some work on what is known takes."""
    begun = time.process_time()
    work(known)
    return time.process_time() - begun


def ratio(work: Callable[[Series], None], few: Series, many: Series) -> float:
    """Return how much longer ten times the readings take."""
    pairs = [(seconds(work, few), seconds(work, many)) for _ in range(ROUNDS)]
    return min(late for _, late in pairs) / min(early for early, _ in pairs)


def of_a_window(window: Window) -> list[float]:
    """Return how much longer ten times the readings take, for each way to combine them."""
    work = partial(make_figures, window=window)
    return [ratio(work, read(FEW, each), read(FEW * TIMES, each)) for each in Aggregation]


def of_a_ratio(window: EachReading | EachPeriod) -> list[float]:
    """Return how much longer a ratio of ten times the readings takes: known at once, and late."""
    first = read(0, Aggregation.SUM).measure
    formula = Ratio(first, attrs.evolve(first, name="the other"))
    work = partial(derive, derived=Derived(measure=Measure("a ratio"), formula=formula, window=window))
    return [ratio(work, made(FEW, Aggregation.SUM), made(FEW * TIMES, Aggregation.SUM)) for made in (read, read_late)]


def main() -> int:
    """Print a row a window, and two of what is derived, and say whether one of them grows faster than its input."""
    worst = 0.0
    ways = [each.name.lower() for each in Aggregation]
    rows = [(name, dict(zip(ways, of_a_window(window), strict=True))) for name, window in WINDOWS.items()]
    for name, window in (("ratio, each reading", EachReading()), ("ratio, months", EachPeriod(Period.MONTH))):
        rows.append((name, dict(zip(("at once", "late"), of_a_ratio(window), strict=True))))
    for name, found in rows:
        worst = max(worst, *found.values())
        print(f"{name:19}", *(f"{way} {of:4.1f}" for way, of in found.items()))
    print(f"at most {worst:.1f}, asked {MOST:.0f}")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
