"""How often a KPI goes to and fro between being watched and being a key result: the tables of
docs/explanation/lifecycle.md.

Seeded: 20,000 KPIs of ten years each, read monthly, independent and normal. numpy does what goalmodel's decisions do;
that it does the same is held on a sample of the same readings, month by month, against decide_promotion and
decide_demotion. Run it as it stands; with --write it writes the tables into the page.
"""  # noqa: D205 - the page's name does not fit on one line

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import attrs
import numpy as np
from dateutil.relativedelta import relativedelta
from numpy.typing import NDArray

from goalmodel import (
    Cycle,
    Demote,
    Heading,
    HealthBands,
    Kpi,
    Measure,
    Promote,
    Series,
    TrendPolicy,
    decide_demotion,
    decide_promotion,
    promote,
)
from goalmodel.lifecycle import DemotionPolicy, PromotionPolicy
from goalmodel.trend import ProcessLimits, SigmaRule, Steps

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "lifecycle.md"
SEED = 20260930
KPIS = 20_000
YEARS = 10
MONTHS = 12
COMPARED = 12
TOLERANCE = 0.1
SUCCESS = 0.7

Values: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

KPI = Kpi(id="kpi", measure=Measure("measure"), bands=HealthBands.at_least(0))
SILENT = TrendPolicy(
    usual=SigmaRule(1_000), direction=Steps(1_000), reference=ProcessLimits(mean=Fraction(1), sigma=Fraction(1))
)
"""A signal that never speaks: what is measured is what runs of readings do by themselves."""
CLEAR = 0.5


@attrs.frozen(kw_only=True)
class Rule:
    """When a KPI goes up and down.

    Attributes:
        name: As the page writes it.
        bad: So many not-healthy readings in a row promote it; 0 where drops do.
        drops: So many falling steps in a row promote it, whatever its health; 0 where readings do.
        good: So many healthy readings in a row demote it.
        is_sooner: Whether one fewer does, where they are clear of the edge by half a sigma.
        deadband: How far inside they have to lie, in sigmas.
        published: Promotions in ten years that have to come out, within a tenth; None where nobody said.
    """

    name: str
    bad: int = 0
    drops: int = 0
    good: int
    is_sooner: bool = False
    deadband: float = 0.0
    published: float | None = None


RULES = (
    Rule(name="1 bad / 1 good", bad=1, good=1, published=15.9),
    Rule(name="2 bad / 2 good", bad=2, good=2, published=2.5),
    Rule(name="3 bad / 3 good", bad=3, good=3, published=0.39),
    Rule(name="3 bad / 4 good", bad=3, good=4),
    Rule(name="3 bad / 4 good, or 3 clear by half a sigma, the default", bad=3, good=4, is_sooner=True),
    Rule(name="3 drops / 3 good", drops=3, good=3, published=4.0),
    Rule(name="1 bad / 1 good, deadband of half a sigma", bad=1, good=1, deadband=0.5),
    Rule(name="2 bad / 2 good, deadband of half a sigma", bad=2, good=2, deadband=0.5),
    Rule(name="3 bad / 3 good, deadband of half a sigma", bad=3, good=3, deadband=0.5),
)
WRONG = ((1, 0.988), (2, 0.594), (3, 0.202), (4, 0.059), (6, 0.0046))
"""Healthy readings in a row, and the published probability that half a sigma below the edge they come within a year."""


def promotions(rule: Rule, readings: Values) -> Flags:
    """Return in which months each KPI, a row each, is promoted."""
    found = np.zeros(readings.shape, dtype=bool)
    is_moved = np.zeros(len(readings), dtype=bool)
    bad, drops, good, clear = (np.zeros(len(readings), dtype=int) for _ in range(4))
    for month in range(readings.shape[1]):
        now = readings[:, month]
        falls = now < readings[:, month - 1] if month else np.zeros(len(readings), dtype=bool)
        drops = np.where(falls, drops + 1, 0)
        bad = np.where(now < 0, bad + 1, 0)
        good = np.where(is_moved & (now >= rule.deadband), good + 1, 0)
        clear = np.where(is_moved & (now >= max(CLEAR, rule.deadband)), clear + 1, 0)
        goes_down = is_moved & ((good >= rule.good) | (rule.is_sooner & (clear >= rule.good - 1)))
        fires = bad >= rule.bad if rule.bad else drops >= rule.drops
        goes_up = ~is_moved & fires
        found[:, month] = goes_up
        is_moved = (is_moved | goes_up) & ~goes_down
        good, clear = np.where(is_moved, good, 0), np.where(is_moved, clear, 0)
    return found


def by_goalmodel(rule: Rule, readings: Iterable[float]) -> list[bool]:
    """Return the same of one KPI, as goalmodel decides it month by month; its cycles last a day."""
    up = PromotionPolicy(unhealthy=rule.bad or 10_000)
    down = DemotionPolicy(healthy=rule.good, deadband=rule.deadband, sooner_sigmas=CLEAR if rule.is_sooner else None)
    start, moved = date(2026, 1, 1), None
    found: list[bool] = []
    known: dict[date, float] = {}
    for month, value in enumerate(readings):
        day = start + relativedelta(months=month)
        known[day] = value
        series = Series.of(KPI.measure, known)
        found.append(False)
        if moved is None:
            has_dropped = (
                rule.drops
                and KPI.assess(series, as_of=day, policy=attrs.evolve(SILENT, direction=Steps(rule.drops))).heading
                is Heading.WORSENING
            )
            chosen = f"{rule.drops} drops in a row" if has_dropped else None
            decision = decide_promotion(KPI, series, as_of=day, policy=up, trend=SILENT, chosen=chosen)
            if isinstance(decision, Promote):
                found[-1] = True
                moved = promote(KPI, decision, cycle=Cycle(day, day), target=100)
        elif isinstance(decide_demotion(moved, KPI, series, as_of=day, policy=down, trend=SILENT), Demote):
            moved = None
    return found


