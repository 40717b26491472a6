"""Measures, series and the calendar by hand: first and last days, month ends, leap days, late and missing readings."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Any, Self, cast

import numpy as np
import pytest

from goalmodel import Absence, Cadence, Cycle, GoalModelError, Measure, Polarity, Reading, Scale, Series, Unit
from goalmodel.errors import (
    GivenTwice,
    NeverDue,
    NoPeriod,
    NotADate,
    NotANumber,
    NotARecurrence,
    NotFinite,
    OutOfBounds,
    OutOfOrder,
    WrongMeasure,
    WrongType,
    YearOutOfRange,
)
from goalmodel.measure import Timing
from goalmodel.measure.run import RunHistory, streak

VISITS = Measure("visits", unit="visits")
SHARE = Measure("share", unit=Unit("percent", symbol="%"), lowest=0, highest=100)


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class TestMeasures:
    """What can be a value of a measure, and what can't."""

    def test_more_is_better_unless_said_otherwise(self) -> None:
        plain = Measure("revenue")
        assert plain.polarity is Polarity.HIGHER_IS_BETTER
        assert plain.scale is Scale.RATIO
        assert plain.timing is Timing.LAGGING
        assert plain.unit == Unit("units", symbol="units")
        assert (plain.lowest, plain.highest) == (None, None)

    @pytest.mark.parametrize(
        ("value", "possible"),
        [(-0.0001, False), (0, True), (50, True), (100, True), (100.0001, False), (Decimal("1E+999"), False)],
    )
    def test_what_lies_outside_its_limits_can_not_be(self, value: float, *, possible: bool) -> None:
        assert SHARE.can_be(value) is possible

    def test_a_measure_with_one_limit_is_open_on_the_other_side(self) -> None:
        assert Measure("visits", lowest=0).can_be(10**9)
        assert not Measure("visits", lowest=0).can_be(-1)
        assert Measure("balance", highest=0).can_be(-(10**9))
        assert not Measure("balance", highest=0).can_be(1)

    def test_limits_out_of_order_are_refused(self) -> None:
        with pytest.raises(OutOfOrder) as refusal:
            Measure("share", lowest=100, highest=99.9)
        assert (str(refusal.value.field), refusal.value.given) == ("highest", Fraction(999, 10))

    def test_a_unit_is_no_number(self) -> None:
        with pytest.raises(WrongType) as refusal:
            Measure("visits", unit=5)  # type: ignore[arg-type] # what a caller without a type checker may do
        assert str(refusal.value.field) == "unit"


class _Timestamp(dt.datetime):
    """What pandas has for a date: a datetime that counts nanoseconds, too."""

    def __new__(cls, year: int, month: int, day: int, *, nanosecond: int = 0) -> Self:
        made = super().__new__(cls, year, month, day)
        made.nanosecond = nanosecond
        return made

    nanosecond: int


class NAType:
    """What pandas has for no value, by its name."""


class NaTType:
    """What pandas has for no date, by its name."""


class _Column:
    """What a Series of pandas is to us."""

    def __init__(self, held: dict[Any, Any]) -> None:
        self._held = held

    def items(self) -> Iterator[tuple[Any, Any]]:
        yield from self._held.items()


