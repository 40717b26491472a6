"""The English words a statement is read by, each table in one place."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from goalmodel.measure import Period

RISES: Final = frozenset({"increase", "raise", "grow", "boost", "lift", "expand", "double", "triple", "quadruple"})
FALLS: Final = frozenset({"reduce", "decrease", "lower", "cut", "shrink", "shorten", "halve"})
GOES_SOMEWHERE: Final = frozenset({
    "adjust", "bring", "change", "get", "improve", "move", "shift", "stabilise", "stabilize", "take", "turn",
})  # fmt: skip
"""Verbs that say nothing about up or down: to improve an onboarding time is to shorten it."""
ENDS_AT: Final = frozenset({"achieve", "attain", "hit", "reach"})
"""Verbs that name where it ends and not where it starts."""
HOLDS: Final = frozenset({"ensure", "guarantee", "hold", "keep", "maintain", "retain", "stay", "sustain"})
"""Verbs that name where it is to stay."""
VERBS: Final = RISES | FALLS | GOES_SOMEWHERE | ENDS_AT | HOLDS

BY_ITSELF: Final = MappingProxyType({
    "double": Fraction(1),
    "triple": Fraction(2),
    "quadruple": Fraction(3),
    "halve": Fraction(-1, 2),
})  # fmt: skip
"""Verbs that are a change, and the share of the baseline they change it by."""

_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS: Final = MappingProxyType(
    {word: Fraction(number) for number, word in enumerate(_ONES)}
    | {word: Fraction(number * 10) for number, word in enumerate(_TENS, start=2)}
    | {
        f"{ten}-{_ONES[one]}": Fraction(number * 10 + one)
        for number, ten in enumerate(_TENS, start=2)
        for one in range(1, 10)
    }
)
FOLDS: Final = frozenset({f"{word}fold" for word in _ONES})
"""Words that may be a factor or a rise: to grow fourfold."""
HOW_OFTEN: Final = MappingProxyType({"once": Fraction(1), "twice": Fraction(2), "thrice": Fraction(3)})
TIMES: Final = MappingProxyType({"dozen": 12, "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9})
ABOUT_SO_MANY: Final = frozenset({"couple", "dozens", "hundreds", "thousands", "millions", "billions"})
"""Words for a number that nobody has said."""
SUFFIXES: Final = MappingProxyType({"k": 10**3, "K": 10**3, "bn": 10**9})
UNCLEAR_SUFFIXES: Final = frozenset({"m", "M", "b", "B", "x", "X", "st", "nd", "rd", "th"})
"""Letters on a number that may be a million or a metre, a factor or an amount, a rank or a count."""

PARTS: Final = MappingProxyType(
    {
        word: Fraction(1, of)
        for of, words in (
            (2, "half halves"),
            (3, "third thirds"),
            (4, "quarter quarters"),
            (5, "fifth fifths"),
            (10, "tenth tenths"),
        )
        for word in words.split()
    }
)
"""Parts of a whole: two thirds."""
MORE: Final = frozenset({"more", "additional", "extra", "higher"})
FEWER: Final = frozenset({"fewer", "less", "lower"})
"""What stands between a number and what there is to be more, or less, of: "25 % more sign-ups"."""
AS_MANY: Final = frozenset({("as", "many"), ("as", "much")})
"""What stands between a factor and what there is to be so many times of: "half as many complaints"."""
COMPARED: Final = frozenset({"than", "as"})
"""What makes of a change one against something else than the baseline: "one more tender than last year"."""
UP_OR_DOWN: Final = MappingProxyType({"up": True, "down": False})

NEVER: Final = frozenset({
    "avoid", "can't", "cannot", "doesn't", "don't", "never", "no", "not", "nothing", "prevent", "stop", "without",
    "won't", "shouldn't", "mustn't",
})  # fmt: skip
"""Words that turn a threshold round: "never fall below 95 %"."""

SPEAKERS: Final = frozenset({
    ("we",), ("i",), ("they",), ("everyone",), ("everybody",),
    *((whose, whom) for whose in ("our", "my", "the") for whom in (
        "aim", "ambition", "company", "department", "goal", "key", "mission", "objective", "plan", "target", "team",
    )),
})  # fmt: skip
"""Who may speak before the statement itself: "Our goal is to raise retention"."""
WANTS: Final = frozenset({
    ("will",), ("must",), ("shall",), ("should",), ("is", "to"), ("will", "be", "to"), ("will", "have", "to"),
    ("are", "going", "to"), ("would", "like", "to"),
    *((verb, "to") for verb in ("aim", "have", "hope", "intend", "need", "plan", "want")),
    *((verb, "to") for verb in ("aims", "has", "hopes", "intends", "needs", "plans", "wants")),
})  # fmt: skip
"""What such a speaker wants; the statement itself stands behind it."""

RATES: Final = frozenset({"yoy", "mom", "qoq", "wow"})
"""What makes of a number a growth against a time before."""

LEAST: Final[Mapping[tuple[str, ...], bool]] = MappingProxyType({
    ("at", "least"): False, ("no", "less", "than"): False, ("not", "less", "than"): False,
    ("no", "fewer", "than"): False,
    ("a", "minimum", "of"): False, ("minimum", "of"): False, ("≥",): False, (">", "="): False,
    ("above",): True, ("over",): True, ("exceeding",): True, ("exceed",): True, ("exceeds",): True,
    ("more", "than"): True, ("greater", "than"): True,
    ("higher", "than"): True, (">",): True,
})  # fmt: skip
MOST: Final[Mapping[tuple[str, ...], bool]] = MappingProxyType({
    ("at", "most"): False, ("no", "more", "than"): False, ("not", "more", "than"): False,
    ("no", "higher", "than"): False, ("not", "exceed"): False, ("not", "exceeding"): False,
    ("a", "maximum", "of"): False, ("maximum", "of"): False, ("≤",): False, ("<", "="): False,
    ("below",): True, ("under",): True, ("less", "than"): True, ("fewer", "than"): True, ("lower", "than"): True,
    ("<",): True,
})  # fmt: skip
"""Words before the least, and before the greatest, value that will do; and whether that value itself will not."""

CURRENCIES: Final = frozenset("$€£¥₹")
ARROWS: Final = frozenset("→⟶⇒➔")
APART: Final = frozenset(".,;:!?()[]…+")
"""Signs that end a unit or a name."""

ENDS_UNIT: Final = frozenset({
    "above", "across", "among", "and", "at", "because", "below", "but", "by", "compared", "current", "currently",
    "during", "for", "from", "in", "last", "less", "more", "next", "now", "on", "or", "out", "over", "so", "than",
    "that", "this", "through", "throughout", "to", "today", "under", "until", "using", "path", "versus", "vs", "when",
    "which", "while", "with", "within", "without", "worth",
})  # fmt: skip
"""Words that no unit goes beyond: "6 days for new employees" is 6 days."""

A: Final = frozenset({"a", "an", "each", "every", "per", "/"})
PERIODS: Final = MappingProxyType({
    form: period for period in Period for form in (period.value, f"{period.value}s")
})  # fmt: skip
OF_DATES: Final = frozenset({Period.DAY, Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR})
"""Periods a cycle may last; a cycle is made of dates."""
MONTHS: Final = MappingProxyType({
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
})  # fmt: skip
NOT_A_DATE_YET: Final = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow", "today", "end", "next",
    "this", "midnight", "christmas", "easter", "year-end", "eoy", "eoq", "eom",
    *(f"q{quarter}" for quarter in range(1, 5)), "h1", "h2",
})  # fmt: skip
"""Words that begin a date which nobody can place without a calendar, or without the year."""
