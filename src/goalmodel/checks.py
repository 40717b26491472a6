"""What every public door checks before anything is computed.

A door is a constructor's field or a function's argument. The functions are told its name. Those whose *field* need not
be said are converters of attrs fields as well, which a class tells their names by ``field_transformer=named``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from enum import EnumType, StrEnum
from fractions import Fraction
from functools import cache, partial
from inspect import Signature, signature
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar, cast

import attrs

from goalmodel.errors import (
    EmptyText,
    GivenTwice,
    GoalModelError,
    NotADate,
    OutOfBounds,
    SeveralProblems,
    UnfitText,
    WrongType,
)
from goalmodel.exact import Number, computed, exact, ratio

_T = TypeVar("_T")
_F = TypeVar("_F", bound=Callable[..., object])
_UNFIT = re.compile("[\0\ud800-\udfff]")
_NOT_BLANK = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
_NOT_BLANK_AROUND = r"^[^\s\u0000]([^\u0000]*[^\s\u0000])?$"
_Validator: TypeAlias = Callable[[Any, "attrs.Attribute[Any]", Any], None]


class _Terms(EnumType):
    """What answers for a member there is not, with those whose names are near."""


def _no_member(cls: EnumType, name: str) -> object:
    members: Mapping[str, object] = cls.__members__
    near = [each for each in members if name in each]
    if not near and not name.startswith("_"):  # Python asks every new class for names of its own, which are near none
        near = get_close_matches(name, members, n=1)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise AttributeError(f"{cls.__name__} has no member {name}{hint}", name=name, obj=cls)


setattr(_Terms, "__getattr__", _no_member)  # noqa: B010 - to a type checker an enum has its members and no more


class Term(StrEnum, metaclass=_Terms):
    """What every closed set of terms is: members with stable texts as values, a member nearly named is suggested."""


def named(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Tell the converter of each field its name: ``field_transformer=named`` stands on a class whose fields have one.

    A converter is a function of what is given and of the field's name, as most functions of this module are.
    """
    return [_named(each) for each in fields]


def _named(field: attrs.Attribute[Any]) -> attrs.Attribute[Any]:
    converter = cast("Callable[..., Any] | None", field.converter)
    if converter is None:
        return field
    told = partial(converter, field=field.name)
    told.__dict__["__signature__"] = _signature(converter)  # attrs asks for it: what the first argument may be
    return field.evolve(converter=told)


@cache
def _signature(converter: Callable[..., Any]) -> Signature:
    """Return what *converter* takes; to find that of a partial function takes several times as long."""
    return signature(converter)


def a(kind: type) -> str:
    """Return the name of *kind* with its article, as it stands in a sentence: "a Kpi", "an Objective"."""
    return "None" if kind is type(None) else f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


def the(kind: type[_T], given: object, field: str) -> _T:
    """Return *given*, which must be a *kind*."""
    if isinstance(given, kind):
        return given
    raise WrongType(field, given, a(kind))


def given_or(default: _T, given: _T | None, field: str) -> _T:
    """Return *given*, which must be of the kind of the *default*; the default where it is None."""
    return default if given is None else the(type(default), given, field)


def limited(function: Callable[..., object], **limits: object) -> None:
    """Mark a converter or a validator with what it asks for, in the words of JSON Schema: a schema is made of that.

    ``items`` holds what is asked of each member of a tuple.
    """
    function.__dict__["limits"] = limits


def inner(function: _F) -> _F:
    """Mark a method of a public class as the library's own: what it is given was checked before, and is not again."""
    function.__dict__["is_inner"] = True
    return function


def the_date(given: object, field: str) -> dt.date:
    """Return *given*, which must be a date without a time of day."""
    if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
        return given
    raise NotADate(field, given)


def the_text(given: object, field: str) -> str:
    """Return *given*, which must be a text that is not blank."""
    if not isinstance(given, str):
        raise WrongType(field, given, "a text (str)")
    if not given.strip():
        raise EmptyText(field, given)
    if _UNFIT.search(given):
        raise UnfitText(field, given)
    return given


