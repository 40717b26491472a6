"""What a commit demands: the values that keep it."""

from __future__ import annotations

from fractions import Fraction

import attrs

from goalmodel.checks import inner, named, the
from goalmodel.errors import OutOfBounds, OutOfOrder
from goalmodel.exact import Number, computed, exact, exact_or_none
from goalmodel.reprs import readable
from goalmodel.showing import spelled


@readable
@attrs.frozen(kw_only=True, field_transformer=named)
class Standard:
    """The values that keep a commit; both ends belong to them.

    >>> Standard.at_least(99.9).is_met(99.9), Standard.at_least(99.9).is_met(99.899999)
    (True, False)

    Attributes:
        low: The least value that will do, in the measure's own unit; None where there is none.
        high: The greatest value that will do; None where there is none.
    """

    low: Fraction | None = attrs.field(default=None, converter=exact_or_none)
    high: Fraction | None = attrs.field(default=None, converter=exact_or_none)

    def __attrs_post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise OutOfBounds("low", None, "a number where high is none: a standard must exclude something")
        if self.low is not None and self.high is not None and self.high < self.low:
            raise OutOfOrder("high", self.high, "at least the low end of the standard")

    @classmethod
    def at_least(cls, low: Number) -> Standard:
        """Return the standard met by *low* and everything above."""
        return cls(low=exact(low, "low"))

    @classmethod
    def at_most(cls, high: Number) -> Standard:
        """Return the standard met by *high* and everything below."""
        return cls(high=exact(high, "high"))

    @classmethod
    def within(cls, low: Number, high: Number) -> Standard:
        """Return the standard met from *low* to *high*, both included."""
        return cls(low=exact(low, "low"), high=exact(high, "high"))

    @classmethod
    def done(cls) -> Standard:
        """Return the standard of a thing that is done or not, read as 1 or 0: a release, a signature."""
        return cls(low=Fraction(1))

    def is_met(self, value: Number) -> bool:
        """Return whether *value*, finite and in the measure's own unit, meets the standard, compared exactly."""
        above, below = computed(value).as_integer_ratio()
        if self.low is not None:
            low, parts = self.low.as_integer_ratio()
            if above * parts < low * below:
                return False
        if self.high is not None:
            high, parts = self.high.as_integer_ratio()
            return above * parts <= high * below
        return True

    def distance(self, value: Number) -> Fraction:
        """Return how far *value* falls short of the standard, in the measure's own unit; 0 where it is met.

        Going beyond the standard is no distance, and no merit.

        Rule: COM-4.

        >>> Standard.within(18, 22).distance(25)
        Fraction(3, 1)
        """
        number = computed(value)
        if self.low is not None and number < self.low:
            return self.low - number
        if self.high is not None and number > self.high:
            return number - self.high
        return Fraction(0)

    @inner
    def excludes(self, least: Fraction | None, greatest: Fraction | None) -> bool:
        """Return whether no value from *least* to *greatest* meets the standard; None where there is no such end."""
        is_above = self.low is not None and greatest is not None and greatest < self.low
        is_below = self.high is not None and least is not None and least > self.high
        return is_above or is_below

    def contains(self, other: Standard) -> bool:
        """Return whether every value that meets *other* meets this standard, too."""
        low, high = the(Standard, other, "other").low, other.high
        is_below = self.low is not None and (low is None or low < self.low)
        is_above = self.high is not None and (high is None or high > self.high)
        return not (is_below or is_above)

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return " and ".join(
                f"{word} {spelled(end)}"
                for word, end in (("at least", self.low), ("at most", self.high))
                if end is not None
            )
        return f"within {spelled(self.low)} and {spelled(self.high)}"
