"""Trend rules of every kind: what all of them hold, and each beside a model written from its sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise, permutations

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

from asking import BETTER, NEITHER, UNDETERMINED, WORSE, Heard, asking, heard, said
from goalmodel import Absence, Cadence, HealthBands, Kpi, Measure, Polarity, Series
from goalmodel.measure.row import Dated
from goalmodel.testing import sigma_rules, trend_rules, values
from goalmodel.trend import (
    CasesChart,
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
    fewest_crossings,
    longest_run,
    marks,
    process_limits,
)
from goalmodel.trend.cumulative_sum import adds_up
from goalmodel.trend.history import trend_row
from goalmodel.trend.kendall import chance_in_any_order
from goalmodel.trend.moving_average import average_is_off
from goalmodel.trend.runs import sides_of_median

FIRST = dt.date(2026, 1, 1)
UP = Kpi(id="up", measure=Measure("up", polarity=Polarity.HIGHER_IS_BETTER))
DOWN = Kpi(id="down", measure=Measure("down", polarity=Polarity.LOWER_IS_BETTER))

figures = st.one_of(st.integers(-4, 4), st.integers(-1_000, 1_000), st.fractions()).map(Fraction)

# Charts of cases read weights, and none but shares and rates: their laws stand in test_cases_chart.py.
of_values = trend_rules().filter(lambda rule: not isinstance(rule, CasesChart))


def walks(*, min_size: int = 0, max_size: int = 30) -> st.SearchStrategy[list[Fraction]]:
    """Return values with ties made on purpose, and long rises and falls."""
    free = st.lists(figures, min_size=min_size, max_size=max_size)
    moves = st.lists(st.sampled_from((-2, -1, -1, 0, 1, 1, 2)), min_size=min_size, max_size=max_size)
    return st.one_of(free, moves.map(_summed), st.builds(_usual_then, moves))


def _summed(moves: Sequence[int]) -> list[Fraction]:
    return [Fraction(sum(moves[: index + 1])) for index in range(len(moves))]


def _usual_then(moves: Sequence[int]) -> list[Fraction]:
    return [Fraction(3 * (index % 2) if index < 12 else 4 * move + index // 4) for index, move in enumerate(moves)]


def _dated(values: Sequence[Fraction]) -> list[Dated]:
    return [(FIRST + dt.timedelta(days=day), value) for day, value in enumerate(values)]


def _seen(rule: TrendRule, values: Sequence[Fraction]) -> Heard:
    return said(rule, trend_row(_dated(values), unbroken=len(values)))


def _series(kpi: Kpi, values: Sequence[Fraction | Absence]) -> Series:
    return Series.of(kpi.measure, {FIRST + dt.timedelta(days=day): value for day, value in enumerate(values)})


def _heard(kpi: Kpi, values: Sequence[Fraction | Absence], rule: TrendRule) -> Heard:
    as_of = FIRST + dt.timedelta(days=len(values))
    return heard(kpi.assess(_series(kpi, values), as_of=as_of, policy=asking(rule)), rule)


class TestKPI5EveryRule:
    """What every trend rule holds, whichever it is."""

    @given(of_values, walks())
    def test_a_mirrored_series_of_mirrored_polarity_has_the_same_verdict(
        self, rule: TrendRule, values: list[Fraction]
    ) -> None:
        mirrored = [-value for value in values]
        assert _heard(UP, values, rule).in_short == _heard(DOWN, mirrored, rule).in_short

    @given(of_values, walks())
    def test_turned_round_worsening_is_improving(self, rule: TrendRule, values: list[Fraction]) -> None:
        turned = {WORSE: BETTER, BETTER: WORSE, NEITHER: NEITHER}
        seen, mirrored = _seen(rule, values), _seen(rule, [-value for value in values])
        assert {turned[way] for way in seen.ways} == mirrored.ways
        assert (seen.way == UNDETERMINED) == (mirrored.way == UNDETERMINED)

    @given(of_values, walks(), figures.filter(bool).map(abs), figures)
    def test_another_unit_changes_nothing(
        self, rule: TrendRule, values: list[Fraction], scale: Fraction, shift: Fraction
    ) -> None:
        assert _seen(rule, values).in_short == _seen(rule, [scale * value + shift for value in values]).in_short

    @given(of_values, st.data())
    def test_it_needs_exactly_what_it_declares_and_says_how_many_are_missing(
        self, rule: TrendRule, data: st.DataObject
    ) -> None:
        needs = rule.needs(FirstReadings())
        assume(needs <= 40)
        different = st.lists(st.fractions(), min_size=needs, max_size=needs, unique=True)
        values = data.draw(different)
        assert _seen(rule, values).way != UNDETERMINED
        for count in range(needs):
            too_few = _seen(rule, values[:count])
            assert (too_few.way, too_few.missing) == (UNDETERMINED, needs - count)

    @given(of_values, figures, st.integers(0, 40))
    def test_a_flat_series_signals_nothing(self, rule: TrendRule, level: Fraction, count: int) -> None:
        seen = _seen(rule, [level] * count)
        assert seen.way in {NEITHER, UNDETERMINED}
        assert seen.reasons

    @given(of_values, walks(min_size=1))
    @example(SigmaRule(1), [Fraction(value) for value in (0, -10, -1, -307, 94, 789, 0, 0, 0, 291, -114, 3)])
    def test_replaying_gives_what_judging_each_date_gives(self, rule: TrendRule, values: list[Fraction]) -> None:
        policy, whole = asking(rule), _series(UP, values)
        for day in range(len(values)):
            as_of = FIRST + dt.timedelta(days=day)
            looking_back = UP.assess(whole, as_of=as_of, policy=policy)
            assert looking_back == UP.assess(_series(UP, values[: day + 1]), as_of=as_of, policy=policy)
            mirrored = [-value for value in values[: day + 1]]
            falling = DOWN.assess(_series(DOWN, mirrored), as_of=as_of, policy=policy)
            assert heard(looking_back, rule).in_short == heard(falling, rule).in_short
            assert heard(looking_back, rule).way == _seen(rule, mirrored).way

    @given(st.one_of(values(MannKendall), values(Cusum), values(Ewma), values(RunChart), sigma_rules(), values(Steps)))
    def test_its_false_alarm_rate_is_a_probability_or_not_measured(self, rule: TrendRule) -> None:
        for looks in (4, 12, 52):
            rate = rule.false_alarm_rate(looks)
            assert rate is None or 0 < rate < 1
        assert str(rule).strip()


class TestKPI5ControlChart:
    """A control chart fires when one of its tests of readings does; its steps are a rule about direction."""

    @given(st.lists(sigma_rules(), min_size=1, max_size=4), st.lists(values(Steps), max_size=2), walks(min_size=12))
    def test_it_sees_what_its_tests_of_readings_see(
        self, tests: list[SigmaRule], steps: list[Steps], values: list[Fraction]
    ) -> None:
        chart = ControlChart(name="chart", tests=[*steps, *tests])
        assert chart.steps == (steps[0] if steps else None)
        seen = _seen(chart, values)
        assume(process_limits(values[:12]).sigma)
        asked = [each for each in (_seen(test, values) for test in tests) if each.way != UNDETERMINED]
        found = set[str]().union(*(each.ways for each in asked))
        assert (seen.way == UNDETERMINED) == (not asked)
        assert (seen.way == WORSE) == (WORSE in found)
        if found - {NEITHER}:
            assert seen.ways == found - {NEITHER}

    @given(st.lists(st.integers(-6, 6).map(Fraction), min_size=2, max_size=2), st.integers(1, 6))
    def test_a_move_is_told_on_the_side_it_has_come_to(self, offs: list[Fraction], sigmas: int) -> None:
        fires = MovingRange(sigmas).fires(offs, Fraction(1))
        assert fires is (offs[1] > 0 and offs[1] - offs[0] > sigmas)
        assert MovingRange(sigmas).counted(offs, Fraction(1)) == [1] * fires

    @given(
        count=st.integers(1, 6),
        more=st.integers(0, 3),
        is_strict=st.booleans(),
        on_one_side=st.booleans(),
        up_to=st.sampled_from((None, 2, 3)),
        data=st.data(),
    )
    def test_beyond_counts_what_its_sentence_counts(
        self, *, count: int, more: int, is_strict: bool, on_one_side: bool, up_to: int | None, data: st.DataObject
    ) -> None:
        test = SigmaRule(count, 2, of=count + more, is_strict=is_strict, on_one_side=on_one_side, up_to=up_to)
        offs = data.draw(
            st.lists(st.sampled_from((-3, -2, 0, 1, 2, 3, 4)).map(Fraction), min_size=test.of, max_size=test.of)
        )
        far = [off for off in offs if off >= 2 + Fraction(is_strict, 10) and (up_to is None or off <= up_to)]
        expected = len(far) >= count and (not on_one_side or min(offs) > 0)
        assert test.fires(offs, Fraction(1)) is expected


class TestKPI5Charts:
    """CUSUM, EWMA, run chart and Mann-Kendall test beside models written from their sentences."""

    @given(values(Cusum), st.lists(figures, max_size=20))
    def test_a_cusum_is_the_largest_sum_of_latest_readings(self, rule: Cusum, offs: list[Fraction]) -> None:
        off_by = [off - rule.allowance for off in offs]
        latest = [[sum(off_by[start:stop], Fraction(0)) for start in range(stop)] for stop in range(1, len(offs) + 1)]
        assert list(adds_up(rule, offs, Fraction(1))) == [max(sums) > rule.threshold for sums in latest]

    @given(values(Ewma), st.lists(st.integers(-40, 40).map(lambda tenths: Fraction(tenths, 10)), max_size=20))
    def test_an_ewma_is_a_weighted_mean_with_its_own_deviation(self, rule: Ewma, offs: list[Fraction]) -> None:
        weights = [rule.weight * (1 - rule.weight) ** age for age in range(len(offs))]
        average = sum((weight * off for weight, off in zip(weights, reversed(offs), strict=True)), Fraction(0))
        variance = sum((weight**2 for weight in weights), Fraction(0))
        assert average_is_off(rule, offs, Fraction(1)) is (average > 0 and average**2 > rule.width**2 * variance)

    @given(st.integers(1, 40), st.integers(1, 40))
    def test_a_longer_memory_changes_nothing_where_there_is_less_to_remember(self, memory: int, more: int) -> None:
        values = [Fraction(index % 3) for index in range(12 + memory)]
        short, long = Ewma(memory=memory), Ewma(memory=memory + more)
        assert _seen(short, values).way == _seen(long, values).way

    @given(values(RunChart), walks(min_size=10))
    def test_a_run_chart_counts_runs_and_crossings(self, rule: RunChart, values: list[Fraction]) -> None:
        latest = values[-rule.readings :]
        middle = sorted(latest)[(len(latest) - 1) // 2] + sorted(latest)[len(latest) // 2]
        sides = [2 * value > middle for value in latest if 2 * value != middle]
        assert sides_of_median(latest) == tuple(sides)
        crossings = sum(left is not right for left, right in pairwise(sides))
        longest = max((len(run) for side in "+-" for run in _text(sides).split(side)), default=0)
        seen = _seen(rule, values)
        if len(sides) < 10:
            assert (seen.way, seen.missing) == (UNDETERMINED, 10 - len(sides))
        elif longest > longest_run(len(sides)) or crossings < fewest_crossings(len(sides)):
            assert seen.way == (WORSE if sides[-1] else BETTER)
        else:
            assert seen.way == NEITHER
        if len(sides) >= 10:
            facts = dict(seen.reasons[0].facts)
            assert (facts["run"], facts["crossings"], facts["useful"]) == (longest, crossings, len(sides))

    @given(st.lists(st.integers(0, 3).map(Fraction), min_size=5, max_size=6), st.sampled_from((1, 5, 10, 30)))
    def test_mann_kendall_is_the_share_of_all_orders_that_rise_as_much(
        self, values: list[Fraction], percent: int
    ) -> None:
        alpha = Fraction(percent, 100)
        sums = [_s(order) for order in permutations(values)]
        share = Fraction(sum(each >= _s(values) for each in sums), len(sums))
        assert chance_in_any_order(values, _s(values)) == share
        seen = _seen(MannKendall(readings=len(values), alpha=alpha), values)
        falls = Fraction(sum(each <= _s(values) for each in sums), len(sums))
        is_worse, is_better = _s(values) > 0 and share <= alpha, _s(values) < 0 and falls <= alpha
        assert seen.way == (WORSE if is_worse else BETTER if is_better else NEITHER)
        facts = dict(seen.reasons[0].facts)
        assert (facts["s"], facts["chance"]) == (_s(values), share if _s(values) >= 0 else falls)

    @given(values(MannKendall), walks())
    def test_mann_kendall_looks_at_as_many_as_there_are(self, rule: MannKendall, values: list[Fraction]) -> None:
        count = min(len(values), rule.readings)
        assume(count >= rule.trial_from)
        alone = _seen(MannKendall(readings=count, alpha=rule.alpha), values[-count:])
        assert _seen(rule, values).way == alone.way

    @given(values(MannKendall), st.integers(0, 10))
    def test_a_rise_without_a_tie_is_always_telling(self, rule: MannKendall, before: int) -> None:
        values = [Fraction(0)] * before + [Fraction(each) for each in range(1, rule.readings + 1)]
        assert _seen(rule, values).way == WORSE


def _text(sides: Sequence[bool]) -> str:
    return "".join("+" if side else "-" for side in sides)


def _s(values: Sequence[Fraction]) -> int:
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))


class TestKPI5Baselines:
    """A baseline is locked and explicit, and moved only by a dated rebasing with a reason."""

    @given(of_values, walks(min_size=12))
    def test_a_window_over_the_first_readings_is_those_readings(self, rule: TrendRule, values: list[Fraction]) -> None:
        window = ReferenceWindow(FIRST, FIRST + dt.timedelta(days=11))
        assert _heard(attrs.evolve(UP, reference=window), values, rule) == _heard(UP, values, rule)

    @given(of_values, walks(min_size=12), st.data())
    def test_limits_stated_as_they_were_found_say_the_same(
        self, rule: TrendRule, values: list[Fraction], data: st.DataObject
    ) -> None:
        assume(not isinstance(rule, Cusum | Ewma))
        assume(process_limits(values[:12]).sigma)
        kpi = attrs.evolve(UP, bands=data.draw(st.sampled_from((None, HealthBands.at_least(3)))))
        stated = attrs.evolve(kpi, reference=process_limits(values[:12]))
        assert _heard(stated, values, rule) == _heard(kpi, values, rule)

    @given(values(ProcessLimits), walks(min_size=3))
    def test_stated_limits_say_nothing_about_the_nearer_of_two_edges(
        self, limits: ProcessLimits, values: list[Fraction]
    ) -> None:
        kpi = attrs.evolve(UP, bands=HealthBands.between(0, 1), reference=limits)
        assert _heard(kpi, values, SigmaRule()).in_short == (UNDETERMINED, ["trend-no-limits-of-distances"])

    @given(values(ProcessLimits), walks(min_size=3), st.one_of(values(Steps), values(MannKendall)))
    def test_a_direction_needs_no_limits(
        self, limits: ProcessLimits, values: list[Fraction], rule: Steps | MannKendall
    ) -> None:
        kpi = attrs.evolve(UP, bands=HealthBands.between(0, 1))
        assert _heard(attrs.evolve(kpi, reference=limits), values, rule) == _heard(kpi, values, rule)

    @given(st.one_of(values(Cusum), values(Ewma)), walks(min_size=13), st.integers(0, 4))
    def test_what_needs_the_whole_reference_waits_until_it_cannot_move(
        self, rule: Cusum | Ewma, values: list[Fraction], more: int
    ) -> None:
        last = len(values) + more
        kpi = attrs.evolve(UP, reference=ReferenceWindow(FIRST, FIRST + dt.timedelta(days=last)))
        as_of = FIRST + dt.timedelta(days=last - 1)
        seen = heard(kpi.assess(_series(kpi, values), as_of=as_of, policy=asking(rule)), rule)
        assert seen.in_short == (UNDETERMINED, ["trend-not-settled"])

    @given(of_values, walks(min_size=2), st.data())
    def test_after_rebasing_only_later_readings_are_judged_and_before_it_nothing_changes(
        self, rule: TrendRule, values: list[Fraction], data: st.DataObject
    ) -> None:
        day = data.draw(st.integers(0, len(values) - 1))
        rebased = attrs.evolve(UP, rebasings=[Rebasing(on=FIRST + dt.timedelta(days=day), reason="a new process")])
        policy, readings = asking(rule), _series(UP, values)
        later = attrs.evolve(readings, readings=readings.readings[day:])
        as_of = readings.readings[-1].on
        now, alone = (kpi.assess(each, as_of=as_of, policy=policy) for kpi, each in ((rebased, readings), (UP, later)))
        assert heard(now, rule) == heard(alone, rule)
        before = FIRST + dt.timedelta(days=day - 1)
        then, never = (kpi.assess(readings, as_of=before, policy=policy) for kpi in (rebased, UP))
        assert heard(then, rule) == heard(never, rule)

    @given(
        values=walks(min_size=2),
        scale=figures.filter(bool).map(abs),
        shift=figures,
        is_screened=st.booleans(),
    )
    def test_limits_follow_the_unit(
        self, *, values: list[Fraction], scale: Fraction, shift: Fraction, is_screened: bool
    ) -> None:
        limits = process_limits(values, is_screened=is_screened)
        other = process_limits([scale * value + shift for value in values], is_screened=is_screened)
        assert other == ProcessLimits(mean=scale * limits.mean + shift, sigma=scale * limits.sigma)
        assert limits.low <= limits.mean <= limits.high

    @given(walks(min_size=2))
    def test_screening_narrows_limits_and_never_to_nothing(self, values: list[Fraction]) -> None:
        plain, screened = process_limits(values), process_limits(values, is_screened=True)
        assert screened.sigma <= plain.sigma
        assert bool(screened.sigma) is bool(plain.sigma)


MONTHLY = attrs.evolve(UP, cadence=Cadence.MONTHLY)


def _monthly(values: Sequence[Fraction | Absence]) -> Series:
    return Series.of(
        UP.measure, {Cadence.MONTHLY.due(dt.date(2020, 1, 31), month): each for month, each in enumerate(values)}
    )


class TestKPI5Seasons:
    """With seasons, each reading is compared with the one a season before."""

    @given(of_values, walks(min_size=24, max_size=40), st.lists(figures, min_size=12, max_size=12))
    def test_a_yearly_pattern_changes_nothing(
        self, rule: TrendRule, values: list[Fraction], pattern: list[Fraction]
    ) -> None:
        policy = asking(rule, seasonal=12)
        wavy = [value + pattern[month % 12] for month, value in enumerate(values)]
        plain, seasonal = (
            MONTHLY.assess(_monthly(each), as_of=_monthly(each).readings[-1].on, policy=policy)
            for each in (values, wavy)
        )
        assert heard(plain, rule) == heard(seasonal, rule)

    @given(of_values, walks(min_size=1, max_size=40))
    def test_it_judges_the_differences(self, rule: TrendRule, values: list[Fraction]) -> None:
        readings = _monthly(values)
        seen = MONTHLY.assess(readings, as_of=readings.readings[-1].on, policy=asking(rule, seasonal=12))
        yearly = [before - value for before, value in zip(values, values[12:], strict=False)]
        # A difference is no value of the measure: no reason tells it as one.
        told = heard(seen, rule)
        assert (told.way, told.missing) == (_seen(rule, yearly).way, _seen(rule, yearly).missing)
        assert not {"trend-beyond", "trend-moved"} & set(told.codes)

    @given(of_values, walks(min_size=1, max_size=40), st.integers(0, 999))
    def test_no_difference_reaches_across_a_rebasing(self, rule: TrendRule, values: list[Fraction], month: int) -> None:
        readings = _monthly(values)
        month %= len(values)
        on = readings.readings[month].on
        rebased = attrs.evolve(MONTHLY, rebasings=[Rebasing(on=on, reason="a new process")])
        later = attrs.evolve(readings, readings=readings.readings[month:])
        policy, as_of = asking(rule, seasonal=12), readings.readings[-1].on
        assert heard(rebased.assess(readings, as_of=as_of, policy=policy), rule) == heard(
            MONTHLY.assess(later, as_of=as_of, policy=policy), rule
        )


class TestKPI5Marks:
    """Marks on a chart are what the test says, reading by reading."""

    @given(
        st.one_of(values(Steps), sigma_rules()),
        walks(),
        values(ProcessLimits).filter(lambda limits: bool(limits.sigma)),
    )
    def test_the_last_one_is_marked_where_the_test_fires(
        self, test: Steps | SigmaRule, values: list[Fraction], limits: ProcessLimits
    ) -> None:
        found = marks(test, values, limits=limits)
        assert len(found) == len(values)
        for index, mark in enumerate(found):
            latest = values[index + 1 - test.window : index + 1] if index + 1 >= test.window else []
            offs = [(value - limits.mean) / limits.sigma for value in latest]
            rises, falls = (bool(offs) and test.fires([sign * off for off in offs], Fraction(1)) for sign in (1, -1))
            assert mark == (-1 if falls else 1 if rises else 0)

    @given(st.one_of(values(Steps), sigma_rules()), walks())
    def test_what_counts_is_among_all_and_the_last_too(self, test: Steps | SigmaRule, values: list[Fraction]) -> None:
        last, counted, everything = (marks(test, values, mark=mark) for mark in (Mark.LAST, Mark.COUNTED, Mark.ALL))
        for some in (last, counted):
            assert all(each or not mark for each, mark in zip(everything, some, strict=True))
        assert any(last) == any(counted) == any(everything)

    @pytest.mark.parametrize("mark", Mark)
    @given(st.one_of(values(Steps), sigma_rules()), walks(), figures)
    def test_without_dispersion_nothing_is_marked(
        self, mark: Mark, test: Steps | SigmaRule, values: list[Fraction], mean: Fraction
    ) -> None:
        assert not any(marks(test, values, limits=ProcessLimits(mean=mean, sigma=0), mark=mark))
