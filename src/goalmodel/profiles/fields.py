"""What the fields of facts and policies share: exact numbers, and which difference a field makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, cast

import attrs

from goalmodel.checks import the_iterable, the_text
from goalmodel.errors import GoalModelError, WrongType
from goalmodel.exact import Number, exact
from goalmodel.profiles.difference import Difference

DIFFERS: Final = "differs"


def differs(difference: Difference) -> Mapping[str, Difference]:
    """Return the metadata of a field of a policy: which difference it makes where it is not the default."""
    return MappingProxyType({DIFFERS: difference})


def number(given: Number | None) -> Fraction | None:
    """Return *given* exactly; what is no number is left for ``is_number``, which knows the field's name."""
    try:
        return None if given is None else exact(given, "given")
    except GoalModelError:
        return cast("Fraction", given)


def the_named(given: Iterable[tuple[str, Number]], field: str) -> tuple[tuple[str, Fraction], ...]:
    """Return the pairs *given* of a word and what it stands for, exactly."""
    found: list[tuple[str, Fraction]] = []
    for index, each in enumerate(the_iterable(given, field)):
        match each:
            case (word, number):
                found.append((the_text(word, f"{field}[{index}]"), exact(number, f"{field}[{index}]")))
            case _:
                raise WrongType(f"{field}[{index}]", each, "a pair of a word and a number")
    return tuple(found)


def some_number(given: Number) -> Fraction:
    """Return *given* exactly, where None is no number either."""
    return cast("Fraction", number(given))


def is_number(_: object, attribute: attrs.Attribute[Any], value: Number | None) -> None:
    """Validate: the field holds a number, or None."""
    if value is not None:
        exact(value, attribute.name)


def is_some_number(_: object, attribute: attrs.Attribute[Any], value: Number) -> None:
    """Validate: the field holds a number."""
    exact(value, attribute.name)
