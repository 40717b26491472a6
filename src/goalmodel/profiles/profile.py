"""What a system says of plain facts, what goalmodel says of them, and what makes the difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum, unique
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

import attrs

from goalmodel.checks import are, is_a, is_date, is_text, the
from goalmodel.objective import Root
from goalmodel.profiles.amount import Amount, is_above
from goalmodel.profiles.difference import Difference
from goalmodel.profiles.expected import Expected, expected_of
from goalmodel.profiles.facts import Facts
from goalmodel.profiles.fields import DIFFERS
from goalmodel.profiles.kept import Kept, meets
from goalmodel.profiles.progress import Formula, Progress, difference_of, progress_of, value_of
from goalmodel.profiles.rolled_up import RolledUp, rolled_up_of
from goalmodel.profiles.words import (
    Basis,
    Light,
    Word,
    Words,
    level_of,
    with_our_basis,
    with_our_cuts,
    with_our_edges,
    with_our_gaps,
    with_our_phases,
)
from goalmodel.reasons import Reason, ReasonKind

_SPELLED: Final = str | Fraction | Root | Word
"""What is said, as a reason holds it: yes, no and nothing are words."""

SAID = ReasonKind("profile-said", "PROF-1", "{system} says {said}", {"system": str, "said": _SPELLED})
NOTHING = ReasonKind("profile-nothing-said", "PROF-1", "of these facts {system} says nothing", {"system": str})

Said: TypeAlias = Fraction | Root | Word | bool | None
"""What is said: a share, a word, yes or no, or nothing."""


@unique
class Question(StrEnum):
    """What a system can be asked about plain facts."""

    PROGRESS = "progress"
    WORD = "word"
    KEPT = "kept"
    EXPECTED = "expected"
    ROLLED_UP = "rolled up"


NO_RULE = ReasonKind(
    "profile-no-rule", "PROF-1", "{system} publishes no rule for {question}", {"system": str, "question": Question}
)
DIFFERENCE = ReasonKind(
    "profile-differs",
    "PROF-1",
    "{difference}: {before} becomes {after}",
    {"difference": Difference, "before": _SPELLED, "after": _SPELLED},
)


@attrs.frozen(kw_only=True)
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
    said: Said = attrs.field(validator=is_a(Fraction, Root, Word, bool, type(None)))
    ours: Said = attrs.field(validator=is_a(Fraction, Root, Word, bool, type(None)))
    differences: tuple[Difference, ...] = attrs.field(default=(), validator=are(Difference))
    reasons: tuple[Reason, ...] = attrs.field(default=(), validator=are(Reason))

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
        the(Facts, facts, "facts")
        asked = _ASKED[the(Question, question, "question")]
        path = [(difference, asked(facts, rules)) for difference, rules in self._path]
        before = path[0][1]
        if getattr(self, _POLICY_OF[question]) is None:
            differences = () if same(before, None) else (Difference.NOT_PUBLISHED,)
            reason = NO_RULE.because(system=self.name, question=question)
            return Answer(
                system=self.name, question=question, said=None, ours=before, differences=differences, reasons=(reason,)
            )
        after = path[-1][1]
        steps = [] if same(before, after) else [step for step in pairwise(path) if not same(step[0][1], step[1][1])]
        first = (
            NOTHING.because(system=self.name) if after is None else SAID.because(system=self.name, said=_told(after))
        )
        return Answer(
            system=self.name,
            question=question,
            said=after,
            ours=before,
            differences=tuple(dict.fromkeys(difference for _, (difference, _) in steps)),
            reasons=(
                first,
                *(
                    DIFFERENCE.because(difference=by, before=_told(one), after=_told(two))
                    for (_, one), (by, two) in steps
                ),
            ),
        )

    def answers(self, facts: Facts) -> tuple[Answer, ...]:
        """Return what this system says to every question about *facts*, in the order of the questions."""
        return tuple(self.answer(facts, question) for question in Question)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """In what the rules of this system differ from goalmodel's, whatever the facts."""
        return tuple(dict.fromkeys(difference for difference, _ in self._path[1:]))

    @cached_property
    def _path(self) -> tuple[tuple[Difference, _Rules], ...]:
        """The way from goalmodel's rules to this system's, each with the difference it adds; the first adds none."""
        theirs = _Rules(
            progress=self.progress or Progress(),
            kept=self.kept or Kept(),
            expected=self.expected or Expected(),
            words=self.words or Words(),
            roll_up=self.roll_up or RolledUp(),
        )
        path: list[tuple[Difference, _Rules]] = []
        for difference, back in reversed(_STEPS):
            without = back(theirs)
            if without != theirs:
                path.append((difference(theirs), theirs))
                theirs = without
        return ((Difference.NOT_PUBLISHED, theirs), *reversed(path))


