"""Floor 6, the main job: a model, its history and a date make a review."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import attrs

from goalmodel.commit import CommitAssessment
from goalmodel.doors import are, are_pairs, is_a, is_date, the, the_date, the_many
from goalmodel.errors import GoalModelError
from goalmodel.key_result import KeyResultAssessment, OutcomePolicy, PacePolicy
from goalmodel.kpi import KpiAssessment, TrendPolicy
from goalmodel.lifecycle import (
    Contradiction,
    Deferred,
    Demote,
    DemotionPolicy,
    Focus,
    FocusPolicy,
    Promote,
    PromotionPolicy,
    contradiction,
    demotion_of,
    focus,
    promotion_of,
)
from goalmodel.measure import Measure, Series
from goalmodel.model import GoalModel
from goalmodel.objective import Objective, Rollup, roll_up


class SeriesTwice(GoalModelError, ValueError):
    """Two series of one measure."""

    accepted = "one series a measure"


@attrs.frozen(kw_only=True)
class Policy:
    """Every threshold a review uses, each with its documented default.

    Attributes:
        trend: Which trend rules are asked.
        outcome: Which words describe a score.
        pace: Which words describe how that is against what was expected.
        promotion: When a KPI needs work.
        demotion: When a key result may go back to being watched.
        focus: How many key results at a time.
    """

    trend: TrendPolicy = attrs.field(default=TrendPolicy(), validator=is_a(TrendPolicy))
    outcome: OutcomePolicy = attrs.field(default=OutcomePolicy(), validator=is_a(OutcomePolicy))
    pace: PacePolicy = attrs.field(default=PacePolicy(), validator=is_a(PacePolicy))
    promotion: PromotionPolicy = attrs.field(default=PromotionPolicy(), validator=is_a(PromotionPolicy))
    demotion: DemotionPolicy = attrs.field(default=DemotionPolicy(), validator=is_a(DemotionPolicy))
    focus: FocusPolicy = attrs.field(default=FocusPolicy(), validator=is_a(FocusPolicy))


@attrs.frozen(kw_only=True)
class Review:
    """Everything that can be said of one model on one date; each part by id, proposals the most urgent first.

    Attributes:
        as_of: The date of the review, at the end of the day.
        kpis: Health and heading of each KPI.
        key_results: Score of each key result.
        commits: Attainment of each commit.
        objectives: Each objective with what its goals come to.
        promotions: KPIs proposed to become key results.
        deferred: KPIs that would be proposed, were there not enough to do already.
        demotions: Key results proposed to go back to being watched.
        contradictions: Key results and KPIs whose verdicts don't go together.
        unused: Names of the measures in the history that no goal is about.
    """

    as_of: dt.date = attrs.field(validator=is_date)
    kpis: tuple[KpiAssessment, ...] = attrs.field(validator=are(KpiAssessment))
    key_results: tuple[KeyResultAssessment, ...] = attrs.field(validator=are(KeyResultAssessment))
    commits: tuple[CommitAssessment, ...] = attrs.field(validator=are(CommitAssessment))
    objectives: tuple[tuple[Objective, Rollup], ...] = attrs.field(validator=are_pairs(Objective, Rollup))
    promotions: tuple[Promote, ...] = attrs.field(validator=are(Promote))
    deferred: tuple[Deferred, ...] = attrs.field(validator=are(Deferred))
    demotions: tuple[Demote, ...] = attrs.field(validator=are(Demote))
    contradictions: tuple[Contradiction, ...] = attrs.field(validator=are(Contradiction))
    unused: tuple[str, ...] = attrs.field(validator=are(str))


def review(model: GoalModel, history: Iterable[Series], *, as_of: dt.date, policy: Policy | None = None) -> Review:
    """Return what can be said of *model* on *as_of*: the same for the same input, in whatever order it comes.

    Rule: REV-2.

    Args:
        model: The goals.
        history: A series a measure, in any order; readings after *as_of* are not seen. A measure without a series was
            never read.
        as_of: The date of the review.
        policy: Every threshold; the documented defaults where None.

    Raises:
        SeriesTwice: Two series are of one measure.
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    the(GoalModel, model, "model")
    the_date(as_of, "as_of")
    rules = Policy() if policy is None else the(Policy, policy, "policy")
    known = _by_measure(history)
    kpis = tuple(each.assess(_series(known, each.measure), as_of=as_of, policy=rules.trend) for each in model.kpis)
    key_results = tuple(
        each.assess(_series(known, each.measure), as_of=as_of, policy=rules.outcome, pace=rules.pace)
        for each in model.key_results
    )
    commits = tuple(each.assess(_series(known, each.measure), as_of=as_of) for each in model.commits)
    pairs = _pairs(key_results, kpis)
    in_focus = _in_focus(kpis, key_results, rules)
    return Review(
        as_of=as_of,
        kpis=kpis,
        key_results=key_results,
        commits=commits,
        objectives=_rolled_up(model.objectives, key_results, commits),
        promotions=in_focus.taken,
        deferred=in_focus.deferred,
        demotions=_demotions(pairs, known, rules),
        contradictions=tuple(found for pair in pairs if (found := contradiction(*pair))),
        unused=tuple(sorted(set(known) - {goal.measure.name for goal in model.measured})),
    )


