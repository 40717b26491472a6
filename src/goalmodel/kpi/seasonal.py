"""Seasons: each reading against the one a season before, so that every December is not news."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from goalmodel.measure import Dated, streak
from goalmodel.reasons import ReasonKind

NO_SEASON = ReasonKind(
    "trend-season-without-cadence", "KPI-5", "without a cadence nobody knows which reading is {periods} periods before"
)
TWO_SEASONS = ReasonKind(
    "trend-two-seasons",
    "KPI-5",
    "comparing with {periods} periods before takes {needs} periods of readings and {missing} are missing",
)


def differences(
    dated: Sequence[Dated], periods: Sequence[int], *, season: int, missing_ends_run: int
) -> tuple[tuple[Dated, ...], int]:
    """Return by how much each reading differs from the one a *season* before, and how many of those hang together.

    A reading without such a partner counts as missing. Of two readings in one period the later one is the partner.

    Args:
        dated: Date and value, oldest first.
        periods: The period of each.
        season: How many periods.
        missing_ends_run: So many missing differences in a row end a run.
    """
    by_period: dict[int, Fraction] = dict(zip(periods, (value for _, value in dated), strict=True))
    found = [
        (period, (on, value - by_period[period - season]))
        for period, (on, value) in zip(periods, dated, strict=True)
        if period - season in by_period
    ]
    latest = periods[-1] if periods else 0
    gaps = [later - earlier - 1 for later, earlier in pairwise((latest + 1, *(each for each, _ in reversed(found))))]
    return tuple(each for _, each in found), streak(gap < missing_ends_run for gap in gaps)
