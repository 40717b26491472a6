"""Reached by the due date: one reading is enough."""

from __future__ import annotations

import datetime as dt

import attrs

from goalmodel.commit.observed import Observed
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import Verdict, at_the_end, kept_or_not, shortfall
from goalmodel.display import readable


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
    closest = observed.closest(as_of)
    if closest is not None and not shortfall(observed, as_of, closest, _kindest):
        return kept_or_not(manner, observed, as_of, closest, _kindest)
    return at_the_end(manner, observed, as_of, closest, _kindest)


def _kindest(observed: Observed, as_of: dt.date, number: int) -> Standard:
    """Return the standard the reading comes closest to, of those in force since its day: what was kept stays kept."""
    return observed.kindest(number, observed.until(as_of))
