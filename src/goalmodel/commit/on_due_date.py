"""Standing on the due date: the latest reading decides."""

from __future__ import annotations

import datetime as dt

import attrs

from goalmodel.commit.amendment import in_force
from goalmodel.commit.observed import Observed
from goalmodel.commit.verdict import Deciding, NamedManner, Verdict, at_the_end
from goalmodel.reprs import readable


@NamedManner.register
@attrs.frozen
@readable
class OnDueDate:
    """Standing on the due date: the latest reading then meets the standard, whatever was before."""

    def __str__(self) -> str:
        return "standing on the due date"


def judge_on_due_date(manner: OnDueDate, observed: Observed, as_of: dt.date) -> Verdict:
    """Return whether the latest reading meets the standard then in force; only what is missing after it matters.

    Rules: COM-1, COM-2, COM-3.
    """
    count = observed.count(as_of)
    if not count:
        return at_the_end(manner, observed, as_of, None)
    latest = observed.reading(count - 1)
    deciding = Deciding.of(latest, in_force(observed.standards, observed.until(as_of)))
    return at_the_end(manner, observed, as_of, deciding, since=observed.rests_from(count - 1))
