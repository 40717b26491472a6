"""Floor 2: KPIs, which are watched. Health and heading, never missed."""

from goalmodel.kpi.baseline import Baseline, FirstReadings, Rebasing, TrialBeyondBaseline, Window
from goalmodel.kpi.beyond import Beyond
from goalmodel.kpi.control_chart import ControlChart, nhs_making_data_count, western_electric, xmr_wheeler
from goalmodel.kpi.cusum import Cusum, cusum
from goalmodel.kpi.deviation import AcceptedDeviation
from goalmodel.kpi.ewma import Ewma, ewma
from goalmodel.kpi.heading import Heading
from goalmodel.kpi.health import BandsOutOfOrder, Health, HealthBands, NotOneHealthyZone, Zone
from goalmodel.kpi.kpi import Kpi, KpiAssessment, Streaks
from goalmodel.kpi.limits import ProcessLimits, process_limits
from goalmodel.kpi.mann_kendall import MannKendall, mann_kendall
from goalmodel.kpi.run_chart import RunChart, fewest_crossings, longest_run, run_chart
from goalmodel.kpi.steps import Steps
from goalmodel.kpi.trend import TrendPolicy, TrendRule, TrendVerdict

__all__ = [
    "AcceptedDeviation",
    "BandsOutOfOrder",
    "Baseline",
    "Beyond",
    "ControlChart",
    "Cusum",
    "Ewma",
    "FirstReadings",
    "Heading",
    "Health",
    "HealthBands",
    "Kpi",
    "KpiAssessment",
    "MannKendall",
    "NotOneHealthyZone",
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
    "cusum",
    "ewma",
    "fewest_crossings",
    "longest_run",
    "mann_kendall",
    "nhs_making_data_count",
    "process_limits",
    "run_chart",
    "western_electric",
    "xmr_wheeler",
]
