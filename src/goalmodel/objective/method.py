"""How several scores become one: by a mean that is named, and means something."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import unique
from fractions import Fraction
from functools import total_ordering
from math import gcd, lcm, prod
from typing import Final, TypeAlias, TypeVar, assert_never

import attrs

from goalmodel.checks import Term, at_least_0, named, positive, the, the_count, the_iterable
from goalmodel.errors import HIGHEST_DEGREE, KindsDiffer, NothingGiven, OutOfBounds, RootTooHigh, WrongType
from goalmodel.exact import Number, added, computed, exact, nearest_float
from goalmodel.key_result import Outcome
from goalmodel.reprs import readable
from goalmodel.showing import formatted, percent

_MOST_BITS: Final = 100_000
_PLACES_AT_FIRST: Final = 20
_MOST_PLACES: Final = 100
_EASILY_TRIED: Final = 30
"""So many bits: a range of all numbers that have them has a length on machines of 32 bits, too."""


@unique
class RollupMethod(Term):
    """In which way scores become one."""

    WEIGHTED = "weighted mean"
    MINIMUM = "minimum"
    GEOMETRIC = "geometric mean"
    WORST_LIGHT = "worst light"


@total_ordering
@attrs.frozen(eq=False, field_transformer=named)
@readable
class Root:
    """The root of a fraction, exact although it need not be a fraction: what a geometric mean comes to.

    It is compared with numbers and with other roots exactly, by raising both to a whole power; shown to the nearest.

    >>> half = Root(Fraction(1, 4), 2)
    >>> half == Fraction(1, 2), str(Root(Fraction(1, 2), 2)), Root(Fraction(1, 2), 2) > 0.7
    (True, '70.7 %', True)

    Attributes:
        of: What the root is drawn of, at least 0.
        degree: Which root, at least 1; the least that gives the same number.
    """

    of: Fraction = attrs.field(converter=at_least_0)
    degree: int = attrs.field(default=1)

    def __attrs_post_init__(self) -> None:
        if the_count(self.degree, "degree", least=1) > HIGHEST_DEGREE:
            raise RootTooHigh("degree", self.degree)
        of, degree = _lowest_terms(self.of, self.degree)
        object.__setattr__(self, "of", of)
        object.__setattr__(self, "degree", degree)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int | Fraction) and not isinstance(other, bool):
            return self.degree == 1 and self.of == other
        return isinstance(other, Root) and (self.of, self.degree) == (other.of, other.degree)

    def __hash__(self) -> int:
        return hash(self.of) if self.degree == 1 else hash((self.of, self.degree))

    def __lt__(self, other: Root | Number) -> bool:
        """Compare by as many decimals as it takes: in lowest terms, roots that are equal are the same."""
        if not isinstance(other, Root):
            number = exact(other, "other")
            return number > 0 and self < Root(number)
        places = _PLACES_AT_FIRST
        while self != other:
            one, two, step = _below(self, places), _below(other, places), Fraction(1, 10**places)
            if max(one, two) - min(one, two) >= step:
                return one < two
            places *= 2
        return False

    def below(self, places: int) -> Fraction:
        """Return the greatest decimal with so many *places* after the point, at most 100, that is not greater."""
        return _below(self, the_count(places, "places", most=_MOST_PLACES))

    def __float__(self) -> float:
        places = _PLACES_AT_FIRST
        while True:
            low = _below(self, places)
            nearest = nearest_float(low)
            if self == low or nearest == nearest_float(low + Fraction(1, 10**places)):
                return nearest
            places *= 2

    def __str__(self) -> str:
        places = _PLACES_AT_FIRST
        while True:
            low = _below(self, places)
            nearest = percent(low)
            if self.degree == 1 or nearest == percent(low + Fraction(1, 10**places)):
                return nearest
            places *= 2

    def __format__(self, spec: str) -> str:
        return formatted(self.below(_MOST_PLACES), str(self), spec)


def _below(root: Root, places: int) -> Fraction:
    scale = 10**places
    scaled = root.of * scale**root.degree
    return Fraction(_whole_root(scaled.numerator // scaled.denominator, root.degree), scale)


RollupResult: TypeAlias = Fraction | Root | Outcome
"""What a mean comes to: a fraction (weighted, minimum), a root (geometric), or a word (worst light)."""

_T = TypeVar("_T", bound=RollupResult)


def combine(
    parts: Iterable[tuple[Number | Root | Outcome, Number]], kind: RollupMethod = RollupMethod.WEIGHTED
) -> RollupResult:
    """Return what *parts* come to.

    The weighted mean and the minimum are taken of fractions, the geometric mean of fractions and roots (a single 0
    vetoes all), the worst light of words. The geometric mean is never above the weighted one, the minimum never above
    either. A mean that would mean nothing is refused.

    Rule: OBJ-3.

    >>> parts = [(Fraction(1, 10), 1), (Fraction(9, 10), 1)]
    >>> str(combine(parts)), str(combine(parts, RollupMethod.GEOMETRIC)), str(combine(parts, RollupMethod.MINIMUM))
    ('1/2', '30 %', '1/10')

    Args:
        parts: Each with its weight: a clamped score from 0 to 1, a Root, or an Outcome; in any order.
        kind: Which mean.

    Raises:
        NothingGiven: There are no parts.
        KindsDiffer: A part is of a kind this mean can't be taken of.
        OutOfBounds: A score is not within 0 and 1, or a weight not above 0.
        RootTooHigh: The weights have no common measure that is coarse enough.
    """
    the(RollupMethod, kind, "kind")
    weighed = [_part(part, f"parts[{index}]") for index, part in enumerate(the_iterable(parts, "parts"))]
    if not weighed:
        raise NothingGiven("parts", (), "at least one part")
    return mean_of(weighed, kind)


def mean_of(weighed: list[tuple[RollupResult, Fraction]], kind: RollupMethod) -> RollupResult:
    """Return what values come to, each with its weight, at least one; see `combine`."""
    match kind:
        case RollupMethod.WEIGHTED:
            return weighted(_only(weighed, Fraction))
        case RollupMethod.MINIMUM:
            return min(value for value, _ in _only(weighed, Fraction))
        case RollupMethod.GEOMETRIC:
            roots = [(Root(value) if isinstance(value, Fraction) else value, weight) for value, weight in weighed]
            return _geometric(_only(roots, Root))
        case RollupMethod.WORST_LIGHT:
            return min((value for value, _ in _only(weighed, Outcome)), key=lambda word: word.order)
        case unknown:
            assert_never(unknown)


def _part(given: tuple[Number | Root | Outcome, Number], field: str) -> tuple[RollupResult, Fraction]:
    match given:
        case (value, weight):
            return _clamped(value, field), positive(weight, field)
        case _:
            raise WrongType(field, given, "a pair of a score and its weight")


def _clamped(given: Number | Root | Outcome, field: str) -> RollupResult:
    if isinstance(given, Outcome):
        return given
    number = given if isinstance(given, Root) else computed(given, field)
    if not 0 <= number <= 1:
        raise OutOfBounds(field, given, "a clamped score, from 0 to 1")
    return number


def _only(parts: Sequence[tuple[RollupResult, Fraction]], kind: type[_T]) -> list[tuple[_T, Fraction]]:
    found: list[tuple[_T, Fraction]] = []
    for index, (value, weight) in enumerate(parts):
        if not isinstance(value, kind):
            raise KindsDiffer(f"parts[{index}]", value, f"a {kind.__name__}, as all parts of this mean")
        found.append((value, weight))
    return found


def weighted(parts: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Return the mean of *parts*, each a value and its weight, at least one."""
    ratios = [(value.as_integer_ratio(), weight.as_integer_ratio()) for value, weight in parts]
    whole, of_whole = added(weight for _, weight in ratios)
    total, of_total = added((above * times, below * shares) for (above, below), (times, shares) in ratios)
    return Fraction(total * of_whole, of_total * whole)


