"""A sudden move: from one reading to the next farther than is usual, as the lower half of an XmR chart shows it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from goalmodel.checks import inner, named, positive
from goalmodel.measure.row import Whole
from goalmodel.reasons import Reason
from goalmodel.reprs import readable
from goalmodel.showing import spelled
from goalmodel.trend.answer import FIRED, MOVED, Standing, Way, called
from goalmodel.trend.limits import TO_RANGE_LIMIT, SigmaScale
from goalmodel.trend.row import TrendRow


@attrs.frozen(field_transformer=named)
@readable
class MovingRange:
    """A test of control charts: fires when the latest reading has moved farther than the upper range limit.

    A move exactly as far does not count. The move says on which side it is a signal: it fires for a reading that has
    come to lie on that side of the mean, so that coming back to what is usual is none.

    Source: Wheeler, "Understanding Variation" (1993): the upper range limit is 3.267 mean moving ranges. The side
        is our choice.

    Attributes:
        sigmas: How far, above 0.
    """

    sigmas: Fraction = attrs.field(default=TO_RANGE_LIMIT, converter=positive)

    def __str__(self) -> str:
        return f"a move of more than {spelled(self.sigmas)} sigma"

    @property
    def window(self) -> int:
        """How many of the latest readings it looks at."""
        return 2

    @inner
    def fires(self, offs: Sequence[Whole], sigma: Whole) -> bool:
        """Return whether the later of two *offs*, above the mean, lies so much higher, where *sigma* make one sigma."""
        numerator, denominator = self.sigmas.as_integer_ratio()
        return offs[1] > 0 and (offs[1] - offs[0]) * denominator > numerator * sigma

    @inner
    def why(self, row: TrendRow, usual: SigmaScale, way: Way) -> Reason:
        """Return why it has fired that *way*: by the two readings, and how far a move may be."""
        said = called(Standing, way)
        before, value = map(row.own, row.latest(2))
        if before is None or value is None:
            return FIRED.because(rule=self, answer=said, count=self.window)
        limit = usual.limits(row.denominator).sigma * self.sigmas
        return MOVED.because(rule=self, answer=said, before=before, value=value, on=row.day(), limit=limit)

    @inner
    def counted(self, offs: Sequence[Whole], sigma: Whole) -> list[int]:
        """Return which of two *offs* count, by their position: the one that has moved, where it fires."""
        return [1] if self.fires(offs, sigma) else []
