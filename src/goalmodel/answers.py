"""Answers to what a manager asks, as reasons: will it get there, why is it proposed, what changed since then?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Final

from goalmodel.changes import Aspect, AspectValue, ReviewChange
from goalmodel.checks import the, the_many
from goalmodel.commit import Attainment
from goalmodel.errors import WrongType
from goalmodel.key_result import KeyResultAssessment, Score
from goalmodel.kpi import Health
from goalmodel.lifecycle import Demote, Promote
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.trend import Heading, Standing

__all__ = ["change_reasons", "landing_reasons", "proposal_reasons"]

CAME_SO_FAR = ReasonKind("answer-came-so-far", "KR-9", "{score} of the way", {"score": Score})
CAME_AND_EXPECTED = ReasonKind(
    "answer-came-and-expected",
    "KR-9",
    "{score} of the way, {expected} expected",
    {"score": Score, "expected": Score},
)
CAME_AT_THE_END = ReasonKind(
    "answer-came-at-the-end",
    "KR-9",
    "{score} of the way when the cycle ended on {end}",
    {"score": Score, "end": date},
)
AT_THIS_PACE = ReasonKind(
    "answer-at-this-pace",
    "KR-10",
    "at this pace {value} of {target} {unit} by {end} ({low} to {high})",
    {"value": Fraction, "target": Fraction, "unit": str, "end": date, "low": Fraction, "high": Fraction},
)
NEEDS = ReasonKind("answer-needs", "KR-10", "needs {rate} {unit} a day", {"rate": Fraction, "unit": str})
NEEDS_AND_FASTEST = ReasonKind(
    "answer-needs-and-fastest",
    "KR-10",
    "needs {rate} {unit} a day, the fastest so far was {fastest}",
    {"rate": Fraction, "unit": str, "fastest": Fraction},
)
PROPOSED_FROM = ReasonKind(
    "answer-proposed-from",
    "LIFE-2",
    "as a key result it would start from {baseline} {unit}, the mean of {count:reading/readings}",
    {"baseline": Fraction, "unit": str, "count": int},
)
_GOALS: Final = (("goals", tuple[str, ...]),)
APPEARED = ReasonKind("changed-new", "REV-2", "new: {goals}", _GOALS)
GONE = ReasonKind("changed-gone", "REV-2", "gone: {goals}", _GOALS)
REDEFINED = ReasonKind("changed-defined", "REV-2", "defined otherwise: {goals}", _GOALS)
LESS_HEALTHY = ReasonKind("changed-less-healthy", "REV-2", "less healthy: {goals}", _GOALS)
HEALTHIER = ReasonKind("changed-healthier", "REV-2", "healthier: {goals}", _GOALS)
WORSE = ReasonKind("changed-worse", "REV-2", "now worse than usual: {goals}", _GOALS)
WORSENING = ReasonKind("changed-worsening", "REV-2", "now worsening: {goals}", _GOALS)
NOT_WORSE = ReasonKind("changed-not-worse", "REV-2", "no longer worse than usual: {goals}", _GOALS)
NOT_WORSENING = ReasonKind("changed-not-worsening", "REV-2", "no longer worsening: {goals}", _GOALS)
CAME_BACK = ReasonKind("changed-moved-back", "REV-2", "moved back: {goals}", _GOALS)
CAME_FORWARD = ReasonKind("changed-moved-forward", "REV-2", "moved forward: {goals}", _GOALS)
BROKEN = ReasonKind("changed-not-kept", "REV-2", "commits not kept: {goals}", _GOALS)
HELD = ReasonKind("changed-kept", "REV-2", "commits kept: {goals}", _GOALS)
PROPOSED = ReasonKind("changed-proposed", "REV-2", "newly proposed: {goals}", _GOALS)
WITHDRAWN = ReasonKind("changed-not-proposed", "REV-2", "no longer proposed: {goals}", _GOALS)
RESTATED = ReasonKind("changed-restated", "REV-2", "figures restated: {goals}", _GOALS)
MORE = ReasonKind("changed-more", "REV-2", "other changes: {count}", {"count": int})
NOTHING = ReasonKind("changed-nothing", "REV-2", "nothing changed")


def landing_reasons(assessment: KeyResultAssessment) -> tuple[Reason, ...]:
    """Return whether a key result will come to its target, and what that rests on; `show.will_it_get_there` in a line.

    Rules: KR-9, KR-10.

    Args:
        assessment: The key result as it stands.
    """
    found = the(KeyResultAssessment, assessment, "assessment")
    score, expected, end = found.score, found.expected, found.in_force.cycle.end
    if score is None:
        return found.reasons
    if found.as_of >= end:
        return (CAME_AT_THE_END.because(score=score, end=end),)
    so_far = (
        CAME_SO_FAR.because(score=score)
        if expected is None
        else CAME_AND_EXPECTED.because(score=score, expected=expected)
    )
    return (so_far, *_where_it_lands(found), *_how_fast(found))


def _where_it_lands(found: KeyResultAssessment) -> tuple[Reason, ...]:
    """Return where it lands at its pace, with its range: without one there is nothing to rely on."""
    now, forecast = found.in_force, found.forecast
    value, low, high = forecast.value, forecast.low, forecast.high
    if value is None or low is None or high is None:
        return ()
    target, unit, end = now.value_at(1), now.measure.unit.symbol, now.cycle.end
    return (AT_THIS_PACE.because(value=value, target=target, unit=unit, end=end, low=low, high=high),)


def _how_fast(found: KeyResultAssessment) -> tuple[Reason, ...]:
    rate, unit = found.required_rate(), found.in_force.measure.unit.symbol
    if rate is None or not rate.per_day:
        return ()
    if rate.fastest is None:
        return (NEEDS.because(rate=rate.per_day, unit=unit),)
    return (NEEDS_AND_FASTEST.because(rate=rate.per_day, unit=unit, fastest=rate.fastest),)


def proposal_reasons(proposal: Promote | Demote) -> tuple[Reason, ...]:
    """Return why a goal is proposed: the evidence, where it would start from, and what chance alone would do.

    Rules: LIFE-1, LIFE-2, LIFE-9.

    Args:
        proposal: A proposal, from a review or decided by itself.
    """
    if isinstance(proposal, Demote):
        return proposal.evidence
    if not isinstance(proposal, Promote):
        raise WrongType("proposal", proposal, "a Promote or a Demote")
    baseline, unit = proposal.baseline, proposal.assessment.kpi.measure.unit.symbol
    if baseline is None:
        return proposal.evidence
    start = PROPOSED_FROM.because(baseline=baseline, unit=unit, count=len(proposal.readings))
    return (*proposal.evidence, start, *proposal.by_chance.reasons)


def change_reasons(changes: Iterable[ReviewChange]) -> tuple[Reason, ...]:
    """Return what changed between two reviews, what is worse before what is better; `Review.changes_since` has it all.

    Rule: REV-2.

    Args:
        changes: In any order.
    """
    given = the_many(ReviewChange, changes, "changes")
    if not given:
        return (NOTHING.because(),)
    said: list[Reason] = []
    told: set[ReviewChange] = set()
    for kind, aspects, holds in _CHANGES:
        those = [each for each in given if each.aspect in aspects and holds(each.before, each.after)]
        goals = tuple(sorted({each.goal for each in those if each.goal is not None}))
        if goals:
            said.append(kind.because(goals=goals))
            told.update(those)
    left = len(set(given) - told)
    return (*said, MORE.because(count=left)) if left else tuple(said)


_HEALTH: Final = (Health.UNHEALTHY, Health.WATCH, Health.HEALTHY)
_Holds = Callable[[AspectValue | None, AspectValue | None], bool]


def _rises(before: AspectValue | None, after: AspectValue | None) -> bool:
    match before, after:
        case Health(), Health():
            return before in _HEALTH and after in _HEALTH and _HEALTH.index(before) < _HEALTH.index(after)
        case Score(), Score():
            return before.raw < after.raw
        case Fraction(), Fraction():
            return before < after
        case _:
            return False


def _falls(before: AspectValue | None, after: AspectValue | None) -> bool:
    return _rises(after, before)


def _becomes(word: AspectValue) -> _Holds:
    return lambda before, after: after is word and before is not word


def _was(word: AspectValue) -> _Holds:
    return lambda before, after: before is word and after is not word


def _appears(before: AspectValue | None, after: AspectValue | None) -> bool:
    return before is None and after is not None


def _vanishes(before: AspectValue | None, after: AspectValue | None) -> bool:
    return after is None and before is not None


def _differs(before: AspectValue | None, after: AspectValue | None) -> bool:
    return before is not None and after is not None


def _always(_before: AspectValue | None, _after: AspectValue | None) -> bool:
    return True


_PROPOSALS: Final = (Aspect.PROMOTION, Aspect.DEMOTION)
_SCORES: Final = (Aspect.SCORE, Aspect.RESULT)
_CHANGES: Final[tuple[tuple[ReasonKind, tuple[Aspect, ...], _Holds], ...]] = (
    (BROKEN, (Aspect.ATTAINMENT,), _becomes(Attainment.NOT_KEPT)),
    (LESS_HEALTHY, (Aspect.HEALTH,), _falls),
    (WORSE, (Aspect.STANDING,), _becomes(Standing.WORSE)),
    (WORSENING, (Aspect.HEADING,), _becomes(Heading.WORSENING)),
    (CAME_BACK, _SCORES, _falls),
    (PROPOSED, _PROPOSALS, _appears),
    (HELD, (Aspect.ATTAINMENT,), _becomes(Attainment.KEPT)),
    (HEALTHIER, (Aspect.HEALTH,), _rises),
    (NOT_WORSE, (Aspect.STANDING,), _was(Standing.WORSE)),
    (NOT_WORSENING, (Aspect.HEADING,), _was(Heading.WORSENING)),
    (CAME_FORWARD, _SCORES, _rises),
    (WITHDRAWN, _PROPOSALS, _vanishes),
    (RESTATED, (Aspect.RESTATEMENTS,), _always),
    (APPEARED, (Aspect.GOAL,), _appears),
    (GONE, (Aspect.GOAL,), _vanishes),
    (REDEFINED, (Aspect.GOAL,), _differs),
)
"""What is said of changes, in the order in which it is said."""
