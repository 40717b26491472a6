"""Floor 6, the main job: a model, its history and a date make a review."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs

from goalmodel.changes import Aspect, AspectValue, ReviewChange, differences
from goalmodel.checks import are, are_pairs, is_a, is_date, the, the_date, the_iterable
from goalmodel.commit import CommitAssessment
from goalmodel.errors import UnknownReference, WrongType
from goalmodel.externality import Externalities, ExternalityPolicy, externalities
from goalmodel.hygiene import Finding, HygienePolicy
from goalmodel.hygiene.context import LintContext
from goalmodel.hygiene.linter import findings
from goalmodel.key_result import KeyResultAssessment, OutcomePolicy, PacePolicy
from goalmodel.kpi import KpiAssessment
from goalmodel.lifecycle import (
    Contradiction,
    ContradictionPolicy,
    DeferredProposal,
    Demote,
    DemotionPolicy,
    FocusPolicy,
    Promote,
    PromotionPolicy,
    focus,
)
from goalmodel.lifecycle.contradictory import contradictions, without_both_ways
from goalmodel.lifecycle.standing import Standing, known_of
from goalmodel.measure import Series
from goalmodel.measure.series import by_measure
from goalmodel.model import GoalModel
from goalmodel.objective import (
    Calibration,
    CalibrationPolicy,
    ClosedCycle,
    Objective,
    Rollup,
    RollupPolicy,
    calibrate,
    roll_up_all,
)
from goalmodel.statement import Draft, parse
from goalmodel.trend import TrendPolicy


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
        rollup: How the scores under an objective become one.
        contradiction: When a key result is far from its target.
        externality: How far back to look for what harmed what.
        calibration: When several cycles are a sign of goals set badly.
        hygiene: Which rules of the linter are asked, and where they draw the line.
    """

    trend: TrendPolicy = attrs.field(default=TrendPolicy(), validator=is_a(TrendPolicy))
    outcome: OutcomePolicy = attrs.field(default=OutcomePolicy(), validator=is_a(OutcomePolicy))
    pace: PacePolicy = attrs.field(default=PacePolicy(), validator=is_a(PacePolicy))
    promotion: PromotionPolicy = attrs.field(default=PromotionPolicy(), validator=is_a(PromotionPolicy))
    demotion: DemotionPolicy = attrs.field(default=DemotionPolicy(), validator=is_a(DemotionPolicy))
    focus: FocusPolicy = attrs.field(default=FocusPolicy(), validator=is_a(FocusPolicy))
    rollup: RollupPolicy = attrs.field(default=RollupPolicy(), validator=is_a(RollupPolicy))
    contradiction: ContradictionPolicy = attrs.field(default=ContradictionPolicy(), validator=is_a(ContradictionPolicy))
    externality: ExternalityPolicy = attrs.field(default=ExternalityPolicy(), validator=is_a(ExternalityPolicy))
    calibration: CalibrationPolicy = attrs.field(default=CalibrationPolicy(), validator=is_a(CalibrationPolicy))
    hygiene: HygienePolicy = attrs.field(default=HygienePolicy(), validator=is_a(HygienePolicy))


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
        contradictions: Goals on one measure whose verdicts don't go together, by clash, then by their ids.
        externalities: KPIs that worsened while other goals moved forward, and where nobody could look.
        findings: What makes the model hard to live with, by code.
        unused: Names of the measures in the history that no goal is about.
    """

    as_of: dt.date = attrs.field(validator=is_date)
    kpis: tuple[KpiAssessment, ...] = attrs.field(validator=are(KpiAssessment))
    key_results: tuple[KeyResultAssessment, ...] = attrs.field(validator=are(KeyResultAssessment))
    commits: tuple[CommitAssessment, ...] = attrs.field(validator=are(CommitAssessment))
    objectives: tuple[tuple[Objective, Rollup], ...] = attrs.field(validator=are_pairs(Objective, Rollup))
    promotions: tuple[Promote, ...] = attrs.field(validator=are(Promote))
    deferred: tuple[DeferredProposal, ...] = attrs.field(validator=are(DeferredProposal))
    demotions: tuple[Demote, ...] = attrs.field(validator=are(Demote))
    contradictions: tuple[Contradiction, ...] = attrs.field(validator=are(Contradiction))
    externalities: Externalities = attrs.field(validator=is_a(Externalities))
    findings: tuple[Finding, ...] = attrs.field(validator=are(Finding))
    unused: tuple[str, ...] = attrs.field(validator=are(str))

    def changes_since(self, previous: Review) -> tuple[ReviewChange, ...]:
        """Return what stands otherwise than in *previous*: by goal, the model as a whole first, then by aspect.

        A goal that is new, or gone, changes in its definition and in every aspect there is something to say about.

        Args:
            previous: Another review, usually of an earlier date; of the same model or of another one.
        """
        return differences(_stand(the(Review, previous, "previous")), _stand(self))


def review(
    model: GoalModel,
    history: Iterable[Series],
    *,
    as_of: dt.date,
    policy: Policy | None = None,
    past: Iterable[ClosedCycle] = (),
    statements: Mapping[str, str] | None = None,
) -> Review:
    """Return what can be said of *model* on *as_of*: the same for the same input, in whatever order it comes.

    Rule: REV-2.

    Args:
        model: The goals.
        history: A series a measure, in any order; readings after *as_of* are not seen. A measure without a series was
            never read.
        as_of: The date of the review.
        policy: Every threshold; the documented defaults where None.
        past: What earlier cycles came to, in any order; the linter says what they are a sign of.
        statements: By id of a key result, the sentence people know it by; the linter says where they disagree.

    Raises:
        GivenTwice: Two series are of one measure.
        UnknownReference: A statement is about a key result the model does not have.
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    days = (the_date(as_of, "as_of"),)
    return next(reviews(model, history, days, policy=policy, past=past, statements=statements))


