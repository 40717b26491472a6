"""goalmodel says what goals mean: KPIs that are watched, key results that are moved, commits that are kept.

Every public name is here. Typed values and rules, no input or output, exact arithmetic, every verdict with its reasons.

A room is loaded when one of its names is first asked for, so that a program pays for what it uses. Type checkers read
the imports, Python reads the table below them; the tests hold that both say the same.
"""

import typing as _typing
from types import MappingProxyType as _MappingProxyType

if _typing.TYPE_CHECKING:
    __all__: list[str]
    from goalmodel.changes import Aspect as Aspect
    from goalmodel.changes import Changed as Changed
    from goalmodel.changes import Stand as Stand
    from goalmodel.commit import Accountability as Accountability
    from goalmodel.commit import Amended as Amended
    from goalmodel.commit import AmendedOutOfTime as AmendedOutOfTime
    from goalmodel.commit import AmendedTwice as AmendedTwice
    from goalmodel.commit import Amendment as Amendment
    from goalmodel.commit import AmendsNothing as AmendsNothing
    from goalmodel.commit import Attainment as Attainment
    from goalmodel.commit import Backdated as Backdated
    from goalmodel.commit import CarriesItself as CarriesItself
    from goalmodel.commit import ChangeOfKind as ChangeOfKind
    from goalmodel.commit import Commit as Commit
    from goalmodel.commit import CommitAssessment as CommitAssessment
    from goalmodel.commit import CommitOutlook as CommitOutlook
    from goalmodel.commit import Counted as Counted
    from goalmodel.commit import DeclaredAfterDue as DeclaredAfterDue
    from goalmodel.commit import GoalKind as GoalKind
    from goalmodel.commit import Held as Held
    from goalmodel.commit import HeldFromAfterDue as HeldFromAfterDue
    from goalmodel.commit import NoStages as NoStages
    from goalmodel.commit import NotBroken as NotBroken
    from goalmodel.commit import Reached as Reached
    from goalmodel.commit import SameKind as SameKind
    from goalmodel.commit import SpeculationPolicy as SpeculationPolicy
    from goalmodel.commit import Staged as Staged
    from goalmodel.commit import StageOutOfTime as StageOutOfTime
    from goalmodel.commit import StageTwice as StageTwice
    from goalmodel.commit import Standard as Standard
    from goalmodel.commit import StandardOutOfOrder as StandardOutOfOrder
    from goalmodel.commit import Standing as Standing
    from goalmodel.commit import Support as Support
    from goalmodel.commit import SupportKind as SupportKind
    from goalmodel.commit import accountability as accountability
    from goalmodel.commit import outlook as outlook
    from goalmodel.commit import recommit as recommit
    from goalmodel.commit import unrecorded_change as unrecorded_change
    from goalmodel.errors import EmptyText as EmptyText
    from goalmodel.errors import GoalModelError as GoalModelError
    from goalmodel.errors import NotADate as NotADate
    from goalmodel.errors import OutOfBounds as OutOfBounds
    from goalmodel.errors import WrongType as WrongType
    from goalmodel.events import Adopted as Adopted
    from goalmodel.events import CarriedOver as CarriedOver
    from goalmodel.events import Deferred as Deferred
    from goalmodel.events import Demoted as Demoted
    from goalmodel.events import DeviationAccepted as DeviationAccepted
    from goalmodel.events import Dropped as Dropped
    from goalmodel.events import Event as Event
    from goalmodel.events import EventDoesNotFit as EventDoesNotFit
    from goalmodel.events import EventsRunBackwards as EventsRunBackwards
    from goalmodel.events import EventTwice as EventTwice
    from goalmodel.events import Evidence as Evidence
    from goalmodel.events import Promoted as Promoted
    from goalmodel.events import Proposed as Proposed
    from goalmodel.events import Retired as Retired
    from goalmodel.events import StandardAmended as StandardAmended
    from goalmodel.events import TargetRevised as TargetRevised
    from goalmodel.exact import NotANumber as NotANumber
    from goalmodel.exact import NotFinite as NotFinite
    from goalmodel.exact import Number as Number
    from goalmodel.exact import TooManyDigits as TooManyDigits
    from goalmodel.externality import Externalities as Externalities
    from goalmodel.externality import Externality as Externality
    from goalmodel.externality import ExternalityPolicy as ExternalityPolicy
    from goalmodel.externality import Link as Link
    from goalmodel.externality import Suspect as Suspect
    from goalmodel.hygiene import HYGIENE_RULES as HYGIENE_RULES
    from goalmodel.hygiene import Description as Description
    from goalmodel.hygiene import Finding as Finding
    from goalmodel.hygiene import HygienePolicy as HygienePolicy
    from goalmodel.hygiene import HygieneRule as HygieneRule
    from goalmodel.hygiene import LeastAboveMost as LeastAboveMost
    from goalmodel.hygiene import SelectsNothing as SelectsNothing
    from goalmodel.hygiene import Severity as Severity
    from goalmodel.hygiene import Translated as Translated
    from goalmodel.hygiene import Translation as Translation
    from goalmodel.hygiene import UnknownCode as UnknownCode
    from goalmodel.hygiene import explain as explain
    from goalmodel.hygiene import translate as translate
    from goalmodel.initiative import Initiative as Initiative
    from goalmodel.key_result import Absolute as Absolute
    from goalmodel.key_result import Aggregation as Aggregation
    from goalmodel.key_result import Change as Change
    from goalmodel.key_result import Counting as Counting
    from goalmodel.key_result import Forecast as Forecast
    from goalmodel.key_result import ForecastPolicy as ForecastPolicy
    from goalmodel.key_result import KeyResult as KeyResult
    from goalmodel.key_result import KeyResultAssessment as KeyResultAssessment
    from goalmodel.key_result import Milestone as Milestone
    from goalmodel.key_result import Milestones as Milestones
    from goalmodel.key_result import MilestoneTwice as MilestoneTwice
    from goalmodel.key_result import NoBaseline as NoBaseline
    from goalmodel.key_result import NoMilestones as NoMilestones
    from goalmodel.key_result import NotInPercent as NotInPercent
    from goalmodel.key_result import NotTwoOfThree as NotTwoOfThree
    from goalmodel.key_result import Occasions as Occasions
    from goalmodel.key_result import Origin as Origin
    from goalmodel.key_result import Outcome as Outcome
    from goalmodel.key_result import OutcomePolicy as OutcomePolicy
    from goalmodel.key_result import Outlook as Outlook
    from goalmodel.key_result import Pace as Pace
    from goalmodel.key_result import PaceBy as PaceBy
    from goalmodel.key_result import PaceOutOfOrder as PaceOutOfOrder
    from goalmodel.key_result import PacePolicy as PacePolicy
    from goalmodel.key_result import PercentagePoints as PercentagePoints
    from goalmodel.key_result import ReachedAlready as ReachedAlready
    from goalmodel.key_result import Relative as Relative
    from goalmodel.key_result import RelativeToNothing as RelativeToNothing
    from goalmodel.key_result import RequiredRate as RequiredRate
    from goalmodel.key_result import Revision as Revision
    from goalmodel.key_result import RevisionsOutOfOrder as RevisionsOutOfOrder
    from goalmodel.key_result import Score as Score
    from goalmodel.key_result import TargetEqualsBaseline as TargetEqualsBaseline
    from goalmodel.key_result import TargetOutOfReach as TargetOutOfReach
    from goalmodel.key_result import ThresholdsOutOfOrder as ThresholdsOutOfOrder
    from goalmodel.key_result import Tiers as Tiers
    from goalmodel.key_result import TiersOutOfOrder as TiersOutOfOrder
    from goalmodel.key_result import Trajectory as Trajectory
    from goalmodel.key_result import TrajectoryOutOfOrder as TrajectoryOutOfOrder
    from goalmodel.key_result import UnknownMilestone as UnknownMilestone
    from goalmodel.key_result import Vote as Vote
    from goalmodel.key_result import VoteCalibration as VoteCalibration
    from goalmodel.key_result import Zones as Zones
    from goalmodel.key_result import ZonesOutOfOrder as ZonesOutOfOrder
    from goalmodel.key_result import carry_over as carry_over
    from goalmodel.key_result import revise as revise
    from goalmodel.key_result import solve as solve
    from goalmodel.key_result import solve_stretch as solve_stretch
    from goalmodel.key_result import vote_calibration as vote_calibration
    from goalmodel.key_result import with_checkpoints as with_checkpoints
    from goalmodel.kpi import AcceptedDeviation as AcceptedDeviation
    from goalmodel.kpi import Assurance as Assurance
    from goalmodel.kpi import AssuranceVerdict as AssuranceVerdict
    from goalmodel.kpi import BandsOutOfOrder as BandsOutOfOrder
    from goalmodel.kpi import Baseline as Baseline
    from goalmodel.kpi import Beyond as Beyond
    from goalmodel.kpi import Breach as Breach
    from goalmodel.kpi import BreachPolicy as BreachPolicy
    from goalmodel.kpi import CompositeAssessment as CompositeAssessment
    from goalmodel.kpi import CompositeKpi as CompositeKpi
    from goalmodel.kpi import ControlChart as ControlChart
    from goalmodel.kpi import Cusum as Cusum
    from goalmodel.kpi import Ewma as Ewma
    from goalmodel.kpi import FirstReadings as FirstReadings
    from goalmodel.kpi import Flapping as Flapping
    from goalmodel.kpi import FlappingPolicy as FlappingPolicy
    from goalmodel.kpi import Heading as Heading
    from goalmodel.kpi import Health as Health
    from goalmodel.kpi import HealthBands as HealthBands
    from goalmodel.kpi import Kpi as Kpi
    from goalmodel.kpi import KpiAssessment as KpiAssessment
    from goalmodel.kpi import MannKendall as MannKendall
    from goalmodel.kpi import Mark as Mark
    from goalmodel.kpi import NoBreach as NoBreach
    from goalmodel.kpi import NotOneHealthyZone as NotOneHealthyZone
    from goalmodel.kpi import PartTwice as PartTwice
    from goalmodel.kpi import ProcessLimits as ProcessLimits
    from goalmodel.kpi import Rebasing as Rebasing
    from goalmodel.kpi import RunChart as RunChart
    from goalmodel.kpi import Steps as Steps
    from goalmodel.kpi import Streaks as Streaks
    from goalmodel.kpi import TrendPolicy as TrendPolicy
    from goalmodel.kpi import TrendRule as TrendRule
    from goalmodel.kpi import TrendVerdict as TrendVerdict
    from goalmodel.kpi import TrialBeyondBaseline as TrialBeyondBaseline
    from goalmodel.kpi import Window as Window
    from goalmodel.kpi import Zone as Zone
    from goalmodel.kpi import assurance as assurance
    from goalmodel.kpi import assured as assured
    from goalmodel.kpi import cusum as cusum
    from goalmodel.kpi import ewma as ewma
    from goalmodel.kpi import fewest_crossings as fewest_crossings
    from goalmodel.kpi import flapping as flapping
    from goalmodel.kpi import longest_run as longest_run
    from goalmodel.kpi import mann_kendall as mann_kendall
    from goalmodel.kpi import marks as marks
    from goalmodel.kpi import nhs_making_data_count as nhs_making_data_count
    from goalmodel.kpi import process_limits as process_limits
    from goalmodel.kpi import run_chart as run_chart
    from goalmodel.kpi import time_to_breach as time_to_breach
    from goalmodel.kpi import western_electric as western_electric
    from goalmodel.kpi import xmr_wheeler as xmr_wheeler
    from goalmodel.lifecycle import MOVES as MOVES
    from goalmodel.lifecycle import Clash as Clash
    from goalmodel.lifecycle import Continue as Continue
    from goalmodel.lifecycle import Contradiction as Contradiction
    from goalmodel.lifecycle import ContradictionPolicy as ContradictionPolicy
    from goalmodel.lifecycle import Demote as Demote
    from goalmodel.lifecycle import DemotionPolicy as DemotionPolicy
    from goalmodel.lifecycle import Focus as Focus
    from goalmodel.lifecycle import FocusPolicy as FocusPolicy
    from goalmodel.lifecycle import GoalState as GoalState
    from goalmodel.lifecycle import Graduated as Graduated
    from goalmodel.lifecycle import IllegalMove as IllegalMove
    from goalmodel.lifecycle import Keep as Keep
    from goalmodel.lifecycle import Move as Move
    from goalmodel.lifecycle import NoDefaultTarget as NoDefaultTarget
    from goalmodel.lifecycle import NoLevel as NoLevel
    from goalmodel.lifecycle import NothingReached as NothingReached
    from goalmodel.lifecycle import NotThisKeyResult as NotThisKeyResult
    from goalmodel.lifecycle import NotThisKpi as NotThisKpi
    from goalmodel.lifecycle import Promote as Promote
    from goalmodel.lifecycle import PromotionPolicy as PromotionPolicy
    from goalmodel.lifecycle import Reset as Reset
    from goalmodel.lifecycle import TargetNotAnImprovement as TargetNotAnImprovement
    from goalmodel.lifecycle import Waiting as Waiting
    from goalmodel.lifecycle import apply as apply
    from goalmodel.lifecycle import contradiction as contradiction
    from goalmodel.lifecycle import decide_demotion as decide_demotion
    from goalmodel.lifecycle import decide_promotion as decide_promotion
    from goalmodel.lifecycle import demote as demote
    from goalmodel.lifecycle import demotion_of as demotion_of
    from goalmodel.lifecycle import evidence_of as evidence_of
    from goalmodel.lifecycle import focus as focus
    from goalmodel.lifecycle import new_kpi as new_kpi
    from goalmodel.lifecycle import next_cycle as next_cycle
    from goalmodel.lifecycle import promote as promote
    from goalmodel.lifecycle import promotion_of as promotion_of
    from goalmodel.lifecycle import replay as replay
    from goalmodel.lifecycle import state_of as state_of
    from goalmodel.measure import Absence as Absence
    from goalmodel.measure import Cadence as Cadence
    from goalmodel.measure import Cycle as Cycle
    from goalmodel.measure import DateTwice as DateTwice
    from goalmodel.measure import DifferentQuantities as DifferentQuantities
    from goalmodel.measure import EndBeforeStart as EndBeforeStart
    from goalmodel.measure import Indicator as Indicator
    from goalmodel.measure import Measure as Measure
    from goalmodel.measure import NeverDue as NeverDue
    from goalmodel.measure import NoPeriod as NoPeriod
    from goalmodel.measure import NotARecurrence as NotARecurrence
    from goalmodel.measure import Period as Period
    from goalmodel.measure import Polarity as Polarity
    from goalmodel.measure import RangeOutOfOrder as RangeOutOfOrder
    from goalmodel.measure import Reading as Reading
    from goalmodel.measure import Scale as Scale
    from goalmodel.measure import Series as Series
    from goalmodel.measure import SeriesTwice as SeriesTwice
    from goalmodel.measure import Unit as Unit
    from goalmodel.measure import WrongMeasure as WrongMeasure
    from goalmodel.measure import YearOutOfRange as YearOutOfRange
    from goalmodel.measure import convert as convert
    from goalmodel.measure import per as per
    from goalmodel.model import Goal as Goal
    from goalmodel.model import GoalModel as GoalModel
    from goalmodel.model import GoesInCircles as GoesInCircles
    from goalmodel.model import IdTwice as IdTwice
    from goalmodel.model import MeasuresDiffer as MeasuresDiffer
    from goalmodel.model import UnknownReference as UnknownReference
    from goalmodel.model import WrongLink as WrongLink
    from goalmodel.objective import Calibration as Calibration
    from goalmodel.objective import CalibrationPolicy as CalibrationPolicy
    from goalmodel.objective import ClosedCycle as ClosedCycle
    from goalmodel.objective import CountedTwice as CountedTwice
    from goalmodel.objective import Coverage as Coverage
    from goalmodel.objective import CyclesOverlap as CyclesOverlap
    from goalmodel.objective import KindsDiffer as KindsDiffer
    from goalmodel.objective import Line as Line
    from goalmodel.objective import Mean as Mean
    from goalmodel.objective import NothingToRollUp as NothingToRollUp
    from goalmodel.objective import Objective as Objective
    from goalmodel.objective import ObjectiveLine as ObjectiveLine
    from goalmodel.objective import Result as Result
    from goalmodel.objective import Rollup as Rollup
    from goalmodel.objective import RollupPolicy as RollupPolicy
    from goalmodel.objective import Root as Root
    from goalmodel.objective import RootTooHigh as RootTooHigh
    from goalmodel.objective import ServesItself as ServesItself
    from goalmodel.objective import Unscored as Unscored
    from goalmodel.objective import calibrate as calibrate
    from goalmodel.objective import mean_of as mean_of
    from goalmodel.objective import roll_up as roll_up
    from goalmodel.objective import roll_up_all as roll_up_all
    from goalmodel.reasons import FactsDontFit as FactsDontFit
    from goalmodel.reasons import Reason as Reason
    from goalmodel.reasons import ReasonKind as ReasonKind
    from goalmodel.reviewing import Policy as Policy
    from goalmodel.reviewing import Review as Review
    from goalmodel.reviewing import lint as lint
    from goalmodel.reviewing import review as review
    from goalmodel.reviewing import reviews as reviews
    from goalmodel.statement import Draft as Draft
    from goalmodel.statement import Form as Form
    from goalmodel.statement import NotComplete as NotComplete
    from goalmodel.statement import parse as parse
    from goalmodel.statement import render as render
