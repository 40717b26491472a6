"""May a commit that is not kept have consequences? What its own history says, beside its declaration."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from goalmodel.checks import inner_share, is_count, the, the_date
from goalmodel.commit.accountable import Accountability
from goalmodel.commit.commit import Commit
from goalmodel.commit.manner import Held, Stage
from goalmodel.commit.risk import best_pace
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import Attainment
from goalmodel.exact import Number
from goalmodel.measure import Series
from goalmodel.measure.known import Dated
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.trend.slope import theil_sen

NEVER_CAME_NEAR = ReasonKind(
    "commit-never-came-near",
    "COM-5",
    "none of {count} readings until {declared_on} met {standard}, and at the fastest pace among them it would still "
    "be {short} {unit} short on {by}",
)
FORECAST_SHORT = ReasonKind(
    "commit-forecast-short",
    "COM-5",
    "from {count} readings until {declared_on}, the best that the forecast for {by} allows is {short} {unit} short of "
    "{standard}",
)
NOT_OBSERVABLE = ReasonKind(
    "commit-not-observable", "COM-5", "nobody can tell from the readings whether it was kept: {why}"
)
NOT_OBSERVED = ReasonKind("commit-not-observed", "COM-5", "there is no reading of {measure} until {as_of}")


def _confidence(given: Number) -> Fraction:
    return inner_share(given, "confidence")


@attrs.frozen(kw_only=True)
class SpeculationPolicy:
    """When the history of a measure says that a commit on it is highly speculative.

    Attributes:
        least: So many readings until the declaration have to be there to say anything; at least 2. Six is our choice.
        window: So many of the latest are looked at. Twenty-four, two years of months, is our choice.
        confidence: How sure the range of the forecast is to hold the true slope. 90 % is our choice.
    """

    least: int = attrs.field(default=6, validator=is_count(2))
    window: int = attrs.field(default=24, validator=is_count(2))
    confidence: Fraction = attrs.field(default=Fraction(9, 10), converter=_confidence)


def accountability(
    commit: Commit,
    series: Series | None = None,
    *,
    as_of: dt.date | None = None,
    policy: SpeculationPolicy | None = None,
) -> Accountability:
    """Return whether a miss of *commit* may carry consequences at all, with every reason against.

    The declaration speaks against it where it came after the start, where support is missing or not secured, where the
    standard was raised without more support, or where it was known to be speculative. The series adds: nobody had seen
    the measure come near when the commit was declared, or nobody can tell whether it was kept.

    Rule: COM-5.

    Args:
        commit: The commit.
        series: Readings of its measure, from before the declaration as well; only the declaration is judged where
            None. Those after *as_of* are not seen.
        as_of: The date of the judgement; needed with a series.
        policy: When a history makes a commit speculative; the documented defaults where None.

    Raises:
        NotADate: There is a series and no *as_of*.
        WrongMeasure: The series is of another measure, or in another unit.
    """
    declared = the(Commit, commit, "commit").accountability.against
    rules = SpeculationPolicy() if policy is None else the(SpeculationPolicy, policy, "policy")
    if series is None:
        return Accountability(declared)
    day = the_date(as_of, "as_of")
    known = the(Series, series, "series").about(commit.measure).until(day)
    return Accountability((*declared, *_speculative(commit, known, rules), *_not_observable(commit, known, day)))


def _speculative(commit: Commit, known: Series, policy: SpeculationPolicy) -> tuple[Reason, ...]:
    """Return why the history up to the declaration made it highly speculative, for the first stage it does so for."""
    history = known.until(commit.declared_on).present[-policy.window :]
    if len(history) < policy.least:
        return ()
    found = (_doubts(commit, stage, history, policy) for stage in _demanded(commit))
    return next((doubts for doubts in found if doubts), ())


def _demanded(commit: Commit) -> tuple[Stage, ...]:
    """Return by when what was demanded at first; what is to be held throughout must be met when that begins."""
    if isinstance(commit.manner, Held) and commit.manner.is_throughout:
        return ((max(commit.manner.since, commit.declared_on), commit.standard),)
    return commit.stages


def _doubts(commit: Commit, stage: Stage, history: tuple[Dated, ...], policy: SpeculationPolicy) -> tuple[Reason, ...]:
    by, standard = stage
    if any(standard.is_met(value) for _, value in history):
        return ()
    facts = {
        "count": len(history),
        "declared_on": commit.declared_on,
        "by": by,
        "standard": str(standard),
        "unit": commit.measure.unit.name,
    }
    grounds = (
        (NEVER_CAME_NEAR, _short_at_best(history, standard, by)),
        (FORECAST_SHORT, _short_in_forecast(history, standard, by, policy)),
    )
    return tuple(kind.because(**facts, short=short) for kind, short in grounds if short)


def _short_at_best(history: tuple[Dated, ...], standard: Standard, by: dt.date) -> Fraction:
    """Return how far short it would be, had it moved from the latest reading on at the fastest pace among them."""
    best, days = best_pace(history, standard) or Fraction(0), (by - history[-1][0]).days
    return max(standard.distance(history[-1][1]) - max(best, Fraction(0)) * days, Fraction(0))


def _short_in_forecast(
    history: tuple[Dated, ...], standard: Standard, by: dt.date, policy: SpeculationPolicy
) -> Fraction:
    """Return how far short the best end of the forecast's range is; 0 where the readings are too few for a range."""
    today = history[-1][0].toordinal()
    line = theil_sen([(on.toordinal() - today, value) for on, value in history], confidence=policy.confidence)
    if line is None or line.low is None or line.high is None:
        return Fraction(0)
    days = by.toordinal() - today
    ends = sorted(line.start + slope * days for slope in (line.low, line.high))
    # The standard may lie between the ends: then some slope of the range meets it.
    is_between = ends[0] <= _nearest(standard, ends[0]) <= ends[1]
    return Fraction(0) if is_between else min(map(standard.distance, ends))


def _nearest(standard: Standard, value: Fraction) -> Fraction:
    """Return the value nearest to *value* that meets the standard."""
    if standard.low is not None and value < standard.low:
        return standard.low
    return value if standard.high is None else min(value, standard.high)


def _not_observable(commit: Commit, known: Series, as_of: dt.date) -> tuple[Reason, ...]:
    if not known.present:
        return (NOT_OBSERVED.because(measure=commit.measure.name, as_of=as_of),)
    found = commit.assess(known, as_of=as_of)
    if found.attainment not in (Attainment.UNKNOWN, Attainment.NOT_YET_OBSERVABLE):
        return ()
    return tuple(NOT_OBSERVABLE.because(why=str(reason)) for reason in found.reasons)
