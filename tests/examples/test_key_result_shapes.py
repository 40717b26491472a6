"""Key results in every shape by hand: on, just below and just above every edge, and cases people know."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import cast

import attrs
import pytest

from goalmodel import (
    Absence,
    Aggregation,
    Cycle,
    GoalModelError,
    KeyResult,
    Measure,
    Outcome,
    Polarity,
    Scale,
    Score,
    Series,
)
from goalmodel.errors import (
    EmptyText,
    GivenTwice,
    NotADate,
    NotANumber,
    NothingGiven,
    OutOfBounds,
    OutOfOrder,
    OutOfTime,
    RelativeToNothing,
    TargetEqualsBaseline,
    TargetOutOfReach,
    TooManyDigits,
    UnknownReference,
    WrongType,
)
from goalmodel.key_result import (
    Absolute,
    Counting,
    Milestone,
    Milestones,
    Occasions,
    Relative,
    Revision,
    Tiers,
    Vote,
    Zones,
    carry_over,
    revise,
    vote_calibration,
)
from goalmodel.measure import Number

QUARTER = Cycle.quarter(2026, 4)
SATISFACTION = Measure("customer satisfaction", unit="points")
CLIENTS = Measure("new clients", unit="clients")


def _moved(
    baseline: Number | None,
    target: Number | Relative | Absolute,
    *,
    measure: Measure = SATISFACTION,
    counting: Counting = Aggregation.LAST,
    path: Tiers | Zones | None = None,
    cycle: Cycle = QUARTER,
) -> KeyResult:
    return KeyResult(
        id="kr", measure=measure, baseline=baseline, target=target, cycle=cycle, counting=counting, path=path
    )


# ------------------------------------------------------------------------------------- a target as a change

CHANGES: list[tuple[Number, Relative | Absolute, Number]] = [
    (8.0, Relative.percent(15), 9.2),
    (8.0, Relative(0.15), 9.2),
    (10, Relative.percent(-40), 6),
    (1_000, Relative.percent(25), 1_250),
    (80, Absolute(10), 90),
    (80, Absolute(5), 85),
    (3, Absolute(-2), 1),
    (0, Absolute(2), 2),
    (-5, Absolute(2), -3),
]


@pytest.mark.parametrize(("baseline", "change", "target"), CHANGES)
def test_a_change_leads_to_a_number(baseline: Number, change: Relative | Absolute, target: Number) -> None:
    assert _moved(baseline, change) == _moved(baseline, target)
    assert hash(_moved(baseline, change)) == hash(_moved(baseline, target))


def test_percent_and_percentage_points_are_different() -> None:
    assert _moved(80, Relative.percent(5)).target == 84
    assert _moved(80, Absolute(5)).target == 85


@pytest.mark.parametrize(
    ("baseline", "scale", "field"),
    [
        (0, Scale.RATIO, "baseline"),
        (-8, Scale.RATIO, "baseline"),
        (Fraction(-1, 10**9), Scale.RATIO, "baseline"),
        (8, Scale.INTERVAL, "target"),
        (8, Scale.ORDINAL, "target"),
        (8, Scale.NOMINAL, "target"),
    ],
)
def test_of_nothing_there_is_no_share(baseline: Number, scale: Scale, field: str) -> None:
    with pytest.raises(RelativeToNothing) as refusal:
        _moved(baseline, Relative.percent(15), measure=Measure("x", scale=scale))
    assert str(refusal.value.field) == field
    assert _moved(Fraction(1, 10**9), Relative.percent(15)).score(0).raw < 0


def test_a_change_by_nothing_is_no_change() -> None:
    for change in (Relative(0), Absolute(0)):
        with pytest.raises(TargetEqualsBaseline):
            _moved(8, change)


def test_a_change_to_a_number_too_long_is_refused_at_once() -> None:
    with pytest.raises(TooManyDigits):
        _moved(10**900, Relative(10**900))


def test_find_the_baseline_first() -> None:
    visitors = Measure("monthly visitors", unit="visitors")
    waiting = _moved(None, Relative.percent(25), measure=visitors)
    assert not waiting.is_scorable
    found = waiting.assess(Series.of(visitors, {QUARTER.start: 4_200}), as_of=QUARTER.end)
    assert (found.score, found.outcome, found.pace, found.original_score) == (None, None, None, None)
    assert found.explained[0].code == "kr-no-baseline"
    assert (waiting.expected_value(QUARTER.end), found.forecast.score, found.occasions_left) == (None, None, None)
    known = attrs.evolve(waiting, baseline=4_000)
    assert known.target == 5_000
    assert known.score(4_200).raw == Fraction(1, 5)


# --------------------------------------------------------------------------------------------------- counts


@pytest.mark.parametrize(
    ("counting", "came_to"),
    [
        (Aggregation.LAST, 2),
        (Aggregation.SUM, 9),
        (Aggregation.MEAN, 3),
        (Aggregation.GREATEST, 4),
        (Aggregation.LEAST, 2),
    ],
)
def test_what_is_counted_is_part_of_the_definition(counting: Aggregation, came_to: int) -> None:
    readings: dict[dt.date, Number | Absence] = {
        dt.date(2026, 9, 30): 100,
        dt.date(2026, 10, 31): 3,
        dt.date(2026, 11, 15): Absence.MISSING,
        dt.date(2026, 11, 30): 4,
        dt.date(2026, 12, 31): 2,
        dt.date(2027, 1, 31): 100,
    }
    found = _moved(0, 10, counting=counting).assess(Series.of(SATISFACTION, readings), as_of=dt.date(2027, 3, 31))
    assert found.current_value == came_to
    assert found.score == Score(Fraction(came_to, 10))
    assert found.latest is not None
    assert found.latest.known == 2


def test_ten_new_clients() -> None:
    moved = _moved(0, 10, measure=CLIENTS, counting=Aggregation.SUM)
    won = Series.of(CLIENTS, {dt.date(2026, 10, 31): 4, dt.date(2026, 11, 30): 3})
    found = moved.assess(won, as_of=dt.date(2026, 11, 30))
    assert (found.score, found.outcome) == (Score(0.7), Outcome.MOST_OF_THE_WAY)
    assert str(found.reasons[0]) == "from 0 to 10 it has come to 7 on 2026-11-30"
    assert moved.left(7) == 3
    running = Series.of(CLIENTS, {dt.date(2026, 10, 31): 4, dt.date(2026, 11, 30): 7})
    assert _moved(0, 10, measure=CLIENTS).assess(running, as_of=dt.date(2026, 11, 30)).score == found.score


# ---------------------------------------------------------------------------------------------------- tiers

THREE_TIERS: list[tuple[Number, Number]] = [
    (7.9, Fraction(-1, 20)),
    (8.0, 0),
    (8.3, Fraction(3, 20)),
    (8.6, 0.3),
    (9.0, 0.5),
    (9.3999, Fraction(69_995, 100_000)),
    (9.4, 0.7),
    (9.7, 0.85),
    (10, 1),
    (10.6, 1.3),
]


@pytest.mark.parametrize(("value", "score"), THREE_TIERS)
def test_commit_target_and_stretch(value: Number, score: Number) -> None:
    rising = _moved(8.0, 10, path=Tiers.of(commit=8.6, target=9.4))
    assert rising.score(value) == Score(score)
    falling = _moved(-8, -10, path=Tiers.of(commit=-8.6, target=-9.4))
    assert falling.score(-Score(value).raw) == Score(score)


def test_stated_points_may_bend_the_way() -> None:
    moved = _moved(0, 100, path=Tiers([(80, 0.5), (20, 0.1)]))
    assert [moved.score(value).raw * 100 for value in (-10, 10, 20, 50, 80, 90)] == [-5, 5, 10, 30, 50, 75]
    assert [moved.value_at(score) for score in (0, 0.05, 0.5, 0.75, 1)] == [0, 10, 80, 90, 100]


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(8.6, 0)],
        [(8.6, 1)],
        [(8.6, 0.3), (9.4, 0.3)],
        [(8.6, 0.3), (8.6, 0.7)],
        [(8.6, 0.3), (8.4, 0.5), (9.4, 0.7)],
    ],
)
def test_tiers_without_order_are_refused(points: list[tuple[Number, Number]]) -> None:
    with pytest.raises(OutOfOrder):
        Tiers(points)


@pytest.mark.parametrize(("baseline", "target"), [(8.6, 10), (8.7, 10), (8, 9.4), (8, 9.3), (None, 9.4), (10, 8)])
def test_tiers_beside_the_way_are_refused(baseline: Number | None, target: Number) -> None:
    with pytest.raises(OutOfOrder):
        _moved(baseline, target, path=Tiers.of(commit=8.6, target=9.4))
    assert _moved(None, 10, path=Tiers.of(commit=8.6, target=9.4)).target == 10


@pytest.mark.parametrize("points", [[8.6], [(8.6, 0.3, 1)], [None]])
def test_tiers_are_pairs(points: list[tuple[Number, Number]]) -> None:
    with pytest.raises(WrongType):
        Tiers(points)


# ---------------------------------------------------------------------------------------------------- zones

PRESSURE = Measure("systolic", unit="mmHg", polarity=Polarity.LOWER_IS_BETTER)
STAGES = Zones.along("low", 90, "normal", 120, "elevated", 130, "stage 1", 140, "stage 2")


@pytest.mark.parametrize(
    ("value", "steps"),
    [(155, 0), (140.1, 0), (140, 1), (135, 1), (130.1, 1), (130, 2), (121, 2), (120, 3), (100, 3), (90, 4), (160, 0)],
)
def test_from_zone_to_zone_each_step_counts_the_same(value: Number, steps: int) -> None:
    moved = _moved(155, 115, measure=PRESSURE, path=STAGES)
    assert moved.score(value) == Score(Fraction(steps, 3))


def test_what_is_left_ends_where_the_zone_begins() -> None:
    moved = _moved(155, 115, measure=PRESSURE, path=STAGES)
    assert [moved.left(value) for value in (135, 120.5, 120, 118)] == [15, Fraction(1, 2), 0, 0]
    assert [moved.value_at(share) for share in (0, 0.1, Fraction(1, 3), 0.5, 1)] == [155, 140, 140, 130, 120]
    rising = _moved(100, 135, measure=PRESSURE, path=STAGES)
    assert [rising.value_at(share) for share in (0, 0.5, 1)] == [100, 120, 130]
    assert [rising.score(value).raw for value in (130, 129.9)] == [1, Fraction(1, 2)]


def test_a_cut_belongs_to_the_side_it_leads_to() -> None:
    assert (STAGES.label(140), STAGES.label(140, falling=True)) == ("stage 2", "stage 1")


def test_labels_alone_are_a_scale() -> None:
    medals = Zones.of("none", "bronze", "silver", "gold")
    moved = _moved(medals.place("none"), medals.place("gold"), path=medals)
    assert [moved.score(medals.place(label)).raw for label in medals.labels] == [0, Fraction(1, 3), Fraction(2, 3), 1]
    back = _moved(medals.place("gold"), medals.place("none"), path=medals)
    assert [back.score(place).raw for place in range(4)] == [1, Fraction(2, 3), Fraction(1, 3), 0]
    with pytest.raises(OutOfOrder):
        medals.place("platinum")


@pytest.mark.parametrize(
    "build",
    [
        lambda: Zones.of("alone"),
        lambda: Zones.of("same", "same"),
        lambda: Zones.along("low", 3, "middle", 3, "high"),
        lambda: Zones.along("low", 3, "middle", 2, "high"),
        lambda: Zones(labels=["low", "high"], cuts=[]),
        lambda: Zones(labels=["low", "high"], cuts=[1, 2]),
    ],
)
def test_zones_need_room_and_names(build: Callable[[], Zones]) -> None:
    with pytest.raises(OutOfOrder):
        build()


def test_a_line_of_zones_alternates() -> None:
    with pytest.raises(NotANumber):
        Zones.along("low", "middle", "high")
    with pytest.raises(WrongType):
        Zones.along(1, 2, "high")
    with pytest.raises(EmptyText):
        Zones.of("low", " ")


def test_within_a_zone_there_is_no_way() -> None:
    with pytest.raises(TargetEqualsBaseline):
        _moved(155, 145, measure=PRESSURE, path=STAGES)
    assert _moved(155, 140, measure=PRESSURE, path=STAGES).score(140).raw == 1


# ----------------------------------------------------------------------------------------------- milestones

GAME = Milestones(
    [
        Milestone("first boss defeated"),
        Milestone("next level reached", weight=2, due=dt.date(2026, 11, 15)),
        Milestone("last boss defeated", due=dt.date(2026, 12, 15)),
    ],
    in_order=True,
)


@pytest.mark.parametrize(
    ("done", "value", "left"),
    [
        ([], 0, 3),
        ([("first boss defeated", 1)], 1, 2),
        ([("first boss defeated", 0.5)], 0.5, 3),
        ([("first boss defeated", 1), ("next level reached", 0.25)], 1.5, 2),
        ([("first boss defeated", 0.99), ("next level reached", 1)], 0.99, 2),
        ([("first boss defeated", 1), ("last boss defeated", 1)], 1, 1),
        ([("first boss defeated", 1), ("next level reached", 1), ("last boss defeated", 1)], 4, 0),
    ],
)
def test_milestones_in_order(done: list[tuple[str, Number]], value: Number, left: int) -> None:
    assert GAME.weight_done(dict(done)) == Score(value).raw
    assert len(GAME.left(dict(done))) == left


def test_milestones_in_any_order_count_whenever_they_are_done() -> None:
    loose = attrs.evolve(GAME, in_order=False)
    assert loose.weight_done({"last boss defeated": 1}) == 1
    assert loose.weight_done({"next level reached": 0.5, "last boss defeated": 1}) == 2
    assert loose.left({"last boss defeated": 1}) == ("first boss defeated", "next level reached")


def test_a_key_result_of_milestones_is_expected_by_their_dates() -> None:
    moved = _moved(0, GAME.all, counting=GAME)
    expected = [
        moved.expected_value(day)
        for day in (
            dt.date(2026, 10, 1),
            dt.date(2026, 11, 14),
            dt.date(2026, 11, 15),
            dt.date(2026, 12, 14),
            dt.date(2026, 12, 15),
            dt.date(2026, 12, 31),
        )
    ]
    assert expected == [0, 0, 2, 2, 3, 4]
    measured = _moved(80, 90).score(84).clamped
    reading = GAME.weight_done({"first boss defeated": 1, "next level reached": measured})
    found = moved.assess(Series.of(SATISFACTION, {dt.date(2026, 11, 20): reading}), as_of=dt.date(2026, 11, 20))
    assert (found.current_value, found.score) == (Fraction(9, 5), Score(0.45))


def test_a_date_before_the_cycle_is_expected_on_its_first_day_and_one_after_it_by_its_end() -> None:
    steps = Milestones([
        Milestone("early", due=dt.date(2026, 9, 1)),
        Milestone("late", due=dt.date(2027, 9, 1)),
    ])  # fmt: skip
    moved = _moved(0, 2, counting=steps)
    assert moved.expected_score(QUARTER.start) == Score(0.5)
    assert moved.expected_score(dt.date(2026, 12, 30)) == Score(0.5)
    assert moved.expected_score(QUARTER.end) == Score(1)


def test_what_is_expected_of_milestones_is_counted_from_the_baseline() -> None:
    names, days = ("one", "two", "three"), [dt.date(2026, month, 15) for month in (10, 11, 12)]
    steps = Milestones([Milestone(name, due=due) for name, due in zip(names, days, strict=True)])
    moved = _moved(1, 3, counting=steps)
    assert [moved.expected_score(day) for day in days] == [Score(0), Score(0.5), Score(1)]
    assert [moved.expected_value(day) for day in days] == [1, 2, 3]
    assert moved.expected_score(dt.date(2026, 11, 14)) == Score(0)


def test_without_dates_or_baseline_nobody_knows_what_is_expected() -> None:
    undated = Milestones([Milestone("one"), Milestone("two")])
    assert _moved(0, 2, counting=undated).expectation is None
    assert _moved(None, 2, counting=GAME).expectation is None


def test_lists_of_milestones_are_checked() -> None:
    with pytest.raises(NothingGiven):
        Milestones([])


def test_milestones_lead_somewhere_else() -> None:
    with pytest.raises(OutOfBounds, match="another value than the baseline"):
        GAME.trajectory(Cycle.quarter(2026, 4), Fraction(1), Fraction(1))
    with pytest.raises(GivenTwice):
        Milestones([Milestone("one"), Milestone("two"), Milestone("one")])
    with pytest.raises(UnknownReference):
        GAME.weight_done({"third boss defeated": 1})
    with pytest.raises(OutOfBounds):
        GAME.weight_done({"first boss defeated": 1.01})
    with pytest.raises(WrongType):
        GAME.weight_done(cast("dict[str, Number]", ["first boss defeated"]))
    with pytest.raises(NotADate):
        Milestone("one", due=dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    with pytest.raises(OutOfBounds):
        Milestone("one", weight=0)


# ------------------------------------------------------------------------------------------------ occasions

SEASON = Cycle(dt.date(2026, 3, 1), dt.date(2026, 12, 6))
PODIUMS = Measure("podium", unit="races")
POINTS = Measure("points", unit="points")


def _races(*results: Number) -> Series:
    return Series.of(PODIUMS, {SEASON.start + dt.timedelta(weeks=week): won for week, won in enumerate(results)})


def _podiums(share: Number, races: int) -> KeyResult:
    occasions = Occasions(races)
    return _moved(0, occasions.share(share), measure=PODIUMS, counting=occasions, cycle=SEASON)


def test_top_3_in_at_least_80_percent_of_the_races() -> None:
    moved = _podiums(0.8, 24)
    assert moved.target_value == Fraction(192, 10)
    seen = moved.assess(_races(1, 1, 0, 1, 1, 1, 0, 1, 1, 1), as_of=dt.date(2026, 5, 31)).occasions_left
    assert seen is not None
    assert (seen.held, seen.left) == (10, 14)
    assert (seen.worst, seen.present, seen.best) == (Score(Fraction(80, 192)), Score(1), Score(Fraction(220, 192)))
    assert (seen.secured_on, seen.out_of_reach_on) == (None, None)


@pytest.mark.parametrize(
    ("results", "secured", "lost"),
    [
        # 4 of 5 are needed.
        ([1, 1, 1], None, None),
        ([1, 1, 1, 1], 3, None),
        ([1, 0, 1, 1, 1], 4, None),
        ([1, 0], None, None),
        ([1, 0, 0], None, 2),
        ([0, 0, 1, 1, 1], None, 1),
        ([1, 1, 1, 1, 0], 3, None),
        ([1, 1, 1, 1, 0, 1], 3, None),
    ],
)
def test_the_moment_it_is_secured_or_out_of_reach(results: list[Number], secured: int | None, lost: int | None) -> None:
    seen = _podiums(0.8, 5).assess(_races(*results), as_of=SEASON.end).occasions_left
    assert seen is not None
    assert seen.secured_on == (None if secured is None else SEASON.start + dt.timedelta(weeks=secured))
    assert seen.out_of_reach_on == (None if lost is None else SEASON.start + dt.timedelta(weeks=lost))
    if len(results) >= 5:
        assert seen.worst == seen.present == seen.best


def test_before_the_first_race_everything_is_possible() -> None:
    seen = _podiums(0.5, 24).assess(_races(), as_of=SEASON.start).occasions_left
    assert seen is not None
    assert (seen.worst, seen.present, seen.best) == (Score(0), None, Score(2))


def test_70_percent_of_the_available_points() -> None:
    races = Occasions(24, most=25)
    moved = _moved(0, races.share(0.7), measure=POINTS, counting=races, cycle=SEASON)
    assert moved.target_value == 420
    won = Series.of(POINTS, {SEASON.start: 25, dt.date(2026, 3, 8): 18, dt.date(2026, 3, 15): 26})
    found = moved.assess(won, as_of=dt.date(2026, 3, 20))
    assert found.current_value == 43
    assert found.occasions_left is not None
    assert found.occasions_left.held == 2
    assert _moved(0, 1).assess(Series(SATISFACTION), as_of=QUARTER.end).occasions_left is None


@pytest.mark.parametrize(
    ("baseline", "target", "is_legal"),
    [
        (0, 24, True),
        (0, 24.0001, False),
        (0, -1, False),
        (None, 24, True),
        (None, 25, False),
        (3, 2, False),
        (None, 0, False),
    ],
)
def test_a_target_beyond_all_there_is_to_count_is_refused(
    baseline: Number | None, target: Number, *, is_legal: bool
) -> None:
    if is_legal:
        assert _moved(baseline, target, counting=Occasions(24)).target == target
        return
    with pytest.raises(TargetOutOfReach):
        _moved(baseline, target, counting=Occasions(24))


@pytest.mark.parametrize("count", [0, -1])
def test_there_is_an_occasion(count: int) -> None:
    with pytest.raises(OutOfBounds):
        Occasions(count)


# --------------------------------------------------------------------------------- revisions and carry-over


def test_a_revised_target_leaves_earlier_verdicts_alone() -> None:
    moved = _moved(80, 90)
    revised = revise(moved, target=100, on=dt.date(2026, 11, 15), reason="the market grew")
    readings = Series.of(SATISFACTION, {dt.date(2026, 10, 31): 85, dt.date(2026, 11, 30): 88})
    table = [
        (dt.date(2026, 11, 14), 0.5, 0.5, ["kr-scored"]),
        (dt.date(2026, 11, 15), 0.25, 0.5, ["kr-scored", "kr-revised"]),
        (dt.date(2026, 12, 31), 0.4, 0.8, ["kr-scored", "kr-revised"]),
        (dt.date(2027, 12, 31), 0.4, 0.8, ["kr-scored", "kr-revised"]),
    ]
    for as_of, in_force, original, codes in table:
        found = revised.assess(readings, as_of=as_of)
        assert (found.score, found.original_score) == (Score(in_force), Score(original)), as_of
        assert [reason.code for reason in found.reasons] == codes
    found = revised.assess(readings, as_of=QUARTER.end)
    assert str(found.reasons[1]) == "the target was 90 until 2026-11-15: the market grew"
    assert revised.target == 100
    assert revised.original == moved


def test_no_target_is_revised_after_the_cycle() -> None:
    assert revise(_moved(80, 90), target=84, on=QUARTER.end, reason="seen at last").target == 84
    with pytest.raises(OutOfTime):
        revise(_moved(80, 90), target=84, on=dt.date(2027, 1, 1), reason="so that it looks reached")


def test_revisions_have_an_order_and_reasons() -> None:
    on = dt.date(2026, 11, 15)
    once = revise(_moved(80, 90), target=Relative.percent(25), on=on, reason="the market grew")
    assert once.target == 100
    for day in (on, dt.date(2026, 11, 14)):
        with pytest.raises(OutOfOrder) as refusal:
            revise(once, target=95, on=day, reason="again")
        assert str(refusal.value.field) == "on"
    with pytest.raises(OutOfOrder):
        attrs.evolve(once, revisions=[Revision(on=on, was=1, reason="a"), Revision(on=on, was=2, reason="b")])
    with pytest.raises(EmptyText):
        revise(once, target=95, on=dt.date(2026, 11, 16), reason=" ")


def test_what_is_not_reached_goes_on_where_it_stands() -> None:
    first = _moved(8.0, 9.2)
    seen = first.assess(Series.of(SATISFACTION, {dt.date(2026, 12, 31): 8.84}), as_of=QUARTER.end)
    following = carry_over(seen, cycle=Cycle.quarter(2027, 1), id="csat-q1")
    assert (following.baseline, following.target, following.continues) == (Fraction("8.84"), Fraction("9.2"), "kr")
    with pytest.raises(TargetEqualsBaseline):
        carry_over(seen, cycle=Cycle.quarter(2027, 1), id="csat-q1", target=8.84)
    further = carry_over(seen, cycle=Cycle.quarter(2027, 1), id="csat-q1", target=Absolute(1))
    assert further.target == Fraction("9.84")


def test_a_sum_begins_again() -> None:
    moved = _moved(0, 10, measure=CLIENTS, counting=Aggregation.SUM)
    seen = moved.assess(Series.of(CLIENTS, {dt.date(2026, 12, 31): 6}), as_of=QUARTER.end)
    rest = carry_over(seen, cycle=Cycle.quarter(2027, 1), id="clients-q1", target=4)
    assert [rest.baseline, rest.target] == [0, 4]
    assert rest.counting is Aggregation.SUM


# ----------------------------------------------------------------------------------------------- confidence


@pytest.mark.parametrize(
    ("said", "came", "brier"),
    [(10, True, 0), (10, False, 1), (0, True, 1), (0, False, 0), (5, True, 0.25), (5, False, 0.25), (7, True, 0.09)],
)
def test_one_vote(said: Number, came: bool, brier: Number) -> None:  # noqa: FBT001 - a column of a table
    found = vote_calibration([Vote("kr", QUARTER.start, said)], [("kr", came)])
    assert found.brier == Score(brier).raw
    assert found.lines == ((Score(said).raw, 1, int(came)),)


def test_calibration_across_cycles() -> None:
    votes = [
        Vote("a", QUARTER.start, 8),
        Vote("b", QUARTER.start, 8),
        Vote("c", QUARTER.start, 2),
        Vote("d", QUARTER.start, 9),
    ]
    found = vote_calibration(votes, [("a", True), ("b", False), ("c", False)])
    assert found.brier == Fraction(4 + 64 + 4, 300)
    assert found.base == Fraction(2, 9)
    assert found.lines == ((Fraction(2), 1, 0), (Fraction(8), 2, 1))
    assert found.undecided == 1
    assert vote_calibration([], []).brier is None


@pytest.mark.parametrize("said", [-1, 10.01])
def test_a_vote_is_from_0_to_10(said: Number) -> None:
    with pytest.raises(OutOfBounds):
        Vote("kr", QUARTER.start, said)


def test_votes_are_carried_beside() -> None:
    votes = [
        Vote("kr", dt.date(2026, 10, 5), 5, by="one"),
        Vote("kr", dt.date(2026, 11, 2), 7, by="one"),
        Vote("kr", dt.date(2026, 11, 2), 4, by="other"),
        Vote("kr", dt.date(2026, 12, 7), 1, by="one"),
        Vote("else", dt.date(2026, 11, 2), 0),
    ]
    found = _moved(80, 90).assess(Series(SATISFACTION), as_of=dt.date(2026, 11, 30), votes=votes)
    assert [vote.confidence for vote in found.votes] == [7, 4]
    assert found.confidence == Fraction(11, 2)
    assert _moved(80, 90).assess(Series(SATISFACTION), as_of=dt.date(2026, 10, 1), votes=votes).confidence is None


# ------------------------------------------------------------------------------------------------- as values


@pytest.mark.parametrize(
    "value",
    [
        GAME,
        STAGES,
        Tiers.of(commit=8.6, target=9.4),
        Occasions(24, most=25),
        Relative.percent(15),
        Absolute(2),
        Vote("kr", QUARTER.start, 7),
        _moved(0, 4, counting=GAME),
        revise(_moved(80, 90), target=100, on=QUARTER.start, reason="the market grew"),
        _moved(None, Relative.percent(15)),
    ],
)
def test_they_are_values(value: object) -> None:
    for same in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301 - ours
        assert same == value
        assert hash(same) == hash(value)


def test_what_a_key_result_is_made_of_is_checked() -> None:
    moved = _moved(80, 90)
    for field, wrong in [("counting", "sum"), ("path", "tiers"), ("trajectory", "linear"), ("continues", " ")]:
        with pytest.raises(GoalModelError) as refusal:
            attrs.evolve(moved, **{field: wrong})  # type: ignore[arg-type] # on purpose # pyright: ignore[reportArgumentType]
        assert str(refusal.value.field) == field
