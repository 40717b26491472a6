"""The notebook of the docs runs, and what its cells show is on its page."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any, Final

DOCS: Final = Path(__file__).parents[2] / "docs"
PAGE: Final[dict[str, Any]] = runpy.run_path(str(DOCS / "notebook_page.py"))


def test_every_cell_of_the_notebook_is_shown_with_what_it_ends_with() -> None:
    page: str = PAGE["notebook_page"]()
    assert page.startswith("# A notebook")
    assert page.count("````{raw} html") == 3
    assert "patients seen within four hours, 36 readings" in page
    assert "now worsening: four-hours" in " ".join(page.split())
    # March has more attendances than February for it has more days: per day nothing is new.
    assert "newly proposed" not in page
    assert max(map(len, re.findall("```text\\n(.*?)\\n```", page, re.DOTALL)[0].splitlines())) <= 88
    assert "What needs attention" in page
    assert page.index("from emergency_care import walk") < page.index("KPI four-hours")


def test_a_cell_shows_what_it_ends_with_and_nothing_else() -> None:
    names: dict[str, Any] = {}
    assert PAGE["shown"]("x = 3", names) is None
    assert PAGE["shown"]("x + 1", names) == "```text\n4\n```"
    assert PAGE["shown"]("None", names) is None
    assert PAGE["shown"]("", names) is None
