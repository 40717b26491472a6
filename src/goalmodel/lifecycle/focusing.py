"""Not everything at once: which proposals are taken up now, and which wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from goalmodel.checks import are, given_or, is_a, is_count, the_count, the_many
from goalmodel.kpi import Health
from goalmodel.lifecycle.promotion import Promote
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable

DEFERRED = ReasonKind(
    "deferred-focus",
    "LIFE-4",
    "{kpi} waits: {limit} key results at a time, {active} are active, {ahead} go first",
    {"kpi": str, "limit": int, "active": int, "ahead": int},
)

_URGENCY = (Health.UNHEALTHY, Health.WATCH, Health.HEALTHY, Health.UNKNOWN)


@readable
@attrs.frozen(kw_only=True)
class FocusPolicy:
    """How many key results may be active at a time.

    Source: Five, after Doerr, "Measure What Matters" (2018): no more than five key results to an objective.

    Attributes:
        limit: How many, at least 1.
    """

    limit: int = attrs.field(default=5, validator=is_count(1))


@readable
@attrs.frozen
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


@readable
@attrs.frozen
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


def focus(proposals: Iterable[Promote], *, active: int, policy: FocusPolicy | None = None) -> Focus:
    """Return which of *proposals* are taken up beside so many *active* key results, and which are deferred.

    First the less healthy, then those that were not healthy for longer, in days, then those that more goals depend on,
    then by id.
    How far beyond an edge plays no part: two measures have no common unit.

    Rule: LIFE-4.

    Args:
        proposals: In any order.
        active: Number of key results that are active already.
        policy: How many may be; the documented default where None.
    """
    limit = (given_or(FocusPolicy(), policy, "policy")).limit
    room = max(limit - the_count(active, "active"), 0)
    ordered = sorted(the_many(Promote, proposals, "proposals"), key=_urgency)
    deferred = (
        DeferredProposal(each, DEFERRED.because(kpi=each.kpi, limit=limit, active=active, ahead=room + index))
        for index, each in enumerate(ordered[room:])
    )
    return Focus(tuple(ordered[:room]), tuple(deferred))


def _urgency(proposal: Promote) -> tuple[int, dt.date, int, str]:
    found = proposal.assessment
    since = found.streaks.outside_since or dt.date.max
    return _URGENCY.index(found.health), since, -len(found.kpi.serves), proposal.kpi
