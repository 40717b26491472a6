"""Many events one after the other, each at the cost of what it touches.

Rule: LIFE-8.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from itertools import chain, takewhile
from typing import TypeAlias

from goalmodel.capacity import Capacity
from goalmodel.commit import Commit
from goalmodel.errors import EventDoesNotFit, GoalModelError, Path, described
from goalmodel.events.beside import Beside, resource_of, surely_there
from goalmodel.events.event import (
    CapacityChanged,
    CarriedOver,
    EnteredInError,
    Event,
    GoodToKnowChanged,
    Learnt,
    closed_by,
    in_effect,
    not_in_error,
    the_event,
)
from goalmodel.events.goal import MAY_SERVE, Goal, ids_of
from goalmodel.events.moves import (
    MOVE_OF,
    MOVES,
    OPEN_AS,
    GoalState,
    Move,
    after,
    begun_in,
    changed_by,
    check_as_it_stands,
    closed_ids,
    left_by,
    relinked,
    touched_by,
)
from goalmodel.events.order import in_order
from goalmodel.events.place import said_by
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult
from goalmodel.kpi import CompositeKpi, Kpi
from goalmodel.measure import Measure
from goalmodel.objective import Objective

Build: TypeAlias = Callable[[tuple[Goal, ...], tuple[Event, ...]], object]
"""Makes a model of goals and events, or refuses to."""


class Life:
    """Goals on their way through many events: each is checked by what it touches, so that it costs what it touches.

    Of any event that might be refused, and of any about a KPI made of parts or a part of one, it says so and changes
    nothing: those go the long way, see `lived`.

    Args:
        goals: All goals, the parts of others among them.
        events: What was told by then.
        beside: What there is beside them.
        before: Returns all goals as they stood before the first of the events.
    """

    def __init__(
        self, goals: Iterable[Goal], events: tuple[Event, ...], beside: Beside, before: Callable[[], tuple[Goal, ...]]
    ) -> None:
        self._goals: dict[str, Goal] = {goal.id: goal for goal in goals}
        self.before: Callable[[], tuple[Goal, ...]] = before
        self._derived = beside.derived
        self._there = defaultdict[str, tuple[Capacity, ...]](tuple)
        for capacity in beside.capacities:
            self._there[capacity.resource] += (capacity,)
        self._looked_at: dict[str, Measure] = {measure.name: measure for measure in beside.good_to_know}
        self._told = events
        self._in_effect = in_effect(events)
        self._since: list[Event] = []
        self._latest = events[-1].on if events else dt.date.min
        self._that_day: set[Event] = set(takewhile(lambda told: told.on == self._latest, reversed(events)))
        self._bound = {id_ for each in self._goals.values() if isinstance(each, CompositeKpi) for id_ in ids_of(each)}

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals as they stand by now."""
        return tuple(self._goals.values())

    @property
    def beside(self) -> Beside:
        """What there is by now beside the goals."""
        there = tuple(chain.from_iterable(self._there.values()))
        return Beside(derived=self._derived, capacities=there, good_to_know=tuple(self._looked_at.values()))

    @property
    def events(self) -> tuple[Event, ...]:
        """All that was told, oldest first."""
        return (*self._told, *self._since)

    @cached_property
    def _left_as(self) -> dict[str, GoalState]:
        """Where the latest event that says so left each goal; see `state_in`."""
        left = dict[str, GoalState]()
        for event in self._in_effect:
            for id_ in (*touched_by(event), *closed_ids(event)):
                if (state := left_by(event, id_)) is not None:
                    left[id_] = state
        return left

    @cached_property
    def _told_of(self) -> set[str]:
        """The ids of all goals that an event was about."""
        return {id_ for event in self._in_effect for id_ in (*touched_by(event), *closed_ids(event))}

    @cached_property
    def _moved(self) -> Counter[str]:
        """How many open key results came of each KPI."""
        moved = (goal for goal in self._goals.values() if isinstance(goal, KeyResult))
        return Counter(each.origin.kpi for each in moved if each.origin is not None)

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
        """Each measure a goal is about, that is derived or good to know, by its name; some are asked about no more."""
        measured = (goal.measure for goal in self._goals.values() if isinstance(goal, Kpi | KeyResult | Commit))
        derived = (measure for each in self._derived for measure in (each.measure, *each.parts))
        return {measure.name: measure for measure in (*derived, *self._looked_at.values(), *measured)}

    def goes_on_with(self, event: Event) -> bool:
        """Take up *event* where it surely fits; else say no."""
        if event.on < self._latest or self._is_told(event) or not self._surely_fits(event):
            return False
        move = MOVE_OF.get(type(event))
        about = () if move is None else touched_by(event)
        if not all(id_ not in self._bound and move in MOVES[self._state(id_)] for id_ in about):
            return False
        try:
            check_as_it_stands(self._goals, event)
            changed = {id_: goal for id_ in about if (goal := changed_by(self._goals.get(id_), event)) is not None}
        except GoalModelError:
            return False
        closed, begun = closed_by(event), begun_in(self._goals, event)
        if not (self._may_change(changed) and self._may_close(closed) and self._may_begin(begun)):
            return False
        self._take_up(event, about, changed)
        if closed is not None:
            self._close(closed, begun if isinstance(event, CarriedOver) else None)
        if begun is not None:
            self._begin(begun)
        return True

    def _surely_fits(self, event: Event) -> bool:
        """Whether an event that is about no goal of now surely fits; those about one are asked by their goals."""
        match event:
            case EnteredInError():
                return False
            case Learnt(goal=id_):
                return id_ in self._told_of and id_ not in self._goals
            case CapacityChanged():
                return surely_there(self._there[resource_of(event)], event)
            case GoodToKnowChanged(measure=was, into=into):
                return self._may_look_at(was, into)
            case _:
                return True

    def _may_look_at(self, was: Measure | None, into: Measure | None) -> bool:
        """Return whether *was* surely is good to know, and *into* surely may be instead."""
        left = self._looked_at.keys() - ({was.name} if was else ())
        is_known = was is None or self._looked_at.get(was.name) == was
        return is_known and (into is None or (into.name not in left and self._measures.get(into.name, into) == into))

    def _is_told(self, event: Event) -> bool:
        return event.on == self._latest and event in self._that_day

    def _state(self, id_: str) -> GoalState:
        """Return where a goal stands that is no whole and no part of one; see `state_in`."""
        goal = self._goals.get(id_)
        if isinstance(goal, Kpi):
            return GoalState.BEING_MOVED if self._moved[id_] else self._left_as.get(id_, GoalState.KPI)
        return OPEN_AS.get(type(goal), GoalState.METRIC)

    def _may_change(self, changed: Mapping[str, Goal]) -> bool:
        """Return whether each goal keeps its id, its measure and its links, so that nothing else has to be asked."""
        return all(self._stays_where_it_is(id_, goal) for id_, goal in changed.items())

    def _stays_where_it_is(self, id_: str, goal: Goal) -> bool:
        was = self._goals[id_]
        alike = ("id", "serves", "measure", "origin")
        return type(goal) is type(was) and all(getattr(goal, of, None) == getattr(was, of, None) for of in alike)

    def _may_close(self, goal: Goal | None) -> bool:
        """Return whether no part and no whole leads to a *goal* that is over."""
        return goal is None or not self._bound & self._serving[goal.id]

    def _may_begin(self, goal: Goal | None) -> bool:
        """Return whether a *goal* that begins surely may: a new id, links and a measure as they are known."""
        if goal is None:
            return True
        if isinstance(goal, CompositeKpi) or goal.id in self._goals or goal.id in self._told_of:
            return False
        if not all(isinstance(self._goals.get(served), MAY_SERVE[type(goal)]) for served in goal.serves):
            return False
        return isinstance(goal, Objective | Initiative) or self._is_about_what_is_known(goal)

    def _is_about_what_is_known(self, goal: Kpi | KeyResult | Commit) -> bool:
        """Return whether the measure of a *goal* is as in all others, and the KPI it came of is there."""
        if self._measures.get(goal.measure.name, goal.measure) != goal.measure:
            return False
        if not isinstance(goal, KeyResult) or goal.origin is None:
            return True
        kpi = self._goals.get(goal.origin.kpi)
        return isinstance(kpi, Kpi) and kpi.measure.name == goal.measure.name

    def _take_up(self, event: Event, about: Iterable[str], changed: Mapping[str, Goal]) -> None:
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
        if isinstance(event, CapacityChanged):
            resource = resource_of(event)
            self._there[resource] = Beside(capacities=self._there[resource]).after([event]).capacities
        if isinstance(event, GoodToKnowChanged):
            self._look_at(event.measure, event.into)
        if event.on > self._latest:
            self._latest, self._that_day = event.on, set()
        self._that_day.add(event)
        self._since.append(event)

    def _look_at(self, was: Measure | None, into: Measure | None) -> None:
        if was is not None:
            del self._looked_at[was.name]
        if into is not None:
            self._looked_at[into.name] = self._measures[into.name] = into

    def _close(self, closed: Goal, heir: Goal | None) -> None:
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

    def _begin(self, begun: Goal) -> None:
        self._goals[begun.id] = begun
        for served in begun.serves:
            self._serving[served].add(begun.id)
        if isinstance(begun, KeyResult) and begun.origin is not None:
            self._moved[begun.origin.kpi] += 1
        if isinstance(begun, Kpi | KeyResult | Commit):
            self._measures[begun.measure.name] = begun.measure


