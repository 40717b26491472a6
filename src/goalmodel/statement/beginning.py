"""Where a statement begins: behind what introduces it, and behind a date that stands first."""

from __future__ import annotations

import re
from typing import Final

from goalmodel.statement.clauses import Clause, Says, clause_at, clauses, word
from goalmodel.statement.tokens import Kind, Token
from goalmodel.statement.words import SPEAKERS, VERBS, WANTS

_LONGEST: Final = 8
"""A title before a colon has so many tokens at most."""
_OF_TIME: Final = (Says.START, Says.END, Says.CYCLE, Says.LASTS)


def beginning(tokens: tuple[Token, ...]) -> int:
    """Return the index of the token a statement begins with: "KR 2: Increase …", "We want to sign …", "1) Reduce …"."""
    if leading_dates(tokens) is not None:
        return 0
    titled = _behind_a_title(tokens)
    return titled + _behind_a_speaker(tokens[titled : titled + _LONGEST])


def is_label(before: tuple[Token, ...]) -> bool:
    """Return whether what stands before a statement only counts it, so that its number says nothing: "KR 2:", "1)"."""
    text = " ".join(token.text for token in before if token.kind is not Kind.SIGN)
    return _LABEL.fullmatch(text) is not None


_LABEL: Final = re.compile(r"(?:(?:kr|o|okr|kpi|key result|goal|objective|target) ?)?[0-9]{1,2}(?:\.[0-9]{1,2})?")


def _behind_a_title(tokens: tuple[Token, ...]) -> int:
    """Return the index of a verb that is known and stands behind a colon, or a number of the list."""
    if tokens and tokens[0].kind is Kind.NUMBER and word(tokens, 1) in {".", ")"} and word(tokens, 2) in VERBS:
        return 2
    colon = next((at for at in range(min(len(tokens), _LONGEST)) if word(tokens, at) == ":"), 0)
    return colon + 1 if colon and word(tokens, colon + 1) in VERBS else 0


def _behind_a_speaker(tokens: tuple[Token, ...]) -> int:
    """Return the index of the token behind "we want to" or "our goal is to"; 0 where nobody speaks."""
    first = next((length for length in (2, 1) if _words(tokens, 0, length) in SPEAKERS), 0)
    wants = next((length for length in (3, 2, 1) if first and _words(tokens, first, length) in WANTS), 0)
    return first + wants if wants else 0


def _words(tokens: tuple[Token, ...], at: int, length: int) -> tuple[str, ...]:
    return tuple(word(tokens, place) for place in range(at, at + length))


def dates_last(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return a statement whose dates stand first with them behind the rest: "By 31 December 2026, increase …"."""
    leading = leading_dates(tokens)
    if leading is None:
        return tokens
    rest = leading.after + 1 if word(tokens, leading.after) in {",", ":"} else leading.after
    if rest == leading.after and word(tokens, rest) not in VERBS:
        return tokens
    moved = (*tokens[rest:], *tokens[: leading.after])
    seam = len(tokens) - rest
    return moved if seam and any(each.first == seam for each in clauses(moved)) else tokens


def leading_dates(tokens: tuple[Token, ...]) -> Clause | None:
    """Return the clause of dates a statement begins with; None where it begins with something else."""
    leading = clause_at(tokens, 0, in_share=False)
    return leading if leading is not None and leading.says in _OF_TIME else None
