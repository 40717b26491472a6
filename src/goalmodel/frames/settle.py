"""Rows too near to an edge for floats to tell, settled by the tower's own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import isnan
from numbers import Integral, Real
from typing import Any, TypeAlias, cast

import narwhals.stable.v2 as nw

from goalmodel.exact import exact
from goalmodel.frames.bench import Bench, Figure, NativeFrame

Entity: TypeAlias = tuple[Any, ...]
"""What a row belongs to."""


def settle(
    bench: Bench[NativeFrame],
    columns: Mapping[str, nw.Expr],
    *,
    inexact: nw.Expr,
    near: nw.Expr,
    figures: Sequence[Figure],
    judge: Callable[..., tuple[Any, ...]],
) -> NativeFrame:
    """Return the user's frame with *columns*: doubtful rows are judged one by one, or marked where rows are not seen.

    Args:
        bench: The frame.
        columns: What floats say, by name.
        inexact: Which rows have a verdict that whole numbers did not come to; all their numbers are finite.
        near: Which of these lie too near to an edge for floats.
        figures: What *judge* is told of a row, exactly.
        judge: Returns a value for each of *columns*.
    """
    doubtful = nw.when(inexact).then(near).otherwise(nw.lit(value=False))
    if bench.is_lazy:
        return bench.done(**columns, doubtful=doubtful)
    begun = len(bench.ours)
    mark, *numbers = bench.keep(doubtful, *(figure.expr for figure in figures))
    judged = bench.frame.with_columns(**columns).drop(*bench.ours[:begun])
    del bench.ours[:begun]
    frame = cast("nw.DataFrame[Any]", bench.seen(judged))
    rows = frame.select(mark=mark)["mark"].arg_true().to_list()
    found = [judge(*map(exactly, figures, row)) for row in frame.filter(mark).select(*numbers).rows()]
    return bench.close(overwritten(frame, tuple(columns), rows, found))


def overwritten(
    frame: nw.DataFrame[Any], names: Sequence[str], rows: Sequence[int], found: Sequence[tuple[Any, ...]]
) -> nw.DataFrame[Any]:
    """Return *frame* with other cells in some columns.

    Args:
        frame: The frame.
        names: The columns.
        rows: The numbers of the rows, from 0 on.
        found: The cells of each of them.
    """
    for index, name in enumerate(names if rows else ()):
        frame = frame.with_columns(frame[name].scatter(rows, [cells[index] for cells in found]))
    return frame


def exactly(figure: Figure, cell: object) -> Fraction | None:
    """Return the number in a cell; None where the engine has null, NA or NaN for none."""
    if figure.known is not None:
        return figure.known
    if isinstance(cell, Integral):  # nullable pandas has whole numbers of numpy, which are no int
        return exact(int(cell), "value")
    return exact(cell, "value") if isinstance(cell, float) and not isnan(cell) else None


def entity(cells: Sequence[Any]) -> Entity:
    """Return what a row belongs to; NaN, which is not itself, as none."""
    return tuple(None if isinstance(cell, Real) and isnan(cell) else cell for cell in cells)
