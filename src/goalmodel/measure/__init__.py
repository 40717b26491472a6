"""Floor 1: what is measured, when, and how often."""

from goalmodel.measure.cadence import Cadence, NoPeriod
from goalmodel.measure.cycle import Cycle, EndBeforeStart, YearOutOfRange
from goalmodel.measure.measure import Indicator, Measure, Polarity, RangeOutOfOrder, Scale, Unit
from goalmodel.measure.run import Dated, latest_run, streak
from goalmodel.measure.series import Absence, DateTwice, Reading, Series, SeriesTwice, WrongMeasure, by_measure

__all__ = [
    "Absence",
    "Cadence",
    "Cycle",
    "DateTwice",
    "Dated",
    "EndBeforeStart",
    "Indicator",
    "Measure",
    "NoPeriod",
    "Polarity",
    "RangeOutOfOrder",
    "Reading",
    "Scale",
    "Series",
    "SeriesTwice",
    "Unit",
    "WrongMeasure",
    "YearOutOfRange",
    "by_measure",
    "latest_run",
    "streak",
]
