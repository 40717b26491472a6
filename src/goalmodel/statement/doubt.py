"""What a statement leaves in doubt, and what is taken for granted in reading it."""

from __future__ import annotations

from fractions import Fraction

from goalmodel.reasons import ReasonKind

FROM_ZERO = ReasonKind(
    "statement-from-zero", "STM-2", "{count} {unit} are counted from 0", {"count": Fraction, "unit": str}
)
CALENDAR = ReasonKind("statement-calendar", "STM-2", "quarters and halves are those of the calendar year")
SHARED = ReasonKind(
    "statement-shared-multiplier",
    "STM-2",
    "{text} is taken as {number}, for {other} is meant so",
    {"text": str, "number": Fraction, "other": str},
)
OUT_OF = ReasonKind(
    "statement-out-of",
    "STM-2",
    "{part} out of {whole} is a share of {share:%}",
    {"part": Fraction, "whole": Fraction, "share": Fraction},
)
NUMBER_LEFT = ReasonKind(
    "statement-number-left",
    "STM-2",
    "{text} holds a number that is not read; where it belongs to a name, it stands in quotes",
    {"field": str, "text": str},
)
UNCLEAR_NUMBER = ReasonKind(
    "statement-unclear-number", "STM-2", "{text} may mean several numbers, or none", {"field": str, "text": str}
)
UNCLEAR_END = ReasonKind(
    "statement-unclear-end", "STM-2", "{text}: that is no date yet, or may be an amount", {"field": str, "text": str}
)
WHICH_WAY = ReasonKind(
    "statement-which-way", "STM-2", "nothing says whether {text} leads up or down", {"field": str, "text": str}
)
MORE_THAN_A_CHANGE = ReasonKind(
    "statement-more-than-a-change", "STM-2", "{text}: that is more than a change", {"field": str, "text": str}
)
OTHER_UNIT = ReasonKind(
    "statement-other-unit",
    "STM-2",
    "{unit} and {other} count different things, or may do",
    {"field": str, "unit": str, "other": str},
)
SAID_TWICE = ReasonKind(
    "statement-said-twice", "STM-2", "{field} is said {times:time/times}", {"field": str, "times": int}
)
CHANGE_OR_SHARE = ReasonKind(
    "statement-change-or-share",
    "STM-2",
    "{text} may be a change, or a share of {occasions}",
    {"field": str, "text": str, "occasions": str},
)
BOUND_BESIDE = ReasonKind(
    "statement-bound-beside",
    "STM-7",
    "{text}, beside where it is to come: what must be kept is a commit of its own",
    {"field": str, "text": str},
)
TOO_LONG = ReasonKind(
    "statement-too-long",
    "STM-2",
    "only the first {most:word/words}, numbers and signs are read: it is no one statement",
    {"field": str, "most": int},
)
