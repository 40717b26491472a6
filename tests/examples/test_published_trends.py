"""Published cases of trend rules, as their projects publish them, and where we differ on purpose.

Sources:
    nhs-r-community/NHSRplotthedots@050b07d7: tests of point types and assurance, vignettes/deviations.Rmd, snapshots.
    nhs-pycom/nhspy-plotthedots@bfdefe4a: tests of limits and of seven-point trends.
    AUS-DOH-Safety-and-Quality/PowerBI-SPC@478773a5: tests of outlier flagging and of assurance icons.
    anhoej/qicharts2@1b9487ec: R/helper.functions.R, crsignal.
    The exact permutation distribution of Kendall's S; pymannkendall 1.4.3, executed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

import pytest

from asking import BETTER, NEITHER, WORSE, said
from goalmodel import HealthBands
from goalmodel.kpi import Assurance, assured
from goalmodel.measure import Number
from goalmodel.trend import (
    Mark,
    ProcessLimits,
    SigmaRule,
    Steps,
    fewest_crossings,
    longest_run,
    mann_kendall,
    marks,
    process_limits,
)
from goalmodel.trend.history import trend_row
from goalmodel.trend.kendall import chance_in_any_order, chance_of_at_least, least_significant
from goalmodel.trend.limits import TO_LIMIT

OUTER_THIRD = SigmaRule(2, TO_LIMIT * 2 / 3, of=3, is_strict=True, on_one_side=True, up_to=TO_LIMIT)
BEYOND_95 = SigmaRule(2, 2, of=3, is_strict=True)

SPIKE = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)
RANDOM = (
    -0.56047565,
    -0.23017749,
    1.55870831,
    0.07050839,
    0.12928774,
    1.71506499,
    0.46091621,
    -1.26506123,
    -0.68685285,
    -0.44566197,
    1.2240818,
    0.35981383,
    0.40077145,
    0.11068272,
    10,
    1.78691314,
    0.49785048,
    -1.96661716,
    0.7013559,
    -0.47279141,
)
VALLEY = (-1, -2, -3, -2, -1, -2, -3, -4, -5, -6, -7, -4, -3, -2, -1, -2)


def _between(low: Number, high: Number, sigmas: Fraction | int) -> ProcessLimits:
    """Return the limits of a process whose mean lies between *low* and *high*, which lie so many *sigmas* off it."""
    half = (Fraction(high) - Fraction(low)) / 2
    return ProcessLimits(mean=Fraction(low) + half, sigma=half / sigmas)


def _differ_by(found: Iterable[Fraction], published: Iterable[float]) -> Fraction:
    return max(abs(ours - Fraction(theirs)) for ours, theirs in zip(found, published, strict=True))


class TestNHSRplotthedots:
    """Making Data Count in R."""

    def test_seven_on_one_side(self) -> None:
        sides = (1, 1, 1, 1, 1, 1, 1, 1, -1)
        assert marks(SigmaRule(7, 0, is_strict=True), sides) == (0, 0, 0, 0, 0, 0, 1, 1, 0)

    @pytest.mark.parametrize(
        ("readings", "expected"),
        [
            ((1, 2, 3, 4, 5, 6), (0, 0, 0, 0, 0, 0)),
            ((1, 2, 3, 4, 5, 6, 7), (0, 0, 0, 0, 0, 0, 1)),
            ((2, 1, 2, 3, 4, 5, 6, 7, 3), (0, 0, 0, 0, 0, 0, 0, 1, 0)),
            ((7, 6, 5, 4, 3, 2, 1), (0, 0, 0, 0, 0, 0, -1)),
            ((2, 7, 6, 5, 4, 3, 2, 1, 3), (0, 0, 0, 0, 0, 0, 0, -1, 0)),
        ],
    )
    def test_seven_point_trend_is_six_steps(self, readings: tuple[int, ...], expected: tuple[int, ...]) -> None:
        assert marks(Steps(6), readings) == expected

    @pytest.mark.parametrize(
        ("close_to_limits", "expected"),
        [
            ((0, 0, 1, 0, 1, 0, 0), (0, 0, 1, 1, 1, 0, 0)),
            ((0, 0, 1, 1, 0, 0, 0), (0, 1, 1, 1, 1, 0, 0)),
        ],
    )
    def test_two_in_three_marks_the_whole_window(
        self, close_to_limits: tuple[int, ...], expected: tuple[int, ...]
    ) -> None:
        # All lie above the mean; what is close to a limit lies in the outer third.
        offs = [Fraction(5, 2) if is_close else 1 for is_close in close_to_limits]
        assert marks(OUTER_THIRD, offs, mark=Mark.ALL) == expected

    @pytest.mark.parametrize(
        ("low", "high", "increase", "decrease"),
        [
            (1, 3, Assurance.CONSISTENTLY_FALLS_SHORT, Assurance.CONSISTENTLY_MEETS),
            (1, 5, Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        ],
    )
    def test_assurance_of_a_target_of_four(self, low: int, high: int, increase: Assurance, decrease: Assurance) -> None:
        limits = _between(low, high, TO_LIMIT)
        assert assured(limits, HealthBands.at_least(4)) is increase
        assert assured(limits, HealthBands.at_most(4)) is decrease

    @pytest.mark.parametrize(("is_screened", "low", "high"), [(True, "-0.72", "4.60"), (False, "-3.06", "6.95")])
    def test_limits_to_two_places(self, *, is_screened: bool, low: str, high: str) -> None:
        limits = process_limits(SPIKE, is_screened=is_screened)
        assert [f"{float(each):.2f}" for each in (limits.low, limits.mean, limits.high)] == [low, "1.94", high]

    @pytest.mark.parametrize(
        ("is_screened", "low", "high"), [(True, -2.383666, 3.722497), (False, -4.596625, 5.935457)]
    )
    def test_limits_to_five_places(self, *, is_screened: bool, low: float, high: float) -> None:
        limits = process_limits(RANDOM, is_screened=is_screened)
        found = (limits.mean, limits.low, limits.high)
        assert _differ_by(found, [0.6694159, low, high]) < 1e-5


class TestNhspyPlotthedots:
    """Making Data Count in Python."""

    @pytest.mark.parametrize(
        ("readings", "published"),
        [
            ((1, 2, 3), [2.0, -0.66, 4.66, 0.22666666666666657, 3.7733333333333334]),
            (VALLEY, [-3.0, -6.014666666666667, 0.014666666666666828, -5.009777777777778, -0.9902222222222221]),
        ],
    )
    def test_limits_and_the_outer_third(self, readings: tuple[int, ...], published: list[float]) -> None:
        limits = process_limits(readings, is_screened=True)
        third = TO_LIMIT * 2 / 3
        found = [limits.mean, limits.low, limits.high, limits.at(-third), limits.at(third)]
        assert _differ_by(found, published) < 1e-12

    def test_a_flat_series_has_no_trend(self) -> None:
        assert marks(Steps(6), (1, 1, 1, 1, 1, 1, 1)) == (0,) * 7


class TestPowerBISPC:
    """Statistical process control in Power BI: a trend of n points is n - 1 steps, and the whole of it is marked."""

    @pytest.mark.parametrize(
        ("readings", "points", "expected"),
        [
            ((6, 5, 4, 3, 2, 1, 2), 5, (-1, -1, -1, -1, -1, -1, 0)),
            ((5, 5, 5, 5, 5), 3, (0, 0, 0, 0, 0)),
            ((1, 2, 3, 4, 5, 6, 7, 6), 7, (1, 1, 1, 1, 1, 1, 1, 0)),
            ((-5, -4, -3, -2, -1), 4, (1, 1, 1, 1, 1)),
            ((-1, -2, -3, -4, -5), 4, (-1, -1, -1, -1, -1)),
            ((1, 3, 2, 4, 3, 5), 4, (0, 0, 0, 0, 0, 0)),
            ((1.0, 1.1, 1.2, 1.3, 1.4), 4, (1, 1, 1, 1, 1)),
        ],
    )
    def test_trend(self, readings: tuple[Number, ...], points: int, expected: tuple[int, ...]) -> None:
        assert marks(Steps(points - 1), readings, mark=Mark.ALL) == expected

    @pytest.mark.parametrize(
        ("readings", "targets", "points", "expected"),
        [
            ((6, 6, 6, 5, 6, 6, 6, 6), (5,) * 8, 4, (0, 0, 0, 0, 1, 1, 1, 1)),
            ((6, 7, 8, 9, 10), (5, 6, 7, 8, 9), 3, (1, 1, 1, 1, 1)),
            ((5, 5, 5, 5, 5), (5,) * 5, 3, (0, 0, 0, 0, 0)),
            ((6, 6, 6, 6, 4, 4, 4, 4, 5), (5,) * 9, 3, (1, 1, 1, 1, -1, -1, -1, -1, 0)),
            ((6, 6, 6, 6, 6, 6, 6, 5), (5,) * 8, 7, (1, 1, 1, 1, 1, 1, 1, 0)),
            ((6, 4, 6, 4, 6, 4), (5,) * 6, 3, (0, 0, 0, 0, 0, 0)),
            ((-2, -2, -2, -2), (-3,) * 4, 3, (1, 1, 1, 1)),
        ],
    )
    def test_shift(
        self, readings: tuple[int, ...], targets: tuple[int, ...], points: int, expected: tuple[int, ...]
    ) -> None:
        offs = [reading - target for reading, target in zip(readings, targets, strict=True)]
        assert marks(SigmaRule(points, 0, is_strict=True), offs, mark=Mark.ALL) == expected

    @pytest.mark.parametrize(
        ("readings", "mark", "expected"),
        [
            ((11, 5, 11, 5, 5), Mark.ALL, (1, 1, 1, 0, 0)),
            ((), Mark.COUNTED, ()),
            ((11,), Mark.COUNTED, (0,)),
            ((5, 11, 11, 5), Mark.COUNTED, (0, 1, 1, 0)),
            ((10, 10, 5, 5, 5), Mark.COUNTED, (0, 0, 0, 0, 0)),
        ],
    )
    def test_two_in_three(self, readings: tuple[int, ...], mark: Mark, expected: tuple[int, ...]) -> None:
        assert marks(BEYOND_95, readings, limits=_between(0, 10, 2), mark=mark) == expected

    @pytest.mark.parametrize("target", [5, 10])
    def test_assurance_between_and_on_the_limit(self, target: int) -> None:
        # Higher is better; on the limit itself the other direction is not published.
        assert assured(_between(0, 10, TO_LIMIT), HealthBands.at_least(target)) is Assurance.HIT_OR_MISS

    def test_assurance_when_lower_is_better(self) -> None:
        assert assured(_between(0, 10, TO_LIMIT), HealthBands.at_most(5)) is Assurance.HIT_OR_MISS


class TestQicharts2:
    """Anhøj's rules for run charts."""

    @pytest.mark.parametrize(
        ("useful", "longest", "fewest"), [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8), (30, 8, 10)]
    )
    def test_limits_of_runs(self, useful: int, longest: int, fewest: int) -> None:
        assert (longest_run(useful), fewest_crossings(useful)) == (longest, fewest)


