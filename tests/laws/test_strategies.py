"""The strategies our users get: what they give is valid, and what they promise to reach they reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import Phase, find, given, settings, strategies as st

from goalmodel import (
    Absence,
    Attainment,
    Commit,
    Cycle,
    Health,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    OnDueDate,
    Polarity,
    Promote,
    Review,
    Score,
    Series,
    Standard,
    testing,
)
from goalmodel.errors import WrongType
from goalmodel.exact import Number, exact
from goalmodel.lifecycle import Focus
from goalmodel.profiles import Answer, Facts, Profile
from goalmodel.statement import StatementForm

pytestmark = pytest.mark.one_python

Finds: TypeAlias = tuple[st.SearchStrategy[Any], Callable[[Any], object]]

DAY = dt.date(2026, 9, 30)
A_MEASURE = Measure("satisfaction", unit="points")
LOOK_LONG = settings(max_examples=5_000, database=None, derandomize=True, phases=[Phase.generate])
CUT = Fraction(87, 10)
A_COMMIT = Commit(
    id="sla",
    measure=A_MEASURE,
    standard=Standard.at_least(8),
    manner=OnDueDate(),
    declared_on=DAY,
    due=dt.date(2026, 12, 31),
)


def _has_equal_neighbours(known: Series) -> bool:
    return any(earlier.value == later.value for earlier, later in pairwise(known.readings))


def _days_between(known: Series) -> set[int]:
    return {(later.on - earlier.on).days for earlier, later in pairwise(known.readings)}


def _zones_of(bands: HealthBands) -> list[Health]:
    return [zone.health for zone in bands.zones]


REACHED: dict[str, Finds] = {
    "an int of hundreds of digits": (testing.numbers(), lambda it: isinstance(it, int) and abs(it) > 10**300),
    "a float below the normal ones": (testing.numbers(), lambda it: isinstance(it, float) and 0 < abs(it) < 2.3e-308),
    "a huge float": (testing.floats(), lambda it: abs(it) > 1e300),
    "a computed float": (testing.computed_floats(), lambda it: Fraction(it) != exact(it, "it")),
    "a Decimal of many digits": (testing.numbers(), lambda it: isinstance(it, Decimal) and len(it.as_tuple()[1]) > 20),
    "a fraction that is no decimal": (testing.exact_numbers(), lambda it: it.denominator % 3 == 0),
    "a number on the cut": (testing.near(CUT), lambda it: exact(it, "it") == CUT),
    "a computed float on the cut": (testing.near(CUT), lambda it: isinstance(it, float) and it > 8.7),
    "a number just below the cut": (testing.near(CUT), lambda it: 0 < CUT - exact(it, "it") < Fraction(1, 10**11)),
    "a number just above the cut": (testing.near(CUT), lambda it: 0 < exact(it, "it") - CUT < Fraction(1, 10**11)),
    "a number on another cut": (testing.near(CUT, 95), lambda it: it == 95),
    "a measure with one possible value": (
        testing.measures(),
        lambda it: it.lowest is not None is not it.highest and it.lowest == it.highest,
    ),
    "a measure that is best in a range": (testing.measures(), lambda it: it.polarity is Polarity.IN_RANGE_IS_BETTER),
    "equal neighbours": (testing.series(), _has_equal_neighbours),
    "three readings from day to day": (testing.series(min_size=3), lambda it: _days_between(it) == {1}),
    "four readings from month to month": (
        testing.series(min_size=4),
        lambda it: {28, 31} <= _days_between(it) <= {28, 29, 30, 31},
    ),
    "months with one left out": (
        testing.series(max_size=6),
        lambda it: len(it) > 2 and _days_between(it) & {59, 61, 62},
    ),
    "a stated absence": (testing.series(), lambda it: any(isinstance(each.value, Absence) for each in it)),
    "a cycle of one day": (testing.cycles(), lambda it: it.days == 1),
    "a leap day at the end of a cycle": (testing.cycles(), lambda it: (it.end.month, it.end.day) == (2, 29)),
    "the last day there is": (testing.cycles(), lambda it: it.end == dt.date.max),
    "a floor": (testing.health_bands(), lambda it: it.high is None),
    "a ceiling": (testing.health_bands(), lambda it: it.low is None),
    "both": (testing.health_bands(), lambda it: it.low is not None is not it.high),
    "bands that are healthy at a point": (testing.health_bands(), lambda it: it.low is not None and it.low == it.high),
    "bands with five zones": (testing.health_bands(), lambda it: len(it.zones) == 5),
    "bands without watch": (testing.health_bands(), lambda it: Health.WATCH not in _zones_of(it)),
    "bands with watch on both sides": (
        testing.health_bands(),
        lambda it: _zones_of(it).count(Health.WATCH) > 1 and it.low is not None is not it.high,
    ),
    "a statement's form": (testing.values(StatementForm), lambda it: it is list(StatementForm)[-1]),
    "a commit that is what was asked for, amended": (
        testing.amended_commits(commit=st.just(A_COMMIT)),
        lambda it: it.amendments and attrs.evolve(it, amendments=()) == A_COMMIT,
    ),
    "a falling key result": (testing.key_results(), lambda it: it.baseline is not None and it.target < it.baseline),
    "a rising key result": (testing.key_results(), lambda it: it.baseline is not None and it.target > it.baseline),
    "a key result without a baseline": (testing.key_results(), lambda it: it.baseline is None),
    "a key result with a way below nothing": (testing.ways(baseline=True), lambda it: it[0] < 0 < it[1]),
    "a commit declared on its due date": (testing.commits(), lambda it: it.declared_on == it.due),
    "a commit declared after its time began": (
        testing.commits(),
        lambda it: it.starts_on and it.declared_on > it.starts_on,
    ),
    "a standard within a point": (testing.standards(), lambda it: it.low is not None and it.low == it.high),
    "a score of exactly 1": (testing.values(Score), lambda it: it.raw == 1),
    "a model with a key result that was a KPI": (
        testing.goal_models(),
        lambda it: any(each.origin for each in it.key_results),
    ),
    "a model with two goals on one measure": (
        testing.goal_models(),
        lambda it: len({each.measure for each in it.measured}) < len(it.measured),
    ),
    "objectives that serve objectives": (testing.goal_models(), lambda it: any(each.serves for each in it.objectives)),
    "an initiative that moves something": (
        testing.goal_models(),
        lambda it: any(each.serves for each in it.initiatives),
    ),
    "an unhealthy KPI": (testing.kpi_assessments(), lambda it: it.health is Health.UNHEALTHY),
    "a healthy KPI": (testing.kpi_assessments(), lambda it: it.health is Health.HEALTHY),
    "a KPI on watch": (testing.kpi_assessments(), lambda it: it.health is Health.WATCH),
    "a KPI nobody knows about": (testing.kpi_assessments(), lambda it: it.health is Health.UNKNOWN),
    "a key result at its target": (
        testing.key_result_assessments(),
        lambda it: it.score is not None and it.score.raw == 1,
    ),
    "a key result without a score": (testing.key_result_assessments(), lambda it: it.score is None),
    "a commit that was kept": (testing.commit_assessments(), lambda it: it.attainment is Attainment.KEPT),
    "a commit that was not kept": (testing.commit_assessments(), lambda it: it.attainment is Attainment.NOT_KEPT),
    "a commit in flight": (testing.commit_assessments(), lambda it: it.attainment is Attainment.IN_FLIGHT),
    "a commit nobody knows about": (testing.commit_assessments(), lambda it: it.attainment is Attainment.UNKNOWN),
    "a promotion nobody chose": (testing.promotion_decisions(chosen=st.none()), lambda it: isinstance(it, Promote)),
    "facts of a goal whose ends are equal": (
        testing.values(Facts),
        lambda it: it.baseline is not None and it.baseline == it.target and it.value is not None,
    ),
    "a whole with a part that weighs nothing": (
        testing.values(Facts),
        lambda it: any(not child.weight for child in it.children),
    ),
    "a profile that is none of the published": (testing.values(Profile), lambda it: it.name == "a system"),
    "an answer that differs": (testing.values(Answer), lambda it: it.differences),
    "a review with a series nobody asked for": (testing.values(Review), lambda it: it.unused),
    "a focus that takes some and defers some": (testing.values(Focus), lambda it: it.taken and it.deferred),
}


# What is found first is not made small: how long its repr is says nothing.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("what", REACHED)
def test_they_reach_what_they_promise(what: str) -> None:
    strategy, holds = REACHED[what]
    assert holds(find(strategy, lambda it: bool(holds(it)), settings=LOOK_LONG))


@given(testing.exact_numbers(), st.data())
def test_what_is_the_same_means_the_same(value: Fraction, data: st.DataObject) -> None:
    assert exact(data.draw(testing.same_as(value)), "value") == value


@pytest.mark.parametrize(
    "value", [0, 2**52, 5 * 10**15, 2**53 - 1, 2**53, 10**15, 10**300, Decimal("1E-320"), Fraction(1, 2**3_000)]
)
@given(data=st.data())
def test_what_is_the_same_means_the_same_at_the_ends_of_floats(value: int, data: st.DataObject) -> None:
    assert exact(data.draw(testing.same_as(value)), "value") == value


@given(testing.exact_numbers(), st.data())
def test_what_is_near_a_cut_is_a_unit_beside_it_or_on_it(cut: Fraction, data: st.DataObject) -> None:
    value: Number = data.draw(testing.near(cut))
    away = abs(exact(value, "value") - cut)
    assert away <= 10**6
    assert away == 0 or away >= Fraction(1, 7 * 10**20)


@given(st.data())
def test_what_is_said_is_what_is_given(data: st.DataObject) -> None:
    cycle = Cycle.quarter(2026, 4)
    measured = st.just(A_MEASURE)
    kpi: Kpi = data.draw(testing.kpis(id=st.just("a"), measure=measured, bands=st.none(), cadence=st.none()))
    assert (kpi.id, kpi.measure, kpi.bands, kpi.cadence, kpi.serves) == ("a", A_MEASURE, None, None, ())
    moved: KeyResult = data.draw(
        testing.key_results(
            id=st.just("b"),
            measure=measured,
            way=st.just((8, Decimal("9.2"))),
            cycle=st.just(cycle),
            serves=st.just(("o",)),
            origin=testing.origins(kpi=st.just("a"), on=st.just(DAY)),
        )
    )
    assert (moved.baseline, moved.target_value) == (Fraction(8), Fraction(46, 5))
    assert (moved.cycle, moved.serves) == (cycle, ("o",))
    assert moved.origin is not None
    assert (moved.origin.kpi, moved.origin.on) == ("a", DAY)
    held: Commit = data.draw(
        testing.commits(id=st.just("c"), measure=measured, standard=st.just(Standard.done()), due=st.just(DAY))
    )
    assert (held.id, held.measure, held.standard, held.due) == ("c", A_MEASURE, Standard.done(), DAY)
    served: Objective = data.draw(testing.objectives(id=st.just("o"), serves=st.just(("p",))))
    assert (served.id, served.serves) == ("o", ("p",))


@given(st.data())
def test_parts_are_taken_from_what_is_said(data: st.DataObject) -> None:
    bands: HealthBands = data.draw(testing.health_bands(edges=st.sampled_from([Fraction(1), Fraction(2)])))
    assert set(bands.cuts) <= {1, 2}
    assert data.draw(testing.zones(health=st.just(Health.WATCH))).health is Health.WATCH
    assert data.draw(testing.readings(on=st.just(DAY), values=st.just(8))).on == DAY
    known: Series = data.draw(testing.series(measure=A_MEASURE, values=st.just(8), on=st.dates(DAY), absences=False))
    assert known.measure == A_MEASURE
    assert all(on >= DAY and value == 8 for on, value in known.present)
    assert len(known.present) == len(known)
    assert data.draw(testing.series(measure=st.just(A_MEASURE), min_size=2, max_size=3)).measure == A_MEASURE
    assert data.draw(testing.cycles(starts=st.just(DAY))).start == DAY
    standard: Standard = data.draw(testing.standards(ends=st.just(Fraction(8))))
    assert standard == Standard.done() or {standard.low, standard.high} <= {8, None}
    assert data.draw(testing.ways(baseline=False))[0] is None
    assert data.draw(testing.ways(baseline=True))[0] is not None
    kpi: Kpi = data.draw(testing.kpis(measure=st.just(A_MEASURE)))
    seen = data.draw(testing.kpi_assessments(kpi=st.just(kpi), as_of=st.just(DAY)))
    assert (seen.kpi, seen.as_of) == (kpi, DAY)
    assert data.draw(testing.promotes(kpi=st.just(kpi))).assessment.kpi == kpi
    assert data.draw(testing.keeps(kpi=st.just(kpi))).assessment.kpi == kpi


@pytest.mark.parametrize("size", [0, 1, 5])
@given(data=st.data())
def test_a_series_is_as_long_as_asked(size: int, data: st.DataObject) -> None:
    assert len(data.draw(testing.series(min_size=size, max_size=size))) == size


def test_what_is_no_public_type_has_no_strategy() -> None:
    with pytest.raises(WrongType, match="a public type"):
        testing.values(Callable[[], int])
