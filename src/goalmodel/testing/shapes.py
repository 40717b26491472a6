"""Key results in every shape, and what belongs to them: expectations, votes, revisions."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final, cast

import attrs
from hypothesis import assume, strategies as st

from goalmodel.key_result import (
    Counting,
    Forecast,
    KeyResult,
    MeanOfLatest,
    Milestone,
    Milestones,
    Occasions,
    OccasionsLeft,
    Relative,
    RequiredRate,
    Sum,
    Tiers,
    Trajectory,
    Vote,
    VoteCalibration,
    Zones,
    revise,
    vote_calibration,
)
from goalmodel.measure import Aggregation, Scale
from goalmodel.testing.fields import built, ids
from goalmodel.testing.figures import inner_shares, is_short, near, positive_numbers
from goalmodel.testing.goals import key_results, ways
from goalmodel.testing.measuring import measures, series
from goalmodel.testing.thresholds import FORECAST_POLICIES

_ANY_VALUE: Final = measures(limits=st.just((None, None)))
_WEIGHTS: Final = st.one_of(st.just(1), st.integers(1, 9), positive_numbers())


@st.composite
def tiers(draw: st.DrawFn, *, baseline: Fraction, target: Fraction) -> Tiers:
    """Return tiers that lead from *baseline* to *target*, on the straight line and off it.

    Args:
        draw: Given by Hypothesis.
        baseline: Where the way starts.
        target: Where it leads; another value.
    """
    count = draw(st.integers(1, 4))
    values = sorted(draw(st.lists(inner_shares(), min_size=count, max_size=count, unique=True)))
    scores = sorted(
        draw(st.one_of(st.just(values), st.lists(inner_shares(), min_size=count, max_size=count, unique=True)))
    )
    places = [baseline + part * (target - baseline) for part in values]
    assume(all(is_short(place) for place in places))
    return Tiers(list(zip(places, scores, strict=True)))


@st.composite
def zones_between(draw: st.DrawFn, *, baseline: Fraction, target: Fraction) -> Zones:
    """Return zones with at least one cut between *baseline* and *target*, and cuts on and beyond both ends.

    Args:
        draw: Given by Hypothesis.
        baseline: Where the way starts.
        target: Where it leads; another value.
    """
    way = target - baseline
    between = draw(st.lists(inner_shares(), min_size=1, max_size=4))
    beyond = draw(st.lists(st.one_of(st.sampled_from((-1, 2)), st.fractions()), max_size=2))
    cuts = sorted({baseline + part * way for part in (*between, *beyond)})
    assume(all(is_short(cut) for cut in cuts))
    names = draw(st.lists(ids(), min_size=len(cuts) + 1, max_size=len(cuts) + 1, unique=True))
    return Zones(labels=names, cuts=cuts)


def votes(*, key_result: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Vote]:
    """Return votes from 0 to 10, whole and between, of the team and of single people.

    Args:
        key_result: Which key result they are about; any where None.
    """
    return built(
        Vote,
        key_result=key_result,
        confidence=st.one_of(st.integers(0, 10), st.fractions(0, 10)),
        by=st.sampled_from((None, "one", "other")),
    )


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
    counting = draw(
        st.one_of(st.sampled_from(Aggregation), st.sampled_from(Sum), MEANS_OF_LATEST, OCCASIONS, MILESTONES)
    )
    start, end = draw(_ways_within(counting, baseline=baseline))
    moved = draw(key_results(way=st.just((start, end)), measure=_ANY_VALUE))
    path: Tiers | Zones | None = None
    if start is not None:
        path = draw(st.one_of(st.none(), tiers(baseline=start, target=end), zones_between(baseline=start, target=end)))
    is_latest = counting is Aggregation.LAST or isinstance(counting, Milestones)
    shaped = attrs.evolve(
        moved,
        measure=moved.measure if is_latest else attrs.evolve(moved.measure, scale=Scale.RATIO),
        counting=counting,
        path=path,
        trajectory=draw(st.none() if counting is Sum.TOTAL and start else st.one_of(st.none(), TRAJECTORIES)),
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
    counted = draw(OCCASIONS)
    target = counted.share(draw(inner_shares()))
    moved = draw(key_results(way=st.just((0, target)), measure=_ANY_VALUE))
    moved = attrs.evolve(moved, measure=attrs.evolve(moved.measure, scale=Scale.RATIO), counting=counted)
    values = st.one_of(st.sampled_from((Fraction(0), counted.most)), st.fractions(0, counted.most))
    on = st.dates(moved.cycle.start, moved.cycle.end)
    readings = draw(series(measure=moved.measure, values=values, on=on, max_size=6))
    return cast("OccasionsLeft", moved.assess(readings, as_of=moved.cycle.end).occasions_left)


@st.composite
def forecasts(draw: st.DrawFn) -> Forecast:
    """Return forecasts of key results in every shape, and why there is none."""
    moved = draw(shaped_key_results())
    found = moved.assess(draw(series(measure=moved.measure)), as_of=draw(st.dates(moved.cycle.start, moved.cycle.end)))
    return found.forecast_by(draw(st.one_of(st.none(), FORECAST_POLICIES)))


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
    if isinstance(counting, Aggregation | Sum | MeanOfLatest):
        start, end = draw(ways(baseline=baseline))
        if counting is not Aggregation.SUM or not start:
            return start, end
        assume(end)
        return Fraction(0), end
    known = draw(st.booleans()) if baseline is None else baseline
    target = counting.all * draw(st.one_of(st.just(Fraction(1)), inner_shares()))
    start = target * draw(st.one_of(st.just(Fraction(0)), inner_shares())) if known else None
    assume(is_short(target) and (start is None or is_short(start)))
    return start, target


@st.composite
def _any_trajectories(draw: st.DrawFn) -> Trajectory:
    times = sorted(draw(st.lists(inner_shares(), max_size=4, unique=True)))
    expected = sorted(draw(st.lists(st.fractions(0, 1), min_size=len(times), max_size=len(times))))
    return Trajectory(tuple(zip(times, expected, strict=True)), in_steps=draw(st.booleans()))


def _fits(way: tuple[Fraction | None, Fraction]) -> bool:
    return all(each is None or max(abs(each), 1 / abs(each) if each else 0) < 10**300 for each in way)


# Each is built once, for Hypothesis prepares every new strategy anew.
MEANS_OF_LATEST: Final = built(MeanOfLatest, count=st.one_of(st.integers(2, 5), st.integers(min_value=2)))
RELATIVES: Final = built(Relative)
OCCASIONS: Final = built(
    Occasions,
    count=st.one_of(st.integers(1, 24), st.integers(1, 10**6)),
    most=st.one_of(st.just(1), st.integers(1, 30), positive_numbers()),
)
MILESTONE: Final = built(Milestone, weight=_WEIGHTS)
MILESTONES: Final = built(
    Milestones, milestones=st.lists(MILESTONE, min_size=1, max_size=5, unique_by=lambda each: each.name)
)
TRAJECTORIES: Final[st.SearchStrategy[Trajectory]] = st.one_of(
    st.sampled_from((
        Trajectory.linear(),
        Trajectory.front_loaded(),
        Trajectory.back_loaded(),
        Trajectory.at_the_end(),
    )),
    _any_trajectories(),
)  # fmt: skip
