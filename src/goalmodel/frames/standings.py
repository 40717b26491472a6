"""Commits in columns: whether a row's value meets its standard, and whether a commit was kept over its readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import partial, reduce
from typing import Any, assert_never

import attrs
import narwhals.stable.v2 as nw

from goalmodel.checks import the, the_date
from goalmodel.commit import AsAWhole, Attainment, Counted, Held, OnDueDate, Reached, Standard
from goalmodel.errors import OutOfBounds, OutOfOrder, WrongType
from goalmodel.exact import nearest_float
from goalmodel.frames.adding import weighed
from goalmodel.frames.agreed import days_until, lies_in
from goalmodel.frames.as_a_whole import WholeOf
from goalmodel.frames.bench import Bench, Days, Figure, Figures, NativeFrame, Problem, all_of, any_of, number, on_bench
from goalmodel.frames.edges import beyond_known, row_edges
from goalmodel.frames.settle import settle
from goalmodel.frames.why import Why
from goalmodel.measure import Aggregation, Exclusion
from goalmodel.measure.exclusion import NO_DAYS, ExcludedDays, agreed_by, excluded_days, the_exclusions
from goalmodel.reprs import readable


@readable
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


def with_standing(frame: NativeFrame, *, value: Figures, standard: Standard | StandardColumns) -> NativeFrame:
    """Return *frame* with `is_met`, `distance` and `why`, and where it is lazy with `doubtful`.

    Rules: COM-2, COM-4.

    Args:
        frame: Of any engine; columns of these names are replaced.
        value: What was read, in the measure's own unit.
        standard: Which values will do: the same for all rows, or a row's own.

    Returns:
        The same kind of frame. `is_met` is exact, and there is none where `why` has the value of a `Why`. `distance` is
        how far the value falls short, in the measure's own unit: 0 where the standard is met, and on an end that does
        not belong to it.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
    """
    bench = on_bench(frame)
    now = bench.figure(value, "value", Why.NO_VALUE)
    if isinstance(standard, Standard):
        [fine] = bench.keep(all_of([now.is_fine]))
        either = standard.either or (standard,)
        shorts = [bench.keep(beyond_known(bench, now, each.low, each.high))[0] for each in either]
        is_met = any_of(_is_met(now, each) for each in either)
        columns = _columns(bench, fine, reduce(_smaller, shorts), now.problems(), is_met=is_met)
        return bench.done(**columns, **bench.no_doubt)
    ends = the(StandardColumns, standard, "standard")
    rows = row_edges(bench, now, {"low": ends.low, "high": ends.high}, Why.NO_STANDARD)
    out_of_order = rows.is_over("low", "high", strict=False)
    [fine] = bench.keep(rows.fine & ~out_of_order)
    [short] = bench.keep(rows.beyond())
    columns = _columns(bench, fine, short, [*rows.problems, (Why.STANDARD_OUT_OF_ORDER, out_of_order)])
    inexact, near = rows.fine & ~rows.wholes.are_exact, rows.near([("low", "high")])
    return settle(
        bench,
        columns,
        inexact=inexact,
        near=near,
        figures=rows.figures,
        judge=partial(_settled, tuple(rows.edges)),
    )


def _smaller(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return nw.when(one < other).then(one).otherwise(other)


def _is_met(now: Figure, standard: Standard) -> nw.Expr:
    """Return whether each value lies on the inner side of both ends, or on one that belongs to the standard."""
    sides: list[nw.Expr] = []
    if standard.low is not None:
        sides.append(now.exceeds(standard.low) if standard.low in standard.open_ends else now.reaches(standard.low))
    if standard.high is not None:
        sides.append(
            ~now.reaches(standard.high) if standard.high in standard.open_ends else ~now.exceeds(standard.high)
        )
    return all_of(sides)


def _columns(
    bench: Bench[Any], fine: nw.Expr, short: nw.Expr, problems: Iterable[Problem], *, is_met: nw.Expr | None = None
) -> dict[str, nw.Expr]:
    is_met = short <= 0 if is_met is None else is_met
    return {
        "is_met": nw.when(fine).then(is_met),
        "distance": nw.when(fine).then(nw.when(is_met).then(number(0)).otherwise(short)),
        "why": bench.why(fine, problems),
    }


def _settled(
    names: tuple[str, ...], now: Fraction, *ends: Fraction | None
) -> tuple[bool | None, float | None, str | None]:
    try:
        told = dict(zip(names, ends, strict=True))
        standard = Standard(low=told.get("low"), high=told.get("high"))
    except OutOfOrder:
        return None, None, str(Why.STANDARD_OUT_OF_ORDER.value)
    return standard.is_met(now), nearest_float(standard.distance(now)), None


def attainment(
    frame: NativeFrame,
    *,
    by: str | Sequence[str],
    on: Days,
    value: Figures,
    standard: Standard | StandardColumns,
    due: Days,
    as_of: dt.date,
    manner: Reached | OnDueDate | Held | AsAWhole,
    since: Days | None = None,
    aggregation: Aggregation = Aggregation.LAST,
    weight: Figures | None = None,
    exclusions: Exclusion | Iterable[Exclusion] = (),
    notice_days: int = 0,
    named_causes: Iterable[str] = (),
) -> NativeFrame:
    """Return for each commit whether it was kept, over its readings: a row each, with `attainment` and `why`.

    A row of *frame* is a reading; one without a value is an absence that was stated. Where rows are not seen,
    `doubtful` says which commits have a reading that floats could not tell from the standard. On Dask the rows of a
    commit are brought together first.

    Rules: COM-1, COM-3, TIME-3.

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
        since: The first day whose reading counts: the day of the declaration. Where one is held, the later of that and
            the first day of the hold, which will do alone.
        aggregation: What all readings of its time come to, as a whole; other manners ask for none.
        weight: How many cases are behind each reading, above 0: a mean as a whole counts it so many times. None where
            each counts alike.
        exclusions: Days agreed not to count, for all commits: what was agreed until *as_of*, and in time or for a cause
            that was named, is left out; the rest moves no verdict.
        notice_days: So many days before its first day an exclusion is agreed in time; 0 where none are asked for.
        named_causes: The causes named at the declaration: days excluded for one do not count whenever it was agreed.

    Returns:
        The same kind of frame, a row a commit. `attainment` is the value of an `Attainment`: unknown where `why` has
        the value of a `Why`.

    Raises:
        NotAFrame: *frame* is none.
        OutOfBounds: The manner is not one that columns are judged in, or nothing says since when.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
    """
    if not _is_by_readings(the_manner(manner)):
        raise OutOfBounds("manner", str(manner), "reached, standing on the due date, held by readings, or as a whole")
    first = manner.since if isinstance(manner, Held) else since
    if first is None:
        raise OutOfBounds("since", None, "the day of the declaration, where nothing is held since another day")
    today, causes = the_date(as_of, "as_of"), tuple(named_causes)
    agreed = in_time(agreed_by(the_exclusions(exclusions, "exclusions"), today), notice_days, causes)
    whole = on_bench(frame)
    if whole.is_dask:
        asked: dict[str, Any] = {"by": by, "on": on, "value": value, "standard": standard, "due": due, "since": since}
        asked |= {
            "aggregation": aggregation,
            "weight": weight,
            "exclusions": agreed,
            "notice_days": notice_days,
            "named_causes": causes,
        }
        return whole.by_entity(by, partial(attainment, **asked, as_of=as_of, manner=manner))
    bench = on_bench(with_standing(frame, value=value, standard=standard))
    begins = bench.days(first, "since")
    if isinstance(manner, Held) and since is not None:
        declared = bench.days(since, "since")
        begins = nw.when(declared > begins).then(declared).otherwise(begins)
    days = bench.days(on, "on"), begins, bench.days(due, "due")
    names = bench.keys(by)
    if isinstance(manner, AsAWhole):
        how = the(Aggregation, aggregation, "aggregation")
        ask = WholeOf(
            bench=bench,
            names=names,
            read=bench.figure(value, "value", Why.NO_VALUE),
            cases=None if weight is None or how is not Aggregation.MEAN else weighed(bench, weight),
            how=how,
            standard=standard if isinstance(standard, Standard) else None,
            ends=_own_ends(bench, standard),
        )
        return _as_a_whole(bench, ask, days, today, excluded_days(agreed))
    found = counts(bench, names, days, today, excluded_days(agreed))
    doubt = {"doubtful": found.doubtful} if bench.is_lazy else {}
    judged: NativeFrame = found.bench.done(attainment=verdict(found, manner), why=found.why, **doubt)
    return judged


def _own_ends(bench: Bench[Any], standard: Standard | StandardColumns) -> tuple[Figure | None, Figure | None]:
    if isinstance(standard, Standard):
        return None, None
    ends = (("low", standard.low), ("high", standard.high))
    low, high = (None if end is None else bench.figure(end, name, Why.NO_STANDARD) for name, end in ends)
    return low, high


def _as_a_whole(
    bench: Bench[NativeFrame],
    ask: WholeOf,
    days: tuple[nw.Expr, nw.Expr, nw.Expr],
    today: dt.date,
    excluded: ExcludedDays,
) -> NativeFrame:
    """Return for each commit whether what all its readings come to meets its standard.

    Decided early is only what nothing that may still come could change: there is one reading a day.
    """
    how = ask.how
    found = counts(bench, ask.names, days, today, excluded, ask=ask)
    judged = ask.judged(found.bench, found.whole, found.present)
    left = nw.when(found.days_left > 0).then(found.days_left).otherwise(nw.lit(0, nw.Int64))
    missing = found.ends_absent if how is Aggregation.LAST else found.absent > 0
    is_open, is_read = found.bench.keep((left > 0) | missing, found.fine & (found.present > 0))
    may_decide = nw.lit(value=True) if how in {Aggregation.GREATEST, Aggregation.LEAST} else ~is_open
    [doubtful] = found.bench.keep(is_read & may_decide & ~judged.is_decided)
    if not found.bench.is_lazy:
        ask.settled(found.bench, judged, doubtful, *found.seen)
    met, unmet = _word(Attainment.KEPT), _word(Attainment.NOT_KEPT)
    waits = nw.when(found.is_over).then(_word(Attainment.UNKNOWN)).otherwise(_word(Attainment.IN_FLIGHT))
    answer = nw.when(judged.is_met).then(met).otherwise(unmet)
    answer = nw.when(is_open).then(waits).otherwise(answer)
    answer = nw.when(judged.is_lost).then(unmet).otherwise(nw.when(judged.is_sure).then(met).otherwise(answer))
    answer = nw.when(is_read).then(answer).otherwise(waits)
    answer = nw.when(found.fine).then(answer).otherwise(_word(Attainment.UNKNOWN))
    doubt = {"doubtful": doubtful} if bench.is_lazy else {}
    judged_so: NativeFrame = found.bench.done(attainment=answer, why=found.why, **doubt)
    return judged_so


def in_time(agreed: tuple[Exclusion, ...], notice_days: int, named_causes: Iterable[str]) -> tuple[Exclusion, ...]:
    """Return the exclusions that move a verdict."""
    causes = frozenset(named_causes)
    return tuple(each for each in agreed if each.cause in causes or each.is_agreed_in_time(notice_days))


def the_manner(given: object) -> Reached | OnDueDate | Held | AsAWhole:
    """Return *given*, which must be a manner that columns are judged in."""
    if isinstance(given, Reached | OnDueDate | Held | AsAWhole):
        return given
    raise WrongType("manner", given, "a Reached, an OnDueDate, a Held or an AsAWhole")


def _is_by_readings(manner: Reached | OnDueDate | Held | AsAWhole) -> bool:
    return not isinstance(manner, Held) or manner.counted is Counted.READINGS


@readable
@attrs.frozen
class Counts:
    """What is counted of the readings of each commit: columns of a frame with a row a commit.

    Attributes:
        bench: That frame.
        present: How many readings have a value.
        absent: How many were stated absent.
        met: How many meet the standard.
        bad: How many are no numbers.
        close: How many floats can't tell from the standard.
        undated: How many rows lack a day.
        latest: The day of the latest reading with a value, twice, and one more where it meets the standard.
        written: The day of the latest row.
        of_day: How many rows of one day there are at most.
        days_left: How many days there are until the due date.
        is_over: Whether the due date is there.
        unweighted: How many readings with a value have no weight; None where none is asked for.
        whole: What else was counted and added up.
        seen: Which rows are readings with a value that count, and their days.
    """

    bench: Bench[Any]
    present: nw.Expr
    absent: nw.Expr
    met: nw.Expr
    bad: nw.Expr
    close: nw.Expr
    undated: nw.Expr
    latest: nw.Expr
    written: nw.Expr
    of_day: nw.Expr
    days_left: nw.Expr
    is_over: nw.Expr
    unweighted: nw.Expr | None = None
    whole: Sequence[nw.Expr] = ()
    seen: tuple[nw.Expr, ...] = ()

    @property
    def ends_absent(self) -> nw.Expr:
        """Whether an absence follows the latest reading."""
        return self.latest < self.written * 2

    @property
    def ends_met(self) -> nw.Expr:
        """Whether the latest reading meets the standard."""
        return self.latest == self.latest // 2 * 2 + 1

    @property
    def problems(self) -> list[Problem]:
        """What may be wrong with a commit."""
        found = [(Why.NO_DATE, self.undated > 0), (Why.DATE_TWICE, self.of_day > 1), (Why.NOT_FINITE, self.bad > 0)]
        return found if self.unweighted is None else [*found, (Why.NO_WEIGHT, self.unweighted > 0)]

    @property
    def fine(self) -> nw.Expr:
        """Whether nothing is wrong with a commit."""
        return ~any_of(holds for _, holds in self.problems)

    @property
    def why(self) -> nw.Expr:
        """Why there is no verdict: what is wrong, or that there is no reading that counts."""
        unseen = self.present == 0
        return self.bench.why(self.fine & ~unseen, [*self.problems, (Why.NO_VALUE, unseen)])

    @property
    def doubtful(self) -> nw.Expr:
        """Whether floats can't tell one of the readings from the standard."""
        return self.fine & (self.close > 0)


