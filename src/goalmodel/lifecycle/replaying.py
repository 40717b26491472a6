"""Many events one after the other, each at the cost of what it touches.

Rule: LIFE-8.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import takewhile
from typing import cast

import attrs

from goalmodel.checks import the, the_iterable
from goalmodel.commit import Commit
from goalmodel.errors import GoalModelError, described
from goalmodel.events import (
    CarriedOver,
    Demoted,
    Event,
)
from goalmodel.events.event import begun_by, closed_by
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult
from goalmodel.kpi import CompositeKpi, Kpi
from goalmodel.lifecycle.moves import (
    MOVE_OF,
    MOVES,
    GoalState,
    Measured,
    Move,
    apply,
    changed_by,
    check_as_it_stands,
    closed_ids,
    left_by,
    relinked,
    touched_by,
)
from goalmodel.measure import Measure
from goalmodel.model import MAY_SERVE, Goal, GoalModel, ids_of


def replay(model: GoalModel, events: Iterable[Event]) -> GoalModel:
    """Return *model* after all *events*, one after the other, in the order in which they were told.

    Rule: LIFE-8.

    Args:
        model: The goals before the first of them.
        events: Oldest first.

    Raises:
        GoalModelError: One of them can't be applied, see `apply`; a note on the error says which.
    """
    life = _Life(the(GoalModel, model, "model"))
    for index, event in enumerate(the_iterable(events, "events")):
        if life.goes_on_with(event):
            continue
        try:
            life = _Life(apply(life.model(), event))
        except GoalModelError as refused:
            told = str(event) if isinstance(event, Event) else described(event)  # type: ignore[redundant-expr] # whatever is given
            refused.add_note(f"replay stopped at events[{index}]: {told}")
            raise
    return life.model()


class _Life:
    """A model on its way through many events: each is checked by what it touches, so that it costs what it touches.

    Of any event that might be refused, and of any about a KPI made of parts or a part of one, it says so and changes
    nothing: those are for `apply`.
    """

    def __init__(self, model: GoalModel) -> None:
        self._start = model
        self._since: list[Event] = []
        self._latest = model.events[-1].on if model.events else dt.date.min
        self._that_day: set[Event] = set(takewhile(lambda told: told.on == self._latest, reversed(model.events)))
        self._goals: dict[str, Goal] = {goal.id: goal for goal in model.goals}
        self._bound = {id_ for each in model.composites for id_ in ids_of(each)}

    @cached_property
    def _left_as(self) -> dict[str, GoalState]:
        """Where the latest event that says so left each goal; see `state_of`."""
        left = dict[str, GoalState]()
        for event in self._start.events:
            for id_ in (*touched_by(event), *closed_ids(event)):
                if (state := left_by(event, id_)) is not None:
                    left[id_] = state
        return left

    @cached_property
    def _told_of(self) -> set[str]:
        """The ids of all goals that an event was about."""
        return {id_ for event in self._start.events for id_ in (*touched_by(event), *closed_ids(event))}

    @cached_property
    def _moved(self) -> Counter[str]:
        """How many open key results came of each KPI."""
        return Counter(each.origin.kpi for each in self._start.key_results if each.origin is not None)

    @cached_property
    def _serving(self) -> defaultdict[str, set[str]]:
        """The ids of the goals that serve each one."""
        found = defaultdict[str, set[str]](set)
        for goal in self._goals.values():
            for served in goal.serves:
                found[served].add(goal.id)
        return found

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        """Each measure that a goal is about, by its name; one that no goal is about any more may be among them."""
        return {goal.measure.name: goal.measure for goal in self._start.measured}

    def model(self) -> GoalModel:
        """Return the model as it stands by now."""
        if not self._since:
            return self._start
        goals = [goal for goal in self._goals.values() if goal.id not in self._bound]
        return attrs.evolve(
            self._start,
            kpis=[goal for goal in goals if isinstance(goal, Kpi)],
            key_results=[goal for goal in goals if isinstance(goal, KeyResult)],
            commits=[goal for goal in goals if isinstance(goal, Commit)],
            initiatives=[goal for goal in goals if isinstance(goal, Initiative)],
            events=(*self._start.events, *self._since),
        )

    def goes_on_with(self, event: Event) -> bool:
        """Take up *event* where it surely fits; else say no."""
        if not isinstance(event, Event) or event.on < self._latest or self._is_told(event):  # type: ignore[redundant-expr] # whatever is given
            return False
        move = MOVE_OF.get(type(event))
        about = () if move is None else touched_by(event)
        if not all(id_ not in self._bound and move in MOVES[self._state(id_)] for id_ in about):
            return False
        try:
            check_as_it_stands(self._goals, event)
            changed = {id_: goal for id_ in about if (goal := changed_by(self._measured(id_), event)) is not None}
        except GoalModelError:
            return False
        closed, begun = closed_by(event), self._begun(event)
        if not (self._may_change(changed) and self._may_close(closed) and self._may_begin(begun)):
            return False
        self._take_up(event, about, changed)
        if closed is not None:
            self._close(closed, begun if isinstance(event, CarriedOver) else None)
        if begun is not None:
            self._begin(begun)
        return True

    def _is_told(self, event: Event) -> bool:
        return event.on == self._latest and event in self._that_day

    def _measured(self, id_: str) -> Measured | None:
        goal = self._goals.get(id_)
        return goal if isinstance(goal, Kpi | KeyResult | Commit) else None

    def _begun(self, event: Event) -> Measured | None:
        return None if isinstance(event, Demoted) and event.kpi.id in self._goals else begun_by(event)

    def _state(self, id_: str) -> GoalState:
        """Return where a goal stands that is no whole and no part of one; see `state_of`."""
        match self._goals.get(id_):
            case KeyResult():
                return GoalState.KEY_RESULT
            case Commit():
                return GoalState.COMMIT
            case Kpi():
                return GoalState.BEING_MOVED if self._moved[id_] else self._left_as.get(id_, GoalState.KPI)
            case _:
                return GoalState.METRIC

    def _may_change(self, changed: Mapping[str, Measured]) -> bool:
        """Return whether each goal keeps its id, its measure and its links, so that nothing else has to be asked."""
        return all(self._stays_where_it_is(id_, goal) for id_, goal in changed.items())

    def _stays_where_it_is(self, id_: str, goal: Measured) -> bool:
        was = self._goals[id_]
        alike = ("id", "serves", "measure", "origin")
        return type(goal) is type(was) and all(getattr(goal, of, None) == getattr(was, of, None) for of in alike)

    def _may_close(self, goal: Measured | None) -> bool:
        """Return whether no part and no whole leads to a *goal* that is over."""
        return goal is None or not self._bound & self._serving[goal.id]

    def _may_begin(self, goal: Measured | None) -> bool:
        """Return whether a *goal* that begins surely may: a new id, links and a measure as they are known."""
        if goal is None:
            return True
        if isinstance(goal, CompositeKpi) or goal.id in self._goals or goal.id in self._told_of:
            return False
        if not all(isinstance(self._goals.get(served), MAY_SERVE[type(goal)]) for served in goal.serves):
            return False
        if self._measures.get(goal.measure.name, goal.measure) != goal.measure:
            return False
        if not isinstance(goal, KeyResult) or goal.origin is None:
            return True
        kpi = self._goals.get(goal.origin.kpi)
        return isinstance(kpi, Kpi) and kpi.measure.name == goal.measure.name

    def _take_up(self, event: Event, about: Iterable[str], changed: Mapping[str, Measured]) -> None:
        move = MOVE_OF.get(type(event))
        for id_ in about:
            if isinstance(self._goals.get(id_), Kpi) and move is not None:
                state = MOVES[self._state(id_)][move]
                if state is not GoalState.BEING_MOVED:
                    self._left_as[id_] = state
                elif move is Move.PROMOTE:
                    self._left_as[id_] = GoalState.KPI
        self._told_of.update(about)
        self._goals.update(changed)
        if event.on > self._latest:
            self._latest, self._that_day = event.on, set()
        self._that_day.add(event)
        self._since.append(event)

    def _close(self, closed: Measured, heir: Measured | None) -> None:
        """Take away what is over; what led to it leads to its *heir* instead, or there no longer."""
        instead = () if heir is None else (heir,)
        for id_ in self._serving.pop(closed.id, ()):
            self._goals[id_] = relinked(self._goals[id_], (closed.id,), instead)
            for each in instead:
                self._serving[each.id].add(id_)
        for served in closed.serves:
            self._serving[served].discard(closed.id)
        if isinstance(closed, KeyResult) and closed.origin is not None:
            self._moved[closed.origin.kpi] -= 1
        self._told_of.add(closed.id)
        del self._goals[closed.id]

    def _begin(self, begun: Measured) -> None:
        self._goals[begun.id] = begun
        for served in begun.serves:
            self._serving[served].add(begun.id)
        if isinstance(begun, KeyResult) and begun.origin is not None:
            self._moved[begun.origin.kpi] += 1
        measure = cast("Kpi | KeyResult | Commit", begun).measure  # one made of parts goes the long way
        self._measures[measure.name] = measure
