"""Exponentially weighted moving averages: small shifts that last, the latest readings counting most."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.checks import is_count, named, positive, share_above_0, the
from goalmodel.exact import Number
from goalmodel.measure.row import Whole
from goalmodel.reprs import readable
from goalmodel.showing import spelled
from goalmodel.trend.answer import Seen, Standing, answer, ways
from goalmodel.trend.limits import SigmaScale
from goalmodel.trend.rates import Measured, measured
from goalmodel.trend.reference import ReferencePeriod, least_readings
from goalmodel.trend.row import TrendRow

_MEASURED: Final[Measured] = MappingProxyType({(Fraction(1, 5), Fraction(286, 100)): (38, 92, 235, 480)})
"""By weight and width."""


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Ewma:
    """A chart of the exponentially weighted moving average: fires while that lies beyond its limit.

    The average starts at the mean behind the reference, or behind a long gap; its limit is *width* times its own exact
    standard deviation after so many readings. It fires beyond the limit, not on it. It needs the whole reference.

    Source: Roberts, "Control Chart Tests Based on Geometric Moving Averages" (1959); 0.2 and 2.86 after Lucas and
        Saccucci (1990).

    Attributes:
        weight: Of the latest reading, above 0 and at most 1.
        width: Of the limit, in standard deviations of the average, above 0.
        memory: The average starts at most so many readings ago, so that its fraction does not grow without end. Of a
            hundred readings with weight 0.2 the oldest weighs less than one part in a thousand million.
    """

    weight: Fraction = attrs.field(default=Fraction(1, 5), converter=share_above_0)
    width: Fraction = attrs.field(default=Fraction(286, 100), converter=positive)
    memory: int = attrs.field(default=100, validator=is_count(1))

    def __str__(self) -> str:
        return f"EWMA chart ({spelled(self.weight)}, {spelled(self.width)})"

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        return max(1, least_readings(reference, takes_trial=False))

    def false_alarm_rate(self, looks: int = 12) -> Fraction | None:
        """Return the probability of a wrong-way flag in so many *looks* at a stable series; None where not measured."""
        return measured(_MEASURED, (self.weight, self.width), looks)

    def standing(self, row: TrendRow) -> Seen[Standing]:
        """Return on which side of what is usual the average of the readings behind the reference lies."""
        numbers = the(TrendRow, row, "row").since_reference(self.memory)

        def judge(usual: SigmaScale) -> Seen[Standing]:
            offs = [usual.off(each) for each in numbers]
            return answer(Standing, self, ways(lambda each: average_is_off(self, each, usual.sigma), offs), len(offs))

        return row.against_usual(self, judge, window=1, takes_trial=False)


def ewma(lam: Number = Fraction(1, 5), width: Number = Fraction(286, 100)) -> Ewma:
    """Return the chart of the moving average whose latest reading weighs *lam*, its limit *width* deviations off."""
    return Ewma(weight=lam, width=width)


def average_is_off(rule: Ewma, offs: Sequence[Whole], sigma: Whole) -> bool:
    """Return whether the average of *offs* is beyond its limit: readings, oldest first, above the mean.

    Args:
        rule: How much the latest weighs, and how wide the limit is.
        offs: In units of which *sigma* make one sigma.
        sigma: Above 0.
    """
    # With a weight of a / b the average after n readings is a whole number over b**n: only that number is kept.
    weight, of = rule.weight.as_integer_ratio()
    average: Whole = 0
    for power, off in enumerate(offs):
        average = weight * of**power * off + (of - weight) * average
    variance = rule.weight / (2 - rule.weight) * (1 - (1 - rule.weight) ** (2 * len(offs)))
    numerator, denominator = (rule.width**2 * variance).as_integer_ratio()
    return average > 0 and average**2 * denominator > numerator * (of ** len(offs) * sigma) ** 2
