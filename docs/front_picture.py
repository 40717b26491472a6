"""Draw the picture of the README: ``python docs/front_picture.py --write``; the site's first page has it inline.

It is the chart goalmodel.show draws of the emergency departments of ``docs/examples/emergency_care.py``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

sys.path.append(str(Path(__file__).parent / "examples"))

from emergency_care import walk

from goalmodel import show

PICTURE: Final = Path(__file__).parent / "pictures" / "four-hours.svg"
_GROUND: Final = (
    "<style>svg { background: #fff; color: #222; font-family: system-ui, sans-serif }"
    " @media (prefers-color-scheme: dark) { svg { background: #16191d; color: #ddd } }</style>"
)


def drawn() -> tuple[str, str]:
    """Return what is said of the four hours in a line, and its chart."""
    _, review = walk()[-1]
    found = review["four-hours"]
    chart = re.search(r"<svg.*?</svg>", show.html(found), re.DOTALL)
    if chart is None:
        raise ValueError("no chart was drawn")
    return show.line(found), chart[0]


def inline() -> str:
    """Return the chart, with what is said of it, as a piece of a page that takes the page's own colours."""
    said, chart = drawn()
    return f'<figure class="drawn">{chart}<figcaption>{said}</figcaption></figure>\n'


def alone() -> str:
    """Return the chart as a file by itself: it brings its ground, light or dark, and a margin."""
    _, chart = drawn()
    opening, rest = chart.split(">", maxsplit=1)
    _, _, width, height = (int(each) for each in re.findall(r'viewBox="([^"]*)"', opening)[0].split())
    opening = opening.replace(f'"0 0 {width} {height}"', f'"-12 -12 {width + 24} {height + 24}"')
    return f"{opening}>{_GROUND}{rest}\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_text(alone(), encoding="utf-8")
    else:
        print(alone(), end="")
