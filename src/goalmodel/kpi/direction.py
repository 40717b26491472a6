"""Which way is the wrong way for a KPI, and how far on it does a value lie?"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from goalmodel.exact import Number, computed
from goalmodel.kpi.health import HealthBands
from goalmodel.measure import Measure, Polarity
from goalmodel.measure.row import Row
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.trend import ProcessLimits

NO_DIRECTION = ReasonKind(
    "kpi-no-direction",
    "KPI-4",
    "{measure} is best inside a range and nobody has said which: no way is the wrong way",
    {"measure": str},
)
NO_LIMITS_OF_DISTANCES = ReasonKind(
    "trend-no-limits-of-distances",
    "KPI-5",
    "limits are stated for the values of the measure and say nothing about the distance to the nearer of two edges",
)


def has_a_wrong_way(measure: Measure, bands: HealthBands | None) -> bool:
    """Return whether growing or falling can be worsening at all."""
    return bands is not None or measure.polarity is not Polarity.IN_RANGE_IS_BETTER


def why_no_direction(measure: Measure, bands: HealthBands | None) -> tuple[Reason, ...]:
    """Return that no way is the wrong way, where none is."""
    return () if has_a_wrong_way(measure, bands) else (NO_DIRECTION.because(measure=measure.name),)


def excess(value: Number, measure: Measure, bands: HealthBands | None) -> Fraction | None:
    """Return how far *value* lies on the wrong side; None where no side is the wrong one.

    Rule: KPI-4.
    """
    if bands is not None:
        return bands.excess(value)
    number = computed(value)
    match measure.polarity:
        case Polarity.HIGHER_IS_BETTER:
            return -number
        case Polarity.LOWER_IS_BETTER:
            return number
        case Polarity.IN_RANGE_IS_BETTER:
            return None
        case _:
            assert_never(measure.polarity)


def excess_row(row: Row, measure: Measure, bands: HealthBands | None) -> Row | None:
    """Return the `excess` of each number of a *row*; None where no side is the wrong one."""
    if not has_a_wrong_way(measure, bands):
        return None
    if bands is None:
        sign = 1 if measure.polarity is Polarity.LOWER_IS_BETTER else -1
        return Row(row.days, [sign * each for each in row.wholes], row.denominator)
    edges = [edge for edge in (bands.low, bands.high) if edge is not None]
    finer, wholes = row.finer(*edges)
    low, high = wholes[0], wholes[-1]
    if bands.high is None:
        excesses = [low - each for each in finer.wholes]
    elif bands.low is None:
        excesses = [each - high for each in finer.wholes]
    else:
        excesses = [max(low - each, each - high) for each in finer.wholes]
    return Row(row.days, excesses, finer.denominator)


def mirror(measure: Measure, bands: HealthBands | None) -> tuple[int, Fraction] | None:
    """Return the sign and the shift that lead from an `excess` back to a value; None where two edges take part."""
    low, high = (None, None) if bands is None else (bands.low, bands.high)
    if low is not None and high is not None:
        return None
    if low is not None:
        return -1, low
    if high is not None:
        return 1, high
    return (1 if measure.polarity is Polarity.LOWER_IS_BETTER else -1), Fraction(0)


def excess_limits(limits: ProcessLimits, *, measure: Measure, bands: HealthBands | None) -> ProcessLimits | Reason:
    """Return what *limits* of the readings come to for their `excess`, or why they say nothing about it."""
    mean = excess(limits.mean, measure, bands)
    if mean is None or (bands is not None and bands.low is not None and bands.high is not None):
        return NO_LIMITS_OF_DISTANCES.because()
    return ProcessLimits(mean=mean, sigma=limits.sigma)
