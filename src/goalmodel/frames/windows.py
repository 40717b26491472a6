"""Rows in their order: what stood before a row of the same entity, and what came together until then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, cast

import attrs
import narwhals.stable.v2 as nw

from goalmodel.frames.agreed import lies_in
from goalmodel.frames.bench import Bench, Problem, number
from goalmodel.frames.cuts import GREATEST
from goalmodel.frames.wholes import nearest_whole
from goalmodel.frames.why import Why
from goalmodel.measure.exclusion import NO_DAYS, ExcludedDays
from goalmodel.reprs import readable

_HALF: Final = 2**32


@readable
@attrs.frozen
class Ordered:
    """The rows of each entity, oldest first, by windows with an order.

    Attributes:
        bench: The frame.
        by: Columns that say what a row belongs to.
        day: The column that orders the rows.
    """

    bench: Bench[Any]
    by: Sequence[str]
    day: str

    def before(self, rows: int, *columns: nw.Expr) -> list[nw.Expr]:
        """Return what stood so many rows before in each of *columns*; null where nothing did."""
        return self.bench.keep(*(column.shift(rows).over(*self.by, order_by=self.day) for column in columns))

    def so_far(self, *columns: nw.Expr) -> list[nw.Expr]:
        """Return the sum of each of *columns*, numbers without a null, up to each row."""
        return self.bench.keep(*(column.cum_sum().over(*self.by, order_by=self.day) for column in columns))

    def most_so_far(self, column: nw.Expr) -> nw.Expr:
        """Return the greatest number of *column*, without a null, up to each row."""
        [most] = self.bench.keep(column.cum_max().over(*self.by, order_by=self.day))
        return most

    def places(self) -> nw.Expr:
        """Return the place of each row, from 1 on."""
        [one] = self.bench.keep(number(1))
        return self.so_far(one)[0]

    def run(self, place: nw.Expr, starts: nw.Expr) -> nw.Expr:
        """Return how many rows it is since the latest one that *starts* a run, itself included.

        Args:
            place: The place of each row.
            starts: Whether a row starts a run; the first one does.
        """
        [began] = self.bench.keep(nw.when(starts).then(place).otherwise(number(0)))
        [latest] = self.bench.keep(began.cum_max().over(*self.by, order_by=self.day))
        return place - latest + 1

    @property
    def adds_floats(self) -> bool:
        """Whether sums are right of numbers that are not whole, too."""
        return True


@readable
@attrs.frozen
class Sorted:
    """The same where there are no windows with an order, as in PyArrow: the whole frame is sorted once.

    Attributes:
        bench: The frame, sorted by entity and day.
        by: Columns that say what a row belongs to.
        row: The number of each row of the frame.
    """

    bench: Bench[Any]
    by: Sequence[str]
    row: nw.Expr

    def before(self, rows: int, *columns: nw.Expr) -> list[nw.Expr]:
        """Return what stood so many rows before in each of *columns*; null where nothing did."""
        place = self.places()
        return self.bench.keep(*(nw.when(place > rows).then(column.shift(rows)) for column in columns))

    def so_far(self, *columns: nw.Expr) -> list[nw.Expr]:
        """Return the sum of each of *columns*, whole numbers without a null, up to each row.

        Sums run on through all entities, in whole numbers of 64 bits that begin anew when they are full: the difference
        of two is right however far they ran.
        """
        whole = self.bench.keep(*(nearest_whole(column).cast(nw.Int64) for column in columns))
        total = self.bench.keep(*(column.cum_sum() for column in whole))
        place = self.places()
        before = self.bench.keep(
            *(nw.when(place == 1).then(ran - column) for ran, column in zip(total, whole, strict=True))
        )
        begun = self.bench.spread(self.by, *(column.max() for column in before))
        added = self.bench.keep(*(ran - start for ran, start in zip(total, begun, strict=True)))
        # PyArrow refuses to make a float of a whole number that floats may not hold: so each half is made one.
        upper = self.bench.keep(*(each // _HALF for each in added))
        lower = ((each - half * _HALF).cast(nw.Float64) for each, half in zip(added, upper, strict=True))
        return self.bench.keep(
            *(half.cast(nw.Float64) * number(_HALF) + rest for half, rest in zip(upper, lower, strict=True))
        )

    def most_so_far(self, column: nw.Expr) -> nw.Expr:
        """Return the greatest number of *column*, without a null, up to each row.

        The greatest of twice as many rows is the greater of two that are known, until no entity has as many.
        """
        most, place = self.bench.keep(column, self.places())
        longest = cast("nw.DataFrame[Any]", self.bench.frame).select(most=place.max())["most"].item() or 0
        rows = 1
        while rows < longest:
            [before] = self.before(rows, most)
            [earlier] = self.bench.keep(before.fill_null(-GREATEST))
            [most] = self.bench.keep(nw.when(earlier > most).then(earlier).otherwise(most))
            rows *= 2
        return most

    def places(self) -> nw.Expr:
        """Return the place of each row, from 1 on."""
        [first] = self.bench.spread(self.by, self.row.min())
        [place] = self.bench.keep((self.row - first + 1).cast(nw.Float64))
        return place

    def run(self, place: nw.Expr, starts: nw.Expr) -> nw.Expr:  # noqa: ARG002 - the same call as in Ordered
        """Return how many rows it is since the latest one that *starts* a run, itself included."""
        [began] = self.bench.keep(nw.when(starts).then(self.row).otherwise(nw.lit(-1, nw.Int64)))
        [latest] = self.bench.keep(began.cum_max())
        return (self.row - latest + 1).cast(nw.Float64)

    @property
    def adds_floats(self) -> bool:
        """Whether sums are right of numbers that are not whole, too."""
        return False


Rows: TypeAlias = Ordered | Sorted
"""The rows of each entity, oldest first."""


def in_order(bench: Bench[Any], by: Sequence[str], day: nw.Expr) -> Rows:
    """Return the rows of each entity in the order of their days.

    Args:
        bench: The frame.
        by: Columns that say what a row belongs to.
        day: The day of each row, as a number.
    """
    bench.keep(day)
    name = bench.ours[-1]
    if not bench.frame.implementation.is_pyarrow():
        return Ordered(bench, by, name)
    [row] = bench.sort(*by, name)
    return Sorted(bench, by, row)


@readable
@attrs.frozen
class Readings:
    """The readings of each entity, oldest first; rows without a value or a day stand apart.

    Attributes:
        bench: The frame.
        by: Columns that say of what entity a row is a reading.
        rows: The readings that have a value.
        there: Whether a row has a value and a day.
        flag: The column that says so.
        day: The day of each row; 0 where it has none.
        place: The place among the readings that have a value, from 1 on.
        gap: How many rows with a day it is since the reading before, itself included.
        twice: Whether the entity has two rows of one day.
        left_out: That a row is about a day that does not count, where there are such days.
        problems: What may be wrong with a row beside its value.
    """

    bench: Bench[Any]
    by: list[str]
    rows: Rows
    there: nw.Expr
    flag: str
    day: nw.Expr
    place: nw.Expr
    gap: nw.Expr
    twice: nw.Expr
    left_out: list[Problem]
    problems: list[Problem]

    def begins(self, missing_ends_run: int) -> nw.Expr:
        """Return whether so many missing readings, or all there is, lie between each reading and the one before it."""
        return (self.place == 1) | (self.gap > missing_ends_run)


def readings(
    bench: Bench[Any], by: list[str], day: nw.Expr, has_value: nw.Expr, excluded: ExcludedDays = NO_DAYS
) -> Readings:
    """Return the readings of each entity, in order; those of days that do not count stand apart as if without a day.

    Args:
        bench: The frame.
        by: Columns that say of what entity a row is a reading.
        day: The day each row is about, as a number.
        has_value: Whether there is a value.
        excluded: Days that do not count.
    """
    left_out: list[Problem] = []
    if excluded:
        [is_out] = bench.keep(lies_in(day, excluded).fill_null(value=False))
        left_out, day = [(Why.NOT_COUNTED, is_out)], nw.when(~is_out).then(day)
    [dated] = bench.keep(~day.is_null())
    with_day = bench.ours[-1]
    [on] = bench.keep(nw.when(dated).then(day).otherwise(nw.lit(0, nw.Int64)))
    [there] = bench.keep(has_value & dated)
    flag = bench.ours[-1]
    written = in_order(bench, [*by, with_day], on)
    number_written = written.places()
    [day_before] = written.before(1, on)
    [again] = bench.keep(nw.when(dated & (day_before == on)).then(number(1)).otherwise(number(0)))
    [most] = bench.spread(by, again.max())
    [twice] = bench.keep(most > 0)
    rows = in_order(bench, [*by, flag], on)
    place = rows.places()
    [before] = rows.before(1, number_written)
    [gap] = bench.keep(number_written - before)
    problems: list[Problem] = [(Why.NO_DATE, ~dated), (Why.DATE_TWICE, twice)]
    return Readings(bench, by, rows, there, flag, on, place, gap, twice, left_out, problems)
