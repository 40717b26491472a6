"""The calendar in columns: the first and the last day of a day's period, and of the days or months it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import narwhals.stable.v2 as nw

from goalmodel.frames.bench import Bench, counted, year_month_day
from goalmodel.measure import EachPeriod, LastDays, LastMonths, Period, StatedPeriods

_MONTHS: Final[Mapping[Period, int]] = MappingProxyType(
    {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
)
_YEAR: Final = 12
_LAST_DAY: Final = dt.date.max.toordinal()

NO_DAY: Final = nw.lit(0, nw.Int64)
"""Where there is no day."""


def bounds(bench: Bench[Any], day: nw.Expr, periods: EachPeriod | StatedPeriods) -> list[nw.Expr]:
    """Return the first and the last day of the period each day lies in; 0 and 0 where it lies in none."""
    if isinstance(periods, StatedPeriods):
        ends = [end.toordinal() for end in periods.ends]
        starts = [periods.start.toordinal(), *(end + 1 for end in ends[:-1])]
        first, last = _by_end(day, ends, starts), _by_end(day, ends, ends)
        is_inside = (day >= starts[0]) & (day <= ends[-1])
    elif periods.period is Period.WEEK:
        [first] = bench.keep(day - left(day - 1, 7))
        last, is_inside = first + 6, day > 0
    else:
        length = _MONTHS[periods.period]
        months, _ = _month_and_day(bench, day)
        [begins] = bench.keep(months - left(months - (periods.starts_in - 1), length))
        first, follows = _firsts(bench, begins, begins + length)
        last, is_inside = follows - 1, day > 0
    return bench.keep(*(nw.when(is_inside).then(each.cast(nw.Int64)).otherwise(NO_DAY) for each in (first, last)))


def _by_end(day: nw.Expr, ends: Sequence[int], found: Sequence[int]) -> nw.Expr:
    """Return what is found for the first of *ends* that is not before each day, halving what is left of them."""
    if len(found) == 1:
        return nw.lit(found[0], nw.Int64)
    middle = len(found) // 2
    earlier, later = _by_end(day, ends[:middle], found[:middle]), _by_end(day, ends[middle:], found[middle:])
    return nw.when(day <= ends[middle - 1]).then(earlier).otherwise(later)


def ended_by(bench: Bench[Any], day: nw.Expr, window: LastDays | LastMonths) -> list[nw.Expr]:
    """Return of the time that ends with each day the first day, its block, and the block of the day.

    Blocks are as long as the time: it lies in two of them at most, and begins one that it shares with the day.
    """
    if isinstance(window, LastDays):
        count = min(window.count, _LAST_DAY)
        [first] = bench.keep(nw.when(day > count).then(day - count + 1).otherwise(nw.lit(1, nw.Int64)))
        return [first, *bench.keep(first // count, day // count)]
    count = min(window.count, dt.MAXYEAR * _YEAR)
    months, of_month = _month_and_day(bench, day)
    [eve] = bench.keep(nw.when(months >= count + _YEAR).then(months - count).otherwise(nw.lit(_YEAR, nw.Int64)))
    begins, follows, next_month = _firsts(bench, eve, eve + 1, months + 1)
    same_day = begins + of_month
    is_last, is_cut = day == next_month - 1, months < count + _YEAR
    [rolled] = bench.keep(nw.when(is_last | (same_day > follows)).then(follows).otherwise(same_day))
    first, month = bench.keep(
        nw.when(is_cut).then(nw.lit(1, nw.Int64)).otherwise(rolled),
        nw.when(~is_cut & (rolled == follows)).then(eve + 1).otherwise(eve),
    )
    return [first, *bench.keep(month // count, months // count)]


def _month_and_day(bench: Bench[Any], day: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
    """Return the months since the beginning of the calendar's year 0, and the day of the month."""
    [(year, month, of_month)] = year_month_day(bench, day)
    [months] = bench.keep(year * _YEAR + month - 1)
    return months, of_month


def left(whole: nw.Expr, by: int) -> nw.Expr:
    """Return what is left of a division; pandas has no operator for it where Arrow holds the numbers."""
    return whole - whole // by * by


def _firsts(bench: Bench[Any], *months: nw.Expr) -> list[nw.Expr]:
    """Return the first day of each of some months, counted since the beginning of the year 0."""
    years = bench.keep(*(each // _YEAR for each in months))
    return bench.keep(*(counted(year, each - year * _YEAR + 1, 1) for each, year in zip(months, years, strict=True)))


def dates(bench: Bench[Any], *ordinals: nw.Expr, is_dated: bool) -> list[nw.Expr]:
    """Return days since the beginning of the calendar as dates, or as times of a day; none where there is no day."""
    parts = year_month_day(bench, *ordinals)
    digits = bench.keep(
        *((year * 10_000 + month * 100 + day).cast(nw.String).str.zfill(8) for year, month, day in parts)
    )
    found = (
        nw.when(ordinal > 0).then(each).str.to_datetime(format="%Y%m%d")
        for ordinal, each in zip(ordinals, digits, strict=True)
    )
    return [each.cast(nw.Date) if is_dated else each for each in found]
