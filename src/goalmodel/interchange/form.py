"""How a value looks in a document: written, read, and described, side by side, a class for each form.

A form reads whatever it is given: what it can't take it adds to the problems, with the place, the value and what is
accepted, and goes on, so that a document is told all that is wrong with it at once.
"""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from enum import Enum
from fractions import Fraction
from typing import Any, Final, TypeAlias, TypeGuard

import attrs

from goalmodel.errors import GoalModelError, NotFinite, NotReadable
from goalmodel.exact import exact
from goalmodel.interchange.numerals import PATTERN, number_of, numeral

Json: TypeAlias = Any
"""What JSON can say: an object, an array, a text, a number, true, false, null."""

Schema: TypeAlias = dict[str, Json]
Defs: TypeAlias = dict[str, Schema]
At: TypeAlias = tuple["str | int", ...]

TAG: Final = "type"
"""Where an object says of which class it is."""

DEEPEST: Final = 100
"""So many objects and arrays may lie inside one another."""

_DATE: Final = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")


class _Misread:
    """What stands for a value that could not be read."""


MISREAD: Final = _Misread()


@attrs.frozen(kw_only=True)
class Written:
    """How documents are written.

    Attributes:
        is_compact: Whether what is as it would be by default is left out.
        has_derived: Whether what follows from a verdict stands beside it.
    """

    is_compact: bool
    has_derived: bool


DEFS: Final = "#/$defs"
"""Where the definitions of a schema stand in it."""


@attrs.define
class Problems:
    """All that is wrong with a document, in its own order.

    Attributes:
        found: What was found so far.
        aside: Where fields that nobody knows are kept, by their pointer; None where they are refused.
    """

    found: list[GoalModelError] = attrs.field(factory=list[GoalModelError])
    aside: dict[str, object] | None = None

    def add(self, at: At, given: object, accepted: str) -> Any:
        """Add one, and return what stands for the value that was not read."""
        self.found.append(NotReadable(at, given, accepted))
        return MISREAD

    def add_all(self, at: At, error: GoalModelError, where: Callable[[At], At] = lambda path: path) -> Any:
        """Add what a constructor refused, *where* its fields stand in the document."""
        for each in error.problems:
            found = NotReadable((*at, *where(tuple(each.field))), each.given, each.accepted, goal=each.goal)
            found.__cause__ = error
            self.found.append(found)
        return MISREAD


def is_array(found: Json) -> TypeGuard[list[Json]]:
    """Return whether an array of JSON was found."""
    return isinstance(found, list)


def is_object(found: Json) -> TypeGuard[dict[str, Json]]:
    """Return whether an object of JSON was found."""
    return isinstance(found, dict)


class Form(ABC):
    """How values of one type look in a document.

    Attributes:
        accepted: What is read, in words.
    """

    accepted: str

    @abstractmethod
    def write(self, value: Any, how: Written) -> Json:
        """Return *value* as JSON has it."""

    @abstractmethod
    def read(self, found: Json, at: At, problems: Problems) -> Any:
        """Return the value that was *found* at a place, or what stands for one that could not be read."""

    @abstractmethod
    def schema(self, defs: Defs) -> Schema:
        """Return what JSON Schema says of it; schemas that have a name are added to *defs*."""


class ObjectForm(Form):
    """A form that is an object of fields, which can say of which class it is.

    Attributes:
        name: The name of the class.
    """

    name: str

    @property
    def accepted(self) -> str:  # type: ignore[override]
        """What is read, in words."""
        return f'an object of the type "{self.name}"'

    def tagged(self, value: Any, how: Written) -> Json:
        """Return *value* with the name of its class."""
        return {TAG: self.name, **self.write(value, how)}


class NumberForm(Form):
    """An exact number."""

    accepted = 'a finite number, or a text such as "1/3" or "0.125"'

    def write(self, value: Fraction, how: Written) -> Json:
        return numeral(value)

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if isinstance(found, str):
            number = number_of(found)
            return problems.add(at, found, self.accepted) if number is None else number
        if isinstance(found, bool) or not isinstance(found, int | float):
            return problems.add(at, found, self.accepted)
        try:
            return exact(found)
        except NotFinite:
            return problems.add(at, found, self.accepted)
        except GoalModelError as error:
            return problems.add(at, found, error.accepted)

    def schema(self, defs: Defs) -> Schema:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": PATTERN}]}


class CountForm(Form):
    """A whole number."""

    accepted = "a whole number"

    def write(self, value: int, how: Written) -> Json:
        return value

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        is_whole = isinstance(found, int) or (isinstance(found, float) and found.is_integer())
        if isinstance(found, bool) or not is_whole:
            return problems.add(at, found, self.accepted)
        return int(found)

    def schema(self, defs: Defs) -> Schema:
        return {"type": "integer"}


