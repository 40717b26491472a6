"""Laws of what rolls: of a commit each day's window is judged, and none of them reaches back behind the declaration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

from budgets import examples
from goalmodel import (
    Absence,
    Attainment,
    Cadence,
    Commit,
    Cycle,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    Measure,
    OnDueDate,
    Reached,
    Reading,
    Series,
    Standard,
)
from goalmodel.commit import AllowedIn, CommitHistory, Counted, Manner
from goalmodel.errors import OutOfTime
from goalmodel.measure import (
    Aggregation,
    EachPeriod,
    EachReading,
    Exclusion,
    LastDays,
    LastMonths,
    LastReadings,
    Period,
    StatedPeriods,
    ToDate,
    Window,
)
from goalmodel.measure.window import fits
from goalmodel.testing import either_of_two, standards, windows

KEPT, NOT_KEPT, IN_FLIGHT, UNKNOWN = (
    Attainment.KEPT,
    Attainment.NOT_KEPT,
    Attainment.IN_FLIGHT,
    Attainment.UNKNOWN,
)
FIRST, DUE = dt.date(2026, 10, 1), dt.date(2026, 11, 15)
DAY = dt.timedelta(days=1)
DAYS = st.dates(FIRST, DUE)
READ = st.dictionaries(DAYS, st.integers(0, 9), max_size=20)
ENDS = st.integers(0, 30).map(Fraction)
STANDARDS = st.one_of(standards(ends=ENDS), either_of_two(ends=ENDS))
WINDOWS: st.SearchStrategy[LastDays | LastMonths] = st.one_of(
    st.builds(LastDays, st.sampled_from((1, 2, 7, 28, 46))), st.just(LastMonths(1))
)
SUM, MEAN = Aggregation.SUM, Aggregation.MEAN


def _measure(aggregation: Aggregation) -> Measure:
    return Measure("anything", aggregation=aggregation, lowest=0, highest=9)


def _owed(measure: Measure, standard: Standard, window: LastDays | LastMonths, manner: Manner | None = None) -> Commit:
    return Commit(
        id="commit",
        measure=measure,
        standard=standard,
        manner=manner or Held(FIRST),
        window=window,
        declared_on=FIRST,
        due=DUE,
    )


def _combine(values: list[int], aggregation: Aggregation) -> Fraction:
    match aggregation:
        case Aggregation.SUM:
            return Fraction(sum(values))
        case Aggregation.MEAN:
            return Fraction(sum(values), len(values))
        case Aggregation.GREATEST:
            return Fraction(max(values))
        case Aggregation.LEAST:
            return Fraction(min(values))
        case Aggregation.LAST:
            return Fraction(values[-1])


def _each_day(
    read: Mapping[dt.date, int], window: LastDays | LastMonths, aggregation: Aggregation
) -> dict[dt.date, Fraction]:
    """Return what the days back from each day come to, day by day, where none of them lies before the first."""
    found = dict[dt.date, Fraction]()
    for day in (FIRST + at * DAY for at in range((DUE - FIRST).days + 1)):
        start = window.first_day(day)
        values = [value for on, value in sorted(read.items()) if start <= on <= day]
        if start >= FIRST and values:
            found[day] = _combine(values, aggregation)
    return found


@st.composite
def _commits(draw: st.DrawFn) -> Commit:
    """Return commits held over any rolling window, by whatever aggregation."""
    return _owed(_measure(draw(st.sampled_from(Aggregation))), draw(STANDARDS), draw(WINDOWS))


class TestEachDay:
    """What rolls has a figure on each day whose whole time lies inside, whether something was read on it or not."""

    @given(READ, WINDOWS, st.sampled_from(Aggregation), STANDARDS, DAYS)
    def test_held_is_each_day_and_nothing_else(
        self,
        read: dict[dt.date, int],
        window: LastDays | LastMonths,
        aggregation: Aggregation,
        standard: Standard,
        as_of: dt.date,
    ) -> None:
        measure = _measure(aggregation)
        found = _owed(measure, standard, window).assess(Series.of(measure, read), as_of=as_of)
        daily = _each_day(read, window, aggregation)
        bad = [day for day, value in daily.items() if day <= as_of and not standard.is_met(value)]
        if bad:
            assert found.attainment is NOT_KEPT
            assert found.distance == max(standard.distance(value) for day, value in daily.items() if day <= as_of)
        elif found.attainment is NOT_KEPT:
            assert found.reasons[0].code in {"commit-figure-broken", "commit-out-of-reach"}
        elif as_of < DUE:
            assert found.attainment is IN_FLIGHT
        else:
            assert found.attainment is (KEPT if daily else UNKNOWN)

    @given(READ, WINDOWS, st.sampled_from(Aggregation), STANDARDS)
    def test_reached_is_one_of_them_and_standing_the_last(
        self, read: dict[dt.date, int], window: LastDays | LastMonths, aggregation: Aggregation, standard: Standard
    ) -> None:
        measure, daily = _measure(aggregation), _each_day(read, window, aggregation)
        known = Series.of(measure, read)
        reached = _owed(measure, standard, window, Reached()).attainment(known, as_of=DUE)
        assert (reached is KEPT) is any(map(standard.is_met, daily.values()))
        standing = _owed(measure, standard, window, OnDueDate()).attainment(known, as_of=DUE)
        assert (standing is KEPT) is (bool(daily) and standard.is_met(daily[max(daily)]))

    @given(READ, st.sampled_from(Aggregation), STANDARDS, DAYS)
    def test_of_one_day_it_is_each_reading(
        self, read: dict[dt.date, int], aggregation: Aggregation, standard: Standard, as_of: dt.date
    ) -> None:
        measure = Measure("anything", aggregation=aggregation)
        known = Series.of(measure, read)
        for manner in (Reached(), OnDueDate(), Held(FIRST), Held(FIRST, share=Fraction(1, 2))):
            rolling = _owed(measure, standard, LastDays(1), manner)
            plain = attrs.evolve(rolling, window=EachReading())
            found, same = (each.assess(known, as_of=as_of) for each in (rolling, plain))
            assert (found.attainment, found.deciding, found.distance) == (same.attainment, same.deciding, same.distance)

    @given(_commits(), READ, DAYS, READ)
    def test_no_day_sees_a_later_one_or_one_before_the_declaration(
        self, commit: Commit, read: dict[dt.date, int], as_of: dt.date, more: dict[dt.date, int]
    ) -> None:
        measure = commit.measure
        seen = {on: value for on, value in read.items() if on <= as_of}
        outside = {
            **{on: value for on, value in more.items() if on > as_of},
            **{FIRST - (on - FIRST + DAY): value for on, value in more.items()},
        }
        known, all_of_it = Series.of(measure, seen), Series.of(measure, seen | outside)
        one, other = (commit.assess(each, as_of=as_of) for each in (known, all_of_it))
        assert (one.attainment, one.deciding, one.reasons) == (other.attainment, other.deciding, other.reasons)
        assert CommitHistory(commit, all_of_it).on(as_of).attainment is one.attainment

    @given(_commits(), READ, DAYS, st.data())
    @examples(60)
    def test_a_verdict_once_given_stays(
        self, commit: Commit, read: dict[dt.date, int], as_of: dt.date, data: st.DataObject
    ) -> None:
        gaps = data.draw(st.sets(st.sampled_from(sorted(read) or [FIRST]), max_size=3))
        told = {on: Absence.MISSING if on in gaps else value for on, value in read.items()}
        history = CommitHistory(commit, Series.of(commit.measure, told))
        early = history.on(as_of).attainment
        if early in (KEPT, NOT_KEPT):
            assert {history.on(day).attainment for day in (data.draw(st.dates(as_of, DUE)), DUE)} == {early}


class TestEarly:
    """Decided early is what no future can mend: the next window that is not over can't meet the standard any more."""

    @given(_commits(), READ, DAYS)
    @example(_owed(_measure(SUM), Standard.at_most(8), LastDays(28)), {FIRST: 9}, FIRST)
    def test_while_it_is_open_the_best_future_keeps_it(
        self, commit: Commit, read: dict[dt.date, int], as_of: dt.date
    ) -> None:
        """And where it is broken, neither does the best nor nothing at all."""
        measure, window, standard = commit.measure, commit.window, commit.standard
        assume(not standard.either and (standard.low is None or standard.high is None) and as_of < DUE)
        assert isinstance(window, LastDays | LastMonths)
        seen = {on: value for on, value in read.items() if on <= as_of}
        left = [as_of + at * DAY for at in range(1, (DUE - as_of).days + 1)]
        best = seen | dict.fromkeys(left, 0 if standard.low is None else 9)
        found = commit.attainment(Series.of(measure, seen), as_of=as_of)
        ends = {commit.attainment(Series.of(measure, each), as_of=DUE) for each in (best, seen)}
        if found is NOT_KEPT:
            assert ends == {NOT_KEPT}
        elif any(on > window.first_day(max(as_of + DAY, FIRST)) for on in seen):
            assert ends & {KEPT, UNKNOWN}


