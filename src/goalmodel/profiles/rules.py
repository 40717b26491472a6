"""One policy for each question, how each question is answered by them, and the way from our policies to others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import unique
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

import attrs

from goalmodel.checks import Term
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
    Word,
    Words,
    lasting_level_of,
    level_of,
    with_our_basis,
    with_our_cuts,
    with_our_edges,
    with_our_gaps,
    with_our_phases,
)
from goalmodel.reprs import readable

Said: TypeAlias = Fraction | Root | Word | bool | None
"""What is said: a share, a word, yes or no, or nothing."""


@unique
class Question(Term):
    """What a system can be asked about plain facts."""

    PROGRESS = "progress"
    WORD = "word"
    KEPT = "kept"
    EXPECTED = "expected"
    ROLLED_UP = "rolled up"


@attrs.frozen(kw_only=True)
@readable
class Rules:
    """One policy for each question: goalmodel's own where nothing is said."""

    progress: Progress = attrs.field(factory=Progress)
    kept: Kept = attrs.field(factory=Kept)
    expected: Expected = attrs.field(factory=Expected)
    words: Words = attrs.field(factory=Words)
    roll_up: RolledUp = attrs.field(factory=RolledUp)


_Step: TypeAlias = tuple[Callable[[Rules], Difference], Callable[[Rules], Rules]]
"""Which difference one dimension makes, and rules with goalmodel's own choice in it."""


def _field_steps(policy: str, kind: type) -> list[_Step]:
    """Return a step for each field of a policy that says which difference it makes."""
    return [_field_step(policy, field) for field in attrs.fields(cast("Any", kind)) if DIFFERS in field.metadata]


def _field_step(policy: str, field: attrs.Attribute[Any]) -> _Step:
    def difference(rules: Rules) -> Difference:
        chosen = getattr(getattr(rules, policy), field.name)
        return difference_of(chosen) if isinstance(chosen, Formula) else field.metadata[DIFFERS]

    def ours_back(rules: Rules) -> Rules:
        back: Any = attrs.evolve(getattr(rules, policy), **{field.name: field.default})
        return attrs.evolve(rules, **{policy: back})

    return difference, ours_back


def _words_step(difference: Difference, back: Callable[[Words], Words]) -> _Step:
    return lambda _: difference, lambda rules: attrs.evolve(rules, words=back(rules.words))


STEPS: Final[tuple[_Step, ...]] = (
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


def _progress(facts: Facts, rules: Rules) -> Amount | None:
    return progress_of(facts, rules.progress, rules.kept)


def _expected(facts: Facts, rules: Rules) -> Fraction | None:
    return expected_of(facts, rules.expected)


def _kept(facts: Facts, rules: Rules) -> bool | None:
    value = value_of(facts, rules.progress.counted)
    is_met = None if value is None or facts.progress is not None else meets(facts, value, rules.kept)
    enough = rules.kept.enough(facts)
    if is_met or (is_met is not None and enough == 1):
        return is_met
    progress = _unrounded(facts, rules)
    return is_met if progress is None else not is_above(enough, progress)


def _rolled_up(facts: Facts, rules: Rules) -> Amount | Word | None:
    return rolled_up_of(facts.children, rules.roll_up, lambda part: _part(part, rules))


def _part(part: Facts, rules: Rules) -> Amount | None:
    if not part.children:
        return value_of(part, rules.progress.counted) if rules.roll_up.of_values else _progress(part, rules)
    whole = _rolled_up(part, rules)
    return None if isinstance(whole, Word) else whole


def _word(facts: Facts, rules: Rules) -> Word | None:
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


def _missing(facts: Facts, rules: Rules) -> Word | None:
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


def _unrounded(facts: Facts, rules: Rules) -> Amount | None:
    """Return the progress before it is rounded: words are about what is, not about what is shown."""
    return progress_of(facts, attrs.evolve(rules.progress, shown=None), rules.kept)


def _by_progress(facts: Facts, rules: Rules) -> _Measured | None:
    progress = _unrounded(facts, rules)
    return None if progress is None else (progress, _ZERO, _ONE)


def _by_gap(facts: Facts, rules: Rules) -> _Measured | None:
    progress, expected = _unrounded(facts, rules), _expected(facts, rules)
    return None if progress is None or expected is None else (progress, expected, _ONE)


def _by_ratio(facts: Facts, rules: Rules) -> _Measured | None:
    progress, expected = _unrounded(facts, rules), _expected(facts, rules)
    return None if progress is None or expected is None else (progress, _ZERO, expected)


def _to_expected(facts: Facts, rules: Rules) -> _Measured | None:
    value, share = value_of(facts, rules.progress.counted), _expected(facts, rules)
    if value is None or share is None or facts.baseline is None or facts.target is None:
        return None
    expected = facts.baseline + share * (facts.target - facts.baseline)
    return (2 * expected - value if facts.is_falling else value), _ZERO, expected


def _by_level(facts: Facts, rules: Rules) -> _Measured | None:
    level = _level(facts, rules)
    return None if level is None else (Fraction(level), _ZERO, _ONE)


def _level(facts: Facts, rules: Rules) -> int | None:
    value, lasting = value_of(facts, rules.progress.counted), rules.words.lasting
    if lasting is not None and facts.value is None:
        return lasting_level_of(facts, rules.kept, lasting)
    return None if value is None else level_of(facts, value, rules.kept)


def _by_value(facts: Facts, rules: Rules) -> _Measured | None:
    value = value_of(facts, rules.progress.counted)
    return None if value is None else (value, _ZERO, _ONE)


def _by_days(facts: Facts, _: Rules) -> _Measured | None:
    return None if facts.day is None else (Fraction(facts.day - 1), _ZERO, _ONE)


_MEASURED: Final[Mapping[Basis, Callable[[Facts, Rules], _Measured | None]]] = MappingProxyType(
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

ASKED: Final[Mapping[Question, Callable[[Facts, Rules], Said]]] = MappingProxyType(
    {
        Question.PROGRESS: _progress,
        Question.WORD: _word,
        Question.KEPT: _kept,
        Question.EXPECTED: _expected,
        Question.ROLLED_UP: _rolled_up,
    }
)


def steps_to(rules: Rules) -> tuple[tuple[Difference, Rules], ...]:
    """Return the way from goalmodel's rules to *rules*, each with the difference it adds; the first adds none."""
    path: list[tuple[Difference, Rules]] = []
    for difference, back in reversed(STEPS):
        without = back(rules)
        if without != rules:
            path.append((difference(rules), rules))
            rules = without
    return ((Difference.NOT_PUBLISHED, rules), *reversed(path))
