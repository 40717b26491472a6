"""Examples of goals as FHIR and OpenSLO have them: what people write by hand, and what is wrong with bad ones."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest

from goalmodel import (
    Commit,
    Cycle,
    GoalModelError,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    Measure,
    OnDueDate,
    Reached,
    Series,
    Standard,
)
from goalmodel.commit import AsAWhole, Counted
from goalmodel.errors import NoBaseline, NotThisGoal, OutOfBounds, WrongType
from goalmodel.interchange import Mapped, fhir, openslo
from goalmodel.key_result import Relative
from goalmodel.measure import Aggregation, Cadence, EachPeriod, LastDays, LastMonths, LastReadings, Period, Unit
from standards import ACHIEVEMENTS, GOAL, SLO

START, END = date(2026, 10, 1), date(2026, 12, 31)
WEIGHT: dict[str, Any] = {
    "resourceType": "Goal",
    "id": "weight",
    "lifecycleStatus": "active",
    "achievementStatus": {
        "coding": [{"system": "http://terminology.hl7.org/CodeSystem/goal-achievement", "code": "in-progress"}]
    },
    "priority": {"text": "high"},
    "description": {"text": "Lose ten kilograms"},
    "subject": {"reference": "Patient/17"},
    "startDate": "2026-10-01",
    "target": [
        {
            "measure": {"coding": [{"system": "http://loinc.org", "code": "29463-7", "display": "Body weight"}]},
            "detailQuantity": {"value": 80.5, "unit": "kg"},
            "dueDate": "2026-12-31",
        }
    ],
    "statusDate": "2026-10-01",
    "source": {"reference": "Practitioner/3"},
    "note": [{"text": "agreed at the visit"}],
}
SLOW: dict[str, Any] = {
    "apiVersion": "openslo/v1",
    "kind": "SLO",
    "metadata": {"name": "checkout", "displayName": "Checkout is fast"},
    "spec": {
        "service": "shop",
        "indicator": {
            "metadata": {"name": "latency"},
            "spec": {"thresholdMetric": {"metricSource": {"type": "Prometheus", "spec": {"query": "latency"}}}},
        },
        "timeWindow": [
            {
                "duration": "1Q",
                "isRolling": False,
                "calendar": {"startTime": "2026-10-01 00:00:00", "timeZone": "UTC"},
            }
        ],
        "budgetingMethod": "Occurrences",
        "objectives": [{"displayName": "fast", "op": "lte", "value": 300, "targetPercent": 95}],
    },
}
RATIO: dict[str, Any] = {"ratioMetric": {"good": SLOW["spec"]["indicator"]["spec"]["thresholdMetric"], "total": {}}}


def _with(found: dict[str, Any], at: str, value: object) -> dict[str, Any]:
    """Return a document with another value in one place, or without what stands there."""
    changed: dict[str, Any] = json.loads(json.dumps(found))
    *path, last = at.split("/")[1:]
    inside: Any = changed
    for step in path:
        inside = inside[int(step) if step.isdigit() else step]
    if value is ...:
        del inside[last]
    else:
        inside[int(last) if last.isdigit() else last] = value
    return changed


def _detail(**detail: object) -> dict[str, Any]:
    return _with(WEIGHT, "/target/0", {"measure": {"text": "weight"}, "dueDate": "2026-12-31", **detail})


def _slo(found: dict[str, Any]) -> Mapped[Commit]:
    return openslo.load(found, declared_on=START, due=END)


def _lost(mapped: Mapped[Any]) -> set[str]:
    return {loss.pointer for loss in mapped.losses}


def test_a_single_value_is_a_stretch() -> None:
    GOAL.validate(WEIGHT)
    found = fhir.load(WEIGHT)
    measure = Measure("Body weight", unit="kg")
    assert found.value == KeyResult(
        id="weight", measure=measure, baseline=None, target=80.5, cycle=Cycle.quarter(2026, 4)
    )
    assert {"/note", "/priority", "/subject/reference", "/achievementStatus", "/source"} <= _lost(found)
    assert "/target/0/detailQuantity/value" not in _lost(found)


def test_a_range_is_a_standard() -> None:
    kept = {"low": 18, "high": 22}
    found = fhir.load(_detail(detailRange={name: {"value": value, "unit": "kg"} for name, value in kept.items()}))
    assert isinstance(found.value, Commit)
    assert found.value.standard == Standard.within(18, 22)
    assert found.value.manner == Reached()
    assert found.value.measure.unit == Unit("kg")
    assert fhir.load(_detail(detailRange={"high": {"value": 22}}), manner=OnDueDate()).value == attrs.evolve(
        found.value, standard=Standard.at_most(22), measure=Measure("weight"), manner=OnDueDate()
    )


@pytest.mark.parametrize(
    ("comparator", "standard"),
    [
        (">=", Standard.at_least(8)),
        (">", Standard.at_least(8)),
        ("<=", Standard.at_most(8)),
        ("<", Standard.at_most(8)),
    ],
)
def test_a_value_with_a_comparator_is_an_end(comparator: str, standard: Standard) -> None:
    found = fhir.load(_detail(detailQuantity={"value": 8, "comparator": comparator}))
    assert isinstance(found.value, Commit)
    assert found.value.standard == standard
    assert "/target/0/detailQuantity" in _lost(found)


def test_what_is_done_or_not_is_a_standard() -> None:
    found = fhir.load(_detail(detailBoolean=True))
    assert isinstance(found.value, Commit)
    assert found.value.standard == Standard.done()


def test_a_whole_number_is_a_target() -> None:
    found = fhir.load(_detail(detailInteger=8000))
    assert isinstance(found.value, KeyResult)
    assert found.value.target == 8000


@pytest.mark.parametrize(
    ("value", "code", "due"),
    [(10, "d", "2026-10-11"), (2, "wk", "2026-10-15"), (3, "mo", "2027-01-01"), (1, "a", "2027-10-01")],
)
def test_a_duration_is_counted_from_the_start(value: int, code: str, due: str) -> None:
    lasting = _with(_detail(detailInteger=1, dueDuration={"value": value, "code": code}), "/target/0/dueDate", ...)
    found = fhir.load(lasting)
    assert isinstance(found.value, KeyResult)
    assert found.value.cycle == Cycle(START, date.fromisoformat(due))
    assert "/target/0/dueDuration" in _lost(found)


def test_what_goes_on_is_watched() -> None:
    watched = _with(_detail(detailRange={"low": {"value": 8}, "high": {"value": 9}}), "/target/0/dueDate", ...)
    found = fhir.load(watched)
    assert found.value == Kpi(
        id="weight",
        measure=Measure("weight"),
        bands=HealthBands.between(8, 9),
        definition="Lose ten kilograms",
    )
    assert "/continuous" in _lost(found)
    without = fhir.load(_with(watched, "/target/0", {"measure": {"text": "weight"}}))
    assert isinstance(without.value, Kpi)
    assert without.value.bands is None


def test_a_stretch_loses_its_baseline_and_what_else_fhir_has_no_place_for() -> None:
    goal = KeyResult(id="a", measure=Measure("a", lowest=0), baseline=1, target=2, cycle=Cycle(START, END), weight=2)
    found = fhir.document(goal, subject="Organization/a", status="on-hold")
    assert found.value["lifecycleStatus"] == "on-hold"
    assert {loss.pointer: (loss.given, loss.kept) for loss in found.losses} == {
        "/measure/lowest": (0, None),
        "/baseline": (1, None),
        "/weight": (2, None),
    }


@pytest.mark.parametrize(
    ("target", "written"),
    [
        (Fraction(1, 3), 1 / 3),
        (2**60, 2**60),
        (Fraction(10**400 + 1, 3), round(Fraction(10**400 + 1, 3))),
        (0.1, 0.1),
    ],
)
def test_a_number_of_json_is_the_nearest(target: Fraction, written: float) -> None:
    goal = KeyResult(id="a", measure=Measure("a"), baseline=None, target=target, cycle=Cycle(START, END))
    found = fhir.document(goal, subject="Organization/a")
    assert found.value["target"][0]["detailQuantity"]["value"] == written
    assert bool(found.losses) is (Fraction(target).denominator == 3)


def test_a_change_without_a_baseline_has_no_target() -> None:
    goal = KeyResult(id="a", measure=Measure("a"), baseline=None, target=Relative(0.1), cycle=Cycle(START, END))
    with pytest.raises(NoBaseline):
        fhir.document(goal, subject="Organization/a")


LEADS = Measure("leads")
STRETCH = KeyResult(id="leads", measure=LEADS, baseline=0, target=10, cycle=Cycle(START, END))
MUST = Commit(
    id="leads",
    measure=LEADS,
    standard=Standard.at_least(10),
    due=END,
    declared_on=START,
    manner=Reached(),
    declared_by="board",
)
WATCHED = Kpi(id="leads", measure=LEADS, bands=HealthBands.at_least(10))


@pytest.mark.parametrize(
    ("goal", "readings", "as_of", "lifecycle", "achievement"),
    [
        (STRETCH, {}, date(2026, 9, 30), "planned", None),
        (STRETCH, {date(2026, 11, 1): 5}, date(2026, 11, 1), "active", "in-progress"),
        (STRETCH, {date(2026, 11, 1): 10}, END, "active", "achieved"),
        (STRETCH, {date(2026, 11, 1): 5}, date(2027, 1, 1), "completed", "not-achieved"),
        (MUST, {}, date(2026, 11, 1), "active", "in-progress"),
        (MUST, {date(2026, 11, 1): 10}, date(2027, 1, 1), "completed", "achieved"),
        (MUST, {date(2026, 11, 1): 9}, date(2027, 1, 1), "completed", "not-achieved"),
        (MUST, {}, date(2027, 1, 1), "completed", None),
        (WATCHED, {}, END, "active", None),
        (WATCHED, {END: 11}, END, "active", "sustaining"),
        (WATCHED, {date(2026, month, 1): 13 - month for month in range(4, 13)}, END, "active", "worsening"),
        (WATCHED, {date(2026, month, 1): month - 12 for month in range(4, 13)}, END, "active", "improving"),
    ],
)
def test_where_a_goal_stands_is_told_by_its_assessment(
    goal: KeyResult | Commit | Kpi, readings: dict[date, int], as_of: date, lifecycle: str, achievement: str | None
) -> None:
    assessment = goal.assess(Series.of(LEADS, readings), as_of=as_of)
    written = fhir.document(goal, subject="Organization/a", assessment=assessment).value
    GOAL.validate(written)
    told = written.get("achievementStatus", {"coding": [{"code": None}]})["coding"][0]["code"]
    assert (written["lifecycleStatus"], told, written["statusDate"]) == (lifecycle, achievement, as_of.isoformat())
    assert told is None or told in ACHIEVEMENTS


def test_what_is_no_goal_is_not_written() -> None:
    assessment: Any = WATCHED.assess(Series.of(LEADS), as_of=END)
    with pytest.raises(NotThisGoal):
        fhir.document(MUST, subject="Organization/a", assessment=assessment)
    with pytest.raises(WrongType):
        fhir.document(LEADS, subject="Organization/a")  # type: ignore[arg-type]
    with pytest.raises(OutOfBounds):
        fhir.document(MUST, subject="Organization/a", status="done")


@pytest.mark.parametrize(
    ("at", "value", "pointer", "said"),
    [
        ("/resourceType", "Gaol", "/resourceType", 'did you mean "Goal"'),
        ("/lifecycleStatus", "activ", "/lifecycleStatus", 'did you mean "active"'),
        ("/description", ..., "/description", "given: a Goal has one"),
        ("/description", "text", "/description", "an object"),
        ("/subject", ..., "/subject", "given: a Goal has one"),
        ("/startDate", ..., "/startDate", "a date"),
        ("/startDate", "2026", "/startDate", "a date"),
        ("/startDate", "2027-01-01", "/target/0/dueDate", "on or after the start"),
        ("/target", {}, "/target", "an array"),
        ("/target", [], "/target/0", "given: what is to be reached"),
        ("/target/0/detailQuantity/value", "80", "/target/0/detailQuantity/value", "a finite number"),
        ("/target/0/detailQuantity/value", float("nan"), "/target/0/detailQuantity/value", "finite"),
        ("/target/0/detailQuantity/comparator", "ad", "/target/0/detailQuantity/comparator", 'one of ">="'),
        ("/target/0/detailQuantity/unit", " ", "/target/0/detailQuantity/unit", "not blank"),
        ("/target/0/measure", ..., "/target/0/measure/text", "a text"),
        ("/target/0/measure", {"text": ""}, "/target/0/measure/text", "not blank"),
        ("/id", " a", "/identifier/0/value", "an id or a name without blanks"),
        ("/target/0/dueDate", ..., "/target/0/dueDate", "a date"),
    ],
)
def test_a_bad_resource_is_told_where_and_what(at: str, value: object, pointer: str, said: str) -> None:
    with pytest.raises(GoalModelError) as refused:
        fhir.load(_with(WEIGHT, at, value))
    told = [str(each) for each in refused.value.problems]
    assert any(each.startswith(f"{pointer} must be") and said in each for each in told), told


@pytest.mark.parametrize(
    ("detail", "pointer"),
    [
        ({}, "/target/0"),
        ({"detailString": "less"}, "/target/0"),
        ({"detailBoolean": False}, "/target/0/detailBoolean"),
        ({"detailRange": {}}, "/target/0/detailRange/low"),
        ({"detailRange": {"low": {"value": 2}, "high": {"value": 1}}}, "/target/0/detailRange/high"),
        ({"detailInteger": 1, "dueDuration": {"value": 10**9, "code": "a"}}, "/target/0/dueDuration"),
        ({"detailInteger": 1, "dueDuration": {"value": 1, "code": "h"}}, "/target/0/dueDuration/code"),
    ],
)
def test_a_bad_target_is_told(detail: dict[str, Any], pointer: str) -> None:
    with pytest.raises(GoalModelError) as refused:
        fhir.load(_detail(**detail))
    assert [str(each).partition(" ")[0] for each in refused.value.problems] == [pointer]


def test_a_share_of_readings_is_a_hold() -> None:
    SLO.validate(SLOW)
    found = _slo(SLOW)
    assert found.value == Commit(
        id="checkout",
        measure=Measure("latency"),
        standard=Standard.at_most(300),
        due=END,
        declared_on=START,
        manner=Held(START, share=Fraction(95, 100)),
    )
    assert "/spec/objectives/0/targetPercent" not in _lost(found)
    assert "/spec/objectives/0/target" not in _lost(found)
    assert {"/metadata/displayName", "/spec/service", "/spec/objectives/0/displayName"} <= _lost(found)


def test_the_error_budget_is_the_allowance() -> None:
    commit = _slo(SLOW).value
    readings = {date(2026, 10, day): 301 if day < 3 else 299 for day in range(1, 21)}
    allowance = commit.assess(Series.of(commit.measure, readings), as_of=date(2026, 10, 20)).allowance
    assert allowance is not None
    assert allowance.used == 2
    assert allowance.earned == 1


@pytest.mark.parametrize(
    ("window", "manner", "over"),
    [
        ({"duration": "4w", "isRolling": True}, Held(START), LastDays(28)),
        ({"duration": "1Q", "isRolling": True}, Held(START), LastMonths(3)),
        ("1w", Held(START), EachPeriod(Period.WEEK)),
        ("1M", Held(START), EachPeriod(Period.MONTH)),
        ("1Q", Held(START), EachPeriod(Period.QUARTER)),
        ("92d", AsAWhole(), None),
    ],
)
def test_a_share_of_good_ones_is_held_over_a_window(window: object, manner: object, over: object) -> None:
    if isinstance(window, str):
        calendar = {"startTime": "2026-10-01T00:00:00", "timeZone": "UTC"}
        window = {"duration": window, "isRolling": False, "calendar": calendar}
    found = _slo(_with(_with(SLOW, "/spec/indicator/spec", RATIO), "/spec/timeWindow/0", window)).value
    assert (found.manner, found.standard) == (manner, Standard.at_least(95))
    assert over is None or found.window == over
    assert (found.measure.unit, found.measure.aggregation) == (Unit("percent"), Aggregation.MEAN)


def test_a_window_that_its_time_can_not_hold_is_told() -> None:
    calendar = {"startTime": "2026-10-01T00:00:00", "timeZone": "UTC"}
    window = {"duration": "1Y", "isRolling": False, "calendar": calendar}
    year = _with(_with(SLOW, "/spec/indicator/spec", RATIO), "/spec/timeWindow/0", window)
    with pytest.raises(GoalModelError, match="a window that can lie whole from 2026-10-01 to 2026-12-31") as found:
        _slo(year)
    assert str(found.value.field) == "spec.timeWindow[0]"
    longer = openslo.load(year, declared_on=START, due=date(2027, 9, 30)).value
    assert longer.window == EachPeriod(Period.YEAR, starts_in=10)


@pytest.mark.parametrize(
    ("slice_", "cadence"), [("1d", Cadence(days=1)), ("2w", Cadence(days=14)), ("5m", None), (5, None)]
)
def test_slices_of_time_are_held(slice_: object, cadence: Cadence | None) -> None:
    objective = {"target": 0.99, "timeSliceTarget": 0.9, "timeSliceWindow": slice_}
    sliced = _with(_with(SLOW, "/spec/objectives/0", objective), "/spec/budgetingMethod", "Timeslices")
    found = _slo(_with(sliced, "/spec/indicator/spec", RATIO))
    assert found.value.manner == Held(START, share=Fraction(99, 100), counted=Counted.TIME)
    assert (found.value.standard, found.value.cadence) == (Standard.at_least(90), cadence)
    assert ("/spec/objectives/0/timeSliceWindow" in _lost(found)) is (cadence is None)


@pytest.mark.parametrize("method", ["Timeslices", "RatioTimeslices"])
def test_slices_of_a_bare_number_are_held(method: str) -> None:
    objective = {"target": 0.99, "op": "gt", "value": 3, "timeSliceTarget": 0.9, "timeSliceWindow": "1d"}
    sliced = _with(_with(SLOW, "/spec/objectives/0", objective), "/spec/budgetingMethod", method)
    found = _slo(_with(sliced, "/spec/timeWindow/0", {"duration": "28d", "isRolling": True}))
    assert found.value.manner == Held(START, share=Fraction(99, 100), counted=Counted.TIME)
    assert found.value.standard == Standard.at_least(3)
    assert {"/spec/objectives/0/op", "/spec/objectives/0/timeSliceTarget", "/spec/timeWindow/0/duration"} <= _lost(
        found
    )


def test_what_says_nothing_here_may_be_anything() -> None:
    odd = _with(SLOW, "/spec/objectives/0/timeSliceWindow", [])
    assert _slo(odd).value == _slo(SLOW).value
    assert "/spec/objectives/0/timeSliceWindow" in _lost(_slo(odd))


def test_an_indicator_may_stand_elsewhere() -> None:
    elsewhere = _with(_with(SLOW, "/spec/indicator", ...), "/spec/indicatorRef", "latency")
    SLO.validate(elsewhere)
    assert _slo(elsewhere).value == _slo(SLOW).value
    assert "/spec/indicatorRef" in _lost(_slo(elsewhere))


@pytest.mark.parametrize(
    ("at", "value", "pointer", "said"),
    [
        ("/apiVersion", "openslo/v2alpha", "/apiVersion", '"openslo/v1"'),
        ("/kind", "SLI", "/kind", '"SLO"'),
        ("/spec/service", ..., "/spec/service", "a text"),
        ("/metadata/name", "", "/metadata/name", "not blank"),
        ("/spec/budgetingMethod", "occurrences", "/spec/budgetingMethod", 'did you mean "Occurrences"'),
        ("/spec/indicator/spec", {}, "/spec/indicator/spec", "a ratioMetric or a thresholdMetric"),
        ("/spec/indicator/metadata", {"displayName": " "}, "/spec/indicator", "not blank"),
        ("/spec/timeWindow", {}, "/spec/timeWindow", "an array"),
        ("/spec/timeWindow/0/duration", "5m", "/spec/timeWindow/0/duration", "whole days"),
        ("/spec/timeWindow/0/calendar", ..., "/spec/timeWindow/0/calendar/startTime", "a date and a time"),
        ("/spec/timeWindow/0/calendar/startTime", "2026-13-01", "/spec/timeWindow/0/calendar/startTime", "a date"),
        ("/spec/timeWindow/0/calendar/startTime", "2027-01-01", "/spec/timeWindow/0", "on or before the due date"),
        ("/spec/objectives/0/targetPercent", 100, "/spec/objectives/0/targetPercent", "from 0 to below 100"),
        ("/spec/objectives/0/targetPercent", 0, "/spec/objectives/0/target", "above 0"),
        ("/spec/objectives/0/op", "eq", "/spec/objectives/0/op", 'one of "gte"'),
        ("/spec/objectives/0/value", "300", "/spec/objectives/0/value", "a finite number"),
    ],
)
def test_a_bad_slo_is_told_where_and_what(at: str, value: object, pointer: str, said: str) -> None:
    with pytest.raises(GoalModelError) as refused:
        _slo(_with(SLOW, at, value))
    told = [str(each) for each in refused.value.problems]
    assert any(each.startswith(f"{pointer} must be") and said in each for each in told), told


@pytest.mark.parametrize(
    ("objective", "pointer"),
    [
        ({"target": 0.9, "timeSliceWindow": "1d"}, "/spec/objectives/0/timeSliceTarget"),
        ({"target": 0.9, "timeSliceTarget": 2, "timeSliceWindow": "1d"}, "/spec/objectives/0/timeSliceTarget"),
        ({"target": 0.9, "timeSliceTarget": 1, "timeSliceWindow": "day"}, "/spec/objectives/0/timeSliceWindow"),
        ({"target": 0.9, "timeSliceTarget": 1, "timeSliceWindow": []}, "/spec/objectives/0/timeSliceWindow"),
        ({"target": 0.9, "timeSliceTarget": 1, "timeSliceWindow": 0}, "/spec/objectives/0/timeSliceWindow"),
        ({"timeSliceTarget": 1, "timeSliceWindow": "1d"}, "/spec/objectives/0/target"),
    ],
)
def test_a_bad_slice_is_told(objective: dict[str, Any], pointer: str) -> None:
    sliced = _with(_with(SLOW, "/spec/objectives/0", objective), "/spec/budgetingMethod", "Timeslices")
    with pytest.raises(GoalModelError) as refused:
        _slo(_with(sliced, "/spec/indicator/spec", RATIO))
    assert [str(each).partition(" ")[0] for each in refused.value.problems] == [pointer]


UPTIME = Measure("uptime", unit="percent", aggregation=Aggregation.MEAN)
SLA = Commit(
    id="sla",
    measure=UPTIME,
    standard=Standard.at_least(99),
    due=END,
    declared_on=START,
    manner=Held(START),
    window=LastDays(28),
)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"manner": Reached()}, "commit.manner"),
        ({"manner": Held(START, share=0.5)}, "commit.manner"),
        ({"measure": Measure("uptime", unit="percent")}, "commit.measure.aggregation"),
        ({"measure": Measure("uptime", aggregation=Aggregation.MEAN)}, "commit.standard"),
        ({"standard": Standard.at_least(100)}, "commit.standard"),
        ({"standard": Standard.at_most(50)}, "commit.standard"),
        ({"standard": Standard.within(50, 60)}, "commit.standard"),
        ({"window": LastReadings(3)}, "commit.window"),
    ],
)
def test_what_is_no_share_is_no_slo(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(OutOfBounds) as refused:
        openslo.document(attrs.evolve(SLA, **changed), service="shop")
    assert str(refused.value.field) == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"manner": Held(START)}, "commit.manner"),
        ({"manner": OnDueDate()}, "commit.manner"),
        ({"standard": Standard.within(50, 60)}, "commit.standard"),
    ],
)
def test_where_nothing_may_go_wrong_there_is_no_slo(changed: dict[str, Any], field: str) -> None:
    held = _slo(SLOW).value
    with pytest.raises(OutOfBounds) as refused:
        openslo.document(attrs.evolve(held, **changed), service="shop")
    assert str(refused.value.field) == field


@pytest.mark.parametrize(
    ("given", "name"), [("sla", "sla"), ("SLA of 2026", "sla-of-2026"), ("ü", "unnamed"), ("a" * 70, "a" * 63)]
)
def test_a_name_is_one_of_openslo(given: str, name: str) -> None:
    found = openslo.document(attrs.evolve(SLA, id=given), service="shop")
    assert found.value["metadata"]["name"] == name
    assert ("/id" in _lost(found)) is (given != name)
