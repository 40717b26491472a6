"""A goal model by hand: every link that may be, every one that may not, and what is refused with its path."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import count, permutations, product
from typing import Any

import attrs
import pytest

from goalmodel import (
    Commit,
    Cycle,
    GoalModel,
    Initiative,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Polarity,
    Reached,
    Scale,
    Standard,
    Unit,
)
from goalmodel.capacity import Capacity, Take
from goalmodel.errors import (
    EmptyText,
    GivenTwice,
    GoesInCircles,
    MeasuresDiffer,
    SeveralProblems,
    UnfitText,
    UnknownReference,
    WrongLink,
    WrongType,
)
from goalmodel.key_result import Milestone, Origin, Vote, Zones
from goalmodel.kpi import CompositeKpi, Health, Zone
from goalmodel.measure import Timing
from goalmodel.model import Goal
from goalmodel.statement import Draft
from goalmodel.trend import xmr_wheeler

UPTIME = Measure("uptime", unit="percent", lowest=0, highest=100)
DAY = dt.date(2026, 12, 31)


def _initiative(id_: str, *serves: str) -> Initiative:
    return Initiative(id=id_, title="replace the old servers", serves=serves)


def _kpi(id_: str, *serves: str) -> Kpi:
    return Kpi(id=id_, measure=UPTIME, serves=serves)


def _key_result(id_: str, *serves: str) -> KeyResult:
    return KeyResult(id=id_, measure=UPTIME, baseline=50, target=99, cycle=Cycle.quarter(2026, 4), serves=serves)


_NUMBERS = count()


def _composite(id_: str, *serves: str) -> CompositeKpi:
    return CompositeKpi(id=id_, parts=[_kpi(f"part {next(_NUMBERS)}")], serves=serves)


def _commit(id_: str, *serves: str) -> Commit:
    return Commit(
        manner=Reached(),
        id=id_,
        measure=UPTIME,
        standard=Standard.at_least(99),
        due=DAY,
        declared_on=dt.date(2026, 9, 1),
        serves=serves,
    )


def _objective(id_: str, *serves: str) -> Objective:
    return Objective(id=id_, title="people can rely on us", serves=serves)


KINDS: dict[str, Callable[..., Goal]] = {
    "initiative": _initiative,
    "kpi": _kpi,
    "kpi made of parts": _composite,
    "key result": _key_result,
    "commit": _commit,
    "objective": _objective,
}

MEASURED: dict[str, Callable[..., Kpi | KeyResult | Commit]] = {
    "kpi": _kpi,
    "key result": _key_result,
    "commit": _commit,
}


def _model(goals: Iterable[Goal]) -> GoalModel:
    given = list(goals)
    return GoalModel(
        kpis=[goal for goal in given if isinstance(goal, Kpi)],
        composites=[goal for goal in given if isinstance(goal, CompositeKpi)],
        key_results=[goal for goal in given if isinstance(goal, KeyResult)],
        commits=[goal for goal in given if isinstance(goal, Commit)],
        objectives=[goal for goal in given if isinstance(goal, Objective)],
        initiatives=[goal for goal in given if isinstance(goal, Initiative)],
    )


MAY_SERVE = {
    ("initiative", "kpi"),
    ("initiative", "kpi made of parts"),
    ("initiative", "key result"),
    ("initiative", "commit"),
    ("kpi", "key result"),
    ("kpi", "objective"),
    ("kpi made of parts", "key result"),
    ("kpi made of parts", "objective"),
    ("key result", "objective"),
    ("commit", "objective"),
    ("objective", "objective"),
}
"""Which kind may serve which, from the rulebook."""

NAMED = {
    "initiative": "an Initiative",
    "kpi": "a Kpi",
    "kpi made of parts": "a CompositeKpi",
    "key result": "a KeyResult",
    "commit": "a Commit",
    "objective": "an Objective",
}
"""Each kind as an error names it."""

MAY_NOT_SERVE = sorted(set(product(KINDS, KINDS)) - MAY_SERVE)


class TestLinks:
    """Each kind serves some kinds and no other."""

    @pytest.mark.parametrize(("kind", "served"), sorted(MAY_SERVE))
    def test_that_may_be(self, kind: str, served: str) -> None:
        one, other = KINDS[kind]("one", "other"), KINDS[served]("other")
        model = _model([one, other])
        assert model["one"] == one
        assert model.serving("other") == (one,)
        assert model.serving("one") == ()

    @pytest.mark.parametrize(("kind", "served"), MAY_NOT_SERVE)
    def test_that_may_not_be_are_refused_with_the_goal_and_the_kinds(self, kind: str, served: str) -> None:
        one, other = KINDS[kind]("one", "other"), KINDS[served]("other")
        with pytest.raises(WrongLink) as refused:
            _model([one, other])
        assert refused.value.field[-2:] == ("serves", 0)
        assert (refused.value.goal, refused.value.given) == ("one", "other")
        may, _, is_one = refused.value.accepted.removeprefix("the id of ").partition(", not of ")
        assert set(may.split(" or ")) == {NAMED[name] for by, name in MAY_SERVE if by == kind}
        assert is_one == NAMED[served]

    def test_there_are_twenty_five_that_may_not_be(self) -> None:
        assert len(MAY_NOT_SERVE) == 25

    @pytest.mark.parametrize("kind", KINDS)
    def test_to_nobody_are_refused(self, kind: str) -> None:
        one = KINDS[kind]("one", "nobody")
        with pytest.raises(UnknownReference) as refused:
            _model([one])
        assert refused.value.field[1:] == (0, "serves", 0)
        assert (refused.value.goal, refused.value.given) == ("one", "nobody")

    @pytest.mark.parametrize("kind", ["initiative", "kpi", "key result", "commit"])
    def test_to_oneself_are_of_the_wrong_kind(self, kind: str) -> None:
        with pytest.raises(WrongLink):
            _model([KINDS[kind]("one", "one")])

    def test_may_meet_again_further_up(self) -> None:
        diamond = [_objective("top"), _objective("left", "top"), _objective("right", "top")]
        model = _model([*diamond, _objective("bottom", "right", "left", "top")])
        assert [goal.id for goal in model.serving("top")] == ["bottom", "left", "right"]


class TestIds:
    """One id is one goal's, whatever its kind."""

    @pytest.mark.parametrize(("kind", "other"), sorted(product(KINDS, KINDS)))
    def test_given_twice_are_refused(self, kind: str, other: str) -> None:
        with pytest.raises(GivenTwice) as refused:
            _model([KINDS[kind]("same"), KINDS[other]("same")])
        assert (refused.value.goal, refused.value.given) == ("same", "same")
        assert refused.value.field[-1] == "id"

    def test_are_compared_as_they_are_written(self) -> None:
        assert len(_model([_kpi("a"), _kpi("A"), _kpi("a b")]).goals) == 3

    @pytest.mark.parametrize("unfit", [" a", "a ", "a\n", "\u2003a", "a\0b", "a\ud800", "\udfffa"])
    @pytest.mark.parametrize("kind", KINDS)
    def test_that_can_not_be_told_apart_or_stored_are_refused(self, kind: str, unfit: str) -> None:
        for given, field in (((unfit,), "id"), (("a", unfit), "serves[0]")):
            with pytest.raises(UnfitText) as refused:
                KINDS[kind](*given)
            assert (str(refused.value.field), refused.value.given) == (field, unfit)


