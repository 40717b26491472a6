"""Floor 1: what is measured, when, and how often."""

from goalmodel.measure.cadence import Cadence, NoPeriod
from goalmodel.measure.cycle import Cycle, EndBeforeStart, YearOutOfRange
from goalmodel.measure.known import Dated, Known
from goalmodel.measure.measure import Indicator, Measure, Polarity, RangeOutOfOrder, Scale
from goalmodel.measure.rate import Period, per
from goalmodel.measure.recurrence import NeverDue, NotARecurrence
from goalmodel.measure.run import Runs, latest_run, streak, streaks
from goalmodel.measure.series import Absence, DateTwice, Reading, Series, SeriesTwice, WrongMeasure, by_measure
from goalmodel.measure.stretch import Stretch
from goalmodel.measure.unit import DifferentQuantities, Unit, convert, percentage_point

__all__ = [
    "Absence",
    "Cadence",
    "Cycle",
    "DateTwice",
    "Dated",
    "DifferentQuantities",
    "EndBeforeStart",
    "Indicator",
    "Known",
    "Measure",
    "NeverDue",
    "NoPeriod",
    "NotARecurrence",
    "Period",
    "Polarity",
    "RangeOutOfOrder",
    "Reading",
    "Runs",
    "Scale",
    "Series",
    "SeriesTwice",
    "Stretch",
    "Unit",
    "WrongMeasure",
    "YearOutOfRange",
    "by_measure",
    "convert",
    "latest_run",
    "per",
    "percentage_point",
    "streak",
    "streaks",
]
