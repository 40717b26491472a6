"""Trend rules together: any of them, what it says, and the policy that names which are asked."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from goalmodel.checks import are, is_a, is_count
from goalmodel.reasons import Reason
from goalmodel.trend.control_chart import ControlChart
from goalmodel.trend.course import Course
from goalmodel.trend.cumulative_sum import Cusum
from goalmodel.trend.heading import Heading
from goalmodel.trend.monotonic import MannKendall
from goalmodel.trend.moving_average import Ewma
from goalmodel.trend.reference import FirstReadings, ReferencePeriod, is_reference
from goalmodel.trend.runs import RunChart
from goalmodel.trend.sigma_rule import SigmaRule
from goalmodel.trend.steps import Steps

TrendRule: TypeAlias = Steps | SigmaRule | ControlChart | MannKendall | Cusum | Ewma | RunChart
"""Any rule that says which way a KPI is heading."""

_RULES = (Steps, SigmaRule, ControlChart, MannKendall, Cusum, Ewma, RunChart)


@attrs.frozen
class TrendVerdict:
    """What one trend rule says.

    Attributes:
        rule: The rule that was asked.
        heading: Its answer.
        reasons: Why, with the counts used.
    """

    rule: TrendRule = attrs.field(validator=is_a(*_RULES))
    heading: Heading = attrs.field(validator=is_a(Heading))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))


@attrs.frozen(kw_only=True)
class TrendPolicy:
    """Which trend rules are asked, and what they count as usual.

    Rule: KPI-5.

    Attributes:
        signal: The rule whose answer is the KPI's heading.
        watch: A rule with a quicker and less trustworthy eye, reported beside it; None for no such rule.
        reference: Which readings say what is usual, for KPIs that don't say so themselves.
        missing_ends_run: So many missing readings in a row end a run; fewer suspend it.
        seasonal: Readings are compared with those so many periods of the cadence before, at least 2: 12 for months and
            a year. None where there are no seasons.
    """

    signal: TrendRule = attrs.field(default=SigmaRule(), validator=is_a(*_RULES))
    watch: TrendRule | None = attrs.field(default=Steps(), validator=is_a(*_RULES, type(None)))
    reference: ReferencePeriod = attrs.field(default=FirstReadings(), validator=is_reference)
    missing_ends_run: int = attrs.field(default=3, validator=is_count(1))
    seasonal: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(2)))


def verdict(rule: TrendRule, course: Course) -> TrendVerdict:
    """Return what *rule* says about *course*."""
    return TrendVerdict(rule, *rule.seen(course))


def undetermined(rule: TrendRule, why: Reason) -> TrendVerdict:
    """Return that *rule* says nothing, because there is nothing it could judge."""
    return TrendVerdict(rule, Heading.UNDETERMINED, (why,))
