"""Reached by the due date: one reading is enough."""

from __future__ import annotations

import datetime as dt

import attrs

from goalmodel.commit.observed import Observed
from goalmodel.commit.verdict import Deciding, Verdict, at_the_end, kept_or_not
from goalmodel.reprs import readable


@readable
@attrs.frozen
class Reached:
    """Reached by the due date: one reading that meets the standard is enough."""

    def __str__(self) -> str:
        return "reached by the due date"


def judge_reached(manner: Reached, observed: Observed, as_of: dt.date) -> Verdict:
    """Return whether a reading has met the standard: the closest one tells.

    Rules: COM-1, COM-2, COM-3.
    """
    closest, deciding = observed.closest(as_of), None
    if closest is not None:
        # What was kept stays kept: it is held against the kindest of the standards in force since its day.
        deciding = Deciding.of(observed.reading(closest), observed.kindest(closest, observed.until(as_of)))
        if deciding.is_met:
            return kept_or_not(manner, deciding)
    return at_the_end(manner, observed, as_of, deciding)
