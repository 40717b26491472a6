"""Trend rules, what they count as usual, and what people have said about a KPI: rebasing, accepted deviations."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

from hypothesis import strategies as st

from goalmodel.exact import Number, exact
from goalmodel.kpi import AcceptedDeviation
from goalmodel.testing.fields import built, counts, dates, ids
from goalmodel.testing.figures import evenly, positive_numbers
from goalmodel.trend import (
    CasesChart,
    ControlChart,
    Cusum,
    DirectionRule,
    Ewma,
    FirstReadings,
    MannKendall,
    MovingRange,
    ProcessLimits,
    Rebasing,
    ReferencePeriod,
    ReferenceWindow,
    RunChart,
    SigmaRule,
    Steps,
    TrendPolicy,
    TrendRule,
    UsualRule,
    limits_and_runs,
    nhs_making_data_count,
    western_electric,
    xmr_wheeler,
)

_ANY: Final[st.SearchStrategy[Number]] = st.one_of(st.just(0), positive_numbers())
_TRIALS: Final = st.lists(st.one_of(st.integers(2, 20), st.integers(min_value=2)), min_size=2, max_size=2).map(sorted)
FIRST_READINGS: Final = st.one_of(
    st.just(FirstReadings()), _TRIALS.map(lambda pair: FirstReadings(pair[1], trial_from=pair[0]))
)
"""Reference periods of two readings, of twelve, and of any number."""
PROCESS_LIMITS: Final = built(ProcessLimits, sigma=_ANY)
"""Means with their sigma: none at all, tiny and huge."""


def reference_windows(*, on: st.SearchStrategy[dt.date] | None = None) -> st.SearchStrategy[ReferenceWindow]:
    """Return reference periods of stated windows: of a day, and between any two dates.

    Args:
        on: Their first and last days; any where None.
    """
    return _spans(on).flatmap(
        lambda days: _TRIALS.map(lambda pair: ReferenceWindow(days[0], days[-1], count=pair[1], trial_from=pair[0]))
    )


def reference_periods(*, on: st.SearchStrategy[dt.date] | None = None) -> st.SearchStrategy[ReferencePeriod]:
    """Return reference periods of every kind.

    Args:
        on: First and last days of windows; any where None.
    """
    return st.one_of(FIRST_READINGS, reference_windows(on=on), PROCESS_LIMITS)


def rebasings(
    *, on: st.SearchStrategy[dt.date] | None = None, reference: st.SearchStrategy[ReferencePeriod] | None = None
) -> st.SearchStrategy[Rebasing]:
    """Return dated changes of what is usual.

    Args:
        on: When; any date where None.
        reference: What is usual from then on; any reference where None.
    """
    return built(Rebasing, on=on, reference=reference_periods(on=on) if reference is None else reference)


def accepted_deviations(*, on: st.SearchStrategy[dt.date] | None = None) -> st.SearchStrategy[AcceptedDeviation]:
    """Return accepted deviations: for a day, and between any two dates.

    Args:
        on: Their first and last days; any where None.
    """
    return _spans(on).flatmap(lambda days: built(AcceptedDeviation, since=st.just(days[0]), until=st.just(days[-1])))


def sigma_rules(*, in_a_row: bool = False) -> st.SearchStrategy[SigmaRule]:
    """Return rules that count readings off the mean, from one upwards, by any number of sigmas.

    Args:
        in_a_row: Whether all of the readings they look at have to count, those exactly so far off included.
    """
    rows = st.builds(SigmaRule, counts(), st.one_of(st.just(1), positive_numbers()))
    return rows if in_a_row else st.one_of(rows, _some_of_some())


def usual_rules() -> st.SearchStrategy[UsualRule]:
    """Return rules about what is usual of every kind, each as often as any other."""
    return _USUAL_RULES


def direction_rules() -> st.SearchStrategy[DirectionRule]:
    """Return rules about direction of every kind, each as often as any other."""
    return _DIRECTION_RULES


def trend_rules() -> st.SearchStrategy[TrendRule]:
    """Return trend rules of every kind, about what is usual as often as about direction."""
    return st.one_of(usual_rules(), direction_rules())


def trend_policies(
    *,
    usual: st.SearchStrategy[UsualRule] | None = None,
    direction: st.SearchStrategy[DirectionRule] | None = None,
    reference: st.SearchStrategy[ReferencePeriod] | None = None,
    seasonal: st.SearchStrategy[int | None] | None = None,
) -> st.SearchStrategy[TrendPolicy]:
    """Return trend policies: the default one, and any pair of rules over any reference.

    Args:
        usual: Which rules about what is usual; any where None.
        direction: Which rules about direction; any where None.
        seasonal: How long a season is; with and without seasons where None.
        reference: Which readings say what is usual; any where None. Stated limits are of one measure in one unit, so
            they have to be asked for.
    """
    return st.one_of(
        st.just(TrendPolicy()),
        st.builds(
            TrendPolicy,
            usual=usual_rules() if usual is None else usual,
            direction=direction_rules() if direction is None else direction,
            reference=st.one_of(FIRST_READINGS, reference_windows()) if reference is None else reference,
            missing_ends_run=st.one_of(st.integers(1, 4), st.integers(min_value=1)),
            seasonal=st.one_of(st.none(), st.none(), st.integers(2, 12)) if seasonal is None else seasonal,
        ),
    )


def _spans(on: st.SearchStrategy[dt.date] | None) -> st.SearchStrategy[list[dt.date]]:
    return st.lists(dates() if on is None else on, min_size=1, max_size=2).map(sorted)


@st.composite
def _some_of_some(draw: st.DrawFn) -> SigmaRule:
    count, sigmas, on_one_side = draw(st.integers(1, 8)), draw(_ANY), draw(st.booleans())
    of = count + draw(st.integers(0, 4))
    up_to = draw(st.one_of(st.none(), _ANY.map(lambda more: exact(sigmas) + exact(more))))
    return SigmaRule(count, sigmas, of=of, is_strict=not sigmas or on_one_side, on_one_side=on_one_side, up_to=up_to)


# Each is built once, for Hypothesis prepares every new strategy anew.
STEPS: Final = built(Steps, steps=st.integers(1, 20))
MOVING_RANGES: Final = st.one_of(st.just(MovingRange()), built(MovingRange, sigmas=positive_numbers()))
CHART_TESTS: Final = st.one_of(STEPS, sigma_rules(), MOVING_RANGES)
CONTROL_CHARTS: Final = st.one_of(
    st.sampled_from((limits_and_runs(), xmr_wheeler(), nhs_making_data_count(), western_electric())),
    st.builds(
        ControlChart,
        name=ids(),
        tests=st.tuples(st.one_of(sigma_rules(), MOVING_RANGES), st.lists(CHART_TESTS, max_size=3)).map(
            lambda tests: (*tests[1], tests[0])
        ),
        takes_trial=st.booleans(),
    ),
)
MANN_KENDALLS: Final = st.integers(5, 14).flatmap(
    lambda readings: built(
        MannKendall,
        readings=st.just(readings),
        alpha=st.sampled_from((Fraction(1, 100), Fraction(5, 100), Fraction(1, 10))),
        trial_from=st.integers(5, readings),
    )
)
CUSUMS: Final = st.one_of(st.just(Cusum()), built(Cusum, allowance=_ANY, threshold=positive_numbers()))
EWMAS: Final = st.one_of(
    st.just(Ewma()),
    built(
        Ewma,
        weight=st.builds(Fraction, st.integers(1, 100), st.just(100)),
        width=positive_numbers(),
        memory=st.integers(1, 120),
    ),
)
CASES_CHARTS: Final = built(CasesChart, sigmas=positive_numbers(), per=positive_numbers())
RUN_CHARTS: Final = built(RunChart, readings=st.integers(10, 60))
_USUAL_RULES: Final[st.SearchStrategy[UsualRule]] = evenly(
    sigma_rules(), CONTROL_CHARTS, CUSUMS, EWMAS, RUN_CHARTS, CASES_CHARTS
)
_DIRECTION_RULES: Final[st.SearchStrategy[DirectionRule]] = evenly(STEPS, MANN_KENDALLS)
