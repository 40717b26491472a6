"""Trend rules by hand: below, on and above every threshold, and an independently typed copy of every preset."""

from __future__ import annotations

import datetime as dt
import pickle
import re
from copy import deepcopy
from fractions import Fraction
from math import factorial
from pathlib import Path
from typing import Any, cast

import attrs
import pytest

from asking import BETTER, NEITHER, UNDETERMINED, WORSE, asking, heard, said
from goalmodel import Absence, Cadence, GoalModelError, HealthBands, Kpi, Measure, Series, Standing, TrendPolicy
from goalmodel.errors import (
    EmptyText,
    GivenTwice,
    NotADate,
    NotANumber,
    NothingGiven,
    OutOfBounds,
    OutOfOrder,
    WrongType,
)
from goalmodel.measure import Number
from goalmodel.trend import (
    ChartTest,
    ControlChart,
    Cusum,
    Ewma,
    FirstReadings,
    MannKendall,
    Mark,
    MovingRange,
    ProcessLimits,
    Rebasing,
    ReferenceWindow,
    RunChart,
    SigmaRule,
    Steps,
    TrendRule,
    cusum,
    ewma,
    limits_and_runs,
    mann_kendall,
    marks,
    nhs_making_data_count,
    process_limits,
    run_chart,
    western_electric,
    xmr_wheeler,
)
from goalmodel.trend.history import trend_row
from goalmodel.trend.steps import all_rise

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "trend-rules.md"
FIRST = dt.date(2026, 1, 1)
DAY = dt.timedelta(days=1)
# Its mean is 0; its moving range is 1.128 throughout, so that one sigma is 1.
USUAL = (Fraction("0.564"), Fraction("-0.564")) * 6
LIMIT = Fraction("3.00048")
JUST = Fraction(1, 10**9)

RULES: tuple[TrendRule, ...] = (
    Steps(),
    SigmaRule(),
    xmr_wheeler(),
    nhs_making_data_count(),
    western_electric(),
    mann_kendall(),
    cusum(),
    ewma(),
    run_chart(),
)


MOVE_ALONE = ControlChart(name="a move", tests=[MovingRange()])


def _way(rule: TrendRule, *later: Number) -> str:
    """Return what *rule* says of excess behind the usual readings: growing is worse."""
    values = [*USUAL, *(Fraction(each) for each in later)]
    dated = [(FIRST + index * DAY, value) for index, value in enumerate(values)]
    return said(rule, trend_row(dated, unbroken=len(dated))).way


