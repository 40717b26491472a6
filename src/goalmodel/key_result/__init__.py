"""Floor 2: key results, which move a measure from a baseline to a target. Safe to try, safe to fall short."""

from goalmodel.key_result.change import (
    Absolute,
    Change,
    NotInPercent,
    NotTwoOfThree,
    PercentagePoints,
    Relative,
    RelativeToNothing,
    solve,
    solve_stretch,
)
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
    "Absolute",
    "Change",
    "KeyResult",
    "KeyResultAssessment",
    "NoBaseline",
    "NotInPercent",
    "NotTwoOfThree",
    "Origin",
    "Outcome",
    "OutcomePolicy",
    "PercentagePoints",
    "Relative",
    "RelativeToNothing",
    "Score",
    "TargetEqualsBaseline",
    "ThresholdsOutOfOrder",
    "solve",
    "solve_stretch",
]
