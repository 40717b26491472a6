"""Policies: every threshold anybody may choose, the ends of what may be chosen often among them."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from hypothesis import strategies as st

from goalmodel.commit import SpeculationPolicy
from goalmodel.exact import Number
from goalmodel.externality import ExternalityPolicy
from goalmodel.key_result import ForecastPolicy, OutcomePolicy, PacePolicy
from goalmodel.kpi import BreachPolicy, FlappingPolicy
from goalmodel.lifecycle import ContradictionPolicy, DemotionPolicy, FocusPolicy, PromotionPolicy
from goalmodel.objective import CalibrationPolicy, RollupMethod, RollupPolicy
from goalmodel.reviewing import Policy
from goalmodel.testing.fields import built, counts
from goalmodel.testing.figures import evenly, exact_numbers, inner_shares, positive_numbers, shares
from goalmodel.testing.trends import trend_policies

_FEW: Final = st.integers(1, 4)
_NONE_OR_SOME: Final[st.SearchStrategy[Number]] = st.one_of(st.just(0), positive_numbers())
_OF_ANY_WEIGHTS: Final = (RollupMethod.WEIGHTED, RollupMethod.MINIMUM, RollupMethod.WORST_LIGHT)
"""Means that any weights have; the geometric mean refuses weights without a coarse common measure."""


def _outcome_policy(shares: list[Fraction]) -> OutcomePolicy:
    part, most = sorted(shares)
    return OutcomePolicy(part=part, most=most)


OUTCOME_POLICIES: Final = st.one_of(
    st.sampled_from((OutcomePolicy.google(), OutcomePolicy.thirds())),
    st.lists(inner_shares(), min_size=2, max_size=2, unique=True).map(_outcome_policy),
)
FORECAST_POLICIES: Final = built(
    ForecastPolicy,
    least=st.integers(2, 6),
    most=st.integers(2, 12),
    confidence=inner_shares(),
    is_with_earlier=st.booleans(),
)
FOCUS_POLICIES: Final = built(FocusPolicy, limit=st.one_of(st.integers(1, 3), counts()))
BREACH_POLICIES: Final = built(
    BreachPolicy,
    readings=st.integers(2, 20),
    trial_from=st.integers(2, 20),
    confidence=st.sampled_from((Fraction(1, 2), Fraction(9, 10), Fraction(99, 100))),
)
PROMOTION_POLICIES: Final = built(
    PromotionPolicy,
    unhealthy=st.one_of(_FEW, counts()),
    within=st.one_of(st.none(), _FEW, counts(least=1)),
    breach=BREACH_POLICIES,
)
DEMOTION_POLICIES: Final = evenly(
    built(
        DemotionPolicy,
        healthy=st.one_of(_FEW, counts()),
        deadband=_NONE_OR_SOME,
        deadband_sigmas=st.just(0),
        stay_days=st.just(0),
        is_assured=st.just(value=False),
    ),
    built(
        DemotionPolicy,
        healthy=_FEW,
        sooner_sigmas=st.one_of(st.none(), _NONE_OR_SOME),
        deadband=st.just(0),
        deadband_sigmas=_NONE_OR_SOME,
        stay_days=st.integers(0, 9),
    ),
    st.just(DemotionPolicy.strict()),
)
CONTRADICTION_POLICIES: Final = built(ContradictionPolicy, far=shares(), elapsed=shares())
EXTERNALITY_POLICIES: Final = built(
    ExternalityPolicy, days=evenly(st.integers(1, 9), st.just(92), counts()), most=evenly(st.integers(1, 3), counts())
)
FLAPPING_POLICIES: Final = st.one_of(
    st.just(FlappingPolicy()),
    built(FlappingPolicy, readings=st.integers(3, 40), starts=shares(), ends=shares(), oldest=shares()),
)
SPECULATION_POLICIES: Final = built(
    SpeculationPolicy, least=st.integers(2, 12), window=st.integers(2, 12), confidence=inner_shares()
)
CALIBRATION_POLICIES: Final = built(
    CalibrationPolicy,
    cycles=_FEW,
    least=_FEW,
    reached=shares(),
    out_of_reach=shares(),
    keep_rate=shares(),
    forecasts=st.integers(1, 12),
    gap=shares(),
)
ROLLUP_POLICIES: Final = built(RollupPolicy, words=OUTCOME_POLICIES)


@st.composite
def _any_pace_policies(draw: st.DrawFn) -> PacePolicy:
    behind, on_pace, ahead = sorted(draw(st.lists(exact_numbers(), min_size=3, max_size=3, unique=True)))
    return draw(
        built(
            PacePolicy,
            ahead=st.sampled_from((None, on_pace, ahead)),
            on_pace=st.just(on_pace),
            behind=st.sampled_from((None, behind)),
            early=st.one_of(st.just(0), inner_shares()),
            toward=st.one_of(st.just(1), inner_shares()),
        )
    )


PACE_POLICIES: Final = st.one_of(
    st.sampled_from((
        PacePolicy(),
        PacePolicy.viva_goals(),
        PacePolicy.engagedly(),
        PacePolicy.leankit(),
        PacePolicy.cascade(),
        PacePolicy.upraise(),
        PacePolicy.workfront(),
    )),
    _any_pace_policies(),
)  # fmt: skip


def policies() -> st.SearchStrategy[Policy]:
    """Return everything a review may be told to use."""
    return st.builds(
        Policy,
        trend=trend_policies(),
        outcome=OUTCOME_POLICIES,
        pace=PACE_POLICIES,
        promotion=PROMOTION_POLICIES,
        demotion=DEMOTION_POLICIES,
        focus=FOCUS_POLICIES,
        rollup=built(RollupPolicy, mean=st.sampled_from(_OF_ANY_WEIGHTS), words=OUTCOME_POLICIES),
    )
