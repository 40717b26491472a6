"""Readings beyond what is usual: so many of the last so many, so many sigmas off the mean of a locked reference."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property, partial
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.checks import at_least_0, inner, is_a, is_count, named, optional_at_least_0, the, the_count
from goalmodel.errors import OutOfBounds, OutOfOrder
from goalmodel.measure.row import Whole
from goalmodel.reasons import Reason
from goalmodel.reprs import readable
from goalmodel.showing import spelled
from goalmodel.trend.answer import Seen, Standing, Way, answer, called
from goalmodel.trend.limits import TO_LIMIT, SigmaScale
from goalmodel.trend.rates import Measured, measured
from goalmodel.trend.reference import ReferencePeriod, least_readings
from goalmodel.trend.row import TrendRow

_MEASURED: Final[Measured] = MappingProxyType(
    {(2, Fraction(1)): (121, 291, 639, 933), (3, Fraction(1)): (28, 83, 258, 631)}
)
"""By readings in a row and sigmas."""


@attrs.frozen(field_transformer=named)
@readable
class SigmaRule:
    """Readings beyond what is usual: fires when so many of the last lie at least *sigmas* off the mean, on one side.

    Readings are counted, not steps. Mean and sigma come from the locked reference; sigma is its mean moving range
    divided by 1.128. A reading exactly so many sigmas off counts, unless the rule is strict; a reading on the mean
    is on neither side. A reading that does not count breaks a row, and where fewer than all have to count it may stand
    anywhere among them, the last one included. The readings may belong to the reference.

    Source:
        Three readings and one sigma are our choice: a false alarm within a year with probability 0.083, where three
        steps in a row have 0.365. Sigma as in Wheeler, "Understanding Variation" (1993).

    Attributes:
        readings: How many have to count, at least 1.
        sigmas: How far off the reference's mean, above 0; 0, too, where the rule is strict.
        of: Among so many of the latest; in a row where not said.
        is_strict: Whether a reading exactly so far off does not count.
        on_one_side: Whether those that don't have to count must lie on the same side of the mean nevertheless.
        up_to: A reading more than so many sigmas off does not count; however far off where None.
    """

    readings: int = attrs.field(default=3, validator=is_count(1))
    sigmas: Fraction = attrs.field(default=Fraction(1), converter=at_least_0)
    of: int = attrs.field(default=attrs.Factory(lambda self: self.readings, takes_self=True), kw_only=True)
    is_strict: bool = attrs.field(default=False, validator=is_a(bool), kw_only=True)
    on_one_side: bool = attrs.field(default=False, validator=is_a(bool), kw_only=True)
    up_to: Fraction | None = attrs.field(default=None, converter=optional_at_least_0, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.up_to is not None and self.up_to < self.sigmas:
            raise OutOfOrder("up_to", self.up_to, "at least as many sigmas as a reading must be off to count")
        the_count(self.of, "of", least=self.readings)
        if not (self.sigmas or self.is_strict):
            raise OutOfBounds("sigmas", self.sigmas, "above 0, or strict, because a reading on the mean is on no side")

    def __str__(self) -> str:
        in_a_row = "1 reading" if self.of == 1 else f"{self.readings} readings in a row"
        how_many = in_a_row if self.is_row else f"{self.readings} of {self.of} readings"
        together = ", all on one side" if self.on_one_side else ""
        return f"{how_many} {self._how_far}{together}"

    @property
    def _how_far(self) -> str:
        if not self.sigmas and self.up_to is None:
            return "on one side of the reference's mean"
        if self.sigmas == TO_LIMIT and self.is_strict and self.up_to is None:
            return "beyond a natural limit"
        least = f"{'more than' if self.is_strict else 'at least'} {spelled(self.sigmas)}"
        most = "" if self.up_to is None else f" and at most {spelled(self.up_to)}"
        return f"{least}{most} sigma off the reference's mean"

    @property
    def is_row(self) -> bool:
        """Whether all of the readings it looks at have to count."""
        return self.of == self.readings

    @property
    def window(self) -> int:
        """How many of the latest readings it looks at."""
        return self.of

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        return max(self.of, least_readings(reference, takes_trial=True))

    def false_alarm_rate(self, looks: int = 12) -> Fraction | None:
        """Return the probability of a wrong-way flag in so many *looks* at a stable series; None where not measured."""
        is_measured = self.is_row and not self.is_strict and self.up_to is None
        return measured(_MEASURED, (self.readings, self.sigmas), looks) if is_measured else None

    def standing(self, row: TrendRow) -> Seen[Standing]:
        """Return on which side of what is usual the last readings lie."""
        return the(TrendRow, row, "row").against_usual(self, partial(self._standing, row), window=self.of)

    def _standing(self, row: TrendRow, usual: SigmaScale) -> Seen[Standing]:
        seen = [way for way in Way if self.fires(row.offs(self.of, usual, way), usual.sigma)]
        if not seen:
            return answer(Standing, self, (), self.of)
        return called(Standing, seen[0]), tuple(self.why(row, usual, way) for way in seen)

    @inner
    def why(self, row: TrendRow, usual: SigmaScale, way: Way) -> Reason:
        """Return why it has fired that *way*: by the latest of the readings that count, and the edge it lies beyond."""
        return row.beyond(self, usual, way, counts=partial(self._counts, sigma=usual.sigma), sigmas=self._edge)

    @inner
    def fires(self, offs: Sequence[Whole], sigma: Whole) -> bool:
        """Return whether enough of *offs* count: the latest readings, above the mean, where *sigma* make one sigma."""
        if self._least_tells:
            return self._counts(min(offs), sigma)  # where all have to count, the least of them tells
        enough = len(self.counted(offs, sigma)) >= self.readings
        return enough and (not self.on_one_side or all(off > 0 for off in offs))

    @inner
    def counted(self, offs: Sequence[Whole], sigma: Whole) -> list[int]:
        """Return which of *offs* count, by their position: those so many sigmas above the mean."""
        return [at for at, off in enumerate(offs) if self._counts(off, sigma)]

    def _counts(self, off: Whole, sigma: Whole) -> bool:
        """Return whether what lies so far *off*, above the mean, is so many sigmas above it."""
        sigmas, of = self._edge
        beyond = off * of - sigmas * sigma
        if beyond < 0 or (self.is_strict and not beyond):
            return False
        return self.up_to is None or off * self.up_to.denominator <= self.up_to.numerator * sigma

    @cached_property
    def _least_tells(self) -> bool:
        return self.is_row and self.up_to is None

    @cached_property
    def _edge(self) -> tuple[int, int]:
        return self.sigmas.as_integer_ratio()
