"""Numbers of every accepted type, as wide as the doors are, and numbers on and next to a cut."""

from __future__ import annotations

import sys
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter
from typing import Final, TypeAlias, TypeVar

from hypothesis import strategies as st

from goalmodel.exact import Number

_T = TypeVar("_T")

Exact: TypeAlias = int | Decimal | Fraction
"""A number that means what it is, without any reading to digits."""

_MOST_DIGITS_OF_FLOAT: Final = 15
_FLOATS_ARE_EXACT_FROM: Final = 10**_MOST_DIGITS_OF_FLOAT
_NORMAL: Final = sys.float_info.min
_FLOATS_REACH: Final = (10**-290, 10**290)
_MOST_PLACES: Final = 900
_TOO_LONG: Final = 10**1_000
_UNITS: Final = (
    Fraction(1),
    Fraction(1, 10),
    Fraction(1, 100),
    Fraction(1, 1_000),
    Fraction(1, 10_000),
    Fraction(1, 10**12),
    Fraction(1, 10**15),
    Fraction(1, 3),
    Fraction(1, 7 * 10**20),
    Fraction(10**6),
)
"""Units of several sizes to step beside a cut with; those that are no decimals belong to them."""


def ints() -> st.SearchStrategy[int]:
    """Return whole numbers, from none to hundreds of digits, of both signs."""
    return _INTS


def floats() -> st.SearchStrategy[float]:
    """Return finite floats: any, subnormal ones too, and computed ones such as 0.1 + 0.2 or a mean of decimals."""
    return _FLOATS


def computed_floats() -> st.SearchStrategy[float]:
    """Return floats that came out of a computation, so that they lie beside the decimal they stand for."""
    return _COMPUTED_FLOATS


def decimals() -> st.SearchStrategy[Decimal]:
    """Return finite Decimals: few and many digits, before and after the point, trailing zeros included."""
    return _DECIMALS


def exact_numbers() -> st.SearchStrategy[Fraction]:
    """Return rationals: whole, decimal and any others, tiny and huge, of both signs."""
    return _EXACT_NUMBERS


def numbers() -> st.SearchStrategy[Number]:
    """Return whatever is taken where a number belongs: int, float, Decimal and Fraction, on the widest domain."""
    return _NUMBERS


def positive_numbers() -> st.SearchStrategy[Number]:
    """Return numbers above 0 of every accepted type, tiny and huge."""
    return _POSITIVE_NUMBERS


def shares() -> st.SearchStrategy[Fraction]:
    """Return rationals from 0 to 1, both ends often among them."""
    return _SHARES


def inner_shares() -> st.SearchStrategy[Fraction]:
    """Return rationals above 0 and below 1, twentieths often among them."""
    return _INNER_SHARES


def same_as(value: Exact) -> st.SearchStrategy[Number]:
    """Return numbers that mean exactly *value*, in every type that can.

    Among them are floats beside the nearest one, as computations bring them forth. A decimal of at most 15 digits lies
    within half a step of its float, and those 15 digits are read from both neighbours of that float as well.

    Args:
        value: What they shall mean.
    """
    return st.sampled_from(_ways_to_say(Fraction(value)))


def is_short(value: Fraction) -> bool:
    """Return whether *value*, which may have been computed, has no more digits than a number that is given."""
    return max(abs(value.numerator), value.denominator) < _TOO_LONG


def near(*cuts: Exact) -> st.SearchStrategy[Number]:
    """Return numbers exactly on one of *cuts*, and one unit below or above it, in every type that can.

    Units have several sizes, so that rounding, if anybody rounds, goes wrong. Computed floats that mean the cut belong
    to the numbers on it.

    Args:
        cuts: Where verdicts change; at least one.
    """
    return st.one_of([_near(Fraction(cut)) for cut in cuts])


def evenly(*strategies: st.SearchStrategy[_T]) -> st.SearchStrategy[_T]:
    """Return what one of *strategies* gives, each as often as any other: one_of would count the parts of each.

    Args:
        strategies: At least one.
    """
    return _one_of_them(st.sampled_from(strategies))


