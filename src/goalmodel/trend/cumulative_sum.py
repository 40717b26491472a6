"""Cumulative sums: small shifts that last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from math import lcm
from typing import Final

import attrs

from goalmodel.checks import positive, the
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number, exact, spelled
from goalmodel.trend.course import Course
from goalmodel.trend.heading import Heading, Seen, verdict_of
from goalmodel.trend.limits import ProcessLimits, sigmas_off
from goalmodel.trend.reference import ReferencePeriod, least_readings

_MEASURED: Final = ((Fraction(1, 2), Fraction(5), Fraction(67, 1000)),)
"""Allowance, threshold and false-alarm rate, as benchmarks/trend_rules.py measures them."""


def _allowance(given: Number) -> Fraction:
    number = exact(given, "allowance")
    if number < 0:
        raise OutOfBounds("allowance", given, "a number of at least 0")
    return number


def _threshold(given: Number) -> Fraction:
    return positive(given, "threshold")


@attrs.frozen(kw_only=True)
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

    allowance: Fraction = attrs.field(default=Fraction(1, 2), converter=_allowance)
    threshold: Fraction = attrs.field(default=Fraction(5), converter=_threshold)

    def __str__(self) -> str:
        return f"CUSUM chart ({spelled(self.allowance)}, {spelled(self.threshold)})"

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        return max(1, least_readings(reference, takes_trial=False))

    @property
    def false_alarm_rate(self) -> Fraction | None:
        """Probability of at least one wrong-way flag in twelve looks at a stable series; None where not measured."""
        return next((rate for *which, rate in _MEASURED if which == [self.allowance, self.threshold]), None)

    def seen(self, course: Course) -> Seen:
        """Return which way the readings behind the reference add up."""
        the(Course, course, "course")
        return course.against_usual(self, partial(self._seen, course), window=1, takes_trial=False)

    def _seen(self, course: Course, usual: ProcessLimits) -> Seen:
        def add_up(sign: int, readings: Iterable[Fraction]) -> Iterable[bool]:
            return adds_up(self, [sign * sigmas_off(usual, excess) for excess in readings])

        signs = ((1, Heading.WORSENING), (-1, Heading.IMPROVING))
        headings = (heading for sign, heading in signs if course.added_up((self, usual, sign), partial(add_up, sign)))
        return verdict_of(self, tuple(headings), course.behind_reference)


def cusum(k: Number = Fraction(1, 2), h: Number = 5) -> Cusum:
    """Return the cumulative sum chart with allowance *k* and threshold *h*, both in sigmas."""
    return Cusum(allowance=k, threshold=h)


def adds_up(rule: Cusum, offs: Sequence[Fraction]) -> Iterator[bool]:
    """Return whether the sum is too much after each of *offs*, readings in sigmas above the mean, oldest first."""
    # Scaled to whole numbers, which add up much faster.
    scale = lcm(rule.allowance.denominator, *(off.denominator for off in offs))
    allowance, total = int(rule.allowance * scale), 0
    for off in offs:
        total = max(total + off.numerator * (scale // off.denominator) - allowance, 0)
        yield total > rule.threshold * scale
