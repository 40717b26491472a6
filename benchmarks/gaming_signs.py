"""How often honest readings show a sign of gaming, and how often bent ones do. Prints a table.

Run by hand: ``python benchmarks/gaming_signs.py [SERIES_PER_ROW]``; 2,000 where nothing is said. Whole numbers are
drawn, so that every decision is exact; the seed is fixed.
"""

from __future__ import annotations

import datetime as dt
import math
import random
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction

from goalmodel.hygiene import HygienePolicy
from goalmodel.hygiene.signs import JudgedReading, heaped, helped, stops
from goalmodel.measure import Reading, Restatement

SERIES = 2_000
SIGMA = 100
START = dt.date(2020, 1, 1)
CHANCE = HygienePolicy().sign_chance


def normal(rng: random.Random, count: int) -> list[float]:
    """Return independent normal values."""
    return [rng.gauss(0, SIGMA) for _ in range(count)]


def carried(rng: random.Random, count: int) -> list[float]:
    """Return normal values, half of each carried into the next."""
    found, last = list[float](), rng.gauss(0, SIGMA)
    for _ in range(count):
        found.append(last)
        last = last / 2 + rng.gauss(0, SIGMA * math.sqrt(3) / 2)
    return found


def skewed(rng: random.Random, count: int) -> list[float]:
    """Return values that thin out to one side only, as waiting times do; more is better here, so the long side is."""
    return [SIGMA * (rng.expovariate(1) - 1) for _ in range(count)]


KINDS: dict[str, Callable[[random.Random, int], list[float]]] = {
    "normal": normal,
    "carried over (0.5)": carried,
    "skewed": skewed,
}


def judged(values: list[float], edge: float, rounded: int) -> list[JudgedReading]:
    """Return values rounded to whole multiples, a month each, with the edge they are held against."""
    cut = rounded * round(edge / rounded)
    wholes = [rounded * round(value / rounded) for value in values]
    return [
        JudgedReading(START + dt.timedelta(days=30 * at), Fraction(value), Fraction(value - cut), is_edge_good=True)
        for at, value in enumerate(wholes)
    ]


def is_gap(earlier: dt.date, later: dt.date | None) -> bool:
    """Return whether a month is missing; behind the last reading nothing is."""
    return later is not None and (later - earlier).days > 30  # noqa: PLR2004 - a month here


def restated(readings: list[JudgedReading], moves: Iterator[int]) -> list[Restatement]:
    """Return each reading restated by what *moves* say."""
    day = START + dt.timedelta(days=10_000)
    return [
        Restatement(
            measure="m", was=Reading(each.on, each.value), became=Reading(each.on, each.value + move, known_on=day)
        )
        for each, move in zip(readings, moves, strict=False)
    ]


def signs(rng: random.Random, readings: list[JudgedReading], *, is_bent: bool) -> tuple[bool, bool, bool]:
    """Return which of the three signs are seen: in honest readings, or in readings bent in just that way."""
    kept = readings[:1]
    for each in readings[1:]:
        if rng.random() >= (0.1 if kept[-1].is_good or not is_bent else 0.7):
            kept.append(each)
    near = SIGMA // 4
    written = [
        each._replace(value=each.value - each.room, room=Fraction(0))
        if is_bent and -near <= each.room < 0 and rng.random() < 0.8  # noqa: PLR2004 - most of what just missed
        else each
        for each in readings
    ]
    ways = iter(rng.choice((-5, 5, 5, 5, 5) if is_bent else (-5, 5)) for _ in readings)
    late = restated([each for each in readings if rng.random() < 0.5], ways)  # noqa: PLR2004 - half of all
    room = {each.on: each.room - each.value for each in readings}
    found = (
        stops(kept, is_gap),
        heaped(written),
        helped(late, lambda reading: Fraction(str(reading.value)) + room[reading.on]),
    )
    stop, heap, help_ = (each.chance <= CHANCE for each in found)
    return stop, heap, help_


def main(series: int) -> None:
    """Print a row for each kind, length, edge and rounding."""
    rng = random.Random(20_261_128)  # noqa: S311 - no secret
    print(
        "| readings | kind | edge, in sigma below the middle | rounded to, in sigma | stop | heaped | helped "
        "| bent: stop | heaped | helped |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for count in (36, 156):
        for name, draw in KINDS.items():
            for edge in (0, 1, 2):
                for rounded in (5, 50):
                    cells = list[str]()
                    for is_bent in (False, True):
                        seen = [
                            signs(rng, judged(draw(rng, count), -edge * SIGMA, rounded), is_bent=is_bent)
                            for _ in range(series)
                        ]
                        cells += [f"{100 * sum(each) / series:.1f} %" for each in zip(*seen, strict=True)]
                    print(f"| {count} | {name} | {edge} | {rounded / SIGMA:g} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SERIES)
