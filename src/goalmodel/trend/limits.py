"""What is usual for a process: its mean, its sigma, and the natural limits around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

import attrs

from goalmodel.checks import the, the_iterable
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number, computed, exact

_PER_SIGMA: Final = Fraction(1128, 1000)
"""Mean moving range of two normal readings, in sigmas: d2 for n = 2, as published to three decimals."""

TO_LIMIT: Final = Fraction(266, 100) * _PER_SIGMA
"""Sigmas from the mean to a natural process limit: 2.66 mean moving ranges, as published."""

_TOO_WIDE: Final = Fraction(3267, 1000)
"""Moving ranges above so many times their mean are screened out, where that is asked for: D4 for n = 2."""


def _mean(given: Number) -> Fraction:
    return computed(given, "mean")


def _sigma(given: Number) -> Fraction:
    number = computed(given, "sigma")
    if number < 0:
        raise OutOfBounds("sigma", given, "a number of at least 0")
    return number


@attrs.frozen(kw_only=True)
class ProcessLimits:
    """Mean and sigma of a process, and its natural limits: the mean plus and minus 2.66 mean moving ranges.

    As a reference they are stated: what is usual is known, whatever the readings say.

    Source: Wheeler, "Understanding Variation" (1993).

    Attributes:
        mean: In the measure's own unit.
        sigma: Mean moving range divided by 1.128, at least 0, in the measure's own unit.
    """

    mean: Fraction = attrs.field(converter=_mean)
    sigma: Fraction = attrs.field(converter=_sigma)

    @property
    def low(self) -> Fraction:
        """The lower natural process limit."""
        return self.at(-TO_LIMIT)

    @property
    def high(self) -> Fraction:
        """The upper natural process limit."""
        return self.at(TO_LIMIT)

    def at(self, sigmas: Number) -> Fraction:
        """Return the value so many *sigmas* above the mean, below it for a negative number.

        >>> process_limits([1, 2, 3]).at(-TO_LIMIT * 2 / 3)
        Fraction(17, 75)
        """
        return self.mean + exact(sigmas, "sigmas") * self.sigma


def process_limits(readings: Iterable[Number], *, is_screened: bool = False) -> ProcessLimits:
    """Return what is usual by *readings*: their mean, and sigma from the mean of the moves between neighbours.

    >>> limits = process_limits([1, 2, 3])
    >>> float(limits.low), float(limits.high)
    (-0.66, 4.66)

    Args:
        readings: Oldest first, at least two, in the measure's own unit.
        is_screened: Whether moves wider than 3.267 times the mean move are left out of the mean, once. Screening
            never leaves limits without width: where it would, nothing is left out.

    Raises:
        OutOfBounds: There are fewer than two readings.

    Source:
        Screening as in the NHS "Making Data Count" charts; off unless asked for, because it hides real changes.
    """
    values = [exact(each, f"readings[{index}]") for index, each in enumerate(the_iterable(readings, "readings"))]
    if len(values) < 2:  # noqa: PLR2004 - two readings make a move
        raise OutOfBounds("readings", len(values), "at least two readings")
    return limits_of(values, is_screened=the(bool, is_screened, "is_screened"))


def limits_of(values: Sequence[Fraction], *, is_screened: bool = False) -> ProcessLimits:
    """Return what is usual by at least two *values*, which may have been computed from readings."""
    moves = [abs(later - earlier) for earlier, later in pairwise(values)]
    move = _average(moves)
    if is_screened:
        move = _average([each for each in moves if each <= _TOO_WIDE * move]) or move
    return ProcessLimits(mean=_average(values), sigma=move / _PER_SIGMA)


class RunningLimits:
    """What is usual by any stretch of *values*, each of which is added up once.

    >>> RunningLimits((Fraction(9), Fraction(1), Fraction(2), Fraction(3))).of(1, 4) == process_limits([1, 2, 3])
    True
    """

    def __init__(self, values: Sequence[Fraction]) -> None:
        self._values = values
        self._sums, self._moves = [Fraction(0)], [Fraction(0), Fraction(0)]

    def of(self, start: int, stop: int) -> ProcessLimits:
        """Return the limits by the values from number *start* until before number *stop*, at least two."""
        for at in range(len(self._sums) - 1, stop):
            self._sums.append(self._sums[at] + self._values[at])
            if at:
                self._moves.append(self._moves[at] + abs(self._values[at] - self._values[at - 1]))
        mean = (self._sums[stop] - self._sums[start]) / (stop - start)
        move = (self._moves[stop] - self._moves[start + 1]) / (stop - start - 1)
        return ProcessLimits(mean=mean, sigma=move / _PER_SIGMA)


def _average(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def sigmas_off(limits: ProcessLimits, value: Fraction) -> Fraction:
    """Return how many sigmas *value* lies above the mean; sigma must not be 0."""
    return (value - limits.mean) / limits.sigma
