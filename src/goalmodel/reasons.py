"""Why a verdict is what it is: a stable code, the rule, the facts, and a sentence made from them.

A user interface translates by code; a sceptic re-derives the number from the facts.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from goalmodel.checks import is_a, is_text, the
from goalmodel.errors import FactsDontFit, WrongType
from goalmodel.exact import spelled

Named: TypeAlias = tuple[str, Hashable]
"""A fact with its name."""


_FACT: Final = re.compile(r"\{(\w+)\}")
"""The name of a fact in a sentence."""


def _is_sentence(instance: object, attribute: attrs.Attribute[str], value: str) -> None:
    is_text(instance, attribute, value)
    if set("{}") & set(_FACT.sub("", value)):
        raise FactsDontFit(attribute.name, value, "a text with braces only around the names of facts")


def _are_facts(_: object, attribute: attrs.Attribute[tuple[Named, ...]], value: tuple[object, ...]) -> None:
    the(tuple, value, attribute.name)
    for index, fact in enumerate(value):
        match fact:
            case (str(), Hashable()) if isinstance(fact, tuple):
                pass
            case _:
                raise WrongType(f"{attribute.name}[{index}]", fact, "a pair of a name and a fact that can be hashed")


@attrs.frozen
class ReasonKind:
    """What all reasons with one code share.

    Attributes:
        code: Stable for as long as the rule means the same: "kpi-stale".
        rule: Id of the rule in the rulebook: "KPI-3".
        sentence: English, with the names of the facts in braces.
    """

    code: str = attrs.field(validator=is_text)
    rule: str = attrs.field(validator=is_text)
    sentence: str = attrs.field(validator=_is_sentence)

    def because(self, **facts: Hashable) -> Reason:
        """Return the reason of this kind that rests on *facts*."""
        return Reason(self, tuple(facts.items()))


@attrs.frozen
class Reason:
    """One reason for one verdict.

    Attributes:
        kind: Code, rule and wording, shared by all reasons of the kind.
        facts: Name and value of each fact used, exact, in the order of the wording.
    """

    kind: ReasonKind = attrs.field(validator=is_a(ReasonKind))
    facts: tuple[Named, ...] = attrs.field(validator=_are_facts)

    def __attrs_post_init__(self) -> None:
        named = {name for name, _ in self.facts}
        missing = [name for name in _FACT.findall(self.kind.sentence) if name not in named]
        if missing:
            raise FactsDontFit("facts", self.facts, f"facts that name {', '.join(missing)}")

    @property
    def code(self) -> str:
        """The stable code a program branches or translates by."""
        return self.kind.code

    @property
    def rule(self) -> str:
        """Id of the rule that was applied."""
        return self.kind.rule

    @property
    def sentence(self) -> str:
        """The reason in English; numbers that do not end are cut and marked with an ellipsis, never rounded."""
        facts = dict(self.facts)
        return _FACT.sub(lambda named: _spelled(facts[named[1]]), self.kind.sentence)

    def __str__(self) -> str:
        return self.sentence


def _spelled(fact: Hashable) -> str:
    if isinstance(fact, Fraction):
        return spelled(fact)
    if isinstance(fact, Enum):
        return str(fact.value)
    if isinstance(fact, date):
        return fact.isoformat()
    return str(fact)
