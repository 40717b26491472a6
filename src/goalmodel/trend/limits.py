"""What is usual for a process: its mean, its sigma, and the natural limits around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final, final

import attrs

from goalmodel.checks import at_least_0, exact_many, named, the
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number, computed, exact
from goalmodel.measure import Series
from goalmodel.measure.row import Whole
from goalmodel.reprs import readable

_PER_SIGMA: Final = Fraction(1128, 1000)
"""Mean moving range of two normal readings, in sigmas: d2 for n = 2, as published to three decimals."""

_SIGMAS_TIMES, _MOVES_TIMES = _PER_SIGMA.as_integer_ratio()

MEAN_MOVE: Final = _PER_SIGMA
"""Mean moving range, in sigmas."""

TO_LIMIT: Final = Fraction(266, 100) * _PER_SIGMA
"""Sigmas from the mean to a natural process limit: 2.66 mean moving ranges, as published."""

_TOO_WIDE: Final = Fraction(3267, 1000)
"""Upper range limit, in mean moving ranges: D4 for n = 2. Moves beyond it are screened out, where that is asked for."""

TO_RANGE_LIMIT: Final = _TOO_WIDE * _PER_SIGMA
"""The same in sigmas."""


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class ProcessLimits:
    """Mean and sigma of a process, and its natural limits: the mean plus and minus 2.66 mean moving ranges.

    As a reference they are stated: what is usual is known, whatever the readings say.

    Source: Wheeler, "Understanding Variation" (1993).

    Attributes:
        mean: In the measure's own unit.
        sigma: Mean moving range divided by 1.128, at least 0, in the measure's own unit.
    """

    mean: Fraction = attrs.field(converter=computed)
    sigma: Fraction = attrs.field(converter=at_least_0)

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


def process_limits(readings: Series | Iterable[Number], *, is_screened: bool = False) -> ProcessLimits:
    """Return what is usual by *readings*: their mean, and sigma from the mean of the moves between neighbours.

    >>> limits = process_limits([1, 2, 3])
    >>> float(limits.low), float(limits.high)
    (-0.66, 4.66)

    Args:
        readings: Oldest first, at least two, in the measure's own unit; of a Series, those that have a value the
            measure can have.
        is_screened: Whether moves wider than 3.267 times the mean move are left out of the mean, once. Screening
            never leaves limits without width: where it would, nothing is left out.

    Raises:
        OutOfBounds: There are fewer than two readings.

    Source:
        Screening as in the NHS "Making Data Count" charts; off unless asked for, because it hides real changes.
    """
    given = (value for _, value in readings.present) if isinstance(readings, Series) else readings
    values = exact_many(given, "readings")
    if len(values) < 2:  # noqa: PLR2004 - two readings make a move
        raise OutOfBounds("readings", values, "at least two readings")
    return limits_of(values, is_screened=the(bool, is_screened, "is_screened"))


def limits_of(values: Sequence[Fraction], *, is_screened: bool = False) -> ProcessLimits:
    """Return what is usual by at least two *values*, which may have been computed from readings."""
    moves = [abs(later - earlier) for earlier, later in pairwise(values)]
    move = _average(moves)
    if is_screened:
        move = _average([each for each in moves if each <= _TOO_WIDE * move]) or move
    return ProcessLimits(mean=_average(values), sigma=move / _PER_SIGMA)


@final
class SigmaScale:
    """How far whole numbers lie off a mean, in whole numbers again, so that nothing has to be divided.

    A number in parts of a row's denominator lies ``number * scale - shift`` above the mean, in units of which *sigma*
    make one sigma.

    >>> usual = RunningLimits([1, 2, 3]).of(0, 3)
    >>> usual.off(3) > usual.sigma, usual.limits(1) == process_limits([1, 2, 3])
    (True, True)

    Attributes:
        scale: Above 0.
        shift: Where the mean lies.
        sigma: At least 0.
    """

    __slots__ = ("scale", "shift", "sigma")

    def __init__(self, scale: int, shift: Whole, sigma: Whole) -> None:
        self.scale: int = scale
        self.shift: Whole = shift
        self.sigma: Whole = sigma

    @classmethod
    def stated(cls, limits: ProcessLimits, denominator: int) -> SigmaScale:
        """Return the scale of *limits* for numbers in parts of a *denominator*."""
        (mean, of_mean), (sigma, of_sigma) = limits.mean.as_integer_ratio(), limits.sigma.as_integer_ratio()
        return cls(of_mean * of_sigma, mean * denominator * of_sigma, denominator * of_mean * sigma)

    def off(self, number: Whole) -> Whole:
        """Return how far *number* lies above the mean."""
        return number * self.scale - self.shift

    def offs(self, numbers: Sequence[Whole], sign: int = 1) -> list[Whole]:
        """Return how far each of *numbers* lies above the mean; below it where the *sign* is -1."""
        scale, shift = sign * self.scale, sign * self.shift
        return [number * scale - shift for number in numbers]

    def is_within_limits(self, value: Fraction, denominator: int) -> bool:
        """Return whether *value* lies within the natural limits of numbers in parts of a *denominator*."""
        (above, below), (sigmas, of) = value.as_integer_ratio(), TO_LIMIT.as_integer_ratio()
        off = above * denominator * self.scale - self.shift * below
        return (off if off > 0 else -off) * of <= sigmas * self.sigma * below

    def limits(self, denominator: int) -> ProcessLimits:
        """Return mean and sigma themselves, of numbers in parts of a *denominator*."""
        whole = self.scale * denominator
        return ProcessLimits(mean=Fraction(self.shift, whole), sigma=Fraction(self.sigma, whole))


@final
class RunningLimits:
    """What is usual by any stretch of a row of numbers, each of which is added up once.

    >>> RunningLimits([9, 1, 2, 3]).of(1, 4).limits(1) == process_limits([1, 2, 3])
    True
    """

    __slots__ = ("_known", "_moves", "_sums", "_wholes")

    def __init__(self, wholes: Sequence[Whole]) -> None:
        # Both say what came before a position; the move onto the first number is none, so that positions agree.
        self._wholes = wholes
        self._sums: list[Whole] = [0] * (len(wholes) + 1)
        self._moves: list[Whole] = [0] * (len(wholes) + 1)
        self._known = 0

    def of(self, start: int, stop: int) -> SigmaScale:
        """Return what is usual by the numbers from *start* until before *stop*, at least two."""
        self._add_up(stop)
        count, moves = stop - start, stop - start - 1
        total = self._sums[stop] - self._sums[start]
        moved = self._moves[stop] - self._moves[start + 1]
        # The mean is total / count, and sigma moved / moves / 1.128: both times count * moves * 1128.
        return SigmaScale(
            count * moves * _SIGMAS_TIMES,
            total * moves * _SIGMAS_TIMES,
            moved * count * _MOVES_TIMES,
        )

    def _add_up(self, stop: int) -> None:
        # Whoever else adds up meanwhile puts the same sums in the same places.
        sums, moves, wholes = self._sums, self._moves, self._wholes
        for at in range(self._known, stop):
            sums[at + 1] = sums[at] + wholes[at]
            if at:
                move = wholes[at] - wholes[at - 1]
                moves[at + 1] = moves[at] + (move if move > 0 else -move)
        self._known = max(stop, self._known)


def _average(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
