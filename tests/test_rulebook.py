"""The rulebook, the code and the laws name the same rules, and the laws say the rulebook's sentences.

In ``docs/reference/rules.md`` a rule is a list item ``- **KR-1** The sentence.``, which may run on over
indented lines. In the code, its one visible place says ``Rule: KR-1.`` (or ``Rules: KR-1, KR-2.``) in a
docstring. In ``tests/laws/`` it has a class ``TestKR1`` whose docstring is the sentence;
``TestKR1SomethingMore`` may stand beside it with a docstring of its own.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import goalmodel

# What the rulebook, the code and the laws say is the same on every Python.
pytestmark = pytest.mark.one_python

ROOT = Path(__file__).parents[1]
RULEBOOK = ROOT / "docs" / "reference" / "rules.md"
LAWS = ROOT / "tests" / "laws"
PACKAGE = Path(goalmodel.__file__).parent

RULE_ID = re.compile(r"[A-Z]+-[1-9]\d*")
RULE_ITEM = re.compile(rf"^- \*\*({RULE_ID.pattern})\*\* (\S.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
RULE_MENTION = re.compile(rf"\*\*({RULE_ID.pattern})\*\*")
RULE_LINE = re.compile(r"^[ \t]*Rules?:.*$", re.MULTILINE)
WELL_FORMED_RULE_LINE = re.compile(rf"\s*Rules?: {RULE_ID.pattern}(?:, {RULE_ID.pattern})*\.")
LAW_CLASS = re.compile(r"Test([A-Z]+)([1-9]\d*)([A-Z]\w*)?")


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _rulebook() -> dict[str, str]:
    """Return the sentence of each rule in the rulebook, by id."""
    items = RULE_ITEM.finditer(RULEBOOK.read_text(encoding="utf-8"))
    return {item[1]: _in_one_line(item[2]) for item in items}


@cache
def _modules() -> dict[str, ast.Module]:
    """Return every module of the package, parsed, by its path within the package."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def _law_classes() -> list[tuple[str, ast.ClassDef]]:
    """Return every class under tests/laws/ that is named after a rule, with its file's name."""
    return [
        (path.name, node)
        for path in sorted(LAWS.rglob("test_*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and LAW_CLASS.fullmatch(node.name)
    ]


def _rule_of(law: ast.ClassDef) -> str:
    match = LAW_CLASS.fullmatch(law.name)
    assert match is not None
    return f"{match[1]}-{match[2]}"


def _carries_the_sentence(law: ast.ClassDef) -> bool:
    match = LAW_CLASS.fullmatch(law.name)
    return match is not None and match[3] is None


def _sentences_of_laws() -> dict[str, str]:
    return {
        _rule_of(law): _in_one_line(ast.get_docstring(law) or "")
        for _, law in _law_classes()
        if _carries_the_sentence(law)
    }


def _texts(module: ast.Module) -> list[str]:
    """Return every string that stands as a statement: docstrings, and what is written below an attribute."""
    return [
        node.value.value
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]


def _rule_lines() -> list[tuple[str, str]]:
    return [
        (path, line)
        for path, module in _modules().items()
        for text in _texts(module)
        for line in RULE_LINE.findall(text)
    ]


def _rules_in_code() -> dict[str, list[str]]:
    """Return the places that say ``Rule: …``, by rule."""
    places: dict[str, list[str]] = {}
    for path, line in _rule_lines():
        for rule in RULE_ID.findall(line):
            places.setdefault(rule, []).append(path)
    return places


class _Kind(NamedTuple):
    """A kind of reason as the code makes it: ``ReasonKind(code, rule, sentence)``, and where."""

    code: str
    rule: str
    place: str


@cache
def _kinds_of_reasons() -> tuple[_Kind, ...]:
    found: list[_Kind] = []
    for path, module in _modules().items():
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == "ReasonKind":
                given = dict(zip(("code", "rule", "sentence"), call.args, strict=False))
                given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
                # A kind made from a table, as the linter's are, takes its code from there: tests/examples hold it.
                if isinstance(given["code"], ast.Constant):
                    code, rule = (ast.literal_eval(given[name]) for name in ("code", "rule"))
                    found.append(_Kind(code, rule, f"{path}:{call.lineno}"))
    return tuple(found)


def test_the_rulebook_states_every_rule_once_and_in_its_form() -> None:
    text = RULEBOOK.read_text(encoding="utf-8")
    items = Counter(item[1] for item in RULE_ITEM.finditer(text))
    assert items, f"{RULEBOOK.name} states no rule as '- **KR-1** The sentence.'"
    assert [rule for rule, times in items.items() if times > 1] == [], "stated twice in the rulebook"
    in_bold = set(RULE_MENTION.findall(text))
    assert in_bold - set(items) == set(), "in bold, but not as '- **KR-1** The sentence.'"


def test_every_sentence_of_the_rulebook_ends() -> None:
    open_ended = {rule: sentence for rule, sentence in _rulebook().items() if not sentence.endswith((".", ".)"))}
    assert open_ended == {}, "a rule is whole sentences, on lines indented below its first"


def test_every_rule_of_the_rulebook_has_its_place_in_the_code() -> None:
    missing = sorted(set(_rulebook()) - set(_rules_in_code()))
    assert missing == [], "no docstring in the package says 'Rule: …' for these"


def test_every_rule_the_code_names_is_in_the_rulebook() -> None:
    unknown = {rule: places for rule, places in _rules_in_code().items() if rule not in _rulebook()}
    assert unknown == {}, f"named in the code, not stated in {RULEBOOK.name}"


def test_every_rule_line_of_the_code_is_well_formed() -> None:
    malformed = [(path, line) for path, line in _rule_lines() if not WELL_FORMED_RULE_LINE.fullmatch(line)]
    assert malformed == [], "write 'Rule: KR-1.' or 'Rules: KR-1, KR-2.', alone on its line"


def test_every_rule_of_the_rulebook_has_a_law() -> None:
    missing = sorted(set(_rulebook()) - set(_sentences_of_laws()))
    assert missing == [], "tests/laws/ has no class with exactly the rule's name (TestKR1 for KR-1) for these"


def test_every_law_is_about_a_rule_of_the_rulebook() -> None:
    unknown = [(path, law.name) for path, law in _law_classes() if _rule_of(law) not in _rulebook()]
    assert unknown == [], f"these law classes are named after rules that {RULEBOOK.name} does not state"


def test_the_sentence_of_every_law_is_the_rulebooks() -> None:
    sentences = _sentences_of_laws()
    differing = {
        rule: {"rulebook": sentence, "law": sentences[rule]}
        for rule, sentence in _rulebook().items()
        if rule in sentences and sentences[rule] != sentence
    }
    assert differing == {}, "the docstring of the law class must be the rulebook's sentence, word for word"


def test_no_law_is_stated_twice() -> None:
    names = Counter(law.name for _, law in _law_classes())
    assert [name for name, times in names.items() if times > 1] == [], "two law classes of one name"


def test_every_law_holds_at_least_one_test() -> None:
    empty = [
        (path, law.name)
        for path, law in _law_classes()
        if not any(isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in law.body)
    ]
    assert empty == [], "a law class without a test proves nothing"


def test_every_rule_a_reason_gives_is_in_the_rulebook() -> None:
    assert _kinds_of_reasons(), "the package gives no reasons"
    unknown = [kind for kind in _kinds_of_reasons() if kind.rule not in _rulebook()]
    assert unknown == [], f"reasons give these rules, {RULEBOOK.name} does not state them"


def test_every_kind_of_reason_has_a_code_of_its_own() -> None:
    times = Counter(kind.code for kind in _kinds_of_reasons())
    shared = [kind for kind in _kinds_of_reasons() if times[kind.code] > 1]
    assert shared == [], "a program that branches by code could not tell these apart"
