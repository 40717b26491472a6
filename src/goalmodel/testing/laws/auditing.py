"""Which laws a home-made formula breaks, and by what."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

import attrs

from goalmodel.checks import is_a, is_text, positive, the, the_iterable
from goalmodel.errors import OutOfBounds, WrongType
from goalmodel.exact import Number
from goalmodel.key_result import Pace
from goalmodel.kpi import Health
from goalmodel.reprs import readable
from goalmodel.testing.laws.candidate import Candidate, Facts, Formula, FormulaKind, taken, the_words
from goalmodel.testing.laws.health import HEALTH_LAWS, Spot
from goalmodel.testing.laws.kept import KEPT_LAWS, Beyond
from goalmodel.testing.laws.law import Counterexample, Law
from goalmodel.testing.laws.pace import PACE_LAWS, Moment
from goalmodel.testing.laws.rollup import ROLLUP_LAWS, Children
from goalmodel.testing.laws.score import SCORE_LAWS, Part

LAWS: Final = MappingProxyType({
    FormulaKind.SCORE: SCORE_LAWS,
    FormulaKind.HEALTH: HEALTH_LAWS,
    FormulaKind.PACE: PACE_LAWS,
    FormulaKind.KEPT: KEPT_LAWS,
    FormulaKind.ROLLUP: ROLLUP_LAWS,
})  # fmt: skip
"""The laws of each kind of formula, in the order they are tried."""

WORDS: Final[Mapping[FormulaKind, tuple[Hashable, ...]]] = MappingProxyType({
    FormulaKind.HEALTH: (Health.HEALTHY.value, Health.WATCH.value, Health.UNHEALTHY.value),
    FormulaKind.PACE: tuple(each.value for each in Pace),
    FormulaKind.KEPT: (True, False),
})  # fmt: skip
"""What a formula answers with where nothing is said, the best first."""

_HALF: Final = Fraction(1, 2)
_FIRST: Final[Mapping[FormulaKind, Facts]] = MappingProxyType({
    FormulaKind.SCORE: Part(Fraction(8), Fraction(9), _HALF).way,
    FormulaKind.HEALTH: Spot(Fraction(8), _HALF, _HALF).banded(),
    FormulaKind.PACE: Moment(Fraction(8), Fraction(9), _HALF, _HALF).underway,
    FormulaKind.KEPT: Beyond(Fraction(8), _HALF).owed(),
    FormulaKind.ROLLUP: Children((_HALF, Fraction(7, 10)), (Fraction(1), Fraction(1))),
})  # fmt: skip
"""What a formula is asked first, to see in which numbers it answers."""

_NUMBERS: Final = (float, Decimal, Fraction)


@readable
@attrs.frozen
class LawVerdict:
    """Whether a formula keeps one law.

    Attributes:
        law: Its stable name: "exact-on-thresholds".
        rule: Id of the rule it belongs to: "NUM-3".
        says: What it asks for.
        sentence: The sentence of the rule.
        counterexample: What breaks it, the smallest that was found; None where nothing does.
    """

    law: str = attrs.field(validator=is_text)
    rule: str = attrs.field(validator=is_text)
    says: str = attrs.field(validator=is_text)
    sentence: str = attrs.field(validator=is_text)
    counterexample: Counterexample | None = attrs.field(validator=is_a(Counterexample, type(None)))

    @property
    def holds(self) -> bool:
        """Whether nothing was found that breaks it."""
        return self.counterexample is None

    def __str__(self) -> str:
        head = f"{'holds' if self.holds else 'BROKEN'}  {self.law} ({self.rule}): {self.says}"
        return head if self.holds else f"{head}\n    {self.counterexample}\n    {self.rule}: {self.sentence}"


@readable
@attrs.frozen
class AuditReport:
    """What the laws say about a formula.

    Attributes:
        formula: What it is called.
        kind: What it says.
        numbers: In which type it was given numbers: float (whole ones as int), Decimal or Fraction.
        verdicts: One a law, in a stable order.
    """

    formula: str = attrs.field(validator=is_text)
    kind: FormulaKind = attrs.field(validator=is_a(FormulaKind))
    numbers: type = attrs.field(validator=is_a(type))
    verdicts: tuple[LawVerdict, ...]

    @property
    def broken(self) -> tuple[LawVerdict, ...]:
        """The laws that are broken; empty where all hold."""
        return tuple(verdict for verdict in self.verdicts if not verdict.holds)

    def __str__(self) -> str:
        counted = f"{len(self.broken)} of {len(self.verdicts)} laws broken"
        head = f"{self.formula}, a formula for {self.kind.value}, given {_GIVEN[self.numbers]}: {counted}"
        return "\n".join((head, *map(str, (*self.broken, *(each for each in self.verdicts if each.holds)))))


_GIVEN: Final = MappingProxyType({float: "ints and floats", Decimal: "Decimals", Fraction: "Fractions"})


def audit(
    formula: Formula,
    kind: FormulaKind = FormulaKind.SCORE,
    *,
    words: Iterable[Hashable] | None = None,
    whole: Number = 1,
    numbers: type | None = None,
    without: Iterable[str] = (),
) -> AuditReport:
    """Return which laws a home-made *formula* breaks, each with the smallest everyday counterexample.

    A table of everyday cases is tried first, then what Hypothesis finds among everyday numbers, the same each time.
    Whatever the formula does is data: it may raise, return None, NaN or a text, or run for ever in Python (it is
    stopped after 50,000 steps). What waits, or computes in C without end, can't be stopped.

    >>> def progress(baseline, target, value):
    ...     return (value - baseline) / (target - baseline) if target != baseline else None
    >>> for verdict in audit(progress).broken[:1]:
    ...     print(verdict.law, verdict.rule, verdict.counterexample)
    exact-on-thresholds NUM-3 progress(baseline=8, target=9, value=8.7) gave 0.6999999999999993; expected 0.7 or more

    Args:
        formula: It takes, by these names or in this order: a score *baseline*, *target*, *value*; health *edge*,
            *watch*, *value*, or two words by *edge*, *value* (and *lower_is_better*, by name); pace *baseline*,
            *target*, *value*, *elapsed*, the share of the time that is over; kept *standard*, *value* (and
            *lower_is_better*, by name); a roll-up *scores* and *weights*, or only *scores*. That there is no answer it
            says by None, a ValueError or a TypeError, of health, pace and kept also by any other word.
        kind: What it says.
        words: What it answers with, the best first, where it answers in words: as goalmodel does where None, kept by
            True and False. An enum member counts as its value.
        whole: What a score or a roll-up calls all of the way: 1, or 100 where it answers in percent.
        numbers: In which type it is given numbers: float (whole ones as int), Decimal or Fraction; where None in the
            type it answers with, else as float.
        without: Names of laws it need not keep.

    Returns:
        A verdict a law; `broken` is empty where all hold.

    Raises:
        WrongType: *formula* can't be called with the facts of its kind, or *words* or *numbers* are none.
        OutOfBounds: *whole* is not above 0, or *without* names no law of the kind.
    """
    takes, is_named = taken(formula, the(FormulaKind, kind, "kind"))
    laws = LAWS[kind]
    names = [law.name for law in laws]
    left_out = tuple(the_iterable(without, "without"))
    for index, name in enumerate(left_out):
        if name not in names:
            raise OutOfBounds(f"without[{index}]", name, f"a law of {kind.value}: {', '.join(names)}")
    if numbers is not None and numbers not in _NUMBERS:
        raise WrongType("numbers", numbers, "float, Decimal or Fraction")
    candidate = Candidate(
        formula=formula,
        kind=kind,
        takes=takes,
        is_named=is_named,
        numbers=float if numbers is None else numbers,
        whole=positive(whole, "whole"),
        words=WORDS.get(kind, ()) if words is None else the_words(words, "words"),
    )
    if numbers is None:
        candidate = attrs.evolve(candidate, numbers=_answered_in(candidate, _FIRST[kind]))
    return AuditReport(
        candidate.name,
        kind,
        candidate.numbers,
        tuple(_verdict(law, candidate) for law in laws if law.name not in left_out and law.concerns(candidate)),
    )


def _answered_in(candidate: Candidate, facts: Facts) -> type:
    """Return the type of number the formula answers with: who computes in Fractions is given Fractions."""
    given = candidate.ask(facts).answer.given
    return next((kind for kind in _NUMBERS if isinstance(given, kind)), float)


def _verdict(law: Law[Any], candidate: Candidate) -> LawVerdict:
    return LawVerdict(law.name, law.rule, law.says, law.sentence, law.broken_by(candidate))
