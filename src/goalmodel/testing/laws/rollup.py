"""The laws of a roll-up: how several scores become one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import nan
from typing import Final

import attrs
from hypothesis import strategies as st

from goalmodel.reprs import readable
from goalmodel.testing.laws.candidate import Candidate, Question
from goalmodel.testing.laws.everyday import THRESHOLDS, everyday_shares, one_from, whole
from goalmodel.testing.laws.law import Counterexample, Law, breach, is_refused, is_steady

_TOLERANCE: Final = Fraction(1, 10**9)


@readable
@attrs.frozen
class Children:
    """What a roll-up is about.

    Attributes:
        scores: Of the children, each 0 at its baseline and 1 at its target; None where there is none, or NaN.
        weights: How much each counts.
    """

    scores: tuple[Fraction | float | None, ...]
    weights: tuple[Fraction, ...]


def _mean(candidate: Candidate, children: Children) -> Fraction:
    """Return the weighted mean of the clamped scores; each counts alike for a formula that takes no weights."""
    scored = [
        (min(max(score, Fraction(0)), Fraction(1)), weight if "weights" in candidate.takes else Fraction(1))
        for score, weight in zip(children.scores, children.weights, strict=True)
        if isinstance(score, Fraction)
    ]
    return sum((score * weight for score, weight in scored), Fraction(0)) / sum(weight for _, weight in scored)


def _comes_to(candidate: Candidate, children: Children) -> Counterexample | None:
    asked, mean = candidate.ask(children), _mean(candidate, children)
    return None if _is_close(candidate, asked, mean) else breach(_spelled(candidate, mean), asked)


def _comes_to_or_nothing(candidate: Candidate, children: Children) -> Counterexample | None:
    asked, mean = candidate.ask(children), _mean(candidate, children)
    if asked.answer.is_refusal or _is_close(candidate, asked, mean):
        return None
    return breach(f"{_spelled(candidate, mean)}, or no score", asked)


def _lies_between(candidate: Candidate, children: Children) -> Counterexample | None:
    asked = candidate.ask(children)
    scores = [score * candidate.whole for score in children.scores if isinstance(score, Fraction)]
    found = asked.answer.number
    if found is not None and min(scores) <= found <= max(scores):
        return None
    return breach("no less than the least of them and no more than the greatest", asked)


def _has_no_order(candidate: Candidate, children: Children) -> Counterexample | None:
    turned = Children(children.scores[::-1], children.weights[::-1])
    return _same(candidate, candidate.ask(children), candidate.ask(turned))


def _normalises(candidate: Candidate, children: Children) -> Counterexample | None:
    more = attrs.evolve(children, weights=tuple(weight * 10 for weight in children.weights))
    return _same(candidate, candidate.ask(children), candidate.ask(more))


def _same(candidate: Candidate, one: Question, other: Question) -> Counterexample | None:
    first = one.answer.number
    if first is not None and _is_close(candidate, other, first / candidate.whole):
        return None
    return breach("the same score both times", one, other)


def _is_judged(candidate: Candidate, children: Children) -> Counterexample | None:
    asked, mean = candidate.ask(children), _mean(candidate, children)
    if asked.answer.is_at_least(mean * candidate.whole):
        return None
    return breach(f"{_spelled(candidate, mean)} or more", asked)


def _is_short(candidate: Candidate, children: Children) -> Counterexample | None:
    asked = candidate.ask(children)
    if asked.answer.is_at_least(candidate.whole) is False:
        return None
    return breach(f"less than {_spelled(candidate, Fraction(1))}", asked)


def _is_refused(candidate: Candidate, children: Children) -> Counterexample | None:
    return is_refused(candidate, children, what="score")


def _is_close(candidate: Candidate, asked: Question, mean: Fraction) -> bool:
    found = asked.answer.number
    return found is not None and abs(found - mean * candidate.whole) <= _TOLERANCE * candidate.whole


def _spelled(candidate: Candidate, share: Fraction) -> str:
    return str(share * candidate.whole) if candidate.numbers is Fraction else f"{float(share * candidate.whole):.15g}"


def _children(scores: str, weights: str = "") -> Children:
    """Return children by what stands in two texts; those without weights count alike."""
    given = tuple(None if score == "-" else Fraction(score) for score in scores.split())
    counted = tuple(map(Fraction, weights.split())) or (Fraction(1),) * len(given)
    return Children(given, counted)


def _alike(scores: Sequence[Fraction | float | None]) -> Children:
    return Children(tuple(scores), (Fraction(1),) * len(scores))


def _weighed(pairs: Sequence[tuple[Fraction, Fraction]]) -> Children:
    return Children(tuple(score for score, _ in pairs), tuple(weight for _, weight in pairs))


def _one(score: Fraction, weight: Fraction) -> Children:
    return Children((score,), (weight,))


def _with(scores: Sequence[Fraction], odd: float | None) -> Children:
    return _alike((*scores, odd))


def _around(mean: Fraction, off: Sequence[Fraction]) -> Children:
    """Return children whose mean lies on a threshold: as many above it as below, by as much."""
    room = min(mean, 1 - mean)
    return _alike((mean, *(mean + sign * each * room for each in off for sign in (-1, 1))))


_WEIGHTS: Final = whole(1, 9).map(Fraction)
_SHARES: Final = everyday_shares()
_SOME: Final = st.lists(st.tuples(_SHARES, _WEIGHTS), min_size=1, max_size=4).map(_weighed)
_SCORES: Final = st.lists(_SHARES, min_size=1, max_size=4)
_USUAL: Final = (
    _children("0.5 1"),
    _children("0.2 0.8 0.9"),
    _children("0.1 0.1 0.1"),
    _children("0.7"),
    _children("0.3 1", "1 3"),
    _children("0 0.5 1", "6 1 3"),
)

ROLLUP_LAWS: Final = (
    Law(
        name="weighted-mean",
        rule="OBJ-1",
        says="scores come to their weighted mean",
        check=_comes_to,
        cases=_USUAL,
        more=_SOME,
    ),
    Law(
        name="clamped-first",
        rule="OBJ-1",
        says="what went past its target counts as 1, what moved back as 0",
        check=_comes_to,
        cases=(_children("1.5 0.5"), _children("-0.5 0.5"), _children("-1 2"), _children("3 0 0", "2 1 1")),
        more=st.lists(everyday_shares(most=3).map(lambda share: share - 1), min_size=1, max_size=4).map(_alike),
    ),
    Law(
        name="between-its-scores",
        rule="OBJ-2",
        says="what they come to lies between the least and the greatest of them",
        check=_lies_between,
        cases=_USUAL,
        more=_SOME,
    ),
    Law(
        name="order-does-not-matter",
        rule="OBJ-2",
        says="in another order they come to the same",
        check=_has_no_order,
        cases=_USUAL,
        more=_SOME,
    ),
    Law(
        name="weights-are-normalised",
        rule="OBJ-2",
        says="ten times all weights is the same",
        check=_normalises,
        cases=_USUAL,
        more=_SOME,
        needs=frozenset({"weights"}),
    ),
    Law(
        name="unscored-is-not-0",
        rule="OBJ-2",
        says="a child without a score (None) does not count as 0",
        check=_comes_to_or_nothing,
        cases=(_children("0.8 -"), _children("- 0.5 1"), _children("1 -", "1 9")),
        more=_SCORES.map(lambda scores: _with(scores, None)),
    ),
    Law(
        name="nothing-scored-no-score",
        rule="OBJ-3",
        says="of nothing there is no mean",
        check=_is_refused,
        cases=(_children(""), _children("-"), _children("- -")),
        more=None,
    ),
    Law(
        name="weight-above-0",
        rule="OBJ-3",
        says="a weight not above 0 is refused",
        check=_is_refused,
        cases=(_children("0.5 1", "1 0"), _children("0.5 1", "2 -1"), _children("0.5", "0"), _children("0 1", "1 -1")),
        more=st.builds(_one, _SHARES, _WEIGHTS.map(lambda weight: 1 - weight)),
        needs=frozenset({"weights"}),
    ),
    Law(
        name="exact-on-thresholds",
        rule="NUM-3",
        says="a mean that lies on a threshold has reached it",
        check=_is_judged,
        cases=(
            _children("0.5 0.7 0.9"),
            _children("0.8 0.7 0.6"),
            _children("0.6 0.7 0.8"),
            *(_around(mean, (Fraction(off, 10),)) for mean in THRESHOLDS for off in range(11)),
        ),
        more=st.builds(_around, one_from(THRESHOLDS), st.lists(_SHARES, max_size=2)),
    ),
    Law(
        name="never-rounded-up",
        rule="NUM-3",
        says="what is short of all scores less than 1",
        check=_is_short,
        cases=(_children("1 0.9"), _children("1 0.99"), _children("1 0.999"), _children("1 1 0.9999")),
        more=_SCORES.map(lambda scores: _alike((*scores, Fraction(99, 100)))),
    ),
    Law(
        name="not-a-number-is-refused",
        rule="NUM-2",
        says="a score that is no number (NaN) has no place in a mean",
        check=_is_refused,
        cases=(_alike((Fraction(1, 2), nan)), _alike((nan,))),
        more=None,
    ),
    Law(
        name="same-answer-each-time",
        rule="REV-2",
        says="the same question gets the same answer",
        check=is_steady,
        cases=_USUAL,
        more=_SOME,
    ),
)
"""What every roll-up has to do."""
