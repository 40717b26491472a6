"""In which order events stand, and that none stands there twice."""

from __future__ import annotations

from collections.abc import Iterable

from goalmodel.checks import the_iterable
from goalmodel.errors import GivenTwice, OutOfOrder
from goalmodel.events.event import Event, the_event


def in_order(given: Iterable[Event], field: str) -> tuple[Event, ...]:
    """Return the events *given*, oldest first, as they were told: that order is kept and never mended.

    Rule: EVT-2.

    Raises:
        OutOfOrder: One is dated before the one told before it.
        GivenTwice: One is told twice.
    """
    told: list[Event] = []
    that_day: set[Event] = set()
    for index, each in enumerate(the_iterable(given, field)):
        event = the_event(each, f"{field}[{index}]")
        if told and event.on < told[-1].on:
            raise OutOfOrder(
                f"{field}[{index}], on",
                event.on,
                "on or after the date of the event before: what happened is only added to",
            )
        if told and event.on > told[-1].on:
            that_day = set()
        if event in that_day:
            raise GivenTwice(f"{field}[{index}], on", event.on, "told once")
        that_day.add(event)
        told.append(event)
    return tuple(told)
