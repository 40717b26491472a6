"""What the linter finds: a rule that is broken, the goals concerned, the facts, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from enum import unique
from functools import cached_property
from typing import Any

import attrs

from goalmodel.checks import Term, are, is_a, is_text, made, the_many
from goalmodel.reasons import Fact, Reason, ReasonKind, declared_facts
from goalmodel.reprs import readable


@unique
class Severity(Term):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def order(self) -> int:
        """What to sort by, what matters most first."""
        return tuple(Severity).index(self)


@attrs.frozen(kw_only=True)
@readable
class HygieneRule:
    """One thing that makes a goal model hard to live with.

    Attributes:
        code: Stable, in a family: KPI1xx, KR2xx, COM3xx, OBJ4xx, GM5xx.
        title: One line.
        severity: How much it matters.
        found: What is said where it is broken, with the names of the facts in braces.
        facts: The type of each fact by its name.
        rationale: Why it matters.
        next_step: What to do about it.
        source: Where the rule comes from, or "Our choice".
        bad: A program that runs as it stands: a small model, and what the rule finds in it as `found`.
        good: The same for a neighbour in which it finds nothing.
        follows: Codes of the rules it follows from: where one of them finds all its key results, that is what is said.
        is_heuristic: Whether it reads words, or signs that chance can bring, and not structure, so that it may be wrong
            about an honest model; such a rule is off unless it is selected.
    """

    code: str = attrs.field(validator=is_text)
    title: str = attrs.field(validator=is_text)
    severity: Severity = attrs.field(validator=is_a(Severity))
    found: str = attrs.field(validator=is_text)
    facts: tuple[tuple[str, Any], ...] = attrs.field(default=(), converter=declared_facts)
    rationale: str = attrs.field(validator=is_text)
    next_step: str = attrs.field(validator=is_text)
    source: str = attrs.field(validator=is_text)
    bad: str = attrs.field(validator=is_text)
    good: str = attrs.field(validator=is_text)
    follows: tuple[str, ...] = attrs.field(default=(), validator=are(str))
    is_heuristic: bool = attrs.field(default=False, validator=is_a(bool))

    @cached_property
    def kind(self) -> ReasonKind:
        """What all its findings' reasons share; its code is the rule's own."""
        return ReasonKind(self.code, "HYG-1", self.found, self.facts)

    def finding(self, goals: Iterable[str], **facts: Fact) -> Finding:
        """Return what was found about *goals*."""
        several = list(goals) if isinstance(goals, list | tuple) else goals
        is_plain = isinstance(several, list) and set(map(type, several)) <= {str}
        given = several if is_plain else the_many(str, several, "goals")
        return made(Finding, rule=self, goals=tuple(sorted(given)), reason=self.kind.because(**facts))


@attrs.frozen(kw_only=True)
@readable
class Finding:
    """One rule broken in one place.

    Attributes:
        rule: The rule, with its code, title, severity, source and next step.
        goals: Ids of the goals concerned, in order of the alphabet; none where it is the model as a whole. What is to
            be said of each of several goals is one finding that names them all.
        reason: What was found, with the facts.
    """

    rule: HygieneRule = attrs.field(validator=is_a(HygieneRule))
    goals: tuple[str, ...] = attrs.field(validator=are(str))
    reason: Reason = attrs.field(validator=is_a(Reason))

    @property
    def code(self) -> str:
        """The stable code a program branches, selects or ignores by."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.rule.severity

    def __str__(self) -> str:
        where = ", ".join(self.goals) or "the model"
        hint = " (heuristic: it may be wrong)" if self.rule.is_heuristic else ""
        found = f"{self.reason}{hint}"
        return f"{self.code} {where}: {found}{'' if found.endswith('?') else '.'} {self.rule.next_step}"
