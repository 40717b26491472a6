"""Can it still be kept, until when, and is it at risk?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil

import attrs

from goalmodel.checks import are, is_a, is_date
from goalmodel.commit.staged import Stage
from goalmodel.commit.standard import Standard
from goalmodel.measure import Measure
from goalmodel.measure.row import Dated
from goalmodel.reasons import Reason, ReasonKind, spell
from goalmodel.reprs import readable

NOT_KEPT_ANY_MORE = ReasonKind("commit-beyond-saving", "COM-3", "it is not kept already: {why}", {"why": Reason})
NOT_POSSIBLE = ReasonKind(
    "commit-not-possible",
    "COM-3",
    "no value {measure} can have meets the standard of {by}: {standard}",
    {"measure": str, "by": dt.date, "standard": Standard},
)
AT_RISK = ReasonKind(
    "commit-at-risk",
    "COM-3",
    "to come to {standard} by {by} takes {required} {unit} a day, and the most it ever made is {best}",
    {"standard": Standard, "by": dt.date, "required": Fraction, "unit": str, "best": Fraction},
)
ON_COURSE = ReasonKind(
    "commit-on-course",
    "COM-3",
    "to come to {standard} by {by} takes {required} {unit} a day, and it has made {best} before",
    {"standard": Standard, "by": dt.date, "required": Fraction, "unit": str, "best": Fraction},
)
NO_PACE = ReasonKind(
    "commit-no-pace", "COM-3", "nobody knows how fast {measure} can move: it takes two readings", {"measure": str}
)


@attrs.frozen(kw_only=True)
@readable
class CommitRisk:
    """Whether a commit that is in flight can still be kept.

    Attributes:
        as_of: The date of the judgement.
        by: The next day on which something has to be reached: of a stage, or the due date; None when it is decided.
        distance: How far the latest reading is from what has to be reached then, in the measure's own unit; None
            without a reading, or when it is decided.
        required: How fast it has to move from now on, in the measure's unit a day; None where no pace is required.
        best: The fastest it ever moved that way between two readings, per day; None where no two readings tell.
        last_chance: The latest day from which the fastest pace ever made still suffices, or from which what is to be
            held must be met; the due date where neither is known; None where no day is.
        is_beyond_saving: Whether nothing that may still come can make it kept.
        reasons: What that rests on.
    """

    as_of: dt.date = attrs.field(validator=is_date)
    by: dt.date | None = attrs.field(validator=attrs.validators.optional(is_date))
    distance: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    required: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    best: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    last_chance: dt.date | None = attrs.field(validator=attrs.validators.optional(is_date))
    is_beyond_saving: bool = attrs.field(validator=is_a(bool))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    @property
    def is_at_risk(self) -> bool:
        """Whether it would have to move faster than it ever did."""
        return self.required is not None and self.best is not None and self.required > self.best

    def __str__(self) -> str:
        return (
            spell(self.reasons) if self.reasons else "nothing can be at risk any more: its time is over, or it is kept"
        )


def risk_ahead(
    ahead: Sequence[Stage],
    known: Sequence[Dated],
    *,
    measure: Measure,
    as_of: dt.date,
    last_to_hold: dt.date | None,
) -> CommitRisk:
    """Return whether what is still to be met can be, until when, and whether it is at risk.

    It is at risk when it would have to move faster, from its latest reading and from now on, than it ever moved
    between two readings. It is beyond saving when no value its measure can have will do.

    Rule: COM-3.

    Args:
        ahead: By when what has still to be met, by date; one at least.
        known: All that was read, from before the declaration as well: it tells how fast the measure can move.
        measure: What it is about.
        as_of: The date of the judgement, at the end of the day, before the first date ahead.
        last_to_hold: The latest day from which it has to be met without a break; None where it is reached, not held.
    """
    for by, standard in ahead:
        if standard.excludes(measure.lowest, measure.highest):
            why = NOT_POSSIBLE.because(measure=measure.name, by=by, standard=standard)
            return decided(as_of, (why,), is_beyond_saving=True)
    by, standard = ahead[0]
    distance = standard.distance(known[-1][1]) if known else None
    best, required = best_pace(known, standard), None
    if last_to_hold is None:
        required = distance / (by - as_of).days if distance else None
    return CommitRisk(
        as_of=as_of,
        by=by,
        distance=distance,
        required=required,
        best=best,
        last_chance=last_to_hold or _last_to_reach(by, distance, best),
        is_beyond_saving=False,
        reasons=() if required is None else (_why(measure, by, standard, required, best),),
    )


def decided(as_of: dt.date, reasons: tuple[Reason, ...], *, is_beyond_saving: bool) -> CommitRisk:
    """Return what is at risk where nothing is to come any more: that it is lost, or that it is not."""
    return CommitRisk(
        as_of=as_of,
        by=None,
        distance=None,
        required=None,
        best=None,
        last_chance=None,
        is_beyond_saving=is_beyond_saving,
        reasons=reasons,
    )


def best_pace(known: Sequence[Dated], standard: Standard) -> Fraction | None:
    """Return the fastest move between two readings that follow one another, per day, toward *standard*.

    No two readings, however far apart, moved faster. It is negative where every move led away from the standard.

    Args:
        known: Date and value of readings, oldest first.
        standard: What is to be met; the latest reading says from which side.

    Returns:
        In the measure's unit a day; None where there are no two readings, or the latest meets the standard.
    """
    if len(known) < 2 or standard.is_met(known[-1][1]):  # noqa: PLR2004 - a move takes two readings
        return None
    latest = known[-1][1]
    nearest = min(standard.either or (standard,), key=lambda each: each.distance(latest))
    sign = 1 if nearest.low is not None and latest < nearest.low else -1
    return max(sign * (later[1] - earlier[1]) / (later[0] - earlier[0]).days for earlier, later in pairwise(known))


def _last_to_reach(by: dt.date, distance: Fraction | None, best: Fraction | None) -> dt.date | None:
    if not distance or best is None:
        return by
    if best <= 0:
        return None
    ordinal = by.toordinal() - ceil(distance / best)
    return dt.date.fromordinal(ordinal) if ordinal >= 1 else None


def _why(measure: Measure, by: dt.date, standard: Standard, required: Fraction, best: Fraction | None) -> Reason:
    if best is None:
        return NO_PACE.because(measure=measure.name)
    kind = AT_RISK if required > best else ON_COURSE
    return kind.because(standard=standard, by=by, required=required, unit=measure.unit.name, best=best)
