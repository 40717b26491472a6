"""Days agreed not to count, in columns: each row knows of what was agreed until its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import reduce
from operator import add
from typing import Any

import narwhals.stable.v2 as nw

from goalmodel.frames.bench import Bench, any_of
from goalmodel.measure import Exclusion
from goalmodel.measure.exclusion import ExcludedDays, excluded_days


def lies_in(day: nw.Expr, excluded: ExcludedDays) -> nw.Expr:
    """Return whether each day is one of some that do not count."""
    return any_of((day >= first.toordinal()) & (day <= last.toordinal()) for first, last in excluded.spans())


def days_until(day: nw.Expr, excluded: ExcludedDays) -> nw.Expr:
    """Return how many days that do not count lie on each day or before."""
    none = nw.lit(0, nw.Int64)
    return reduce(add, (_days_of(day, *span) for span in excluded.spans()), none)


def _days_of(day: nw.Expr, first: dt.date, last: dt.date) -> nw.Expr:
    start, end, none = first.toordinal(), last.toordinal(), nw.lit(0, nw.Int64)
    begun = nw.when(day <= end).then(day - (start - 1)).otherwise(nw.lit(end - start + 1, nw.Int64))
    return nw.when(day >= start).then(begun).otherwise(none)


def as_agreed(
    bench: Bench[Any],
    day: nw.Expr,
    exclusions: tuple[Exclusion, ...],
    judge: Callable[[ExcludedDays], Mapping[str, nw.Expr]],
) -> dict[str, nw.Expr]:
    """Return what *judge* says of each row where the days do not count that were agreed on until its own day.

    What was agreed on its first day or before is known to every row that it concerns. What was agreed later is not
    known to some of those: the rows before that day are judged without it, and the others once more.

    Rule: TIME-3.
    """
    late = sorted({each.agreed_on for each in exclusions if each.agreed_on > each.start})
    in_time = tuple(each for each in exclusions if each.agreed_on <= each.start)
    found = dict(judge(excluded_days(in_time)))
    for since in late:
        before = dict(zip(found, bench.keep(*found.values()), strict=True))
        [is_known] = bench.keep((day >= since.toordinal()).fill_null(value=False))
        known = tuple(each for each in exclusions if each in in_time or each.agreed_on <= since)
        now = judge(excluded_days(known))
        found = {name: nw.when(is_known).then(now[name]).otherwise(before[name]) for name in before}
    return found
