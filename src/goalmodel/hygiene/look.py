"""What the rules of the linter look at: a model, how its goals stand, and what was read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

import attrs

from goalmodel.commit import Commit, CommitAssessment
from goalmodel.hygiene.policy import HygienePolicy
from goalmodel.key_result import KeyResult, KeyResultAssessment
from goalmodel.kpi import Kpi, KpiAssessment, ProcessLimits, process_limits
from goalmodel.measure import Series
from goalmodel.model import Goal, GoalModel
from goalmodel.objective import Calibration

_T = TypeVar("_T")


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


def _grouped(pairs: Iterable[tuple[str, _T]]) -> Mapping[str, Sequence[_T]]:
    found: defaultdict[str, list[_T]] = defaultdict(list)
    for key, member in pairs:
        found[key].append(member)
    return found