def the_id(given: object, field: str) -> str:
    """Return *given*, an id or a name, with no blanks around it: what identifies something is compared as written."""
    text = the_text(given, field)
    if text != text.strip():
        raise UnfitText(field, given, "an id or a name without blanks around it")
    return text


def the_count(given: object, field: str, *, least: int = 0, most: int | None = None) -> int:
    """Return *given*, which must be a whole number of at least *least*, and at most *most* where that is said."""
    accepted = f"a whole number of at least {least}" if most is None else f"a whole number from {least} to {most}"
    if isinstance(given, bool) or not isinstance(given, int):
        raise WrongType(field, given, accepted)
    if given < least or (most is not None and given > most):
        raise OutOfBounds(field, given, accepted)
    ratio(given, field)  # so many digits that nobody could print it are refused
    return given


def the_iterable(given: Iterable[_T], field: str) -> Iterator[_T]:
    """Return the members of *given*, which must be something to iterate over, and not a text.

    What *given* itself raises while it is iterated over is its owner's and goes through.
    """
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise WrongType(field, given, "an iterable, and not a text")
    try:
        return iter(given)
    except TypeError:
        raise WrongType(field, given, "an iterable, and not a text") from None


def the_many(kind: type[_T], given: Iterable[object], field: str, accepted: str | None = None) -> tuple[_T, ...]:
    """Return the members of the iterable *given* as a tuple; each must be a *kind*."""
    members: list[_T] = []
    for index, member in enumerate(the_iterable(given, field)):
        if not isinstance(member, kind):
            raise WrongType(f"{field}[{index}]", member, accepted or a(kind))
        members.append(member)
    return tuple(members)


def each_once(given: Iterable[_T], key: Callable[[_T], Any], field: str, accepted: str) -> tuple[_T, ...]:
    """Return the members of *given* by their *key*, which no two of them share."""
    ordered = tuple(sorted(given, key=key))
    for earlier, later in pairwise(map(key, ordered)):
        if earlier == later:
            raise GivenTwice(field, later, accepted)
    return ordered


def positive(value: Number, field: str = "value") -> Fraction:
    """Return *value* exactly, which must be above zero."""
    number = exact(value, field)
    if number <= 0:
        raise OutOfBounds(field, value, "a number above 0")
    return number


def share(value: Number, field: str = "value") -> Fraction:
    """Return *value* exactly, which must lie from 0 to 1."""
    number = exact(value, field)
    if not 0 <= number <= 1:
        raise OutOfBounds(field, value, "a share from 0 to 1")
    return number


def inner_share(value: Number, field: str = "value") -> Fraction:
    """Return *value* exactly, which must lie above 0 and below 1."""
    number = exact(value, field)
    if not 0 < number < 1:
        raise OutOfBounds(field, value, "a share above 0 and below 1")
    return number


def share_above_0(value: Number, field: str = "value") -> Fraction:
    """Return *value* exactly, which must lie above 0 and up to 1."""
    number = exact(value, field)
    if not 0 < number <= 1:
        raise OutOfBounds(field, value, "a share above 0 and up to 1")
    return number


def at_least_0(value: Number, field: str = "value") -> Fraction:
    """Return *value* exactly, and what was computed as it is, which must not be negative."""
    number = computed(value, field)
    if number < 0:
        raise OutOfBounds(field, value, "a number of at least 0")
    return number


def optional_at_least_0(value: Number | None, field: str = "value") -> Fraction | None:
    """Return *value* exactly, which must not be negative; None where there is none."""
    return None if value is None else at_least_0(value, field)


def exact_many(given: Iterable[Number], field: str = "value") -> tuple[Fraction, ...]:
    """Return the numbers of the iterable *given* exactly, in their order."""
    return tuple(exact(member, f"{field}[{index}]") for index, member in enumerate(the_iterable(given, field)))


def texts(given: Iterable[str], field: str = "value") -> tuple[str, ...]:
    """Return the texts of the iterable *given*, none of them blank, in their order."""
    return tuple(the_text(member, f"{field}[{index}]") for index, member in enumerate(the_iterable(given, field)))


