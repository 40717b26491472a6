"""The bench: a user's frame while columns are added to it, and what may stand in a column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import chain, count
from typing import Any, Final, Generic, TypeAlias, TypeVar, cast

import attrs
import narwhals.stable.v2 as nw

from goalmodel.checks import the, the_date
from goalmodel.errors import NotAFrame, UnknownColumn, UnreadableColumn
from goalmodel.exact import Number, exact, nearest_float
from goalmodel.frames.cuts import GREATEST, cut_float, last_float
from goalmodel.frames.why import Why
from goalmodel.reprs import readable

Figures: TypeAlias = str | Number | nw.Expr
"""Numbers of a frame: the name of a column, one number for all rows, or a narwhals expression."""

Days: TypeAlias = str | dt.date | nw.Expr
"""Dates of a frame: the name of a column, one date for all rows, or a narwhals expression."""

Problem: TypeAlias = tuple[Why, nw.Expr]
"""What may be wrong with a row, and in which rows it is."""

NativeFrame = TypeVar("NativeFrame")
"""A frame of any engine: what comes in goes out."""

Frame: TypeAlias = nw.DataFrame[Any] | nw.LazyFrame[Any]

_NUMBER: Final = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"
"""A text that every engine reads as the same number."""

_SINGLE: Final = (
    "a column of Float64 or of whole numbers: a Float32 keeps 6 digits, so that 8.7 is 8.699999809 in it; "
    "cast it to Float64 and round it to the decimals that are meant"
)
_DECIMAL: Final = "a column of Float64 or of whole numbers: cast it to Float64, which keeps 15 digits"
_WIDE: Final = "a column of whole numbers of 64 bits with a sign: cast it to Int64"
_OTHER: Final = "a column of Float64, of whole numbers or of text"
_TOO_WIDE: Final = (nw.UInt64, nw.Int128, nw.UInt128)
_NO_DATES: Final = "a column of dates"


@readable
@attrs.frozen
class Figure:
    """A column of numbers as it is judged.

    Attributes:
        expr: The numbers, as Float64; whole numbers of a column as they are.
        given: The column as it came.
        known: The one number for all rows; None where they may differ.
        is_whole: Whether the column holds whole numbers.
        missing: What is said of a row without a number.
        is_text: Whether the numbers were texts.
    """

    expr: nw.Expr
    given: nw.Expr
    known: Fraction | None
    is_whole: bool
    missing: Why
    is_text: bool = False

    @property
    def floats(self) -> nw.Expr:
        """The numbers as Float64."""
        return self.expr.cast(nw.Float64) if self.is_whole else self.expr

    @property
    def is_there(self) -> nw.Expr:
        """Whether there is a number, finite or not."""
        if self.known is not None:
            return nw.lit(value=True)
        return ~(self.expr.is_null() if self.is_whole else _is_missing(self.expr))

    @property
    def is_fine(self) -> nw.Expr | None:
        """Whether there is a finite number; None where that is known."""
        if self.known is not None:
            return None
        if self.is_whole:
            return ~self.expr.is_null()
        # A comparison with both ends says the same of null, NaN and infinity on every engine.
        return self.expr.is_between(-GREATEST, GREATEST).fill_null(value=False)

    def problems(self) -> Iterator[Problem]:
        """Yield what may be wrong with a row, and where it is."""
        if self.known is not None:
            return
        yield self.missing, self.given.is_null() if self.is_whole or self.is_text else _is_missing(self.expr)
        if self.is_text:
            yield Why.NOT_A_NUMBER, self.expr.is_null()
        if not self.is_whole:
            yield Why.NOT_FINITE, ~self.expr.is_between(-GREATEST, GREATEST)

    def reaches(self, cut: Fraction) -> nw.Expr:
        """Return whether each number is at or above *cut*, exactly; said of rows that are fine."""
        if self.is_whole:
            return _whole_reaches(self.expr, -(-cut.numerator // cut.denominator))
        least = cut_float(cut)
        return self.expr >= number(least) if least <= GREATEST else self.expr > number(GREATEST)

    def exceeds(self, cut: Fraction) -> nw.Expr:
        """Return whether each number lies above *cut*, exactly; said of rows that are fine."""
        if self.is_whole:
            return _whole_reaches(self.expr, cut.numerator // cut.denominator + 1)
        greatest = last_float(cut)
        return self.expr > number(greatest) if greatest >= -GREATEST else self.expr >= number(-GREATEST)


@attrs.define
class Bench(Generic[NativeFrame]):
    """A user's frame, and beside its columns those that are ours until the work is done.

    Attributes:
        frame: The frame.
        names: Names for columns of ours.
        ours: Those that are in use.
        groups: Columns of ours that number the rows of one group alike, by what makes a group; only in PyArrow.
        is_planned: Whether rows that are seen wait until all that is asked of them is known.
    """

    frame: Frame
    names: Iterator[str]
    ours: list[str]
    groups: dict[tuple[str, ...], str] = attrs.field(factory=dict)
    is_planned: bool = False

    @property
    def is_lazy(self) -> bool:
        """Whether rows are seen only when the user asks for them, somewhere else perhaps."""
        return isinstance(self.frame, nw.LazyFrame) and not self.is_planned

    @property
    def is_dask(self) -> bool:
        """Whether windows with an order are no expressions, but rows of an entity can be brought together."""
        return self.frame.implementation.is_dask()

    @property
    def no_doubt(self) -> dict[str, nw.Expr]:
        """The column that says of no row that it is doubtful, where there has to be one."""
        return {"doubtful": nw.lit(value=False)} if self.is_lazy else {}

    def plan(self) -> None:
        """Let what follows be computed at once, where the engine can: in less time, and with fewer columns alive."""
        if isinstance(self.frame, nw.DataFrame) and self.frame.implementation.is_polars():
            self.frame, self.is_planned = self.frame.lazy(), True

    def keep(self, *expressions: nw.Expr) -> list[nw.Expr]:
        """Return *expressions* as columns that are computed once."""
        named = {next(self.names): expression for expression in expressions}
        if named:
            self.frame = self.frame.with_columns(**named)
        self.ours.extend(named)
        return [nw.col(name) for name in named]

    def only(self, since: int, *expressions: nw.Expr) -> list[nw.Expr]:
        """Keep *expressions*, and let go of those columns of ours that were kept *since* there were so many.

        Where rows are not seen what nobody asks for is not computed: there is nothing to let go of.
        """
        found = self.keep(*expressions)
        if isinstance(self.frame, nw.DataFrame):
            self.frame = self.frame.drop(*self.ours[since : -len(expressions)])
            del self.ours[since : -len(expressions)]
        return found

    def spread(self, by: Sequence[str], *totals: nw.Expr) -> list[nw.Expr]:
        """Return *totals*, each an aggregate of one column, of the rows alike in the columns *by*, beside each of them.

        In PyArrow a window is a join, and the rows of a large one come back in no order: totals are fetched by the
        number of their group.
        """
        if not self.frame.implementation.is_pyarrow():
            return self.keep(*(total.over(*by) for total in totals))
        group = self.groups.get(tuple(by)) or self._numbered(by)
        named = {next(self.names): total for total in totals}
        frame = cast("nw.DataFrame[Any]", self.frame)
        found, of_group = frame.group_by(group).agg(**named).sort(group), frame[group]
        self.frame = frame.with_columns(*(found[name][of_group].alias(name) for name in named))
        self.ours.extend(named)
        return [nw.col(name) for name in named]

    def _numbered(self, by: Sequence[str]) -> str:
        """Keep and return a column that numbers groups in their order, from 0 on; nulls are alike."""
        row, first, group = (next(self.names) for _ in range(3))
        frame = cast("nw.DataFrame[Any]", self.frame)
        rows = frame.select(*by).with_row_index(row).sort(*by).with_row_index(first)
        columns = [(nw.col(name), nw.col(name).shift(1)) for name in by]
        differ = [(now.is_null() != was.is_null()) | (now != was).fill_null(value=False) for now, was in columns]
        starts = nw.when((nw.col(first) > 0) & any_of(differ)).then(nw.lit(1, nw.Int64)).otherwise(nw.lit(0, nw.Int64))
        numbers = rows.with_columns(starts.alias(group)).with_columns(nw.col(group).cum_sum()).sort(row)
        self.frame = frame.with_columns(numbers[group])
        self.ours.append(group)
        self.groups[tuple(by)] = group
        return group

    def keys(self, by: str | Sequence[str]) -> list[str]:
        """Return the names of the columns that say what a row belongs to.

        Raises:
            UnknownColumn: There is no such column.
        """
        names = [by] if isinstance(by, str) else [the(str, name, "by") for name in by]
        for name in names:
            self.column(name, "by")
        return names

    def sort(self, *names: str) -> list[nw.Expr]:
        """Sort the frame, and return the number each row has then; only where rows are seen."""
        row = next(self.names)
        self.ours.append(row)
        self.frame = cast("nw.DataFrame[Any]", self.frame).sort(*names).with_row_index(row)
        return self.keep(nw.col(row).cast(nw.Int64))

    def by_entity(self, by: str | Sequence[str], judge: Callable[[Any], Any]) -> NativeFrame:
        """Return what *judge* makes of a Dask frame once all rows of an entity are in one part of it.

        Windows with an order are no expressions there: pandas judges each part.
        """
        native: Any = self.frame.to_native()
        together = native.shuffle(on=self.keys(by))
        found: NativeFrame = together.map_partitions(judge, meta=judge(native._meta))  # noqa: SLF001 - how Dask says it
        return found

    def grouped(self, by: Sequence[str], *totals: nw.Expr) -> Bench[NativeFrame]:
        """Return the bench with a row for each value of the columns *by*, and *totals* as columns of ours."""
        named = {next(self.names): total for total in totals}
        return Bench(self.frame.group_by(*by).agg(**named), self.names, list(named))

    def columns(self) -> list[nw.Expr]:
        """Return the columns of ours."""
        return [nw.col(name) for name in self.ours]

    def done(self, **columns: nw.Expr) -> NativeFrame:
        """Return the user's frame with *columns* and without ours."""
        return self.close(self.frame.with_columns(**columns))

    def close(self, frame: Frame) -> NativeFrame:
        """Return *frame* as the user's kind, without columns of ours."""
        return cast("NativeFrame", self.seen(frame.drop(*self.ours)).to_native())

    def seen(self, frame: Frame) -> Frame:
        """Return *frame* with its rows, where they only waited."""
        return frame.collect() if self.is_planned and isinstance(frame, nw.LazyFrame) else frame

    def divisor(self, value: Fraction, beside: nw.Expr) -> nw.Expr:
        """Return one number to divide by; where there is none *beside* it, there may be none."""
        [column] = self.keep(self.as_column(number(nearest_float(value)), beside))
        return column

    def as_column(self, numbers: nw.Expr, beside: nw.Expr) -> nw.Expr:
        """Return *numbers* that may be the same in all rows, to be divided by.

        By such a number Polars divides by multiplying with its reciprocal, and that rounds twice: so it is made to
        depend on a column.
        """
        return numbers + beside * number(0) if self.frame.implementation.is_polars() else numbers

    def holds_everywhere(self, *conditions: nw.Expr) -> bool:
        """Return whether *conditions* are seen to hold in all rows; never where rows are not seen."""
        if not isinstance(self.frame, nw.DataFrame):
            return False
        return all(bool(self.frame.select(a=condition.all())["a"].item()) for condition in conditions)

    def either(self, likely: nw.Expr, otherwise: nw.Expr) -> nw.Expr:
        """Return whether one of two conditions holds; the second is computed only where the *likely* one does not."""
        is_so, true = likely.fill_null(value=False), nw.lit(value=True)
        if isinstance(self.frame, nw.DataFrame):
            [is_so] = self.keep(is_so)
        return true if self.holds_everywhere(is_so) else nw.when(is_so).then(true).otherwise(otherwise)

    def why(self, fine: nw.Expr, problems: Iterable[Problem]) -> nw.Expr:
        """Return the code of the first of *problems* that holds in each row; null where all is *fine*."""
        code = nw.lit(None, nw.String)
        if self.holds_everywhere(fine):
            return code
        for why, holds in reversed(tuple(problems)):
            code = nw.when(holds).then(nw.lit(str(why.value))).otherwise(code)
        return nw.when(~fine).then(code)

    def figure(self, given: Figures, field: str, missing: Why) -> Figure:
        """Return a column of numbers, one number, or an expression as it is judged.

        Raises:
            UnknownColumn: There is no such column.
            UnreadableColumn: It holds what can't be read exactly.
        """
        if not isinstance(given, str | nw.Expr):
            known = exact(given, field)
            column = number(nearest_float(known))
            return Figure(column, column, known, is_whole=False, missing=missing)
        column, kind = self.column(given, field)
        if kind == nw.Float64:
            return Figure(column, column, None, is_whole=False, missing=missing)
        if kind.is_integer() and not isinstance(kind, _TOO_WIDE):
            return Figure(column.cast(nw.Int64), column, None, is_whole=True, missing=missing)
        if kind == nw.String:
            [read] = self.keep(nw.when(column.str.contains(_NUMBER)).then(column).cast(nw.Float64))
            return Figure(read, column, None, is_whole=False, missing=missing, is_text=True)
        raise UnreadableColumn(field, _named(given, kind), _way_out(kind))

    def days(self, given: Days, field: str) -> nw.Expr:
        """Return dates as days since the beginning of the calendar: ordinals are compared alike on every engine.

        Raises:
            UnknownColumn: There is no such column.
            UnreadableColumn: It holds no dates.
            NotADate: A single date has a time of day, or is none.
        """
        if not isinstance(given, str | nw.Expr):
            return nw.lit(the_date(given, field).toordinal(), nw.Int64)
        column, kind = self.column(given, field)
        if not (kind == nw.Date or kind == nw.Datetime):  # noqa: PLR1714 - each compares as a class of its own
            raise UnreadableColumn(field, _named(given, kind), _NO_DATES)
        return ordinal(column)

    def column(self, given: str | nw.Expr, field: str) -> tuple[nw.Expr, nw.dtypes.DType]:
        """Return a column of the frame, or an expression as one, and of what type it is.

        Raises:
            UnknownColumn: There is no such column.
        """
        if isinstance(given, nw.Expr):
            [column] = self.keep(given)
            return column, self.frame.collect_schema()[self.ours[-1]]
        schema = self.frame.collect_schema()
        if given not in schema:
            theirs = [name for name in schema.names() if name not in self.ours]
            raise UnknownColumn(field, given, f"one of the columns {', '.join(theirs)}")
        return nw.col(given), schema[given]


