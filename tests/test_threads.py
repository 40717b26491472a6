"""Values are frozen and nothing is remembered in secret: what threads share, each judges as if it were alone."""

from __future__ import annotations

import datetime as dt
import runpy
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest

from goalmodel import (
    Cadence,
    Commit,
    Cycle,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    Reached,
    Review,
    Series,
    Standard,
    show,
)
from goalmodel.interchange import document

THREADS: Final = 8
CARE: Final = runpy.run_path(str(Path(__file__).parents[1] / "docs" / "examples" / "emergency_care.py"))


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def _seen(model: Any, read: Any, month: Any) -> tuple[Review, str, dict[str, Any]]:  # noqa: ANN401 - an example's own
    found = CARE["gm"].review(model, read, as_of=month.end)
    return found, show.html(found), document(found)


@pytest.mark.usefixtures("hasty")
def test_threads_that_share_goals_and_readings_say_what_one_says_alone() -> None:
    months = CARE["MONTHS"][::9]
    alone = [_seen(CARE["MODEL"], CARE["HISTORY"], month) for month in months]
    # Values of their own, which no thread has looked at yet: whatever they keep is kept while all are looking.
    again = runpy.run_path(str(CARE["__file__"]))
    ready = threading.Barrier(THREADS)

    def all_months(_: int) -> list[tuple[Review, str, dict[str, Any]]]:
        ready.wait()
        return [_seen(again["MODEL"], again["HISTORY"], month) for month in months]

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(each == alone for each in pool.map(all_months, range(THREADS)))


@pytest.mark.usefixtures("hasty")
def test_threads_that_ask_about_the_same_readings_say_what_one_says_alone() -> None:
    measure, year = Measure("visits", unit="visits"), Cycle.year(2026)
    goals = (
        Kpi(id="watched", measure=measure, bands=HealthBands.at_least(30, watch=28), cadence=Cadence.WEEKLY),
        KeyResult(id="moved", measure=measure, baseline=25, target=40, cycle=year),
        Commit(
            id="owed",
            measure=measure,
            standard=Standard.at_least(35),
            declared_on=year.start,
            due=year.end,
            manner=Reached(),
        ),
    )
    days = [year.start + dt.timedelta(weeks=week) for week in range(52)]

    def read() -> Series:
        return Series.of(measure, {day: 30 + at * 7 % 11 - at % 5 for at, day in enumerate(days)})

    def said(series: Series) -> list[dict[str, Any]]:
        return [document(goal.assess(series, as_of=day)) for goal in goals for day in days[::4]]

    alone, shared, ready = said(read()), read(), threading.Barrier(THREADS)

    def all_of_it(_: int) -> list[dict[str, Any]]:
        ready.wait()
        return said(shared)

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(each == alone for each in pool.map(all_of_it, range(THREADS)))
