"""Figures in columns: what the readings of each entity come to in every week, month, quarter or year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Any, Final, Generic, TypeAlias, cast

import attrs
import narwhals.stable.v2 as nw

from goalmodel.checks import the, the_date
from goalmodel.exact import nearest_float
from goalmodel.frames.bench import (
    Bench,
    Days,
    Figure,
    Figures,
    Frame,
    NativeFrame,
    Problem,
    all_of,
    any_of,
    counted,
    number,
    on_bench,
    year_month_day,
)
from goalmodel.frames.settle import exactly, overwritten
from goalmodel.frames.wholes import SCALES, means_whole, nearest_whole, room_for
from goalmodel.frames.why import Why
from goalmodel.measure import Aggregation, EachPeriod, Period
from goalmodel.reprs import readable

_MONTHS: Final[Mapping[Period, int]] = MappingProxyType(
    {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
)
_ADDED: Final = (Aggregation.SUM, Aggregation.MEAN)

_Key: TypeAlias = tuple[Any, ...]
"""What a row belongs to: the entity, and the first day of the period."""


@readable
@attrs.frozen
class _Totals(Generic[NativeFrame]):
    """What is counted and added up of each period.

    Attributes:
        groups: A frame with a row a period.
        present: How many readings have a value.
        absent: How many were stated absent.
        bad: How many are no numbers.
        of_day: How many rows of one day there are at most.
        last: The last day of the period.
        values: What they come to; of what is added up a sum of whole numbers, their size and how many are not whole,
            for each scale, and the sum of floats.
    """

    groups: Bench[NativeFrame]
    present: nw.Expr
    absent: nw.Expr
    bad: nw.Expr
    of_day: nw.Expr
    last: nw.Expr
    values: Sequence[nw.Expr]

    @property
    def problems(self) -> list[Problem]:
        """What may be wrong with a period that has a day."""
        return [(Why.DATE_TWICE, self.of_day > 1), (Why.NOT_FINITE, self.bad > 0), (Why.NO_VALUE, self.present == 0)]

    def figure(self, how: Aggregation) -> tuple[nw.Expr, nw.Expr]:
        """Return what the readings come to, and whether it is the float nearest to that."""
        if how not in _ADDED:
            return self.values[0], nw.lit(value=True)
        *scaled, plain = self.values
        count = self.present if how is Aggregation.MEAN else number(1)
        figure, is_exact = plain / count, nw.lit(value=False)
        for at, scale in enumerate(SCALES):
            total, size, not_whole = scaled[3 * at : 3 * at + 3]
            [fits] = self.groups.keep((not_whole == 0) & (size < number(room_for(scale, 1))))
            # By a number that is the same in all rows Polars divides as by a literal, which rounds twice.
            [parts] = self.groups.keep(number(scale) * count + size * number(0))
            figure, is_exact = nw.when(fits).then(total / parts).otherwise(figure), is_exact | fits
        return figure, is_exact


def figures(
    frame: NativeFrame,
    *,
    by: str | Sequence[str],
    on: Days,
    value: Figures,
    window: EachPeriod,
    aggregation: Aggregation,
    as_of: dt.date,
) -> NativeFrame:
    """Return what the readings of each entity come to in every period until *as_of*: a row each.

    A row of *frame* is a reading, in any order; one without a value is an absence that was stated. Figures are judged
    as readings are: by `with_health`, `with_heading` on `end`, `attainment`; leave out those that are provisional.
    For a share of all cases add up numerator and denominator, each by itself, and divide. On Dask the rows of an entity
    are brought together first.

    Rules: FIG-1, FIG-2, FIG-3.

    Args:
        frame: Of any engine.
        by: The column or columns that say of what entity a row is a reading.
        on: The day each reading is about, one reading a day.
        value: What was read, in the measure's own unit.
        window: Every week, month, quarter, half year or year.
        aggregation: What several readings come to.
        as_of: The date of the judgement, at the end of the day; rows of a later day play no part.

    Returns:
        The same kind of frame, a row an entity and period in which something was read or stated absent: the columns
        *by*, `start` and `end`, the `figure`, on how many `readings` it rests, how many more are `absent`, whether it
        is `provisional`, and `why` there is none. A sum or mean is the float nearest to the exact one. Where readings
        have more than six places, or add up to more than 15 digits, floats can't do that: then it is computed from the
        rows where they are seen, and where they are not, `doubtful` marks it.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
        WrongType: *window* is another one than a period of the calendar.
    """
    periods, how = the(EachPeriod, window, "window"), the(Aggregation, aggregation, "aggregation")
    today = the_date(as_of, "as_of").toordinal()
    bench = on_bench(frame)
    if bench.is_dask:
        asked: dict[str, Any] = {"by": by, "on": on, "value": value, "window": window, "aggregation": how}
        return bench.by_entity(by, partial(figures, **asked, as_of=as_of))
    names = bench.keys(by)
    is_dated = not isinstance(on, str | nw.Expr) or bench.column(on, "on")[1] == nw.Date
    readings = _readings(bench, names, on, value, periods=periods, today=today)
    found = readings.totals(how)
    groups, first = found.groups, nw.col(readings.alike[-1])
    problems = [(Why.NO_DATE, first == 0), *found.problems]
    figure, is_exact = found.figure(how)
    fine, provisional = groups.keep(
        ~any_of(holds for _, holds in problems), (found.last > today) | ((found.absent > 0) & (found.present > 0))
    )
    [doubtful] = groups.keep(fine & ~is_exact)
    columns = {
        "start": _date(groups, first, is_dated=is_dated),
        "end": _date(groups, found.last, is_dated=is_dated),
        "figure": nw.when(fine).then(figure),
        "readings": found.present.cast(nw.Int64),
        "absent": found.absent.cast(nw.Int64),
        "provisional": provisional,
        "why": groups.why(fine, problems),
    }
    groups.ours.append(readings.alike[-1])
    if groups.is_lazy:
        return groups.done(**columns, doubtful=doubtful)
    return groups.close(readings.settled(groups.frame.with_columns(**columns), doubtful, how))


def _bounds(bench: Bench[Any], day: nw.Expr, periods: EachPeriod) -> list[nw.Expr]:
    """Return the first and the last day of the period each day lies in; 0 and 0 where there is no day."""
    if periods.period is Period.WEEK:
        [first] = bench.keep(day - _left(day - 1, 7))
        last = first + 6
    else:
        length = _MONTHS[periods.period]
        year, month, _ = year_month_day(bench, day)
        [months] = bench.keep(year * 12 + month - 1)
        [begins] = bench.keep(months - _left(months - (periods.starts_in - 1), length))
        first, last = _first_of(bench, begins), _first_of(bench, begins + length) - 1
    none = nw.lit(0, nw.Int64)
    return bench.keep(*(nw.when(day > 0).then(each).otherwise(none) for each in (first, last)))


def _left(whole: nw.Expr, by: int) -> nw.Expr:
    """Return what is left of a division; pandas has no operator for it where Arrow holds the numbers."""
    return whole - whole // by * by


def _first_of(bench: Bench[Any], months: nw.Expr) -> nw.Expr:
    year, month = bench.keep(months // 12, _left(months, 12) + 1)
    [first] = bench.keep(counted(year, month, 1))
    return first


def _date(bench: Bench[Any], ordinal: nw.Expr, *, is_dated: bool) -> nw.Expr:
    year, month, day = year_month_day(bench, ordinal)
    [digits] = bench.keep((year * 10_000 + month * 100 + day).cast(nw.String).str.zfill(8))
    found = nw.when(ordinal > 0).then(digits).str.to_datetime(format="%Y%m%d")
    return found.cast(nw.Date) if is_dated else found


@readable
@attrs.frozen
class _Readings(Generic[NativeFrame]):
    """The rows that play a part.

    Attributes:
        bench: The frame.
        alike: The columns in which the rows of a period are alike: those of the entity, and its first day.
        day: The column of their days; 0 where there is none.
        last: The last day of the period.
        read: What was read.
        present: Which rows have a value.
    """

    bench: Bench[NativeFrame]
    alike: list[str]
    day: str
    last: nw.Expr
    read: Figure
    present: nw.Expr

    def totals(self, how: Aggregation) -> _Totals[NativeFrame]:
        """Return what is counted and added up of each period."""
        # Computed row by row before it is added up: some engines drop a condition inside of a sum.
        problems = tuple(self.read.problems())
        [absent] = self.bench.keep(problems[0][1] if problems else nw.lit(value=False))
        flags = self.present, absent, ~self.present & ~absent
        counts = self.bench.keep(*(nw.when(flag).then(number(1)).otherwise(number(0)) for flag in flags), number(1))
        [of_day] = self.bench.spread([*self.alike, self.day], counts.pop().sum())
        totals = [*(column.sum() for column in counts), of_day.max(), self.last.max()]
        groups = self.bench.grouped(self.alike, *totals, *self._values(how))
        present, absent, bad, most, last, *values = groups.columns()
        return _Totals(groups, present, absent, bad, most, last, values)

    def _values(self, how: Aggregation) -> Iterator[nw.Expr]:
        """Yield what is to be added up of the readings of a period, or the one that is looked for."""
        bench, present, floats = self.bench, self.present, self.read.floats
        if how not in _ADDED:
            [value] = bench.keep(nw.when(self._latest() if how is Aggregation.LAST else present).then(floats))
            yield value.min() if how is Aggregation.LEAST else value.max()
            return
        for scale in SCALES:
            [scaled] = bench.keep(nw.when(present).then(floats * number(scale)).otherwise(number(0)))
            [whole] = bench.keep(nearest_whole(scaled))
            not_whole = nw.when(means_whole(scaled, whole)).then(number(0)).otherwise(number(1))
            yield from (column.sum() for column in bench.keep(whole, scaled.abs(), not_whole))
        [plain] = bench.keep(nw.when(present).then(floats).otherwise(number(0)))
        yield plain.sum()

    def _latest(self) -> nw.Expr:
        """Return which rows are the latest of their period that have a value."""
        day = nw.col(self.day)
        [seen] = self.bench.keep(nw.when(self.present).then(day).otherwise(nw.lit(0, nw.Int64)))
        [latest] = self.bench.spread(self.alike, seen.max())
        return self.present & (day == latest)

    def settled(self, judged: Frame, doubtful: nw.Expr, how: Aggregation) -> Frame:
        """Return the figures, those that floats only come near to computed from exact numbers."""
        frame = cast("nw.DataFrame[Any]", judged)
        rows = frame.select(mark=doubtful)["mark"].arg_true().to_list()
        if not rows:
            return frame
        keys = [_key(key) for key in frame.select(*self.alike).rows()]
        readings: dict[_Key, list[Fraction]] = {keys[row]: [] for row in rows}
        [value] = self.bench.keep(self.read.expr)
        for *key, cell in cast("nw.DataFrame[Any]", self.bench.frame).select(*self.alike, value).rows():
            number_read = exactly(self.read, cell) if _key(key) in readings else None
            if number_read is not None:
                readings[_key(key)].append(number_read)
        sums = ((sum(readings[keys[row]], Fraction(0)), len(readings[keys[row]])) for row in rows)
        cells = [(nearest_float(total / (count if how is Aggregation.MEAN else 1)),) for total, count in sums]
        return overwritten(frame, ("figure",), rows, cells)


def _readings(
    bench: Bench[NativeFrame], names: list[str], on: Days, value: Figures, *, periods: EachPeriod, today: int
) -> _Readings[NativeFrame]:
    """Return the rows until *today*, with the period each lies in."""
    [day] = bench.keep(bench.days(on, "on").fill_null(0).cast(nw.Int64))
    name = bench.ours[-1]
    bench.frame = bench.frame.filter(day <= today)
    read = bench.figure(value, "value", Why.NO_VALUE)
    _, last = _bounds(bench, day, periods)
    alike = [*names, bench.ours[-2]]
    [present] = bench.keep(all_of([read.is_fine]).fill_null(value=False))
    return _Readings(bench, alike, name, last, read, present)


def _key(cells: Sequence[Any]) -> _Key:
    """Return what a row belongs to; NaN, which is not itself, as none."""
    return tuple(None if cell != cell else cell for cell in cells)  # noqa: PLR0124 - NaN is no number, and not itself
