"""Compare the memory that frames take with that of code written by hand for the engine. Prints ratios.

Run by hand: ``python benchmarks/frames_memory.py [rows] [engine ...]``. Each way is run by itself in a process of its
own, which is asked for the most it held, beyond what it held with the rows in it. The target: at most 2.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event, Thread
from typing import Any

import duckdb
import pyarrow as pa
from frames_speed import (
    BANDS,
    DUCKDB_HEALTH,
    DUCKDB_OUTCOME,
    WAY,
    data,
    pandas_health,
    pandas_outcome,
    polars_health,
    polars_outcome,
)

from goalmodel import frames

ROWS = 10_000_000
PAUSE = 0.002
KIBIBYTE = 1024
HEALTH: Mapping[str, Any] = {"value": "level", "bands": BANDS}


def relation(rows: int) -> duckdb.DuckDBPyRelation:
    """Return the rows as a table of DuckDB."""
    given = data(rows).to_arrow()
    duckdb.register("given", given)
    duckdb.execute("create table rows as select * from given")
    duckdb.unregister("given")
    return duckdb.table("rows")


WAYS: Mapping[str, tuple[Callable[[int], Any], Callable[[Any], object], Callable[[Any], object]]] = {
    "columns, Polars": (data, polars_outcome, lambda frame: frames.with_outcome(frame, **WAY)),
    "columns, pandas": (
        lambda rows: data(rows).to_pandas(),
        pandas_outcome,
        lambda frame: frames.with_outcome(frame, **WAY),
    ),
    "columns, DuckDB": (
        relation,
        lambda _: duckdb.sql(DUCKDB_OUTCOME).to_arrow_table(),
        lambda rows: frames.with_outcome(rows, **WAY).to_arrow_table(),
    ),
    "known cuts, Polars": (data, polars_health, lambda frame: frames.with_health(frame, **HEALTH)),
    "known cuts, pandas": (
        lambda rows: data(rows).to_pandas(),
        pandas_health,
        lambda frame: frames.with_health(frame, **HEALTH),
    ),
    "known cuts, DuckDB": (
        relation,
        lambda _: duckdb.sql(DUCKDB_HEALTH).to_arrow_table(),
        lambda rows: frames.with_health(rows, **HEALTH).to_arrow_table(),
    ),
}


def held() -> int:
    """Return how many kibibytes this process holds."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def beyond(make: Callable[[int], Any], run: Callable[[Any], object], rows: int) -> int:
    """Return how many kibibytes *run* takes at most, beyond the rows."""
    given, over = make(rows), Event()
    gc.collect()
    pa.default_memory_pool().release_unused()
    before, most = held(), [0]

    def look() -> None:
        while not over.wait(PAUSE):
            most.append(max(most.pop(), held()))

    looks = Thread(target=look)
    looks.start()
    answer = run(given)
    over.set()
    looks.join()
    del answer
    return most[0] - before


def main() -> None:
    """Print how many times as much memory as code written by hand frames take; or what one way takes, if asked."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    asked = sys.argv[2:] or [*WAYS]
    if asked[-1] in {"by hand", "ours"}:
        make, *ways = WAYS[asked[0]]
        print(beyond(make, ways[asked[-1] == "ours"], rows))
        return
    print(f"{rows:,} rows: memory beyond the rows, times the hand-written code")
    for name in asked:
        by_hand, ours = (
            int(subprocess.check_output([sys.executable, __file__, str(rows), name, way], text=True))  # noqa: S603 - itself
            for way in ("by hand", "ours")
        )
        print(f"{name:24} {ours / by_hand:.1f} ({ours / KIBIBYTE:,.0f} of {by_hand / KIBIBYTE:,.0f} MiB)", flush=True)


if __name__ == "__main__":
    main()
