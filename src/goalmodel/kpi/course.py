"""What a trend rule judges: how far a KPI was on the wrong side, reading by reading, and what is usual for it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import assert_never

import attrs

from goalmodel.doors import are, is_a, is_count
from goalmodel.kpi.baseline import Baseline, FirstReadings, Window, is_baseline, least_readings
from goalmodel.kpi.heading import NO_DISPERSION, ON_TRIAL, Heading, Seen, too_few
from goalmodel.kpi.limits import ProcessLimits, limits_of
from goalmodel.measure import Dated
from goalmodel.reasons import Reason


@attrs.frozen(kw_only=True)
class Course:
    """How far a KPI was on the wrong side, reading by reading: what a trend rule judges.

    Attributes:
        excess: Distance beyond the nearer healthy edge, or against the better direction where there are no bands;
            growing is worsening. All readings that have a value, oldest first, in the measure's own unit.
        unbroken: How many of the latest hang together without a long gap.
        baseline: Which readings say what is usual.
        usual: What is usual, of the excess; None where fewer than two readings say so.
        based_on: How many readings say so.
        is_settled: Whether the baseline can't move any more.
        starts: How many of the readings lie inside the baseline or before its end.
    """

    excess: tuple[Fraction, ...] = attrs.field(validator=are(Fraction))
    unbroken: int = attrs.field(validator=is_count())
    baseline: Baseline = attrs.field(validator=is_baseline)
    usual: ProcessLimits | None = attrs.field(validator=is_a(ProcessLimits, type(None)))
    based_on: int = attrs.field(validator=is_count())
    is_settled: bool = attrs.field(validator=is_a(bool))
    starts: int = attrs.field(validator=is_count())

    def latest(self, count: int) -> tuple[Fraction, ...]:
        """Return the latest *count* readings, oldest first; *count* is at least 1."""
        return self.excess[-count:]

    def since_baseline(self) -> tuple[Fraction, ...]:
        """Return the readings behind the baseline that hang together, oldest first."""
        return self.excess[max(self.starts, len(self.excess) - self.unbroken) :]

    def against_usual(
        self, rule: object, judge: Callable[[ProcessLimits], Seen], *, window: int, takes_trial: bool = True
    ) -> Seen:
        """Return what *rule* sees by comparing readings with what is usual, or why it can't say.

        Args:
            rule: The rule that asks.
            judge: Says what the rule sees, given what is usual.
            window: How many of the latest readings it looks at.
            takes_trial: Whether a baseline on trial is good enough for it.
        """
        least = least_readings(self.baseline, takes_trial=takes_trial)
        missing = max(least - self.based_on, window - self.unbroken)
        if missing > 0 or self.usual is None:
            return too_few(rule, needs=max(window, least), missing=missing)
        if not self.usual.sigma:
            return Heading.UNDETERMINED, (NO_DISPERSION.because(count=self.based_on),)
        heading, reasons = judge(self.usual)
        return heading, (*reasons, *self._caveats)

    @property
    def _caveats(self) -> tuple[Reason, ...]:
        """What to know about the baseline: that it is on trial."""
        if self.is_settled:
            return ()
        full = least_readings(self.baseline, takes_trial=False)
        return (ON_TRIAL.because(count=self.based_on, full=full),)


def course(
    dated: Sequence[Dated], *, unbroken: int, baseline: Baseline | None = None, as_of: dt.date | None = None
) -> Course:
    """Return the course of readings by date, with what *baseline* makes of them.

    Args:
        dated: Date and excess of each reading, oldest first; of stated limits, too, the mean is one of the excess.
        unbroken: How many of the latest hang together without a long gap.
        baseline: Which readings say what is usual; the first twelve where None.
        as_of: The date of the judgement; the latest reading's where None.
    """
    which = FirstReadings() if baseline is None else baseline
    excess = tuple(amount for _, amount in dated)
    match which:
        case ProcessLimits():
            return Course(
                excess=excess, unbroken=unbroken, baseline=which, usual=which, based_on=0, is_settled=True, starts=0
            )
        case FirstReadings(count):
            first, starts, is_over = 0, min(count, len(excess)), True
        case Window(start, end):
            days = [on for on, _ in dated]
            first, starts = bisect_left(days, start), bisect_right(days, end)
            is_over = bool(days) and (days[-1] if as_of is None else as_of) >= end
        case _:
            assert_never(which)
    usual = excess[first:starts]
    return Course(
        excess=excess,
        unbroken=unbroken,
        baseline=which,
        usual=limits_of(usual) if len(usual) > 1 else None,
        based_on=len(usual),
        is_settled=is_over and len(usual) >= which.count,
        starts=starts,
    )
