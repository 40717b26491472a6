"""The reset between two cycles: what is over, what graduates, what can go on, and what competes for focus."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from fractions import Fraction
from itertools import chain, count

import attrs

from goalmodel.checks import are, are_pairs, given_or, is_a, is_date, the, the_date
from goalmodel.commit import Commit, CommitAssessment
from goalmodel.errors import GoalModelError, NoBaseline
from goalmodel.events.goal import ids_of
from goalmodel.key_result import (
    KeyResult,
    KeyResultAssessment,
    MeanOfLatest,
    OutcomePolicy,
    PacePolicy,
    Score,
    carry_over,
)
from goalmodel.kpi import Health, Kpi, KpiAssessment
from goalmodel.lifecycle.demotion import Demote, DemotionPolicy
from goalmodel.lifecycle.focusing import Focus, FocusPolicy, focus
from goalmodel.lifecycle.model_history import ModelHistory, known_of
from goalmodel.lifecycle.promotion import PromotionPolicy
from goalmodel.measure import Aggregation, Cycle, Series
from goalmodel.measure.history import by_measure
from goalmodel.model import GoalModel
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable
from goalmodel.trend import TrendPolicy

REACHED = ReasonKind(
    "reset-reached",
    "EVT-3",
    "{key_result} is over and reached its target: {score}",
    {"key_result": str, "score": Score},
)
NOTHING_TO_GO_ON_FROM = ReasonKind(
    "reset-nothing-to-go-on-from",
    "EVT-3",
    "{key_result} is over and was never read, so it has nothing to go on from",
    {"key_result": str},
)
NO_WAY_ON = ReasonKind(
    "reset-no-way-on",
    "EVT-3",
    "{key_result} is over, and from {value}, where it is, it can't go on to its target as it is",
    {"key_result": str, "value": Fraction},
)

HEALTHY_ALREADY = ReasonKind(
    "reset-healthy-already",
    "EVT-3",
    "{key_result} starts at {baseline}, where {kpi} is healthy already: it may be watched instead",
    {"key_result": str, "baseline": Fraction, "kpi": str},
)


@attrs.frozen(kw_only=True)
@readable
class Reset:
    """What a reset has to decide about; each part by id, proposals the most urgent first. It decides nothing.

    Attributes:
        as_of: The date of the reset, at the end of the day.
        cycle: The next one.
        running: Key results that are not over.
        graduates: Key results proposed to go back to being watched.
        continuing: Key results that are over and can go on, each as found with what it would be in the next cycle:
            from its new baseline to the same target.
        ending: Key results that are over and neither graduate nor can go on, each with the reason.
        commits: Commits that are due, kept or not.
        focus: KPIs proposed to become key results, taken and deferred: what is running or can go on counts as active.
        may_be_watched: Key results that start where a KPI on their measure is healthy already, each with the reason:
            they may go back among the KPIs, whatever part they stand in.
        held: Commits that are not due yet.
    """

    as_of: dt.date = attrs.field(validator=is_date)
    cycle: Cycle = attrs.field(validator=is_a(Cycle))
    running: tuple[KeyResultAssessment, ...] = attrs.field(validator=are(KeyResultAssessment))
    graduates: tuple[Demote, ...] = attrs.field(validator=are(Demote))
    continuing: tuple[tuple[KeyResultAssessment, KeyResult], ...] = attrs.field(
        validator=are_pairs(KeyResultAssessment, KeyResult)
    )
    ending: tuple[tuple[KeyResultAssessment, Reason], ...] = attrs.field(
        validator=are_pairs(KeyResultAssessment, Reason)
    )
    commits: tuple[CommitAssessment, ...] = attrs.field(validator=are(CommitAssessment))
    focus: Focus = attrs.field(validator=is_a(Focus))
    may_be_watched: tuple[tuple[KeyResultAssessment, Reason], ...] = attrs.field(
        default=(), validator=are_pairs(KeyResultAssessment, Reason)
    )
    held: tuple[CommitAssessment, ...] = attrs.field(default=(), validator=are(CommitAssessment))

    @property
    def clear(self) -> tuple[CommitAssessment, ...]:
        """Commits that are not due yet and crystal clear: nothing speaks against holding anybody to them, by id."""
        return tuple(each for each in self.held if not each.accountability.objections)

    @property
    def unclear(self) -> tuple[CommitAssessment, ...]:
        """Commits that are not due yet and have something against them, which their accountability says, by id."""
        return tuple(each for each in self.held if each.accountability.objections)

    @property
    def competing(self) -> tuple[tuple[str | None, tuple[str, ...]], ...]:
        """Each owner, None last, and the ids of all that asks for their attention: what runs, goes on, is held or new.

        New are the KPIs that are proposed, those that have to wait among them.
        """
        proposed = (*self.focus.taken, *(each.proposal for each in self.focus.deferred))
        goals: list[Kpi | KeyResult | Commit] = [
            *(each.key_result for each in self.running),
            *(after for _, after in self.continuing),
            *(each.commit for each in self.held),
            *(each.assessment.kpi for each in proposed),
        ]
        found = defaultdict[str | None, list[str]](list)
        for goal in goals:
            found[goal.owner].append(goal.id)
        return tuple((owner, tuple(sorted(found[owner]))) for owner in sorted(found, key=_none_last))


def _none_last(owner: str | None) -> tuple[bool, str]:
    return owner is None, owner or ""


def next_cycle(
    model: GoalModel,
    history: Iterable[Series],
    *,
    as_of: dt.date,
    cycle: Cycle,
    promotion: PromotionPolicy | None = None,
    demotion: DemotionPolicy | None = None,
    limit: FocusPolicy | None = None,
    trend: TrendPolicy | None = None,
) -> Reset:
    """Return what there is to decide about *model* on *as_of*, before the next *cycle* begins.

    A key result that goes on is called after its KPI or its old self, and the first day of the cycle, and begins where
    it stands on the day.

    Rule: EVT-3.

    Args:
        model: The goals.
        history: A series a measure, in any order; readings after *as_of* are not seen.
        as_of: The date of the reset; what ends on it is over.
        cycle: The next one.
        promotion: When a KPI needs work; the documented defaults where None.
        demotion: When a key result may go back; the documented defaults where None.
        limit: How many key results at a time; the documented default where None.
        trend: Which trend rules are asked; the documented defaults where None.

    Raises:
        GivenTwice: Two series are of one measure.
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    the(GoalModel, model, "model")
    the(Cycle, cycle, "cycle")
    read = by_measure(history, "history")
    the_date(as_of, "as_of")
    known = ModelHistory(
        is_walk=False,
        model=model,
        read=known_of(model, read),
        trend=given_or(TrendPolicy(), trend, "trend"),
        outcome=OutcomePolicy(),
        pace=PacePolicy(),
        promotion=given_or(PromotionPolicy(), promotion, "promotion"),
        demotion=given_or(DemotionPolicy(), demotion, "demotion"),
    )
    kpis, found = known.kpis(as_of), known.key_results(as_of)
    graduates = tuple(known.demotions(found, kpis, as_of))
    leaving = {each.key_result.key_result.id for each in graduates}
    staying = [each for each in found if each.key_result.id not in leaving]
    running = [each for each in staying if each.key_result.cycle.end > as_of]
    taken = {id_ for goal in (*model.goals, *model.closed) for id_ in ids_of(goal)}
    over = [
        (each, _next(each, known.read[each.key_result.measure.name], as_of, cycle, taken))
        for each in staying
        if each.key_result.cycle.end <= as_of
    ]
    commits = known.commits(as_of)
    continuing = [(each, after) for each, after in over if isinstance(after, KeyResult)]
    active = [*(each.key_result for each in running), *(after for _, after in continuing)]
    return Reset(
        as_of=as_of,
        cycle=cycle,
        running=tuple(running),
        graduates=graduates,
        continuing=tuple(continuing),
        ending=tuple((each, why) for each, why in over if isinstance(why, Reason)),
        commits=tuple(each for each in commits if each.commit.due <= as_of),
        focus=focus(known.promotions(kpis, active), active=active, policy=limit, model=model),
        may_be_watched=tuple(_may_be_watched(staying, kpis)),
        held=tuple(each for each in commits if each.commit.due > as_of),
    )


