"""What an objective's goals come to, without averaging what can't be averaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import attrs

from goalmodel.checks import OnDemand, are, are_pairs, each_once, given_or, is_a, made, the_iterable, the_many, the_text
from goalmodel.commit import Attainment, CommitAssessment
from goalmodel.commit.verdict import weakest
from goalmodel.errors import WrongType
from goalmodel.key_result import KeyResultAssessment, Outcome
from goalmodel.kpi import CompositeAssessment, Health, KpiAssessment
from goalmodel.objective.line import KeyResultLine, ObjectiveLine, shown, worked
from goalmodel.objective.method import RollupResult, Root, shares_of
from goalmodel.objective.objective import Objective
from goalmodel.objective.part import Coverage, RollupPolicy, coverage_of, of_key_result, of_objective, result_of
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable
from goalmodel.showing import formatted, percent

_ONCE: Final = "each goal once"

COVERED = ReasonKind(
    "rollup-coverage",
    "OBJ-2",
    "{scored} of {total:key result/key results} scored, {weight:%} of the weight",
    {"scored": int, "total": int, "weight": Fraction},
)
NOTHING_SCORED = ReasonKind(
    "rollup-nothing-scored",
    "OBJ-2",
    "none of {total:key result/key results} is scored: there is no mean",
    {"total": int},
)
NOT_ALL_SCORED = ReasonKind(
    "rollup-not-all-scored",
    "OBJ-2",
    "{scored} of {total:key result/key results} scored: without the others there is no mean",
    {"scored": int, "total": int},
)
COMMITS = ReasonKind(
    "rollup-commits",
    "OBJ-1",
    "of {total:commit/commits}: {kept} kept, {not_kept} not kept, {in_flight} in flight, {unknown} unknown, "
    "{not_yet_observable} not yet observable",
    {"total": int, "kept": int, "not_kept": int, "in_flight": int, "unknown": int, "not_yet_observable": int},
)
COMMITS_BELOW = ReasonKind(
    "rollup-commits-below",
    "OBJ-1",
    "the commits of {objective}, taken together: {attainment}",
    {"objective": str, "attainment": Attainment},
)
HEALTH = ReasonKind(
    "rollup-health",
    "OBJ-1",
    "of {total:KPI/KPIs}: {healthy} healthy, {watch} on watch, {unhealthy} unhealthy, {unknown} unknown",
    {"total": int, "healthy": int, "watch": int, "unhealthy": int, "unknown": int},
)


@attrs.frozen(kw_only=True)
@readable
class Rollup(OnDemand):
    """What the key results and the commits of one objective come to, each kind by itself.

    Attributes:
        lines: A line a key result, by id.
        objectives: A line an objective that serves this one, by id.
        commits: Id and attainment of each commit, by id.
        health: How many KPIs are healthy, on watch, unhealthy and unknown; only those that occur.
        result: What the scores come to by the policy's mean: a fraction, a root (geometric) or a word (worst light);
            None where nothing is scored, or not enough.
        coverage: How many of the key results that rests on.
        policy: In which way it was rolled up.
        is_late: Whether a key result, here or further down, was not scored although its cycle is over.
        key_results: Ids of all key results, here and further down, each once, and whether it is scored.
    """

    lines: tuple[KeyResultLine, ...] = attrs.field(validator=are(KeyResultLine))
    objectives: tuple[ObjectiveLine, ...] = attrs.field(validator=are(ObjectiveLine))
    commits: tuple[tuple[str, Attainment], ...] = attrs.field(validator=are_pairs(str, Attainment))
    health: tuple[tuple[Health, int], ...] = attrs.field(validator=are_pairs(Health, int))
    result: RollupResult | None = attrs.field(validator=is_a(Fraction, Root, Outcome, type(None)))
    coverage: Coverage = attrs.field(validator=is_a(Coverage))
    policy: RollupPolicy = attrs.field(validator=is_a(RollupPolicy))
    is_late: bool = attrs.field(default=False, validator=is_a(bool))
    key_results: tuple[tuple[str, bool], ...] = attrs.field(default=(), validator=are_pairs(str, bool))

    @property
    def score(self) -> Fraction | None:
        """The result where it is a fraction, as by default; None where it is a root, a word, or nothing."""
        return self.result if isinstance(self.result, Fraction) else None

    @property
    def attainment(self) -> Attainment | None:
        """All commits as one, by conjunction: kept only if all are, not kept as soon as one is not; None without any.

        The commits of the objectives below belong to them.

        Rule: OBJ-1.
        """
        below = (line.attainment for line in self.objectives if line.attainment is not None)
        return weakest((*(attainment for _, attainment in self.commits), *below))

    @property
    def worked(self) -> tuple[str, ...]:
        """The sum, line by line, in exact fractions, so that it can be done again by hand.

        A number of more than about 1,200 digits, which only computing can give, is cut to a few decimals and marked.

        >>> way = Measure("visits")
        >>> kr = KeyResult(id="visits", measure=way, baseline=0, target=10, cycle=Cycle.quarter(2026, 4), weight=3)
        >>> found = kr.assess(Series.of(way, {date(2026, 10, 31): 12}), as_of=date(2026, 12, 31))
        >>> for line in roll_up([found]).worked:
        ...     print(line)
        key result visits: raw 6/5, clamped 1, weight 3, share 1, adds 1
        weighted mean: 1
        """
        lines = worked(self.lines, self.objectives, self.policy.mean)
        return (*lines, f"{self.policy.mean.value}: {shown(self.result)}")

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Coverage and counts in words; nothing about a kind of goal that is not there."""
        return (*self._about_key_results(), *self._about_commits(), *self._about_kpis())

    def _about_key_results(self) -> tuple[Reason, ...]:
        covered = self.coverage
        if not covered.total:
            return ()
        if self.result is not None:
            return (COVERED.because(scored=covered.scored, total=covered.total, weight=covered.weight),)
        if not covered.scored:
            return (NOTHING_SCORED.because(total=covered.total),)
        return (NOT_ALL_SCORED.because(scored=covered.scored, total=covered.total),)

    def _about_commits(self) -> tuple[Reason, ...]:
        counts = Counter(attainment for _, attainment in self.commits)
        own = COMMITS.because(total=len(self.commits), **{each.name.lower(): counts[each] for each in Attainment})
        below = (
            COMMITS_BELOW.because(objective=line.objective, attainment=line.attainment)
            for line in self.objectives
            if line.attainment is not None
        )
        return (*([own] if self.commits else []), *below)

    def _about_kpis(self) -> tuple[Reason, ...]:
        if not self.health:
            return ()
        counts = dict(self.health)
        total = sum(counts.values())
        return (HEALTH.because(total=total, **{each.name.lower(): counts.get(each, 0) for each in Health}),)

    def __str__(self) -> str:
        commits = "" if self.attainment is None else f"; commits {self.attainment.value}"
        return f"{self._result_in_words}; {self.coverage}{commits}"

    def __format__(self, spec: str) -> str:
        if not spec:
            return str(self)
        return (
            format(self.result, spec)
            if isinstance(self.result, Root)
            else formatted(self.score, self._result_in_words, spec)
        )

    @property
    def _result_in_words(self) -> str:
        match self.result:
            case None:
                return "no result"
            case Fraction() as score:
                return percent(score)
            case root_or_word:
                return str(root_or_word)