@attrs.frozen(kw_only=True)
class _Rules:
    """One policy for each question: goalmodel's own where nothing is said."""

    progress: Progress = attrs.field(factory=Progress)
    kept: Kept = attrs.field(factory=Kept)
    expected: Expected = attrs.field(factory=Expected)
    words: Words = attrs.field(factory=Words)
    roll_up: RolledUp = attrs.field(factory=RolledUp)


_Step: TypeAlias = tuple[Callable[[_Rules], Difference], Callable[[_Rules], _Rules]]
"""Which difference one dimension makes, and rules with goalmodel's own choice in it."""


def _field_steps(policy: str, kind: type) -> list[_Step]:
    """Return a step for each field of a policy that says which difference it makes."""
    return [_field_step(policy, field) for field in attrs.fields(cast("Any", kind)) if DIFFERS in field.metadata]


def _field_step(policy: str, field: attrs.Attribute[Any]) -> _Step:
    def difference(rules: _Rules) -> Difference:
        chosen = getattr(getattr(rules, policy), field.name)
        return difference_of(chosen) if isinstance(chosen, Formula) else field.metadata[DIFFERS]

    def ours_back(rules: _Rules) -> _Rules:
        back: Any = attrs.evolve(getattr(rules, policy), **{field.name: field.default})
        return attrs.evolve(rules, **{policy: back})

    return difference, ours_back


def _words_step(difference: Difference, back: Callable[[Words], Words]) -> _Step:
    return lambda _: difference, lambda rules: attrs.evolve(rules, words=back(rules.words))


_STEPS: Final[tuple[_Step, ...]] = (
    *_field_steps("progress", Progress),
    *_field_steps("kept", Kept),
    *_field_steps("expected", Expected),
    *_field_steps("words", Words),
    _words_step(Difference.OTHER_BASIS, with_our_basis),
    _words_step(Difference.OTHER_CUTS, with_our_cuts),
    _words_step(Difference.CUT_BELONGS_BELOW, with_our_edges),
    _words_step(Difference.BAND_GAP, with_our_gaps),
    _words_step(Difference.PHASE, with_our_phases),
    *_field_steps("roll_up", RolledUp),
)
"""Every dimension in which systems differ, in the order in which it is applied."""


def _progress(facts: Facts, rules: _Rules) -> Amount | None:
    return progress_of(facts, rules.progress, rules.kept)


def _expected(facts: Facts, rules: _Rules) -> Fraction | None:
    return expected_of(facts, rules.expected)


def _kept(facts: Facts, rules: _Rules) -> bool | None:
    value = value_of(facts, rules.progress.counted)
    is_met = None if value is None or facts.progress is not None else meets(facts, value, rules.kept)
    enough = rules.kept.enough(facts)
    if is_met or (is_met is not None and enough == 1):
        return is_met
    progress = _unrounded(facts, rules)
    return is_met if progress is None else not is_above(enough, progress)


def _rolled_up(facts: Facts, rules: _Rules) -> Amount | Word | None:
    return rolled_up_of(facts.children, rules.roll_up, lambda part: _part(part, rules))


def _part(part: Facts, rules: _Rules) -> Amount | None:
    if not part.children:
        return value_of(part, rules.progress.counted) if rules.roll_up.of_values else _progress(part, rules)
    whole = _rolled_up(part, rules)
    return None if isinstance(whole, Word) else whole


