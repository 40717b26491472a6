"""Beside the tower: its rules over whole columns of pandas, Polars, PyArrow, DuckDB, Dask and PySpark."""

from goalmodel.frames.bench import Days as Days, Figures as Figures
from goalmodel.frames.cuts import cut_float as cut_float
from goalmodel.frames.headings import (
    TrendColumns as TrendColumns,
    with_heading as with_heading,
    with_limits as with_limits,
    with_usual as with_usual,
)
from goalmodel.frames.healths import (
    BandColumns as BandColumns,
    with_excess as with_excess,
    with_health as with_health,
)
from goalmodel.frames.outcomes import with_outcome as with_outcome
from goalmodel.frames.paces import with_pace as with_pace
from goalmodel.frames.periods import figures as figures
from goalmodel.frames.readings import (
    fresh_since as fresh_since,
    with_since as with_since,
    with_staleness as with_staleness,
)
from goalmodel.frames.reviews import review as review
from goalmodel.frames.rollups import roll_up as roll_up
from goalmodel.frames.standings import (
    StandardColumns as StandardColumns,
    attainment as attainment,
    with_standing as with_standing,
)
from goalmodel.frames.why import Why as Why
