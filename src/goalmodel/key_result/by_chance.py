"""What would an unchanged process have scored? As often as it did in like times before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

import attrs

from goalmodel.checks import are, is_a, is_count
from goalmodel.key_result.outcome_words import SUCCESS
from goalmodel.key_result.score import Score
from goalmodel.measure.aggregation import Aggregation, combined
from goalmodel.measure.row import Row
from goalmodel.reasons import Reason, ReasonKind, spell
from goalmodel.reprs import readable

LEAST_WINDOWS: Final = 6
"""Fewer like times than these say nothing about chance; our choice."""

SCORED_SO = ReasonKind(
    "chance-scored-so",
    "LIFE-9",
    "of {count:like time/like times} before, {successes} would have scored {success} or more with nothing done",
    {"count": int, "successes": int, "success": Score},
)
TOO_FEW = ReasonKind(
    "chance-too-few-times",
    "LIFE-9",
    "{count:like time before is known/like times before are known}, and {needed:is/are} the fewest that "
    "say something about chance",
    {"count": int, "needed": int},
)
NO_LEVEL = ReasonKind(
    "chance-no-level",
    "LIFE-9",
    "what counts is no level, so readings before the cycle do not say what an unchanged process comes to",
)
NO_WAY = ReasonKind("chance-no-way", "LIFE-9", "nobody has said from where to where, so nothing can be scored")


@attrs.frozen(kw_only=True)
@readable
class ByChance:
    """How often an unchanged process would have come as far.

    Attributes:
        windows: How many like times there were before: as many consecutive figures as count.
        successes: How many of them would have scored a success.
        success: The score that counts as one, and more.
        reasons: What it rests on, or why it can't be said.
    """

    windows: int = attrs.field(default=0, validator=is_count())
    successes: int = attrs.field(default=0, validator=is_count())
    success: Fraction = attrs.field(default=SUCCESS, validator=is_a(Fraction))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    @property
    def share(self) -> Fraction | None:
        """The share of like times that would have been a success; None where that can't be said."""
        return Fraction(self.successes, self.windows) if self.windows else None

    def __str__(self) -> str:
        return spell(self.reasons)


def by_chance(
    row: Row,
    weights: Sequence[Fraction] | None,
    count: int,
    score: Callable[[Fraction], Score],
    *,
    success: Fraction = SUCCESS,
) -> ByChance:
    """Return how many like times of *row* would have scored a *success*: all stretches of so many figures in a row.

    It is exact over what was read, and simulates nothing: what carries over from figure to figure is in it.

    Rule: LIFE-9.

    >>> from datetime import date
    >>> monthly = Row.of([(date(2026, month, 28), Fraction(value)) for month, value in enumerate((7, 8) * 4, 1)])
    >>> by_chance(monthly, None, 1, lambda value: Score(value - 7)).share
    Fraction(1, 2)

    Args:
        row: The figures of an unchanged process, oldest first.
        weights: The cases behind each; None where each counts alike.
        count: How many figures in a row count, by their mean.
        score: What a value scores.
        success: The score that counts as a success.
    """
    times = max(len(row) - count + 1, 0)
    if times < LEAST_WINDOWS:
        return ByChance(success=success, reasons=(TOO_FEW.because(count=times, needed=LEAST_WINDOWS),))
    spans = [(start, start + count) for start in range(times)]
    successes = sum(score(value).raw >= success for value in combined(row, weights, spans, Aggregation.MEAN))
    why = SCORED_SO.because(count=times, successes=successes, success=Score(success))
    return ByChance(windows=times, successes=successes, success=success, reasons=(why,))
