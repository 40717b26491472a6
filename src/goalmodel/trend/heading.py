"""Which way is a row of numbers heading, and the reasons a trend rule gives for saying so."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable, Hashable, Sequence
from enum import unique
from typing import TypeAlias

from goalmodel.checks import Term
from goalmodel.measure.row import Whole
from goalmodel.reasons import Reason, ReasonKind


@unique
class Heading(Term):
    """Which way a measure is heading, wherever it stands now."""

    IMPROVING = "improving"
    STEADY = "steady"
    WORSENING = "worsening"
    UNDETERMINED = "undetermined"


Seen: TypeAlias = tuple[Heading, tuple[Reason, ...]]
"""What a trend rule sees: the heading, and why."""

Fires: TypeAlias = Callable[[Sequence[Whole]], bool]
"""Whether numbers, oldest first, are a sign of growth. Growing is worsening; mirrored readings tell of the rest."""


class SaysHeading(ABC):  # noqa: B024 - a mark: nobody has to inherit from it
    """A trend rule, as a reason names it: by its text. It is whatever sees headings and can be hashed."""

    # No Protocol: that takes its time for each reason there is.
    @classmethod
    def __subclasshook__(cls, kind: type, /) -> bool:
        """Return whether values of a *kind* are trend rules."""
        return callable(getattr(kind, "seen", None)) and issubclass(kind, Hashable)


TOO_FEW = ReasonKind(
    "trend-too-few-readings",
    "KPI-5",
    "{rule} needs {needs} readings without a long gap and {missing} are missing",
    {"rule": SaysHeading | str, "needs": int, "missing": int},
)
NO_DISPERSION = ReasonKind(
    "trend-zero-dispersion",
    "KPI-5",
    "the {count} reference readings are all alike, so nothing says what is usual for this measure",
    {"count": int},
)
FIRED = ReasonKind(
    "trend-fired",
    "KPI-5",
    "{rule}: {heading}, over the last {count} readings",
    {"rule": SaysHeading | str, "heading": Heading, "count": int},
)
NOT_FIRED = ReasonKind(
    "trend-not-fired",
    "KPI-5",
    "{rule}: {heading}, no sign of a change over the last {count} readings",
    {"rule": SaysHeading | str, "heading": Heading, "count": int},
)
ON_TRIAL = ReasonKind(
    "trend-on-trial",
    "KPI-5",
    "the reference has {count} of {full} readings: limits are on trial and may still move",
    {"count": int, "full": int},
)


def too_few(rule: Hashable, *, needs: int, missing: int) -> Seen:
    """Return that *rule* says nothing yet, and how many readings it still misses."""
    return Heading.UNDETERMINED, (TOO_FEW.because(rule=rule, needs=needs, missing=missing),)


def judged(rule: Hashable, fires: Fires, readings: Sequence[Whole]) -> Seen:
    """Return which way *rule* sees *readings* going: they grow, their mirror image grows, or neither.

    Where it sees both, it is worsening that is told first: both reasons are given.
    """
    worsens, improves = fires(readings), fires([-each for each in readings])
    headings = (Heading.WORSENING,) * worsens + (Heading.IMPROVING,) * improves
    return verdict_of(rule, headings, len(readings))


def verdict_of(rule: Hashable, headings: tuple[Heading, ...], count: int) -> Seen:
    """Return the first of *headings*, which *rule* saw over so many readings, with a reason each; steady for none."""
    if not headings:
        return Heading.STEADY, (NOT_FIRED.because(rule=rule, heading=Heading.STEADY, count=count),)
    return headings[0], tuple(FIRED.because(rule=rule, heading=each, count=count) for each in headings)
