"""Floor 4: all goals of an organisation and their links, valid by construction."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar

import attrs

from goalmodel.checks import the_many, the_text
from goalmodel.commit import Commit
from goalmodel.errors import GivenTwice, GoesInCircles, MeasuresDiffer, UnknownReference, WrongLink, described
from goalmodel.events import Event
from goalmodel.events.event import closed_by
from goalmodel.events.order import in_order
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult
from goalmodel.kpi import Kpi
from goalmodel.measure import Measure
from goalmodel.objective import Objective

Goal: TypeAlias = Initiative | Kpi | KeyResult | Commit | Objective
"""Any goal a model can hold."""

_T = TypeVar("_T", Initiative, Kpi, KeyResult, Commit, Objective)

_MAY_SERVE: Final[Mapping[type, tuple[type, ...]]] = MappingProxyType(
    {
        Initiative: (Kpi, KeyResult, Commit),
        Kpi: (KeyResult, Objective),
        KeyResult: (Objective,),
        Commit: (Objective,),
        Objective: (Objective,),
    }
)
"""Which kind of goal may serve which."""


def _kpis(given: Iterable[Kpi]) -> tuple[Kpi, ...]:
    return _by_id(Kpi, given, "kpis")


def _key_results(given: Iterable[KeyResult]) -> tuple[KeyResult, ...]:
    return _by_id(KeyResult, given, "key_results")


def _commits(given: Iterable[Commit]) -> tuple[Commit, ...]:
    return _by_id(Commit, given, "commits")


def _objectives(given: Iterable[Objective]) -> tuple[Objective, ...]:
    return _by_id(Objective, given, "objectives")


def _initiatives(given: Iterable[Initiative]) -> tuple[Initiative, ...]:
    return _by_id(Initiative, given, "initiatives")


def _events(given: Iterable[Event]) -> tuple[Event, ...]:
    return in_order(given, "events")


def _by_id(kind: type[_T], given: Iterable[_T], field: str) -> tuple[_T, ...]:
    return tuple(sorted(the_many(kind, given, field), key=attrgetter("id")))


@attrs.frozen(kw_only=True)
class GoalModel:
    """All goals and their links, and what happened to them. In whatever order goals are given, they stand by id.

    Rule: MOD-1.

    Attributes:
        kpis: What is watched.
        key_results: What is moved.
        commits: What must be reached.
        objectives: The outcomes they serve.
        initiatives: The work that is done.
        events: What happened to the goals, oldest first, as it was told; `apply` adds to them.

    Raises:
        GivenTwice: Two goals have one id, or a goal has the id of one that was closed.
        OutOfOrder: An event is dated before the one told before it.
        GivenTwice: An event is told twice.
        UnknownReference: A goal serves, or was promoted from, one that is not there.
        WrongLink: A goal serves one of a kind it can't serve.
        GoesInCircles: An objective in the end serves itself.
        MeasuresDiffer: Two goals are on measures with one name that are not the same.
    """

    kpis: tuple[Kpi, ...] = attrs.field(default=(), converter=_kpis)
    key_results: tuple[KeyResult, ...] = attrs.field(default=(), converter=_key_results)
    commits: tuple[Commit, ...] = attrs.field(default=(), converter=_commits)
    objectives: tuple[Objective, ...] = attrs.field(default=(), converter=_objectives)
    initiatives: tuple[Initiative, ...] = attrs.field(default=(), converter=_initiatives)
    events: tuple[Event, ...] = attrs.field(default=(), converter=_events)

    def __attrs_post_init__(self) -> None:
        known: dict[str, Goal] = {}
        closed = {goal.id for goal in self.closed}
        for goal in self.goals:
            if goal.id in known or goal.id in closed:
                raise GivenTwice(_path(goal, "id"), goal.id, "an id that no other goal of the model has")
            known[goal.id] = goal
        for goal in self.goals:
            _check_links(goal, known)
        _check_origins(self.key_results, known)
        _check_circles(self.objectives)
        _check_measures(self.measured)

    @property
    def goals(self) -> tuple[Goal, ...]:
        """All goals: by kind, then by id."""
        return (*self.kpis, *self.key_results, *self.commits, *self.objectives, *self.initiatives)

    @property
    def measured(self) -> tuple[Kpi | KeyResult | Commit, ...]:
        """The goals that are about a measure: by kind, then by id."""
        return (*self.kpis, *self.key_results, *self.commits)

    @property
    def closed(self) -> tuple[Kpi | KeyResult | Commit, ...]:
        """The goals that are over, as they stood at their end, in the order of their closing."""
        return tuple(goal for event in self.events if (goal := closed_by(event)) is not None)

    def goal(self, id: str) -> Goal:  # noqa: A002 - the name the field has on every goal
        """Return the goal with that id.

        Raises:
            UnknownReference: The model has no such goal.
        """
        the_text(id, "id")
        for goal in self.goals:
            if goal.id == id:
                return goal
        raise UnknownReference("id", id)

    def serving(self, id: str) -> tuple[Goal, ...]:  # noqa: A002 - the name the field has on every goal
        """Return the goals that serve the one with that id directly: by kind, then by id.

        Raises:
            UnknownReference: The model has no such goal.
        """
        served = self.goal(id)
        return tuple(goal for goal in self.goals if served.id in goal.serves)

    def impact(self, id: str) -> tuple[Goal, ...]:  # noqa: A002 - the name the field has on every goal
        """Return every goal that in the end depends on the one with that id: by kind, then by id.

        A goal depends on what serves it, and a key result on the KPI it came of.

        Rule: MOD-2.

        >>> visits = Measure("visits", unit="visits")
        >>> model = GoalModel(
        ...     kpis=[Kpi(id="visits", measure=visits, serves="glad")],
        ...     objectives=[Objective(id="glad", title="Guests are glad they came")],
        ... )
        >>> [goal.id for goal in model.impact("visits")], [goal.id for goal in model.lineage("glad")]
        (['glad'], ['visits'])

        Raises:
            UnknownReference: The model has no such goal.
        """
        upwards = {goal.id: list(goal.serves) for goal in self.goals}
        for each in self.key_results:
            if each.origin is not None:
                upwards[each.origin.kpi].append(each.id)
        return self._reached(self.goal(id), upwards)

    def lineage(self, id: str) -> tuple[Goal, ...]:  # noqa: A002 - the name the field has on every goal
        """Return every goal the one with that id in the end rests on: by kind, then by id.

        Rule: MOD-2.

        Raises:
            UnknownReference: The model has no such goal.
        """
        downwards: dict[str, list[str]] = {goal.id: [] for goal in self.goals}
        for goal in self.goals:
            for served in goal.serves:
                downwards[served].append(goal.id)
        for each in self.key_results:
            if each.origin is not None:
                downwards[each.id].append(each.origin.kpi)
        return self._reached(self.goal(id), downwards)

    def _reached(self, start: Goal, links: Mapping[str, Iterable[str]]) -> tuple[Goal, ...]:
        """Return the goals that *links* lead to from *start*, in one step or more; each is walked from once."""
        found: set[str] = set()
        waiting = [start.id]
        while waiting:
            further = set(links[waiting.pop()]) - found
            found |= further
            waiting += further
        return tuple(goal for goal in self.goals if goal.id in found)


def _path(goal: Goal, field: str) -> str:
    return f"{type(goal).__name__} {goal.id!r}, {field}"


def _check_links(goal: Goal, known: Mapping[str, Goal]) -> None:
    for served in goal.serves:
        if served not in known:
            raise UnknownReference(_path(goal, "serves"), served)
        accepted = _MAY_SERVE[type(goal)]
        if not isinstance(known[served], accepted):
            kinds = " or ".join(kind.__name__ for kind in accepted)
            given = f"{served!r}, a {type(known[served]).__name__}"
            raise WrongLink(_path(goal, "serves"), given, f"the id of a {kinds}")


def _check_origins(key_results: tuple[KeyResult, ...], known: Mapping[str, Goal]) -> None:
    for each in key_results:
        if each.origin is None:
            continue
        kpi = known.get(each.origin.kpi)
        if not isinstance(kpi, Kpi):
            raise UnknownReference(_path(each, "origin"), each.origin.kpi)
        _check_same(each, kpi.measure)


def _check_circles(objectives: tuple[Objective, ...]) -> None:
    """Take away, again and again, the objectives that serve none of those left: what can't be taken is a circle."""
    waiting = {each.id: len(each.serves) for each in objectives}
    serving: dict[str, list[str]] = {each.id: [] for each in objectives}
    for each in objectives:
        for served in each.serves:
            serving[served].append(each.id)
    free = [id_ for id_, count in waiting.items() if not count]
    while free:
        taken = free.pop()
        del waiting[taken]
        for id_ in serving[taken]:
            waiting[id_] -= 1
            if not waiting[id_]:
                free.append(id_)
    if waiting:
        raise GoesInCircles("Objective, serves", " → ".join(_circle(objectives, waiting)))


def _circle(objectives: tuple[Objective, ...], among: Container[str]) -> list[str]:
    """Return the circle that is reached upwards from the first objective *among* which each serves another."""
    left = [each for each in objectives if each.id in among]
    upwards = {each.id: next(served for served in each.serves if served in among) for each in left}
    walked: dict[str, int] = {}
    at = left[0].id
    while at not in walked:
        walked[at] = len(walked)
        at = upwards[at]
    return [*list(walked)[walked[at] :], at]


def _check_measures(goals: tuple[Kpi | KeyResult | Commit, ...]) -> None:
    known: dict[str, Measure] = {}
    for goal in goals:
        _check_same(goal, known.setdefault(goal.measure.name, goal.measure))


def _check_same(goal: Kpi | KeyResult | Commit, expected: Measure) -> None:
    if goal.measure == expected:
        return
    given, wanted = (attrs.asdict(measure, recurse=False) for measure in (goal.measure, expected))
    differing = next(name for name in given if given[name] != wanted[name])
    accepted = f"{described(wanted[differing])}, as in the other goals on it"
    raise MeasuresDiffer(_path(goal, f"measure, {differing}"), given[differing], accepted)