else:
    from importlib import import_module as _import_module

    _NAMES_OF_ROOMS = _MappingProxyType(
        {
            "changes": "Aspect Changed Stand",
            "commit": (
                "Accountability Amended AmendedOutOfTime AmendedTwice Amendment AmendsNothing Attainment Backdated "
                "CarriesItself ChangeOfKind Commit CommitAssessment CommitOutlook Counted DeclaredAfterDue GoalKind "
                "Held HeldFromAfterDue NoStages NotBroken Reached SameKind SpeculationPolicy StageOutOfTime "
                "StageTwice Staged Standard StandardOutOfOrder Standing Support SupportKind accountability outlook "
                "recommit unrecorded_change"
            ),
            "errors": "EmptyText GoalModelError NotADate OutOfBounds WrongType",
            "events": (
                "Adopted CarriedOver Deferred Demoted DeviationAccepted Dropped Event EventDoesNotFit EventTwice "
                "EventsRunBackwards Evidence Promoted Proposed Retired StandardAmended TargetRevised"
            ),
            "exact": "NotANumber NotFinite Number TooManyDigits",
            "externality": "Externalities Externality ExternalityPolicy Link Suspect",
            "hygiene": (
                "Description Finding HYGIENE_RULES HygienePolicy HygieneRule LeastAboveMost SelectsNothing Severity "
                "Translated Translation UnknownCode explain translate"
            ),
            "initiative": "Initiative",
            "key_result": (
                "Absolute Aggregation Change Counting Forecast ForecastPolicy KeyResult KeyResultAssessment "
                "Milestone MilestoneTwice Milestones NoBaseline NoMilestones NotInPercent NotTwoOfThree Occasions "
                "Origin Outcome OutcomePolicy Outlook Pace PaceBy PaceOutOfOrder PacePolicy PercentagePoints "
                "ReachedAlready Relative RelativeToNothing RequiredRate Revision RevisionsOutOfOrder Score "
                "TargetEqualsBaseline TargetOutOfReach ThresholdsOutOfOrder Tiers TiersOutOfOrder Trajectory "
                "TrajectoryOutOfOrder UnknownMilestone Vote VoteCalibration Zones ZonesOutOfOrder carry_over revise "
                "solve solve_stretch vote_calibration with_checkpoints"
            ),
            "kpi": (
                "AcceptedDeviation Assurance AssuranceVerdict BandsOutOfOrder Baseline Beyond Breach BreachPolicy "
                "CompositeAssessment CompositeKpi ControlChart Cusum Ewma FirstReadings Flapping FlappingPolicy "
                "Heading Health HealthBands Kpi KpiAssessment MannKendall Mark NoBreach NotOneHealthyZone PartTwice "
                "ProcessLimits Rebasing RunChart Steps Streaks TrendPolicy TrendRule TrendVerdict "
                "TrialBeyondBaseline Window Zone assurance assured cusum ewma fewest_crossings flapping longest_run "
                "mann_kendall marks nhs_making_data_count process_limits run_chart time_to_breach western_electric "
                "xmr_wheeler"
            ),
            "lifecycle": (
                "Clash Continue Contradiction ContradictionPolicy Demote DemotionPolicy Focus FocusPolicy GoalState "
                "Graduated IllegalMove Keep MOVES Move NoDefaultTarget NoLevel NotThisKeyResult NotThisKpi "
                "NothingReached Promote PromotionPolicy Reset TargetNotAnImprovement Waiting apply contradiction "
                "decide_demotion decide_promotion demote demotion_of evidence_of focus new_kpi next_cycle promote "
                "promotion_of replay state_of"
            ),
            "measure": (
                "Absence Cadence Cycle DateTwice DifferentQuantities EndBeforeStart Indicator Measure NeverDue "
                "NoPeriod NotARecurrence Period Polarity RangeOutOfOrder Reading Scale Series SeriesTwice Unit "
                "WrongMeasure YearOutOfRange convert per"
            ),
            "model": "Goal GoalModel GoesInCircles IdTwice MeasuresDiffer UnknownReference WrongLink",
            "objective": (
                "Calibration CalibrationPolicy ClosedCycle CountedTwice Coverage CyclesOverlap KindsDiffer Line "
                "Mean NothingToRollUp Objective ObjectiveLine Result Rollup RollupPolicy Root RootTooHigh "
                "ServesItself Unscored calibrate mean_of roll_up roll_up_all"
            ),
            "reasons": "FactsDontFit Reason ReasonKind",
            "reviewing": "Policy Review lint review reviews",
            "statement": "Draft Form NotComplete parse render",
        }
    )
    _ROOM_OF_NAME = _MappingProxyType({name: room for room, names in _NAMES_OF_ROOMS.items() for name in names.split()})
    __all__ = list(_ROOM_OF_NAME)

    def __getattr__(name: str) -> object:
        if name not in _ROOM_OF_NAME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(_import_module(f"{__name__}.{_ROOM_OF_NAME[name]}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
