"""What is shown of each kind of value: a page, which any form can be made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, cast

import attrs

from goalmodel.answers import landing_reasons, proposal_reasons
from goalmodel.changes import ReviewChange
from goalmodel.checks import the
from goalmodel.commit import Commit, CommitAssessment
from goalmodel.errors import WrongType
from goalmodel.fairness import FairnessFile
from goalmodel.hygiene import Finding
from goalmodel.key_result import KeyResult, KeyResultAssessment
from goalmodel.kpi import CompositeAssessment, Kpi, KpiAssessment, flags_by_chance
from goalmodel.lifecycle import Continue, Demote, Keep, Promote
from goalmodel.measure import Absence, GoodToKnow, Series
from goalmodel.measure.window import nothing_yet
from goalmodel.model import GoalModel
from goalmodel.objective import KeyResultLine, ObjectiveLine, Rollup
from goalmodel.reasons import Reason
from goalmodel.reviewing import Review
from goalmodel.show.charts import chart_of_commit, chart_of_key_result, chart_of_kpi, chart_of_series
from goalmodel.show.fairness_page import of_fairness_file
from goalmodel.show.graphs import graph_of_model, graph_of_rollup, verdict_of
from goalmodel.show.page import Badge, Page, Table, Tone, badge
from goalmodel.show.review_page import (
    counted,
    demanded,
    few_words,
    is_over,
    latest_known,
    of_changes,
    of_findings,
    of_review,
    proposal as proposed,
    zone_since,
)
from goalmodel.show.sentences import sentence
from goalmodel.show.wording import of_reason, said
from goalmodel.showing import percent, shown, spaced, spelled
from goalmodel.trend import Standing

_MOST_ROWS = 24
_MOST_FACTS = 24


def page_of(value: object) -> Page:
    """Return what is shown of a value of any public type, of the changes between two reviews, or of findings."""
    if isinstance(value, tuple | list):
        several = cast("Sequence[object]", value)
        if several and all(isinstance(each, Finding) for each in several):
            return of_findings(cast("Sequence[Finding]", several))
        return of_changes([the(ReviewChange, each, "value") for each in several])
    return _PAGES.get(type(value), _of_any)(value)


def _carried_by(goal: Kpi | KeyResult | Commit) -> Iterator[tuple[str, str]]:
    """Yield who answers for a goal, which team works on it and how much it matters, as far as somebody has said."""
    if goal.owner is not None:
        yield "owner", goal.owner
    if goal.team is not None:
        yield "team", goal.team
    if goal.priority is not None:
        yield "priority", str(goal.priority)


def _line(title: str, given: Badge | Enum | None, *more: str | Enum | None) -> str:
    """Return a title, a verdict with its shape, and what else is to be said, in a line."""
    first = given if isinstance(given, Badge) or given is None else badge(given)
    verdict = [] if first is None else [said("{shape} {word}", shape=first.tone.shape, word=said(first.word))]
    told: list[str | Enum] = [*verdict, *(each for each in more if each)]
    names = {f"part{at}": part for at, part in enumerate(told)}
    return said(f"{{title}}: {'; '.join(f'{{{name}}}' for name in names)}", title=title, **names)


def _of_kpi(found: KpiAssessment) -> Page:
    kpi, health = found.kpi, badge(found.health)
    usual, heading = badge(found.standing), badge(found.heading)
    bands = found.in_force.bands
    latest = None if found.latest is None else found.latest.shown(cuts=bands.cuts if bands else ())
    unit = kpi.measure.unit.symbol
    streak = found.streaks
    never = said(nothing_yet(kpi.window))
    facts: list[tuple[str, str | Badge]] = [("health", health), ("against what is usual", usual), ("heading", heading)]
    facts += _flags_by_chance(found)
    facts += [("latest", f"{latest} ({unit})" if latest else never)]
    if found.zone is not None:
        name = found.zone.name
        facts.append(("zone", said("{zone}", zone=found.zone.health if name == found.zone.health else name)))
    if streak.not_healthy:
        run = said("{count} in a row; in this zone since {day}", count=streak.not_healthy, day=zone_since(found))
        facts.append(("not healthy", run))
    if found.overdue_since is not None:
        facts.append(("overdue since", found.overdue_since.isoformat()))
    if found.provisional is not None:
        facts.append(("so far", str(found.provisional)))
    if found.next_due is not None:
        facts.append(("next reading", found.next_due.isoformat()))
    facts += _carried_by(kpi)
    chart = chart_of_kpi(found)
    rings = [] if chart is None else [each for each in chart.points if each.mark]
    seen = tuple(said("{day}: {mark}", day=each.on, mark=each.mark) for each in rings)
    short = said("latest {latest}", latest=latest) if latest else never
    return Page(
        title=said("KPI {goal}: {measure}", goal=kpi.id, measure=kpi.measure.name),
        line=_line(kpi.id, health, *_determined(found), short),
        badge=health,
        facts=tuple(facts),
        notes=tuple(map(of_reason, found.explained)),
        chart=chart,
        parts=(
            Page(title=said("Ringed"), line=counted(len(seen), "1 mark", "{count} marks"), notes=seen, is_folded=True),
        )
        if seen
        else (),
    )


def _flags_by_chance(found: KpiAssessment) -> list[tuple[str, str]]:
    """Return how often a stable KPI would be flagged as this one is, where it is and the rule has a rate."""
    flags = flags_by_chance([found])
    told = (
        (flags.worse, flags.worse_by_chance, "a stable KPI is called worse than usual in {share} of years"),
        (flags.worsening, flags.worsening_by_chance, "a stable KPI is called worsening in {share} of years"),
    )
    return [("by chance", said(phrase, share=percent(rate))) for is_flagged, rate, phrase in told if is_flagged]


def _determined(found: KpiAssessment | CompositeAssessment) -> list[Enum]:
    """Return what trend rules say of a KPI, where they say anything."""
    return [each for each in (found.standing, found.heading) if each.value != Standing.UNDETERMINED.value]


def _of_composite(found: CompositeAssessment) -> Page:
    health = badge(found.health)
    return Page(
        title=said("KPI {goal}", goal=found.kpi.id),
        line=_line(found.kpi.id, health, *_determined(found)),
        badge=health,
        facts=(
            ("health", health),
            ("against what is usual", badge(found.standing)),
            ("heading", badge(found.heading)),
        ),
        notes=tuple(map(of_reason, found.reasons)),
        parts=tuple(map(_of_kpi, found.parts)),
    )


def _of_key_result(found: KeyResultAssessment) -> Page:
    now, is_closed = found.in_force, is_over(found)
    score = said("no score") if found.score is None else str(found.score)
    outcome = badge(found.outcome, "no score")
    if not is_closed and found.outcome is not None:
        outcome = Badge(
            said("{outcome} so far", outcome=found.outcome), Tone.OPEN if outcome.tone is not Tone.GOOD else Tone.GOOD
        )
    pace = badge(found.pace, "no pace")
    unit = now.measure.unit.symbol
    facts: list[tuple[str, str | Badge]] = [("score", score), ("outcome", outcome), ("pace", pace)]
    if now.is_scorable:
        start, end = spelled(now.value_at(0)), spelled(now.value_at(1))
        facts.append(("from and to", said("{start} to {end} {unit}", start=start, end=end, unit=unit)))
    if found.current_value is not None:
        facts.append(("now", f"{shown(found.current_value)} {unit}"))
    if found.absent is not None:
        facts.append(("not read", found.absent.on.isoformat()))
    facts.append(("cycle", str(now.cycle)))
    by_chance = found.by_chance
    if by_chance.share is not None:
        like = said("{count} like times before came as far", count=few_words(by_chance))
        facts.append(("by chance", like))
    if found.confidence is not None:
        facts.append(("confidence", said("{votes} of 10", votes=found.confidence)))
    facts += _carried_by(now)
    verdict = outcome if is_closed else pace
    return Page(
        title=said("Key result {goal}: {measure}", goal=now.id, measure=now.measure.name),
        line=_line(now.id, verdict, score, None if is_closed else said(outcome.word)),
        badge=verdict,
        facts=tuple(facts),
        notes=(sentence(landing_reasons(found)), *map(of_reason, found.explained)),
        chart=chart_of_key_result(found),
    )


def _of_commit(found: CommitAssessment) -> Page:
    commit, verdict = found.commit, badge(found.attainment)
    facts: list[tuple[str, str | Badge]] = [
        ("attainment", verdict),
        ("standard", f"{demanded(commit)}, {commit.manner}"),
        ("due", commit.due.isoformat()),
    ]
    if found.as_excluded is not None:
        facts.append(("had it been agreed in time", badge(found.as_excluded)))
    if found.deciding is not None:
        facts.append(("decided by", str(found.deciding)))
    if found.shown_distance is not None and found.distance:
        facts.append(("short by", found.shown_distance))
    if found.as_declared is not found.attainment:
        facts.append(("as declared", badge(found.as_declared)))
    allowance = found.allowance
    if allowance is not None:
        facts.append(("may still go wrong", str(allowance)))
    facts += _carried_by(commit)
    short = said("{distance} short", distance=found.shown_distance) if found.distance else None
    objections = (said("against consequences: {why}", why=each) for each in found.accountability.objections)
    return Page(
        title=said("Commit {goal}: {measure}", goal=commit.id, measure=commit.measure.name),
        line=_line(commit.id, verdict, short),
        badge=verdict,
        facts=tuple(facts),
        notes=(*map(of_reason, found.reasons), *objections),
        chart=chart_of_commit(found),
    )


def _of_rollup(found: Rollup) -> Page:
    title = said("Roll-up")
    verdict = verdict_of(found)
    commits = badge(found.attainment, "no commits")
    scores = [said("no score") if each.score is None else str(each.score) for each in found.lines]
    results = [said("no result") if each.result is None else _result(each.result) for each in found.objectives]
    ids = [*(each.key_result for each in found.lines), *(each.objective for each in found.objectives)]
    lines: list[KeyResultLine | ObjectiveLine] = [*found.lines, *found.objectives]
    shares = [(spelled(each.weight), percent(each.share)) for each in lines]
    rows = [(id_, score, *share) for id_, score, share in zip(ids, (*scores, *results), shares, strict=True)]
    headings = ("part", "score", "weight", "share of the mean")
    return Page(
        title=title,
        line=_line(title, verdict, said("commits {word}", word=said(commits.word)) if found.commits else None),
        badge=verdict,
        facts=(("result", verdict), ("commits", commits)) if found.commits else (("result", verdict),),
        notes=tuple(map(of_reason, found.reasons)),
        table=Table(headings=headings, rows=tuple(rows)) if rows else None,
        chart=graph_of_rollup(found),
    )


def _result(result: object) -> str:
    return percent(result) if isinstance(result, Fraction) else str(result)


def _of_promotion(found: Promote | Keep) -> Page:
    inside = _of_kpi(found.assessment)
    if isinstance(found, Keep):
        return _of_decision(found.kpi, "keep {goal} as it is: {why}", found.reasons, inside)
    return _of_proposal(found.kpi, found, inside)


def _of_demotion(found: Demote | Continue) -> Page:
    goal, inside = found.key_result.key_result.id, _of_key_result(found.key_result)
    if isinstance(found, Continue):
        return _of_decision(goal, "continue {goal}: {why}", found.reasons, inside)
    return _of_proposal(goal, found, inside)


def _of_decision(goal: str, phrase: str, why: tuple[Reason, ...], inside: Page) -> Page:
    line = said(phrase, goal=goal, why=why)
    title = said("Decision about {goal}", goal=goal)
    return Page(title=title, line=line, badge=_NO_CHANGE, notes=(line,), parts=(inside,))


def _of_proposal(goal: str, found: Promote | Demote, inside: Page) -> Page:
    notes = tuple(map(of_reason, proposal_reasons(found)))
    title = said("Decision about {goal}", goal=goal)
    return Page(title=title, line=proposed(found), badge=_PROPOSED, notes=notes, parts=(inside,))


_PROPOSED: Final = Badge("proposed", Tone.WATCH)
_NO_CHANGE: Final = Badge("no change", Tone.OPEN)


def _of_series(found: Series) -> Page:
    rows = tuple(
        (each.on.isoformat(), each.value.value if isinstance(each.value, Absence) else shown(each.value))
        for each in found.readings[-_MOST_ROWS:]
    )
    left_out, latest = len(found.readings) - len(rows), found.readings[-1:]
    unit = found.measure.unit.symbol
    count = counted(len(found.readings), "1 reading", "{count} readings")
    return Page(
        title=found.measure.name,
        line=_line(found.measure.name, None, count, *(said("latest {latest}", latest=str(each)) for each in latest)),
        facts=(("readings", count), ("unit", unit)),
        notes=(said("{count} earlier ones are left out here", count=left_out),) if left_out > 0 else (),
        table=Table(headings=("day", unit), rows=rows) if rows else None,
        chart=chart_of_series(found) if rows else None,
    )


def _of_good_to_know(found: GoodToKnow) -> Page:
    latest = latest_known(found)
    return Page(
        title=said("Good to know: {measure}", measure=found.measure.name),
        line=_line(found.measure.name, None, latest),
        facts=(("latest", latest),),
    )


def _of_model(model: GoalModel) -> Page:
    kinds = [(goal, spaced(type(goal).__name__).replace("kpi", "KPI")) for goal in model.goals]
    rows = tuple((goal.id, said(kind), str(goal)) for goal, kind in kinds)
    counts = Counter(kind for _, kind in kinds)
    parts = tuple(said("{count} of kind {kind}", count=count, kind=said(kind)) for kind, count in counts.items())
    told = said("{parts}", parts=parts) if parts else said("no goals")
    looked_at = [measure.name for measure in model.good_to_know]
    return Page(
        title=said("Goal model"),
        line=_line(said("model"), None, told),
        facts=(("goals", told), *((("good to know", ", ".join(looked_at)),) if looked_at else ())),
        table=Table(headings=("id", "kind", "goal"), rows=rows) if rows else None,
        chart=graph_of_model(model),
    )


def _of_any(value: object) -> Page:
    kind = type(value)
    if isinstance(value, Enum):
        verdict = badge(value)
        return Page(title=said(spaced(kind.__name__)), line=verdict.word, badge=verdict)
    if not attrs.has(kind):
        raise WrongType("value", value, "a value of a public type of goalmodel")
    fields = [each for each in attrs.fields(cast("Any", kind)) if each.eq and not each.name.startswith("_")]
    facts = tuple((spaced(each.name), _brief(getattr(value, each.name))) for each in fields[:_MOST_FACTS])
    notes = tuple(of_reason(each) for each in getattr(value, "reasons", ()) if isinstance(each, Reason))
    return Page(title=said(spaced(kind.__name__).capitalize()), line=str(value), facts=facts, notes=notes)


def _brief(held: object) -> str:
    match held:
        case None:
            return "none"
        case Fraction():
            return shown(held)
        case Enum():
            return str(held.value)
        case tuple():
            members = cast("tuple[object, ...]", held)
            several = "; ".join(_brief(each) for each in members[:6])
            return f"{several}; and {len(members) - 6} more" if len(members) > 6 else several or "none"  # noqa: PLR2004
        case _:
            return str(held)


_PAGES: Final[Mapping[type, Callable[[Any], Page]]] = MappingProxyType(
    {
        KpiAssessment: _of_kpi,
        CompositeAssessment: _of_composite,
        KeyResultAssessment: _of_key_result,
        CommitAssessment: _of_commit,
        Rollup: _of_rollup,
        Promote: _of_promotion,
        Keep: _of_promotion,
        Demote: _of_demotion,
        Continue: _of_demotion,
        Review: of_review,
        Series: _of_series,
        GoodToKnow: _of_good_to_know,
        GoalModel: _of_model,
        FairnessFile: of_fairness_file,
    }
)
"""What is shown of each type; of all others it is what their fields say."""
