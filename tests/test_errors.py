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
from goalmodel.errors import GoalModelError

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


def _shown(value: object) -> tuple[str, str]:
    """Return the two ways a sentence may show *value*."""
    return str(value), repr(value)


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
    assert isinstance(error.field, str)
    assert error.field.strip()
    assert isinstance(error.accepted, str)
    assert error.accepted.strip()
    assert error.field in sentence
    assert error.accepted in sentence
    assert any(way in sentence for way in _shown(error.given)), f"{error.given!r} is not shown in {sentence!r}"


@every_error
@whatever_is_given
def test_every_error_survives_being_copied_and_pickled(kind: type[GoalModelError], given: object) -> None:
    error = _error(kind, given)
    for way, carry in WAYS_TO_CARRY.items():
        carried = carry(error)
        assert type(carried) is kind, way
        assert carried.args == error.args, way
        assert str(carried) == str(error), way
        assert vars(carried) == vars(error), way
