"""Laws of what was in force: a change of bands moves nothing about a day before it, and is no trend."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import (
    Health,
    HealthBands,
    Kpi,
    KpiAssessment,
    Measure,
    Polarity,
    Promote,
    Series,
    Zone,
    decide_promotion,
)
from goalmodel.errors import GivenTwice, NothingGiven, OutOfOrder, WrongType
from goalmodel.kpi import BandsChange, KpiHistory
from goalmodel.testing import health_bands, kpis, measures, series

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
DAYS = st.dates(FIRST, LAST)
ONE_DAY = dt.timedelta(days=1)


def _changes() -> st.SearchStrategy[list[BandsChange]]:
    one = st.builds(BandsChange, on=DAYS, was=health_bands(), reason=st.just("as agreed"))
    return st.lists(one, max_size=3, unique_by=lambda each: each.on)


@st.composite
def _watched(draw: st.DrawFn) -> tuple[Kpi, Series]:
    """Return a KPI whose bands were changed now and then, and what was read of it."""
    kpi = draw(kpis(measure=measures(limits=st.just((None, None))), bands=health_bands(), bands_changes=_changes()))
    return kpi, draw(series(measure=kpi.measure, on=DAYS))


def _said(found: KpiAssessment) -> tuple[object, ...]:
    return (found.latest, found.zone, found.streaks, found.usual, found.direction, found.reasons, found.deviation)


class TestTIME1:
    """Every demand is dated: a figure is judged by what was in force on its day, and a later change moves no
    earlier verdict, count, proposal or streak.
    """

    @given(_watched(), health_bands(), DAYS, st.data())
    def test_a_change_moves_nothing_about_a_day_before_it(
        self, watched: tuple[Kpi, Series], bands: HealthBands, since: dt.date, data: st.DataObject
    ) -> None:
        kpi, known = watched
        assume(since > FIRST and all(each.on < since for each in kpi.bands_changes))
        changed = kpi.with_bands(bands, since=since, reason="from now on")
        for as_of in (since - ONE_DAY, data.draw(st.dates(FIRST, since - ONE_DAY))):
            before, after = kpi.assess(known, as_of=as_of), changed.assess(known, as_of=as_of)
            assert _said(before) == _said(after)
            assert (after.kpi, after.in_force) == (changed, kpi.in_force(as_of))
            one, other = (decide_promotion(each, known, as_of=as_of) for each in (kpi, changed))
            assert (type(one), str(one)) == (type(other), str(other))

    @given(_watched(), DAYS)
    def test_each_figure_is_judged_by_the_bands_of_its_day(self, watched: tuple[Kpi, Series], as_of: dt.date) -> None:
        kpi, known = watched
        history = KpiHistory(kpi, known)
        expected: list[Zone] = []
        for on, value in known.until(as_of).present:
            bands = kpi.in_force(on).bands
            assert bands is not None
            expected.append(bands.zone(value))
        assert history.zones(as_of) == expected
        found = history.on(as_of)
        if found.streaks.not_healthy:
            assert all(zone.health is not Health.HEALTHY for zone in expected[-found.streaks.not_healthy :])

    @given(_watched(), DAYS)
    def test_a_plan_whose_every_date_has_the_same_bands_is_the_bands(
        self, watched: tuple[Kpi, Series], as_of: dt.date
    ) -> None:
        kpi, known = watched
        assert kpi.bands is not None
        plain = kpi.by_present_bands
        same = plain.with_plan(dict.fromkeys((FIRST, as_of, LAST), kpi.bands), reason="the plan")
        assert same == plain
        said_again = attrs.evolve(plain, bands_changes=[BandsChange(on=as_of, was=kpi.bands, reason="said again")])
        assert _said(said_again.assess(known, as_of=as_of)) == _said(plain.assess(known, as_of=as_of))

    @given(_watched(), DAYS, st.lists(DAYS, max_size=4))
    def test_one_history_says_what_one_day_says(
        self, watched: tuple[Kpi, Series], as_of: dt.date, others: list[dt.date]
    ) -> None:
        kpi, known = watched
        history = KpiHistory(kpi, known)
        for other in others:
            history.on(other)
        assert history.on(as_of) == kpi.assess(known, as_of=as_of)

    @given(_watched())
    def test_changes_stand_by_day_and_lead_from_one_to_the_next(self, watched: tuple[Kpi, Series]) -> None:
        kpi, _ = watched
        assert all(earlier.on < later.on for earlier, later in pairwise(kpi.bands_changes))
        for change in kpi.bands_changes:
            assert kpi.in_force(change.on - ONE_DAY).bands == change.was
        assert kpi.in_force(LAST) == kpi

    @given(_watched(), health_bands(), DAYS)
    def test_what_can_not_be_changed(self, watched: tuple[Kpi, Series], bands: HealthBands, since: dt.date) -> None:
        kpi, _ = watched
        if any(each.on >= since for each in kpi.bands_changes):
            with pytest.raises(OutOfOrder):
                kpi.with_bands(bands, since=since, reason="too late")
        bare = attrs.evolve(kpi, bands=None, bands_changes=())
        with pytest.raises(NothingGiven):
            bare.with_bands(bands, since=since, reason="nothing was in force")


class TestTIME5:
    """A trend is about values: bands say only which way is worse, so a change of bands is no trend."""

    @given(_watched(), st.integers(-5, 5), DAYS, DAYS)
    def test_a_raised_floor_is_no_trend(
        self, watched: tuple[Kpi, Series], edge: int, since: dt.date, as_of: dt.date
    ) -> None:
        kpi, known = watched
        plain = attrs.evolve(kpi, bands=HealthBands.at_least(edge), bands_changes=(), reference=None, rebasings=())
        raised = plain.with_bands(HealthBands.at_least(edge + 7), since=since, reason="more is asked for")
        assert raised.assess(known, as_of=as_of).heading is plain.assess(known, as_of=as_of).heading


def test_a_floor_that_was_raised_in_july_makes_no_month_before_it_unhealthy() -> None:
    """Twelve months of 96; the floor was 95 and is 98 from July on (P1)."""
    measure = Measure("on time", unit="percent")
    kpi = Kpi(id="on-time", measure=measure, bands=HealthBands.at_least(95, watch=94))
    months = [dt.date(2025, month + 1, 1) - ONE_DAY for month in range(6, 12)]
    months += [dt.date(2026, month + 1, 1) - ONE_DAY for month in range(6)]
    july = dt.date(2026, 7, 31)
    known = Series.of(measure, {**dict.fromkeys(months, 96), july: 98.5})
    raised = kpi.with_bands(HealthBands.at_least(98, watch=97), since=dt.date(2026, 7, 1), reason="a new contract")
    found = raised.assess(known, as_of=july)
    assert (found.health, found.streaks.healthy) == (Health.HEALTHY, 13)
    assert not isinstance(decide_promotion(raised, known, as_of=dt.date(2026, 7, 1)), Promote)
    would_have = raised.by_present_bands.assess(known, as_of=dt.date(2026, 6, 30))
    assert (would_have.health, would_have.streaks.not_healthy) == (Health.UNHEALTHY, len(known) - 1)


def test_a_plan_is_a_demand_with_many_dates() -> None:
    """100, 110, 120, 130 from January to April; 105, 108, 121, 128 (P2)."""
    measure = Measure("sales", polarity=Polarity.HIGHER_IS_BETTER)
    firsts = [dt.date(2026, month, 1) for month in (1, 2, 3, 4)]
    plan = {on: HealthBands.at_least(floor) for on, floor in zip(firsts, (100, 110, 120, 130), strict=True)}
    kpi = Kpi(id="sales", measure=measure).with_plan(plan, reason="the plan for 2026")
    ends = [dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31), dt.date(2026, 4, 30)]
    known = Series.of(measure, dict(zip(ends, (105, 108, 121, 128), strict=True)))
    found = [kpi.assess(known, as_of=end) for end in ends]
    assert [each.health.value for each in found] == ["healthy", "unhealthy", "healthy", "unhealthy"]
    inside = [each.in_force.excess(each.latest.known) for each in found if each.latest is not None]
    assert inside == [-5, 2, -1, 2]
    with pytest.raises(NothingGiven):
        kpi.with_plan({}, reason="nothing")
    with pytest.raises(WrongType):
        kpi.with_plan([dt.date(2026, 1, 1)], reason="no plan")  # type: ignore[arg-type]


def test_bands_change_once_a_day_and_from_bands_to_bands() -> None:
    kpi = Kpi(id="sales", measure=Measure("sales"), bands=HealthBands.at_least(1))
    change = BandsChange(on=dt.date(2026, 1, 1), was=HealthBands.at_least(2), reason="once")
    with pytest.raises(GivenTwice):
        attrs.evolve(kpi, bands_changes=[change, change])
    with pytest.raises(NothingGiven):
        attrs.evolve(kpi, bands=None, bands_changes=[change])
