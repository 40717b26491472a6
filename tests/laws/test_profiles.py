"""Laws of profiles: what a system says, what we say, and what makes the difference."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise
from typing import Any, cast

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

import goalmodel.profiles
from budgets import examples
from goalmodel import Cycle, GoalModelError, HealthBands, KeyResult, Measure, Pace, Score, Standard
from goalmodel.errors import WrongType
from goalmodel.exact import exact
from goalmodel.key_result import OutcomePolicy, PacePolicy, Tiers, Trajectory
from goalmodel.objective import Root, combine
from goalmodel.profiles import (
    BREAKS,
    MEANING,
    PROFILES,
    Difference,
    Expected,
    Facts,
    Formula,
    Kept,
    Light,
    Profile,
    Progress,
    Question,
    RolledUp,
    Word,
    Words,
    compare,
)
from goalmodel.testing import exact_numbers, near, other_systems as testing

DAY = dt.date(2026, 9, 30)
A_CYCLE = Cycle(dt.date(2026, 7, 1), DAY)
A_MEASURE = Measure("anything")
many = examples(80)
some = examples(30)

ANY_FACTS = testing.facts()
ANY_PROFILE = testing.profiles()
ANY_QUESTION: st.SearchStrategy[Question] = st.sampled_from(Question)
SHARES = st.fractions(-1, 2, max_denominator=100)

ROUNDED_AND_BACK = Profile(
    name="one that rounds",
    source="made up",
    read=DAY,
    progress=Progress(rising=Formula.TWO_LESS_SHARE, falling=Formula.TARGET_BY_VALUE),
)


PLAIN = Profile(
    name="plain",
    source="ours",
    read=DAY,
    progress=Progress(),
    words=Words(),
    kept=Kept(),
    expected=Expected(),
    roll_up=RolledUp(),
)
"""Goalmodel's own rules, as a profile."""


def ours_of(facts: Facts, question: Question) -> object:
    """Return what goalmodel says."""
    return PLAIN.answer(facts, question).said


def means(said: object) -> object:
    """Return what is said, in the language all systems share."""
    if isinstance(said, Word):
        return None if said.light is Light.NONE else said.light
    return ("said", said) if isinstance(said, bool) else said


class TestPROF1:
    """A profile says of plain facts what the published rule of another system says of them, exactly but for that
    system's own rounding, and names what makes its answer another than ours: one thing at least where they differ,
    nothing where they agree.
    """

    @many
    @given(ANY_PROFILE, ANY_FACTS, ANY_QUESTION)
    @example(ROUNDED_AND_BACK, Facts(baseline=0, target=10, value=10), Question.PROGRESS)
    @example(PROFILES["Harrington"], Facts(low=2, high=0, value=1_000), Question.PROGRESS)
    def test_there_is_a_code_exactly_where_the_answers_differ(
        self, profile: Profile, facts: Facts, question: Question
    ) -> None:
        answer = profile.answer(facts, question)
        assert (means(answer.said) == means(answer.ours)) == (answer.differences == ())

    @given(ANY_FACTS)
    def test_there_is_a_code_exactly_where_a_system_differs(self, facts: Facts) -> None:
        for answer in compare(facts):
            assert (means(answer.said) == means(answer.ours)) == (answer.differences == ()), answer.system

    @some
    @given(ANY_PROFILE, ANY_FACTS, ANY_QUESTION)
    def test_ours_is_the_same_beside_every_system(self, profile: Profile, facts: Facts, question: Question) -> None:
        assert profile.answer(facts, question).ours == ours_of(facts, question)

    @some
    @given(ANY_PROFILE, ANY_FACTS, ANY_QUESTION)
    def test_a_code_is_a_difference_of_the_rules(self, profile: Profile, facts: Facts, question: Question) -> None:
        answer = profile.answer(facts, question)
        assert set(answer.differences) <= {Difference.NOT_PUBLISHED, *profile.differences}

    @many
    @given(ANY_PROFILE, ANY_FACTS, ANY_QUESTION)
    def test_the_reasons_lead_from_our_answer_to_theirs(
        self, profile: Profile, facts: Facts, question: Question
    ) -> None:
        answer = profile.answer(facts, question)
        steps = [dict(reason.facts) for reason in answer.reasons if reason.code == "profile-differs"]
        codes = tuple(dict.fromkeys(step["difference"] for step in steps))
        assert answer.differences in (codes, (Difference.NOT_PUBLISHED,))
        assert all(
            one["after"] == two["before"] or means(one["after"]) == means(two["before"]) for one, two in pairwise(steps)
        )
        if steps:
            assert steps[-1]["after"] == (
                answer.said if not isinstance(answer.said, bool | None) else told(answer.said)
            )
        assert str(answer) == "; ".join(str(reason) for reason in answer.reasons)

    @many
    @given(ANY_FACTS, ANY_QUESTION)
    def test_our_own_rules_make_no_difference(self, facts: Facts, question: Question) -> None:
        answer = PLAIN.answer(facts, question)
        assert (answer.said, answer.differences) == (answer.ours, ())

    @given(st.data(), ANY_FACTS, ANY_QUESTION)
    @some
    def test_one_field_that_differs_is_the_one_code(
        self, data: st.DataObject, facts: Facts, question: Question
    ) -> None:
        policy = data.draw(
            st.sampled_from([testing.progress_policies, testing.kept_policies, testing.rolled_up_policies])
        )()
        drawn = data.draw(policy)
        default = type(drawn)()
        field = data.draw(st.sampled_from([each.name for each in attrs.fields(cast("Any", type(drawn)))]))
        changed = attrs.evolve(cast("Any", default), **{field: getattr(drawn, field)})
        name = {Progress: "progress", Kept: "kept", RolledUp: "roll_up"}[type(drawn)]
        profile: Profile = attrs.evolve(PLAIN, **{name: changed})
        assert len(profile.differences) <= 1
        assert set(profile.answer(facts, question).differences) <= set(profile.differences)

    @some
    @given(ANY_PROFILE, ANY_FACTS)
    def test_a_question_without_a_rule_is_not_answered(self, profile: Profile, facts: Facts) -> None:
        silent = attrs.evolve(profile, progress=None, words=None, kept=None, expected=None, roll_up=None)
        for answer in silent.answers(facts):
            assert answer.said is None
            assert answer.differences == (() if means(answer.ours) is None else (Difference.NOT_PUBLISHED,))

    def test_every_difference_but_silence_breaks_a_rule(self) -> None:
        assert set(BREAKS) == set(Difference) - {Difference.NOT_PUBLISHED}
        assert set(MEANING) == set(Difference)

    def test_every_difference_is_made_by_some_policy(self) -> None:
        made = {difference for profile in PROFILES.values() for difference in profile.differences}
        assert set(Difference) - made <= {Difference.NOT_PUBLISHED, Difference.OTHER_TRAJECTORY}

    @given(ANY_FACTS)
    def test_comparing_asks_every_system_every_question(self, facts: Facts) -> None:
        table = compare(facts)
        assert [(answer.system, answer.question) for answer in table] == [
            (name, question) for name in PROFILES for question in Question
        ]
        assert table == tuple(PROFILES[answer.system].answer(facts, answer.question) for answer in table)


