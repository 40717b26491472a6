"""What the docs say is what the code does: every block, every example in a docstring, every command is run.

A page is read from its top by somebody with a fresh interpreter: its ``python`` and ``pycon`` blocks share
their names, two pages share nothing. An example in a docstring finds its module's names and those of every room.
README's ``bash`` blocks are run by ``.ci/run``, word for word; here is held that they are what it expects.
"""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import runpy
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

import goalmodel
from goalmodel.testing import public_names

ROOT = Path(__file__).parents[1]
PACKAGE = Path(goalmodel.__file__).parent
README = ROOT / "README.md"
# What the site writes for itself is no page of ours; the notebook has a test of its own.
PAGES = [README, *sorted(set((ROOT / "docs").rglob("*.md")) - set((ROOT / "docs" / "generated").rglob("*.md")))]

MAIN_JOB = "pip install . && python docs/examples/emergency_care.py"
TESTS = 'pip install ".[test]" && pytest'

RUN_HERE = frozenset({"python", "pycon"})
NOT_PYTHON = frozenset({"bash", "console", "csv", "html", "json", "mermaid", "sql", "text", "toml", "yaml"})
FENCE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<language>[^\n`]*)\n(?P<code>.*?)^[ \t]*(?P=fence)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
DIRECTIVE = re.compile(r"\{[a-z]+\}( .*)?")
"""What the site does instead of showing a block, as its list of pages."""

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")
AS_WRITTEN = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Block(NamedTuple):
    """A fenced block: its language, its code without the fence's indent, and the line the code starts on."""

    language: str
    code: str
    line: int


class Example(NamedTuple):
    """A text in the package that holds examples, where it is from, and its line."""

    module: str
    owner: str
    text: str
    line: int


def _blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            match["language"].strip(),
            "".join(line.removeprefix(match["indent"]) for line in match["code"].splitlines(keepends=True)),
            text.count("\n", 0, match.start("code")) + 1,
        )
        for match in FENCE.finditer(text)
    ]


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _owners(node: ast.AST, path: str = "") -> Iterator[tuple[str, ast.Constant]]:
    """Yield every string that stands as a statement under *node*, with the name of what it stands in."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Expr(value=ast.Constant(value=str()) as constant):
                yield path, constant
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield from _owners(child, f"{path}.{name}")
            case ast.stmt():
                yield from _owners(child, path)
            case _:
                pass


def _examples() -> list[Example]:
    found: list[Example] = []
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = ("goalmodel", *file.relative_to(PACKAGE).with_suffix("").parts)
        module = ".".join(parts).removesuffix(".__init__")
        code = file.read_text(encoding="utf-8")
        for path, constant in _owners(ast.parse(code)) if ">>>" in code else ():
            if ">>>" in str(constant.value):
                found.append(Example(module, path.removeprefix("."), str(constant.value), constant.lineno))
    return found


def _run_examples(text: str, names: dict[str, object], name: str, file: str, line: int) -> None:
    """Run the examples in *text*, in *names* and adding to them."""
    examples = doctest.DocTestParser().get_doctest(text, names, name, file, line - 1)
    assert examples.examples, f"{file}:{line} holds no example (>>>)"
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=AS_WRITTEN)
    runner.run(examples, out=report.append, clear_globs=False)
    names.update(examples.globs)
    assert report == [], "".join(report)


EXAMPLES = _examples()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_block_of_a_page_runs(page: Path) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    for block in _blocks(page):
        if block.language == "pycon":
            _run_examples(block.code, names, _name(page), str(page), block.line)
        elif block.language == "python":
            # Empty lines above it make a traceback show the page's own line.
            code = compile("\n" * (block.line - 1) + block.code, page, "exec")
            exec(code, names)  # noqa: S102 - running the docs is what this test is for


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_block_of_a_page_says_its_language(page: Path) -> None:
    unknown = [
        (block.line, block.language)
        for block in _blocks(page)
        if block.language not in RUN_HERE | NOT_PYTHON and not DIRECTIVE.fullmatch(block.language)
    ]
    assert unknown == [], "a block that is called neither python nor pycon is not run: say what it is"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_fence_of_a_page_is_closed(page: Path) -> None:
    fences = re.findall(r"^[ \t]*(?:`{3,}|~{3,})", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(fences) == 2 * len(_blocks(page))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    # What the site writes for itself is not there before it is built; tests/browser looks at the site's own links.
    links = [link for link in LINK.findall(text) if "generated/" not in link]
    dangling = [link for link in links if not (page.parent / link).exists()]
    assert dangling == []


def test_the_readme_gives_two_commands() -> None:
    commands = [
        line for block in _blocks(README) if block.language == "bash" for line in block.code.splitlines() if line
    ]
    assert commands == [MAIN_JOB, TESTS]


def test_the_readme_is_read_at_a_sitting() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 120
    assert max(map(len, lines)) <= 130


def test_the_picture_is_what_the_library_draws() -> None:
    front = runpy.run_path(str(ROOT / "docs" / "front_picture.py"))
    assert front["PICTURE"].read_text(encoding="utf-8") == front["alone"](), "python docs/front_picture.py --write"


def test_what_an_index_shows_of_the_readme_links_to_no_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    text = README.read_text(encoding="utf-8")
    assert LINK.search(text)
    for each in project["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]:
        text = re.sub(each["pattern"], each["replacement"], text)
    assert LINK.search(text) is None
    assert "# goalmodel" in text
    assert "![" not in text


def test_the_package_has_examples() -> None:
    assert EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.module}:{example.owner}")
def test_every_example_in_a_docstring_runs(example: Example) -> None:
    module = importlib.import_module(example.module)
    names: dict[str, object] = {"date": date} | vars(goalmodel.testing) | public_names() | vars(module)
    _run_examples(example.text, names, example.owner, str(module.__file__), example.line)
