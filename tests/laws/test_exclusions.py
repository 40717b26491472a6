"""Laws of time that was agreed not to count, against calendars that do not have it at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import (
    Absence,
    Aggregation,
    AsAWhole,
    Attainment,
    Cadence,
    Commit,
    CompositeKpi,
    Cycle,
    GoalModel,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    KpiAssessment,
    Measure,
    OnDueDate,
    Reached,
    Reading,
    Series,
    Standard,
    TrendPolicy,
    review,
    reviews,
)
from goalmodel.commit import CommitHistory, Counted, Manner
from goalmodel.errors import OutOfOrder
from goalmodel.key_result import KeyResultHistory, MeanOfLatest
from goalmodel.kpi import KpiHistory
from goalmodel.measure import Exclusion
from goalmodel.measure.exclusion import ExcludedDays, PausedCadence
from goalmodel.testing import cadences, exclusions, health_bands, kpis, measures, series, trend_policies

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 3, 1)
DAYS = st.dates(FIRST, LAST)
SOME = st.lists(exclusions(on=DAYS, most_days=12), max_size=3)
EARLY = st.lists(exclusions(on=DAYS, agreed_on=st.just(dt.date(2025, 12, 1)), most_days=12), max_size=3)
VALUES = st.integers(-3, 3)
ONE_DAY = dt.timedelta(days=1)
MEASURE = Measure("the measure")
UNLIMITED = measures(limits=st.just((None, None)))


def _range(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=days) for days in range((last - first).days + 1)]


def _left_out(given_: list[Exclusion]) -> set[dt.date]:
    return {day for each in given_ for day in _range(each.start, each.end)}


def _of_kpi(found: KpiAssessment) -> tuple[object, ...]:
    latest = None if found.latest is None else (found.latest.on, found.latest.value)
    return (latest, found.zone, found.streaks, found.standing, found.heading, found.overdue_since)


@attrs.frozen
class Compressed:
    """The calendar without some days: those that are left follow one another."""

    left_out: set[dt.date]

    def __call__(self, day: dt.date) -> dt.date:
        return day - dt.timedelta(days=sum(each <= day for each in self.left_out))

    def series(self, plain: Series) -> Series:
        kept = [each for each in plain if each.on not in self.left_out]
        return Series(plain.measure, [attrs.evolve(each, on=self(each.on)) for each in kept])


@st.composite
def _paused(draw: st.DrawFn) -> tuple[list[Exclusion], set[dt.date], Series, dt.date, dt.date]:
    """Return exclusions, their days, what was read, and two days that count, the first and a later one."""
    some = draw(EARLY)
    left_out = _left_out(some)
    read = draw(series(measure=MEASURE, values=VALUES, on=DAYS, max_size=30))
    count = [day for day in _range(FIRST, LAST) if day not in left_out]
    assume(len(count) > 2)
    one, other = sorted((draw(st.sampled_from(count)), draw(st.sampled_from(count))))
    return some, left_out, read, one, other


class TestTIME3:
    """Time agreed not to count leaves the whole: nothing is expected in it, nothing in it is met or missed, and a run
    goes on behind it; it moves a commit's verdict only when it was agreed in time.
    """

    @given(SOME, DAYS, DAYS)
    def test_days_are_counted_as_by_going_through_them(
        self, some: list[Exclusion], one: dt.date, other: dt.date
    ) -> None:
        excluded, left_out = ExcludedDays(some), _left_out(some)
        first, last = min(one, other), max(one, other)
        between = set(_range(first + ONE_DAY, last)) & left_out
        assert (one in excluded) == (one in left_out)
        assert excluded.between(first, last) == len(between)
        assert excluded.counted(first, last) == len(set(_range(first, last)) - left_out)
        fresh = first
        while True:
            following = fresh + ONE_DAY
            over = (following - first).days - excluded.between(first, following)
            if over > (last - first).days:
                break
            fresh = following
        assert excluded.last(last, first) == fresh
        assert {day for span in excluded.spans() for day in _range(*span)} == left_out

    @given(cadences(rules=True), SOME, DAYS, DAYS, st.integers(1, 4))
    def test_nothing_that_falls_due_in_it_is_expected(
        self, cadence: Cadence, some: list[Exclusion], last: dt.date, as_of: dt.date, periods: int
    ) -> None:
        left_out = _left_out(some)
        paused = PausedCadence(cadence, ExcludedDays(some))
        due: list[dt.date] = []
        number = 1
        while len(due) < periods or (due and due[-1] < as_of):
            day = cadence.due(last, number)
            number += 1
            if day not in left_out:
                due.append(day)
            if day == dt.date.max:
                break
        assume(dt.date.max not in due)
        assert paused.due(last, periods) == due[periods - 1]
        assert paused.expected(last, as_of) == sum(day <= as_of for day in due)
        assert paused.overdue(last, as_of) == sum(paused.stale_after(last, at) < as_of for at in range(1, len(due) + 1))
        assert paused.missing_between(last, as_of) >= paused.overdue(last, as_of)
        late = paused.stale_after(last, periods)
        assume(late < dt.date.max)
        counted = (late - due[periods - 1]).days - len(set(_range(due[periods - 1] + ONE_DAY, late)) & left_out)
        assert counted <= cadence.grace_days + cadence.lag_days
        assert paused.overdue(last, late) < periods
        assert paused.overdue(last, late + ONE_DAY) >= periods
        assert paused.before(as_of) == cadence.before(as_of)
        assert PausedCadence(cadence, ExcludedDays([])).overdue(last, as_of) == cadence.overdue(last, as_of)

    @given(_paused(), health_bands(), st.integers(1, 3), st.integers(0, 3), trend_policies())
    def test_a_kpi_stands_as_on_a_calendar_without_those_days(
        self,
        case: tuple[list[Exclusion], set[dt.date], Series, dt.date, dt.date],
        bands: HealthBands,
        days: int,
        grace: int,
        policy: TrendPolicy,
    ) -> None:
        some, left_out, read, _, as_of = case
        there = Compressed(left_out)
        policy = attrs.evolve(policy, seasonal=None)
        assume(days == 1 or not left_out)
        kpi = Kpi(
            id="kpi", measure=MEASURE, bands=bands, cadence=Cadence(days=days, grace_days=grace), tolerated_days=grace
        )
        found = attrs.evolve(kpi, exclusions=some).assess(read, as_of=as_of, policy=policy)
        expected = kpi.assess(there.series(read), as_of=there(as_of), policy=policy)
        assert (found.zone, found.standing, found.heading) == (expected.zone, expected.standing, expected.heading)
        overdue = None if found.overdue_since is None else there(found.overdue_since)
        assert overdue == expected.overdue_since
        counts = ("in_zone", "healthy", "not_healthy", "unhealthy")
        assert [getattr(found.streaks, each) for each in counts] == [getattr(expected.streaks, each) for each in counts]

    @given(_paused(), st.sampled_from((Aggregation.LAST, MeanOfLatest(2), Aggregation.SUM)), st.data())
    def test_a_key_result_is_paused(
        self,
        case: tuple[list[Exclusion], set[dt.date], Series, dt.date, dt.date],
        counting: Aggregation | MeanOfLatest,
        data: st.DataObject,
    ) -> None:
        some, left_out, read, start, end = case
        there = Compressed(left_out)
        as_of = data.draw(st.sampled_from([day for day in _range(start, end) if day not in left_out]))
        moved = KeyResult(
            id="kr", measure=MEASURE, baseline=0, target=3, cycle=Cycle(start, end), counting=counting,
            cadence=Cadence(days=1, grace_days=data.draw(st.integers(0, 2))),
        )  # fmt: skip
        expected = attrs.evolve(moved, cycle=Cycle(there(start), there(end))).assess(
            there.series(read), as_of=there(as_of)
        )
        found = attrs.evolve(moved, exclusions=some).assess(read, as_of=as_of)
        assert [value for _, value in found.course] == [value for _, value in expected.course]
        assert (found.score, found.pace, found.expected) == (expected.score, expected.pace, expected.expected)
        assert (found.stale_since is None) == (expected.stale_since is None)

    @given(
        _paused(),
        st.sampled_from(("reached", "on the due date", "held", "readings", "time", "whole")),
        st.fractions(Fraction(1, 4), 1),
        st.sampled_from((None, Cadence(days=1), Cadence(days=1, grace_days=2))),
        st.data(),
    )
    def test_a_commit_is_kept_as_on_a_calendar_without_those_days(
        self,
        case: tuple[list[Exclusion], set[dt.date], Series, dt.date, dt.date],
        how: str,
        share: Fraction,
        cadence: Cadence | None,
        data: st.DataObject,
    ) -> None:
        some, left_out, read, start, due = case
        there = Compressed(left_out)
        as_of = data.draw(st.sampled_from([day for day in _range(start, LAST) if day not in left_out]))
        measure = Measure("the measure", aggregation=Aggregation.SUM, lowest=-3, highest=3)
        read = Series(measure, read.readings)

        def owed(day: Mapping[str, dt.date]) -> Commit:
            manners: dict[str, Manner] = {
                "reached": Reached(),
                "on the due date": OnDueDate(),
                "held": Held(day["start"]),
                "readings": Held(day["start"], share=share, counted=Counted.READINGS),
                "time": Held(day["start"], share=share, counted=Counted.TIME),
                "whole": AsAWhole(),
            }
            return Commit(
                id="c", measure=measure, standard=Standard.at_least(1), declared_on=day["start"], due=day["due"],
                manner=manners[how], cadence=cadence,
            )  # fmt: skip

        plain = owed({"start": start, "due": due})
        found = attrs.evolve(plain, exclusions=some).assess(read, as_of=as_of)
        expected = owed({"start": there(start), "due": there(due)}).assess(there.series(read), as_of=there(as_of))
        assert (found.attainment, found.distance) == (expected.attainment, expected.distance)
        chance, its_chance = found.risk.last_chance, expected.risk.last_chance
        if how == "time" and chance is not None and its_chance is not None:
            assert there(chance) == its_chance
        if how == "time" and found.allowance and expected.allowance:
            assert (found.allowance.total, found.allowance.used) == (expected.allowance.total, expected.allowance.used)

    @given(_paused(), health_bands(), st.lists(VALUES, min_size=60, max_size=60))
    def test_what_is_read_in_it_changes_nothing(
        self,
        case: tuple[list[Exclusion], set[dt.date], Series, dt.date, dt.date],
        bands: HealthBands,
        others: list[int],
    ) -> None:
        some, left_out, read, start, as_of = case
        kept = [each for each in read if each.on not in left_out]
        inside = [Reading(day, value) for day, value in zip(sorted(left_out), others, strict=False)]
        without, within = Series(MEASURE, kept), Series(MEASURE, [*kept, *inside])
        kpi = Kpi(id="kpi", measure=MEASURE, bands=bands, cadence=Cadence(days=1), exclusions=some)
        assert _of_kpi(kpi.assess(without, as_of=as_of)) == _of_kpi(kpi.assess(within, as_of=as_of))
        owed = Commit(
            id="c", measure=MEASURE, standard=Standard.at_least(1), declared_on=start, due=LAST, manner=Held(start),
            exclusions=some,
        )  # fmt: skip
        one, other = (owed.assess(each, as_of=as_of) for each in (without, within))
        assert (one.attainment, one.distance) == (other.attainment, other.distance)

    @given(
        kpis(measure=measures(limits=st.just((None, None))), bands=health_bands(), cadence=st.none()),
        SOME,
        DAYS,
        st.data(),
    )
    def test_without_readings_inside_and_without_a_cadence_it_changes_nothing(
        self, kpi: Kpi, some: list[Exclusion], as_of: dt.date, data: st.DataObject
    ) -> None:
        left_out = _left_out(some)
        read = data.draw(series(measure=kpi.measure, on=DAYS))
        outside = Series(kpi.measure, [each for each in read if each.on not in left_out])
        # How long it may lie outside its healthy zone is counted in days, and those of an exclusion are none of them.
        kpi = attrs.evolve(kpi, tolerated_days=None)
        before, after = (each.assess(outside, as_of=as_of) for each in (kpi, attrs.evolve(kpi, exclusions=some)))
        assert _of_kpi(before) == _of_kpi(after)

    @given(_paused(), SOME, health_bands(), st.data())
    def test_what_is_agreed_later_changes_nothing_about_a_day_before(
        self,
        case: tuple[list[Exclusion], set[dt.date], Series, dt.date, dt.date],
        later: list[Exclusion],
        bands: HealthBands,
        data: st.DataObject,
    ) -> None:
        some, _, read, start, end = case
        as_of = data.draw(DAYS)
        later = [attrs.evolve(each, agreed_on=max(each.agreed_on, as_of + ONE_DAY)) for each in later]
        kpi = Kpi(id="kpi", measure=MEASURE, bands=bands, cadence=Cadence(days=1), exclusions=some)
        moved = KeyResult(
            id="kr", measure=MEASURE, baseline=0, target=3, cycle=Cycle(start, end), cadence=Cadence(days=2),
            exclusions=some,
        )  # fmt: skip
        owed = Commit(
            id="c", measure=MEASURE, standard=Standard.at_least(1), declared_on=start, due=end, manner=Held(start),
            cadence=Cadence(days=1), exclusions=some,
        )  # fmt: skip
        both = [*some, *later]
        one, other = (each.assess(read, as_of=as_of) for each in (kpi, attrs.evolve(kpi, exclusions=both)))
        assert _of_kpi(one) == _of_kpi(other)
        assert (one.next_due, one.stale_since, one.in_force) == (other.next_due, other.stale_since, other.in_force)
        first, then = (each.assess(read, as_of=as_of) for each in (moved, attrs.evolve(moved, exclusions=both)))
        assert (first.score, first.pace, first.expected) == (then.score, then.pace, then.expected)
        owed_so, owed_then = (each.assess(read, as_of=as_of) for each in (owed, attrs.evolve(owed, exclusions=both)))
        assert (owed_so.attainment, owed_so.as_excluded) == (owed_then.attainment, owed_then.as_excluded)

    @given(_paused(), st.integers(0, 30), st.integers(0, 40), health_bands())
    def test_what_is_open_lasts_until_each_of_its_days_and_no_day_before_knows_of_its_end(
        self,
        case: tuple[list[Exclusion], set[dt.date], Series, dt.date, dt.date],
        begins: int,
        asked: int,
        bands: HealthBands,
    ) -> None:
        some, _, read, start, end = case
        on, as_of = FIRST + dt.timedelta(days=begins), FIRST + dt.timedelta(days=asked)
        hold = Exclusion(start=on, end=dt.date.max, reason="it rests", agreed_on=on, is_open=True)
        ended = attrs.evolve(hold, end=max(on, as_of - ONE_DAY))
        known = [attrs.evolve(hold, end=as_of, is_open=False)] if on <= as_of else []
        kpi = Kpi(id="kpi", measure=MEASURE, bands=bands, cadence=Cadence(days=1))
        moved = KeyResult(id="kr", measure=MEASURE, baseline=0, target=3, cycle=Cycle(start, end))
        owed = Commit(
            id="c", measure=MEASURE, standard=Standard.at_least(1), declared_on=start, due=end, manner=Held(start)
        )

        def stands(held: list[Exclusion], as_of: dt.date) -> tuple[object, ...]:
            both = [*some, *held]
            watched = attrs.evolve(kpi, exclusions=both).assess(read, as_of=as_of)
            found = attrs.evolve(moved, exclusions=both).assess(read, as_of=as_of)
            promised = attrs.evolve(owed, exclusions=both).assess(read, as_of=as_of)
            return _of_kpi(watched), found.score, found.pace, found.expected, promised.attainment, promised.as_excluded

        assert stands([hold], as_of) == stands(known, as_of)
        before = min(as_of, ended.end)
        assert stands([hold], before) == stands([ended], before)

    def test_what_is_open_says_so(self) -> None:
        hold = Exclusion(start=FIRST, end=dt.date.max, reason="it rests", agreed_on=FIRST, is_open=True)
        assert str(hold) == f"{FIRST.isoformat()} on do not count: it rests"
        assert hold.as_known(FIRST - ONE_DAY) is None
        assert hold.as_known(FIRST) == Exclusion(start=FIRST, end=FIRST, reason="it rests", agreed_on=FIRST)
        early = attrs.evolve(hold, agreed_on=FIRST - ONE_DAY)
        assert early.as_known(FIRST - ONE_DAY) is None

    @given(_paused(), st.integers(0, 20), st.sampled_from(((), ("strike",))))
    def test_a_commit_is_moved_by_what_was_agreed_in_time_and_the_other_verdict_stands_beside(
        self, case: tuple[list[Exclusion], set[dt.date], Series, dt.date, dt.date], notice: int, named: tuple[str, ...]
    ) -> None:
        some, _, read, start, due = case
        late = [attrs.evolve(each, agreed_on=each.start - dt.timedelta(days=notice), cause="strike") for each in some]
        owed = Commit(
            id="c", measure=MEASURE, standard=Standard.at_least(1), declared_on=start, due=due,
            manner=Held(start, share=Fraction(1, 2)), cadence=Cadence(days=1), notice_days=10,
            named_causes=named,
        )  # fmt: skip
        as_of = LAST + dt.timedelta(days=30)
        plain = owed.assess(read, as_of=as_of)
        in_time = attrs.evolve(owed, exclusions=some).assess(read, as_of=as_of)
        found = attrs.evolve(owed, exclusions=late).assess(read, as_of=as_of)
        if named or notice >= 10 or not some:
            assert (found.attainment, found.as_excluded) == (in_time.attainment, None)
        else:
            assert (found.attainment, found.as_excluded) == (plain.attainment, in_time.attainment)
        said = "time-not-counted" if named or notice >= 10 else "time-agreed-too-late"
        inside = any(each.end >= start and each.start <= due for each in late)
        codes = {reason.code for reason in found.reasons if reason.code.startswith("time-")}
        assert codes == ({said} if inside else set())

    @given(_paused(), SOME, health_bands(), st.lists(DAYS, min_size=1, max_size=4))
    def test_a_walk_says_of_each_date_what_a_review_says_of_it_alone(
        self,
        case: tuple[list[Exclusion], set[dt.date], Series, dt.date, dt.date],
        more: list[Exclusion],
        bands: HealthBands,
        days: list[dt.date],
    ) -> None:
        some, _, read, start, end = case
        both = [*some, *more]
        kpi = Kpi(id="kpi", measure=MEASURE, bands=bands, cadence=Cadence(days=1), exclusions=both)
        moved = KeyResult(id="kr", measure=MEASURE, baseline=0, target=3, cycle=Cycle(start, end), exclusions=both)
        owed = Commit(
            id="c", measure=MEASURE, standard=Standard.at_least(1), declared_on=start, due=end, manner=Held(start),
            exclusions=both,
        )  # fmt: skip
        model = GoalModel(kpis=[kpi], key_results=[moved], commits=[owed])
        for found, as_of in zip(reviews(model, [read], days), days, strict=True):
            assert found == review(model, [read], as_of=as_of)
        watched, run, held = KpiHistory(kpi, read), KeyResultHistory(moved, read), CommitHistory(owed, read)
        for as_of in days:
            assert watched.on(as_of) == kpi.assess(read, as_of=as_of)
            assert run.on(as_of) == moved.assess(read, as_of=as_of)
            assert held.on(as_of) == owed.assess(read, as_of=as_of)

    @given(_paused(), exclusions(on=DAYS))
    def test_a_model_may_be_closed_as_a_whole(
        self, case: tuple[list[Exclusion], set[dt.date], Series, dt.date, dt.date], closed: Exclusion
    ) -> None:
        some, _, read, start, end = case
        kpi = Kpi(id="kpi", measure=MEASURE, bands=HealthBands.at_least(0), exclusions=some)
        part = Kpi(id="part", measure=MEASURE, bands=HealthBands.at_least(1))
        moved = KeyResult(id="kr", measure=MEASURE, baseline=0, target=3, cycle=Cycle(start, end))
        owed = Commit(
            id="c", measure=MEASURE, standard=Standard.at_least(1), declared_on=start, due=end, manner=Held(start)
        )
        model = GoalModel(
            kpis=[kpi], composites=[CompositeKpi(id="whole", parts=[part])], key_results=[moved], commits=[owed]
        ).with_exclusion(closed)
        for goal in model.measured:
            assert closed in goal.exclusions
            assert set(some) <= set(goal.exclusions) or goal.id != "kpi"
        found = review(model, [read], as_of=LAST)
        assert found.kpis[0] == model.kpis[0].assess(read, as_of=LAST)
        codes = {reason.code for each in found.commits for reason in each.reasons}
        inside = closed.agreed_on <= LAST and closed.end >= owed.counts_from and closed.start <= end
        assert bool(codes & {"time-not-counted", "time-agreed-too-late"}) == inside

    def test_the_last_chance_moves_by_the_days_that_do_not_count(self) -> None:
        owed = Commit(
            id="c", measure=MEASURE, standard=Standard.at_least(1), declared_on=FIRST, due=dt.date(2026, 1, 10),
            manner=Held(FIRST, share=Fraction(1, 2), counted=Counted.TIME), cadence=Cadence(days=1),
        )  # fmt: skip
        closed = Exclusion(
            start=dt.date(2026, 1, 7), end=dt.date(2026, 1, 8), reason="closed", agreed_on=dt.date(2025, 12, 1)
        )
        read = Series.of(MEASURE, {FIRST: 0})
        chances = [
            each.assess(read, as_of=FIRST).risk.last_chance for each in (owed, attrs.evolve(owed, exclusions=closed))
        ]
        # Five of ten days, and four of eight: 3, 4, 5, 6, 9 and 10 January are left of them.
        assert chances == [dt.date(2026, 1, 6), dt.date(2026, 1, 5)]
        assert str(closed) == "2026-01-07 to 2026-01-08 do not count: closed"

    def test_a_reading_stands_for_the_days_of_its_period_that_count(self) -> None:
        closed = Exclusion(
            start=dt.date(2026, 1, 18), end=dt.date(2026, 1, 20), reason="closed", agreed_on=dt.date(2025, 12, 1)
        )
        owed = Commit(
            id="c", measure=MEASURE, standard=Standard.at_least(1), declared_on=FIRST, due=dt.date(2026, 1, 28),
            manner=Held(FIRST, share=Fraction(1, 2), counted=Counted.TIME), cadence=Cadence(days=7), exclusions=closed,
        )  # fmt: skip
        # Nothing was written down on 14 January: the 21st stands for its own week, the 15th to 17th and itself.
        read = Series.of(MEASURE, {dt.date(2026, 1, 7): 1, dt.date(2026, 1, 21): 0, dt.date(2026, 1, 28): 1})
        allowance = owed.assess(read, as_of=owed.due).allowance
        assert allowance is not None
        assert allowance.total == 12
        assert allowance.used == 4

    def test_the_last_day_is_not_before_the_first(self) -> None:
        with pytest.raises(OutOfOrder, match="end"):
            Exclusion(start=LAST, end=FIRST, reason="?", agreed_on=FIRST)

    def test_agreed_maintenance_makes_a_kept_promise_kept(self) -> None:
        quarter = Cycle.quarter(2026, 4)
        agreed = [
            Exclusion(start=day, end=day, reason="maintenance", agreed_on=dt.date(2026, 9, 15))
            for day in (dt.date(2026, 10, 6), dt.date(2026, 10, 21))
        ]
        read = {day: 99.95 for day in _range(quarter.start, quarter.end) if day.day not in {6, 21} or day.month > 10}
        read[dt.date(2026, 11, 3)] = 99.0
        uptime = Measure("uptime", unit="percent")
        owed = Commit(
            id="sla", measure=uptime, standard=Standard.at_least(99.9), declared_on=dt.date(2026, 9, 1),
            due=quarter.end, manner=Held(quarter.start, share=Fraction(98, 100), counted=Counted.TIME),
            cadence=Cadence(days=1),
        )  # fmt: skip
        asked = dt.date(2027, 1, 5)
        assert owed.assess(Series.of(uptime, read), as_of=asked).attainment is Attainment.UNKNOWN
        found = attrs.evolve(owed, exclusions=agreed).assess(Series.of(uptime, read), as_of=asked)
        assert found.attainment is Attainment.KEPT
        assert dict(found.reasons[0].facts) == {"met": 89, "whole": 90, "least": 89}
        allowance = found.allowance
        assert allowance is not None
        assert (allowance.total, allowance.used) == (Fraction(1), Fraction(1))

    def test_nothing_read_in_august_was_not_expected(self) -> None:
        closed = Exclusion(
            start=dt.date(2026, 8, 1), end=dt.date(2026, 8, 31), reason="closed", agreed_on=dt.date(2026, 5, 2)
        )
        kpi = Kpi(
            id="visits", measure=MEASURE, bands=HealthBands.at_least(3), cadence=Cadence.MONTHLY, exclusions=closed
        )
        read = Series.of(MEASURE, {Cycle.month(2026, month).end: 3 for month in (5, 6, 7)})
        said = [kpi.assess(read, as_of=day) for day in (dt.date(2026, 10, 10), dt.date(2026, 10, 11))]
        assert [each.health.value for each in said] == ["healthy", "unknown"]
        assert (said[0].next_due, said[1].stale_since) == (dt.date(2026, 9, 30), dt.date(2026, 10, 11))
        stated = Series(MEASURE, [*read, Reading(dt.date(2026, 8, 31), Absence.NOT_MEASURED)])
        assert kpi.assess(stated, as_of=dt.date(2026, 9, 1)).health.value == "healthy"
