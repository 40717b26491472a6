"""A KPI: a measure somebody watches to see that the business stays healthy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

import attrs

from goalmodel.doors import are, ids, is_a, is_count, is_date, is_text, the, the_date
from goalmodel.exact import Number, exact
from goalmodel.kpi.health import Health, HealthBands, Zone
from goalmodel.kpi.trend import Course, Heading, TrendPolicy, TrendVerdict
from goalmodel.measure import Absence, Cadence, Dated, Measure, Polarity, Reading, Series, latest_run, streak
from goalmodel.reasons import Reason, ReasonKind

IN_ZONE = ReasonKind("kpi-in-zone", "KPI-2", "{reading} lies in the zone {zone}: {health}")
NO_BANDS = ReasonKind("kpi-no-bands", "KPI-2", "nobody has said which values of {measure} are healthy")
NEVER_READ = ReasonKind("kpi-never-read", "KPI-3", "there is no reading of {measure} until {as_of}")
STALE = ReasonKind(
    "kpi-stale", "KPI-3", "the latest reading, {reading}, could be relied on until {until} and it is {as_of}"
)
OUT_OF_RANGE = ReasonKind("kpi-out-of-range", "KPI-3", "{reading} is no value {measure} can have and is not judged")
NO_DIRECTION = ReasonKind(
    "kpi-no-direction",
    "KPI-4",
    "{measure} is best inside a range and nobody has said which: no way is the wrong way",
)


def _serves(given: str | Iterable[str]) -> tuple[str, ...]:
    return ids(given, "serves")


@attrs.frozen(kw_only=True)
class Kpi:
    """A measure that is watched: never missed, only healthy, on watch, unhealthy or unknown, and heading somewhere.

    >>> satisfaction = Measure("customer satisfaction", unit="points")
    >>> kpi = Kpi(id="csat", measure=satisfaction, bands=HealthBands.at_least(8, watch=7.5))
    >>> kpi.health(7.7)
    <Health.WATCH: 'on watch'>

    Attributes:
        id: Unique among all goals of a model.
        measure: What is watched.
        bands: Which values are healthy; None where nobody has said.
        cadence: How often it is read; None where nothing is expected, so that a reading never gets stale.
        serves: Ids of the key results it feeds.
        owner: Who answers for it; None where nobody does.
        definition: What exactly is counted; None where nobody has written it down.
    """

    id: str = attrs.field(validator=is_text)
    measure: Measure = attrs.field(validator=is_a(Measure))
    bands: HealthBands | None = attrs.field(default=None, validator=is_a(HealthBands, type(None)))
    cadence: Cadence | None = attrs.field(default=None, validator=is_a(Cadence, type(None)))
    serves: tuple[str, ...] = attrs.field(default=(), converter=_serves)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    definition: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))

    def health(self, value: Number) -> Health:
        """Return how healthy *value*, finite and in the measure's own unit, is; UNKNOWN without bands."""
        number = exact(value, "value")
        return Health.UNKNOWN if self.bands is None else self.bands.health(number)

    def excess(self, value: Number) -> Fraction | None:
        """Return how far *value* lies on the wrong side; None where no side is the wrong one.

        With bands it is the distance beyond the nearer healthy edge. Without, only its growth means something: it
        follows the polarity of the measure.

        Rule: KPI-4.
        """
        if self.bands is not None:
            return self.bands.excess(value)
        number = exact(value, "value")
        match self.measure.polarity:
            case Polarity.HIGHER_IS_BETTER:
                return -number
            case Polarity.LOWER_IS_BETTER:
                return number
            case Polarity.IN_RANGE_IS_BETTER:
                return None
            case _:
                assert_never(self.measure.polarity)

    def assess(self, series: Series, *, as_of: dt.date, policy: TrendPolicy | None = None) -> KpiAssessment:
        """Return how the KPI stands on *as_of*: health and heading, side by side.

        Rules: KPI-1, KPI-3.

        Args:
            series: Readings of the KPI's measure; those after *as_of* are not seen.
            as_of: The date of the judgement, at the end of the day.
            policy: Which trend rules are asked; the documented defaults where None.

        Raises:
            WrongMeasure: The series is of another measure, or in another unit.
        """
        known = the(Series, series, "series").about(self.measure).until(the_date(as_of, "as_of"))
        trend = TrendPolicy() if policy is None else the(TrendPolicy, policy, "policy")
        present = known.present
        run = latest_run(known, as_of=as_of, cadence=self.cadence, missing_ends_run=trend.missing_ends_run)
        latest = Reading(*present[-1]) if present else None
        zone, why = self._zone(latest, as_of)
        signal, watch = self._verdicts(present, len(run), trend)
        return KpiAssessment(
            kpi=self,
            as_of=as_of,
            latest=latest,
            zone=zone,
            streaks=self._streaks(run),
            signal=signal,
            watch=watch,
            reasons=(*why, *_not_judged(known, self.measure), *self._why_no_direction()),
        )

    def _zone(self, latest: Reading | None, as_of: dt.date) -> tuple[Zone | None, tuple[Reason, ...]]:
        """Return the zone the KPI is in on *as_of*, None where that is unknown, and why."""
        if self.bands is None:
            return None, (NO_BANDS.because(measure=self.measure.name),)
        if latest is None:
            return None, (NEVER_READ.because(measure=self.measure.name, as_of=as_of),)
        until = self.cadence.stale_after(latest.on) if self.cadence else as_of
        if as_of > until:
            return None, (STALE.because(reading=latest, until=until, as_of=as_of),)
        zone = self.bands.zone(latest.known)
        return zone, (IN_ZONE.because(reading=latest, zone=zone.name, health=zone.health),)

    def _verdicts(
        self, present: tuple[Dated, ...], unbroken: int, trend: TrendPolicy
    ) -> tuple[TrendVerdict | None, TrendVerdict | None]:
        if not self._has_a_wrong_way:
            return None, None
        excess = tuple(amount for _, value in present if (amount := self.excess(value)) is not None)
        course = Course(excess=excess, unbroken=unbroken, baseline=trend.baseline)
        return trend.signal.verdict(course), trend.watch.verdict(course) if trend.watch else None

    def _why_no_direction(self) -> tuple[Reason, ...]:
        return () if self._has_a_wrong_way else (NO_DIRECTION.because(measure=self.measure.name),)

    @property
    def _has_a_wrong_way(self) -> bool:
        return self.bands is not None or self.measure.polarity is not Polarity.IN_RANGE_IS_BETTER

    def _streaks(self, run: tuple[Dated, ...]) -> Streaks:
        bands = self.bands
        if bands is None or not run:
            return Streaks()
        zones = [bands.zone(value) for _, value in reversed(run)]
        health = [zone.health for zone in zones]
        in_zone = streak(zone == zones[0] for zone in zones)
        return Streaks(
            in_zone=in_zone,
            healthy=streak(each is Health.HEALTHY for each in health),
            not_healthy=streak(each is not Health.HEALTHY for each in health),
            since=run[-in_zone][0],
        )


