"""What the rule of a single field asks for, as JSON Schema has it, from the very functions that check the field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

import attrs

from goalmodel.interchange.form import Json, Schema
from goalmodel.interchange.numerals import PATTERN

_BOUNDS: Final = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
_NOT_BELOW_0: Final = "^(?!-[^/]*[1-9a-f])"
_ABOVE_0: Final = "^(?!-)(?=[^/]*[1-9a-f])"


def limits_of(attribute: attrs.Attribute[Any]) -> Mapping[str, Json]:
    """Return what the converter and the validators of a field ask for; of several the last one holds."""
    converter = cast("Any", attribute).converter
    inside: Any = getattr(attribute.validator, "validator", attribute.validator)
    several = getattr(inside, "_validators", (inside,))
    found: dict[str, Json] = {}
    for function in (getattr(converter, "func", converter), *several):
        found |= getattr(function, "limits", {})
    return found


def limited_by(schema: Schema, limits: Mapping[str, Json]) -> Schema:
    """Return a schema with *limits* where they mean something: of numbers, of texts, of the members of an array."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [limited_by(each, limits) for each in schema["anyOf"]]}
    match schema:
        case {"type": "number" | "integer"}:
            return {**schema, **{name: limits[name] for name in _BOUNDS if name in limits}}
        case {"type": "string", "pattern": pattern} if pattern == PATTERN:
            return {**schema, "pattern": _signed(pattern, limits)}
        case {"type": "string"} if set(schema) == {"type"} and "pattern" in limits:
            return {**schema, "pattern": limits["pattern"]}
        case {"type": "array", "items": _} if "items" in limits:
            return {**schema, "items": limited_by(schema["items"], limits["items"])}
        case _:
            return schema


def _signed(pattern: str, limits: Mapping[str, Json]) -> str:
    """Return the pattern of a number as text that is at least, or above, 0 where that is the rule."""
    if limits.get("exclusiveMinimum") == 0:
        return f"{_ABOVE_0}{pattern.removeprefix('^')}"
    return f"{_NOT_BELOW_0}{pattern.removeprefix('^')}" if limits.get("minimum") == 0 else pattern
