"""Can a KPI's latest reading be relied on? Why its health is unknown although it has bands."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from goalmodel.measure import Measure, Reading
from goalmodel.measure.exclusion import Expectation
from goalmodel.reasons import Reason, ReasonKind

NEVER_READ = ReasonKind(
    "kpi-never-read", "KPI-3", "there is no reading of {measure} until {as_of}", {"measure": str, "as_of": dt.date}
)
STALE = ReasonKind(
    "kpi-stale",
    "KPI-3",
    "the latest reading, {reading}, could be relied on until {until} and it is {as_of}",
    {"reading": Reading, "until": dt.date, "as_of": dt.date},
)
OUT_OF_RANGE = ReasonKind(
    "kpi-out-of-range",
    "KPI-3",
    "{reading} is no value {measure} can have and is not judged",
    {"reading": Reading, "measure": str},
)


def relied_on_until(latest: dt.date, *, cadence: Expectation | None, as_of: dt.date) -> dt.date | None:
    """Return until when the reading of a day could be relied on, where that is over on *as_of*; None where it is not.

    A reading is relied on until the next one is due and its days of grace are over; without a cadence, for ever.

    Rule: KPI-3.

    Args:
        latest: The day of the latest reading that has a value.
        cadence: How often a reading is expected; None where nothing is.
        as_of: The date of the judgement.
    """
    if cadence is None or (as_of - latest).days <= cadence.surely_within(1):
        return None
    until = cadence.stale_after(latest)
    return until if as_of > until else None


def why_unknown(
    latest: Reading | None, *, measure: Measure, cadence: Expectation | None, as_of: dt.date
) -> Reason | None:
    """Return why nobody knows how healthy a KPI is on *as_of*; None where somebody does.

    Rule: KPI-3.

    Args:
        latest: Its latest reading that has a value; None where there is none.
        measure: What is read.
        cadence: How often a reading is expected; None where nothing is.
        as_of: The date of the judgement.
    """
    if latest is None:
        return NEVER_READ.because(measure=measure.name, as_of=as_of)
    until = relied_on_until(latest.on, cadence=cadence, as_of=as_of)
    return None if until is None else STALE.because(reading=latest, until=until, as_of=as_of)


def why_not_judged(written: Reading | None, measure: Measure) -> tuple[Reason, ...]:
    """Return that the last thing *written* down is no value the measure can have, where it is none."""
    if written is None or not isinstance(written.value, Fraction) or measure.can_be(written.value):
        return ()
    return (OUT_OF_RANGE.because(reading=written, measure=measure.name),)
