"""When does a KPI need work? It is proposed as a key result, with the evidence."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from goalmodel.checks import are, given_or, is_a, is_count, the, the_text
from goalmodel.errors import NoDefaultTarget, NotThisGoal, TargetNotAnImprovement
from goalmodel.exact import Number, exact
from goalmodel.key_result import KeyResult, Origin
from goalmodel.kpi import Health, Kpi, KpiAssessment
from goalmodel.measure import Cycle, Reading, Series
from goalmodel.reasons import Reason, ReasonKind, spell, those_that_hold
from goalmodel.reprs import readable
from goalmodel.trend import Heading, Standing, TrendPolicy

WORSE_THAN_USUAL = ReasonKind(
    "promote-worse-than-usual", "LIFE-1", "{kpi} is {health} and worse than usual", {"kpi": str, "health": Health}
)
WORSENING = ReasonKind("promote-worsening", "LIFE-1", "{kpi} is {health} and worsening", {"kpi": str, "health": Health})
NOT_HEALTHY_LONG = ReasonKind(
    "promote-not-healthy-long",
    "LIFE-1",
    "{kpi} has been not healthy for {count} readings in a row, {needed} are enough",
    {"kpi": str, "count": int, "needed": int},
)
CHOSEN = ReasonKind("promote-chosen", "LIFE-1", "{kpi} was chosen: {why}", {"kpi": str, "why": str})
KEPT_UNKNOWN = ReasonKind(
    "keep-unknown", "LIFE-1", "nobody knows whether {kpi} is healthy, and that is no evidence", {"kpi": str}
)
KEPT_HEALTHY = ReasonKind("keep-healthy", "LIFE-1", "{kpi} is healthy", {"kpi": str})
KEPT_WAITING = ReasonKind(
    "keep-waiting",
    "LIFE-1",
    "{kpi} is {health}, neither worse than usual nor worsening, and was not healthy for {count} readings in a row, "
    "{needed} are needed",
    {"kpi": str, "health": Health, "count": int, "needed": int},
)


@readable
@attrs.frozen(kw_only=True)
class PromotionPolicy:
    """When a KPI needs work.

    Attributes:
        not_healthy: So many not-healthy readings in a row are enough, at least 1. Three is our choice.
    """

    not_healthy: int = attrs.field(default=3, validator=is_count(1))


@readable
@attrs.frozen
class Promote:
    """A KPI is proposed to become a key result.

    Attributes:
        assessment: The KPI as it was found.
        evidence: Every reason that holds.
    """

    assessment: KpiAssessment = attrs.field(validator=is_a(KpiAssessment))
    evidence: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    @property
    def kpi(self) -> str:
        """Id of the KPI."""
        return self.assessment.kpi.id

    @property
    def baseline(self) -> Reading | None:
        """The reading that promoted it: the latest. None where it was chosen and never read."""
        return self.assessment.latest

    def __str__(self) -> str:
        return f"promote {self.kpi}: {spell(self.evidence)}"


@readable
@attrs.frozen
class Keep:
    """A KPI stays what it is.

    Attributes:
        assessment: The KPI as it was found.
        reasons: Why nothing is proposed.
    """

    assessment: KpiAssessment = attrs.field(validator=is_a(KpiAssessment))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    @property
    def kpi(self) -> str:
        """Id of the KPI."""
        return self.assessment.kpi.id

    def __str__(self) -> str:
        return f"keep {self.kpi} as it is: {spell(self.reasons)}"


def decide_promotion(
    kpi: Kpi,
    series: Series,
    *,
    as_of: dt.date,
    policy: PromotionPolicy | None = None,
    trend: TrendPolicy | None = None,
    chosen: str | None = None,
) -> Promote | Keep:
    """Return whether *kpi* is proposed to become a key result on *as_of*, with every reason that holds.

    It is when it is not healthy and worse than usual or worsening, when it was not healthy for so many readings in a
    row, or when people chose it. A KPI whose health is unknown is proposed only by choice.

    Rule: LIFE-1.

    Args:
        kpi: The KPI.
        series: Readings of its measure; those after *as_of* are not seen.
        as_of: The date of the decision.
        policy: When a KPI needs work; the documented defaults where None.
        trend: Which trend rules are asked; the documented defaults where None.
        chosen: Why people chose it; None where they did not.

    Raises:
        WrongMeasure: The series is of another measure, or in another unit.
    """
    assessment = the(Kpi, kpi, "kpi").assess(series, as_of=as_of, policy=trend)
    return promotion_of(assessment, policy=policy, chosen=chosen)


def promotion_of(
    assessment: KpiAssessment, *, policy: PromotionPolicy | None = None, chosen: str | None = None
) -> Promote | Keep:
    """Return the decision of `decide_promotion` about a KPI that is assessed already."""
    rules = given_or(PromotionPolicy(), policy, "policy")
    kpi, health = the(KpiAssessment, assessment, "assessment").kpi.id, assessment.health
    count = assessment.streaks.not_healthy
    is_bad = health in (Health.WATCH, Health.UNHEALTHY)
    is_long = is_bad and count >= rules.not_healthy
    evidence = those_that_hold(
        (WORSE_THAN_USUAL, {"kpi": kpi, "health": health}, is_bad and assessment.standing is Standing.WORSE),
        (WORSENING, {"kpi": kpi, "health": health}, is_bad and assessment.heading is Heading.WORSENING),
        (NOT_HEALTHY_LONG, {"kpi": kpi, "count": count, "needed": rules.not_healthy}, is_long),
        (CHOSEN, {"kpi": kpi, "why": chosen}, chosen is not None and the_text(chosen, "chosen")),
    )
    return Promote(assessment, evidence) if evidence else Keep(assessment, (_why_kept(assessment, rules),))


def _why_kept(assessment: KpiAssessment, policy: PromotionPolicy) -> Reason:
    kpi, health = assessment.kpi.id, assessment.health
    if health is Health.UNKNOWN:
        return KEPT_UNKNOWN.because(kpi=kpi)
    if health is Health.HEALTHY:
        return KEPT_HEALTHY.because(kpi=kpi)
    count = assessment.streaks.not_healthy
    return KEPT_WAITING.because(kpi=kpi, health=health, count=count, needed=policy.not_healthy)


def promote(
    kpi: Kpi,
    decision: Promote,
    *,
    cycle: Cycle,
    target: Number | None = None,
    id: str | None = None,  # noqa: A002 - the name the field has on every goal
    serves: str | tuple[str, ...] = (),
    weight: Number = 1,
) -> KeyResult:
    """Return the key result *kpi* becomes; the KPI itself stays and stays watched.

    Its baseline is the reading that promoted it, its target the nearest healthy edge where none is given. An edge
    that is not healthy itself ("below 120") is no target.

    Rule: LIFE-2.

    Args:
        kpi: The KPI the decision is about.
        decision: The proposal that is carried out.
        cycle: When the work is done.
        target: Where the measure is to come, in its own unit; on the healthier side of the baseline.
        id: The key result's; made from the KPI's id and the cycle's first day where None.
        serves: Ids of the objectives it leads to.
        weight: How much it counts among the key results of an objective, above 0.

    Raises:
        NotThisGoal: The decision is about another KPI.
        TargetNotAnImprovement: The target is no nearer to health than the baseline.
        NoDefaultTarget: No target is given and no healthy edge lies ahead.
    """
    the(Kpi, kpi, "kpi")
    if the(Promote, decision, "decision").assessment.kpi != kpi:
        raise NotThisGoal("decision", decision.kpi, f"about {kpi.id!r}, as it stands", goal=kpi.id)
    the(Cycle, cycle, "cycle")
    now = decision.assessment.in_force
    baseline = None if decision.baseline is None else decision.baseline.known
    aim = _default_target(now, baseline) if target is None else exact(target, "target")
    _check_improvement(now, baseline, aim)
    return KeyResult(
        id=f"{kpi.id} {cycle.start.isoformat()}" if id is None else id,
        measure=kpi.measure,
        baseline=baseline,
        target=aim,
        cycle=cycle,
        serves=serves,
        weight=weight,
        owner=kpi.owner,
        window=kpi.window,
        origin=Origin(kpi=kpi.id, on=decision.assessment.as_of),
    )


def _default_target(kpi: Kpi, baseline: Fraction | None) -> Fraction:
    if kpi.bands is None or baseline is None or kpi.bands.excess(baseline) <= 0:
        raise NoDefaultTarget("target", None, goal=kpi.id)
    edge = kpi.bands.nearest_healthy(baseline)
    if edge in kpi.bands.open_cuts:
        raise NoDefaultTarget("target", None, goal=kpi.id)
    return edge


def _check_improvement(kpi: Kpi, baseline: Fraction | None, target: Fraction) -> None:
    if baseline is None:
        return
    before, after = kpi.excess(baseline), kpi.excess(target)
    if before is not None and after is not None and after >= before:
        raise TargetNotAnImprovement("target", target, goal=kpi.id)
