"""Times that roll in columns: what is added up of the last readings, days or months, or of the period to date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, TypeAlias, assert_never, cast

import narwhals.stable.v2 as nw

from goalmodel.frames.bench import Bench, Frame, number
from goalmodel.frames.calendars import NO_DAY, bounds, ended_by
from goalmodel.frames.cuts import GREATEST
from goalmodel.frames.windows import in_order
from goalmodel.measure import EachReading, LastDays, LastMonths, LastReadings, ToDate

Rolling: TypeAlias = EachReading | LastReadings | LastDays | LastMonths | ToDate
"""The windows that have a figure at each reading."""

ROLLING: Final = (EachReading, LastReadings, LastDays, LastMonths, ToDate)

_FARTHEST: Final = 2**31 - 1


class Reach(NamedTuple):
    """How far back the time of each row goes.

    Attributes:
        first: Its first day.
        begins: The block that day lies in.
        block: The block the row lies in: the same one only where the time begins it, else the next one.
    """

    first: nw.Expr
    begins: nw.Expr
    block: nw.Expr


def reach(bench: Bench[Any], by: Sequence[str], day: nw.Expr, is_reading: nw.Expr, window: Rolling) -> Reach:
    """Return how far back the time of each row goes.

    Args:
        bench: The frame.
        by: Columns that say of what entity a row is a reading.
        day: The day of each row; 0 where there is none.
        is_reading: Which rows are readings, with whatever value.
        window: Which times.
    """
    match window:
        case EachReading():
            return Reach(day, day, day)
        case ToDate():
            first, _ = bounds(bench, day, window.periods)
            return Reach(first, first, first)
        case LastDays() | LastMonths():
            return Reach(*ended_by(bench, day, window))
        case LastReadings():
            return _of_readings(bench, by, day, is_reading, min(window.count, _FARTHEST))
        case _:
            assert_never(window)


def _of_readings(bench: Bench[Any], by: Sequence[str], day: nw.Expr, is_reading: nw.Expr, count: int) -> Reach:
    bench.keep(is_reading)
    flag = bench.ours[-1]
    rows = in_order(bench, [*by, flag], day)
    [place] = bench.keep(rows.places().cast(nw.Int64))
    [then] = rows.before(count - 1, day)
    [begun] = bench.spread([*by, flag], day.min())
    is_far = place >= count
    first, begins, block = bench.keep(
        nw.when(is_far).then(then).otherwise(begun).cast(nw.Int64),
        nw.when(is_far).then(place - count).otherwise(NO_DAY) // count,
        (place - 1) // count,
    )
    return Reach(first, begins, block)


class Summed(NamedTuple):
    """What is added up over the time of each row.

    Attributes:
        bench: A frame with a row an entity and day of a reading.
        totals: What each column adds up to.
        most: The greatest number; None where none is asked for.
        running: What sizes add up to from the beginning on; None where none are asked for.
        carried: What was carried over from the row itself.
    """

    bench: Bench[Any]
    totals: list[nw.Expr]
    most: nw.Expr | None
    running: nw.Expr | None
    carried: list[nw.Expr]


def summed(
    bench: Bench[Any],
    by: Sequence[str],
    day: str,
    reaches: Reach,
    asks: nw.Expr,
    *,
    added: Sequence[nw.Expr],
    most: nw.Expr | None,
    sizes: nw.Expr | None,
    carried: Sequence[nw.Expr],
) -> Summed:
    """Return what columns add up to over the time of each row that asks.

    Each such row stands in the frame twice: once with its numbers on its own day, and once without before the first day
    of its time. What was added up until there is taken away from what was until here. The greatest number is the
    greater of two: from the beginning of the row's block on, and from the first day to the end of the block before.

    Args:
        bench: The frame.
        by: Columns that say of what entity a row is a reading.
        day: The column of the days.
        reaches: How far back times go.
        asks: Which rows ask.
        added: Numbers to be added up; none is missing.
        most: Numbers of which the greatest is looked for; none is missing.
        sizes: Numbers of which all until the row is added up, not only its time: sums are exact where that is little.
        carried: Numbers of the row itself.
    """
    [asked] = bench.keep(asks)
    sides = [bench.frame, bench.frame.filter(asked)]
    side = next(bench.names)
    both = [frame.with_columns(nw.lit(at, nw.Int64).alias(side)) for at, frame in enumerate(sides)]
    stacked: Frame = nw.concat(cast("list[nw.DataFrame[Any]]", both), how="vertical")
    stack = Bench[Any](stacked, bench.names, [*bench.ours, side])
    [is_row] = stack.keep(nw.col(side) == 0)
    zero, nothing = number(0), number(-GREATEST)
    # The day of a row is an odd number, the eve of a time an even one: no two of them are alike.
    [key] = stack.keep(nw.when(is_row).then(2 * nw.col(day) + 1).otherwise(2 * reaches.first))
    numbers = stack.keep(*(nw.when(is_row).then(column).otherwise(zero) for column in added))
    greatest: list[nw.Expr] = []
    if most is not None:
        block, back = stack.keep(nw.when(is_row).then(reaches.block).otherwise(reaches.begins), 0 - key)
        of_block = stack.ours[-2]
        [filled] = stack.keep(nw.when(is_row).then(most).otherwise(nothing))
        ahead = in_order(stack, [*by, of_block], back).most_so_far(filled)
        is_before = ~is_row & (block < reaches.block)
        until = in_order(stack, [*by, of_block], key).most_so_far(filled)
        greatest = stack.keep(nw.when(is_row).then(until).otherwise(nw.when(is_before).then(ahead).otherwise(nothing)))
    rows = in_order(stack, by, key)
    running = [] if sizes is None else rows.so_far(*stack.keep(nw.when(is_row).then(sizes).otherwise(zero)))
    so_far = rows.so_far(*numbers)
    signed = stack.keep(*(nw.when(is_row).then(each).otherwise(zero - each) for each in so_far))
    stack.frame = stack.frame.filter(asked)
    alike = [*greatest, *running, *carried]
    found = stack.grouped([*by, day], *(each.sum() for each in signed), *(each.max() for each in alike))
    totals = iter(found.columns())
    return Summed(
        bench=found,
        totals=[next(totals) for _ in signed],
        most=next(totals) if greatest else None,
        running=next(totals) if running else None,
        carried=list(totals),
    )
