"""Trend rules together: any of them, what it says, and the policy that names which are asked."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from goalmodel.doors import are, is_a, is_count
from goalmodel.kpi.baseline import Baseline, FirstReadings, is_baseline
from goalmodel.kpi.beyond import Beyond
from goalmodel.kpi.control_chart import ControlChart
from goalmodel.kpi.course import Course
from goalmodel.kpi.cusum import Cusum
from goalmodel.kpi.ewma import Ewma
from goalmodel.kpi.heading import Heading
from goalmodel.kpi.mann_kendall import MannKendall
from goalmodel.kpi.run_chart import RunChart
from goalmodel.kpi.steps import Steps
from goalmodel.reasons import Reason

TrendRule: TypeAlias = Steps | Beyond | ControlChart | MannKendall | Cusum | Ewma | RunChart
"""Any rule that says which way a KPI is heading."""

_RULES = (Steps, Beyond, ControlChart, MannKendall, Cusum, Ewma, RunChart)


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
        baseline: Which readings say what is usual, for KPIs that don't say so themselves.
        missing_ends_run: So many missing readings in a row end a run; fewer suspend it.
        seasonal: Readings are compared with those so many periods of the cadence before, at least 2: 12 for months and
            a year. None where there are no seasons.
    """

    signal: TrendRule = attrs.field(default=Beyond(), validator=is_a(*_RULES))
    watch: TrendRule | None = attrs.field(default=Steps(), validator=is_a(*_RULES, type(None)))
    baseline: Baseline = attrs.field(default=FirstReadings(), validator=is_baseline)
    missing_ends_run: int = attrs.field(default=3, validator=is_count(1))
    seasonal: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(2)))


def verdict(rule: TrendRule, course: Course) -> TrendVerdict:
    """Return what *rule* says about *course*."""
    return TrendVerdict(rule, *rule.seen(course))


def undetermined(rule: TrendRule, why: Reason) -> TrendVerdict:
    """Return that *rule* says nothing, because there is nothing it could judge."""
    return TrendVerdict(rule, Heading.UNDETERMINED, (why,))
