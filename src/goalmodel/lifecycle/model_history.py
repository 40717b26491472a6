"""A model and what was read: how all its goals stand on any day, and what is proposed about them by that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar, cast

import attrs

from goalmodel.checks import whole
from goalmodel.commit import Commit, CommitAssessment, CommitHistory
from goalmodel.events import CarriedOver, Dropped, Learnt, Retired
from goalmodel.events.event import in_effect
from goalmodel.key_result import (
    KeyResult,
    KeyResultAssessment,
    KeyResultHistory,
    Outcome,
    OutcomePolicy,
    PacePolicy,
    Vote,
)
from goalmodel.kpi import CompositeAssessment, Kpi, KpiAssessment, KpiHistory
from goalmodel.lifecycle.becoming_kpi import kept_kpi
from goalmodel.lifecycle.demotion import Demote, DemotionPolicy, demotion_on
from goalmodel.lifecycle.promotion import Keep, Promote, PromotionPolicy, promotion_on
from goalmodel.lifecycle.stretches import stretches_by_commit
from goalmodel.measure import GoodToKnow, Series
from goalmodel.measure.derived import with_derived
from goalmodel.measure.figure import figures_known
from goalmodel.measure.good_to_know import good_to_know_on
from goalmodel.model import GoalModel
from goalmodel.promised import shortages_by_commit
from goalmodel.reasons import Reason
from goalmodel.reprs import readable
from goalmodel.trend import TrendPolicy

_T = TypeVar("_T")


def known_of(model: GoalModel, history: Mapping[str, Series]) -> dict[str, Series]:
    """Return what was read of each measure of *model*, or follows from that; one without a series was never read.

    A measure of a goal, and one that is good to know.

    Rule: FIG-5.

    Raises:
        GivenTwice: A series is of a measure that the model derives.
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    measures = {each.name: each for each in (*(goal.measure for goal in model.measured), *model.good_to_know)}
    known = with_derived(model.derived, history)
    return {
        name: known[name].about(measure, "history") if name in known else Series(measure)
        for name, measure in measures.items()
    }


def in_its_model(found: CommitAssessment, model: GoalModel) -> CommitAssessment:
    """Return what was *found* of a commit, with what the other goals of *model* say of it.

    Rules: COM-5, COM-11.
    """
    stretches = stretches_by_commit([found.commit], _moved(model))
    return _beside(found, stretches, shortages_by_commit(model, found.as_of))


def _moved(model: GoalModel) -> list[KeyResult]:
    """Return the key results of a model, open and closed."""
    return [each for each in (*model.key_results, *model.closed) if isinstance(each, KeyResult)]


def _beside(
    found: CommitAssessment, stretches: Mapping[str, tuple[str, ...]], short: Mapping[str, tuple[Reason, ...]]
) -> CommitAssessment:
    """Return what was *found*, with what it made a must of, and what it takes that is promised twice."""
    its_stretches, shortages = stretches.get(found.commit.id, ()), short.get(found.commit.id, ())
    return attrs.evolve(found, stretches=its_stretches, shortages=shortages) if its_stretches or shortages else found


def _whole(found: _T, reasons: Iterable[Reason]) -> _T:
    """Return what was *found* with the facts of its *reasons* made, so that nothing of a history is kept with it."""
    for each in reasons:
        whole(each)
    return found


