"""Reasons by their code, with their facts by name; the rule and the sentence stand beside, to be read by people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, cast

from goalmodel.catalogue import REASON_KINDS
from goalmodel.errors import GoalModelError, UnknownCode, WrongType
from goalmodel.hygiene import HYGIENE_RULES, HygieneRule
from goalmodel.interchange.form import (
    DEEPEST,
    MISREAD,
    TAG,
    At,
    CountForm,
    DateForm,
    Defs,
    Form,
    Json,
    NumberForm,
    ObjectForm,
    Problems,
    Schema,
    TextForm,
    Written,
    near_to,
    one_of,
    reference,
)
from goalmodel.interchange.kinds import ENUMS, VALUES
from goalmodel.reasons import Reason, ReasonKind

_RULES = {rule.code: rule for rule in HYGIENE_RULES}


class CodedForm(Form):
    """What a catalogue has, by its code."""

    def __init__(self, name: str, catalogue: Mapping[str, ReasonKind | HygieneRule]) -> None:
        self.accepted, self._catalogue = f"the code of a {name}", catalogue

    def write(self, value: ReasonKind | HygieneRule, how: Written) -> Json:
        if self._catalogue.get(value.code) != value:
            raise UnknownCode("code", value.code, "one of the catalogue: one of your own can't be written down")
        return value.code

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if isinstance(found, str) and found in self._catalogue:
            return self._catalogue[found]
        return problems.add(at, found, f"{self.accepted}{near_to(self._catalogue, found)}")

    def schema(self, defs: Defs) -> Schema:
        return {"type": "string", "enum": list(self._catalogue)}


KIND_FORM = CodedForm("reason", REASON_KINDS)
RULE_FORM = CodedForm("hygiene rule", _RULES)


class ReasonForm(ObjectForm):
    """A reason.

    Args:
        form_of: Which form the values of a type have.
    """

    name = "Reason"

    def __init__(self, form_of: Callable[[object], Form]) -> None:
        self._form_of = form_of

    def write(self, value: Reason, how: Written) -> Json:
        code = KIND_FORM.write(value.kind, how)
        declared = dict(value.kind.facts)
        facts = {name: self._fact(declared[name]).write(fact, how) for name, fact in value.facts}
        written: dict[str, Json] = {"code": code, "facts": facts}
        return {**written, "rule": value.rule, "sentence": value.sentence} if how.has_derived else written

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if not isinstance(found, dict) or len(at) > DEEPEST:
            return problems.add(at, found, "a reason: an object with its code and its facts")
        given = cast("dict[str, Json]", found)
        kind = KIND_FORM.read(given.get("code"), (*at, "code"), problems)
        for key in given.keys() - {"code", "facts", "rule", "sentence", TAG, "format"}:
            problems.add((*at, str(key)), given[key], 'nothing but "code", "facts", "rule" and "sentence"')
        facts = given.get("facts", {})
        if kind is MISREAD or not isinstance(facts, dict):
            return MISREAD if kind is MISREAD else problems.add((*at, "facts"), facts, "an object")
        declared = dict(cast("ReasonKind", kind).facts)
        read = {
            name: self._fact(declared[name]).read(each, (*at, "facts", name), problems)
            if name in declared
            else problems.add((*at, "facts", str(name)), each, one_of(declared, name))
            for name, each in cast("dict[str, Json]", facts).items()
        }
        missing = [name for name in declared if name not in read]
        for name in missing:
            problems.add((*at, "facts", name), None, f"given: {cast('ReasonKind', kind).code} rests on it")
        if missing or MISREAD in read.values():
            return MISREAD
        try:
            return Reason(cast("ReasonKind", kind), tuple(read.items()))
        except GoalModelError as error:
            return problems.add_all(at, error)

    def _fact(self, declared: object) -> Form:
        """Return the form of a fact: by its type, or, where that is open to types of other people, any."""
        try:
            return self._form_of(declared)
        except WrongType:
            return self._form_of(object)

    def schema(self, defs: Defs) -> Schema:
        if "Reason" not in defs:
            defs["Reason"] = {
                "type": "object",
                "title": "a reason",
                "description": "Why a verdict is what it is: a stable code and the facts; the sentence is for people.",
                "properties": {
                    "format": {"const": 1},
                    TAG: {"const": "Reason"},
                    "code": {"type": "string", "enum": list(REASON_KINDS)},
                    "facts": {"type": "object"},
                    "rule": {"type": "string", "readOnly": True},
                    "sentence": {"type": "string", "readOnly": True},
                },
                "required": ["code"],
                "additionalProperties": False,
            }
        return reference("Reason")


class AnyForm(Form):
    """A value of any type: a text as it is, all others with what they are.

    Args:
        form_of: Which form the values of a type have.
    """

    accepted = f'a text, or an object with its "{TAG}"'

    def __init__(self, form_of: Callable[[object], Form]) -> None:
        self._form_of = form_of

    def write(self, value: object, how: Written) -> Json:
        match value:
            case Enum() if type(value).__name__ in ENUMS:
                return {TAG: type(value).__name__, "value": value.value}
            case str() | bool() | None:
                return value
            case int() | Fraction() | dt.date():
                name, form = _plain(type(value))
                return {TAG: name, "value": form.write(value, how)}
            case tuple():
                return [self.write(each, how) for each in cast("tuple[object, ...]", value)]
            case _:
                form = self._form_of(type(value))
                return {TAG: type(value).__name__, **form.write(value, how)}

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if found is None or isinstance(found, str | bool):
            return found
        if isinstance(found, list) and len(at) < DEEPEST:
            given = found
            members = tuple(self.read(each, (*at, index), problems) for index, each in enumerate(given))
            return MISREAD if MISREAD in members else members
        tag = cast("dict[str, Json]", found).get(TAG) if isinstance(found, dict) else None
        if not isinstance(tag, str):
            return problems.add(at, found, self.accepted)
        if tag in VALUES:
            return self._form_of(VALUES[tag]).read(found, at, problems)
        form = self._form_of(ENUMS[tag]) if tag in ENUMS else _PLAIN.get(tag)
        if form is None:
            return problems.add((*at, TAG), tag, f"a kind of value{near_to((*VALUES, *ENUMS, *_PLAIN), tag)}")
        return form.read(cast("dict[str, Json]", found).get("value"), (*at, "value"), problems)

    def schema(self, defs: Defs) -> Schema:
        return {}


_PLAIN: dict[str, Form] = {"number": NumberForm(), "count": CountForm(), "date": DateForm(), "text": TextForm()}


def _plain(kind: type) -> tuple[str, Form]:
    name = "number" if issubclass(kind, Fraction) else "count" if issubclass(kind, int) else "date"
    return name, _PLAIN[name]
