"""Flat records for data frames, CSV files and spreadsheets: texts, floats, counts, yes and no, ISO dates, None."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, cast

import attrs

from goalmodel.changes import ReviewChange
from goalmodel.checks import are, is_text, the_iterable
from goalmodel.commit import Attainment, Commit, CommitAssessment
from goalmodel.errors import WrongType
from goalmodel.exact import nearest_float
from goalmodel.hygiene import Finding, Severity
from goalmodel.key_result import KeyResult, KeyResultAssessment, Outcome, Pace, Score
from goalmodel.kpi import CompositeAssessment, CompositeKpi, Health, Kpi, KpiAssessment
from goalmodel.measure import Absence, GoodToKnow, Reading, Series
from goalmodel.objective import KeyResultLine, Objective, ObjectiveLine, Rollup
from goalmodel.reasons import spell
from goalmodel.reprs import readable
from goalmodel.reviewing import Review
from goalmodel.trend import Heading, Standing

_MOST_PLACES: Final = 30

Cell = str | float | int | bool | dt.date | None


@attrs.frozen
@readable
class Column:
    """A column of rows.

    Attributes:
        name: Its name.
        type: What its cells are: text, float, count, yes or no, date; each may be None.
        meaning: What it says, in which unit, and when there is none.
        order: All words it may hold, the worst first, for a table that sorts by them; none where it holds no words.
    """

    name: str = attrs.field(validator=is_text)
    type: str = attrs.field(validator=is_text)
    meaning: str = attrs.field(validator=is_text)
    order: tuple[str, ...] = attrs.field(default=(), validator=are(str))


def _words(*words: Enum) -> tuple[str, ...]:
    return tuple(str(each.value) for each in words)


_KINDS: Final = ("KPI", "composite KPI", "key result", "commit", "objective")
_HEALTH: Final = _words(Health.UNHEALTHY, Health.WATCH, Health.HEALTHY, Health.UNKNOWN)
_OUTCOMES: Final = _words(
    Outcome.MOVED_BACK,
    Outcome.LITTLE_MOVEMENT,
    Outcome.PART_OF_THE_WAY,
    Outcome.MOST_OF_THE_WAY,
    Outcome.REACHED,
    Outcome.WENT_PAST,
)
_ATTAINMENTS: Final = _words(Attainment.NOT_KEPT, Attainment.IN_FLIGHT, Attainment.KEPT, Attainment.NOT_YET_OBSERVABLE)
_STANDINGS: Final = _words(Standing.WORSE, Standing.AS_USUAL, Standing.BETTER, Standing.UNDETERMINED)
_HEADINGS: Final = _words(Heading.WORSENING, Heading.NO_CLEAR_DIRECTION, Heading.IMPROVING, Heading.UNDETERMINED)
_PACES: Final = _words(Pace.WELL_BEHIND, Pace.BEHIND, Pace.ON_PACE, Pace.AHEAD)
_SEVERITIES: Final = _words(Severity.ERROR, Severity.WARNING, Severity.HINT)

COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {
        "goals": (
            Column("goal", "text", "id of the goal"),
            Column(
                "kind", "text", "KPI, key result, commit or objective", ("KPI", "key result", "commit", "objective")
            ),
            Column("measure", "text", "name of its measure; None of an objective and a composite KPI"),
            Column("unit", "text", "name of the unit; None of an objective and a composite KPI"),
            Column("as_of", "date", "date of the judgement"),
            Column(
                "verdict",
                "text",
                "health, outcome or attainment, of an objective the outcome its result amounts to; None without",
                (*_HEALTH, *_OUTCOMES, *_ATTAINMENTS),
            ),
            Column("value", "float", "latest reading, current value, or what decided, in its unit; None without"),
            Column("on", "date", "the day of that value; None without"),
            Column("standing", "text", "where a KPI stands against what is usual; None of others", _STANDINGS),
            Column("heading", "text", "which way a KPI is heading; None of others", _HEADINGS),
            Column("pace", "text", "pace of a key result; None of others, or where there is no telling", _PACES),
            Column("score", "float", "score of a key result or objective, 1 at the target; None without"),
            Column("expected", "float", "score a key result was expected to have by now; None without"),
            Column("since", "date", "since when a KPI has been in its zone; None without"),
            Column(
                "not_healthy", "count", "readings of a KPI in a row that were not healthy, up to now; None of others"
            ),
            Column("overdue_since", "date", "since when a KPI lies outside for longer than it may; None without"),
            Column("distance", "float", "how far a commit is short, in the measure's unit; None without"),
            Column("due", "date", "end of the cycle, due date, or when a KPI is read next; None without"),
            Column("owner", "text", "who answers for it; None where nobody does"),
            Column("team", "text", "which team works on it; None where nobody has said"),
            Column("priority", "count", "how much it matters, from 1; None where nobody has said"),
            Column("why", "text", "the first reason, in English"),
            Column("code", "text", "its code"),
        ),
        "findings": (
            Column("code", "text", "code of the rule"),
            Column("severity", "text", "how much it matters", _SEVERITIES),
            Column("title", "text", "what the rule is called"),
            Column("goal", "text", "id of a goal concerned; None where it is the model; a row each"),
            Column("found", "text", "what was found, in English"),
            Column("next_step", "text", "what to do"),
        ),
        "changes": (
            Column("goal", "text", "id of the goal; None where it is the model"),
            Column("aspect", "text", "what changed"),
            Column("before", "text", "how it stood; None where there was nothing to say"),
            Column("after", "text", "how it stands; None where there is nothing to say any more"),
        ),
        "readings": (
            Column("measure", "text", "name of the measure"),
            Column("unit", "text", "name of the unit"),
            Column("on", "date", "the day it is about"),
            Column("value", "float", "in the measure's unit; None where it is stated absent"),
            Column("absence", "text", "why there is no value; None where there is one"),
            Column("weight", "float", "number of cases behind it; None where nobody counted"),
            Column("known_since", "date", "the first day on which it was known; a row for each version"),
        ),
        "good to know": (
            Column("measure", "text", "name of the measure"),
            Column("unit", "text", "name of the unit"),
            Column("as_of", "date", "date of the look"),
            Column("value", "float", "what was read last, in the measure's unit; None without"),
            Column("absence", "text", "why there is no value; None where there is one, or nobody ever read it"),
            Column("on", "date", "the day of it; None where nobody ever read it"),
        ),
        "parts": (
            Column("part", "text", "id of the key result or objective"),
            Column("kind", "text", "key result or objective"),
            Column("score", "float", "what it brings, 1 at the target; None without"),
            Column("weight", "float", "as declared"),
            Column("share", "float", "of the mean, 0 to 1"),
        ),
    }
)
"""What rows hold, by what they are about: a review or assessments (goals), findings, changes, a series, what is good
to know, a roll-up.
"""


def rows(given: object, *, dates: bool = False, exact: bool = False) -> list[dict[str, Cell]]:
    """Return flat records of a review, assessments, findings, changes, a series, or a roll-up, a dictionary each.

    >>> visits = Measure("visits")
    >>> rows(Series.of(visits, {date(2026, 1, 31): 7}))[0]["value"]
    7.0

    Args:
        given: A `Review` (a row a goal), a `Series`, a `Rollup`, or an iterable of assessments, findings, changes, or
            what a review says is good to know.
        dates: Whether days are dates; ISO texts where not.
        exact: Whether numbers are texts that say them exactly: "0.7", and "+1/3" where no decimal does, with a sign, so
            that no spreadsheet reads a date; `fractions.Fraction` takes both. Floats where not.

    Returns:
        The columns of `COLUMNS` for what it is about, each row in their order.

    Raises:
        WrongType: It is none of these.
    """
    match given:
        case Review():
            found = [*given.kpis, *given.composites, *given.key_results, *given.commits, *given.objectives]
        case Series():
            found = [(given, each) for each in given.readings]
        case Rollup():
            found = [*given.lines, *given.objectives]
        case _:
            found = list(the_iterable(cast("Iterable[object]", given), "given"))
    records = [record for each in found for record in _records(each)]
    return [{name: _plain(cell, dates=dates, exact=exact) for name, cell in record.items()} for record in records]


def _plain(cell: object, *, dates: bool, exact: bool) -> Cell:
    match cell:
        case Enum():
            return str(cell.value)
        case dt.date():
            return cell if dates else cell.isoformat()
        case Fraction():
            return _exactly(cell) if exact else nearest_float(cell)
        case _:
            return cast("Cell", cell)


def _exactly(value: Fraction) -> str:
    """Return a number as a decimal where that ends soon, else as a fraction with its sign: "7/10" would be a date."""
    scaled = value * 10**_MOST_PLACES
    if scaled.denominator != 1:
        return f"{value.numerator:+d}/{value.denominator}"
    whole, part = divmod(abs(scaled.numerator), 10**_MOST_PLACES)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:0{_MOST_PLACES}}".rstrip("0").rstrip(".")


def _records(each: object) -> Iterable[dict[str, object]]:
    if isinstance(each, tuple):
        first, second = cast("tuple[Any, Any]", each)
        return [_reading(first, second)] if isinstance(first, Series) else [_goal(_objective(first, second))]
    make = _MAKERS.get(type(each))
    if make is None:
        raise WrongType("given", each, "an assessment, a finding, a change, or a series, a roll-up, a review")
    return make(each)


def _names(about: str) -> list[str]:
    return [column.name for column in COLUMNS[about]]


def _goal(known: dict[str, object]) -> dict[str, object]:
    return {name: known.get(name) for name in _names("goals")}


def _kpi(found: KpiAssessment) -> dict[str, object]:
    kpi, latest = found.kpi, found.latest
    return {
        "goal": kpi.id,
        "kind": "KPI",
        "measure": kpi.measure.name,
        "unit": kpi.measure.unit.name,
        "as_of": found.as_of,
        "verdict": found.health,
        "value": None if latest is None else latest.known,
        "on": None if latest is None else latest.on,
        "standing": found.standing,
        "heading": found.heading,
        "since": found.streaks.since,
        "not_healthy": found.streaks.not_healthy,
        "overdue_since": found.overdue_since,
        "due": found.next_due,
        **_carried_by(kpi),
        **_why(found.reasons),
    }


def _carried_by(goal: Kpi | CompositeKpi | KeyResult | Commit | Objective) -> dict[str, object]:
    return {"owner": goal.owner, "team": goal.team, "priority": goal.priority}


def _composite(found: CompositeAssessment) -> dict[str, object]:
    return {
        "goal": found.kpi.id,
        "kind": "composite KPI",
        "as_of": found.as_of,
        "verdict": found.health,
        "standing": found.standing,
        "heading": found.heading,
        **_carried_by(found.kpi),
        **_why(found.reasons),
    }


def _key_result(found: KeyResultAssessment) -> dict[str, object]:
    now = found.in_force
    return {
        "goal": now.id,
        "kind": "key result",
        "measure": now.measure.name,
        "unit": now.measure.unit.name,
        "as_of": found.as_of,
        "verdict": found.outcome,
        "value": found.current_value,
        "on": None if found.latest is None else found.latest.on,
        "pace": found.pace,
        "score": _raw(found.score),
        "expected": _raw(found.expected),
        "due": now.cycle.end,
        **_carried_by(now),
        **_why(found.reasons),
    }


def _raw(score: Score | None) -> Fraction | None:
    return None if score is None else score.raw


def _commit(found: CommitAssessment) -> dict[str, object]:
    commit, deciding = found.commit, found.deciding
    return {
        "goal": commit.id,
        "kind": "commit",
        "measure": commit.measure.name,
        "unit": commit.measure.unit.name,
        "as_of": found.as_of,
        "verdict": found.attainment,
        "value": None if deciding is None else deciding.known,
        "on": None if deciding is None else deciding.on,
        "distance": found.distance,
        "due": commit.due,
        **_carried_by(commit),
        **_why(found.reasons),
    }


def _objective(objective: Objective, rollup: Rollup) -> dict[str, object]:
    return {
        "goal": objective.id,
        "kind": "objective",
        "verdict": _amounts_to(rollup),
        "score": rollup.score,
        **_carried_by(objective),
        **_why(rollup.reasons),
    }


def _amounts_to(rollup: Rollup) -> Outcome | None:
    match rollup.result:
        case Fraction():
            return rollup.policy.words.outcome(Score(rollup.result))
        case Outcome():
            return rollup.result
        case _:
            return None


def _why(reasons: tuple[Any, ...]) -> dict[str, object]:
    return {"why": str(reasons[0]), "code": reasons[0].code} if reasons else {}


def _reading(series: Series, reading: Reading) -> dict[str, object]:
    is_absent = isinstance(reading.value, Absence)
    return {
        "measure": series.measure.name,
        "unit": series.measure.unit.name,
        "on": reading.on,
        "value": None if is_absent else reading.value,
        "absence": reading.value if is_absent else None,
        "weight": reading.weight,
        "known_since": reading.known_since,
    }


def _good_to_know(found: GoodToKnow) -> list[dict[str, object]]:
    value = None if found.latest is None else found.latest.value
    return [
        {
            "measure": found.measure.name,
            "unit": found.measure.unit.name,
            "as_of": found.as_of,
            "value": None if isinstance(value, Absence) else value,
            "absence": value if isinstance(value, Absence) else None,
            "on": None if found.latest is None else found.latest.on,
        }
    ]


def _finding(found: Finding, goal: str | None) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": found.severity,
        "title": found.rule.title,
        "goal": goal,
        "found": str(found.reason),
        "next_step": found.rule.next_step,
    }


def _findings(found: Finding) -> list[dict[str, object]]:
    return [_finding(found, goal) for goal in found.goals or (None,)]


def _change(found: ReviewChange) -> list[dict[str, object]]:
    before, after = (None if side is None else spell(side) for side in (found.before, found.after))
    return [{"goal": found.goal, "aspect": found.aspect, "before": before, "after": after}]


def _key_result_line(line: KeyResultLine) -> list[dict[str, object]]:
    score = None if line.score is None else line.score.clamped
    return [_part(line.key_result, "key result", score, line)]


def _objective_line(line: ObjectiveLine) -> list[dict[str, object]]:
    score = line.result if isinstance(line.result, Fraction) else None
    return [_part(line.objective, "objective", score, line)]


def _part(id_: str, kind: str, score: Fraction | None, line: KeyResultLine | ObjectiveLine) -> dict[str, object]:
    return {"part": id_, "kind": kind, "score": score, "weight": line.weight, "share": line.share}


_MAKERS: Final[Mapping[type, Callable[[Any], list[dict[str, object]]]]] = MappingProxyType(
    {
        KpiAssessment: lambda found: [_goal(_kpi(found))],
        CompositeAssessment: lambda found: [_goal(_composite(found))],
        KeyResultAssessment: lambda found: [_goal(_key_result(found))],
        CommitAssessment: lambda found: [_goal(_commit(found))],
        Finding: _findings,
        ReviewChange: _change,
        GoodToKnow: _good_to_know,
        KeyResultLine: _key_result_line,
        ObjectiveLine: _objective_line,
    }
)
