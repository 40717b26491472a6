"""Exact cuts as floats: a plain comparison with one of them is the exact verdict, on any engine."""

from __future__ import annotations

import sys
from fractions import Fraction
from math import inf, nextafter
from typing import Final

from goalmodel.exact import Number, exact, nearest_float

GREATEST: Final = sys.float_info.max
"""No finite float lies beyond it, or beyond its negative."""


def cut_float(cut: Number) -> float:
    """Return the least float that is read as at or above *cut*; infinity where no finite one is.

    Reading a float keeps the order of floats, so that ``column >= cut_float(cut)`` says of every finite float what the
    exact comparison with the cut says.

    Rule: NUM-3.

    >>> cut_float(95), 94.99999999999999 >= cut_float(95), 94.9999999999999 >= cut_float(95)
    (94.9999999999999..., True, False)

    Args:
        cut: Where a verdict changes, exact.
    """
    meant = exact(cut, "cut")
    found = min(max(nearest_float(meant), -GREATEST), GREATEST)
    while found > -GREATEST and _read(nextafter(found, -inf)) >= meant:
        found = nextafter(found, -inf)
    while found < inf and _read(found) < meant:
        found = nextafter(found, inf)
    return found


def last_float(cut: Number) -> float:
    """Return the greatest float that is read as at or below *cut*; minus infinity where no finite one is."""
    return -cut_float(-exact(cut, "cut"))


def _read(value: float) -> Fraction:
    return exact(value, "value")
