"""Headings: what every trend rule holds, and each rule beside a model written from its sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, permutations
from math import factorial
from typing import Any, TypeAlias, cast

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

from asking import BETTER, NEITHER, UNDETERMINED, WORSE, Heard, asking, heard, heard_of
from goalmodel import (
    Absence,
    Cadence,
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
from goalmodel.kpi import Streaks
from goalmodel.measure import Number
from goalmodel.testing import health_bands, kpis, series, sigma_rules, trend_policies, values
from goalmodel.trend import (
    ControlChart,
    FirstReadings,
    SigmaRule,
    Steps,
    TrendRule,
    limits_and_runs,
    xmr_wheeler,
)
from speaking import of_unknown_kinds

Walk: TypeAlias = list[Fraction | None]
"""Values day by day, oldest first; None where the day's is missing."""

FIRST = dt.date(2026, 1, 1)
PER_SIGMA = Fraction("1.128")
JUST = Fraction(1, 10**12)
MOVES = (Fraction(-1), Fraction(1), Fraction(0), Fraction(1, 10), Fraction(-1, 3), JUST, -JUST)

UP = Kpi(id="up", measure=Measure("up", polarity=Polarity.HIGHER_IS_BETTER))
DOWN = Kpi(id="down", measure=Measure("down", polarity=Polarity.LOWER_IS_BETTER))


def figures() -> st.SearchStrategy[Fraction]:
    """Return rationals, tiny and huge, within the digits that a door takes after they are scaled and shifted."""
    return st.one_of(
        st.builds(Fraction, st.integers(-1_000, 1_000), st.sampled_from((1, 10, 100, 1_000))),
        st.fractions(),
        st.builds(_times_ten, st.integers(), st.integers(-100, 100)),
    )


def moves() -> st.SearchStrategy[Fraction]:
    """Return differences of neighbours: none, hardly any, ordinary ones of both signs, and any."""
    return st.one_of(st.sampled_from(MOVES), st.sampled_from(MOVES), figures())


@st.composite
def walks(draw: st.DrawFn, *, min_size: int = 0, max_size: int = 12) -> list[Fraction]:
    """Return values that rise, fall and stay, each for a while."""
    values = [draw(figures())]
    for move, times in draw(st.lists(st.tuples(moves(), st.integers(1, 4)), max_size=6)):
        values += [values[-1] + move * index for index in range(1, times + 1)]
    while len(values) < min_size:
        values.append(values[-1] + draw(moves()))
    return values[: draw(st.integers(min_size, max(min_size, max_size)))]


@st.composite
def walks_with_gaps(draw: st.DrawFn) -> Walk:
    """Return values as `walks` does, with short and long gaps between them and behind the last."""
    gaps = st.one_of(st.just(0), st.just(0), st.integers(0, 4))
    known: Walk = []
    for value in draw(walks()):
        known += [None] * draw(gaps) + [value]
    return known + [None] * draw(gaps)


@st.composite
def directed_kpis(draw: st.DrawFn, values: Sequence[Fraction | None] = ()) -> Kpi:
    """Return KPIs some way is the wrong way for: with bands of all kinds, cut on values and anywhere, and without."""
    present = [value for value in values if value is not None]
    cuts = st.one_of(st.sampled_from(present), figures()) if present else figures()
    bands = draw(st.one_of(st.none(), health_bands(edges=cuts)))
    polarity = draw(st.sampled_from([Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER]))
    return Kpi(id="any", measure=Measure("anything", polarity=polarity), bands=bands)


@st.composite
def small_baselines(draw: st.DrawFn) -> FirstReadings:
    """Return reference periods that walks fill, all but fill and do not fill."""
    count = draw(st.integers(2, 7))
    return FirstReadings(count, draw(st.integers(2, count)))


SMALL_STEPS = st.builds(Steps, st.integers(1, 5))
SMALL_SIGMAS = st.builds(
    SigmaRule,
    st.integers(1, 5),
    st.one_of(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(2), Fraction(1, 3)]), st.fractions(JUST)),
)


