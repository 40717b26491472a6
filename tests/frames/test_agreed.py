"""Days agreed not to count leave columns as they leave the tower: pace, staleness, and tables of goals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any, Final, Protocol

import pytest

from goalmodel import (
    Absence,
    Cadence,
    Commit,
    Cycle,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    Measure,
    OnDueDate,
    Reached,
    Series,
    Standard,
    frames,
)
from goalmodel.commit import Manner
from goalmodel.exact import nearest_float
from goalmodel.key_result import PacePolicy
from goalmodel.measure import Exclusion
from goalmodel.measure.exclusion import agreed_by, excluded_days


class Engine(Protocol):
    """What the fixture gives."""

    @property
    def make(self) -> Callable[[Mapping[str, Sequence[Any]]], Any]: ...
    def read(self, frame: Any) -> dict[str, list[Any]]: ...  # noqa: ANN401


MEASURE: Final = Measure("anything")
AGREED: Final = (
    Exclusion(start=dt.date(2026, 9, 28), end=dt.date(2026, 10, 11), reason="works", agreed_on=dt.date(2026, 9, 1)),
    Exclusion(start=dt.date(2026, 10, 20), end=dt.date(2026, 10, 25), reason="strike", agreed_on=dt.date(2026, 10, 22)),
    Exclusion(
        start=dt.date(2026, 10, 28), end=dt.date(2026, 10, 30), agreed_on=dt.date(2026, 11, 1), reason="b", cause="fire"
    ),
    Exclusion(start=dt.date(2026, 11, 6), end=dt.date.max, reason="hold", agreed_on=dt.date(2026, 11, 1), is_open=True),
    Exclusion(start=dt.date(2026, 10, 12), end=dt.date(2026, 10, 13), reason="later", agreed_on=dt.date(2026, 12, 1)),
)  # fmt: skip
"""What was agreed in time, while it lasted, afterwards for a cause that was named, without an end, and too late."""
DAYS: Final = (dt.date(2026, 10, 24), dt.date(2026, 11, 10))


def _excluded(as_of: dt.date) -> Callable[[dt.date], bool]:
    return excluded_days(agreed_by(AGREED, as_of)).__contains__


def _in_order(engine: Engine, frame: Any, *names: str) -> list[list[Any]]:  # noqa: ANN401 - a frame of any engine
    found = engine.read(frame)
    order = sorted(range(len(found["row"])), key=lambda at: found["row"][at])
    return [[found[name][at] for at in order] for name in names]


@cache
def _cycles(as_of: dt.date) -> tuple[dict[str, list[Any]], list[tuple[str | None, float]]]:
    """Return ways, values and cycles, and of each its pace and what is expected: some lie in days left out wholly."""
    draw, policy = Random(7), PacePolicy()  # noqa: S311 - the same rows each time
    columns: dict[str, list[Any]] = {name: [] for name in ("row", "baseline", "target", "value", "start", "end")}
    truth: list[tuple[str | None, float]] = []
    for _ in range(150):
        first = dt.date(2026, 9, 20) + dt.timedelta(days=draw.randint(0, 40))
        cycle = Cycle(first, first + dt.timedelta(days=draw.choice((3, 30, 60, 91))))
        on = next((day for day in _back(as_of, first) if not _excluded(as_of)(day)), None)
        if on is None and cycle.end == as_of:
            continue  # nothing could be read in it
        start, way = draw.randint(-50, 50), draw.choice((1, -1)) * draw.choice((10, 100, 700))
        paused = KeyResult(id="kr", measure=MEASURE, baseline=start, target=start + way, cycle=cycle, exclusions=AGREED)
        due = paused.in_force(as_of).time.elapsed(as_of) * policy.toward
        value = float(start + way * (due + draw.choice((0, 0, Fraction(-1, 10), Fraction(1, 10), Fraction(1, 7)))))
        for name, cell in zip(columns, (len(truth), start, start + way, value, first, cycle.end), strict=True):
            columns[name].append(cell)
        pace = None if on is None else paused.assess(Series.of(MEASURE, {on: value}), as_of=as_of).pace
        truth.append((None if pace is None else str(pace.value), nearest_float(due)))
    return columns, truth


def _back(last: dt.date, first: dt.date) -> list[dt.date]:
    return [last - dt.timedelta(days=days) for days in range((last - first).days + 1)]


def test_nothing_is_expected_to_move_on_days_that_do_not_count(engine: Engine) -> None:
    for as_of in DAYS:
        columns, truth = _cycles(as_of)
        way: dict[str, Any] = {name: name for name in ("baseline", "target", "value", "start", "end")}
        found = frames.with_pace(engine.make(columns), **way, as_of=as_of, exclusions=AGREED)
        seen = engine.read(found)
        doubtful = seen.get("doubtful", [False] * len(truth))
        told = zip(seen["row"], seen["pace"], seen["expected"], doubtful, strict=True)
        assert [each for each in told if not each[3] and each[1:3] != truth[each[0]]] == []
        assert sum(doubtful) < len(truth) / 4
        assert {pace for pace, _ in truth} >= {None, "ahead", "on pace", "behind"}


@pytest.mark.parametrize("cadence", [Cadence.WEEKLY, Cadence.MONTHLY])
def test_grace_waits_for_days_that_do_not_count(engine: Engine, cadence: Cadence) -> None:
    kpi = Kpi(id="kpi", measure=MEASURE, bands=HealthBands.at_least(0), cadence=cadence, exclusions=AGREED)
    for as_of in DAYS:
        days, is_out = _back(as_of, dt.date(2026, 8, 1)), _excluded(as_of)
        truth = [
            None if is_out(day) else kpi.assess(Series.of(MEASURE, {day: 1}), as_of=as_of).stale_since is not None
            for day in days
        ]
        frame = engine.make({"row": [*range(len(days) + 1)], "last": [*days, None]})
        found = frames.with_staleness(frame, last="last", cadence=cadence, as_of=as_of, exclusions=AGREED)
        stale, whys = _in_order(engine, found, "is_stale", "why")
        assert stale == [*truth, None]
        assert whys == [*("not-counted" if is_out(day) else None for day in days), "no-date"]


CADENCES: Final = {"daily": Cadence.DAILY, "weekly": Cadence.WEEKLY, "monthly": Cadence.MONTHLY, None: None}
NAMES: Final[tuple[str, ...]] = ("id", "kind", "low", "cadence", "baseline", "target", "start", "end", "manner")


@cache
def _goals() -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    draw = Random(3)  # noqa: S311 - the same goals each time
    goals: list[dict[str, Any]] = []
    readings: list[tuple[str, dt.date, float | None]] = []
    for number in range(60):
        kind = ("kpi", "key result", "commit")[number % 3]
        first = dt.date(2026, 9, 10) + dt.timedelta(days=draw.randint(0, 20))
        goal: dict[str, Any] = {"id": f"goal {number}", "kind": kind}
        if kind == "kpi":
            goal |= {"low": 5.0, "cadence": draw.choice([*CADENCES])}
        else:
            goal |= {"start": first, "end": first + dt.timedelta(days=draw.choice((40, 44, 48, 90)))}
        if kind == "key result":
            goal |= {"baseline": 0.0, "target": 10.0}
        if kind == "commit":
            goal |= {"low": 5.0, "manner": draw.choice(("reached", "on the due date", "held"))}
        goals.append(goal)
        seen = draw.sample(range(60), draw.randint(1, 6)) if number % 2 else draw.sample(range(38, 46), 3)
        for day in seen:
            value = None if kind != "kpi" and draw.random() < 0.15 else float(draw.choice((0, 4, 5, 6, 7, 10, 11)))
            readings.append((f"goal {number}", dt.date(2026, 9, 12) + dt.timedelta(days=day), value))
    cells = map(list, zip(*readings, strict=True))
    told: dict[str, list[Any]] = dict(zip(("goal", "on", "value"), cells, strict=True))
    return {name: [goal.get(name) for goal in goals] for name in NAMES}, told


def _tower(goal: dict[str, Any], read: Series, as_of: dt.date) -> tuple[Any, ...]:
    """Return health, score, outcome, pace and attainment of a goal, as far as its kind has them."""
    same: dict[str, Any] = {"id": goal["id"], "measure": MEASURE, "exclusions": AGREED}
    if goal["kind"] == "kpi":
        kpi = Kpi(bands=HealthBands.at_least(goal["low"]), cadence=CADENCES[goal["cadence"]], **same)
        return str(kpi.assess(read, as_of=as_of).health.value), None, None, None, None
    if goal["kind"] == "key result":
        cycle = Cycle(goal["start"], goal["end"])
        kr = KeyResult(baseline=goal["baseline"], target=goal["target"], cycle=cycle, **same)
        found = kr.assess(read, as_of=as_of)
        words = (None if word is None else str(word.value) for word in (found.outcome, found.pace))
        return None, None if found.score is None else float(found.score), *words, None
    manners: dict[str, Manner] = {"reached": Reached(), "on the due date": OnDueDate(), "held": Held(goal["start"])}
    manner = manners[goal["manner"]]
    commit = Commit(
        standard=Standard.at_least(goal["low"]), due=goal["end"], declared_on=goal["start"], manner=manner,
        notice_days=4, named_causes=["fire"], **same,
    )  # fmt: skip
    return None, None, None, None, str(commit.attainment(read, as_of=as_of).value)


@cache
def _reviewed(as_of: dt.date) -> dict[str, tuple[Any, ...]]:
    goals, readings = _goals()
    read: dict[str, dict[dt.date, Any]] = {}
    for goal, on, value in zip(*readings.values(), strict=True):
        read.setdefault(goal, {})[on] = Absence.MISSING if value is None else value
    rows: Iterator[dict[str, Any]] = (
        dict(zip(NAMES, cells, strict=True)) for cells in zip(*goals.values(), strict=True)
    )
    return {row["id"]: _tower(row, Series.of(MEASURE, read[row["id"]]), as_of) for row in rows}


@pytest.mark.parametrize("as_of", [pytest.param(DAYS[0], marks=pytest.mark.one_python), DAYS[1]])
def test_a_table_of_goals_is_reviewed_without_days_that_do_not_count(engine: Engine, as_of: dt.date) -> None:
    goals, readings = map(engine.make, _goals())
    found = engine.read(
        frames.review(goals, readings, as_of=as_of, exclusions=AGREED, notice_days=4, named_causes=["fire"])
    )
    told = zip(*(found[name] for name in ("id", "health", "score", "outcome", "pace", "attainment")), strict=True)
    assert {goal: tuple(answers) for goal, *answers in told} == _reviewed(as_of)
