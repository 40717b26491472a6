"""Whole columns say of every row what the tower says of it alone: on every engine, on cuts and one unit beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from math import inf, isfinite, nan, nextafter
from random import Random
from typing import Any, NamedTuple, Protocol, TypeAlias, cast

import pytest

from asking import asking
from goalmodel import (
    Absence,
    Commit,
    Cycle,
    Heading,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    KpiAssessment,
    Measure,
    OnDueDate,
    Polarity,
    Reached,
    Score,
    Series,
    Standard,
    Standing,
)
from goalmodel.errors import OutOfOrder
from goalmodel.exact import exact
from goalmodel.frames import (
    BandColumns,
    StandardColumns,
    TrendColumns,
    attainment,
    with_excess,
    with_heading,
    with_health,
    with_limits,
    with_outcome,
    with_pace,
    with_since,
    with_standing,
    with_usual,
)
from goalmodel.frames.wholes import SCALES, room_for
from goalmodel.key_result import OutcomePolicy, PaceBy, PacePolicy
from goalmodel.kpi import KpiHistory, Zone
from goalmodel.kpi.health import Health
from goalmodel.measure import Exclusion
from goalmodel.trend import (
    ControlChart,
    FirstReadings,
    MannKendall,
    ProcessLimits,
    SigmaRule,
    Steps,
    TrendPolicy,
    limits_and_runs,
)

ROWS = 20_000
FEW = 1_000
MEASURE = Measure("anything")
DAY = dt.date(2026, 11, 10)
PARTLY_OPEN = Standard(low=1, high=3, open_ends=(1,))


def _once(cases: Iterable[object], *everywhere: object) -> list[Any]:
    """Return *cases* as parameters: those not tried *everywhere* are tried on one Python, on one form of an engine."""
    return [
        pytest.param(each, id=str(each), marks=[] if each in everywhere else pytest.mark.one_python) for each in cases
    ]


class Engine(Protocol):
    """What the fixture gives."""

    @property
    def is_lazy(self) -> bool: ...
    @property
    def make(self) -> Callable[[dict[str, list[Any]]], Any]: ...
    def read(self, frame: Any) -> dict[str, list[Any]]: ...  # noqa: ANN401


class Case(NamedTuple):
    """Columns of a frame, and what the tower says of each row."""

    columns: dict[str, list[Any]]
    truth: list[Any]


def _columns(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Any]]:
    cells = [list(column) for column in zip(*rows, strict=True)]
    return {"row": list(range(len(rows)))} | dict(zip(names, cells, strict=True))


def _is_number(value: float | None) -> bool:
    return value is not None and isfinite(value)


def _meant(value: float | None) -> Fraction | None:
    """Return what a cell means; None where it is no finite number."""
    return exact(value, "value") if value is not None and isfinite(value) else None


def _differ(
    engine: Engine,
    frame: Any,  # noqa: ANN401 - a frame of any engine
    case: Case,
    column: str,
    say: Callable[[Any], Any] = lambda cell: cell,
) -> list[Any]:
    """Return the rows of which a column says something else than the tower; rows marked as doubtful say nothing."""
    found = engine.read(frame)
    doubtful = found.get("doubtful", [False] * len(found["row"]))
    assert len(found["row"]) == len(case.truth)
    told = zip(found["row"], found[column], doubtful, found["why"], strict=True)
    return [
        ({name: cells[row] for name, cells in case.columns.items()}, say(cell), case.truth[row], why)
        for row, cell, in_doubt, why in told
        if not in_doubt and say(cell) != case.truth[row]
    ]


def _share_doubtful(engine: Engine, frame: Any) -> float:  # noqa: ANN401
    found = engine.read(frame)
    return sum(found["doubtful"]) / len(found["row"]) if "doubtful" in found else 0


def _sign(number: float | Fraction | None) -> int | None:
    return None if number is None else (number > 0) - (number < 0)


Way: TypeAlias = tuple[float | None, float | None, float | None]
"""Baseline, target and value."""


def _spoilt(draw: Random, row: Way) -> Way:
    """Return a row without a verdict."""
    start, end, value = row
    spoilt: tuple[Way, ...] = (
        (start, end, None),
        (start, end, nan),
        (start, end, inf),
        (None, end, value),
        (start, -inf, value),
        (start, start, value),
    )
    return draw.choice(spoilt)


@cache
def _ways() -> Case:
    """Return ways and values: a third on an edge, a third one unit beside; offsets, falling ways, computed means."""
    draw = Random(7)  # noqa: S311 - the same rows each time
    rows: list[Way] = []
    edges = (Fraction(0), Fraction(3, 10), Fraction(2, 5), Fraction(7, 10), Fraction(1))
    while len(rows) < ROWS:
        parts = 10 ** draw.choice((0, 1, 2, 4))
        offset = draw.choice((0, 0, 0, 10**9)) * parts * draw.choice((1, -1))
        start = offset + draw.randint(-1_000 * parts, 1_000 * parts)
        length = 10 * draw.choice((1, parts, draw.randint(1, 100 * parts))) * draw.choice((1, -1))
        now = start + draw.choice(edges) * length
        kind = draw.random()
        if 1 / 3 < kind < 2 / 3:
            now += draw.choice((1, -1))
        elif 2 / 3 < kind < 0.75:
            now = Fraction(start + draw.randint(-3 * abs(length), 3 * abs(length)))
        ends = float(Fraction(start, parts)), float(Fraction(start + length, parts))
        value = float(now / parts)
        if 0.75 < kind < 0.8:
            others = [draw.randint(-1_000, 1_000) / 10 for _ in range(draw.randint(1, 9))]
            others.append(round(value * (len(others) + 1) - sum(others), 4))
            value = sum(others) / len(others)
        elif 0.8 < kind < 0.85:
            value = nextafter(value, draw.choice((inf, -inf)))
        elif 0.85 < kind < 0.9:
            value = ends[0] + (ends[1] - ends[0]) * draw.choice((0.1, 0.4, 0.7, 1 / 3))
        row: Way = (*ends, value)
        rows.append(_spoilt(draw, row) if 0.9 < kind < 0.93 else row)
    words = OutcomePolicy()
    truth: list[str | None] = []
    for row in rows:
        baseline, target, value_meant = map(_meant, row)
        if baseline is None or target is None or value_meant is None or baseline == target:
            truth.append(None)
        else:
            truth.append(str(words.outcome(Score((value_meant - baseline) / (target - baseline))).value))
    return Case(_columns(("start", "end", "now"), rows), truth)


def test_the_word_for_how_far_each_row_has_come(engine: Engine) -> None:
    case = _ways()
    found = with_outcome(engine.make(case.columns), baseline="start", target="end", value="now")
    assert _differ(engine, found, case, "outcome") == []
    assert _share_doubtful(engine, found) < 0.05


def test_whole_numbers_that_just_have_room_are_told_from_an_edge_one_unit_away(engine: Engine) -> None:
    words = OutcomePolicy(part=Fraction(333, 1_000), most=Fraction(667, 1_000))
    edges, factor = (Fraction(0), words.part, words.most, Fraction(1)), 1_000
    rows: list[Way] = []
    truth: list[str] = []
    for scale, edge, beside, sign in product(SCALES, edges, (-1, 0, 1), (1, -1)):
        length = room_for(scale, factor) * 2 // 5 // factor * factor * sign
        start, moved = -length // 2, int(edge * length) + beside
        rows.append((start / scale, (start + length) / scale, (start + moved) / scale))
        truth.append(str(words.outcome(Score(Fraction(moved, length))).value))
    case = Case(_columns(("start", "end", "now"), rows), truth)
    found = with_outcome(engine.make(case.columns), baseline="start", target="end", value="now", policy=words)
    assert _differ(engine, found, case, "outcome") == []
    assert _share_doubtful(engine, found) == 0


def test_whole_numbers_beside_floats_that_are_no_decimals_are_settled(engine: Engine) -> None:
    case = Case(
        {"row": [0, 1], "start": [0, 0], "end": [3, 3], "now": [2.1000000000001, 2.0999999999999]},
        ["most of the way", "part of the way"],
    )
    found = with_outcome(engine.make(case.columns), baseline="start", target="end", value="now")
    assert _differ(engine, found, case, "outcome") == []
    assert _share_doubtful(engine, found) == (1 if engine.is_lazy else 0)


def test_the_score_of_decimals_is_the_nearest_float(engine: Engine) -> None:
    rows = [(8.0, 9.0, 8.7), (0.1, 0.3, 0.2), (10.0, 6.0, 9.2), (1e9, 1e9 + 1, 1e9 + 0.7), (5.0, 7.0, 0.1 + 0.2)]
    found = engine.read(with_outcome(engine.make(_columns(("b", "t", "v"), rows)), baseline="b", target="t", value="v"))
    scores = dict(zip(found["row"], found["score"], strict=True))
    assert [scores[row] for row in range(5)] == [0.7, 0.5, 0.2, 0.7, -2.35]


@pytest.mark.parametrize(("start", "end"), [(8, 9), (9.2, 8), (Fraction(1, 3), Fraction(2, 3)), (10**9, 10**9 + 1)])
def test_the_word_where_all_rows_have_one_way(engine: Engine, start: float, end: float) -> None:
    draw = Random(7)  # noqa: S311 - the same rows each time
    words, first, way = OutcomePolicy(), exact(start, ""), exact(end, "") - exact(start, "")
    rows: list[tuple[float | None]] = [(None,), (nan,), (inf,), (-inf,)]
    for _ in range(FEW):
        value = float(first + draw.choice((0, words.part, words.most, 1)) * way)
        for _ in range(draw.choice((0, 0, 0, 1, 1, 30))):
            value = nextafter(value, draw.choice((inf, -inf)))
        rows.append((value + draw.choice((0, 0, 0, 1e-4, -1e-4, 1)),))
    truth = [
        None if (now := _meant(value)) is None else str(words.outcome(Score((now - first) / way)).value)
        for (value,) in rows
    ]
    case = Case(_columns(("now",), rows), truth)
    found = with_outcome(engine.make(case.columns), baseline=start, target=end, value="now")
    assert _differ(engine, found, case, "outcome") == []
    assert _share_doubtful(engine, found) == 0


BANDS = {
    "floor": HealthBands.at_least(8, watch=7.5),
    "ceiling": HealthBands.at_most(0.3, watch=Fraction(1, 3)),
    "two sides": HealthBands.between(Fraction(2, 3), 5, watch_low=-1, watch_high=1e15 + 0.5),
    "one value": HealthBands.between(3, 3),
    "below": HealthBands.below(0.3, watch=Fraction(1, 3)),
    "above": HealthBands.above(Fraction(2, 3), watch=0.1),
    "zones": HealthBands.along(
        Zone("low", Health.UNHEALTHY),
        90,
        Zone("normal", Health.HEALTHY),
        119,
        Zone("elevated", Health.WATCH),
        129,
        Zone("stage 1", Health.UNHEALTHY),
        139,
        Zone("stage 2", Health.UNHEALTHY),
    ),
}


def _beside(draw: Random, cuts: Sequence[Fraction | float]) -> float | None:
    """Return a value on one of *cuts*, one bit or one unit beside it, or none at all."""
    kind, value = draw.random(), float(draw.choice(cuts))
    if kind < 1 / 3:
        return value
    if kind < 0.6:
        for _ in range(draw.choice((1, 1, 2, 30))):
            value = nextafter(value, draw.choice((inf, -inf)))
        return value
    if kind < 0.65:
        return draw.choice((None, nan, inf, -inf))
    return value + draw.choice((1, -1)) * draw.choice((1e-4, 1e-2, 1, 1e-9))


@pytest.mark.parametrize("name", BANDS)
def test_health_and_excess_by_bands_for_all_rows(engine: Engine, name: str) -> None:
    draw, bands = Random(7), BANDS[name]  # noqa: S311 - the same rows each time
    rows = [(_beside(draw, bands.cuts),) for _ in range(FEW)]
    columns = _columns(("now",), rows)
    known = [_meant(value) for (value,) in rows]
    health = Case(columns, ["unknown" if value is None else str(bands.health(value).value) for value in known])
    found = with_health(engine.make(columns), value="now", bands=bands)
    assert _differ(engine, found, health, "health") == []
    excess = Case(columns, [None if value is None else _sign(bands.excess(value)) for value in known])
    found = with_excess(engine.make(columns), value="now", bands=bands)
    assert _differ(engine, found, excess, "excess", _sign) == []


def _bands(
    low: float | None, high: float | None, watch_low: float | None, watch_high: float | None
) -> HealthBands | None:
    low, high, watch_low, watch_high = (
        None if edge is None or edge != edge else edge  # noqa: PLR0124 - NaN is not itself
        for edge in (low, high, watch_low, watch_high)
    )
    if any(edge is not None and not isfinite(edge) for edge in (low, high, watch_low, watch_high)):
        return None
    try:
        if low is not None and high is not None:
            return HealthBands.between(low, high, watch_low=watch_low, watch_high=watch_high)
        if low is not None:
            return HealthBands.at_least(low, watch=watch_low)
        return None if high is None else HealthBands.at_most(high, watch=watch_high)
    except OutOfOrder:
        return None


@cache
def _band_rows() -> list[tuple[float | None, ...]]:
    draw = Random(7)  # noqa: S311 - the same rows each time
    rows: list[tuple[float | None, ...]] = []
    for _ in range(FEW):
        parts, offset = 10 ** draw.choice((0, 1, 2, 4)), draw.choice((0, 0, 10**9))
        low, high = sorted(float(Fraction(draw.randint(0, 10 * parts), parts) + offset) for _ in range(2))
        watched = [low - draw.randint(0, 3), high + draw.randint(0, 3)]
        if draw.random() < 0.05:
            low, high = high, low
        if draw.random() < 0.1:
            low, high = low + 1 / 3, high + 1 / 3
        value = _beside(draw, (low, high, *watched))
        ends = draw.choice(((low, high), (low, high), (low, None), (None, high), (None, nan), (inf, high)))
        rows.append((value, *ends, *(edge if draw.random() < 0.7 else None for edge in watched)))
    return rows


def test_health_and_excess_by_bands_of_each_row(engine: Engine) -> None:
    columns = _columns(("now", "low", "high", "watch_low", "watch_high"), _band_rows())
    asked = BandColumns(low="low", high="high", watch_low="watch_low", watch_high="watch_high")
    known = [(_meant(value), _bands(*edges)) for value, *edges in _band_rows()]
    health = ["unknown" if value is None or bands is None else str(bands.health(value).value) for value, bands in known]
    found = with_health(engine.make(columns), value="now", bands=asked)
    assert _differ(engine, found, Case(columns, health), "health") == []
    excess = [None if value is None or bands is None else _sign(bands.excess(value)) for value, bands in known]
    found = with_excess(engine.make(columns), value="now", bands=asked)
    assert _differ(engine, found, Case(columns, excess), "excess", _sign) == []


def test_whether_each_row_meets_its_standard(engine: Engine) -> None:
    columns = _columns(("now", "low", "high"), [row[:3] for row in _band_rows()])
    known = [(_meant(value), _bands(low, high, None, None)) for value, low, high, *_ in _band_rows()]
    met = [None if value is None or bands is None else bands.excess(value) <= 0 for value, bands in known]
    found = with_standing(engine.make(columns), value="now", standard=StandardColumns(low="low", high="high"))
    assert _differ(engine, found, Case(columns, met), "is_met") == []
    short = [
        None if value is None or bands is None else _sign(max(bands.excess(value), Fraction(0)))
        for value, bands in known
    ]
    assert _differ(engine, found, Case(columns, short), "distance", _sign) == []


OPEN_ENDS: tuple[tuple[Fraction | int, ...], ...] = ((), (Fraction(1, 3),), (5,), (Fraction(1, 3), 5))
BETWEEN = [Standard(low=Fraction(1, 3), high=5, open_ends=each) for each in OPEN_ENDS]
OUTSIDE = Standard.one_of(Standard.at_most(Fraction(1, 3)), Standard.above(5))


@pytest.mark.parametrize("standard", [*BETWEEN, OUTSIDE], ids=str)
def test_whether_each_row_meets_one_standard(engine: Engine, standard: Standard) -> None:
    draw = Random(7)  # noqa: S311 - the same rows each time
    rows = [(_beside(draw, (Fraction(1, 3), 5)),) for _ in range(FEW)]
    columns = _columns(("now",), rows)
    met = [None if (now := _meant(value)) is None else standard.is_met(now) for (value,) in rows]
    found = with_standing(engine.make(columns), value="now", standard=standard)
    assert _differ(engine, found, Case(columns, met), "is_met") == []
    short = [None if (now := _meant(value)) is None else _sign(standard.distance(now)) for (value,) in rows]
    assert _differ(engine, found, Case(columns, short), "distance", _sign) == []


PACES = {
    "default": PacePolicy(),
    "ratio": PacePolicy.cascade(),
    "three words": PacePolicy.leankit(),
    "no ahead": PacePolicy.viva_goals(),
}


@cache
def _paces(name: str) -> Case:
    draw, words = Random(7), PACES[name]  # noqa: S311 - the same rows each time
    rows: list[tuple[Any, ...]] = []
    truth: list[str | None] = []
    for _ in range(FEW // 3):
        first = dt.date(2026, 10, 1) + dt.timedelta(days=draw.choice((0, 0, 0, 30, 60)))
        last = first + dt.timedelta(days=draw.choice((91, 91, 30, 364, 11, -3)))
        parts, offset = 10 ** draw.choice((0, 1, 2)), draw.choice((0, 0, 10**6))
        start = offset + draw.randint(-50 * parts, 50 * parts)
        way = draw.choice((1, -1)) * draw.choice((92, 31, 365, draw.randint(1, 100))) * 100
        elapsed = Cycle(first, last).elapsed(DAY) if first <= last else Fraction(1, 2)
        edge = draw.choice([each for each in (words.ahead, words.on_pace, words.behind) if each is not None])
        on_line = start + (elapsed + edge if words.by is PaceBy.GAP else elapsed * edge) * way
        now = draw.choice((on_line, on_line, Fraction(on_line // 1), on_line + 1, on_line - 1))
        ends = float(Fraction(start, parts)), float(Fraction(start + way, parts))
        value: float | None = float(now / parts)
        if draw.random() < 0.05:
            value = draw.choice((None, nan, inf))
        elif draw.random() < 0.02:
            ends = ends[0], ends[0]
        dates = (first, last) if draw.random() < 0.98 else (None, last)
        rows.append((*ends, value, *dates))
        if dates[0] is None or last < first or ends[0] == ends[1] or value is None or not _is_number(value):
            truth.append(None)
            continue
        moved = KeyResult(id="kr", measure=MEASURE, baseline=ends[0], target=ends[1], cycle=Cycle(first, last))
        pace = moved.assess(Series.of(MEASURE, {first: value}), as_of=DAY, pace=words).pace
        truth.append(None if pace is None else str(pace.value))
    return Case(_columns(("start", "end", "now", "first", "last"), rows), truth)


@pytest.mark.parametrize("name", _once(PACES, "default", "three words"))
def test_the_pace_of_each_row(engine: Engine, name: str) -> None:
    case = _paces(name)
    found = with_pace(
        engine.make(case.columns),
        baseline="start",
        target="end",
        value="now",
        start="first",
        end="last",
        as_of=DAY,
        policy=PACES[name],
    )
    assert _differ(engine, found, case, "pace") == []


TRENDS: dict[str, tuple[Steps | MannKendall | SigmaRule | ControlChart, TrendColumns]] = {
    "three steps": (Steps(3), TrendColumns()),
    "one step": (Steps(1), TrendColumns(polarity=Polarity.LOWER_IS_BETTER)),
    "the test asked by default": (cast("MannKendall", TrendPolicy().direction), TrendColumns()),
    "four readings between bands": (
        MannKendall(readings=4, alpha=Fraction(1, 5), trial_from=4),
        TrendColumns(bands=HealthBands.between(Fraction(1, 3), 3), missing_ends_run=1),
    ),
    "three readings": (SigmaRule(3), TrendColumns()),
    "limits and runs": (limits_and_runs(), TrendColumns()),
    "limits and runs under a ceiling": (limits_and_runs(), TrendColumns(bands=HealthBands.at_most(3))),
    "two of three, two sides": (
        SigmaRule(2, 2, of=3),
        TrendColumns(bands=HealthBands.between(-3, Fraction(5, 2)), reference=FirstReadings(8, 4)),
    ),
    "two sides that are no decimals": (Steps(2), TrendColumns(bands=HealthBands.between(Fraction(1, 3), 3))),
    "two steps under a ceiling": (Steps(2), TrendColumns(bands=HealthBands.at_most(3))),
    "four of five on one side": (
        SigmaRule(4, 0, is_strict=True, of=5, on_one_side=True),
        TrendColumns(missing_ends_run=1),
    ),
}


@cache
def _entities() -> dict[str, list[tuple[dt.date, float | None]]]:
    """Return readings of many entities: ties, gaps, absences, offsets, means that are no decimals, dates twice."""
    draw = Random(5)  # noqa: S311 - the same rows each time
    found: dict[str, list[tuple[dt.date, float | None]]] = {}
    for number in range(60):
        parts = 10 ** draw.choice((0, 1, 2, 4))
        at, kind = draw.choice((0, 0, 1_000, 10**6)) * parts + draw.randint(-5 * parts, 5 * parts), draw.random()
        first = dt.date(2020, 1, 1) + dt.timedelta(days=draw.randint(0, 99))
        readings: list[tuple[dt.date, float | None]] = []
        for month in range(draw.randint(1, 40)):
            moves = kind < 0.9 and draw.random() < 0.9
            at += draw.choice((-2, -1, 1, 1, 2)) * draw.choice((1, parts)) if moves else 0
            value: float | None = at / parts / 3 + 0.1 if kind < 0.1 else at / parts
            if draw.random() < 0.08:
                value = draw.choice((None, None, nan, inf))
            readings.append((first + dt.timedelta(days=31 * month), value))
        if number % 20 == 7:
            readings[-1:] = [readings[-1], (readings[-1][0], 1.0)]
        found[f"entity {number}"] = readings
    return found


def _series(measure: Measure, readings: list[tuple[dt.date, float | None]]) -> Series | None:
    if len({on for on, _ in readings}) < len(readings):
        return None
    return Series.of(
        measure, [(on, value if value is not None and isfinite(value) else Absence.MISSING) for on, value in readings]
    )


def _shuffled() -> list[tuple[str, dt.date, float | None]]:
    rows = [(entity, on, value) for entity, readings in _entities().items() for on, value in readings]
    Random(3).shuffle(rows)  # noqa: S311 - the same order each time
    return rows


def _answer(found: KpiAssessment, rule: Steps | MannKendall | SigmaRule | ControlChart) -> Heading | Standing:
    return found.heading if isinstance(rule, Steps | MannKendall) else found.standing


@cache
def _headings(name: str) -> Case:
    (rule, asked), rows = TRENDS[name], _shuffled()
    policy = asking(rule, reference=asked.reference, missing_ends_run=asked.missing_ends_run)
    kpi = Kpi(id="kpi", measure=Measure("anything", polarity=asked.polarity), bands=asked.bands)
    series = {entity: _series(kpi.measure, readings) for entity, readings in _entities().items()}
    truth = [
        "undetermined"
        if (known := series[entity]) is None or not _is_number(value)
        else str(_answer(kpi.assess(known, as_of=on, policy=policy), rule).value)
        for entity, on, value in rows
    ]
    return Case(_columns(("entity", "on", "now"), rows), truth)


@pytest.mark.parametrize("name", _once(TRENDS, "three steps", "the test asked by default", "limits and runs"))
def test_which_way_each_entity_is_heading_at_each_reading(engine: Engine, name: str) -> None:
    case = _headings(name)
    rule, trend = TRENDS[name]
    where: dict[str, Any] = {"by": "entity", "on": "on", "value": "now", "trend": trend}
    if isinstance(rule, Steps | MannKendall):
        found, column = with_heading(engine.make(case.columns), rule=rule, **where), "heading"
    else:
        found, column = with_usual(engine.make(case.columns), rule=rule, **where), "standing"
    assert _differ(engine, found, case, column) == []


LEFT_OUT = (
    Exclusion(start=dt.date(2020, 6, 10), end=dt.date(2020, 9, 20), reason="works", agreed_on=dt.date(2020, 6, 10)),
    Exclusion(start=dt.date(2020, 12, 1), end=dt.date(2021, 2, 15), reason="strike", agreed_on=dt.date(2021, 1, 20)),
    Exclusion(start=dt.date(2020, 9, 1), end=dt.date(2020, 10, 9), reason="closed", agreed_on=dt.date(2020, 3, 1)),
    Exclusion(
        start=dt.date(2021, 5, 1), end=dt.date(2021, 7, 9), reason="hold", agreed_on=dt.date(2021, 4, 1), is_open=True
    ),
    Exclusion(start=dt.date(2020, 3, 1), end=dt.date(2020, 4, 9), reason="late", agreed_on=dt.date(2021, 9, 1)),
)
"""What was agreed in time, while it lasted, and long after."""


def _is_left_out(on: dt.date, as_of: dt.date) -> bool:
    """Return whether a day does not count, as known on another one, or agreed on before its own time."""
    return any(each.agreed_on <= max(as_of, each.start) and each.start <= on <= each.end for each in LEFT_OUT)


def _state(value: float | None) -> str | None:
    meant = _meant(value)
    return None if meant is None else str(_WATCHED.health(meant).value)


def _twice(readings: list[tuple[dt.date, float | None]]) -> set[dt.date]:
    days = [on for on, _ in readings]
    return {on for on in days if days.count(on) > 1}


_WATCHED = HealthBands.at_least(3, watch=0)


@cache
def _left_out(name: str) -> Case:
    """Return of each row where it stands, since when its health is so, and what is usual, but for days left out."""
    (rule, asked), rows = TRENDS[name], _shuffled()
    policy = asking(rule, reference=asked.reference, missing_ends_run=asked.missing_ends_run)
    measure = Measure("anything", polarity=asked.polarity)
    kpi = Kpi(id="kpi", measure=measure, bands=asked.bands, exclusions=LEFT_OUT)
    watched = Kpi(id="watched", measure=measure, bands=_WATCHED, exclusions=LEFT_OUT)
    read = {entity: (_twice(readings), dict(readings)) for entity, readings in _entities().items()}
    series = {entity: cast("Series", _series(measure, [*days.items()])) for entity, (_, days) in read.items()}
    histories = {entity: KpiHistory(watched, known, policy) for entity, known in series.items()}
    truth: list[Any] = []
    for entity, on, value in rows:
        known = series[entity]
        is_twice = any(not _is_left_out(day, on) for day in read[entity][0])
        if is_twice or not _is_number(value) or _is_left_out(on, on):
            truth.append(("undetermined", None, None))
            continue
        word = str(_answer(kpi.assess(known, as_of=on, policy=policy), rule).value)
        history = histories[entity]
        is_enough = len(history.days(on)) >= asked.reference.trial_from
        truth.append((word, history.on(on).streaks.since, history.limits(on) if is_enough else None))
    columns = _columns(("entity", "on", "now"), rows)
    return Case(columns | {"state": [_state(value) for value in columns["now"]]}, truth)


@pytest.mark.parametrize(
    "name", _once(("three steps", "four readings between bands", "limits and runs"), "limits and runs")
)
def test_days_that_do_not_count_are_left_out_of_trends_from_the_day_on_which_that_was_agreed(
    engine: Engine, name: str
) -> None:
    case = _left_out(name)
    rule, trend = TRENDS[name]
    where: dict[str, Any] = {"by": "entity", "on": "on", "value": "now", "trend": trend, "exclusions": LEFT_OUT}
    if isinstance(rule, Steps | MannKendall):
        found, column = with_heading(engine.make(case.columns), rule=rule, **where), "heading"
    else:
        found, column = with_usual(engine.make(case.columns), rule=rule, **where), "standing"
    answers = Case(case.columns, [word for word, _, _ in case.truth])
    assert _differ(engine, found, answers, column) == []
    said = engine.read(found)
    told = dict(zip(said["row"], said["why"], strict=True))
    out = {row for row, on in enumerate(case.columns["on"]) if _is_left_out(on, on)}
    assert {row for row, why in told.items() if why == "not-counted"} == out
    assert out


def test_days_that_do_not_count_are_left_out_of_since_when_it_has_been_so(engine: Engine) -> None:
    case = _left_out("three steps")
    found = with_since(engine.make(case.columns), by="entity", on="on", state="state", exclusions=LEFT_OUT)
    assert _differ(engine, found, Case(case.columns, [since for _, since, _ in case.truth]), "since") == []


def test_days_that_do_not_count_are_left_out_of_what_is_usual(engine: Engine) -> None:
    case = _left_out("limits and runs")
    found = engine.read(with_limits(engine.make(case.columns), by="entity", on="on", value="now", exclusions=LEFT_OUT))
    for row, *said in zip(*(found[name] for name in ("row", "low_limit", "mean", "high_limit")), strict=True):
        limits: ProcessLimits | None = case.truth[row][2]
        told = [None] * 3 if limits is None else [float(limits.low), float(limits.mean), float(limits.high)]
        assert said == (told if limits is None else pytest.approx(told, rel=1e-9, abs=1e-5)), row


MANNERS: dict[str, Reached | OnDueDate | Held] = {
    "reached": Reached(),
    "on the due date": OnDueDate(),
    "held": Held(dt.date(2026, 1, 20)),
    "held in half": Held(dt.date(2026, 1, 1), share=Fraction(1, 2)),
    "held in two thirds": Held(dt.date(2026, 1, 1), share=Fraction(2, 3)),
}


AGREED = (
    Exclusion(start=dt.date(2026, 2, 5), end=dt.date(2026, 3, 12), reason="works", agreed_on=dt.date(2026, 1, 20)),
    Exclusion(start=dt.date(2026, 3, 20), end=dt.date(2026, 4, 3), reason="closed", agreed_on=dt.date(2026, 2, 1)),
    Exclusion(start=dt.date(2026, 1, 9), end=dt.date(2026, 1, 19), reason="late", agreed_on=dt.date(2026, 2, 1)),
    Exclusion(
        start=dt.date(2026, 1, 22), end=dt.date(2026, 1, 29), reason="fire", agreed_on=dt.date(2026, 2, 9), cause="fire"
    ),
    Exclusion(start=dt.date(2026, 4, 9), end=dt.date(2026, 4, 29), reason="later", agreed_on=dt.date(2026, 4, 1)),
)


@cache
def _commits(
    name: str, as_of: dt.date, agreed: tuple[Exclusion, ...] = ()
) -> tuple[dict[str, list[Any]], dict[int, str]]:
    """Return readings of commits, and of each commit whether it was kept."""
    draw, manner, declared = Random(5), MANNERS[name], dt.date(2026, 1, 1)  # noqa: S311 - the same rows each time
    since = manner.since if isinstance(manner, Held) else declared
    rows: list[tuple[Any, ...]] = []
    truth: dict[int, str] = {}
    for number in range(120):
        low, due = draw.choice((8.0, 0.3, 99.9)), draw.choice((dt.date(2026, 3, 31), dt.date(2026, 5, 1)))
        days = draw.sample(range(-10, 110), draw.randint(1, 6))
        days[-1] = days[0] if draw.random() < 0.05 else days[-1]
        beside = (low, low, nextafter(low, 0), low - 1e-9, low + 0.1, low + 1, low - 0.1, None, None, nan)
        readings = [(declared + dt.timedelta(days=day), draw.choice(beside)) for day in days]
        if draw.random() < 0.05:
            readings[0] = readings[0][0], inf
        rows += [(number, low, due, declared, on, value) for on, value in readings]
        series = _series(MEASURE, readings)
        known = [each for each in agreed if each.agreed_on <= as_of and each.reason != "late"]
        out = {on for on, _ in readings if any(each.start <= on <= each.end for each in known)}
        counting = [(on, value) for on, value in readings if since <= on <= min(due, as_of) and on not in out]
        if series is None or any(value == inf for _, value in counting):
            truth[number] = "unknown"
            continue
        commit = Commit(
            id="commit",
            measure=MEASURE,
            standard=Standard.at_least(low),
            due=due,
            declared_on=declared,
            manner=manner,
            exclusions=agreed,
            notice_days=4,
            named_causes=["fire"],
        )
        truth[number] = str(commit.attainment(series, as_of=as_of).value)
    return _columns(("commit", "low", "due", "declared", "on", "now"), rows), truth


@pytest.mark.parametrize("agreed", [(), AGREED], ids=["every day counts", "some days do not count"])
@pytest.mark.parametrize("as_of", _once((dt.date(2026, 3, 31), dt.date(2026, 3, 1)), dt.date(2026, 3, 31)))
@pytest.mark.parametrize("name", MANNERS)
def test_whether_each_commit_was_kept(engine: Engine, name: str, as_of: dt.date, agreed: tuple[Exclusion, ...]) -> None:
    columns, truth = _commits(name, as_of, agreed)
    found = engine.read(
        attainment(
            engine.make(columns),
            by="commit",
            on="on",
            value="now",
            standard=StandardColumns(low="low"),
            due="due",
            since="declared",
            as_of=as_of,
            manner=MANNERS[name],
            exclusions=agreed,
            notice_days=4,
            named_causes=["fire"],
        )
    )
    assert dict(zip(found["commit"], found["attainment"], strict=True)) == truth


@pytest.mark.parametrize("standard", _once((Standard.below(3), Standard.above(3), PARTLY_OPEN), PARTLY_OPEN))
@pytest.mark.parametrize("name", MANNERS)
def test_a_commit_is_not_kept_on_an_end_that_does_not_belong_to_its_standard(
    engine: Engine, name: str, standard: Standard
) -> None:
    due, declared, manner = dt.date(2026, 3, 31), dt.date(2026, 1, 1), MANNERS[name]
    pairs = list(product((1.0, 3.0, nextafter(1, 0), 2.9999, 3.0001, nextafter(3, 4)), repeat=2))
    rows: list[tuple[Any, ...]] = []
    truth: dict[int, str] = {}
    for number, values in enumerate(pairs):
        readings = list(zip((dt.date(2026, 1, 31), dt.date(2026, 2, 28)), values, strict=True))
        rows += [(number, on, value) for on, value in readings]
        commit = Commit(id="commit", measure=MEASURE, standard=standard, due=due, declared_on=declared, manner=manner)
        truth[number] = str(commit.attainment(Series.of(MEASURE, dict(readings)), as_of=due).value)
    columns = _columns(("commit", "on", "now"), rows)
    found = engine.read(
        attainment(
            engine.make(columns),
            by="commit",
            on="on",
            value="now",
            standard=standard,
            due=due,
            since=declared,
            as_of=due,
            manner=manner,
        )
    )
    assert dict(zip(found["commit"], found["attainment"], strict=True)) == truth
