"""What makes another system's answer another than goalmodel's: a closed list, each with the rule it breaks."""

from __future__ import annotations

from collections.abc import Mapping
from enum import unique
from types import MappingProxyType
from typing import Final

from goalmodel.checks import Term


@unique
class Difference(Term):
    """One way in which a published rule differs from goalmodel's; ``MEANING`` says what each is."""

    NOT_PUBLISHED = "not-published"
    BASELINE_IGNORED = "baseline-ignored"
    OTHER_FORMULA = "other-formula"
    WORD_COUNTED = "word-counted"
    OTHER_COUNTING = "other-counting"
    OTHER_SCALE = "other-scale"
    EQUAL_ENDS_ANSWER = "equal-ends-answer"
    TARGET_REFUSED = "target-refused"
    MISSING_COUNTED = "missing-counted"
    CLAMPED = "clamped"
    ROUNDED = "rounded"
    TOLERANCE = "tolerance"
    EDGE_FAILS = "edge-fails"
    LESS_IS_ENOUGH = "less-is-enough"
    OTHER_DAY_COUNT = "other-day-count"
    OTHER_TRAJECTORY = "other-trajectory"
    HELD_OVER = "held-over"
    OTHER_BASIS = "other-basis"
    OTHER_CUTS = "other-cuts"
    CUT_BELONGS_BELOW = "cut-belongs-below"
    BAND_GAP = "band-gap"
    PHASE = "phase"
    OTHER_MEAN = "other-mean"
    WEIGHT_ZERO_DROPPED = "weight-zero-dropped"
    WEIGHTS_IGNORED = "weights-ignored"


MEANING: Final[Mapping[Difference, str]] = MappingProxyType(
    {
        Difference.NOT_PUBLISHED: "the system publishes no rule for the question",
        Difference.BASELINE_IGNORED: "the value is set against the target alone, wherever it started",
        Difference.OTHER_FORMULA: "the way is not the straight one, or what has no way of its own is scored",
        Difference.WORD_COUNTED: "a word that was said by hand stands for a number",
        Difference.OTHER_COUNTING: "of several readings another than the latest counts",
        Difference.OTHER_SCALE: "the baseline does not score 0, or the target not 1",
        Difference.EQUAL_ENDS_ANSWER: "where the ends are equal, or the target is 0, there is an answer all the same",
        Difference.TARGET_REFUSED: "a target of 0 or below is taken for none",
        Difference.MISSING_COUNTED: "what is not there counts, as a number or as a word",
        Difference.CLAMPED: "what lies beyond an end is cut off, or let into a roll-up",
        Difference.ROUNDED: "the number is rounded before it is used",
        Difference.TOLERANCE: "what misses by little is met",
        Difference.EDGE_FAILS: "the value that was named does not meet what it is the edge of",
        Difference.LESS_IS_ENOUGH: "less than all of it is kept",
        Difference.OTHER_DAY_COUNT: "the days that are over are counted in another way",
        Difference.OTHER_TRAJECTORY: "something else is expected by now",
        Difference.HELD_OVER: "a word changes only after several readings, or well clear of the edge",
        Difference.OTHER_BASIS: "the word is about something else: progress alone, say, where the time is known",
        Difference.OTHER_CUTS: "one word ends and the next begins elsewhere",
        Difference.CUT_BELONGS_BELOW: "the value on a cut gets the worse of the two words",
        Difference.BAND_GAP: "there is no word between two printed ranges",
        Difference.PHASE: "when it is over, or before, other words hold",
        Difference.OTHER_MEAN: "the parts become one in another way",
        Difference.WEIGHT_ZERO_DROPPED: "a part with weight 0 is left out, not refused",
        Difference.WEIGHTS_IGNORED: "each part weighs the same, whatever was said",
    }
)
"""What each difference is."""

BREAKS: Final[Mapping[Difference, str]] = MappingProxyType(
    {
        Difference.BASELINE_IGNORED: "KR-1",
        Difference.OTHER_FORMULA: "KR-1",
        Difference.WORD_COUNTED: "KR-1",
        Difference.OTHER_COUNTING: "KR-7",
        Difference.OTHER_SCALE: "KR-1",
        Difference.EQUAL_ENDS_ANSWER: "KR-3",
        Difference.TARGET_REFUSED: "KR-1",
        Difference.MISSING_COUNTED: "KR-4",
        Difference.CLAMPED: "KR-2",
        Difference.ROUNDED: "NUM-3",
        Difference.TOLERANCE: "COM-1",
        Difference.EDGE_FAILS: "COM-1",
        Difference.LESS_IS_ENOUGH: "COM-1",
        Difference.OTHER_DAY_COUNT: "KR-9",
        Difference.OTHER_TRAJECTORY: "KR-9",
        Difference.HELD_OVER: "KPI-2",
        Difference.OTHER_BASIS: "KR-9",
        Difference.OTHER_CUTS: "KR-5",
        Difference.CUT_BELONGS_BELOW: "KPI-2",
        Difference.BAND_GAP: "KPI-2",
        Difference.PHASE: "KR-9",
        Difference.OTHER_MEAN: "OBJ-3",
        Difference.WEIGHT_ZERO_DROPPED: "OBJ-3",
        Difference.WEIGHTS_IGNORED: "OBJ-2",
    }
)
"""The rule of goalmodel's that a difference breaks; none for a question nobody answers."""