@attrs.frozen(kw_only=True)
class Streaks:
    """How many of the latest readings in a row, without a long gap between them, were alike.

    Attributes:
        in_zone: In the zone of the latest.
        healthy: Healthy.
        not_healthy: On watch or unhealthy.
        since: Date of the first reading of the stretch in the zone of the latest; None without readings or bands.
    """

    in_zone: int = attrs.field(default=0, validator=is_count())
    healthy: int = attrs.field(default=0, validator=is_count())
    not_healthy: int = attrs.field(default=0, validator=is_count())
    since: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))


@attrs.frozen(kw_only=True)
class KpiAssessment:
    """How one KPI stands on one date. It has no score, no grade, no attainment and no word for missing.

    Attributes:
        kpi: The KPI.
        as_of: The date of the judgement.
        latest: The latest reading that has a value; None where there is none.
        zone: The zone it lies in; None where health is unknown.
        streaks: How long it has been so.
        signal: What the policy's signal rule says; None where no way is the wrong way.
        watch: What its watch rule says; None where no way is the wrong way, or no such rule is asked.
        reasons: Why the health is what it is.
    """

    kpi: Kpi = attrs.field(validator=is_a(Kpi))
    as_of: dt.date = attrs.field(validator=is_date)
    latest: Reading | None = attrs.field(validator=is_a(Reading, type(None)))
    zone: Zone | None = attrs.field(validator=is_a(Zone, type(None)))
    streaks: Streaks = attrs.field(validator=is_a(Streaks))
    signal: TrendVerdict | None = attrs.field(validator=is_a(TrendVerdict, type(None)))
    watch: TrendVerdict | None = attrs.field(validator=is_a(TrendVerdict, type(None)))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    @property
    def health(self) -> Health:
        """How healthy the KPI is: of the latest reading, unless that is too old to say."""
        return Health.UNKNOWN if self.zone is None else self.zone.health

    @property
    def heading(self) -> Heading:
        """Which way the KPI is heading, by the signal rule."""
        return Heading.UNDETERMINED if self.signal is None else self.signal.heading

    @property
    def is_worsening_to_watch(self) -> bool:
        """Whether the watch rule sees it worsening: a reason to look, too often wrong to act upon."""
        return self.watch is not None and self.watch.heading is Heading.WORSENING

    @property
    def explained(self) -> tuple[Reason, ...]:
        """All reasons: for the health, for the heading, and what the watch rule saw."""
        verdicts = (self.signal, self.watch)
        return (*self.reasons, *(reason for verdict in verdicts if verdict for reason in verdict.reasons))


def _not_judged(known: Series, measure: Measure) -> tuple[Reason, ...]:
    return tuple(
        OUT_OF_RANGE.because(reading=reading, measure=measure.name)
        for reading in known.readings[-1:]
        if not isinstance(reading.value, Absence) and not measure.can_be(reading.value)
    )
