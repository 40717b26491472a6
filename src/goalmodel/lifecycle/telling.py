"""From a decision to the event that tells it."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias, TypedDict, assert_never

from goalmodel.checks import the, the_date
from goalmodel.errors import NotThisGoal, WrongType
from goalmodel.events import CarriedOver, Deferred, Demoted, Event, Evidence, Promoted, Proposed, Retired
from goalmodel.key_result import KeyResult, KeyResultAssessment
from goalmodel.lifecycle.demotion import Demote
from goalmodel.lifecycle.evidence import evidence_of
from goalmodel.lifecycle.focusing import DeferredProposal
from goalmodel.lifecycle.promotion import Promote
from goalmodel.measure import Reading
from goalmodel.reasons import Reason, spell


class _Said(TypedDict):
    on: dt.date
    reason: str
    decided_by: str
    evidence: Evidence


_Decision: TypeAlias = Promote | Demote | DeferredProposal | tuple[KeyResultAssessment, KeyResult | Reason]


def event_of(
    decision: _Decision,
    *,
    decided_by: str,
    reason: str | None = None,
    on: dt.date | None = None,
    key_result: KeyResult | None = None,
) -> Event:
    """Return the event that tells that a *decision* is carried out, with what it rests on.

    A proposal to promote is told as one, or, with the key result the KPI becomes, as the promotion; one that waits as
    deferred; a proposal to demote as the demotion. Of a reset, a key result with what goes on is carried over, and one
    with the reason why it ends is retired.

    Rule: EVT-2.

    >>> csat = Measure("customer satisfaction")
    >>> kpi = Kpi(id="csat", measure=csat, bands=HealthBands.at_least(8))
    >>> decision = decide_promotion(kpi, Series(csat), as_of=date(2026, 9, 30), chosen="clients leave")
    >>> print(event_of(decision, decided_by="the board"))
    2026-09-30: csat is proposed to become a key result, by the board: csat was chosen: clients leave

    Args:
        decision: What was found or proposed.
        decided_by: Who decided, or who proposes it.
        reason: Why; in the words of the decision where None.
        on: When; the date of the decision where None.
        key_result: What a KPI that is promoted becomes; None where that is only proposed, and with other decisions.

    Raises:
        NotThisGoal: The key result is for another decision than to promote its KPI.
        EventDoesNotFit: The key result did not come of the KPI until then.
    """
    as_of, why, evidence = _grounds(decision)
    said: _Said = {
        "on": as_of if on is None else the_date(on, "on"),
        "reason": spell(why) if reason is None else reason,
        "decided_by": decided_by,
        "evidence": evidence,
    }
    if key_result is not None:
        return _promoted(decision, key_result, said)
    match decision:
        case Promote():
            return Proposed(kpi=decision.kpi, **said)
        case DeferredProposal(proposal=waits):
            return Deferred(kpi=waits.kpi, **said)
        case Demote(key_result=moved, kpi=watched):
            return Demoted(key_result=moved.key_result, kpi=watched.kpi, score=moved.score, **said)
        case (over, KeyResult() as into):
            return CarriedOver(goal=over.key_result, into=into, **said)
        case (over, Reason()):
            return Retired(goal=over.key_result, **said)
        case _:
            assert_never(decision)


def _promoted(decision: _Decision, key_result: KeyResult, said: _Said) -> Promoted:
    promoted = Promoted(key_result=the(KeyResult, key_result, "key_result"), **said)
    if not isinstance(decision, Promote) or promoted.kpi != decision.kpi:
        raise NotThisGoal("key_result", key_result, "what the KPI becomes that is promoted", goal=key_result.id)
    return promoted


def _grounds(decision: object) -> tuple[dt.date, Reason | tuple[Reason, ...], Evidence]:
    """Return of which day a decision is, why it was taken, and what it rests on."""
    match decision:
        case Promote(assessment=found) | Demote(kpi=found):
            return found.as_of, decision.evidence, evidence_of(decision)
        case DeferredProposal(proposal=waits, reason=why):
            return waits.assessment.as_of, why, evidence_of(waits)
        case (KeyResultAssessment() as over, KeyResult()) if isinstance(decision, tuple):
            return over.as_of, over.reasons, Evidence(reasons=over.reasons, readings=_latest(over))
        case (KeyResultAssessment() as over, Reason() as why) if isinstance(decision, tuple):
            return over.as_of, why, Evidence(reasons=(why, *over.reasons), readings=_latest(over))
        case _:
            accepted = "a Promote, a Demote, a DeferredProposal, or a key result of a reset with what becomes of it"
            raise WrongType("decision", decision, accepted)


def _latest(found: KeyResultAssessment) -> tuple[Reading, ...]:
    return () if found.latest is None else (found.latest,)
