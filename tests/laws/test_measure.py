"""Laws of measures, their series, and the calendar: cycles, cadences, and runs of readings."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from functools import partial
from itertools import pairwise
from random import Random
from statistics import median_low

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

from budgets import examples
from goalmodel import Absence, Cadence, Cycle, GoalModelError, Measure, Reading, Series, Unit
from goalmodel.errors import GivenTwice, NoPeriod, OutOfBounds, OutOfOrder, WrongMeasure, YearOutOfRange
from goalmodel.measure import Number
from goalmodel.measure.run import RunHistory, streak
from goalmodel.testing import (
    cadences,
    cycles,
    dates,
    exact_numbers,
    ids,
    measures,
    near,
    numbers,
    readings,
    same_as,
    series,
    texts,
    values,
)
from goalmodel.testing.figures import evenly

ONE_DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))
SPANS = st.integers(0, 800)
RULES = cadences(rules=True).filter(lambda cadence: cadence.rule is not None)
PLAIN_RULES = RULES.filter(lambda cadence: "DATE:" not in (cadence.rule or ""))
CADENCES = evenly(
    st.sampled_from((Cadence.DAILY, Cadence.WEEKLY, Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.YEARLY)),
    st.builds(Cadence, months=st.integers(1, 14), grace_days=st.integers(0, 40)),
    st.builds(Cadence, days=st.integers(1, 40), grace_days=st.integers(0, 40)),
    RULES,
)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def falls_on(rule: str) -> Callable[[dt.date], bool]:
    """Return whether a day is one of a rule's dates, by asking each part of the rule about this day alone."""
    rule, _, left_out = rule.partition("\nEXDATE:")
    if rule.startswith("RDATE:"):
        return falls_on_stated([dt.date.fromisoformat(day) for day in rule[6:].split(",")])
    head, _, tail = rule.removeprefix("DTSTART:").rpartition("\nRRULE:")
    tail = tail.removeprefix("RRULE:")
    parts = dict(part.split("=") for part in tail.split(";"))
    start = dt.date(int(head[:4]), int(head[4:6]), int(head[6:])) if head else dt.date(2000, 1, 1)
    interval, first = int(parts.get("INTERVAL", "1")), WEEKDAYS.index(parts.get("WKST", "MO"))

    def period(day: dt.date) -> int:
        return {
            "DAILY": day.toordinal(),
            "WEEKLY": (day.toordinal() - 1 - first) // 7,
            "MONTHLY": day.year * 12 + day.month,
            "YEARLY": day.year,
        }[parts["FREQ"]]

    def named(part: str, *names: object) -> bool:
        return part not in parts or any(str(name) in parts[part].split(",") for name in names)

    def numbered(day: dt.date) -> list[str]:
        length = monthrange(day.year, day.month)[1]
        name = WEEKDAYS[day.weekday()]
        return [name, f"{(day.day + 6) // 7}{name}", f"-{(length - day.day + 7) // 7}{name}"]

    def matches(day: dt.date) -> bool:
        length, year = monthrange(day.year, day.month)[1], day.timetuple().tm_yday
        return (
            (period(day) - period(start)) % interval == 0
            and named("BYMONTH", day.month)
            and named("BYMONTHDAY", day.day, day.day - length - 1)
            and named("BYYEARDAY", year, year - dt.date(day.year, 12, 31).timetuple().tm_yday - 1)
            and named("BYWEEKNO", day.isocalendar().week)
            and named("BYDAY", *numbered(day))
        )

    def is_last(day: dt.date) -> bool:
        rest = range(day.day + 1, monthrange(day.year, day.month)[1] + 1)
        return "BYSETPOS" not in parts or not any(matches(day.replace(day=later)) for later in rest)

    away = {dt.date.fromisoformat(day) for day in left_out.split(",") if day}
    return lambda day: day not in away and matches(day) and is_last(day)


def falls_on_stated(stated: list[dt.date]) -> Callable[[dt.date], bool]:
    """Return whether a day is among those stated, or lies whole middle gaps before the first or behind the last."""
    gap = median_low((later - earlier).days for earlier, later in pairwise(stated))

    def falls(day: dt.date) -> bool:
        if stated[0] <= day <= stated[-1]:
            return day in stated
        return ((stated[0] if day < stated[0] else stated[-1]) - day).days % gap == 0

    return falls


