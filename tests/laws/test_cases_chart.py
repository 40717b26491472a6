"""Laws of limits by weight: each decision beside the published formula in 60 digits, ties included."""

from __future__ import annotations

import datetime as dt
import json
import runpy
from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

from goalmodel import Cadence, HealthBands, Kpi, Measure, Polarity, Reading, Series, show
from goalmodel.interchange import document, load
from goalmodel.measure import Absence, Aggregation, EachPeriod, Exclusion, Period
from goalmodel.testing import values
from goalmodel.trend import (
    CasesChart,
    CasesChartKind,
    FirstReadings,
    ProcessLimits,
    Rebasing,
    ReferenceWindow,
    Standing,
    TrendPolicy,
    laney_p_chart,
    laney_u_chart,
    p_chart,
    u_chart,
)
from goalmodel.trend.roots import Root, rounded_down, sign_of_sum

FIRST = dt.date(2026, 1, 1)
DIGITS = 60
TIE = Decimal("1e-40")
BREACHES = Measure("breaches", unit="percent", polarity=Polarity.LOWER_IS_BETTER, aggregation=Aggregation.MEAN)
KPI = Kpi(id="breaches", measure=BREACHES)
CHARTS = (p_chart(), u_chart(), laney_p_chart(), laney_u_chart())
BESIDE = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks/cases_charts.py"))

NEAR = Fraction(10**15)
"""Twice its root is more than the roots of its neighbours come to, by less than 1e-22."""

Counted = tuple[int, int]
"""How many of how many."""

roots = st.builds(
    Root,
    st.builds(Fraction, st.integers(-6, 6), st.integers(1, 4)),
    st.one_of(st.integers(0, 40).map(Fraction), st.fractions(0, 10**6)),
)
counted = st.one_of(st.sampled_from((1, 4, 9, 16, 100)), st.integers(1, 30), st.integers(1, 2_000_000)).flatmap(
    lambda of: st.tuples(st.one_of(st.integers(0, of), st.integers(0, min(of, 9))), st.just(of))
)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _by_the_book(kind: CasesChartKind, reference: Sequence[Counted], last: Counted) -> Decimal:
    """Return by how much a share lies beyond its limits: below 0 inside, by the formula as it was published."""
    mean = Fraction(sum(each for each, _ in reference), sum(of for _, of in reference))
    of_shares = kind in (CasesChartKind.P, CasesChartKind.LANEY_P)
    with localcontext(prec=DIGITS):
        chance = _decimal(mean * (1 - mean) if of_shares else mean)
        off, sigma = abs(_decimal(Fraction(*last) - mean)), (chance / last[1]).sqrt()
        if kind in (CasesChartKind.P, CasesChartKind.U):
            return off - 3 * sigma
        scores = [_decimal(Fraction(*each) - mean) / (chance / each[1]).sqrt() for each in reference]
        moves = [abs(later - earlier) for earlier, later in pairwise(scores)]
        return off - 3 * sigma * (sum(moves, Decimal(0)) / len(moves) / Decimal("1.128"))


def _series(cases: Sequence[Counted]) -> Series:
    return Series.shares(BREACHES, {FIRST + dt.timedelta(days=day): each for day, each in enumerate(cases)})


def _standing(
    rule: CasesChart, cases: Sequence[Counted], kpi: Kpi = KPI, reference: FirstReadings | None = None
) -> tuple[Standing, list[str]]:
    usual = FirstReadings(12) if reference is None else reference
    policy = TrendPolicy(usual=rule, reference=usual)
    found = kpi.assess(_series(cases), as_of=FIRST + dt.timedelta(days=len(cases)), policy=policy).usual
    assert found is not None
    return found.standing, [each.code for each in found.reasons]


