"""Hypothesis strategies for every public type, for the tests of those who use goalmodel (extra: testing).

A strategy says what is valid, never what is likely: numbers of every accepted type, as wide as the doors are, and ties
on purpose. Values are built by public constructors, verdicts by asking the public functions. ``values(Kind)`` is the
strategy of any public type; what takes arguments has a name of its own.

A law about KPIs starts with ``@given(kpis(), near(8, 9))``, one about roll-ups with ``@given(values(Rollup))``.
"""

from goalmodel.testing.by_type import public_names as public_names, values as values
from goalmodel.testing.fields import dates as dates, ids as ids, texts as texts
from goalmodel.testing.figures import (
    Exact as Exact,
    computed_floats as computed_floats,
    decimals as decimals,
    exact_numbers as exact_numbers,
    floats as floats,
    ints as ints,
    near as near,
    numbers as numbers,
    positive_numbers as positive_numbers,
    same_as as same_as,
    shares as shares,
)
from goalmodel.testing.goals import (
    commits as commits,
    consents as consents,
    either_of_two as either_of_two,
    health_bands as health_bands,
    initiatives as initiatives,
    key_results as key_results,
    kpis as kpis,
    manners as manners,
    objectives as objectives,
    origins as origins,
    standards as standards,
    ways as ways,
    weights as weights,
    zones as zones,
)
from goalmodel.testing.happenings import events as events, evidences as evidences
from goalmodel.testing.hygiene import CleanModel as CleanModel, clean_models as clean_models
from goalmodel.testing.laws import (
    AuditReport as AuditReport,
    Counterexample as Counterexample,
    FormulaKind as FormulaKind,
    HealthLaws as HealthLaws,
    KeptLaws as KeptLaws,
    LawVerdict as LawVerdict,
    PaceLaws as PaceLaws,
    RollupLaws as RollupLaws,
    ScoreLaws as ScoreLaws,
    audit as audit,
    everyday_numbers as everyday_numbers,
    everyday_shares as everyday_shares,
    everyday_ways as everyday_ways,
    on_thresholds as on_thresholds,
)
from goalmodel.testing.logs import (
    cuts_of as cuts_of,
    event_logs as event_logs,
    series_about as series_about,
    values_about as values_about,
)
from goalmodel.testing.measuring import (
    cadences as cadences,
    cycles as cycles,
    exclusions as exclusions,
    figure_policies as figure_policies,
    measures as measures,
    ranges as ranges,
    readings as readings,
    restated_series as restated_series,
    series as series,
    windows as windows,
)
from goalmodel.testing.models import goal_models as goal_models, histories as histories
from goalmodel.testing.promises import (
    amended_commits as amended_commits,
    amendments as amendments,
    changes_of_kind as changes_of_kind,
    holds as holds,
    readings_about as readings_about,
    stageds as stageds,
)
from goalmodel.testing.shapes import (
    shaped_key_results as shaped_key_results,
    tiers as tiers,
    votes as votes,
    zones_between as zones_between,
)
from goalmodel.testing.thresholds import policies as policies
from goalmodel.testing.trends import (
    accepted_deviations as accepted_deviations,
    rebasings as rebasings,
    reference_periods as reference_periods,
    reference_windows as reference_windows,
    sigma_rules as sigma_rules,
    trend_policies as trend_policies,
    trend_rules as trend_rules,
)
from goalmodel.testing.verdicts import (
    closed_cycles as closed_cycles,
    commit_assessments as commit_assessments,
    keeps as keeps,
    key_result_assessments as key_result_assessments,
    kpi_assessments as kpi_assessments,
    promotes as promotes,
    promotion_decisions as promotion_decisions,
)
from goalmodel.testing.wording import statements as statements
