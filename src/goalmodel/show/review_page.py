"""The status page of a review: what needs attention first, then goals by kind, findings folded."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from goalmodel.commit import Attainment, Commit, CommitAssessment
from goalmodel.externality import Externality
from goalmodel.hygiene import Finding
from goalmodel.kpi import CompositeAssessment, Health, KpiAssessment
from goalmodel.kpi.kpi import DECIDED_EARLY
from goalmodel.measure import Absence, EachReading
from goalmodel.objective import Objective, Rollup
from goalmodel.reviewing import Review
from goalmodel.show.charts import chart_of_kpi
from goalmodel.show.graphs import graph_of_review
from goalmodel.show.page import Badge, Page, Table, Tone, badge
from goalmodel.show.sentences import will_it_get_there
from goalmodel.showing import shown

_NOTHING = "-"


_OF_KEY_RESULTS = ("key result", "score", "outcome", "pace", "will it get there?")


def of_review(found: Review) -> Page:
    """Return the status page of a review: what needs attention first, then the goals, findings folded."""
    sections = (
        _attention(found),
        _objectives(found),
        _section("KPIs", ("KPI", "health", "against usual", "heading", "latest", "since", "figures"), _kpi_rows(found)),
        _section("Key results", _OF_KEY_RESULTS, _key_result_rows(found)),
        _section("Commits", ("commit", "attainment", "standard", "due"), map(_commit_row, found.commits)),
        _findings(found.findings),
    )
    summary = _summary(found)
    return Page(
        title=f"Review on {found.as_of.isoformat()}",
        line=f"review on {found.as_of.isoformat()}: {summary}",
        notes=(summary, *_by_chance(found)),
        parts=tuple(each for each in sections if each is not None),
    )


def _summary(found: Review) -> str:
    health = Counter(each.health for each in found.kpis)
    kept = Counter(each.attainment for each in found.commits)
    parts: Sequence[tuple[str, Sequence[str]]] = (
        (_counted(found.kpis, "KPI"), [f"{count} {word.value}" for word in Health if (count := health[word])]),
        (_counted(found.key_results, "key result"), []),
        (_counted(found.commits, "commit"), [f"{count} {word.value}" for word in Attainment if (count := kept[word])]),
        (_counted([*found.promotions, *found.demotions], "proposal"), []),
        (_counted(found.findings, "finding"), []),
    )
    return ", ".join(f"{head} ({', '.join(more)})" if more else head for head, more in parts)


def _by_chance(found: Review) -> Iterator[str]:
    """Yield how many flags chance alone would bring, where that is one a year or more."""
    flags = found.flags_by_chance
    if flags.worse_by_chance + flags.worsening_by_chance >= 1:
        yield f"flags: {flags}"


def _counted(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _section(title: str, headings: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Page | None:
    found = tuple(rows)
    if not found:
        return None
    return Page(title=title, line=f"{title}: {len(found)}", table=Table(headings=headings, rows=found))


def _attention(found: Review) -> Page | None:
    notes = (
        *map(str, (*found.promotions, *found.demotions)),
        *(f"waiting: {each}" for each in found.deferred),
        *(f"{each.commit.id} was not kept: {each.reasons[0]}" for each in found.commits if each.is_explanation_due),
        *(f"contradiction: {each}" for each in found.contradictions),
        *(_worsened(each) for each in found.externalities.found),
    )
    if not notes:
        return None
    return Page(title="What needs attention", line=f"{_counted(notes, 'thing')} to look at", notes=notes)


def _worsened(found: Externality) -> str:
    more = [f"{found.others} more"] if found.others else []
    meanwhile = ", ".join([*(each.goal for each in found.linked), *more])
    return f"{found.kpi} worsened ({'; '.join(map(str, found.reasons))}); moved meanwhile: {meanwhile}"


def _objectives(found: Review) -> Page | None:
    section = _section("Objectives", ("objective", "result", "commits"), map(_objective_row, found.objectives))
    return None if section is None else attrs.evolve(section, chart=graph_of_review(found))


def _objective_row(pair: tuple[Objective, Rollup]) -> tuple[Any, ...]:
    objective, rollup = pair
    return (
        f"{objective.title} ({objective.id})",
        str(rollup),
        _NOTHING if rollup.attainment is None else badge(rollup.attainment),
    )


def _kpi_rows(found: Review) -> Iterator[tuple[Any, ...]]:
    for each in found.kpis:
        yield each.kpi.id, *_verdicts(each), _latest(each), since(each), chart_of_kpi(each, is_small=True)
    for whole in found.composites:
        yield whole.kpi.id, *_verdicts(whole), "its parts", _NOTHING, None


def _latest(found: KpiAssessment) -> str:
    bands = found.in_force.bands
    latest = None if found.latest is None else found.latest.shown(cuts=bands.cuts if bands else ())
    running = None if found.provisional is None else found.provisional.value
    so_far = None if running is None else f"{running.value if isinstance(running, Absence) else shown(running)} so far"
    return ", ".join(each for each in (latest, so_far) if each is not None) or "never read"


def since(found: KpiAssessment) -> str:
    """Return since when a KPI is in its zone: of one that was decided early, since its period began."""
    facts = dict(found.reasons[0].facts) if found.reasons[0].kind is DECIDED_EARLY else {}
    day = facts.get("start", found.streaks.since)
    return day.isoformat() if isinstance(day, dt.date) else _NOTHING


def demanded(commit: Commit) -> str:
    """Return what a commit demands of which measure, over what time."""
    over = "" if isinstance(commit.window, EachReading) else f", {commit.window}"
    return f"{commit.measure.name} {commit.standards[-1][1]} {commit.measure.unit.symbol}{over}"


def _key_result_rows(found: Review) -> Iterator[tuple[Any, ...]]:
    for each in found.key_results:
        is_over = found.as_of >= each.key_result.cycle.end
        outcome = badge(each.outcome, "no score")
        said = outcome if is_over or each.outcome is None else Badge(f"{outcome.word} so far", Tone.OPEN)
        score = "no score" if each.score is None else str(each.score)
        yield each.key_result.id, score, said, badge(each.pace, "no pace"), will_it_get_there(each)


def _commit_row(each: CommitAssessment) -> tuple[Any, ...]:
    return each.commit.id, badge(each.attainment), demanded(each.commit), each.commit.due.isoformat()


def _findings(findings: tuple[Finding, ...]) -> Page | None:
    if not findings:
        return None
    by_code: dict[str, list[Finding]] = {}
    for each in findings:
        by_code.setdefault(each.code, []).append(each)
    rows = tuple(
        (code, alike[0].rule.title, str(alike[0].severity.value), ", ".join(_goals(alike)), alike[0].rule.next_step)
        for code, alike in sorted(by_code.items())
    )
    headings = ("code", "finding", "severity", "goals", "next step")
    return Page(
        title="Findings", line=_counted(findings, "finding"), table=Table(headings=headings, rows=rows), is_folded=True
    )


def _goals(findings: Iterable[Finding]) -> list[str]:
    return sorted({goal for each in findings for goal in each.goals or ("the model",)})


def _verdicts(found: KpiAssessment | CompositeAssessment) -> tuple[Badge, Badge, Badge]:
    return badge(found.health), badge(found.standing), badge(found.heading)
