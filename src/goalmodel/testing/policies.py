"""Policies: every threshold anybody may choose."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from goalmodel.key_result import OutcomePolicy
from goalmodel.kpi import Beyond, FirstReadings, Steps, TrendPolicy
from goalmodel.lifecycle import DemotionPolicy, FocusPolicy, PromotionPolicy
from goalmodel.review import Policy
from goalmodel.testing.figures import positive_numbers
from goalmodel.testing.shapes import pace_policies


def outcome_policies() -> st.SearchStrategy[OutcomePolicy]:
    """Return outcome policies: the presets, and any two thresholds between 0 and 1."""
    shares = st.fractions(0, 1).filter(_is_inside)
    pairs = st.lists(shares, min_size=2, max_size=2, unique=True).map(sorted)
    presets: st.SearchStrategy[OutcomePolicy] = st.sampled_from((OutcomePolicy.google(), OutcomePolicy.thirds()))
    return st.one_of(presets, pairs.map(_outcome_policy))


def first_readings() -> st.SearchStrategy[FirstReadings]:
    """Return baselines of trend rules: of two readings, of twelve, and of any number."""
    counts = st.one_of(st.integers(2, 20), st.integers(min_value=2))
    pairs = st.lists(counts, min_size=2, max_size=2).map(sorted)
    return st.one_of(st.just(FirstReadings()), pairs.map(_first_readings))


def steps() -> st.SearchStrategy[Steps]:
    """Return rules that count steps, from one upwards."""
    return st.builds(Steps, st.integers(1, 20))


def beyonds() -> st.SearchStrategy[Beyond]:
    """Return rules that count readings off the mean, from one upwards, by any number of sigmas."""
    counts = st.one_of(st.integers(1, 12), st.integers(min_value=1))
    return st.builds(Beyond, counts, st.one_of(st.just(1), positive_numbers()))


def trend_policies() -> st.SearchStrategy[TrendPolicy]:
    """Return trend policies: the default one, and any pair of rules over any baseline."""
    rules = st.one_of(steps(), beyonds())
    return st.one_of(
        st.just(TrendPolicy()),
        st.builds(
            TrendPolicy,
            signal=rules,
            watch=st.one_of(st.none(), rules),
            baseline=first_readings(),
            missing_ends_run=st.one_of(st.integers(1, 4), st.integers(min_value=1)),
        ),
    )


def promotion_policies() -> st.SearchStrategy[PromotionPolicy]:
    """Return promotion policies, eager ones often among them."""
    return st.builds(PromotionPolicy, not_healthy=st.one_of(st.integers(1, 4), st.integers(min_value=1)))


def demotion_policies() -> st.SearchStrategy[DemotionPolicy]:
    """Return demotion policies, eager ones often among them, with no deadband and with any."""
    return st.builds(
        DemotionPolicy,
        healthy=st.one_of(st.integers(1, 4), st.integers(min_value=1)),
        deadband=st.one_of(st.just(0), positive_numbers()),
    )


def focus_policies() -> st.SearchStrategy[FocusPolicy]:
    """Return focus policies, narrow ones often among them."""
    return st.builds(FocusPolicy, limit=st.one_of(st.integers(1, 3), st.integers(min_value=1)))


def policies() -> st.SearchStrategy[Policy]:
    """Return everything a review may be told to use."""
    return st.builds(
        Policy,
        trend=trend_policies(),
        outcome=outcome_policies(),
        pace=pace_policies(),
        promotion=promotion_policies(),
        demotion=demotion_policies(),
        focus=focus_policies(),
    )


def _is_inside(share: Fraction) -> bool:
    return 0 < share < 1


def _outcome_policy(pair: list[Fraction]) -> OutcomePolicy:
    return OutcomePolicy(part=pair[0], most=pair[1])


def _first_readings(pair: list[int]) -> FirstReadings:
    return FirstReadings(pair[1], pair[0])
