"""The robust slope and the exact distribution behind its range."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations, permutations
from statistics import median

import pytest
from hypothesis import given, strategies as st

from goalmodel.trend.kendall import chance_of_at_least, least_significant
from goalmodel.trend.slope import theil_sen

VALUES = st.lists(st.one_of(st.integers(-3, 3), st.fractions(), st.integers()).map(Fraction), min_size=2, max_size=12)
NINETY = Fraction(9, 10)


def kendall_s(values: tuple[Fraction | int, ...]) -> int:
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))


class TestKendall:
    """Kendall's S is counted over all orders of different readings, without approximation."""

    @pytest.mark.parametrize("readings", range(1, 8))
    def test_it_is_what_counting_every_order_gives(self, readings: int) -> None:
        found = [kendall_s(order) for order in permutations(range(readings))]
        pairs = readings * (readings - 1) // 2
        for s in range(-pairs - 1, pairs + 2):
            assert chance_of_at_least(s, readings) == Fraction(sum(each >= s for each in found), len(found))

    @given(readings=st.integers(1, 30), alpha=st.fractions(Fraction(1, 10**6), Fraction(1, 2)))
    def test_the_least_significant_s_is_significant_and_the_next_lower_is_not(
        self, readings: int, alpha: Fraction
    ) -> None:
        s = least_significant(readings, alpha)
        if s is None:
            assert chance_of_at_least(readings * (readings - 1) // 2, readings) > alpha
        else:
            assert chance_of_at_least(s, readings) <= alpha < chance_of_at_least(s - 2, readings)

    @pytest.mark.parametrize(("readings", "alpha"), [(4, Fraction(5, 100)), (5, Fraction(1, 100))])
    def test_so_many_readings_are_needed_at_least(self, readings: int, alpha: Fraction) -> None:
        assert least_significant(readings - 1, alpha) is None
        assert least_significant(readings, alpha) == readings * (readings - 1) // 2


class TestSlope:
    """The robust line is the median of all slopes, and its range what the exact test does not refuse."""

    @given(values=VALUES)
    def test_the_rate_is_the_median_of_the_slopes_of_all_pairs(self, values: list[Fraction]) -> None:
        points = list(enumerate(values))
        line = theil_sen(points, confidence=NINETY)
        assert line is not None
        assert line.rate == median((v - u) / (t - s) for (s, u), (t, v) in combinations(points, 2))

    @given(values=VALUES, probe=st.fractions())
    def test_a_rate_within_the_range_is_not_refused_and_one_outside_is(
        self, values: list[Fraction], probe: Fraction
    ) -> None:
        line = theil_sen(list(enumerate(values)), confidence=NINETY)
        assert line is not None
        significant = least_significant(len(values), Fraction(5, 100))
        if significant is None:
            assert line.low is None
            assert line.high is None
            return
        assert line.low is not None
        assert line.high is not None
        assert line.low <= line.rate <= line.high
        s = kendall_s(tuple(value - probe * day for day, value in enumerate(values)))
        if line.low < probe < line.high:
            assert abs(s) < significant
        if probe < line.low or probe > line.high:
            assert abs(s) >= significant

    @given(values=VALUES, factor=st.fractions(min_value=Fraction(1, 100)), shift=st.fractions())
    def test_a_change_of_unit_changes_the_line_with_it(
        self, values: list[Fraction], factor: Fraction, shift: Fraction
    ) -> None:
        line = theil_sen(list(enumerate(values)), confidence=NINETY)
        other = theil_sen([(day, factor * value + shift) for day, value in enumerate(values)], confidence=NINETY)
        assert line is not None
        assert other is not None
        assert other.rate == factor * line.rate
        assert other.at(7) == factor * line.at(7) + shift

    @pytest.mark.parametrize("count", [0, 1])
    def test_it_takes_two_points_to_make_a_line(self, count: int) -> None:
        assert theil_sen([(0, Fraction(3))][:count], confidence=NINETY) is None

    @pytest.mark.parametrize(
        ("values", "rate", "start"),
        [
            ((5, 4, 6, 3, 2, 4, 1, 2), -0.6333333333333333, 5.716666666666667),
            ((98, 97, 97, 96, 95, 96, 94, 93, 94, 92, 91, 90), -0.6833333333333333, 98.25833333333334),
            (tuple(range(1, 13)), 1.0, 1.0),
            ((3, 3, 3, 3, 3, 3), 0.0, 3.0),
        ],
    )
    def test_it_is_what_pymannkendall_publishes(self, values: tuple[int, ...], rate: float, start: float) -> None:
        # Source: pymannkendall 1.4.3, original_test and sens_slope, executed.
        line = theil_sen([(day, Fraction(value)) for day, value in enumerate(values)], confidence=NINETY)
        assert line is not None
        assert math.isclose(line.rate, rate)
        assert math.isclose(line.start, start)
