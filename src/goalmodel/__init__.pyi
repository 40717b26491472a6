from goalmodel import answers as answers
from goalmodel import backtesting as backtesting
from goalmodel import capacity as capacity
from goalmodel import catalogue as catalogue
from goalmodel import changes as changes
from goalmodel import commit as commit
from goalmodel import errors as errors
from goalmodel import events as events
from goalmodel import externality as externality
from goalmodel import fairness as fairness
from goalmodel import frames as frames
from goalmodel import hygiene as hygiene
from goalmodel import initiative as initiative
from goalmodel import interchange as interchange
from goalmodel import key_result as key_result
from goalmodel import kpi as kpi
from goalmodel import lifecycle as lifecycle
from goalmodel import measure as measure
from goalmodel import model as model
from goalmodel import objective as objective
from goalmodel import profiles as profiles
from goalmodel import reasons as reasons
from goalmodel import reviewing as reviewing
from goalmodel import show as show
from goalmodel import statement as statement
from goalmodel import testing as testing
from goalmodel import trend as trend
from goalmodel.commit import AsAWhole as AsAWhole
from goalmodel.commit import Attainment as Attainment
from goalmodel.commit import Commit as Commit
from goalmodel.commit import CommitAssessment as CommitAssessment
from goalmodel.commit import Held as Held
from goalmodel.commit import OnDueDate as OnDueDate
from goalmodel.commit import Reached as Reached
from goalmodel.commit import Staged as Staged
from goalmodel.commit import Standard as Standard
from goalmodel.commit import Support as Support
from goalmodel.errors import GoalModelError as GoalModelError
from goalmodel.hygiene import Finding as Finding
from goalmodel.initiative import Initiative as Initiative
from goalmodel.key_result import KeyResult as KeyResult
from goalmodel.key_result import KeyResultAssessment as KeyResultAssessment
from goalmodel.key_result import Outcome as Outcome
from goalmodel.key_result import Pace as Pace
from goalmodel.key_result import Score as Score
from goalmodel.kpi import CompositeKpi as CompositeKpi
from goalmodel.kpi import Health as Health
from goalmodel.kpi import HealthBands as HealthBands
from goalmodel.kpi import Kpi as Kpi
from goalmodel.kpi import KpiAssessment as KpiAssessment
from goalmodel.kpi import Zone as Zone
from goalmodel.lifecycle import Continue as Continue
from goalmodel.lifecycle import Demote as Demote
from goalmodel.lifecycle import Keep as Keep
from goalmodel.lifecycle import Promote as Promote
from goalmodel.lifecycle import apply as apply
from goalmodel.lifecycle import decide_demotion as decide_demotion
from goalmodel.lifecycle import decide_promotion as decide_promotion
from goalmodel.lifecycle import demote as demote
from goalmodel.lifecycle import promote as promote
from goalmodel.lifecycle import replay as replay
from goalmodel.measure import Absence as Absence
from goalmodel.measure import Aggregation as Aggregation
from goalmodel.measure import Cadence as Cadence
from goalmodel.measure import Cycle as Cycle
from goalmodel.measure import Measure as Measure
from goalmodel.measure import Polarity as Polarity
from goalmodel.measure import Reading as Reading
from goalmodel.measure import Scale as Scale
from goalmodel.measure import Series as Series
from goalmodel.measure import Unit as Unit
from goalmodel.model import GoalModel as GoalModel
from goalmodel.objective import Objective as Objective
from goalmodel.objective import Rollup as Rollup
from goalmodel.reasons import Reason as Reason
from goalmodel.reviewing import Policy as Policy
from goalmodel.reviewing import Review as Review
from goalmodel.reviewing import lint as lint
from goalmodel.reviewing import review as review
from goalmodel.reviewing import reviews as reviews
from goalmodel.statement import parse as parse
from goalmodel.statement import render as render
from goalmodel.trend import Heading as Heading
from goalmodel.trend import Standing as Standing
from goalmodel.trend import TrendPolicy as TrendPolicy

__version__: str
__all__ = [
    "Absence",
    "Aggregation",
    "AsAWhole",
    "Attainment",
    "Cadence",
    "Commit",
    "CommitAssessment",
    "CompositeKpi",
    "Continue",
    "Cycle",
    "Demote",
    "Finding",
    "GoalModel",
    "GoalModelError",
    "Heading",
    "Health",
    "HealthBands",
    "Held",
    "Initiative",
    "Keep",
    "KeyResult",
    "KeyResultAssessment",
    "Kpi",
    "KpiAssessment",
    "Measure",
    "Objective",
    "OnDueDate",
    "Outcome",
    "Pace",
    "Polarity",
    "Policy",
    "Promote",
    "Reached",
    "Reading",
    "Reason",
    "Review",
    "Rollup",
    "Scale",
    "Score",
    "Series",
    "Staged",
    "Standard",
    "Standing",
    "Support",
    "TrendPolicy",
    "Unit",
    "Zone",
    "apply",
    "decide_demotion",
    "decide_promotion",
    "demote",
    "lint",
    "parse",
    "promote",
    "render",
    "replay",
    "review",
    "reviews",
]
