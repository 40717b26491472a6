"""Numbers a profile says: exact, or rounded as its system rounds."""

from __future__ import annotations

from enum import unique
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from goalmodel.checks import Term, inner, is_a, the_count
from goalmodel.objective import Root
from goalmodel.reprs import readable

Amount: TypeAlias = Fraction | Root
"""A share, or the root of one where a mean or an exponent asks for it."""

_HALF: Final = 5
_MOST_PLACES: Final = 30


@unique
class Rounding(Term):
    """Where a number goes that lies between two that can be shown."""

    NEAREST = "to the nearest, a half away from 0"
    TOWARD_ZERO = "toward 0"


@attrs.frozen
@readable
class Shown:
    """How a system rounds before it goes on.

    >>> Shown(3).of(Fraction(13, 14))
    Fraction(929, 1000)

    Attributes:
        places: Digits after the point of a share, at most 30: 2 for whole percents.
        rounding: Which way.
    """

    places: int = attrs.field()
    rounding: Rounding = attrs.field(default=Rounding.NEAREST, validator=is_a(Rounding))

    def __attrs_post_init__(self) -> None:
        the_count(self.places, "places", most=_MOST_PLACES)

    @inner
    def of(self, amount: Amount) -> Fraction:
        """Return *amount* rounded."""
        size, sign = (-amount, -1) if isinstance(amount, Fraction) and amount < 0 else (amount, 1)
        one_more = size.below(self.places + 1) if isinstance(size, Root) else size
        tenths = one_more * 10 ** (self.places + 1) // 1
        up = _HALF if self.rounding is Rounding.NEAREST else 0
        return Fraction(sign * ((tenths + up) // 10), 10**self.places)


def is_above(one: Amount, other: Amount) -> bool:
    """Return whether *one* is greater; a root is greater than what lies below 0, and else compared with a root."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one > other
    if isinstance(one, Fraction) and one < 0:
        return False
    if isinstance(other, Fraction) and other < 0:
        return True
    return _root(one) > _root(other)


def _root(amount: Amount) -> Root:
    return Root(amount) if isinstance(amount, Fraction) else amount


def clamped(amount: Amount, least: Fraction | None, most: Fraction | None) -> Amount:
    """Return *amount*, or the bound it lies beyond; the upper one, where they are turned round."""
    if most is not None and is_above(amount, most):
        return most
    return least if least is not None and is_above(least, amount) else amount
