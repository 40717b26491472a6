"""What is public: a front door of few names, and rooms that are namespaces. A name is public in one room.

A room lists a name by importing it under its own name, ``from goalmodel.trend.steps import Steps as Steps``; a room
that is a single module makes public what it defines itself.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections import Counter
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

import goalmodel

PACKAGE = Path(goalmodel.__file__).parent
# What every field of the others is read and checked by, and what several rooms ask of a model; nobody outside needs it.
INNER = frozenset({"checks", "exact", "promised", "reprs", "rooms", "showing", "together"})
ROOMS = sorted({found.name for found in pkgutil.iter_modules(goalmodel.__path__)} - INNER)
MOST_NAMES = 60

# What the examples of the first release use: users rely on these.
PROMISED = frozenset({
    "Absence",
    "Attainment",
    "Cadence",
    "Commit",
    "Continue",
    "Cycle",
    "Demote",
    "Finding",
    "GoalModel",
    "GoalModelError",
    "Health",
    "HealthBands",
    "Heading",
    "Keep",
    "KeyResult",
    "KeyResultAssessment",
    "Kpi",
    "KpiAssessment",
    "Measure",
    "Objective",
    "Outcome",
    "Pace",
    "Polarity",
    "Policy",
    "Promote",
    "Reading",
    "Reason",
    "Review",
    "Rollup",
    "Scale",
    "Score",
    "Series",
    "Standard",
    "Unit",
    "decide_demotion",
    "decide_promotion",
    "demote",
    "lint",
    "promote",
    "review",
    "reviews",
})  # fmt: skip


def _room(name: str) -> ModuleType:
    return importlib.import_module(f"goalmodel.{name}")


def _is_ours(value: object) -> bool:
    return inspect.isclass(value) or inspect.isfunction(value)


@cache
def _listed(room: str) -> tuple[str, ...]:
    """Return the names a room makes public."""
    path = PACKAGE / room / "__init__.py"
    if not path.exists():
        return tuple(
            name
            for name, value in vars(_room(room)).items()
            if not name.startswith("_") and _is_ours(value) and value.__module__ == f"goalmodel.{room}"
            if name in getattr(_room(room), "__all__", vars(_room(room)))
        )
    return tuple(
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))  # also what is loaded later
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname == alias.name
    )


@cache
def _docstrings() -> dict[tuple[str, str], str]:
    """Return what is written under every top-level class, function and attribute, by module and name."""
    found: dict[tuple[str, str], str] = {}
    for path in PACKAGE.rglob("*.py"):
        parts = ("goalmodel", *path.relative_to(PACKAGE).with_suffix("").parts)
        module = ".".join(parts).removesuffix(".__init__")
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for node in body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found[module, node.name] = ast.get_docstring(node) or ""
        for node, below in pairwise(body):
            match node, below:
                case (
                    ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(text))),
                ):
                    found[module, name] = text
                case _:
                    pass
    return found


def _docstring(room: str, name: str) -> str:
    value: object = getattr(_room(room), name)
    if _is_ours(value):
        return _docstrings().get((str(getattr(value, "__module__", "")), name), "")
    return "".join(text for (_, attribute), text in _docstrings().items() if attribute == name)


EVERY_NAME = [(room, name) for room in ROOMS for name in _listed(room)]


def test_the_front_door_is_small() -> None:
    assert len(goalmodel.__all__) <= MOST_NAMES


def test_the_front_door_has_what_the_first_release_promised() -> None:
    assert sorted(PROMISED - set(goalmodel.__all__)) == []


def test_one_error_stands_at_the_front_door() -> None:
    errors = [name for name in goalmodel.__all__ if name in _listed("errors")]
    assert errors == ["GoalModelError"]


def test_no_name_stands_at_the_front_door_twice() -> None:
    assert [name for name, times in Counter(goalmodel.__all__).items() if times > 1] == []


def test_a_name_of_the_front_door_is_the_one_of_its_room() -> None:
    for name in goalmodel.__all__:
        (room,) = (room for room, listed in EVERY_NAME if listed == name and room != "frames")
        assert getattr(goalmodel, name) is getattr(_room(room), name)


def test_type_checkers_and_python_are_told_the_same() -> None:
    stub = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    imported = {
        (node.module, alias.name) for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    rooms = {name for module, name in imported if module == "goalmodel"}
    names = {name for module, name in imported if module != "goalmodel"}
    assert rooms == set(ROOMS), "run docs/front_door.py --write"
    assert names == set(goalmodel.__all__), "run docs/front_door.py --write"
    for module, name in imported:
        assert getattr(importlib.import_module(str(module)), name) is getattr(goalmodel, name)


def test_a_name_that_is_not_there_is_refused_as_python_refuses_it() -> None:
    with pytest.raises(AttributeError, match="module 'goalmodel' has no attribute 'Missing'"):
        _ = vars(goalmodel)["__getattr__"]("Missing")


@pytest.mark.parametrize("name", ["trend.Steps", "errors.OutOfOrder", "fairness.fairness_file", "measure.Exclusion"])
def test_a_name_that_lives_in_a_room_is_refused_with_its_room(name: str) -> None:
    with pytest.raises(AttributeError, match=rf"it is in its room: goalmodel\.{name}"):
        getattr(goalmodel, name.partition(".")[2])


@pytest.mark.parametrize("name", ["dt", "attrs", "_missing", "Missing"])
def test_what_is_public_nowhere_has_no_room(name: str) -> None:
    with pytest.raises(AttributeError, match=rf"has no attribute '{name}'$"):
        getattr(goalmodel, name)


@pytest.mark.parametrize("room", ["commit", "hygiene", "key_result", "kpi", "lifecycle", "trend"])
def test_a_room_that_loads_modules_later_tells_of_all_its_names_and_of_no_other(room: str) -> None:
    assert {name for name in dir(_room(room)) if not name.startswith("_")} >= set(_listed(room))
    with pytest.raises(AttributeError, match=f"module 'goalmodel.{room}' has no attribute 'Missing'"):
        getattr(_room(room), "Missing")  # noqa: B009 - to a type checker there is none


def test_it_says_its_version() -> None:
    assert goalmodel.__version__ == version("goalmodel")


def test_every_name_and_room_is_told_before_it_is_loaded() -> None:
    assert {*goalmodel.__all__, *ROOMS} <= set(dir(goalmodel))


def test_nothing_else_is_within_reach() -> None:
    public = {name for name in vars(goalmodel) if not name.startswith("_")}
    assert public - set(goalmodel.__all__) - set(ROOMS) == INNER


def test_no_name_is_public_in_two_rooms() -> None:
    # The frames room says the tower's own words over columns, and is never imported along with it.
    names = Counter(name for room, name in EVERY_NAME if room != "frames")
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_name_hides_a_submodule(room: str) -> None:
    inside = {found.name for found in pkgutil.iter_modules(getattr(_room(room), "__path__", []))}
    assert sorted(inside & set(_listed(room))) == []


@pytest.mark.parametrize(("room", "name"), EVERY_NAME)
def test_every_public_name_exists_and_is_explained(room: str, name: str) -> None:
    assert _docstring(room, name).strip(), f"{room}.{name} has no docstring"


def test_type_checkers_are_told_that_the_package_is_typed() -> None:
    assert files("goalmodel").joinpath("py.typed").is_file()
