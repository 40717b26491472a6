"""What an objective's goals come to, without averaging what can't be averaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import Enum, unique
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

import attrs

from goalmodel.commit import Attainment, CommitAssessment, weakest
from goalmodel.doors import are, are_pairs, is_a, is_count, is_text, the, the_iterable, the_many
from goalmodel.errors import GoalModelError, WrongType
from goalmodel.exact import percent
from goalmodel.key_result import KeyResultAssessment, Outcome, OutcomePolicy, Score
from goalmodel.kpi import Health, KpiAssessment
from goalmodel.objective.mean import KindsDiffer, Mean, Result, Root, mean_of
from goalmodel.objective.objective import Objective
from goalmodel.reasons import Reason, ReasonKind

_T = TypeVar("_T")

COVERED = ReasonKind("rollup-coverage", "OBJ-2", "{scored} of {total} key results scored, {weight} of the weight")
NOTHING_SCORED = ReasonKind("rollup-nothing-scored", "OBJ-2", "none of {total} key results is scored: there is no mean")
NOT_ALL_SCORED = ReasonKind(
    "rollup-not-all-scored", "OBJ-2", "{scored} of {total} key results scored: without the others there is no mean"
)
COMMITS = ReasonKind(
    "rollup-commits",
    "OBJ-1",
    "of {total} commits: {kept} kept, {not_kept} not kept, {in_flight} in flight, {unknown} unknown, "
    "{not_yet_observable} not yet observable",
)
COMMITS_BELOW = ReasonKind("rollup-commits-below", "OBJ-1", "the commits of {objective}, taken together: {attainment}")
HEALTH = ReasonKind(
    "rollup-health",
    "OBJ-1",
    "of {total} KPIs: {healthy} healthy, {watch} on watch, {unhealthy} unhealthy, {unknown} unknown",
)


class CountedTwice(GoalModelError, ValueError):
    """One goal among the children of an objective twice."""

    accepted = "each goal once"


@unique
class Unscored(Enum):
    """What becomes of a child without a score."""

    COVERAGE = "left out and reported as coverage"
    AS_ZERO = "counted as 0"
    UNDETERMINED = "leaves the whole undetermined"


@attrs.frozen(kw_only=True)
class RollupPolicy:
    """How the scores of an objective's key results, and of the objectives that serve it, become one.

    Attributes:
        mean: In which way; the weighted mean where nothing is said.
        unscored: What becomes of a child without a score; left out and reported where nothing is said. It may be
            counted as 0, which many systems do without saying so, or leave the whole undetermined.
        words: Which words the worst light is taken of.
    """

    mean: Mean = attrs.field(default=Mean.WEIGHTED, validator=is_a(Mean))
    unscored: Unscored = attrs.field(default=Unscored.COVERAGE, validator=is_a(Unscored))
    words: OutcomePolicy = attrs.field(default=OutcomePolicy(), validator=is_a(OutcomePolicy))


@attrs.frozen(kw_only=True)
class Line:
    """One key result's part in the mean, so that the sum can be done again by hand.

    Attributes:
        key_result: Its id.
        score: Raw and clamped; None where it is not scored.
        weight: As declared.
        share: Its share of the weight of all that take part, from 0 to 1; 0 where it takes no part.
    """

    key_result: str = attrs.field(validator=is_text)
    score: Score | None = attrs.field(validator=is_a(Score, type(None)))
    weight: Fraction = attrs.field(validator=is_a(Fraction))
    share: Fraction = attrs.field(validator=is_a(Fraction))

    @property
    def contribution(self) -> Fraction:
        """What it adds to a weighted mean: its clamped score times its share."""
        return Fraction(0) if self.score is None else self.score.value * self.share


@attrs.frozen(kw_only=True)
class ObjectiveLine:
    """The part of an objective that serves this one: what its own roll-up came to enters as one score.

    Attributes:
        objective: Its id.
        result: What its roll-up came to; None where that is nothing.
        attainment: Its commits as one; None where it has none.
        weight: As declared.
        share: Its share of the weight of all that take part, from 0 to 1; 0 where it takes no part.
    """

    objective: str = attrs.field(validator=is_text)
    result: Result | None = attrs.field(validator=is_a(Fraction, Root, Outcome, type(None)))
    attainment: Attainment | None = attrs.field(validator=is_a(Attainment, type(None)))
    weight: Fraction = attrs.field(validator=is_a(Fraction))
    share: Fraction = attrs.field(validator=is_a(Fraction))

    @property
    def contribution(self) -> Fraction:
        """What it adds to a weighted mean: its score times its share; 0 where that is no fraction."""
        return self.result * self.share if isinstance(self.result, Fraction) else Fraction(0)


@attrs.frozen(kw_only=True)
class Coverage:
    """How much of what was to be scored is scored.

    Attributes:
        scored: Number of key results with a score, those of the objectives below included.
        total: Number of key results.
        weight: Their share of the whole weight, from 0 to 1; 0 where there are none.
    """

    scored: int = attrs.field(validator=is_count())
    total: int = attrs.field(validator=is_count())
    weight: Fraction = attrs.field(validator=is_a(Fraction))


@attrs.frozen(kw_only=True)
class Rollup:
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
    """

    lines: tuple[Line, ...] = attrs.field(validator=are(Line))
    objectives: tuple[ObjectiveLine, ...] = attrs.field(validator=are(ObjectiveLine))
    commits: tuple[tuple[str, Attainment], ...] = attrs.field(validator=are_pairs(str, Attainment))
    health: tuple[tuple[Health, int], ...] = attrs.field(validator=are_pairs(Health, int))
    result: Result | None = attrs.field(validator=is_a(Fraction, Root, Outcome, type(None)))
    coverage: Coverage = attrs.field(validator=is_a(Coverage))
    policy: RollupPolicy = attrs.field(validator=is_a(RollupPolicy))

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

        >>> way = Measure("visits")
        >>> kr = KeyResult(id="visits", measure=way, baseline=0, target=10, cycle=Cycle.quarter(2026, 4), weight=3)
        >>> found = kr.assess(Series.of(way, {date(2026, 10, 31): 12}), as_of=date(2026, 12, 31))
        >>> for line in roll_up([found]).worked:
        ...     print(line)
        key result visits: raw 6/5, clamped 1, weight 3, share 1, adds 1
        weighted mean: 1
        """
        is_sum = self.policy.mean is Mean.WEIGHTED
        lines = [
            _worked(f"key result {each.key_result}", *_shown_score(each.score), each.weight, each.share)
            + (f", adds {each.contribution}" if is_sum else "")
            for each in self.lines
        ] + [
            _worked(f"objective {each.objective}", *_shown_result(each.result), each.weight, each.share)
            + (f", adds {each.contribution}" if is_sum else "")
            for each in self.objectives
        ]
        return (*lines, f"{self.policy.mean.value}: {_shown_result(self.result)[0]}")

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Coverage and counts in words; nothing about a kind of goal that is not there."""
        return (*self._about_key_results(), *self._about_commits(), *self._about_kpis())

    def _about_key_results(self) -> tuple[Reason, ...]:
        covered = self.coverage
        if not covered.total:
            return ()
        if self.result is not None:
            return (COVERED.because(scored=covered.scored, total=covered.total, weight=percent(covered.weight)),)
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


