"""Floor 2: key results, which move a measure from a baseline to a target. Safe to try, safe to fall short."""

from goalmodel.key_result.key_result import (
    KeyResult,
    KeyResultAssessment,
    NoBaseline,
    Origin,
    TargetEqualsBaseline,
)
from goalmodel.key_result.outcome import Outcome, OutcomePolicy, ThresholdsOutOfOrder
from goalmodel.key_result.score import Score

__all__ = [
    "KeyResult",
    "KeyResultAssessment",
    "NoBaseline",
    "Origin",
    "Outcome",
    "OutcomePolicy",
    "Score",
    "TargetEqualsBaseline",
    "ThresholdsOutOfOrder",
]