def reviews(
    model: GoalModel,
    history: Iterable[Series],
    dates: Iterable[dt.date],
    *,
    policy: Policy | None = None,
    past: Iterable[ClosedCycle] = (),
    statements: Mapping[str, str] | None = None,
) -> Iterator[Review]:
    """Return the review of *model* on each of *dates*, in the order given: the same as `review` says on that date.

    Each reading is looked at once, however many dates there are, so that it takes time by readings plus dates; and a
    review is made when it is asked for.

    Rule: REV-2.

    >>> visits = Measure("visits", unit="visits")
    >>> model = GoalModel(kpis=[Kpi(id="visits", measure=visits, bands=HealthBands.at_least(30))])
    >>> ends = [Cycle.month(2026, month).end for month in (1, 2, 3)]
    >>> history = [Series.of(visits, dict(zip(ends, (31, 29, 30))))]
    >>> [found.kpis[0].health.value for found in reviews(model, history, ends)]
    ['healthy', 'unhealthy', 'healthy']

    Args:
        model: The goals, the same on each date.
        history: A series a measure, in any order; on no date are later readings seen.
        dates: In any order; one may be asked about again.
        policy: Every threshold; the documented defaults where None.
        past: What earlier cycles came to, in any order.
        statements: By id of a key result, the sentence people know it by.

    Raises:
        GivenTwice: Two series are of one measure.
        UnknownReference: A statement is about a key result the model does not have.
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    days = [the_date(day, f"dates[{index}]") for index, day in enumerate(the_iterable(dates, "dates"))]
    rules = Policy() if policy is None else the(Policy, policy, "policy")
    read = by_measure(history, "history")
    known = known_of(the(GoalModel, model, "model"), read, max(days, default=dt.date.max))
    prepared = _Prepared(
        standing=Standing(
            is_walk=len(days) > 1,
            model=model,
            known=known,
            trend=rules.trend,
            outcome=rules.outcome,
            pace=rules.pace,
            promotion=rules.promotion,
            demotion=rules.demotion,
        ),
        policy=rules,
        calibration=calibrate(past, policy=rules.calibration),
        statements=_drafts(statements, model),
        unused=tuple(sorted(set(read) - set(known))),
    )
    return map(prepared.review, days)


@attrs.frozen(eq=False, kw_only=True)
class _Prepared:
    """Everything a review needs that is the same on every date."""

    standing: Standing
    policy: Policy
    calibration: Calibration
    statements: Mapping[str, Draft]
    unused: tuple[str, ...]

    def review(self, as_of: dt.date) -> Review:
        """Return what can be said on *as_of*."""
        standing, model, rules, known = self.standing, self.standing.model, self.policy, self.standing.known
        kpis, key_results, commits = standing.kpis(as_of), standing.key_results(as_of), standing.commits(as_of)
        active = [each.key_result for each in key_results if as_of <= each.key_result.cycle.end]
        in_focus = focus(standing.promotions(kpis, active), active=len(active), policy=rules.focus)
        proposals = (*in_focus.taken, *(each.proposal for each in in_focus.deferred))
        demotions, both_ways = without_both_ways(standing.demotions(key_results, kpis, as_of), proposals)
        clashes = contradictions(kpis, key_results, commits, known, as_of=as_of, policy=rules.contradiction)
        return Review(
            as_of=as_of,
            kpis=kpis,
            key_results=key_results,
            commits=commits,
            objectives=roll_up_all(model.objectives, key_results, commits, kpis, policy=rules.rollup),
            promotions=in_focus.taken,
            deferred=in_focus.deferred,
            demotions=demotions,
            contradictions=tuple(sorted((*clashes, *both_ways), key=lambda each: (each.reason.code, each.goals))),
            externalities=externalities(
                model, kpis, key_results, commits, known, as_of=as_of, policy=rules.externality
            ),
            findings=findings(
                LintContext(
                    model=model,
                    as_of=as_of,
                    kpis=kpis,
                    key_results=key_results,
                    commits=commits,
                    known=known,
                    statements=self.statements,
                    calibration=self.calibration,
                    policy=rules.hygiene,
                )
            ),
            unused=self.unused,
        )


def lint(
    model: GoalModel,
    history: Iterable[Series] = (),
    *,
    as_of: dt.date,
    policy: HygienePolicy | None = None,
    past: Iterable[ClosedCycle] = (),
    statements: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Return what makes *model* hard to live with, by code and then by the goals concerned: a review's findings.

    >>> model = GoalModel(objectives=[Objective(id="o", title="Customers are glad they came")])
    >>> [finding.rule.title for finding in lint(model, as_of=dt.date(2026, 11, 1))]
    ['Objective without key results', 'Objective without an owner']

    Args:
        model: The goals.
        history: A series a measure, in any order; without it the rules that need readings find what is never read.
        as_of: The date.
        policy: Which rules are asked, and where they draw the line; the documented defaults where None.
        past: What earlier cycles came to, in any order.
        statements: By id of a key result, the sentence people know it by.

    Raises:
        UnknownCode: The policy selects or ignores what no rule is called.
        GivenTwice: Two series are of one measure.
        UnknownReference: A statement is about a key result the model does not have.
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    rules = HygienePolicy() if policy is None else the(HygienePolicy, policy, "policy")
    return review(model, history, as_of=as_of, policy=Policy(hygiene=rules), past=past, statements=statements).findings


def _drafts(given: Mapping[str, str] | None, model: GoalModel) -> dict[str, Draft]:
    """Return what each statement says, by the id of its key result, in the order of the ids."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise WrongType("statements", given, "a mapping of ids to sentences")
    known = {each.id for each in model.key_results}
    for about in given:
        if about not in known:
            raise UnknownReference("statements", about)
    return {about: parse(given[about]) for about in sorted(given)}


