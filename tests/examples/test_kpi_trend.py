"""Trend rules by hand: how many readings they need, what they say on every limit, and how often they are wrong."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import permutations, product
from math import nan
from typing import Any, cast

import attrs
import pytest

from asking import BETTER, NEITHER, UNDETERMINED, WAYS, WORSE, Heard, asking, heard, said
from goalmodel import (
    Absence,
    Cadence,
    GoalModelError,
    Heading,
    Health,
    HealthBands,
    Kpi,
    KpiAssessment,
    Measure,
    Polarity,
    Series,
    Standing,
    TrendPolicy,
)
from goalmodel.errors import NotANumber, NotFinite, OutOfBounds, OutOfOrder, WrongType
from goalmodel.measure import Number
from goalmodel.trend import FirstReadings, MannKendall, MovingRange, SigmaRule, Steps, TrendRule, limits_and_runs
from goalmodel.trend.row import TrendRow

MEASURE = Measure("satisfaction", unit="points")
COST = Measure("cost", polarity=Polarity.LOWER_IS_BETTER)
BARE = Kpi(id="bare", measure=MEASURE)
FLOOR = attrs.evolve(BARE, bands=HealthBands.at_least(8, watch=7))
CEILING = attrs.evolve(BARE, bands=HealthBands.at_most(8, watch=9))
RANGE = attrs.evolve(BARE, bands=HealthBands.between(5, 9, watch_low=4, watch_high=10))
POINT = attrs.evolve(BARE, bands=HealthBands.between(5, 5))

FIRST = dt.date(2026, 1, 1)

# Its mean is 10; its moving range is 1.128 throughout, so that one sigma is 1.
USUAL: tuple[Number, ...] = (10.564, 9.436) * 6


def _day(index: int) -> dt.date:
    return FIRST + dt.timedelta(days=index)


def _assessed(kpi: Kpi, *values: Number | Absence, policy: TrendPolicy | None = None) -> KpiAssessment:
    series = Series.of(MEASURE, [(_day(index), value) for index, value in enumerate(values)])
    return kpi.assess(series, as_of=_day(len(values) - 1), policy=policy)


def _verdict(rule: TrendRule, kpi: Kpi, *values: Number | Absence, missing_ends_run: int = 3) -> Heard:
    return heard(_assessed(kpi, *values, policy=asking(rule, missing_ends_run=missing_ends_run)), rule)


class TestSteps:
    """Each of the last k steps went the same way."""

    @pytest.mark.parametrize(
        ("steps", "values", "heading", "missing"),
        [
            (1, (5,), UNDETERMINED, 1),
            (1, (5, 4), WORSE, None),
            (1, (5, 5), NEITHER, None),
            (1, (5, 6), BETTER, None),
            (2, (5,), UNDETERMINED, 2),
            (2, (5, 4), UNDETERMINED, 1),
            (2, (5, 4, 3), WORSE, None),
            (3, (5,), UNDETERMINED, 3),
            (3, (5, 4, 3), UNDETERMINED, 1),
            (3, (5, 4, 3, 2), WORSE, None),
            (3, (2, 3, 4, 5), BETTER, None),
            (3, (5, 4, 3, 3), NEITHER, None),
            (3, (5, 5, 4, 3), NEITHER, None),
            (3, (5, 4, 4, 3), NEITHER, None),
            (3, (5, 4, 3, 3.0001), NEITHER, None),
            (3, (3, 2, 1, 2), NEITHER, None),
            (3, (9, 9, 5, 4, 3, 2), WORSE, None),
            (3, (5, 4, 3, 2, 2), NEITHER, None),
            (3, (0.3, 0.1 + 0.2, 0.2, 0.1), NEITHER, None),
            (3, (7, 7, 7, 7), NEITHER, None),
        ],
    )
    def test_needs_one_reading_more_than_steps_and_a_tie_breaks_the_row(
        self, steps: int, values: tuple[Number, ...], heading: str, missing: int | None
    ) -> None:
        verdict = _verdict(Steps(steps), BARE, *values)
        assert (verdict.way, verdict.missing) == (heading, missing)

    @pytest.mark.parametrize(
        ("kpi", "values", "heading"),
        [
            (FLOOR, (12, 11, 10, 9), WORSE),
            (FLOOR, (6, 5, 4, 3), WORSE),
            (FLOOR, (3, 4, 5, 6), BETTER),
            (CEILING, (3, 4, 5, 6), WORSE),
            (CEILING, (12, 11, 10, 9), BETTER),
            (RANGE, (7, 7.5, 8, 8.5), WORSE),
            (RANGE, (7, 6.5, 6, 5.5), WORSE),
            (RANGE, (5.5, 6, 6.5, 7), BETTER),
            (RANGE, (8.5, 8, 7.5, 7), BETTER),
            (RANGE, (9, 10, 11, 12), WORSE),
            (RANGE, (5, 4, 3, 2), WORSE),
            (RANGE, (1, 2, 3, 4), BETTER),
            (RANGE, (6, 6.5, 7.5, 8), NEITHER),
            (RANGE, (6, 8, 6, 8), NEITHER),
            (RANGE, (6.5, 8, 5.5, 9), WORSE),
            (POINT, (5, 6, 7, 8), WORSE),
            (POINT, (5, 4, 7, 2), WORSE),
            (POINT, (8, 7, 6, 5), BETTER),
        ],
    )
    def test_worsening_is_away_from_the_healthy_zone_and_inside_it_toward_the_nearer_edge(
        self, kpi: Kpi, values: tuple[Number, ...], heading: str
    ) -> None:
        assert _verdict(Steps(3), kpi, *values).way == heading

    @pytest.mark.parametrize(
        ("steps", "rate"),
        [(2, "0.894"), (3, "0.365"), (4, "0.083"), (5, "0.014"), (6, "0.002")],
    )
    def test_a_year_of_monthly_looks_raises_a_false_alarm_so_often(self, steps: int, rate: str) -> None:
        assert f"{float(Steps(steps).false_alarm_rate()):.3f}" == rate

    def test_one_step_in_a_row_is_a_false_alarm_in_every_order_but_one(self) -> None:
        assert Steps(1).false_alarm_rate() == 1 - Fraction(1, 6_227_020_800)

    @pytest.mark.parametrize(("steps", "orders"), [(1, 2), (2, 6), (3, 24), (4, 120)])
    def test_one_look_at_readings_in_random_order_fires_in_one_order_of_all(self, steps: int, orders: int) -> None:
        headings = [_verdict(Steps(steps), BARE, *order).way for order in permutations(range(steps + 1))]
        assert len(headings) == orders
        assert (headings.count(WORSE), headings.count(BETTER)) == (1, 1)

    def test_it_is_called_by_what_it_counts(self) -> None:
        assert str(Steps(3)) == "3 steps in a row"
        sentence = "3 steps in a row: worsening, by the last 4 readings"
        assert [reason.sentence for reason in _verdict(Steps(3), BARE, 5, 4, 3, 2).reasons] == [sentence]
        sentence = "3 steps in a row: no clear direction, nothing else is seen in the last 4 readings"
        assert [reason.sentence for reason in _verdict(Steps(3), BARE, 5, 4, 3, 3).reasons] == [sentence]
        sentence = "3 steps in a row needs 4 readings without a long gap and 1 is missing"
        assert [reason.sentence for reason in _verdict(Steps(3), BARE, 5, 4, 3).reasons] == [sentence]


class TestBeyond:
    """The last readings lie at least so many sigmas off the mean of the baseline."""

    @pytest.mark.parametrize(
        ("rule", "latest", "heading"),
        [
            (SigmaRule(3), (9, 9, 9), WORSE),
            (SigmaRule(3), (9, 9, 9.0001), NEITHER),
            (SigmaRule(3), (9, 9.0001, 9), NEITHER),
            (SigmaRule(3), (9.0001, 9, 9), NEITHER),
            (SigmaRule(3), (8.9999, 3, 8.9999), WORSE),
            (SigmaRule(3), (11, 11, 11), BETTER),
            (SigmaRule(3), (11, 11, 10.9999), NEITHER),
            (SigmaRule(3), (11.0001, 99, 11.0001), BETTER),
            (SigmaRule(3), (9, 11, 9), NEITHER),
            (SigmaRule(3), (10, 10, 10), NEITHER),
            (SigmaRule(3), (9, 9), NEITHER),
            (SigmaRule(2), (9, 9), WORSE),
            (SigmaRule(1), (9,), WORSE),
            (SigmaRule(1), (9.0001,), NEITHER),
            (SigmaRule(4), (9, 9, 9), NEITHER),
            (SigmaRule(3, 2), (8, 8, 8), WORSE),
            (SigmaRule(3, 2), (8, 8, 8.0001), NEITHER),
            (SigmaRule(3, 0.5), (9.5, 9.5, 9.5), WORSE),
            (SigmaRule(3, 0.5), (9.5, 9.5, 9.5001), NEITHER),
            (SigmaRule(3, Fraction(1, 3)), (Fraction(29, 3),) * 3, WORSE),
            (SigmaRule(3, Fraction(1, 3)), (Fraction(29, 3), Fraction(29, 3), 9.6667), NEITHER),
        ],
    )
    def test_a_reading_exactly_so_many_sigmas_off_counts(
        self, rule: SigmaRule, latest: tuple[Number, ...], heading: str
    ) -> None:
        verdict = _verdict(rule, BARE, *USUAL, *latest)
        assert (verdict.way, [reason.code for reason in verdict.reasons]) == (
            heading,
            ["trend-not-fired" if heading == NEITHER else "trend-beyond"],
        )

    @pytest.mark.parametrize(
        ("count", "heading", "codes", "missing"),
        [
            (1, UNDETERMINED, ["trend-too-few-readings"], 5),
            (5, UNDETERMINED, ["trend-too-few-readings"], 1),
            (6, NEITHER, ["trend-not-fired", "trend-on-trial"], None),
            (11, NEITHER, ["trend-not-fired", "trend-on-trial"], None),
            (12, NEITHER, ["trend-not-fired"], None),
        ],
    )
    def test_it_needs_six_readings_and_until_twelve_the_limits_are_on_trial(
        self, count: int, heading: str, codes: list[str], missing: int | None
    ) -> None:
        verdict = _verdict(SigmaRule(), BARE, *USUAL[:count])
        assert (verdict.way, [reason.code for reason in verdict.reasons], verdict.missing) == (
            heading,
            codes,
            missing,
        )

    def test_on_trial_says_how_many_readings_of_how_many(self) -> None:
        verdict = _verdict(SigmaRule(), BARE, *USUAL[:7])
        assert verdict.reasons[-1].sentence == (
            "the reference has 7 of 12 readings: limits are on trial and may still move"
        )

    def test_it_needs_its_own_readings_where_they_are_more(self) -> None:
        assert _verdict(SigmaRule(9), BARE, *USUAL[:8]).missing == 1
        assert _verdict(SigmaRule(9), BARE, *USUAL[:4]).missing == 5
        assert _verdict(SigmaRule(9), BARE, *USUAL[:9]).way == NEITHER

    def test_the_baseline_is_locked_on_the_first_twelve_readings(self) -> None:
        drifting = (*USUAL, *(9.4, 8.9) * 20)
        assert _verdict(SigmaRule(), BARE, *drifting, 9, 9, 9).way == WORSE
        assert _verdict(SigmaRule(), BARE, *drifting, 9, 9, 9.0001).way == NEITHER

    def test_a_thirteenth_reading_leaves_the_limits_where_they_are(self) -> None:
        assert _verdict(SigmaRule(3), BARE, *USUAL, -1_000, 9, 9).way == WORSE
        assert _verdict(SigmaRule(3), BARE, *USUAL, -1_000, 9, 9.0001).way == NEITHER

    @pytest.mark.parametrize("latest", [(7, 7, 7), (1, 1, 1), (7,)])
    def test_a_baseline_without_dispersion_says_nothing(self, latest: tuple[Number, ...]) -> None:
        verdict = _verdict(SigmaRule(), BARE, *(7,) * 12, *latest)
        assert (verdict.way, [reason.code for reason in verdict.reasons]) == (
            UNDETERMINED,
            ["trend-zero-dispersion"],
        )

    def test_the_readings_may_belong_to_the_baseline(self) -> None:
        # Mean 8 and moving range 12/5: sigma is 2.13, and the last three lie 3 below the mean.
        values = (11, 11, 11, 5, 5, 5)
        assert _verdict(SigmaRule(), BARE, *values).way == WORSE

    def test_two_sides_are_judged_by_the_distance_beyond_the_nearer_edge(self) -> None:
        # The excess of these is -1 and -2 in turn: its mean is -1.5 and its sigma 0.887.
        usual = (6, 7, 8, 7) * 3
        for latest, heading in (((9, 5, 9), WORSE), ((10, 4, 3), WORSE), ((8, 9, 9), NEITHER)):
            assert _verdict(SigmaRule(), RANGE, *usual, *latest).way == heading

    @pytest.mark.parametrize(
        ("rule", "rate"),
        [
            (SigmaRule(), Fraction(83, 1000)),
            (SigmaRule(2), Fraction(291, 1000)),
            (SigmaRule(3, 1.0), Fraction(83, 1000)),
            (SigmaRule(4), None),
            (SigmaRule(3, 2), None),
        ],
    )
    def test_its_false_alarm_rate_is_told_where_it_was_measured(self, rule: SigmaRule, rate: Fraction | None) -> None:
        assert rule.false_alarm_rate() == rate

    def test_it_is_called_by_what_it_counts(self) -> None:
        assert str(SigmaRule()) == "3 readings in a row at least 1 sigma off the reference's mean"


class TestGaps:
    """Missing readings suspend a run, until so many in a row end it."""

    @pytest.mark.parametrize(
        ("missing_ends_run", "gap", "heading"),
        [
            (1, 0, WORSE),
            (1, 1, UNDETERMINED),
            (2, 1, WORSE),
            (2, 2, UNDETERMINED),
            (3, 2, WORSE),
            (3, 3, UNDETERMINED),
            (4, 3, WORSE),
            (4, 4, UNDETERMINED),
        ],
    )
    def test_stated_absences(self, missing_ends_run: int, gap: int, heading: str) -> None:
        absences = (Absence.MISSING,) * gap
        for before, after in (((5, 4), (3, 2)), ((5,), (4, 3, 2)), ((5, 4, 3, 2), ())):
            values: tuple[Number | Absence, ...] = (*before, *absences, *after)
            assert _verdict(Steps(3), BARE, *values, missing_ends_run=missing_ends_run).way == heading

    def test_absences_that_do_not_follow_one_another_do_not_add_up(self) -> None:
        gap = (Absence.MISSING, Absence.NOT_MEASURED)
        assert _verdict(Steps(3), BARE, 5, *gap, 4, *gap, 3, *gap, 2, *gap).way == WORSE

    @pytest.mark.parametrize(("gap", "missing"), [(2, None), (3, 2)])
    def test_after_a_long_gap_a_row_begins_anew(self, gap: int, missing: int | None) -> None:
        verdict = _verdict(Steps(3), BARE, 5, 4, *(Absence.MISSING,) * gap, 3, 2)
        assert verdict.missing == missing

    def test_a_long_gap_ends_the_run_of_readings_and_not_the_baseline(self) -> None:
        gap = (Absence.MISSING,) * 3
        assert _verdict(SigmaRule(), BARE, *USUAL, 9, *gap, 9, 9).missing == 1
        assert _verdict(SigmaRule(), BARE, *USUAL, *gap, 9, 9, 9).way == WORSE
        assert _verdict(SigmaRule(), BARE, *USUAL[:3], *gap, *USUAL[3:], 9, 9, 9).way == WORSE

    @pytest.mark.parametrize(
        ("as_of", "heading"), [(dt.date(2026, 7, 10), WORSE), (dt.date(2026, 7, 11), UNDETERMINED)]
    )
    def test_readings_a_cadence_expected_in_vain(self, as_of: dt.date, heading: str) -> None:
        # Monthly with ten days of grace: on 11 July the readings of April, May and June are missing.
        kpi = attrs.evolve(BARE, cadence=Cadence.MONTHLY)
        ends = [dt.date(2025, 12, 31), dt.date(2026, 1, 31), dt.date(2026, 2, 28), dt.date(2026, 3, 31)]
        series = Series.of(MEASURE, zip(ends, (5, 4, 3, 2), strict=True))
        seen = kpi.assess(series, as_of=as_of, policy=TrendPolicy(direction=Steps(3)))
        assert WAYS[seen.heading] == heading


class TestLevelAndHeading:
    """They are separate: every pair of answers occurs."""

    LATEST = (
        (Health.HEALTHY, (9, 9, 9, 9)),
        (Health.WATCH, (7.5, 7.5, 7.5, 7.5)),
        (Health.UNHEALTHY, (6, 6, 6, 6)),
    )
    WAYS = (
        (BETTER, (-0.3, -0.2, -0.1, 0)),
        (NEITHER, (0, 0.1, 0.1, 0)),
        (WORSE, (0.3, 0.2, 0.1, 0)),
    )

    @pytest.mark.parametrize(("level", "way"), list(product(LATEST, WAYS)))
    def test_every_health_goes_with_every_heading(
        self, level: tuple[Health, tuple[float, ...]], way: tuple[str, tuple[float, ...]]
    ) -> None:
        (health, values), (heading, moves) = level, way
        readings = [value + move for value, move in zip(values, moves, strict=True)]
        seen = _assessed(FLOOR, *readings, policy=TrendPolicy(direction=Steps(3)))
        assert (seen.health, WAYS[seen.heading]) == (health, heading)

    def test_a_stale_kpi_may_still_be_known_to_worsen(self) -> None:
        kpi = attrs.evolve(FLOOR, cadence=Cadence.DAILY)
        series = Series.of(MEASURE, [(_day(index), 9 - index) for index in range(4)])
        seen = kpi.assess(series, as_of=_day(6), policy=TrendPolicy(direction=Steps(3)))
        assert (seen.health, seen.heading) == (Health.UNKNOWN, Heading.WORSENING)

    def test_where_it_stands_and_where_it_is_heading_are_two_answers(self) -> None:
        # A cost that has fallen three years running and still lies above its old mean.
        kpi = attrs.evolve(BARE, measure=COST)
        cost = (500, 504, 498, 503, 499, 501, 500, 502, 497, 503, 499, 501)
        readings = Series.of(kpi.measure, [(_day(at), each) for at, each in enumerate((*cost, 695.3, 690.9, 684.0))])
        seen = kpi.assess(readings, as_of=_day(14), policy=TrendPolicy(direction=Steps(2)))
        assert (seen.standing, seen.heading) == (Standing.WORSE, Heading.IMPROVING)

    def test_explained_is_the_health_then_the_standing_then_the_heading(self) -> None:
        seen = _assessed(FLOOR, *USUAL, 9.4, 9.3, 9.2)
        assert [reason.code for reason in seen.explained] == ["kpi-in-zone", "trend-not-fired", "trend-tested"]

    @pytest.mark.parametrize(
        "kpi", [FLOOR, CEILING, attrs.evolve(BARE, measure=COST)], ids=["floor", "ceiling", "cost"]
    )
    def test_s_is_that_of_the_values_whichever_way_is_better(self, kpi: Kpi) -> None:
        readings = Series.of(kpi.measure, [(_day(at), 9 - at) for at in range(6)])
        seen = kpi.assess(readings, as_of=_day(5))
        assert seen.direction is not None
        facts = dict(seen.direction.reasons[0].facts)
        assert (facts["s"], facts["chance"]) == (-15, Fraction(1, 720))

    def test_of_two_edges_s_is_that_of_the_distances(self) -> None:
        seen = _assessed(RANGE, 7, 7.5, 8, 8.5, 9, 9.5)
        assert seen.direction is not None
        assert dict(seen.direction.reasons[0].facts)["s"] == 15

    @pytest.mark.parametrize(
        ("values", "outside", "unhealthy"),
        [
            ((9, 7.5, 6, 6), 1, 2),
            ((9, 6, 7.5, 7.5), 1, 0),
            ((6, 9, 7.5, 6), 2, 1),
            ((6, 6, 6), 0, 3),
            ((6, 6, 9), None, 0),
        ],
    )
    def test_it_is_outside_since_it_left_the_healthy_zone(
        self, values: tuple[float, ...], outside: int | None, unhealthy: int
    ) -> None:
        streaks = _assessed(FLOOR, *values).streaks
        assert streaks.outside_since == (None if outside is None else _day(outside))
        assert streaks.unhealthy == unhealthy

    @pytest.mark.parametrize(
        ("cadence", "times"),
        [(Cadence.DAILY, 365), (Cadence.WEEKLY, 52), (Cadence.MONTHLY, 12), (Cadence.QUARTERLY, 4), (None, 12)],
    )
    def test_it_is_looked_at_as_often_as_it_is_read(self, cadence: Cadence | None, times: int) -> None:
        assert _assessed(attrs.evolve(BARE, cadence=cadence), 1).looks_a_year == times


class TestRefusedPolicies:
    """Each field of a policy refuses what it can't mean."""

    @pytest.mark.parametrize(
        ("value", "field", "given", "error"),
        [
            (Steps(), "steps", 0, OutOfBounds),
            (Steps(), "steps", -1, OutOfBounds),
            (Steps(), "steps", True, WrongType),
            (Steps(), "steps", 3.0, WrongType),
            (SigmaRule(), "readings", 0, OutOfBounds),
            (SigmaRule(), "readings", "3", WrongType),
            (SigmaRule(), "sigmas", 0, OutOfBounds),
            (SigmaRule(), "sigmas", -0.1, OutOfBounds),
            (SigmaRule(), "sigmas", nan, NotFinite),
            (SigmaRule(), "sigmas", None, NotANumber),
            (FirstReadings(), "count", 1, OutOfBounds),
            (FirstReadings(), "count", 12.0, WrongType),
            (FirstReadings(), "trial_from", 1, OutOfBounds),
            (FirstReadings(), "trial_from", 13, OutOfOrder),
            (FirstReadings(), "trial_from", None, WrongType),
            (SigmaRule(), "up_to", Fraction(1, 2), OutOfOrder),
            (SigmaRule(), "up_to", "far", NotANumber),
            (MannKendall(), "trial_from", 4, OutOfBounds),
            (MannKendall(), "trial_from", 13, OutOfBounds),
            (MovingRange(), "sigmas", 0, OutOfBounds),
            (TrendPolicy(), "usual", None, WrongType),
            (TrendPolicy(), "usual", Steps(), WrongType),
            (TrendPolicy(), "direction", "steps", WrongType),
            (TrendPolicy(), "direction", SigmaRule(), WrongType),
            (TrendPolicy(), "reference", 12, WrongType),
            (TrendPolicy(), "missing_ends_run", 0, OutOfBounds),
            (TrendPolicy(), "missing_ends_run", None, WrongType),
        ],
    )
    def test_with_the_field_named(
        self, value: attrs.AttrsInstance, field: str, given: object, error: type[GoalModelError]
    ) -> None:
        with pytest.raises(error) as refused:
            attrs.evolve(cast("TrendPolicy", value), **cast("dict[str, Any]", {field: given}))
        assert (str(refused.value.field), str(refused.value.given)) == (field, str(given))

    def test_the_defaults_are_those_the_documents_state(self) -> None:
        policy = TrendPolicy()
        assert policy.usual == limits_and_runs()
        assert policy.direction == MannKendall(readings=12, alpha=Fraction(12, 1000), trial_from=6)
        assert (policy.reference, policy.missing_ends_run) == (FirstReadings(12, 6), 3)

    def test_a_trial_may_need_the_whole_baseline(self) -> None:
        assert FirstReadings(12, 12).trial_from == 12
        assert FirstReadings(2, 2).count == 2

    @pytest.mark.parametrize("rule", [Steps(3), SigmaRule(3)])
    def test_rules_judge_rows_and_ask_references(self, rule: TrendRule) -> None:
        with pytest.raises(WrongType) as row:
            said(rule, cast("TrendRow", (1, 2, 3)))
        assert str(row.value.field) == "row"
        with pytest.raises(WrongType) as baseline:
            rule.needs(cast("FirstReadings", 12))
        assert str(baseline.value.field) == "reference"

    @pytest.mark.parametrize(("rule", "needs"), [(Steps(3), 4), (Steps(8), 9), (SigmaRule(3), 6), (SigmaRule(9), 9)])
    def test_rules_declare_the_readings_they_need(self, rule: TrendRule, needs: int) -> None:
        assert rule.needs(FirstReadings()) == needs
