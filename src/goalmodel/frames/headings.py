"""Trend rules in columns: where each entity stands against what is usual for it at each reading, and its heading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial, reduce
from itertools import combinations
from operator import add
from types import MappingProxyType
from typing import Any, Final, Generic, TypeAlias, cast

import attrs
import narwhals.stable.v2 as nw

from goalmodel.checks import is_a, is_count, the
from goalmodel.errors import OutOfBounds, WrongType
from goalmodel.exact import Number, nearest_float
from goalmodel.frames.agreed import as_agreed
from goalmodel.frames.bench import (
    EXACT_BELOW,
    Bench,
    Days,
    Figure,
    Figures,
    NativeFrame,
    all_of,
    any_of,
    fold,
    number,
    on_bench,
)
from goalmodel.frames.edges import greater
from goalmodel.frames.mann_kendall import MOST_TESTED, pair, seldom
from goalmodel.frames.settle import overwritten
from goalmodel.frames.wholes import READ, means_whole, nearest_whole, room_for
from goalmodel.frames.why import Why
from goalmodel.frames.windows import Readings, readings
from goalmodel.kpi import HealthBands, Kpi
from goalmodel.measure import Absence, Exclusion, Measure, Polarity, Series
from goalmodel.measure.exclusion import ExcludedDays, the_exclusions
from goalmodel.reprs import readable
from goalmodel.trend import (
    ControlChart,
    FirstReadings,
    Heading,
    MannKendall,
    SigmaRule,
    Standing,
    Steps,
    TrendPolicy,
    limits_and_runs,
)

Direction: TypeAlias = Steps | MannKendall
"""The rules about which way something is heading that columns are judged by."""

Rule: TypeAlias = Direction | SigmaRule | ControlChart
"""The trend rules that columns are judged by."""

_SIGMA: Final = 1_128
_MOVE: Final = 1_000
"""A sigma is the mean move divided by 1.128, that is by 1,128 thousandths."""

_TO_LIMIT: Final = 2.66
"""Mean moves from the mean to a natural limit."""

_MOST_PLACES: Final = 6


@readable
@attrs.frozen(kw_only=True)
class TrendColumns:
    """What a trend in columns is judged by.

    Attributes:
        bands: Which values are healthy, where anybody has said: the wrong way is away from them.
        polarity: Which way is better where there are no bands.
        reference: Which readings of an entity say what is usual for it.
        missing_ends_run: So many missing readings in a row end a run; fewer suspend it.
        places: How many decimals the readings have at most: with more, floats decide where they can.
    """

    bands: HealthBands | None = attrs.field(default=None, validator=is_a(HealthBands, type(None)))
    polarity: Polarity = attrs.field(default=Polarity.HIGHER_IS_BETTER, validator=is_a(Polarity))
    reference: FirstReadings = attrs.field(default=FirstReadings(), validator=is_a(FirstReadings))
    missing_ends_run: int = attrs.field(default=3, validator=is_count(1))
    places: int = attrs.field(default=4, validator=is_count())

    def __attrs_post_init__(self) -> None:
        if self.places > _MOST_PLACES:
            raise OutOfBounds("places", self.places, f"a whole number from 0 to {_MOST_PLACES}")
        if self.bands is None and self.polarity is Polarity.IN_RANGE_IS_BETTER:
            raise OutOfBounds("polarity", self.polarity, "higher or lower is better, where no bands say which range is")


def with_heading(
    frame: NativeFrame,
    *,
    by: str | Sequence[str],
    on: Days,
    value: Figures,
    rule: Direction | None = None,
    trend: TrendColumns | None = None,
    exclusions: Exclusion | Iterable[Exclusion] = (),
) -> NativeFrame:
    """Return *frame* with `heading` and `why`, and where it is lazy with `doubtful`.

    Each row is a reading of an entity, in any order; its heading is what the rule says of the readings until that day.
    A row without a value is an absence. On Dask the rows of an entity are brought together first.

    Rules: KPI-5, TIME-3.

    Args:
        frame: Of any engine; columns of these names are replaced.
        by: The column or columns that say of what entity a row is a reading.
        on: The day each reading is about, one reading a day.
        value: What was read, in the measure's own unit.
        rule: How many steps in a row, or an exact Mann-Kendall test of at most twelve readings; where None, that of a
            KPI.
        trend: Which way is better; the documented defaults where None.
        exclusions: Days agreed not to count, for all entities: what was agreed until the day of a row is known to it,
            and rows of these days play no part.

    Returns:
        The same kind of frame. `heading` is the value of a `Heading`: undetermined where `why` has the value of a
        `Why`. Of PyArrow the rows are sorted by entity and day.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
        WrongType: *rule* is none that columns can be asked for.
    """
    asked = TrendColumns() if trend is None else the(TrendColumns, trend, "trend")
    steps = _direction(TrendPolicy().direction if rule is None else rule)
    agreed = the_exclusions(exclusions, "exclusions")
    bench = on_bench(frame)
    if bench.is_dask:
        told: dict[str, Any] = {"by": by, "on": on, "value": value, "rule": steps, "trend": asked, "exclusions": agreed}
        return bench.by_entity(by, partial(with_heading, **told))
    return _judged(_rows(bench, by, on, value), asked, steps, agreed)


def _direction(rule: object) -> Direction:
    if isinstance(rule, Direction) and (isinstance(rule, Steps) or rule.readings <= MOST_TESTED):
        return rule
    raise WrongType("rule", rule, "steps in a row, or a Mann-Kendall test of at most 12 readings")


def with_usual(
    frame: NativeFrame,
    *,
    by: str | Sequence[str],
    on: Days,
    value: Figures,
    rule: SigmaRule | ControlChart | None = None,
    trend: TrendColumns | None = None,
    exclusions: Exclusion | Iterable[Exclusion] = (),
) -> NativeFrame:
    """Return *frame* with `standing` and `why`, and where it is lazy with `doubtful`.

    Each row is a reading of an entity, in any order; it stands where the rule sees the readings until that day against
    what is usual for the entity. A row without a value is an absence. On Dask the rows of an entity are brought
    together first.

    Rules: KPI-4, TIME-3.

    Args:
        frame: Of any engine; columns of these names are replaced.
        by: The column or columns that say of what entity a row is a reading.
        on: The day each reading is about, one reading a day.
        value: What was read, in the measure's own unit.
        rule: Readings beyond what is usual, or a chart of such tests; outside the natural limits or eight in a row on
            one side where None.
        trend: Which way is better, and what is usual; the documented defaults where None.
        exclusions: Days agreed not to count, for all entities: what was agreed until the day of a row is known to it,
            and rows of these days play no part.

    Returns:
        The same kind of frame. `standing` is the value of a `Standing`: undetermined where `why` has the value of a
        `Why`. Of PyArrow the rows are sorted by entity and day.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
        WrongType: *rule* is none that columns can be asked for.
    """
    asked = TrendColumns() if trend is None else the(TrendColumns, trend, "trend")
    chart = _chart(limits_and_runs() if rule is None else rule)
    agreed = the_exclusions(exclusions, "exclusions")
    bench = on_bench(frame)
    if bench.is_dask:
        told: dict[str, Any] = {"by": by, "on": on, "value": value, "rule": chart, "trend": asked, "exclusions": agreed}
        return bench.by_entity(by, partial(with_usual, **told))
    return _judged(_rows(bench, by, on, value), asked, chart, agreed)


def _chart(rule: object) -> SigmaRule | ControlChart:
    given = rule if isinstance(rule, ControlChart) else the(SigmaRule, rule, "rule")
    for test in _tests(given):
        if not isinstance(test, SigmaRule) or test.up_to is not None:
            raise WrongType("rule", test, "readings beyond what is usual, however far beyond, or a chart of such tests")
    if isinstance(given, ControlChart) and not given.takes_trial:
        raise WrongType("rule", given, "a chart that takes a reference on trial")
    return given


def _tests(rule: SigmaRule | ControlChart) -> tuple[Any, ...]:
    return rule.tests if isinstance(rule, ControlChart) else (rule,)


def _of_chart(seen: _Seen, asked: TrendColumns, tests: Sequence[SigmaRule]) -> _Found:
    """One of the tests fires: each is asked as soon as so many readings hang together as it looks at."""
    found = [(seen.unbroken >= test.of, _sigma_rule(seen, asked, test)) for test in tests]

    def any_asked(*pairs: tuple[nw.Expr, nw.Expr]) -> nw.Expr:
        return any_of(nw.when(is_asked).then(what).otherwise(nw.lit(value=False)) for is_asked, what in pairs)

    return _Found(
        worsens=any_asked(*((is_asked, each.worsens) for is_asked, each in found)),
        improves=any_asked(*((is_asked, each.improves) for is_asked, each in found)),
        near=any_asked(*((is_asked, each.near) for is_asked, each in found)),
        too_few=all_of([each.too_few for _, each in found]),
        too_alike=found[0][1].too_alike,
    )


def with_limits(
    frame: NativeFrame,
    *,
    by: str | Sequence[str],
    on: Days,
    value: Figures,
    reference: FirstReadings | None = None,
    exclusions: Exclusion | Iterable[Exclusion] = (),
) -> NativeFrame:
    """Return *frame* with `low_limit`, `mean`, `high_limit` and `why`: what is usual for an entity at each reading.

    Each row is a reading of an entity, in any order. The limits are the mean plus and minus 2.66 mean moves of the
    first readings, on trial until all of them are there. On Dask the rows of an entity are brought together first.

    Rules: KPI-5, TIME-3.

    Args:
        frame: Of any engine; columns of these names are replaced.
        by: The column or columns that say of what entity a row is a reading.
        on: The day each reading is about, one reading a day.
        value: What was read, in the measure's own unit.
        reference: Which readings of an entity say what is usual for it; the first twelve where None.
        exclusions: Days agreed not to count, for all entities: what was agreed until the day of a row is known to it,
            and rows of these days play no part.

    Returns:
        The same kind of frame. The limits are figures, of some 13 digits: there are none where `why` has the value of a
        `Why`. Of PyArrow the rows are sorted by entity and day, and readings are rounded to six places.

    Raises:
        NotAFrame: *frame* is none.
        UnknownColumn: There is no such column.
        UnreadableColumn: A column holds what can't be read exactly, Float32 for one.
    """
    first = FirstReadings() if reference is None else the(FirstReadings, reference, "reference")
    agreed = the_exclusions(exclusions, "exclusions")
    bench = on_bench(frame)
    if bench.is_dask:
        told: dict[str, Any] = {"by": by, "on": on, "value": value, "reference": first, "exclusions": agreed}
        return bench.by_entity(by, partial(with_limits, **told))
    rows = _rows(bench, by, on, value)
    return bench.done(**as_agreed(bench, rows.day, agreed, partial(_limits, rows, first)))


def _limits(rows: _Rows[Any], first: FirstReadings, excluded: ExcludedDays) -> dict[str, nw.Expr]:
    bench, asked = rows.bench, TrendColumns(polarity=Polarity.LOWER_IS_BETTER, reference=first, places=_MOST_PLACES)
    seen = _seen(rows, asked, excluded)
    total, moves, _, _, k = _usual(seen, first.count)
    read, parts = seen.read, number(10**_MOST_PLACES)
    is_enough = read.place >= first.trial_from
    [fine] = bench.keep(read.there & ~read.twice & is_enough)
    # Below two readings there is no move; that is never asked for, and must not be divided by.
    mean, far = bench.keep(
        nw.when(fine).then(total) / (k * parts),
        nw.when(fine).then(moves) * number(_TO_LIMIT) / (nw.when(k > 1).then(k - 1).otherwise(number(1)) * parts),
    )
    problems = [*read.left_out, *rows.value.problems(), *read.problems, (Why.TOO_FEW_READINGS, ~is_enough)]
    return {"low_limit": mean - far, "mean": mean, "high_limit": mean + far, "why": bench.why(fine, problems)}


@readable
@attrs.frozen
class _Rows(Generic[NativeFrame]):
    """The rows of a frame as they came.

    Attributes:
        bench: The frame.
        by: Columns that say of what entity a row is a reading.
        day: The day of each row.
        value: What was read.
        has_value: Whether there is a finite value.
    """

    bench: Bench[NativeFrame]
    by: list[str]
    day: nw.Expr
    value: Figure
    has_value: nw.Expr


def _rows(bench: Bench[NativeFrame], by: str | Sequence[str], on: Days, value: Figures) -> _Rows[NativeFrame]:
    [day] = bench.keep(bench.days(on, "on"))
    now = bench.figure(value, "value", Why.NO_VALUE)
    [has_value] = bench.keep(all_of([now.is_fine]))
    return _Rows(bench, bench.keys(by), day, now, has_value)


@readable
@attrs.frozen
class _Seen:
    """The readings of each entity as a trend rule sees them.

    Attributes:
        read: The readings in order.
        value: What was read.
        unbroken: How many readings hang together without a long gap, up to each.
        excess: How far on the wrong side, in parts.
        is_exact: Whether it is a whole number of parts, and read as that.
        size: What errors are a share of, in parts.
    """

    read: Readings
    value: Figure
    unbroken: nw.Expr
    excess: nw.Expr
    is_exact: nw.Expr
    size: nw.Expr


@readable
@attrs.frozen
class _Found:
    """What a rule sees.

    Attributes:
        worsens: Whether it sees readings growing to the wrong side.
        improves: Whether it sees them growing to the better one.
        near: Whether floats can't tell.
        too_few: Whether there are too few readings to see anything.
        too_alike: Whether what is usual has no width.
    """

    worsens: nw.Expr
    improves: nw.Expr
    near: nw.Expr
    too_few: nw.Expr
    too_alike: nw.Expr


def _seen(rows: _Rows[Any], asked: TrendColumns, excluded: ExcludedDays) -> _Seen:
    bench = rows.bench
    read = readings(bench, rows.by, rows.day, rows.has_value, excluded)
    excess, is_exact, size = _in_parts(bench, rows.value, read.there, asked)
    [begins] = bench.keep(read.begins(asked.missing_ends_run))
    return _Seen(read, rows.value, read.rows.run(read.place, begins), excess, is_exact, size)


def _in_parts(bench: Bench[Any], now: Figure, there: nw.Expr, asked: TrendColumns) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """Return how far each value is on the wrong side in parts, whether that is exact, and the size of what it is of."""
    parts = 10**asked.places
    [scaled] = bench.keep(nw.when(there).then(now.floats * number(parts)).otherwise(number(0)))
    [whole] = bench.keep(nearest_whole(scaled))
    [is_whole] = bench.keep(means_whole(scaled, whole) & (scaled.abs() < number(room_for(parts, 1))))
    [come] = bench.keep(nw.when(is_whole).then(whole).otherwise(scaled))
    low, high = (None, None) if asked.bands is None else (asked.bands.low, asked.bands.high)
    edges = [edge * parts for edge in (low, high) if edge is not None]
    if len(edges) == 1 or asked.bands is None:
        # One edge moves all distances alike: which way they grow is which way the values do.
        rises = high is not None or (asked.bands is None and asked.polarity is Polarity.LOWER_IS_BETTER)
        return (come if rises else -come), is_whole, come.abs()
    below, above = (number(nearest_float(edge)) for edge in edges)
    [excess] = bench.keep(greater(below - come, come - above))
    are_whole = all(edge.denominator == 1 and abs(edge) < room_for(parts, 1) for edge in edges)
    [is_exact] = bench.keep(is_whole & nw.lit(are_whole))
    return excess, is_exact, come.abs() + number(nearest_float(sum((abs(edge) for edge in edges), Fraction(0))))


def _steps(seen: _Seen, rule: Steps) -> _Found:
    """Each of the last steps went the same way."""
    bench, rows, place = seen.read.bench, seen.read.rows, seen.read.place
    was, was_exact, was_size = rows.before(1, seen.excess, seen.is_exact.cast(nw.Float64), seen.size)
    [step] = bench.keep(seen.excess - was)
    up, down = nw.when(step > 0).then(number(1)), number(-1)
    [way] = bench.keep(up.otherwise(nw.when(step < 0).then(down).otherwise(number(0))))
    [way_before] = rows.before(1, way)
    [turns] = bench.keep((place == 1) | (way != way_before))
    alike = rows.run(place, turns)
    is_clear = (seen.is_exact & (was_exact > 0)) | (step.abs() > (seen.size + was_size) * number(2 * READ))
    [is_close] = bench.keep(nw.when((place > 1) & ~is_clear).then(number(1)).otherwise(number(0)))
    closes = [is_close, *(rows.before(back, is_close)[0] for back in range(1, rule.steps))]
    is_enough = alike >= rule.steps
    return _Found(
        worsens=is_enough & (way > 0),
        improves=is_enough & (way < 0),
        near=any_of(close > 0 for close in closes),
        too_few=seen.unbroken < rule.window,
        too_alike=nw.lit(value=False),
    )


def _mann_kendall(seen: _Seen, rule: MannKendall) -> _Found:
    """Pairs of the last readings that rise, less those that fall, are as many as chance seldom has of such ties."""
    bench, rows, count = seen.read.bench, seen.read.rows, rule.readings
    told = seen.excess, seen.is_exact.cast(nw.Float64), seen.size
    latest = [told, *(tuple(rows.before(back, *told)) for back in range(1, count))]
    signs: list[nw.Expr] = []
    closes: list[nw.Expr] = []
    alike = [number(1)] * count
    for late, early in combinations(range(count), 2):
        (now, now_exact, now_size), (was, was_exact, was_size) = latest[late], latest[early]
        [sign, tie, close] = bench.keep(
            *pair(seen.unbroken > early, now - was, now_exact * was_exact, now_size + was_size)
        )
        signs.append(sign)
        closes.append(close > 0)
        alike[late], alike[early] = alike[late] + tie, alike[early] + tie
    groups = [
        nw.when(seen.unbroken > at).then(each * each * each * each).otherwise(number(0))
        for at, each in enumerate(bench.keep(*alike))
    ]
    [rises, pattern] = bench.keep(fold(add, signs), fold(add, groups))
    least = number(count * count)
    for enough, patterns in seldom(rule).items():
        least = nw.when(pattern.is_in(patterns)).then(number(enough)).otherwise(least)
    [threshold] = bench.keep(least)
    return _Found(
        worsens=rises >= threshold,
        improves=-rises >= threshold,
        near=any_of(closes),
        too_few=seen.unbroken < rule.trial_from,
        too_alike=nw.lit(value=False),
    )


def _usual(seen: _Seen, count: int) -> list[nw.Expr]:
    """Return what the first *count* readings come to, as far as they are there.

    Returns:
        Their sum, the sum of the moves between neighbours, of the sizes, how many of all so far are not exact, and how
        many of the first ones there are.
    """
    bench, rows, place = seen.read.bench, seen.read.rows, seen.read.place
    of_reference = place <= count
    [was] = rows.before(1, seen.excess)
    inside = bench.keep(
        nw.when(of_reference).then(seen.excess).otherwise(number(0)),
        nw.when(of_reference & (place > 1)).then((seen.excess - was).abs()).otherwise(number(0)),
        nw.when(of_reference).then(seen.size).otherwise(number(0)),
        nw.when(seen.is_exact).then(number(0)).otherwise(number(1)),
    )
    return [*rows.so_far(*inside), *bench.keep(nw.when(of_reference).then(place).otherwise(number(count)))]


def _sigma_rule(seen: _Seen, asked: TrendColumns, rule: SigmaRule) -> _Found:
    """Enough of the last readings lie so many sigmas off the mean of the first ones, in whole numbers.

    A reading counts where (value - total / k) / (moves / (k - 1) / 1.128) is at least so many sigmas.
    """
    bench, rows, place, count = seen.read.bench, seen.read.rows, seen.read.place, asked.reference.count
    total, moves, sizes, rough, k = _usual(seen, count)
    sigmas, parts = rule.sigmas.as_integer_ratio()
    [wide] = bench.keep(moves * k * number(_MOVE * sigmas))
    [share] = bench.keep((k - 1) * number(_SIGMA * parts))
    latest = [
        (seen.excess, seen.size),
        *(tuple(rows.before(back, seen.excess, seen.size)) for back in range(1, rule.of)),
    ]
    offs = bench.keep(*((k * excess - total) * share for excess, _ in latest))
    error = number(8 * READ * _SIGMA * (sigmas + parts))
    bounds = bench.keep(*((k * size + sizes) * k * error for _, size in latest))
    fits = (rough == 0) & (wide < EXACT_BELOW) & (sizes < EXACT_BELOW)
    nears = [
        ~(fits & (off.abs() < EXACT_BELOW) & (size * k < EXACT_BELOW))
        & (((off.abs() - wide).abs() <= bound) | (off.abs() <= bound) | (wide <= bound) | nw.lit(not rows.adds_floats))
        for off, bound, (_, size) in zip(offs, bounds, latest, strict=True)
    ]
    return _Found(
        worsens=_enough(rule, offs, wide),
        improves=_enough(rule, [-off for off in offs], wide),
        near=any_of(nears),
        too_few=(seen.unbroken < rule.of) | (place < asked.reference.trial_from),
        too_alike=moves == 0,
    )


def _enough(rule: SigmaRule, offs: Sequence[nw.Expr], wide: nw.Expr) -> nw.Expr:
    counted = [off > wide if rule.is_strict else off >= wide for off in offs]
    enough = reduce(add, (each.cast(nw.Int64) for each in counted)) >= rule.readings
    return all_of([enough, *(off > 0 for off in offs)]) if rule.on_one_side else enough


def _found(seen: _Seen, asked: TrendColumns, rule: Rule) -> _Found:
    if isinstance(rule, Steps):
        return _steps(seen, rule)
    return _mann_kendall(seen, rule) if isinstance(rule, MannKendall) else _of_chart(seen, asked, _tests(rule))


def _judged(rows: _Rows[NativeFrame], asked: TrendColumns, rule: Rule, agreed: tuple[Exclusion, ...]) -> NativeFrame:
    """Return the frame with answer and code of each row; where floats can't tell, the tower does."""
    told = as_agreed(rows.bench, rows.day, agreed, partial(_told, rows, asked, rule))
    if rows.bench.is_lazy:
        return rows.bench.done(**told)
    doubtful = told.pop("doubtful")
    return _settled(rows, partial(_by_the_tower, asked, rule, agreed), told, doubtful)


