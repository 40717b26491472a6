"""The strategy of every public type, by the type.

A new type needs nothing here where its fields and their annotations say what is valid; otherwise a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType, ModuleType
from typing import Any, Final, TypeVar, overload

import attrs
from hypothesis import strategies as st

import goalmodel
from goalmodel import (
    backtesting,
    capacity,
    commit,
    externality,
    fairness,
    hygiene,
    key_result,
    kpi,
    lifecycle,
    measure,
    objective,
    profiles,
    statement,
    trend,
)
from goalmodel.changes import ReviewChange
from goalmodel.events import Evidence
from goalmodel.exact import Number
from goalmodel.model import GoalModel
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reviewing import Policy, Review
from goalmodel.testing import goals, measuring, other_systems, promises, shapes, thresholds, trends, verdicts
from goalmodel.testing.fields import PLAIN, annotated, built, ids
from goalmodel.testing.figures import numbers
from goalmodel.testing.happenings import EVENTS, evidences, resets
from goalmodel.testing.hygiene import DESCRIPTIONS, findings, hygiene_policies
from goalmodel.testing.models import goal_models
from goalmodel.testing.verdicts import only
from goalmodel.testing.wording import statements

_T = TypeVar("_T")
_G = TypeVar("_G", kpi.Kpi, key_result.KeyResult, commit.Commit)


@overload
def values(kind: type[_T], /) -> st.SearchStrategy[_T]: ...
@overload
def values(kind: object, /) -> st.SearchStrategy[Any]: ...
def values(kind: object, /) -> st.SearchStrategy[Any]:
    """Return the strategy of any public type: ``values(Review)``.

    Plain values are drawn by their fields, as the annotations say; verdicts are made by asking the public functions.

    Args:
        kind: A public type, an enum, or what annotations make of them: ``values(tuple[Kpi, ...])``,
            ``values(Event)``.

    Raises:
        WrongType: Nothing is known that would be valid for *kind*.
    """
    return annotated(kind, _BY_TYPE)


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


_NO_ROOMS: Final = frozenset(
    {"checks", "exact", "frames", "promised", "reprs", "rooms", "showing", "testing", "together"}
)
"""What is no room for users, or is this one."""


def _paused(goal: _G, exclusions: list[measure.Exclusion]) -> _G:
    return attrs.evolve(goal, exclusions=exclusions)


_ROLLUPS: Final = verdicts.rollups()
_DEMOTES: Final = verdicts.demotes()
_EXCLUSION: Final = measuring.exclusions(is_open=st.booleans())
_EXCLUSIONS: Final = st.lists(_EXCLUSION, max_size=2)
_RESTATED: Final = measuring.restated_series().filter(lambda it: it.restatements)
_BY_TYPE: Final[Mapping[Any, st.SearchStrategy[Any]]] = MappingProxyType(
    {
        **PLAIN,
        Number: numbers(),
        **EVENTS,
        Evidence: evidences(),
        GoalModel: goal_models(),
        Policy: thresholds.policies(),
        Reason: verdicts.reasons(),
        ReasonKind: verdicts.ANY_KINDS,
        Review: verdicts.reviews(),
        backtesting.BacktestLine: built(
            backtesting.BacktestLine, said=st.lists(built(backtesting.Said, goal=ids()), max_size=3).map(tuple)
        ),
        backtesting.Said: built(backtesting.Said, goal=ids()),
        kpi.FlagsByChance: st.lists(verdicts.kpi_assessments(), max_size=3).map(kpi.flags_by_chance),
        key_result.ByChance: verdicts.key_result_assessments().map(lambda it: it.by_chance),
        ReviewChange: verdicts.review_changes(),
        commit.Accountability: goals.commits().map(lambda it: it.accountability_as_declared),
        commit.Allowance: promises.allowances(),
        commit.Amendment: promises.amendments(),
        commit.ChangeOfKind: promises.changes_of_kind(),
        commit.Commit: st.builds(_paused, promises.amended_commits(), _EXCLUSIONS),
        commit.CommitAssessment: verdicts.commit_assessments(),
        commit.CommitRisk: promises.commit_risks(),
        capacity.Capacity: goals.capacities(),
        capacity.Take: goals.takes(),
        commit.Consent: goals.consents(),
        fairness.FairnessFile: verdicts.fairness_files(),
        commit.Held: promises.holds(),
        commit.SpeculationPolicy: thresholds.SPECULATION_POLICIES,
        commit.Staged: promises.stageds(),
        commit.Standard: st.one_of(goals.standards(), goals.either_of_two()),
        externality.ExternalityPolicy: thresholds.EXTERNALITY_POLICIES,
        hygiene.Finding: findings(),
        hygiene.HygienePolicy: hygiene_policies(),
        hygiene.HygieneRule: st.sampled_from(hygiene.HYGIENE_RULES),
        hygiene.Translated: DESCRIPTIONS.map(hygiene.translate),
        key_result.Forecast: shapes.forecasts(),
        key_result.ForecastPolicy: thresholds.FORECAST_POLICIES,
        key_result.KeyResult: st.builds(_paused, shapes.shaped_key_results(), _EXCLUSIONS),
        key_result.KeyResultAssessment: verdicts.key_result_assessments(),
        key_result.MeanOfLatest: shapes.MEANS_OF_LATEST,
        key_result.Milestone: shapes.MILESTONE,
        key_result.Milestones: shapes.MILESTONES,
        key_result.Occasions: shapes.OCCASIONS,
        key_result.OccasionsLeft: shapes.occasions_left(),
        key_result.OutcomePolicy: thresholds.OUTCOME_POLICIES,
        key_result.PacePolicy: thresholds.PACE_POLICIES,
        key_result.RequiredRate: shapes.required_rates(),
        key_result.Score: goals.scores(),
        key_result.Tiers: shapes.tiers(baseline=Fraction(0), target=Fraction(1)),
        key_result.Trajectory: shapes.TRAJECTORIES,
        key_result.Vote: shapes.votes(),
        key_result.VoteCalibration: shapes.vote_calibrations(),
        key_result.Zones: shapes.zones_between(baseline=Fraction(1), target=Fraction(-1)),
        kpi.AcceptedDeviation: trends.accepted_deviations(),
        kpi.AssuranceVerdict: verdicts.assurance_verdicts(),
        kpi.BandsChange: goals.bands_changes(),
        kpi.Breach: verdicts.breaches(),
        kpi.BreachPolicy: thresholds.BREACH_POLICIES,
        kpi.CompositeAssessment: verdicts.composite_assessments(),
        kpi.CompositeKpi: verdicts.composite_kpis(),
        kpi.Flapping: verdicts.flappings(),
        kpi.FlappingPolicy: thresholds.FLAPPING_POLICIES,
        kpi.HealthBands: goals.health_bands(may_be_open=True),
        kpi.Kpi: st.builds(_paused, goals.kpis(), _EXCLUSIONS),
        kpi.KpiAssessment: verdicts.kpi_assessments(),
        key_result.KeyResultHistory: verdicts.key_result_histories(),
        commit.CommitHistory: verdicts.commit_histories(),
        kpi.KpiHistory: verdicts.kpi_histories(),
        kpi.NoBreach: only(kpi.NoBreach, verdicts.breach_answers()),
        kpi.Streaks: verdicts.kpi_assessments().map(lambda it: it.streaks),
        kpi.Zone: goals.zones(),
        lifecycle.Continue: verdicts.continues(),
        lifecycle.Contradiction: verdicts.contradictions(),
        lifecycle.ContradictionPolicy: thresholds.CONTRADICTION_POLICIES,
        lifecycle.DeferredProposal: verdicts.deferred_proposals(),
        lifecycle.Demote: _DEMOTES,
        lifecycle.DemotionPolicy: thresholds.DEMOTION_POLICIES,
        lifecycle.Focus: verdicts.focuses(),
        lifecycle.FocusPolicy: thresholds.FOCUS_POLICIES,
        lifecycle.Graduated: _DEMOTES.map(lambda it: lifecycle.demote(it.key_result.key_result, it)),
        lifecycle.Keep: verdicts.keeps(),
        lifecycle.Promote: verdicts.promotes(),
        lifecycle.PromotionPolicy: thresholds.PROMOTION_POLICIES,
        lifecycle.Reset: resets(),
        measure.Cadence: measuring.lagging_cadences(),
        measure.Cycle: measuring.cycles(),
        measure.Derived: measuring.derived_measures(),
        measure.Gap: measuring.GAPS,
        measure.Growth: measuring.GROWTHS,
        measure.Lag: measuring.LAGS,
        measure.Ratio: measuring.RATIOS,
        measure.Share: measuring.SHARES,
        measure.Total: measuring.TOTALS,
        measure.EachPeriod: measuring.EACH_PERIOD,
        measure.Figure: measuring.figures_made(),
        measure.FigurePolicy: measuring.figure_policies(),
        measure.StatedPeriods: measuring.STATED_PERIODS,
        measure.ToDate: st.builds(measure.ToDate, st.one_of(measuring.EACH_PERIOD, measuring.STATED_PERIODS)),
        measure.Window: measuring.windows(),
        measure.Measure: measuring.measures(),
        measure.Reading: measuring.readings(),
        measure.Series: st.one_of(measuring.series(), measuring.restated_series()),
        measure.Exclusion: _EXCLUSION,
        measure.Restatement: _RESTATED.map(lambda it: it.restatements[0]),
        measure.Unit: measuring.UNITS,
        objective.Calibration: verdicts.calibrations(),
        objective.CalibrationPolicy: thresholds.CALIBRATION_POLICIES,
        objective.ClosedCycle: verdicts.closed_cycles(),
        objective.Coverage: _ROLLUPS.map(lambda it: it.coverage),
        objective.KeyResultLine: verdicts.lines(),
        objective.Objective: goals.objectives(),
        objective.ObjectiveLine: verdicts.objective_lines(),
        objective.Rollup: _ROLLUPS,
        objective.RollupPolicy: thresholds.ROLLUP_POLICIES,
        objective.Root: built(objective.Root, of=st.fractions(0, 4, max_denominator=10**6), degree=st.integers(1, 12)),
        profiles.Answer: other_systems.answers(),
        profiles.Band: other_systems.bands(),
        profiles.Expected: other_systems.expected_policies(),
        profiles.Facts: other_systems.facts(),
        profiles.Kept: other_systems.kept_policies(),
        profiles.Lasting: other_systems.lastings(),
        profiles.Profile: other_systems.profiles(),
        profiles.Progress: other_systems.progress_policies(),
        profiles.RolledUp: other_systems.rolled_up_policies(),
        profiles.Shown: other_systems.shown(),
        profiles.Word: other_systems.said_words(),
        profiles.Wording: other_systems.wordings(),
        profiles.Words: other_systems.word_policies(),
        statement.Draft: statements().map(statement.parse),
        hygiene.Stated: statements().map(statement.parse),
        trend.CasesChart: trends.CASES_CHARTS,
        trend.ControlChart: trends.CONTROL_CHARTS,
        trend.Cusum: trends.CUSUMS,
        trend.Ewma: trends.EWMAS,
        trend.FirstReadings: trends.FIRST_READINGS,
        trend.MannKendall: trends.MANN_KENDALLS,
        trend.ProcessLimits: trends.PROCESS_LIMITS,
        trend.Rebasing: trends.rebasings(),
        trend.ReferenceWindow: trends.reference_windows(),
        trend.RunChart: trends.RUN_CHARTS,
        trend.SigmaRule: trends.sigma_rules(),
        trend.Steps: trends.STEPS,
        trend.TrendRule: trends.trend_rules(),
        trend.TrendPolicy: trends.trend_policies(),
        trend.StandingVerdict: verdicts.standing_verdicts(),
        trend.HeadingVerdict: verdicts.heading_verdicts(),
        trend.UsualRule: trends.usual_rules(),
        trend.DirectionRule: trends.direction_rules(),
        trend.MovingRange: trends.MOVING_RANGES,
        trend.ChartTest: trends.CHART_TESTS,
    }
)
