"""Count how often a score is judged wrongly against a threshold, by goalmodel and by the plain float formula.

Run by hand: ``python benchmarks/exactness.py [how many, one million if nothing is said]``.

The inputs are decimals of 0 to 4 places, given as floats, random but the same each time. Half of the values lie exactly
on a threshold. Who is right is decided with whole numbers alone: all numbers are counted in ten thousandths, thresholds
in tenths, and nothing is divided.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from random import Random
from typing import NamedTuple

from goalmodel import Cycle, KeyResult, Measure, Score

SEED = 20_260_930
HOW_MANY = 1_000_000
TEN_THOUSAND = 10_000
THRESHOLDS = (3, 4, 7, 10)
SIZES = (1, 10, 100, 1_000, 10_000, 100_000)

MEASURE = Measure("anything")
CYCLE = Cycle(dt.date(2026, 1, 1), dt.date(2026, 3, 31))


class Input(NamedTuple):
    """One judgement: three decimals in ten thousandths, and a threshold in tenths."""

    baseline: int
    target: int
    value: int
    threshold: int

    @property
    def is_on_threshold(self) -> bool:
        """Whether the value is the threshold's share of the way."""
        return 10 * (self.value - self.baseline) == self.threshold * (self.target - self.baseline)

    @property
    def has_reached(self) -> bool:
        """Whether the value is on the threshold or past it."""
        come, needed = 10 * (self.value - self.baseline), self.threshold * (self.target - self.baseline)
        return come >= needed if self.target > self.baseline else come <= needed


def random_input(random: Random, *, on_threshold: bool) -> Input:
    """Return decimals of 0 to 4 places; baseline and target differ."""
    unit = 10 ** (4 - random.randint(0, 4))
    most = random.choice(SIZES) * TEN_THOUSAND // unit
    baseline, threshold = unit * random.randint(-most, most), random.choice(THRESHOLDS)
    if on_threshold:
        tenths = max(unit // 10, 1) * random.randint(1, most) * random.choice((-1, 1))
        return Input(baseline, baseline + 10 * tenths, baseline + threshold * tenths, threshold)
    target = baseline + unit * random.randint(1, most) * random.choice((-1, 1))
    return Input(baseline, target, unit * random.randint(-most, most), threshold)


def naive(value: float, baseline: float, target: float) -> float:
    """Return the score as it is usually written by hand."""
    return (value - baseline) / (target - baseline)


def main(how_many: int) -> None:
    """Judge *how_many* inputs both ways and print the counts."""
    random = Random(SEED)  # noqa: S311 - the same numbers each time are the point
    judged, on_threshold, ours, floats, floats_on = (Counter[int]() for _ in range(5))
    not_nearest = 0
    for index in range(how_many):
        each = random_input(random, on_threshold=index % 2 == 0)
        baseline, target, value = (number / TEN_THOUSAND for number in each[:3])
        threshold = each.threshold / 10
        moved = KeyResult(id="kr", measure=MEASURE, baseline=baseline, target=target, cycle=CYCLE)
        score = moved.score(value)
        judged[each.threshold] += 1
        ours[each.threshold] += (score >= Score(threshold)) is not each.has_reached
        is_wrong = (naive(value, baseline, target) >= threshold) is not each.has_reached
        floats[each.threshold] += is_wrong
        on_threshold[each.threshold] += each.is_on_threshold
        floats_on[each.threshold] += is_wrong and each.is_on_threshold
        # A quotient of two whole numbers is correctly rounded.
        not_nearest += float(score) != (each.value - each.baseline) / (each.target - each.baseline)

    print(f"{how_many:,} inputs, {on_threshold.total():,} of them exactly on a threshold\n")
    print("threshold     inputs  on threshold  wrong: goalmodel  wrong: floats  of those on it")
    for threshold in THRESHOLDS:
        share = floats_on[threshold] / max(on_threshold[threshold], 1)
        print(
            f"{threshold / 10:9} {judged[threshold]:10,} {on_threshold[threshold]:13,} "
            f"{ours[threshold]:17,} {floats[threshold]:14,} {share:15.1%}"
        )
    share = floats_on.total() / max(on_threshold.total(), 1)
    print(f"{'all':>9} {how_many:10,} {on_threshold.total():13,} {ours.total():17,} {floats.total():14,} {share:15.1%}")
    print(f"\nfloat(score) is not the nearest float: {not_nearest:,}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else HOW_MANY)
