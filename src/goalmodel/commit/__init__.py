"""Floor 2: commits, which must be reached 100 %. Kept or not kept."""

import typing as _typing

from goalmodel.commit.accountable import (
    Accountability as Accountability,
    Support as Support,
    SupportKind as SupportKind,
)
from goalmodel.commit.allowance import Allowance as Allowance, AllowedIn as AllowedIn
from goalmodel.commit.amendment import Amendment as Amendment, StandardChange as StandardChange
from goalmodel.commit.as_a_whole import AsAWhole as AsAWhole
from goalmodel.commit.commit import (
    Commit as Commit,
    CommitAssessment as CommitAssessment,
    CommitHistory as CommitHistory,
)
from goalmodel.commit.consent import Consent as Consent, Response as Response
from goalmodel.commit.held import Counted as Counted, Held as Held
from goalmodel.commit.manner import Manner as Manner
from goalmodel.commit.on_due_date import OnDueDate as OnDueDate
from goalmodel.commit.reached import Reached as Reached
from goalmodel.commit.staged import Staged as Staged
from goalmodel.commit.standard import Standard as Standard
from goalmodel.commit.succession import (
    ChangeOfKind as ChangeOfKind,
    GoalKind as GoalKind,
    recommit as recommit,
    unrecorded_change as unrecorded_change,
)
from goalmodel.commit.verdict import Attainment as Attainment
from goalmodel.rooms import later as _later

if _typing.TYPE_CHECKING:
    from goalmodel.commit.risk import CommitRisk as CommitRisk
    from goalmodel.commit.speculation import SpeculationPolicy as SpeculationPolicy
else:
    __getattr__, __dir__ = _later(__name__, risk="CommitRisk", speculation="SpeculationPolicy")
