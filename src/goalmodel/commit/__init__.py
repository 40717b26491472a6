"""Floor 2: commits, which must be reached 100 %. Kept or not kept."""

from goalmodel.commit.accountability import Accountability, Support, SupportKind
from goalmodel.commit.amendment import Amended, AmendedTwice, Amendment, AmendsNothing, Backdated
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
from goalmodel.commit.outlook import CommitOutlook, outlook
from goalmodel.commit.standard import Standard, StandardOutOfOrder
from goalmodel.commit.succession import ChangeOfKind, GoalKind, NotBroken, SameKind, recommit, unrecorded_change
from goalmodel.commit.verdict import Attainment, weakest

__all__ = [
    "Accountability",
    "Amended",
    "AmendedOutOfTime",
    "AmendedTwice",
    "Amendment",
    "AmendsNothing",
    "Attainment",
    "Backdated",
    "CarriesItself",
    "ChangeOfKind",
    "Commit",
    "CommitAssessment",
    "CommitOutlook",
    "Counted",
    "DeclaredAfterDue",
    "GoalKind",
    "Held",
    "HeldFromAfterDue",
    "NoStages",
    "NotBroken",
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
    "outlook",
    "recommit",
    "unrecorded_change",
    "weakest",
]
