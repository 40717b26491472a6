"""Commits as a whole in columns: what all readings of each come to, compared with its standard exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, cast

import attrs
import narwhals.stable.v2 as nw

from goalmodel.commit import Standard
from goalmodel.exact import exact, nearest_float
from goalmodel.frames.adding import Sums, sums, to_add
from goalmodel.frames.bench import EXACT_BELOW, Bench, Figure, all_of, any_of, number
from goalmodel.frames.settle import Entity, entity, exactly, overwritten
from goalmodel.frames.wholes import SCALES, is_its_float, means_whole, nearest_whole, room_for
from goalmodel.measure import Aggregation
from goalmodel.measure.aggregation import combined, still_possible
from goalmodel.measure.row import Row
from goalmodel.reprs import readable

_ADDED: Final = (Aggregation.SUM, Aggregation.MEAN)
_FAR: Final = 1e-12
"""A float nearest to a number is told from an edge that lies further off, as a share of both."""


@readable
@attrs.frozen
class Edge:
    """One end of a standard, of each commit.

    Attributes:
        floats: Where it lies.
        is_there: Whether there is one.
        is_open: Whether it does not belong to the standard.
        is_its_float: Whether the float is read as what is meant.
    """

    floats: nw.Expr
    is_there: nw.Expr
    is_open: bool = False
    is_its_float: bool = True


@readable
@attrs.frozen(kw_only=True)
class WholeOf:
    """What is asked of the readings of each commit.

    Attributes:
        bench: The readings.
        names: The columns that say of which commit a row is a reading.
        read: What was read.
        cases: How many cases are behind each; None where each counts alike.
        how: What they come to.
        standard: What will do, for all commits; None where each has its own.
        ends: The columns of each one's own low and high end; None where there is no such end.
    """

    bench: Bench[Any]
    names: list[str]
    read: Figure
    cases: Figure | None
    how: Aggregation
    standard: Standard | None
    ends: tuple[Figure | None, Figure | None]

    def totals(self, present: nw.Expr, day: nw.Expr) -> list[nw.Expr]:
        """Return what is to be counted and added up of each commit, as aggregates of columns.

        Computed row by row before it is added up: some engines drop a condition inside of a sum.
        """
        bench = self.bench
        ends = bench.keep(
            *(nw.when(present & each.is_there).then(each.floats) for each in self.ends if each is not None)
        )
        found = [each.max() for each in ends]
        if self.how in _ADDED:
            floats = None if self.cases is None else self.cases.floats
            return [*found, *(each.sum() for each in to_add(bench, self.read, present, floats))]
        counts = present
        if self.how is Aggregation.LAST:
            [seen] = bench.keep(nw.when(present).then(day).otherwise(nw.lit(0, nw.Int64)))
            [latest] = bench.spread(self.names, seen.max())
            counts = present & (day == latest)
        [one] = bench.keep(nw.when(counts).then(self.read.floats))
        return [*found, one.min() if self.how is Aggregation.LEAST else one.max()]

    def judged(self, groups: Bench[Any], totals: Sequence[nw.Expr], present: nw.Expr) -> Judged:
        """Return how what the readings come to stands to the standard."""
        rest = list(totals)
        ends = [None if each is None else rest.pop(0) for each in self.ends]
        count = present if self.how is Aggregation.MEAN else present * number(0) + number(1)
        if self.how in _ADDED:
            come = sums(groups, rest, is_weighted=self.cases is not None)
            figure, is_exact = groups.keep(*come.over(groups, count))
            of = count if come.cases is None else come.cases
        else:
            [figure], is_exact, of = rest, nw.lit(value=True), count
            scaled = groups.keep(*(figure * number(scale) for scale in SCALES))
            pairs = (
                (each, nearest_whole(each), room_for(scale, 1)) for each, scale in zip(scaled, SCALES, strict=True)
            )
            parts = [(whole, means_whole(each, whole) & (each.abs() < number(room))) for each, whole, room in pairs]
            come = Sums(parts, None, None, None)
        told = [_Interval(groups, come, (figure, is_exact, of), *each) for each in self._intervals(ends)]
        is_met, is_sure, is_lost, is_decided = groups.keep(
            any_of(each.is_met() for each in told),
            any_of(each.is_sure(self.how) for each in told),
            all_of([each.is_lost(self.how) for each in told]),
            all_of([each.is_decided() for each in told]).fill_null(value=False),
        )
        names = tuple(groups.ours[-4:-1])
        return Judged(is_met, is_sure, is_lost, is_decided, names, tuple(each for each in ends if each is not None))

    def _intervals(self, ends: Sequence[nw.Expr | None]) -> list[tuple[Edge | None, Edge | None]]:
        if self.standard is None:
            low, high = (
                None if each is None or of is None else Edge(each, ~each.is_null(), is_its_float=is_its_float(of))
                for each, of in zip(ends, self.ends, strict=True)
            )
            return [(low, high)]
        intervals = self.standard.either or (self.standard,)
        return [(_edge(each.low, each), _edge(each.high, each)) for each in intervals]

    def settled(self, groups: Bench[Any], judged: Judged, doubtful: nw.Expr, present: nw.Expr, day: nw.Expr) -> None:
        """Let the tower decide, from exact numbers, about those commits that are *doubtful*."""
        frame = cast("nw.DataFrame[Any]", groups.frame)
        rows = frame.select(mark=doubtful)["mark"].arg_true().to_list()
        if not rows:
            return
        doubted = frame.select(*self.names, *judged.ends)[rows].rows()
        at = len(self.names)
        readings: dict[Entity, list[tuple[Any, ...]]] = {entity(row[:at]): [] for row in doubted}
        cases = number(1) if self.cases is None else self.cases.expr
        value, weight, on, counts = self.bench.keep(self.read.expr, cases, day, present)
        seen = cast("nw.DataFrame[Any]", self.bench.frame).filter(counts).select(*self.names, on, value, weight)
        for *key, of_day, cell, behind in seen.rows():
            if entity(key) in readings:
                weighed = Fraction(1) if self.cases is None else exactly(self.cases, behind)
                readings[entity(key)].append((of_day, exactly(self.read, cell), weighed))
        found = [self._answer(sorted(readings[entity(row[:at])]), row[at:]) for row in doubted]
        groups.frame = overwritten(frame, judged.names, rows, found)

    def _answer(self, read: list[tuple[Any, ...]], ends: Sequence[object]) -> tuple[bool, bool, bool]:
        """Return whether the standard is met, whatever comes, and can't be met any more."""
        row = Row.of([(day, value) for day, value, _ in read])
        [whole] = combined(row, [weight for _, _, weight in read], [(0, len(read))], self.how)
        still = still_possible(self.how, whole, readings=0, more=1, lowest=None, highest=None)
        standard = self.standard or self._own(iter(ends))
        return standard.is_met(whole), standard.covers(*still), standard.excludes(*still)

    def _own(self, cells: Any) -> Standard:  # noqa: ANN401 - an iterator over cells
        low, high = (None if each is None else exactly(each, next(cells)) for each in self.ends)
        return Standard(low=low, high=high)


