"""How far a key result has come: the exact share of the way from baseline to target."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

import attrs

from goalmodel.checks import inner, named, the_iterable
from goalmodel.exact import Number, computed, nearest_float, ratio
from goalmodel.reasons import ShownAtCuts
from goalmodel.reprs import readable
from goalmodel.showing import formatted, percent

Straight: TypeAlias = tuple[int, int, int]
"""A straight way in whole numbers: how many to the unit, where it starts, and how long it is."""


class _Unreduced:
    """What was computed and that nobody has looked at yet: a ratio, reduced to lowest terms when somebody does."""

    __slots__ = ("_ratio",)
    _ratio: tuple[int, int]


def _reduced(score: _Unreduced, name: str) -> Fraction:
    if name != "raw":
        raise AttributeError(f"{type(score).__name__!r} object has no attribute {name!r}", name=name, obj=score)
    raw = Fraction(*score._ratio)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] # its own
    _put(score, "raw", raw)
    return raw


_put = object.__setattr__
setattr(_Unreduced, "__getattr__", _reduced)  # noqa: B010 - to a type checker a score has its fields and no more


@ShownAtCuts.register
@attrs.frozen(order=True, field_transformer=named)
@readable
class Score(_Unreduced):
    """A share of the way, raw and clamped together.

    Rule: KR-2.

    >>> past = Score(1.5)
    >>> past.raw, past.clamped, str(past)
    (Fraction(3, 2), Fraction(1, 1), '150 %')

    Attributes:
        raw: 0 at the baseline, 1 at the target; below 0 it has moved back, above 1 it went past the target.
    """

    raw: Fraction = attrs.field(converter=computed)

    @property
    @inner
    def parts(self) -> tuple[int, int]:
        """The raw score as a ratio with a positive denominator, not always in lowest terms."""
        try:
            return self._ratio
        except AttributeError:
            return self.raw.as_integer_ratio()

    @property
    def clamped(self) -> Fraction:
        """The score within 0 to 1: the only one that may enter a mean."""
        above, below = self.parts
        return _NONE if above <= 0 else _ALL if above >= below else self.raw

    def __float__(self) -> float:
        return nearest_float(self.raw)

    def shown(self, *, cuts: Iterable[Fraction] = ()) -> str:
        """Return the raw score in percent, rounded to the nearest, and never so that it seems to reach a cut.

        0 % and 100 % are cuts wherever they stand.

        Rule: NUM-3.

        >>> Score(0.69996).shown(), Score(0.69996).shown(cuts=[Fraction(7, 10)])
        ('70 %', '69.996 %')

        Args:
            cuts: Shares of the way that the score must not seem to reach: thresholds.
        """
        read = (computed(cut, f"cuts[{index}]") for index, cut in enumerate(the_iterable(cuts, "cuts")))
        return percent(self.raw, cuts=read)

    def __str__(self) -> str:
        return self.shown()

    def __format__(self, spec: str) -> str:
        return formatted(self.raw, str(self), spec)


def straight(baseline: Fraction, target: Fraction) -> Straight:
    """Return the way from *baseline* to *target*, another value, ready for many values."""
    base, base_parts = baseline.as_integer_ratio()
    aim, aim_parts = target.as_integer_ratio()
    return base_parts * aim_parts, base * aim_parts, aim * base_parts - base * aim_parts


def unreduced(way: Straight, number: int, parts: int) -> Score:
    """Return how far a value, given as so many of so many *parts*, has come on a straight *way*, in whole numbers."""
    # (value - baseline) / (target - baseline): reduced to lowest terms once, if at all, instead of three times.
    scale, start, length = way
    above, below = number * scale - start * parts, length * parts
    score = _new(Score)
    _put(score, "_ratio", (above, below) if below > 0 else (-above, -below))
    return score


_new = object.__new__
_NONE, _ALL = Fraction(0), Fraction(1)


def share_on(way: Straight, value: Number) -> Fraction:
    """Return the share of a straight *way* that *value* has come.

    The baseline scores 0 and the target 1; the way between is linear, upwards and downwards alike, so that a change
    of unit changes nothing.

    Rule: KR-1.

    >>> share_on(straight(Fraction(8), Fraction(9)), 8.7)
    Fraction(7, 10)

    Args:
        way: From the baseline to the target.
        value: The measured value, finite, in the measure's own unit.
    """
    return share_of(way, *ratio(value, "value"))


def share_of(way: Straight, number: int, parts: int) -> Fraction:
    """Return the share of a straight *way* that a value has come, given as so many of so many *parts*."""
    return unreduced(way, number, parts).raw
