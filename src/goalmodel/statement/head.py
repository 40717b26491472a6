"""The head of a statement: its verb, which way that leads, and the name behind it."""

from __future__ import annotations

from typing import Final

from goalmodel.statement.clauses import word
from goalmodel.statement.tokens import Token
from goalmodel.statement.units import Said
from goalmodel.statement.words import FALLS, RISES, VERBS

_ARTICLES: Final = frozenset({"the", "our", "my", "a", "an"})


def verb_of(said: Said) -> str:
    """Return the word a statement begins with, in lower case."""
    return word(said.head, 0)


def behind_the_verb(said: Said) -> tuple[Token, ...]:
    """Return the head without the verb it begins with, if it is one that is known."""
    return said.head[1:] if verb_of(said) in VERBS else said.head


def rising(verb: str) -> bool | None:
    """Return whether a verb leads up or down; None where it does not say."""
    return True if verb in RISES else False if verb in FALLS else None


def name_of(said: Said, part: tuple[Token, ...]) -> str | None:
    """Return the name that a part of the text is, without its article; None where it is empty."""
    begins = word(part, 0)
    return said.words(part[1:] if begins == "that" or (len(part) > 1 and begins in _ARTICLES) else part)
