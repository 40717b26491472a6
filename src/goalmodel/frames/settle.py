"""Rows too near to an edge for floats to tell, settled by the tower's own rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isnan
from typing import Any

import narwhals.stable.v2 as nw

from goalmodel.exact import exact
from goalmodel.frames.bench import Bench, Figure


def settle(
    bench: Bench,
    columns: dict[str, nw.Expr],
    inexact: nw.Expr,
    near: nw.Expr,
    figures: Sequence[Figure],
    judge: Callable[..., tuple[Any, ...]],
) -> Any:  # noqa: ANN401 - the caller's own kind of frame
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
    [mark] = bench.keep(doubtful)
    numbers = bench.keep(*(figure.expr for figure in figures))
    frame = bench.frame.with_columns(**columns)
    if isinstance(frame, nw.DataFrame):
        frame = _settled(frame, tuple(columns), mark, numbers, figures, judge)
    return bench.close(frame)


def _settled(
    frame: nw.DataFrame[Any],
    names: tuple[str, ...],
    mark: nw.Expr,
    numbers: Sequence[nw.Expr],
    figures: Sequence[Figure],
    judge: Callable[..., tuple[Any, ...]],
) -> nw.DataFrame[Any]:
    rows = frame.select(mark=mark)["mark"].arg_true().to_list()
    if not rows:
        return frame
    found = [
        judge(*(_exactly(figure, cell) for figure, cell in zip(figures, row, strict=True)))
        for row in frame.filter(mark).select(*numbers).rows()
    ]
    for index, name in enumerate(names):
        frame = frame.with_columns(frame[name].scatter(rows, [judged[index] for judged in found]))
    return frame


def _exactly(figure: Figure, cell: object) -> Fraction | None:
    """Return the number in a cell; None where the engine has null, NA or NaN for none."""
    if figure.known is not None:
        return figure.known
    return exact(cell, "value") if isinstance(cell, int | float) and not isnan(cell) else None
