"""The main job on real figures: what the example must find, whatever it prints."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Protocol, cast

import pytest

from goalmodel import Attainment, GoalModel, Heading, Health, Outcome, Review, Series, Standing

PATH = Path(__file__).parents[2] / "docs" / "examples" / "emergency_care.py"


PROMOTED_BY = ((2000086, 294029), (1820012, 272187), (2049785, 315232))
LAST_WINTER = ((2113413, 330696), (1954947, 308388), (2167550, 290359))
"""Patients who came in the last three months before the planning year and in it, and those who waited longer."""

BASELINE = Fraction(100 * sum(came - late for came, late in PROMOTED_BY), sum(came for came, _ in PROMOTED_BY))


class Example(Protocol):
    """What the example offers beside its text."""

    FIGURES: tuple[tuple[int, int, int, int], ...]
    HISTORY: tuple[Series, ...]

    def walk(self) -> list[tuple[GoalModel, Review]]:
        """Return model and review of each month."""
        ...

    def in_time(self) -> Series:
        """Return the share of each month."""
        ...

    def a_year_at_a_time(self) -> str:
        """Return what twelve months at a time say."""
        ...

    def report(self) -> str:
        """Return the text."""
        ...


@pytest.fixture(scope="module")
def example() -> Example:
    spec = importlib.util.spec_from_file_location("emergency_care", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Example", module)


@pytest.fixture(scope="module")
def reviews(example: Example) -> Mapping[dt.date, Review]:
    return {seen.as_of: seen for _, seen in example.walk()}


def test_the_figures_are_the_36_months_and_the_share_is_exact(example: Example) -> None:
    in_time = example.in_time().present
    assert len(in_time) == 36
    assert in_time[0] == (dt.date(2016, 4, 30), Fraction(100 * (1867781 - 186122), 1867781))
    assert in_time[-1] == (dt.date(2019, 3, 31), Fraction(100 * (2167550 - 290359), 2167550))
    assert not any(value >= 95 for _, value in in_time)
    assert example.in_time().weights == [Fraction(came) for *_, came, _ in example.FIGURES]


def test_attendances_are_judged_per_day_for_months_differ_in_length(reviews: Mapping[dt.date, Review]) -> None:
    (latest,) = [each.latest for each in reviews[dt.date(2018, 2, 28)].kpis if each.kpi.id == "attendances"]
    assert latest is not None
    # Of the winter of 2018 February had the fewest patients, and the most a day.
    assert latest.value == Fraction(1820012, 28)
    assert Fraction(1820012, 28) > Fraction(2000086, 31)


def test_the_kpi_is_first_proposed_in_its_first_winter_and_not_while_it_is_on_watch(
    reviews: Mapping[dt.date, Review],
) -> None:
    first = next(seen for seen in reviews.values() if seen.promotions)
    assert first.as_of == dt.date(2016, 11, 30)
    assert [(each.kpi, [reason.code for reason in each.evidence]) for each in first.promotions] == [
        ("four-hours", ["promote-worse-than-usual"])
    ]


def test_it_is_worse_than_usual_in_the_winters(reviews: Mapping[dt.date, Review]) -> None:
    worse = [f"{on:%Y-%m}" for on, seen in reviews.items() if seen.kpis[1].standing is Standing.WORSE]
    assert worse == [
        *("2016-11", "2016-12", "2017-01"),
        *("2017-12", "2018-01", "2018-02", "2018-03"),
        *("2019-01", "2019-02"),
    ]


def test_it_worsens_over_a_year_at_the_end_of_the_second_winter_and_of_the_third(
    reviews: Mapping[dt.date, Review],
) -> None:
    worsening = [f"{on:%Y-%m}" for on, seen in reviews.items() if seen.kpis[1].heading is Heading.WORSENING]
    assert worsening == ["2018-02", "2018-03", "2018-04", "2019-03"]


def test_the_key_result_starts_at_the_share_of_the_patients_of_three_months_and_aims_at_the_healthy_edge(
    reviews: Mapping[dt.date, Review],
) -> None:
    (found,) = reviews[dt.date(2019, 3, 31)].key_results
    assert found.key_result.baseline == BASELINE
    assert found.key_result.target_value == 95


def test_the_key_result_is_scored_each_month_to_the_end_of_the_cycle(reviews: Mapping[dt.date, Review]) -> None:
    scores = {on: seen.key_results[0].score for on, seen in reviews.items() if seen.key_results}
    assert len(scores) == 12
    assert all(score is not None for score in scores.values())
    came, late = [sum(each) for each in zip(*LAST_WINTER, strict=True)]
    last = Fraction(100 * (came - late), came)
    final = reviews[dt.date(2019, 3, 31)].key_results[0]
    assert final.score is not None
    assert final.score.raw == (last - BASELINE) / (95 - BASELINE)
    assert final.outcome is Outcome.LITTLE_MOVEMENT
    assert reviews[dt.date(2019, 2, 28)].key_results[0].outcome is Outcome.LITTLE_MOVEMENT


def test_the_commit_is_in_flight_and_then_not_kept_by_the_figure_of_september(
    reviews: Mapping[dt.date, Review],
) -> None:
    # In June it was 90.8 %, which is more than was promised, and not the month that it was promised for.
    assert reviews[dt.date(2018, 8, 31)].commits[0].attainment is Attainment.IN_FLIGHT
    for day in (dt.date(2018, 9, 30), dt.date(2019, 3, 31)):
        final = reviews[day].commits[0]
        assert final.attainment is Attainment.NOT_KEPT
        assert final.distance == 90 - Fraction(100 * (2005695 - 221756), 2005695)


def test_twelve_months_at_a_time_june_2018_was_worse_than_usual_and_improving(example: Example) -> None:
    assert example.a_year_at_a_time() == (
        "Twelve months at a time, June 2018 was unhealthy, worse than usual and improving: 88.3 % (two rises in a "
        "row, which is soon said)."
    )
    year = [(came, late) for year, month, came, late in example.FIGURES if (2017, 7) <= (year, month) <= (2018, 6)]
    came, late = map(sum, zip(*year, strict=True))
    assert round(100 - Fraction(100 * late, came), 1) == Fraction("88.3")


def test_the_kpi_stays_watched_and_is_not_proposed_again_while_it_is_a_key_result(
    reviews: Mapping[dt.date, Review],
) -> None:
    for on, seen in reviews.items():
        assert [each.kpi.id for each in seen.kpis] == ["attendances", "four-hours"]
        assert seen.kpis[1].health in (Health.WATCH, Health.UNHEALTHY)
        if on > dt.date(2018, 3, 31):
            assert "four-hours" not in [each.kpi for each in seen.promotions]


def test_the_objective_shows_both_kinds_beside_each_other(reviews: Mapping[dt.date, Review]) -> None:
    final = reviews[dt.date(2019, 3, 31)]
    _, rollup = final.objectives[0]
    assert final.key_results[0].score is not None
    assert rollup.score == final.key_results[0].score.clamped
    assert rollup.attainment is Attainment.NOT_KEPT


def test_the_text_is_short_and_nothing_in_it_calls_a_kpi_missed(example: Example) -> None:
    text = example.report()
    assert len(text.splitlines()) < 65
    assert not re.search(r"\b(miss|missed|fail|failed|red)\b", text, re.IGNORECASE)
