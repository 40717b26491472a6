"""Whatever is thrown at whatever is public, nothing escapes but an error of ours that can be shown and carried.

Callables are found in the rooms and their parameters by their annotations: some are given what they accept, some
are given junk, by name. What a caller's own iterable raises while it is iterated over is the caller's, and goes
through.
"""

from __future__ import annotations

import datetime as dt
import inspect
import json
import pickle
import sys
import typing
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, NoReturn

import attrs
import pytest
from hypothesis import given, strategies as st

import goalmodel
from budgets import examples
from goalmodel import (
    Absence,
    Cadence,
    Cycle,
    GoalModelError,
    Health,
    Measure,
    Polarity,
    Reading,
    Score,
    Series,
    Standard,
    Support,
    Unit,
    Zone,
)
from goalmodel.commit import CommitHistory
from goalmodel.key_result import KeyResultHistory
from goalmodel.kpi import KpiHistory
from goalmodel.measure.series import Readings
from goalmodel.reasons import spell
from goalmodel.testing import dates, exact_numbers, histories, public_names, texts, values
from goalmodel.trend import FirstReadings, Steps, TrendRow
from goalmodel.trend.history import trend_row

from .test_checked_once import everything_checked_again

pytestmark = pytest.mark.one_python


class RudeError(Exception):
    """What objects raise that nobody should have asked."""


class TheirsError(Exception):
    """What a caller's own iterable raises."""


class Hostile:
    """An object that answers nothing."""

    def _refuse(self, *_: object) -> NoReturn:
        raise RudeError

    __repr__ = __str__ = __format__ = __hash__ = __bool__ = __len__ = __int__ = __float__ = __index__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __add__ = __sub__ = __mul__ = __getattr__ = _refuse


class RudelyIterable(Hostile):
    """An object that calls itself iterable."""

    def __iter__(self) -> Iterator[object]:
        raise TheirsError


class BreaksOff(Hostile):
    """An iterable that gives a few things and breaks off."""

    def __iter__(self) -> Iterator[object]:
        yield Zone("healthy", Health.HEALTHY)
        yield "a"
        raise TheirsError


class NotReallyIterable:
    """An object whose ``__iter__`` gives no iterator."""

    def __iter__(self) -> int:
        return 5


class NeverIterable:
    """An object that declares not to be iterable, and not to be hashable."""

    __iter__ = None
    __hash__ = None  # type: ignore[assignment] # that is how Python says unhashable


class TellsNothing:
    """An object whose repr is no text."""

    def __repr__(self) -> str:
        return 5  # type: ignore[return-value] # on purpose # pyright: ignore[reportReturnType]


class Colour(Enum):
    """An enum nobody knows."""

    RED = "red"


class Whole(int):
    """A number that is a little more than one."""


def _endless() -> Iterator[object]:
    while True:
        yield object()


def _breaks_off() -> Iterator[object]:
    yield None
    raise TheirsError


PLAIN_JUNK: tuple[object, ...] = (
    None, True, False, 0, -1, 1.5, Whole(3), float("nan"), float("inf"), -float("inf"), 1e308, 5e-324, 1j,
    10**5_000, -(10**5_000), Fraction(1, 10**5_000), Fraction(10**5_000, 3), 10**999,
    Decimal("nan"), Decimal("sNaN"), Decimal("inf"), Decimal("1E+999999"), Decimal("1E-999999"), Decimal("-0"),
    "", " ", "x", "8.7", "nan", "{", "{0}", "{a.b}", "{a!r:>9}", "\ud800", "x" * 10_000, b"", b"8",
    bytearray(b"8"), range(3), slice(1), ..., NotImplemented, int, Health, Series, len, GoalModelError("a", 1),
    dt.datetime(2026, 9, 30, tzinfo=dt.UTC), dt.time(8), dt.timedelta(days=1), dt.date.min, dt.date.max,
    Colour.RED, *Absence, *Polarity, *Health, [], {}, set[int](), (), [[1]], {1: 2}, {dt.date.max: None}, ({1: 2},),
    (("count", [1]),), [dt.date.max], [(dt.date.max,)], [(dt.date.max, 1, 1)], NotReallyIterable(), TellsNothing(),
    NeverIterable(),
)  # fmt: skip
HOSTILE = st.one_of(
    st.builds(Hostile), st.builds(RudelyIterable), st.builds(BreaksOff), st.builds(_breaks_off), st.builds(object)
)


