"""Numbers a profile says: exact, or rounded as its system rounds."""

from __future__ import annotations

from enum import StrEnum, unique
from fractions import Fraction
from typing import TypeAlias

import attrs

from goalmodel.doors import is_a, is_count
from goalmodel.objective import Root

Amount: TypeAlias = Fraction | Root
"""A share, or the root of one where a mean or an exponent asks for it."""

_HALF = 5


@unique
class Rounding(StrEnum):
    """Where a number goes that lies between two that can be shown."""

    NEAREST = "to the nearest, a half away from 0"
    TOWARD_ZERO = "toward 0"


@attrs.frozen
class Shown:
    """How a system rounds before it goes on.

    >>> Shown(3).of(Fraction(13, 14))
    Fraction(929, 1000)

    Attributes:
        places: Digits after the point of a share: 2 for whole percents.
        rounding: Which way.
    """

    places: int = attrs.field(validator=is_count())
    rounding: Rounding = attrs.field(default=Rounding.NEAREST, validator=is_a(Rounding))

    def of(self, amount: Amount) -> Fraction:
        """Return *amount* rounded."""
        size, sign = (-amount, -1) if isinstance(amount, Fraction) and amount < 0 else (amount, 1)
        one_more = size.below(self.places + 1) if isinstance(size, Root) else size
        tenths = one_more * 10 ** (self.places + 1) // 1
        up = _HALF if self.rounding is Rounding.NEAREST else 0
        return Fraction(sign * ((tenths + up) // 10), 10**self.places)


def clamped(amount: Amount, least: Fraction | None, most: Fraction | None) -> Amount:
    """Return *amount*, or the bound it lies beyond."""
    if least is not None and amount < least:
        return least
    if most is not None and amount > most:
        return most
    return amount
