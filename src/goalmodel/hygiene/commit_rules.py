"""COM3xx: is a commit something people can be held to?"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from goalmodel.commit import Attainment, Commit, Standard
from goalmodel.commit.amendment import in_force
from goalmodel.commit.manner import Decisive, decisive
from goalmodel.hygiene.context import LintContext
from goalmodel.hygiene.example import example
from goalmodel.hygiene.finding import Finding, HygieneRule, Severity
from goalmodel.reasons import Reason

TOO_MANY: Final = HygieneRule(
    code="COM301",
    title="Too many commits",
    severity=Severity.WARNING,
    found="{count:commit is/commits are} in flight at a time, and {limit} at most should be",
    facts={"count": int, "limit": int},
    rationale="A commit is an exception: it takes people and money from everything else. Ten exceptions are none.",
    next_step="Keep those that somebody outside relies on; let the others be key results.",
    source="Our choice; Google's OKR Playbook: committed objectives are few and resourced.",
    bad=example("COM301", "objectives=[happy]", "commits=[attrs.evolve(sla, id=f'sla-{n}') for n in range(6)]"),
    good=example("COM301", "objectives=[happy]", "commits=[attrs.evolve(sla, id=f'sla-{n}') for n in range(5)]"),
)
UNSUPPORTED: Final = HygieneRule(
    code="COM302",
    title="Commit without support",
    severity=Severity.ERROR,
    found="{why}",
    facts={"why": tuple[Reason, ...]},
    rationale="A must-hit number without the people or the money to hit it is a wish with a threat.",
    next_step="Name what makes it possible and secure it, or make it a key result.",
    source="See COM-5.",
    bad=example("COM302", "objectives=[happy]", "commits=[attrs.evolve(sla, support=())]"),
    good=example("COM302", "objectives=[happy]", "commits=[sla]"),
)
DECLARED_LATE: Final = HygieneRule(
    code="COM303",
    title="Commit declared late",
    severity=Severity.ERROR,
    found="{why}",
    facts={"why": tuple[Reason, ...]},
    rationale="Whoever is held to it was told when part of the time was gone.",
    next_step="Let its time begin with the declaration, or let it have no consequence.",
    source="See COM-5.",
    bad=example("COM303", "objectives=[happy]", "commits=[attrs.evolve(sla, starts_on=date(2026, 8, 1))]"),
    good=example("COM303", "objectives=[happy]", "commits=[sla]"),
)
SPECULATIVE: Final = HygieneRule(
    code="COM304",
    title="Speculative commit",
    severity=Severity.ERROR,
    found="{why}",
    facts={"why": tuple[Reason, ...]},
    rationale="What is known to be unlikely can be tried, and can't be promised.",
    next_step="Make it a key result: safe to try, safe to fall short.",
    source="See COM-5.",
    bad=example("COM304", "objectives=[happy]", "commits=[attrs.evolve(sla, is_speculative=True)]"),
    good=example("COM304", "objectives=[happy]", "commits=[sla]"),
)
UNEQUAL: Final = HygieneRule(
    code="COM305",
    title="Standards that differ without a rationale",
    severity=Severity.ERROR,
    found="goals of one kind, {kind}, are held to different standards: {standards}",
    facts={"kind": str, "standards": tuple[Standard, ...]},
    rationale="People compare. A difference nobody explains is taken for favour, or for punishment.",
    next_step="Say in each of them why its standard is what it is, or hold them to one.",
    source="See COM-8.",
    bad=example(
        "COM305",
        "objectives=[happy]",
        "commits=[sla, attrs.evolve(sla, id='sla-2', standard=gm.Standard.at_least(99))]",
    ),
    good=example(
        "COM305",
        "objectives=[happy]",
        "commits=[attrs.evolve(sla, rationale='hospitals call at night'), "
        "attrs.evolve(sla, id='sla-2', standard=gm.Standard.at_least(99), rationale='shops close at eight')]",
    ),
)
NO_OWNER: Final = HygieneRule(
    code="COM306",
    title="Commit without an owner",
    severity=Severity.WARNING,
    found="nobody answers for it",
    rationale="A promise nobody made is not kept by anybody.",
    next_step="Name who answers for it.",
    source="Viva Goals, alert: no owner.",
    bad=example("COM306", "objectives=[happy]", "commits=[attrs.evolve(sla, owner=None)]"),
    good=example("COM306", "objectives=[happy]", "commits=[sla]"),
)
UNALIGNED: Final = HygieneRule(
    code="COM307",
    title="Commit that serves no objective",
    severity=Severity.WARNING,
    found="it leads to no objective",
    rationale="Nobody can say what it is owed for.",
    next_step="Say which objective it leads to.",
    source="Viva Goals, alert: not aligned.",
    bad=example("COM307", "objectives=[happy]", "commits=[attrs.evolve(sla, serves=())]"),
    good=example("COM307", "objectives=[happy]", "commits=[sla]"),
)
PAST_DUE: Final = HygieneRule(
    code="COM308",
    title="Commit past its due date",
    severity=Severity.WARNING,
    found="it was due on {due}, it is {attainment}, and it is still open",
    facts={"due": dt.date, "attainment": Attainment},
    rationale="A commit that was not kept asks for an explanation, and one that was kept for a thank you.",
    next_step="Close it; if it was not kept, write down why, and carry it over or let it go.",
    source="Viva Goals, alert: past due.",
    bad=example("COM308", "objectives=[happy]", "commits=[attrs.evolve(sla, due=date(2026, 10, 31))]"),
    good=example("COM308", "objectives=[happy]", "commits=[sla]"),
)
NOT_AGREED: Final = HygieneRule(
    code="COM309",
    title="Commit that those who are held to it have not agreed to",
    severity=Severity.WARNING,
    found="{why}",
    facts={"why": tuple[Reason, ...]},
    rationale="Nobody can be held to what they declined, or were never asked about; a consequence makes it worse.",
    next_step="Ask them and write down what they say, or let it have no consequence.",
    source="See COM-10.",
    bad=example("COM309", "objectives=[happy]", "commits=[attrs.evolve(sla, consequence='no bonus')]"),
    good=example(
        "COM309",
        "objectives=[happy]",
        "commits=[attrs.evolve(sla, consequence='no bonus', consents=gm.commit.Consent(who='support', "
        "told_on=date(2026, 9, 1), answer=gm.commit.Response.AGREED, answered_on=date(2026, 9, 1)))]",
    ),
)


def too_many(look: LintContext) -> Iterator[Finding]:
    """Find more commits in flight, on one day, today or to come, than should be."""
    open_ones = [each.commit for each in look.commits if each.attainment is Attainment.IN_FLIGHT]
    ids = [each.id for each in look.at_once(open_ones)]
    if len(ids) > look.policy.most_commits:
        yield TOO_MANY.finding(ids, count=len(ids), limit=look.policy.most_commits)


def _against(look: LintContext, rule: HygieneRule, *codes: str) -> Iterator[Finding]:
    """Find each commit that is owed and has one of these reasons against it."""
    owed = {each.id for each in look.owed}
    for each in look.commits:
        if each.commit.id in owed:
            why = tuple(reason for reason in each.accountability.objections if reason.code in codes)
            if why:
                yield rule.finding([each.commit.id], why=why)


def unsupported(look: LintContext) -> Iterator[Finding]:
    """Find each commit without support, or with support that is not secured."""
    return _against(look, UNSUPPORTED, "commit-unsupported", "commit-support-not-secured")


def declared_late(look: LintContext) -> Iterator[Finding]:
    """Find each commit declared after its time began, or while what it makes a must of was a stretch."""
    return _against(look, DECLARED_LATE, "commit-declared-late", "commit-was-a-stretch")


def speculative(look: LintContext) -> Iterator[Finding]:
    """Find each commit that was declared as highly speculative, or that its past makes so."""
    return _against(look, SPECULATIVE, "commit-speculative", "commit-never-came-near", "commit-forecast-short")


def not_agreed(look: LintContext) -> Iterator[Finding]:
    """Find each commit that somebody who is held to it declined, has not answered or was told of too late."""
    return _against(
        look, NOT_AGREED, "commit-declined", "commit-not-answered", "commit-told-late", "commit-nobody-agreed"
    )


def unequal(look: LintContext) -> Iterator[Finding]:
    """Find goals of one kind held to different standards, unless each says why.

    Of one kind are commits that name one kind, and those that name none and are on one measure. Only standards of
    figures over one time can differ: what each reading has to meet is not what all of them come to. A floor and a
    ceiling are a range, and on one measure more by a later date is a ramp: neither is two standards for one thing.
    What is demanded is what is in force, in one unit.

    Rule: COM-8.
    """
    kinds: defaultdict[tuple[object, ...], list[_Demanded]] = defaultdict(list)
    for each in look.owed:
        over = str(each.manner) if decisive(each.manner) is Decisive.WHOLE else str(each.window)
        standard = in_force(each.standards, look.as_of)
        unit, ends = each.measure.unit, standard.outermost
        alike = (each.comparable or each.measure.name, over, ends[0] is None, ends[1] is None)
        kinds[alike].append(_Demanded(each, standard, _in_base(standard, unit.factor)))
    for (kind, *_), several in sorted(kinds.items(), key=str):
        differing = _differing(several)
        standards = tuple(sorted({each.standard for each in differing}, key=str))
        if differing and not all(each.commit.rationale for each in differing):
            yield UNEQUAL.finding((each.commit.id for each in differing), kind=str(kind), standards=standards)


class _Demanded(NamedTuple):
    """A commit, the standard in force, and the same in the base unit."""

    commit: Commit
    standard: Standard
    in_base: Hashable


def _in_base(standard: Standard, factor: Fraction) -> Hashable:
    """Return what tells standards apart that ask for different things, in whatever unit."""
    plain = standard.either or (standard,)
    return frozenset(
        tuple((end * factor, end in each.open_ends) if end is not None else None for end in (each.low, each.high))
        for each in plain
    )


def _differing(alike: Sequence[_Demanded]) -> list[_Demanded]:
    """Return those that another differs from: on another measure, or by the same date."""
    by_standard = Counter(each.in_base for each in alike)
    by_measure = Counter(each.commit.measure.name for each in alike)
    by_both = Counter((each.commit.measure.name, each.in_base) for each in alike)
    by_date = Counter((each.commit.measure.name, each.commit.due) for each in alike)
    by_all = Counter((each.commit.measure.name, each.commit.due, each.in_base) for each in alike)
    found = list[_Demanded]()
    for each in alike:
        name, due, base = each.commit.measure.name, each.commit.due, each.in_base
        elsewhere = len(alike) - by_measure[name] - by_standard[base] + by_both[name, base]
        if elsewhere or by_date[name, due] > by_all[name, due, base]:
            found.append(each)
    return found


def no_owner(look: LintContext) -> Iterator[Finding]:
    """Find each commit without an owner."""
    return (NO_OWNER.finding([each.id]) for each in look.owed if each.owner is None)


def unaligned(look: LintContext) -> Iterator[Finding]:
    """Find each commit that serves nothing."""
    return (UNALIGNED.finding([each.id]) for each in look.owed if not each.serves)


def past_due(look: LintContext) -> Iterator[Finding]:
    """Find each commit whose due date is over, and with it the time in which its last readings may come."""
    for each in look.commits:
        if look.as_of > each.commit.due and each.attainment is not Attainment.NOT_YET_OBSERVABLE:
            yield PAST_DUE.finding([each.commit.id], due=each.commit.due, attainment=each.attainment)


COMMIT_RULES: Final = (
    (TOO_MANY, too_many),
    (UNSUPPORTED, unsupported),
    (DECLARED_LATE, declared_late),
    (SPECULATIVE, speculative),
    (UNEQUAL, unequal),
    (NO_OWNER, no_owner),
    (UNALIGNED, unaligned),
    (PAST_DUE, past_due),
    (NOT_AGREED, not_agreed),
)