def told(said: bool | None) -> str:  # noqa: FBT001 - yes or no is what was said
    """Return how a reason tells yes, no and nothing."""
    return "nothing" if said is None else "yes" if said else "no"


class TestPROF1OursIsTheTowers:
    """What goalmodel says beside a profile is what its own values and rules say."""

    @many
    @given(exact_numbers(), exact_numbers(), exact_numbers())
    @example(Fraction(8), Fraction(9), Fraction(87, 10))
    def test_the_progress_is_a_key_results_score(self, baseline: Fraction, target: Fraction, value: Fraction) -> None:
        said = ours_of(Facts(baseline=baseline, target=target, value=value), Question.PROGRESS)
        if baseline == target:
            assert said is None
        else:
            moved = KeyResult(id="k", measure=A_MEASURE, baseline=baseline, target=target, cycle=A_CYCLE)
            assert said == moved.score(value).raw

    @some
    @given(st.tuples(SHARES, SHARES, SHARES, SHARES), SHARES, st.lists(SHARES, min_size=2, max_size=2))
    def test_through_stated_points_it_is_the_score_through_tiers(
        self, ends: tuple[Fraction, ...], value: Fraction, scores: list[Fraction]
    ) -> None:
        baseline, one, two, target = ends
        points = [(one, scores[0]), (two, scores[1])]
        try:
            moved = KeyResult(
                id="k", measure=A_MEASURE, baseline=baseline, target=target, cycle=A_CYCLE, path=Tiers(points)
            )
        except GoalModelError:
            expected = None
        else:
            expected = moved.score(value).raw
        facts = Facts(baseline=baseline, target=target, value=value, points=points)
        assert ours_of(facts, Question.PROGRESS) == expected

    @some
    @given(SHARES, SHARES)
    def test_the_pace_is_the_policys(self, score: Fraction, expected: Fraction) -> None:
        light = {Pace.AHEAD: "green", Pace.ON_PACE: "green", Pace.BEHIND: "amber", Pace.WELL_BEHIND: "red"}
        word = ours_of(Facts(progress=score, expected=expected), Question.WORD)
        pace = PacePolicy().word(Score(score), Score(expected))
        assert isinstance(word, Word)
        assert (word.text, word.light) == (pace.value, light[pace])

    @some
    @given(near(0, Fraction(4, 10), Fraction(7, 10), 1))
    def test_the_word_for_a_share_is_the_outcome_policys(self, share: Fraction) -> None:
        word = ours_of(Facts(progress=share), Question.WORD)
        policy, known = OutcomePolicy(), exact(share, "share")
        assert isinstance(word, Word)
        assert word.light == ("green" if known >= policy.most else "amber" if known >= policy.part else "red")

    @some
    @given(st.lists(st.integers(-9, 9), min_size=4, max_size=4, unique=True), st.integers(-9, 9))
    def test_the_level_is_the_health_of_bands(self, cuts: list[int], value: int) -> None:
        watch_low, low, high, watch_high = sorted(cuts)
        bands = HealthBands.between(low, high, watch_low=watch_low, watch_high=watch_high)
        facts = Facts(low=low, high=high, watch_low=watch_low, watch_high=watch_high, value=value)
        word = ours_of(facts, Question.WORD)
        assert isinstance(word, Word)
        assert word.text == bands.health(value).value

    @some
    @given(exact_numbers(), st.data())
    def test_kept_is_meeting_the_standard(self, target: Fraction, data: st.DataObject) -> None:
        value, falling = data.draw(near(target)), data.draw(st.booleans())
        standard = Standard.at_most(target) if falling else Standard.at_least(target)
        assert ours_of(Facts(target=target, value=value, falling=falling), Question.KEPT) == standard.is_met(value)

    @some
    @given(st.lists(st.tuples(st.fractions(0, 1), st.fractions(Fraction(1, 9), 9)), max_size=5))
    def test_the_roll_up_is_the_weighted_mean(self, parts: list[tuple[Fraction, Fraction]]) -> None:
        whole = Facts(children=[Facts(progress=share, weight=weight) for share, weight in parts])
        assert ours_of(whole, Question.ROLLED_UP) == (combine(parts) if parts else None)

    @some
    @given(st.dates(A_CYCLE.start, A_CYCLE.end))
    def test_expected_is_the_share_of_the_cycle_that_is_over(self, day: dt.date) -> None:
        facts = Facts(day=(day - A_CYCLE.start).days + 1, days=A_CYCLE.days)
        cycle, measure = A_CYCLE, Measure("csat")
        ours = KeyResult(id="kr", measure=measure, baseline=0, target=1, cycle=cycle).expected_score(day)
        assert ours is not None
        assert ours_of(facts, Question.EXPECTED) == ours.raw
        declared = Facts(day=facts.day, days=facts.days, trajectory=Trajectory.linear())
        assert ours_of(declared, Question.EXPECTED) == cycle.elapsed(day)


