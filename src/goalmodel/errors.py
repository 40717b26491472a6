"""The root of every error, and the errors any door may raise.

Every error says three things, as fields and in its sentence: which field, what was given, what is accepted.
Wording is not part of the interface; the fields are.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

_PLAIN = (bool, int, float, complex, str, bytes, Decimal, Fraction, dt.date, type(None))
_LONGEST_SHOWN = 120


class _Shown(str):
    """What stands for a value an error does not keep."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def described(given: object) -> str:
    """Return *given* as an error shows it: its repr, shortened, whatever the object does when asked for one."""
    text = _repr(given)
    if text is None:
        return f"a value of type {type(given).__name__}"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _repr(given: object) -> str | None:
    try:
        return repr(given)
    except Exception:  # noqa: BLE001 - a broken __repr__, or an int too long to print, must not hide our error
        return None


def _kept(given: object) -> object:
    """Return *given* where it can be pickled and printed whoever made it, else what stands for it."""
    return given if type(given) in _PLAIN and _repr(given) is not None else _Shown(described(given))


class GoalModelError(Exception):
    """Root of every error goalmodel raises; each concrete one is a ``ValueError`` or a ``TypeError`` too.

    Attributes:
        field: The argument or field that can't be taken.
        given: The offending value; where it is not a plain value (number, text, date), its repr, so that the
            error can be pickled, shown anywhere, and keeps nothing alive.
        accepted: What would be taken instead.
    """

    accepted: str = "something else"

    def __init__(self, field: str, given: object) -> None:
        self.field = field
        self.given = _kept(given)
        super().__init__(self.field, self.given)

    def __str__(self) -> str:
        return f"{self.field} must be {self.accepted}; got {described(self.given)}"


class WrongType(GoalModelError, TypeError):
    """An argument of a type that can't mean anything here."""

    def __init__(self, field: str, given: object, accepted: str) -> None:
        super().__init__(field, given)
        self.accepted = accepted
        self.args = (self.field, self.given, accepted)


class NotADate(GoalModelError, TypeError):
    """A point in time that is not a plain calendar date."""

    accepted = "a datetime.date without a time of day (of a datetime, choose the date: when.date())"


class EmptyText(GoalModelError, ValueError):
    """A text that says nothing."""

    accepted = "a text that is not blank"


class OutOfBounds(GoalModelError, ValueError):
    """A number that is finite but lies where the field has no meaning."""

    def __init__(self, field: str, given: object, accepted: str) -> None:
        super().__init__(field, given)
        self.accepted = accepted
        self.args = (self.field, self.given, accepted)


class NotAFrame(GoalModelError, TypeError):
    """Something that is not a data frame narwhals can read."""

    accepted = "a data frame of pandas, Polars, PyArrow, DuckDB, Dask or PySpark"


class UnknownColumn(GoalModelError, ValueError):
    """A column that the frame does not have."""

    def __init__(self, field: str, given: object, accepted: str) -> None:
        super().__init__(field, given)
        self.accepted = accepted
        self.args = (self.field, self.given, accepted)


class UnreadableColumn(GoalModelError, TypeError):
    """A column of a type whose values can't be read exactly."""

    def __init__(self, field: str, given: object, accepted: str) -> None:
        super().__init__(field, given)
        self.accepted = accepted
        self.args = (self.field, self.given, accepted)
