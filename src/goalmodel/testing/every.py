"""The strategy of every public type, by the type."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType, ModuleType
from typing import Any, Final

from hypothesis import strategies as st

import goalmodel
from goalmodel.changes import ReviewChange
from goalmodel.commit import (
    Accountability,
    Amendment,
    ChangeOfKind,
    Commit,
    CommitAssessment,
    CommitRisk,
    Held,
    OnDueDate,
    Reached,
    SpeculationPolicy,
    Staged,
    Standard,
    Support,
)
from goalmodel.events import (
    Adopted,
    CarriedOver,
    Deferred,
    Demoted,
    DeviationAccepted,
    Dropped,
    Evidence,
    Promoted,
    Proposed,
    Retired,
    StandardAmended,
    TargetRevised,
)
from goalmodel.externality import Externalities, Externality, ExternalityPolicy, Suspect
from goalmodel.hygiene import Description, Finding, HygienePolicy, HygieneRule, Translated
from goalmodel.initiative import Initiative
from goalmodel.key_result import (
    Absolute,
    Forecast,
    ForecastPolicy,
    KeyResult,
    KeyResultAssessment,
    Milestone,
    Milestones,
    Occasions,
    OccasionsLeft,
    Origin,
    OutcomePolicy,
    PacePolicy,
    PercentagePoints,
    Relative,
    RequiredRate,
    Revision,
    Score,
    Tiers,
    Trajectory,
    Vote,
    VoteCalibration,
    Zones,
)
from goalmodel.kpi import (
    AcceptedDeviation,
    AssuranceVerdict,
    Breach,
    BreachPolicy,
    CompositeAssessment,
    CompositeKpi,
    Flapping,
    FlappingPolicy,
    HealthBands,
    Kpi,
    KpiAssessment,
    NoBreach,
    Streaks,
    Zone,
)
from goalmodel.lifecycle import (
    Continue,
    Contradiction,
    ContradictionPolicy,
    DeferredProposal,
    Demote,
    DemotionPolicy,
    Focus,
    FocusPolicy,
    Graduated,
    Keep,
    Promote,
    PromotionPolicy,
    Reset,
)
from goalmodel.measure import Cadence, Cycle, Measure, Reading, Series, Unit
from goalmodel.model import GoalModel
from goalmodel.objective import (
    Calibration,
    CalibrationPolicy,
    ClosedCycle,
    Coverage,
    KeyResultLine,
    Objective,
    ObjectiveLine,
    Rollup,
    RollupPolicy,
    Root,
)
from goalmodel.profiles import (
    Answer,
    Band,
    Expected,
    Facts,
    Kept,
    Profile,
    Progress,
    RolledUp,
    Shown,
    Word,
    Wording,
    Words,
)
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reviewing import Policy, Review
from goalmodel.statement import Draft
from goalmodel.testing.events import (
    adoptions,
    carry_overs,
    deferreds,
    demotions,
    deviation_acceptances,
    drops,
    evidences,
    promotions,
    proposals,
    resets,
    retirements,
    standard_amendments,
    target_revisions,
)
from goalmodel.testing.goals import (
    health_bands,
    initiatives,
    kpis,
    objectives,
    origins,
    scores,
    standards,
    supports,
    zones,
)
from goalmodel.testing.hygiene import (
    descriptions,
    findings,
    hygiene_policies,
    hygiene_rules,
    translations,
)
from goalmodel.testing.means import (
    calibration_policies,
    calibrations,
    closed_cycles,
    objective_lines,
    rollup_policies,
    roots,
)
from goalmodel.testing.measures import (
    cadences,
    cycles,
    measures,
    readings,
    series,
    units,
)
from goalmodel.testing.models import (
    goal_models,
)
from goalmodel.testing.other_systems import (
    answers,
    bands,
    expected_policies,
    facts,
    kept_policies,
    profiles,
    progress_policies,
    rolled_up_policies,
    said_words,
    shown,
    word_policies,
    wordings,
)
from goalmodel.testing.policies import (
    demotion_policies,
    focus_policies,
    outcome_policies,
    policies,
    promotion_policies,
    trend_policies,
)
from goalmodel.testing.promises import (
    amended_commits,
    amendments,
    changes_of_kind,
    commit_risks,
    holds,
    speculation_policies,
    stageds,
)
from goalmodel.testing.reviewing import (
    changed,
    contradiction_policies,
    contradictions,
    externalities,
    externality_policies,
    harmed,
    suspects,
)
from goalmodel.testing.shapes import (
    absolutes,
    forecast_policies,
    forecasts,
    milestone_lists,
    milestones,
    occasions,
    occasions_left,
    pace_policies,
    relatives,
    required_rates,
    revisions,
    shaped_key_results,
    tiers,
    trajectories,
    vote_calibrations,
    votes,
    zones_between,
)
from goalmodel.testing.statements import (
    drafts,
    percentage_points,
)
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
from goalmodel.testing.verdicts import (
    accountabilities,
    commit_assessments,
    continues,
    coverages,
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
    waitings,
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
from goalmodel.trend import (
    ControlChart,
    Cusum,
    Ewma,
    FirstReadings,
    MannKendall,
    ProcessLimits,
    Rebasing,
    ReferenceWindow,
    RunChart,
    SigmaRule,
    Steps,
    TrendPolicy,
    TrendVerdict,
)


def every_type() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every public type of value, by the type: for laws that all of them keep."""
    return _EVERY_TYPE