class TestThresholds:
    """Below, on and above."""

    @pytest.mark.parametrize(
        ("rule", "later", "heading"),
        [
            # Outside the natural process limits: on the limit does not count.
            (xmr_wheeler(), (LIMIT,), NEITHER),
            (xmr_wheeler(), (LIMIT + JUST,), WORSE),
            (xmr_wheeler(), (-LIMIT,), NEITHER),
            (xmr_wheeler(), (-LIMIT - JUST,), BETTER),
            # Eight on one side: on the mean does not count, and breaks the row.
            (xmr_wheeler(), (JUST,) * 7, NEITHER),
            (xmr_wheeler(), (JUST,) * 8, WORSE),
            (xmr_wheeler(), (JUST,) * 7 + (0,), NEITHER),
            (xmr_wheeler(), (JUST,) * 4 + (0,) + (JUST,) * 4, NEITHER),
            # Three of four nearer a limit than the mean: half-way does not count; the odd one may be anywhere.
            (xmr_wheeler(), (LIMIT / 2 + JUST,) * 3, WORSE),
            (xmr_wheeler(), (LIMIT / 2,) * 3, NEITHER),
            (xmr_wheeler(), (2, 0, 2, 2), WORSE),
            (xmr_wheeler(), (2, 2, 2, -2), WORSE),
            (xmr_wheeler(), (2, 2, -2, -2), NEITHER),
            (xmr_wheeler(), (2, 2, 2, -2, -2), NEITHER),
            # Making Data Count: seven on one side, six steps, two of three with all on one side.
            (nhs_making_data_count(), (LIMIT,), NEITHER),
            (nhs_making_data_count(), (LIMIT + JUST,), WORSE),
            (nhs_making_data_count(), (1,) * 6, NEITHER),
            (nhs_making_data_count(), (1,) * 7, WORSE),
            (TrendPolicy.making_data_count().direction, (-0.5, -0.4, -0.3, -0.2, -0.1, 0.1), WORSE),
            (TrendPolicy.making_data_count().direction, (-0.4, -0.3, -0.2, -0.1, 0.1), NEITHER),
            (TrendPolicy.making_data_count().direction, (-0.5, -0.4, -0.3, -0.3, -0.1, 0.1), NEITHER),
            (nhs_making_data_count(), (-0.5, -0.4, -0.3, -0.2, -0.1, 0.1), NEITHER),
            # A reading beyond the limits is none of the two of three.
            (nhs_making_data_count(), (LIMIT + JUST, 1, 2.1), NEITHER),
            (nhs_making_data_count(), (LIMIT, 1, 2.1), WORSE),
            # On the mean itself a move is none, however far it came.
            (MOVE_ALONE, (-4, 0), NEITHER),
            (MOVE_ALONE, (-4, JUST), WORSE),
            # A move: as far as the upper range limit does not count, nor does coming back to the mean.
            (xmr_wheeler(), (-1.2, Fraction("2.485176")), NEITHER),
            (xmr_wheeler(), (-1.2, Fraction("2.485176") + JUST), WORSE),
            (xmr_wheeler(), (1.2, Fraction("-2.485176") - JUST), BETTER),
            (nhs_making_data_count(), (0.1, 2.1, 2.1), WORSE),
            (nhs_making_data_count(), (2.1, 2.1, 0.1), WORSE),
            (nhs_making_data_count(), (0, 2.1, 2.1), NEITHER),
            (nhs_making_data_count(), (-0.1, 2.1, 2.1), NEITHER),
            (nhs_making_data_count(), (0.1, LIMIT * 2 / 3, LIMIT * 2 / 3), NEITHER),
            (nhs_making_data_count(), (0.1, LIMIT * 2 / 3 + JUST, LIMIT * 2 / 3 + JUST), WORSE),
            # Western Electric: sigmas, not moving ranges; nothing on the threshold counts.
            (western_electric(), (3,), NEITHER),
            (western_electric(), (3 + JUST,), WORSE),
            (western_electric(), (2, 2), NEITHER),
            (western_electric(), (2 + JUST, -1, 2 + JUST), WORSE),
            (western_electric(), (1 + JUST, 1 + JUST, -1, 1 + JUST, 1 + JUST), WORSE),
            (western_electric(), (1, 1, -1, 1, 1), NEITHER),
            (western_electric(), (0.5,) * 7, NEITHER),
            (western_electric(), (0.5,) * 8, WORSE),
            # CUSUM: what is above the allowance adds up; on the threshold it does not fire.
            (cusum(), (3, 3), NEITHER),
            (cusum(), (3, 3 + JUST), WORSE),
            (cusum(), (0.5,) * 30, NEITHER),
            (cusum(), (-3, -3 - JUST), BETTER),
            (cusum(), (9, -2, -2), NEITHER),
            (cusum(), (9, -2), WORSE),
            # EWMA: after one reading its deviation is the weight itself.
            (ewma(), (2.86,), NEITHER),
            (ewma(), (2.86 + 1e-9,), WORSE),
            (ewma(1, 3), (3,), NEITHER),
            (ewma(1, 3), (0, 0, 3.0001), WORSE),
            # Mann-Kendall over all of the last five; a tie speaks for neither way.
            (mann_kendall(5, 0.01), (1, 2, 3, 4, 5), WORSE),
            (mann_kendall(5, 0.01), (5, 4, 3, 2, 1), BETTER),
            (mann_kendall(5, 0.01), (1, 2, 3, 5, 4), NEITHER),
            (mann_kendall(5, 0.01), (1, 2, 2, 3, 4), NEITHER),
            (mann_kendall(5, Fraction(1, 60)), (1, 2, 2, 3, 4), WORSE),
            (mann_kendall(5, Fraction(1, 60) - JUST), (1, 2, 2, 3, 4), NEITHER),
        ],
    )
    def test_a_chart_fires_beyond_them(self, rule: TrendRule, later: tuple[Number, ...], heading: str) -> None:
        assert _way(rule, *later) == heading

    def test_a_chart_that_sees_both_ways_tells_the_worse_first_and_both_reasons(self) -> None:
        values = [*USUAL, *(Fraction(each) for each in (-2, -2, -2, 4))]
        dated = [(FIRST + index * DAY, value) for index, value in enumerate(values)]
        seen = said(xmr_wheeler(), trend_row(dated, unbroken=len(dated)))
        assert seen.way == WORSE
        answers = [dict(reason.facts)["answer"] for reason in seen.reasons]
        assert answers == [Standing.WORSE, Standing.WORSE, Standing.BETTER]

    @pytest.mark.parametrize(
        ("sides", "heading"),
        [
            ("+++++-----", WORSE),
            ("-----+++++", BETTER),
            ("++-+-+--+-", NEITHER),
            ("++++-+----", NEITHER),
            ("++++++-+------", WORSE),
        ],
    )
    def test_a_run_chart_fires_for_few_crossings_or_a_long_run(self, sides: str, heading: str) -> None:
        dated = [(FIRST + index * DAY, Fraction(1 if side == "-" else -1)) for index, side in enumerate(sides)]
        assert said(run_chart(), trend_row(dated, unbroken=len(dated))).way == heading

    def test_a_run_chart_drops_readings_on_the_median_and_says_how_many_are_missing(self) -> None:
        values = [0, 1, -1, 1, -1, 1, -1, 1, -1, 0, 0]
        dated = [(FIRST + index * DAY, Fraction(value)) for index, value in enumerate(values)]
        seen = said(run_chart(), trend_row(dated, unbroken=len(dated)))
        assert seen.way == UNDETERMINED
        assert seen.reasons[0].sentence == (
            "run chart of up to 24 readings: of 11 readings only 8 are off their median and 2 are missing"
        )


