"""From a KPI's readings to the course its trend rules judge: one phase, one baseline, with or without seasons."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable
from fractions import Fraction

from goalmodel.kpi.baseline import Baseline, Rebasing, in_force
from goalmodel.kpi.course import Course, course
from goalmodel.kpi.limits import ProcessLimits
from goalmodel.kpi.seasonal import NO_SEASON, TWO_SEASONS, differences
from goalmodel.kpi.trend import TrendPolicy
from goalmodel.measure import Cadence, Dated
from goalmodel.reasons import Reason, ReasonKind

LIMITS_DO_NOT_APPLY = ReasonKind(
    "trend-limits-do-not-apply",
    "KPI-5",
    "limits are stated for the values of the measure and say nothing about {what}",
)


def course_of(
    excess: tuple[Dated, ...],
    *,
    unbroken: int,
    as_of: dt.date,
    cadence: Cadence | None,
    policy: TrendPolicy,
    baseline: Baseline,
    rebasings: tuple[Rebasing, ...],
    mean_excess: Callable[[Fraction], Fraction | None] | None,
) -> Course | Reason:
    """Return what trend rules judge, or why there is nothing they could judge.

    Args:
        excess: Date and distance on the wrong side of each reading until *as_of*, oldest first.
        unbroken: How many of the latest hang together without a long gap.
        as_of: The date of the judgement.
        cadence: How often the KPI is read; None where nothing is expected.
        policy: Whether there are seasons, and what ends a run.
        baseline: What is usual where nothing was rebased.
        rebasings: By date; the latest one by *as_of* holds, and what was read before it is not judged.
        mean_excess: How far a mean value is on the wrong side; None where the nearer of two edges decides that.
    """
    if policy.seasonal is not None:
        if cadence is None:
            return NO_SEASON.because(periods=policy.seasonal)
        periods = cadence.periods([on for on, _ in excess])
        missing = 2 * policy.seasonal - (periods[-1] + 1 if periods else 0)
        if missing > 0:
            return TWO_SEASONS.because(periods=policy.seasonal, needs=2 * policy.seasonal, missing=missing)
        excess, together = differences(
            excess, periods, season=policy.seasonal, missing_ends_run=policy.missing_ends_run
        )
        unbroken = min(unbroken, together)
    phase, usual = _phase(excess, as_of=as_of, baseline=baseline, rebasings=rebasings)
    if isinstance(usual, ProcessLimits):
        if policy.seasonal is not None:
            return LIMITS_DO_NOT_APPLY.because(what="differences from season to season")
        mean = None if mean_excess is None else mean_excess(usual.mean)
        if mean is None:
            return LIMITS_DO_NOT_APPLY.because(what="the distance to the nearer of two edges")
        usual = ProcessLimits(mean=mean, sigma=usual.sigma)
    return course(phase, unbroken=min(unbroken, len(phase)), baseline=usual, as_of=as_of)


def course_as_read(
    values: tuple[Dated, ...], *, as_of: dt.date, baseline: Baseline, rebasings: tuple[Rebasing, ...]
) -> Course:
    """Return the course of the values themselves: without seasons or sides, limits as they are stated."""
    phase, usual = _phase(values, as_of=as_of, baseline=baseline, rebasings=rebasings)
    return course(phase, unbroken=len(phase), baseline=usual, as_of=as_of)


def _phase(
    dated: tuple[Dated, ...], *, as_of: dt.date, baseline: Baseline, rebasings: tuple[Rebasing, ...]
) -> tuple[tuple[Dated, ...], Baseline]:
    """Return what was read since the latest rebasing, and what is usual from then on."""
    rebased = in_force(rebasings, as_of)
    if rebased is None:
        return dated, baseline
    return dated[bisect_left(dated, rebased.on, key=_on) :], rebased.baseline


def _on(dated: Dated) -> dt.date:
    return dated[0]