class TestFIG6Roots:
    """The sign of a sum of square roots is decided exactly."""

    @given(st.lists(roots, max_size=8))
    @example([Root(Fraction(1), Fraction(2)), Root(Fraction(1), Fraction(8)), Root(Fraction(-3), Fraction(2))])
    @example([Root(Fraction(1), Fraction(2)), Root(Fraction(-1), Fraction(2) + Fraction(1, 10**45))] * 2)
    @example([Root(Fraction(2), NEAR), Root(Fraction(-1), NEAR - 1), Root(Fraction(-1), NEAR + 1)])
    def test_it_is_the_sign_of_a_long_decimal(self, drawn: list[Root]) -> None:
        with localcontext(prec=200):
            total = sum((_decimal(each.times) * _decimal(each.of).sqrt() for each in drawn), Decimal(0))
            assert sign_of_sum(drawn) == (0 if abs(total) < Decimal("1e-150") else (1 if total > 0 else -1))

    @given(st.lists(roots, max_size=8), st.permutations(range(8)))
    def test_what_cancels_out_is_none_in_any_order(self, drawn: list[Root], order: list[int]) -> None:
        both = [*drawn, *(Root(-each.times / 3, 9 * each.of) for each in drawn)]
        assert sign_of_sum([both[at] for at in order if at < len(both)] + [both[at] for at in range(8, len(both))]) == 0

    @given(st.lists(roots, max_size=8))
    def test_rounding_down_loses_a_part_a_root_at_most(self, drawn: list[Root]) -> None:
        low = rounded_down(drawn, 1000)
        assert sign_of_sum([*drawn, Root(-low, Fraction(1))]) >= 0
        assert sign_of_sum([*drawn, Root(-low - Fraction(len(drawn) + 1, 1000), Fraction(1))]) < 0


class TestFIG6:
    """Where readings carry weights, limits may follow them, by name: p and u charts, Laney's p′ and u′ where there is
    more spread than chance; moving ranges stay the default.
    """  # noqa: RUF002 - the sentence as it stands

    @given(st.sampled_from(CHARTS), st.lists(counted, min_size=12, max_size=12), counted)
    def test_every_decision_is_that_of_60_digits(
        self, rule: CasesChart, reference: list[Counted], last: Counted
    ) -> None:
        pooled = Fraction(sum(each for each, _ in reference), sum(of for _, of in reference))
        assume(0 < pooled < 1)
        usual = rule.limits_by(
            [Fraction(*each) for each in reference], [Fraction(of) for _, of in reference], Fraction(1)
        )
        assume(usual.has_width)
        is_beyond = _by_the_book(rule.kind, reference, last) > TIE
        assert usual.is_beyond(Fraction(*last), Fraction(last[1])) is is_beyond
        is_worse = Fraction(*last) > pooled
        way = (Standing.WORSE if is_worse else Standing.BETTER) if is_beyond else Standing.AS_USUAL
        assert _standing(rule, [*reference, last])[0] is way

    @given(st.sampled_from(CHARTS), st.lists(counted, min_size=1, max_size=20))
    def test_replaying_gives_what_judging_each_date_gives(self, rule: CasesChart, cases: list[Counted]) -> None:
        policy, whole = TrendPolicy(usual=rule), _series(cases)
        for day in range(len(cases)):
            as_of = FIRST + dt.timedelta(days=day)
            then = KPI.assess(_series(cases[: day + 1]), as_of=as_of, policy=policy)
            assert KPI.assess(whole, as_of=as_of, policy=policy) == then

    def test_a_share_of_the_cases_that_are_compared_by_hand(self) -> None:
        found = BESIDE["compare"](400, seed=5)
        assert found["differ"] == 0
        assert min(found["ties"], found["beyond"], found["decided"] - found["beyond"]) > 30

    @given(st.sampled_from(CHARTS), st.lists(counted, min_size=13, max_size=13))
    def test_percent_and_parts_of_one_say_the_same(self, rule: CasesChart, cases: list[Counted]) -> None:
        plain = attrs.evolve(BREACHES, unit="of 1")
        read = Series.shares(plain, {FIRST + dt.timedelta(days=day): each for day, each in enumerate(cases)})
        policy = TrendPolicy(usual=rule)
        found = Kpi(id="plain", measure=plain).assess(read, as_of=FIRST + dt.timedelta(days=13), policy=policy)
        assert found.standing is _standing(rule, cases)[0]

    @given(st.sampled_from((p_chart(), laney_p_chart())), st.lists(counted, min_size=13, max_size=13))
    def test_what_is_left_of_all_cases_is_the_mirror_image(self, rule: CasesChart, cases: list[Counted]) -> None:
        kept = attrs.evolve(BREACHES, polarity=Polarity.HIGHER_IS_BETTER)
        left = {FIRST + dt.timedelta(days=day): (of - each, of) for day, (each, of) in enumerate(cases)}
        as_of, policy = FIRST + dt.timedelta(days=13), TrendPolicy(usual=rule)
        found = Kpi(id="kept", measure=kept).assess(Series.shares(kept, left), as_of=as_of, policy=policy)
        assert found.standing is _standing(rule, cases)[0]

    @given(values(CasesChart))
    def test_a_policy_with_it_is_written_and_read_back(self, rule: CasesChart) -> None:
        policy = TrendPolicy(usual=rule)
        assert load(TrendPolicy, json.loads(json.dumps(document(policy)))) == policy

    @given(st.integers(1, 200), st.integers(1, 400))
    def test_a_reading_on_a_limit_is_inside(self, root: int, times: int) -> None:
        # A mean of 1/2, and n a square: the limit is 1/2 + 3/(2·root), and is met by a count where 3·root is even.
        cases = (2 * root) ** 2
        reference = [(times, 2 * times)] * 12
        for more, standing in ((0, Standing.AS_USUAL), (1, Standing.WORSE)):
            count = cases // 2 + 3 * root + more
            if count <= cases:
                assert _standing(p_chart(), [*reference, (count, cases)])[0] is standing

    @given(st.integers(1, 40), st.integers(1, 10))
    def test_a_reading_on_a_limit_of_laney_is_inside(self, root: int, step: int) -> None:
        # Shares of root² cases that go to and fro by `move`: three mean moves by 1.128 are 2.6595… moves.
        cases = (1128 * root) ** 2
        move = 1128 * step
        low = isqrt(cases)
        reference = [(low, cases), (low + move, cases)] * 6
        middle, far = low + Fraction(move, 2), Fraction(3000 * step)
        usual = laney_p_chart().limits_by(
            [Fraction(each, of) for each, of in reference], [Fraction(of) for _, of in reference], Fraction(1)
        )
        assert not usual.is_beyond((middle + far) / cases, Fraction(cases))
        assert usual.is_beyond((middle + far + Fraction(1, 10**30)) / cases, Fraction(cases))
        assert usual.width(Fraction(cases)) <= far / cases

    @given(st.sampled_from(CHARTS), st.lists(counted, min_size=13, max_size=13), st.integers(2, 9))
    def test_laney_does_not_change_when_everything_is_counted_as_often(
        self, rule: CasesChart, cases: list[Counted], times: int
    ) -> None:
        alike = [(each * times, of * times) for each, of in cases]
        if rule in (laney_p_chart(), laney_u_chart()):
            assert _standing(rule, alike) == _standing(rule, cases)
        elif _standing(rule, cases)[0] in (Standing.WORSE, Standing.BETTER):
            assert _standing(rule, alike)[0] is _standing(rule, cases)[0]

    @given(values(CasesChart))
    def test_it_is_a_rule_like_any_other(self, rule: CasesChart) -> None:
        assert rule.false_alarm_rate() is None
        assert rule.needs(FirstReadings(12, trial_from=6)) == 6
        assert rule.kind.value in str(rule)


