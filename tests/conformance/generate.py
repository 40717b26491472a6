"""Write the conformance cases: worked boundary examples, and what goalmodel answers to each.

python tests/conformance/generate.py            writes one file a rule, beside this script
python tests/conformance/generate.py --check    says which files differ from what it would write, and fails
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import about_commits
import about_figures
import about_key_results
import about_kpis
import about_lifecycle
import about_models
import about_numbers
import about_objectives
import about_statements
from goalmodel import GoalModelError
from plain import Answer, Facts, Row

HERE: Final = Path(__file__).parent
RULEBOOK: Final = HERE.parents[1] / "docs" / "reference" / "rules.md"
FORMAT: Final = 1
ROOMS: Final = (
    about_numbers,
    about_figures,
    about_kpis,
    about_key_results,
    about_commits,
    about_objectives,
    about_lifecycle,
    about_models,
    about_statements,
)
QUESTIONS: Final = MappingProxyType({name: ask for room in ROOMS for name, ask in room.QUESTIONS.items()})


def answered(row: Row) -> Answer:
    """Return what goalmodel says to a row; where it refuses the facts, by which error."""
    ask: Callable[[Facts], Answer] = QUESTIONS[row.question]
    try:
        return ask(row.facts)
    except GoalModelError as refused:
        return {"verdict": None, "reasons": [], "refused": type(refused).__name__}


def sentences() -> dict[str, str]:
    """Return the sentence of each rule, by id, in the order of the rulebook."""
    items = re.finditer(
        r"^- \*\*([A-Z]+-[1-9]\d*)\*\* (\S.*(?:\n[ \t]+\S.*)*)", RULEBOOK.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {item[1]: " ".join(item[2].split()) for item in items}


def files() -> Iterator[tuple[Path, str]]:
    """Return each file that there ought to be, and what stands in it."""
    rules = sentences()
    rows: dict[str, list[Row]] = {}
    for room in ROOMS:
        for row in room.rows():
            rows.setdefault(row.rule, []).append(row)
    for rule in rules:
        if rule in rows:
            yield HERE / f"{rule}.json", _file(rule, rules[rule], rows[rule])


def _file(rule: str, sentence: str, rows: list[Row]) -> str:
    seen: set[str] = set()
    cases: list[str] = []
    for row in rows:
        asked = json.dumps([row.question, row.facts], sort_keys=True)
        if asked not in seen:
            seen.add(asked)
            case = {
                "id": f"{rule}/{len(cases) + 1}",
                "question": row.question,
                "facts": row.facts,
                "expected": answered(row),
            }
            cases.append(json.dumps(case, ensure_ascii=False))
    head: dict[str, Any] = {"$schema": "schema.json", "format": FORMAT, "rule": rule, "sentence": sentence}
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    return f'{opening},\n "cases": [\n' + ",\n".join(cases) + "\n ]\n}\n"


def main(arguments: list[str]) -> int:
    """Write the files, or say which differ."""
    wanted = dict(files())
    there = {path for path in HERE.glob("*.json") if path.name != "schema.json"}
    if arguments == ["--check"]:
        differing = [
            path.name
            for path in sorted(there | set(wanted))
            if not path.exists() or path.read_text(encoding="utf-8") != wanted.get(path)
        ]
        sys.stdout.writelines(f"{name}\n" for name in differing)
        return len(differing) > 0
    for path in there - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
