"""Where verdicts say different things about one measure. All of them stand; none is bent to fit another."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import unique
from fractions import Fraction
from operator import attrgetter
from typing import Final, TypeVar

import attrs

from goalmodel.checks import Term, are, given_or, is_a, named, share, the
from goalmodel.commit import Attainment, Commit, CommitAssessment
from goalmodel.commit.amendment import in_force
from goalmodel.commit.manner import Decisive, decisive
from goalmodel.key_result import KeyResult, KeyResultAssessment, Score
from goalmodel.kpi import Health, Kpi, KpiAssessment
from goalmodel.lifecycle.demotion import Demote
from goalmodel.lifecycle.promotion import Promote
from goalmodel.measure import EachReading, Reading, Series
from goalmodel.measure.view import SeriesView
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable
from goalmodel.together import Apart, pulled_apart, want_of

_T = TypeVar("_T")
_K = TypeVar("_K")
_on = attrgetter("on")

REACHED_BUT_NOT_HEALTHY = ReasonKind(
    "contradiction-reached-but-not-healthy",
    "LIFE-3",
    "{key_result} reached its target and {kpi} is still {health}",
    {"key_result": str, "kpi": str, "health": Health},
)
HEALTHY_BUT_FAR = ReasonKind(
    "contradiction-healthy-but-far",
    "REV-3",
    "{kpi} is healthy and {key_result}, which moves the same measure, came only {score} of its way",
    {"kpi": str, "key_result": str, "score": Score},
)
NOT_A_VALUE = ReasonKind(
    "contradiction-not-a-value",
    "REV-3",
    "{reading} meets the standard of {commit} and is no value {measure} can have, so that it is not judged",
    {"reading": Reading, "commit": str, "measure": str},
)
PULLED_APART = ReasonKind(
    "contradiction-pulled-apart",
    "REV-3",
    "{above} wants {measure} on the upper side of {low} and {below} on the lower side of {high}: no value will do for "
    "both",
    {"above": str, "measure": str, "low": Fraction, "below": str, "high": Fraction},
)
BOTH_WAYS = ReasonKind(
    "contradiction-both-ways",
    "LIFE-6",
    "by {ready} {key_result} might go back to being watched, and by {needy}, on the same measure, work is needed",
    {"ready": str, "key_result": str, "needy": str},
)


@unique
class ContradictionKind(Term):
    """In which way verdicts don't go together."""

    REACHED_BUT_NOT_HEALTHY = "the target is reached and the band still broken"
    HEALTHY_BUT_FAR = "the KPI is healthy and the key result far from its target"
    NOT_A_VALUE = "what would keep the commit is no value the measure can have"
    PULLED_APART = "no value of the measure will do for both goals"
    BOTH_WAYS = "by one KPI the work is done, by another it is needed"


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class ContradictionPolicy:
    """When a key result is far from its target, late enough for that to be strange beside a healthy KPI.

    Source: 0.4, below which Google speaks of no real progress (re:Work, "Set goals with OKRs"). Half the cycle is our
    choice: until then every stretch is far away.

    Attributes:
        far: A score below this share of the way is far, 0 to 1.
        elapsed: From this share of the cycle on, 0 to 1.
    """

    far: Fraction = attrs.field(default=Fraction(2, 5), converter=share)
    elapsed: Fraction = attrs.field(default=Fraction(1, 2), converter=share)


@attrs.frozen(kw_only=True)
@readable
class Contradiction:
    """Goals on one measure whose verdicts don't go together.

    Attributes:
        kind: In which way.
        goals: Ids of the goals, in the order of the reason's sentence.
        reason: What does not go together, with the facts.
    """

    kind: ContradictionKind = attrs.field(validator=is_a(ContradictionKind))
    goals: tuple[str, ...] = attrs.field(validator=are(str))
    reason: Reason = attrs.field(validator=is_a(Reason))

    def __str__(self) -> str:
        return str(self.reason)


def contradiction(
    moved: KeyResultAssessment, watched: KpiAssessment, *, policy: ContradictionPolicy | None = None
) -> Contradiction | None:
    """Return the contradiction between a key result and a KPI on its measure; None where there is none.

    Rule: LIFE-3.

    Args:
        moved: The key result as it was found.
        watched: The KPI as it was found, on the same date.
        policy: What is far; the documented defaults where None.
    """
    score, health = (
        the(KeyResultAssessment, moved, "moved").score,
        the(KpiAssessment, watched, "watched").health,
    )
    rules = given_or(ContradictionPolicy(), policy, "policy")
    goals = (key_result, kpi) = moved.key_result.id, watched.kpi.id
    if score is None or health is Health.UNKNOWN or moved.key_result.window != watched.kpi.window:
        return None
    if moved.latest is None or watched.latest is None or moved.latest.on != watched.latest.on:
        return None  # of different days different things may hold
    if health is not Health.HEALTHY:
        reason = REACHED_BUT_NOT_HEALTHY.because(key_result=key_result, kpi=kpi, health=health)
        kind = ContradictionKind.REACHED_BUT_NOT_HEALTHY
        return Contradiction(kind=kind, goals=goals, reason=reason) if moved.is_reached else None
    if not _is_far(moved, rules):
        return None
    reason = HEALTHY_BUT_FAR.because(kpi=kpi, key_result=key_result, score=score)
    return Contradiction(kind=ContradictionKind.HEALTHY_BUT_FAR, goals=goals[::-1], reason=reason)


