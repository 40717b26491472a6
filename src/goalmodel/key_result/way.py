"""The way from baseline to target where it is not simply straight: through tiers, or from zone to zone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import TypeAlias, assert_never

import attrs

from goalmodel.checks import exact_many, named, names, the, the_id
from goalmodel.errors import NotANumber, OutOfOrder, TargetEqualsBaseline
from goalmodel.exact import Number, exact
from goalmodel.key_result.points import Point, on_line, the_points
from goalmodel.key_result.score import share_of, straight
from goalmodel.reprs import readable


def _tiers(given: Iterable[tuple[Number, Number]], field: str = "value") -> tuple[Point, ...]:
    return tuple(sorted(the_points(given, field), key=lambda point: point[1]))


@attrs.frozen(field_transformer=named)
@readable
class Tiers:
    """Stated points between baseline and target: piecewise linear through all of them.

    >>> Tiers.of(commit=8.6, target=9.4).points
    ((Fraction(43, 5), Fraction(3, 10)), (Fraction(47, 5), Fraction(7, 10)))

    Attributes:
        points: Value, in the measure's own unit, and the score it stands for, above 0 and below 1; by score. The
            baseline scores 0 and the key result's target 1, whatever stands between.
    """

    points: tuple[Point, ...] = attrs.field(converter=_tiers)

    def __attrs_post_init__(self) -> None:
        scores = [Fraction(0), *(score for _, score in self.points), Fraction(1)]
        if not self.points or not _is_rising(scores) or not _is_strict([value for value, _ in self.points]):
            raise OutOfOrder(
                "points",
                self.points,
                "one point or more, each strictly between baseline and target, and a score between 0 and 1 that grows",
            )

    @classmethod
    def of(cls, *, commit: Number, target: Number) -> Tiers:
        """Return the tiers of a key result whose own target is the stretch point.

        Source: Lobkovich, "You Are a Strategist" (2024), who scores commit, target and stretch 0.3, 0.7 and 1.0.

        Args:
            commit: The value that scores 0.3, in the measure's own unit.
            target: The value that scores 0.7.
        """
        return cls(((commit, Fraction(3, 10)), (target, Fraction(7, 10))))


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Zones:
    """Named stretches of an ordered scale, where only steps count and distances mean nothing.

    >>> Zones.along("stage 2", 140, "stage 1", 160, "severe").label(139)
    'stage 2'

    Attributes:
        labels: From the lowest values to the highest, one more than there are cuts.
        cuts: Where one zone ends and the next begins, rising, in the measure's own unit. A cut belongs to the side
            the key result leads to.
    """

    labels: tuple[str, ...] = attrs.field(converter=names)
    cuts: tuple[Fraction, ...] = attrs.field(converter=exact_many)

    def __attrs_post_init__(self) -> None:
        if not self.cuts or len(self.labels) != len(self.cuts) + 1 or len(set(self.labels)) < len(self.labels):
            raise OutOfOrder(
                "labels",
                self.labels,
                "labels, each once, with strictly rising cuts between them: two labels and one cut at least",
            )
        if not _is_rising(self.cuts):
            raise OutOfOrder(
                "cuts",
                self.cuts,
                "labels, each once, with strictly rising cuts between them: two labels and one cut at least",
            )

    @classmethod
    def along(cls, *line: str | Number) -> Zones:
        """Return zones as they stand along the line: label, cut, label, …, label, from low to high."""
        return cls(labels=[the_id(each, "line") for each in line[::2]], cuts=[_cut(each) for each in line[1::2]])

    @classmethod
    def of(cls, *labels: str) -> Zones:
        """Return the zones of a scale that has names and no numbers: a reading is the label's place, from 0 on.

        >>> medals = Zones.of("none", "bronze", "silver", "gold")
        >>> medals.place("silver"), medals.label(2)
        (2, 'silver')
        """
        return cls(labels=labels, cuts=[Fraction(2 * index + 1, 2) for index in range(len(labels) - 1)])

    def place(self, label: str) -> int:
        """Return how many zones lie below the one called *label*.

        Raises:
            OutOfOrder: There is no such zone.
        """
        if label not in self.labels:
            raise OutOfOrder(
                "label",
                label,
                "labels, each once, with strictly rising cuts between them: two labels and one cut at least",
            )
        return self.labels.index(label)

    def label(self, value: Number, *, falling: bool = False) -> str:
        """Return the label of the zone *value*, in the measure's own unit, lies in.

        Args:
            value: Finite.
            falling: Whether the key result leads downwards, so that a cut belongs to the lower zone.
        """
        return self.labels[self.below(value, falling=falling)]

    def below(self, value: Number, *, falling: bool) -> int:
        """Return how many zones lie below the one *value* lies in."""
        known = exact(value, "value")
        return bisect_left(self.cuts, known) if the(bool, falling, "falling") else bisect_right(self.cuts, known)


Path: TypeAlias = Tiers | Zones | None
"""What a way leads through; nothing where it is straight."""


def share_along(path: Path, value: Fraction, baseline: Fraction, target: Fraction) -> Fraction:
    """Return the share of the way that *value* has come: 0 at the baseline, 1 at the target.

    Straight, it is the share of the distance; through tiers, piecewise linear; from zone to zone, the share of the
    steps.

    Rule: KR-7.

    >>> share_along(Tiers.of(commit=2, target=5), Fraction(5), Fraction(0), Fraction(10))
    Fraction(7, 10)
    """
    match path:
        case None:
            return share_of(straight(baseline, target), *value.as_integer_ratio())
        case Tiers():
            return on_line(sorted(_whole(path, baseline, target)), value)
        case Zones():
            falling = target < baseline
            here, start, end = (path.below(each, falling=falling) for each in (value, baseline, target))
            return Fraction(here - start, end - start)
        case _:
            assert_never(path)


def value_along(path: Path, share: Fraction, baseline: Fraction, target: Fraction) -> Fraction:
    """Return the first value on the way, in the measure's own unit, that has come *share* of it, from 0 to 1."""
    if share == 1 and not isinstance(path, Zones):
        return target
    match path:
        case None:
            return baseline + share * (target - baseline)
        case Tiers():
            return on_line([(score, value) for value, score in _whole(path, baseline, target)], share)
        case Zones():
            return _first_value(path, share, baseline, target)
        case _:
            assert_never(path)


