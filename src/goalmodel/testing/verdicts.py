"""Verdicts and decisions, made the way their users get them: by asking the public functions."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final, TypeVar, cast

from hypothesis import strategies as st

from goalmodel.catalogue import REASON_KINDS
from goalmodel.commit import Accountability, Commit, CommitAssessment
from goalmodel.exact import Number
from goalmodel.key_result import KeyResult, KeyResultAssessment
from goalmodel.kpi import Kpi, KpiAssessment, Streaks
from goalmodel.lifecycle import (
    Continue,
    DeferredProposal,
    Demote,
    DemotionPolicy,
    Focus,
    Graduated,
    Keep,
    Promote,
    decide_demotion,
    decide_promotion,
    demote,
    focus,
)
from goalmodel.measure import Cycle, Series
from goalmodel.objective import Coverage, KeyResultLine, Rollup, roll_up
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reviewing import Review, review
from goalmodel.testing.figures import evenly, near, numbers
from goalmodel.testing.goals import commits, health_bands, key_results, kpis
from goalmodel.testing.measures import cycles, dates, measures, series, texts
from goalmodel.testing.models import goal_models, histories
from goalmodel.testing.policies import (
    demotion_policies,
    focus_policies,
    outcome_policies,
    policies,
    promotion_policies,
    trend_policies,
)
from goalmodel.trend import TrendVerdict

_T = TypeVar("_T")

_READINGS: Final = 10


def reason_kinds() -> st.SearchStrategy[ReasonKind]:
    """Return every kind of reason there is, and some of a user's own."""
    return st.one_of(st.sampled_from(tuple(REASON_KINDS.values())), _own_kinds())


def reasons() -> st.SearchStrategy[Reason]:
    """Return reasons that rest on the facts "kpi" and "count"."""
    return st.builds(_because, _own_kinds(), texts(), st.integers())


def _own_kinds() -> st.SearchStrategy[ReasonKind]:
    sentences = st.sampled_from(("{kpi} has {count}", "{count} of {kpi}", "because of {kpi}", "so it is"))
    return st.builds(ReasonKind, texts(), texts(), sentences, st.just({"kpi": str, "count": int}))


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
    return moved.assess(readings, as_of=day, policy=draw(st.one_of(st.none(), outcome_policies())))


@st.composite
def commit_assessments(draw: st.DrawFn, *, commit: st.SearchStrategy[Commit] | None = None) -> CommitAssessment:
    """Return commits as they stand: kept, not kept, in flight and unknown, on the standard and beside it.

    Args:
        draw: Given by Hypothesis.
        commit: Which; any commit where None.
    """
    held = draw(commits() if commit is None else commit)
    ends = [end for end in (held.standard.low, held.standard.high) if end is not None]
    on = _around(held.counts_from, held.due)
    readings = draw(series(measure=held.measure, values=_about(*ends), on=on, max_size=6))
    return held.assess(readings, as_of=draw(evenly(on, _days_of(readings))))


def streaks() -> st.SearchStrategy[Streaks]:
    """Return streaks of assessed KPIs."""
    return kpi_assessments().map(lambda found: found.streaks)


@st.composite
def trend_verdicts(draw: st.DrawFn) -> TrendVerdict:
    """Return what trend rules say about KPIs with bands, where some way is the wrong way."""
    kpi = draw(kpis(bands=health_bands()))
    policy = draw(trend_policies())
    found = kpi.assess(draw(_readings_of(kpi)), as_of=dt.date.max, policy=policy)
    return found.signal or TrendVerdict(policy.signal, found.heading, ())


def accountabilities() -> st.SearchStrategy[Accountability]:
    """Return what speaks against holding somebody to a commit, and where nothing does."""
    return commits().map(lambda commit: commit.accountability_as_declared)