def meant(day: dt.date, cadence: Cadence) -> dt.date:
    """Return the rule's date that a reading of *day* comes early for, or *day*, looking at each day around it."""
    falls = falls_on(cadence.rule or "")
    for days in range(cadence.grace_days + 1):
        if falls(day - days * ONE_DAY):
            return day
        if falls(day + days * ONE_DAY):
            return day + days * ONE_DAY
    return day


def later_by(anchor: dt.date, cadence: Cadence, periods: int) -> dt.date | None:
    """Return the date so many periods later, by the calendar alone; None where it has no such date."""
    if cadence.days:
        ordinal = anchor.toordinal() + cadence.days * periods
        return dt.date.fromordinal(ordinal) if ordinal <= dt.date.max.toordinal() else None
    years, month = divmod(anchor.month - 1 + cadence.months * periods, 12)
    if anchor.year + years > dt.MAXYEAR:
        return None
    last = monthrange(anchor.year + years, month + 1)[1]
    return dt.date(anchor.year + years, month + 1, min(anchor.day, last))


def due_dates(anchor: dt.date, cadence: Cadence, until: dt.date) -> list[dt.date]:
    """Return every date after *anchor* and up to *until* on which a reading is due, walking day by day."""
    found: list[dt.date] = []
    if cadence.rule:
        first, falls = meant(anchor, cadence), falls_on(cadence.rule)
        days = [first + days * ONE_DAY for days in range(1, (until - first).days + 1)]
        return [day for day in days if falls(day)]
    day, due = anchor, later_by(anchor, cadence, 1)
    while day < until:
        day += ONE_DAY
        if day == due:
            found.append(day)
            due = later_by(anchor, cadence, len(found) + 1)
    return found


def overdue_by_walking(cadence: Cadence, last: dt.date, as_of: dt.date) -> int:
    """Count the due dates whose grace is over before the end of *as_of*."""
    return sum(day + cadence.grace_days * ONE_DAY < as_of for day in due_dates(last, cadence, as_of))


def latest_run(
    known: Series, as_of: dt.date, cadence: Cadence | None, missing_ends_run: int
) -> tuple[tuple[dt.date, Fraction], ...]:
    """Return date and value of the readings that hang together on a day."""
    run = RunHistory(known.view, cadence=cadence, missing_ends_run=missing_ends_run).on(as_of)
    return tuple(known.view.present[run.start : run.stop])


def latest_run_by_walking(
    known: Series, as_of: dt.date, cadence: Cadence | None, missing_ends_run: int
) -> list[tuple[dt.date, Fraction]]:
    """Walk through the readings from the oldest on, and begin anew wherever too many are missing."""
    run: list[tuple[dt.date, Fraction]] = []
    stated = 0
    for reading in known.readings:
        if reading.on > as_of:
            continue
        if isinstance(reading.value, Absence) or not known.measure.can_be(reading.value):
            stated += 1
            continue
        expected = overdue_by_walking(cadence, run[-1][0], reading.on) if cadence and run else 0
        if run and max(stated, expected) >= missing_ends_run:
            run = []
        run.append((reading.on, reading.value))
        stated = 0
    overdue = overdue_by_walking(cadence, run[-1][0], as_of) if cadence and run else 0
    return [] if max(stated, overdue) >= missing_ends_run else run


def around(measure: Measure) -> st.SearchStrategy[Number]:
    """Return numbers on and beside the limits of *measure*, and any others."""
    limits = [limit for limit in (measure.lowest, measure.highest) if limit is not None]
    return st.one_of(near(*limits), numbers()) if limits else numbers()