def _told(rows: _Rows[Any], asked: TrendColumns, rule: Rule, excluded: ExcludedDays) -> dict[str, nw.Expr]:
    """Return answer and code of each row, and whether floats can't tell."""
    seen = _seen(rows, asked, excluded)
    read, found = seen.read, _found(seen, asked, rule)
    name, words = ("heading", _HEADINGS) if isinstance(rule, Direction) else ("standing", _STANDINGS)
    worse, better, neither, silent = map(_word, words)
    heard = read.there & ~read.twice & ~found.too_few
    [speaks] = rows.bench.keep(heard & ~found.too_alike)
    problems = [
        *read.left_out,
        *rows.value.problems(),
        *read.problems,
        (Why.TOO_FEW_READINGS, found.too_few),
        (Why.NO_DISPERSION, found.too_alike),
    ]
    ways = nw.when(found.improves).then(better).otherwise(neither)
    answer = nw.when(found.worsens).then(worse).otherwise(ways)
    return {
        name: nw.when(speaks).then(answer).otherwise(silent),
        "why": rows.bench.why(speaks, problems),
        "doubtful": nw.when(heard).then(found.near).otherwise(nw.lit(value=False)),
    }


def _settled(
    rows: _Rows[NativeFrame],
    judge: Callable[[int, Iterable[tuple[Any, ...]]], list[tuple[str, str | None]]],
    columns: Mapping[str, nw.Expr],
    doubtful: nw.Expr,
) -> NativeFrame:
    """Return the frame with *columns*; what is doubtful is judged by all readings of the entity."""
    bench = rows.bench
    [mark] = bench.keep(doubtful)
    [is_marked] = bench.keep(mark.cast(nw.Int64))
    [marks] = bench.spread(rows.by, is_marked.max())
    [dated] = bench.keep(~rows.day.is_null())
    [value, there] = bench.keep(nw.when(rows.has_value).then(rows.value.expr), rows.has_value)
    frame = cast("nw.DataFrame[Any]", bench.frame.with_columns(**columns))
    marked = frame.select(mark=mark)["mark"].arg_true().to_list()
    concerned = frame.filter((marks > 0) & dated).select(*rows.by, rows.day, value, there, mark)
    return bench.close(overwritten(frame, tuple(columns), marked, judge(len(rows.by), concerned.rows())))


