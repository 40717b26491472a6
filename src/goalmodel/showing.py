"""Numbers as they are shown: rounded to the nearest, with more digits where that would touch or cross a cut.

Rule: NUM-3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from goalmodel.exact import nearest_float

_LONGEST_WHOLE: Final = 10**18
MOST_PLACES: Final = 4
"""So many digits after the point are shown at most, where no cut is near."""
_MOST_PLACES_AT_A_CUT: Final = 12
_FIXED: Final = re.compile(r"\.(\d)([f%])")
_NUMBER_TYPES: Final = ("e", "E", "f", "F", "g", "G", "n", "%")


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


def counted(count: int, noun: str) -> str:
    """Return how many there are of what a *noun* names.

    >>> counted(1, "reading"), counted(2, "reading")
    ('1 reading', '2 readings')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


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


def in_short(value: Fraction, *, cuts: Iterable[Fraction] = ()) -> str:
    """Return *value* as a table shows it: to four digits that count, or to a whole number, and as clear of the cuts.

    >>> in_short(Fraction("69920.9677")), in_short(Fraction("86.6043")), in_short(Fraction("0.05738"))
    ('69,921', '86.6', '0.0574')
    """
    before_the_point = sum(abs(value) >= 10**digits for digits in range(MOST_PLACES))
    return shown(value, places=MOST_PLACES - before_the_point, cuts=cuts)


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


def spaced(name: str) -> str:
    """Return the name of a class or a field as words.

    >>> spaced("KeyResult"), spaced("stale_since")
    ('key result', 'stale since')
    """
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name.strip("_")).replace("_", " ").lower()
