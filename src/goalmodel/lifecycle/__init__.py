"""Floor 5: when a KPI becomes a key result because it needs work, and when that goes back to being watched."""

from goalmodel.lifecycle.contradiction import Contradiction, contradiction
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
from goalmodel.lifecycle.focus import Deferred, Focus, FocusPolicy, focus
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

__all__ = [
    "Continue",
    "Contradiction",
    "Deferred",
    "Demote",
    "DemotionPolicy",
    "Focus",
    "FocusPolicy",
    "Graduated",
    "Keep",
    "NoDefaultTarget",
    "NotThisKeyResult",
    "NotThisKpi",
    "Promote",
    "PromotionPolicy",
    "TargetNotAnImprovement",
    "contradiction",
    "decide_demotion",
    "decide_promotion",
    "demote",
    "demotion_of",
    "focus",
    "promote",
    "promotion_of",
]