def still_ahead(path: Path, baseline: Fraction, target: Fraction) -> Path:
    """Return what a way leads through that goes on from *baseline*: of tiers those between it and *target*, if any."""
    if not isinstance(path, Tiers):
        return path
    nearest, furthest = sorted((baseline, target))
    points = [(value, score) for value, score in path.points if nearest < value < furthest]
    return Tiers(points) if points else None


def check_way(path: Path, baseline: Fraction | None, target: Fraction) -> None:
    """Raise where the way from *baseline*, if it is known, does not lead to *target*.

    Rule: KR-3.
    """
    if baseline is not None and not _leads(path, baseline, target):
        raise TargetEqualsBaseline("target", target)
    if isinstance(path, Tiers):
        values = [value for value, _ in path.points]
        if not _is_strict([*([] if baseline is None else [baseline]), *values, target]):
            raise OutOfOrder(
                "path",
                path.points,
                "one point or more, each strictly between baseline and target, and a score between 0 and 1 that grows",
            )


def _leads(path: Path, baseline: Fraction, target: Fraction) -> bool:
    if isinstance(path, Zones):
        falling = target < baseline
        return path.below(baseline, falling=falling) != path.below(target, falling=falling)
    return baseline != target


def _whole(tiers: Tiers, baseline: Fraction, target: Fraction) -> tuple[Point, ...]:
    return (baseline, Fraction(0)), *tiers.points, (target, Fraction(1))


def _first_value(zones: Zones, share: Fraction, baseline: Fraction, target: Fraction) -> Fraction:
    falling = target < baseline
    here, there = (zones.below(each, falling=falling) for each in (baseline, target))
    steps = ceil(share * abs(there - here))
    if not steps:
        return baseline
    return zones.cuts[here - steps] if falling else zones.cuts[here + steps - 1]


def _is_rising(values: Iterable[Fraction]) -> bool:
    return all(one < other for one, other in pairwise(values))


def _is_strict(values: list[Fraction]) -> bool:
    """Return whether *values* rise strictly all along, or fall so."""
    return _is_rising(values) or _is_rising(reversed(values))


def _cut(given: str | Number) -> Fraction:
    if isinstance(given, str):
        raise NotANumber("line", given)
    return exact(given, "line")
