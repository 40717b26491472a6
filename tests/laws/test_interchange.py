"""Laws of documents: whatever is written is read back, whatever is read is a value or one error of ours."""

from __future__ import annotations

import json
import math
import os
import random
import runpy
import subprocess
import sys
import traceback
from collections.abc import Hashable, Iterator
from datetime import date
from enum import Enum
from functools import cache
from operator import is_
from pathlib import Path
from typing import Any, TypeAlias, cast

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, assume, given, reject, settings, strategies as st

from budgets import A_FEW_OF_EACH, ONE_OR_TWO_OF_EACH
from goalmodel import (
    Commit,
    GoalModel,
    GoalModelError,
    KeyResult,
    Kpi,
    KpiAssessment,
    Measure,
    Objective,
    Reason,
    Series,
    review,
)
from goalmodel.errors import NotReadable, UnknownCode
from goalmodel.events import Event
from goalmodel.externality import ExternalityLink, MovedMeanwhile
from goalmodel.interchange import document, load, load_known, schema
from goalmodel.interchange.kinds import ENUMS, VALUES
from goalmodel.interchange.numerals import number_of, numeral
from goalmodel.reasons import ReasonKind
from goalmodel.testing import exact_numbers, goal_models, histories, ids, kpis, values

KINDS = [kind for kind in VALUES.values() if kind is not ReasonKind]
by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        ("", " ", "1/0", "0x", "1e5", "\ud800", "2026-02-30", "KeyResult", 10**5_000, [], {}, [[]], {"type": "Kpi"})
    ),
)

SPOILT: tuple[Any, ...] = (
    *("", " ", " a", "a\0", "x", "2026-02-30", "\ud800", "2", "3/2", "-1/2", "0/1"),
    *(-1, 0, 1.5, 2, 10**400, None, True, [], {}),
)
UNKNOWN_TO_A_SCHEMA = (
    'a date such as "2026-12-31"',  # a day the calendar does not have
    "a text without NUL and without half a character",  # half a character, which is no text of UTF-8
    "a share",  # above 1, written as a text
    "a text that is not blank",  # a recurrence rule, which has a language of its own
    "parts from FREQ",
)
"""What is asked of a single field and no schema can say, by the words it is refused with."""

FUZZ = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks/documents_fuzz.py"))

Document: TypeAlias = Any
"""What JSON says."""

OTHERS: st.SearchStrategy[Any] = st.sampled_from((Kpi, KeyResult, Commit, Series, Objective)).flatmap(values)
REASONS = values(KpiAssessment).map(lambda found: found.reasons[0])
STRATEGIES: dict[type[Any], st.SearchStrategy[Any]] = {
    Reason: REASONS,
    MovedMeanwhile: st.builds(
        MovedMeanwhile,
        goal=ids(),
        link=st.sampled_from(ExternalityLink),
        overlap_days=st.integers(0, 9),
        reason=REASONS,
    ),
}


@cache
def _validator(kind: Hashable) -> Any:  # noqa: ANN401 - it is not typed
    found = schema(kind)
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def _written(value: object, **how: bool) -> Document:
    """Return the document of a value as another program gets it; what holds somebody's own reason is left out."""
    try:
        return json.loads(json.dumps(document(value, **how)))
    except UnknownCode:
        reject()


class TestWhatIsWrittenIsReadBack:
    """``load(type(value), document(value)) == value``, through JSON."""

    @by_kind
    @A_FEW_OF_EACH
    @given(data=st.data(), compact=st.booleans(), derived=st.booleans())
    def test_any_value(self, kind: type[Any], data: st.DataObject, *, compact: bool, derived: bool) -> None:
        value = data.draw(STRATEGIES[kind] if kind in STRATEGIES else values(kind))
        written = _written(value, compact=compact, derived=derived)
        assert load(kind, written) == value
        _validator(cast("Hashable", kind)).validate(written)
        assert document(load(kind, written), compact=compact, derived=derived) == document(
            value, compact=compact, derived=derived
        )

    @pytest.mark.parametrize("kind", list(ENUMS.values()), ids=lambda kind: str(kind.__name__))
    def test_any_word(self, kind: type[Enum]) -> None:
        for member in kind:
            written = _written(member)
            assert load(kind, written) is member
            _validator(cast("Hashable", kind)).validate(written)

    @given(values(Event))
    def test_one_of_several_classes(self, event: object) -> None:
        written = _written(event)
        assert load(Event, written) == event
        _validator(Event).validate(written)

    @given(exact_numbers())
    def test_a_number_is_no_other(self, number: object) -> None:
        written = numeral(cast("Any", number))
        read = number_of(written) if isinstance(written, str) else None
        assert (read == number) if isinstance(written, str) else (load(Measure, _measure(written)).lowest == number)

    @given(goal_models(), st.randoms(use_true_random=False))
    def test_the_order_in_which_it_was_built_does_not_show(self, model: GoalModel, chance: random.Random) -> None:
        shuffled = {
            field.name: chance.sample(getattr(model, field.name), k=len(getattr(model, field.name)))
            for field in attrs.fields(GoalModel)
            if isinstance(getattr(model, field.name), tuple)
        }
        again = attrs.evolve(model, **shuffled)
        assume(again == model)
        assert json.dumps(document(again)) == json.dumps(document(model))

    @given(st.data())
    def test_a_review_of_a_loaded_model_is_the_review(self, data: st.DataObject) -> None:
        model = data.draw(goal_models())
        history = data.draw(histories(model))
        read = [load(Series, _written(each)) for each in history]
        as_of = date(2026, 6, 30)
        assert review(load(GoalModel, _written(model)), read, as_of=as_of) == review(model, history, as_of=as_of)


