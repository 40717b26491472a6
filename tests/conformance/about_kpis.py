"""KPIs: KPI-2 to KPI-7."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from types import MappingProxyType
from typing import Any, Final

import attrs

from goalmodel import CompositeKpi, Health, HealthBands, Kpi, Measure, Polarity, Zone
from goalmodel.kpi import AcceptedDeviation
from goalmodel.measure import Exclusion
from goalmodel.trend import MannKendall, ProcessLimits, RunChart, SigmaRule, Steps, TrendPolicy
from plain import (
    MEASURE,
    Answer,
    Facts,
    Plain,
    Row,
    a_cadence,
    a_measure,
    a_series,
    around,
    bands_of,
    codes,
    date,
    day,
    month_ends,
    some_bands,
    told,
    written,
)

# ----------------------------------------------------------------------------------------------- questions


def _bands(facts: Facts) -> Answer:
    """In which zone does a value lie?"""
    bands = some_bands(facts["bands"])
    assert bands is not None
    value = told(facts["value"])
    return {
        "verdict": bands.health(value).value,
        "reasons": [],
        "zone": bands.zone(value).name,
        "excess": written(bands.excess(value)),
    }


def _a_kpi(facts: Facts) -> Kpi:
    measure = a_measure(facts)
    if "polarity" in facts:
        measure = Measure(MEASURE, unit=measure.unit, polarity=Polarity(facts["polarity"]))
    return Kpi(
        id="kpi",
        measure=measure,
        bands=some_bands(facts.get("bands")),
        cadence=a_cadence(facts.get("cadence")),
        exclusions=[
            Exclusion(
                start=day(each["start"]), end=day(each["end"]), agreed_on=day(each["agreed_on"]), reason="as agreed"
            )
            for each in facts.get("excluded", ())
        ],
        accepted=[
            AcceptedDeviation(since=day(each["since"]), until=day(each["until"]), reason="known")
            for each in facts.get("accepted", ())
        ],
    )


def _kpi(facts: Facts) -> Answer:
    """How healthy is it on a date?"""
    kpi = _a_kpi(facts)
    found = kpi.assess(a_series(kpi.measure, facts["readings"]), as_of=day(facts["as_of"]))
    return {"verdict": found.health.value, "reasons": codes(found.reasons), "accepted": found.is_accepted}


def _a_rule(facts: Facts) -> Steps | SigmaRule | RunChart | MannKendall:
    match facts["rule"]:
        case "steps":
            return Steps(facts["steps"])
        case "sigmas":
            return SigmaRule(facts["readings"], told(facts["sigmas"]), of=facts["of"], is_strict=facts["is_strict"])
        case "run chart":
            return RunChart()
        case _:
            return MannKendall(readings=facts["readings"], alpha=told(facts["alpha"]))


def _heading(facts: Facts) -> Answer:
    """Where does it stand against what is usual, or which way is it heading, by one rule?"""
    kpi = _a_kpi(facts)
    usual = facts.get("usual")
    rule = _a_rule(facts["asked"])
    policy = TrendPolicy(direction=rule) if isinstance(rule, Steps | MannKendall) else TrendPolicy(usual=rule)
    if usual is not None:
        limits = ProcessLimits(mean=told(usual["mean"]), sigma=told(usual["sigma"]))
        policy = attrs.evolve(policy, reference=limits)
    found = kpi.assess(a_series(kpi.measure, facts["readings"]), as_of=day(facts["as_of"]), policy=policy)
    is_direction = isinstance(rule, Steps | MannKendall)
    said, verdict = (found.heading, found.direction) if is_direction else (found.standing, found.usual)
    return {"verdict": said.value, "reasons": codes(verdict.reasons if verdict else found.reasons)}


def _composite(facts: Facts) -> Answer:
    """How healthy is a KPI made of parts?"""
    measures = {part["id"]: Measure(part["id"]) for part in facts["parts"]}
    parts = [
        Kpi(id=part["id"], measure=measures[part["id"]], bands=some_bands(part["bands"])) for part in facts["parts"]
    ]
    on = date(10, 31)
    history = [
        a_series(measures[part["id"]], [(on, part["value"])]) for part in facts["parts"] if part["value"] is not None
    ]
    found = CompositeKpi(id="whole", parts=parts).assess(history, as_of=day(on))
    return {"verdict": found.health.value, "reasons": codes(found.reasons), "decides": found.least_healthy.kpi.id}


QUESTIONS: Final = MappingProxyType({
    "bands": _bands,
    "kpi": _kpi,
    "trend": _heading,
    "composite": _composite,
})  # fmt: skip

# ------------------------------------------------------------------------------------------------- examples

_FLOOR = HealthBands.at_least(8, watch=7.5)
_SYSTOLIC = HealthBands.along(
    Zone("low", Health.UNHEALTHY), 90, Zone("normal", Health.HEALTHY), 119, Zone("elevated", Health.WATCH), 129,
    Zone("stage 1", Health.UNHEALTHY), 139, Zone("stage 2", Health.UNHEALTHY),
)  # fmt: skip
_EVERY_BANDS = (
    HealthBands.at_least(8, watch=7.5),
    HealthBands.at_least(99.9),
    HealthBands.at_least(0, watch=-5),
    HealthBands.at_most(43.2, watch=60),
    HealthBands.at_most(0),
    HealthBands.at_most(-2, watch=2),
    HealthBands.between(18.5, 25, watch_low=17, watch_high=30),
    HealthBands.between(5, 9),
    HealthBands.between(7, 7),
    _SYSTOLIC,
)


def _zones(cuts: list[Plain], *healths: str) -> dict[str, Any]:
    return {"cuts": cuts, "zones": [{"name": f"zone {at}", "health": health} for at, health in enumerate(healths)]}


_WRONG_BANDS: Final = (
    _zones([], "healthy"),
    _zones([8, 8], "unhealthy", "on watch", "healthy"),
    _zones([9, 8], "unhealthy", "healthy", "on watch"),
    _zones([8], "healthy", "healthy"),
    _zones([8], "on watch", "unhealthy"),
    _zones([8], "unknown", "healthy"),
    _zones([7, 8], "on watch", "unhealthy", "healthy"),
    _zones([7], "unhealthy", "on watch", "healthy"),
)


def _about_bands() -> Iterator[Row]:
    for bands in _EVERY_BANDS:
        plain = bands_of(bands)
        for cut in bands.cuts:
            for value in around(str(cut), steps=("0.1", "0.0001", "3")):
                yield Row("KPI-2", "bands", {"bands": plain, "value": value})
        for value in (0, -1000, 1000, "1/3"):
            yield Row("KPI-4", "bands", {"bands": plain, "value": value})
    for wrong in _WRONG_BANDS:
        yield Row("KPI-2", "bands", {"bands": wrong, "value": 8})


def _about_freshness() -> Iterator[Row]:
    """Return readings that are just fresh enough, and just not: a period and its grace."""
    plain = bands_of(_FLOOR)
    on = date(10, 31)
    for cadence, last in (
        ({"months": 1, "grace_days": 10}, ("2026-12-10", "2026-12-11")),
        ({"months": 1, "grace_days": 0}, ("2026-11-30", "2026-12-01")),
        ({"days": 7, "grace_days": 2}, ("2026-11-09", "2026-11-10")),
        ({"days": 1, "grace_days": 1}, ("2026-11-02", "2026-11-03")),
        ({"months": 3, "grace_days": 30}, ("2027-03-02", "2027-03-03")),
        ({"months": 12, "grace_days": 121}, ("2028-02-29", "2028-03-01")),
        (None, ("2026-10-31", "2036-10-31")),
    ):
        for as_of in (*last, "2026-10-30", "2026-10-31"):
            facts: dict[str, Any] = {"bands": plain, "cadence": cadence, "as_of": as_of}
            for value in (8, "7.9", "missing", "not measured"):
                yield Row("KPI-3", "kpi", facts | {"readings": [[on, value]]})
            yield Row("KPI-3", "kpi", facts | {"readings": [["2026-09-30", 8], [on, "missing"]]})
    for value in (0, 10, "10.0001", "-0.0001", 11):
        facts = {"bands": plain, "range": [0, 10], "as_of": on}
        yield Row("KPI-3", "kpi", facts | {"readings": [[on, value]]})
        yield Row("KPI-3", "kpi", facts | {"readings": [["2026-09-30", 7], [on, value]]})
    yield Row("KPI-3", "kpi", {"bands": plain, "readings": [], "as_of": on})
    yield Row("KPI-2", "kpi", {"bands": None, "readings": [[on, 8]], "as_of": on})


def _about_deviations() -> Iterator[Row]:
    plain = bands_of(_FLOOR)
    accepted = [{"since": "2026-10-01", "until": "2026-10-31"}]
    for as_of in ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"):
        for value in (8, "7.9", 7):
            facts = {"bands": plain, "accepted": accepted, "readings": [["2026-09-30", value]], "as_of": as_of}
            yield Row("KPI-6", "kpi", facts)
    two = [{"since": "2026-10-01", "until": "2026-10-31"}, {"since": "2026-11-01", "until": "2026-11-30"}]
    for as_of in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
        yield Row("KPI-6", "kpi", {"bands": plain, "accepted": two, "readings": [["2026-09-30", 7]], "as_of": as_of})


_STEPS: dict[str, Any] = {"rule": "steps", "steps": 3}
_SIGMAS: dict[str, Any] = {"rule": "sigmas", "readings": 3, "sigmas": 1, "of": 3, "is_strict": False}
_TWO_OF_THREE: dict[str, Any] = {"rule": "sigmas", "readings": 2, "sigmas": 2, "of": 3, "is_strict": True}
_KENDALL: dict[str, Any] = {"rule": "Mann-Kendall", "readings": 5, "alpha": "0.01"}
_CHART: dict[str, Any] = {"rule": "run chart"}
_VALUES: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    (_STEPS, ("8 7 6 5", "8 7 6", "8 7 7 6", "5 6 7 8", "8 7 6 7", "8.0003 8.0002 8.0001 8", "7 7 7 7")),
    (_SIGMAS, ("9 9 9", "7 7 7", "9 9 8.9999", "9 9", "7 9 7", "9.0001 9 9", "8 9 9 9", "9 9 9 8")),
    (_TWO_OF_THREE, ("10.0001 8 10.0001", "10 8 10.0001", "5.9 8 5.9", "5.9 5.9 8", "5.9 10.1 5.9", "8 8 8")),
    (_KENDALL, ("1 2 3 4 5", "5 4 3 2 1", "1 2 3 5 4", "1 2 3 4 4", "1 2 3 4", "1 1 1 1 1")),
    (_CHART, ("8 8 8 8 8 8", "9 7 9 7 9 7 9 7 9 7", "1 2 3 4 5 6 7 8 9 10 11 12", "12 11 10 9 8 7 6 5 4 3 2 1")),
)  # fmt: skip


def _about_headings() -> Iterator[Row]:
    usual = {"mean": 8, "sigma": 1}
    for asked, courses in _VALUES:
        for course in courses:
            values = course.split()
            days = month_ends(len(values))
            facts: dict[str, Any] = {
                "asked": asked,
                "usual": usual,
                "readings": [[on, written(told(value))] for on, value in zip(days, values, strict=True)],
                "as_of": days[-1],
            }
            for bands in (HealthBands.at_least(8), HealthBands.at_most(8), HealthBands.between(4, 12)):
                yield Row("KPI-5", "trend", facts | {"bands": bands_of(bands)})
            for polarity in Polarity:
                yield Row("KPI-4", "trend", facts | {"bands": None, "polarity": polarity.value})


def _about_gaps() -> Iterator[Row]:
    """Return runs that missing readings suspend, and end."""
    days = month_ends(8)
    for gap in range(5):
        readings: list[list[Plain]] = [[days[0], 9], [days[1], 8]]
        absent: list[Plain] = ["missing"] * gap
        readings += [[on, value] for on, value in zip(days[2:], (*absent, 7, 6), strict=False)]
        facts = {"asked": _STEPS, "bands": bands_of(HealthBands.at_least(8)), "readings": readings, "as_of": days[-1]}
        yield Row("KPI-5", "trend", facts)


def _about_composites() -> Iterator[Row]:
    bands = bands_of(_FLOOR)
    values: tuple[Plain, ...] = (8, "7.7", 7, None)
    for one in values:
        for other in values:
            yield Row(
                "KPI-7",
                "composite",
                {"parts": [{"id": "a", "bands": bands, "value": one}, {"id": "b", "bands": bands, "value": other}]},
            )
    for one in values:
        parts = [{"id": each, "bands": bands, "value": value} for each, value in (("a", one), ("b", 8), ("c", None))]
        yield Row("KPI-7", "composite", {"parts": parts})
    yield Row("KPI-7", "composite", {"parts": []})


def _about_what_does_not_count() -> Iterator[Row]:
    """A closed August, agreed in May or in September, and the days on which that could be seen."""
    bands = bands_of(HealthBands.at_least(8, watch=7))
    asked = ("2026-08-31", "2026-09-10", "2026-09-11", "2026-09-30", "2026-10-10", "2026-10-11")
    for readings, agreed_on, as_of in product(
        ([["2026-07-31", 9]], [["2026-07-31", 9], ["2026-08-15", 6]]), ("2026-05-02", "2026-09-11"), asked
    ):
        closed = [{"start": "2026-08-01", "end": "2026-08-31", "agreed_on": agreed_on}]
        cadence = {"months": 1, "grace_days": 10}
        facts = {"bands": bands, "readings": readings, "cadence": cadence, "excluded": closed, "as_of": as_of}
        yield Row("TIME-3", "kpi", facts)


def _about_what_was_known() -> Iterator[Row]:
    """A figure that is known late, one that was restated twice, an absence that was filled, and the days around."""
    bands = bands_of(HealthBands.at_least(8, watch=7))
    told = (
        [["2026-01-31", 9, "2026-02-20"]],
        [["2026-01-31", 9], ["2026-01-31", 6, "2026-02-20"], ["2026-01-31", "7.5", "2026-03-05"]],
        [["2026-01-31", "missing"], ["2026-01-31", 9, "2026-02-20"]],
        [["2026-01-31", 9], ["2026-01-31", "missing", "2026-02-20"]],
        [["2026-01-31", 6], ["2026-02-28", 9], ["2026-01-31", 7, "2026-03-05"]],
    )
    asked = ("2026-01-30", "2026-01-31", "2026-02-19", "2026-02-20", "2026-03-04", "2026-03-05")
    for readings, as_of in product(told, asked):
        yield Row("TIME-2", "kpi", {"bands": bands, "readings": readings, "as_of": as_of})
    for lag, grace, as_of in product(
        (0, 20),
        (0, 10),
        ("2026-02-28", "2026-03-01", "2026-03-10", "2026-03-11", "2026-03-20", "2026-03-21", "2026-03-31"),
    ):
        cadence = {"months": 1, "grace_days": grace, "lag_days": lag}
        facts = {"bands": bands, "readings": [["2026-01-31", 9]], "cadence": cadence, "as_of": as_of}
        yield Row("TIME-4", "kpi", facts)


def rows() -> Iterator[Row]:
    """Return the worked examples."""
    yield from _about_bands()
    yield from _about_freshness()
    yield from _about_headings()
    yield from _about_gaps()
    yield from _about_deviations()
    yield from _about_composites()
    yield from _about_what_was_known()
    yield from _about_what_does_not_count()