class TestPresets:
    """What the presets are, typed again."""

    @pytest.mark.parametrize(
        ("chart", "tests", "takes_trial"),
        [
            (limits_and_runs(), ["1 of 1 > 3.00048", "8 of 8 > 0"], True),
            (
                xmr_wheeler(),
                ["1 of 1 > 3.00048", "8 of 8 > 0", "3 of 4 > 1.50024", "a move > 3.68518"],
                True,
            ),
            (
                nhs_making_data_count(),
                ["1 of 1 > 3.00048", "7 of 7 > 0", "6 steps", "2 of 3 > 2.00032 up to 3.00048 all"],
                True,
            ),
            (
                western_electric(),
                ["1 of 1 > 3", "2 of 3 > 2", "4 of 5 > 1", "8 of 8 > 0"],
                False,
            ),
        ],
    )
    def test_of_the_published_charts(self, chart: ControlChart, tests: list[str], *, takes_trial: bool) -> None:
        assert [_spelled(test) for test in chart.tests] == tests
        assert chart.takes_trial is takes_trial

    def test_of_the_other_rules(self) -> None:
        assert (cusum(), cusum(0.5, 5)) == (Cusum(),) * 2
        assert (ewma(), ewma(0.2, 2.86)) == (Ewma(),) * 2
        assert (mann_kendall(), mann_kendall(12, 0.01)) == (MannKendall(),) * 2
        assert (run_chart(), RunChart()) == (RunChart(24),) * 2

    @pytest.mark.parametrize(
        ("rule", "needs", "whole"),
        [
            (xmr_wheeler(), 6, 12),
            (nhs_making_data_count(), 6, 12),
            (western_electric(), 12, 12),
            (cusum(), 12, 12),
            (ewma(), 12, 12),
            (mann_kendall(12, 0.01), 12, 12),
            (mann_kendall(4, 0.05), 4, 4),
            (run_chart(), 10, 10),
            (Steps(6), 7, 7),
            (SigmaRule(1, 1, of=9), 9, 12),
        ],
    )
    def test_they_declare_the_readings_they_need(self, rule: TrendRule, needs: int, whole: int) -> None:
        assert (rule.needs(FirstReadings()), rule.needs(FirstReadings(12, 12))) == (needs, whole)
        window = ReferenceWindow(FIRST, FIRST, count=12, trial_from=6)
        assert rule.needs(window) == needs

    def test_stated_limits_need_no_readings_of_their_own(self) -> None:
        limits = ProcessLimits(mean=0, sigma=1)
        assert [rule.needs(limits) for rule in (xmr_wheeler(), western_electric(), SigmaRule(3), cusum())] == [
            1,
            1,
            3,
            1,
        ]

    @pytest.mark.parametrize("rule", RULES)
    def test_they_are_values(self, rule: TrendRule) -> None:
        assert deepcopy(rule) == rule
        assert pickle.loads(pickle.dumps(rule)) == rule  # noqa: S301 - pickled a moment before
        assert hash(deepcopy(rule)) == hash(rule)


