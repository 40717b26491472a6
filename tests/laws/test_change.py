"""Laws of units, rates and changes: UNIT-1, KR-8, CHG-1 to CHG-3."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import cast

import attrs
import pytest
from hypothesis import assume, given, reject, strategies as st

from goalmodel import Cycle, GoalModelError, KeyResult, Measure, Scale, Unit
from goalmodel.errors import DifferentQuantities, NotInPercent, NotTwoOfThree, OutOfBounds, RelativeToNothing, WrongType
from goalmodel.exact import Number, exact
from goalmodel.key_result import Absolute, PercentagePoints, Relative, TargetChange, solve, solve_stretch
from goalmodel.measure import Period, convert, per
from goalmodel.testing import exact_numbers, ids, measures, numbers, positive_numbers, values

PERCENT = Unit("percent", symbol="%")
SHARE = Unit("share", base="percent", factor=100)
IN_PERCENT = Measure("happy customers", unit=PERCENT)
SOME_LENGTH = st.fractions(min_value=Fraction(1, 10**6), max_value=10**6)
MIDDLE = st.fractions(-(10**6), 10**6)
WITH_SHARES = measures().map(lambda measure: attrs.evolve(measure, scale=Scale.RATIO))
CYCLE = Cycle(dt.date(2026, 10, 1), dt.date(2026, 12, 31))


def _of(base: str, factor: Fraction) -> Unit:
    return Unit(f"{base} by {factor}", base=base, factor=factor)


class TestUNIT1:
    """A value converts exactly between units of one quantity, and between different quantities not at all."""

    @given(value=exact_numbers(), base=ids(), one=SOME_LENGTH, other=SOME_LENGTH)
    def test_there_and_back_is_where_it_was(self, value: Fraction, base: str, one: Fraction, other: Fraction) -> None:
        first, second = _of(base, one), _of(base, other)
        there = convert(value, first, into=second)
        assert there * other == value * one
        assert convert(there, second, into=first) == value

    @given(value=MIDDLE, base=ids(), factors=st.tuples(SOME_LENGTH, SOME_LENGTH, SOME_LENGTH))
    def test_by_way_of_a_third_unit_it_comes_to_the_same(
        self, value: Fraction, base: str, factors: tuple[Fraction, Fraction, Fraction]
    ) -> None:
        first, second, third = (_of(base, factor) for factor in factors)
        there = convert(convert(value, first, into=third), third, into=second)
        assert there == convert(value, first, into=second)

    @given(value=numbers(), unit=values(Unit))
    def test_into_its_own_unit_it_is_what_it_means(self, value: Number, unit: Unit) -> None:
        assert convert(value, unit, into=unit) == exact(value, "value")

    @given(value=numbers(), unit=values(Unit), into=values(Unit))
    def test_another_quantity_is_refused_with_what_would_do(self, value: Number, unit: Unit, into: Unit) -> None:
        assume(unit.base != into.base)
        with pytest.raises(DifferentQuantities) as refused:
            convert(value, unit, into=into)
        assert refused.value.given == into.name
        assert unit.base in refused.value.accepted

    @given(name=ids(), factor=positive_numbers())
    def test_a_unit_that_is_its_own_base_is_once_itself(self, name: str, factor: Number) -> None:
        assert Unit(name) == Unit(name, base=name, factor=1)
        if exact(factor, "factor") != 1:
            with pytest.raises(OutOfBounds):
                Unit(name, factor=factor)


class TestKR8:
    """A rate means the same in every period: from twice a month to twice a week is one measure."""

    @given(thing=ids(), often=MIDDLE, one=values(Period), other=values(Period))
    def test_a_rate_comes_to_the_same_in_a_day(self, thing: str, often: Fraction, one: Period, other: Period) -> None:
        there = convert(often, per(thing, one), into=per(thing, other))
        assert there / other.days == often / one.days

    @given(
        baseline=MIDDLE,
        target=MIDDLE,
        value=MIDDLE,
        ways=st.tuples(values(Period), values(Period), values(Period), values(Period)),
    )
    def test_the_score_is_the_same_whatever_period_each_figure_is_given_in(
        self, baseline: Fraction, target: Fraction, value: Fraction, ways: tuple[Period, Period, Period, Period]
    ) -> None:
        assume(baseline != target)
        by_day, *others = (per("times", period) for period in ways)
        score = KeyResult(
            id="a", measure=Measure("errands", unit=by_day), baseline=baseline, target=target, cycle=CYCLE
        ).score(value)
        for unit in others:
            said = [convert(each, by_day, into=unit) for each in (baseline, target, value)]
            there = KeyResult(
                id="a", measure=Measure("errands", unit=unit), baseline=said[0], target=said[1], cycle=CYCLE
            )
            assert there.score(said[2]) == score

    @given(unit=values(Unit), period=values(Period), other=values(Unit))
    def test_rates_of_different_things_are_different_quantities(self, unit: Unit, period: Period, other: Unit) -> None:
        assume(unit.base != other.base)
        with pytest.raises(DifferentQuantities):
            convert(1, per(unit, period), into=per(other, period))

    def test_four_hundred_years_of_the_calendar_are_as_long_as_four_hundred_years(self) -> None:
        assert (dt.date(2400, 1, 1) - dt.date(2000, 1, 1)).days == 400 * Period.YEAR.days

    @pytest.mark.parametrize(
        ("longer", "times", "shorter"),
        [
            (Period.YEAR, 12, Period.MONTH),
            (Period.YEAR, 4, Period.QUARTER),
            (Period.QUARTER, 3, Period.MONTH),
            (Period.WEEK, 7, Period.DAY),
            (Period.DAY, 24, Period.HOUR),
            (Period.HOUR, 60, Period.MINUTE),
            (Period.MINUTE, 60, Period.SECOND),
        ],
    )
    def test_the_longer_is_so_many_of_the_shorter(self, longer: Period, times: int, shorter: Period) -> None:
        assert longer.days == times * shorter.days
        assert convert(1, longer.unit, into=shorter.unit) == times


class TestCHG1:
    """A change is a share of the baseline, percentage points, or an amount in the measure's own unit, and none is
    taken for another.
    """

    @given(size=numbers())
    def test_one_number_makes_three_changes_that_are_not_equal(self, size: Number) -> None:
        assert len({Relative(size), PercentagePoints(size), Absolute(size)}) == 3

    @given(baseline=exact_numbers(), share=exact_numbers(), measure=measures())
    def test_a_share_is_of_the_baseline_or_refused(self, baseline: Fraction, share: Fraction, measure: Measure) -> None:
        if measure.scale is Scale.RATIO and baseline > 0:
            assert Relative(share).applied(baseline, measure) - baseline == share * baseline
        else:
            with pytest.raises(RelativeToNothing):
                solve(measure, baseline=baseline, change=Relative(share))

    @given(baseline=exact_numbers(), points=exact_numbers(), measure=measures())
    def test_points_are_of_a_percentage_or_refused(
        self, baseline: Fraction, points: Fraction, measure: Measure
    ) -> None:
        in_percent = attrs.evolve(measure, unit=PERCENT)
        assert solve(in_percent, baseline=baseline, change=PercentagePoints(points)) == baseline + points
        in_shares = attrs.evolve(measure, unit=SHARE)
        assert solve(in_shares, baseline=baseline, change=PercentagePoints(points)) == baseline + points / 100
        if measure.unit.base != "percent":
            with pytest.raises(NotInPercent):
                solve(measure, baseline=baseline, change=PercentagePoints(points))

    @given(baseline=exact_numbers(), amount=exact_numbers(), measure=measures())
    def test_an_amount_is_in_the_measures_own_unit_on_every_scale(
        self, baseline: Fraction, amount: Fraction, measure: Measure
    ) -> None:
        assert solve(measure, baseline=baseline, change=Absolute(amount)) == baseline + amount

    @given(percent=MIDDLE)
    def test_percent_are_hundredths(self, percent: Fraction) -> None:
        assert Relative.percent(percent) == Relative(percent / 100)

    @pytest.mark.parametrize("other", [0.15, "15 %", None])
    def test_nothing_else_is_a_change(self, other: TargetChange) -> None:
        with pytest.raises(WrongType):
            solve(IN_PERCENT, baseline=80, change=other)

    def test_nothing_else_is_a_kind_of_change(self) -> None:
        with pytest.raises(WrongType):
            solve(IN_PERCENT, baseline=80, target=90, change=cast("type[TargetChange]", int))


class TestCHG2:
    """Any two of baseline, target and change give the third, exactly."""

    @given(baseline=SOME_LENGTH, change=values(TargetChange), measure=WITH_SHARES)
    def test_each_of_the_three_follows_from_the_other_two(
        self, baseline: Fraction, change: TargetChange, measure: Measure
    ) -> None:
        measure = attrs.evolve(measure, unit=PERCENT) if isinstance(change, PercentagePoints) else measure
        assume(not isinstance(change, Relative) or change.share != -1)
        try:
            target = exact(solve(measure, baseline=baseline, change=change), "target")
            found: TargetChange = solve(measure, baseline=baseline, target=target, change=type(change))
        except GoalModelError:
            reject()
        assert found == change
        assert solve(measure, target=target, change=change) == baseline

    @given(baseline=SOME_LENGTH, target=MIDDLE, kind=st.sampled_from((Relative, PercentagePoints, Absolute)))
    def test_the_change_between_two_ends_leads_from_one_to_the_other(
        self, baseline: Fraction, target: Fraction, kind: type[TargetChange]
    ) -> None:
        change: TargetChange = solve(IN_PERCENT, baseline=baseline, target=target, change=kind)
        assert solve(IN_PERCENT, baseline=baseline, change=change) == target

    @given(baseline=SOME_LENGTH, share=MIDDLE, factor=SOME_LENGTH)
    def test_a_share_of_the_baseline_is_the_same_in_every_unit(
        self, baseline: Fraction, share: Fraction, factor: Fraction
    ) -> None:
        here, there = (
            solve(IN_PERCENT, baseline=each, change=Relative(share)) for each in (baseline, baseline * factor)
        )
        assert there == here * factor

    def test_one_that_takes_everything_does_not_tell_where_it_began(self) -> None:
        with pytest.raises(OutOfBounds):
            solve(IN_PERCENT, target=0, change=Relative(-1))

    @pytest.mark.parametrize("target", [0, -92])
    def test_no_share_leads_from_above_zero_to_zero_or_below_but_all_of_it_and_more(self, target: int) -> None:
        with pytest.raises(RelativeToNothing):
            solve(IN_PERCENT, target=target, change=Relative(0.15))

    def test_one_is_too_few_and_three_are_too_many(self) -> None:
        ask = cast("Callable[..., object]", solve)
        change = Absolute(2)
        with pytest.raises(NotTwoOfThree):
            ask(IN_PERCENT, change=change)
        with pytest.raises(NotTwoOfThree):
            ask(IN_PERCENT, target=3, change=Absolute)
        with pytest.raises(NotTwoOfThree):
            ask(IN_PERCENT, baseline=1, target=3, change=change)


class TestCHG3:
    """Any two of baseline, target and stretch point give the third: they lie at the shares 0, 0.7 and 1 of one
    line.
    """

    SHARES = st.fractions(0, 1).filter(lambda share: 0 < share < 1)

    @given(baseline=exact_numbers(), stretch=exact_numbers(), share=SHARES)
    def test_each_of_the_three_follows_from_the_other_two(
        self, baseline: Fraction, stretch: Fraction, share: Fraction
    ) -> None:
        target = solve_stretch(baseline=baseline, stretch=stretch, share=share)
        assert target - baseline == share * (stretch - baseline)
        assert solve_stretch(baseline=baseline, target=target, share=share) == stretch
        assert solve_stretch(target=target, stretch=stretch, share=share) == baseline

    @given(baseline=MIDDLE, stretch=MIDDLE)
    def test_on_the_way_to_the_stretch_point_the_target_scores_seven_tenths(
        self, baseline: Fraction, stretch: Fraction
    ) -> None:
        assume(baseline != stretch)
        target = solve_stretch(baseline=baseline, stretch=stretch)
        kr = KeyResult(id="kr", measure=IN_PERCENT, baseline=baseline, target=stretch, cycle=CYCLE)
        assert kr.score(target).raw == Fraction(7, 10)

    @pytest.mark.parametrize("share", [0, 1, -0.1, 1.1])
    def test_a_share_at_or_beyond_the_ends_is_refused(self, share: float) -> None:
        with pytest.raises(OutOfBounds):
            solve_stretch(baseline=8, stretch=9, share=share)

    @pytest.mark.parametrize("known", [{}, {"baseline": 8}, {"baseline": 8, "target": 9, "stretch": 10}])
    def test_one_is_too_few_and_three_are_too_many(self, known: dict[str, Number]) -> None:
        with pytest.raises(NotTwoOfThree):
            solve_stretch(**known)
