"""How often trend rules are wrong, as measured: by how many looks at a stable series there are in a year."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Final, TypeAlias

LOOKS: Final = (4, 12, 52, 365)
"""Looks a year: by quarter, month, week and day."""

Measured: TypeAlias = Mapping[Hashable, tuple[int, int, int, int]]
"""By what rule: thousandths, for each of the looks above, as benchmarks/trend_rules.py measures them."""


def measured(rates: Measured, rule: Hashable, looks: int) -> Fraction | None:
    """Return the false-alarm rate of *rule* for so many *looks*; None where it was not measured."""
    if rule not in rates or looks not in LOOKS:
        return None
    return Fraction(rates[rule][LOOKS.index(looks)], 1000)
