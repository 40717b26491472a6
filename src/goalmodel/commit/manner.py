"""In which way a standard has to be met: the list of the manners, each in a file of its own that judges by it.

A new manner is its file, its name in `Manner` and the functions here, and its name among those the room makes public.
A type checker says which of these functions it is missing from. Whoever asks a manner something asks it here; which
figures decide (`Decisive`) answers most of it.
"""

from __future__ import annotations

import datetime as dt
from enum import unique
from typing import Final, TypeAlias, assert_never, get_args

import attrs

from goalmodel.checks import Term
from goalmodel.commit.allowance import LOOK_BACK, Allowance, allowed_below_a_ceiling, allowed_in_a_share
from goalmodel.commit.as_a_whole import OUT_OF_REACH, AsAWhole, judge_as_a_whole
from goalmodel.commit.held import Held, judge_held, last_day_to_hold
from goalmodel.commit.observed import Observed
from goalmodel.commit.on_due_date import OnDueDate, judge_on_due_date
from goalmodel.commit.reached import Reached, judge_reached
from goalmodel.commit.staged import Stage, Staged, judge_staged
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import Attainment, Verdict, in_flight
from goalmodel.errors import OutOfTime
from goalmodel.measure import Aggregation

Manner: TypeAlias = Reached | OnDueDate | Held | Staged | AsAWhole
"""The way in which a standard has to be met."""

MANNERS: Final[tuple[type[Manner], ...]] = get_args(Manner)


@unique
class Decisive(Term):
    """Which of the figures that count decide whether a commit was kept."""

    ANY = "any one of them"
    LATEST = "the latest of them"
    EACH = "each of them"
    SHARE = "a share of them"
    STAGES = "any one of them, by the date of each stage"
    WHOLE = "what all of them come to"


def decisive(manner: Manner) -> Decisive:
    """Return which of the figures that count decide whether a commit was kept.

    Rule: COM-1.
    """
    match manner:
        case Reached():
            return Decisive.ANY
        case OnDueDate():
            return Decisive.LATEST
        case Held():
            return Decisive.EACH if manner.is_throughout else Decisive.SHARE
        case Staged():
            return Decisive.STAGES
        case AsAWhole():
            return Decisive.WHOLE
        case _:
            assert_never(manner)


def judge(manner: Manner, observed: Observed, as_of: dt.date) -> Verdict:
    """Return whether a commit was kept, in the manner it names, as known on *as_of*.

    The values are compared with the standard, exactly; a score plays no part. Nothing is decided before the
    declaration; what no value the measure can have meets is not kept from then on.

    Rules: COM-1, COM-2, COM-3.
    """
    if as_of < observed.declared_on:
        return Verdict(Attainment.IN_FLIGHT, None, None, in_flight(observed, as_of))
    found, lost = _judged(manner, observed, as_of), _out_of_reach(manner, observed, as_of)
    if lost is None:
        return found
    why = OUT_OF_REACH.because(due=observed.due, standard=lost)
    return Verdict(Attainment.NOT_KEPT, found.deciding, found.distance, why)


def _out_of_reach(manner: Manner, observed: Observed, as_of: dt.date) -> Standard | None:
    """Return the first standard that came into force and that no value the measure can have meets; None without one.

    A commit that was kept before it came into force stays kept. What readings come to as a whole has no such range.
    """
    if not observed.has_range or decisive(manner) is Decisive.WHOLE:
        return None
    stages = ((observed.declared_on, standard) for _, standard in stages_before_the_last(manner))
    for since, standard in (*stages, *observed.standards):
        if since <= as_of and observed.can_not_meet(standard):
            if since == observed.declared_on:
                return standard
            eve = since - dt.timedelta(days=1)
            return None if _judged(manner, observed, eve).attainment is Attainment.KEPT else standard
    return None


