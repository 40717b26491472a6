"""Count the rows that frames and plain float formulas misjudge, of as many as asked for; each engine in turn.

Run by hand: ``python benchmarks/frames_conformance.py [rows] [engine ...]``; without a name those that start quickly
are tried. Two thirds of the rows lie on an edge or one unit beside it; ways rise and fall, a quarter of them at an
offset of a thousand million. What is right is computed in whole numbers of 64 bits, which hold all of it. The target: 0
of 10,000,000, and no row in doubt.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from goalmodel import frames
from goalmodel.key_result import OutcomePolicy

ROWS = 1_000_000
PLACES = 10_000
WAY = {"baseline": "baseline", "target": "target", "value": "value"}
WORDS = np.array([
    "moved back",
    "little movement",
    "part of the way",
    "most of the way",
    "reached the target",
    "went past the target",
])  # fmt: skip


def data(rows: int) -> tuple[pl.DataFrame, list[str]]:
    """Return baseline, target and value as decimals of four places, and the right word of each row."""
    draw, policy = np.random.default_rng(1), OutcomePolicy()
    edges = [(0, 1), policy.part.as_integer_ratio(), policy.most.as_integer_ratio(), (1, 1)]
    offset = draw.choice((0, 0, 0, 10**9), rows) * PLACES
    start = offset + draw.integers(-(10**7), 10**7, rows)
    length = 100 * draw.integers(1, 10**5, rows) * draw.choice((1, -1), rows)
    part, whole = np.array(edges)[draw.integers(0, len(edges), rows)].T
    kind = draw.integers(0, 3, rows)
    on_edge, anywhere = start + length * part // whole, start + length * draw.integers(-50, 150, rows) // 100
    now = np.where(kind == 0, on_edge, np.where(kind == 1, on_edge + draw.choice((1, -1), rows), anywhere))
    moved, long = (now - start) * np.sign(length), np.abs(length)
    reached = sum((moved * below >= long * above).astype(int) for above, below in edges) + (moved > long)
    return pl.DataFrame(
        {name: cells / PLACES for name, cells in zip(WAY, (start, start + length, now), strict=True)}
    ), list(WORDS[reached])


def by_hand(frame: pl.DataFrame) -> list[str]:
    """Return the words as the float formula has them."""
    score = ((frame["value"] - frame["baseline"]) / (frame["target"] - frame["baseline"])).to_numpy()
    policy = OutcomePolicy()
    edges = (0, float(policy.part), float(policy.most), 1)
    return list(WORDS[sum((score >= edge).astype(int) for edge in edges) + (score > 1)])


def main() -> None:
    """Print how many rows each engine misjudges."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    frame, right = data(rows)
    print(f"{rows:,} rows; pandas {pd.__version__}, Polars {pl.__version__}, DuckDB {duckdb.__version__}")
    for name in sys.argv[2:] or QUICK:
        words, doubtful = ENGINES[name](frame)
        wrong = sum(found != word for found, word in zip(words, right, strict=True))
        print(f"{name:15} {wrong:9,} misjudged, {doubtful:,} doubtful", flush=True)


def in_pandas(frame: pl.DataFrame, **how: Any) -> tuple[list[str], int]:  # noqa: ANN401 - what pandas is asked for
    """Return the words of one of the three modes of pandas."""
    native: Any = frame.to_arrow().to_pandas(**how)
    return frames.with_outcome(native, **WAY)["outcome"].tolist(), 0


def in_dask(frame: pl.DataFrame) -> tuple[list[str], int]:
    """Return the words of Dask, from parts of which each is a frame of pandas."""
    native: Any = import_module("dask.dataframe").from_pandas(frame.to_pandas(), npartitions=PARTS)
    return lazy(pl.from_pandas(frames.with_outcome(native, **WAY)[["outcome", "doubtful"]].compute()))


def in_spark(frame: pl.DataFrame, mode: str) -> tuple[list[str], int]:
    """Return the words of PySpark, classic (`master`) or Connect (`remote`), which reads and writes files."""
    builder = import_module("pyspark.sql").SparkSession.builder
    session = getattr(builder, mode)("local[2]").config("spark.driver.memory", "6g").getOrCreate()
    with TemporaryDirectory() as folder:
        given, found = Path(folder, "given.parquet"), Path(folder, "found")
        frame.with_row_index("row").write_parquet(given)
        judged = frames.with_outcome(session.read.parquet(str(given)), **WAY)
        judged.select("row", "outcome", "doubtful").write.parquet(str(found))
        session.stop()
        return lazy(pl.read_parquet(found / "*.parquet").sort("row"))


def lazy(found: pl.DataFrame) -> tuple[list[str], int]:
    """Return the words, and how many rows are in doubt."""
    return found["outcome"].to_list(), int(found["doubtful"].sum())


PARTS = 8
NULLABLE = {pa.float64(): pd.Float64Dtype(), pa.large_string(): pd.StringDtype()}
ENGINES: Mapping[str, Callable[[pl.DataFrame], tuple[list[str], int]]] = {
    "Polars": lambda frame: (frames.with_outcome(frame, **WAY)["outcome"].to_list(), 0),
    "Polars lazy": lambda frame: lazy(frames.with_outcome(frame.lazy(), **WAY).collect()),
    "PyArrow": lambda frame: (frames.with_outcome(frame.to_arrow(), **WAY)["outcome"].to_pylist(), 0),
    "DuckDB": lambda frame: lazy(frames.with_outcome(duckdb.from_arrow(frame.to_arrow()), **WAY).pl()),
    "pandas": in_pandas,
    "pandas nullable": lambda frame: in_pandas(frame, types_mapper=NULLABLE.get),
    "pandas on Arrow": lambda frame: in_pandas(frame, types_mapper=pd.ArrowDtype),
    "Dask": in_dask,
    "PySpark": lambda frame: in_spark(frame, "master"),
    "Spark Connect": lambda frame: in_spark(frame, "remote"),
    "float formula": lambda frame: (by_hand(frame), 0),
}
QUICK = ("Polars", "Polars lazy", "PyArrow", "DuckDB", "pandas", "float formula")


if __name__ == "__main__":
    main()