def roll_up(
    key_results: Iterable[KeyResultAssessment],
    commits: Iterable[CommitAssessment] = (),
    *,
    objectives: Iterable[tuple[Objective, Rollup]] = (),
    kpis: Iterable[KpiAssessment | CompositeAssessment] = (),
    policy: RollupPolicy | None = None,
    within: str | None = None,
) -> Rollup:
    """Return what the goals that serve one objective come to.

    Key results by a mean of their clamped scores, commits by conjunction, KPIs not at all: their health is counted. An
    objective that serves this one enters the mean with what its own roll-up came to, like a key result with that
    score; one with nothing to score takes no part. What has no score lowers the coverage, not the mean, unless the
    policy says otherwise.

    Rule: OBJ-2.

    Args:
        key_results: In any order, each once.
        commits: In any order, each once.
        objectives: Those that serve this one, each with its own roll-up, in any order, each once.
        kpis: Those that serve it, in any order, each once.
        policy: By which mean, and what becomes of a child without a score; the documented defaults where None.
        within: Id of the objective they serve, whose links may have weights; None where each counts by its own.

    Raises:
        GivenTwice: A goal is given twice.
        KindsDiffer: An objective below was rolled up to something this mean can't be taken of.
        RootTooHigh: The weights have no common measure that is coarse enough for a geometric mean.
    """
    rules = given_or(_POLICY, policy, "policy")
    moved = each_once(the_many(KeyResultAssessment, key_results, "key_results"), _key_result_id, "key_results", _ONCE)
    judged = each_once(the_many(CommitAssessment, commits, "commits"), _commit_id, "commits", _ONCE)
    below = each_once(_nested(objectives), _objective_id, "objectives", _ONCE)
    watched = each_once(the_kpis(kpis), _kpi_id, "kpis", _ONCE)
    known_id = None if within is None else the_text(within, "within")
    parts = [
        *(of_key_result(each, rules, known_id) for each in moved),
        *(
            of_objective(
                each, found.result, found.coverage, rules, weight=each.weight_in(known_id), is_late=found.is_late
            )
            for each, found in below
        ),
    ]
    # A key result that serves several objectives plays its part in each, and is one key result all the same.
    known = {each.key_result.id: each.score is not None for each in moved}
    for _, found in below:
        known |= dict(found.key_results)

    def details() -> dict[str, object]:
        shares = shares_of([part.weight if part.value is not None else Fraction(0) for part in parts])
        health = Counter(each.health for each in watched)
        return {
            "lines": tuple(
                made(
                    KeyResultLine,
                    key_result=each.key_result.id,
                    score=each.score,
                    weight=each.key_result.weight_in(known_id),
                    share=share,
                )
                for each, share in zip(moved, shares, strict=False)
            ),
            "objectives": tuple(
                made(
                    ObjectiveLine,
                    objective=each.id,
                    result=found.result,
                    attainment=found.attainment,
                    weight=each.weight_in(known_id),
                    share=share,
                )
                for (each, found), share in zip(below, shares[len(moved) :], strict=True)
            ),
            "health": tuple((each, health[each]) for each in Health if health[each]),
            "key_results": tuple(sorted(known.items())),
        }

    return made(
        Rollup,
        commits=tuple((each.commit.id, each.attainment) for each in judged),
        result=result_of(parts, rules),
        coverage=coverage_of(parts, known),
        policy=rules,
        is_late=any(part.is_over and part.coverage.weight != 1 for part in parts),
        _making=details,
    )


