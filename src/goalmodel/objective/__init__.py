"""Floor 3: objectives, the outcomes that key results and commits serve, and how verdicts about those roll up."""

from goalmodel.objective.calibration import (
    Calibration as Calibration,
    CalibrationPolicy as CalibrationPolicy,
    ClosedCycle as ClosedCycle,
    calibrate as calibrate,
)
from goalmodel.objective.line import KeyResultLine as KeyResultLine, ObjectiveLine as ObjectiveLine
from goalmodel.objective.method import (
    RollupMethod as RollupMethod,
    RollupResult as RollupResult,
    Root as Root,
    combine as combine,
)
from goalmodel.objective.nested import roll_up_all as roll_up_all
from goalmodel.objective.objective import Objective as Objective
from goalmodel.objective.part import Coverage as Coverage, RollupPolicy as RollupPolicy, Unscored as Unscored
from goalmodel.objective.rollup import Rollup as Rollup, roll_up as roll_up
