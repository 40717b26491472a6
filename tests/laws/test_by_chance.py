"""Laws of what chance alone would bring, and of what other policies would have said."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, strategies as st

from goalmodel import (
    Aggregation,
    Cycle,
    GoalModel,
    Heading,
    HealthBands,
    KeyResult,
    Kpi,
    KpiAssessment,
    Measure,
    Policy,
    Promote,
    Series,
    Standing,
    TrendPolicy,
    decide_promotion,
    review,
)
from goalmodel.backtesting import Happening, backtest
from goalmodel.errors import WrongType
from goalmodel.key_result import MeanOfLatest
from goalmodel.kpi import flags_by_chance
from goalmodel.lifecycle import PromotionPolicy
from goalmodel.testing import (
    dates,
    goal_models,
    histories,
    key_results,
    kpi_assessments,
    measures,
    policies,
    series,
    shares,
)
from goalmodel.trend import SigmaRule

FIRST, START, LAST = dt.date(2026, 1, 1), dt.date(2026, 3, 1), dt.date(2026, 3, 31)
MEASURES = measures(limits=st.one_of(st.just((None, None)), st.just((-2, 2))))


class TestLIFE9:
    """Beside a proposal and a score stands how often an unchanged process would have come as far: in how many of all
    like times before.
    """

    @given(st.data(), st.integers(1, 4), shares(), st.dates(FIRST, LAST))
    def test_it_is_the_share_of_all_stretches_before_the_cycle(
        self, data: st.DataObject, count: int, success: Fraction, as_of: dt.date
    ) -> None:
        moved = data.draw(key_results(measure=MEASURES, cycle=st.just(Cycle(START, LAST))))
        counting = Aggregation.LAST if count == 1 else MeanOfLatest(count)
        moved = attrs.evolve(moved, measure=Measure("m", lowest=moved.measure.lowest, highest=moved.measure.highest))
        moved = attrs.evolve(moved, counting=counting)
        read = data.draw(
            series(measure=moved.measure, values=st.integers(-3, 3), on=st.dates(FIRST, LAST), max_size=30)
        )
        found = moved.assess(read, as_of=as_of).by_chance_from(success)
        before = [value for on, value in read.present if on < START and on <= as_of]
        times = [before[at : at + count] for at in range(len(before) - count + 1)]
        if moved.baseline is None:
            assert [reason.code for reason in found.reasons] == ["chance-no-way"]
        elif len(times) < 6:
            assert [reason.code for reason in found.reasons] == ["chance-too-few-times"]
            assert found.share is None
        else:
            way = moved.target_value - moved.baseline
            come = [(sum(each, Fraction(0)) / count - moved.baseline) / way for each in times]
            assert found.share == Fraction(sum(each >= success for each in come), len(times))
            assert (found.windows, found.success) == (len(times), success)
            assert str(found.successes) in str(found)

    def test_what_comes_exactly_as_far_as_a_success_is_one(self) -> None:
        measure = Measure("m")
        read = Series.of(measure, {FIRST + dt.timedelta(days=day): value for day, value in enumerate((7, 8) * 4)})
        moved = KeyResult(id="kr", measure=measure, baseline=7, target=8, cycle=Cycle(START, LAST))
        assert moved.assess(read, as_of=START).by_chance_from(Fraction(1)).share == Fraction(1, 2)

    def test_where_it_can_not_be_said(self) -> None:
        measure = Measure("m")
        cycle = Cycle(START, LAST)
        summed = KeyResult(
            id="kr", measure=measure, baseline=0, target=9, cycle=cycle, counting=Aggregation.SUM
        ).assess(Series(measure), as_of=LAST)
        assert [reason.code for reason in summed.by_chance.reasons] == ["chance-no-level"]
        alone = attrs.evolve(summed.key_result, counting=Aggregation.LAST).assess(Series(measure), as_of=LAST)
        for found in (alone, attrs.evolve(alone, readings=None)):
            assert [reason.code for reason in found.by_chance.reasons] == ["chance-too-few-times"]

    def test_cases_count_by_their_number(self) -> None:
        measure = Measure("m", unit="percent")
        counts = {FIRST + dt.timedelta(days=day): ((9, 10) if day % 2 else (10, 100)) for day in range(8)}
        moved = KeyResult(
            id="kr", measure=measure, baseline=0, target=20, cycle=Cycle(START, LAST), counting=MeanOfLatest(2)
        )
        found = moved.assess(Series.shares(measure, counts), as_of=LAST).by_chance
        assert found.share == 1
        higher = attrs.evolve(moved, target=30).assess(Series.shares(measure, counts), as_of=LAST).by_chance
        assert higher.share == 0

    def test_beside_a_proposal(self) -> None:
        measure = Measure("m")
        kpi = Kpi(id="kpi", measure=measure, bands=HealthBands.at_least(8))
        values = (9, 9, 6, 6, 6, 9, 9, 6, 6, 6)
        read = Series.of(measure, {FIRST + dt.timedelta(days=day): value for day, value in enumerate(values)})
        found = decide_promotion(kpi, read, as_of=FIRST + dt.timedelta(days=9))
        assert isinstance(found, Promote)
        # Most of the way from 6 to 8 is 7.4: of eight stretches of three that takes two nines.
        assert (found.by_chance.windows, found.by_chance.successes) == (8, 3)
        said = "of 8 like times before, 3 would have scored 70 % or more with nothing done"
        assert [reason.sentence for reason in found.by_chance.reasons] == [said]
        healthy = decide_promotion(kpi, read.until(FIRST), as_of=FIRST, chosen="we want to")
        assert isinstance(healthy, Promote)
        assert [reason.code for reason in healthy.by_chance.reasons] == ["chance-no-way"]


class TestKPI9:
    """A review says how many of its KPIs are flagged, and how many flags chance alone would bring among as many stable
    ones.
    """

    @given(st.lists(kpi_assessments(), max_size=5))
    def test_it_adds_up_the_rates_of_the_rules_that_could_say_something(self, found: list[KpiAssessment]) -> None:
        flags = flags_by_chance(found)
        worse = [each for each in found if each.usual is not None and each.standing is not Standing.UNDETERMINED]
        moving = [each for each in found if each.direction is not None and each.heading is not Heading.UNDETERMINED]
        rates = [each.usual.rule.false_alarm_rate(each.looks_a_year) for each in worse if each.usual]
        its_rates = [each.direction.rule.false_alarm_rate(each.looks_a_year) for each in moving if each.direction]
        assert flags.worse_by_chance == sum((rate for rate in rates if rate is not None), Fraction(0))
        assert flags.worsening_by_chance == sum((rate for rate in its_rates if rate is not None), Fraction(0))
        assert flags.worse <= sum(each.standing is Standing.WORSE for each in found)
        assert flags.worsening <= sum(each.heading is Heading.WORSENING for each in found)
        assert flags.asked + flags.unrated <= len(found)

    def test_of_a_hundred_stable_kpis_eight_worsen_and_twelve_are_worse_within_a_year(self) -> None:
        kpis = [Kpi(id=f"kpi {n}", measure=Measure(f"m {n}"), bands=HealthBands.at_least(0)) for n in range(100)]
        days = [Cycle.month(2025 + month // 12, month % 12 + 1).end for month in range(24)]
        read = [
            Series.of(kpi.measure, {day: 9 + (at * 7 + number) % 5 for at, day in enumerate(days)})
            for number, kpi in enumerate(kpis)
        ]
        flags = review(GoalModel(kpis=kpis), read, as_of=days[-1]).flags_by_chance
        assert (flags.asked, flags.unrated) == (100, 0)
        assert round(flags.worsening_by_chance) == 8
        assert round(flags.worse_by_chance) == 12
        assert "of 100 KPIs" in str(flags)

    def test_a_rule_without_a_rate_is_said_to_be_one(self) -> None:
        kpi = Kpi(id="kpi", measure=Measure("m"), bands=HealthBands.at_least(0))
        read = Series.of(kpi.measure, {FIRST + dt.timedelta(days=day): 9 + day % 2 for day in range(9)})
        rule = SigmaRule(2, 2, of=3)
        assert rule.false_alarm_rate() is None
        found = kpi.assess(read, as_of=LAST, policy=TrendPolicy(usual=rule))
        assert found.standing is Standing.AS_USUAL
        assert flags_by_chance([attrs.evolve(found, direction=None)]).unrated == 1


class TestREV4:
    """A backtest says of each policy what it would have begun to propose, to flag and to call kept, and when: what a
    walk of reviews by that policy says and did not say on the date before.
    """

    @given(st.data())
    def test_it_is_what_reviews_one_by_one_begin_to_say(self, data: st.DataObject) -> None:
        model = data.draw(goal_models())
        read = data.draw(histories(model))
        policy = data.draw(policies())
        days = data.draw(st.lists(dates(), max_size=3))
        (line,) = backtest(model, read, days, {"as it is": policy})
        assert (line.name, line.dates) == ("as it is", len(days))
        before: set[tuple[str, str]] = set()
        expected: list[tuple[dt.date, str, str]] = []
        for day in sorted(days):
            found = review(model, read, as_of=day, policy=policy)
            now = {(each.kpi, "PROPOSED") for each in found.promotions}
            now |= {(each.proposal.kpi, "WAITING") for each in found.deferred}
            now |= {(each.key_result.key_result.id, "BACK") for each in found.demotions}
            now |= {(each.kpi.id, "WORSE") for each in found.kpis if each.standing is Standing.WORSE}
            now |= {(each.kpi.id, "WORSENING") for each in found.kpis if each.heading is Heading.WORSENING}
            now |= {(each.kpi.id, "OVERDUE") for each in found.kpis if each.overdue_since}
            now |= {(each.commit.id, "KEPT") for each in found.commits if each.attainment.name == "KEPT"}
            now |= {(each.commit.id, "NOT_KEPT") for each in found.commits if each.attainment.name == "NOT_KEPT"}
            expected += [(day, *each) for each in sorted(now - before)]
            before = now
        said = [(each.on, each.goal, each.what.name) for each in line.said]
        assert sorted(said) == sorted(expected)
        assert [each[:2] for each in said] == sorted(each[:2] for each in said)
        assert sum(line.count(what) for what in Happening) == len(said)
        assert line.name in str(line)

    def test_a_laxer_policy_begins_earlier(self) -> None:
        measure = Measure("m")
        model = GoalModel(kpis=[Kpi(id="kpi", measure=measure, bands=HealthBands.at_least(8))])
        days = [FIRST + dt.timedelta(days=day) for day in range(6)]
        read = [Series.of(measure, dict(zip(days, (9, 6, 6, 6, 9, 9), strict=True)))]
        eager = Policy(promotion=PromotionPolicy(unhealthy=2))
        lines = backtest(model, read, reversed(days), {"as it is": Policy(), "eager": eager})
        assert [(line.name, [str(each) for each in line.said]) for line in lines] == [
            ("as it is", ["2026-01-04: kpi is proposed to become a key result"]),
            ("eager", ["2026-01-03: kpi is proposed to become a key result"]),
        ]
        assert str(backtest(model, [], days, {"as it is": Policy()})[0]) == "as it is: nothing, on 6 dates"

    def test_policies_are_given_by_name(self) -> None:
        with pytest.raises(WrongType, match="policies"):
            backtest(GoalModel(), [], [], [Policy()])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose
        with pytest.raises(WrongType, match=r"policies\.a"):
            backtest(GoalModel(), [], [], {"a": 1})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType] - refused on purpose
