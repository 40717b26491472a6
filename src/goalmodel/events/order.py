"""In which order events stand, and that none stands there twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goalmodel.checks import raise_all, the_iterable
from goalmodel.errors import GivenTwice, GoalModelError, OutOfOrder, WrongType
from goalmodel.events.event import Event


def in_order(given: Iterable[Event], field: str) -> tuple[Event, ...]:
    """Return the events *given*, oldest first, as they were told: that order is kept and never mended.

    Rule: EVT-2.

    Raises:
        OutOfOrder: One is dated before the one told before it.
        GivenTwice: One is told twice.
        SeveralProblems: Both, or one of them more than once.
    """
    told = tuple(the_iterable(given, field))
    raise_all(out_of_order(told, field))
    return told


def out_of_order(told: Iterable[object], field: str) -> Iterator[GoalModelError]:
    """Return what is wrong with events *told* one after the other: each that is none, too early, or told twice."""
    latest: Event | None = None
    that_day: set[Event] = set()
    for index, event in enumerate(told):
        if not isinstance(event, Event):
            yield WrongType((field, index), event, "an event")
            continue
        if latest is None or event.on != latest.on:
            that_day = set()
        if latest is not None and event.on < latest.on:
            accepted = "on or after the date of the event before: what happened is only added to"
            yield OutOfOrder((field, index, "on"), event.on, accepted)
        if event in that_day:
            yield GivenTwice((field, index), event, "told once")
        that_day.add(event)
        latest = event
