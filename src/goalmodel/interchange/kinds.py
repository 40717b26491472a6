"""What can be written down: every public type of values and every public enumeration, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType, ModuleType
from typing import Any, Final

import attrs

from goalmodel import (
    changes,
    commit,
    events,
    externality,
    hygiene,
    initiative,
    key_result,
    kpi,
    lifecycle,
    measure,
    model,
    objective,
    profiles,
    reasons,
    reviewing,
    statement,
    trend,
)

_ROOMS: Final = (measure, trend, kpi, key_result, commit, initiative, objective, events, model, hygiene, lifecycle)
_BESIDE: Final = (externality, changes, reviewing, statement, profiles, reasons)


def _public(room: ModuleType) -> Iterator[type[Any]]:
    for name in dir(room):  # with what is loaded only when somebody asks for it
        value = getattr(room, name)
        is_its_own = hasattr(room, "__path__") or getattr(value, "__module__", None) == room.__name__
        if isinstance(value, type) and not name.startswith("_") and is_its_own:
            yield value


def _named(kind: type) -> MappingProxyType[str, type[Any]]:
    found = {each.__name__: each for room in (*_ROOMS, *_BESIDE) for each in _public(room)}
    return MappingProxyType(
        {
            name: each
            for name, each in sorted(found.items())
            if (attrs.has(each) if kind is object else issubclass(each, kind))
        }
    )


VALUES: Final = _named(object)
"""Every public class of values by its name."""

ENUMS: Final[Mapping[str, type[Enum]]] = _named(Enum)
"""Every public enumeration by its name."""

_RULES: Final = tuple(each for each in VALUES.values() if hasattr(each, "needs"))
USUAL_RULES: Final = tuple(each for each in _RULES if hasattr(each, "standing"))
DIRECTION_RULES: Final = tuple(each for each in _RULES if hasattr(each, "heading"))
"""The trend rules goalmodel brings along; one of somebody's own can't be written down."""
