"""Was it kept? One function for each manner in which a standard has to be met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from enum import Enum, unique
from fractions import Fraction
from itertools import pairwise
from math import ceil
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias, assert_never

from goalmodel.commit.amendment import DatedStandard, in_force, in_force_between
from goalmodel.commit.manner import Counted, Held, Manner, Reached, Staged, Standing
from goalmodel.commit.standard import Standard
from goalmodel.measure import Cadence, Reading, Series
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
class Attainment(Enum):
    """Whether a commit was kept. There is nothing above kept, and no grade."""

    KEPT = "kept"
    NOT_KEPT = "not kept"
    IN_FLIGHT = "in flight"
    NOT_YET_OBSERVABLE = "not yet observable"
    UNKNOWN = "unknown"


class Case(NamedTuple):
    """What a verdict rests on.

    Attributes:
        standards: Each standard with the day it came into force, oldest first.
        since: First day whose reading counts.
        due: Last day whose reading counts.
        as_of: The date of the judgement.
        cadence: How often a reading is expected; None where nothing is.
        known: The readings from *since* until *due* that are known on *as_of*.
    """

    standards: tuple[DatedStandard, ...]
    since: dt.date
    due: dt.date
    as_of: dt.date
    cadence: Cadence | None
    known: Series

    @property
    def until(self) -> dt.date:
        """The last day that is seen."""
        return min(self.as_of, self.due)

    @property
    def present(self) -> tuple[Reading, ...]:
        """The readings that have a value the measure can have, oldest first."""
        return tuple(Reading(on, value) for on, value in self.known.present)


class Finding(NamedTuple):
    """A verdict, the reading it rests on, how far that is from the standard, and why."""

    attainment: Attainment
    deciding: Reading | None
    distance: Fraction | None
    reason: Reason


_Judge: TypeAlias = Callable[[Case, Reading], Standard]
"""By which standard a reading is judged, where the standard was amended."""


def judged(manner: Manner, case: Case) -> Finding:
    """Return whether a commit was kept, in the manner it names.

    The values are compared with the standard, exactly; a score plays no part.

    Rules: COM-1, COM-2, COM-3.
    """
    match manner:
        case Reached():
            return _reached(manner, case)
        case Standing():
            return _standing(manner, case)
        case Held():
            return _held_throughout(manner, case) if manner.is_throughout else _held_in_a_share(manner, case)
        case Staged():
            return _staged(manner, case)
        case unknown:
            assert_never(unknown)


def _reached(manner: Manner, case: Case) -> Finding:
    """One reading is enough."""
    closest = min(case.present, key=lambda each: _shortfall(_kindest, case, each), default=None)
    if closest is not None and not _shortfall(_kindest, case, closest):
        return _kept_or_not(manner, case, closest, _kindest)
    return _at_the_end(manner, case, closest, _kindest, case.since)


def _standing(manner: Manner, case: Case) -> Finding:
    """The latest reading decides."""
    latest = case.present[-1] if case.present else None
    return _at_the_end(manner, case, latest, _final, case.since if latest is None else latest.on)


def _held_throughout(manner: Manner, case: Case) -> Finding:
    """The first reading that does not meet the standard breaks it."""
    furthest = max(case.present, key=lambda each: _shortfall(_of_its_day, case, each), default=None)
    if furthest is not None and _shortfall(_of_its_day, case, furthest):
        return _kept_or_not(manner, case, furthest, _of_its_day)
    return _at_the_end(manner, case, furthest, _of_its_day, case.since)


def _staged(manner: Staged, case: Case) -> Finding:
    """Every stage is to be reached like a commit of its own; the weakest of their verdicts is the whole's."""
    findings = [*(_stage(case, by, standard) for by, standard in manner.stages), _reached(Reached(), case)]
    decisive = min(findings, key=lambda found: WEAKEST_FIRST.index(found.attainment))
    if decisive.attainment is Attainment.KEPT:
        return findings[-1]
    if case.as_of < case.due and decisive.attainment is not Attainment.NOT_KEPT:
        return decisive._replace(attainment=Attainment.IN_FLIGHT, reason=_in_flight(case))
    return decisive