@readable
@attrs.frozen
class Judged:
    """How what the readings of each commit come to stands to its standard.

    Attributes:
        is_met: Whether it meets it.
        is_sure: Whether it does whatever is still read.
        is_lost: Whether it can't any more, whatever is still read.
        is_decided: Whether floats can tell.
        names: The first three as columns.
        ends: Each one's own ends.
    """

    is_met: nw.Expr
    is_sure: nw.Expr
    is_lost: nw.Expr
    is_decided: nw.Expr
    names: tuple[str, ...]
    ends: tuple[nw.Expr, ...]


class _Interval:
    """How what readings come to stands to both ends of one standard."""

    def __init__(
        self,
        groups: Bench[Any],
        come: Sums,
        figure: tuple[nw.Expr, nw.Expr, nw.Expr],
        low: Edge | None,
        high: Edge | None,
    ) -> None:
        self._low, self._high = low, high
        self._gaps = {
            name: groups.keep(*_gap(groups, come, figure, edge))
            for name, edge in (("low", low), ("high", high))
            if edge is not None
        }

    def is_met(self) -> nw.Expr:
        """Return whether the standard is met."""
        return ~self._lies_below() & ~self._lies_above()

    def is_sure(self, how: Aggregation) -> nw.Expr:
        """Return whether it is met whatever is still read: a greatest number never falls, a least one never rises."""
        if how not in {Aggregation.GREATEST, Aggregation.LEAST}:
            return nw.lit(value=False)
        end = self._high if how is Aggregation.GREATEST else self._low
        return self.is_met() if end is None else self.is_met() & ~end.is_there

    def is_lost(self, how: Aggregation) -> nw.Expr:
        """Return whether it can't be met any more, whatever is still read."""
        if how is Aggregation.GREATEST:
            return self._lies_above()
        return self._lies_below() if how is Aggregation.LEAST else nw.lit(value=False)

    def is_decided(self) -> nw.Expr:
        """Return whether floats can tell."""
        ends = {"low": self._low, "high": self._high}
        return all_of(
            [decided | ~edge.is_there for name, edge in ends.items() if edge for _, decided in [self._gaps[name]]]
        )

    def _lies_below(self) -> nw.Expr:
        if self._low is None:
            return nw.lit(value=False)
        gap, _ = self._gaps["low"]
        return self._low.is_there & ((gap <= 0) if self._low.is_open else (gap < 0))

    def _lies_above(self) -> nw.Expr:
        if self._high is None:
            return nw.lit(value=False)
        gap, _ = self._gaps["high"]
        return self._high.is_there & ((gap >= 0) if self._high.is_open else (gap > 0))


def _edge(given: Fraction | None, standard: Standard) -> Edge | None:
    if given is None:
        return None
    is_its_float = exact(nearest_float(given), "value") == given
    return Edge(number(nearest_float(given)), nw.lit(value=True), given in standard.open_ends, is_its_float)


def _gap(
    groups: Bench[Any], come: Sums, figure: tuple[nw.Expr, nw.Expr, nw.Expr], edge: Edge
) -> tuple[nw.Expr, nw.Expr]:
    """Return by how much what readings come to lies above an edge, times whatever, and whether its sign is certain.

    Where both are whole parts of a unit they are compared by multiplying out.
    """
    value, is_exact, count = figure
    gap = value - edge.floats
    decided = is_exact & (gap.abs() > (value.abs() + edge.floats.abs()) * number(_FAR))
    if not edge.is_its_float:
        return gap, decided
    for scale, (total, fits) in zip(SCALES, come.parts, strict=True):
        [scaled] = groups.keep(edge.floats * number(scale) + value * number(0))
        whole = nearest_whole(scaled)
        line, is_whole = groups.keep(
            whole * count, means_whole(scaled, whole) & (scaled.abs() < number(room_for(scale, 1)))
        )
        holds = fits & is_whole & (line.abs() < EXACT_BELOW)
        gap, decided = nw.when(holds).then(total - line).otherwise(gap), decided | holds
    return gap, decided
