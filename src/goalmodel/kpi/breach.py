"""How long until a healthy KPI that is heading the wrong way is not healthy any more?"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

import attrs

from goalmodel.checks import are, inner_share, is_a, is_count, the, the_count
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number
from goalmodel.kpi.health import Health
from goalmodel.kpi.kpi import Kpi
from goalmodel.measure import Series
from goalmodel.measure.run import latest_run
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.trend import TrendPolicy
from goalmodel.trend.slope import Slope, theil_sen

_MOST_READINGS: Final = 100

CROSSES = ReasonKind(
    "breach-crosses", "KPI-4", "{kpi} moves by {rate} from reading to reading, by its last {count}, toward {edge}"
)
NOT_HEALTHY = ReasonKind("breach-not-healthy", "KPI-4", "{kpi} is {health}: there is no healthy edge left to cross")
TOO_FEW = ReasonKind("breach-too-few-readings", "KPI-4", "a slope needs {needs} readings and {missing} are missing")
NO_EDGE_AHEAD = ReasonKind(
    "breach-no-edge-ahead",
    "KPI-4",
    "{kpi} moves by {rate} from reading to reading, by its last {count}: toward no edge",
)


def _confidence(given: Number) -> Fraction:
    return inner_share(given, "confidence")


@attrs.frozen(kw_only=True)
class BreachPolicy:
    """From which readings the time to breach is told.

    Attributes:
        readings: So many of the latest at most, 2 to 100; a slope takes time in their square. Twelve is our choice.
        trial_from: So many at least, at least 2. Five is our choice: with fewer the range has no end.
        confidence: How sure the range is, above 0 and below 1.
    """

    readings: int = attrs.field(default=12, validator=is_count(2))
    trial_from: int = attrs.field(default=5, validator=is_count(2))
    confidence: Fraction = attrs.field(default=Fraction(9, 10), converter=_confidence)

    def __attrs_post_init__(self) -> None:
        the_count(self.readings, "readings", least=2, most=_MOST_READINGS)
        if self.trial_from > self.readings:
            raise OutOfBounds("trial_from", self.trial_from, f"at most {self.readings}, as many as are looked at")


@attrs.frozen(kw_only=True)
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


@attrs.frozen
class NoBreach:
    """Nothing can be said about a breach, or none is ahead.

    Attributes:
        reasons: Why.
    """

    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))


def time_to_breach(
    kpi: Kpi, series: Series, *, as_of: dt.date, policy: BreachPolicy | None = None, trend: TrendPolicy | None = None
) -> Breach | NoBreach:
    """Return in how many readings *kpi* crosses its healthy edge by its robust slope, or why that can't be said.

    Args:
        kpi: With bands, and healthy on *as_of*.
        series: Readings of the KPI's measure; those after *as_of* are not seen.
        as_of: The date of the judgement, at the end of the day.
        policy: Which readings are looked at; the documented defaults where None.
        trend: How many missing readings end a run; the documented defaults where None.

    Raises:
        WrongMeasure: The series is of another measure, or in another unit.

    Source:
        Theil (1950), Sen (1968); the line runs through the median reading. It counts readings, not days.
    """
    rules = BreachPolicy() if policy is None else the(BreachPolicy, policy, "policy")
    runs = TrendPolicy() if trend is None else the(TrendPolicy, trend, "trend")
    seen = the(Kpi, kpi, "kpi").assess(series, as_of=as_of, policy=runs)
    if seen.health is not Health.HEALTHY or kpi.bands is None:
        return NoBreach((*seen.reasons, NOT_HEALTHY.because(kpi=kpi.id, health=seen.health)))
    run = latest_run(series, as_of=as_of, cadence=kpi.cadence, missing_ends_run=runs.missing_ends_run)
    values = [value for _, value in run[-rules.readings :]]
    line = theil_sen(list(enumerate(values)), confidence=rules.confidence)
    if len(values) < rules.trial_from or line is None:
        return NoBreach((TOO_FEW.because(needs=rules.trial_from, missing=rules.trial_from - len(values)),))
    edge = kpi.bands.high if line.rate > 0 else kpi.bands.low if line.rate < 0 else None
    if edge is None:
        return NoBreach((NO_EDGE_AHEAD.because(kpi=kpi.id, rate=line.rate, count=len(values)),))
    return _breach(kpi, line, edge, len(values))


def _breach(kpi: Kpi, line: Slope, edge: Fraction, count: int) -> Breach:
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
        reasons=(CROSSES.because(kpi=kpi.id, rate=line.rate, count=count, edge=edge),),
    )