def _measure(lowest: object) -> dict[str, object]:
    return {"format": 1, "type": "Measure", "name": "any", "lowest": lowest}


def _places(document_: Document, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield at
    if isinstance(document_, dict):
        for key, each in cast("dict[str, Any]", document_).items():
            yield from _places(each, (*at, key))
    elif isinstance(document_, list):
        for index, each in enumerate(cast("list[Any]", document_)):  # type: ignore[redundant-cast]
            yield from _places(each, (*at, index))


def _spoilt(document_: Document, at: tuple[str | int, ...], junk: object) -> Document:
    if not at:
        return junk
    copied = json.loads(json.dumps(document_))
    inside = copied
    for step in at[:-1]:
        inside = inside[step]
    inside[at[-1]] = junk
    return copied


def _somewhere(
    document_: Document, junk: st.SearchStrategy[Any], *, most: int = 6
) -> st.SearchStrategy[list[tuple[tuple[str | int, ...], Any]]]:
    """Return places of a document with what shall stand there instead, one after the other."""
    return st.lists(st.tuples(st.sampled_from(list(_places(document_))), junk), min_size=1, max_size=most)


def _refused(kind: type[Any], found: Document) -> GoalModelError | None:
    try:
        load(kind, found)
    except GoalModelError as error:
        return error
    return None


def _crosses_fields(problem: GoalModelError) -> bool:
    """Return whether what was refused is a value as a whole, after each of its fields had been taken by itself."""
    refused = problem.__cause__
    return refused is not None and any(
        frame.f_code.co_name == "__attrs_post_init__" for frame, _ in traceback.walk_tb(refused.__traceback__)
    )


@pytest.mark.one_python
class TestWhatIsSpoiltIsToldOf:
    """Whatever stands in a document, it is read, or refused by one error that says where."""

    @by_kind
    @ONE_OR_TWO_OF_EACH
    @given(data=st.data())
    def test_nothing_escapes_but_the_error(self, kind: type[Any], data: st.DataObject) -> None:
        written = _written(data.draw(STRATEGIES[kind] if kind in STRATEGIES else values(kind)))
        for at, junk in data.draw(_somewhere(written, JUNK)):
            spoilt = _spoilt(written, at, junk)
            refused = _refused(kind, spoilt)
            if refused is None:
                _validator(cast("Hashable", kind)).validate(spoilt)
            else:
                assert str(refused).encode()
                for problem in refused.problems:
                    assert isinstance(problem, NotReadable)
                    assert problem.pointer.startswith("/") or not problem.pointer

    @by_kind
    @ONE_OR_TWO_OF_EACH
    @given(data=st.data(), chance=st.integers(0, 2**32))
    def test_whatever_is_broken_is_read_or_told_in_the_words_of_json(
        self, kind: type[Any], data: st.DataObject, chance: int
    ) -> None:
        """As `benchmarks/documents_fuzz.py` does of 100,000."""
        written = _written(data.draw(STRATEGIES[kind] if kind in STRATEGIES else values(kind)))
        other = _written(data.draw(OTHERS))
        for seed in range(chance, chance + 6):
            spoilt = FUZZ["broken"](written, random.Random(seed), other)  # noqa: S311 - no secret
            assert not FUZZ["badly_answered"](kind, spoilt, slowest=math.inf)

    @pytest.mark.parametrize("kind", [Measure, Series, Kpi, KeyResult, Commit, Objective, GoalModel])
    @settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.data_too_large])
    @given(data=st.data())
    def test_schema_and_load_disagree_only_where_a_rule_crosses_fields(
        self, kind: type[Any], data: st.DataObject
    ) -> None:
        written = _written(data.draw(values(kind)))
        for at, junk in data.draw(_somewhere(written, st.sampled_from(SPOILT), most=10)):
            spoilt = _spoilt(written, at, junk)
            refused, passes = _refused(kind, spoilt), _validator(cast("Hashable", kind)).is_valid(spoilt)
            if refused is None:
                assert passes
            elif passes:
                unnamed = [each for each in refused.problems if not each.accepted.startswith(UNKNOWN_TO_A_SCHEMA)]
                assert not [each for each in unnamed if not _crosses_fields(each)]

    @given(kpis(), st.dictionaries(st.text(max_size=5), JUNK, max_size=3))
    def test_what_nobody_knows_is_refused_or_kept_aside(self, kpi: Kpi, more: dict[str, object]) -> None:
        written = _written(kpi)
        unknown = {key: each for key, each in more.items() if key not in schema(Kpi)["$defs"]["Kpi"]["properties"]}
        found, aside = load_known(Kpi, {**written, **unknown})
        assert found == kpi
        assert len(aside) == len(unknown)
        assert all(map(is_, aside.values(), unknown.values()))
        if unknown:
            with pytest.raises(GoalModelError) as refused:
                load(Kpi, {**written, **unknown})
            assert len(refused.value.problems) == len(unknown)


def test_another_order_of_hashes_writes_the_same_text() -> None:
    """In two processes, by two seeds."""
    program = (
        "import json, datetime as dt; from goalmodel import *; from goalmodel.interchange import document;"
        "m = [Measure(f'm{i}') for i in range(9)];"
        "model = GoalModel(kpis=[Kpi(id=each.name, measure=each, serves={'b', 'a'}) for each in m],"
        "objectives=[Objective(id='a', title='A'), Objective(id='b', title='B', serves='a')]);"
        "print(json.dumps(document(review(model, [], as_of=dt.date(2026, 1, 1)))))"
    )
    texts = {
        subprocess.run(  # noqa: S603 - this very interpreter
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1
