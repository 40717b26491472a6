"""What ``import goalmodel`` and all of its names load, seen from a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import pytest

STAYS_UNLOADED = (
    # Extras, and what else a user may or may not have.
    "duckdb",
    "hypothesis",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pyspark",
    "pytest",
    # Doors to the outside.
    "asyncio",
    "concurrent.futures",
    "http",
    "logging",
    "multiprocessing",
    "random",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "tempfile",
    "urllib.request",
    # Only who has data frames wants it, and only a user's own tests want the other.
    "goalmodel.frames",
    "goalmodel.testing",
    "narwhals",
)

ASK = """\
import sys
before = set(sys.modules)
import goalmodel
seen = [getattr(goalmodel, name) for name in goalmodel.__all__]
print(*sorted(set(sys.modules) - before), sep="\\n")
"""


@cache
def _loaded() -> frozenset[str]:
    """Return the modules that goalmodel and every name of it add; what the interpreter starts with does not count."""
    done = subprocess.run(  # noqa: S603 - the interpreter that runs this test, and the text above
        [sys.executable, "-I", "-c", ASK], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return frozenset(done.stdout.split())


def test_the_front_door_loads_the_package() -> None:
    assert "goalmodel" in _loaded()


@pytest.mark.parametrize("name", STAYS_UNLOADED)
def test_the_front_door_does_not_load(name: str) -> None:
    assert name not in _loaded()
