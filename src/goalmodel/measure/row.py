"""Numbers by date, as whole numbers over one common denominator: what is compared and added up without fractions."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Final, TypeAlias, final, overload

Dated: TypeAlias = tuple[dt.date, Fraction]
"""A date and the value on it."""

Whole: TypeAlias = int | Fraction
"""A number in units of a row's denominator: an int wherever there is a common denominator of a sensible length."""

_LONGEST_DENOMINATOR: Final = 10**40
"""Beyond it a common denominator would make each number as long as all of them together."""


@final
class Row:
    """Numbers by date, oldest first, each a whole number of one part of the unit.

    Every number is ``wholes[at] / denominator``. What is the same for all numbers times one factor (which is greater,
    how many sigmas off, which way they go) is asked of the whole numbers. Where the common denominator would be too
    long the numbers stay the fractions they are, over 1; nothing that only adds, multiplies and compares them sees a
    difference. Nobody changes a row: all that look at its beginning share it, with how many numbers they see.

    >>> row = Row.of([(dt.date(2026, 1, 31), Fraction(17, 2)), (dt.date(2026, 2, 28), Fraction(8))])
    >>> row.wholes, row.denominator, row.value(0)
    ([17, 16], 2, Fraction(17, 2))

    Attributes:
        days: The date of each number, rising.
        wholes: The numbers, in units of the denominator.
        denominator: How many parts make one of the measure's own unit.
        is_whole: Whether the numbers are whole ones, and not fractions over 1.
    """

    __slots__ = ("days", "denominator", "is_whole", "wholes")

    def __init__(self, days: list[dt.date], wholes: list[Whole], denominator: int) -> None:
        self.days: list[dt.date] = days
        self.wholes: list[Whole] = wholes
        self.denominator: int = denominator
        self.is_whole: bool = not wholes or type(wholes[0]) is int

    @classmethod
    def of(cls, dated: Sequence[Dated]) -> Row:
        """Return the row of dates and values, oldest first."""
        return cls([on for on, _ in dated], *whole([value for _, value in dated]))

    def __len__(self) -> int:
        return len(self.days)

    def value(self, at: int) -> Fraction:
        """Return number *at*, as the fraction it is."""
        return Fraction(self.wholes[at], self.denominator)

    def values(self, start: int, stop: int) -> list[Fraction]:
        """Return the numbers from *start* until before *stop*, as the fractions they are."""
        return [Fraction(each, self.denominator) for each in self.wholes[start:stop]]

    def part(self, start: int, stop: int) -> Row:
        """Return the numbers from *start* until before *stop*, in the same parts; all of them are shared."""
        if not start and stop == len(self.days):
            return self
        return Row(self.days[start:stop], self.wholes[start:stop], self.denominator)

    def within(self, low: Fraction | None, high: Fraction | None) -> Row:
        """Return the numbers from *low* to *high*, in the same parts; None where there is no such end."""
        kept: Sequence[int] = range(len(self))
        if low is not None:
            least = self.least(low)
            kept = [at for at in kept if self.wholes[at] >= least]
        if high is not None:
            most = self.greatest(high)
            kept = [at for at in kept if self.wholes[at] <= most]
        if len(kept) == len(self):
            return self
        return Row([self.days[at] for at in kept], [self.wholes[at] for at in kept], self.denominator)

    def count(self, until: dt.date) -> int:
        """Return how many numbers there are *until* a day, that day included."""
        return bisect_right(self.days, until)

    def before(self, day: dt.date) -> int:
        """Return how many numbers there are before a *day*."""
        return bisect_left(self.days, day)

    def least(self, value: Fraction) -> Whole:
        """Return the least number of this row's parts that is at least *value*: a number lies below one as below both.

        >>> Row.of([(dt.date(2026, 1, 31), Fraction(17, 2))]).least(Fraction(25, 3))
        17
        """
        above, below = value.as_integer_ratio()
        return -((-above * self.denominator) // below) if self.is_whole else value

    def greatest(self, value: Fraction) -> Whole:
        """Return the greatest number of this row's parts that is at most *value*."""
        above, below = value.as_integer_ratio()
        return above * self.denominator // below if self.is_whole else value

    def finer(self, *values: Fraction) -> tuple[Row, list[Whole]]:
        """Return the row in parts so fine that *values* are whole numbers of them, too, and those numbers."""
        if not self.is_whole:
            return self, list(values)
        pairs = [value.as_integer_ratio() for value in values]
        denominator = lcm(self.denominator, *[below for _, below in pairs])
        times = denominator // self.denominator
        row = self if times == 1 else Row(self.days, [each * times for each in self.wholes], denominator)
        return row, [above * (denominator // below) for above, below in pairs]


@final
class Pairs(Sequence[Dated]):
    """Date and value of each number of a row, oldest first: made when somebody looks at them."""

    __slots__ = ("_row",)

    def __init__(self, row: Row) -> None:
        self._row = row

    def __len__(self) -> int:
        return len(self._row.days)

    @overload
    def __getitem__(self, index: int) -> Dated: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Dated, ...]: ...
    def __getitem__(self, index: int | slice) -> Dated | tuple[Dated, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        return self._row.days[index], self._row.value(index)


def whole(values: Sequence[Fraction]) -> tuple[list[Whole], int]:
    """Return *values* in parts of a common denominator, and that: as they are, over 1, where it would be too long."""
    return in_one_part([value.numerator for value in values], [value.denominator for value in values])


def in_one_part(numbers: list[int], parts: list[int]) -> tuple[list[Whole], int]:
    """Return so many *numbers* of so many *parts* each in parts of a common denominator, the coarsest, and that.

    Where it would be too long they are returned as the fractions they are, over 1.
    """
    denominator = 1
    for part in set(parts):
        denominator = lcm(denominator, part)
        if denominator > _LONGEST_DENOMINATOR:
            return list(map(Fraction, numbers, parts)), 1
    wholes = [number * (denominator // part) for number, part in zip(numbers, parts, strict=True)]
    common = gcd(denominator, *wholes)
    return [each // common for each in wholes], denominator // common
