"""What may still go wrong: an allowance, known elsewhere as an error budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import unique
from fractions import Fraction
from functools import partial
from math import ceil
from typing import Final

import attrs

from goalmodel.checks import Term, is_a, is_count, is_date
from goalmodel.commit.amendment import in_force
from goalmodel.commit.held import Counted, Held, tally
from goalmodel.commit.observed import Observed
from goalmodel.reprs import readable
from goalmodel.showing import shown

LOOK_BACK: Final = 28
"""Days that the rate of late is looked at over, where nobody says: four weeks hold each weekday alike. Our choice."""


@unique
class AllowedIn(Term):
    """What an allowance is counted in."""

    READINGS = "readings"
    DAYS = "days"
    AMOUNT = "the measure's own unit"


@attrs.frozen(kw_only=True)
@readable
class Allowance:
    """How much may go wrong, how much has, and how fast.

    Attributes:
        counted_in: Readings, days, or the measure's own unit.
        total: How much may go wrong until the due date; None while nobody knows of how much, as of readings that no
            cadence expects.
        used: How much has gone wrong so far.
        earned: How much may have gone wrong by now: the same share of what is known so far as the whole allows of all.
        look_back: Over how many of the latest days the rate of late is.
        rate: How much goes wrong a day, of late; None where what was read then rests on less than the commit asks for.
        rate_since_start: How much went wrong a day, since the start; None likewise.
        used_up_on: The day on which it is used up at the rate of late; the day of the judgement where it is already,
            None where that will not be until the due date, or where its total or the rate is not known.
    """

    counted_in: AllowedIn = attrs.field(validator=is_a(AllowedIn))
    total: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    used: Fraction = attrs.field(validator=is_a(Fraction))
    earned: Fraction = attrs.field(validator=is_a(Fraction))
    look_back: int = attrs.field(validator=is_count(1))
    rate: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    rate_since_start: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    used_up_on: dt.date | None = attrs.field(validator=attrs.validators.optional(is_date))

    @property
    def left(self) -> Fraction | None:
        """How much may still go wrong; below 0 where more has than may. None where its total is not known."""
        return None if self.total is None else self.total - self.used

    def __str__(self) -> str:
        if self.total is None:
            return f"{shown(self.used)} used"
        return f"{shown(self.used, cuts=(self.total,))} of {shown(self.total, cuts=(self.used,))} used"


def allowed_in_a_share(manner: Held, observed: Observed, until: dt.date, look_back: int) -> Allowance:
    """Return what may go wrong by a day of what is held in a share: the rest of the readings, or of the days.

    Rule: COM-9.
    """
    found, is_time = tally(manner, observed, until), manner.counted is Counted.TIME
    is_known = is_time or observed.cadence is not None or until == observed.due
    return _allowance(
        observed,
        until,
        look_back,
        used_by=partial(_short_by, manner, observed),
        counted_in=AllowedIn.DAYS if is_time else AllowedIn.READINGS,
        total=Fraction(found.whole - found.least) if is_known else None,
        earned=(1 - manner.share) * found.observed,
    )


def _short_by(manner: Held, observed: Observed, day: dt.date) -> Fraction:
    found = tally(manner, observed, day)
    return Fraction(found.observed - found.met)


def allowed_below_a_ceiling(observed: Observed, until: dt.date, look_back: int) -> Allowance | None:
    """Return what may be added up by a day to stay within a ceiling: all below it; None where there is none.

    Rule: COM-9.
    """
    ceiling = in_force(observed.standards, until).outermost.high
    if ceiling is None:
        return None
    days = max(observed.days(observed.since, observed.due), 1)
    return _allowance(
        observed,
        until,
        look_back,
        used_by=partial(_come_to_by, observed),
        counted_in=AllowedIn.AMOUNT,
        total=ceiling,
        earned=ceiling * Fraction(observed.days(observed.since, until), days),
    )


def _come_to_by(observed: Observed, day: dt.date) -> Fraction:
    return observed.whole(day) or Fraction(0)


def _allowance(
    observed: Observed,
    until: dt.date,
    look_back: int,
    *,
    used_by: Callable[[dt.date], Fraction],
    counted_in: AllowedIn,
    total: Fraction | None,
    earned: Fraction,
) -> Allowance:
    """Return the allowance whose use by each day is known."""
    begun = (until - observed.since).days + 1
    days, used = min(look_back, begun), used_by(until)
    after = until - dt.timedelta(days=days) if days < begun else None
    before = Fraction(0) if after is None else used_by(after)
    rate = (used - before) / days if observed.is_enough(until, after=after) else None
    return Allowance(
        counted_in=counted_in,
        total=total,
        used=used,
        earned=earned,
        look_back=days,
        rate=rate,
        rate_since_start=used / begun if observed.is_enough(until) else None,
        used_up_on=None if total is None else _used_up_on(total - used, rate, until, observed.due),
    )


def _used_up_on(left: Fraction, rate: Fraction | None, until: dt.date, due: dt.date) -> dt.date | None:
    """Return the day on which nothing is left at a rate; None where that is not until the due date."""
    if left <= 0:
        return until
    if rate is None or rate <= 0 or rate * (due - until).days < left:
        return None
    return until + dt.timedelta(days=ceil(left / rate))
