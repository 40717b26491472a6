"""What a system says of plain facts, what goalmodel says of them, and what makes the difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.checks import are, is_a, is_date, is_text, the
from goalmodel.objective import Root
from goalmodel.profiles.difference import Difference
from goalmodel.profiles.expected import Expected
from goalmodel.profiles.facts import Facts
from goalmodel.profiles.kept import Kept
from goalmodel.profiles.progress import Progress
from goalmodel.profiles.rolled_up import RolledUp
from goalmodel.profiles.rules import ASKED, Question, Rules, Said, steps_to
from goalmodel.profiles.words import Light, Word, Words
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable

_SPELLED: Final = str | Fraction | Root | Word
"""What is said, as a reason holds it: yes, no and nothing are words."""

SAID = ReasonKind("profile-said", "PROF-1", "{system} says {said}", {"system": str, "said": _SPELLED})
NOTHING = ReasonKind("profile-nothing-said", "PROF-1", "of these facts {system} says nothing", {"system": str})
NO_RULE = ReasonKind(
    "profile-no-rule", "PROF-1", "{system} publishes no rule for {question}", {"system": str, "question": Question}
)
DIFFERENCE = ReasonKind(
    "profile-differs",
    "PROF-1",
    "{difference}: {before} becomes {after}",
    {"difference": Difference, "before": _SPELLED, "after": _SPELLED},
)


@attrs.frozen
@readable
class Answer:
    """What one system says to one question about one goal, beside what goalmodel says.

    Attributes:
        system: Its name.
        question: What was asked.
        said: What it says: a share of 1 (of another thing where the rule is about another), a word, yes or no; None
            for nothing.
        ours: What goalmodel says of the same facts.
        differences: What makes the two differ, in the order in which it is applied; none where they agree.
        reasons: Each difference with what it made of what, or why nothing is said.
    """

    system: str = attrs.field(validator=is_text)
    question: Question = attrs.field(validator=is_a(Question))
    said: Said = attrs.field(validator=is_a(Fraction, Root, Word, bool, type(None)), kw_only=True)
    ours: Said = attrs.field(validator=is_a(Fraction, Root, Word, bool, type(None)), kw_only=True)
    differences: tuple[Difference, ...] = attrs.field(default=(), validator=are(Difference), kw_only=True)
    reasons: tuple[Reason, ...] = attrs.field(default=(), validator=are(Reason), kw_only=True)

    def __str__(self) -> str:
        return "; ".join(str(reason) for reason in self.reasons)


def same(one: Said, other: Said) -> bool:
    """Return whether two systems say the same: equal numbers, or words of one light."""
    return _meaning(one) == _meaning(other)


def _meaning(said: Said) -> object:
    match said:
        case Word(light=Light.NONE):
            return None
        case Word():
            return said.light
        case bool():
            return str(said)
        case _:
            return said


@attrs.frozen(kw_only=True)
@readable
class Profile:
    """How one system judges, by its published rules; a policy that is None is one it publishes no rule for.

    What a system leaves to its users is set with ``attrs.evolve``.

    Attributes:
        name: The system.
        source: Where its rule is published: an address, or a repository with its commit and file.
        read: The day on which the rule was read there.
        progress: How far a goal has come.
        words: What it is called.
        kept: Whether it is met.
        expected: How much was to be come by now.
        roll_up: How parts become one.
    """

    name: str = attrs.field(validator=is_text)
    source: str = attrs.field(validator=is_text)
    read: dt.date = attrs.field(validator=is_date)
    progress: Progress | None = attrs.field(default=None, validator=is_a(Progress, type(None)))
    words: Words | None = attrs.field(default=None, validator=is_a(Words, type(None)))
    kept: Kept | None = attrs.field(default=None, validator=is_a(Kept, type(None)))
    expected: Expected | None = attrs.field(default=None, validator=is_a(Expected, type(None)))
    roll_up: RolledUp | None = attrs.field(default=None, validator=is_a(RolledUp, type(None)))

    def answer(self, facts: Facts, question: Question) -> Answer:
        """Return what this system says to *question* about *facts*, and what makes it differ from goalmodel's answer.

        The system is followed from goalmodel's rules to its own, one difference after the other: a difference counts
        where it changes the answer on the way. Where both ends of the way are the same, none counts.

        Rule: PROF-1.

        >>> from goalmodel.profiles import PROFILES, Facts, Question
        >>> said = PROFILES["Feedback4e"].answer(Facts(baseline=10, target=20, value=16), Question.PROGRESS)
        >>> str(said.said), str(said.ours), [str(difference) for difference in said.differences]
        ('4/5', '3/5', ['baseline-ignored'])

        Args:
            facts: What is known of the goal.
            question: What is asked.
        """
        asked = ASKED[the(Question, question, "question")]
        the(Facts, facts, "facts")
        told = [(difference, asked(facts, rules)) for difference, rules in self._path]
        ours, said = told[0][1], told[-1][1]
        if getattr(self, _POLICY_OF[question]) is None:
            reason = NO_RULE.because(system=self.name, question=question)
            differs = () if same(ours, None) else (Difference.NOT_PUBLISHED,)
            return Answer(self.name, question, said=None, ours=ours, differences=differs, reasons=(reason,))
        reasons = [_stated(self.name, said)]
        differences: list[Difference] = []
        if not same(ours, said):
            for (_, before), (difference, after) in pairwise(told):
                if not same(before, after):
                    differences.append(difference)
                    reasons.append(DIFFERENCE.because(difference=difference, before=_told(before), after=_told(after)))
        once = tuple(dict.fromkeys(differences))
        return Answer(self.name, question, said=said, ours=ours, differences=once, reasons=tuple(reasons))

    def answers(self, facts: Facts) -> tuple[Answer, ...]:
        """Return what this system says to every question about *facts*, in the order of the questions."""
        return tuple(self.answer(facts, question) for question in Question)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """In what the rules of this system differ from goalmodel's, whatever the facts."""
        return tuple(dict.fromkeys(difference for difference, _ in self._path[1:]))

    @cached_property
    def _path(self) -> tuple[tuple[Difference, Rules], ...]:
        """The way from goalmodel's rules to this system's; where it publishes no rule, it keeps ours."""
        published = {name: policy for name in _POLICY_OF.values() if (policy := getattr(self, name)) is not None}
        return steps_to(Rules(**published))


_POLICY_OF: Final[Mapping[Question, str]] = MappingProxyType(
    {
        Question.PROGRESS: "progress",
        Question.WORD: "words",
        Question.KEPT: "kept",
        Question.EXPECTED: "expected",
        Question.ROLLED_UP: "roll_up",
    }
)


def _stated(system: str, said: Said) -> Reason:
    return NOTHING.because(system=system) if said is None else SAID.because(system=system, said=_told(said))


def _told(said: Said) -> str | Fraction | Root | Word:
    match said:
        case None:
            return "nothing"
        case bool():
            return "yes" if said else "no"
        case _:
            return said
