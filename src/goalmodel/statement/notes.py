"""What comes up while a statement is read, and what of it holds a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from goalmodel.reasons import Reason
from goalmodel.statement.clauses import Says, word
from goalmodel.statement.doubt import MORE_THAN_A_CHANGE
from goalmodel.statement.tokens import Kind, Token
from goalmodel.statement.units import Said
from goalmodel.statement.words import (
    ABOUT_SO_MANY,
    AS_MANY,
    FEWER,
    FOLDS,
    HOW_OFTEN,
    MORE,
    NUMBERS,
    PARTS,
    PERIODS,
    RATES,
    TIMES,
    A,
)


class Notes:
    """What came up while one statement was read: doubts, what was assumed, what was left unread."""

    def __init__(self, said: Said) -> None:
        self.said = said
        self.assumed: list[Reason] = []
        self.doubts: list[Reason] = []
        self.unread: list[str] = []
        self.numbers_left: list[str] = []

    def leave(self, *parts: tuple[Token, ...], is_doubted: bool = False) -> None:
        """Note parts of the text nothing was made of, and what is left with a number in it, if nobody doubts it yet."""
        for part in parts:
            text = self.said.words(part)
            if text is not None:
                self.unread.append(text)
                if not is_doubted and (holds_a_number(part) or any(map(str.isdigit, text))):
                    self.numbers_left.append(text)
                if any(token.text in RATES for token in part):
                    self.doubts.append(MORE_THAN_A_CHANGE.because(field="text", text=text))

    def leave_what_says(self, says: Says) -> None:
        """Note the clause that says so, of which a doubt tells why nothing is made."""
        clauses = (clause for clause in self.said.clauses if clause.says is says)
        self.leave(*(self.said.tokens[clause.first : clause.until] for clause in clauses), is_doubted=True)


def holds_a_number(part: Sequence[Token]) -> bool:
    """Return whether a number stands in a part of the text, but for "the top 3" and "within 2 days"."""
    return any(_is_a_number(part, at) for at in range(len(part)))


def _is_a_number(part: Sequence[Token], at: int) -> bool:
    said = part[at].text
    if said in PARTS or said in HOW_OFTEN:
        return _is_of_what_there_is(part, at) if said in PARTS else _is_often(part, at)
    if said in FOLDS | ABOUT_SO_MANY or (said in TIMES and word(part, at - 1) != "per"):
        return True
    is_number = part[at].kind in (Kind.NUMBER, Kind.UNCLEAR, Kind.DATE) or said in _SPOKEN
    return is_number and word(part, at - 1) not in {"top", "within"}


_SPOKEN: Final = frozenset(NUMBERS).difference(("zero", "one"))
"""Words that are a number wherever they stand; one, and zero, are more often none: "one-to-ones", "zero-day flaws"."""


def _is_of_what_there_is(part: Sequence[Token], at: int) -> bool:
    """Return whether a part is one of what there is: "by half a point", "in half", "a third more", "half of us"."""
    has_article = word(part, at - 1) in {"a", "an"}
    before, behind = word(part, at - 2 if has_article else at - 1), word(part, at + 1)
    is_half = part[at].text == "half"
    if before == "by" or (is_half and before in {"in", "and"}):
        return True
    return (has_article or is_half) and (behind in MORE | FEWER | {"of", "the"} or is_as_many(part, at + 1))


def is_as_many(part: Sequence[Token], at: int) -> bool:
    """Return whether "as many" begins at that token."""
    return (word(part, at), word(part, at + 1)) in AS_MANY


def _is_often(part: Sequence[Token], at: int) -> bool:
    """Return whether a word like twice says how often: "twice per quarter"; "once" alone is a day gone by."""
    return part[at].text != "once" or (word(part, at + 1) in A and word(part, at + 2) in PERIODS)
