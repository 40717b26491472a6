"""Objectives in columns: scores of a group as one, and how much of the group has a score."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from goalmodel.frames.bench import Figures, NativeFrame, all_of, number, on_bench
from goalmodel.frames.why import Why


def roll_up(frame: NativeFrame, *, by: str | Sequence[str], score: Figures, weight: Figures = 1) -> NativeFrame:
    """Return for each group its `score`, and beside it `scored`, `total`, `covered` and `why`: a row each.

    Scores are clamped to 0 and 1 and weighted. A row without a score, or whose weight is not above 0, counts in the
    coverage only.

    Rules: OBJ-1, OBJ-2.

    Args:
        frame: Of any engine, a row a key result.
        by: The column or columns of the group: an objective, a team.
        score: How far each has come, raw.
        weight: How much each counts.

    Returns:
        The same kind of frame, a row a group. `score` is the weighted mean, a figure of some 13 digits; `scored` is how
        many of `total` have a score, and `covered` the share of the weight they have. Where none has, `why` has the
        value of a `Why`.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
    """
    bench = on_bench(frame)
    names = bench.keys(by)
    raw, counts = bench.figure(score, "score", Why.NO_SCORE), bench.figure(weight, "weight", Why.NO_WEIGHT)
    [weighs] = bench.keep(all_of([counts.is_fine, counts.floats > 0]).fill_null(value=False))
    [is_scored] = bench.keep(all_of([raw.is_fine, weighs]))
    from_below = nw.when(raw.floats > 0).then(raw.floats).otherwise(number(0))
    clamped = nw.when(from_below < 1).then(from_below).otherwise(number(1))
    # Computed row by row before it is added up: some engines drop a condition inside of a sum.
    totals = bench.keep(
        nw.when(is_scored).then(clamped * counts.floats).otherwise(number(0)),
        nw.when(is_scored).then(counts.floats).otherwise(number(0)),
        nw.when(weighs).then(counts.floats).otherwise(number(0)),
        nw.when(is_scored).then(number(1)).otherwise(number(0)),
        number(1),
    )
    groups = bench.grouped(names, *(column.sum() for column in totals))
    points, of_scored, of_all, scored, total = groups.columns()
    [some] = groups.keep(scored > 0)
    return groups.done(
        score=nw.when(some).then(points) / nw.when(some).then(of_scored),
        scored=scored.cast(nw.Int64),
        total=total.cast(nw.Int64),
        covered=nw.when(of_all > 0).then(of_scored) / nw.when(of_all > 0).then(of_all),
        why=groups.why(some, [(Why.NO_SCORE, ~some)]),
    )
