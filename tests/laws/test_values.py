"""Every public value is a value: frozen, hashable, equal by meaning, and the same after every journey.

The types are found in the rooms: a new one whose fields do not say what is valid fails here until goalmodel.testing has
a strategy of its own for it.
"""

from __future__ import annotations

import copy
import pickle
from enum import Enum
from fractions import Fraction
from typing import Any, TypeAlias, cast

import attrs
import pytest
from hypothesis import given, strategies as st

from budgets import A_FEW_OF_EACH
from goalmodel import GoalModelError
from goalmodel.testing import public_names, same_as, values

pytestmark = pytest.mark.one_python

PUBLIC: list[type[Any]] = [kind for kind in public_names().values() if isinstance(kind, type)]
# A history can be asked, and is nothing to be compared.
VALUES = sorted(
    (kind for kind in PUBLIC if attrs.has(kind) and kind.__eq__ is not object.__eq__), key=lambda kind: kind.__name__
)
ENUMS = sorted((kind for kind in PUBLIC if issubclass(kind, Enum)), key=lambda kind: kind.__name__)

# Where the order of what is given means nothing.
UNORDERED = frozenset({
    "amendments", "attainments", "commits", "forecasts", "initiatives", "key_results", "kpis", "objectives",
    "parts", "readings", "rebasings", "scores", "serves", "stages", "support",
})  # fmt: skip

AValue: TypeAlias = Any
"""An attrs value of any class."""

every_value = pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)


class Stranger:
    """What no field of any value is."""


def journeys(value: object) -> list[object]:
    """Return what comes of *value* when it is copied, pickled, and evolved into itself."""
    pickled: list[object] = [
        pickle.loads(pickle.dumps(value, protocol))  # noqa: S301 - pickled a moment before
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    ]
    evolved: Any = value
    return [copy.copy(value), copy.deepcopy(value), attrs.evolve(evolved), *pickled]


def _attributes(value: AValue) -> list[tuple[str, object]]:
    kind: type[object] = value.__class__
    return list(vars(kind).items())


def _fields(value: AValue) -> tuple[Any, ...]:
    return tuple(attrs.fields(value.__class__))


def said_otherwise(held: object) -> st.SearchStrategy[object] | None:
    """Return other ways to say the numbers in a field; None where there are none in it."""
    if isinstance(held, Fraction):
        return same_as(held)
    members = cast("tuple[object, ...]", held) if isinstance(held, tuple) else ()
    numbers = [member for member in members if isinstance(member, Fraction)]
    return st.tuples(*map(same_as, numbers)) if numbers and len(numbers) == len(members) else None


def test_there_are_values_to_look_at() -> None:
    assert len(VALUES) > 40
    assert len(ENUMS) > 5


@every_value
def test_every_value_is_frozen_and_slotted(kind: type[Any]) -> None:
    assert getattr(kind, "__attrs_props__").is_frozen  # noqa: B009 - attrs adds it, no type checker knows it
    assert "__dict__" not in dir(kind)


@every_value
@given(data=st.data())
@A_FEW_OF_EACH
def test_it_is_a_value_whatever_it_is_about(kind: type[Any], data: st.DataObject) -> None:
    one, other = data.draw(values(kind)), data.draw(values(kind))
    it_is_the_same_after_every_journey(kind, one)
    nothing_about_it_can_be_changed(one)
    a_field_that_is_evolved_is_checked_again(one)
    equal_meaning_is_equal_value_and_hashes_alike(one, data)
    the_order_of_what_is_given_means_nothing_where_there_is_none(one, data)
    it_differs_from_what_differs_in_a_field(one, other)
    every_property_answers(one)


def it_is_the_same_after_every_journey(kind: type[Any], value: AValue) -> None:
    assert type(value) is kind
    for arrived in journeys(value):
        assert type(arrived) is kind
        assert arrived == value
        assert hash(arrived) == hash(value)
        assert repr(arrived) == repr(value)


def nothing_about_it_can_be_changed(value: AValue) -> None:
    for name in [field.name for field in _fields(value)]:
        held = getattr(value, name)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, name, held)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(value, name)
    with pytest.raises(AttributeError):
        setattr(value, "something_else", 1)  # noqa: B010 - no type checker would let it through


def a_field_that_is_evolved_is_checked_again(value: AValue) -> None:
    for name in [field.alias or field.name for field in _fields(value)]:
        with pytest.raises(GoalModelError) as refusal:
            attrs.evolve(value, **{name: Stranger()})
        assert str(refusal.value.field).partition("[")[0].lstrip("_") == name


def equal_meaning_is_equal_value_and_hashes_alike(value: AValue, data: st.DataObject) -> None:
    for field in _fields(value):
        ways = said_otherwise(getattr(value, field.name)) if field.converter else None
        if ways is not None:
            other = attrs.evolve(value, **{field.alias or field.name: data.draw(ways)})
            assert other == value
            assert hash(other) == hash(value)


def the_order_of_what_is_given_means_nothing_where_there_is_none(value: AValue, data: st.DataObject) -> None:
    for name in UNORDERED & {field.name for field in _fields(value) if field.converter}:
        shuffled = data.draw(st.permutations(getattr(value, name)))
        for given_as in (shuffled, iter(shuffled), tuple(shuffled)):
            assert attrs.evolve(value, **{name: given_as}) == value


def it_differs_from_what_differs_in_a_field(one: AValue, other: AValue) -> None:
    fields = _fields(one)
    assert (one == other) == all(getattr(one, field.name) == getattr(other, field.name) for field in fields)
    assert one != Stranger()


def every_property_answers(value: AValue) -> None:
    for name, attribute in _attributes(value):
        if isinstance(attribute, property) and not name.startswith("_"):
            try:
                answer = getattr(value, name)
            except GoalModelError:
                continue
            assert hash(answer) == hash(answer)


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_every_member_of_an_enum_is_the_same_after_every_journey_and_reads_well(kind: type[Enum]) -> None:
    for member in kind:
        assert copy.copy(member) is copy.deepcopy(member) is member
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(member, protocol)) is member  # noqa: S301 - pickled a moment before
        assert isinstance(member.value, str)
        assert member.value.strip()
        assert member.name == member.name.upper()
