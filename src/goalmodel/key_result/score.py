"""How far a key result has come: the exact share of the way from baseline to target."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

import attrs

from goalmodel.exact import Number, exact, nearest_float, percent, ratio

Straight: TypeAlias = tuple[int, int, int]
"""A straight way in whole numbers: how many to the unit, where it starts, and how long it is."""


def _raw(given: Number) -> Fraction:
    return given if type(given) is Fraction else exact(given, "raw")


@attrs.frozen(order=True)
class Score:
    """A share of the way, raw and clamped together.

    Rule: KR-2.

    >>> past = Score(1.5)
    >>> past.raw, past.clamped, str(past)
    (Fraction(3, 2), Fraction(1, 1), '150 %')

    Attributes:
        raw: 0 at the baseline, 1 at the target; below 0 it has moved back, above 1 it went past the target.
    """

    raw: Fraction = attrs.field(converter=_raw)

    @property
    def clamped(self) -> Fraction:
        """The score within 0 to 1: the only one that may enter a mean."""
        return min(max(self.raw, Fraction(0)), Fraction(1))

    def __float__(self) -> float:
        return nearest_float(self.raw)

    def __str__(self) -> str:
        return percent(self.raw)


def straight(baseline: Fraction, target: Fraction) -> Straight:
    """Return the way from *baseline* to *target*, another value, ready for many values."""
    base, base_parts = baseline.as_integer_ratio()
    aim, aim_parts = target.as_integer_ratio()
    return base_parts * aim_parts, base * aim_parts, aim * base_parts - base * aim_parts


def share_on(way: Straight, value: Number) -> Fraction:
    """Return the share of a straight *way* that *value* has come.

    The baseline scores 0 and the target 1; the way between is linear, upwards and downwards alike, so that a change
    of unit changes nothing.

    Rule: KR-1.

    >>> share_on(straight(Fraction(8), Fraction(9)), 8.7)
    Fraction(7, 10)

    Args:
        way: From the baseline to the target.
        value: The measured value, finite, in the measure's own unit.
    """
    # (value - baseline) / (target - baseline) in whole numbers: one reduction to lowest terms instead of three.
    number, parts = ratio(value, "value")
    scale, start, length = way
    return Fraction(number * scale - start * parts, length * parts)
