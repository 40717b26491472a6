"""How often noise moves a KPI to and fro: the decisions against counting by hand, the page's figures against chance."""

from __future__ import annotations

import datetime as dt
import random
import re
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist

import pytest

from goalmodel import (
    Cycle,
    Demote,
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

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "lifecycle.md"
KPI = Kpi(id="kpi", measure=Measure("measure"), bands=HealthBands.at_least(0))
SILENT = TrendPolicy(
    usual=SigmaRule(1_000), direction=Steps(1_000), reference=ProcessLimits(mean=Fraction(1), sigma=Fraction(1))
)
BELOW = NormalDist().cdf
FIGURE = re.compile(r"^\| ([^|]+?) \| ([\d.]+) \|$", re.MULTILINE)


def _figures() -> dict[str, float]:
    return {name: float(figure) for name, figure in FIGURE.findall(PAGE.read_text(encoding="utf-8"))}


def _by_counting(values: list[float], need: int, deadband: float, sooner: float | None) -> list[bool]:
    found, is_moved, bad, good, clear = list[bool](), False, 0, 0, 0
    for value in values:
        bad = bad + 1 if value < 0 else 0
        good = good + 1 if is_moved and value >= deadband else 0
        clear = clear + 1 if sooner is not None and is_moved and value >= max(deadband, sooner) else 0
        found.append(not is_moved and bad >= need)
        if found[-1]:
            is_moved, good, clear = True, 0, 0
        elif is_moved and (good >= need or 0 < need - 1 <= clear):
            is_moved = False
    return found


def _by_deciding(values: list[float], need: int, deadband: float, sooner: float | None) -> list[bool]:
    up = PromotionPolicy(unhealthy=need)
    down = DemotionPolicy(healthy=need, deadband=deadband, sooner_sigmas=sooner)
    found, moved = list[bool](), None
    for at in range(len(values)):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=at)
        series = Series.of(KPI.measure, {dt.date(2026, 1, 1) + dt.timedelta(days=n): values[n] for n in range(at + 1)})
        found.append(False)
        if moved is None:
            decision = decide_promotion(KPI, series, as_of=day, policy=up, trend=SILENT)
            if isinstance(decision, Promote):
                found[-1] = True
                moved = promote(KPI, decision, cycle=Cycle(day, day), target=100)
        elif isinstance(decide_demotion(moved, KPI, series, as_of=day, policy=down, trend=SILENT), Demote):
            moved = None
    return found


@pytest.mark.parametrize("sooner", [None, 0, 0.5])
@pytest.mark.parametrize("deadband", [0, 0.5])
@pytest.mark.parametrize("need", [1, 2, 3])
def test_the_decisions_are_what_counting_comes_to(need: int, deadband: float, sooner: float | None) -> None:
    draw = random.Random(need)  # noqa: S311 - a sample, no secret
    values = [round(draw.gauss(0.3, 1), 6) for _ in range(40)]
    assert any(_by_counting(values, need, deadband, sooner))
    assert _by_deciding(values, need, deadband, sooner) == _by_counting(values, need, deadband, sooner)


def _expected_promotions(need: int, deadband: float, months: int = 120) -> float:
    """Return how often noise promotes a KPI one sigma above its edge, from the chances of each state by month."""
    is_bad, is_good = BELOW(-1), 1 - BELOW(deadband - 1)
    watched, moved = [1.0] + [0.0] * (need - 1), [0.0] * need
    total = 0.0
    for _ in range(months):
        up, down = watched[-1] * is_bad, moved[-1] * is_good
        new_watched = [sum(watched) * (1 - is_bad) + down, *(each * is_bad for each in watched[:-1])]
        new_moved = [sum(moved) * (1 - is_good) + up, *(each * is_good for each in moved[:-1])]
        watched, moved, total = new_watched, new_moved, total + up
    return total


@pytest.mark.parametrize(
    ("name", "need", "deadband"),
    [
        ("1 bad / 1 good", 1, 0),
        ("2 bad / 2 good", 2, 0),
        ("3 bad / 3 good", 3, 0),
        ("1 bad / 1 good, deadband of half a sigma", 1, 0.5),
        ("2 bad / 2 good, deadband of half a sigma", 2, 0.5),
        ("3 bad / 3 good, deadband of half a sigma", 3, 0.5),
    ],
)
def test_the_page_says_how_often_noise_promotes(name: str, need: int, deadband: float) -> None:
    expected = _expected_promotions(need, deadband)
    assert abs(_figures()[name] - expected) <= expected / 20


@pytest.mark.parametrize("need", [1, 2, 3, 4, 6])
def test_the_page_says_how_often_noise_demotes(need: int) -> None:
    is_good = 1 - BELOW(0.5)
    runs, total = [1.0] + [0.0] * (need - 1), 0.0
    for _ in range(12):
        total += runs[-1] * is_good
        runs = [sum(runs) * (1 - is_good), *(each * is_good for each in runs[:-1])]
    assert abs(_figures()[str(need)] - total) <= total / 10


def test_the_defaults_are_the_ones_the_page_speaks_of() -> None:
    assert (PromotionPolicy().unhealthy, DemotionPolicy().healthy, DemotionPolicy().sooner_sigmas) == (
        3,
        4,
        Fraction(1, 2),
    )
