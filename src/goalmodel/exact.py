"""Numbers: read as they were written, computed exactly, rounded only to be shown.

Rules: NUM-1, NUM-2, NUM-3.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, Inexact
from fractions import Fraction
from math import inf, isnan, lcm
from numbers import Integral
from operator import index
from typing import Final, SupportsFloat, TypeAlias, TypeGuard

from goalmodel.errors import MOST_DIGITS, NotANumber, NotFinite, TooManyDigits

Number: TypeAlias = int | float | Decimal | Fraction
"""What is taken wherever a number belongs (numpy's float64, float32 and integer scalars count as well)."""

_TOO_LONG: Final = 10**MOST_DIGITS
_MOST_DIGITS_WRITTEN: Final = 4_000  # a shorter fraction can need more in decimal: 1/2**3_321 needs 2,322
_TEN_THOUSAND: Final = 10_000
_EASILY_SCALED: Final = 1e10
_DIGITS_OF_DOUBLE: Final = 15
_DIGITS_OF_SINGLE: Final = 6
_DOUBLE_IS_EXACT_FROM: Final = 10**_DIGITS_OF_DOUBLE
_SINGLE_IS_EXACT_FROM: Final = 10**_DIGITS_OF_SINGLE


def ratio(value: Number, field: str) -> tuple[int, int]:
    """Return what *value* means as numerator and positive denominator, not always in lowest terms.

    An int, a Decimal and a Fraction mean what they are. A float means the decimal a person would have written: it is
    read to 15 significant digits. Whole floats, and all from 10**15 on, have no digits to spare and are themselves; so
    reading never turns the order of two floats round.

    Rules: NUM-1, NUM-2.

    >>> ratio(8.7, "value")
    (87000, 10000)
    """
    if type(value) is float:
        if -_EASILY_SCALED < value < _EASILY_SCALED:
            # Division is correctly rounded: if the quotient is this float, these at most four decimals are what
            # 15 digits of it would read. It saves printing and parsing the float.
            scaled = round(value * 1e4)
            if scaled / 1e4 == value:
                return scaled, _TEN_THOUSAND
        return _double(value, field)
    if type(value) is int:
        return _short_enough((value, 1), value, field)
    if type(value) is Fraction:
        return _short_enough(value.as_integer_ratio(), value, field)
    return _uncommon(value, field)


def ratios(values: list[int | float | Fraction]) -> tuple[list[int], list[int]]:
    """Return what *values* mean as numerators and positive denominators, as `ratio` does for each.

    >>> ratios([8.7, 9.0])
    ([87000, 90000], [10000, 10000])
    """
    if set(map(type, values)) == {float} and _are_easily_scaled(values):
        scaled = [round(each * 1e4) for each in values]
        if [each / 1e4 for each in scaled] == values:
            return scaled, [_TEN_THOUSAND] * len(scaled)
    pairs = [ratio(each, "value") for each in values]
    return [number for number, _ in pairs], [part for _, part in pairs]


def _are_easily_scaled(values: list[int | float | Fraction]) -> bool:
    return min(values) > -_EASILY_SCALED and max(values) < _EASILY_SCALED and not isnan(sum(values))


def exact(value: Number, field: str = "value") -> Fraction:
    """Return what *value* means, as an exact rational.

    >>> exact(0.1 + 0.2, "value")
    Fraction(3, 10)

    Args:
        value: An int, float, Decimal or Fraction; a numpy float64, float32 or integer scalar.
        field: The name an error gives to it.

    Raises:
        NotANumber: *value* is a bool, a text, None or anything else that is not a number.
        NotFinite: *value* is NaN or an infinity.
        TooManyDigits: *value* needs more than 1,000 digits above or below the fraction line.
    """
    numerator, denominator = ratio(value, field)
    return value if type(value) is Fraction else Fraction(numerator, denominator)


def added(ratios: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the sum of *ratios*, each a numerator and a positive denominator, as one, not always in lowest terms.

    >>> added([(1, 2), (1, 3), (7, 6)])
    (12, 6)
    """
    numerator, denominator = 0, 1
    for above, below in ratios:
        if below == denominator:
            numerator += above
        else:
            common = lcm(denominator, below)
            numerator = numerator * (common // denominator) + above * (common // below)
            denominator = common
    return numerator, denominator


def exact_or_none(value: Number | None, field: str = "value") -> Fraction | None:
    """Return what *value* means, as an exact rational; None where nobody has said."""
    return None if value is None else exact(value, field)


def computed(value: Number, field: str = "value") -> Fraction:
    """Return *value* exactly; a Fraction as it is, for what was computed may have more digits than what is given."""
    return value if type(value) is Fraction else exact(value, field)


def computed_ratio(value: Number) -> tuple[int, int]:
    """Return what *value* means as numerator and positive denominator; of a Fraction, however long it is."""
    return value.as_integer_ratio() if type(value) is Fraction else ratio(value, "value")


def nearest_float(value: Fraction) -> float:
    """Return the correctly rounded float; beyond the largest float that is an infinity, as IEEE 754 has it."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def _double(value: float, field: str) -> tuple[int, int]:
    if not -inf < value < inf:
        raise NotFinite(field, value)
    if value.is_integer() or abs(value) >= _DOUBLE_IS_EXACT_FROM:
        return value.as_integer_ratio()
    return Decimal(f"{value:.{_DIGITS_OF_DOUBLE}g}").as_integer_ratio()


def _uncommon(value: object, field: str) -> tuple[int, int]:
    if isinstance(value, bool):
        raise NotANumber(field, value)
    if isinstance(value, float):
        return _double(float(value), field)
    if isinstance(value, Decimal):
        return _decimal(value, field)
    if isinstance(value, Fraction):
        return _short_enough(value.as_integer_ratio(), value, field)
    if isinstance(value, Integral):
        return _short_enough((_whole(value, field), 1), value, field)
    if _is_numpy_single(value):
        return _single(float(value), field)
    raise NotANumber(field, value)


def _whole(value: Integral, field: str) -> int:
    try:
        return index(value)
    except TypeError:  # numpy's timedelta64 calls itself a whole number, and is none
        raise NotANumber(field, value) from None


def _decimal(value: Decimal, field: str) -> tuple[int, int]:
    if not value.is_finite():
        raise NotFinite(field, value)
    if not value:
        return 0, 1
    if not -MOST_DIGITS <= value.adjusted() < MOST_DIGITS:
        raise TooManyDigits(field, value)
    return _short_enough(_without_trailing_zeros(value, field).as_integer_ratio(), value, field)


def _without_trailing_zeros(value: Decimal, field: str) -> Decimal:
    """Return *value* in few digits; without that, a million of them would be reduced to lowest terms for minutes."""
    exactly = Context(prec=_MOST_DIGITS_WRITTEN, Emin=MIN_EMIN, Emax=MAX_EMAX, clamp=0, flags=[], traps=[Inexact])
    try:
        return value.normalize(exactly)
    except Inexact:
        raise TooManyDigits(field, value) from None


def _is_numpy_single(value: object) -> TypeGuard[SupportsFloat]:
    kind = type(value)
    return kind.__name__ == "float32" and kind.__module__ == "numpy"


def _single(value: float, field: str) -> tuple[int, int]:
    if not -inf < value < inf:
        raise NotFinite(field, value)
    if value.is_integer() or abs(value) >= _SINGLE_IS_EXACT_FROM:
        return value.as_integer_ratio()
    return Decimal(f"{value:.{_DIGITS_OF_SINGLE}g}").as_integer_ratio()


def _short_enough(pair: tuple[int, int], value: object, field: str) -> tuple[int, int]:
    if -_TOO_LONG < pair[0] < _TOO_LONG and pair[1] < _TOO_LONG:
        return pair
    raise TooManyDigits(field, value)
