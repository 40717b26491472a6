"""Over what time readings come to a figure: each alone, periods of the calendar, the last few, the period to date."""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeAlias, assert_never

import attrs

from goalmodel.checks import is_a, is_count, is_date, named, the_date, the_iterable
from goalmodel.errors import NothingGiven, OutOfBounds, OutOfOrder
from goalmodel.measure.cycle import Cycle
from goalmodel.measure.rate import Period
from goalmodel.reprs import readable
from goalmodel.showing import counted

_MONTHS: Final = MappingProxyType({Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12})
_YEAR: Final = 12
_LAST_WEEKDAY: Final = 6


@attrs.frozen
@readable
class EachReading:
    """Each reading by itself."""

    def __str__(self) -> str:
        return "each reading by itself"


def _is_calendar_period(_: object, attribute: attrs.Attribute[Period], value: Period) -> None:
    if value is not Period.WEEK and value not in _MONTHS:
        raise OutOfBounds(attribute.name, value, "a week, month, quarter, half year or year")


@attrs.frozen
@readable
class EachPeriod:
    """Every week (from Monday), month, quarter, half year or year.

    >>> EachPeriod(Period.QUARTER, starts_in=2).period_of(dt.date(2026, 1, 31))
    Cycle(date(2025, 11, 1), date(2026, 1, 31))

    Attributes:
        period: How long each is.
        starts_in: The month a fiscal year begins in, 1 to 12; quarters and half years follow it.
    """

    period: Period = attrs.field(validator=[is_a(Period), _is_calendar_period])
    starts_in: int = attrs.field(default=1, validator=is_count(1, _YEAR), kw_only=True)

    def period_of(self, day: dt.date) -> Cycle:
        """Return the period that *day* lies in; the calendar's own ends cut it short."""
        the_date(day, "day")
        if self.period is Period.WEEK:
            return Cycle(_shifted(day, -day.weekday()), _shifted(day, _LAST_WEEKDAY - day.weekday()))
        length = _MONTHS[self.period]
        month = day.year * _YEAR + day.month - 1
        first = month - (month - (self.starts_in - 1)) % length
        return Cycle(_first_of(first), _last_of(first + length - 1))

    def __str__(self) -> str:
        return f"every {self.period.value}"


def _shifted(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


def _first_of(month: int) -> dt.date:
    year, in_year = divmod(month, _YEAR)
    return dt.date.min if year < dt.MINYEAR else dt.date(year, in_year + 1, 1)


def _last_of(month: int) -> dt.date:
    year, in_year = divmod(month, _YEAR)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, in_year + 1, calendar.monthrange(year, in_year + 1)[1])


def _ends(given: Iterable[dt.date], field: str = "value") -> tuple[dt.date, ...]:
    return tuple(the_date(each, f"{field}[{index}]") for index, each in enumerate(the_iterable(given, field)))


@attrs.frozen(field_transformer=named)
@readable
class StatedPeriods:
    """Periods by their last days, as a 4-4-5 calendar has them; each begins the day after the one before it.

    >>> weeks_445 = StatedPeriods(dt.date(2026, 1, 5), [dt.date(2026, 2, 1), dt.date(2026, 3, 1), dt.date(2026, 4, 5)])
    >>> weeks_445.period_of(dt.date(2026, 3, 31)).days
    35

    Attributes:
        start: First day of the first period. A day before it, or behind the last end, lies in no period.
        ends: Last day of each, rising.
    """

    start: dt.date = attrs.field(validator=is_date)
    ends: tuple[dt.date, ...] = attrs.field(converter=_ends)

    def __attrs_post_init__(self) -> None:
        if not self.ends:
            raise NothingGiven("ends", (), "the last day of one period or more")
        for index, (earlier, later) in enumerate(pairwise((self.start, *self.ends))):
            if later < earlier or (index and later == earlier):
                raise OutOfOrder(f"ends[{index}]", later, f"a date behind {earlier}")

    def period_of(self, day: dt.date) -> Cycle | None:
        """Return the period that *day* lies in; None where it lies in none."""
        the_date(day, "day")
        at = bisect_left(self.ends, day)
        if day < self.start or at == len(self.ends):
            return None
        return Cycle(_shifted(self.ends[at - 1], 1) if at else self.start, self.ends[at])

    def __str__(self) -> str:
        return f"every period, as stated from {self.start.isoformat()}"


