"""Which readings of a chart a test marks: what charting tools publish, reading by reading."""

from __future__ import annotations

from collections.abc import Iterable
from enum import unique
from fractions import Fraction
from typing import Final

from goalmodel.checks import Term, given_or, the, the_iterable
from goalmodel.exact import Number, exact
from goalmodel.measure.row import Whole, whole
from goalmodel.trend.control_chart import ChartTest, the_test
from goalmodel.trend.limits import ProcessLimits, SigmaScale
from goalmodel.trend.steps import Steps

_IN_SIGMAS: Final = ProcessLimits(mean=Fraction(0), sigma=Fraction(1))


@unique
class Mark(Term):
    """Which readings are marked where a test fires."""

    LAST = "the one at which it fires"
    ALL = "all it looked at"
    COUNTED = "those of them that count"


def marks(
    test: ChartTest,
    readings: Iterable[Number],
    *,
    limits: ProcessLimits | None = None,
    mark: Mark = Mark.LAST,
) -> tuple[int, ...]:
    """Return what *test* marks on a chart of *readings*: 1 above or rising, -1 below or falling, 0 nothing.

    A reading that is marked on both sides bears the later mark.

    >>> marks(Steps(3), [1, 2, 3, 4, 4])
    (0, 0, 0, 1, 0)
    >>> marks(Steps(3), [1, 2, 3, 4, 4], mark=Mark.ALL)
    (1, 1, 1, 1, 0)

    Args:
        test: Steps in a row, readings beyond what is usual, or a sudden move.
        readings: Oldest first.
        limits: Mean and sigma; where None the readings are sigmas above the mean already. Without dispersion nothing
            is marked.
        mark: Which readings are marked where the test fires.
    """
    limits = given_or(_IN_SIGMAS, limits, "limits")
    values = [exact(each, f"readings[{index}]") for index, each in enumerate(the_iterable(readings, "readings"))]
    the(Mark, mark, "mark")
    window, found = the_test(test, "test").window, [0] * len(values)
    if not limits.sigma:
        return tuple(found)
    wholes, denominator = whole(values)
    usual = SigmaScale.stated(limits, denominator)
    for end in range(window, len(values) + 1):
        for sign in (1, -1):
            offs = [sign * usual.off(each) for each in wholes[end - window : end]]
            if test.fires(offs, usual.sigma):
                for index in _marked(test, offs, usual.sigma, mark):
                    found[end - window + index] = sign
    return tuple(found)


def _marked(test: ChartTest, offs: list[Whole], sigma: Whole, mark: Mark) -> Iterable[int]:
    if mark is Mark.LAST:
        return (len(offs) - 1,)
    if mark is Mark.ALL or isinstance(test, Steps):
        return range(len(offs))
    return test.counted(offs, sigma)
