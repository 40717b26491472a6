"""Floor 2: commits, which must be reached 100 %. Kept or not kept."""

from goalmodel.commit.accountability import Accountability, Support, SupportKind
from goalmodel.commit.commit import Attainment, Commit, CommitAssessment, DeclaredAfterDue, HeldFromAfterDue
from goalmodel.commit.standard import Held, Reached, Standard, StandardOutOfOrder, Standing

__all__ = [
    "Accountability",
    "Attainment",
    "Commit",
    "CommitAssessment",
    "DeclaredAfterDue",
    "Held",
    "HeldFromAfterDue",
    "Reached",
    "Standard",
    "StandardOutOfOrder",
    "Standing",
    "Support",
    "SupportKind",
]
