"""What a model holds beside its goals, before and after some events: what there is, and what is good to know.

Rule: EVT-4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import attrs

from goalmodel.capacity import Capacity
from goalmodel.errors import EventDoesNotFit, NotAsTold, described
from goalmodel.events.event import CapacityChanged, Event, GoodToKnowChanged, in_effect
from goalmodel.measure import Derived, Measure
from goalmodel.reprs import readable

_T = TypeVar("_T", Capacity, Measure)


@attrs.frozen(kw_only=True)
@readable
class Beside:
    """What a model holds beside its goals.

    Attributes:
        derived: The measures that follow from others.
        capacities: What there is of what goals take.
        good_to_know: The measures that are looked at and not judged.
    """

    derived: tuple[Derived, ...] = ()
    capacities: tuple[Capacity, ...] = ()
    good_to_know: tuple[Measure, ...] = ()

    def by(self, told: Sequence[Event], instead: Sequence[Event]) -> Beside:
        """Return what there is where events are told *instead* of those that were *told*, by which it is as it is.

        Raises:
            NotAsTold: There is not what the events that were told say.
            EventDoesNotFit: One of the others tells of what is not said by then.
        """
        return self._before(told).after(instead)

    def _before(self, told: Sequence[Event]) -> Beside:
        return attrs.evolve(
            self,
            capacities=_before(self.capacities, _of_capacities(told), "capacities"),
            good_to_know=_before(self.good_to_know, _of_measures(told), "good_to_know"),
        )

    def after(self, told: Sequence[Event]) -> Beside:
        """Return what there is after all that was *told*.

        Raises:
            EventDoesNotFit: One of the events tells of what is not said by then.
        """
        return attrs.evolve(
            self,
            capacities=_after(self.capacities, _of_capacities(told), "capacity"),
            good_to_know=_after(self.good_to_know, _of_measures(told), "measure"),
        )


def resource_of(event: CapacityChanged) -> str:
    """Return of what *event* says how much there is."""
    return next(each.resource for each in (event.into, event.capacity) if each is not None)


def surely_there(now: Sequence[Capacity], event: CapacityChanged) -> bool:
    """Return whether *event* surely fits what there is *now* of its resource: nothing else is said beside it."""
    others = [each for each in now if each != event.capacity]
    was_said = len(others) < len(now)
    is_alike = event.capacity is not None and event.into is not None and event.capacity.period == event.into.period
    return was_said == (event.capacity is not None) and (not others or event.into is None or is_alike)


def _of_capacities(told: Sequence[Event]) -> Iterator[tuple[Capacity | None, Capacity | None]]:
    return ((each.capacity, each.into) for each in in_effect(told) if isinstance(each, CapacityChanged))


def _of_measures(told: Sequence[Event]) -> Iterator[tuple[Measure | None, Measure | None]]:
    return ((each.measure, each.into) for each in in_effect(told) if isinstance(each, GoodToKnowChanged))


def _before(now: Sequence[_T], changes: Iterable[tuple[_T | None, _T | None]], field: str) -> tuple[_T, ...]:
    """Return what there was before all *changes*, oldest first, if there is so much *now*."""
    found = list(now)
    for was, into in reversed(tuple(changes)):
        if into is not None:
            if into not in found:
                raise NotAsTold((field,), tuple(found), f"with {described(into)}, as its events say")
            found.remove(into)
        if was is not None:
            found.append(was)
    return tuple(found)


def _after(before: Sequence[_T], changes: Iterable[tuple[_T | None, _T | None]], field: str) -> tuple[_T, ...]:
    """Return what there is after all *changes*, oldest first, if there was so much *before*; *field* is the event's."""
    found = list(before)
    for was, into in changes:
        if was is not None:
            if was not in found:
                accepted = "what is said of it in the model: decide anew about what it is now"
                raise EventDoesNotFit(("event", field), was, accepted)
            found.remove(was)
        if into is not None:
            found.append(into)
    return tuple(found)
