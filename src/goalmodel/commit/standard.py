"""What a commit demands: the values that keep it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain, permutations
from typing import NamedTuple

import attrs

from goalmodel.checks import inner, named, the, the_iterable, the_many
from goalmodel.errors import GivenTwice, OutOfBounds, OutOfOrder
from goalmodel.exact import Number, computed, computed_ratio, exact, exact_or_none
from goalmodel.reprs import readable
from goalmodel.showing import spelled


class Ends(NamedTuple):
    """The least and the greatest value that will do, and those of them that will not do themselves."""

    low: Fraction | None
    high: Fraction | None
    open_ends: tuple[Fraction, ...] = ()


def _ends(given: Iterable[Number], field: str = "value") -> tuple[Fraction, ...]:
    ends = (exact(each, f"{field}[{index}]") for index, each in enumerate(the_iterable(given, field)))
    return tuple(sorted(set(ends)))


def _either(given: Iterable[Standard], field: str = "value") -> tuple[Standard, ...]:
    two = the_many(Standard, given, field)
    for index, each in enumerate(two):
        if each.either:
            raise OutOfBounds(f"{field}[{index}]", each, "a standard that is not itself either of two")
    if two and len(two) != 2:  # noqa: PLR2004 - either of two
        raise OutOfBounds(field, two, "two standards, or none")
    if len(set(two)) < len(two):
        raise GivenTwice(field, two[0], "two standards that differ")
    return tuple(sorted(two, key=_by_ends))


def _by_ends(standard: Standard) -> tuple[object, ...]:
    low, high = standard.low, standard.high
    return low is not None, low or 0, high is None, high or 0, standard.open_ends


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Standard:
    """The values that keep a commit; its ends belong to them, unless it says that they do not: "less than 3 %".

    >>> Standard.at_least(99.9).is_met(99.9), Standard.at_least(99.9).is_met(99.899999)
    (True, False)
    >>> Standard.below(3).is_met(3), Standard.below(3).is_met(2.9)
    (False, True)

    Attributes:
        low: The least value that will do, in the measure's own unit; None where there is none.
        high: The greatest value that will do; None where there is none.
        open_ends: Those of the two that will not do themselves, but everything on their inner side.
        either: The two standards of which one is enough; it has no ends of its own then. Empty for every other.
    """

    low: Fraction | None = attrs.field(default=None, converter=exact_or_none)
    high: Fraction | None = attrs.field(default=None, converter=exact_or_none)
    open_ends: tuple[Fraction, ...] = attrs.field(default=(), converter=_ends)
    either: tuple[Standard, ...] = attrs.field(default=(), converter=_either)

    def __attrs_post_init__(self) -> None:
        if self.either:
            self._check_either()
            return
        for end in self.open_ends:
            if end not in (self.low, self.high):
                raise OutOfBounds("open_ends", end, "one of the ends of the standard")
        if self.low is None and self.high is None:
            raise OutOfBounds("low", None, "a number where high is none: a standard must exclude something")
        if self.low is not None and self.high is not None and self.high < self.low:
            raise OutOfOrder("high", self.high, "at least the low end of the standard")
        if self.open_ends and self.low == self.high:
            raise OutOfOrder("high", self.high, "above the low end of a standard to which an end does not belong")

    def _check_either(self) -> None:
        for name, end in (("low", self.low), ("high", self.high), ("open_ends", self.open_ends or None)):
            if end is not None:
                raise OutOfBounds(name, end, "nothing: what is either of two has the ends of those")
        if not self._has_gap and self.outermost[:2] == (None, None):
            raise OutOfBounds("either", self.either, "two that together leave something out, as a standard must")

    @classmethod
    def at_least(cls, low: Number) -> Standard:
        """Return the standard met by *low* and everything above."""
        return cls(low=exact(low, "low"))

    @classmethod
    def at_most(cls, high: Number) -> Standard:
        """Return the standard met by *high* and everything below."""
        return cls(high=exact(high, "high"))

    @classmethod
    def above(cls, low: Number) -> Standard:
        """Return the standard met by everything above *low*, and not by *low* itself."""
        return cls(low=exact(low, "low"), open_ends=[low])

    @classmethod
    def below(cls, high: Number) -> Standard:
        """Return the standard met by everything below *high*, and not by *high* itself."""
        return cls(high=exact(high, "high"), open_ends=[high])

    @classmethod
    def within(cls, low: Number, high: Number) -> Standard:
        """Return the standard met from *low* to *high*, both included."""
        return cls(low=exact(low, "low"), high=exact(high, "high"))

    @classmethod
    def done(cls) -> Standard:
        """Return the standard of a thing that is done or not, read as 1 or 0: a release, a signature."""
        return cls(low=Fraction(1))

    @classmethod
    def one_of(cls, one: Standard, other: Standard) -> Standard:
        """Return the standard met by whatever meets *one* or the *other*; where they are the same, that one.

        Rule: COM-1.
        """
        return one if the(Standard, one, "one") == the(Standard, other, "other") else cls(either=(one, other))

    def met_by(self, value: Number) -> tuple[Standard, ...]:
        """Return which standards *value* meets: those of the two, or this one; none where it is not met."""
        return tuple(each for each in self.either or (self,) if each.is_met(value))

    def is_met(self, value: Number) -> bool:
        """Return whether *value*, finite and in the measure's own unit, meets the standard, compared exactly."""
        if self.either:
            one, other = self.either
            return one.is_met(value) or other.is_met(value)
        above, below = computed_ratio(value)
        if self.low is not None:
            low, parts = self.low.as_integer_ratio()
            if above * parts < low * below + (self.low in self.open_ends):
                return False
        if self.high is not None:
            high, parts = self.high.as_integer_ratio()
            return above * parts <= high * below - (self.high in self.open_ends)
        return True

    def distance(self, value: Number) -> Fraction:
        """Return how far *value* falls short of the standard, in the measure's own unit; 0 where it is met.

        Going beyond the standard is no distance, and no merit. On an end that does not belong to the standard it is 0,
        too: nothing is the least that would have to be added. Of either of two it is the smaller distance: the least
        with which it would have been kept.

        Rule: COM-4.

        >>> Standard.within(18, 22).distance(25)
        Fraction(3, 1)
        """
        number = computed(value)
        if self.either:
            one, other = self.either
            return min(one.distance(number), other.distance(number))
        if self.low is not None and number < self.low:
            return self.low - number
        if self.high is not None and number > self.high:
            return number - self.high
        return Fraction(0)

    @inner
    def excludes(self, least: Fraction | None, greatest: Fraction | None) -> bool:
        """Return whether no value from *least* to *greatest* meets the standard; None where there is no such end."""
        if self.either:
            one, other = self.either
            return one.excludes(least, greatest) and other.excludes(least, greatest)
        is_above = greatest is not None and self._is_below(greatest)
        is_below = least is not None and self._is_above(least)
        return is_above or is_below

    @inner
    def covers(self, least: Fraction | None, greatest: Fraction | None) -> bool:
        """Return whether every value from *least* to *greatest* meets the standard; None where there is no such end."""
        if self.either:
            return any(each.covers(least, greatest) for each in self._intervals)
        is_low_enough = self.high is None or (greatest is not None and not self._is_above(greatest))
        is_high_enough = self.low is None or (least is not None and not self._is_below(least))
        return is_low_enough and is_high_enough

    def _is_below(self, value: Fraction) -> bool:
        """Return whether *value* is too low."""
        return self.low is not None and (value < self.low or (value == self.low and value in self.open_ends))

    def _is_above(self, value: Fraction) -> bool:
        """Return whether *value* is too high."""
        return self.high is not None and (value > self.high or (value == self.high and value in self.open_ends))

    def contains(self, other: Standard) -> bool:
        """Return whether every value that meets *other* meets this standard, too."""
        if the(Standard, other, "other").either or self.either:
            return all(any(mine.contains(each) for mine in self._intervals) for each in other._intervals)
        low, high = other.low, other.high
        is_below = self.low is not None and (low is None or low < self.low or self._leaves_out(low, other))
        is_above = self.high is not None and (high is None or high > self.high or self._leaves_out(high, other))
        return not (is_below or is_above)

    def _leaves_out(self, end: Fraction, other: Standard) -> bool:
        """Return whether an end that belongs to the *other* is one that does not belong to this standard."""
        return end in self.open_ends and end not in other.open_ends

    @property
    def _intervals(self) -> tuple[Standard, ...]:
        """The values that meet it, each without a gap: of two that touch or overlap both as one."""
        if not self.either or self._has_gap:
            return self.either or (self,)
        low, high, open_ends = self.outermost
        return (Standard(low=low, high=high, open_ends=open_ends),)

    @property
    def _has_gap(self) -> bool:
        """Whether, of either of two, some value lies above the one and below the other."""
        return any(_lies_below(one, other) for one, other in permutations(self.either))

    @property
    def outermost(self) -> Ends:
        """Its ends; of either of two the outermost ones, beyond which nothing will do."""
        if not self.either:
            return Ends(self.low, self.high, self.open_ends)
        one, other = self.either
        low = None if one.low is None or other.low is None else min(one.low, other.low)
        high = None if one.high is None or other.high is None else max(one.high, other.high)
        is_low_open = all(low in each.open_ends for each in self.either if each.low == low)
        is_high_open = all(high in each.open_ends for each in self.either if each.high == high)
        ends = ((low, is_low_open), (high, is_high_open))
        return Ends(low, high, tuple(end for end, is_open in ends if end is not None and is_open))

    def __str__(self) -> str:
        if self.either:
            return " or ".join(map(str, self.either))
        if self.low is None or self.high is None or self.open_ends:
            return " and ".join(f"{word} {spelled(end)}" for word, end in self.worded)
        return f"within {spelled(self.low)} and {spelled(self.high)}"

    @property
    def worded(self) -> tuple[tuple[str, Fraction], ...]:
        """Its ends in words: at least or above the low one, at most or below the high one; of either of two all."""
        if self.either:
            return tuple(dict.fromkeys(chain.from_iterable(each.worded for each in self.either)))
        low = "above" if self.low in self.open_ends else "at least"
        high = "below" if self.high in self.open_ends else "at most"
        return tuple((word, end) for word, end in ((low, self.low), (high, self.high)) if end is not None)


def _lies_below(one: Standard, other: Standard) -> bool:
    """Return whether a standard ends before the *other* begins, so that a value lies between that meets neither."""
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and one.high in one.open_ends and one.high in other.open_ends)
