"""The status page of a review: what needs attention, what changed, the goals by objective, findings folded."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from goalmodel.answers import change_reasons, landing_reasons, proposal_reasons
from goalmodel.changes import ReviewChange
from goalmodel.commit import Attainment, Commit, CommitAssessment
from goalmodel.hygiene import Finding
from goalmodel.key_result import ByChance, KeyResultAssessment, Pace
from goalmodel.kpi import CompositeAssessment, Health, KpiAssessment
from goalmodel.kpi.kpi import DECIDED_EARLY
from goalmodel.lifecycle import DeferredProposal, Demote, Promote
from goalmodel.measure import Absence, EachReading, GoodToKnow, Unit
from goalmodel.measure.window import nothing_yet
from goalmodel.objective import Rollup
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reviewing import Review
from goalmodel.show.charts import chart_of_kpi
from goalmodel.show.graphs import graph_of_review, turns_of, verdict_of
from goalmodel.show.page import MOST_DRAWN, Badge, Page, Table, Tone, badge, ref
from goalmodel.show.sentences import sentence
from goalmodel.show.wording import Said, of_reason, said
from goalmodel.showing import in_short

_NOTHING = "-"
_FEW_GOALS: Final = 12
"""With so many goals at most a page needs no index, and nothing but findings is folded."""

_MOST_IN_FULL: Final = 5
"""So many that wait are told with their reasons; the others stand in their tables."""

_OF_KPIS = ("KPI", "figures", "health", "against usual", "heading", "latest", "health since")
_OF_KEY_RESULTS = ("key result", "score", "it is", "will it get there?", "by chance")
_OF_GOOD_TO_KNOW = ("measure", "latest")
_OF_COMMITS = ("commit", "attainment", "standard", "due")
_Reviewed = KpiAssessment | CompositeAssessment | KeyResultAssessment | CommitAssessment


class _Group(NamedTuple):
    """An objective with the goals that serve it; the goals that serve none."""

    title: str
    anchor: str
    rollup: Rollup | None
    goals: tuple[_Reviewed, ...]

    @property
    def tones(self) -> Counter[Tone]:
        """How many of its goals stand well, need watching, stand badly, or nobody knows."""
        return Counter(_verdict(each).tone for each in self.goals)


def of_review(found: Review, since: Review | None = None) -> Page:
    """Return the status page of a review: what needs attention first, then what changed, the goals, the findings."""
    groups = tuple(_groups(found))
    is_long = sum(len(each.goals) for each in groups) > _FEW_GOALS
    sections = (
        _attention(found),
        None if since is None else of_changes(found.changes_since(since), since=since.as_of),
        _index(groups) if is_long else None,
        _tree(found),
        *(_of_group(each, is_long=is_long) for each in groups),
        _section("Good to know", _OF_GOOD_TO_KNOW, map(_good_to_know_row, found.good_to_know)),
        _findings(found),
    )
    summary = _summary(found)
    return Page(
        title=said("Review on {day}", day=found.as_of),
        line=said("review on {day}: {summary}", day=found.as_of, summary=summary),
        notes=(summary, *_by_chance(found)),
        parts=tuple(each for each in sections if each is not None),
    )


def _summary(found: Review) -> str:
    health = Counter(each.health for each in found.kpis)
    kept = Counter(each.attainment for each in found.commits)
    proposed = len(found.promotions) + len(found.demotions)
    waiting = [(said("more waiting"), len(found.deferred))]
    parts: tuple[tuple[Said, Sequence[tuple[Enum | Said, int]]], ...] = (
        (counted(len(found.kpis), "1 KPI", "{count} KPIs"), [(word, health[word]) for word in Health]),
        (counted(len(found.key_results), "1 key result", "{count} key results"), []),
        (counted(len(found.commits), "1 commit", "{count} commits"), [(word, kept[word]) for word in Attainment]),
        (counted(proposed, "1 proposal", "{count} proposals"), waiting),
        (counted(len(found.findings), "1 finding", "{count} findings"), []),
    )
    return said("{parts}", parts=tuple(_with_more(head, more) for head, more in parts))


def _with_more(head: Said, more: Sequence[tuple[Enum | Said, int]]) -> Said:
    told = tuple(said("{count} {word}", count=count, word=word) for word, count in more if count)
    return said("{head} ({more})", head=head, more=told) if told else head


def _by_chance(found: Review) -> Iterator[str]:
    """Yield how many flags chance alone would bring, where there are flags, or chance would bring one a year."""
    flags = found.flags_by_chance
    if flags.worse + flags.worsening or flags.worse_by_chance + flags.worsening_by_chance >= 1:
        yield said(
            "{worse} worse than usual, {worsening} worsening; false alarms to expect in a year: {worse_by_chance} and "
            "{worsening_by_chance}",
            worse=flags.worse,
            worsening=flags.worsening,
            worse_by_chance=flags.worse_by_chance,
            worsening_by_chance=flags.worsening_by_chance,
        )


def counted(count: int, one: str, many: str) -> Said:
    """Return so many things in words."""
    return said(one) if count == 1 else said(many, count=count)


def _section(title: str, headings: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Page | None:
    found = tuple(rows)
    if not found:
        return None
    line = said("{title}: {count}", title=said(title), count=len(found))
    return Page(title=said(title), line=line, table=Table(headings=headings, rows=found))


def _attention(found: Review) -> Page | None:
    notes = (
        *map(_proposal_in_short, found.promotions),
        *map(_proposal_in_short, found.demotions),
        *_waiting(found.deferred),
        *(_broken(each) for each in found.commits if each.is_explanation_due),
        *(said("contradiction: {why}", why=each.reason) for each in found.contradictions),
        *_worsened(found),
        *_unhealthy(found),
        *_well_behind(found),
    )
    if not notes:
        return None
    return Page(title=said("What needs attention"), line=said("{count} to look at", count=len(notes)), notes=notes)


def proposal(found: Promote | Demote) -> str:
    """Return a proposal in a sentence: which goal, why, and what chance alone would do."""
    return _proposed(found, proposal_reasons(found))


def _proposal_in_short(found: Promote | Demote) -> str:
    """Return a proposal with the first piece of its evidence, where it would start, and what chance would do."""
    why = [*_evidence_in_short(found)]
    if isinstance(found, Promote) and found.baseline is not None:
        unit = found.assessment.kpi.measure.unit.symbol
        why.append(said("it would start from {baseline} {unit}", baseline=in_short(found.baseline), unit=unit))
        times = few_words(found.by_chance)
        why += [said("with nothing done {times} like times before went well", times=times)] if times else []
    return _proposed(found, tuple(why))


def _evidence_in_short(found: Promote | Demote) -> Iterator[Reason | str]:
    yield from found.evidence[:1]
    if found.evidence[1:]:
        yield counted(len(found.evidence) - 1, "and 1 reason more", "and {count} reasons more")


def _proposed(found: Promote | Demote, why: tuple[Reason | str, ...]) -> str:
    if isinstance(found, Demote):
        return said("demote {goal}: {why}", goal=found.key_result.key_result.id, why=why)
    if found.evidence and found.kpi in dict(found.evidence[0].facts).values():
        return said("make it a key result: {why}", why=why)
    return said("make {goal} a key result: {why}", goal=found.kpi, why=why)


def _waiting(found: Sequence[DeferredProposal]) -> Iterator[str]:
    """Yield what waits, the most urgent with its evidence; what it waits for is said once."""
    told: set[ReasonKind] = set()
    for each in found[:_MOST_IN_FULL]:
        why = (*_evidence_in_short(each.proposal), *(() if each.reason.kind in told else (each.reason,)))
        told.add(each.reason.kind)
        yield said("waiting: {why}", why=why)
    if found[_MOST_IN_FULL:]:
        yield said("waiting, too: {goals}", goals=tuple(each.proposal.kpi for each in found[_MOST_IN_FULL:]))


def _unhealthy(found: Review) -> Iterator[str]:
    """Yield which KPIs are unhealthy and since when, though nobody proposes them, the longest first."""
    named = _proposed_or_waiting(found)
    others = [each for each in found.kpis if each.health is Health.UNHEALTHY and each.kpi.id not in named]
    told = sorted((zone_since(each), each.kpi.id) for each in others)
    if told:
        goals = tuple(said("{goal} (since {day})", goal=goal, day=day) for day, goal in told)
        yield said("unhealthy: {goals}", goals=goals)


def _well_behind(found: Review) -> Iterator[str]:
    running = [each for each in found.key_results if not is_over(each) and each.pace is Pace.WELL_BEHIND]
    if running:
        yield said("well behind: {goals}", goals=tuple(each.key_result.id for each in running))


def _broken(found: CommitAssessment) -> str:
    return said("{goal} was not kept: {why}", goal=found.commit.id, why=found.reasons[0])


def _worsened(found: Review) -> Iterator[str]:
    """Yield what worsened, and what hangs together with it and moved; what is proposed already needs a link."""
    named = _proposed_or_waiting(found)
    told = [each for each in found.externalities.found if each.linked or each.kpi not in named]
    for each in told[:_MOST_IN_FULL]:
        meanwhile = tuple(linked.goal for linked in each.linked)
        phrase = "{why}; moved meanwhile: {meanwhile}" if meanwhile else "{why}"
        yield said(phrase, why=each.reasons, meanwhile=meanwhile)
    if told[_MOST_IN_FULL:]:
        yield said("worsened, too: {goals}", goals=tuple(each.kpi for each in told[_MOST_IN_FULL:]))


def _proposed_or_waiting(found: Review) -> set[str]:
    return {each.kpi for each in (*found.promotions, *(each.proposal for each in found.deferred))}


def of_changes(changes: Sequence[ReviewChange], *, since: dt.date | None = None) -> Page:
    """Return what changed between two reviews: in sentences, then aspect by aspect."""
    turns = turns_of(changes)
    rows = [(each.goal or said("the model"), said(each.aspect), each.before, each.after) for each in turns.turns]
    every = Page(
        title=said("Every change"),
        line=turns.description,
        table=Table(headings=("goal", "what", "was", "is"), rows=tuple(rows)),
        chart=turns,
        is_folded=since is not None,
    )
    title = said("What changed") if since is None else said("What changed since {day}", day=since)
    return Page(
        title=title,
        line=said("{title}: {said}", title=title, said=sentence(change_reasons(changes))),
        notes=tuple(map(of_reason, change_reasons(changes))),
        parts=(every,) if rows else (),
    )


def _groups(found: Review) -> Iterator[_Group]:
    """Yield the objectives with what serves them, in the end by way of a key result; then the others."""
    served = {each.key_result.id: set(each.key_result.serves) for each in found.key_results}
    objectives = {objective.id for objective, _ in found.objectives}
    worst_first = sorted(_all(found), key=lambda each: _URGENCY.index(_verdict(each).tone))
    goals = [(each, _objectives_of(_goal(each).serves, served) & objectives) for each in worst_first]
    for objective, rollup in found.objectives:
        inside = tuple(each for each, ends in goals if objective.id in ends)
        yield _Group(f"{objective.title} ({objective.id})", _anchor(found, objective.id), rollup, inside)
    without = tuple(each for each, ends in goals if not ends)
    if without:
        title = said("Without an objective") if found.objectives else said("Goals")
        yield _Group(title, _anchor(found, ""), None, without)


_URGENCY: Final = (Tone.BAD, Tone.WATCH, Tone.OPEN, Tone.GOOD)


def _objectives_of(serves: Iterable[str], served: Mapping[str, set[str]]) -> set[str]:
    return {end for id_ in serves for end in served.get(id_, {id_})}


def _all(found: Review) -> tuple[_Reviewed, ...]:
    """Return all goals but objectives; a part stands where the whole stands."""
    return (*found.kpis, *found.composites, *found.key_results, *found.commits)


def _goal(found: _Reviewed) -> Any:  # noqa: ANN401 - each has an id and what it serves
    match found:
        case KpiAssessment() | CompositeAssessment():
            return found.kpi
        case KeyResultAssessment():
            return found.key_result
        case _:
            return found.commit


def _anchor(found: Review, id_: str) -> str:
    key = f"{found.as_of} {id_}".encode("utf-8", "backslashreplace")
    return f"gm-o{hashlib.sha256(key).hexdigest()[:12]}"


def _verdict(found: _Reviewed) -> Badge:
    match found:
        case KpiAssessment() | CompositeAssessment():
            return badge(found.health)
        case KeyResultAssessment():
            return badge(found.outcome if is_over(found) else found.pace)
        case _:
            return badge(found.attainment)


def is_over(found: KeyResultAssessment) -> bool:
    """Return whether the cycle of a key result is over."""
    return found.as_of >= found.key_result.cycle.end


def _calls(found: _Reviewed) -> bool:
    """Return whether a goal needs somebody to look."""
    return _verdict(found).tone in (Tone.BAD, Tone.WATCH)


def _index(groups: Sequence[_Group]) -> Page:
    rows = tuple(
        (ref(each.title, each.anchor), _result(each), str(len(each.goals)), *(_few(each.tones[tone]) for tone in _TOLD))
        for each in groups
    )
    headings = ("objective", "result", "goals", *(f"{tone.shape} {word}" for tone, word in _TOLD.items()))
    return Page(
        title=said("Index"),
        line=said("{title}: {count}", title=said("Index"), count=len(rows)),
        table=Table(headings=headings, rows=rows),
    )


_TOLD: Final[Mapping[Tone, str]] = MappingProxyType(
    {Tone.BAD: "bad", Tone.WATCH: "to watch", Tone.GOOD: "good", Tone.OPEN: "open"}
)


def _few(count: int) -> str:
    return str(count) if count else ""


def _result(group: _Group) -> Badge | str:
    return "" if group.rollup is None else verdict_of(group.rollup)


def _tree(found: Review) -> Page | None:
    graph = graph_of_review(found)
    if graph is None or not graph.links or len(graph.nodes) > MOST_DRAWN:
        return None
    return Page(title=said("What rolls up"), line=graph.description, chart=graph)


def _of_group(group: _Group, *, is_long: bool) -> Page:
    """Return a group of goals; on a long page those that call for nobody are folded."""
    calling = [each for each in group.goals if _calls(each)]
    quiet = [each for each in group.goals if not _calls(each)]
    sections = _tables(group.goals)
    if is_long and calling and quiet:
        line = counted(len(quiet), "1 goal more", "{count} goals more")
        rest = Page(title=said("Nothing to look at"), line=line, parts=_tables(quiet), is_folded=True)
        sections = (*_tables(calling), rest)
    counts = [f"{tone.shape} {group.tones[tone]}" for tone in _TOLD if group.tones[tone]]
    return Page(
        title=group.title,
        line=" ".join(counts) or said("no goals"),
        badge=None if group.rollup is None else verdict_of(group.rollup),
        notes=() if group.rollup is None else _not_scored(group.rollup),
        parts=sections,
        anchor=group.anchor,
        is_folded=is_long and not calling,
    )


def _tables(goals: Iterable[_Reviewed]) -> tuple[Page, ...]:
    """Return a table of each kind of goal that there is."""
    found = [*goals]
    kpis = [each for each in found if isinstance(each, KpiAssessment | CompositeAssessment)]
    moved = [each for each in found if isinstance(each, KeyResultAssessment)]
    owed = [each for each in found if isinstance(each, CommitAssessment)]
    sections = (
        _section("KPIs", _OF_KPIS, map(_kpi_row, kpis)),
        _section("Key results", _OF_KEY_RESULTS, map(_key_result_row, moved)),
        _section("Commits", _OF_COMMITS, map(_commit_row, owed)),
    )
    return tuple(each for each in sections if each is not None)


def _not_scored(found: Rollup) -> tuple[str, ...]:
    """Return how many key results are scored, where not all of them are."""
    coverage = found.coverage
    return () if coverage.scored == coverage.total else (of_reason(found.reasons[0]),)


def _kpi_row(found: KpiAssessment | CompositeAssessment) -> tuple[Any, ...]:
    verdicts = badge(found.health), badge(found.standing), badge(found.heading)
    if isinstance(found, CompositeAssessment):
        return found.kpi.id, None, *verdicts, said("its parts"), _NOTHING
    return found.kpi.id, chart_of_kpi(found, is_small=True), *verdicts, _latest(found), zone_since(found)


def _latest(found: KpiAssessment) -> str:
    bands = found.in_force.bands
    latest = None if found.latest is None else in_short(found.latest.known, cuts=bands.cuts if bands else ())
    running = None if found.provisional is None else found.provisional.value
    value = running.value if isinstance(running, Absence) else None if running is None else in_short(running)
    so_far = None if value is None else said("{value} so far", value=value)
    known = tuple(each for each in (latest, so_far) if each is not None)
    if not known:
        return said(nothing_yet(found.kpi.window))
    unit = found.kpi.measure.unit
    phrase = "{figures}" if unit == Unit("units") else "{figures} {unit}"
    figures = said(phrase, figures=known, unit=unit.symbol)
    on = found.as_of if found.latest is None else found.latest.on
    return figures if on == found.as_of else said("{figures} on {day}", figures=figures, day=on)


def zone_since(found: KpiAssessment) -> str:
    """Return since when a KPI is in its zone: of one that was decided early, since its period began."""
    facts = dict(found.reasons[0].facts) if found.reasons[0].kind is DECIDED_EARLY else {}
    day = facts.get("start", found.streaks.since)
    return day.isoformat() if isinstance(day, dt.date) else _NOTHING


def demanded(commit: Commit) -> str:
    """Return what a commit demands of which measure, over what time."""
    over = "" if isinstance(commit.window, EachReading) else f", {commit.window}"
    return f"{commit.measure.name} {commit.standards[-1][1]} {commit.measure.unit.symbol}{over}"


def _key_result_row(each: KeyResultAssessment) -> tuple[Any, ...]:
    return each.key_result.id, *_landing(each), few_words(each.by_chance)


def _landing(each: KeyResultAssessment) -> tuple[str | Badge, ...]:
    """Return score, word and the answer to "will it get there?", in which the score is not said again."""
    reasons, score = landing_reasons(each), each.score
    if score is None or is_over(each):
        outcome = badge(each.outcome, "no score")
        return said("no score") if score is None else str(score), outcome, sentence(reasons)
    pace, rest = badge(each.pace, "no pace"), sentence(reasons[1:]) if reasons[1:] else _NOTHING
    if each.expected is None:
        return str(score), pace, rest
    return said("{score} ({expected} expected)", score=score, expected=each.expected), pace, rest


def few_words(found: ByChance) -> str:
    """Return in how many like times before chance alone would have done as well; nothing where nobody can say."""
    if found.share is None:
        return ""
    return said("{count} of {times}", count=found.successes, times=found.windows)


def _commit_row(each: CommitAssessment) -> tuple[Any, ...]:
    return each.commit.id, badge(each.attainment), demanded(each.commit), each.commit.due.isoformat()


def _good_to_know_row(each: GoodToKnow) -> tuple[str, str]:
    return each.measure.name, latest_known(each)


def latest_known(found: GoodToKnow) -> str:
    """Return what was read last of a measure that is looked at and not judged, or that nobody ever read it."""
    if found.latest is None:
        return said("never read")
    value, measure = found.latest.value, found.measure
    if isinstance(value, Absence):
        return said("{absence} on {day}", absence=value, day=found.latest.on)
    phrase = "{value} on {day}" if measure.can_be(value) else "{value} on {day}, which it cannot be"
    return said(phrase, value=measure.shown(value), day=found.latest.on)


def _findings(found: Review) -> Page | None:
    return of_findings(found.findings) if found.findings else None


def of_findings(findings: Sequence[Finding]) -> Page:
    """Return what the linter finds, a row a code."""
    by_code: dict[str, list[Finding]] = {}
    for each in findings:
        by_code.setdefault(each.code, []).append(each)
    rows = tuple(
        (
            code,
            said(alike[0].rule.title),
            badge(alike[0].severity).word,
            ", ".join(_goals(alike)),
            said(alike[0].rule.next_step),
        )
        for code, alike in sorted(by_code.items())
    )
    headings = ("code", "finding", "severity", "goals", "next step")
    return Page(
        title=said("Findings"),
        line=counted(len(findings), "1 finding", "{count} findings"),
        table=Table(headings=headings, rows=rows),
        is_folded=True,
    )


def _goals(findings: Iterable[Finding]) -> list[str]:
    return sorted({goal for each in findings for goal in each.goals or ("the model",)})
