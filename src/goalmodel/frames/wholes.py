"""Decimals as whole numbers: where all of a row are, floats compute with them exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any, Final

import attrs
import narwhals.stable.v2 as nw

from goalmodel.exact import exact, nearest_float
from goalmodel.frames.bench import Bench, Figure, all_of, number
from goalmodel.frames.cuts import GREATEST
from goalmodel.reprs import readable

SCALES: Final = (1_000_000, 10_000, 1)
"""Parts a unit is cut into, the most first: decimals of so many places are whole numbers of them."""

_MOST_PARTS: Final = 2**51
_MOST_DIGITS: Final = 10**15

_ROUNDER: Final = 1.5 * 2**52
"""Added to a float and taken away again it leaves the nearest whole number, on every engine and ties alike."""

_NOISE: Final = 3.8e-16
"""How far, as a share of itself, a scaled float may lie from a whole number that its 15 digits mean.

Fifteen digits tell numbers apart that differ by a share of 1e-15 or more, so that what lies within half of that, 5e-16,
is read as the same. Scaling may add half of the last bit, 1.2e-16. The float nearest to a decimal is off by 2.3e-16.
"""

READ: Final = 5.3e-15
"""How far, as a share of itself, what is read of a float may lie from the float: 15 digits, and the bits of a sum."""


@readable
@attrs.frozen
class Wholes:
    """The numbers of each row in parts of one size: whole where that means the same, else as near as floats come.

    Attributes:
        numbers: In parts, a column each.
        are_finite: Whether all numbers of the row are there, and finite.
        are_exact: Whether all numbers of the row are whole, and few enough for their products to be exact.
        size: The sum of what they are without sign, in parts: what errors are a share of.
        parts: Into how many parts a unit is cut.
    """

    numbers: tuple[nw.Expr, ...]
    are_finite: nw.Expr
    are_exact: nw.Expr
    size: nw.Expr
    parts: nw.Expr


def wholes(bench: Bench[Any], figures: Sequence[Figure], *, factor: int, scales: Sequence[int] = SCALES) -> Wholes:
    """Return *figures* as whole numbers where they are decimals.

    Args:
        bench: Where columns are kept.
        figures: The numbers of a row; at least one is a column.
        factor: The greatest number a number of the row will be multiplied with.
        scales: Parts to cut a unit into, the most first.
    """
    rooms = [room_for(scale, factor) / scale for scale in scales]
    floats = [figure.floats for figure in figures]
    bench.plan()
    begun = len(bench.ours)
    [size] = bench.keep(reduce(add, (each.abs() for each in floats)))
    are_finite, parts = bench.keep(
        bench.either(size <= number(GREATEST), all_of(figure.is_fine for figure in figures)),
        bench.as_column(_parts(size, rooms, scales), size),
    )
    scaled = [each * parts for each in floats]
    rounded = bench.keep(*map(nearest_whole, scaled))
    meant = (None if is_its_float(figure) else nw.lit(value=False) for figure in figures)
    fits = all_of([size < number(rooms[-1]), *meant])
    # What is the float nearest to a decimal comes back when it is divided: that is soon seen, and hardly any is not.
    are_nearest = (whole / parts == one for one, whole in zip(floats, rounded, strict=True))
    near = (means_whole(one, whole) for one, whole in zip(scaled, rounded, strict=True))
    [are_exact] = bench.keep(bench.either(all_of([fits, *are_nearest]), all_of([fits, *near])))
    numbers = rounded
    if not bench.holds_everywhere(are_exact):
        pairs = zip(scaled, rounded, strict=True)
        numbers = [nw.when(are_exact).then(whole).otherwise(one) for one, whole in pairs]
    *numbers, are_finite, are_exact, size, parts = bench.only(
        begun, *numbers, are_finite, are_exact, size * parts, parts
    )
    return Wholes(tuple(numbers), are_finite, are_exact, size, parts)


def forward(bench: Bench[Any], come: Wholes) -> tuple[nw.Expr, nw.Expr]:
    """Return the length of the way, never below 0, and how far each has come in its direction."""
    baseline, target, value = come.numbers
    way, come_by = bench.keep(target - baseline, value - baseline)
    [moved] = bench.keep(nw.when(way < 0).then(-come_by).otherwise(come_by))
    return bench.keep(way.abs())[0], moved


def beside(bench: Bench[Any], figure: Figure, *known: Fraction) -> tuple[nw.Expr, int]:
    """Return a column in parts of which all *known* numbers are so many, and into how many parts a unit is cut.

    A number of the column is whole where that means the same. Where no parts are small enough for what is known, the
    column is as it came.
    """
    fits = (scale for scale in SCALES if all(_is_whole(each, scale) for each in known))
    scale = next(fits, None)
    if scale is None:
        return figure.floats, 1
    [scaled] = bench.keep(figure.floats * number(scale))
    [whole] = bench.keep(nearest_whole(scaled))
    is_whole = means_whole(scaled, whole) & (scaled.abs() < number(room_for(scale, 1)))
    [come] = bench.keep(nw.when(is_whole).then(whole).otherwise(scaled))
    return come, scale


def _is_whole(value: Fraction, scale: int) -> bool:
    return (value * scale).denominator == 1 and abs(value * scale) < room_for(scale, 1)


def room_for(scale: int, factor: int) -> int:
    """Return below how many parts whole numbers keep their 15 digits, and stay exact times *factor*."""
    return min(_MOST_PARTS // factor, _MOST_DIGITS) // scale * scale


def nearest_whole(scaled: nw.Expr) -> nw.Expr:
    """Return the whole number nearest to each that is below 2**51 without sign."""
    return (scaled + number(_ROUNDER)) - number(_ROUNDER)


def means_whole(scaled: nw.Expr, whole: nw.Expr) -> nw.Expr:
    """Return whether each scaled float is read as the *whole* number of parts nearest to it."""
    return (scaled - whole).abs() <= whole.abs() * number(_NOISE)


def _parts(size: nw.Expr, rooms: Sequence[float], scales: Sequence[int]) -> nw.Expr:
    """Return the most parts for which there is room."""
    parts = number(scales[-1])
    for room, scale in reversed(tuple(zip(rooms[:-1], scales[:-1], strict=True))):
        parts = nw.when(size < number(room)).then(number(scale)).otherwise(parts)
    return parts


def is_its_float(figure: Figure) -> bool:
    """Return whether the float that stands for a number that is known is read as that number."""
    return figure.known is None or exact(nearest_float(figure.known), "value") == figure.known
