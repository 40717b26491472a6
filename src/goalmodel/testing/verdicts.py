"""Verdicts and decisions, made the way their users get them: by asking the public functions."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final, TypeVar, cast

from hypothesis import strategies as st

from goalmodel.catalogue import REASON_KINDS
from goalmodel.changes import Aspect, AspectValue, ReviewChange
from goalmodel.commit import Attainment, Commit, CommitAssessment, CommitHistory
from goalmodel.exact import Number
from goalmodel.fairness import FairnessFile, fairness_file
from goalmodel.key_result import KeyResult, KeyResultAssessment, KeyResultHistory, Outcome, Pace, Score
from goalmodel.kpi import (
    AssuranceVerdict,
    Breach,
    CompositeAssessment,
    CompositeKpi,
    Flapping,
    Health,
    HealthBands,
    Kpi,
    KpiAssessment,
    KpiHistory,
    NoBreach,
    assurance,
)
from goalmodel.lifecycle import (
    Continue,
    Contradiction,
    DeferredProposal,
    Demote,
    DemotionPolicy,
    Focus,
    FocusPolicy,
    Keep,
    Promote,
    decide_demotion,
    decide_promotion,
    focus,
)
from goalmodel.measure import Cycle, Measure, Polarity, Series
from goalmodel.model import GoalModel
from goalmodel.objective import (
    Calibration,
    ClosedCycle,
    Coverage,
    KeyResultLine,
    ObjectiveLine,
    Rollup,
    calibrate,
    roll_up,
)
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reviewing import Review, review
from goalmodel.testing.fields import built, dates, ids, texts
from goalmodel.testing.figures import evenly, exact_numbers, near, numbers, shares
from goalmodel.testing.goals import commits, health_bands, key_results, kpis, objectives, scores
from goalmodel.testing.measuring import cycles, measures, restated_series, series
from goalmodel.testing.models import goal_models, histories
from goalmodel.testing.promises import amended_commits, readings_about
from goalmodel.testing.thresholds import (
    BREACH_POLICIES,
    CALIBRATION_POLICIES,
    DEMOTION_POLICIES,
    FLAPPING_POLICIES,
    FOCUS_POLICIES,
    OUTCOME_POLICIES,
    PROMOTION_POLICIES,
    policies,
)
from goalmodel.testing.trends import trend_policies
from goalmodel.trend import Heading, HeadingVerdict, Standing, StandingVerdict

_T = TypeVar("_T")

_READINGS: Final = 10
OWN_KINDS: Final = built(
    ReasonKind,
    sentence=st.sampled_from(("{kpi} has {count}", "{count} of {kpi}", "because of {kpi}", "so it is")),
    facts=st.just({"kpi": str, "count": int}),
)
"""Kinds of reasons of a user's own, about the facts named "kpi" and "count"."""
ANY_KINDS: Final = st.one_of(st.sampled_from(tuple(REASON_KINDS.values())), OWN_KINDS)
"""Every kind of reason there is, and some of a user's own."""


def reasons() -> st.SearchStrategy[Reason]:
    """Return reasons that rest on the facts "kpi" and "count"."""
    return st.builds(ReasonKind.because, OWN_KINDS, kpi=texts(), count=st.integers())


@st.composite
def kpi_assessments(
    draw: st.DrawFn, *, kpi: st.SearchStrategy[Kpi] | None = None, as_of: st.SearchStrategy[dt.date] | None = None
) -> KpiAssessment:
    """Return KPIs as they stand: read and never read, fresh and stale, on the cut and beside it.

    Args:
        draw: Given by Hypothesis.
        kpi: Which; any KPI where None.
        as_of: When; any date, and those of the readings, where None.
    """
    its_kpi = draw(kpis() if kpi is None else kpi)
    readings = draw(_readings_of(its_kpi))
    day = draw(_days_of(readings) if as_of is None else as_of)
    return its_kpi.assess(readings, as_of=day, policy=draw(st.one_of(st.none(), trend_policies())))


@st.composite
def kpi_histories(draw: st.DrawFn) -> KpiHistory:
    """Return KPIs with what was read of them."""
    its_kpi = draw(kpis())
    return KpiHistory(its_kpi, draw(_readings_of(its_kpi)), draw(st.one_of(st.none(), trend_policies())))


@st.composite
def key_result_histories(draw: st.DrawFn) -> KeyResultHistory:
    """Return key results with what was read of them."""
    moved = draw(key_results())
    return KeyResultHistory(moved, draw(series(measure=moved.measure)))


