"""What is different between two reviews: for each goal and aspect, what it was and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import unique
from fractions import Fraction
from typing import Final, TypeAlias, cast

import attrs

from goalmodel.checks import Term, is_a, is_id, the_many
from goalmodel.commit import Attainment, Commit
from goalmodel.errors import WrongType
from goalmodel.key_result import KeyResult, Outcome, Pace, Score
from goalmodel.kpi import CompositeKpi, Health, Kpi
from goalmodel.objective import Coverage, Objective, Root
from goalmodel.reasons import spell
from goalmodel.reprs import readable
from goalmodel.trend import Heading, Standing

__all__ = ["Aspect", "AspectValue", "ReviewChange"]

AspectValue: TypeAlias = (
    Kpi
    | CompositeKpi
    | KeyResult
    | Commit
    | Objective
    | Health
    | Heading
    | Standing
    | Score
    | Outcome
    | Pace
    | Attainment
    | Coverage
    | Fraction
    | Root
    | bool
    | tuple[str, ...]
)
"""How one aspect of a goal stands."""

_KINDS = (
    Kpi,
    CompositeKpi,
    KeyResult,
    Commit,
    Objective,
    Health,
    Heading,
    Standing,
    Score,
    Outcome,
    Pace,
    Attainment,
    Coverage,
    Fraction,
    Root,
    bool,
    type(None),
)
_ACCEPTED = "a goal, a verdict, a tuple of codes, or None"


def _is_stand(_: object, attribute: attrs.Attribute[AspectValue | None], value: object) -> None:
    if isinstance(value, tuple):
        the_many(str, cast("tuple[object, ...]", value), attribute.name)
    elif not isinstance(value, _KINDS):
        raise WrongType(attribute.name, value, _ACCEPTED)


@unique
class Aspect(Term):
    """What about a goal may change from review to review."""

    GOAL = "the goal as it is defined"
    HEALTH = "the health of a KPI"
    STANDING = "where a KPI stands against what is usual"
    HEADING = "the heading of a KPI"
    IS_ACCEPTED = "whether a deviation of a KPI is accepted"
    SCORE = "the score of a key result"
    OUTCOME = "the outcome of a key result"
    PACE = "the pace of a key result"
    ATTAINMENT = "the attainment of a commit, or of the commits of an objective"
    RESULT = "what the key results of an objective come to"
    COVERAGE = "how many of the key results of an objective are scored"
    PROMOTION = "why a KPI is proposed for promotion: the codes of its reasons"
    DEFERRAL = "why a KPI whose promotion waits would be proposed: the codes of its reasons"
    DEMOTION = "why a key result is proposed for demotion: the codes of its reasons"
    CONTRADICTIONS = "what about it does not go together: the codes of the contradictions"
    MOVED_MEANWHILE = "the goals with a link that moved forward while a KPI worsened"
    RESTATEMENTS = "what was restated of its readings"
    FINDINGS = "what the linter finds: the codes"


_ORDER: Final = tuple(Aspect)


@attrs.frozen(kw_only=True)
@readable
class ReviewChange:
    """One aspect of one goal that stands otherwise than before.

    Attributes:
        goal: Id of the goal; None where it is the model as a whole.
        aspect: What changed.
        before: How it stood; None where there was nothing to say.
        after: How it stands; None where there is nothing to say any more.
    """

    goal: str | None = attrs.field(validator=attrs.validators.optional(is_id))
    aspect: Aspect = attrs.field(validator=is_a(Aspect))
    before: AspectValue | None = attrs.field(validator=_is_stand)
    after: AspectValue | None = attrs.field(validator=_is_stand)

    def __str__(self) -> str:
        before, after = ("nothing" if stand is None else spell(stand) for stand in (self.before, self.after))
        return f"{self.goal or 'the model'}: {self.aspect.value} was {before} and is {after}"


AspectValues: TypeAlias = Mapping[tuple[str | None, Aspect], AspectValue]
"""How everything stands, by goal and aspect; what there is nothing to say about is left out."""


def differences(before: AspectValues, after: AspectValues) -> tuple[ReviewChange, ...]:
    """Return what stands otherwise in *after* than in *before*: by goal, the whole model first, then by aspect."""
    differing = (key for key in {*before, *after} if before.get(key) != after.get(key))
    return tuple(
        ReviewChange(goal=goal, aspect=aspect, before=before.get((goal, aspect)), after=after.get((goal, aspect)))
        for goal, aspect in sorted(differing, key=_place)
    )


def _place(key: tuple[str | None, Aspect]) -> tuple[bool, str, int]:
    goal, aspect = key
    return goal is not None, goal or "", _ORDER.index(aspect)
