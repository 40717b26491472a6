"""Floor 3: objectives, the outcomes that key results and commits serve, and how verdicts about those roll up."""

from goalmodel.objective.calibration import Calibration, CalibrationPolicy, ClosedCycle, CyclesOverlap, calibrate
from goalmodel.objective.line import Line, ObjectiveLine
from goalmodel.objective.mean import KindsDiffer, Mean, NothingToRollUp, Result, Root, RootTooHigh, mean_of
from goalmodel.objective.nested import ServesItself, roll_up_all
from goalmodel.objective.objective import Objective
from goalmodel.objective.part import Coverage, RollupPolicy, Unscored
from goalmodel.objective.rollup import CountedTwice, Rollup, roll_up

__all__ = [
    "Calibration",
    "CalibrationPolicy",
    "ClosedCycle",
    "CountedTwice",
    "Coverage",
    "CyclesOverlap",
    "KindsDiffer",
    "Line",
    "Mean",
    "NothingToRollUp",
    "Objective",
    "ObjectiveLine",
    "Result",
    "Rollup",
    "RollupPolicy",
    "Root",
    "RootTooHigh",
    "ServesItself",
    "Unscored",
    "calibrate",
    "mean_of",
    "roll_up",
    "roll_up_all",
]
