"""Laws of objectives: OBJ-1 and OBJ-2."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple, cast

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import (
    Attainment,
    Cadence,
    Commit,
    CommitAssessment,
    Cycle,
    KeyResult,
    KeyResultAssessment,
    KpiAssessment,
    Measure,
    Objective,
    OnDueDate,
    Rollup,
    Series,
    Standard,
)
from goalmodel.errors import GivenTwice, WrongType
from goalmodel.measure import Number
from goalmodel.objective import RollupPolicy, Unscored, roll_up
from goalmodel.testing import (
    commit_assessments,
    exact_numbers,
    key_result_assessments,
    kpi_assessments,
    near,
    numbers,
    objectives,
    values,
    weights,
)
from speaking import of_unknown_kinds

MEASURE = Measure("anything")
CYCLE = Cycle(dt.date(2026, 10, 1), dt.date(2026, 12, 31))
KEPT, NOT_KEPT = Attainment.KEPT, Attainment.NOT_KEPT
IN_FLIGHT, UNKNOWN, NOT_YET = Attainment.IN_FLIGHT, Attainment.UNKNOWN, Attainment.NOT_YET_OBSERVABLE
ZERO, ONE = Fraction(0), Fraction(1)
MOST_BITS = 3_322


class Child(NamedTuple):
    """A key result as a roll-up sees it: how far it came, if anybody knows, and how much it counts."""

    score: Number | None
    weight: Number


RUNNING = CYCLE.end - dt.timedelta(days=1)
"""The last day on which a score may still come by itself."""


def _meant(value: Number) -> Fraction:
    """Return what *value* means, read as the rulebook says: a float as its first 15 digits, up to 10**15."""
    if isinstance(value, float) and abs(value) < 10**15:
        return Fraction(f"{value:.15g}")
    return Fraction(value)


def _fits(*values: Fraction) -> bool:
    """Return whether *values* are short enough to be taken at the doors."""
    return all(max(each.numerator.bit_length(), each.denominator.bit_length()) < MOST_BITS for each in values)


def _moved(name: str, child: Child) -> KeyResultAssessment:
    moved = KeyResult(id=name, measure=MEASURE, baseline=0, target=1, cycle=CYCLE, weight=child.weight)
    readings = [] if child.score is None else [(RUNNING, child.score)]
    return moved.assess(Series.of(MEASURE, readings), as_of=RUNNING)


def _all(children: Sequence[Child]) -> list[KeyResultAssessment]:
    return [_moved(f"kr{index:02}", child) for index, child in enumerate(children)]


def _judged(attainments: Sequence[Attainment]) -> list[CommitAssessment]:
    """Return commits to stand at 1 by the end of the cycle, each with its attainment."""
    found: list[CommitAssessment] = []
    for index, attainment in enumerate(attainments):
        commit = Commit(
            id=f"c{index:02}",
            measure=MEASURE,
            standard=Standard.done(),
            due=CYCLE.end,
            declared_on=CYCLE.start,
            manner=OnDueDate(),
            cadence=Cadence(days=CYCLE.days - 1) if attainment is NOT_YET else None,
        )
        is_unread = attainment in {UNKNOWN, NOT_YET}
        readings = [] if is_unread else [(CYCLE.end, 0 if attainment is NOT_KEPT else 1)]
        as_of = CYCLE.start if attainment is IN_FLIGHT else CYCLE.end
        found.append(commit.assess(Series.of(MEASURE, readings), as_of=as_of))
    return found


@st.composite
def _about(draw: st.DrawFn, *cuts: Fraction) -> Number:
    """Return numbers on and beside *cuts* as often as any others; a plain one_of would drown them in the others."""
    return draw(near(*cuts) if draw(st.booleans()) else numbers())


def _children(*, scored: bool = False, min_size: int = 0) -> st.SearchStrategy[list[Child]]:
    score = _about(ZERO, Fraction(3, 10), Fraction(7, 10), ONE)
    child = st.builds(Child, score if scored else st.one_of(score, score, st.none()), weights())
    return st.lists(child, min_size=min_size, max_size=6)


def _clamped(score: Number) -> Fraction:
    return sorted([ZERO, _meant(score), ONE])[1]


def _naive_mean(children: Sequence[Child]) -> Fraction | None:
    top, bottom = ZERO, ZERO
    for child in children:
        if child.score is not None:
            top += _clamped(child.score) * _meant(child.weight)
            bottom += _meant(child.weight)
    return top / bottom if bottom else None


ATTAINMENTS: st.SearchStrategy[list[Attainment]] = st.lists(st.sampled_from(Attainment), max_size=6)
# From the one that decides before all others to the one that decides only where it is alone.
WEAKEST_FIRST = (NOT_KEPT, UNKNOWN, NOT_YET, IN_FLIGHT, KEPT)


class TestOBJ1:
    """Key results roll up by weighted mean of their clamped scores, commits by conjunction, KPIs not at all, and
    the kinds are never averaged together.
    """

    @given(children=_children())
    def test_the_score_is_the_weighted_mean_of_the_clamped_scores(self, children: list[Child]) -> None:
        assert roll_up(_all(children)).score == _naive_mean(children)

    @given(children=_children())
    def test_what_lies_beyond_the_ends_does_not_enter_the_mean(self, children: list[Child]) -> None:
        clamped = [child if child.score is None else Child(_clamped(child.score), child.weight) for child in children]
        one, other = roll_up(_all(children)), roll_up(_all(clamped))
        assert one.score == other.score
        for line, child in zip(one.lines, children, strict=True):
            assert (None if line.score is None else line.score.raw) == (
                None if child.score is None else _meant(child.score)
            )

    @given(children=_children())
    def test_its_lines_add_up_to_it_exactly(self, children: list[Child]) -> None:
        found = roll_up(_all(children))
        shares = sum((line.share for line in found.lines), ZERO)
        contributions = sum((line.contribution for line in found.lines), ZERO)
        if found.score is None:
            assert (shares, contributions) == (ZERO, ZERO)
        else:
            assert (shares, contributions) == (ONE, found.score)
        assert all((line.share > 0) is (line.score is not None) for line in found.lines)
        assert [line.weight for line in found.lines] == [_meant(child.weight) for child in children]

    @given(attainments=ATTAINMENTS)
    def test_commits_are_kept_together_only_if_each_is(self, attainments: list[Attainment]) -> None:
        found = roll_up([], _judged(attainments))
        assert [attainment for _, attainment in found.commits] == attainments
        weakest = [each for each in WEAKEST_FIRST if each in attainments]
        assert found.attainment is (weakest[0] if weakest else None)
        assert (found.attainment is KEPT) is (bool(attainments) and all(each is KEPT for each in attainments))
        assert (found.attainment is NOT_KEPT) is any(each is NOT_KEPT for each in attainments)

    @given(attainments=ATTAINMENTS, more=st.sampled_from(Attainment))
    def test_one_more_commit_never_makes_it_better(self, attainments: list[Attainment], more: Attainment) -> None:
        before = roll_up([], _judged(attainments)).attainment
        after = roll_up([], _judged([*attainments, more])).attainment
        assert after is not None
        assert before is None or WEAKEST_FIRST.index(after) <= WEAKEST_FIRST.index(before)

    @given(children=_children(), attainments=ATTAINMENTS)
    def test_neither_kind_changes_what_the_other_comes_to(
        self, children: list[Child], attainments: list[Attainment]
    ) -> None:
        together = roll_up(_all(children), _judged(attainments))
        moved, judged = roll_up(_all(children)), roll_up([], _judged(attainments))
        assert (together.score, together.lines, together.coverage) == (moved.score, moved.lines, moved.coverage)
        assert (together.attainment, together.commits) == (judged.attainment, judged.commits)
        assert together.reasons == (*moved.reasons, *judged.reasons)

    @given(watched=kpi_assessments())
    def test_a_kpi_does_not_roll_up(self, watched: KpiAssessment) -> None:
        with pytest.raises(WrongType):
            roll_up([cast("KeyResultAssessment", watched)])
        with pytest.raises(WrongType):
            roll_up([], [cast("CommitAssessment", watched)])

    @given(found=values(Rollup))
    def test_every_reason_speaks(self, found: Rollup) -> None:
        assert of_unknown_kinds(found.reasons) == []

    @given(
        moved=st.lists(key_result_assessments(), max_size=3, unique_by=lambda each: each.key_result.id),
        judged=st.lists(commit_assessments(), max_size=3, unique_by=lambda each: each.commit.id),
    )
    def test_any_assessments_roll_up_each_in_its_line(
        self, moved: list[KeyResultAssessment], judged: list[CommitAssessment]
    ) -> None:
        found = roll_up(moved, judged)
        assert {line.key_result: line.score for line in found.lines} == {
            each.key_result.id: each.score for each in moved
        }
        assert dict(found.commits) == {each.commit.id: each.attainment for each in judged}

    @given(objective=objectives())
    def test_an_objective_has_no_score_of_its_own(self, objective: Objective) -> None:
        assert not any(hasattr(objective, word) for word in ("score", "progress", "attainment", "health"))


class TestOBJ2:
    """An unscored key result is reported as coverage and not counted as 0, and when its cycle is over it leaves the
    whole undetermined; weights are normalised, order does not matter, and the mean lies between the scores it is made
    of.
    """

    @given(children=_children(), weight=weights())
    def test_one_more_without_a_score_changes_the_coverage_and_never_the_mean(
        self, children: list[Child], weight: Number
    ) -> None:
        before = roll_up(_all(children))
        after = roll_up(_all([*children, Child(None, weight)]))
        assert after.score == before.score
        assert (after.coverage.scored, after.coverage.total) == (before.coverage.scored, before.coverage.total + 1)
        assert after.coverage.weight < before.coverage.weight or before.coverage.weight == 0

    @given(children=_children(), days=st.integers(0, 400))
    def test_when_its_cycle_is_over_one_without_a_score_leaves_the_whole_undetermined(
        self, children: list[Child], days: int
    ) -> None:
        over = [attrs.evolve(each, as_of=CYCLE.end + dt.timedelta(days=days)) for each in _all(children)]
        found, running = roll_up(over), roll_up(_all(children))
        is_missing = any(child.score is None for child in children)
        assert found.score == (None if is_missing else running.score)
        assert found.coverage == running.coverage
        by_name = roll_up(over, policy=RollupPolicy(unscored=Unscored.COVERAGE))
        assert by_name.score == running.score
        above = roll_up([], objectives=[(Objective(id="below", title="below"), found)])
        assert above.score == (found.score if found.coverage.scored or not is_missing else None)

    @given(children=_children())
    def test_coverage_counts_goals_and_weight(self, children: list[Child]) -> None:
        found = roll_up(_all(children)).coverage
        scored = [_meant(child.weight) for child in children if child.score is not None]
        whole = [_meant(child.weight) for child in children]
        assert (found.scored, found.total) == (len(scored), len(children))
        assert found.weight * sum(whole, ZERO) == sum(scored, ZERO)
        assert 0 <= found.weight <= 1

    @given(children=_children(scored=True, min_size=1))
    def test_the_mean_lies_between_the_clamped_scores(self, children: list[Child]) -> None:
        score = roll_up(_all(children)).score
        clamped = [_clamped(child.score) for child in children if child.score is not None]
        assert score is not None
        assert min(clamped) <= score <= max(clamped)
        assert (score in {min(clamped), max(clamped)}) is (min(clamped) == max(clamped))

    @given(score=numbers(), its_weights=st.lists(weights(), min_size=1, max_size=5))
    def test_equal_scores_are_their_own_mean(self, score: Number, its_weights: list[Number]) -> None:
        found = roll_up(_all([Child(score, weight) for weight in its_weights]))
        assert found.score == _clamped(score)

    @given(children=_children(), attainments=ATTAINMENTS, data=st.data())
    def test_order_does_not_matter(
        self, children: list[Child], attainments: list[Attainment], data: st.DataObject
    ) -> None:
        moved, judged = _all(children), _judged(attainments)
        other = roll_up(data.draw(st.permutations(moved)), iter(data.draw(st.permutations(judged))))
        assert other == roll_up(moved, judged)
        assert hash(other) == hash(roll_up(moved, judged))

    @given(children=_children(), factor=st.fractions(min_value=0).filter(bool))
    def test_scaling_all_weights_changes_no_verdict(self, children: list[Child], factor: Fraction) -> None:
        scaled = [Child(child.score, _meant(child.weight) * factor) for child in children]
        assume(_fits(*(_meant(child.weight) for child in scaled)))
        one, other = roll_up(_all(children)), roll_up(_all(scaled))
        assert (other.score, other.coverage) == (one.score, one.coverage)
        assert [line.share for line in other.lines] == [line.share for line in one.lines]

    @given(children=_children(scored=True, min_size=1), gain=exact_numbers().map(abs), data=st.data())
    def test_one_that_comes_further_never_lowers_the_mean(
        self, children: list[Child], gain: Fraction, data: st.DataObject
    ) -> None:
        index = data.draw(st.integers(0, len(children) - 1))
        score, weight = children[index]
        assert score is not None
        further = _meant(score) + gain
        assume(_fits(further))
        before = roll_up(_all(children)).score
        after = roll_up(_all([*children[:index], Child(further, weight), *children[index + 1 :]])).score
        assert before is not None
        assert after is not None
        assert before <= after

    @given(scores=st.lists(numbers(), min_size=1, max_size=5), weight=weights())
    def test_equal_weights_make_the_plain_mean(self, scores: list[Number], weight: Number) -> None:
        found = roll_up(_all([Child(score, weight) for score in scores]))
        assert found.score == sum(map(_clamped, scores), ZERO) / len(scores)

    @given(children=_children(min_size=1), attainments=ATTAINMENTS.filter(bool), data=st.data())
    def test_no_goal_is_counted_twice(
        self, children: list[Child], attainments: list[Attainment], data: st.DataObject
    ) -> None:
        moved, judged = _all(children), _judged(attainments)
        one, other = data.draw(st.sampled_from(moved)), data.draw(st.sampled_from(judged))
        with pytest.raises(GivenTwice) as refusal:
            roll_up(data.draw(st.permutations([*moved, one])), judged)
        assert (str(refusal.value.field), refusal.value.given) == ("key_results", one.key_result.id)
        with pytest.raises(GivenTwice) as refusal:
            roll_up(moved, data.draw(st.permutations([*judged, other])))
        assert (str(refusal.value.field), refusal.value.given) == ("commits", other.commit.id)


class TestOBJ2ByLink:
    """A weight of a link counts in the objective it leads to as a weight of the goal would, and in no other."""

    @given(st.lists(st.tuples(exact_numbers(), weights(), weights()), min_size=1, max_size=4))
    def test_a_weight_by_link_is_the_weight_in_that_objective(
        self, children: list[tuple[Fraction, Number, Number]]
    ) -> None:
        own = _all([Child(score, weight) for score, weight, _ in children])
        linked = [_all([Child(score, weight)])[0] for score, _, weight in children]

        def with_link(found: KeyResultAssessment, weight: Number) -> KeyResultAssessment:
            moved = attrs.evolve(found.key_result, serves={"here": weight, "there": 1})
            return attrs.evolve(found, key_result=moved)

        by_link = [with_link(found, weight) for found, (_, _, weight) in zip(own, children, strict=True)]
        wanted = [
            attrs.evolve(found, key_result=attrs.evolve(found.key_result, id=each.key_result.id))
            for found, each in zip(linked, own, strict=True)
        ]
        assert roll_up(by_link, within="here").score == roll_up(wanted).score
        assert roll_up(by_link, within="elsewhere").score == roll_up(own).score
        assert roll_up(by_link).score == roll_up(own).score