def shares_of(weights: list[Fraction]) -> list[Fraction]:
    """Return what share of all *weights* each is; 0 where there are none."""
    whole, of_whole = added(weight.as_integer_ratio() for weight in weights)
    if not whole:
        return weights
    alike: dict[tuple[int, int], Fraction] = {}  # of many that are alike one is worked out
    for above, below in {weight.as_integer_ratio() for weight in weights}:
        alike[above, below] = Fraction(above * of_whole, below * whole)
    return [alike[weight.as_integer_ratio()] for weight in weights]


def _geometric(parts: list[tuple[Root, Fraction]]) -> Root:
    """Return the root of the product of all parts, each as often as its weight says, in whole numbers."""
    if any(not root.of for root, _ in parts):
        return Root(Fraction(0))
    times = _whole_numbers([weight / root.degree for root, weight in parts])
    powers = [(root, time) for (root, _), time in zip(parts, times, strict=True)]
    degree = sum(root.degree * time for root, time in powers)
    if degree > HIGHEST_DEGREE or sum(_bits(root.of) * time for root, time in powers) > _MOST_BITS:
        raise RootTooHigh("parts", len(parts))
    return Root(prod((root.of**time for root, time in powers), start=Fraction(1)), degree)


def _whole_numbers(ratio: list[Fraction]) -> list[int]:
    """Return the least whole numbers in the same ratio."""
    scale = lcm(*(each.denominator for each in ratio))
    whole = [int(each * scale) for each in ratio]
    common = gcd(*whole)
    return [each // common for each in whole]


def _bits(number: Fraction) -> int:
    return number.numerator.bit_length() + number.denominator.bit_length()


def _lowest_terms(of: Fraction, degree: int) -> tuple[Fraction, int]:
    """Return what gives the same root with the least degree."""
    factor = 2
    while factor <= degree:
        root = _root_if_fraction(of, factor) if degree % factor == 0 else None
        if root is None:
            factor += 1
        else:
            of, degree = root, degree // factor
    return of, degree


def _root_if_fraction(of: Fraction, degree: int) -> Fraction | None:
    root = Fraction(_whole_root(of.numerator, degree), _whole_root(of.denominator, degree))
    return root if root**degree == of else None


def _whole_root(number: int, degree: int) -> int:
    """Return the greatest whole number whose power is at most *number*: half of its digits first, then Newton's way."""
    bits = -(-number.bit_length() // degree)
    if bits <= _EASILY_TRIED:
        return bisect_right(range(1 << bits), number, key=lambda root: root**degree) - 1
    shift = bits // 2
    root = (_whole_root(number >> (shift * degree), degree) + 1) << shift
    while True:
        nearer = ((degree - 1) * root + number // root ** (degree - 1)) // degree
        if nearer >= root:
            return root
        root = nearer
