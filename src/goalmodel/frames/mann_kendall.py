"""The exact Mann-Kendall test in columns: each pair of readings, and how many have to rise for such ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Final

import narwhals.stable.v2 as nw

from goalmodel.frames.bench import number
from goalmodel.frames.wholes import READ
from goalmodel.trend import MannKendall
from goalmodel.trend.kendall import chance_in_any_order

MOST_TESTED: Final = 12
"""So many readings a test looks at, at most: each is compared with each."""


def pair(inside: nw.Expr, step: nw.Expr, exact: nw.Expr, size: nw.Expr) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """Return whether a pair rises or falls, is a tie, and is too close to tell; each 0 where it does not count."""
    one, none = number(1), number(0)
    falls = nw.when(inside & (step < 0)).then(number(-1)).otherwise(none)
    return (
        nw.when(inside & (step > 0)).then(one).otherwise(falls),
        nw.when(inside & (step == 0)).then(one).otherwise(none),
        nw.when(inside & (exact < 1) & (step.abs() <= size * number(2 * READ))).then(one).otherwise(none),
    )


@cache
def seldom(rule: MannKendall) -> Mapping[int, Sequence[float]]:
    """Return which patterns of ties need which S, each by the sum of fourth powers of how many are like a reading."""
    found: dict[int, list[float]] = {}
    for count in range(rule.trial_from, rule.readings + 1):
        for groups in _partitions(count, count):
            readings = [Fraction(at) for at, group in enumerate(groups) for _ in range(group)]
            pairs = (count * count - sum(group * group for group in groups)) // 2
            enough = [s for s in range(1, pairs + 1) if chance_in_any_order(readings, s) <= rule.alpha]
            if enough:
                found.setdefault(enough[0], []).append(float(sum(group**5 for group in groups)))
    return found


def _partitions(count: int, most: int) -> list[tuple[int, ...]]:
    if not count:
        return [()]
    return [(first, *rest) for first in range(min(count, most), 0, -1) for rest in _partitions(count - first, first)]
