"""The package judges what it is given: it reads, prints and remembers nothing, and asks no clock."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import goalmodel

# What the code says is the same on every Python.
pytestmark = pytest.mark.one_python

PACKAGE = Path(goalmodel.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = [
    "goalmodel",
    *sorted(found.name for found in pkgutil.walk_packages(goalmodel.__path__, "goalmodel.")),
]

TOUCH_THE_WORLD = frozenset({
    "asyncio",
    "builtins",
    "configparser",
    "ctypes",
    "glob",
    "http",
    "importlib",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "requests",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
})  # fmt: skip
FORBIDDEN_BUILTINS = frozenset({"__import__", "breakpoint", "eval", "exec", "input", "open", "print"})
CLOCKS = frozenset({"now", "today", "utcnow"})
CLOCK_READ = re.compile(r"\b(?:now|today|utcnow)\(")
RUN_TIME_DEPENDENCIES = frozenset({"attr", "attrs", "dateutil"})
EXTRAS = {"frames": frozenset({"narwhals"}), "testing": frozenset({"hypothesis"})}
"""What a room may import besides, because an extra brings it."""
MUTABLE_DISPLAYS = (ast.Dict, ast.DictComp, ast.List, ast.ListComp, ast.Set, ast.SetComp)
MUTABLE_MAKERS = frozenset({
    "Counter",
    "OrderedDict",
    "WeakKeyDictionary",
    "WeakValueDictionary",
    "bytearray",
    "defaultdict",
    "deque",
    "dict",
    "list",
    "set",
})  # fmt: skip
MUTABLE_TYPES = (bytearray, deque, dict, list, set)

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
every_module = pytest.mark.parametrize("name", MODULES)


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def _imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the top-level name and the line of everything imported, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.partition(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield "goalmodel" if node.level else (node.module or "").partition(".")[0], node.lineno


def _shared_values(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names and values that a module or a class holds once for everybody."""
    for node in body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield ast.unparse(target), node.value
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and node.value is not None:
            yield ast.unparse(node.target), node.value
        elif isinstance(node, ast.ClassDef | ast.If | ast.Try | ast.For | ast.With):
            yield from _shared_values(node.body)


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _is_mutable(value: ast.expr) -> bool:
    """Whether *value* is, or holds in a tuple or as a mapping proxy's member, something that can change."""
    match value:
        case ast.Tuple(elts=members):
            return any(_is_mutable(member) for member in members)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            return _is_mutable(one) or _is_mutable(other)
        case ast.NamedExpr(value=inner) | ast.Starred(value=inner):
            return _is_mutable(inner)
        case ast.Call() if _called(value) == "MappingProxyType":
            behind = [argument.values for argument in value.args if isinstance(argument, ast.Dict)]
            return any(_is_mutable(member) for members in behind for member in members)
        case ast.Call():
            return _called(value) in MUTABLE_MAKERS
        case _:
            return isinstance(value, MUTABLE_DISPLAYS)


@every_file
def test_nothing_that_touches_the_world_is_imported(file: Path) -> None:
    # The front door loads a room when one of its names is first asked for, a room its modules, and nothing else.
    loads = (PACKAGE / "__init__.py", PACKAGE / "rooms.py")
    banned = TOUCH_THE_WORLD - {"importlib"} if file in loads else TOUCH_THE_WORLD
    found = [(name, line) for name, line in _imports(_parsed(file)) if name in banned]
    assert found == []


@every_file
def test_only_the_declared_dependencies_are_imported(file: Path) -> None:
    allowed = sys.stdlib_module_names | RUN_TIME_DEPENDENCIES | {"goalmodel"}
    allowed |= EXTRAS.get(file.relative_to(PACKAGE).parts[0].removesuffix(".py"), frozenset())
    found = [(name, line) for name, line in _imports(_parsed(file)) if name not in allowed]
    assert found == []


@every_file
def test_nothing_is_opened_printed_or_asked(file: Path) -> None:
    found = [
        (node.id, node.lineno)
        for node in ast.walk(_parsed(file))
        if isinstance(node, ast.Name) and node.id in FORBIDDEN_BUILTINS
    ]
    assert found == []


@every_file
def test_no_clock_is_read(file: Path) -> None:
    in_code = [
        (node.attr, node.lineno)
        for node in ast.walk(_parsed(file))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS
    ]
    anywhere = CLOCK_READ.findall(file.read_text(encoding="utf-8"))
    assert (in_code, anywhere) == ([], []), "take as_of; not even an example may depend on the day it is run"


@every_file
def test_no_check_is_an_assert_statement(file: Path) -> None:
    found = [node.lineno for node in ast.walk(_parsed(file)) if isinstance(node, ast.Assert)]
    assert found == [], "python -O would drop the check: raise an error of its own type"


@every_file
def test_no_name_is_rebound_from_within_a_function(file: Path) -> None:
    found = [node.lineno for node in ast.walk(_parsed(file)) if isinstance(node, ast.Global)]
    assert found == []


@every_file
def test_nothing_shared_is_written_as_something_that_can_change(file: Path) -> None:
    shared = _shared_values(_parsed(file).body)
    found = [name for name, value in shared if name != "__all__" and _is_mutable(value)]
    assert found == [], "a tuple, a frozenset or a MappingProxyType says the same and stays as it is"


@every_module
def test_nothing_shared_can_change(name: str) -> None:
    module: ModuleType = importlib.import_module(name)
    found = [
        name
        for name, value in vars(module).items()
        if isinstance(value, MUTABLE_TYPES) and not (name.startswith("__") and name.endswith("__"))
    ]
    assert found == [], "a tuple, a frozenset or a MappingProxyType says the same and stays as it is"
