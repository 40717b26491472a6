"""GM5xx: do the goals of a model go together?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from goalmodel.commit import Commit, Standard
from goalmodel.commit.amendment import in_force_between
from goalmodel.commit.manner import Decisive, decisive
from goalmodel.hygiene.context import LintContext, is_of_readings, reached_at, way_of
from goalmodel.hygiene.example import example
from goalmodel.hygiene.finding import Finding, HygieneRule, Severity
from goalmodel.key_result import KeyResult
from goalmodel.kpi import CompositeKpi, Kpi
from goalmodel.measure import EachPeriod, EachReading, Exclusion, StatedPeriods, Window
from goalmodel.measure.exclusion import agreed_by
from goalmodel.objective import Objective
from goalmodel.reasons import Reason
from goalmodel.together import Want, pulled_apart, want_of

OPPOSITE: Final = HygieneRule(
    code="GM501",
    title="Goals that pull one measure opposite ways",
    severity=Severity.ERROR,
    found="{above} wants {measure} on the upper side of {low}, and {below} on the lower side of {high}",
    facts={"above": str, "measure": str, "low": Fraction, "below": str, "high": Fraction},
    rationale="Two teams will work against each other, and both will be right: no course will do for both.",
    next_step="Agree on what is wanted when.",
    source="Kaplan and Norton on conflicting objectives; see REV-3. A floor below a ceiling is a range.",
    bad=example("GM501", "objectives=[happy]", "key_results=[kr, attrs.evolve(kr, id='down', baseline=9, target=7)]"),
    good=example("GM501", "objectives=[happy]", "key_results=[kr]"),
)
PERIODS_DIFFER: Final = HygieneRule(
    code="GM502",
    title="Periods that differ",
    severity=Severity.HINT,
    found="the key results of one objective run in {count:cycle/different cycles}",
    facts={"count": int},
    rationale="Their mean compares a goal that is over with one that has just begun.",
    next_step="Give them one cycle, or the objective one part for each.",
    source="Viva Goals, alert: time periods differ.",
    bad=example(
        "GM502",
        "objectives=[happy]",
        "key_results=[kr, attrs.evolve(kr, id='half', measure=unread, cycle=gm.Cycle.half(2026, 2))]",
    ),
    good=example("GM502", "objectives=[happy]", "key_results=[kr]"),
)
DATE_OUTSIDE: Final = HygieneRule(
    code="GM503",
    title="Date outside the cycle",
    severity=Severity.WARNING,
    found="it is due on {due}, outside every cycle of the key results it stands beside, {start} to {end}",
    facts={"due": dt.date, "start": dt.date, "end": dt.date},
    rationale="When the objective is closed it is still open, or it was over before the rest began.",
    next_step="Move the date into the cycle, or the commit to the objective of its own time.",
    source="Our choice.",
    bad=example(
        "GM503", "objectives=[happy]", "key_results=[kr]", "commits=[attrs.evolve(sla, due=date(2027, 3, 31))]"
    ),
    good=example("GM503", "objectives=[happy]", "key_results=[kr]", "commits=[sla]"),
)
STRETCH_OR_COMMIT: Final = HygieneRule(
    code="GM504",
    title="Ambiguous between commit and stretch",
    severity=Severity.ERROR,
    found="{commit} demands {demanded} of {measure}, where {key_result} only tries {target}",
    facts={"commit": str, "demanded": Standard, "measure": str, "key_result": str, "target": Fraction},
    rationale="People are told that it is safe to fall short, and held to it all the same.",
    next_step="Decide which it is, and let the other go.",
    source="Google's OKR Playbook: committed or aspirational, never both; see KR-5 and COM-1.",
    bad=example(
        "GM504",
        "objectives=[happy]",
        "key_results=[kr]",
        "commits=[attrs.evolve(sla, measure=csat, standard=gm.Standard.at_least(9.2))]",
    ),
    good=example("GM504", "objectives=[happy]", "key_results=[kr]", "commits=[sla]"),
)
SANDBAGGING: Final = HygieneRule(
    code="GM505",
    title="Cycles that say goals are set badly",
    severity=Severity.WARNING,
    found="{why}",
    facts={"why": Reason},
    rationale="One cycle is chance. Several in a row say how goals are set, and nobody's effort can change that.",
    next_step="Set the next goals with these figures on the table.",
    source="See OBJ-4.",
    bad=example("GM505", "objectives=[happy]", "key_results=[kr]", beside="past=closed(1, 1.2, 1)"),
    good=example("GM505", "objectives=[happy]", "key_results=[kr]", beside="past=closed(0.7, 1, 0.4)"),
)
STATEMENT_OF_ITSELF: Final = HygieneRule(
    code="GM506",
    title="Statement that disagrees with itself",
    severity=Severity.ERROR,
    found="{why}",
    facts={"why": tuple[Reason, ...]},
    rationale="Half the readers take the percent for what is meant, the other half the numbers.",
    next_step="Settle which of them is meant, and write the others to fit.",
    source="See STM-3.",
    bad=example(
        "GM506",
        "objectives=[happy]",
        "key_results=[kr]",
        beside="statements={'csat-q4': gm.parse('Raise customer satisfaction by 15% from 8.4 points to 9.2 points')}",
    ),
    good=example(
        "GM506",
        "objectives=[happy]",
        "key_results=[attrs.evolve(kr, baseline=8)]",
        beside="statements={'csat-q4': gm.parse('Raise customer satisfaction by 15% from 8 points to 9.2 points')}",
    ),
)
STATEMENT_OF_ANOTHER: Final = HygieneRule(
    code="GM507",
    title="Statement that says another thing than its key result",
    severity=Severity.WARNING,
    found="{why}",
    facts={"why": tuple[Reason, ...]},
    rationale="People work towards the sentence on the wall, and are scored by the numbers in the tool.",
    next_step="Write the sentence from the key result, or the key result from the sentence.",
    source="See STM-6.",
    bad=example(
        "GM507",
        "objectives=[happy]",
        "key_results=[kr]",
        beside="statements={'csat-q4': gm.parse('Raise satisfaction from 8.4 points to 9 points in Q4 2026')}",
    ),
    good=example(
        "GM507",
        "objectives=[happy]",
        "key_results=[kr]",
        beside="statements={'csat-q4': gm.parse('Raise satisfaction from 8.4 points to 9.2 points in Q4 2026')}",
    ),
)

PART_UNREAD: Final = HygieneRule(
    code="GM514",
    title="Derived measure of which a part was never read",
    severity=Severity.WARNING,
    found="{measure} has no figures: nothing was read of {unread}",
    facts={"measure": str, "unread": tuple[str, ...]},
    rationale="One name that is spelled otherwise in the history, and a measure has no figures for good.",
    next_step="Compare it with the names in `Review.unused`, or begin to read it.",
    source="Our choice; see FIG-5.",
    bad=example(
        "GM514",
        "objectives=[happy]",
        "derived=[gm.measure.Derived(measure=gm.Measure('b'), formula=gm.measure.Ratio(csat, unread))]",
        read="csat_read",
    ),
    good=example(
        "GM514",
        "objectives=[happy]",
        "derived=[gm.measure.Derived(measure=gm.Measure('b'), formula=gm.measure.Ratio(csat, csat))]",
        read="csat_read",
    ),
)

_MONTHLY: Final = (
    "objectives=[happy]",
    (
        "derived=[gm.measure.Derived(measure=gm.Measure('b'), formula=gm.measure.Ratio(csat, csat), "
        "window=gm.measure.EachPeriod(gm.measure.Period.MONTH))]"
    ),
    (
        "kpis=[attrs.evolve(kpi, measure=gm.Measure('b'), exclusions="
        "gm.measure.Exclusion(start=date(2026, 8, {first}), end=date(2026, 8, 31), reason='closed', "
        "agreed_on=date(2026, 7, 1)))]"
    ),
)
PART_OF_A_PERIOD: Final = HygieneRule(
    code="GM515",
    title="Days that do not count, and whole periods that do",
    severity=Severity.WARNING,
    found="from {start} to {end} does not count, and {measure} is derived over whole periods, {window}",
    facts={"start": dt.date, "end": dt.date, "measure": str, "window": Window},
    rationale="A figure of a period is left out where its last day does not count, and else rests on all its days.",
    next_step="Agree on whole periods, or derive it of each reading.",
    source="Our choice; see FIG-5 and TIME-3.",
    bad=example("GM515", *(each.replace("{first}", "17") for each in _MONTHLY)),
    good=example("GM515", *(each.replace("{first}", "1") for each in _MONTHLY)),
)

ONLY_GOOD_TO_KNOW: Final = HygieneRule(
    code="GM517",
    title="Goal on a measure that is only good to know",
    severity=Severity.WARNING,
    found="{measure} is good to know and no more, and here it is judged",
    facts={"measure": str},
    rationale="What nobody acts upon may look well whatever is done. To move it, or be held to it, is vanity.",
    next_step="Say what is done where it moves, and take it off what is good to know; or let the goal go.",
    source="Ries, The Lean Startup (2011): vanity metrics; see MOD-3.",
    bad=example("GM517", "objectives=[happy]", "key_results=[kr]", "good_to_know=[csat]"),
    good=example("GM517", "objectives=[happy]", "key_results=[kr]", "good_to_know=[unread]"),
)

ONE_PRIORITY: Final = HygieneRule(
    code="GM518",
    title="All of one priority",
    severity=Severity.HINT,
    found="all {count:has/have} priority {priority}: which comes first?",
    facts={"count": int, "priority": int},
    rationale="A priority says what waits when not all can be done. Where all have the same, it says nothing.",
    next_step="Decide which may wait, or name no priority.",
    source="Grove, High Output Management (1983): who focuses on everything focuses on nothing.",
    bad=example("GM518", "kpis=[gm.Kpi(id=f'kpi-{n}', measure=csat, priority=1) for n in range(3)]"),
    good=example("GM518", "kpis=[gm.Kpi(id=f'kpi-{n}', measure=csat, priority=1 + n // 2) for n in range(3)]"),
)


def opposite(look: LintContext) -> Iterator[Finding]:
    """Find each measure no course of which does for two of its goals, over the times of both.

    Rule: REV-3.
    """
    wants = defaultdict[str, list[Want]](list)
    alive: tuple[Kpi | KeyResult | Commit, ...] = (*look.model.watched, *look.running, *look.owed)
    for goal in alive:
        wants[goal.measure.name].append(want_of(goal, look.as_of))
    for measure, several in sorted(wants.items()):
        for apart in pulled_apart(several):
            facts = {"above": apart.above, "measure": measure, "low": apart.low, "below": apart.below}
            yield OPPOSITE.finding([apart.above, apart.below], **facts, high=apart.high)


def periods_differ(look: LintContext) -> Iterator[Finding]:
    """Find each objective whose key results run in different cycles."""
    for objective in look.pursued:
        moved = [each for each in look.serving[objective.id] if isinstance(each, KeyResult)]
        cycles = {each.cycle for each in moved}
        if len(cycles) > 1:
            yield PERIODS_DIFFER.finding([objective.id, *(each.id for each in moved)], count=len(cycles))


def date_outside(look: LintContext) -> Iterator[Finding]:
    """Find each commit that is due outside all the cycles of the key results of its objectives."""
    for commit in look.owed:
        beside = (each for served in commit.serves for each in look.serving[served])
        cycles = [each.cycle for each in beside if isinstance(each, KeyResult)]
        if cycles and not any(commit.due in cycle for cycle in cycles):
            start, end = min(each.start for each in cycles), max(each.end for each in cycles)
            yield DATE_OUTSIDE.finding([commit.id], due=commit.due, start=start, end=end)


def stretch_or_commit(look: LintContext) -> Iterator[Finding]:
    """Find each commit that demands, within the cycle of a key result on its measure, what that aims at, or more."""
    for commit in look.owed:
        for each in look.moving[commit.measure.name]:
            target = reached_at(each)
            is_of_figures = is_of_readings(each) and decisive(commit.manner) is not Decisive.WHOLE
            is_alike = is_of_figures and each.window == commit.window
            if target is None or not is_alike:
                continue
            demanded = _demanded_within(commit, max(each.cycle.start, look.as_of), each.cycle.end)
            standard = next((standard for standard in demanded if _owes(standard, target, way_of(each))), None)
            if standard is not None:
                facts = {"commit": commit.id, "demanded": standard, "measure": commit.measure.name}
                yield STRETCH_OR_COMMIT.finding([commit.id, each.id], **facts, key_result=each.id, target=target)


def _demanded_within(commit: Commit, start: dt.date, end: dt.date) -> Iterable[Standard]:
    """Return what a commit demands from *start* to *end*: on each of its days where it is held, else on the last."""
    since = commit.counts_from if decisive(commit.manner) in (Decisive.EACH, Decisive.SHARE) else commit.due
    first, last = max(start, since), min(end, commit.due)
    return in_force_between(commit.standards, first, last) if first <= last else ()


def _owes(standard: Standard, target: Fraction, way: int) -> bool:
    """Return whether a standard asks for a target or more; where nobody knows the way, just for it."""
    plain = standard.either or (standard,)
    lows = [each.low for each in plain if each.low is not None]
    highs = [each.high for each in plain if each.high is not None]
    if not way:
        return target in (*lows, *highs)
    if way > 0:
        return len(lows) == len(plain) and min(lows) >= target
    return len(highs) == len(plain) and max(highs) <= target


def sandbagging(look: LintContext) -> Iterator[Finding]:
    """Find what several closed cycles in a row are a sign of."""
    return (SANDBAGGING.finding((), why=sign) for sign in look.calibration.signs)


def statement_of_itself(look: LintContext) -> Iterator[Finding]:
    """Find each statement whose percent, ends, verb and dates do not go together."""
    running = {each.id for each in look.running}
    for id_, draft in look.statements.items():
        if id_ in running and draft.disagreements:
            yield STATEMENT_OF_ITSELF.finding([id_], why=draft.disagreements)


def statement_of_another(look: LintContext) -> Iterator[Finding]:
    """Find each statement that says another start, target, change, way or date than the key result it is about."""
    for each in look.running:
        draft = look.statements.get(each.id)
        differences = () if draft is None else draft.differences(each)
        if differences:
            yield STATEMENT_OF_ANOTHER.finding([each.id], why=differences)


def part_unread(look: LintContext) -> Iterator[Finding]:
    """Find each derived measure of which a part was never read, where anything was read at all."""
    read = {name for name, since in look.first_known.items() if since <= look.as_of}
    derived = {each.measure.name for each in look.model.derived}
    for each in look.model.derived if read else ():
        unread = tuple(part.name for part in each.parts if part.name not in read | derived)
        if unread:
            on_it = (goal.id for goal in look.on_measure[each.measure.name])
            yield PART_UNREAD.finding(on_it, measure=each.measure.name, unread=unread)


def only_good_to_know(look: LintContext) -> Iterator[Finding]:
    """Find each measure that is good to know and no more, and on which a KPI, a key result or a commit is.

    Rule: MOD-3.
    """
    for measure in look.model.good_to_know:
        judged = look.on_measure.get(measure.name, ())
        if judged:
            yield ONLY_GOOD_TO_KNOW.finding((each.id for each in judged), measure=measure.name)


def one_priority(look: LintContext) -> Iterator[Finding]:
    """Find all KPIs, key results, commits or objectives that name a priority at one time, where it is the same.

    Rule: LIFE-4.
    """
    watched: tuple[Kpi | CompositeKpi, ...] = (*look.watched, *look.model.composites)
    kinds: tuple[Sequence[Kpi | CompositeKpi | KeyResult | Commit | Objective], ...] = (
        [each for each in watched if each.priority is not None],
        look.at_once([each for each in look.running if each.priority is not None]),
        look.at_once([each for each in look.owed if each.priority is not None]),
        look.at_once([each for each in look.pursued if each.priority is not None]),
    )
    for ranked in kinds:
        priorities = {each.priority for each in ranked}
        if len(ranked) >= look.policy.alike and len(priorities) == 1:
            yield ONE_PRIORITY.finding((each.id for each in ranked), count=len(ranked), priority=priorities.pop())


def part_of_a_period(look: LintContext) -> Iterator[Finding]:
    """Find each agreement on days that do not count which takes a part of a period that a measure is derived over."""
    for each in look.model.derived:
        window, name = each.window, each.measure.name
        if isinstance(window, EachReading):
            continue
        for goal in look.on_measure[name]:
            for found in agreed_by(goal.exclusions, look.as_of):
                if not _is_of_whole_periods(found, window):
                    facts = {"start": found.start, "end": found.end, "measure": name, "window": window}
                    yield PART_OF_A_PERIOD.finding([goal.id], **facts)


def _is_of_whole_periods(exclusion: Exclusion, window: EachPeriod | StatedPeriods) -> bool:
    first, last = window.period_of(exclusion.start), window.period_of(exclusion.end)
    return (first is None or first.start == exclusion.start) and (last is None or last.end == exclusion.end)


MODEL_RULES: Final = (
    (OPPOSITE, opposite),
    (PERIODS_DIFFER, periods_differ),
    (DATE_OUTSIDE, date_outside),
    (STRETCH_OR_COMMIT, stretch_or_commit),
    (SANDBAGGING, sandbagging),
    (STATEMENT_OF_ITSELF, statement_of_itself),
    (STATEMENT_OF_ANOTHER, statement_of_another),
    (PART_UNREAD, part_unread),
    (PART_OF_A_PERIOD, part_of_a_period),
    (ONLY_GOOD_TO_KNOW, only_good_to_know),
    (ONE_PRIORITY, one_priority),
)
