"""The exact distribution of Kendall's S, for judging a trend of few readings without a normal approximation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import factorial

from goalmodel.measure.row import Whole


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


def chance_in_any_order(readings: Sequence[Whole], s: int) -> Fraction:
    """Return the probability that S reaches *s* when all orders of these very readings are equally likely, ties too.

    >>> chance_in_any_order([Fraction(3), Fraction(1), Fraction(1), Fraction(1)], 3)
    Fraction(1, 4)

    Args:
        readings: In any order, at least one.
        s: From -N to N, where N is the number of pairs.
    """
    return Fraction(*orders_that_reach(s, readings))


def orders_that_reach(s: int, readings: Sequence[Whole]) -> tuple[int, int]:
    """Return how many of the orders of these very readings have an S of *s* or more, and how many there are at all.

    Orders of tied readings with i falling pairs are counted by the q-multinomial coefficient (MacMahon): the orders of
    all of them, had they been different, divided by those of each group of ties. S is the number of pairs that are not
    tied less twice the falling ones.

    >>> chance_in_any_order([Fraction(3), Fraction(1), Fraction(1), Fraction(1)], 3)
    Fraction(1, 4)

    Args:
        readings: In any order, at least one.
        s: From -N to N, where N is the number of pairs.
    """
    count = len(readings)
    is_untied = len(set(readings)) == count
    orders = _orders_with_ties((1,) * count if is_untied else tuple(sorted(Counter(readings).values())))
    untied = len(orders) - 1
    most_falling = (untied - s) // 2
    return (orders[most_falling] if most_falling >= 0 else 0), orders[-1]


@lru_cache(maxsize=512)
def _orders_with_ties(groups: tuple[int, ...]) -> tuple[int, ...]:
    """Return how many orders of readings, of which so many are alike, have at most 0, 1, 2, … falling pairs."""
    counts, placed = [1], 0
    for group in groups:
        for width in range(1, group + 1):
            counts = _divided_by(_times(counts, placed + width), width)
        placed += group
    return tuple(accumulate(counts))


def _times(counts: list[int], width: int) -> list[int]:
    """Return *counts* as a polynomial in q, times 1 + q + … of *width* terms."""
    sums = [0, *accumulate(counts)]
    length = len(counts)
    return [sums[min(i + 1, length)] - sums[min(max(i - width + 1, 0), length)] for i in range(length + width - 1)]


def _divided_by(counts: list[int], width: int) -> list[int]:
    """Return *counts* as a polynomial in q, divided by 1 + q + … of *width* terms, which divides it."""
    quotient: list[int] = []
    for i in range(len(counts) - width + 1):
        quotient.append(counts[i] - sum(quotient[max(i - width + 1, 0) : i]))
    return quotient


def _orders_by_falling_pairs(readings: int) -> list[int]:
    counts = [1]
    for width in range(2, readings + 1):
        counts = _times(counts, width)
    return counts