def on_bench(native: NativeFrame) -> Bench[NativeFrame]:
    """Return the bench for a frame of any engine.

    Raises:
        NotAFrame: *native* is not a frame.
    """
    try:
        frame: Frame = nw.from_native(cast("Any", native))
    except TypeError:
        raise NotAFrame("frame", native) from None
    taken = frozenset(frame.collect_schema().names())
    names = (name for name in (f"_goalmodel_{at}" for at in count()) if name not in taken)
    return Bench(frame, names, [])


def number(value: float) -> nw.Expr:
    """Return one number for all rows. SQL engines take a bare one for a decimal, and would compute in decimals."""
    return nw.lit(float(value), nw.Float64)


EXACT_BELOW: Final = number(2**53)
"""Whole numbers that are less than this, without sign, are exact as floats."""


def fold(combine: Callable[[nw.Expr, nw.Expr], nw.Expr], columns: Sequence[nw.Expr]) -> nw.Expr:
    """Combine *columns* two and two, so that the expression is not deep: a remote engine reads it only so far down."""
    while len(columns) > 1:
        columns = [reduce(combine, columns[at : at + 2]) for at in range(0, len(columns), 2)]
    return columns[0]


def all_of(conditions: Iterable[nw.Expr | None]) -> nw.Expr:
    """Return whether all *conditions* hold in each row; None is one that always does."""
    return fold(_both, [each for each in conditions if each is not None] or [nw.lit(value=True)])


