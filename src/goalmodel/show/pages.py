"""What is shown of each kind of value: a page, which any form can be made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, cast

import attrs

from goalmodel.changes import ReviewChange
from goalmodel.checks import the
from goalmodel.commit import CommitAssessment
from goalmodel.errors import WrongType
from goalmodel.key_result import KeyResultAssessment
from goalmodel.kpi import CompositeAssessment, KpiAssessment
from goalmodel.lifecycle import Continue, Demote, Keep, Promote
from goalmodel.measure import Absence, Series
from goalmodel.model import GoalModel
from goalmodel.objective import KeyResultLine, ObjectiveLine, Rollup
from goalmodel.reasons import Reason
from goalmodel.reviewing import Review
from goalmodel.show.charts import chart_of_commit, chart_of_key_result, chart_of_kpi, chart_of_series
from goalmodel.show.graphs import graph_of_model, graph_of_rollup, turns_of, verdict_of
from goalmodel.show.page import Badge, Page, Table, Tone, badge
from goalmodel.show.review_page import demanded, of_review, since
from goalmodel.show.sentences import will_it_get_there
from goalmodel.showing import percent, shown, spaced, spelled
from goalmodel.trend import Standing

_MOST_ROWS = 24
_MOST_FACTS = 24


def page_of(value: object) -> Page:
    """Return what is shown of a value of any public type, or of the changes between two reviews."""
    if isinstance(value, tuple | list):
        return _of_changes([the(ReviewChange, each, "value") for each in cast("Sequence[object]", value)])
    return _PAGES.get(type(value), _of_any)(value)


def _line(title: str, given: Badge | None, *more: str | None) -> str:
    said = [] if given is None else [f"{given.tone.shape} {given.word}"]
    return f"{title}: {'; '.join([*said, *(each for each in more if each)])}".removesuffix(": ")


def _of_kpi(found: KpiAssessment) -> Page:
    kpi, health = found.kpi, badge(found.health)
    usual, heading = badge(found.standing), badge(found.heading)
    bands = found.in_force.bands
    latest = None if found.latest is None else found.latest.shown(cuts=bands.cuts if bands else ())
    unit = kpi.measure.unit.symbol
    streak = found.streaks
    facts: list[tuple[str, str | Badge]] = [("health", health), ("against what is usual", usual), ("heading", heading)]
    facts += [("latest", f"{latest} ({unit})" if latest else "never read")]
    if found.zone is not None:
        facts.append(("zone", found.zone.name))
    if streak.not_healthy:
        facts.append(("not healthy", f"{streak.not_healthy} in a row; in this zone since {since(found)}"))
    if found.overdue_since is not None:
        facts.append(("overdue since", found.overdue_since.isoformat()))
    if found.provisional is not None:
        facts.append(("so far", str(found.provisional)))
    if found.next_due is not None:
        facts.append(("next reading", found.next_due.isoformat()))
    if kpi.owner is not None:
        facts.append(("owner", kpi.owner))
    chart = chart_of_kpi(found)
    seen = tuple(f"ringed, {each.on.isoformat()}: {each.mark}" for each in chart.points if each.mark) if chart else ()
    return Page(
        title=f"KPI {kpi.id}: {kpi.measure.name}",
        line=_line(kpi.id, health, *_determined(found), f"latest {latest}" if latest else "never read"),
        badge=health,
        facts=tuple(facts),
        notes=(*(str(each) for each in found.explained), *seen),
        chart=chart,
    )


def _determined(found: KpiAssessment | CompositeAssessment) -> list[str]:
    """Return what trend rules say of a KPI, where they say anything."""
    return [each.value for each in (found.standing, found.heading) if each.value != Standing.UNDETERMINED.value]


def _of_composite(found: CompositeAssessment) -> Page:
    health = badge(found.health)
    return Page(
        title=f"KPI {found.kpi.id}",
        line=_line(found.kpi.id, health, *_determined(found)),
        badge=health,
        facts=(
            ("health", health),
            ("against what is usual", badge(found.standing)),
            ("heading", badge(found.heading)),
        ),
        notes=tuple(str(each) for each in found.reasons),
        parts=tuple(map(_of_kpi, found.parts)),
    )


def _of_key_result(found: KeyResultAssessment) -> Page:
    now, is_over = found.in_force, found.as_of >= found.key_result.cycle.end
    score = "no score" if found.score is None else str(found.score)
    outcome = badge(found.outcome, "no score")
    if not is_over and found.outcome is not None:
        outcome = Badge(f"{outcome.word} so far", Tone.OPEN if outcome.tone is not Tone.GOOD else Tone.GOOD)
    pace = badge(found.pace, "no pace")
    unit = now.measure.unit.symbol
    facts: list[tuple[str, str | Badge]] = [("score", score), ("outcome", outcome), ("pace", pace)]
    if now.is_scorable:
        way = f"{spelled(now.value_at(0))} to {spelled(now.value_at(1))} {unit}"
        facts.append(("from and to", way))
    if found.current_value is not None:
        facts.append(("now", f"{shown(found.current_value)} {unit}"))
    if found.absent is not None:
        facts.append(("not read", found.absent.on.isoformat()))
    facts.append(("cycle", str(now.cycle)))
    by_chance = found.by_chance
    if by_chance.share is not None:
        facts.append(("by chance", f"{by_chance.successes} of {by_chance.windows} like times before came as far"))
    if found.confidence is not None:
        facts.append(("confidence", f"{shown(found.confidence)} of 10"))
    if now.owner is not None:
        facts.append(("owner", now.owner))
    verdict = pace if not is_over else outcome
    return Page(
        title=f"Key result {now.id}: {now.measure.name}",
        line=_line(now.id, verdict, score, None if is_over else outcome.word),
        badge=verdict,
        facts=tuple(facts),
        notes=(will_it_get_there(found), *(str(each) for each in found.explained)),
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
    if commit.owner is not None:
        facts.append(("owner", commit.owner))
    objections = tuple(f"against consequences: {each}" for each in found.accountability.objections)
    return Page(
        title=f"Commit {commit.id}: {commit.measure.name}",
        line=_line(commit.id, verdict, None if not found.distance else f"{found.shown_distance} short"),
        badge=verdict,
        facts=tuple(facts),
        notes=(*(str(each) for each in found.reasons), *objections),
        chart=chart_of_commit(found),
    )


def _of_rollup(found: Rollup) -> Page:
    title = "Roll-up"
    verdict = verdict_of(found)
    commits = badge(found.attainment, "no commits")
    scores = [("no score" if each.score is None else str(each.score)) for each in found.lines]
    results = ["no result" if each.result is None else _result(each.result) for each in found.objectives]
    ids = [*(each.key_result for each in found.lines), *(each.objective for each in found.objectives)]
    lines: list[KeyResultLine | ObjectiveLine] = [*found.lines, *found.objectives]
    shares = [(spelled(each.weight), percent(each.share)) for each in lines]
    rows = [(id_, score, *share) for id_, score, share in zip(ids, (*scores, *results), shares, strict=True)]
    headings = ("part", "score", "weight", "share of the mean")
    return Page(
        title=title,
        line=_line(title, verdict, f"commits {commits.word}" if found.commits else None),
        badge=verdict,
        facts=(("result", verdict), ("commits", commits)) if found.commits else (("result", verdict),),
        notes=tuple(str(each) for each in found.reasons),
        table=Table(headings=headings, rows=tuple(rows)) if rows else None,
        chart=graph_of_rollup(found),
    )


def _result(result: object) -> str:
    return percent(result) if isinstance(result, Fraction) else str(result)


def _of_decision(goal: str, said: str, inside: Page, word: Badge) -> Page:
    return Page(title=f"Decision about {goal}", line=said, badge=word, notes=(said,), parts=(inside,))


def _of_promotion(found: Promote | Keep) -> Page:
    word = _PROPOSED if isinstance(found, Promote) else _NO_CHANGE
    return _of_decision(found.kpi, str(found), _of_kpi(found.assessment), word)


def _of_demotion(found: Demote | Continue) -> Page:
    word = _PROPOSED if isinstance(found, Demote) else _NO_CHANGE
    return _of_decision(found.key_result.key_result.id, str(found), _of_key_result(found.key_result), word)


_PROPOSED: Final = Badge("proposed", Tone.WATCH)
_NO_CHANGE: Final = Badge("no change", Tone.OPEN)


def _of_series(found: Series) -> Page:
    rows = tuple(
        (each.on.isoformat(), each.value.value if isinstance(each.value, Absence) else shown(each.value))
        for each in found.readings[-_MOST_ROWS:]
    )
    left_out = len(found.readings) - len(rows)
    unit = found.measure.unit.symbol
    count = f"{len(found.readings)} readings"
    return Page(
        title=f"{found.measure.name}",
        line=_line(found.measure.name, None, count, *(f"latest {each}" for each in map(str, found.readings[-1:]))),
        facts=(("readings", count), ("unit", unit)),
        notes=(f"{left_out} earlier ones are left out here",) if left_out else (),
        table=Table(headings=("day", unit), rows=rows) if rows else None,
        chart=chart_of_series(found) if rows else None,
    )


def _of_model(model: GoalModel) -> Page:
    rows = tuple((str(goal.id), spaced(type(goal).__name__), str(goal)) for goal in model.goals)
    counts = Counter(spaced(type(goal).__name__) for goal in model.goals)
    said = ", ".join(f"{count} of kind {kind}" for kind, count in counts.items()) or "no goals"
    return Page(
        title="Goal model",
        line=_line("model", None, said),
        facts=(("goals", said),),
        table=Table(headings=("id", "kind", "goal"), rows=rows) if rows else None,
        chart=graph_of_model(model),
    )


def _of_changes(changes: Sequence[ReviewChange]) -> Page:
    turns = turns_of(changes)
    rows = [(each.goal or "the model", each.aspect, each.before, each.after) for each in turns.turns]
    return Page(
        title=turns.title,
        line=_line(turns.title, None, turns.description),
        notes=(turns.description,),
        table=Table(headings=("goal", "what", "was", "is"), rows=tuple(rows)) if rows else None,
        chart=turns if rows else None,
    )


def _of_any(value: object) -> Page:
    kind = type(value)
    if isinstance(value, Enum):
        verdict = badge(value)
        return Page(title=spaced(kind.__name__), line=verdict.word, badge=verdict)
    if not attrs.has(kind):
        raise WrongType("value", value, "a value of a public type of goalmodel")
    fields = [each for each in attrs.fields(cast("Any", kind)) if each.eq and not each.name.startswith("_")]
    facts = tuple((spaced(each.name), _brief(getattr(value, each.name))) for each in fields[:_MOST_FACTS])
    notes = tuple(str(each) for each in getattr(value, "reasons", ()) if isinstance(each, Reason))
    return Page(title=spaced(kind.__name__).capitalize(), line=str(value), facts=facts, notes=notes)


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
        GoalModel: _of_model,
    }
)
"""What is shown of each type; of all others it is what their fields say."""
