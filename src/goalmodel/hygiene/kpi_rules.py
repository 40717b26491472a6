"""KPI1xx: is a KPI something that can be watched, and is it watched?"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from goalmodel.hygiene.context import LintContext
from goalmodel.hygiene.example import example
from goalmodel.hygiene.finding import Finding, HygieneRule, Severity
from goalmodel.kpi import CompositeKpi, Health, Kpi
from goalmodel.kpi.staleness import relied_on_until
from goalmodel.measure.exclusion import agreed_by, excluded_days, paused
from goalmodel.reasons import Reason, ReasonKind

TOO_MANY: Final = HygieneRule(
    code="KPI101",
    title="Too many KPIs",
    severity=Severity.WARNING,
    found="{count:KPI is/KPIs are} watched, and {limit} at most can be",
    facts={"count": int, "limit": int},
    rationale="What everybody is to watch, nobody does. A short list is read; a long one is a data warehouse.",
    next_step="Keep those a decision hangs on; let the measures of the others be good to know.",
    source="Parmenter, Key Performance Indicators: ten KPIs.",
    bad=example("KPI101", "kpis=[gm.Kpi(id=f'kpi-{n}', measure=csat) for n in range(11)]"),
    good=example("KPI101", "kpis=[gm.Kpi(id=f'kpi-{n}', measure=csat) for n in range(10)]"),
)
ALL_MOVED: Final = HygieneRule(
    code="KPI102",
    title="Nearly every KPI is a key result",
    severity=Severity.WARNING,
    found="{count} of {all:KPI is/KPIs are} being moved: what is only watched?",
    facts={"count": int, "all": int},
    rationale="A KPI is promoted because it needs work now. Where nearly all are, the word priority has no meaning.",
    next_step="Let those that are healthy go back to being watched.",
    source="Our choice, see LIFE-4.",
    bad=example("KPI102", "objectives=[happy]", "kpis=[kpi, other_kpi]", "key_results=[kr, other_kr]"),
    good=example("KPI102", "objectives=[happy]", "kpis=[kpi, other_kpi]", "key_results=[kr]"),
)
FEEDS_NOTHING: Final = HygieneRule(
    code="KPI103",
    title="KPI that feeds nothing",
    severity=Severity.WARNING,
    found="it serves no key result and no objective",
    rationale="A key indicator indicates something. A number that serves nothing is a metric, whatever it is called.",
    next_step="Say which objective it serves; or let the KPI go, and keep its measure as good to know.",
    source="Parmenter, Key Performance Indicators: linked to a critical success factor.",
    bad=example("KPI103", "kpis=[attrs.evolve(kpi, serves=())]", "objectives=[happy]"),
    good=example("KPI103", "kpis=[kpi]", "objectives=[happy]"),
)
NO_DEFINITION: Final = HygieneRule(
    code="KPI104",
    title="KPI without a definition",
    severity=Severity.WARNING,
    found="nobody has written down what exactly is counted",
    rationale="Two teams that count differently will argue about the count, not about the business.",
    next_step="Write down what is counted, and what is not.",
    source="Neely et al., Designing performance measures (1997): the measure record sheet.",
    bad=example("KPI104", "kpis=[attrs.evolve(kpi, definition=None)]", "objectives=[happy]"),
    good=example("KPI104", "kpis=[kpi]", "objectives=[happy]"),
)
NO_OWNER: Final = HygieneRule(
    code="KPI105",
    title="KPI without an owner",
    severity=Severity.WARNING,
    found="nobody answers for it",
    rationale="What nobody answers for is not acted upon.",
    next_step="Name who answers for it.",
    source="Neely et al., Designing performance measures (1997); Viva Goals, no owner.",
    bad=example("KPI105", "kpis=[attrs.evolve(kpi, owner=None)]", "objectives=[happy]"),
    good=example("KPI105", "kpis=[kpi]", "objectives=[happy]"),
)
NO_CADENCE: Final = HygieneRule(
    code="KPI106",
    title="KPI without a cadence",
    severity=Severity.WARNING,
    found="nobody has said how often it is read, so it never gets stale",
    rationale="Without a cadence an old reading looks like a healthy one.",
    next_step="Say how often it is read.",
    source="Neely et al., Designing performance measures (1997): frequency.",
    bad=example("KPI106", "kpis=[attrs.evolve(kpi, cadence=None)]", "objectives=[happy]"),
    good=example("KPI106", "kpis=[kpi]", "objectives=[happy]"),
)
NO_BANDS: Final = HygieneRule(
    code="KPI107",
    title="KPI without bands",
    severity=Severity.ERROR,
    found="nobody has said which values are healthy, so its health is unknown for ever",
    rationale="Without bands every value can be explained away.",
    next_step="Say from where on it is healthy, before the next reading.",
    source="See KPI-2.",
    bad=example("KPI107", "kpis=[attrs.evolve(kpi, bands=None)]", "objectives=[happy]"),
    good=example("KPI107", "kpis=[kpi]", "objectives=[happy]"),
)
NEVER_READ: Final = ReasonKind(
    "kpis-never-read",
    "KPI-3",
    "nothing was read of {measures} until {as_of}",
    {"measures": tuple[str, ...], "as_of": dt.date},
)
TOO_OLD: Final = ReasonKind(
    "kpis-too-old",
    "KPI-3",
    "what was read of {measures} could be relied on until {until} at the latest, and it is {as_of}",
    {"measures": tuple[str, ...], "until": dt.date, "as_of": dt.date},
)
NOT_READ: Final = HygieneRule(
    code="KPI108",
    title="KPI not read in its cadence",
    severity=Severity.WARNING,
    found="{why}",
    facts={"why": Reason},
    rationale="A KPI nobody reads is not watched.",
    next_step="Read it, or say how often it really is read.",
    source="See KPI-3; Viva Goals, needs an update.",
    bad=example("KPI108", "kpis=[attrs.evolve(kpi, measure=unread)]", "objectives=[happy]", read="csat_read"),
    good=example("KPI108", "kpis=[kpi]", "objectives=[happy]", read="csat_read"),
)
MUST_BE_HIT: Final = HygieneRule(
    code="KPI109",
    title="KPI that must be hit",
    severity=Severity.HINT,
    found="its definition says that it {word} something: is it a commit?",
    facts={"word": str},
    rationale="A KPI is never missed. What must be reached by a date is a commit, with support and a due date.",
    next_step="Make it a commit, or say it as something to watch.",
    source="See COM-1.",
    bad=example(
        "KPI109", "kpis=[attrs.evolve(kpi, definition='mean score, must reach 9 by June')]", "objectives=[happy]"
    ),
    good=example("KPI109", "kpis=[kpi]", "objectives=[happy]"),
    is_heuristic=True,
)
HEALTHY_FOR_LONG: Final = HygieneRule(
    code="KPI110",
    title="KPI healthy for long",
    severity=Severity.HINT,
    found="it was healthy for {count:reading/readings} in a row, {days:day/days}: is it read more often than it needs?",
    facts={"count": int, "days": int},
    rationale="A light that is always green is no longer looked at.",
    next_step="Read it less often, or retire it. Its band stays: what is healthy is no less so for having been kept.",
    source="EOS, Traction: after ten straight green weeks. It says to raise the goal, too; that would be a ratchet.",
    bad=example("KPI110", "kpis=[kpi]", "objectives=[happy]", read="csat_read"),
    good=example(
        "KPI110", "kpis=[attrs.evolve(kpi, bands=gm.HealthBands.at_least(8.3))]", "objectives=[happy]", read="csat_read"
    ),
)
OUGHT_TO_BE_A_GOAL: Final = HygieneRule(
    code="KPI111",
    title="KPI that ought to be a goal",
    severity=Severity.WARNING,
    found="it was not healthy for {count:reading/readings} in a row, and nobody is working on it",
    facts={"count": int},
    rationale="Watching does not mend anything.",
    next_step="Promote it, or say why it is accepted.",
    source="See LIFE-1.",
    bad=example(
        "KPI111",
        "kpis=[attrs.evolve(kpi, bands=gm.HealthBands.at_least(9, watch=8))]",
        "objectives=[happy]",
        read="csat_read",
    ),
    good=example("KPI111", "kpis=[kpi]", "objectives=[happy]", read="csat_read"),
)
UNEQUAL: Final = HygieneRule(
    code="KPI112",
    title="Bands that differ without a rationale",
    severity=Severity.WARNING,
    found="KPIs on one measure, {measure}, are healthy within different bands",
    facts={"measure": str},
    rationale="People compare. A difference nobody explains is taken for favour, or for punishment.",
    next_step="Say in each of them why its bands are what they are, or give them one.",
    source="See COM-8.",
    bad=example(
        "KPI112", "kpis=[kpi, attrs.evolve(kpi, id='csat-2', bands=gm.HealthBands.at_least(7))]", "objectives=[happy]"
    ),
    good=example(
        "KPI112",
        "kpis=[attrs.evolve(kpi, rationale='regulars come every week'), "
        "attrs.evolve(kpi, id='csat-2', bands=gm.HealthBands.at_least(7), rationale='tourists come once')]",
        "objectives=[happy]",
    ),
)

_MUST = re.compile(r"\b(must|has to|have to|needs to|is required to)\b(?!\s+(?:not|never)\b)", re.IGNORECASE)


def _not_in_a_whole(look: LintContext, has: Callable[[Kpi | CompositeKpi], bool]) -> Iterator[Kpi]:
    """Yield each KPI that itself has not, and is no part of one that *has*."""
    covered = {part.id for each in look.model.composites if has(each) for part in each.parts}
    return (each for each in look.watched if not has(each) and each.id not in covered)


def too_many(look: LintContext) -> Iterator[Finding]:
    """Find more KPIs than can be watched."""
    count = len(look.watched)
    if count > look.policy.most_kpis:
        yield TOO_MANY.finding((each.id for each in look.watched), count=count, limit=look.policy.most_kpis)


def all_moved(look: LintContext) -> Iterator[Finding]:
    """Find a model, of two KPIs or more, in which nearly each of them is being moved on the day."""
    on_the_way = {each.measure.name for each in look.running if each.cycle.start <= look.as_of}
    kpis = look.watched
    moved = [each.id for each in kpis if each.measure.name in on_the_way]
    if len(kpis) > 1 and len(moved) > look.policy.most_moved * len(kpis):
        yield ALL_MOVED.finding(moved, count=len(moved), all=len(kpis))


def feeds_nothing(look: LintContext) -> Iterator[Finding]:
    """Find each KPI that serves nothing, neither itself nor as a part, and of which no key result came."""
    moved = {each.origin.kpi for each in look.model.key_results if each.origin is not None}
    idle = _not_in_a_whole(look, lambda each: bool(each.serves))
    return (FEEDS_NOTHING.finding([each.id]) for each in idle if each.id not in moved)


def no_definition(look: LintContext) -> Iterator[Finding]:
    """Find each KPI without a definition."""
    return (NO_DEFINITION.finding([each.id]) for each in look.watched if each.definition is None)


def no_owner(look: LintContext) -> Iterator[Finding]:
    """Find each KPI that nobody owns, neither itself nor as a part."""
    return (NO_OWNER.finding([each.id]) for each in _not_in_a_whole(look, lambda each: each.owner is not None))


def no_cadence(look: LintContext) -> Iterator[Finding]:
    """Find each KPI without a cadence."""
    return (NO_CADENCE.finding([each.id]) for each in look.watched if each.cadence is None)


def no_bands(look: LintContext) -> Iterator[Finding]:
    """Find each KPI without bands."""
    return (NO_BANDS.finding([each.id]) for each in look.watched if each.bands is None)


def not_read(look: LintContext) -> Iterator[Finding]:
    """Find the KPIs that were never read, and those whose latest reading is too old, each of them as one."""
    never, old = list[Kpi](), list[Kpi]()
    latest = dt.date.min
    for each in look.kpis:
        cadence = paused(each.kpi.cadence, excluded_days(agreed_by(each.kpi.exclusions, look.as_of)))
        until = None if each.latest is None else relied_on_until(each.latest.on, cadence=cadence, as_of=look.as_of)
        if each.latest is None:
            never.append(each.kpi)
        elif until is not None:
            old.append(each.kpi)
            latest = max(latest, until)
    if never:
        yield _not_read(never, NEVER_READ.because(measures=_measures(never), as_of=look.as_of))
    if old:
        yield _not_read(old, TOO_OLD.because(measures=_measures(old), until=latest, as_of=look.as_of))


def _not_read(kpis: Iterable[Kpi], why: Reason) -> Finding:
    return NOT_READ.finding([each.id for each in kpis], why=why)


def _measures(kpis: Iterable[Kpi]) -> tuple[str, ...]:
    return tuple(sorted({each.measure.name for each in kpis}))


def must_be_hit(look: LintContext) -> Iterator[Finding]:
    """Find each KPI whose definition reads like a promise."""
    for each in look.watched:
        said = _MUST.search(each.definition or "")
        if said:
            yield MUST_BE_HIT.finding([each.id], word=said[0].lower())


def healthy_for_long(look: LintContext) -> Iterator[Finding]:
    """Find each KPI that was healthy for many readings in a row, and for long, and is read more than once a year."""
    for each in look.kpis:
        streaks, cadence = each.streaks, each.kpi.cadence
        if each.health is not Health.HEALTHY or streaks.since is None or cadence is None:
            continue
        days = (look.as_of - streaks.since).days
        is_long = streaks.healthy >= look.policy.healthy_periods and days >= look.policy.healthy_days
        if is_long and cadence.times_a_year > 1:
            yield HEALTHY_FOR_LONG.finding([each.kpi.id], count=streaks.healthy, days=days)


def ought_to_be_a_goal(look: LintContext) -> Iterator[Finding]:
    """Find each KPI that is not healthy for long and that nobody works on.

    Worked on is one on whose measure a key result runs or a commit is owed, and one that an initiative serves, by
    itself or with the whole that is made of it. Where that is accepted, it is; and where a review proposes to promote
    it, or says why it waits, that says it.
    """
    worked_on = {each.measure.name for each in look.running} | {each.measure.name for each in look.owed}
    served = {each for work in look.model.initiatives for each in work.serves} | look.proposed
    served |= {part.id for whole in look.model.composites if whole.id in served for part in whole.parts}
    for each in look.kpis:
        is_bad = each.health in (Health.WATCH, Health.UNHEALTHY)
        is_long = each.streaks.not_healthy >= look.policy.not_healthy
        is_idle = each.kpi.measure.name not in worked_on and each.kpi.id not in served
        if is_bad and is_long and is_idle and not each.is_accepted:
            yield OUGHT_TO_BE_A_GOAL.finding([each.kpi.id], count=each.streaks.not_healthy)


def unequal(look: LintContext) -> Iterator[Finding]:
    """Find KPIs on one measure, over one time, with different bands, unless each says why.

    A floor and a ceiling are no two bands for one thing: they are a range.

    Rule: COM-8.
    """
    alike: defaultdict[tuple[str, str, bool, bool], list[Kpi]] = defaultdict(list)
    for each in look.watched:
        if each.bands is not None:
            alike[each.measure.name, str(each.window), each.bands.low is None, each.bands.high is None].append(each)
    for (measure, *_), kpis in sorted(alike.items()):
        several = {each.bands for each in kpis}
        if len(several) > 1 and not all(each.rationale for each in kpis):
            yield UNEQUAL.finding([each.id for each in kpis], measure=measure)


KPI_RULES: Final = (
    (TOO_MANY, too_many),
    (ALL_MOVED, all_moved),
    (FEEDS_NOTHING, feeds_nothing),
    (NO_DEFINITION, no_definition),
    (NO_OWNER, no_owner),
    (NO_CADENCE, no_cadence),
    (NO_BANDS, no_bands),
    (NOT_READ, not_read),
    (MUST_BE_HIT, must_be_hit),
    (HEALTHY_FOR_LONG, healthy_for_long),
    (OUGHT_TO_BE_A_GOAL, ought_to_be_a_goal),
    (UNEQUAL, unequal),
)
