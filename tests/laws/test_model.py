"""Laws of the goal model: valid by construction, whatever order it is given in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import cast

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

from budgets import examples
from goalmodel import Commit, CompositeKpi, GoalModel, GoalModelError, Initiative, KeyResult, Kpi, Measure, Objective
from goalmodel.errors import GivenTwice, GoesInCircles, MeasuresDiffer, SeveralProblems, UnknownReference, WrongLink
from goalmodel.key_result import Origin
from goalmodel.model import Goal
from goalmodel.testing import (
    commits,
    goal_models,
    ids,
    initiatives,
    key_results,
    kpis,
    measures,
    objectives,
)

MAY_SERVE: dict[type[Goal], tuple[type[Goal], ...]] = {
    Initiative: (Commit, CompositeKpi, KeyResult, Kpi),
    Kpi: (KeyResult, Objective),
    CompositeKpi: (KeyResult, Objective),
    KeyResult: (Objective,),
    Commit: (Objective,),
    Objective: (Objective,),
}
"""Which kind may serve which, typed again from the rulebook."""


def _model(goals: Sequence[Goal]) -> GoalModel:
    parts = [part for goal in goals if isinstance(goal, CompositeKpi) for part in goal.parts]
    return GoalModel(
        kpis=[goal for goal in goals if isinstance(goal, Kpi) and not any(goal is part for part in parts)],
        composites=[goal for goal in goals if isinstance(goal, CompositeKpi)],
        key_results=[goal for goal in goals if isinstance(goal, KeyResult)],
        commits=[goal for goal in goals if isinstance(goal, Commit)],
        objectives=[goal for goal in goals if isinstance(goal, Objective)],
        initiatives=[goal for goal in goals if isinstance(goal, Initiative)],
    )


def _any_goal(its_id: str, serves: tuple[str, ...] = ()) -> st.SearchStrategy[Goal]:
    one, to = st.just(its_id), st.just(serves)
    return st.one_of(
        kpis(id=one, serves=to),
        st.builds(CompositeKpi, id=one, serves=to, parts=st.tuples(kpis(id=st.just(f"a part of {its_id}")))),
        key_results(id=one, serves=to, origin=st.none()),
        commits(id=one, serves=to),
        objectives(id=one, serves=to),
        initiatives(id=one, serves=to),
    )


_CIRCLES = (GoesInCircles, SeveralProblems)


def _reachable(links: dict[str, set[str]], start: str) -> set[str]:
    """Return everything that can be reached upwards from *start*, in one step or more."""
    found: set[str] = set()
    waiting = set(links[start])
    while waiting:
        found |= waiting
        waiting = {further for each in waiting for further in links[each]} - found
    return found


@st.composite
def _links(draw: st.DrawFn) -> dict[str, set[str]]:
    """Return links among objectives, with circles, diamonds and loops among them."""
    names = draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True))
    return {name: draw(st.sets(st.sampled_from(names), max_size=2)) for name in names}


def _objective(its_id: str, *serves: str) -> Objective:
    return Objective(id=its_id, title="to be reached", serves=serves)


BROKEN: dict[str, tuple[Callable[[str], list[Goal]], list[type[GoalModelError]]]] = {
    "an id twice": (lambda id_: [_objective(id_), Initiative(id=id_, title="work")], [GivenTwice]),
    "a link to nobody": (lambda id_: [_objective(id_, f"{id_} nobody")], [UnknownReference]),
    "two links to nobody": (lambda id_: [_objective(id_, "broken x", "broken y")], [UnknownReference] * 2),
    "a link to the wrong kind": (
        lambda id_: [_objective(id_, f"{id_} work"), Initiative(id=f"{id_} work", title="work")],
        [WrongLink],
    ),
    "a circle of one": (lambda id_: [_objective(id_, id_)], [GoesInCircles]),
    "a circle of two": (lambda id_: [_objective(id_, f"{id_}'"), _objective(f"{id_}'", id_)], [GoesInCircles]),
    "two units": (
        lambda id_: [Kpi(id=f"{id_}{unit}", measure=Measure(f"measure of {id_}", unit=unit)) for unit in ("m", "s")],
        [MeasuresDiffer],
    ),
}
"""Ways to break a model, each apart from all others, and what is wrong then."""


def _told(problem: GoalModelError) -> tuple[object, ...]:
    """Return what a problem says, but for the place its goal had where it was given."""
    return type(problem), problem.field[:1], problem.field[2:], problem.given, problem.accepted, problem.goal


def _measure_names(goal: Goal) -> set[str]:
    """Return the names of the measures a goal, or a part of one, is about."""
    if isinstance(goal, CompositeKpi):
        return {part.measure.name for part in goal.parts}
    return {goal.measure.name} if isinstance(goal, Kpi | KeyResult | Commit) else set()


class TestMOD1:
    """Unknown references, duplicate ids, links between kinds that can't serve one another, circles, and measures
    that differ under one name are refused with the path.
    """

    @given(goal_models(), st.data())
    def test_the_order_of_input_means_nothing(self, model: GoalModel, data: st.DataObject) -> None:
        shuffled = attrs.evolve(
            _model(data.draw(st.permutations(model.goals))),
            derived=model.derived,
            capacities=data.draw(st.permutations(model.capacities)),
            good_to_know=data.draw(st.permutations(model.good_to_know)),
        )
        assert shuffled == model
        assert hash(shuffled) == hash(model)
        assert shuffled.goals == model.goals

    @given(goal_models())
    def test_goals_stand_by_id_and_can_be_found_by_it(self, model: GoalModel) -> None:
        for kind in (model.kpis, model.key_results, model.commits, model.objectives, model.initiatives):
            assert [goal.id for goal in kind] == sorted(goal.id for goal in kind)
        assert [model[goal.id] for goal in model.goals] == list(model.goals)

    @given(goal_models())
    def test_who_serves_a_goal_is_the_other_end_of_what_a_goal_serves(self, model: GoalModel) -> None:
        upwards = {(goal.id, served) for goal in model.goals for served in goal.serves}
        downwards = {(serving.id, goal.id) for goal in model.goals for serving in model.serving(goal.id)}
        assert upwards == downwards

    @given(goal_models(), st.data())
    def test_an_id_twice_is_refused_whatever_the_kinds(self, model: GoalModel, data: st.DataObject) -> None:
        assume(model.goals)
        taken = data.draw(st.sampled_from(model.goals))
        second = data.draw(_any_goal(taken.id))
        with pytest.raises(GoalModelError) as refused:
            _model([second, *model.goals])
        (twice,) = [each for each in refused.value.problems if isinstance(each, GivenTwice) and each.given == taken.id]
        assert twice.goal == taken.id
        assert twice.field[-1] == "id"

    @given(goal_models(), ids().map("it {}".format), ids().map("nobody {}".format), st.data())
    def test_a_link_to_nobody_is_refused_with_the_goal_it_comes_from(
        self, model: GoalModel, its_id: str, nobody: str, data: st.DataObject
    ) -> None:
        known = {goal.id for goal in model.goals}
        assume(not known & {its_id, nobody})
        goal = data.draw(_any_goal(its_id, (nobody,)))
        with pytest.raises(GoalModelError) as refused:
            _model([*model.goals, goal])
        (unknown,) = [each for each in refused.value.problems if isinstance(each, UnknownReference)]
        assert unknown.given == nobody
        assert unknown.goal == its_id
        assert unknown.field[-2:] == ("serves", 0)

    @given(st.data())
    def test_exactly_the_links_of_the_rulebook_are_taken(self, data: st.DataObject) -> None:
        one, other = data.draw(_any_goal("one", ("other",))), data.draw(_any_goal("other"))
        if isinstance(one, Kpi | KeyResult | Commit) and isinstance(other, Kpi | KeyResult | Commit):
            one = attrs.evolve(one, measure=other.measure)
        else:
            assume(not _measure_names(one) & _measure_names(other))
        if not isinstance(other, MAY_SERVE[type(one)]):
            with pytest.raises(WrongLink) as refused:
                _model([one, other])
            assert (refused.value.goal, refused.value.given) == ("one", "other")
        else:
            assert _model([one, other]).serving("other") == (one,)

    @given(_links())
    @example({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()})
    def test_exactly_the_circles_are_refused_and_those_shown_are_all(self, links: dict[str, set[str]]) -> None:
        goals = [Objective(id=name, title="to be reached", serves=served) for name, served in links.items()]
        if not any(name in _reachable(links, name) for name in links):
            assert len(_model(goals).objectives) == len(goals)
            return
        with pytest.raises(_CIRCLES) as refused:
            _model(goals)
        circles = [cast("tuple[str, ...]", problem.given) for problem in refused.value.problems]
        for shown in circles:
            assert shown[0] == shown[-1]
            assert len(set(shown)) == len(shown) - 1
            assert all(other in links[one] for one, other in pairwise(shown))
        met = [name for shown in circles for name in shown[1:]]
        assert len(met) == len(set(met))
        left = {name: served - set(met) for name, served in links.items() if name not in met}
        assert not any(name in _reachable(left, name) for name in left)

    @given(_links(), st.data())
    def test_the_same_circles_are_shown_in_any_order(self, links: dict[str, set[str]], data: st.DataObject) -> None:
        assume(any(name in _reachable(links, name) for name in links))
        goals = [Objective(id=name, title="to be reached", serves=served) for name, served in links.items()]
        shown: set[object] = set()
        for order in (goals, data.draw(st.permutations(goals))):
            with pytest.raises(_CIRCLES) as refused:
                _model(order)
            shown.add(tuple(problem.given for problem in refused.value.problems))
        assert len(shown) == 1

    @given(st.integers(2, 3_000))
    @example(1_000)
    @examples(5)
    def test_a_long_way_is_no_trouble_and_a_long_circle_is_found(self, count: int) -> None:
        names = [f"{at:05}" for at in range(count)]
        chain = [
            Objective(id=name, title="to be reached", serves=served)
            for name, served in zip(names, [(), *((name,) for name in names)], strict=False)
        ]
        assert len(_model(chain).objectives) == count
        with pytest.raises(GoesInCircles):
            _model([attrs.evolve(chain[0], serves=names[-1]), *chain[1:]])

    @given(goal_models(), st.lists(st.sampled_from(sorted(BROKEN)), min_size=1, max_size=8), st.data())
    @examples(20)
    def test_every_problem_is_reported_whatever_the_order(
        self, model: GoalModel, ways: list[str], data: st.DataObject
    ) -> None:
        assume(not any(goal.id.startswith("broken") for goal in model.goals))
        broken = [each for at, way in enumerate(ways) for each in BROKEN[way][0](f"broken {at}")]
        expected = sorted(kind.__name__ for way in ways for kind in BROKEN[way][1])
        with pytest.raises(GoalModelError) as refused:
            _model([*model.goals, *broken])
        assert sorted(type(each).__name__ for each in refused.value.problems) == expected
        with pytest.raises(GoalModelError) as again:
            _model(data.draw(st.permutations([*model.goals, *broken])))
        assert list(map(_told, again.value.problems)) == list(map(_told, refused.value.problems))
        assert type(refused.value) is (SeveralProblems if len(expected) > 1 else type(refused.value.problems[0]))

    @given(measures(), measures())
    def test_measures_of_one_name_must_be_the_same(self, measure: Measure, other: Measure) -> None:
        namesake = attrs.evolve(other, name=measure.name)
        goals = [Kpi(id="one", measure=measure), Kpi(id="two", measure=namesake)]
        if namesake == measure:
            assert len(_model(goals).kpis) == 2
            return
        with pytest.raises(MeasuresDiffer) as refused:
            _model(goals)
        *path, field = refused.value.field
        assert (*path, refused.value.goal) == ("kpis", 1, "measure", "two")
        assert isinstance(field, str)
        assert getattr(measure, field) != getattr(namesake, field)

    @given(key_results(id=st.just("kr"), origin=st.just(Origin(kpi="origin", on=dt.date(2026, 9, 30)))), st.data())
    def test_a_key_result_comes_from_a_kpi_of_the_model_on_its_measure(
        self, key_result: KeyResult, data: st.DataObject
    ) -> None:
        measure = data.draw(st.one_of(st.just(key_result.measure), measures()))
        kpi = data.draw(kpis(id=st.just("origin"), measure=st.just(measure)))
        with pytest.raises(UnknownReference):
            _model([key_result])
        if measure == key_result.measure:
            assert _model([key_result, kpi]).key_results == (key_result,)
        else:
            with pytest.raises(MeasuresDiffer, match=r"key_results\[0\].measure.\w+ of 'kr'"):
                _model([key_result, kpi])


class TestMOD2:
    """What depends on a goal is everything it leads to, and what it rests on everything that leads to it: by links, and
    by promotion.
    """

    @given(goal_models())
    def test_what_depends_on_a_goal_and_what_it_rests_on_are_the_two_ends_of_one_way(self, model: GoalModel) -> None:
        links: dict[str, set[str]] = {goal.id: set(goal.serves) for goal in model.goals}
        for each in model.key_results:
            if each.origin is not None:
                links[each.origin.kpi].add(each.id)
        for whole in model.composites:
            for part in whole.parts:
                links[part.id].add(whole.id)
        for goal in model.goals:
            assert {each.id for each in model.impact(goal.id)} == _reachable(links, goal.id)
            assert {each.id for each in model.lineage(goal.id)} == {
                other for other in links if goal.id in _reachable(links, other)
            }

    @given(goal_models())
    def test_they_stand_by_kind_and_then_by_id(self, model: GoalModel) -> None:
        for goal in model.goals:
            for found in (model.impact(goal.id), model.lineage(goal.id)):
                assert found == tuple(each for each in model.goals if each in found)
                assert goal not in found

    @given(goal_models(), ids().map("nobody {}".format))
    def test_nobody_depends_on_what_is_not_there(self, model: GoalModel, its_id: str) -> None:
        assume(its_id not in {goal.id for goal in model.goals})
        for ask in (model.impact, model.lineage):
            with pytest.raises(UnknownReference):
                ask(its_id)