@attrs.frozen(eq=False, kw_only=True)
@readable
class ModelHistory:
    """A model and what was read, so prepared that it can be asked about any day: each reading is looked at once.

    Attributes:
        is_walk: Whether it will be asked about several days. Then what is prepared is kept, which takes memory.
        model: The goals.
        read: What was read of each measure, by its name; what was not known on a day is not seen on it.
        trend: Which trend rules are asked.
        outcome: Which words describe a score.
        pace: Which words describe how that is against what was expected.
        promotion: When a KPI needs work.
        demotion: When a key result may go back to being watched.
    """

    is_walk: bool
    model: GoalModel
    read: Mapping[str, Series]
    trend: TrendPolicy
    outcome: OutcomePolicy
    pace: PacePolicy
    promotion: PromotionPolicy
    demotion: DemotionPolicy
    _kept: dict[Hashable, Any] = attrs.field(factory=dict, init=False)

    def kpis(self, as_of: dt.date) -> tuple[KpiAssessment, ...]:
        """Return how each KPI stands on *as_of*, by id."""
        found = (self.kpi(each).on(as_of) for each in self.model.watched)
        return tuple(_whole(each, each.explained) for each in found)

    def good_to_know(self, as_of: dt.date) -> tuple[GoodToKnow, ...]:
        """Return what was known on *as_of* of each measure that is looked at and not judged, by name."""
        return tuple(good_to_know_on(self.read[each.name], as_of) for each in self.model.good_to_know)

    def composites(self, kpis: Iterable[KpiAssessment], as_of: dt.date) -> tuple[CompositeAssessment, ...]:
        """Return how each KPI made of parts stands on *as_of*, by id, from how all *kpis* do."""
        found = {each.kpi.id: each for each in kpis}
        return tuple(
            CompositeAssessment(kpi=each, as_of=as_of, parts=tuple(found[part.id] for part in each.parts))
            for each in self.model.composites
        )

    def key_results(
        self, as_of: dt.date, votes: Mapping[str, Sequence[Vote]] = MappingProxyType({})
    ) -> tuple[KeyResultAssessment, ...]:
        """Return how far each key result had come on *as_of*, by id, with the votes about it, which are given by id."""
        return tuple(whole(self._key_result(each).on(as_of, votes.get(each.id, ()))) for each in self.model.key_results)

    def commits(self, as_of: dt.date) -> tuple[CommitAssessment, ...]:
        """Return whether each commit was kept, as known on *as_of*, by id."""
        short = shortages_by_commit(self.model, as_of)
        found = (self.commit(each).on(as_of) for each in self.model.commits)
        return tuple(_beside(_whole(each, each.reasons), self._stretches, short) for each in found)

    def fallen_short(self, as_of: dt.date, read: Mapping[str, Series]) -> Iterator[tuple[dt.date, KeyResultAssessment]]:
        """Yield when each key result was closed that came less than most of the way, and how it stood then.

        Left out is what something was learnt from, what nobody has *read*, and what is over for longer than it ran: by
        then nobody remembers.
        """
        told = in_effect([event for event in self.model.events if event.on <= as_of])
        learnt = {event.goal for event in told if isinstance(event, Learnt)}
        for event in told:
            match event:
                case (
                    CarriedOver(goal=KeyResult() as goal, learnt=None)
                    | Dropped(goal=KeyResult() as goal, learnt=None)
                    | Retired(goal=KeyResult() as goal, learnt=None)
                ):
                    is_asked = goal.id not in learnt and as_of - event.on <= goal.cycle.end - goal.cycle.start
                    series = read.get(goal.measure.name)
                    if is_asked and series is not None and series.measure == goal.measure:
                        found = goal.assess(series, as_of=event.on, policy=self.outcome)
                        if found.outcome is not None and found.outcome.order < Outcome.MOST_OF_THE_WAY.order:
                            yield event.on, found
                case _:
                    pass

    @cached_property
    def _stretches(self) -> Mapping[str, tuple[str, ...]]:
        """The key results that were a stretch on its measure when a commit was declared, by its id: open and closed."""
        return stretches_by_commit(self.model.commits, _moved(self.model))

    def promotions(self, kpis: Iterable[KpiAssessment], open_: Iterable[KeyResult]) -> list[Promote]:
        """Return which of *kpis* are proposed, in their order, but for those some *open_* key result came of.

        Rules: LIFE-1, EVT-1.
        """
        taken = {each.origin.kpi for each in open_ if each.origin is not None}
        decisions = (self._promotion(each) for each in kpis if each.kpi.id not in taken)
        return [decision for decision in decisions if isinstance(decision, Promote)]

    def _promotion(self, found: KpiAssessment) -> Promote | Keep:
        return promotion_on(found, lambda: self.kpi(found.kpi), policy=self.promotion)

    def demotions(
        self, key_results: Iterable[KeyResultAssessment], kpis: Iterable[KpiAssessment], as_of: dt.date
    ) -> Iterator[Demote]:
        """Yield which of *key_results* are proposed to go back to being watched, in their order.

        Rules: LIFE-5, LIFE-7.
        """
        watched = {each.kpi.id: each for each in kpis}
        for moved in key_results:
            origin = moved.key_result.origin
            history = self._new_kpi(moved, as_of) if origin is None else self.kpi(watched[origin.kpi].kpi)
            if history is None:
                continue
            found = history.on(as_of) if origin is None else watched[origin.kpi]
            decision = demotion_on(moved, found, history, policy=self.demotion)
            if isinstance(decision, Demote):
                yield decision

    @cached_property
    def _watched_measures(self) -> set[str]:
        return {each.measure.name for each in self.model.watched}

    def kpi(self, kpi: Kpi) -> KpiHistory:
        """Return the history of a KPI of the model."""
        return self._prepared(kpi.id, lambda: KpiHistory(kpi, self.read[kpi.measure.name], self.trend))

    def _key_result(self, key_result: KeyResult) -> KeyResultHistory:
        series = self.read[key_result.measure.name]
        return self._prepared(
            key_result.id,
            lambda: KeyResultHistory(key_result, series, policy=self.outcome, pace=self.pace),
        )

    def commit(self, commit: Commit) -> CommitHistory:
        """Return the history of a commit of the model."""
        return self._prepared(commit.id, lambda: CommitHistory(commit, self.read[commit.measure.name]))

    def _prepared(self, key: Hashable, prepare: Callable[[], _T]) -> _T:
        """Return what *prepare* makes, made once in a walk."""
        if not self.is_walk:
            return prepare()
        if key not in self._kept:
            self._kept[key] = prepare()
        return cast("_T", self._kept[key])

    def _new_kpi(self, moved: KeyResultAssessment, as_of: dt.date) -> KpiHistory | None:
        """Return the history of the KPI that a key result becomes that was none; None where it is not there yet."""
        key_result = moved.key_result
        if key_result.measure.name in self._watched_measures or not moved.is_reached:
            return None
        series = self.read[key_result.measure.name]
        asked = key_result.asked_of_each
        known = figures_known(series, key_result.window, as_of, key_result.exclusions, asked)
        stop = known.count(as_of)
        kept = known.row.values(max(stop - self.demotion.healthy, 0), stop)
        kpi = kept_kpi(moved.in_force, kept, self.demotion)
        if kpi is None:
            return None
        return self._prepared(kpi, lambda: KpiHistory(kpi, series, self.trend))
