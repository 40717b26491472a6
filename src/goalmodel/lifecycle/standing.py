"""How all goals of a model stand on any day, and what is proposed about them by that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar, cast

import attrs

from goalmodel.commit import Commit, CommitAssessment
from goalmodel.commit.commit import Owed
from goalmodel.key_result import KeyResult, KeyResultAssessment, OutcomePolicy, PacePolicy
from goalmodel.key_result.key_result import Track
from goalmodel.kpi import Kpi, KpiAssessment
from goalmodel.kpi.kpi import Watch
from goalmodel.lifecycle.becoming_kpi import kept_kpi
from goalmodel.lifecycle.demotion import Demote, DemotionPolicy, demotion_on
from goalmodel.lifecycle.promotion import Promote, PromotionPolicy, promotion_of
from goalmodel.measure import Series
from goalmodel.measure.known import Known
from goalmodel.model import GoalModel
from goalmodel.trend import TrendPolicy

_T = TypeVar("_T")


def known_of(model: GoalModel, history: Mapping[str, Series], until: dt.date) -> dict[str, Known]:
    """Return what is known of each measure of *model* by *until*; one without a series was never read.

    Raises:
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    measures = {goal.measure.name: goal.measure for goal in model.measured}
    read = {name: history[name].about(measure, "history") for name, measure in measures.items() if name in history}
    return {
        name: Known(read[name].until(until) if name in read else Series(measure)) for name, measure in measures.items()
    }


@attrs.frozen(eq=False, kw_only=True)
class Standing:
    """A model and what was read, so prepared that it can be asked about any day: each reading is looked at once.

    Attributes:
        is_walk: Whether it will be asked about several days. Then what is prepared is kept, which takes memory.
        model: The goals.
        known: What is known of each measure, by its name; what came after the day is not seen.
        trend: Which trend rules are asked.
        outcome: Which words describe a score.
        pace: Which words describe how that is against what was expected.
        promotion: When a KPI needs work.
        demotion: When a key result may go back to being watched.
    """

    is_walk: bool
    model: GoalModel
    known: Mapping[str, Known]
    trend: TrendPolicy
    outcome: OutcomePolicy
    pace: PacePolicy
    promotion: PromotionPolicy
    demotion: DemotionPolicy
    _kept: dict[Hashable, Any] = attrs.field(factory=dict, init=False)

    def kpis(self, as_of: dt.date) -> tuple[KpiAssessment, ...]:
        """Return how each KPI stands on *as_of*, by id."""
        return tuple(self._watch(each).on(as_of) for each in self.model.kpis)

    def key_results(self, as_of: dt.date) -> tuple[KeyResultAssessment, ...]:
        """Return how far each key result had come on *as_of*, by id."""
        return tuple(self._track(each).on(as_of) for each in self.model.key_results)

    def commits(self, as_of: dt.date) -> tuple[CommitAssessment, ...]:
        """Return whether each commit was kept, as known on *as_of*, by id."""
        return tuple(self._owed(each).on(as_of) for each in self.model.commits)

    def promotions(self, kpis: Iterable[KpiAssessment], active: Iterable[KeyResult]) -> list[Promote]:
        """Return which of *kpis* are proposed, in their order, but for those some *active* key result came of."""
        taken = {each.origin.kpi for each in active if each.origin is not None}
        decisions = (promotion_of(each, policy=self.promotion) for each in kpis if each.kpi.id not in taken)
        return [decision for decision in decisions if isinstance(decision, Promote)]

    def demotions(
        self, key_results: Iterable[KeyResultAssessment], kpis: Iterable[KpiAssessment], as_of: dt.date
    ) -> Iterator[Demote]:
        """Yield which of *key_results* are proposed to go back to being watched, in their order.

        Rules: LIFE-5, LIFE-7.
        """
        watched = {each.kpi.id: each for each in kpis}
        for moved in key_results:
            origin = moved.key_result.origin
            watch = self._new_watch(moved, as_of) if origin is None else self._watch(watched[origin.kpi].kpi)
            if watch is None:
                continue
            found = watch.on(as_of) if origin is None else watched[origin.kpi]
            decision = demotion_on(moved, found, watch, policy=self.demotion)
            if isinstance(decision, Demote):
                yield decision

    @cached_property
    def _watched_measures(self) -> set[str]:
        return {each.measure.name for each in self.model.kpis}

    def _watch(self, kpi: Kpi) -> Watch:
        return self._prepared(kpi.id, lambda: Watch(kpi=kpi, known=self.known[kpi.measure.name], policy=self.trend))

    def _track(self, key_result: KeyResult) -> Track:
        series = self.known[key_result.measure.name].series
        return self._prepared(
            key_result.id,
            lambda: Track(key_result=key_result, series=series, policy=self.outcome, pace=self.pace),
        )

    def _owed(self, commit: Commit) -> Owed:
        return self._prepared(commit.id, lambda: Owed(commit=commit, series=self.known[commit.measure.name].series))

    def _prepared(self, key: Hashable, prepare: Callable[[], _T]) -> _T:
        """Return what *prepare* makes, made once in a walk."""
        if not self.is_walk:
            return prepare()
        if key not in self._kept:
            self._kept[key] = prepare()
        return cast("_T", self._kept[key])

    def _new_watch(self, moved: KeyResultAssessment, as_of: dt.date) -> Watch | None:
        """Return the watch over the KPI that a key result becomes that was none; None where it is not there yet."""
        key_result = moved.key_result
        if key_result.measure.name in self._watched_measures or moved.score is None or moved.score.raw < 1:
            return None
        known = self.known[key_result.measure.name]
        stop = known.count(as_of)
        kept = known.present[max(stop - self.demotion.healthy, 0) : stop]
        kpi = kept_kpi(moved.in_force, [value for _, value in kept], self.demotion)
        if kpi is None:
            return None
        return self._prepared(kpi, lambda: Watch(kpi=kpi, known=known, policy=self.trend))
