"""Was it kept? One function for each manner in which a standard has to be met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from enum import StrEnum, unique
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias, assert_never

from goalmodel.commit.amendment import in_force
from goalmodel.commit.manner import Counted, Held, Manner, OnDueDate, Reached, Staged
from goalmodel.commit.standard import Standard
from goalmodel.commit.window import Shares, Window
from goalmodel.measure import Reading
from goalmodel.reasons import Reason, ReasonKind

IN_FLIGHT = ReasonKind("commit-in-flight", "COM-3", "it is due on {due} and it is {as_of}")
MET = ReasonKind("commit-met", "COM-1", "{reading} meets the standard, {standard}, {manner}")
NOT_MET = ReasonKind("commit-not-met", "COM-1", "{reading} is {distance} short of the standard, {standard}, {manner}")
STAGE_NOT_MET = ReasonKind("commit-stage-not-met", "COM-1", "by {by} {reading} was {distance} short of {standard}")
SHARE_MET = ReasonKind("commit-share-met", "COM-1", "{met} of {whole} {counted} met the standard, {least} are enough")
SHARE_NOT_MET = ReasonKind(
    "commit-share-not-met", "COM-1", "{met} of {whole} {counted} met the standard, {least} are needed"
)
UNOBSERVED = ReasonKind("commit-unobserved", "COM-1", "there is no reading from {since} until {until}")
READINGS_MISSING = ReasonKind(
    "commit-readings-missing",
    "COM-1",
    "from {since} until {until} readings are missing that could have changed the verdict: {missing}",
)
TIME_UNOBSERVED = ReasonKind(
    "commit-time-unobserved",
    "COM-1",
    "no reading stands for {days} days from {since} until {until}, and they could have changed the verdict",
)
NOT_YET_OBSERVABLE = ReasonKind(
    "commit-not-yet-observable",
    "COM-3",
    "it was due on {due}, and its last reading can come in time until {until}",
)


@unique
class Attainment(StrEnum):
    """Whether a commit was kept. There is nothing above kept, and no grade."""

    KEPT = "kept"
    NOT_KEPT = "not kept"
    IN_FLIGHT = "in flight"
    NOT_YET_OBSERVABLE = "not yet observable"
    UNKNOWN = "unknown"


class Case(NamedTuple):
    """A window of readings on a date: what a verdict rests on.

    Attributes:
        window: The readings, the standards, and until when.
        as_of: The date of the judgement; what was read after it is not seen.
    """

    window: Window
    as_of: dt.date

    @property
    def until(self) -> dt.date:
        """The last day that is seen."""
        return min(self.as_of, self.window.due)

    @property
    def is_over(self) -> bool:
        """Whether the due date is there."""
        return self.as_of >= self.window.due

    @property
    def seen(self) -> int:
        """How many readings have a value the measure can have."""
        return self.window.known.count(self.until)

    def reading(self, number: int) -> Reading:
        """Return the reading with that number."""
        return Reading(*self.window.known.present[number])


class Finding(NamedTuple):
    """A verdict, the reading it rests on, how far that is from the standard, and why."""

    attainment: Attainment
    deciding: Reading | None
    distance: Fraction | None
    reason: Reason


_Judge: TypeAlias = Callable[[Case, int], Standard]
"""By which standard the reading with a number is judged, where the standard was amended."""


def judged(manner: Manner, case: Case) -> Finding:
    """Return whether a commit was kept, in the manner it names.

    The values are compared with the standard, exactly; a score plays no part.

    Rules: COM-1, COM-2, COM-3.
    """
    match manner:
        case Reached():
            return _reached(manner, case)
        case OnDueDate():
            return _standing(manner, case)
        case Held():
            return _held_throughout(manner, case) if manner.is_throughout else _held_in_a_share(manner, case)
        case Staged():
            return _staged(manner, case)
        case unknown:
            assert_never(unknown)


def _reached(manner: Manner, case: Case) -> Finding:
    """One reading is enough."""
    closest = case.window.closest(case.until)
    if closest is not None and not _shortfall(_kindest, case, closest):
        return _kept_or_not(manner, case, closest, _kindest)
    return _at_the_end(manner, case, closest, _kindest, case.window.since)


def _standing(manner: Manner, case: Case) -> Finding:
    """The latest reading decides."""
    latest = case.seen - 1 if case.seen else None
    return _at_the_end(manner, case, latest, _final, case.window.since if latest is None else case.reading(latest).on)


def _held_throughout(manner: Manner, case: Case) -> Finding:
    """The first reading that does not meet the standard breaks it."""
    furthest = case.window.furthest(case.until)
    if furthest is not None and _shortfall(_of_its_day, case, furthest):
        return _kept_or_not(manner, case, furthest, _of_its_day)
    return _at_the_end(manner, case, furthest, _of_its_day, case.window.since)


def _staged(manner: Staged, case: Case) -> Finding:
    """Every stage is to be reached like a commit of its own; the weakest of their verdicts is the whole's."""
    findings = [*(_stage(case, by, standard) for by, standard in manner.stages), _reached(Reached(), case)]
    decisive = min(findings, key=lambda found: WEAKEST_FIRST.index(found.attainment))
    if decisive.attainment is Attainment.KEPT:
        return findings[-1]
    if not case.is_over and decisive.attainment is not Attainment.NOT_KEPT:
        return decisive._replace(attainment=Attainment.IN_FLIGHT, reason=_in_flight(case))
    return decisive


def _stage(case: Case, by: dt.date, standard: Standard) -> Finding:
    stage = case._replace(window=case.window.stage(by, standard))
    found = _reached(Reached(), stage)
    if found.attainment is not Attainment.NOT_KEPT:
        return found
    reason = STAGE_NOT_MET.because(reading=found.deciding, distance=found.distance, standard=str(standard), by=by)
    return found._replace(reason=reason)


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


