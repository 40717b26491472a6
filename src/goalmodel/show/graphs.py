"""What leads to what, and what changed, as data: trees of roll-ups, chains of goals, turns between two reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.changes import AspectValue, ReviewChange
from goalmodel.commit import Attainment
from goalmodel.exact import nearest_float
from goalmodel.initiative import Initiative
from goalmodel.key_result import OutcomePolicy, Score
from goalmodel.model import Goal, GoalModel
from goalmodel.objective import KeyResultLine, Objective, ObjectiveLine, Rollup
from goalmodel.reasons import spell
from goalmodel.reviewing import Review
from goalmodel.show.page import Badge, Graph, Link, Node, Tone, Turn, Turns, badge
from goalmodel.show.wording import said
from goalmodel.showing import percent, spaced, spelled
from goalmodel.trend import Heading, Standing

_WHOLE = ""
"""The id of a roll-up, which does not know of which objective it is; no goal has it."""


def graph_of_rollup(found: Rollup, title: str = "Roll-up") -> Graph:
    """Return what the parts of one objective bring to it: their scores, weights, and shares of the mean."""
    return _graph(title, {_WHOLE: found}, {_WHOLE: title})


def graph_of_review(found: Review) -> Graph | None:
    """Return the objectives of a review with all that rolls up into them; None where there is none."""
    if not found.objectives:
        return None
    rollups = {objective.id: rollup for objective, rollup in found.objectives}
    return _graph("Objectives", rollups, {objective.id: objective.title for objective, _ in found.objectives})


def _graph(title: str, rollups: Mapping[str, Rollup], titles: Mapping[str, str]) -> Graph:
    links: list[Link] = []
    nodes = {id_: _of_rollup(id_, titles[id_], rollup) for id_, rollup in rollups.items()}
    for id_, rollup in rollups.items():
        lines: list[KeyResultLine | ObjectiveLine] = [*rollup.lines, *rollup.objectives]
        for line in lines:
            node = _of_line(line, rollup.policy.words)
            nodes.setdefault(node.id, node)
            links.append(_weighted(node.id, id_, line.weight, line.share))
        for commit, attainment in rollup.commits:
            nodes.setdefault(commit, Node(id=commit, kind="commit", label=commit, badge=badge(attainment)))
            links.append(Link(start=commit, end=id_))
    return _layered(title, nodes.values(), links)


def _of_rollup(id_: str, title: str, rollup: Rollup) -> Node:
    covered = rollup.coverage
    counts = said("{scored} of {total} scored", scored=covered.scored, total=covered.total)
    return Node(
        id=id_,
        kind="objective",
        label=title,
        badge=verdict_of(rollup),
        score=_float(rollup.score),
        note=counts if covered.total else "",
    )


def _float(score: Fraction | None) -> float | None:
    return None if score is None else nearest_float(score)


def verdict_of(rollup: Rollup) -> Badge:
    """Return what a roll-up came to, as a badge."""
    word = str(rollup).partition(";")[0]
    return Badge(word, Tone.OPEN if rollup.score is None else _tone(rollup.score, rollup.policy.words))


def _tone(score: Fraction, words: OutcomePolicy) -> Tone:
    return badge(words.outcome(Score(score))).tone


def _of_line(line: KeyResultLine | ObjectiveLine, words: OutcomePolicy) -> Node:
    weight, share = spelled(line.weight), percent(line.share)
    note = said("weight {weight}, {share}", weight=weight, share=share)
    if isinstance(line, KeyResultLine):
        score = None if line.score is None else line.score.clamped
        word = Badge("no score", Tone.OPEN)
        if line.score is not None:
            word = Badge(str(line.score), badge(words.outcome(line.score)).tone)
        return Node(
            id=line.key_result, kind="key result", label=line.key_result, badge=word, score=_float(score), note=note
        )
    result = line.result if isinstance(line.result, Fraction) else None
    word = Badge("no result" if line.result is None else str(line.result), Tone.OPEN)
    word = word if result is None else Badge(percent(result), _tone(result, words))
    return Node(id=line.objective, kind="objective", label=line.objective, badge=word, score=_float(result), note=note)


def _weighted(start: str, end: str, weight: Fraction, share: Fraction) -> Link:
    return Link(start=start, end=end, weight=nearest_float(weight), share=nearest_float(share))


def graph_of_model(model: GoalModel) -> Graph | None:
    """Return how goals lead to each other, from initiatives to objectives; None where none serves another."""
    links = [Link(start=goal.id, end=served) for goal in model.goals for served in goal.serves]
    links += [
        Link(start=each.origin.kpi, end=each.id)
        for each in model.key_results
        if each.origin is not None and each.id not in model[each.origin.kpi].serves
    ]
    linked = {id_ for link in links for id_ in (link.start, link.end)}
    nodes = [_of_goal(goal) for goal in model.goals if goal.id in linked]
    return _layered("What leads to what", nodes, links) if nodes else None


_LEAST_DEPTH: Final[Mapping[str, int]] = MappingProxyType(
    {"initiative": 3, "KPI": 2, "composite KPI": 2, "key result": 1, "commit": 1}
)
"""How far from the end a goal of each kind stands at least, so that each column holds what is alike."""


def _of_goal(goal: Goal) -> Node:
    label = goal.title if isinstance(goal, Initiative | Objective) else goal.id
    return Node(id=goal.id, kind=spaced(type(goal).__name__).replace("kpi", "KPI"), label=label)


def _layered(title: str, nodes: Iterable[Node], links: Iterable[Link]) -> Graph:
    """Return the graph in whose last layer stands what serves nothing, each other goal before all that it serves."""
    given, known = tuple(nodes), tuple(links)
    ends: dict[str, list[str]] = {each.id: [] for each in given}
    for link in known:
        ends[link.start].append(link.end)
    depths = _depths(ends, {each.id: _LEAST_DEPTH.get(each.kind, 0) for each in given})
    layers = {depth: layer for layer, depth in enumerate(sorted(set(depths.values()), reverse=True))}
    placed = tuple(attrs.evolve(each, layer=layers[depths[each.id]]) for each in given)
    told = said("{title}: {goals} goals, {links} links", title=said(title), goals=len(placed), links=len(known))
    return Graph(title=said(title), description=told, nodes=placed, links=known)


def _depths(ends: Mapping[str, list[str]], least: Mapping[str, int]) -> dict[str, int]:
    """Return how far from the end each id stands: before all it leads to, *least* at least; a circle is walked once."""
    depth: dict[str, int] = {}
    begun: set[str] = set()
    waiting = list(ends)
    while waiting:
        id_ = waiting[-1]
        further = [] if id_ in begun else [end for end in ends[id_] if end not in begun]
        begun.add(id_)
        if further:
            waiting += further
        else:
            depth[id_] = max(least[id_], *(depth.get(end, -1) + 1 for end in ends[id_]), 0)
            waiting.pop()
    return depth


def turns_of(changes: Iterable[ReviewChange]) -> Turns:
    """Return what changed between two reviews: from what to what, and whether that is better."""
    turns = tuple(
        Turn(
            goal=each.goal,
            aspect=each.aspect.value,
            before=_side(each.before),
            after=_side(each.after),
            way=_way(each.before, each.after),
        )
        for each in changes
    )
    better, worse = (sum(each.way == way for each in turns) for way in (1, -1))
    told = said(
        "{count} changes, {better} for the better, {worse} for the worse", count=len(turns), better=better, worse=worse
    )
    return Turns(title=said("What changed"), description=told, turns=turns)


def _side(value: AspectValue | None) -> Badge | str | None:
    match value:
        case None:
            return None
        case Enum():
            return badge(value)
        case Fraction():
            return percent(value)
        case _:
            return spell(value)


_RANKS: Final[Mapping[Tone, int]] = MappingProxyType({Tone.BAD: 0, Tone.WATCH: 1, Tone.GOOD: 2})
_BETWEEN: Final = (Standing.AS_USUAL, Heading.NO_CLEAR_DIRECTION, Attainment.IN_FLIGHT)
"""Verdicts between good and bad that need no watching."""


def _rank(verdict: Enum) -> int | None:
    """Return where a verdict lies between bad and good; None where it says nothing."""
    return 1 if verdict in _BETWEEN else _RANKS.get(badge(verdict).tone)


def _way(before: AspectValue | None, after: AspectValue | None) -> int:
    """Return 1 where a verdict or a score is better than it was, -1 where it is worse, 0 where nobody can say."""
    match before, after:
        case (Score(), Score()):
            return _sign(after.raw - before.raw)
        case (Fraction(), Fraction()):
            return _sign(after - before)
        case (Enum(), Enum()):
            was, now = _rank(before), _rank(after)
            return 0 if was is None or now is None else _sign(now - was)
        case _:
            return 0


def _sign(difference: Fraction | int) -> int:
    return (difference > 0) - (difference < 0)
