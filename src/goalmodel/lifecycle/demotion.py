"""When may a key result go back to being watched? It is proposed for demotion, and closes as graduated."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from fractions import Fraction

import attrs

from goalmodel.checks import are, at_least_0, given_or, is_a, is_count, is_date, named, the
from goalmodel.errors import NotThisGoal
from goalmodel.exact import Number
from goalmodel.key_result import KeyResult, KeyResultAssessment, Score
from goalmodel.kpi import Assurance, Health, Kpi, KpiAssessment, KpiHistory, assured
from goalmodel.kpi.assuring import assurance_on
from goalmodel.measure import Series
from goalmodel.reasons import Reason, ReasonKind, spell, those_that_hold
from goalmodel.reprs import readable
from goalmodel.trend import Heading, TrendPolicy
from goalmodel.trend.limits import RunningLimits

HEALTHY_LONG = ReasonKind(
    "demote-healthy-long",
    "LIFE-5",
    "{kpi} has been healthy and clear of its edge for {count:reading/readings} in a row since it was promoted",
    {"kpi": str, "count": int},
)
CYCLE_OVER = ReasonKind("demote-cycle-over", "LIFE-5", "the cycle ended on {end}", {"end": dt.date})
TARGET_REACHED = ReasonKind("demote-target-reached", "LIFE-5", "the target is reached: {score}", {"score": Score})
NOT_HEALTHY_LONG = ReasonKind(
    "continue-not-healthy-long",
    "LIFE-5",
    "{kpi} has been healthy and clear of its edge for {count:reading/readings} in a row since it was promoted, "
    "{needed:is/are} needed",
    {"kpi": str, "count": int, "needed": int},
)
WORSENING = ReasonKind("continue-worsening", "LIFE-5", "{kpi} is worsening", {"kpi": str})
UNKNOWN = ReasonKind("continue-unknown", "LIFE-5", "nobody knows whether {kpi} is healthy now", {"kpi": str})
CYCLE_RUNNING = ReasonKind(
    "continue-cycle-running", "LIFE-5", "the cycle runs until {end} and the target is not reached", {"end": dt.date}
)
TOO_SOON = ReasonKind(
    "continue-too-soon",
    "LIFE-5",
    "{kpi} became a key result on {since}, {days:day/days} ago, and stays one for {needed}",
    {"kpi": str, "since": dt.date, "days": int, "needed": int},
)
NO_SIGMA = ReasonKind("continue-no-sigma", "LIFE-5", "nobody can say how far one sigma of {kpi} is", {"kpi": str})
NOT_ASSURED = ReasonKind(
    "continue-not-assured",
    "LIFE-5",
    "by the last {count:reading/readings} {kpi} is healthy, and nothing says that the next ones will be",
    {"count": int, "kpi": str},
)


def _at_least_0_or_none(given: Number | None, field: str = "value") -> Fraction | None:
    return None if given is None else at_least_0(given, field)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class DemotionPolicy:
    """When a key result may go back to being watched.

    Attributes:
        healthy: So many healthy readings in a row since the promotion are needed, at least 1. Four is our choice.
        deadband: How far inside the healthy zone they must lie to be clear of its edge, in the measure's own unit.
        deadband_sigmas: The same in sigmas of the KPI's baseline; where both are given, the wider one holds.
        sooner_sigmas: Where they lie clear of the edge by so many sigmas of the KPI's baseline, one reading fewer is
            enough; None where never. Half a sigma is our choice.
        stay_days: It stays a key result for at least so many days, whatever its readings say.
        is_assured: Whether the natural process limits of its healthy readings in a row must lie inside the healthy
            zone, too: that it was healthy is then not enough, it has to be expected to stay so.
    """

    healthy: int = attrs.field(default=4, validator=is_count(1))
    deadband: Fraction = attrs.field(default=Fraction(0), converter=at_least_0)
    deadband_sigmas: Fraction = attrs.field(default=Fraction(0), converter=at_least_0)
    sooner_sigmas: Fraction | None = attrs.field(default=Fraction(1, 2), converter=_at_least_0_or_none)
    stay_days: int = attrs.field(default=0, validator=is_count())
    is_assured: bool = attrs.field(default=False, validator=is_a(bool))

    @classmethod
    def strict(cls) -> DemotionPolicy:
        """Return the policy that asks whether the process meets its line consistently, and not only by chance.

        Source: NHS England, "Making Data Count": a line is met consistently where the natural process limits lie inside
        it; six readings are the fewest that limits are made from (Wheeler, "Understanding Variation", 1993).
        """
        return cls(healthy=6, sooner_sigmas=None, is_assured=True)


@attrs.frozen
@readable
class Demote:
    """A key result is proposed to go back to being watched.

    Attributes:
        key_result: The key result as it was found, with its score.
        kpi: The KPI as it was found.
        evidence: Every reason that holds.
    """

    key_result: KeyResultAssessment = attrs.field(validator=is_a(KeyResultAssessment))
    kpi: KpiAssessment = attrs.field(validator=is_a(KpiAssessment))
    evidence: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return f"demote {self.key_result.key_result.id}: {spell(self.evidence)}"


@attrs.frozen
@readable
class Continue:
    """A key result goes on.

    Attributes:
        key_result: The key result as it was found.
        kpi: The KPI as it was found.
        reasons: Everything that is missing.
    """

    key_result: KeyResultAssessment = attrs.field(validator=is_a(KeyResultAssessment))
    kpi: KpiAssessment = attrs.field(validator=is_a(KpiAssessment))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return f"continue {self.key_result.key_result.id}: {spell(self.reasons)}"


@attrs.frozen(kw_only=True)
@readable
class Graduated:
    """A key result that is closed because its KPI is healthy again, and watched as it was before.

    Attributes:
        key_result: The key result.
        kpi: The KPI, unchanged.
        on: Date of the demotion.
        score: The score as it stood; None where there was none.
        evidence: Why it was demoted.
    """

    key_result: KeyResult = attrs.field(validator=is_a(KeyResult))
    kpi: Kpi = attrs.field(validator=is_a(Kpi))
    on: dt.date = attrs.field(validator=is_date)
    score: Score | None = attrs.field(validator=is_a(Score, type(None)))
    evidence: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        score = "without a score" if self.score is None else f"at {self.score}"
        return f"{self.key_result.id} graduated on {self.on.isoformat()} {score}; {self.kpi.id} is watched again"


def decide_demotion(
    key_result: KeyResult,
    kpi: Kpi,
    series: Series,
    *,
    as_of: dt.date,
    policy: DemotionPolicy | None = None,
    trend: TrendPolicy | None = None,
) -> Demote | Continue:
    """Return whether *key_result* is proposed to go back to being watched on *as_of*.

    It is after so many healthy readings in a row since the promotion, clear of the edge by the deadband, or after one
    fewer where they are clear of it by half a sigma, unless it is worsening, and not before the cycle ends unless the
    target is reached. Being healthy and not worsening, it rules out a promotion by the same readings.

    Rules: LIFE-5, LIFE-6.

    Args:
        key_result: The key result.
        kpi: The KPI it was promoted from, or another one on the same measure.
        series: Readings of their measure; those after *as_of* are not seen.
        as_of: The date of the decision.
        policy: When a key result may go back; the documented defaults where None.
        trend: Which trend rules are asked; the documented defaults where None.

    Raises:
        NotThisGoal: The key result was promoted from another KPI, or moves another measure.
        WrongMeasure: The series is of another measure, or in another unit.
    """
    _check_pair(the(KeyResult, key_result, "key_result"), the(Kpi, kpi, "kpi"))
    history = KpiHistory(kpi, series, _trend(trend))
    return demotion_on(key_result.assess(series, as_of=as_of), history.on(as_of), history, policy=_rules(policy))


def demotion_of(
    moved: KeyResultAssessment,
    watched: KpiAssessment,
    series: Series,
    *,
    policy: DemotionPolicy | None = None,
    trend: TrendPolicy | None = None,
) -> Demote | Continue:
    """Return the decision of `decide_demotion` about a key result and a KPI that are assessed already."""
    _check_pair(the(KeyResultAssessment, moved, "moved").key_result, the(KpiAssessment, watched, "watched").kpi)
    history = KpiHistory(watched.kpi, series, _trend(trend))
    return demotion_on(moved, watched, history, policy=_rules(policy))


def demotion_on(
    moved: KeyResultAssessment, watched: KpiAssessment, history: KpiHistory, *, policy: DemotionPolicy
) -> Demote | Continue:
    """Return the decision of `decide_demotion` about two that are assessed already, by the history of the KPI."""
    kpi, as_of, cycle, score = watched.kpi.id, watched.as_of, moved.key_result.cycle, moved.score
    history = history.as_known(as_of)
    sigma = _sigma(history, as_of) if policy.deadband_sigmas else None
    deadband = max(policy.deadband, policy.deadband_sigmas * (sigma or 0))
    count = _count_clear(moved.key_result, history, as_of, deadband)
    needed = policy.healthy - (
        count == policy.healthy - 1 and _is_clear(moved.key_result, history, as_of, count, policy)
    )
    healthy = _count_clear(moved.key_result, history, as_of, Fraction(0))
    since = _since(moved.key_result)
    days = max((as_of - since).days, 0)
    is_over = as_of >= cycle.end
    is_reached = moved.is_reached
    too_soon = {"kpi": kpi, "since": since, "days": days, "needed": policy.stay_days}
    reasons = those_that_hold(
        (UNKNOWN, {"kpi": kpi}, watched.health is Health.UNKNOWN),
        (NOT_HEALTHY_LONG, {"kpi": kpi, "count": count, "needed": needed}, count < needed),
        (NO_SIGMA, {"kpi": kpi}, bool(policy.deadband_sigmas) and sigma is None),
        (NOT_ASSURED, {"kpi": kpi, "count": healthy}, policy.is_assured and not _is_assured(healthy, history, as_of)),
        (WORSENING, {"kpi": kpi}, watched.heading is Heading.WORSENING),
        (TOO_SOON, too_soon, days < policy.stay_days),
        (CYCLE_RUNNING, {"end": cycle.end}, not is_over and not is_reached),
    )
    if reasons:
        return Continue(moved, watched, reasons)
    grounds = those_that_hold(
        (HEALTHY_LONG, {"kpi": kpi, "count": count}, True),
        (CYCLE_OVER, {"end": cycle.end}, is_over),
        (TARGET_REACHED, {"score": score}, is_reached),
    )
    return Demote(moved, watched, grounds)


def demote(key_result: KeyResult, decision: Demote) -> Graduated:
    """Return the closed key result with its score as it stood, and the KPI as it was before the promotion.

    Args:
        key_result: The key result the decision is about.
        decision: The proposal that is carried out.

    Raises:
        NotThisGoal: The decision is about another key result.
    """
    if the(Demote, decision, "decision").key_result.key_result != the(KeyResult, key_result, "key_result"):
        found = decision.key_result.key_result
        raise NotThisGoal("decision", found.id, "about this very key result, as it stands", goal=key_result.id)
    return Graduated(
        key_result=key_result,
        kpi=decision.kpi.kpi,
        on=decision.kpi.as_of,
        score=decision.key_result.score,
        evidence=decision.evidence,
    )


def _check_pair(key_result: KeyResult, kpi: Kpi) -> None:
    if key_result.measure != kpi.measure:
        accepted = f"on the measure of the key result, {key_result.measure.name!r}"
        raise NotThisGoal(("kpi", "measure"), kpi.measure, accepted, goal=kpi.id)
    if key_result.origin and key_result.origin.kpi != kpi.id:
        raise NotThisGoal(("kpi", "id"), kpi.id, f"{key_result.origin.kpi!r}, which the key result was promoted from")


def _rules(given: DemotionPolicy | None) -> DemotionPolicy:
    return given_or(DemotionPolicy(), given, "policy")


def _trend(given: TrendPolicy | None) -> TrendPolicy:
    return given_or(TrendPolicy(), given, "trend")


def _count_clear(key_result: KeyResult, history: KpiHistory, as_of: dt.date, deadband: Fraction) -> int:
    """Return how many of the latest readings since the promotion were healthy and clear of the edge, in one run."""
    run = history.runs.on(as_of)
    if not run:
        return 0
    days, origin = history.view.row.days, key_result.origin
    before = bisect_left(days, key_result.cycle.start) if origin is None else bisect_right(days, origin.on)
    return min(history.clear(deadband, run[-1]), max(run.stop - before, 0))


def _is_clear(key_result: KeyResult, history: KpiHistory, as_of: dt.date, count: int, policy: DemotionPolicy) -> bool:
    """Return whether *count* readings, one fewer than are needed, are so clear of the edge that they are enough."""
    sigma = None if policy.sooner_sigmas is None or not count else _sigma(history, as_of)
    if sigma is None or policy.sooner_sigmas is None:
        return False
    return _count_clear(key_result, history, as_of, policy.sooner_sigmas * sigma) >= count


def _sigma(history: KpiHistory, as_of: dt.date) -> Fraction | None:
    limits = assurance_on(history, as_of).limits
    return None if limits is None else limits.sigma


def _is_assured(count: int, history: KpiHistory, as_of: dt.date) -> bool:
    """Return whether the natural limits of the latest *count* readings lie inside."""
    bands, view = history.kpi.in_force(as_of).bands, history.view
    stop = view.count(as_of)
    if bands is None or count < 2:  # noqa: PLR2004 - two readings make a move
        return False
    limits = view.table(RunningLimits).of(stop - count, stop).limits(view.row.denominator)
    return assured(limits, bands) is Assurance.CONSISTENTLY_MEETS


def _since(key_result: KeyResult) -> dt.date:
    return key_result.origin.on if key_result.origin else key_result.cycle.start
