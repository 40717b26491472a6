"""Would a converter library carry the documents? The same types by cattrs, as far as it goes, beside our own forms.

pip install cattrs && python benchmarks/documents_by_cattrs.py

The criteria: all problems reported, exactness, tags, a schema from the same source, speed (in one run), lines. What is
found stands in docs/how-to/documents.md.
"""

from __future__ import annotations

import datetime as dt
import json
import typing
from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
from documents_speed import build, least  # the same goals, timed the same way

from goalmodel import Absence, Commit, GoalModelError, Held, Kpi, Measure, Reached, Series, Standard, interchange
from goalmodel.interchange import document, load
from goalmodel.interchange.kinds import VALUES
from goalmodel.interchange.numerals import number_of, numeral

cattrs: Any = import_module("cattrs")
configure_tagged_union: Any = import_module("cattrs.strategies").configure_tagged_union

_ROUNDS, _KPIS = 3, 1_000


def _number(found: object, _: object) -> Fraction:
    number = number_of(found) if isinstance(found, str) else Fraction(str(found))
    if number is None:
        raise ValueError(found)
    return number


def _day(found: str, _: object) -> dt.date:
    return dt.date.fromisoformat(found)


def _number_or_absence(found: object, _: object) -> Fraction | Absence:
    """Stand in for what cattrs has no rule for: a number, or a word of a list."""
    return Absence(found) if found in list(Absence) else _number(found, None)


def _unions(kind: Any, seen: set[Any]) -> set[Any]:  # noqa: ANN401 - annotations have no type
    """Return the unions of several classes that stand in the fields below a class."""
    if kind in seen:
        return set()
    seen.add(kind)
    below = typing.get_args(kind)
    if isinstance(kind, type) and attrs.has(kind):
        below = tuple(typing.get_type_hints(kind).values())
    classes = [each for each in typing.get_args(kind) if isinstance(each, type) and attrs.has(each)]
    own: set[Any] = {kind} if len(classes) > 1 and len(classes) == len(typing.get_args(kind)) else set()
    return own.union(*(_unions(each, seen) for each in below))


def converter(*kinds: type) -> Any:  # noqa: ANN401 - of a library that need not be there
    """Return what cattrs needs to be told about our types."""
    made = cattrs.Converter(omit_if_default=True, forbid_extra_keys=True, detailed_validation=True)
    made.register_unstructure_hook(Fraction, numeral)
    made.register_structure_hook(Fraction, _number)
    made.register_unstructure_hook(dt.date, dt.date.isoformat)
    made.register_structure_hook(dt.date, _day)
    made.register_structure_hook(Fraction | Absence, _number_or_absence)
    for kind in kinds:
        for union in _unions(kind, set()):
            configure_tagged_union(union, made, tag_name="type")
    return made


def _said(ask: Callable[[], object]) -> str:
    try:
        ask()
    except GoalModelError as error:
        return "; ".join(map(str, error.problems))
    except Exception as error:  # noqa: BLE001 - what a library raises is what is looked at
        return f"{type(error).__name__}: {'; '.join(cattrs.transform_error(error))}"
    return "taken"


def _carried(kind: type) -> object:
    return converter(kind).get_structure_hook(kind)


_COMMIT = Commit(
    id="sla",
    measure=Measure("uptime"),
    standard=Standard.at_least(Fraction(1, 3)),
    due=dt.date(2026, 12, 31),
    declared_on=dt.date(2026, 10, 1),
    manner=Reached(),
)
_BAD: dict[str, dict[str, Any]] = {
    "two things wrong at once": {"type": "Measure", "name": " ", "lowest": "x", "lowst": 1},
    "a text for a flag, taken as true": {"type": "Measure", "name": 5},
}


def trial() -> None:
    """Print what cattrs makes of the same values, and what both say of bad ones."""
    refused = {
        name: told for name, kind in VALUES.items() if (told := _said(lambda kind=kind: _carried(kind))) != "taken"
    }
    print(f"{len(VALUES) - len(refused)} of {len(VALUES)} types have a hook; of a model: {refused['GoalModel']}")
    both = converter(Commit)
    for manner in (Reached(), Held(dt.date(2026, 10, 1))):
        commit = attrs.evolve(_COMMIT, manner=manner)
        print(
            type(manner).__name__,
            "| cattrs:",
            _said(lambda commit=commit: both.structure(json.loads(json.dumps(both.unstructure(commit))), Commit)),
            "| ours:",
            _said(lambda commit=commit: load(Commit, json.loads(json.dumps(document(commit))))),
        )
    small = converter(Measure)
    for what, bad in _BAD.items():
        plain = {name: value for name, value in bad.items() if name != "type"}
        print(what, "| cattrs:", _said(lambda plain=plain: small.structure(plain, Measure)))
        print(what, "| ours:  ", _said(lambda bad=bad: load(Measure, {"format": 1, **bad})))
    room = Path(interchange.__file__).parent
    forms = ("documents", "form", "forms", "value_form", "choice_form", "numerals", "kinds", "reason_form")
    print("lines of our forms:", sum(len((room / f"{name}.py").read_text("utf-8").splitlines()) for name in forms))
    print("types:", len(VALUES))


def speed() -> None:
    """Print how long both take for the same KPIs and readings, in one run; cattrs can't carry a whole model."""
    model, read = build(_KPIS)
    made = converter(Kpi, Series)
    values = [*model.kpis, *read]
    theirs, ours = [made.unstructure(each) for each in values], [document(each) for each in values]
    kinds = [type(each) for each in values]
    built = least(lambda: build(_KPIS), _ROUNDS)
    times = {
        "cattrs writes": lambda: [made.unstructure(each) for each in values],
        "ours writes": lambda: [document(each) for each in values],
        "cattrs reads": lambda: [made.structure(each, kind) for each, kind in zip(theirs, kinds, strict=True)],
        "ours reads": lambda: [load(kind, each) for each, kind in zip(ours, kinds, strict=True)],
    }
    for what, work in times.items():
        print(f"{what}: {least(work, _ROUNDS) / built:.2f} times building")
    again = [made.structure(each, kind) for each, kind in zip(theirs, kinds, strict=True)]
    print("cattrs gives the same back:", again == values)


if __name__ == "__main__":
    trial()
    speed()