class TestAllowance:
    """Of what rolls it is counted in days: those whose window does not meet the standard are used."""

    @given(READ, WINDOWS, ENDS, DAYS, st.sampled_from((Fraction(1, 2), Fraction(9, 10))))
    def test_used_are_the_days_whose_window_is_short(
        self, read: dict[dt.date, int], window: LastDays | LastMonths, end: Fraction, as_of: dt.date, share: Fraction
    ) -> None:
        measure, standard = _measure(SUM), Standard.at_most(end)
        manner = Held(FIRST, share=share, counted=Counted.TIME)
        found = _owed(measure, standard, window, manner).assess(Series.of(measure, read), as_of=as_of)
        daily = _each_day(read, window, SUM)
        whole = [day for day in (FIRST + at * DAY for at in range(46)) if window.first_day(day) >= FIRST]
        if not whole or whole[0] > as_of:
            assert found.allowance is None
            return
        assert found.allowance is not None
        assert found.allowance.counted_in is AllowedIn.DAYS
        assert found.allowance.used == sum(not standard.is_met(value) for on, value in daily.items() if on <= as_of)
        assert found.allowance.total is not None
        assert found.allowance.total == (1 - share) * len(whole) // 1
        assert found.allowance.left is not None
        assert (found.allowance.left < 0) is (found.attainment is NOT_KEPT)


