"""A notebook, run, as a page of the site: each cell of ``docs/examples/notebook.py`` with what it shows."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Any, Final, NamedTuple

SOURCE: Final = Path(__file__).parent / "examples" / "notebook.py"
_WIDTH: Final = 88
_CELL: Final = re.compile(r"^# %%( \[markdown\])?[^\n]*\n", re.MULTILINE)


class Cell(NamedTuple):
    """A cell: whether it is code, and its text."""

    is_code: bool
    text: str


def cells(source: str) -> Iterator[Cell]:
    """Yield the cells of a notebook in the percent format, which editors open as a notebook."""
    _, *parts = _CELL.split(source)
    for kind, text in zip(parts[::2], parts[1::2], strict=True):
        if kind is None:
            yield Cell(is_code=True, text=text.strip())
        else:
            yield Cell(is_code=False, text=re.sub(r"^# ?", "", text, flags=re.MULTILINE).strip())


def shown(code: str, names: dict[str, Any]) -> str | None:
    """Run a cell, and return what a notebook shows of what it ends with; None where that is nothing."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, str(SOURCE), "exec"), names)  # noqa: S102 - the project's own example
    if not isinstance(last, ast.Expr):
        return None
    value = eval(compile(ast.Expression(last.value), str(SOURCE), "eval"), names)  # noqa: S307 - likewise
    if value is None:
        return None
    if hasattr(value, "_repr_html_"):
        return f"````{{raw}} html\n{value._repr_html_()}\n````"
    lines = (line for each in str(value).splitlines() for line in wrap(each, _WIDTH) or [""])
    return "\n".join(["```text", *lines, "```"])


def notebook_page() -> str:
    """Return the notebook as MyST Markdown, with what its cells show."""
    if str(SOURCE.parent) not in sys.path:
        sys.path.append(str(SOURCE.parent))
    names: dict[str, Any] = {"__name__": "notebook"}
    parts: list[str] = []
    for cell in cells(SOURCE.read_text(encoding="utf-8")):
        if cell.is_code:
            parts += [f"```python\n{cell.text}\n```", *filter(None, [shown(cell.text, names)])]
        else:
            parts.append(cell.text)
    return "\n\n".join([*parts, ""])
