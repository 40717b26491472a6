"""What is refused, with the way out, and which code a row without a verdict bears."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from typing import Any, Protocol

import attrs
import narwhals.stable.v2 as nw
import pytest

from goalmodel import Cadence, HealthBands, Held, OnDueDate, Polarity, Reached, Staged, Standard
from goalmodel.commit import Counted
from goalmodel.errors import (
    NotADate,
    NotAFrame,
    NotANumber,
    OutOfBounds,
    TargetEqualsBaseline,
    UnknownColumn,
    UnreadableColumn,
    WrongType,
)
from goalmodel.frames import (
    BandColumns,
    StandardColumns,
    TrendColumns,
    attainment,
    figures,
    review,
    roll_up,
    with_excess,
    with_heading,
    with_health,
    with_limits,
    with_outcome,
    with_pace,
    with_since,
    with_staleness,
    with_standing,
    with_usual,
)
from goalmodel.frames.bench import Bench
from goalmodel.measure import Aggregation, EachPeriod, Period
from goalmodel.trend import FirstReadings, MannKendall, SigmaRule, Steps, western_electric, xmr_wheeler

pl = import_module("polars")
pd = import_module("pandas")
PandasFrame: Any = pd.DataFrame
DAY = dt.date(2026, 11, 10)
FLOOR = HealthBands.at_least(8, watch=7.5)


class Engine(Protocol):
    """What the fixture gives."""

    @property
    def make(self) -> Callable[[dict[str, list[Any]]], Any]: ...
    def read(self, frame: Any) -> dict[str, list[Any]]: ...  # noqa: ANN401


def _read(engine: Engine, frame: Any, *columns: str, key: str = "row") -> list[list[Any]]:  # noqa: ANN401
    found = engine.read(frame)
    order = sorted(range(len(found[key])), key=lambda at: found[key][at])
    return [[found[column][at] for at in order] for column in columns]


def test_a_single_precision_column_is_refused_with_the_way_out() -> None:
    frame = pl.DataFrame({"value": [8.7]}, schema={"value": pl.Float32})
    with pytest.raises(
        UnreadableColumn, match=r"value must be a column of Float64.*round it.*got 'value of type Float32'"
    ):
        with_health(frame, value="value", bands=FLOOR)


@pytest.mark.parametrize(
    ("kind", "cells", "way_out"),
    [
        ("Decimal", [Decimal("8.7")], "cast it to Float64, which keeps 15 digits"),
        ("UInt64", [8], "cast it to Int64"),
        ("Boolean", [True], "or of text"),
        ("Date", [DAY], "or of text"),
    ],
)
def test_a_column_that_holds_no_such_numbers_is_refused(kind: str, cells: list[Any], way_out: str) -> None:
    frame = pl.DataFrame({"value": pl.Series(cells) if kind == "Decimal" else pl.Series(cells).cast(getattr(pl, kind))})
    with pytest.raises(UnreadableColumn, match=way_out):
        with_outcome(frame, baseline=8, target=9, value="value")
    with pytest.raises(UnreadableColumn, match="got 'an expression of type"):
        with_outcome(frame, baseline=8, target=9, value=nw.col("value"))


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(NotAFrame, match=r"frame must be a data frame of pandas"):
        with_health([8.7], value="value", bands=FLOOR)


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    frame = pl.DataFrame({"value": [8.7], "of": ["a"]})
    with pytest.raises(UnknownColumn, match="value must be one of the columns value, of; got 'score'"):
        with_health(frame, value="score", bands=FLOOR)
    with pytest.raises(UnknownColumn, match="by must be"):
        roll_up(frame, by=["of", "team"], score="value")


def test_dates_are_asked_for() -> None:
    frame = pl.DataFrame({"value": [8.7]})
    with pytest.raises(UnreadableColumn, match="last must be a column of dates"):
        with_staleness(frame, last="value", cadence=Cadence.MONTHLY, as_of=DAY)
    with pytest.raises(NotADate):
        with_staleness(frame, last=dt.datetime(2026, 1, 1), cadence=Cadence.MONTHLY, as_of=DAY)  # noqa: DTZ001


def test_one_number_must_be_one() -> None:
    with pytest.raises(NotANumber):
        with_outcome(pl.DataFrame({"value": [8.7]}), baseline=True, target=9, value="value")


def test_one_target_for_all_rows_is_another_than_the_one_baseline() -> None:
    with pytest.raises(TargetEqualsBaseline):
        with_outcome(pl.DataFrame({"value": [8.7]}), baseline=9, target=9.0, value="value")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "low"),
        ({"watch_low": 7}, "low"),
        ({"high": 9, "watch_low": 7}, "low"),
        ({"low": 8, "watch_high": 9}, "high"),
    ],
)
def test_bands_in_columns_exclude_something(given: dict[str, Any], field: str) -> None:
    with pytest.raises(OutOfBounds, match=field):
        BandColumns(**given)


def test_standards_in_columns_exclude_something() -> None:
    with pytest.raises(OutOfBounds):
        StandardColumns()


def test_bands_and_standards_are_asked_for() -> None:
    frame = pl.DataFrame({"value": [8.7]})
    with pytest.raises(WrongType, match="bands"):
        with_health(frame, value="value", bands=8)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(WrongType, match="standard"):
        with_standing(frame, value="value", standard=8)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("given", [{"places": 7}, {"polarity": Polarity.IN_RANGE_IS_BETTER}])
def test_a_trend_in_columns_is_one_that_can_be_judged(given: dict[str, Any]) -> None:
    with pytest.raises(OutOfBounds):
        TrendColumns(**given)


def test_a_commit_in_columns_is_judged_in_three_manners() -> None:
    asked: dict[str, Any] = {
        "by": "of",
        "on": "on",
        "value": "value",
        "standard": Standard.at_least(8),
        "due": DAY,
        "as_of": DAY,
    }
    frame = pl.DataFrame({"of": ["a"], "on": [DAY], "value": [8.7]})
    with pytest.raises(OutOfBounds, match="since"):
        attainment(frame, **asked, manner=Reached())
    with pytest.raises(OutOfBounds, match="held by readings"):
        attainment(frame, **asked, manner=Held(DAY, counted=Counted.TIME))
    with pytest.raises(WrongType, match="manner"):
        attainment(frame, **asked, since=DAY, manner=Staged({DAY: Standard.at_least(8)}))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_goals_and_readings_are_frames_of_one_engine() -> None:
    goals = pl.DataFrame({"id": ["a"], "kind": ["kpi"], "low": [8.0]})
    readings = pl.DataFrame({"goal": ["a"], "on": [DAY], "value": [8.7]})
    with pytest.raises(WrongType, match="readings"):
        review(goals, readings.lazy(), as_of=DAY)
    with pytest.raises(UnknownColumn, match="goals"):
        review(goals.drop("kind"), readings, as_of=DAY)
    with pytest.raises(UnknownColumn, match="readings"):
        review(goals, readings.drop("on"), as_of=DAY)


def test_a_row_without_a_score_says_why(engine: Engine) -> None:
    rows = [
        (8.0, 9.0, 8.7),
        (8.0, 9.0, None),
        (None, 9.0, 8.7),
        (8.0, None, 8.7),
        (8.0, float("inf"), 8.7),
        (8.0, 8.0, 8.7),
    ]
    columns: dict[str, list[Any]] = {name: [row[at] for row in rows] for at, name in enumerate(("b", "t", "v"))} | {
        "row": [*range(6)]
    }
    found = with_outcome(engine.make(columns), baseline="b", target="t", value="v")
    whys, outcomes = _read(engine, found, "why", "outcome")
    assert whys == [None, "no-value", "no-baseline", "no-target", "not-finite", "target-equals-baseline"]
    assert outcomes == ["most of the way", None, None, None, None, None]


def test_text_is_read_as_numbers_and_what_can_t_be_says_so(engine: Engine) -> None:
    columns: dict[str, list[Any]] = {"row": [*range(6)], "v": ["8.7", "-2e3", "eight", None, "1e999", ""]}
    [health, whys] = _read(engine, with_health(engine.make(columns), value="v", bands=FLOOR), "health", "why")
    assert health == ["healthy", "unhealthy", *["unknown"] * 4]
    assert whys == [None, None, "not-a-number", "no-value", "not-finite", "not-a-number"]


def test_whole_numbers_are_exact_beyond_what_floats_hold(engine: Engine) -> None:
    cut = 2**53 + 1
    columns: dict[str, list[Any]] = {"row": [*range(4)], "v": [cut - 1, cut, cut + 1, 2**63 - 1]}
    frame = engine.make(columns)
    [floor] = _read(engine, with_health(frame, value="v", bands=HealthBands.at_least(cut)), "health")
    assert floor == ["unhealthy", "healthy", "healthy", "healthy"]
    [ceiling] = _read(engine, with_health(frame, value="v", bands=HealthBands.at_most(cut)), "health")
    assert ceiling == ["healthy", "healthy", "unhealthy", "unhealthy"]
    [out_of_reach] = _read(engine, with_health(frame, value="v", bands=HealthBands.at_least(10**30)), "health")
    assert out_of_reach == ["unhealthy"] * 4


def test_cuts_no_float_reaches(engine: Engine) -> None:
    frame = engine.make({"row": [0, 1], "v": [1.7e308, -1.7e308]})
    [high] = _read(engine, with_health(frame, value="v", bands=HealthBands.at_least(10**400)), "health")
    [low] = _read(engine, with_health(frame, value="v", bands=HealthBands.at_most(-(10**400))), "health")
    assert (high, low) == (["unhealthy"] * 2, ["unhealthy"] * 2)


def test_a_literal_that_is_no_decimal_is_no_obstacle(engine: Engine) -> None:
    frame = engine.make({"row": [0, 1], "b": [0.0, 0.0], "v": [0.3, 0.4]})
    [words] = _read(engine, with_outcome(frame, baseline="b", target=Fraction(1, 3), value="v"), "outcome")
    assert words == ["most of the way", "went past the target"]


def test_columns_of_the_same_names_are_replaced_and_others_stay() -> None:
    frame = pl.DataFrame({"value": [8.7], "why": ["ours"], "_goalmodel_0": [1]})
    found = with_health(frame, value="value", bands=FLOOR)
    assert found.to_dict(as_series=False) == {"value": [8.7], "why": [None], "_goalmodel_0": [1], "health": ["healthy"]}


def test_an_expression_will_do_for_a_column(engine: Engine) -> None:
    frame = engine.make({"row": [0, 1], "done": [7, 9], "of": [8, 8]})
    [health] = _read(engine, with_health(frame, value=nw.col("done") * 10 / nw.col("of"), bands=FLOOR), "health")
    assert health == ["healthy", "healthy"]


def test_bands_out_of_order_say_so(engine: Engine) -> None:
    columns: dict[str, list[Any]] = {
        "row": [0, 1, 2, 3],
        "v": [8.0] * 4,
        "low": [9.0, 7.0, None, 1 / 3],
        "high": [8.0, 9.0, None, 1 / 3 - 1e-17],
    }
    asked = BandColumns(low="low", high="high", watch_low=7)
    [health, whys] = _read(engine, with_health(engine.make(columns), value="v", bands=asked), "health", "why")
    assert whys[:3] == ["bands-out-of-order", "bands-out-of-order", "no-bands"]
    assert health[:3] == ["unknown"] * 3


def test_standards_out_of_order_say_so(engine: Engine) -> None:
    columns: dict[str, list[Any]] = {"row": [0, 1], "v": [8.0, 8.0], "low": [9.0, 7.0], "high": [8.0, 9.0]}
    found = with_standing(engine.make(columns), value="v", standard=StandardColumns(low="low", high="high"))
    assert _read(engine, found, "is_met", "why") == [[None, True], ["standard-out-of-order", None]]


def test_settled_rows_that_lie_the_wrong_way_round_say_so() -> None:
    third, columns = 1 / 3, {"v": [1 / 3], "low": [1 / 3 + 2e-15], "high": [1 / 3]}
    assert columns["low"][0] > third
    frame = pl.DataFrame(columns)
    asked = BandColumns(low="low", high="high")
    assert with_health(frame, value="v", bands=asked)["why"].to_list() == ["bands-out-of-order"]
    assert with_excess(frame, value="v", bands=asked)["excess"].to_list() == [None]
    found = with_standing(frame, value="v", standard=StandardColumns(low="low", high="high"))
    assert found["why"].to_list() == ["standard-out-of-order"]


def test_settled_rows_whose_way_has_no_length_say_so() -> None:
    frame = pl.DataFrame({"b": [1 / 3], "t": [0.333333333333333], "v": [0.5], "on": [DAY]})
    assert with_outcome(frame, baseline="b", target="t", value="v")["why"].to_list() == ["target-equals-baseline"]
    found = with_pace(frame, baseline="b", target="t", value="v", start="on", end="on", as_of=DAY)
    assert found["why"].to_list() == ["target-equals-baseline"]


def test_a_row_without_a_pace_says_why(engine: Engine) -> None:
    cycles = [
        (dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
        (dt.date(2026, 11, 9), dt.date(2026, 12, 31)),
        (dt.date(2027, 1, 1), dt.date(2027, 3, 31)),
        (dt.date(2026, 7, 1), dt.date(2026, 9, 30)),
        (dt.date(2026, 7, 1), dt.date(2026, 6, 30)),
        (None, dt.date(2026, 9, 30)),
    ]
    columns: dict[str, list[Any]] = {
        "row": [*range(6)],
        "v": [8.7] * 6,
        "start": [first for first, _ in cycles],
        "end": [last for _, last in cycles],
    }
    found = with_pace(engine.make(columns), baseline=8, target=9, value="v", start="start", end="end", as_of=DAY)
    whys, paces, expected = _read(engine, found, "why", "pace", "expected")
    assert whys == [None, "too-early", "too-early", "cycle-over", "cycle-out-of-order", "no-date"]
    assert paces == ["ahead", *[None] * 5]
    assert expected == [41 * 7 / 920, 2 * 7 / 530, 0.0, 0.7, None, None]


def test_old_readings_are_stale(engine: Engine) -> None:
    columns: dict[str, list[Any]] = {
        "row": [*range(4)],
        "last": [dt.date(2026, 10, 1), dt.date(2026, 9, 30), dt.date(2026, 9, 29), None],
    }
    found = with_staleness(engine.make(columns), last="last", cadence=Cadence.MONTHLY, as_of=DAY)
    assert _read(engine, found, "is_stale", "why") == [[False, True, True, None], [None, None, None, "no-date"]]


def test_since_when_a_state_has_held(engine: Engine) -> None:
    states = ["a", "a", None, "a", "b", None, None, None, "b", "b"]
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=at) for at in range(10)]
    columns: dict[str, list[Any]] = {
        "row": [*range(10), 10, 11],
        "of": ["x"] * 10 + ["y"] * 2,
        "on": [*days, days[0], None],
        "state": [*states, "a", "a"],
    }
    found = with_since(engine.make(columns), by="of", on="on", state="state")
    since, whys = _read(engine, found, "since", "why")
    assert since == [days[0], days[0], None, days[0], days[4], None, None, None, days[8], days[8], days[0], None]
    assert [why for why in whys if why is not None] == ["no-value"] * 4 + ["no-date"]


def test_natural_limits_of_each_entity(engine: Engine) -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=at) for at in range(7)]
    columns: dict[str, list[Any]] = {
        "row": [*range(7)],
        "of": ["x"] * 7,
        "on": days,
        "v": [1.0, 2.0, 3.0, 2.0, None, 1.0, 2.0],
    }
    found = with_limits(engine.make(columns), by="of", on="on", value="v", reference=FirstReadings(5, 3))
    low, mean, high, whys = _read(engine, found, "low_limit", "mean", "high_limit", "why")
    assert whys == ["too-few-readings", "too-few-readings", None, None, "no-value", None, None]
    assert [round(each, 9) if each is not None else None for each in mean] == [None, None, 2, 2, None, 1.8, 1.8]
    assert [round(each, 9) for each in (low[2], high[2], low[6], high[6])] == [-0.66, 4.66, -0.86, 4.46]


def test_a_reading_without_variation_or_with_two_on_a_day_stands_nowhere(engine: Engine) -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=at) for at in range(7)]
    columns: dict[str, list[Any]] = {
        "row": [*range(9)],
        "of": ["x"] * 7 + ["y"] * 2,
        "on": [*days, days[0], days[0]],
        "v": [1.0] * 7 + [1.0, 2.0],
    }
    found = with_usual(engine.make(columns), by=["of"], on="on", value="v")
    [standings, whys] = _read(engine, found, "standing", "why")
    assert standings == ["undetermined"] * 9
    assert whys == ["too-few-readings"] * 5 + ["no-dispersion"] * 2 + ["date-twice"] * 2


@pytest.mark.parametrize("rule", [Steps(3), xmr_wheeler(), western_electric(), SigmaRule(2, 1, up_to=3), "limits"])
def test_a_rule_that_columns_know_nothing_of_is_refused(rule: Any) -> None:  # noqa: ANN401 - also what is no rule at all
    frame = pd.DataFrame({"of": ["x"], "on": [dt.date(2026, 1, 1)], "v": [1.0]})
    with pytest.raises(WrongType) as refused:
        with_usual(frame, by="of", on="on", value="v", rule=rule)
    assert str(refused.value.field) == "rule"


@pytest.mark.parametrize("rule", [MannKendall(readings=13), SigmaRule(3), "steps"])
def test_a_direction_that_columns_know_nothing_of_is_refused(rule: Any) -> None:  # noqa: ANN401 - also what is no rule
    frame = pd.DataFrame({"of": ["x"], "on": [dt.date(2026, 1, 1)], "v": [1.0]})
    with pytest.raises(WrongType) as refused:
        with_heading(frame, by="of", on="on", value="v", rule=rule)
    assert str(refused.value.field) == "rule"


def test_scores_of_a_group_as_one(engine: Engine) -> None:
    columns: dict[str, list[Any]] = {
        "row": [*range(6)],
        "of": ["x", "x", "x", "y", "z", "z"],
        "score": [0.5, 1.5, None, None, -1.0, 0.5],
        "weight": [1.0, 3.0, 2.0, 1.0, 1.0, 0.0],
    }
    found = roll_up(engine.make(columns), by="of", score="score", weight="weight")
    names = ("score", "scored", "total", "covered", "why")
    assert _read(engine, found, *names, key="of") == [
        [0.875, None, 0.0],
        [2, 0, 1],
        [3, 1, 2],
        [4 / 6, 0.0, 1.0],
        [None, "no-score", None],
    ]


GOALS: list[dict[str, Any]] = [
    {"id": "csat", "kind": "kpi", "low": 8.0, "watch_low": 7.5, "cadence": "monthly"},
    {"id": "old", "kind": "kpi", "low": 8.0, "cadence": "weekly"},
    {"id": "unread", "kind": "kpi", "low": 8.0},
    {"id": "twice", "kind": "kpi", "low": 8.0},
    {
        "id": "kr",
        "kind": "key result",
        "baseline": 8.0,
        "target": 9.0,
        "start": dt.date(2026, 10, 1),
        "end": dt.date(2026, 12, 31),
    },
    {
        "id": "closed",
        "kind": "key result",
        "baseline": 8.0,
        "target": 9.0,
        "start": dt.date(2026, 8, 1),
        "end": dt.date(2026, 10, 31),
    },
    {
        "id": "sla",
        "kind": "commit",
        "low": 99.9,
        "manner": "held",
        "start": dt.date(2026, 10, 1),
        "end": dt.date(2026, 10, 31),
    },
    {
        "id": "ship",
        "kind": "commit",
        "low": 1.0,
        "manner": "reached",
        "start": dt.date(2026, 10, 1),
        "end": dt.date(2026, 12, 31),
    },
    {
        "id": "level",
        "kind": "commit",
        "high": 5.0,
        "manner": "on the due date",
        "start": dt.date(2026, 10, 1),
        "end": dt.date(2026, 10, 31),
    },
    {"id": "somehow", "kind": "commit", "low": 1.0, "start": dt.date(2026, 10, 1), "end": dt.date(2026, 12, 31)},
    {"id": "undated", "kind": "commit", "low": 1.0, "manner": "reached"},
    {"id": "wish", "kind": "dream"},
]
READ = [
    ("csat", dt.date(2026, 10, 31), 7.7),
    ("csat", dt.date(2026, 9, 30), 8.2),
    ("csat", dt.date(2026, 11, 11), 9.9),
    ("old", dt.date(2026, 9, 1), 9.0),
    ("twice", dt.date(2026, 9, 1), 9.0),
    ("twice", dt.date(2026, 9, 1), 9.1),
    ("kr", dt.date(2026, 10, 31), 8.7),
    ("kr", dt.date(2026, 9, 30), 3.0),
    ("kr", dt.date(2026, 11, 3), None),
    ("closed", dt.date(2026, 9, 30), 8.5),
    ("closed", dt.date(2026, 10, 31), None),
    ("sla", dt.date(2026, 10, 10), 99.95),
    ("sla", dt.date(2026, 10, 20), 99.9),
    ("level", dt.date(2026, 10, 20), 5.1),
    ("nobody's", dt.date(2026, 10, 20), 5.1),
]
ANSWERS = ("value", "health", "score", "outcome", "pace", "attainment", "why")
REVIEWED = {
    "closed": (8.5, None, None, None, None, None, "no-value"),
    "csat": (7.7, "on watch", None, None, None, None, None),
    "kr": (8.7, None, 0.7, "most of the way", "ahead", None, None),
    "level": (5.1, None, None, None, None, "not kept", None),
    "old": (9.0, "unknown", None, None, None, None, "stale"),
    "ship": (None, None, None, None, None, "in flight", "no-value"),
    "sla": (99.9, None, None, None, None, "kept", None),
    "somehow": (None, None, None, None, None, "unknown", "no-manner"),
    "twice": (9.1, "unknown", None, None, None, None, "date-twice"),
    "undated": (None, None, None, None, None, "unknown", "no-date"),
    "unread": (None, "unknown", None, None, None, None, "no-value"),
    "wish": (None, None, None, None, None, None, "no-kind"),
}


def _tables() -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    names = ("id", "kind", "low", "high", "watch_low", "cadence", "baseline", "target", "start", "end", "manner")
    goals = {name: [goal.get(name) for goal in GOALS] for name in names}
    return goals, {name: [row[at] for row in READ] for at, name in enumerate(("goal", "on", "value"))}


def test_a_table_of_goals_is_reviewed(engine: Engine) -> None:
    goals, readings = _tables()
    found = engine.read(review(engine.make(goals), engine.make(readings), as_of=DAY))
    told = zip(found["id"], *(found[name] for name in ANSWERS), strict=True)
    assert {goal: tuple(answers) for goal, *answers in told} == REVIEWED


@pytest.mark.parametrize(
    ("kept", "answers"),
    [
        (("id", "kind", "low"), {"csat": "on watch", "old": "healthy", "kr": None, "sla": None}),
        (("id", "kind", "baseline", "target", "start", "end"), {"csat": None, "old": None, "kr": None, "sla": None}),
    ],
)
def test_a_kind_whose_columns_are_not_there_has_no_verdict(
    kept: tuple[str, ...], answers: dict[str, str | None]
) -> None:
    goals, readings = _tables()
    found = review(pl.DataFrame(goals).select(kept), pl.DataFrame(readings), as_of=DAY)
    told = dict(zip(found["id"], found["health"], strict=True))
    assert {goal: told[goal] for goal in answers} == {
        goal: "unhealthy" if answer == "on watch" else answer for goal, answer in answers.items()
    }
    whys = dict(zip(found["id"], found["why"], strict=True))
    assert whys["sla"] == "no-kind"


class InParts(PandasFrame):  # type: ignore[misc]
    """A pandas frame that can be cut into parts as a Dask one can: where Dask is not installed, it stands for it."""

    npartitions = 2

    @property
    def _meta(self) -> Any:  # noqa: ANN401
        return pd.DataFrame(self).head(0)

    def shuffle(self, on: Any, npartitions: int = 2) -> InParts:  # noqa: ANN401, ARG002
        return self

    def map_partitions(self, judge: Any, *others: Any, meta: Any, align_dataframes: bool = True) -> Any:  # noqa: ANN401, ARG002
        judged = judge(pd.DataFrame(self), *map(pd.DataFrame, others))
        assert list(meta.columns) == list(judged.columns)
        return judged


def test_rows_of_an_entity_are_brought_together_where_windows_have_no_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bench, "is_dask", property(lambda bench: isinstance(bench.frame.to_native(), InParts)))
    days = pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"])
    plain = pd.DataFrame({"of": ["x"] * 3, "on": days, "v": [1.0, 2.0, 3.0], "state": ["a", "b", "b"]})
    manner, standard = OnDueDate(), Standard.at_least(3)
    asked: tuple[Callable[[Any], Any], ...] = (
        lambda frame: with_heading(frame, by="of", on="on", value="v"),
        lambda frame: with_usual(frame, by="of", on="on", value="v"),
        lambda frame: with_limits(frame, by="of", on="on", value="v"),
        lambda frame: figures(
            frame,
            by="of",
            on="on",
            value="v",
            window=EachPeriod(Period.MONTH),
            aggregation=Aggregation.SUM,
            as_of=dt.date(2026, 3, 31),
        ),
        lambda frame: with_since(frame, by="of", on="on", state="state"),
        lambda frame: attainment(
            frame,
            by="of",
            on="on",
            value="v",
            standard=standard,
            due=DAY,
            since=days[0].date(),
            as_of=DAY,
            manner=manner,
        ),
    )
    for ask in asked:
        pd.testing.assert_frame_equal(ask(InParts(plain)), ask(plain))
    goals, readings = (pd.DataFrame(table) for table in _tables())
    dated = {name: pd.to_datetime(table[name]) for table, names in ((goals, ("start", "end")),) for name in names}
    goals, readings = goals.assign(**dated), readings.assign(on=pd.to_datetime(readings["on"]))
    pd.testing.assert_frame_equal(
        review(InParts(goals), InParts(readings), as_of=DAY), review(goals, readings, as_of=DAY)
    )


def test_values_are_frozen() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        BandColumns(low=8).low = 9  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
