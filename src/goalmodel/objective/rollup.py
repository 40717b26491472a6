"""What an objective's goals come to, without averaging what can't be averaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

import attrs

from goalmodel.commit import Attainment, CommitAssessment
from goalmodel.doors import are, are_pairs, is_a, is_count, is_text, the_many
from goalmodel.errors import GoalModelError
from goalmodel.exact import percent
from goalmodel.key_result import KeyResultAssessment, Score
from goalmodel.reasons import Reason, ReasonKind

_T = TypeVar("_T")

COVERED = ReasonKind("rollup-coverage", "OBJ-2", "{scored} of {total} key results scored, {weight} of the weight")
NOTHING_SCORED = ReasonKind("rollup-nothing-scored", "OBJ-2", "none of {total} key results is scored: there is no mean")
COMMITS = ReasonKind(
    "rollup-commits",
    "OBJ-1",
    "of {total} commits: {kept} kept, {not_kept} not kept, {in_flight} in flight, {unknown} unknown",
)


class CountedTwice(GoalModelError, ValueError):
    """One goal among the children of an objective twice."""

    accepted = "each goal once"


@attrs.frozen(kw_only=True)
class Line:
    """One key result's part in the mean, so that the sum can be done again by hand.

    Attributes:
        key_result: Its id.
        score: Raw and clamped; None where it is not scored and takes no part.
        weight: As declared.
        share: Its share of the weight of all that are scored, from 0 to 1; 0 where it takes no part.
    """

    key_result: str = attrs.field(validator=is_text)
    score: Score | None = attrs.field(validator=is_a(Score, type(None)))
    weight: Fraction = attrs.field(validator=is_a(Fraction))
    share: Fraction = attrs.field(validator=is_a(Fraction))

    @property
    def contribution(self) -> Fraction:
        """What it adds to the mean: its clamped score times its share."""
        return Fraction(0) if self.score is None else self.score.value * self.share


@attrs.frozen(kw_only=True)
class Coverage:
    """How much of what was to be scored is scored.

    Attributes:
        scored: Number of key results with a score.
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
        commits: Id and attainment of each commit, by id.
        score: Weighted mean of the clamped scores; None where nothing is scored.
        coverage: How many of the key results that mean rests on.
    """

    lines: tuple[Line, ...] = attrs.field(validator=are(Line))
    commits: tuple[tuple[str, Attainment], ...] = attrs.field(validator=are_pairs(str, Attainment))
    score: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    coverage: Coverage = attrs.field(validator=is_a(Coverage))

    @property
    def attainment(self) -> Attainment | None:
        """All commits as one, by conjunction: kept only if all are, not kept as soon as one is not; None without any.

        Rule: OBJ-1.
        """
        found = {attainment for _, attainment in self.commits}
        for weakest in (Attainment.NOT_KEPT, Attainment.UNKNOWN, Attainment.IN_FLIGHT, Attainment.KEPT):
            if weakest in found:
                return weakest
        return None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Coverage and counts in words; nothing about a kind of goal that is not there."""
        return (*self._about_key_results(), *self._about_commits())

    def _about_key_results(self) -> tuple[Reason, ...]:
        if not self.lines:
            return ()
        covered = self.coverage
        if self.score is None:
            return (NOTHING_SCORED.because(total=covered.total),)
        return (COVERED.because(scored=covered.scored, total=covered.total, weight=percent(covered.weight)),)

    def _about_commits(self) -> tuple[Reason, ...]:
        if not self.commits:
            return ()
        counts = Counter(attainment for _, attainment in self.commits)
        return (
            COMMITS.because(
                total=len(self.commits),
                kept=counts[Attainment.KEPT],
                not_kept=counts[Attainment.NOT_KEPT],
                in_flight=counts[Attainment.IN_FLIGHT],
                unknown=counts[Attainment.UNKNOWN],
            ),
        )


def roll_up(key_results: Iterable[KeyResultAssessment], commits: Iterable[CommitAssessment] = ()) -> Rollup:
    """Return what *key_results* and *commits* of one objective come to.

    Key results by weighted mean of their clamped scores, commits by conjunction, KPIs not at all. A key result
    without a score lowers the coverage, not the mean.

    Rule: OBJ-2.

    Args:
        key_results: In any order, each once.
        commits: In any order, each once.
    """
    scored = _each_once(the_many(KeyResultAssessment, key_results, "key_results"), _key_result_id, "key_results")
    judged = _each_once(the_many(CommitAssessment, commits, "commits"), _commit_id, "commits")
    weights = [(each, each.key_result.weight) for each in scored]
    weight = sum((weight for each, weight in weights if each.score is not None), Fraction(0))
    lines = tuple(
        Line(
            key_result=each.key_result.id,
            score=each.score,
            weight=own,
            share=Fraction(0) if each.score is None else own / weight,
        )
        for each, own in weights
    )
    whole = sum((own for _, own in weights), Fraction(0))
    return Rollup(
        lines=lines,
        commits=tuple((each.commit.id, each.attainment) for each in judged),
        score=sum((line.contribution for line in lines), Fraction(0)) if weight else None,
        coverage=Coverage(
            scored=sum(line.score is not None for line in lines),
            total=len(lines),
            weight=weight / whole if whole else Fraction(0),
        ),
    )


def _key_result_id(assessment: KeyResultAssessment) -> str:
    return assessment.key_result.id


def _commit_id(assessment: CommitAssessment) -> str:
    return assessment.commit.id


def _each_once(given: tuple[_T, ...], its_id: Callable[[_T], str], field: str) -> tuple[_T, ...]:
    """Return the assessments by id."""
    ordered = tuple(sorted(given, key=its_id))
    for earlier, later in pairwise(map(its_id, ordered)):
        if earlier == later:
            raise CountedTwice(field, later)
    return ordered
