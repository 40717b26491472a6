"""Statements in English."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from goalmodel.key_result import KeyResult
from goalmodel.statement import Draft, parse, render
from goalmodel.testing.goals import key_results

_USUAL: Final = (
    "Increase customer satisfaction by 15% from 8.0 to 9.2 by improving our onboarding experience",
    "Reduce onboarding time by 40% from 10 days to 6 days",
    "Increase monthly visitors from the tech industry by 25% in the next three months",
    "Win 10 new clients",
    "Finish in the top 3 positions in at least 80% of the races",
    "Stabilize uptime from 50% to 99%",
    "Walk errands from twice a month to twice a week in Q4 2026",
    "Achieve an NPS of 60 by 31 December 2026",
    "Increase conversion by 5 percentage points from 80% between 2026-10-01 and 2026-12-31",
    "Halve the time to hire from 90 days",
    "Satisfaction 80 points → 90 points",
    "Keep churn below 3 % until 2026-12-31",
    "Maintain uptime of at least 99.9% in Q4 2026",
    "Keep the temperature between 18 and 22 degrees",
    "Grow revenue from 10 to 12 million euros by the end of 2026",
    "Reduce complaints by two thirds from 90 to 30 by pairing",
    "Drive 25% more sign-ups in Q4 2026",
    "Win 8 out of 10 games",
)
_PARTS: Final = (
    "Increase", "reduce", "Bring", "Win", "reach", "keep", "double", "from", "to", "by", "at", "least", "in", "the",
    "next", "within", "of", "a", "per", "month", "week", "days", "days.", "points", "percentage", "percent", "%", "80%",
    "-5", "+5", "0", "1", "8.0", "9.2", "10", "1,000", "8,0", "1/3", "7/0", "1.2.3", "5-10", "10k", "5m", "$5", "2 €",
    "twice", "three", "million", "2026", "2026-12-31", "2026-02-30", "Q4", "H1", "December", "31", "between", "and",
    "until", "starting", "below", "above", "at most", "out of", "more", "third", "thirds", ">", "<", "baseline:",
    "this", "1 000", "1.000", "4.6/5", "31/12/2026", "basis", "improving", "our", "clients", "races", "→", "->", '"',
    '""', '"new clients"', ",", ".", "/", "(", "\n", "\N{MINUS SIGN}3", "9" * 1_200,
)  # fmt: skip


def statements() -> st.SearchStrategy[str]:
    """Return texts: usual statements, such with a piece missing, doubled or put in, mixed ones, and any text at all."""
    said: st.SearchStrategy[KeyResult | Draft] = st.one_of(key_results(), st.sampled_from(_USUAL).map(parse))
    return st.one_of(
        st.sampled_from(_USUAL),
        st.builds(_mutated, st.sampled_from(_USUAL), st.integers(0), st.integers(0), st.sampled_from(_PARTS)),
        st.lists(st.sampled_from(_PARTS), max_size=16).map(" ".join),
        st.lists(st.sampled_from(_PARTS), max_size=8).map("".join),
        said.map(render),
        st.text(),
    )


def _mutated(text: str, first: int, second: int, part: str) -> str:
    """Return *text* with *part* in the place of a piece of it: of several words, of none, of all."""
    words = text.split(" ")
    start, end = sorted((first % (len(words) + 1), second % (len(words) + 1)))
    return " ".join([*words[:start], part, *words[end:]])
