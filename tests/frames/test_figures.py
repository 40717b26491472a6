"""Figures in columns are those of the tower: on every engine, for every period, sums and means to the nearest float."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import inf, isfinite, nan
from random import Random
from typing import Any, Final, Protocol, TypeAlias

import pytest

from goalmodel import Absence, HealthBands, Measure, Series, frames
from goalmodel.errors import WrongType
from goalmodel.exact import exact, nearest_float
from goalmodel.measure import Aggregation, EachPeriod, LastDays, Period, figures

AS_OF: Final = dt.date(2026, 11, 20)
CASES: Final = (
    (EachPeriod(Period.WEEK), Aggregation.SUM),
    (EachPeriod(Period.MONTH), Aggregation.MEAN),
    (EachPeriod(Period.QUARTER, starts_in=2), Aggregation.SUM),
    (EachPeriod(Period.QUARTER), Aggregation.LAST),
    (EachPeriod(Period.HALF_YEAR), Aggregation.GREATEST),
    (EachPeriod(Period.YEAR, starts_in=11), Aggregation.LEAST),
)
SIZES: Final = (1, 3, 10, 10**4, 10**6, 10**9)
"""By what whole numbers are divided, so that decimals of no place to nine come of it, and thirds."""

ADDED: Final = (Aggregation.SUM, Aggregation.MEAN)

_Rows: TypeAlias = list[tuple[str, dt.date | None, float | None]]


class Engine(Protocol):
    """What the fixture gives."""

    @property
    def make(self) -> Callable[[Mapping[str, Sequence[Any]]], Any]: ...
    def read(self, frame: Any) -> dict[str, list[Any]]: ...  # noqa: ANN401


@cache
def _rows() -> _Rows:
    draw, found = Random(11), _Rows()  # noqa: S311 - the same rows each time
    for number in range(60):
        size, offset = draw.choice(SIZES), draw.choice((0, 0, 10**6, 10**12))
        days = draw.sample(range(-500, 40), draw.choice((1, 4, 30)))
        for day in days:
            whole = draw.choice((draw.randint(-9, 9), draw.randint(-(10**6), 10**6)))
            value: float | None = whole / size + offset
            if draw.random() < 0.06:
                value = draw.choice((None, nan))
            if number % 20 == 7 and draw.random() < 0.2:
                value = draw.choice((inf, -inf))
            found.append((f"entity {number}", AS_OF + dt.timedelta(days=day), value))
        if number % 20 == 9:
            found.append((f"entity {number}", AS_OF + dt.timedelta(days=days[0]), 1.0))
        if number % 20 == 11:
            found.append((f"entity {number}", None, 1.0))
    draw.shuffle(found)
    return found


@cache
def _truth(window: EachPeriod, aggregation: Aggregation) -> dict[tuple[str, dt.date | None], dict[str, Any]]:
    """Return what the tower says of each entity and period, by the first day."""
    measure = Measure("anything", aggregation=aggregation)
    periods: dict[tuple[str, dt.date | None], dict[dt.date | None, list[float | None]]] = {}
    for entity, on, value in _rows():
        if on is None or on <= AS_OF:
            start = None if on is None else window.period_of(on).start
            periods.setdefault((entity, start), {}).setdefault(on, []).append(value)
    told: dict[tuple[str, dt.date | None], dict[str, Any]] = {}
    for key, days in periods.items():
        values = [value for each in days.values() for value in each]
        if key[1] is None:
            told[key] = {"figure": None, "why": "no-date"}
        elif max(map(len, days.values())) > 1:
            told[key] = {"figure": None, "why": "date-twice"}
        elif any(value is not None and value in (inf, -inf) for value in values):
            told[key] = {"figure": None, "why": "not-finite"}
        else:
            read = {on: v if v is not None and isfinite(v) else Absence.MISSING for on, [v] in days.items() if on}
            known = Series.of(measure, read)
            (found,) = figures(known, window, as_of=AS_OF)
            is_absent = isinstance(found.value, Absence)
            told[key] = {
                "figure": None if isinstance(found.value, Absence) else nearest_float(found.value),
                "why": "no-value" if is_absent else None,
                "end": found.period.end,
                "readings": found.readings,
                "absent": found.absent,
                "provisional": found.is_provisional,
            }
    return told


@pytest.mark.parametrize(("window", "aggregation"), CASES, ids=str)
def test_figures_are_those_of_the_tower(engine: Engine, window: EachPeriod, aggregation: Aggregation) -> None:
    entities, days, values = zip(*_rows(), strict=True)
    frame = engine.make({"of": entities, "on": days, "now": values})
    seen = engine.read(
        frames.figures(frame, by="of", on="on", value="now", window=window, aggregation=aggregation, as_of=AS_OF)
    )
    truth = _truth(window, aggregation)
    rows = [dict(zip(seen, cells, strict=True)) for cells in zip(*seen.values(), strict=True)]
    assert {(each["of"], each["start"]) for each in rows} == set(truth)
    assert len(rows) == len(truth)
    assert list(seen)[:8] == ["of", "start", "end", "figure", "readings", "absent", "provisional", "why"]
    doubtful = 0
    for each in rows:
        told = truth[each["of"], each["start"]]
        if aggregation not in ADDED and each["figure"] is not None:
            each["figure"] = nearest_float(exact(each["figure"], "figure"))  # what it is read as
        if each.get("doubtful"):
            doubtful += 1
            assert each["figure"] == pytest.approx(told["figure"])
            told = {**told, "figure": each["figure"]}
        assert {name: each[name] for name in told} == told, each
    assert doubtful < len(rows) / 2  # thirds, and decimals of nine places
    assert bool(doubtful) == ("doubtful" in seen and aggregation in ADDED)


def test_what_is_computed_again_is_exact_and_all_columns_may_say_who(engine: Engine) -> None:
    days = [dt.date(2026, 10, day) for day in (1, 2, 3, 4)]
    columns: dict[str, list[Any]] = {
        "team": ["a", "a", "b", "b"],
        "site": ["x", "x", "x", "x"],
        "on": days,
        "now": [1 / 3, 2 / 3, 0.1, 0.2],
    }
    found = engine.read(
        frames.figures(
            engine.make(columns), by=["team", "site"], on="on", value="now", window=EachPeriod(Period.MONTH),
            aggregation=Aggregation.SUM, as_of=dt.date(2026, 10, 31),
        )
    )  # fmt: skip
    by_team = dict(zip(found["team"], found["figure"], strict=True))
    assert by_team["b"] == 0.3
    assert by_team["a"] == pytest.approx(1)
    if "doubtful" not in found:
        assert by_team["a"] == 0.9999999999999999 + 0.0000000000000001


def test_the_downtime_of_a_month_is_judged_as_its_sum() -> None:
    pl: Any = pytest.importorskip("polars")
    read = pl.DataFrame(
        {"site": ["a", "a", "b"], "on": [dt.date(2026, 10, day) for day in (5, 20, 7)], "min": [30, 20, 4]}
    )
    month = frames.figures(
        read, by="site", on="on", value="min", window=EachPeriod(Period.MONTH), aggregation=Aggregation.SUM,
        as_of=dt.date(2026, 10, 31),
    ).sort("site")  # fmt: skip
    judged = frames.with_health(month, value="figure", bands=HealthBands.at_most(43.2))
    assert judged["health"].to_list() == ["unhealthy", "healthy"]
    with pytest.raises(WrongType, match="window"):
        frames.figures(
            read, by="site", on="on", value="min", window=LastDays(3), aggregation=Aggregation.SUM,  # type: ignore[arg-type]
            as_of=dt.date(2026, 10, 31),
        )  # fmt: skip
    one = frames.figures(
        read, by="site", on=dt.date(2026, 10, 5), value=1, window=EachPeriod(Period.WEEK),
        aggregation=Aggregation.MEAN, as_of=dt.date(2026, 10, 31),
    )  # fmt: skip
    assert one.sort("site").select("start", "figure", "why").rows() == [
        (dt.date(2026, 10, 5), None, "date-twice"), (dt.date(2026, 10, 5), 1.0, None)
    ]  # fmt: skip