@st.composite
def commit_histories(draw: st.DrawFn) -> CommitHistory:
    """Return commits with what was read of them."""
    held = draw(amended_commits())
    return CommitHistory(held, draw(readings_about(held)))


@st.composite
def key_result_assessments(
    draw: st.DrawFn, *, key_result: st.SearchStrategy[KeyResult] | None = None
) -> KeyResultAssessment:
    """Return key results as they stand: with and without a score, on the thresholds and beside them.

    Args:
        draw: Given by Hypothesis.
        key_result: Which; any key result where None.
    """
    moved = draw(key_results() if key_result is None else key_result)
    cycle = moved.cycle
    ends = [moved.target_value] if moved.baseline is None else [moved.baseline, moved.target_value]
    on = _around(cycle.start, cycle.end)
    readings = draw(series(measure=moved.measure, values=_about(*ends), on=on, max_size=6))
    day = draw(evenly(on, _days_of(readings)))
    return moved.assess(readings, as_of=day, policy=draw(st.one_of(st.none(), OUTCOME_POLICIES)))


@st.composite
def commit_assessments(draw: st.DrawFn, *, commit: st.SearchStrategy[Commit] | None = None) -> CommitAssessment:
    """Return commits as they stand: kept, not kept, in flight and unknown, on the standard and beside it.

    Args:
        draw: Given by Hypothesis.
        commit: Which; any commit where None.
    """
    held = draw(commits() if commit is None else commit)
    ends = [end for _, end in held.standard.worded]
    on = _around(held.counts_from, held.due)
    readings = draw(series(measure=held.measure, values=_about(*ends), on=on, max_size=6))
    return held.assess(readings, as_of=draw(evenly(on, _days_of(readings))))


@st.composite
def fairness_files(draw: st.DrawFn) -> FairnessFile:
    """Return fairness files of commits and key results whose figures came late, were restated, or neither."""
    goal: Commit | KeyResult = draw(st.one_of(commits(), key_results()))
    if isinstance(goal, Commit):
        on, about = _around(goal.counts_from, goal.due), [goal.standard.low, goal.standard.high]
    else:
        on, about = (
            _around(goal.cycle.start, goal.cycle.end),
            [goal.baseline or Fraction(0)],
        )
    ends = [end for end in about if end is not None]
    readings = draw(restated_series(measure=goal.measure, values=_about(*ends), on=on, max_size=4))
    return fairness_file(goal, readings, as_of=draw(evenly(on, _days_of(readings))))


@st.composite
def standing_verdicts(draw: st.DrawFn) -> StandingVerdict:
    """Return what trend rules say of where KPIs with bands stand against what is usual."""
    kpi, policy = draw(kpis(bands=health_bands())), draw(trend_policies())
    found = kpi.assess(draw(_readings_of(kpi)), as_of=dt.date.max, policy=policy)
    return found.usual or StandingVerdict(policy.usual, found.standing, ())


@st.composite
def heading_verdicts(draw: st.DrawFn) -> HeadingVerdict:
    """Return what trend rules say of which way KPIs with bands are heading."""
    kpi, policy = draw(kpis(bands=health_bands())), draw(trend_policies())
    found = kpi.assess(draw(_readings_of(kpi)), as_of=dt.date.max, policy=policy)
    return found.direction or HeadingVerdict(policy.direction, found.heading, ())


@st.composite
def rollups(draw: st.DrawFn) -> Rollup:
    """Return what the goals of an objective come to: with and without scores, commits, and anything at all."""
    moved = draw(st.lists(key_result_assessments(), max_size=4, unique_by=lambda each: each.key_result.id))
    held = draw(st.lists(commit_assessments(), max_size=3, unique_by=lambda each: each.commit.id))
    return roll_up(moved, held)


def lines() -> st.SearchStrategy[KeyResultLine]:
    """Return single key results' parts in means."""
    moved = st.lists(key_result_assessments(), min_size=1, max_size=3, unique_by=lambda each: each.key_result.id)
    return moved.map(lambda some: roll_up(some).lines[0])


def objective_lines() -> st.SearchStrategy[ObjectiveLine]:
    """Return single objectives' parts in the roll-ups of those they serve."""
    return st.tuples(objectives(), rollups()).map(lambda nested: roll_up([], objectives=[nested]).objectives[0])


