"""What makes another system's answer another than goalmodel's: a closed list, each with the rule it breaks."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final


@unique
class Difference(StrEnum):
    """One way in which a published rule differs from goalmodel's."""

    NOT_PUBLISHED = "not-published"
    """The system publishes no rule for the question."""
    BASELINE_IGNORED = "baseline-ignored"
    """The value is set against the target alone, wherever it started."""
    OTHER_FORMULA = "other-formula"
    """The way is not the straight one, or what has no way of its own is scored."""
    WORD_COUNTED = "word-counted"
    """A word that was said by hand stands for a number."""
    OTHER_COUNTING = "other-counting"
    """Of several readings another than the latest counts."""
    OTHER_SCALE = "other-scale"
    """The baseline does not score 0, or the target not 1."""
    EQUAL_ENDS_ANSWER = "equal-ends-answer"
    """Where the ends are equal, or the target is 0, there is an answer all the same."""
    TARGET_REFUSED = "target-refused"
    """A target of 0 or below is taken for none."""
    MISSING_COUNTED = "missing-counted"
    """What is not there counts, as a number or as a word."""
    CLAMPED = "clamped"
    """What lies beyond an end is cut off, or let into a roll-up."""
    ROUNDED = "rounded"
    """The number is rounded before it is used."""
    TOLERANCE = "tolerance"
    """What misses by little is met."""
    EDGE_FAILS = "edge-fails"
    """The value that was named does not meet what it is the edge of."""
    LESS_IS_ENOUGH = "less-is-enough"
    """Less than all of it is kept."""
    OTHER_DAY_COUNT = "other-day-count"
    """The days that are over are counted in another way."""
    OTHER_TRAJECTORY = "other-trajectory"
    """Something else is expected by now."""
    OTHER_BASIS = "other-basis"
    """The word is about something else: progress alone, say, where the time is known."""
    OTHER_CUTS = "other-cuts"
    """One word ends and the next begins elsewhere."""
    CUT_BELONGS_BELOW = "cut-belongs-below"
    """The value on a cut gets the worse of the two words."""
    BAND_GAP = "band-gap"
    """There is no word between two printed ranges."""
    PHASE = "phase"
    """When it is over, or before, other words hold."""
    OTHER_MEAN = "other-mean"
    """The parts become one in another way."""
    WEIGHT_ZERO_DROPPED = "weight-zero-dropped"
    """A part with weight 0 is left out, not refused."""
    WEIGHTS_IGNORED = "weights-ignored"
    """Each part weighs the same, whatever was said."""


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
