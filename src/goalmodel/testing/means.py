"""Means and roll-ups of objectives by every policy, and what several cycles come to."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from goalmodel.commit import Attainment
from goalmodel.key_result import Score
from goalmodel.measure import Cycle
from goalmodel.objective import (
    Calibration,
    CalibrationPolicy,
    ClosedCycle,
    ObjectiveLine,
    RollupMethod,
    RollupPolicy,
    Root,
    Unscored,
    calibrate,
    roll_up,
)
from goalmodel.testing.goals import objectives, scores
from goalmodel.testing.measures import cycles
from goalmodel.testing.policies import outcome_policies
from goalmodel.testing.verdicts import rollups


def clamped_scores() -> st.SearchStrategy[Fraction]:
    """Return scores from 0 to 1, both ends often among them."""
    return st.one_of(st.sampled_from((Fraction(0), Fraction(1))), st.fractions(0, 1, max_denominator=10**6))


def roots() -> st.SearchStrategy[Root]:
    """Return roots: of fractions that are powers and of such as are not, of several degrees."""
    return st.builds(Root, st.fractions(0, 4, max_denominator=10**6), st.integers(1, 12))


def rollup_policies() -> st.SearchStrategy[RollupPolicy]:
    """Return roll-up policies: every mean, and everything that may become of what is not scored."""
    return st.builds(
        RollupPolicy, mean=st.sampled_from(RollupMethod), unscored=st.sampled_from(Unscored), words=outcome_policies()
    )


def objective_lines() -> st.SearchStrategy[ObjectiveLine]:
    """Return single objectives' parts in the roll-ups of those they serve."""
    return st.tuples(objectives(), rollups()).map(lambda nested: roll_up([], objectives=[nested]).objectives[0])


def closed_cycles(*, cycle: st.SearchStrategy[Cycle] | None = None) -> st.SearchStrategy[ClosedCycle]:
    """Return what cycles came to: with few goals and many, all reached, none, and anything between.

    Args:
        cycle: Which; any cycle where None.
    """
    its_scores = st.one_of(
        st.lists(scores(), max_size=5), st.lists(st.sampled_from((Fraction(0), Fraction(1))).map(Score), max_size=5)
    )
    sure = st.one_of(clamped_scores(), st.sampled_from((Fraction(0), Fraction(1))))
    return st.builds(
        ClosedCycle,
        cycle=cycles() if cycle is None else cycle,
        scores=its_scores,
        attainments=st.lists(st.sampled_from(Attainment), max_size=5),
        forecasts=st.lists(st.tuples(sure, st.booleans()), max_size=8),
    )


def calibration_policies() -> st.SearchStrategy[CalibrationPolicy]:
    """Return calibration policies, hasty ones often among them."""
    shares = clamped_scores()
    return st.builds(
        CalibrationPolicy,
        cycles=st.integers(1, 4),
        least=st.integers(1, 4),
        reached=shares,
        out_of_reach=shares,
        keep_rate=shares,
        forecasts=st.integers(1, 12),
        gap=shares,
    )


@st.composite
def calibrations(draw: st.DrawFn) -> Calibration:
    """Return what quarters that follow one another came to."""
    count = draw(st.integers(0, 6))
    following = [Cycle.quarter(2024 + index // 4, index % 4 + 1) for index in range(count)]
    closed = [draw(closed_cycles(cycle=st.just(each))) for each in following]
    return calibrate(draw(st.permutations(closed)), policy=draw(st.one_of(st.none(), calibration_policies())))
