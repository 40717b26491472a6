"""Expectations, pace and forecasts by hand; and the table of the docs is what the code gives."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from goalmodel import Aggregation, Cadence, Cycle, KeyResult, KeyResultAssessment, Measure, Pace, Reading, Score, Series
from goalmodel.errors import NoBaseline, OutOfBounds, OutOfOrder, WrongType
from goalmodel.key_result import (
    AfterRevision,
    Forecast,
    ForecastPolicy,
    Milestone,
    Milestones,
    PaceBy,
    PacePolicy,
    Trajectory,
    revise,
    with_checkpoints,
)
from goalmodel.measure import Number

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "scoring.md"
TEN_DAYS = Cycle(dt.date(2026, 10, 1), dt.date(2026, 10, 10))
QUARTER = Cycle.quarter(2026, 4)
MEASURE = Measure("anything")


def _moved(baseline: Number | None, target: Number, cycle: Cycle = TEN_DAYS) -> KeyResult:
    return KeyResult(id="kr", measure=MEASURE, baseline=baseline, target=target, cycle=cycle)


# ---------------------------------------------------------------------------------------------------- words

# Each preset, its thresholds typed once more, and the word on, just below and just above each of them.
BY_GAP = [
    ("viva_goals", 50, "on pace"),
    ("viva_goals", 49.999, "behind"),
    ("viva_goals", 25, "behind"),
    ("viva_goals", 24.999, "well behind"),
    ("viva_goals", 100, "on pace"),
    ("engagedly", 33.5, "on pace"),
    ("engagedly", 33.499, "behind"),
    ("engagedly", 17, "behind"),
    ("engagedly", 16.999, "well behind"),
    ("default", 60.001, "ahead"),
    ("default", 60, "on pace"),
    ("default", 40, "on pace"),
    ("default", 39.999, "behind"),
    ("default", 25, "behind"),
    ("default", 24.999, "well behind"),
]
BY_RATIO = [
    ("cascade", 52.501, "ahead"),
    ("cascade", 52.5, "on pace"),
    ("cascade", 47.5, "on pace"),
    ("cascade", 47.499, "behind"),
    ("cascade", 42.5, "behind"),
    ("cascade", 42.499, "well behind"),
    ("leankit", 60, "ahead"),
    ("leankit", 55.001, "ahead"),
    ("leankit", 55, "on pace"),
    ("leankit", 45, "on pace"),
    ("leankit", 44.999, "behind"),
    ("leankit", -50, "behind"),
    ("upraise", 47.5, "on pace"),
    ("upraise", 47.499, "behind"),
    ("upraise", 37.5, "behind"),
    ("upraise", 37.499, "well behind"),
    ("workfront", 45, "on pace"),
    ("workfront", 44.999, "behind"),
    ("workfront", 35, "behind"),
    ("workfront", 34.999, "well behind"),
]
PRESETS = {
    "default": PacePolicy(),
    "viva_goals": PacePolicy.viva_goals(),
    "engagedly": PacePolicy.engagedly(),
    "leankit": PacePolicy.leankit(),
    "cascade": PacePolicy.cascade(),
    "upraise": PacePolicy.upraise(),
    "workfront": PacePolicy.workfront(),
}


@pytest.mark.parametrize(("preset", "percent", "word"), [*BY_GAP, *BY_RATIO])
def test_every_preset_at_its_edges_where_half_was_expected(preset: str, percent: Number, word: str) -> None:
    assert PRESETS[preset].word(Score(Score(percent).raw / 100), Score(0.5)).value == word


@pytest.mark.parametrize(("raw", "word"), [(-0.001, Pace.WELL_BEHIND), (0, Pace.ON_PACE), (0.001, Pace.AHEAD)])
def test_where_nothing_is_expected_yet_a_ratio_still_has_a_word(raw: Number, word: Pace) -> None:
    assert PacePolicy.cascade().word(Score(raw), Score(0)) is word


def test_the_page_shows_half_expected_and_40_percent_come_under_every_preset() -> None:
    names = {
        "default": "goalmodel's default",
        "viva_goals": "Viva Goals",
        "engagedly": "Engagedly",
        "leankit": "LeanKit",
        "cascade": "Cascade",
        "upraise": "UpRaise",
        "workfront": "Workfront",
    }
    table = [
        "| preset | compares | the same facts are called |",
        "|---|---|---|",
        *(
            f"| {names[key]} | {policy.by.value} | **{policy.word(Score(0.4), Score(0.5)).value}** |"
            for key, policy in PRESETS.items()
        ),
    ]
    assert "\n".join(table) in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "thresholds",
    [{"ahead": -0.2}, {"behind": -0.1}, {"behind": 0.1}, {"on_pace": 0.2}, {"on_pace": -0.25}],
)
def test_thresholds_of_pace_fall(thresholds: dict[str, Number]) -> None:
    with pytest.raises(OutOfOrder):
        attrs.evolve(PacePolicy(), **thresholds)  # type: ignore[arg-type] # a row of a table # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("early", [-0.1, 1.1])
def test_the_early_window_is_a_share_of_the_cycle(early: Number) -> None:
    with pytest.raises(OutOfBounds):
        PacePolicy(early=early)


# ----------------------------------------------------------------------------------- pace in the course of time


# By 5 October half of the ten days is over: half of what counts as success is expected, or half of the whole way.
@pytest.mark.parametrize(
    ("day", "toward", "value", "pace", "codes"),
    [
        (dt.date(2026, 9, 30), "0.7", None, None, ["pace-no-score", "pace-too-early"]),
        (dt.date(2026, 10, 1), "0.7", 8.07, Pace.ON_PACE, ["pace-compared"]),
        (dt.date(2026, 10, 5), "0.7", 8.25, Pace.ON_PACE, ["pace-compared"]),
        (dt.date(2026, 10, 5), "0.7", 8.24, Pace.BEHIND, ["pace-compared"]),
        (dt.date(2026, 10, 5), "0.7", 8.1, Pace.BEHIND, ["pace-compared"]),
        (dt.date(2026, 10, 5), "0.7", 8.09, Pace.WELL_BEHIND, ["pace-compared"]),
        (dt.date(2026, 10, 5), "0.7", 8.45, Pace.ON_PACE, ["pace-compared"]),
        (dt.date(2026, 10, 5), "0.7", 8.46, Pace.AHEAD, ["pace-compared"]),
        (dt.date(2026, 10, 5), "1", 8.4, Pace.ON_PACE, ["pace-compared"]),
        (dt.date(2026, 10, 5), "1", 8.39, Pace.BEHIND, ["pace-compared"]),
        (dt.date(2026, 10, 5), "1", 8.24, Pace.WELL_BEHIND, ["pace-compared"]),
        (dt.date(2026, 10, 5), "1", 8.61, Pace.AHEAD, ["pace-compared"]),
        (dt.date(2026, 10, 5), "0.7", None, None, ["pace-no-score"]),
        (dt.date(2026, 10, 10), "0.7", 8.6, Pace.ON_PACE, ["pace-compared"]),
        (dt.date(2026, 10, 10), "0.7", 8.9, Pace.AHEAD, ["pace-compared"]),
        (dt.date(2026, 10, 10), "1", 8.9, Pace.ON_PACE, ["pace-compared"]),
        (dt.date(2026, 10, 11), "0.7", 8.9, None, ["pace-cycle-over"]),
    ],
)
def test_pace_day_by_day(day: dt.date, toward: str, value: Number | None, pace: Pace | None, codes: list[str]) -> None:
    readings = {} if value is None else {min(day, TEN_DAYS.end): value}
    policy = PacePolicy(toward=Fraction(toward))
    found = _moved(8, 9).assess(Series.of(MEASURE, readings), as_of=day, pace=policy)
    assert (found.pace, [reason.code for reason in found.pace_reasons]) == (pace, codes)


def test_what_is_declared_is_expected_as_declared() -> None:
    declared = attrs.evolve(_moved(8, 9), trajectory=Trajectory.linear())
    day = dt.date(2026, 10, 5)
    assert _moved(8, 9).expected_score(day) == Score(0.35)
    assert _moved(8, 9).expected_score(day, policy=PacePolicy.viva_goals()) == Score(0.5)
    assert declared.expected_score(day) == Score(0.5)
    assert _moved(8, 9).expected_by_the_end() == Fraction(7, 10)
    assert declared.expected_by_the_end() == 1


@pytest.mark.parametrize("toward", [0, 1.1])
def test_something_is_expected_and_no_more_than_all(toward: Number) -> None:
    with pytest.raises(OutOfBounds, match="toward"):
        PacePolicy(toward=toward)


# From 10 to 20 in ten days, and to another target from the sixth on: half of the time is over then.
@pytest.mark.parametrize(
    ("target", "trajectory", "day", "continued", "anew"),
    [
        (20, None, 5, 13.5, 13.5),
        (30, None, 5, 13.5, 13.5),  # nothing that comes later is seen
        (30, None, 6, "15.6", "18.4"),
        (30, None, 10, 24, 24),
        (30, Trajectory.linear(), 5, 15, 15),
        (30, Trajectory.linear(), 6, 18, 22),
        (30, Trajectory.linear(), 10, 30, 30),
        (30, Trajectory.at_the_end(), 9, 10, 10),
        (12, None, 6, "11.4", "10.84"),  # more was expected than ever will be: all of that
        (12, None, 10, "11.4", "11.4"),
        (0, None, 6, "8.6", "5.8"),  # the other way round: from the start
        (0, None, 10, 3, 3),
    ],
)
def test_after_a_revision_it_goes_on_from_where_it_stood_or_is_drawn_anew(
    target: Number, trajectory: Trajectory | None, day: int, continued: Number | str, anew: Number | str
) -> None:
    moved = attrs.evolve(_moved(10, 20), trajectory=trajectory)
    moved = revise(moved, target=target, on=dt.date(2026, 10, 6), reason="?") if target != 20 else moved
    on = dt.date(2026, 10, day)
    assert moved.expected_value(on) == Fraction(continued)
    drawn_anew = PacePolicy(after_revision=AfterRevision.DRAWN_ANEW)
    assert moved.expected_value(on, policy=drawn_anew) == Fraction(anew)


def test_a_revision_on_the_last_day_leaves_nothing_to_turn() -> None:
    moved = attrs.evolve(_moved(10, 20), trajectory=Trajectory(((Fraction(1, 2), 1),)))
    moved = revise(moved, target=30, on=dt.date(2026, 10, 7), reason="?")
    assert [moved.expected_value(dt.date(2026, 10, day)) for day in (6, 7, 10)] == [20, 30, 30]


def test_the_target_that_was_read_of_late_has_the_pace_it_had_then() -> None:
    moved = revise(attrs.evolve(_moved(0, 10), cadence=Cadence(days=1)), target=40, on=dt.date(2026, 10, 5), reason="?")
    found = moved.assess(Series.of(MEASURE, {dt.date(2026, 10, 3): 2.1}), as_of=dt.date(2026, 10, 8))
    assert [str(each) for each in found.pace_reasons] == ["it was not read since 2026-10-03 (was on pace)"]


def test_the_early_window_ends_on_its_edge() -> None:
    policy = PacePolicy(early=Fraction(3, 10))
    readings = Series.of(MEASURE, {TEN_DAYS.start: 8.3})
    seen = [_moved(8, 9).assess(readings, as_of=dt.date(2026, 10, day), pace=policy).pace for day in (1, 2, 3)]
    assert seen == [None, None, Pace.ON_PACE]
    at_once = PacePolicy(early=0)
    assert _moved(8, 9).assess(readings, as_of=dt.date(2026, 9, 30), pace=at_once).pace is None


@pytest.mark.parametrize(("days", "first"), [(9, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_there_is_a_pace_from_a_tenth_of_the_cycle_on(days: int, first: int) -> None:
    start = TEN_DAYS.start
    moved = attrs.evolve(_moved(8, 9), cycle=Cycle(start, start + dt.timedelta(days=days - 1)))
    for day in range(1, first + 1):
        found = moved.assess(Series.of(MEASURE, {start: 9}), as_of=start + dt.timedelta(days=day - 1))
        assert (found.pace is None) is (day < first)


def test_celsius_and_fahrenheit_have_one_pace() -> None:
    day = dt.date(2026, 10, 5)
    celsius = _moved(16, 21).assess(Series.of(MEASURE, {day: 18}), as_of=day)
    fahrenheit = _moved(60.8, 69.8).assess(Series.of(MEASURE, {day: 64.4}), as_of=day)
    assert celsius.score == Score(0.4) == fahrenheit.score
    assert (celsius.pace, celsius.pace_reasons) == (fahrenheit.pace, fahrenheit.pace_reasons)
    assert str(celsius.pace_reasons[0]) == "it has come 40 % of the way, 35 % was expected, 70 % by the end: on pace"


# ------------------------------------------------------------------------------------------------ trajectories


@pytest.mark.parametrize(
    ("follows", "at_a_quarter", "at_half", "at_three_quarters"),
    [
        (Trajectory.linear(), "1/4", "1/2", "3/4"),
        (Trajectory.front_loaded(), "1/3", "2/3", "5/6"),
        (Trajectory.back_loaded(), "1/6", "1/3", "2/3"),
        (Trajectory.front_loaded(first_half=0.8), "2/5", "4/5", "9/10"),
        (Trajectory.at_the_end(), "0", "0", "0"),
        (Trajectory([(0.5, 0.5)], in_steps=True), "0", "1/2", "1/2"),
    ],
)
def test_what_is_expected_by_when(follows: Trajectory, at_a_quarter: str, at_half: str, at_three_quarters: str) -> None:
    assert [str(follows.expected(time)) for time in (0.25, 0.5, 0.75)] == [at_a_quarter, at_half, at_three_quarters]
    assert [follows.expected(0), follows.expected(1)] == [0, 1]


def test_steps_at_month_ends() -> None:
    moved = attrs.evolve(_moved(0, 30, QUARTER), trajectory=Trajectory.steps(QUARTER))
    days = [(10, 30), (10, 31), (11, 29), (11, 30), (12, 30), (12, 31)]
    assert [moved.expected_value(dt.date(2026, *day)) for day in days] == [0, 10, 10, 20, 20, 30]
    weekly = Trajectory.steps(TEN_DAYS, Cadence.WEEKLY)
    assert weekly.points == ((Fraction(7, 10), Fraction(1, 2)),)
    eight_days = Cycle(dt.date(2026, 10, 1), dt.date(2026, 10, 8))
    assert Trajectory.steps(eight_days, Cadence.WEEKLY).points == ((Fraction(7, 8), Fraction(1, 2)),)
    seven_days = Cycle(dt.date(2026, 10, 1), dt.date(2026, 10, 7))
    assert Trajectory.steps(seven_days, Cadence.WEEKLY) == Trajectory.at_the_end()
    assert Trajectory.steps(TEN_DAYS) == Trajectory.at_the_end()


def test_checkpoints_work_falling_and_on_the_edges_of_the_cycle() -> None:
    moved = with_checkpoints(_moved(10, 6), {dt.date(2026, 10, 2): 9, dt.date(2026, 10, 6): 7, TEN_DAYS.end: 6})
    values = [moved.expected_value(dt.date(2026, 10, day)) for day in (1, 2, 4, 6, 8, 10)]
    assert values == [Fraction(19, 2), 9, 8, 7, Fraction(13, 2), 6]
    assert moved.expected_value(dt.date(2026, 9, 30)) == 10


@pytest.mark.parametrize(
    "values",
    [
        {dt.date(2026, 9, 30): 10},
        {dt.date(2026, 10, 11): 6},
        {dt.date(2026, 10, 10): 7},
        {dt.date(2026, 10, 2): 7, dt.date(2026, 10, 6): 9},
        {dt.date(2026, 10, 2): 11},
        {dt.date(2026, 10, 2): 5},
    ],
)
def test_checkpoints_off_the_way_are_refused(values: dict[dt.date, Number]) -> None:
    with pytest.raises(OutOfOrder):
        with_checkpoints(_moved(10, 6), values)


def test_checkpoints_need_dates_and_a_baseline() -> None:
    with pytest.raises(NoBaseline):
        with_checkpoints(_moved(None, 6), {TEN_DAYS.start: 7})
    with pytest.raises(WrongType):
        with_checkpoints(_moved(10, 6), [7])  # type: ignore[arg-type] # on purpose # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "points",
    [[(0.5, 0.2), (0.5, 0.3)], [(0.2, 0.5), (0.3, 0.4)], [(0, 0.1)], [(1.1, 1)], [(0.5, 1.1)]],
)
def test_expectations_never_go_back(points: list[tuple[Number, Number]]) -> None:
    with pytest.raises(OutOfOrder):
        Trajectory(points)


@pytest.mark.parametrize("elapsed", [-0.1, 1.1])
def test_time_is_a_share_of_the_cycle(elapsed: Number) -> None:
    with pytest.raises(OutOfBounds):
        Trajectory.linear().expected(elapsed)


# --------------------------------------------------------------------------------------------------- forecasts


def _forecast(
    *values: Number, target: Number = 10, as_of: int = 8, counting: Aggregation = Aggregation.LAST
) -> Forecast:
    readings = Series.of(MEASURE, {dt.date(2026, 10, day): each for day, each in enumerate(values, start=1)})
    moved = attrs.evolve(_moved(0, target), counting=counting)
    return moved.assess(readings, as_of=dt.date(2026, 10, as_of)).forecast


def test_four_readings_on_a_line() -> None:
    found = _forecast(1, 2, 3, 4)
    assert [found.value, found.low, found.high] == [10, 10, 10]
    assert found.score == Score(1)
    assert found.reaches_on == dt.date(2026, 10, 10)
    assert str(found.reasons[0]) == "as 4 readings move, it comes to 10 by 2026-10-10"


def test_one_odd_reading_does_not_turn_it() -> None:
    # Slopes of all pairs, sorted: -4, 1 (six times), 8/3, 7/2, 6; the range leaves out one on either side.
    found = _forecast(1, 2, 3, 9, 5)
    assert [found.value, found.low, found.high] == [10, 10, Fraction(3) + Fraction(7, 2) * 7]
    assert (found.worst, found.best) == (Score(1), Score(Fraction(55, 20)))


@pytest.mark.parametrize(
    ("target", "reaches_on"),
    [
        # It is read daily as 1, 2, 3, 4, and asked on the 8th.
        (10, dt.date(2026, 10, 10)),
        (9.5, dt.date(2026, 10, 10)),
        (9, dt.date(2026, 10, 9)),
        (5, dt.date(2026, 10, 9)),
        (4, dt.date(2026, 10, 4)),
        (2.5, dt.date(2026, 10, 3)),
        (20, dt.date(2026, 10, 20)),
        (10**9, None),
        (-1, None),
    ],
)
def test_when_the_target_is_reached(target: Number, reaches_on: dt.date | None) -> None:
    assert _forecast(1, 2, 3, 4, target=target).reaches_on == reaches_on


@pytest.mark.parametrize(
    ("values", "reaches_on"),
    [
        # Asked on the 8th, of a cycle that ends on the 10th; from 0 to 10.
        ((13, 12, 11, 10), None),  # the line is below 10 from the 5th on
        ((18, 17, 16, 15), None),  # 10 on the 9th, and 9 on the 10th
        ((19, 18, 17, 16), dt.date(2026, 10, 1)),  # 10 on the 10th: there until the cycle ends
        ((9, 11, 9, 10, 11), dt.date(2026, 10, 4)),  # it was there on the 2nd, and left it again
        ((10, 10, 10, 10), dt.date(2026, 10, 1)),
        ((12, 13, 14, 9), dt.date(2026, 10, 9)),  # the last reading alone is short of it
    ],
)
def test_what_touches_the_target_and_leaves_it_does_not_reach_it(
    values: tuple[Number, ...], reaches_on: dt.date | None
) -> None:
    assert _forecast(*values).reaches_on == reaches_on


def test_what_stands_still_reaches_nothing() -> None:
    found = _forecast(4, 4, 4, 4)
    assert [found.value, found.reaches_on] == [4, None]


@pytest.mark.parametrize(
    ("values", "as_of", "counting", "codes"),
    [
        ([1, 2, 3], 8, Aggregation.LAST, ["forecast-too-few-readings"]),
        ([1, 2, 3, 4], 3, Aggregation.LAST, ["forecast-too-few-readings"]),
        ([1, 2, 3, 4], 9, Aggregation.LAST, ["forecast-landing"]),
        ([1, 2, 3, 4], 10, Aggregation.LAST, ["forecast-cycle-over"]),
        ([1, 2, 3, 4], 9, Aggregation.SUM, ["forecast-landing"]),
        ([1, 2, 3, 4], 9, Aggregation.MEAN, ["forecast-no-line"]),
        ([1, 2, 3], 10, Aggregation.GREATEST, ["forecast-cycle-over", "forecast-no-line", "forecast-too-few-readings"]),
    ],
)
def test_why_it_cannot_be_said(values: list[Number], as_of: int, counting: Aggregation, codes: list[str]) -> None:
    found = _forecast(*values, as_of=as_of, counting=counting)
    assert [reason.code for reason in found.reasons] == codes
    assert (found.value is None) is (codes != ["forecast-landing"])


def test_before_the_cycle_there_is_no_forecast() -> None:
    found = _moved(0, 10).assess(Series(MEASURE), as_of=dt.date(2026, 9, 30)).forecast
    assert [reason.code for reason in found.reasons] == ["forecast-before-cycle", "forecast-too-few-readings"]


def test_a_sum_is_forecast_by_what_has_come_together() -> None:
    found = _forecast(1, 1, 1, 1, counting=Aggregation.SUM)
    assert found.score == Score(1)


def test_without_a_baseline_there_is_a_value_and_no_score() -> None:
    readings = Series.of(MEASURE, {dt.date(2026, 10, day): day for day in range(1, 5)})
    found = _moved(None, 10).assess(readings, as_of=dt.date(2026, 10, 5)).forecast
    assert [found.value, found.score, found.reaches_on] == [10, None, None]


def test_a_policy_says_how_many_readings_and_how_sure() -> None:
    readings = Series.of(MEASURE, {dt.date(2026, 10, day): value for day, value in [(1, 9), (2, 1), (3, 2)]})
    seen = _moved(0, 10).assess(readings, as_of=dt.date(2026, 10, 3))
    two_latest = seen.forecast_by(ForecastPolicy(least=2, most=2))
    assert [two_latest.value, two_latest.low, two_latest.high] == [9, None, None]
    assert (two_latest.worst, two_latest.best) == (None, None)
    for confidence in (0, 1, -0.1):
        with pytest.raises(OutOfBounds):
            ForecastPolicy(confidence=confidence)
    with pytest.raises(OutOfBounds):
        ForecastPolicy(least=1)
    with pytest.raises(OutOfBounds):
        ForecastPolicy(most=101)
    assert ForecastPolicy(most=100).most == 100


@pytest.mark.parametrize(
    ("values", "by", "per_day", "fastest", "is_more"),
    [
        ([2, 4], None, 1, 2, False),
        ([2, 4], 4, 3, 2, True),
        ([2, 4], 5, 2, 2, False),
        ([2], 10, Fraction(8, 8), None, None),
        ([2, 11], 10, 0, 9, False),
        ([4, 2], 6, 2, -2, True),
    ],
)
def test_the_required_rate(
    values: list[int], by: int | None, per_day: Number, fastest: Number | None, *, is_more: bool | None
) -> None:
    as_of = dt.date(2026, 10, 2)
    readings = Series.of(MEASURE, {dt.date(2026, 10, day): value for day, value in enumerate(values, start=1)})
    seen = _moved(0, 10).assess(readings, as_of=as_of)
    if by is None:
        found = attrs.evolve(seen, as_of=dt.date(2026, 10, 4)).required_rate()
    else:
        found = seen.required_rate(dt.date(2026, 10, by))
    assert found is not None
    assert [found.per_day, found.fastest, found.is_more_than_ever] == [per_day, fastest, is_more]


def test_the_required_rate_falling() -> None:
    readings = Series.of(MEASURE, {dt.date(2026, 10, 1): 10, dt.date(2026, 10, 5): 9})
    found = _moved(10, 6).assess(readings, as_of=dt.date(2026, 10, 6)).required_rate()
    assert found is not None
    assert [found.per_day, found.fastest, found.is_more_than_ever] == [Fraction(3, 4), Fraction(1, 4), True]


def _mean_of_fives(weights: int | None = None, counting: Aggregation = Aggregation.MEAN) -> KeyResultAssessment:
    cycle = Cycle(dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    days = [cycle.start + dt.timedelta(days=day) for day in range(91)]
    read = Series(MEASURE, tuple(Reading(day, 5, weight=weights) for day in days))
    moved = KeyResult(id="k", measure=MEASURE, baseline=4, target=6, cycle=cycle, counting=counting)
    return moved.assess(read, as_of=days[-1])


def test_a_mean_says_what_the_last_reading_would_have_to_be_and_no_rate() -> None:
    seen = _mean_of_fives()
    assert seen.required_rate() is None
    assert [seen.required_mean(more=1), seen.required_mean(more=91)] == [97, 7]


def test_a_mean_is_called_a_mean_and_no_reading() -> None:
    assert str(_mean_of_fives().reasons[0]) == "from 4 to 6, the mean of 91 readings is 5, by 2026-09-29"


@pytest.mark.parametrize("counting", [Aggregation.GREATEST, Aggregation.LEAST])
def test_a_greatest_and_a_least_require_no_rate_and_no_mean(counting: Aggregation) -> None:
    seen = _mean_of_fives(counting=counting)
    assert [seen.required_rate(), seen.required_mean(more=1)] == [None, None]


def test_no_mean_is_required_where_cases_weigh_or_nothing_was_read_or_readings_are_not_known() -> None:
    seen = _mean_of_fives()
    unread = seen.key_result.assess(Series(MEASURE), as_of=seen.as_of)
    by_hand = attrs.evolve(seen, readings=None)
    assert [each.required_mean(more=1) for each in (_mean_of_fives(weights=2), unread, by_hand)] == [None] * 3
    with pytest.raises(OutOfBounds):
        seen.required_mean(more=0)


def test_how_pace_is_compared_is_one_of_two() -> None:
    assert [each.value for each in PaceBy] == ["score less expected score", "score divided by expected score"]


def test_a_quarter_of_months_has_a_forecast_by_what_was_read_before_where_the_policy_says_so() -> None:
    measure = Measure("visits")
    months = [Cycle.month(2025 + month // 12, month % 12 + 1).end for month in range(22)]
    read = Series.of(measure, {on: 2 * month for month, on in enumerate(months)})
    moved = KeyResult(id="kr", measure=measure, baseline=40, target=50, cycle=Cycle.quarter(2026, 4))
    seen = moved.assess(read, as_of=dt.date(2026, 10, 31))
    assert [reason.code for reason in seen.forecast.reasons] == ["forecast-too-few-readings"]
    found = seen.forecast_by(ForecastPolicy(is_with_earlier=True))
    assert [reason.code for reason in found.reasons] == ["forecast-landing", "forecast-read-before"]
    assert dict(found.reasons[-1].facts) == {"count": 21, "start": dt.date(2026, 10, 1)}
    assert found.value is not None
    assert abs(found.value - 46) < 1
    summed = KeyResult(
        id="kr", measure=measure, baseline=0, target=50, cycle=moved.cycle, counting=Aggregation.SUM
    ).assess(read, as_of=dt.date(2026, 10, 31))
    assert [reason.code for reason in summed.forecast_by(ForecastPolicy(is_with_earlier=True)).reasons] == [
        "forecast-too-few-readings"
    ]


def test_milestones_keep_their_dates_whatever_is_revised() -> None:
    steps = Milestones([
        Milestone("drawn", due=dt.date(2026, 10, 3)), Milestone("built", due=dt.date(2026, 10, 6)), Milestone("sold")
    ])  # fmt: skip
    moved = revise(attrs.evolve(_moved(0, 2), counting=steps), target=3, on=dt.date(2026, 10, 5), reason="one more")
    assert [str(moved.expected_value(dt.date(2026, 10, day))) for day in (2, 3, 4, 5, 6, 10)] == [
        "0",
        "1",
        "1",
        "1",
        "2",
        "3",
    ]
