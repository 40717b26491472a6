"""Trend rules, what they count as usual, and what people have said about a KPI: rebasing, accepted deviations."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import strategies as st

from goalmodel.exact import Number
from goalmodel.kpi import AcceptedDeviation
from goalmodel.testing.figures import exact_numbers, positive_numbers
from goalmodel.testing.measures import dates, texts
from goalmodel.trend import (
    ControlChart,
    Cusum,
    Ewma,
    FirstReadings,
    MannKendall,
    ProcessLimits,
    Rebasing,
    ReferencePeriod,
    ReferenceWindow,
    RunChart,
    SigmaRule,
    Steps,
    TrendRule,
    nhs_making_data_count,
    western_electric,
    xmr_wheeler,
)


def first_readings() -> st.SearchStrategy[FirstReadings]:
    """Return reference periods of trend rules: of two readings, of twelve, and of any number."""
    return st.one_of(st.just(FirstReadings()), _trials().map(_first_readings))


def windows(*, on: st.SearchStrategy[dt.date] | None = None) -> st.SearchStrategy[ReferenceWindow]:
    """Return reference periods of stated windows: of a day, and between any two dates.

    Args:
        on: Their first and last days; any where None.
    """
    days = st.lists(dates() if on is None else on, min_size=1, max_size=2).map(sorted)
    return st.builds(_window, days, _trials())


def stated_limits() -> st.SearchStrategy[ProcessLimits]:
    """Return means with their sigma: none at all, tiny and huge."""
    return st.builds(ProcessLimits, mean=exact_numbers(), sigma=st.one_of(st.just(0), positive_numbers()))


def reference_periods(*, on: st.SearchStrategy[dt.date] | None = None) -> st.SearchStrategy[ReferencePeriod]:
    """Return reference periods of every kind.

    Args:
        on: First and last days of windows; any where None.
    """
    return st.one_of(first_readings(), windows(on=on), stated_limits())


def rebasings(
    *, on: st.SearchStrategy[dt.date] | None = None, reference: st.SearchStrategy[ReferencePeriod] | None = None
) -> st.SearchStrategy[Rebasing]:
    """Return dated changes of what is usual.

    Args:
        on: When; any date where None.
        reference: What is usual from then on; any reference where None.
    """
    usual = reference_periods(on=on) if reference is None else reference
    return st.builds(Rebasing, on=dates() if on is None else on, reason=texts(), reference=usual)


def accepted_deviations(*, on: st.SearchStrategy[dt.date] | None = None) -> st.SearchStrategy[AcceptedDeviation]:
    """Return accepted deviations: for a day, and between any two dates.

    Args:
        on: Their first and last days; any where None.
    """
    days = st.lists(dates() if on is None else on, min_size=1, max_size=2).map(sorted)
    return st.builds(_deviation, days, texts())


def steps() -> st.SearchStrategy[Steps]:
    """Return rules that count steps, from one upwards."""
    return st.builds(Steps, st.integers(1, 20))


def beyonds(*, in_a_row: bool = False) -> st.SearchStrategy[SigmaRule]:
    """Return rules that count readings off the mean, from one upwards, by any number of sigmas.

    Args:
        in_a_row: Whether all of the readings they look at have to count, those exactly so far off included.
    """
    counts = st.one_of(st.integers(1, 12), st.integers(min_value=1))
    rows = st.builds(SigmaRule, counts, st.one_of(st.just(1), positive_numbers()))
    if in_a_row:
        return rows
    some = st.builds(
        _some_beyond, st.integers(1, 8), st.integers(0, 4), st.one_of(st.just(0), positive_numbers()), st.booleans()
    )
    return st.one_of(rows, some)


def control_charts() -> st.SearchStrategy[ControlChart]:
    """Return control charts: the published ones, and any few tests."""
    tests = st.lists(st.one_of(steps(), beyonds()), min_size=1, max_size=4)
    return st.one_of(
        st.sampled_from((xmr_wheeler(), nhs_making_data_count(), western_electric())),
        st.builds(ControlChart, name=texts(), tests=tests, takes_trial=st.booleans()),
    )


def mann_kendalls() -> st.SearchStrategy[MannKendall]:
    """Return exact tests of few and many readings, at ordinary levels."""
    levels = st.sampled_from((Fraction(1, 100), Fraction(5, 100), Fraction(1, 10)))
    return st.builds(MannKendall, readings=st.integers(5, 14), alpha=levels)


def cusums() -> st.SearchStrategy[Cusum]:
    """Return cumulative sum charts: the usual one, and any."""
    return st.one_of(
        st.just(Cusum()),
        st.builds(Cusum, allowance=st.one_of(st.just(0), positive_numbers()), threshold=positive_numbers()),
    )


def ewmas() -> st.SearchStrategy[Ewma]:
    """Return charts of the moving average: the usual one, that of single readings, and any."""
    weights = st.builds(Fraction, st.integers(1, 100), st.just(100))
    return st.one_of(
        st.just(Ewma()), st.builds(Ewma, weight=weights, width=positive_numbers(), memory=st.integers(1, 120))
    )


def run_charts() -> st.SearchStrategy[RunChart]:
    """Return run charts, of ten readings and more."""
    return st.builds(RunChart, st.integers(10, 60))


def trend_rules() -> st.SearchStrategy[TrendRule]:
    """Return trend rules of every kind."""
    return st.one_of(steps(), beyonds(), control_charts(), mann_kendalls(), cusums(), ewmas(), run_charts())


def _trials() -> st.SearchStrategy[list[int]]:
    counts = st.one_of(st.integers(2, 20), st.integers(min_value=2))
    return st.lists(counts, min_size=2, max_size=2).map(sorted)


def _first_readings(pair: list[int]) -> FirstReadings:
    return FirstReadings(pair[1], pair[0])


def _window(days: list[dt.date], pair: list[int]) -> ReferenceWindow:
    return ReferenceWindow(days[0], days[-1], count=pair[1], trial_from=pair[0])


def _deviation(days: list[dt.date], reason: str) -> AcceptedDeviation:
    return AcceptedDeviation(since=days[0], until=days[-1], reason=reason)


def _some_beyond(count: int, more: int, sigmas: Number, on_one_side: bool) -> SigmaRule:  # noqa: FBT001 - drawn, not written
    return SigmaRule(count, sigmas, of=count + more, is_strict=not sigmas or on_one_side, on_one_side=on_one_side)
