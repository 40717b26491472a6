"""How sure people are, beside the numbers and never mixed in, and how right they were."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

import attrs

from goalmodel.checks import (
    are,
    is_a,
    is_count,
    is_date,
    is_id,
    named,
    the_date,
    the_id,
    the_iterable,
    the_many,
)
from goalmodel.errors import OutOfBounds, WrongType
from goalmodel.exact import Number, exact
from goalmodel.reprs import readable

_TOP = 10


def _confidence(given: Number, field: str = "value") -> Fraction:
    number = exact(given, field)
    if not 0 <= number <= _TOP:
        raise OutOfBounds(field, given, f"a number from 0 to {_TOP}")
    return number


@attrs.frozen(field_transformer=named)
@readable
class Vote:
    """How sure somebody was, on a date, that a key result would be reached.

    Attributes:
        key_result: Its id.
        on: When the vote was given.
        confidence: From 0, out of reach, to 10, as good as done.
        by: Who voted; the votes of the team as one where None.
    """

    key_result: str = attrs.field(validator=is_id)
    on: dt.date = attrs.field(validator=is_date)
    confidence: Fraction = attrs.field(converter=_confidence)
    by: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id), kw_only=True)


@attrs.frozen(kw_only=True)
@readable
class VoteCalibration:
    """How right confidence was.

    Attributes:
        brier: Mean squared distance of confidence, as a share of 10, from what came: 0 is perfect, 1 the worst.
        base: The same for somebody who always says the share that came true: what there is to beat.
        lines: For each confidence voted, rising: how many votes, and how many of them were about what was reached.
        undecided: Votes about key results whose outcome is not among those given.
    """

    brier: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    base: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    lines: tuple[tuple[Fraction, int, int], ...] = attrs.field(validator=are(tuple))
    undecided: int = attrs.field(validator=is_count())


def latest_votes(votes: Iterable[Vote], *, key_result: str, as_of: dt.date) -> tuple[Vote, ...]:
    """Return the latest vote of each voter about *key_result*, in order of the date; later ones are not seen."""
    until = the_date(as_of, "as_of")
    seen = sorted(
        (vote for vote in the_many(Vote, votes, "votes") if vote.key_result == key_result and vote.on <= until),
        key=lambda vote: (vote.on, vote.by or "", vote.confidence),
    )
    return tuple(sorted({vote.by: vote for vote in seen}.values(), key=lambda vote: (vote.on, vote.by or "")))


def vote_calibration(votes: Iterable[Vote], outcomes: Iterable[tuple[str, bool]]) -> VoteCalibration:
    """Return how right *votes* were, across key results and cycles.

    Each vote is taken as the probability, in tenths, that the key result is reached.

    Rule: KR-12.

    >>> said = [Vote("a", dt.date(2026, 1, 9), 8), Vote("b", dt.date(2026, 1, 9), 5)]
    >>> found = vote_calibration(said, [("a", True), ("b", False)])
    >>> str(found.brier), str(found.base)
    ('29/200', '1/4')

    Args:
        votes: In any order.
        outcomes: Id and whether it was reached, of each key result that is over.

    Source: Brier, "Verification of Forecasts Expressed in Terms of Probability" (1950).
    """
    told = enumerate(the_iterable(outcomes, "outcomes"))
    reached = dict(_outcome(each, f"outcomes[{index}]") for index, each in told)
    given = the_many(Vote, votes, "votes")
    decided = [(vote.confidence, reached[vote.key_result]) for vote in given if vote.key_result in reached]
    voted = Counter(confidence for confidence, _ in decided)
    right = Counter(confidence for confidence, came in decided if came)
    share = Fraction(sum(right.values()), len(decided)) if decided else None
    return VoteCalibration(
        brier=_mean([(confidence / _TOP - came) ** 2 for confidence, came in decided]),
        base=None if share is None else share * (1 - share),
        lines=tuple((confidence, count, right[confidence]) for confidence, count in sorted(voted.items())),
        undecided=len(given) - len(decided),
    )


def _outcome(given: object, field: str) -> tuple[str, bool]:
    match given:
        case (str() as key_result, bool() as came):
            return the_id(key_result, f"{field}[0]"), came
        case _:
            raise WrongType(field, given, "a pair of the id of a key result and whether it was reached (bool)")


def _mean(of: list[Fraction]) -> Fraction | None:
    return sum(of, Fraction(0)) / len(of) if of else None
