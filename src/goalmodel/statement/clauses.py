"""Where the clauses of a statement begin: "from 8", "to 9.2", "by 15 %", "in the next three months".

Each is recognized by a bounded number of tokens, so that reading takes time in proportion to their number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import unique
from fractions import Fraction
from typing import Final, NamedTuple

from goalmodel.checks import Term
from goalmodel.measure import Cycle, Period
from goalmodel.statement.tokens import SIGNS, Kind, Token, is_date_like
from goalmodel.statement.words import (
    ARROWS,
    CURRENCIES,
    ENDS_AT,
    ENDS_UNIT,
    HOLDS,
    HOW_OFTEN,
    LEAST,
    MONTHS,
    MOST,
    NOT_A_DATE_YET,
    NUMBERS,
    OF_DATES,
    PARTS,
    PERIODS,
    SUFFIXES,
    TIMES,
    UNCLEAR_SUFFIXES,
    UP_OR_DOWN,
)

_MILLION: Final = 10**6
_LONGEST: Final = 9_999
_FIRST_YEAR: Final = 1_900
_LAST_YEAR: Final = 2_100


@unique
class Says(Term):
    """What a clause says."""

    BASELINE = "baseline"
    TARGET = "target"
    CHANGE = "change"
    SHARE = "share of occasions"
    LEAST = "least that will do"
    MOST = "most that will do"
    MEANS = "means"
    START = "start"
    END = "end"
    CYCLE = "cycle"
    LASTS = "lasts"


class Quantity(NamedTuple):
    """A number as it was said.

    Attributes:
        number: What it is; None where it may be several things.
        mark: What is attached to it: "%", "points" for percentage points, a currency, "times"; empty for nothing.
        is_signed: Whether a plus or a minus was said.
        text: As written.
        times: What a word or a letter behind it multiplies it by: a million.
        is_word: Whether that was a word, and no letter.
    """

    number: Fraction | None
    mark: str
    is_signed: bool
    text: str
    times: int = 1
    is_word: bool = False


class Clause(NamedTuple):
    """The beginning of a clause; what follows it up to the next is its tail.

    Attributes:
        says: What it is about.
        first: Index of its first token.
        after: Index of the token behind it.
        until: Index of the token its tail ends before.
        quantity: The number it gives; None where it gives none.
        cycle: The dates it gives; of an end, the cycle that ends there. None where it gives none.
        lasts: How many of which period it lasts; None where it does not say.
        is_calendar: Whether a quarter or a half of a year was taken for the calendar's.
        is_open: Whether the least, or the most, that will do is not one of those that do.
        out_of: Of how many a share is: 8 out of 10. None where it does not say.
    """

    says: Says
    first: int
    after: int
    until: int = 0
    quantity: Quantity | None = None
    cycle: Cycle | None = None
    lasts: tuple[int, Period] | None = None
    is_calendar: bool = False
    is_open: bool = False
    out_of: tuple[Fraction, Fraction] | None = None


class Dates(NamedTuple):
    """A date, or a span of them, as it was said.

    Attributes:
        cycle: From its first day to its last.
        after: Index of the token behind it.
        is_calendar: Whether a quarter or a half of a year was taken for the calendar's.
    """

    cycle: Cycle
    after: int
    is_calendar: bool = False


def clauses(tokens: Sequence[Token]) -> tuple[Clause, ...]:
    """Return the clauses of a statement, in order, none overlapping another."""
    found: list[Clause] = []
    at = 0
    in_share = False
    while at < len(tokens):
        clause = clause_at(tokens, at, in_share=in_share)
        if clause is None:
            at += 1
        else:
            found.append(clause)
            in_share = in_share or clause.says is Says.SHARE
            at = clause.after
    ends = [*(clause.first for clause in found[1:]), len(tokens)]
    return tuple(clause._replace(until=end) for clause, end in zip(found, ends, strict=True)) if found else ()


def clause_at(tokens: Sequence[Token], at: int, *, in_share: bool) -> Clause | None:
    """Return the clause that begins at that token; None where none does.

    Args:
        tokens: Of the whole statement.
        at: Which token.
        in_share: Whether the statement is about a share of occasions, where "within 2 days" belongs to the occasion.
    """
    begins = word(tokens, at)
    if begins and begins not in _BEGIN:
        return None
    if begins in {"in", "within", "over", "during"}:
        during = _share(tokens, at + 1, at) or _during(tokens, at, in_share=in_share)
        if during is not None or begins in {"in", "during"}:
            return during
    for words, reader in _READERS:
        if begins in words and (clause := reader(tokens, at)) is not None:
            return clause
    return _arrow(tokens, at) or _share(tokens, at, at) or _bound(tokens, at)


def word(tokens: Sequence[Token], at: int) -> str:
    """Return the word or sign at that token, in lower case; nothing where there is another kind, or none at all."""
    if not 0 <= at < len(tokens):
        return ""
    token = tokens[at]
    return token.text if token.kind is Kind.WORD or token.kind is Kind.SIGN else ""


def quantity_at(tokens: Sequence[Token], at: int) -> tuple[Quantity, int] | None:
    """Return the number that begins at that token, and the index behind it; None where none does."""
    is_negative = word(tokens, at) in SIGNS and word(tokens, at + 1) in CURRENCIES
    start = at + 1 if is_negative else at
    currency = word(tokens, start) if word(tokens, start) in CURRENCIES else ""
    first = start + 1 if currency else start
    if first >= len(tokens):
        return None
    token = tokens[first]
    spoken = word(tokens, first)
    if token.kind is Kind.UNCLEAR:
        return Quantity(None, "", is_signed=False, text=token.text), first + 1
    if spoken in HOW_OFTEN and not currency:
        return Quantity(HOW_OFTEN[spoken], "times", is_signed=False, text=spoken), first + 1
    number = Fraction(1) if _is_a_multiple(tokens, first) else NUMBERS.get(spoken, token.number)
    if number is None:
        return None
    quantity, after = _marked(tokens, first, number, currency)
    if is_negative and quantity.number is not None:
        is_minus = word(tokens, at) != "+"
        return quantity._replace(number=-quantity.number if is_minus else quantity.number, is_signed=True), after
    return quantity, after


def _is_a_multiple(tokens: Sequence[Token], at: int) -> bool:
    """Return whether an article and a multiple stand there: "a dozen", "a million"."""
    return word(tokens, at) == "a" and word(tokens, at + 1) in TIMES


def dates_at(tokens: Sequence[Token], at: int) -> Dates | None:
    """Return the date or the span of dates that begins at that token; None where none does, or the year is missing."""
    if at >= len(tokens):
        return None
    date = tokens[at].date
    if date is not None:
        return Dates(Cycle(date, date), at + 1)
    return _part_of_year(tokens, at) or _month(tokens, at) or _day_first(tokens, at)


def part_at(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    """Return the part of a whole that begins at that token, and the index behind it: "half", "a third", "2/3"."""
    if word(tokens, at) in PARTS:
        number, of = Fraction(1), at
    elif word(tokens, at) in {"a", "an"}:
        number, of = Fraction(1), at + 1
    else:
        found = quantity_at(tokens, at)
        if found is None or found[0].mark or found[0].is_signed or found[0].number is None:
            return None
        number, of = found[0].number, found[1]
        if "/" in found[0].text:
            return (number, of) if 0 < number < 1 else None
    share = PARTS.get(word(tokens, of))
    if share is None or number.denominator != 1 or number > _MOST_PARTS:
        return None
    return number * share, of + 1


_MOST_PARTS: Final = 12


def _marked(tokens: Sequence[Token], at: int, number: Fraction, currency: str) -> tuple[Quantity, int]:
    token, after = tokens[at], at + 1
    mark, times, is_word = currency, 1, False
    is_signed = token.text[0] in SIGNS
    if after < len(tokens) and tokens[after].start == token.end:
        suffix = tokens[after]
        letters = "" if suffix.kind is not Kind.WORD else suffix.text
        if currency and letters == "m":
            times, after = _MILLION, after + 1
        elif letters in UNCLEAR_SUFFIXES or suffix.text == "+" or any(map(str.isdigit, letters)):
            return Quantity(None, "", is_signed=False, text=f"{token.text}{suffix.text}"), after + 1
        elif letters in SUFFIXES:
            times, after = SUFFIXES[letters], after + 1
    if word(tokens, after) in TIMES:
        times, is_word, after = times * TIMES[word(tokens, after)], True, after + 1
    percent, behind = _percent(tokens, after)
    basis = _basis_points(tokens, after)
    if basis and not currency:
        number, mark, after = number / 100, "points", basis
    elif percent and not currency:
        mark, after = percent, behind
    elif word(tokens, after) in CURRENCIES and not currency:
        mark, after = word(tokens, after), after + 1
    return Quantity(number * times, mark, is_signed=is_signed, text=token.text, times=times, is_word=is_word), after


def _basis_points(tokens: Sequence[Token], at: int) -> int:
    """Return the index behind "basis points", a hundred of which make a percentage point; 0 where none are."""
    if word(tokens, at) == "basis" and word(tokens, at + 1) in {"point", "points"}:
        return at + 2
    return at + 1 if word(tokens, at) in {"bp", "bps"} else 0


def _percent(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    first, second = word(tokens, at), word(tokens, at + 1)
    if first in {"percentage", "%"} and second in {"point", "points"}:
        return "points", at + 2
    if first in {"pp", "ppt", "ppts", "%-points"}:
        return "points", at + 1
    if first == "per" and second == "cent":
        return "%", at + 2
    return ("%", at + 1) if first in {"%", "percent", "pct"} else ("", at)


def _ended(tokens: Sequence[Token], at: int, says: Says) -> Clause | None:
    number = at + 3 if (word(tokens, at + 1), word(tokens, at + 2)) in {("at", "least"), ("at", "most")} else at + 1
    found = quantity_at(tokens, number)
    return None if found is None else Clause(says, at, found[1], quantity=found[0])


def _arrow(tokens: Sequence[Token], at: int) -> Clause | None:
    """Return the baseline before an arrow, or the target behind it: "80 → 90"."""
    length = _arrow_length(tokens, at)
    if length:
        return _ended(tokens, at + length - 1, Says.TARGET)
    found = quantity_at(tokens, at)
    if found is None:
        return None
    quantity, after = found
    if _arrow_length(tokens, after) or (after < len(tokens) and _arrow_length(tokens, after + 1)):
        return Clause(Says.BASELINE, at, after, quantity=quantity)
    return None


def _arrow_length(tokens: Sequence[Token], at: int) -> int:
    if word(tokens, at) in ARROWS:
        return 1
    return 2 if word(tokens, at) in {"-", "="} and word(tokens, at + 1) == ">" else 0


def _share(tokens: Sequence[Token], at: int, first: int) -> Clause | None:
    """Return a share of occasions: "[in] [at least] 80 % of", "[in] 8 out of 10"."""
    number = at + 2 if (word(tokens, at), word(tokens, at + 1)) == ("at", "least") else at
    found = quantity_at(tokens, number)
    if found is None:
        return None
    quantity, after = found
    if quantity.mark == "%" and word(tokens, after) == "of":
        return Clause(Says.SHARE, first, after + 1, quantity=quantity)
    return _out_of(tokens, first, quantity, after)


def _out_of(tokens: Sequence[Token], first: int, part: Quantity, at: int) -> Clause | None:
    """Return the share that so many *out of* so many are, where both are numbers of times."""
    if (word(tokens, at), word(tokens, at + 1)) != ("out", "of") or part.mark:
        return None
    found = quantity_at(tokens, at + 2)
    if found is None or found[0].mark or found[0].number is None or part.number is None:
        return None
    if word(tokens, found[1]) in _RATED:
        return None  # a rating: "4 out of 5 stars"
    whole, number = found[0].number, part.number
    if not (0 <= number <= whole and whole > 0 and whole.denominator == number.denominator == 1):
        return None
    share = Quantity(number * 100 / whole, "%", is_signed=False, text=part.text)
    return Clause(Says.SHARE, first, found[1], quantity=share, out_of=(number, whole))


_RATED: Final = frozenset({"point", "points", "star", "stars"})


def _bound(tokens: Sequence[Token], at: int) -> Clause | None:
    """Return a bound of what will do: "at least 99.9 %", "below 3 %", "> 50"."""
    for says, words in ((Says.LEAST, LEAST), (Says.MOST, MOST)):
        for length in (3, 2, 1):
            said = tuple(word(tokens, place) for place in range(at, at + length))
            if said not in words or (found := quantity_at(tokens, at + length)) is None:
                continue
            is_aim = at == 1 and words is LEAST and not words[said]
            if is_aim and (word(tokens, 0) in ENDS_AT or _counts(tokens, *found)):
                return None  # "Reach at least 60 points", "Win at least 10 new clients": where it is to come
            return Clause(says, at, found[1], quantity=found[0], is_open=words[said])
    return None


def _counts(tokens: Sequence[Token], quantity: Quantity, after: int) -> bool:
    """Return whether a number counts what stands behind it, and the statement does not begin with a verb of holding."""
    is_counted = after < len(tokens) and tokens[after].kind is Kind.WORD and word(tokens, after) not in ENDS_UNIT
    return not quantity.mark and is_counted and word(tokens, 0) not in HOLDS


def _from_to(tokens: Sequence[Token], at: int) -> Clause | None:
    """Return the lower bound of "between 10 and 20"; the upper one follows it."""
    found = quantity_at(tokens, at + 1)
    upper = None if found is None else _behind_its_unit(tokens, found[1])
    if found is None or upper is None or word(tokens, upper) != "and" or quantity_at(tokens, upper + 1) is None:
        return None
    return Clause(Says.LEAST, at, found[1], quantity=found[0])


def _behind_its_unit(tokens: Sequence[Token], at: int) -> int:
    """Return the index behind a short unit at that token, or *at* where none stands there: "2 °C and"."""
    return next((end for end in range(at, at + _LONGEST_UNIT + 1) if word(tokens, end) == "and"), at)


_LONGEST_UNIT: Final = 2
"""So many tokens a unit between two bounds takes."""


def _and(tokens: Sequence[Token], at: int) -> Clause | None:
    """Return the upper bound of "between 10 and 20"."""
    found = quantity_at(tokens, at + 1)
    is_upper = found is not None and _begins_a_range(tokens, at)
    return Clause(Says.MOST, at, found[1], quantity=found[0]) if found is not None and is_upper else None


def _begins_a_range(tokens: Sequence[Token], at: int) -> bool:
    """Return whether "between" or "within" and a number stand right before that token."""
    begins = (start for start in range(max(at - _WIDEST, 0), at) if word(tokens, start) in {"between", "within"})
    found = (quantity_at(tokens, start + 1) for start in begins)
    return any(each is not None and _behind_its_unit(tokens, each[1]) == at for each in found)


_WIDEST: Final = 8
"""So many tokens a number with its mark and a unit takes, and the word before it."""


def _named(tokens: Sequence[Token], at: int) -> Clause | None:
    """Return what is called by its name: "baseline: 40", "target = 60"."""
    if word(tokens, at + 1) not in {":", "=", "is"}:
        return None
    found = quantity_at(tokens, at + 2)
    says = Says.BASELINE if word(tokens, at) in {"baseline", "start"} else Says.TARGET
    return None if found is None else Clause(says, at, found[1], quantity=found[0])


def _bracketed(tokens: Sequence[Token], at: int) -> Clause | None:
    """Return the change between brackets: "(+30 %)"."""
    found = quantity_at(tokens, at + 1)
    if found is None or not found[0].is_signed or word(tokens, found[1]) != ")":
        return None
    return Clause(Says.CHANGE, at, found[1] + 1, quantity=found[0])


def _this(tokens: Sequence[Token], at: int) -> Clause | None:
    """Return an end that can't be placed without a calendar: "this quarter", "next year"."""
    return Clause(Says.END, at, at + 2) if word(tokens, at + 1) in PERIODS else None


