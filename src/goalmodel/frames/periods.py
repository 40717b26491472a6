"""Figures in columns: what the readings of each entity come to over each window."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, Final, Generic, cast, final

import attrs
import narwhals.stable.v2 as nw

from goalmodel.checks import the, the_date
from goalmodel.exact import nearest_float
from goalmodel.frames.adding import SIZE, Sums, sums, to_add, weighed
from goalmodel.frames.agreed import lies_in
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
    number,
    on_bench,
)
from goalmodel.frames.calendars import NO_DAY, bounds, dates
from goalmodel.frames.cuts import GREATEST
from goalmodel.frames.rolling import ROLLING, Rolling, reach, summed
from goalmodel.frames.settle import Entity, entity, exactly, overwritten
from goalmodel.frames.why import Why
from goalmodel.measure import (
    Aggregation,
    EachPeriod,
    EachReading,
    Exclusion,
    LastDays,
    LastMonths,
    LastReadings,
    StatedPeriods,
    ToDate,
    Window,
)
from goalmodel.measure.aggregation import combined
from goalmodel.measure.exclusion import ExcludedDays, agreed_by, excluded_days, the_exclusions
from goalmodel.measure.figure import the_window
from goalmodel.measure.row import Row
from goalmodel.reprs import readable

_ADDED: Final = (Aggregation.SUM, Aggregation.MEAN)
_LEADING: Final = (Aggregation.GREATEST, Aggregation.LEAST)
_NEVER: Final = dt.date.max.toordinal() + 1


@readable
@attrs.frozen(kw_only=True)
class _Totals(Generic[NativeFrame]):
    """What is counted and added up of each time.

    Attributes:
        groups: A frame with a row a time.
        first: The first day of the time; 0 where rows have no day.
        last: The last one.
        present: How many readings have a value.
        absent: How many were stated absent.
        bad: How many are no numbers.
        twice: How many have another of their day.
        is_incomplete: Whether its time is not over, or does not go back far enough.
        unweighted: How many have no weight; None where none is asked for.
        come_to: What they add up to, or the one of them they come to.
    """

    groups: Bench[NativeFrame]
    first: nw.Expr
    last: nw.Expr
    present: nw.Expr
    absent: nw.Expr
    bad: nw.Expr
    twice: nw.Expr
    is_incomplete: nw.Expr
    come_to: nw.Expr | Sums
    unweighted: nw.Expr | None = None

    @property
    def problems(self) -> list[Problem]:
        """What may be wrong with a time."""
        return [
            (Why.NO_DATE, self.first == 0),
            (Why.DATE_TWICE, self.twice > 0),
            (Why.NOT_FINITE, self.bad > 0),
            *([] if self.unweighted is None else [(Why.NO_WEIGHT, self.unweighted > 0)]),
            (Why.NO_VALUE, self.present == 0),
        ]

    def figure(self, how: Aggregation) -> tuple[nw.Expr, nw.Expr]:
        """Return what the readings come to, and whether it is the float nearest to that."""
        if isinstance(self.come_to, nw.Expr):
            return self.come_to, nw.lit(value=True)
        # By a number that is the same in all rows Polars divides as by a literal, which rounds twice.
        count = self.present if how is Aggregation.MEAN else self.present * number(0) + number(1)
        return self.come_to.over(self.groups, count)


def figures(
    frame: NativeFrame,
    *,
    by: str | Sequence[str],
    on: Days,
    value: Figures,
    window: Window,
    aggregation: Aggregation,
    as_of: dt.date,
    weight: Figures | None = None,
    exclusions: Exclusion | Iterable[Exclusion] = (),
) -> NativeFrame:
    """Return what the readings of each entity come to over each window until *as_of*: a row each.

    A row of *frame* is a reading, in any order; one without a value is an absence that was stated. Figures are judged
    as readings are: by `with_health`, `with_heading` on `end`, `attainment`; leave out those that are provisional.
    On Dask the rows of an entity are brought together first.

    Rules: FIG-1, FIG-2, FIG-3, TIME-3.

    Args:
        frame: Of any engine.
        by: The column or columns that say of what entity a row is a reading.
        on: The day each reading is about, one reading a day.
        value: What was read, in the measure's own unit.
        window: Over what time: each reading, every period, the last readings, days or months, the period to date.
        aggregation: What several readings come to.
        as_of: The date of the judgement, at the end of the day; rows of a later day play no part.
        weight: How many cases are behind each reading, above 0: a mean counts it so many times, and a time of which a
            reading has none has no figure. Nothing else asks for weights. None where each counts alike.
        exclusions: Days agreed not to count, for all entities: what was agreed until *as_of* is known, and rows of
            these days play no part.

    Returns:
        The same kind of frame, a row an entity and period in which something was read or stated absent; of what rolls
        or is to date a row a reading. It has the columns *by*, `start` and `end`, the `figure`, on how many `readings`
        it rests, how many more are `absent`, whether it is `provisional`, and `why` there is none. A sum or mean is the
        float nearest to the exact one. Where readings have more than six places, cases are not whole, or all of a
        period, or all of what rolls, adds up to more than 15 digits, floats can't do that: then it is computed from the
        rows where they are seen, and where they are not, `doubtful` marks it.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
        WrongType: *window* or *aggregation* is none.
    """
    over, how = the_window(window), the(Aggregation, aggregation, "aggregation")
    today = the_date(as_of, "as_of").toordinal()
    agreed = agreed_by(the_exclusions(exclusions, "exclusions"), as_of)
    bench = on_bench(frame)
    if bench.is_dask:
        asked: dict[str, Any] = {"by": by, "on": on, "value": value, "window": over, "aggregation": how}
        asked["weight"] = weight
        return bench.by_entity(by, partial(figures, **asked, as_of=as_of, exclusions=agreed))
    names = bench.keys(by)
    is_dated = not isinstance(on, str | nw.Expr) or bench.column(on, "on")[1] == nw.Date
    cases = weight if how is Aggregation.MEAN else None
    readings = _readings(bench, names, on, value, cases, today=today, excluded=excluded_days(agreed))
    found = readings.rolling(over, how) if isinstance(over, ROLLING) else readings.of_periods(over, how, today)
    groups, problems = found.groups, found.problems
    figure, is_exact = found.figure(how)
    fine, provisional = groups.keep(~any_of(holds for _, holds in problems), found.is_incomplete)
    [doubtful] = groups.keep(fine & ~is_exact)
    start, end = dates(groups, found.first, found.last, is_dated=is_dated)
    columns = {
        "start": start,
        "end": end,
        "figure": nw.when(fine).then(figure),
        "readings": found.present.cast(nw.Int64),
        "absent": found.absent.cast(nw.Int64),
        "provisional": provisional,
        "why": groups.why(fine, problems),
    }
    if groups.is_lazy:
        return groups.done(**columns, doubtful=doubtful)
    return groups.close(readings.settled(found, groups.frame.with_columns(**columns), doubtful, how))


@readable
@attrs.frozen
class _Readings(Generic[NativeFrame]):
    """The rows that play a part.

    Attributes:
        bench: The frame.
        names: The columns that say of what entity a row is a reading.
        day: The column of their days; 0 where there is none.
        read: What was read.
        present: Which rows have a value.
        counts: Ones of those that have a value, of those that are stated absent, of those that are no numbers, and,
            where there are weights, of those without one.
        weight: How many cases are behind each; None where each counts alike.
    """

    bench: Bench[NativeFrame]
    names: list[str]
    day: str
    read: Figure
    present: nw.Expr
    counts: list[nw.Expr]
    weight: Figure | None

    def of_periods(self, window: EachPeriod | StatedPeriods, how: Aggregation, today: int) -> _Totals[NativeFrame]:
        """Return what is counted and added up of each period."""
        bench, day = self.bench, nw.col(self.day)
        first, last = bounds(bench, day, window)
        alike = [*self.names, bench.ours[-2]]
        if isinstance(window, StatedPeriods):
            bench.frame = bench.frame.filter((first > 0) | (day == 0))
        [twice] = bench.keep(self._twice())
        one, added = [] if how in _ADDED else [self._one(how, alike)], self._added(how)
        totals = [column.sum() for column in (*self.counts, twice, *added)]
        groups = bench.grouped(alike, *totals, last.max(), *(self._of(how, column) for column in one))
        present, absent, bad, *rest = groups.columns()
        unweighted, twice, rest = self._unweighted(rest)
        at = len(added)
        [is_incomplete] = groups.keep((rest[at] > today) | ((absent > 0) & (present > 0)))
        groups.ours.append(alike[-1])
        return _Totals(
            groups=groups,
            first=nw.col(alike[-1]),
            last=rest[at],
            present=present,
            absent=absent,
            bad=bad,
            twice=twice,
            is_incomplete=is_incomplete,
            come_to=rest[at + 1] if one else self._sums(groups, rest[:at]),
            unweighted=unweighted,
        )

    def rolling(self, window: Rolling, how: Aggregation) -> _Totals[NativeFrame]:
        """Return what is counted and added up over the time of each reading."""
        bench, day = self.bench, nw.col(self.day)
        absences = self.counts[1]
        is_reading = (absences == 0) & (day > 0)
        back = reach(bench, self.names, day, is_reading, window)
        if isinstance(window, ToDate) and isinstance(window.periods, StatedPeriods):
            bench.frame = bench.frame.filter((back.first > 0) | (day == 0))
        [twice] = bench.keep(self._twice())
        [dated] = bench.keep(nw.when(day > 0).then(day).otherwise(nw.lit(_NEVER, nw.Int64)))
        [begun] = bench.spread(self.names, dated.min())
        added, most, carried = self._added(how), None, [back.first, begun]
        sizes = added.pop(SIZE) if added else None
        if how in _LEADING:
            lowest = number(-GREATEST)
            [most] = bench.keep(nw.when(self.present & (day > 0)).then(self._signed(how)).otherwise(lowest))
        elif how is Aggregation.LAST:
            carried += bench.keep(nw.when(self.present).then(self.read.floats))
        asks = nw.lit(value=True) if isinstance(window, EachReading) else is_reading | (day == 0)
        found = summed(
            bench,
            self.names,
            self.day,
            back,
            asks,
            added=[*self.counts, twice, *added],
            most=most,
            sizes=sizes,
            carried=carried,
        )
        groups, (present, absent, bad, *rest) = found.bench, found.totals
        unweighted, twice, rest = self._unweighted(rest)
        first, begun, *last = found.carried
        if found.running is not None:
            rest.insert(SIZE, found.running)
        if isinstance(window, LastReadings):
            is_incomplete = present < window.count
        else:
            is_incomplete = (absent > 0) & (present > 0)
            if isinstance(window, LastDays | LastMonths):
                is_incomplete = is_incomplete | (first < begun)
        one = last[0] if last else found.most
        if how is Aggregation.LEAST and one is not None:
            one = one * number(-1)
        [kept] = groups.keep(nw.when(nw.col(self.day) > 0).then(first).otherwise(NO_DAY))
        groups.ours.append(self.day)
        return _Totals(
            groups=groups,
            first=kept,
            last=nw.col(self.day),
            present=present,
            absent=absent,
            bad=bad,
            twice=twice,
            is_incomplete=is_incomplete,
            come_to=self._sums(groups, rest) if one is None else one,
            unweighted=unweighted,
        )

    def _twice(self) -> nw.Expr:
        """Return ones of the rows that have another of their day."""
        [one] = self.bench.keep(number(1))
        [of_day] = self.bench.spread([*self.names, self.day], one.sum())
        return nw.when((of_day > 1) & (nw.col(self.day) > 0)).then(number(1)).otherwise(number(0))

    def _unweighted(self, counted: Sequence[nw.Expr]) -> tuple[nw.Expr | None, nw.Expr, list[nw.Expr]]:
        """Return of what was counted how many have no weight, how many have another of their day, and the rest."""
        unweighted, *rest = [None, *counted] if self.weight is None else counted
        twice, *others = (each for each in rest if each is not None)
        return unweighted, twice, others

    def _added(self, how: Aggregation) -> list[nw.Expr]:
        """Return what is to be added up of the readings."""
        if how not in _ADDED:
            return []
        return to_add(self.bench, self.read, self.present, None if self.weight is None else self.weight.floats)

    def _sums(self, groups: Bench[NativeFrame], totals: Sequence[nw.Expr]) -> Sums:
        return sums(groups, totals, is_weighted=self.weight is not None)

    def _signed(self, how: Aggregation) -> nw.Expr:
        return self.read.floats * number(-1) if how is Aggregation.LEAST else self.read.floats

    def _one(self, how: Aggregation, alike: Sequence[str]) -> nw.Expr:
        """Return the readings among which the one is that those of a period come to."""
        [value] = self.bench.keep(
            nw.when(self._latest(alike) if how is Aggregation.LAST else self.present).then(self.read.floats)
        )
        return value

    def _of(self, how: Aggregation, column: nw.Expr) -> nw.Expr:
        return column.min() if how is Aggregation.LEAST else column.max()

    def _latest(self, alike: Sequence[str]) -> nw.Expr:
        """Return which rows are the latest of their period that have a value."""
        day = nw.col(self.day)
        [seen] = self.bench.keep(nw.when(self.present).then(day).otherwise(NO_DAY))
        [latest] = self.bench.spread(alike, seen.max())
        return self.present & (day == latest)

    def settled(self, found: _Totals[NativeFrame], judged: Frame, doubtful: nw.Expr, how: Aggregation) -> Frame:
        """Return the figures, those that floats only come near to computed by the tower from exact numbers."""
        frame = cast("nw.DataFrame[Any]", judged)
        rows = frame.select(mark=doubtful)["mark"].arg_true().to_list()
        if not rows:
            return frame
        doubted = frame.select(*self.names, found.first, found.last)[rows].rows()
        times: list[tuple[Entity, int, int]] = [(entity(key), first, last) for *key, first, last in doubted]
        exact = self._exact({key for key, _, _ in times})
        spans = dict[Entity, set[tuple[int, int]]]()
        for key, first, last in times:
            spans.setdefault(key, set()).add(exact[key].span(first, last))
        cells = {key: dict(exact[key].combined(sorted(each), how)) for key, each in spans.items()}
        return overwritten(
            frame, ("figure",), rows, [(cells[key][exact[key].span(first, last)],) for key, first, last in times]
        )

    def _exact(self, keys: set[Entity]) -> dict[Entity, _Exact]:
        """Return the readings of some entities, oldest first."""
        weight = number(1) if self.weight is None else self.weight.expr
        value, cases, mark = self.bench.keep(self.read.expr, weight, self.present & (nw.col(self.day) > 0))
        readings: dict[Entity, list[tuple[int, Fraction, Fraction]]] = {key: [] for key in keys}
        frame = cast("nw.DataFrame[Any]", self.bench.frame).filter(mark)
        for *key, day, cell, of in frame.select(*self.names, self.day, value, cases).rows():
            number_read = exactly(self.read, cell) if entity(key) in readings else None
            if number_read is not None:
                behind = None if self.weight is None else exactly(self.weight, of)
                readings[entity(key)].append((day, number_read, behind or Fraction(1)))
        return {key: _Exact(sorted(each)) for key, each in readings.items()}


@final
class _Exact:
    """The readings of one entity as exact numbers, oldest first."""

    def __init__(self, read: list[tuple[int, Fraction, Fraction]]) -> None:
        self._days = [day for day, _, _ in read]
        self._row = Row.of([(dt.date.fromordinal(day), value) for day, value, _ in read])
        self._cases = [cases for _, _, cases in read]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the number of the first reading of a time, and the one before which it ends."""
        return bisect_left(self._days, first), bisect_right(self._days, last)

    def combined(self, spans: list[tuple[int, int]], how: Aggregation) -> Iterator[tuple[tuple[int, int], float]]:
        """Return what the readings of each span come to, to the nearest float."""
        return zip(spans, map(nearest_float, combined(self._row, self._cases, spans, how)), strict=True)


def _readings(
    bench: Bench[NativeFrame],
    names: list[str],
    on: Days,
    value: Figures,
    weight: Figures | None,
    *,
    today: int,
    excluded: ExcludedDays,
) -> _Readings[NativeFrame]:
    """Return the rows until *today* that are about days that count."""
    [day] = bench.keep(bench.days(on, "on").fill_null(0).cast(nw.Int64))
    name = bench.ours[-1]
    bench.frame = bench.frame.filter(day <= today)
    if excluded:
        bench.frame = bench.frame.filter(~lies_in(day, excluded))
    read = bench.figure(value, "value", Why.NO_VALUE)
    [present] = bench.keep(all_of([read.is_fine]).fill_null(value=False))
    problems = tuple(read.problems())
    [absent] = bench.keep(problems[0][1] if problems else nw.lit(value=False))
    flags = [present, absent, ~present & ~absent]
    cases = None if weight is None else weighed(bench, weight)
    if cases is not None:
        flags.append(present & cases.expr.is_null())
    counts = bench.keep(*(nw.when(flag).then(number(1)).otherwise(number(0)) for flag in flags))
    return _Readings(bench, names, name, read, present, counts, cases)
