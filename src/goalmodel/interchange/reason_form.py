"""Reasons by their code, with their facts by name; the rule and the sentence stand beside, to be read by people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, cast

from goalmodel.catalogue import REASON_KINDS
from goalmodel.errors import FactsDontFit, UnknownCode, WrongType
from goalmodel.hygiene import HYGIENE_RULES, HygieneRule
from goalmodel.interchange.form import (
    DEEPEST,
    MISREAD,
    TAG,
    At,
    Defs,
    Form,
    Json,
    ObjectForm,
    Problems,
    Schema,
    Written,
    is_object,
    near_to,
    one_of,
    reference,
)
from goalmodel.interchange.kinds import VALUES
from goalmodel.reasons import Reason, ReasonKind

_RULES: Final = MappingProxyType({rule.code: rule for rule in HYGIENE_RULES})


class CodedForm(Form):
    """What a catalogue has, by its code."""

    def __init__(self, name: str, catalogue: Mapping[str, ReasonKind | HygieneRule]) -> None:
        self.accepted: str = f"the code of a {name}"
        self._catalogue = catalogue

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


_FIELDS: Final = ("code", "facts", "rule", "sentence", TAG, "format")
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
        if not is_object(found) or len(at) > DEEPEST:
            return problems.add(at, found, "a reason: an object with its code and its facts")
        given = found
        kind = KIND_FORM.read(given.get("code"), (*at, "code"), problems)
        for key, each in given.items():
            if key not in _FIELDS:
                problems.add((*at, str(key)), each, f"a field of a reason{near_to(_FIELDS, key)}")
        facts = given.get("facts", {})
        if kind is MISREAD or not is_object(facts):
            return MISREAD if kind is MISREAD else problems.add((*at, "facts"), facts, "an object")
        declared = dict(cast("ReasonKind", kind).facts)
        read = {
            name: self._fact(declared[name]).read(each, (*at, "facts", name), problems)
            if name in declared
            else problems.add((*at, "facts", str(name)), each, one_of(declared, name))
            for name, each in facts.items()
        }
        missing = [name for name in declared if name not in read]
        for name in missing:
            problems.add((*at, "facts", name), None, f"given: {cast('ReasonKind', kind).code} rests on it")
        if missing or MISREAD in read.values():
            return MISREAD
        try:
            return Reason(cast("ReasonKind", kind), tuple(read.items()))
        except FactsDontFit as error:
            # A fact's type may be open to classes of other people: then only the kind of reason knows what fits.
            name = str(error.field).partition(".")[2]
            accepted = f"what {kind.code} takes: a value of another type"
            return problems.add((*at, "facts", name), facts.get(name), accepted)

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
                    "rule": {"readOnly": True},
                    "sentence": {"readOnly": True},
                },
                "required": ["code"],
                "additionalProperties": False,
            }
        return reference("Reason")


class OpenForm(Form):
    """A text, or a value of any class: it says of which.

    Args:
        form_of: Which form the values of a type have.
    """

    accepted = f'a text, or an object with its "{TAG}"'

    def __init__(self, form_of: Callable[[object], Form]) -> None:
        self._form_of = form_of

    def write(self, value: object, how: Written) -> Json:
        if isinstance(value, str):
            return value
        if VALUES.get(type(value).__name__) is not type(value):
            raise WrongType("value", value, "a value of goalmodel's own: one of somebody else's can't be written down")
        return {TAG: type(value).__name__, **self._form_of(type(value)).write(value, how)}

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if isinstance(found, str):
            return found
        tag = found.get(TAG) if is_object(found) else None
        if not isinstance(tag, str):
            return problems.add(at, found, self.accepted)
        if tag not in VALUES:
            return problems.add((*at, TAG), tag, f"the type of a value{near_to(VALUES, tag)}")
        return self._form_of(VALUES[tag]).read(found, at, problems)

    def schema(self, defs: Defs) -> Schema:
        return {}