def _baseline(tokens: Sequence[Token], at: int) -> Clause | None:
    return _ended(tokens, at, Says.BASELINE)


def _target(tokens: Sequence[Token], at: int) -> Clause | None:
    return _ended(tokens, at, Says.TARGET)


def _by(tokens: Sequence[Token], at: int) -> Clause | None:
    start = at + 3 if (word(tokens, at + 1), word(tokens, at + 2)) == ("at", "least") else at + 1
    part = _part_of_it(tokens, start)
    if part is not None:
        return Clause(Says.CHANGE, at, part[1], quantity=part[0])
    found = quantity_at(tokens, start)
    if found is None:
        return _by_a_bound(tokens, at)
    quantity, after = found
    if _may_be_a_year(tokens, at + 1, after):
        return Clause(Says.END, at, after)
    return Clause(Says.CHANGE, at, after, quantity=quantity)


def _by_a_bound(tokens: Sequence[Token], at: int) -> Clause | None:
    """Return a change that is known by a bound only: "by up to 200", "by more than 5 %", "by between 3 % and 5 %"."""
    is_up_to = (word(tokens, at + 1), word(tokens, at + 2)) == ("up", "to")
    bound = _target(tokens, at + 2) if is_up_to else _bound(tokens, at + 1) or _from_to(tokens, at + 1)
    if bound is None or bound.quantity is None:
        return None
    text = " ".join(token.text for token in tokens[at + 1 : bound.after])
    return Clause(Says.CHANGE, at, bound.after, quantity=Quantity(None, "", is_signed=False, text=text))


