"""Not everything at once: which proposals are taken up now, and which wait."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from enum import unique
from math import inf
from typing import assert_never

import attrs

from goalmodel.checks import Term, are, given_or, is_a, is_count, the, the_many
from goalmodel.key_result import KeyResult
from goalmodel.kpi import Health, Kpi
from goalmodel.lifecycle.promotion import Promote
from goalmodel.model import GoalModel
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable

DEFERRED = ReasonKind(
    "deferred-focus",
    "LIFE-4",
    "{kpi} waits: {limit:key result/key results} at a time, {active:is/are} active, {ahead:goes/go} first",
    {"kpi": str, "limit": int, "active": int, "ahead": int},
)

_URGENCY = (Health.UNHEALTHY, Health.WATCH, Health.HEALTHY, Health.UNKNOWN)


@unique
class FocusScope(Term):
    """Whose attention is limited."""

    OWNER = "of one owner"
    TEAM = "of one team"
    OBJECTIVE = "of one objective"
    MODEL = "of the whole model"


@attrs.frozen(kw_only=True)
@readable
class FocusPolicy:
    """How many key results may be active at a time.

    Source: Five, after Doerr, "Measure What Matters" (2018): no more than five key results to an objective.

    Attributes:
        limit: How many, at least 1.
        scope: Of whom: of each owner, of each team, or of each objective, and together of those goals that have none;
            or of the whole model. Five for a whole organisation would let every proposal wait for ever.
    """

    limit: int = attrs.field(default=5, validator=is_count(1))
    scope: FocusScope = attrs.field(default=FocusScope.OWNER, validator=is_a(FocusScope))


@attrs.frozen
@readable
class DeferredProposal:
    """A proposal that waits.

    Attributes:
        proposal: The proposal, with its evidence.
        reason: What goes first.
    """

    proposal: Promote = attrs.field(validator=is_a(Promote))
    reason: Reason = attrs.field(validator=is_a(Reason))

    def __str__(self) -> str:
        return str(self.reason)


@attrs.frozen
@readable
class Focus:
    """Which proposals are taken up now.

    Attributes:
        taken: The most urgent first.
        deferred: The most urgent first.
    """

    taken: tuple[Promote, ...] = attrs.field(validator=are(Promote))
    deferred: tuple[DeferredProposal, ...] = attrs.field(validator=are(DeferredProposal))

    def __str__(self) -> str:
        taken = ", ".join(each.kpi for each in self.taken) or "none"
        return f"taken: {taken}; waiting: {', '.join(each.proposal.kpi for each in self.deferred) or 'none'}"


def focus(
    proposals: Iterable[Promote],
    *,
    active: Iterable[KeyResult],
    policy: FocusPolicy | None = None,
    model: GoalModel | None = None,
) -> Focus:
    """Return which of *proposals* are taken up beside the *active* key results, and which are deferred.

    First by priority, where one is named; then the less healthy, then those that were not healthy for longer, in days,
    then those that more goals depend on, then by id.
    How far beyond an edge plays no part: two measures have no common unit.

    Rule: LIFE-4.

    Args:
        proposals: In any order.
        active: The key results that are active already.
        policy: How many may be, and of whom; the documented default where None.
        model: The goals: what depends on a KPI is everything it leads to. What it serves itself where None.
    """
    rules = given_or(FocusPolicy(), policy, "policy")
    goals = None if model is None else the(GoalModel, model, "model")
    running = Counter(scope for each in the_many(KeyResult, active, "active") for scope in _scopes(each, rules))
    before, begun = Counter[str | None](), Counter[str | None]()
    taken, deferred = list[Promote](), list[DeferredProposal]()
    for each in sorted(the_many(Promote, proposals, "proposals"), key=lambda each: _urgency(each, goals)):
        scopes = _scopes(each.assessment.kpi, rules)
        full = [scope for scope in scopes if running[scope] + begun[scope] >= rules.limit]
        if full:
            facts = {"kpi": each.kpi, "limit": rules.limit, "active": running[full[0]], "ahead": before[full[0]]}
            deferred.append(DeferredProposal(each, DEFERRED.because(**facts)))
        else:
            taken.append(each)
            begun.update(scopes)
        before.update(scopes)
    return Focus(tuple(taken), tuple(deferred))


def _scopes(goal: Kpi | KeyResult, policy: FocusPolicy) -> tuple[str | None, ...]:
    """Return whose attention a goal takes: a limit holds for each of them."""
    match policy.scope:
        case FocusScope.OWNER:
            return (goal.owner,)
        case FocusScope.TEAM:
            return (goal.team,)
        case FocusScope.OBJECTIVE:
            return goal.serves or (None,)
        case FocusScope.MODEL:
            return (None,)
        case unknown:
            assert_never(unknown)


def _urgency(proposal: Promote, model: GoalModel | None) -> tuple[float, int, dt.date, int, str]:
    found = proposal.assessment
    priority = inf if found.kpi.priority is None else found.kpi.priority
    since = found.streaks.outside_since or dt.date.max
    depends = len(found.kpi.serves) if model is None else model.dependents(proposal.kpi)
    return priority, _URGENCY.index(found.health), since, -depends, proposal.kpi
