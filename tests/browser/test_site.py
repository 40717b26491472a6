"""The site, a status page and the try-it page in a browser: nobody is shut out, and what is looked for is found."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from goalmodel import show
from in_browser import CHROMIUM, NPM, from_npm, served, told

ROOT: Final = Path(__file__).parents[2]
SITE: Final = os.environ.get("GOALMODEL_SITE")
WHEEL: Final = os.environ.get("GOALMODEL_WHEEL")
AXE: Final = "axe-core@4.14.1"
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
    pytest.mark.skipif(SITE is None, reason="GOALMODEL_SITE says where the built site is, and is not set"),
]

PAGES: Final = (
    "index.html",
    "tutorial.html",
    "questions.html",
    "search.html?q=limits",
    "how-to/show.html",
    "how-to/plans-by-month.html",
    "explanation/other-systems.html",
    "generated/notebook.html",
    "generated/kpi.html",
    "generated/reasons.html",
    "reference/rules.html",
    "reference/promise.html",
    "status.html",
)

QUESTIONS: Final = {
    "too high": "questions",
    "limits": "questions",
    "store model": "how-to/documents",
    "kr-scored": "generated/reasons",
    "data frame": "how-to/data-frames",
    "which rule decides": "questions",
    "unknown": "questions",
    "missing reading": "questions",
    "spreadsheet": "how-to/spreadsheets",
    "another language": "how-to/another-language",
    "deprecated": "reference/promise",
    "commit": "explanation/commits",
    "holidays": "how-to/working-days-and-calendars",
    "HealthBands": "generated/kpi",
}
"""What a newcomer looks for, and the page that answers."""
AMONG: Final = 5

_AXE: Final = """<!doctype html><title>axe</title><pre id="told"></pre><script>
const pages = {pages}, found = [];
const until = async (ready) => {{
  for (let n = 0; n < 600; n++) {{ if (ready()) return; await new Promise((go) => setTimeout(go, 100)); }}
}};
const opened = (page, width) => new Promise((ready) => {{
  const frame = document.createElement("iframe");
  frame.style = `width:${{width}}px;height:900px;border:0`;
  frame.onload = () => ready(frame);
  frame.src = page;
  document.body.append(frame);
}});
const answered = async (inside) => {{
  const state = inside.getElementById("state");
  await until(() => !state.textContent.startsWith("Loading"));
  inside.querySelectorAll("form button").forEach((button) => button.click());
}};
(async () => {{
  for (const page of pages) for (const [width, theme] of [[1000, "light"], [375, "dark"]]) {{
    const frame = await opened(page, width), inside = frame.contentDocument;
    inside.body.dataset.theme = theme;
    if (page.startsWith("status") && theme === "dark") inside.body.style = "background:#111;color:#eee";
    if (page.startsWith("try/")) await answered(inside);
    const script = inside.createElement("script");
    script.src = "/axe.min.js";
    await new Promise((go) => {{ script.onload = go; inside.head.append(script); }});
    const said = await frame.contentWindow.axe.run(inside, {{ resultTypes: ["violations"] }});
    const root = inside.documentElement;
    found.push({{ page, theme, passed: said.passes.length, overflows: root.scrollWidth > root.clientWidth + 1,
      violations: said.violations.map((each) => [
      each.impact, each.id, each.nodes.length, each.nodes[0].html.slice(0, 200), each.nodes[0].failureSummary,
    ]) }});
    frame.remove();
  }}
  document.getElementById("told").textContent = JSON.stringify(found);
}})();
</script>"""

_SEARCH: Final = """<!doctype html><title>search</title><pre id="told"></pre><script>
const asked = {asked}, found = {{}};
(async () => {{
  for (const words of asked) {{
    const frame = document.createElement("iframe");
    frame.src = "search.html?q=" + encodeURIComponent(words);
    document.body.append(frame);
    for (let n = 0; n < 300; n++) {{
      await new Promise((go) => setTimeout(go, 100));
      const inside = frame.contentDocument, said = inside && inside.querySelector("#search-results .search-summary");
      if (said && /found|did not match/.test(said.textContent)) break;
    }}
    const links = [...frame.contentDocument.querySelectorAll("#search-results ul.search li > a")];
    found[words] = links.map((link) => link.getAttribute("href"));
    frame.remove();
  }}
  document.getElementById("told").textContent = JSON.stringify(found);
}})();
</script>"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The site with a status page beside it, and where it is served."""
    folder = tmp_path_factory.mktemp("pages") / "site"
    shutil.copytree(str(SITE), folder)
    _, last = runpy.run_path(str(ROOT / "docs" / "examples" / "emergency_care.py"))["walk"]()[-1]
    page = f"<title>Status</title></head><body><main><h1>Goals</h1>{show.html(last)}</main></body></html>"
    (folder / "status.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{page}', encoding="utf-8"
    )
    with served(folder) as address:
        yield folder, address


def _judged_by_axe(folder: Path, address: str, pages: list[str]) -> list[dict[str, Any]]:
    """Return what axe finds on each page, light and wide, dark and narrow."""
    try:
        from_npm(AXE, "axe.min.js", folder)
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"axe could not be fetched: {refused}")
    (folder / "axe.html").write_text(_AXE.format(pages=json.dumps(pages)), encoding="utf-8")
    found: list[dict[str, Any]] = told(f"{address}/axe.html", seconds=600)
    assert len(found) == 2 * len(pages)
    assert all(each["passed"] > 5 for each in found)
    return found


def _serious(found: list[dict[str, Any]]) -> list[str]:
    return [
        f"{each['page']}, {each['theme']}: {broken}"
        for each in found
        for broken in each["violations"]
        if broken[0] in {"serious", "critical"}
    ]


@pytest.mark.skipif(NPM is None, reason="there is no npm here, which brings axe")
def test_axe_finds_nothing_serious_on_the_site_and_the_status_page(everything: tuple[Path, str]) -> None:
    found = _judged_by_axe(*everything, list(PAGES))
    assert _serious(found) == []
    assert [each["page"] for each in found if each["overflows"]] == []


@pytest.mark.skipif(NPM is None, reason="there is no npm here, which brings axe and Python for the browser")
def test_axe_finds_nothing_serious_on_the_try_page(everything: tuple[Path, str]) -> None:
    folder, address = everything
    build = runpy.run_path(str(ROOT / "docs" / "try" / "build.py"))["build"]
    try:
        build(folder / "try", None if WHEEL is None else Path(WHEEL))
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"the page could not be built here: {refused}")
    found = _judged_by_axe(folder, address, ["try/index.html"])
    assert _serious(found) == []
    assert [each["page"] for each in found if each["overflows"]] == []


def test_a_search_finds_the_page_that_answers(everything: tuple[Path, str]) -> None:
    folder, address = everything
    (folder / "asked.html").write_text(_SEARCH.format(asked=json.dumps(list(QUESTIONS))), encoding="utf-8")
    found: dict[str, list[str]] = told(f"{address}/asked.html", seconds=600)
    first = {
        words: list(dict.fromkeys(re.sub(r"\.html.*", "", link) for link in links))[:AMONG]
        for words, links in found.items()
    }
    assert {words: first[words] for words, page in QUESTIONS.items() if page not in first[words]} == {}
