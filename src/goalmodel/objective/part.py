"""What each child brings to a mean, and what becomes of one without a score."""

from __future__ import annotations

from collections.abc import Mapping
from enum import unique
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

import attrs

from goalmodel.checks import Term, is_a, is_count, made
from goalmodel.errors import KindsDiffer
from goalmodel.key_result import KeyResultAssessment, Outcome, OutcomePolicy, Score
from goalmodel.objective.method import RollupMethod, RollupResult, Root, mean_of, weighted
from goalmodel.objective.objective import Objective
from goalmodel.reprs import readable
from goalmodel.showing import counted


@unique
class Unscored(Term):
    """What becomes of a child without a score."""

    WHILE_RUNNING = "left out and reported while its cycle runs"
    COVERAGE = "left out and reported as coverage"
    AS_ZERO = "counted as 0"
    UNDETERMINED = "leaves the whole undetermined"


@attrs.frozen(kw_only=True)
@readable
class RollupPolicy:
    """How the scores of an objective's key results, and of the objectives that serve it, become one.

    Attributes:
        mean: In which way; the weighted mean where nothing is said.
        unscored: What becomes of a child without a score. Where nothing is said it is left out and reported while its
            cycle runs, and leaves the whole undetermined when that is over: what nobody read must not raise the mean.
            It may be left out for good, be counted as 0, which many systems do without saying so, or leave the whole
            undetermined from the start.
        words: Which words the worst light is taken of.
    """

    mean: RollupMethod = attrs.field(default=RollupMethod.WEIGHTED, validator=is_a(RollupMethod))
    unscored: Unscored = attrs.field(default=Unscored.WHILE_RUNNING, validator=is_a(Unscored))
    words: OutcomePolicy = attrs.field(default=OutcomePolicy(), validator=is_a(OutcomePolicy))


@attrs.frozen(kw_only=True)
@readable
class Coverage:
    """How much of what was to be scored is scored.

    Attributes:
        scored: Number of key results with a score, those of the objectives below included.
        total: Number of key results.
        weight: Their share of the whole weight, from 0 to 1; 0 where there are none.
    """

    scored: int = attrs.field(validator=is_count())
    total: int = attrs.field(validator=is_count())
    weight: Fraction = attrs.field(validator=is_a(Fraction))

    def __str__(self) -> str:
        return f"{self.scored} of {counted(self.total, 'key result')} scored"


class RollupPart(NamedTuple):
    """What a child brings to the mean.

    Attributes:
        value: What enters; None where it takes no part.
        weight: As declared.
        coverage: How much of the child is scored.
        is_over: Whether its time is over, so that no score is still to come by itself.
    """

    value: RollupResult | None
    weight: Fraction
    coverage: Coverage
    is_over: bool


def of_key_result(assessment: KeyResultAssessment, policy: RollupPolicy, within: str | None) -> RollupPart:
    """Return what a key result brings: its clamped score, where it has one."""
    score = assessment.score
    value = _entering(None if score is None else score.clamped, score, policy)
    is_over = assessment.as_of >= assessment.key_result.cycle.end
    return RollupPart(
        value, assessment.key_result.weight_in(within), _UNCOVERED if score is None else _COVERED, is_over
    )


_COVERED: Final = Coverage(scored=1, total=1, weight=Fraction(1))
_UNCOVERED: Final = Coverage(scored=0, total=1, weight=Fraction(0))


def of_objective(
    objective: Objective,
    result: RollupResult | None,
    coverage: Coverage,
    policy: RollupPolicy,
    *,
    weight: Fraction,
    is_late: bool,
) -> RollupPart:
    """Return what an objective below brings: what its own roll-up came to, and how much of it was scored."""
    if not coverage.total:
        return RollupPart(None, weight, coverage, is_over=False)
    if result is not None and not isinstance(result, _MAY_ENTER[policy.mean]):
        accepted = f"what a {policy.mean.value} can be taken of: roll it up in the same way"
        raise KindsDiffer("objectives", result, accepted, goal=objective.id)
    score = Score(result) if isinstance(result, Fraction) else None
    # Where some of what it is made of was scored and there is no result, it was left undetermined.
    is_undetermined = result is None and coverage.scored > 0
    return RollupPart(_entering(result, score, policy), weight, coverage, is_late or is_undetermined)


_MAY_ENTER: Final[Mapping[RollupMethod, tuple[type, ...]]] = MappingProxyType(
    {
        RollupMethod.WEIGHTED: (Fraction,),
        RollupMethod.MINIMUM: (Fraction,),
        RollupMethod.GEOMETRIC: (Fraction, Root),
        RollupMethod.WORST_LIGHT: (Fraction, Outcome),
    }
)
"""What the roll-up of an objective may have come to, so that it can enter a mean."""


def _entering(value: RollupResult | None, score: Score | None, policy: RollupPolicy) -> RollupResult | None:
    """Return what enters the mean for a child that came to *value*: a word where words are compared."""
    if value is None:
        if policy.unscored is not Unscored.AS_ZERO:
            return None
        value, score = Fraction(0), Score(0)
    return value if score is None or policy.mean is not RollupMethod.WORST_LIGHT else policy.words.outcome(score)


def result_of(parts: list[RollupPart], policy: RollupPolicy) -> RollupResult | None:
    """Return what the parts come to by the mean of *policy*; None where nothing is scored, or not enough."""
    values = [(part.value, part.weight) for part in parts if part.value is not None]
    missing = [part for part in parts if part.value is None and part.coverage.total]
    is_late = policy.unscored is Unscored.WHILE_RUNNING and any(part.is_over for part in missing)
    if not values or is_late or (missing and policy.unscored is Unscored.UNDETERMINED):
        return None
    return mean_of(values, policy.mean)


def coverage_of(parts: list[RollupPart], known: Mapping[str, bool]) -> Coverage:
    """Return how much is scored, down to the key results of the objectives below: whether each is, by its id."""
    scored = sum(known.values())
    weighed = [(part.coverage.weight, part.weight) for part in parts if part.coverage.total]
    weight = weighted(weighed) if any(share != 1 for share, _ in weighed) else Fraction(bool(weighed))
    return made(
        Coverage,
        scored=scored,
        total=len(known),
        weight=weight,
    )
