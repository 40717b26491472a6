"""Commits as a whole, and what is decided early or not at all, by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import attrs
import pytest

from goalmodel import Absence, AsAWhole, Attainment, Commit, Held, Measure, OnDueDate, Reached, Series, Standard
from goalmodel.commit import Amendment, Counted, Manner
from goalmodel.errors import OutOfBounds
from goalmodel.measure import Aggregation, Cadence, EachPeriod, Exclusion, LastDays, Number, Period

KEPT, NOT_KEPT, IN_FLIGHT, UNKNOWN = (
    Attainment.KEPT,
    Attainment.NOT_KEPT,
    Attainment.IN_FLIGHT,
    Attainment.UNKNOWN,
)
NOT_YET = Attainment.NOT_YET_OBSERVABLE
OCTOBER = dt.date(2026, 10, 1)
END = dt.date(2026, 10, 31)
DOWNTIME = Measure("downtime", unit="minutes", aggregation=Aggregation.SUM, lowest=0)


def _day(day: int) -> dt.date:
    return dt.date(2026, 10, day)


def _commit(measure: Measure, standard: Standard, manner: Manner, *, cadence: Cadence | None = None) -> Commit:
    return Commit(
        id="commit", measure=measure, standard=standard, manner=manner, due=END, declared_on=OCTOBER, cadence=cadence
    )


def _read(measure: Measure, values: Mapping[int, Number | Absence]) -> Series:
    return Series.of(measure, {_day(day): value for day, value in values.items()})


class TestDowntime:
    """At most 43.2 minutes in October, all together (C7)."""

    COMMIT = _commit(DOWNTIME, Standard.at_most(43.2), AsAWhole())

    def test_it_takes_no_window_but_its_own_time(self) -> None:
        with pytest.raises(OutOfBounds) as refused:
            attrs.evolve(self.COMMIT, window=LastDays(28))
        assert (str(refused.value.field), refused.value.goal) == ("window", "commit")
        assert attrs.evolve(self.COMMIT, manner=Reached(), window=LastDays(28)).window == LastDays(28)

    @pytest.mark.parametrize(
        ("second", "day", "attainment", "distance"),
        [
            (20, 19, IN_FLIGHT, 0),
            (20, 20, NOT_KEPT, 6.8),
            (20, 31, NOT_KEPT, 6.8),
            (13.2, 20, IN_FLIGHT, 0),
            (13.2, 30, IN_FLIGHT, 0),
            (13.2, 31, KEPT, 0),
            (13.3, 20, NOT_KEPT, 0.1),
        ],
    )
    def test_it_is_the_month_that_is_promised(
        self, second: float, day: int, attainment: Attainment, distance: float
    ) -> None:
        found = self.COMMIT.assess(_read(DOWNTIME, {5: 30, 20: second}), as_of=_day(day))
        assert (found.attainment, found.distance) == (attainment, Fraction(str(distance)))

    def test_why(self) -> None:
        found = self.COMMIT.assess(_read(DOWNTIME, {5: 30, 20: 20}), as_of=_day(20))
        assert str(found.reasons[0]) == (
            "50, the sum of the readings since 2026-10-01, is 6.8 short of the standard, at most 43.2"
        )
        kept = self.COMMIT.assess(_read(DOWNTIME, {5: 30}), as_of=END)
        assert str(kept.reasons[0]) == "30, the sum of the readings since 2026-10-01, meets the standard, at most 43.2"
        assert str(kept) == "commit: kept; 30 on 2026-10-05"

    def test_what_was_broken_stays_broken_under_a_later_standard(self) -> None:
        amended = attrs.evolve(self.COMMIT, amendments=[Amendment(_day(10), Standard.at_most(100), "it moves")])
        broken = _read(DOWNTIME, {5: 50})
        assert amended.attainment(broken, as_of=END) is NOT_KEPT
        assert amended.attainment(_read(DOWNTIME, {5: 40, 12: 20}), as_of=END) is KEPT

    def test_what_is_missing_could_have_changed_it(self) -> None:
        gap = _read(DOWNTIME, {5: 30, 20: Absence.MISSING})
        found = self.COMMIT.assess(gap, as_of=END)
        assert (found.attainment, found.reasons[0].code) == (UNKNOWN, "commit-readings-missing")
        over = _read(DOWNTIME, {5: 50, 20: Absence.MISSING})
        assert self.COMMIT.attainment(over, as_of=END) is NOT_KEPT
        none = self.COMMIT.assess(_read(DOWNTIME, {}), as_of=END)
        assert (none.attainment, none.reasons[0].code, none.distance) == (UNKNOWN, "commit-unobserved", None)

    def test_a_reading_that_may_come_in_time_is_waited_for(self) -> None:
        weekly = attrs.evolve(self.COMMIT, cadence=Cadence.WEEKLY)
        read = _read(DOWNTIME, {3: 1, 10: 1, 17: 1, 24: 1})
        assert weekly.attainment(read, as_of=END) is NOT_YET
        assert weekly.attainment(read, as_of=dt.date(2026, 11, 3)) is UNKNOWN
        whole = _read(DOWNTIME, {3: 1, 10: 1, 17: 1, 24: 1, 31: 1})
        assert weekly.attainment(whole, as_of=END) is KEPT

    def test_it_answers_for_risk_and_accountability(self) -> None:
        found = self.COMMIT.assess(_read(DOWNTIME, {5: 30}), as_of=_day(20))
        assert found.risk.by == END
        assert found.risk.distance == 0
        assert not found.risk.is_at_risk
        assert [each.code for each in found.accountability.objections] == ["commit-unsupported"]


class TestTotals:
    """A thousand sign-ups, all together: decided as soon as they are there, and when they can't be any more."""

    SIGNUPS = Measure("sign-ups", unit="people", aggregation=Aggregation.SUM, lowest=0, highest=100)
    COMMIT = _commit(SIGNUPS, Standard.at_least(1_000), AsAWhole())

    @pytest.mark.parametrize(
        ("values", "day", "attainment"),
        [
            ({1: 100, 2: 100}, 2, IN_FLIGHT),
            (dict.fromkeys(range(1, 11), 100), 10, KEPT),
            # 31 days of 100 at most: after 21 days without any there are ten left
            ({21: 0}, 21, IN_FLIGHT),
            ({22: 0}, 22, NOT_KEPT),
            ({22: 99}, 22, NOT_KEPT),
            ({22: 100}, 22, IN_FLIGHT),
            ({}, 31, UNKNOWN),
        ],
    )
    def test_by_what_a_day_can_bring(
        self, values: Mapping[int, Number | Absence], day: int, attainment: Attainment
    ) -> None:
        assert self.COMMIT.attainment(_read(self.SIGNUPS, values), as_of=_day(day)) is attainment


