"""Steps in a row: the literal "three months in a row"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import factorial
from operator import lt
from typing import Final

import attrs

from goalmodel.checks import inner, is_count, the, the_count
from goalmodel.measure.row import Whole
from goalmodel.reprs import readable
from goalmodel.showing import counted
from goalmodel.trend.answer import Heading, Seen, answer, too_few, ways
from goalmodel.trend.reference import ReferencePeriod, the_reference
from goalmodel.trend.row import TrendRow

_MOST_STEPS: Final = 1_000
_MOST_LOOKS: Final = 366


@attrs.frozen
@readable
class Steps:
    """Steps in a row: fires when each of the last *steps* steps went the same way.

    Steps are counted, not readings: k steps need k + 1 readings. A tie breaks the row. It is the literal "three
    months in a row". On a stable, noisy measure three steps fire within a year of monthly looks with probability
    0.365. It has no reference.

    Attributes:
        steps: How many, 1 to 1,000.
    """

    steps: int = attrs.field(default=3, validator=is_count(1, _MOST_STEPS))

    def __str__(self) -> str:
        return f"{counted(self.steps, 'step')} in a row"

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        the_reference(reference, "reference")
        return self.window

    @property
    def window(self) -> int:
        """How many of the latest readings it looks at."""
        return self.steps + 1

    def false_alarm_rate(self, looks: int = 12) -> Fraction:
        """Return the probability of at least one wrong-way flag in so many *looks* at a stable series, exactly.

        It is the chance that a random order of so many and k different readings has k worsening steps in a row
        somewhere.

        >>> round(float(Steps(3).false_alarm_rate()), 3)
        0.365

        Args:
            looks: From 1 to 366.
        """
        the_count(looks, "looks", least=1, most=_MOST_LOOKS)
        if self.steps >= looks:
            # The steps of the first look belong to all others, too: a later look is the first to see k steps in a row
            # exactly where they begin with it, after a step the other way.
            window = factorial(self.window)
            return Fraction(1, window) + (looks - 1) * (Fraction(1, window) - Fraction(1, window * (self.window + 1)))
        return 1 - _share_of_orders_without_run(readings=looks + self.steps, steps=self.steps)

    def heading(self, row: TrendRow) -> Seen[Heading]:
        """Return which way the last steps went."""
        if the(TrendRow, row, "row").unbroken < self.window:
            return too_few(Heading, self, needs=self.window, missing=self.window - row.unbroken)
        return answer(Heading, self, ways(all_rise, row.latest(self.window)), self.window)

    @inner
    def fires(self, offs: Sequence[Whole], sigma: Whole) -> bool:  # noqa: ARG002 - as a test of a chart is asked
        """Return whether *offs* grow at every step: the latest readings, oldest first, off the mean."""
        return all_rise(offs)


@lru_cache(maxsize=64)
def _share_of_orders_without_run(*, readings: int, steps: int) -> Fraction:
    """Return the share of all orders of so many different readings without so many rising steps in a row.

    The exponential generating function of such orders is 1 / sum(x^(jm) / (jm)! - x^(jm+1) / (jm+1)!), where m is
    steps + 1 (David and Barton, "Combinatorial Chance", 1962, chapter 10).
    """
    length = steps + 1
    inverse = [Fraction(_sign(n % length), factorial(n)) for n in range(readings + 1)]
    share = [Fraction(1)]
    for n in range(1, readings + 1):
        share.append(-sum((inverse[j] * share[n - j] for j in range(1, n + 1)), Fraction(0)))
    return share[readings]


def _sign(remainder: int) -> int:
    return {0: 1, 1: -1}.get(remainder, 0)


def all_rise(readings: Sequence[Whole]) -> bool:
    """Return whether *readings*, oldest first, grow at every step: strictly, and from each to the next."""
    return all(map(lt, readings, readings[1:]))
