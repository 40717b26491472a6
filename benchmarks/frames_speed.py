"""Compare frames with hand-written code of each engine, which computes in floats and misjudges rows. Prints ratios.

Run by hand: ``python benchmarks/frames_speed.py [rows] [name ...]``; without a name all are compared. The best of three
runs each, in turn and in one process. The targets: where cuts are known at most 1.6 times the hand-written code; where
baseline, target and value are columns at most 3 times; trend rules at most 2 times hand-written window functions; and
at least 50 times as fast as a loop by the tower.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from goalmodel import Cycle, HealthBands, KeyResult, Measure, frames
from goalmodel.key_result import OutcomePolicy
from goalmodel.trend import Steps

ROWS = 2_000_000
LOOPED = 20_000
ENTITY = 36
FIRST, ROW = 12, 3
PART, MOST = 0.4, 0.7
EDGE, WATCHED = 8, 7.5
ON_AN_EDGE = 0.5
LOOP = "times as fast as a loop"
WORDS = (
    "moved back",
    "little movement",
    "part of the way",
    "most of the way",
    "reached the target",
    "went past the target",
)
WAY = {"baseline": "baseline", "target": "target", "value": "value"}
BANDS = HealthBands.at_least(EDGE, watch=WATCHED)
READING = {"by": "entity", "on": "on", "value": "level", "rule": Steps()}


def best(*runs: Callable[[], Any]) -> list[tuple[float, float]]:
    """Return the least seconds of three runs of each, in turn: by the clock, and of the processor."""
    seconds: list[list[tuple[float, float]]] = [[] for _ in runs]
    for _ in range(3):
        for run, found in zip(runs, seconds, strict=True):
            start = perf_counter(), process_time()
            run()
            found.append((perf_counter() - start[0], process_time() - start[1]))
    return [(min(clock for clock, _ in found), min(busy for _, busy in found)) for found in seconds]


def data(rows: int) -> pl.DataFrame:
    """Return decimals of two and four places, half of the values on an edge, for entities of 36 readings each."""
    draw = np.random.default_rng(1)
    baseline = draw.integers(-(10**6), 10**6, rows) / 100
    length = draw.integers(1, 10**5, rows) / 100 * draw.choice((1, -1), rows)
    share = np.where(draw.random(rows) < ON_AN_EDGE, draw.choice((0, 0.4, 0.7, 1), rows), draw.random(rows) * 1.5)
    return pl.DataFrame({
        "baseline": baseline,
        "target": np.round(baseline + length, 2),
        "value": np.round(baseline + length * share, 4),
        "level": draw.integers(700, 900, rows) / 100,
        "entity": np.arange(rows) // ENTITY,
        "on": np.datetime64("2020-01-01") + (np.arange(rows) % ENTITY).astype("timedelta64[D]"),
    })  # fmt: skip


def polars_outcome(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the score and its word as one writes them with Polars."""
    score = (pl.col("value") - pl.col("baseline")) / (pl.col("target") - pl.col("baseline"))
    word = pl.lit(WORDS[-1])
    for holds, name in zip(
        (score == 1, score < 1, score < MOST, score < PART, score < 0),
        reversed(WORDS[:-1]),
        strict=True,
    ):
        word = pl.when(holds).then(pl.lit(name)).otherwise(word)
    return frame.lazy().with_columns(score=score, outcome=word).collect()