def _may_be_watched(
    moved: Iterable[KeyResultAssessment], watched: Iterable[KpiAssessment]
) -> Iterator[tuple[KeyResultAssessment, Reason]]:
    """Yield each of *moved* that starts where a KPI on its measure is healthy, the first by id, with the reason."""
    by_measure = defaultdict[str, list[Kpi]](list)
    for each in watched:
        by_measure[each.kpi.measure.name].append(each.in_force)
    for found in moved:
        now = found.in_force
        is_level = now.counting is Aggregation.LAST or isinstance(now.counting, MeanOfLatest)
        if now.baseline is None or not is_level:
            continue
        for kpi in by_measure[now.measure.name]:
            if kpi.health(now.baseline) is Health.HEALTHY:
                yield found, HEALTHY_ALREADY.because(key_result=now.id, baseline=now.baseline, kpi=kpi.id)
                break


def _next(
    found: KeyResultAssessment, series: Series, as_of: dt.date, cycle: Cycle, taken: Container[str]
) -> KeyResult | Reason:
    """Return what a key result that is over would be in the next cycle, or why it would be nothing.

    It goes on from where it stands on the day of the reset, under an id that is free.
    """
    before, score = found.key_result, found.score
    if score is not None and score.raw >= 1:
        return REACHED.because(key_result=before.id, score=score)
    now = _standing_now(before, series, as_of)
    name = f"{before.id.removesuffix(f' {before.cycle.start.isoformat()}')} {cycle.start.isoformat()}"
    names = chain((name,), (f"{name} ({number})" for number in count(2)))
    try:
        return carry_over(now, cycle=cycle, id=next(each for each in names if each not in taken))
    except NoBaseline:
        return NOTHING_TO_GO_ON_FROM.because(key_result=before.id)
    except GoalModelError:
        return NO_WAY_ON.because(key_result=before.id, value=now.current_value or Fraction(0))


def _standing_now(key_result: KeyResult, series: Series, as_of: dt.date) -> KeyResultAssessment:
    """Return how a key result that counts the latest of its readings stands today, also behind its cycle."""
    counts_latest = key_result.counting is Aggregation.LAST or isinstance(key_result.counting, MeanOfLatest)
    until = Cycle(key_result.cycle.start, as_of) if counts_latest else key_result.cycle
    return attrs.evolve(key_result, cycle=until, trajectory=None).assess(series, as_of=as_of)
