"""Was it highly speculative from the start? What the readings before the declaration say of a commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

import attrs

from goalmodel.checks import inner_share, is_count, named
from goalmodel.commit.risk import best_pace
from goalmodel.commit.staged import Stage
from goalmodel.commit.standard import Standard
from goalmodel.measure.row import Dated
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable
from goalmodel.trend.slope import theil_sen

NEVER_CAME_NEAR = ReasonKind(
    "commit-never-came-near",
    "COM-5",
    "none of {count:reading/readings} until {declared_on} met {standard}, and at the fastest pace among them it would "
    "still be {short} {unit} short on {by}",
    {"count": int, "declared_on": dt.date, "standard": Standard, "short": Fraction, "unit": str, "by": dt.date},
)
FORECAST_SHORT = ReasonKind(
    "commit-forecast-short",
    "COM-5",
    "from {count:reading/readings} until {declared_on}, the best that the forecast for {by} allows is {short} {unit} "
    "short of {standard}",
    {"count": int, "declared_on": dt.date, "by": dt.date, "short": Fraction, "unit": str, "standard": Standard},
)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class SpeculationPolicy:
    """When the history of a measure says that a commit on it is highly speculative.

    Attributes:
        least: So many readings until the declaration have to be there to say anything; at least 2. Six is our choice.
        window: So many of the latest are looked at. Twenty-four, two years of months, is our choice.
        confidence: How sure the range of the forecast is to hold the true slope. 90 % is our choice.
    """

    least: int = attrs.field(default=6, validator=is_count(2))
    window: int = attrs.field(default=24, validator=is_count(2))
    confidence: Fraction = attrs.field(default=Fraction(9, 10), converter=inner_share)


def speculative(
    history: Sequence[Dated],
    demanded: Iterable[Stage],
    *,
    declared_on: dt.date,
    unit: str,
    policy: SpeculationPolicy,
) -> tuple[Reason, ...]:
    """Return why what was read until the declaration made a commit highly speculative, for the first stage it did.

    Rule: COM-5.

    Args:
        history: What was read until the declaration, oldest first.
        demanded: By when what was demanded at first, by date.
        declared_on: When it was declared.
        unit: The name of the measure's unit.
        policy: How many readings it takes, and how sure the forecast has to be.
    """
    latest = tuple(history[-policy.window :])
    if len(latest) < policy.least:
        return ()
    facts = {"count": len(latest), "declared_on": declared_on, "unit": unit}
    found = (
        tuple(kind.because(**facts, by=by, standard=standard, short=short) for kind, short in grounds if short)
        for by, standard in demanded
        if (grounds := _grounds(latest, by, standard, policy))
    )
    return next((doubts for doubts in found if doubts), ())


def _grounds(
    history: tuple[Dated, ...], by: dt.date, standard: Standard, policy: SpeculationPolicy
) -> tuple[tuple[ReasonKind, Fraction], ...]:
    """Return how far short it would have been, at the fastest pace and as forecast; nothing where it was met before."""
    if any(standard.is_met(value) for _, value in history):
        return ()
    return (
        (NEVER_CAME_NEAR, _short_at_best(history, standard, by)),
        (FORECAST_SHORT, _short_in_forecast(history, standard, by, policy)),
    )


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
    ends = None if line is None else line.range_at(by.toordinal() - today)
    if ends is None:
        return Fraction(0)
    # The standard may lie between the ends: then some slope of the range meets it.
    return min(map(standard.distance, ends)) if standard.excludes(*ends) else Fraction(0)
