"""Goals as the Goal of FHIR has them (HL7, R5; R6 has the same places), and back, with every loss named.

A target that is a single value is a stretch, a key result; a range, of which one end may be missing, is a standard, so
a commit; what goes on without a due date is watched, a KPI. Source: https://hl7.org/fhir/goal.html.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, TypeAlias, assert_never, cast

from dateutil.relativedelta import relativedelta

from goalmodel.checks import given_or, the_text
from goalmodel.commit import Attainment, Commit, CommitAssessment, Held, Manner, Reached, Standard
from goalmodel.commit.manner import Decisive, decisive
from goalmodel.errors import NotThisGoal, OutOfBounds, WrongType
from goalmodel.interchange.documents import document as own_document
from goalmodel.interchange.form import MISREAD, Json, Problems
from goalmodel.interchange.mapped import Mapped, Place, json_number, losses
from goalmodel.key_result import KeyResult, KeyResultAssessment
from goalmodel.kpi import Health, HealthBands, Kpi, KpiAssessment
from goalmodel.measure import Cycle, Measure, Unit
from goalmodel.trend import Heading

Goal: TypeAlias = KeyResult | Commit | Kpi
"""What a Goal of FHIR may be here."""

Assessment: TypeAlias = KeyResultAssessment | CommitAssessment | KpiAssessment

LIFECYCLE: Final = (
    "proposed",
    "planned",
    "accepted",
    "active",
    "on-hold",
    "completed",
    "cancelled",
    "entered-in-error",
    "rejected",
)
"""The words of Goal.lifecycleStatus."""

_ACHIEVEMENT: Final = "http://terminology.hl7.org/CodeSystem/goal-achievement"
_OF_ATTAINMENT: Final = MappingProxyType({
    Attainment.KEPT: "achieved",
    Attainment.NOT_KEPT: "not-achieved",
    Attainment.IN_FLIGHT: "in-progress",
    Attainment.NOT_YET_OBSERVABLE: "in-progress",
})  # fmt: skip
_OF_HEADING: Final = MappingProxyType({
    Heading.IMPROVING: "improving",
    Heading.WORSENING: "worsening",
    Heading.NO_CLEAR_DIRECTION: "no-change",
})  # fmt: skip
_SPANS: Final = MappingProxyType({"d": "days", "wk": "weeks", "mo": "months", "a": "years"})
_DETAILS: Final = ("detailQuantity", "detailInteger", "detailRange", "detailBoolean")
_FLOORS, _CEILINGS = (">=", ">"), ("<=", "<")

_WHY_WRITTEN: Final = MappingProxyType({
    "/baseline": "a Goal of FHIR does not say where it starts",
    "/manner": "a Goal of FHIR is reached by a date, or goes on from its first day; no other manner",
    "/bands": "a Goal of FHIR has one range, whose ends belong to it, and no zones around it",
    "/target": "a number of JSON is a double",
    "/standard": "a number of JSON is a double",
    "/measure": "a target of FHIR has the name of a measure and its unit",
    "/owner": "the source of a Goal of FHIR is who created it, not who answers for it",
    "/priority": "a Goal of FHIR has three words for it, and no ranks",
})  # fmt: skip
_WHY_READ: Final = MappingProxyType({
    "/subject": "a goal here is about a measure, not about somebody",
    "/lifecycleStatus": "where a goal stands follows from dates and readings",
    "/achievementStatus": "whether it is achieved follows from the readings",
    "/statusDate": "where a goal stands follows from dates and readings",
    "/description": "its words are made of the goal, and a KPI alone keeps a definition",
    "/continuous": "what goes on without a due date is watched, and a standard that goes on is held",
    "/target/0/dueDuration": "it is kept as a date",
    "/target/0/detailQuantity": "only a single value, or an end that belongs to its range, is kept",
    "/target": "a goal here has one target",
    "/priority": "its words are no ranks",
})  # fmt: skip
_OTHERWISE_WRITTEN: Final = "a Goal of FHIR has no place for it"
_OTHERWISE_READ: Final = "a goal here has no place for it"
_REACHED: Final[Manner] = Reached()


def document(
    goal: Goal, *, subject: str, status: str | None = None, assessment: Assessment | None = None
) -> Mapped[dict[str, Any]]:
    """Return a goal as a resource of the type Goal, and what of it is lost there.

    >>> goal = Commit(
    ...     id="steps",
    ...     measure=Measure("daily steps", unit="steps"),
    ...     standard=Standard.at_least(8_000),
    ...     due=dt.date(2026, 12, 31),
    ...     declared_on=dt.date(2026, 10, 1),
    ...     manner=Reached(),
    ...     owner="the ward",
    ... )
    >>> found = document(goal, subject="Patient/17")
    >>> found.value["target"][0]["detailRange"]
    {'low': {'value': 8000, 'unit': 'steps'}}
    >>> print(*found.losses)
    /owner: the source of a Goal of FHIR is who created it, not who answers for it

    Args:
        goal: A key result, a commit or a KPI.
        subject: Whom or what it is for, as a reference of FHIR: "Patient/17", "Organization/ward".
        status: Its lifecycleStatus; where None, by its dates on the day of the assessment, and active without one.
        assessment: Of this goal; what its achievementStatus and statusDate are made of.

    Raises:
        NoBaseline: The target of a key result is a change, and the baseline is not known yet.
        NotThisGoal: The assessment is of another goal.
    """
    if not isinstance(goal, KeyResult | Commit | Kpi):
        raise WrongType("goal", goal, "a key result, a commit or a KPI")
    written = _written(goal, the_text(subject, "subject"))
    written["lifecycleStatus"] = given_or("active", status, "status")
    if written["lifecycleStatus"] not in LIFECYCLE:
        raise OutOfBounds("status", status, f"one of {', '.join(LIFECYCLE)}")
    if assessment is not None:
        written |= _status(goal, assessment, status)
    kept = own_document(_loaded(written, _REACHED))
    return Mapped(written, losses(own_document(goal), kept, _WHY_WRITTEN, _OTHERWISE_WRITTEN))


def load(found: object, *, manner: Manner = _REACHED) -> Mapped[Goal]:
    """Return the goal that a resource of the type Goal says, and what of the resource is lost.

    Args:
        found: The resource, as JSON has it.
        manner: How a standard that has a due date and does not go on has to be met: FHIR says no more than by when.

    Raises:
        NotReadable: It is no Goal, or says too little to be one here: each problem with its JSON Pointer.
    """
    goal = _loaded(found, manner)
    return Mapped(goal, losses(found, _written(goal, "-"), _WHY_READ, _OTHERWISE_READ))


def _written(goal: Goal, subject: str) -> dict[str, Json]:
    target: dict[str, Json] = {"measure": {"text": goal.measure.name}}
    written: dict[str, Json] = {
        "resourceType": "Goal",
        "identifier": [{"value": goal.id}],
        "lifecycleStatus": "active",
        "description": {"text": str(goal)},
        "subject": {"reference": subject},
        "target": [target],
    }
    unit = goal.measure.unit.name
    match goal:
        case KeyResult():
            written["startDate"] = goal.cycle.start.isoformat()
            target |= {"detailQuantity": _quantity(goal.target_value, unit), "dueDate": goal.cycle.end.isoformat()}
        case Commit():
            written |= {"startDate": goal.declared_on.isoformat()}
            if goal.standard.either:
                accepted = "one standard: FHIR knows no either of two"
                raise OutOfBounds("goal.standard", goal.standard, accepted, goal=goal.id)
            target |= _range(goal.standard.low, goal.standard.high, unit) | {"dueDate": goal.due.isoformat()}
            if decisive(goal.manner) in (Decisive.EACH, Decisive.SHARE):
                written["continuous"] = True
            if goal.declared_by is not None:
                written["source"] = {"display": goal.declared_by}
        case Kpi():
            written |= {"continuous": True, "description": {"text": goal.definition or goal.id}}
            if goal.bands is not None:
                target |= _range(goal.bands.low, goal.bands.high, unit)
        case _:
            assert_never(goal)
    return written


def _quantity(value: Fraction, unit: str) -> dict[str, Json]:
    return {"value": json_number(value), "unit": unit}


def _range(low: Fraction | None, high: Fraction | None, unit: str) -> dict[str, Json]:
    ends = {"low": low, "high": high}
    return {"detailRange": {name: _quantity(end, unit) for name, end in ends.items() if end is not None}}


def _status(goal: Goal, assessment: Assessment, status: str | None) -> dict[str, Json]:
    """Return what an assessment says of where a goal stands."""
    achievement, first, last = _achievement(goal, assessment)
    as_of = assessment.as_of
    by_date = "planned" if as_of < first else "completed" if as_of > last else "active"
    found: dict[str, Json] = {"lifecycleStatus": status or by_date, "statusDate": as_of.isoformat()}
    if achievement is not None:
        found["achievementStatus"] = {"coding": [{"system": _ACHIEVEMENT, "code": achievement}]}
    return found


def _achievement(goal: Goal, assessment: Assessment) -> tuple[str | None, dt.date, dt.date]:
    """Return the code of the achievement, None where nobody can say, and the first and last day of the goal."""
    match assessment:
        case KeyResultAssessment(key_result=of) if of == goal:
            is_open = assessment.as_of < of.cycle.end or assessment.is_provisional
            word = "achieved" if assessment.is_reached else "in-progress" if is_open else "not-achieved"
            return None if assessment.score is None else word, of.cycle.start, of.cycle.end
        case CommitAssessment(commit=of) if of == goal:
            return _OF_ATTAINMENT.get(assessment.attainment), of.declared_on, of.due
        case KpiAssessment(kpi=of) if of == goal:
            heading = _OF_HEADING.get(assessment.heading)
            stands = {Health.HEALTHY: "sustaining", Health.UNKNOWN: None}.get(assessment.health, heading)
            return stands, dt.date.min, dt.date.max
        case _:
            raise NotThisGoal("assessment", assessment, f"an assessment of the goal {goal.id!r}")


def _loaded(found: object, manner: Manner) -> Goal:
    whole = Place(found, (), Problems())
    whole.inside("resourceType").word(("Goal",))
    whole.inside("lifecycleStatus").word(LIFECYCLE)
    for name in ("description", "subject"):
        if not whole.inside(name).is_given:
            whole.inside(name).wrong("given: a Goal has one")
        whole.inside(name, "text" if name == "description" else "reference")
    target = whole.inside("target", 0)
    if not target.is_given:
        target.wrong("given: what is to be reached, or watched")
    detail = next((name for name in _DETAILS if target.inside(name).is_given), None)
    goal = _goal(whole, target, detail, manner)
    whole.refuse_if_wrong()
    return goal


def _goal(whole: Place, target: Place, detail: str | None, manner: Manner) -> Goal:
    place = target.inside(detail or "detailQuantity")
    is_single = detail == "detailInteger" or (detail == "detailQuantity" and not place.inside("comparator").is_given)
    fields: dict[str, Any] = {"id": _id(whole), "measure": _measure(target, detail)}
    if is_single:
        value = (place if detail == "detailInteger" else place.inside("value")).number()
        return _key_result(whole, target, value, fields)
    standard = None if detail is None and not place.is_given else _standard(place, detail)
    due = target.inside("dueDate").is_given or target.inside("dueDuration").is_given
    return _commit(whole, target, standard, manner, fields) if due else _kpi(whole, standard, fields)


def _key_result(whole: Place, target: Place, value: Fraction, fields: dict[str, Any]) -> KeyResult:
    start = whole.inside("startDate").day()
    where = {"start": ("startDate",), "end": ("target", 0, "dueDate")}
    cycle = whole.made(Cycle, where, start=start, end=_due(target, start))
    return whole.made(KeyResult, _WHERE, baseline=None, target=value, cycle=cycle, **fields)


def _commit(whole: Place, target: Place, standard: Standard | None, manner: Manner, fields: dict[str, Any]) -> Commit:
    if standard is None:
        target.wrong(f"a target with one of {', '.join(_DETAILS)}, or one without a due date")
    start = whole.inside("startDate").day()
    declared_by = whole.inside("source", "display").text_or_none()
    is_held = whole.inside("continuous").found is True
    how = whole.made(Held, {"since": ("startDate",)}, since=start) if is_held else manner
    due = _due(target, start)
    fields |= {"standard": standard, "declared_on": start, "due": due, "manner": how, "declared_by": declared_by}
    return cast("Commit", MISREAD) if standard is None else whole.made(Commit, _WHERE, **fields)


def _kpi(whole: Place, standard: Standard | None, fields: dict[str, Any]) -> Kpi:
    said = whole.inside("description", "text").text_or_none()
    definition = None if said == fields["id"] else said
    bands = whole.made(_bands, {}, low=standard.low, high=standard.high) if isinstance(standard, Standard) else standard
    return whole.made(Kpi, _WHERE, bands=bands, definition=definition, **fields)


def _bands(low: Fraction | None, high: Fraction | None) -> HealthBands:
    if low is not None and high is not None:
        return HealthBands.between(low, high)
    return HealthBands.at_most(cast("Fraction", high)) if low is None else HealthBands.at_least(low)


def _standard(place: Place, detail: str | None) -> Standard:
    if detail == "detailBoolean":
        return Standard.done() if place.found is True else place.wrong("true: what is to be done")
    if detail == "detailRange":
        ends = {name: place.inside(name) for name in ("low", "high")}
        numbers = {name: end.inside("value").number() for name, end in ends.items() if end.is_given}
        return place.made(Standard, {"low": ("low",), "high": ("high",)}, **numbers)
    word = place.inside("comparator").word((*_FLOORS, *_CEILINGS))
    return place.made(Standard, {}, **{"low" if word in _FLOORS else "high": place.inside("value").number()})


def _id(whole: Place) -> str:
    named = whole.inside("identifier", 0, "value")
    return (named if named.is_given else whole.inside("id")).text()


def _measure(target: Place, detail: str | None) -> Measure:
    concept = target.inside("measure")
    told = [concept.inside("text"), concept.inside("coding", 0, "display"), concept.inside("coding", 0, "code")]
    name = next((each for each in told if each.is_given), told[0]).text()
    ends = [("unit",)] if detail == "detailQuantity" else [("low", "unit"), ("high", "unit")]
    has_unit = detail in {"detailQuantity", "detailRange"}
    units = [target.inside(str(detail), *end) for end in ends] if has_unit else []
    unit = next((each for each in units if each.is_given), None)
    where = {"name": ("measure", "text"), "unit": (str(detail),)}
    if unit is None:
        return target.made(Measure, where, name=name)
    return target.made(Measure, where, name=name, unit=unit.made(Unit, {}, name=unit.text()))


def _due(target: Place, start: dt.date) -> dt.date:
    """Return the due date, or the day so long after the start."""
    span = target.inside("dueDuration")
    if not span.is_given:
        return target.inside("dueDate").day()
    code, value = span.inside("code").word(tuple(_SPANS)), span.inside("value").count()
    if MISREAD in (code, value, start):
        return cast("dt.date", MISREAD)
    try:
        due: dt.date = start + relativedelta(**cast("dict[str, Any]", {_SPANS[code]: value}))
    except (ValueError, OverflowError):
        due = span.wrong("a time after which there still is a date")
    return due


_WHERE: Final[Mapping[str, tuple[str | int, ...]]] = MappingProxyType({
    "id": ("identifier", 0, "value"),
    "target": ("target", 0),
    "due": ("target", 0, "dueDate"),
    "declared_on": ("startDate",),
    "declared_by": ("source", "display"),
    "definition": ("description", "text"),
    "manner": ("continuous",),
})  # fmt: skip
"""Where the fields of a goal stand in a Goal of FHIR."""
