"""Carry the sentences of the rulebook into the package: ``python docs/rulebook_module.py --write``.

A test fails when module and page differ. The page is where a rule is changed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "reference" / "rules.md"
MODULE: Final = ROOT / "src" / "goalmodel" / "interchange" / "rulebook.py"

_RULE: Final = re.compile(r"^- \*\*([A-Z]+-\d+)\*\* (.+(?:\n {2}\S.*)*)", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_WIDTH: Final = 104
_LONGEST: Final = 121

HEAD: Final = '''"""The sentence of every rule, by its id: docs/rulebook_module.py makes it of the rulebook."""

from types import MappingProxyType
from typing import Final

RULES: Final = MappingProxyType(
    {
'''
TAIL: Final = '''    }
)
"""The sentence of every rule, by its id."""
'''


def rules() -> dict[str, str]:
    """Return the sentence of each rule of the page, by its id."""
    found = _RULE.findall(PAGE.read_text(encoding="utf-8"))
    return {rule: _LINK.sub(r"\1", " ".join(sentence.split())) for rule, sentence in found}


def _entry(rule: str, sentence: str) -> str:
    lines = [""]
    for word in sentence.split(" "):
        if len(lines[-1]) + len(word) > _WIDTH - 1:
            lines.append("")
        lines[-1] += f"{word} "
    lines[-1] = lines[-1].rstrip()
    quoted = [f"'{line}'" if '"' in line else f'"{line}"' for line in lines]
    if len(quoted) == 1:
        entry = f'        "{rule}": {quoted[0]},\n'
        return entry if len(entry) <= _LONGEST else f'        "{rule}": (\n            {quoted[0]}\n        ),\n'
    inside = "".join(f"            {line}\n" for line in quoted)
    return f'        "{rule}": (\n{inside}        ),\n'


def module() -> str:
    """Return the whole module."""
    return HEAD + "".join(_entry(rule, sentence) for rule, sentence in rules().items()) + TAIL


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        MODULE.write_text(module(), encoding="utf-8")
    else:
        print(module(), end="")
