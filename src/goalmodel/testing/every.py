"""The strategy of every public type, by the type."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from hypothesis import strategies as st

from goalmodel.commit import (
    Accountability,
    Amendment,
    ChangeOfKind,
    Commit,
    CommitAssessment,
    Held,
    Outlook,
    Reached,
    SpeculationPolicy,
    Staged,
    Standard,
    Standing,
    Support,
)
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult, KeyResultAssessment, Origin, OutcomePolicy, PercentagePoints, Score
from goalmodel.kpi import (
    AcceptedDeviation,
    AssuranceVerdict,
    Beyond,
    Breach,
    BreachPolicy,
    CompositeAssessment,
    CompositeKpi,
    ControlChart,
    Cusum,
    Ewma,
    FirstReadings,
    Flapping,
    FlappingPolicy,
    HealthBands,
    Kpi,
    KpiAssessment,
    MannKendall,
    NoBreach,
    ProcessLimits,
    Rebasing,
    RunChart,
    Steps,
    Streaks,
    TrendPolicy,
    TrendVerdict,
    Window,
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
from goalmodel.objective import (
    Calibration,
    CalibrationPolicy,
    ClosedCycle,
    Coverage,
    Line,
    Objective,
    ObjectiveLine,
    Rollup,
    RollupPolicy,
    Root,
)
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.review import Policy, Review
from goalmodel.statement import Draft
from goalmodel.testing.goals import (
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
from goalmodel.testing.means import (
    calibration_policies,
    calibrations,
    closed_cycles,
    objective_lines,
    rollup_policies,
    roots,
)
from goalmodel.testing.measures import cadences, cycles, measures, readings, series, units
from goalmodel.testing.models import goal_models
from goalmodel.testing.policies import (
    demotion_policies,
    focus_policies,
    outcome_policies,
    policies,
    promotion_policies,
    trend_policies,
)
<<<<<<< HEAD
from goalmodel.testing.trends import (
    accepted_deviations,
    beyonds,
    control_charts,
    cusums,
    ewmas,
    first_readings,
    mann_kendalls,
    rebasings,
    run_charts,
    stated_limits,
    steps,
    windows,
)
=======
from goalmodel.testing.statements import drafts, percentage_points
>>>>>>> issue4b
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
from goalmodel.testing.watching import (
    assurance_verdicts,
    breach_policies,
    breaches,
    composite_assessments,
    composite_kpis,
    flapping_policies,
    flappings,
    no_breaches,
)


def every_type() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every public type of value, by the type: for laws that all of them keep."""
    return _EVERY_TYPE


_EVERY_TYPE: Final[Mapping[type, st.SearchStrategy[Any]]] = MappingProxyType(
    {
        AcceptedDeviation: accepted_deviations(),
        AssuranceVerdict: assurance_verdicts(),
        Breach: breaches(),
        BreachPolicy: breach_policies(),
        CompositeAssessment: composite_assessments(),
        CompositeKpi: composite_kpis(),
        ControlChart: control_charts(),
        Cusum: cusums(),
        Ewma: ewmas(),
        Flapping: flappings(),
        FlappingPolicy: flapping_policies(),
        MannKendall: mann_kendalls(),
        NoBreach: no_breaches(),
        ProcessLimits: stated_limits(),
        Rebasing: rebasings(),
        RunChart: run_charts(),
        Window: windows(),
        Accountability: accountabilities(),
        Amendment: amendments(),
        Beyond: beyonds(),
        Cadence: cadences(),
        Calibration: calibrations(),
        CalibrationPolicy: calibration_policies(),
        ChangeOfKind: changes_of_kind(),
        ClosedCycle: closed_cycles(),
        Commit: amended_commits(),
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
        Held: holds(),
        Initiative: initiatives(),
        Keep: keeps(),
        KeyResult: key_results(),
        KeyResultAssessment: key_result_assessments(),
        Kpi: kpis(),
        KpiAssessment: kpi_assessments(),
        Line: lines(),
        Measure: measures(),
        Objective: objectives(),
        ObjectiveLine: objective_lines(),
        Origin: origins(),
        OutcomePolicy: outcome_policies(),
<<<<<<< HEAD
        Outlook: outlooks(),
=======
        PercentagePoints: percentage_points(),
>>>>>>> issue4b
        Policy: policies(),
        Promote: promotes(),
        PromotionPolicy: promotion_policies(),
        Reached: st.just(Reached()),
        Reading: readings(),
        Reason: reasons(),
        ReasonKind: reason_kinds(),
        Review: reviews(),
        Rollup: rollups(),
        RollupPolicy: rollup_policies(),
        Root: roots(),
        Score: scores(),
        Series: series(),
        SpeculationPolicy: speculation_policies(),
        Staged: stageds(),
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