def _up_or_down(tokens: Sequence[Token], at: int) -> Clause | None:
    """Return the change of "Revenue up 12 %"; of another number than a percentage the word may be the verb's."""
    found = quantity_at(tokens, at + 1)
    if found is None or found[0].mark not in {"%", "points"} or found[0].is_signed or word(tokens, found[1]) == "of":
        return None
    quantity, after = found
    number = quantity.number if UP_OR_DOWN[word(tokens, at)] or quantity.number is None else -quantity.number
    return Clause(Says.CHANGE, at, after, quantity=quantity._replace(number=number, is_signed=True))


def _part_of_it(tokens: Sequence[Token], at: int) -> tuple[Quantity, int] | None:
    """Return a change that is a part of what there is, in percent of it: "by two thirds", "by half", "by 1/3"."""
    part = part_at(tokens, at)
    if part is None or not _stands_alone(tokens, part[1]):
        return None
    text = " ".join(tokens[place].text for place in range(at, part[1]))
    return Quantity(part[0] * 100, "%", is_signed=False, text=text), part[1]


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """Return whether nothing at that token belongs to what stands before it."""
    return at >= len(tokens) or tokens[at].kind is Kind.SIGN or word(tokens, at) in ENDS_UNIT


def _may_be_a_year(tokens: Sequence[Token], at: int, after: int) -> bool:
    """Return whether the number at that token, with nothing behind it that it counts, may be a year: "by 2026"."""
    bare = after == at + 1 and (after == len(tokens) or tokens[after].kind is Kind.SIGN or word(tokens, after) == "by")
    return bare and _year(tokens, at) is not None


