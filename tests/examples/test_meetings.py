"""Where two features meet: windows, open cuts and changes of bands against what is older than they are."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import pytest

from goalmodel import (
    Absence,
    AsAWhole,
    Attainment,
    Commit,
    Cycle,
    Demote,
    GoalModel,
    Health,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Polarity,
    Policy,
    Promote,
    Reached,
    Series,
    Standard,
    decide_demotion,
    decide_promotion,
    demote,
    lint,
    promote,
    review,
)
from goalmodel.errors import NoBaseline, NoDefaultTarget, OutOfBounds
from goalmodel.externality import ExternalityPolicy
from goalmodel.key_result import Sum, Trajectory, carry_over
from goalmodel.kpi import Assurance, KpiHistory, assured
from goalmodel.measure import Aggregation, EachPeriod, EachReading, Exclusion, LastDays, LastMonths, Period
from goalmodel.trend import ProcessLimits, Steps, TrendPolicy

MONTHLY = EachPeriod(Period.MONTH)
SALES = Measure("sales", unit="orders", aggregation=Aggregation.SUM, lowest=0, polarity=Polarity.HIGHER_IS_BETTER)
DOWNTIME = Measure("downtime", unit="minutes", aggregation=Aggregation.SUM, lowest=0)
PRESSURE = Measure("pressure", polarity=Polarity.LOWER_IS_BETTER)
OCTOBER, NOVEMBER = Cycle.month(2026, 10), Cycle.month(2026, 11)


def _twice_a_month(**by_month: float) -> dict[dt.date, float]:
    months = {name: number for number, name in enumerate(("jun", "jul", "aug", "sep", "oct", "nov"), start=6)}
    return {dt.date(2026, months[name], day): value / 2 for name, value in by_month.items() for day in (10, 20)}


class TestAKpiWhoseBandsWillChange:
    """It is promoted and demoted as it stands, and loses no plan on the way."""

    kpi = Kpi(id="bp", measure=PRESSURE, bands=HealthBands.at_most(120)).with_bands(
        HealthBands.at_most(115), since=dt.date(2027, 1, 1), reason="a new guideline"
    )
    read = Series.of(PRESSURE, {dt.date(2026, month, 28): 130 for month in (7, 8, 9)})

    def test_it_is_promoted(self) -> None:
        decision = decide_promotion(self.kpi, self.read, as_of=dt.date(2026, 9, 30))
        assert isinstance(decision, Promote)
        assert decision.assessment.kpi == self.kpi
        assert promote(self.kpi, decision, cycle=Cycle.quarter(2026, 4)).target == 120

    def test_it_comes_back_whole(self) -> None:
        decision = decide_promotion(self.kpi, self.read, as_of=dt.date(2026, 9, 30))
        assert isinstance(decision, Promote)
        moved = promote(self.kpi, decision, cycle=Cycle.quarter(2026, 4))
        better = {dt.date(2026, month, day): 110 for month in (10, 11) for day in (7, 14, 21, 28)}
        known = Series.of(PRESSURE, [*self.read.readings, *better.items()])
        found = decide_demotion(moved, self.kpi, known, as_of=dt.date(2026, 11, 30))
        assert isinstance(found, Demote)
        assert demote(moved, found).kpi == self.kpi

    def test_a_later_change_shows_in_no_review_before_it(self) -> None:
        plain = attrs.evolve(self.kpi, bands=HealthBands.at_most(120), bands_changes=())
        one, other = (
            review(GoalModel(kpis=[kpi]), [self.read], as_of=dt.date(2026, 9, 30)) for kpi in (self.kpi, plain)
        )
        assert str(one) == str(other)
        assert [each.in_force for each in one.kpis] == [each.kpi for each in other.kpis]


class TestAnEdgeThatIsNotHealthy:
    """Below 120: 120 itself will not do."""

    bands = HealthBands.below(120)

    def test_it_is_no_target(self) -> None:
        kpi = Kpi(id="bp", measure=PRESSURE, bands=self.bands)
        decision = decide_promotion(
            kpi, Series.of(PRESSURE, {dt.date(2026, month, 28): 130 for month in (7, 8, 9)}), as_of=dt.date(2026, 9, 30)
        )
        assert isinstance(decision, Promote)
        with pytest.raises(NoDefaultTarget):
            promote(kpi, decision, cycle=Cycle.quarter(2026, 4))
        assert promote(kpi, decision, cycle=Cycle.quarter(2026, 4), target=119).target == 119

    def test_who_stands_on_it_is_not_clear_of_it(self) -> None:
        read = Series.of(PRESSURE, {dt.date(2026, 10, day): 120 for day in (1, 2, 3)})
        for bands, clear in ((self.bands, 0), (HealthBands.at_most(120), 3)):
            history = KpiHistory(Kpi(id="bp", measure=PRESSURE, bands=bands), read)
            assert history.clear(Fraction(0), 2) == clear

    def test_a_process_that_just_comes_to_it_falls_short(self) -> None:
        limits = ProcessLimits(mean=129, sigma=3)
        assert assured(limits, HealthBands.below(limits.low)) is Assurance.CONSISTENTLY_FALLS_SHORT
        assert assured(limits, HealthBands.at_most(limits.low)) is Assurance.HIT_OR_MISS
        assert assured(limits, HealthBands.above(limits.high)) is Assurance.CONSISTENTLY_FALLS_SHORT
        assert assured(limits, HealthBands.at_least(limits.high)) is Assurance.HIT_OR_MISS

    def test_no_value_will_do_for_below_it_and_from_it_on(self) -> None:
        promise = Commit(
            id="floor",
            measure=PRESSURE,
            standard=Standard.at_least(120),
            due=OCTOBER.end,
            declared_on=OCTOBER.start,
            manner=Reached(),
        )
        for bands, count in ((self.bands, 1), (HealthBands.at_most(120), 0)):
            model = GoalModel(kpis=[Kpi(id="bp", measure=PRESSURE, bands=bands)], commits=[promise])
            assert len(review(model, [], as_of=OCTOBER.start).contradictions) == count


class TestAKpiOverAWindow:
    """Orders of a month, read twice in it."""

    kpi = Kpi(id="sales", measure=SALES, bands=HealthBands.at_least(100), window=MONTHLY)
    low = Series.of(SALES, _twice_a_month(jun=120, jul=90, aug=90, sep=90))

    def test_it_becomes_a_key_result_over_the_same_window(self) -> None:
        decision = decide_promotion(self.kpi, self.low, as_of=dt.date(2026, 9, 30))
        assert isinstance(decision, Promote)
        moved = promote(self.kpi, decision, cycle=Cycle.quarter(2026, 4))
        assert [moved.baseline, moved.target] == [90, 100]
        assert moved.window == MONTHLY
        known = Series.of(SALES, _twice_a_month(sep=90, oct=95, nov=110))
        found = moved.assess(known, as_of=dt.date(2026, 11, 20))
        assert str(found.score) == "50 %"  # October is over, November is not

    def test_its_monthly_floor_does_not_contradict_what_a_reading_has_to_be(self) -> None:
        limit = Commit(
            id="per day",
            measure=SALES,
            standard=Standard.at_most(60),
            due=OCTOBER.end,
            declared_on=OCTOBER.start,
            manner=Held(OCTOBER.start),
        )
        whole = attrs.evolve(limit, id="in all", manner=AsAWhole(), standard=Standard.at_most(5))
        found = review(GoalModel(kpis=[self.kpi], commits=[limit, whole]), [self.low], as_of=OCTOBER.start)
        assert not found.contradictions
        monthly = attrs.evolve(limit, id="per month", window=MONTHLY)
        found = review(GoalModel(kpis=[self.kpi], commits=[monthly]), [self.low], as_of=OCTOBER.start)
        assert [each.goals for each in found.contradictions] == [("sales", "per month")]

    def test_it_worsens_by_its_figures_and_not_by_single_readings(self) -> None:
        """60 orders at once are no better month than 20 and 80."""
        clients = Measure("clients", unit="people")
        moved = KeyResult(id="clients", measure=clients, baseline=0, target=10, cycle=Cycle.quarter(2026, 4))
        kpi = attrs.evolve(self.kpi, bands=HealthBands.at_least(70))
        model = GoalModel(kpis=[kpi], key_results=[moved])
        grown = Series.of(clients, {dt.date(2026, 10, 1): 0, dt.date(2026, 11, 1): 5})
        steady = {dt.date(2026, month, 10): 100 for month in (8, 9, 10)}
        split = {dt.date(2026, 11, 10): 20, dt.date(2026, 11, 20): 80}
        for november, count in ((split, 0), ({dt.date(2026, 11, 10): 60}, 1)):
            known = [Series.of(SALES, {**steady, **november}), grown]
            falls = Policy(trend=TrendPolicy(direction=Steps(1)))
            found = review(model, known, as_of=NOVEMBER.end, policy=falls).externalities
            assert len(found.found) == count


class TestACommitOverAWindow:
    """Downtime of at most 43.2 minutes in any month, and in any 28 days."""

    commit = Commit(
        id="downtime",
        measure=DOWNTIME,
        standard=Standard.at_most(43.2),
        due=dt.date(2026, 12, 31),
        declared_on=OCTOBER.start,
        manner=Held(OCTOBER.start),
        window=MONTHLY,
    )

    def test_each_month_is_held_against_it(self) -> None:
        known = Series.of(DOWNTIME, {dt.date(2026, 10, 5): 30, dt.date(2026, 11, 5): 30, dt.date(2026, 12, 5): 30})
        assert self.commit.attainment(known, as_of=dt.date(2026, 12, 31)) is Attainment.KEPT

    def test_a_month_that_is_not_over_is_broken_as_soon_as_nothing_can_mend_it(self) -> None:
        known = Series.of(DOWNTIME, {dt.date(2026, 10, 5): 30, dt.date(2026, 10, 6): 20})
        found = self.commit.assess(known, as_of=dt.date(2026, 10, 6))
        assert found.attainment is Attainment.NOT_KEPT
        assert str(found.reasons[0]).startswith("50 from 2026-10-01 to 2026-10-31 can't meet the standard")
        assert self.commit.attainment(known, as_of=dt.date(2026, 10, 5)) is Attainment.IN_FLIGHT

    def test_nothing_before_the_declaration_counts(self) -> None:
        late = attrs.evolve(self.commit, declared_on=dt.date(2026, 10, 15), manner=Held(dt.date(2026, 10, 15)))
        known = Series.of(DOWNTIME, {dt.date(2026, 10, 20): 50, dt.date(2026, 11, 5): 3, dt.date(2026, 12, 5): 3})
        assert late.attainment(known, as_of=dt.date(2026, 12, 31)) is Attainment.KEPT

    def test_it_rolls(self) -> None:
        rolling = attrs.evolve(self.commit, window=LastDays(28))
        known = {OCTOBER.start: 0, dt.date(2026, 10, 28): 30, dt.date(2026, 11, 20): 20, dt.date(2026, 12, 31): 0}
        assert rolling.attainment(Series.of(DOWNTIME, known), as_of=dt.date(2026, 12, 31)) is Attainment.NOT_KEPT
        apart = {OCTOBER.start: 0, dt.date(2026, 10, 28): 30, dt.date(2026, 11, 25): 20, dt.date(2026, 12, 31): 0}
        assert rolling.attainment(Series.of(DOWNTIME, apart), as_of=dt.date(2026, 12, 31)) is Attainment.KEPT

    def test_standards_of_single_readings_and_of_months_may_differ(self) -> None:
        daily = attrs.evolve(self.commit, id="daily", standard=Standard.at_most(5), window=LastMonths(1))
        whole = attrs.evolve(
            self.commit, id="whole", standard=Standard.at_most(99), manner=AsAWhole(), window=EachReading()
        )
        model = GoalModel(commits=[self.commit, daily, whole])
        found = lint(model, [], as_of=OCTOBER.start)
        assert "COM305" not in {each.code for each in found}
        alike = GoalModel(commits=[self.commit, attrs.evolve(self.commit, id="other", standard=Standard.at_most(9))])
        assert "COM305" in {each.code for each in lint(alike, [], as_of=OCTOBER.start)}


def test_a_gap_undoes_nothing_that_it_could_not_have_changed() -> None:
    kpi = Kpi(id="downtime", measure=DOWNTIME, bands=HealthBands.at_most(43.2), window=MONTHLY)
    known = Series.of(DOWNTIME, {dt.date(2026, 10, 5): 50, dt.date(2026, 10, 9): Absence.MISSING})
    for as_of in (dt.date(2026, 10, 9), OCTOBER.end, dt.date(2026, 11, 15)):
        assert kpi.assess(known, as_of=as_of).health is Health.UNHEALTHY
    open_ = Series.of(DOWNTIME, {dt.date(2026, 10, 5): 40, dt.date(2026, 10, 9): Absence.MISSING})
    assert kpi.assess(open_, as_of=OCTOBER.end).health is Health.UNKNOWN


class TestATotalOfItsTime:
    """Quarterly leads from 100, which the last quarter brought, to 130."""

    leads = Measure("leads", aggregation=Aggregation.SUM, lowest=0)
    moved = KeyResult(
        id="leads", measure=leads, baseline=100, target=130, cycle=Cycle.quarter(2026, 4), counting=Sum.TOTAL
    )

    def test_ahead_of_its_rate_it_has_not_reached_its_target(self) -> None:
        ahead = Series.of(self.leads, {dt.date(2026, 10, 31): 60})
        found = self.moved.assess(ahead, as_of=dt.date(2026, 10, 31))
        assert found.score is not None
        assert (found.score.raw >= 1, found.is_reached) == (True, False)
        done = Series.of(self.leads, {dt.date(2026, 10, 31): 60, dt.date(2026, 11, 30): 70})
        assert self.moved.assess(done, as_of=dt.date(2026, 11, 30)).is_reached
        fewer = attrs.evolve(self.moved, target=80)
        assert not fewer.assess(ahead, as_of=dt.date(2026, 11, 1)).is_reached
        assert fewer.assess(ahead, as_of=dt.date(2026, 12, 31)).is_reached
        assert not fewer.assess(Series.of(self.leads, {}), as_of=dt.date(2026, 12, 31)).is_reached

    def test_its_rate_is_the_same_on_each_day(self) -> None:
        late = Trajectory([(Fraction(1, 2), Fraction(1, 10)), (1, 1)])
        with pytest.raises(OutOfBounds, match="rate"):
            attrs.evolve(self.moved, trajectory=late)
        assert attrs.evolve(self.moved, baseline=0, trajectory=late).trajectory == late

    def test_it_moved_forward_only_where_its_rate_grew(self) -> None:
        visits = Measure("visits", polarity=Polarity.HIGHER_IS_BETTER)
        kpi = Kpi(id="visits", measure=visits, bands=HealthBands.at_least(5))
        fell = Series.of(visits, {dt.date(2026, 11, 1): 9, dt.date(2026, 12, 1): 1})
        model = GoalModel(kpis=[kpi], key_results=[self.moved])
        for second, count in ((1, 0), (90, 1)):
            known = Series.of(self.leads, {dt.date(2026, 10, 31): 40, dt.date(2026, 11, 30): second})
            falls = TrendPolicy(direction=Steps(1))
            policy = Policy(trend=falls, externality=ExternalityPolicy(days=31))
            found = review(model, [fell, known], as_of=dt.date(2026, 12, 1), policy=policy)
            assert len(found.externalities.found) == count


def test_what_adds_up_to_a_baseline_nobody_knows_has_none_to_go_on_from() -> None:
    clients = Measure("clients", aggregation=Aggregation.SUM)
    moved = KeyResult(
        id="clients", measure=clients, baseline=None, target=50, cycle=Cycle.quarter(2026, 3), counting=Sum.ADDED
    )
    found = moved.assess(Series.of(clients, {dt.date(2026, 8, 1): 2}), as_of=dt.date(2026, 9, 30))
    with pytest.raises(NoBaseline):
        carry_over(found, cycle=Cycle.quarter(2026, 4), id="next")


def test_what_nobody_read_further_down_raises_no_mean_above() -> None:
    clients = Measure("clients", unit="people")
    done = KeyResult(id="done", measure=clients, baseline=0, target=10, cycle=Cycle.quarter(2026, 3), serves="company")
    never = attrs.evolve(done, id="never", measure=Measure("leads"), serves="team")
    model = GoalModel(
        objectives=[Objective(id="company", title="Grow"), Objective(id="team", title="Learn", serves="company")],
        key_results=[done, never],
    )
    known = [Series.of(clients, {dt.date(2026, 9, 1): 10})]
    results = {
        day: {each.id: found.result for each, found in review(model, known, as_of=day).objectives}
        for day in (dt.date(2026, 9, 29), dt.date(2026, 9, 30))
    }
    assert [results[day]["company"] for day in sorted(results)] == [1, None]


def test_a_window_that_rolls_into_an_exclusion_without_an_end_decides_nothing() -> None:
    days = [dt.date(2026, 1, day) for day in range(1, 8)]
    measure = Measure("greatest", aggregation=Aggregation.GREATEST, lowest=0, highest=9)
    commit = Commit(
        id="c",
        measure=measure,
        standard=Standard.at_least(3),
        window=LastDays(5),
        manner=Reached(),
        declared_on=days[0],
        due=days[5],
        exclusions=Exclusion(start=days[4], end=dt.date.max, reason="closed", agreed_on=dt.date(2025, 12, 1)),
    )
    read = Series.of(measure, {days[0]: 1, days[2]: 5})
    found = [commit.assess(read, as_of=day).attainment for day in days]
    assert found == [Attainment.IN_FLIGHT] * 5 + [Attainment.UNKNOWN] * 2
    # Up to the day before the due date: then the last window counts, and the 5 in it can't be undone.
    shorter = attrs.evolve(
        commit, exclusions=Exclusion(start=days[4], end=days[4], reason="closed", agreed_on=dt.date(2025, 12, 1))
    )
    assert shorter.assess(read, as_of=days[3]).attainment is Attainment.KEPT
