"""Views and histories: whole numbers say what the readings say, and a history says what was said each day."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Sequence
from copy import copy
from fractions import Fraction
from typing import cast

import attrs
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given, strategies as st

from goalmodel import (
    Absence,
    Cadence,
    Heading,
    HealthBands,
    Kpi,
    Measure,
    Polarity,
    Reading,
    Reason,
    Score,
    Series,
    Standing,
    TrendPolicy,
)
from goalmodel.errors import GivenTwice, NothingGiven, WrongMeasure, WrongType
from goalmodel.kpi import FlappingPolicy, KpiAssessment, KpiHistory
from goalmodel.kpi.direction import excess_row
from goalmodel.measure import Number
from goalmodel.measure.row import Row
from goalmodel.measure.series import ReadingsOf
from goalmodel.testing import (
    cadences,
    dates,
    exact_numbers,
    health_bands,
    kpis,
    measures,
    near,
    numbers,
    series,
    trend_policies,
    values,
)
from goalmodel.trend import ProcessLimits, ReferencePeriod, Seen, SigmaRule, Steps, TrendRow, process_limits
from goalmodel.trend.answer import Way, answer
from goalmodel.trend.history import trend_row
from goalmodel.trend.limits import RunningLimits, SigmaScale

FIRST = dt.date(2026, 1, 1)
NO_COMMON_PART = [Fraction(1, 10**25 + 13), Fraction(-2, 10**25 + 57), Fraction(1, 3)]
AROUND_ONE_OF_THEM = HealthBands.between(0, Fraction(1, 3), watch_low=NO_COMMON_PART[1] / 2)
ABNORMAL = Fraction(7, 3**90)


def _row(values: Sequence[Fraction]) -> Row:
    return Row.of([(FIRST + dt.timedelta(days=day), value) for day, value in enumerate(values)])


@st.composite
def rows(draw: st.DrawFn, *, min_size: int = 0) -> list[Fraction]:
    """Return values with a common denominator of a sensible length, and without."""
    small = st.builds(Fraction, st.integers(-50, 50), st.sampled_from((1, 2, 3, 10, 1_000)))
    either = st.one_of(small, exact_numbers(), st.sampled_from(NO_COMMON_PART))
    return draw(st.lists(draw(st.sampled_from((small, either))), min_size=min_size, max_size=12))


@st.composite
def plain_numbers(draw: st.DrawFn, *, least: int = 0) -> tuple[Measure, list[tuple[dt.date, Number]]]:
    """Return measures, with a range or without, and pairs of a date and a number: each date once, in any order."""
    measure = draw(measures())
    days = draw(st.lists(dates(), min_size=least, max_size=8, unique=True))
    value = st.one_of(numbers(), st.sampled_from(NO_COMMON_PART), near(*_ends(measure)))
    return measure, [(day, draw(value)) for day in days]


def _ends(measure: Measure) -> list[Fraction]:
    return [each for each in (measure.lowest, measure.highest) if each is not None] or [Fraction(0)]


@st.composite
def read_kpis(draw: st.DrawFn) -> tuple[Kpi, Series, list[dt.date]]:
    """Return KPIs of any kind, readings on and near their cuts, and days on, before and behind the readings."""
    kpi = draw(kpis(cadence=st.one_of(st.none(), cadences())))
    values: st.SearchStrategy[Number] = numbers() if kpi.bands is None else st.one_of(near(*kpi.bands.cuts), numbers())
    readings = draw(series(measure=kpi.measure, values=values))
    days = [reading.on for reading in readings] or [FIRST]
    later = draw(st.lists(st.sampled_from(days), max_size=3))
    apart = st.integers(0, 200).map(lambda count: dt.timedelta(days=count))
    return kpi, readings, [*days, *(min(day, dt.date(9998, 1, 1)) + draw(apart) for day in later)]


class TestRow:
    """A row says of its whole numbers what is true of the values."""

    @given(rows())
    @example(NO_COMMON_PART)
    def test_its_values_are_those_given(self, values: list[Fraction]) -> None:
        row = _row(values)
        assert [row.value(at) for at in range(len(row))] == values
        assert row.values(0, len(values)) == values

    @given(rows(min_size=2))
    @example(NO_COMMON_PART)
    def test_its_whole_numbers_are_ordered_as_the_values_are(self, values: list[Fraction]) -> None:
        wholes = _row(values).wholes
        assert [one < other for one in wholes for other in wholes] == [
            one < other for one in values for other in values
        ]

    @given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=4), max_size=8))
    def test_what_people_write_down_is_whole(self, values: list[Number]) -> None:
        assert all(type(each) is int for each in _row([Fraction(value) for value in values]).wholes)

    @given(rows(), exact_numbers())
    @example(NO_COMMON_PART, NO_COMMON_PART[0])
    @example([Fraction(1), Fraction(2)], Fraction(3, 2))
    def test_a_number_reaches_a_cut_as_the_value_does(self, values: list[Fraction], cut: Fraction) -> None:
        row = _row(values)
        for cut_or_value in (cut, *values):
            least, greatest = row.least(cut_or_value), row.greatest(cut_or_value)
            assert [each >= least for each in row.wholes] == [value >= cut_or_value for value in values]
            assert [each <= greatest for each in row.wholes] == [value <= cut_or_value for value in values]

    @given(rows(), st.lists(exact_numbers(), max_size=2))
    @example(NO_COMMON_PART, [ABNORMAL])
    def test_finer_parts_change_no_value(self, values: list[Fraction], others: list[Fraction]) -> None:
        finer, wholes = _row(values).finer(*others)
        assert finer.values(0, len(values)) == values
        assert [Fraction(each, finer.denominator) for each in wholes] == others

    @given(st.sets(dates(), max_size=8), dates())
    def test_it_counts_its_days(self, days: set[dt.date], day: dt.date) -> None:
        row = Row.of([(on, Fraction(1)) for on in sorted(days)])
        assert (row.count(day), row.before(day)) == (sum(on <= day for on in days), sum(on < day for on in days))


class TestSeriesView:
    """A view of a series is what going through the series finds."""

    @given(series(), dates(), dates())
    def test_it_is_the_naive_reading(self, readings: Series, one: dt.date, other: dt.date) -> None:
        view, after, until = readings.view, min(one, other), max(one, other)
        values = [
            (reading.on, reading.value)
            for reading in readings
            if not isinstance(reading.value, Absence) and readings.measure.can_be(reading.value)
        ]
        assert list(view.present) == values
        assert [(view.reading(at).on, view.reading(at).value) for at in range(len(values))] == values
        assert list(zip(view.present_days, view.row.values(0, len(values)), strict=True)) == values
        assert view.count(until) == sum(on <= until for on, _ in values)
        between = [reading for reading in readings if after < reading.on <= until]
        present = [on for on, _ in values if after < on <= until]
        assert view.absent_between(after, until) == view.absent_since(after, until) == len(between) - len(present)
        assert view.has_absences is (len(readings) > len(values))
        by_then = [reading for reading in readings if reading.on <= until]
        assert view.latest(until) == (by_then[-1] if by_then else None)

    def test_it_is_made_once(self) -> None:
        readings = Series.of(Measure("anything"), {FIRST: 1})
        assert readings.view is readings.view


class TestCalendar:
    """Months are moved as the calendar has it, and what is surely in time is never overdue."""

    @given(dates(), st.integers(1, 2_000), st.integers(0, 60))
    @example(dt.date(2026, 1, 31), 1, 1)
    @example(dt.date(2024, 2, 29), 12, 1)
    @example(dt.date(9999, 12, 1), 1, 1)
    def test_a_date_is_due_where_dateutil_has_it(self, day: dt.date, months: int, periods: int) -> None:
        try:
            expected = day + relativedelta(months=months * periods)
        except (OverflowError, ValueError):
            expected = dt.date.max
        assert Cadence(months=months).due(day, periods) == expected

    @given(cadences(rules=True), dates(), st.integers(1, 5), st.integers(0, 5))
    @example(Cadence.MONTHLY, dt.date(2026, 2, 1), 1, 0)
    @example(Cadence.MONTHLY, dt.date(2026, 1, 31), 1, 0)
    def test_what_is_surely_within_is_not_overdue(
        self, cadence: Cadence, last: dt.date, periods: int, before: int
    ) -> None:
        days = max(cadence.surely_within(periods) - before, 0)
        until = min(last.toordinal() + days, dt.date.max.toordinal())
        assert cadence.overdue(last, dt.date.fromordinal(until)) < periods


class TestWhatIsUsual:
    """Mean and sigma in whole numbers are those of the values."""

    @given(rows(min_size=2), st.data())
    def test_of_any_stretch(self, values: list[Fraction], data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(values) - 2))
        stop = data.draw(st.integers(start + 2, len(values)))
        row = _row(values)
        scale, limits = RunningLimits(row.wholes).of(start, stop), process_limits(values[start:stop])
        assert scale.limits(row.denominator) == limits
        self._says_the_same(scale, limits, row, values)

    @given(values(ProcessLimits), rows())
    def test_stated(self, limits: ProcessLimits, values: list[Fraction]) -> None:
        row = _row(values)
        scale = SigmaScale.stated(limits, row.denominator)
        assert scale.limits(row.denominator) == limits
        self._says_the_same(scale, limits, row, values)

    def _says_the_same(self, scale: SigmaScale, limits: ProcessLimits, row: Row, values: list[Fraction]) -> None:
        assert scale.scale > 0
        for whole, value in zip(row.wholes, values, strict=True):
            assert Fraction(scale.off(whole)) * limits.sigma == (value - limits.mean) * scale.sigma
            assert (scale.off(whole) > 0) is (value > limits.mean)


class TestBands:
    """Zones and distances by whole numbers are those of each value."""

    @given(rows(), st.one_of(st.none(), health_bands()), st.sampled_from(Polarity))
    @example(
        NO_COMMON_PART,
        HealthBands.between(0, Fraction(1, 3), watch_low=Fraction(-1, 10**25 + 57)),
        Polarity.HIGHER_IS_BETTER,
    )
    def test_they_are_those_of_each_value(
        self, values: list[Fraction], bands: HealthBands | None, polarity: Polarity
    ) -> None:
        measure = Measure("anything", polarity=polarity)
        kpi, row = Kpi(id="kpi", measure=measure, bands=bands), _row(values)
        if bands is not None:
            assert [bands.zones[place] for place in bands.zones_of(row)] == [bands.zone(value) for value in values]
        excess = excess_row(row, measure, bands)
        assert (excess is None) is (kpi.excess(0) is None)
        assert excess is None or excess.values(0, len(values)) == [kpi.excess(value) for value in values]


class TestKpiHistory:
    """A history says of each day what an assessment of that day says, in any order, whatever came later."""

    @given(read_kpis(), trend_policies())
    def test_each_day_is_as_if_nothing_else_were_asked(
        self, read: tuple[Kpi, Series, list[dt.date]], policy: TrendPolicy
    ) -> None:
        kpi, readings, days = read
        history = KpiHistory(kpi, readings, policy)
        for day in days:
            found = history.on(day)
            assert found == kpi.assess(readings, as_of=day, policy=policy)
            assert found == kpi.assess(readings.until(day), as_of=day, policy=policy)
            assert found.time_to_breach() == kpi.assess(readings.until(day), as_of=day, policy=policy).time_to_breach()
            assert found.flapping() == kpi.assess(readings.until(day), as_of=day).flapping(FlappingPolicy())

    def test_it_is_named_by_its_kpi(self) -> None:
        kpi = Kpi(id="kpi", measure=Measure("anything"))
        assert repr(KpiHistory(kpi, Series.of(kpi.measure, {FIRST: 1}))) == "<history of 'kpi': 1 reading>"

    def test_it_takes_readings_of_its_measure_alone(self) -> None:
        kpi = Kpi(id="kpi", measure=Measure("anything"))
        with pytest.raises(WrongMeasure):
            KpiHistory(kpi, Series.of(Measure("something else")))

    def test_what_was_made_without_readings_says_so(self) -> None:
        kpi = Kpi(id="kpi", measure=Measure("anything"), bands=HealthBands.at_least(1))
        found = kpi.assess(Series.of(kpi.measure, {FIRST: 2}), as_of=FIRST)
        bare: KpiAssessment = attrs.evolve(found, readings=None)
        assert bare == found
        for ask in (bare.time_to_breach, bare.flapping):
            with pytest.raises(NothingGiven):
                ask()


@attrs.frozen
class Latest:
    """Somebody's own trend rule: worsening where the latest number is greater than the one before."""

    rate: Fraction | None = None

    def __str__(self) -> str:
        return "the latest against the one before"

    def false_alarm_rate(self, looks: int = 12) -> Fraction | None:
        """Return what it was told."""
        del looks
        return self.rate

    def needs(self, reference: ReferencePeriod) -> int:
        """Return two: the latest and the one before."""
        del reference
        return 2

    def heading(self, row: TrendRow) -> Seen[Heading]:
        """Return whether the latest is greater."""
        if row.unbroken < 2:
            return Heading.UNDETERMINED, ()
        before, latest = row.latest(2)
        return answer(Heading, self, (Way.WORSE,) if latest > before else (), 2)


