"""A text taken apart: words, numbers, dates, quoted texts and signs, each where it stands. One pass, no way back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from enum import Enum, unique
from fractions import Fraction
from typing import Final, NamedTuple

from goalmodel.exact import TooManyDigits, exact

_LONGEST_NUMBER: Final = 2_100
"""Longer than any number that is taken elsewhere, written as a fraction."""
_PLAIN: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_JOINS_DIGITS: Final = frozenset(".,/:-\N{EN DASH}")
_JOINS_LETTERS: Final = frozenset("-'\N{RIGHT SINGLE QUOTATION MARK}_&")
SIGNS: Final = frozenset("+-\N{MINUS SIGN}")
"""What may stand before a number."""
_ASCII_DIGITS: Final = frozenset("0123456789")


@unique
class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    UNCLEAR = "number that may mean several things"
    DATE = "date"
    QUOTED = "quoted text"
    SIGN = "sign"


class Token(NamedTuple):
    """A piece of a text.

    Attributes:
        kind: What it is.
        text: As written; of a word in lower case, of a quoted text what stands between the quotes.
        start: Where it begins in the text.
        end: Where it ends.
        number: What a number means; None for anything else.
        date: What a date means; None for anything else.
    """

    kind: Kind
    text: str
    start: int
    end: int
    number: Fraction | None = None
    date: dt.date | None = None


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of *text*, in order.

    >>> [token.text for token in tokens('Cut "time to hire" by 1,000.5%')]
    ['cut', 'time to hire', 'by', '1,000.5', '%']
    """
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    at, last_quote = 0, text.rfind('"')
    while at < len(text):
        sign = text[at]
        if sign.isspace():
            at += 1
            continue
        if sign == '"' and at < last_quote:
            found = _quoted(text, at)
            if found is None:
                # No quote from here on is ever closed: what is left are signs.
                last_quote = -1
                found = Token(Kind.SIGN, sign, at, at + 1)
        elif _begins_number(text, at):
            found = _number(text, at)
        elif sign.isalnum() or sign == "_":
            found = _word(text, at)
        else:
            found = Token(Kind.SIGN, sign, at, at + 1)
        yield found
        at = found.end


def _quoted(text: str, start: int) -> Token | None:
    """Return the quoted text that begins at *start*, two quotes standing for one; None where it never ends."""
    at = start + 1
    while (end := text.find('"', at)) >= 0:
        if not text.startswith('""', end):
            return Token(Kind.QUOTED, text[start + 1 : end].replace('""', '"'), start, end + 1)
        at = end + 2
    return None


def _word(text: str, start: int) -> Token:
    end = start + 1
    while end < len(text) and (text[end].isalnum() or _joins(text, end, _JOINS_LETTERS)):
        end += 1
    return Token(Kind.WORD, text[start:end].lower(), start, end)


def _joins(text: str, at: int, joints: frozenset[str]) -> bool:
    return text[at] in joints and at + 1 < len(text) and text[at + 1].isalnum()


def _digit(text: str, at: int) -> bool:
    return at < len(text) and text[at] in _ASCII_DIGITS


def _begins_number(text: str, at: int) -> bool:
    if _digit(text, at):
        return True
    if text[at] == ".":
        return _digit(text, at + 1)
    signed = text[at] in SIGNS and (at == 0 or not text[at - 1].isalnum())
    return signed and (_digit(text, at + 1) or (text.startswith(".", at + 1) and _digit(text, at + 2)))


def _number(text: str, start: int) -> Token:
    """Return the number at *start* with everything that hangs on it: 1,000.5 and 7/3, 2026-12-31, but 1.2.3 too."""
    end = start + 1
    while _digit(text, end) or (end < len(text) and text[end] in _JOINS_DIGITS and _digit(text, end + 1)):
        end += 1
    run = text[start:end]
    date = _read_date(run)
    if date is not None:
        return Token(Kind.DATE, run, start, end, date=date)
    number = _read(run.replace("\N{MINUS SIGN}", "-"))
    return Token(Kind.UNCLEAR if number is None else Kind.NUMBER, run, start, end, number=number)


def _read_date(run: str) -> dt.date | None:
    found = _DATE.fullmatch(run)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _read(run: str) -> Fraction | None:
    """Return what a number means; None where it may mean several things, nothing, or is too long to compute with."""
    if len(run) > _LONGEST_NUMBER:
        return None
    minus, digits = run.startswith("-"), run.lstrip("+-")
    above, slash, below = digits.partition("/")
    numerator, denominator = _decimal(above), _decimal(below) if slash else Fraction(1)
    if numerator is None or not denominator:
        return None
    try:
        return exact(-numerator / denominator if minus else numerator / denominator, "number")
    except TooManyDigits:
        return None


def _decimal(digits: str) -> Fraction | None:
    whole, point, part = digits.partition(".")
    if (whole or not point) and not _PLAIN.fullmatch(whole):
        return None
    if point and not (part.isascii() and part.isdecimal()):
        return None
    return Fraction(int(f"{whole.replace(',', '')}{part}"), 10 ** len(part))
