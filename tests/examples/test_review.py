"""A review by hand: one small organisation, seen on a few dates."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import pytest

from goalmodel import (
    Absence,
    Attainment,
    Commit,
    Cycle,
    GoalModel,
    Health,
    HealthBands,
    Held,
    Initiative,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Outcome,
    Polarity,
    Policy,
    Reached,
    Series,
    Standard,
    Standing,
    TrendPolicy,
    review,
    reviews,
)
from goalmodel.commit import ChangeOfKind, GoalKind
from goalmodel.errors import GivenTwice, NotADate, WrongMeasure, WrongType
from goalmodel.key_result import Origin, OutcomePolicy, Vote
from goalmodel.lifecycle import DemotionPolicy, FocusPolicy, PromotionPolicy
from goalmodel.trend import ProcessLimits, Rebasing, Steps, cusum

DAY = dt.date(2026, 7, 1)


def _day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def _daily(measure: Measure, *values: float) -> Series:
    return Series.of(measure, {_day(at): value for at, value in enumerate(values)})


SATISFACTION = Measure("satisfaction", unit="points")
WAITING = Measure("waiting", unit="days")
UPTIME = Measure("uptime", unit="percent")

CSAT = Kpi(id="csat", measure=SATISFACTION, bands=HealthBands.at_least(8, watch=7))
WAIT = Kpi(id="wait", measure=WAITING, bands=HealthBands.at_most(5, watch=6), serves="happy")
MOVED = KeyResult(
    id="csat up",
    measure=SATISFACTION,
    baseline=6,
    target=7,
    cycle=Cycle(DAY, _day(9)),
    serves="happy",
    origin=Origin(kpi="csat", on=DAY),
)
SECOND = KeyResult(
    id="faster", measure=WAITING, baseline=10, target=5, cycle=Cycle(DAY, _day(19)), serves="happy", weight=3
)
SLA = Commit(
    manner=Reached(),
    id="sla",
    measure=UPTIME,
    standard=Standard.at_least(99),
    due=_day(9),
    declared_on=_day(-30),
    serves="happy",
)
HAPPY = Objective(id="happy", title="Customers stay")
MODEL = GoalModel(
    kpis=[WAIT, CSAT],
    key_results=[SECOND, MOVED],
    commits=[SLA],
    objectives=[HAPPY],
    initiatives=[Initiative(id="phones", title="Answer the phone", serves="csat")],
)
HISTORY = (
    _daily(UPTIME, 98, 98.5, 98.9, 98.99, 99),
    _daily(SATISFACTION, 6, 6.5, 7, 7.5, 8, 8.1, 8.2, 8.3),
    _daily(WAITING, 10, 9, 8, 7, 6, 5.5, 7.5),
)


class TestASmallOrganisation:
    """Two KPIs, one of them promoted, two key results, a commit and an objective."""

    def test_on_the_first_day(self) -> None:
        seen = review(MODEL, HISTORY, as_of=DAY)
        assert [each.health for each in seen.kpis] == [Health.UNHEALTHY, Health.UNHEALTHY]
        assert [each.outcome for each in seen.key_results] == [Outcome.LITTLE_MOVEMENT, Outcome.LITTLE_MOVEMENT]
        assert [each.attainment for each in seen.commits] == [Attainment.IN_FLIGHT]
        assert (seen.promotions, seen.deferred, seen.demotions, seen.contradictions, seen.unused) == (
            (),
            (),
            (),
            (),
            (),
        )

    def test_on_the_third_the_other_kpi_is_proposed_and_a_target_contradicts_its_band(self) -> None:
        seen = review(MODEL, HISTORY, as_of=_day(2))
        assert [each.kpi for each in seen.promotions] == ["wait"]
        assert [each.goals for each in seen.contradictions] == [("csat up", "csat")]

    def test_on_the_fifth_the_commit_is_kept_early(self) -> None:
        seen = review(MODEL, HISTORY, as_of=_day(4))
        assert [each.attainment for each in seen.commits] == [Attainment.KEPT]
        assert seen.contradictions == ()

    def test_on_the_eighth_the_promoted_one_is_healthy_for_four_days_and_proposed_to_go_back(self) -> None:
        assert review(MODEL, HISTORY, as_of=_day(6)).demotions == ()
        seen = review(MODEL, HISTORY, as_of=_day(7))
        assert [each.key_result.key_result.id for each in seen.demotions] == ["csat up"]
        assert seen.promotions == ()

    @pytest.mark.parametrize(
        ("day", "score", "attainment"),
        [
            (0, Fraction(0), Attainment.IN_FLIGHT),
            # A quarter of the weight at 1/2, three quarters at 1/5.
            (1, Fraction(1, 8) + Fraction(3, 20), Attainment.IN_FLIGHT),
            # 8.2 is 220 % of the way: it counts as 1, and 7.5 as a half.
            (6, Fraction(1, 4) + Fraction(3, 8), Attainment.KEPT),
        ],
    )
    def test_the_objective_comes_to_the_weighted_mean(self, day: int, score: Fraction, attainment: Attainment) -> None:
        ((objective, rollup),) = review(MODEL, HISTORY, as_of=_day(day)).objectives
        assert objective == HAPPY
        assert (rollup.score, rollup.attainment) == (score, attainment)
        assert (rollup.coverage.scored, rollup.coverage.total, rollup.coverage.weight) == (2, 2, Fraction(1))

    def test_without_readings_everything_is_unknown_and_nothing_is_proposed(self) -> None:
        seen = review(MODEL, (), as_of=_day(20))
        assert {each.health for each in seen.kpis} == {Health.UNKNOWN}
        assert {each.score for each in seen.key_results} == {None}
        assert [each.attainment for each in seen.commits] == [Attainment.UNKNOWN]
        ((_, rollup),) = seen.objectives
        assert (rollup.score, rollup.coverage.scored, rollup.coverage.weight) == (None, 0, Fraction(0))
        assert (seen.promotions, seen.demotions, seen.contradictions) == ((), (), ())


class TestActiveKeyResults:
    """A KPI that is being worked on is not proposed again, and the work on it counts."""

    LOW = _daily(SATISFACTION, *[6] * 30)

    @pytest.mark.parametrize(("day", "proposed"), [(2, []), (8, []), (9, []), (10, []), (25, [])])
    def test_are_not_proposed_anew_while_they_are_open_though_their_cycle_is_over(
        self, day: int, proposed: list[str]
    ) -> None:
        seen = review(GoalModel(kpis=[CSAT], key_results=[attrs.evolve(MOVED, serves=())]), [self.LOW], as_of=_day(day))
        assert [each.kpi for each in seen.promotions] == proposed
        closed = review(GoalModel(kpis=[CSAT]), [self.LOW], as_of=_day(day))
        assert [each.kpi for each in closed.promotions] == ["csat"]

    @pytest.mark.parametrize(
        ("limit", "day", "taken", "waiting"),
        [
            # Two are active until the tenth day, one until the twentieth.
            (3, 6, ["wait"], []),
            (2, 6, [], ["wait"]),
            (2, 10, ["wait"], []),
            (1, 10, [], ["wait"]),
            (1, 20, ["wait"], []),
        ],
    )
    def test_leave_room_up_to_the_limit(self, limit: int, day: int, taken: list[str], waiting: list[str]) -> None:
        slow = _daily(WAITING, *[8] * 30)
        seen = review(MODEL, [self.LOW, slow], as_of=_day(day), policy=Policy(focus=FocusPolicy(limit=limit)))
        assert [each.kpi for each in seen.promotions] == taken
        assert [each.proposal.kpi for each in seen.deferred] == waiting


class TestThePolicy:
    """Every threshold comes from it."""

    def test_of_promotion_and_focus(self) -> None:
        eager = Policy(promotion=PromotionPolicy(unhealthy=1), focus=FocusPolicy(limit=3))
        assert [each.kpi for each in review(MODEL, HISTORY, as_of=DAY, policy=eager).promotions] == ["wait"]

    def test_of_demotion(self) -> None:
        eager, careful = (Policy(demotion=each) for each in (DemotionPolicy(healthy=1), DemotionPolicy(deadband=0.05)))
        assert len(review(MODEL, HISTORY, as_of=_day(4), policy=eager).demotions) == 1
        assert review(MODEL, HISTORY, as_of=_day(6), policy=careful).demotions == ()

    def test_of_trend(self) -> None:
        falling = _daily(SATISFACTION, 6, 9, 8.9, 8.8)
        soon = Policy(demotion=DemotionPolicy(healthy=3))
        steps = attrs.evolve(soon, trend=TrendPolicy(direction=Steps(2)))
        assert len(review(MODEL, [falling], as_of=_day(3), policy=soon).demotions) == 1
        assert review(MODEL, [falling], as_of=_day(3), policy=steps).demotions == ()

    def test_of_trend_says_too_how_many_missing_readings_end_a_run(self) -> None:
        healthy: dict[dt.date, int | Absence] = {_day(1): 8, _day(2): Absence.MISSING, _day(3): 8, _day(4): 8}
        gap = Series.of(SATISFACTION, healthy)
        soon = Policy(demotion=DemotionPolicy(healthy=3))
        strict = attrs.evolve(soon, trend=TrendPolicy(missing_ends_run=1))
        assert len(review(MODEL, [gap], as_of=_day(4), policy=soon).demotions) == 1
        assert review(MODEL, [gap], as_of=_day(4), policy=strict).demotions == ()

    def test_of_outcome(self) -> None:
        google = Policy(outcome=OutcomePolicy.google())
        at_a_third = _daily(SATISFACTION, 6.3)
        usual, other = (review(MODEL, [at_a_third], as_of=DAY, policy=each) for each in (None, google))
        assert usual.key_results[0].outcome is Outcome.PART_OF_THE_WAY
        assert other.key_results[0].outcome is Outcome.LITTLE_MOVEMENT


class TestTheHistory:
    """A series a measure, of the measures the model is about."""

    def test_may_hold_what_no_goal_is_about_which_is_named(self) -> None:
        others = [Series(Measure(name)) for name in ("visits", "rain")]
        assert review(MODEL, [*others, *HISTORY], as_of=DAY).unused == ("rain", "visits")

    def test_with_two_series_of_one_measure_is_refused(self) -> None:
        with pytest.raises(GivenTwice, match="uptime") as refused:
            review(MODEL, [*HISTORY, HISTORY[0]], as_of=DAY)
        assert (str(refused.value.field), refused.value.given) == ("history[3]", "uptime")

    def test_with_another_measure_of_the_same_name_is_refused(self) -> None:
        other = Series(attrs.evolve(UPTIME, unit="share"))
        with pytest.raises(WrongMeasure, match=r"history\.measure\.unit"):
            review(MODEL, [other], as_of=DAY)

    def test_and_what_else_is_given_must_be_such(self) -> None:
        with pytest.raises(WrongType, match=r"history\[0\]"):
            review(MODEL, ["uptime"], as_of=DAY)  # type: ignore[list-item]  # pyright: ignore[reportArgumentType] - refused on purpose
        with pytest.raises(WrongType, match="history"):
            review(MODEL, None, as_of=DAY)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose
        with pytest.raises(WrongType, match="model"):
            review(None, HISTORY, as_of=DAY)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose
        with pytest.raises(WrongType, match="policy"):
            review(MODEL, HISTORY, as_of=DAY, policy=FocusPolicy())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose
        with pytest.raises(NotADate):
            review(MODEL, HISTORY, as_of=dt.datetime(2026, 7, 1, tzinfo=dt.UTC))


def test_of_many_dates_is_answered_in_the_order_they_are_asked_in() -> None:
    uptime = Measure("uptime")
    mostly = Commit(
        id="mostly",
        measure=uptime,
        standard=Standard.at_least(9),
        due=dt.date(2026, 1, 5),
        declared_on=dt.date(2026, 1, 1),
        manner=Held(dt.date(2026, 1, 1), share=Fraction(1, 2)),
    )
    read = [Series.of(uptime, {dt.date(2026, 1, day): value for day, value in enumerate((9, 7, 8, 6, 9), start=1)})]
    asked = [dt.date(2026, 1, day) for day in (5, 2, 4, 1, 3, 5)]
    found = list(reviews(GoalModel(commits=[mostly]), read, asked))
    assert [each.as_of for each in found] == asked
    decided = [(each.commits[0].deciding, each.commits[0].distance) for each in found]
    values = [(str(reading), distance) for reading, distance in decided]
    assert [(said, str(short)) for said, short in values] == [
        ("8 on 2026-01-03", "1"),
        ("9 on 2026-01-01", "0"),
        ("8 on 2026-01-03", "1"),
        ("9 on 2026-01-01", "0"),
        ("8 on 2026-01-03", "1"),
        ("8 on 2026-01-03", "1"),
    ]


def test_of_many_dates_adds_up_from_each_rebasing_anew() -> None:
    measure, usual = Measure("defects", polarity=Polarity.LOWER_IS_BETTER), ProcessLimits(mean=5, sigma=1)
    days = [dt.date(2026, 1, day) for day in range(1, 9)]
    kpi = Kpi(
        id="defects",
        measure=measure,
        reference=usual,
        rebasings=[Rebasing(on=days[4], reason="a new line", reference=usual)],
    )
    read = [Series.of(measure, dict(zip(days, (9, 9, 5, 5, 5, 5, 5, 9), strict=True)))]
    policy = Policy(trend=TrendPolicy(usual=cusum(0.5, 5)))
    found = reviews(GoalModel(kpis=[kpi]), read, days, policy=policy)
    worse, steady = Standing.WORSE, Standing.AS_USUAL
    assert [each.kpis[0].standing for each in found] == [steady, worse, worse, worse, steady, steady, steady, steady]


def test_of_no_date_is_none_and_of_something_else_is_refused() -> None:
    assert list(reviews(GoalModel(), [], [])) == []
    with pytest.raises(NotADate, match=r"dates\[1\]"):
        reviews(GoalModel(), [], [dt.date(2026, 1, 1), "2026-01-02"])  # type: ignore[list-item] # on purpose # pyright: ignore[reportArgumentType]


class TestWhatStandsBeside:
    """Votes, what is at risk, what speaks against consequences, and what a change of kind leaves unrecorded."""

    def test_the_latest_vote_of_each_stands_beside_its_key_result(self) -> None:
        votes = [Vote("faster", _day(1), 4), Vote("faster", _day(3), 8), Vote("csat up", _day(2), 5), Vote("?", DAY, 1)]
        early, late = reviews(MODEL, HISTORY, (_day(2), _day(4)), votes=votes)
        assert [each.confidence for each in early.key_results] == [Fraction(5), Fraction(4)]
        assert [each.confidence for each in late.key_results] == [Fraction(5), Fraction(8)]
        assert review(MODEL, HISTORY, as_of=_day(2), votes=reversed(votes)) == early

    def test_a_commit_says_what_is_at_risk_and_what_speaks_against_consequences(self) -> None:
        (sla,) = review(MODEL, HISTORY, as_of=_day(1)).commits
        assert (sla.risk.by, sla.risk.best, sla.risk.is_at_risk) == (_day(9), Fraction(1, 2), False)
        assert [reason.code for reason in sla.accountability.objections] == ["commit-unsupported"]

    def test_a_goal_that_changed_kind_in_its_time_takes_a_record(self) -> None:
        owed = attrs.evolve(SLA, id="faster", measure=WAITING, standard=Standard.at_most(5), declared_on=_day(3))
        after = attrs.evolve(MODEL, key_results=[MOVED], commits=[SLA, owed])
        before, now = review(MODEL, HISTORY, as_of=DAY), review(after, HISTORY, as_of=_day(4))
        record = ChangeOfKind(
            goal="faster", on=_day(3), was=GoalKind.KEY_RESULT, became=GoalKind.COMMIT, reason="it is owed after all"
        )
        (unrecorded,) = now.unrecorded_since(before)
        assert dict(unrecorded.facts)["goal"] == "faster"
        assert now.unrecorded_since(before, [record]) == ()
        (back,) = attrs.evolve(before, as_of=_day(5)).unrecorded_since(now, [record])
        assert dict(back.facts)["became"] is GoalKind.KEY_RESULT
        assert now.unrecorded_since(now) == ()