@pytest.mark.one_python
class TestFalseAlarms:
    """The rates the rules tell are those of the page, which benchmarks/trend_rules.py writes."""

    TOLD: tuple[tuple[TrendRule, str], ...] = (
        (TrendPolicy().usual, "`limits_and_runs()`, *usual* by default"),
        (
            ControlChart(name="limits", tests=[SigmaRule(1, LIMIT, is_strict=True)]),
            "outside the natural limits, alone",
        ),
        (ControlChart(name="eight", tests=[SigmaRule(8, 0, is_strict=True)]), "8 in a row on one side, alone"),
        (xmr_wheeler(), "`xmr_wheeler()`"),
        (nhs_making_data_count(), "`nhs_making_data_count()`"),
        (western_electric(), "`western_electric()`"),
        (SigmaRule(2, 1), "`SigmaRule(2, 1)`"),
        (SigmaRule(3, 1), "`SigmaRule(3, 1)`"),
        (cusum(0.5, 5), "`cusum(0.5, 5)`"),
        (ewma(0.2, 2.86), "`ewma(0.2, 2.86)`"),
        (run_chart(), "`run_chart()`"),
        (TrendPolicy().direction, "`MannKendall(alpha=0.012, trial_from=6)`, *direction* by default"),
        (mann_kendall(12, 0.01), "`mann_kendall(12, 0.01)`"),
        (Steps(2), "`Steps(2)`"),
        (Steps(3), "`Steps(3)`"),
        (Steps(4), "`Steps(4)`"),
        (Steps(5), "`Steps(5)`"),
        (Steps(6), "`Steps(6)`"),
    )

    @pytest.mark.parametrize(("rule", "name"), TOLD, ids=[name for _, name in TOLD])
    def test_within_a_hundredth(self, rule: TrendRule, name: str) -> None:
        rows = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
        row, by_cadence = (row for row in rows if row[0] == f"| {name}" and re.match(r"[0-9]", row[1]))
        told = [rule.false_alarm_rate(looks) for looks in (12, 4, 12, 52, 365)]
        page = [Fraction(each.removesuffix(" |")) for each in (row[2], *by_cadence[1:])]
        for rate, figure in zip(told, page, strict=True):
            assert rate is not None
            assert abs(rate - figure) <= Fraction(1, 100)
        full, trial = (rule.needs(FirstReadings(12, trial_from)) for trial_from in (12, 6))
        assert row[1] == (str(full) if full == trial else f"{full}, on trial from {trial}")

    @pytest.mark.parametrize(
        ("steps", "share"),
        [
            (1, Fraction(1, 2)),
            (2, Fraction(1, 6)),
            (3, Fraction(1, 24)),
            (4, Fraction(1, 120)),
        ],
    )
    def test_a_single_look_at_steps_is_wrong_as_often_as_their_order_has_it(self, steps: int, share: Fraction) -> None:
        one_rises = MannKendall(readings=steps + 1, alpha=share) if steps > 1 else None
        values = [Fraction(each) for each in range(steps + 1)]
        assert all_rise(values)
        dated = [(FIRST + index * DAY, value) for index, value in enumerate(values)]
        assert one_rises is None or said(one_rises, trend_row(dated, unbroken=len(dated))).way == WORSE

    @pytest.mark.parametrize(
        "rule",
        [
            SigmaRule(4, 1),
            SigmaRule(3, 2),
            SigmaRule(3, 1, is_strict=True),
            SigmaRule(3, 1, of=4),
            ControlChart(name="one", tests=[MovingRange()]),
            SigmaRule(3, 1, up_to=2),
            cusum(1, 5),
            ewma(0.3, 2.86),
            mann_kendall(11, 0.01),
            RunChart(23),
        ],
    )
    def test_nobody_measured_others(self, rule: TrendRule) -> None:
        assert rule.false_alarm_rate() is None