def _means(tokens: Sequence[Token], at: int) -> Clause | None:
    if at + 1 >= len(tokens):
        return None
    means = tokens[at + 1]
    is_gerund = means.kind is Kind.WORD and means.text.endswith("ing")
    return Clause(Says.MEANS, at, at + 1) if is_gerund or means.kind is Kind.QUOTED else None


def _until(tokens: Sequence[Token], at: int) -> Clause | None:
    """Return the end that "by" or "until" names; without dates where it is an end that can't be placed."""
    start = at + 2 if word(tokens, at + 1) == "the" else at + 1
    first = start + 2 if (word(tokens, start), word(tokens, start + 1)) == ("end", "of") else start
    dates = dates_at(tokens, first)
    if dates is not None:
        return Clause(Says.END, at, dates.after, cycle=dates.cycle, is_calendar=dates.is_calendar)
    year = _year(tokens, first)
    if first > start and year is not None:
        return Clause(Says.END, at, first + 1, cycle=Cycle.year(year), is_calendar=True)
    if word(tokens, start) in NOT_A_DATE_YET or word(tokens, start) in MONTHS:
        return Clause(Says.END, at, start + 1)
    if start < len(tokens) and tokens[start].kind is Kind.UNCLEAR and is_date_like(tokens[start].text):
        return Clause(Says.END, at, start + 1)
    day, after = _day(tokens, start)
    return Clause(Says.END, at, after + 1) if day is not None and word(tokens, after) in MONTHS else None


