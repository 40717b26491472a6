"""Floor 2: key results, which move a measure from a baseline to a target. Safe to try, safe to fall short."""

import typing as _typing

from goalmodel.key_result.by_chance import ByChance as ByChance
from goalmodel.key_result.checkpoints import with_checkpoints as with_checkpoints
from goalmodel.key_result.confidence import (
    Vote as Vote,
    VoteCalibration as VoteCalibration,
    vote_calibration as vote_calibration,
)
from goalmodel.key_result.counting import (
    Counting as Counting,
    MeanOfLatest as MeanOfLatest,
    Milestone as Milestone,
    Milestones as Milestones,
    Occasions as Occasions,
    Sum as Sum,
)
from goalmodel.key_result.key_result import (
    KeyResult as KeyResult,
    KeyResultAssessment as KeyResultAssessment,
    KeyResultHistory as KeyResultHistory,
)
from goalmodel.key_result.mid_cycle import carry_over as carry_over, revise as revise
from goalmodel.key_result.occasions_left import OccasionsLeft as OccasionsLeft
from goalmodel.key_result.origin import Origin as Origin
from goalmodel.key_result.outcome_words import Outcome as Outcome, OutcomePolicy as OutcomePolicy
from goalmodel.key_result.pace import (
    AfterRevision as AfterRevision,
    Pace as Pace,
    PaceBy as PaceBy,
    PacePolicy as PacePolicy,
)
from goalmodel.key_result.revision import Revision as Revision
from goalmodel.key_result.score import Score as Score
from goalmodel.key_result.target_change import (
    Absolute as Absolute,
    PercentagePoints as PercentagePoints,
    Relative as Relative,
    TargetChange as TargetChange,
    solve as solve,
    solve_stretch as solve_stretch,
)
from goalmodel.key_result.trajectory import Trajectory as Trajectory
from goalmodel.key_result.way import Tiers as Tiers, Zones as Zones
from goalmodel.rooms import later as _later

if _typing.TYPE_CHECKING:
    from goalmodel.key_result.forecast import (
        Forecast as Forecast,
        ForecastPolicy as ForecastPolicy,
        RequiredRate as RequiredRate,
    )
else:
    __getattr__, __dir__ = _later(__name__, forecast="Forecast ForecastPolicy RequiredRate")
