"""What trend rules answer: where a row of numbers stands against what is usual, and which way it is heading."""

from __future__ import annotations

import datetime as dt
from abc import ABC
from collections.abc import Callable, Hashable, Sequence
from enum import IntEnum, unique
from fractions import Fraction
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar, cast

from goalmodel.checks import Term
from goalmodel.measure.row import Whole
from goalmodel.reasons import Reason, ReasonKind


@unique
class Standing(Term):
    """Where a measure stands against what is usual for it, whichever way it is heading now."""

    BETTER = "better than usual"
    AS_USUAL = "as usual"
    WORSE = "worse than usual"
    UNDETERMINED = "undetermined"


@unique
class Heading(Term):
    """Which way a measure is heading, wherever it stands now."""

    IMPROVING = "improving"
    NO_CLEAR_DIRECTION = "no clear direction"
    WORSENING = "worsening"
    UNDETERMINED = "undetermined"


Answer = TypeVar("Answer", Standing, Heading)
Seen: TypeAlias = tuple[Answer, tuple[Reason, ...]]
"""What a trend rule sees: its answer, and why."""

Fires: TypeAlias = Callable[[Sequence[Whole]], bool]
"""Whether numbers, oldest first, are a sign of growth. Growing is worse; mirrored readings tell of the rest."""


@unique
class Way(IntEnum):
    """The two ways a row of numbers can go or lie: growing, which is worse, or falling."""

    WORSE = 1
    BETTER = -1


_ANSWERS: Final = MappingProxyType(
    {
        Standing: (Standing.AS_USUAL, Standing.WORSE, Standing.BETTER),
        Heading: (Heading.NO_CLEAR_DIRECTION, Heading.WORSENING, Heading.IMPROVING),
    }
)
"""What each kind of answer calls it where nothing is seen, and what either way, by the number of the way."""


class Asked(ABC):  # noqa: B024 - a mark: nobody has to inherit from it
    """A trend rule or a test of a chart, as a reason names it: by its text. It is whatever can be asked and hashed."""

    # No Protocol: that takes its time for each reason there is.
    @classmethod
    def __subclasshook__(cls, kind: type, /) -> bool:
        """Return whether values of a *kind* are trend rules."""
        can_be_asked = any(callable(getattr(kind, name, None)) for name in ("standing", "heading", "fires"))
        return can_be_asked and issubclass(kind, Hashable)


TOO_FEW = ReasonKind(
    "trend-too-few-readings",
    "KPI-5",
    "{rule} needs {needs:reading/readings} without a long gap and {missing:is/are} missing",
    {"rule": Asked | str, "needs": int, "missing": int},
)
NO_DISPERSION = ReasonKind(
    "trend-zero-dispersion",
    "KPI-4",
    "the {count:reference reading is/reference readings are} all alike, so nothing says what is usual until the "
    "reference is moved",
    {"count": int},
)
FIRED = ReasonKind(
    "trend-fired",
    "KPI-5",
    "{rule}: {answer}, by the last {count:reading/readings}",
    {"rule": Asked | str, "answer": Standing | Heading, "count": int},
)
NOT_FIRED = ReasonKind(
    "trend-not-fired",
    "KPI-5",
    "{rule}: {answer}, nothing else is seen in the last {count:reading/readings}",
    {"rule": Asked | str, "answer": Standing | Heading, "count": int},
)
BEYOND = ReasonKind(
    "trend-beyond",
    "KPI-4",
    "{rule}: {answer}; {value} on {on} lies beyond {edge}, where {mean} is usual",
    {"rule": Asked | str, "answer": Standing, "value": Fraction, "on": dt.date, "edge": Fraction, "mean": Fraction},
)
MOVED = ReasonKind(
    "trend-moved",
    "KPI-4",
    "{rule}: {answer}; the move from {before} to {value} on {on} is longer than {limit}",
    {"rule": Asked | str, "answer": Standing, "before": Fraction, "value": Fraction, "on": dt.date, "limit": Fraction},
)
ON_TRIAL = ReasonKind(
    "trend-on-trial",
    "KPI-4",
    "the reference has {count} of {full:reading/readings}: limits are on trial and may still move",
    {"count": int, "full": int},
)
NOT_SETTLED = ReasonKind(
    "trend-not-settled",
    "KPI-4",
    "{rule} waits until the reference can't move any more: it has {count:reading/readings}, {full:is/are} needed by "
    "its end",
    {"rule": Asked | str, "count": int, "full": int},
)


def too_few(kind: type[Answer], rule: Hashable, *, needs: int, missing: int) -> Seen[Answer]:
    """Return that *rule* says nothing yet, and how many readings it still misses."""
    return kind.UNDETERMINED, (TOO_FEW.because(rule=rule, needs=needs, missing=missing),)


def ways(fires: Fires, readings: Sequence[Whole]) -> tuple[Way, ...]:
    """Return which ways *fires* sees: readings grow, their mirror image grows, or both; what is worse comes first."""
    worse, better = fires(readings), fires([-each for each in readings])
    return (Way.WORSE,) * worse + (Way.BETTER,) * better


def called(kind: type[Answer], way: Way | None) -> Answer:
    """Return what a kind of answer calls a *way*; None where nothing is seen."""
    return cast("Answer", _ANSWERS[kind][way or 0])


def answer(kind: type[Answer], rule: Hashable, seen: Sequence[Way], count: int) -> Seen[Answer]:
    """Return the first of the ways that *rule* has seen in so many readings, as an answer, with a reason each."""
    first = called(kind, seen[0] if seen else None)
    if not seen:
        return first, (NOT_FIRED.because(rule=rule, answer=first, count=count),)
    return first, tuple(FIRED.because(rule=rule, answer=called(kind, each), count=count) for each in seen)
