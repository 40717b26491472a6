"""The strategy of every public type, by the type."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from hypothesis import strategies as st

from goalmodel.commit import Accountability, Commit, CommitAssessment, Held, Reached, Standard, Standing, Support
from goalmodel.initiative import Initiative
from goalmodel.key_result import (
    Absolute,
    Calibration,
    Forecast,
    ForecastPolicy,
    KeyResult,
    KeyResultAssessment,
    Milestone,
    Milestones,
    Occasions,
    Origin,
    OutcomePolicy,
    Outlook,
    PacePolicy,
    Relative,
    RequiredRate,
    Revision,
    Score,
    Tiers,
    Trajectory,
    Vote,
    Zones,
)
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
from goalmodel.testing.shapes import (
    absolutes,
    calibrations,
    forecast_policies,
    forecasts,
    milestone_lists,
    milestones,
    occasions,
    outlooks,
    pace_policies,
    relatives,
    required_rates,
    revisions,
    shaped_key_results,
    tiers,
    trajectories,
    votes,
    zones_between,
)
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
        Absolute: absolutes(),
        Accountability: accountabilities(),
        Beyond: beyonds(),
        Cadence: cadences(),
        Calibration: calibrations(),
        Commit: commits(),
        CommitAssessment: commit_assessments(),
        Continue: continues(),
        Contradiction: contradictions(),
        Coverage: coverages(),
        Cycle: cycles(),
        Deferred: deferreds(),
        Demote: demotes(),
        DemotionPolicy: demotion_policies(),
        FirstReadings: first_readings(),
        Focus: focuses(),
        FocusPolicy: focus_policies(),
        Forecast: forecasts(),
        ForecastPolicy: forecast_policies(),
        GoalModel: goal_models(),
        Graduated: graduates(),
        HealthBands: health_bands(),
        Held: st.builds(Held, dates()),
        Initiative: initiatives(),
        Keep: keeps(),
        KeyResult: st.one_of(key_results(), shaped_key_results()),
        KeyResultAssessment: key_result_assessments(),
        Kpi: kpis(),
        KpiAssessment: kpi_assessments(),
        Line: lines(),
        Measure: measures(),
        Milestone: milestones(),
        Milestones: milestone_lists(),
        Objective: objectives(),
        Occasions: occasions(),
        Origin: origins(),
        OutcomePolicy: outcome_policies(),
        Outlook: outlooks(),
        PacePolicy: pace_policies(),
        Policy: policies(),
        Promote: promotes(),
        PromotionPolicy: promotion_policies(),
        Reached: st.just(Reached()),
        Reading: readings(),
        Reason: reasons(),
        ReasonKind: reason_kinds(),
        Relative: relatives(),
        RequiredRate: required_rates(),
        Review: reviews(),
        Revision: revisions(),
        Rollup: rollups(),
        Score: scores(),
        Series: series(),
        Standard: standards(),
        Standing: st.just(Standing()),
        Steps: steps(),
        Streaks: streaks(),
        Support: supports(),
        Tiers: tiers(baseline=Fraction(0), target=Fraction(10)),
        Trajectory: trajectories(),
        TrendPolicy: trend_policies(),
        TrendVerdict: trend_verdicts(),
        Unit: units(),
        Vote: votes(),
        Zone: zones(),
        Zones: zones_between(baseline=Fraction(0), target=Fraction(10)),
    }
)
