"""Is this a well-made goal model? Every rule of the linter in one table, and what they find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from string import ascii_uppercase
from typing import Final, TypeAlias

import attrs

from goalmodel.checks import the_text
from goalmodel.errors import UnknownCode
from goalmodel.hygiene.beside_rules import BESIDE_RULES
from goalmodel.hygiene.capacity_rules import CAPACITY_RULES
from goalmodel.hygiene.commit_rules import COMMIT_RULES
from goalmodel.hygiene.context import LintContext
from goalmodel.hygiene.finding import Finding, HygieneRule
from goalmodel.hygiene.gaming_rules import GAMING_RULES
from goalmodel.hygiene.key_result_rules import KEY_RESULT_RULES
from goalmodel.hygiene.kpi_rules import KPI_RULES
from goalmodel.hygiene.model_rules import MODEL_RULES
from goalmodel.hygiene.objective_rules import OBJECTIVE_RULES
from goalmodel.hygiene.repeated_rules import REPEATED_RULES
from goalmodel.reasons import Reason

_Check: TypeAlias = tuple[HygieneRule, Callable[[LintContext], Iterator[Finding]]]

_ALL: Final[tuple[_Check, ...]] = (
    *KPI_RULES,
    *KEY_RESULT_RULES,
    *COMMIT_RULES,
    *OBJECTIVE_RULES,
    *MODEL_RULES,
    *REPEATED_RULES,
    *BESIDE_RULES,
    *CAPACITY_RULES,
    *GAMING_RULES,
)


def _number(check: _Check) -> int:
    return int(check[0].code.lstrip(ascii_uppercase))


_CHECKS: Final = tuple(sorted(_ALL, key=_number))

HYGIENE_RULES: Final = tuple(rule for rule, _ in _CHECKS)
"""Every rule of the linter, by code."""


def explain(code: str) -> HygieneRule:
    """Return the rule with *code*: its rationale, and two programs that run as they stand, a bad and a good example.

    >>> explain("KR203").title
    'Key result without a baseline'
    >>> names = {}
    >>> exec(explain("KR203").bad, names)
    >>> [finding.goals for finding in names["found"]]
    [('csat-q4',)]

    Raises:
        UnknownCode: There is no such rule.
    """
    wanted = the_text(code, "code")
    for rule in HYGIENE_RULES:
        if rule.code == wanted:
            return rule
    raise UnknownCode("code", code)


def findings(look: LintContext) -> tuple[Finding, ...]:
    """Return what the selected rules find, by code and then by the goals concerned.

    Rule: HYG-1.

    Raises:
        UnknownCode: The policy selects or ignores what no rule is called.
    """
    policy = look.policy
    for field, prefixes in (("select", policy.select), ("ignore", policy.ignore)):
        for prefix in prefixes:
            if not any(rule.code.startswith(prefix) for rule in HYGIENE_RULES):
                raise UnknownCode(
                    field, prefix, f"the beginning of one of {', '.join(rule.code for rule in HYGIENE_RULES)}"
                )
    asked = (find for rule, find in _CHECKS if policy.asks(rule.code, is_heuristic=rule.is_heuristic))
    found = list(chain.from_iterable(find(look) for find in asked))
    return tuple(sorted(_folded(_without_what_follows(look, found)), key=_place))


def _without_what_follows(look: LintContext, found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what was found, but for what follows from another finding about all its key results."""
    moved = {each.id for each in look.model.key_results}
    named: defaultdict[str, set[str]] = defaultdict(set)
    for each in found:
        named[each.code].update(each.goals)
    for each in found:
        its = moved.intersection(each.goals)
        if not any(its and its <= named[code] for code in each.rule.follows):
            yield each


def _folded(found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what was found; what is the same for several goals, each by itself, as one finding that names them all."""
    alike: defaultdict[Reason, list[Finding]] = defaultdict(list)
    for each in found:
        if len(each.goals) != 1:
            yield each
        else:
            alike[each.reason].append(each)
    for first, *others in alike.values():
        goals = tuple(sorted((*first.goals, *(goal for each in others for goal in each.goals))))
        yield attrs.evolve(first, goals=goals) if others else first


def _place(finding: Finding) -> tuple[str, tuple[str, ...]]:
    return finding.code, finding.goals