_EVERY_TYPE: Final[Mapping[type, st.SearchStrategy[Any]]] = MappingProxyType(
    {
        Absolute: absolutes(),
        AcceptedDeviation: accepted_deviations(),
        Accountability: accountabilities(),
        Adopted: adoptions(),
        Amendment: amendments(),
        AssuranceVerdict: assurance_verdicts(),
        SigmaRule: beyonds(),
        Breach: breaches(),
        BreachPolicy: breach_policies(),
        Cadence: cadences(rules=True),
        Calibration: calibrations(),
        CalibrationPolicy: calibration_policies(),
        CarriedOver: carry_overs(),
        ChangeOfKind: changes_of_kind(),
        ClosedCycle: closed_cycles(),
        Commit: amended_commits(),
        CommitAssessment: commit_assessments(),
        CommitRisk: commit_risks(),
        CompositeAssessment: composite_assessments(),
        CompositeKpi: composite_kpis(),
        Continue: continues(),
        ReviewChange: changed(),
        Contradiction: contradictions(),
        ContradictionPolicy: contradiction_policies(),
        Externalities: externalities(),
        Externality: harmed(),
        ExternalityPolicy: externality_policies(),
        Suspect: suspects(),
        ControlChart: control_charts(),
        Coverage: coverages(),
        Cusum: cusums(),
        Cycle: cycles(),
        DeferredProposal: waitings(),
        Demote: demotes(),
        Demoted: demotions(),
        DemotionPolicy: demotion_policies(),
        Description: descriptions(),
        DeviationAccepted: deviation_acceptances(),
        Draft: drafts(),
        Dropped: drops(),
        Evidence: evidences(),
        Ewma: ewmas(),
        Finding: findings(),
        FirstReadings: first_readings(),
        Flapping: flappings(),
        FlappingPolicy: flapping_policies(),
        Focus: focuses(),
        FocusPolicy: focus_policies(),
        Forecast: forecasts(),
        ForecastPolicy: forecast_policies(),
        GoalModel: goal_models(),
        Graduated: graduates(),
        HealthBands: health_bands(),
        Held: holds(),
        HygienePolicy: hygiene_policies(),
        HygieneRule: hygiene_rules(),
        Initiative: initiatives(),
        Keep: keeps(),
        KeyResult: shaped_key_results(),
        KeyResultAssessment: key_result_assessments(),
        Kpi: kpis(),
        KpiAssessment: kpi_assessments(),
        KeyResultLine: lines(),
        MannKendall: mann_kendalls(),
        Measure: measures(),
        Milestone: milestones(),
        Milestones: milestone_lists(),
        NoBreach: no_breaches(),
        Objective: objectives(),
        ObjectiveLine: objective_lines(),
        Occasions: occasions(),
        Origin: origins(),
        OutcomePolicy: outcome_policies(),
        OccasionsLeft: occasions_left(),
        PacePolicy: pace_policies(),
        PercentagePoints: percentage_points(),
        Policy: policies(),
        Deferred: deferreds(),
        ProcessLimits: stated_limits(),
        Promote: promotes(),
        Promoted: promotions(),
        PromotionPolicy: promotion_policies(),
        Proposed: proposals(),
        Reached: st.just(Reached()),
        Reading: readings(),
        Reason: reasons(),
        ReasonKind: reason_kinds(),
        Rebasing: rebasings(),
        Relative: relatives(),
        RequiredRate: required_rates(),
        Reset: resets(),
        Retired: retirements(),
        Review: reviews(),
        Revision: revisions(),
        Rollup: rollups(),
        RollupPolicy: rollup_policies(),
        Root: roots(),
        RunChart: run_charts(),
        Score: scores(),
        Series: series(),
        SpeculationPolicy: speculation_policies(),
        Staged: stageds(),
        Standard: standards(),
        StandardAmended: standard_amendments(),
        OnDueDate: st.just(OnDueDate()),
        Steps: steps(),
        Streaks: streaks(),
        Support: supports(),
        TargetRevised: target_revisions(),
        Trajectory: trajectories(),
        Translated: translations(),
        Tiers: tiers(baseline=Fraction(0), target=Fraction(1)),
        TrendPolicy: trend_policies(),
        TrendVerdict: trend_verdicts(),
        Unit: units(),
        Vote: votes(),
        VoteCalibration: vote_calibrations(),
        ReferenceWindow: windows(),
        Zones: zones_between(baseline=Fraction(1), target=Fraction(-1)),
        Zone: zones(),
        # The same facts as other systems score them.
        Answer: answers(),
        Band: bands(),
        Expected: expected_policies(),
        Facts: facts(),
        Kept: kept_policies(),
        Profile: profiles(),
        Progress: progress_policies(),
        RolledUp: rolled_up_policies(),
        Shown: shown(),
        Word: said_words(),
        Wording: wordings(),
        Words: word_policies(),
    }
)


_NO_ROOMS: Final = frozenset({"checks", "display", "exact", "frames", "testing"})
"""What is no room for users, is this one, or says the same words over columns and needs an extra of its own."""


def public_names() -> dict[str, object]:
    """Return everything goalmodel makes public but its testing room, by name: what each room lists or defines."""
    rooms = (getattr(goalmodel, name) for name in dir(goalmodel) if name not in _NO_ROOMS)
    return {
        name: value
        for room in rooms
        if isinstance(room, ModuleType)
        for name, value in vars(room).items()
        if _is_public(name, value, room)
    }


def _is_public(name: str, value: object, room: ModuleType) -> bool:
    """Whether a room lists a name, or, where it is a single module, defines it."""
    if name.startswith("_") or isinstance(value, ModuleType):
        return False
    if hasattr(room, "__path__"):
        return True
    return getattr(value, "__module__", None) == room.__name__ and name in getattr(room, "__all__", vars(room))
