"""Reasons: what every kind keeps to, and what a reason that does not fit its kind is answered with."""

from __future__ import annotations

import ast
import datetime as dt
import re
from enum import Enum
from fractions import Fraction
from pathlib import Path
from types import GenericAlias, UnionType
from typing import Any

import attrs
import pytest
from hypothesis import example, given, strategies as st

import goalmodel
from goalmodel import Reading, Score, Standard
from goalmodel.catalogue import REASON_KINDS
from goalmodel.commit import Support
from goalmodel.commit.verdict import NamedManner
from goalmodel.errors import FactsDontFit, WrongType
from goalmodel.key_result import Absolute, PercentagePoints, Relative
from goalmodel.measure.window import WINDOWS
from goalmodel.objective import Root
from goalmodel.profiles import Word
from goalmodel.reasons import Reason, ReasonKind, spell, those_that_hold
from goalmodel.testing import exact_numbers, texts, values
from goalmodel.trend.answer import Asked

PACKAGE = Path(goalmodel.__file__).parent

# What the documentation of `Fact` names, and nothing else.
CLOSED = {
    *(int, Fraction, dt.date, str, Reason, Reading, Score, Root),
    *(Standard, NamedManner, Support),
    *(Relative, PercentagePoints, Absolute, Asked, Word),
    *WINDOWS,
}

# For programs alone: which part of a statement a doubt is about.
NOT_SAID = {"field"}

by_kind = pytest.mark.parametrize("kind", REASON_KINDS.values(), ids=lambda kind: kind.code)


def types_in(kind: Any) -> set[type]:  # noqa: ANN401 - a type, a union of types, or a tuple of one
    """Return the plain types in the declaration of a fact."""
    if isinstance(kind, UnionType):
        return {each for member in kind.__args__ for each in types_in(member)}
    return types_in(kind.__args__[0]) if isinstance(kind, GenericAlias) else {kind}


def codes_in_the_source() -> list[str]:
    """Return the code of every kind that is made anywhere in the package."""
    calls = (
        call
        for path in PACKAGE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "ReasonKind"
    )
    return [call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)]  # type: ignore[misc]


class TestEveryKind:
    """Every kind is found by its code, and says of which types its facts are."""

    def test_the_catalogue_has_every_kind_once(self) -> None:
        made = codes_in_the_source()
        assert len(made) == len(set(made))
        assert {code for code, kind in REASON_KINDS.items() if kind.rule != "HYG-1"} == set(made)
        assert {rule.code for rule in goalmodel.hygiene.HYGIENE_RULES} == set(REASON_KINDS) - set(made)

    @by_kind
    def test_its_facts_are_of_the_documented_types(self, kind: ReasonKind) -> None:
        found = {each for _, declared in kind.facts for each in types_in(declared)}
        assert {each for each in found if not issubclass(each, Enum)} <= CLOSED

    @by_kind
    def test_its_sentence_is_about_all_its_facts(self, kind: ReasonKind) -> None:
        said = {named.partition(":")[0] for named in re.findall(r"\{([^}]*)\}", kind.sentence)}
        assert {name for name, _ in kind.facts} - said <= NOT_SAID