class TestTrendRule:
    """Whatever has what a trend rule has is one."""

    @given(rows(min_size=1), health_bands())
    def test_somebodys_own_rule_is_asked_as_ours_are(self, values: list[Fraction], bands: HealthBands) -> None:
        kpi = Kpi(id="kpi", measure=Measure("anything"), bands=bands)
        readings = Series.of(kpi.measure, {FIRST + dt.timedelta(days=day): value for day, value in enumerate(values)})
        as_of = FIRST + dt.timedelta(days=len(values))
        own = kpi.assess(readings, as_of=as_of, policy=TrendPolicy(direction=Latest()))
        ours = kpi.assess(readings, as_of=as_of, policy=TrendPolicy(direction=Steps(1)))
        assert own.direction is not None
        assert (own.heading is Heading.WORSENING) is (ours.heading is Heading.WORSENING)
        assert own.direction.rule == Latest()

    @given(rows(min_size=2))
    def test_it_sees_the_numbers_in_the_unit_of_the_measure(self, values: list[Fraction]) -> None:
        row = trend_row([(FIRST + dt.timedelta(days=day), value) for day, value in enumerate(values)], unbroken=0)
        assert row.numbers == tuple(values)
        assert row.usual == process_limits(values[:12])
        assert [Fraction(each, row.denominator) for each in row.latest(2)] == values[-2:]

    @pytest.mark.parametrize(
        "given", [Steps, SigmaRule, "steps", None, 3, {"needs": 1}, object(), attrs.make_class("Bare", [])()]
    )
    def test_what_is_none_is_refused(self, given: object) -> None:
        with pytest.raises(WrongType) as refused:
            TrendPolicy(direction=given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - on purpose
        assert str(refused.value.field) == "direction"
        with pytest.raises(WrongType) as refused:
            TrendPolicy(usual=given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - on purpose
        assert str(refused.value.field) == "usual"

    def test_one_that_can_not_be_hashed_is_refused(self) -> None:
        with pytest.raises(WrongType) as refused:
            TrendPolicy(direction=Unhashable())
        assert str(refused.value.field) == "direction"

    def test_what_it_answers_is_checked(self) -> None:
        kpi = Kpi(id="kpi", measure=Measure("anything"))
        readings = Series.of(kpi.measure, {FIRST: 1})
        for told, field in (("worsening", "heading"), (Heading.NO_CLEAR_DIRECTION, "reasons[0]")):
            with pytest.raises(WrongType) as refused:
                kpi.assess(readings, as_of=FIRST, policy=TrendPolicy(direction=Careless(told)))
            assert str(refused.value.field) == field
        for told, field in (("worse", "standing"), (Standing.AS_USUAL, "reasons[0]")):
            with pytest.raises(WrongType) as refused:
                kpi.assess(readings, as_of=FIRST, policy=TrendPolicy(usual=Careless(told)))
            assert str(refused.value.field) == field


@attrs.frozen
class Careless:
    """A rule that gives an answer that is none."""

    answer: object

    def false_alarm_rate(self, looks: int = 12) -> None:
        """Return none."""
        del looks

    def needs(self, reference: ReferencePeriod) -> int:
        """Return none."""
        del reference
        return 0

    def heading(self, row: TrendRow) -> Seen[Heading]:
        """Return what it was given, and for a reason a text."""
        del row
        return cast("Heading", self.answer), cast("tuple[Reason, ...]", ("because",))

    def standing(self, row: TrendRow) -> Seen[Standing]:
        """Return the same."""
        del row
        return cast("Standing", self.answer), cast("tuple[Reason, ...]", ("because",))


class Unhashable(Latest):
    """A rule that may change, as a policy may not."""

    __hash__ = None  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType] - on purpose


def _check_alike(plain: Series, known: Series) -> None:
    """Check that a series of plain numbers is the one that *known* readings make, whatever is asked of it."""
    assert len(plain) == len(known)
    assert plain.days == known.days
    assert plain.present == known.present
    assert plain.row.days == known.row.days
    assert plain.row.values(0, len(plain.row)) == known.row.values(0, len(known.row))
    assert [plain.reading(at) for at in range(len(plain))] == list(known)
    assert plain.view.impossible == known.view.impossible
    assert plain.weights is None
    assert plain == known
    assert hash(plain) == hash(known)
    assert pickle.loads(pickle.dumps(plain)) == copy(plain) == known  # noqa: S301 - its own
    assert repr(plain) == repr(known)


class TestSeriesOfPlainNumbers:
    """A series that is made of dates and numbers, and of which nobody has looked at a reading yet."""

    @given(plain_numbers(), dates(), dates())
    def test_it_is_the_series_of_its_readings(
        self, given_: tuple[Measure, list[tuple[dt.date, Number]]], on: dt.date, other: dt.date
    ) -> None:
        measure, pairs = given_
        readings = Series(measure, [Reading(day, value) for day, value in pairs])
        first, last = sorted((on, other))
        for plain, known in (
            (Series.of(measure, pairs), readings),
            (Series.of(measure, pairs).until(on), readings.until(on)),
            (Series.of(measure, pairs).since(on), readings.since(on)),
            (Series.of(measure, pairs).between(first, last), readings.between(first, last)),
            (Series.of(measure, pairs).corrected, readings.corrected),
            (Series.of(measure, pairs).as_first_known, readings.as_first_known),
            (Series.of(measure, pairs).as_known(on), readings.as_known(on)),
        ):
            _check_alike(plain, known)
        assert Series.of(measure, pairs).is_known_at_once
        assert Series.of(measure, pairs).restatements == readings.restatements

    @given(plain_numbers(least=1))
    def test_a_day_twice_is_refused_as_ever(self, given_: tuple[Measure, list[tuple[dt.date, Number]]]) -> None:
        measure, pairs = given_
        with pytest.raises(GivenTwice):
            Series.of(measure, [*pairs, (pairs[0][0], 0)])

    def test_its_readings_are_a_sequence_of_them(self) -> None:
        read = Series.of(Measure("visits"), {FIRST: 1, FIRST + dt.timedelta(days=1): 2})
        seen = ReadingsOf(read)
        assert (len(seen), seen[1], seen[:]) == (2, read.readings[1], read.readings)

    def test_it_has_no_more_attributes_than_any(self) -> None:
        with pytest.raises(AttributeError, match="no attribute 'reeding'"):
            getattr(Series.of(Measure("visits"), {FIRST: 1}), "reeding")  # noqa: B009 - to a type checker there is none
        with pytest.raises(AttributeError, match="no attribute 'reeding'"):
            getattr(Score(1), "reeding")  # noqa: B009
