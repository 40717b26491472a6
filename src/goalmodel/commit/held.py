"""Held over a window: by every reading, by a share of the readings, or for a share of the time."""

from __future__ import annotations

import datetime as dt
from enum import unique
from fractions import Fraction
from math import ceil
from typing import NamedTuple

import attrs

from goalmodel.checks import Term, is_a, is_date, named, share_above_0
from goalmodel.commit.amendment import in_force
from goalmodel.commit.observed import Observed
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import (
    READINGS_MISSING,
    Attainment,
    Deciding,
    NamedManner,
    Verdict,
    at_the_end,
    kept_or_not,
    nothing_read,
    still_waiting,
)
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable
from goalmodel.showing import spelled

SHARE_MET = ReasonKind(
    "commit-share-met",
    "COM-1",
    "{met} of {whole:reading/readings} met the standard, {least:is/are} enough",
    {"met": int, "whole": int, "least": int},
)
SHARE_NOT_MET = ReasonKind(
    "commit-share-not-met",
    "COM-1",
    "{met} of {whole:reading/readings} met the standard, {least:is/are} needed",
    {"met": int, "whole": int, "least": int},
)
SHARE_OUT_OF_REACH = ReasonKind(
    "commit-share-out-of-reach",
    "COM-3",
    "{short:reading/readings} did not meet the standard, and with {left:day/days} left no share of {share} can be met",
    {"short": int, "share": Fraction, "left": int},
)
SHARE_SECURED = ReasonKind(
    "commit-share-secured",
    "COM-3",
    "{met:reading/readings} met the standard, and with {left:day/days} left a share of {share} is met whatever they "
    "bring",
    {"met": int, "share": Fraction, "left": int},
)
FIGURE_BROKEN = ReasonKind(
    "commit-figure-broken",
    "FIG-3",
    "{value} from {start} to {end} can't meet the standard of {standard} any more, whatever is still read",
    {"value": Fraction, "start": dt.date, "end": dt.date, "standard": Standard},
)
TIME_MET = ReasonKind(
    "commit-time-met",
    "COM-1",
    "{met} of {whole:day/days} met the standard, {least:is/are} enough",
    {"met": int, "whole": int, "least": int},
)
TIME_NOT_MET = ReasonKind(
    "commit-time-not-met",
    "COM-1",
    "{met} of {whole:day/days} met the standard, {least:is/are} needed",
    {"met": int, "whole": int, "least": int},
)
TIME_UNOBSERVED = ReasonKind(
    "commit-time-unobserved",
    "COM-1",
    "no reading stands for {days:day/days} from {since} until {until}, and they could have changed the verdict",
    {"days": int, "since": dt.date, "until": dt.date},
)


@unique
class Counted(Term):
    """What a share of a hold is a share of."""

    READINGS = "readings"
    TIME = "time"


@NamedManner.register
@attrs.frozen(field_transformer=named)
@readable
class Held:
    """Held from *since* to the due date: by every reading, by a share of the readings, or for a share of the time.

    A share of the time is one of the days of the window. A reading stands for the days since the one before it, as a
    month's figure stands for its month; with a cadence, for one period at most. Days no reading stands for, and days
    of an absence, are unobserved: they count neither for nor against, until they could no longer change the verdict.

    >>> str(Held(dt.date(2026, 10, 1), share=Fraction(95, 100), counted=Counted.TIME))
    'held from 2026-10-01 to the due date in 95 % of the time'

    Attributes:
        since: First day of the window.
        share: How much of it has to meet the standard, above 0 and up to 1; all of it where nothing is said.
        counted: What the share is one of: the readings, or the time.
    """

    since: dt.date = attrs.field(validator=is_date)
    share: Fraction = attrs.field(default=Fraction(1), converter=share_above_0, kw_only=True)
    counted: Counted = attrs.field(default=Counted.READINGS, validator=is_a(Counted), kw_only=True)

    @property
    def is_throughout(self) -> bool:
        """Whether a single reading that does not meet the standard breaks it."""
        return self.share == 1 and self.counted is Counted.READINGS

    def __str__(self) -> str:
        held = f"held from {self.since.isoformat()} to the due date"
        return held if self.is_throughout else f"{held} in {spelled(self.share * 100)} % of the {self.counted.value}"


class Tally(NamedTuple):
    """How much of a hold is met.

    Attributes:
        met: How many readings, or days, meet the standard.
        observed: Of how many anybody knows.
        whole: Of how many there are; of readings that is known only at the end.
        least: How many have to meet the standard.
    """

    met: int
    observed: int
    whole: int
    least: int


