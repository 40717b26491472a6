"""Reached by the due date: one reading is enough."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from goalmodel.commit.observed import Observed
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import Attainment, Deciding, NamedManner, Verdict, at_the_end, kept_or_not
from goalmodel.reasons import ReasonKind
from goalmodel.reprs import readable

FIGURE_MET = ReasonKind(
    "commit-figure-met",
    "FIG-3",
    "{value} from {start} to {end} meets the standard of {standard}, whatever is still read",
    {"value": Fraction, "start": dt.date, "end": dt.date, "standard": Standard},
)


@NamedManner.register
@attrs.frozen
@readable
class Reached:
    """Reached by the due date: one reading that meets the standard is enough."""

    def __str__(self) -> str:
        return "reached by the due date"


def judge_reached(manner: Reached, observed: Observed, as_of: dt.date) -> Verdict:
    """Return whether a reading has met the standard: the closest one tells; or a figure that nothing can undo will.

    Rules: COM-1, COM-2, COM-3.
    """
    closest, deciding = observed.closest(as_of), None
    if closest is not None:
        # What was kept stays kept: it is held against the kindest of the standards in force since its day.
        deciding = Deciding.of(observed.reading(closest), observed.kindest(closest, observed.until(as_of)))
        if deciding.is_met:
            return kept_or_not(manner, deciding)
    foreseen = observed.decided_early(as_of, is_met=True)
    if foreseen is not None:
        figure, standard = foreseen
        start, end = figure.period.start, figure.period.end
        why = FIGURE_MET.because(value=figure.value, start=start, end=end, standard=standard)
        return Verdict(Attainment.KEPT, None, None, why)
    return at_the_end(manner, observed, as_of, deciding)
