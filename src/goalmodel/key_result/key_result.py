"""A key result: a measure being moved from a baseline to a target within a cycle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

import attrs

from goalmodel.doors import are, ids, is_a, is_date, is_text, positive, the, the_date
from goalmodel.errors import GoalModelError
from goalmodel.exact import Number, exact
from goalmodel.key_result.outcome import Outcome, OutcomePolicy
from goalmodel.key_result.score import Score, share_of_way
from goalmodel.measure import Cycle, Measure, Reading, Series
from goalmodel.reasons import Reason, ReasonKind

SCORED = ReasonKind("kr-scored", "KR-1", "from {baseline} to {target} it has come to {reading}")
TOO_EASY = ReasonKind("kr-may-be-too-easy", "KR-6", "it came to {reading}, at or past {target}: was it a stretch?")
NO_BASELINE = ReasonKind("kr-no-baseline", "KR-4", "there is no baseline yet, so nobody can say how far it has come")
NO_READING = ReasonKind("kr-no-reading", "KR-4", "there is no reading from {start} until {until}")


class TargetEqualsBaseline(GoalModelError, ValueError):
    """A key result that would leave the measure where it is."""

    accepted = "another value than the baseline (to keep a value, watch it as a KPI or commit to hold it)"


class NoBaseline(GoalModelError, ValueError):
    """A score was asked of a key result whose baseline is not known yet."""

    accepted = "a number before a value can be scored (assess answers with a reason instead)"


def _baseline(given: Number | None) -> Fraction | None:
    return None if given is None else exact(given, "baseline")


def _target(given: Number) -> Fraction:
    return exact(given, "target")


def _weight(given: Number) -> Fraction:
    return positive(given, "weight")


def _serves(given: str | Iterable[str]) -> tuple[str, ...]:
    return ids(given, "serves")


@attrs.frozen(kw_only=True)
class Origin:
    """Where a key result came from.

    Attributes:
        kpi: Id of the KPI that was promoted.
        on: Date of the promotion; readings up to then do not count toward going back.
    """

    kpi: str = attrs.field(validator=is_text)
    on: dt.date = attrs.field(validator=is_date)


@attrs.frozen(kw_only=True)
class KeyResult:
    """A measure being moved from a baseline to a target in a cycle: a stretch, safe to try and safe to fall short.

    >>> kr = KeyResult(
    ...     id="csat-q4",
    ...     measure=Measure("customer satisfaction", unit="points"),
    ...     baseline=8.0,
    ...     target=9.2,
    ...     cycle=Cycle.quarter(2026, 4),
    ... )
    >>> kr.score(8.84).raw
    Fraction(7, 10)

    Rule: KR-3.

    Attributes:
        id: Unique among all goals of a model.
        measure: What is moved.
        baseline: Where it starts, in the measure's own unit; None while nobody knows.
        target: Where it is to come, in the measure's own unit; another value than the baseline.
        cycle: When.
        serves: Ids of the objectives it leads to.
        weight: How much it counts among the key results of an objective, above 0.
        owner: Who answers for it; None where nobody does.
        origin: The KPI it was promoted from, and when; None where it never was a KPI.
    """

    id: str = attrs.field(validator=is_text)
    measure: Measure = attrs.field(validator=is_a(Measure))
    baseline: Fraction | None = attrs.field(converter=_baseline)
    target: Fraction = attrs.field(converter=_target)
    cycle: Cycle = attrs.field(validator=is_a(Cycle))
    serves: tuple[str, ...] = attrs.field(default=(), converter=_serves)
    weight: Fraction = attrs.field(default=Fraction(1), converter=_weight)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    origin: Origin | None = attrs.field(default=None, validator=is_a(Origin, type(None)))

    def __attrs_post_init__(self) -> None:
        if self.baseline == self.target:
            raise TargetEqualsBaseline("target", self.target)

    def score(self, value: Number) -> Score:
        """Return how far *value*, finite and in the measure's own unit, has come from baseline to target.

        Raises:
            NoBaseline: The baseline is not known yet.
            NotANumber: *value* is not a number.
            NotFinite: *value* is NaN or an infinity.
        """
        if self.baseline is None:
            raise NoBaseline("baseline", None)
        return Score(share_of_way(value, self.baseline, self.target))

    def assess(self, series: Series, *, as_of: dt.date, policy: OutcomePolicy | None = None) -> KeyResultAssessment:
        """Return how far the key result had come on *as_of*.

        The latest reading inside the cycle counts; what came after the cycle changes nothing any more.

        Rules: KR-4, KR-6.

        Args:
            series: Readings of the key result's measure; those after *as_of* are not seen.
            as_of: The date of the judgement, at the end of the day.
            policy: Which words describe the distance; Google's thresholds where None.

        Raises:
            WrongMeasure: The series is of another measure, or in another unit.
        """
        until = min(the_date(as_of, "as_of"), self.cycle.end)
        known = the(Series, series, "series").about(self.measure).until(until).since(self.cycle.start)
        words = OutcomePolicy() if policy is None else the(OutcomePolicy, policy, "policy")
        present = known.present
        latest = Reading(*present[-1]) if present else None
        score = None if latest is None or self.baseline is None else self.score(latest.known)
        return KeyResultAssessment(
            key_result=self,
            as_of=as_of,
            latest=latest,
            score=score,
            outcome=None if score is None else words.outcome(score),
            reasons=self._why(latest, score, until),
        )

    def _why(self, latest: Reading | None, score: Score | None, until: dt.date) -> tuple[Reason, ...]:
        if score is None or latest is None or self.baseline is None:
            missing = (
                (NO_BASELINE.because(), self.baseline is None),
                (NO_READING.because(start=self.cycle.start, until=until), latest is None),
            )
            return tuple(reason for reason, holds in missing if holds)
        scored = SCORED.because(baseline=self.baseline, target=self.target, reading=latest)
        if score.raw < 1:
            return (scored,)
        return scored, TOO_EASY.because(reading=latest, target=self.target)


@attrs.frozen(kw_only=True)
class KeyResultAssessment:
    """How far one key result had come on one date.

    Attributes:
        key_result: The key result.
        as_of: The date of the judgement.
        latest: The latest reading inside the cycle; None where there is none.
        score: How far it has come; None without a baseline or a reading.
        outcome: The word for that distance; None without a score.
        reasons: Why the score is what it is, or why there is none.
    """

    key_result: KeyResult = attrs.field(validator=is_a(KeyResult))
    as_of: dt.date = attrs.field(validator=is_date)
    latest: Reading | None = attrs.field(validator=is_a(Reading, type(None)))
    score: Score | None = attrs.field(validator=is_a(Score, type(None)))
    outcome: Outcome | None = attrs.field(validator=is_a(Outcome, type(None)))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))
