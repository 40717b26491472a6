"""Floor 2: commits, which must be reached 100 %. Kept or not kept."""

from goalmodel.commit.accountable import (
    Accountability as Accountability,
    Support as Support,
    SupportKind as SupportKind,
)
from goalmodel.commit.amendment import Amendment as Amendment, StandardChange as StandardChange
from goalmodel.commit.commit import Commit as Commit, CommitAssessment as CommitAssessment
from goalmodel.commit.evidence import SpeculationPolicy as SpeculationPolicy, accountability as accountability
from goalmodel.commit.manner import (
    Counted as Counted,
    Held as Held,
    OnDueDate as OnDueDate,
    Reached as Reached,
    Staged as Staged,
)
from goalmodel.commit.risk import CommitRisk as CommitRisk, outlook as outlook
from goalmodel.commit.standard import Standard as Standard
from goalmodel.commit.succession import (
    ChangeOfKind as ChangeOfKind,
    GoalKind as GoalKind,
    recommit as recommit,
    unrecorded_change as unrecorded_change,
)
from goalmodel.commit.verdict import Attainment as Attainment