_POLICY: Final = RollupPolicy()


def _key_result_id(assessment: KeyResultAssessment) -> str:
    return assessment.key_result.id


def _commit_id(assessment: CommitAssessment) -> str:
    return assessment.commit.id


def _kpi_id(assessment: KpiAssessment | CompositeAssessment) -> str:
    return assessment.kpi.id


def _objective_id(nested: tuple[Objective, Rollup]) -> str:
    return nested[0].id


def _nested(given: Iterable[tuple[Objective, Rollup]]) -> tuple[tuple[Objective, Rollup], ...]:
    return tuple(_pair(each, f"objectives[{index}]") for index, each in enumerate(the_iterable(given, "objectives")))


def the_kpis(given: Iterable[object], field: str = "kpis") -> tuple[KpiAssessment | CompositeAssessment, ...]:
    """Return *given*, each of which must say how a KPI stands, be it one of parts or not."""
    kpis: list[KpiAssessment | CompositeAssessment] = []
    for index, each in enumerate(the_iterable(given, field)):
        if not isinstance(each, KpiAssessment | CompositeAssessment):
            raise WrongType(f"{field}[{index}]", each, "a KpiAssessment or a CompositeAssessment")
        kpis.append(each)
    return tuple(kpis)


def _pair(given: object, field: str) -> tuple[Objective, Rollup]:
    match given:
        case (Objective() as objective, Rollup() as found):
            return objective, found
        case _:
            raise WrongType(field, given, "a pair of an Objective and its Rollup")