def _between(tokens: Sequence[Token], at: int) -> Clause | None:
    start = dates_at(tokens, at + 1)
    if start is None or word(tokens, start.after) not in {"to", "and", "until"}:
        return None
    end = dates_at(tokens, start.after + 1)
    if end is None or end.cycle.end < start.cycle.start:
        return None
    is_calendar = start.is_calendar or end.is_calendar
    return Clause(Says.CYCLE, at, end.after, cycle=Cycle(start.cycle.start, end.cycle.end), is_calendar=is_calendar)


def _start(tokens: Sequence[Token], at: int) -> Clause | None:
    dates = dates_at(tokens, at + 1)
    if dates is None:
        return None
    return Clause(Says.START, at, dates.after, cycle=dates.cycle, is_calendar=dates.is_calendar)


def _during(tokens: Sequence[Token], at: int, *, in_share: bool) -> Clause | None:
    dates = dates_at(tokens, at + 1)
    if dates is not None:
        return Clause(Says.CYCLE, at, dates.after, cycle=dates.cycle, is_calendar=dates.is_calendar)
    first = at + 2 if word(tokens, at + 1) == "the" else at + 1
    is_coming = word(tokens, first) in {"next", "coming", "following"}
    number = first + 1 if is_coming else first
    lasts = _lasts(tokens, number, is_coming=is_coming)
    if lasts is None or (in_share and not is_coming):
        return None
    return Clause(Says.LASTS, at, lasts[1], lasts=lasts[0])


