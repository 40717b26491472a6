"""Models, reviews and the words of other houses: MOD-1, MOD-2, REV-1, REV-3, HYG-2."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from goalmodel import (
    Commit,
    Cycle,
    GoalModel,
    HealthBands,
    Initiative,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Reached,
    Review,
    Standard,
    review,
)
from goalmodel.hygiene import Description, translate
from goalmodel.key_result import Origin
from plain import (
    Answer,
    Facts,
    Plain,
    Row,
    a_series,
    bands_of,
    codes,
    date,
    day,
    some_bands,
    told,
    told_or_none,
    written,
)

# ----------------------------------------------------------------------------------------------- questions

_QUARTER: Final = Cycle.quarter(2026, 4)


def _measure(facts: Facts) -> Measure:
    return Measure(facts.get("measure", f"measure of {facts['id']}"), unit=facts.get("unit", "points"))


def _kpi(facts: Facts) -> Kpi:
    return Kpi(
        id=facts["id"], measure=_measure(facts), bands=some_bands(facts.get("bands")), serves=facts.get("serves", ())
    )


def _key_result(facts: Facts) -> KeyResult:
    promoted_from = facts.get("promoted_from")
    return KeyResult(
        id=facts["id"],
        measure=_measure(facts),
        baseline=told(facts.get("baseline", 0)),
        target=told(facts.get("target", 10)),
        cycle=_QUARTER,
        serves=facts.get("serves", ()),
        origin=None if promoted_from is None else Origin(kpi=promoted_from, on=_QUARTER.start),
    )


def _commit(facts: Facts) -> Commit:
    return Commit(
        manner=Reached(),
        id=facts["id"],
        measure=_measure(facts),
        standard=Standard(low=told_or_none(facts.get("low")), high=told_or_none(facts.get("high"))),
        due=_QUARTER.end,
        declared_on=_QUARTER.start,
        serves=facts.get("serves", ()),
        rationale=facts.get("rationale"),
    )


def _a_model(facts: Facts) -> GoalModel:
    return GoalModel(
        kpis=[_kpi(each) for each in facts.get("kpis", ())],
        key_results=[_key_result(each) for each in facts.get("key_results", ())],
        commits=[_commit(each) for each in facts.get("commits", ())],
        objectives=[
            Objective(id=each["id"], title=each["id"], serves=each.get("serves", ()))
            for each in facts.get("objectives", ())
        ],
        initiatives=[
            Initiative(id=each["id"], title=each["id"], serves=each.get("serves", ()))
            for each in facts.get("initiatives", ())
        ],
    )


def _model(facts: Facts) -> Answer:
    """Do goals make a model?"""
    return {"verdict": [goal.id for goal in _a_model(facts).goals], "reasons": []}


def _links(facts: Facts) -> Answer:
    """What depends on a goal, and on what does it rest?"""
    model, id_ = _a_model(facts), facts["goal"]
    return {
        "verdict": [goal.id for goal in model.impact(id_)],
        "reasons": [],
        "rests_on": [goal.id for goal in model.lineage(id_)],
    }


def _a_review(facts: Facts) -> Review:
    model = _a_model(facts)
    measures = {goal.measure.name: goal.measure for goal in model.measured}
    history = [a_series(measures[name], readings) for name, readings in facts["history"].items()]
    return review(model, history, as_of=day(facts["as_of"]))


def _contradictions(facts: Facts) -> Answer:
    """Which verdicts on one measure don't go together?"""
    found = _a_review(facts).contradictions
    return {"verdict": [each.kind.value for each in found], "reasons": [each.reason.code for each in found]}


def _harm(facts: Facts) -> Answer:
    """Which KPI worsened while goals moved forward that could explain it?"""
    found = _a_review(facts).externalities.found
    return {
        "verdict": [each.kpi for each in found],
        "reasons": [code for each in found for code in codes(each.reasons)],
        "linked": [goal.goal for each in found for goal in each.linked],
        "others": [each.others for each in found],
    }


def _translation(facts: Facts) -> Answer:
    """What is something here, whatever it is called elsewhere?"""
    found = translate(Description(**facts))
    return {"verdict": found.kind.value, "reasons": codes(found.reasons)}


QUESTIONS: Final = MappingProxyType({
    "model": _model,
    "links": _links,
    "contradictions": _contradictions,
    "harm": _harm,
    "translation": _translation,
})  # fmt: skip

# ------------------------------------------------------------------------------------------------- examples

_FLOOR: Final = bands_of(HealthBands.at_least(8, watch=7.5))