def _stand(found: Review) -> dict[tuple[str | None, Aspect], AspectValue]:
    """Return how everything in a review stands, by goal and aspect."""
    stand: dict[tuple[str | None, Aspect], AspectValue] = {
        (goal, aspect): how for goal, aspect, how in _verdicts(found) if how is not None
    }
    several: defaultdict[tuple[str | None, Aspect], list[str]] = defaultdict(list)
    for goal, aspect, code in _codes(found):
        several[goal, aspect].append(code)
    return stand | {key: tuple(codes) for key, codes in several.items()}


def _verdicts(found: Review) -> Iterator[tuple[str, Aspect, AspectValue | None]]:
    for kpi in found.kpis:
        yield kpi.kpi.id, Aspect.GOAL, kpi.kpi
        yield kpi.kpi.id, Aspect.HEALTH, kpi.health
        yield kpi.kpi.id, Aspect.HEADING, kpi.heading
        yield kpi.kpi.id, Aspect.IS_ACCEPTED, kpi.is_accepted
    for moved in found.key_results:
        yield moved.key_result.id, Aspect.GOAL, moved.key_result
        yield moved.key_result.id, Aspect.SCORE, moved.score
        yield moved.key_result.id, Aspect.OUTCOME, moved.outcome
        yield moved.key_result.id, Aspect.PACE, moved.pace
    for held in found.commits:
        yield held.commit.id, Aspect.GOAL, held.commit
        yield held.commit.id, Aspect.ATTAINMENT, held.attainment
    for objective, rollup in found.objectives:
        yield objective.id, Aspect.GOAL, objective
        yield objective.id, Aspect.ATTAINMENT, rollup.attainment
        yield objective.id, Aspect.RESULT, rollup.result


def _codes(found: Review) -> Iterator[tuple[str | None, Aspect, str]]:
    for promotion in found.promotions:
        yield from ((promotion.kpi, Aspect.PROMOTION, why.code) for why in promotion.evidence)
    for waiting in found.deferred:
        yield from ((waiting.proposal.kpi, Aspect.DEFERRAL, why.code) for why in waiting.proposal.evidence)
    for back in found.demotions:
        yield from ((back.key_result.key_result.id, Aspect.DEMOTION, why.code) for why in back.evidence)
    for clash in found.contradictions:
        yield from ((goal, Aspect.CONTRADICTIONS, clash.reason.code) for goal in clash.goals)
    for harmed in found.externalities.found:
        yield from ((harmed.kpi, Aspect.SUSPECTS, suspect.goal) for suspect in harmed.suspects)
    for finding in found.findings:
        yield from ((goal, Aspect.FINDINGS, finding.code) for goal in finding.goals or (None,))