def small_rules() -> st.SearchStrategy[TrendRule]:
    """Return rules that walks are long enough for, all but, and not."""
    return st.one_of(SMALL_STEPS, SMALL_SIGMAS)


def small_policies() -> st.SearchStrategy[TrendPolicy]:
    """Return policies of small rules and reference periods."""
    return st.builds(
        TrendPolicy,
        usual=SMALL_SIGMAS,
        direction=SMALL_STEPS,
        reference=small_baselines(),
        missing_ends_run=st.integers(1, 4),
    )


@st.composite
def judged(draw: st.DrawFn) -> tuple[Kpi, Walk, TrendPolicy]:
    """Return a KPI, values day by day, and a policy."""
    walk = draw(walks_with_gaps())
    return draw(directed_kpis(walk)), walk, draw(small_policies())


@st.composite
def on_the_limits(draw: st.DrawFn) -> tuple[list[Fraction], SigmaRule, FirstReadings]:
    """Return a full baseline, followed by readings so many sigmas off its mean: exactly, a little less, a little more.

    All of them lie on one side, or on either.
    """
    usual = draw(walks(min_size=2, max_size=7))
    rule = draw(st.builds(SigmaRule, st.integers(1, 4), st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3)])))
    mean, sigma = _mean_and_sigma(usual)
    off = st.sampled_from([Fraction(0), Fraction(0), JUST, -JUST])
    one_side = draw(st.sampled_from([(1,), (-1,), (1, -1)]))
    latest = [
        mean + draw(st.sampled_from(one_side)) * (rule.sigmas * sigma + draw(off))
        for _ in range(draw(st.integers(rule.readings, rule.readings + 2)))
    ]
    return [*usual, *latest], rule, FirstReadings(len(usual), 2)


def _times_ten(mantissa: int, exponent: int) -> Fraction:
    return mantissa * Fraction(10) ** exponent


def _day(index: int) -> dt.date:
    return FIRST + dt.timedelta(days=index)


def _series(measure: Measure, walk: Sequence[Fraction | None]) -> Series:
    """Return the walk as readings of following days, what is missing as stated absences."""
    return Series.of(
        measure, [(_day(index), Absence.MISSING if value is None else value) for index, value in enumerate(walk)]
    )


def _assessed(kpi: Kpi, walk: Sequence[Fraction | None], policy: TrendPolicy) -> KpiAssessment:
    return kpi.assess(_series(kpi.measure, walk), as_of=_day(max(len(walk) - 1, 0)), policy=policy)


def _heard(kpi: Kpi, walk: Sequence[Fraction | None], rule: TrendRule, baseline: FirstReadings | None = None) -> Heard:
    """Return what a rule says of a walk."""
    return heard(_assessed(kpi, walk, asking(rule, reference=baseline or FirstReadings())), rule)


def _both(found: KpiAssessment) -> list[tuple[str, list[str]]]:
    """Return what is said of where it stands and of its heading, but for the figures, which are in a unit."""
    return [heard_of(each).in_short for each in (found.usual, found.direction)]


def _counts(found: KpiAssessment) -> Streaks:
    return attrs.evolve(found.streaks, since=None, outside_since=None)


def _wrongness(kpi: Kpi, value: Fraction) -> Fraction:
    """Return how far out of the healthy zone a value is, or, below 0, how far from the nearer edge inside it."""
    if kpi.bands is None:
        return -value if kpi.measure.polarity is Polarity.HIGHER_IS_BETTER else value
    healthy = [zone.health for zone in kpi.bands.zones].index(Health.HEALTHY)
    edges = kpi.bands.cuts[max(healthy - 1, 0) : healthy + 1]
    distance = min(abs(value - edge) for edge in edges)
    is_low = healthy > 0 and value < kpi.bands.cuts[healthy - 1]
    is_high = healthy < len(kpi.bands.cuts) and value > kpi.bands.cuts[healthy]
    return distance if is_low or is_high else -distance


