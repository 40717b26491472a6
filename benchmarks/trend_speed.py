"""How long judging takes as a series grows: ten times the readings, at most twelve times the time.

Prints, for each rule, the time to assess a KPI with 1,000 and with 10,000 daily readings, and their ratio: of the
shortest of many rounds, without garbage collection, because whatever else the machine does only makes a round longer.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from time import process_time

from attrs import evolve

from goalmodel import Cadence, HealthBands, Kpi, Measure, Series, TrendPolicy
from goalmodel.trend import (
    SigmaRule,
    Steps,
    TrendRule,
    cusum,
    ewma,
    mann_kendall,
    nhs_making_data_count,
    run_chart,
    western_electric,
    xmr_wheeler,
)

SIZES = (1_000, 10_000)
MOST = 12
ROUNDS = 15

KPI = Kpi(id="kpi", measure=Measure("kpi"), bands=HealthBands.at_least(40, watch=30))
DAILY = evolve(KPI, cadence=Cadence.DAILY)
BY_RULE = evolve(KPI, cadence=Cadence.rrule("FREQ=DAILY"))
RULES: tuple[TrendRule, ...] = (
    Steps(3),
    SigmaRule(3, 1),
    xmr_wheeler(),
    nhs_making_data_count(),
    western_electric(),
    mann_kendall(),
    cusum(),
    ewma(),
    run_chart(),
)


def readings(count: int) -> Series:
    """Return so many daily readings without a pattern a rule would see."""
    first = date(1990, 1, 1)
    return Series.of(
        KPI.measure, [(first + timedelta(days=day), Fraction(day * 7_919 % 997, 10)) for day in range(count)]
    )


def seconds(judge: Callable[[Series], object], *sizes: Series) -> list[float]:
    """Return the shortest of several times for each of *sizes*, taken in turns."""
    best = [float("inf")] * len(sizes)
    for _ in range(ROUNDS):
        for index, series in enumerate(sizes):
            gc.collect()
            gc.disable()
            start = process_time()
            judge(series)
            best[index] = min(best[index], process_time() - start)
            gc.enable()
    return best


def main() -> None:
    """Print the times; exit with an error where one grows too fast."""
    jobs: list[tuple[str, Callable[[Series], object]]] = [
        ("flapping", lambda series: KPI.assess(series, as_of=series.readings[-1].on).flapping()),
        ("daily", lambda series: DAILY.assess(series, as_of=series.readings[-1].on)),
        ("daily, by a recurrence rule", lambda series: BY_RULE.assess(series, as_of=series.readings[-1].on)),
        ("time to breach", lambda series: KPI.assess(series, as_of=series.readings[-1].on).time_to_breach()),
    ]
    for rule in RULES:
        policy = TrendPolicy(direction=rule) if hasattr(rule, "heading") else TrendPolicy(usual=rule)
        jobs.append(
            (str(rule), lambda series, policy=policy: KPI.assess(series, as_of=series.readings[-1].on, policy=policy))
        )
    small, large = (readings(size) for size in SIZES)
    slow: list[str] = []
    for name, judge in jobs:
        few, many = seconds(judge, small, large)
        print(f"{name}: {few * 1000:.1f} ms, {many * 1000:.1f} ms, {many / few:.1f} times")
        slow += [name] if many / few > MOST else []
    if slow:
        sys.exit(f"more than {MOST} times: {', '.join(slow)}")


if __name__ == "__main__":
    main()
