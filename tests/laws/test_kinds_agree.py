"""Laws of the kinds together: KPI, commit and allowance tell one story about one series, and no early verdict turns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import attrs
from hypothesis import assume, event, given, strategies as st

from budgets import examples
from goalmodel import (
    Absence,
    AsAWhole,
    Attainment,
    Commit,
    Health,
    HealthBands,
    Held,
    Kpi,
    Measure,
    OnDueDate,
    Reached,
    Reading,
    Series,
    Staged,
    Standard,
)
from goalmodel.commit import AllowedIn, Counted, Manner
from goalmodel.measure import Aggregation, EachPeriod, EachReading, FigurePolicy, LastDays, LastMonths, Period, Window
from goalmodel.testing import either_of_two, standards

KEPT, NOT_KEPT, UNKNOWN = Attainment.KEPT, Attainment.NOT_KEPT, Attainment.UNKNOWN
IN_FLIGHT = Attainment.IN_FLIGHT
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
OCTOBER = st.dates(FIRST, LAST)
MINUTES = st.integers(0, 30).map(lambda each: Fraction(each, 2))
MONTHLY, WEEKLY = EachPeriod(Period.MONTH), EachPeriod(Period.WEEK)
DOWNTIME = Measure("downtime", unit="minutes", aggregation=Aggregation.SUM, lowest=0)


def _promised(manner: Manner, ceiling: Fraction, window: Window) -> Commit:
    return Commit(
        id="commit",
        measure=DOWNTIME,
        standard=Standard.at_most(ceiling),
        manner=manner,
        window=window,
        declared_on=FIRST,
        due=LAST,
    )


class TestOneStory:
    """At most so much a month: as a KPI of the month, as a commit as a whole, held over the month, as an allowance."""

    @given(
        st.dictionaries(OCTOBER, st.one_of(MINUTES, MINUTES, st.just(Absence.MISSING)), max_size=12),
        st.integers(0, 120).map(lambda each: Fraction(each, 2)),
        st.dates(FIRST, dt.date(2026, 11, 30)),
    )
    def test_kpi_commit_and_allowance_agree(
        self, read: dict[dt.date, Fraction | Absence], ceiling: Fraction, as_of: dt.date
    ) -> None:
        known = Series.of(DOWNTIME, read)
        seen = [value for on, value in read.items() if on <= as_of]
        minutes = [value for value in seen if not isinstance(value, Absence)]
        kpi = Kpi(id="kpi", measure=DOWNTIME, bands=HealthBands.at_most(ceiling), window=MONTHLY)
        health = kpi.assess(known, as_of=as_of).health
        whole = _promised(AsAWhole(), ceiling, EachReading()).assess(known, as_of=as_of)
        held = _promised(Held(FIRST), ceiling, MONTHLY).assess(known, as_of=as_of)
        allowance = whole.allowance
        assert allowance is not None
        assert allowance.left is not None
        assert (allowance.counted_in, allowance.total, allowance.used) == (AllowedIn.AMOUNT, ceiling, sum(minutes))
        is_broken = allowance.left < 0
        assert is_broken is (sum(minutes) > ceiling)
        assert is_broken is (health is Health.UNHEALTHY)
        assert is_broken is (whole.attainment is NOT_KEPT)
        assert is_broken is (held.attainment is NOT_KEPT)
        is_good = as_of >= LAST and bool(minutes) and len(minutes) == len(seen) and not is_broken
        assert is_good is (health is Health.HEALTHY)
        assert is_good is (whole.attainment is KEPT)
        assert is_good is (held.attainment is KEPT)
        if minutes:
            assert whole.distance == max(-allowance.left, Fraction(0))

    @given(
        st.dictionaries(OCTOBER, st.one_of(MINUTES, MINUTES, st.just(Absence.MISSING)), max_size=6),
        st.integers(0, 60).map(lambda each: Fraction(each, 2)),
        st.dates(FIRST, dt.date(2026, 11, 30)),
        st.integers(0, 4).map(lambda each: FigurePolicy(readings=each)),
    )
    def test_they_agree_on_what_rests_on_too_little(
        self, read: dict[dt.date, Fraction | Absence], ceiling: Fraction, as_of: dt.date, policy: FigurePolicy
    ) -> None:
        known = Series.of(DOWNTIME, read)
        seen = [value for on, value in read.items() if on <= as_of]
        minutes = [value for value in seen if not isinstance(value, Absence)]
        is_enough, is_broken = len(minutes) >= policy.readings, sum(minutes) > ceiling
        bands = HealthBands.at_most(ceiling)
        kpi = Kpi(id="kpi", measure=DOWNTIME, bands=bands, window=MONTHLY, figure_policy=policy)
        whole, held = (
            attrs.evolve(_promised(manner, ceiling, window), figure_policy=policy).assess(known, as_of=as_of)
            for manner, window in ((AsAWhole(), EachReading()), (Held(FIRST), MONTHLY))
        )
        health = kpi.assess(known, as_of=as_of).health
        is_bad = is_broken and is_enough
        assert (health is Health.UNHEALTHY, whole.attainment is NOT_KEPT, held.attainment is NOT_KEPT) == (is_bad,) * 3
        is_over = as_of >= LAST and bool(minutes) and len(minutes) == len(seen)
        is_good = is_over and is_enough and not is_broken
        assert (health is Health.HEALTHY, whole.attainment is KEPT, held.attainment is KEPT) == (is_good,) * 3
        assert whole.allowance is not None
        assert whole.allowance.used == sum(minutes)


MUCH = 10**9
LIMITS = ((None, None), (0, None), (None, 0), (0, 9), (-5, 5))
WINDOWS: st.SearchStrategy[Window] = st.sampled_from(
    (EachReading(), MONTHLY, WEEKLY, LastDays(1), LastDays(5), LastDays(28), LastMonths(1))
)
MANNERS: tuple[Manner, ...] = (
    Reached(),
    OnDueDate(),
    AsAWhole(),
    Held(FIRST),
    Held(FIRST, share=Fraction(2, 3)),
    Held(FIRST, share=Fraction(2, 3), counted=Counted.TIME),
    Staged({dt.date(2026, 10, 12): Standard.at_least(0)}),
)


@st.composite
def _running(draw: st.DrawFn, *, is_plain: bool) -> tuple[Commit, Series, dt.date]:
    """Return a commit of October in any manner, what was read of a total, share, mean, end or level, and a day."""
    lowest, highest = draw(st.sampled_from(LIMITS))
    measure = Measure("m", aggregation=draw(st.sampled_from(Aggregation)), lowest=lowest, highest=highest)
    amounts = st.integers(-9 if lowest is None else lowest, 9 if highest is None else highest)
    weights = st.integers(1, 9) if draw(st.booleans()) else st.none()
    days = draw(st.sets(OCTOBER, max_size=12))
    absent = st.booleans() if draw(st.booleans()) else st.just(value=False)
    readings = [
        Reading(day, Absence.MISSING) if draw(absent) else Reading(day, draw(amounts), draw(weights)) for day in days
    ]
    ends = st.integers(-30, 30).map(Fraction)
    one_sided = st.one_of(ends.map(Standard.at_least), ends.map(Standard.at_most), ends.map(Standard.above))
    manner = draw(st.sampled_from(MANNERS))
    is_whole = isinstance(manner, AsAWhole)
    commit = Commit(
        id="c",
        measure=measure,
        standard=draw(one_sided if is_plain else st.one_of(standards(ends=ends), either_of_two(ends=ends))),
        manner=manner,
        window=EachReading() if is_whole else draw(WINDOWS),
        declared_on=FIRST,
        due=LAST,
    )
    return commit, Series(measure, readings), draw(OCTOBER)


def _continued(known: Series, as_of: dt.date, values: Mapping[dt.date, int | Absence]) -> Series:
    """Return what was read until a day, and *values* after it."""
    seen = known.until(as_of)
    weight = MUCH if any(each.weight for each in seen.readings) else None
    more = [
        Reading(on, value, None if isinstance(value, Absence) else weight) for on, value in values.items() if on > as_of
    ]
    return Series(known.measure, [*seen.readings, *more])


class TestEarly:
    """Decided early is only what nothing still possible could change; what is open may still end in two ways."""

    @given(_running(is_plain=False), st.data())
    def test_no_continuation_turns_an_early_verdict_round(
        self, given: tuple[Commit, Series, dt.date], data: st.DataObject
    ) -> None:
        commit, known, as_of = given
        early = commit.attainment(known, as_of=as_of)
        assume(early in (KEPT, NOT_KEPT))
        event(f"{type(commit.manner).__name__} {early.value}")
        low, high = commit.measure.lowest, commit.measure.highest
        amounts = st.integers(-99 if low is None else int(low), 99 if high is None else int(high))
        extremes = st.sampled_from([-MUCH if low is None else int(low), MUCH if high is None else int(high)])
        later = _continued(known, as_of, data.draw(st.dictionaries(OCTOBER, st.one_of(amounts, extremes), max_size=20)))
        day = data.draw(st.dates(as_of, LAST))
        assert commit.attainment(later, as_of=day) is early
        assert commit.attainment(later, as_of=LAST) is early

    @given(_running(is_plain=True))
    @examples(200)
    def test_where_it_is_open_two_continuations_differ(self, given: tuple[Commit, Series, dt.date]) -> None:
        """The least on each day that is left, the greatest, stated absences, and nothing more: two of them differ.

        But where what nobody read leaves it unknown, whatever comes. No week ends on the due date.
        """
        commit, known, as_of = given
        assume(as_of < LAST)
        assume(commit.window != WEEKLY)
        assume(commit.attainment(known, as_of=as_of) is IN_FLIGHT)
        event(type(commit.manner).__name__)
        low, high = commit.measure.lowest, commit.measure.highest
        days = [FIRST + dt.timedelta(days=at) for at in range(31)]
        ways: list[dict[dt.date, int | Absence]] = [
            dict.fromkeys(days, -MUCH if low is None else int(low)),
            dict.fromkeys(days, MUCH if high is None else int(high)),
            dict.fromkeys(days, Absence.MISSING),
            {},
        ]
        ends = {commit.attainment(_continued(known, as_of, values), as_of=LAST) for values in ways}
        assert len(ends) > 1 or ends == {UNKNOWN}
