"""Commits as a whole: what all readings of each come to is held against its standard as the tower holds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import inf
from random import Random
from typing import Any, Final, Protocol

import pytest

from goalmodel import Absence, AsAWhole, Commit, Measure, Series, Standard, frames
from goalmodel.measure import Aggregation, Exclusion, Reading


class Engine(Protocol):
    """What the fixture gives."""

    @property
    def make(self) -> Callable[[Mapping[str, Sequence[Any]]], Any]: ...
    @property
    def name(self) -> str: ...
    def read(self, frame: Any) -> dict[str, list[Any]]: ...  # noqa: ANN401


DECLARED: Final = dt.date(2026, 1, 1)
AS_OF: Final = dt.date(2026, 2, 10)
CLOSED: Final = Exclusion(
    start=dt.date(2026, 2, 4), end=dt.date(2026, 2, 20), reason="closed", agreed_on=dt.date(2026, 1, 20)
)
NAMES: Final = ("commit", "on", "now", "cases", "due", "low", "high")


@cache
def _rows() -> list[tuple[Any, ...]]:
    """Return readings of commits whose ends many sums, means and extremes lie on: decimals, thirds, huge numbers."""
    draw, rows = Random(9), list[tuple[Any, ...]]()  # noqa: S311 - the same rows each time
    for number in range(80):
        parts = draw.choice((1, 1, 10, 10**4, 3, 10**9))
        due = draw.choice((dt.date(2026, 1, 31), AS_OF, dt.date(2026, 2, 14), dt.date(2026, 3, 31)))
        days = draw.sample(range(-3, 60), draw.randint(1, 7))
        wholes = [draw.choice((7, 8, 8, 9, 24)) * 10**7 for _ in days]
        cases = [draw.choice((1, 1, 2, 30)) for _ in days]
        kind = draw.choice(("mean", "sum", "one"))
        pairs = list(zip(wholes, cases, strict=True))
        cut = {"mean": sum(a * b for a, b in pairs) // sum(cases), "sum": sum(wholes), "one": wholes[0]}[kind]
        cut += draw.choice((0, 0, 0, 1, -1))
        edge = cut / parts / 10
        ends: tuple[float | None, float | None] = (edge, None) if number % 3 else (None, edge)
        if number % 7 == 1:
            ends = 8e7 / parts / 10, cut / parts / 10 + 9e7
        for at, day in enumerate(days):
            value: float | None = None if draw.random() < 0.1 else wholes[at] / parts / 10
            if number % 20 == 7 and not at:
                value = inf
            of = None if number % 20 == 9 and not at else cases[at]
            on = DECLARED + dt.timedelta(days=days[0] if number % 20 == 11 else day)
            rows.append((number, on, value, of, due, *ends))
    draw.shuffle(rows)
    return rows


def _inside(row: tuple[Any, ...]) -> bool:
    return DECLARED <= row[1] <= min(row[4], AS_OF) and not CLOSED.start <= row[1] <= CLOSED.end


def _attainment(rows: list[tuple[Any, ...]], how: Aggregation, given: Standard | None, *, is_weighted: bool) -> str:
    read = [(on, value, cases) for _, on, value, cases, *_ in filter(_inside, rows)]
    lacks = is_weighted and any(value is not None and cases is None for _, value, cases in read)
    if lacks or len({on for on, _, _ in read}) < len(read) or any(value == inf for _, value, _ in read):
        return "unknown"
    *_, due, low, high = rows[0]
    series = [
        Reading(on=on, value=Absence.MISSING)
        if value is None
        else Reading(on=on, value=value, weight=cases if is_weighted else None)
        for on, value, cases in read
    ]
    measure = Measure("anything", aggregation=how)
    commit = Commit(
        id="commit", measure=measure, standard=given or Standard(low=low, high=high), due=due, declared_on=DECLARED,
        manner=AsAWhole(), exclusions=[CLOSED],
    )  # fmt: skip
    return str(commit.attainment(Series.of(measure, series), as_of=AS_OF).value)


EITHER: Final = Standard.one_of(Standard.at_most(8 * 10**5), Standard.above(8 * 10**6))


ADDED: Final = (Aggregation.SUM, Aggregation.MEAN)
"""What is tried on every Python and every engine: the others compare, and compute nothing."""
CASES: Final = [
    *(
        pytest.param(how, None, id=f"{how.name.lower()}, own", marks=[] if how in ADDED else pytest.mark.one_python)
        for how in Aggregation
    ),
    pytest.param(Aggregation.SUM, Standard.at_least(8 * 10**6), id="sum, one", marks=pytest.mark.one_python),
    pytest.param(Aggregation.MEAN, EITHER, id="mean, either", marks=pytest.mark.one_python),
    pytest.param(Aggregation.GREATEST, EITHER, id="greatest, either", marks=pytest.mark.one_python),
    pytest.param(Aggregation.LEAST, EITHER, id="least, either", marks=pytest.mark.one_python),
]


@pytest.mark.parametrize(("how", "given"), CASES)
def test_what_all_readings_come_to_is_held_against_the_standard(
    engine: Engine, how: Aggregation, given: Standard | None
) -> None:
    frame = engine.make(dict(zip(NAMES, map(list, zip(*_rows(), strict=True)), strict=True)))
    own = frames.StandardColumns(low="low", high="high")
    of_commit: dict[int, list[tuple[Any, ...]]] = {}
    for row in _rows():
        of_commit.setdefault(row[0], []).append(row)
    weights = {Aggregation.MEAN: ("cases",) if given else (None, "cases")}
    for weight in weights.get(how, (None,)):
        found = engine.read(
            frames.attainment(
                frame, by="commit", on="on", value="now", standard=given or own, due="due",
                since=DECLARED, as_of=AS_OF, manner=AsAWhole(), aggregation=how, weight=weight, exclusions=CLOSED,
            )
        )  # fmt: skip
        truth = {key: _attainment(rows, how, given, is_weighted=weight is not None) for key, rows in of_commit.items()}
        doubtful = found.get("doubtful", [False] * len(truth))
        told = zip(found["commit"], found["attainment"], doubtful, strict=True)
        assert [(key, word, truth[key]) for key, word, in_doubt in told if not in_doubt and word != truth[key]] == []
        assert sorted(found["commit"]) == sorted(truth)
        assert sum(doubtful) < len(truth) / 4
        assert len({*truth.values()}) >= 4


def test_readings_of_nobody_are_those_of_one_when_they_are_settled(engine: Engine) -> None:
    days = [DECLARED + dt.timedelta(days=at) for at in range(4)]
    frame = engine.make({"of": ["a", "a", None, None], "on": days, "now": [1 / 3] * 4})
    asked: dict[str, Any] = {"by": "of", "on": "on", "value": "now", "aggregation": Aggregation.SUM, "as_of": AS_OF}
    held: dict[str, Any] = {
        "standard": Standard.at_least(Fraction(2, 3)),
        "due": days[3],
        "since": DECLARED,
        "manner": AsAWhole(),
    }
    found = engine.read(frames.attainment(frame, **asked, **held))
    assert "doubtful" in found or found["attainment"] == ["not kept"] * 2  # 0.333333333333333, twice


def test_what_is_too_near_to_tell_is_settled_or_in_doubt(engine: Engine) -> None:
    days = [DECLARED + dt.timedelta(days=at) for at in range(3)]
    columns: dict[str, list[Any]] = {"commit": ["a"] * 3, "on": days, "now": [1 / 3] * 3}
    found = engine.read(
        frames.attainment(
            engine.make(columns), by="commit", on="on", value="now", standard=Standard.at_least(1), due=days[2],
            since=DECLARED, as_of=AS_OF, manner=AsAWhole(), aggregation=Aggregation.SUM,
        )
    )  # fmt: skip
    assert found.get("doubtful") == [True] or found["attainment"] == ["not kept"]  # 0.333333333333333, three times
