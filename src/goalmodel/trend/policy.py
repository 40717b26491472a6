"""Which trend rules are asked, and what they count as usual."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs

from goalmodel.checks import is_count
from goalmodel.reprs import readable
from goalmodel.trend.control_chart import limits_and_runs, nhs_making_data_count
from goalmodel.trend.mann_kendall_test import MannKendall
from goalmodel.trend.reference import FirstReadings, ReferencePeriod, is_reference
from goalmodel.trend.rule import DirectionRule, UsualRule, is_direction_rule, is_usual_rule
from goalmodel.trend.steps import Steps

_USUAL: Final[UsualRule] = limits_and_runs()
_DIRECTION: Final[DirectionRule] = MannKendall(readings=12, alpha=Fraction(12, 1000), trial_from=6)


@attrs.frozen(kw_only=True)
@readable
class TrendPolicy:
    """Which trend rules are asked, and what they count as usual.

    Rules: KPI-4, KPI-5.

    Attributes:
        usual: The rule that says where a KPI stands against what is usual: one of this library's, or your own (see
            UsualRule). Outside the natural limits, or eight in a row on one side of the mean, where nothing else is
            asked for.
        direction: The rule that says which way it is heading (see DirectionRule). The exact Mann-Kendall test at 0.012
            each way, over the last twelve readings, from six on over those there are.
        reference: Which readings say what is usual, where nothing else says so.
        missing_ends_run: So many missing readings in a row end a run; fewer suspend it.
        seasonal: Readings are compared with those so many periods of the cadence before, at least 2: 12 for months and
            a year. None where there are no seasons.
    """

    usual: UsualRule = attrs.field(default=_USUAL, validator=is_usual_rule)
    direction: DirectionRule = attrs.field(default=_DIRECTION, validator=is_direction_rule)
    reference: ReferencePeriod = attrs.field(default=FirstReadings(), validator=is_reference)
    missing_ends_run: int = attrs.field(default=3, validator=is_count(1))
    seasonal: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(2)))

    @classmethod
    def making_data_count(cls) -> TrendPolicy:
        """Return the rules of the NHS programme "Making Data Count": its chart, and its six steps for the direction."""
        return cls(usual=nhs_making_data_count(), direction=Steps(6))
