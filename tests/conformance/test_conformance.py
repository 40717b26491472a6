"""The conformance cases are what goalmodel says today, fit their schema, reach every rule, and are enough."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "reference" / "conformance.md"
FILES = sorted(path for path in HERE.glob("*.json") if path.name != "schema.json")
FEWEST = 1_500

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def _whole(text: str) -> float:
    return pytest.fail(f"{text} is no whole number: a double would not mean it everywhere")


@cache
def _told(path: Path) -> Any:  # noqa: ANN401 - what JSON holds
    return json.loads(path.read_text(encoding="utf-8"), parse_float=_whole)


def _schema() -> Any:  # noqa: ANN401 - what JSON holds
    return _told(HERE / "schema.json")


def _faults(told: object) -> list[str]:
    validator: Any = Draft202012Validator(_schema())
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(told)]


def _cases() -> list[dict[str, Any]]:
    return [case for path in FILES for case in _told(path)["cases"]]


def _left_out() -> set[str]:
    """Return the rules the page says judge no facts."""
    section = PAGE.read_text(encoding="utf-8").partition("## Rules without cases")[2]
    return set(re.findall(r"\*\*([A-Z]+-\d+)\*\*", section))


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own scripts
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_files_say_what_goalmodel_says() -> None:
    done = _run(sys.executable, "tests/conformance/generate.py", "--check")
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], ""), (
        "look at what changed, then run: python tests/conformance/generate.py"
    )


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(_schema())


@pytest.mark.one_python
@every_file
def test_every_file_fits_the_schema(path: Path) -> None:
    assert _faults(_told(path)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"facts": {"value": 8.7}},
        {"facts": {"readings": [["2026-10-31", "8,7"]]}},
        {"facts": {"readings": [["31.10.2026", 8]]}},
        {"expected": {"verdict": "kept"}},
        {"expected": {"verdict": 0.7, "reasons": []}},
        {"question": "something else"},
        {"id": "KR-1"},
    ],
)
def test_the_schema_refuses_what_a_reader_would_not_understand(wrong: dict[str, Any]) -> None:
    told = _told(HERE / "KR-1.json")
    assert _faults(told | {"cases": [told["cases"][0] | wrong]}) != []


@every_file
def test_every_file_is_called_after_its_rule_and_counts_its_cases(path: Path) -> None:
    told = _told(path)
    assert told["rule"] == path.stem
    assert [case["id"] for case in told["cases"]] == [
        f"{path.stem}/{number + 1}" for number in range(len(told["cases"]))
    ]


def test_there_are_cases_enough() -> None:
    assert len(_cases()) >= FEWEST


def test_every_rule_has_cases_or_is_said_to_judge_no_facts() -> None:
    rulebook = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    rules = set(re.findall(r"^- \*\*([A-Z]+-\d+)\*\*", rulebook, re.MULTILINE))
    assert {path.stem for path in FILES} == rules - _left_out()
    assert _left_out() <= rules


def test_the_page_and_the_schema_name_every_question() -> None:
    asked = {case["question"] for case in _cases()}
    named = set(re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert asked == named == set(_schema()["$defs"]["case"]["properties"]["question"]["enum"])


def test_the_page_names_every_fact_and_every_answer() -> None:
    text = PAGE.read_text(encoding="utf-8")
    missing = {
        (case["question"], name)
        for case in _cases()
        for name in (*case["facts"], *case["expected"])
        if f"`{name}`" not in text
    }
    assert missing == set()


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node.js here to run the reader in JavaScript")
def test_a_reader_in_another_language_comes_to_the_same_answers() -> None:
    done = _run("node", "tests/conformance/score.mjs")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    counts = {line.partition(":")[0]: int(line.partition(":")[2]) for line in done.stdout.splitlines()}
    asked = [case["question"] for case in _cases()]
    assert counts == {question: asked.count(question) for question in counts}
    assert set(counts) == {"score", "key result", "outcome", "bands", "commit"}
