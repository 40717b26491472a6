"""Goals that are no new ones: carried over again and again, a KPI under another name, a list of things to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from goalmodel.commit import Commit
from goalmodel.hygiene.context import LintContext, is_of_readings, reached_at
from goalmodel.hygiene.example import example
from goalmodel.hygiene.finding import Finding, HygieneRule, Severity
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult, Milestones, Outcome
from goalmodel.kpi import Health, Kpi
from goalmodel.model import Goal

KEY_RESULT_AGAIN: Final = HygieneRule(
    code="KR216",
    title="Key result carried over again and again",
    severity=Severity.WARNING,
    found="it was carried over {count:time/times}, and {limit} at most should be: is it wanted, and is it possible?",
    facts={"count": int, "limit": int},
    rationale="What goes on and on takes the place of something else each time, and nobody decides about it.",
    next_step="Let it go, make it smaller, or give it what it needs.",
    source="Our limit: once happens, twice may, three times is a habit.",
    bad=example(
        "KR216",
        "objectives=[happy]",
        "key_results=quarters[-1:]",
        "events=carried([each.cycle.end for each in quarters], quarters)",
    ),
    good=example(
        "KR216",
        "objectives=[happy]",
        "key_results=quarters[2:3]",
        "events=carried([each.cycle.end for each in quarters], quarters[:3])",
    ),
)
COMMIT_AGAIN: Final = HygieneRule(
    code="COM310",
    title="Commit carried over again and again",
    severity=Severity.WARNING,
    found="it was taken up again {count:time/times}, and {limit} at most should be: is it wanted, and is it possible?",
    facts={"count": int, "limit": int},
    rationale="What was not kept three times is not owed: it is hoped for, and whoever is held to it knows.",
    next_step="Make it a key result, ask for less, or give it what it needs.",
    source="Our limit: once happens, twice may, three times is a habit.",
    bad=example(
        "COM310",
        "objectives=[happy]",
        "commits=months[-1:]",
        "events=carried([each.due for each in months], months)",
    ),
    good=example(
        "COM310",
        "objectives=[happy]",
        "commits=months[2:3]",
        "events=carried([each.due for each in months], months[:3])",
    ),
)
RELABELLED: Final = HygieneRule(
    code="KR217",
    title="KPI under another name",
    severity=Severity.HINT,
    found=(
        "it is to come to {target}, from where on {kpi} is healthy, and nobody says by what work: "
        "is it {kpi} once more?"
    ),
    facts={"target": Fraction, "kpi": str},
    rationale="A KPI that is called a key result is watched twice and moved by nobody.",
    next_step="Say by what it is to be moved, let an initiative serve it, or watch the KPI.",
    source="See LIFE-1: what needs work is promoted, with a reason.",
    bad=example(
        "KR217",
        "objectives=[happy]",
        "kpis=[attrs.evolve(kpi, bands=gm.HealthBands.at_least(9.2))]",
        "key_results=[kr]",
    ),
    good=example(
        "KR217",
        "objectives=[happy]",
        "kpis=[attrs.evolve(kpi, bands=gm.HealthBands.at_least(9.2))]",
        "key_results=[attrs.evolve(kr, means='calling back within a day')]",
    ),
)
CHECKLIST: Final = HygieneRule(
    code="KR218",
    title="Key result that is a checklist",
    severity=Severity.HINT,
    found="it counts {count:thing/things} to do, and nothing beside it says what that changed",
    facts={"count": int},
    rationale="Everything on a list can be done without anything having changed for anybody.",
    next_step="Say what will be different when the list is done, and make the list an initiative.",
    source="Wodtke, Radical Focus: results, not tasks.",
    bad=example("KR218", "objectives=[happy]", "key_results=[to_do]"),
    good=example("KR218", "objectives=[happy]", "key_results=[to_do, kr]"),
)

NOTHING_LEARNT: Final = HygieneRule(
    code="GM516",
    title="Stretch that fell short, and nobody said what was learnt",
    severity=Severity.HINT,
    found="it was closed on {on}, {outcome}, and nobody has said what was learnt",
    facts={"on": dt.date, "outcome": Outcome},
    rationale="To fall short is what a stretch is for, and no blame; what it taught is lost where nobody says it.",
    next_step="Ask those who tried what they would do again and what not, and tell it as `Learnt`.",
    source="Our choice, after the postmortem that Google's OKR Playbook asks for of a commit; see EVT-4.",
    bad=example("GM516", "objectives=[happy]", "events=[ended]", read="csat_read"),
    good=example("GM516", "objectives=[happy]", "events=[attrs.evolve(ended, learnt='calls help')]", read="csat_read"),
)


def key_result_again(look: LintContext) -> Iterator[Finding]:
    """Find each key result that was carried over too often, as long as its cycle is not over."""
    before = {each.id: each.continues for each in _all(look) if isinstance(each, KeyResult)}
    limit = look.policy.most_carried
    for each in look.running:
        count = _links(before, each.id)
        if count > limit:
            yield KEY_RESULT_AGAIN.finding([each.id], count=count, limit=limit)


def commit_again(look: LintContext) -> Iterator[Finding]:
    """Find each commit that was taken up again too often, as long as it is owed."""
    before = {each.id: each.carried_from for each in _all(look) if isinstance(each, Commit)}
    limit = look.policy.most_carried
    for each in look.owed:
        count = _links(before, each.id)
        if count > limit:
            yield COMMIT_AGAIN.finding([each.id], count=count, limit=limit)


def _all(look: LintContext) -> Iterator[Goal]:
    """Yield the goals that are over, and those that are there."""
    yield from look.model.closed
    yield from look.model.goals


def _links(before: Mapping[str, str | None], start: str) -> int:
    """Return how many goals stand before one, each taken up by the next; each counts once."""
    seen = {start}
    at = before.get(start)
    while at is not None and at not in seen:
        seen.add(at)
        at = before.get(at)
    return len(seen) - 1


def relabelled(look: LintContext) -> Iterator[Finding]:
    """Find each key result that asks no more than a KPI on its measure, came of none, and is moved by nothing named.

    Where the KPI is healthy at its baseline already, that is said by a rule of its own.
    """
    for each in look.running:
        target = reached_at(each)
        is_plain = each.origin is None and each.means is None and is_of_readings(each)
        worked_on = any(isinstance(goal, Initiative) for goal in look.serving[each.id])
        if target is None or not is_plain or worked_on:
            continue
        for goal in look.on_measure[each.measure.name]:
            if isinstance(goal, Kpi) and goal.window == each.window and _asks_alike(goal, target, each.baseline):
                yield RELABELLED.finding([each.id, goal.id], target=target, kpi=goal.id)


def _asks_alike(kpi: Kpi, target: Fraction, baseline: Fraction | None) -> bool:
    """Return whether a target is an edge of what is healthy, and the baseline is not healthy already."""
    bands = kpi.bands
    if bands is None or target not in (bands.low, bands.high):
        return False
    return baseline is None or bands.health(baseline) is not Health.HEALTHY


def checklist(look: LintContext) -> Iterator[Finding]:
    """Find each key result that counts many things of one weight, with none beside it that measures anything."""
    for each in look.running:
        match each.counting:
            case Milestones(milestones=steps) if len({step.weight for step in steps}) == 1:
                beside = {goal.id: goal for served in each.serves for goal in look.serving[served]}
                if len(steps) > look.policy.most_steps and not any(map(_measures, beside.values())):
                    yield CHECKLIST.finding([each.id], count=len(steps))
            case _:
                pass


def _measures(goal: Goal) -> bool:
    return isinstance(goal, KeyResult) and not isinstance(goal.counting, Milestones)


def nothing_learnt(look: LintContext) -> Iterator[Finding]:
    """Find each key result that was closed and fell short, where nobody has said what was learnt."""
    for on, found in look.fallen_short():
        yield NOTHING_LEARNT.finding([found.key_result.id], on=on, outcome=found.outcome)


REPEATED_RULES: Final = (
    (KEY_RESULT_AGAIN, key_result_again),
    (RELABELLED, relabelled),
    (CHECKLIST, checklist),
    (COMMIT_AGAIN, commit_again),
    (NOTHING_LEARNT, nothing_learnt),
)