_Pair: TypeAlias = tuple[KeyResultAssessment, KpiAssessment]


def _by_measure(history: Iterable[Series]) -> dict[str, Series]:
    known: dict[str, Series] = {}
    for index, series in enumerate(the_many(Series, history, "history")):
        if series.measure.name in known:
            raise SeriesTwice(f"history[{index}]", series.measure.name)
        known[series.measure.name] = series
    return known


def _series(known: Mapping[str, Series], measure: Measure) -> Series:
    series = known.get(measure.name)
    return Series(measure) if series is None else series.about(measure, "history")


def _pairs(key_results: tuple[KeyResultAssessment, ...], kpis: tuple[KpiAssessment, ...]) -> tuple[_Pair, ...]:
    """Return each key result that was promoted, with the KPI it was."""
    watched = {each.kpi.id: each for each in kpis}
    return tuple(
        (each, watched[each.key_result.origin.kpi]) for each in key_results if each.key_result.origin is not None
    )


def _in_focus(kpis: tuple[KpiAssessment, ...], key_results: tuple[KeyResultAssessment, ...], rules: Policy) -> Focus:
    """Return which KPIs are proposed and which wait; one that is a key result already is not proposed again."""
    active = [each.key_result for each in key_results if each.as_of <= each.key_result.cycle.end]
    taken = {each.origin.kpi for each in active if each.origin is not None}
    decisions = (promotion_of(each, policy=rules.promotion) for each in kpis if each.kpi.id not in taken)
    proposals = [decision for decision in decisions if isinstance(decision, Promote)]
    return focus(proposals, active=len(active), policy=rules.focus)


def _demotions(pairs: tuple[_Pair, ...], known: Mapping[str, Series], rules: Policy) -> tuple[Demote, ...]:
    decisions = (
        demotion_of(moved, watched, _series(known, watched.kpi.measure), policy=rules.demotion, trend=rules.trend)
        for moved, watched in pairs
    )
    return tuple(decision for decision in decisions if isinstance(decision, Demote))


def _rolled_up(
    objectives: tuple[Objective, ...],
    key_results: tuple[KeyResultAssessment, ...],
    commits: tuple[CommitAssessment, ...],
) -> tuple[tuple[Objective, Rollup], ...]:
    moved: defaultdict[str, list[KeyResultAssessment]] = defaultdict(list)
    for each in key_results:
        for served in each.key_result.serves:
            moved[served].append(each)
    held: defaultdict[str, list[CommitAssessment]] = defaultdict(list)
    for commit in commits:
        for served in commit.commit.serves:
            held[served].append(commit)
    return tuple((each, roll_up(moved[each.id], held[each.id])) for each in objectives)
