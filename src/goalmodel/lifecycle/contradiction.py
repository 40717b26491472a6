"""Where a KPI and the key result it became say different things. Both stand; neither is bent to fit the other."""

from __future__ import annotations

import attrs

from goalmodel.doors import is_a, is_text, the
from goalmodel.key_result import KeyResultAssessment
from goalmodel.kpi import Health, KpiAssessment
from goalmodel.reasons import Reason, ReasonKind

REACHED_BUT_NOT_HEALTHY = ReasonKind(
    "contradiction-reached-but-not-healthy",
    "LIFE-3",
    "{key_result} reached its target and {kpi} is still {health}",
)


@attrs.frozen(kw_only=True)
class Contradiction:
    """A key result and a KPI on one measure whose verdicts don't go together.

    Attributes:
        key_result: Id of the key result.
        kpi: Id of the KPI.
        reason: What does not go together.
    """

    key_result: str = attrs.field(validator=is_text)
    kpi: str = attrs.field(validator=is_text)
    reason: Reason = attrs.field(validator=is_a(Reason))


def contradiction(moved: KeyResultAssessment, watched: KpiAssessment) -> Contradiction | None:
    """Return the contradiction between a key result and its KPI; None where there is none.

    Rule: LIFE-3.
    """
    score, health = (
        the(KeyResultAssessment, moved, "moved").score,
        the(KpiAssessment, watched, "watched").health,
    )
    if score is None or score.raw < 1 or health in (Health.HEALTHY, Health.UNKNOWN):
        return None
    key_result, kpi = moved.key_result.id, watched.kpi.id
    reason = REACHED_BUT_NOT_HEALTHY.because(key_result=key_result, kpi=kpi, health=health)
    return Contradiction(key_result=key_result, kpi=kpi, reason=reason)
