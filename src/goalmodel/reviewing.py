"""Floor 6, the main job: a model, its history and a date make a review."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

import attrs

from goalmodel.changes import Aspect, AspectValue, ReviewChange, differences
from goalmodel.checks import are, are_pairs, given_or, is_a, is_date, the, the_date, the_iterable, the_many
from goalmodel.commit import ChangeOfKind, Commit, CommitAssessment, GoalKind, unrecorded_change
from goalmodel.errors import WrongType
from goalmodel.externality import Externalities, ExternalityPolicy, externalities
from goalmodel.hygiene import Finding, HygienePolicy
from goalmodel.hygiene.context import LintContext, Stated
from goalmodel.key_result import KeyResult, KeyResultAssessment, OutcomePolicy, PacePolicy, Vote
from goalmodel.kpi import CompositeAssessment, FlagsByChance, Kpi, KpiAssessment, flags_by_chance
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
from goalmodel.lifecycle.model_history import ModelHistory, known_of
from goalmodel.measure import GoodToKnow, Restatement, Series
from goalmodel.measure.history import by_measure
from goalmodel.model import GoalModel, found_by_id
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
from goalmodel.reasons import Reason
from goalmodel.reprs import readable
from goalmodel.trend import TrendPolicy

GoalVerdict: TypeAlias = KpiAssessment | CompositeAssessment | KeyResultAssessment | CommitAssessment | Rollup
"""How one goal stands: of an objective, what its goals come to."""


@attrs.frozen(kw_only=True)
@readable
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
@readable
class Review:
    """Everything that can be said of one model on one date; each part by id, proposals the most urgent first.

    Attributes:
        as_of: The date of the review, at the end of the day.
        kpis: Health, standing and heading of each KPI, the parts of others among them.
        composites: The same of each KPI made of parts, as its least healthy part.
        key_results: Score of each key result.
        commits: Attainment of each commit.
        objectives: Each objective with what its goals come to.
        promotions: KPIs proposed to become key results.
        deferred: KPIs that would be proposed, were there not enough to do already.
        demotions: Key results proposed to go back to being watched.
        contradictions: Goals on one measure whose verdicts don't go together, by clash, then by their ids.
        externalities: KPIs that worsened while other goals moved forward, and where nobody could look.
        findings: What makes the model hard to live with, by code.
        unused: Names of the measures in the history that no goal is about, none follows from, and that are not good to
            know.
        restatements: What had been known otherwise before, by measure, then in the order in which it became known.
        good_to_know: What was read last of each measure that is looked at and not judged, by name.
    """

    as_of: dt.date = attrs.field(validator=is_date)
    kpis: tuple[KpiAssessment, ...] = attrs.field(validator=are(KpiAssessment))
    composites: tuple[CompositeAssessment, ...] = attrs.field(validator=are(CompositeAssessment))
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
    restatements: tuple[Restatement, ...] = attrs.field(default=(), validator=are(Restatement))
    good_to_know: tuple[GoodToKnow, ...] = attrs.field(default=(), validator=are(GoodToKnow))

    def __getitem__(self, id: str) -> GoalVerdict:  # noqa: A002 - the name the field has on every goal
        """Return how the goal with that id stands.

        >>> visits = Kpi(id="visits", measure=Measure("visits"), bands=HealthBands.at_least(30))
        >>> found = review(GoalModel(kpis=[visits]), [], as_of=dt.date(2026, 3, 31))
        >>> found["visits"].health.value
        'unknown'

        Raises:
            UnknownReference: The review has no such goal; the ids that are spelled nearly alike are named.
        """
        by_id: dict[str, GoalVerdict] = {
            **{each.kpi.id: each for each in self.kpis},
            **{each.kpi.id: each for each in self.composites},
            **{each.key_result.id: each for each in self.key_results},
            **{each.commit.id: each for each in self.commits},
            **{objective.id: rollup for objective, rollup in self.objectives},
        }
        return found_by_id(by_id, id, "the id of a goal that was reviewed")

    @property
    def flags_by_chance(self) -> FlagsByChance:
        """How many KPIs are flagged, and how many flags chance alone would bring.

        Rule: KPI-9.
        """
        return flags_by_chance(self.kpis)

    def page(self, *, with_reasons: bool = False) -> str:
        """Return the review as a page: a heading for each kind of thing there is, a line for each thing, by id.

        Args:
            with_reasons: Whether the reasons for each verdict stand below its line.
        """
        the(bool, with_reasons, "with_reasons")
        lines = [f"Review on {self.as_of.isoformat()}"]
        for heading, found in self._sections():
            lines += ["", heading] if found else []
            for line, reasons in found:
                lines.append(f"  {line}")
                lines += [f"    {reason}" for reason in reasons if with_reasons]
        return "\n".join(lines)

    def _sections(self) -> tuple[tuple[str, Sequence[tuple[object, Iterable[Reason]]]], ...]:
        return (
            ("Objectives", [(f"{each}: {rollup}", rollup.reasons) for each, rollup in self.objectives]),
            ("KPIs", [(each, each.explained) for each in self.kpis]),
            ("KPIs made of parts", [(each, each.reasons) for each in self.composites]),
            ("Key results", [(each, (*each.reasons, *each.pace_reasons)) for each in self.key_results]),
            ("Commits", [(each, each.reasons) for each in self.commits]),
            ("Good to know", [(each, ()) for each in self.good_to_know]),
            ("Proposed", [(each, ()) for each in (*self.promotions, *self.demotions)]),
            ("Waiting", [(each, ()) for each in self.deferred]),
            ("Contradictions", [(each, ()) for each in self.contradictions]),
            ("Worsened while others moved", [(each, ()) for each in self.externalities.found]),
            ("Findings", [(each, ()) for each in self.findings]),
        )

    def __str__(self) -> str:
        return self.page()

    def changes_since(self, previous: Review) -> tuple[ReviewChange, ...]:
        """Return what stands otherwise than in *previous*: by goal, the model as a whole first, then by aspect.

        A goal that is new, or gone, changes in its definition and in every aspect there is something to say about.

        Args:
            previous: Another review, usually of an earlier date; of the same model or of another one.
        """
        return differences(_stand(the(Review, previous, "previous")), _stand(self))

    def unrecorded_since(self, previous: Review, records: Iterable[ChangeOfKind] = ()) -> tuple[Reason, ...]:
        """Return which goals became key results or commits since *previous* though no record says so, by id.

        A goal that was tried and is owed now, or was owed and is only tried, takes a record once its time has begun.

        Rule: COM-7.

        Args:
            previous: A review of an earlier date, of the same model or of another one.
            records: Of any goals, in any order; those after the date of this review are not seen.
        """
        now, made = _kinds(self), the_many(ChangeOfKind, records, "records")
        found = (
            unrecorded_change(goal, was=was, became=now[goal][0], starts_on=start, as_of=self.as_of, records=made)
            for goal, (was, start) in sorted(_kinds(the(Review, previous, "previous")).items())
            if goal in now
        )
        return tuple(reason for reason in found if reason is not None)


def review(
    model: GoalModel,
    history: Iterable[Series],
    *,
    as_of: dt.date,
    policy: Policy | None = None,
    past: Iterable[ClosedCycle] = (),
    statements: Mapping[str, Stated] | None = None,
    votes: Iterable[Vote] = (),
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
        statements: By id of a key result, the parsed sentence people know it by; the linter says where they disagree.
        votes: How sure people are of the key results, in any order; later ones and those about others are not seen.

    Raises:
        GivenTwice: Two series are of one measure, or one is of a measure that the model derives.
        UnknownReference: A statement is about a key result the model does not have.
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    days = (the_date(as_of, "as_of"),)
    return next(reviews(model, history, days, policy=policy, past=past, statements=statements, votes=votes))


def reviews(
    model: GoalModel,
    history: Iterable[Series],
    dates: Iterable[dt.date],
    *,
    policy: Policy | None = None,
    past: Iterable[ClosedCycle] = (),
    statements: Mapping[str, Stated] | None = None,
    votes: Iterable[Vote] = (),
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
        statements: By id of a key result, the parsed sentence people know it by.
        votes: How sure people are of the key results, in any order; on no date are later ones seen.

    Raises:
        GivenTwice: Two series are of one measure, or one is of a measure that the model derives.
        UnknownReference: A statement is about a key result the model does not have.
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    days = [the_date(day, f"dates[{index}]") for index, day in enumerate(the_iterable(dates, "dates"))]
    rules = given_or(Policy(), policy, "policy")
    read = by_measure(history, "history")
    known = known_of(the(GoalModel, model, "model"), read)
    prepared = _Prepared(
        history=ModelHistory(
            is_walk=len(days) > 1,
            model=model,
            read=known,
            trend=rules.trend,
            outcome=rules.outcome,
            pace=rules.pace,
            promotion=rules.promotion,
            demotion=rules.demotion,
        ),
        policy=rules,
        calibration=calibrate(past, policy=rules.calibration),
        statements=_statements(statements, model),
        votes=_by_key_result(votes),
        unused=tuple(sorted(set(read) - set(known) - {part.name for each in model.derived for part in each.parts})),
        first_known={name: _first_known(each) for name, each in read.items() if len(each)},
        read={**read, **known},
    )
    return map(prepared.review, days)


class _Prepared(NamedTuple):
    """Everything a review needs that is the same on every date."""

    history: ModelHistory
    policy: Policy
    calibration: Calibration
    statements: Mapping[str, Stated]
    votes: Mapping[str, Sequence[Vote]]
    unused: tuple[str, ...]
    first_known: Mapping[str, dt.date]
    read: Mapping[str, Series]

    def review(self, as_of: dt.date) -> Review:
        """Return what can be said on *as_of*."""
        history, model, rules, read = self.history, self.history.model, self.policy, self.history.read
        kpis, commits = history.kpis(as_of), history.commits(as_of)
        key_results = history.key_results(as_of, self.votes)
        composites = history.composites(kpis, as_of)
        active = [each for each in model.key_results if each.cycle.start <= as_of <= each.cycle.end]
        proposed = history.promotions(kpis, model.key_results)
        in_focus = focus(proposed, active=active, policy=rules.focus, model=model)
        proposals = (*in_focus.taken, *(each.proposal for each in in_focus.deferred))
        demotions, both_ways = without_both_ways(history.demotions(key_results, kpis, as_of), proposals)
        clashes = contradictions(kpis, key_results, commits, read, as_of=as_of, policy=rules.contradiction)
        return Review(
            as_of=as_of,
            kpis=kpis,
            composites=composites,
            key_results=key_results,
            commits=commits,
            objectives=roll_up_all(model.objectives, key_results, commits, (*kpis, *composites), policy=rules.rollup),
            promotions=in_focus.taken,
            deferred=in_focus.deferred,
            demotions=demotions,
            contradictions=tuple(sorted((*clashes, *both_ways), key=lambda each: (each.reason.code, each.goals))),
            externalities=externalities(
                model,
                kpis,
                key_results,
                commits,
                read,
                watched=history.kpi,
                owed=history.commit,
                as_of=as_of,
                policy=rules.externality,
            ),
            findings=_findings(
                LintContext(
                    model=model,
                    as_of=as_of,
                    kpis=kpis,
                    key_results=key_results,
                    commits=commits,
                    read=read,
                    first_known=self.first_known,
                    statements=self.statements,
                    calibration=self.calibration,
                    policy=rules.hygiene,
                    reference=rules.trend.reference,
                    proposed=frozenset(each.kpi for each in proposals),
                    fallen_short=partial(history.fallen_short, as_of, self.read),
                )
            ),
            unused=self.unused,
            restatements=tuple(
                each
                for name in sorted(history.read)
                for each in history.read[name].restatements
                if each.became.known_since <= as_of
            ),
            good_to_know=history.good_to_know(as_of),
        )


def _findings(look: LintContext) -> tuple[Finding, ...]:
    """Return what the linter finds, whose rules are loaded when a review is made: who only reads one needs none."""
    from goalmodel.hygiene.linter import findings  # noqa: PLC0415

    return findings(look)


def _first_known(series: Series) -> dt.date:
    """Return the day since which anything is known of a series: a reading, or that there is none."""
    return series.days[0] if series.is_known_at_once else min(each.known_since for each in series)


def lint(
    model: GoalModel,
    history: Iterable[Series] = (),
    *,
    as_of: dt.date,
    policy: HygienePolicy | None = None,
    past: Iterable[ClosedCycle] = (),
    statements: Mapping[str, Stated] | None = None,
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
        statements: By id of a key result, the parsed sentence people know it by.

    Raises:
        UnknownCode: The policy selects or ignores what no rule is called.
        GivenTwice: Two series are of one measure, or one is of a measure that the model derives.
        UnknownReference: A statement is about a key result the model does not have.
        WrongMeasure: A series has the name of one of the model's measures and is of another, or in another unit.
    """
    rules = given_or(HygienePolicy(), policy, "policy")
    return review(model, history, as_of=as_of, policy=Policy(hygiene=rules), past=past, statements=statements).findings