def promotes(*, kpi: st.SearchStrategy[Kpi] | None = None) -> st.SearchStrategy[Promote]:
    """Return proposals to make a KPI a key result: because people chose it, and with what else speaks for it.

    Args:
        kpi: Which; any KPI where None.
    """
    return only(Promote, promotion_decisions(kpi=kpi, chosen=texts()))


def keeps(*, kpi: st.SearchStrategy[Kpi] | None = None) -> st.SearchStrategy[Keep]:
    """Return decisions to leave a KPI what it is: because it is healthy, unknown, or not bad for long enough.

    Args:
        kpi: Which; any KPI where None.
    """
    return only(Keep, promotion_decisions(kpi=kpi, chosen=st.none()))


@st.composite
def promotion_decisions(
    draw: st.DrawFn,
    *,
    kpi: st.SearchStrategy[Kpi] | None = None,
    chosen: st.SearchStrategy[str | None] | None = None,
) -> Promote | Keep:
    """Return decisions about KPIs: to propose them as key results, or to leave them what they are.

    Args:
        draw: Given by Hypothesis.
        kpi: Which; any KPI where None.
        chosen: Why people chose it, None where they did not; both where None.
    """
    its_kpi = draw(kpis() if kpi is None else kpi)
    readings = draw(_readings_of(its_kpi))
    return decide_promotion(
        its_kpi,
        readings,
        as_of=draw(_days_of(readings)),
        policy=draw(st.one_of(st.none(), PROMOTION_POLICIES)),
        chosen=draw(st.one_of(st.none(), texts()) if chosen is None else chosen),
    )


def demotes() -> st.SearchStrategy[Demote]:
    """Return proposals to go back to watching: the cycle over, healthy for long enough, on the edge and inside it."""
    return only(Demote, _demotions_after_recovery())


@st.composite
def continues(draw: st.DrawFn) -> Continue:
    """Return decisions to go on with a key result, with everything that is missing."""
    kpi = draw(kpis())
    moved = draw(key_results(measure=st.just(kpi.measure), origin=st.none()))
    readings = draw(_readings_of(kpi))
    as_of, policy = draw(_days_of(readings)), draw(st.one_of(st.none(), DEMOTION_POLICIES))
    found = decide_demotion(moved, kpi, readings, as_of=as_of, policy=policy)
    return draw(only(Continue, st.just(found)))


@st.composite
def focuses(draw: st.DrawFn) -> Focus:
    """Return what is taken up now and what waits: room for all, for some, for none."""
    policy = draw(st.one_of(st.none(), FOCUS_POLICIES))
    active = [_running(owner) for owner in draw(st.lists(st.sampled_from((None, "care")), max_size=5))]
    return focus(draw(st.lists(promotes(), max_size=4)), active=active, policy=policy)


@st.composite
def deferred_proposals(draw: st.DrawFn) -> DeferredProposal:
    """Return proposals that wait."""
    limit, proposed = draw(st.integers(1, 3)), draw(st.lists(promotes(), min_size=1, max_size=3))
    active = [_running(proposed[0].assessment.kpi.owner)] * limit
    return focus(proposed, active=active, policy=FocusPolicy(limit=limit)).deferred[0]


def _running(owner: str | None) -> KeyResult:
    measure, cycle = Measure("measure"), Cycle.year(2026)
    return KeyResult(id="kr", measure=measure, baseline=0, target=1, cycle=cycle, owner=owner)


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """Return whole reviews: of a model, one of its histories, and a date."""
    model = draw(goal_models())
    history = draw(histories(model))
    as_of = draw(st.one_of([dates(), *(_days_of(each) for each in history if len(each))]))
    return review(model, history, as_of=as_of, policy=draw(st.one_of(st.none(), policies())))


def closed_cycles(*, cycle: st.SearchStrategy[Cycle] | None = None) -> st.SearchStrategy[ClosedCycle]:
    """Return what cycles came to: with few goals and many, all reached, none, and anything between.

    Args:
        cycle: Which; any cycle where None.
    """
    its_scores = st.one_of(
        st.lists(scores(), max_size=5), st.lists(st.sampled_from((Fraction(0), Fraction(1))).map(Score), max_size=5)
    )
    forecasts = st.lists(st.tuples(shares(), st.booleans()), max_size=8)
    return built(ClosedCycle, cycle=cycles() if cycle is None else cycle, scores=its_scores, forecasts=forecasts)


