"""Signs that readings may be bent to fit: how likely honest ones would show them, exactly.

A sign is a question. Each is asked of the readings alone, and none says who did what, or why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, comb, gcd, lcm
from typing import Final, NamedTuple

import attrs

from goalmodel.measure import Reading, Restatement

HONEST_SLOPE: Final = Fraction(2, 3)
"""Of honest readings near an edge so many lie on its better side at most: values thin out away from their middle."""
NEAR: Final = Fraction(1, 4)
"""So much of the usual move from one reading to the next is near an edge."""
COARSE: Final = Fraction(1, 2)
"""What tells only steps of more than this share of the usual move apart is too coarse to be asked."""


@attrs.frozen(kw_only=True)
class Sign:
    """So many of some that fit the question, and how likely as many would come by themselves.

    Attributes:
        count: How many fit.
        total: Of how many.
        chance: In which share of honest series as many or more would, at most.
    """

    count: int
    total: int
    chance: Fraction


class JudgedReading(NamedTuple):
    """A reading and how it was judged.

    Attributes:
        on: Its date.
        value: The value.
        room: How far it lies on the better side of the nearer edge; below 0 on the worse side.
        is_edge_good: Whether the edge itself is good.
    """

    on: dt.date
    value: Fraction
    room: Fraction
    is_edge_good: bool

    @property
    def is_good(self) -> bool:
        """Whether it is good."""
        return self.room > 0 or (self.room == 0 and self.is_edge_good)

    def is_near(self, reach: Fraction) -> bool:
        """Return whether it lies next to the edge: on each side as many values do, the edge on its own side."""
        return -reach <= self.room < reach if self.is_edge_good else -reach < self.room <= reach


def stops(readings: Sequence[JudgedReading], is_missing: Callable[[dt.date, dt.date | None], bool]) -> Sign:
    """Return how many of the silences begin behind a bad reading.

    By Fisher's exact test: had silence nothing to do with what was read, in how many ways of all would as many lie
    behind bad readings.

    Args:
        readings: Oldest first.
        is_missing: Whether something is missing between a date and the next, or from it until now where that is None.
    """
    days = [*(each.on for each in readings), None]
    silent = [is_missing(earlier, later) for earlier, later in pairwise(days) if earlier is not None]
    bad = sum(not each.is_good for each in readings)
    silences = sum(silent)
    both = sum(is_silent and not each.is_good for is_silent, each in zip(silent, readings, strict=True))
    chance = _among(total=len(readings), marked=bad, drawn=silences, least=both)
    return Sign(count=both, total=silences, chance=chance)


def heaped(readings: Sequence[JudgedReading]) -> Sign:
    """Return how many of the readings next to the edge lie on its better side.

    Next to it is what a quarter of the usual move reaches, in whole steps of what the readings can tell apart. By the
    binomial test against two of three, for honest values thin out away from their middle, too. Nothing is seen where
    none lies further out on the worse side: there the edge is the end of what the measure does.
    """
    step = _step([each.value for each in readings])
    moves = [abs(later.value - earlier.value) for earlier, later in pairwise(readings)]
    usual = sum(moves, Fraction(0)) / max(len(moves), 1)
    reach = step * max(1, ceil(usual * NEAR / step)) if step else Fraction(0)
    is_end = all(each.room >= -reach for each in readings)
    if not step or step > usual * COARSE or is_end:
        return Sign(count=0, total=0, chance=Fraction(1))
    near = [each for each in readings if each.is_near(reach)]
    better = sum(each.is_good for each in near)
    return Sign(count=better, total=len(near), chance=_at_least(better, len(near), HONEST_SLOPE))


def helped(restatements: Iterable[Restatement], room: Callable[[Reading], Fraction | None]) -> Sign:
    """Return how many of the restatements that moved a figure made it better.

    By the sign test: an honest correction goes either way as often.
    """
    both = [(room(each.was), room(each.became)) for each in restatements]
    moved = [(was, became) for was, became in both if was is not None and became is not None and was != became]
    better = sum(was < became for was, became in moved)
    return Sign(count=better, total=len(moved), chance=_at_least(better, len(moved), Fraction(1, 2)))


def _at_least(count: int, total: int, share: Fraction) -> Fraction:
    """Return how likely *count* or more of *total* are, each with the chance *share*."""
    hit, miss = share.numerator, share.denominator - share.numerator
    ways = sum(comb(total, each) * hit**each * miss ** (total - each) for each in range(count, total + 1))
    return Fraction(ways, share.denominator**total)


def _among(*, total: int, marked: int, drawn: int, least: int) -> Fraction:
    """Return how likely *least* or more of the *drawn* are among the *marked*, drawn from *total* without looking."""
    ways = sum(comb(marked, each) * comb(total - marked, drawn - each) for each in range(least, min(marked, drawn) + 1))
    return Fraction(ways, comb(total, drawn))


def _step(values: Sequence[Fraction]) -> Fraction:
    """Return the greatest step in whose multiples all values differ; 0 where they do not."""
    parts = lcm(*(each.denominator for each in values))
    wholes = [int(each * parts) for each in values]
    return Fraction(gcd(*(each - wholes[0] for each in wholes)), parts) if wholes else Fraction(0)
