"""Time each common verdict in multiples of the naive float formula, in one run. Prints ratios, not times.

Run by hand: ``python benchmarks/verdict_speed.py``. All take short turns of equal length, and the median of many turns
counts, so that whatever else the machine is doing disturbs them alike. Each judgement is timed twice: of a series that
was judged by the same goal before, and of one that nobody has looked at yet, as it is when a model was just loaded. Of
each verdict that is read which a user reads first; the last lines read every reason, too.
"""

from __future__ import annotations

import datetime as dt
import sys
from statistics import median
from timeit import Timer
from typing import Final

import attrs

from goalmodel import (
    Cadence,
    Commit,
    CommitAssessment,
    Cycle,
    HealthBands,
    KeyResult,
    KeyResultAssessment,
    Kpi,
    KpiAssessment,
    Measure,
    Reached,
    Series,
    Standard,
)
from goalmodel.checks import made
from goalmodel.objective import Rollup, roll_up  # noqa: F401 - a timed call names it

ROUNDS: Final = 120
SECONDS_A_TURN: Final = 0.002
READINGS: Final = 24

MEASURE = Measure("sales", unit="euros")
YEARS = Cycle(dt.date(2024, 1, 1), dt.date(2025, 12, 31))
GIVEN = {
    Cycle.month(2024 + month // 12, month % 12 + 1).end: round(12_345.67 + 31.7 * (month * 7 % 11) + month * 13.41, 2)
    for month in range(READINGS)
}
SERIES = Series.of(MEASURE, GIVEN)
AS_OF = YEARS.end
KR = KeyResult(id="sales", measure=MEASURE, baseline=12_345.67, target=13_000.5, cycle=YEARS, cadence=Cadence.MONTHLY)
KPI = Kpi(id="watched", measure=MEASURE, bands=HealthBands.at_least(12_400.5, watch=12_000), cadence=Cadence.MONTHLY)
COMMIT = Commit(
    id="promise",
    measure=MEASURE,
    standard=Standard.at_least(12_800.5),
    due=AS_OF,
    declared_on=YEARS.start,
    manner=Reached(),
)
STANDARD = COMMIT.standard
FIVE = [
    attrs.evolve(KR, id=f"sales {number}", target=13_000.5 + number).assess(SERIES, as_of=AS_OF) for number in range(5)
]


def naive(x: float, b: float, t: float) -> float:
    """Return the score as it is usually written by hand."""
    return (x - b) / (t - b)


def new_series() -> Series:
    """Return a series that nobody has looked at yet, of readings that were checked before."""
    return made(Series, measure=MEASURE, _written=SERIES._written)  # noqa: SLF001 - as Series.of makes it


def kr_read(found: KeyResultAssessment) -> object:
    """Read what a user reads first of a key result: its score and the word for it."""
    return found.score, found.outcome


def kpi_read(found: KpiAssessment) -> object:
    """Read what a user reads first of a KPI: its health, its standing against what is usual, and its heading."""
    return found.health, found.standing, found.heading


def commit_read(found: CommitAssessment) -> object:
    """Read what a user reads first of a commit: its attainment, and how far it falls short."""
    return found.attainment, found.distance


def rollup_read(found: Rollup) -> object:
    """Read what a user reads first of a roll-up: what it comes to, and on how much that rests."""
    return found.result, found.coverage


CALLS: Final[dict[str, tuple[int | None, str]]] = {
    "kr.score(value)": (15, "KR.score(12_800.7)"),
    "kr.assess, judged before": (150, "kr_read(KR.assess(SERIES, as_of=AS_OF))"),
    "kr.assess, new readings": (None, "kr_read(KR.assess(new_series(), as_of=AS_OF))"),
    "kpi.assess, judged before": (500, "kpi_read(KPI.assess(SERIES, as_of=AS_OF))"),
    "kpi.assess, new readings": (None, "kpi_read(KPI.assess(new_series(), as_of=AS_OF))"),
    "commit.assess, judged before": (150, "commit_read(COMMIT.assess(SERIES, as_of=AS_OF))"),
    "commit.assess, new readings": (None, "commit_read(COMMIT.assess(new_series(), as_of=AS_OF))"),
    "kpi.health(value)": (25, "KPI.health(12_100.7)"),
    "standard.is_met(value)": (25, "STANDARD.is_met(12_100.7)"),
    "roll-up of five": (600, "rollup_read(roll_up(FIVE))"),
    "Series.of 24 readings": (300, "Series.of(MEASURE, GIVEN)"),
    "kpi.assess, and every reason": (None, "[each.facts for each in KPI.assess(SERIES, as_of=AS_OF).explained]"),
    "commit.assess, and every reason": (None, "[each.facts for each in COMMIT.assess(SERIES, as_of=AS_OF).reasons]"),
    "roll-up of five, and its lines": (None, "roll_up(FIVE).lines"),
}
"""What is timed, and how many times the naive formula it may take at most."""


def medians(calls: dict[str, str]) -> dict[str, float]:
    """Return the seconds of a call, by name: the median of all rounds, taken in turns of equal length."""
    timers = {name: Timer(call, globals=globals()) for name, call in calls.items()}
    counts = {name: max(int(SECONDS_A_TURN / timer.timeit(20) * 20), 1) for name, timer in timers.items()}
    found: dict[str, list[float]] = {name: [] for name in timers}
    for _ in range(ROUNDS):
        for name, timer in timers.items():
            found[name].append(timer.timeit(counts[name]) / counts[name])
    return {name: median(times) for name, times in found.items()}


def main() -> None:
    """Print how many times as long as the naive formula each verdict takes, beside the most it may take."""
    found = medians(
        {"naive": "naive(12_800.7, 12_345.67, 13_000.5)"} | {name: call for name, (_, call) in CALLS.items()}
    )
    print(f"Python {sys.version.split()[0]}")
    for name, (most, _) in CALLS.items():
        times = found[name] / found["naive"]
        print(f"{name:32}{times:9.1f} times the naive formula{f'; at most {most}' if most else ''}")


if __name__ == "__main__":
    main()