def _is_far(moved: KeyResultAssessment, rules: ContradictionPolicy) -> bool:
    """Return whether a key result is still far from its target, late in its cycle."""
    if moved.score is None or moved.score.raw >= rules.far:
        return False
    return moved.key_result.cycle.elapsed(moved.as_of) >= rules.elapsed


def contradictions(
    kpis: Iterable[KpiAssessment],
    key_results: Iterable[KeyResultAssessment],
    commits: Iterable[CommitAssessment],
    read: Mapping[str, Series],
    *,
    as_of: dt.date,
    policy: ContradictionPolicy,
) -> Iterator[Contradiction]:
    """Return what does not go together among goals that were assessed on *as_of*.

    Rule: REV-3.
    """
    watched = _grouped(kpis, lambda each: each.kpi.measure.name)
    moved = _grouped(key_results, lambda each: each.key_result.measure.name)
    held = _grouped(commits, lambda each: each.commit.measure.name)
    for name in sorted({*watched, *moved, *held}):
        well = [each for each in watched.get(name, ()) if each.health is Health.HEALTHY]
        unwell = [each for each in watched.get(name, ()) if each.health in _UNWELL]
        for each in moved.get(name, ()):
            # Only those that can clash are looked at together.
            among = unwell if each.is_reached else well if _is_far(each, policy) else []
            found = (contradiction(each, beside, policy=policy) for beside in among)
            yield from (clash for clash in found if clash)
        for promise in held.get(name, ()):
            if promise.attainment is not Attainment.KEPT and _asks_of_readings(promise.commit):
                yield from _not_a_value(promise, read[name].as_known(promise.as_of).view)
        alive: tuple[Kpi | KeyResult | Commit, ...] = (
            *(each.kpi for each in watched.get(name, ())),
            *(each.key_result for each in moved.get(name, ()) if as_of in each.key_result.cycle),
            *(each.commit for each in held.get(name, ()) if _is_owed(each)),
        )
        for apart in pulled_apart(want_of(goal, as_of) for goal in alive):
            yield _pulled_apart(name, apart)


_UNWELL: Final = (Health.WATCH, Health.UNHEALTHY)


def without_both_ways(
    demotions: Iterable[Demote], proposals: Iterable[Promote]
) -> tuple[tuple[Demote, ...], tuple[Contradiction, ...]]:
    """Return the demotions on measures that nobody is to work on, and a contradiction for each that is left out.

    Rule: LIFE-6.
    """
    needy: dict[str, str] = {}
    for each in proposals:
        name = each.assessment.kpi.measure.name
        needy[name] = min(each.kpi, needy.get(name, each.kpi))
    kept: list[Demote] = []
    found: list[Contradiction] = []
    for back in demotions:
        key_result, ready = back.key_result.key_result, back.kpi.kpi.id
        other = needy.get(key_result.measure.name)
        if other is None:
            kept.append(back)
        else:
            reason = BOTH_WAYS.because(ready=ready, key_result=key_result.id, needy=other)
            found.append(
                Contradiction(kind=ContradictionKind.BOTH_WAYS, goals=(ready, key_result.id, other), reason=reason)
            )
    return tuple(kept), tuple(found)


def _grouped(found: Iterable[_T], by: Callable[[_T], _K]) -> dict[_K, list[_T]]:
    groups: dict[_K, list[_T]] = {}
    for each in found:
        groups.setdefault(by(each), []).append(each)
    return groups


def _not_a_value(promise: CommitAssessment, known: SeriesView) -> Iterator[Contradiction]:
    """Find the latest reading that meets the standard of its day and is no value the measure can have."""
    commit = promise.commit
    first = bisect_left(known.impossible, commit.counts_from, key=_on)
    last = min(promise.as_of, commit.due)
    stop = bisect_right(known.impossible, last, key=_on)
    standing = known.latest(last) if decisive(commit.manner) is Decisive.LATEST else None
    for reading in reversed(known.impossible[first:stop]):
        if standing is not None and standing.on > reading.on:
            return
        if in_force(commit.standards, reading.on).is_met(reading.known):
            reason = NOT_A_VALUE.because(reading=reading, commit=commit.id, measure=commit.measure.name)
            yield Contradiction(kind=ContradictionKind.NOT_A_VALUE, goals=(commit.id,), reason=reason)
            return


def _pulled_apart(measure: str, apart: Apart) -> Contradiction:
    goals = apart.above, apart.below
    reason = PULLED_APART.because(above=apart.above, measure=measure, low=apart.low, below=apart.below, high=apart.high)
    return Contradiction(kind=ContradictionKind.PULLED_APART, goals=goals, reason=reason)


def _is_owed(promise: CommitAssessment) -> bool:
    commit = promise.commit
    return commit.declared_on <= promise.as_of <= commit.due and promise.attainment is not Attainment.KEPT


def _asks_of_readings(commit: Commit) -> bool:
    """Return whether each reading by itself is held against the standard."""
    return isinstance(commit.window, EachReading) and decisive(commit.manner) is not Decisive.WHOLE
