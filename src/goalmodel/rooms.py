"""How a room keeps what few ask for unloaded until somebody does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module


def later(room: str, **modules: str) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and the ``__dir__`` of a room some of whose modules are loaded when first asked for.

    With the first name of a module all its names come into the room.

    Args:
        room: The name of the room's package.
        modules: For each module the names the room has from it, with blanks between them.
    """
    module_of = {name: module for module, names in modules.items() for name in names.split()}
    held = vars(sys.modules[room])

    def load(name: str) -> object:
        if name not in module_of:
            raise AttributeError(f"module {room!r} has no attribute {name!r}", name=name, obj=sys.modules[room])
        module = import_module(f"{room}.{module_of[name]}")
        held.update({each: getattr(module, each) for each in modules[module_of[name]].split()})
        return held[name]

    def names() -> list[str]:
        return sorted({*held, *module_of})

    return load, names
