"""Derived measures on the boundary: what is refused, what leaves none, what is known since when."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from goalmodel import Absence, GoalModel, GoalModelError, HealthBands, Kpi, Measure, Reading, Scale, Series, review
from goalmodel.errors import (
    DifferentQuantities,
    GivenTwice,
    GoesInCircles,
    MeasuresDiffer,
    NothingGiven,
    OutOfBounds,
    SeveralProblems,
    WrongMeasure,
    WrongType,
)
from goalmodel.measure import (
    Aggregation,
    Derived,
    EachPeriod,
    Gap,
    Growth,
    Lag,
    Period,
    Ratio,
    Share,
    StatedPeriods,
    Total,
)

MONTH = EachPeriod(Period.MONTH)
JANUARY, FEBRUARY = dt.date(2026, 1, 31), dt.date(2026, 2, 28)
NORTH, SOUTH = (Measure(name, unit="calls", aggregation=Aggregation.SUM) for name in ("north", "south"))
CALLS = Measure("calls", unit="calls", aggregation=Aggregation.SUM)
SHARE = Measure("share of the north", unit="percent", aggregation=Aggregation.MEAN)


def test_parts_on_other_days_of_a_month_come_to_the_months_figure_first() -> None:
    history = [Series.of(NORTH, {dt.date(2026, 1, 5): 3, dt.date(2026, 1, 20): 4}), Series.of(SOUTH, {JANUARY: 13})]
    assert not len(Derived(measure=CALLS, formula=Total((NORTH, SOUTH))).series(history))
    (found,) = Derived(measure=CALLS, formula=Total((NORTH, SOUTH)), window=MONTH).series(history)
    assert found == Reading(JANUARY, 20)
    (share,) = Derived(measure=SHARE, formula=Share(NORTH, (NORTH, SOUTH)), window=MONTH).series(history)
    assert share == Reading(JANUARY, 35, weight=20)


def test_a_figure_is_known_with_the_last_of_its_parts_and_restated_with_each() -> None:
    late = dt.date(2026, 3, 10)
    history = [
        Series(NORTH, [Reading(JANUARY, 3), Reading(JANUARY, 5, known_on=late)]),
        Series(SOUTH, [Reading(JANUARY, 10, known_on=FEBRUARY)]),
    ]
    found = Derived(measure=CALLS, formula=Gap(SOUTH, NORTH), window=MONTH).series(history)
    assert list(found) == [Reading(JANUARY, 7, known_on=FEBRUARY), Reading(JANUARY, 5, known_on=late)]
    assert [str(each) for each in found.restatements] == [
        "calls: 7 on 2026-01-31 became 5, known since 2026-03-10",
    ]


def test_a_restatement_that_changes_no_derived_figure_restates_none() -> None:
    read = Series(NORTH, [Reading(JANUARY, 3), Reading(JANUARY, 5, known_on=FEBRUARY)])
    assert list(Derived(measure=CALLS, formula=Gap(NORTH, NORTH)).series([read])) == [Reading(JANUARY, 0)]


@pytest.mark.parametrize(("of_all", "value"), [(0, Absence.NOT_MEASURED), (-2, Absence.NOT_MEASURED), (4, 25)])
def test_of_no_more_than_nothing_there_is_no_ratio(of_all: int, value: int | Absence) -> None:
    history = [Series.of(NORTH, {JANUARY: 1}), Series.of(SOUTH, {JANUARY: of_all})]
    (found,) = Derived(measure=SHARE, formula=Ratio(NORTH, SOUTH)).series(history)
    assert found.value == value


def test_an_absent_part_and_one_that_can_not_be_leave_it_absent() -> None:
    low = Measure("south", unit="calls", lowest=0)
    history = [
        Series.of(NORTH, {JANUARY: Absence.NOT_MEASURED, FEBRUARY: 1}),
        Series.of(low, {JANUARY: 1, FEBRUARY: -1}),
    ]
    found = Derived(measure=CALLS, formula=Gap(NORTH, low)).series(history)
    assert [each.value for each in found] == [Absence.NOT_MEASURED, Absence.MISSING]


def test_ratios_of_what_is_no_sum_carry_no_weight() -> None:
    stock, space = Measure("stock"), Measure("space")
    (found,) = Derived(measure=Measure("used"), formula=Ratio(stock, space)).series(
        [Series.of(stock, {JANUARY: 1}), Series.of(space, {JANUARY: 3})]
    )
    assert (found.value, found.weight) == (Fraction(1, 3), None)


def test_growth_against_a_year_before() -> None:
    growth = Derived(measure=Measure("growth", unit="percent"), formula=Growth(NORTH, 12), window=MONTH)
    read = Series.of(NORTH, {dt.date(2025, 1, 9): 40, dt.date(2026, 1, 12): 50, FEBRUARY: 7})
    assert list(growth.series([read])) == [Reading(JANUARY, 25, weight=40)]


def test_a_lag_ends_where_the_periods_and_the_calendar_do() -> None:
    stated = StatedPeriods(dt.date(2026, 1, 1), [JANUARY, FEBRUARY])
    read = Series(
        NORTH,
        [Reading(JANUARY, 1, known_on=dt.date(2026, 2, 3)), Reading(FEBRUARY, 2), Reading(dt.date(2026, 3, 3), 3)],
    )
    lagged = Derived(measure=CALLS, formula=Lag(NORTH, 1), window=stated)
    assert list(lagged.series([read])) == [Reading(FEBRUARY, 1)]
    last = Series.of(NORTH, {dt.date.max: 1})
    assert not len(Derived(measure=CALLS, formula=Lag(NORTH, 1), window=MONTH).series([last]))


def test_it_says_what_it_is() -> None:
    assert [
        str(Derived(measure=measure, formula=formula, window=MONTH))
        for measure, formula in (
            (CALLS, Total((NORTH, SOUTH))),
            (CALLS, Gap(NORTH, SOUTH)),
            (SHARE, Ratio(NORTH, SOUTH)),
            (SHARE, Share(NORTH, (NORTH, SOUTH))),
            (CALLS, Lag(NORTH, 12)),
            (SHARE, Growth(NORTH, 12)),
        )
    ] == [
        "calls = north + south, every month",
        "calls = north - south, every month",
        "share of the north = north / south, every month",
        "share of the north = north / (north + south), every month",
        "calls = north, 12 periods ago, every month",
        "share of the north = north against 12 periods ago, every month",
    ]
    assert str(Derived(measure=SHARE, formula=Ratio(NORTH, SOUTH))) == "share of the north = north / south"


def test_what_does_not_go_together_is_refused() -> None:
    minutes = Measure("minutes", unit="minutes")
    with pytest.raises(DifferentQuantities, match=r"formula\.minutes\.unit must be calls, as calls is in"):
        Derived(measure=CALLS, formula=Gap(NORTH, minutes))
    with pytest.raises(DifferentQuantities, match="as north is in"):
        Derived(measure=SHARE, formula=Share(NORTH, (NORTH, minutes)))
    with pytest.raises(OutOfBounds, match="window"):
        Derived(measure=CALLS, formula=Lag(NORTH, 1))
    rank = Measure("rank", unit="calls", scale=Scale.ORDINAL)
    with pytest.raises(OutOfBounds, match=r"formula\.rank\.scale must be interval or ratio"):
        Derived(measure=CALLS, formula=Gap(NORTH, rank))
    with pytest.raises(SeveralProblems) as caught:
        Derived(measure=minutes, formula=Total((NORTH, rank)))
    assert len(caught.value.problems) == 3
    with pytest.raises(NothingGiven):
        Total(())
    with pytest.raises(GivenTwice, match=r"parts\[1\]"):
        Total((NORTH, NORTH))
    with pytest.raises(OutOfBounds, match="one of north"):
        Share(SOUTH, (NORTH,))
    for ago in (0, 1001):
        with pytest.raises(OutOfBounds):
            Lag(NORTH, ago)


def test_a_model_names_circles_doubles_and_differing_measures_all_at_once() -> None:
    a, b = Measure("a"), Measure("b")
    on_itself = [Derived(measure=a, formula=Total((b,))), Derived(measure=b, formula=Total((a,)))]
    with pytest.raises(GoesInCircles) as circle:
        GoalModel(derived=on_itself)
    assert (str(circle.value.field), circle.value.given) == ("derived[0].formula", ("a", "b", "a"))
    with pytest.raises(SeveralProblems) as caught:
        GoalModel(
            kpis=[Kpi(id="k", measure=Measure("c", unit="calls"))],
            derived=[*on_itself, on_itself[0], Derived(measure=Measure("d"), formula=Total((Measure("c"),))), 3],  # type: ignore[list-item]
        )
    assert [(type(each), str(each.field)) for each in caught.value.problems] == [
        (WrongType, "derived[4]"),
        (GivenTwice, "derived[2].measure.name"),
        (GoesInCircles, "derived[2].formula"),
        (MeasuresDiffer, "derived[3].formula.c.unit"),
    ]


def test_a_review_computes_what_is_derived_of_what_is_derived() -> None:
    model = GoalModel(
        kpis=[Kpi(id="share", measure=SHARE, bands=HealthBands.at_least(30, watch=20))],
        derived=[
            Derived(measure=SHARE, formula=Ratio(NORTH, CALLS)),
            Derived(measure=CALLS, formula=Total((NORTH, SOUTH))),
        ],
    )
    history = [Series.of(NORTH, {JANUARY: 7}), Series.of(SOUTH, {JANUARY: 13}), Series.of(Measure("x"), {JANUARY: 1})]
    found = review(model, history, as_of=JANUARY)
    assert (found["share"].health.value, found.unused) == ("healthy", ("x",))  # type: ignore[union-attr]
    assert [each.measure.name for each in model.derived] == ["calls", "share of the north"]
    with pytest.raises(GivenTwice, match="share of the north"):
        review(model, [*history, Series(SHARE)], as_of=JANUARY)
    with pytest.raises(WrongMeasure, match="unit"):
        review(model, [Series(Measure("north", unit="minutes"))], as_of=JANUARY)


def test_what_was_never_read_leaves_unknown() -> None:
    model = GoalModel(
        kpis=[Kpi(id="calls", measure=CALLS, bands=HealthBands.at_least(30))],
        derived=[Derived(measure=CALLS, formula=Total((NORTH, SOUTH)))],
    )
    assert review(model, [Series.of(NORTH, {JANUARY: 7})], as_of=JANUARY)["calls"].health == "unknown"  # type: ignore[union-attr]


def test_a_part_that_is_spelled_otherwise_does_not_pass_silently() -> None:
    total = Derived(measure=CALLS, formula=Total((NORTH, SOUTH)))
    history = [Series.of(NORTH, {JANUARY: 7}), Series.of(Measure("sout", unit="calls"), {JANUARY: 13})]
    with pytest.raises(NothingGiven, match="south"):
        total.series(history)
    with pytest.raises(SeveralProblems):
        total.series([])
    assert not len(total.series([*history, Series(SOUTH)]))
    model = GoalModel(kpis=[Kpi(id="calls", measure=CALLS)], derived=[total])
    found = review(model, history, as_of=JANUARY)
    assert found.unused == ("sout",)
    (said,) = [each for each in found.findings if each.code == "GM514"]
    assert (said.goals, str(said.reason)) == (("calls",), "calls has no figures: nothing was read of south")
    before = review(model, history, as_of=dt.date(2026, 1, 30))
    assert "GM514" not in [each.code for each in before.findings]
    late = Series(NORTH, [Reading(JANUARY, 7, known_on=FEBRUARY), Reading(JANUARY, 8, known_on=dt.date(2026, 2, 2))])
    days = [dt.date(2026, 2, day) for day in (1, 2)]
    told = [[each.code for each in review(model, [late], as_of=day).findings if each.code == "GM514"] for day in days]
    assert told == [[], ["GM514"]]


def test_every_error_is_one_of_ours() -> None:
    with pytest.raises(GoalModelError):
        Derived(measure=CALLS, formula="north + south")  # type: ignore[arg-type]
