"""What there is of people, budget and hours, before and after some events.

Rule: EVT-4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from goalmodel.capacity import Capacity
from goalmodel.errors import EventDoesNotFit, NotAsTold
from goalmodel.events.event import CapacityChanged, Event, in_effect


def capacities_before(now: Iterable[Capacity], told: Sequence[Event]) -> tuple[Capacity, ...]:
    """Return what there was before all that was *told*, if there is *now* so much.

    Raises:
        NotAsTold: There is not what the events say.
    """
    found = list(now)
    for event in reversed(tuple(_changes(told))):
        if event.into is not None:
            if event.into not in found:
                raise NotAsTold(("capacities",), tuple(found), f"with {event.into}, as its events say")
            found.remove(event.into)
        if event.capacity is not None:
            found.append(event.capacity)
    return tuple(found)


def capacities_after(before: Iterable[Capacity], told: Sequence[Event]) -> tuple[Capacity, ...]:
    """Return what there is after all that was *told*, if there was so much *before*.

    Raises:
        EventDoesNotFit: One of the events tells of what is not said by then.
    """
    found = list(before)
    for event in _changes(told):
        if event.capacity is not None:
            if event.capacity not in found:
                accepted = "what there is said to be in the model: decide anew about what it is now"
                raise EventDoesNotFit(("event", "capacity"), event.capacity, accepted)
            found.remove(event.capacity)
        if event.into is not None:
            found.append(event.into)
    return tuple(found)


def capacities_by(now: Iterable[Capacity], told: Sequence[Event], instead: Sequence[Event]) -> tuple[Capacity, ...]:
    """Return what there is where events are told *instead* of those that were *told*, by which there is *now* so much.

    Raises:
        NotAsTold: There is not what the events that were told say.
        EventDoesNotFit: One of the others tells of what is not said by then.
    """
    if not any(isinstance(event, CapacityChanged) for event in (*told, *instead)):
        return tuple(now)
    return capacities_after(capacities_before(now, told), instead)


def resource_of(event: CapacityChanged) -> str:
    """Return of what *event* says how much there is."""
    return next(each.resource for each in (event.into, event.capacity) if each is not None)


def surely_there(now: Sequence[Capacity], event: CapacityChanged) -> bool:
    """Return whether *event* surely fits what there is *now* of its resource: nothing else is said beside it."""
    others = [each for each in now if each != event.capacity]
    was_said = len(others) < len(now)
    is_alike = event.capacity is not None and event.into is not None and event.capacity.period == event.into.period
    return was_said == (event.capacity is not None) and (not others or event.into is None or is_alike)


def _changes(told: Sequence[Event]) -> Iterator[CapacityChanged]:
    return (event for event in in_effect(told) if isinstance(event, CapacityChanged))
