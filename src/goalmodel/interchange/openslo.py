"""Commits as the SLO of OpenSLO has them (v1), and back, with every loss named.

An SLO demands a share, and what is left of the whole is its error budget: here the allowance of a commit (COM-9). Two
kinds of commits are that: one held in a share of its readings or of its time, and one whose share of good cases is held
over every window, or as a whole. Source: https://github.com/OpenSLO/OpenSLO, apiVersion openslo/v1.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, cast

from goalmodel.checks import the, the_date, the_text
from goalmodel.commit import AsAWhole, Commit, Counted, Held, Standard
from goalmodel.commit.manner import Decisive, decisive
from goalmodel.errors import OutOfBounds
from goalmodel.interchange.documents import document as own_document
from goalmodel.interchange.form import MISREAD, Json, Problems
from goalmodel.interchange.mapped import Mapped, Place, json_number, losses
from goalmodel.measure import (
    Aggregation,
    Cadence,
    EachPeriod,
    EachReading,
    LastDays,
    LastMonths,
    Measure,
    Period,
    Unit,
    Window,
)
from goalmodel.measure.unit import percentage_point

METHODS: Final = ("Occurrences", "Timeslices", "RatioTimeslices")
"""The words of budgetingMethod."""

_NAME: Final = re.compile(r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?")
_LONGEST_NAME: Final = 63
_DURATION: Final = re.compile(r"([1-9][0-9]{0,999})([mhdwMQY])")
_IN_DAYS: Final = MappingProxyType({"d": 1, "w": 7})
_IN_MONTHS: Final = MappingProxyType({"M": 1, "Q": 3, "Y": 12})
_PERIODS: Final = MappingProxyType({
    "1w": Period.WEEK,
    "1M": Period.MONTH,
    "1Q": Period.QUARTER,
    "6M": Period.HALF_YEAR,
    "1Y": Period.YEAR,
})  # fmt: skip
_MONTHS: Final = MappingProxyType({Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12})
_PERCENT: Final = Fraction(100)

_WHY_WRITTEN: Final = MappingProxyType({
    "/id": "a name of OpenSLO is at most 63 small letters, digits and hyphens",
    "/measure": "an indicator of OpenSLO is a share, or a bare number with a name",
    "/cadence": "an SLO says how long a slice of time is, of readings nothing, and nothing of when one is late",
    "/manner": "an SLO holds from the first day of the commit, in a share that is a double",
    "/standard": "a number of JSON is a double",
    "/window": "a calendar of OpenSLO begins on a day of a month",
})  # fmt: skip
_WHY_READ: Final = MappingProxyType({
    "/spec/service": "a commit is about a measure, not about a service",
    "/spec/indicator": "of an indicator its name is kept, and whether it is a share; where it is read is not",
    "/spec/indicatorRef": "of an indicator its name is kept",
    "/spec/timeWindow": "a commit has days, begins once and ends on its due date; a share is held over that time",
    "/spec/budgetingMethod": "the slices of a ratio are readings, with the weight that each has",
    "/spec/objectives/0/op": "both ends belong to a standard",
    "/spec/objectives/0/timeSliceWindow": "the least time here is a day",
    "/spec/objectives/0/timeSliceTarget": "of a bare number each slice has one reading",
    "/spec/objectives/0/displayName": "a commit has no place for it",
    "/spec/objectives/0": "a share of a commit is exact, and the text of a number is not kept",
    "/spec/objectives": "a commit has one standard",
})  # fmt: skip
_OTHERWISE_WRITTEN: Final = "an SLO of OpenSLO has no place for it"
_OTHERWISE_READ: Final = "a commit has no place for it"


def document(commit: Commit, *, service: str) -> Mapped[dict[str, Any]]:
    """Return a commit as an SLO of OpenSLO v1, and what of it is lost there.

    >>> uptime = Measure("uptime", unit="percent", lowest=0, highest=100, aggregation=Aggregation.MEAN)
    >>> sla = Commit(
    ...     id="sla",
    ...     measure=uptime,
    ...     standard=Standard.at_least(99.9),
    ...     due=dt.date(2026, 12, 31),
    ...     declared_on=dt.date(2026, 10, 1),
    ...     manner=Held(dt.date(2026, 10, 1)),
    ...     window=LastDays(28),
    ... )
    >>> spec = document(sla, service="shop").value["spec"]
    >>> spec["timeWindow"], spec["objectives"]
    ([{'duration': '28d', 'isRolling': True}], [{'target': 0.999}])

    When it was declared and until when it runs are no part of an SLO; `load` takes them beside it.

    Args:
        commit: Held in a share below 1, with a standard of one end; or a share of 1 or a percentage, of which the mean
            is held over every window, of days, months or the calendar, or met as a whole.
        service: The name of the service it belongs to.

    Raises:
        OutOfBounds: It is no such commit: nothing of it may go wrong, or its demand is no share.
    """
    written = _written(the(Commit, commit, "commit"), the_text(service, "service"))
    kept = own_document(_loaded(written, commit.declared_on, commit.due))
    return Mapped(written, losses(own_document(commit), kept, _WHY_WRITTEN, _OTHERWISE_WRITTEN))


def load(found: object, *, declared_on: dt.date, due: dt.date) -> Mapped[Commit]:
    """Return the commit that an SLO of OpenSLO v1 says, and what of the SLO is lost.

    Args:
        found: The SLO, as JSON or YAML has it.
        declared_on: When those who are held to it were told: an SLO does not say.
        due: Until when; an SLO goes on.

    Raises:
        NotReadable: It is no SLO, or one that is nothing here: each problem with its JSON Pointer.
    """
    commit = _loaded(found, the_date(declared_on, "declared_on"), the_date(due, "due"))
    return Mapped(commit, losses(_in_one_spelling(found), _written(commit, "-"), _WHY_READ, _OTHERWISE_READ))


def _in_one_spelling(found: Json) -> Json:
    """Return the SLO with its targets as shares of 1 and its durations in days and months, as they are written."""
    spec = found["spec"]
    windows = [{**each, "duration": _respelled(each["duration"])} for each in spec["timeWindow"][:1]]
    first = dict(spec["objectives"][0])
    if "targetPercent" in first:
        first["target"] = json_number(_share(Place(first, (), Problems())))
        del first["targetPercent"]
    if "timeSliceWindow" in first:
        first["timeSliceWindow"] = _respelled(first["timeSliceWindow"])
    objectives = [first, *spec["objectives"][1:]]
    return {**found, "spec": {**spec, "timeWindow": [*windows, *spec["timeWindow"][1:]], "objectives": objectives}}


def _respelled(duration: Json) -> Json:
    read = _length(duration)
    return duration if read is None or duration in _PERIODS else _spelled(read)


def _spelled(length: tuple[int, int]) -> str:
    days, months = length
    return f"{days}d" if days else f"{months}M"


def _length(duration: Json) -> tuple[int, int] | None:
    """Return how many days, or else months, a duration has; None where it has no whole days."""
    told = _DURATION.fullmatch(duration) if isinstance(duration, str) else None
    if told is None:
        return None
    count, unit = int(told[1]), told[2]
    length = count * _IN_DAYS.get(unit, 0), count * _IN_MONTHS.get(unit, 0)
    return length if any(length) else None


def _written(commit: Commit, service: str) -> dict[str, Json]:
    name = commit.measure.name
    window, method, objective = _figures(commit) if _is_of_figures(commit) else _in_a_share(commit)
    source = {"metricSource": {"type": "goalmodel", "spec": {"measure": name}}}
    is_ratio = "op" not in objective
    metric = {"ratioMetric": {"rawType": "success", "raw": source}} if is_ratio else {"thresholdMetric": source}
    return {
        "apiVersion": "openslo/v1",
        "kind": "SLO",
        "metadata": {"name": _name(commit.id)},
        "spec": {
            "service": service,
            "indicator": {"metadata": {"name": _name(name), "displayName": name}, "spec": metric},
            "timeWindow": [window],
            "budgetingMethod": method,
            "objectives": [objective],
        },
    }


def _name(text: str) -> str:
    """Return a text as a name of OpenSLO, which follows RFC 1123."""
    if _NAME.fullmatch(text):
        return text
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:_LONGEST_NAME].strip("-") or "unnamed"


def _is_of_figures(commit: Commit) -> bool:
    return decisive(commit.manner) is Decisive.WHOLE or not isinstance(commit.window, EachReading)


def _figures(commit: Commit) -> tuple[dict[str, Json], str, dict[str, Json]]:
    """Return time window, method and objective of a share that is held over every window, or as a whole."""
    target = _of_1(commit)
    if decisive(commit.manner) not in (Decisive.EACH, Decisive.WHOLE):
        raise OutOfBounds("commit.manner", commit.manner, "held by every figure, or as a whole", goal=commit.id)
    if commit.measure.aggregation is not Aggregation.MEAN:
        accepted = "MEAN: an SLO counts the good ones among all"
        raise OutOfBounds("commit.measure.aggregation", commit.measure.aggregation, accepted, goal=commit.id)
    if target is None or not 0 <= target < 1:
        accepted = "at least a share of 1 or a percentage, below the whole"
        raise OutOfBounds("commit.standard", commit.standard, accepted, goal=commit.id)
    return _time_window(commit), "Occurrences", {"target": json_number(target)}


def _of_1(commit: Commit) -> Fraction | None:
    """Return which share of 1 is demanded; None where what is demanded is no share."""
    point, low = percentage_point(commit.measure.unit), commit.standard.low
    return None if point is None or low is None or commit.standard.high is not None else low / (_PERCENT * point)


def _time_window(commit: Commit) -> dict[str, Json]:
    match commit.window:
        case EachReading():
            return _once(commit)
        case LastDays(count=count):
            return {"duration": f"{count}d", "isRolling": True}
        case LastMonths(count=count):
            return {"duration": f"{count}M", "isRolling": True}
        case EachPeriod(period=period) as every:
            duration = next(told for told, each in _PERIODS.items() if each is period)
            return _calendar(duration, every.period_of(commit.declared_on).start)
        case _:
            accepted = "the last days or months, or every week, month, quarter, half year or year"
            raise OutOfBounds("commit.window", commit.window, accepted, goal=commit.id)


def _once(commit: Commit) -> dict[str, Json]:
    """Return the time of a commit as a window of the calendar."""
    return _calendar(f"{(commit.due - commit.counts_from).days + 1}d", commit.counts_from)


def _calendar(duration: str, start: dt.date) -> dict[str, Json]:
    start_time = f"{start.isoformat()} 00:00:00"
    return {"duration": duration, "isRolling": False, "calendar": {"startTime": start_time, "timeZone": "UTC"}}


def _in_a_share(commit: Commit) -> tuple[dict[str, Json], str, dict[str, Json]]:
    """Return time window, method and objective of a standard that is held in a share of readings, or of time."""
    manner, standard = commit.manner, commit.standard
    if not isinstance(manner, Held) or manner.share == 1:
        accepted = "held in a share below 1, or over a window: else nothing may go wrong"
        raise OutOfBounds("commit.manner", manner, accepted, goal=commit.id)
    if standard.either or (standard.low is not None and standard.high is not None):
        raise OutOfBounds("commit.standard", standard, "a standard of one end", goal=commit.id)
    objective: dict[str, Json] = {"target": json_number(manner.share)}
    is_time, of_1 = manner.counted is Counted.TIME, _of_1(commit)
    if is_time and of_1 is not None and 0 <= of_1 <= 1:
        objective |= {"timeSliceTarget": json_number(of_1), "timeSliceWindow": _slice(commit.cadence)}
    else:
        op, value = ("gte", standard.low) if standard.high is None else ("lte", standard.high)
        objective |= {"op": op, "value": json_number(cast("Fraction", value))}
        if is_time:
            objective |= {"timeSliceTarget": 1, "timeSliceWindow": _slice(commit.cadence)}
    return _once(commit), METHODS[is_time], objective


def _slice(cadence: Cadence | None) -> str:
    return "1d" if cadence is None or cadence.rule is not None else _spelled((cadence.days, cadence.months))


def _loaded(found: object, declared_on: dt.date, due: dt.date) -> Commit:
    whole = Place(found, (), Problems())
    whole.inside("apiVersion").word(("openslo/v1",))
    whole.inside("kind").word(("SLO",))
    spec = whole.inside("spec")
    spec.inside("service").text()
    name, is_ratio = _indicator(spec)
    method = spec.inside("budgetingMethod").word(METHODS)
    window, since = _window(spec.inside("timeWindow", 0), declared_on)
    objective = spec.inside("objectives", 0)
    target = _share(objective)
    is_in_slices = method == "Timeslices" or (method == "RatioTimeslices" and not is_ratio)
    fields: dict[str, Any] = {"id": whole.inside("metadata", "name").text(), "declared_on": declared_on, "due": due}
    if is_ratio:
        fields["measure"] = whole.made(_share_of_good, _WHERE, name=name)
    else:
        fields["measure"] = whole.made(Measure, _WHERE, name=name)
    if is_ratio and not is_in_slices:
        fields |= {"standard": objective.made(_at_least, {}, share=target), "window": window}
        fields["manner"] = AsAWhole() if window == EachReading() else Held(declared_on)
    else:
        fields["standard"] = _slice_target(objective) if is_ratio else _standard(objective)
        counted = Counted.TIME if is_in_slices else Counted.READINGS
        where = {"share": ("target",), "since": ()}
        fields["manner"] = objective.made(Held, where, since=since, share=target, counted=counted)
        if is_in_slices:
            fields["cadence"] = _cadence(objective.inside("timeSliceWindow"))
    commit = whole.made(Commit, _WHERE, **fields)
    whole.refuse_if_wrong()
    return commit


def _indicator(spec: Place) -> tuple[str, bool]:
    """Return the name of an indicator, and whether it is a ratio of good ones to all."""
    referred = spec.inside("indicatorRef")
    if referred.is_given:
        return referred.text(), not spec.inside("objectives", 0, "op").is_given
    about, inside = spec.inside("indicator", "metadata"), spec.inside("indicator", "spec")
    shown = about.inside("displayName")
    name = (shown if shown.is_given else about.inside("name")).text()
    is_ratio = inside.inside("ratioMetric").is_given
    if is_ratio == inside.inside("thresholdMetric").is_given:
        inside.wrong("an indicator with a ratioMetric or a thresholdMetric, one of them")
    return name, is_ratio


def _window(place: Place, declared_on: dt.date) -> tuple[Window, dt.date]:
    """Return over what time figures are, and since when a share is held."""
    duration, start = place.inside("duration"), place.inside("calendar", "startTime")
    length = _length(duration.found)
    if length is None:
        return duration.wrong('a duration of whole days, weeks, months, quarters or years: "28d", "1M"'), declared_on
    if place.inside("isRolling").found is True:
        return LastDays(length[0]) if length[0] else LastMonths(length[1]), declared_on
    told = start.found
    is_told = isinstance(told, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].{0,20})?", told)
    if not is_told:
        return start.wrong('a date and a time such as "2026-10-01 00:00:00"'), declared_on
    first = Place(told[:10], start.at, place.problems).day()
    if first is cast("object", MISREAD):
        return cast("Window", MISREAD), declared_on
    period = _PERIODS.get(duration.found)
    if period is None:
        return EachReading(), max(first, declared_on)
    return EachPeriod(period, starts_in=(first.month - 1) % _MONTHS.get(period, 1) + 1), max(first, declared_on)


def _share(objective: Place) -> Fraction:
    """Return the target as a share of 1, below it."""
    percent = objective.inside("targetPercent")
    place, whole = (percent, _PERCENT) if percent.is_given else (objective.inside("target"), Fraction(1))
    found = place.number()
    if found is cast("object", MISREAD):
        return found
    return found / whole if 0 <= found < whole else place.wrong(f"from 0 to below {whole}")


def _slice_target(objective: Place) -> Standard:
    place = objective.inside("timeSliceTarget")
    found = place.number()
    if found is cast("object", MISREAD):
        return cast("Standard", found)
    return _at_least(found) if 0 <= found <= 1 else place.wrong("from 0 to 1")


def _standard(objective: Place) -> Standard:
    op = objective.inside("op").word(("gte", "gt", "lte", "lt"))
    end = "low" if op in {"gte", "gt"} else "high"
    return objective.made(Standard, {end: ("value",)}, **{end: objective.inside("value").number()})


def _cadence(place: Place) -> Cadence | None:
    """Return how often there is a slice; None where slices are shorter than a day."""
    length = _length(place.found)
    if length is not None:
        return Cadence(days=length[0], months=length[1])
    is_shorter = isinstance(place.found, str) and _DURATION.fullmatch(place.found)
    is_minutes = isinstance(place.found, int | float) and place.found > 0
    return None if is_shorter or is_minutes else place.wrong('a duration such as "1d" or "5m", or a number of minutes')


def _share_of_good(name: str) -> Measure:
    return Measure(name, unit=Unit("percent"), lowest=0, highest=100, aggregation=Aggregation.MEAN)


def _at_least(share: Fraction) -> Standard:
    return Standard.at_least(share * _PERCENT)


_WHERE: Final[Mapping[str, tuple[str | int, ...]]] = MappingProxyType({
    "id": ("metadata", "name"),
    "name": ("spec", "indicator"),
    "manner": ("spec", "timeWindow", 0),
    "window": ("spec", "timeWindow", 0),
})  # fmt: skip
"""Where the fields of a commit stand in an SLO."""
