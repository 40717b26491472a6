"""Floor 2: commits, which must be reached 100 %. Kept or not kept."""

from goalmodel.commit.accountability import Accountability, Support, SupportKind
from goalmodel.commit.amendment import AmendedTwice, Amendment, AmendsNothing, Backdated, Change
from goalmodel.commit.commit import (
    AmendedOutOfTime,
    Commit,
    CommitAssessment,
    DeclaredAfterDue,
    HeldFromAfterDue,
    StageOutOfTime,
)
from goalmodel.commit.manner import Counted, Held, NoStages, Reached, Staged, StageTwice, Standing
from goalmodel.commit.standard import Standard, StandardOutOfOrder
from goalmodel.commit.verdict import Attainment

__all__ = [
    "Accountability",
    "AmendedOutOfTime",
    "AmendedTwice",
    "Amendment",
    "AmendsNothing",
    "Attainment",
    "Backdated",
    "Change",
    "Commit",
    "CommitAssessment",
    "Counted",
    "DeclaredAfterDue",
    "Held",
    "HeldFromAfterDue",
    "NoStages",
    "Reached",
    "StageOutOfTime",
    "StageTwice",
    "Staged",
    "Standard",
    "StandardOutOfOrder",
    "Standing",
    "Support",
    "SupportKind",
]