def wrong(good: int, readings: Values, edge: float = 0.0) -> Flags:
    """Return which KPIs have so many readings in a row within a year that are healthy and clear of the edge."""
    run, found = np.zeros(len(readings), dtype=int), np.zeros(len(readings), dtype=bool)
    for month in range(MONTHS):
        run = np.where(readings[:, month] >= edge, run + 1, 0)
        found |= run >= good
    return found


def check(name: str, found: float, published: float | None) -> None:
    """Exit where a figure is further than a tenth from the published one."""
    if published is not None and abs(found - published) > TOLERANCE * published:
        sys.exit(f"{name}: {found:.4f} where {published} was expected")


def promotions_table(draw: np.random.Generator) -> str:
    """Return the table of promotions in ten years of a KPI that is stable one sigma above its edge."""
    readings = np.round(draw.standard_normal((KPIS, YEARS * MONTHS)) + 1, 6)
    lines = ["| rule | promotions in ten years |", "|---|---|"]
    for rule in RULES:
        found = promotions(rule, readings)
        for row, marked in zip(readings[:COMPARED, :24].tolist(), found[:COMPARED, :24].tolist(), strict=True):
            if by_goalmodel(rule, row) != marked:
                sys.exit(f"{rule.name}: goalmodel decides otherwise about {row}")
        times = float(found.sum(axis=1).mean())
        check(rule.name, times, rule.published)
        lines.append(f"| {rule.name} | {times:.2f} |")
    return "\n".join(lines)


def wrong_table(draw: np.random.Generator) -> str:
    """Return the table of wrong demotions within a year of a KPI that is half a sigma below its edge."""
    readings = draw.standard_normal((KPIS * 50, MONTHS)) - 0.5
    lines = ["| healthy readings in a row | wrongly demoted within a year |", "|---|---|"]
    for good, published in WRONG:
        share = float(wrong(good, readings).mean())
        check(f"{good} healthy readings", share, published)
        lines.append(f"| {good} | {share:.3f} |" if share > TOLERANCE / 10 else f"| {good} | {share:.4f} |")
    default = wrong(4, readings) | wrong(3, readings, CLEAR)
    lines.append(f"| 4, or 3 clear by half a sigma, the default | {float(default.mean()):.3f} |")
    return "\n".join(lines)


def untouched_table(draw: np.random.Generator) -> str:
    """Return how often a KPI nobody touches succeeds within a quarter, by what its baseline is and what closes it."""
    columns = (
        "it lies",
        "one bad reading promotes, one reading closes",
        "three in a row promote, the last one is the baseline, one reading closes",
        "three in a row promote, their mean is the baseline, the mean of three closes: the default",
    )
    lines = [f"| {' | '.join(columns)} |", "|---|---|---|---|"]
    levels = {"one sigma above its edge": 1.0, "on its edge": 0.0, "half a sigma below": -0.5, "one sigma below": -1.0}
    for name, level in levels.items():
        before = draw.standard_normal((KPIS * 50, 3)) + level
        after = draw.standard_normal((KPIS * 50, 3)) + level
        one, three = before[:, 2] < 0, (before < 0).all(axis=1)
        shares = (
            succeeded(before[one, 2], after[one, 2]),
            succeeded(before[three, 2], after[three, 2]),
            succeeded(before[three].mean(axis=1), after[three].mean(axis=1)),
        )
        lines.append(f"| {name} | {' | '.join(f'{share:.2f}' for share in shares)} |")
    check_untouched(before[three][:COMPARED], after[three][:COMPARED])
    return "\n".join(lines)


def succeeded(baseline: Values, closing: Values) -> float:
    """Return the share of key results that score 0.7 or more, on their way from a baseline to the edge."""
    return float(((closing - baseline) >= SUCCESS * -baseline).mean())


def check_untouched(before: Values, after: Values) -> None:
    """Exit where goalmodel says otherwise about these than `succeeded` does."""
    ends = [date(2026, month, 28) for month in range(7, 13)]
    for earlier, later in zip(np.round(before, 6).tolist(), np.round(after, 6).tolist(), strict=True):
        known = Series.of(KPI.measure, dict(zip(ends, [*earlier, *later], strict=True)))
        decision = decide_promotion(KPI, known, as_of=ends[2], trend=SILENT)
        if not isinstance(decision, Promote):
            sys.exit(f"goalmodel does not promote {earlier}")
        score = promote(KPI, decision, cycle=Cycle.quarter(2026, 4)).assess(known, as_of=date(2026, 12, 31)).score
        baseline, closing = (np.array([np.mean(some)]) for some in (earlier, later))
        if score is None or (score.raw >= Fraction(7, 10)) != (succeeded(baseline, closing) == 1):
            sys.exit(f"goalmodel scores {earlier}, {later} otherwise: {score}")


def main() -> None:
    """Print the tables; write them into the page where that is asked for."""
    draw = np.random.default_rng(SEED)
    tables = {
        "promotions": promotions_table(draw),
        "wrong demotions": wrong_table(draw),
        "untouched": untouched_table(draw),
    }
    for name, table in tables.items():
        print(table, end="\n\n")
        if "--write" in sys.argv[1:]:
            begin, end = (f"<!-- {word}: benchmarks/hysteresis.py, {name} -->" for word in ("begin", "end"))
            text = PAGE.read_text(encoding="utf-8")
            before, after = text.split(begin)[0], text.split(end)[1]
            PAGE.write_text(f"{before}{begin}\n\n{table}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
