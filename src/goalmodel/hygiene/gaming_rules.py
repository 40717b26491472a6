"""Signs that readings may be bent to fit. Questions, never charges: asked only on request, each with its chance."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from goalmodel.commit import Commit
from goalmodel.commit.amendment import in_force
from goalmodel.commit.manner import Decisive, decisive
from goalmodel.hygiene.context import LintContext
from goalmodel.hygiene.example import example
from goalmodel.hygiene.finding import Finding, HygieneRule, Severity
from goalmodel.hygiene.signs import JudgedReading, Sign, heaped, helped, stops
from goalmodel.kpi import Kpi
from goalmodel.measure import Absence, EachReading, Reading
from goalmodel.measure.exclusion import agreed_by, excluded_days, paused
from goalmodel.measure.figure import figures_known
from goalmodel.trend.reference import in_force as in_force_rebasing

_sign: Final = partial(
    HygieneRule,
    severity=Severity.HINT,
    facts={"count": int, "total": int, "chance": Fraction},
    is_heuristic=True,
)
"""A rule that asks about a sign: how often it shows, how often that many come by themselves, and the question."""


def _example(code: str, read: str) -> str:
    return example(code, "objectives=[happy]", "kpis=[kpi]", read=read)


STOPS: Final = _sign(
    code="GM511",
    title="Readings that stop when they are bad",
    found=(
        "{count} of {total:time/times} readings stopped behind a bad one; by itself that comes in at most {chance:%} "
        "of series: is it harder to read then?"
    ),
    rationale="What is not read when it is bad looks better than it is, whatever the reason. Most reasons are honest.",
    next_step="Ask who reads it what made it hard, and make reading not depend on what is read.",
    source="Our choice: Fisher's exact test. Bevan and Hood, What's measured is what matters (2006), on gaming.",
    bad=_example("GM511", "stopping"),
    good=_example("GM511", "csat_read"),
)
HEAPED: Final = _sign(
    code="GM512",
    title="Values heaped on the cut",
    found=(
        "{count} of the {total:reading/readings} next to the edge just met it; by themselves as many do in at most "
        "{chance:%} of series: what happens near the edge?"
    ),
    rationale="A cut that much hangs on pulls values over it, whether they were worked on or written up.",
    next_step="Ask what is done when it comes close, and let less hang on the cut.",
    source="Our choice, after McCrary (2008): the density at a cut. Bevan and Hood (2006): four hours in emergency.",
    bad=_example("GM512", "heaped"),
    good=_example("GM512", "csat_read"),
)
HELPED: Final = _sign(
    code="GM513",
    title="Restatements that always help",
    found=(
        "{count} of {total:restatement/restatements} made it better; by themselves as many do in at most {chance:%} of "
        "series: do late figures always come so?"
    ),
    rationale="An honest correction goes either way. Where figures only ever grow, it is how they are counted.",
    next_step="Ask how it is restated; where late figures always come so, read it later.",
    source="Our choice: the sign test.",
    bad=_example("GM513", "restated(0.1)"),
    good=_example("GM513", "restated(0.1, -0.1)"),
)


class _Edge(NamedTuple):
    """How far a value lies on the better side of the nearer edge, and whether that edge is good."""

    room: Fraction
    is_good: bool


class _Asked(NamedTuple):
    """What is read of a goal, from when on it counts, and how each value is judged."""

    goal: Kpi | Commit
    first: dt.date
    readings: list[JudgedReading]
    edge: Callable[[dt.date, Fraction], _Edge | None]


_Ask: TypeAlias = Callable[[LintContext, _Asked], Sign | None]


def _asked(look: LintContext) -> Iterator[_Asked]:
    """Yield what was read of each KPI, and of each commit that is owed and asks something of single figures."""
    for kpi in look.watched:
        yield _prepared(look, kpi, dt.date.min, _edge_of_kpi(kpi))
    for commit in look.owed:
        if decisive(commit.manner) is not Decisive.WHOLE:
            yield _prepared(look, commit, commit.counts_from, _edge_of_commit(commit))


def _prepared(
    look: LintContext, goal: Kpi | Commit, first: dt.date, edge: Callable[[dt.date, Fraction], _Edge | None]
) -> _Asked:
    figures = figures_known(look.read[goal.measure.name], goal.window, look.as_of, goal.exclusions)
    days = figures.present_days
    start, stop = bisect_left(days, first), figures.count(look.as_of)
    values = figures.row.values(start, stop)
    seen = [(on, value, edge(on, value)) for on, value in zip(days[start:stop], values, strict=True)]
    return _Asked(
        goal, first, [JudgedReading(on, value, at.room, at.is_good) for on, value, at in seen if at is not None], edge
    )


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


def _stops(look: LintContext, asked: _Asked) -> Sign | None:
    """Ask whether readings stop behind bad ones more often than behind good ones."""
    cadence = paused(asked.goal.cadence, excluded_days(agreed_by(asked.goal.exclusions, look.as_of)))
    if cadence is None:
        return None

    def is_missing(earlier: dt.date, later: dt.date | None) -> bool:
        return bool(cadence.overdue(earlier, look.as_of) if later is None else cadence.missing_between(earlier, later))

    return stops(asked.readings, is_missing)


def _heaped(look: LintContext, asked: _Asked) -> Sign | None:
    """Ask whether more readings just meet the edge than just miss it, since it was last rebased."""
    known = in_force_rebasing(asked.goal.rebasings, look.as_of) if isinstance(asked.goal, Kpi) else None
    return heaped([each for each in asked.readings if known is None or each.on >= known.on])


def _helped(look: LintContext, asked: _Asked) -> Sign | None:
    """Ask whether figures get better whenever they are restated, where each reading is judged by itself.

    What a reading does to a figure nobody can say without the others.
    """
    if not isinstance(asked.goal.window, EachReading):
        return None
    told = (
        each
        for each in look.read[asked.goal.measure.name].restatements
        if each.became.known_since <= look.as_of and asked.first <= each.became.on
    )

    def room(reading: Reading) -> Fraction | None:
        if isinstance(reading.value, Absence):
            return None
        at = asked.edge(reading.on, reading.value)
        return None if at is None else at.room

    return helped(told, room)


def _found(rule: HygieneRule, ask: _Ask, look: LintContext) -> Iterator[Finding]:
    """Find each KPI or commit whose readings show a sign that honest ones seldom do."""
    for asked in _asked(look):
        sign = ask(look, asked)
        if sign is not None and sign.chance <= look.policy.sign_chance:
            yield rule.finding([asked.goal.id], count=sign.count, total=sign.total, chance=sign.chance)


GAMING_RULES: Final = tuple(
    (rule, partial(_found, rule, ask)) for rule, ask in ((STOPS, _stops), (HEAPED, _heaped), (HELPED, _helped))
)
