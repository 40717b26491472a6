"""Floor 2: trends. Statistics of a row of numbers that know nothing of KPIs."""

import typing as _typing

from goalmodel.rooms import later as _later
from goalmodel.trend.answer import Heading as Heading, Seen as Seen, Standing as Standing
from goalmodel.trend.control_chart import (
    ChartTest as ChartTest,
    ControlChart as ControlChart,
    limits_and_runs as limits_and_runs,
    nhs_making_data_count as nhs_making_data_count,
    western_electric as western_electric,
    xmr_wheeler as xmr_wheeler,
)
from goalmodel.trend.limits import ProcessLimits as ProcessLimits, process_limits as process_limits
from goalmodel.trend.mann_kendall_test import MannKendall as MannKendall, mann_kendall as mann_kendall
from goalmodel.trend.moving_range import MovingRange as MovingRange
from goalmodel.trend.policy import TrendPolicy as TrendPolicy
from goalmodel.trend.reference import (
    FirstReadings as FirstReadings,
    Rebasing as Rebasing,
    ReferencePeriod as ReferencePeriod,
    ReferenceWindow as ReferenceWindow,
)
from goalmodel.trend.row import TrendRow as TrendRow
from goalmodel.trend.rule import (
    DirectionRule as DirectionRule,
    HeadingVerdict as HeadingVerdict,
    StandingVerdict as StandingVerdict,
    TrendRule as TrendRule,
    UsualRule as UsualRule,
)
from goalmodel.trend.sigma_rule import SigmaRule as SigmaRule
from goalmodel.trend.steps import Steps as Steps

if _typing.TYPE_CHECKING:
    from goalmodel.trend.cases_chart import (
        CasesChart as CasesChart,
        CasesChartKind as CasesChartKind,
        CasesLimits as CasesLimits,
        laney_p_chart as laney_p_chart,
        laney_u_chart as laney_u_chart,
        p_chart as p_chart,
        u_chart as u_chart,
    )
    from goalmodel.trend.cumulative_sum import Cusum as Cusum, cusum as cusum
    from goalmodel.trend.marking import Mark as Mark, marks as marks
    from goalmodel.trend.moving_average import Ewma as Ewma, ewma as ewma
    from goalmodel.trend.runs import (
        RunChart as RunChart,
        fewest_crossings as fewest_crossings,
        longest_run as longest_run,
        run_chart as run_chart,
    )
else:
    __getattr__, __dir__ = _later(
        __name__,
        cases_chart="CasesChart CasesChartKind CasesLimits laney_p_chart laney_u_chart p_chart u_chart",
        cumulative_sum="Cusum cusum",
        marking="Mark marks",
        moving_average="Ewma ewma",
        runs="RunChart fewest_crossings longest_run run_chart",
    )
