"""Values as plain data and back: what a service stores, a browser reads, another program writes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar, cast, get_origin, overload

from goalmodel.checks import raise_all, the
from goalmodel.errors import WrongType
from goalmodel.interchange.form import (
    DEFS,
    TAG,
    Form,
    Json,
    ObjectForm,
    Problems,
    Schema,
    Written,
    is_array,
    is_object,
    near_to,
)
from goalmodel.interchange.forms import form_of
from goalmodel.interchange.kinds import ENUMS, VALUES
from goalmodel.interchange.value_form import FORMAT, is_this_format

_T = TypeVar("_T")
_VALUE = "value"


def document(value: object, *, compact: bool = True, derived: bool = True) -> dict[str, Any]:
    """Return *value* as plain data that JSON can write: objects, arrays, texts, numbers, true, false, null.

    >>> document(Measure("visits", lowest=0))
    {'format': 1, 'type': 'Measure', 'name': 'visits', 'lowest': 0}

    Numbers are exact: JSON numbers where a double means the same decimal, else texts ("1/3"). Dates are ISO, words of a
    list their own values. Where values of several classes may stand in a field each says its kind. Equal values give
    equal documents. What an assessment was made from (its readings) is not part of it.

    Args:
        value: Of any public type.
        compact: Whether fields that are as they would be by default are left out.
        derived: Whether beside a verdict stands what follows from it (health, pace, sentences), to be shown. It is not
            read back.

    Raises:
        WrongType: It is no value of a public type, or holds somebody's own trend rule.
        UnknownCode: It holds a reason that is in no catalogue.
    """
    name = type(value).__name__
    if VALUES.get(name, ENUMS.get(name)) is not type(value):
        raise WrongType("value", value, "a value of a public type of goalmodel")
    form, how = form_of(cast("Any", type(value))), Written(is_compact=compact, has_derived=derived)
    written = form.write(value, how)
    fields: dict[str, Json] = written if is_object(written) else {_VALUE: written}
    return {"format": FORMAT, TAG: name, **fields}


@overload
def load(kind: type[_T], document: object) -> _T: ...
@overload
def load(kind: object, document: object) -> Any: ...  # noqa: ANN401 - of annotations no checker knows the type
def load(kind: object, document: object) -> Any:
    """Return the value of a *kind* that a *document* says.

    >>> load(Measure, {"format": 1, "type": "Measure", "name": "visits", "lowest": 0}) == Measure("visits", lowest=0)
    True
    >>> try:
    ...     load(Measure, {"format": 1, "type": "Measure", "lowst": 0})
    ... except GoalModelError as refused:
    ...     for problem in refused.problems:
    ...         print(problem)
    /lowst must be a field of a measure (did you mean "lowest"?); got 0
    /name must be given: nothing stands for it by default; got null

    Args:
        kind: The type, or what annotations make of types: ``load(Event, …)``; ``object`` for whatever it says it is.
        document: As `document` writes it, or anybody else; what JSON can say.

    Raises:
        NotReadable: Something is wrong, as a JSON Pointer, what was found, and what is accepted; of several things
            each is one of the ``problems``. Fields that nobody knows are wrong; `load_known` keeps them aside.
        WrongType: *kind* is no type whose values can be written down.
    """
    return _loaded(kind, document, Problems())


@overload
def load_known(kind: type[_T], document: object) -> tuple[_T, Mapping[str, object]]: ...
@overload
def load_known(kind: object, document: object) -> tuple[Any, Mapping[str, object]]: ...
def load_known(kind: object, document: object) -> tuple[Any, Mapping[str, object]]:
    """Return what `load` returns of the fields that are known, and what stands in all others, by their JSON Pointers.

    For programs that read what a newer one wrote.

    Raises:
        NotReadable: As `load` does, but for fields that nobody knows.
        WrongType: *kind* is no type whose values can be written down.
    """
    aside: dict[str, object] = {}
    return _loaded(kind, document, Problems(aside=aside)), MappingProxyType(aside)


def _loaded(kind: object, document: object, problems: Problems) -> Any:  # noqa: ANN401
    value = _read(_form_of(kind), document, problems)
    raise_all(problems.found)
    return value


def _form_of(kind: object) -> Form:
    if not (isinstance(kind, type) or get_origin(kind) is not None):
        raise WrongType("kind", kind, "a public type of goalmodel, or what annotations make of such types")
    return form_of(cast("Any", kind))


def _read(form: Form, found: Json, problems: Problems) -> Any:  # noqa: ANN401
    if not is_object(found):
        return problems.add((), found, f'an object with its "format", its "{TAG}" and its fields')
    given = found
    if not is_this_format(given.get("format")):
        return problems.add(("format",), given.get("format"), f"{FORMAT}, the number of the format")
    tag = given.get(TAG)
    if not isinstance(tag, str) or tag not in {**VALUES, **ENUMS}:
        return problems.add((TAG,), tag, f"the kind of a value{near_to((*VALUES, *ENUMS), tag)}")
    own = form_of(cast("Any", VALUES.get(tag, ENUMS.get(tag))))
    if isinstance(own, ObjectForm) or not _is_wrapped(given):
        return form.read(given, (), problems)
    return form.read(given[_VALUE], (_VALUE,), problems)


def _is_wrapped(given: dict[str, Json]) -> bool:
    return given.keys() == {"format", TAG, _VALUE}


def schema(kind: object, *, defs: str = DEFS) -> dict[str, Any]:
    """Return what documents of a *kind* look like, as JSON Schema 2020-12, with the words of the docstrings.

    >>> schema(Cycle)["$defs"]["Cycle"]["required"]
    ['start', 'end']

    The limits of a field's own rule are in it; where a rule crosses fields it lets pass what `load` refuses.

    Args:
        kind: As in `load`.
        defs: Where the definitions will stand, as a reference: in an OpenAPI description ``"#/components/schemas"``.
            They are given under ``$defs`` all the same, to be put there.

    Raises:
        WrongType: It is no type whose values can be written down, or *defs* is no text.
    """
    found, named = _schema(kind)
    told = {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "$defs": dict(sorted(named.items()))}
    return told if the(str, defs, "defs") == DEFS else cast("dict[str, Any]", _referring(told, defs))


def _schema(kind: object) -> tuple[Schema, dict[str, Schema]]:
    """Return the schema of a kind, with the definitions it refers to."""
    defs: dict[str, Schema] = {}
    found = _form_of(kind).schema(defs)
    if not found or found.get("$ref", "").rpartition("/")[2] in VALUES or "anyOf" in found:
        whole: Schema = {"allOf": [found, {"required": ["format", TAG]}]}
    else:
        marks: Schema = {"format": {"const": FORMAT}, TAG: {"enum": [*VALUES, *ENUMS]}}
        whole = {"type": "object", "properties": {**marks, _VALUE: found}, "required": [*marks, _VALUE]}
    return whole, defs


def _referring(found: Json, defs: str) -> Json:
    """Return a part of a schema that refers to definitions in another place."""
    if is_array(found):
        return [_referring(each, defs) for each in found]
    if not is_object(found):
        return found
    return {
        key: f"{defs}/{str(each).removeprefix(f'{DEFS}/')}" if key == "$ref" else _referring(each, defs)
        for key, each in found.items()
    }