class TestPROF1Exactness:
    """Numbers are exact, but for a system's own rounding."""

    @many
    @given(ANY_PROFILE, ANY_FACTS, ANY_QUESTION)
    def test_no_answer_is_a_float(self, profile: Profile, facts: Facts, question: Question) -> None:
        said = profile.answer(facts, question).said
        assert said is None or isinstance(said, Fraction | Root | Word | bool)

    @some
    @given(testing.shown(), st.one_of(exact_numbers(), st.builds(Root, st.fractions(0, 100), st.integers(1, 4))))
    def test_what_is_rounded_is_a_decimal_and_near(self, shown: Any, amount: Fraction | Root) -> None:  # noqa: ANN401
        unit = Fraction(1, 10**shown.places)
        rounded = shown.of(amount)
        assert rounded % unit == 0
        if isinstance(amount, Root):
            assert rounded - unit <= amount
            assert amount <= rounded + unit
        else:
            assert abs(rounded - amount) <= (unit / 2 if shown.rounding == room_rounding().NEAREST else unit)
            assert shown.of(-amount) == -rounded

    @some
    @given(st.sampled_from([-1, 1]), st.fractions(1, 10), exact_numbers(), exact_numbers(), exact_numbers())
    def test_a_change_of_unit_changes_no_progress_by_the_way(
        self, sign: int, size: Fraction, baseline: Fraction, target: Fraction, value: Fraction
    ) -> None:
        assume(baseline != target)
        moved = Facts(baseline=sign * size * baseline, target=sign * size * target, value=sign * size * value)
        as_it_was = Facts(baseline=baseline, target=target, value=value)
        for name in ("Cascade", "GitLab OKR", "Quantive (Gtmhub)", "operately", "oslokommune/okr-tracker, as stored"):
            profile = PROFILES[name]
            assert profile.answer(moved, Question.PROGRESS).said == profile.answer(as_it_was, Question.PROGRESS).said


def room_rounding() -> Any:  # noqa: ANN401 - an enum of the room
    """Return the ways to round."""
    return goalmodel.profiles.Rounding


def test_a_profile_is_asked_about_facts_and_by_a_question() -> None:
    with pytest.raises(WrongType, match="facts"):
        PLAIN.answer(cast("Facts", {"value": 1}), Question.WORD)
    with pytest.raises(WrongType, match="question"):
        PLAIN.answer(Facts(), cast("Question", "word"))
    with pytest.raises(WrongType, match="facts"):
        compare(cast("Facts", 1))
    with pytest.raises(WrongType, match="profiles"):
        compare(Facts(), [cast("Profile", "Viva Goals")])
