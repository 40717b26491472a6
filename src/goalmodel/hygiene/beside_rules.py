"""What is watched beside a goal: guardrails that give way, drivers that move alone, dates of review that passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from goalmodel.checks import the
from goalmodel.hygiene.context import LintContext
from goalmodel.hygiene.example import example
from goalmodel.hygiene.finding import Finding, HygieneRule, Severity
from goalmodel.key_result import KeyResultAssessment, Score
from goalmodel.kpi import Health, KpiAssessment
from goalmodel.measure import Timing
from goalmodel.trend import Heading, Standing

REVIEW_PASSED: Final = HygieneRule(
    code="KPI113",
    title="Date of review that has passed",
    severity=Severity.HINT,
    found="on {on} somebody was to ask whether it is still the right KPI, with the right bands",
    facts={"on": dt.date},
    rationale="What was key when it was chosen need not be key now, and bands grow old.",
    next_step="Ask, and set the next date; or retire it.",
    source="Neely et al., Designing performance measures (1997): measures are reviewed, too.",
    bad=example("KPI113", "objectives=[happy]", "kpis=[attrs.evolve(kpi, review_on=date(2026, 11, 29))]"),
    good=example("KPI113", "objectives=[happy]", "kpis=[attrs.evolve(kpi, review_on=date(2026, 11, 30))]"),
)
NO_GUARD: Final = HygieneRule(
    code="KR219",
    title="Guardrail that guards nothing",
    severity=Severity.WARNING,
    found="{guardrail}, named to be watched beside it, is no KPI of the model on another measure",
    facts={"guardrail": str},
    rationale="A guardrail is there to suffer first where a number is forced. One that can't is taken for safety.",
    next_step="Name a KPI of the model, on another measure.",
    source="Grove, High Output Management: paired indicators.",
    bad=example("KR219", "objectives=[happy]", "kpis=[kpi]", "key_results=[attrs.evolve(kr, guardrails='csat')]"),
    good=example(
        "KR219", "objectives=[happy]", "kpis=[other_kpi]", "key_results=[attrs.evolve(kr, guardrails='answers')]"
    ),
)
GAVE_WAY: Final = HygieneRule(
    code="KR220",
    title="Guardrail that gave way",
    severity=Severity.WARNING,
    found=(
        "it came {score} of its way, and {guardrail}, named to be watched beside it, became worse on {since}: "
        "{health}, {standing}, {heading}"
    ),
    facts={
        "score": Score,
        "guardrail": str,
        "since": dt.date,
        "health": Health,
        "standing": Standing,
        "heading": Heading,
    },
    rationale="What is reached at the cost of what was to be kept is not what anybody wanted.",
    next_step="Ask whether the one was bought with the other, before going on.",
    source="Grove, High Output Management: paired indicators; see REV-1 for what nobody named.",
    bad=example(
        "KR220",
        "objectives=[happy]",
        "kpis=[attrs.evolve(other_kpi, bands=gm.HealthBands.at_least(80))]",
        "key_results=[attrs.evolve(kr, baseline=8.3, guardrails='answers')]",
        read="csat_read, other_read",
    ),
    good=example(
        "KR220",
        "objectives=[happy]",
        "kpis=[attrs.evolve(other_kpi, bands=gm.HealthBands.at_least(70))]",
        "key_results=[attrs.evolve(kr, baseline=8.3, guardrails='answers')]",
        read="csat_read, other_read",
    ),
)
DRIVER_ALONE: Final = HygieneRule(
    code="GM508",
    title="Driver that moved without its result",
    severity=Severity.WARNING,
    found="{driver} is improving since {since}, and {key_result}, which it is to lead to, came {score} of its way",
    facts={"driver": str, "since": dt.date, "key_result": str, "score": Score},
    rationale="That the one leads to the other was a guess. It is the first thing to ask about when it does not.",
    next_step="Ask whether it takes longer than thought, or leads to something else.",
    source="Kaplan and Norton, The Balanced Scorecard: a strategy is a set of hypotheses about cause and effect.",
    bad=example(
        "GM508",
        "objectives=[happy]",
        "kpis=[driver]",
        "key_results=[attrs.evolve(kr, cycle=gm.Cycle.half(2026, 2))]",
        read="csat_read, driver_read",
    ),
    good=example(
        "GM508",
        "objectives=[happy]",
        "kpis=[driver]",
        "key_results=[attrs.evolve(kr, baseline=8.3, cycle=gm.Cycle.half(2026, 2))]",
        read="csat_read, driver_read",
    ),
)


def review_passed(look: LintContext) -> Iterator[Finding]:
    """Find each KPI whose date of review lies behind."""
    for each in look.watched:
        if each.review_on is not None and each.review_on < look.as_of:
            yield REVIEW_PASSED.finding([each.id], on=each.review_on)


def no_guard(look: LintContext) -> Iterator[Finding]:
    """Find each guardrail of a running key result that is no KPI of the model, or is on the measure it is to guard."""
    measures = {each.id: each.measure.name for each in look.watched}
    known = {*measures, *(each.id for each in look.model.composites)}
    for each in look.running:
        for named in each.guardrails:
            if named not in known or measures.get(named) == each.measure.name:
                yield NO_GUARD.finding([each.id], guardrail=named)


def gave_way(look: LintContext) -> Iterator[Finding]:
    """Find each guardrail that became worse within the cycle while its key result moved forward."""
    watched = {each.kpi.id: each for each in look.kpis}
    for moved in _under_way(look):
        key_result, score = moved.key_result, moved.score
        for named in key_result.guardrails:
            beside = watched.get(named)
            since = None if beside is None else _worse_since(beside, key_result.cycle.start)
            if beside is None or since is None or score is None or score.raw <= 0:
                continue
            yield GAVE_WAY.finding(
                [key_result.id, named],
                score=score,
                guardrail=named,
                since=since,
                health=beside.health,
                standing=beside.standing,
                heading=beside.heading,
            )


def _worse_since(watched: KpiAssessment, start: dt.date) -> dt.date | None:
    """Return since when a KPI is not healthy, worse than usual or worsening, none of it before *start*."""
    outside = watched.streaks.outside_since if watched.health in (Health.WATCH, Health.UNHEALTHY) else None
    standing = watched.standing_since if watched.standing is Standing.WORSE else None
    heading = watched.heading_since if watched.heading is Heading.WORSENING else None
    days = [day for day in (outside, standing, heading) if day is not None]
    return min(days) if days and min(days) >= start else None


def _under_way(look: LintContext) -> Iterator[KeyResultAssessment]:
    """Yield the key results that run on the day."""
    return (each for each in look.key_results if look.as_of in each.key_result.cycle)


def driver_alone(look: LintContext) -> Iterator[Finding]:
    """Find each leading KPI that is improving for a while, and each key result it feeds that did not move.

    A result is given half its cycle, and some days after its driver.
    """
    moved = {each.key_result.id: each for each in _under_way(look)}
    wait = dt.timedelta(days=look.policy.lead_days)
    for driver in look.kpis:
        if driver.kpi.measure.timing is not Timing.LEADING or driver.heading is not Heading.IMPROVING:
            continue
        since = driver.heading_since
        for fed in driver.kpi.serves:
            result = moved.get(fed)
            if since is not None and result is not None and _stood_still(result, since + wait):
                score = the(Score, result.score, "score")
                ids = [driver.kpi.id, fed]
                yield DRIVER_ALONE.finding(ids, driver=driver.kpi.id, since=since, key_result=fed, score=score)


def _stood_still(result: KeyResultAssessment, day: dt.date) -> bool:
    """Return whether a key result had not come closer by half its cycle, read on *day* or later."""
    is_read = result.latest is not None and result.latest.on >= day
    is_half_over = result.key_result.cycle.elapsed(result.as_of) >= Fraction(1, 2)
    return is_read and is_half_over and result.score is not None and result.score.raw <= 0


BESIDE_RULES: Final = (
    (REVIEW_PASSED, review_passed),
    (NO_GUARD, no_guard),
    (GAVE_WAY, gave_way),
    (DRIVER_ALONE, driver_alone),
)
