"""KR2xx: is a key result something that can be tried, and told when it is done?"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from goalmodel.hygiene.context import LintContext, is_of_readings, reached_at, way_of
from goalmodel.hygiene.example import example
from goalmodel.hygiene.finding import Finding, HygieneRule, Severity
from goalmodel.key_result import KeyResult
from goalmodel.kpi import Health, Kpi
from goalmodel.measure import Measure, Polarity

TOO_MANY: Final = HygieneRule(
    code="KR201",
    title="Too many key results for an objective",
    severity=Severity.WARNING,
    found="{count:key result serves/key results serve} it, and {limit} at most should",
    facts={"count": int, "limit": int},
    rationale="An objective with a dozen key results is a list of wishes; nobody knows which matters.",
    next_step="Keep those without which the objective would not be reached.",
    source="Doerr, Measure What Matters: five; the schools differ, see the presets.",
    bad=example("KR201", "objectives=[happy]", "key_results=[attrs.evolve(kr, id=f'kr-{n}') for n in range(6)]"),
    good=example("KR201", "objectives=[happy]", "key_results=[attrs.evolve(kr, id=f'kr-{n}') for n in range(5)]"),
)
TOO_FEW: Final = HygieneRule(
    code="KR202",
    title="Too few key results for an objective",
    severity=Severity.HINT,
    found="{count:key result serves/key results serve} it, and {limit} at least should",
    facts={"count": int, "limit": int},
    rationale="One number alone can be reached at the cost of what the objective is about.",
    next_step="Add a second that would suffer if the first were forced.",
    source="Grove, High Output Management: paired indicators. One will do unless a school is asked: see the presets.",
    bad=example("KR202", "objectives=[happy]", "key_results=[kr]", limits="least_key_results=3"),
    good=example(
        "KR202",
        "objectives=[happy]",
        "key_results=[attrs.evolve(kr, id=f'kr-{n}') for n in range(3)]",
        limits="least_key_results=3",
    ),
)
NO_BASELINE: Final = HygieneRule(
    code="KR203",
    title="Key result without a baseline",
    severity=Severity.WARNING,
    found="nobody knows where it starts, so nobody can say how far it has come",
    rationale="A target without a baseline is a number somebody likes.",
    next_step="Measure where it stands today, first of all.",
    source="See KR-4.",
    follows=("KR208",),
    bad=example("KR203", "objectives=[happy]", "key_results=[attrs.evolve(kr, baseline=None)]"),
    good=example("KR203", "objectives=[happy]", "key_results=[kr]"),
)
WORDED_AS_A_TASK: Final = HygieneRule(
    code="KR204",
    title="Key result worded as a task",
    severity=Severity.HINT,
    found="its measure begins with {word}, as a task does",
    facts={"word": str},
    rationale="A task can be done without anything having changed for anybody.",
    next_step="Say what will be different when the task is done, and make the task an initiative.",
    source="Wodtke, Radical Focus: results, not tasks.",
    bad=example(
        "KR204", "objectives=[happy]", "key_results=[attrs.evolve(kr, measure=gm.Measure('launch the survey'))]"
    ),
    good=example("KR204", "objectives=[happy]", "key_results=[kr]"),
    is_heuristic=True,
)
BUSINESS_AS_USUAL: Final = HygieneRule(
    code="KR205",
    title="Target inside what is usual",
    severity=Severity.WARNING,
    found="it is reached at {target}, and from {low} to {high} was usual before the cycle",
    facts={"target": Fraction, "low": Fraction, "high": Fraction},
    rationale="The process would get there by itself, some month, without anything being done: business as usual.",
    next_step="Aim beyond what is usual, or watch it as a KPI.",
    source="Wheeler, Understanding Variation: natural process limits.",
    bad=example("KR205", "objectives=[happy]", "key_results=[attrs.evolve(kr, target=8.5)]", read="csat_read"),
    good=example("KR205", "objectives=[happy]", "key_results=[kr]", read="csat_read"),
)
NO_OWNER: Final = HygieneRule(
    code="KR206",
    title="Key result without an owner",
    severity=Severity.WARNING,
    found="nobody answers for it",
    rationale="What nobody answers for is not moved.",
    next_step="Name who answers for it.",
    source="Viva Goals, alert: no owner.",
    bad=example("KR206", "objectives=[happy]", "key_results=[attrs.evolve(kr, owner=None)]"),
    good=example("KR206", "objectives=[happy]", "key_results=[kr]"),
)
UNALIGNED: Final = HygieneRule(
    code="KR207",
    title="Key result that serves no objective",
    severity=Severity.WARNING,
    found="it leads to no objective",
    rationale="Nobody can say what would be better if it were reached.",
    next_step="Say which objective it leads to.",
    source="Viva Goals, alert: not aligned.",
    bad=example("KR207", "objectives=[happy]", "key_results=[attrs.evolve(kr, serves=())]"),
    good=example("KR207", "objectives=[happy]", "key_results=[kr]"),
)
NOT_STARTED: Final = HygieneRule(
    code="KR208",
    title="Key result not started",
    severity=Severity.WARNING,
    found="{days:day/days} into its cycle there is no reading",
    facts={"days": int},
    rationale="What is first looked at in the middle of the cycle is first worked on then.",
    next_step="Read it, and then every week.",
    source="Viva Goals, alert: not started seven days in.",
    bad=example("KR208", "objectives=[happy]", "key_results=[attrs.evolve(kr, measure=unread)]", read="csat_read"),
    good=example("KR208", "objectives=[happy]", "key_results=[kr]", read="csat_read"),
)
PAST_DUE: Final = HygieneRule(
    code="KR209",
    title="Key result past its cycle",
    severity=Severity.WARNING,
    found="its cycle ended on {end} and it is still open",
    facts={"end": dt.date},
    rationale="A cycle that does not close teaches nothing, and the next one starts overloaded.",
    next_step="Close it with its score, carry it over, or let it go.",
    source="Viva Goals, alert: past due.",
    bad=example("KR209", "objectives=[happy]", "key_results=[attrs.evolve(kr, cycle=gm.Cycle.quarter(2026, 3))]"),
    good=example("KR209", "objectives=[happy]", "key_results=[kr]"),
)
MAINTENANCE: Final = HygieneRule(
    code="KR210",
    title="Key result on what is healthy already",
    severity=Severity.HINT,
    found="it starts at {baseline}, where {kpi} is healthy already: is it to be kept, or to be moved?",
    facts={"baseline": Fraction, "kpi": str},
    rationale="What is healthy is watched. A key result on it takes the place of one that is needed.",
    next_step="Watch it as a KPI, unless you have a reason to go beyond healthy.",
    source="The mid-year question: which maintenance metrics belong among the KPIs?",
    follows=("KR205",),
    bad=example("KR210", "objectives=[happy]", "kpis=[kpi]", "key_results=[kr]"),
    good=example(
        "KR210", "objectives=[happy]", "kpis=[attrs.evolve(kpi, bands=gm.HealthBands.at_least(9))]", "key_results=[kr]"
    ),
)
ONLY_MOONSHOTS: Final = HygieneRule(
    code="KR211",
    title="Only moonshots",
    severity=Severity.HINT,
    found="all {count:key result/key results} whose past is known aim beyond anything ever read",
    facts={"count": int},
    rationale="Where everything is a moonshot, falling short says nothing, and people stop counting.",
    next_step="Put one or two beside them that have been within reach before.",
    source="Google re:Work, Set goals with OKRs: a mix of committed and aspirational.",
    bad=example(
        "KR211",
        "objectives=[happy]",
        "key_results=[attrs.evolve(kr, id=f'kr-{n}', target=10) for n in range(3)]",
        read="csat_read",
    ),
    good=example(
        "KR211",
        "objectives=[happy]",
        "key_results=[attrs.evolve(kr, id=f'kr-{t}', target=t) for t in (9.9, 10, 8.5)]",
        read="csat_read",
    ),
)
ONLY_ROOFSHOTS: Final = HygieneRule(
    code="KR212",
    title="Only roofshots",
    severity=Severity.HINT,
    found="all {count:key result/key results} whose past is known aim at what was read before",
    facts={"count": int},
    rationale="What was reached before asks for no new idea.",
    next_step="Let at least one of them go beyond what was ever read.",
    source="Google re:Work, Set goals with OKRs: aspirational goals are meant to be beyond reach.",
    follows=("KR205",),
    bad=example(
        "KR212",
        "objectives=[happy]",
        "key_results=[attrs.evolve(kr, id=f'kr-{n}', target=8.5) for n in range(3)]",
        read="csat_read",
    ),
    good=example(
        "KR212",
        "objectives=[happy]",
        "key_results=[attrs.evolve(kr, id=f'kr-{t}', target=t) for t in (10, 8.5, 8.3)]",
        read="csat_read",
    ),
)

WRONG_WAY: Final = HygieneRule(
    code="KR213",
    title="Key result that leads the wrong way",
    severity=Severity.WARNING,
    found="it leads from {baseline} to {target}, and of its measure it is said: {polarity}",
    facts={"baseline": Fraction, "target": Fraction, "polarity": Polarity},
    rationale="Whoever gets worse is praised for it: 150 % of the way from 100 to 90.",
    next_step="Turn baseline and target round, or the polarity of the measure.",
    source="See KR-1: the way leads from the baseline to the target, wherever that lies.",
    bad=example("KR213", "objectives=[happy]", "key_results=[attrs.evolve(kr, baseline=9, target=8)]"),
    good=example("KR213", "objectives=[happy]", "key_results=[kr]"),
)
TOO_MUCH_FOR_ONE: Final = HygieneRule(
    code="KR214",
    title="Too many key results for one owner",
    severity=Severity.WARNING,
    found="{owner} answers for {count:key result/key results} at a time, and for {limit} at most should",
    facts={"owner": str, "count": int, "limit": int},
    rationale="Whoever answers for everything can move nothing, and is the one who is blamed for it.",
    next_step="Let those answer who do the work, or let some wait for another cycle.",
    source="Our limit: all that Doerr, Measure What Matters, allows a house, five objectives of five key results.",
    bad=example("KR214", "objectives=[happy]", "key_results=[attrs.evolve(kr, id=f'kr-{n}') for n in range(26)]"),
    good=example("KR214", "objectives=[happy]", "key_results=[attrs.evolve(kr, id=f'kr-{n}') for n in range(25)]"),
)
TOO_LONG: Final = HygieneRule(
    code="KR215",
    title="Key result with too long a cycle",
    severity=Severity.WARNING,
    found="its cycle is {days:day/days} long, and {limit} at most it should be",
    facts={"days": int, "limit": int},
    rationale="What is decided in five years is decided by nobody who is asked today.",
    next_step="Say how far it is to be by the end of a year, and let the objective look further.",
    source="Doerr, Measure What Matters: cycles of a quarter within those of a year.",
    bad=example(
        "KR215",
        "objectives=[happy]",
        "key_results=[attrs.evolve(kr, cycle=gm.Cycle(date(2026, 1, 1), date(2030, 12, 31)))]",
    ),
    good=example(
        "KR215",
        "objectives=[happy]",
        "key_results=[attrs.evolve(kr, cycle=gm.Cycle(date(2026, 1, 1), date(2026, 12, 31)))]",
    ),
)

_TASK: Final = re.compile(
    r"\s*(build|buy|complete|create|deliver|deploy|design|develop|finish|hire|implement|introduce|launch|migrate|"
    r"organise|organize|plan|publish|release|roll out|set up|ship|start|train|write)\s+"
    r"(?:the|a|an|our|its|their|all|every|each|new|one|two|three|\d+)\b",
    re.IGNORECASE,
)
"""A verb of doing, and what it is done to: "build time" and "launch delay" are measures."""


def number_of_key_results(look: LintContext) -> Iterator[tuple[str, int]]:
    """Yield each objective that has key results, with how many at a time at most."""
    for objective in look.pursued:
        moved = [each for each in look.serving[objective.id] if isinstance(each, KeyResult)]
        if moved:
            yield objective.id, len(look.at_once(moved))


def too_many(look: LintContext) -> Iterator[Finding]:
    """Find each objective with more key results than it should have."""
    limit = look.policy.most_key_results
    return (TOO_MANY.finding([each], count=n, limit=limit) for each, n in number_of_key_results(look) if n > limit)


def too_few(look: LintContext) -> Iterator[Finding]:
    """Find each objective with key results, but fewer than it should have."""
    limit = look.policy.least_key_results
    return (TOO_FEW.finding([each], count=n, limit=limit) for each, n in number_of_key_results(look) if n < limit)


def no_baseline(look: LintContext) -> Iterator[Finding]:
    """Find each key result without a baseline; one whose target waits for it may do so in its first days."""
    for each in look.running:
        days = (look.as_of - each.cycle.start).days
        may_wait = not isinstance(each.target, Fraction) and days < look.policy.not_started_days
        if each.baseline is None and not may_wait:
            yield NO_BASELINE.finding([each.id])


def worded_as_a_task(look: LintContext) -> Iterator[Finding]:
    """Find each key result whose measure begins with a verb of doing."""
    for each in look.running:
        said = _TASK.match(each.measure.name)
        if said:
            yield WORDED_AS_A_TASK.finding([each.id], word=said[1].lower())


def business_as_usual(look: LintContext) -> Iterator[Finding]:
    """Find each key result whose target lies within the natural limits of what was read before, or behind all of it."""
    for each in look.running:
        target = reached_at(each)
        limits = None if target is None else look.limits_before(target, each)
        if limits is not None:
            low, high = (_possible(each.measure, limit) for limit in (limits.low, limits.high))
            yield BUSINESS_AS_USUAL.finding([each.id], target=target, low=low, high=high)


def _possible(measure: Measure, limit: Fraction) -> Fraction:
    """Return the value nearest to a limit that the measure can have."""
    above = limit if measure.lowest is None else max(limit, measure.lowest)
    return above if measure.highest is None else min(above, measure.highest)


def no_owner(look: LintContext) -> Iterator[Finding]:
    """Find each key result without an owner."""
    return (NO_OWNER.finding([each.id]) for each in look.running if each.owner is None)


def unaligned(look: LintContext) -> Iterator[Finding]:
    """Find each key result that serves nothing."""
    return (UNALIGNED.finding([each.id]) for each in look.running if not each.serves)


def not_started(look: LintContext) -> Iterator[Finding]:
    """Find each running key result without a reading although its cycle began a while ago."""
    for each in look.key_results:
        cycle = each.key_result.cycle
        days = (look.as_of - cycle.start).days
        if each.latest is None and days >= look.policy.not_started_days and look.as_of <= cycle.end:
            yield NOT_STARTED.finding([each.key_result.id], days=days)


def past_due(look: LintContext) -> Iterator[Finding]:
    """Find each key result whose cycle is over."""
    return (
        PAST_DUE.finding([each.id], end=each.cycle.end)
        for each in look.model.key_results
        if look.as_of > each.cycle.end
    )


def maintenance(look: LintContext) -> Iterator[Finding]:
    """Find each key result that starts where a KPI on its measure is healthy."""
    for kpi in look.watched:
        for each in look.moving[kpi.measure.name]:
            baseline = each.baseline if is_of_readings(each) else None
            if baseline is not None and kpi.health(baseline) is Health.HEALTHY:
                yield MAINTENANCE.finding([each.id, kpi.id], baseline=baseline, kpi=kpi.id)


def only_moonshots(look: LintContext) -> Iterator[Finding]:
    """Find a model in which all key results with a known past aim beyond it."""
    return _only(look, ONLY_MOONSHOTS, is_beyond=True)


def only_roofshots(look: LintContext) -> Iterator[Finding]:
    """Find a model in which all key results with a known past aim within it."""
    return _only(look, ONLY_ROOFSHOTS, is_beyond=False)


def _only(look: LintContext, rule: HygieneRule, *, is_beyond: bool) -> Iterator[Finding]:
    alike = list[str]()
    for id_, lies_beyond in _shots(look):
        if lies_beyond is not is_beyond:
            return
        alike.append(id_)
    if len(alike) >= look.policy.alike:
        yield rule.finding(alike, count=len(alike))


def wrong_way(look: LintContext) -> Iterator[Finding]:
    """Find each key result that leads away from what its measure says is better, and no healthy zone lies ahead."""
    for each in look.running:
        polarity, baseline, target = each.measure.polarity, each.baseline, reached_at(each)
        if way_of(each) != _WRONG_WAY.get(polarity) or baseline is None or target is None:
            continue
        alike = (goal for goal in look.on_measure[each.measure.name] if isinstance(goal, Kpi))
        ahead = (kpi.bands for kpi in alike if kpi.bands is not None)
        if not any(bands.excess(target) < bands.excess(baseline) for bands in ahead):
            yield WRONG_WAY.finding([each.id], baseline=baseline, target=target, polarity=polarity)


_WRONG_WAY: Final = MappingProxyType({Polarity.HIGHER_IS_BETTER: -1, Polarity.LOWER_IS_BETTER: 1})


def too_much_for_one(look: LintContext) -> Iterator[Finding]:
    """Find each owner who on one day, today or to come, answers for more key results than one can."""
    owned = defaultdict[str, list[KeyResult]](list)
    for each in look.running:
        if each.owner is not None:
            owned[each.owner].append(each)
    limit = look.policy.most_owned
    for owner, theirs in owned.items():
        ids = [each.id for each in look.at_once(theirs)]
        if len(ids) > limit:
            yield TOO_MUCH_FOR_ONE.finding(ids, owner=owner, count=len(ids), limit=limit)


def too_long(look: LintContext) -> Iterator[Finding]:
    """Find each key result whose cycle is too long, as long as it is not over."""
    for each in look.running:
        days = (each.cycle.end - each.cycle.start).days + 1
        if days > look.policy.longest_cycle_days:
            yield TOO_LONG.finding([each.id], days=days, limit=look.policy.longest_cycle_days)


def _shots(look: LintContext) -> Iterator[tuple[str, bool]]:
    """Yield each running key result whose past is known, and whether its target lies beyond all of it."""
    for each in look.running:
        usual, target, way = look.usual(each), reached_at(each), way_of(each)
        if usual is not None and target is not None and way:
            yield each.id, target > usual.greatest if way > 0 else target < usual.least


KEY_RESULT_RULES: Final = (
    (TOO_MANY, too_many),
    (TOO_FEW, too_few),
    (NO_BASELINE, no_baseline),
    (WORDED_AS_A_TASK, worded_as_a_task),
    (BUSINESS_AS_USUAL, business_as_usual),
    (NO_OWNER, no_owner),
    (UNALIGNED, unaligned),
    (NOT_STARTED, not_started),
    (PAST_DUE, past_due),
    (MAINTENANCE, maintenance),
    (ONLY_MOONSHOTS, only_moonshots),
    (ONLY_ROOFSHOTS, only_roofshots),
    (WRONG_WAY, wrong_way),
    (TOO_MUCH_FOR_ONE, too_much_for_one),
    (TOO_LONG, too_long),
)