def roll_up(
    key_results: Iterable[KeyResultAssessment],
    commits: Iterable[CommitAssessment] = (),
    *,
    objectives: Iterable[tuple[Objective, Rollup]] = (),
    kpis: Iterable[KpiAssessment] = (),
    policy: RollupPolicy | None = None,
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

    Raises:
        CountedTwice: A goal is given twice.
        KindsDiffer: An objective below was rolled up to something this mean can't be taken of.
        RootTooHigh: The weights have no common measure that is coarse enough for a geometric mean.
    """
    rules = RollupPolicy() if policy is None else the(RollupPolicy, policy, "policy")
    moved = _each_once(the_many(KeyResultAssessment, key_results, "key_results"), _key_result_id, "key_results")
    judged = _each_once(the_many(CommitAssessment, commits, "commits"), _commit_id, "commits")
    below = _each_once(_nested(objectives), _objective_id, "objectives")
    watched = _each_once(the_many(KpiAssessment, kpis, "kpis"), _kpi_id, "kpis")
    parts = [_of_key_result(each, rules) for each in moved] + [_of_objective(*each, rules) for each in below]
    taking_part = sum((part.weight for part in parts if part.value is not None), Fraction(0))
    shares = [Fraction(0) if part.value is None else part.weight / taking_part for part in parts]
    health = Counter(each.health for each in watched)
    return Rollup(
        lines=tuple(
            Line(key_result=each.key_result.id, score=each.score, weight=each.key_result.weight, share=share)
            for each, share in zip(moved, shares, strict=False)
        ),
        objectives=tuple(
            ObjectiveLine(
                objective=each.id, result=found.result, attainment=found.attainment, weight=each.weight, share=share
            )
            for (each, found), share in zip(below, shares[len(moved) :], strict=True)
        ),
        commits=tuple((each.commit.id, each.attainment) for each in judged),
        health=tuple((each, health[each]) for each in Health if health[each]),
        result=_result(parts, rules),
        coverage=_coverage(parts),
        policy=rules,
    )


class _Part(NamedTuple):
    """What a child brings to the mean.

    Attributes:
        value: What enters; None where it takes no part.
        weight: As declared.
        coverage: How much of the child is scored.
    """

    value: Result | None
    weight: Fraction
    coverage: Coverage


def _of_key_result(assessment: KeyResultAssessment, policy: RollupPolicy) -> _Part:
    score = assessment.score
    is_scored = score is not None
    value = _entering(None if score is None else score.value, score, policy)
    coverage = Coverage(scored=int(is_scored), total=1, weight=Fraction(int(is_scored)))
    return _Part(value, assessment.key_result.weight, coverage)


def _of_objective(objective: Objective, found: Rollup, policy: RollupPolicy) -> _Part:
    if not found.coverage.total:
        return _Part(None, objective.weight, found.coverage)
    result = found.result
    if result is not None and not isinstance(result, _MAY_ENTER[policy.mean]):
        accepted = f"what a {policy.mean.value} can be taken of: roll it up in the same way"
        raise KindsDiffer(f"objectives, {objective.id}", result, accepted)
    score = Score(result) if isinstance(result, Fraction) else None
    return _Part(_entering(result, score, policy), objective.weight, found.coverage)


_MAY_ENTER: Final[Mapping[Mean, tuple[type, ...]]] = MappingProxyType(
    {
        Mean.WEIGHTED: (Fraction,),
        Mean.MINIMUM: (Fraction,),
        Mean.GEOMETRIC: (Fraction, Root),
        Mean.WORST_LIGHT: (Fraction, Outcome),
    }
)
"""What the roll-up of an objective may have come to, so that it can enter a mean."""


def _entering(value: Result | None, score: Score | None, policy: RollupPolicy) -> Result | None:
    """Return what enters the mean for a child that came to *value*: a word where words are compared."""
    if value is None:
        if policy.unscored is not Unscored.AS_ZERO:
            return None
        value, score = Fraction(0), Score(0)
    return value if score is None or policy.mean is not Mean.WORST_LIGHT else policy.words.outcome(score)


def _result(parts: list[_Part], policy: RollupPolicy) -> Result | None:
    values = [(part.value, part.weight) for part in parts if part.value is not None]
    is_missing = any(part.value is None and part.coverage.total for part in parts)
    if not values or (is_missing and policy.unscored is Unscored.UNDETERMINED):
        return None
    return mean_of(values, policy.mean)


def _coverage(parts: list[_Part]) -> Coverage:
    """Return how much is scored, down to the key results of the objectives below."""
    whole = sum((part.weight for part in parts if part.coverage.total), Fraction(0))
    scored = sum((part.weight * part.coverage.weight for part in parts), Fraction(0))
    return Coverage(
        scored=sum(part.coverage.scored for part in parts),
        total=sum(part.coverage.total for part in parts),
        weight=scored / whole if whole else Fraction(0),
    )


def _worked(child: str, raw: str, clamped: str, weight: Fraction, share: Fraction) -> str:
    return f"{child}: raw {raw}, clamped {clamped}, weight {weight}, share {share}"


def _shown_score(score: Score | None) -> tuple[str, str]:
    return ("none", "none") if score is None else (str(score.raw), str(score.value))


def _shown_result(result: Result | None) -> tuple[str, str]:
    match result:
        case None:
            shown = "none"
        case Root():
            shown = f"root {result.degree} of {result.of}"
        case Outcome():
            shown = result.value
        case _:
            shown = str(result)
    return shown, shown


def _key_result_id(assessment: KeyResultAssessment) -> str:
    return assessment.key_result.id


def _commit_id(assessment: CommitAssessment) -> str:
    return assessment.commit.id


def _kpi_id(assessment: KpiAssessment) -> str:
    return assessment.kpi.id


def _objective_id(nested: tuple[Objective, Rollup]) -> str:
    return nested[0].id


def _nested(given: Iterable[tuple[Objective, Rollup]]) -> tuple[tuple[Objective, Rollup], ...]:
    return tuple(_pair(each, f"objectives[{index}]") for index, each in enumerate(the_iterable(given, "objectives")))


def _pair(given: object, field: str) -> tuple[Objective, Rollup]:
    match given:
        case (Objective() as objective, Rollup() as found):
            return objective, found
        case _:
            raise WrongType(field, given, "a pair of an Objective and its Rollup")


def _each_once(given: tuple[_T, ...], its_id: Callable[[_T], str], field: str) -> tuple[_T, ...]:
    """Return the assessments by id."""
    ordered = tuple(sorted(given, key=its_id))
    for earlier, later in pairwise(map(its_id, ordered)):
        if earlier == later:
            raise CountedTwice(field, later)
    return ordered
