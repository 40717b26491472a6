"""A KPI: a measure somebody watches to see that the business stays healthy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from itertools import chain, pairwise
from typing import assert_never

import attrs

from goalmodel.checks import are, ids, is_a, is_count, is_date, is_text, the, the_date
from goalmodel.exact import Number, exact
from goalmodel.kpi.deviation import ACCEPTED, EXPIRED, AcceptedDeviation, accepted, expired, the_deviations
from goalmodel.kpi.health import Health, HealthBands, Zone
from goalmodel.measure import Absence, Cadence, Measure, Polarity, Reading, Series
from goalmodel.measure.known import Known
from goalmodel.measure.run import Runs, streaks
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.trend import Heading, Rebasing, ReferencePeriod, TrendPolicy, TrendVerdict
from goalmodel.trend.course import Courses
from goalmodel.trend.judged import Judged
from goalmodel.trend.policy import undetermined, verdict
from goalmodel.trend.reference import in_force, is_reference, the_rebasings

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
REBASED = ReasonKind("kpi-rebased", "KPI-5", "since {on} something else is usual: {reason}")


def _serves(given: str | Iterable[str]) -> tuple[str, ...]:
    return ids(given, "serves")


def _rebasings(given: Iterable[Rebasing]) -> tuple[Rebasing, ...]:
    return the_rebasings(given, "rebasings")


def _deviations(given: AcceptedDeviation | Iterable[AcceptedDeviation]) -> tuple[AcceptedDeviation, ...]:
    return the_deviations(given, "accepted")


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
        reference: What is usual for it; None where the policy of the judgement says so.
        rebasings: Since when something else is usual, and why; by date, one a date.
        accepted: Known deviations that are accepted until a date; one of them, or several in any order.
    """

    id: str = attrs.field(validator=is_text)
    measure: Measure = attrs.field(validator=is_a(Measure))
    bands: HealthBands | None = attrs.field(default=None, validator=is_a(HealthBands, type(None)))
    cadence: Cadence | None = attrs.field(default=None, validator=is_a(Cadence, type(None)))
    serves: tuple[str, ...] = attrs.field(default=(), converter=_serves)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    definition: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    reference: ReferencePeriod | None = attrs.field(default=None, validator=attrs.validators.optional(is_reference))
    rebasings: tuple[Rebasing, ...] = attrs.field(default=(), converter=_rebasings)
    accepted: tuple[AcceptedDeviation, ...] = attrs.field(default=(), converter=_deviations)

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
        return Watch(kpi=self, known=Known(known), policy=trend).on(as_of)


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
        deviation: The accepted deviation that covers it; None where it is healthy or unknown, or nothing is accepted.
    """

    kpi: Kpi = attrs.field(validator=is_a(Kpi))
    as_of: dt.date = attrs.field(validator=is_date)
    latest: Reading | None = attrs.field(validator=is_a(Reading, type(None)))
    zone: Zone | None = attrs.field(validator=is_a(Zone, type(None)))
    streaks: Streaks = attrs.field(validator=is_a(Streaks))
    signal: TrendVerdict | None = attrs.field(validator=is_a(TrendVerdict, type(None)))
    watch: TrendVerdict | None = attrs.field(validator=is_a(TrendVerdict, type(None)))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))
    deviation: AcceptedDeviation | None = attrs.field(default=None, validator=is_a(AcceptedDeviation, type(None)))

    @property
    def is_accepted(self) -> bool:
        """Whether it is known and accepted that the KPI is not healthy."""
        return self.deviation is not None

    @property
    def health(self) -> Health:
        """How healthy the KPI is: of the latest reading, unless that is too old to say."""
        return Health.UNKNOWN if self.zone is None else self.zone.health

    @property
    def heading(self) -> Heading:
        """Which way the KPI is heading, by the signal rule."""
        return Heading.UNDETERMINED if self.signal is None else self.signal.heading

    @property
    def next_due(self) -> dt.date | None:
        """When the next reading is due; None without a cadence, or before the first reading."""
        cadence = self.kpi.cadence
        return None if cadence is None or self.latest is None else cadence.due(self.latest.on)

    @property
    def stale_since(self) -> dt.date | None:
        """First day on which the latest reading was too old to rely on; None while it is not."""
        if self.kpi.cadence is None or self.latest is None:
            return None
        until = self.kpi.cadence.stale_after(self.latest.on)
        return until + dt.timedelta(days=1) if until < self.as_of else None

    @property
    def is_worsening_to_watch(self) -> bool:
        """Whether the watch rule sees it worsening: a reason to look, too often wrong to act upon."""
        return self.watch is not None and self.watch.heading is Heading.WORSENING

    @property
    def explained(self) -> tuple[Reason, ...]:
        """All reasons: for the health, for the heading, and what the watch rule saw."""
        verdicts = (self.signal, self.watch)
        return (*self.reasons, *(reason for verdict in verdicts if verdict for reason in verdict.reasons))


@attrs.frozen(eq=False, kw_only=True)
class Watch:
    """A KPI and what was read of it, so prepared that it can be asked about any day: each reading is judged once.

    Attributes:
        kpi: The KPI.
        known: Readings of its measure; those after the day are not seen.
        policy: Which trend rules are asked.
    """

    kpi: Kpi
    known: Known
    policy: TrendPolicy
    _clear: dict[Fraction, list[int]] = attrs.field(factory=dict, init=False)

    def on(self, as_of: dt.date) -> KpiAssessment:
        """Return how the KPI stands on *as_of*."""
        count, run = self.known.count(as_of), self.runs.on(as_of)
        latest = Reading(*self.known.present[count - 1]) if count else None
        zone, why = self._zone(latest, as_of)
        signal, watch = self._verdicts(as_of, count, len(run))
        deviation, why_accepted = self._deviation(zone, as_of)
        return KpiAssessment(
            kpi=self.kpi,
            as_of=as_of,
            latest=latest,
            zone=zone,
            streaks=self._streaks_of(run),
            signal=signal,
            watch=watch,
            reasons=(
                *why,
                *why_accepted,
                *self._why_not_judged(as_of),
                *self._why_no_direction(),
                *self._why_rebased(as_of),
            ),
            deviation=deviation,
        )

    @cached_property
    def runs(self) -> Runs:
        """Which readings hang together."""
        return Runs(known=self.known, cadence=self.kpi.cadence, missing_ends_run=self.policy.missing_ends_run)

    @cached_property
    def as_read(self) -> Courses:
        """The course of the values themselves."""
        return Courses(self.known.present)

    @property
    def reference(self) -> ReferencePeriod:
        """What is usual where nothing was rebased."""
        return self.policy.reference if self.kpi.reference is None else self.kpi.reference

    def clear(self, deadband: Fraction) -> list[int]:
        """Return for each reading how many up to it were healthy and clear of the edge by *deadband*, in one run."""
        if deadband not in self._clear:
            bands = self.kpi.bands
            clear = [bands is not None and bands.excess(value) <= -deadband for _, value in self.known.present]
            self._clear[deadband] = self._in_run(streaks(clear))
        return self._clear[deadband]

    def _zone(self, latest: Reading | None, as_of: dt.date) -> tuple[Zone | None, tuple[Reason, ...]]:
        """Return the zone the KPI is in on *as_of*, None where that is unknown, and why."""
        bands, cadence, measure = self.kpi.bands, self.kpi.cadence, self.kpi.measure
        if bands is None:
            return None, (NO_BANDS.because(measure=measure.name),)
        if latest is None:
            return None, (NEVER_READ.because(measure=measure.name, as_of=as_of),)
        until = cadence.stale_after(latest.on) if cadence else as_of
        if as_of > until:
            return None, (STALE.because(reading=latest, until=until, as_of=as_of),)
        zone = bands.zone(latest.known)
        return zone, (IN_ZONE.because(reading=latest, zone=zone.name, health=zone.health),)

    def _verdicts(self, as_of: dt.date, count: int, unbroken: int) -> tuple[TrendVerdict | None, TrendVerdict | None]:
        if not self._has_a_wrong_way:
            return None, None
        found = self._judged.on(as_of, count=count, unbroken=unbroken)
        signal, watch = (
            None if rule is None else undetermined(rule, found) if isinstance(found, Reason) else verdict(rule, found)
            for rule in (self.policy.signal, self.policy.watch)
        )
        return signal, watch

    @cached_property
    def _judged(self) -> Judged:
        excess = ((on, self.kpi.excess(value)) for on, value in self.known.present)
        return Judged(
            excess=tuple((on, amount) for on, amount in excess if amount is not None),
            cadence=self.kpi.cadence,
            policy=self.policy,
            reference=self.reference,
            rebasings=self.kpi.rebasings,
            mean_excess=None if self._is_two_sided else self.kpi.excess,
        )

    def _deviation(self, zone: Zone | None, as_of: dt.date) -> tuple[AcceptedDeviation | None, tuple[Reason, ...]]:
        """Return the deviation that is accepted, where there is one and health is short of healthy, and why."""
        if zone is None or zone.health is Health.HEALTHY:
            return None, ()
        found, over = accepted(self.kpi.accepted, as_of), expired(self.kpi.accepted, as_of)
        if found is not None:
            return found, (ACCEPTED.because(until=found.until, reason=found.reason),)
        return None, () if over is None else (EXPIRED.because(until=over.until, reason=over.reason),)

    def _why_not_judged(self, as_of: dt.date) -> tuple[Reason, ...]:
        latest, measure = self.known.latest(as_of), self.kpi.measure
        if latest is None or isinstance(latest.value, Absence) or measure.can_be(latest.value):
            return ()
        return (OUT_OF_RANGE.because(reading=latest, measure=measure.name),)

    def _why_rebased(self, as_of: dt.date) -> tuple[Reason, ...]:
        found = in_force(self.kpi.rebasings, as_of)
        return () if found is None else (REBASED.because(on=found.on, reason=found.reason),)

    def _why_no_direction(self) -> tuple[Reason, ...]:
        return () if self._has_a_wrong_way else (NO_DIRECTION.because(measure=self.kpi.measure.name),)

    @property
    def _has_a_wrong_way(self) -> bool:
        return self.kpi.bands is not None or self.kpi.measure.polarity is not Polarity.IN_RANGE_IS_BETTER

    @property
    def _is_two_sided(self) -> bool:
        bands = self.kpi.bands
        return bands is not None and bands.low is not None and bands.high is not None

    def _streaks_of(self, run: range) -> Streaks:
        if self.kpi.bands is None or not run:
            return Streaks()
        in_zone, healthy, not_healthy = (found[run[-1]] for found in self._streaks)
        since, _ = self.known.present[run.stop - in_zone]
        return Streaks(in_zone=in_zone, healthy=healthy, not_healthy=not_healthy, since=since)

    @cached_property
    def _streaks(self) -> tuple[list[int], list[int], list[int]]:
        """For each reading how many up to it were in its zone, healthy, and not healthy, in one run."""
        bands = self.kpi.bands
        zones = [] if bands is None else [bands.zone(value) for _, value in self.known.present]
        as_before = (zone == before for before, zone in pairwise(zones))
        return (
            self._in_run([1 + count for count in streaks(chain((False,), as_before))]),
            self._in_run(streaks(zone.health is Health.HEALTHY for zone in zones)),
            self._in_run(streaks(zone.health is not Health.HEALTHY for zone in zones)),
        )

    def _in_run(self, counts: list[int]) -> list[int]:
        """Return *counts*, none longer than its run."""
        lengths = (at - start for at, start in enumerate(self.runs.starts, start=1))
        return list(map(min, counts, lengths))
