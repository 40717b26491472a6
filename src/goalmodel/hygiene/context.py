"""What the rules of the linter look at: a model, how its goals stand, and what was read."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import Final, Protocol, TypeVar, assert_never, runtime_checkable

import attrs

from goalmodel.commit import Commit, CommitAssessment
from goalmodel.hygiene.policy import HygienePolicy
from goalmodel.key_result import (
    Absolute,
    KeyResult,
    KeyResultAssessment,
    MeanOfLatest,
    Milestones,
    Occasions,
    PercentagePoints,
    Relative,
    TargetChange,
)
from goalmodel.kpi import Kpi, KpiAssessment
from goalmodel.measure import Aggregation, Scale, Series
from goalmodel.measure.figure import figures_known
from goalmodel.measure.row import Whole
from goalmodel.measure.view import SeriesView
from goalmodel.model import Goal, GoalModel
from goalmodel.objective import Calibration
from goalmodel.reasons import Reason
from goalmodel.reprs import readable
from goalmodel.trend import ProcessLimits
from goalmodel.trend.limits import RunningLimits

_T = TypeVar("_T")

_WITH_DISTANCES: Final = (Scale.INTERVAL, Scale.RATIO)


@readable
@attrs.frozen(eq=False)
class Usual:
    """The first *count* readings of a measure: what was usual before a cycle.

    Attributes:
        known: The readings of the measure.
        count: How many of them came before the cycle, and by the date of the look.
    """

    known: SeriesView
    count: int

    @property
    def greatest(self) -> Fraction:
        """The greatest of them."""
        return Fraction(self.known.table(_greatest)[self.count - 1], self.known.row.denominator)

    @property
    def least(self) -> Fraction:
        """The least of them."""
        return Fraction(self.known.table(_least)[self.count - 1], self.known.row.denominator)


def _greatest(values: list[Whole]) -> list[Whole]:
    return list(accumulate(values, max))


def _least(values: list[Whole]) -> list[Whole]:
    return list(accumulate(values, min))


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


@readable
@attrs.frozen(kw_only=True, eq=False)
class LintContext:
    """One model on one date, as the rules see it.

    Attributes:
        first_known: The day since which anything is known of each measure that was read, by its name.
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

    @cached_property
    def serving(self) -> Mapping[str, Sequence[Goal]]:
        """The goals that serve each goal directly; none where none does."""
        return _grouped((served, goal) for goal in self.model.goals for served in goal.serves)

    @cached_property
    def on_measure(self) -> Mapping[str, Sequence[Kpi | KeyResult | Commit]]:
        """The goals on each measure: KPIs, key results and commits, in this order."""
        return _grouped((goal.measure.name, goal) for goal in self.model.measured)

    @cached_property
    def moving(self) -> Mapping[str, Sequence[KeyResult]]:
        """The key results on each measure; none where there are none."""
        return _grouped((each.measure.name, each) for each in self.model.key_results)

    def usual(self, key_result: KeyResult) -> Usual | None:
        """Return what was usual for the measure before the cycle; None where too little was read to say.

        None, too, where the target is no level a reading can be at, but a sum, a count or a mean of the cycle.
        """
        if not _is_level(key_result):
            return None
        read, asked = self.read[key_result.measure.name], key_result.asked_of_each
        known = figures_known(read, key_result.window, self.as_of, key_result.exclusions, asked)
        count = min(known.count(self.as_of), bisect_left(known.present_days, key_result.cycle.start))
        return Usual(known, count) if count >= self.policy.usual_readings else None

    def limits_around(self, value: Fraction, key_result: KeyResult) -> ProcessLimits | None:
        """Return the natural limits before the cycle that *value* lies within.

        None where it does not, where nobody can say, or distances mean nothing.
        """
        usual = self.usual(key_result) if key_result.measure.scale in _WITH_DISTANCES else None
        if usual is None:
            return None
        scale, parts = usual.known.table(RunningLimits).of(0, usual.count), usual.known.row.denominator
        return scale.limits(parts) if scale.is_within_limits(value, parts) else None

    @cached_property
    def running(self) -> tuple[KeyResult, ...]:
        """The key results whose cycle is not over."""
        return tuple(each for each in self.model.key_results if self.as_of <= each.cycle.end)


def reached_at(key_result: KeyResult) -> Fraction | None:
    """Return the first value on the way that reaches the target; None where it waits for the baseline."""
    if key_result.is_scorable:
        return key_result.value_at(1)
    return key_result.target if isinstance(key_result.target, Fraction) else None


def way_of(key_result: KeyResult) -> int:
    """Return 1 for a key result that leads up, -1 for one that leads down, 0 where nobody can say yet."""
    match key_result.target:
        case Fraction() as target if key_result.baseline is not None:
            return 1 if target > key_result.baseline else -1
        case Fraction():
            return 1 if isinstance(key_result.counting, Occasions | Milestones) else 0
        case change:
            return _way_of_change(change)


def _way_of_change(change: TargetChange) -> int:
    match change:
        case Relative(amount) | PercentagePoints(amount) | Absolute(amount):
            return (amount > 0) - (amount < 0)
        case unknown:
            assert_never(unknown)


def is_of_readings(key_result: KeyResult) -> bool:
    """Return whether its target is a level that a single reading can be at, and not a figure of the whole cycle."""
    return _is_level(key_result) or isinstance(key_result.counting, Milestones)


def _is_level(key_result: KeyResult) -> bool:
    return key_result.counting is Aggregation.LAST or isinstance(key_result.counting, MeanOfLatest)


def _grouped(pairs: Iterable[tuple[str, _T]]) -> Mapping[str, Sequence[_T]]:
    found: defaultdict[str, list[_T]] = defaultdict(list)
    for key, member in pairs:
        found[key].append(member)
    return found
