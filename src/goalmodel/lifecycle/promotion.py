"""When does a KPI need work? It is proposed as a key result, with the evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Final

import attrs

from goalmodel.checks import are, given_or, is_a, is_count, the, the_text
from goalmodel.errors import NoDefaultTarget, NotThisGoal
from goalmodel.events.moves import check_improvement
from goalmodel.exact import Number, exact
from goalmodel.key_result import ByChance, KeyResult, MeanOfLatest, Origin, Score
from goalmodel.key_result.by_chance import NO_WAY, by_chance
from goalmodel.key_result.way import share_along
from goalmodel.kpi import Breach, BreachPolicy, Health, Kpi, KpiAssessment, KpiHistory
from goalmodel.measure import Aggregation, Cycle, Reading, Series
from goalmodel.measure.measure import has_mean
from goalmodel.reasons import Reason, ReasonKind, spell, those_that_hold
from goalmodel.reprs import readable
from goalmodel.trend import Heading, Standing, TrendPolicy

UNHEALTHY_LONG = ReasonKind(
    "promote-unhealthy-long",
    "LIFE-1",
    "{kpi} has been unhealthy for {count:reading/readings} in a row, {needed:is/are} enough",
    {"kpi": str, "count": int, "needed": int},
)
WORSE_THAN_USUAL = ReasonKind(
    "promote-worse-than-usual", "LIFE-1", "{kpi} is {health} and worse than usual", {"kpi": str, "health": Health}
)
WORSENING = ReasonKind("promote-worsening", "LIFE-1", "{kpi} is {health} and worsening", {"kpi": str, "health": Health})
ON_COURSE = ReasonKind(
    "promote-on-course",
    "LIFE-1",
    "{kpi} is healthy, worsening, and on course to cross {edge} (readings until then: {readings})",
    {"kpi": str, "edge": Fraction, "readings": int},
)
OVERDUE = ReasonKind(
    "promote-overdue",
    "KPI-8",
    "{kpi} lies outside its healthy zone for longer than is acceptable: overdue since {since}",
    {"kpi": str, "since": dt.date},
)
CHOSEN = ReasonKind("promote-chosen", "LIFE-1", "{kpi} was chosen: {why}", {"kpi": str, "why": str})
KEPT_UNKNOWN = ReasonKind(
    "keep-unknown", "LIFE-1", "nobody knows whether {kpi} is healthy, and that is no evidence", {"kpi": str}
)
KEPT_HEALTHY = ReasonKind("keep-healthy", "LIFE-1", "{kpi} is healthy", {"kpi": str})
KEPT_RECOVERING = ReasonKind(
    "keep-recovering", "LIFE-1", "{kpi} is {health} and improving: it is recovering", {"kpi": str, "health": Health}
)
KEPT_ON_WATCH = ReasonKind(
    "keep-on-watch", "LIFE-1", "{kpi} is on watch and not worsening: a reason to look, not yet to act", {"kpi": str}
)
KEPT_WAITING = ReasonKind(
    "keep-waiting",
    "LIFE-1",
    "{kpi} is unhealthy, neither worse than usual nor worsening, and was unhealthy for {count:reading/readings} in a "
    "row, {needed:is/are} needed",
    {"kpi": str, "count": int, "needed": int},
)

_FEWEST_OF_A_MEAN: Final = 3
_SOON: Final[int | None] = 3


@attrs.frozen(kw_only=True)
@readable
class PromotionPolicy:
    """When a KPI needs work.

    Attributes:
        unhealthy: So many unhealthy readings in a row are enough, at least 1. Three is our choice.
        within: A healthy KPI that is worsening is proposed when it is on course to cross its edge within so many
            readings, at least 1; None where only what is not healthy is. Three is our choice.
        breach: From which readings that course is told.
        is_recovering_proposed: Whether a KPI is proposed by its readings although it is improving.
    """

    unhealthy: int = attrs.field(default=3, validator=is_count(1))
    within: int | None = attrs.field(default=_SOON, validator=attrs.validators.optional(is_count(1)))
    breach: BreachPolicy = attrs.field(default=BreachPolicy(), validator=is_a(BreachPolicy))
    is_recovering_proposed: bool = attrs.field(default=False, validator=is_a(bool))


@attrs.frozen
@readable
class Promote:
    """A KPI is proposed to become a key result.

    Attributes:
        assessment: The KPI as it was found.
        evidence: Every reason that holds.
        readings: The readings it rests on, oldest first; none where it was chosen and never read.
    """

    assessment: KpiAssessment = attrs.field(validator=is_a(KpiAssessment))
    evidence: tuple[Reason, ...] = attrs.field(validator=are(Reason))
    readings: tuple[Reading, ...] = attrs.field(default=(), validator=are(Reading))

    @property
    def kpi(self) -> str:
        """Id of the KPI."""
        return self.assessment.kpi.id

    @property
    def baseline(self) -> Fraction | None:
        """The mean of the readings it rests on; None where there is none.

        Of cases that are counted, the share of all of them. Where a mean says nothing, the latest reading.

        Rule: LIFE-2.
        """
        if not self.readings:
            return None
        cases = [Fraction(1) if each.weight is None else each.weight for each in self.readings]
        total = sum((each.known * of for each, of in zip(self.readings, cases, strict=True)), Fraction(0))
        return total / sum(cases)

    @property
    def by_chance(self) -> ByChance:
        """How often a like time would have gone most of the way to the nearest healthy edge with nothing done.

        Rule: LIFE-9.
        """
        history, bands, baseline = self.assessment.history, self.assessment.in_force.bands, self.baseline
        if history is None or bands is None or baseline is None or bands.excess(baseline) <= 0:
            return ByChance(reasons=(NO_WAY.because(),))
        way = partial(share_along, None, baseline=baseline, target=bands.nearest_healthy(baseline))
        known = history.as_known(self.assessment.as_of)
        phase, _ = known.as_read.phase(self.assessment.as_of, known.view.count(self.assessment.as_of))
        weights = known.view.series.weights
        return by_chance(
            known.view.row.part(phase.start, phase.stop),
            None if weights is None else weights[phase.start : phase.stop],
            len(self.readings),
            lambda value: Score(way(value)),
        )

    def __str__(self) -> str:
        return f"promote {self.kpi}: {spell(self.evidence)}"


@attrs.frozen
@readable
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

    It is when it was unhealthy for so many readings in a row, when it is unhealthy and worse than usual, when it is not
    healthy, or about to be so, and worsening, when it is outside its healthy zone for longer than it may be, or when
    people chose it. On watch alone it is not, and while it recovers only as overdue or by choice. A KPI whose health is
    unknown is proposed only by choice.

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
    history = KpiHistory(the(Kpi, kpi, "kpi"), series, trend)
    return promotion_on(history.on(as_of), lambda: history, policy=_rules(policy), chosen=chosen)


def promotion_of(
    assessment: KpiAssessment, *, policy: PromotionPolicy | None = None, chosen: str | None = None
) -> Promote | Keep:
    """Return the decision of `decide_promotion` about a KPI that is assessed already.

    One that was made without readings rests on the latest of them alone, and is on no course.
    """
    found = the(KpiAssessment, assessment, "assessment")
    return promotion_on(found, lambda: found.history, policy=_rules(policy), chosen=chosen)


def promotion_on(
    found: KpiAssessment,
    history: Callable[[], KpiHistory | None],
    *,
    policy: PromotionPolicy,
    chosen: str | None = None,
) -> Promote | Keep:
    """Return the decision of `decide_promotion` about a KPI that is assessed; its history is made only where needed."""
    kpi, health, overdue = found.kpi.id, found.health, found.overdue_since
    count = found.streaks.unhealthy if health is Health.UNHEALTHY else 0
    is_silent = found.is_recovering and not policy.is_recovering_proposed
    is_unhealthy = health is Health.UNHEALTHY and not is_silent
    is_worsening = found.heading is Heading.WORSENING
    breach = _breach(found, history, policy) if is_worsening else None
    evidence = those_that_hold(
        (
            UNHEALTHY_LONG,
            {"kpi": kpi, "count": count, "needed": policy.unhealthy},
            is_unhealthy and count >= policy.unhealthy,
        ),
        (WORSE_THAN_USUAL, {"kpi": kpi, "health": health}, is_unhealthy and found.standing is Standing.WORSE),
        (WORSENING, {"kpi": kpi, "health": health}, is_worsening and health in (Health.WATCH, Health.UNHEALTHY)),
        *(((ON_COURSE, {"kpi": kpi, "edge": breach.edge, "readings": breach.readings}, True),) if breach else ()),
        (OVERDUE, {"kpi": kpi, "since": overdue}, overdue is not None),
        (CHOSEN, {"kpi": kpi, "why": chosen}, chosen is not None and the_text(chosen, "chosen")),
    )
    if evidence:
        return Promote(found, evidence, _readings(found, history(), policy))
    return Keep(found, (_why_kept(found, policy),))


def _breach(found: KpiAssessment, history: Callable[[], KpiHistory | None], policy: PromotionPolicy) -> Breach | None:
    """Return how a KPI that is worsening crosses its edge soon; None where it does not, or is not healthy any more."""
    known = history() if found.health is Health.HEALTHY and policy.within is not None else None
    if known is None or policy.within is None:
        return None
    breach = known.breach(found.as_of, policy.breach)
    return breach if isinstance(breach, Breach) and breach.readings <= policy.within else None


def _readings(found: KpiAssessment, history: KpiHistory | None, policy: PromotionPolicy) -> tuple[Reading, ...]:
    """Return the readings a proposal rests on: as many as are evidence, and at least three where there are.

    Rule: LIFE-2.
    """
    if found.latest is None:
        return ()
    if history is None or not has_mean(found.kpi.measure.scale):
        return (found.latest,)
    return history.latest_readings(found.as_of, max(policy.unhealthy, _FEWEST_OF_A_MEAN))


def _rules(given: PromotionPolicy | None) -> PromotionPolicy:
    return given_or(PromotionPolicy(), given, "policy")


def _why_kept(found: KpiAssessment, policy: PromotionPolicy) -> Reason:
    kpi, health = found.kpi.id, found.health
    if health is Health.UNKNOWN:
        return KEPT_UNKNOWN.because(kpi=kpi)
    if health is Health.HEALTHY:
        return KEPT_HEALTHY.because(kpi=kpi)
    if found.is_recovering:
        return KEPT_RECOVERING.because(kpi=kpi, health=health)
    if health is Health.WATCH:
        return KEPT_ON_WATCH.because(kpi=kpi)
    return KEPT_WAITING.because(kpi=kpi, count=found.streaks.unhealthy, needed=policy.unhealthy)


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

    Its baseline is the mean of the readings that promoted it, and it counts the mean of as many of its latest ones: a
    single bad reading is no level, and a single good one no success. Its target is the nearest healthy edge where none
    is given. An edge that is not healthy itself ("below 120") is no target.

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
        NoDefaultTarget: No target is given and no healthy edge lies ahead: the baseline is not known, or healthy.
    """
    the(Kpi, kpi, "kpi")
    if the(Promote, decision, "decision").assessment.kpi != kpi:
        raise NotThisGoal("decision", decision.kpi, f"about {kpi.id!r}, as it stands", goal=kpi.id)
    the(Cycle, cycle, "cycle")
    now = decision.assessment.in_force
    baseline = decision.baseline
    aim = _default_target(now, baseline) if target is None else exact(target, "target")
    check_improvement(now, baseline, aim)
    return KeyResult(
        id=f"{kpi.id} {cycle.start.isoformat()}" if id is None else id,
        measure=kpi.measure,
        baseline=baseline,
        target=aim,
        cycle=cycle,
        counting=MeanOfLatest(len(decision.readings)) if len(decision.readings) > 1 else Aggregation.LAST,
        serves=serves,
        weight=weight,
        owner=kpi.owner,
        purpose=kpi.purpose,
        team=kpi.team,
        priority=kpi.priority,
        window=kpi.window,
        exclusions=kpi.exclusions,
        figure_policy=kpi.figure_policy,
        origin=Origin(kpi=kpi.id, on=decision.assessment.as_of),
    )


def _default_target(kpi: Kpi, baseline: Fraction | None) -> Fraction:
    if kpi.bands is None or baseline is None or kpi.bands.excess(baseline) <= 0:
        raise NoDefaultTarget("target", None, goal=kpi.id)
    edge = kpi.bands.nearest_healthy(baseline)
    if edge in kpi.bands.open_cuts:
        raise NoDefaultTarget("target", None, goal=kpi.id)
    return edge
