"""A text taken apart: words, numbers, dates, quoted texts and signs, each where it stands. One pass, no way back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from enum import unique
from fractions import Fraction
from itertools import islice
from typing import Final, NamedTuple

from dateutil import parser

from goalmodel.checks import Term
from goalmodel.errors import TooManyDigits
from goalmodel.exact import exact

_LONGEST_NUMBER: Final = 2_100
"""Longer than any number that is taken elsewhere, written as a fraction."""
MOST_TOKENS: Final = 1_000
"""So many are read, a statement being a sentence; what stands behind them is kept as it is."""
QUOTED: Final = re.compile(r'"[^"]*(?:""[^"]*)*"(?!")')
_SPACE: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"\w[^\W_]*(?:[-'\N{RIGHT SINGLE QUOTATION MARK}_&][^\W_]+)*")
_GROUPED: Final = re.compile(
    "[+\\-\N{MINUS SIGN}]?[0-9]{1,3}(?:[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}][0-9]{3})+(?![0-9.,/:-]*[0-9])"
)
"""Thousands with a blank between them."""
_NUMBER: Final = re.compile(r".[0-9]*(?:[.,/:\-\N{EN DASH}][0-9]+)*")
_PLAIN: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_GROUPED_OR_DECIMAL: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_OUT_OF: Final = frozenset({"5", "10", "100"})
"""What a rating is given out of: 4/5 may be that, or a fraction."""
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMERIC_DATE: Final = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}|[0-9]{4}([./])[0-9]{1,2}\2[0-9]{1,2}")
"""A date without the name of a month: dateutil reads it."""
SIGNS: Final = frozenset("+-\N{MINUS SIGN}")
"""What may stand before a number."""
_ASCII_DIGITS: Final = frozenset("0123456789")


@unique
class Kind(Term):
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


def tokens(text: str, *, most: int | None = None) -> tuple[Token, ...]:
    """Return the tokens of *text*, in order.

    >>> [token.text for token in tokens('Cut "time to hire" by 1,000.5%')]
    ['cut', 'time to hire', 'by', '1,000.5', '%']

    Args:
        text: Any.
        most: How many tokens are wanted; all of them where None.
    """
    return tuple(islice(_tokens(text), most))


def _tokens(text: str) -> Iterator[Token]:
    at, last_quote = 0, text.rfind('"')
    while at < len(text):
        space = _SPACE.match(text, at)
        if space:
            at = space.end()
            continue
        sign = text[at]
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
    found = QUOTED.match(text, start)
    if found is None:
        return None
    return Token(Kind.QUOTED, text[start + 1 : found.end() - 1].replace('""', '"'), start, found.end())


def _word(text: str, start: int) -> Token:
    end = _end(_WORD, text, start)
    return Token(Kind.WORD, text[start:end].lower(), start, end)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Return where what *pattern* finds at *start* ends: behind one character at least."""
    found = pattern.match(text, start)
    return found.end() if found else start + 1


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
    grouped = _GROUPED.match(text, start)
    if grouped:
        digits = "".join(grouped[0].replace("\N{MINUS SIGN}", "-").split())
        return Token(Kind.NUMBER, grouped[0], start, grouped.end(), number=_read(digits))
    end = _end(_NUMBER, text, start)
    run = text[start:end]
    date = _read_date(run)
    if date is not None:
        return Token(Kind.DATE, run, start, end, date=date)
    number = _read(run.replace("\N{MINUS SIGN}", "-"))
    return Token(Kind.UNCLEAR if number is None else Kind.NUMBER, run, start, end, number=number)


def _read_date(run: str) -> dt.date | None:
    """Return the date that is written so; None where none is, or it may be one of two."""
    found = _DATE.fullmatch(run)
    if found is None:
        return _read_numeric_date(run) if _NUMERIC_DATE.fullmatch(run) else None
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:
        return None


def is_date_like(text: str) -> bool:
    """Return whether *text* has the form of a date without the name of a month, be it one or not."""
    return _NUMERIC_DATE.fullmatch(text) is not None


def _read_numeric_date(run: str) -> dt.date | None:
    """Return the date, whichever of day and month stands first; None where that makes two dates, or none."""
    try:
        found = {parser.parse(run, dayfirst=first).date() for first in (True, False)}
    except ValueError:
        return None
    return found.pop() if len(found) == 1 else None


def _read(run: str) -> Fraction | None:
    """Return what a number means; None where it may mean several things, nothing, or is too long to compute with."""
    if len(run) > _LONGEST_NUMBER:
        return None
    minus, digits = run.startswith("-"), run.lstrip("+-")
    above, slash, below = digits.partition("/")
    if _GROUPED_OR_DECIMAL.fullmatch(digits) or (slash and (below in _OUT_OF or "." in digits)):
        return None
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
