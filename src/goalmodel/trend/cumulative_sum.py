"""Cumulative sums: small shifts that last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from math import lcm
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.checks import at_least_0, named, positive, the
from goalmodel.exact import Number
from goalmodel.measure.row import Whole
from goalmodel.reprs import readable
from goalmodel.showing import spelled
from goalmodel.trend.answer import Seen, Standing, Way, answer
from goalmodel.trend.limits import SigmaScale
from goalmodel.trend.rates import Measured, measured
from goalmodel.trend.reference import ReferencePeriod, least_readings
from goalmodel.trend.row import TrendRow

_MEASURED: Final[Measured] = MappingProxyType({(Fraction(1, 2), Fraction(5)): (12, 68, 224, 476)})
"""By allowance and threshold."""


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Cusum:
    """A cumulative sum chart: fires while what readings lie off the mean, beyond an allowance, adds up to too much.

    Each reading adds its sigmas above the mean less the allowance; a sum below 0 is 0. It starts at 0 behind the
    reference, or behind a long gap, and fires above the threshold, not on it. A reading on the mean takes the allowance
    off. It needs the whole reference.

    Source: Page, "Continuous Inspection Schemes" (1954); 0.5 and 5 as usual for shifts of one sigma.

    Attributes:
        allowance: Sigmas, at least 0: half the shift that matters.
        threshold: Sigmas, above 0.
    """

    allowance: Fraction = attrs.field(default=Fraction(1, 2), converter=at_least_0)
    threshold: Fraction = attrs.field(default=Fraction(5), converter=positive)

    def __str__(self) -> str:
        return f"CUSUM chart ({spelled(self.allowance)}, {spelled(self.threshold)})"

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        return max(1, least_readings(reference, takes_trial=False))

    def false_alarm_rate(self, looks: int = 12) -> Fraction | None:
        """Return the probability of a wrong-way flag in so many *looks* at a stable series; None where not measured."""
        return measured(_MEASURED, (self.allowance, self.threshold), looks)

    def standing(self, row: TrendRow) -> Seen[Standing]:
        """Return on which side of what is usual the readings behind the reference add up."""
        the(TrendRow, row, "row")
        return row.against_usual(self, partial(self._standing, row), window=1, takes_trial=False)

    def _standing(self, row: TrendRow, usual: SigmaScale) -> Seen[Standing]:
        def add_up(sign: int, numbers: Iterable[Whole]) -> Iterable[bool]:
            return adds_up(self, (sign * usual.off(each) for each in numbers), usual.sigma)

        where = (usual.scale, usual.shift, usual.sigma)
        seen = [way for way in Way if row.added_up((self, where, way), partial(add_up, way.value))]
        return answer(Standing, self, seen, row.behind_reference)


def cusum(k: Number = Fraction(1, 2), h: Number = 5) -> Cusum:
    """Return the cumulative sum chart with allowance *k* and threshold *h*, both in sigmas."""
    return Cusum(allowance=k, threshold=h)


def adds_up(rule: Cusum, offs: Iterable[Whole], sigma: Whole) -> Iterator[bool]:
    """Return whether the sum is too much after each of *offs*: readings, oldest first, above the mean.

    Args:
        rule: What is taken off each, and how much is too much.
        offs: In units of which *sigma* make one sigma.
        sigma: Above 0.
    """
    # All is taken so many times that allowance and threshold are whole numbers, too.
    times = lcm(rule.allowance.denominator, rule.threshold.denominator)
    allowance, threshold = (int(each * times) * sigma for each in (rule.allowance, rule.threshold))
    total: Whole = 0
    for off in offs:
        total = max(total + off * times - allowance, 0)
        yield total > threshold