def junk() -> st.SearchStrategy[object]:
    """Return what means nothing almost everywhere, alone, in containers, and beside what means something."""
    alone = st.one_of(st.sampled_from(PLAIN_JUNK), HOSTILE, st.one_of(CHEAP))
    return st.one_of(
        st.sampled_from(PLAIN_JUNK),
        alone,
        st.lists(alone, max_size=3),
        st.lists(alone, max_size=3).map(tuple),
        st.dictionaries(st.one_of(dates(), texts()), alone, max_size=2),
        st.lists(st.tuples(st.one_of(dates(), alone), alone), max_size=3),
    )


CHEAP = [values(kind) for kind in (Zone, Unit, Cadence, Cycle, Score, Measure, Steps, Reading, Standard, Support)]
ROWS = st.builds(
    trend_row,
    st.lists(st.tuples(dates(), exact_numbers()), max_size=20, unique_by=lambda dated: dated[0]).map(sorted),
    unbroken=st.just(0),
    reference=st.one_of(st.just(FirstReadings(3, 2)), values(FirstReadings)),
)

READINGS = st.one_of(
    st.dictionaries(dates(), exact_numbers(), max_size=3),
    st.dictionaries(dates(), st.one_of(exact_numbers(), st.none()), max_size=3).map(lambda them: list(them.items())),
)

# What is asked about any day: no values, but to be called like them.
HISTORIES: tuple[Any, ...] = (KpiHistory, KeyResultHistory, CommitHistory)


def valid(annotation: object) -> st.SearchStrategy[Any]:
    """Return what an annotation of a parameter promises to accept."""
    if any(typing.get_origin(each) is Callable for each in typing.get_args(annotation)):
        return st.sampled_from((None, spell))
    return ROWS if annotation is TrendRow else READINGS if annotation == Readings else values(annotation)


@cache
def _names() -> dict[str, object]:
    """Return every name an annotation may use."""
    public = public_names()
    found: dict[str, object] = {}
    for module in {inspect.getmodule(value) for value in public.values() if callable(value)}:
        found |= vars(module)
    # Public names come last: a room may have one of its own that is spelled alike.
    return found | public


@attrs.frozen
class Door:
    """Something public that can be called.

    Attributes:
        name: Where it is found.
        of: The class of the value it is a method of; None where it is none.
        attribute: Its own name on that value.
        call: Itself, where it is no method.
        parameters: Name, annotation, kind, and whether it must be given.
    """

    name: str
    of: type[Any] | None
    attribute: str
    call: Callable[..., object]
    parameters: tuple[tuple[str, object, int, bool], ...]


def _parameters(call: Callable[..., object]) -> tuple[tuple[str, object, int, bool], ...]:
    target = call.__init__ if isinstance(call, type) else call  # type: ignore[misc] # it is not called, only read
    own = vars(sys.modules[call.__module__])
    hints = typing.get_type_hints(target, localns={**_names(), **own})
    return tuple(
        (name, hints[name], parameter.kind, parameter.default is parameter.empty)
        for name, parameter in inspect.signature(target).parameters.items()
        if name != "self"
    )


def _doors() -> Iterator[Door]:
    for name, value in public_names().items():
        if inspect.isfunction(value):
            if not vars(value).get("is_inner"):
                yield Door(name, None, "", value, _parameters(value))
        elif isinstance(value, type) and attrs.has(value) and value not in HISTORIES:
            yield Door(name, None, "", value, _parameters(value))
            yield from _methods(value)
    # What else a history has is for the library.
    for kind in HISTORIES:
        yield Door(kind.__name__, None, "", kind, _parameters(kind))
        yield Door(f"{kind.__name__}.on", kind, "on", kind.on, _parameters(kind.on))


