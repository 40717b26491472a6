"""Promotion and demotion by hand: on each cut, and one step to either side of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import permutations

import attrs
import pytest

from goalmodel import (
    Absence,
    Cadence,
    Continue,
    Cycle,
    Demote,
    GoalModelError,
    Heading,
    Health,
    HealthBands,
    Keep,
    KeyResult,
    Kpi,
    KpiAssessment,
    Measure,
    Polarity,
    Promote,
    Reading,
    Reason,
    Series,
    Standing,
    TrendPolicy,
    Zone,
    decide_demotion,
    decide_promotion,
    demote,
    promote,
)
from goalmodel.errors import (
    NoDefaultTarget,
    NotANumber,
    NotThisGoal,
    OutOfBounds,
    TargetEqualsBaseline,
    TargetNotAnImprovement,
    WrongMeasure,
    WrongType,
)
from goalmodel.key_result import MeanOfLatest, Origin
from goalmodel.kpi import AcceptedDeviation, BreachPolicy, KpiHistory, NoBreach, Streaks
from goalmodel.lifecycle import (
    ContradictionKind,
    DeferredProposal,
    DemotionPolicy,
    FocusPolicy,
    FocusScope,
    PromotionPolicy,
    contradiction,
    demotion_of,
    focus,
    promotion_of,
)
from goalmodel.measure import Aggregation, Number, Scale
from goalmodel.trend import HeadingVerdict, ProcessLimits, Rebasing, SigmaRule, StandingVerdict, Steps
from speaking import of_unknown_kinds

SATISFACTION = Measure("satisfaction", unit="points")
FLOOR = HealthBands.at_least(8, watch=7)
KPI = Kpi(id="csat", measure=SATISFACTION, bands=FLOOR)
DAY = dt.date(2026, 7, 1)
"""The first day of every series, and of the cycle."""


def _day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def _daily(*values: Number | Absence | None) -> Series:
    """Return a reading a day from `DAY` on; None for a day on which nobody read."""
    return Series.of(SATISFACTION, {_day(at): value for at, value in enumerate(values) if value is not None})


def _codes(reasons: Iterable[Reason]) -> list[str]:
    found = list(reasons)
    assert of_unknown_kinds(found) == []
    return [reason.code for reason in found]


def _found(
    health: Health,
    heading: Heading = Heading.NO_CLEAR_DIRECTION,
    unhealthy: int = 0,
    kpi: Kpi = KPI,
    standing: Standing = Standing.AS_USUAL,
) -> KpiAssessment:
    """Return an assessment with that health, trend and streak, as another rule may have found it."""
    zone = None if health is Health.UNKNOWN else Zone(health.value, health)
    return KpiAssessment(
        kpi=kpi,
        as_of=DAY,
        latest=None,
        zone=zone,
        streaks=Streaks(unhealthy=unhealthy),
        usual=StandingVerdict(SigmaRule(), standing, ()),
        direction=HeadingVerdict(Steps(), heading, ()),
        reasons=(),
    )


WORSE, SIGNALLED, LONG, CHOSEN = (
    "promote-worse-than-usual",
    "promote-worsening",
    "promote-unhealthy-long",
    "promote-chosen",
)


class TestWhatProposesAPromotion:
    """Every reason that holds is listed, and no other."""

    @pytest.mark.parametrize(
        ("health", "heading", "unhealthy", "chosen", "expected"),
        [
            (Health.UNHEALTHY, Heading.WORSENING, 3, "we want it", [LONG, SIGNALLED, CHOSEN]),
            (Health.UNHEALTHY, Heading.WORSENING, 3, None, [LONG, SIGNALLED]),
            (Health.UNHEALTHY, Heading.WORSENING, 2, "we want it", [SIGNALLED, CHOSEN]),
            (Health.UNHEALTHY, Heading.WORSENING, 2, None, [SIGNALLED]),
            (Health.UNHEALTHY, Heading.NO_CLEAR_DIRECTION, 3, "we want it", [LONG, CHOSEN]),
            (Health.UNHEALTHY, Heading.NO_CLEAR_DIRECTION, 3, None, [LONG]),
            (Health.UNHEALTHY, Heading.NO_CLEAR_DIRECTION, 4, None, [LONG]),
            (Health.UNHEALTHY, Heading.NO_CLEAR_DIRECTION, 2, "we want it", [CHOSEN]),
            (Health.UNHEALTHY, Heading.NO_CLEAR_DIRECTION, 2, None, []),
            (Health.UNHEALTHY, Heading.IMPROVING, 3, None, []),
            (Health.UNHEALTHY, Heading.IMPROVING, 3, "we want it", [CHOSEN]),
            (Health.UNHEALTHY, Heading.IMPROVING, 2, None, []),
            (Health.UNHEALTHY, Heading.UNDETERMINED, 3, None, [LONG]),
            (Health.UNHEALTHY, Heading.UNDETERMINED, 2, None, []),
            (Health.WATCH, Heading.WORSENING, 0, "we want it", [SIGNALLED, CHOSEN]),
            (Health.WATCH, Heading.WORSENING, 0, None, [SIGNALLED]),
            (Health.WATCH, Heading.NO_CLEAR_DIRECTION, 0, None, []),
            (Health.WATCH, Heading.IMPROVING, 0, None, []),
            (Health.HEALTHY, Heading.WORSENING, 0, None, []),
            (Health.HEALTHY, Heading.WORSENING, 0, "we want it", [CHOSEN]),
            (Health.HEALTHY, Heading.NO_CLEAR_DIRECTION, 0, "we want it", [CHOSEN]),
            (Health.HEALTHY, Heading.NO_CLEAR_DIRECTION, 0, None, []),
            (Health.UNKNOWN, Heading.WORSENING, 9, None, []),
            (Health.UNKNOWN, Heading.WORSENING, 9, "we want it", [CHOSEN]),
            (Health.UNKNOWN, Heading.UNDETERMINED, 0, None, []),
        ],
    )
    def test_as_in_the_table(
        self, health: Health, heading: Heading, unhealthy: int, chosen: str | None, expected: list[str]
    ) -> None:
        decision = promotion_of(_found(health, heading, unhealthy), chosen=chosen)
        match decision:
            case Promote(evidence=evidence):
                assert _codes(evidence) == expected
            case Keep(reasons=reasons):
                assert expected == []
                assert len(_codes(reasons)) == 1
        assert decision.kpi == "csat"

    @pytest.mark.parametrize(
        ("health", "code"),
        [
            (Health.UNKNOWN, "keep-unknown"),
            (Health.HEALTHY, "keep-healthy"),
            (Health.WATCH, "keep-on-watch"),
            (Health.UNHEALTHY, "keep-waiting"),
        ],
    )
    def test_what_is_kept_says_why(self, health: Health, code: str) -> None:
        decision = promotion_of(_found(health))
        assert isinstance(decision, Keep)
        assert _codes(decision.reasons) == [code]

    @pytest.mark.parametrize(
        ("values", "is_proposed"),
        [
            ((8, 6.99, 6.99, 6.99), True),
            ((8, 6.99, 6.99), False),
            ((6.99, 6.99, 8), False),
            ((6.99, 6.99, 7, 6.99), False),
            ((7.99, 7.99, 7.99), False),
            ((6.99, 7, 6.99), False),
            ((6.99,), False),
            ((), False),
        ],
    )
    def test_three_unhealthy_readings_in_a_row_are_enough_and_on_watch_alone_is_none(
        self, values: tuple[float, ...], *, is_proposed: bool
    ) -> None:
        decision = decide_promotion(KPI, _daily(*values), as_of=_day(9))
        assert isinstance(decision, Promote) is is_proposed

    @pytest.mark.parametrize(("needed", "is_proposed"), [(1, True), (2, True), (3, False)])
    def test_the_policy_says_how_many(self, needed: int, *, is_proposed: bool) -> None:
        decision = decide_promotion(KPI, _daily(8, 6, 6), as_of=_day(2), policy=PromotionPolicy(unhealthy=needed))
        assert isinstance(decision, Promote) is is_proposed

    @pytest.mark.parametrize("health", Health)
    @pytest.mark.parametrize("standing", Standing)
    def test_worse_than_usual_is_a_reason_of_its_own(self, health: Health, standing: Standing) -> None:
        decision = promotion_of(_found(health, standing=standing))
        expected = [WORSE] if health is Health.UNHEALTHY and standing is Standing.WORSE else []
        assert _codes(decision.evidence if isinstance(decision, Promote) else ()) == expected

    @pytest.mark.parametrize("heading", Heading)
    def test_who_asks_for_it_is_told_of_what_is_recovering(self, heading: Heading) -> None:
        found = _found(Health.UNHEALTHY, heading, unhealthy=3)
        asked = promotion_of(found, policy=PromotionPolicy(is_recovering_proposed=True))
        assert isinstance(asked, Promote)
        kept = promotion_of(found)
        if heading is Heading.IMPROVING:
            assert isinstance(kept, Keep)
            assert _codes(kept.reasons) == ["keep-recovering"]
        else:
            assert kept == asked

    def test_what_is_healthy_and_worsening_is_proposed_when_it_is_on_course_to_cross_its_edge_soon(self) -> None:
        falling = _daily(9, 8.8, 8.7, 8.5, 8.4, 8.2)
        decision = decide_promotion(KPI, falling, as_of=_day(5))
        assert isinstance(decision, Promote)
        assert _codes(decision.evidence) == ["promote-on-course"]
        assert dict(decision.evidence[0].facts)["readings"] == 2
        later = decide_promotion(KPI, _daily(*(each + 0.1 for each in (9, 8.8, 8.7, 8.5, 8.4, 8.2))), as_of=_day(5))
        assert isinstance(later, Promote)
        assert dict(later.evidence[0].facts)["readings"] == 3
        not_soon = _daily(*(each + 0.3 for each in (9, 8.8, 8.7, 8.5, 8.4, 8.2)))
        assert isinstance(decide_promotion(KPI, not_soon, as_of=_day(5)), Keep)
        assert isinstance(decide_promotion(KPI, not_soon, as_of=_day(5), policy=PromotionPolicy(within=4)), Promote)
        for policy in (PromotionPolicy(within=1), PromotionPolicy(within=None)):
            assert isinstance(decide_promotion(KPI, falling, as_of=_day(5), policy=policy), Keep)
        far = decide_promotion(KPI, _daily(19, 18.8, 18.7, 18.5, 18.4, 18.2), as_of=_day(5))
        assert isinstance(far, Keep)
        assert _codes(far.reasons) == ["keep-healthy"]

    def test_without_bands_or_readings_nothing_is_on_course(self) -> None:
        bare = KpiHistory(attrs.evolve(KPI, bands=None), _daily(9, 8))
        found = bare.breach(_day(1), BreachPolicy())
        assert isinstance(found, NoBreach)
        assert _codes(found.reasons) == ["kpi-no-bands"]
        assert KpiHistory(KPI, _daily(9, 8)).latest_readings(_day(-1), 3) == ()

    def test_without_its_readings_nothing_is_on_course(self) -> None:
        assert isinstance(promotion_of(_found(Health.HEALTHY, Heading.WORSENING)), Keep)

    @pytest.mark.parametrize(("day", "is_overdue"), [(29, False), (30, True), (31, True)])
    @pytest.mark.parametrize("heading", [Heading.IMPROVING, Heading.NO_CLEAR_DIRECTION])
    def test_overdue_is_a_reason_whatever_the_readings_say(
        self, day: int, heading: Heading, *, is_overdue: bool
    ) -> None:
        named = attrs.evolve(KPI, tolerated_days=30)
        trend = TrendPolicy(direction=Steps(1)) if heading is Heading.IMPROVING else TrendPolicy()
        series = Series.of(SATISFACTION, {DAY: 7.2, _day(1): 7.3})
        found = named.assess(series, as_of=_day(day), policy=trend)
        assert found.heading is (heading if heading is Heading.IMPROVING else Heading.UNDETERMINED)
        assert found.overdue_since == (_day(30) if is_overdue else None)
        decision = promotion_of(found)
        assert isinstance(decision, Promote) is is_overdue
        if isinstance(decision, Promote):
            assert _codes(decision.evidence) == ["promote-overdue"]
            assert "kpi-overdue" in _codes(found.reasons)

    def test_what_is_accepted_healthy_or_unknown_is_not_overdue(self) -> None:
        named = attrs.evolve(KPI, tolerated_days=0, cadence=Cadence(days=9))
        series = Series.of(SATISFACTION, {DAY: 7.2})
        assert named.assess(series, as_of=DAY).overdue_since == DAY
        deviation = AcceptedDeviation(since=DAY, until=_day(3), reason="the new desk opens")
        accepted = attrs.evolve(named, accepted=deviation)
        assert [accepted.assess(series, as_of=_day(day)).overdue_since for day in (0, 3, 4)] == [None, None, DAY]
        assert named.assess(series, as_of=_day(10)).overdue_since is None
        assert named.assess(Series.of(SATISFACTION, {DAY: 8}), as_of=DAY).overdue_since is None

    def test_a_signal_counts_from_the_first_reading_that_is_not_healthy(self) -> None:
        steps = TrendPolicy(direction=Steps(2))
        healthy = decide_promotion(KPI, _daily(9.5, 9, 8), as_of=_day(2), trend=steps)
        assert isinstance(healthy, Keep)
        decision = decide_promotion(KPI, _daily(9.5, 9, 7.9), as_of=_day(2), trend=steps)
        assert isinstance(decision, Promote)
        assert _codes(decision.evidence) == [SIGNALLED]

    def test_without_bands_only_people_can_propose_it(self) -> None:
        bare = attrs.evolve(KPI, bands=None)
        series = _daily(9, 7, 5, 3, 1)
        kept = decide_promotion(bare, series, as_of=_day(4), trend=TrendPolicy(direction=Steps()))
        assert isinstance(kept, Keep)
        assert _codes(kept.reasons) == ["keep-unknown"]
        assert isinstance(decide_promotion(bare, series, as_of=_day(4), chosen="look at it"), Promote)

    @pytest.mark.parametrize(("day", "is_proposed"), [(4, True), (5, False)])
    def test_what_is_stale_is_no_evidence(self, day: int, *, is_proposed: bool) -> None:
        daily = attrs.evolve(KPI, cadence=Cadence(days=1, grace_days=1))
        decision = decide_promotion(daily, _daily(6, 6, 6), as_of=_day(day))
        assert isinstance(decision, Promote) is is_proposed

    @pytest.mark.parametrize("blank", ["", " ", "\n"])
    def test_a_choice_without_a_reason_is_refused(self, blank: str) -> None:
        with pytest.raises(GoalModelError, match="chosen"):
            decide_promotion(KPI, _daily(9), as_of=DAY, chosen=blank)

    @pytest.mark.parametrize("count", [0, -1])
    def test_a_policy_that_asks_for_no_reading_is_refused(self, count: int) -> None:
        with pytest.raises(OutOfBounds):
            PromotionPolicy(unhealthy=count)
        with pytest.raises(OutOfBounds):
            DemotionPolicy(healthy=count)

    def test_an_assessment_must_be_one(self) -> None:
        with pytest.raises(WrongType):
            promotion_of(KPI)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose


def _promotion(value: Number | None, kpi: Kpi = KPI) -> Promote:
    series = Series.of(kpi.measure, {} if value is None else {DAY: value})
    decision = decide_promotion(kpi, series, as_of=DAY, chosen="we want it")
    assert isinstance(decision, Promote)
    return decision


CYCLE = Cycle(DAY, _day(9))
IN_RANGE = attrs.evolve(KPI, bands=HealthBands.between(18.5, 25))
CEILING = attrs.evolve(KPI, bands=HealthBands.at_most(8))


class TestTheTargetOfAPromotion:
    """The nearest healthy edge, or another value that is healthier than the baseline."""

    @pytest.mark.parametrize(
        ("kpi", "baseline", "target"),
        [
            (KPI, 6, 8),
            (KPI, 7.99, 8),
            (CEILING, 11, 8),
            (CEILING, 8.01, 8),
            (IN_RANGE, 27, 25),
            (IN_RANGE, 25.01, 25),
            (IN_RANGE, 18.49, 18.5),
            (IN_RANGE, -400, 18.5),
        ],
    )
    def test_is_the_nearest_healthy_edge_by_default(self, kpi: Kpi, baseline: Number, target: Number) -> None:
        key_result = promote(kpi, _promotion(baseline, kpi), cycle=CYCLE)
        assert key_result == KeyResult(
            id="csat 2026-07-01",
            measure=SATISFACTION,
            baseline=baseline,
            target=target,
            cycle=CYCLE,
            origin=Origin(kpi="csat", on=DAY),
        )

    @pytest.mark.parametrize(
        ("kpi", "baseline"),
        [(KPI, 8), (KPI, 9), (CEILING, 8), (IN_RANGE, 25), (IN_RANGE, 18.5), (IN_RANGE, 20), (KPI, None)],
    )
    def test_has_no_default_where_no_edge_lies_ahead(self, kpi: Kpi, baseline: Number | None) -> None:
        with pytest.raises(NoDefaultTarget):
            promote(kpi, _promotion(baseline, kpi), cycle=CYCLE)

    def test_has_no_default_without_bands(self) -> None:
        bare = attrs.evolve(KPI, bands=None)
        with pytest.raises(NoDefaultTarget):
            promote(bare, _promotion(6, bare), cycle=CYCLE)

    @pytest.mark.parametrize(
        ("kpi", "baseline", "target"),
        [
            (KPI, 7.5, 7.49),
            (KPI, 7.5, 7.5),
            (KPI, 9, 8),
            (CEILING, 9, 9.01),
            (CEILING, 9, 9),
            (IN_RANGE, 27, 27),
            (IN_RANGE, 27, 16.5),
            (IN_RANGE, 27, 16.49),
            (IN_RANGE, 17, 26.5),
            (IN_RANGE, 20, 23.5),
            (IN_RANGE, 20, 19.99),
        ],
    )
    def test_is_refused_where_it_is_no_improvement(self, kpi: Kpi, baseline: Number, target: Number) -> None:
        with pytest.raises(TargetNotAnImprovement, match="target"):
            promote(kpi, _promotion(baseline, kpi), cycle=CYCLE, target=target)

    @pytest.mark.parametrize(
        ("kpi", "baseline", "target"),
        [
            (KPI, 7.5, 7.51),
            (KPI, 9, 9.01),
            (CEILING, 9, 8.99),
            (IN_RANGE, 27, 26.99),
            (IN_RANGE, 27, 16.51),
            (IN_RANGE, 17, 26.49),
            (IN_RANGE, 20, 23.49),
            (IN_RANGE, 20, 20.01),
        ],
    )
    def test_is_taken_where_it_is_one(self, kpi: Kpi, baseline: Number, target: float) -> None:
        key_result = promote(kpi, _promotion(baseline, kpi), cycle=CYCLE, target=target)
        assert key_result.target_value == Fraction(str(target))

    @pytest.mark.parametrize(
        ("polarity", "baseline", "better", "worse"),
        [(Polarity.HIGHER_IS_BETTER, 5, 5.01, 4.99), (Polarity.LOWER_IS_BETTER, 5, 4.99, 5.01)],
    )
    def test_follows_the_polarity_without_bands(
        self, polarity: Polarity, baseline: Number, better: Number, worse: Number
    ) -> None:
        bare = Kpi(id="csat", measure=attrs.evolve(SATISFACTION, polarity=polarity))
        decision = _promotion(baseline, bare)
        assert promote(bare, decision, cycle=CYCLE, target=better).baseline == baseline
        for refused in (worse, baseline):
            with pytest.raises(TargetNotAnImprovement):
                promote(bare, decision, cycle=CYCLE, target=refused)

    def test_may_lie_anywhere_where_nobody_said_which_way_is_better(self) -> None:
        bare = Kpi(id="csat", measure=attrs.evolve(SATISFACTION, polarity=Polarity.IN_RANGE_IS_BETTER))
        assert promote(bare, _promotion(5, bare), cycle=CYCLE, target=4).target == 4
        assert promote(bare, _promotion(5, bare), cycle=CYCLE, target=6).target == 6
        with pytest.raises(TargetEqualsBaseline):
            promote(bare, _promotion(5, bare), cycle=CYCLE, target=5)

    def test_may_lie_anywhere_where_nothing_was_read(self) -> None:
        key_result = promote(KPI, _promotion(None), cycle=CYCLE, target=5)
        assert (key_result.baseline, key_result.target_value) == (None, Fraction(5))

    def test_is_a_number(self) -> None:
        with pytest.raises(NotANumber):
            promote(KPI, _promotion(5), cycle=CYCLE, target="8")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose


class TestCarryingOutAPromotion:
    """A decision makes a key result of the KPI it is about."""

    def test_takes_its_id_weight_and_links_and_the_owner_and_purpose_of_the_kpi(self) -> None:
        owned = attrs.evolve(KPI, owner="service desk", purpose="to open a second desk in time", serves=("csat-q3",))
        key_result = promote(
            owned, _promotion(6, owned), cycle=CYCLE, id="csat-q3", serves=("happy", "calm"), weight=Fraction(1, 2)
        )
        assert (key_result.id, key_result.owner, key_result.serves) == ("csat-q3", "service desk", ("calm", "happy"))
        assert (key_result.weight, key_result.purpose) == (Fraction(1, 2), "to open a second desk in time")

    def test_the_latest_reading_that_has_a_value_is_the_one_that_promoted_it(self) -> None:
        series = _daily(6, 6.5, Absence.MISSING, 9)
        decision = decide_promotion(KPI, series, as_of=_day(2), chosen="we want it")
        assert isinstance(decision, Promote)
        assert decision.readings == (Reading(DAY, 6), Reading(_day(1), 6.5))
        assert decision.baseline == Fraction(25, 4)
        assert promote(KPI, decision, cycle=CYCLE).origin == Origin(kpi="csat", on=_day(2))

    @pytest.mark.parametrize(
        ("unhealthy", "values"), [(1, [6, 5, 4]), (2, [6, 5, 4]), (3, [6, 5, 4]), (4, [6.5, 6, 5, 4])]
    )
    def test_three_readings_at_least_are_the_baseline(self, unhealthy: int, values: list[Number]) -> None:
        policy = PromotionPolicy(unhealthy=unhealthy)
        decision = decide_promotion(KPI, _daily(9, 6.5, 6, 5, 4), as_of=_day(4), policy=policy)
        assert isinstance(decision, Promote)
        assert [each.known for each in decision.readings] == values

    def test_what_was_read_before_a_rebasing_or_a_long_gap_is_no_part_of_the_baseline(self) -> None:
        rebased = attrs.evolve(KPI, rebasings=[Rebasing(on=_day(2), reason="a new desk")])
        series = _daily(2, 3, 6, 5)
        for kpi, expected in ((KPI, Fraction(14, 3)), (rebased, Fraction(11, 2))):
            decision = decide_promotion(kpi, series, as_of=_day(3), chosen="we want it")
            assert isinstance(decision, Promote)
            assert decision.baseline == expected
        gone = decide_promotion(KPI, _daily(2, *[Absence.MISSING] * 3, 6), as_of=_day(4), chosen="we want it")
        stale = decide_promotion(KPI, _daily(2, 6, *[Absence.MISSING] * 3), as_of=_day(4), chosen="we want it")
        assert isinstance(gone, Promote)
        assert isinstance(stale, Promote)
        assert (gone.baseline, stale.baseline) == (Fraction(6), Fraction(4))

    def test_the_baseline_follows_weights_seasons_and_scales(self) -> None:
        shares = Series.shares(SATISFACTION, {DAY: (1, 10), _day(1): (90, 100)})
        pooled = decide_promotion(KPI, shares, as_of=_day(1), chosen="we want it")
        assert isinstance(pooled, Promote)
        assert pooled.baseline == Fraction(91, 110)
        series = _daily(1, 2, 3, 4, 5, 6)
        seasonal = decide_promotion(KPI, series, as_of=_day(5), trend=TrendPolicy(seasonal=2), chosen="we want it")
        assert isinstance(seasonal, Promote)
        assert [each.known for each in seasonal.readings] == [2, 4, 6]
        ranks = attrs.evolve(KPI, measure=attrs.evolve(SATISFACTION, scale=Scale.ORDINAL))
        ordinal = decide_promotion(
            ranks, Series.of(ranks.measure, {DAY: 5, _day(1): 6}), as_of=_day(1), chosen="we want it"
        )
        assert isinstance(ordinal, Promote)
        assert ordinal.baseline == 6
        assert promote(ranks, ordinal, cycle=CYCLE).counting is Aggregation.LAST

    def test_the_key_result_counts_the_mean_of_as_many(self) -> None:
        decision = decide_promotion(KPI, _daily(5, 6, 7), as_of=_day(2), chosen="we want it")
        assert isinstance(decision, Promote)
        moved = promote(KPI, decision, cycle=Cycle(_day(3), _day(30)))
        assert (moved.baseline, moved.counting) == (Fraction(6), MeanOfLatest(3))
        found = moved.assess(_daily(5, 6, 7, 9, 7, 6.5, 8), as_of=_day(6))
        assert [value for _, value in found.course] == [9, 8, Fraction(15, 2), Fraction(43, 6)]

    @pytest.mark.parametrize("other", [attrs.evolve(KPI, id="nps"), attrs.evolve(KPI, owner="somebody else"), CEILING])
    def test_is_refused_on_another_kpi(self, other: Kpi) -> None:
        with pytest.raises(NotThisGoal, match="decision"):
            promote(other, _promotion(6), cycle=CYCLE)


PROMOTED = promote(KPI, _promotion(6), cycle=CYCLE)
"""From 6 on the first day to 8, until the tenth day."""

UNKNOWN, NOT_LONG, WORSENING, RUNNING = (
    "continue-unknown",
    "continue-not-healthy-long",
    "continue-worsening",
    "continue-cycle-running",
)
HEALTHY_LONG, OVER, REACHED = "demote-healthy-long", "demote-cycle-over", "demote-target-reached"


THREE = DemotionPolicy(healthy=3, sooner_sigmas=None)


def _decided(
    series: Series, day: int, policy: DemotionPolicy = THREE, trend: TrendPolicy | None = None
) -> tuple[bool, list[str]]:
    decision = decide_demotion(PROMOTED, KPI, series, as_of=_day(day), policy=policy, trend=trend)
    match decision:
        case Demote(evidence=evidence):
            return True, _codes(evidence)
        case Continue(reasons=reasons):
            return False, _codes(reasons)


class TestWhatProposesADemotion:
    """Healthy for long enough since the promotion, clear of the edge, not worsening, and the time has come."""

    @pytest.mark.parametrize(
        ("values", "day", "expected"),
        [
            # The target is 8, the edge: healthy three times in a row is reached, before the cycle ends.
            ((6, 8, 8, 8), 3, (True, [HEALTHY_LONG, REACHED])),
            ((6, 8, 8, 8), 9, (True, [HEALTHY_LONG, OVER, REACHED])),
            ((6, 8, 8, 7.99), 3, (False, [NOT_LONG, RUNNING])),
            ((6, 8, 8), 2, (False, [NOT_LONG])),
            ((6, 8, 7.99, 8, 8), 4, (False, [NOT_LONG])),
            ((6,), 0, (False, [NOT_LONG, RUNNING])),
            ((6, 7), 9, (False, [NOT_LONG])),
            ((), 9, (False, [UNKNOWN, NOT_LONG])),
            ((), 8, (False, [UNKNOWN, NOT_LONG, RUNNING])),
        ],
    )
    def test_as_in_the_table(self, values: tuple[float, ...], day: int, expected: tuple[bool, list[str]]) -> None:
        assert _decided(_daily(*values), day) == expected

    def test_only_readings_after_the_day_of_the_promotion_count(self) -> None:
        healthy_before = Series.of(SATISFACTION, {_day(at): 9 for at in range(-5, 3)})
        assert _decided(healthy_before, 2) == (False, [NOT_LONG])
        one_more = Series.of(SATISFACTION, {_day(at): 9 for at in range(-5, 4)})
        assert _decided(one_more, 3) == (True, [HEALTHY_LONG, REACHED])

    def test_of_a_key_result_that_never_was_a_kpi_readings_count_from_the_first_day_of_its_cycle(self) -> None:
        made = attrs.evolve(PROMOTED, origin=None)
        assert isinstance(decide_demotion(made, KPI, _daily(8, 8, 8), as_of=_day(2), policy=THREE), Demote)
        before = Series.of(SATISFACTION, {_day(at): 8 for at in range(-1, 2)})
        assert isinstance(decide_demotion(made, KPI, before, as_of=_day(1), policy=THREE), Continue)

    @pytest.mark.parametrize(
        ("values", "usual", "is_proposed"),
        [
            ((8, 8, 8, 8), None, True),
            ((8, 8, 8), None, False),
            ((8.5, 8.5, 8.5), None, False),
            ((8.5, 8.5, 8.5), ProcessLimits(mean=8, sigma=1), True),
            ((8.5, 8.4999, 8.5), ProcessLimits(mean=8, sigma=1), False),
            ((8.5, 8.4999, 8.5, 8), ProcessLimits(mean=8, sigma=1), True),
            ((8.5, 8.5), ProcessLimits(mean=8, sigma=1), False),
        ],
    )
    def test_four_are_enough_or_three_that_are_clear_by_half_a_sigma(
        self, values: tuple[float, ...], usual: ProcessLimits | None, *, is_proposed: bool
    ) -> None:
        trend = TrendPolicy() if usual is None else TrendPolicy(reference=usual)
        assert _decided(_daily(6, *values), 9, DemotionPolicy(), trend)[0] is is_proposed

    @pytest.mark.parametrize(("worst", "is_proposed"), [(8.25, True), (8.2501, True), (8.2499, False), (8, False)])
    def test_the_deadband_is_exact(self, worst: float, *, is_proposed: bool) -> None:
        policy = attrs.evolve(THREE, deadband=0.25)
        assert _decided(_daily(6, 9, worst, 9), 9, policy)[0] is is_proposed

    @pytest.mark.parametrize(
        ("worst", "is_proposed"), [(23, True), (22.99, True), (23.01, False), (20.5, True), (20.49, False), (25, False)]
    )
    def test_the_deadband_holds_at_both_edges_of_a_range(self, worst: float, *, is_proposed: bool) -> None:
        key_result = promote(IN_RANGE, _promotion(27, IN_RANGE), cycle=CYCLE)
        decision = decide_demotion(
            key_result, IN_RANGE, _daily(27, 22, 22, worst), as_of=_day(9), policy=attrs.evolve(THREE, deadband=2)
        )
        assert isinstance(decision, Demote) is is_proposed

    @pytest.mark.parametrize("deadband", [-1, -0.001, Fraction(-1, 10**9)])
    def test_a_deadband_below_zero_is_refused(self, deadband: Number) -> None:
        with pytest.raises(OutOfBounds, match="deadband"):
            DemotionPolicy(deadband=deadband)

    def test_worsening_blocks(self) -> None:
        steps = TrendPolicy(direction=Steps(2))
        assert _decided(_daily(6, 9.5, 9.4, 9.3), 3, trend=steps) == (False, [WORSENING])
        assert _decided(_daily(6, 9.5, 9.4, 9.4), 3, trend=steps) == (True, [HEALTHY_LONG, REACHED])
        assert _decided(_daily(6, 9.5, 9.4, 9.5), 3, trend=steps) == (True, [HEALTHY_LONG, REACHED])

    def test_worse_than_usual_blocks_nothing(self) -> None:
        usual = TrendPolicy(usual=SigmaRule(1), reference=ProcessLimits(mean=99, sigma=1))
        assert _decided(_daily(6, 9.5, 9.4, 9.3), 3, trend=usual) == (True, [HEALTHY_LONG, REACHED])

    @pytest.mark.parametrize(("day", "expected"), [(8, False), (9, True), (10, True)])
    def test_without_the_target_it_takes_until_the_last_day_of_the_cycle(self, day: int, *, expected: bool) -> None:
        higher = promote(KPI, _promotion(6), cycle=CYCLE, target=9)
        decision = decide_demotion(higher, KPI, _daily(6, 8, 8, 8.99), as_of=_day(day), policy=THREE)
        assert isinstance(decision, Demote) is expected
        reasons = decision.evidence if isinstance(decision, Demote) else decision.reasons
        assert _codes(reasons) == ([HEALTHY_LONG, OVER] if expected else [RUNNING])

    def test_a_target_that_was_reached_and_left_again_is_not_reached(self) -> None:
        higher = promote(KPI, _promotion(6), cycle=CYCLE, target=9)
        series = _daily(6, 8, 8, 9, 8.99)
        assert isinstance(decide_demotion(higher, KPI, series, as_of=_day(3), policy=THREE), Demote)
        assert isinstance(decide_demotion(higher, KPI, series, as_of=_day(4), policy=THREE), Continue)

    def test_without_a_baseline_the_cycle_has_to_end(self) -> None:
        unread = promote(KPI, _promotion(None), cycle=CYCLE, target=8)
        series = _daily(None, 8, 8, 8)
        assert isinstance(decide_demotion(unread, KPI, series, as_of=_day(8), policy=THREE), Continue)
        decision = decide_demotion(unread, KPI, series, as_of=_day(9), policy=THREE)
        assert isinstance(decision, Demote)
        assert demote(unread, decision).score is None

    def test_without_bands_it_never_goes_back(self) -> None:
        bare = attrs.evolve(KPI, bands=None)
        decision = decide_demotion(PROMOTED, bare, _daily(6, 9, 9, 9), as_of=_day(9))
        assert isinstance(decision, Continue)
        assert _codes(decision.reasons) == [UNKNOWN, NOT_LONG]

    @pytest.mark.parametrize(("day", "expected"), [(6, []), (7, [UNKNOWN])])
    def test_what_is_stale_stays_a_key_result(self, day: int, expected: list[str]) -> None:
        daily = attrs.evolve(KPI, cadence=Cadence(days=1, grace_days=1))
        key_result = promote(daily, _promotion(6, daily), cycle=CYCLE)
        decision = decide_demotion(key_result, daily, _daily(6, 8, 8, 8, 8), as_of=_day(day))
        assert _codes(decision.reasons if isinstance(decision, Continue) else ()) == expected

    def test_another_kpi_or_another_measure_is_refused(self) -> None:
        with pytest.raises(NotThisGoal, match="csat"):
            decide_demotion(PROMOTED, attrs.evolve(KPI, id="nps"), _daily(6), as_of=DAY)
        other = Measure("waiting time", unit="days")
        with pytest.raises(NotThisGoal, match="satisfaction"):
            decide_demotion(PROMOTED, attrs.evolve(KPI, measure=other), _daily(6), as_of=DAY)
        moved, watched = PROMOTED.assess(_daily(6), as_of=DAY), KPI.assess(_daily(6), as_of=DAY)
        with pytest.raises(NotThisGoal):
            demotion_of(moved, attrs.evolve(watched, kpi=attrs.evolve(KPI, id="nps")), _daily(6))
        with pytest.raises(WrongMeasure):
            demotion_of(moved, watched, Series.of(other, {DAY: 6}))

    def test_assessments_and_series_must_be_such(self) -> None:
        moved, watched = PROMOTED.assess(_daily(6), as_of=DAY), KPI.assess(_daily(6), as_of=DAY)
        with pytest.raises(WrongType, match="moved"):
            demotion_of(watched, watched, _daily(6))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose
        with pytest.raises(WrongType, match="watched"):
            demotion_of(moved, moved, _daily(6))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose
        with pytest.raises(WrongType, match="series"):
            demotion_of(moved, watched, {DAY: 6})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose


class TestCarryingOutADemotion:
    """The key result closes as graduated, and the KPI is the one it was."""

    def test_keeps_the_score_as_it_stood(self) -> None:
        decision = decide_demotion(PROMOTED, KPI, _daily(6, 8, 8, 9), as_of=_day(3), policy=THREE)
        assert isinstance(decision, Demote)
        closed = demote(PROMOTED, decision)
        assert (closed.key_result, closed.kpi, closed.on) == (PROMOTED, KPI, _day(3))
        assert closed.score == PROMOTED.score(9)
        assert closed.evidence == decision.evidence

    @pytest.mark.parametrize("other", [attrs.evolve(PROMOTED, id="nps"), attrs.evolve(PROMOTED, target=9)])
    def test_is_refused_on_another_key_result(self, other: KeyResult) -> None:
        decision = decide_demotion(PROMOTED, KPI, _daily(6, 8, 8, 9), as_of=_day(3), policy=THREE)
        assert isinstance(decision, Demote)
        with pytest.raises(NotThisGoal, match="decision"):
            demote(other, decision)


class TestMissingReadings:
    """They suspend a run, until three of them follow one another."""

    GAP = Absence.MISSING

    @pytest.mark.parametrize(
        ("values", "is_proposed"),
        [
            ((6, GAP, 6, GAP, GAP, 6), True),
            ((6, GAP, GAP, GAP, 6, 6), False),
            ((6, 6, 6, GAP, GAP), True),
            ((6, 6, 6, GAP, GAP, GAP), False),
            ((6, 6, GAP), False),
            ((6, GAP, GAP, 6, GAP, GAP, 6), True),
        ],
    )
    def test_in_the_run_that_promotes(self, values: tuple[Number | Absence, ...], *, is_proposed: bool) -> None:
        decision = decide_promotion(KPI, _daily(*values), as_of=_day(len(values) - 1))
        assert isinstance(decision, Promote) is is_proposed

    @pytest.mark.parametrize(
        ("values", "is_proposed"),
        [
            ((6, 8, GAP, GAP, 8, 8), True),
            ((6, 8, GAP, GAP, GAP, 8, 8), False),
            ((6, 8, 8, 8, GAP, GAP), True),
            ((6, 8, 8, 8, GAP, GAP, GAP), False),
            ((6, 8, 8, GAP), False),
        ],
    )
    def test_in_the_run_that_demotes(self, values: tuple[Number | Absence, ...], *, is_proposed: bool) -> None:
        assert _decided(_daily(*values), len(values) - 1)[0] is is_proposed

    @pytest.mark.parametrize(("ends_run", "is_proposed"), [(1, False), (2, False), (3, True)])
    def test_the_policy_says_how_many(self, ends_run: int, *, is_proposed: bool) -> None:
        trend = TrendPolicy(missing_ends_run=ends_run)
        series = _daily(6, self.GAP, self.GAP, 6, 6)
        assert isinstance(decide_promotion(KPI, series, as_of=_day(4), trend=trend), Promote) is is_proposed
        back = _daily(6, 8, self.GAP, self.GAP, 8, 8)
        assert _decided(back, 5, trend=trend)[0] is is_proposed

    @pytest.mark.parametrize(
        ("values", "is_proposed"), [((6, None, None, 6, 6), True), ((6, None, None, None, 6, 6), False)]
    )
    def test_what_the_cadence_expected_is_missing_too(
        self, values: tuple[float | None, ...], *, is_proposed: bool
    ) -> None:
        daily = attrs.evolve(KPI, cadence=Cadence(days=1))
        decision = decide_promotion(daily, _daily(*values), as_of=_day(len(values) - 1))
        assert isinstance(decision, Promote) is is_proposed


class TestContradictions:
    """A target that is reached while the band is still broken."""

    LOW = attrs.evolve(PROMOTED, target=7)

    @pytest.mark.parametrize(
        ("value", "health"), [(7, "on watch"), (7.01, "on watch"), (7.99, "on watch"), (6.99, None), (8, None)]
    )
    def test_are_reported_from_the_target_up_to_the_edge(self, value: Number, health: str | None) -> None:
        series = _daily(6, value)
        found = contradiction(self.LOW.assess(series, as_of=_day(1)), KPI.assess(series, as_of=_day(1)))
        assert (None if found is None else dict(found.reason.facts)["health"]) == (health and Health(health))
        if found is not None:
            assert (found.kind, found.goals) == (ContradictionKind.REACHED_BUT_NOT_HEALTHY, (self.LOW.id, "csat"))
            assert _codes([found.reason]) == ["contradiction-reached-but-not-healthy"]
            assert found.reason.sentence == f"{self.LOW.id} reached its target and csat is still {health}"

    def test_unhealthy_is_broken_too(self) -> None:
        low = attrs.evolve(PROMOTED, target=6.5)
        series = _daily(6, 6.5)
        found = contradiction(low.assess(series, as_of=_day(1)), KPI.assess(series, as_of=_day(1)))
        assert found is not None
        assert dict(found.reason.facts)["health"] is Health.UNHEALTHY

    def test_there_is_none_without_a_score_or_without_health(self) -> None:
        series = _daily(6, 7.5)
        unscored = attrs.evolve(self.LOW, baseline=None)
        assert contradiction(unscored.assess(series, as_of=_day(1)), KPI.assess(series, as_of=_day(1))) is None
        stale = attrs.evolve(KPI, cadence=Cadence(days=1))
        assert contradiction(self.LOW.assess(series, as_of=_day(9)), stale.assess(series, as_of=_day(9))) is None


def _proposal(kpi: str, health: Health, days: int | None = None, serves: Sequence[str] = ()) -> Promote:
    """Return the proposal of a KPI that was not healthy for so many days, whatever number of readings."""
    seen = _found(health, kpi=attrs.evolve(KPI, id=kpi, serves=tuple(serves)))
    since = None if days is None else DAY - dt.timedelta(days=days)
    longer = attrs.evolve(seen, streaks=Streaks(unhealthy=1 if days else 9, outside_since=since))
    decision = promotion_of(longer, chosen="we want it")
    assert isinstance(decision, Promote)
    return decision


IN_ORDER = (
    _proposal("z", Health.UNHEALTHY, 9),
    _proposal("y", Health.UNHEALTHY, 3, ("a", "b")),
    _proposal("x", Health.UNHEALTHY, 3, ("a",)),
    _proposal("v", Health.UNHEALTHY, 3),
    _proposal("w", Health.UNHEALTHY, 3),
    _proposal("u", Health.WATCH, 99, ("a", "b", "c")),
    _proposal("t", Health.WATCH, 1),
    _proposal("s", Health.HEALTHY, None, ("a",)),
    _proposal("r", Health.HEALTHY),
    _proposal("q", Health.UNKNOWN),
)
"""Less healthy, for longer, more depends on it, by id: each step of the order decides somewhere."""


def _active(count: int, owner: str | None = None) -> list[KeyResult]:
    return [attrs.evolve(PROMOTED, id=str(at), owner=owner) for at in range(count)]


class TestFocus:
    """Not everything at once: the most urgent first, as many as there is room for."""

    @pytest.mark.parametrize("first", range(len(IN_ORDER) - 1))
    def test_of_two_neighbours_in_the_order_the_first_goes_first(self, first: int) -> None:
        one, other = IN_ORDER[first : first + 2]
        for given in permutations((one, other)):
            assert focus(given, active=[]).taken == (one, other)

    @pytest.mark.parametrize("turn", range(len(IN_ORDER)))
    def test_the_order_they_are_given_in_does_not_matter(self, turn: int) -> None:
        given = [*IN_ORDER[turn:], *IN_ORDER[:turn]]
        found = focus(reversed(given), active=[], policy=FocusPolicy(limit=99))
        assert [each.kpi for each in found.taken] == ["z", "y", "x", "v", "w", "u", "t", "s", "r", "q"]

    @pytest.mark.parametrize(
        ("limit", "active", "taken", "ahead"),
        [
            (3, 0, "zyx", [3, 4, 5, 6, 7, 8, 9]),
            (3, 2, "z", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (3, 3, "", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (3, 4, "", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (10, 0, "zyxvwutsrq", []),
            (10, 1, "zyxvwutsr", [9]),
        ],
    )
    def test_beyond_the_limit_they_wait(self, limit: int, active: int, taken: str, ahead: list[int]) -> None:
        found = focus(IN_ORDER, active=_active(active), policy=FocusPolicy(limit=limit))
        assert "".join(each.kpi for each in found.taken) == taken
        assert [*found.taken, *(each.proposal for each in found.deferred)] == list(IN_ORDER)
        assert [dict(each.reason.facts)["ahead"] for each in found.deferred] == ahead
        assert set(_codes(each.reason for each in found.deferred)) <= {"deferred-focus"}

    def test_the_limit_is_each_owners_unless_it_is_the_whole_models(self) -> None:
        owned = [
            attrs.evolve(
                each, assessment=attrs.evolve(each.assessment, kpi=attrs.evolve(each.assessment.kpi, owner=owner))
            )
            for each, owner in zip(IN_ORDER, ("one", "one", "other", None, "one"), strict=False)
        ]
        active = _active(1, "other")
        each = focus(owned, active=active, policy=FocusPolicy(limit=2))
        assert [found.kpi for found in each.taken] == ["z", "y", "x", "v"]
        assert dict(each.deferred[0].reason.facts) == {"kpi": "w", "limit": 2, "active": 0, "ahead": 2}
        whole = focus(owned, active=active, policy=FocusPolicy(limit=2, scope=FocusScope.MODEL))
        assert [found.kpi for found in whole.taken] == ["z"]

    def test_the_limit_may_be_each_teams(self) -> None:
        of_teams = [
            attrs.evolve(
                each, assessment=attrs.evolve(each.assessment, kpi=attrs.evolve(each.assessment.kpi, team=team))
            )
            for each, team in zip(IN_ORDER, ("one", "one", "other", None), strict=False)
        ]
        active = [attrs.evolve(each, team="other") for each in _active(1, "one")]
        found = focus(of_teams, active=active, policy=FocusPolicy(limit=1, scope=FocusScope.TEAM))
        assert [each.kpi for each in found.taken] == ["z", "v"]
        assert [dict(each.reason.facts)["active"] for each in found.deferred] == [0, 1]

    @pytest.mark.parametrize(
        ("priorities", "order"),
        [
            ((None, None, 1), "xzy"),
            ((2, 1, None), "yzx"),
            ((1, 1, 1), "zyx"),
            ((3, None, 2), "xzy"),
        ],
    )
    def test_what_has_priority_goes_first_however_healthy(self, priorities: tuple[int | None, ...], order: str) -> None:
        ranked = [
            attrs.evolve(
                each, assessment=attrs.evolve(each.assessment, kpi=attrs.evolve(each.assessment.kpi, priority=priority))
            )
            for each, priority in zip(IN_ORDER, priorities, strict=False)
        ]
        found = focus(ranked, active=[])
        assert "".join(each.kpi for each in found.taken) == order

    def test_five_at_a_time_unless_said_otherwise(self) -> None:
        assert len(focus(IN_ORDER, active=[]).taken) == 5
        assert len(focus(IN_ORDER, active=_active(4)).taken) == 1

    def test_nothing_proposed_is_nothing_taken(self) -> None:
        found = focus((), active=_active(7))
        assert (found.taken, found.deferred) == ((), ())

    def test_what_waits_says_what_goes_first(self) -> None:
        (waiting,) = focus(IN_ORDER[:2], active=_active(4)).deferred
        assert waiting == DeferredProposal(IN_ORDER[1], waiting.reason)
        assert dict(waiting.reason.facts) == {"kpi": "y", "limit": 5, "active": 4, "ahead": 1}

    def test_a_limit_or_a_number_that_can_not_be_is_refused(self) -> None:
        with pytest.raises(OutOfBounds):
            FocusPolicy(limit=0)
        with pytest.raises(WrongType):
            focus((), active=[KPI])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType] - refused on purpose
        with pytest.raises(WrongType):
            focus([KPI], active=[])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType] - refused on purpose
