"""Policies: every threshold anybody may choose."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from goalmodel.exact import Number
from goalmodel.key_result import OutcomePolicy
from goalmodel.lifecycle import DemotionPolicy, FocusPolicy, PromotionPolicy
from goalmodel.objective import RollupMethod, RollupPolicy, Unscored
from goalmodel.reviewing import Policy
from goalmodel.testing.figures import evenly, positive_numbers
from goalmodel.testing.shapes import pace_policies
from goalmodel.testing.trends import first_readings, trend_rules, windows
from goalmodel.trend import ReferencePeriod, TrendPolicy, TrendRule

_OF_ANY_WEIGHTS = (RollupMethod.WEIGHTED, RollupMethod.MINIMUM, RollupMethod.WORST_LIGHT)
"""Means that any weights have; the geometric mean refuses weights without a coarse common measure."""


def outcome_policies() -> st.SearchStrategy[OutcomePolicy]:
    """Return outcome policies: the presets, and any two thresholds between 0 and 1."""
    shares = st.fractions(0, 1).filter(_is_inside)
    pairs = st.lists(shares, min_size=2, max_size=2, unique=True).map(sorted)
    presets: st.SearchStrategy[OutcomePolicy] = st.sampled_from((OutcomePolicy.google(), OutcomePolicy.thirds()))
    return st.one_of(presets, pairs.map(_outcome_policy))


def trend_policies(
    *, rules: st.SearchStrategy[TrendRule] | None = None, reference: st.SearchStrategy[ReferencePeriod] | None = None
) -> st.SearchStrategy[TrendPolicy]:
    """Return trend policies: the default one, and any pair of rules over any reference.

    Args:
        rules: Which rules; any where None, and then with and without seasons.
        reference: Which readings say what is usual; any where None. Stated limits are of one measure in one unit, so
            they have to be asked for.
    """
    seasons = st.none() if rules is not None else st.one_of(st.none(), st.none(), st.integers(2, 12))
    asked = trend_rules() if rules is None else rules
    return st.one_of(
        st.just(TrendPolicy()),
        st.builds(
            TrendPolicy,
            signal=asked,
            watch=st.one_of(st.none(), asked),
            reference=st.one_of(first_readings(), windows()) if reference is None else reference,
            missing_ends_run=st.one_of(st.integers(1, 4), st.integers(min_value=1)),
            seasonal=seasons,
        ),
    )


def promotion_policies() -> st.SearchStrategy[PromotionPolicy]:
    """Return promotion policies, eager ones often among them."""
    return st.builds(PromotionPolicy, not_healthy=st.one_of(st.integers(1, 4), st.integers(min_value=1)))


def demotion_policies() -> st.SearchStrategy[DemotionPolicy]:
    """Return demotion policies, eager ones often among them, with no deadband and with any, the strict one too."""
    nothing: st.SearchStrategy[Number] = st.just(0)
    return evenly(
        st.builds(
            DemotionPolicy,
            healthy=st.one_of(st.integers(1, 4), st.integers(min_value=1)),
            deadband=st.one_of(nothing, positive_numbers()),
        ),
        st.builds(
            DemotionPolicy,
            healthy=st.integers(1, 4),
            deadband_sigmas=st.one_of(nothing, positive_numbers()),
            stay_days=st.integers(0, 9),
            is_assured=st.booleans(),
        ),
        st.just(DemotionPolicy.strict()),
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
        rollup=st.builds(RollupPolicy, mean=st.sampled_from(_OF_ANY_WEIGHTS), unscored=st.sampled_from(Unscored)),
    )


def _is_inside(share: Fraction) -> bool:
    return 0 < share < 1


def _outcome_policy(pair: list[Fraction]) -> OutcomePolicy:
    return OutcomePolicy(part=pair[0], most=pair[1])
