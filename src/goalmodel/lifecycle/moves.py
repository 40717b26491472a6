"""Everything that changes the state of a goal: one table of states and moves, and how an event is applied to a model.

Rule: EVT-1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import unique
from functools import cached_property
from itertools import takewhile
from types import MappingProxyType
from typing import Any, Final, TypeAlias, assert_never

import attrs

from goalmodel.checks import Term, the, the_iterable, the_text
from goalmodel.commit import Commit
from goalmodel.errors import EventDoesNotFit, GoalModelError, IllegalMove, described
from goalmodel.events import (
    Adopted,
    BandsChanged,
    BaselineRestated,
    CarriedOver,
    DaysExcluded,
    Deferred,
    Demoted,
    DeviationAccepted,
    Dropped,
    Edited,
    Event,
    Promoted,
    Proposed,
    Retired,
    StandardAmended,
    TargetRevised,
)
from goalmodel.events.event import closed_by, the_event
from goalmodel.events.order import in_order
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult, revise
from goalmodel.kpi import CompositeKpi, Kpi
from goalmodel.model import Goal, GoalModel, ids_of
from goalmodel.objective import Objective


@unique
class GoalState(Term):
    """Where a goal stands on its way.

    A metric is read at most; a KPI is watched; proposed and deferred are a KPI that is to become a key result, and one
    that waits for it; accepted is a KPI while a key result that came of it is open. Graduated, dropped and retired are
    over for good.
    """

    METRIC = "metric"
    KPI = "KPI"
    PROPOSED = "proposed"
    DEFERRED = "deferred"
    BEING_MOVED = "being moved"
    KEY_RESULT = "key result"
    COMMIT = "commit"
    GRADUATED = "graduated"
    DROPPED = "dropped"
    RETIRED = "retired"


@unique
class Move(Term):
    """What may be done with a goal.

    Each is told by an event but one: a KPI is released by itself, when the last key result that came of it is over.
    """

    WATCH = "watch"
    SET = "set as a key result"
    COMMIT = "commit to"
    PROPOSE = "propose"
    DEFER = "defer"
    PROMOTE = "promote"
    RELEASE = "release"
    ACCEPT_DEVIATION = "accept a deviation"
    CHANGE_BANDS = "change the bands"
    EXCLUDE_DAYS = "leave days out"
    EDIT = "edit"
    REVISE = "revise the target"
    RESTATE_BASELINE = "restate the baseline"
    GRADUATE = "graduate"
    AMEND = "amend the standard"
    CARRY_OVER = "carry over"
    DROP = "drop"
    RETIRE = "retire"


MOVES: Final[Mapping[GoalState, Mapping[Move, GoalState]]] = MappingProxyType(
    {
        GoalState.METRIC: MappingProxyType(
            {
                Move.WATCH: GoalState.KPI,
                Move.SET: GoalState.KEY_RESULT,
                Move.COMMIT: GoalState.COMMIT,
            }
        ),
        GoalState.KPI: MappingProxyType(
            {
                Move.PROPOSE: GoalState.PROPOSED,
                Move.DEFER: GoalState.DEFERRED,
                Move.PROMOTE: GoalState.BEING_MOVED,
                Move.ACCEPT_DEVIATION: GoalState.KPI,
                Move.CHANGE_BANDS: GoalState.KPI,
                Move.EXCLUDE_DAYS: GoalState.KPI,
                Move.EDIT: GoalState.KPI,
                Move.RETIRE: GoalState.RETIRED,
            }
        ),
        GoalState.PROPOSED: MappingProxyType(
            {
                Move.DEFER: GoalState.DEFERRED,
                Move.PROMOTE: GoalState.BEING_MOVED,
                Move.ACCEPT_DEVIATION: GoalState.PROPOSED,
                Move.CHANGE_BANDS: GoalState.PROPOSED,
                Move.EXCLUDE_DAYS: GoalState.PROPOSED,
                Move.EDIT: GoalState.PROPOSED,
                Move.DROP: GoalState.KPI,
                Move.RETIRE: GoalState.RETIRED,
            }
        ),
        GoalState.DEFERRED: MappingProxyType(
            {
                Move.PROPOSE: GoalState.PROPOSED,
                Move.DEFER: GoalState.DEFERRED,
                Move.PROMOTE: GoalState.BEING_MOVED,
                Move.ACCEPT_DEVIATION: GoalState.DEFERRED,
                Move.CHANGE_BANDS: GoalState.DEFERRED,
                Move.EXCLUDE_DAYS: GoalState.DEFERRED,
                Move.EDIT: GoalState.DEFERRED,
                Move.DROP: GoalState.KPI,
                Move.RETIRE: GoalState.RETIRED,
            }
        ),
        GoalState.BEING_MOVED: MappingProxyType(
            {
                Move.RELEASE: GoalState.KPI,
                Move.ACCEPT_DEVIATION: GoalState.BEING_MOVED,
                Move.CHANGE_BANDS: GoalState.BEING_MOVED,
                Move.EXCLUDE_DAYS: GoalState.BEING_MOVED,
                Move.EDIT: GoalState.BEING_MOVED,
            }
        ),
        GoalState.KEY_RESULT: MappingProxyType(
            {
                Move.REVISE: GoalState.KEY_RESULT,
                Move.RESTATE_BASELINE: GoalState.KEY_RESULT,
                Move.EXCLUDE_DAYS: GoalState.KEY_RESULT,
                Move.EDIT: GoalState.KEY_RESULT,
                Move.GRADUATE: GoalState.GRADUATED,
                Move.CARRY_OVER: GoalState.RETIRED,
                Move.DROP: GoalState.DROPPED,
                Move.RETIRE: GoalState.RETIRED,
            }
        ),
        GoalState.COMMIT: MappingProxyType(
            {
                Move.AMEND: GoalState.COMMIT,
                Move.EXCLUDE_DAYS: GoalState.COMMIT,
                Move.EDIT: GoalState.COMMIT,
                Move.CARRY_OVER: GoalState.RETIRED,
                Move.RETIRE: GoalState.RETIRED,
            }
        ),
        GoalState.GRADUATED: MappingProxyType({}),
        GoalState.DROPPED: MappingProxyType({}),
        GoalState.RETIRED: MappingProxyType({}),
    }
)
"""Which moves each state allows, and where they lead: what is not here is illegal."""

Step: TypeAlias = tuple[str, Move]
"""Id of a goal, and what is done with it."""


Measured: TypeAlias = Kpi | CompositeKpi | KeyResult | Commit
"""A goal that is about a measure, or made of such."""

_MOVE_OF: Final[Mapping[type[object], Move]] = MappingProxyType(
    {
        Proposed: Move.PROPOSE,
        Deferred: Move.DEFER,
        Promoted: Move.PROMOTE,
        Demoted: Move.GRADUATE,
        TargetRevised: Move.REVISE,
        BaselineRestated: Move.RESTATE_BASELINE,
        DaysExcluded: Move.EXCLUDE_DAYS,
        Edited: Move.EDIT,
        StandardAmended: Move.AMEND,
        DeviationAccepted: Move.ACCEPT_DEVIATION,
        BandsChanged: Move.CHANGE_BANDS,
        CarriedOver: Move.CARRY_OVER,
        Dropped: Move.DROP,
        Retired: Move.RETIRE,
    }
)
"""What each kind of event does with the goal it is about; that a goal begins comes beside it."""

_BEGINNING_OF: Final[Mapping[type[object], Move]] = MappingProxyType(
    {Kpi: Move.WATCH, CompositeKpi: Move.WATCH, KeyResult: Move.SET, Commit: Move.COMMIT}
)

_OF_ONE_GOAL: Final = (
    Proposed,
    Deferred,
    TargetRevised,
    BaselineRestated,
    StandardAmended,
    BandsChanged,
    DeviationAccepted,
    DaysExcluded,
    Edited,
)
"""What begins and closes no goal."""

_BEGUN_AS: Final[Mapping[type[object], GoalState]] = MappingProxyType(
    {Kpi: GoalState.KPI, KeyResult: GoalState.KEY_RESULT, Commit: GoalState.COMMIT}
)

_AS_KPI: Final = frozenset({GoalState.KPI, GoalState.PROPOSED, GoalState.DEFERRED})
"""The states of a KPI of which the latest event decides."""

_OF_A_WHOLE: Final = (Move.WATCH, Move.EDIT, Move.RETIRE)
"""What may be done with a KPI made of parts; all else is done with one of its parts."""

_LEFT_BY: Final[Mapping[type[object], GoalState]] = MappingProxyType(
    {
        Proposed: GoalState.PROPOSED,
        Deferred: GoalState.DEFERRED,
        Promoted: GoalState.KPI,
        Demoted: GoalState.GRADUATED,
        CarriedOver: GoalState.RETIRED,
        Dropped: GoalState.DROPPED,
        Retired: GoalState.RETIRED,
    }
)
"""Where an event leaves a goal, when nothing that is open says more."""


def state_of(model: GoalModel, id: str) -> GoalState:  # noqa: A002 - the name the field has on every goal
    """Return where the goal with that id stands; a metric where no KPI, key result or commit has or had it.

    It is what the goals of the model and its events say, and stored nowhere.

    >>> csat = Kpi(id="csat", measure=Measure("customer satisfaction"))
    >>> state_of(GoalModel(kpis=[csat]), "csat"), state_of(GoalModel(), "csat")
    (<GoalState.KPI: 'KPI'>, <GoalState.METRIC: 'metric'>)
    """
    goal = _measured(the(GoalModel, model, "model")).get(the_text(id, "id"))
    match goal:
        case KeyResult():
            return GoalState.KEY_RESULT
        case Commit():
            return GoalState.COMMIT
        case Kpi() if _came_of(model, id):
            return GoalState.BEING_MOVED
        case _:
            said = (found for event in reversed(model.events) if (found := _left(event, id)) is not None)
            return next(said, GoalState.METRIC if goal is None else GoalState.KPI)


def apply(model: GoalModel, event: Event) -> GoalModel:
    """Return *model* after *event*: the goals as they stand from then on, and the event behind all earlier ones.

    What is closed leaves the model and stays in its events. What led to it leads to what carries it on, or there no
    longer.

    Rules: EVT-1, EVT-2.

    >>> csat = Kpi(id="csat", measure=Measure("customer satisfaction"))
    >>> watched = Adopted(on=date(2026, 9, 1), goal=csat, reason="clients leave", decided_by="the board")
    >>> apply(GoalModel(), watched).kpis == (csat,)
    True

    Args:
        model: The goals before.
        event: What happened; not before the latest event of the model.

    Raises:
        OutOfOrder: It is dated before the latest event of the model.
        GivenTwice: The model has it already.
        IllegalMove: The state of a goal does not allow it.
        EventDoesNotFit: It tells of a goal as it does not stand in the model.
        GoalModelError: What the event itself says can't be: a target equal to the baseline, an amendment after the due
            date, a new goal with a link to nobody.
    """
    told = in_order((*the(GoalModel, model, "model").events, the_event(event, "event")), "events")
    wholes = {each.id for each in model.composites}
    for id_, move in _steps(model, event):
        before = state_of(model, id_)
        legal = [each for each in MOVES[before] if id_ not in wholes or each in _OF_A_WHOLE]
        if move not in legal:
            told_by = tuple(each for each in legal if each is not Move.RELEASE)
            raise IllegalMove("event", move, told_by, before, goal=id_)
    goals = _after(model, event)
    parts = {part.id for goal in goals if isinstance(goal, CompositeKpi) for part in goal.parts}
    return GoalModel(
        kpis=[goal for goal in goals if isinstance(goal, Kpi) and goal.id not in parts],
        composites=[goal for goal in goals if isinstance(goal, CompositeKpi)],
        key_results=[goal for goal in goals if isinstance(goal, KeyResult)],
        commits=[goal for goal in goals if isinstance(goal, Commit)],
        objectives=[goal for goal in goals if isinstance(goal, Objective)],
        initiatives=[goal for goal in goals if isinstance(goal, Initiative)],
        events=told,
    )


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
    """A model on its way through many events, of which most change one goal and none of its links.

    Such an event is checked by what it touches alone. Of any other, and of any that might be refused, it says so and
    changes nothing: those are for `apply`.
    """

    def __init__(self, model: GoalModel) -> None:
        self._start = model
        self._since: list[Event] = []
        latest = model.events[-1].on if model.events else dt.date.min
        self._latest = latest
        self._that_day: set[Event] = set(takewhile(lambda told: told.on == latest, reversed(model.events)))
        free: tuple[Kpi | KeyResult | Commit, ...] = (*model.kpis, *model.key_results, *model.commits)
        self._free = {goal.id: goal for goal in free}

    @cached_property
    def _states(self) -> dict[str, GoalState]:
        """Where each goal stands that is no whole and no part of one; see `state_of`."""
        left = {goal.id: _BEGUN_AS[type(goal)] for goal in self._free.values()}
        for event in self._start.events:
            for id_ in _about(event):
                if left.get(id_) in _AS_KPI and (state := _left(event, id_)) is not None:
                    left[id_] = state
        moved = {each.origin.kpi for each in self._start.key_results if each.origin is not None}
        return left | dict.fromkeys(moved & left.keys(), GoalState.BEING_MOVED)

    def model(self) -> GoalModel:
        """Return the model as it stands by now."""
        if not self._since:
            return self._start
        by_kind: dict[str, Any] = {
            kind: [self._free[each.id] for each in getattr(self._start, kind)]
            for kind in ("kpis", "key_results", "commits")
        }
        return attrs.evolve(
            self._start,
            events=(*self._start.events, *self._since),
            **by_kind,
        )

    def goes_on_with(self, event: Event) -> bool:
        """Take up *event* where it surely fits and touches no link; else say no."""
        if not isinstance(event, _OF_ONE_GOAL) or event.on < self._latest or self._is_told(event):
            return False
        ids = _about(event)
        move = _MOVE_OF[type(event)]
        if not all(id_ in self._free and move in MOVES[self._states[id_]] for id_ in ids):
            return False
        try:
            _check_as_it_stands(self._free, event)
            changed = {id_: _changed(self._free[id_], event) for id_ in ids}
        except GoalModelError:
            return False
        if any(goal is not None and goal.serves != self._free[id_].serves for id_, goal in changed.items()):
            return False
        self._take_up(event, changed)
        return True

    def _is_told(self, event: Event) -> bool:
        return event.on == self._latest and event in self._that_day

    def _take_up(self, event: Event, changed: Mapping[str, Measured | None]) -> None:
        for id_, goal in changed.items():
            self._states[id_] = MOVES[self._states[id_]][_MOVE_OF[type(event)]]
            if isinstance(goal, Kpi | KeyResult | Commit):
                self._free[id_] = goal
        if event.on > self._latest:
            self._latest, self._that_day = event.on, set()
        self._that_day.add(event)
        self._since.append(event)


def _steps(model: GoalModel, event: Event) -> tuple[Step, ...]:
    """Return what is done with which goal."""
    begun, move = _begun(model, event), _MOVE_OF.get(type(event))
    began = () if begun is None else tuple((id_, _BEGINNING_OF[type(begun)]) for id_ in ids_of(begun))
    about = () if move is None else tuple((id_, move) for id_ in _about(event))
    return (*about, *began)


def _about(event: Event) -> tuple[str, ...]:
    """Return the ids of all goals to which it happened: of a whole that is over, of its parts, too."""
    match event:
        case Retired(goal=goal):
            return ids_of(goal)
        case DaysExcluded(goals=goals):
            return goals
        case Proposed(kpi=id_) | Deferred(kpi=id_) | Promoted(kpi=id_) | DeviationAccepted(kpi=id_):
            return (id_,)
        case TargetRevised(key_result=id_) | BaselineRestated(key_result=id_):
            return (id_,)
        case StandardAmended(commit=id_) | BandsChanged(kpi=id_):
            return (id_,)
        case (
            Adopted(goal=goal)
            | Edited(goal=goal)
            | Demoted(key_result=goal)
            | CarriedOver(goal=goal)
            | Dropped(goal=goal)
        ):
            return (goal.id,)
        case _:
            assert_never(event)


def _begun(model: GoalModel, event: Event) -> Measured | None:
    """Return the goal that begins with *event*; None where none does."""
    match event:
        case Adopted(goal=begun) | Promoted(key_result=begun) | CarriedOver(into=begun):
            return begun
        case Demoted(kpi=begun) if begun.id not in _measured(model):
            return begun
        case _:
            return None


def _came_of(model: GoalModel, kpi: str) -> list[KeyResult]:
    return [each for each in model.key_results if each.origin is not None and each.origin.kpi == kpi]


def _measured(model: GoalModel) -> dict[str, Measured]:
    return {goal.id: goal for goal in (*model.measured, *model.composites)}


def _left(event: Event, id_: str) -> GoalState | None:
    """Return where *event* left the goal with that id, be it a KPI or over; None where it says nothing of it."""
    closed = closed_by(event)
    if id_ not in _about(event) and (closed is None or id_ not in ids_of(closed)):
        return None
    if isinstance(event, Dropped) and isinstance(event.goal, Kpi):
        return GoalState.KPI
    return _LEFT_BY.get(type(event))


def _after(model: GoalModel, event: Event) -> tuple[Goal, ...]:
    """Return the goals as they stand after a legal *event*."""
    known = _measured(model)
    _check_as_it_stands(known, event)
    closed, begun = closed_by(event), _begun(model, event)
    changed = {id_: goal for id_ in _about(event) if (goal := _changed(known.get(id_), event)) is not None}
    if changed:
        return _with(model, changed)
    if isinstance(event, CarriedOver):
        return _without(model, event.goal.id, event.into)
    goals = model.goals if closed is None else _without(model, closed.id)
    return goals if begun is None else (*goals, begun)


def _changed(goal: Measured | None, event: Event) -> Measured | None:  # noqa: PLR0911 - a line for each kind of event
    """Return a *goal* that *event* changed, as it stands from then on; None where it changed none."""
    match event, goal:
        case TargetRevised(target=target, on=on, reason=reason), KeyResult() as moved:
            return revise(moved, target=target, on=on, reason=reason)
        case BaselineRestated(baseline=baseline, on=on, reason=reason), KeyResult() as moved:
            return revise(moved, baseline=baseline, on=on, reason=reason)
        case StandardAmended(amendment=amendment), Commit() as owed:
            return attrs.evolve(owed, amendments=(*owed.amendments, amendment))
        case BandsChanged(bands=bands, since=since, reason=reason), Kpi() as watched:
            return watched.with_bands(bands, since=since, reason=reason)
        case DeviationAccepted(deviation=deviation), Kpi() as watched:
            return attrs.evolve(watched, accepted=(*watched.accepted, deviation))
        case DaysExcluded(exclusion=exclusion), Kpi() | KeyResult() | Commit() as paused:
            return attrs.evolve(paused, exclusions=(*paused.exclusions, exclusion))
        case Edited(into=into), _:
            return into
        case _:
            return None


def _check_as_it_stands(known: Mapping[str, Measured], event: Event) -> None:
    """Check that *event* tells of goals as they stand."""
    match event:
        case Demoted(key_result=closed, kpi=kpi):
            told = (("key_result", closed), *((("kpi", kpi),) if kpi.id in known else ()))
        case Edited(goal=goal) | Dropped(goal=goal) | CarriedOver(goal=goal) | Retired(goal=goal):
            told = (("goal", goal),)
        case _:
            told = ()
    for field, goal in told:
        if known.get(goal.id) != goal:
            accepted = "the goal as it stands in the model: decide anew about what it is now"
            raise EventDoesNotFit(("event", field), goal, accepted, goal=goal.id)


def _without(model: GoalModel, gone: str, heir: Goal | None = None) -> tuple[Goal, ...]:
    """Return all goals but the one that is *gone*; what led to it leads to its *heir* instead, or there no longer.

    With a KPI made of parts its parts are gone, and a whole stands with its parts as they stand.
    """
    instead = () if heir is None else (heir,)
    over = ids_of(model[gone])
    left = (*(_relinked(goal, over, instead) for goal in model.goals if goal.id not in over), *instead)
    kpis = {goal.id: goal for goal in left if isinstance(goal, Kpi)}
    return tuple(_made_of(goal, kpis) if isinstance(goal, CompositeKpi) else goal for goal in left)


def _with(model: GoalModel, changed: Mapping[str, Measured]) -> tuple[Goal, ...]:
    """Return all goals, those that *changed* as they stand now; a whole stands with its parts."""
    left = tuple(changed.get(goal.id, goal) for goal in model.goals)
    kpis = {goal.id: goal for goal in left if isinstance(goal, Kpi)}
    return tuple(_made_of(goal, kpis) if isinstance(goal, CompositeKpi) else goal for goal in left)


def _made_of(whole: CompositeKpi, kpis: Mapping[str, Kpi]) -> CompositeKpi:
    """Return *whole* with those of its parts that are left, as they stand."""
    parts = [kpis[part.id] for part in whole.parts if part.id in kpis]
    if not parts:
        accepted = f"one of several parts of {whole.id!r}: retire that one, where nothing of it is left to watch"
        raise EventDoesNotFit("goal", whole.parts[0].id, accepted)
    return attrs.evolve(whole, parts=parts)


def _relinked(goal: Goal, gone: tuple[str, ...], instead: tuple[Goal, ...]) -> Goal:
    if not set(gone) & set(goal.serves):
        return goal
    kept = [served for served in goal.serves if served not in gone]
    return attrs.evolve(goal, serves=[*kept, *(each.id for each in instead)])
