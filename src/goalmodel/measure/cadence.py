"""How often a measure is expected to be read, and when a reading has become too old."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs
from dateutil.relativedelta import relativedelta

from goalmodel.doors import is_count, the_count, the_date
from goalmodel.errors import GoalModelError


class NoPeriod(GoalModelError, ValueError):
    """A cadence that counts in neither months nor days, or in both."""

    accepted = "above 0 in exactly one of months and days"


@attrs.frozen(kw_only=True)
class Cadence:
    """A reading every so many calendar months, or every so many days, and the days of grace it may come late.

    The presets allow a third of the period, rounded down but at least a day: a month's figure is seldom known on
    its last day. That is our choice; ``attrs.evolve(Cadence.MONTHLY, grace_days=5)`` makes another.

    Attributes:
        months: Calendar months between readings; 0 where it counts in days.
        days: Days between readings; 0 where it counts in months.
        grace_days: Days a reading may come late before it counts as missing.
    """

    months: int = attrs.field(default=0, validator=is_count())
    days: int = attrs.field(default=0, validator=is_count())
    grace_days: int = attrs.field(default=0, validator=is_count())

    DAILY: ClassVar[Cadence]
    WEEKLY: ClassVar[Cadence]
    MONTHLY: ClassVar[Cadence]
    QUARTERLY: ClassVar[Cadence]
    YEARLY: ClassVar[Cadence]

    def __attrs_post_init__(self) -> None:
        if (self.months > 0) == (self.days > 0):
            raise NoPeriod("months", self.months)

    def due(self, anchor: dt.date, periods: int = 1) -> dt.date:
        """Return the date so many *periods* after *anchor*, always counted from the anchor.

        >>> Cadence.MONTHLY.due(dt.date(2026, 1, 31), 2)
        datetime.date(2026, 3, 31)

        Args:
            anchor: A date on which there was a reading.
            periods: How many periods later, from 0. A date past the end of the calendar is its last day.
        """
        times = the_count(periods, "periods")
        return _moved(the_date(anchor, "anchor"), months=self.months * times, days=self.days * times)

    def stale_after(self, last: dt.date, periods: int = 1) -> dt.date:
        """Return the last day on which a reading of *last* still counts as fresh: one period and the grace.

        With more *periods* it is the last day on which the reading that is due so many periods later is in time.
        """
        return _moved(self.due(last, periods), days=self.grace_days)

    def expected(self, last: dt.date, until: dt.date) -> int:
        """Return how many readings after *last* fall due on *until* or before, however late they may come.

        >>> Cadence.MONTHLY.expected(dt.date(2026, 1, 31), dt.date(2026, 3, 31))
        2
        """
        return self._periods(last, the_date(until, "until"))

    def overdue(self, last: dt.date, as_of: dt.date) -> int:
        """Return how many readings after *last* should have come by now, their grace being over on *as_of*.

        Between two readings it is how many are missing: the later one stands for the first that was not overdue.

        >>> Cadence.MONTHLY.overdue(dt.date(2026, 1, 31), dt.date(2026, 3, 11))
        1
        """
        return self._periods(last, _moved(the_date(as_of, "as_of"), days=-self.grace_days - 1))

    def _periods(self, anchor: dt.date, until: dt.date) -> int:
        """Return how many whole periods lead from *anchor* to a date no later than *until*."""
        the_date(anchor, "anchor")
        if until <= anchor:
            return 0
        if self.days:
            return (until - anchor).days // self.days
        months = (until.year - anchor.year) * 12 + until.month - anchor.month
        periods = months // self.months
        return periods if self.due(anchor, periods) <= until else periods - 1


def _moved(day: dt.date, *, months: int = 0, days: int = 0) -> dt.date:
    try:
        return (day + relativedelta(months=months) if months else day) + dt.timedelta(days=days)
    except (OverflowError, ValueError):
        return dt.date.min if days < 0 else dt.date.max


Cadence.DAILY = Cadence(days=1, grace_days=1)
Cadence.WEEKLY = Cadence(days=7, grace_days=2)
Cadence.MONTHLY = Cadence(months=1, grace_days=10)
Cadence.QUARTERLY = Cadence(months=3, grace_days=30)
Cadence.YEARLY = Cadence(months=12, grace_days=121)
