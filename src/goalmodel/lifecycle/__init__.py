"""Floor 5: when a KPI becomes a key result because it needs work, and when that goes back to being watched."""

from goalmodel.lifecycle.contradiction import (
    Clash,
    Contradiction,
    ContradictionPolicy,
    contradiction,
    contradictions,
    without_both_ways,
)
from goalmodel.lifecycle.demotion import (
    Continue,
    Demote,
    DemotionPolicy,
    Graduated,
    NotThisKeyResult,
    decide_demotion,
    demote,
    demotion_of,
)
from goalmodel.lifecycle.evidence import evidence_of
from goalmodel.lifecycle.focus import Focus, FocusPolicy, Waiting, focus
from goalmodel.lifecycle.moves import MOVES, GoalState, IllegalMove, Move, apply, replay, state_of
from goalmodel.lifecycle.new_kpi import NoLevel, NothingReached, new_kpi
from goalmodel.lifecycle.promotion import (
    Keep,
    NoDefaultTarget,
    NotThisKpi,
    Promote,
    PromotionPolicy,
    TargetNotAnImprovement,
    decide_promotion,
    promote,
    promotion_of,
)
from goalmodel.lifecycle.reset import Reset, next_cycle

__all__ = [
    "MOVES",
    "Clash",
    "Continue",
    "Contradiction",
    "ContradictionPolicy",
    "Demote",
    "DemotionPolicy",
    "Focus",
    "FocusPolicy",
    "GoalState",
    "Graduated",
    "IllegalMove",
    "Keep",
    "Move",
    "NoDefaultTarget",
    "NoLevel",
    "NotThisKeyResult",
    "NotThisKpi",
    "NothingReached",
    "Promote",
    "PromotionPolicy",
    "Reset",
    "TargetNotAnImprovement",
    "Waiting",
    "apply",
    "contradiction",
    "contradictions",
    "decide_demotion",
    "decide_promotion",
    "demote",
    "demotion_of",
    "evidence_of",
    "focus",
    "new_kpi",
    "next_cycle",
    "promote",
    "promotion_of",
    "replay",
    "state_of",
    "without_both_ways",
]