def _word(facts: Facts, rules: _Rules) -> Word | None:
    missing = _missing(facts, rules)
    if missing is not None:
        return missing
    for wording in rules.words.wordings:
        measured = _MEASURED[wording.basis](facts, rules) if wording.holds_for(facts) else None
        if measured is not None:
            amount, nothing, unit = measured
            found = next((band.word for band in wording.bands if band.holds(amount, nothing, unit)), None)
            if found is not None:
                return found
    return None


def _missing(facts: Facts, rules: _Rules) -> Word | None:
    """Return what is said because nothing is wanted, or nothing is known."""
    if facts.progress is not None:
        return None
    refused = rules.progress.above_zero and facts.target is not None and facts.target <= 0
    if refused or (facts.target is None and not facts.has_range):
        return rules.words.targetless
    return rules.words.valueless if value_of(facts, rules.progress.counted) is None else None


_Measured: TypeAlias = tuple[Amount, Fraction, Fraction]
"""A number, and in what its bands are counted: from where on, and in which unit."""

_ZERO: Final = Fraction(0)
_ONE: Final = Fraction(1)


def _unrounded(facts: Facts, rules: _Rules) -> Amount | None:
    """Return the progress before it is rounded: words are about what is, not about what is shown."""
    return progress_of(facts, attrs.evolve(rules.progress, shown=None), rules.kept)


def _by_progress(facts: Facts, rules: _Rules) -> _Measured | None:
    progress = _unrounded(facts, rules)
    return None if progress is None else (progress, _ZERO, _ONE)


def _by_gap(facts: Facts, rules: _Rules) -> _Measured | None:
    progress, expected = _unrounded(facts, rules), _expected(facts, rules)
    return None if progress is None or expected is None else (progress, expected, _ONE)


def _by_ratio(facts: Facts, rules: _Rules) -> _Measured | None:
    progress, expected = _unrounded(facts, rules), _expected(facts, rules)
    return None if progress is None or expected is None else (progress, _ZERO, expected)


def _to_expected(facts: Facts, rules: _Rules) -> _Measured | None:
    value, share = value_of(facts, rules.progress.counted), _expected(facts, rules)
    if value is None or share is None or facts.baseline is None or facts.target is None:
        return None
    expected = facts.baseline + share * (facts.target - facts.baseline)
    return (2 * expected - value if facts.is_falling else value), _ZERO, expected


def _by_level(facts: Facts, rules: _Rules) -> _Measured | None:
    value = value_of(facts, rules.progress.counted)
    level = None if value is None else level_of(facts, value, rules.kept)
    return None if level is None else (Fraction(level), _ZERO, _ONE)


def _by_value(facts: Facts, rules: _Rules) -> _Measured | None:
    value = value_of(facts, rules.progress.counted)
    return None if value is None else (value, _ZERO, _ONE)


def _by_days(facts: Facts, _: _Rules) -> _Measured | None:
    return None if facts.day is None else (Fraction(facts.day - 1), _ZERO, _ONE)


_MEASURED: Final[Mapping[Basis, Callable[[Facts, _Rules], _Measured | None]]] = MappingProxyType(
    {
        Basis.PROGRESS: _by_progress,
        Basis.GAP: _by_gap,
        Basis.RATIO: _by_ratio,
        Basis.TO_EXPECTED: _to_expected,
        Basis.LEVEL: _by_level,
        Basis.VALUE: _by_value,
        Basis.DAYS: _by_days,
    }
)

_ASKED: Final[Mapping[Question, Callable[[Facts, _Rules], Said]]] = MappingProxyType(
    {
        Question.PROGRESS: _progress,
        Question.WORD: _word,
        Question.KEPT: _kept,
        Question.EXPECTED: _expected,
        Question.ROLLED_UP: _rolled_up,
    }
)

_POLICY_OF: Final[Mapping[Question, str]] = MappingProxyType(
    {
        Question.PROGRESS: "progress",
        Question.WORD: "words",
        Question.KEPT: "kept",
        Question.EXPECTED: "expected",
        Question.ROLLED_UP: "roll_up",
    }
)


def _told(said: Said) -> str | Fraction | Root | Word:
    match said:
        case None:
            return "nothing"
        case bool():
            return "yes" if said else "no"
        case _:
            return said
