"""Every error is one of ours and one of Python's, says what is wrong with what, and survives being carried.

The errors are found by walking the package and built from the annotations of their own ``__init__``, so that
a new one is held to this without being named here.
"""

from __future__ import annotations

import collections.abc
import copy
import datetime as dt
import enum
import importlib
import inspect
import json
import pickle
import pkgutil
import types
import typing
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TypeAlias

import attrs
import pytest

import goalmodel
from goalmodel.errors import GoalModelError, NotReadable, OutOfOrder, Path, SeveralProblems, described

Carry: TypeAlias = Callable[[GoalModelError], GoalModelError]


def _by_pickle(protocol: int) -> Carry:
    def carry(error: GoalModelError) -> GoalModelError:
        carried: object = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - pickled a moment before
        assert isinstance(carried, GoalModelError)
        return carried

    return carry


WAYS_TO_CARRY: dict[str, Carry] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{f"pickle protocol {number}": _by_pickle(number) for number in range(pickle.HIGHEST_PROTOCOL + 1)},
}


class _WithoutARepr:
    def __repr__(self) -> str:
        raise RuntimeError


# What may be given where anything may be: plain values, what can't be pickled, what can't be hashed or shown.
GIVEN: dict[str, object] = {
    "a number": Fraction(87, 10),
    "a text": "eight",
    "nothing": None,
    "a date": dt.date(2026, 9, 30),
    "a function": lambda: None,
    "a list": [8, 9],
    "one of our values": goalmodel.Measure("customer satisfaction", unit="points", highest=10),
    "a member of our enums": goalmodel.Health.WATCH,
    "values side by side": ("csat", (Fraction(1, 3), dt.date(2026, 9, 30)), frozenset({1})),
    "a list in a tuple": (8, [9]),
    "a tuple with what has no repr": (8, _WithoutARepr()),
    "a number too long to show": 10**5_000,
    "something without a repr": _WithoutARepr(),
}

SAMPLES: dict[object, object] = {
    str: "some text",
    bool: True,
    int: 3,
    float: 0.5,
    Decimal: Decimal("99.9"),
    Fraction: Fraction(7, 10),
    dt.date: dt.date(2026, 9, 30),
    dt.timedelta: dt.timedelta(days=1),
    type: int,
    type(None): None,
    # Its fields hang together: it is its own base, once, or so many of another.
    goalmodel.Unit: goalmodel.Unit("points"),
    GoalModelError: OutOfOrder("end", dt.date(2026, 9, 30), "on or after the start", goal="csat"),
}


@cache
def _modules() -> tuple[types.ModuleType, ...]:
    names = sorted(found.name for found in pkgutil.walk_packages(goalmodel.__path__, "goalmodel."))
    return tuple(importlib.import_module(name) for name in names)


def _errors() -> list[type[GoalModelError]]:
    """Return the root and everything below it that the package defines."""
    _modules()
    found: dict[str, type[GoalModelError]] = {}
    waiting: list[type[GoalModelError]] = [GoalModelError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.partition(".")[0] == "goalmodel":
            found[f"{kind.__module__}.{kind.__qualname__}"] = kind
    return [found[name] for name in sorted(found)]


ERRORS = _errors()
CONCRETE = [kind for kind in ERRORS if kind is not GoalModelError]

every_error = pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
every_concrete_error = pytest.mark.parametrize("kind", CONCRETE, ids=lambda kind: kind.__name__)
whatever_is_given = pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)


def _names() -> dict[str, object]:
    """Return what an annotation may mention, imported for the program or only for type checkers."""
    names: dict[str, object] = {
        name: value
        for module in (collections.abc, typing, dt, *_modules())
        for name, value in vars(module).items()
        if not name.startswith("_")
    }
    return names | {"datetime": dt, "dt": dt, "Decimal": Decimal, "Fraction": Fraction}


def _sample(annotation: object, given: object) -> object:
    """Return some value that *annotation* allows; where it allows anything, *given*."""
    if annotation is object or annotation is typing.Any:
        return given
    if annotation in SAMPLES:
        return SAMPLES[annotation]
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return next(iter(annotation))
    if isinstance(annotation, type) and attrs.has(annotation):
        return _built(annotation, given)
    return _sample_with_arguments(annotation, typing.get_args(annotation), given)


