"""Edges that a rule changed by a little would move: starts that are not the default, and counts that lie on a cut."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from goalmodel import (
    Commit,
    Continue,
    Cycle,
    Demote,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Series,
    Standard,
    TrendPolicy,
    decide_demotion,
    parse,
    render,
)
from goalmodel.errors import GoesInCircles, OutOfBounds
from goalmodel.key_result import Origin
from goalmodel.lifecycle import DemotionPolicy
from goalmodel.measure import Cadence
from goalmodel.model import GoalModel
from goalmodel.objective import RollupMethod, RollupPolicy, roll_up
from goalmodel.trend import (
    Cusum,
    Ewma,
    MannKendall,
    MovingRange,
    RunChart,
    SigmaRule,
    TrendRule,
    fewest_crossings,
    limits_and_runs,
    longest_run,
    nhs_making_data_count,
    process_limits,
    western_electric,
    xmr_wheeler,
)
from goalmodel.trend.answer import Way
from goalmodel.trend.history import trend_row
from goalmodel.trend.limits import SigmaScale

CSAT = Measure("csat", unit="points")
KPI = Kpi(id="csat", measure=CSAT, bands=HealthBands.at_least(8))
Q4 = Cycle.quarter(2026, 4)
PROMOTED = dt.date(2026, 11, 20)


def _moved(*, origin: Origin | None = None, baseline: int | None = 6, id_: str = "csat-q4") -> KeyResult:
    return KeyResult(id=id_, measure=CSAT, baseline=baseline, target=8, cycle=Q4, origin=origin)


class TestAKeyResultPromotedWithinItsCycle:
    """Its stay and its evidence count from the promotion, not from the first day of the cycle."""

    @pytest.mark.parametrize(("days", "kind"), [(29, Continue), (30, Demote)])
    def test_stays_as_long_as_the_policy_says(self, days: int, kind: type) -> None:
        on = PROMOTED + dt.timedelta(days=days)
        readings = Series.of(CSAT, {PROMOTED: 7, on: 9})
        moved = _moved(origin=Origin(kpi="csat", on=PROMOTED))
        policy = DemotionPolicy(healthy=1, stay_days=30)
        assert isinstance(decide_demotion(moved, KPI, readings, as_of=on, policy=policy), kind)

    @pytest.mark.parametrize(("later", "kind"), [({}, Continue), ({dt.date(2026, 12, 1): 9}, Demote)])
    def test_is_not_healthy_by_what_was_read_before(self, later: dict[dt.date, int], kind: type) -> None:
        readings = Series.of(CSAT, {dt.date(2026, 11, 19): 9, **later})
        moved = _moved(origin=Origin(kpi="csat", on=PROMOTED))
        found = decide_demotion(moved, KPI, readings, as_of=Q4.end, policy=DemotionPolicy(healthy=1))
        assert isinstance(found, kind)


@pytest.mark.parametrize(
    ("useful", "fewest"), [(1, 0), (2, 0), (5, 0), (6, 1), (10, 2), (11, 2), (16, 4), (21, 6), (24, 8)]
)
def test_so_few_crossings_of_the_median_happen_in_one_of_twenty(useful: int, fewest: int) -> None:
    assert fewest_crossings(useful) == fewest


@pytest.mark.parametrize("rule", [longest_run, fewest_crossings])
def test_of_more_than_a_thousand_readings_nothing_is_said(rule: type) -> None:
    assert rule(1_000) > 0
    with pytest.raises(OutOfBounds):
        rule(1_001)


@pytest.mark.parametrize(
    ("rule", "thousandths"),
    [
        (limits_and_runs(), (40, 117, 334, 711)),
        (TrendPolicy().direction, (31, 83, 307, 922)),
        (xmr_wheeler(), (83, 214, 503, 853)),
        (nhs_making_data_count(), (55, 158, 420, 798)),
        (western_electric(), (61, 166, 414, 762)),
        (Cusum(), (12, 68, 224, 476)),
        (MannKendall(), (21, 56, 218, 822)),
        (Ewma(), (38, 92, 235, 480)),
        (RunChart(24), (23, 54, 262, 891)),
        (SigmaRule(2, 1), (121, 291, 639, 933)),
        (SigmaRule(3, 1), (28, 83, 258, 631)),
        (SigmaRule(4, 1), None),
        (RunChart(25), None),
        (Cusum(threshold=4), None),
        (MannKendall(readings=13), None),
        (Ewma(weight=1), None),
    ],
    ids=str,
)
def test_a_rule_tells_the_false_alarm_rates_that_were_measured(
    rule: TrendRule, thousandths: tuple[int, int, int, int] | None
) -> None:
    """By quarter, month, week and day; a month where nobody says."""
    rates = [rule.false_alarm_rate(looks) for looks in (4, 12, 52, 365)]
    assert rates == ([None] * 4 if thousandths is None else [Fraction(each, 1_000) for each in thousandths])
    assert rule.false_alarm_rate() == rates[1]
    assert rule.false_alarm_rate(13) is None


@pytest.mark.parametrize(
    ("outside", "circle"), [((), ("a", "b", "c", "a")), (("0",), ("b", "c", "a", "b")), (("z",), ("a", "b", "c", "a"))]
)
def test_a_circle_is_named_from_where_the_least_id_leads_into_it(
    outside: tuple[str, ...], circle: tuple[str, ...]
) -> None:
    serves = {"b": "c", "c": "a", "a": "b", **dict.fromkeys(outside, "b")}
    with pytest.raises(GoesInCircles) as refused:
        GoalModel(objectives=[Objective(id=one, title=one, serves=(other,)) for one, other in serves.items()])
    assert (refused.value.goal, refused.value.given) == (circle[0], circle)


@pytest.mark.parametrize(
    ("every", "grace", "days", "periods"),
    [
        (7, 3, (0, 4, 11), (0, 1, 2)),
        (7, 3, (0, 3, 10), (0, 0, 1)),
        (7, 3, (0, 10, 17), (0, 1, 2)),
        (7, 4, (0, 3, 4), (0, 0, 1)),
        (6, 3, (0, 3, 4), (0, 0, 1)),
        (6, 1, (0, 4, 5), (0, 0, 1)),
    ],
)
def test_a_reading_comes_early_by_its_grace_and_by_less_than_half_a_period(
    every: int, grace: int, days: tuple[int, ...], periods: tuple[int, ...]
) -> None:
    cadence = Cadence(days=every, grace_days=grace)
    assert cadence.periods([Q4.start + dt.timedelta(days=day) for day in days]) == periods


def test_a_statement_may_start_at_nothing() -> None:
    read = parse("Increase new clients from 0 to 10 in Q4 2026")
    assert read.baseline == 0
    assert read.target == 10
    moved = KeyResult(id="k", measure=Measure("new clients", unit="clients"), baseline=0, target=10, cycle=Q4)
    assert "from 0" in render(moved)


@pytest.mark.parametrize(("since", "is_kept"), [(dt.date(2026, 10, 1), False), (dt.date(2026, 10, 2), True)])
def test_what_was_read_on_the_first_day_of_a_window_counts(since: dt.date, is_kept: bool) -> None:  # noqa: FBT001 - a row
    held = Commit(
        id="c",
        measure=CSAT,
        standard=Standard.at_least(8),
        due=Q4.end,
        declared_on=dt.date(2026, 9, 1),
        manner=Held(since),
        cadence=Cadence.QUARTERLY,
    )
    seen = held.assess(Series.of(CSAT, {dt.date(2026, 10, 1): 7, Q4.end: 9}), as_of=Q4.end)
    assert (seen.attainment.value == "kept") is is_kept


@pytest.mark.parametrize("mean", [RollupMethod.GEOMETRIC, RollupMethod.WORST_LIGHT])
def test_a_roll_up_of_nothing_scored_has_no_result(mean: RollupMethod) -> None:
    unread = _moved(baseline=None).assess(Series(CSAT), as_of=Q4.start)
    found = roll_up([unread], policy=RollupPolicy(mean=mean))
    assert (found.result, found.score, found.coverage.scored) == (None, None, 0)


def test_a_sudden_move_is_told_without_values_where_none_leads_back() -> None:
    """As of a two-sided KPI: how far outside its zone it is does not say on which side."""
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=at) for at in range(14)]
    values = [Fraction(7), Fraction(8)] * 6 + [Fraction(7), Fraction(20)]
    row = trend_row(list(zip(days, values, strict=True)), unbroken=0)
    usual = SigmaScale.stated(process_limits(values), row.denominator)
    assert MovingRange().why(row, usual, Way.WORSE).code == "trend-fired"


def test_a_sudden_move_between_two_readings_within_the_limits_is_told_with_both() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=at) for at in range(14)]
    values = [10, 11] * 6 + [12.4, 8.5]
    kpi = Kpi(id="k", measure=Measure("k"), bands=HealthBands.at_least(5))
    read = Series.of(kpi.measure, dict(zip(days, values, strict=True)))
    found = kpi.assess(read, as_of=days[-1], policy=TrendPolicy(usual=xmr_wheeler()))
    (moved,) = [each for each in found.explained if each.code == "trend-moved"]
    facts = dict(moved.facts)
    assert (facts["before"], facts["value"]) == (Fraction("12.4"), Fraction("8.5"))
