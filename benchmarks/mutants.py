"""Break the rules a little, one place at a time, and say which breaks the tests of the room do not see.

By hand, after a rule changed: ``python benchmarks/mutants.py --sample 60 --seed 1 [--room trend]``. It works on a copy,
runs the tests of the mutated room only, prints each survivor, and fails where one is not known to be equivalent.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent
LONGEST: Final = 1_800
"""Seconds after which a mutant that finds no end is taken for found."""

# The test modules of each room, by what is in their names.
TESTS: Final = {
    "commit": ("commit", "allowance", "standards", "in_force", "fairness"),
    "hygiene": ("hygiene",),
    "key_result": ("key_result", "published_scores", "change", "by_chance"),
    "kpi": ("kpi", "watching", "composite", "in_force", "since_when"),
    "lifecycle": ("lifecycle", "hysteresis", "events", "findings"),
    "measure": ("measure", "figures", "known_since", "exclusions", "kpi_trend"),
    "objective": ("objective", "means"),
    "statement": ("statement",),
    "trend": ("trend", "kpi_trend", "slope"),
    "externality.py": ("findings", "review"),
    "changes.py": ("findings", "review"),
}
EVERYWHERE: Final = ("edges",)
ALL: Final = [
    "tests/examples",
    "tests/laws",
    "--deselect=tests/laws/test_junk.py",
    "--deselect=tests/laws/test_strategies.py",
]
"""What a mutant is shown to that the tests of its room don't see."""

# Survivors that change nothing, each with its reason: (file, what it was, what it became).
EQUIVALENT: Final[dict[tuple[str, str, str], str]] = {
    ("statement/parsing.py", "draft.target > draft.baseline", "draft.target >= draft.baseline"): (
        "where both are the same nobody says which way, and it was answered a line above"
    ),
}

_FLIPPED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_SWAPPED: Final[dict[type[ast.operator], type[ast.operator]]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
_OPPOSITE: Final = {"min": "max", "max": "min"}
_PAIR: Final = 2


class Mutant(NamedTuple):
    """A file with one place changed.

    Attributes:
        path: The file, from the root of the package.
        line: Where it was changed.
        was: What stood there.
        becomes: What stands there now.
        source: The whole file, changed.
    """

    path: str
    line: int
    was: str
    becomes: str
    source: str


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """Return what may stand in the place of *node*."""
    match node:
        case ast.Compare(left, [operator], right):
            for flipped in _FLIPPED.get(type(operator), ()):
                yield ast.Compare(left, [flipped()], right)
        case ast.BinOp(left, operator, right) if type(operator) in _SWAPPED:
            yield ast.BinOp(left, _SWAPPED[type(operator)](), right)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.Constant(int(number)) if not isinstance(number, bool):
            yield ast.Constant(number + 1)
            yield ast.Constant(number - 1)
        case ast.Call(ast.Name(name), arguments, keywords) if name in _OPPOSITE:
            yield ast.Call(ast.Name(_OPPOSITE[name], ast.Load()), arguments, keywords)
        case ast.Call(ast.Attribute(attr="because") as called, [], keywords) if len(keywords) >= _PAIR:
            first, second, *rest = keywords
            swapped = [ast.keyword(first.arg, second.value), ast.keyword(second.arg, first.value)]
            yield ast.Call(called, [], [*swapped, *rest])
        case ast.Return(value) if value is not None and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case _:
            pass


def mutants(path: Path) -> Iterator[Mutant]:
    """Return every mutant of the file *path*."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    places = list(_places(tree))
    for index, node in enumerate(places):
        for variant in variants(node):
            changed = copy.deepcopy(tree)
            _replace(changed, list(_places(changed))[index], variant)
            line, name = getattr(node, "lineno", 0), path.relative_to(ROOT / "src/goalmodel").as_posix()
            yield Mutant(name, line, ast.unparse(node), ast.unparse(variant), ast.unparse(changed))


def _places(tree: ast.AST) -> Iterator[ast.AST]:
    """Return what is inside functions and tables: no annotation, no docstring, no default of a field."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.arguments | ast.Import | ast.ImportFrom):
            yield node
            yield from _places(node)


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, held in ast.iter_fields(parent):
            if held is old:
                setattr(parent, name, new)
            elif isinstance(held, list) and old in held:
                held[held.index(old)] = new
    ast.fix_missing_locations(tree)


def tests_of(path: str) -> list[str]:
    """Return the test modules of the room that the file *path* belongs to."""
    words = (*TESTS[path.split("/", maxsplit=1)[0]], *EVERYWHERE)
    found = [each for folder in ("laws", "examples") for each in (ROOT / "tests" / folder).glob("test_*.py")]
    return sorted(each.relative_to(ROOT).as_posix() for each in found if any(word in each.stem for word in words))


def lives(mutant: Mutant, work: Path) -> bool:
    """Return whether the tests of the room pass with *mutant*, in the copy *work*, and then those of all rooms."""
    target = work / "src/goalmodel" / mutant.path
    original = target.read_text(encoding="utf-8")
    target.write_text(mutant.source, encoding="utf-8")
    try:
        return passes(tests_of(mutant.path), work) and passes(ALL, work)
    finally:
        target.write_text(original, encoding="utf-8")


def passes(tests: list[str], work: Path) -> bool:
    """Return whether *tests* pass in the copy *work*, and find an end."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(work / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own tests
            command, cwd=work, env=environment, capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> int:
    """Try a sample; return how many survivors are not known to be equivalent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", choices=sorted(TESTS), action="append")
    asked = parser.parse_args()
    package = ROOT / "src/goalmodel"
    files = [
        file
        for room in sorted(asked.room or TESTS)
        for file in ([package / room] if room.endswith(".py") else sorted((package / room).rglob("*.py")))
    ]
    every = [mutant for file in files for mutant in mutants(file)]
    sample = random.Random(asked.seed).sample(every, min(asked.sample, len(every)))  # noqa: S311 - no secret
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for part in ("src", "tests", "docs"):
            shutil.copytree(ROOT / part, work / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", work)
        for tests in sorted({tuple(tests_of(mutant.path)) for mutant in sample}):
            if not passes(list(tests), work):
                sys.exit(f"without any change these tests fail or take too long: {' '.join(tests)}")
        for number, mutant in enumerate(sample, 1):
            if not lives(mutant, work):
                continue
            why = EQUIVALENT.get((mutant.path, mutant.was, mutant.becomes))
            survivors += why is None
            print(f"{number}/{len(sample)} {mutant.path}:{mutant.line}: {mutant.was}  ->  {mutant.becomes}", flush=True)
            print(f"    {'NOT SEEN' if why is None else why}", flush=True)
    print(f"{len(sample)} of {len(every)} tried, {survivors} not seen")
    return int(survivors > 0)


if __name__ == "__main__":
    sys.exit(main())
