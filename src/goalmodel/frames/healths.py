"""KPIs in columns: how healthy each row's value is, and how far it lies beyond the healthy edge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from typing import Any, Final, TypeAlias, cast

import attrs
import narwhals.stable.v2 as nw

from goalmodel.checks import the
from goalmodel.errors import OutOfBounds, OutOfOrder
from goalmodel.exact import nearest_float
from goalmodel.frames.bench import Bench, Figure, Figures, NativeFrame, Problem, all_of, any_of, on_bench
from goalmodel.frames.edges import RowEdges, beyond_known, row_edges
from goalmodel.frames.settle import settle
from goalmodel.frames.why import Why
from goalmodel.kpi import Health, HealthBands
from goalmodel.reprs import readable

_ORDER: Final = (("low", "high", False), ("watch_low", "low", True), ("high", "watch_high", True))
"""Edges in the order in which they have to lie, and whether there must be room between."""


@readable
@attrs.frozen(kw_only=True)
class BandColumns:
    """Bands that differ from row to row: an edge is a column, one number for all rows, or not there.

    A row without a number in such a column has no such edge; one without a healthy edge has no bands.

    Attributes:
        low: The least healthy value, in the measure's own unit.
        high: The greatest healthy value.
        watch_low: From here up to *low* it is on watch.
        watch_high: From *high* up to here it is on watch.
    """

    low: Figures | None = None
    high: Figures | None = None
    watch_low: Figures | None = None
    watch_high: Figures | None = None

    def __attrs_post_init__(self) -> None:
        if self.low is None and (self.high is None or self.watch_low is not None):
            raise OutOfBounds("low", None, "a column or a number: bands must exclude something")
        if self.high is None and self.watch_high is not None:
            raise OutOfBounds("high", None, "a column or a number, where there is a watch_high")


Bands: TypeAlias = HealthBands | BandColumns
"""Which values are healthy: one answer for all rows, or one a row."""


def with_health(frame: NativeFrame, *, value: Figures, bands: Bands) -> NativeFrame:
    """Return *frame* with `health` and `why`, and where it is lazy with `doubtful`.

    The word is the one that `HealthBands` give, exactly. One answer for all rows is decided by comparisons alone; bands
    that differ from row to row as in `with_outcome`.

    Rules: KPI-2, KPI-3.

    Args:
        frame: Of any engine; columns of these names are replaced.
        value: What was read, in the measure's own unit.
        bands: Which values are healthy.

    Returns:
        The same kind of frame. `health` is the value of a `Health`: unknown where `why` has the value of a `Why`.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
    """
    return _answered(frame, value, bands, _HEALTH)


def with_excess(frame: NativeFrame, *, value: Figures, bands: Bands) -> NativeFrame:
    """Return *frame* with `excess` and `why`, and where it is lazy with `doubtful`.

    Rule: KPI-4.

    Args:
        frame: Of any engine; columns of these names are replaced.
        value: What was read, in the measure's own unit.
        bands: Which values are healthy.

    Returns:
        The same kind of frame. `excess` is how far each value lies beyond the nearer healthy edge, in the measure's own
        unit: above 0 outside, 0 on the edge, below 0 inside. Its sign is exact, and where the numbers are decimals of
        up to six places it is the nearest float.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
    """
    return _answered(frame, value, bands, _EXCESS)


@readable
@attrs.frozen
class _Asked:
    """What is asked of values and bands, and the three ways to answer.

    Attributes:
        column: What the answer is called.
        known: By bands that are the same for all rows.
        by_row: By bands that differ.
        settled: By the tower.
        none: What stands where there is no answer.
    """

    column: str
    known: Callable[[Bench[Any], Figure, HealthBands], nw.Expr]
    by_row: Callable[[RowEdges], nw.Expr]
    settled: Callable[[HealthBands, Fraction], object]
    none: str | None


def _answered(frame: NativeFrame, value: Figures, bands: Bands, asked: _Asked) -> NativeFrame:
    bench = on_bench(frame)
    now = bench.figure(value, "value", Why.NO_VALUE)
    if isinstance(bands, HealthBands):
        [fine] = bench.keep(all_of([now.is_fine]))
        columns = _columns(bench, asked, fine, asked.known(bench, now, bands), now.problems())
        return bench.done(**columns, **bench.no_doubt)
    named = {each.name: getattr(the(BandColumns, bands, "bands"), each.name) for each in attrs.fields(BandColumns)}
    rows = row_edges(bench, now, named, Why.NO_BANDS)
    out_of_order = any_of(rows.is_over(lower, upper, strict=strict) for lower, upper, strict in _ORDER)
    [fine] = bench.keep(rows.fine & ~out_of_order)
    problems = [*rows.problems, (Why.BANDS_OUT_OF_ORDER, out_of_order)]
    columns = _columns(bench, asked, fine, asked.by_row(rows), problems)
    inexact, near = rows.fine & ~rows.wholes.are_exact, rows.near([(lower, upper) for lower, upper, _ in _ORDER])
    return settle(
        bench,
        columns,
        inexact=inexact,
        near=near,
        figures=rows.figures,
        judge=partial(_settled, asked, tuple(rows.edges)),
    )


def _columns(
    bench: Bench[Any], asked: _Asked, fine: nw.Expr, answer: nw.Expr, problems: Iterable[Problem]
) -> dict[str, nw.Expr]:
    where = nw.when(fine).then(answer)
    return {
        asked.column: where if asked.none is None else where.otherwise(nw.lit(asked.none)),
        "why": bench.why(fine, problems),
    }


def _settled(
    asked: _Asked, names: tuple[str, ...], now: Fraction, *edges: Fraction | None
) -> tuple[object, str | None]:
    try:
        bands = _bands_of(**dict(zip(names, edges, strict=True)))
    except OutOfOrder:
        return asked.none, str(Why.BANDS_OUT_OF_ORDER.value)
    return asked.settled(bands, now), None


def _bands_of(
    low: Fraction | None = None,
    high: Fraction | None = None,
    watch_low: Fraction | None = None,
    watch_high: Fraction | None = None,
) -> HealthBands:
    if low is not None and high is not None:
        return HealthBands.between(low, high, watch_low=watch_low, watch_high=watch_high)
    if low is not None:
        return HealthBands.at_least(low, watch=watch_low)
    return HealthBands.at_most(cast("Fraction", high), watch=watch_high)


def _word(health: Health) -> nw.Expr:
    return nw.lit(str(health.value))


def _in_zones(_: Bench[Any], now: Figure, bands: HealthBands) -> nw.Expr:
    """Return the health of the zone each value lies in: a cut belongs to the healthier side."""
    beyond = [~now.reaches(cut) if bands.belongs_above(at) else ~now.exceeds(cut) for at, cut in enumerate(bands.cuts)]
    health = _word(bands.zones[-1].health)
    for lies_here, zone in reversed(tuple(zip(beyond, bands.zones, strict=False))):
        health = nw.when(lies_here).then(_word(zone.health)).otherwise(health)
    return health


def _in_bands(rows: RowEdges) -> nw.Expr:
    """Return the health of each value by the bands of its row."""
    above_low, below_high = rows.is_at_least("low"), rows.is_at_most("high")
    on_watch = (above_low | rows.is_at_least("watch_low", where_none=False)) & (
        below_high | rows.is_at_most("watch_high", where_none=False)
    )
    outside = nw.when(on_watch).then(_word(Health.WATCH)).otherwise(_word(Health.UNHEALTHY))
    return nw.when(above_low & below_high).then(_word(Health.HEALTHY)).otherwise(outside)


def _excess(bench: Bench[Any], now: Figure, bands: HealthBands) -> nw.Expr:
    return beyond_known(bench, now, bands.low, bands.high)


_HEALTH: Final = _Asked(
    column="health",
    known=_in_zones,
    by_row=_in_bands,
    settled=lambda bands, now: str(bands.health(now).value),
    none=str(Health.UNKNOWN.value),
)
_EXCESS: Final = _Asked(
    column="excess",
    known=_excess,
    by_row=RowEdges.beyond,
    settled=lambda bands, now: nearest_float(bands.excess(now)),
    none=None,
)
