"""Floor 5: when a KPI becomes a key result because it needs work, and when that goes back to being watched."""

import typing as _typing

from goalmodel.events.moves import MOVES as MOVES, GoalState as GoalState, Move as Move
from goalmodel.lifecycle.becoming_kpi import new_kpi as new_kpi
from goalmodel.lifecycle.contradictory import (
    Contradiction as Contradiction,
    ContradictionKind as ContradictionKind,
    ContradictionPolicy as ContradictionPolicy,
    contradiction as contradiction,
)
from goalmodel.lifecycle.demotion import (
    Continue as Continue,
    Demote as Demote,
    DemotionPolicy as DemotionPolicy,
    Graduated as Graduated,
    decide_demotion as decide_demotion,
    demote as demote,
    demotion_of as demotion_of,
)
from goalmodel.lifecycle.evidence import evidence_of as evidence_of
from goalmodel.lifecycle.focusing import (
    DeferredProposal as DeferredProposal,
    Focus as Focus,
    FocusPolicy as FocusPolicy,
    FocusScope as FocusScope,
    focus as focus,
)
from goalmodel.lifecycle.moves import apply as apply, replay as replay, state_of as state_of
from goalmodel.lifecycle.promotion import (
    Keep as Keep,
    Promote as Promote,
    PromotionPolicy as PromotionPolicy,
    decide_promotion as decide_promotion,
    promote as promote,
    promotion_of as promotion_of,
)
from goalmodel.rooms import later as _later

if _typing.TYPE_CHECKING:
    from goalmodel.lifecycle.reset import Reset as Reset, next_cycle as next_cycle
    from goalmodel.lifecycle.telling import event_of as event_of
else:
    __getattr__, __dir__ = _later(__name__, reset="Reset next_cycle", telling="event_of")
