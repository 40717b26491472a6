"""Key results in every shape, and what belongs to them: expectations, votes, revisions."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import cast

import attrs
from hypothesis import assume, strategies as st

from goalmodel.exact import Number
from goalmodel.key_result import (
    Absolute,
    Aggregation,
    Counting,
    Forecast,
    ForecastPolicy,
    KeyResult,
    Milestone,
    Milestones,
    Occasions,
    OccasionsLeft,
    PaceBy,
    PacePolicy,
    Relative,
    RequiredRate,
    Revision,
    Tiers,
    Trajectory,
    Vote,
    VoteCalibration,
    Zones,
    revise,
    vote_calibration,
)
from goalmodel.testing.figures import exact_numbers, is_short, near, numbers, positive_numbers
from goalmodel.testing.goals import ids, key_results, ways
from goalmodel.testing.measures import dates, measures, series, texts

_SHARES = st.one_of(
    st.sampled_from([Fraction(part, 20) for part in range(1, 20)]), st.fractions(0, 1).filter(lambda each: 0 < each < 1)
)
_ANY_VALUE = measures(limits=st.just((None, None)))
_WEIGHTS = st.one_of(st.just(1), st.integers(1, 9), positive_numbers())


def relatives() -> st.SearchStrategy[Relative]:
    """Return changes by a share of the baseline, up and down, by nothing too."""
    return st.builds(Relative, numbers())


def absolutes() -> st.SearchStrategy[Absolute]:
    """Return changes by an amount, up and down, by nothing too."""
    return st.builds(Absolute, numbers())


@st.composite
def tiers(draw: st.DrawFn, *, baseline: Fraction, target: Fraction) -> Tiers:
    """Return tiers that lead from *baseline* to *target*, on the straight line and off it.

    Args:
        draw: Given by Hypothesis.
        baseline: Where the way starts.
        target: Where it leads; another value.
    """
    count = draw(st.integers(1, 4))
    values = sorted(draw(st.lists(_SHARES, min_size=count, max_size=count, unique=True)))
    scores = sorted(draw(st.one_of(st.just(values), st.lists(_SHARES, min_size=count, max_size=count, unique=True))))
    return Tiers([(baseline + part * (target - baseline), score) for part, score in zip(values, scores, strict=True)])


@st.composite
def zones_between(draw: st.DrawFn, *, baseline: Fraction, target: Fraction) -> Zones:
    """Return zones with at least one cut between *baseline* and *target*, and cuts on and beyond both ends.

    Args:
        draw: Given by Hypothesis.
        baseline: Where the way starts.
        target: Where it leads; another value.
    """
    way = target - baseline
    between = draw(st.lists(_SHARES, min_size=1, max_size=4))
    beyond = draw(st.lists(st.one_of(st.sampled_from((-1, 2)), st.fractions()), max_size=2))
    cuts = sorted({baseline + part * way for part in (*between, *beyond)})
    names = draw(st.lists(texts(), min_size=len(cuts) + 1, max_size=len(cuts) + 1, unique=True))
    return Zones(labels=names, cuts=cuts)


def occasions() -> st.SearchStrategy[Occasions]:
    """Return numbers of occasions, with hits or none, and with points."""
    counts = st.one_of(st.integers(1, 24), st.integers(1, 10**6))
    return st.builds(Occasions, counts, st.one_of(st.just(1), st.integers(1, 30), positive_numbers()))


def milestones() -> st.SearchStrategy[Milestone]:
    """Return single milestones, with and without a date."""
    return st.builds(Milestone, texts(), weight=_WEIGHTS, due=st.one_of(st.none(), dates()))


def milestone_lists() -> st.SearchStrategy[Milestones]:
    """Return lists of milestones, dated and not, of equal and of any weight, in order and not."""
    members = st.lists(milestones(), min_size=1, max_size=5, unique_by=lambda each: each.name)
    return st.builds(Milestones, members, in_order=st.booleans())


def trajectories() -> st.SearchStrategy[Trajectory]:
    """Return trajectories: linear, front- and back-loaded, in steps, at the end only, through any points."""
    named: st.SearchStrategy[Trajectory] = st.sampled_from((
        Trajectory.linear(),
        Trajectory.front_loaded(),
        Trajectory.back_loaded(),
        Trajectory.at_the_end(),
    ))  # fmt: skip
    return st.one_of(named, _any_trajectories())


def pace_policies() -> st.SearchStrategy[PacePolicy]:
    """Return pace policies: the presets, and any thresholds in order, by gap and by ratio."""
    presets: st.SearchStrategy[PacePolicy] = st.sampled_from((
        PacePolicy(),
        PacePolicy.viva_goals(),
        PacePolicy.engagedly(),
        PacePolicy.leankit(),
        PacePolicy.cascade(),
        PacePolicy.upraise(),
        PacePolicy.workfront(),
    ))  # fmt: skip
    return st.one_of(presets, _any_pace_policies())


def forecast_policies() -> st.SearchStrategy[ForecastPolicy]:
    """Return forecast policies, from two readings on, with any confidence."""
    return st.builds(ForecastPolicy, least=st.integers(2, 6), most=st.integers(2, 12), confidence=_SHARES)


def revisions() -> st.SearchStrategy[Revision]:
    """Return single revisions."""
    return st.builds(Revision, on=dates(), was=numbers(), reason=texts())


def votes(*, key_result: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Vote]:
    """Return votes from 0 to 10, whole and between, of the team and of single people.

    Args:
        key_result: Which key result they are about; any where None.
    """
    confidence = st.one_of(st.integers(0, 10), st.fractions(0, 10))
    by = st.one_of(st.none(), st.sampled_from(("one", "other")))
    return st.builds(Vote, ids() if key_result is None else key_result, dates(), confidence, by=by)


@st.composite
def vote_calibrations(draw: st.DrawFn) -> VoteCalibration:
    """Return how right confidence was: with votes and outcomes, and without any."""
    names = draw(st.lists(ids(), min_size=1, max_size=3, unique=True))
    said = draw(st.lists(votes(key_result=st.sampled_from(names)), max_size=6))
    return vote_calibration(said, draw(st.dictionaries(st.sampled_from(names), st.booleans())).items())


@st.composite
def shaped_key_results(draw: st.DrawFn, *, baseline: bool | None = None) -> KeyResult:
    """Return key results in every shape: whatever is counted, whatever the way leads through, revised and not.

    Args:
        draw: Given by Hypothesis.
        baseline: Whether there is one; both cases where None.
    """
    counting = draw(st.one_of(st.sampled_from(Aggregation), occasions(), milestone_lists()))
    start, end = draw(_ways_within(counting, baseline=baseline))
    moved = draw(key_results(way=st.just((start, end)), measure=_ANY_VALUE))
    path: Tiers | Zones | None = None
    if start is not None:
        path = draw(st.one_of(st.none(), tiers(baseline=start, target=end), zones_between(baseline=start, target=end)))
    shaped = attrs.evolve(
        moved,
        counting=counting,
        path=path,
        trajectory=draw(st.one_of(st.none(), trajectories())),
        continues=draw(st.one_of(st.none(), ids())),
    )
    in_time = st.one_of(st.just(shaped.cycle.end), st.dates(max_value=shaped.cycle.end))
    back_again = draw(st.lists(in_time, max_size=3, unique=True).map(sorted))
    for on in back_again:
        shaped = revise(shaped, target=end, on=on, reason="seen again")
    return shaped


@st.composite
def occasions_left(draw: st.DrawFn) -> OccasionsLeft:
    """Return what shares of occasions can still come to."""
    counted = draw(occasions())
    target = counted.share(draw(_SHARES))
    moved = draw(key_results(way=st.just((0, target)), measure=_ANY_VALUE))
    moved = attrs.evolve(moved, counting=counted)
    values = st.one_of(st.sampled_from((Fraction(0), counted.most)), st.fractions(0, counted.most))
    on = st.dates(moved.cycle.start, moved.cycle.end)
    readings = draw(series(measure=moved.measure, values=values, on=on, max_size=6))
    return cast("OccasionsLeft", moved.assess(readings, as_of=moved.cycle.end).occasions_left)


@st.composite
def forecasts(draw: st.DrawFn) -> Forecast:
    """Return forecasts of key results in every shape, and why there is none."""
    moved = draw(shaped_key_results())
    found = moved.assess(draw(series(measure=moved.measure)), as_of=draw(st.dates(moved.cycle.start, moved.cycle.end)))
    return found.forecast_by(draw(st.one_of(st.none(), forecast_policies())))


@st.composite
def required_rates(draw: st.DrawFn) -> RequiredRate:
    """Return how fast key results would have to be."""
    start, end = draw(ways(baseline=True).filter(_fits))
    moved = draw(key_results(way=st.just((start, end)), measure=_ANY_VALUE))
    cycle = attrs.evolve(moved.cycle, start=dt.date(2026, 1, 1), end=dt.date(2026, 12, 31))
    on = st.dates(cycle.start, dt.date(2026, 6, 30))
    values = near(end) if start is None else near(start, end)
    readings = draw(series(measure=moved.measure, values=values, on=on, absences=False, min_size=1, max_size=6))
    found = attrs.evolve(moved, cycle=cycle).assess(readings, as_of=dt.date(2026, 6, 30))
    return cast("RequiredRate", found.required_rate())


@st.composite
def _ways_within(draw: st.DrawFn, counting: Counting, *, baseline: bool | None) -> tuple[Fraction | None, Fraction]:
    if isinstance(counting, Aggregation):
        return draw(ways(baseline=baseline))
    known = draw(st.booleans()) if baseline is None else baseline
    target = counting.all * draw(st.one_of(st.just(Fraction(1)), _SHARES))
    start = target * draw(st.one_of(st.just(Fraction(0)), _SHARES)) if known else None
    assume(is_short(target) and (start is None or is_short(start)))
    return start, target


@st.composite
def _any_trajectories(draw: st.DrawFn) -> Trajectory:
    times = sorted(draw(st.lists(_SHARES, max_size=4, unique=True)))
    expected = sorted(draw(st.lists(st.fractions(0, 1), min_size=len(times), max_size=len(times))))
    return Trajectory(tuple(zip(times, expected, strict=True)), in_steps=draw(st.booleans()))


@st.composite
def _any_pace_policies(draw: st.DrawFn) -> PacePolicy:
    behind, on_pace, ahead = sorted(draw(st.lists(exact_numbers(), min_size=3, max_size=3, unique=True)))
    ahead_from: Number = draw(st.sampled_from((on_pace, ahead)))
    return PacePolicy(
        by=draw(st.sampled_from(PaceBy)),
        ahead=draw(st.sampled_from((None, ahead_from))),
        on_pace=on_pace,
        behind=draw(st.sampled_from((None, behind))),
        early=draw(st.one_of(st.just(0), _SHARES)),
    )


def _fits(way: tuple[Fraction | None, Fraction]) -> bool:
    return all(each is None or max(abs(each), 1 / abs(each) if each else 0) < 10**300 for each in way)