class TestSeries:
    """A series is the readings of one measure, oldest first, one a date, in whatever order they come."""

    @given(series(), st.data())
    def test_the_order_and_the_form_of_what_is_given_mean_nothing(self, known: Series, data: st.DataObject) -> None:
        shuffled = data.draw(st.permutations(known.readings))
        pairs = [(reading.on, reading.value) for reading in shuffled]
        for given_as in (shuffled, pairs, dict(pairs), iter(pairs), map(list, pairs)):
            assert Series.of(known.measure, given_as) == known  # type: ignore[arg-type] # a list of two is a pair, too
        assert Series(known.measure, shuffled) == known

    @given(series())
    def test_it_is_oldest_first_and_has_one_reading_a_date(self, known: Series) -> None:
        assert all(earlier.on < later.on for earlier, later in pairwise(known.readings))
        assert list(known) == list(known.readings)
        assert len(known) == len(known.readings)

    @given(series(min_size=1), st.data())
    def test_a_second_reading_on_a_date_is_refused_by_name_of_the_date(
        self, known: Series, data: st.DataObject
    ) -> None:
        twice = data.draw(st.sampled_from(known.readings))
        again = data.draw(st.one_of(st.just(twice), readings(on=st.just(twice.on))))
        with pytest.raises(GivenTwice) as refusal:
            Series(known.measure, data.draw(st.permutations([*known.readings, again])))
        assert (str(refusal.value.field), refusal.value.given) == ("readings", twice.on)

    @given(series(), st.data())
    def test_until_a_date_is_up_to_and_with_it_and_since_it_is_with_it_and_after(
        self, known: Series, data: st.DataObject
    ) -> None:
        own = [reading.on for reading in known]
        day = data.draw(st.one_of(dates(), st.sampled_from(own)) if own else dates())
        assert known.until(day).readings == tuple(reading for reading in known if reading.on <= day)
        assert known.since(day).readings == tuple(reading for reading in known if reading.on >= day)
        assert known.until(day).measure == known.since(day).measure == known.measure
        assert known.until(day).until(day) == known.until(day)
        assert known.until(dt.date.max) == known.since(dt.date.min) == known

    @given(series(), dates(), dates())
    def test_what_is_not_seen_stays_unseen(self, known: Series, one: dt.date, other: dt.date) -> None:
        assert known.until(one).until(other) == known.until(min(one, other))
        assert known.since(one).since(other) == known.since(max(one, other))
        assert known.until(one).since(other) == known.since(other).until(one)

    @given(measures().flatmap(lambda measure: series(measure=measure, values=around(measure))))
    def test_present_is_what_is_no_absence_and_can_be(self, known: Series) -> None:
        lowest, highest = known.measure.lowest, known.measure.highest
        assert known.present == tuple(
            (reading.on, reading.known)
            for reading in known
            if not isinstance(reading.value, Absence)
            and (lowest is None or reading.value >= lowest)
            and (highest is None or reading.value <= highest)
        )

    @given(series(), measures())
    def test_it_is_about_its_own_measure_only(self, known: Series, measure: Measure) -> None:
        assert known.about(known.measure) is known
        assume(measure != known.measure)
        with pytest.raises(WrongMeasure) as refusal:
            known.about(measure, "readings")
        first, second, name = refusal.value.field
        assert (first, second) == ("readings", "measure")
        assert isinstance(name, str)
        assert refusal.value.given == getattr(known.measure, name) != getattr(measure, name)

    @given(series(), values(Unit))
    def test_another_unit_is_another_measure(self, known: Series, unit: Unit) -> None:
        assume(unit != known.measure.unit)
        with pytest.raises(WrongMeasure):
            known.about(attrs.evolve(known.measure, unit=unit))


class TestReading:
    """A reading is a measure's value on a date, or a stated absence."""

    @given(dates(), exact_numbers(), st.data())
    def test_values_of_one_meaning_make_one_reading(self, on: dt.date, value: Fraction, data: st.DataObject) -> None:
        one, other = Reading(on, data.draw(same_as(value))), Reading(on, data.draw(same_as(value)))
        assert one == other
        assert hash(one) == hash(other)
        assert one.known == value
        assert str(one).endswith(f" on {on.isoformat()}")

    @given(readings())
    def test_only_an_absence_has_no_value(self, reading: Reading) -> None:
        if isinstance(reading.value, Absence):
            with pytest.raises(TypeError):
                _ = reading.known
            assert str(reading).startswith(reading.value.value)
        else:
            assert reading.known == reading.value


