"""Where values of several types may stand in one place, each says which it is, unless JSON itself tells them apart."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, get_origin

from goalmodel.errors import WrongType
from goalmodel.interchange.form import (
    TAG,
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
    ObjectForm,
    Problems,
    RowForm,
    Schema,
    TextForm,
    Written,
    is_object,
    one_of,
)


class ChoiceForm(Form):
    """A value of one of several types.

    Args:
        members: The form of each type.
    """

    def __init__(self, members: Mapping[type[Any], Form]) -> None:
        self._members = members
        self._values = {form.name: form for form in members.values() if isinstance(form, ObjectForm)}
        enums = [form for form in members.values() if isinstance(form, EnumForm)]
        self._has_texts = any(isinstance(form, TextForm) for form in members.values())
        is_tagged = len(enums) > 1 or self._has_texts
        self._tagged: dict[str, Form] = {form.kind.__name__: form for form in enums} if is_tagged else {}
        if self._has_texts:
            self._tagged |= {tag: form for form in members.values() if (tag := _TAGS.get(type(form)))}

    def write(self, value: object, how: Written) -> Json:
        form = self._form_for(value)
        if isinstance(form, ObjectForm):
            return form.tagged(value, how) if len(self._values) > 1 else form.write(value, how)
        written = form.write(value, how)
        if isinstance(written, str) and not isinstance(form, TextForm):
            tag = next((tag for tag, each in self._tagged.items() if each is form), None)
            return written if tag is None else {TAG: tag, "value": written}
        return written

    def _form_for(self, value: object) -> Form:
        kind = type(value)
        if kind in self._members:
            return self._members[kind]
        form = next((form for each, form in self._members.items() if isinstance(value, get_origin(each) or each)), None)
        if form is None:
            raise WrongType("value", value, "a value of goalmodel's own: one of somebody else's can't be written down")
        return form

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if is_object(found):
            return self._read_object(found, at, problems)
        form = self._form_that_reads(found)
        if form is None:
            return problems.add(at, found, self._accepted)
        return form.read(found, at, problems)

    def _read_object(self, found: dict[str, Json], at: At, problems: Problems) -> Any:
        tag = found.get(TAG)
        if isinstance(tag, str) and tag in self._tagged:
            return self._tagged[tag].read(found.get("value"), (*at, "value"), problems)
        if len(self._values) == 1:
            return next(iter(self._values.values())).read(found, at, problems)
        if isinstance(tag, str) and tag in self._values:
            return self._values[tag].read(found, at, problems)
        tags = [*self._values, *self._tagged]
        if not tags:
            return problems.add(at, found, self._accepted)
        return problems.add((*at, TAG), tag, one_of(tags, tag))

    def _form_that_reads(self, found: Json) -> Form | None:
        """Return the form JSON itself tells: by the kind of value, and of texts by what they say."""
        wanted = next((forms for kind, forms in _FORMS_OF.items() if type(found) is kind), ())
        among = [form for form in self._members.values() if isinstance(form, wanted)]
        if not isinstance(found, str):
            return among[0] if among else None
        texts = [form for form in among if isinstance(form, TextForm)]
        words = [form for form in among if isinstance(form, EnumForm)]
        others = [form for form in among if form not in words]
        said = [] if self._tagged else [form for form in words if form.knows(found)]
        return next(iter((*texts, *said, *others, *([] if self._tagged else words))), None)

    @property
    def _accepted(self) -> str:
        return " or ".join(form.accepted for form in self._members.values())

    def schema(self, defs: Defs) -> Schema:
        schemas: list[Schema] = []
        for form in self._members.values():
            known = form.schema(defs)
            if isinstance(form, ObjectForm) and len(self._values) > 1:
                known = {"allOf": [known, {"required": [TAG]}]}
            if not (isinstance(form, EnumForm) and self._tagged):
                schemas.append(known)
        return {"anyOf": [*schemas, *(_tagged_schema(tag, form.schema(defs)) for tag, form in self._tagged.items())]}


def _tagged_schema(tag: str, value: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {TAG: {"const": tag}, "value": value},
        "required": [TAG, "value"],
        "additionalProperties": False,
    }


_TAGS: Final[Mapping[type[Form], str]] = MappingProxyType({NumberForm: "number", DateForm: "date"})
"""How a number or a day says what it is, where a text may stand as well."""

_FORMS_OF: Final[Mapping[type, tuple[type[Form], ...]]] = MappingProxyType(
    {
        type(None): (NullForm,),
        bool: (BoolForm,),
        int: (NumberForm, CountForm),
        float: (NumberForm, CountForm),
        str: (EnumForm, DateForm, NumberForm, TextForm),
        list: (ManyForm, RowForm),
    }
)
