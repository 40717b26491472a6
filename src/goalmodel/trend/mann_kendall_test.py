"""The Mann-Kendall test, exactly: could the last readings stand in this order by chance?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from itertools import combinations
from math import factorial
from typing import Final

import attrs

from goalmodel.checks import inner_share, is_count, named, the
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number
from goalmodel.measure.row import Whole
from goalmodel.reprs import readable
from goalmodel.showing import spelled
from goalmodel.trend.heading import Seen, judged, too_few
from goalmodel.trend.kendall import chance_in_any_order
from goalmodel.trend.reference import ReferencePeriod, the_reference
from goalmodel.trend.row import TrendRow

_MOST_READINGS: Final = 100
"""An exact test of more would take its time."""

_MEASURED: Final = ((12, Fraction(1, 100), Fraction(56, 1000)),)
"""Readings, alpha and false-alarm rate, as benchmarks/trend_rules.py measures them."""


@readable
@attrs.frozen(kw_only=True, field_transformer=named)
class MannKendall:
    """The exact one-sided Mann-Kendall test: fires when the last readings rise more than chance would have it.

    Chance is every order of these very readings, ties and all, with no approximation; it fires where at most the share
    *alpha* of them rises as much. A tie speaks for neither way. It has no reference.

    Source: Mann, "Nonparametric Tests Against Trend" (1945); Kendall, "A New Measure of Rank Correlation" (1938).

    Attributes:
        readings: How many of the latest it looks at; so many that alpha can be reached at all: 4 for 0.05, 5 for 0.01;
            at most 100.
        alpha: Greatest share of all orders, one-sided, above 0 and below 1.

    Raises:
        OutOfBounds: So few readings can't be so telling.
    """

    readings: int = attrs.field(default=12, validator=is_count(2))
    alpha: Fraction = attrs.field(default=Fraction(1, 100), converter=inner_share)

    def __attrs_post_init__(self) -> None:
        least = _least_readings(self.alpha)
        if not least <= self.readings <= _MOST_READINGS:
            raise OutOfBounds(
                "readings", self.readings, f"from {least}, so that alpha can be reached, to {_MOST_READINGS}"
            )

    def __str__(self) -> str:
        return f"Mann-Kendall test of {self.readings} readings at {spelled(self.alpha)}"

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        the_reference(reference, "reference")
        return self.readings

    @property
    def false_alarm_rate(self) -> Fraction | None:
        """Probability of at least one wrong-way flag in twelve looks at a stable series; None where not measured."""
        return next((rate for *which, rate in _MEASURED if which == [self.readings, self.alpha]), None)

    def seen(self, row: TrendRow) -> Seen:
        """Return which way the last readings go."""
        if the(TrendRow, row, "row").unbroken < self.readings:
            return too_few(self, needs=self.readings, missing=self.readings - row.unbroken)
        return judged(self, partial(rises, self), row.latest(self.readings))


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


def rises(rule: MannKendall, readings: Sequence[Whole]) -> bool:
    """Return whether *readings*, oldest first, rise more than chance would have it."""
    s = sum((later > earlier) - (later < earlier) for earlier, later in combinations(readings, 2))
    return s > 0 and chance_in_any_order(readings, s) <= rule.alpha