class TestMeans:
    """The mean of the month, by readings and by cases."""

    SEEN = Measure("seen", unit="percent", aggregation=Aggregation.MEAN, lowest=0, highest=100)
    COMMIT = _commit(SEEN, Standard.at_least(90), AsAWhole())

    def test_one_bad_day_of_many_cases(self) -> None:
        days = {_day(5): (90, 100), _day(31): (1, 10)}
        found = self.COMMIT.assess(Series.shares(self.SEEN, days), as_of=END)
        assert (found.attainment, found.distance) == (NOT_KEPT, 90 - Fraction(9100, 110))
        assert self.COMMIT.attainment(_read(self.SEEN, {5: 90, 31: 90}), as_of=END) is KEPT

    def test_what_the_days_that_are_left_can_bring(self) -> None:
        read = dict.fromkeys(range(1, 31), 89)
        assert self.COMMIT.attainment(_read(self.SEEN, read), as_of=_day(30)) is NOT_KEPT
        assert self.COMMIT.attainment(_read(self.SEEN, read | {29: 100, 30: 100}), as_of=_day(30)) is IN_FLIGHT
        # of cases nobody knows how many the last day has
        weighed = Series.shares(self.SEEN, {_day(day): (89, 100) for day in range(1, 31)})
        assert self.COMMIT.attainment(weighed, as_of=_day(30)) is IN_FLIGHT

    @pytest.mark.parametrize(
        ("aggregation", "values", "day", "attainment"),
        [
            (Aggregation.GREATEST, {5: 90}, 5, KEPT),
            (Aggregation.GREATEST, {5: 89}, 30, IN_FLIGHT),
            (Aggregation.GREATEST, {5: 89}, 31, NOT_KEPT),
            (Aggregation.LEAST, {5: 89}, 5, NOT_KEPT),
            (Aggregation.LEAST, {5: 90}, 30, IN_FLIGHT),
            (Aggregation.LEAST, {5: 90}, 31, KEPT),
            (Aggregation.LAST, {5: 89}, 30, IN_FLIGHT),
            (Aggregation.LAST, {5: 89, 6: 90}, 31, KEPT),
        ],
    )
    def test_the_greatest_the_least_the_latest(
        self, aggregation: Aggregation, values: Mapping[int, Number | Absence], day: int, attainment: Attainment
    ) -> None:
        measure = attrs.evolve(self.SEEN, aggregation=aggregation)
        commit = _commit(measure, Standard.at_least(90), AsAWhole())
        assert commit.attainment(_read(measure, values), as_of=_day(day)) is attainment

    @pytest.mark.parametrize("cadence", [None, Cadence(days=5)])
    @pytest.mark.parametrize(
        ("values", "attainment"),
        [
            ({1: 95, 6: Absence.MISSING, 11: 95, 16: 95, 21: 95, 26: 95, 31: 90}, KEPT),
            ({1: 95, 6: Absence.MISSING, 11: 95, 16: 95, 21: 95, 26: 95, 31: 89}, NOT_KEPT),
            ({1: 95, 6: 95, 11: 95, 16: 95, 21: 95, 26: 95, 31: Absence.MISSING}, UNKNOWN),
        ],
    )
    def test_what_is_missing_before_the_latest_changes_nothing_of_the_latest(
        self, cadence: Cadence | None, values: Mapping[int, Number | Absence], attainment: Attainment
    ) -> None:
        measure = attrs.evolve(self.SEEN, aggregation=Aggregation.LAST)
        commit = _commit(measure, Standard.at_least(90), AsAWhole(), cadence=cadence)
        read = _read(measure, values)
        assert commit.attainment(read, as_of=END + dt.timedelta(days=9)) is attainment
        absences = [each.on for each in read.readings if isinstance(each.value, Absence)]
        if cadence is not None:
            unread = Series(measure, [each for each in read.readings if each.on not in absences])
            assert commit.attainment(unread, as_of=END + dt.timedelta(days=9)) is attainment


