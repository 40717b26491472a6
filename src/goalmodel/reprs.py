"""How a value is shown to whoever programs: short; rebuilt where it is small, named where it is large."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from fractions import Fraction
from types import GenericAlias, UnionType
from typing import Any, Final, TypeVar, cast

import attrs

from goalmodel.exact import ratio

_ROOM: Final = 160
_ROOM_IN_A_NAME: Final = 40
_BITS_A_DIGIT: Final = 4
_NAMING: Final = ("id", "name", "title", "code")

_FACTORY: Final = cast("type[Any]", attrs.Factory)  # it is a class, and typed as a function

_Kind = TypeVar("_Kind", bound=type)


def readable(kind: _Kind) -> _Kind:
    """Give an attrs class the short repr: what would build the value again, or what it is and holds.

    Fields that are as nobody said otherwise are left out, and a text or a number of thousands of digits is shortened.
    Never more than some 160 characters come out, however much the value holds.
    """
    type.__setattr__(kind, "__repr__", short_repr)
    type.__setattr__(kind, "__rich_repr__", rich_repr)
    type.__setattr__(kind, "_repr_html_", _repr_html_)
    type.__setattr__(kind, "_repr_markdown_", _repr_markdown_)
    return kind


def _repr_html_(value: object) -> str:
    """Return what a notebook shows. The room that makes it is loaded when it is first asked for, and not before."""
    return cast("str", _front_door().show.html(value))


def _repr_markdown_(value: object) -> str:
    """Return what a notebook that takes no HTML shows."""
    return cast("str", _front_door().show.markdown(value))


def _front_door() -> Any:  # noqa: ANN401 - a module, whose rooms come when they are asked for
    return sys.modules[__name__.partition(".")[0]]


def short_repr(value: object) -> str:
    """Return what builds *value* again, with the names of `goalmodel`'s rooms and of ``datetime`` and ``fractions``.

    Where that would be long, return what names it instead, in angle brackets.
    """
    text = _rebuilt(value, _ROOM)
    return _named(value) if text is None else text


def rich_repr(value: object) -> Iterator[tuple[str, object]]:
    """Yield the fields that are not as nobody said otherwise, as the pretty-printer rich asks for them.

    What would be long is named instead, so that a review of a hundred goals is a few lines.
    """
    for attribute, given in _told(value):
        if not _is_default(attribute, value, given):
            is_short = _rebuilt(given, _ROOM_IN_A_NAME) is not None
            yield attribute.alias or attribute.name, given if is_short else _Brief(given)


class _Brief:
    """What stands for a value that would be long."""

    __slots__ = ("text",)

    def __init__(self, given: object) -> None:
        held = _held_by(given)
        self.text = f"<{type(cast('object', given)).__name__} {held}>" if isinstance(given, Sequence) else f"<{held}>"

    def __repr__(self) -> str:
        return self.text


def _rebuilt(value: object, room: int, *, is_converted: bool = False) -> str | None:
    """Return the expression that builds *value*; None where it needs more than *room*, or there is none.

    Args:
        value: Anything.
        room: So many characters at most.
        is_converted: Whether the field that takes it reads any number exactly, so that 9.2 will do for Fraction(46, 5).
    """
    text: str | None
    match value:
        case None | bool() | float():
            text = repr(value)
        case Enum():
            text = f"{type(value).__name__}.{value.name}"
        case int():
            text = _whole(value, room)
        case str():
            text = repr(value) if len(value) <= room else None
        case Fraction():
            text = _number(value, room, is_converted=is_converted)
        case dt.date():
            text = f"date({value.year}, {value.month}, {value.day})"
        case type():
            text = value.__name__
        case UnionType() | GenericAlias():
            text = repr(value)
        case Sequence():
            text = _members(cast("Sequence[object]", value), room, is_converted=is_converted)
        case _:
            text = _built(value, room) if attrs.has(type(value)) else None
    return text if text is not None and len(text) <= room else None


def _whole(value: int, room: int) -> str | None:
    return repr(value) if value.bit_length() <= _BITS_A_DIGIT * room else None


def _number(value: Fraction, room: int, *, is_converted: bool) -> str | None:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _BITS_A_DIGIT * room:
        return None
    if not is_converted:
        return repr(value)
    if value.denominator == 1:
        return str(value.numerator)
    nearest = float(value)
    return repr(nearest) if Fraction(*ratio(nearest, "value")) == value else repr(value)


def _members(value: Sequence[object], room: int, *, is_converted: bool) -> str | None:
    inside = _joined((_rebuilt(member, room, is_converted=is_converted) for member in value), room)
    if inside is None:
        return None
    return f"({inside},)" if len(value) == 1 else f"({inside})"


def _built(value: object, room: int) -> str | None:
    inside = _joined(_arguments(value, room), room)
    return None if inside is None else f"{type(value).__name__}({inside})"


def _arguments(value: object, room: int) -> Iterator[str | None]:
    """Yield each argument that the constructor needs, by its name where it has to be named."""
    is_in_place = True
    for attribute, given in _told(value):
        is_converted = cast("Any", attribute).converter is not None
        text = _rebuilt(given, room, is_converted=is_converted)
        is_in_place = is_in_place and not attribute.kw_only
        if not _is_default(attribute, value, given):
            yield text if text is None or is_in_place else f"{attribute.alias}={text}"
        else:
            is_in_place = False


def _told(value: object) -> Iterator[tuple[attrs.Attribute[Any], object]]:
    for attribute in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        if attribute.init and attribute.repr:
            yield attribute, getattr(value, attribute.name)


def _is_default(attribute: attrs.Attribute[Any], value: object, given: object) -> bool:
    """Return whether *given* is what the field of *value* holds where nothing is said."""
    default: Any = attribute.default
    if isinstance(default, _FACTORY):
        default = default.factory(value) if default.takes_self else default.factory()
    return bool(given == default)


def _joined(parts: Iterable[str | None], room: int) -> str | None:
    """Return *parts* with commas between them; None as soon as one is None, or they need more than *room*."""
    found: list[str] = []
    left = room
    for part in parts:
        if part is None or len(part) > left:
            return None
        found.append(part)
        left -= len(part) + 2
    return ", ".join(found)


def _named(value: object) -> str:
    """Return what *value* is, and what it holds, as far as there is room."""
    own = next((f" {_shortened(name)}" for name in _names(value)), "")
    found: list[str] = []
    left = _ROOM - len(own)
    for attribute, given in _told(value):
        if attribute.name not in _NAMING and given != () and not _is_default(attribute, value, given):
            found.append(_held(attribute.name, given))
            left -= len(found[-1]) + 2
            if left < _ROOM_IN_A_NAME:
                found.append("…")
                break
    return f"<{type(value).__name__}{own}{': ' if found else ''}{', '.join(found)}>"


def _names(value: object) -> Iterator[str]:
    for name in _NAMING:
        found = getattr(value, name, None)
        if isinstance(found, str):
            yield found


def _held(field: str, given: object) -> str:
    """Return what a field holds, in a few words."""
    text = _rebuilt(given, _ROOM_IN_A_NAME)
    return f"{field} {_held_by(given) if text is None else text}"


def _held_by(given: object) -> str:
    """Return how a value that would be long is named."""
    if isinstance(given, str):
        return _shortened(given)
    if isinstance(given, Sequence):
        return f"({len(cast('Sequence[object]', given))})"
    return next(map(_shortened, _names(given)), type(given).__name__)


def _shortened(text: str) -> str:
    return repr(text if len(text) <= _ROOM_IN_A_NAME else f"{text[: _ROOM_IN_A_NAME - 1]}…")
