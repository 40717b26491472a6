"""Count the entities whose trend frames judge otherwise than the tower does; each engine in turn.

Run by hand: ``python benchmarks/frames_trends.py [entities]``, in parts of at most five thousand, so that it needs
little memory and shows how far it has come. Entities have 24 to 60 readings with ties and gaps, in
whole numbers or decimals, some at a great offset. Each is judged at its latest reading, by the chart of limits and
runs, by three steps in a row, and by the exact Mann-Kendall test that a KPI is asked for where no rule is named. The
target: 0 of 100,000 differ, and none in doubt.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from random import Random
from typing import Any

import duckdb
import pandas as pd
import polars as pl

from goalmodel import Absence, Kpi, Measure, Series, frames
from goalmodel.trend import Steps, TrendPolicy, limits_and_runs

ENTITIES = 100_000
PART = 5_000
FEWEST, MOST = 24, 60
GAP = 0.08
FIRST = dt.date(2020, 1, 1)
READING = {"by": "entity", "on": "on", "value": "value"}
RULES = {
    "limits and runs": ("standing", frames.with_usual),
    "steps": ("heading", partial(frames.with_heading, rule=Steps())),
    "default": ("heading", frames.with_heading),
}


def _readings(draw: Random) -> list[tuple[dt.date, float | None]]:
    parts, offset = 10 ** draw.choice((0, 1, 2, 4)), draw.choice((0, 0, 1_000, 10**6))
    at = offset * parts
    found: list[tuple[dt.date, float | None]] = []
    for day in range(draw.randint(FEWEST, MOST)):
        at += draw.choice((-2, -1, 0, 0, 1, 2)) * draw.choice((1, parts))
        found.append((FIRST + dt.timedelta(days=day), None if draw.random() < GAP else at / parts))
    while found[-1][1] is None:
        found.pop()
    return found


def truth(given: list[list[tuple[dt.date, float | None]]]) -> dict[str, list[str]]:
    """Return what the tower says of each entity at its latest reading."""
    kpi = Kpi(id="entity", measure=Measure("anything"))
    by_steps = TrendPolicy(usual=limits_and_runs(), direction=Steps())
    told: dict[str, list[str]] = {name: [] for name in RULES}
    for readings in given:
        series = Series.of(kpi.measure, readings, missing=Absence.MISSING)
        judged, by_default = (kpi.assess(series, as_of=readings[-1][0], policy=each) for each in (by_steps, None))
        told["limits and runs"].append(judged.standing.value)
        told["steps"].append(judged.heading.value)
        told["default"].append(by_default.heading.value)
    return told


def judged(frame: pl.DataFrame) -> Mapping[str, Callable[[Any], pl.DataFrame]]:
    """Return how each engine is asked."""
    native: Any = frame.to_pandas()
    return {
        "Polars": lambda judge: judge(frame, **READING),
        "Polars lazy": lambda judge: judge(frame.lazy(), **READING).collect(),
        "PyArrow": lambda judge: pl.DataFrame(judge(frame.to_arrow(), **READING)),
        "DuckDB": lambda judge: judge(duckdb.from_arrow(frame.to_arrow()), **READING).pl(),
        "pandas": lambda judge: pl.from_pandas(judge(native, **READING)),
    }


def main() -> None:
    """Print how many entities each engine judges otherwise, of those tried so far."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ENTITIES
    draw, differ, doubtful, words = Random(1), Counter[str](), Counter[str](), Counter[str]()  # noqa: S311 - the same rows each time
    print(f"{count:,} entities; pandas {pd.__version__}, Polars {pl.__version__}, DuckDB {duckdb.__version__}")
    for begun in range(0, count, PART):
        given = [_readings(draw) for _ in range(min(PART, count - begun))]
        rows = [(entity, on, value) for entity, readings in enumerate(given) for on, value in readings]
        frame = pl.DataFrame(rows, schema={"entity": pl.Int64, "on": pl.Date, "value": pl.Float64}, orient="row")
        last = frame.group_by("entity").agg(pl.col("on").max()).sort("entity")
        right = truth(given)
        words.update(f"{name}: {word}" for name, answers in right.items() for word in answers)
        for engine, run in judged(frame).items():
            for name, (column, judge) in RULES.items():
                found = run(judge).with_columns(pl.col("on").cast(pl.Date))
                latest = last.join(found, on=["entity", "on"], how="left").sort("entity")
                asked = f"{engine:14} {name:15}"
                differ[asked] += sum(one != other for one, other in zip(latest[column], right[name], strict=True))
                doubtful[asked] += int(latest["doubtful"].sum()) if "doubtful" in latest.columns else 0
        tried = begun + len(given)
        print(f"{tried:9,}: {differ.total():,} differ, {doubtful.total():,} doubtful", flush=True)
    for said, times in sorted(words.items()):
        print(f"{times:9,} {said}")
    for asked in differ:
        print(f"{asked} {differ[asked]:7,} differ, {doubtful[asked]:,} doubtful")


if __name__ == "__main__":
    main()
