"""Seasons: each reading against the one a season before, so that every December is not news."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import final

from goalmodel.measure.row import Row
from goalmodel.reasons import ReasonKind

NO_SEASON = ReasonKind(
    "trend-season-without-cadence",
    "KPI-5",
    "without a cadence nobody knows which reading is {periods:period/periods} before",
    {"periods": int},
)


@final
class Seasons:
    """By how much each reading differs from the one a season before, and which of those hang together on any day.

    A reading without such a partner counts as missing. Of two readings in one period the later one is the partner.

    Attributes:
        row: The readings.
        periods: The period of each.
        season: How many periods.
        missing_ends_run: So many missing differences in a row end a run.
    """

    def __init__(self, row: Row, *, periods: Sequence[int], season: int, missing_ends_run: int) -> None:
        self.row = row
        self.periods = periods
        self.season = season
        self.missing_ends_run = missing_ends_run

    @cached_property
    def partnered(self) -> list[int]:
        """Numbers of the readings that have a partner."""
        periods = set(self.periods)
        return [number for number, period in enumerate(self.periods) if period - self.season in periods]

    @cached_property
    def _partners(self) -> list[int]:
        by_period = {period: number for number, period in enumerate(self.periods)}
        return [by_period[self.periods[number] - self.season] for number in self.partnered]

    @cached_property
    def differences(self) -> Row:
        """The difference of each of those, by its date."""
        days, wholes = self.row.days, self.row.wholes
        return Row(
            [days[number] for number in self.partnered],
            [wholes[number] - wholes[partner] for number, partner in zip(self.partnered, self._partners, strict=True)],
            self.row.denominator,
        )

    @property
    def reaches(self) -> list[dt.date]:
        """The day of the partner of each of those: so far back a difference reaches."""
        return [self.row.days[partner] for partner in self._partners]

    @cached_property
    def _streaks(self) -> list[int]:
        """How many differences hang together up to each of them."""
        found = [1] if self.partnered else []
        for earlier, later in pairwise(self.partnered):
            gap = self.periods[later] - self.periods[earlier] - 1
            found.append(found[-1] + 1 if gap < self.missing_ends_run else 1)
        return found

    def by(self, count: int) -> tuple[int, int]:
        """Return how many differences the first *count* readings have, and how many of the latest hang together."""
        known = bisect_left(self.partnered, count)
        if not known:
            return 0, 0
        gap = self.periods[count - 1] - self.periods[self.partnered[known - 1]]
        return known, self._streaks[known - 1] if gap < self.missing_ends_run else 0
