"""Figures in columns are those of the tower: on every engine, for every period, sums and means to the nearest float."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import inf, nan
from random import Random
from typing import Any, Final, Protocol, TypeAlias

import pytest

from goalmodel import Absence, HealthBands, Measure, Series, frames
from goalmodel.errors import WrongType
from goalmodel.exact import exact, nearest_float
from goalmodel.measure import (
    Aggregation,
    EachPeriod,
    EachReading,
    Exclusion,
    LastDays,
    LastMonths,
    LastReadings,
    Period,
    Reading,
    StatedPeriods,
    ToDate,
    Window,
    figures,
)

AS_OF: Final = dt.date(2026, 11, 20)
_MONTHS_445: Final = StatedPeriods(
    dt.date(2025, 12, 29), [dt.date(2025, 12, 28) + dt.timedelta(weeks=each) for each in (4, 8, 13, 17, 21, 26, 39)]
)
WINDOWS: Final[tuple[Window, ...]] = (
    EachReading(),
    EachPeriod(Period.WEEK),
    EachPeriod(Period.MONTH),
    EachPeriod(Period.QUARTER, starts_in=2),
    EachPeriod(Period.HALF_YEAR),
    EachPeriod(Period.YEAR, starts_in=11),
    _MONTHS_445,
    LastReadings(1),
    LastReadings(4),
    LastDays(1),
    LastDays(45),
    LastMonths(1),
    LastMonths(3),
    LastMonths(200_000),
    ToDate(EachPeriod(Period.QUARTER, starts_in=2)),
    ToDate(_MONTHS_445),
)
EACH_ONCE: Final = {
    (window, list(Aggregation)[index % len(Aggregation)])
    for index, window in enumerate(WINDOWS)
    if window not in {LastMonths(200_000), LastDays(1), LastReadings(1), LastMonths(1), EachPeriod(Period.WEEK)}
}
"""What is tried on every Python and every engine: each kind of window, and every aggregation."""
CASES: Final = [
    pytest.param(
        window,
        how,
        id=f"{window}, {how.name.lower()}",
        marks=[] if (window, how) in EACH_ONCE else pytest.mark.one_python,
    )
    for window in WINDOWS
    for how in Aggregation
]
SIZES: Final = (1, 3, 10, 10**4, 10**6, 10**9)
"""By what whole numbers are divided, so that decimals of no place to nine come of it, and thirds."""

ADDED: Final = (Aggregation.SUM, Aggregation.MEAN)

_Rows: TypeAlias = list[tuple[str, dt.date | None, float | None]]


class Engine(Protocol):
    """What the fixture gives."""

    @property
    def name(self) -> str: ...
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


_Key: TypeAlias = tuple[str, dt.date | None]


@cache
def _days() -> dict[str, dict[dt.date | None, list[float | None]]]:
    """Return what was read of each entity on each day that is over."""
    found: dict[str, dict[dt.date | None, list[float | None]]] = {}
    for entity, on, value in _rows():
        if on is None or on <= AS_OF:
            found.setdefault(entity, {}).setdefault(on, []).append(value)
    return found


def _truth(window: Window, how: Aggregation, exclusions: Sequence[Exclusion] = ()) -> dict[_Key, dict[str, Any]]:
    """Return what the tower says of each entity and time, by the last day."""
    measure, told = Measure("anything", aggregation=how), dict[_Key, dict[str, Any]]()
    out = {day for each in exclusions for day in _each_day(each) if each.agreed_on <= AS_OF}
    for entity, given in _days().items():
        if None in given:
            told[entity, None] = {"figure": None, "why": "no-date"}
        days = {on: values for on, values in given.items() if on is not None and on not in out}
        twice = {on for on, values in days.items() if len(values) > 1}
        infinite = {on for on, values in days.items() if any(value in (inf, -inf) for value in values)}
        read = {on: next(filter(_is_read, values), Absence.MISSING) for on, values in days.items()}
        known = Series.of(measure, {on: 0.0 if on in infinite else value for on, value in read.items()})
        for found in figures(known, window, as_of=AS_OF):
            inside = {on for on in days if found.period.start <= on <= found.period.end}
            is_absent = isinstance(found.value, Absence)
            if why := "date-twice" if inside & twice else "not-finite" if inside & infinite else None:
                told[entity, found.period.end] = {"figure": None, "why": why}
                continue
            told[entity, found.period.end] = {
                "figure": None if isinstance(found.value, Absence) else nearest_float(found.value),
                "why": "no-value" if is_absent else None,
                "start": found.period.start,
                "readings": found.readings,
                "absent": found.absent,
                "provisional": found.is_provisional,
            }
    return told


def _is_read(value: float | None) -> bool:
    return value is not None and value == value  # noqa: PLR0124 - NaN is not itself


def _each_day(exclusion: Exclusion) -> list[dt.date]:
    first, last = exclusion.start.toordinal(), min(exclusion.end, AS_OF).toordinal()
    return [dt.date.fromordinal(day) for day in range(first, last + 1)]


def _check(engine: Engine, found: Any, truth: dict[_Key, dict[str, Any]], how: Aggregation) -> None:  # noqa: ANN401
    seen = engine.read(found)
    rows = [dict(zip(seen, cells, strict=True)) for cells in zip(*seen.values(), strict=True)]
    assert sorted(str((each["of"], each["end"])) for each in rows) == sorted(map(str, truth))
    assert list(seen)[:8] == ["of", "start", "end", "figure", "readings", "absent", "provisional", "why"]
    doubtful = 0
    for each in rows:
        told = truth[each["of"], each["end"]]
        if how not in ADDED and each["figure"] is not None:
            each["figure"] = nearest_float(exact(each["figure"], "figure"))  # what it is read as
        if each.get("doubtful"):
            doubtful += 1
            assert each["figure"] == pytest.approx(told["figure"], abs=1e-2)
            told = {**told, "figure": each["figure"]}
        assert {name: each[name] for name in told} == told, each
    assert doubtful < len(rows) / 2  # thirds, and decimals of nine places
    assert bool(doubtful) == ("doubtful" in seen and how in ADDED)


def _frame(engine: Engine) -> Any:  # noqa: ANN401
    entities, days, values = zip(*_rows(), strict=True)
    return engine.make({"of": entities, "on": days, "now": values})


@pytest.mark.parametrize(("window", "how"), CASES)
def test_figures_are_those_of_the_tower(engine: Engine, window: Window, how: Aggregation) -> None:
    found = frames.figures(_frame(engine), by="of", on="on", value="now", window=window, aggregation=how, as_of=AS_OF)
    _check(engine, found, _truth(window, how), how)


@pytest.mark.parametrize("window", [EachPeriod(Period.MONTH), LastReadings(4), LastDays(45)], ids=str)
def test_days_that_do_not_count_are_left_out_of_figures_as_soon_as_that_is_agreed(
    engine: Engine, window: Window
) -> None:
    strike = Exclusion(
        start=dt.date(2026, 5, 20), end=dt.date(2026, 7, 9), reason="strike", agreed_on=dt.date(2026, 6, 1)
    )
    known = [strike, Exclusion(start=AS_OF, end=dt.date.max, reason="on hold", agreed_on=AS_OF, is_open=True)]
    too_late = Exclusion(
        start=dt.date(2026, 2, 1), end=dt.date(2026, 4, 9), reason="closed", agreed_on=AS_OF + dt.timedelta(days=1)
    )
    found = frames.figures(
        _frame(engine), by="of", on="on", value="now", window=window, aggregation=Aggregation.SUM, as_of=AS_OF,
        exclusions=[*known, too_late],
    )  # fmt: skip
    _check(engine, found, _truth(window, Aggregation.SUM, known), Aggregation.SUM)


@cache
def _weighted() -> list[tuple[str, dt.date, float | None, float | None]]:
    """Return readings with the cases behind them: whole ones, halves and thirds, vast ones, and none where some are."""
    draw, found = Random(5), list[tuple[str, dt.date, float | None, float | None]]()  # noqa: S311 - the same each time
    for number in range(24):
        size, offset = draw.choice((1, 1, 10, 10**4, 10**6, 3)), draw.choice((0, 0, 0, 10**6))
        part, vast = (1, 1, 1, 1, 2, 3)[number % 6], 10**14 if number % 6 == 3 else 1
        for day in draw.sample(range(-300, 1), draw.choice((1, 4, 20))):
            value = None if draw.random() < 0.06 else draw.randint(-(10**6), 10**6) / size + offset
            cases: float | None = draw.randint(1, 500) / part * vast
            if number % 8 == 7 and draw.random() < 0.2:
                cases = draw.choice((None, nan, 0.0, -1.0))
            found.append((f"entity {number}", AS_OF + dt.timedelta(days=day), value, cases))
    draw.shuffle(found)
    return found


def _mean_truth(window: Window) -> dict[_Key, dict[str, Any]]:
    measure, told = Measure("anything", aggregation=Aggregation.MEAN), dict[_Key, dict[str, Any]]()
    read = dict[str, dict[dt.date, tuple[float | None, float | None]]]()
    for entity, on, value, cases in _weighted():
        read.setdefault(entity, {})[on] = value, cases
    for entity, days in read.items():
        unweighted = {on for on, (value, cases) in days.items() if value is not None and not _is_weight(cases)}
        series = [
            Reading(on=on, value=Absence.MISSING)
            if value is None
            else Reading(on=on, value=value, weight=1 if on in unweighted else cases)
            for on, (value, cases) in days.items()
        ]
        for found in figures(Series.of(measure, series), window, as_of=AS_OF):
            figure = None if isinstance(found.value, Absence) else nearest_float(found.value)
            why = "no-value" if figure is None else None
            if any(found.period.start <= on <= found.period.end for on in unweighted):
                figure, why = None, "no-weight"
            told[entity, found.period.end] = {"figure": figure, "why": why, "readings": found.readings}
    return told


def _is_weight(cases: float | None) -> bool:
    return cases is not None and cases > 0


@pytest.mark.parametrize("window", [EachPeriod(Period.MONTH), LastDays(45)], ids=str)
def test_a_mean_counts_each_reading_by_the_cases_behind_it(engine: Engine, window: Window) -> None:
    entities, days, values, cases = zip(*_weighted(), strict=True)
    found = frames.figures(
        engine.make({"of": entities, "on": days, "now": values, "cases": cases}), by="of", on="on", value="now",
        weight="cases", window=window, aggregation=Aggregation.MEAN, as_of=AS_OF,
    )  # fmt: skip
    _check(engine, found, _mean_truth(window), Aggregation.MEAN)


def test_ninety_of_a_hundred_and_one_of_ten_are_91_of_110(engine: Engine) -> None:
    day = dt.date(2026, 10, 1)
    columns: dict[str, list[Any]] = {
        "of": ["a", "a"],
        "on": [day, day + dt.timedelta(days=1)],
        "now": [0.9, 0.1],
        "cases": [100, 10],
    }
    for how, figure in ((Aggregation.MEAN, 91 / 110), (Aggregation.SUM, 1.0)):
        found = frames.figures(
            engine.make(columns), by="of", on="on", value="now", weight="cases", window=EachPeriod(Period.MONTH),
            aggregation=how, as_of=AS_OF,
        )  # fmt: skip
        assert engine.read(found)["figure"] == [figure]


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


@pytest.mark.parametrize("how", ADDED)
def test_what_rolls_is_exact_or_in_doubt_however_much_was_added_up_before(engine: Engine, how: Aggregation) -> None:
    days = [dt.date(2026, 10, 1) + dt.timedelta(days=at) for at in range(40)]
    values = [round(99_999_999_999 - 7 * at + at / 10_000, 4) for at in range(40)]
    frame = engine.make({"of": ["a"] * 40, "on": days, "now": values})
    found = engine.read(
        frames.figures(frame, by="of", on="on", value="now", window=LastReadings(2), aggregation=how, as_of=AS_OF)
    )
    told = dict(zip(found["end"], zip(found["figure"], found.get("doubtful", [False] * 40), strict=True), strict=True))
    meant = [exact(value, "value") for value in values]
    for at, on in enumerate(days):
        pair = meant[max(at - 1, 0) : at + 1]
        figure, in_doubt = told[on]
        assert in_doubt or figure == nearest_float(
            sum(pair, Fraction(0)) / (1 if how is Aggregation.SUM else len(pair))
        )
    assert [in_doubt for _, in_doubt in told.values()].count(True) == (31 if "doubtful" in found else 0)
    assert not told[days[8]][1]


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
            read, by="site", on="on", value="min", window=Period.MONTH, aggregation=Aggregation.SUM,  # type: ignore[arg-type]
            as_of=dt.date(2026, 10, 31),
        )  # fmt: skip
    one = frames.figures(
        read, by="site", on=dt.date(2026, 10, 5), value=1, window=EachPeriod(Period.WEEK),
        aggregation=Aggregation.MEAN, as_of=dt.date(2026, 10, 31),
    )  # fmt: skip
    assert one.sort("site").select("start", "figure", "why").rows() == [
        (dt.date(2026, 10, 5), None, "date-twice"), (dt.date(2026, 10, 5), 1.0, None)
    ]  # fmt: skip
