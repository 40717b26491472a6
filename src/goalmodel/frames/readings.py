"""Readings in columns: which are too old to rely on, and since when something has been as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Final

import narwhals.stable.v2 as nw

from goalmodel.checks import the, the_count, the_date
from goalmodel.frames.agreed import as_agreed, lies_in
from goalmodel.frames.bench import Days, NativeFrame, any_of, on_bench
from goalmodel.frames.why import Why
from goalmodel.frames.windows import readings
from goalmodel.measure import Cadence, Exclusion
from goalmodel.measure.exclusion import (
    NO_DAYS,
    ExcludedDays,
    PausedCadence,
    agreed_by,
    excluded_days,
    the_exclusions,
)

_FIRST: Final = dt.date.min.toordinal()


def fresh_since(cadence: Cadence, *, as_of: dt.date) -> dt.date:
    """Return the first day whose reading still counts as fresh on *as_of*.

    A later reading is never stale before an earlier one, so one date tells all readings apart.

    Rule: KPI-3.

    >>> fresh_since(Cadence.MONTHLY, as_of=dt.date(2026, 3, 10))
    datetime.date(2026, 1, 28)

    Args:
        cadence: How often a reading is expected.
        as_of: The date of the judgement, at the end of the day.
    """
    expected = the(Cadence, cadence, "cadence")
    today = the_date(as_of, "as_of")
    fresh, step = today.toordinal(), 1
    while fresh > _FIRST and expected.stale_after(dt.date.fromordinal(max(fresh - step, _FIRST))) >= today:
        fresh, step = max(fresh - step, _FIRST), step * 2
    stale = max(fresh - step, _FIRST - 1)
    while fresh - stale > 1:
        middle = (fresh + stale) // 2
        if expected.stale_after(dt.date.fromordinal(middle)) >= today:
            fresh = middle
        else:
            stale = middle
    return dt.date.fromordinal(fresh)


def is_stale(day: nw.Expr, cadence: Cadence, as_of: dt.date, excluded: ExcludedDays = NO_DAYS) -> nw.Expr:
    """Return whether a reading of each day is too old to rely on; where some days do not count, said of those that do.

    Rules: KPI-3, TIME-3.
    """
    since = fresh_since(cadence, as_of=as_of)
    waiting = any_of((day >= first) & (day <= last) for first, last in waiting_days(cadence, as_of, since, excluded))
    return (day < since.toordinal()) & ~waiting


def waiting_days(cadence: Cadence, as_of: dt.date, since: dt.date, excluded: ExcludedDays) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each days in a row before *since* whose readings still count as fresh.

    What waits for days that do not count was not yet stale on the eve of them: else it is stale whatever follows.
    """
    waits = PausedCadence(cadence, excluded)
    days: set[int] = set()
    for start, _ in excluded.spans():
        if dt.date.min < start <= as_of:
            eve = start - dt.timedelta(days=1)
            days.update(range(fresh_since(cadence, as_of=eve).toordinal(), min(start, since).toordinal()))
    read = ((day, dt.date.fromordinal(day)) for day in sorted(days))
    fresh = [day for day, on in read if on not in excluded and waits.stale_after(on) >= as_of]
    for _, several in groupby(enumerate(fresh), key=lambda each: each[1] - each[0]):
        in_a_row = [day for _, day in several]
        yield in_a_row[0], in_a_row[-1]


def with_staleness(
    frame: NativeFrame,
    *,
    last: Days,
    cadence: Cadence,
    as_of: dt.date,
    exclusions: Exclusion | Iterable[Exclusion] = (),
) -> NativeFrame:
    """Return *frame* with `is_stale` and `why`.

    Rules: KPI-3, TIME-3.

    Args:
        frame: Of any engine; columns of these names are replaced.
        last: The day of the latest reading.
        cadence: How often a reading is expected.
        as_of: The date of the judgement, at the end of the day.
        exclusions: Days agreed not to count, for all rows: no reading is expected in them, and grace waits, once that
            was agreed; a reading of one of them is none to ask about.

    Returns:
        The same kind of frame. `is_stale` is whether the reading is too old to rely on: there is none where `why` has
        the value of a `Why`.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: The column holds no dates.
    """
    bench = on_bench(frame)
    [day] = bench.keep(bench.days(last, "last"))
    excluded = excluded_days(agreed_by(the_exclusions(exclusions, "exclusions"), the_date(as_of, "as_of")))
    [is_out] = bench.keep(lies_in(day, excluded).fill_null(value=False))
    [fine] = bench.keep(~day.is_null() & ~is_out)
    stale = nw.when(fine).then(is_stale(day, cadence, as_of, excluded))
    return bench.done(is_stale=stale, why=bench.why(fine, [(Why.NOT_COUNTED, is_out), (Why.NO_DATE, day.is_null())]))


def with_since(
    frame: NativeFrame,
    *,
    by: str | Sequence[str],
    on: str,
    state: str,
    missing_ends_run: int = 3,
    exclusions: Exclusion | Iterable[Exclusion] = (),
) -> NativeFrame:
    """Return *frame* with `since` and `why`: from which reading on the *state* has been the same without a long gap.

    Each row is a reading of an entity, in any order; one without a state is missing. On Dask the rows of an entity are
    brought together first.

    Rules: KPI-5, TIME-3.

    Args:
        frame: Of any engine; columns of these names are replaced.
        by: The column or columns that say of what entity a row is a reading.
        on: The column of the day each reading is about, one reading a day.
        state: The column that says how the entity was: `health`, or whatever else.
        missing_ends_run: So many missing readings in a row end a run; fewer suspend it.
        exclusions: Days agreed not to count, for all entities: what was agreed until the day of a row is known to it,
            and rows of these days play no part.

    Returns:
        The same kind of frame. `since` is a day of the column *on*: there is none where `why` has the value of a `Why`.
        Of PyArrow the rows are sorted by entity and day.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: The column *on* holds no dates.
    """
    most = the_count(missing_ends_run, "missing_ends_run", least=1)
    agreed = the_exclusions(exclusions, "exclusions")
    bench = on_bench(frame)
    if bench.is_dask:
        told: dict[str, Any] = {"by": by, "on": on, "state": state, "missing_ends_run": most, "exclusions": agreed}
        return bench.by_entity(by, partial(with_since, **told))
    names = bench.keys(by)
    column, _ = bench.column(state, "state")
    [day] = bench.keep(bench.days(on, "on"))

    def judge(excluded: ExcludedDays) -> dict[str, nw.Expr]:
        seen = readings(bench, names, day, ~column.is_null(), excluded)
        [was] = seen.rows.before(1, column)
        [starts] = bench.keep(seen.begins(most) | (column != was))
        bench.keep(seen.place - seen.rows.run(seen.place, starts))
        [began] = bench.spread([*names, seen.flag, bench.ours[-1]], nw.col(on).min())
        [fine] = bench.keep(seen.there & ~seen.twice)
        problems = [*seen.left_out, (Why.NO_VALUE, column.is_null()), *seen.problems]
        return {"since": nw.when(fine).then(began), "why": bench.why(fine, problems)}

    return bench.done(**as_agreed(bench, day, agreed, judge))
