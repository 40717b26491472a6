"""Which readings trend rules judge on a day, and against which: one phase, one reference, with or without seasons."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Sequence
from typing import Any, assert_never, final

from goalmodel.measure.cadence import Cadence
from goalmodel.measure.row import Dated, Row
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.trend.limits import ProcessLimits, RunningLimits, SigmaScale
from goalmodel.trend.policy import TrendPolicy
from goalmodel.trend.reference import FirstReadings, Rebasing, ReferencePeriod, ReferenceWindow, in_force
from goalmodel.trend.row import Cases, Mirror, TrendRow
from goalmodel.trend.seasonal import NO_SEASON, Seasons

NO_LIMITS_OF_DIFFERENCES = ReasonKind(
    "trend-no-limits-of-differences",
    "KPI-5",
    "limits are stated for the values of the measure and say nothing about differences from season to season",
)


@final
class ReferenceHistory:
    """A row of numbers that can be asked on any day what is usual for those known by then.

    Attributes:
        row: The numbers; where limits are stated, they are limits of these.
        reference: What is usual where nothing was rebased.
        rebasings: By date; the latest one by the day holds, and what reaches back before it is not judged.
        reaches: How far back each number reaches, oldest first: to its own day where None.
        mirror: What leads back from a number to a value of the measure; None where nothing does.
        cases: On how many cases each number rests; None where nobody knows.
    """

    def __init__(
        self,
        row: Row,
        reference: ReferencePeriod,
        rebasings: tuple[Rebasing, ...],
        reaches: Sequence[dt.date] | None = None,
        mirror: Mirror | None = None,
        *,
        cases: Cases | None = None,
    ) -> None:
        self.row = row
        self.reference = reference
        self.rebasings = rebasings
        self._reaches = row.days if reaches is None else reaches
        self._mirror = mirror
        self._cases = cases
        self._running = RunningLimits(row.wholes)
        self._kept: dict[Hashable, Sequence[Any]] = {}

    def phase(self, as_of: dt.date, count: int) -> tuple[range, ReferencePeriod]:
        """Return which of the first *count* numbers came since the latest rebasing, and what is usual from then on."""
        rebased = in_force(self.rebasings, as_of) if self.rebasings else None
        if rebased is None:
            return range(count), self.reference
        return range(min(bisect_left(self._reaches, rebased.on), count), count), rebased.reference

    def cut(
        self,
        phase: range,
        *,
        unbroken: int,
        reference: ReferencePeriod,
        as_of: dt.date,
        silent: Reason | None = None,
    ) -> TrendRow:
        """Return the numbers of a *phase*, with what *reference* makes of them.

        Args:
            phase: Positions of the numbers.
            unbroken: How many of the latest known ones hang together without a long gap.
            reference: Which of them say what is usual.
            as_of: The date of the judgement.
            silent: Why *reference* says nothing about these numbers; None where it may.
        """
        match reference:
            case FirstReadings(count):
                based_on = starts = min(count, len(phase))
                scale, is_settled = self._scale(phase.start, phase.start + starts), based_on >= count
            case ReferenceWindow(start, end):
                days = self.row.days
                first = bisect_left(days, start, phase.start, phase.stop)
                last = bisect_right(days, end, phase.start, phase.stop)
                scale, based_on, starts = self._scale(first, last), last - first, last - phase.start
                is_settled = as_of >= end and based_on >= reference.count
            case ProcessLimits():
                scale = SigmaScale.stated(reference, self.row.denominator)
                based_on, starts, is_settled = 0, 0, True
            case _:
                assert_never(reference)
        return TrendRow(
            self.row,
            phase,
            unbroken=min(unbroken, len(phase)),
            reference=reference,
            scale=scale,
            silent=silent,
            based_on=based_on,
            is_settled=is_settled,
            starts=starts,
            mirror=self._mirror,
            kept=self._kept,
            cases=self._cases,
        )

    def _scale(self, start: int, stop: int) -> SigmaScale | None:
        return self._running.of(start, stop) if stop - start > 1 else None


@final
class TrendHistory:
    """A row of numbers where growing is worsening, so prepared that trend rules can be asked about any day.

    Attributes:
        row: The numbers.
        cadence: How often the measure is read; None where nothing is expected.
        policy: Whether there are seasons, and what ends a run.
        reference: What is usual where nothing was rebased.
        rebasings: By date; the latest one by the day holds, and what was read before it is not judged.
        mirror: What leads back from a number to a value of the measure; None where nothing does.
        restated: Returns what limits of the measure come to for these numbers, or why they say nothing about them.
        cases: On how many cases each number rests; None where nobody knows.
    """

    def __init__(
        self,
        row: Row,
        *,
        cadence: Cadence | None,
        policy: TrendPolicy,
        reference: ReferencePeriod,
        rebasings: tuple[Rebasing, ...],
        mirror: Mirror | None,
        restated: Callable[[ProcessLimits], ProcessLimits | Reason],
        cases: Cases | None = None,
    ) -> None:
        self._restated = restated
        self._season = policy.seasonal
        self._seasons: Seasons | None = None
        reaches: Sequence[dt.date] | None = None
        if policy.seasonal is not None and cadence is not None:
            self._seasons = Seasons(
                row,
                periods=cadence.periods(row.days),
                season=policy.seasonal,
                missing_ends_run=policy.missing_ends_run,
            )
            row, reaches = self._seasons.differences, self._seasons.reaches
            self._restated = _no_limits_of_differences
            mirror, cases = None if mirror is None else (mirror[0], None), None
        self._judged = ReferenceHistory(row, reference, rebasings, reaches, mirror, cases=cases)

    def on(self, as_of: dt.date, *, count: int, unbroken: int) -> TrendRow | Reason:
        """Return what trend rules judge on *as_of*, or why there is nothing they could judge.

        Args:
            as_of: The date of the judgement.
            count: How many readings there were by then.
            unbroken: How many of the latest hang together without a long gap.
        """
        if self._season is not None:
            if self._seasons is None:
                return NO_SEASON.because(periods=self._season)
            count, together = self._seasons.by(count)
            unbroken = min(unbroken, together)
        phase, reference = self._judged.phase(as_of, count)
        found = self._restated(reference) if isinstance(reference, ProcessLimits) else reference
        silent = found if isinstance(found, Reason) else None
        usual = reference if isinstance(found, Reason) else found
        return self._judged.cut(phase, unbroken=unbroken, reference=usual, as_of=as_of, silent=silent)


def _no_limits_of_differences(_: ProcessLimits) -> Reason:
    return NO_LIMITS_OF_DIFFERENCES.because()


def trend_row(
    dated: Sequence[Dated], *, unbroken: int, reference: ReferencePeriod | None = None, as_of: dt.date | None = None
) -> TrendRow:
    """Return the row of all numbers *dated*, oldest first; the first twelve say what is usual where None does."""
    usual = FirstReadings() if reference is None else reference
    when = max((on for on, _ in dated), default=dt.date.min) if as_of is None else as_of
    return ReferenceHistory(Row.of(dated), usual, ()).cut(
        range(len(dated)), unbroken=unbroken, reference=usual, as_of=when
    )
