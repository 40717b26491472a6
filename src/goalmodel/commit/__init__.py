"""Floor 2: commits, which must be reached 100 %. Kept or not kept."""

from goalmodel.commit.accountability import Accountability, Support, SupportKind
from goalmodel.commit.amendment import AmendedTwice, Amendment, AmendsNothing, Backdated, Change
from goalmodel.commit.commit import (
    AmendedOutOfTime,
    CarriesItself,
    Commit,
    CommitAssessment,
    DeclaredAfterDue,
    HeldFromAfterDue,
    StageOutOfTime,
)
from goalmodel.commit.evidence import SpeculationPolicy, accountability
from goalmodel.commit.manner import Counted, Held, NoStages, Reached, Staged, StageTwice, Standing
from goalmodel.commit.outlook import Outlook, outlook
from goalmodel.commit.standard import Standard, StandardOutOfOrder
from goalmodel.commit.succession import ChangeOfKind, GoalKind, NotBroken, SameKind, carry_over, unrecorded_change
from goalmodel.commit.verdict import Attainment, weakest

__all__ = [
    "Accountability",
    "AmendedOutOfTime",
    "AmendedTwice",
    "Amendment",
    "AmendsNothing",
    "Attainment",
    "Backdated",
    "CarriesItself",
    "Change",
    "ChangeOfKind",
    "Commit",
    "CommitAssessment",
    "Counted",
    "DeclaredAfterDue",
    "GoalKind",
    "Held",
    "HeldFromAfterDue",
    "NoStages",
    "NotBroken",
    "Outlook",
    "Reached",
    "SameKind",
    "SpeculationPolicy",
    "StageOutOfTime",
    "StageTwice",
    "Staged",
    "Standard",
    "StandardOutOfOrder",
    "Standing",
    "Support",
    "SupportKind",
    "accountability",
    "carry_over",
    "outlook",
    "unrecorded_change",
    "weakest",
]
