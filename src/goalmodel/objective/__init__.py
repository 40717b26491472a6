"""Floor 3: objectives, the outcomes that key results and commits serve, and how verdicts about those roll up."""

from goalmodel.objective.objective import Objective
from goalmodel.objective.rollup import CountedTwice, Coverage, Line, Rollup, roll_up

__all__ = ["CountedTwice", "Coverage", "Line", "Objective", "Rollup", "roll_up"]
