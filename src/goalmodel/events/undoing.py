"""What was before: goals as they stood before some events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from goalmodel.commit import Commit
from goalmodel.events.event import (
    BandsChanged,
    BaselineRestated,
    CarriedOver,
    ConsentRecorded,
    DaysExcluded,
    Demoted,
    DeviationAccepted,
    EnteredInError,
    Event,
    PutOnHold,
    Rebased,
    Resumed,
    StandardAmended,
    TargetRevised,
    begun_by,
    closed_by,
    in_effect,
)
from goalmodel.events.goal import Goal, ids_of
from goalmodel.events.moves import told_of, touched_by, whole, with_parts
from goalmodel.key_result import KeyResult
from goalmodel.key_result.revision import ways_of
from goalmodel.kpi import CompositeKpi, Kpi
from goalmodel.objective import Objective

_T = TypeVar("_T")


def before_all(goals: Iterable[Goal], told: Sequence[Event], kept: Iterable[Goal]) -> tuple[Goal, ...]:
    """Return the goals as they stood before all that was *told*, if they stand now as *goals* do.

    Where several could have led there, those with the fewest goals; where none could, some that come near.

    Args:
        goals: All goals as they stand now, the parts of others among them.
        told: All events, oldest first, those that were entered in error among them.
        kept: Those goals as they stood then of which events do not tell all.
    """
    found = {goal.id: goal for goal in _led_back(goals, told)}
    return whole(*(found | {each.id: each for goal in kept for each in with_parts(goal)}).values())


def tells_all(event: Event) -> bool:
    """Return whether what was before *event* surely follows from it and from what is after it."""
    return closed_by(event) is None and not isinstance(event, EnteredInError | Resumed)


def untold(before: Sequence[Goal], goals: Iterable[Goal], told: Sequence[Event]) -> tuple[Goal, ...]:
    """Return those goals, by id, as they stood *before* all that was *told*, of which that does not tell all.

    A closing says nothing of what led to what it closes.

    Args:
        before: All goals as they stood then, the parts of others among them.
        goals: All goals as they stand now, likewise.
        told: All events, oldest first.
    """
    led_back = {goal.id: goal for goal in _led_back(goals, told)}
    parts = {part.id for goal in before if isinstance(goal, CompositeKpi) for part in goal.parts}
    lost = (goal for goal in before if led_back.get(goal.id) != goal and goal.id not in parts)
    return tuple(sorted(lost, key=attrgetter("id")))


def _led_back(goals: Iterable[Goal], told: Sequence[Event]) -> tuple[Goal, ...]:
    """Return the goals as they stood before all that was *told*, as far as that says so."""
    found, events = {goal.id: goal for goal in goals}, in_effect(told)
    new = _new_by_demotion(events)
    for event in reversed(events):
        _undo(found, event)
    for id_ in new:
        found.pop(id_, None)
    for goal in _told_in_error(told, events):
        if goal.id in found:
            links: dict[str, Any] = {"serves": goal.serves}
            if isinstance(goal, KeyResult | Objective):
                links["link_weights"] = goal.link_weights
            found[goal.id] = attrs.evolve(found[goal.id], **links)
    heirs = {event.into.id: event.goal.id for event in events if isinstance(event, CarriedOver)}
    served = {_root(served, heirs) for goal in found.values() for served in goal.serves}
    served |= {goal.origin.kpi for goal in found.values() if isinstance(goal, KeyResult) and goal.origin is not None}
    found |= {id_: kpi for id_, kpi in new.items() if id_ in served}
    linked = {id_: _linked(goal, heirs, found) for id_, goal in found.items()}
    return whole(*linked.values())


def _told_in_error(told: Iterable[Event], events: Iterable[Event]) -> Iterator[Goal]:
    """Yield the goals of which the first to tell was entered in error: what they led to by then, nothing else says."""
    first: dict[str, tuple[Event, Goal]] = {}
    for event in told:
        for _, goal in told_of(event):
            for each in with_parts(goal):
                first.setdefault(each.id, (event, each))
    effective = set(events)
    yield from (goal for event, goal in first.values() if event not in effective)


def _new_by_demotion(events: Iterable[Event]) -> dict[str, Kpi]:
    """Return the KPIs, by id, that no event tells of before a key result was demoted to them."""
    told, new = set[str](), dict[str, Kpi]()
    for event in events:
        if isinstance(event, Demoted) and event.kpi.id not in told:
            new[event.kpi.id] = event.kpi
        begun = begun_by(event)
        told.update(touched_by(event), () if begun is None else ids_of(begun))
    return new


def _undo(found: dict[str, Goal], event: Event) -> None:
    """Make of the goals that are *found* after an *event* those before it."""
    begun = None if isinstance(event, Demoted) else begun_by(event)
    for id_ in () if begun is None else ids_of(begun):
        found.pop(id_, None)
    for _, told in told_of(event):
        for goal in with_parts(told):
            found[goal.id] = goal
    for id_ in touched_by(event):
        if id_ in found:
            found[id_] = _undone(found[id_], event)


def _undone(goal: Goal, event: Event) -> Goal:
    """Return *goal* as it stood before *event*; as it is where the event did not change it."""
    changed: dict[str, Any] = {}
    match event, goal:
        case TargetRevised() | BaselineRestated(), KeyResult(revisions=(*earlier, _)):
            baseline, target = ways_of((goal.baseline, goal.target), goal.revisions)[-2]
            changed = {"baseline": baseline, "target": target, "revisions": earlier}
        case StandardAmended(amendment=told), Commit(amendments=amendments):
            changed = {"amendments": _less(amendments, told)}
        case ConsentRecorded(who=who, answer=None), Commit(consents=consents):
            changed = {"consents": [each for each in consents if each.who != who]}
        case ConsentRecorded(who=who), Commit(consents=consents):
            changed = {
                "consents": [
                    attrs.evolve(each, answer=None, answered_on=None) if each.who == who else each for each in consents
                ]
            }
        case BandsChanged(), Kpi(bands_changes=(*earlier, last)):
            changed = {"bands": last.was, "bands_changes": earlier}
        case Rebased(rebasing=told), Kpi(rebasings=rebasings):
            changed = {"rebasings": _less(rebasings, told)}
        case DeviationAccepted(deviation=told), Kpi(accepted=accepted):
            changed = {"accepted": _less(accepted, told)}
        case Resumed(on=on), Kpi() | KeyResult() | Commit():
            eve = on - dt.timedelta(days=1)
            again = [
                attrs.evolve(each, end=dt.date.max) if each.is_open and each.end == eve else each
                for each in goal.exclusions
            ]
            changed = {"exclusions": again}
        case DaysExcluded(exclusion=told) | PutOnHold(exclusion=told), Kpi() | KeyResult() | Commit():
            changed = {"exclusions": _less(goal.exclusions, told)}
        case _:
            return goal
    return attrs.evolve(goal, **changed)


def _less(many: tuple[_T, ...], told: _T) -> tuple[_T, ...]:
    """Return *many* without the last that is as it was *told*."""
    at = len(many) - 1 - many[::-1].index(told) if told in many else len(many)
    return (*many[:at], *many[at + 1 :])


def _linked(goal: Goal, heirs: Mapping[str, str], among: Container[str]) -> Goal:
    """Return *goal* with the links it had before what it leads to was carried over or begun."""
    serves = [served for served in (_root(each, heirs) for each in goal.serves) if served in among]
    return goal if tuple(serves) == goal.serves else attrs.evolve(goal, serves=serves)


def _root(id_: str, heirs: Mapping[str, str]) -> str:
    """Return the id of the goal that the one with that id carries on, in one step or more; its own where none."""
    walked = {id_}
    while id_ in heirs and heirs[id_] not in walked:
        id_ = heirs[id_]
        walked.add(id_)
    return id_