def test_excluded_days_have_no_window() -> None:
    """What is agreed not to count leaves its own days out, and what was read in them."""
    measure = _measure(SUM)
    read = Series.of(measure, {dt.date(2026, 10, 10): 9, dt.date(2026, 10, 12): 1})
    commit = _owed(measure, Standard.at_most(5), LastDays(2))
    assert commit.attainment(read, as_of=DUE) is NOT_KEPT
    day = dt.date(2026, 10, 10)
    agreed = Exclusion(start=day, end=day, agreed_on=FIRST - DAY, reason="moved house")
    assert attrs.evolve(commit, exclusions=agreed).attainment(read, as_of=DUE) is KEPT
    before = Series.of(measure, {day - DAY: 4})
    assert CommitHistory(commit, before).course == ((day - DAY, Fraction(4)), (day, Fraction(4)))
    assert CommitHistory(attrs.evolve(commit, exclusions=agreed), before).course == ((day - DAY, Fraction(4)),)


def test_a_window_that_ends_on_an_excluded_day_breaks_nothing() -> None:
    """Neither before it is over: the next one that counts may leave behind what was too much."""
    measure = _measure(SUM)
    commit = _owed(measure, Standard.at_most(5), LastDays(7))
    read = Series.of(measure, {FIRST: 9})
    assert commit.attainment(read, as_of=FIRST) is NOT_KEPT
    end = FIRST + 6 * DAY
    agreed = Exclusion(start=end, end=end, agreed_on=FIRST - DAY, reason="moved house")
    excluded = attrs.evolve(commit, exclusions=agreed)
    assert excluded.attainment(read, as_of=FIRST) is IN_FLIGHT
    assert excluded.attainment(read, as_of=DUE) is UNKNOWN


def test_what_no_reading_can_undo_is_reached_now() -> None:
    """A thousand sign-ups a month are reached on the day of the thousandth; an absence behind it changes nothing."""
    signups = Measure("sign-ups", aggregation=SUM, lowest=0)
    month = EachPeriod(Period.MONTH)
    commit = attrs.evolve(
        _owed(signups, Standard.at_least(1_000), LastDays(1), Reached()), measure=signups, window=month
    )
    read = Series.of(signups, {FIRST: 600, FIRST + 11 * DAY: 400, FIRST + 12 * DAY: Absence.MISSING})
    assert commit.attainment(read, as_of=FIRST + 10 * DAY) is IN_FLIGHT
    for day in (11, 12, 30, 40):
        found = commit.assess(read, as_of=FIRST + day * DAY)
        assert (found.attainment, found.reasons[0].code) == (KEPT, "commit-figure-met")