class TestSeries:
    """Readings in the order of their dates, one a date."""

    def test_readings_are_sorted_by_date(self) -> None:
        unsorted: dict[dt.date, int | Absence] = {
            on("2026-03-31"): 3,
            on("2026-01-31"): 1,
            on("2026-02-28"): Absence.MISSING,
        }
        known = Series.of(VISITS, unsorted)
        assert [str(each) for each in known] == ["1 on 2026-01-31", "missing on 2026-02-28", "3 on 2026-03-31"]
        assert known.present == ((on("2026-01-31"), Fraction(1)), (on("2026-03-31"), Fraction(3)))

    def test_a_mapping_pairs_and_readings_make_the_same_series(self) -> None:
        day, other = on("2026-01-31"), on("2026-02-28")
        from_mapping = Series.of(VISITS, {day: 1, other: 2.5})
        assert Series.of(VISITS, [(other, Decimal("2.5")), (day, 1.0)]) == from_mapping
        assert Series.of(VISITS, (Reading(each, value) for each, value in ((other, 2.5), (day, 1)))) == from_mapping
        assert Series.of(VISITS, [(day, 1), Reading(other, Fraction(5, 2))]) == from_mapping
        assert hash(Series(VISITS, from_mapping.readings[::-1])) == hash(from_mapping)

    def test_a_series_may_be_empty(self) -> None:
        assert Series(VISITS) == Series.of(VISITS) == Series.of(VISITS, {})
        assert len(Series(VISITS)) == 0
        assert Series(VISITS).present == ()

    @pytest.mark.parametrize("again", [1, 2, Absence.MISSING])
    def test_two_readings_on_one_date_are_refused_even_if_they_are_alike(self, again: int | Absence) -> None:
        with pytest.raises(GivenTwice) as refusal:
            Series.of(VISITS, [(on("2026-01-31"), 1), (on("2026-02-28"), 1), (on("2026-01-31"), again)])
        assert refusal.value.given == on("2026-01-31")
        assert "2026-01-31" in str(refusal.value)

    @pytest.mark.parametrize(
        ("readings", "error"),
        [
            ([(dt.datetime(2026, 1, 31, tzinfo=dt.UTC), 1)], NotADate),
            ([(dt.datetime.fromisoformat("2026-01-31T00:00:01"), 1)], NotADate),
            ([(_Timestamp(2026, 1, 31, nanosecond=1), 1)], NotADate),
            ([(dt.date(2026, 1, 31), None)], NotANumber),
            ([(dt.date(2026, 1, 31), NAType())], NotANumber),
            ([(dt.date(2026, 1, 31), float("nan"))], NotFinite),
            ([(dt.date(2026, 1, 31), Decimal("sNaN"))], NotFinite),
            ([(dt.date(2026, 1, 31), inf)], NotFinite),
            ([("2026-01-31", 1)], NotADate),
            ([(None, 1)], NotADate),
            ([(dt.date(2026, 1, 31), "1")], NotANumber),
            ([(dt.date(2026, 1, 31), True)], NotANumber),
            ([(dt.date(2026, 1, 31), Polarity.HIGHER_IS_BETTER)], NotANumber),
            ([(dt.date(2026, 1, 31),)], WrongType),
            ([(dt.date(2026, 1, 31), 1, 2)], WrongType),
            ([dt.date(2026, 1, 31)], WrongType),
            (["ab"], WrongType),
            ("ab", WrongType),
            (5, WrongType),
            (None, WrongType),
        ],
    )
    def test_what_is_no_pair_of_date_and_value_is_refused(self, readings: object, error: type[GoalModelError]) -> None:
        with pytest.raises(error):
            Series.of(VISITS, readings)  # type: ignore[arg-type] # what a caller without a type checker may do

    @pytest.mark.parametrize("missing", Absence)
    @pytest.mark.parametrize(
        "nothing", [None, float("nan"), np.float32("nan"), Decimal("nan"), Decimal("sNaN"), NAType(), NaTType()]
    )
    def test_what_no_value_means_is_said_once_for_all_of_them(self, nothing: Any, missing: Absence) -> None:  # noqa: ANN401 - what tables hold
        known = Series.of(VISITS, {on("2026-01-31"): 1, on("2026-02-28"): nothing}, missing=missing)
        assert [reading.value for reading in known] == [1, missing]
        with pytest.raises((NotANumber, NotFinite), match=r"on 2026-02-28, or .* \(missing=Absence.MISSING") as refusal:
            Series.of(VISITS, {on("2026-01-31"): 1, on("2026-02-28"): nothing})
        assert str(refusal.value.field) == "readings[1].value"
        with pytest.raises((NotANumber, NotFinite), match=r"Absence\.MISSING or Absence\.NOT_MEASURED"):
            Reading(on("2026-01-31"), nothing)

    def test_what_no_value_means_is_an_absence(self) -> None:
        with pytest.raises(WrongType) as refusal:
            Series.of(VISITS, missing=cast("Absence", 0))
        assert str(refusal.value.field) == "missing"

    def test_timestamps_at_midnight_and_what_has_items_are_taken(self) -> None:
        table = _Column({_Timestamp(2026, 1, 31): 31, _Timestamp(2026, 2, 28): 28.5})
        assert Series.of(VISITS, table) == Series.of(VISITS, {on("2026-01-31"): 31, on("2026-02-28"): 28.5})

    @pytest.mark.parametrize("readings", [[(dt.date(2026, 1, 31), 1)], {dt.date(2026, 1, 31): 1}])
    def test_pairs_are_told_the_call_that_takes_them(self, readings: Any) -> None:  # noqa: ANN401 - what is refused
        with pytest.raises(WrongType, match=r"Series\.of takes pairs"):
            Series(VISITS, readings)

    def test_a_datetime_is_told_to_choose_its_date(self) -> None:
        with pytest.raises(NotADate, match=r"when\.date\(\)"):
            Reading(dt.datetime(2026, 1, 31, tzinfo=dt.UTC), 1)

    def test_until_and_since_include_their_day(self) -> None:
        known = Series.of(VISITS, {on(f"2026-01-0{day}"): day for day in (2, 4, 6)})
        seen = {day: [reading.on.day for reading in known.until(on(f"2026-01-0{day}"))] for day in range(1, 8)}
        assert seen == {1: [], 2: [2], 3: [2], 4: [2, 4], 5: [2, 4], 6: [2, 4, 6], 7: [2, 4, 6]}
        later = {day: [reading.on.day for reading in known.since(on(f"2026-01-0{day}"))] for day in range(1, 8)}
        assert later == {1: [2, 4, 6], 2: [2, 4, 6], 3: [4, 6], 4: [4, 6], 5: [6], 6: [6], 7: []}

    def test_a_value_the_measure_can_not_have_is_not_present(self) -> None:
        known = Series.of(SHARE, {on("2026-01-31"): -0.1, on("2026-02-28"): 0, on("2026-03-31"): 100.1})
        assert known.present == ((on("2026-02-28"), Fraction(0)),)

    def test_a_series_of_another_measure_says_what_it_is_about(self) -> None:
        with pytest.raises(WrongMeasure) as refusal:
            Series(VISITS).about(SHARE)
        accepted = "'share', as in the measure it is read for"
        assert str(refusal.value) == f"series.measure.name must be {accepted}; got 'visits'"
        assert Series(VISITS).about(Measure("visits", unit="visits")) == Series(VISITS)

    def test_the_value_of_an_absence_is_refused(self) -> None:
        with pytest.raises(NotANumber):
            _ = Reading(on("2026-01-31"), Absence.NOT_MEASURED).known


