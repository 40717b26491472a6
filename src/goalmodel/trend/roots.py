"""Sums of square roots: their sign is decided exactly, whatever a float would say."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt, lcm
from typing import Final, NamedTuple

_BITS: Final = 64


class Root(NamedTuple):
    """A number of times the square root of another.

    Attributes:
        times: Any rational.
        of: At least 0.
    """

    times: Fraction
    of: Fraction

    @property
    def signed_square(self) -> Fraction:
        """The square, with the sign of the number itself."""
        return self.times * abs(self.times) * self.of


def sign_of_sum(roots: Sequence[Root]) -> int:
    """Return 1, 0 or -1: the sign of what *roots* add up to.

    Two are compared by their squares. More are added up between bounds that are tightened until they decide. Bounds
    can't decide that a sum is 0; that is so exactly when the roots cancel out class by class, for square roots of which
    no two have a rational ratio are linearly independent over the rationals.

    >>> sign_of_sum([Root(Fraction(1), Fraction(2)), Root(Fraction(1), Fraction(8)), Root(Fraction(-3), Fraction(2))])
    0

    Source: Besicovitch, "On the linear independence of fractional powers of integers" (1940).
    """
    if len(roots) <= 2:  # noqa: PLR2004 - two can be compared by their squares
        first, last = (*(each.signed_square for each in roots), Fraction(0), Fraction(0))[:2]
        return (first > -last) - (first < -last)
    whole, bits = _over_one_part(roots), _BITS
    while True:
        low, high = _bounds(whole, bits)
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        if bits == _BITS and _cancel_out(whole):
            return 0
        bits *= 2


def rounded_down(roots: Sequence[Root], parts: int) -> Fraction:
    """Return what *roots* add up to in whole *parts* of 1, too little by a part a root at most."""
    found = 0
    for each in roots:
        floor = isqrt(int(abs(each.signed_square) * parts**2))
        found += floor if each.times >= 0 else -floor - 1
    return Fraction(found, parts)


def _over_one_part(roots: Sequence[Root]) -> list[tuple[int, int]]:
    """Return whole numbers of times and whole numbers under the root, all in the same parts of the sum."""
    pairs = [(each.times / each.of.denominator, each.of.numerator * each.of.denominator) for each in roots]
    common = lcm(*[times.denominator for times, _ in pairs])
    return [(int(times * common), of) for times, of in pairs if times and of]


def _bounds(roots: Sequence[tuple[int, int]], bits: int) -> tuple[int, int]:
    low = high = 0
    for times, of in roots:
        floor = isqrt(times * times * of << 2 * bits)
        low += floor if times > 0 else -floor - 1
        high += floor + 1 if times > 0 else -floor
    return low, high


def _cancel_out(roots: Sequence[tuple[int, int]]) -> bool:
    sums: dict[int, Fraction] = {}
    for times, of in roots:
        alike = next((each for each in sums if isqrt(each * of) ** 2 == each * of), of)
        sums[alike] = sums.get(alike, Fraction(0)) + Fraction(times * isqrt(alike * of), alike)
    return not any(sums.values())