def _sample_with_arguments(annotation: object, arguments: tuple[object, ...], given: object) -> object:
    origin = typing.get_origin(annotation)
    if origin in {typing.Union, types.UnionType}:
        return _sample(arguments[0], given)
    if origin in {typing.Literal, type}:
        return arguments[0]
    if origin is frozenset:
        return frozenset({_sample(arguments[0], given)})
    if origin in {tuple, collections.abc.Sequence, collections.abc.Iterable}:
        members = arguments[:1] * 2 if arguments[1:] in {(), (...,)} else arguments
        return tuple(_sample(member, given) for member in members)
    return pytest.fail(f"no sample for the annotation {annotation!r}: add one to SAMPLES")


def _built(kind: type[object], given: object) -> object:
    init = kind.__init__
    hints = typing.get_type_hints(init, localns=_names())
    positional: list[object] = []
    named: dict[str, object] = {}
    for name, parameter in list(inspect.signature(init).parameters.items())[1:]:
        value = _sample(hints[name], given)
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            named[name] = value
        elif parameter.kind is not inspect.Parameter.VAR_KEYWORD:
            positional.append(value)
    return kind(*positional, **named)


def _error(kind: type[GoalModelError], given: object) -> GoalModelError:
    error = _built(kind, given)
    assert isinstance(error, GoalModelError)
    return error


def test_there_are_errors_to_look_at() -> None:
    assert CONCRETE


def test_the_root_is_nobody_elses_error() -> None:
    assert GoalModelError.__bases__ == (Exception,)


@every_concrete_error
def test_every_error_is_a_value_error_or_a_type_error(kind: type[GoalModelError]) -> None:
    assert issubclass(kind, ValueError) != issubclass(kind, TypeError)


@every_error
def test_every_error_can_be_found_by_its_users(kind: type[GoalModelError]) -> None:
    assert getattr(goalmodel.errors, kind.__name__, None) is kind


@every_error
@whatever_is_given
def test_every_error_says_which_field_what_was_given_and_what_is_accepted(
    kind: type[GoalModelError], given: object
) -> None:
    error = _error(kind, given)
    sentence = str(error)
    assert type(error.field) is Path
    assert error.field
    assert str(error.field)
    assert isinstance(error.accepted, str)
    assert error.accepted.strip()
    assert (error.pointer if isinstance(error, NotReadable) else str(error.field)) in sentence
    assert error.accepted in sentence
    shown = described(error.given)
    if isinstance(error, NotReadable):
        # A document's problem shows what was found as JSON writes it, or names it where JSON has no such value.
        shown = json.dumps(error.given) if type(error.given) is type(given) else str(error.given)
    assert shown[:100].strip('"') in sentence


@every_error
@whatever_is_given
def test_every_error_survives_being_copied_and_pickled(kind: type[GoalModelError], given: object) -> None:
    error = _error(kind, given)
    for way, carry in WAYS_TO_CARRY.items():
        carried = carry(error)
        assert type(carried) is kind, way
        assert str(carried) == str(error), way
        assert _told(carried) == _told(error), way


def _told(error: GoalModelError) -> list[dict[str, object]]:
    """Return every field of each problem, those of subclasses among them."""
    return [{name: value for name, value in vars(problem).items() if name != "_problems"} for problem in error.problems]


@every_error
@whatever_is_given
def test_every_error_can_be_hashed(kind: type[GoalModelError], given: object) -> None:
    assert len({_error(kind, given), _error(kind, given)}) == 2


