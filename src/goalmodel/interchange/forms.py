"""Which form the values of a type have, as the annotations of the fields say it."""

from __future__ import annotations

import collections.abc
import datetime as dt
import types
import typing
from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import attrs

from goalmodel.commit import Accountability, Allowance, Attainment, CommitAssessment, CommitRisk
from goalmodel.errors import GoalModelError, WrongType
from goalmodel.hygiene import Finding, HygieneRule, Severity
from goalmodel.interchange.choice_form import ChoiceForm
from goalmodel.interchange.form import (
    MISREAD,
    At,
    BoolForm,
    CountForm,
    DateForm,
    Defs,
    EnumForm,
    Form,
    Json,
    ManyForm,
    NullForm,
    NumberForm,
    Problems,
    RowForm,
    Schema,
    TextForm,
    Written,
    array_of,
    is_array,
    is_object,
)
from goalmodel.interchange.kinds import DIRECTION_RULES, USUAL_RULES
from goalmodel.interchange.limits import limited_by, limits_of
from goalmodel.interchange.reason_form import KIND_FORM, RULE_FORM, OpenForm, ReasonForm
from goalmodel.interchange.value_form import ValueForm
from goalmodel.key_result import KeyResultAssessment, Pace, Score
from goalmodel.kpi import Health, KpiAssessment
from goalmodel.measure import Absence, Reading, Series
from goalmodel.objective import Rollup
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.trend import DirectionRule, Heading, Standing, UsualRule

_BY_RULE: Final = MappingProxyType({UsualRule: USUAL_RULES, DirectionRule: DIRECTION_RULES})
"""What goalmodel brings along of what anybody may write."""

_DERIVED: Final[MappingProxyType[type, Mapping[str, object]]] = MappingProxyType(
    {
        KpiAssessment: MappingProxyType(
            {
                "health": Health,
                "standing": Standing,
                "heading": Heading,
                "is_accepted": bool,
                "next_due": dt.date | None,
                "stale_since": dt.date | None,
                "explained": tuple[Reason, ...],
            }
        ),
        KeyResultAssessment: MappingProxyType(
            {
                "current_value": Fraction | None,
                "expected": Score | None,
                "pace": Pace | None,
                "is_reached": bool,
                "stale_since": dt.date | None,
                "original_score": Score | None,
                "confidence": Fraction | None,
                "explained": tuple[Reason, ...],
            }
        ),
        CommitAssessment: MappingProxyType(
            {
                "shown_distance": str | None,
                "is_explanation_due": bool,
                "risk": CommitRisk,
                "allowance": Allowance | None,
                "accountability": Accountability,
            }
        ),
        Rollup: MappingProxyType(
            {
                "score": Fraction | None,
                "attainment": Attainment | None,
                "worked": tuple[str, ...],
                "reasons": tuple[Reason, ...],
            }
        ),
        Finding: MappingProxyType({"code": str, "severity": Severity}),
    }
)
"""What follows from a verdict and stands beside its fields, for whoever shows it."""


@cache
def form_of(kind: Any) -> Form:
    """Return the form of the values of a type, or of what annotations make of types.

    Raises:
        WrongType: It is no type whose values can be written down.
    """
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in (Any, object, collections.abc.Hashable):
        return OpenForm(form_of)
    found = _form_of_class(kind) if isinstance(kind, type) else _form_of_several(kind)
    if found is None:
        raise WrongType("kind", kind, "a public type of goalmodel, or what annotations make of such types")
    return found


def _form_of_class(kind: type[Any]) -> Form | None:
    if kind in _BY_RULE:
        return _choice(_BY_RULE[kind])
    if issubclass(kind, Enum):
        return EnumForm(kind)
    if not attrs.has(kind):
        return None
    made_by = SeriesForm if kind is Series else ValueForm
    return made_by(kind, form_of, typing.get_type_hints(kind), _DERIVED.get(kind, {}))


