"""Why a verdict is what it is: a stable code, the rule, the facts, and a sentence made from them.

A user interface translates by code; a sceptic re-derives the number from the facts.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from enum import Enum
from fractions import Fraction

import attrs

from goalmodel.doors import is_a, is_text
from goalmodel.exact import spelled


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
    sentence: str = attrs.field(validator=is_text)

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
    facts: tuple[tuple[str, Hashable], ...] = attrs.field(validator=is_a(tuple))

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
        return self.kind.sentence.format_map({name: _spelled(fact) for name, fact in self.facts})

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