def counts(
    bench: Bench[Any],
    by: list[str],
    days: tuple[nw.Expr, nw.Expr, nw.Expr],
    as_of: dt.date,
    excluded: ExcludedDays = NO_DAYS,
    *,
    ask: WholeOf | None = None,
) -> Counts:
    """Return what is counted of the readings of each commit.

    What is counted is computed row by row before it is added up: some engines drop a condition inside of a sum.
    """
    today = as_of.toordinal()
    day, first, last = bench.keep(*days)
    limits = [day >= first, day <= last, day <= today, ~lies_in(day, excluded) if excluded else None]
    [inside] = bench.keep(all_of(limits).fill_null(value=False))
    [present] = bench.keep(inside & nw.col("why").is_null())
    [absent] = bench.keep(inside & (nw.col("why") == str(Why.NO_VALUE.value)).fill_null(value=False))
    [met] = bench.keep(present & nw.col("is_met").fill_null(value=False))
    none, one = nw.lit(0, nw.Int64), nw.lit(1, nw.Int64)
    flags = [
        present,
        absent,
        met,
        inside & ~present & ~absent,
        nw.col("doubtful") & inside if bench.is_lazy else nw.lit(value=False),
        day.is_null() | first.is_null() | last.is_null(),
    ]
    added = bench.keep(*(nw.when(flag).then(number(1)).otherwise(number(0)) for flag in flags))
    # The day of the latest reading and whether it meets the standard, as one number.
    [latest] = bench.keep(nw.when(present).then(day * 2 + nw.when(met).then(one).otherwise(none)).otherwise(none))
    [written] = bench.keep(nw.when(inside).then(day).otherwise(none))
    [one_row, _] = bench.keep(number(1), day.fill_null(-1))
    [of_day] = bench.spread([*by, bench.ours[-1]], one_row.sum())
    beside = [] if ask is None else ask.totals(present, day)
    if ask is not None and ask.cases is not None:
        [lacks] = bench.keep(present & ask.cases.expr.is_null())
        beside.append(bench.keep(nw.when(lacks).then(number(1)).otherwise(number(0)))[0].sum())
    grouped = bench.grouped(
        by,
        *(column.sum() for column in added),
        latest.max(),
        written.max(),
        last.max(),
        of_day.max(),
        *beside,
    )
    names_of_totals = ("present", "absent", "met", "bad", "close", "undated", "latest", "written", "due", "of_day")
    columns = grouped.columns()
    totals = dict(zip(names_of_totals, columns, strict=False))
    whole = columns[len(totals) :]
    unweighted = whole.pop() if ask is not None and ask.cases is not None else None
    due = totals.pop("due")
    left = due - today - (days_until(due, excluded) - excluded.until(today))
    return Counts(
        bench=grouped,
        days_left=left,
        is_over=due <= today,
        unweighted=unweighted,
        whole=whole,
        seen=(present, day),
        **totals,
    )