@attrs.frozen
@readable
class LastReadings:
    """The last so many readings, at each of them.

    Attributes:
        count: How many, 1 or more.
    """

    count: int = attrs.field(validator=is_count(1))

    def __str__(self) -> str:
        return f"the last {counted(self.count, 'reading')}"


@attrs.frozen
@readable
class LastDays:
    """The last so many days, at each reading; the reading's own day is the last of them.

    Attributes:
        count: How many, 1 or more.
    """

    count: int = attrs.field(validator=is_count(1))

    def first_day(self, day: dt.date) -> dt.date:
        """Return the first of the days that end with *day*."""
        return _shifted(the_date(day, "day"), 1 - self.count)

    def __str__(self) -> str:
        return f"the last {counted(self.count, 'day')}"


@attrs.frozen
@readable
class LastMonths:
    """The last so many months, at each reading: those of the calendar where it lies on the last day of one.

    >>> LastMonths(3).first_day(dt.date(2026, 4, 30)), LastMonths(1).first_day(dt.date(2026, 3, 15))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 16))

    Attributes:
        count: How many, 1 or more.
    """

    count: int = attrs.field(validator=is_count(1))

    def first_day(self, day: dt.date) -> dt.date:
        """Return the first of the days that end with *day*: the one after the same day so many months before."""
        the_date(day, "day")
        month = day.year * _YEAR + day.month - 1 - self.count
        if month < dt.MINYEAR * _YEAR:
            return dt.date.min
        last = _last_of(month)
        is_last = day.day == calendar.monthrange(day.year, day.month)[1]
        return _shifted(last if is_last else last.replace(day=min(day.day, last.day)), 1)

    def __str__(self) -> str:
        return f"the last {counted(self.count, 'month')}"


@attrs.frozen
@readable
class ToDate:
    """The period so far, at each reading: month to date, year to date.

    Attributes:
        periods: Which periods.
    """

    periods: EachPeriod | StatedPeriods = attrs.field(validator=is_a(EachPeriod, StatedPeriods))

    def __str__(self) -> str:
        return f"{self.periods} to date"


Rolling: TypeAlias = LastDays | LastMonths
"""So many days or months that end with some day, whether something was read on it or not."""

Window: TypeAlias = EachReading | EachPeriod | StatedPeriods | LastReadings | LastDays | LastMonths | ToDate
"""Over what time readings come to a figure."""

WINDOWS: Final = (EachReading, EachPeriod, StatedPeriods, LastReadings, LastDays, LastMonths, ToDate)
is_window: Final = is_a(*WINDOWS)


def nothing_yet(window: Window) -> str:
    """Return in words that there is nothing to judge: it was never read, or no time is complete."""
    return "never read" if isinstance(window, EachReading) else "no complete figure"


def first_whole_end(window: Rolling, since: dt.date, until: dt.date) -> dt.date | None:
    """Return the first day until *until* on which a time can end that begins on *since* or later; None without any."""
    days = range(since.toordinal(), until.toordinal() + 1)
    at = bisect_left(days, since, key=lambda ordinal: window.first_day(dt.date.fromordinal(ordinal)))
    return dt.date.fromordinal(days[at]) if at < len(days) else None


def fits(window: Window, since: dt.date, until: dt.date) -> bool:
    """Return whether a time of *window* can lie whole between two days, both included."""
    match window:
        case EachReading() | LastReadings():
            return True
        case LastDays() | LastMonths():
            return first_whole_end(window, since, until) is not None
        case ToDate(periods=periods):
            if isinstance(periods, EachPeriod):
                return first_whole(window, since) <= until
            return any(since <= start <= until for start, _ in _stated(periods))
        case EachPeriod():
            return window.period_of(first_whole(window, since)).end <= until
        case StatedPeriods():
            return any(since <= start and end <= until for start, end in _stated(window))
        case _:
            assert_never(window)


def _stated(periods: StatedPeriods) -> Iterator[tuple[dt.date, dt.date]]:
    """Return first and last day of each stated period."""
    starts = (periods.start, *(_shifted(end, 1) for end in periods.ends))
    return zip(starts, periods.ends, strict=False)


def first_whole(window: Window, since: dt.date) -> dt.date:
    """Return the first day from *since* on whose readings come to figures that rest on nothing before it.

    A period that has begun already is left out; what rolls begins with that day.
    """
    periods = window.periods if isinstance(window, ToDate) else window
    if not isinstance(periods, EachPeriod | StatedPeriods):
        return since
    period = periods.period_of(since)
    return since if period is None or period.start == since else _shifted(period.end, 1)