class BoolForm(Form):
    """Yes or no."""

    accepted = "true or false"

    def write(self, value: bool, how: Written) -> Json:
        return value

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        return found if isinstance(found, bool) else problems.add(at, found, self.accepted)

    def schema(self, defs: Defs) -> Schema:
        return {"type": "boolean"}


class TextForm(Form):
    """A text."""

    accepted = "a text"

    def write(self, value: str, how: Written) -> Json:
        return value

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        return found if isinstance(found, str) else problems.add(at, found, self.accepted)

    def schema(self, defs: Defs) -> Schema:
        return {"type": "string"}


class NullForm(Form):
    """Nothing."""

    accepted = "null"

    def write(self, value: None, how: Written) -> Json:
        return None

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        return None if found is None else problems.add(at, found, self.accepted)

    def schema(self, defs: Defs) -> Schema:
        return {"type": "null"}


class DateForm(Form):
    """A day."""

    accepted = 'a date such as "2026-12-31", without a time of day'

    def write(self, value: dt.date, how: Written) -> Json:
        return value.isoformat()

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if isinstance(found, str) and _DATE.match(found):
            try:
                return dt.date.fromisoformat(found)
            except ValueError:
                pass
        return problems.add(at, found, self.accepted)

    def schema(self, defs: Defs) -> Schema:
        return {"type": "string", "format": "date", "pattern": _DATE.pattern}


class EnumForm(Form):
    """A word of a list."""

    def __init__(self, kind: type[Enum]) -> None:
        self.kind = kind
        self._members = {member.value: member for member in kind}
        self.accepted: str = one_of(self._members, None)

    def write(self, value: Enum, how: Written) -> Json:
        return value.value

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if isinstance(found, str) and found in self._members:
            return self._members[found]
        return problems.add(at, found, one_of(self._members, found))

    def knows(self, found: Json) -> bool:
        """Return whether it is one of the words."""
        return isinstance(found, str) and found in self._members

    def schema(self, defs: Defs) -> Schema:
        defs.setdefault(self.kind.__name__, {"type": "string", "enum": list(self._members)})
        return reference(self.kind.__name__)


class ManyForm(Form):
    """Any number of values of one form."""

    accepted = "an array"

    def __init__(self, member: Form) -> None:
        self.member = member

    def write(self, value: Sequence[object], how: Written) -> Json:
        return [self.member.write(each, how) for each in value]

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if not is_array(found):
            return problems.add(at, found, self.accepted)
        given = found
        members = tuple(self.member.read(each, (*at, index), problems) for index, each in enumerate(given))
        return MISREAD if MISREAD in members else members

    def schema(self, defs: Defs) -> Schema:
        return {"type": "array", "items": self.member.schema(defs)}


class RowForm(Form):
    """So many values, each of its own form, in an order."""

    def __init__(self, members: Sequence[Form]) -> None:
        self.members = members
        self.accepted: str = f"an array of {len(members)}"

    def write(self, value: Sequence[object], how: Written) -> Json:
        return [form.write(each, how) for form, each in zip(self.members, value, strict=True)]

    def read(self, found: Json, at: At, problems: Problems) -> Any:
        if not is_array(found) or len(found) != len(self.members):
            return problems.add(at, found, self.accepted)
        given = zip(self.members, found, strict=True)
        members = tuple(form.read(each, (*at, index), problems) for index, (form, each) in enumerate(given))
        return MISREAD if MISREAD in members else members

    def schema(self, defs: Defs) -> Schema:
        return array_of([form.schema(defs) for form in self.members], least=len(self.members))


def array_of(members: Sequence[Schema], *, least: int) -> Schema:
    """Return the schema of an array with a place for each of *members*, of which the first ones have to be there."""
    return {"type": "array", "prefixItems": list(members), "items": False, "minItems": least}


def reference(name: str) -> Schema:
    """Return a reference to a schema that has a name."""
    return {"$ref": f"{DEFS}/{name}"}


def one_of(words: Iterable[str], found: object) -> str:
    """Return what is accepted where one of *words* is, with those that look most like what was found."""
    near = near_to(words, found)
    return f"one of {', '.join(map(repr, words))}{near}".replace("'", '"')


def near_to(words: Iterable[str], found: object) -> str:
    """Return the question whether one of *words* was meant; an empty text where none looks like what was found."""
    if not isinstance(found, str):
        return ""
    meant = [word for word in words if found and word.lower().startswith(found.lower())]
    close = meant or get_close_matches(found[:100], list(words), n=1)
    return f' (did you mean "{close[0]}"?)' if close else ""
