"""Examples of standards that are either of two: "90 %, or better than the same quarter last year"."""

from __future__ import annotations

import datetime as dt
from datetime import date
from fractions import Fraction

import attrs
import pytest

from goalmodel import (
    Attainment,
    Commit,
    Cycle,
    GoalModel,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    OnDueDate,
    Reached,
    Series,
    Standard,
    lint,
    review,
)
from goalmodel.errors import OutOfBounds
from goalmodel.interchange import fhir, openslo
from goalmodel.lifecycle import ContradictionKind

SEEN = Measure("seen within four hours", unit="percent", lowest=0, highest=100)
FIRST, DUE = date(2026, 10, 1), date(2026, 12, 31)
BETTER_THAN_LAST_YEAR = Standard.one_of(Standard.at_least(90), Standard.above(88.7))
OUTSIDE = Standard.one_of(Standard.at_most(10), Standard.at_least(90))
COMMIT = Commit(
    id="four-hours",
    measure=SEEN,
    standard=BETTER_THAN_LAST_YEAR,
    due=DUE,
    declared_on=FIRST,
    manner=OnDueDate(),
    serves="care",
)


@pytest.mark.parametrize(
    ("value", "attainment", "distance", "met"),
    [
        (90, Attainment.KEPT, Fraction(0), ["above 88.7", "at least 90"]),
        (88.8, Attainment.KEPT, Fraction(0), ["above 88.7"]),
        (88.7, Attainment.NOT_KEPT, Fraction(0), []),
        (88.2, Attainment.NOT_KEPT, Fraction(1, 2), []),
    ],
)
def test_one_of_them_is_enough(value: float, attainment: Attainment, distance: Fraction, met: list[str]) -> None:
    found = COMMIT.assess(Series.of(SEEN, {DUE: value}), as_of=DUE)
    assert (found.attainment, found.distance) == (attainment, distance)
    assert [str(each) for each in COMMIT.standard.met_by(value)] == met
    assert "above 88.7 or at least 90" in str(found.reasons[0])


def test_a_month_may_meet_the_one_and_the_next_the_other() -> None:
    held = attrs.evolve(COMMIT, standard=OUTSIDE, manner=Held(FIRST))
    read = Series.of(SEEN, {date(2026, 10, 31): 95, date(2026, 11, 30): 5, DUE: 90})
    assert held.attainment(read, as_of=DUE) is Attainment.KEPT
    for one in OUTSIDE.either:
        assert attrs.evolve(held, standard=one).attainment(read, as_of=DUE) is Attainment.NOT_KEPT


def test_it_is_lost_early_only_where_neither_can_be_met() -> None:
    low = attrs.evolve(SEEN, highest=80)
    commit = attrs.evolve(COMMIT, measure=low, standard=OUTSIDE)
    assert commit.attainment(Series(low, ()), as_of=FIRST) is Attainment.IN_FLIGHT
    neither = attrs.evolve(low, lowest=20)
    found = attrs.evolve(commit, measure=neither).assess(Series(neither, ()), as_of=FIRST)
    assert found.attainment is Attainment.NOT_KEPT
    assert found.risk.is_beyond_saving


def test_the_risk_looks_to_the_closer_one() -> None:
    commit = attrs.evolve(COMMIT, standard=OUTSIDE, manner=Reached())
    for values, best in (((50, 40, 30), Fraction(1)), ((50, 60, 70), Fraction(1))):
        days = (FIRST + dt.timedelta(days=10 * at) for at in range(3))
        read = Series.of(SEEN, dict(zip(days, values, strict=True)))
        seen = commit.assess(read, as_of=FIRST + dt.timedelta(days=20)).risk
        assert (seen.best, seen.distance, seen.is_at_risk) == (best, Fraction(20), False)


def test_what_came_near_one_of_them_is_not_speculative() -> None:
    falling = {FIRST - dt.timedelta(days=7 * (8 - at)): 60 - 4 * at for at in range(8)}
    commit = attrs.evolve(COMMIT, standard=OUTSIDE, manner=Reached(), due=FIRST + dt.timedelta(days=40))
    found = commit.assess(Series.of(SEEN, falling), as_of=FIRST)
    assert "commit-forecast-short" not in {each.code for each in found.accountability.objections}
    only_up = attrs.evolve(commit, standard=Standard.at_least(90)).assess(Series.of(SEEN, falling), as_of=FIRST)
    assert len(only_up.accountability.objections) > len(found.accountability.objections)


def test_goals_are_pulled_apart_only_where_neither_will_do() -> None:
    bands = HealthBands.at_most(50)
    objective = Objective(id="care", title="People are seen in time")
    for standard, kinds in ((BETTER_THAN_LAST_YEAR, [ContradictionKind.PULLED_APART]), (OUTSIDE, [])):
        model = GoalModel(
            objectives=[objective],
            kpis=[Kpi(id="few", measure=SEEN, bands=bands, serves="care")],
            commits=[attrs.evolve(COMMIT, standard=standard)],
        )
        found = review(model, [Series.of(SEEN, {FIRST: 55})], as_of=FIRST).contradictions
        assert [each.kind for each in found] == kinds


def test_a_target_that_is_one_of_the_two_is_stretch_and_must_at_once() -> None:
    quarter = Cycle.quarter(2026, 4)
    for target, is_found in ((90, False), (88.7, True), (88, True), (89, False)):
        moved = KeyResult(id="more", measure=SEEN, baseline=80, target=target, cycle=quarter, serves="care")
        model = GoalModel(
            objectives=[Objective(id="care", title="People are seen in time")], commits=[COMMIT], key_results=[moved]
        )
        found = [each for each in lint(model, as_of=FIRST) if set(each.goals) == {"four-hours", "more"}]
        assert bool(found) is is_found


def test_other_standards_have_no_place_for_it() -> None:
    with pytest.raises(OutOfBounds, match="FHIR knows no either of two"):
        fhir.document(COMMIT, subject="Patient/1")
    held = attrs.evolve(COMMIT, manner=Held(FIRST, share=0.9))
    with pytest.raises(OutOfBounds, match="a standard of one end"):
        openslo.document(held, service="care")
