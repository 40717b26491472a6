"""The try-it page in a browser: Python loads from the page's own files, every form answers, nothing overflows."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import in_browser
from in_browser import CHROMIUM, NPM

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
    pytest.mark.skipif(NPM is None, reason="there is no npm here, which brings Python for the browser"),
]

PAGE: Final = Path(__file__).parents[2] / "docs" / "try"
WHEEL: Final = os.environ.get("GOALMODEL_WHEEL")
HOSTILE: Final = "Increase <img src=x onerror=parent.ran=1> from 1 to 2 points"
WIDTHS: Final = (375, 1_000)
_HARNESS: Final = """<!doctype html><title>waiting</title>
<iframe src="index.html" style="width:{width}px;height:4000px"></iframe><pre id="told"></pre><script>
const frame = document.querySelector("iframe"), errors = [];
const timer = setInterval(() => {{
  const inside = frame.contentDocument;
  const state = inside && inside.getElementById("state") && inside.getElementById("state").textContent;
  if (!state || state.startsWith("Loading")) return;
  clearInterval(timer);
  frame.contentWindow.console.error = (wrong) => errors.push(String(wrong));
  const answers = (ask) => [...inside.querySelectorAll("form")].map((form) => {{
    ask(form); form.querySelector("button").click(); return form.querySelector(".answer").innerText;
  }});
  const plain = answers(() => null);
  const root = inside.documentElement;
  const overflows = root.scrollWidth > root.clientWidth;
  const drawn = inside.querySelectorAll(".answer svg").length;
  const hostile = answers((form) => form.querySelectorAll("input, textarea").forEach((field) => {{
    field.value = {hostile};
  }}));
  const told = {{ state, plain, hostile, overflows, drawn, errors, ran: window.ran || 0,
    images: inside.images.length, unnamed: [...inside.querySelectorAll("input, select, textarea")]
      .filter((field) => !field.labels.length).length }};
  document.getElementById("told").textContent = JSON.stringify(told);
}}, 200);
</script>"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The page as it is built, and where it is served."""
    folder = tmp_path_factory.mktemp("try") / "page"
    build = runpy.run_path(str(PAGE / "build.py"))["build"]
    try:
        build(folder, None if WHEEL is None else Path(WHEEL))
    except subprocess.CalledProcessError as refused:
        pytest.skip(f"the page could not be built here: {refused}")
    with in_browser.served(folder) as address:
        yield folder, address


@pytest.fixture(scope="module", params=WIDTHS)
def told(request: pytest.FixtureRequest, served: tuple[Path, str]) -> dict[str, Any]:
    """What the page says, at one width."""
    folder, address = served
    name = f"harness-{request.param}.html"
    harness = _HARNESS.format(width=request.param, hostile=json.dumps(HOSTILE).replace("</", "<\\/"))
    (folder / name).write_text(harness, encoding="utf-8")
    said: dict[str, Any] = in_browser.told(f"{address}/{name}", seconds=120)
    return said


def test_python_is_ready_and_every_form_answers(told: dict[str, Any]) -> None:
    assert told["state"].startswith("Ready: goalmodel ")
    health, statement, laws, systems = told["plain"]
    assert "worsening" in health
    assert "12,000,000" in statement
    assert "exact-on-thresholds" in laws
    assert "70 % of the way" in systems
    assert told["drawn"] >= 1
    assert told["errors"] == []


def test_nothing_overflows_and_every_field_has_its_name(told: dict[str, Any]) -> None:
    assert not told["overflows"]
    assert told["unnamed"] == 0


def test_what_is_typed_stays_text(told: dict[str, Any]) -> None:
    assert told["ran"] == 0
    assert told["images"] == 0
    assert all(told["hostile"])
