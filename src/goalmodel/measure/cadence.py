"""How often a measure is expected to be read, and when a reading has become too old."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice, pairwise, takewhile
from typing import ClassVar, Final

import attrs

from goalmodel.checks import inner, is_count, named, the_count, the_date, the_iterable, the_text
from goalmodel.errors import NoPeriod
from goalmodel.measure.recurrence import (
    dates_after,
    latest_before,
    middle_gap,
    rule_or_none,
    stands_for,
    stated_rule,
    the_rule,
)
from goalmodel.reprs import readable

_MONTHS: Final = 12
_YEAR: Final = 365
_SHORTEST_MONTH: Final = 28


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Cadence:
    """A reading every so many calendar months or days, or on dates of the calendar, and the days it may come late.

    Months and days are counted from a reading. The dates of a rule are those of the calendar, whenever there was a
    reading: "every Monday" stays Monday. A reading that comes early, by no more days than it may come late, and is
    nearer to the next date than to the one before, stands for the next one.

    The presets allow a third of the period, rounded down but at least a day: a month's figure is seldom known on
    its last day. That is our choice; ``attrs.evolve(Cadence.MONTHLY, grace_days=5)`` makes another.

    Attributes:
        months: Calendar months between readings, or 0.
        days: Days between readings, or 0.
        grace_days: Days a reading may come late before it counts as missing.
        lag_days: Days a reading takes to be known, as always: a figure that is published so many days after its period
            is not late. Beside the grace.
        rule: The canonical text of a recurrence rule or of stated dates, as ``Cadence.rrule`` takes it, or None.
    """

    months: int = attrs.field(default=0, validator=is_count())
    days: int = attrs.field(default=0, validator=is_count())
    grace_days: int = attrs.field(default=0, validator=is_count())
    rule: str | None = attrs.field(default=None, converter=rule_or_none)
    lag_days: int = attrs.field(default=0, validator=is_count())

    DAILY: ClassVar[Cadence]
    WEEKLY: ClassVar[Cadence]
    MONTHLY: ClassVar[Cadence]
    QUARTERLY: ClassVar[Cadence]
    HALF_YEARLY: ClassVar[Cadence]
    YEARLY: ClassVar[Cadence]

    def __attrs_post_init__(self) -> None:
        if (self.months > 0) + (self.days > 0) + (self.rule is not None) != 1:
            raise NoPeriod("months", self.months)

    @classmethod
    def rrule(
        cls,
        rule: str,
        *,
        start: dt.date | None = None,
        grace_days: int | None = None,
        left_out: Iterable[dt.date] = (),
    ) -> Cadence:
        """Return the cadence of a recurrence rule: a reading is due on each of its dates.

        >>> mondays = Cadence.rrule("FREQ=WEEKLY;BYDAY=MO")
        >>> mondays.due(dt.date(2026, 1, 7)), mondays.grace_days
        (datetime.date(2026, 1, 12), 2)
        >>> Cadence.rrule("FREQ=MONTHLY;BYDAY=-1FR").due(dt.date(2026, 1, 7))
        datetime.date(2026, 1, 30)

        Args:
            rule: In whole days and without an end: FREQ from DAILY to YEARLY, and INTERVAL, WKST and the BY parts but
                those of a time of day. INTERVAL is at most 1,000; weekdays are numbered all or none (BYDAY=1MO,-1FR).
            start: A date it counts from: needed for an INTERVAL above 1, and where the rule does not name its days,
                which are those of this date then. The rule has dates before it, too.
            grace_days: Days a reading may come late; where None a third of what usually lies between two dates,
                rounded down but at least a day.
            left_out: Dates on which nothing is due after all, such as holidays.

        Raises:
            NotARecurrence: *rule* is no such rule, or leaves something open.
            NeverDue: It has no two dates in a hundred years.

        Rule: TIME-4.

        Source:
            RFC 5545, sections 3.3.10, 3.8.5.1 and 3.8.5.2; the dates are those of ``dateutil.rrule``. The grace is our
            choice.
        """
        return cls._by(the_rule(rule, "rule", start=start, left_out=_days(left_out, "left_out")), grace_days)

    @classmethod
    def working_days(
        cls, holidays: Iterable[dt.date] = (), *, days: str = "MO,TU,WE,TH,FR", grace_days: int | None = None
    ) -> Cadence:
        """Return the cadence of working days: a reading is due on each, and none on holidays.

        Grace and lag are days of the calendar: with three days of grace Friday's reading may come on Monday.

        >>> cadence = Cadence.working_days([dt.date(2026, 12, 25)])
        >>> cadence.due(dt.date(2026, 12, 24)), cadence.expected(dt.date(2026, 12, 18), dt.date(2026, 12, 31))
        (datetime.date(2026, 12, 28), 8)

        Args:
            holidays: Dates that are none, in any order; those on other days change nothing. A library of holidays
                knows those of a country.
            days: The weekdays that are worked, as in RFC 5545.
            grace_days: Days a reading may come late; a day where None.

        Raises:
            NotARecurrence: *days* are no weekdays.

        Rule: TIME-4.
        """
        return cls.rrule(f"FREQ=WEEKLY;BYDAY={the_text(days, 'days')}", grace_days=grace_days, left_out=holidays)

    @classmethod
    def stated(cls, dates: Iterable[dt.date], *, grace_days: int | None = None) -> Cadence:
        """Return the cadence of *dates* stated one by one, such as the ends of a 4-4-5 calendar.

        Before the first and behind the last of them others follow, as far apart as two of them usually are: that
        nobody has continued the calendar is noticed, for readings go on to be due.

        >>> Cadence.stated([dt.date(2026, 2, 1), dt.date(2026, 3, 1), dt.date(2026, 4, 5)]).due(dt.date(2026, 3, 1))
        datetime.date(2026, 4, 5)

        Args:
            dates: Two or more, in any order.
            grace_days: Days a reading may come late; where None a third of what usually lies between two dates,
                rounded down but at least a day.

        Raises:
            NeverDue: There are fewer than two.

        Rule: TIME-4.
        """
        return cls._by(stated_rule(_days(dates, "dates"), "dates"), grace_days)

    @classmethod
    def _by(cls, rule: str, grace_days: int | None) -> Cadence:
        """Return the cadence of a canonical *rule*, with a third of its middle gap as grace where none is said."""
        return cls(rule=rule, grace_days=max(middle_gap(rule) // 3, 1) if grace_days is None else grace_days)

    @property
    def times_a_year(self) -> int:
        """How many readings there are in a common year, rounded down, and at least one.

        >>> Cadence.MONTHLY.times_a_year, Cadence.WEEKLY.times_a_year
        (12, 52)
        """
        if self.months:
            return max(_MONTHS // self.months, 1)
        return max(_YEAR // (self.days or middle_gap(self.rule or "")), 1)

    def due(self, anchor: dt.date, periods: int = 1) -> dt.date:
        """Return the date so many *periods* after *anchor*, always counted from the anchor.

        >>> Cadence.MONTHLY.due(dt.date(2026, 1, 31), 2)
        datetime.date(2026, 3, 31)

        Args:
            anchor: A date on which there was a reading.
            periods: How many periods later, from 0. A date past the end of the calendar is its last day.
        """
        times = the_count(periods, "periods")
        if self.rule is not None and times:
            return self._date_of(self.rule, the_date(anchor, "anchor"), times)
        return _moved(the_date(anchor, "anchor"), months=self.months * times, days=self.days * times)

    def dates(self, after: dt.date, until: dt.date) -> tuple[dt.date, ...]:
        """Return the dates on which a reading falls due, behind a reading of *after* and up to *until*, in order.

        >>> [day.isoformat() for day in Cadence.MONTHLY.dates(dt.date(2026, 1, 31), dt.date(2026, 3, 31))]
        ['2026-02-28', '2026-03-31']
        """
        the_date(until, "until")
        if self.rule is not None:
            return tuple(takewhile(lambda day: day <= until, self._dates(self.rule, the_date(after, "after"))))
        return tuple(self.due(after, periods) for periods in range(1, self._periods(after, until) + 1))

    def stale_after(self, last: dt.date, periods: int = 1) -> dt.date:
        """Return the last day on which a reading of *last* still counts as fresh: one period, the lag and the grace.

        With more *periods* it is the last day on which the reading that is due so many periods later is in time.

        >>> attrs.evolve(Cadence.MONTHLY, lag_days=20).stale_after(dt.date(2026, 1, 31))
        datetime.date(2026, 3, 30)

        Rule: TIME-4.
        """
        return _moved(self.due(last, periods), days=self.late_days)

    def before(self, on: dt.date) -> dt.date:
        """Return the day one period before *on*: a reading of *on* stands for the days behind it.

        The last day of a month is a month behind the last day of the next; the calendar's first day is before its own.

        >>> (
        ...     Cadence.MONTHLY.before(dt.date(2026, 2, 28)),
        ...     Cadence.rrule("FREQ=WEEKLY;BYDAY=MO").before(dt.date(2026, 1, 7)),
        ... )
        (datetime.date(2026, 1, 31), datetime.date(2026, 1, 5))
        """
        the_date(on, "on")
        if self.rule is not None:
            return latest_before(self.rule, on)
        moved = _moved(on, months=-self.months, days=-self.days)
        is_last = self.months and on.day == monthrange(on.year, on.month)[1]
        return moved.replace(day=monthrange(moved.year, moved.month)[1]) if is_last and moved > dt.date.min else moved

    def expected(self, last: dt.date, until: dt.date) -> int:
        """Return how many readings after *last* fall due on *until* or before, however late they may come.

        >>> Cadence.MONTHLY.expected(dt.date(2026, 1, 31), dt.date(2026, 3, 31))
        2
        """
        return self._periods(last, the_date(until, "until"))

    def overdue(self, last: dt.date, as_of: dt.date) -> int:
        """Return how many readings after *last* should have come by now, lag and grace being over on *as_of*.

        >>> Cadence.MONTHLY.overdue(dt.date(2026, 1, 31), dt.date(2026, 3, 11))
        1

        Rule: TIME-4.
        """
        return self._periods(last, _moved(the_date(as_of, "as_of"), days=-self.late_days - 1))

    def missing_between(self, earlier: dt.date, later: dt.date) -> int:
        """Return how many readings are missing between two: the later one stands for the first that was not overdue.

        >>> Cadence.MONTHLY.missing_between(dt.date(2026, 1, 31), dt.date(2026, 3, 31))
        1
        """
        return self._periods(earlier, _moved(the_date(later, "later"), days=-self.grace_days - 1))

    def period(self, anchor: dt.date, on: dt.date) -> int:
        """Return how many periods after *anchor* a reading of *on* belongs to.

        It may come early by as many days as it may come late, but by less than half a period: of two readings a period
        apart, nothing is missing between.

        >>> Cadence.MONTHLY.period(dt.date(2026, 1, 31), dt.date(2026, 4, 28))
        3
        """
        if self.rule is not None:
            return self._periods(anchor, stands_for(self.rule, the_date(on, "on"), early_days=self.grace_days))
        early = min(self.grace_days, (self._least_days - 1) // 2)
        return self._periods(anchor, _moved(the_date(on, "on"), days=early))

    def periods(self, days: Iterable[dt.date]) -> tuple[int, ...]:
        """Return the period of each of *days*, oldest first, counted from the first one.

        >>> Cadence.MONTHLY.periods([dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 4, 28)])
        (0, 1, 3)
        """
        known = _days(days, "days")
        if self.rule is None:
            return tuple(self.period(known[0], day) for day in known)
        # The dates of a rule are the same from wherever they are counted: each is counted once.
        steps = (self.period(earlier, later) for earlier, later in pairwise(known))
        return tuple(accumulate(steps, initial=0)) if known else ()

    @inner
    def surely_within(self, periods: int) -> int:
        """Return within how many days of a reading fewer than *periods* more are overdue, whatever the calendar says.

        >>> Cadence.MONTHLY.surely_within(1), Cadence.MONTHLY.overdue(dt.date(2026, 2, 1), dt.date(2026, 3, 11))
        (38, 0)
        """
        return self.grace_days + self._least_days * periods

    @property
    def late_days(self) -> int:
        """How many days after its own a reading may become known and still be in time."""
        return self.grace_days + self.lag_days

    @property
    def _least_days(self) -> int:
        """How many days lie at least between two dates on which a reading is due."""
        return self.days or self.months * _SHORTEST_MONTH or 1

    def _periods(self, anchor: dt.date, until: dt.date) -> int:
        """Return how many whole periods lead from *anchor* to a date no later than *until*."""
        the_date(anchor, "anchor")
        if until <= anchor:
            return 0
        if self.rule is not None:
            return len(self.dates(anchor, until))
        if self.days:
            return (until - anchor).days // self.days
        months = (until.year - anchor.year) * 12 + until.month - anchor.month
        periods = months // self.months
        return periods if self.due(anchor, periods) <= until else periods - 1

    def _dates(self, rule: str, anchor: dt.date) -> Iterator[dt.date]:
        """Return the dates of *rule* behind the one that a reading of *anchor* stands for."""
        return dates_after(rule, stands_for(rule, anchor, early_days=self.grace_days))

    def _date_of(self, rule: str, anchor: dt.date, periods: int) -> dt.date:
        if periods > (dt.date.max - anchor).days:  # more than there are days
            return dt.date.max
        return next(islice(self._dates(rule, anchor), periods - 1, None), dt.date.max)


def _days(given: Iterable[dt.date], field: str) -> list[dt.date]:
    return [the_date(day, f"{field}[{index}]") for index, day in enumerate(the_iterable(given, field))]


def shifted(day: dt.date, days: int) -> dt.date:
    """Return the date so many *days* later, at most the last of the calendar."""
    return _moved(day, days=days)


def _moved(day: dt.date, *, months: int = 0, days: int = 0) -> dt.date:
    """Return the date so many calendar months and days away, at most the first or last of the calendar.

    A month that has no such day ends on its last one.
    """
    if months:
        year, before = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
        if not dt.MINYEAR <= year <= dt.MAXYEAR:
            return dt.date.min if months < 0 else dt.date.max
        last = day.day if day.day <= _SHORTEST_MONTH else min(day.day, monthrange(year, before + 1)[1])
        day = dt.date(year, before + 1, last)
    try:
        return day + dt.timedelta(days=days) if days else day
    except OverflowError:
        return dt.date.min if days < 0 else dt.date.max


Cadence.DAILY = Cadence(days=1, grace_days=1)
Cadence.WEEKLY = Cadence(days=7, grace_days=2)
Cadence.MONTHLY = Cadence(months=1, grace_days=10)
Cadence.QUARTERLY = Cadence(months=3, grace_days=30)
Cadence.HALF_YEARLY = Cadence(months=6, grace_days=60)
Cadence.YEARLY = Cadence(months=12, grace_days=121)
