"""Readings beyond what is usual: so many of the last so many, so many sigmas off the mean of a locked reference."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import attrs

from goalmodel.checks import at_least_0, inner, is_a, is_count, named, the, the_count
from goalmodel.errors import OutOfBounds
from goalmodel.measure.row import Whole
from goalmodel.reprs import readable
from goalmodel.showing import spelled
from goalmodel.trend.heading import Seen, judged
from goalmodel.trend.limits import SigmaScale
from goalmodel.trend.reference import ReferencePeriod, least_readings
from goalmodel.trend.row import TrendRow

_MEASURED: Final = ((2, Fraction(1), Fraction(291, 1000)), (3, Fraction(1), Fraction(83, 1000)))
"""Readings in a row, sigmas and false-alarm rate, as benchmarks/trend_rules.py measures them."""


@readable
@attrs.frozen(field_transformer=named)
class SigmaRule:
    """Readings beyond what is usual: fires when so many of the last lie at least *sigmas* off the mean, on one side.

    Readings are counted, not steps. Mean and sigma come from the locked reference; sigma is its mean moving range
    divided by 1.128. A reading exactly so many sigmas off counts, unless the rule is strict; a reading on the mean
    is on neither side. A reading that does not count breaks a row, and where fewer than all have to count it may stand
    anywhere among them, the last one included. The readings may belong to the reference.

    Source:
        Three readings and one sigma are our choice: a false alarm within a year with probability 0.083, where three
        steps in a row have 0.365. Sigma as in Wheeler, "Understanding Variation" (1993).

    Attributes:
        readings: How many have to count, at least 1.
        sigmas: How far off the reference's mean, above 0; 0, too, where the rule is strict.
        of: Among so many of the latest; in a row where not said.
        is_strict: Whether a reading exactly so far off does not count.
        on_one_side: Whether those that don't have to count must lie on the same side of the mean nevertheless.
    """

    readings: int = attrs.field(default=3, validator=is_count(1))
    sigmas: Fraction = attrs.field(default=Fraction(1), converter=at_least_0)
    of: int = attrs.field(default=attrs.Factory(lambda self: self.readings, takes_self=True), kw_only=True)
    is_strict: bool = attrs.field(default=False, validator=is_a(bool), kw_only=True)
    on_one_side: bool = attrs.field(default=False, validator=is_a(bool), kw_only=True)

    def __attrs_post_init__(self) -> None:
        the_count(self.of, "of", least=self.readings)
        if not (self.sigmas or self.is_strict):
            raise OutOfBounds("sigmas", self.sigmas, "above 0, or strict, because a reading on the mean is on no side")

    def __str__(self) -> str:
        how_many = f"{self.readings} readings in a row" if self.is_row else f"{self.readings} of {self.of} readings"
        how_far = "more than" if self.is_strict else "at least"
        together = ", all on one side" if self.on_one_side else ""
        return f"{how_many} {how_far} {spelled(self.sigmas)} sigma off the reference's mean{together}"

    @property
    def is_row(self) -> bool:
        """Whether all of the readings it looks at have to count."""
        return self.of == self.readings

    @property
    def window(self) -> int:
        """How many of the latest readings it looks at."""
        return self.of

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        return max(self.of, least_readings(reference, takes_trial=True))

    @property
    def false_alarm_rate(self) -> Fraction | None:
        """Probability of at least one wrong-way flag in twelve looks at a stable series; None where not measured."""
        if not self.is_row or self.is_strict:
            return None
        return next((rate for *which, rate in _MEASURED if which == [self.readings, self.sigmas]), None)

    def seen(self, row: TrendRow) -> Seen:
        """Return on which side of what is usual the last readings lie."""
        latest = the(TrendRow, row, "row").latest(self.of)

        def judge(usual: SigmaScale) -> Seen:
            return judged(self, lambda offs: self.fires(offs, usual.sigma), [usual.off(each) for each in latest])

        return row.against_usual(self, judge, window=self.of)

    @inner
    def fires(self, offs: Sequence[Whole], sigma: Whole) -> bool:
        """Return whether enough of *offs* count: the latest readings, above the mean, where *sigma* make one sigma."""
        enough = len(self.counted(offs, sigma)) >= self.readings
        return enough and (not self.on_one_side or all(off > 0 for off in offs))

    @inner
    def counted(self, offs: Sequence[Whole], sigma: Whole) -> list[int]:
        """Return which of *offs* count, by their position: those so many sigmas above the mean."""
        numerator, denominator = self.sigmas.as_integer_ratio()
        edge = numerator * sigma
        if self.is_strict:
            return [at for at, off in enumerate(offs) if off * denominator > edge]
        return [at for at, off in enumerate(offs) if off * denominator >= edge]
