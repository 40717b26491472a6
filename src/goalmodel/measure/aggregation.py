"""How readings combine: what several of them come to."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import unique
from fractions import Fraction
from itertools import accumulate
from operator import ge, le
from types import MappingProxyType
from typing import Final, TypeAlias, assert_never

from goalmodel.checks import Term
from goalmodel.measure.row import Row, Whole

Span: TypeAlias = tuple[int, int]
"""The position of the first reading, and the one before which it ends; neither goes back from span to span."""


@unique
class Aggregation(Term):
    """What readings come to, where each is a value of its own."""

    LAST = "the latest reading"
    SUM = "the sum of the readings"
    MEAN = "the mean of the readings"
    GREATEST = "the greatest reading"
    LEAST = "the least reading"


def combined(
    row: Row, weights: Sequence[Fraction] | None, spans: Sequence[Span], aggregation: Aggregation
) -> list[Fraction]:
    """Return what the readings of each span come to; all of them together take the time of the readings and spans.

    Rule: FIG-1.

    Args:
        row: The readings that have a value.
        weights: The number of cases behind each, by which a mean counts them; None where each counts alike.
        spans: None of them empty, in order: neither their beginnings nor their ends go back.
        aggregation: How they combine.
    """
    if aggregation is Aggregation.MEAN:
        return _means(row, weights, spans)
    if aggregation is Aggregation.SUM:
        sums = list(accumulate(row.wholes, initial=0))
        return [Fraction(sums[stop] - sums[start], row.denominator) for start, stop in spans]
    if aggregation is Aggregation.LAST:
        return [row.value(stop - 1) for _, stop in spans]
    return [Fraction(each, row.denominator) for each in _leaders(row.wholes, spans, aggregation)]


def still_possible(
    aggregation: Aggregation,
    so_far: Fraction | None,
    *,
    readings: int,
    more: int,
    lowest: Fraction | None,
    highest: Fraction | None,
) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the greatest value readings may still come to; None where there is no such end.

    Rule: FIG-3.

    >>> still_possible(Aggregation.SUM, Fraction(30), readings=3, more=2, lowest=Fraction(0), highest=Fraction(5))
    (Fraction(30, 1), Fraction(40, 1))

    Args:
        aggregation: How they combine.
        so_far: What those that are there come to; None where none is.
        readings: How many are there, each of one case; 0 where nobody knows how much they count.
        more: How many may still come at most.
        lowest: The least value a reading can have; None where there is none.
        highest: The greatest; None where there is none.
    """
    if not more:
        return so_far, so_far
    match aggregation:
        case Aggregation.SUM:
            total = so_far or Fraction(0)
            least = None if lowest is None else total + more * min(lowest, Fraction(0))
            greatest = None if highest is None else total + more * max(highest, Fraction(0))
            return least, greatest
        case Aggregation.GREATEST:
            return (lowest if so_far is None else so_far), highest
        case Aggregation.LEAST:
            return lowest, (highest if so_far is None else so_far)
        case Aggregation.MEAN if so_far is not None and readings:
            ends = (
                (so_far * readings + more * end) / (readings + more) if end is not None else None
                for end in (lowest, highest)
            )
            return next(ends), next(ends)
        case Aggregation.LAST | Aggregation.MEAN:
            return lowest, highest
        case _:
            assert_never(aggregation)


def _means(row: Row, weights: Sequence[Fraction] | None, spans: Sequence[Span]) -> list[Fraction]:
    counted = [Fraction(1)] * len(row) if weights is None else weights
    cases = list(accumulate(counted, initial=Fraction(0)))
    sums = list(accumulate((each * of for each, of in zip(row.wholes, counted, strict=True)), initial=Fraction(0)))
    return [(sums[stop] - sums[start]) / ((cases[stop] - cases[start]) * row.denominator) for start, stop in spans]


def _leaders(values: Sequence[Whole], spans: Sequence[Span], aggregation: Aggregation) -> list[Whole]:
    """Return the greatest, or the least, of each span: what later readings outdo leads in no later span."""
    outdoes = _OUTDOES[aggregation]
    leaders, seen, found = deque[int](), 0, list[Whole]()
    for start, stop in spans:
        for at in range(seen, stop):
            while leaders and outdoes(values[at], values[leaders[-1]]):
                leaders.pop()
            leaders.append(at)
        seen = max(seen, stop)
        while leaders[0] < start:
            leaders.popleft()
        found.append(values[leaders[0]])
    return found


_OUTDOES: Final = MappingProxyType({Aggregation.GREATEST: ge, Aggregation.LEAST: le})
