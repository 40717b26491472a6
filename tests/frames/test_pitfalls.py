"""What engines do differently, and frames rely on or work around: a release that changes it is seen here first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from math import inf, nan
from typing import Any, Protocol

import narwhals.stable.v2 as nw
import pytest
from hypothesis import given, strategies as st
from narwhals import __version__

from goalmodel.frames.bench import number, on_bench, ordinal
from goalmodel.frames.cuts import GREATEST
from goalmodel.frames.paces import elapsed
from goalmodel.frames.wholes import means_whole, nearest_whole
from goalmodel.frames.why import Why
from goalmodel.frames.windows import in_order


class Engine(Protocol):
    """What the fixture gives."""

    @property
    def name(self) -> str: ...
    @property
    def make(self) -> Callable[[dict[str, list[Any]]], Any]: ...
    def read(self, frame: Any) -> dict[str, list[Any]]: ...  # noqa: ANN401


def _computed(engine: Engine, columns: dict[str, list[Any]], *expressions: nw.Expr) -> list[list[Any]]:
    """Return what an engine makes of *expressions*, in the order of the rows."""
    rows = {"row": [*range(len(next(iter(columns.values()))))]}
    bench = on_bench(engine.make(rows | columns))
    named = {f"answer {at}": expression for at, expression in enumerate(expressions)}
    found = engine.read(bench.frame.with_columns(**named).to_native())
    order = sorted(range(len(found["row"])), key=lambda at: found["row"][at])
    return [[found[name][at] for at in order] for name in named]


def test_narwhals_is_one_that_is_not_silently_wrong() -> None:
    major, minor, *_ = (int(part) for part in __version__.split("."))
    assert (major, minor) >= (2, 25)


def test_a_comparison_with_both_ends_guards_null_nan_and_infinity(engine: Engine) -> None:
    columns = {"v": [1.0, None, nan, inf, -inf, GREATEST, -GREATEST]}
    [finite] = _computed(engine, columns, nw.col("v").is_between(-GREATEST, GREATEST).fill_null(value=False))
    assert finite == [True, False, False, False, False, True, True]


def test_half_a_part_is_rounded_alike(engine: Engine) -> None:
    columns = {"v": [0.5, 1.5, 2.5, -0.5, -1.5, 2.0**50 + 0.25, 87_000.000_000_01, 0.0]}
    [whole] = _computed(engine, columns, nearest_whole(nw.col("v")))
    assert whole == [0, 2, 2, 0, -2, 2.0**50, 87_000, 0]


BY_VALUE = {"pandas", "pandas-nullable", "pandas-arrow", "pyarrow", "dask"}
"""Where a comparison with NaN never holds; elsewhere NaN is the greatest number, and equal to itself."""

INSIDE = {"pandas-arrow", "pyarrow", "duckdb", "pyspark", "spark-connect"}
"""Where `clip` makes the upper end of NaN; elsewhere it leaves none."""

AWAY_FROM_ZERO = {"pyarrow", "duckdb", "pyspark", "spark-connect"}
"""Where `round` takes a tie away from 0; elsewhere to the even number."""


def test_comparisons_clip_and_round_differ_by_engine_in_what_they_make_of_nan_and_ties(engine: Engine) -> None:
    value, same = nw.col("v"), nw.col("same")
    numbers = [nan, 2.5, -0.5]
    exceeds, is_itself, clipped, rounded = _computed(
        engine,
        {"v": numbers, "same": numbers},
        value > number(1),
        value == same,
        value.clip(0.0, 1.0),
        value.round(0),
    )
    is_greatest = engine.name not in BY_VALUE
    assert (bool(exceeds[0]), bool(is_itself[0])) == (is_greatest, is_greatest)
    assert clipped == [1 if engine.name in INSIDE else None, 1, 0]
    assert rounded[1:] == ([3, -1] if engine.name in AWAY_FROM_ZERO else [2, 0])


def test_what_frames_ask_instead_of_comparisons_and_clip_is_answered_alike(engine: Engine) -> None:
    bench = on_bench(engine.make({"row": [*range(6)], "v": [nan, None, inf, 2.5, -0.5, 0.5]}))
    now = bench.figure("v", "value", Why.NO_VALUE)
    assert now.is_fine is not None
    [fine] = bench.keep(now.is_fine)
    lies_above, word = nw.when(fine).then(now.exceeds(Fraction(1))), nw.when(fine & now.reaches(Fraction(1, 2)))
    columns = {
        "above": lies_above,
        "word": word.then(nw.lit("high")).otherwise(nw.lit("low")),
        "held": nw.when(fine).then(elapsed(nw.col("v"), number(1))),
        "why": bench.why(fine, now.problems()),
    }
    found = engine.read(bench.done(**columns))
    order = sorted(range(6), key=lambda at: found["row"][at])
    assert {name: [found[name][at] for at in order] for name in columns} == {
        "above": [None, None, None, True, False, False],
        "word": ["low", "low", "low", "high", "low", "high"],
        "held": [None, None, None, 1, 0, 0.5],
        "why": ["no-value", "no-value", "not-finite", None, None, None],
    }


def test_a_scaled_decimal_means_a_whole_number_of_parts(engine: Engine) -> None:
    columns = {"v": [8.7, 0.1 + 0.2, 1 / 3, 0.07, 1e9 + 0.7, 0.1 + 0.7 + 0.1]}
    [scaled] = _computed(engine, columns, nw.col("v") * number(10_000))
    [meant] = _computed(engine, {"v": scaled}, means_whole(nw.col("v"), nearest_whole(nw.col("v"))))
    assert meant == [True, True, False, True, True, True]


def test_a_literal_is_a_float_and_not_a_decimal(engine: Engine) -> None:
    columns = {"v": [0.1, 0.3, 0.30000000000000004]}
    [product, same] = _computed(engine, columns, nw.col("v") * number(3), nw.col("v") == number(0.1 + 0.2))
    assert product == [0.1 * 3, 0.3 * 3, 0.30000000000000004 * 3]
    assert same == [False, False, True]


def test_a_number_to_divide_by_is_divided_by_once(engine: Engine) -> None:
    whole = [float(each) for each in range(1, 400)]
    bench = on_bench(engine.make({"row": [*range(399)], "v": whole}))
    divisor = bench.divisor(Fraction(1_000_000), nw.col("v"))
    found = engine.read(bench.done(answer=nw.col("v") / divisor))
    assert sorted(found["answer"]) == [each / 1e6 for each in whole]


@pytest.mark.parametrize(
    "day", [dt.date(1900, 2, 28), dt.date(2000, 2, 29), dt.date(2024, 3, 1), dt.date(2026, 12, 31)]
)
def test_a_day_has_the_same_number_everywhere(engine: Engine, day: dt.date) -> None:
    [ordinals] = _computed(engine, {"on": [day, None]}, ordinal(nw.col("on")))
    assert ordinals == [day.toordinal(), None]


@given(st.dates())
def test_the_number_of_a_day_is_the_calendar_s(day: dt.date) -> None:
    polars = pytest.importorskip("polars")
    found = nw.from_native(polars.DataFrame({"on": [day]})).select(answer=ordinal(nw.col("on")))
    assert found["answer"].to_list() == [day.toordinal()]


def test_what_was_computed_first_is_added_up_by_group(engine: Engine) -> None:
    bench = on_bench(engine.make({"of": ["a", "a", "b"], "v": [1.0, 3.0, 1.0]}))
    [counts] = bench.keep(nw.when(nw.col("v") > 1).then(number(1)).otherwise(number(0)))
    groups = bench.grouped(["of"], counts.sum())
    found = engine.read(groups.done(answer=groups.columns()[0]))
    assert dict(zip(found["of"], found["answer"], strict=True)) == {"a": 1, "b": 0}


def test_rows_are_in_order_within_their_entity(engine: Engine) -> None:
    days = [dt.date(2026, month, 1) for month in (3, 1, 2)]
    columns = {"row": [*range(6)], "of": ["a"] * 3 + ["b"] * 3, "on": days * 2, "v": [3.0, 1.0, 2.0, 30.0, 10.0, 20.0]}
    bench = on_bench(engine.make(columns))
    if bench.is_dask:
        pytest.skip("on Dask the rows of an entity are brought together first, and pandas orders them")
    rows = in_order(bench, ["of"], bench.days("on", "on"))
    place = rows.places()
    [before] = rows.before(1, nw.col("v"))
    [so_far] = rows.so_far(nw.col("v"))
    [starts] = bench.keep((place == 1) | (nw.col("v") == number(3)))
    found = engine.read(bench.done(place=place, before=before, so_far=so_far, run=rows.run(place, starts)))
    order = sorted(range(6), key=lambda at: found["row"][at])
    assert [[found[name][at] for at in order] for name in ("place", "before", "so_far", "run")] == [
        [3, 1, 2, 3, 1, 2],
        [2, None, 1, 20, None, 10],
        [6, 1, 3, 60, 10, 30],
        [1, 1, 2, 3, 1, 2],
    ]


def test_a_total_stands_beside_the_rows_of_its_own_group_in_a_large_frame(engine: Engine) -> None:
    rows, of = 200_000 if engine.name == "pyarrow" else 2_000, 42
    names = [None, *(f"group {at}" for at in range(rows // of))]
    groups = [names[at % len(names)] for at in range(rows)]
    bench = on_bench(engine.make({"row": [*range(rows)], "of": groups, "v": [float(at) for at in range(rows)]}))
    if bench.is_dask:
        pytest.skip("on Dask the rows of an entity are brought together first, and pandas adds them up")
    [least] = bench.spread(["of"], nw.col("v").min())
    [again] = bench.spread(["of"], nw.col("v").max())
    found = engine.read(bench.done(least=least, most=again))
    last = {name: float(at) for at, name in enumerate(groups)}
    told = zip(found["row"], found["of"], found["least"], found["most"], strict=True)
    assert [row for row, name, low, high in told if (low, high) != (row % len(names), last[name])] == []