QUARTERS = [
    (2026, 1, 1, "2026-01-01", "2026-03-31", 90),
    (2026, 2, 1, "2026-04-01", "2026-06-30", 91),
    (2026, 3, 1, "2026-07-01", "2026-09-30", 92),
    (2026, 4, 1, "2026-10-01", "2026-12-31", 92),
    (2024, 1, 1, "2024-01-01", "2024-03-31", 91),
    (2026, 1, 4, "2026-04-01", "2026-06-30", 91),
    (2026, 4, 4, "2027-01-01", "2027-03-31", 90),
    (2027, 4, 4, "2028-01-01", "2028-03-31", 91),
    (2026, 1, 12, "2026-12-01", "2027-02-28", 90),
    (2027, 1, 12, "2027-12-01", "2028-02-29", 91),
    (2026, 4, 2, "2026-11-01", "2027-01-31", 92),
    (9999, 4, 1, "9999-10-01", "9999-12-31", 92),
    (1, 1, 1, "0001-01-01", "0001-03-31", 90),
]
HALVES = [
    (2026, 1, 1, "2026-01-01", "2026-06-30"),
    (2026, 2, 1, "2026-07-01", "2026-12-31"),
    (2026, 1, 7, "2026-07-01", "2026-12-31"),
    (2026, 2, 7, "2027-01-01", "2027-06-30"),
    (2027, 1, 9, "2027-09-01", "2028-02-29"),
]
YEARS = [
    (2026, 1, "2026-01-01", "2026-12-31", 365),
    (2024, 1, "2024-01-01", "2024-12-31", 366),
    (2026, 4, "2026-04-01", "2027-03-31", 365),
    (2027, 4, "2027-04-01", "2028-03-31", 366),
    (2027, 3, "2027-03-01", "2028-02-29", 366),
    (2026, 12, "2026-12-01", "2027-11-30", 365),
]
MONTHS = [
    (2026, 1, "2026-01-01", "2026-01-31"),
    (2026, 2, "2026-02-01", "2026-02-28"),
    (2024, 2, "2024-02-01", "2024-02-29"),
    (2100, 2, "2100-02-01", "2100-02-28"),
    (2000, 2, "2000-02-01", "2000-02-29"),
    (9999, 12, "9999-12-01", "9999-12-31"),
]


