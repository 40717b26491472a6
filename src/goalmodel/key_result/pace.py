"""Is a key result as far as was expected by now?"""

from __future__ import annotations

import datetime as dt
from enum import unique
from fractions import Fraction

import attrs

from goalmodel.checks import Term, is_a, named, share, share_above_0, the
from goalmodel.errors import OutOfOrder
from goalmodel.exact import exact, exact_or_none
from goalmodel.key_result.outcome_words import SUCCESS
from goalmodel.key_result.score import Score
from goalmodel.measure import Cycle
from goalmodel.reasons import Reason, ReasonKind, those_that_hold
from goalmodel.reprs import readable

NO_SCORE = ReasonKind("pace-no-score", "KR-9", "there is no score to compare with what was expected")
TOO_EARLY = ReasonKind(
    "pace-too-early",
    "KR-9",
    "{elapsed:%} of the cycle is over, pace is judged from {early:%} on",
    {"elapsed": Fraction, "early": Fraction},
)
CYCLE_OVER = ReasonKind(
    "pace-cycle-over", "KR-9", "the cycle ended on {end}: there is nothing to keep up with", {"end": dt.date}
)
NO_EXPECTATION = ReasonKind("pace-no-expectation", "KR-9", "nobody has said what is expected by when")


@unique
class Pace(Term):
    """How a key result is doing against what was expected by now."""

    AHEAD = "ahead"
    ON_PACE = "on pace"
    BEHIND = "behind"
    WELL_BEHIND = "well behind"

    @property
    def order(self) -> int:
        """What to sort by, the worst first."""
        return tuple(Pace)[::-1].index(self)


COMPARED = ReasonKind(
    "pace-compared",
    "KR-9",
    "it has come {score} of the way, {expected} was expected, {toward} by the end: {pace}",
    {"score": Score, "expected": Score, "toward": Score, "pace": Pace},
)


@unique
class PaceBy(Term):
    """How score and expectation are compared."""

    GAP = "score less expected score"
    RATIO = "score divided by expected score"


