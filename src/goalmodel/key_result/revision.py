"""A target that was changed: when, why, and what it was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

import attrs

from goalmodel.checks import is_date, is_text, named, the_many
from goalmodel.errors import OutOfOrder
from goalmodel.exact import exact
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable

REVISED = ReasonKind(
    "kr-revised", "KR-11", "the target was {was} until {on}: {reason}", {"was": Fraction, "on": dt.date, "reason": str}
)


@readable
@attrs.frozen(kw_only=True, field_transformer=named)
class Revision:
    """One change of a target.

    Attributes:
        on: From this date on, the new target is in force.
        was: The target until then, in the measure's own unit.
        reason: Why it was changed.
    """

    on: dt.date = attrs.field(validator=is_date)
    was: Fraction = attrs.field(converter=exact)
    reason: str = attrs.field(validator=is_text)


def revisions_of(given: Iterable[Revision], field: str = "value") -> tuple[Revision, ...]:
    """Return the revisions *given*, oldest first, each on a date of its own."""
    ordered = tuple(sorted(the_many(Revision, given, field), key=lambda each: each.on))
    for earlier, later in pairwise(ordered):
        if earlier.on == later.on:
            raise OutOfOrder(field, later.on, "after the date of the revision before")
    return ordered


def reasons_of(revisions: Iterable[Revision]) -> tuple[Reason, ...]:
    """Return what is to be said about *revisions*, one after the other."""
    return tuple(REVISED.because(was=each.was, on=each.on, reason=each.reason) for each in revisions)
