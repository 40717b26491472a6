"""Why a row has no verdict: codes that stand in the column `why`."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Why(StrEnum):
    """Why a row has no verdict. A row that has one has no code.

    What stands first is said where several hold. A NaN counts as a missing value, as pandas has it.
    """

    NOT_COUNTED = "not-counted"
    NO_VALUE = "no-value"
    NO_BASELINE = "no-baseline"
    NO_TARGET = "no-target"
    NO_BANDS = "no-bands"
    NO_STANDARD = "no-standard"
    NO_SCORE = "no-score"
    NO_WEIGHT = "no-weight"
    NO_KIND = "no-kind"
    NO_MANNER = "no-manner"
    NO_DATE = "no-date"
    NOT_A_NUMBER = "not-a-number"
    NOT_FINITE = "not-finite"
    TARGET_EQUALS_BASELINE = "target-equals-baseline"
    BANDS_OUT_OF_ORDER = "bands-out-of-order"
    STANDARD_OUT_OF_ORDER = "standard-out-of-order"
    CYCLE_OUT_OF_ORDER = "cycle-out-of-order"
    DATE_TWICE = "date-twice"
    STALE = "stale"
    TOO_EARLY = "too-early"
    CYCLE_OVER = "cycle-over"
    TOO_FEW_READINGS = "too-few-readings"
    NO_DISPERSION = "no-dispersion"
