"""Which way is a KPI heading? Named trend rules that say what they need and how often they are wrong."""

from __future__ import annotations

from enum import Enum, unique
from fractions import Fraction
from itertools import pairwise
from math import factorial
from typing import Final, TypeAlias

import attrs

from goalmodel.doors import are, is_a, is_count, positive, the
from goalmodel.errors import GoalModelError
from goalmodel.exact import Number
from goalmodel.reasons import Reason, ReasonKind

_PER_SIGMA: Final = Fraction(1128, 1000)
"""Mean moving range of two normal readings, in sigmas: d2 for n = 2, as published to three decimals."""

_LOOKS: Final = 12
"""Monthly looks in the year that false-alarm rates are stated for, behind a baseline of as many readings."""

_SIMULATED: Final = ((2, Fraction(1), Fraction(291, 1000)), (3, Fraction(1), Fraction(83, 1000)))
"""Readings, sigmas and false-alarm rate of `Beyond`, for independent normal readings."""


class TrialBeyondBaseline(GoalModelError, ValueError):
    """A baseline on trial that would need more readings than the full one."""

    accepted = "at most the number of readings of the full baseline"


@unique
class Heading(Enum):
    """Which way a KPI is heading, whatever its health is now."""

    IMPROVING = "improving"
    STEADY = "steady"
    WORSENING = "worsening"
    UNDETERMINED = "undetermined"


TOO_FEW = ReasonKind(
    "trend-too-few-readings",
    "KPI-5",
    "{rule} needs {needs} readings without a long gap and {missing} are missing",
)
NO_DISPERSION = ReasonKind(
    "trend-zero-dispersion",
    "KPI-5",
    "the {count} baseline readings are all alike, so nothing says what is usual for this measure",
)
FIRED = ReasonKind("trend-fired", "KPI-5", "{rule}: {heading}, over the last {count} readings")
NOT_FIRED = ReasonKind("trend-not-fired", "KPI-5", "{rule}: no sign of a change over the last {count} readings")
ON_TRIAL = ReasonKind(
    "trend-on-trial",
    "KPI-5",
    "the baseline has {count} of {full} readings: limits are on trial and may still move",
)


@attrs.frozen
class FirstReadings:
    """A baseline locked on the first readings of the series.

    Source: 12 readings, and 6 for limits on trial, after Wheeler, "Understanding Variation" (1993).

    Attributes:
        count: Readings in the full baseline.
        trial_from: With so many it may be used, and is marked as on trial.
    """

    count: int = attrs.field(default=12, validator=is_count(2))
    trial_from: int = attrs.field(default=6, validator=is_count(2))

    def __attrs_post_init__(self) -> None:
        if self.trial_from > self.count:
            raise TrialBeyondBaseline("trial_from", self.trial_from)


@attrs.frozen(kw_only=True)
class Course:
    """How far a KPI was on the wrong side, reading by reading: what a trend rule judges.

    Attributes:
        excess: Distance beyond the nearer healthy edge, or against the better direction where there are no bands;
            growing is worsening. All readings that have a value, oldest first, in the measure's own unit.
        unbroken: How many of the latest hang together without a long gap.
        baseline: Which readings say what is usual.
    """

    excess: tuple[Fraction, ...] = attrs.field(validator=are(Fraction))
    unbroken: int = attrs.field(validator=is_count())
    baseline: FirstReadings = attrs.field(validator=is_a(FirstReadings))

    def latest(self, count: int) -> tuple[Fraction, ...] | None:
        """Return the latest *count* readings, oldest first; None where fewer hang together."""
        return self.excess[-count:] if count <= self.unbroken else None


@attrs.frozen
class Steps:
    """Steps in a row: fires when each of the last *steps* steps went the same way.

    Steps are counted, not readings: k steps need k + 1 readings. A tie breaks the row. It is the literal "three
    months in a row", and says *watch*, because on a stable, noisy measure three steps fire within a year of monthly
    looks with probability 0.365.

    Attributes:
        steps: How many, at least 1.
    """

    steps: int = attrs.field(default=3, validator=is_count(1))

    def __str__(self) -> str:
        return f"{self.steps} steps in a row"

    def needs(self, baseline: FirstReadings) -> int:
        """Return how many readings it needs before it says anything, whatever the *baseline*."""
        the(FirstReadings, baseline, "baseline")
        return self.steps + 1

    @property
    def false_alarm_rate(self) -> Fraction:
        """Probability of at least one wrong-way flag in twelve looks at a stable series, exactly.

        It is the chance that a random order of 12 + k different readings has k worsening steps in a row somewhere.

        >>> round(float(Steps(3).false_alarm_rate), 3)
        0.365
        """
        return 1 - _share_of_orders_without_run(readings=_LOOKS + self.steps, steps=self.steps)

    def verdict(self, course: Course) -> TrendVerdict:
        """Return which way the last steps went."""
        latest = the(Course, course, "course").latest(self.steps + 1)
        if latest is None:
            return _too_few(self, course, missing=self.steps + 1 - course.unbroken)
        steps = [later - earlier for earlier, later in pairwise(latest)]
        return _judged(
            self,
            worsening=all(step > 0 for step in steps),
            improving=all(step < 0 for step in steps),
            count=len(latest),
        )


def _sigmas(given: Number) -> Fraction:
    return positive(given, "sigmas")