def verdict(found: Counts, manner: Reached | OnDueDate | Held) -> nw.Expr:
    """Return whether each commit was kept, in one manner; what it says about since when plays no part."""
    unseen = found.present == 0
    kept, broken, unknown = (_word(each) for each in (Attainment.KEPT, Attainment.NOT_KEPT, Attainment.UNKNOWN))
    early: list[tuple[nw.Expr, nw.Expr]] = []
    match manner:
        case Reached():
            early = [(found.met > 0, kept)]
            late = [(unseen | (found.absent > 0), unknown)]
            end = broken
        case OnDueDate():
            late = [(unseen | found.ends_absent, unknown), (found.ends_met, kept)]
            end = broken
        case Held() if manner.is_throughout:
            early = [(found.met < found.present, broken)]
            late = [(unseen | (found.absent > 0), unknown)]
            end = kept
        case Held():
            share, whole = manner.share.as_integer_ratio()
            needed = (found.present + found.absent) * share
            is_kept, is_broken = found.met * whole >= needed, (found.met + found.absent) * whole < needed
            early = [(_is_too_late(found, share, whole), broken)]
            late = [(unseen, unknown), (is_kept, kept), (is_broken, broken)]
            end = unknown
        case _:
            assert_never(manner)
    answer = end
    for holds, word in reversed([*early, (~found.is_over, _word(Attainment.IN_FLIGHT)), *late]):
        answer = nw.when(holds).then(word).otherwise(answer)
    return nw.when(found.fine).then(answer).otherwise(unknown)


def _is_too_late(found: Counts, share: int, whole: int) -> nw.Expr:
    """Return whether no share of that much can be met any more, with a reading on each day that is left.

    Of *whole* parts *share* have to meet the standard.
    """
    total = found.present + found.absent + found.days_left
    return ~found.is_over & ((found.present - found.met) * whole > total * (whole - share))


def _word(attainment: Attainment) -> nw.Expr:
    return nw.lit(str(attainment.value))
