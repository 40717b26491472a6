"""What the library makes itself is checked no second time: it is what its constructor would have made of it.

Whatever a public callable is given, by then it was read: what is made behind the doors, and what the library's own
methods are asked, fits its annotations.
"""

from __future__ import annotations

import inspect
import sys
import types
import typing
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import given, strategies as st

from goalmodel import GoalModel, GoalModelError, Measure, Reading, Series, review
from goalmodel.checks import made
from goalmodel.measure import reading
from goalmodel.testing import dates, exact_numbers, goal_models, histories, measures, public_names

pytestmark = pytest.mark.one_python


def _constructed(kind: type[Any], value: object) -> object:
    """Return what the constructor makes of the fields of *value*."""
    fields = {each.alias: getattr(value, each.name) for each in attrs.fields(kind) if each.init}
    try:
        return kind(**fields)
    except GoalModelError as refused:
        raise AssertionError(f"{kind.__name__} was made of what its constructor refuses") from refused


def _checked(kind: type[Any], /, **fields: object) -> object:
    """Make a value as the library does, and again as anybody else would have to."""
    value = made(kind, **fields)
    again = _constructed(kind, value)
    assert again == value
    for each in attrs.fields(kind):
        assert type(getattr(again, each.name)) is type(getattr(value, each.name)) or not each.init
    return value


def _fits(value: object, hint: object) -> bool:
    """Return whether a value is what an annotation says, as far as its outermost type goes."""
    origin = typing.get_origin(hint)
    if hint is Any or isinstance(hint, TypeVar | str):
        return True
    if hint is None:
        return value is None
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, each) for each in typing.get_args(hint))
    if origin is typing.Literal:
        return value in typing.get_args(hint)
    kind = origin or hint
    return not isinstance(kind, type) or isinstance(value, kind)


def _asked_as_announced(call: Callable[..., object]) -> Callable[..., object]:
    """Return a method that checks what it is asked, before it answers."""
    hints = typing.get_type_hints(call, localns={**public_names(), **vars(sys.modules[call.__module__])})
    signature = inspect.signature(call)

    @wraps(call)
    def asked(*positional: object, **named: object) -> object:
        for name, value in signature.bind(*positional, **named).arguments.items():
            assert name in {"self", "cls"} or _fits(value, hints[name]), f"{call.__qualname__}: {name} is {value!r:.80}"
        return call(*positional, **named)

    return asked


@cache
def _inner_methods() -> tuple[tuple[type[Any], str, Callable[..., object]], ...]:
    """Return the methods that are asked by the library only, each as one that checks what it is asked."""
    return tuple(
        (kind, name, _asked_as_announced(value))
        for kind in {value for value in public_names().values() if isinstance(value, type)}
        for name, value in vars(kind).items()
        if inspect.isfunction(value) and vars(value).get("is_inner")
    )


@contextmanager
def everything_checked_again() -> Generator[None]:
    """Check each value the library makes itself, and each question to one of its own methods."""
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("goalmodel.") and vars(module).get("made") is made:
                patch.setattr(module, "made", _checked)
        for kind, name, asked in _inner_methods():
            patch.setattr(kind, name, asked)
        yield


class TestCheckedOnce:
    """What passed a door is not checked again, and needs no check: nothing unread reaches what is inside."""

    def test_there_is_something_to_check(self) -> None:
        assert len(_inner_methods()) > 10
        with everything_checked_again(), pytest.raises(AssertionError, match="constructor refuses"):
            reading.made(Reading, on="a day", value=None, weight=None, known_on=None)  # type: ignore[attr-defined]

    # Whatever a public callable is given: see test_junk.py.

    @given(model=goal_models(max_goals=4), data=st.data())
    def test_whatever_is_reviewed(self, model: GoalModel, data: st.DataObject) -> None:
        told = data.draw(histories(model))
        as_of = data.draw(dates())
        with everything_checked_again():
            str(review(model, told, as_of=as_of))

    @given(measure=measures(), pairs=st.dictionaries(dates(), exact_numbers(), max_size=5))
    def test_whatever_a_series_is_made_of(self, measure: Measure, pairs: dict[Any, Any]) -> None:
        with everything_checked_again():
            found = Series.of(measure, pairs)
        assert found == Series(measure, [Reading(on, value) for on, value in pairs.items()])
