"""Values of a class as objects: a field each, by name; a tag where several classes may stand in one place."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, cast

import attrs

from goalmodel.errors import GoalModelError
from goalmodel.interchange.form import (
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
    reference,
)
from goalmodel.interchange.limits import limited_by, limits_of
from goalmodel.showing import spaced

FORMAT: Final = 1
"""The number of the format that is written; every older one can be read."""

DERIVED: Final = "derived"
_FACTORY: Final[type] = type(cast("object", attrs.Factory(list)))
_BESIDE_FIELDS: Final = ("format", TAG, DERIVED)

_ATTRIBUTE: Final = re.compile(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", re.MULTILINE)


class ValueForm(ObjectForm):
    """A value of one class.

    Args:
        kind: The class.
        form_of: Which form the values of a type have.
        derived: What follows from a value and is written beside its fields, by name, with its type.
    """

    def __init__(
        self,
        kind: type[Any],
        form_of: Callable[[object], Form],
        hints: Mapping[str, object],
        derived: Mapping[str, object],
    ) -> None:
        self.kind: type[Any] = kind
        self.name: str = kind.__name__
        self._form_of, self._hints, self._derived = form_of, hints, derived
        self._attributes = [each for each in attrs.fields(kind) if each.init and each.eq]

    @cached_property
    def _fields(self) -> list[tuple[str, str, Form, Callable[[object], object] | None]]:
        """Name in the class, name in a document, form and default of each field.

        The default is a function of the value, for one field may be as another is; None where it has to be given.
        """
        return [
            (each.name, each.alias or each.name, self._form_of(self._hints[each.name]), _default_of(each))
            for each in self._attributes
        ]

    @cached_property
    def _known(self) -> dict[str, Form]:
        return {name: form for _, name, form, _ in self._fields}

    @cached_property
    def _followers(self) -> dict[str, Form]:
        return {name: self._form_of(hint) for name, hint in self._derived.items()}

    def write(self, value: object, how: Written) -> Json:
        fields: dict[str, Json] = {}
        for attribute, name, form, default in self._fields:
            held = getattr(value, attribute)
            if not (how.is_compact and default and held == default(value)):
                fields[name] = form.write(held, how)
        if how.has_derived and self._derived:
            followers = self._followers.items()
            fields[DERIVED] = {name: form.write(getattr(value, name), how) for name, form in followers}
        return fields

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if not is_object(found):
            return problems.add(at, found, f"an object that says {_with_article(self.name)}")
        given = found
        self._read_marks(given, at, problems)
        read: dict[str, Any] = {}
        for key, each in given.items():
            form = self._known.get(key)
            if form is not None:
                read[key] = form.read(each, (*at, key), problems)
            elif key not in _BESIDE_FIELDS:
                self._refuse(key, each, at, problems)
        for _, name, _, default in self._fields:
            if default is None and name not in given:
                accepted = "given: nothing stands for it by default"
                read[name] = problems.add((*at, name), None, accepted)
        if any(each is MISREAD for each in read.values()):
            return MISREAD
        try:
            return self.kind(**read)
        except GoalModelError as error:
            return problems.add_all(at, error)

    def _read_marks(self, given: dict[str, Json], at: At, problems: Problems) -> None:
        """Check what says of which format and class it is, where that is said."""
        if not is_this_format(given.get("format", FORMAT)):
            problems.add((*at, "format"), given["format"], f"{FORMAT}, the number of this format")
        if given.get(TAG, self.name) != self.name:
            problems.add((*at, TAG), given[TAG], f'"{self.name}"')

    def _refuse(self, key: object, found: Json, at: At, problems: Problems) -> None:
        if problems.aside is not None:
            problems.aside["/".join(("", *map(str, at), str(key)))] = found
            return
        problems.add((*at, str(key)), found, f"a field of {_with_article(self.name)}{near_to(self._known, key)}")

    def schema(self, defs: Defs) -> Schema:
        if self.name not in defs:
            defs[self.name] = {}
            described = dict(_ATTRIBUTE.findall(inspect.getdoc(self.kind) or ""))
            properties: dict[str, Schema] = {"format": {"const": FORMAT}, TAG: {"const": self.name}}
            for each, (attribute, name, form, _) in zip(self._attributes, self._fields, strict=True):
                text = described.get(attribute)
                found = limited_by(form.schema(defs), limits_of(each))
                properties[name] = found | ({"description": " ".join(text.split())} if text else {})
            if self._derived:
                properties[DERIVED] = {"readOnly": True}
            defs[self.name] = {
                "type": "object",
                "title": _with_article(self.name),
                "description": (self.kind.__doc__ or "").partition("\n")[0],
                "properties": properties,
                "required": [name for _, name, _, default in self._fields if default is None],
                "additionalProperties": False,
            }
        return reference(self.name)


def is_this_format(found: Json) -> bool:
    """Return whether that is the number of the format that is read."""
    return found == FORMAT and not isinstance(found, bool)


def _default_of(attribute: attrs.Attribute[Any]) -> Callable[[object], object] | None:
    """Return what a field of a value is by default; None where it has to be given."""
    default: Any = attribute.default
    if default is attrs.NOTHING:
        return None
    if not isinstance(default, _FACTORY):
        return lambda _: default
    factory: Any = default
    return factory.factory if factory.takes_self else lambda _: factory.factory()


def _with_article(name: str) -> str:
    """Return the name of a class as words: ``KeyResult`` is a key result."""
    words = spaced(name)
    if words.endswith("s"):
        return words
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"
