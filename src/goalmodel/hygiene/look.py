"""What the rules of the linter look at: a model, how its goals stand, and what was read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

import attrs

from goalmodel.commit import CommitAssessment
from goalmodel.hygiene.policy import HygienePolicy
from goalmodel.key_result import KeyResult, KeyResultAssessment
from goalmodel.kpi import KpiAssessment, ProcessLimits, process_limits
from goalmodel.measure import Series
from goalmodel.model import Goal, GoalModel
from goalmodel.objective import Calibration


@attrs.frozen(kw_only=True, eq=False)
class Look:
    """One model on one date, as the rules see it."""

    model: GoalModel
    as_of: dt.date
    kpis: tuple[KpiAssessment, ...]
    key_results: tuple[KeyResultAssessment, ...]
    commits: tuple[CommitAssessment, ...]
    series: Mapping[str, Series]
    calibration: Calibration
    policy: HygienePolicy

    @cached_property
    def serving(self) -> Mapping[str, tuple[Goal, ...]]:
        """The goals that serve each goal directly."""
        found: defaultdict[str, list[Goal]] = defaultdict(list)
        for goal in self.model.goals:
            for served in goal.serves:
                found[served].append(goal)
        return {served: tuple(goals) for served, goals in found.items()}

    @cached_property
    def on_measure(self) -> Mapping[str, tuple[Goal, ...]]:
        """The goals on each measure: KPIs, key results and commits, in this order."""
        found: defaultdict[str, list[Goal]] = defaultdict(list)
        for goal in self.model.measured:
            found[goal.measure.name].append(goal)
        return {measure: tuple(goals) for measure, goals in found.items()}

    def usual(self, key_result: KeyResult) -> tuple[Fraction, ...]:
        """Return what was read of the measure before the cycle, oldest first; none where that is too little to say."""
        series = self.series.get(key_result.measure.name)
        present = series.present if series else ()
        values = tuple(value for on, value in present if on < key_result.cycle.start)
        return values if len(values) >= self.policy.usual_readings else ()

    def limits(self, key_result: KeyResult) -> ProcessLimits | None:
        """Return what was usual before the cycle; None where nobody can say."""
        values = self.usual(key_result)
        return process_limits(values) if values else None

    @cached_property
    def running(self) -> tuple[KeyResult, ...]:
        """The key results whose cycle is not over."""
        return tuple(each for each in self.model.key_results if self.as_of <= each.cycle.end)

    def objectives_of(self, goals: tuple[Goal, ...]) -> Iterator[str]:
        """Yield the ids of what *goals* serve."""
        for goal in goals:
            yield from goal.serves
