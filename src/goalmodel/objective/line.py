"""The sum of a roll-up, line by line, so that it can be done again by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs

from goalmodel.checks import is_a, is_id
from goalmodel.commit import Attainment
from goalmodel.key_result import Outcome, Score
from goalmodel.objective.method import RollupMethod, RollupResult, Root
from goalmodel.reprs import readable
from goalmodel.showing import spelled

_MOST_BITS: Final = 4_000
"""Every number that a door takes is shorter, a third of that in digits; Python itself refuses to write 4,300."""


@attrs.frozen(kw_only=True)
@readable
class KeyResultLine:
    """One key result's part in the mean, so that the sum can be done again by hand.

    Attributes:
        key_result: Its id.
        score: Raw and clamped; None where it is not scored.
        weight: As declared.
        share: Its share of the weight of all that take part, from 0 to 1; 0 where it takes no part.
    """

    key_result: str = attrs.field(validator=is_id)
    score: Score | None = attrs.field(validator=is_a(Score, type(None)))
    weight: Fraction = attrs.field(validator=is_a(Fraction))
    share: Fraction = attrs.field(validator=is_a(Fraction))

    @property
    def contribution(self) -> Fraction:
        """What it adds to a weighted mean: its clamped score times its share."""
        return Fraction(0) if self.score is None else self.score.clamped * self.share


@attrs.frozen(kw_only=True)
@readable
class ObjectiveLine:
    """The part of an objective that serves this one: what its own roll-up came to enters as one score.

    Attributes:
        objective: Its id.
        result: What its roll-up came to; None where that is nothing.
        attainment: Its commits as one; None where it has none.
        weight: As declared.
        share: Its share of the weight of all that take part, from 0 to 1; 0 where it takes no part.
    """

    objective: str = attrs.field(validator=is_id)
    result: RollupResult | None = attrs.field(validator=is_a(Fraction, Root, Outcome, type(None)))
    attainment: Attainment | None = attrs.field(validator=is_a(Attainment, type(None)))
    weight: Fraction = attrs.field(validator=is_a(Fraction))
    share: Fraction = attrs.field(validator=is_a(Fraction))

    @property
    def contribution(self) -> Fraction:
        """What it adds to a weighted mean: its score times its share; 0 where that is no fraction."""
        return self.result * self.share if isinstance(self.result, Fraction) else Fraction(0)


def worked(
    lines: tuple[KeyResultLine, ...], objectives: tuple[ObjectiveLine, ...], mean: RollupMethod
) -> tuple[str, ...]:
    """Return each line in words, in exact fractions; what it adds, where the mean is a sum."""
    moved = [_worked(f"key result {each.key_result}", _of_score(each.score), each, mean) for each in lines]
    below = [_worked(f"objective {each.objective}", _of_result(each.result), each, mean) for each in objectives]
    return (*moved, *below)


def _worked(child: str, came_to: str, line: KeyResultLine | ObjectiveLine, mean: RollupMethod) -> str:
    added = f", adds {_written(line.contribution)}" if mean is RollupMethod.WEIGHTED else ""
    return f"{child}: {came_to}, weight {_written(line.weight)}, share {_written(line.share)}{added}"


def shown(result: RollupResult | None) -> str:
    """Return what a roll-up came to, exactly: a fraction, a root or a word."""
    match result:
        case None:
            return "none"
        case Root():
            return f"root {result.degree} of {_written(result.of)}"
        case Outcome():
            return result.value
        case _:
            return _written(result)


def _of_score(score: Score | None) -> str:
    raw, clamped = ("none", "none") if score is None else (_written(score.raw), _written(score.clamped))
    return f"raw {raw}, clamped {clamped}"


def _of_result(result: RollupResult | None) -> str:
    return f"raw {shown(result)}, clamped {shown(result)}"


def _written(number: Fraction) -> str:
    """Return *number* as a fraction, or in decimal, cut and marked, where it has more digits than anybody reads."""
    is_short = max(number.numerator.bit_length(), number.denominator.bit_length()) <= _MOST_BITS
    return str(number) if is_short else spelled(number)