class TestMeasure:
    """A measure has a name, a unit, a better side, and perhaps limits to what is possible at all."""

    @given(measures(), st.data())
    def test_what_is_possible_lies_within_the_limits_ends_included(self, measure: Measure, data: st.DataObject) -> None:
        value = data.draw(around(measure))
        meant = Reading(dt.date.min, value).known
        above = measure.lowest is None or meant >= measure.lowest
        below = measure.highest is None or meant <= measure.highest
        assert measure.can_be(value) == (above and below)

    @given(ids(), exact_numbers(), exact_numbers())
    def test_a_range_out_of_order_is_refused(self, name: str, one: Fraction, other: Fraction) -> None:
        low, high = min(one, other), max(one, other)
        assert Measure(name, lowest=low, highest=high).can_be(low)
        assert Measure(name, lowest=low, highest=low).can_be(low)
        assume(low != high)
        with pytest.raises(OutOfOrder) as refusal:
            Measure(name, lowest=high, highest=low)
        assert (str(refusal.value.field), refusal.value.given) == ("highest", low)

    @given(ids(), ids(), texts())
    def test_the_name_of_a_unit_is_a_unit(self, name: str, unit: str, symbol: str) -> None:
        assert Measure(name, unit=unit) == Measure(name, unit=Unit(unit))
        assert Unit(unit).symbol == unit
        assert Unit(unit, symbol=symbol).symbol == symbol


class TestCycle:
    """A cycle is two dates, both inside it."""

    @given(cycles(starts=DAYS), st.integers(-3, 403))
    def test_elapsed_counts_the_days_that_are_over_at_the_end_of_the_day(self, cycle: Cycle, offset: int) -> None:
        assume(cycle.days <= 401)
        as_of = cycle.start + offset * ONE_DAY
        inside = [cycle.start + index * ONE_DAY for index in range(cycle.days)]
        assert inside[-1] == cycle.end
        assert cycle.elapsed(as_of) == Fraction(sum(day <= as_of for day in inside), len(inside))
        assert (as_of in cycle) == (as_of in inside)

    @given(cycles())
    def test_its_first_day_is_one_share_and_its_last_day_is_all_of_it(self, cycle: Cycle) -> None:
        assert cycle.elapsed(cycle.start) == Fraction(1, cycle.days)
        assert cycle.elapsed(cycle.end) == 1
        assert cycle.start in cycle
        assert cycle.end in cycle
        if cycle.start > dt.date.min:
            assert cycle.elapsed(cycle.start - ONE_DAY) == 0
            assert cycle.start - ONE_DAY not in cycle
        if cycle.end < dt.date.max:
            assert cycle.elapsed(cycle.end + ONE_DAY) == 1
            assert cycle.end + ONE_DAY not in cycle

    @given(cycles(), dates(), dates())
    def test_elapsed_never_shrinks_and_stays_from_0_to_1(self, cycle: Cycle, one: dt.date, other: dt.date) -> None:
        assert 0 <= cycle.elapsed(min(one, other)) <= cycle.elapsed(max(one, other)) <= 1

    @given(dates(), dates())
    def test_an_end_before_the_start_is_refused(self, one: dt.date, other: dt.date) -> None:
        assert Cycle(min(one, other), max(one, other)).days == abs((other - one).days) + 1
        assume(one != other)
        with pytest.raises(OutOfOrder) as refusal:
            Cycle(max(one, other), min(one, other))
        assert (str(refusal.value.field), refusal.value.given) == ("end", min(one, other))

    @given(st.integers(dt.MINYEAR, dt.MAXYEAR - 1), st.integers(1, 12))
    @example(2024, 3)
    @example(2023, 3)
    @example(1, 1)
    @example(9998, 12)
    def test_quarters_and_halves_share_the_fiscal_year_among_them(self, year: int, starts_in: int) -> None:
        whole = Cycle.year(year, starts_in=starts_in)
        quarters = [Cycle.quarter(year, number, starts_in=starts_in) for number in (1, 2, 3, 4)]
        halves = [Cycle.half(year, number, starts_in=starts_in) for number in (1, 2)]
        assert whole.start == dt.date(year, starts_in, 1)
        for parts in (quarters, halves):
            assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
            assert all(earlier.end + ONE_DAY == later.start for earlier, later in pairwise(parts))
            assert sum(part.days for part in parts) == whole.days
        months = [divmod(starts_in - 1 + index, 12) for index in range(12)]
        lengths = [monthrange(year + years, month + 1)[1] for years, month in months]
        assert [part.days for part in quarters] == [sum(lengths[at : at + 3]) for at in (0, 3, 6, 9)]
        assert [part.days for part in halves] == [sum(lengths[at : at + 6]) for at in (0, 6)]

    @given(st.integers(dt.MINYEAR, dt.MAXYEAR), st.integers(1, 12))
    @example(9999, 12)
    def test_a_month_is_all_its_days(self, year: int, month: int) -> None:
        cycle = Cycle.month(year, month)
        assert cycle == Cycle(dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1]))

    @given(st.one_of(st.integers(max_value=0), st.integers(min_value=dt.MAXYEAR + 1)), st.integers(1, 12))
    @example(0, 1)
    @example(10_000, 1)
    def test_a_year_the_calendar_does_not_have_is_refused(self, year: int, month: int) -> None:
        for refused in (
            partial(Cycle.year, year),
            partial(Cycle.half, year, 1),
            partial(Cycle.quarter, year, 1),
            partial(Cycle.month, year, month),
        ):
            with pytest.raises(OutOfBounds) as refusal:
                refused()
            assert (str(refusal.value.field), refusal.value.given) == ("year", year)

    @given(st.integers(2, 12))
    def test_a_fiscal_year_that_leaves_the_calendar_is_refused(self, starts_in: int) -> None:
        with pytest.raises(YearOutOfRange):
            Cycle.year(dt.MAXYEAR, starts_in=starts_in)
        assert Cycle.year(dt.MAXYEAR).end == dt.date.max