@st.composite
def _one_of_them(draw: st.DrawFn, which: st.SearchStrategy[st.SearchStrategy[_T]]) -> _T:
    return draw(draw(which))


def _near(cut: Fraction) -> st.SearchStrategy[Number]:
    beside = _STEPS.map(lambda step: cut + step).filter(is_short)
    return st.one_of(same_as(cut), beside.flatmap(same_as))


def _ways_to_say(value: Fraction) -> tuple[Number, ...]:
    ways: list[Number] = [value]
    if value.denominator == 1:
        ways.append(int(value))
    places = _places(value)
    if places is not None:
        scaled = int(value * 10**places)
        ways += [_decimal(scaled, -places), _decimal(scaled * 100, -places - 2), *_floats_for(value, scaled)]
    return tuple(ways)


def _places(value: Fraction) -> int | None:
    """Return how many decimals *value* has; None where they do not end, or are too many to write."""
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    places = max(twos, fives)
    return places if rest == 1 and places <= _MOST_PLACES and abs(value) < 10**_MOST_PLACES else None


def _floats_for(value: Fraction, scaled: int) -> tuple[float, ...]:
    """Return the float that is read as *value*, and its neighbours where they are, too."""
    if not value:
        return 0.0, -0.0
    low, high = _FLOATS_REACH
    digits = len(str(abs(scaled)).rstrip("0"))
    if digits > _MOST_DIGITS_OF_FLOAT or not low < abs(value) < high:
        return ()
    nearest = float(value)
    if abs(value) >= _FLOATS_ARE_EXACT_FROM:
        return (nearest,) if nearest == value else ()
    return nearest, nextafter(nearest, inf), nextafter(nearest, -inf)


def _times_ten(mantissa: int, exponent: int) -> int:
    return mantissa * int(f"1{'0' * exponent}")


def _mean(parts: list[int], divisor: int) -> float:
    floats_of_parts = [part / divisor for part in parts]
    return sum(floats_of_parts) / len(floats_of_parts)


def _decimal(mantissa: int, exponent: int) -> Decimal:
    return Decimal(f"{mantissa}E{exponent}")


# Each is built once, for Hypothesis prepares every new strategy anew.
_STEPS: Final = st.sampled_from([sign * unit for unit in _UNITS for sign in (-1, 1)])
_INTS: Final = st.one_of(st.integers(), st.integers(-20, 20), st.builds(_times_ten, st.integers(), st.integers(0, 900)))
_COMPUTED_FLOATS: Final = st.builds(
    _mean, st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=12), st.sampled_from((10, 100, 10_000))
)
_FLOATS: Final = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False), st.floats(-_NORMAL, _NORMAL), _COMPUTED_FLOATS
)
_DECIMALS: Final = st.one_of(
    st.builds(_decimal, st.integers(-(10**4), 10**4), st.integers(-4, 0)),
    st.builds(_decimal, st.integers(-(10**60), 10**60), st.integers(-900, 900)),
)
_EXACT_NUMBERS: Final = st.one_of(
    st.builds(Fraction, st.integers(-1_000, 1_000), st.sampled_from((1, 10, 100, 1_000, 10_000))),
    st.fractions(),
    _INTS.map(Fraction),
    _DECIMALS.map(Fraction),
)
_NUMBERS: Final = st.one_of(_INTS, _FLOATS, _DECIMALS, _EXACT_NUMBERS)
_POSITIVE_NUMBERS: Final = st.one_of(
    st.integers(min_value=1),
    st.floats(min_value=0, exclude_min=True, allow_infinity=False),
    st.builds(_decimal, st.integers(1, 10**60), st.integers(-900, 900)),
    st.builds(Fraction, st.integers(min_value=1), st.integers(min_value=1)),
)
_SHARES: Final = evenly(st.sampled_from((Fraction(0), Fraction(1))), st.fractions(0, 1))
_INNER_SHARES: Final = st.one_of(
    st.sampled_from([Fraction(part, 20) for part in range(1, 20)]), st.fractions(0, 1).filter(lambda each: 0 < each < 1)
)