def names(given: Iterable[str], field: str = "value") -> tuple[str, ...]:
    """Return the names of the iterable *given*, none with blanks around it, in their order."""
    return tuple(the_id(member, f"{field}[{index}]") for index, member in enumerate(the_iterable(given, field)))


def ids(given: str | Iterable[str], field: str = "value") -> tuple[str, ...]:
    """Return one id or an iterable of ids as a tuple, each once, in order of the alphabet."""
    if isinstance(cast("object", given), Mapping):
        raise WrongType(field, given, "ids: only a key result and an objective have weights by link")
    members = (given,) if isinstance(given, str) else the_iterable(given, field)
    return tuple(sorted({the_id(member, f"{field}[{index}]") for index, member in enumerate(members)}))


class WeightedIds(tuple[str, ...]):  # noqa: SLOT001 - it carries the weights
    """Ids, each with a weight of its own."""

    weights: Mapping[str, Fraction] = MappingProxyType({})


def weighted_ids(given: str | Iterable[str] | Mapping[str, Number], field: str = "value") -> tuple[str, ...]:
    """Return ids as `ids` does; of a mapping they keep the weights it gives them, each above zero."""
    if not isinstance(given, Mapping):
        return ids(given, field)
    found = WeightedIds(ids([*given], field))
    by_id = cast("Mapping[str, Number]", given)
    found.weights = {id_: positive(by_id[id_], f"{field}[{id_!r}]") for id_ in found}
    return found


def weights_by_id(
    given: Mapping[str, Number] | Iterable[tuple[str, Number]], field: str = "value"
) -> tuple[tuple[str, Fraction], ...]:
    """Return weights above zero by id, given as a mapping or as pairs, in order of the alphabet, each id once."""
    found = dict[str, Fraction]()
    pairs = cast("Iterable[object]", given.items() if isinstance(given, Mapping) else given)
    for index, given_pair in enumerate(the_iterable(pairs, field)):
        pair = _pair(given_pair)
        if pair is None:
            raise WrongType(f"{field}[{index}]", given_pair, "a pair of an id and a number above 0")
        given_id, number = pair
        id_ = the_id(given_id, f"{field}[{index}]")
        if id_ in found:
            raise GivenTwice(f"{field}[{index}]", id_, "each id once")
        found[id_] = positive(number, f"{field}[{index}]")
    return tuple(sorted(found.items()))


def _pair(given: object) -> tuple[object, Number] | None:
    members = cast("tuple[object, ...]", given) if isinstance(given, tuple) else ()
    return cast("tuple[object, Number]", members) if len(members) == 2 else None  # noqa: PLR2004 - a pair


def with_link_weights(goal: object, serves: tuple[str, ...], weights: tuple[tuple[str, Fraction], ...]) -> None:
    """Keep in a frozen *goal* the weights of the links it has, whether given with them or beside them."""
    known = dict(serves.weights if isinstance(serves, WeightedIds) else weights)
    object.__setattr__(goal, "serves", tuple(serves))
    object.__setattr__(goal, "link_weights", tuple((id_, known[id_]) for id_ in serves if id_ in known))


def is_a(*kinds: type) -> _Validator:
    """Return a validator: the field holds one of *kinds*."""
    accepted = " or ".join(a(kind) for kind in kinds)

    def check(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, kinds):
            raise WrongType(attribute.name, value, accepted)

    return check


