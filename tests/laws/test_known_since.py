"""Laws of what was known when: late and restated readings, on every day and for every kind of goal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import example, given, strategies as st

from goalmodel import (
    Absence,
    Cadence,
    Cycle,
    GoalModel,
    HealthBands,
    KeyResult,
    KeyResultAssessment,
    Kpi,
    KpiAssessment,
    Measure,
    Reading,
    Review,
    Series,
    TrendPolicy,
    decide_promotion,
    review,
    reviews,
)
from goalmodel.changes import Aspect
from goalmodel.commit import CommitAssessment, CommitHistory
from goalmodel.errors import OutOfOrder
from goalmodel.key_result import KeyResultHistory, Trajectory
from goalmodel.kpi import BandsChange, KpiHistory
from goalmodel.measure import EachReading, Window, figures
from goalmodel.testing import (
    cadences,
    commits,
    health_bands,
    key_results,
    kpis,
    measures,
    restated_series,
    series,
    trend_policies,
    windows,
)

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 4, 30)
DAYS = st.dates(FIRST, LAST)
LATER = st.dates(FIRST, LAST + dt.timedelta(days=50))
VALUES = st.integers(-3, 3)
MEASURES = measures(limits=st.one_of(st.just((None, None)), st.just((-2, 2))))


def _known(told: Series, as_of: dt.date) -> Series:
    """Return what was known on a day, read off the versions one by one."""
    latest: dict[dt.date, Reading] = {}
    for reading in told:
        before = latest.get(reading.on)
        if reading.known_since <= as_of and (before is None or before.known_since < reading.known_since):
            latest[reading.on] = reading
    return Series(told.measure, [Reading(on, each.value, each.weight) for on, each in latest.items()])


def _plain(found: object) -> object:
    """Return what is said, whatever it says about when its readings became known."""
    return str(found)


def _of_kpi(found: KpiAssessment) -> tuple[object, ...]:
    latest = None if found.latest is None else (found.latest.on, found.latest.value)
    verdicts = (found.standing, found.heading, found.deviation, found.provisional, found.overdue_since)
    return (latest, found.zone, found.streaks, *verdicts, [str(each) for each in found.explained])


def _of_key_result(found: KeyResultAssessment) -> tuple[object, ...]:
    return (tuple(found.course), found.score, found.outcome, found.pace, [str(each) for each in found.explained])


def _of_commit(found: CommitAssessment) -> tuple[object, ...]:
    said = (found.attainment, found.as_declared, found.distance, [str(each) for each in found.reasons])
    return (*said, [str(each) for each in found.readings], [str(each) for each in found.accountability.objections])


@st.composite
def _watched(draw: st.DrawFn, *, window: st.SearchStrategy[Window] | None = None) -> tuple[Kpi, Series, TrendPolicy]:
    change = st.builds(BandsChange, on=DAYS, was=health_bands(), reason=st.just("as agreed"))
    kpi = draw(
        kpis(
            measure=MEASURES,
            bands=health_bands(),
            cadence=st.one_of(st.none(), cadences()),
            bands_changes=st.lists(change, max_size=2, unique_by=lambda each: each.on),
            window=st.one_of(st.just(EachReading()), windows()) if window is None else window,
        )
    )
    return kpi, draw(restated_series(measure=kpi.measure, values=VALUES, on=DAYS)), draw(trend_policies())


class TestTIME2:
    """A reading has the day it is about and the day it is known since; on a date only what was known is seen, and a
    restatement changes later verdicts, not earlier ones.
    """

    @given(restated_series(on=DAYS), LATER)
    def test_on_a_day_the_latest_version_of_each_date_is_seen_that_was_known(
        self, told: Series, as_of: dt.date
    ) -> None:
        expected = _known(told, as_of)
        assert told.as_known(as_of).until(as_of) == expected
        seen = told.until(as_of)
        assert [(each.on, each.value) for each in seen] == [(each.on, each.value) for each in expected]
        assert seen.until(as_of) == seen
        epoch = told.epoch(as_of).view
        assert epoch.present[: epoch.count(as_of)] == expected.present

    @given(_watched(), st.lists(LATER, min_size=1, max_size=4))
    def test_a_kpi_stands_as_by_what_was_known(
        self, case: tuple[Kpi, Series, TrendPolicy], days: list[dt.date]
    ) -> None:
        kpi, told, policy = case
        history = KpiHistory(kpi, told, policy)
        for as_of in days:
            known = _known(told, as_of)
            expected = kpi.assess(known, as_of=as_of, policy=policy)
            assert (
                _of_kpi(history.on(as_of)) == _of_kpi(expected) == _of_kpi(kpi.assess(told, as_of=as_of, policy=policy))
            )
            assert history.zones(as_of) == KpiHistory(kpi, known, policy).zones(as_of)
            assert history.limits(as_of) == KpiHistory(kpi, known, policy).limits(as_of)
            up, its_up = (
                decide_promotion(kpi, each, as_of=as_of, trend=policy, chosen="so we want it") for each in (told, known)
            )
            assert _plain(up) == _plain(its_up)

    @given(st.data(), LATER)
    def test_a_key_result_has_come_as_far_as_was_known(self, data: st.DataObject, as_of: dt.date) -> None:
        start, end = sorted(data.draw(st.tuples(DAYS, DAYS)))
        moved = data.draw(
            key_results(
                measure=MEASURES, cycle=st.just(Cycle(start, end)), window=st.one_of(st.just(EachReading()), windows())
            )
        )
        moved = attrs.evolve(moved, cadence=data.draw(st.one_of(st.none(), cadences())))
        told = data.draw(restated_series(measure=moved.measure, values=VALUES, on=DAYS))
        history = KeyResultHistory(moved, told)
        for day in (as_of, data.draw(LATER)):
            assert _of_key_result(history.on(day)) == _of_key_result(moved.assess(_known(told, day), as_of=day))

    @given(st.data(), LATER)
    def test_a_commit_is_kept_by_what_was_known(self, data: st.DataObject, as_of: dt.date) -> None:
        owed = data.draw(commits(measure=MEASURES))
        on = st.dates(max(owed.declared_on, dt.date(2, 1, 1)) - dt.timedelta(days=9), owed.due)
        told = data.draw(restated_series(measure=owed.measure, values=VALUES, on=on))
        history = CommitHistory(owed, told)
        for day in (as_of, owed.due, min(reading.known_since for reading in told)):
            assert _of_commit(history.on(day)) == _of_commit(owed.assess(_known(told, day), as_of=day))

    @given(_watched(window=st.just(EachReading())), DAYS, st.integers(1, 40), st.integers(-3, 3))
    def test_a_restatement_changes_nothing_about_an_earlier_day(
        self, case: tuple[Kpi, Series, TrendPolicy], day: dt.date, late: int, value: int
    ) -> None:
        kpi, told, policy = case
        known_on = told.readings[0].known_since + dt.timedelta(days=late)
        taken = {(each.on, each.known_since) for each in told}
        again = Reading(told.readings[0].on, value, known_on=known_on)
        restated = told if (again.on, known_on) in taken else Series(told.measure, [*told, again])
        as_of = min(day, known_on - dt.timedelta(days=1))
        before, after = (kpi.assess(each, as_of=as_of, policy=policy) for each in (told, restated))
        assert before == after

    @given(_watched(), LATER)
    def test_to_say_the_same_again_changes_nothing(self, case: tuple[Kpi, Series, TrendPolicy], as_of: dt.date) -> None:
        kpi, told, policy = case
        last = told.readings[-1]
        again = attrs.evolve(last, known_on=last.known_since + dt.timedelta(days=3))
        said_again = Series(told.measure, [*told, again])
        assert _of_kpi(kpi.assess(said_again, as_of=as_of, policy=policy)) == _of_kpi(
            kpi.assess(told, as_of=as_of, policy=policy)
        )
        assert said_again.restatements == told.restatements

    @example(
        told=Series(
            Measure("the measure"),
            [Reading(FIRST, 0), Reading(FIRST, Absence.NOT_MEASURED, known_on=FIRST + dt.timedelta(days=1))],
        ),
        window=EachReading(),
        as_of=FIRST + dt.timedelta(days=1),
    )
    @given(restated_series(on=DAYS), windows(), LATER)
    def test_figures_rest_on_what_was_known(self, told: Series, window: Window, as_of: dt.date) -> None:
        assert figures(told, window, as_of=as_of) == figures(_known(told, as_of), window, as_of=as_of)

    @given(restated_series())
    def test_every_change_of_a_value_is_a_restatement_and_nothing_else(self, told: Series) -> None:
        by_date: dict[dt.date, list[Reading]] = {}
        for reading in sorted(told, key=lambda each: each.known_since):
            by_date.setdefault(reading.on, []).append(reading)
        expected = [
            (was, became)
            for versions in by_date.values()
            for was, became in pairwise(versions)
            if (was.value, was.weight) != (became.value, became.weight)
        ]
        found = [(each.was, each.became) for each in told.restatements]
        assert sorted(found, key=str) == sorted(expected, key=str)
        assert list(told.corrected) == [versions[-1] for _, versions in sorted(by_date.items())]
        assert list(told.as_first_known) == [versions[0] for _, versions in sorted(by_date.items())]

    @given(series(on=DAYS), st.integers(0, 40), LATER)
    def test_known_so_many_days_later_it_is_what_was_known_so_many_days_before(
        self, plain: Series, days: int, as_of: dt.date
    ) -> None:
        late = plain.known_after(days)
        before = plain.until(as_of - dt.timedelta(days=days))
        assert [(each.on, each.value) for each in late.until(as_of)] == [(each.on, each.value) for each in before]
        assert (late == plain) == (days == 0 or not plain.readings)
        assert late.known_after(days + 1) == late if days else True

    @given(st.data(), st.lists(LATER, min_size=1, max_size=3))
    def test_a_walk_says_of_each_date_what_a_review_says_of_it_alone_and_names_what_was_restated(
        self, data: st.DataObject, days: Sequence[dt.date]
    ) -> None:
        model, told = _model(data)
        walked = list(reviews(model, [told], days))
        for as_of, found in zip(days, walked, strict=True):
            assert found == review(model, [told], as_of=as_of)
            assert str(found) == str(review(model, [_known(told, as_of)], as_of=as_of))
            assert found.restatements == tuple(each for each in told.restatements if each.became.known_since <= as_of)
        first, last = walked[0], walked[-1]
        named = [each for each in last.changes_since(first) if each.aspect is Aspect.RESTATEMENTS]
        assert bool(named) == (first.restatements != last.restatements)
        assert _goals(first) == {each.goal for each in named} or not named


class TestTIME4:
    """What takes some days to be known, as always, is not late: a lag of publication stands beside the grace; and
    on dates that are left out, weekends and holidays, nothing is due.
    """

    @given(st.lists(LATER, max_size=12), DAYS, LATER)
    def test_working_days_are_those_a_walk_counts(self, holidays: list[dt.date], last: dt.date, until: dt.date) -> None:
        walked = [last + dt.timedelta(days) for days in range(1, (until - last).days + 1)]
        worked = [day for day in walked if day.isoweekday() < 6 and day not in holidays]
        cadence = Cadence.working_days(holidays, grace_days=0)
        assert list(cadence.dates(last, until)) == worked
        assert cadence.expected(last, until) == len(worked)
        assert cadence.overdue(last, until) == len([day for day in worked if day < until])

    @given(st.lists(LATER, max_size=12), st.integers(1, 12), st.integers(0, 40))
    def test_pace_by_working_days_counts_them(self, holidays: list[dt.date], month: int, days: int) -> None:
        cycle = Cycle.quarter(2026, (month - 1) // 3 + 1)
        on = min(cycle.start + dt.timedelta(days), cycle.end)
        inside = [cycle.start + dt.timedelta(each) for each in range(cycle.days)]
        worked = [day for day in inside if day.isoweekday() < 6 and day not in holidays]
        over = [day for day in worked if day <= on]
        cadence = Cadence.working_days(holidays)
        assert Trajectory.by_dates(cycle, cadence).expected(cycle.elapsed(on)) == Fraction(len(over), len(worked))

    @given(cadences(rules=True), DAYS, LATER)
    def test_dates_are_where_readings_fall_due(self, cadence: Cadence, last: dt.date, until: dt.date) -> None:
        found = cadence.dates(last, until)
        assert list(found) == [cadence.due(last, periods) for periods in range(1, cadence.expected(last, until) + 1)]

    @given(cadences(rules=True), st.integers(0, 60), DAYS, LATER)
    def test_what_is_in_time_is_in_time_so_many_days_later(
        self, cadence: Cadence, lag: int, last: dt.date, as_of: dt.date
    ) -> None:
        lagging = attrs.evolve(cadence, lag_days=cadence.lag_days + lag)
        days = dt.timedelta(days=lag)
        assert lagging.overdue(last, as_of + days) == cadence.overdue(last, as_of)
        room = (dt.date.max - cadence.stale_after(last)).days
        assert lagging.stale_after(last) == cadence.stale_after(last) + min(days, dt.timedelta(days=room))
        assert lagging.missing_between(last, as_of) == cadence.missing_between(last, as_of)
        assert (lagging.due(last), lagging.period(last, as_of)) == (cadence.due(last), cadence.period(last, as_of))

    @given(st.data(), st.integers(0, 60), DAYS, trend_policies())
    def test_a_kpi_stands_so_many_days_later_as_it_stood(
        self, data: st.DataObject, lag: int, as_of: dt.date, policy: TrendPolicy
    ) -> None:
        kpi = data.draw(kpis(measure=MEASURES, bands=health_bands(), cadence=cadences()))
        kpi = attrs.evolve(kpi, tolerated_days=None)
        assert kpi.cadence is not None
        plain = data.draw(series(measure=kpi.measure, values=VALUES, on=DAYS))
        lagging = attrs.evolve(kpi, cadence=attrs.evolve(kpi.cadence, lag_days=lag))
        found = kpi.assess(plain, as_of=as_of, policy=policy)
        late = lagging.assess(plain.known_after(lag), as_of=as_of + dt.timedelta(days=lag), policy=policy)
        assert (late.zone, late.streaks) == (found.zone, found.streaks)
        assert (late.standing, late.heading) == (found.standing, found.heading)


def _model(data: st.DataObject) -> tuple[GoalModel, Series]:
    measure = Measure("the measure")
    cycle = Cycle(dt.date(2026, 2, 1), dt.date(2026, 3, 31))
    model = GoalModel(
        kpis=[Kpi(id="kpi", measure=measure, bands=HealthBands.at_least(0, watch=-1))],
        key_results=[KeyResult(id="kr", measure=measure, baseline=-2, target=2, cycle=cycle)],
    )
    return model, data.draw(restated_series(measure=measure, values=VALUES, on=DAYS))


def _goals(found: Review) -> set[str | None]:
    return {*(each.kpi.id for each in found.kpis), *(each.key_result.id for each in found.key_results)}


def test_days_may_be_asked_in_any_order_however_often_something_was_restated() -> None:
    days = [FIRST + dt.timedelta(days=day) for day in range(12)]
    told = Series(
        Measure("the measure"),
        [Reading(FIRST, 0), *(Reading(FIRST, number, known_on=day) for number, day in enumerate(days[1:], 1))],
    )
    kpi = Kpi(id="kpi", measure=told.measure, bands=HealthBands.at_least(0))
    history = KpiHistory(kpi, told)
    for number, day in [*enumerate(days), *reversed(list(enumerate(days)))]:
        latest = history.on(day).latest
        assert latest is not None
        assert (latest.known, told.as_known(day).until(day).readings[0].known) == (Fraction(number), Fraction(number))


def test_nothing_is_known_before_its_day() -> None:
    with pytest.raises(OutOfOrder, match="known_on"):
        Reading(LAST, 1, known_on=FIRST)
    assert Reading(LAST, 1, known_on=LAST) == Reading(LAST, 1)


def test_an_absence_that_becomes_known_later_is_none_before() -> None:
    measure = Measure("the measure")
    day = dt.date(2026, 1, 31)
    told = Series(measure, [Reading(day, 7), Reading(day, Absence.MISSING, known_on=day + dt.timedelta(days=9))])
    kpi = Kpi(id="kpi", measure=measure, bands=HealthBands.at_least(5))
    before, after = (kpi.assess(told, as_of=day + dt.timedelta(days=days)) for days in (8, 9))
    assert (before.health.value, after.health.value) == ("healthy", "unknown")
