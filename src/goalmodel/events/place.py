"""Where in an event it stands that something can't be: what a goal or a model refuses is named as the event said it.

Rule: EVT-1.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.errors import GoalModelError, Path
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
)
from goalmodel.events.goal import KINDS, ids_of
from goalmodel.events.moves import touched_by

SAYS: Final[Mapping[type[Event], str]] = MappingProxyType(
    {
        Adopted: "goal",
        Proposed: "kpi",
        Deferred: "kpi",
        Promoted: "key_result",
        Demoted: "kpi",
        Edited: "into",
        CarriedOver: "into",
        Dropped: "goal",
        Retired: "goal",
        Learnt: "goal",
        EnteredInError: "event",
        CapacityChanged: "into",
        GoodToKnowChanged: "into",
        TargetRevised: "target",
        BaselineRestated: "baseline",
        StandardAmended: "standard",
        ConsentRecorded: "who",
        BandsChanged: "bands",
        Rebased: "reference",
        DeviationAccepted: "until",
        DaysExcluded: "goals",
        PutOnHold: "goals",
        Resumed: "goals",
    }
)
"""In which field of each kind of event stands what is so from then on, else what it is about."""

_DAYS: Final[Mapping[str, str]] = MappingProxyType({"revisions": "on", "rebasings": "since"})
"""By what a goal has one of a day: in which field of an event that day stands."""


@contextmanager
def said_by(event: Event) -> Generator[None, None, None]:
    """Name what is refused meanwhile by where it stands in *event*, and the goal it happened to.

    What an event told in error leaves without sense stands in the log of the model, and is named there.
    """
    try:
        yield
    except GoalModelError as refused:
        refused.place(lambda each: _place(event, each))
        about = touched_by(event)
        for each in refused.problems:
            each.goal = about[0] if each.goal is None and len(about) == 1 else each.goal
        raise


def _place(event: Event, refused: GoalModelError) -> Path:
    root, *steps = refused.field
    if root in {"event", "model"}:
        return refused.field
    if root == "events":
        return Path(("event", *steps[1:]))
    says = SAYS[type(event)]
    told, is_in_model = getattr(event, says), any(isinstance(step, int) for step in steps[:1])
    if isinstance(told, KINDS) and is_in_model:
        return Path(("event", says, *(steps[1:] if refused.goal in ids_of(told) else ())))
    if isinstance(told, KINDS):
        return Path(("event", says, *refused.field))
    if isinstance(event, CapacityChanged | GoodToKnowChanged):
        return Path(("event", says, *(steps[1:] if root in {"capacities", "good_to_know"} else ())))
    fields = attrs.fields_dict(type(event))
    known = (refused.field[at:] for at, step in enumerate(refused.field) if step in fields)
    return Path(("event", *next(known, (_DAYS.get(str(root), says),))))
