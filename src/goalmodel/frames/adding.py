"""Readings added up in columns: decimals as whole numbers, so that a sum or mean is exact or known not to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs
import narwhals.stable.v2 as nw

from goalmodel.frames.bench import EXACT_BELOW, Bench, Figure, Figures, all_of, number
from goalmodel.frames.wholes import SCALES, means_whole, nearest_whole, room_for
from goalmodel.frames.why import Why
from goalmodel.reprs import readable

_EXACT: Final = 2**53
_COUNTED_BELOW: Final = number(2**50)
"""So much of a reading times its cases at most is added up as whole numbers."""

SIZE: Final = 2 * len(SCALES)
"""Where sizes stand among what is added up."""


@readable
@attrs.frozen
class Sums:
    """What the readings of each time add up to.

    Attributes:
        parts: What they add up to in whole parts of a unit and whether that is exact, for each of the scales.
        cases: How many cases are behind them, where that is exact; None where each counts alike.
        plain: What their floats add up to, where rows are not seen.
        plain_cases: What their cases add up to as floats, where rows are not seen and they are weighted.
    """

    parts: Sequence[tuple[nw.Expr, nw.Expr]]
    cases: nw.Expr | None
    plain: nw.Expr | None
    plain_cases: nw.Expr | None

    def over(self, bench: Bench[Any], count: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
        """Return the sums over a *count*, or over their cases, and whether each is the float nearest to that."""
        over = count if self.cases is None else self.cases
        over_plain = count if self.plain_cases is None else self.plain_cases
        figure, is_exact = number(0) if self.plain is None else self.plain / over_plain, nw.lit(value=False)
        for scale, (total, fits) in zip(SCALES, self.parts, strict=True):
            [parts] = bench.keep(number(scale) * over)
            figure, is_exact = nw.when(fits).then(total / parts).otherwise(figure), is_exact | fits
        return figure, is_exact


def weighed(bench: Bench[Any], weight: Figures) -> Figure:
    """Return how many cases are behind each reading: none where that is no finite number above 0."""
    given = bench.figure(weight, "weight", Why.NO_WEIGHT)
    is_some = all_of([given.is_fine, given.floats > 0]).fill_null(value=False)
    [cases] = bench.keep(nw.when(is_some).then(given.floats))
    return attrs.evolve(given, expr=cases, is_whole=False)


def to_add(bench: Bench[Any], read: Figure, present: nw.Expr, weight: nw.Expr | None) -> list[nw.Expr]:
    """Return what is to be added up: whole parts and what is none, of each scale; sizes; cases; floats.

    Computed row by row before it is added up: some engines drop a condition inside of a sum.

    Args:
        bench: The frame.
        read: What was read.
        present: Which rows have a value.
        weight: How many cases are behind each, above 0 or none; None where each counts alike.
    """
    floats, zero, one = read.floats, number(0), number(1)
    scaled = bench.keep(*(nw.when(present).then(floats * number(each)).otherwise(zero) for each in SCALES))
    wholes = bench.keep(*map(nearest_whole, scaled))
    rooms = [number(room_for(scale, 1)) for scale in SCALES]
    pairs = zip(scaled, wholes, rooms, strict=True)
    are_whole = [means_whole(each, of) & (each.abs() < room) for each, of, room in pairs]
    sizes, is_small = nearest_whole(floats.abs()) + 1, present & (floats.abs() < rooms[-1])
    cases: list[nw.Expr] = []
    if weight is not None:
        [count] = bench.keep(nw.when(present).then(weight).otherwise(zero).fill_null(0))
        [sizes] = bench.keep(sizes * count)
        is_small = is_small & (nearest_whole(count) == count) & (sizes < _COUNTED_BELOW)
        wholes = bench.keep(*(whole * count for whole in wholes))
        are_whole = [holds & (whole.abs() < EXACT_BELOW) for holds, whole in zip(are_whole, wholes, strict=True)]
        [is_small] = bench.keep(is_small.fill_null(value=False))
        are_whole = [holds & (is_small | ~present) for holds in are_whole]
        cases = [nw.when(is_small).then(count).otherwise(zero)]
    are_whole = bench.keep(*are_whole)
    plain = [nw.when(present).then(floats if weight is None else floats * weight).otherwise(zero)]
    if weight is not None:
        plain.append(nw.when(present).then(weight).otherwise(zero))
    return bench.keep(
        *(nw.when(holds).then(whole).otherwise(zero) for holds, whole in zip(are_whole, wholes, strict=True)),
        *(nw.when(holds).then(zero).otherwise(one) for holds in are_whole),
        nw.when(is_small).then(sizes).otherwise(zero),
        *cases,
        *(plain if bench.is_lazy else []),
    )


def sums(groups: Bench[Any], totals: Sequence[nw.Expr], *, is_weighted: bool) -> Sums:
    """Return what was to be added up, from the columns of its totals."""
    of, rest = len(SCALES), list(totals[SIZE + 1 :])
    wholes, not_whole, size = totals[:of], totals[of:SIZE], totals[SIZE]
    fits = groups.keep(
        *((none == 0) & (size < number(_EXACT // scale)) for none, scale in zip(not_whole, SCALES, strict=True))
    )
    cases = rest.pop(0) if is_weighted else None
    plain, plain_cases = [*rest, None, None][:2]
    return Sums(tuple(zip(wholes, fits, strict=True)), cases, plain, plain_cases)
