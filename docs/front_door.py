"""Write what type checkers read of the front door: src/goalmodel/__init__.pyi, from the names in __init__.py.

Run it with ``--write`` after a name came in or went; without, it prints.
"""

from __future__ import annotations

import sys
from pathlib import Path

import goalmodel

STUB = Path(__file__).parent.parent / "src" / "goalmodel" / "__init__.pyi"


def stub() -> str:
    """Return the stub: each room, and each name of the front door from its room."""
    rooms = "".join(f"from goalmodel import {room} as {room}\n" for room in goalmodel._ROOMS)  # noqa: SLF001 - its own list
    names = "".join(
        f"from goalmodel.{room} import {name} as {name}\n"
        for room, names in goalmodel._FRONT_DOOR.items()  # noqa: SLF001 - its own list
        for name in names.split()
    )
    listed = "".join(f"    {name!r},\n" for name in sorted(goalmodel.__all__)).replace("'", '"')
    return f"{rooms}{names}\n__version__: str\n__all__ = [\n{listed}]\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        STUB.write_text(stub(), encoding="utf-8")
    else:
        print(stub(), end="")
