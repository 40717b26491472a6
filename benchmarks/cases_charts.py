"""Limits by weight, decided exactly and by 60-digit decimals, on many random cases: how many differ, how long it takes.

``python benchmarks/cases_charts.py 1000000``
"""

from __future__ import annotations

import random
import sys
import time
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from goalmodel.trend import CasesChart, CasesChartKind, laney_p_chart, laney_u_chart, p_chart, u_chart

TIE = Decimal("1e-40")
CHARTS = (p_chart(), u_chart(), laney_p_chart(), laney_u_chart())


def _by_the_book(rule: CasesChart, reference: list[tuple[int, int]], last: tuple[int, int]) -> Decimal | None:
    counted, cases = sum(each for each, _ in reference), sum(of for _, of in reference)
    mean = Decimal(counted) / cases
    chance = mean * (1 - mean) if rule.kind in (CasesChartKind.P, CasesChartKind.LANEY_P) else mean
    if not chance:
        return None
    beyond = 3 * (chance / last[1]).sqrt()
    if rule.kind in (CasesChartKind.LANEY_P, CasesChartKind.LANEY_U):
        scores = [(Decimal(each) / of - mean) / (chance / of).sqrt() for each, of in reference]
        moves = sum(abs(later - earlier) for earlier, later in pairwise(scores))
        if moves < TIE:
            return None
        beyond *= moves / (len(scores) - 1) / Decimal("1.128")
    return abs(Decimal(last[0]) / last[1] - mean) - beyond


def _case(draw: random.Random) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    most, length = draw.choice((4, 30, 400, 2_000_000)), draw.randint(2, 12)
    squares = not draw.randrange(3)  # ties need cases that are squares
    share = draw.choice((0.02, 0.5, 1.0))

    def counted() -> tuple[int, int]:
        of = draw.randint(1, 40) ** 2 if squares else draw.randint(1, most)
        return draw.randint(0, int(of * share)), of

    alike = counted()
    reference = [alike] * length if not draw.randrange(5) else [counted() for _ in range(length)]
    return reference, counted()


def main(count: int) -> None:
    """Compare so many decisions."""
    draw, differ, ties, beyond, asked, spent = random.Random(12), 0, 0, 0, 0, 0.0  # noqa: S311 - no secret
    with localcontext(prec=60):
        for at in range(count):
            rule, (reference, last) = CHARTS[at % len(CHARTS)], _case(draw)
            far = _by_the_book(rule, reference, last)
            if far is None:
                continue
            values, cases = [Fraction(*each) for each in reference], [Fraction(of) for _, of in reference]
            begin = time.perf_counter()
            found = rule.limits_by(values, cases, Fraction(1)).is_beyond(Fraction(*last), Fraction(last[1]))
            spent += time.perf_counter() - begin
            asked, ties, beyond = asked + 1, ties + (abs(far) < TIE), beyond + found
            differ += found is not (far > TIE)
    each = spent / max(asked, 1) * 1e6
    print(f"{asked} decisions, {beyond} beyond, {ties} ties, {differ} differ; {each:.0f} microseconds each")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