@st.composite
def calibrations(draw: st.DrawFn) -> Calibration:
    """Return what quarters that follow one another came to."""
    count = draw(st.integers(0, 6))
    following = [Cycle.quarter(2024 + index // 4, index % 4 + 1) for index in range(count)]
    closed = [draw(closed_cycles(cycle=st.just(each))) for each in following]
    return calibrate(draw(st.permutations(closed)), policy=draw(st.one_of(st.none(), CALIBRATION_POLICIES)))


@st.composite
def contradictions(draw: st.DrawFn) -> Contradiction:
    """Return what does not go together: two KPIs on one measure apart, as a review finds it, and any other clash."""
    if draw(st.booleans()):
        return draw(built(Contradiction, goals=st.lists(ids(), min_size=1, max_size=3).map(tuple), reason=reasons()))
    low, step = draw(exact_numbers()), draw(st.fractions(min_value=1, max_value=10))
    names = draw(st.lists(ids(), min_size=2, max_size=2, unique=True))
    first = draw(kpis(id=st.just(names[0]), bands=st.just(HealthBands.at_most(low)), serves=st.just(())))
    other = Kpi(id=names[1], measure=first.measure, bands=HealthBands.at_least(low + step))
    return review(GoalModel(kpis=(first, other)), [Series(first.measure)], as_of=dt.date(2026, 1, 1)).contradictions[0]


@st.composite
def review_changes(draw: st.DrawFn) -> ReviewChange:
    """Return aspects of goals that changed: something new, something gone, one thing for another."""
    aspect = draw(st.sampled_from(Aspect))
    before, after = draw(st.lists(_stands(aspect), min_size=2, max_size=2))
    return ReviewChange(goal=draw(st.one_of(st.none(), ids())), aspect=aspect, before=before, after=after)


def _stands(aspect: Aspect) -> st.SearchStrategy[AspectValue | None]:
    """Return how that aspect of a goal may stand."""
    nothing: st.SearchStrategy[AspectValue | None] = st.none()
    match aspect:
        case Aspect.GOAL:
            return evenly(nothing, kpis(), key_results(), objectives())
        case Aspect.HEALTH | Aspect.STANDING | Aspect.HEADING:
            return evenly(nothing, st.sampled_from(Health), st.sampled_from(Standing), st.sampled_from(Heading))
        case Aspect.SCORE | Aspect.RESULT | Aspect.OUTCOME | Aspect.PACE:
            words: st.SearchStrategy[AspectValue | None] = st.sampled_from((*Outcome, *Pace))
            return evenly(nothing, exact_numbers(), exact_numbers().map(Score), words)
        case Aspect.ATTAINMENT | Aspect.IS_ACCEPTED:
            return evenly(nothing, st.booleans(), st.sampled_from(Attainment))
        case Aspect.COVERAGE:
            return evenly(nothing, *(st.just(_covered(*counts)) for counts in ((0, 1), (1, 1), (1, 2), (2, 3))))
        case _:
            return evenly(nothing, st.lists(texts(), min_size=1, max_size=3).map(tuple))


def _covered(scored: int, total: int) -> Coverage:
    return Coverage(scored=scored, total=total, weight=Fraction(scored, total))


@st.composite
def breaches(draw: st.DrawFn) -> Breach:
    """Return healthy KPIs that move toward their edge."""
    floor = draw(exact_numbers())
    measure = draw(measures(limits=st.just((None, None)), polarities=st.just(Polarity.HIGHER_IS_BETTER)))
    kpi = Kpi(id=draw(ids()), measure=measure, bands=HealthBands.at_least(floor))
    falls = st.builds(Fraction, st.integers(1, 1_000), st.integers(1, 1_000))
    value, values = floor, [floor]
    for _ in range(draw(st.integers(4, 11))):
        value += draw(falls)
        values.append(value)
    first = dt.date(2026, 1, 1)
    readings = Series.of(measure, {first + dt.timedelta(days=day): each for day, each in enumerate(values[::-1])})
    return draw(only(Breach, st.just(kpi.assess(readings, as_of=readings.readings[-1].on).time_to_breach())))


@st.composite
def breach_answers(draw: st.DrawFn) -> Breach | NoBreach:
    """Return whether KPIs are about to leave their healthy zone."""
    kpi, readings, as_of = draw(_watched())
    return kpi.assess(readings, as_of=as_of).time_to_breach(draw(st.one_of(st.none(), BREACH_POLICIES)))


def assurance_verdicts() -> st.SearchStrategy[AssuranceVerdict]:
    """Return whether processes meet their line, and where that can't be said."""
    return _watched().map(lambda seen: assurance(seen[0], seen[1], as_of=seen[2]))


@st.composite
def flappings(draw: st.DrawFn) -> Flapping:
    """Return how often KPIs changed their zones."""
    kpi, readings, as_of = draw(_watched())
    return kpi.assess(readings, as_of=as_of).flapping(draw(st.one_of(st.none(), FLAPPING_POLICIES)))


@st.composite
def composite_kpis(draw: st.DrawFn) -> CompositeKpi:
    """Return KPIs of one part and of several, on measures of their own."""
    count = draw(st.integers(1, 3))
    names = draw(st.lists(ids(), min_size=count, max_size=count, unique=True))
    parts = [draw(kpis(id=st.just(name), measure=measures(names=st.just(name)))) for name in names]
    return CompositeKpi(id=draw(ids()), parts=parts, purpose=draw(st.one_of(st.none(), texts())))


@st.composite
def composite_assessments(draw: st.DrawFn) -> CompositeAssessment:
    """Return KPIs made of parts as they stand: read and never read, fresh and stale."""
    composite = draw(composite_kpis())
    history = [draw(series(measure=part.measure)) for part in composite.parts if draw(st.booleans())]
    days = [reading.on for each in history for reading in each] or [dt.date(2026, 1, 1)]
    return composite.assess(history, as_of=draw(st.sampled_from(days)))


@st.composite
def _watched(draw: st.DrawFn) -> tuple[Kpi, Series, dt.date]:
    kpi = draw(kpis(bands=st.one_of(st.none(), health_bands())))
    values = numbers() if kpi.bands is None else st.one_of(near(*kpi.bands.cuts), numbers())
    readings = draw(series(measure=kpi.measure, values=values))
    return kpi, readings, readings.readings[-1].on if len(readings) else dt.date(2026, 1, 1)


def only(kind: type[_T], found: st.SearchStrategy[object]) -> st.SearchStrategy[_T]:
    """Return what is of *kind* among what is *found*.

    Args:
        kind: What is wanted.
        found: What there is.
    """
    return cast("st.SearchStrategy[_T]", found.filter(lambda each: isinstance(each, kind)))


@st.composite
def _demotions_after_recovery(draw: st.DrawFn) -> Demote | Continue:
    bands = draw(health_bands())
    measure = draw(measures(limits=st.just((None, None))))
    cycle = draw(cycles(starts=st.dates(max_value=dt.date(9999, 1, 1))).map(_long_enough))
    kpi = draw(kpis(measure=st.just(measure), bands=st.just(bands), cadence=st.none()))
    moved = draw(key_results(measure=st.just(measure), cycle=st.just(cycle), origin=st.none()))
    healthy = [edge for edge in (bands.low, bands.high) if edge is not None]
    values = st.one_of(st.sampled_from(healthy), near(*healthy).map(bands.nearest_healthy))
    readings = Series.of(measure, {cycle.end - dt.timedelta(days=index): draw(values) for index in range(_READINGS)})
    policy = DemotionPolicy(healthy=draw(st.integers(1, _READINGS)))
    return decide_demotion(moved, kpi, readings, as_of=cycle.end, policy=policy)


def _long_enough(cycle: Cycle) -> Cycle:
    return Cycle(cycle.start, max(cycle.end, cycle.start + dt.timedelta(days=_READINGS)))


@st.composite
def _readings_of(draw: st.DrawFn, kpi: Kpi) -> Series:
    """Return series of the KPI's measure, empty ones and long ones, on the cuts of its bands and beside them."""
    fewest = draw(st.sampled_from((0, 1, _READINGS // 2)))
    return draw(series(measure=kpi.measure, values=_about(*kpi.bands.cuts) if kpi.bands else None, min_size=fewest))


def _about(*cuts: Fraction) -> st.SearchStrategy[Number]:
    return evenly(st.sampled_from(cuts), near(*cuts), numbers())


def _around(first: dt.date, last: dt.date) -> st.SearchStrategy[dt.date]:
    return evenly(st.sampled_from((first, last)), st.dates(first, last), dates())


def _days_of(readings: Series) -> st.SearchStrategy[dt.date]:
    """Return dates of readings, the day before and the day after, and any date."""
    days = [reading.on for reading in readings]
    beside = [
        dt.date.fromordinal(day.toordinal() + step)
        for day in days
        for step in (-1, 1)
        if dt.date.min.toordinal() <= day.toordinal() + step <= dt.date.max.toordinal()
    ]
    return evenly(st.just(days[-1]), st.sampled_from(days + beside), dates()) if days else dates()
