"""Limits by weight, decided by the library and from the rule's sentence, on random cases: how many differ, how long.

``python benchmarks/cases_charts.py 1000000``

What is decided here shares nothing with the library: squares of fractions where there is one root; where roots add up,
fractions if all of them are whole, and 60 digits if not. A part of the cases lies on a limit, or 1e-30 beside one.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import NamedTuple

from goalmodel.trend import CasesChart, laney_p_chart, laney_u_chart, p_chart, u_chart

CHARTS = (p_chart(), u_chart(), laney_p_chart(), laney_u_chart())
BESIDE = Fraction(1, 10**30)
UNDECIDED = Decimal("1e-40")


class Case(NamedTuple):
    """So many counted of so many, before, and a last share or rate of so many cases."""

    reference: list[tuple[int, int]]
    value: Fraction
    cases: int


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _mean(reference: list[tuple[int, int]]) -> Fraction:
    return Fraction(sum(each for each, _ in reference), sum(of for _, of in reference))


def _chance(at: int, mean: Fraction) -> Fraction:
    return mean * (1 - mean) if at == 0 else mean


def _mean_move(reference: list[tuple[int, int]]) -> Fraction | Decimal:
    """Return the mean move from share to share, each times the root of its cases."""
    mean, is_whole = _mean(reference), all(isqrt(of) ** 2 == of for _, of in reference)
    offs: list[Fraction] | list[Decimal] = (
        [(Fraction(each, of) - mean) * isqrt(of) for each, of in reference]
        if is_whole
        else [_decimal(Fraction(each, of) - mean) * Decimal(of).sqrt() for each, of in reference]
    )
    moves = [abs(later - earlier) for earlier, later in pairwise(offs)]
    return sum(moves[1:], moves[0]) / len(moves)


def by_the_sentence(at: int, case: Case) -> int | None:
    """Return 1 beyond the limits of the chart at a place, 0 on one, -1 inside; None where nothing is left to chance."""
    mean = _mean(case.reference)
    off = abs(case.value - mean)
    if at < 2:  # noqa: PLR2004 - p and u
        chance = _chance(at, mean)
        far = off**2 * case.cases - 9 * chance
        return None if not chance else (far > 0) - (far < 0)
    move = _mean_move(case.reference)
    if isinstance(move, Fraction) and isqrt(case.cases) ** 2 == case.cases:
        beyond = off * isqrt(case.cases) - 3 * move / Fraction("1.128")
        return None if not move else (beyond > 0) - (beyond < 0)
    of_move = _decimal(move) if isinstance(move, Fraction) else move
    short = _decimal(off) * Decimal(case.cases).sqrt() - 3 * of_move / Decimal("1.128")
    return None if of_move < UNDECIDED or abs(short) < UNDECIDED else (1 if short > 0 else -1)


def _limit(at: int, reference: list[tuple[int, int]], cases: int) -> Fraction:
    """Return how far off the limit lies: exactly, where that is a fraction."""
    if at < 2:  # noqa: PLR2004 - p and u
        square = 9 * _chance(at, _mean(reference)) / cases
        root = Fraction(isqrt(square.numerator), isqrt(square.denominator))
        return root if root**2 == square else Fraction(isqrt(int(square * 10**24)), 10**12)
    return Fraction(_mean_move(reference)) * 3 / Fraction("1.128") / isqrt(cases)


def drawn(count: int, seed: int = 12) -> Iterator[tuple[int, Case]]:
    """Yield so many cases, each with the place of its chart."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    for number in range(count):
        at, are_squares = number % len(CHARTS), bool(draw.randrange(3))
        sizes = [draw.randint(1, 40) ** 2 if are_squares else draw.randint(1, 2_000_000) for _ in range(12)]
        reference = [(draw.randint(0, of), of) for of in sizes[: draw.randint(2, 12)]]
        if draw.randrange(2):  # as many as not: the mean is a half, and a root of chance is whole
            reference = [each for counted, of in reference for each in ((counted, of), (of - counted, of))]
        cases, mean = draw.randint(1, 60) ** 2, _mean(reference)
        limit = _limit(at, reference, cases)
        off = draw.choice((limit, limit + BESIDE, abs(limit - BESIDE), Fraction(draw.randint(0, cases), cases)))
        yield at, Case(reference, mean + draw.choice((-1, 1)) * off, cases)


def is_beyond(rule: CasesChart, case: Case) -> bool:
    """Return what the library decides."""
    values, cases = [Fraction(*each) for each in case.reference], [Fraction(of) for _, of in case.reference]
    return rule.limits_by(values, cases, Fraction(1)).is_beyond(case.value, Fraction(case.cases))


def compare(count: int, seed: int = 12) -> Counter[str]:
    """Return how many decisions there were, on a limit, beyond one, and how many differ."""
    found = Counter[str]()
    with localcontext(prec=60):
        for at, case in drawn(count, seed):
            expected = by_the_sentence(at, case)
            if expected is not None:
                said = is_beyond(CHARTS[at], case)
                found.update(decided=1, ties=not expected, beyond=expected > 0, differ=said is not (expected > 0))
    return found


def main(count: int) -> None:
    """Compare so many decisions."""
    print(*(f"{number} {what}" for what, number in compare(count).items()), sep=", ")
    cases = list(drawn(min(count, 10_000)))
    begin = time.perf_counter()
    for at, case in cases:
        is_beyond(CHARTS[at], case)
    print(f"{(time.perf_counter() - begin) / len(cases) * 1e6:.0f} microseconds each")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
