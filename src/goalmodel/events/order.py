"""In which order events stand, and that none stands there twice."""

from __future__ import annotations

from collections.abc import Iterable

from goalmodel.doors import the_iterable
from goalmodel.errors import GoalModelError
from goalmodel.events.event import Event, the_event


class EventsRunBackwards(GoalModelError, ValueError):
    """An event dated before one that was told earlier."""

    accepted = "on or after the date of the event before: what happened is only added to"


class EventTwice(GoalModelError, ValueError):
    """One event told twice."""

    accepted = "told once"


def in_order(given: Iterable[Event], field: str) -> tuple[Event, ...]:
    """Return the events *given*, oldest first, as they were told: that order is kept and never mended.

    Rule: EVT-2.

    Raises:
        EventsRunBackwards: One is dated before the one told before it.
        EventTwice: One is told twice.
    """
    told: list[Event] = []
    that_day: set[Event] = set()
    for index, each in enumerate(the_iterable(given, field)):
        event = the_event(each, f"{field}[{index}]")
        if told and event.on < told[-1].on:
            raise EventsRunBackwards(f"{field}[{index}], on", event.on)
        if told and event.on > told[-1].on:
            that_day = set()
        if event in that_day:
            raise EventTwice(f"{field}[{index}], on", event.on)
        that_day.add(event)
        told.append(event)
    return tuple(told)