PARTS = [_kpi("b"), attrs.evolve(_kpi("c"), measure=Measure("speed"))]
# What makes something of a name, by the path of that name: whatever identifies something is compared as written.
NAMED_THINGS: dict[str, Callable[[str], object]] = {
    "name": Measure,
    "unit.name": lambda it: Unit(it, base="days"),
    "unit.base": lambda it: Unit("hours", base=it),
    "zone.name": lambda it: Zone(it, Health.HEALTHY),
    "labels[1]": lambda it: Zones(labels=["low", it], cuts=[1]),
    "line": lambda it: Zones.along(it, 1, "high"),
    "milestone.name": Milestone,
    "chart.name": lambda it: attrs.evolve(xmr_wheeler(), name=it),
    "capacity.resource": lambda it: Capacity(resource=it, amount=3),
    "take.resource": lambda it: Take(resource=it, amount=3),
    "kpi.owner": lambda it: attrs.evolve(_kpi("a"), owner=it),
    "kpi.team": lambda it: attrs.evolve(_kpi("a"), team=it),
    "composite.owner": lambda it: CompositeKpi(id="a", parts=PARTS, owner=it),
    "composite.team": lambda it: CompositeKpi(id="a", parts=PARTS, team=it),
    "key_result.owner": lambda it: attrs.evolve(_key_result("a"), owner=it),
    "key_result.team": lambda it: attrs.evolve(_key_result("a"), team=it),
    "key_result.continues": lambda it: attrs.evolve(_key_result("a"), continues=it),
    "commit.owner": lambda it: attrs.evolve(_commit("a"), owner=it),
    "commit.team": lambda it: attrs.evolve(_commit("a"), team=it),
    "commit.comparable": lambda it: attrs.evolve(_commit("a"), comparable=it),
    "objective.owner": lambda it: attrs.evolve(_objective("a"), owner=it),
    "objective.team": lambda it: attrs.evolve(_objective("a"), team=it),
    "initiative.owner": lambda it: attrs.evolve(_initiative("a"), owner=it),
    "initiative.team": lambda it: attrs.evolve(_initiative("a"), team=it),
    "vote.key_result": lambda it: Vote(it, DAY, 7),
    "vote.by": lambda it: Vote("a", DAY, 7, by=it),
    "draft.name": lambda it: Draft(name=it),
    "draft.occasions": lambda it: Draft(occasions=it),
}


