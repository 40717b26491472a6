"""Trend rules of every kind: what all of them hold, and each beside a model written from its sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise, permutations

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import Absence, Cadence, Heading, HealthBands, Kpi, Measure, Polarity, Series, TrendPolicy
from goalmodel.measure.row import Dated
from goalmodel.testing import sigma_rules, trend_rules, values
from goalmodel.trend import (
    ControlChart,
    Cusum,
    Ewma,
    FirstReadings,
    MannKendall,
    Mark,
    ProcessLimits,
    Rebasing,
    ReferenceWindow,
    RunChart,
    SigmaRule,
    Steps,
    TrendRule,
    TrendVerdict,
    fewest_crossings,
    longest_run,
    marks,
    process_limits,
)
from goalmodel.trend.cumulative_sum import adds_up
from goalmodel.trend.history import trend_row
from goalmodel.trend.kendall import chance_in_any_order
from goalmodel.trend.mann_kendall_test import rises
from goalmodel.trend.moving_average import average_is_off
from goalmodel.trend.rule import verdict
from goalmodel.trend.runs import sides_of_median

FIRST = dt.date(2026, 1, 1)
UP = Kpi(id="up", measure=Measure("up", polarity=Polarity.HIGHER_IS_BETTER))
DOWN = Kpi(id="down", measure=Measure("down", polarity=Polarity.LOWER_IS_BETTER))

figures = st.one_of(st.integers(-4, 4), st.integers(-1_000, 1_000), st.fractions()).map(Fraction)


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


def _seen(rule: TrendRule, values: Sequence[Fraction], *, baseline: FirstReadings | None = None) -> TrendVerdict:
    return verdict(rule, trend_row(_dated(values), unbroken=len(values), reference=baseline))


def _ways(seen: TrendVerdict) -> frozenset[object]:
    """Return the headings a verdict gives reasons for; a chart may see both."""
    return frozenset(dict(reason.facts).get("heading") for reason in seen.reasons) - {None}


def _missing(seen: TrendVerdict) -> object:
    return next((dict(reason.facts)["missing"] for reason in seen.reasons if "missing" in dict(reason.facts)), None)


def _series(kpi: Kpi, values: Sequence[Fraction | Absence]) -> Series:
    return Series.of(kpi.measure, {FIRST + dt.timedelta(days=day): value for day, value in enumerate(values)})


def _signal(kpi: Kpi, values: Sequence[Fraction | Absence], policy: TrendPolicy) -> TrendVerdict:
    seen = kpi.assess(_series(kpi, values), as_of=FIRST + dt.timedelta(days=len(values)), policy=policy)
    assert seen.signal is not None
    return seen.signal


class TestKPI5EveryRule:
    """What every trend rule holds, whichever it is."""

    @given(trend_rules(), walks())
    def test_a_mirrored_series_of_mirrored_polarity_has_the_same_verdict(
        self, rule: TrendRule, values: list[Fraction]
    ) -> None:
        policy = TrendPolicy(signal=rule)
        mirrored = [-value for value in values]
        assert _signal(UP, values, policy) == _signal(DOWN, mirrored, policy)

    @given(trend_rules(), walks())
    def test_turned_round_worsening_is_improving(self, rule: TrendRule, values: list[Fraction]) -> None:
        turned = {
            Heading.WORSENING: Heading.IMPROVING,
            Heading.IMPROVING: Heading.WORSENING,
            Heading.STEADY: Heading.STEADY,
        }
        seen, mirrored = _seen(rule, values), _seen(rule, [-value for value in values])
        assert {turned[way] for way in _ways(seen) if isinstance(way, Heading)} == _ways(mirrored)
        assert (seen.heading is Heading.UNDETERMINED) == (mirrored.heading is Heading.UNDETERMINED)

    @given(trend_rules(), walks(), figures.filter(bool).map(abs), figures)
    def test_another_unit_changes_nothing(
        self, rule: TrendRule, values: list[Fraction], scale: Fraction, shift: Fraction
    ) -> None:
        assert _seen(rule, values) == _seen(rule, [scale * value + shift for value in values])

    @given(trend_rules(), st.data())
    def test_it_needs_exactly_what_it_declares_and_says_how_many_are_missing(
        self, rule: TrendRule, data: st.DataObject
    ) -> None:
        needs = rule.needs(FirstReadings())
        assume(needs <= 40)
        different = st.lists(st.fractions(), min_size=needs, max_size=needs, unique=True)
        values = data.draw(different)
        assert _seen(rule, values).heading is not Heading.UNDETERMINED
        for count in range(needs):
            too_few = _seen(rule, values[:count])
            assert (too_few.heading, _missing(too_few)) == (Heading.UNDETERMINED, needs - count)

    @given(trend_rules(), figures, st.integers(0, 40))
    def test_a_flat_series_signals_nothing(self, rule: TrendRule, level: Fraction, count: int) -> None:
        seen = _seen(rule, [level] * count)
        assert seen.heading in {Heading.STEADY, Heading.UNDETERMINED}
        assert seen.reasons

    @given(trend_rules(), walks(min_size=1))
    def test_replaying_gives_what_judging_each_date_gives(self, rule: TrendRule, values: list[Fraction]) -> None:
        policy, whole = TrendPolicy(signal=rule), _series(UP, values)
        for day in range(len(values)):
            as_of = FIRST + dt.timedelta(days=day)
            looking_back = UP.assess(whole, as_of=as_of, policy=policy)
            assert looking_back == UP.assess(_series(UP, values[: day + 1]), as_of=as_of, policy=policy)
            assert looking_back.signal == _seen(rule, [-value for value in values[: day + 1]])

    @given(st.one_of(values(MannKendall), values(Cusum), values(Ewma), values(RunChart), sigma_rules(), values(Steps)))
    def test_its_false_alarm_rate_is_a_probability_or_not_measured(self, rule: TrendRule) -> None:
        assert rule.false_alarm_rate is None or 0 < rule.false_alarm_rate < 1
        assert str(rule).strip()


class TestKPI5ControlChart:
    """A control chart fires when one of its tests does."""

    @given(st.lists(st.one_of(values(Steps), sigma_rules()), min_size=1, max_size=4), walks(min_size=12))
    def test_it_sees_what_its_tests_see(self, tests: list[Steps | SigmaRule], values: list[Fraction]) -> None:
        chart = _seen(ControlChart(name="chart", tests=tests), values)
        assume(process_limits(values[:12]).sigma)
        alone = [_seen(test, values) for test in tests]
        asked = [seen for seen in alone if seen.heading is not Heading.UNDETERMINED]
        found = set[object]().union(*(_ways(seen) for seen in asked))
        assert (chart.heading is Heading.UNDETERMINED) == (not asked)
        assert (chart.heading is Heading.WORSENING) == (Heading.WORSENING in found)
        if found - {Heading.STEADY}:
            assert _ways(chart) == found - {Heading.STEADY}

    @given(
        count=st.integers(1, 6),
        more=st.integers(0, 3),
        is_strict=st.booleans(),
        on_one_side=st.booleans(),
        data=st.data(),
    )
    def test_beyond_counts_what_its_sentence_counts(
        self, *, count: int, more: int, is_strict: bool, on_one_side: bool, data: st.DataObject
    ) -> None:
        test = SigmaRule(count, 2, of=count + more, is_strict=is_strict, on_one_side=on_one_side)
        offs = data.draw(
            st.lists(st.sampled_from((-3, -2, 0, 1, 2, 3)).map(Fraction), min_size=test.of, max_size=test.of)
        )
        far = [off for off in offs if off >= 2 + Fraction(is_strict, 10)]
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
        assert _seen(short, values).heading is _seen(long, values).heading

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
            assert (seen.heading, _missing(seen)) == (Heading.UNDETERMINED, 10 - len(sides))
        elif longest > longest_run(len(sides)) or crossings < fewest_crossings(len(sides)):
            assert seen.heading is (Heading.WORSENING if sides[-1] else Heading.IMPROVING)
        else:
            assert seen.heading is Heading.STEADY

    @given(st.lists(st.integers(0, 3).map(Fraction), min_size=5, max_size=6), st.sampled_from((1, 5, 10, 30)))
    def test_mann_kendall_is_the_share_of_all_orders_that_rise_as_much(
        self, values: list[Fraction], percent: int
    ) -> None:
        alpha = Fraction(percent, 100)
        sums = [_s(order) for order in permutations(values)]
        share = Fraction(sum(each >= _s(values) for each in sums), len(sums))
        assert chance_in_any_order(values, _s(values)) == share
        rule = MannKendall(readings=len(values), alpha=alpha)
        assert rises(rule, values) is (_s(values) > 0 and share <= alpha)

    @given(values(MannKendall), st.integers(0, 10))
    def test_a_rise_without_a_tie_is_always_telling(self, rule: MannKendall, before: int) -> None:
        values = [Fraction(0)] * before + [Fraction(each) for each in range(1, rule.readings + 1)]
        assert _seen(rule, values).heading is Heading.WORSENING


def _text(sides: Sequence[bool]) -> str:
    return "".join("+" if side else "-" for side in sides)


def _s(values: Sequence[Fraction]) -> int:
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))


class TestKPI5Baselines:
    """A baseline is locked and explicit, and moved only by a dated rebasing with a reason."""

    @given(trend_rules(), walks(min_size=12))
    def test_a_window_over_the_first_readings_is_those_readings(self, rule: TrendRule, values: list[Fraction]) -> None:
        window = ReferenceWindow(FIRST, FIRST + dt.timedelta(days=11))
        by_window = _signal(attrs.evolve(UP, reference=window), values, TrendPolicy(signal=rule))
        assert by_window == _signal(UP, values, TrendPolicy(signal=rule))

    @given(trend_rules(), walks(min_size=12), st.data())
    def test_limits_stated_as_they_were_found_say_the_same(
        self, rule: TrendRule, values: list[Fraction], data: st.DataObject
    ) -> None:
        assume(not isinstance(rule, Cusum | Ewma))
        assume(process_limits(values[:12]).sigma)
        kpi = attrs.evolve(UP, bands=data.draw(st.sampled_from((None, HealthBands.at_least(3)))))
        stated = attrs.evolve(kpi, reference=process_limits(values[:12]))
        policy = TrendPolicy(signal=rule)
        assert _signal(stated, values, policy) == _signal(kpi, values, policy)

    @given(values(ProcessLimits), walks(min_size=3))
    def test_stated_limits_say_nothing_about_the_nearer_of_two_edges(
        self, limits: ProcessLimits, values: list[Fraction]
    ) -> None:
        kpi = attrs.evolve(UP, bands=HealthBands.between(0, 1), reference=limits)
        seen = _signal(kpi, values, TrendPolicy())
        assert seen.heading is Heading.UNDETERMINED
        assert [reason.code for reason in seen.reasons] == ["trend-no-limits-of-distances"]

    @given(trend_rules(), walks(min_size=2), st.data())
    def test_after_rebasing_only_later_readings_are_judged_and_before_it_nothing_changes(
        self, rule: TrendRule, values: list[Fraction], data: st.DataObject
    ) -> None:
        day = data.draw(st.integers(0, len(values) - 1))
        rebased = attrs.evolve(UP, rebasings=[Rebasing(on=FIRST + dt.timedelta(days=day), reason="a new process")])
        policy, readings = TrendPolicy(signal=rule), _series(UP, values)
        later = attrs.evolve(readings, readings=readings.readings[day:])
        as_of = readings.readings[-1].on
        assert (
            rebased.assess(readings, as_of=as_of, policy=policy).signal
            == UP.assess(later, as_of=as_of, policy=policy).signal
        )
        before = FIRST + dt.timedelta(days=day - 1)
        assert (
            rebased.assess(readings, as_of=before, policy=policy).signal
            == UP.assess(readings, as_of=before, policy=policy).signal
        )

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

    @given(trend_rules(), walks(min_size=24, max_size=40), st.lists(figures, min_size=12, max_size=12))
    def test_a_yearly_pattern_changes_nothing(
        self, rule: TrendRule, values: list[Fraction], pattern: list[Fraction]
    ) -> None:
        policy = TrendPolicy(signal=rule, seasonal=12)
        wavy = [value + pattern[month % 12] for month, value in enumerate(values)]
        plain, seasonal = (
            MONTHLY.assess(_monthly(each), as_of=_monthly(each).readings[-1].on, policy=policy)
            for each in (values, wavy)
        )
        assert plain.signal == seasonal.signal

    @given(trend_rules(), walks(min_size=1, max_size=30))
    def test_it_judges_the_differences_once_there_are_two_years(self, rule: TrendRule, values: list[Fraction]) -> None:
        policy, readings = TrendPolicy(signal=rule, seasonal=12), _monthly(values)
        seen = MONTHLY.assess(readings, as_of=readings.readings[-1].on, policy=policy).signal
        assert seen is not None
        if len(values) < 24:
            assert (seen.heading, _missing(seen)) == (Heading.UNDETERMINED, 24 - len(values))
        else:
            yearly = [before - value for before, value in zip(values, values[12:], strict=False)]
            assert seen == _seen(rule, yearly)


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