def polars_health(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the health as one writes it with Polars."""
    level = pl.col("level")
    low = pl.when(level >= WATCHED).then(pl.lit("on watch")).otherwise(pl.lit("unhealthy"))
    return frame.with_columns(health=pl.when(level >= EDGE).then(pl.lit("healthy")).otherwise(low))


def polars_heading(frame: pl.DataFrame) -> pl.DataFrame:
    """Return three readings in a row a sigma off the mean of the first twelve, as one writes it with Polars."""
    level, place = pl.col("level"), pl.int_range(pl.len()).over("entity")
    first = place < FIRST
    mean = pl.when(first).then(level).mean().over("entity")
    move = pl.when(first).then(level.diff().abs()).mean().over("entity")
    off = (level - mean) / (move / 1.128)
    beyond = pl.when(off >= 1).then(1).when(off <= -1).then(-1).otherwise(0)
    row = beyond.rolling_sum(ROW).over("entity")
    word = pl.when(row == ROW).then(pl.lit("improving")).when(row == -ROW).then(pl.lit("worsening"))
    return frame.sort("entity", "on").with_columns(heading=word.otherwise(pl.lit("steady")))


def pandas_outcome(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the score and its word as one writes them with pandas."""
    score = (frame["value"] - frame["baseline"]) / (frame["target"] - frame["baseline"])
    holds = [score < 0, score < PART, score < MOST, score < 1, score == 1]
    return frame.assign(score=score, outcome=pd.Series(np.select(holds, WORDS[:-1], WORDS[-1])).astype("str"))


def pandas_health(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the health as one writes it with pandas."""
    level = frame["level"]
    words = np.select([level >= EDGE, level >= WATCHED], ["healthy", "on watch"], "unhealthy")
    return frame.assign(health=pd.Series(words).astype("str"))


DUCKDB_OUTCOME = """
    select *, (value - baseline) / (target - baseline) as score,
        case when score < 0 then 'moved back' when score < 0.4 then 'little movement' when score < 0.7
        then 'part of the way' when score < 1 then 'most of the way' when score = 1 then 'reached the target'
        else 'went past the target' end as outcome from rows
"""
DUCKDB_HEALTH = """
    select *, case when level >= 8 then 'healthy' when level >= 7.5 then 'on watch' else 'unhealthy' end as health
    from rows
"""


def summed(relation: duckdb.DuckDBPyRelation, *columns: str) -> object:
    """Have DuckDB compute *columns*, and return what they come to."""
    return relation.aggregate(", ".join(f"count({column}), min({column})" for column in columns)).fetchall()


def loop(frame: pl.DataFrame) -> list[object]:
    """Return the words of all rows, one after the other by the tower."""
    measure, cycle, words = Measure("anything"), Cycle.quarter(2026, 4), OutcomePolicy()
    return [
        words.outcome(KeyResult(id="kr", measure=measure, baseline=start, target=end, cycle=cycle).score(value))
        for start, end, value in frame.select("baseline", "target", "value").rows()
    ]


def main() -> None:
    """Print how many times as long as hand-written code frames take."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    frame = data(rows)
    native = frame.to_pandas()
    connection = duckdb.connect()
    connection.register("given", frame.to_arrow())
    connection.execute("create table rows as select * from given")
    relation = connection.table("rows")
    health = {"value": "level", "bands": BANDS}
    pairs: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "known cuts, Polars": (lambda: polars_health(frame), lambda: frames.with_health(frame, **health)),
        "known cuts, DuckDB": (
            lambda: summed(connection.sql(DUCKDB_HEALTH), "health"),
            lambda: summed(frames.with_health(relation, **health), "health", "why"),
        ),
        "known cuts, pandas": (lambda: pandas_health(native), lambda: frames.with_health(native, **health)),
        "columns, Polars": (lambda: polars_outcome(frame), lambda: frames.with_outcome(frame, **WAY)),
        "columns, Polars lazy": (
            lambda: polars_outcome(frame),
            lambda: frames.with_outcome(frame.lazy(), **WAY).collect(),
        ),
        "columns, DuckDB": (
            lambda: summed(connection.sql(DUCKDB_OUTCOME), "score", "outcome"),
            lambda: summed(frames.with_outcome(relation, **WAY), "score", "outcome", "why", "doubtful"),
        ),
        "columns, pandas": (lambda: pandas_outcome(native), lambda: frames.with_outcome(native, **WAY)),
        "trend, Polars": (lambda: polars_heading(frame), lambda: frames.with_heading(frame, **READING)),
        "trend, Polars lazy": (
            lambda: polars_heading(frame),
            lambda: frames.with_heading(frame.lazy(), **READING).collect(),
        ),
    }
    print(f"{rows:,} rows, best of 3: times the hand-written code, by the clock (and of the processor)")
    asked = sys.argv[2:] or [*pairs, LOOP]
    for name, (by_hand, ours) in pairs.items():
        if name in asked:
            (hand, busy_hand), (clock, busy) = best(by_hand, ours)
            print(f"{name:24} {clock / hand:.1f} ({busy / busy_hand:.1f})", flush=True)
    if LOOP not in asked:
        return
    some = frame.head(LOOPED)
    (looped, _), (ours, _) = best(lambda: loop(some), lambda: frames.with_outcome(frame, **WAY))
    print(f"{LOOP:24} {looped / LOOPED * rows / ours:.0f}")


if __name__ == "__main__":
    main()
