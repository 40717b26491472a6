"""Is a KPI's value healthy? Bands along the line of all values, and the zone a value lies in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from enum import unique
from fractions import Fraction
from functools import cached_property

import attrs

from goalmodel.checks import Term, exact_many, inner, is_a, is_id, named, the, the_many
from goalmodel.errors import NotANumber, NotOneHealthyZone, OutOfBounds, OutOfOrder
from goalmodel.exact import Number, computed, computed_ratio, exact
from goalmodel.measure.row import Row
from goalmodel.reprs import readable


@unique
class Health(Term):
    """How healthy a KPI is. There is no word for missed: a KPI is watched, not hit."""

    HEALTHY = "healthy"
    WATCH = "on watch"
    UNHEALTHY = "unhealthy"
    UNKNOWN = "unknown"

    @property
    def order(self) -> int:
        """What to sort by, the worst first: what nobody knows comes behind what is known to be unhealthy."""
        return _WORST_FIRST.index(self)


_WORST_FIRST = (Health.UNHEALTHY, Health.UNKNOWN, Health.WATCH, Health.HEALTHY)
_SEVERITY = (Health.HEALTHY, Health.WATCH, Health.UNHEALTHY)


@attrs.frozen
@readable
class Zone:
    """A named stretch of the line.

    Attributes:
        name: What people call it: "stage 1".
        health: HEALTHY, WATCH or UNHEALTHY.
    """

    name: str = attrs.field(validator=is_id)
    health: Health = attrs.field(validator=is_a(Health))


_UNHEALTHY = Zone("unhealthy", Health.UNHEALTHY)
_WATCH = Zone("on watch", Health.WATCH)
_HEALTHY = Zone("healthy", Health.HEALTHY)
_INWARD = (_UNHEALTHY, _WATCH)


def _zones(given: Iterable[Zone], field: str = "value") -> tuple[Zone, ...]:
    return the_many(Zone, given, field)


def _open_cuts(given: Iterable[Number], field: str = "value") -> tuple[Fraction, ...]:
    return tuple(sorted(set(exact_many(given, field))))


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class HealthBands:
    """Zones that cover the whole line of values, without gap or overlap.

    Exactly one zone is healthy; away from it health only falls. A cut belongs to the healthier of the two zones it
    separates, whichever side that is, unless it is an open one.

    Rule: KPI-2.

    >>> HealthBands.at_least(8, watch=7.5).health(7.7)
    <Health.WATCH: 'on watch'>

    Attributes:
        cuts: Where one zone ends and the next begins, rising, in the measure's own unit.
        zones: From the lowest values to the highest, one more than there are cuts.
        open_cuts: Those of the cuts that belong to the less healthy side: 120 where "below 120" is healthy.
    """

    cuts: tuple[Fraction, ...] = attrs.field(converter=exact_many)
    zones: tuple[Zone, ...] = attrs.field(converter=_zones)
    open_cuts: tuple[Fraction, ...] = attrs.field(default=(), converter=_open_cuts)

    def __attrs_post_init__(self) -> None:
        if len(self.zones) != len(self.cuts) + 1:
            raise NotOneHealthyZone("zones", self.zones)
        if not self.cuts:
            raise OutOfOrder("cuts", (), "further out than the cut before it, so that every zone has room")
        severities = [_severity(zone) for zone in self.zones]
        if severities.count(0) != 1:
            raise NotOneHealthyZone("zones", self.zones)
        healthy = severities.index(0)
        if severities != sorted(severities[:healthy], reverse=True) + sorted(severities[healthy:]):
            raise NotOneHealthyZone("zones", self.zones)
        for index, (cut, next_cut) in enumerate(zip(self.cuts, self.cuts[1:], strict=False)):
            if not (cut < next_cut or (cut == next_cut and index + 1 == healthy)):
                raise OutOfOrder(
                    f"cuts[{index + 1}]", next_cut, "further out than the cut before it, so that every zone has room"
                )
        for index, cut in enumerate(self.open_cuts):
            if self.cuts.count(cut) != 1:
                raise OutOfBounds(f"open_cuts[{index}]", cut, "one of the cuts, and no zone of a single value at it")

    @classmethod
    def at_least(cls, edge: Number, *, watch: Number | None = None) -> HealthBands:
        """Return the bands of a floor: healthy from *edge* upwards, on watch from *watch* up to it."""
        return cls._around(below=_side(exact(edge, "edge"), watch, "watch", outward=-1))

    @classmethod
    def at_most(cls, edge: Number, *, watch: Number | None = None) -> HealthBands:
        """Return the bands of a ceiling: healthy up to *edge*, on watch from there up to *watch*."""
        return cls._around(above=_side(exact(edge, "edge"), watch, "watch", outward=1))

    @classmethod
    def above(cls, edge: Number, *, watch: Number | None = None) -> HealthBands:
        """Return the bands of a floor that is not healthy itself: above *edge*, on watch above *watch* up to it."""
        found = cls.at_least(edge, watch=watch)
        return attrs.evolve(found, open_cuts=found.cuts)

    @classmethod
    def below(cls, edge: Number, *, watch: Number | None = None) -> HealthBands:
        """Return the bands of a ceiling that is not healthy itself: below *edge*, on watch from there to below *watch*.

        >>> systolic = HealthBands.below(120, watch=130)
        >>> [systolic.health(value).value for value in (119, 120, 129.9, 130)]
        ['healthy', 'on watch', 'on watch', 'unhealthy']
        """
        found = cls.at_most(edge, watch=watch)
        return attrs.evolve(found, open_cuts=found.cuts)

    @classmethod
    def between(
        cls,
        low: Number,
        high: Number,
        *,
        watch_low: Number | None = None,
        watch_high: Number | None = None,
    ) -> HealthBands:
        """Return two-sided bands: healthy from *low* to *high*, both included, on watch out to the watch cuts."""
        floor, ceiling = exact(low, "low"), exact(high, "high")
        if ceiling < floor:
            raise OutOfOrder("high", high, "further out than the cut before it, so that every zone has room")
        return cls._around(
            below=_side(floor, watch_low, "watch_low", outward=-1),
            above=_side(ceiling, watch_high, "watch_high", outward=1),
        )

    @classmethod
    def _around(cls, below: tuple[Fraction, ...] = (), above: tuple[Fraction, ...] = ()) -> HealthBands:
        zones = (*_INWARD[: len(below)], _HEALTHY, *reversed(_INWARD[: len(above)]))
        return cls(cuts=(*below, *above), zones=zones)

    @classmethod
    def along(cls, *line: Zone | Number) -> HealthBands:
        """Return bands as they stand along the line: zone, cut, zone, cut, …, zone, from low to high.

        >>> systolic = HealthBands.along(
        ...     Zone("low", Health.UNHEALTHY),
        ...     90,
        ...     Zone("normal", Health.HEALTHY),
        ...     119,
        ...     Zone("elevated", Health.WATCH),
        ...     129,
        ...     Zone("stage 1", Health.UNHEALTHY),
        ...     139,
        ...     Zone("stage 2", Health.UNHEALTHY),
        ... )
        >>> systolic.zone(135).name
        'stage 1'
        """
        zones = tuple(the(Zone, line[index], f"line[{index}]") for index in range(0, len(line), 2))
        cuts = tuple(_cut(line[index], f"line[{index}]") for index in range(1, len(line), 2))
        return cls(cuts=cuts, zones=zones)

    def zone(self, value: Number) -> Zone:
        """Return the zone *value*, finite and in the measure's own unit, lies in."""
        return self.zones[self._place(*computed_ratio(value))]

    def health(self, value: Number) -> Health:
        """Return how healthy *value*, finite and in the measure's own unit, is."""
        return self.zones[self._place(*computed_ratio(value))].health

    @inner
    def only_zone(self, low: Fraction | None, high: Fraction | None) -> Zone | None:
        """Return the zone all values from *low* to *high* lie in; None where they lie in several.

        Args:
            low: The least of them; None where there is no least one.
            high: The greatest; None where there is no greatest one.
        """
        first = self._places[0] if low is None else self._places[self._place(*low.as_integer_ratio())]
        last = self._places[-1] if high is None else self._places[self._place(*high.as_integer_ratio())]
        return self.zones[first] if first == last else None

    @inner
    def zones_of(self, row: Row) -> list[int]:
        """Return the zone of each number of a *row*, as `zone` does: by its place among the zones.

        Of zones that are alike it is the place of the first one.
        """
        places = self._places
        if not row.is_whole:
            return [places[self._place(*value.as_integer_ratio())] for value in row.values(0, len(row))]
        # The least whole number behind each cut: on a cut that belongs to what lies above it, or beyond it.
        behind = [
            row.least(cut) if self.belongs_above(at) else row.greatest(cut) + 1 for at, cut in enumerate(self.cuts)
        ]
        return [places[bisect_right(behind, each)] for each in row.wholes]

    @property
    def low(self) -> Fraction | None:
        """The least healthy value, or the one above which all are; None where there is no floor."""
        return self.cuts[self.healthy - 1] if self.healthy else None

    @property
    def high(self) -> Fraction | None:
        """The greatest healthy value, or the one below which all are; None where there is no ceiling."""
        return self.cuts[self.healthy] if self.healthy < len(self.cuts) else None

    def excess(self, value: Number) -> Fraction:
        """Return how far *value* lies beyond the nearer healthy edge, in the measure's own unit.

        Above 0 outside the healthy zone, 0 on its edge, below 0 inside. Health worsens exactly when this grows: away
        from the healthy zone, or inside it toward the nearer edge.

        Rule: KPI-4.

        >>> HealthBands.between(5, 9).excess(6), HealthBands.at_least(8).excess(7)
        (Fraction(-1, 1), Fraction(1, 1))
        """
        number = computed(value)
        low, high = self.low, self.high
        sides = ([] if low is None else [low - number]) + ([] if high is None else [number - high])
        return max(sides)

    def nearest_healthy(self, value: Number) -> Fraction:
        """Return the healthy value nearest to *value*: itself, or the edge it would have to reach.

        >>> HealthBands.between(5, 9).nearest_healthy(12)
        Fraction(9, 1)
        """
        number = computed(value)
        if self.low is not None and number < self.low:
            return self.low
        if self.high is not None and number > self.high:
            return self.high
        return number

    def _place(self, number: int, parts: int) -> int:
        """Return how many cuts so many *parts* lie behind: of one they lie on, where it belongs to what is above it."""
        place = 0
        for cut, of, is_above in self._steps:
            here, there = number * of, cut * parts
            if here > there or (is_above and here == there):
                place += 1
        return place

    @cached_property
    def _steps(self) -> tuple[tuple[int, int, bool], ...]:
        return tuple((*cut.as_integer_ratio(), self.belongs_above(at)) for at, cut in enumerate(self.cuts))

    @inner
    def belongs_above(self, at: int) -> bool:
        """Return whether the cut at a place belongs to the zone above it."""
        return (at < self.healthy) != (self.cuts[at] in self.open_cuts)

    @cached_property
    def _places(self) -> tuple[int, ...]:
        """For each zone the place of the first that is like it."""
        return tuple(map(self.zones.index, self.zones))

    @cached_property
    def healthy(self) -> int:
        """The place of the healthy zone among the zones, from 0."""
        return next(index for index, zone in enumerate(self.zones) if zone.health is Health.HEALTHY)


def _cut(given: Zone | Number, field: str) -> Fraction:
    if isinstance(given, Zone):
        raise NotANumber(field, given)
    return exact(given, field)


def _severity(zone: Zone) -> int:
    if zone.health not in _SEVERITY:
        raise NotOneHealthyZone("zones", zone)
    return _SEVERITY.index(zone.health)


def _side(edge: Fraction, watch: Number | None, field: str, *, outward: int) -> tuple[Fraction, ...]:
    """Return the cuts on one side of the healthy zone, rising; *outward* is the sign of the way away from it."""
    if watch is None:
        return (edge,)
    cut = exact(watch, field)
    if (cut - edge) * outward <= 0:
        raise OutOfOrder(field, watch, "further out than the cut before it, so that every zone has room")
    return (cut, edge) if outward < 0 else (edge, cut)
