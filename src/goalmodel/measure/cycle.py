"""The period goals are set for: two dates, both inside it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
from dateutil.relativedelta import relativedelta

from goalmodel.checks import is_date, the_count, the_date
from goalmodel.errors import OutOfOrder, YearOutOfRange
from goalmodel.reprs import readable

_MONTHS = 12


@attrs.frozen
@readable
class Cycle:
    """A period from *start* to *end*, both days inside it.

    >>> Cycle.quarter(2026, 4)
    Cycle(date(2026, 10, 1), date(2026, 12, 31))

    Raises:
        OutOfOrder: *end* is before *start*.
    """

    start: dt.date = attrs.field(validator=is_date)
    end: dt.date = attrs.field(validator=is_date)

    def __attrs_post_init__(self) -> None:
        if self.end < self.start:
            raise OutOfOrder("end", self.end, "on or after the start")

    @classmethod
    def year(cls, year: int, *, starts_in: int = 1) -> Cycle:
        """Return the fiscal year that begins in *year*, on the first of month *starts_in* (1 to 12)."""
        return cls._part(year, 1, months=12, starts_in=starts_in, field="year")

    @classmethod
    def half(cls, year: int, half: int, *, starts_in: int = 1) -> Cycle:
        """Return half 1 or 2 of the fiscal year that begins in *year* with month *starts_in*."""
        return cls._part(year, half, months=6, starts_in=starts_in, field="half")

    @classmethod
    def quarter(cls, year: int, quarter: int, *, starts_in: int = 1) -> Cycle:
        """Return quarter 1 to 4 of the fiscal year that begins in *year* with month *starts_in*.

        >>> Cycle.quarter(2026, 4, starts_in=4)
        Cycle(date(2027, 1, 1), date(2027, 3, 31))
        """
        return cls._part(year, quarter, months=3, starts_in=starts_in, field="quarter")

    @classmethod
    def month(cls, year: int, month: int) -> Cycle:
        """Return calendar month 1 to 12 of *year*."""
        return cls._part(year, month, months=1, starts_in=1, field="month")

    @classmethod
    def _part(cls, year: int, part: int, *, months: int, starts_in: int, field: str) -> Cycle:
        the_count(year, "year", least=dt.MINYEAR, most=dt.MAXYEAR)
        the_count(part, field, least=1, most=_MONTHS // months)
        the_count(starts_in, "starts_in", least=1, most=_MONTHS)
        first = starts_in - 1 + (part - 1) * months
        last = first + months - 1
        if year + last // _MONTHS > dt.MAXYEAR:
            raise YearOutOfRange("year", year)
        january = dt.date(year, 1, 1)
        return cls(january + relativedelta(months=first), january + relativedelta(months=last, day=31))

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= the_date(day, "day") <= self.end

    @property
    def days(self) -> int:
        """Number of days in the cycle, both ends counted."""
        return (self.end - self.start).days + 1

    def elapsed(self, as_of: dt.date) -> Fraction:
        """Return the share of the cycle's days that are over at the end of day *as_of*: 0 before it, 1 after.

        >>> Cycle.quarter(2026, 4).elapsed(dt.date(2026, 10, 1))
        Fraction(1, 92)
        """
        days_over = (the_date(as_of, "as_of") - self.start).days + 1
        return Fraction(min(max(days_over, 0), self.days), self.days)

    def __str__(self) -> str:
        return f"{self.start.isoformat()} to {self.end.isoformat()}"
