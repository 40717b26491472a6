"""What a proposal rests on, as the event keeps it that carries it out."""

from __future__ import annotations

from goalmodel.errors import WrongType
from goalmodel.events import Evidence
from goalmodel.kpi import KpiAssessment
from goalmodel.lifecycle.demotion import Demote
from goalmodel.lifecycle.promotion import Promote
from goalmodel.measure import Reading
from goalmodel.reasons import Reason
from goalmodel.trend import Heading, Standing, TrendRule


def evidence_of(decision: Promote | Demote) -> Evidence:
    """Return what *decision* rests on: its reasons, the readings that decided, and the rule that gave the signal.

    Rule: EVT-2.

    Args:
        decision: A proposal to promote or to demote.
    """
    match decision:
        case Promote(assessment=found, readings=readings):
            return _evidence(found, decision.evidence, readings)
        case Demote(kpi=found):
            return _evidence(found, decision.evidence, () if found.latest is None else (found.latest,))
        case _:
            raise WrongType("decision", decision, "a Promote or a Demote")


def _evidence(found: KpiAssessment, reasons: tuple[Reason, ...], readings: tuple[Reading, ...]) -> Evidence:
    rule = _rule(found)
    return Evidence(
        reasons=reasons,
        readings=readings,
        rule=None if rule is None else str(rule),
        false_alarm_rate=None if rule is None else rule.false_alarm_rate(found.looks_a_year),
    )


def _rule(found: KpiAssessment) -> TrendRule | None:
    if found.direction is not None and found.heading is Heading.WORSENING:
        return found.direction.rule
    return found.usual.rule if found.usual is not None and found.standing is Standing.WORSE else None