class TestFromTheDeclarationOn:
    """Held since July, declared in September: what was read before it does not count (C1)."""

    @pytest.mark.parametrize(
        ("as_of", "attainment"), [(dt.date(2026, 8, 1), IN_FLIGHT), (OCTOBER, IN_FLIGHT), (END, UNKNOWN)]
    )
    def test_a_break_before_it_breaks_nothing(self, as_of: dt.date, attainment: Attainment) -> None:
        uptime = Measure("uptime", unit="percent")
        commit = _commit(uptime, Standard.at_least(99.9), Held(dt.date(2026, 7, 1)))
        assert commit.attainment(Series.of(uptime, {dt.date(2026, 7, 15): 98}), as_of=as_of) is attainment

    def test_nothing_is_decided_before_it(self) -> None:
        measure = Measure("share", unit="percent", highest=100)
        commit = _commit(measure, Standard.at_least(101), Reached())
        assert commit.attainment(Series(measure), as_of=dt.date(2026, 9, 30)) is IN_FLIGHT
        assert commit.attainment(Series(measure), as_of=OCTOBER) is NOT_KEPT


class TestOnePeriodAReading:
    """A reading stands for one period at most (C2)."""

    MEASURE = Measure("temperature", unit="degrees")

    def test_every_second_day_is_half_of_the_days(self) -> None:
        commit = attrs.evolve(
            _commit(
                self.MEASURE,
                Standard.at_least(20),
                Held(OCTOBER, share=Fraction(6, 10), counted=Counted.TIME),
                cadence=Cadence.DAILY,
            ),
            due=_day(10),
        )
        found = commit.assess(_read(self.MEASURE, dict.fromkeys((2, 4, 6, 8, 10), 20)), as_of=_day(12))
        assert found.attainment is UNKNOWN
        assert str(found.reasons[0]).startswith("no reading stands for 5 days")

    def test_a_week_is_a_week(self) -> None:
        commit = attrs.evolve(
            _commit(
                self.MEASURE,
                Standard.at_least(20),
                Held(OCTOBER, share=Fraction(9, 10), counted=Counted.TIME),
                cadence=Cadence.WEEKLY,
            ),
            due=_day(17),
        )
        # 17 days, of which the first reading stands for 7 and the one nine days after it for 7
        found = commit.assess(_read(self.MEASURE, {8: 20, 17: 20}), as_of=dt.date(2026, 10, 27))
        assert str(found.reasons[0]).startswith("no reading stands for 3 days")


