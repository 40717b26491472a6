"""How far a key result has come: the exact share of the way from baseline to target."""

from __future__ import annotations

from fractions import Fraction

import attrs

from goalmodel.exact import Number, exact, nearest_float, percent, ratio


def _raw(given: Number) -> Fraction:
    return given if type(given) is Fraction else exact(given, "raw")


@attrs.frozen(order=True)
class Score:
    """A share of the way, raw and clamped together.

    Rule: KR-2.

    >>> past = Score(1.5)
    >>> past.raw, past.value, str(past)
    (Fraction(3, 2), Fraction(1, 1), '150 %')

    Attributes:
        raw: 0 at the baseline, 1 at the target; below 0 it has moved back, above 1 it went past the target.
    """

    raw: Fraction = attrs.field(converter=_raw)

    @property
    def value(self) -> Fraction:
        """The score within 0 to 1: the only one that may enter a mean."""
        return min(max(self.raw, Fraction(0)), Fraction(1))

    def __float__(self) -> float:
        return nearest_float(self.raw)

    def __str__(self) -> str:
        return percent(self.raw)


def share_of_way(value: Number, baseline: Fraction, target: Fraction) -> Fraction:
    """Return the share of the way from *baseline* to *target* that *value* has come.

    The baseline scores 0 and the target 1; the way between is linear, upwards and downwards alike, so that a change
    of unit changes nothing.

    Rule: KR-1.

    >>> share_of_way(8.7, Fraction(8), Fraction(9))
    Fraction(7, 10)

    Args:
        value: The measured value, finite, in the measure's own unit.
        baseline: Where the way starts.
        target: Where it leads; another value than the baseline.
    """
    # (value - baseline) / (target - baseline) in whole numbers: one reduction to lowest terms instead of three.
    number, parts = ratio(value, "value")
    base, base_parts = baseline.as_integer_ratio()
    aim, aim_parts = target.as_integer_ratio()
    return Fraction((number * base_parts - base * parts) * aim_parts, (aim * base_parts - base * aim_parts) * parts)
