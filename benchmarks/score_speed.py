"""Compare kr.score and kr.assess with the naive float formula, in one run. Prints ratios, not times.

Run by hand: ``python benchmarks/score_speed.py``. The target: a score, the Score object included, takes at most 25
times as long as the naive formula. The three take short turns of equal length, and the best of many turns counts, so
that whatever else the machine is doing disturbs them alike.
"""

from __future__ import annotations

import datetime as dt
import sys
from timeit import Timer

from goalmodel import Cycle, KeyResult, Measure, Series

ROUNDS = 300
SECONDS_A_TURN = 0.001
MOST = 25

MEASURE = Measure("customer satisfaction", unit="points")
KR = KeyResult(id="csat", measure=MEASURE, baseline=8.0, target=9.0, cycle=Cycle.quarter(2026, 4))
AS_OF = dt.date(2026, 12, 31)
SERIES = Series.of(MEASURE, {dt.date(2026, 10, 31): 8.2, dt.date(2026, 11, 30): 8.5, AS_OF: 8.7})


def naive(x: float, b: float, t: float) -> float:
    """Return the score as it is usually written by hand."""
    return (x - b) / (t - b)


def best_seconds(**timers: Timer) -> dict[str, float]:
    """Return the seconds of a call, by name: the best of all rounds, taken in turns of equal length."""
    calls = {name: max(int(SECONDS_A_TURN / timer.timeit(1_000) * 1_000), 1) for name, timer in timers.items()}
    best = dict.fromkeys(timers, float("inf"))
    for _ in range(ROUNDS):
        for name, timer in timers.items():
            best[name] = min(best[name], timer.timeit(calls[name]) / calls[name])
    return best


def main() -> None:
    """Print how many times as long as the naive formula a score and an assessment take."""
    names: dict[str, object] = {
        "naive": naive,
        "kr": KR,
        "series": SERIES,
        "as_of": AS_OF,
    }
    best = best_seconds(
        naive=Timer("naive(8.7, 8.0, 9.0)", globals=names),
        score=Timer("kr.score(8.7)", globals=names),
        assess=Timer("kr.assess(series, as_of=as_of)", globals=names),
    )
    score, assess = best["score"] / best["naive"], best["assess"] / best["naive"]
    print(f"Python {sys.version.split()[0]}")
    print(f"kr.score(8.7):          {score:6.1f} times the naive formula (target: at most {MOST})")
    print(f"kr.assess(series, ...): {assess:6.1f} times the naive formula")


if __name__ == "__main__":
    main()
