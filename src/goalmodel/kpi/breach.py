"""How long until a healthy KPI that is heading the wrong way is not healthy any more?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import attrs

from goalmodel.checks import are, inner_share, is_a, is_count, named
from goalmodel.errors import OutOfBounds
from goalmodel.kpi.health import Health, HealthBands
from goalmodel.reasons import Reason, ReasonKind, spell
from goalmodel.reprs import readable
from goalmodel.trend.slope import Slope, theil_sen

_MOST_READINGS: Final = 100

CROSSES = ReasonKind(
    "breach-crosses",
    "KPI-4",
    "{kpi} moves by {rate} from reading to reading, by its last {count}, toward {edge}",
    {"kpi": str, "rate": Fraction, "count": int, "edge": Fraction},
)
NOT_HEALTHY = ReasonKind(
    "breach-not-healthy",
    "KPI-4",
    "{kpi} is {health}: there is no healthy edge left to cross",
    {"kpi": str, "health": Health},
)
TOO_FEW = ReasonKind(
    "breach-too-few-readings",
    "KPI-4",
    "a slope needs {needs:reading/readings} and {missing:is/are} missing",
    {"needs": int, "missing": int},
)
NO_EDGE_AHEAD = ReasonKind(
    "breach-no-edge-ahead",
    "KPI-4",
    "{kpi} moves by {rate} from reading to reading, by its last {count}: toward no edge",
    {"kpi": str, "rate": Fraction, "count": int},
)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class BreachPolicy:
    """From which readings the time to breach is told.

    Attributes:
        readings: So many of the latest at most, 2 to 100; a slope takes time in their square. Twelve is our choice.
        trial_from: So many at least, at least 2. Five is our choice: with fewer the range has no end.
        confidence: How sure the range is, above 0 and below 1.
    """

    readings: int = attrs.field(default=12, validator=is_count(2, _MOST_READINGS))
    trial_from: int = attrs.field(default=5, validator=is_count(2))
    confidence: Fraction = attrs.field(default=Fraction(9, 10), converter=inner_share)

    def __attrs_post_init__(self) -> None:
        if self.trial_from > self.readings:
            raise OutOfBounds("trial_from", self.trial_from, f"at most {self.readings}, as many as are looked at")


@attrs.frozen(kw_only=True)
@readable
class Breach:
    """In how many readings a healthy KPI is not healthy any more, if it goes on like this.

    Attributes:
        readings: How many readings from the latest; 1 is the next one.
        earliest: As many, were the slope as steep as the readings allow; None where they are too few to say.
        latest: As many, were it as gentle; None where it may be none at all, or they are too few to say.
        edge: The edge it crosses, in the measure's own unit.
        rate: The robust slope, in the measure's own unit by reading.
        reasons: Why.
    """

    readings: int = attrs.field(validator=is_count(1))
    earliest: int | None = attrs.field(validator=attrs.validators.optional(is_count(1)))
    latest: int | None = attrs.field(validator=attrs.validators.optional(is_count(1)))
    edge: Fraction = attrs.field(validator=is_a(Fraction))
    rate: Fraction = attrs.field(validator=is_a(Fraction))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return spell(self.reasons)


@attrs.frozen
@readable
class NoBreach:
    """Nothing can be said about a breach, or none is ahead.

    Attributes:
        reasons: Why.
    """

    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return spell(self.reasons)


def breach_of(kpi: str, values: Sequence[Fraction], bands: HealthBands, policy: BreachPolicy) -> Breach | NoBreach:
    """Return in how many readings a healthy KPI with that id crosses its edge by its slope, or why that can't be said.

    Args:
        kpi: Its id.
        values: Its latest readings that hang together, oldest first; it looks at as many as *policy* says.
        bands: What is healthy.
        policy: Which readings are looked at.

    Source:
        Theil (1950), Sen (1968); the line runs through the median reading. It counts readings, not days.
    """
    latest = values[-policy.readings :]
    line = theil_sen(list(enumerate(latest)), confidence=policy.confidence)
    if len(latest) < policy.trial_from or line is None:
        return NoBreach((TOO_FEW.because(needs=policy.trial_from, missing=policy.trial_from - len(latest)),))
    edge = bands.high if line.rate > 0 else bands.low if line.rate < 0 else None
    if edge is None:
        return NoBreach((NO_EDGE_AHEAD.because(kpi=kpi, rate=line.rate, count=len(latest)),))
    return _breach(kpi, line, edge, len(latest))


def _breach(kpi: str, line: Slope, edge: Fraction, count: int) -> Breach:
    """Return when a line that moves toward *edge* crosses it; an edge is healthy, so it has to be passed."""
    middle = Fraction(count - 1, 2)
    room = abs(edge - line.at(middle)) if (edge - line.at(middle)) * line.rate > 0 else Fraction(0)

    def crosses(rate: Fraction | None) -> int | None:
        if rate is None or rate * line.rate <= 0:
            return None
        return max(int(room / abs(rate) - middle) + 1, 1) if room / abs(rate) >= middle else 1

    steepest, gentlest = (line.high, line.low) if line.rate > 0 else (line.low, line.high)
    return Breach(
        readings=crosses(line.rate) or 1,
        earliest=crosses(steepest),
        latest=crosses(gentlest),
        edge=edge,
        rate=line.rate,
        reasons=(CROSSES.because(kpi=kpi, rate=line.rate, count=count, edge=edge),),
    )
