"""Values by their fields: what the annotations of a class say is what is drawn for it."""

from __future__ import annotations

import collections.abc
import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar, cast

import attrs
from hypothesis import reject, strategies as st

from goalmodel.checks import is_id
from goalmodel.errors import WrongType
from goalmodel.testing.figures import decimals, floats, numbers

_T = TypeVar("_T")
_Any: TypeAlias = st.SearchStrategy[Any]
_Known: TypeAlias = Mapping[Any, _Any]
_Asked: TypeAlias = Mapping[str, _Any]


def texts() -> st.SearchStrategy[str]:
    """Return texts that are not blank."""
    return _TEXTS


def ids() -> st.SearchStrategy[str]:
    """Return ids and names, which are texts without blanks around them."""
    return _IDS


def dates() -> st.SearchStrategy[dt.date]:
    """Return dates: any the calendar has, month ends and leap days often among them."""
    return _DATES


def on_or_after(day: dt.date) -> st.SearchStrategy[dt.date]:
    """Return *day* and later dates.

    Args:
        day: The first.
    """
    return st.one_of(st.just(day), st.dates(min_value=day))


def counts(least: int = 1) -> st.SearchStrategy[int]:
    """Return whole numbers from *least* on, small ones often.

    Args:
        least: The smallest.
    """
    return st.one_of(st.integers(least, least + 11), st.integers(min_value=least))


def built(
    kind: type[_T],
    known: _Known | None = None,
    /,
    **given: st.SearchStrategy[Any] | None,
) -> st.SearchStrategy[_T]:
    """Return values of *kind*, its fields drawn as their annotations say, two of one type often alike.

    What the constructor refuses is drawn anew.

    Args:
        kind: A class of values.
        known: Strategies by annotation that fields and what is in them are drawn from; the plain ones where None.
        given: Strategies of fields whose annotation does not say enough, by field; None as if it were not given.
    """
    hints = typing.get_type_hints(kind)
    asked = {name: strategy for name, strategy in given.items() if strategy is not None}
    free: dict[str, tuple[object, _Any]] = {}
    for field in attrs.fields(cast("Any", kind)):
        if field.init and field.alias not in asked:
            hint, is_name = hints[field.name], _is_name(field)
            found = annotated(hint, {**(PLAIN if known is None else known), str: _IDS} if is_name else known)
            free[field.alias] = (hint, is_name), found
    return _built(kind, asked, free)


def _is_name(field: attrs.Attribute[Any]) -> bool:
    """Return whether a field holds an id or a name, which has no blanks around it."""
    return is_id in (field.validator, getattr(field.validator, "validator", None))


def annotated(annotation: object, known: _Known | None = None) -> _Any:
    """Return what an annotation promises to accept.

    Args:
        annotation: A type, or what types are made of: unions, tuples, sequences, iterables, mappings.
        known: Strategies by annotation; the plain ones where None.

    Raises:
        WrongType: Nothing is known that would be valid for *annotation*.
    """
    known = PLAIN if known is None else known
    if annotation in known:
        return known[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    if isinstance(annotation, type) and attrs.has(annotation):
        return built(annotation, known)
    origin, members = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is type:
        return st.sampled_from(_classes(members[0]))
    if origin is tuple and ... not in members:
        return st.tuples(*(annotated(member, known) for member in members))
    if origin in _MADE_OF:
        return _MADE_OF[origin]([annotated(member, known) for member in members if member is not ...])
    raise WrongType("kind", annotation, "a public type, or what such types are made of")


def _classes(asked: object) -> list[object]:
    """Return the classes a ``type[…]`` stands for."""
    bound = asked.__bound__ if isinstance(asked, TypeVar) else asked
    return [*(typing.get_args(bound) or (bound,))]


@st.composite
def _built(draw: st.DrawFn, kind: type[_T], asked: _Asked, free: Mapping[str, tuple[object, _Any]]) -> _T:
    for _ in range(_ATTEMPTS):
        found = {name: draw(strategy) for name, strategy in asked.items()}
        of_type: dict[object, Any] = {}
        for name, (hint, strategy) in free.items():
            is_alike = hint in of_type and draw(_YES_OR_NO)
            found[name] = of_type[hint] = of_type[hint] if is_alike else draw(strategy)
        # Not TypeError: a part of the wrong type is no bad luck, its strategy is wrong.
        with suppress(ValueError):
            return kind(**found)
    return reject()


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


# Each is built once, for Hypothesis prepares every new strategy anew.
_ATTEMPTS: Final = 4
_YES_OR_NO: Final = st.booleans()
_CHARACTERS: Final = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_TEXTS: Final = st.one_of(
    st.text(_CHARACTERS, min_size=1, max_size=12).filter(str.strip), st.sampled_from(("a", "{a}", "ß", "0", " b "))
)
_IDS: Final = _TEXTS.map(str.strip)
_DATES: Final = st.one_of(
    st.dates(),
    st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
    st.builds(_month_end, st.integers(1900, 2400), st.integers(1, 12)),
)
PLAIN: Final[_Known] = MappingProxyType(
    {
        object: _TEXTS,
        str: _TEXTS,
        bool: st.booleans(),
        int: counts(),
        float: floats(),
        Decimal: decimals(),
        Fraction: numbers(),
        dt.date: _DATES,
        type(None): st.none(),
        collections.abc.Hashable: st.one_of(_TEXTS, numbers(), _DATES, st.none()),
    }
)
_MADE_OF: Final[Mapping[object, Callable[[list[_Any]], _Any]]] = MappingProxyType(
    {
        typing.Union: st.one_of,
        types.UnionType: st.one_of,
        tuple: lambda parts: st.lists(*parts, max_size=3).map(tuple),
        collections.abc.Sequence: lambda parts: st.lists(*parts, max_size=3).map(tuple),
        collections.abc.Iterable: lambda parts: st.lists(*parts, max_size=3).map(tuple),
        collections.abc.Mapping: lambda parts: st.dictionaries(*parts, max_size=3),
    }
)
