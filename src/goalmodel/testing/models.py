"""Whole goal models with their links, and the histories that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from operator import attrgetter
from typing import Any, Final, cast

import attrs
from hypothesis import strategies as st

from goalmodel.capacity import Capacity
from goalmodel.exact import Number
from goalmodel.key_result import KeyResult, Origin
from goalmodel.kpi import CompositeKpi, HealthBands
from goalmodel.measure import Derived, Measure, Series
from goalmodel.model import GoalModel
from goalmodel.objective import Objective
from goalmodel.testing.fields import dates, ids
from goalmodel.testing.figures import near, numbers
from goalmodel.testing.goals import (
    LINK_WEIGHTS,
    capacities,
    commits,
    initiatives,
    key_results,
    kpis,
    objectives,
    weighted,
)
from goalmodel.testing.measuring import derived_measures, measures, series


@st.composite
def goal_models(draw: st.DrawFn, *, max_goals: int = 4) -> GoalModel:
    """Return goal models: all kinds of goal, linked upwards, several on one measure, key results promoted from KPIs.

    Some of the KPIs are parts of one that is made of them.

    Args:
        draw: Given by Hypothesis.
        max_goals: Most goals of each kind.
    """
    measured = st.sampled_from(draw(_SOME_MEASURES))
    sizes = [draw(st.integers(0, max_goals)) for _ in range(5)]
    free = iter(draw(st.lists(ids(), min_size=sum(sizes) + 1, max_size=sum(sizes) + 1, unique=True)))
    objective_ids, key_result_ids, commit_ids, kpi_ids, initiative_ids = ([*islice(free, size)] for size in sizes)

    def some_of(known: Sequence[str]) -> list[str]:
        return [*dict.fromkeys(known[at % len(known)] for at in draw(_PICKS))] if known else []

    def objective(each: str, known: Sequence[str]) -> Objective:
        served = some_of(known)
        links = weighted(served, draw(LINK_WEIGHTS))
        return attrs.evolve(draw(_OBJECTIVES), id=each, serves=served, link_weights=links)

    def key_result(each: str) -> KeyResult:
        served, measure = some_of(objective_ids), draw(measured)
        links = weighted(served, draw(LINK_WEIGHTS))
        fitting = [kpi.id for kpi in watched if kpi.measure == measure]
        came_from = draw(st.sampled_from([None, *fitting])) if fitting else None
        origin = None if came_from is None else Origin(kpi=came_from, on=draw(dates()))
        moved = draw(_KEY_RESULTS)
        return attrs.evolve(moved, id=each, measure=measure, serves=served, link_weights=links, origin=origin)

    above = key_result_ids + objective_ids
    watched = [attrs.evolve(draw(_KPIS), id=each, measure=draw(measured), serves=some_of(above)) for each in kpi_ids]
    parts = draw(st.integers(0, len(watched)))
    composites = [CompositeKpi(id=next(free), parts=watched[:parts], serves=some_of(above))] if parts else []
    may_be_moved = [*kpi_ids, *(each.id for each in composites), *key_result_ids, *commit_ids]
    return GoalModel(
        objectives=[objective(each, objective_ids[:index]) for index, each in enumerate(objective_ids)],
        key_results=[key_result(each) for each in key_result_ids],
        commits=[
            attrs.evolve(draw(_COMMITS), id=each, measure=draw(measured), serves=some_of(objective_ids))
            for each in commit_ids
        ],
        kpis=watched[parts:],
        composites=composites,
        initiatives=[
            attrs.evolve(draw(_INITIATIVES), id=each, serves=some_of(may_be_moved)) for each in initiative_ids
        ],
        derived=draw(_DERIVED_BESIDE),
        capacities=draw(_CAPACITIES),
        good_to_know=draw(_GOOD_TO_KNOW),
    )


def _name(measure: Measure) -> str:
    return measure.name


_PICKS: Final = st.lists(st.integers(0, 11), max_size=3)
_SOME_MEASURES: Final = st.lists(measures(), min_size=1, max_size=3, unique_by=_name)
_OBJECTIVES: Final = objectives()
_KEY_RESULTS: Final = key_results(origin=st.none())
_COMMITS: Final = commits()
_KPIS: Final = kpis()
_INITIATIVES: Final = initiatives()
_CAPACITIES: Final[st.SearchStrategy[list[Capacity]]] = st.one_of(
    st.just([]), st.lists(capacities(), max_size=2, unique_by=attrgetter("resource"))
)
_LOOKED_AT: Final = measures().map(lambda each: attrs.evolve(each, name=f"looked at: {each.name}"))
"""Measures that no goal is about, nor any that may come to the model."""
_GOOD_TO_KNOW: Final[st.SearchStrategy[list[Measure]]] = st.one_of(
    st.just([]), st.lists(_LOOKED_AT, max_size=2, unique_by=_name)
)


@st.composite
def histories(draw: st.DrawFn, model: GoalModel) -> tuple[Series, ...]:
    """Return histories of *model*: some of its measures read, some not, and now and then one that nobody asked for.

    Values lie on and next to the cuts, baselines, targets and standards of the model; dates on and next to its due
    dates and the ends of its cycles.

    Args:
        draw: Given by Hypothesis.
        model: The goals whose measures are read.
    """
    its_measures = {goal.measure.name: goal.measure for goal in model.measured}
    its_measures |= {each.name: each for each in model.good_to_know}
    read = [each for each in its_measures.values() if draw(st.booleans())]
    cuts = _cuts(model)
    values: st.SearchStrategy[Number] = st.one_of(near(*cuts), numbers()) if cuts else numbers()
    days = sorted({each.cycle.end for each in model.key_results} | {each.due for each in model.commits})
    on = st.one_of(st.sampled_from(days), dates()) if days else dates()
    some_dates = draw(st.sampled_from((None, on)))
    found = [draw(series(measure=each, values=values, on=some_dates)) for each in read]
    if draw(st.booleans()):
        found.append(draw(series(measure=measures(names=ids().filter(lambda name: name not in its_measures)))))
    return tuple(draw(st.permutations(found)))


def _apart(derived: Derived) -> Derived:
    """Return a derived measure under names that nobody draws for the measure of a goal."""
    formula = derived.formula
    parts = {each.name: _named_apart(getattr(formula, each.name)) for each in attrs.fields(type(formula))}
    measure = attrs.evolve(derived.measure, name=f"derived: {derived.measure.name}")
    return attrs.evolve(derived, measure=measure, formula=attrs.evolve(cast("Any", formula), **parts))


def _named_apart(part: object) -> object:
    if isinstance(part, Measure):
        return attrs.evolve(part, name=f"part: {part.name}")
    if isinstance(part, tuple):
        return tuple(map(_named_apart, cast("tuple[object, ...]", part)))
    return part


_DERIVED_BESIDE: Final = st.lists(derived_measures().map(_apart), max_size=1)
"""No measure or one that is derived, and that no goal is about, nor any that may come to the model."""


def _cuts(model: GoalModel) -> list[Fraction]:
    found: list[Fraction | None] = []
    for kpi in model.kpis:
        found += _edges(kpi.bands)
    for key_result in model.key_results:
        found += (key_result.baseline, key_result.target_value)
    for commit in model.commits:
        found += (end for _, end in commit.standard.worded)
    return [cut for cut in found if cut is not None]


def _edges(bands: HealthBands | None) -> tuple[Fraction, ...]:
    return () if bands is None else bands.cuts
