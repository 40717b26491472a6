"""What is measured: its name, unit, polarity, scale, and whether it leads or lags."""

from __future__ import annotations

from collections.abc import Iterable
from enum import unique
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import attrs

from goalmodel.checks import Term, is_a, is_id, named, the_count, the_iterable
from goalmodel.errors import OutOfBounds, OutOfOrder, described
from goalmodel.exact import Number, computed, exact_or_none
from goalmodel.measure.aggregation import Aggregation
from goalmodel.measure.unit import Unit, percentage_point, the_unit
from goalmodel.reprs import readable
from goalmodel.showing import MOST_PLACES, shown


@unique
class Polarity(Term):
    """Which way is better."""

    HIGHER_IS_BETTER = "higher is better"
    LOWER_IS_BETTER = "lower is better"
    IN_RANGE_IS_BETTER = "inside a range is better"


@unique
class Scale(Term):
    """What may be done with the numbers (Stevens 1946, "On the Theory of Scales of Measurement")."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


_IN_ORDER: Final = frozenset({Aggregation.LAST, Aggregation.GREATEST, Aggregation.LEAST})
_COMBINE: Final = MappingProxyType({
    Scale.NOMINAL: frozenset({Aggregation.LAST}),
    Scale.ORDINAL: _IN_ORDER,
    Scale.INTERVAL: _IN_ORDER.union((Aggregation.MEAN,)),
    Scale.RATIO: frozenset(Aggregation),
})  # fmt: skip
"""How numbers of each scale may be combined: a mean needs equal distances, a sum a zero."""


def check_scale(scale: Scale, aggregation: Aggregation, field: str) -> None:
    """Raise where numbers of a *scale* can't be combined in that way.

    Rule: FIG-1.
    """
    if aggregation not in _COMBINE[scale]:
        accepted = ", ".join(each.name for each in Aggregation if each in _COMBINE[scale])
        raise OutOfBounds(field, aggregation, f"one that {scale.value} numbers allow: {accepted}")


def has_mean(scale: Scale) -> bool:
    """Return whether the mean of numbers of a *scale* says anything."""
    return Aggregation.MEAN in _COMBINE[scale]


@unique
class Timing(Term):
    """Whether a measure moves before the outcome does, or after."""

    LEADING = "leading"
    LAGGING = "lagging"


@attrs.frozen(field_transformer=named)
@readable
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
        aggregation: What several readings come to over a window: of most measures the latest of them.

    Raises:
        OutOfBounds: Readings of its scale can't be added up, or their mean means nothing.
    """

    name: str = attrs.field(validator=is_id)
    unit: Unit = attrs.field(kw_only=True, default=Unit("units"), converter=the_unit)
    polarity: Polarity = attrs.field(kw_only=True, default=Polarity.HIGHER_IS_BETTER, validator=is_a(Polarity))
    scale: Scale = attrs.field(kw_only=True, default=Scale.RATIO, validator=is_a(Scale))
    timing: Timing = attrs.field(kw_only=True, default=Timing.LAGGING, validator=is_a(Timing))
    lowest: Fraction | None = attrs.field(kw_only=True, default=None, converter=exact_or_none)
    highest: Fraction | None = attrs.field(kw_only=True, default=None, converter=exact_or_none)

    aggregation: Aggregation = attrs.field(kw_only=True, default=Aggregation.LAST, validator=is_a(Aggregation))

    def __attrs_post_init__(self) -> None:
        check_scale(self.scale, self.aggregation, "aggregation")
        if self.lowest is not None and self.highest is not None and self.highest < self.lowest:
            raise OutOfOrder("highest", self.highest, "at least the measure's lowest possible value")

    def can_be(self, value: Number) -> bool:
        """Return whether *value*, in the measure's own unit, lies in the range that is possible at all."""
        number = computed(value, "value")
        return (self.lowest is None or self.lowest <= number) and (self.highest is None or number <= self.highest)

    def shown(self, value: Number, *, places: int = 1, cuts: Iterable[Number] = ()) -> str:
        """Return *value* with the unit's symbol, rounded to the nearest, and never so that it seems to reach a cut.

        The ends of what is possible, and the whole of a percentage, are cuts wherever they stand.

        Rule: NUM-3.

        >>> uptime = Measure("uptime", unit=Unit("percent", symbol="%"))
        >>> uptime.shown(89.66), uptime.shown(99.96), uptime.shown(89.96, cuts=[90])
        ('89.7 %', '99.96 %', '89.96 %')

        Args:
            value: Finite, in the measure's own unit.
            places: Digits after the point, 0 to 4; more where a cut is near.
            cuts: Edges, standards or targets that *value* must not seem to reach, in the measure's own unit.
        """
        number, count = computed(value), the_count(places, "places", most=MOST_PLACES)
        told = (computed(cut, f"cuts[{index}]") for index, cut in enumerate(the_iterable(cuts, "cuts")))
        return f"{shown(number, places=count, cuts=(*self._cuts, *told))} {self.unit.symbol}"

    @property
    def _cuts(self) -> tuple[Fraction, ...]:
        point = percentage_point(self.unit)
        ends = (self.lowest, self.highest, None if point is None else 100 * point)
        return tuple(end for end in ends if end is not None)


def first_difference(measure: Measure, expected: Measure) -> tuple[str, str]:
    """Return in which field a measure differs first from the one that is *expected*, and what is expected, in words."""
    name = next(name for name in attrs.fields_dict(Measure) if getattr(measure, name) != getattr(expected, name))
    match getattr(expected, name):
        case None:
            return name, "left out"
        case Unit() as unit:
            return name, f"the unit {described(unit.name)}"
        case Term() as term:
            return name, described(str(term.value))
        case other:
            return name, described(other)