def _form_of_several(annotation: object) -> Form | None:
    origin, members = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return _choice([each for member in members for each in _BY_RULE.get(member, (member,))])
    if origin is tuple and ... not in members:
        return RowForm([form_of(member) for member in members])
    if origin in (tuple, collections.abc.Sequence):
        return ManyForm(form_of(members[0]))
    return None


def _choice(members: Iterable[Any]) -> ChoiceForm:
    return ChoiceForm({member: form_of(member) for member in members})


_OF_A_READING: Final = ("on", "value", "weight", "known_on")
_FEWEST: Final = 2


class ReadingForm(RowForm):
    """A reading as a row: its day, its value or absence, its weight where it has one, and the day it is known since.

    The weight is null where only a day stands behind it.
    """

    def __init__(self) -> None:
        value = ChoiceForm({Fraction: NumberForm(), Absence: EnumForm(Absence)})
        weight = ChoiceForm({Fraction: NumberForm(), type(None): NullForm()})
        super().__init__((DateForm(), value, weight, DateForm()))
        self.accepted = (
            "an array of a date, a number or an absence, maybe a weight or null, and maybe the date it is known since: "
            '["2026-10-31", 8.2]'
        )

    def write(self, value: Any, how: Written) -> Json:
        said = (value.on, value.value, value.weight, value.known_on)
        count = 4 if value.known_on is not None else 3 if value.weight is not None else 2
        return [form.write(each, how) for form, each in zip(self.members[:count], said, strict=False)]

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if not is_array(found) or not _FEWEST <= len(found) <= len(self.members):
            return problems.add(at, found, self.accepted)
        given = zip(self.members, found, strict=False)
        members = [form.read(each, (*at, index), problems) for index, (form, each) in enumerate(given)]
        if MISREAD in members:
            return MISREAD
        try:
            return Reading(**dict(zip(_OF_A_READING, members, strict=False)))
        except GoalModelError as error:
            return problems.add_all(at, error, lambda path: (_OF_A_READING.index(str(path[0])),))

    def schema(self, defs: Defs) -> Schema:
        fields = attrs.fields_dict(Reading)
        members = [
            limited_by(form.schema(defs), limits_of(fields[name]))
            for name, form in zip(_OF_A_READING, self.members, strict=True)
        ]
        return array_of(members, least=_FEWEST)


class SeriesForm(ValueForm):
    """A series: where its readings are plain rows of a day and a number, none of them is made one by one."""

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        pairs = _plain_pairs(found.get("readings")) if is_object(found) else None
        if pairs is None:
            return super().read(found, at, problems)
        before = len(problems.found)
        series = super().read({**found, "readings": []}, at, problems)
        if series is MISREAD:
            return MISREAD
        try:
            return Series.of(series.measure, pairs)
        except GoalModelError:  # a day twice, a number too long: it is told with the place of the reading
            del problems.found[before:]
            return super().read(found, at, problems)


def _plain_pairs(rows: Json) -> list[tuple[dt.date, int | float]] | None:
    """Return the pairs that *rows* of a day and a number say; None where any row says more, or is none."""
    if not is_array(rows) or not all(map(_is_plain, rows)):
        return None
    day = DateForm()
    problems = Problems()
    pairs = [(day.read(on, (), problems), number) for on, number in rows]
    return None if problems.found else pairs


def _is_plain(row: Json) -> bool:
    return is_array(row) and len(row) == _FEWEST and type(row[1]) in (int, float)


_PLAIN: Final[MappingProxyType[object, Form]] = MappingProxyType(
    {
        Fraction: NumberForm(),
        int: CountForm(),
        bool: BoolForm(),
        str: TextForm(),
        dt.date: DateForm(),
        type(None): NullForm(),
        None: NullForm(),
        Reading: ReadingForm(),
        Reason: ReasonForm(form_of),
        ReasonKind: KIND_FORM,
        HygieneRule: RULE_FORM,
    }
)
