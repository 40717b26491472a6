"""The rules the laws belong to, in the words of the rulebook."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

RULES: Final = MappingProxyType({
    "NUM-2": (
        "What is not a finite number is refused at the door, with the name of the field and the offending "
        "value."
    ),
    "NUM-3": (
        "Numbers are compared exactly and shown to the nearest, with more digits where that would touch or "
        "cross a cut, and never up to success."
    ),
    "UNIT-1": (
        "A value converts exactly between units of one quantity, and between different quantities not at all."
    ),
    "KPI-2": (
        "Bands cover the whole line without gap or overlap, and a cut belongs to the healthier side, "
        "whichever side that is, unless the bands say it does not."
    ),
    "KPI-3": (
        "A KPI without a reading, or whose latest is older than the cadence and its grace, is unknown: "
        "neither healthy nor unhealthy."
    ),
    "KR-1": (
        "A score is the exact share of the way from baseline to target: 0 at the baseline, 1 at the target, "
        "linear between, rising and falling alike, and the same in every unit."
    ),
    "KR-2": "Raw and clamped scores travel together: 150 % and −25 % are neither lost nor let into a mean.",  # noqa: RUF001 - word for word
    "KR-3": (
        "A target equal to the baseline is refused: keeping something where it is is a KPI or a commit to "
        "hold."
    ),
    "KR-4": (
        "Without a baseline or a reading inside the cycle there is no score, and the reason says which; a stated "
        "absence behind the latest reading leaves the score provisional, and at the end of the cycle there is none."
    ),
    "KR-7": (
        "What a key result counts and what its way leads through are part of its definition, and whatever "
        "they are, it scores 0 at its start, 1 at its end, and never less for more of the way."
    ),
    "KR-9": (
        "Pace compares the score with what is expected by now, the same in every unit: where nothing is declared, a "
        "line to the share of the way that counts as success; there is none "
        "before the early window is over, after the cycle, without a score, or where nobody has said what is "
        "expected."
    ),
    "COM-1": (
        "A commit is kept when a value meets its standard, exactly, in the manner it names: reached by the "
        "due date, standing on it, held throughout a window, or as a whole."
    ),
    "COM-2": "Going beyond the standard is kept, no more and no less: there is no unspoken bar.",
    "OBJ-1": (
        "Key results roll up by weighted mean of their clamped scores, commits by conjunction, KPIs not at "
        "all, and the kinds are never averaged together."
    ),
    "OBJ-2": (
        "An unscored key result is reported as coverage and not counted as 0, and when its cycle is over it leaves "
        "the whole undetermined; weights are normalised, order does not matter, and the mean lies between the scores "
        "it is made of."
    ),
    "OBJ-3": (
        "Scores become one by the mean that is named, weighted, least, geometric, where a single 0 vetoes, or "
        "worst light, and a mean that would mean nothing is refused: of nothing, of different kinds, or by a "
        "weight not above 0."
    ),
    "REV-2": (
        "A review of one model, history and date is one value, in a stated order, the same each time and in "
        "any order of input; asked for many dates, it says of each what it says of it alone."
    ),
})  # fmt: skip
"""Sentence of each rule, by id; a test holds them to the rulebook."""