def _hanging_together(walk: Walk, ends: int) -> list[Fraction]:
    """Return the latest values, oldest first, back to the latest gap of at least so many days."""
    run: list[Fraction] = []
    gap = 0
    for value in reversed(walk):
        gap = gap + 1 if value is None else 0
        if gap >= ends:
            break
        if value is not None:
            run.insert(0, value)
    return run


def _mean_and_sigma(usual: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    ranges = [abs(usual[index] - usual[index - 1]) for index in range(1, len(usual))]
    return sum(usual, Fraction(0)) / len(usual), sum(ranges, Fraction(0)) / len(ranges) / PER_SIGMA


def _which(*, worse: bool, better: bool) -> str:
    return WORSE if worse else BETTER if better else NEITHER


def _by_the_sentence(kpi: Kpi, walk: Walk, rule: TrendRule, policy: TrendPolicy) -> tuple[str, int | None]:
    """Return which way it sees, and how many readings are missing where they are too few."""
    run = [_wrongness(kpi, value) for value in _hanging_together(walk, policy.missing_ends_run)]
    if isinstance(rule, Steps):
        if len(run) <= rule.steps:
            return UNDETERMINED, rule.steps + 1 - len(run)
        last = run[-rule.steps - 1 :]
        return _which(worse=last == sorted(set(last)), better=last == sorted(set(last), reverse=True)), None
    assert isinstance(rule, SigmaRule)
    assert isinstance(policy.reference, FirstReadings)
    usual = [_wrongness(kpi, value) for value in walk if value is not None][: policy.reference.count]
    missing = max(rule.readings - len(run), policy.reference.trial_from - len(usual))
    if missing > 0:
        return UNDETERMINED, missing
    mean, sigma = _mean_and_sigma(usual)
    if sigma == 0:
        return UNDETERMINED, None
    sigmas_off = [(amount - mean) / sigma for amount in run[-rule.readings :]]
    return _which(worse=min(sigmas_off) >= rule.sigmas, better=max(sigmas_off) <= -rule.sigmas), None


def _in_another_unit(kpi: Kpi, scale: Fraction, shift: Fraction) -> Kpi:
    """Return *kpi* after x -> scale * x + shift; where the scale is below 0, what was better is worse."""
    turned = {
        Polarity.HIGHER_IS_BETTER: Polarity.LOWER_IS_BETTER,
        Polarity.LOWER_IS_BETTER: Polarity.HIGHER_IS_BETTER,
    }
    along = 1 if scale > 0 else -1
    polarity = kpi.measure.polarity if scale > 0 else turned[kpi.measure.polarity]
    bands = kpi.bands and HealthBands(
        cuts=[scale * cut + shift for cut in kpi.bands.cuts][::along], zones=kpi.bands.zones[::along]
    )
    return attrs.evolve(kpi, measure=attrs.evolve(kpi.measure, polarity=polarity), bands=bands)


def _moved(walk: Walk, scale: Fraction, shift: Fraction) -> Walk:
    return [None if value is None else scale * value + shift for value in walk]


def _orders_without_run(readings: int, steps: int) -> int:
    """Return how many orders of so many different readings have no so many rising steps in a row.

    It builds them reading by reading, and remembers the rank of the last among those so far, and the rising steps
    that end there.
    """
    ways = {(0, 0): 1}
    for size in range(2, readings + 1):
        longer: dict[tuple[int, int], int] = {}
        for (rank, run), count in ways.items():
            for next_rank in range(size):
                next_run = run + 1 if next_rank > rank else 0
                if next_run < steps:
                    longer[next_rank, next_run] = longer.get((next_rank, next_run), 0) + count
        ways = longer
    return sum(ways.values())


def _has_run(order: Sequence[int], steps: int) -> bool:
    rises = [later > earlier for earlier, later in pairwise(order)]
    return any(all(rises[start : start + steps]) for start in range(len(rises) - steps + 1))


class TestKPI5:
    """Standing and heading each come from a named trend rule that declares the readings it needs and its false-alarm
    rate; with fewer it is undetermined.
    """

    @given(judged())
    def test_both_say_what_their_sentences_say(self, given: tuple[Kpi, Walk, TrendPolicy]) -> None:
        kpi, walk, policy = given
        seen = _assessed(kpi, walk, policy)
        for rule in (policy.usual, policy.direction):
            told = heard(seen, rule)
            assert (told.way, told.missing) == _by_the_sentence(kpi, walk, rule, policy)

    @given(judged())
    def test_each_answer_is_its_verdicts_and_names_its_rule(self, given: tuple[Kpi, Walk, TrendPolicy]) -> None:
        kpi, walk, policy = given
        seen = _assessed(kpi, walk, policy)
        assert seen.usual is not None
        assert seen.direction is not None
        assert (seen.standing, seen.usual.rule) == (seen.usual.standing, policy.usual)
        assert (seen.heading, seen.direction.rule) == (seen.direction.heading, policy.direction)
        for verdict in (seen.usual, seen.direction):
            assert str(verdict.rule)
            assert verdict.reasons
            assert {reason.rule for reason in verdict.reasons} <= {"KPI-4", "KPI-5"}
            assert of_unknown_kinds(verdict.reasons) == []

    @given(directed_kpis(), small_rules(), small_baselines(), st.data())
    def test_it_needs_exactly_what_it_declares_and_says_how_many_are_missing(
        self, kpi: Kpi, rule: TrendRule, baseline: FirstReadings, data: st.DataObject
    ) -> None:
        needs = rule.needs(baseline)
        values = data.draw(walks(min_size=needs, max_size=needs + 3), label="values")
        assume(len({_wrongness(kpi, value) for value in values[: baseline.trial_from]}) > 1)
        enough = _heard(kpi, values[:needs], rule, baseline)
        assert (enough.way != UNDETERMINED, enough.missing) == (True, None)
        for count in range(needs):
            too_few = _heard(kpi, values[:count], rule, baseline)
            assert (too_few.way, too_few.missing) == (UNDETERMINED, needs - count)

    @given(st.one_of(values(Steps), sigma_rules(in_a_row=True)), values(FirstReadings))
    def test_it_declares_how_often_it_is_wrong_or_that_nobody_measured_it(
        self, rule: TrendRule, baseline: FirstReadings
    ) -> None:
        for looks in (4, 12, 52):
            rate = rule.false_alarm_rate(looks)
            assert rate is None or 0 < rate < 1
        assert rule.needs(baseline) >= 1

    @given(kpis(), st.data(), trend_policies())
    def test_any_readings_of_any_kpi_have_both(self, kpi: Kpi, data: st.DataObject, policy: TrendPolicy) -> None:
        readings = data.draw(series(measure=kpi.measure), label="readings")
        for reading in readings:
            seen = kpi.assess(readings, as_of=reading.on, policy=policy)
            assert (seen.standing in Standing, seen.heading in Heading) == (True, True)
            assert of_unknown_kinds(seen.explained) == []

    @given(directed_kpis(), figures(), st.integers(1, 15), small_policies())
    def test_a_flat_series_signals_nothing(self, kpi: Kpi, level: Fraction, count: int, policy: TrendPolicy) -> None:
        seen = _assessed(kpi, [level] * count, policy)
        assert seen.standing is Standing.UNDETERMINED
        assert seen.heading in {Heading.NO_CLEAR_DIRECTION, Heading.UNDETERMINED}

    @given(judged(), figures().filter(bool), figures())
    def test_another_unit_changes_no_verdict(
        self, given: tuple[Kpi, Walk, TrendPolicy], scale: Fraction, shift: Fraction
    ) -> None:
        kpi, walk, policy = given
        seen = _assessed(kpi, walk, policy)
        other = _assessed(_in_another_unit(kpi, scale, shift), _moved(walk, scale, shift), policy)
        assert _both(other) == _both(seen)

    @given(judged(), figures())
    def test_a_direction_does_not_change_with_the_bands(
        self, given: tuple[Kpi, Walk, TrendPolicy], shift: Fraction
    ) -> None:
        kpi, walk, policy = given
        assume(kpi.bands is None or len(kpi.bands.zones) > 1)
        assume(kpi.bands is None or kpi.bands.low is None or kpi.bands.high is None)
        moved = attrs.evolve(kpi, bands=kpi.bands and attrs.evolve(kpi.bands, cuts=[c + shift for c in kpi.bands.cuts]))
        assert _assessed(moved, walk, policy).heading is _assessed(kpi, walk, policy).heading

    @given(judged())
    def test_a_mirrored_series_with_mirrored_bands_has_the_same_verdict(
        self, given: tuple[Kpi, Walk, TrendPolicy]
    ) -> None:
        kpi, walk, policy = given
        seen = _assessed(kpi, walk, policy)
        mirrored = _assessed(
            _in_another_unit(kpi, Fraction(-1), Fraction(0)), _moved(walk, Fraction(-1), Fraction(0)), policy
        )
        assert (_both(mirrored), mirrored.health) == (_both(seen), seen.health)

    @given(judged().filter(lambda given: given[0].bands is None))
    def test_turned_upside_down_worsening_is_improving(self, given: tuple[Kpi, Walk, TrendPolicy]) -> None:
        kpi, walk, policy = given
        turned = {WORSE: BETTER, BETTER: WORSE}
        seen = _assessed(kpi, walk, policy)
        upside_down = _assessed(kpi, _moved(walk, Fraction(-1), Fraction(0)), policy)
        for rule in (policy.usual, policy.direction):
            way = heard(seen, rule).way
            assert heard(upside_down, rule).way == turned.get(way, way)

    @given(judged())
    def test_reading_by_reading_it_says_what_it_says_looking_back(self, given: tuple[Kpi, Walk, TrendPolicy]) -> None:
        kpi, walk, policy = given
        whole = _series(kpi.measure, walk)
        for count in range(1, len(walk) + 1):
            then = _assessed(kpi, walk[:count], policy)
            assert kpi.assess(whole, as_of=_day(count - 1), policy=policy) == then

    @given(judged(), st.data())
    def test_the_order_of_input_is_irrelevant(self, given: tuple[Kpi, Walk, TrendPolicy], data: st.DataObject) -> None:
        kpi, walk, policy = given
        readings = data.draw(st.permutations(list(_series(kpi.measure, walk))), label="readings")
        as_of = _day(max(len(walk) - 1, 0))
        assert kpi.assess(Series.of(kpi.measure, readings), as_of=as_of, policy=policy) == _assessed(kpi, walk, policy)


class TestKPI5Steps:
    """Steps in a row: each of the last k steps went the same way. They need k + 1 readings, and a tie breaks them."""

    @pytest.mark.parametrize("count", range(1, 8))
    @pytest.mark.parametrize("in_a_row", range(1, 5))
    def test_the_model_of_the_rate_counts_what_all_orders_show(self, count: int, in_a_row: int) -> None:
        without = sum(not _has_run(order, in_a_row) for order in permutations(range(count)))
        assert _orders_without_run(count, in_a_row) == without

    @given(values(Steps))
    def test_its_false_alarm_rate_is_the_share_of_orders_with_such_a_row_within_a_year(self, rule: Steps) -> None:
        readings = 12 + rule.steps
        without = Fraction(_orders_without_run(readings, rule.steps), factorial(readings))
        assert rule.false_alarm_rate() == 1 - without

    @given(values(Steps))
    def test_more_steps_raise_fewer_false_alarms(self, rule: Steps) -> None:
        assert Steps(rule.steps + 1).false_alarm_rate() < rule.false_alarm_rate()

    @pytest.mark.parametrize("rule", [Steps(2), Steps(3)], ids=str)
    @pytest.mark.parametrize("kpi", [UP, DOWN], ids=["higher is better", "lower is better"])
    def test_it_fires_in_as_many_orders_as_it_says(self, rule: Steps, kpi: Kpi) -> None:
        # Three looks in a row, at the order of k + 3 readings: worsening at one of them or more.
        orders = list(permutations(map(Fraction, range(rule.steps + 3))))
        fired = sum(
            any(_heard(kpi, order[:seen], rule).way == WORSE for seen in range(rule.steps + 1, rule.steps + 4))
            for order in orders
        )
        assert len(orders) - fired == _orders_without_run(rule.steps + 3, rule.steps)

    @given(directed_kpis(), st.integers(1, 5), st.data())
    def test_a_tie_among_the_last_readings_breaks_the_row(self, kpi: Kpi, count: int, data: st.DataObject) -> None:
        values = data.draw(walks(min_size=count, max_size=count + 3), label="values")
        place = data.draw(st.integers(len(values) - count, len(values) - 1), label="place")
        tied = [*values[: place + 1], *values[place:]]
        assert _heard(kpi, tied, Steps(count)).way == NEITHER

    @given(figures(), st.lists(moves().filter(bool).map(abs), min_size=1, max_size=8), st.integers(1, 8))
    def test_more_of_the_same_worsening_keeps_it_firing(
        self, start: Fraction, falls: list[Fraction], count: int
    ) -> None:
        values = [start]
        for fall in falls:
            values.append(values[-1] - fall)
        for kpi, known in ((UP, values), (DOWN, [-value for value in values])):
            for seen in range(1, len(known) + 1):
                expected = WORSE if seen > count else UNDETERMINED
                assert _heard(kpi, known[:seen], Steps(count)).way == expected

    @given(directed_kpis(), walks(), walks(min_size=6), st.integers(1, 5))
    def test_only_the_last_readings_count(
        self, kpi: Kpi, before: list[Fraction], latest: list[Fraction], count: int
    ) -> None:
        assert _heard(kpi, [*before, *latest], Steps(count)) == _heard(kpi, latest, Steps(count))


class TestKPI5Beyond:
    """Readings in a row: the last so many lie at least so many sigmas off a locked baseline's mean, on one side."""

    @given(on_the_limits())
    @example(([Fraction(0), PER_SIGMA, Fraction(-1)], SigmaRule(1), FirstReadings(2, 2)))
    def test_exactly_on_the_limit_counts_and_a_little_inside_does_not(
        self, given: tuple[list[Fraction], SigmaRule, FirstReadings]
    ) -> None:
        values, rule, baseline = given
        usual, latest = values[: baseline.count], values[-rule.readings :]
        mean, sigma = _mean_and_sigma(usual)
        assume(sigma)
        low, high = mean - rule.sigmas * sigma, mean + rule.sigmas * sigma
        is_high, is_low = all(value >= high for value in latest), all(value <= low for value in latest)
        assert _heard(DOWN, values, rule, baseline).way == _which(worse=is_high, better=is_low)
        assert _heard(UP, values, rule, baseline).way == _which(worse=is_low, better=is_high)

    @given(judged(), st.sampled_from([SigmaRule(1), SigmaRule(2, Fraction(1, 2)), limits_and_runs(), xmr_wheeler()]))
    def test_what_lies_beyond_is_told_as_it_was_read(
        self, given: tuple[Kpi, Walk, TrendPolicy], rule: SigmaRule | ControlChart
    ) -> None:
        kpi, walk, policy = given
        asked = attrs.evolve(policy, usual=rule)
        seen = _assessed(kpi, walk, asked)
        read = {_day(index): value for index, value in enumerate(walk) if value is not None}
        assert isinstance(policy.reference, FirstReadings)
        usual = list(read.values())[: policy.reference.count]
        rises = kpi.measure.polarity is Polarity.LOWER_IS_BETTER if kpi.bands is None else kpi.bands.high is not None
        has_two_edges = kpi.bands is not None and kpi.bands.low is not None and kpi.bands.high is not None
        for code, facts in (
            (each.code, cast("dict[str, Any]", dict(each.facts))) for each in heard(seen, rule).reasons
        ):
            if code not in {"trend-beyond", "trend-moved"}:
                continue
            mean, sigma = _mean_and_sigma(usual)
            is_above = (facts["answer"] is Standing.WORSE) is rises
            assert not has_two_edges
            assert facts["value"] == read[facts["on"]]
            if code == "trend-beyond":
                off = facts["rule"].sigmas * sigma
                assert (facts["mean"], facts["edge"]) == (mean, mean + off if is_above else mean - off)
                assert facts["value"] >= facts["edge"] if is_above else facts["value"] <= facts["edge"]
            else:
                before = [value for on, value in read.items() if on < facts["on"]][-1]
                assert (facts["before"], facts["limit"]) == (before, Fraction(3267, 1000) * PER_SIGMA * sigma)
                assert abs(facts["value"] - before) > facts["limit"]
                assert facts["value"] > mean if is_above else facts["value"] < mean

    @given(walks(min_size=2, max_size=7), st.integers(1, 4), moves().map(abs))
    def test_on_the_limit_and_beyond_it_all_fire_and_one_inside_is_enough_not_to(
        self, usual: list[Fraction], count: int, further: Fraction
    ) -> None:
        mean, sigma = _mean_and_sigma(usual)
        assume(sigma)
        rule, full = SigmaRule(count), FirstReadings(len(usual), 2)
        beyond = [mean - sigma - further] * (count - 1)
        assert _heard(UP, [*usual, *beyond, mean - sigma], rule, full).way == WORSE
        assert _heard(UP, [*usual, *beyond, mean - sigma + sigma / 10**9], rule, full).way == NEITHER

    @given(directed_kpis(), figures(), walks(), small_baselines(), sigma_rules(in_a_row=True))
    def test_a_baseline_without_dispersion_is_undetermined(
        self, kpi: Kpi, level: Fraction, later: list[Fraction], baseline: FirstReadings, rule: SigmaRule
    ) -> None:
        values = [level] * baseline.count + later
        told = _heard(kpi, values, rule, baseline)
        is_enough = rule.readings <= len(values)
        assert (told.way, told.codes) == (
            UNDETERMINED,
            ["trend-zero-dispersion" if is_enough else "trend-too-few-readings"],
        )

    @given(directed_kpis(), walks(min_size=6, max_size=14))
    def test_until_the_baseline_is_full_its_limits_are_on_trial(self, kpi: Kpi, values: list[Fraction]) -> None:
        told = _heard(kpi, values, SigmaRule())
        assert ("trend-on-trial" in told.codes) == (len(values) < 12 and told.way != UNDETERMINED)

    @given(directed_kpis(), walks(min_size=15, max_size=15), st.lists(figures(), min_size=1, max_size=3))
    def test_once_locked_no_later_reading_moves_the_limits(
        self, kpi: Kpi, values: list[Fraction], between: list[Fraction]
    ) -> None:
        usual, latest = values[:12], values[12:]
        told = _heard(kpi, [*usual, *latest], SigmaRule())
        assert _heard(kpi, [*usual, *between, *latest], SigmaRule()).in_short == told.in_short

    @given(directed_kpis(), walks(min_size=2), st.integers(1, 4), st.data())
    def test_more_sigmas_or_more_readings_never_fire_where_fewer_do_not(
        self, kpi: Kpi, values: list[Fraction], count: int, data: st.DataObject
    ) -> None:
        few, many = sorted(data.draw(st.lists(st.fractions(JUST, 4), min_size=2, max_size=2), label="sigmas"))
        baseline = FirstReadings(2, 2)
        eager = _heard(kpi, values, SigmaRule(count, few), baseline).way
        for strict in (SigmaRule(count, many), SigmaRule(count + 1, few)):
            assert _heard(kpi, values, strict, baseline).way in {eager, NEITHER, UNDETERMINED}


class TestKPI5Gaps:
    """Missing readings suspend a run of readings, until so many in a row end it."""

    @given(walks(min_size=1), directed_kpis(), small_policies(), st.data())
    def test_short_gaps_change_nothing(
        self, values: list[Fraction], kpi: Kpi, policy: TrendPolicy, data: st.DataObject
    ) -> None:
        gaps = st.integers(0, policy.missing_ends_run - 1)
        walk: Walk = []
        for value in values:
            walk += [value] + [None] * data.draw(gaps, label="gap")
        seen, whole = _assessed(kpi, walk, policy), _assessed(kpi, list(values), policy)
        assert _both(seen) == _both(whole)
        assert _counts(seen) == _counts(whole)

    @given(walks(min_size=1), walks(), directed_kpis(), small_policies(), st.integers(0, 3))
    def test_a_long_gap_leaves_only_what_came_after_it(
        self, before: list[Fraction], after: list[Fraction], kpi: Kpi, policy: TrendPolicy, more: int
    ) -> None:
        gap: Walk = [None] * (policy.missing_ends_run + more)
        stepping = attrs.evolve(policy, direction=Steps(2))
        seen, alone = _assessed(kpi, [*before, *gap, *after], stepping), _assessed(kpi, list(after), stepping)
        assert seen.direction == alone.direction
        assert _counts(seen) == _counts(alone)

    @given(judged())
    def test_a_reading_expected_in_vain_is_as_missing_as_one_stated_absent(
        self, given: tuple[Kpi, Walk, TrendPolicy]
    ) -> None:
        kpi, walk, policy = given
        assume(walk and walk[0] is not None)
        daily = attrs.evolve(kpi, cadence=Cadence(days=1))
        dropped = [(_day(index), value) for index, value in enumerate(walk) if value is not None]
        # Without grace a day's reading is overdue on the day after.
        as_of = _day(len(walk))
        vain = daily.assess(Series.of(kpi.measure, dropped), as_of=as_of, policy=policy)
        stated = kpi.assess(_series(kpi.measure, walk), as_of=as_of, policy=policy)
        assert (vain.usual, vain.direction, vain.streaks) == (stated.usual, stated.direction, stated.streaks)

    @given(judged(), st.sampled_from([-1, 1]))
    def test_a_value_the_measure_cannot_have_is_as_missing_as_one_stated_absent(
        self, given: tuple[Kpi, Walk, TrendPolicy], side: int
    ) -> None:
        kpi, walk, policy = given
        present = [value for value in walk if value is not None]
        assume(present)
        lowest, highest = min(present), max(present)
        bounded = attrs.evolve(kpi, measure=attrs.evolve(kpi.measure, lowest=lowest, highest=highest))
        impossible: Number = lowest - 1 if side < 0 else highest + 1
        readings = Series.of(
            bounded.measure,
            [(_day(index), impossible if value is None else value) for index, value in enumerate(walk)],
        )
        seen = bounded.assess(readings, as_of=_day(len(walk) - 1), policy=policy)
        stated = _assessed(kpi, walk, policy)
        assert (seen.usual, seen.direction, seen.streaks) == (stated.usual, stated.direction, stated.streaks)

    @given(judged())
    def test_streaks_are_what_the_readings_that_hang_together_show(self, given: tuple[Kpi, Walk, TrendPolicy]) -> None:
        kpi, walk, policy = given
        streaks = _assessed(kpi, walk, policy).streaks
        run = _hanging_together(walk, policy.missing_ends_run)
        if kpi.bands is None or not run:
            assert (streaks.in_zone, streaks.healthy, streaks.not_healthy, streaks.since) == (0, 0, 0, None)
            return
        zones = [kpi.bands.zone(value) for value in run]
        for count, alike in (
            (streaks.in_zone, [zone == zones[-1] for zone in zones]),
            (streaks.healthy, [zone.health is Health.HEALTHY for zone in zones]),
            (streaks.not_healthy, [zone.health is not Health.HEALTHY for zone in zones]),
            (streaks.unhealthy, [zone.health is Health.UNHEALTHY for zone in zones]),
        ):
            assert all(alike[len(alike) - count :])
            assert count == len(alike) or not alike[-count - 1]
        known = [index for index, value in enumerate(walk) if value is not None]
        assert streaks.since == _day(known[-streaks.in_zone])
        outside = _day(known[-streaks.not_healthy]) if streaks.not_healthy else None
        assert streaks.outside_since == outside
