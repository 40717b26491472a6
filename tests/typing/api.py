"""How a user's type checker sees the front door: checked by mypy and basedpyright, never run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never, assert_type

import goalmodel as gm

when = date(2026, 12, 31)
csat = gm.Measure("customer satisfaction", unit="points")
same = gm.Measure("customer satisfaction", unit=gm.Unit("points"), lowest=0, highest=Decimal(10))
cycle = gm.Cycle.quarter(2026, 4)
readings = gm.Series.of(csat, {date(2026, 10, 31): 8.2, date(2026, 11, 30): 8.84})
pairs = gm.Series.of(csat, [(date(2026, 10, 31), 8), (date(2026, 11, 30), Decimal("8.2"))])
gaps = gm.Series.of(csat, {date(2026, 10, 31): gm.Absence.MISSING})

kpi = gm.Kpi(id="csat", measure=csat, bands=gm.HealthBands.at_least(8.0, watch=7.5), cadence=gm.Cadence.MONTHLY)
assert_type(kpi.bands, gm.HealthBands | None)
assert_type(kpi.health(7.7), gm.Health)
watched = kpi.assess(readings, as_of=when)
assert_type(watched.health, gm.Health)
assert_type(watched.heading, gm.Heading)
assert_type(watched.latest, gm.Reading | None)
assert_type(watched.explained, tuple[gm.Reason, ...])

assert_type(watched.next_due, date | None)
assert_type(watched.deviation, gm.kpi.AcceptedDeviation | None)
assert_type(gm.Cadence.rrule("FREQ=WEEKLY", start=when, grace_days=1), gm.Cadence)
policy = gm.TrendPolicy(
    usual=gm.trend.xmr_wheeler(),
    direction=gm.trend.mann_kendall(5, 0.05),
    reference=gm.trend.ReferenceWindow(date(2026, 1, 1), when),
    seasonal=12,
)
assert_type(policy.usual.false_alarm_rate(52), Fraction | None)
assert_type(watched.standing, gm.Standing)
assert_type(gm.trend.nhs_making_data_count(), gm.trend.ControlChart)
assert_type(gm.trend.cusum(0.5, 5), gm.trend.Cusum)
assert_type(gm.trend.ewma(0.2, Decimal("2.86")), gm.trend.Ewma)
assert_type(gm.trend.run_chart(), gm.trend.RunChart)
assert_type(gm.trend.process_limits([1, 2.5, Decimal(3)]).high, Fraction)
assert_type(gm.trend.marks(gm.trend.Steps(3), [1, 2, 3, 4], mark=gm.trend.Mark.ALL), tuple[int, ...])
assert_type(gm.kpi.assurance(kpi, readings, as_of=when, policy=policy).assurance, gm.kpi.Assurance)
assert_type(kpi.assess(readings, as_of=when).flapping().share, Fraction)
whole = gm.CompositeKpi(id="both", parts=[kpi])
assert_type(whole.assess([readings], as_of=when).least_healthy, gm.KpiAssessment)

kr = gm.KeyResult(id="csat-q4", measure=csat, baseline=8.0, target=Decimal("9.2"), cycle=cycle, serves="happy")
assert_type(kr.baseline, Fraction | None)
assert_type(kr.target_value, Fraction)
assert_type(kr.serves, tuple[str, ...])
assert_type(kr.score(8.84), gm.Score)
assert_type(kr.score(8.84).raw, Fraction)
assert_type(kr.score(8.84).clamped, Fraction)
assert_type(float(kr.score(8.84)), float)
moved = kr.assess(readings, as_of=when, policy=gm.key_result.OutcomePolicy.thirds())
assert_type(moved.score, gm.Score | None)
assert_type(moved.outcome, gm.Outcome | None)
assert_type(moved.pace, gm.Pace | None)
assert_type(moved.forecast, gm.key_result.Forecast)
assert_type(moved.required_rate(), gm.key_result.RequiredRate | None)
assert_type(moved.occasions_left, gm.key_result.OccasionsLeft | None)
assert_type(moved.original_score, gm.Score | None)
waiting = gm.KeyResult(id="later", measure=csat, baseline=None, target=gm.key_result.Relative.percent(15), cycle=cycle)
assert_type(waiting.target_value, Fraction)
assert_type(waiting.target_value, Fraction)
tiered = gm.KeyResult(
    id="tiers",
    measure=csat,
    baseline=8,
    target=10,
    cycle=cycle,
    path=gm.key_result.Tiers.of(commit=8.6, target=Decimal("9.4")),
)
counted = gm.KeyResult(id="wins", measure=csat, baseline=0, target=4, cycle=cycle, counting=gm.key_result.Occasions(24))
assert_type(counted.expected_value(when), Fraction | None)
assert_type(gm.key_result.revise(kr, target=9, on=when, reason="seen again"), gm.KeyResult)
assert_type(gm.key_result.carry_over(moved, cycle=gm.Cycle.quarter(2027, 1), id="csat-q1"), gm.KeyResult)
assert_type(
    gm.key_result.vote_calibration([gm.key_result.Vote("csat-q4", when, 7)], {"csat-q4": True}.items()).brier,
    Fraction | None,
)

commit = gm.Commit(
    id="sla",
    measure=csat,
    standard=gm.Standard.within(8, 10),
    due=when,
    declared_on=date(2026, 9, 1),
    manner=gm.Held(date(2026, 10, 1)),
    support=gm.Support(gm.commit.SupportKind.BUDGET, "20,000"),
)
assert_type(commit.attainment(readings, as_of=when), gm.Attainment)
assert_type(commit.accountability_as_declared.objections, tuple[gm.Reason, ...])


def promoted() -> gm.KeyResult | None:
    """Match on a promotion: complete, so that a third answer would not go unnoticed."""
    decision = gm.decide_promotion(kpi, readings, as_of=when)
    match decision:
        case gm.Promote(found, evidence):
            assert_type(found, gm.KpiAssessment)
            assert_type(evidence, tuple[gm.Reason, ...])
            return gm.promote(kpi, decision, cycle=cycle, target=9.2)
        case gm.Keep(_, reasons):
            assert_type(reasons, tuple[gm.Reason, ...])
            return None
        case _:
            assert_never(decision)


def crossing() -> int | None:
    """Match on a time to breach."""
    found = kpi.assess(readings, as_of=when).time_to_breach(gm.kpi.BreachPolicy(readings=6))
    match found:
        case gm.kpi.Breach():
            assert_type(found.latest, int | None)
            assert_type(found.edge, Fraction)
            return found.readings
        case gm.kpi.NoBreach(why):
            assert_type(why, tuple[gm.Reason, ...])
            return None
        case _:
            assert_never(found)


def baseline_of(baseline: gm.trend.ReferencePeriod) -> int | None:
    """Match on a baseline."""
    match baseline:
        case gm.trend.FirstReadings(count) | gm.trend.ReferenceWindow(count=count):
            return count
        case gm.trend.ProcessLimits():
            return None
        case _:
            assert_never(baseline)


def rule_of(rule: gm.trend.TrendRule) -> str:
    """Match on a trend rule."""
    match rule:
        case gm.trend.Steps() | gm.trend.SigmaRule() | gm.trend.RunChart() | gm.trend.MannKendall():
            return "of the last readings"
        case gm.trend.ControlChart():
            return rule.name
        case gm.trend.Cusum() | gm.trend.Ewma():
            return "of all readings behind the baseline"
        case _:
            return f"somebody's own: {rule}"


def graduated() -> gm.lifecycle.Graduated | None:
    """Match on a demotion."""
    decision = gm.decide_demotion(kr, kpi, readings, as_of=when)
    match decision:
        case gm.Demote():
            return gm.demote(kr, decision)
        case gm.Continue():
            return None
        case _:
            assert_never(decision)


def named(health: gm.Health) -> str:
    """Match on an enum."""
    match health:
        case gm.Health.HEALTHY | gm.Health.WATCH:
            return "fine or nearly so"
        case gm.Health.UNHEALTHY:
            return "not fine"
        case gm.Health.UNKNOWN:
            return "nobody knows"
        case _:
            assert_never(health)


model = gm.GoalModel(kpis=[kpi], key_results=(kr,), objectives=iter([gm.Objective(id="happy", title="Happy")]))
seen = gm.review(model, [readings], as_of=when)
assert_type(gm.reviews(model, [readings], [when, when]), Iterator[gm.Review])
assert_type(seen.contradictions, tuple[gm.lifecycle.Contradiction, ...])
assert_type(seen.externalities.found, tuple[gm.externality.Externality, ...])
assert_type(seen.externalities.unseen, tuple[gm.Reason, ...])
assert_type(seen.changes_since(seen), tuple[gm.changes.ReviewChange, ...])
assert_type(gm.lifecycle.new_kpi(kr, readings, as_of=when, policy=gm.lifecycle.DemotionPolicy.strict()), gm.Kpi)
assert_type(seen, gm.Review)
assert_type(seen.kpis, tuple[gm.KpiAssessment, ...])
assert_type(seen.objectives, tuple[tuple[gm.Objective, gm.Rollup], ...])
assert_type(seen.promotions, tuple[gm.Promote, ...])

told = gm.events.Promoted(
    on=when, key_result=kr, reason="it needs work", decided_by="the team", evidence=gm.events.Evidence()
)
after = gm.apply(model, told)
assert_type(after, gm.GoalModel)
assert_type(gm.replay(model, [told]), gm.GoalModel)
assert_type(after.closed, tuple[gm.model.Goal, ...])
assert_type(gm.lifecycle.state_of(after, "csat"), gm.lifecycle.GoalState)
assert_type(model.impact("csat"), tuple[gm.model.Goal, ...])
reset = gm.lifecycle.next_cycle(model, [readings], as_of=when, cycle=cycle)
assert_type(reset.continuing, tuple[tuple[gm.KeyResultAssessment, gm.KeyResult], ...])
assert_type(reset.focus, gm.lifecycle.Focus)

facts = gm.profiles.Facts(baseline=8.0, target=9, value=8.7)
answer = gm.profiles.PROFILES["Viva Goals"].answer(facts, gm.profiles.Question.PROGRESS)
assert_type(answer.said, Fraction | gm.objective.Root | gm.profiles.Word | bool | None)
assert_type(answer.differences, tuple[gm.profiles.Difference, ...])
assert_type(gm.profiles.compare(facts), tuple[gm.profiles.Answer, ...])

# What no annotation admits; each line needs its "ignore", or the checkers say that it is unused.
kpi.health("7.7")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
gm.Measure("x", polarity="higher is better")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
kpi.assess(readings)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
