"""Rows in their order: what stood before a row of the same entity, and what came together until then."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import narwhals.stable.v2 as nw

from goalmodel.frames.bench import Bench, number
from goalmodel.frames.wholes import nearest_whole


@attrs.frozen
class Ordered:
    """The rows of each entity, oldest first, by windows with an order.

    Attributes:
        bench: The frame.
        by: Columns that say what a row belongs to.
        day: The column that orders the rows.
    """

    bench: Bench
    by: Sequence[str]
    day: str

    def before(self, rows: int, *columns: nw.Expr) -> list[nw.Expr]:
        """Return what stood so many rows before in each of *columns*; null where nothing did."""
        return self.bench.keep(*(column.shift(rows).over(*self.by, order_by=self.day) for column in columns))

    def so_far(self, *columns: nw.Expr) -> list[nw.Expr]:
        """Return the sum of each of *columns*, numbers without a null, up to each row."""
        return self.bench.keep(*(column.cum_sum().over(*self.by, order_by=self.day) for column in columns))

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


@attrs.frozen
class Sorted:
    """The same where there are no windows with an order, as in PyArrow: the whole frame is sorted once.

    Attributes:
        bench: The frame, sorted by entity and day.
        by: Columns that say what a row belongs to.
        row: The number of each row of the frame.
    """

    bench: Bench
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
        begun = self.bench.keep(*(column.max().over(*self.by) for column in before))
        return self.bench.keep(*((ran - start).cast(nw.Float64) for ran, start in zip(total, begun, strict=True)))

    def places(self) -> nw.Expr:
        """Return the place of each row, from 1 on."""
        [first] = self.bench.keep(self.row.min().over(*self.by))
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


Rows = Ordered | Sorted
"""The rows of each entity, oldest first."""


def in_order(bench: Bench, by: Sequence[str], day: nw.Expr) -> Rows:
    """Return the rows of each entity in the order of their days.

    Args:
        bench: The frame.
        by: Columns that say what a row belongs to.
        day: The day of each row, as a number.
    """
    [kept] = bench.keep(day)
    name = bench.ours[-1]
    if bench.frame.implementation is not nw.Implementation.PYARROW:
        return Ordered(bench, by, name)
    [row] = bench.sort(*by, name)
    return Sorted(bench, by, row)
