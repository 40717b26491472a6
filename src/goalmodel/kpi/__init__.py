"""Floor 2: KPIs, which are watched. Health and heading, never missed."""

from goalmodel.kpi.assurance import Assurance, AssuranceVerdict, assurance, assured
from goalmodel.kpi.baseline import Baseline, FirstReadings, Rebasing, TrialBeyondBaseline, Window
from goalmodel.kpi.beyond import Beyond
from goalmodel.kpi.breach import Breach, BreachPolicy, NoBreach, time_to_breach
from goalmodel.kpi.composite import CompositeAssessment, CompositeKpi, PartTwice
from goalmodel.kpi.control_chart import ControlChart, nhs_making_data_count, western_electric, xmr_wheeler
from goalmodel.kpi.cusum import Cusum, cusum
from goalmodel.kpi.deviation import AcceptedDeviation
from goalmodel.kpi.ewma import Ewma, ewma
from goalmodel.kpi.flapping import Flapping, FlappingPolicy, flapping
from goalmodel.kpi.heading import Heading
from goalmodel.kpi.health import BandsOutOfOrder, Health, HealthBands, NotOneHealthyZone, Zone
from goalmodel.kpi.kpi import Kpi, KpiAssessment, Streaks
from goalmodel.kpi.limits import ProcessLimits, process_limits
from goalmodel.kpi.mann_kendall import MannKendall, mann_kendall
from goalmodel.kpi.run_chart import RunChart, fewest_crossings, longest_run, run_chart
from goalmodel.kpi.signature import Mark, marks
from goalmodel.kpi.steps import Steps
from goalmodel.kpi.trend import TrendPolicy, TrendRule, TrendVerdict

__all__ = [
    "AcceptedDeviation",
    "Assurance",
    "AssuranceVerdict",
    "BandsOutOfOrder",
    "Baseline",
    "Beyond",
    "Breach",
    "BreachPolicy",
    "CompositeAssessment",
    "CompositeKpi",
    "ControlChart",
    "Cusum",
    "Ewma",
    "FirstReadings",
    "Flapping",
    "FlappingPolicy",
    "Heading",
    "Health",
    "HealthBands",
    "Kpi",
    "KpiAssessment",
    "MannKendall",
    "Mark",
    "NoBreach",
    "NotOneHealthyZone",
    "PartTwice",
    "ProcessLimits",
    "Rebasing",
    "RunChart",
    "Steps",
    "Streaks",
    "TrendPolicy",
    "TrendRule",
    "TrendVerdict",
    "TrialBeyondBaseline",
    "Window",
    "Zone",
    "assurance",
    "assured",
    "cusum",
    "ewma",
    "fewest_crossings",
    "flapping",
    "longest_run",
    "mann_kendall",
    "marks",
    "nhs_making_data_count",
    "process_limits",
    "run_chart",
    "time_to_breach",
    "western_electric",
    "xmr_wheeler",
]
