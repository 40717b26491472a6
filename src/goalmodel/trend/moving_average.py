"""Exponentially weighted moving averages: small shifts that last, the latest readings counting most."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import Final

import attrs

from goalmodel.checks import is_count, positive, the
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number, exact, spelled
from goalmodel.trend.course import Course
from goalmodel.trend.heading import Seen, judged
from goalmodel.trend.limits import sigmas_off
from goalmodel.trend.reference import ReferencePeriod, least_readings

_MEASURED: Final = ((Fraction(1, 5), Fraction(286, 100), Fraction(91, 1000)),)
"""Weight, width and false-alarm rate, as benchmarks/trend_rules.py measures them."""


def _weight(given: Number) -> Fraction:
    number = exact(given, "weight")
    if not 0 < number <= 1:
        raise OutOfBounds("weight", given, "a number above 0 and at most 1")
    return number


def _width(given: Number) -> Fraction:
    return positive(given, "width")


@attrs.frozen(kw_only=True)
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

    weight: Fraction = attrs.field(default=Fraction(1, 5), converter=_weight)
    width: Fraction = attrs.field(default=Fraction(286, 100), converter=_width)
    memory: int = attrs.field(default=100, validator=is_count(1))

    def __str__(self) -> str:
        return f"EWMA chart ({spelled(self.weight)}, {spelled(self.width)})"

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        return max(1, least_readings(reference, takes_trial=False))

    @property
    def false_alarm_rate(self) -> Fraction | None:
        """Probability of at least one wrong-way flag in twelve looks at a stable series; None where not measured."""
        return next((rate for *which, rate in _MEASURED if which == [self.weight, self.width]), None)

    def seen(self, course: Course) -> Seen:
        """Return which way the average of the readings behind the reference has moved."""
        the(Course, course, "course")
        readings = course.since_reference(self.memory)
        return course.against_usual(
            self,
            lambda usual: judged(
                self, partial(average_is_off, self), [sigmas_off(usual, excess) for excess in readings]
            ),
            window=1,
            takes_trial=False,
        )


def ewma(lam: Number = Fraction(1, 5), width: Number = Fraction(286, 100)) -> Ewma:
    """Return the chart of the moving average whose latest reading weighs *lam*, its limit *width* deviations off."""
    return Ewma(weight=lam, width=width)


def average_is_off(rule: Ewma, offs: Sequence[Fraction]) -> bool:
    """Return whether the average of *offs* is beyond its limit: readings in sigmas above the mean, oldest first."""
    average, rest = Fraction(0), 1 - rule.weight
    for off in offs:
        average = rule.weight * off + rest * average
    variance = rule.weight / (2 - rule.weight) * (1 - rest ** (2 * len(offs)))
    return average > 0 and average**2 > rule.width**2 * variance
