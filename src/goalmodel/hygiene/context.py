"""What the rules of the linter look at: a model, how its goals stand, and what was read."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from operator import itemgetter
from typing import Final, Protocol, TypeVar, runtime_checkable

import attrs

from goalmodel.commit import Attainment, Commit, CommitAssessment
from goalmodel.hygiene.policy import HygienePolicy
from goalmodel.key_result import (
    KeyResult,
    KeyResultAssessment,
    MeanOfLatest,
    Milestones,
    Occasions,
)
from goalmodel.kpi import Kpi, KpiAssessment
from goalmodel.measure import Aggregation, Scale, Series
from goalmodel.measure.figure import figures_known
from goalmodel.measure.view import SeriesView
from goalmodel.model import Goal, GoalModel
from goalmodel.objective import Calibration, Objective
from goalmodel.reasons import Reason
from goalmodel.reprs import readable
from goalmodel.trend import FirstReadings, ProcessLimits
from goalmodel.trend.history import ReferenceHistory
from goalmodel.trend.reference import ReferencePeriod, in_force

_T = TypeVar("_T")
_Timed = TypeVar("_Timed", KeyResult, Commit, Objective)

_FIRST: Final = FirstReadings()
_WITH_DISTANCES: Final = (Scale.INTERVAL, Scale.RATIO)


@attrs.frozen(eq=False)
@readable
class Usual:
    """Some readings of a measure: what was read before a cycle, since something else became usual.

    Attributes:
        known: The readings of the measure.
        start: The first of them.
        stop: The first that came too late: in the cycle, or after the date of the look.
    """

    known: SeriesView
    start: int
    stop: int

    @property
    def greatest(self) -> Fraction:
        """The greatest of them."""
        return max(self.known.row.values(self.start, self.stop))

    @property
    def least(self) -> Fraction:
        """The least of them."""
        return min(self.known.row.values(self.start, self.stop))

    def is_ahead_of(self, target: Fraction, way: int) -> bool:
        """Return whether each of them lies beyond *target* on its *way*: 1 leads up, -1 down, 0 nobody knows where."""
        return (way > 0 and target < self.least) or (way < 0 and target > self.greatest)


@runtime_checkable
class Stated(Protocol):
    """A sentence people know a key result by, as far as the linter asks: `goalmodel.parse` makes one of a text."""

    @property
    def disagreements(self) -> tuple[Reason, ...]:
        """Where it disagrees with itself."""
        ...

    def differences(self, key_result: KeyResult) -> tuple[Reason, ...]:
        """Return where it says something else than *key_result*."""
        ...


@attrs.frozen(kw_only=True, eq=False)
@readable
class LintContext:
    """One model on one date, as the rules see it.

    Attributes:
        model: The goals.
        as_of: The date.
        kpis: How each KPI stands.
        key_results: How each key result stands.
        commits: How each commit stands.
        read: What was read of each measure.
        first_known: The day since which anything is known of each measure that was read, by its name.
        statements: By id of a key result, the sentence people know it by.
        calibration: What earlier cycles are a sign of.
        policy: Which rules are asked, and where they draw the line.
        reference: Which readings say what is usual, where no KPI says so.
        proposed: Ids of the KPIs that the review proposes to promote, or says why it waits.
        fallen_short: Returns when each key result was closed that fell short and of which nobody has said what was
            learnt, and how it stood then.
    """

    model: GoalModel
    as_of: dt.date
    kpis: tuple[KpiAssessment, ...]
    key_results: tuple[KeyResultAssessment, ...]
    commits: tuple[CommitAssessment, ...]
    read: Mapping[str, Series]
    first_known: Mapping[str, dt.date]
    statements: Mapping[str, Stated]
    calibration: Calibration
    policy: HygienePolicy
    reference: ReferencePeriod = _FIRST
    proposed: frozenset[str] = frozenset()
    fallen_short: Callable[[], Iterable[tuple[dt.date, KeyResultAssessment]]] = tuple

    @cached_property
    def watched(self) -> tuple[Kpi, ...]:
        """The KPIs, each by the bands in force."""
        return tuple(each.in_force(self.as_of) for each in self.model.watched)

    @cached_property
    def running(self) -> tuple[KeyResult, ...]:
        """The key results whose cycle is not over, each as it is in force.

        Of what is over nothing is asked but that it is closed.
        """
        return tuple(each.in_force(self.as_of) for each in self.model.key_results if self.as_of <= each.cycle.end)

    @cached_property
    def over(self) -> frozenset[str]:
        """The ids of the key results whose cycle is over, and of the commits that were due."""
        moved = (each.id for each in self.model.key_results if self.as_of > each.cycle.end)
        return frozenset((*moved, *(each.id for each in self.model.commits if self.as_of > each.due)))

    @cached_property
    def kept(self) -> frozenset[str]:
        """The ids of the commits that are kept: of them, too, nothing is asked but that they are closed."""
        return frozenset(each.commit.id for each in self.commits if each.attainment is Attainment.KEPT)

    @cached_property
    def owed(self) -> tuple[Commit, ...]:
        """The commits that are not over and not kept yet, each as it is known."""
        alive = (each for each in self.model.commits if self.as_of <= each.due and each.id not in self.kept)
        return tuple(each.known_on(self.as_of) for each in alive)

    @cached_property
    def pursued(self) -> tuple[Objective, ...]:
        """The objectives whose cycle is not over."""
        return tuple(each for each in self.model.objectives if each.cycle is None or self.as_of <= each.cycle.end)

    @cached_property
    def served(self) -> frozenset[str]:
        """The ids of the goals that something leads to that can be reached, also where that is over."""
        leading: tuple[Goal, ...] = (*self.model.key_results, *self.model.commits, *self.model.objectives)
        return frozenset(served for goal in leading for served in goal.serves)

    @cached_property
    def serving(self) -> Mapping[str, Sequence[Goal]]:
        """The goals that serve each goal directly and are not over; none where none does."""
        alive = (goal for goal in self.model.goals if goal.id not in self.over)
        return _grouped((served, goal) for goal in alive for served in goal.serves)

    def at_once(self, goals: Sequence[_Timed]) -> list[_Timed]:
        """Return the most of some goals that go on on one day, today or to come; of several such days on the first."""
        times = [_time_of(each) for each in goals]
        begins, ends = sorted(first for first, _ in times), sorted(last for _, last in times)
        days = sorted({max(self.as_of, first) for first in begins})
        if not days:
            return []
        day = max(days, key=lambda on: bisect_right(begins, on) - bisect_left(ends, on))  # begun, and not ended before
        return [each for each, (first, last) in zip(goals, times, strict=True) if first <= day <= last]

    @cached_property
    def on_measure(self) -> Mapping[str, Sequence[Kpi | KeyResult | Commit]]:
        """The goals on each measure that are not over: KPIs, key results and commits, in this order."""
        alive: tuple[Kpi | KeyResult | Commit, ...] = (*self.watched, *self.running, *self.owed)
        return _grouped((goal.measure.name, goal) for goal in alive)

    @cached_property
    def moving(self) -> Mapping[str, Sequence[KeyResult]]:
        """The running key results on each measure; none where there are none."""
        return _grouped((each.measure.name, each) for each in self.running)

    def _reference(self, key_result: KeyResult) -> tuple[dt.date, ReferencePeriod]:
        """Return what says what is usual before a cycle, and since when: as it is in force when the cycle begins.

        Of the KPIs on its measure, over the same time, it is the one that moved it last; where none says what is usual,
        the policy of the trend rules does.
        """
        day = min(self.as_of, key_result.cycle.start)
        alike = (kpi for kpi in self.on_measure[key_result.measure.name] if isinstance(kpi, Kpi))
        said = list[tuple[dt.date, ReferencePeriod]]()
        for kpi in alike:
            rebased = in_force(kpi.rebasings, day) if kpi.window == key_result.window else None
            if rebased is not None:
                said.append((rebased.on, rebased.reference))
            elif kpi.reference is not None and kpi.window == key_result.window:
                said.append((dt.date.min, kpi.reference))
        return max(said, key=itemgetter(0), default=(dt.date.min, self.reference))

    def _past(self, key_result: KeyResult, since: dt.date) -> Usual:
        """Return what was read from the day *since* until before the cycle."""
        read, asked = self.read[key_result.measure.name], key_result.asked_of_each
        known = figures_known(read, key_result.window, self.as_of, key_result.exclusions, asked)
        stop = min(known.count(self.as_of), bisect_left(known.present_days, key_result.cycle.start))
        return Usual(known, min(bisect_left(known.present_days, since), stop), stop)

    def usual(self, key_result: KeyResult) -> Usual | None:
        """Return what was read of the measure before the cycle; None where that is too little to say what is usual.

        None, too, where the target is no level a reading can be at, but a sum, a count or a mean of the cycle.
        """
        if not _is_level(key_result):
            return None
        past = self._past(key_result, self._reference(key_result)[0])
        return past if past.stop - past.start >= self.policy.usual_readings else None

    def limits_before(self, target: Fraction, key_result: KeyResult) -> ProcessLimits | None:
        """Return the natural limits before the cycle where *target* lies within them, or is behind them on its way.

        They are those of the reference in force. None where the target lies ahead of them, where nobody can say, or
        distances mean nothing.
        """
        if not _is_level(key_result) or key_result.measure.scale not in _WITH_DISTANCES:
            return None
        since, reference = self._reference(key_result)
        past, enough = self._past(key_result, since), self.policy.usual_readings
        row = ReferenceHistory(past.known.row, reference, ()).cut(
            range(past.start, past.stop), unbroken=0, reference=reference, as_of=self.as_of
        )
        is_known = isinstance(reference, ProcessLimits) or row.based_on >= enough
        if row.scale is None or not is_known:
            return None
        is_behind = past.stop - past.start >= enough and past.is_ahead_of(target, way_of(key_result))
        return row.usual if is_behind or row.scale.is_within_limits(target, row.denominator) else None


def reached_at(key_result: KeyResult) -> Fraction | None:
    """Return the first value on the way that reaches the target; None where it waits for the baseline."""
    if key_result.is_scorable:
        return key_result.value_at(1)
    return key_result.target if isinstance(key_result.target, Fraction) else None


def way_of(key_result: KeyResult) -> int:
    """Return 1 for a key result that leads up, -1 for one that leads down, 0 where nobody can say yet."""
    target, baseline = key_result.target, key_result.baseline
    if not isinstance(target, Fraction):
        return 0
    if baseline is None:
        return 1 if isinstance(key_result.counting, Occasions | Milestones) else 0
    return 1 if target > baseline else -1


def is_of_readings(key_result: KeyResult) -> bool:
    """Return whether its target is a level that a single reading can be at, and not a figure of the whole cycle."""
    return _is_level(key_result) or isinstance(key_result.counting, Milestones)


def _is_level(key_result: KeyResult) -> bool:
    return key_result.counting is Aggregation.LAST or isinstance(key_result.counting, MeanOfLatest)


def _time_of(goal: KeyResult | Commit | Objective) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a goal; an objective of which nobody has said when goes on for ever."""
    if isinstance(goal, Commit):
        return goal.declared_on, goal.due
    return (dt.date.min, dt.date.max) if goal.cycle is None else (goal.cycle.start, goal.cycle.end)


def _grouped(pairs: Iterable[tuple[str, _T]]) -> Mapping[str, Sequence[_T]]:
    found: defaultdict[str, list[_T]] = defaultdict(list)
    for key, member in pairs:
        found[key].append(member)
    return found