@unique
class AfterRevision(Term):
    """What is expected once a target was revised."""

    CONTINUED = "goes on from where it stood"
    DRAWN_ANEW = "drawn anew from the start of the cycle"


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class PacePolicy:
    """What is expected by the end, and where one word of pace ends and the next begins.

    A threshold belongs to the better word, but for ahead. The default is our choice: within 10 points of what was
    expected is on pace, more than 25 short is well behind. The other systems that are named expect the whole way.

    Attributes:
        by: What is compared with the thresholds: gap or ratio.
        ahead: Above this, it is ahead; None where nothing is called so.
        on_pace: From this on, it is on pace.
        behind: From this on, it is behind, below it well behind; None where nothing is called well behind.
        early: There is no pace before this share of the cycle is over. A tenth is our choice.
        toward: The share of the way that is expected by the end of the cycle where the key result declares nothing
            else, above 0 and at most 1. What counts as success, where nothing is said: whoever expects the whole of a
            stretch calls behind who is about to succeed.
        after_revision: What is expected once a target was revised: the line goes on from where it stood, or is drawn
            anew, as if the new target had been there from the start.
    """

    by: PaceBy = attrs.field(default=PaceBy.GAP, validator=is_a(PaceBy))
    ahead: Fraction | None = attrs.field(default=Fraction(1, 10), converter=exact_or_none)
    on_pace: Fraction = attrs.field(default=Fraction(-1, 10), converter=exact)
    behind: Fraction | None = attrs.field(default=Fraction(-1, 4), converter=exact_or_none)
    early: Fraction = attrs.field(default=Fraction(1, 10), converter=share)
    toward: Fraction = attrs.field(default=SUCCESS, converter=share_above_0)
    after_revision: AfterRevision = attrs.field(default=AfterRevision.CONTINUED, validator=is_a(AfterRevision))

    def __attrs_post_init__(self) -> None:
        if self.ahead is not None and self.ahead < self.on_pace:
            raise OutOfOrder("ahead", self.ahead, "thresholds with ahead at or above on pace, and behind below it")
        if self.behind is not None and self.behind >= self.on_pace:
            raise OutOfOrder("behind", self.behind, "thresholds with ahead at or above on pace, and behind below it")

    @classmethod
    def viva_goals(cls) -> PacePolicy:
        """Return on track as soon as it is as far as expected, behind up to 25 points short, then at risk.

        Source: Viva Goals (Ally.io), "How are progress and status calculated?".
        """
        return cls(ahead=None, on_pace=0, behind=Fraction(-25, 100), toward=1)

    @classmethod
    def engagedly(cls) -> PacePolicy:
        """Return on track up to 16.5 points short, behind up to 33, then at risk.

        Source: Engagedly, "How is goal progress calculated?".
        """
        return cls(ahead=None, on_pace=Fraction(-165, 1000), behind=Fraction(-33, 100), toward=1)

    @classmethod
    def leankit(cls) -> PacePolicy:
        """Return on pace from 0.9 to 1.1 of what was expected, and one word for each side beyond.

        Source: Planview LeanKit, "OKR Health", whose examples are 60 of 50 (ahead) and 20 of 40 % (behind).
        """
        return cls(by=PaceBy.RATIO, ahead=Fraction(11, 10), on_pace=Fraction(9, 10), behind=None, toward=1)

    @classmethod
    def cascade(cls) -> PacePolicy:
        """Return on track from 95 % to 105 % of what was expected, behind from 85 %, then at risk.

        Source: Cascade, "What does each Health mean in Cascade?".
        """
        return cls(
            by=PaceBy.RATIO, ahead=Fraction(105, 100), on_pace=Fraction(95, 100), behind=Fraction(85, 100), toward=1
        )

    @classmethod
    def upraise(cls) -> PacePolicy:
        """Return on track from 0.95 of what was expected, lagging from 0.75, then at risk.

        Source: UpRaise, "What are different OKR confidence statuses in UpRaise?".
        """
        return cls(by=PaceBy.RATIO, ahead=None, on_pace=Fraction(95, 100), behind=Fraction(75, 100), toward=1)

    @classmethod
    def workfront(cls) -> PacePolicy:
        """Return on target from 0.9 of what was expected, at risk from 0.7, then in trouble.

        Source: Adobe Workfront Goals, "Overview of goal progress and condition".
        """
        return cls(by=PaceBy.RATIO, ahead=None, on_pace=Fraction(9, 10), behind=Fraction(7, 10), toward=1)

    def word(self, score: Score, expected: Score) -> Pace:
        """Return the word for *score* where *expected* was expected, both compared exactly and unclamped.

        A ratio is compared by multiplying out, so that nothing expected yet is no obstacle.

        >>> PacePolicy().word(Score(0.4), Score(0.5)), PacePolicy.cascade().word(Score(0.4), Score(0.5))
        (<Pace.ON_PACE: 'on pace'>, <Pace.WELL_BEHIND: 'well behind'>)
        """
        raw, hoped = the(Score, score, "score").raw, the(Score, expected, "expected").raw
        if self.ahead is not None and raw > self._line(hoped, self.ahead):
            return Pace.AHEAD
        if raw >= self._line(hoped, self.on_pace):
            return Pace.ON_PACE
        if self.behind is None or raw >= self._line(hoped, self.behind):
            return Pace.BEHIND
        return Pace.WELL_BEHIND

    def _line(self, expected: Fraction, threshold: Fraction) -> Fraction:
        return expected + threshold if self.by is PaceBy.GAP else expected * threshold


def pace_of(
    score: Score | None, expected: Score | None, *, cycle: Cycle, as_of: dt.date, policy: PacePolicy
) -> Pace | None:
    """Return the word for the pace; None where there can be none.

    Rule: KR-9.

    Args:
        score: How far it has come.
        expected: How far it was expected to; None where nobody can say.
        cycle: Before its early window is over, and after it, there is no pace.
        as_of: The date of the judgement, at the end of the day.
        policy: Which words, and from where on.
    """
    if score is None or expected is None or as_of > cycle.end or _is_early(cycle, as_of, policy):
        return None
    return policy.word(score, expected)


def why_pace(
    score: Score | None, expected: Score | None, *, cycle: Cycle, as_of: dt.date, policy: PacePolicy, toward: Score
) -> tuple[Reason, ...]:
    """Return why the pace is what `pace_of` says, or every reason why there is none."""
    against = those_that_hold(
        (NO_SCORE, {}, score is None),
        (NO_EXPECTATION, {}, expected is None),
        (TOO_EARLY, {"elapsed": cycle.elapsed(as_of), "early": policy.early}, _is_early(cycle, as_of, policy)),
        (CYCLE_OVER, {"end": cycle.end}, as_of > cycle.end),
    )
    if against or score is None or expected is None:
        return against
    return (COMPARED.because(score=score, expected=expected, toward=toward, pace=policy.word(score, expected)),)


def _is_early(cycle: Cycle, as_of: dt.date, policy: PacePolicy) -> bool:
    return as_of < cycle.start or cycle.elapsed(as_of) < policy.early