class TestRefused:
    """Each field refuses what it can't mean."""

    @pytest.mark.parametrize(
        ("value", "field", "given", "error"),
        [
            (SigmaRule(), "of", 2, OutOfBounds),
            (SigmaRule(), "of", None, WrongType),
            (SigmaRule(), "sigmas", 0, OutOfBounds),
            (SigmaRule(3, 0, is_strict=True), "sigmas", -1, OutOfBounds),
            (SigmaRule(3, 0, is_strict=True), "is_strict", False, OutOfBounds),
            (SigmaRule(), "is_strict", 1, WrongType),
            (SigmaRule(), "on_one_side", None, WrongType),
            (xmr_wheeler(), "name", "", EmptyText),
            (Steps(), "steps", 0, OutOfBounds),
            (Steps(), "steps", 1_001, OutOfBounds),
            (xmr_wheeler(), "tests", (), NothingGiven),
            (xmr_wheeler(), "tests", [Steps(6)], NothingGiven),
            (xmr_wheeler(), "tests", [cusum()], WrongType),
            (xmr_wheeler(), "tests", Steps(), WrongType),
            (xmr_wheeler(), "takes_trial", "no", WrongType),
            (mann_kendall(), "readings", 4, OutOfBounds),
            (mann_kendall(), "readings", 12.0, WrongType),
            (mann_kendall(), "alpha", 0, OutOfBounds),
            (mann_kendall(), "alpha", 1, OutOfBounds),
            (cusum(), "allowance", -1, OutOfBounds),
            (cusum(), "threshold", 0, OutOfBounds),
            (ewma(), "weight", 0, OutOfBounds),
            (ewma(), "weight", 1.01, OutOfBounds),
            (ewma(), "width", 0, OutOfBounds),
            (ewma(), "memory", 0, OutOfBounds),
            (run_chart(), "readings", 9, OutOfBounds),
            (ProcessLimits(mean=0, sigma=1), "sigma", -1, OutOfBounds),
            (ProcessLimits(mean=0, sigma=1), "mean", None, NotANumber),
            (ReferenceWindow(FIRST, FIRST), "end", FIRST - DAY, OutOfOrder),
            (ReferenceWindow(FIRST, FIRST), "start", None, NotADate),
            (ReferenceWindow(FIRST, FIRST), "trial_from", 13, OutOfOrder),
            (Rebasing(on=FIRST, reason="new"), "reason", " ", EmptyText),
            (Rebasing(on=FIRST, reason="new"), "on", None, NotADate),
            (Rebasing(on=FIRST, reason="new"), "reference", 12, WrongType),
            (TrendPolicy(), "seasonal", 1, OutOfBounds),
            (TrendPolicy(), "reference", None, WrongType),
        ],
    )
    def test_with_the_field_named(
        self,
        value: attrs.AttrsInstance,
        field: str,
        given: object,
        error: type[GoalModelError],
    ) -> None:
        with pytest.raises(error) as refused:
            attrs.evolve(cast("TrendPolicy", value), **cast("dict[str, Any]", {field: given}))
        assert str(refused.value.field).startswith("sigmas" if field == "is_strict" and given is False else field)

    def test_as_many_steps_as_may_be_are_judged_at_once(self) -> None:
        rate = Steps(1_000).false_alarm_rate()
        assert 0 < rate * factorial(1_001) < 12
        assert repr(rate)

    def test_two_rebasings_on_one_day(self) -> None:
        twice = [Rebasing(on=FIRST, reason="one"), Rebasing(on=FIRST, reason="other")]
        with pytest.raises(GivenTwice) as refused:
            Kpi(id="kpi", measure=Measure("kpi"), rebasings=twice)
        assert str(refused.value.field) == "rebasings"

    def test_rebasings_stand_by_date_however_they_were_given(self) -> None:
        first, second = Rebasing(on=FIRST, reason="one"), Rebasing(on=FIRST + DAY, reason="other")
        assert Kpi(id="kpi", measure=Measure("kpi"), rebasings=[second, first]).rebasings == (first, second)

    def test_limits_of_a_series_are_those_of_its_values(self) -> None:
        days = [dt.date(2026, 1, day) for day in range(1, 6)]
        measure = Measure("csat", highest=10)
        known = Series.of(measure, zip(days, [1, 2, Absence.MISSING, 99, 3], strict=True))
        assert process_limits(known) == process_limits([1, 2, 3])
        with pytest.raises(OutOfBounds) as refused:
            process_limits(known.until(days[0]))
        assert refused.value.given == (1,)

    @pytest.mark.parametrize("readings", [(), (1,)])
    def test_limits_of_fewer_than_two_readings(self, readings: tuple[int, ...]) -> None:
        with pytest.raises(OutOfBounds) as refused:
            process_limits(readings)
        assert refused.value.given == tuple(readings)

    def test_marks_of_what_is_no_limits_and_no_mark(self) -> None:
        with pytest.raises(WrongType):
            marks(Steps(1), (1, 2), limits=cast("ProcessLimits", (0, 1)))
        with pytest.raises(WrongType):
            marks(Steps(1), (1, 2), mark=cast("Mark", "last"))

    def test_as_few_readings_as_alpha_can_be_reached_with(self) -> None:
        assert (mann_kendall(4, 0.05).readings, mann_kendall(5, 0.01).readings) == (4, 5)
        with pytest.raises(OutOfBounds, match="from 4"):
            mann_kendall(3, 0.05)