class TestNames:
    """What identifies something beside an id."""

    @pytest.mark.parametrize("unfit", [" a", "a ", "a\n", "\u2003a", "a\0b"])
    @pytest.mark.parametrize("path", NAMED_THINGS)
    def test_with_blanks_around_them_are_refused(self, path: str, unfit: str) -> None:
        with pytest.raises(UnfitText) as refused:
            NAMED_THINGS[path](unfit)
        assert (str(refused.value.field), refused.value.given) == (path.rsplit(".", maxsplit=1)[-1], unfit)

    @pytest.mark.parametrize("path", NAMED_THINGS)
    def test_are_compared_as_they_are_written(self, path: str) -> None:
        assert NAMED_THINGS[path]("a b") == NAMED_THINGS[path]("a b") != NAMED_THINGS[path]("a  b")


class TestCircles:
    """Objectives that in the end serve themselves."""

    @pytest.mark.parametrize(
        ("links", "shown"),
        [
            ({"a": ["a"]}, ["aa"]),
            ({"a": ["b"], "b": ["a"]}, ["aba"]),
            ({"a": ["b"], "b": ["c"], "c": ["a"]}, ["abca"]),
            # From a the circle is reached, but a does not belong to it.
            ({"a": ["c"], "b": ["c"], "c": ["b"]}, ["cbc"]),
            # What leads out of the circle does not belong to it either.
            ({"a": [], "b": ["a", "c"], "c": ["a", "b"]}, ["bcb"]),
            # Both are shown.
            ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, ["aba", "cdc"]),
            # Of two that share one, the first is shown.
            ({"a": ["b", "c"], "b": ["a"], "c": ["a"]}, ["aba"]),
            # Behind the first there is another.
            ({"a": ["b"], "b": ["c"], "c": ["b", "d"], "d": ["e"], "e": ["d"]}, ["bcb", "ded"]),
        ],
    )
    def test_are_refused_with_the_way_round(self, links: dict[str, list[str]], shown: list[str]) -> None:
        for order in permutations(links):
            with pytest.raises((GoesInCircles, SeveralProblems)) as refused:
                _model(_objective(id_, *links[id_]) for id_ in order)
            assert [problem.given for problem in refused.value.problems] == [tuple(each) for each in shown]
            for problem, circle in zip(refused.value.problems, shown, strict=True):
                at = sorted(links[circle[0]]).index(circle[1])
                assert problem.field == ("objectives", order.index(circle[0]), "serves", at)
                assert problem.goal == circle[0]

    def test_of_ten_thousand_objectives_are_found_and_shown_in_short(self) -> None:
        count = 10_000
        ring = [_objective(f"{at:05}", f"{(at + 1) % count:05}") for at in range(count)]
        with pytest.raises(GoesInCircles) as refused:
            _model(ring)
        assert refused.value.given == (*(f"{at:05}" for at in range(count)), "00000")
        assert len(str(refused.value)) < 300

    def test_a_chain_of_ten_thousand_is_none(self) -> None:
        chain = [_objective("00000"), *(_objective(f"{at:05}", f"{at - 1:05}") for at in range(1, 10_000))]
        assert len(_model(chain).objectives) == 10_000


