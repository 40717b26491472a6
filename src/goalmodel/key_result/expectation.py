"""How far a key result is expected to have come: a line that goes on from where it stood when its target is revised."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeAlias

Turn: TypeAlias = tuple[Fraction, Callable[[Fraction], Fraction]]
"""What of the expectation was over when a target was revised, and what a score came to by the new target."""


def going_on(turns: Iterable[Turn], over: Fraction, *, toward: Fraction) -> Fraction:
    """Return the share of the way that is expected: from nothing to *toward*, turning where the target was revised.

    What was expected stays where it was, in the measure's own unit, and the rest is expected of what is left; never
    less than nothing, nor more than is expected by the end.

    >>> going_on([(Fraction(1, 2), lambda score: score / 2)], Fraction(3, 4), toward=Fraction(1))
    Fraction(5, 8)

    Rule: KR-9.

    Args:
        turns: The revisions, oldest first.
        over: What of the expectation is over now, from 0 to 1.
        toward: The share of the way that is expected by the end.
    """
    score, since = Fraction(0), Fraction(0)
    for turned, rescored in turns:
        score = min(max(rescored(_on(score, since, turned, toward)), Fraction(0)), toward)
        since = turned
    return _on(score, since, over, toward)


def _on(score: Fraction, since: Fraction, over: Fraction, toward: Fraction) -> Fraction:
    """Return where a line from a *score* to *toward* is when so much is *over*."""
    return toward if since == 1 else score + (toward - score) * (over - since) / (1 - since)