class TestAPath:
    """Names and indexes, and the text for them."""

    @pytest.mark.parametrize(
        ("text", "steps"),
        [
            ("id", ("id",)),
            ("cuts[1]", ("cuts", 1)),
            ("kpis[3].serves[0]", ("kpis", 3, "serves", 0)),
            ("points[12][0]", ("points", 12, 0)),
            ("key_results[0].measure.unit", ("key_results", 0, "measure", "unit")),
            ("done['first boss defeated']", ("done", "first boss defeated")),
            ("[2]", (2,)),
        ],
    )
    def test_is_read_from_its_text_and_written_as_it(self, text: str, steps: tuple[str | int, ...]) -> None:
        assert Path.of(text) == steps
        assert Path.of(steps) == Path.of(text)
        assert str(Path.of(steps)) == text
        assert repr(Path.of(steps)) == f"Path.of({text!r})"

    def test_to_nowhere_is_what_was_built_itself(self) -> None:
        assert Path.of("") == ()
        assert str(Path.of(())) == "this"


class TestGiven:
    """The value itself where it can be carried anywhere, else what stands for it."""

    @pytest.mark.parametrize(
        "name",
        [
            "a number",
            "a text",
            "nothing",
            "a date",
            "one of our values",
            "a member of our enums",
            "values side by side",
        ],
    )
    def test_is_kept_where_it_is_plain_or_one_of_ours(self, name: str) -> None:
        assert GoalModelError("field", GIVEN[name]).given is GIVEN[name]

    @pytest.mark.parametrize(
        "name",
        [
            "a function",
            "a list",
            "something without a repr",
            "a list in a tuple",
            "a tuple with what has no repr",
            "a number too long to show",
        ],
    )
    def test_is_text_where_it_can_not(self, name: str) -> None:
        given = GoalModelError("field", GIVEN[name]).given
        assert isinstance(given, str)
        assert repr(given) == str(given) == described(GIVEN[name])

    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            (Fraction(5), "5"),
            (Fraction(-87, 10), "-8.7"),
            (Fraction(1, 3), "1/3"),
            (Fraction(1, 2**12), "0.000244140625"),
            (Fraction(1, 2**13), "1/8192"),
            (Fraction(1200), "1200"),
            (Decimal("8.70"), "8.70"),
            (8.5, "8.5"),
            ("eight", "'eight'"),
            ("5", "'5'"),
            (None, "None"),
            (dt.date(2026, 9, 30), "2026-09-30"),
            (dt.datetime(2026, 9, 30, 14, 30), "2026-09-30 14:30:00"),  # noqa: DTZ001 - a plain time of day
            (goalmodel.Health.WATCH, "Health.WATCH"),
            ((), "nothing"),
            ((Fraction(5), "a"), "(5, 'a')"),
            (_WithoutARepr(), "a value of type _WithoutARepr"),
            ((_WithoutARepr(),), "(a value of type _WithoutARepr)"),
        ],
    )
    def test_is_shown_as_a_person_writes_it(self, given: object, shown: str) -> None:
        assert described(given) == shown
        assert str(GoalModelError("field", given)).endswith(f"; got {shown}")


class TestProblems:
    """What is wrong, all of it."""

    ONE = OutOfOrder("end", 3, "after the start", goal="csat")
    OTHER = OutOfOrder("high", 1, "above low")

    def test_of_one_error_are_itself(self) -> None:
        assert self.ONE.problems == (self.ONE,)

    def test_of_several_are_each_and_the_first_speaks_for_all(self) -> None:
        both = SeveralProblems([self.ONE, self.OTHER])
        assert both.problems == (self.ONE, self.OTHER)
        assert (both.field, both.given, both.accepted, both.goal) == (("end",), 3, "after the start", "csat")
        assert str(both) == ("2 problems: end of 'csat' must be after the start; got 3; high must be above low; got 1")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (goalmodel.Health.WATCH, '"on watch"'),
        (goalmodel.Measure("visits"), 'an object of the type "Measure"'),
        (("a", "b"), "an array of 2"),
        ([], "an array of 0"),
        ({"a": 1}, 'an object with "a"'),
        (None, "null"),
        (10**5_000, "a number of very many digits"),
    ],
    ids=["word", "value", "tuple", "list", "dict", "nothing", "long number"],
)
def test_a_problem_of_a_document_names_what_was_found_in_the_words_of_json(given: object, shown: str) -> None:
    assert str(NotReadable(("kpis", 0), given, "something else")) == f"/kpis/0 must be something else; got {shown}"
