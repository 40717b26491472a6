"""What a number in a statement counts: the unit behind it, and how far it reaches into the text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from goalmodel.errors import TooManyDigits
from goalmodel.exact import exact
from goalmodel.measure import Period, Unit, convert, per
from goalmodel.statement.beginning import beginning, dates_last
from goalmodel.statement.clauses import Clause, Quantity, clauses
from goalmodel.statement.tokens import MOST_TOKENS, Kind, Token, tokens
from goalmodel.statement.words import APART, ARROWS, ENDS_UNIT, PERIODS, A

PERCENT: Final = Unit("percent", symbol="%")
TIMES: Final = Unit("times")
_AROUND: Final = APART.union(("-", "\N{EN DASH}", "\N{EM DASH}", "*", "•", ">", "="), ARROWS)


class Said(NamedTuple):
    """A statement taken apart.

    Attributes:
        text: As written.
        tokens: Its tokens, as far as it is read: dates it begins with stand behind the rest.
        clauses: Its clauses.
        before: What stands before the statement itself: "Our goal is to", "KR 2:".
    """

    text: str
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]
    before: tuple[Token, ...] = ()

    def words(self, part: Sequence[Token]) -> str | None:
        """Return a part of the text in one line, without signs and blanks around it; None where nothing is left."""
        text = self.as_said(part)
        return None if text is None else text.strip()

    def as_said(self, part: Sequence[Token]) -> str | None:
        """Return a part of the text in one line, without the signs around it; None where nothing is left.

        A part that is one quoted text is what stands between the quotes, as it is.
        """
        kept = list(part)
        while kept and kept[-1].kind is Kind.SIGN and kept[-1].text in _AROUND:
            kept.pop()
        first = next((index for index, token in enumerate(kept) if token.text not in _AROUND), len(kept))
        kept = kept[first:]
        if not kept:
            return None
        quoted = len(kept) == 1 and kept[0].kind is Kind.QUOTED
        text = kept[0].text if quoted else " ".join(self.text[kept[0].start : kept[-1].end].split())
        return text if text.strip() else None

    @property
    def beyond(self) -> str:
        """What stands behind all that is read, in one line; empty for most."""
        return " ".join(self.text[max(token.end for token in self.tokens) :].split()) if self.tokens else ""

    @property
    def head(self) -> tuple[Token, ...]:
        """What stands before the first clause."""
        return self.tokens[: self.clauses[0].first] if self.clauses else self.tokens

    def tail(self, clause: Clause) -> tuple[Token, ...]:
        """Return what stands between *clause* and the next, or the end."""
        return self.tokens[clause.after : clause.until]


class Amount(NamedTuple):
    """A number with what it counts.

    Attributes:
        quantity: The number.
        unit: What it counts; None where nothing is said.
        rest: What stands behind the unit.
    """

    quantity: Quantity
    unit: Unit | None
    rest: tuple[Token, ...]


def take_apart(text: str) -> Said:
    """Return *text* taken apart into tokens and clauses."""
    found = tokens(text, most=MOST_TOKENS)
    begins = beginning(found)
    stated = dates_last(found[begins:])
    return Said(text, stated, clauses(stated), found[:begins])


def amount(said: Said, quantity: Quantity, tail: tuple[Token, ...]) -> Amount:
    """Return *quantity* with the unit that stands in the *tail* behind it."""
    reach = _reach(tail)
    period = _period(tail[:reach])
    core = tail[: reach - 2] if period else tail[:reach]
    counted, used = _counted(said, quantity.mark, core)
    if used < len(core):
        return Amount(quantity, counted, tail[used:])
    if period is None:
        return Amount(quantity, counted, tail[reach:])
    return Amount(quantity, per(counted or TIMES, period), tail[reach:])


def same_unit(one: Unit, other: Unit) -> bool:
    """Return whether two units have one name: upper or lower case, one or many of it."""
    first, second = one.name.casefold(), other.name.casefold()
    return second in {first, f"{first}s"} or first == f"{second}s"


def fitting(number: Fraction, unit: Unit, into: Unit) -> Fraction | None:
    """Return *number* in another unit; None where the two measure different things, or it gets too long."""
    if same_unit(unit, into):
        return number
    if unit.base != into.base:
        return None
    return short_enough(convert(number, unit, into))


def short_enough(number: Fraction) -> Fraction | None:
    """Return *number*, None where it has more digits than are computed with."""
    try:
        return exact(number, "number")
    except TooManyDigits:
        return None


def _reach(tail: tuple[Token, ...]) -> int:
    """Return how many tokens a unit may take: up to a number, a sign that parts, or a word no unit goes beyond."""
    if tail and tail[0].kind is Kind.QUOTED:
        return 1
    for index, token in enumerate(tail):
        is_part = token.kind is Kind.WORD or (token.kind is Kind.SIGN and token.text not in _AROUND)
        if not is_part or token.text in ENDS_UNIT:
            return index
    return len(tail)


def _period(unit: tuple[Token, ...]) -> Period | None:
    """Return the period of a rate: "a month", "per week", "/day"."""
    if len(unit) < 2 or unit[-2].text not in A:  # noqa: PLR2004 - the article and the period
        return None
    return PERIODS.get(unit[-1].text)


def _counted(said: Said, mark: str, core: tuple[Token, ...]) -> tuple[Unit | None, int]:
    """Return what a number with that mark counts, and how many tokens say so."""
    match mark:
        case "%":
            return _percentage(said, core)
        case "points":
            return PERCENT, 0
        case "":
            return _named(said, core), len(core)
        case "times":
            return (_named(said, core) if core else TIMES), len(core)
        case _:
            return Unit(mark), 0


def _percentage(said: Said, core: tuple[Token, ...]) -> tuple[Unit, int]:
    whole = said.words(core[1:]) if core and core[0].text == "of" else None
    if whole is None:
        return PERCENT, 0
    return Unit(f"percent of {whole}", symbol=f"% of {whole}"), len(core)


def _named(said: Said, core: tuple[Token, ...]) -> Unit | None:
    name = said.words(core)
    if name is None or all(token.kind is Kind.SIGN for token in core):
        return None
    period = PERIODS.get(core[0].text) if len(core) == 1 and core[0].kind is Kind.WORD else None
    return Unit(name) if period is None else period.unit
