"""What is measured: its name, unit, polarity, scale, and whether it leads or lags."""

from __future__ import annotations

from enum import StrEnum, unique
from fractions import Fraction
from typing import assert_never

import attrs

from goalmodel.checks import is_a, is_text, the, the_count
from goalmodel.errors import OutOfOrder
from goalmodel.exact import MOST_PLACES, Number, exact, rounded_down, rounded_up, spelled
from goalmodel.measure.unit import Unit


@unique
class Polarity(StrEnum):
    """Which way is better."""

    HIGHER_IS_BETTER = "higher is better"
    LOWER_IS_BETTER = "lower is better"
    IN_RANGE_IS_BETTER = "inside a range is better"


@unique
class Scale(StrEnum):
    """What may be done with the numbers (Stevens 1946, "On the Theory of Scales of Measurement")."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@unique
class Timing(StrEnum):
    """Whether a measure moves before the outcome does, or after."""

    LEADING = "leading"
    LAGGING = "lagging"


def _unit(given: Unit | str) -> Unit:
    return Unit(given) if isinstance(given, str) else the(Unit, given, "unit")


def _lowest(given: Number | None) -> Fraction | None:
    return None if given is None else exact(given, "lowest")


def _highest(given: Number | None) -> Fraction | None:
    return None if given is None else exact(given, "highest")


@attrs.frozen
class Measure:
    """What is measured.

    >>> Measure("customer satisfaction", unit="points").polarity
    <Polarity.HIGHER_IS_BETTER: 'higher is better'>

    Attributes:
        name: Unique among the measures of a model.
        unit: A Unit, or its name.
        polarity: Which way is better, where neither bands nor a target say so.
        scale: What may be done with the numbers.
        timing: Leading or lagging.
        lowest: Least value that is possible at all, in the measure's own unit; None where there is none.
        highest: Greatest value that is possible at all; a reading outside is absent, not judged.
    """

    name: str = attrs.field(validator=is_text)
    unit: Unit = attrs.field(kw_only=True, default=Unit("units"), converter=_unit)
    polarity: Polarity = attrs.field(kw_only=True, default=Polarity.HIGHER_IS_BETTER, validator=is_a(Polarity))
    scale: Scale = attrs.field(kw_only=True, default=Scale.RATIO, validator=is_a(Scale))
    timing: Timing = attrs.field(kw_only=True, default=Timing.LAGGING, validator=is_a(Timing))
    lowest: Fraction | None = attrs.field(kw_only=True, default=None, converter=_lowest)
    highest: Fraction | None = attrs.field(kw_only=True, default=None, converter=_highest)

    def __attrs_post_init__(self) -> None:
        if self.lowest is not None and self.highest is not None and self.highest < self.lowest:
            raise OutOfOrder("highest", self.highest, "at least the measure's lowest possible value")

    def can_be(self, value: Number) -> bool:
        """Return whether *value*, in the measure's own unit, lies in the range that is possible at all."""
        number = exact(value, "value")
        return (self.lowest is None or self.lowest <= number) and (self.highest is None or number <= self.highest)

    def shown(self, value: Number, *, places: int = 1) -> str:
        """Return *value* with the unit's symbol, rounded away from the better side, so that no edge seems reached.

        Where the better side is inside a range, nothing is rounded: digits that don't fit become an ellipsis.

        >>> uptime = Measure("uptime", unit=Unit("percent", symbol="%"))
        >>> uptime.shown(99.96), uptime.shown(100)
        ('99.9 %', '100 %')

        Args:
            value: Finite, in the measure's own unit.
            places: Digits after the point at most, 0 to 4.
        """
        number, count = exact(value, "value"), the_count(places, "places", most=MOST_PLACES)
        match self.polarity:
            case Polarity.HIGHER_IS_BETTER:
                text = rounded_down(number, count)
            case Polarity.LOWER_IS_BETTER:
                text = rounded_up(number, count)
            case Polarity.IN_RANGE_IS_BETTER:
                text = spelled(number, count)
            case _:
                assert_never(self.polarity)
        return f"{text} {self.unit.symbol}"
