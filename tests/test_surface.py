"""What users rely on, against a stored list: names, fields, members and their values, codes. A change is on purpose.

After one: ``python tests/test_surface.py --write``, and a line in the CHANGELOG.
"""

from __future__ import annotations

import inspect
import json
import pkgutil
import sys
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

import goalmodel
from goalmodel.catalogue import REASON_KINDS

NO_ROOMS = frozenset({"checks", "exact", "frames", "promised", "reprs", "rooms", "showing", "testing", "together"})
"""What every room reads by, and the two that are extras."""

STORED = Path(__file__).with_name("surface.json")


def _public(room: ModuleType) -> dict[str, Any]:
    listed = getattr(room, "__all__", None)
    found = {name: getattr(room, name) for name in dir(room) if not name.startswith("_")}
    found = {name: value for name, value in found.items() if not isinstance(value, ModuleType)}
    if listed is not None:
        return {name: found[name] for name in listed}
    if hasattr(room, "__path__"):
        return found
    return {name: value for name, value in found.items() if getattr(value, "__module__", None) == room.__name__}


def _described(value: Any) -> Any:  # noqa: ANN401 - whatever is public
    """Return what of a public thing users rely on: members with their values, fields as they are given, or its kind."""
    if inspect.isclass(value) and issubclass(value, Enum):
        return {member.name: member.value for member in value}
    if inspect.isclass(value) and attrs.has(value) and not issubclass(value, Exception):
        return [field.alias or field.name for field in attrs.fields(value) if field.init]
    if inspect.isclass(value):
        bases = (TypeError, ValueError)
        return next((base.__name__ for base in bases if issubclass(value, base)), "class")
    if inspect.isroutine(value):
        return list(inspect.signature(value).parameters)
    return "constant"


def surface() -> dict[str, Any]:
    """Return everything users rely on, by room and name."""
    names = {found.name for found in pkgutil.iter_modules(goalmodel.__path__)} - NO_ROOMS
    rooms = {name: getattr(goalmodel, name) for name in names}
    return {
        "front door": sorted(goalmodel.__all__),
        "rooms": {
            name: {each: _described(value) for each, value in sorted(_public(room).items())}
            for name, room in sorted(rooms.items())
        },
        "reason codes": {code: [name for name, _ in kind.facts] for code, kind in REASON_KINDS.items()},
    }


def test_the_public_surface_is_the_stored_one() -> None:
    stored, found = json.loads(STORED.read_text(encoding="utf-8")), json.loads(json.dumps(surface()))
    assert found["front door"] == stored["front door"], "if that is on purpose: python tests/test_surface.py --write"
    assert found["reason codes"] == stored["reason codes"]
    assert sorted(found["rooms"]) == sorted(stored["rooms"])
    for room, names in found["rooms"].items():
        assert names == stored["rooms"][room], room


if __name__ == "__main__" and "--write" in sys.argv:
    STORED.write_text(json.dumps(surface(), indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
