"""The rules over whole columns: pandas, Polars, PyArrow, DuckDB, Dask and PySpark, no row misjudged."""

from goalmodel.frames.cuts import cut_float
from goalmodel.frames.headings import TrendColumns, with_heading
from goalmodel.frames.healths import BandColumns, with_excess, with_health
from goalmodel.frames.outcomes import with_outcome
from goalmodel.frames.standings import StandardColumns, attainment, with_standing
from goalmodel.frames.why import Why

__all__ = ["BandColumns", "Why", "cut_float", "with_excess", "with_health", "with_outcome","TrendColumns","with_heading","StandardColumns","attainment","with_standing"]