def any_of(conditions: Iterable[nw.Expr]) -> nw.Expr:
    """Return whether any of *conditions* holds in each row."""
    return fold(_either, [*conditions] or [nw.lit(value=False)])


def _both(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return one & other


def _either(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return one | other


def ordinal(day: nw.Expr) -> nw.Expr:
    """Return the days since the beginning of the calendar, as `datetime.date.toordinal` counts them.

    Source: the Julian day number of a Gregorian date, Fliegel and Van Flandern (1968), with March as first month.
    """
    # Where there is no day pandas has no whole numbers: until the end it is some day.
    parts = (day.dt.year(), day.dt.month(), day.dt.day())
    year, month, of_month = (part.fill_null(1).cast(nw.Int64) for part in parts)
    return nw.when(~day.is_null()).then(counted(year, month, of_month))


def counted(year: nw.Expr, month: nw.Expr, day: nw.Expr | int) -> nw.Expr:
    """Return the days since the beginning of the calendar until a day that is there."""
    before_march = nw.when(month <= 2).then(nw.lit(1)).otherwise(nw.lit(0))  # noqa: PLR2004 - February
    years, months = year + 4800 - before_march, month + 12 * before_march - 3
    leap = years // 4 - years // 100 + years // 400
    return (153 * months + 2) // 5 + 365 * years + leap - 1_753_470 + day


def year_month_day(bench: Bench[Any], *ordinals: nw.Expr) -> list[tuple[nw.Expr, nw.Expr, nw.Expr]]:
    """Return the year, the month and the day of the month of days since the beginning of the calendar.

    Each step is kept, for all *ordinals* at once: written out in one expression they would be hundreds of times as
    long, and a plan of too many steps is too deep for Spark.

    Source: as `ordinal`, the other way round.
    """
    days = bench.keep(*(each + 1_753_469 for each in ordinals))
    centuries = bench.keep(*((4 * each + 3) // 146_097 for each in days))
    of_century = bench.keep(*(each - 146_097 * of // 4 for each, of in zip(days, centuries, strict=True)))
    years = bench.keep(*((4 * each + 3) // 1_461 for each in of_century))
    of_year = bench.keep(*(each - 1_461 * of // 4 for each, of in zip(of_century, years, strict=True)))
    months = bench.keep(*((5 * each + 2) // 153 for each in of_year))
    parts = zip(centuries, years, of_year, months, strict=True)
    found = bench.keep(
        *chain.from_iterable(
            (
                100 * century + year - 4800 + month // 10,
                month + 3 - 12 * (month // 10),
                day - (153 * month + 2) // 5 + 1,
            )
            for century, year, day, month in parts
        )
    )
    return list(zip(found[::3], found[1::3], found[2::3], strict=True))


def _is_missing(number: nw.Expr) -> nw.Expr:
    return number.is_null() | number.is_nan()


def _whole_reaches(column: nw.Expr, least: int) -> nw.Expr:
    greatest = 2**63 - 1
    if least > greatest:
        return column.is_null() & ~column.is_null()
    return column >= max(least, -greatest)


def _way_out(kind: nw.dtypes.DType) -> str:
    """Return what to do about a column whose numbers can't be read exactly."""
    if kind.is_float():
        return _SINGLE
    if kind.is_decimal():
        return _DECIMAL
    return _WIDE if kind.is_integer() else _OTHER


def _named(given: str | nw.Expr, kind: nw.dtypes.DType) -> str:
    return f"{given} of type {kind}" if isinstance(given, str) else f"an expression of type {kind}"
