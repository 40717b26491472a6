"""Figures: what readings come to over a window, and what a period decides before it is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from goalmodel import Absence, AsAWhole, Commit, HealthBands, Held, KeyResult, Kpi, Measure, Reading, Series, Standard
from goalmodel.commit import Counted
from goalmodel.kpi import BandsChange
from goalmodel.measure import (
    Aggregation,
    EachPeriod,
    EachReading,
    LastDays,
    LastMonths,
    LastReadings,
    Period,
    StatedPeriods,
    ToDate,
    Window,
    figures,
)
from goalmodel.trend import Steps, TrendPolicy
from plain import (
    MEASURE,
    Answer,
    Facts,
    Row,
    a_cadence,
    a_cycle,
    a_series,
    bands_of,
    codes,
    day,
    some_bands,
    told,
    told_or_none,
    written,
)


def _window(facts: Facts) -> Window:
    """Return the window: its kind, and how long it is or which periods it means."""
    kind = facts["kind"]
    if kind == "to date":
        return ToDate(_periods(facts["of"]))
    if kind == "readings":
        return LastReadings(facts["count"])
    if kind in {"days", "months"}:
        return LastDays(facts["count"]) if kind == "days" else LastMonths(facts["count"])
    return EachReading() if kind == "each reading" else _periods(facts)


def _periods(facts: Facts) -> EachPeriod | StatedPeriods:
    if facts["kind"] == "stated":
        return StatedPeriods(day(facts["start"]), [day(each) for each in facts["ends"]])
    return EachPeriod(Period(facts["kind"]), starts_in=facts.get("starts_in", 1))


def _read(facts: Facts) -> Series:
    lowest, highest = facts.get("range", (None, None))
    measure = Measure(
        MEASURE,
        unit="points",
        lowest=told_or_none(lowest),
        highest=told_or_none(highest),
        aggregation=_AGGREGATIONS[facts["combine"]],
    )
    absences, weights = {each.value: each for each in Absence}, facts.get("weights", {})
    return Series(
        measure,
        [
            Reading(day(on), absences.get(str(value)) or told(value), told_or_none(weights.get(on)))
            for on, value in facts["readings"]
        ],
    )


_AGGREGATIONS: Final = MappingProxyType({each.name.lower(): each for each in Aggregation})


def _figures(facts: Facts) -> Answer:
    """What do the readings come to?"""
    found = figures(_read(facts), _window(facts["window"]), as_of=day(facts["as_of"]))
    return {
        "verdict": [each.value.value if isinstance(each.value, Absence) else written(each.value) for each in found],
        "reasons": codes(each.why_provisional for each in found if each.why_provisional is not None),
        "periods": [[each.period.start.isoformat(), each.period.end.isoformat()] for each in found],
        "provisional": [each.is_provisional for each in found],
    }


def _kpi_of_figures(facts: Facts) -> Answer:
    """How healthy is it on a date, by its figures?"""
    known = _read(facts)
    kpi = Kpi(id="kpi", measure=known.measure, bands=some_bands(facts["bands"]), window=_window(facts["window"]))
    found = kpi.assess(known, as_of=day(facts["as_of"]))
    return {"verdict": found.health.value, "reasons": codes(found.reasons)}


def _commit_as_a_whole(facts: Facts) -> Answer:
    """Was it kept, by what all its readings come to?"""
    known, ends = _read(facts), facts["standard"]
    commit = Commit(
        id="commit",
        measure=known.measure,
        standard=Standard(low=told_or_none(ends.get("low")), high=told_or_none(ends.get("high"))),
        manner=AsAWhole(),
        declared_on=day(facts["declared_on"]),
        due=day(facts["due"]),
    )
    found = commit.assess(known, as_of=day(facts["as_of"]))
    return {"verdict": found.attainment.value, "reasons": codes(found.reasons), "distance": written(found.distance)}


def _commit_of_figures(facts: Facts) -> Answer:
    """Was it held, by the figure of every window?"""
    known, ends = _read(facts), facts["standard"]
    commit = Commit(
        id="commit",
        measure=known.measure,
        standard=Standard(low=told_or_none(ends.get("low")), high=told_or_none(ends.get("high"))),
        manner=Held(day(facts["declared_on"])),
        window=_window(facts["window"]),
        declared_on=day(facts["declared_on"]),
        due=day(facts["due"]),
    )
    found = commit.assess(known, as_of=day(facts["as_of"]))
    return {"verdict": found.attainment.value, "reasons": codes(found.reasons), "distance": written(found.distance)}


def _read_in_time(facts: Facts) -> Answer:
    """Which pace has a key result that is expected to be read?"""
    measure = Measure(MEASURE, unit="points")
    moved = KeyResult(
        id="kr",
        measure=measure,
        baseline=told(facts["baseline"]),
        target=told(facts["target"]),
        cycle=a_cycle(facts["cycle"]),
        cadence=a_cadence(facts["cadence"]),
    )
    found = moved.assess(a_series(measure, facts["readings"]), as_of=day(facts["as_of"]))
    return {"verdict": None if found.pace is None else found.pace.value, "reasons": codes(found.pace_reasons)}


def _allowance(facts: Facts) -> Answer:
    """What may still go wrong?"""
    known, held = _read(facts), facts.get("held")
    commit = Commit(
        id="commit",
        measure=known.measure,
        standard=Standard(high=told(facts["standard"]["high"])),
        manner=AsAWhole()
        if held is None
        else Held(day(facts["declared_on"]), share=told(held["share"]), counted=Counted(held["counted"])),
        declared_on=day(facts["declared_on"]),
        due=day(facts["due"]),
        cadence=a_cadence(facts.get("cadence")),
    )
    found = commit.assess(known, as_of=day(facts["as_of"])).allowance_by(facts["look_back"])
    if found is None:
        return {"verdict": None, "reasons": []}
    return {
        "verdict": written(found.left),
        "reasons": [],
        "total": written(found.total),
        "used": written(found.used),
        "earned": written(found.earned),
        "rate": written(found.rate),
        "rate_since_start": written(found.rate_since_start),
        "used_up_on": None if found.used_up_on is None else found.used_up_on.isoformat(),
    }


def _kpi_in_force(facts: Facts) -> Answer:
    """How healthy is it on a date, each figure judged by the bands of its day?"""
    kpi = Kpi(
        id="kpi",
        measure=Measure(MEASURE, unit="points"),
        bands=some_bands(facts["bands"]),
        bands_changes=[
            BandsChange(on=day(on), was=was, reason="as agreed")
            for on, written_down in facts["changes"]
            if (was := some_bands(written_down)) is not None
        ],
    )
    found = kpi.assess(a_series(kpi.measure, facts["readings"]), as_of=day(facts["as_of"]), policy=_BY_STEPS)
    return {
        "verdict": found.health.value,
        "reasons": codes(found.reasons),
        "healthy": found.streaks.healthy,
        "not_healthy": found.streaks.not_healthy,
        "heading": found.heading.value,
    }


_BY_STEPS: Final = TrendPolicy(direction=Steps(2))

QUESTIONS: Final[MappingProxyType[str, Callable[[Facts], Answer]]] = MappingProxyType(
    {
        "figures": _figures,
        "KPI of figures": _kpi_of_figures,
        "commit as a whole": _commit_as_a_whole,
        "commit of figures": _commit_of_figures,
        "KPI in force": _kpi_in_force,
        "allowance": _allowance,
        "read in time": _read_in_time,
    }
)

_READ: Final = [["2026-01-31", 1], ["2026-02-01", 2], ["2026-02-28", 4], ["2026-03-31", "8.5"]]
_WINDOWS: Final[tuple[dict[str, Any], ...]] = (
    {"kind": "each reading"},
    {"kind": "week"},
    {"kind": "month"},
    {"kind": "quarter"},
    {"kind": "quarter", "starts_in": 2},
    {"kind": "half year"},
    {"kind": "year", "starts_in": 4},
    {"kind": "stated", "start": "2026-01-05", "ends": ["2026-02-01", "2026-03-01", "2026-04-05"]},
    {"kind": "readings", "count": 2},
    {"kind": "days", "count": 28},
    {"kind": "days", "count": 29},
    {"kind": "months", "count": 1},
    {"kind": "months", "count": 2},
    {"kind": "to date", "of": {"kind": "month"}},
    {"kind": "to date", "of": {"kind": "year"}},
)
_DOWNTIME: Final[dict[str, Any]] = {
    "bands": bands_of(HealthBands.at_most(43.2, watch=60)),
    "window": {"kind": "month"},
    "combine": "sum",
    "range": [0, 1440],
}


def rows() -> Iterator[Row]:
    """Return worked examples of every rule about figures."""
    for combine in _AGGREGATIONS:
        for window in (_WINDOWS[2], _WINDOWS[9]):
            facts = {"window": window, "combine": combine, "readings": _READ, "as_of": "2026-12-31"}
            yield Row("FIG-1", "figures", facts)
    for first, second in ((100, 10), (10, 10), (1, 200)):
        shares = [["2026-01-15", "0.9"], ["2026-01-31", "0.1"]]
        weights = {"2026-01-15": first, "2026-01-31": second}
        pooled: dict[str, Any] = {
            "window": {"kind": "month"},
            "combine": "mean",
            "readings": shares,
            "weights": weights,
        }
        yield Row("FIG-1", "figures", pooled | {"as_of": "2026-01-31"})
    for window, as_of in product(_WINDOWS, ("2026-02-27", "2026-12-31")):
        facts = {"window": window, "combine": "sum", "readings": _READ, "as_of": as_of}
        yield Row("FIG-2", "figures", facts)
    absences: tuple[Any, ...] = ("missing", "not measured", 3)
    for missing, seen_on in product(absences, ("2026-02-28", "2026-03-30", "2026-03-31")):
        gap: list[list[Any]] = [["2026-02-15", 5], ["2026-02-20", missing], ["2026-03-10", missing]]
        for window in (_WINDOWS[2], _WINDOWS[8], _WINDOWS[9]):
            found: dict[str, Any] = {"window": window, "combine": "sum", "readings": gap, "as_of": seen_on}
            yield Row("FIG-3", "figures", found)
    for later, seen_on in product(("13.1", "13.2", "13.3", 30, "30.1", 31), ("2026-10-20", "2026-10-31")):
        yield Row(
            "FIG-3",
            "KPI of figures",
            _DOWNTIME | {"readings": [["2026-10-05", 30], ["2026-10-20", later]], "as_of": seen_on},
        )
    yield from _about_wholes()
    yield from _about_what_rolls()
    yield from _about_changes()
    yield from _about_allowances()
    yield from _about_reading_in_time()


def _about_wholes() -> Iterator[Row]:
    owed: dict[str, Any] = {"declared_on": "2026-10-01", "due": "2026-10-31"}
    downtime = owed | {"standard": {"high": "43.2"}, "combine": "sum", "range": [0, 1440]}
    amounts: tuple[Any, ...] = ("13.1", "13.2", "13.3", 20, "missing")
    for second, seen_on in product(amounts, ("2026-10-19", "2026-10-20", "2026-10-30", "2026-10-31")):
        read = {"readings": [["2026-10-05", 30], ["2026-10-20", second]], "as_of": seen_on}
        yield Row("COM-1", "commit as a whole", downtime | read)
    signups = owed | {"standard": {"low": 1000}, "combine": "sum", "range": [0, 100]}
    for on, each in product(("2026-10-21", "2026-10-22"), (0, 99, 100)):
        yield Row("COM-3", "commit as a whole", signups | {"readings": [[on, each]], "as_of": on})
    for combine, each in product(_AGGREGATIONS, (89, 90)):
        seen = owed | {"standard": {"low": 90}, "combine": combine, "range": [0, 100]}
        for seen_on in ("2026-10-05", "2026-10-30", "2026-10-31"):
            yield Row("COM-3", "commit as a whole", seen | {"readings": [["2026-10-05", each]], "as_of": seen_on})


def _about_what_rolls() -> Iterator[Row]:
    """Each day's window: one that is not whole, one that is broken before it is, what leaves it."""
    owed: dict[str, Any] = {"declared_on": "2026-10-01", "due": "2026-11-30", "range": [0, 1440]}
    ceiling = owed | {"standard": {"high": "43.2"}, "combine": "sum", "window": {"kind": "days", "count": 28}}
    for second, on, as_of in product(
        ("13.2", "13.3"), ("2026-10-27", "2026-11-01", "2026-11-02"), ("2026-10-27", "2026-11-01", "2026-11-30")
    ):
        read = {"readings": [["2026-10-05", 30], [on, second]], "as_of": as_of}
        yield Row("COM-1", "commit of figures", ceiling | read)
    floor = owed | {"standard": {"low": 5}, "window": {"kind": "days", "count": 7}}
    for combine, as_of in product(_AGGREGATIONS, ("2026-10-07", "2026-10-14", "2026-10-15", "2026-11-30")):
        read = {"readings": [["2026-10-02", 9], ["2026-10-08", 4]], "as_of": as_of}
        yield Row("FIG-2", "commit of figures", floor | {"combine": combine} | read)
    month = ceiling | {"window": {"kind": "month"}}
    for as_of in ("2026-10-19", "2026-10-20", "2026-10-31"):
        read = {"readings": [["2026-10-05", 30], ["2026-10-20", 20]], "as_of": as_of}
        yield Row("FIG-3", "commit of figures", month | read)