def are(kind: type) -> _Validator:
    """Return a validator: the field holds a tuple of *kind*."""

    def check(_: object, attribute: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
        the(tuple, value, attribute.name)
        the_many(kind, value, attribute.name)

    return check


def are_pairs(first: type, second: type) -> _Validator:
    """Return a validator: the field holds a tuple of pairs, each of a *first* and a *second*."""
    accepted = f"a pair of {a(first)} and {a(second)}"

    def check(_: object, attribute: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
        the(tuple, value, attribute.name)
        for index, pair in enumerate(value):
            if not _is_pair(pair, first, second):
                raise WrongType(f"{attribute.name}[{index}]", pair, accepted)

    return check


def is_date(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate: the field holds a date without a time of day."""
    the_date(value, attribute.name)


def is_text(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate: the field holds a text that is not blank."""
    the_text(value, attribute.name)


def is_id(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate: the field holds an id or a name, a text that is not blank and has no blanks around it."""
    the_id(value, attribute.name)


def is_count(least: int = 0, most: int | None = None) -> _Validator:
    """Return a validator: the field holds a whole number of at least *least*, and at most *most* where that is said."""

    def check(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        the_count(value, attribute.name, least=least, most=most)

    limited(check, minimum=least, **({} if most is None else {"maximum": most}))
    return check


def made(kind: type[_T], /, **fields: object) -> _T:
    """Return a *kind* of values this library has computed itself: what was checked once is not checked again.

    Args:
        kind: A class of attrs whose constructor would take these very values and change none.
        fields: The value of every field, by its own name.
    """
    value, setters = _new(kind), _setters(cast("Hashable", kind))
    for name, field in fields.items():
        setters[name](value, field)
    return value


class OnDemand:
    """A value of this library some of whose fields are made when somebody looks at one of them: all of them, once.

    ``made(kind, …, _making=…)`` leaves those fields out and says what makes them: a function that returns them by their
    names. It must depend on nothing that changes; nobody sees a difference but in time.
    """

    __slots__ = ("_making",)


_D = TypeVar("_D", bound=OnDemand)


def whole(value: _D) -> _D:
    """Return *value* with all its fields made: whoever keeps many of them keeps nothing else that they are made of."""
    making = _making_of(value)
    if making is not None:
        setters = _setters(cast("Hashable", type(value)))
        for field, held in making().items():
            setters[field](value, held)
        setters["_making"](value, None)
    return value


def _making_of(value: OnDemand) -> Callable[[], Mapping[str, object]] | None:
    try:
        return cast("Callable[[], Mapping[str, object]] | None", object.__getattribute__(value, "_making"))
    except AttributeError:  # it was made whole
        return None


def _looked_at(value: OnDemand, name: str) -> object:
    return object.__getattribute__(value if name.startswith("_") else whole(value), name)


setattr(OnDemand, "__getattr__", _looked_at)  # noqa: B010 - to a type checker a value has its fields and no more

_Setter: TypeAlias = Callable[[object, object], None]
_new = object.__new__


@cache
def _setters(kind: Hashable) -> dict[str, _Setter]:
    """Return what sets each slot of a frozen *kind*, by its name; it is found once."""
    slots = [name for each in cast("type", kind).__mro__ for name in getattr(each, "__slots__", ())]
    return {name: getattr(kind, name).__set__ for name in slots if name != "__weakref__"}


def _is_pair(given: object, first: type, second: type) -> bool:
    if not isinstance(given, tuple):
        return False
    kinds = tuple(map(type, cast("tuple[object, ...]", given)))
    return len(kinds) == len((first, second)) and issubclass(kinds[0], first) and issubclass(kinds[1], second)


def raise_all(problems: Iterable[GoalModelError]) -> None:
    """Raise the one problem there is, or several as one error; nothing where there is none."""
    found = tuple(problems)
    if found:
        raise found[0] if len(found) == 1 else SeveralProblems(found)


limited(positive, exclusiveMinimum=0)
limited(share, minimum=0, maximum=1)
limited(inner_share, exclusiveMinimum=0, exclusiveMaximum=1)
limited(share_above_0, exclusiveMinimum=0, maximum=1)
limited(at_least_0, minimum=0)
limited(optional_at_least_0, minimum=0)
limited(texts, items={"pattern": _NOT_BLANK})
limited(names, items={"pattern": _NOT_BLANK_AROUND})
limited(weighted_ids, items={"pattern": _NOT_BLANK_AROUND})
limited(ids, items={"pattern": _NOT_BLANK_AROUND})
limited(is_text, pattern=_NOT_BLANK)
limited(is_id, pattern=_NOT_BLANK_AROUND)
