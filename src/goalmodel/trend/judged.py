"""From a KPI's readings to the course its trend rules judge: one phase, one reference, with or without seasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from functools import cached_property

import attrs

from goalmodel.measure import Cadence
from goalmodel.measure.known import Dated
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.trend.course import Course, Courses
from goalmodel.trend.limits import ProcessLimits
from goalmodel.trend.policy import TrendPolicy
from goalmodel.trend.reference import Rebasing, ReferencePeriod, in_force
from goalmodel.trend.seasonal import NO_SEASON, TWO_SEASONS, Differences

LIMITS_DO_NOT_APPLY = ReasonKind(
    "trend-limits-do-not-apply",
    "KPI-5",
    "limits are stated for the values of the measure and say nothing about {what}",
)


@attrs.frozen(eq=False, kw_only=True)
class Judged:
    """What trend rules judge on any day.

    Attributes:
        excess: Date and distance on the wrong side of each reading, oldest first.
        cadence: How often the KPI is read; None where nothing is expected.
        policy: Whether there are seasons, and what ends a run.
        reference: What is usual where nothing was rebased.
        rebasings: By date; the latest one by the day holds, and what was read before it is not judged.
        mean_excess: How far a mean value is on the wrong side; None where the nearer of two edges decides that.
    """

    excess: tuple[Dated, ...]
    cadence: Cadence | None
    policy: TrendPolicy
    reference: ReferencePeriod
    rebasings: tuple[Rebasing, ...]
    mean_excess: Callable[[Fraction], Fraction | None] | None

    def on(self, as_of: dt.date, *, count: int, unbroken: int) -> Course | Reason:
        """Return what trend rules judge on *as_of*, or why there is nothing they could judge.

        Args:
            as_of: The date of the judgement.
            count: How many readings there were by then.
            unbroken: How many of the latest hang together without a long gap.
        """
        season = self.policy.seasonal
        if season is not None:
            if self._differences is None:
                return NO_SEASON.because(periods=season)
            missing = 2 * season - (self._differences.periods[count - 1] + 1 if count else 0)
            if missing > 0:
                return TWO_SEASONS.because(periods=season, needs=2 * season, missing=missing)
            count, together = self._differences.by(count)
            unbroken = min(unbroken, together)
        phase, usual = _phase(self._courses, count, as_of=as_of, reference=self.reference, rebasings=self.rebasings)
        if isinstance(usual, ProcessLimits):
            if season is not None:
                return LIMITS_DO_NOT_APPLY.because(what="differences from season to season")
            mean = None if self.mean_excess is None else self.mean_excess(usual.mean)
            if mean is None:
                return LIMITS_DO_NOT_APPLY.because(what="the distance to the nearer of two edges")
            usual = ProcessLimits(mean=mean, sigma=usual.sigma)
        return self._courses.cut(phase, unbroken=min(unbroken, len(phase)), reference=usual, as_of=as_of)

    @cached_property
    def _differences(self) -> Differences | None:
        """The differences from season to season; None where nobody asks for them, or knows the periods."""
        if self.policy.seasonal is None or self.cadence is None:
            return None
        return Differences(
            dated=self.excess,
            periods=self.cadence.periods([on for on, _ in self.excess]),
            season=self.policy.seasonal,
            missing_ends_run=self.policy.missing_ends_run,
        )

    @cached_property
    def _courses(self) -> Courses:
        return Courses(self.excess if self._differences is None else self._differences.differences)


def course_as_read(
    values: Courses, count: int, *, as_of: dt.date, reference: ReferencePeriod, rebasings: tuple[Rebasing, ...]
) -> Course:
    """Return the course of the first *count* values themselves: no seasons or sides, limits as they are stated."""
    phase, usual = _phase(values, count, as_of=as_of, reference=reference, rebasings=rebasings)
    return values.cut(phase, unbroken=len(phase), reference=usual, as_of=as_of)


def _phase(
    courses: Courses, count: int, *, as_of: dt.date, reference: ReferencePeriod, rebasings: tuple[Rebasing, ...]
) -> tuple[range, ReferencePeriod]:
    """Return which of the first *count* readings came since the latest rebasing, and what is usual from then on."""
    rebased = in_force(rebasings, as_of)
    if rebased is None:
        return range(count), reference
    return range(min(courses.first_on(rebased.on), count), count), rebased.reference