class Count(NamedTuple):
    """How much of a hold is met.

    Attributes:
        shares: How much each reading counts.
        met: How many readings, or days, meet the standard.
        observed: Of how many anybody knows.
        whole: Of how many there are; of readings that is known only at the end.
        least: How many have to meet the standard.
    """

    shares: Shares
    met: int
    observed: int
    whole: int
    least: int


def count(manner: Held, case: Case) -> Count:
    """Return how much of what *manner* asks to be held is met so far: of the readings, or of the days."""
    window, is_time = case.window, manner.counted is Counted.TIME
    shares = window.by_days if is_time else window.by_readings
    observed = shares.observed(case.seen)
    whole = (window.due - window.since).days + 1 if is_time else observed + window.missing(window.since, case.until)
    return Count(shares, shares.met(case.seen), observed, whole, ceil(manner.share * whole))


def _held_in_a_share(manner: Held, case: Case) -> Finding:
    """Some readings, or some of the time, may be short of the standard; so much must not.

    What is unobserved counts neither for nor against: kept is what would be kept were all of it short, not kept what
    would not be were all of it met. Time is known in advance, the number of readings only at the end. The deciding
    reading is the one at which the share of what is observed is reached, counted from the closest to the standard: its
    distance is 0 exactly where that share is met.
    """
    is_time = manner.counted is Counted.TIME
    found = count(manner, case)
    unobserved = found.whole - found.observed
    deciding = found.shares.reaching(case.seen, manner.share * found.observed)
    reading = None if deciding is None else case.reading(deciding)
    distance = None if deciding is None else _shortfall(_of_its_day, case, deciding)
    if case.seen and (is_time or case.is_over):
        facts = {"met": found.met, "whole": found.whole, "counted": _NAMES[manner.counted], "least": found.least}
        if found.met >= found.least:
            return Finding(Attainment.KEPT, reading, distance, SHARE_MET.because(**facts))
        if found.met + unobserved < found.least:
            return Finding(Attainment.NOT_KEPT, reading, distance, SHARE_NOT_MET.because(**facts))
    attainment, reason = _waiting(case) or (Attainment.UNKNOWN, _unobserved(case, unobserved, is_time=is_time))
    return Finding(attainment, reading, distance, reason)


_NAMES: Final = MappingProxyType({Counted.READINGS: "readings", Counted.TIME: "days"})


def _shortfall(judge: _Judge, case: Case, number: int) -> Fraction:
    return judge(case, number).distance(case.reading(number).known)


def _kindest(case: Case, number: int) -> Standard:
    """Return the standard the reading comes closest to, of those in force since its day: what was kept stays kept."""
    return case.window.kindest(number, case.until)


def _final(case: Case, _: int) -> Standard:
    """Return the standard in force when the verdict is asked for, at the latest on the due date."""
    return in_force(case.window.standards, case.until)


def _of_its_day(case: Case, number: int) -> Standard:
    """Return the standard that was in force on the day of the reading."""
    return in_force(case.window.standards, case.reading(number).on)


def _at_the_end(manner: Manner, case: Case, deciding: int | None, judge: _Judge, relevant_since: dt.date) -> Finding:
    """Return the verdict that only the end can bring, when every expected reading is there or too late."""
    waiting = _waiting(case)
    if waiting is None:
        missing = case.window.missing(relevant_since, case.until)
        if deciding is not None and not missing:
            return _kept_or_not(manner, case, deciding, judge)
        waiting = Attainment.UNKNOWN, _unobserved(case, missing, since=relevant_since)
    if deciding is None:
        return Finding(waiting[0], None, None, waiting[1])
    return Finding(waiting[0], case.reading(deciding), _shortfall(judge, case, deciding), waiting[1])


def _kept_or_not(manner: Manner, case: Case, deciding: int, judge: _Judge) -> Finding:
    reading, distance = case.reading(deciding), _shortfall(judge, case, deciding)
    facts = {"reading": reading, "standard": str(judge(case, deciding)), "manner": str(manner)}
    if not distance:
        return Finding(Attainment.KEPT, reading, distance, MET.because(**facts))
    return Finding(Attainment.NOT_KEPT, reading, distance, NOT_MET.because(**facts, distance=distance))


def _waiting(case: Case) -> tuple[Attainment, Reason] | None:
    """Return what to answer while a reading that counts can still come in time; None when none can."""
    window = case.window
    if not case.is_over:
        return Attainment.IN_FLIGHT, _in_flight(case)
    if window.cadence is None:
        return None
    latest = window.known.latest(case.until)
    last = window.since if latest is None else latest.on
    expected = window.cadence.expected(last, window.due)
    until = window.cadence.stale_after(last, expected)
    if not expected or case.as_of > until:
        return None
    return Attainment.NOT_YET_OBSERVABLE, NOT_YET_OBSERVABLE.because(due=window.due, until=until)


def _in_flight(case: Case) -> Reason:
    return IN_FLIGHT.because(due=case.window.due, as_of=case.as_of)


def _unobserved(case: Case, missing: int, *, since: dt.date | None = None, is_time: bool = False) -> Reason:
    """Return which readings that are not there could have changed the verdict."""
    window = case.window
    if not case.seen:
        return UNOBSERVED.because(since=window.since, until=window.due)
    if is_time:
        return TIME_UNOBSERVED.because(days=missing, since=window.since, until=window.due)
    return READINGS_MISSING.because(since=since or window.since, until=window.due, missing=missing)