def _stage(case: Case, by: dt.date, standard: Standard) -> Finding:
    stage = case._replace(standards=((case.since, standard),), due=by, known=case.known.until(by))
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


class _Weighed(NamedTuple):
    """A reading, how far short it is, and how much it counts: 1, or the days it stands for."""

    reading: Reading
    shortfall: Fraction
    weight: int


class Count(NamedTuple):
    """How much of a hold is met.

    Attributes:
        weighed: Each reading with how much it counts.
        met: How many readings, or days, meet the standard.
        observed: Of how many anybody knows.
        whole: Of how many there are; of readings that is known only at the end.
        least: How many have to meet the standard.
    """

    weighed: list[_Weighed]
    met: int
    observed: int
    whole: int
    least: int


def count(manner: Held, case: Case) -> Count:
    """Return how much of what *manner* asks to be held is met so far: of the readings, or of the days."""
    is_time = manner.counted is Counted.TIME
    weighed = _by_days(case) if is_time else _by_readings(case)
    observed = sum(each.weight for each in weighed)
    whole = (case.due - case.since).days + 1 if is_time else observed + _missing(case, case.since)
    met = sum(each.weight for each in weighed if not each.shortfall)
    return Count(weighed, met, observed, whole, ceil(manner.share * whole))


def _held_in_a_share(manner: Held, case: Case) -> Finding:
    """Some readings, or some of the time, may be short of the standard; so much must not.

    What is unobserved counts neither for nor against: kept is what would be kept were all of it short, not kept what
    would not be were all of it met. Time is known in advance, the number of readings only at the end.
    """
    is_time = manner.counted is Counted.TIME
    found = count(manner, case)
    unobserved = found.whole - found.observed
    reading, distance = _deciding(found.weighed, manner.share * found.observed)
    if case.present and (is_time or case.as_of >= case.due):
        facts = {"met": found.met, "whole": found.whole, "counted": _NAMES[manner.counted], "least": found.least}
        if found.met >= found.least:
            return Finding(Attainment.KEPT, reading, distance, SHARE_MET.because(**facts))
        if found.met + unobserved < found.least:
            return Finding(Attainment.NOT_KEPT, reading, distance, SHARE_NOT_MET.because(**facts))
    attainment, reason = _waiting(case) or (Attainment.UNKNOWN, _unobserved(case, unobserved, is_time=is_time))
    return Finding(attainment, reading, distance, reason)


_NAMES: Final = MappingProxyType({Counted.READINGS: "readings", Counted.TIME: "days"})


def _deciding(weighed: list[_Weighed], needed: Fraction) -> tuple[Reading | None, Fraction | None]:
    """Return the reading that would have to be better for the share to be met, and how far it is short.

    It is the one at which so much is reached, counted from the closest to the standard: the distance is 0 exactly
    where the share of what is observed is met.
    """
    reached = 0
    for each in sorted(weighed, key=lambda found: (found.shortfall, found.reading.on)):
        reached += each.weight
        if reached >= needed:
            return each.reading, each.shortfall
    return None, None


def _by_readings(case: Case) -> list[_Weighed]:
    return [_Weighed(each, _shortfall(_of_its_day, case, each), 1) for each in case.present]


def _by_days(case: Case) -> list[_Weighed]:
    """Return each reading with the number of days it stands for, back to the reading or absence before it."""
    present = {reading.on: reading for reading in case.present}
    days = [case.since, *(reading.on for reading in case.known)]
    found: list[_Weighed] = []
    for index, (earlier, later) in enumerate(pairwise(days)):
        if later in present:
            after = _stands_after(case.cadence, earlier, later)
            is_from_the_start = index == 0 and after == earlier
            shortfall = _shortfall(_of_its_day, case, present[later])
            found.append(_Weighed(present[later], shortfall, (later - after).days + is_from_the_start))
    return found


