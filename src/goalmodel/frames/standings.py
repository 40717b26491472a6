"""Commits in columns: whether a row's value meets its standard, and whether a commit was kept over its readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import Any, Final, assert_never

import attrs
import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT

from goalmodel.commit import Attainment, Counted, Held, Reached, Standard, StandardOutOfOrder, Standing
from goalmodel.doors import the, the_date
from goalmodel.errors import OutOfBounds, WrongType
from goalmodel.exact import nearest_float
from goalmodel.frames.bench import Bench, Days, Figure, Figures, Problem, all_of, number
from goalmodel.frames.edges import beyond_known, row_edges
from goalmodel.frames.settle import settle
from goalmodel.frames.why import Why


@attrs.frozen(kw_only=True)
class StandardColumns:
    """Standards that differ from row to row: an end is a column, one number for all rows, or not there.

    A row without a number in such a column has no such end; one without any has no standard.

    Attributes:
        low: The least value that will do, in the measure's own unit.
        high: The greatest value that will do.
    """

    low: Figures | None = None
    high: Figures | None = None

    def __attrs_post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise OutOfBounds("low", None, "a column or a number, where there is no high")


def with_standing(frame: IntoFrameT, *, value: Figures, standard: Standard | StandardColumns) -> IntoFrameT:
    """Return *frame* with `is_met`, `distance` and `why`, and where it is lazy with `doubtful`.

    Rules: COM-2, COM-4.

    Args:
        frame: Of any engine; columns of these names are replaced.
        value: What was read, in the measure's own unit.
        standard: Which values will do: the same for all rows, or a row's own.

    Returns:
        The same kind of frame. `is_met` is exact, and there is none where `why` has the value of a `Why`. `distance` is
        how far the value falls short, in the measure's own unit: 0 exactly where the standard is met.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
    """
    bench = Bench.of(frame)
    now = bench.figure(value, "value", Why.NO_VALUE)
    if isinstance(standard, Standard):
        [fine] = bench.keep(all_of([now.is_fine]))
        [short] = bench.keep(beyond_known(bench, now, standard.low, standard.high))
        return bench.done(**_columns(bench, fine, short, now.problems()), **bench.no_doubt)
    ends = the(StandardColumns, standard, "standard")
    rows = row_edges(bench, now, {"low": ends.low, "high": ends.high}, Why.NO_STANDARD)
    out_of_order = rows.is_over("low", "high", strict=False)
    [fine] = bench.keep(rows.fine & ~out_of_order)
    [short] = bench.keep(rows.beyond())
    columns = _columns(bench, fine, short, [*rows.problems, (Why.STANDARD_OUT_OF_ORDER, out_of_order)])
    inexact, near = rows.fine & ~rows.wholes.are_exact, rows.near([("low", "high")])
    return settle(bench, columns, inexact, near, rows.figures, partial(_settled, tuple(rows.edges)))


def _columns(bench: Bench, fine: nw.Expr, short: nw.Expr, problems: Sequence[Problem]) -> dict[str, nw.Expr]:
    is_met = short <= 0
    return {
        "is_met": nw.when(fine).then(is_met),
        "distance": nw.when(fine).then(nw.when(is_met).then(number(0)).otherwise(short)),
        "why": bench.why(fine, problems),
    }


def _settled(names: tuple[str, ...], now: Fraction, *ends: Fraction | None) -> tuple[bool | None, float | None, str | None]:
    try:
        standard = Standard(**dict(zip(names, ends, strict=True)))
    except StandardOutOfOrder:
        return None, None, str(Why.STANDARD_OUT_OF_ORDER.value)
    return standard.is_met(now), nearest_float(standard.distance(now)), None


def attainment(
    frame: IntoFrameT,
    *,
    by: str | Sequence[str],
    on: Days,
    value: Figures,
    standard: Standard | StandardColumns,
    due: Days,
    as_of: dt.date,
    manner: Reached | Standing | Held,
    since: Days | None = None,
) -> IntoFrameT:
    """Return for each commit whether it was kept, over its readings: a row each, with `attainment` and `why`.

    A row of *frame* is a reading; one without a value is an absence that was stated. Where the frame is lazy,
    `doubtful` says which commits have a reading that floats could not tell from the standard.

    Rules: COM-1, COM-3.

    Args:
        frame: Of any engine.
        by: The column or columns that say which commit a reading belongs to.
        on: The day each reading is about, one reading a day.
        value: What was read, in the measure's own unit.
        standard: Which values will do.
        due: Until when, this day included; the same in all rows of a commit.
        as_of: The date of the judgement, at the end of the day.
        manner: In which way the standard has to be met. A share is one of the readings: of the time, and in stages, a
            `Commit` judges.
        since: The first day whose reading counts: the day of the declaration. That of the hold where one is held.

    Returns:
        The same kind of frame, a row a commit. `attainment` is the value of an `Attainment`: unknown where `why` has
        the value of a `Why`.

    Raises:
        NotAFrame: *frame* is none.
        OutOfBounds: The manner is not one that columns are judged in, or nothing says since when.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
    """
    first: Days | None = manner.since if isinstance(manner, Held) else since
    if first is None:
        raise OutOfBounds("since", None, "the day of the declaration, where nothing is held since another day")
    if isinstance(manner, Held) and manner.counted is Counted.TIME:
        raise OutOfBounds("manner", str(manner), "a share of the readings: of the time a Commit judges")
    bench = Bench.of(with_standing(frame, value=value, standard=standard))
    counted = _counted(bench, _keys(by), on, first, due, the_date(as_of, "as_of"))
    return _verdicts(counted, _keys(by), _attained(the_manner(manner)))
