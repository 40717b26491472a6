"""What a dispute about a commit or a key result needs, as one value: who was told, what changed, and three verdicts."""

from __future__ import annotations

import datetime as dt
from typing import Final, TypeAlias

import attrs

from goalmodel.checks import are, given_or, is_a, is_date, is_id, the, the_date
from goalmodel.commit import Amendment, Attainment, Commit, Consent, Support
from goalmodel.errors import WrongType
from goalmodel.key_result import KeyResult, Revision, Score
from goalmodel.lifecycle.model_history import in_its_model
from goalmodel.measure import Exclusion, Restatement, Series
from goalmodel.measure.exclusion import agreed_by
from goalmodel.model import GoalModel
from goalmodel.reasons import Reason
from goalmodel.reprs import readable

__all__ = ["FairnessFile", "Verdict", "fairness_file"]

Verdict: TypeAlias = Attainment | Score | None
"""Whether a commit was kept, or how far a key result came; None where it has no score."""


@attrs.frozen(kw_only=True)
@readable
class FairnessFile:
    """What a dispute about a commit or a key result needs, as known on one date.

    Rule: REV-5.

    Attributes:
        goal: Id of the commit or key result.
        as_of: The date.
        as_first_judged: The verdict by the figures as they were first known, none restated.
        as_corrected: The verdict by the figures as they are known on the date.
        as_declared: The same by what was set first: no standard amended, no target revised.
        consents: Who is held to it, and what they answered by then; none of a key result, which is safe to fall short.
        support: What was named to make it possible.
        amendments: How its standard was changed by then.
        revisions: How its baseline and target were changed by then.
        exclusions: Which days were agreed by then not to count.
        restatements: Which of its figures were restated by then.
        objections: What speaks against consequences.
    """

    goal: str = attrs.field(validator=is_id)
    as_of: dt.date = attrs.field(validator=is_date)
    as_first_judged: Verdict = attrs.field(validator=is_a(Attainment, Score, type(None)))
    as_corrected: Verdict = attrs.field(validator=is_a(Attainment, Score, type(None)))
    as_declared: Verdict = attrs.field(validator=is_a(Attainment, Score, type(None)))
    consents: tuple[Consent, ...] = attrs.field(default=(), validator=are(Consent))
    support: tuple[Support, ...] = attrs.field(default=(), validator=are(Support))
    amendments: tuple[Amendment, ...] = attrs.field(default=(), validator=are(Amendment))
    revisions: tuple[Revision, ...] = attrs.field(default=(), validator=are(Revision))
    exclusions: tuple[Exclusion, ...] = attrs.field(default=(), validator=are(Exclusion))
    restatements: tuple[Restatement, ...] = attrs.field(default=(), validator=are(Restatement))
    objections: tuple[Reason, ...] = attrs.field(default=(), validator=are(Reason))

    @property
    def is_disputed(self) -> bool:
        """Whether the three verdicts are not one."""
        return not self.as_first_judged == self.as_corrected == self.as_declared

    def __str__(self) -> str:
        verdicts = (
            ("as first judged", self.as_first_judged),
            ("as corrected", self.as_corrected),
            ("as declared", self.as_declared),
        )
        told = f"; {self._counted(len(self.objections), 'objection')}" if self.objections else ""
        said = ", ".join(f"{name} {_worded(verdict)}" for name, verdict in verdicts)
        return f"{self.goal} on {self.as_of.isoformat()}: {said}{told}"

    @staticmethod
    def _counted(count: int, what: str) -> str:
        return f"{count} {what}{'' if count == 1 else 's'}"


_NO_MODEL: Final = GoalModel()


def fairness_file(
    goal: Commit | KeyResult, series: Series, *, as_of: dt.date, among: GoalModel | None = None
) -> FairnessFile:
    """Return what a dispute about *goal* needs: what was told, agreed, changed and restated, and three verdicts.

    >>> from goalmodel import Measure, Reached, Reading, Standard
    >>> uptime = Measure("uptime", unit="percent")
    >>> sla = Commit(
    ...     id="sla",
    ...     measure=uptime,
    ...     standard=Standard.at_least(99.9),
    ...     manner=Reached(),
    ...     due=dt.date(2026, 12, 31),
    ...     declared_on=dt.date(2026, 9, 1),
    ... )
    >>> told = [Reading(sla.due, 99.8), Reading(sla.due, 99.95, known_on=dt.date(2027, 1, 20))]
    >>> found = fairness_file(sla, Series(uptime, told), as_of=dt.date(2027, 2, 1))
    >>> found.as_first_judged.value, found.as_corrected.value, found.is_disputed
    ('not kept', 'kept', True)

    Rule: REV-5.

    Args:
        goal: A commit or a key result.
        series: Readings of its measure, with every version of them; what became known later is not seen.
        as_of: The date, at the end of the day.
        among: The model it stands in, which knows what it made a must of and what is promised twice; None where nobody
            asks for that.

    Raises:
        WrongMeasure: The series is of another measure, or in another unit.
    """
    the_date(as_of, "as_of")
    beside = given_or(_NO_MODEL, among, "among")
    known = the(Series, series, "series")
    restated = tuple(each for each in known.restatements if each.became.known_since <= as_of)
    match goal:
        case Commit():
            return _of_commit(goal, known, restated, as_of, beside)
        case KeyResult():
            return _of_key_result(goal, known, restated, as_of)
        case _:
            raise WrongType("goal", goal, "a Commit or a KeyResult")


def _of_commit(
    commit: Commit, series: Series, restated: tuple[Restatement, ...], as_of: dt.date, among: GoalModel
) -> FairnessFile:
    found, then = in_its_model(commit.assess(series, as_of=as_of), among), commit.known_on(as_of)
    return FairnessFile(
        goal=commit.id,
        as_of=as_of,
        as_first_judged=commit.assess(series.as_first_known, as_of=as_of).attainment,
        as_corrected=found.attainment,
        as_declared=found.as_declared,
        consents=then.consents,
        support=then.support,
        amendments=then.amendments,
        exclusions=then.exclusions,
        restatements=restated,
        objections=found.accountability.objections,
    )


def _of_key_result(
    key_result: KeyResult, series: Series, restated: tuple[Restatement, ...], as_of: dt.date
) -> FairnessFile:
    found = key_result.assess(series, as_of=as_of)
    return FairnessFile(
        goal=key_result.id,
        as_of=as_of,
        as_first_judged=key_result.assess(series.as_first_known, as_of=as_of).score,
        as_corrected=found.score,
        as_declared=found.original_score,
        revisions=tuple(each for each in key_result.revisions if each.on <= as_of),
        exclusions=agreed_by(key_result.exclusions, as_of),
        restatements=restated,
    )


def _worded(verdict: Verdict) -> str:
    if isinstance(verdict, Attainment):
        return verdict.value
    return "without a score" if verdict is None else str(verdict)
