"""What the reference pages include that the code knows better: the document schema, and the profile of each system.

Markdown fragments, written into docs/generated/ before each build by ``docs/conf.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import attrs

from goalmodel.interchange import schema
from goalmodel.interchange.kinds import ENUMS, VALUES
from goalmodel.profiles import PROFILES, Profile

_PARTS: Final = {
    "progress": "Progress",
    "words": "Word",
    "kept": "Kept",
    "expected": "Expected by now",
    "roll_up": "Rolled up",
}
_LONGEST: Final = 400


def profiles() -> str:
    """Return every profile: its source, and each field in which it is not goalmodel's own rule."""
    return "\n".join(line for name in sorted(PROFILES, key=str.lower) for line in _profile(PROFILES[name]))


def _profile(profile: Profile) -> Iterator[str]:
    source = f"<{profile.source}>" if profile.source.startswith("http") else f"`{profile.source}`"
    yield f"### {_plain(profile.name)}\n\n{source}, read on {profile.read}.\n"
    for part, words in _PARTS.items():
        policy = getattr(profile, part)
        if policy is None:
            yield f"- {words}: publishes no rule."
        else:
            yield f"- {words}: {'; '.join(_differing(policy)) or 'as goalmodel has it'}."
    yield ""


def _differing(policy: Any) -> Iterator[str]:  # noqa: ANN401 - any of the five
    for field in attrs.fields(type(policy)):
        found = getattr(policy, field.name)
        if found != _default(field):
            yield f"`{field.alias}` = `{_short(found)}`"


def _default(field: attrs.Attribute[Any]) -> object:
    return field.default.factory() if isinstance(field.default, attrs.Factory) else field.default  # type: ignore[arg-type]


def _short(value: object) -> str:
    text = repr(value).replace("`", "'")
    return text if len(text) <= _LONGEST else f"{type(value).__name__} of {len(value)}"  # type: ignore[arg-type]


def documents() -> str:
    """Return every kind of document: its fields, of which kind they are, whether they must be given, what they mean."""
    parts = ["## Values\n"]
    for name in sorted(VALUES):
        told = schema(VALUES[name])
        parts.extend(_kind(name, told["$defs"].get(name, told)))
    parts.append("## Words\n\nA word of a list is a text.\n")
    parts.extend(f"- **{name}**: {', '.join(f'`{each.value}`' for each in ENUMS[name])}" for name in sorted(ENUMS))
    return "\n".join(parts) + "\n"


def _kind(name: str, told: dict[str, Any]) -> Iterator[str]:
    yield f"### {name}\n\n{_plain(told.get('description', ''))}\n"
    fields = {each: of for each, of in told.get("properties", {}).items() if each not in {"format", "type"}}
    if not fields:
        yield "It has no fields.\n"
        return
    required = told.get("required", ())
    yield "| field | holds | meaning |\n|---|---|---|"
    for each, of in fields.items():
        needed = " · to be given" if each in required else ""
        meaning = of.get("description", "written beside it to be shown, not read back" if of.get("readOnly") else "")
        yield f"| `{each}` | {_held(of)}{needed} | {_plain(meaning)} |"
    yield ""


def _held(of: dict[str, Any]) -> str:
    """Return in words what a schema lets a field hold."""
    match of:
        case {"$ref": str(path)}:
            return _name(path.rpartition("/")[2])
        case {"const": constant}:
            return f"`{constant}`"
        case {"anyOf": list(several)} | {"oneOf": list(several)} | {"allOf": list(several)}:
            held = [_held(each) for each in several]
            return " or ".join(dict.fromkeys(each for each in held if each))
        case {"type": "array", "items": dict(items)}:
            return f"array of {_held(items)}"
        case {"format": str(kind)} | {"type": str(kind)}:
            return kind
        case _:
            return ""


def _name(kind: str) -> str:
    return f"[{kind}](#{kind.lower()})" if kind in VALUES else kind


def _plain(text: str) -> str:
    return re.sub(r"([|*_<>\[\]])", r"\\\1", " ".join(str(text).split()))
