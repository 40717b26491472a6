"""What the site says that is written from the code: the API by room, reasons, errors, policies with their defaults.

``docs/conf.py`` writes these pages before each build; none of them is kept. They are reStructuredText, for what they
hold is docstrings.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sized
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import attrs
from front_picture import inline
from notebook_page import notebook_page
from reference_pages import documents, profiles

import goalmodel
from goalmodel.catalogue import REASON_KINDS
from goalmodel.errors import GoalModelError
from goalmodel.interchange import RULES
from goalmodel.show import COLUMNS

RULE: Final = "|".join(sorted(map(re.escape, RULES), key=len, reverse=True))
"""The id of any rule, as a pattern: one that begins as another does comes first."""


def rooms() -> Iterator[tuple[str, ModuleType]]:
    """Return each room with its name, in the order they are read about."""
    for name in dir(goalmodel):
        room = getattr(goalmodel, name)
        if isinstance(room, ModuleType) and room.__name__ == f"goalmodel.{name}" and name in _ROOMS:
            yield name, room


_ROOMS: Final = frozenset(goalmodel._ROOMS)  # noqa: SLF001 - its own list


def public(room: ModuleType) -> dict[str, Any]:
    """Return what a room lists, or, where it is a single module, defines, by name."""
    listed = getattr(room, "__all__", None)
    return {
        name: value
        for name in dir(room)
        if not name.startswith("_")
        and not isinstance(value := getattr(room, name), ModuleType)
        and (name in listed if listed else hasattr(room, "__path__") or _is_from(value, room))
    }


def _is_from(value: object, room: ModuleType) -> bool:
    return getattr(value, "__module__", room.__name__) == room.__name__


def write_pages(folder: Path) -> None:
    """Write every page into *folder*, and take out what is no longer one."""
    pages = dict(_pages())
    folder.mkdir(exist_ok=True)
    for stale in {each.name for each in folder.iterdir()} - set(pages):
        (folder / stale).unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _pages() -> Iterator[tuple[str, str]]:
    names: list[str] = []
    for name, room in rooms():
        names.append(name)
        yield f"{name}.rst", _room_page(name, room)
    yield "api.rst", _titled("API", "=") + _front_door() + _toctree(names)
    yield "reasons.rst", _reasons()
    yield "errors-by-name.rst", _errors()
    yield "policies.rst", _policies()
    yield "columns.rst", _columns()
    yield "notebook.md", notebook_page()
    yield "front.html", inline()
    yield "documents.inc", documents()
    yield "profiles.inc", profiles()


def _titled(title: str, line: str) -> str:
    return f"{title}\n{line * len(title)}\n\n"


def _toctree(names: list[str]) -> str:
    return "\n.. toctree::\n   :maxdepth: 1\n\n" + "".join(f"   {name}\n" for name in names)


def _front_door() -> str:
    lines = [
        "The front door, ``import goalmodel``, holds what nearly every use needs; all else lives in its room.\n",
        *(f"- {_link(name)}" for name in sorted(goalmodel.__all__)),
    ]
    return "\n".join(lines) + "\n"


def _link(name: str) -> str:
    value = getattr(goalmodel, name)
    room = goalmodel._ROOM_OF_NAME[name]  # noqa: SLF001 - its own list
    return f":py:obj:`goalmodel.{name} <goalmodel.{room}.{name}>`: {_first_sentence(value)}"


def _first_sentence(value: object) -> str:
    text = " ".join((inspect.getdoc(value) or "").split("\n\n", maxsplit=1)[0].split())
    return text.replace("*", r"\*").replace("`", "")


def _room_page(name: str, room: ModuleType) -> str:
    parts = [_titled(f"goalmodel.{name}", "="), f".. automodule:: goalmodel.{name}\n\n"]
    found = public(room)
    for heading, chosen in (
        ("Values and verdicts", [each for each in found if _is_value(found[each])]),
        ("Terms", [each for each in found if _is_class(found[each], Enum)]),
        ("Functions", [each for each in found if inspect.isroutine(found[each])]),
        ("Errors", [each for each in found if _is_class(found[each], Exception)]),
    ):
        if chosen:
            parts.append(_titled(heading, "-"))
            parts.extend(_entry(f"goalmodel.{name}.{each}", found[each]) for each in sorted(chosen))
    rest = [each for each in found if not inspect.isclass(found[each]) and not inspect.isroutine(found[each])]
    if rest:
        parts.append(_titled("Constants and aliases", "-"))
        parts.extend(f"``{each}``\n    {_shortly(found[each])}\n\n" for each in sorted(rest))
    return "".join(parts)


def _is_class(value: object, kind: type) -> bool:
    return inspect.isclass(value) and issubclass(value, kind)


def _is_value(value: object) -> bool:
    return inspect.isclass(value) and not issubclass(value, Enum | Exception)


def _entry(path: str, value: object) -> str:
    kind = "autoclass" if inspect.isclass(value) else "autofunction"
    members = "   :members:\n" if inspect.isclass(value) else ""
    return f".. {kind}:: {path}\n{members}\n"


def _shortly(value: object) -> str:
    text = repr(value).replace("\\", r"\\").replace("*", r"\*").replace("`", r"\`").replace("|", r"\|")
    if len(text) <= _LONGEST:
        return text
    return type(value).__name__ + (f" of {len(value)}" if isinstance(value, Sized) else "")


_LONGEST: Final = 300


def _reasons() -> str:
    parts = [
        _titled("Reason codes", "="),
        (
            "Every reason a verdict may have: its code, the rule it follows, its sentence, and its facts by type. "
            "``goalmodel.catalogue.REASON_KINDS`` is the same as a mapping.\n\n"
        ),
    ]
    for code, kind in sorted(REASON_KINDS.items(), key=lambda item: item[0].lower()):
        facts = ", ".join(f"``{name}`` ({_type_name(of)})" for name, of in kind.facts) or "none"
        parts.append(_titled(code, "-"))
        parts.append(f"{_rule(kind.rule)} · {_escaped(kind.sentence)}\n\nFacts: {facts}\n\n")
    return "".join(parts)


def _rule(rule: str) -> str:
    return f":ref:`{rule} <{rule.lower()}>`" if re.fullmatch(RULE, rule) else rule


def _type_name(of: object) -> str:
    return getattr(of, "__name__", str(of).replace("typing.", "").replace("goalmodel.", "")).replace("|", r"\|")


def _escaped(text: str) -> str:
    return re.sub(r"([*`|_\\])", r"\\\1", text)


def _errors() -> str:
    parts = [
        _titled("Errors", "="),
        (
            "Every error is a ``GoalModelError`` and a ``ValueError`` or a ``TypeError``: it names the field, a path, "
            "the goal, the value that was given and what is accepted.\n\n"
        ),
    ]
    for kind in sorted(_below(GoalModelError), key=lambda each: each.__name__):
        builtin = "TypeError" if issubclass(kind, TypeError) else "ValueError"
        parts.append(
            f":py:obj:`{kind.__name__} <goalmodel.errors.{kind.__name__}>` · {builtin}\n    {_first_sentence(kind)}\n\n"
        )
    return "".join(parts)


def _below(kind: type[GoalModelError]) -> set[type[GoalModelError]]:
    return {deeper for each in kind.__subclasses__() for deeper in (each, *_below(each))}


def _policies() -> str:
    parts = [
        _titled("Policies", "="),
        "What may be decided otherwise, and what holds where nothing is said.\n\n",
    ]
    seen: set[type] = set()
    for name, room in rooms():
        for each, value in sorted(public(room).items()):
            if each.endswith("Policy") and attrs.has(value) and value not in seen and name != "testing":
                seen.add(value)
                parts.append(_titled(each, "-"))
                parts.append(f":py:obj:`goalmodel.{name}.{each}`: {_first_sentence(value)}\n\n")
                meant = _meant(value)
                parts.extend(
                    f"- ``{field.alias}`` = ``{_default(field)}``: {meant.get(field.alias, '')}\n"
                    for field in attrs.fields(value)
                )
                parts.append("\n")
    return "".join(parts)


def _columns() -> str:
    """Return what the rows of `show.rows` hold."""
    parts = [
        _titled("Columns", "="),
        "What :py:func:`goalmodel.show.rows` makes, by what it is given. Every cell may be None.\n\n",
    ]
    for about, columns in COLUMNS.items():
        parts.append(_titled(about.capitalize(), "-"))
        for each in columns:
            words = f" In order: {', '.join(each.order)}." if each.order else ""
            parts.append(f"- ``{each.name}`` ({each.type}): {each.meaning}.{words}\n")
        parts.append("\n")
    return "".join(parts)


_ATTRIBUTE: Final = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)


def _meant(kind: type) -> dict[str, str]:
    """Return what a class says of each of its fields."""
    _, _, attributes = (inspect.getdoc(kind) or "").partition("Attributes:\n")
    return {found[1]: _escaped(" ".join(found[2].split())) for found in _ATTRIBUTE.finditer(attributes)}


def _default(field: attrs.Attribute[Any]) -> str:
    default = field.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return _constructed(default.factory) if not default.takes_self else "of the others"
    return "none: it is to be given" if default is attrs.NOTHING else _plain(default)


def _constructed(factory: Any) -> str:  # noqa: ANN401 - whatever makes a default
    return _plain(factory())


def _plain(value: object) -> str:
    return (str(value) if isinstance(value, Enum) else repr(value)).replace("`", "'")
