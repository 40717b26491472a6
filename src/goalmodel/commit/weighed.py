"""Readings by how far they fall short, each with a weight: how much is met, and where a share of it is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import ceil

from goalmodel.measure.row import Whole


class Weighed:
    """Readings with how much each counts: how much of the first so many meets the standard, and where a share is met.

    Args:
        shortfalls: How far each is short of its standard.
        weights: How much each counts, at least 1.
    """

    def __init__(self, shortfalls: Sequence[Whole], weights: Sequence[int]) -> None:
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
        # A binary indexed tree over the ranks (Fenwick 1994): sum number i is the weight of the i & -i ranks up to i.
        # Halving steps walk down it to the longest run of ranks that weighs less than needed; the next one reaches it.
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