def test_a_missing_reading_leaves_it_unknown() -> None:
    """A window has a figure on a day on which an expected reading is missing, and does not hide that."""
    measure = _measure(MEAN)
    days = [FIRST + at * DAY for at in range(46)]
    commit = attrs.evolve(_owed(measure, Standard.at_least(5), LastDays(7)), cadence=Cadence.DAILY)
    assert commit.attainment(Series.of(measure, dict.fromkeys(days, 6)), as_of=DUE) is KEPT
    gap = Series(
        measure, [Reading(day, 6) for day in days if not dt.date(2026, 10, 20) <= day <= dt.date(2026, 10, 22)]
    )
    assert commit.attainment(gap, as_of=DUE) is UNKNOWN
    standing = attrs.evolve(commit, manner=OnDueDate())
    assert standing.attainment(gap, as_of=DUE) is KEPT
    late = Series(measure, [Reading(day, 6) for day in days if not DUE - 5 * DAY <= day < DUE])
    assert standing.attainment(late, as_of=DUE) is UNKNOWN


MANNERS: st.SearchStrategy[Manner] = st.one_of(
    st.sampled_from((Reached(), OnDueDate(), Held(FIRST))),
    st.builds(
        Held,
        st.sampled_from((FIRST, FIRST + 3 * DAY)),
        share=st.sampled_from((Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1))),
        counted=st.sampled_from(Counted),
    ),
)


@st.composite
def _by_itself(draw: st.DrawFn) -> Commit:
    """Return a commit of each reading by itself, of a measure without a range, with a cadence or without."""
    measure = Measure("anything", aggregation=draw(st.sampled_from(Aggregation)))
    cadence = draw(st.sampled_from((None, Cadence.DAILY, Cadence.WEEKLY, Cadence(days=3))))
    owed = _owed(measure, draw(STANDARDS), LastDays(1), draw(MANNERS))
    return attrs.evolve(owed, cadence=cadence, window=EachReading())


@given(
    alone=_by_itself(),
    read=st.dictionaries(DAYS, st.one_of(st.integers(0, 9), st.sampled_from(Absence)), max_size=20),
    as_of=st.dates(FIRST, DUE + 9 * DAY),
)
@examples(200)
def test_the_last_one_reading_is_each_reading_by_itself(
    alone: Commit, read: dict[dt.date, int | Absence], as_of: dt.date
) -> None:
    known = Series.of(alone.measure, read)
    found, itself = (each.assess(known, as_of=as_of) for each in (attrs.evolve(alone, window=LastReadings(1)), alone))
    assert (found.attainment, found.distance, found.allowance) == (itself.attainment, itself.distance, itself.allowance)


@pytest.mark.parametrize("window", [LastReadings(3), ToDate(EachPeriod(Period.MONTH)), LastDays(21), LastMonths(1)])
@pytest.mark.parametrize("manner", [Held(FIRST), Held(FIRST, share=Fraction(9, 10)), Reached(), OnDueDate()])
def test_what_is_read_each_week_is_not_missing_of_what_is_about_more_than_a_week(
    window: Window, manner: Manner
) -> None:
    """The first figure over three readings is there with the third of them; none was expected before."""
    measure = _measure(MEAN)
    owed = attrs.evolve(
        _owed(measure, Standard.at_least(5), LastDays(1), manner), window=window, cadence=Cadence.WEEKLY
    )
    weeks = {FIRST + at * 7 * DAY: 6 for at in range(7)} | {DUE: 6}
    assert owed.attainment(Series.of(measure, weeks), as_of=DUE) is KEPT
    gone = {day: value for day, value in weeks.items() if day < DUE - 20 * DAY}
    found = owed.attainment(Series.of(measure, gone), as_of=DUE + 30 * DAY)
    assert found is (KEPT if manner == Reached() else UNKNOWN)


@pytest.mark.parametrize("window", [LastReadings(2), ToDate(EachPeriod(Period.MONTH))])
@pytest.mark.parametrize(
    ("manner", "values", "attainment"),
    [
        (Held(FIRST), (6, 6, Absence.MISSING), UNKNOWN),
        (Held(FIRST, share=Fraction(9, 10)), (6, 6, Absence.MISSING), UNKNOWN),
        (OnDueDate(), (6, 6, Absence.MISSING), UNKNOWN),
        (Reached(), (4, 4, Absence.MISSING), UNKNOWN),
        (Reached(), (6, 6, Absence.MISSING), KEPT),
        (Held(FIRST), (4, 4, Absence.MISSING), NOT_KEPT),
    ],
)
def test_a_reading_that_is_stated_absent_has_no_figure_and_is_missing(
    window: Window, manner: Manner, values: tuple[int | Absence, ...], attainment: Attainment
) -> None:
    measure = _measure(MEAN)
    owed = attrs.evolve(_owed(measure, Standard.at_least(5), LastDays(1), manner), window=window)
    read = Series.of(measure, dict(zip((FIRST, FIRST + DAY, FIRST + 2 * DAY), values, strict=True)))
    assert owed.attainment(read, as_of=DUE) is attainment


