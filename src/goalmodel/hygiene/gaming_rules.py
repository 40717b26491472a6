"""Signs that readings may be bent to fit. Questions, never charges: asked only on request, each with its chance."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from goalmodel.commit import AsAWhole, Commit
from goalmodel.commit.amendment import in_force
from goalmodel.hygiene.context import LintContext
from goalmodel.hygiene.example import example
from goalmodel.hygiene.finding import Finding, HygieneRule, Severity
from goalmodel.hygiene.signs import Judged, Sign, heaped, helped, stops
from goalmodel.kpi import Kpi
from goalmodel.measure import Absence, EachReading, Reading
from goalmodel.measure.exclusion import Expectation, agreed_by, excluded_days, paused
from goalmodel.measure.figure import figures_known

STOPS: Final = HygieneRule(
    code="GM511",
    title="Readings that stop when they are bad",
    severity=Severity.HINT,
    found=(
        "{count} of {total} times readings stopped behind a bad one; by itself that comes in at most {chance:%} of "
        "series: is it harder to read then?"
    ),
    facts={"count": int, "total": int, "chance": Fraction},
    rationale="What is not read when it is bad looks better than it is, whatever the reason. Most reasons are honest.",
    next_step="Ask who reads it what made it hard, and make reading not depend on what is read.",
    source="Our choice: Fisher's exact test. Bevan and Hood, What's measured is what matters (2006), on gaming.",
    bad=example("GM511", "objectives=[happy]", "kpis=[kpi]", read="stopping"),
    good=example("GM511", "objectives=[happy]", "kpis=[kpi]", read="csat_read"),
    is_heuristic=True,
)
HEAPED: Final = HygieneRule(
    code="GM512",
    title="Values heaped on the cut",
    severity=Severity.HINT,
    found=(
        "{count} of the {total} readings next to the edge just meet it; by themselves as many do in at most {chance:%} "
        "of series: what happens near the edge?"
    ),
    facts={"count": int, "total": int, "chance": Fraction},
    rationale="A cut that much hangs on pulls values over it, whether they were worked on or written up.",
    next_step="Ask what is done when it comes close, and let less hang on the cut.",
    source="Our choice, after McCrary (2008): the density at a cut. Bevan and Hood (2006): four hours in emergency.",
    bad=example("GM512", "objectives=[happy]", "kpis=[kpi]", read="heaped"),
    good=example("GM512", "objectives=[happy]", "kpis=[kpi]", read="csat_read"),
    is_heuristic=True,
)
HELPED: Final = HygieneRule(
    code="GM513",
    title="Restatements that always help",
    severity=Severity.HINT,
    found=(
        "{count} of {total} restatements made it better; by themselves as many do in at most {chance:%} of series: "
        "do late figures always come so?"
    ),
    facts={"count": int, "total": int, "chance": Fraction},
    rationale="An honest correction goes either way. Where figures only ever grow, it is how they are counted.",
    next_step="Ask how it is restated; where late figures always come so, read it later.",
    source="Our choice: the sign test.",
    bad=example("GM513", "objectives=[happy]", "kpis=[kpi]", read="restated(0.1)"),
    good=example("GM513", "objectives=[happy]", "kpis=[kpi]", read="restated(0.1, -0.1)"),
    is_heuristic=True,
)


class _Edge(NamedTuple):
    """How far a value lies on the better side of the nearer edge, and whether that edge is good."""

    room: Fraction
    is_good: bool


class _Asked(NamedTuple):
    """What is read of a goal, how each value is judged, and how often one is expected."""

    goal: Kpi | Commit
    readings: list[Judged]
    cadence: Expectation | None
    edge: Callable[[dt.date, Fraction], _Edge | None]


_Ask: TypeAlias = Callable[[LintContext, _Asked], Sign | None]


def _asked(look: LintContext) -> Iterator[_Asked]:
    """Yield what was read of each KPI, and of each commit that asks something of single figures."""
    for kpi in look.model.watched:
        yield _prepared(look, kpi, dt.date.min, look.as_of, _edge_of_kpi(kpi))
    for commit in look.model.commits:
        if isinstance(commit.manner, AsAWhole):
            continue
        known = commit.known_on(look.as_of)
        yield _prepared(look, known, known.counts_from, min(known.due, look.as_of), _edge_of_commit(known))


def _prepared(
    look: LintContext,
    goal: Kpi | Commit,
    first: dt.date,
    last: dt.date,
    edge: Callable[[dt.date, Fraction], _Edge | None],
) -> _Asked:
    figures = figures_known(look.read[goal.measure.name], goal.window, look.as_of, goal.exclusions)
    days = figures.present_days
    start, stop = bisect_left(days, first), figures.count(last)
    values = figures.row.values(start, stop)
    seen = [(on, value, edge(on, value)) for on, value in zip(days[start:stop], values, strict=True)]
    readings = [Judged(on, value, at.room, at.is_good) for on, value, at in seen if at is not None]
    cadence = paused(goal.cadence, excluded_days(agreed_by(goal.exclusions, look.as_of)))
    return _Asked(goal, readings, cadence, edge)


def _edge_of_kpi(kpi: Kpi) -> Callable[[dt.date, Fraction], _Edge | None]:
    def edge(on: dt.date, value: Fraction) -> _Edge | None:
        bands = kpi.in_force(on).bands
        return None if bands is None else _nearer(value, bands.low, bands.high, bands.open_cuts)

    return edge


def _edge_of_commit(commit: Commit) -> Callable[[dt.date, Fraction], _Edge | None]:
    def edge(on: dt.date, value: Fraction) -> _Edge | None:
        standard = in_force(commit.standards, on)
        return None if standard.either else _nearer(value, standard.low, standard.high, standard.open_ends)

    return edge


def _nearer(
    value: Fraction, low: Fraction | None, high: Fraction | None, open_ends: tuple[Fraction, ...]
) -> _Edge | None:
    """Return how far a value lies from the nearer of two edges; None where there is none."""
    rooms = [
        _Edge(room, end not in open_ends)
        for end, room in ((low, None if low is None else value - low), (high, None if high is None else high - value))
        if room is not None
    ]
    return min(rooms) if rooms else None


def stop_when_bad(look: LintContext) -> Iterator[Finding]:
    """Find each KPI or commit whose readings stop behind bad ones more often than behind good ones."""
    return _found(look, STOPS, _stops)


def heap_on_the_cut(look: LintContext) -> Iterator[Finding]:
    """Find each KPI or commit of whose readings more just meet the edge than just miss it."""
    return _found(look, HEAPED, _heaped)


def always_help(look: LintContext) -> Iterator[Finding]:
    """Find each KPI or commit whose figures get better whenever they are restated."""
    return _found(look, HELPED, _helped)


def _found(look: LintContext, rule: HygieneRule, ask: _Ask) -> Iterator[Finding]:
    for asked in _asked(look):
        sign = ask(look, asked)
        if sign is not None and sign.chance <= look.policy.sign_chance:
            yield rule.finding([asked.goal.id], count=sign.count, total=sign.total, chance=sign.chance)


def _stops(look: LintContext, asked: _Asked) -> Sign | None:
    cadence = asked.cadence
    if cadence is None:
        return None
    last = min(asked.goal.due, look.as_of) if isinstance(asked.goal, Commit) else look.as_of

    def is_missing(earlier: dt.date, later: dt.date | None) -> bool:
        return bool(cadence.overdue(earlier, last) if later is None else cadence.missing_between(earlier, later))

    return stops(asked.readings, is_missing)


def _heaped(_: LintContext, asked: _Asked) -> Sign | None:
    return heaped(asked.readings)


def _helped(look: LintContext, asked: _Asked) -> Sign | None:
    """Ask where each reading is judged by itself: what a reading does to a figure nobody can say without the others."""
    if not isinstance(asked.goal.window, EachReading):
        return None
    first = asked.goal.counts_from if isinstance(asked.goal, Commit) else dt.date.min
    told = (
        each
        for each in look.read[asked.goal.measure.name].restatements
        if each.became.known_since <= look.as_of and first <= each.became.on
    )

    def room(reading: Reading) -> Fraction | None:
        if isinstance(reading.value, Absence):
            return None
        at = asked.edge(reading.on, reading.value)
        return None if at is None else at.room

    return helped(told, room)


GAMING_RULES: Final = (
    (STOPS, stop_when_bad),
    (HEAPED, heap_on_the_cut),
    (HELPED, always_help),
)
