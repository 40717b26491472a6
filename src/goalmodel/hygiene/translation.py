"""What another house calls a KPI, a goal, a target, an SLA or an OKR: is it here a KPI, a key result or a commit?"""

from __future__ import annotations

from enum import unique

import attrs

from goalmodel.checks import Term, are, is_a, the
from goalmodel.reasons import Reason, ReasonKind, spell
from goalmodel.reprs import readable

MUST = ReasonKind("translate-must", "HYG-2", "it must be reached in full, so it is owed: a commit")
IMPROVED = ReasonKind(
    "translate-improved", "HYG-2", "it is being moved to a target that is safe to miss by some: a key result"
)
WATCHED = ReasonKind("translate-watched", "HYG-2", "it is only watched, to see that it stays healthy: a KPI")
MUST_AND_WATCHED = ReasonKind(
    "translate-must-and-watched", "HYG-2", "what must be reached can't be only watched: which of the two is meant?"
)
IMPROVED_AND_WATCHED = ReasonKind(
    "translate-improved-and-watched", "HYG-2", "what is being improved is not only watched: which of the two is meant?"
)
MUST_WITHOUT_TARGET = ReasonKind(
    "translate-must-without-target", "HYG-2", "it must be reached, and nobody has said what: name the standard"
)
IMPROVED_WITHOUT_TARGET = ReasonKind(
    "translate-improved-without-target", "HYG-2", "it is being improved, and nobody has said how far: name a target"
)
TARGET_ONLY = ReasonKind(
    "translate-target-only", "HYG-2", "it has a target, and nobody says that it is owed or worked on: which is it?"
)
NOTHING_SAID = ReasonKind(
    "translate-nothing-said", "HYG-2", "nobody says that it is owed, worked on or watched: it is a measure, and no goal"
)


@unique
class Translation(Term):
    """What something is here, whatever it is called elsewhere."""

    KPI = "KPI"
    KEY_RESULT = "key result"
    COMMIT = "commit"
    AMBIGUOUS = "ambiguous"


@attrs.frozen(kw_only=True)
@readable
class Description:
    """Answers to four questions, with yes (True) or no (False).

    Attributes:
        must_be_reached: Must it be reached 100 %?
        is_being_improved: Is it being improved now?
        has_target: Is there a target, or a standard?
        is_only_watched: Is it only watched?
    """

    must_be_reached: bool = attrs.field(validator=is_a(bool))
    is_being_improved: bool = attrs.field(validator=is_a(bool))
    has_target: bool = attrs.field(validator=is_a(bool))
    is_only_watched: bool = attrs.field(validator=is_a(bool))


@attrs.frozen
@readable
class Translated:
    """What a description comes to.

    Attributes:
        kind: What it is here.
        reasons: Why; where it is ambiguous, every clash.
    """

    kind: Translation = attrs.field(validator=is_a(Translation))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return f"{self.kind.value}: {spell(self.reasons)}"


def translate(description: Description) -> Translated:
    """Return what *description* is here: a KPI, a key result or a commit, or ambiguous with every clash.

    Being owed goes before being improved: what must be reached is a commit, also while it is worked on.

    Rule: HYG-2.

    >>> translate(
    ...     Description(must_be_reached=True, is_being_improved=False, has_target=True, is_only_watched=False)
    ... ).kind
    <Translation.COMMIT: 'commit'>
    """
    said = the(Description, description, "description")
    must, improved, target, watched = (
        said.must_be_reached,
        said.is_being_improved,
        said.has_target,
        said.is_only_watched,
    )
    clashes = (
        (MUST_AND_WATCHED, must and watched),
        (IMPROVED_AND_WATCHED, improved and watched),
        (MUST_WITHOUT_TARGET, must and not target),
        (IMPROVED_WITHOUT_TARGET, improved and not must and not target),
        (TARGET_ONLY, target and not (must or improved or watched)),
        (NOTHING_SAID, not (must or improved or target or watched)),
    )
    clashing = tuple(kind.because() for kind, holds in clashes if holds)
    if clashing:
        return Translated(Translation.AMBIGUOUS, clashing)
    if must:
        return Translated(Translation.COMMIT, (MUST.because(),))
    if improved:
        return Translated(Translation.KEY_RESULT, (IMPROVED.because(),))
    return Translated(Translation.KPI, (WATCHED.because(),))