def test_behind_the_last_stated_period_nothing_is_to_date() -> None:
    measure = _measure(MEAN)
    until = FIRST + 9 * DAY
    to_date = ToDate(StatedPeriods(FIRST, [until]))
    owed = attrs.evolve(_owed(measure, Standard.at_least(5), LastDays(1), Held(FIRST)), window=to_date)
    behind = Series.of(measure, {until: 6, until + DAY: Absence.MISSING})
    assert owed.attainment(behind, as_of=DUE) is KEPT


def test_the_last_reading_may_still_come() -> None:
    """Behind the latest reading its windows go on; what a cadence still expects is waited for all the same."""
    measure = _measure(MEAN)
    days = [FIRST + at * DAY for at in range(45)]
    daily = Cadence(days=1, grace_days=2)
    commit = attrs.evolve(_owed(measure, Standard.at_least(5), LastDays(7)), cadence=daily)
    known = Series.of(measure, dict.fromkeys(days, 6))
    assert commit.attainment(known, as_of=DUE) is Attainment.NOT_YET_OBSERVABLE
    assert commit.attainment(known, as_of=DUE + 3 * DAY) is UNKNOWN


@given(windows(), DAYS, DAYS)
@example(StatedPeriods(FIRST, [FIRST, DUE]), FIRST, FIRST)
@example(StatedPeriods(FIRST, [DUE]), FIRST + DAY, DUE)
@example(ToDate(StatedPeriods(FIRST, [DUE])), FIRST, FIRST)
@example(ToDate(StatedPeriods(FIRST, [DUE])), FIRST + DAY, DUE)
@example(ToDate(EachPeriod(Period.MONTH)), FIRST, FIRST)
@example(EachPeriod(Period.MONTH), FIRST, FIRST)
def test_a_window_that_its_time_can_not_hold_is_refused(window: Window, one: dt.date, other: dt.date) -> None:
    """Where it can, a reading on each day brings a figure; where not, nothing ever would."""
    first, due = sorted((one, other))
    measure = _measure(SUM)
    owed = attrs.evolve(_owed(measure, Standard.at_least(0), LastDays(1), Held(first)), declared_on=first, due=due)
    known = Series.of(measure, {first + at * DAY: 1 for at in range((due - first).days + 1)})
    if not fits(window, first, due):
        with pytest.raises(OutOfTime) as refused:
            attrs.evolve(owed, window=window)
        assert (str(refused.value.field), refused.value.goal) == ("window", "commit")
        return
    is_long_enough = not isinstance(window, LastReadings) or window.count <= len(known)
    assert (CommitHistory(attrs.evolve(owed, window=window), known).seen(due) > 0) is is_long_enough


class TestNoFigureYet:
    """Where something was read and no figure is complete, that is what is said, and not that nothing was read."""

    @given(READ, st.one_of(WINDOWS, st.just(EachPeriod(Period.MONTH)), st.just(LastReadings(30))), DAYS)
    def test_nobody_is_told_that_nothing_was_read(
        self, read: dict[dt.date, int], window: Window, as_of: dt.date
    ) -> None:
        measure = _measure(SUM)
        known = Series.of(measure, read)
        kpi = Kpi(id="kpi", measure=measure, bands=HealthBands.at_most(500), window=window)
        moved = KeyResult(
            id="kr", measure=measure, baseline=0, target=900, cycle=Cycle(FIRST, DUE), window=window, counting=SUM
        )
        is_read = any(on <= as_of for on in read)
        found = kpi.assess(known, as_of=as_of)
        codes = {each.code for each in (*found.reasons, *moved.assess(known, as_of=as_of).reasons)}
        assert not is_read or not codes & {"kpi-never-read", "kr-no-reading"}
        assert is_read or {"kpi-never-read", "figure-none"} <= codes
        owed = attrs.evolve(_owed(measure, Standard.at_most(500), LastDays(1), OnDueDate()), window=window)
        assert owed.assess(known, as_of=DUE).reasons[0].code != "commit-unobserved"
