"""Numbers people write down: two digits, a decimal or two; ways between them, and values on their thresholds."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from hypothesis import strategies as st

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
    return st.one_of(st.sampled_from(THRESHOLDS), st.builds(Fraction, st.integers(0, 100 * most), st.just(100)))


def everyday_ways() -> st.SearchStrategy[tuple[Fraction, Fraction]]:
    """Return baselines and targets as people set them: rising, falling, through zero, never equal."""
    return _WAYS


def on_thresholds() -> st.SearchStrategy[tuple[Fraction, Fraction, Fraction]]:
    """Return baselines, targets and values that lie exactly on a threshold between them."""
    return _ON_THRESHOLDS


def _way(baseline: Fraction, distance: Fraction, falls: bool) -> tuple[Fraction, Fraction]:  # noqa: FBT001 - drawn
    return baseline, baseline - distance if falls else baseline + distance


def _on(way: tuple[Fraction, Fraction], share: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    return *way, way[0] + share * (way[1] - way[0])


# Each is built once, for Hypothesis prepares every new strategy anew.
_PARTS: Final = st.sampled_from((1, 10, 100))
_NUMBERS: Final = st.builds(Fraction, st.integers(-1_000, 1_000), _PARTS)
_ABOVE_ZERO: Final = st.builds(Fraction, st.integers(1, 1_000), _PARTS)
_WAYS: Final = st.builds(_way, _NUMBERS, _ABOVE_ZERO, st.booleans())
_ON_THRESHOLDS: Final = st.builds(_on, _WAYS, st.sampled_from(THRESHOLDS))
