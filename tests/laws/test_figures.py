"""Laws of figures: what readings come to over a window, against the plainest computation of it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

from goalmodel import (
    Absence,
    Attainment,
    Commit,
    Cycle,
    GoalModelError,
    HealthBands,
    Held,
    Kpi,
    Measure,
    OnDueDate,
    Reached,
    Reading,
    Scale,
    Series,
)
from goalmodel.commit import Amendment
from goalmodel.errors import NothingGiven, OutOfBounds
from goalmodel.measure import (
    Aggregation,
    EachPeriod,
    EachReading,
    Figure,
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
from goalmodel.measure.figure import incomplete, possible_values
from goalmodel.measure.window import fits
from goalmodel.testing import (
    dates,
    health_bands,
    holds,
    key_results,
    kpis,
    measures,
    numbers,
    series,
    shares,
    standards,
    values,
    windows,
)

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
ONE_DAY = dt.timedelta(days=1)
FIRST = dt.date(2026, 10, 1)
CYCLES = st.sampled_from((Cycle.quarter(2026, 1), Cycle.half(2025, 2), Cycle.month(2026, 7)))
SUMS = st.just(Aggregation.SUM)
ANY = st.sampled_from(Aggregation)
UNLIMITED = st.just((None, None))


@st.composite
def read(draw: st.DrawFn, *, aggregation: st.SearchStrategy[Aggregation] = ANY, absences: bool = True) -> Series:
    """Return what was read within a few years, with weights and without."""
    measure = draw(measures(aggregation=aggregation, limits=UNLIMITED))
    return draw(series(measure=measure, on=DAYS, weighted=draw(st.booleans()), absences=absences, min_size=1))


def _plainly(readings: list[Reading], aggregation: Aggregation) -> Fraction:
    """Return what readings with values come to, as the sentence says it."""
    known, weights = [each.known for each in readings], [each.weight or Fraction(1) for each in readings]
    match aggregation:
        case Aggregation.LAST:
            return known[-1]
        case Aggregation.SUM:
            return sum(known, Fraction(0))
        case Aggregation.MEAN:
            return sum((a * b for a, b in zip(known, weights, strict=True)), Fraction(0)) / sum(weights)
        case Aggregation.GREATEST:
            return max(known)
        case Aggregation.LEAST:
            return min(known)


def _inside(known: Series, period: Cycle) -> list[Reading]:
    return [each for each in known.readings if each.on in period and not isinstance(each.value, Absence)]


def _in_the_window(known: Series, window: Window, found: Figure) -> list[Reading]:
    if isinstance(window, LastReadings):
        return _inside(known, Cycle(known.readings[0].on, found.period.end))[-window.count :]
    return _inside(known, found.period)


def _values(found: tuple[Figure, ...]) -> list[Fraction | Absence]:
    return [each.value for each in found]


class TestFIG1:
    """A measure says how its readings combine: the latest, their sum, their mean, the greatest or the least; what
    they come to over a window is a figure, and figures are what is judged.
    """

    @given(read(), windows(), DAYS)
    def test_figures_are_what_plain_arithmetic_says(self, known: Series, window: Window, as_of: dt.date) -> None:
        seen = known.until(as_of)
        for found in figures(known, window, as_of=as_of):
            inside = _in_the_window(seen, window, found)
            assert found.readings == len(inside)
            if inside:
                assert found.value == _plainly(inside, known.measure.aggregation)
                weights = [each.weight for each in inside if each.weight is not None]
                assert found.weight == (sum(weights) if weights else None)
            else:
                assert isinstance(found.value, Absence)

    @given(read(absences=False))
    def test_the_sums_of_the_parts_are_the_sum(self, known: Series) -> None:
        known = Series(attrs.evolve(known.measure, aggregation=Aggregation.SUM), known.readings)
        months = figures(known, EachPeriod(Period.MONTH), as_of=dt.date.max)
        years = figures(known, EachPeriod(Period.YEAR), as_of=dt.date.max)
        total = sum((each.known for each in known.readings), Fraction(0))
        for parts in (months, years):
            assert sum((each.value for each in parts if isinstance(each.value, Fraction)), Fraction(0)) == total

    @given(read(aggregation=SUMS, absences=False), shares(), st.data())
    def test_splitting_a_reading_changes_no_sum(self, known: Series, share: Fraction, data: st.DataObject) -> None:
        window = EachPeriod(Period.YEAR)
        split = data.draw(st.sampled_from(known.readings))
        assume(split.on + ONE_DAY in window.period_of(split.on))
        assume(split.on + ONE_DAY not in {each.on for each in known.readings})
        parts = [
            attrs.evolve(split, value=split.known * share),
            attrs.evolve(split, on=split.on + ONE_DAY, value=split.known * (1 - share)),
        ]
        others = [each for each in known.readings if each != split]
        anew = Series(known.measure, [*others, *parts])
        assert _values(figures(anew, window, as_of=dt.date.max)) == _values(figures(known, window, as_of=dt.date.max))

    @given(
        st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=6),
        st.integers(1, 9),
    )
    @example([(90, 100), (1, 10)], 1)
    def test_a_pooled_share_is_that_of_all_cases(self, counts: list[tuple[int, int]], times: int) -> None:
        measure = Measure("seen", unit="percent", aggregation=Aggregation.MEAN)
        by_day = {dt.date(2026, 1, day): pair for day, pair in enumerate(counts, start=1)}
        scaled = {on: (part * times, cases * times) for on, (part, cases) in by_day.items()}
        window, as_of = EachPeriod(Period.MONTH), dt.date(2026, 1, 31)
        (found,) = figures(Series.shares(measure, by_day), window, as_of=as_of)
        assert found.value == Fraction(100 * sum(part for part, _ in counts), sum(cases for _, cases in counts))
        each = [Fraction(100 * part, cases) for part, cases in counts]
        assert isinstance(found.value, Fraction)
        assert min(each) <= found.value <= max(each)
        assert found.weight == sum(cases for _, cases in counts)
        assert figures(Series.shares(measure, scaled), window, as_of=as_of)[0].value == found.value
        alike = Series.shares(measure, {on: (Fraction(part, cases), 1) for on, (part, cases) in by_day.items()})
        assert figures(alike, window, as_of=as_of)[0].value == sum(each) / len(each)

    @given(read(), windows(), st.randoms(use_true_random=False))
    def test_the_order_of_readings_never_matters(self, known: Series, window: Window, random: object) -> None:
        shuffled = list(known.readings)
        getattr(random, "shuffle")(shuffled)  # noqa: B009 - the strategy's own kind of Random
        anew = Series(known.measure, shuffled)
        assert figures(anew, window, as_of=dt.date.max) == figures(known, window, as_of=dt.date.max)

    @given(st.sampled_from(Scale), ANY)
    def test_a_scale_says_what_may_be_combined(self, scale: Scale, aggregation: Aggregation) -> None:
        in_order = {Aggregation.LAST, Aggregation.GREATEST, Aggregation.LEAST}
        allowed = {
            Scale.NOMINAL: {Aggregation.LAST},
            Scale.ORDINAL: in_order,
            Scale.INTERVAL: {*in_order, Aggregation.MEAN},
            Scale.RATIO: set(Aggregation),
        }[scale]
        try:
            Measure("m", scale=scale, aggregation=aggregation)
        except OutOfBounds:
            assert aggregation not in allowed
        else:
            assert aggregation in allowed

    @given(read())
    def test_all_readings_carry_weights_or_none_does(self, known: Series) -> None:
        present = [each for each in known.readings if not isinstance(each.value, Absence)]
        assume(len(present) > 1)
        turned = attrs.evolve(present[0], weight=None if present[0].weight else 1)
        with pytest.raises(NothingGiven):
            Series(known.measure, [turned, *present[1:]])


class TestFIG2:
    """A goal says over what time: each reading by itself, every calendar or stated period, the last readings, days
    or months, or the period to date.
    """

    @given(read(), DAYS)
    def test_a_window_of_one_reading_or_one_day_changes_nothing(self, known: Series, as_of: dt.date) -> None:
        seen = known.until(as_of)
        each = figures(known, EachReading(), as_of=as_of)
        assert _values(each) == [reading.value for reading in seen.readings]
        present = [reading.value for reading in seen.readings if not isinstance(reading.value, Absence)]
        for window in (LastReadings(1), LastDays(1)):
            assert _values(figures(known, window, as_of=as_of)) == present

    @given(values(EachPeriod), dates())
    def test_a_period_holds_its_days_and_the_next_begins_behind_it(self, window: EachPeriod, day: dt.date) -> None:
        period = window.period_of(day)
        assert day in period
        assert window.period_of(period.start) == window.period_of(period.end) == period
        if period.end < dt.date.max:
            assert window.period_of(period.end + ONE_DAY).start == period.end + ONE_DAY
        if window.period is not Period.WEEK and dt.date.min < period.start < period.end < dt.date.max:
            months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
            assert months == {"month": 1, "quarter": 3, "half year": 6, "year": 12}[window.period.value]
            assert (period.start.month - window.starts_in) % months == 0
            assert (period.start.day, (period.end + ONE_DAY).day) == (1, 1)

    @given(values(StatedPeriods), dates())
    def test_a_stated_period_ends_as_stated(self, window: StatedPeriods, day: dt.date) -> None:
        period = window.period_of(day)
        if period is None:
            assert not window.start <= day <= window.ends[-1]
        else:
            assert day in period
            assert period.end in window.ends
            assert period.start == window.start or period.start - ONE_DAY in window.ends

    @given(values(LastMonths), dates())
    def test_months_roll_on_without_gap_or_overlap(self, window: LastMonths, day: dt.date) -> None:
        first = window.first_day(day)
        assume(first > dt.date.min)
        before = first - ONE_DAY
        assert (day.year - before.year) * 12 + day.month - before.month == window.count
        assert before.day == day.day or (before + ONE_DAY).day == 1

    @given(read(), st.integers(1, 5), DAYS)
    def test_what_rolls_and_what_is_to_date_have_a_figure_at_each_reading(
        self, known: Series, count: int, as_of: dt.date
    ) -> None:
        days = [each.on for each in known.until(as_of).readings if not isinstance(each.value, Absence)]
        for window in (LastReadings(count), LastDays(count), LastMonths(count), ToDate(EachPeriod(Period.YEAR))):
            assert [each.period.end for each in figures(known, window, as_of=as_of)] == days

    @given(read(), windows(), DAYS)
    def test_figures_never_look_past_the_day(self, known: Series, window: Window, as_of: dt.date) -> None:
        assert figures(known, window, as_of=as_of) == figures(known.until(as_of), window, as_of=as_of)
        ends = [each.period.end for each in figures(known, window, as_of=as_of)]
        assert all(earlier < later for earlier, later in pairwise(ends))

    @given(st.data(), DAYS)
    def test_a_kpi_is_judged_by_its_figures(self, data: st.DataObject, as_of: dt.date) -> None:
        known = data.draw(read())
        kpi = data.draw(kpis(measure=st.just(known.measure), window=windows(), bands=health_bands()))
        plain = attrs.evolve(kpi, window=EachReading())
        found = kpi.assess(known, as_of=as_of)
        same = plain.assess(judged(known, kpi.window), as_of=as_of)
        if not any(incomplete(known, kpi.window, as_of)):
            has_none_yet = found.reasons[0].code == "figure-none"
            assert found.zone == same.zone
            assert found.reasons[has_none_yet:] == same.reasons[has_none_yet:]
            assert not has_none_yet or same.reasons[0].code == "kpi-never-read"
        assert (found.latest, found.streaks, found.usual, found.direction) == (
            same.latest,
            same.streaks,
            same.usual,
            same.direction,
        )

    @given(st.data(), DAYS, windows())
    def test_a_commit_is_judged_by_the_figures_that_lie_inside_its_time(
        self, data: st.DataObject, as_of: dt.date, window: Window
    ) -> None:
        known, first, due = data.draw(read()), *sorted(data.draw(st.tuples(DAYS, DAYS)))
        manner = data.draw(st.one_of(st.just(Reached()), st.just(OnDueDate()), holds(since=st.just(first))))
        assume(fits(window, first, due))
        commit = Commit(
            id="commit",
            measure=known.measure,
            standard=data.draw(standards()),
            declared_on=first,
            due=due,
            manner=manner,
            window=window,
        )
        inside = known.between(first, due)
        if isinstance(window, EachPeriod | StatedPeriods | ToDate):
            periods = window.periods if isinstance(window, ToDate) else window
            begun = periods.period_of(first)
            if begun is not None and begun.start < first:
                inside = known.between(begun.end + ONE_DAY, due) if begun.end < due else Series(known.measure, ())
        plain = attrs.evolve(commit, window=EachReading())
        counted = judged(inside, window)
        if isinstance(window, LastDays | LastMonths):
            counted, whole = _day_by_day(inside, window, first, due), _first_whole_end(window, first, due)
            manner = attrs.evolve(manner, since=whole) if isinstance(manner, Held) else manner
            plain = attrs.evolve(plain, manner=manner, declared_on=whole)
        found, same = (each.assess(read, as_of=as_of) for each, read in ((commit, known), (plain, counted)))
        if found.reasons[0].code == "commit-figure-met":
            assert (found.attainment, same.attainment is Attainment.NOT_KEPT) == (Attainment.KEPT, False)
        elif found.reasons[0].code == "commit-figure-broken":
            assert (found.attainment, same.attainment is Attainment.KEPT) == (Attainment.NOT_KEPT, False)
        else:
            assert (found.attainment, found.deciding, found.distance) == (same.attainment, same.deciding, same.distance)

    @given(st.data(), DAYS, windows())
    def test_a_key_result_counts_its_figures(self, data: st.DataObject, as_of: dt.date, window: Window) -> None:
        known = data.draw(read())
        moved = data.draw(key_results(measure=st.just(known.measure), cycle=CYCLES, window=st.just(window)))
        plain = attrs.evolve(moved, window=EachReading())
        found, same = moved.assess(known, as_of=as_of), plain.assess(judged(known, window), as_of=as_of)
        assert (found.latest, found.course, found.score, found.outcome) == (
            same.latest,
            same.course,
            same.score,
            same.outcome,
        )
        assert (found.pace, found.forecast) == (same.pace, same.forecast)


def _first_whole_end(window: LastDays | LastMonths, first: dt.date, due: dt.date) -> dt.date:
    """Return the first day whose window begins on the first day or later; the due date where there is none."""
    days = (dt.date.fromordinal(day) for day in range(first.toordinal(), due.toordinal() + 1))
    return next((day for day in days if window.first_day(day) >= first), due)


def _day_by_day(known: Series, window: LastDays | LastMonths, first: dt.date, due: dt.date) -> Series:
    """Return what the days back from each day come to, one day after the other, where all of them count."""
    found = list[Reading]()
    for ordinal in range(first.toordinal(), due.toordinal() + 1):
        day = dt.date.fromordinal(ordinal)
        written = [each for each in known.readings if window.first_day(day) <= each.on <= day]
        if window.first_day(day) < first or not written:
            continue
        values_ = [each for each in written if not isinstance(each.value, Absence)]
        is_known = len(values_) == len(written)
        found.append(Reading(day, _plainly(values_, known.measure.aggregation) if is_known else Absence.MISSING))
    return Series(attrs.evolve(known.measure, lowest=None, highest=None), found)


_ONE_OR_ALL: st.SearchStrategy[Held | Reached] = st.sampled_from((Held(FIRST), Reached()))
_BROKEN_OVER: st.SearchStrategy[Window] = st.sampled_from(
    (EachPeriod(Period.MONTH), EachPeriod(Period.WEEK), LastDays(28), LastMonths(1))
)


class TestFIG3:
    """A figure whose time is not over, or for which expected readings are missing, is provisional: it is shown, and
    decides only what nothing still to come could change.
    """

    @given(read(), windows(), DAYS)
    def test_it_is_provisional_exactly_where_more_may_come(self, known: Series, window: Window, as_of: dt.date) -> None:
        seen = known.until(as_of)
        for found in figures(known, window, as_of=as_of):
            period = found.period
            is_gap = any(isinstance(each.value, Absence) and each.on in period for each in seen.readings)
            match window:
                case LastReadings(count):
                    reaches_back = found.readings >= count
                case LastDays() | LastMonths():
                    reaches_back = period.start >= seen.readings[0].on
                case _:
                    reaches_back = True
            has_gap = is_gap and found.readings > 0 and not isinstance(window, LastReadings)
            assert found.is_provisional == (period.end > as_of or not reaches_back or has_gap)

    @given(st.data())
    def test_what_is_decided_early_no_continuation_turns_round(self, data: st.DataObject) -> None:
        """Where it is not decided, two continuations lie in different zones: the ends of what is possible."""
        limits = data.draw(st.sampled_from([(None, None), (0, None), (None, 0), (0, 100), (-100, 0), (-5, 5)]))
        measure = data.draw(measures(aggregation=ANY, limits=st.just(limits)))
        low = -1_000 if limits[0] is None else limits[0]
        high = 1_000 if limits[1] is None else limits[1]
        amounts = st.integers(low, high)
        month = Cycle.month(2026, 10)
        days = data.draw(st.sets(st.dates(month.start, month.end - ONE_DAY), min_size=1, max_size=4))
        known = Series.of(measure, {day: data.draw(amounts) for day in days})
        as_of = max(days)
        bands = data.draw(health_bands(edges=amounts.map(Fraction)))
        kpi = Kpi(id="kpi", measure=measure, bands=bands, window=EachPeriod(Period.MONTH))
        found = kpi.assess(known, as_of=as_of)
        assert found.provisional is not None
        least, greatest = possible_values(found.provisional, measure, as_of)
        more = data.draw(st.one_of(st.none(), st.just(low), st.just(high), amounts))
        later = known if more is None else Series.of(measure, [*known.readings, Reading(month.end, more)])
        end = kpi.assess(later, as_of=month.end)
        assert isinstance(end.latest, Reading)
        assert least is None or least <= end.latest.known
        assert greatest is None or end.latest.known <= greatest
        if found.zone is not None:
            assert end.zone == found.zone
        elif least is not None and greatest is not None:
            assert bands.zone(least) != bands.zone(greatest)

    @given(
        st.dictionaries(st.integers(1, 31), st.one_of(st.just(Absence.MISSING), st.integers(0, 30)), min_size=1),
        st.integers(0, 90),
        st.sampled_from((EachPeriod(Period.MONTH), StatedPeriods(dt.date(2026, 10, 1), [dt.date(2026, 10, 31)]))),
    )
    @example({5: 50, 9: Absence.MISSING}, 43, EachPeriod(Period.MONTH))
    def test_days_that_pass_turn_nothing_round(
        self, read: dict[int, int | Absence], ceiling: int, window: EachPeriod | StatedPeriods
    ) -> None:
        downtime = Measure("downtime", aggregation=Aggregation.SUM, lowest=0)
        kpi = Kpi(id="downtime", measure=downtime, window=window, bands=HealthBands.at_most(ceiling))
        known = Series.of(downtime, {dt.date(2026, 10, day): value for day, value in read.items()})
        then = kpi.assess(known, as_of=dt.date(2026, 10, 31)).health
        for later in (dt.date(2026, 11, 1), dt.date(2026, 11, 29), dt.date(2026, 11, 30), dt.date(2027, 2, 1)):
            assert kpi.assess(known, as_of=later).health is then

    @given(st.data())
    def test_what_is_broken_early_no_continuation_mends(self, data: st.DataObject) -> None:
        """Gaps and amendments among it: a verdict that is given stays given."""
        limits = data.draw(st.sampled_from([(0, None), (None, 0), (0, 9), (-9, 0), (-5, 5)]))
        measure = data.draw(measures(aggregation=ANY, limits=st.just(limits)))
        amounts = st.integers(limits[0] if limits[0] is not None else -9, limits[1] if limits[1] is not None else 9)
        due = dt.date(2026, 12, 31)
        days = st.dates(FIRST, due)
        values_ = st.one_of(amounts, amounts, st.sampled_from(Absence))
        known = Series.of(measure, data.draw(st.dictionaries(days, values_, max_size=8)))
        ends = st.integers(-30, 30).map(Fraction)
        standard, later = data.draw(standards(ends=ends)), data.draw(standards(ends=ends))
        amended = (
            [Amendment(data.draw(days), later, "because")] if later != standard and data.draw(st.booleans()) else []
        )
        commit = Commit(
            id="commit",
            measure=measure,
            standard=standard,
            declared_on=FIRST,
            due=due,
            manner=data.draw(_ONE_OR_ALL),
            window=data.draw(_BROKEN_OVER),
            amendments=amended,
        )
        as_of, then = sorted(data.draw(st.tuples(days, days)))
        found = commit.assess(known.until(as_of), as_of=as_of).attainment
        if found is not Attainment.IN_FLIGHT:
            assert commit.attainment(known, as_of=then) is found

    @given(st.data())
    def test_a_gap_moves_nothing_that_is_decided(self, data: st.DataObject) -> None:
        """Whatever the absent readings would have been, the KPI lies where it is said to lie."""
        limits = data.draw(st.sampled_from([(0, None), (None, 0), (0, 9), (-9, 0), (-5, 5)]))
        measure = data.draw(measures(aggregation=ANY, limits=st.just(limits)))
        amounts = st.integers(limits[0] if limits[0] is not None else -9, limits[1] if limits[1] is not None else 9)
        month = Cycle.month(2026, 10)
        read_ = data.draw(st.dictionaries(st.dates(month.start, month.end), amounts, min_size=1, max_size=5))
        gaps = data.draw(st.sets(st.sampled_from(sorted(read_)), max_size=len(read_) - 1))
        kpi = Kpi(
            id="kpi",
            measure=measure,
            bands=data.draw(health_bands(edges=st.integers(-30, 30).map(Fraction))),
            window=EachPeriod(Period.MONTH),
        )
        as_of = data.draw(st.sampled_from((month.end, month.end + ONE_DAY, dt.date(2026, 11, 30))))
        told = {day: Absence.MISSING if day in gaps else value for day, value in read_.items()}
        found = kpi.assess(Series.of(measure, told), as_of=as_of)
        if found.zone is not None:
            assert found.zone == kpi.assess(Series.of(measure, read_), as_of=as_of).zone


class TestFIG3Values:
    """What is refused, and what is shown."""

    @given(numbers())
    def test_no_cases_stand_behind_an_absence(self, weight: object) -> None:
        with pytest.raises(GoalModelError):
            Reading(dt.date(2026, 1, 31), Absence.MISSING, weight)  # type: ignore[arg-type]

    @given(values(Figure))
    def test_a_figure_says_its_time(self, found: Figure) -> None:
        assert str(found.period) in str(found)
        assert ("provisional" in str(found)) is found.is_provisional