class TestCycles:
    """Quarters, halves, years and months, of the calendar and of fiscal years."""

    @pytest.mark.parametrize(("year", "quarter", "starts_in", "start", "end", "days"), QUARTERS)
    def test_a_quarter(  # noqa: PLR0917 - a row of the table
        self, year: int, quarter: int, starts_in: int, start: str, end: str, days: int
    ) -> None:
        cycle = Cycle.quarter(year, quarter, starts_in=starts_in)
        assert cycle == Cycle(on(start), on(end))
        assert cycle.days == days

    @pytest.mark.parametrize(("year", "half", "starts_in", "start", "end"), HALVES)
    def test_a_half(self, year: int, half: int, starts_in: int, start: str, end: str) -> None:
        assert Cycle.half(year, half, starts_in=starts_in) == Cycle(on(start), on(end))

    @pytest.mark.parametrize(("year", "starts_in", "start", "end", "days"), YEARS)
    def test_a_year(self, year: int, starts_in: int, start: str, end: str, days: int) -> None:
        cycle = Cycle.year(year, starts_in=starts_in)
        assert cycle == Cycle(on(start), on(end))
        assert cycle.days == days

    @pytest.mark.parametrize(("year", "month", "start", "end"), MONTHS)
    def test_a_month(self, year: int, month: int, start: str, end: str) -> None:
        assert Cycle.month(year, month) == Cycle(on(start), on(end))

    @pytest.mark.parametrize(
        ("day", "elapsed"),
        [
            ("0001-01-01", Fraction(0)),
            ("2026-09-30", Fraction(0)),
            ("2026-10-01", Fraction(1, 92)),
            ("2026-10-02", Fraction(2, 92)),
            ("2026-11-15", Fraction(46, 92)),
            ("2026-12-30", Fraction(91, 92)),
            ("2026-12-31", Fraction(1)),
            ("2027-01-01", Fraction(1)),
            ("9999-12-31", Fraction(1)),
        ],
    )
    def test_what_has_elapsed_at_the_end_of_a_day(self, day: str, elapsed: Fraction) -> None:
        assert Cycle.quarter(2026, 4).elapsed(on(day)) == elapsed

    def test_a_cycle_of_one_day_is_over_at_its_end(self) -> None:
        day = on("2024-02-29")
        assert Cycle(day, day).days == 1
        assert Cycle(day, day).elapsed(day) == 1
        assert Cycle(day, day).elapsed(on("2024-02-28")) == 0

    def test_both_ends_are_inside(self) -> None:
        cycle = Cycle.month(2026, 2)
        inside = [on(text) in cycle for text in ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")]
        assert inside == [False, True, True, False]

    def test_the_whole_calendar_is_a_cycle(self) -> None:
        assert Cycle(dt.date.min, dt.date.max).elapsed(dt.date.max) == 1

    @pytest.mark.parametrize(
        ("make", "error", "field"),
        [
            (lambda: Cycle(on("2026-02-01"), on("2026-01-31")), OutOfOrder, "end"),
            (lambda: Cycle.quarter(2026, 0), OutOfBounds, "quarter"),
            (lambda: Cycle.quarter(2026, 5), OutOfBounds, "quarter"),
            (lambda: Cycle.half(2026, 0), OutOfBounds, "half"),
            (lambda: Cycle.half(2026, 3), OutOfBounds, "half"),
            (lambda: Cycle.month(2026, 0), OutOfBounds, "month"),
            (lambda: Cycle.month(2026, 13), OutOfBounds, "month"),
            (lambda: Cycle.year(0), OutOfBounds, "year"),
            (lambda: Cycle.year(-1), OutOfBounds, "year"),
            (lambda: Cycle.year(10_000), OutOfBounds, "year"),
            (lambda: Cycle.year(2026, starts_in=0), OutOfBounds, "starts_in"),
            (lambda: Cycle.year(2026, starts_in=13), OutOfBounds, "starts_in"),
            (lambda: Cycle.year(9999, starts_in=2), YearOutOfRange, "year"),
            (lambda: Cycle.quarter(9999, 4, starts_in=2), YearOutOfRange, "year"),
            (lambda: Cycle.half(9999, 2, starts_in=2), YearOutOfRange, "year"),
        ],
    )
    def test_what_is_no_period_is_refused(
        self, make: Callable[[], Cycle], error: type[GoalModelError], field: str
    ) -> None:
        with pytest.raises(error) as refusal:
            make()
        assert str(refusal.value.field) == field

    def test_a_part_of_the_last_year_that_ends_in_it_is_taken(self) -> None:
        assert Cycle.quarter(9999, 3, starts_in=4).end == dt.date(9999, 12, 31)
        assert Cycle.half(9999, 1, starts_in=7).end == dt.date(9999, 12, 31)


DUE = [
    (Cadence.MONTHLY, "2026-01-31", 1, "2026-02-28"),
    (Cadence.MONTHLY, "2026-01-31", 2, "2026-03-31"),
    (Cadence.MONTHLY, "2026-01-31", 3, "2026-04-30"),
    (Cadence.MONTHLY, "2024-01-31", 1, "2024-02-29"),
    (Cadence.MONTHLY, "2026-02-28", 1, "2026-03-28"),
    (Cadence.MONTHLY, "2026-12-31", 2, "2027-02-28"),
    (Cadence.MONTHLY, "2026-01-31", 0, "2026-01-31"),
    (Cadence.QUARTERLY, "2026-11-30", 1, "2027-02-28"),
    (Cadence.YEARLY, "2024-02-29", 1, "2025-02-28"),
    (Cadence.YEARLY, "2024-02-29", 4, "2028-02-29"),
    (Cadence.WEEKLY, "2026-02-23", 1, "2026-03-02"),
    (Cadence.DAILY, "2024-02-28", 2, "2024-03-01"),
    (Cadence.MONTHLY, "9999-12-01", 1, "9999-12-31"),
    (Cadence.DAILY, "9999-12-31", 1, "9999-12-31"),
]
STALE_AFTER = [
    (Cadence.DAILY, "2026-01-01", "2026-01-03"),
    (Cadence.WEEKLY, "2026-01-01", "2026-01-10"),
    (Cadence.MONTHLY, "2026-01-31", "2026-03-10"),
    (Cadence.MONTHLY, "2024-01-31", "2024-03-10"),
    (Cadence.QUARTERLY, "2026-03-31", "2026-07-30"),
    (Cadence.YEARLY, "2026-12-31", "2028-04-30"),
    (Cadence(months=1), "2026-01-31", "2026-02-28"),
    (Cadence(days=10), "2026-01-01", "2026-01-11"),
    (Cadence.YEARLY, "9999-01-01", "9999-12-31"),
]
OVERDUE = [
    # the last day of the grace, and the day after
    (Cadence.MONTHLY, "2026-01-31", "2026-03-10", 0),
    (Cadence.MONTHLY, "2026-01-31", "2026-03-11", 1),
    (Cadence.MONTHLY, "2026-01-31", "2026-04-10", 1),
    (Cadence.MONTHLY, "2026-01-31", "2026-04-11", 2),
    (Cadence.MONTHLY, "2026-01-31", "2026-04-30", 2),
    (Cadence.DAILY, "2026-01-01", "2026-01-02", 0),
    (Cadence.DAILY, "2026-01-01", "2026-01-03", 0),
    (Cadence.DAILY, "2026-01-01", "2026-01-04", 1),
    (Cadence.DAILY, "2026-01-01", "2026-01-05", 2),
    (Cadence.WEEKLY, "2026-01-01", "2026-01-10", 0),
    (Cadence.WEEKLY, "2026-01-01", "2026-01-11", 1),
    (Cadence(days=7), "2026-01-01", "2026-01-08", 0),
    (Cadence(days=7), "2026-01-01", "2026-01-09", 1),
    (Cadence(months=2), "2026-01-31", "2026-04-01", 1),
    (Cadence(months=2), "2026-01-31", "2026-03-31", 0),
    # before, and on the day itself
    (Cadence.DAILY, "2026-01-01", "2026-01-01", 0),
    (Cadence.DAILY, "2026-01-02", "2026-01-01", 0),
    (Cadence.MONTHLY, "0001-01-01", "0001-01-01", 0),
]


class TestCadences:
    """When a reading is due, how long it is fresh, and when the next is overdue."""

    @pytest.mark.parametrize(("cadence", "anchor", "periods", "due"), DUE)
    def test_a_reading_is_due(self, cadence: Cadence, anchor: str, periods: int, due: str) -> None:
        assert cadence.due(on(anchor), periods) == on(due)

    @pytest.mark.parametrize(("cadence", "last", "until"), STALE_AFTER)
    def test_a_reading_is_fresh_until(self, cadence: Cadence, last: str, until: str) -> None:
        assert cadence.stale_after(on(last)) == on(until)

    @pytest.mark.parametrize(("cadence", "last", "as_of", "count"), OVERDUE)
    def test_readings_are_overdue(self, cadence: Cadence, last: str, as_of: str, count: int) -> None:
        assert cadence.overdue(on(last), on(as_of)) == count

    def test_the_named_cadences(self) -> None:
        named = (Cadence.DAILY, Cadence.WEEKLY, Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.YEARLY)
        assert [(each.months, each.days, each.grace_days) for each in named] == [
            (0, 1, 1),
            (0, 7, 2),
            (1, 0, 10),
            (3, 0, 30),
            (12, 0, 121),
        ]

    @pytest.mark.parametrize(("months", "days"), [(0, 0), (1, 1), (12, 365)])
    def test_what_counts_in_neither_or_both_is_refused(self, months: int, days: int) -> None:
        with pytest.raises(NoPeriod) as refusal:
            Cadence(months=months, days=days)
        assert str(refusal.value.field) == "months"

    @pytest.mark.parametrize("field", ["months", "days", "grace_days"])
    def test_a_count_below_nothing_is_refused(self, field: str) -> None:
        given: dict[str, Any] = {field: -1}
        with pytest.raises(OutOfBounds) as refusal:
            Cadence(**given)
        assert str(refusal.value.field) == field


RULE_DUE = [
    # rule, what it counts from, a reading, the next three dates (Mondays of 2026: 5, 12, 19, 26 January)
    ("FREQ=WEEKLY;BYDAY=MO", None, "2026-01-05", ["2026-01-12", "2026-01-19", "2026-01-26"]),
    ("FREQ=WEEKLY;BYDAY=MO", None, "2026-01-07", ["2026-01-12", "2026-01-19", "2026-01-26"]),
    ("RRULE:FREQ=WEEKLY;BYDAY=MO,TH", None, "2026-01-05", ["2026-01-08", "2026-01-12", "2026-01-15"]),
    ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", None, "2026-01-08", ["2026-01-09", "2026-01-12", "2026-01-13"]),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", None, "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"]),
    ("FREQ=MONTHLY;BYMONTHDAY=31", None, "2026-01-31", ["2026-03-31", "2026-05-31", "2026-07-31"]),
    ("FREQ=MONTHLY;BYDAY=1MO", None, "2026-01-05", ["2026-02-02", "2026-03-02", "2026-04-06"]),
    ("FREQ=MONTHLY;BYDAY=-1FR", None, "2026-01-30", ["2026-02-27", "2026-03-27", "2026-04-24"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", None, "2026-01-30", ["2026-02-27", "2026-03-31", "2026-04-30"]),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", None, "2026-03-31", ["2026-06-30", "2026-09-30", "2026-12-31"]),
    ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", None, "2026-01-05", ["2027-01-04", "2028-01-03", "2029-01-01"]),
    ("FREQ=YEARLY;BYYEARDAY=-1", None, "2026-12-31", ["2027-12-31", "2028-12-31", "2029-12-31"]),
    # what a rule leaves open is that of its start
    ("FREQ=WEEKLY", "2026-01-06", "2026-01-06", ["2026-01-13", "2026-01-20", "2026-01-27"]),
    ("FREQ=MONTHLY", "2025-10-15", "2026-01-15", ["2026-02-15", "2026-03-15", "2026-04-15"]),
    ("FREQ=YEARLY", "2024-02-29", "2024-02-29", ["2028-02-29", "2032-02-29", "2036-02-29"]),
    # every second one, of which the start is one; the rule has dates before it, too
    ("FREQ=WEEKLY;INTERVAL=2", "2026-01-05", "2026-01-05", ["2026-01-19", "2026-02-02", "2026-02-16"]),
    ("FREQ=WEEKLY;INTERVAL=2", "2026-03-02", "2026-01-05", ["2026-01-19", "2026-02-02", "2026-02-16"]),
    ("FREQ=WEEKLY;INTERVAL=2", "2026-01-12", "2026-01-05", ["2026-01-12", "2026-01-26", "2026-02-09"]),
    ("FREQ=DAILY;INTERVAL=10", "2026-01-01", "2026-01-01", ["2026-01-11", "2026-01-21", "2026-01-31"]),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "2026-03-31", "2026-03-31", ["2026-06-30", "2026-09-30", "2026-12-31"]),
    # at both ends of the calendar
    ("FREQ=WEEKLY;BYDAY=FR", None, "9999-12-24", ["9999-12-31", "9999-12-31", "9999-12-31"]),
    ("FREQ=WEEKLY;BYDAY=MO", None, "9999-12-27", ["9999-12-31", "9999-12-31", "9999-12-31"]),
    ("FREQ=YEARLY;INTERVAL=7", "2001-01-01", "0001-01-01", ["0006-01-01", "0013-01-01", "0020-01-01"]),
]
RULE_GRACE = [
    ("FREQ=DAILY", 1),
    ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", 1),
    ("FREQ=WEEKLY;BYDAY=MO", 2),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", 10),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", 30),
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", 121),
]
EARLY = [
    # every Monday, two days of grace: a reading, the date that is due next, the last day it is fresh
    ("2026-01-09", "2026-01-12", "2026-01-14"),
    ("2026-01-10", "2026-01-19", "2026-01-21"),
    ("2026-01-11", "2026-01-19", "2026-01-21"),
    ("2026-01-12", "2026-01-19", "2026-01-21"),
    ("2026-01-14", "2026-01-19", "2026-01-21"),
]
RULE_OVERDUE = [
    ("2026-01-12", "2026-01-21", 0),
    ("2026-01-12", "2026-01-22", 1),
    ("2026-01-10", "2026-01-21", 0),
    ("2026-01-12", "2026-01-28", 1),
    ("2026-01-12", "2026-01-29", 2),
    ("2026-01-12", "2026-01-12", 0),
    ("2026-01-12", "2026-01-01", 0),
]
NOT_RULES = [
    "FREQ",
    "BYDAY=MO",
    "every Monday",
    "FREQ=HOURLY",
    "FREQ=WEEKLY;BYDAY=MO;COUNT=3",
    "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231",
    "FREQ=DAILY;BYHOUR=9",
    "FREQ=DAILY;FREQ=WEEKLY",
    "FREQ=DAILY,WEEKLY",
    "FREQ=DAILY;WKST=XX",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=1001",
    "FREQ=DAILY;BYMONTH=13",
    "FREQ=DAILY;BYMONTH=-1",
    "FREQ=MONTHLY;BYMONTHDAY=0",
    "FREQ=MONTHLY;BYMONTHDAY=32",
    "FREQ=MONTHLY;BYMONTHDAY=1,",
    "FREQ=MONTHLY;BYDAY=54MO",
    "FREQ=MONTHLY;BYDAY=MOO",
    "FREQ=MONTHLY;BYDAY=MO,1TU",
    "FREQ=WEEKLY;BYDAY=1MO",
    "FREQ=WEEKLY;BYDAY=MO\nEXDATE:20260132",
    "FREQ=WEEKLY;BYDAY=MO\nEXDATE:2026015",
    "RDATE:20260229,20260301",
    "RDATE:20260201,20260301,",
    "DTSTART:20261301\nRRULE:FREQ=DAILY",
    # what they leave open
    "FREQ=WEEKLY",
    "FREQ=MONTHLY;BYMONTH=3",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
]
NEVER = [
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
    "FREQ=DAILY;BYSETPOS=2",
    "DTSTART:20260101\nRRULE:FREQ=YEARLY;INTERVAL=100;BYYEARDAY=1",
    "DTSTART:20260201\nRRULE:FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
]


