"""A lowest and a highest value: on which side of them each row's value lies, and how far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any, Final

import attrs
import narwhals.stable.v2 as nw

from goalmodel.exact import nearest_float
from goalmodel.frames.bench import Bench, Figure, Figures, Problem, all_of, any_of, number
from goalmodel.frames.wholes import READ, Wholes, beside, wholes
from goalmodel.frames.why import Why
from goalmodel.reprs import readable

_ERROR: Final = 2 * READ
"""How far a difference may be off, as a share of the sizes."""

_TRACE: Final = 1e-300
"""A distance that is there, and less than floats tell."""


def beyond_known(bench: Bench[Any], now: Figure, low: Fraction | None, high: Fraction | None) -> nw.Expr:
    """Return how far each value lies beyond the nearer edge, below 0 inside; the sign is exact.

    Args:
        bench: Where columns are kept.
        now: The values.
        low: The lowest value inside; None where there is none, but then there is a highest.
        high: The highest value inside.
    """
    come, parts = beside(bench, now, *(edge for edge in (low, high) if edge is not None))
    unit = bench.divisor(Fraction(parts), come)
    sides: list[nw.Expr] = []
    if low is not None:
        amount = (number(nearest_float(low * parts)) - come) / unit
        sides.append(_signed(amount, outside=~now.reaches(low), inside=now.exceeds(low)))
    if high is not None:
        amount = (come - number(nearest_float(high * parts))) / unit
        sides.append(_signed(amount, outside=now.exceeds(high), inside=~now.reaches(high)))
    return reduce(greater, bench.keep(*sides))


def _signed(amount: nw.Expr, *, outside: nw.Expr, inside: nw.Expr) -> nw.Expr:
    """Return *amount* with the sign that is exact; 0 on the edge."""
    above = nw.when(amount > 0).then(amount).otherwise(number(_TRACE))
    below = nw.when(amount < 0).then(amount).otherwise(number(-_TRACE))
    return nw.when(outside).then(above).otherwise(nw.when(inside).then(below).otherwise(number(0)))


def greater(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """Return the greater of two numbers in each row."""
    return nw.when(one >= other).then(one).otherwise(other)


@readable
@attrs.frozen
class RowEdges:
    """A value and the edges it is compared with in each row.

    Attributes:
        value: The value in parts of a size that all numbers of the row share.
        edges: The edges by name, in such parts; 0 where the row has none.
        is_there: Whether the row has the edge of that name.
        wholes: All of these numbers, and what is known of their errors.
        fine: Whether there is an edge, and all numbers that are there are finite.
        problems: What may be wrong with a row.
        figures: What a row is settled by: the value, then the edges.
    """

    value: nw.Expr
    edges: dict[str, nw.Expr]
    is_there: dict[str, nw.Expr]
    wholes: Wholes
    fine: nw.Expr
    problems: tuple[Problem, ...]
    figures: tuple[Figure, ...]

    def is_at_least(self, name: str, *, where_none: bool = True) -> nw.Expr:
        """Return whether the value is not below an edge."""
        return self._compared(name, lambda edge: self.value >= edge, where_none=where_none)

    def is_at_most(self, name: str, *, where_none: bool = True) -> nw.Expr:
        """Return whether the value is not above an edge."""
        return self._compared(name, lambda edge: self.value <= edge, where_none=where_none)

    def _compared(self, name: str, compare: Callable[[nw.Expr], nw.Expr], *, where_none: bool) -> nw.Expr:
        if name not in self.edges:
            return nw.lit(value=where_none)
        holds, is_there = compare(self.edges[name]), self.is_there[name]
        return holds | ~is_there if where_none else holds & is_there

    def is_over(self, lower: str, upper: str, *, strict: bool) -> nw.Expr:
        """Return whether two edges of a row lie the wrong way round; on each other, too, where they must not."""
        if not {lower, upper} <= self.edges.keys():
            return nw.lit(value=False)
        below, above = self.edges[lower], self.edges[upper]
        return self.is_there[lower] & self.is_there[upper] & ((below >= above) if strict else (below > above))

    def beyond(self) -> nw.Expr:
        """Return how far each value lies beyond the nearer of the edges low and high, below 0 inside."""
        sides = [
            (self.is_there[name], (edge - self.value if name == "low" else self.value - edge) / self.wholes.parts)
            for name, edge in self.edges.items()
            if name in {"low", "high"}
        ]
        if len(sides) == 1:
            return sides[0][1]
        (has_low, below), (has_high, above) = sides
        both = nw.when(has_high).then(greater(below, above)).otherwise(below)
        return nw.when(has_low).then(both).otherwise(above)

    def near(self, pairs: Iterable[tuple[str, str]]) -> nw.Expr:
        """Return whether floats can't tell the value from an edge, or the edges of one of *pairs* from each other."""
        off = self.wholes.size * number(_ERROR)
        close = [self.is_there[name] & ((self.value - edge).abs() <= off) for name, edge in self.edges.items()]
        close += [
            self.is_there[one] & self.is_there[other] & ((self.edges[one] - self.edges[other]).abs() <= off)
            for one, other in pairs
            if {one, other} <= self.edges.keys()
        ]
        return any_of(close)


def row_edges(bench: Bench[Any], now: Figure, given: Mapping[str, Figures | None], missing: Why) -> RowEdges:
    """Return a value and edges of each row, ready to be compared.

    Args:
        bench: Where columns are kept.
        now: The values.
        given: Edges by name, low and high among them; None for one that no row has.
        missing: What is said of a row without low and high.
    """
    figures = {name: bench.figure(edge, name, missing) for name, edge in given.items() if edge is not None}
    is_there = dict(zip(figures, bench.keep(*(each.is_there for each in figures.values())), strict=True))
    filled = bench.keep(
        *(nw.when(is_there[name]).then(each.floats).otherwise(number(0)) for name, each in figures.items())
    )
    edges = [
        attrs.evolve(each, expr=column, is_whole=False) for each, column in zip(figures.values(), filled, strict=True)
    ]
    some = any_of(is_there[name] for name in ("low", "high") if name in figures)
    [fine] = bench.keep(all_of([now.is_fine, some, *(each.is_fine for each in edges)]))
    come = wholes(bench, [now, *edges], factor=1)
    infinite = [(Why.NOT_FINITE, ~condition) for each in edges if (condition := each.is_fine) is not None]
    return RowEdges(
        value=come.numbers[0],
        edges=dict(zip(figures, come.numbers[1:], strict=True)),
        is_there=is_there,
        wholes=come,
        fine=fine,
        problems=(*now.problems(), (missing, ~some), *infinite),
        figures=(now, *figures.values()),
    )
