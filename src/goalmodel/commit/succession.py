"""What may follow a goal: a commit that takes up a broken one, and a change of kind that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import unique
from operator import attrgetter

import attrs

from goalmodel.checks import Term, is_a, is_date, is_id, is_text, the, the_date, the_many, the_text
from goalmodel.commit.accountable import Support
from goalmodel.commit.amendment import in_force
from goalmodel.commit.commit import Commit, CommitAssessment
from goalmodel.commit.manner import Manner, declared_anew
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import Attainment
from goalmodel.errors import NotBroken, SameKind
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable


@unique
class GoalKind(Term):
    """A stretch, safe to fall short of, or a commit, kept or not kept."""

    KEY_RESULT = "key result"
    COMMIT = "commit"


UNRECORDED = ReasonKind(
    "goal-changed-kind-unrecorded",
    "COM-7",
    "{goal} was a {was} when its cycle began on {starts_on}, it is a {became} on {as_of}, and no record says so",
    {"goal": str, "was": GoalKind, "starts_on": dt.date, "became": GoalKind, "as_of": dt.date},
)


@attrs.frozen(kw_only=True)
@readable
class ChangeOfKind:
    """The record that a goal changed kind after its cycle began, and that those concerned were told.

    Attributes:
        goal: Id of the goal, the same before and after.
        on: When it changed, and they were told.
        was: What it was before.
        became: What it is from then on.
        reason: Why, in words.
    """

    goal: str = attrs.field(validator=is_id)
    on: dt.date = attrs.field(validator=is_date)
    was: GoalKind = attrs.field(validator=is_a(GoalKind))
    became: GoalKind = attrs.field(validator=is_a(GoalKind))
    reason: str = attrs.field(validator=is_text)

    def __attrs_post_init__(self) -> None:
        if self.was is self.became:
            raise SameKind("became", self.became)


def unrecorded_change(
    goal: str,
    *,
    was: GoalKind,
    became: GoalKind,
    starts_on: dt.date,
    as_of: dt.date,
    records: Iterable[ChangeOfKind] = (),
) -> Reason | None:
    """Return what is wrong with a goal that was of one kind and is found to be of another; None where nothing is.

    Before its cycle begins a goal may be made whatever it should be. From then on somebody is held to it or tries it,
    and every change takes a record: the records from the first day of the cycle on have to lead from the one kind to
    the other.

    Rule: COM-7.

    >>> print(
    ...     unrecorded_change(
    ...         "csat-q4",
    ...         was=GoalKind.KEY_RESULT,
    ...         became=GoalKind.COMMIT,
    ...         starts_on=dt.date(2026, 10, 1),
    ...         as_of=dt.date(2026, 12, 31),
    ...     )
    ... )
    csat-q4 was a key result when its cycle began on 2026-10-01, it is a commit on 2026-12-31, and no record says so

    Args:
        goal: Its id.
        was: What it was when its cycle began, or before.
        became: What it is on *as_of*.
        starts_on: First day of its cycle.
        as_of: The date on which it is found to be so; records after it are not seen.
        records: Of any goals, in any order.
    """
    kind, wanted = the(GoalKind, was, "was"), the(GoalKind, became, "became")
    start, end = the_date(starts_on, "starts_on"), the_date(as_of, "as_of")
    the_text(goal, "goal")
    for record in sorted(the_many(ChangeOfKind, records, "records"), key=attrgetter("on")):
        if record.goal == goal and start <= record.on <= end and record.was is kind:
            kind = record.became
    if end < start or kind is wanted:
        return None
    return UNRECORDED.because(goal=goal, was=was, became=became, starts_on=starts_on, as_of=as_of)


def recommit(
    assessment: CommitAssessment,
    *,
    id: str,  # noqa: A002 - the name the field has on every goal
    due: dt.date,
    declared_on: dt.date,
    standard: Standard | None = None,
    manner: Manner | None = None,
    support: Support | Iterable[Support] = (),
    declared_by: str | None = None,
    consequence: str | None = None,
) -> Commit:
    """Return the new commit that takes up one that was not kept, and names it.

    It is declared anew: what was promised for the old one's time, its support, its stages, its amendments, its
    consequence and what people answered, is not taken over. Measure, cadence, objectives and owner are.

    Rule: COM-7.

    Args:
        assessment: The commit that was not kept, as it was judged.
        id: The new commit's; another than the old one's.
        due: Until when, this day included.
        declared_on: When those who are held to the new one were told.
        standard: What is demanded now; where None, what was in force when the old one was due.
        manner: In which way; where None, as before: a hold begins with the new declaration, stages are over.
        support: What makes it possible this time.
        declared_by: Who declared it.
        consequence: What was said to follow if it is not kept either.

    Raises:
        NotBroken: The old commit was kept, or may still be.
        GoesInCircles: The new commit has the id of the old one.
    """
    old = the(CommitAssessment, assessment, "assessment").commit
    if assessment.attainment is not Attainment.NOT_KEPT:
        raise NotBroken("assessment", assessment.attainment)
    return attrs.evolve(
        old,
        id=id,
        due=due,
        declared_on=declared_on,
        standard=in_force(old.standards, old.due) if standard is None else standard,
        manner=declared_anew(old.manner, declared_on) if manner is None else manner,
        support=support,
        starts_on=None,
        announced=None,
        amendments=(),
        declared_by=declared_by,
        consequence=consequence,
        consents=(),
        carried_from=old.id,
    )
