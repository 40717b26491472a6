"""What the fields of facts and policies share: exact numbers, and which difference a field makes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, cast

import attrs

from goalmodel.errors import GoalModelError
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
