"""Everything that changes the state of a goal: one table of states and moves, and what an event makes of goals.

Rule: EVT-1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import unique
from fractions import Fraction
from types import MappingProxyType
from typing import Final, TypeAlias

import attrs

from goalmodel.checks import Term
from goalmodel.commit import Commit, Consent
from goalmodel.errors import EventDoesNotFit, IllegalMove, TargetNotAnImprovement
from goalmodel.events.event import (
    Adopted,
    BandsChanged,
    BaselineRestated,
    CapacityChanged,
    CarriedOver,
    ConsentRecorded,
    DaysExcluded,
    Deferred,
    Demoted,
    DeviationAccepted,
    Dropped,
    Edited,
    EnteredInError,
    Event,
    GoodToKnowChanged,
    Learnt,
    Promoted,
    Proposed,
    PutOnHold,
    Rebased,
    Resumed,
    Retired,
    StandardAmended,
    TargetRevised,
    begun_by,
    closed_by,
)
from goalmodel.events.goal import Goal, ids_of
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult, MeanOfLatest, revise
from goalmodel.kpi import CompositeKpi, Kpi
from goalmodel.measure import Aggregation, Exclusion
from goalmodel.objective import Objective


@unique
class GoalState(Term):
    """Where a goal stands on its way.

    A metric is read at most, or nothing at all; a KPI is watched; proposed and deferred are a KPI that is to become a
    key result, and one that waits for it; being moved is a KPI while a key result that came of it is open. Graduated,
    dropped and retired are over for good.
    """

    METRIC = "metric"
    KPI = "KPI"
    PROPOSED = "proposed"
    DEFERRED = "deferred"
    BEING_MOVED = "being moved"
    KEY_RESULT = "key result"
    COMMIT = "commit"
    OBJECTIVE = "objective"
    INITIATIVE = "initiative"
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
    PURSUE = "pursue"
    BEGIN = "begin"
    PROPOSE = "propose"
    DEFER = "defer"
    PROMOTE = "promote"
    RELEASE = "release"
    ACCEPT_DEVIATION = "accept a deviation"
    CHANGE_BANDS = "change the bands"
    REBASE = "rebase"
    EXCLUDE_DAYS = "leave days out"
    HOLD = "put on hold"
    RESUME = "resume"
    EDIT = "edit"
    REVISE = "revise the target"
    RESTATE_BASELINE = "restate the baseline"
    GRADUATE = "graduate"
    AMEND = "amend the standard"
    RECORD_CONSENT = "record who was told and what they answered"
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
                Move.PURSUE: GoalState.OBJECTIVE,
                Move.BEGIN: GoalState.INITIATIVE,
            }
        ),
        GoalState.KPI: MappingProxyType(
            {
                Move.PROPOSE: GoalState.PROPOSED,
                Move.DEFER: GoalState.DEFERRED,
                Move.PROMOTE: GoalState.BEING_MOVED,
                Move.ACCEPT_DEVIATION: GoalState.KPI,
                Move.CHANGE_BANDS: GoalState.KPI,
                Move.REBASE: GoalState.KPI,
                Move.EXCLUDE_DAYS: GoalState.KPI,
                Move.HOLD: GoalState.KPI,
                Move.RESUME: GoalState.KPI,
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
                Move.REBASE: GoalState.PROPOSED,
                Move.EXCLUDE_DAYS: GoalState.PROPOSED,
                Move.HOLD: GoalState.PROPOSED,
                Move.RESUME: GoalState.PROPOSED,
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
                Move.REBASE: GoalState.DEFERRED,
                Move.EXCLUDE_DAYS: GoalState.DEFERRED,
                Move.HOLD: GoalState.DEFERRED,
                Move.RESUME: GoalState.DEFERRED,
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
                Move.REBASE: GoalState.BEING_MOVED,
                Move.EXCLUDE_DAYS: GoalState.BEING_MOVED,
                Move.HOLD: GoalState.BEING_MOVED,
                Move.RESUME: GoalState.BEING_MOVED,
                Move.EDIT: GoalState.BEING_MOVED,
            }
        ),
        GoalState.KEY_RESULT: MappingProxyType(
            {
                Move.REVISE: GoalState.KEY_RESULT,
                Move.RESTATE_BASELINE: GoalState.KEY_RESULT,
                Move.EXCLUDE_DAYS: GoalState.KEY_RESULT,
                Move.HOLD: GoalState.KEY_RESULT,
                Move.RESUME: GoalState.KEY_RESULT,
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
                Move.RECORD_CONSENT: GoalState.COMMIT,
                Move.EXCLUDE_DAYS: GoalState.COMMIT,
                Move.HOLD: GoalState.COMMIT,
                Move.RESUME: GoalState.COMMIT,
                Move.EDIT: GoalState.COMMIT,
                Move.CARRY_OVER: GoalState.RETIRED,
                Move.RETIRE: GoalState.RETIRED,
            }
        ),
        GoalState.OBJECTIVE: MappingProxyType(
            {
                Move.EDIT: GoalState.OBJECTIVE,
                Move.RETIRE: GoalState.RETIRED,
            }
        ),
        GoalState.INITIATIVE: MappingProxyType(
            {
                Move.EDIT: GoalState.INITIATIVE,
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


MOVE_OF: Final[Mapping[type[object], Move]] = MappingProxyType(
    {
        Proposed: Move.PROPOSE,
        Deferred: Move.DEFER,
        Promoted: Move.PROMOTE,
        Demoted: Move.GRADUATE,
        TargetRevised: Move.REVISE,
        BaselineRestated: Move.RESTATE_BASELINE,
        DaysExcluded: Move.EXCLUDE_DAYS,
        PutOnHold: Move.HOLD,
        Resumed: Move.RESUME,
        Edited: Move.EDIT,
        StandardAmended: Move.AMEND,
        ConsentRecorded: Move.RECORD_CONSENT,
        DeviationAccepted: Move.ACCEPT_DEVIATION,
        BandsChanged: Move.CHANGE_BANDS,
        Rebased: Move.REBASE,
        CarriedOver: Move.CARRY_OVER,
        Dropped: Move.DROP,
        Retired: Move.RETIRE,
    }
)
"""What each kind of event does with the goal it is about; that a goal begins comes beside it."""

_BEGINNING_OF: Final[Mapping[type[object], Move]] = MappingProxyType(
    {
        Kpi: Move.WATCH,
        CompositeKpi: Move.WATCH,
        KeyResult: Move.SET,
        Commit: Move.COMMIT,
        Objective: Move.PURSUE,
        Initiative: Move.BEGIN,
    }
)

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


OPEN_AS: Final[Mapping[type[object], GoalState]] = MappingProxyType(
    {
        KeyResult: GoalState.KEY_RESULT,
        Commit: GoalState.COMMIT,
        Objective: GoalState.OBJECTIVE,
        Initiative: GoalState.INITIATIVE,
    }
)
"""Where a goal stands while it is open, by its kind; where a KPI does, what was told says."""


def state_in(goals: Mapping[str, Goal], events: Sequence[Event], id_: str) -> GoalState:
    """Return where the goal with that id stands, by the *goals* there are, by id, and the *events*, oldest first."""
    goal = goals.get(id_)
    if (state := OPEN_AS.get(type(goal))) is not None:
        return state
    if isinstance(goal, Kpi) and any(isinstance(each, KeyResult) and came_of(each, id_) for each in goals.values()):
        return GoalState.BEING_MOVED
    said = (found for event in reversed(events) if (found := left_by(event, id_)) is not None)
    return next(said, GoalState.METRIC if goal is None else GoalState.KPI)


def after(goals: Iterable[Goal], events: Sequence[Event], event: Event) -> tuple[Goal, ...]:
    """Return the goals as they stand after *event*, by the *goals* before it and the *events* in effect.

    Whether they make a model is not asked.

    Rule: EVT-1.

    Raises:
        IllegalMove: The state of a goal does not allow it.
        EventDoesNotFit: It tells of a goal as it does not stand.
        GoalModelError: What the event itself says can't be: a target equal to the baseline, an amendment after the due
            date.
    """
    known = {goal.id: goal for goal in goals}
    for id_, move in _steps(known, event):
        before = state_in(known, events, id_)
        legal = [each for each in MOVES[before] if not isinstance(known.get(id_), CompositeKpi) or each in _OF_A_WHOLE]
        if move not in legal:
            told_by = tuple(each for each in legal if each is not Move.RELEASE)
            raise IllegalMove("event", move, told_by, before, goal=id_)
    check_as_it_stands(known, event)
    if isinstance(event, Learnt) and not any(event.goal in closed_ids(each) for each in events):
        raise EventDoesNotFit(("event", "goal"), event.goal, "the id of a goal that is over", goal=event.goal)
    changed = {id_: goal for id_ in touched_by(event) if (goal := changed_by(known.get(id_), event)) is not None}
    if changed:
        return _with(known, changed)
    closed, begun = closed_by(event), begun_in(known, event)
    if isinstance(event, CarriedOver):
        return _without(known, event.goal.id, event.into)
    left = tuple(known.values()) if closed is None else _without(known, closed.id)
    return left if begun is None else (*left, *with_parts(begun))


def _steps(known: Mapping[str, Goal], event: Event) -> tuple[Step, ...]:
    """Return what is done with which goal."""
    begun, move = begun_in(known, event), MOVE_OF.get(type(event))
    began = () if begun is None else tuple((id_, _BEGINNING_OF[type(begun)]) for id_ in ids_of(begun))
    about = () if move is None else tuple((id_, move) for id_ in touched_by(event))
    return (*about, *began)


def touched_by(event: Event) -> tuple[str, ...]:
    """Return the ids of all goals to which it happened: of a whole that is over, of its parts, too."""
    match event:
        case Retired(goal=goal):
            return ids_of(goal)
        case DaysExcluded(goals=goals) | PutOnHold(goals=goals) | Resumed(goals=goals):
            return goals
        case EnteredInError() | CapacityChanged() | GoodToKnowChanged() | Learnt():
            return ()
        case (
            Adopted(goal=goal)
            | Edited(goal=goal)
            | Demoted(key_result=goal)
            | CarriedOver(goal=goal)
            | Dropped(goal=goal)
        ):
            return (goal.id,)
        case (
            TargetRevised(key_result=id_)
            | BaselineRestated(key_result=id_)
            | StandardAmended(commit=id_)
            | ConsentRecorded(commit=id_)
        ):
            return (id_,)
        case _:
            return (event.kpi,)


def closed_ids(event: Event) -> tuple[str, ...]:
    """Return the ids of all goals that are over with *event*: of a whole, of its parts, too."""
    closed = closed_by(event)
    return () if closed is None else ids_of(closed)


def begun_in(known: Mapping[str, Goal], event: Event) -> Goal | None:
    """Return the goal that begins with *event* among those that are *known*; None where none does."""
    return None if isinstance(event, Demoted) and event.kpi.id in known else begun_by(event)


def came_of(key_result: KeyResult, kpi: str) -> bool:
    """Return whether a key result was promoted from the KPI with that id."""
    return key_result.origin is not None and key_result.origin.kpi == kpi


def with_parts(goal: Goal) -> tuple[Goal, ...]:
    """Return *goal*, and its parts where it has any."""
    return (goal, *goal.parts) if isinstance(goal, CompositeKpi) else (goal,)


def left_by(event: Event, id_: str) -> GoalState | None:
    """Return where *event* left the goal with that id, be it a KPI or over; None where it says nothing of it."""
    closed = closed_by(event)
    if id_ not in touched_by(event) and (closed is None or id_ not in ids_of(closed)):
        return None
    if isinstance(event, Dropped) and isinstance(event.goal, Kpi):
        return GoalState.KPI
    return _LEFT_BY.get(type(event))


def changed_by(goal: Goal | None, event: Event) -> Goal | None:  # noqa: PLR0911 - a line for each kind of event
    """Return a *goal* that *event* changed, as it stands from then on; None where it changed none."""
    match event, goal:
        case TargetRevised(target=target, on=on, reason=reason), KeyResult() as moved:
            return revise(moved, target=target, on=on, reason=reason)
        case BaselineRestated(baseline=baseline, on=on, reason=reason), KeyResult() as moved:
            return revise(moved, baseline=baseline, on=on, reason=reason)
        case StandardAmended(amendment=amendment), Commit() as owed:
            return attrs.evolve(owed, amendments=(*owed.amendments, amendment))
        case ConsentRecorded(), Commit() as owed:
            return attrs.evolve(owed, consents=_consents_by(event, owed))
        case BandsChanged(bands=bands, since=since, reason=reason), Kpi() as watched:
            return watched.with_bands(bands, since=since, reason=reason)
        case Rebased(rebasing=rebasing), Kpi() as watched:
            return attrs.evolve(watched, rebasings=(*watched.rebasings, rebasing))
        case DeviationAccepted(deviation=deviation), Kpi() as watched:
            return attrs.evolve(watched, accepted=(*watched.accepted, deviation))
        case DaysExcluded() | PutOnHold() | Resumed(), Kpi() | KeyResult() | Commit() as paused:
            return attrs.evolve(paused, exclusions=_excluded_by(event, paused))
        case Edited(into=into), _:
            return into
        case _:
            return None


def _consents_by(event: ConsentRecorded, commit: Commit) -> tuple[Consent, ...]:
    """Return who is held to a *commit*, and what they answered, from *event* on."""
    told = next((each for each in commit.consents if each.who == event.who), None)
    others = tuple(each for each in commit.consents if each is not told)
    if event.answer is None:
        if told is not None:
            raise EventDoesNotFit(("event", "who"), event.who, "somebody who was not told before", goal=commit.id)
        return (*others, Consent(who=event.who, told_on=event.on))
    if told is None or told.answer is not None:
        accepted = "somebody who was told and has not answered yet: an answer that was given stands"
        raise EventDoesNotFit(("event", "who"), event.who, accepted, goal=commit.id)
    return (*others, attrs.evolve(told, answer=event.answer, answered_on=event.on))


def _excluded_by(event: DaysExcluded | PutOnHold | Resumed, goal: Kpi | KeyResult | Commit) -> tuple[Exclusion, ...]:
    """Return which days do not count for a *goal* from *event* on."""
    hold = hold_of(goal)
    if isinstance(event, Resumed):
        if hold is None or event.on <= hold.start:
            raise EventDoesNotFit(("event", "goals"), goal.id, "a goal on hold since a day before", goal=goal.id)
        ended = attrs.evolve(hold, end=event.on - dt.timedelta(days=1))
        return (*(each for each in goal.exclusions if each != hold), ended)
    if isinstance(event, PutOnHold) and hold is not None:
        raise EventDoesNotFit(("event", "goals"), goal.id, "a goal that is not on hold", goal=goal.id)
    return (*goal.exclusions, event.exclusion)


def hold_of(goal: Kpi | KeyResult | Commit) -> Exclusion | None:
    """Return the hold that a *goal* is on; None where it is on none."""
    return next((each for each in goal.exclusions if each.is_open and each.end == dt.date.max), None)


def told_of(event: Event) -> tuple[tuple[str, Goal], ...]:
    """Return the goals that *event* tells of as they stood, each with its field; a KPI may begin by a demotion."""
    match event:
        case Demoted(key_result=closed, kpi=kpi):
            return ("key_result", closed), ("kpi", kpi)
        case Edited(goal=goal) | Dropped(goal=goal) | CarriedOver(goal=goal) | Retired(goal=goal):
            return (("goal", goal),)
        case _:
            return ()


def check_as_it_stands(known: Mapping[str, Goal], event: Event) -> None:
    """Check that *event* tells of goals as they stand."""
    for field, goal in told_of(event):
        begins = isinstance(event, Demoted) and goal is event.kpi and goal.id not in known
        if not begins and known.get(goal.id) != goal:
            accepted = "the goal as it stands in the model: decide anew about what it is now"
            raise EventDoesNotFit(("event", field), goal, accepted, goal=goal.id)
    if isinstance(event, Promoted) and isinstance(kpi := known.get(event.kpi), Kpi):
        _check_promoted(kpi, event.key_result)


def _check_promoted(kpi: Kpi, moved: KeyResult) -> None:
    """Check that a promoted key result leads to health, where it counts what the KPI is healthy by."""
    counts_level = moved.counting is Aggregation.LAST or isinstance(moved.counting, MeanOfLatest)
    if moved.origin is not None and moved.is_scorable and counts_level and moved.window == kpi.window:
        check_improvement(kpi.in_force(moved.origin.on), moved.baseline, moved.target_value)


def check_improvement(kpi: Kpi, baseline: Fraction | None, target: Fraction) -> None:
    """Check that *target* is nearer to health than *baseline*; where nobody can say, it may be.

    Rule: LIFE-2.
    """
    if baseline is None:
        return
    before, after = kpi.excess(baseline), kpi.excess(target)
    if before is not None and after is not None and after >= before:
        raise TargetNotAnImprovement("target", target, goal=kpi.id)


def _without(known: Mapping[str, Goal], gone: str, heir: Goal | None = None) -> tuple[Goal, ...]:
    """Return all goals but the one that is *gone*; what led to it leads to its *heir* instead, or there no longer.

    With a KPI made of parts its parts are gone, and a whole stands with its parts as they stand.
    """
    instead = () if heir is None else (heir,)
    over = ids_of(known[gone])
    return whole(*(relinked(goal, over, instead) for goal in known.values() if goal.id not in over), *instead)


def _with(known: Mapping[str, Goal], changed: Mapping[str, Goal]) -> tuple[Goal, ...]:
    """Return all goals, those that *changed* as they stand now; a whole stands with its parts."""
    return whole(*(changed.get(goal.id, goal) for goal in known.values()))


def whole(*left: Goal) -> tuple[Goal, ...]:
    """Return the goals that are *left*, each whole with its parts as they stand."""
    kpis = {goal.id: goal for goal in left if isinstance(goal, Kpi)}
    return tuple(_made_of(goal, kpis) if isinstance(goal, CompositeKpi) else goal for goal in left)


def _made_of(whole: CompositeKpi, kpis: Mapping[str, Kpi]) -> CompositeKpi:
    """Return *whole* with those of its parts that are left, as they stand."""
    parts = [kpis[part.id] for part in whole.parts if part.id in kpis]
    if not parts:
        accepted = f"one of several parts of {whole.id!r}: retire that one, where nothing of it is left to watch"
        raise EventDoesNotFit(("event", "goal"), whole.parts[0].id, accepted)
    return attrs.evolve(whole, parts=parts)


def relinked(goal: Goal, gone: tuple[str, ...], instead: tuple[Goal, ...]) -> Goal:
    """Return *goal* with links to those *instead* where it had links to what is *gone*."""
    if not set(gone) & set(goal.serves):
        return goal
    kept = [served for served in goal.serves if served not in gone]
    return attrs.evolve(goal, serves=[*kept, *(each.id for each in instead)])
