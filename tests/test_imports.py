"""What ``import goalmodel`` and all of its names load, seen from a fresh interpreter."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import goalmodel

ROOT = Path(goalmodel.__file__).parent
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

A_REVIEW_LOADS_LATER = (
    "dateutil.rrule",
    "goalmodel.answers",
    "goalmodel.backtesting",
    "goalmodel.catalogue",
    "goalmodel.commit.risk",
    "goalmodel.commit.speculation",
    "goalmodel.fairness",
    "goalmodel.hygiene.linter",
    "goalmodel.hygiene.translation",
    "goalmodel.interchange",
    "goalmodel.key_result.forecast",
    "goalmodel.kpi.flaps",
    "goalmodel.lifecycle.reset",
    "goalmodel.lifecycle.telling",
    "goalmodel.profiles",
    "goalmodel.show",
    "goalmodel.statement",
    "goalmodel.trend.cases_chart",
    "goalmodel.trend.cumulative_sum",
    "goalmodel.trend.marking",
    "goalmodel.trend.moving_average",
    "goalmodel.trend.runs",
)
"""What whoever takes a review from the front door does not pay for before asking for it."""

MOST_CLASSES = 160
"""Making an attrs class takes as long as loading a small module: a review makes so many at most, a few new ones too."""

EVERY_NAME = """\
import sys
before = set(sys.modules)
import goalmodel
seen = [getattr(goalmodel, name) for name in goalmodel.__all__]
print(*sorted(set(sys.modules) - before), sep="\\n")
"""
A_REVIEW = """\
import sys
before = set(sys.modules)
from goalmodel import review
print(*sorted(set(sys.modules) - before), sep="\\n")
"""
CLASSES = """\
import sys
from goalmodel import review
ours = [vars(module) for name, module in sorted(sys.modules.items()) if name.startswith("goalmodel.")]
kinds = {each for names in ours for each in names.values() if isinstance(each, type)}
print(sum(hasattr(each, "__attrs_attrs__") for each in kinds))
"""


@cache
def _printed(program: str) -> frozenset[str]:
    """Return the words that *program* prints in a fresh interpreter."""
    done = subprocess.run(  # noqa: S603 - the interpreter that runs this test, and a text above
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT.parent)!r})\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return frozenset(done.stdout.split())


@pytest.mark.parametrize("program", [EVERY_NAME, A_REVIEW])
def test_the_front_door_loads_the_package(program: str) -> None:
    assert "goalmodel.reviewing" in _printed(program)


@pytest.mark.parametrize("name", STAYS_UNLOADED)
def test_the_front_door_does_not_load(name: str) -> None:
    assert name not in _printed(EVERY_NAME)


@pytest.mark.parametrize("name", A_REVIEW_LOADS_LATER)
def test_a_review_loads_only_when_it_is_asked_for(name: str) -> None:
    assert name not in _printed(A_REVIEW)


def test_a_review_makes_no_more_classes_than_it_did() -> None:
    (made,) = _printed(CLASSES)
    assert 0 < int(made) <= MOST_CLASSES, "what few ask for comes later: goalmodel.rooms"


ON_THE_WAY = [
    path
    for path in sorted(ROOT.rglob("*.py"))
    if path.relative_to(ROOT).parts[0] not in {"frames", "statement", "testing"}
]


@pytest.mark.parametrize("path", ON_THE_WAY, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_attrs_finds_the_short_repr_and_writes_none_of_its_own(path: Path) -> None:
    found = [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        if [ast.unparse(each) for each in node.decorator_list[:1]] == ["readable"]
        if len(node.decorator_list) > 1
    ]
    assert found == [], "@readable stands below @attrs.frozen: a repr that is there is neither written nor compiled"
