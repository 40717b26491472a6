"""A table of goals and a table of readings, reviewed on a date: a row a goal, whatever its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum, unique
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import attrs
import narwhals.stable.v2 as nw

from goalmodel.checks import the_date
from goalmodel.commit import Held, OnDueDate, Reached
from goalmodel.errors import WrongType
from goalmodel.frames.agreed import lies_in
from goalmodel.frames.bench import Bench, NativeFrame, number, on_bench
from goalmodel.frames.healths import BandColumns, with_health
from goalmodel.frames.outcomes import with_outcome
from goalmodel.frames.paces import with_pace
from goalmodel.frames.readings import is_stale
from goalmodel.frames.standings import Counts, StandardColumns, counts, in_time, verdict, with_standing
from goalmodel.frames.why import Why
from goalmodel.key_result import OutcomePolicy, PacePolicy
from goalmodel.kpi import Health
from goalmodel.measure import Cadence, Exclusion
from goalmodel.measure.exclusion import agreed_by, excluded_days, the_exclusions
from goalmodel.reprs import readable


@unique
class Kind(StrEnum):
    """What a row of a table of goals is."""

    KPI = "kpi"
    KEY_RESULT = "key result"
    COMMIT = "commit"


_MANNERS: Final[Mapping[str, Reached | OnDueDate | Held]] = MappingProxyType(
    {"reached": Reached(), "on the due date": OnDueDate(), "held": Held(dt.date.min)}
)
_CADENCES: Final = MappingProxyType(
    {
        "daily": Cadence.DAILY,
        "weekly": Cadence.WEEKLY,
        "monthly": Cadence.MONTHLY,
        "quarterly": Cadence.QUARTERLY,
        "yearly": Cadence.YEARLY,
    }
)
_UNKNOWN: Final = str(Health.UNKNOWN.value)
"""Said of health and of attainment alike."""

_ANSWERS: Final = ("value", "read_on", "health", "score", "outcome", "pace", "attainment", "why", "doubtful")


@readable
@attrs.frozen
class _Asked:
    """What a review is asked for, beside the tables.

    Attributes:
        as_of: The date of the judgement.
        outcomes: Which words describe the distance.
        pace: Which words describe the pace.
        agreed: Days that do not count, as known on that date.
        in_time: Those of them that move the verdict on a commit.
    """

    as_of: dt.date
    outcomes: OutcomePolicy | None
    pace: PacePolicy | None
    agreed: tuple[Exclusion, ...]
    in_time: tuple[Exclusion, ...]


def review(
    goals: NativeFrame,
    readings: NativeFrame,
    *,
    as_of: dt.date,
    outcomes: OutcomePolicy | None = None,
    pace: PacePolicy | None = None,
    exclusions: Exclusion | Iterable[Exclusion] = (),
    notice_days: int = 0,
    named_causes: Iterable[str] = (),
) -> NativeFrame:
    """Return *goals* with `value`, `read_on`, `health`, `score`, `outcome`, `pace`, `attainment` and `why`.

    A row of *goals* is a goal: `id`, `kind`, and what its kind needs. A column nobody needs may be left out.

    - A kpi: `low`, `high`, `watch_low`, `watch_high`, and `cadence`: daily, weekly, monthly, quarterly or yearly.
    - A key result: `baseline`, `target`, and `start` and `end` of its cycle.
    - A commit: `low` and `high` of its standard, `manner`: reached, standing or held; `start`, the first day whose
      reading counts, and `end`, the day it is due.

    A row of *readings* is `goal`, the id; `on`, the day; and `value`, which may be missing: with a value missing behind
    the latest one a key result has no score when its cycle is over.

    Rules: KPI-2, KPI-3, KR-1, KR-4, KR-9, COM-1, COM-3, TIME-3.

    Args:
        goals: Of any engine, each id once; columns of these names are replaced.
        readings: Of the same engine.
        as_of: The date of the judgement, at the end of the day; what was read later is not seen.
        outcomes: Which words describe the distance; the documented defaults where None.
        pace: Which words describe the pace; the documented defaults where None.
        exclusions: Days agreed not to count, for all goals, as known on *as_of*: rows of these days play no part, and
            what is expected waits. The verdict on a commit moves only what was agreed in time or for a named cause.
        notice_days: So many days before its first day an exclusion is agreed in time; 0 where none are asked for.
        named_causes: The causes named when commits were declared.

    Returns:
        The same kind of frame, a row a goal, in no stated order. Words are those of a `Review`; there is none for what
        is not asked of a kind. `why` has the value of a `Why` where there is no verdict; where the frame is lazy,
        `doubtful` says where floats could not tell.

    Raises:
        NotAFrame: One of them is no frame.
        UnknownColumn: A column is missing that every table needs.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
        WrongType: The two frames are of two engines.
    """
    today = the_date(as_of, "as_of")
    table, read = on_bench(goals), on_bench(readings)
    if type(table.frame) is not type(read.frame) or table.frame.implementation != read.frame.implementation:
        raise WrongType("readings", readings, "a frame of the same engine as goals")
    for bench, field, needed in ((table, "goals", ("id", "kind")), (read, "readings", ("goal", "on", "value"))):
        for name in needed:
            bench.column(name, field)
    agreed = agreed_by(the_exclusions(exclusions, "exclusions"), today)
    asked = _Asked(today, outcomes, pace, agreed, in_time(agreed, notice_days, named_causes))
    judge = partial(_reviewed, asked=asked)
    found: NativeFrame = _by_goal(goals, readings, judge) if table.is_dask else judge(goals, readings)
    return found


def _by_goal(goals: Any, readings: Any, judge: Callable[[Any, Any], Any]) -> Any:  # noqa: ANN401 - Dask's
    """Return what *judge* makes of goals and readings, those of a goal having been brought into one part."""
    count = max(goals.npartitions, readings.npartitions)
    apart = goals.shuffle(on="id", npartitions=count), readings.shuffle(on="goal", npartitions=count)
    meta = judge(goals._meta, readings._meta)  # noqa: SLF001 - how Dask says what comes
    return apart[0].map_partitions(judge, apart[1], align_dataframes=False, meta=meta)


def _reviewed(
    goals: Any,  # noqa: ANN401 - a frame of any engine
    readings: Any,  # noqa: ANN401 - a frame of any engine
    *,
    asked: _Asked,
) -> Any:  # noqa: ANN401 - a frame of that engine
    table, read = on_bench(goals), on_bench(readings)
    names = [name for name in table.frame.collect_schema().names() if name not in _ANSWERS]
    plain: Any = table.frame.select(*names)
    rows: Any = read.frame.select("goal", "on", "value").join(plain, left_on="goal", right_on="id", how="inner")
    joined = _counted(rows, asked) if asked.agreed else rows
    found: Any = plain.join(_latest(joined, names, asked.as_of), left_on="id", right_on="goal", how="left").to_native()
    ends = {name: name for name in ("low", "high") if name in names}
    told: list[_Told] = []
    if ends:
        watched = {f"watch_{name}": f"watch_{name}" for name in ends if f"watch_{name}" in names}
        found = _kpis(found, BandColumns(**ends, **watched), "cadence" in names, asked, told)
    if {"baseline", "target", "start", "end"} <= {*names}:
        found = _key_results(found, asked, told)
    if ends and {"manner", "start", "end"} <= {*names}:
        found = _commits(found, joined, StandardColumns(**ends), asked, told)
    return _together(found, names, told)


def _counted(joined: Any, asked: _Asked) -> Any:  # noqa: ANN401 - a frame of any engine
    """Return the readings that play a part: of a commit those, too, that were left out too late to move its verdict."""
    bench = on_bench(joined.to_native())
    [day] = bench.keep(bench.days("on", "on"))
    is_commit = (nw.col("kind") == str(Kind.COMMIT.value)).fill_null(value=False)
    is_out = (
        nw.when(is_commit)
        .then(lies_in(day, excluded_days(asked.in_time)))
        .otherwise(lies_in(day, excluded_days(asked.agreed)))
    )
    return bench.frame.filter(~is_out.fill_null(value=False)).drop(*bench.ours)


@readable
@attrs.frozen
class _Told:
    """What is told of one kind of goal, in columns of a frame.

    Attributes:
        kind: Which goals.
        words: The columns of its verdicts, and what stands where there is none.
        why: The column of why there is none.
        doubtful: The column of whether floats could not tell; None where rows are seen.
    """

    kind: Kind
    words: Mapping[str, str | None]
    why: str
    doubtful: str | None


_OF_DAY: Final = "_goalmodel_of_day"
"""The column of how many readings of one day a goal has at most."""

_LAST_VALUE: Final = "_goalmodel_last_value"
"""The column of the day, by number, of the latest value of a goal that counts."""

_LAST_ROW: Final = "_goalmodel_last_row"
"""The same of the latest row, whether there is a value in it or not."""

_SCORED: Final = "_goalmodel_scored"
"""The column of the value a key result is scored by; null where the reading it closes with is absent."""


def _latest(joined: Any, names: Sequence[str], today: dt.date) -> Any:  # noqa: ANN401 - a frame of any engine
    """Return the latest reading of each goal that counts, its day, and how many of one day there are at most."""
    bench = on_bench(joined.to_native())
    (day,) = bench.keep(bench.days("on", "on"))
    inside = (day <= today.toordinal()).fill_null(value=False)
    if {"start", "end"} <= {*names}:
        in_time = (day >= bench.days("start", "start")) & (day <= bench.days("end", "end"))
        inside = inside & ((nw.col("kind") == str(Kind.KPI.value)) | in_time.fill_null(value=False))
    value = bench.figure("value", "value", Why.NO_VALUE)
    [counts] = bench.keep(inside & value.is_there)
    never = nw.lit(0, nw.Int64)
    dated, written, one = bench.keep(
        nw.when(counts).then(day).otherwise(never), nw.when(inside).then(day).otherwise(never), number(1)
    )
    [last] = bench.spread(["goal"], dated.max())
    [of_day] = bench.spread(["goal", "on"], one.sum())
    is_last = counts & (dated == last)
    latest, on = bench.keep(nw.when(is_last).then(value.floats), nw.when(is_last).then(nw.col("on")))
    beside = {_OF_DAY: of_day.max(), _LAST_VALUE: dated.max(), _LAST_ROW: written.max()}
    return bench.frame.group_by("goal").agg(value=latest.max(), read_on=on.max(), **beside)


def _stashed(
    native: Any,  # noqa: ANN401 - a frame of any engine
    told: list[_Told],
    kind: Kind,
    words: Mapping[str, str | None],
) -> Any:  # noqa: ANN401 - a frame of that engine
    """Return a frame whose `why` and `doubtful` bear the name of the kind, and note what is told of it."""
    frame: Any = nw.from_native(native)
    names = {
        name: f"_goalmodel_{kind.name.lower()}_{name}"
        for name in ("why", "doubtful")
        if name in frame.collect_schema().names()
    }
    told.append(_Told(kind, words, names["why"], names.get("doubtful")))
    return frame.rename(names).to_native()


def _kpis(
    found: Any,  # noqa: ANN401 - a frame of any engine
    bands: BandColumns,
    has_cadence: bool,  # noqa: FBT001 - of one caller, who names it
    asked: _Asked,
    told: list[_Told],
) -> Any:  # noqa: ANN401 - a frame of that engine
    bench = on_bench(with_health(found, value="value", bands=bands))
    stale, excluded = nw.lit(value=False), excluded_days(asked.agreed)
    if has_cadence:
        [day] = bench.keep(bench.days("read_on", "read_on"))
        for word, expected in _CADENCES.items():
            is_old = is_stale(day, expected, asked.as_of, excluded)
            stale = stale | ((nw.col("cadence") == word) & is_old).fill_null(value=False)
    [too_old] = bench.keep(stale)
    judged = bench.done(
        health=nw.when(too_old).then(nw.lit(_UNKNOWN)).otherwise(nw.col("health")),
        why=nw.when(too_old).then(nw.lit(str(Why.STALE.value))).otherwise(nw.col("why")),
    )
    return _stashed(judged, told, Kind.KPI, {"health": _UNKNOWN})


def _key_results(
    found: Any,  # noqa: ANN401 - a frame of any engine
    asked: _Asked,
    told: list[_Told],
) -> Any:  # noqa: ANN401 - a frame of that engine
    bench = on_bench(found)
    # When the cycle is over and what was written down last is no value, nobody knows where it stood: KR-4.
    is_lost = (bench.days("end", "end") <= asked.as_of.toordinal()) & (nw.col(_LAST_ROW) > nw.col(_LAST_VALUE))
    scored_by = nw.when(~is_lost.fill_null(value=False)).then(nw.col("value"))
    with_scored_by = bench.frame.with_columns(scored_by.alias(_SCORED)).to_native()
    paced = on_bench(
        with_pace(
            with_scored_by,
            baseline="baseline",
            target="target",
            value=_SCORED,
            start="start",
            end="end",
            as_of=asked.as_of,
            policy=asked.pace,
            exclusions=asked.agreed,
        )
    )
    paced.keep(nw.col("doubtful") if paced.is_lazy else nw.lit(value=False))
    name = paced.ours.pop()
    scored: Any = with_outcome(
        paced.close(paced.frame), baseline="baseline", target="target", value=_SCORED, policy=asked.outcomes
    )
    bench = on_bench(scored)
    bench.ours.extend([name, "expected"])
    judged = bench.done(**({"doubtful": nw.col("doubtful") | nw.col(name)} if bench.is_lazy else {}))
    return _stashed(judged, told, Kind.KEY_RESULT, {"score": None, "outcome": None, "pace": None})


def _commits(
    found: Any,  # noqa: ANN401 - a frame of any engine
    joined: Any,  # noqa: ANN401 - a frame of any engine
    standard: StandardColumns,
    asked: _Asked,
    told: list[_Told],
) -> Any:  # noqa: ANN401 - a frame of that engine
    """Return the attainment of each commit, in the manner it names; of one without a reading, too."""
    read = on_bench(with_standing(joined.to_native(), value="value", standard=standard))
    days = read.days("on", "on"), read.days("start", "start"), read.days("end", "end")
    counted = counts(read, ["goal"], days, asked.as_of)
    bench: Bench[Any] = Bench(
        nw.from_native(found).join(counted.bench.frame, left_on="id", right_on="goal", how="left"),
        counted.bench.names,
        list(counted.bench.ours),
    )
    [due] = bench.keep(bench.days("end", "end"))
    numbers = {
        field.name: getattr(counted, field.name).fill_null(0)
        for field in attrs.fields(Counts)
        if field.default is attrs.NOTHING and field.name not in {"bench", "is_over"}
    }
    counted = Counts(bench=bench, is_over=due <= asked.as_of.toordinal(), **numbers)
    word, why = nw.lit(_UNKNOWN), nw.lit(str(Why.NO_MANNER.value))
    for name, manner in _MANNERS.items():
        is_so = (nw.col("manner") == name).fill_null(value=False)
        word = nw.when(is_so).then(verdict(counted, manner)).otherwise(word)
        why = nw.when(is_so).then(counted.why).otherwise(why)
    doubt = {"doubtful": counted.doubtful} if bench.is_lazy else {}
    judged = bench.done(
        attainment=nw.when(due.is_null()).then(nw.lit(_UNKNOWN)).otherwise(word),
        why=nw.when(due.is_null()).then(nw.lit(str(Why.NO_DATE.value))).otherwise(why),
        **doubt,
    )
    return _stashed(judged, told, Kind.COMMIT, {"attainment": _UNKNOWN})


def _together(found: Any, names: Sequence[str], told: list[_Told]) -> Any:  # noqa: ANN401 - a frame of any engine
    """Return of each goal what is told of its kind, and of what has no such kind that it has none."""
    bench = on_bench(found)
    why, doubtful = nw.lit(str(Why.NO_KIND.value)), nw.lit(value=False)
    columns: dict[str, nw.Expr] = {
        name: nw.lit(None, nw.Float64 if name == "score" else nw.String)
        for name in ("health", "score", "outcome", "pace", "attainment")
    }
    [twice] = bench.keep((nw.col(_OF_DAY) > 1).fill_null(value=False))
    for each in told:
        [is_such] = bench.keep((nw.col("kind") == str(each.kind.value)).fill_null(value=False))
        for word, none in each.words.items():
            where = nw.when(is_such & ~twice).then(nw.col(word))
            columns[word] = where if none is None else where.otherwise(nw.when(is_such).then(nw.lit(none)))
        code = nw.when(twice).then(nw.lit(str(Why.DATE_TWICE.value))).otherwise(nw.col(each.why))
        why = nw.when(is_such).then(code).otherwise(why)
        if each.doubtful is not None:
            doubtful = nw.when(is_such & ~twice).then(nw.col(each.doubtful).fill_null(value=False)).otherwise(doubtful)
    doubt = {"doubtful": doubtful} if bench.is_lazy else {}
    frame = bench.frame.with_columns(**columns, why=why, **doubt)
    return frame.select(*names, "value", "read_on", *columns, "why", *doubt).to_native()
