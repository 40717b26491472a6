"""OBJ4xx: is an objective an outcome, and does anything lead to it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from goalmodel.hygiene.context import LintContext
from goalmodel.hygiene.example import example
from goalmodel.hygiene.finding import Finding, HygieneRule, Severity

TOO_MANY: Final = HygieneRule(
    code="OBJ401",
    title="Too many objectives",
    severity=Severity.WARNING,
    found="{count:objective that serves/objectives that serve} no other, and {limit} at most should be",
    facts={"count": int, "limit": int},
    rationale="Objectives are there to say what is not done this time.",
    next_step="Keep those you would talk about; let the others wait.",
    source="Doerr, Measure What Matters: three to five.",
    bad=example("OBJ401", "objectives=[attrs.evolve(happy, id=f'o-{n}') for n in range(6)]"),
    good=example("OBJ401", "objectives=[attrs.evolve(happy, id=f'o-{n}') for n in range(5)]"),
)
NO_KEY_RESULTS: Final = HygieneRule(
    code="OBJ402",
    title="Objective without key results",
    severity=Severity.WARNING,
    found="no key result, no commit and no objective leads to it",
    rationale="Nobody will ever be able to say that it came true.",
    next_step="Say by which numbers you would know, or drop it.",
    source="Grove, High Output Management; Doerr, Measure What Matters.",
    bad=example("OBJ402", "objectives=[happy]"),
    good=example("OBJ402", "objectives=[happy]", "key_results=[kr]"),
)
NUMBER_IN_TITLE: Final = HygieneRule(
    code="OBJ403",
    title="Objective with a number in its name",
    severity=Severity.HINT,
    found="its title says {number}: is that a key result?",
    facts={"number": str},
    rationale="An objective says what will be better. How much is for its key results to say.",
    next_step="Move the number into a key result.",
    source="Wodtke, Radical Focus: the objective is qualitative.",
    bad=example("OBJ403", "objectives=[attrs.evolve(happy, title='Satisfaction of 9 points')]", "key_results=[kr]"),
    good=example("OBJ403", "objectives=[happy]", "key_results=[kr]"),
    is_heuristic=True,
)
NO_OWNER: Final = HygieneRule(
    code="OBJ404",
    title="Objective without an owner",
    severity=Severity.WARNING,
    found="nobody answers for it",
    rationale="Between two teams, what nobody answers for falls to the ground.",
    next_step="Name who answers for it.",
    source="Viva Goals, alert: no owner.",
    bad=example("OBJ404", "objectives=[attrs.evolve(happy, owner=None)]", "key_results=[kr]"),
    good=example("OBJ404", "objectives=[happy]", "key_results=[kr]"),
)

_NUMBER = re.compile(r"(?<![\w./-])\d[\d.,]*\s?%?(?![\w/-])")
_NAME = re.compile(r"\b[A-Z][A-Z&]+[ -]?\d[\d.:-]*|\b(?:19|20)\d\d\b")
"""A norm or a year: ISO 27001, SOC 2, 2026."""


def too_many(look: LintContext) -> Iterator[Finding]:
    """Find more objectives at the top, at a time, than there should be."""
    top = [each.id for each in look.at_once([each for each in look.pursued if not each.serves])]
    if len(top) > look.policy.most_objectives:
        yield TOO_MANY.finding(top, count=len(top), limit=look.policy.most_objectives)


def no_key_results(look: LintContext) -> Iterator[Finding]:
    """Find each objective to which nothing leads that could be reached."""
    for each in look.pursued:
        if each.id not in look.served:
            yield NO_KEY_RESULTS.finding([each.id])


def number_in_title(look: LintContext) -> Iterator[Finding]:
    """Find each objective whose title holds a number."""
    for each in look.pursued:
        said = _NUMBER.search(_NAME.sub(" ", each.title))
        if said:
            yield NUMBER_IN_TITLE.finding([each.id], number=said[0].strip())


def no_owner(look: LintContext) -> Iterator[Finding]:
    """Find each objective without an owner."""
    return (NO_OWNER.finding([each.id]) for each in look.pursued if each.owner is None)


OBJECTIVE_RULES: Final = (
    (TOO_MANY, too_many),
    (NO_KEY_RESULTS, no_key_results),
    (NUMBER_IN_TITLE, number_in_title),
    (NO_OWNER, no_owner),
)
