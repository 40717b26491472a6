"""What people tell about their goals, with dated readings, and what goalmodel says on each date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import attrs
import pytest

from goalmodel import (
    Attainment,
    Cadence,
    Commit,
    Cycle,
    Demote,
    GoalModel,
    Health,
    HealthBands,
    Held,
    Keep,
    KeyResult,
    Kpi,
    Measure,
    Outcome,
    Polarity,
    Promote,
    Reason,
    Review,
    Series,
    Standard,
    Support,
    decide_demotion,
    decide_promotion,
    demote,
    promote,
    review,
)
from goalmodel.commit import SupportKind
from goalmodel.errors import TargetNotAnImprovement
from goalmodel.key_result import Origin
from goalmodel.lifecycle import DemotionPolicy, Graduated
from speaking import of_unknown_kinds


def _monthly(year: int, *values: float) -> dict[dt.date, float]:
    """Return a value for the last day of each month, from January of *year* on."""
    return {Cycle.month(year, month).end: value for month, value in enumerate(values, start=1)}


def _weekly(first: dt.date, *values: float) -> dict[dt.date, float]:
    return {first + dt.timedelta(weeks=week): value for week, value in enumerate(values)}


def _codes(reasons: Sequence[Reason]) -> list[str]:
    assert of_unknown_kinds(reasons) == []
    return [reason.code for reason in reasons]


class TestCustomerSatisfactionDropsForThreeMonthsAndRecovers:
    """Customer satisfaction drops for three months and becomes a key result; healthy again, it is watched again."""

    SATISFACTION = Measure("customer satisfaction", unit="points")
    KPI = Kpi(
        id="csat",
        measure=SATISFACTION,
        bands=HealthBands.at_least(8, watch=7.5),
        cadence=Cadence.MONTHLY,
        owner="service desk",
    )
    SERIES = Series.of(SATISFACTION, _monthly(2026, 8.6, 8.7, 8.4, 7.9, 7.6, 7.2, 7.7, 8.0, 8.3, 8.4, 8.5))

    def _reviewed(self, model: GoalModel, month: int) -> Review:
        return review(model, [self.SERIES], as_of=Cycle.month(2026, month).end)

    def _promotion(self) -> Promote:
        (proposal,) = self._reviewed(GoalModel(kpis=[self.KPI]), 6).promotions
        return proposal

    def _key_result(self) -> KeyResult:
        return promote(self.KPI, self._promotion(), cycle=Cycle.quarter(2026, 3))

    def test_nothing_is_proposed_while_it_is_on_watch_alone(self) -> None:
        model = GoalModel(kpis=[self.KPI])
        assert [len(self._reviewed(model, month).promotions) for month in range(1, 7)] == [0, 0, 0, 0, 0, 1]

    def test_after_three_months_it_is_proposed_with_its_evidence(self) -> None:
        proposal = self._promotion()
        assert proposal.kpi == "csat"
        assert _codes(proposal.evidence) == [
            "promote-worse-than-usual",
            "promote-worsening",
        ]
        assert [str(each.value) for each in proposal.readings] == ["79/10", "38/5", "36/5"]
        assert proposal.assessment.health is Health.UNHEALTHY

    def test_it_becomes_a_key_result_from_the_mean_of_the_readings_that_promoted_it_to_the_healthy_edge(self) -> None:
        key_result = self._key_result()
        assert (key_result.baseline, key_result.target_value) == (Fraction(227, 30), Fraction(8))
        assert key_result.origin == Origin(kpi="csat", on=dt.date(2026, 6, 30))
        assert key_result.owner == "service desk"

    def test_it_is_watched_and_not_proposed_again_while_it_is_a_key_result(self) -> None:
        seen = self._reviewed(GoalModel(kpis=[self.KPI], key_results=[self._key_result()]), 7)
        assert [each.health for each in seen.kpis] == [Health.WATCH]
        assert [str(each.score) for each in seen.key_results] == ["30.8 %"]
        assert (seen.promotions, seen.deferred, seen.demotions) == ((), (), ())

    def test_it_goes_back_after_four_healthy_months_and_closes_with_its_score_as_it_stood(self) -> None:
        model = GoalModel(kpis=[self.KPI], key_results=[self._key_result()])
        assert [len(self._reviewed(model, month).demotions) for month in range(7, 12)] == [0, 0, 0, 0, 1]
        (proposal,) = self._reviewed(model, 11).demotions
        assert _codes(proposal.evidence) == ["demote-healthy-long", "demote-cycle-over", "demote-target-reached"]
        closed = demote(model.key_results[0], proposal)
        assert closed.score is not None
        assert (closed.score.raw, closed.on) == (Fraction(1), dt.date(2026, 11, 30))
        assert closed.kpi == self.KPI


class TestSalesContactsNewClientsLaterThanUsualForAShortPeriod:
    """The sales team contacts new clients later than usual: three weeks of work on it, then it is watched again."""

    DELAY = Measure("working hours until a new client is contacted", unit="hours", polarity=Polarity.LOWER_IS_BETTER)
    KPI = Kpi(id="contact", measure=DELAY, bands=HealthBands.at_most(8, watch=12), cadence=Cadence.WEEKLY)
    START = dt.date(2026, 3, 6)
    SERIES = Series.of(DELAY, _weekly(START, 6, 7, 8, 8.5, 10, 13, 9, 8, 7, 6.5, 6))
    PROMOTED_ON = START + dt.timedelta(weeks=5)
    THREE_WEEKS = Cycle(PROMOTED_ON + dt.timedelta(days=1), PROMOTED_ON + dt.timedelta(weeks=3))

    def _key_result(self) -> KeyResult:
        decision = decide_promotion(self.KPI, self.SERIES, as_of=self.PROMOTED_ON)
        assert isinstance(decision, Promote)
        return promote(self.KPI, decision, cycle=self.THREE_WEEKS)

    def test_two_late_weeks_change_nothing(self) -> None:
        decision = decide_promotion(self.KPI, self.SERIES, as_of=self.PROMOTED_ON - dt.timedelta(days=1))
        assert isinstance(decision, Keep)
        assert _codes(decision.reasons) == ["keep-on-watch"]

    def test_the_third_promotes_it_for_a_short_cycle(self) -> None:
        key_result = self._key_result()
        assert (key_result.baseline, key_result.target_value) == (Fraction(21, 2), Fraction(8))
        assert key_result.cycle.days == 21

    def test_it_goes_on_until_it_has_been_usual_again_for_four_weeks_although_the_cycle_is_over(self) -> None:
        key_result = self._key_result()
        weeks = [self.START + dt.timedelta(weeks=week) for week in range(6, 11)]
        decisions = [decide_demotion(key_result, self.KPI, self.SERIES, as_of=friday) for friday in weeks]
        assert [isinstance(decision, Demote) for decision in decisions] == [False, False, False, False, True]
        last = decisions[-1]
        assert isinstance(last, Demote)
        assert last.key_result.outcome is Outcome.REACHED
        assert demote(key_result, last).kpi == self.KPI


class TestUptimeFromHalfToNinetyNinePercentAndThenWatchedThere:
    """Uptime is brought from 50 % to 99 %, and from then on watched at 99 %."""

    UPTIME = Measure("uptime", unit="percent", lowest=0, highest=100)
    KEY_RESULT = KeyResult(id="uptime-q1", measure=UPTIME, baseline=50, target=99, cycle=Cycle.quarter(2026, 1))
    KPI = Kpi(id="uptime", measure=UPTIME, bands=HealthBands.at_least(99), cadence=Cadence.MONTHLY)
    SERIES = Series.of(UPTIME, _monthly(2026, 74.5, 98.99, 99, 99, 98.99))

    @pytest.mark.parametrize(("month", "share"), [(1, "50 %"), (2, "99.98 %"), (3, "100 %")])
    def test_it_is_moved_there(self, month: int, share: str) -> None:
        score = self.KEY_RESULT.assess(self.SERIES, as_of=Cycle.month(2026, month).end).score
        assert str(score) == share

    def test_reached_it_goes_over_to_being_watched(self) -> None:
        decision = decide_demotion(
            self.KEY_RESULT, self.KPI, self.SERIES, as_of=dt.date(2026, 3, 31), policy=DemotionPolicy(healthy=1)
        )
        assert isinstance(decision, Demote)
        closed = demote(self.KEY_RESULT, decision)
        assert closed == Graduated(
            key_result=self.KEY_RESULT,
            kpi=self.KPI,
            on=dt.date(2026, 3, 31),
            score=self.KEY_RESULT.score(99),
            evidence=decision.evidence,
        )

    @pytest.mark.parametrize(("month", "health"), [(4, Health.HEALTHY), (5, Health.UNHEALTHY)])
    def test_from_then_on_99_is_healthy_and_a_hundredth_less_is_not(self, month: int, health: Health) -> None:
        assert self.KPI.assess(self.SERIES, as_of=Cycle.month(2026, month).end).health is health


class TestTheBodyMassIndexComesTwoPointsDownIntoTheHealthyRange:
    """The body mass index comes two points down, to the nearer edge of the healthy range."""

    INDEX = Measure("body mass index", unit="kg/m²", polarity=Polarity.IN_RANGE_IS_BETTER)
    KPI = Kpi(id="bmi", measure=INDEX, bands=HealthBands.between(18.5, 25, watch_low=17, watch_high=30))
    SERIES = Series.of(INDEX, _monthly(2026, 27, 26.2, 25.4, 25, 24.8, 24.7, 24.6))
    HALF = Cycle(dt.date(2026, 2, 1), dt.date(2026, 8, 31))

    def _promotion(self) -> Promote:
        decision = decide_promotion(
            self.KPI, self.SERIES, as_of=dt.date(2026, 1, 31), chosen="I want to climb stairs again"
        )
        assert isinstance(decision, Promote)
        return decision

    def test_its_default_target_is_the_nearer_edge_two_points_below(self) -> None:
        assert _codes(self._promotion().evidence) == ["promote-chosen"]
        key_result = promote(self.KPI, self._promotion(), cycle=self.HALF)
        assert (key_result.baseline, key_result.target_value) == (Fraction(27), Fraction(25))
        assert key_result.score(26).raw == Fraction(1, 2)

    @pytest.mark.parametrize("too_far", [16.5, 16.4, 10, 27, 27.1])
    def test_a_target_that_is_no_healthier_on_either_side_is_refused(self, too_far: float) -> None:
        with pytest.raises(TargetNotAnImprovement):
            promote(self.KPI, self._promotion(), cycle=self.HALF, target=too_far)

    def test_four_readings_in_the_range_end_it_before_the_cycle_does(self) -> None:
        key_result = promote(self.KPI, self._promotion(), cycle=self.HALF)
        ends = [Cycle.month(2026, month).end for month in range(2, 8)]
        decisions = [decide_demotion(key_result, self.KPI, self.SERIES, as_of=end) for end in ends]
        assert [isinstance(decision, Demote) for decision in decisions] == [False, False, False, False, False, True]
        last = decisions[-1]
        assert isinstance(last, Demote)
        assert _codes(last.evidence) == ["demote-healthy-long", "demote-target-reached"]


class TestErrandsAreWalkedTwiceAMonth:
    """Errands are walked twice a month: first a key result, then a habit that is watched."""

    ERRANDS = Measure("errands walked", unit="times a month")
    KEY_RESULT = KeyResult(id="walk", measure=ERRANDS, baseline=0, target=2, cycle=Cycle.quarter(2026, 1))
    KPI = Kpi(id="walking", measure=ERRANDS, bands=HealthBands.at_least(2, watch=1), cadence=Cadence.MONTHLY)
    SERIES = Series.of(ERRANDS, _monthly(2026, 2, 2, 2, 3, 1, 0))

    def test_a_habit_that_is_reached_and_stays_becomes_a_kpi(self) -> None:
        months = [Cycle.month(2026, month).end for month in (2, 3, 4)]
        decisions = [decide_demotion(self.KEY_RESULT, self.KPI, self.SERIES, as_of=end) for end in months]
        assert [isinstance(decision, Demote) for decision in decisions] == [False, False, True]

    def test_as_a_kpi_it_is_watched_and_never_missed(self) -> None:
        months = [Cycle.month(2026, month).end for month in (4, 5, 6)]
        found = [self.KPI.assess(self.SERIES, as_of=end).health for end in months]
        assert found == [Health.HEALTHY, Health.WATCH, Health.UNHEALTHY]

    def test_whoever_wants_more_chooses_it_as_a_key_result_with_a_higher_target(self) -> None:
        decision = decide_promotion(self.KPI, self.SERIES, as_of=dt.date(2026, 4, 30), chosen="now twice a week")
        assert isinstance(decision, Promote)
        key_result = promote(self.KPI, decision, cycle=Cycle.quarter(2026, 2), target=8)
        assert (key_result.baseline, key_result.target_value) == (Fraction(7, 3), Fraction(8))


class TestATeamThatMetItsStandardIsBlamedForNotExceedingIt:
    """A team met its standard and is blamed for not exceeding it: it kept its commit."""

    DELAY = Measure("hours until a fault is answered", unit="hours", polarity=Polarity.LOWER_IS_BETTER)
    TEAM = Commit(
        id="answers",
        measure=DELAY,
        standard=Standard.at_most(24),
        due=dt.date(2026, 6, 30),
        declared_on=dt.date(2025, 12, 15),
        manner=Held(dt.date(2026, 1, 1)),
        support=Support(SupportKind.PEOPLE, "three engineers"),
        cadence=Cadence.MONTHLY,
    )
    MET = Series.of(DELAY, _monthly(2026, 24, 23.5, 24, 22, 24, 24))
    EXCEEDED = Series.of(DELAY, _monthly(2026, 12, 11, 12, 10, 9, 12))

    def test_it_kept_its_commit(self) -> None:
        found = self.TEAM.assess(self.MET, as_of=self.TEAM.due)
        assert (found.attainment, found.distance) == (Attainment.KEPT, Fraction(0))
        assert _codes(found.reasons) == ["commit-met"]

    def test_the_team_that_exceeded_the_standard_kept_it_no_more_than_that(self) -> None:
        met, exceeded = (self.TEAM.assess(series, as_of=self.TEAM.due) for series in (self.MET, self.EXCEEDED))
        assert (exceeded.attainment, exceeded.distance) == (met.attainment, met.distance)

    def test_a_minute_over_would_not_be_kept(self) -> None:
        minute_over = attrs.evolve(
            self.MET,
            readings=[*self.MET.readings[:-1], attrs.evolve(self.MET.readings[-1], value=24 + Fraction(1, 60))],
        )
        found = self.TEAM.assess(minute_over, as_of=self.TEAM.due)
        assert (found.attainment, found.distance) == (Attainment.NOT_KEPT, Fraction(1, 60))

    def test_a_review_says_the_same(self) -> None:
        seen = review(GoalModel(commits=[self.TEAM]), [self.MET], as_of=self.TEAM.due)
        assert [each.attainment for each in seen.commits] == [Attainment.KEPT]