STABLE = [(10, 200)] * 12
LIMITS_BY_WEIGHT = TrendPolicy(usual=p_chart())


class TestFIG6Boundaries:
    """What limits by weight say, and why they say nothing."""

    @pytest.mark.parametrize(
        ("rule", "cases", "standing", "codes"),
        [
            (p_chart(), [*STABLE, (1, 2)], Standing.AS_USUAL, ["trend-not-fired"]),
            (p_chart(), [*STABLE, (2, 2)], Standing.WORSE, ["trend-beyond-by-cases"]),
            (p_chart(), [*STABLE, (19, 200)], Standing.AS_USUAL, ["trend-not-fired"]),
            (p_chart(), [*STABLE, (20, 200)], Standing.WORSE, ["trend-beyond-by-cases"]),
            (p_chart(), [*STABLE, (0, 200)], Standing.BETTER, ["trend-beyond-by-cases"]),
            (u_chart(), [*STABLE, (19, 200)], Standing.AS_USUAL, ["trend-not-fired"]),
            (u_chart(), [*STABLE, (20, 200)], Standing.WORSE, ["trend-beyond-by-cases"]),
            (p_chart(), [(0, 200)] * 13, Standing.UNDETERMINED, ["trend-no-spread"]),
            (p_chart(), [(200, 200)] * 13, Standing.UNDETERMINED, ["trend-no-spread"]),
            (laney_p_chart(), [*STABLE, (1, 2)], Standing.UNDETERMINED, ["trend-no-spread"]),
            (p_chart(), STABLE[:5], Standing.UNDETERMINED, ["trend-too-few-readings"]),
            (p_chart(), STABLE[:6], Standing.AS_USUAL, ["trend-not-fired", "trend-on-trial"]),
            (p_chart(), [*STABLE, (3, 2)], Standing.UNDETERMINED, ["trend-no-such-value"]),
            (p_chart(), [(3, 2), *STABLE], Standing.UNDETERMINED, ["trend-no-such-value"]),
            (u_chart(), [*STABLE, (3, 2)], Standing.WORSE, ["trend-beyond-by-cases"]),
        ],
    )
    def test_table(self, rule: CasesChart, cases: list[Counted], standing: Standing, codes: list[str]) -> None:
        assert _standing(rule, cases) == (standing, codes)

    def test_two_million_patients_are_no_signal_by_laney(self) -> None:
        cases = [(100_000 + 900 * (-1) ** day, 2_000_000) for day in range(13)]
        assert _standing(p_chart(), [*cases, (101_000, 2_000_000)])[0] is Standing.WORSE
        assert _standing(laney_p_chart(), [*cases, (101_000, 2_000_000)])[0] is Standing.AS_USUAL

    def test_without_weights_nobody_can_say(self) -> None:
        read = Series.of(BREACHES, {FIRST + dt.timedelta(days=day): 5 for day in range(13)})
        found = KPI.assess(read, as_of=FIRST + dt.timedelta(days=13), policy=TrendPolicy(usual=p_chart())).usual
        assert found is not None
        assert [each.code for each in found.reasons] == ["trend-no-weights"]
        assert show.html(KPI.assess(read, as_of=FIRST + dt.timedelta(days=13), policy=TrendPolicy(usual=p_chart())))

    def test_one_reading_or_none_is_too_few(self) -> None:
        assert _standing(p_chart(), [(1, 2)]) == (Standing.UNDETERMINED, ["trend-too-few-readings"])
        assert _standing(p_chart(), [])[0] is Standing.UNDETERMINED

    def test_one_of_two_behind_months_of_5_percent_of_200(self) -> None:
        """P11: the limit of two cases is 51 %, so that nothing signals; for 200 cases it is 9.6 %."""
        found = KPI.assess(_series([*STABLE, (1, 2)]), as_of=FIRST + dt.timedelta(days=12), policy=LIMITS_BY_WEIGHT)
        assert found.standing is Standing.AS_USUAL
        by_moves = KPI.assess(_series([*STABLE[:-1], (11, 200), (1, 2)]), as_of=FIRST + dt.timedelta(days=12))
        assert by_moves.standing is Standing.WORSE
        usual = p_chart().limits_by([Fraction(5)] * 12, [Fraction(200)] * 12, Fraction(100))
        assert usual.mean == 5
        assert [round(float(5 + usual.width(Fraction(of))), 1) for of in (2, 200)] == [51.2, 9.6]

    def test_a_rebasing_and_a_rolling_reference_say_what_is_usual(self) -> None:
        worse = [*STABLE, *[(30, 200)] * 13]
        rebased = Kpi(
            id="r", measure=BREACHES, rebasings=(Rebasing(on=FIRST + dt.timedelta(days=12), reason="a new ward"),)
        )
        assert _standing(p_chart(), worse)[0] is Standing.WORSE
        assert _standing(p_chart(), worse, rebased)[0] is Standing.AS_USUAL
        window = ReferenceWindow(FIRST + dt.timedelta(days=12), FIRST + dt.timedelta(days=23))
        assert _standing(p_chart(), worse, attrs.evolve(KPI, reference=window))[0] is Standing.AS_USUAL

    def test_days_that_do_not_count_and_days_without_a_value_shift_no_weights(self) -> None:
        out = FIRST + dt.timedelta(days=3)
        excluded = Exclusion(start=out, end=out, agreed_on=out, reason="closed")
        cases = [*STABLE[:3], (1, 2), *STABLE[3:], (20, 200)]
        assert _standing(p_chart(), cases, attrs.evolve(KPI, exclusions=(excluded,)))[0] is Standing.WORSE
        absent = [each if each.on != out else Reading(out, Absence.MISSING) for each in _series(cases)]
        found = KPI.assess(
            Series(BREACHES, tuple(absent)), as_of=FIRST + dt.timedelta(days=13), policy=LIMITS_BY_WEIGHT
        )
        assert found.standing is Standing.WORSE

    def test_a_restated_number_of_cases_counts_since_it_is_known(self) -> None:
        last = FIRST + dt.timedelta(days=12)
        known = Reading(last, 50, weight=20, known_on=last + dt.timedelta(days=5))
        read = Series(BREACHES, (*_series(STABLE), Reading(last, 50, weight=2), known))
        for day, standing in ((4, Standing.AS_USUAL), (5, Standing.WORSE)):
            found = KPI.assess(read, as_of=last + dt.timedelta(days=day), policy=LIMITS_BY_WEIGHT)
            assert found.standing is standing

    def test_figures_of_a_month_rest_on_all_its_cases(self) -> None:
        counts = {dt.date(2026, month, day): (5, 100) for month in range(1, 13) for day in (10, 20)}
        latest = attrs.evolve(BREACHES, aggregation=Aggregation.LAST)
        for measure, last, standing in (
            (BREACHES, (19, 100), Standing.AS_USUAL),
            (BREACHES, (20, 100), Standing.WORSE),
            (latest, (20, 100), Standing.UNDETERMINED),  # the latest reading does not rest on the month's cases
        ):
            monthly = Kpi(id="monthly", measure=measure, window=EachPeriod(Period.MONTH))
            more = {dt.date(2027, 1, 10): (0, 100), dt.date(2027, 1, 20): last}
            read = Series.shares(measure, {**counts, **more})
            assert monthly.assess(read, as_of=dt.date(2027, 1, 31), policy=LIMITS_BY_WEIGHT).standing is standing

    def test_distances_stated_limits_and_differences_have_none(self) -> None:
        told = (Standing.UNDETERMINED, ["trend-not-of-values"])
        between = Kpi(id="b", measure=BREACHES, bands=HealthBands.between(1, 9))
        stated = Kpi(id="s", measure=BREACHES, reference=ProcessLimits(mean=5, sigma=1))
        assert _standing(p_chart(), [*STABLE, (30, 200)], between) == told
        assert _standing(p_chart(), [*STABLE, (30, 200)], stated) == told
        seasonal = TrendPolicy(usual=p_chart(), seasonal=2)
        daily = Kpi(id="d", measure=BREACHES, cadence=Cadence.DAILY)
        found = daily.assess(_series(STABLE * 2), as_of=FIRST + dt.timedelta(days=24), policy=seasonal).usual
        assert found is not None
        assert [each.code for each in found.reasons] == ["trend-not-of-values"]

    def test_bands_turn_which_side_is_worse(self) -> None:
        kept = Kpi(id="kept", measure=BREACHES, bands=HealthBands.at_least(4))
        assert _standing(p_chart(), [*STABLE, (20, 200)], kept)[0] is Standing.BETTER

    def test_complaints_per_thousand(self) -> None:
        measure = Measure("complaints", unit="per 1,000", polarity=Polarity.LOWER_IS_BETTER)
        read = {FIRST + dt.timedelta(days=day): Fraction(50 * 1000, 10_000) for day in range(12)}
        for count, standing in ((71, Standing.AS_USUAL), (72, Standing.WORSE)):
            values_read = {**read, FIRST + dt.timedelta(days=12): Fraction(count * 1000, 10_000)}
            series = Series(measure, tuple(Reading(day, each, weight=10_000) for day, each in values_read.items()))
            policy = TrendPolicy(usual=u_chart(1000))
            found = Kpi(id="c", measure=measure).assess(series, as_of=FIRST + dt.timedelta(days=12), policy=policy)
            assert found.standing is standing

    @pytest.mark.parametrize("rule", CHARTS)
    def test_a_chart_draws_them_reading_by_reading(self, rule: CasesChart) -> None:
        cases = [(10 + day % 3, 200 + 10 * day) for day in range(13)]
        found = KPI.assess(_series(cases), as_of=FIRST + dt.timedelta(days=13), policy=TrendPolicy(usual=rule))
        assert "upper limit" in show.html(found)
        assert found.history is not None
        row = found.history.as_read.cut(
            range(13), unbroken=13, reference=FirstReadings(), as_of=FIRST + dt.timedelta(days=13)
        )
        limits = rule.limits(row)
        assert limits is not None
        widths = [limits.width(Fraction(of)) for _, of in cases]
        assert widths == sorted(widths, reverse=True)

    def test_a_chart_of_what_cannot_be_has_the_usual_limits(self) -> None:
        for cases in ([(3, 2), *STABLE], STABLE[:1]):
            found = KPI.assess(_series(cases), as_of=FIRST + dt.timedelta(days=20), policy=TrendPolicy(usual=p_chart()))
            assert show.html(found)
