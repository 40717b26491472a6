"""Which way is a KPI heading, and the reasons a trend rule gives for saying so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum, unique
from fractions import Fraction
from typing import TypeAlias

from goalmodel.reasons import Reason, ReasonKind


@unique
class Heading(StrEnum):
    """Which way a KPI is heading, whatever its health is now."""

    IMPROVING = "improving"
    STEADY = "steady"
    WORSENING = "worsening"
    UNDETERMINED = "undetermined"


Seen: TypeAlias = tuple[Heading, tuple[Reason, ...]]
"""What a trend rule sees: the heading, and why."""

Fires: TypeAlias = Callable[[Sequence[Fraction]], bool]
"""Whether readings, oldest first, are a sign of growth. Growing is worsening; mirrored readings tell of the rest."""

TOO_FEW = ReasonKind(
    "trend-too-few-readings",
    "KPI-5",
    "{rule} needs {needs} readings without a long gap and {missing} are missing",
)
NO_DISPERSION = ReasonKind(
    "trend-zero-dispersion",
    "KPI-5",
    "the {count} reference readings are all alike, so nothing says what is usual for this measure",
)
FIRED = ReasonKind("trend-fired", "KPI-5", "{rule}: {heading}, over the last {count} readings")
NOT_FIRED = ReasonKind("trend-not-fired", "KPI-5", "{rule}: no sign of a change over the last {count} readings")
ON_TRIAL = ReasonKind(
    "trend-on-trial",
    "KPI-5",
    "the reference has {count} of {full} readings: limits are on trial and may still move",
)


def too_few(rule: object, *, needs: int, missing: int) -> Seen:
    """Return that *rule* says nothing yet, and how many readings it still misses."""
    return Heading.UNDETERMINED, (TOO_FEW.because(rule=str(rule), needs=needs, missing=missing),)


def judged(rule: object, fires: Fires, readings: Sequence[Fraction]) -> Seen:
    """Return which way *rule* sees *readings* going: they grow, their mirror image grows, or neither.

    Where it sees both, it is worsening that is told first: both reasons are given.
    """
    signs = ((Heading.WORSENING, fires(readings)), (Heading.IMPROVING, fires([-each for each in readings])))
    return verdict_of(rule, tuple(heading for heading, holds in signs if holds), len(readings))


def verdict_of(rule: object, headings: tuple[Heading, ...], count: int) -> Seen:
    """Return the first of *headings*, which *rule* saw over so many readings, with a reason each; steady for none."""
    if not headings:
        return Heading.STEADY, (NOT_FIRED.because(rule=str(rule), heading=Heading.STEADY, count=count),)
    return headings[0], tuple(FIRED.because(rule=str(rule), heading=each, count=count) for each in headings)