def lived(life: Life, told: Iterable[object], build: Callable[[tuple[Goal, ...], tuple[Event, ...]], object]) -> Life:
    """Return *life* after all that was *told*, oldest first.

    Rule: LIFE-8.

    Args:
        life: The goals before the first of them; it goes on.
        told: Events.
        build: Makes a model of goals and events, or refuses to.

    Raises:
        GoalModelError: One of them can't be applied; a note on the error says which.
    """
    for index, event in enumerate(told):
        try:
            life = taken_up(life, event, build)
        except GoalModelError as refused:
            said = str(event) if isinstance(event, Event) else described(event)
            refused.add_note(f"replay stopped at events[{index}]: {said}")
            raise
    return life


def taken_up(life: Life, event: object, build: Build) -> Life:
    """Return *life* after one *event*; see `lived`."""
    if isinstance(event, Event) and life.goes_on_with(event):
        return life
    told = the_event(event, "event")
    with said_by(told):
        events = in_order((*life.events, told), "events")
        goals = after_one(life, told, build)
        build(goals, events)
        return Life(goals, events, life.beside.by(life.events, events), life.before)


def after_one(life: Life, event: Event, build: Build) -> tuple[Goal, ...]:
    """Return the goals of *life* after one *event*; where that says that another was told in error, as without it.

    Rules: EVT-1, EVT-4.

    Raises:
        EventDoesNotFit: What was told in error was not told, or is not in effect.
        GoalModelError: The event can't be applied, or what was told later can't without it.
    """
    if not isinstance(event, EnteredInError):
        return after(life.goals, in_effect(life.events), event)
    if event.event not in not_in_error(life.events):
        raise EventDoesNotFit(("event", "event"), event.event, "an event of the model that was not entered in error")
    without = Life(life.before(), (), life.beside.by(life.events, ()), life.before)
    left = in_effect((*life.events, event))
    for at, each in enumerate(left):
        try:
            without = taken_up(without, each, build)
        except GoalModelError as refused:
            refused.add_note(f"replay stopped at events[{at}]: {each}")
            refused.place(partial(_in_model, index=life.events.index(each)))
            raise
    return without.goals


def _in_model(refused: GoalModelError, index: int) -> Path:
    """Return where something is refused that a model was told, and that stands with that index in its log."""
    root, *steps = refused.field
    return refused.field if root == "model" else Path(("model", "events", index, *steps))
