"""Floor 1: what is measured, when, and how often."""

from goalmodel.exact import Number as Number
from goalmodel.measure.aggregation import Aggregation as Aggregation
from goalmodel.measure.cadence import Cadence as Cadence
from goalmodel.measure.cycle import Cycle as Cycle
from goalmodel.measure.derived import (
    Derived as Derived,
    Gap as Gap,
    Growth as Growth,
    Lag as Lag,
    Ratio as Ratio,
    Share as Share,
    Total as Total,
)
from goalmodel.measure.enough import FigurePolicy as FigurePolicy
from goalmodel.measure.exclusion import Exclusion as Exclusion
from goalmodel.measure.figure import Figure as Figure, figures as figures, judged as judged
from goalmodel.measure.good_to_know import GoodToKnow as GoodToKnow
from goalmodel.measure.measure import Measure as Measure, Polarity as Polarity, Scale as Scale, Timing as Timing
from goalmodel.measure.rate import Period as Period, per as per
from goalmodel.measure.reading import Absence as Absence, Reading as Reading
from goalmodel.measure.series import ByDate as ByDate, Series as Series
from goalmodel.measure.unit import Unit as Unit, convert as convert
from goalmodel.measure.versions import Restatement as Restatement
from goalmodel.measure.window import (
    EachPeriod as EachPeriod,
    EachReading as EachReading,
    LastDays as LastDays,
    LastMonths as LastMonths,
    LastReadings as LastReadings,
    StatedPeriods as StatedPeriods,
    ToDate as ToDate,
    Window as Window,
)
