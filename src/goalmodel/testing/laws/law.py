"""A law: what it says, of which rule it is, the everyday cases it is tried on, and what breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeAlias, TypeVar

import attrs
from hypothesis import HealthCheck, Phase, find, settings, strategies as st
from hypothesis.errors import Flaky, NoSuchExample

from goalmodel.reprs import readable
from goalmodel.testing.laws.candidate import Candidate, Facts, Question
from goalmodel.testing.laws.rules import RULES

_F = TypeVar("_F", bound=Facts)

SEARCH: Final = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
"""How long it is looked beyond the table; the same examples each time."""


@readable
@attrs.frozen
class Counterexample:
    """What a formula said and should not have.

    Attributes:
        questions: What it was asked, and what it answered.
        expected: What the law asks for.
    """

    questions: tuple[Question, ...]
    expected: str

    @property
    def is_endless(self) -> bool:
        """Whether the formula found no end."""
        return any(question.answer.is_endless for question in self.questions)

    def __str__(self) -> str:
        return f"{'; '.join(map(str, self.questions))}; expected {self.expected}"


Check: TypeAlias = Callable[[Candidate, _F], Counterexample | None]
"""What breaks a law about some facts; None where nothing does."""


@readable
@attrs.frozen(kw_only=True, eq=False)
class Law(Generic[_F]):
    """Something every formula of a kind must do.

    Attributes:
        name: Stable: "exact-on-thresholds".
        rule: Id of the rule it belongs to.
        says: What it asks for, in a few words.
        check: What breaks it.
        cases: The everyday cases it is tried on first, the smallest first.
        more: Cases it is tried on then; None where the table says all there is to say.
        needs: Facts without one of which it asks nothing of a formula.
    """

    name: str
    rule: str
    says: str
    check: Check[_F]
    cases: tuple[_F, ...]
    more: st.SearchStrategy[_F] | None
    needs: frozenset[str] = frozenset()

    @property
    def sentence(self) -> str:
        """The sentence of its rule."""
        return RULES[self.rule]

    def concerns(self, candidate: Candidate) -> bool:
        """Return whether the law asks anything of the formula."""
        return not self.needs or bool(self.needs & set(candidate.takes))

    def broken_by(self, candidate: Candidate) -> Counterexample | None:
        """Return the smallest counterexample: of the table, else one that is searched for; None where none is found."""
        for facts in self.cases:
            found = self.check(candidate, facts)
            if found is not None:
                return found
        return None if self.more is None else self._searched(candidate, self.more)

    def _searched(self, candidate: Candidate, more: st.SearchStrategy[_F]) -> Counterexample | None:
        broken: list[Counterexample] = []

        def breaks(facts: _F) -> bool:
            if broken and broken[-1].is_endless:
                return False  # to wait for a smaller one would take as long again, each time
            found = self.check(candidate, facts)
            broken.extend([] if found is None else [found])
            return found is not None

        try:
            find(more, breaks, settings=SEARCH)
        except (NoSuchExample, Flaky):
            # A formula that answers as it likes may break a law only now and then: once is enough.
            return broken[-1] if broken else None
        return broken[-1]


def breach(expected: str, *questions: Question) -> Counterexample:
    """Return the counterexample of *questions* whose answers are not what was *expected*."""
    return Counterexample(questions, expected)


def is_refused(candidate: Candidate, facts: Facts, *, what: str) -> Counterexample | None:
    """Return what breaks the law that there is no answer to *facts*: any answer but none, and any accident."""
    asked = candidate.ask(facts)
    return None if asked.answer.is_refusal else breach(f"no {what}: None, or a ValueError or TypeError", asked)


def is_no_word(candidate: Candidate, facts: Facts, *, what: str) -> Counterexample | None:
    """Return what breaks the law that *facts* have no verdict: one of the words, and any accident."""
    asked = candidate.ask(facts)
    if candidate.place(asked.answer) is None and not asked.answer.is_accident:
        return None
    return breach(f"no {what}: none of its words, or a ValueError or TypeError", asked)


def is_steady(candidate: Candidate, facts: Facts) -> Counterexample | None:
    """Return what breaks the law that the same facts get the same answer."""
    first, again = candidate.ask(facts), candidate.ask(facts, anew=True)
    return (
        None
        if str(first) == str(again) and not first.answer.is_endless
        else breach("the same answer each time", first, again)
    )
