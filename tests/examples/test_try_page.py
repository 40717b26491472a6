"""What the try-it page answers, asked without a browser: every form answers, and whatever is wrong is a sentence."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, strategies as st

from goalmodel.testing import statements

PAGE: Final = Path(__file__).parents[2] / "docs" / "try"
ANSWERING: Final = runpy.run_path(str(PAGE / "answering.py"))
answer = ANSWERING["answer"]
MONTHS: Final = "date,value\n2026-01-31,28\n2026-02-28,\n2026-03-31,31\n"


def test_readings_are_judged() -> None:
    said = answer("watched", {"name": "waiting", "edge": "30", "better": "lower", "readings": MONTHS})
    assert "unhealthy" in said
    assert "<svg" in said
    higher = answer("watched", {"name": "", "edge": "", "better": "higher", "readings": "2026-01-31;5\n\n2026-02-28;6"})
    assert "my measure" in higher


def test_a_statement_is_read() -> None:
    said = answer("understood", {"statement": "Increase revenue from 10 to 12 million euros by 31/12/2026"})
    assert "12,000,000" in said
    assert "Taken for granted" in said
    assert "Missing for a key result" in said
    assert "makes a KPI" in answer("understood", {"statement": "Keep churn below 3 %"})
    whole = answer("understood", {"statement": "Increase NPS from 40 to 60 points in Q4 2026"})
    assert "makes a key result" in whole


@pytest.mark.one_python
def test_a_formula_is_held_against_the_laws() -> None:
    assert "NUM-3" in answer("audited", {"formula": "(value - baseline) / (target - baseline)"})
    exact = "(Fraction(str(value)) - Fraction(str(baseline))) / (Fraction(str(target)) - Fraction(str(baseline)))"
    refusing = f"None if value != value or baseline != baseline or target != target or baseline == target else {exact}"
    assert "none of the laws" in answer("audited", {"formula": refusing})


def test_systems_are_compared() -> None:
    said = answer("compared", {"baseline": "8", "target": "9", "value": "8.7", "elapsed": "60"})
    assert "<strong>70 %</strong>" in said
    assert said.count("<tr>") > 10
    assert "70 %" in answer("compared", {"baseline": "8", "target": "9", "value": "8.7"})


@pytest.mark.parametrize(
    ("name", "given_", "said"),
    [
        ("watched", {"readings": ""}, "a line for each reading"),
        ("watched", {"readings": "31.01.2026,5\n2026-02-30,5"}, "Line 2: &#x27;2026-02-30&#x27; is no date"),
        ("watched", {"readings": "2026-01-31,5\n2026-01-31,6"}, "stands there twice"),
        ("watched", {"readings": "2026-01-31,five"}, "is no number"),
        ("watched", {"readings": "2026-01-31,5", "edge": "?"}, "Edge: &#x27;?&#x27; is no number"),
        ("watched", {"readings": "2026-01-31,5\n" * 3_000}, "3,000 lines"),
        ("understood", {"statement": "x" * 300_000}, "more than 200,000 characters"),
        ("audited", {"formula": ""}, "Type a formula"),
        ("audited", {"formula": "value +"}, "no formula in Python"),
        ("compared", {"target": "9"}, "Type a target and a value"),
        ("compared", {"target": "9", "value": "nan"}, "finite"),
    ],
)
def test_what_is_wrong_is_a_sentence(name: str, given_: dict[str, str], said: str) -> None:
    found = answer(name, given_)
    assert found.startswith('<ul class="refused" role="alert">')
    assert said in found


@pytest.mark.one_python
@given(text=st.one_of(st.text(max_size=60), statements()), name=st.sampled_from(["watched", "understood", "compared"]))
def test_whatever_is_typed_it_answers(text: str, name: str) -> None:
    fields = ("readings", "statement", "baseline", "target", "value", "elapsed", "edge", "name")
    said = answer(name, dict.fromkeys(fields, text))
    assert "<script" not in said.lower()


def test_every_form_of_the_page_has_its_answer_and_all_files_are_there() -> None:
    page = (PAGE / "index.html").read_text(encoding="utf-8")
    asked = [part.split('"')[0] for part in page.split('data-asks="')[1:]]
    assert sorted(asked) == sorted(ANSWERING["ANSWERS"])
    build = runpy.run_path(str(PAGE / "build.py"))
    assert all((PAGE / name).is_file() for name in build["PAGE"])
