"""The readings a verdict can rest on, so prepared that it can be asked for on any day: each of them is weighed once."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise
from math import ceil

import attrs

from goalmodel.commit.amendment import DatedStandard, in_force, in_force_between
from goalmodel.commit.standard import Standard
from goalmodel.measure import Cadence
from goalmodel.measure.known import Known


@attrs.frozen(eq=False, kw_only=True)
class Window:
    """The readings from a day until the due date, by number, and how they meet standards that may be amended.

    Attributes:
        known: The readings of the window and no others.
        since: First day whose reading counts.
        due: Last day whose reading counts.
        standards: Each standard with the day it came into force, oldest first.
        cadence: How often a reading is expected; None where nothing is.
    """

    known: Known
    since: dt.date
    due: dt.date
    standards: tuple[DatedStandard, ...]
    cadence: Cadence | None
    _closest: dict[int, list[int]] = attrs.field(factory=dict, init=False)
    _stages: dict[tuple[dt.date, Standard], Window] = attrs.field(factory=dict, init=False)

    def stage(self, by: dt.date, standard: Standard) -> Window:
        """Return the same readings with one standard, to be met by an earlier day."""
        if (by, standard) not in self._stages:
            self._stages[by, standard] = attrs.evolve(self, due=by, standards=((self.since, standard),))
        return self._stages[by, standard]

    def kindest(self, number: int, until: dt.date) -> Standard:
        """Return the standard a reading comes closest to, of those in force from its day until *until*."""
        on, value = self.known.present[number]
        return min(in_force_between(self.standards, on, until), key=lambda standard: standard.distance(value))

    def closest(self, until: dt.date) -> int | None:
        """Return the first reading until *until* that comes closest to its kindest standard; None without any."""
        begun = sum(since <= until for since, _ in self.standards)
        if begun not in self._closest:
            last = self.standards[begun - 1][0] if begun else self.since
            short = (self.kindest(number, last).distance(value) for number, (_, value) in enumerate(self.known.present))
            self._closest[begun] = _leaders(list(short), lambda new, leader: new < leader)
        return self._at(self._closest[begun], until)

    def furthest(self, until: dt.date) -> int | None:
        """Return the first reading until *until* that is furthest from the standard of its day; None without any."""
        return self._at(self._furthest, until)

    def _at(self, leaders: Sequence[int], until: dt.date) -> int | None:
        count = self.known.count(until)
        return leaders[count - 1] if count else None

    @cached_property
    def _furthest(self) -> list[int]:
        return _leaders(self.shortfalls, lambda new, leader: new > leader)

    @cached_property
    def shortfalls(self) -> list[Fraction]:
        """How far each reading is short of the standard that was in force on its day."""
        return [in_force(self.standards, on).distance(value) for on, value in self.known.present]

    @cached_property
    def by_readings(self) -> Shares:
        """Every reading counts alike."""
        return Shares(self.shortfalls, [1] * len(self.shortfalls))

    @cached_property
    def by_days(self) -> Shares:
        """Each reading counts by the days it stands for, back to the reading or absence before it."""
        present, weights = set(self.known.present_days), list[int]()
        for index, (earlier, later) in enumerate(pairwise((self.since, *self.known.days))):
            if later in present:
                after = self._stands_after(earlier, later)
                is_from_the_start = index == 0 and after == earlier
                weights.append((later - after).days + is_from_the_start)
        return Shares(self.shortfalls, weights)

    def _stands_after(self, earlier: dt.date, later: dt.date) -> dt.date:
        """Return the day after which the reading of *later* stands for the days: one period, where some are missing."""
        missing = 0 if self.cadence is None else self.cadence.overdue(earlier, later)
        return self.cadence.due(earlier, missing) if self.cadence and missing else earlier

    def missing(self, since: dt.date, until: dt.date) -> int:
        """Return how many readings are not there from *since* on: stated absent, or expected by the cadence in vain.

        Args:
            since: The first day of the window, or the day of the latest reading.
            until: The last day that is seen; readings are expected until the due date.
        """
        days, stop = self.known.present_days, self.known.count(until)
        first = bisect_left(days, since)
        stated = bisect_right(self.known.days, until) - bisect_left(self.known.days, since) - (stop - first)
        if self.cadence is None:
            return stated
        if first == stop:
            return max(stated, self.cadence.expected(since, self.due))
        between = self.cadence.overdue(since, days[first]) + self._missing_by[stop - 1] - self._missing_by[first]
        return max(stated, between + self.cadence.expected(days[stop - 1], self.due))

    @cached_property
    def _missing_by(self) -> list[int]:
        """How many readings are missing between the first present one and each of them."""
        gaps = (0 if self.cadence is None else self.cadence.overdue(*gap) for gap in pairwise(self.known.present_days))
        return list(accumulate(gaps, initial=0))


class Shares:
    """Readings with how much each counts: how much of the first so many meets the standard, and where a share is met.

    Args:
        shortfalls: How far each is short of its standard.
        weights: How much each counts, at least 1.
    """

    def __init__(self, shortfalls: Sequence[Fraction], weights: Sequence[int]) -> None:
        self._shortfalls, self._weights = shortfalls, weights
        self._taken, self._sums = 0, [0] * (len(weights) + 1)

    def observed(self, count: int) -> int:
        """Return how much the first *count* readings weigh."""
        return self._observed[count]

    def met(self, count: int) -> int:
        """Return how much those of the first *count* readings weigh that meet the standard."""
        return self._met[count]

    @cached_property
    def _observed(self) -> list[int]:
        return list(accumulate(self._weights, initial=0))

    @cached_property
    def _met(self) -> list[int]:
        met = (0 if shortfall else weight for shortfall, weight in zip(self._shortfalls, self._weights, strict=True))
        return list(accumulate(met, initial=0))

    def reaching(self, count: int, needed: Fraction) -> int | None:
        """Return the one of the first *count* readings at which *needed* is reached; None without any.

        They are counted from the closest to the standard, of those as close from the oldest.
        """
        if not count:
            return None
        self._take(count)
        # The sums are those of a binary indexed tree: the longest stretch of ranks that falls short of it is sought.
        left, rank, step = max(ceil(needed), 1), 0, 1 << len(self._sums).bit_length()
        while step := step >> 1:
            if rank + step < len(self._sums) and self._sums[rank + step] < left:
                rank += step
                left -= self._sums[rank]
        return self._order[rank]

    def _take(self, count: int) -> None:
        """Have just the first *count* readings in the sums; days are mostly asked about in their order."""
        if count < self._taken:
            self._taken, self._sums = 0, [0] * len(self._sums)
        for number in range(self._taken, count):
            rank = self._rank[number] + 1
            while rank < len(self._sums):
                self._sums[rank] += self._weights[number]
                rank += rank & -rank
        self._taken = count

    @cached_property
    def _order(self) -> list[int]:
        return sorted(range(len(self._shortfalls)), key=self._shortfalls.__getitem__)

    @cached_property
    def _rank(self) -> dict[int, int]:
        return {number: rank for rank, number in enumerate(self._order)}


def _leaders(values: Sequence[Fraction], leads: Callable[[Fraction, Fraction], bool]) -> list[int]:
    """Return for each of *values* the first one up to it that leads all others up to it."""
    found: list[int] = []
    for number, value in enumerate(values):
        found.append(found[-1] if found and not leads(value, values[found[-1]]) else number)
    return found
