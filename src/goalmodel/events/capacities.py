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


def is_about_capacities(told: Iterable[Event]) -> bool:
    """Return whether any of what was *told* is about what there is."""
    return any(isinstance(event, CapacityChanged) for event in told)


def _changes(told: Sequence[Event]) -> Iterator[CapacityChanged]:
    return (event for event in in_effect(told) if isinstance(event, CapacityChanged))
