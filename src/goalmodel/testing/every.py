"""The strategy of every public type, by the type."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from hypothesis import strategies as st

from goalmodel.commit import Accountability, Commit, CommitAssessment, Held, Reached, Standard, Standing, Support
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult, KeyResultAssessment, Origin, OutcomePolicy, PercentagePoints, Score
from goalmodel.kpi import (
    Beyond,
    FirstReadings,
    HealthBands,
    Kpi,
    KpiAssessment,
    Steps,
    Streaks,
    TrendPolicy,
    TrendVerdict,
    Zone,
)
from goalmodel.lifecycle import (
    Continue,
    Contradiction,
    Deferred,
    Demote,
    DemotionPolicy,
    Focus,
    FocusPolicy,
    Graduated,
    Keep,
    Promote,
    PromotionPolicy,
)
from goalmodel.measure import Cadence, Cycle, Measure, Reading, Series, Unit
from goalmodel.model import GoalModel
from goalmodel.objective import Coverage, Line, Objective, Rollup
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.review import Policy, Review
from goalmodel.statement import Draft
from goalmodel.testing.goals import (
    commits,
    health_bands,
    initiatives,
    key_results,
    kpis,
    objectives,
    origins,
    scores,
    standards,
    supports,
    zones,
)
from goalmodel.testing.measures import cadences, cycles, dates, measures, readings, series, units
from goalmodel.testing.models import goal_models
from goalmodel.testing.policies import (
    beyonds,
    demotion_policies,
    first_readings,
    focus_policies,
    outcome_policies,
    policies,
    promotion_policies,
    steps,
    trend_policies,
)
from goalmodel.testing.statements import drafts, percentage_points
from goalmodel.testing.verdicts import (
    accountabilities,
    commit_assessments,
    continues,
    contradictions,
    coverages,
    deferreds,
    demotes,
    focuses,
    graduates,
    keeps,
    key_result_assessments,
    kpi_assessments,
    lines,
    promotes,
    reason_kinds,
    reasons,
    reviews,
    rollups,
    streaks,
    trend_verdicts,
)


def every_type() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every public type of value, by the type: for laws that all of them keep."""
    return _EVERY_TYPE


_EVERY_TYPE: Final[Mapping[type, st.SearchStrategy[Any]]] = MappingProxyType(
    {
        Accountability: accountabilities(),
        Beyond: beyonds(),
        Cadence: cadences(),
        Commit: commits(),
        CommitAssessment: commit_assessments(),
        Continue: continues(),
        Contradiction: contradictions(),
        Coverage: coverages(),
        Cycle: cycles(),
        Deferred: deferreds(),
        Demote: demotes(),
        DemotionPolicy: demotion_policies(),
        Draft: drafts(),
        FirstReadings: first_readings(),
        Focus: focuses(),
        FocusPolicy: focus_policies(),
        GoalModel: goal_models(),
        Graduated: graduates(),
        HealthBands: health_bands(),
        Held: st.builds(Held, dates()),
        Initiative: initiatives(),
        Keep: keeps(),
        KeyResult: key_results(),
        KeyResultAssessment: key_result_assessments(),
        Kpi: kpis(),
        KpiAssessment: kpi_assessments(),
        Line: lines(),
        Measure: measures(),
        Objective: objectives(),
        Origin: origins(),
        OutcomePolicy: outcome_policies(),
        PercentagePoints: percentage_points(),
        Policy: policies(),
        Promote: promotes(),
        PromotionPolicy: promotion_policies(),
        Reached: st.just(Reached()),
        Reading: readings(),
        Reason: reasons(),
        ReasonKind: reason_kinds(),
        Review: reviews(),
        Rollup: rollups(),
        Score: scores(),
        Series: series(),
        Standard: standards(),
        Standing: st.just(Standing()),
        Steps: steps(),
        Streaks: streaks(),
        Support: supports(),
        TrendPolicy: trend_policies(),
        TrendVerdict: trend_verdicts(),
        Unit: units(),
        Zone: zones(),
    }
)
