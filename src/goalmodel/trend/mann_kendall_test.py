"""The Mann-Kendall test, exactly: could the last readings stand in this order by chance?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import factorial
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.checks import inner_share, is_count, named, the, the_count
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number
from goalmodel.measure.row import Whole
from goalmodel.reasons import Fact, ReasonKind
from goalmodel.reprs import readable
from goalmodel.showing import spelled
from goalmodel.trend.answer import Asked, Heading, Seen, Way, called, too_few
from goalmodel.trend.kendall import orders_that_reach
from goalmodel.trend.rates import Measured, measured
from goalmodel.trend.reference import ReferencePeriod, the_reference
from goalmodel.trend.row import TrendRow

_MOST_READINGS: Final = 100
"""An exact test of more would take its time."""

_MEASURED: Final[Measured] = MappingProxyType(
    {(12, Fraction(1, 100)): (21, 56, 218, 822), (12, Fraction(12, 1000)): (31, 83, 307, 922)}
)
"""By readings and alpha."""


TESTED = ReasonKind(
    "trend-tested",
    "KPI-5",
    "{rule}: {answer}; S is {s} over the last {count:reading/readings}, and in a random order as far that way or "
    "farther with probability {chance}",
    {"rule": Asked | str, "answer": Heading, "s": int, "count": int, "chance": Fraction},
)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class MannKendall:
    """The exact one-sided Mann-Kendall test: fires when the last readings rise more than chance would have it.

    Chance is every order of these very readings, ties and all, with no approximation; it fires where at most the share
    *alpha* of them rises as much. A tie speaks for neither way. Of fewer readings it looks at those there are. It has
    no reference.

    Source: Mann, "Nonparametric Tests Against Trend" (1945); Kendall, "A New Measure of Rank Correlation" (1938).

    Attributes:
        readings: How many of the latest it looks at, at most 100.
        alpha: Greatest share of all orders, one-sided, above 0 and below 1.
        trial_from: With fewer readings it says nothing; as many as it looks at where not said. So many at least that
            alpha can be reached at all: 4 for 0.05, 5 for 0.01.

    Raises:
        OutOfBounds: So few readings can't be so telling, or it is asked to begin with more than it looks at.
    """

    readings: int = attrs.field(default=12, validator=is_count(2))
    alpha: Fraction = attrs.field(default=Fraction(1, 100), converter=inner_share)
    trial_from: int = attrs.field(default=attrs.Factory(lambda self: self.readings, takes_self=True))

    def __attrs_post_init__(self) -> None:
        least = _least_readings(self.alpha)
        if not least <= self.readings <= _MOST_READINGS:
            raise OutOfBounds(
                "readings", self.readings, f"from {least}, so that alpha can be reached, to {_MOST_READINGS}"
            )
        the_count(self.trial_from, "trial_from", least=least, most=self.readings)

    def __str__(self) -> str:
        readings = f"{self.readings}" if self.trial_from == self.readings else f"{self.trial_from} to {self.readings}"
        return f"Mann-Kendall test of {readings} readings at {spelled(self.alpha)}"

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        the_reference(reference, "reference")
        return self.trial_from

    def false_alarm_rate(self, looks: int = 12) -> Fraction | None:
        """Return the probability of a wrong-way flag in so many *looks* at a stable series; None where not measured."""
        return measured(_MEASURED, (self.readings, self.alpha), looks)

    def heading(self, row: TrendRow) -> Seen[Heading]:
        """Return which way the last readings go."""
        if the(TrendRow, row, "row").unbroken < self.trial_from:
            return too_few(Heading, self, needs=self.trial_from, missing=self.trial_from - row.unbroken)
        latest = row.latest(min(self.readings, row.unbroken))
        s = rises_less_falls(latest)
        so_far, all_orders = orders_that_reach(abs(s), latest)
        share, of = self._alpha
        is_telling = s and so_far * of <= share * all_orders
        said = called(Heading, None if not is_telling else Way.WORSE if s > 0 else Way.BETTER)

        def facts() -> dict[str, Fact]:
            of_values = s if row.mirror is None else s * row.mirror[0]
            chance = Fraction(so_far, all_orders)
            return {"rule": self, "answer": said, "s": of_values, "count": len(latest), "chance": chance}

        return said, (TESTED.on_demand(facts),)

    @cached_property
    def _alpha(self) -> tuple[int, int]:
        return self.alpha.as_integer_ratio()


def mann_kendall(n: int = 12, alpha: Number = Fraction(1, 100)) -> MannKendall:
    """Return the exact one-sided Mann-Kendall test of the last *n* readings.

    >>> mann_kendall(5).needs(FirstReadings())
    5
    """
    return MannKendall(readings=n, alpha=alpha)


def _least_readings(alpha: Fraction) -> int:
    readings = 1
    while factorial(readings) * alpha < 1:
        readings += 1
    return readings


def rises_less_falls(readings: Sequence[Whole]) -> int:
    """Return S: how many pairs of *readings*, oldest first, rise less how many fall."""
    before = list[Whole]()
    s = 0
    for count, each in enumerate(readings):
        less = at_most = bisect_right(before, each)
        if at_most and before[at_most - 1] == each:
            less = bisect_left(before, each)
        s += less - (count - at_most)
        before.insert(at_most, each)
    return s