class TestCadencesByRule:
    """When a reading is due by a recurrence rule, how early it may come, and which texts are no rules."""

    @pytest.mark.parametrize(("rule", "start", "anchor", "due"), RULE_DUE)
    def test_a_reading_is_due(self, rule: str, start: str | None, anchor: str, due: list[str]) -> None:
        cadence = Cadence.rrule(rule, start=None if start is None else on(start), grace_days=0)
        assert [cadence.due(on(anchor), periods) for periods in (1, 2, 3)] == [on(day) for day in due]
        assert cadence.due(on(anchor), 0) == on(anchor)
        assert cadence.due(on(anchor), 10**30) == dt.date.max

    @pytest.mark.parametrize(("rule", "grace_days"), RULE_GRACE)
    def test_its_grace_is_a_third_of_what_lies_between(self, rule: str, grace_days: int) -> None:
        assert Cadence.rrule(rule).grace_days == grace_days
        assert Cadence.rrule(rule, grace_days=0).grace_days == 0

    @pytest.mark.parametrize(("reading", "due", "until"), EARLY)
    def test_a_reading_may_come_early(self, reading: str, due: str, until: str) -> None:
        mondays = Cadence.rrule("FREQ=WEEKLY;BYDAY=MO")
        assert (mondays.due(on(reading)), mondays.stale_after(on(reading))) == (on(due), on(until))

    @pytest.mark.parametrize(
        ("reading", "grace_days", "due"),
        [
            ("2026-01-06", 9, "2026-01-11"),  # as near to the one before
            ("2026-01-07", 9, "2026-01-21"),
            ("2026-01-07", 4, "2026-01-21"),
            ("2026-01-07", 3, "2026-01-11"),
        ],
    )
    def test_it_is_early_only_where_it_is_nearer_to_the_next(self, reading: str, grace_days: int, due: str) -> None:
        tenth = Cadence.rrule("FREQ=DAILY;INTERVAL=10", start=on("2026-01-01"), grace_days=grace_days)
        assert tenth.due(on(reading)) == on(due)
        assert tenth.period(on("2026-01-01"), on(reading)) == int(due != "2026-01-11")

    @pytest.mark.parametrize(("last", "as_of", "count"), RULE_OVERDUE)
    def test_readings_are_overdue(self, last: str, as_of: str, count: int) -> None:
        assert Cadence.rrule("FREQ=WEEKLY;BYDAY=MO;WKST=WE").due(dt.date(9999, 12, 28)) == dt.date.max
        assert Cadence.rrule("FREQ=WEEKLY;BYDAY=MO").overdue(on(last), on(as_of)) == count

    def test_one_rule_has_one_text(self) -> None:
        assert Cadence.rrule(" byday=+1mo,-1FR,1MO;interval=01;wkst=mo;freq=monthly ").rule == (
            "FREQ=MONTHLY;BYDAY=-1FR,1MO"
        )
        fortnight = Cadence.rrule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", start=on("2026-01-07"))
        assert fortnight.rule == "DTSTART:20000110\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
        assert Cadence.rrule(fortnight.rule) == fortnight

    @pytest.mark.parametrize("rule", NOT_RULES)
    def test_what_is_no_rule_without_an_end_is_refused(self, rule: str) -> None:
        with pytest.raises(NotARecurrence) as refusal:
            Cadence.rrule(rule)
        assert (str(refusal.value.field), refusal.value.given) == ("rule", rule)

    @pytest.mark.parametrize("rule", NEVER)
    def test_a_rule_without_dates_is_refused(self, rule: str) -> None:
        with pytest.raises(NeverDue) as refusal:
            Cadence(rule=rule)
        assert str(refusal.value.field) == "rule"

    @pytest.mark.parametrize("other", [{"months": 1}, {"days": 1}])
    def test_a_rule_and_a_count_are_refused(self, other: dict[str, int]) -> None:
        with pytest.raises(NoPeriod):
            Cadence(rule="FREQ=DAILY", **other)

    def test_on_holidays_and_weekends_nothing_is_due(self) -> None:
        # Thursday 24 December 2026 to Monday 4 January 2027.
        worked = Cadence.working_days([on("2026-12-25"), on("2027-01-01"), on("2026-12-26")])
        assert worked.rule == "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\nEXDATE:20261225,20270101"
        assert [worked.due(on("2026-12-24"), steps).day for steps in range(7)] == [24, 28, 29, 30, 31, 4, 5]
        assert worked.before(on("2026-12-28")) == on("2026-12-24")
        assert worked.missing_between(on("2026-12-23"), on("2026-12-29")) == 1  # the 24th; the 28th may come late
        assert worked.grace_days == 1
        assert worked.times_a_year == 365

    def test_other_weekdays_may_be_worked(self) -> None:
        worked = Cadence.working_days(days="SU,MO,TU,WE,TH")
        assert worked == Cadence.rrule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,SU")
        assert worked.due(on("2026-01-01")) == on("2026-01-04")

    @pytest.mark.parametrize("days", ["", "XX", "1MO", "MO;INTERVAL=2"])
    def test_weekdays_that_are_none_are_refused(self, days: str) -> None:
        with pytest.raises(GoalModelError):
            Cadence.working_days(days=days)

    def test_stated_dates_go_on_at_their_middle_gap(self) -> None:
        ends = Cadence.stated([on("2026-02-01"), on("2026-04-05"), on("2026-03-01")])
        assert ends.rule == "RDATE:20260201,20260301,20260405"
        assert ends.grace_days == 9  # a third of 28 days
        days = ["2026-01-04", "2026-02-01", "2026-03-01", "2026-04-05", "2026-05-03", "2026-05-31"]
        assert [ends.due(on("2025-12-07"), steps).isoformat() for steps in range(1, 7)] == days
        assert ends.before(on("2026-04-05")) == on("2026-03-01")
        assert ends.overdue(on("2026-04-05"), on("2026-05-12")) == 0
        assert ends.overdue(on("2026-04-05"), on("2026-05-13")) == 1

    def test_stated_dates_may_lie_an_age_apart(self) -> None:
        ages = Cadence.stated([dt.date.min, dt.date.max])
        assert ages.due(on("2026-01-01")) == dt.date.max
        assert ages.before(dt.date.min) == dt.date.min

    @pytest.mark.parametrize("dates", [[], ["2026-02-01"], ["2026-02-01", "2026-02-01"]])
    def test_fewer_than_two_dates_are_no_cadence(self, dates: list[str]) -> None:
        with pytest.raises(NeverDue, match="dates"):
            Cadence.stated([on(each) for each in dates])

    def test_half_a_year(self) -> None:
        assert Cadence.HALF_YEARLY.due(on("2026-01-31")) == on("2026-07-31")
        assert (Cadence.HALF_YEARLY.grace_days, Cadence.HALF_YEARLY.times_a_year) == (60, 2)

    def test_weeks_begin_on_monday_whatever_the_calendar_module_was_told(self) -> None:
        fortnight = Cadence.rrule("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", start=on("2026-01-05"))
        before = fortnight.due(on("2026-01-05"))
        calendar.setfirstweekday(calendar.SUNDAY)
        try:
            assert fortnight.due(on("2026-01-05")) == before == on("2026-01-11")
        finally:
            calendar.setfirstweekday(calendar.MONDAY)