@attrs.frozen
class Beyond:
    """Readings in a row beyond what is usual: fires when the last *readings* lie at least *sigmas* off the mean.

    Readings are counted, not steps. Mean and sigma come from the locked baseline; sigma is its mean moving range
    divided by 1.128. A reading exactly so many sigmas off counts. The readings may belong to the baseline.

    Source:
        Three readings and one sigma are our choice: a false alarm within a year with probability 0.083, where three
        steps in a row have 0.365. Sigma as in Wheeler, "Understanding Variation" (1993).

    Attributes:
        readings: How many, at least 1.
        sigmas: How far off the baseline's mean, above 0.
    """

    readings: int = attrs.field(default=3, validator=is_count(1))
    sigmas: Fraction = attrs.field(default=Fraction(1), converter=_sigmas)

    def __str__(self) -> str:
        return f"{self.readings} readings in a row at least {self.sigmas} sigma off the baseline's mean"

    def needs(self, baseline: FirstReadings) -> int:
        """Return how many readings it needs before it says anything."""
        return max(self.readings, the(FirstReadings, baseline, "baseline").trial_from)

    @property
    def false_alarm_rate(self) -> Fraction | None:
        """Probability of at least one wrong-way flag in twelve looks at a stable series; None where not measured."""
        return next((rate for *which, rate in _SIMULATED if which == [self.readings, self.sigmas]), None)

    def verdict(self, course: Course) -> TrendVerdict:
        """Return on which side of what is usual the last readings lie."""
        latest = the(Course, course, "course").latest(self.readings)
        usual = course.excess[: course.baseline.count]
        missing = max(course.baseline.trial_from - len(usual), self.readings - course.unbroken)
        if latest is None or missing > 0:
            return _too_few(self, course, missing=missing)
        mean, sigma = _mean_and_sigma(usual)
        if not sigma:
            return TrendVerdict(self, Heading.UNDETERMINED, (NO_DISPERSION.because(count=len(usual)),))
        lowest, highest = mean - self.sigmas * sigma, mean + self.sigmas * sigma
        verdict = _judged(
            self,
            worsening=all(excess >= highest for excess in latest),
            improving=all(excess <= lowest for excess in latest),
            count=len(latest),
        )
        return verdict if len(usual) == course.baseline.count else _on_trial(verdict, usual, course)


TrendRule: TypeAlias = Steps | Beyond
"""Any rule that says which way a KPI is heading."""


@attrs.frozen
class TrendVerdict:
    """What one trend rule says.

    Attributes:
        rule: The rule that was asked.
        heading: Its answer.
        reasons: Why, with the counts used.
    """

    rule: TrendRule = attrs.field(validator=is_a(Steps, Beyond))
    heading: Heading = attrs.field(validator=is_a(Heading))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))


@attrs.frozen(kw_only=True)
class TrendPolicy:
    """Which trend rules are asked, and what they count as usual.

    Rule: KPI-5.

    Attributes:
        signal: The rule whose answer is the KPI's heading.
        watch: A rule with a quicker and less trustworthy eye, reported beside it; None for no such rule.
        baseline: Which readings say what is usual.
        missing_ends_run: So many missing readings in a row end a run; fewer suspend it.
    """

    signal: TrendRule = attrs.field(default=Beyond(), validator=is_a(Steps, Beyond))
    watch: TrendRule | None = attrs.field(default=Steps(), validator=is_a(Steps, Beyond, type(None)))
    baseline: FirstReadings = attrs.field(default=FirstReadings(), validator=is_a(FirstReadings))
    missing_ends_run: int = attrs.field(default=3, validator=is_count(1))


def _mean_and_sigma(readings: tuple[Fraction, ...]) -> tuple[Fraction, Fraction]:
    moves = [abs(later - earlier) for earlier, later in pairwise(readings)]
    return sum(readings, Fraction(0)) / len(readings), sum(moves, Fraction(0)) / len(moves) / _PER_SIGMA


def _judged(rule: TrendRule, *, worsening: bool, improving: bool, count: int) -> TrendVerdict:
    heading = Heading.WORSENING if worsening else Heading.IMPROVING if improving else Heading.STEADY
    kind = FIRED if worsening or improving else NOT_FIRED
    return TrendVerdict(rule, heading, (kind.because(rule=str(rule), heading=heading, count=count),))


def _too_few(rule: TrendRule, course: Course, *, missing: int) -> TrendVerdict:
    reason = TOO_FEW.because(rule=str(rule), needs=rule.needs(course.baseline), missing=missing)
    return TrendVerdict(rule, Heading.UNDETERMINED, (reason,))


def _on_trial(verdict: TrendVerdict, usual: tuple[Fraction, ...], course: Course) -> TrendVerdict:
    reason = ON_TRIAL.because(count=len(usual), full=course.baseline.count)
    return attrs.evolve(verdict, reasons=(*verdict.reasons, reason))


def _share_of_orders_without_run(*, readings: int, steps: int) -> Fraction:
    """Return the share of all orders of so many different readings without so many rising steps in a row.

    The exponential generating function of such orders is 1 / sum(x^(jm) / (jm)! - x^(jm+1) / (jm+1)!), where m is
    steps + 1 (David and Barton, "Combinatorial Chance", 1962, chapter 10).
    """
    length, signs = steps + 1, {0: 1, 1: -1}
    inverse = {n: Fraction(signs[n % length], factorial(n)) for n in range(readings + 1) if n % length in signs}
    share = [Fraction(1)]
    for n in range(1, readings + 1):
        share.append(-sum((term * share[n - j] for j, term in inverse.items() if 0 < j <= n), Fraction(0)))
    return share[readings]
