"""Since when it is so; what may still come; and a must that was made of a stretch."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import (
    Cadence,
    Commit,
    Cycle,
    GoalModel,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    OnDueDate,
    Reading,
    Series,
    Standard,
    apply,
    review,
)
from goalmodel.events import Retired
from goalmodel.key_result import revise
from goalmodel.kpi import KpiHistory
from goalmodel.lifecycle.stretches import stretches_by_commit
from goalmodel.measure import Absence, EachPeriod, Exclusion, Period
from goalmodel.testing import kpis, series, trend_policies
from goalmodel.trend import TrendPolicy

MEASURE = Measure("runs", unit="runs")
FIRST = dt.date(2026, 1, 1)
DAYS = st.dates(FIRST, dt.date(2026, 12, 31))
QUARTER = Cycle.quarter(2026, 4)


class TestSinceWhen:
    """It is so since the first figure from which on it was so at each, as it was seen then."""

    @given(data=st.data(), as_of=DAYS, policy=trend_policies())
    def test_it_is_what_asking_on_every_day_finds(
        self, data: st.DataObject, as_of: dt.date, policy: TrendPolicy
    ) -> None:
        kpi = data.draw(kpis(measure=st.just(MEASURE)))
        read = data.draw(series(measure=MEASURE, on=DAYS, max_size=16))
        found = kpi.assess(read, as_of=as_of, policy=policy)
        history = KpiHistory(kpi, read, policy)
        days = [*history.days(as_of)]
        assert days == sorted(days)
        assert all(day <= as_of for day in days)
        for name in ("standing", "heading"):
            now, since = getattr(found, name), getattr(found, f"{name}_since")
            then = [getattr(kpi.assess(read, as_of=day, policy=policy), name) for day in days]
            alike = 0
            while alike < len(then) and then[-1 - alike] is now:
                alike += 1
            expected = days[-alike] if alike and now.value != "undetermined" else None
            assert since == expected

    def test_a_fall_that_goes_on(self) -> None:
        kpi = Kpi(id="csat", measure=MEASURE, bands=HealthBands.at_least(8))
        values = (8.2, 8.3, 8.2, 8.4, 8.3, 8.2, 8.3, 8.4, 8.2, 8.3, 6, 5, 4)
        read = Series.of(MEASURE, {Cycle.month(2026, at).end: each for at, each in enumerate(values[:12], start=1)})
        found = kpi.assess(read, as_of=dt.date(2026, 12, 31))
        assert (found.standing.value, found.standing_since) == ("worse than usual", dt.date(2026, 11, 30))
        assert attrs.evolve(found, readings=None).standing_since is None


class TestMayStillCome:
    """When the cycle is over and its last reading may still come in time, the score is provisional."""

    MONTHLY = KeyResult(
        id="kr", measure=MEASURE, baseline=0, target=10, cycle=QUARTER, cadence=Cadence(months=1, grace_days=10)
    )

    @pytest.mark.parametrize(
        ("days", "as_of", "until"),
        [
            (((10, 31), (11, 30)), (12, 30), None),  # the cycle is not over
            (((10, 31), (11, 30)), (12, 31), (2027, 1, 9)),
            (((10, 31), (11, 30), (12, 31)), (12, 31), None),  # it is there
            (((10, 31),), (12, 31), (2027, 1, 10)),  # the one of November is missing, and December's may come
            ((), (12, 31), None),
        ],
    )
    def test_until_when(
        self,
        days: tuple[tuple[int, int], ...],
        as_of: tuple[int, int],
        until: tuple[int, int, int] | None,
    ) -> None:
        read = Series.of(MEASURE, {dt.date(2026, *day): 5 for day in days})
        found = self.MONTHLY.assess(read, as_of=dt.date(2026, *as_of))
        expected = None if until is None else dt.date(*until)
        assert found.may_still_come_until == expected
        assert found.is_provisional is (until is not None)
        codes = [each.code for each in found.reasons]
        assert ("kr-reading-may-still-come" in codes) is (until is not None)

    def test_when_it_would_be_late_it_is_final(self) -> None:
        read = Series.of(MEASURE, {dt.date(2026, 11, 30): 5})
        last = dt.date(2027, 1, 9)
        assert self.MONTHLY.assess(read, as_of=last).is_provisional
        assert not self.MONTHLY.assess(read, as_of=last + dt.timedelta(days=1)).is_provisional
        # Of days that do not count the grace waits.
        closed = Exclusion(start=dt.date(2027, 1, 1), end=dt.date(2027, 1, 3), reason="closed", agreed_on=FIRST)
        paused = attrs.evolve(self.MONTHLY, exclusions=closed).assess(read, as_of=last)
        assert paused.may_still_come_until == last + dt.timedelta(days=3)

    @given(
        days=st.lists(st.integers(0, 91), min_size=1, max_size=5, unique=True),
        cadence=st.sampled_from((Cadence.DAILY, Cadence.WEEKLY, Cadence.MONTHLY, Cadence.working_days())),
        lag=st.integers(0, 20),
        later=st.integers(0, 60),
    )
    def test_a_reading_that_comes_in_time_ends_it_and_one_that_is_late_changes_nothing(
        self, days: list[int], cadence: Cadence, lag: int, later: int
    ) -> None:
        moved = attrs.evolve(self.MONTHLY, cadence=attrs.evolve(cadence, lag_days=lag))
        read = Series.of(MEASURE, {QUARTER.start + dt.timedelta(day): 5 for day in days})
        as_of = QUARTER.end + dt.timedelta(days=later)
        found = moved.assess(read, as_of=as_of)
        until = found.may_still_come_until
        assert until is None or until >= as_of
        latest = QUARTER.start + dt.timedelta(max(days))
        assert moved.cadence is not None
        due = moved.cadence.dates(latest, QUARTER.end)
        assert (until is None) == (not due or moved.cadence.stale_after(latest, len(due)) < as_of)
        if due:
            there = moved.assess(Series(MEASURE, (*read.readings, Reading(due[-1], 5))), as_of=as_of)
            assert there.may_still_come_until is None
            stated = moved.assess(Series(MEASURE, (*read.readings, Reading(due[-1], Absence.MISSING))), as_of=as_of)
            assert stated.score is None


RUNS = KeyResult(id="runs", measure=MEASURE, baseline=0, target=10, cycle=QUARTER)


def _must(declared_on: dt.date = dt.date(2026, 12, 20), standard: Standard | None = None) -> Commit:
    return Commit(
        id="must",
        measure=MEASURE,
        standard=Standard.at_least(6) if standard is None else standard,
        declared_on=declared_on,
        due=dt.date(2026, 12, 31),
        manner=OnDueDate(),
    )


class TestCOM5MadeOfAStretch:
    """A commit that was declared while a key result was a stretch on the same measure that it asks a part of."""

    def test_a_stretch_that_is_turned_into_a_must_is_named(self) -> None:
        read = Series.of(MEASURE, {dt.date(2026, 12, 31): 4})
        model = GoalModel(key_results=[RUNS], commits=[_must()])
        found = review(model, [read], as_of=dt.date(2026, 12, 31)).commits[0]
        assert found.stretches == ("runs",)
        assert [str(each) for each in found.accountability.objections if each.code == "commit-was-a-stretch"] == [
            "declared on 2026-12-20, it made a must of runs, a stretch that ran: a minimum nobody had named"
        ]
        # The key result is over and gone, and it was one all the same.
        closed = apply(model, Retired(on=dt.date(2026, 12, 31), goal=RUNS, reason="over", decided_by="the team"))
        assert review(closed, [read], as_of=dt.date(2026, 12, 31)).commits[0].stretches == ("runs",)

    @pytest.mark.parametrize(
        ("key_result", "commit", "is_one"),
        [
            (RUNS, _must(), True),
            (RUNS, _must(declared_on=QUARTER.start), False),  # both were told at the start
            (RUNS, _must(declared_on=QUARTER.start + dt.timedelta(days=1)), True),
            (attrs.evolve(RUNS, cycle=Cycle.quarter(2026, 3)), _must(), False),
            (attrs.evolve(RUNS, cycle=Cycle(QUARTER.start, dt.date(2026, 12, 20))), _must(), True),
            (RUNS, _must(standard=Standard.at_least(10)), True),
            (RUNS, _must(standard=Standard.at_least(11)), False),  # more than was ever tried
            (RUNS, _must(standard=Standard.at_least(0)), False),  # nothing has to move for it
            (RUNS, _must(standard=Standard.at_most(5)), False),  # another way
            (attrs.evolve(RUNS, baseline=10, target=0), _must(standard=Standard.at_most(5)), True),
            (attrs.evolve(RUNS, baseline=None), _must(), False),
            (attrs.evolve(RUNS, measure=Measure("walks")), _must(), False),
            (attrs.evolve(RUNS, window=EachPeriod(Period.MONTH)), _must(), False),
        ],
    )
    def test_what_makes_it_one(self, key_result: KeyResult, commit: Commit, *, is_one: bool) -> None:
        found = stretches_by_commit([commit], [key_result])
        assert found == ({"must": (key_result.id,)} if is_one else {})

    @given(
        declared=st.integers(-20, 120), low=st.integers(-2, 12), revised=st.integers(1, 91), target=st.integers(1, 12)
    )
    def test_it_is_one_by_what_was_in_force_when_it_was_declared(
        self, declared: int, low: int, revised: int, target: int
    ) -> None:
        on = QUARTER.start + dt.timedelta(days=declared)
        assume(on <= dt.date(2026, 12, 31))
        moved = attrs.evolve(RUNS, target=target)
        moved = revise(moved, target=target + 3, on=QUARTER.start + dt.timedelta(days=revised), reason="?")
        at = Fraction(target + 3 if declared >= revised else target)
        found = stretches_by_commit([_must(on, Standard.at_least(low))], [moved])
        assert bool(found) == (0 < declared <= 91 and 0 < low <= at)
