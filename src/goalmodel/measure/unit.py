"""What a number counts: units, and values carried from one unit to another of the same quantity."""

from __future__ import annotations

from fractions import Fraction

import attrs

from goalmodel.checks import is_id, is_text, named, positive, the
from goalmodel.errors import DifferentQuantities, OutOfBounds
from goalmodel.exact import Number, exact
from goalmodel.reprs import readable


@attrs.frozen(field_transformer=named)
@readable
class Unit:
    """The unit of a measure: a name, a symbol, and the exact way to the base unit of its quantity.

    A unit nobody says more about is its own base, and converts to nothing but itself. A scale that begins somewhere
    else, as °F does beside °C, is no factor away and converts to nothing either.

    >>> Unit("hours", symbol="h", base="days", factor=Fraction(1, 24)).symbol
    'h'

    Attributes:
        name: What a person calls it: "days", "points".
        symbol: What is printed behind a number; the name where none is given.
        base: Name of the base unit: units with one base measure one quantity. The name where none is given.
        factor: How many base units one of it is, above 0; 1 for a unit that is its own base.

    Raises:
        OutOfBounds: A unit that is its own base is said to be more or less than itself.
    """

    name: str = attrs.field(validator=is_id)
    symbol: str = attrs.field(
        default=attrs.Factory(lambda self: self.name, takes_self=True), validator=is_text, kw_only=True
    )
    base: str = attrs.field(
        default=attrs.Factory(lambda self: self.name, takes_self=True), validator=is_id, kw_only=True
    )
    factor: Fraction = attrs.field(default=Fraction(1), converter=positive, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.base == self.name and self.factor != 1:
            raise OutOfBounds("factor", self.factor, "1 for a unit that is its own base; else name the base")


def the_unit(given: Unit | str, field: str = "value") -> Unit:
    """Return *given*, which must be a Unit or the name of one that is its own base."""
    return Unit(given) if isinstance(given, str) else the(Unit, given, field)


def convert(value: Number, unit: Unit, into: Unit) -> Fraction:
    """Return how much *value*, in *unit*, is in another unit of the same quantity.

    Rule: UNIT-1.

    >>> hours = Unit("hours", base="days", factor=Fraction(1, 24))
    >>> convert(36, hours, into=Unit("days"))
    Fraction(3, 2)

    Args:
        value: Finite, in *unit*.
        unit: What it is given in.
        into: What it is wanted in.

    Raises:
        DifferentQuantities: The two have different base units.
    """
    number = exact(value, "value")
    if the(Unit, unit, "unit").base != the(Unit, into, "into").base:
        raise DifferentQuantities("into", into.name, f"a unit of the quantity counted in {unit.base}")
    return number * unit.factor / into.factor


def percentage_point(unit: Unit) -> Fraction | None:
    """Return what one percentage point is in *unit*; None where a value in it is no percentage.

    >>> percentage_point(Unit("share", base="percent", factor=100)), percentage_point(Unit("points"))
    (Fraction(1, 100), None)
    """
    base = unit.base
    return 1 / unit.factor if base in {"percent", "%"} or base.startswith(("percent of ", "% of ")) else None
