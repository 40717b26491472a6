"""What is still within reach where a key result counts occasions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from goalmodel.checks import is_a, is_count, is_date
from goalmodel.key_result.counting import Occasions
from goalmodel.key_result.score import Score
from goalmodel.measure.row import Dated
from goalmodel.reprs import readable


@attrs.frozen(kw_only=True)
@readable
class OccasionsLeft:
    """What a share of occasions can still come to.

    Attributes:
        held: How many occasions have been read.
        left: How many are still to come.
        worst: The score if none of those brings anything: what is secured already.
        present: The score if they go on like those before; None before the first.
        best: The score if each of them brings all it can.
        secured_on: Since when nothing can take the target away; None where something can.
        out_of_reach_on: Since when nothing can bring it back; None where something can.
    """

    held: int = attrs.field(validator=is_count())
    left: int = attrs.field(validator=is_count())
    worst: Score = attrs.field(validator=is_a(Score))
    present: Score | None = attrs.field(validator=is_a(Score, type(None)))
    best: Score = attrs.field(validator=is_a(Score))
    secured_on: dt.date | None = attrs.field(validator=attrs.validators.optional(is_date))
    out_of_reach_on: dt.date | None = attrs.field(validator=attrs.validators.optional(is_date))


def occasions_left_of(
    course: Sequence[Dated], occasions: Occasions, score: Callable[[Fraction], Score]
) -> OccasionsLeft:
    """Return what *occasions* can still come to after *course*.

    Rule: KR-7.

    Args:
        course: What had come together by each occasion, oldest first.
        occasions: How many there are, and what one can bring.
        score: What a sum scores.
    """
    best = [score(value + (occasions.count - held) * occasions.most) for held, (_, value) in enumerate(course, start=1)]
    held, value = len(course), course[-1][1] if course else Fraction(0)
    return OccasionsLeft(
        held=held,
        left=occasions.count - held,
        worst=score(value),
        present=score(value * occasions.count / held) if held else None,
        best=best[-1] if best else score(occasions.all),
        secured_on=next((on for on, value in course if score(value).raw >= 1), None),
        out_of_reach_on=next((on for (on, _), most in zip(course, best, strict=True) if most.raw < 1), None),
    )
