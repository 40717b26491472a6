"""Limits by weight: how far a share or a rate may lie off by chance, given the cases it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import unique
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

import attrs

from goalmodel.checks import Term, inner, is_a, named, positive, the
from goalmodel.reasons import ReasonKind
from goalmodel.reprs import readable
from goalmodel.showing import spelled
from goalmodel.trend.answer import Asked, Seen, Standing, Way, answer, called
from goalmodel.trend.limits import MEAN_MOVE, ProcessLimits, SigmaScale
from goalmodel.trend.reference import ReferencePeriod, least_readings
from goalmodel.trend.roots import Root, rounded_down, sign_of_sum
from goalmodel.trend.row import Cases, TrendRow

NO_WEIGHTS = ReasonKind(
    "trend-no-weights",
    "FIG-6",
    "{rule} asks how many cases each figure rests on, and nobody knows",
    {"rule": Asked | str},
)
NOT_OF_VALUES = ReasonKind(
    "trend-not-of-values",
    "FIG-6",
    "{rule} judges the values of the measure by readings of it: not differences, not distances to two edges, no stated"
    " limits",
    {"rule": Asked | str},
)
NO_SUCH_VALUE = ReasonKind(
    "trend-no-such-value",
    "FIG-6",
    "{rule}: {value} on {on} is nothing that cases can come to",
    {"rule": Asked | str, "value": Fraction, "on": dt.date},
)
NO_SPREAD = ReasonKind(
    "trend-no-spread",
    "FIG-6",
    "{rule}: the {count:reference reading leaves/reference readings leave} nothing to chance, so nothing says what "
    "is usual",
    {"rule": Asked | str, "count": int},
)
BEYOND_BY_CASES = ReasonKind(
    "trend-beyond-by-cases",
    "FIG-6",
    "{rule}: {answer}; {value} on {on}, of {cases} cases, lies beyond {edge}, where {mean} is usual",
    {
        "rule": Asked | str,
        "answer": Standing,
        "value": Fraction,
        "on": dt.date,
        "cases": Fraction,
        "edge": Fraction,
        "mean": Fraction,
    },
)

_TWO: Final = 2
"""Readings that make a move."""

_PARTS: Final = 10**9
"""So finely the edge is told; whether a reading lies beyond it is decided without."""


@unique
class CasesChartKind(Term):
    """How limits follow the number of cases."""

    P = "p chart"
    U = "u chart"
    LANEY_P = "Laney p\N{PRIME} chart"
    LANEY_U = "Laney u\N{PRIME} chart"


_LANEY: Final = frozenset({CasesChartKind.LANEY_P, CasesChartKind.LANEY_U})
_OF_SHARES: Final = frozenset({CasesChartKind.P, CasesChartKind.LANEY_P})


class CasesLimits(NamedTuple):
    """What is usual for shares or rates, and how far off chance may bring one.

    Attributes:
        mean: Pooled: all that was counted, of all cases, times the whole.
        widths: A value may lie off by the sum of these, divided by the square root of its cases.
    """

    mean: Fraction
    widths: tuple[Root, ...]

    def is_beyond(self, value: Fraction, cases: Fraction) -> bool:
        """Return whether a *value* of so many *cases* lies beyond its limits, decided exactly; on one is inside."""
        off = Root(abs(value - self.mean), cases)
        return sign_of_sum((off, *(Root(-each.times, each.of) for each in self.widths))) > 0

    def width(self, cases: Fraction) -> Fraction:
        """Return how far a value of so many *cases* may lie off, rounded down to 9 decimals a root."""
        return max(
            rounded_down([Root(each.times / cases, each.of * cases) for each in self.widths], _PARTS), Fraction(0)
        )

    @property
    def has_width(self) -> bool:
        """Whether they leave anything to chance."""
        return sign_of_sum(self.widths) > 0


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class CasesChart:
    """A chart of shares or rates with limits by weight: fires when the latest reading lies beyond its own limits.

    Readings must carry weights, the numbers of cases behind them; over a window they must come to their mean. The mean
    of what is usual is pooled over the reference. A reading on a limit is inside. Whether one lies beyond is decided
    without trusting a square root. There are no limits for differences from season to season, for distances to the
    nearer of two edges, and none that are stated.

    In Laney's charts the sigma of chance cancels out, so that p\N{PRIME} and u\N{PRIME} have the same limits.

    Rule: FIG-6.

    Attributes:
        kind: How limits follow the number of cases.
        sigmas: How far off a limit lies, above 0.
        per: So many cases one of the measure's unit is about, above 0: 1,000 for complaints per 1,000 patients. In
            percent it is 1 (100 is every case).
    """

    kind: CasesChartKind = attrs.field(validator=is_a(CasesChartKind))
    sigmas: Fraction = attrs.field(default=Fraction(3), converter=positive)
    per: Fraction = attrs.field(default=Fraction(1), converter=positive)

    def __str__(self) -> str:
        sigmas = "" if self.sigmas == 3 else f", {spelled(self.sigmas)} sigma"  # noqa: PLR2004 - as everywhere
        return f"{self.kind.value}{sigmas}{'' if self.per == 1 else f', per {spelled(self.per)} cases'}"

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        return max(1, least_readings(reference, takes_trial=True))

    def false_alarm_rate(self, looks: int = 12) -> Fraction | None:  # noqa: ARG002 - as all rules have it
        """Return None: the rate of a chart of counts depends on the counts."""
        return None

    def standing(self, row: TrendRow) -> Seen[Standing]:
        """Return on which side of what is usual the latest reading lies, by its own limits."""
        the(TrendRow, row, "row")
        return row.once_settled(self, partial(self._standing, row), window=1)

    def limits(self, row: TrendRow) -> CasesLimits | None:
        """Return the limits of the values of a *row*; None where they are not known."""
        the(TrendRow, row, "row")
        if row.cases is None or row.mirror is None or row.mirror[1] is None or len(row.reference_places) < _TWO:
            return None
        found = self._usual(row, row.cases)
        return None if isinstance(found, int) else found

    def _standing(self, row: TrendRow, _: SigmaScale) -> Seen[Standing]:
        cases, value = row.cases, row.own_at(row.last_place)
        if value is None or row.mirror is None or isinstance(row.reference, ProcessLimits):
            return Standing.UNDETERMINED, (NOT_OF_VALUES.because(rule=self),)
        if cases is None:
            return Standing.UNDETERMINED, (NO_WEIGHTS.because(rule=self),)
        usual = row.last_place if self._is_impossible(value, cases) else self._usual(row, cases)
        if isinstance(usual, int):
            what = {"value": row.own_at(usual), "on": row.day(row.last_place - usual)}
            return Standing.UNDETERMINED, (NO_SUCH_VALUE.because(rule=self, **what),)
        return self._against(row, usual, value, cases.weights[row.last_place], Way(row.mirror[0]))

    def _against(
        self, row: TrendRow, usual: CasesLimits, value: Fraction, cases: Fraction, upward: Way
    ) -> Seen[Standing]:
        """Return what is said of a *value* of so many *cases*; *upward* is what growing values are."""
        if not usual.has_width:
            return Standing.UNDETERMINED, (NO_SPREAD.because(rule=self, count=row.based_on),)
        if not usual.is_beyond(value, cases):
            return answer(Standing, self, (), 1)
        side = 1 if value > usual.mean else -1
        said, edge = called(Standing, Way(side * upward.value)), usual.mean + side * usual.width(cases)
        facts = {"value": value, "on": row.day(), "cases": cases, "edge": edge, "mean": usual.mean}
        return said, (BEYOND_BY_CASES.because(rule=self, answer=said, **facts),)

    def _is_impossible(self, value: Fraction, cases: Cases) -> bool:
        """Return whether no count of cases can come to *value*."""
        return value < 0 or (self.kind in _OF_SHARES and value > self.per * cases.whole)

    def _usual(self, row: TrendRow, cases: Cases) -> CasesLimits | int:
        """Return the limits by the reference, or the place of a value in it that no count of cases can come to."""
        places = row.reference_places
        return row.kept((self, places), lambda: (self._usual_by(row, cases, places),))[0]

    def _usual_by(self, row: TrendRow, cases: Cases, places: range) -> CasesLimits | int:
        values = [value for value in map(row.own_at, places) if value is not None]
        for place, value in zip(places, values, strict=True):
            if self._is_impossible(value, cases):
                return place
        return self.limits_by(values, cases.weights[places.start : places.stop], self.per * cases.whole)

    @inner
    def limits_by(self, values: Sequence[Fraction], cases: Sequence[Fraction], whole: Fraction) -> CasesLimits:
        """Return the limits by *values* of so many *cases* each, of which a *whole* is every case, or one a case."""
        mean = sum((value * of for value, of in zip(values, cases, strict=True)), Fraction(0)) / sum(cases)
        if self.kind in _LANEY:
            offs = [Root(value - mean, of) for value, of in zip(values, cases, strict=True)]
            times = self.sigmas / (MEAN_MOVE * (len(offs) - 1))
            return CasesLimits(mean, tuple(each for pair in pairwise(offs) for each in _move(*pair, times)))
        chance = mean * (whole - mean) if self.kind is CasesChartKind.P else mean * whole
        return CasesLimits(mean, (Root(self.sigmas, chance),))


def _move(earlier: Root, later: Root, times: Fraction) -> tuple[Root, Root]:
    """Return so many *times* the distance between two roots, as roots that add up to it."""
    sign = 1 if later.signed_square > earlier.signed_square else -1
    return Root(sign * times * later.times, later.of), Root(-sign * times * earlier.times, earlier.of)


def p_chart() -> CasesChart:
    """Return the p chart: a share may lie off by three sigmas of a binomial share of so many cases.

    It fires where (p - mean)**2 * n is more than 9 * mean * (1 - mean).

    Source: Shewhart, "Economic Control of Quality of Manufactured Product" (1931); Montgomery, "Introduction to
        Statistical Quality Control", control charts for fraction nonconforming, variable sample size.
    """
    return CasesChart(kind=CasesChartKind.P)


def u_chart(per: int | Fraction = 1) -> CasesChart:
    """Return the u chart: a rate may lie off by three sigmas of a Poisson count of so many cases.

    It fires where (u - mean)**2 * n is more than 9 * mean, u being a count a case.

    Args:
        per: So many cases one of the measure's unit is about: 1,000 for complaints per 1,000 patients.

    Source: Montgomery, "Introduction to Statistical Quality Control", control charts for nonconformities per unit,
        variable sample size.
    """
    return CasesChart(kind=CasesChartKind.U, per=per)


def laney_p_chart() -> CasesChart:
    """Return Laney's p\N{PRIME} chart: the limits of a p chart, times the sigma of the shares in sigmas of chance.

    That sigma is the mean moving range of the reference, each share in its own sigmas, divided by 1.128.

    Source: Laney, "Improved Control Charts for Attributes", Quality Engineering 14 (2002), 531-537.
    """
    return CasesChart(kind=CasesChartKind.LANEY_P)


def laney_u_chart(per: int | Fraction = 1) -> CasesChart:
    """Return Laney's u\N{PRIME} chart: the limits of a u chart, times the sigma of the rates in sigmas of chance.

    Args:
        per: So many cases one of the measure's unit is about.

    Source: Laney, "Improved Control Charts for Attributes", Quality Engineering 14 (2002), 531-537.
    """
    return CasesChart(kind=CasesChartKind.LANEY_U, per=per)
