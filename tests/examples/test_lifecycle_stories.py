"""What people tell about their goals, told as events with dated readings: promoted, worked on, watched again."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TypedDict

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
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Polarity,
    Promote,
    Reached,
    Score,
    Series,
    Standard,
    apply,
    decide_demotion,
    decide_promotion,
    demote,
    promote,
    replay,
    review,
)
from goalmodel.errors import IllegalMove, OutOfOrder
from goalmodel.events import (
    Adopted,
    Deferred,
    Demoted,
    Event,
    Promoted,
    Proposed,
    Retired,
    StandardAmended,
    TargetRevised,
)
from goalmodel.lifecycle import DemotionPolicy, Focus, FocusPolicy, GoalState, evidence_of, next_cycle, state_of


class Team(TypedDict):
    """Who decided."""

    decided_by: str


TEAM: Team = {"decided_by": "the team"}


def _monthly(measure: Measure, *values: float) -> Series:
    """Return a value for the last day of each month, from January 2026 on."""
    return Series.of(measure, {Cycle.month(2026, month).end: value for month, value in enumerate(values, start=1)})


def _weekly(measure: Measure, first: dt.date, *values: float) -> Series:
    return Series.of(measure, {first + dt.timedelta(weeks=week): value for week, value in enumerate(values)})


def _end(month: int) -> dt.date:
    return Cycle.month(2026, month).end


def _promoted(decision: object, key_result: KeyResult, on: dt.date) -> Promoted:
    assert isinstance(decision, Promote)
    return Promoted(on=on, key_result=key_result, reason="it needs work", evidence=evidence_of(decision), **TEAM)


def _demoted(key_result: KeyResult, decision: object) -> Demoted:
    assert isinstance(decision, Demote)
    closed = demote(key_result, decision)
    return Demoted(
        on=closed.on,
        key_result=closed.key_result,
        kpi=closed.kpi,
        score=closed.score,
        reason="it is healthy again",
        evidence=evidence_of(decision),
        **TEAM,
    )


class TestSatisfactionDropsForThreeMonthsIsPromotedImprovesAndIsDemoted:
    """Customer satisfaction drops three months in a row, is worked on for a quarter, and is watched again."""

    CSAT = Measure("customer satisfaction", unit="points")
    KPI = Kpi(id="csat", measure=CSAT, bands=HealthBands.at_least(8, watch=7.5), cadence=Cadence.MONTHLY)
    SERIES = _monthly(CSAT, 8.6, 8.7, 8.4, 7.9, 7.6, 7.2, 7.7, 8.0, 8.3, 8.4, 8.5)
    FIRST = GoalModel(kpis=[KPI], objectives=[Objective(id="glad", title="Guests are glad they came")])

    def _events(self) -> tuple[Event, ...]:
        up = decide_promotion(self.KPI, self.SERIES, as_of=_end(6))
        assert isinstance(up, Promote)
        key_result = promote(self.KPI, up, cycle=Cycle.quarter(2026, 3), serves="glad", id="csat-q3")
        proposed = Proposed(on=_end(6), kpi="csat", reason="three months", evidence=evidence_of(up), **TEAM)
        down = decide_demotion(key_result, self.KPI, self.SERIES, as_of=_end(11))
        return (proposed, _promoted(up, key_result, dt.date(2026, 7, 3)), _demoted(key_result, down))

    def test_it_goes_all_the_way_and_back(self) -> None:
        found = [
            (state_of(model, "csat").value, state_of(model, "csat-q3").value)
            for count in range(4)
            for model in [replay(self.FIRST, self._events()[:count])]
        ]
        assert found == [("KPI", "metric"), ("proposed", "metric"), ("being moved", "key result"), ("KPI", "graduated")]

    def test_nothing_is_left_of_it_but_what_was_told(self) -> None:
        after = replay(self.FIRST, self._events())
        assert attrs.evolve(after, events=()) == self.FIRST

    def test_the_history_tells_from_which_readings_it_came_and_how_far_it_got(self) -> None:
        _, up, down = replay(self.FIRST, self._events()).events
        assert isinstance(up, Promoted)
        assert isinstance(down, Demoted)
        assert [str(reading) for reading in up.evidence.readings] == [
            "7.9 on 2026-04-30",
            "7.6 on 2026-05-31",
            "7.2 on 2026-06-30",
        ]
        assert [reason.code for reason in up.evidence.reasons][-1] == "promote-worsening"
        assert (up.key_result.baseline, up.key_result.target_value) == (Fraction(227, 30), Fraction(8))
        assert down.score == Score(1)

    def test_a_review_of_each_month_knows_what_was_open_then(self) -> None:
        events = self._events()
        open_then = [
            [each.key_result.id for each in review(model, [self.SERIES], as_of=_end(month)).key_results]
            for month in (6, 7, 11)
            for model in [replay(self.FIRST, [event for event in events if event.on <= _end(month)])]
        ]
        assert open_then == [[], ["csat-q3"], []]

    def test_nobody_can_put_it_into_the_past(self) -> None:
        after = replay(self.FIRST, self._events())
        with pytest.raises(OutOfOrder):
            apply(after, Proposed(on=_end(9), kpi="csat", reason="a month ago", **TEAM))


class TestSalesFellBehindForAShortPeriod:
    """The sales team contacts new clients too late: three weeks of work, one revision, and watched again."""

    DELAY = Measure("hours until a client is contacted", unit="hours", polarity=Polarity.LOWER_IS_BETTER)
    KPI = Kpi(id="contact", measure=DELAY, bands=HealthBands.at_most(8, watch=12), cadence=Cadence.WEEKLY)
    START = dt.date(2026, 3, 6)
    SERIES = _weekly(DELAY, START, 6, 7, 8, 9, 10, 13, 9, 8, 7, 6.5, 6)

    def test_its_target_is_revised_on_the_way_and_it_graduates(self) -> None:
        on = self.START + dt.timedelta(weeks=5)
        up = decide_promotion(self.KPI, self.SERIES, as_of=on)
        assert isinstance(up, Promote)
        three_weeks = Cycle(on + dt.timedelta(days=1), on + dt.timedelta(weeks=3))
        key_result = promote(self.KPI, up, cycle=three_weeks, id="faster")
        revised = TargetRevised(
            on=on + dt.timedelta(weeks=1), key_result="faster", target=7, reason="it is easier than thought", **TEAM
        )
        busy = replay(GoalModel(kpis=[self.KPI]), [_promoted(up, key_result, on), revised])
        (now,) = busy.key_results
        assert (now.target, now.original.target) == (Fraction(7), Fraction(8))
        down = decide_demotion(now, self.KPI, self.SERIES, as_of=self.START + dt.timedelta(weeks=10))
        after = apply(busy, _demoted(now, down))
        assert after.kpis == (self.KPI,)
        assert state_of(after, "faster") is GoalState.GRADUATED

    def test_what_was_decided_about_the_old_target_is_not_carried_out_on_the_new(self) -> None:
        key_result = KeyResult(id="faster", measure=self.DELAY, baseline=13, target=8, cycle=Cycle.quarter(2026, 1))
        busy = GoalModel(kpis=[self.KPI], key_results=[key_result])
        on = self.START + dt.timedelta(weeks=10)
        down = _demoted(key_result, decide_demotion(key_result, self.KPI, self.SERIES, as_of=on))
        revised = TargetRevised(on=self.START, key_result="faster", target=7, reason="further", **TEAM)
        with pytest.raises(ValueError, match="as it stands in the model"):
            replay(busy, [revised, down])


class TestUptimeIsBroughtToNinetyNineAndThenWatchedThere:
    """Uptime is brought from 50 % to 99 %. It never was a KPI; from then on it is one."""

    UPTIME = Measure("uptime", unit="percent", lowest=0, highest=100)
    WATCHED = Kpi(id="uptime", measure=UPTIME, bands=HealthBands.at_least(99), cadence=Cadence.MONTHLY)
    SERIES = _monthly(UPTIME, 74.5, 98.99, 99, 99, 98.99)

    def test_the_key_result_closes_and_a_kpi_begins(self) -> None:
        moved = KeyResult(id="uptime-q1", measure=self.UPTIME, baseline=50, target=99, cycle=Cycle.quarter(2026, 1))
        begun = apply(GoalModel(), Adopted(on=dt.date(2026, 1, 1), goal=moved, reason="we are down too often", **TEAM))
        down = decide_demotion(moved, self.WATCHED, self.SERIES, as_of=_end(3), policy=DemotionPolicy(healthy=1))
        after = apply(begun, _demoted(moved, down))
        assert (after.key_results, after.kpis, after.closed) == ((), (self.WATCHED,), (moved,))
        assert [state_of(after, id_).value for id_ in ("uptime-q1", "uptime")] == ["graduated", "KPI"]
        health = [review(after, [self.SERIES], as_of=_end(month)).kpis[0].health for month in (4, 5)]
        assert health == [Health.HEALTHY, Health.UNHEALTHY]


class TestTheBodyMassIndexComesIntoRange:
    """The body mass index is not there by the end of the quarter, goes on from where it stands, and arrives."""

    INDEX = Measure("body mass index", unit="kg/m²", polarity=Polarity.IN_RANGE_IS_BETTER)
    KPI = Kpi(id="bmi", measure=INDEX, bands=HealthBands.between(18.5, 25, watch_low=17, watch_high=30))
    SERIES = _monthly(INDEX, 27, 26.5, 26, 25.5, 25, 24.8, 24.7, 24.6)

    def test_it_is_carried_over_with_its_new_baseline(self) -> None:
        up = decide_promotion(self.KPI, self.SERIES, as_of=_end(1), chosen="I want to climb stairs again")
        assert isinstance(up, Promote)
        first = promote(self.KPI, up, cycle=Cycle(dt.date(2026, 2, 1), _end(3)))
        busy = apply(GoalModel(kpis=[self.KPI]), _promoted(up, first, dt.date(2026, 2, 1)))
        found = next_cycle(busy, [self.SERIES], as_of=_end(3), cycle=Cycle.quarter(2026, 2))
        ((before, second),) = found.continuing
        assert before.score == Score(Fraction(1, 2))
        assert (second.id, second.baseline, second.target) == ("bmi 2026-04-01", Fraction(26), Fraction(25))
        assert found.focus == Focus((), ())

    def test_then_it_is_healthy_for_four_months_and_only_watched(self) -> None:
        second = KeyResult(
            id="bmi 2026-04-01", measure=self.INDEX, baseline=26, target=25, cycle=Cycle.quarter(2026, 2)
        )
        busy = GoalModel(kpis=[self.KPI], key_results=[second])
        down = decide_demotion(second, self.KPI, self.SERIES, as_of=_end(8))
        after = apply(busy, _demoted(second, down))
        assert attrs.evolve(after, events=()) == GoalModel(kpis=[self.KPI])


class TestAKpiIsPushedDownByACommitElsewhere:
    """A commit to answer faster is kept while satisfaction falls: the KPI waits, then becomes the next key result."""

    DELAY = Measure("hours until a fault is answered", unit="hours", polarity=Polarity.LOWER_IS_BETTER)
    CSAT = Measure("customer satisfaction", unit="points")
    KPI = Kpi(id="csat", measure=CSAT, bands=HealthBands.at_least(8), cadence=Cadence.MONTHLY)
    COMMIT = Commit(
        manner=Reached(),
        id="answers",
        measure=DELAY,
        standard=Standard.at_most(24),
        due=dt.date(2026, 6, 30),
        declared_on=dt.date(2026, 1, 1),
    )
    OTHER = KeyResult(id="other", measure=Measure("visits"), baseline=1, target=2, cycle=Cycle.half(2026, 1))
    HISTORY = (_monthly(DELAY, 40, 36, 30, 26, 25, 20), _monthly(CSAT, 8.5, 8.4, 8.2, 7.9, 7.6, 7.1))
    FIRST = GoalModel(kpis=[KPI], commits=[COMMIT], key_results=[OTHER])

    def test_it_waits_while_there_is_no_room_and_competes_when_the_cycle_is_over(self) -> None:
        seen = review(self.FIRST, self.HISTORY, as_of=_end(6))
        assert [each.attainment for each in seen.commits] == [Attainment.KEPT]
        assert [each.health for each in seen.kpis] == [Health.UNHEALTHY]
        (up,) = seen.promotions
        waits = Deferred(on=_end(6), kpi="csat", reason="no room", evidence=evidence_of(up), **TEAM)
        waiting = apply(self.FIRST, waits)
        assert state_of(waiting, "csat") is GoalState.DEFERRED
        found = next_cycle(
            waiting, self.HISTORY, as_of=_end(6), cycle=Cycle.quarter(2026, 3), limit=FocusPolicy(limit=1)
        )
        assert [each.commit.id for each in found.commits] == ["answers"]
        assert [each.key_result.id for each, _ in found.ending] == ["other"]
        (taken,) = found.focus.taken
        over = [
            Retired(on=_end(6), goal=self.COMMIT, reason="kept", **TEAM),
            Retired(on=_end(6), goal=self.OTHER, reason="never read", **TEAM),
        ]
        key_result = promote(self.KPI, taken, cycle=Cycle.quarter(2026, 3), id="csat-q3")
        after = replay(waiting, [*over, _promoted(taken, key_result, dt.date(2026, 7, 1))])
        assert [state_of(after, id_).value for id_ in ("csat", "csat-q3", "answers")] == [
            "being moved",
            "key result",
            "retired",
        ]

    def test_a_commit_is_amended_while_it_runs_and_not_when_it_is_over(self) -> None:
        amended = StandardAmended(
            on=_end(4), commit="answers", standard=Standard.at_most(22), reason="a new client", **TEAM
        )
        (now,) = apply(self.FIRST, amended).commits
        assert now.attainment(self.HISTORY[0], as_of=_end(6)) is Attainment.KEPT
        over = apply(self.FIRST, Retired(on=_end(6), goal=self.COMMIT, reason="kept", **TEAM))
        with pytest.raises(IllegalMove):
            apply(over, attrs.evolve(amended, on=_end(7), since=_end(7)))
