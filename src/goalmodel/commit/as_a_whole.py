"""As a whole: what all readings of its time come to decides."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from goalmodel.commit.amendment import in_force
from goalmodel.commit.observed import Observed
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import READINGS_MISSING, Attainment, Verdict, nothing_read, still_waiting
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


@readable
@attrs.frozen
class AsAWhole:
    """As a whole: what all readings of its time come to, combined as the measure says, meets the standard.

    >>> str(AsAWhole())
    'as a whole'
    """

    def __str__(self) -> str:
        return "as a whole"


def judge_as_a_whole(manner: AsAWhole, observed: Observed, as_of: dt.date) -> Verdict:  # noqa: ARG001 - it says no more
    """Return whether the sum, mean, pooled share, greatest or least of its time meets the standard in force.

    Decided early is only what nothing that may still come could change: by what the measure can have, and by the days
    that are left, for there is one reading a day.

    Rules: COM-1, COM-2, COM-3.
    """
    standard, figure = in_force(observed.standards, observed.until(as_of)), observed.whole(as_of)
    least, greatest = observed.still_possible(as_of)
    deciding = None if figure is None else observed.dated(figure, as_of)
    distance = None if figure is None else standard.distance(figure)
    if figure is not None and _always_meets(standard, least, greatest):
        facts = {"value": figure, "aggregation": observed.aggregation, "since": observed.since, "standard": standard}
        return Verdict(Attainment.KEPT, deciding, distance, WHOLE_MET.because(**facts))
    if standard.excludes(least, greatest):
        if figure is None or not distance:
            why = OUT_OF_REACH.because(due=observed.due, standard=standard)
        else:
            facts = {"value": figure, "aggregation": observed.aggregation, "since": observed.since}
            why = WHOLE_NOT_MET.because(**facts, distance=distance, standard=standard)
        return Verdict(Attainment.NOT_KEPT, deciding, distance, why)
    waiting = still_waiting(observed, as_of)
    if waiting is not None:
        return Verdict(waiting[0], deciding, distance, waiting[1])
    missing = observed.missing(observed.since, as_of)
    why = (
        nothing_read(observed)
        if figure is None
        else READINGS_MISSING.because(since=observed.since, until=observed.due, missing=missing)
    )
    return Verdict(Attainment.UNKNOWN, deciding, distance, why)


def _always_meets(standard: Standard, least: Fraction | None, greatest: Fraction | None) -> bool:
    is_low_enough = standard.high is None or (greatest is not None and greatest <= standard.high)
    is_high_enough = standard.low is None or (least is not None and least >= standard.low)
    return is_low_enough and is_high_enough
