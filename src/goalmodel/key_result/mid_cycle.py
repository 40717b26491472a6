"""What may happen to a key result on its way: its target is changed, or it goes on in the next cycle."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

import attrs

from goalmodel.checks import the, the_date
from goalmodel.errors import NoBaseline, NothingGiven, OutOfOrder, OutOfTime, ReachedAlready
from goalmodel.exact import Number, exact
from goalmodel.key_result.counting import Occasions, Sum
from goalmodel.key_result.key_result import KeyResult, KeyResultAssessment
from goalmodel.key_result.revision import ONCE_A_DAY, Revision
from goalmodel.key_result.target_change import TargetChange, target_of
from goalmodel.key_result.way import still_ahead
from goalmodel.measure import Absence, Aggregation, Cycle

LATER: Final = "another cycle, which begins and ends later than the one it goes on from"


def goes_on(before: Cycle, after: Cycle) -> bool:
    """Return whether a key result of the one cycle may go on in the other: it begins and ends later.

    Rule: KR-11.
    """
    return after.start > before.start and after.end > before.end


def revise(
    key_result: KeyResult,
    *,
    target: Number | TargetChange | None = None,
    baseline: Number | None = None,
    on: dt.date,
    reason: str,
) -> KeyResult:
    """Return *key_result* with another target or baseline from day *on*, and a record of what it was before and why.

    Verdicts about earlier dates stay what they were. A baseline is restated, or found at last. On one day both may be
    changed, together or one after the other.

    Rule: KR-11.

    Args:
        key_result: The key result.
        target: The new one, in the measure's own unit, or as a change from the baseline; as before where None.
        baseline: The new one, in the measure's own unit; as before where None.
        on: From when it is in force; not before an earlier revision, nor on the day of one of the same.
        reason: Why it was changed.

    Raises:
        OutOfOrder: An earlier revision is of a later date, or one of the same is of that date.
        NothingGiven: Neither is given.
        OutOfTime: The cycle is over on that date.
        TargetEqualsBaseline: The new target would leave the measure where it started.
    """
    before = the(KeyResult, key_result, "key_result").revisions
    if before and the_date(on, "on") < before[-1].on:
        raise OutOfOrder("on", on, "on or after the date of the revision before")
    if target is None and baseline is None:
        raise NothingGiven("target", None, "a target, a baseline, or both")
    that_day = [each for each in before if each.on == on]
    if any((baseline if each.is_of_baseline else target) is not None for each in that_day):
        raise OutOfOrder("on", on, f"after the date of the revision before: {ONCE_A_DAY}")
    was, start = key_result.baseline, None if baseline is None else exact(baseline, "baseline")
    revision = Revision(
        on=on,
        was=key_result.target,
        reason=reason,
        baseline_was=None if start is None else Absence.NOT_MEASURED if was is None else was,
    )
    return attrs.evolve(
        key_result,
        baseline=was if start is None else start,
        target=key_result.target if target is None else target_of(target),
        revisions=(*before, revision),
    )


def carry_over(
    assessment: KeyResultAssessment,
    *,
    cycle: Cycle,
    id: str,  # noqa: A002 - the name the field has on every goal
    target: Number | TargetChange | None = None,
) -> KeyResult:
    """Return the key result that goes on in another *cycle* where this one stands.

    Its baseline is what this one came to, also where nobody knew one before; a sum begins again at 0, and a greatest or
    least at the latest reading, for no reading of the new cycle is known yet. It remembers
    which one it continues, and the KPI it was promoted from. Tiers that lie behind are left out; revisions and a
    declared trajectory belong to the cycle that is left behind.

    Rule: KR-11.

    Args:
        assessment: The key result as it stands.
        cycle: When it goes on.
        id: The new key result's.
        target: Where it is to come, or by how much; the same as before where None.

    Raises:
        NoBaseline: It came to nothing that could be a baseline: it was never read, or adds up to a baseline that nobody
            knows.
        ReachedAlready: It stands at or past its target, and no other is given.
        TargetEqualsBaseline: It stands on the target that is given.
        OutOfTime: The *cycle* is its own: it does not begin and end later.
    """
    before = the(KeyResultAssessment, assessment, "assessment").in_force
    if not goes_on(before.cycle, the(Cycle, cycle, "cycle")):
        raise OutOfTime("cycle", cycle, LATER, goal=before.id)
    begins_again = before.counting is Aggregation.SUM or isinstance(before.counting, Occasions)
    is_extreme, latest = before.counting in (Aggregation.GREATEST, Aggregation.LEAST), assessment.latest
    stands_at = latest.known if is_extreme and latest is not None else assessment.current_value
    baseline = Fraction(0) if begins_again else stands_at
    if baseline is None or (before.counting is Sum.ADDED and before.baseline is None):
        raise NoBaseline(("assessment", "key_result", "baseline"), None, goal=before.id)
    if target is None and not begins_again and assessment.is_reached:
        raise ReachedAlready("target", before.target_value, goal=before.id)
    aim = before.target if target is None else target_of(target)
    end = aim if isinstance(aim, Fraction) else aim.applied(baseline, before.measure)
    return attrs.evolve(
        before,
        id=id,
        baseline=baseline,
        target=end,
        cycle=cycle,
        path=still_ahead(before.path, baseline, end),
        trajectory=None,
        revisions=(),
        continues=before.id,
    )
