"""The formula that is audited: how it is asked, and in which numbers and words it answers."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from enum import Enum, unique
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

import attrs

from goalmodel.checks import Term, the_iterable
from goalmodel.errors import WrongType
from goalmodel.reprs import readable
from goalmodel.testing.laws.answer import Answer, answer_of

Formula: TypeAlias = Callable[..., object]
"""What a user wrote; it may do anything."""

Facts: TypeAlias = attrs.AttrsInstance
"""What a formula is asked about: one frozen value a kind, whose fields are the names it may take them by."""


@unique
class FormulaKind(Term):
    """What a formula says."""

    SCORE = "score"
    HEALTH = "health"
    PACE = "pace"
    KEPT = "kept"
    ROLLUP = "roll-up"


IN_ORDER: Final = MappingProxyType({
    FormulaKind.SCORE: (("baseline", "target", "value"),),
    FormulaKind.HEALTH: (("edge", "watch", "value"), ("edge", "value")),
    FormulaKind.PACE: (("baseline", "target", "value", "elapsed"),),
    FormulaKind.KEPT: (("standard", "value"),),
    FormulaKind.ROLLUP: (("scores", "weights"), ("scores",)),
})  # fmt: skip
"""In which order the facts are given where a formula has other names for them."""

BY_NAME: Final = MappingProxyType({
    FormulaKind.SCORE: ("baseline", "target", "value"),
    FormulaKind.HEALTH: ("edge", "watch", "value", "lower_is_better"),
    FormulaKind.PACE: ("baseline", "target", "value", "elapsed"),
    FormulaKind.KEPT: ("standard", "value", "lower_is_better"),
    FormulaKind.ROLLUP: ("scores", "weights"),
})  # fmt: skip
"""Which facts a formula may take by their names."""


@readable
@attrs.frozen
class Question:
    """A formula asked once.

    Attributes:
        call: How it was called: "progress(8, 9, 8.7)".
        answer: What it did.
    """

    call: str
    answer: Answer

    def __str__(self) -> str:
        return f"{self.call} {self.answer}"


@readable
@attrs.frozen(kw_only=True, eq=False)
class Candidate:
    """A formula, and how to talk to it.

    Attributes:
        formula: What is audited.
        kind: What it says.
        takes: Names of the facts it takes.
        is_named: Whether it takes them by name, or in order.
        numbers: In which type it is given numbers: float (whole ones as int), Decimal or Fraction.
        whole: What it calls all of the way: 1, or 100 where it answers in percent.
        words: What it may answer, the best first; nothing where it answers with numbers.
    """

    formula: Formula
    kind: FormulaKind
    takes: tuple[str, ...]
    is_named: bool
    numbers: type
    whole: Fraction
    words: tuple[Hashable, ...]
    _asked: dict[str, Question] = attrs.field(factory=dict, init=False)

    @property
    def name(self) -> str:
        """What the formula is called."""
        return str(getattr(self.formula, "__name__", type(self.formula).__name__))

    def ask(self, facts: Facts, *, anew: bool = False) -> Question:
        """Return what the formula says to *facts*; what it said to the same before, unless it is asked *anew*."""
        every = attrs.asdict(facts, recurse=False)
        given = {name: self._handed(every[name]) for name in self.takes}
        if self.is_named:
            called = partial(self.formula, **given)
            spelled = ", ".join(f"{name}={value!r}" for name, value in given.items())
        else:
            called = partial(self.formula, *given.values())
            spelled = ", ".join(map(repr, given.values()))
        call = f"{self.name}({spelled})"
        if anew or call not in self._asked:
            self._asked[call] = Question(call, answer_of(called))
        return self._asked[call]

    def place(self, answer: Answer) -> int | None:
        """Return which of its words the formula answered, 0 for the best; None where it is none of them."""
        if answer.error is not None or answer.is_endless:
            return None
        said = answer.given.value if isinstance(answer.given, Enum) else answer.given
        return next((place for place, word in enumerate(self.words) if _is_same(said, word)), None)

    def _handed(self, fact: object) -> object:
        if isinstance(fact, tuple):
            return [self._handed(each) for each in cast("tuple[object, ...]", fact)]
        return handed(fact, self.numbers) if isinstance(fact, Fraction) else fact


def handed(number: Fraction, numbers: type) -> object:
    """Return *number*, a decimal, as it is given to a formula that takes *numbers*."""
    if numbers is Fraction:
        return number
    if numbers is Decimal:
        return Decimal(number.numerator) / Decimal(number.denominator)
    return int(number) if number.denominator == 1 else float(number)


def taken(formula: Formula, kind: FormulaKind) -> tuple[tuple[str, ...], bool]:
    """Return which facts *formula* takes, and whether by name.

    By name where all it needs are names of facts; in order where none is, or each stands where the order has it.

    Raises:
        WrongType: It can't be called with the facts of its kind.
    """
    orders, names = IN_ORDER[kind], BY_NAME[kind]
    accepted = f"a function of {', '.join(names)} (by these names), or of {' or of '.join(map(', '.join, orders))}"
    if not callable(formula):
        raise WrongType("formula", formula, accepted)
    parameters = _parameters(formula)
    if parameters is None:
        return orders[0], False
    needed = [each.name for each in parameters if each.default is each.empty]
    if needed and set(needed) <= set(names):
        return tuple(each.name for each in parameters if each.name in names), True
    for order in orders:
        fits = all(name == place for name, place in zip(needed, order, strict=False) if name in names)
        if len(needed) == len(order) and fits and not any(each.kind is each.KEYWORD_ONLY for each in parameters):
            return order, False
    raise WrongType("formula", formula, accepted)


def _parameters(formula: Formula) -> list[inspect.Parameter] | None:
    """Return what *formula* takes; None where that is not known, or anything."""
    try:
        found = inspect.signature(formula).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(each.kind is each.VAR_POSITIONAL for each in found):
        return None
    return [each for each in found if each.kind is not each.VAR_KEYWORD]


def the_words(given: Iterable[Hashable], field: str) -> tuple[Hashable, ...]:
    """Return the words a formula answers with, the best first: two or more, each once."""
    words = () if isinstance(given, str) else tuple(the_iterable(given, field))
    if len(words) < _FEWEST_WORDS or any(_is_same(one, other) for at, one in enumerate(words) for other in words[:at]):
        raise WrongType(field, given, "two words or more, each once, the best first")
    return words


_FEWEST_WORDS: Final = 2


def _is_same(one: object, other: object) -> bool:
    """Return whether two answers are equal, whatever comparing them does."""
    try:
        equal: Any = one == other
        return bool(equal)
    except Exception:  # noqa: BLE001 - what can't be compared is not the same
        return False
