"""As a whole: what all readings of its time come to decides."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import attrs

from goalmodel.commit.amendment import in_force
from goalmodel.commit.observed import Observed
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import READINGS_MISSING, Attainment, NamedManner, Verdict, nothing_read, still_waiting
from goalmodel.measure import Aggregation
from goalmodel.reasons import ReasonKind
from goalmodel.reprs import readable

WHOLE_MET = ReasonKind(
    "commit-whole-met",
    "COM-1",
    "{value}, {aggregation} since {since}, meets the standard, {standard}",
    {"value": Fraction, "aggregation": Aggregation, "since": dt.date, "standard": Standard},
)
WHOLE_NOT_MET = ReasonKind(
    "commit-whole-not-met",
    "COM-1",
    "{value}, {aggregation} since {since}, is {distance} short of the standard, {standard}",
    {"value": Fraction, "aggregation": Aggregation, "since": dt.date, "distance": Fraction, "standard": Standard},
)
OUT_OF_REACH = ReasonKind(
    "commit-out-of-reach",
    "COM-3",
    "nothing that can still be read until {due} comes to the standard, {standard}",
    {"due": dt.date, "standard": Standard},
)


@NamedManner.register
@attrs.frozen
@readable
class AsAWhole:
    """As a whole: what all readings of its time come to, combined as the measure says, meets the standard.

    >>> str(AsAWhole())
    'as a whole'
    """

    def __str__(self) -> str:
        return "as a whole"


def judge_as_a_whole(observed: Observed, as_of: dt.date) -> Verdict:
    """Return whether the sum, mean, pooled share, greatest or least of its time meets the standard in force.

    Decided early is only what nothing that may still come could change: by what the measure can have, and by the days
    that are left, for there is one reading a day. What was decided under one standard another does not turn round.

    Rules: COM-1, COM-2, COM-3, COM-6, FIG-4.
    """
    until = observed.until(as_of)
    for (_, standard), (since, _) in pairwise(observed.standards):
        if since <= until:
            given = _decided(observed, standard, since - dt.timedelta(days=1))
            if given is not None:
                return given
    standard = in_force(observed.standards, until)
    return _decided(observed, standard, as_of) or _undecided(observed, standard, as_of)


def _decided(observed: Observed, standard: Standard, as_of: dt.date) -> Verdict | None:
    """Return the verdict under a standard that nothing which may still come could change; None while there is none."""
    figure = observed.judged_whole(as_of)
    least, greatest = observed.still_possible(figure, as_of)
    if figure is None:
        why = OUT_OF_REACH.because(due=observed.due, standard=standard)
        return Verdict(Attainment.NOT_KEPT, None, None, why) if standard.excludes(least, greatest) else None
    deciding, distance = observed.dated(figure, as_of), standard.distance(figure)
    facts = {"value": figure, "aggregation": observed.aggregation, "since": observed.since, "standard": standard}
    if standard.covers(least, greatest):
        return Verdict(Attainment.KEPT, deciding, distance, WHOLE_MET.because(**facts))
    if not standard.excludes(least, greatest):
        return None
    why = (
        WHOLE_NOT_MET.because(**facts, distance=distance)
        if not standard.is_met(figure)
        else OUT_OF_REACH.because(due=observed.due, standard=standard)
    )
    return Verdict(Attainment.NOT_KEPT, deciding, distance, why)


def _undecided(observed: Observed, standard: Standard, as_of: dt.date) -> Verdict:
    """Return why there is no verdict: more may come, nothing was read, or what is missing could have changed it."""
    figure, waiting = observed.judged_whole(as_of), still_waiting(observed, as_of)
    if waiting is None and figure is None:
        waiting = Attainment.UNKNOWN, nothing_read(observed)
    if waiting is None:
        missing = observed.missing(observed.since, as_of)
        why = READINGS_MISSING.because(since=observed.since, until=observed.due, missing=missing)
        waiting = Attainment.UNKNOWN, why
    if figure is None:
        return Verdict(waiting[0], None, None, waiting[1])
    return Verdict(waiting[0], observed.dated(figure, as_of), standard.distance(figure), waiting[1])
