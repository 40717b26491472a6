"""Will this process meet the line at all? What its natural limits leave to chance."""

from __future__ import annotations

import datetime as dt
from enum import unique
from fractions import Fraction

import attrs

from goalmodel.checks import Term, are, is_a, the, the_date
from goalmodel.kpi.health import HealthBands
from goalmodel.kpi.kpi import NO_BANDS, Kpi, KpiHistory
from goalmodel.measure import Series
from goalmodel.reasons import Reason, ReasonKind, spell
from goalmodel.reprs import readable
from goalmodel.trend import ProcessLimits, Standing, TrendPolicy


@unique
class Assurance(Term):
    """Whether a process meets its line, as long as nothing about it changes."""

    CONSISTENTLY_MEETS = "consistently meets the line"
    CONSISTENTLY_FALLS_SHORT = "consistently falls short of the line"
    HIT_OR_MISS = "meets the line by chance"
    UNDETERMINED = "undetermined"


ASSURED = ReasonKind(
    "kpi-assurance",
    "KPI-5",
    "{assurance}: readings are to be expected from {low} to {high}, and {edge} is an edge",
    {"assurance": Assurance, "low": Fraction, "high": Fraction, "edge": Fraction},
)


@attrs.frozen(kw_only=True)
@readable
class AssuranceVerdict:
    """Whether a KPI's process meets its line, and why.

    Attributes:
        assurance: The answer.
        limits: The natural process limits it rests on, in the measure's own unit; None where they are not known.
        reasons: Why.
    """

    assurance: Assurance = attrs.field(validator=is_a(Assurance))
    limits: ProcessLimits | None = attrs.field(validator=is_a(ProcessLimits, type(None)))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return spell(self.reasons)


def assured(limits: ProcessLimits, bands: HealthBands) -> Assurance:
    """Return whether a process with these natural *limits* meets the healthy zone of *bands*.

    It consistently meets it where both limits lie inside every edge, and consistently falls short where both lie
    outside one. A limit exactly on an edge is hit or miss, unless that edge is not healthy itself.

    >>> assured(process_limits([9, 9.2, 8.8, 9]), HealthBands.at_least(8))
    <Assurance.CONSISTENTLY_MEETS: 'consistently meets the line'>

    Source: NHS England, "Making Data Count", assurance icons; on the edge as in nhs-r-community/NHSRplotthedots.
    """
    the(ProcessLimits, limits, "limits")
    low, high = the(HealthBands, bands, "bands").low, bands.high
    is_below = low is not None and (limits.high < low or (limits.high == low and low in bands.open_cuts))
    is_above = high is not None and (limits.low > high or (limits.low == high and high in bands.open_cuts))
    if is_below or is_above:
        return Assurance.CONSISTENTLY_FALLS_SHORT
    if (low is None or limits.low > low) and (high is None or limits.high < high):
        return Assurance.CONSISTENTLY_MEETS
    return Assurance.HIT_OR_MISS


def assurance(kpi: Kpi, series: Series, *, as_of: dt.date, policy: TrendPolicy | None = None) -> AssuranceVerdict:
    """Return whether the process behind *kpi* meets its line at all, by the natural limits of its reference.

    Args:
        kpi: With bands; without, that is the reason.
        series: Readings of the KPI's measure; those after *as_of* are not seen.
        as_of: The date of the judgement, at the end of the day.
        policy: What is usual, where the KPI does not say so itself; seasons play no part.

    Raises:
        WrongMeasure: The series is of another measure, or in another unit.
    """
    return assurance_on(KpiHistory(kpi, series, policy), the_date(as_of, "as_of"))


def assurance_on(history: KpiHistory, as_of: dt.date) -> AssuranceVerdict:
    """Return `assurance` of a KPI whose history is at hand."""
    history, kpi = history.as_known(as_of), history.kpi.in_force(as_of)
    if kpi.bands is None:
        return _undetermined(NO_BANDS.because(measure=kpi.measure.name))
    phase, reference = history.as_read.phase(as_of, history.view.count(as_of))
    found = history.as_read.cut(phase, unbroken=len(phase), reference=reference, as_of=as_of)
    limits = found.usual
    standing, reasons = found.against_usual("assurance", lambda _: (Standing.AS_USUAL, ()), window=0)
    if standing is Standing.UNDETERMINED or limits is None:
        return _undetermined(*reasons)
    answer = assured(limits, kpi.bands)
    edges = [edge for edge in (kpi.bands.low, kpi.bands.high) if edge is not None]
    why = [ASSURED.because(assurance=answer, low=limits.low, high=limits.high, edge=edge) for edge in edges]
    return AssuranceVerdict(assurance=answer, limits=limits, reasons=(*why, *reasons))


def _undetermined(*reasons: Reason) -> AssuranceVerdict:
    return AssuranceVerdict(assurance=Assurance.UNDETERMINED, limits=None, reasons=reasons)
