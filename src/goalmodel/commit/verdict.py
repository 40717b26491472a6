"""Was it kept? The words for it, and what every manner asks: may a reading that counts still come?"""

from __future__ import annotations

import datetime as dt
from abc import ABC
from collections.abc import Hashable, Iterable
from enum import unique
from fractions import Fraction
from typing import Final, NamedTuple

from goalmodel.checks import Term
from goalmodel.commit.observed import Observed
from goalmodel.commit.standard import Standard
from goalmodel.measure import EachReading, Reading
from goalmodel.measure.figure import NO_FIGURE
from goalmodel.reasons import Fact, Reason, ReasonKind

IN_FLIGHT = ReasonKind(
    "commit-in-flight", "COM-3", "it is due on {due} and it is {as_of}", {"due": dt.date, "as_of": dt.date}
)


class NamedManner(ABC):  # noqa: B024 - a mark: nobody inherits from it
    """A manner, as a reason names it: by its text. Each registers itself, for a verdict knows none of them."""


MET = ReasonKind(
    "commit-met",
    "COM-1",
    "{reading} meets the standard, {standard}, {manner}",
    {"reading": Reading, "standard": Standard, "manner": NamedManner},
)
NOT_MET = ReasonKind(
    "commit-not-met",
    "COM-1",
    "{reading} is {distance} short of the standard, {standard}, {manner}",
    {"reading": Reading, "distance": Fraction, "standard": Standard, "manner": NamedManner},
)
UNOBSERVED = ReasonKind(
    "commit-unobserved", "COM-1", "there is no reading from {since} until {until}", {"since": dt.date, "until": dt.date}
)
READINGS_MISSING = ReasonKind(
    "commit-readings-missing",
    "COM-1",
    "from {since} until {until} readings are missing that could have changed the verdict: {missing}",
    {"since": dt.date, "until": dt.date, "missing": int},
)
NOT_YET_OBSERVABLE = ReasonKind(
    "commit-not-yet-observable",
    "COM-3",
    "it was due on {due}, and its last reading can come in time until {until}",
    {"due": dt.date, "until": dt.date},
)


@unique
class Attainment(Term):
    """Whether a commit was kept. There is nothing above kept, and no grade."""

    KEPT = "kept"
    NOT_KEPT = "not kept"
    IN_FLIGHT = "in flight"
    NOT_YET_OBSERVABLE = "not yet observable"
    UNKNOWN = "unknown"


WEAKEST_FIRST = (
    Attainment.NOT_KEPT,
    Attainment.UNKNOWN,
    Attainment.NOT_YET_OBSERVABLE,
    Attainment.IN_FLIGHT,
    Attainment.KEPT,
)
"""The verdict on several commits as one is the first of these that is among theirs."""


def weakest(attainments: Iterable[Attainment]) -> Attainment | None:
    """Return the verdict on several commits as one: kept only if all are; None without any."""
    return min(attainments, key=WEAKEST_FIRST.index, default=None)


class Verdict(NamedTuple):
    """Whether it was kept, the reading that rests on, how far that is from the standard, and why."""

    attainment: Attainment
    deciding: Reading | None
    distance: Fraction | None
    reason: Reason


class Deciding(NamedTuple):
    """The reading a verdict rests on, the standard it is held against, whether it meets it, and how far it is short."""

    reading: Reading
    standard: Standard
    is_met: bool
    distance: Fraction

    @classmethod
    def of(cls, reading: Reading, standard: Standard) -> Deciding:
        """Return the reading with how far it falls short of the standard: 0 where it meets it."""
        value = reading.known
        is_met = standard.is_met(value)
        return cls(reading, standard, is_met, _NOT_SHORT if is_met else standard.distance(value))


_NOT_SHORT: Final = Fraction(0)


def kept_or_not(manner: Hashable, deciding: Deciding) -> Verdict:
    """Return the verdict that the reading brings: kept where it meets the standard."""
    reading, standard, is_met, distance = deciding

    def facts() -> dict[str, Fact]:
        short = {} if is_met else {"distance": distance}
        return {"reading": reading, **short, "standard": standard, "manner": manner}

    if is_met:
        return Verdict(Attainment.KEPT, reading, distance, MET.on_demand(facts))
    return Verdict(Attainment.NOT_KEPT, reading, distance, NOT_MET.on_demand(facts))


def at_the_end(
    manner: Hashable, observed: Observed, as_of: dt.date, deciding: Deciding | None, *, since: dt.date | None = None
) -> Verdict:
    """Return the verdict that only the end can bring, when every expected reading is there or too late.

    Args:
        manner: As it is named in a reason.
        observed: The readings that count.
        as_of: The date of the judgement.
        deciding: What it rests on; None without a reading.
        since: From when on a reading that is missing could have changed the verdict; from the start where None.
    """
    first, waiting = since or observed.since, still_waiting(observed, as_of)
    if waiting is None:
        missing = observed.missing(first, as_of)
        if deciding is not None and not missing:
            return kept_or_not(manner, deciding)
        waiting = Attainment.UNKNOWN, _unobserved(observed, as_of, first, missing)
    if deciding is None:
        return Verdict(waiting[0], None, None, waiting[1])
    return Verdict(waiting[0], deciding.reading, deciding.distance, waiting[1])


def still_waiting(observed: Observed, as_of: dt.date) -> tuple[Attainment, Reason] | None:
    """Return what to answer while a reading that counts can still come in time; None when none can.

    Rule: COM-3.
    """
    if as_of < observed.due:
        return Attainment.IN_FLIGHT, in_flight(observed, as_of)
    if observed.cadence is None:
        return None
    last = observed.latest() or observed.since
    expected = observed.cadence.expected(last, observed.due)
    until = observed.cadence.stale_after(last, expected)
    if not expected or as_of > until:
        return None
    return Attainment.NOT_YET_OBSERVABLE, NOT_YET_OBSERVABLE.because(due=observed.due, until=until)


def in_flight(observed: Observed, as_of: dt.date) -> Reason:
    """Return why there is no verdict before the due date."""
    return IN_FLIGHT.because(due=observed.due, as_of=as_of)


def nothing_read(observed: Observed) -> Reason:
    """Return why there is no verdict where nothing was read, rests on enough, or comes to a figure."""
    too_few = observed.why_too_few(observed.due)
    if too_few:
        return too_few[0]
    if not isinstance(observed.window, EachReading):
        return NO_FIGURE.because(until=observed.due, window=observed.window)
    return UNOBSERVED.because(since=observed.since, until=observed.due)


def _unobserved(observed: Observed, as_of: dt.date, since: dt.date, missing: int) -> Reason:
    if not observed.count(as_of):
        return nothing_read(observed)
    return READINGS_MISSING.because(since=since, until=observed.due, missing=missing)