def _about_changes() -> Iterator[Row]:
    """One change of a floor, and two, asked before, on and behind each day."""
    floors = {floor: bands_of(HealthBands.at_least(floor)) for floor in (90, 95, 98)}
    same = [[on, 96] for on in ("2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31")]
    falling = [["2026-05-31", 99], ["2026-06-30", 97], ["2026-07-31", 96], ["2026-08-31", 95]]
    asked = ("2026-05-31", "2026-06-30", "2026-07-30", "2026-07-31", "2026-08-31")
    for readings, rule in ((same, "TIME-1"), (falling, "TIME-5")):
        for was, on, as_of in product((90, 95), ("2026-06-30", "2026-07-01", "2026-07-31"), asked):
            facts = {"bands": floors[98], "changes": [[on, floors[was]]], "readings": readings, "as_of": as_of}
            yield Row(rule, "KPI in force", facts)
        twice = [["2026-06-01", floors[90]], ["2026-08-01", floors[95]]]
        for as_of in asked:
            facts = {"bands": floors[98], "changes": twice, "readings": readings, "as_of": as_of}
            yield Row(rule, "KPI in force", facts)


def _about_allowances() -> Iterator[Row]:
    """A sum with a ceiling, and shares of days and of readings: a little used, used up, overdrawn."""
    owed: dict[str, Any] = {"declared_on": "2026-10-01", "due": "2026-10-31", "combine": "sum", "range": [0, 1440]}
    readings = [["2026-10-05", 30], ["2026-10-20", "13.2"], ["2026-10-21", 1]]
    asked = ("2026-09-30", "2026-10-05", "2026-10-19", "2026-10-20", "2026-10-21", "2026-10-31")
    for look_back, as_of in product((1, 7, 28), asked):
        facts = owed | {"standard": {"high": "43.2"}, "readings": readings, "look_back": look_back, "as_of": as_of}
        yield Row("COM-9", "allowance", facts)
    daily = [[f"2026-10-{on:02}", 9 if on in {3, 9, 20} else 1] for on in range(1, 26)]
    for counted, cadence, as_of in product(("time", "readings"), (None, {"days": 1, "grace_days": 0}), asked):
        held = {"share": "0.9", "counted": counted}
        facts = owed | {"standard": {"high": 4}, "held": held, "cadence": cadence, "readings": daily}
        yield Row("COM-9", "allowance", facts | {"look_back": 28, "as_of": as_of})


def _about_reading_in_time() -> Iterator[Row]:
    """The last day on which a reading can be relied on, and the day after, early in the cycle and late."""
    facts: dict[str, Any] = {
        "baseline": 0,
        "target": 100,
        "cycle": {"start": "2026-10-01", "end": "2026-12-31"},
        "cadence": {"days": 7, "grace_days": 2},
    }
    for value, on in product((10, 50, 90), ("2026-10-05", "2026-11-15")):
        for as_of in ("2026-10-14", "2026-10-15", "2026-11-24", "2026-11-25", "2026-12-20", "2026-12-31", "2027-01-05"):
            if as_of >= on:
                yield Row("KR-13", "read in time", facts | {"readings": [[on, value]], "as_of": as_of})
