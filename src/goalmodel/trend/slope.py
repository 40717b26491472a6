"""How fast a measure moves, robustly: one odd reading in four does not turn it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

import attrs

from goalmodel.measure.row import Whole
from goalmodel.reprs import readable
from goalmodel.trend.kendall import least_significant

Point: TypeAlias = tuple[Fraction | int, Fraction]
"""When, in any unit of time, and the value."""


@attrs.frozen(kw_only=True)
@readable
class Slope:
    """A robust line through readings, with the range its slope may lie in.

    Attributes:
        rate: The median of the slopes of all pairs, in the measure's unit by unit of time.
        low: Least slope the readings do not speak against; None where they are too few to say.
        high: Greatest slope the readings do not speak against; None where they are too few to say.
        start: The line's value at time 0, in the measure's own unit.
        middle: The median of the times: about it the line turns, where its slope is another.
    """

    rate: Fraction
    low: Fraction | None
    high: Fraction | None
    start: Fraction
    middle: Fraction

    def at(self, time: Fraction | int) -> Fraction:
        """Return the line's value at *time*."""
        return self.start + self.rate * time

    def range_at(self, time: Fraction | int) -> tuple[Fraction, Fraction] | None:
        """Return the least and the greatest value at *time*, turned about the middle; None where nobody can say.

        >>> line = theil_sen([(0, Fraction(1)), (1, Fraction(2))], confidence=Fraction(9, 10))
        >>> line.range_at(2) is None
        True
        """
        if self.low is None or self.high is None:
            return None
        pivot, left = self.at(self.middle), time - self.middle
        least, greatest = sorted(pivot + slope * left for slope in (self.low, self.high))
        return least, greatest


def median(values: Iterable[Whole]) -> Fraction:
    """Return the middle one of *values*, at least one, and between two middle ones their mean.

    The standard library's would bring a generator of random numbers with it.
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)


def theil_sen(points: Sequence[Point], *, confidence: Fraction) -> Slope | None:
    """Return the robust line through *points*, exactly; None where there are no two of them.

    The range holds every slope that the exact test of Kendall's S does not refuse: between the ranks at which S turns
    significant on either side. It takes time in the square of the number of points: give it a bounded window.

    Source: Theil (1950); Sen, "Estimates of the Regression Coefficient Based on Kendall's Tau" (1968); intercept after
    Conover, "Practical Nonparametric Statistics" (1980).

    >>> line = theil_sen(
    ...     [(day, Fraction(value)) for day, value in enumerate((1, 2, 3, 9, 5))], confidence=Fraction(9, 10)
    ... )
    >>> str(line.rate), str(line.low), str(line.high)
    ('1', '1', '7/2')

    Args:
        points: Time and value, at different times.
        confidence: How sure the range is to hold the slope, above 0 and below 1.
    """
    if len(points) < 2:  # noqa: PLR2004 - two points make a line
        return None
    slopes = sorted((later[1] - earlier[1]) / (later[0] - earlier[0]) for earlier, later in combinations(points, 2))
    rate = median(slopes)
    low, high = _range(slopes, len(points), confidence)
    middle = median(Fraction(time) for time, _ in points)
    start = median(value for _, value in points) - rate * middle
    return Slope(rate=rate, low=low, high=high, start=start, middle=middle)


def _range(slopes: list[Fraction], readings: int, confidence: Fraction) -> tuple[Fraction | None, Fraction | None]:
    significant = least_significant(readings, (1 - confidence) / 2)
    if significant is None:
        return None, None
    left_out = (len(slopes) - significant) // 2
    return slopes[left_out], slopes[-1 - left_out]