def _judged(manner: Manner, observed: Observed, as_of: dt.date) -> Verdict:
    match manner:
        case Reached():
            return judge_reached(manner, observed, as_of)
        case OnDueDate():
            return judge_on_due_date(manner, observed, as_of)
        case Held():
            return judge_held(manner, observed, as_of)
        case Staged():
            return judge_staged(manner, observed, as_of)
        case AsAWhole():
            return judge_as_a_whole(observed, as_of)
        case _:
            assert_never(manner)


def check_time(manner: Manner, declared_on: dt.date, due: dt.date, goal: str) -> None:
    """Raise where *manner* names days that do not lie within the time of a commit."""
    match manner:
        case Reached() | OnDueDate() | AsAWhole():
            pass
        case Held(since=since):
            if since > due:
                raise OutOfTime(("manner", "since"), since, "on or before the due date", goal=goal)
        case Staged():
            for index, (by, _) in enumerate(manner.stages):
                if not declared_on <= by < due:
                    accepted = "from the day of the declaration to the day before the due date"
                    raise OutOfTime(("manner", "stages", index, 0), by, accepted, goal=goal)
        case _:
            assert_never(manner)


def counts_from(manner: Manner, declared_on: dt.date) -> dt.date:
    """Return the first day whose reading counts."""
    match manner:
        case Reached() | OnDueDate() | Staged() | AsAWhole():
            return declared_on
        case Held():
            return max(manner.since, declared_on)
        case _:
            assert_never(manner)


def stages_before_the_last(manner: Manner) -> tuple[Stage, ...]:
    """Return what is to be reached before the due date, by date."""
    match manner:
        case Reached() | OnDueDate() | Held() | AsAWhole():
            return ()
        case Staged():
            return manner.stages
        case _:
            assert_never(manner)


def demanded_from(manner: Manner, declared_on: dt.date) -> dt.date | None:
    """Return since when every reading has to meet the standard; None where it may still come to it.

    Rule: COM-5.
    """
    return counts_from(manner, declared_on) if decisive(manner) is Decisive.EACH else None


def allowance_of(manner: Manner, observed: Observed, as_of: dt.date, look_back: int = LOOK_BACK) -> Allowance | None:
    """Return what may still go wrong as known on *as_of*; None where a manner allows nothing to, or no day has begun.

    Of what is held in a share that is the rest of the readings, or of the days; of a sum with a ceiling all below it.
    What is not observed is neither used nor left out of the total.

    Rule: COM-9.

    Args:
        manner: In which way the standard has to be met.
        observed: The readings that count.
        as_of: The date of the judgement, at the end of the day.
        look_back: Over how many of the latest days the rate of late is, at least 1.
    """
    until = observed.until(as_of)
    if until < observed.since:
        return None
    match manner:
        case Reached() | OnDueDate() | Staged():
            return None
        case Held():
            return None if manner.is_throughout else allowed_in_a_share(manner, observed, until, look_back)
        case AsAWhole():
            is_sum = observed.aggregation is Aggregation.SUM
            return allowed_below_a_ceiling(observed, until, look_back) if is_sum else None
        case _:
            assert_never(manner)


def last_to_hold(manner: Manner, observed: Observed, as_of: dt.date) -> dt.date | None:
    """Return the latest day from which it has to be met without a break; None where it is reached, not held.

    Rule: COM-3.
    """
    match manner:
        case Reached() | OnDueDate() | Staged() | AsAWhole():
            return None
        case Held():
            return last_day_to_hold(manner, observed, as_of)
        case _:
            assert_never(manner)


def declared_anew(manner: Manner, declared_on: dt.date) -> Manner:
    """Return the manner of a commit that takes up a broken one: a hold begins anew, stages are over.

    Rule: COM-7.
    """
    match manner:
        case Reached() | OnDueDate() | AsAWhole():
            return manner
        case Held():
            return attrs.evolve(manner, since=declared_on)
        case Staged():
            return Reached()
        case _:
            assert_never(manner)
