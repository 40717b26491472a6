"""The exact distribution of Kendall's S, for judging a trend of few readings without a normal approximation."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from math import factorial


def chance_of_at_least(s: int, readings: int) -> Fraction:
    """Return the probability that S reaches *s* when all orders of so many different readings are equally likely.

    S is the number of pairs of readings that rise less the number that fall. An order with i falling pairs of N has
    S = N - 2i, and the orders with i falling pairs are counted one reading at a time: the n-th can fall behind any
    number of the earlier ones from 0 to n - 1.

    >>> chance_of_at_least(6, 4)
    Fraction(1, 24)

    Source: Kendall, "A New Measure of Rank Correlation" (1938); Mann, "Nonparametric Tests Against Trend" (1945).

    Args:
        s: From -N to N, where N is the number of pairs.
        readings: How many, at least 1.
    """
    pairs = readings * (readings - 1) // 2
    most_falling = (pairs - s) // 2
    if most_falling < 0:
        return Fraction(0)
    return Fraction(sum(_orders_by_falling_pairs(readings)[: most_falling + 1]), factorial(readings))


def least_significant(readings: int, alpha: Fraction) -> int | None:
    """Return the least S reached with probability *alpha* or less; None where so few readings can't be so telling.

    >>> least_significant(4, Fraction(5, 100)), least_significant(3, Fraction(5, 100))
    (6, None)

    Args:
        readings: How many, at least 1.
        alpha: One-sided, above 0 and below 1.
    """
    total = factorial(readings)
    pairs = readings * (readings - 1) // 2
    within = [
        falling
        for falling, count in enumerate(accumulate(_orders_by_falling_pairs(readings)))
        if count <= alpha * total
    ]
    return pairs - 2 * within[-1] if within else None


def _orders_by_falling_pairs(readings: int) -> list[int]:
    counts = [1]
    for earlier in range(1, readings):
        sums = [0, *accumulate(counts)]
        width = len(counts) + earlier
        counts = [sums[min(i + 1, len(counts))] - sums[min(max(i - earlier, 0), len(counts))] for i in range(width)]
    return counts
