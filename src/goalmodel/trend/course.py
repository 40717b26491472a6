"""What a trend rule judges: how far a KPI was on the wrong side, reading by reading, and what is usual for it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar, assert_never, cast

import attrs

from goalmodel.checks import is_a, is_count
from goalmodel.measure.known import Dated
from goalmodel.measure.stretch import Stretch
from goalmodel.reasons import Reason
from goalmodel.trend.heading import NO_DISPERSION, ON_TRIAL, Heading, Seen, too_few
from goalmodel.trend.limits import ProcessLimits, RunningLimits
from goalmodel.trend.reference import FirstReadings, ReferencePeriod, ReferenceWindow, is_reference, least_readings

_T = TypeVar("_T")


@attrs.frozen(kw_only=True)
class Course:
    """How far a KPI was on the wrong side, reading by reading: what a trend rule judges.

    Attributes:
        excess: Distance beyond the nearer healthy edge, or against the better direction where there are no bands;
            growing is worsening. All readings that have a value, oldest first, in the measure's own unit.
        unbroken: How many of the latest hang together without a long gap.
        reference: Which readings say what is usual.
        usual: What is usual, of the excess; None where fewer than two readings say so.
        based_on: How many readings say so.
        is_settled: Whether the reference can't move any more.
        starts: How many of the readings lie inside the reference or before its end.
        sums: What was added up over the same readings before, of any day.
    """

    excess: Stretch[Fraction] = attrs.field(validator=is_a(Stretch))
    unbroken: int = attrs.field(validator=is_count())
    reference: ReferencePeriod = attrs.field(validator=is_reference)
    usual: ProcessLimits | None = attrs.field(validator=is_a(ProcessLimits, type(None)))
    based_on: int = attrs.field(validator=is_count())
    is_settled: bool = attrs.field(validator=is_a(bool))
    starts: int = attrs.field(validator=is_count())
    sums: dict[Hashable, Sequence[Any]] = attrs.field(factory=dict, eq=False, repr=False)

    def latest(self, count: int) -> tuple[Fraction, ...]:
        """Return the latest *count* readings, oldest first; *count* is at least 1."""
        return self.excess[-count:]

    @property
    def behind_reference(self) -> int:
        """How many readings behind the reference hang together."""
        return min(self.unbroken, len(self.excess) - self.starts)

    def since_reference(self, most: int) -> tuple[Fraction, ...]:
        """Return the readings behind the reference that hang together, oldest first: at most the latest *most*."""
        return self.excess[len(self.excess) - min(self.behind_reference, most) :]

    def added_up(self, key: Hashable, add_up: Callable[[Iterable[Fraction]], Iterable[_T]]) -> _T | None:
        """Return the last of what *add_up* makes of the readings behind the reference that hang together, if any.

        It is asked once for all readings there are, those of later days included: what it says by each of them must
        depend on nothing behind it.

        Args:
            key: What is added up, beside where it begins.
            add_up: Returns a value by each reading.
        """
        if not self.behind_reference:
            return None
        first = len(self.excess) - self.behind_reference
        begin = (key, self.excess.start + first)
        if begin not in self.sums:
            self.sums[begin] = tuple(add_up(self.excess.onwards(first)))
        return cast("_T", self.sums[begin][self.behind_reference - 1])

    def against_usual(
        self, rule: object, judge: Callable[[ProcessLimits], Seen], *, window: int, takes_trial: bool = True
    ) -> Seen:
        """Return what *rule* sees by comparing readings with what is usual, or why it can't say.

        Args:
            rule: The rule that asks.
            judge: Says what the rule sees, given what is usual.
            window: How many of the latest readings it looks at.
            takes_trial: Whether a reference on trial is good enough for it.
        """
        least = least_readings(self.reference, takes_trial=takes_trial)
        missing = max(least - self.based_on, window - self.unbroken)
        if missing > 0 or self.usual is None:
            return too_few(rule, needs=max(window, least), missing=missing)
        if not self.usual.sigma:
            return Heading.UNDETERMINED, (NO_DISPERSION.because(count=self.based_on),)
        heading, reasons = judge(self.usual)
        return heading, (*reasons, *self._caveats)

    @property
    def _caveats(self) -> tuple[Reason, ...]:
        """What to know about the reference: that it is on trial."""
        if self.is_settled:
            return ()
        full = least_readings(self.reference, takes_trial=False)
        return (ON_TRIAL.because(count=self.based_on, full=full),)


@attrs.frozen(eq=False)
class Courses:
    """What was read of a KPI, from which the course on any day is cut.

    Attributes:
        dated: Date and excess of each reading, oldest first; of stated limits, too, the mean is one of the excess.
    """

    dated: Sequence[Dated]
    _sums: dict[Hashable, Sequence[Any]] = attrs.field(factory=dict, init=False)

    @cached_property
    def _excess(self) -> tuple[Fraction, ...]:
        return tuple(amount for _, amount in self.dated)

    @cached_property
    def _days(self) -> list[dt.date]:
        return [on for on, _ in self.dated]

    @cached_property
    def _running(self) -> RunningLimits:
        return RunningLimits(self._excess)

    def first_on(self, day: dt.date) -> int:
        """Return how many readings there were before *day*."""
        return bisect_left(self._days, day)

    def cut(self, phase: range, *, unbroken: int, reference: ReferencePeriod, as_of: dt.date | None = None) -> Course:
        """Return the course of the readings of a *phase*, with what *reference* makes of them.

        Args:
            phase: Numbers of the readings.
            unbroken: How many of the latest hang together without a long gap.
            reference: Which readings say what is usual.
            as_of: The date of the judgement; the latest reading's where None.
        """
        excess = Stretch(self._excess, phase.start, phase.stop)
        match reference:
            case ProcessLimits():
                usual: ProcessLimits | None = reference
                based_on, starts, is_settled = 0, 0, True
            case FirstReadings(count):
                based_on = starts = min(count, len(phase))
                usual, is_settled = self._limits(phase.start, phase.start + starts), based_on >= count
            case ReferenceWindow(start, end):
                first, last = (
                    bisect_left(self._days, start, phase.start, phase.stop),
                    bisect_right(self._days, end, phase.start, phase.stop),
                )
                usual, based_on, starts = self._limits(first, last), last - first, last - phase.start
                is_over = bool(phase) and (self._days[phase.stop - 1] if as_of is None else as_of) >= end
                is_settled = is_over and based_on >= reference.count
            case _:
                assert_never(reference)
        return Course(
            excess=excess,
            unbroken=unbroken,
            reference=reference,
            usual=usual,
            based_on=based_on,
            is_settled=is_settled,
            starts=starts,
            sums=self._sums,
        )

    def _limits(self, start: int, stop: int) -> ProcessLimits | None:
        return self._running.of(start, stop) if stop - start > 1 else None


def course(
    dated: Sequence[Dated], *, unbroken: int, reference: ReferencePeriod | None = None, as_of: dt.date | None = None
) -> Course:
    """Return the course of all readings *dated*, oldest first; the first twelve say what is usual where None does.

    See `Courses`.
    """
    which = FirstReadings() if reference is None else reference
    return Courses(dated).cut(range(len(dated)), unbroken=unbroken, reference=which, as_of=as_of)
