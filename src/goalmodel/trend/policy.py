"""Which trend rules are asked, and what they count as usual."""

from __future__ import annotations

from typing import Final

import attrs

from goalmodel.checks import is_count
from goalmodel.reprs import readable
from goalmodel.trend.reference import FirstReadings, ReferencePeriod, is_reference
from goalmodel.trend.rule import TrendRule, is_rule
from goalmodel.trend.sigma_rule import SigmaRule
from goalmodel.trend.steps import Steps

_SIGNAL: Final[TrendRule] = SigmaRule()
_WATCH: Final[TrendRule | None] = Steps()


@readable
@attrs.frozen(kw_only=True)
class TrendPolicy:
    """Which trend rules are asked, and what they count as usual.

    Rule: KPI-5.

    Attributes:
        signal: The rule whose answer is the heading: one of this library's, or your own (see TrendRule).
        watch: A rule with a quicker and less trustworthy eye, reported beside it; None for no such rule.
        reference: Which readings say what is usual, where nothing else says so.
        missing_ends_run: So many missing readings in a row end a run; fewer suspend it.
        seasonal: Readings are compared with those so many periods of the cadence before, at least 2: 12 for months and
            a year. None where there are no seasons.
    """

    signal: TrendRule = attrs.field(default=_SIGNAL, validator=is_rule)
    watch: TrendRule | None = attrs.field(default=_WATCH, validator=attrs.validators.optional(is_rule))
    reference: ReferencePeriod = attrs.field(default=FirstReadings(), validator=is_reference)
    missing_ends_run: int = attrs.field(default=3, validator=is_count(1))
    seasonal: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(2)))
