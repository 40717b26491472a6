"""The rules over whole columns: pandas, Polars, PyArrow, DuckDB, Dask and PySpark, no row misjudged."""

from goalmodel.frames.bench import Days, Figures
from goalmodel.frames.cuts import cut_float
from goalmodel.frames.headings import TrendColumns, with_heading, with_limits
from goalmodel.frames.healths import BandColumns, with_excess, with_health
from goalmodel.frames.outcomes import with_outcome
from goalmodel.frames.paces import with_pace
from goalmodel.frames.readings import fresh_since, with_since, with_staleness
from goalmodel.frames.reviews import review
from goalmodel.frames.rollups import roll_up
from goalmodel.frames.standings import StandardColumns, attainment, with_standing
from goalmodel.frames.why import Why

__all__ = [
    "BandColumns",
    "Days",
    "Figures",
    "StandardColumns",
    "TrendColumns",
    "Why",
    "attainment",
    "cut_float",
    "fresh_since",
    "review",
    "roll_up",
    "with_excess",
    "with_heading",
    "with_health",
    "with_limits",
    "with_outcome",
    "with_pace",
    "with_since",
    "with_staleness",
    "with_standing",
]