def _stands_after(cadence: Cadence | None, earlier: dt.date, later: dt.date) -> dt.date:
    """Return the day after which the reading of *later* stands for the days: one period, where some are missing."""
    missing = 0 if cadence is None else cadence.overdue(earlier, later)
    return cadence.due(earlier, missing) if cadence and missing else earlier


def _shortfall(judge: _Judge, case: Case, reading: Reading) -> Fraction:
    return judge(case, reading).distance(reading.known)


def _kindest(case: Case, reading: Reading) -> Standard:
    """Return the standard the reading comes closest to, of those in force since its day: what was kept stays kept."""
    standards = in_force_between(case.standards, reading.on, case.until)
    return min(standards, key=lambda standard: standard.distance(reading.known))


def _final(case: Case, _: Reading) -> Standard:
    """Return the standard in force when the verdict is asked for, at the latest on the due date."""
    return in_force(case.standards, case.until)


def _of_its_day(case: Case, reading: Reading) -> Standard:
    """Return the standard that was in force on the day of the reading."""
    return in_force(case.standards, reading.on)


def _at_the_end(
    manner: Manner, case: Case, deciding: Reading | None, judge: _Judge, relevant_since: dt.date
) -> Finding:
    """Return the verdict that only the end can bring, when every expected reading is there or too late."""
    distance = None if deciding is None else _shortfall(judge, case, deciding)
    waiting = _waiting(case)
    if waiting is not None:
        return Finding(waiting[0], deciding, distance, waiting[1])
    missing = _missing(case, relevant_since)
    if deciding is None or missing:
        return Finding(Attainment.UNKNOWN, deciding, distance, _unobserved(case, missing, since=relevant_since))
    return _kept_or_not(manner, case, deciding, judge)


def _kept_or_not(manner: Manner, case: Case, deciding: Reading, judge: _Judge) -> Finding:
    distance = _shortfall(judge, case, deciding)
    facts = {"reading": deciding, "standard": str(judge(case, deciding)), "manner": str(manner)}
    if not distance:
        return Finding(Attainment.KEPT, deciding, distance, MET.because(**facts))
    return Finding(Attainment.NOT_KEPT, deciding, distance, NOT_MET.because(**facts, distance=distance))


def _waiting(case: Case) -> tuple[Attainment, Reason] | None:
    """Return what to answer while a reading that counts can still come in time; None when none can."""
    if case.as_of < case.due:
        return Attainment.IN_FLIGHT, _in_flight(case)
    if case.cadence is None:
        return None
    last = case.known.readings[-1].on if len(case.known) else case.since
    expected = case.cadence.expected(last, case.due)
    until = case.cadence.stale_after(last, expected)
    if not expected or case.as_of > until:
        return None
    return Attainment.NOT_YET_OBSERVABLE, NOT_YET_OBSERVABLE.because(due=case.due, until=until)


def _in_flight(case: Case) -> Reason:
    return IN_FLIGHT.because(due=case.due, as_of=case.as_of)


def _missing(case: Case, since: dt.date) -> int:
    """Return how many readings are not there: stated absent, or expected by the cadence in vain."""
    relevant = case.known.since(since)
    days = [on for on, _ in relevant.present]
    stated = len(relevant) - len(days)
    if case.cadence is None:
        return stated
    between = sum(case.cadence.overdue(*gap) for gap in pairwise([since, *days]))
    return max(stated, between + case.cadence.expected(days[-1] if days else since, case.due))


def _unobserved(case: Case, missing: int, *, since: dt.date | None = None, is_time: bool = False) -> Reason:
    """Return which readings that are not there could have changed the verdict."""
    if not case.present:
        return UNOBSERVED.because(since=case.since, until=case.due)
    if is_time:
        return TIME_UNOBSERVED.because(days=missing, since=case.since, until=case.due)
    return READINGS_MISSING.because(since=since or case.since, until=case.due, missing=missing)