def _lasts(tokens: Sequence[Token], at: int, *, is_coming: bool) -> tuple[tuple[int, Period], int] | None:
    found = quantity_at(tokens, at)
    quantity, after = found or (Quantity(Fraction(1), "", is_signed=False, text=""), at)
    period = PERIODS.get(word(tokens, after))
    number = quantity.number
    if period is None or period not in OF_DATES or quantity.mark or not (found or is_coming):
        return None
    if number is None or number.denominator != 1 or not 1 <= number <= _LONGEST:
        return None
    return (int(number), period), after + 1


def _year(tokens: Sequence[Token], at: int) -> int | None:
    if at >= len(tokens) or tokens[at].kind is not Kind.NUMBER or not tokens[at].text.isdecimal():
        return None
    number = tokens[at].number
    return int(number) if number is not None and _FIRST_YEAR <= number <= _LAST_YEAR else None


def _part_of_year(tokens: Sequence[Token], at: int) -> Dates | None:
    """Return "Q4 2026" or "H1 2026" of the calendar year."""
    name, year = word(tokens, at), _year(tokens, at + 1)
    if year is None:
        return None
    match name:
        case "q1" | "q2" | "q3" | "q4":
            return Dates(Cycle.quarter(year, int(name[1])), at + 2, is_calendar=True)
        case "h1" | "h2":
            return Dates(Cycle.half(year, int(name[1])), at + 2, is_calendar=True)
        case _:
            return None


def _month(tokens: Sequence[Token], at: int) -> Dates | None:
    """Return "December 2026" or "December 31, 2026"."""
    month = MONTHS.get(word(tokens, at))
    if month is None:
        return None
    year = _year(tokens, at + 1)
    if year is not None:
        return Dates(Cycle.month(year, month), at + 2)
    day, after = _day(tokens, at + 1)
    after = after + 1 if word(tokens, after) == "," else after
    return _dated(_year(tokens, after), month, day, after + 1)


def _day_first(tokens: Sequence[Token], at: int) -> Dates | None:
    """Return "31 December 2026"."""
    day, after = _day(tokens, at)
    return _dated(_year(tokens, after + 1), MONTHS.get(word(tokens, after)), day, after + 2)


def _day(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    if at >= len(tokens) or tokens[at].kind is not Kind.NUMBER or not tokens[at].text.isdecimal():
        return None, at
    number = tokens[at].number
    after = at + 2 if word(tokens, at + 1) in {"st", "nd", "rd", "th"} else at + 1
    return (int(number) if number is not None and number <= 31 else None), after  # noqa: PLR2004 - days of a month


def _dated(year: int | None, month: int | None, day: int | None, after: int) -> Dates | None:
    if year is None or month is None or day is None:
        return None
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return Dates(Cycle(date, date), after)


_BEGIN: Final = frozenset({
    "from", "between", "starting", "to", "by", "until", "path", "through", "in", "within", "over", "during", "at", "-",
    "=", "+", "and", "baseline", "start", "target", "goal", "(", "this", "next", *UP_OR_DOWN, *ARROWS, *CURRENCIES,
    *NUMBERS, *HOW_OFTEN, "a", *(words[0] for words in (*LEAST, *MOST)),
})  # fmt: skip
"""Every word and sign that a clause may begin with."""
_READERS: Final = (
    (frozenset({"from", "between"}), _between),
    (frozenset({"from", "starting"}), _start),
    (frozenset({"from"}), _baseline),
    (frozenset({"to"}), _target),
    (frozenset({"by", "until"}), _until),
    (frozenset({"by"}), _by),
    (frozenset({"by", "path", "through"}), _means),
    (frozenset({"between", "within"}), _from_to),
    (frozenset({"and"}), _and),
    (frozenset({"baseline", "start", "target", "goal"}), _named),
    (frozenset({"("}), _bracketed),
    (frozenset({"this", "next"}), _this),
    (frozenset(UP_OR_DOWN), _up_or_down),
)
"""What may begin with a word, in the order in which it is asked."""