M, N = Absence.MISSING, Absence.NOT_MEASURED
RUNS: list[tuple[list[int | Absence], int, int, list[int]]] = [
    # values of January, February, … 2026; end of the month they are judged at; missing that end a run; the run
    ([], 3, 3, []),
    ([1, 2, 3], 3, 3, [1, 2, 3]),
    ([1, 2, 3], 2, 3, [1, 2]),
    ([1, M, 3], 3, 2, [1, 3]),
    ([1, M, 3], 3, 1, [3]),
    ([1, M, N, 3], 4, 3, [1, 3]),
    ([1, M, N, 3], 4, 2, [3]),
    ([1, 2, M], 3, 2, [1, 2]),
    ([1, 2, M], 3, 1, []),
    ([1, 2, M, M], 4, 2, []),
    ([M, M, M], 3, 1, []),
    ([M, 1], 2, 1, [1]),
    ([1, 101, 3], 3, 1, [3]),
    ([1, 101, 3], 3, 2, [1, 3]),
]


class TestRuns:
    """Which readings hang together although some are missing."""

    @pytest.mark.parametrize(("values", "month", "missing_ends_run", "run"), RUNS)
    @pytest.mark.parametrize("cadence", [None, Cadence.MONTHLY])
    def test_stated_absences_suspend_a_run_until_so_many_end_it(
        self,
        values: list[int | Absence],
        month: int,
        missing_ends_run: int,
        run: list[int],
        cadence: Cadence | None,
    ) -> None:
        known = Series.of(SHARE, {Cycle.month(2026, at).end: value for at, value in enumerate(values, 1)})
        as_of = Cycle.month(2026, month).end
        found = RunHistory(known.view, cadence=cadence, missing_ends_run=missing_ends_run).on(as_of)
        assert known.view.row.values(found.start, found.stop) == run

    def test_what_the_cadence_expected_in_vain_is_missing_too(self) -> None:
        known = Series.of(VISITS, {on("2026-01-31"): 1, on("2026-04-30"): 4, on("2026-05-31"): 5})
        as_of = on("2026-05-31")
        lengths = [
            len(RunHistory(known.view, cadence=Cadence.MONTHLY, missing_ends_run=most).on(as_of)) for most in (1, 2, 3)
        ]
        assert lengths == [2, 2, 3]
        assert len(RunHistory(known.view, cadence=None, missing_ends_run=1).on(as_of)) == 3

    def test_a_run_ends_when_the_next_reading_is_overdue_and_stays_ended_when_it_comes_late(self) -> None:
        known = Series.of(VISITS, {on("2026-01-31"): 1, on("2026-03-20"): 2})
        ends = ("2026-03-10", "2026-03-11", "2026-03-19", "2026-03-20")
        runs = RunHistory(known.view, cadence=Cadence.MONTHLY, missing_ends_run=1)
        lengths = [len(runs.on(on(end))) for end in ends]
        assert lengths == [1, 0, 0, 1]

    def test_daily_readings_on_days_in_a_row_miss_nothing(self) -> None:
        known = Series.of(VISITS, {dt.date(2026, 1, day): day for day in range(1, 11)})
        assert len(RunHistory(known.view, cadence=Cadence.DAILY, missing_ends_run=1).on(on("2026-01-10"))) == 10

    @pytest.mark.parametrize(
        ("alike", "count"),
        [([], 0), ([False], 0), ([True], 1), ([True, True, False, True], 2), ([False, True], 0)],
    )
    def test_a_streak(self, alike: list[bool], count: int) -> None:
        assert streak(alike) == count


@pytest.mark.parametrize(
    ("cadence", "day", "before"),
    [
        (Cadence.DAILY, dt.date(2026, 3, 1), dt.date(2026, 2, 28)),
        (Cadence.WEEKLY, dt.date(2026, 3, 1), dt.date(2026, 2, 22)),
        (Cadence.MONTHLY, dt.date(2026, 2, 28), dt.date(2026, 1, 31)),
        (Cadence.MONTHLY, dt.date(2026, 3, 30), dt.date(2026, 2, 28)),
        (Cadence.QUARTERLY, dt.date(2026, 6, 30), dt.date(2026, 3, 31)),
        (Cadence.YEARLY, dt.date(1, 6, 30), dt.date.min),
        (Cadence.DAILY, dt.date.min, dt.date.min),
        (Cadence.rrule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), dt.date(2026, 1, 1), dt.date(2024, 2, 29)),
        (Cadence.rrule("FREQ=MONTHLY;BYMONTHDAY=15"), dt.date(1, 1, 10), dt.date.min),
    ],
)
def test_a_period_before_a_day(cadence: Cadence, day: dt.date, before: dt.date) -> None:
    assert cadence.before(day) == before