class TestCadence:
    """A cadence says when readings are due, always counted from the anchor, and when one has become too old."""

    @given(dates(), cadences(), st.one_of(st.integers(0, 50), st.integers(0, 10**30)))
    @example(dt.date(2024, 1, 31), Cadence.MONTHLY, 1)
    @example(dt.date(2024, 2, 29), Cadence.YEARLY, 1)
    @example(dt.date(9999, 12, 1), Cadence.MONTHLY, 1)
    def test_due_is_counted_from_the_anchor(self, anchor: dt.date, cadence: Cadence, periods: int) -> None:
        assert cadence.due(anchor, periods) == (later_by(anchor, cadence, periods) or dt.date.max)
        assert cadence.due(anchor, 0) == anchor

    @given(dates(), cadences(), st.integers(0, 50))
    def test_due_dates_rise(self, anchor: dt.date, cadence: Cadence, periods: int) -> None:
        earlier, later = cadence.due(anchor, periods), cadence.due(anchor, periods + 1)
        assert earlier < later or later == dt.date.max

    @given(dates(), cadences())
    def test_a_reading_is_fresh_for_a_period_and_its_grace(self, last: dt.date, cadence: Cadence) -> None:
        due = later_by(last, cadence, 1)
        ordinal = dt.date.max.toordinal() if due is None else due.toordinal() + cadence.grace_days
        assert cadence.stale_after(last) == dt.date.fromordinal(min(ordinal, dt.date.max.toordinal()))

    @given(DAYS, CADENCES, SPANS)
    @example(dt.date(2024, 1, 31), Cadence.MONTHLY, 90)
    @example(dt.date(2024, 2, 29), Cadence.YEARLY, 366)
    def test_overdue_is_what_a_walk_from_day_to_day_finds(self, last: dt.date, cadence: Cadence, span: int) -> None:
        as_of = last + span * ONE_DAY
        assert cadence.overdue(last, as_of) == overdue_by_walking(cadence, last, as_of)

    @given(DAYS, CADENCES, st.integers(1, 30))
    def test_a_reading_becomes_overdue_on_the_day_after_its_grace(
        self, last: dt.date, cadence: Cadence, periods: int
    ) -> None:
        grace_over = cadence.due(last, periods) + cadence.grace_days * ONE_DAY
        assert cadence.overdue(last, grace_over) == periods - 1
        assert cadence.overdue(last, grace_over + ONE_DAY) == periods

    @given(dates(), cadences(), dates(), dates())
    def test_what_is_overdue_stays_so(self, last: dt.date, cadence: Cadence, one: dt.date, other: dt.date) -> None:
        assert cadence.overdue(last, min(one, other)) <= cadence.overdue(last, max(one, other))

    @given(dates(), cadences(), dates())
    def test_one_is_overdue_exactly_when_the_last_is_stale(
        self, last: dt.date, cadence: Cadence, as_of: dt.date
    ) -> None:
        assert (cadence.overdue(last, as_of) > 0) == (as_of > cadence.stale_after(last))

    @given(DAYS, CADENCES, st.integers(0, 40))
    @example(dt.date(2026, 1, 1), Cadence.DAILY, 1)
    def test_readings_within_their_grace_miss_nothing(self, earlier: dt.date, cadence: Cadence, late: int) -> None:
        later = cadence.due(earlier) + min(late, cadence.grace_days) * ONE_DAY
        assert cadence.overdue(earlier, later) == 0

    @given(cadences(), dates(), dates())
    def test_nothing_is_overdue_before_its_time(self, cadence: Cadence, one: dt.date, other: dt.date) -> None:
        assert cadence.overdue(max(one, other), min(one, other)) == 0

    @given(st.integers(0, 40), st.integers(0, 40))
    def test_it_counts_in_either_months_or_days(self, months: int, days: int) -> None:
        if (months == 0) != (days == 0):
            assert Cadence(months=months, days=days).grace_days == 0
        else:
            with pytest.raises(NoPeriod):
                Cadence(months=months, days=days)


