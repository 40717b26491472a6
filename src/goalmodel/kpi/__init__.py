"""Floor 2: KPIs, which are watched. Health, standing and heading, never missed."""

import typing as _typing

from goalmodel.kpi.assuring import (
    Assurance as Assurance,
    AssuranceVerdict as AssuranceVerdict,
    assurance as assurance,
    assured as assured,
)
from goalmodel.kpi.bands_change import BandsChange as BandsChange
from goalmodel.kpi.breach import Breach as Breach, BreachPolicy as BreachPolicy, NoBreach as NoBreach
from goalmodel.kpi.composite import CompositeAssessment as CompositeAssessment, CompositeKpi as CompositeKpi
from goalmodel.kpi.deviation import AcceptedDeviation as AcceptedDeviation
from goalmodel.kpi.flags import FlagsByChance as FlagsByChance, flags_by_chance as flags_by_chance
from goalmodel.kpi.health import Health as Health, HealthBands as HealthBands, Zone as Zone
from goalmodel.kpi.kpi import Kpi as Kpi, KpiAssessment as KpiAssessment, KpiHistory as KpiHistory
from goalmodel.kpi.streaks import Streaks as Streaks
from goalmodel.rooms import later as _later

if _typing.TYPE_CHECKING:
    from goalmodel.kpi.flaps import Flapping as Flapping, FlappingPolicy as FlappingPolicy
else:
    __getattr__, __dir__ = _later(__name__, flaps="Flapping FlappingPolicy")
