"""Numbers people write down: two digits, a decimal or two; ways between them, and values on their thresholds.

All is made of coin tosses: Hypothesis draws whole numbers and places in a list among constants of whatever modules
happen to be loaded, too, and an audit must find the same in every program.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, TypeVar

from hypothesis import strategies as st

_T = TypeVar("_T")

THRESHOLDS: Final = tuple(Fraction(tenth, 10) for tenth in (7, 3, 4, 6, 9, 5, 8))
"""Shares of the way at which words change, the most usual first."""


def everyday_numbers(*, above_zero: bool = False) -> st.SearchStrategy[Fraction]:
    """Return numbers as people write them: up to 1,000, whole, with a decimal, or with two.

    Args:
        above_zero: Whether only those above 0 are wanted.
    """
    return _ABOVE_ZERO if above_zero else _NUMBERS


def everyday_shares(*, most: int = 1) -> st.SearchStrategy[Fraction]:
    """Return shares from 0 to *most* in whole percent, those on thresholds as often as all others."""
    return either(one_from(THRESHOLDS), st.builds(Fraction, whole(0, 100 * most), st.just(100)))


def everyday_ways() -> st.SearchStrategy[tuple[Fraction, Fraction]]:
    """Return baselines and targets as people set them: rising, falling, through zero, never equal."""
    return _WAYS


def on_thresholds() -> st.SearchStrategy[tuple[Fraction, Fraction, Fraction]]:
    """Return baselines, targets and values that lie exactly on a threshold between them."""
    return _ON_THRESHOLDS


def whole(least: int, most: int) -> st.SearchStrategy[int]:
    """Return the whole numbers from *least* to *most*, both included, the lower the simpler."""
    count = most - least + 1
    bits = st.tuples(*[st.booleans()] * (count - 1).bit_length())
    return bits.map(lambda drawn: least + sum(bit << place for place, bit in enumerate(reversed(drawn))) % count)


def one_from(choices: Sequence[_T]) -> st.SearchStrategy[_T]:
    """Return one of *choices*, the first the simplest."""
    return whole(0, len(choices) - 1).map(lambda place: choices[place])


def either(one: st.SearchStrategy[_T], other: st.SearchStrategy[_T]) -> st.SearchStrategy[_T]:
    """Return what one or the other gives, each as often, *one* the simpler."""
    return st.booleans().flatmap(lambda second: other if second else one)


def _signed(amount: Fraction, is_below: bool) -> Fraction:  # noqa: FBT001 - drawn
    return -amount if is_below else amount


def _way(baseline: Fraction, distance: Fraction, falls: bool) -> tuple[Fraction, Fraction]:  # noqa: FBT001 - drawn
    return baseline, baseline - distance if falls else baseline + distance


def _on(way: tuple[Fraction, Fraction], share: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    return *way, way[0] + share * (way[1] - way[0])


# Each is built once, for Hypothesis prepares every new strategy anew.
_PARTS: Final = one_from((1, 10, 100))
_NUMBERS: Final = st.builds(_signed, st.builds(Fraction, whole(0, 1_000), _PARTS), st.booleans())
_ABOVE_ZERO: Final = st.builds(Fraction, whole(1, 1_000), _PARTS)
_WAYS: Final = st.builds(_way, _NUMBERS, _ABOVE_ZERO, st.booleans())
_ON_THRESHOLDS: Final = st.builds(_on, _WAYS, one_from(THRESHOLDS))