class TestCadenceByRule:
    """The dates of a recurrence rule are those of the calendar, whenever there was a reading."""

    @given(DAYS, RULES, st.integers(1, 5))
    def test_due_is_the_next_date_a_walk_finds(self, anchor: dt.date, cadence: Cadence, periods: int) -> None:
        due = cadence.due(anchor, periods)
        assert falls_on(cadence.rule or "")(due)
        assert cadence.expected(anchor, due) == periods
        assert cadence.expected(anchor, due - ONE_DAY) == periods - 1

    @given(DAYS, RULES, SPANS)
    def test_expected_is_what_a_walk_finds(self, last: dt.date, cadence: Cadence, span: int) -> None:
        until = last + span * ONE_DAY
        assert cadence.expected(last, until) == len(due_dates(last, cadence, until))

    @given(DAYS, RULES, SPANS)
    def test_a_reading_belongs_to_the_period_it_comes_early_for(
        self, anchor: dt.date, cadence: Cadence, span: int
    ) -> None:
        on = anchor + span * ONE_DAY
        assert cadence.period(anchor, on) == len(due_dates(anchor, cadence, meant(on, cadence)))

    @given(st.lists(DAYS, max_size=6).map(sorted), CADENCES)
    def test_periods_counted_together_are_those_counted_one_by_one(self, days: list[dt.date], cadence: Cadence) -> None:
        assert cadence.periods(days) == tuple(cadence.period(days[0], day) for day in days)

    @given(PLAIN_RULES, st.randoms(use_true_random=False))
    def test_one_rule_has_one_text_in_whatever_order_it_is_written(self, cadence: Cadence, random: Random) -> None:
        head, _, tail = (cadence.rule or "").rpartition("RRULE:")
        parts = [part.lower() for part in tail.split(";")]
        random.shuffle(parts)
        written = f"{head}RRULE:{';'.join(parts)};interval=1" if "INTERVAL" not in tail else f"{head}{';'.join(parts)}"
        assert Cadence.rrule(written, grace_days=cadence.grace_days) == cadence

    @given(DAYS, st.integers(1, 5), st.integers(-390, 500), st.sampled_from(("DAILY", "WEEKLY", "YEARLY")))
    def test_it_may_count_from_any_of_its_own_dates(
        self, start: dt.date, interval: int, periods: int, frequency: str
    ) -> None:
        start = start.replace(day=1)
        later = {
            "DAILY": start + interval * periods * ONE_DAY,
            "WEEKLY": start + interval * periods * 7 * ONE_DAY,
            "YEARLY": start.replace(year=start.year + interval * periods),
        }[frequency]
        rule = f"FREQ={frequency};INTERVAL={interval}"
        assert Cadence.rrule(rule, start=start) == Cadence.rrule(rule, start=later)

    @given(PLAIN_RULES, st.lists(DAYS, max_size=20), st.randoms(use_true_random=False))
    def test_on_dates_left_out_nothing_is_due(self, cadence: Cadence, days: list[dt.date], random: Random) -> None:
        anchor = min(days, default=dt.date(2026, 1, 1))
        own = [cadence.due(anchor, periods) for periods in range(1, 5)]
        away = {day for day in own if random.random() < 0.5} | set(days)
        left = Cadence.rrule(cadence.rule or "", grace_days=0, left_out=away)
        plain = attrs.evolve(cadence, grace_days=0)
        until = own[-1]
        assert due_dates(anchor, left, until) == [day for day in due_dates(anchor, plain, until) if day not in away]
        # What would not have been due anyway is not named, and the same dates have one text.
        assert Cadence.rrule(left.rule or "", grace_days=0, left_out=sorted(away, reverse=True)) == left

    @given(st.lists(DAYS, min_size=2, max_size=12, unique=True), st.randoms(use_true_random=False))
    def test_stated_dates_are_due_in_any_order(self, days: list[dt.date], random: Random) -> None:
        ordered = sorted(days)
        random.shuffle(days)
        cadence = Cadence.stated(days, grace_days=0)
        assert cadence == Cadence.rrule(cadence.rule or "", grace_days=0)
        assert [cadence.due(ordered[0], steps) for steps in range(len(days))] == ordered

    @given(
        st.one_of(
            st.text(alphabet="FREQ=DAILYWKMONTH;BYDAY-+1234567890,:\n ", max_size=40),
            st.text(alphabet="01239,", max_size=40).map("RDATE:{}".format),
            st.text(alphabet="01239,", max_size=40).map("FREQ=DAILY\nEXDATE:{}".format),
        )
    )
    def test_any_text_is_a_rule_or_refused(self, text: str) -> None:
        with suppress(GoalModelError):
            assert Cadence.rrule(text).rule