class TestOutOfReach:
    """What no future of the days that are left can keep is not kept now (C3, C4)."""

    @pytest.mark.parametrize("cadence", [None, Cadence.DAILY])
    @pytest.mark.parametrize(("day", "attainment"), [(22, IN_FLIGHT), (23, NOT_KEPT)])
    def test_a_share_of_nine_in_ten(self, cadence: Cadence | None, day: int, attainment: Attainment) -> None:
        measure = Measure("uptime", unit="percent")
        commit = attrs.evolve(
            _commit(measure, Standard.at_least(99), Held(_day(22), share=Fraction(9, 10)), cadence=cadence),
            declared_on=_day(22),
        )
        found = commit.assess(_read(measure, {day: 98}), as_of=_day(day))
        assert found.attainment is attainment
        if attainment is NOT_KEPT:
            assert found.reasons[0].code == "commit-share-out-of-reach"

    @pytest.mark.parametrize(("as_of", "attainment"), [(23, IN_FLIGHT), (24, KEPT)])
    def test_a_share_that_no_future_can_undo_is_kept_now(self, as_of: int, attainment: Attainment) -> None:
        measure = Measure("uptime", unit="percent")
        half = Held(_day(17), share=Fraction(1, 2))
        commit = attrs.evolve(_commit(measure, Standard.at_least(99), half), declared_on=_day(17))
        found = commit.assess(_read(measure, dict.fromkeys(range(17, 25), 99) | {25: 98}), as_of=_day(as_of))
        assert found.attainment is attainment
        assert (found.reasons[0].code == "commit-share-secured") is (attainment is KEPT)

    @pytest.mark.parametrize("manner", [Reached(), OnDueDate(), Held(OCTOBER), AsAWhole()])
    def test_a_standard_beyond_what_can_be(self, manner: Manner) -> None:
        measure = Measure("share", unit="percent", highest=100)
        commit = _commit(measure, Standard.at_least(101), manner)
        found = commit.assess(_read(measure, {5: 90}), as_of=_day(6))
        assert found.attainment is NOT_KEPT
        assert found.risk.is_beyond_saving


class TestDecidedEarly:
    """A sum of the month that is reached before it is over, under a standard that is raised within it (FIG-3)."""

    LEADS = Measure("leads", aggregation=Aggregation.SUM, lowest=0)

    def _raised(self, since: int, to: Number) -> Commit:
        raised = Amendment(on=_day(8), since=_day(since), standard=Standard.at_least(to), reason="more came than ever")
        asked = _commit(self.LEADS, Standard.at_least(100), Reached())
        return attrs.evolve(asked, window=EachPeriod(Period.MONTH), amendments=[raised])

    @pytest.mark.parametrize(("as_of", "attainment"), [(4, IN_FLIGHT), (5, KEPT), (9, KEPT), (10, KEPT), (15, KEPT)])
    def test_what_was_kept_the_day_before_stays_kept(self, as_of: int, attainment: Attainment) -> None:
        found = self._raised(10, 200).assess(_read(self.LEADS, {5: 110}), as_of=_day(as_of))
        assert found.attainment is attainment
        if attainment is KEPT:
            said = "110 from 2026-10-01 to 2026-10-31 meets the standard of at least 100, whatever is still read"
            assert found.reasons[0].sentence == said

    @pytest.mark.parametrize(("as_of", "attainment"), [(16, IN_FLIGHT), (17, KEPT), (19, KEPT)])
    def test_what_is_read_later_decides_nothing_yet(self, as_of: int, attainment: Attainment) -> None:
        found = self._raised(20, 900).assess(_read(self.LEADS, {5: 50, 17: 500}), as_of=_day(as_of))
        assert found.attainment is attainment


def test_what_is_missing_and_what_was_agreed_is_said_from_its_first_day_to_its_last() -> None:
    agreed = Exclusion(start=_day(10), end=_day(12), agreed_on=dt.date(2026, 9, 1), reason="moving house")
    late = Exclusion(start=_day(20), end=_day(21), agreed_on=_day(25), reason="ice")
    held = Held(OCTOBER, share=Fraction(9, 10))
    asked = _commit(Measure("uptime"), Standard.at_least(99), held, cadence=Cadence.DAILY)
    commit = attrs.evolve(asked, exclusions=[agreed, late])
    found = commit.assess(_read(asked.measure, dict.fromkeys(range(1, 22), 99.5)), as_of=dt.date(2026, 11, 30))
    assert [each.sentence for each in found.reasons] == [
        "from 2026-10-01 until 2026-10-31 readings are missing that could have changed the verdict: 10",
        "from 2026-10-10 to 2026-10-12 does not count, as agreed on 2026-09-01: moving house",
        "that from 2026-10-20 to 2026-10-21 does not count was agreed on 2026-10-25, too late to move the verdict: ice",
    ]
