"""Every public value shows itself shortly: by what would build it again, or, where that is long, by what it holds."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

import goalmodel
from budgets import examples
from goalmodel import Cadence, Cycle, GoalModel, HealthBands, KeyResult, Kpi, Measure, Polarity, Series, review
from goalmodel.objective import Coverage
from goalmodel.reasons import ReasonKind
from goalmodel.testing import public_names, values

LONGEST = 260
PUBLIC = [kind for kind in public_names().values() if isinstance(kind, type)]
VALUES = sorted((kind for kind in PUBLIC if attrs.has(kind)), key=lambda kind: kind.__name__)
NAMES: dict[str, Any] = {**public_names(), "goalmodel": goalmodel, "date": dt.date, "Fraction": Fraction}

every_value = pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
# Whole reviews are drawn here: few examples.
few = examples(3)


def rebuilt(text: str) -> object:
    """Return what a repr says would build its value."""
    return eval(text, dict(NAMES))  # noqa: S307 - a repr of our own


@every_value
@given(data=st.data())
@few
def test_a_repr_is_short_and_builds_the_value_or_names_it(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(values(kind))
    text = repr(value)
    assert len(text) <= LONGEST
    assert str(value).strip()
    if text.startswith("<"):
        assert text.startswith(f"<{kind.__name__}")
        assert text.endswith(">")
    else:
        assert rebuilt(text) == value


MONSTERS = [
    Fraction(10**999),
    Fraction(1, 10**999),
    Fraction(10**1_000 - 1, 10**999 + 7),
    -Fraction(10**999),
]


@pytest.mark.parametrize("number", MONSTERS, ids=["large", "small", "long", "low"])
def test_no_number_and_no_text_is_too_long_to_be_shown(number: Fraction) -> None:
    measure = Measure("m" * 100_000, unit="u" * 100_000, lowest=number)
    kpi = Kpi(id="k" * 100_000, measure=measure, bands=HealthBands.at_least(number))
    moved = [
        KeyResult(id=f"kr-{index}", measure=measure, baseline=number, target=-number, cycle=Cycle.year(2026))
        for index in range(12)
    ]
    model = GoalModel(kpis=[kpi], key_results=moved)
    seen = review(model, [Series.of(measure, {dt.date(2026, 5, 1): number})], as_of=dt.date(2026, 6, 1))
    for value in (measure, kpi, *moved, model, seen, *seen.kpis, *seen.key_results):
        assert len(repr(value)) <= LONGEST
        assert isinstance(hash(value), int)


def test_a_list_of_goals_can_be_read() -> None:
    measure = Measure("customer satisfaction", unit="points")
    kpis = [Kpi(id=f"kpi-{index}", measure=measure, bands=HealthBands.at_least(8, watch=7.5)) for index in range(3)]
    assert repr(kpis) == (
        "[<Kpi 'kpi-0': measure 'customer satisfaction', bands HealthBands>, "
        "<Kpi 'kpi-1': measure 'customer satisfaction', bands HealthBands>, "
        "<Kpi 'kpi-2': measure 'customer satisfaction', bands HealthBands>]"
    )
    assert repr(GoalModel(kpis=kpis)) == "<GoalModel: kpis (3)>"


def test_what_goes_without_saying_is_left_out() -> None:
    measure = Measure("csat", unit="points")
    assert repr(measure) == "Measure('csat', unit=Unit('points'))"
    assert repr(attrs.evolve(measure, highest=Fraction(1, 3))) == (
        "Measure('csat', unit=Unit('points'), highest=Fraction(1, 3))"
    )
    assert repr(Cycle.quarter(2026, 4)) == "Cycle(date(2026, 10, 1), date(2026, 12, 31))"


def test_types_whole_numbers_and_computed_fractions_are_shown_as_they_are_written() -> None:
    assert repr(Cadence(months=3)) == "Cadence(months=3)"
    kind = ReasonKind("late", "COM-1", "{goals} {day}", {"goals": tuple[str, ...], "day": dt.date})
    assert repr(kind) == "ReasonKind('late', 'COM-1', '{goals} {day}', (('goals', tuple[str, ...]), ('day', date)))"
    assert repr(Coverage(scored=1, total=2, weight=Fraction(1, 2))) == (
        "Coverage(scored=1, total=2, weight=Fraction(1, 2))"
    )


def test_a_long_text_is_shortened_and_what_is_hidden_is_not_shown() -> None:
    kpi = Kpi(id="csat", measure=Measure("csat"), definition="w" * 200)
    assert repr(kpi) == f"<Kpi 'csat': measure Measure('csat'), definition '{'w' * 39}…'>"
    seen = kpi.assess(Series(kpi.measure), as_of=dt.date(2026, 6, 1))
    assert repr(seen).startswith("<KpiAssessment: kpi 'csat', as_of date(2026, 6, 1), ")
    assert "Series" not in repr(seen)
    aimless = Kpi(id="a", measure=Measure("a", polarity=Polarity.IN_RANGE_IS_BETTER))
    unread = aimless.assess(Series(aimless.measure), as_of=dt.date(2026, 6, 1))
    assert repr(unread) == (
        "<KpiAssessment: kpi 'a', as_of date(2026, 6, 1), latest None, zone None, streaks Streaks(), usual None, "
        "direction None, reasons (2)>"
    )
