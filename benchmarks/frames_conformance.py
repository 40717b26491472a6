"""Count the rows that frames and plain float formulas misjudge, of as many as asked for; each engine in turn.

Run by hand: ``python benchmarks/frames_conformance.py [rows]``. Two thirds of the rows lie on an edge or one unit
beside it; ways rise and fall, a quarter of them at an offset of a thousand million. What is right is computed in whole
numbers of 64 bits, which hold all of it. The target: 0 of 10,000,000, and no row in doubt.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl

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
    native: Any = frame.to_pandas()
    engines: dict[str, Callable[[], tuple[Any, int]]] = {
        "Polars": lambda: (frames.with_outcome(frame, **WAY)["outcome"].to_list(), 0),
        "Polars lazy": lambda: _lazy(frames.with_outcome(frame.lazy(), **WAY).collect()),
        "PyArrow": lambda: (frames.with_outcome(frame.to_arrow(), **WAY)["outcome"].to_pylist(), 0),
        "DuckDB": lambda: _lazy(frames.with_outcome(duckdb.from_arrow(frame.to_arrow()), **WAY).pl()),
        "pandas": lambda: (frames.with_outcome(native, **WAY)["outcome"].tolist(), 0),
        "float formula": lambda: (by_hand(frame), 0),
    }
    print(f"{rows:,} rows; pandas {pd.__version__}, Polars {pl.__version__}, DuckDB {duckdb.__version__}")
    for name, judge in engines.items():
        words, doubtful = judge()
        wrong = sum(found != word for found, word in zip(words, right, strict=True))
        print(f"{name:14} {wrong:9,} misjudged, {doubtful:,} doubtful")


def _lazy(found: pl.DataFrame) -> tuple[list[str], int]:
    return found["outcome"].to_list(), int(found["doubtful"].sum())


if __name__ == "__main__":
    main()
