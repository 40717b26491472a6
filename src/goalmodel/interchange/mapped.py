"""What a document of another standard becomes here, or a goal there, with every loss named.

Nobody lists what gets lost: what was mapped is mapped back, and each place where that is not what was given is a loss.
So nothing can be forgotten, and where no loss is named the way back gives the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import isfinite
from typing import Any, Generic, TypeVar, cast

import attrs

from goalmodel.checks import raise_all
from goalmodel.errors import GoalModelError
from goalmodel.exact import nearest_float
from goalmodel.interchange.form import (
    MISREAD,
    At,
    CountForm,
    DateForm,
    Form,
    Json,
    NumberForm,
    Problems,
    TextForm,
    is_array,
    is_object,
    one_of,
)
from goalmodel.interchange.numerals import numeral
from goalmodel.reprs import readable

_T = TypeVar("_T")
_DATE, _TEXT, _NUMBER, _COUNT = DateForm(), TextForm(), NumberForm(), CountForm()


@readable
@attrs.frozen
class Loss:
    """A place of what was given that does not come back as it was.

    Attributes:
        pointer: Where in the document that was given, as a JSON Pointer; of a goal in its own document.
        given: What stood there; None where nothing did.
        kept: What stands there on the way back; None where nothing does.
        why: Why.
    """

    pointer: str
    given: Json = attrs.field(hash=False)
    kept: Json = attrs.field(hash=False)
    why: str

    def __str__(self) -> str:
        return f"{self.pointer}: {self.why}"


@readable
@attrs.frozen
class Mapped(Generic[_T]):
    """What something was mapped to, and what was lost on the way.

    Attributes:
        value: What it became.
        losses: In the order of what was given.
    """

    value: _T = attrs.field(hash=False)
    losses: tuple[Loss, ...]


def losses(given: Json, kept: Json, why: Mapping[str, str], otherwise: str) -> tuple[Loss, ...]:
    """Return where *kept*, which came back, is not what was *given*.

    Args:
        given: A document.
        kept: The same, mapped and mapped back.
        why: Reasons, by the pointer of a place or of one around it.
        otherwise: The reason for all other places.
    """
    return tuple(
        Loss(pointer, before, after, _reason(pointer, why, otherwise))
        for pointer, before, after in _differences(given, kept, "")
    )


def _differences(given: Json, kept: Json, pointer: str) -> Iterator[tuple[str, Json, Json]]:
    if is_object(given) and is_object(kept):
        for key in (*given, *(key for key in kept if key not in given)):
            escaped = str(key).replace("~", "~0").replace("/", "~1")
            yield from _differences(given.get(key), kept.get(key), f"{pointer}/{escaped}")
    elif is_array(given) and is_array(kept):
        for index in range(max(len(given), len(kept))):
            yield from _differences(_at(given, index), _at(kept, index), f"{pointer}/{index}")
    elif is_object(given) or is_array(given) or type(given) is bool or type(kept) is bool:
        if given is not kept:
            yield pointer, given, kept
    elif given != kept:
        yield pointer, given, kept


def _at(found: list[Json], index: int) -> Json:
    return found[index] if index < len(found) else None


def _reason(pointer: str, why: Mapping[str, str], otherwise: str) -> str:
    while pointer:
        if pointer in why:
            return why[pointer]
        pointer = pointer.rpartition("/")[0]
    return otherwise


@attrs.frozen
class Place:
    """A place in a document of another standard; what is wrong with it is added to the problems, and reading goes on.

    Attributes:
        found: What stands there; None where nothing does.
        at: Where it is.
        problems: All that is wrong with the document.
    """

    found: Json
    at: At
    problems: Problems

    @property
    def is_given(self) -> bool:
        """Whether anything stands there."""
        return self.found is not None

    def inside(self, *path: str | int) -> Place:
        """Return the place so many steps further in."""
        place = self
        for step in path:
            place = place._step(step)
        return place

    def _step(self, step: str | int) -> Place:
        found = None
        if isinstance(step, int):
            if is_array(self.found):
                found = _at(self.found, step)
            elif self.is_given:
                self.problems.add(self.at, self.found, "an array")
        elif is_object(self.found):
            found = self.found.get(step)
        elif self.is_given:
            self.problems.add(self.at, self.found, "an object")
        return Place(found, (*self.at, step), self.problems)

    def wrong(self, accepted: str) -> Any:  # noqa: ANN401 - it stands for a value of any type
        """Add that something else is *accepted*, and return what stands for the value."""
        return self.problems.add(self.at, self.found, accepted)

    def _read(self, form: Form) -> Any:  # noqa: ANN401
        return form.read(self.found, self.at, self.problems)

    def text(self) -> str:
        """Return the text that has to stand there."""
        return cast("str", self._read(_TEXT))

    def text_or_none(self) -> str | None:
        """Return the text that stands there."""
        return self.text() if self.is_given else None

    def word(self, words: tuple[str, ...]) -> str:
        """Return the one of *words* that has to stand there."""
        return cast("str", self.found if self.found in words else self.wrong(one_of(words, self.found)))

    def day(self) -> dt.date:
        """Return the day that has to stand there."""
        return cast("dt.date", self._read(_DATE))

    def count(self) -> int:
        """Return the whole number that has to stand there."""
        return cast("int", self._read(_COUNT))

    def number(self) -> Fraction:
        """Return the number that has to stand there; these standards know none that are texts."""
        is_number = isinstance(self.found, int | float)
        return cast("Fraction", self._read(_NUMBER) if is_number else self.wrong("a finite number"))

    def made(self, kind: Callable[..., _T], where: Mapping[str, At], **fields: object) -> _T:
        """Return the value of a *kind*, or what stands for one that could not be made.

        Args:
            kind: What makes it of the fields.
            where: In which places below this one the fields stand.
            **fields: Its fields.
        """
        if any(each is MISREAD for each in fields.values()):
            return cast("_T", MISREAD)
        try:
            return kind(**fields)
        except GoalModelError as error:
            return cast("_T", self.problems.add_all(self.at, error, lambda path: where.get(str(path[0]), ())))

    def refuse_if_wrong(self) -> None:
        """Raise all that was found wrong, one problem a place."""
        first: dict[At, GoalModelError] = {}
        for problem in self.problems.found:
            first.setdefault(tuple(problem.field), problem)
        raise_all(first.values())


def json_number(number: Fraction) -> int | float:
    """Return the number of JSON that is nearest: these standards know no other numbers."""
    written = numeral(number)
    if not isinstance(written, str):
        return written
    double = nearest_float(number)
    return double if number.denominator != 1 and isfinite(double) else round(number)