class TestMannKendall:
    """The exact distribution of S, and where pyMannKendall's approximation leads to the same answer."""

    @pytest.mark.parametrize(
        ("readings", "monotone", "alpha", "critical", "chance"),
        [
            (3, 0.16666666666666666, "0.05", None, None),
            (3, 0.16666666666666666, "0.01", None, None),
            (3, 0.16666666666666666, "0.025", None, None),
            (7, 0.0001984126984126984, "0.05", 13, 0.034523809523809526),
            (7, 0.0001984126984126984, "0.01", 17, 0.005357142857142857),
            (7, 0.0001984126984126984, "0.025", 15, 0.01507936507936508),
            (9, 2.7557319223985893e-06, "0.05", 18, 0.037588183421516756),
            (9, 2.7557319223985893e-06, "0.01", 24, 0.006332671957671958),
            (9, 2.7557319223985893e-06, "0.025", 20, 0.02230764991181658),
            (10, 2.755731922398589e-07, "0.05", 21, 0.03627507716049383),
            (10, 2.755731922398589e-07, "0.01", 27, 0.008333057760141094),
            (10, 2.755731922398589e-07, "0.025", 23, 0.023311287477954145),
            (11, 2.505210838544172e-08, "0.05", 23, 0.04328062369729036),
            (11, 2.505210838544172e-08, "0.01", 31, 0.008270252124418792),
            (11, 2.505210838544172e-08, "0.025", 27, 0.02026617865159532),
        ],
    )
    def test_critical_values(
        self, readings: int, monotone: float, alpha: str, critical: int | None, chance: float | None
    ) -> None:
        assert float(chance_of_at_least(readings * (readings - 1) // 2, readings)) == monotone
        assert least_significant(readings, Fraction(alpha)) == critical
        if critical is not None:
            assert float(chance_of_at_least(critical, readings)) == chance

    @pytest.mark.parametrize(
        ("readings", "s", "is_trend"),
        [
            ((5, 4, 6, 3, 2, 4, 1, 2), -16, False),
            ((98, 97, 97, 96, 95, 96, 94, 93, 94, 92, 91, 90), -59, True),
            (tuple(range(1, 13)), 66, True),
            ((3, 3, 3, 3, 3, 3), 0, False),
        ],
    )
    def test_pymannkendall_at_five_percent_two_sided(
        self, readings: tuple[int, ...], s: int, *, is_trend: bool
    ) -> None:
        rule = mann_kendall(len(readings), Fraction(25, 1000))
        values = [Fraction(each) for each in readings]
        assert sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2)) == s
        way = NEITHER if not is_trend else WORSE if s > 0 else BETTER
        dated = [(date(2026, 1, 1) + timedelta(days=at), Fraction(each)) for at, each in enumerate(values)]
        assert said(rule, trend_row(dated, unbroken=len(dated))).way == way

    def test_the_exact_chance_is_not_the_approximate_one(self) -> None:
        # A deliberate difference: pyMannKendall says p = 0.0594… by a normal approximation, two-sided.
        values = [-Fraction(each) for each in (5, 4, 6, 3, 2, 4, 1, 2)]
        assert 2 * chance_in_any_order(values, 16) == Fraction(19, 336)
