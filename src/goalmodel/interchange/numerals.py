"""Exact numbers as JSON has them: a number where a double means the same decimal, a text where none does."""

from __future__ import annotations

import re
from fractions import Fraction
from math import isfinite
from typing import Final

from goalmodel.errors import MOST_DIGITS
from goalmodel.exact import exact, nearest_float

_SURELY_READ: Final = 2**53
"""Up to here every reader of JSON takes a whole number for what it is."""

MOST_CHARACTERS: Final = 1_000_000
"""A number that is written as text has no more characters."""

_DECIMAL: Final = r"-?[0-9]+(?:\.[0-9]+)?"
_FRACTION: Final = r"-?[0-9]+/[1-9][0-9]*"
_LONG: Final = r"-?0x[0-9a-f]+/0x0*[1-9a-f][0-9a-f]*"
PATTERN: Final = f"^(?:{_DECIMAL}|{_FRACTION}|{_LONG})$"
"""What a number is written as, where it is written as text."""

_NUMERAL: Final = re.compile(PATTERN)
_SHORT_ENOUGH: Final = 4 * MOST_DIGITS
"""So many characters are read as decimal digits; what is longer was computed, and is written in hexadecimal ones."""


def numeral(number: Fraction) -> int | float | str:
    """Return *number* as JSON has it, so that nothing is lost.

    >>> numeral(Fraction(9)), numeral(Fraction(1, 10)), numeral(Fraction(1, 3)), numeral(Fraction(2**60))
    (9, 0.1, '1/3', '1152921504606846976')
    """
    above, below = number.as_integer_ratio()
    if below == 1 and -_SURELY_READ <= above <= _SURELY_READ:
        return above
    double = nearest_float(number)
    if isfinite(double) and abs(double) <= _SURELY_READ and exact(double) == number:
        return double
    if max(above.bit_length(), below.bit_length()) > 3 * MOST_DIGITS:
        return f"{'-' if above < 0 else ''}{abs(above):#x}/{below:#x}"
    return str(number)


def number_of(text: str) -> Fraction | None:
    """Return the number a text is, exactly; None where it is none.

    >>> number_of("1/3"), number_of("8.25"), number_of("eight")
    (Fraction(1, 3), Fraction(33, 4), None)
    """
    if len(text) > MOST_CHARACTERS or not _NUMERAL.match(text) or text.endswith("\n"):
        return None
    if "x" in text:
        above, _, below = text.partition("/")
        return Fraction(int(above, 16), int(below, 16))
    return Fraction(text) if len(text) <= _SHORT_ENOUGH else None
