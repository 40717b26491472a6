"""A target given as a change: by a share of the baseline, or by an amount."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

import attrs

from goalmodel.errors import GoalModelError
from goalmodel.exact import Number, exact
from goalmodel.measure import Measure, Scale


class RelativeToNothing(GoalModelError, ValueError):
    """A change by a share of what has no shares: a baseline of 0 or below, or a scale without a true zero."""

    accepted = "a number, or a change by an amount: shares need a true zero and a baseline above it"


def _share(given: Number) -> Fraction:
    return exact(given, "share")


def _amount(given: Number) -> Fraction:
    return exact(given, "amount")


@attrs.frozen
class Relative:
    """By a share of the baseline: "by 15 %".

    >>> Relative.percent(15).applied(Fraction(8), Measure("customer satisfaction", unit="points"))
    Fraction(46, 5)

    Attributes:
        share: Of the baseline; below 0 where it falls.
    """

    share: Fraction = attrs.field(converter=_share)

    @classmethod
    def percent(cls, percent: Number) -> Relative:
        """Return the change by so many hundredths of the baseline."""
        return cls(exact(percent, "percent") / 100)

    def applied(self, baseline: Fraction, measure: Measure) -> Fraction:
        """Return where the change leads from *baseline*, in the unit of *measure*.

        Raises:
            RelativeToNothing: The baseline is 0 or below, or the measure has no true zero.
        """
        if measure.scale is not Scale.RATIO:
            raise RelativeToNothing("target", measure.scale.value)
        if baseline <= 0:
            raise RelativeToNothing("baseline", baseline)
        return baseline * (1 + self.share)


@attrs.frozen
class Absolute:
    """By an amount in the measure's own unit: "by 2"; on a measure in percent, "by 5 percentage points".

    >>> Absolute(5).applied(Fraction(80), Measure("share of happy customers", unit="percent"))
    Fraction(85, 1)

    Attributes:
        amount: In the measure's own unit; below 0 where it falls.
    """

    amount: Fraction = attrs.field(converter=_amount)

    def applied(self, baseline: Fraction, measure: Measure) -> Fraction:  # noqa: ARG002 - each change is asked alike
        """Return where the change leads from *baseline*."""
        return baseline + self.amount


Change: TypeAlias = Relative | Absolute
"""How a target may be given where nobody knows, or wants to say, the number."""


def aim_of(given: Number | Change) -> Fraction | Change:
    """Return a target as it was given, a number exactly.

    Rule: KR-7.
    """
    return given if isinstance(given, Relative | Absolute) else exact(given, "target")