def _methods(kind: type[Any]) -> Iterator[Door]:
    for attribute, value in vars(kind).items():
        if attribute.startswith("_"):
            continue
        if isinstance(value, classmethod | staticmethod):
            call = getattr(kind, attribute)
            yield Door(f"{kind.__name__}.{attribute}", None, attribute, call, _parameters(call))
        elif inspect.isfunction(value) and not vars(value).get("is_inner"):
            yield Door(f"{kind.__name__}.{attribute}", kind, attribute, value, _parameters(value))


DOORS = list(_doors())
# There are many doors: few examples for each.
a_few = examples(6)


@st.composite
def arguments(draw: st.DrawFn, door: Door) -> tuple[list[object], dict[str, object]]:
    """Return arguments for *door*: by name where that is possible, valid or junk."""
    positional: list[object] = []
    named: dict[str, object] = {}
    for name, annotation, kind, is_required in door.parameters:
        one = valid(annotation) if draw(st.integers(0, 2)) else junk()
        if kind is inspect.Parameter.VAR_POSITIONAL:
            positional += draw(st.lists(st.one_of(valid(annotation), one), max_size=5))
        elif kind is inspect.Parameter.VAR_KEYWORD:
            named |= draw(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), valid(annotation), max_size=3))
        elif is_required or draw(st.booleans()):
            named[name] = draw(one)
    return positional, named


def held_by(error: GoalModelError) -> None:
    """Check that *error* can be shown and carried."""
    assert str(error)
    assert repr(error)
    assert isinstance(error, ValueError | TypeError)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        carried: object = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - pickled a moment before
        assert type(carried) is type(error)
        assert str(carried) == str(error)


def _held(value: object) -> dict[str, object]:
    return dict(getattr(value, "__dict__", {}))


class TestWhateverIsThrownAtThem:
    """What holds for every public callable, whatever it is called with."""

    def test_every_public_callable_is_tried(self) -> None:
        tried = {door.name for door in DOORS}
        assert {"Kpi", "Kpi.assess", "Cycle.quarter", "HealthBands.along", "Series.of", "review", "focus"} <= tried
        made_by_the_library = {"CasesLimits", "Loss", "Mapped", "Path", "ShownAtCuts", "TrendRow"}
        untried = {
            name
            for name, value in public_names().items()
            if callable(value) and name not in tried and typing.get_origin(value) is None
            if not (_held(value).get("is_inner") or _held(value).get("_is_protocol"))
            if not (isinstance(value, type) and issubclass(value, Enum | Exception))
        }
        assert untried == made_by_the_library

    @pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
    @given(data=st.data())
    @a_few
    def test_nothing_escapes_but_an_error_of_ours(self, door: Door, data: st.DataObject) -> None:
        call = door.call if door.of is None else getattr(data.draw(values(door.of)), door.attribute)
        positional, named = data.draw(arguments(door))
        try:
            with everything_checked_again():
                answer = call(*positional, **named)
        except GoalModelError as error:
            held_by(error)
        except TheirsError:
            pass
        else:
            assert repr(answer) is not None
            assert str(answer) is not None
            # Plain data is no value: documents, schemas, the catalogue and rows are the caller's own.
            assert json.dumps(answer) if type(answer) in (dict, list) else hash(answer) == hash(answer)

    @given(model=values(goalmodel.GoalModel), data=st.data())
    @a_few
    def test_a_model_answers_for_all_its_goals(self, model: goalmodel.GoalModel, data: st.DataObject) -> None:
        for goal in model.goals:
            assert model[goal.id] is goal
            assert all(goal.id in serving.serves for serving in model.serving(goal.id))
        seen = goalmodel.review(model, data.draw(histories(model)), as_of=data.draw(dates()))
        assert {each.kpi.id for each in seen.kpis} == {each.id for each in model.watched}


def test_what_is_endless_is_not_asked_for_more_than_its_first() -> None:
    with pytest.raises(GoalModelError):
        Series.of(Measure("visits"), _endless())  # type: ignore[arg-type] # what a caller without a type checker may do