def _statements(given: Mapping[str, Stated] | None, model: GoalModel) -> dict[str, Stated]:
    """Return what each statement says, by the id of its key result, in the order of the ids."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise WrongType("statements", given, "a mapping of ids to parsed sentences")
    known = {each.id: each for each in model.key_results}
    for about, said in given.items():
        found_by_id(known, about, "the id of a key result of the model", field="statements")
        if not isinstance(said, Stated):
            raise WrongType(f"statements[{about}]", said, "a parsed sentence: goalmodel.parse(text)")
    return {about: given[about] for about in sorted(given)}


def _by_key_result(votes: Iterable[Vote]) -> dict[str, list[Vote]]:
    """Return the votes about each key result, by its id."""
    found = defaultdict[str, list[Vote]](list)
    for vote in the_many(Vote, votes, "votes"):
        found[vote.key_result].append(vote)
    return found


def _kinds(found: Review) -> dict[str, tuple[GoalKind, dt.date]]:
    """Return of which kind each key result and each commit is, by id, and when its time begins."""
    moved = {each.key_result.id: (GoalKind.KEY_RESULT, each.key_result.cycle.start) for each in found.key_results}
    owed = ((each.commit, GoalKind.COMMIT) for each in found.commits)
    return moved | {commit.id: (kind, commit.starts_on or commit.declared_on) for commit, kind in owed}


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
        yield kpi.kpi.id, Aspect.GOAL, kpi.in_force
        yield kpi.kpi.id, Aspect.HEALTH, kpi.health
        yield kpi.kpi.id, Aspect.STANDING, kpi.standing
        yield kpi.kpi.id, Aspect.HEADING, kpi.heading
        yield kpi.kpi.id, Aspect.IS_ACCEPTED, kpi.is_accepted
    for whole in found.composites:
        yield whole.kpi.id, Aspect.GOAL, whole.kpi
        yield whole.kpi.id, Aspect.HEALTH, whole.health
        yield whole.kpi.id, Aspect.STANDING, whole.standing
        yield whole.kpi.id, Aspect.HEADING, whole.heading
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
        yield objective.id, Aspect.COVERAGE, rollup.coverage if rollup.coverage.total else None


def _about(found: Review, measure: str) -> Iterator[str]:
    """Return the ids of the goals that are about a measure."""
    goals: tuple[Kpi | KeyResult | Commit, ...] = (
        *(each.kpi for each in found.kpis),
        *(each.key_result for each in found.key_results),
        *(each.commit for each in found.commits),
    )
    return (goal.id for goal in goals if goal.measure.name == measure)


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
        yield from ((harmed.kpi, Aspect.MOVED_MEANWHILE, moved.goal) for moved in harmed.linked)
    for restated in found.restatements:
        yield from ((goal, Aspect.RESTATEMENTS, str(restated)) for goal in _about(found, restated.measure))
    for finding in found.findings:
        yield from ((goal, Aspect.FINDINGS, finding.code) for goal in finding.goals or (None,))
