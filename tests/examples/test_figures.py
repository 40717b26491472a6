"""Figures by hand: the downtime of a month, the pooled share, half a month, a fiscal quarter, 4-4-5 weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import attrs
import pytest

from goalmodel import Absence, Health, HealthBands, Kpi, Measure, Reading, Series
from goalmodel.errors import NotADate, NothingGiven, OutOfBounds, OutOfOrder, WrongType
from goalmodel.measure import (
    Aggregation,
    Cadence,
    EachPeriod,
    EachReading,
    LastDays,
    LastMonths,
    LastReadings,
    Period,
    StatedPeriods,
    ToDate,
    Window,
    figures,
    judged,
)

DOWNTIME = Measure("downtime", unit="minutes", aggregation=Aggregation.SUM, lowest=0)
SEEN = Measure("seen within four hours", unit="percent", aggregation=Aggregation.MEAN, lowest=0, highest=100)
MONTHS = EachPeriod(Period.MONTH)
OCTOBER = {5: 30, 20: 20}


def _october(days: Mapping[int, float | Absence], measure: Measure = DOWNTIME) -> Series:
    return Series.of(measure, {dt.date(2026, 10, day): value for day, value in days.items()})


def _shown(series: Series, window: Window, as_of: dt.date = dt.date(2026, 12, 31)) -> list[str]:
    return [str(each) for each in figures(series, window, as_of=as_of)]


def test_a_figure_of_fewer_readings_than_it_asks_for_says_how_many_of_how_many() -> None:
    found = figures(_october({1: 10, 2: 20, 3: 30}), LastReadings(3), as_of=dt.date(2026, 10, 31))
    said = "it rests on fewer readings than it asks for: {} of 3"
    assert [str(each.why_provisional) for each in found] == [said.format(1), said.format(2), "None"]


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (LastDays(28), "it goes back to 2026-09-23, and the first reading is of 2026-10-05"),
        (MONTHS, "its time is not over until 2026-10-31, and it is 2026-10-21"),
    ],
)
def test_a_figure_whose_time_is_not_over_or_not_covered_says_when(window: Window, said: str) -> None:
    found = figures(_october(OCTOBER), window, as_of=dt.date(2026, 10, 21))
    assert str(found[-1].why_provisional) == said


class TestDowntime:
    """At most 43.2 minutes a month, all together."""

    KPI = Kpi(id="downtime", measure=DOWNTIME, bands=HealthBands.at_most(43.2), window=MONTHS)

    @pytest.mark.parametrize(
        ("second", "health", "day"),
        [
            (13.1, Health.HEALTHY, 31),
            (13.2, Health.HEALTHY, 31),
            (13.3, Health.UNHEALTHY, 31),
            (20, Health.UNHEALTHY, 20),
            (20, Health.UNHEALTHY, 31),
            (13.2, Health.UNKNOWN, 20),
            (20, Health.UNKNOWN, 19),
        ],
    )
    def test_the_month_is_judged_and_not_each_time(self, second: float, health: Health, day: int) -> None:
        found = self.KPI.assess(_october({5: 30, 20: second}), as_of=dt.date(2026, 10, day))
        assert found.health is health

    def test_what_is_over_the_ceiling_is_said_before_the_month_is_over(self) -> None:
        found = self.KPI.assess(_october(OCTOBER), as_of=dt.date(2026, 10, 20))
        assert (found.latest, str(found.provisional)) == (None, "50 from 2026-10-01 to 2026-10-31 (provisional)")
        assert str(found) == "downtime: unhealthy; so far 50 from 2026-10-01 to 2026-10-31 (provisional)"
        assert str(found.reasons[0]) == (
            "50 from 2026-10-01 on lies in the zone unhealthy whatever is still read until 2026-10-31: unhealthy"
        )

    def test_a_month_with_gaps_that_is_too_old_decides_nothing_any_more(self) -> None:
        known = Series.of(DOWNTIME, {dt.date(2026, 10, 5): 50, dt.date(2026, 10, 20): Absence.MISSING})
        kpi = attrs.evolve(self.KPI, cadence=Cadence.WEEKLY)
        assert kpi.assess(known, as_of=dt.date(2026, 11, 9)).health is Health.UNHEALTHY
        assert kpi.assess(known, as_of=dt.date(2026, 11, 10)).health is Health.UNKNOWN

    def test_in_the_first_of_stated_periods_there_is_nothing_before(self) -> None:
        stated = StatedPeriods(dt.date(2026, 10, 1), [dt.date(2026, 10, 28), dt.date(2026, 11, 25)])
        kpi = attrs.evolve(self.KPI, window=stated)
        known = Series.of(DOWNTIME, {dt.date(2026, 10, 5): 40})
        assert kpi.assess(known, as_of=dt.date(2026, 10, 6)).health is Health.UNKNOWN
        assert kpi.assess(known, as_of=dt.date(2026, 10, 28)).health is Health.HEALTHY

    def test_the_month_after_is_another_month(self) -> None:
        known = Series.of(DOWNTIME, {dt.date(2026, 10, 5): 50, dt.date(2026, 11, 3): 4})
        assert self.KPI.assess(known, as_of=dt.date(2026, 11, 3)).health is Health.UNHEALTHY
        assert self.KPI.assess(known, as_of=dt.date(2026, 11, 30)).health is Health.HEALTHY
        assert self.KPI.assess(known, as_of=dt.date(2026, 11, 30)).latest == Reading(dt.date(2026, 11, 30), 4)

    def test_half_a_month_is_not_unhealthy_for_not_being_there_yet(self) -> None:
        cases = Measure("cases", unit="cases", aggregation=Aggregation.SUM, lowest=0)
        kpi = Kpi(id="cases", measure=cases, bands=HealthBands.at_least(200), window=MONTHS, cadence=Cadence.MONTHLY)
        known = Series.of(cases, {dt.date(2026, 1, 20): 210, dt.date(2026, 2, 15): 156})
        assert kpi.assess(known, as_of=dt.date(2026, 2, 15)).health is Health.HEALTHY
        assert kpi.assess(known, as_of=dt.date(2026, 2, 28)).health is Health.UNHEALTHY
        reached = Series.of(cases, {dt.date(2026, 2, 15): 200})
        assert kpi.assess(reached, as_of=dt.date(2026, 2, 15)).health is Health.HEALTHY


class TestThreeBadWeeks:
    """A monthly KPI that is read weekly, or corrected on a second date, has one figure a month (P13)."""

    def test_they_are_one_month(self) -> None:
        measure = Measure("satisfaction", unit="points")
        kpi = Kpi(id="csat", measure=measure, bands=HealthBands.at_least(8), window=MONTHS)
        weekly = Series.of(
            measure, {dt.date(2026, 10, day): value for day, value in ((8, 7), (15, 7), (22, 7), (29, 7))}
        )
        assert kpi.assess(weekly, as_of=dt.date(2026, 10, 31)).streaks.not_healthy == 1
        corrected = Series.of(measure, {dt.date(2026, 10, 30): 7, dt.date(2026, 10, 31): 8})
        found = kpi.assess(corrected, as_of=dt.date(2026, 10, 31))
        assert (found.streaks.healthy, found.streaks.not_healthy) == (1, 0)


class TestPooledShares:
    """90 of 100 and 1 of 10 are 91 of 110."""

    def test_by_cases_and_not_by_months(self) -> None:
        known = Series.shares(SEEN, {dt.date(2026, 1, 31): (90, 100), dt.date(2026, 2, 28): (1, 10)})
        (found,) = figures(known, EachPeriod(Period.YEAR), as_of=dt.date(2026, 12, 31))
        assert found.value == Fraction(9100, 110)
        assert found.weight == 110
        assert found.readings == 2

    def test_a_share_of_1_where_the_unit_is_no_percentage(self) -> None:
        known = Series.shares(Measure("hits", unit="of 1"), {dt.date(2026, 1, 31): (3, 4)})
        assert known.readings == (Reading(dt.date(2026, 1, 31), Fraction(3, 4), 4),)

    def test_of_no_cases_there_is_no_share(self) -> None:
        known = Series.shares(SEEN, {dt.date(2026, 1, 31): (0, 0)})
        assert known.readings == (Reading(dt.date(2026, 1, 31), Absence.NOT_MEASURED),)

    @pytest.mark.parametrize(
        ("counts", "error", "field"),
        [
            ({dt.date(2026, 1, 31): (1, 0)}, OutOfBounds, "counts[2026-01-31][1]"),
            ({dt.date(2026, 1, 31): (1, -1)}, OutOfBounds, "counts[2026-01-31][1]"),
            ({dt.date(2026, 1, 31): (1, 2, 3)}, WrongType, "counts[2026-01-31]"),
            ({dt.date(2026, 1, 31): 1}, WrongType, "counts[2026-01-31]"),
            ([(1, 2)], WrongType, "counts"),
            ({"January": (1, 2)}, NotADate, "counts.January"),
        ],
    )
    def test_what_is_no_count_is_refused(self, counts: object, error: type[Exception], field: str) -> None:
        with pytest.raises(error) as refused:
            Series.shares(SEEN, counts)  # type: ignore[arg-type]
        assert str(getattr(refused.value, "field")).replace("'", "") == field  # noqa: B009 - of each of these errors

    def test_a_series_has_weights_or_none(self) -> None:
        with pytest.raises(NothingGiven):
            Series(SEEN, [Reading(dt.date(2026, 1, 31), 90, 100), Reading(dt.date(2026, 2, 28), 10)])
        with pytest.raises(OutOfBounds):
            Reading(dt.date(2026, 1, 31), Absence.MISSING, 3)


class TestWindows:
    """Each window to the day."""

    KNOWN = Series.of(
        DOWNTIME,
        {dt.date(2026, 1, 31): 1, dt.date(2026, 2, 1): 2, dt.date(2026, 2, 28): 4, dt.date(2026, 3, 31): 8},
    )

    @pytest.mark.parametrize(
        ("window", "values"),
        [
            (EachReading(), [1, 2, 4, 8]),
            (EachPeriod(Period.WEEK), [3, 4, 8]),
            (MONTHS, [1, 6, 8]),
            (EachPeriod(Period.QUARTER), [15]),
            (EachPeriod(Period.QUARTER, starts_in=2), [1, 14]),
            (EachPeriod(Period.HALF_YEAR, starts_in=3), [7, 8]),
            (EachPeriod(Period.YEAR, starts_in=2), [1, 14]),
            (StatedPeriods(dt.date(2026, 1, 5), [dt.date(2026, 2, 1), dt.date(2026, 3, 1)]), [3, 4]),
            (LastReadings(2), [1, 3, 6, 12]),
            (LastDays(28), [1, 3, 6, 8]),
            (LastDays(29), [1, 3, 7, 8]),
            (LastMonths(1), [1, 3, 6, 8]),
            (LastMonths(2), [1, 3, 7, 14]),
            (ToDate(MONTHS), [1, 2, 6, 8]),
            (ToDate(EachPeriod(Period.YEAR)), [1, 3, 7, 15]),
            (ToDate(StatedPeriods(dt.date(2026, 2, 1), [dt.date(2026, 2, 28)])), [2, 6]),
        ],
    )
    def test_each_has_these_sums(self, window: Window, values: list[int]) -> None:
        assert [each.value for each in figures(self.KNOWN, window, as_of=dt.date(2026, 12, 31))] == values

    @pytest.mark.parametrize(
        ("aggregation", "values"),
        [
            (Aggregation.LAST, [1, 4, 8]),
            (Aggregation.SUM, [1, 6, 8]),
            (Aggregation.MEAN, [1, 3, 8]),
            (Aggregation.GREATEST, [1, 4, 8]),
            (Aggregation.LEAST, [1, 2, 8]),
        ],
    )
    def test_a_measure_says_how_they_combine(self, aggregation: Aggregation, values: list[int]) -> None:
        measure = Measure("downtime", unit="minutes", aggregation=aggregation)
        known = Series(measure, self.KNOWN.readings)
        assert [each.value for each in figures(known, MONTHS, as_of=dt.date(2026, 12, 31))] == values

    def test_what_is_not_there_yet_is_provisional(self) -> None:
        assert _shown(self.KNOWN, LastReadings(3), dt.date(2026, 2, 28))[1:] == [
            "3 from 2026-01-31 to 2026-02-01 (provisional)",
            "7 from 2026-01-31 to 2026-02-28",
        ]
        assert _shown(self.KNOWN, LastDays(2), dt.date(2026, 2, 1)) == [
            "1 from 2026-01-30 to 2026-01-31 (provisional)",
            "3 from 2026-01-31 to 2026-02-01",
        ]

    def test_a_stated_absence_leaves_its_month_provisional_and_what_is_judged_missing(self) -> None:
        known = _october({5: 30, 20: Absence.MISSING})
        assert _shown(known, MONTHS) == ["30 from 2026-10-01 to 2026-10-31 (provisional)"]
        assert judged(known, MONTHS).readings == (Reading(dt.date(2026, 10, 31), Absence.MISSING),)
        nothing = _october({20: Absence.NOT_MEASURED})
        assert _shown(nothing, MONTHS) == ["not measured from 2026-10-01 to 2026-10-31"]
        assert judged(nothing, MONTHS).readings == (Reading(dt.date(2026, 10, 31), Absence.NOT_MEASURED),)
        assert _shown(_october({20: -1}), MONTHS) == ["missing from 2026-10-01 to 2026-10-31"]

    def test_what_rolls_is_judged_when_it_goes_back_far_enough(self) -> None:
        assert [str(each) for each in judged(self.KNOWN, LastReadings(3))] == ["7 on 2026-02-28", "14 on 2026-03-31"]

    def test_at_the_ends_of_the_calendar(self) -> None:
        year = EachPeriod(Period.YEAR, starts_in=2)
        assert year.period_of(dt.date.min).start == dt.date.min
        assert year.period_of(dt.date.max).end == dt.date.max
        assert LastMonths(30_000).first_day(dt.date(2026, 1, 1)) == LastDays(10**7).first_day(dt.date(2026, 1, 1))

    def test_what_is_no_window_is_refused(self) -> None:
        with pytest.raises(OutOfBounds):
            EachPeriod(Period.DAY)
        with pytest.raises(NothingGiven):
            StatedPeriods(dt.date(2026, 1, 5), [])
        with pytest.raises(OutOfOrder) as refused:
            StatedPeriods(dt.date(2026, 1, 5), [dt.date(2026, 2, 1), dt.date(2026, 2, 1)])
        assert str(refused.value.field) == "ends[1]"
        with pytest.raises(WrongType):
            figures(self.KNOWN, "month", as_of=dt.date(2026, 1, 31))  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("window", "text"),
        [
            (EachReading(), "each reading by itself"),
            (MONTHS, "every month"),
            (StatedPeriods(dt.date(2026, 1, 5), [dt.date(2026, 2, 1)]), "every period, as stated from 2026-01-05"),
            (LastReadings(3), "the last 3 readings"),
            (LastDays(28), "the last 28 days"),
            (LastMonths(12), "the last 12 months"),
            (ToDate(EachPeriod(Period.YEAR)), "every year to date"),
        ],
    )
    def test_each_says_what_it_is(self, window: Window, text: str) -> None:
        assert str(window) == text
