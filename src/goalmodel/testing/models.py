"""Whole goal models with their links, and the histories that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final, cast

import attrs
from hypothesis import strategies as st

from goalmodel.capacity import Capacity
from goalmodel.exact import Number
from goalmodel.key_result import Origin
from goalmodel.kpi import CompositeKpi, HealthBands, Kpi
from goalmodel.measure import Derived, Measure, Series
from goalmodel.model import GoalModel
from goalmodel.testing.fields import dates, ids
from goalmodel.testing.figures import near, numbers
from goalmodel.testing.goals import capacities, commits, initiatives, key_results, kpis, objectives, origins
from goalmodel.testing.measuring import derived_measures, measures, series


@st.composite
def goal_models(draw: st.DrawFn, *, max_goals: int = 4) -> GoalModel:
    """Return goal models: all kinds of goal, linked upwards, several on one measure, key results promoted from KPIs.

    Some of the KPIs are parts of one that is made of them.

    Args:
        draw: Given by Hypothesis.
        max_goals: Most goals of each kind.
    """
    its_measures = draw(st.lists(measures(), min_size=1, max_size=3, unique_by=_name))
    names = draw(st.lists(ids(), min_size=5 * max_goals + 1, max_size=5 * max_goals + 1, unique=True))
    free = iter(names)

    def some_ids() -> list[str]:
        return [next(free) for _ in range(draw(st.integers(0, max_goals)))]

    objective_ids, key_result_ids, commit_ids, kpi_ids = some_ids(), some_ids(), some_ids(), some_ids()
    measure = st.sampled_from(its_measures)
    watched = [
        draw(kpis(id=st.just(each), measure=measure, serves=_some_of(key_result_ids + objective_ids)))
        for each in kpi_ids
    ]
    moved_measures = [draw(measure) for _ in key_result_ids]
    parts = draw(st.integers(0, len(watched)))
    composites = [
        CompositeKpi(id=next(free), parts=watched[:parts], serves=draw(_some_of(key_result_ids + objective_ids)))
        for _ in range(1 if parts else 0)
    ]
    return GoalModel(
        objectives=[
            draw(objectives(id=st.just(each), serves=_some_of(objective_ids[:index])))
            for index, each in enumerate(objective_ids)
        ],
        key_results=[
            draw(
                key_results(
                    id=st.just(each),
                    measure=st.just(moved),
                    serves=_some_of(objective_ids),
                    origin=_origins_among(watched, moved),
                )
            )
            for each, moved in zip(key_result_ids, moved_measures, strict=True)
        ],
        commits=[
            draw(commits(id=st.just(each), measure=measure, serves=_some_of(objective_ids))) for each in commit_ids
        ],
        kpis=watched[parts:],
        composites=composites,
        initiatives=[
            draw(initiatives(id=st.just(each), serves=_some_of(kpi_ids + key_result_ids + commit_ids)))
            for each in some_ids()
        ],
        derived=draw(_derived_beside()),
        capacities=draw(_CAPACITIES),
        good_to_know=draw(st.one_of(st.just([]), st.lists(_LOOKED_AT, max_size=2, unique_by=_name))),
    )


_CAPACITIES: Final[st.SearchStrategy[list[Capacity]]] = st.one_of(
    st.just([]), st.lists(capacities(), max_size=2, unique_by=attrgetter("resource"))
)
_LOOKED_AT: Final = measures().map(lambda each: attrs.evolve(each, name=f"looked at: {each.name}"))
"""Measures that no goal is about, nor any that may come to the model."""


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


def _name(measure: Measure) -> str:
    return measure.name


def _derived_beside() -> st.SearchStrategy[list[Derived]]:
    """Return no measure or one that is derived, and that no goal is about, nor any that may come to the model."""
    return st.lists(derived_measures().map(_apart), max_size=1)


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


def _some_of(known: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    nothing: st.SearchStrategy[tuple[str, ...]] = st.just(())
    return st.lists(st.sampled_from(known), max_size=3, unique=True).map(tuple) if known else nothing


def _origins_among(watched: Sequence[Kpi], measure: Measure) -> st.SearchStrategy[Origin | None]:
    fitting = [each.id for each in watched if each.measure == measure]
    return st.one_of(st.none(), origins(kpi=st.sampled_from(fitting))) if fitting else st.none()


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
