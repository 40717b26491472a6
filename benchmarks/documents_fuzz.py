"""Read documents that somebody broke, and count those answered by anything but a value, or errors that say where.

By hand: ``python benchmarks/documents_fuzz.py --documents 100000 [--seed 1]``. Documents of every kind of value are
drawn by the strategies of `goalmodel.testing`, and broken in one to four places: another value, none, a key spelled
otherwise, a part of another document, one level more or less, a list twice as long. Prints each answered badly.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable
from copy import deepcopy
from enum import Enum
from time import process_time
from typing import Any, Final, TypeAlias

from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st

from goalmodel import GoalModelError
from goalmodel.errors import NotReadable, UnknownCode
from goalmodel.interchange import document, load
from goalmodel.interchange.kinds import VALUES
from goalmodel.reasons import ReasonKind
from goalmodel.testing import values

JUNK: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1.5, 1e308, -0.0, float("nan"), float("inf"), 10**400, 10**5_000, "", " ", "x", "½",
    "1/0", "1/3", "0x10", "1e5", "NaN", "null", "2026-02-30", "2026-12-31", "2026-12-31T00:00:00Z", "31.12.2026",
    "at least", "\ud800", "a\0b", "<script>", "📈", "x" * 10_000, "/", "~0~1", [], {}, [[]], [None], {"": ""},
    {"type": "Kpi"}, {"type": 1}, {"format": 2}, [[[[[[[[]]]]]]]], {"a": {"b": {"c": {}}}}, "KPI", "Kpi", "none",
    "healthy",
)  # fmt: skip
PYTHON: Final = re.compile(
    r"\b(NoneType|None|True|False|dict|list of|tuple|str|int|float|Fraction|Decimal|datetime|TypeError|ValueError"
    r"|KeyError|AttributeError|RecursionError|Traceback)\b|object at 0x|<class|\bgoalmodel\."
)
"""Words that only somebody who programs in Python understands."""
LARGE: Final = 10.0**300
SLOWEST: Final = 2.0
"""Seconds of processor time a document of this size may take."""

Document: TypeAlias = Any


def drawn(count: int) -> list[tuple[type[Any], Document]]:
    """Return so many documents of each kind of value, as another program gets them, with their kind."""
    found: list[tuple[type[Any], Document]] = []
    for kind in VALUES.values():
        if kind is not ReasonKind:
            found += _of(kind, count)
    return found


def _of(kind: type[Any], count: int) -> list[tuple[type[Any], Document]]:
    found: list[tuple[type[Any], Document]] = []

    @seed(20_261_127)
    @settings(
        max_examples=count,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(values(kind), st.booleans())
    def draw(value: object, is_compact: bool) -> None:  # noqa: FBT001 - drawn
        try:
            found.append((kind, json.loads(json.dumps(document(value, compact=is_compact)))))
        except UnknownCode:
            return

    draw()
    return found


def places(inside: Document, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return where something stands in a document, itself first."""
    found = [at]
    steps = inside.items() if isinstance(inside, dict) else enumerate(inside) if isinstance(inside, list) else ()
    for step, each in steps:
        found += places(each, (*at, step))
    return found


def at_place(whole: Document, at: tuple[str | int, ...]) -> Document:
    """Return what stands at a place."""
    for step in at:
        whole = whole[step]
    return whole


def _another_value(found: Document, chance: random.Random, _: Document) -> Document:
    if isinstance(found, str) and found and chance.random() < 1 / 2:
        cut = chance.randrange(len(found))
        return found[:cut] + chance.choice(("", " ", "-", "é", found[cut].swapcase(), "\0")) + found[cut + 1 :]
    if isinstance(found, int | float) and abs(found) < LARGE and chance.random() < 1 / 2:
        return chance.choice((-found, found * 10**30, str(found), [found]))
    return chance.choice(JUNK)


def _other_part(_: Document, chance: random.Random, other: Document) -> Document:
    return at_place(other, chance.choice(places(other)))


def _more_or_less(found: Document, chance: random.Random, _: Document) -> Document:
    match found:
        case list() if found:
            return chance.choice((found + found, found[1:], [found], found[0]))
        case dict() if found:
            key = chance.choice(list(found))
            less = {each: value for each, value in found.items() if each != key}
            return chance.choice(
                (less, {**less, f"{key}s": found[key]}, {**found, key.upper(): 1}, found[key], [found])
            )
        case _:
            return chance.choice(([found], {"value": found}))


BREAKS: Final[tuple[Callable[[Document, random.Random, Document], Document], ...]] = (
    _another_value,
    _other_part,
    _more_or_less,
)


def broken(whole: Document, chance: random.Random, other: Document) -> Document:
    """Return a document broken in one to four places, with parts of the *other*."""
    whole = deepcopy(whole)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.choice(places(whole))
        changed = deepcopy(chance.choice(BREAKS)(at_place(whole, at), chance, other))
        if not at:
            whole = changed
        else:
            at_place(whole, at[:-1])[at[-1]] = changed
    return whole


def badly_answered(kind: type[Any], whole: Document, *, slowest: float = SLOWEST) -> str:
    """Return what is wrong with how a document is answered; "" where it is read, or refused as it should be."""
    start = process_time()
    try:
        found = load(kind, whole)
    except GoalModelError as refused:
        wrong = [each for each in refused.problems if not _says_where(each, whole)]
        said = re.sub(r'"(?:[^"\\…]|\\.)*("|…)', '""', str(refused))
        if wrong:
            return f"no pointer into it: {wrong[0]!r:.300}"
        spoken = PYTHON.search(said)
        if spoken:
            return f"a word of Python's, {spoken[0]!r}: …{said[max(spoken.start() - 150, 0) :]:.300}"
    except Exception as escaped:  # noqa: BLE001 - that is what is looked for
        return f"{type(escaped).__name__}: {escaped}"
    else:
        if load(kind, json.loads(json.dumps(document(found)))) != found:
            return "it is read, written and read as something else"
    took = process_time() - start
    return f"it took {took:.1f} s" if took > slowest else ""


def _says_where(problem: GoalModelError, whole: Document) -> bool:
    """Return whether a problem has a pointer to something in the document, or to what is missing from something."""
    if not isinstance(problem, NotReadable):
        return False
    *inside, _ = problem.pointer.split("/")
    for step in (each.replace("~1", "/").replace("~0", "~") for each in inside[1:]):
        if isinstance(whole, dict) and step in whole:
            whole = whole[step]
        elif isinstance(whole, list) and step.isdecimal() and int(step) < len(whole):
            whole = whole[int(step)]
        else:
            return isinstance(whole, dict)  # from here on it is missing
    return not problem.pointer or problem.pointer.startswith("/")


def main() -> None:
    """Break so many documents and print those that were answered badly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sys.set_int_max_str_digits(0)  # to show what was broken
    chance = random.Random(asked.seed)  # noqa: S311 - no secret
    pool = [each for each in drawn(12) if not issubclass(each[0], Enum)]
    bad = 0
    for number in range(asked.documents):
        kind, whole = chance.choice(pool)
        spoilt = broken(whole, chance, chance.choice(pool)[1])
        wrong = badly_answered(kind, spoilt)
        if wrong:
            bad += 1
            print(f"{number} {kind.__name__}: {wrong}\n    {spoilt!r:.300}", flush=True)
    print(f"{asked.documents:,} documents broken, {bad} answered badly")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
