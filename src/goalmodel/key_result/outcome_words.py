"""What a score is called: words of distance, never of failure."""

from __future__ import annotations

from enum import unique
from fractions import Fraction
from functools import cached_property
from typing import Final

import attrs

from goalmodel.checks import Term, named, the
from goalmodel.errors import OutOfOrder, described
from goalmodel.exact import exact
from goalmodel.key_result.score import Score
from goalmodel.reprs import readable

SUCCESS: Final = Fraction(7, 10)
"""The score from which on a key result counts as a success: most of the way, after Lobkovich (2024)."""


@unique
class Outcome(Term):
    """How far a key result has come, in words."""

    WENT_PAST = "went past the target"
    REACHED = "reached the target"
    MOST_OF_THE_WAY = "most of the way"
    PART_OF_THE_WAY = "part of the way"
    LITTLE_MOVEMENT = "little movement"
    MOVED_BACK = "moved back"

    @property
    def order(self) -> int:
        """What to sort by, the worst first."""
        return tuple(Outcome)[::-1].index(self)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class OutcomePolicy:
    """Where one outcome word ends and the next begins; a threshold belongs to the better word.

    Source: 0.3 and 0.7, after Lobkovich, "You Are a Strategist" (2024).

    Attributes:
        part: From this share of the way it is part of the way.
        most: From this share of the way it is most of the way.
    """

    part: Fraction = attrs.field(default=Fraction(3, 10), converter=exact)
    most: Fraction = attrs.field(default=SUCCESS, converter=exact)

    def __attrs_post_init__(self) -> None:
        if not 0 < self.part < self.most:
            raise OutOfOrder("part", self.part, f"a share above 0 and below {described(self.most)}, where most begins")
        if self.most >= 1:
            raise OutOfOrder("most", self.most, "a share below 1, where the target is reached")

    @classmethod
    def google(cls) -> OutcomePolicy:
        """Return the thresholds of Google's colours: 0.0 to 0.3, 0.4 to 0.6, 0.7 to 1.0.

        Source: Google re:Work, "Guide: Set goals with OKRs", which grades to one decimal.
        """
        return cls(part=Fraction(4, 10), most=Fraction(7, 10))

    @classmethod
    def thirds(cls) -> OutcomePolicy:
        """Return 0.3 and 0.7: a commit, a target and a stretch point on one scale.

        Source: Lobkovich, "You Are a Strategist" (2024), who scores 0.3, 0.7 and 1.0.
        """
        return cls(part=Fraction(3, 10), most=Fraction(7, 10))

    def outcome(self, score: Score) -> Outcome:
        """Return the word for *score*, compared exactly and unclamped.

        Rule: KR-5.

        >>> OutcomePolicy.google().outcome(Score(0.7))
        <Outcome.MOST_OF_THE_WAY: 'most of the way'>
        """
        above, below = the(Score, score, "score").parts
        if above < 0:
            return Outcome.MOVED_BACK
        if above >= below:
            return Outcome.REACHED if above == below else Outcome.WENT_PAST
        # Compared by multiplying out: whole numbers alone.
        (part, parts_of_part), (most, parts_of_most) = self._cuts
        if above * parts_of_part < part * below:
            return Outcome.LITTLE_MOVEMENT
        return Outcome.PART_OF_THE_WAY if above * parts_of_most < most * below else Outcome.MOST_OF_THE_WAY

    @cached_property
    def _cuts(self) -> tuple[tuple[int, int], tuple[int, int]]:
        return self.part.as_integer_ratio(), self.most.as_integer_ratio()
