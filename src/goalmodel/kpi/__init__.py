"""Floor 2: KPIs, which are watched. Health and heading, never missed."""

from goalmodel.kpi.health import BandsOutOfOrder, Health, HealthBands, NotOneHealthyZone, Zone
from goalmodel.kpi.kpi import Kpi, KpiAssessment, Streaks
from goalmodel.kpi.trend import (
    Beyond,
    FirstReadings,
    Heading,
    Steps,
    TrendPolicy,
    TrendRule,
    TrendVerdict,
    TrialBeyondBaseline,
)

__all__ = [
    "BandsOutOfOrder",
    "Beyond",
    "FirstReadings",
    "Heading",
    "Health",
    "HealthBands",
    "Kpi",
    "KpiAssessment",
    "NotOneHealthyZone",
    "Steps",
    "Streaks",
    "TrendPolicy",
    "TrendRule",
    "TrendVerdict",
    "TrialBeyondBaseline",
    "Zone",
]
