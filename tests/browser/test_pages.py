"""What is shown, in a browser: nothing runs, nothing overflows, hostile names stay text."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import runpy
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from goalmodel import GoalModel, HealthBands, Kpi, Measure, Objective, Series, review, show
from in_browser import CHROMIUM

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")

EVERYTHING: Final = runpy.run_path(str(Path(__file__).parents[1] / "documents" / "format_1.py"))
CARE: Final = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "examples" / "emergency_care.py"))
AS_OF: Final = dt.date(2026, 11, 30)
WIDTHS: Final = (360, 1_200)
HOSTILE: Final = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"

_LOOK = """
<script>
const told = [];
window.onerror = (message) => told.push(String(message));
function outside(text) {
  const drawing = text.ownerSVGElement, box = text.getBBox(), room = drawing.viewBox.baseVal;
  return box.x < -1 || box.x + box.width > room.width + 1 || box.y < -3 || box.y + box.height > room.height + 3;
}
function look() {
  const found = [...document.querySelectorAll("iframe")].map((frame) => {
    const inside = frame.contentDocument, root = inside.documentElement;
    const text = inside.body.innerText;
    const cells = [...inside.querySelectorAll("th, td, li")];
    return {
      width: frame.clientWidth,
      overflows: root.scrollWidth > root.clientWidth,
      ran: inside.title,
      text: text.slice(0, 4000),
      images: inside.images.length,
      drawn: inside.querySelectorAll("svg[role=img] > title").length,
      broken: [...inside.querySelectorAll("a")].filter((each) => !inside.querySelector(each.hash)).length,
      cut: [...inside.querySelectorAll("svg text")].filter((each) => outside(each)).length,
      locked: cells.filter((each) => getComputedStyle(each).userSelect === "none").length,
    };
  });
  document.body.innerHTML = "<pre id=told></pre>";
  document.getElementById("told").textContent = JSON.stringify({ found, told });
}
window.addEventListener("load", () => setTimeout(look, 200));
</script>
"""


def _seen(shown: str, folder: Path) -> list[dict[str, Any]]:
    """Return what a browser makes of a piece of HTML, on light and dark ground, narrow and wide."""
    frames: list[str] = []
    for width in WIDTHS:
        for ground in ("background:#fff;color:#111", "background:#111;color:#eee"):
            page = f'<!doctype html><meta charset="utf-8"><body style="margin:8px;{ground}">{shown}</body>'
            frames.append(
                f'<iframe style="width:{width}px;height:400px;border:0" srcdoc="{html.escape(page)}"></iframe>'
            )
    file = folder / "page.html"
    file.write_text(f'<!doctype html><meta charset="utf-8"><body>{"".join(frames)}{_LOOK}</body>', encoding="utf-8")
    found = subprocess.run(  # noqa: S603 - the browser that was found
        [
            str(CHROMIUM),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=5000",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    told = re.search(r'<pre id="told">(.*?)</pre>', found, re.DOTALL)
    assert told is not None, found[:400]
    answer: dict[str, Any] = json.loads(html.unescape(told[1]))
    assert answer["told"] == []
    frames_found: list[dict[str, Any]] = answer["found"]
    assert [each["width"] for each in frames_found] == [360, 360, 1_200, 1_200]
    return frames_found


def test_a_model_with_something_of_everything(tmp_path: Path) -> None:
    model, read = EVERYTHING["model"](), EVERYTHING["read"]()
    found, before = (review(model, read, as_of=day) for day in (AS_OF, dt.date(2026, 10, 31)))
    for each in _seen(show.html(found, since=before), tmp_path):
        assert not each["overflows"]
        assert "What needs attention" in each["text"]
        assert "What changed since 2026-10-31" in each["text"]
        assert (each["drawn"], each["locked"], each["broken"], each["cut"]) == (4, 0, 0, 0)


@pytest.mark.parametrize("goal", ["csat", "csat-q4", "sla", "whole", "happy", "csat-held"])
def test_a_chart(goal: str, tmp_path: Path) -> None:
    found = review(EVERYTHING["model"](), EVERYTHING["read"](), as_of=AS_OF)
    for each in _seen(show.html(found[goal]), tmp_path):
        assert not each["overflows"]
        assert each["drawn"] >= 1
        assert each["cut"] == 0


def test_what_leads_to_what_and_what_changed(tmp_path: Path) -> None:
    model, read = EVERYTHING["model"](), EVERYTHING["read"]()
    found, before = (review(model, read, as_of=day) for day in (AS_OF, dt.date(2026, 10, 31)))
    for value in (model, found.changes_since(before), found):
        for each in _seen(show.html(value), tmp_path):
            assert not each["overflows"]
            assert each["drawn"] >= 1
            assert each["cut"] == 0


def test_the_emergency_departments(tmp_path: Path) -> None:
    walked = CARE["walk"]()
    (_, before), (_, last) = walked[-2:]
    for each in _seen(show.html(last, since=before), tmp_path):
        assert not each["overflows"]
        for answer in (
            "make it a key result: attendances",
            "90-in-september was not kept",
            "unhealthy: four-hours (since 2018-07-31)",
        ):
            assert answer in each["text"]
        assert (each["broken"], each["cut"], each["locked"]) == (0, 0, 0)
    for each in _seen(show.html(last["four-hours"]), tmp_path):
        assert (each["overflows"], each["cut"], each["drawn"]) == (False, 0, 2)


def test_a_hundred_and_eight_kpis(tmp_path: Path) -> None:
    measures = [Measure(f"measure {number}", unit="points") for number in range(108)]
    kpis = [
        Kpi(id=f"kpi {number}", measure=each, bands=HealthBands.at_least(3), serves=f"o{number % 9}")
        for number, each in enumerate(measures)
    ]
    model = GoalModel(objectives=[Objective(id=f"o{number}", title=f"Aim {number}") for number in range(9)], kpis=kpis)
    read = [
        Series.of(each, {dt.date(2026, month, 1): (number * month) % 7 for month in range(1, 11)})
        for number, each in enumerate(measures)
    ]
    for each in _seen(show.html(review(model, read, as_of=dt.date(2026, 10, 31))), tmp_path):
        assert not each["overflows"]
        assert "Index" in each["text"]
        assert (each["drawn"], each["broken"], each["locked"]) == (108, 0, 0)


def test_an_empty_review(tmp_path: Path) -> None:
    for each in _seen(show.html(review(GoalModel(), [], as_of=AS_OF)), tmp_path):
        assert not each["overflows"]
        assert "0 KPIs" in each["text"]


@pytest.mark.parametrize(
    "name", [HOSTILE, "x" * 500, "🏥 emergency 🔥", "مرحبا"], ids=["markup", "long", "emoji", "rtl"]
)
def test_a_hostile_name_stays_text(name: str, tmp_path: Path) -> None:
    measure = Measure(name, unit=name)
    kpi = Kpi(id=name, measure=measure, bands=HealthBands.at_least(2), owner=name, definition=name)
    read = Series.of(measure, {dt.date(2026, month, 1): month for month in range(1, 11)})
    found = review(GoalModel(kpis=[kpi]), [read], as_of=AS_OF)
    for shown in (show.html(found), show.html(found.kpis[0])):
        for each in _seen(shown, tmp_path):
            assert not each["overflows"]
            assert (each["ran"], each["images"]) == ("", 0)
            assert name[:20] in each["text"]