class TestFacts:
    """Facts are values, of the types the kind declares."""

    @given(reason=values(Reason))
    def test_facts_in_another_order_are_the_same(self, reason: Reason) -> None:
        assert Reason(reason.kind, reason.facts[::-1]) == reason

    @pytest.mark.parametrize(
        "facts", [{}, {"count": 3}, {"count": 3, "goal": "sla", "more": 1}, {"count": 3, "to": "x"}]
    )
    def test_exactly_the_declared_facts_are_taken(self, facts: dict[str, Any]) -> None:
        kind = ReasonKind("late", "COM-1", "{count} of {goal}", {"count": int, "goal": str})
        with pytest.raises(FactsDontFit):
            kind.because(**facts)

    @pytest.mark.parametrize("fact", ["3", 3.5, Fraction(3), None])
    def test_a_fact_of_another_type_is_refused(self, fact: object) -> None:
        kind = ReasonKind("late", "COM-1", "{count} came late", {"count": int})
        with pytest.raises(FactsDontFit) as refused:
            kind.because(count=fact)
        assert str(refused.value.field) == "facts.count"

    @pytest.mark.parametrize("fact", ["a", ("a", 1), [1]])
    def test_a_tuple_is_of_one_type(self, fact: Any) -> None:  # noqa: ANN401 - what no tuple of texts is
        kind = ReasonKind("late", "COM-1", "{goals} came late", {"goals": tuple[str, ...]})
        with pytest.raises((FactsDontFit, WrongType)):
            kind.because(goals=fact)
        assert str(kind.because(goals=("a", "b"))) == "a, b came late"
        assert str(kind.because(goals=())) == "none came late"

    @pytest.mark.parametrize("declared", ["int", 3, None])
    def test_a_fact_is_declared_by_its_type(self, declared: object) -> None:
        with pytest.raises(WrongType):
            ReasonKind("late", "COM-1", "{count} came late", {"count": declared})

    def test_a_sentence_is_about_declared_facts(self) -> None:
        with pytest.raises(FactsDontFit):
            ReasonKind("late", "COM-1", "{count} came late")
        with pytest.raises(FactsDontFit):
            ReasonKind("late", "COM-1", "{count} came late", {"count": int}).because(count=3).worded("{goal} kam")

    def test_only_the_grounds_that_hold_are_given(self) -> None:
        one, two = ReasonKind("one", "X-1", "one"), ReasonKind("two", "X-1", "two {n}", {"n": int})
        assert [str(each) for each in those_that_hold((one, {}, False), (two, {"n": 2}, 1), (one, {}, True))] == [
            "two 2",
            "one",
        ]


class TestSentences:
    """In one sentence every number is told from the others, and no number of thousands of digits stops it."""

    @given(low=exact_numbers(), high=exact_numbers())
    @example(Fraction("79.99996"), Fraction(80))
    @example(Fraction(10**999), Fraction(10**999) + 1)
    def test_two_numbers_that_differ_never_look_alike(self, low: Fraction, high: Fraction) -> None:
        kind = ReasonKind("between", "X-1", "{low} | {high}", {"low": Fraction, "high": Fraction})
        one, _, two = kind.because(low=low, high=high).sentence.partition(" | ")
        assert (one == two) == (low == high)

    @given(value=exact_numbers(), low=exact_numbers())
    @example(Fraction("99.99996"), Fraction(100))
    def test_a_reading_never_looks_like_the_standard_it_misses(self, value: Fraction, low: Fraction) -> None:
        kind = ReasonKind("missed", "X-1", "{reading} | {standard}", {"reading": Reading, "standard": Standard})
        reading = Reading(dt.date(2026, 10, 1), value)
        text = kind.because(reading=reading, standard=Standard.at_least(low)).sentence
        assert text.startswith(spell(reading, cuts=[low]))

    @given(fact=st.one_of(texts(), exact_numbers(), st.integers(), st.dates(), st.lists(texts()).map(tuple)))
    @example(10**5_000)
    @example(Fraction(1, 10**999))
    def test_every_fact_can_be_spelled(self, fact: Any) -> None:  # noqa: ANN401 - a fact of any type
        assert isinstance(spell(fact), str)
        assert isinstance(spell(fact, in_percent=True), str)

    @given(share=exact_numbers())
    def test_a_share_is_said_in_percent(self, share: Fraction) -> None:
        kind = ReasonKind("part", "X-1", "{share:%} of it", {"share": Fraction})
        assert kind.because(share=share).sentence == f"{Score(share)} of it"
        assert attrs.evolve(kind, sentence="{share} of it").because(share=share).sentence == f"{spell(share)} of it"