def _about_models() -> Iterator[Row]:
    goal = {"id": "a"}
    kinds = ("kpis", "key_results", "commits", "objectives", "initiatives")
    yield Row("MOD-1", "model", {})
    for one, other in product(kinds, repeat=2):
        served = {"id": "b", **({"low": 1} if one == "commits" else {})}
        serving = {"id": "c", "serves": ["b"], **({"low": 1} if other == "commits" else {})}
        goals: dict[str, Any] = {one: [served]}
        goals[other] = [*goals.get(other, []), serving]
        yield Row("MOD-1", "model", goals)
    for kind in kinds:
        its = goal | ({"low": 1} if kind == "commits" else {})
        yield Row("MOD-1", "model", {kind: [its, its]})
        yield Row("MOD-1", "model", {kind: [its | {"serves": ["nobody"]}]})
    yield Row("MOD-1", "model", {"kpis": [goal], "objectives": [goal]})
    yield Row("MOD-1", "model", {"objectives": [{"id": "a", "serves": ["b"]}, {"id": "b", "serves": ["a"]}]})
    yield Row("MOD-1", "model", {"objectives": [{"id": "a", "serves": ["a"]}]})
    yield Row(
        "MOD-1",
        "model",
        {"objectives": [{"id": "a", "serves": ["b"]}, {"id": "b", "serves": ["c"]}, {"id": "c", "serves": ["a"]}]},
    )
    yield Row(
        "MOD-1", "model", {"objectives": [{"id": "a", "serves": ["b", "c"]}, {"id": "b", "serves": ["c"]}, {"id": "c"}]}
    )
    yield Row("MOD-1", "model", {"key_results": [goal | {"promoted_from": "nobody"}]})
    yield Row(
        "MOD-1",
        "model",
        {"kpis": [{"id": "k", "measure": "m"}], "key_results": [{"id": "a", "measure": "m", "promoted_from": "k"}]},
    )
    yield Row("MOD-1", "model", {"kpis": [{"id": "k"}], "key_results": [{"id": "a", "promoted_from": "k"}]})
    for units in (("points", "points"), ("points", "days")):
        goals = {"kpis": [{"id": "a", "measure": "m", "unit": units[0]}, {"id": "b", "measure": "m", "unit": units[1]}]}
        yield Row("MOD-1", "model", goals)


def _about_links() -> Iterator[Row]:
    goals: dict[str, Any] = {
        "objectives": [{"id": "top"}, {"id": "below", "serves": ["top"]}, {"id": "alone"}],
        "key_results": [{"id": "kr", "serves": ["below"], "measure": "m", "promoted_from": "kpi"}],
        "commits": [{"id": "commit", "low": 1, "serves": ["top"]}],
        "kpis": [{"id": "kpi", "measure": "m"}, {"id": "feeds", "serves": ["kr"]}],
        "initiatives": [{"id": "work", "serves": ["kpi", "commit"]}],
    }
    for id_ in ("top", "below", "alone", "kr", "commit", "kpi", "feeds", "work", "nobody"):
        yield Row("MOD-2", "links", goals | {"goal": id_})


def _history(**values: str) -> dict[str, list[list[Plain]]]:
    days = (date(9, 30), date(10, 31), date(11, 30), date(12, 31))
    return {
        name: [[on, written(told(value))] for on, value in zip(days, course.split(), strict=False)]
        for name, course in values.items()
    }


def _about_reviews() -> Iterator[Row]:
    kpi = {"id": "kpi", "measure": "m", "bands": _FLOOR}
    moved = {"id": "kr", "measure": "m", "baseline": 7, "target": 9}
    as_of = date(12, 31)
    for course in ("7 7 7.5 7.9", "7 8 8 8", "7 8 9 9", "9 9 7 7.4", "7 7 7.8 7.8"):
        for target in ("7.8", "9", "12"):
            goals = {"kpis": [kpi], "key_results": [moved | {"target": target}], "history": _history(m=course)}
            yield Row("REV-3", "contradictions", goals | {"as_of": as_of})
    for one, other in ((("low", 9), ("high", 8)), (("low", 8), ("high", 8)), (("low", 8), ("high", 9))):
        commits = [{"id": "a", "measure": "m", one[0]: one[1]}, {"id": "b", "measure": "m", other[0]: other[1]}]
        yield Row(
            "REV-3", "contradictions", {"commits": commits, "history": _history(m="8 8 8"), "as_of": date(11, 30)}
        )
    beside = {"id": "other", "measure": "n", "bands": _FLOOR}
    for course, serves in product(
        ("9 9 7.7 7", "9 9 9 9", "7 7 7 7", "9 9 8 8", "9 7.9 8 8", "9 9 9 7", "9 7 7 7", "7.7 7.7 7 7"), ([], ["kr"])
    ):
        seen: dict[str, Any] = {
            "kpis": [beside | {"serves": serves}],
            "key_results": [moved | {"measure": "m"}],
            "as_of": as_of,
        }
        for pace in ("7 7.5 8 9", "7 7 7 7"):
            yield Row("REV-1", "harm", seen | {"history": _history(m=pace, n=course)})


def _about_translations() -> Iterator[Row]:
    names = ("must_be_reached", "is_being_improved", "has_target", "is_only_watched")
    for answers in product((True, False), repeat=4):
        yield Row("HYG-2", "translation", dict(zip(names, answers, strict=True)))


def rows() -> Iterator[Row]:
    """Return the worked examples."""
    yield from _about_models()
    yield from _about_links()
    yield from _about_reviews()
    yield from _about_translations()