def _by_the_tower(
    asked: TrendColumns,
    rule: Rule,
    agreed: tuple[Exclusion, ...],
    width: int,
    rows: Iterable[tuple[Any, ...]],
) -> list[tuple[str, str | None]]:
    """Return answer and code of each marked row, given entity, day, value, whether there is one, and the mark."""
    measure = Measure("value", polarity=asked.polarity)
    kpi = Kpi(id="entity", measure=measure, bands=asked.bands, exclusions=agreed)
    policy = TrendPolicy(
        usual=limits_and_runs() if isinstance(rule, Direction) else rule,
        direction=rule if isinstance(rule, Direction) else Steps(),
        reference=asked.reference,
        missing_ends_run=asked.missing_ends_run,
    )
    read: dict[tuple[Any, ...], dict[dt.date, Number | Absence]] = {}
    marked: list[tuple[tuple[Any, ...], dt.date]] = []
    for row in rows:
        entity, (day, value, is_there, mark) = row[:width], row[width:]
        on = dt.date.fromordinal(int(day))
        read.setdefault(entity, {})[on] = value if is_there else Absence.MISSING
        if mark:
            marked.append((entity, on))
    series = {entity: Series.of(kpi.measure, readings) for entity, readings in read.items()}
    found: list[tuple[str, str | None]] = []
    for entity, on in marked:
        judged = kpi.assess(series[entity], as_of=on, policy=policy)
        said = judged.heading if isinstance(rule, Direction) else judged.standing
        verdict = judged.direction if isinstance(rule, Direction) else judged.usual
        reasons = () if verdict is None else verdict.reasons
        code = next((_WHY[reason.code] for reason in reasons if reason.code in _WHY), None)
        found.append((str(said.value), str(code) if code else None))
    return found


_WHY: Final = MappingProxyType(
    {"trend-too-few-readings": Why.TOO_FEW_READINGS.value, "trend-zero-dispersion": Why.NO_DISPERSION.value}
)
"""Why a rule says nothing, by the code of its reason."""


_HEADINGS: Final = (Heading.WORSENING, Heading.IMPROVING, Heading.NO_CLEAR_DIRECTION, Heading.UNDETERMINED)
_STANDINGS: Final = (Standing.WORSE, Standing.BETTER, Standing.AS_USUAL, Standing.UNDETERMINED)
"""What each answer is called: worse, better, neither, and where nothing can be said."""


def _word(answer: Standing | Heading) -> nw.Expr:
    return nw.lit(str(answer.value))