def tally(manner: Held, observed: Observed, as_of: dt.date) -> Tally:
    """Return how much of what *manner* asks to be held is met so far: of the readings, or of the days."""
    is_time, seen = manner.counted is Counted.TIME, observed.count(as_of)
    weighed = observed.by_days if is_time else observed.by_readings
    known = weighed.observed(seen)
    whole = observed.days(observed.since, observed.due) if is_time else known + observed.missing(observed.since, as_of)
    return Tally(weighed.met(seen), known, whole, ceil(manner.share * whole))


def last_day_to_hold(manner: Held, observed: Observed, as_of: dt.date) -> dt.date:
    """Return the latest day from which it has to be met without a break; how many readings will come nobody knows.

    Rule: COM-3.
    """
    if manner.counted is Counted.READINGS:
        return observed.due
    found = tally(manner, observed, as_of)
    return observed.days_back(found.least - found.met)


def judge_held(manner: Held, observed: Observed, as_of: dt.date) -> Verdict:
    """Return whether every reading meets the standard of its day, or so large a share as *manner* asks for.

    Rules: COM-1, COM-2, COM-3.
    """
    if not manner.is_throughout:
        return _held_in_a_share(manner, observed, as_of)
    furthest = observed.furthest(as_of)
    deciding = None if furthest is None else _of_its_day(observed, furthest)
    if deciding is not None and not deciding.is_met:
        return kept_or_not(manner, deciding)
    broken = observed.decided_early(as_of, is_met=False)
    if broken is not None:
        figure, standard = broken
        start, end = figure.period.start, figure.period.end
        why = FIGURE_BROKEN.because(value=figure.value, start=start, end=end, standard=standard)
        reading, distance = (None, None) if deciding is None else (deciding.reading, deciding.distance)
        return Verdict(Attainment.NOT_KEPT, reading, distance, why)
    return at_the_end(manner, observed, as_of, deciding)


def _of_its_day(observed: Observed, number: int) -> Deciding:
    """Return the reading with that number, held against the standard that was in force on its day."""
    reading = observed.reading(number)
    return Deciding.of(reading, in_force(observed.standards, reading.on))


def _held_in_a_share(manner: Held, observed: Observed, as_of: dt.date) -> Verdict:
    """Some readings, or some of the time, may be short of the standard; so much must not.

    What is unobserved counts neither for nor against: kept is what would be kept were all of it short, not kept what
    would not be were all of it met. Time is known in advance, the number of readings only at the end: until then there
    is one a day at most. The deciding
    reading is the one at which the share of what is observed is reached, counted from the closest to the standard: its
    distance is 0 where that share is met.
    """
    is_time, seen = manner.counted is Counted.TIME, observed.count(as_of)
    found, weighed = tally(manner, observed, as_of), observed.by_days if is_time else observed.by_readings
    unobserved = found.whole - found.observed
    number = weighed.reaching(seen, manner.share * found.observed)
    deciding = None if number is None else _of_its_day(observed, number)
    reading, distance = (None, None) if deciding is None else (deciding.reading, deciding.distance)
    if seen and (is_time or as_of >= observed.due):
        facts = {"met": found.met, "whole": found.whole, "least": found.least}
        met, not_met = (TIME_MET, TIME_NOT_MET) if is_time else (SHARE_MET, SHARE_NOT_MET)
        if found.met >= found.least:
            return Verdict(Attainment.KEPT, reading, distance, met.because(**facts))
        if found.met + unobserved < found.least:
            return Verdict(Attainment.NOT_KEPT, reading, distance, not_met.because(**facts))
    if not is_time and seen and as_of < observed.due:
        share, left, most = manner.share, observed.days_left(as_of), seen + observed.may_come(as_of)
        if found.met >= share * most:
            why = SHARE_SECURED.because(met=found.met, share=share, left=left)
            return Verdict(Attainment.KEPT, reading, distance, why)
        if seen - found.met > (1 - share) * most:
            why = SHARE_OUT_OF_REACH.because(short=seen - found.met, share=share, left=left)
            return Verdict(Attainment.NOT_KEPT, reading, distance, why)
    waiting = still_waiting(observed, as_of)
    attainment, reason = waiting or (Attainment.UNKNOWN, _unobserved(manner, observed, as_of, unobserved))
    return Verdict(attainment, reading, distance, reason)


def _unobserved(manner: Held, observed: Observed, as_of: dt.date, unobserved: int) -> Reason:
    since, until = observed.since, observed.due
    if not observed.count(as_of):
        return nothing_read(observed)
    if manner.counted is Counted.TIME:
        return TIME_UNOBSERVED.because(days=unobserved, since=since, until=until)
    return READINGS_MISSING.because(since=since, until=until, missing=unobserved)
