"""Numbers: read as they were written, computed exactly, rounded only to be shown.

Rules: NUM-1, NUM-2, NUM-3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, Inexact
from fractions import Fraction
from math import inf
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
_LONGEST_WHOLE: Final = 10**18
MOST_PLACES: Final = 4
"""So many digits after the point are shown at most, where no cut is near."""
_MOST_PLACES_AT_A_CUT: Final = 12
_FIXED: Final = re.compile(r"\.(\d)([f%])")
_NUMBER_TYPES: Final = ("e", "E", "f", "F", "g", "G", "n", "%")


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


def exact_or_none(value: Number | None, field: str = "value") -> Fraction | None:
    """Return what *value* means, as an exact rational; None where nobody has said."""
    return None if value is None else exact(value, field)


def computed(value: Number, field: str = "value") -> Fraction:
    """Return *value* exactly; a Fraction as it is, for what was computed may have more digits than what is given."""
    return value if type(value) is Fraction else exact(value, field)


def nearest_float(value: Fraction) -> float:
    """Return the correctly rounded float; beyond the largest float that is an infinity, as IEEE 754 has it."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def shown(value: Fraction, *, places: int = MOST_PLACES, cuts: Iterable[Fraction] = ()) -> str:
    """Return *value* in decimal, rounded to the nearest, with more digits where that would touch or cross a cut.

    A tie is rounded away from zero, and 0 is a cut wherever it stands. What twelve digits can't tell from a cut is
    said to be below or above it.

    Rule: NUM-3.

    >>> shown(Fraction("89.66"), places=1), shown(Fraction("89.66"), places=1, cuts=[Fraction("89.7")])
    ('89.7', '89.66')
    >>> shown(100 - Fraction(1, 10**20), cuts=[Fraction(100)]), shown(Fraction(8000))
    ('<100', '8,000')

    Args:
        value: Any number, exact.
        places: So many digits after the point, where no cut is near; zeros at the end are left out.
        cuts: Numbers from which *value* must be told, unless it is one of them.
    """
    if value.denominator == 1 and -_LONGEST_WHOLE < value.numerator < _LONGEST_WHOLE:
        return f"{value.numerator:,}"
    exponent = _exponent(value) if abs(value) >= _LONGEST_WHOLE else 0
    scale, suffix = Fraction(10) ** exponent, f"e+{exponent}" if exponent else ""
    number = value / scale
    others = [cut / scale for cut in (Fraction(0), *cuts) if cut != value]
    for digits in range(places, max(places, _MOST_PLACES_AT_A_CUT) + 1):
        scaled = _nearest(number, digits)
        if all(_nearest(other, digits) != scaled for other in others):
            return _decimal_text(scaled, digits) + suffix
    cut = min(others, key=lambda other: abs(other - number))
    return f"{'<' if number < cut else '>'}{_decimal_text(_nearest(cut, places), places)}{suffix}"


def spelled(value: Fraction) -> str:
    """Return *value* as it was written, where its decimal ends within twelve digits; else as it is `shown`.

    >>> spelled(Fraction("99.99999")), spelled(Fraction(2, 3))
    ('99.99999', '0.6667')
    """
    scaled = value * 10**_MOST_PLACES_AT_A_CUT
    is_short = abs(value) < _LONGEST_WHOLE and scaled.denominator == 1
    return _decimal_text(scaled.numerator, _MOST_PLACES_AT_A_CUT) if is_short else shown(value)


def percent(share: Fraction, *, places: int = 1, cuts: Iterable[Fraction] = ()) -> str:
    """Return a share of 1 as a percentage, as it is `shown`; the whole is a cut wherever it stands.

    >>> percent(Fraction(8966, 10000)), percent(Fraction(9996, 10000)), percent(Fraction(1))
    ('89.7 %', '99.96 %', '100 %')
    """
    return f"{shown(share * 100, places=places, cuts=[cut * 100 for cut in (Fraction(1), *cuts)])} %"


def formatted(value: Fraction | None, text: str, spec: str) -> str:
    """Return *value* by a format specification: of a number as it is `shown`, or of its *text*, as a column wants it.

    >>> formatted(Fraction(9996, 10000), "99.96 %", ".1%"), formatted(Fraction(1, 2), "50 %", ">8")
    ('99.96%', '    50 %')

    Args:
        value: A share of 1; None where there is no number, and the text stands for it.
        text: What is written where the specification does not ask for a number.
        spec: As Python's `format` takes it. By ".1%" and ".2f" a number is shown with so many digits at least; what
            else asks for a number is answered by the nearest float.
    """
    if value is None:
        return text if spec.endswith(_NUMBER_TYPES) else format(text, spec)
    match = _FIXED.fullmatch(spec)
    if match:
        scale = 100 if match[2] == "%" else 1
        places = int(match[1])
        digits = shown(value * scale, places=places, cuts=[Fraction(scale)])
        whole, _, part = digits.partition(".")
        is_plain = places > 0 and "e" not in digits and not digits.startswith(("<", ">"))
        padded = f"{whole}.{part:0<{places}}" if is_plain else digits
        return f"{padded}%" if match[2] == "%" else padded
    return format(nearest_float(value), spec) if spec.endswith(_NUMBER_TYPES) else format(text, spec)


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


def _nearest(value: Fraction, digits: int) -> int:
    """Return *value* in units of the last of so many digits, rounded to the nearest and a tie away from zero."""
    scale: int = 10**digits
    whole, rest = divmod(abs(value.numerator) * scale, value.denominator)
    rounded = whole if 2 * rest < value.denominator else whole + 1
    return -rounded if value < 0 else rounded


def _decimal_text(scaled: int, digits: int) -> str:
    whole, part = divmod(abs(scaled), 10**digits)
    text = f"{whole:,}.{part:0{digits}}".rstrip("0").rstrip(".") if digits else f"{whole:,}"
    return f"-{text}" if scaled < 0 else text


def _exponent(value: Fraction) -> int:
    """Return the power of ten that leaves one digit before the point."""
    # Ten is 3.3 twos: this starts at the exponent or one or two below.
    exponent = (value.numerator.bit_length() - value.denominator.bit_length() - 1) * 30_102 // 100_000
    while abs(value) >= Fraction(10) ** (exponent + 1):
        exponent += 1
    return exponent
