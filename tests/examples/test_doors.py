"""The doors by hand: what can't mean anything is refused with the field, the value and what is accepted."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

import attrs
import pytest

from goalmodel import GoalModel, GoalModelError, Objective, Polarity, Review, Series, review
from goalmodel.errors import WrongType
from goalmodel.key_result import vote_calibration
from goalmodel.reasons import ReasonKind

STALE = ReasonKind("kpi-stale", "KPI-3", "it is {age} days old", {"age": int})


class NoIterator:
    """It says that it can be iterated over, and can't."""

    def __iter__(self) -> Any:  # noqa: ANN401 - what it returns is no iterator, on purpose
        return 3


def reviewed() -> Review:
    return review(GoalModel(objectives=[Objective(id="o", title="Better")]), (), as_of=dt.date(2026, 1, 1))


def test_what_only_claims_to_be_iterable_is_refused() -> None:
    with pytest.raises(WrongType) as refused:
        GoalModel(kpis=cast("Any", NoIterator()))
    assert str(refused.value.field) == "kpis"


@pytest.mark.parametrize("pair", ["o", ("o",), ("o", "rollup"), ("o", "rollup", "more")])
def test_what_is_no_pair_of_an_objective_and_a_rollup_is_refused(pair: object) -> None:
    with pytest.raises(WrongType) as refused:
        attrs.evolve(reviewed(), objectives=cast("Any", (pair,)))
    assert str(refused.value.field) == "objectives[0]"


@pytest.mark.parametrize("sentence", ["it is {age days old", "it is {} days old", "it is age} days old"])
def test_a_sentence_with_stray_braces_is_refused(sentence: str) -> None:
    with pytest.raises(GoalModelError) as refused:
        ReasonKind("kpi-stale", "KPI-3", sentence)
    assert str(refused.value.field) == "sentence"
    assert refused.value.given == sentence


@pytest.mark.parametrize("fact", ["age", ("age",), (3, 4), ("age", []), ["age", 4]])
def test_a_fact_that_is_no_pair_of_a_name_and_something_hashable_is_refused(fact: object) -> None:
    with pytest.raises(WrongType) as refused:
        attrs.evolve(STALE.because(age=4), facts=cast("Any", (fact,)))
    assert str(refused.value.field) == "facts[0]"


@pytest.mark.parametrize("facts", [{}, {"weight": 4}])
def test_facts_that_a_sentence_lacks_are_refused(facts: dict[str, int]) -> None:
    with pytest.raises(GoalModelError):
        STALE.because(**facts)
    assert STALE.because(age=4).sentence == "it is 4 days old"


def test_a_text_is_no_series_of_readings() -> None:
    with pytest.raises(WrongType) as refused:
        GoalModel(kpis=cast("Any", "kpis"))
    assert refused.value.given == "kpis"
    with pytest.raises(WrongType):
        Series(cast("Any", "visits"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("LOWER", "Polarity has no member LOWER; did you mean LOWER_IS_BETTER?"),
        ("BETTER", "did you mean HIGHER_IS_BETTER or LOWER_IS_BETTER or IN_RANGE_IS_BETTER?"),
        ("HIHGER_IS_BETTER", "did you mean HIGHER_IS_BETTER?"),
        ("WORSE", "Polarity has no member WORSE"),
    ],
)
def test_a_member_nearly_named_is_suggested(name: str, told: str) -> None:
    with pytest.raises(AttributeError) as refused:
        getattr(Polarity, name)
    assert str(refused.value).endswith(told)
    assert (refused.value.name, refused.value.obj) == (name, Polarity)


@pytest.mark.parametrize("outcomes", [[1], [("a",)], [("a", 1)], [(1, True)], ["ab"]])
def test_an_outcome_is_a_pair(outcomes: Any) -> None:  # noqa: ANN401 - what is refused
    with pytest.raises(WrongType) as refused:
        vote_calibration(votes=[], outcomes=outcomes)
    assert str(refused.value.field) == "outcomes[0]"