@st.composite
def rollups(draw: st.DrawFn) -> Rollup:
    """Return what the goals of an objective come to: with and without scores, commits, and anything at all."""
    moved = draw(st.lists(key_result_assessments(), max_size=4, unique_by=lambda each: each.key_result.id))
    held = draw(st.lists(commit_assessments(), max_size=3, unique_by=lambda each: each.commit.id))
    return roll_up(moved, held)


def coverages() -> st.SearchStrategy[Coverage]:
    """Return how much of what was to be scored is."""
    return rollups().map(lambda found: found.coverage)


def lines() -> st.SearchStrategy[KeyResultLine]:
    """Return single key results' parts in means."""
    return st.lists(key_result_assessments(), min_size=1, max_size=3, unique_by=lambda each: each.key_result.id).map(
        lambda moved: roll_up(moved).lines[0]
    )


def promotes(*, kpi: st.SearchStrategy[Kpi] | None = None) -> st.SearchStrategy[Promote]:
    """Return proposals to make a KPI a key result: because people chose it, and with what else speaks for it.

    Args:
        kpi: Which; any KPI where None.
    """
    return _only(Promote, promotion_decisions(kpi=kpi, chosen=texts()))


def keeps(*, kpi: st.SearchStrategy[Kpi] | None = None) -> st.SearchStrategy[Keep]:
    """Return decisions to leave a KPI what it is: because it is healthy, unknown, or not bad for long enough.

    Args:
        kpi: Which; any KPI where None.
    """
    return _only(Keep, promotion_decisions(kpi=kpi, chosen=st.none()))


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
        policy=draw(st.one_of(st.none(), promotion_policies())),
        chosen=draw(st.one_of(st.none(), texts()) if chosen is None else chosen),
    )


def demotes() -> st.SearchStrategy[Demote]:
    """Return proposals to go back to watching: the cycle over, healthy for long enough, on the edge and inside it."""
    return _only(Demote, _demotions_after_recovery())


@st.composite
def continues(draw: st.DrawFn) -> Continue:
    """Return decisions to go on with a key result, with everything that is missing."""
    kpi = draw(kpis())
    moved = draw(key_results(measure=st.just(kpi.measure), origin=st.none()))
    readings = draw(_readings_of(kpi))
    as_of, policy = draw(_days_of(readings)), draw(st.one_of(st.none(), demotion_policies()))
    found = decide_demotion(moved, kpi, readings, as_of=as_of, policy=policy)
    return draw(_only(Continue, st.just(found)))


def graduates() -> st.SearchStrategy[Graduated]:
    """Return key results that are closed because their KPI is healthy again."""
    return demotes().map(_carried_out)


@st.composite
def focuses(draw: st.DrawFn) -> Focus:
    """Return what is taken up now and what waits: room for all, for some, for none."""
    policy = draw(st.one_of(st.none(), focus_policies()))
    return focus(draw(st.lists(promotes(), max_size=4)), active=draw(st.integers(min_value=0)), policy=policy)


@st.composite
def waitings(draw: st.DrawFn) -> DeferredProposal:
    """Return proposals that wait."""
    policy = draw(focus_policies())
    active = draw(st.integers(min_value=policy.limit))
    return focus(draw(st.lists(promotes(), min_size=1, max_size=3)), active=active, policy=policy).deferred[0]


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """Return whole reviews: of a model, one of its histories, and a date."""
    model = draw(goal_models())
    history = draw(histories(model))
    as_of = draw(st.one_of([dates(), *(_days_of(each) for each in history if len(each))]))
    return review(model, history, as_of=as_of, policy=draw(st.one_of(st.none(), policies())))


def _because(kind: ReasonKind, kpi: str | int | Fraction | dt.date, count: int) -> Reason:
    return kind.because(kpi=kpi, count=count)


def _only(kind: type[_T], found: st.SearchStrategy[object]) -> st.SearchStrategy[_T]:
    return cast("st.SearchStrategy[_T]", found.filter(lambda each: isinstance(each, kind)))


def _carried_out(found: Demote) -> Graduated:
    return demote(found.key_result.key_result, found)


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
