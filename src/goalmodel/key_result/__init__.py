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
from goalmodel.key_result.checkpoints import with_checkpoints
from goalmodel.key_result.confidence import Vote, VoteCalibration, vote_calibration
from goalmodel.key_result.counting import (
    Aggregation,
    Counting,
    Milestone,
    Milestones,
    MilestoneTwice,
    NoMilestones,
    Occasions,
    TargetOutOfReach,
    UnknownMilestone,
)
from goalmodel.key_result.forecast import Forecast, ForecastPolicy, RequiredRate
from goalmodel.key_result.key_result import (
    KeyResult,
    KeyResultAssessment,
    NoBaseline,
)
from goalmodel.key_result.mid_cycle import ReachedAlready, carry_over, revise
from goalmodel.key_result.origin import Origin
from goalmodel.key_result.outcome import Outcome, OutcomePolicy, ThresholdsOutOfOrder
from goalmodel.key_result.outlook import Outlook
from goalmodel.key_result.pace import Pace, PaceBy, PaceOutOfOrder, PacePolicy
from goalmodel.key_result.revision import Revision, RevisionsOutOfOrder
from goalmodel.key_result.score import Score
from goalmodel.key_result.trajectory import Trajectory, TrajectoryOutOfOrder
from goalmodel.key_result.way import TargetEqualsBaseline, Tiers, TiersOutOfOrder, Zones, ZonesOutOfOrder

__all__ = [
    "Absolute",
    "Aggregation",
    "Change",
    "Counting",
    "Forecast",
    "ForecastPolicy",
    "KeyResult",
    "KeyResultAssessment",
    "Milestone",
    "MilestoneTwice",
    "Milestones",
    "NoBaseline",
    "NoMilestones",
    "NotInPercent",
    "NotTwoOfThree",
    "Occasions",
    "Origin",
    "Outcome",
    "OutcomePolicy",
    "Outlook",
    "Pace",
    "PaceBy",
    "PaceOutOfOrder",
    "PacePolicy",
    "PercentagePoints",
    "ReachedAlready",
    "Relative",
    "RelativeToNothing",
    "RequiredRate",
    "Revision",
    "RevisionsOutOfOrder",
    "Score",
    "TargetEqualsBaseline",
    "TargetOutOfReach",
    "ThresholdsOutOfOrder",
    "Tiers",
    "TiersOutOfOrder",
    "Trajectory",
    "TrajectoryOutOfOrder",
    "UnknownMilestone",
    "Vote",
    "VoteCalibration",
    "Zones",
    "ZonesOutOfOrder",
    "carry_over",
    "revise",
    "solve",
    "solve_stretch",
    "vote_calibration",
    "with_checkpoints",
]
