"""A reading: a measure's value on a date, or why there is none; and since when it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from enum import unique
from fractions import Fraction
from math import isnan
from numbers import Rational, Real

import attrs

from goalmodel.checks import Term, is_date, limited, made, named, positive, the_iterable
from goalmodel.errors import GoalModelError, NotANumber, NotFinite, OutOfBounds, OutOfOrder
from goalmodel.exact import Number, computed, exact
from goalmodel.reasons import ShownAtCuts
from goalmodel.reprs import readable
from goalmodel.showing import shown


@unique
class Absence(Term):
    """Why there is no value on a date on which there might have been one."""

    NOT_MEASURED = "not measured"
    MISSING = "missing"


def value_or_absence(given: Number | Absence, field: str = "value") -> Fraction | Absence:
    """Return what a reading holds: the number exactly, or why there is none."""
    if isinstance(given, Absence):
        return given
    if is_no_value(given):
        raise no_value(given, field)
    return exact(given, field)


def _weight(given: Number | None, field: str = "weight") -> Fraction | None:
    return None if given is None else positive(given, field)


limited(_weight, exclusiveMinimum=0)


def is_no_value(given: object) -> bool:
    """Return whether *given* is what tables hold where there is no value: None, NaN, or the NA and NaT of pandas."""
    if isinstance(given, Decimal):
        return given.is_nan()
    if isinstance(given, Real) and not isinstance(given, Rational):
        return isnan(given)
    return given is None or type(given).__name__ in {"NAType", "NaTType"}


def no_value(given: object, field: str, *, on: dt.date | None = None) -> GoalModelError:
    """Return the error about *given*, which is no value, and what it might have been meant to be."""
    number = "a finite number" if on is None else f"a finite number on {on}"
    hint = "" if on is None else " (missing=Absence.MISSING says it of all that have no value)"
    kind = NotFinite if isinstance(given, Real | Decimal) else NotANumber
    return kind(field, given, f"{number}, or where there is none Absence.MISSING or Absence.NOT_MEASURED{hint}")


@ShownAtCuts.register
@attrs.frozen(field_transformer=named)
@readable
class Reading:
    """A measure's value on a date, or a stated absence.

    >>> str(Reading(dt.date(2026, 10, 31), 8.2))
    '8.2 on 2026-10-31'

    Attributes:
        on: The date the value is about (of a month's figure: the month's last day).
        value: Finite, in the measure's own unit; or the Absence.
        weight: The number of cases behind the value, above 0: its denominator; None where nobody counted them.
        known_on: The day it is known since, where that is a later one than its own; None where it was known on its day.
    """

    on: dt.date = attrs.field(validator=is_date)
    value: Fraction | Absence = attrs.field(converter=value_or_absence)
    weight: Fraction | None = attrs.field(default=None, converter=_weight)

    known_on: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date), kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.known_on is not None and self.known_on <= self.on:
            if self.known_on < self.on:
                raise OutOfOrder("known_on", self.known_on, f"{self.on.isoformat()}, the day it is about, or later")
            object.__setattr__(self, "known_on", None)
        if self.weight is not None and isinstance(self.value, Absence):
            raise OutOfBounds("weight", self.weight, "none: no cases stand behind an absence")

    @property
    def known_since(self) -> dt.date:
        """The first day on which it was known: its own, where nothing else is said."""
        return self.on if self.known_on is None else self.known_on

    @property
    def known(self) -> Fraction:
        """The value.

        Raises:
            NotANumber: The reading is an absence.
        """
        if isinstance(self.value, Absence):
            raise NotANumber("value", self.value)
        return self.value

    def shown(self, *, cuts: Iterable[Fraction] = ()) -> str:
        """Return the value, rounded to the nearest and never so that it seems to reach a cut, and its day.

        Rule: NUM-3.

        Args:
            cuts: Edges, standards or targets that the value must not seem to reach, in the measure's own unit.
        """
        edges = tuple(computed(cut, f"cuts[{index}]") for index, cut in enumerate(the_iterable(cuts, "cuts")))
        return f"{self._value_shown(edges)} on {self.on.isoformat()}"

    @property
    def value_shown(self) -> str:
        """The value, rounded to the nearest, or why there is none."""
        return self._value_shown(())

    def _value_shown(self, cuts: tuple[Fraction, ...]) -> str:
        return self.value.value if isinstance(self.value, Absence) else shown(self.value, cuts=cuts)

    def __str__(self) -> str:
        return self.shown()


def computed_reading(on: dt.date, value: Fraction | Absence, weight: Fraction | None = None) -> Reading:
    """Return a reading of a value that was computed, and may have more digits than one that is given."""
    return made(Reading, on=on, value=value, weight=weight, known_on=None)
