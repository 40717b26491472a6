"""Floor 3: what happened to the goals, when, why, on which evidence, and who decided."""

from goalmodel.events.event import (
    Adopted,
    CarriedOver,
    Deferred,
    Demoted,
    DeviationAccepted,
    Dropped,
    Event,
    EventDoesNotFit,
    Promoted,
    Proposed,
    Retired,
    StandardAmended,
    TargetRevised,
    closed_by,
    the_event,
)
from goalmodel.events.evidence import Evidence
from goalmodel.events.order import EventsRunBackwards, EventTwice, in_order

__all__ = [
    "Adopted",
    "CarriedOver",
    "Deferred",
    "Demoted",
    "DeviationAccepted",
    "Dropped",
    "Event",
    "EventDoesNotFit",
    "EventTwice",
    "EventsRunBackwards",
    "Evidence",
    "Promoted",
    "Proposed",
    "Retired",
    "StandardAmended",
    "TargetRevised",
    "closed_by",
    "in_order",
    "the_event",
]