class TestBaselines:
    """Windows, stated limits and rebasing, to the day and to the reading."""

    KPI = Kpi(id="kpi", measure=Measure("kpi"), bands=HealthBands.at_most(100), cadence=Cadence.DAILY)

    def _heard(self, kpi: Kpi, values: list[Number | Absence], rule: TrendRule, **policy: int) -> tuple[str, list[str]]:
        readings = Series.of(kpi.measure, {FIRST + index * DAY: value for index, value in enumerate(values)})
        as_of = FIRST + (len(values) - 1) * DAY
        return heard(kpi.assess(readings, as_of=as_of, policy=asking(rule, **policy)), rule).in_short

    @pytest.mark.parametrize(
        ("count", "heading", "codes"),
        [
            (5, UNDETERMINED, ["trend-too-few-readings"]),
            (6, NEITHER, ["trend-not-fired", "trend-on-trial"]),
            (11, NEITHER, ["trend-not-fired", "trend-on-trial"]),
            (12, NEITHER, ["trend-not-fired"]),
        ],
    )
    def test_a_window_is_on_trial_until_it_is_over(self, count: int, heading: str, codes: list[str]) -> None:
        window = ReferenceWindow(FIRST, FIRST + 11 * DAY)
        kpi = attrs.evolve(self.KPI, reference=window)
        assert self._heard(kpi, list(USUAL[:count]), SigmaRule()) == (heading, codes)

    def test_a_window_of_too_few_readings_stays_on_trial(self) -> None:
        kpi = attrs.evolve(self.KPI, reference=ReferenceWindow(FIRST, FIRST + 7 * DAY))
        assert self._heard(kpi, list(USUAL), SigmaRule())[1] == ["trend-not-fired", "trend-on-trial"]
        short = attrs.evolve(self.KPI, reference=ReferenceWindow(FIRST, FIRST + 7 * DAY, count=8))
        assert self._heard(short, list(USUAL), SigmaRule())[1] == ["trend-not-fired"]

    def test_a_window_before_the_first_reading_says_nothing(self) -> None:
        kpi = attrs.evolve(self.KPI, reference=ReferenceWindow(FIRST - 9 * DAY, FIRST - DAY))
        assert self._heard(kpi, list(USUAL), SigmaRule()) == (UNDETERMINED, ["trend-too-few-readings"])

    def test_stated_limits_speak_from_the_first_reading(self) -> None:
        kpi = attrs.evolve(self.KPI, reference=ProcessLimits(mean=0, sigma=1))
        assert self._heard(kpi, [3.1], xmr_wheeler())[0] == WORSE
        assert self._heard(kpi, [3], xmr_wheeler())[0] == NEITHER
        flat = attrs.evolve(self.KPI, reference=ProcessLimits(mean=0, sigma=0))
        assert self._heard(flat, [3], xmr_wheeler()) == (UNDETERMINED, ["trend-zero-dispersion"])

    def test_a_rebased_kpi_says_since_when_and_why(self) -> None:
        rebasing = Rebasing(on=FIRST + 12 * DAY, reason="a new survey")
        kpi = attrs.evolve(self.KPI, rebasings=[rebasing])
        readings = Series.of(
            kpi.measure, {FIRST + index * DAY: value for index, value in enumerate((*USUAL, Fraction(9)))}
        )
        before, after = (kpi.assess(readings, as_of=FIRST + day * DAY) for day in (11, 12))
        assert (before.standing, after.standing) == (Standing.AS_USUAL, Standing.UNDETERMINED)
        assert after.reasons[-1].sentence == "since 2026-01-13 something else is usual: a new survey"
        assert before.reasons[-1].code != "kpi-rebased"

    def test_seasons_need_a_cadence_and_values(self) -> None:
        bare = attrs.evolve(self.KPI, cadence=None)
        for rule in (SigmaRule(), Steps()):
            assert self._heard(bare, [1, 2, 3, 4, 5], rule, seasonal=2)[1] == ["trend-season-without-cadence"]
        stated = attrs.evolve(self.KPI, reference=ProcessLimits(mean=0, sigma=1))
        assert self._heard(stated, [1, 2, 3, 4, 5], SigmaRule(), seasonal=2)[1] == ["trend-no-limits-of-differences"]
        assert self._heard(stated, [1, 2, 3, 5], Steps(1), seasonal=2)[0] == WORSE

    @pytest.mark.parametrize(
        ("day", "way"),
        # From the sixth day on a rebasing leaves two readings, and no difference of them reaches across it.
        [(0, WORSE), (1, WORSE), (2, WORSE), (3, WORSE), (4, UNDETERMINED), (6, UNDETERMINED)],
    )
    def test_no_difference_reaches_across_a_rebasing(self, day: int, way: str) -> None:
        kpi = attrs.evolve(self.KPI, rebasings=[Rebasing(on=FIRST + day * DAY, reason="a new process")])
        # Differences to two days before are 1, 2, 4, 6, 9: those behind day 4 reach back to it from day 6 on.
        assert self._heard(kpi, [0, 0, 1, 2, 5, 8, 14], Steps(1), seasonal=2)[0] == way

    @pytest.mark.parametrize(
        ("values", "heading"),
        [
            # Seasons of two readings: differences 1, 1, 2, 3; a missing one leaves no difference, twice.
            ([0, 0, 1, 1, 3, 4], NEITHER),
            ([0, 0, 1, 2, 4, 6], WORSE),
            ([0, 0, 1, Absence.MISSING, 4, 6, 8], UNDETERMINED),
        ],
    )
    def test_seasons_compare_with_the_same_period_before(self, values: list[Number | Absence], heading: str) -> None:
        assert self._heard(self.KPI, values, Steps(3), seasonal=2, missing_ends_run=1)[0] == heading


