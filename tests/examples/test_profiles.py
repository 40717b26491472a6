"""Profiles by hand: every dimension below, on and above its edge, and every preset that is a policy, too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import attrs
import pytest

from goalmodel import Pace, Score
from goalmodel.errors import NotANumber, OutOfBounds, WrongType
from goalmodel.exact import Number
from goalmodel.key_result import OutcomePolicy, PacePolicy, Trajectory
from goalmodel.measure import Aggregation
from goalmodel.objective import Root, Unscored
from goalmodel.profiles import (
    PROFILES,
    Band,
    Basis,
    DayCount,
    Difference,
    Edge,
    Expected,
    Facts,
    Formula,
    Kept,
    Lasting,
    Light,
    Method,
    Phase,
    Profile,
    Progress,
    Question,
    RolledUp,
    Rounding,
    Shown,
    Undefined,
    Word,
    Wording,
    Words,
)
from goalmodel.profiles.systems import PROFILES as SYSTEMS

NOWHERE = Profile(name="nowhere", source="made up", read=dt.date(2026, 9, 30))


def progress(rule: Progress, facts: Facts) -> object:
    """Return the progress by *rule*."""
    return attrs.evolve(NOWHERE, progress=rule).answer(facts, Question.PROGRESS).said


def kept(rule: Kept, facts: Facts) -> object:
    """Return whether the goal is kept by *rule*."""
    return attrs.evolve(NOWHERE, kept=rule).answer(facts, Question.KEPT).said


def expected(rule: Expected, facts: Facts) -> object:
    """Return what *rule* expects."""
    return attrs.evolve(NOWHERE, expected=rule).answer(facts, Question.EXPECTED).said


def rolled_up(rule: RolledUp, *parts: Facts) -> object:
    """Return what the parts come to by *rule*."""
    return attrs.evolve(NOWHERE, roll_up=rule).answer(Facts(children=parts), Question.ROLLED_UP).said


def word(name: str, facts: Facts) -> str | None:
    """Return the word of a system."""
    said = PROFILES[name].answer(facts, Question.WORD).said
    assert said is None or isinstance(said, Word)
    return None if said is None else said.text


def test_there_are_at_least_forty_systems_each_with_its_source() -> None:
    assert SYSTEMS is PROFILES
    assert len(PROFILES) >= 40
    assert all(profile.name == name and profile.source.strip() for name, profile in PROFILES.items())
    assert {profile.read for profile in PROFILES.values()} == {dt.date(2026, 11, 26)}


@pytest.mark.parametrize(
    "field", ["baseline", "target", "value", "low", "watch_high", "progress", "expected", "weight"]
)
def test_a_fact_that_is_no_number_is_refused_by_its_own_name(field: str) -> None:
    with pytest.raises(NotANumber, match=f"{field} must be a number") as refused:
        Facts(**{field: "eight"})  # type: ignore[arg-type] # what is refused # pyright: ignore[reportArgumentType]
    assert str(refused.value.field) == field


# ------------------------------------------------------------------------------------------------ rounding


@pytest.mark.parametrize(
    ("amount", "places", "nearest", "toward_zero"),
    [
        (Fraction(1, 8), 2, Fraction(13, 100), Fraction(12, 100)),
        (Fraction(-1, 8), 2, Fraction(-13, 100), Fraction(-12, 100)),
        (Fraction(1249, 10000), 2, Fraction(12, 100), Fraction(12, 100)),
        (Fraction(2, 3), 2, Fraction(67, 100), Fraction(66, 100)),
        (Fraction(2, 3), 0, Fraction(1), Fraction(0)),
        (Fraction(12), 2, Fraction(12), Fraction(12)),
        (Root(Fraction(1, 2), 2), 2, Fraction(71, 100), Fraction(70, 100)),
        (Root(Fraction(1, 4), 2), 0, Fraction(1), Fraction(0)),
    ],
)
def test_a_number_is_shown_to_the_nearest_or_toward_zero(
    amount: Fraction | Root, places: int, nearest: Fraction, toward_zero: Fraction
) -> None:
    assert Shown(places).of(amount) == nearest
    assert Shown(places, Rounding.TOWARD_ZERO).of(amount) == toward_zero


@pytest.mark.parametrize("places", [-1, 31, 2.0])
def test_places_are_a_whole_number_up_to_30(places: int) -> None:
    with pytest.raises((OutOfBounds, WrongType), match="places"):
        Shown(places)


# ------------------------------------------------------------------------------------------------ formulas

RISING = Facts(baseline=10, target=20, value=16)
FALLING = Facts(baseline=100, target=60, value=70)


@pytest.mark.parametrize(
    ("formula", "rising", "falling"),
    [
        (Formula.SHARE_OF_WAY, "3/5", "3/4"),
        (Formula.SHARE_OF_TARGET, "4/5", "7/6"),
        (Formula.TARGET_BY_VALUE, "5/4", "6/7"),
        (Formula.TWO_LESS_SHARE, "6/5", "5/6"),
        (Formula.VARIANCE, "-1/5", "1/6"),
        (Formula.DISTANCE, "1/5", "1/6"),
        (Formula.GAP, "-4", "-10"),
        (Formula.MET, "0", "0"),
        (Formula.DESIRABILITY, "3/5", "3/4"),
        (Formula.SHARE_BY_TIME, None, None),
        (Formula.READINGS_MET, None, None),
        (Formula.DOUBLE_EXPONENTIAL, None, None),
    ],
)
def test_every_formula_on_a_rising_and_a_falling_goal(
    formula: Formula, rising: str | None, falling: str | None
) -> None:
    rule = Progress(rising=formula, falling=formula)
    assert progress(rule, RISING) == (None if rising is None else Fraction(rising))
    assert progress(rule, FALLING) == (None if falling is None else Fraction(falling))


@pytest.mark.parametrize("formula", [each for each in Formula if each is not Formula.DOUBLE_EXPONENTIAL])
def test_without_a_target_no_formula_says_anything(formula: Formula) -> None:
    rule = Progress(rising=formula, baseless=formula)
    assert progress(rule, Facts(value=1, elapsed=1)) is None
    assert progress(rule, Facts(value=1, baseline=0, elapsed=1)) is None


def test_a_goal_that_does_not_say_which_way_rises() -> None:
    rule = Progress(rising=Formula.SHARE_OF_TARGET, falling=Formula.TARGET_BY_VALUE)
    assert progress(rule, Facts(target=20, value=16)) == Fraction(4, 5)
    assert progress(rule, Facts(target=20, value=16, falling=True)) == Fraction(5, 4)
    assert progress(rule, Facts(baseline=30, target=20, value=16, falling=False)) == Fraction(4, 5)


def test_another_formula_may_hold_without_a_baseline_and_in_a_range() -> None:
    rule = Progress(baseless=Formula.MET, in_range=Formula.MET)
    assert progress(rule, Facts(target=20, value=20)) == 1
    assert progress(rule, RISING) == Fraction(3, 5)
    assert [progress(rule, Facts(low=5, high=7, value=value)) for value in (4, 5, 7, 8)] == [0, 1, 1, 0]
    assert progress(Progress(), Facts(low=5, high=7, value=6)) is None


@pytest.mark.parametrize(
    ("undefined", "below", "on", "above"),
    [
        (Undefined.REFUSED, None, None, None),
        (Undefined.ZERO, 0, 0, 0),
        (Undefined.HALF, Fraction(1, 2), Fraction(1, 2), Fraction(1, 2)),
        (Undefined.ONE, 1, 1, 1),
        (Undefined.MET, 0, 1, 1),
        (Undefined.SIGN, 1, 1, 1),
        (Undefined.BEST, 1, 1, 1),
    ],
)
def test_equal_ends_under_every_answer(
    undefined: Undefined, below: Number | None, on: Number | None, above: Number | None
) -> None:
    said = [
        progress(Progress(undefined=undefined), Facts(baseline=3, target=3, value=value, falling=False))
        for value in (2, 3, 4)
    ]
    assert said == [below, on, above]


@pytest.mark.parametrize(("value", "sign"), [(-5, -1), (0, 0), (5, 1)])
def test_a_target_of_nothing_leaves_the_sign(value: int, sign: int) -> None:
    rule = Progress(rising=Formula.VARIANCE, undefined=Undefined.SIGN)
    assert progress(rule, Facts(target=0, value=value)) == sign


@pytest.mark.parametrize(("target", "said"), [(-1, None), (0, None), (Fraction(1, 10), -9)])
def test_a_target_may_have_to_be_above_zero(target: Number, said: Number | None) -> None:
    rule = Progress(rising=Formula.TWO_LESS_SHARE, above_zero=True)
    given = Facts(target=target, value=Fraction(11, 10))
    assert progress(rule, given) == said


def test_readings_come_to_one_value() -> None:
    given = Facts(baseline=0, target=10, history=(1, None, 4, 4, None))
    assert progress(Progress(), given) == Fraction(4, 10)
    assert progress(Progress(counted=Aggregation.MEAN), given) == Fraction(3, 10)
    assert progress(Progress(counted=Aggregation.SUM), given) == Fraction(9, 10)
    assert progress(Progress(counted=Aggregation.GREATEST), given) == Fraction(4, 10)
    assert progress(Progress(counted=Aggregation.LEAST), given) == Fraction(1, 10)
    assert progress(Progress(counted=Aggregation.SUM), attrs.evolve(given, value=2)) == Fraction(2, 10)


def test_without_a_value_nothing_is_said_or_what_counts_for_nothing() -> None:
    given = Facts(baseline=0, target=10, history=(None,))
    assert progress(Progress(), given) is None
    assert progress(Progress(valueless=0), given) == 0


def test_readings_that_are_met_count_against_those_that_are_planned_or_there() -> None:
    rule = Progress(in_range=Formula.READINGS_MET)
    given = Facts(low=4, high=5, history=(4, 5, 6, None), planned=8)
    assert progress(rule, given) == Fraction(2, 8)
    assert progress(rule, attrs.evolve(given, planned=None)) == Fraction(2, 4)
    assert progress(rule, Facts(low=4, high=5, value=4)) is None


def test_a_share_by_time_is_how_fast_an_allowance_is_used() -> None:
    rule = Progress(falling=Formula.SHARE_BY_TIME)
    given = Facts(value=10, target=100, falling=True)
    assert progress(rule, attrs.evolve(given, elapsed=0.1)) == 1
    assert progress(rule, attrs.evolve(given, day=1, days=20)) == 2
    assert progress(rule, attrs.evolve(given, elapsed=0)) is None
    assert progress(rule, given) is None


def test_words_may_stand_for_a_share() -> None:
    rule = Progress(named=(("partly", 0.5),))
    assert progress(rule, Facts(word="partly")) == Fraction(1, 2)
    assert progress(rule, Facts(word="wholly")) is None
    assert progress(rule, Facts(word="partly", progress=0.1)) == Fraction(1, 10)


def test_a_table_goes_on_beyond_its_ends_until_it_is_cut_off() -> None:
    rule = Progress(table=((0, Fraction(1, 3)), (1, Fraction(2, 3))))
    ways = [Facts(baseline=500, target=700, value=value) for value in (300, 500, 700, 900, 1100)]
    assert [progress(rule, way) for way in ways] == [0, Fraction(1, 3), Fraction(2, 3), 1, Fraction(4, 3)]
    assert progress(attrs.evolve(rule, most=1), ways[-1]) == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, 0), (Fraction(1, 2), 0), (1, Root(Fraction(1, 2), 2)), (Fraction(3, 2), 1), (2, Fraction(1, 8)), (3, 0)],
)
def test_desirability_rises_to_the_ideal_value_and_falls_behind_it(value: Number, said: Number | Root) -> None:
    rule = Progress(rising=Formula.DESIRABILITY, exponents=(Fraction(1, 2), 3))
    given = Facts(low=Fraction(1, 2), target=Fraction(3, 2), high=Fraction(5, 2), value=value)
    assert progress(rule, given) == said


def test_desirability_of_equal_ends_is_as_undefined_as_theirs() -> None:
    rule = Progress(rising=Formula.DESIRABILITY, undefined=Undefined.ONE)
    assert progress(rule, Facts(baseline=1, target=1, value=1)) == 1


def test_a_double_exponential_needs_two_points_or_a_range() -> None:
    rule = Progress(rising=Formula.DOUBLE_EXPONENTIAL, in_range=Formula.DOUBLE_EXPONENTIAL, shown=Shown(4))
    two = ((0, Fraction(1, 10)), (1, Fraction(9, 10)))
    assert [progress(rule, Facts(points=two, value=value)) for value in (0, 1)] == [Fraction(1, 10), Fraction(9, 10)]
    assert progress(rule, Facts(points=two[:1], value=0)) is None
    assert progress(rule, Facts(points=((0, 0), (1, 1)), value=0)) is None
    assert progress(rule, Facts(low=0, high=2, value=1)) == 1
    assert progress(rule, Facts(low=0, high=2, value=2)) == Fraction(3679, 10000)
    assert progress(rule, Facts(low=2, high=2, value=2)) is None
    assert progress(rule, Facts(low=2, high=0, value=1_000)) == 0
    assert progress(rule, Facts(points=two, value=10**9)) == 1
    beyond = ((0, Fraction(1, 10)), (1, 1 - Fraction(1, 10**60)))
    assert progress(rule, Facts(points=beyond, value=0)) is None


@pytest.mark.parametrize(
    ("value", "worst", "threshold", "target", "said"),
    [
        # Rising, in hundredths from -1 to 1.
        (0, 0, 5, 10, -100),
        (2, 0, 5, 10, -60),
        (5, 0, 5, 10, 0),
        (6, 0, 5, 10, 20),
        (10, 0, 5, 10, 100),
        (11, 0, 5, 10, 100),
        (-1, 0, 5, 10, -100),
        # Falling.
        (134, 360, 90, 30, -16),
        (46, 360, 90, 30, 73),
        # Two of the three are one: what is reached is reached, and what is short is short.
        (46, 360, 90, 90, 100),
        (134, 360, 90, 90, -16),
        (5, 0, 0, 10, 50),
        (0, 0, 0, 10, -100),
        # All three are one.
        (2, 3, 3, 3, -100),
        (3, 3, 3, 3, 100),
        (4, 3, 3, 3, 100),
    ],
)
def test_an_indicator_leads_through_its_threshold(
    value: int, worst: int, threshold: int, target: int, said: int
) -> None:
    given = Facts(baseline=worst, points=((threshold, 0.5),), target=target, value=value)
    assert PROFILES["GRL/jUCMNav"].answer(given, Question.PROGRESS).said == Fraction(said, 100)


def test_points_that_do_not_lead_anywhere_leave_nothing_to_say() -> None:
    assert progress(Progress(), Facts(baseline=0, target=10, value=5, points=((12, 0.5),))) is None


@pytest.mark.parametrize("exponents", [(1,), (1, 1, 1), (0, 1), (1, -1), (21, 1), (1, Fraction(1, 21))])
def test_exponents_are_two_short_fractions_above_zero(exponents: Sequence[Number]) -> None:
    with pytest.raises(OutOfBounds, match="exponents"):
        Progress(exponents=exponents)


@pytest.mark.parametrize("table", [((0, 1),), ((0, 1), (0, 2))])
def test_a_table_has_two_points_or_none(table: Sequence[tuple[Number, Number]]) -> None:
    with pytest.raises(OutOfBounds, match="table"):
        Progress(table=table)


def test_what_words_stand_for_comes_in_pairs() -> None:
    with pytest.raises(WrongType, match="named"):
        Progress(named=[("a", 1, 2)])  # type: ignore[list-item] # what is refused # pyright: ignore[reportArgumentType]
    with pytest.raises(WrongType, match="named_weights"):
        RolledUp(named_weights=[("a",)])  # type: ignore[list-item] # what is refused # pyright: ignore[reportArgumentType]


# ---------------------------------------------------------------------------------------------------- kept


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    ("edge", "passes"),
    [
        (Edge.PASSES, {False: True, True: True}),
        (Edge.FAILS, {False: False, True: False}),
        (Edge.AS_WRITTEN, {False: True, True: False}),
    ],
)
def test_the_edge_itself(edge: Edge, passes: dict[bool, bool], strict: bool) -> None:  # noqa: FBT001 - a row
    for falling in (False, True):
        better = -1 if falling else 1
        said = [
            kept(Kept(edge=edge), Facts(target=100, value=100 + better * step, falling=falling, strict=strict))
            for step in (-1, 0, 1)
        ]
        assert said == [False, passes[strict], True]


@pytest.mark.parametrize(
    ("value", "is_kept"),
    [(Fraction("237.49"), False), (Fraction("237.5"), True), (262.5, True), (Fraction("262.51"), False)],
)
def test_a_tolerance_is_a_share_of_the_edge(value: Number, is_kept: bool) -> None:  # noqa: FBT001 - a row
    assert kept(Kept(tolerance=0.05), Facts(low=250, high=250, value=value)) is is_kept


def test_a_tolerance_widens_a_limit_below_nothing_too() -> None:
    given = Facts(target=-100, value=-105)
    assert kept(Kept(tolerance=0.05), given) is True
    assert kept(Kept(tolerance=0.049), given) is False


@pytest.mark.parametrize(
    ("share", "aspires", "is_kept"), [(0.69, True, False), (0.7, True, True), (0.7, False, False), (1, False, True)]
)
def test_less_may_be_enough_of_what_is_safe_to_fall_short(share: Number, aspires: bool, is_kept: bool) -> None:  # noqa: FBT001 - a row
    google = PROFILES["Google / Measure What Matters"]
    assert google.answer(Facts(progress=share, aspirational=aspires), Question.KEPT).said is is_kept


def test_what_is_met_outright_is_kept_whatever_share_is_enough() -> None:
    enough = Kept(aspirational=0.7)
    assert kept(enough, Facts(target=10, value=10)) is True
    assert kept(enough, Facts(target=10, value=9)) is False
    assert kept(enough, Facts(baseline=0, target=10, value=7)) is True
    assert kept(enough, Facts(value=7)) is None


# ------------------------------------------------------------------------------------------------ expected


@pytest.mark.parametrize(
    ("day_count", "first", "middle", "last"),
    [
        (DayCount.THROUGH_TODAY, "1/30", "15/30", "1"),
        (DayCount.BEFORE_TODAY, "0", "14/30", "29/30"),
        (DayCount.BETWEEN_ENDS, "0", "14/29", "1"),
    ],
)
def test_days_that_are_over(day_count: DayCount, first: str, middle: str, last: str) -> None:
    said = [expected(Expected(toward=1, day_count=day_count), Facts(day=day, days=30)) for day in (1, 15, 30)]
    assert said == [Fraction(first), Fraction(middle), Fraction(last)]


def test_a_time_of_one_day_is_over_on_it() -> None:
    assert expected(Expected(day_count=DayCount.BETWEEN_ENDS), Facts(day=1, days=1)) == Fraction(7, 10)


def test_what_was_said_to_be_expected_is_expected() -> None:
    late = Expected(trajectory=Trajectory.at_the_end())
    assert expected(late, Facts(expected=0.4, elapsed=0.5)) == Fraction(4, 10)
    assert expected(late, Facts(elapsed=0.5)) == 0
    assert expected(late, Facts(elapsed=0.5, trajectory=Trajectory.linear())) == Fraction(1, 2)
    assert [expected(Expected(), Facts(elapsed=share)) for share in (-1, 2, None)] == [0, Fraction(7, 10), None]


def test_whole_units_are_expected_whole() -> None:
    rule = Expected(toward=1, whole=Shown(0), fine=Shown(2))
    third = Facts(baseline=0, target=10, elapsed=Fraction(1, 3))
    assert expected(rule, attrs.evolve(third, whole=True)) == Fraction(3, 10)
    assert expected(rule, third) == Fraction(333, 1000)
    assert expected(rule, Facts(elapsed=Fraction(1, 3))) == Fraction(1, 3)
    assert expected(rule, Facts(baseline=5, target=5, elapsed=Fraction(1, 3))) == Fraction(1, 3)


# --------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("name", "facts", "said"),
    [
        # Printed ranges, and the gaps between them.
        ("Atlassian Goals", Facts(progress=0.3), "off track"),
        ("Atlassian Goals", Facts(progress=0.31), None),
        ("Atlassian Goals", Facts(progress=0.39), None),
        ("Atlassian Goals", Facts(progress=0.4), "at risk"),
        ("Atlassian Goals", Facts(progress=0.69), None),
        ("Atlassian Goals", Facts(progress=0.7), "on track"),
        ("Atlassian Goals", Facts(progress=1), "on track"),
        ("Atlassian Goals", Facts(progress=1.01), None),
        ("SalesScreen", Facts(progress=0.49), "red"),
        ("SalesScreen", Facts(progress=0.495), None),
        ("SalesScreen", Facts(progress=0.5), "yellow"),
        ("Koan", Facts(value=3), "at risk"),
        ("Koan", Facts(value=4), "has issues"),
        ("Koan", Facts(value=7), "has issues"),
        ("Koan", Facts(value=8), "on track"),
        # Cuts that belong below.
        ("Oracle BI EE", Facts(value=50), "critical"),
        ("Oracle BI EE", Facts(value=51), "warning"),
        ("Oracle BI EE", Facts(value=80), "warning"),
        ("Oracle BI EE", Facts(value=100), "acceptable"),
        ("Oracle BI EE", Facts(value=125), "good"),
        ("Oracle BI EE", Facts(value=126), "ideal"),
        ("Oracle Fusion Analytics", Facts(progress=0.7), "critical/red"),
        ("Oracle Fusion Analytics", Facts(progress=0.71), "warning/yellow"),
        ("Oracle Fusion Analytics", Facts(progress=1), "good/green"),
        # The published words of pace.
        ("Planview LeanKit OKRs", Facts(progress=0.6, expected=0.5), "ahead"),
        ("Planview LeanKit OKRs", Facts(progress=0.55, expected=0.5), "on track"),
        ("Planview LeanKit OKRs", Facts(progress=0.45, expected=0.5), "on track"),
        ("Planview LeanKit OKRs", Facts(progress=0.2, expected=0.4), "behind"),
        ("Viva Goals", Facts(progress=0.5, expected=0.5), "on track"),
        ("Viva Goals", Facts(progress=0.47, expected=0.52), "behind"),
        ("Viva Goals", Facts(progress=0.25, expected=0.5), "behind"),
        ("Viva Goals", Facts(progress=0.24, expected=0.5), "at risk"),
        # What is to be kept: the edge fails, and a risk threshold is near it.
        ("Viva Goals", Facts(target=9, value=9), "at risk"),
        ("Viva Goals", Facts(target=9, value=9.1), "on track"),
        ("Viva Goals", Facts(target=9, value=9, watch_low=8), "behind"),
        ("Viva Goals", Facts(low=9, value=8, watch_low=8), "at risk"),
        ("MetricSpec bands", Facts(low=0.7, watch_low=0.55, value=0.7), "Healthy"),
        ("MetricSpec bands", Facts(low=0.7, watch_low=0.55, value=0.55), "Warning"),
        ("MetricSpec bands", Facts(low=0.7, watch_low=0.55, value=0.5), "Critical"),
        ("MetricSpec bands", Facts(baseline=0, target=1, value=1), None),
        ("MetricSpec bands", Facts(value=0.12), "Observed"),
        # When it is early, and when it is over.
        ("Dashboards Mashboard", Facts(progress=0.3, elapsed=0.19), None),
        ("Dashboards Mashboard", Facts(progress=0.3, elapsed=0.2), "critical"),
        ("Dashboards Mashboard", Facts(progress=0.3, day=6, days=31), None),
        ("Dashboards Mashboard", Facts(progress=0.3, day=7, days=31), "critical"),
        ("Viva Goals", Facts(progress=0.01, elapsed=0.05), "behind"),
        ("Planview LeanKit OKRs", Facts(progress=0.9, expected=1, phase=Phase.OVER), "on target"),
        ("Planview LeanKit OKRs", Facts(progress=0.89, expected=1, phase=Phase.OVER), "below target"),
        ("ServiceNow", Facts(low=250, high=250, value=262.5), "green"),
        ("ServiceNow", Facts(low=250, high=250, value=263), "red"),
        ("Innovation Minds", Facts(progress=0.45, expected=0.5), "progressing"),
        ("Innovation Minds", Facts(progress=0.449, expected=0.5), "off track"),
        ("Engagedly", Facts(low=1, value=1), "on track"),
        ("Engagedly", Facts(low=1, value=0), "behind"),
        ("Engagedly", Facts(low=1, value=1, phase=Phase.OVER), "achieved"),
        ("Engagedly", Facts(low=1, value=0, phase=Phase.OVER), "at risk"),
        ("Engagedly", Facts(progress=1, expected=1), "achieved"),
        ("Engagedly", Facts(progress=0.335, expected=0.5), "on track"),
        ("Engagedly", Facts(progress=0.17, expected=0.5), "behind"),
        ("Engagedly", Facts(progress=0.169, expected=0.5), "at risk"),
        ("Viva Goals", Facts(progress=1, phase=Phase.OVER), "orange"),
        ("Viva Goals", Facts(progress=1, phase=Phase.OVER, aspirational=False), "green"),
        ("Viva Goals alerts", Facts(day=7, word="not started"), None),
        ("Viva Goals alerts", Facts(day=8, word="not started"), "needs attention"),
        ("Viva Goals alerts", Facts(day=8), None),
        ("Viva Goals alerts", Facts(progress=0.8, expected=1), "no alert"),
        ("Viva Goals alerts", Facts(progress=0.81, expected=1), "needs attention"),
        # Set against the value that was expected.
        ("OKR_system", Facts(baseline=0, target=100, value=50, expected=0.5), "green"),
        ("OKR_system", Facts(baseline=0, target=100, value=45, expected=0.5), "yellow"),
        ("OKR_system", Facts(baseline=0, target=100, value=44, expected=0.5), "red"),
        ("OKR_system", Facts(baseline=100, target=20, value=60, expected=0.5), "green"),
        ("OKR_system", Facts(baseline=100, target=20, value=66, expected=0.5), "yellow"),
        ("OKR_system", Facts(baseline=100, target=20, value=67, expected=0.5), "red"),
        ("OKR_system", Facts(target=20, value=67, expected=0.5), None),
        # What is missing.
        ("OKR_system", Facts(baseline=0, target=100, expected=0.5), "red"),
        ("Perdoo", Facts(value=1), "healthy"),
        ("Perdoo", Facts(value=1, target=2), "unhealthy"),
        ("Levers fulcrum", Facts(value=1), "no target"),
        ("Levers fulcrum", Facts(target=1), "no target"),
        ("Levers fulcrum", Facts(target=0, value=1), "no target"),
        ("Levers fulcrum", Facts(target=100, value=95), "on track"),
        ("Levers fulcrum", Facts(target=100, value=94.9), "off track"),
        ("Levers fulcrum", Facts(progress=0.5), None),
        # A goal is judged before its number is rounded.
        ("ServiceNow", Facts(progress=Fraction(89999, 100000)), "yellow"),
        ("Spider Impact", Facts(baseline=255_000, target=260_000, value=254_999), "red"),
        ("Spider Impact", Facts(baseline=255_000, target=260_000, value=255_000), "yellow"),
        ("Spider Impact", Facts(baseline=255_000, target=260_000, value=260_000), "green"),
    ],
)
def test_the_words_of_systems_on_and_beside_their_cuts(name: str, facts: Facts, said: str | None) -> None:
    assert word(name, facts) == said


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ((), None),
        ((None,), None),
        ((69,), "normal"),
        ((70,), "normal"),
        ((70, 70), "in alarm"),
        ((70, 69, 70), "normal"),
        ((70, None, 70), "in alarm"),
        # Out of it again only two below, and twice in a row.
        ((70, 70, 69, 69, 69), "in alarm"),
        ((70, 70, 67), "in alarm"),
        ((70, 70, 67, 68), "in alarm"),
        ((70, 70, 67, 67), "normal"),
    ],
)
def test_a_level_holds_over_until_so_many_readings_lie_clear_of_the_edge(
    history: Sequence[Number | None], said: str | None
) -> None:
    held = attrs.evolve(
        PROFILES["Logix5000/OPC UA A&C"].words or Words(), lasting=Lasting(on_after=2, off_after=2, deadband=2)
    )
    alarm = attrs.evolve(PROFILES["Logix5000/OPC UA A&C"], words=held)
    for falling, sign in ((True, 1), (False, -1)):
        turned = [None if each is None else sign * each for each in history]
        facts = Facts(target=sign * 70, history=turned, falling=falling)
        answer = alarm.answer(facts, Question.WORD).said
        assert (None if answer is None else str(answer)) == said
    assert word("Prometheus", Facts(history=(1, 2))) is None
    assert word("Prometheus", Facts(target=1, value=2, falling=True)) == "firing"


def test_what_holds_over_is_a_difference_where_the_latest_reading_says_otherwise() -> None:
    probe = PROFILES["Kubernetes probe"]
    answer = probe.answer(Facts(target=1, history=(1, 0, 0)), Question.WORD)
    assert [str(answer.said), str(answer.ours)] == ["success", "unhealthy"]
    assert answer.differences == (Difference.HELD_OVER, Difference.OTHER_CUTS)


def test_a_root_has_a_word_as_any_number_has() -> None:
    half = Progress(rising=Formula.DESIRABILITY, exponents=(Fraction(1, 2), 1))
    lines = Wording(
        basis=Basis.PROGRESS,
        bands=(
            Band(word=Word("most", Light.GREEN), start=Fraction(3, 4), above=True),
            Band(word=Word("part", Light.AMBER), start=Fraction(1, 2), end=Fraction(3, 4)),
            Band(word=Word("some", Light.RED), start=-1),
        ),
    )
    bent = attrs.evolve(NOWHERE, progress=half, words=Words(wordings=[lines]))
    said = [bent.answer(Facts(baseline=0, target=1, value=value), Question.WORD).said for value in (0.1, 0.5, 0.6)]
    assert [str(each) for each in said] == ["some", "part", "most"]
    assert bent.answer(Facts(baseline=0, target=1, value=Fraction(1, 2)), Question.KEPT).said is None
    judged = attrs.evolve(bent, kept=Kept(aspirational=0.7))
    assert judged.answer(Facts(baseline=0, target=1, value=Fraction(1, 2)), Question.KEPT).said is True


PACES = {
    "Cascade": PacePolicy.cascade(),
    "Engagedly": PacePolicy.engagedly(),
    "Planview LeanKit OKRs": PacePolicy.leankit(),
    "UpRaise (Jira)": PacePolicy.upraise(),
    "Viva Goals": PacePolicy.viva_goals(),
    "Workfront Goals": PacePolicy.workfront(),
}
LIGHTS = {Pace.AHEAD: "green", Pace.ON_PACE: "green", Pace.BEHIND: "amber", Pace.WELL_BEHIND: "red"}


@pytest.mark.parametrize("name", PACES)
@pytest.mark.parametrize(
    "percent", [-10, 0, 16.9, 17, 24, 25, 34, 35, 37, 37.5, 44, 45, 47, 47.5, 50, 52.5, 55, 56, 99]
)
def test_a_preset_of_pace_and_the_profile_agree(name: str, percent: Number) -> None:
    share = Score(percent).raw / 100
    said = PROFILES[name].answer(Facts(progress=share, expected=0.5), Question.WORD).said
    assert isinstance(said, Word)
    assert said.light == LIGHTS[PACES[name].word(Score(share), Score(0.5))]


@pytest.mark.parametrize("percent", [0, 30, 40, 60, 70, 100])
def test_the_preset_of_outcomes_and_the_profile_agree(percent: int) -> None:
    policy, share = OutcomePolicy.google(), Fraction(percent, 100)
    colour = "green" if share >= policy.most else "yellow" if share >= policy.part else "red"
    assert word("Google / Measure What Matters", Facts(progress=share)) == colour


# ----------------------------------------------------------------------------------------------- rolled up

ONE, HALF, NONE = Facts(progress=1), Facts(progress=0.5), Facts()
HEAVY = Facts(progress=0.25, weight=3)
ROOT = Facts(low=0, target=1, high=2, value=0.5)
BENT = Progress(rising=Formula.DESIRABILITY, exponents=(Fraction(1, 2), 1))


@pytest.mark.parametrize(
    ("method", "said"),
    [
        (Method.MEAN, Fraction(7, 16)),
        (Method.HARMONIC, Fraction(4, 13)),
        (Method.GEOMETRIC, Root(Fraction(1, 64), 4)),
        (Method.SUM, Fraction(7, 4)),
        (Method.LEAST, Fraction(1, 4)),
        (Method.GREATEST, Fraction(1)),
        (Method.WORST, Fraction(1, 4)),
        (Method.BEST, Fraction(1)),
        (Method.LATEST, Fraction(1, 4)),
    ],
)
def test_every_way_to_make_one_of_two(method: Method, said: Fraction | Root) -> None:
    assert rolled_up(RolledUp(method=method), ONE, HEAVY) == said


def test_the_worst_of_what_is_to_be_little_is_the_most() -> None:
    few = [Facts(value=value, falling=True) for value in (10, 20)]
    free = RolledUp(of_values=True, least_part=None, most_part=None)
    assert rolled_up(attrs.evolve(free, method=Method.WORST), *few) == 20
    assert rolled_up(attrs.evolve(free, method=Method.BEST), *few) == 10


@pytest.mark.parametrize("method", [Method.MEAN, Method.HARMONIC, Method.SUM, Method.T_SCORE])
def test_roots_are_not_added(method: Method) -> None:
    bent = attrs.evolve(NOWHERE, progress=BENT, roll_up=RolledUp(method=method))
    assert bent.answer(Facts(children=[ROOT, ROOT]), Question.ROLLED_UP).said is None


@pytest.mark.parametrize(
    ("method", "said"),
    [
        (Method.GEOMETRIC, Root(Fraction(1, 8), 4)),
        (Method.LEAST, Fraction(1, 2)),
        (Method.GREATEST, Root(Fraction(1, 2), 2)),
    ],
)
def test_roots_are_compared_and_multiplied(method: Method, said: Fraction | Root) -> None:
    bent = attrs.evolve(NOWHERE, progress=BENT, roll_up=RolledUp(method=method))
    for parts in ([ROOT, HALF], [HALF, ROOT]):
        assert bent.answer(Facts(children=parts), Question.ROLLED_UP).said == said
    below = attrs.evolve(bent, roll_up=RolledUp(method=Method.LEAST, least_part=None))
    assert below.answer(Facts(children=[ROOT, Facts(progress=-1)]), Question.ROLLED_UP).said == -1


def test_a_geometric_mean_too_high_to_draw_is_not_drawn() -> None:
    unit = RolledUp(method=Method.GEOMETRIC, most_part=None)
    assert rolled_up(unit, Facts(progress=2), Facts(progress=8)) == 4
    assert rolled_up(unit, Facts(progress=2, weight=Fraction(1, 1009)), ONE) is None
    huge = Facts(progress=Fraction(10**900 + 1, 7), weight=Fraction(1, 499))
    assert rolled_up(unit, huge, ONE) is None
    assert rolled_up(unit, attrs.evolve(huge, weight=499), ONE) is None


def test_a_harmonic_mean_is_of_what_lies_above_nothing() -> None:
    assert rolled_up(RolledUp(method=Method.HARMONIC), ONE, Facts(progress=0)) is None
    assert rolled_up(RolledUp(method=Method.HARMONIC), ONE, Facts(progress=1, weight=-1)) is None


def test_values_are_pooled_before_they_are_set_against_their_targets() -> None:
    counts = [Facts(value=10, target=70), Facts(value=20, target=50)]
    quality = attrs.evolve(PROFILES["quality-time"], roll_up=RolledUp(method=Method.POOLED))
    assert quality.answer(Facts(children=counts), Question.ROLLED_UP).said == Fraction(1, 4)
    assert quality.answer(Facts(children=[*counts, Facts(value=1)]), Question.ROLLED_UP).said is None
    assert quality.answer(Facts(children=[*counts, Facts(target=1)]), Question.ROLLED_UP).said is None


def test_a_whole_comes_no_further_than_what_limits_it() -> None:
    limit, rule = Facts(progress=0.3, limits=True), RolledUp(limited=True)
    assert rolled_up(rule, ONE, HALF, limit) == Fraction(3, 10)
    assert rolled_up(rule, Facts(progress=0.2), limit) == Fraction(1, 5)
    assert rolled_up(rule, limit) == Fraction(3, 10)
    assert rolled_up(RolledUp(), ONE, limit) == Fraction(65, 100)


def test_a_weight_of_nothing_is_refused_or_dropped_or_ignored() -> None:
    weightless = Facts(progress=0.5, weight=0)
    assert rolled_up(RolledUp(), ONE, weightless) is None
    assert rolled_up(RolledUp(drops_weightless=True), ONE, weightless) == 1
    assert rolled_up(RolledUp(drops_weightless=True), weightless) is None
    assert rolled_up(RolledUp(equal_weights=True), ONE, weightless) == Fraction(3, 4)
    assert rolled_up(RolledUp(), ONE, Facts(progress=0.5, weight=-1)) is None


def test_a_part_may_weigh_what_a_word_says() -> None:
    rule = RolledUp(method=Method.SUM, named_weights=(("HELP", 0.25), ("BREAK", -1)))
    assert rolled_up(rule, Facts(progress=1, word="HELP")) == Fraction(1, 4)
    assert rolled_up(rule, Facts(progress=1, word="BREAK"), Facts(progress=1, word="unheard of")) == 0


def test_what_nobody_scored() -> None:
    assert rolled_up(RolledUp(), ONE, NONE) == 1
    assert rolled_up(RolledUp(unscored=Unscored.AS_ZERO), ONE, NONE) == Fraction(1, 2)
    assert rolled_up(RolledUp(unscored=Unscored.UNDETERMINED), ONE, NONE) is None
    assert rolled_up(RolledUp(), NONE) is None
    assert rolled_up(RolledUp()) is None
    assert rolled_up(RolledUp(nothing=Fraction(0))) == 0


def test_parts_are_cut_off_unless_they_are_not() -> None:
    beyond = [Facts(progress=1.5), Facts(progress=-0.5)]
    assert rolled_up(RolledUp(), *beyond) == Fraction(1, 2)
    assert rolled_up(RolledUp(least_part=None), *beyond) == Fraction(1, 4)
    assert rolled_up(RolledUp(most_part=None), *beyond) == Fraction(3, 4)
    assert rolled_up(RolledUp(most_part=None, most=0.7, shown=Shown(1)), *beyond) == Fraction(7, 10)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((60, 60), 90),
        ((80, 50), 90),
        ((100, 50), 100),
        ((50,), 50),
        ((90, 5), 90),
        ((-60, -60), -90),
        ((-100, -5), -100),
    ],
)
def test_a_sum_stays_short_of_what_no_part_reached_alone(parts: Sequence[int], said: int) -> None:
    whole = Facts(children=[Facts(progress=Fraction(part, 100)) for part in parts])
    assert PROFILES["GRL/jUCMNav"].answer(whole, Question.ROLLED_UP).said == Fraction(said, 100)


@pytest.mark.parametrize(("levels", "said"), [((0, 0), "0.5"), ((1,), "0.6"), ((-1,), "0.4")])
def test_a_t_score_lies_around_a_half(levels: Sequence[int], said: str) -> None:
    parts = [Facts(progress=level) for level in levels]
    told = PROFILES["GAS"].answer(Facts(children=parts), Question.ROLLED_UP).said
    assert told == Fraction(said)
    unrounded = RolledUp(method=Method.T_SCORE, least_part=None, most_part=None)
    assert rolled_up(unrounded, *parts) == told


def test_a_t_score_of_weights_that_cancel_out_means_nothing() -> None:
    rule = RolledUp(method=Method.T_SCORE, least_part=None, most_part=None, correlation=1)
    assert rolled_up(rule, Facts(progress=1, weight=1), Facts(progress=1, weight=-1)) is None


GREEN, YELLOW, RED = Word("green", Light.GREEN), Word("yellow", Light.AMBER), Word("red", Light.RED)


@pytest.mark.parametrize(
    ("method", "said"),
    [(Method.WORST, YELLOW), (Method.BEST, GREEN), (Method.LATEST, GREEN), (Method.MEAN, None)],
)
def test_words_roll_up_to_the_worst_the_best_or_the_latest(method: Method, said: Word | None) -> None:
    rule = RolledUp(order=(RED, YELLOW, GREEN), of_words=method)
    told = [Facts(word=each) for each in ("green", "yellow", "blue", "green")]
    assert rolled_up(rule, *told) == said
    assert rolled_up(rule, Facts(word="blue")) is None


def test_words_that_no_order_names_are_no_answer() -> None:
    assert rolled_up(RolledUp(), Facts(word="green")) is None


def test_wholes_are_parts_of_wholes() -> None:
    inner = Facts(children=[ONE, Facts(progress=0)])
    assert rolled_up(RolledUp(), inner, ONE, HALF) == Fraction(2, 3)
    grey = attrs.evolve(NOWHERE, roll_up=RolledUp(order=(RED, GREEN)))
    named = Facts(children=[Facts(children=[Facts(word="red")]), ONE])
    assert grey.answer(named, Question.ROLLED_UP).said == 1


def test_wholes_of_wholes_are_at_most_a_hundred_deep() -> None:
    whole = ONE
    for _ in range(99):
        whole = Facts(children=[whole])
    assert rolled_up(RolledUp(), whole.children[0]) == 1
    with pytest.raises(OutOfBounds, match="children"):
        Facts(children=[whole])


# ---------------------------------------------------------------------------------------------- differences


@pytest.mark.parametrize(
    ("name", "facts", "question", "codes"),
    [
        ("Feedback4e", RISING, Question.PROGRESS, ["baseline-ignored"]),
        ("Feedback4e", Facts(baseline=0, target=20, value=16), Question.PROGRESS, []),
        ("GitLab OKR", Facts(baseline=5, target=5, value=5), Question.PROGRESS, ["equal-ends-answer"]),
        ("GitLab OKR", Facts(baseline=0, target=3, value=1), Question.PROGRESS, ["rounded"]),
        ("GitLab OKR", Facts(baseline=0, target=3, value=4), Question.PROGRESS, ["clamped"]),
        ("Spider Impact", RISING, Question.PROGRESS, ["other-scale", "rounded"]),
        ("Viva Goals", Facts(target=9, value=9), Question.KEPT, ["edge-fails"]),
        ("ServiceNow", Facts(low=100, high=100, value=96), Question.KEPT, ["tolerance"]),
        ("ZOKRI", Facts(progress=0.7), Question.KEPT, ["less-is-enough"]),
        ("Viva Goals", Facts(day=1, days=90), Question.EXPECTED, ["other-day-count"]),
        (
            "OKR_system",
            Facts(baseline=0, target=10, elapsed=Fraction(1, 3), whole=True),
            Question.EXPECTED,
            ["other-trajectory", "rounded"],
        ),
        ("Atlassian Goals", Facts(progress=0.65), Question.WORD, ["band-gap"]),
        ("Atlassian Goals", Facts(progress=0.2, expected=0.1), Question.WORD, ["other-basis"]),
        ("Oracle Fusion Analytics", Facts(progress=0.7), Question.WORD, ["other-cuts", "cut-belongs-below"]),
        ("Viva Goals", Facts(progress=1, phase=Phase.OVER), Question.WORD, ["other-cuts"]),
        ("Engagedly", Facts(low=1, value=0, phase=Phase.OVER), Question.WORD, []),
        ("Perdoo", Facts(value=1), Question.WORD, ["missing-counted"]),
        ("Perdoo", Facts(children=[ONE, HEAVY]), Question.ROLLED_UP, ["weights-ignored", "rounded"]),
        (
            "GRL/jUCMNav actors",
            Facts(children=[ONE, Facts(progress=0, weight=0)]),
            Question.ROLLED_UP,
            ["weight-zero-dropped"],
        ),
        ("Power BI Metrics/Goals", Facts(children=[Facts(value=2)]), Question.ROLLED_UP, ["other-mean", "clamped"]),
        ("Mooncamp", Facts(word="partially achieved"), Question.PROGRESS, ["word-counted"]),
        (
            "Levers fulcrum",
            Facts(baseline=0, target=-4, value=-1),
            Question.PROGRESS,
            ["baseline-ignored", "target-refused"],
        ),
        (
            "Profit.co distance from target",
            Facts(baseline=0, target=4, history=(1, 3)),
            Question.PROGRESS,
            ["other-counting"],
        ),
        ("UpRaise (Jira)", Facts(low=5, high=7, value=6), Question.PROGRESS, ["other-formula"]),
        ("neonpro kpi", RISING, Question.PROGRESS, ["not-published"]),
        ("neonpro kpi", Facts(), Question.PROGRESS, []),
    ],
)
def test_what_makes_a_system_differ(name: str, facts: Facts, question: Question, codes: list[str]) -> None:
    answer = PROFILES[name].answer(facts, question)
    assert [str(code) for code in answer.differences] == codes


def test_an_answer_says_what_each_difference_makes_of_it() -> None:
    answer = PROFILES["Spider Impact"].answer(RISING, Question.PROGRESS)
    assert [reason.code for reason in answer.reasons] == ["profile-said", "profile-differs", "profile-differs"]
    assert str(answer) == "Spider Impact says 0.53; other-scale: 0.6 becomes 0.5333; rounded: 0.5333 becomes 0.53"
    assert (
        str(PROFILES["ZOKRI"].answer(Facts(progress=0.7), Question.KEPT))
        == "ZOKRI says yes; less-is-enough: no becomes yes"
    )
    nothing = PROFILES["GitLab OKR"].answer(Facts(), Question.PROGRESS)
    assert str(nothing) == "of these facts GitLab OKR says nothing"
    assert str(PROFILES["ZOKRI"].answer(RISING, Question.WORD)) == "ZOKRI publishes no rule for word"


def test_a_trajectory_of_its_own_is_a_difference() -> None:
    late = attrs.evolve(NOWHERE, expected=Expected(trajectory=Trajectory.back_loaded()))
    assert late.answer(Facts(elapsed=0.5), Question.EXPECTED).differences == (Difference.OTHER_TRAJECTORY,)
    assert late.differences == (Difference.OTHER_TRAJECTORY,)


def test_before_a_tenth_of_the_time_is_over_our_own_word_is_about_how_far_it_came() -> None:
    early, later = (Facts(progress=0, elapsed=share) for share in (0.09, 0.1))
    assert [str(PROFILES["Viva Goals"].answer(each, Question.WORD).ours) for each in (early, later)] == [
        "little movement",
        "on pace",
    ]


def test_a_phase_of_its_own_is_a_difference() -> None:
    alerts = PROFILES["Viva Goals alerts"]
    assert Difference.PHASE in alerts.differences
    over = alerts.answer(Facts(progress=0.75, phase=Phase.OVER), Question.WORD)
    running = alerts.answer(Facts(progress=0.75), Question.WORD)
    assert (str(over.said), running.said) == ("at risk", None)
