"""How often a KPI changes its zone, and whether it flaps: changes too often for any one change to mean much."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Final

import attrs

from goalmodel.checks import are, is_a, is_count, named, share, the_count
from goalmodel.errors import OutOfBounds
from goalmodel.kpi.health import Zone
from goalmodel.reasons import Reason, ReasonKind, spell
from goalmodel.reprs import readable

_MOST_READINGS: Final = 1_000

FLAPPING = ReasonKind(
    "kpi-flapping",
    "KPI-2",
    "{kpi} changed its zone {changes:time/times} in {count:reading/readings}: {share:%}",
    {"kpi": str, "changes": int, "count": int, "share": Fraction},
)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
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
    starts: Fraction = attrs.field(default=Fraction(3, 10), converter=share)
    ends: Fraction = attrs.field(default=Fraction(2, 10), converter=share)
    oldest: Fraction = attrs.field(default=Fraction(3, 4), converter=share)

    def __attrs_post_init__(self) -> None:
        the_count(self.readings, "readings", least=3, most=_MOST_READINGS)
        if self.ends >= self.starts:
            raise OutOfBounds("ends", self.ends, "below the share at which it starts")

    @cached_property
    def weights(self) -> tuple[Fraction, ...]:
        """Weight of each change between neighbours, the oldest first, in shares of all of them."""
        changes = self.readings - 1
        step = (2 - 2 * self.oldest) / (changes - 1)
        return tuple((self.oldest + step * index) / changes for index in range(changes))


DEFAULT: Final = FlappingPolicy()


@attrs.frozen(kw_only=True)
@readable
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

    def __str__(self) -> str:
        return spell(self.reasons)


def flapping_of(kpi: str, zones: Sequence[Zone], policy: FlappingPolicy) -> Flapping:
    """Return how often a KPI with that id changed its zone, and whether it flaps, by the *zones* of its readings.

    Args:
        kpi: Its id.
        zones: Of all readings that are known, oldest first.
        policy: When a KPI flaps.
    """
    changed = [zone != before for before, zone in pairwise(zones)]
    changes, share = sum(changed[-len(policy.weights) :]), _share(changed, policy.weights)
    return Flapping(
        changes=changes,
        share=share,
        is_flapping=_is_flapping(changed, policy),
        reasons=(FLAPPING.because(kpi=kpi, changes=changes, count=min(len(zones), policy.readings), share=share),),
    )


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