class TestDue:
    """When the next reading is due, and since when the latest is too old."""

    KPI = Kpi(id="kpi", measure=Measure("kpi"), cadence=Cadence.MONTHLY)
    READ = Series.of(Measure("kpi"), {dt.date(2026, 1, 31): 8})

    @pytest.mark.parametrize(
        ("as_of", "since"),
        [(dt.date(2026, 3, 10), None), (dt.date(2026, 3, 11), dt.date(2026, 3, 11))],
    )
    def test_a_month_and_ten_days_later(self, as_of: dt.date, since: dt.date | None) -> None:
        seen = self.KPI.assess(self.READ, as_of=as_of)
        assert (seen.next_due, seen.stale_since) == (dt.date(2026, 2, 28), since)

    def test_without_a_cadence_or_a_reading_nothing_is_due(self) -> None:
        for kpi, readings in ((attrs.evolve(self.KPI, cadence=None), self.READ), (self.KPI, Series(self.KPI.measure))):
            seen = kpi.assess(readings, as_of=dt.date(2026, 3, 11))
            assert (seen.next_due, seen.stale_since) == (None, None)


def _spelled(test: ChartTest) -> str:
    if isinstance(test, MovingRange):
        return f"a move > {float(test.sigmas):g}"
    if isinstance(test, Steps):
        return f"{test.steps} steps"
    sign, together = ">" if test.is_strict else ">=", " all" if test.on_one_side else ""
    most = "" if test.up_to is None else f" up to {float(test.up_to):g}"
    return f"{test.readings} of {test.of} {sign} {float(test.sigmas):g}{most}{together}"
