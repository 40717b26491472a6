"""A target or a baseline that was changed: when, why, and what it was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeAlias

import attrs

from goalmodel.checks import is_date, is_text, named, the_many
from goalmodel.errors import OutOfOrder, RelativeToNothing
from goalmodel.exact import Number, exact
from goalmodel.key_result.target_change import TargetChange, target_of
from goalmodel.measure import Absence, Measure
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable

REVISED = ReasonKind(
    "kr-revised",
    "KR-11",
    "the target was {was} until {on}: {reason}",
    {"was": Fraction | TargetChange, "on": dt.date, "reason": str},
)
BASELINE_RESTATED = ReasonKind(
    "kr-baseline-restated",
    "KR-11",
    "the baseline was {was} until {on}: {reason}",
    {"was": Fraction, "on": dt.date, "reason": str},
)
BASELINE_FOUND = ReasonKind(
    "kr-baseline-found", "KR-11", "nobody knew the baseline until {on}: {reason}", {"on": dt.date, "reason": str}
)

Way: TypeAlias = tuple[Fraction | None, Fraction | TargetChange]
"""Baseline and target; no baseline while nobody knows it."""


def _baseline_before(given: Number | Absence | None, field: str = "value") -> Fraction | Absence | None:
    return given if given is None or isinstance(given, Absence) else exact(given, field)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Revision:
    """One change of a target, of a baseline, or of both.

    Attributes:
        on: From this date on, the new one is in force.
        was: The target until then, in the measure's own unit; while nobody knew the baseline, perhaps as a change.
        reason: Why it was changed.
        baseline_was: The baseline until then, in the measure's own unit; the absence it had while nobody knew it; None
            where only the target was revised.
    """

    on: dt.date = attrs.field(validator=is_date)
    was: Fraction | TargetChange = attrs.field(converter=target_of)
    reason: str = attrs.field(validator=is_text)
    baseline_was: Fraction | Absence | None = attrs.field(default=None, converter=_baseline_before)

    @property
    def is_of_baseline(self) -> bool:
        """Whether the baseline was restated or found, by itself or together with the target."""
        return self.baseline_was is not None


ONCE_A_DAY: Final = "on one day a target and a baseline may each be revised once"


def revisions_of(given: Iterable[Revision], field: str = "value") -> tuple[Revision, ...]:
    """Return the revisions *given*, oldest first; of one date, as they were given, one of the baseline and one not."""
    ordered = tuple(sorted(the_many(Revision, given, field), key=lambda each: each.on))
    taken = set[tuple[dt.date, bool]]()
    for each in ordered:
        if (each.on, each.is_of_baseline) in taken:
            raise OutOfOrder(field, each.on, f"after the date of the revision before: {ONCE_A_DAY}")
        taken.add((each.on, each.is_of_baseline))
    return ordered


def ways_of(now: Way, revisions: tuple[Revision, ...]) -> tuple[Way, ...]:
    """Return baseline and target before each revision, oldest first, and behind the last of them."""
    ways = [now]
    for each in reversed(revisions):
        ways.append((_baseline(each, ways[-1][0]), each.was))
    return tuple(reversed(ways))


def _baseline(revision: Revision, after: Fraction | None) -> Fraction | None:
    """Return the baseline before a *revision* that left the one *after* it."""
    was = revision.baseline_was
    return after if was is None else None if isinstance(was, Absence) else was


def settled(target: Fraction | TargetChange, baseline: Fraction | None, measure: Measure) -> Fraction | TargetChange:
    """Return a *target* that may be given as a change as the number it comes to, where the *baseline* says which."""
    if isinstance(target, Fraction) or baseline is None:
        return target
    try:
        return target.applied(baseline, measure)
    except RelativeToNothing:
        return target


def reasons_of(now: Way, revisions: tuple[Revision, ...], measure: Measure) -> tuple[Reason, ...]:
    """Return what is to be said about *revisions*, one after the other."""
    ways = pairwise(ways_of(now, revisions))
    return tuple(
        reason
        for each, (before, after) in zip(revisions, ways, strict=True)
        for reason in _why(each, before, after, measure)
    )


def _why(revision: Revision, before: Way, after: Way, measure: Measure) -> Iterable[Reason]:
    on, reason = revision.on, revision.reason
    (baseline, target), (then, aim) = before, after
    if baseline is None and then is not None:
        yield BASELINE_FOUND.because(on=on, reason=reason)
    elif baseline is not None and baseline != then:
        yield BASELINE_RESTATED.because(was=baseline, on=on, reason=reason)
    if settled(target, then, measure) != aim:
        yield REVISED.because(was=target, on=on, reason=reason)
