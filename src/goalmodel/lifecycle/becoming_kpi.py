"""What never was a KPI becomes one: watched from now on at the level it was brought to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from goalmodel.checks import given_or, the, the_date
from goalmodel.errors import NoLevel, NothingReached
from goalmodel.key_result import KeyResult
from goalmodel.kpi import HealthBands, Kpi
from goalmodel.lifecycle.demotion import DemotionPolicy
from goalmodel.measure import Aggregation, Cadence, Series
from goalmodel.measure.figure import figures_known


def new_kpi(
    key_result: KeyResult,
    series: Series,
    *,
    as_of: dt.date,
    policy: DemotionPolicy | None = None,
    cadence: Cadence | None = None,
    id: str | None = None,  # noqa: A002 - the name the field has on every goal
) -> Kpi:
    """Return the KPI that keeps watch over what *key_result*, which never was one, was brought to.

    Its edge is the level that was reached and kept: the weakest of as many readings as a demotion asks for, and the
    deadband further out. It never lies beyond the target, because nobody asked for more than that.

    Rule: LIFE-7.

    >>> uptime = Measure("uptime", unit="percent")
    >>> moved = KeyResult(id="uptime", measure=uptime, baseline=50, target=99, cycle=Cycle.quarter(2026, 4))
    >>> weekly = {
    ...     dt.date(2026, 12, day): value for day, value in ((3, 98), (10, 99), (17, 99.4), (24, 99.2), (31, 99.3))
    ... }
    >>> kpi = new_kpi(moved, Series.of(uptime, weekly), as_of=dt.date(2026, 12, 31))
    >>> kpi.bands == HealthBands.at_least(99)
    True

    Args:
        key_result: One that counts the latest reading.
        series: Readings of its measure; those before its cycle or after *as_of* are not seen.
        as_of: The date of the judgement.
        policy: How many readings, and which deadband; the documented defaults where None.
        cadence: How often the KPI will be read; None where nothing is expected.
        id: The KPI's; made from that of the key result where None.

    Raises:
        NoBaseline: The baseline is not known, so nobody can say which way is better.
        NoLevel: It counts a sum, a mean, an extreme, occasions or milestones.
        NothingReached: There is no reading, or the weakest of them is no better than the baseline.
        WrongMeasure: The series is of another measure, or in another unit.
    """
    if the(KeyResult, key_result, "key_result").counting is not Aggregation.LAST:
        raise NoLevel(("key_result", "counting"), key_result.counting, goal=key_result.id)
    rules = given_or(DemotionPolicy(), policy, "policy")
    read = the(Series, series, "series").about(key_result.measure)
    day, asked = the_date(as_of, "as_of"), key_result.figure_policy
    figures = figures_known(read, key_result.window, day, key_result.exclusions, asked)
    since = figures.present[figures.row.before(key_result.cycle.start) : figures.count(as_of)]
    now = key_result.in_force(as_of)
    level = _level(now, [value for _, value in since[-rules.healthy :]]) if since else now.value_at(0)
    if not _is_beyond(level, now.value_at(0), now):
        raise NothingReached("series", level, goal=key_result.id)
    return _kpi(now, level, rules, cadence=cadence, id_=id)


def kept_kpi(now: KeyResult, latest: Sequence[Fraction], policy: DemotionPolicy) -> Kpi | None:
    """Return the KPI that keeps watch over a target that was reached, and kept by all of the *latest* readings.

    None where one of them does not reach it, or no level can be kept.

    Rule: LIFE-7.
    """
    if now.counting is not Aggregation.LAST or not now.is_scorable:
        return None
    target = now.value_at(1)
    return _kpi(now, target, policy) if _level(now, latest) == target else None


def _kpi(
    now: KeyResult, level: Fraction, policy: DemotionPolicy, *, cadence: Cadence | None = None, id_: str | None = None
) -> Kpi:
    edge = level - policy.deadband if _is_rising(now) else level + policy.deadband
    return Kpi(
        id=f"{now.id} watched" if id_ is None else id_,
        measure=now.measure,
        bands=HealthBands.at_least(edge) if _is_rising(now) else HealthBands.at_most(edge),
        cadence=cadence,
        window=now.window,
        owner=now.owner,
        purpose=now.purpose,
        team=now.team,
        priority=now.priority,
        exclusions=now.exclusions,
        figure_policy=now.figure_policy,
    )


def _level(now: KeyResult, values: Sequence[Fraction]) -> Fraction:
    """Return the weakest of *values*, at least one, and no more than the target."""
    return min(*values, now.value_at(1)) if _is_rising(now) else max(*values, now.value_at(1))


def _is_beyond(value: Fraction, other: Fraction, now: KeyResult) -> bool:
    return value > other if _is_rising(now) else value < other


def _is_rising(now: KeyResult) -> bool:
    return now.value_at(0) < now.value_at(1)
