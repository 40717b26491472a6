"""How often a KPI changes its zone, and whether it flaps: changes too often for any one change to mean much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

import attrs

from goalmodel.checks import are, is_a, is_count, the, the_count, the_date
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number, exact
from goalmodel.kpi.health import Zone
from goalmodel.kpi.kpi import NO_BANDS, Kpi
from goalmodel.measure import Series
from goalmodel.reasons import Reason, ReasonKind

_MOST_READINGS: Final = 1_000

FLAPPING = ReasonKind("kpi-flapping", "KPI-2", "{kpi} changed its zone {changes} times in {count} readings: {share}")


def _share_of_changes(given: Number, field: str) -> Fraction:
    number = exact(given, field)
    if not 0 <= number <= 1:
        raise OutOfBounds(field, given, "a number from 0 to 1")
    return number


def _starts(given: Number) -> Fraction:
    return _share_of_changes(given, "starts")


def _ends(given: Number) -> Fraction:
    return _share_of_changes(given, "ends")


def _oldest(given: Number) -> Fraction:
    return _share_of_changes(given, "oldest")


@attrs.frozen(kw_only=True)
class FlappingPolicy:
    """When a KPI flaps.

    Source: Nagios Core, flap detection: 21 states; changes weigh from 0.75 for the oldest to 1.25 for the latest; it
        starts at 30 % and ends at 20 %.

    Attributes:
        readings: So many of the latest are looked at, 3 to 1,000.
        starts: Weighted share of changes at which it starts to flap, from 0 to 1.
        ends: Share at which it has ended, below *starts*.
        oldest: Weight of the oldest change, from 0 to 1; the latest weighs 2 less that, the mean is 1.
    """

    readings: int = attrs.field(default=21, validator=is_count(3))
    starts: Fraction = attrs.field(default=Fraction(3, 10), converter=_starts)
    ends: Fraction = attrs.field(default=Fraction(2, 10), converter=_ends)
    oldest: Fraction = attrs.field(default=Fraction(3, 4), converter=_oldest)

    def __attrs_post_init__(self) -> None:
        the_count(self.readings, "readings", least=3, most=_MOST_READINGS)
        if self.ends >= self.starts:
            raise OutOfBounds("ends", self.ends, "below the share at which it starts")

    @property
    def weights(self) -> tuple[Fraction, ...]:
        """Weight of each change between neighbours, the oldest first, in shares of all of them."""
        changes = self.readings - 1
        step = (2 - 2 * self.oldest) / (changes - 1)
        return tuple((self.oldest + step * index) / changes for index in range(changes))


@attrs.frozen(kw_only=True)
class Flapping:
    """How often a KPI changed its zone.

    Attributes:
        changes: How often, among the readings looked at.
        share: The weighted share of readings that changed the zone; of fewer readings than are looked at, the rest
            counts as unchanged.
        is_flapping: Whether it flaps: it started, and has not ended yet.
        reasons: Why.
    """

    changes: int = attrs.field(validator=is_count())
    share: Fraction = attrs.field(validator=is_a(Fraction))
    is_flapping: bool = attrs.field(validator=is_a(bool))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))


def flapping(kpi: Kpi, series: Series, *, as_of: dt.date, policy: FlappingPolicy | None = None) -> Flapping:
    """Return how often *kpi* changed its zone, and whether it flaps on *as_of*.

    Args:
        kpi: With bands; without, nothing changes.
        series: Readings of the KPI's measure; those after *as_of* are not seen. Absences change nothing.
        as_of: The date of the judgement, at the end of the day.
        policy: When a KPI flaps; the documented defaults where None.

    Raises:
        WrongMeasure: The series is of another measure, or in another unit.
    """
    rules = FlappingPolicy() if policy is None else the(FlappingPolicy, policy, "policy")
    known = the(Series, series, "series").about(the(Kpi, kpi, "kpi").measure).until(the_date(as_of, "as_of"))
    if kpi.bands is None:
        reason = NO_BANDS.because(measure=kpi.measure.name)
        return Flapping(changes=0, share=Fraction(0), is_flapping=False, reasons=(reason,))
    zones = [kpi.bands.zone(value) for _, value in known.present]
    changed = _changed(zones)
    changes, found = sum(changed[-len(rules.weights) :]), _share(changed, rules.weights)
    return Flapping(
        changes=changes,
        share=found,
        is_flapping=_is_flapping(changed, rules),
        reasons=(FLAPPING.because(kpi=kpi.id, changes=changes, count=min(len(zones), rules.readings), share=found),),
    )


def _changed(zones: Sequence[Zone]) -> list[bool]:
    return [zone != before for before, zone in pairwise(zones)]


def _share(changed: Sequence[bool], weights: Sequence[Fraction]) -> Fraction:
    """Return the weighted share of the latest changes, which *weights* lists the oldest first."""
    latest = reversed(changed[-len(weights) :])
    return sum((weight for weight, has in zip(reversed(weights), latest, strict=False) if has), Fraction(0))


def _is_flapping(changed: Sequence[bool], policy: FlappingPolicy) -> bool:
    """Return the state after all changes: the last share that was decisive decides."""
    for end in range(len(changed), 0, -1):
        found = _share(changed[max(end - len(policy.weights), 0) : end], policy.weights)
        if found >= policy.starts:
            return True
        if found <= policy.ends:
            return False
    return False
