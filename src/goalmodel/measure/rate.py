"""How often something happens: rates are units, so that they may be given in one period and wanted in another."""

from __future__ import annotations

from enum import unique
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from goalmodel.checks import Term, the
from goalmodel.measure.unit import Unit, the_unit

_YEAR: Final = Fraction(3_652_425, 10_000)


@unique
class Period(Term):
    """A span of time that rates are given in.

    A year is 365.2425 days, the mean of the Gregorian calendar's 400 years; half a year, a quarter and a month are
    a half, a quarter and a twelfth of it.
    """

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half year"
    YEAR = "year"

    @property
    def days(self) -> Fraction:
        """How many days it has."""
        return _DAYS[self]

    @property
    def unit(self) -> Unit:
        """The unit of a time that is counted in it.

        >>> Period.WEEK.unit.name, Period.WEEK.unit.factor
        ('weeks', Fraction(7, 1))
        """
        return Unit(f"{self.value}s", base="days", factor=self.days)


_DAYS: Final = MappingProxyType({
    Period.SECOND: Fraction(1, 86_400),
    Period.MINUTE: Fraction(1, 1_440),
    Period.HOUR: Fraction(1, 24),
    Period.DAY: Fraction(1),
    Period.WEEK: Fraction(7),
    Period.MONTH: _YEAR / 12,
    Period.QUARTER: _YEAR / 4,
    Period.HALF_YEAR: _YEAR / 2,
    Period.YEAR: _YEAR,
})  # fmt: skip


def per(unit: Unit | str, period: Period) -> Unit:
    """Return the unit of a rate: so many *unit* a *period*.

    Rates of one thing are one quantity whatever their period, so that `convert` leads from one to the other.

    Rule: KR-8.

    >>> convert(2, per("times", Period.WEEK), into=per("times", Period.MONTH))
    Fraction(6957, 800)

    Args:
        unit: What is counted: a Unit, or its name.
        period: In which time.

    Source:
        Our choice of the mean Gregorian year. Other systems take 4 weeks, 4.33 weeks or 30 days for a month.
    """
    counted = the_unit(unit, "unit")
    span = the(Period, period, "period")
    return Unit(
        f"{counted.name} per {span.value}",
        symbol=f"{counted.symbol} per {span.value}",
        base=f"{counted.base} per {Period.DAY.value}",
        factor=counted.factor / span.days,
    )
