"""What may happen to a key result on its way: its target is changed, or it goes on in the next cycle."""

from __future__ import annotations

import datetime as dt

import attrs

from goalmodel.doors import the, the_date
from goalmodel.exact import Number
from goalmodel.key_result.change import Change
from goalmodel.key_result.counting import Aggregation, Occasions
from goalmodel.key_result.key_result import KeyResult, KeyResultAssessment, NoBaseline
from goalmodel.key_result.revision import Revision, RevisionsOutOfOrder
from goalmodel.measure import Cycle


def revise(key_result: KeyResult, *, target: Number | Change, on: dt.date, reason: str) -> KeyResult:
    """Return *key_result* with another target from day *on*, and with a record of what it was before and why.

    Verdicts about earlier dates stay what they were.

    Rule: KR-11.

    Args:
        key_result: The key result.
        target: The new one, in the measure's own unit, or as a change from the baseline.
        on: From when it is in force, after every earlier revision.
        reason: Why it was changed.

    Raises:
        RevisionsOutOfOrder: An earlier revision is of that date, or a later one.
        TargetEqualsBaseline: The new target would leave the measure where it started.
    """
    before = the(KeyResult, key_result, "key_result").revisions
    if before and the_date(on, "on") <= before[-1].on:
        raise RevisionsOutOfOrder("on", on)
    revision = Revision(on=on, was=key_result.target, reason=reason)
    return attrs.evolve(key_result, target=target, revisions=(*before, revision))


def carry_over(
    assessment: KeyResultAssessment,
    *,
    cycle: Cycle,
    id: str,  # noqa: A002 - the name the field has on every goal
    target: Number | Change | None = None,
) -> KeyResult:
    """Return the key result that goes on in another *cycle* where this one stands.

    Its baseline is what this one came to; a sum begins again at 0. It remembers which one it continues, and the KPI
    it was promoted from. Revisions and a declared trajectory belong to the cycle that is left behind.

    Rule: KR-11.

    Args:
        assessment: The key result as it stands.
        cycle: When it goes on.
        id: The new key result's.
        target: Where it is to come, or by how much; the same as before where None.

    Raises:
        NoBaseline: It came to nothing that could be a baseline: it was never read.
        TargetEqualsBaseline: It stands on its target already.
    """
    before = the(KeyResultAssessment, assessment, "assessment").key_result
    begins_again = before.counting is Aggregation.SUM or isinstance(before.counting, Occasions)
    baseline = 0 if begins_again else assessment.value
    if baseline is None:
        raise NoBaseline("assessment", before.id)
    return attrs.evolve(
        before,
        id=id,
        baseline=baseline,
        target=before.target if target is None else target,
        cycle=cycle,
        trajectory=None,
        revisions=(),
        continues=before.id,
    )