READ_WITHIN = (dt.date(2024, 1, 1), dt.date(2025, 12, 31))


@st.composite
def situations(draw: st.DrawFn) -> tuple[Series, dt.date, Cadence | None, int]:
    """Return readings, some of them absent and some impossible, a date, a cadence, and how many missing end a run."""
    measure = draw(measures(limits=st.just((0, 10))))
    apart = draw(st.sampled_from((1, 7, 30, 31))) * ONE_DAY
    regular = st.sampled_from([READ_WITHIN[0] + index * apart for index in range(16)])
    on = draw(st.sampled_from((regular, regular, st.dates(*READ_WITHIN))))
    known = draw(series(measure=measure, values=st.integers(-1, 11), on=on, max_size=14))
    last = known.readings[-1].on if known.readings else READ_WITHIN[1]
    as_of = draw(st.one_of(st.just(last), st.dates(last - 100 * ONE_DAY, last + 100 * ONE_DAY)))
    return known, as_of, draw(st.one_of(st.none(), CADENCES)), draw(st.integers(1, 4))


class TestLatestRun:
    """Missing readings suspend a run: they neither extend nor end it, until so many follow one another."""

    @given(situations())
    @examples(150)
    def test_it_is_what_a_walk_through_the_readings_finds(
        self, situation: tuple[Series, dt.date, Cadence | None, int]
    ) -> None:
        known, as_of, cadence, missing_ends_run = situation
        run = latest_run(known, as_of, cadence, missing_ends_run)
        assert list(run) == latest_run_by_walking(known, as_of, cadence, missing_ends_run)

    @given(situations())
    def test_it_is_the_end_of_what_is_present(self, situation: tuple[Series, dt.date, Cadence | None, int]) -> None:
        known, as_of, cadence, missing_ends_run = situation
        run = latest_run(known, as_of, cadence, missing_ends_run)
        present = known.until(as_of).present
        assert run == (present[-len(run) :] if run else ())

    @given(situations())
    def test_the_more_missing_readings_it_bears_the_longer_it_is(
        self, situation: tuple[Series, dt.date, Cadence | None, int]
    ) -> None:
        known, as_of, cadence, _ = situation
        lengths = [len(latest_run(known, as_of, cadence, most)) for most in range(1, 6)]
        assert lengths == sorted(lengths)
        without_end = latest_run(known, as_of, None, len(known) + 1)
        assert without_end == known.until(as_of).present

    @given(st.lists(st.booleans()))
    def test_a_streak_is_what_holds_before_the_first_that_does_not(self, alike: list[bool]) -> None:
        assert streak(alike) == [*alike, False].index(False)
