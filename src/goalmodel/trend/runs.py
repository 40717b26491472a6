"""The run chart: readings around their own median, that should cross it often and never stay away for long."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from math import comb
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.checks import is_count, the, the_count
from goalmodel.measure.row import Whole
from goalmodel.reasons import ReasonKind
from goalmodel.reprs import readable
from goalmodel.trend.answer import Asked, Seen, Standing, Way, called, too_few
from goalmodel.trend.rates import Measured, measured
from goalmodel.trend.reference import ReferencePeriod, the_reference
from goalmodel.trend.row import TrendRow
from goalmodel.trend.slope import median

_LEAST_USEFUL: Final = 10
"""Below so many useful readings the rules have never been studied (Anhøj and Olesen 2014)."""

_MOST_READINGS: Final = 1_000

_CHANCE_OF_FEW_CROSSINGS: Final = Fraction(5, 100)

_MEASURED: Final[Measured] = MappingProxyType({24: (23, 54, 262, 891)})
"""By readings."""

ON_MEDIAN = ReasonKind(
    "trend-on-median",
    "KPI-5",
    "{rule}: of {count:reading/readings} only {useful:is/are} off their median and {missing:is/are} missing",
    {"rule": Asked, "count": int, "useful": int, "missing": int},
)


RUNS = ReasonKind(
    "trend-runs",
    "KPI-4",
    "{rule}: {answer}; of {useful:reading/readings} off their median {run:lies/in a row lie} on one side, where "
    "{longest} may, and they cross it {crossings:time/times}, where {fewest:is/are} enough",
    {"rule": Asked, "answer": Standing, "useful": int, "run": int, "longest": int, "crossings": int, "fewest": int},
)


@attrs.frozen
@readable
class RunChart:
    """A run chart after Anhøj: fires when the longest run about the median is too long, or crossings are too few.

    Readings on the median are dropped: they neither break a run nor cross. A run is too long above the logarithm to
    base 2 of the useful readings plus 3, rounded; crossings are too few below the 5 % quantile of fair coin tosses.
    The rule itself knows no direction; ours is the side of the median the latest useful reading lies on. The median is
    that of the readings looked at: it has no other reference.

    Source: Anhøj and Olesen, "Run Charts Revisited" (2014); as in anhoej/qicharts2. The side is our choice.

    Attributes:
        readings: It looks at so many of the latest at most, 10 to 1,000. Two years of months are our choice.
    """

    readings: int = attrs.field(default=24, validator=is_count(_LEAST_USEFUL))

    def __attrs_post_init__(self) -> None:
        the_count(self.readings, "readings", least=_LEAST_USEFUL, most=_MOST_READINGS)

    def __str__(self) -> str:
        return f"run chart of up to {self.readings} readings"

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything, if hardly any lies on the median."""
        the_reference(reference, "reference")
        return _LEAST_USEFUL

    def false_alarm_rate(self, looks: int = 12) -> Fraction | None:
        """Return the probability of a wrong-way flag in so many *looks* at a stable series; None where not measured."""
        return measured(_MEASURED, self.readings, looks)

    def standing(self, row: TrendRow) -> Seen[Standing]:
        """Return on which side of the median the readings have come to stay."""
        if the(TrendRow, row, "row").unbroken < _LEAST_USEFUL:
            return too_few(Standing, self, needs=_LEAST_USEFUL, missing=_LEAST_USEFUL - row.unbroken)
        latest = row.latest(min(self.readings, row.unbroken))
        sides = sides_of_median(latest)
        if len(sides) < _LEAST_USEFUL:
            missing = _LEAST_USEFUL - len(sides)
            reason = ON_MEDIAN.because(rule=self, count=len(latest), useful=len(sides), missing=missing)
            return Standing.UNDETERMINED, (reason,)
        runs = [len(list(run)) for _, run in groupby(sides)]
        longest, fewest = longest_run(len(sides)), fewest_crossings(len(sides))
        fires = max(runs) > longest or len(runs) - 1 < fewest
        side = Way.WORSE if sides[-1] else Way.BETTER
        said = called(Standing, side if fires else None)
        facts = {"useful": len(sides), "run": max(runs), "longest": longest}
        return said, (RUNS.because(rule=self, answer=said, **facts, crossings=len(runs) - 1, fewest=fewest),)


def run_chart() -> RunChart:
    """Return Anhøj's run chart of up to the last 24 readings."""
    return RunChart()


def sides_of_median(readings: Sequence[Whole]) -> tuple[bool, ...]:
    """Return of each of *readings* that is not on their median whether it is above it."""
    middle = median(readings)
    return tuple(reading > middle for reading in readings if reading != middle)


def longest_run(useful: int) -> int:
    """Return how long a run about the median may be among so many *useful* readings: log2 of them plus 3, rounded.

    >>> longest_run(10), longest_run(24)
    (6, 8)
    """
    whole = the_count(useful, "useful", least=1, most=_MOST_READINGS).bit_length() - 1
    return 3 + whole + int(useful * useful > 1 << (2 * whole + 1))


def fewest_crossings(useful: int) -> int:
    """Return how few crossings of the median so many *useful* readings may have: the 5 % quantile of fair tosses.

    >>> fewest_crossings(10), fewest_crossings(24)
    (2, 8)
    """
    tosses = the_count(useful, "useful", least=1, most=_MOST_READINGS) - 1
    crossings, ways = 0, 1
    while ways < _CHANCE_OF_FEW_CROSSINGS * 2**tosses:
        crossings += 1
        ways += comb(tosses, crossings)
    return crossings
