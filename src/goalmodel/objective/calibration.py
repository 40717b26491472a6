"""How well goals are set, seen over several cycles: too easy, too much, and how sure people were."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter

import attrs

from goalmodel.checks import are, given_or, is_a, is_count, named, share, the_iterable, the_many
from goalmodel.commit import Attainment
from goalmodel.errors import CyclesOverlap, WrongType
from goalmodel.exact import Number
from goalmodel.key_result import Score
from goalmodel.measure import Cycle
from goalmodel.measure.run import streak
from goalmodel.reasons import Reason, ReasonKind, those_that_hold
from goalmodel.reprs import readable

SANDBAGGING = ReasonKind(
    "calibration-sandbagging",
    "OBJ-4",
    "in {count:cycle/cycles} in a row at least {share:%} of the key results reached their target: were they stretches?",
    {"count": int, "share": Fraction},
)
OVER_COMMITMENT = ReasonKind(
    "calibration-over-commitment",
    "OBJ-4",
    "in {count:cycle/cycles} in a row fewer than {rate:%} of the commits were kept: too much was promised",
    {"count": int, "rate": Fraction},
)
OUT_OF_REACH = ReasonKind(
    "calibration-out-of-reach",
    "OBJ-4",
    "in {count:cycle/cycles} in a row the mean score was below {mean:%}: too much was tried at once",
    {"count": int, "mean": Fraction},
)
OVERCONFIDENT = ReasonKind(
    "calibration-overconfident",
    "OBJ-4",
    "{count:time/times} people were {expected:%} sure on average, and only {came:%} of it came true",
    {"count": int, "expected": Fraction, "came": Fraction},
)
UNDERCONFIDENT = ReasonKind(
    "calibration-underconfident",
    "OBJ-4",
    "{count:time/times} people were {expected:%} sure on average, and as much as {came:%} of it came true",
    {"count": int, "expected": Fraction, "came": Fraction},
)


def _scores(given: Iterable[Score], field: str = "value") -> tuple[Score, ...]:
    return tuple(sorted(the_many(Score, given, field)))


def _attainments(given: Iterable[Attainment], field: str = "value") -> tuple[Attainment, ...]:
    return tuple(sorted(the_many(Attainment, given, field), key=attrgetter("value")))


def _forecasts(given: Iterable[tuple[Number, bool]], field: str = "value") -> tuple[tuple[Fraction, bool], ...]:
    return tuple(sorted(_forecast(each, f"{field}[{i}]") for i, each in enumerate(the_iterable(given, field))))


def _forecast(given: tuple[Number, bool], field: str) -> tuple[Fraction, bool]:
    match given:
        case (confidence, bool() as came_true):
            return share(confidence, field), came_true
        case _:
            raise WrongType(field, given, "a pair of a confidence and whether it came true (bool)")


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class ClosedCycle:
    """What one cycle came to, when it was over.

    Attributes:
        cycle: Which.
        scores: Of its key results; those without a score are left out.
        attainments: Of its commits.
        forecasts: How sure somebody was beforehand, from 0 to 1, that a goal would be reached, and whether it was.
    """

    cycle: Cycle = attrs.field(validator=is_a(Cycle))
    scores: tuple[Score, ...] = attrs.field(default=(), converter=_scores)
    attainments: tuple[Attainment, ...] = attrs.field(default=(), converter=_attainments)
    forecasts: tuple[tuple[Fraction, bool], ...] = attrs.field(default=(), converter=_forecasts)

    @property
    def share_reached(self) -> Fraction | None:
        """The share of the key results with a score of 1 or more; None where none is scored."""
        return _share(score.raw >= 1 for score in self.scores)

    @property
    def mean_score(self) -> Fraction | None:
        """The mean of the clamped scores; None where there is none."""
        return _mean([score.clamped for score in self.scores])

    @property
    def decided(self) -> tuple[Attainment, ...]:
        """Those of the commits that are kept or not kept: of the others nobody knows, or knows yet."""
        return tuple(each for each in self.attainments if each in (Attainment.KEPT, Attainment.NOT_KEPT))

    @property
    def keep_rate(self) -> Fraction | None:
        """The share of the decided commits that were kept; None where there are none."""
        return _share(each is Attainment.KEPT for each in self.decided)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class CalibrationPolicy:
    """When several cycles say that goals are set too low, too high, or with too much confidence.

    Attributes:
        cycles: So many cycles in a row are a sign, at least 1. Three is our choice: of key results that are reached
            one time in three, three are all reached in one cycle of 27, and in three cycles in a row once in 19,683.
        least: So many key results, or commits, a cycle has to have to count; others neither extend nor end a run.
            Three is our choice.
        reached: From this share of key results at or past their targets on, a cycle looks too easy. All of them, as in
            Google re:Work, "Guide: Set goals with OKRs": who consistently gets 1.0 does not aim high enough.
        out_of_reach: Below this mean score a cycle looks like too much. 0.4, where re:Work's middle grades begin.
        keep_rate: Below this share of kept commits a cycle looks over-committed. All of them: Google's "OKR Playbook"
            expects 1.0 of every committed objective.
        forecasts: So many confidences with their outcome are needed, over all cycles, to say anything. Twenty is our
            choice.
        gap: From this difference between mean confidence and the share that came true on, people are over- or
            underconfident. A fifth is our choice.
    """

    cycles: int = attrs.field(default=3, validator=is_count(1))
    least: int = attrs.field(default=3, validator=is_count(1))
    reached: Fraction = attrs.field(default=Fraction(1), converter=share)
    out_of_reach: Fraction = attrs.field(default=Fraction(4, 10), converter=share)
    keep_rate: Fraction = attrs.field(default=Fraction(1), converter=share)
    forecasts: int = attrs.field(default=20, validator=is_count(1))
    gap: Fraction = attrs.field(default=Fraction(1, 5), converter=share)


@attrs.frozen(kw_only=True)
@readable
class Calibration:
    """How well goals were set over several cycles, and what that is a sign of.

    Attributes:
        cycles: What it rests on, oldest first.
        share_reached: Of all key results scored, the share with a score of 1 or more; None without any.
        mean_score: The mean of all clamped scores, each counting alike; None without any.
        keep_rate: Of all commits kept and not kept, the share kept; None without any.
        mean_confidence: How sure people were on average; None where nobody said.
        share_came_true: How often they were right to be; None where nobody said.
        brier: The mean of the squared differences between confidence and outcome, 0 at best, 1 at worst; None where
            nobody said. Source: Brier, "Verification of Forecasts Expressed in Terms of Probability" (1950).
        signs: What that is a sign of, each with its facts.
    """

    cycles: tuple[ClosedCycle, ...] = attrs.field(validator=are(ClosedCycle))
    share_reached: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    mean_score: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    keep_rate: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    mean_confidence: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    share_came_true: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    brier: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    signs: tuple[Reason, ...] = attrs.field(validator=are(Reason))


def calibrate(cycles: Iterable[ClosedCycle], *, policy: CalibrationPolicy | None = None) -> Calibration:
    """Return how well goals were set over *cycles*.

    A sign takes the policy's number of cycles in a row, counted back from the latest; a cycle with too few goals to
    tell is passed over.

    Rule: OBJ-4.

    >>> easy = [
    ...     ClosedCycle(cycle=Cycle.quarter(2026, quarter), scores=[Score(1), Score(1.2), Score(1)])
    ...     for quarter in (1, 2, 3)
    ... ]
    >>> print(calibrate(easy).signs[0])
    in 3 cycles in a row at least 100 % of the key results reached their target: were they stretches?

    Args:
        cycles: In any order; no two share a day.
        policy: When to speak of a sign; the documented defaults where None.

    Raises:
        CyclesOverlap: Two cycles share a day.
    """
    rules = given_or(CalibrationPolicy(), policy, "policy")
    ordered = tuple(sorted(the_many(ClosedCycle, cycles, "cycles"), key=attrgetter("cycle.start")))
    for earlier, later in pairwise(ordered):
        if later.cycle.start <= earlier.cycle.end:
            raise CyclesOverlap("cycles", later.cycle.start)
    scores = [score for each in ordered for score in each.scores]
    decided = [each for closed in ordered for each in closed.decided]
    forecasts = [each for closed in ordered for each in closed.forecasts]
    return Calibration(
        cycles=ordered,
        share_reached=_share(score.raw >= 1 for score in scores),
        mean_score=_mean([score.clamped for score in scores]),
        keep_rate=_share(each is Attainment.KEPT for each in decided),
        mean_confidence=_mean([confidence for confidence, _ in forecasts]),
        share_came_true=_share(came_true for _, came_true in forecasts),
        brier=_mean([(confidence - came_true) ** 2 for confidence, came_true in forecasts]),
        signs=(*_signs(ordered, rules), *_confidence(forecasts, rules)),
    )


def _signs(cycles: tuple[ClosedCycle, ...], policy: CalibrationPolicy) -> tuple[Reason, ...]:
    """Return the signs that the latest cycles in a row agree on, those with too few goals passed over."""
    moved = [each for each in reversed(cycles) if len(each.scores) >= policy.least]
    held = [each for each in reversed(cycles) if len(each.decided) >= policy.least]
    easy = streak(_at_least(each.share_reached, policy.reached) for each in moved)
    hard = streak(not _at_least(each.mean_score, policy.out_of_reach) for each in moved)
    broken = streak(not _at_least(each.keep_rate, policy.keep_rate) for each in held)
    return those_that_hold(
        (SANDBAGGING, {"count": easy, "share": policy.reached}, easy >= policy.cycles),
        (OUT_OF_REACH, {"count": hard, "mean": policy.out_of_reach}, hard >= policy.cycles),
        (OVER_COMMITMENT, {"count": broken, "rate": policy.keep_rate}, broken >= policy.cycles),
    )


def _confidence(forecasts: list[tuple[Fraction, bool]], policy: CalibrationPolicy) -> tuple[Reason, ...]:
    """Return whether people were surer, or less sure, than what came of it."""
    expected, came = _mean([each for each, _ in forecasts]), _share(each for _, each in forecasts)
    if expected is None or came is None or expected == came or len(forecasts) < policy.forecasts:
        return ()
    if abs(expected - came) < policy.gap:
        return ()
    kind = OVERCONFIDENT if expected > came else UNDERCONFIDENT
    return (kind.because(count=len(forecasts), expected=expected, came=came),)


def _at_least(share: Fraction | None, least: Fraction) -> bool:
    return share is not None and share >= least


def _share(alike: Iterable[bool]) -> Fraction | None:
    return _mean([Fraction(each) for each in alike])


def _mean(values: list[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None