class TestMeasuresOfOneName:
    """They are one measure, in every respect."""

    @pytest.mark.parametrize(
        ("field", "other"),
        [
            ("unit", Unit("share")),
            ("unit", Unit("percent", symbol="%")),
            ("polarity", Polarity.LOWER_IS_BETTER),
            ("scale", Scale.ORDINAL),
            ("timing", Timing.LEADING),
            ("lowest", None),
            ("lowest", Fraction(1)),
            ("highest", None),
            ("highest", Fraction(99)),
        ],
    )
    @pytest.mark.parametrize("kind", MEASURED)
    def test_are_refused_where_they_differ_and_the_field_is_named(self, kind: str, field: str, other: Any) -> None:  # noqa: ANN401 - a value for any of the fields
        different = attrs.evolve(UPTIME, **{field: other})
        second = attrs.evolve(MEASURED[kind]("two"), measure=different)
        with pytest.raises(MeasuresDiffer) as refused:
            _model([_kpi("one"), second])
        assert refused.value.field[2:] == ("measure", field)
        assert refused.value.goal == "two"
        first, expected = str(refused.value).split("; got ")
        assert first != expected

    def test_may_share_a_unit_under_another_name(self) -> None:
        other = attrs.evolve(_kpi("two"), measure=attrs.evolve(UPTIME, name="downtime", highest=50))
        assert len(_model([_kpi("one"), other]).measured) == 2

    def test_are_the_same_however_they_are_written(self) -> None:
        same = attrs.evolve(_kpi("two"), measure=attrs.evolve(UPTIME, highest=100.0))
        assert len(_model([_kpi("one"), same]).measured) == 2


class TestOrigins:
    """A key result was promoted from a KPI of the model, on the same measure."""

    PROMOTED = attrs.evolve(_key_result("kr"), origin=Origin(kpi="kpi", on=DAY))

    def test_that_may_be(self) -> None:
        assert _model([_kpi("kpi"), self.PROMOTED]).key_results == (self.PROMOTED,)

    @pytest.mark.parametrize("others", [[], [_objective("kpi")], [_kpi("another")]])
    def test_that_nobody_knows_are_refused(self, others: list[Goal]) -> None:
        with pytest.raises(UnknownReference) as refused:
            _model([self.PROMOTED, *others])
        assert (str(refused.value.field), refused.value.given) == ("key_results[0].origin.kpi", "kpi")
        assert refused.value.goal == "kr"

    def test_on_another_measure_are_refused(self) -> None:
        other = attrs.evolve(_kpi("kpi"), measure=Measure("waiting time", unit="days"))
        with pytest.raises(MeasuresDiffer) as refused:
            _model([self.PROMOTED, other])
        assert (str(refused.value.field), refused.value.given) == ("key_results[0].measure.name", "uptime")
        assert "waiting time" in refused.value.accepted


class TestAModel:
    """All goals, by kind and by id."""

    def test_of_nothing_is_a_model(self) -> None:
        assert GoalModel().goals == ()
        assert GoalModel() == GoalModel(kpis=[], objectives=iter(()))

    def test_stands_by_kind_and_by_id(self) -> None:
        goals: list[Goal] = [_initiative("i"), _commit("c"), _kpi("b"), _kpi("a"), _key_result("k"), _objective("o")]
        model = _model(goals)
        assert [goal.id for goal in model.goals] == ["a", "b", "k", "c", "o", "i"]
        assert [goal.id for goal in model.measured] == ["a", "b", "k", "c"]

    def test_says_who_serves_a_goal_directly(self) -> None:
        model = _model([_objective("o"), _key_result("k", "o"), _kpi("a", "k", "o"), _initiative("i", "a", "k")])
        assert [goal.id for goal in model.serving("o")] == ["a", "k"]
        assert [goal.id for goal in model.serving("k")] == ["a", "i"]
        assert model.serving("i") == ()

    def test_does_not_know_a_goal_that_is_not_there(self) -> None:
        for ask in (GoalModel().__getitem__, GoalModel().serving):
            with pytest.raises(UnknownReference, match="nobody"):
                ask("nobody")
            with pytest.raises(EmptyText):
                ask(" ")

    def test_takes_each_kind_in_its_place(self) -> None:
        with pytest.raises(WrongType, match=r"kpis\[1\]"):
            GoalModel(kpis=[_kpi("a"), _objective("o")])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType] - refused on purpose
        with pytest.raises(WrongType, match="objectives"):
            GoalModel(objectives=_objective("o"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose
