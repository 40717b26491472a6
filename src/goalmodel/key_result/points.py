"""Points that a line leads through, piece by piece."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import TypeAlias

from goalmodel.checks import the_iterable
from goalmodel.errors import WrongType
from goalmodel.exact import Number, exact

Point: TypeAlias = tuple[Fraction, Fraction]
"""Where on one axis, and where on the other."""

_first = itemgetter(0)


def the_points(given: Iterable[tuple[Number, Number]], field: str) -> tuple[Point, ...]:
    """Return the pairs of numbers *given* exactly, in their own order."""
    return tuple(_point(each, f"{field}[{index}]") for index, each in enumerate(the_iterable(given, field)))


def on_line(points: Sequence[Point], where: Fraction) -> Fraction:
    """Return how high the line from point to point is at *where*; its first and last pieces go on beyond the ends.

    >>> half = Fraction(1, 2)
    >>> on_line([(Fraction(0), Fraction(0)), (half, Fraction(1)), (Fraction(1), Fraction(0))], half / 2)
    Fraction(1, 2)

    Args:
        points: At least two, rising strictly on the first axis.
        where: On the first axis.
    """
    right = min(max(bisect_right(points, where, key=_first), 1), len(points) - 1)
    (start, low), (end, high) = points[right - 1], points[right]
    return low + (where - start) * (high - low) / (end - start)


def _point(given: tuple[Number, Number], field: str) -> Point:
    try:
        one, other = given
    except (TypeError, ValueError):
        raise WrongType(field, given, "a pair of numbers") from None
    return exact(one, field), exact(other, field)
