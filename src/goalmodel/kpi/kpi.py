"""A KPI: a measure somebody watches to see that the business stays healthy."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Final, final

import attrs

from goalmodel.checks import (
    OnDemand,
    Term,
    are,
    given_or,
    ids,
    is_a,
    is_count,
    is_date,
    is_id,
    is_text,
    made,
    named,
    the,
    the_date,
)
from goalmodel.errors import NothingGiven, OutOfOrder
from goalmodel.exact import Number, computed_ratio
from goalmodel.kpi.bands_change import BandsChange, planned, the_changes
from goalmodel.kpi.breach import NOT_HEALTHY, Breach, BreachPolicy, NoBreach, breach_of
from goalmodel.kpi.deviation import ACCEPTED, EXPIRED, AcceptedDeviation, accepted, expired, the_deviations
from goalmodel.kpi.direction import excess, excess_limits, excess_row, mirror, why_no_direction
from goalmodel.kpi.health import Health, HealthBands, Zone
from goalmodel.kpi.staleness import relied_on_until, why_not_judged, why_unknown
from goalmodel.kpi.streaks import Streaks
from goalmodel.measure import Aggregation, Cadence, EachReading, FigurePolicy, Measure, Reading, Series, Window
from goalmodel.measure.exclusion import (
    NO_DAYS,
    ExcludedDays,
    Exclusion,
    Expectation,
    agreed_by,
    excluded_days,
    paused,
    the_exclusions,
    why_excluded,
    without,
)
from goalmodel.measure.figure import NO_FIGURE, Figure, incomplete, possible_values, running, told_apart
from goalmodel.measure.known import SeesWhatWasKnown, asked_again
from goalmodel.measure.row import Row
from goalmodel.measure.run import RunHistory, start_of
from goalmodel.measure.unit import percentage_point
from goalmodel.measure.view import SeriesView
from goalmodel.measure.window import is_window, nothing_yet
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable
from goalmodel.showing import counted
from goalmodel.trend import (
    Heading,
    HeadingVerdict,
    ProcessLimits,
    Rebasing,
    ReferencePeriod,
    Standing,
    StandingVerdict,
    TrendPolicy,
)
from goalmodel.trend.history import ReferenceHistory, TrendHistory
from goalmodel.trend.reference import in_force, is_reference, the_rebasings
from goalmodel.trend.row import Cases
from goalmodel.trend.rule import heading_verdict, standing_verdict

if TYPE_CHECKING:
    from goalmodel.kpi.flaps import Flapping, FlappingPolicy

IN_ZONE = ReasonKind(
    "kpi-in-zone",
    "KPI-2",
    "{reading} lies in the zone {zone}: {health}",
    {"reading": Reading, "zone": str, "health": Health},
)
NO_BANDS = ReasonKind(
    "kpi-no-bands", "KPI-2", "nobody has said which values of {measure} are healthy", {"measure": str}
)
DECIDED_EARLY = ReasonKind(
    "kpi-decided-early",
    "FIG-3",
    "{value} from {start} on lies in the zone {zone} whatever is still read until {end}: {health}",
    {"value": Fraction, "start": dt.date, "end": dt.date, "zone": str, "health": Health},
)
OVERDUE = ReasonKind(
    "kpi-overdue",
    "KPI-8",
    "it lies outside its healthy zone since {since}, and {days:day of that was/days of that were} acceptable: "
    "overdue since {overdue}",
    {"since": dt.date, "days": int, "overdue": dt.date},
)
REBASED = ReasonKind(
    "kpi-rebased", "KPI-5", "since {on} something else is usual: {reason}", {"on": dt.date, "reason": str}
)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
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
        cadence: How often it is read; None where nothing is expected, so that a reading never gets stale. Where
            readings come to figures over a window, how often there is a figure.
        serves: Ids of the key results it feeds.
        owner: Who answers for it; None where nobody does.
        definition: What exactly is counted; None where nobody has written it down.
        reference: What is usual for it; None where the policy of the judgement says so.
        rebasings: Since when something else is usual, and why; by date, one a date.
        accepted: Known deviations that are accepted until a date; one of them, or several in any order.
        window: Over what time its readings come to the figures that are judged, as its measure combines them.
        exclusions: Days that were agreed not to count, one exclusion or several: what is read in them is not judged,
            and nothing is expected in them.
        tolerated_days: So many days it may stay outside its healthy zone; from then on it is overdue. None where nobody
            has said.
        bands_changes: How the bands were, or will be, changed, by date; the bands are those after all of them. Each
            figure is judged by what was in force on its day.
        rationale: Why its bands are what they are, where another KPI on its measure has others; None where nobody said.
        figure_policy: How much a figure has to rest on to be judged; one that rests on less is left out.
        review_on: When somebody is to ask again whether it is still the right KPI, with the right bands; None where
            nobody has said. How it stands is asked every day.
        purpose: Why it is watched: what somebody would do or know by it; None where nobody has said.
        team: Which team works on it; None where nobody has said. One of them, its owner, answers for it.
        priority: How much it matters, from 1, which comes first; None where nobody has said.
    """

    id: str = attrs.field(validator=is_id)
    measure: Measure = attrs.field(validator=is_a(Measure))
    bands: HealthBands | None = attrs.field(default=None, validator=is_a(HealthBands, type(None)))
    cadence: Cadence | None = attrs.field(default=None, validator=is_a(Cadence, type(None)))
    serves: tuple[str, ...] = attrs.field(default=(), converter=ids)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    definition: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    reference: ReferencePeriod | None = attrs.field(default=None, validator=attrs.validators.optional(is_reference))
    rebasings: tuple[Rebasing, ...] = attrs.field(default=(), converter=the_rebasings)
    accepted: tuple[AcceptedDeviation, ...] = attrs.field(default=(), converter=the_deviations)
    window: Window = attrs.field(default=EachReading(), validator=is_window)
    bands_changes: tuple[BandsChange, ...] = attrs.field(default=(), converter=the_changes)
    tolerated_days: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count()))
    exclusions: tuple[Exclusion, ...] = attrs.field(default=(), converter=the_exclusions)
    rationale: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    figure_policy: FigurePolicy = attrs.field(default=FigurePolicy(), validator=is_a(FigurePolicy))
    review_on: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))
    purpose: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    team: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    priority: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(1)))

    def __attrs_post_init__(self) -> None:
        if self.bands is None and self.bands_changes:
            raise NothingGiven("bands", None, "the bands after all changes of them", goal=self.id)

    def with_plan(self, plan: Mapping[dt.date, HealthBands], *, reason: str) -> Kpi:
        """Return the KPI with bands that follow a *plan*, instead of those it has: from each date on what stands there.

        >>> plan = {dt.date(2026, 1, 1): HealthBands.at_least(100), dt.date(2026, 2, 1): HealthBands.at_least(110)}
        >>> kpi = Kpi(id="sales", measure=Measure("sales")).with_plan(plan, reason="the plan for 2026")
        >>> kpi.in_force(dt.date(2026, 1, 31)).bands.low, kpi.bands.low
        (Fraction(100, 1), Fraction(110, 1))

        Rule: TIME-1.

        Args:
            plan: By first day, at least one; the first bands hold before, too.
            reason: Why they change.

        Raises:
            NothingGiven: The plan is empty.
        """
        bands, changes = planned(plan, reason)
        return attrs.evolve(self, bands=bands, bands_changes=changes)

    def in_force(self, on: dt.date) -> Kpi:
        """Return the KPI with the bands that were in force on a day, and nothing that was changed or agreed later.

        Rules: TIME-1, TIME-3.
        """
        agreed = agreed_by(self.exclusions, the_date(on, "on"))
        now = self if agreed == self.exclusions else attrs.evolve(self, exclusions=agreed)
        if not self.bands_changes or self.bands_changes[-1].on <= on:
            return now
        seen = bisect_right(self.bands_changes, on, key=_on)
        return attrs.evolve(now, bands=self.bands_changes[seen].was, bands_changes=self.bands_changes[:seen])

    @property
    def by_present_bands(self) -> Kpi:
        """The KPI as if its present bands had always been in force: what they would have said, to be shown beside."""
        return attrs.evolve(self, bands_changes=()) if self.bands_changes else self

    def with_bands(self, bands: HealthBands, *, since: dt.date, reason: str) -> Kpi:
        """Return the KPI with other *bands* from a day on, and with a record of what they were before and why.

        Verdicts about earlier days stay what they were.

        Rule: TIME-1.

        Args:
            bands: What is healthy from then on.
            since: The first day of them, after every earlier change.
            reason: Why they are changed.

        Raises:
            NothingGiven: It has no bands yet: nothing was in force that could be changed.
            OutOfOrder: An earlier change is of that day, or a later one.
        """
        if self.bands is None:
            raise NothingGiven("bands", None, "bands that are changed", goal=self.id)
        if self.bands_changes and the_date(since, "since") <= self.bands_changes[-1].on:
            raise OutOfOrder("since", since, "after the day of the change before", goal=self.id)
        change = BandsChange(on=since, was=self.bands, reason=reason)
        return attrs.evolve(self, bands=bands, bands_changes=(*self.bands_changes, change))

    def health(self, value: Number) -> Health:
        """Return how healthy *value*, finite and in the measure's own unit, is; UNKNOWN without bands."""
        if self.bands is not None:
            return self.bands.health(value)
        computed_ratio(value)
        return Health.UNKNOWN

    def excess(self, value: Number) -> Fraction | None:
        """Return how far *value* lies on the wrong side; None where no side is the wrong one.

        With bands it is the distance beyond the nearer healthy edge. Without, only its growth means something: it
        follows the polarity of the measure.

        Rule: KPI-4.
        """
        return excess(value, self.measure, self.bands)

    def assess(self, series: Series, *, as_of: dt.date, policy: TrendPolicy | None = None) -> KpiAssessment:
        """Return how the KPI stands on *as_of*: health, standing against what is usual, and heading, side by side.

        Rules: KPI-1, KPI-3.

        Args:
            series: Readings of the KPI's measure; those after *as_of* are not seen.
            as_of: The date of the judgement, at the end of the day.
            policy: Which trend rules are asked; the documented defaults where None.

        Raises:
            WrongMeasure: The series is of another measure, or in another unit.
        """
        return asked_again(series, partial(KpiHistory, self, series, policy), self, policy).on(as_of)

    def __str__(self) -> str:
        return f"KPI {self.id}: {self.measure.name}"


@attrs.frozen(kw_only=True)
@readable
class KpiAssessment(OnDemand):
    """How one KPI stands on one date. It has no score, no grade, no attainment and no word for missing.

    Attributes:
        kpi: The KPI, with every change of its bands, those to come too.
        as_of: The date of the judgement.
        latest: The latest reading that has a value; None where there is none.
        zone: The zone it lies in; None where health is unknown.
        streaks: How long it has been so.
        usual: Where it stands against what is usual, by the policy's rule; None where no way is the wrong way.
        direction: Which way it is heading, by the policy's rule; None where no way is the wrong way.
        reasons: Why the health is what it is.
        deviation: The accepted deviation that covers it; None where it is healthy or unknown, or nothing is accepted.
        provisional: The figure of the period that is not over yet; None where its readings are judged by themselves, or
            none is there yet.
    """

    kpi: Kpi = attrs.field(validator=is_a(Kpi))
    as_of: dt.date = attrs.field(validator=is_date)
    latest: Reading | None = attrs.field(validator=is_a(Reading, type(None)))
    zone: Zone | None = attrs.field(validator=is_a(Zone, type(None)))
    streaks: Streaks = attrs.field(validator=is_a(Streaks))
    usual: StandingVerdict | None = attrs.field(validator=is_a(StandingVerdict, type(None)))
    direction: HeadingVerdict | None = attrs.field(validator=is_a(HeadingVerdict, type(None)))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))
    deviation: AcceptedDeviation | None = attrs.field(default=None, validator=is_a(AcceptedDeviation, type(None)))
    provisional: Figure | None = attrs.field(default=None, validator=is_a(Figure, type(None)))
    _readings: Series | None = attrs.field(
        default=None, validator=is_a(Series, type(None)), eq=False, repr=False, alias="readings"
    )
    _policy: TrendPolicy | None = attrs.field(
        default=None, validator=is_a(TrendPolicy, type(None)), eq=False, repr=False, alias="policy"
    )

    @property
    def in_force(self) -> Kpi:
        """The KPI as it was in force on the date of the judgement.

        Rule: TIME-1.
        """
        return self.kpi.in_force(self.as_of)

    @property
    def is_accepted(self) -> bool:
        """Whether it is known and accepted that the KPI is not healthy."""
        return self.deviation is not None

    @property
    def health(self) -> Health:
        """How healthy the KPI is: of the latest reading, unless that is too old to say."""
        return Health.UNKNOWN if self.zone is None else self.zone.health

    @property
    def standing(self) -> Standing:
        """Where the KPI stands against what is usual for it."""
        return Standing.UNDETERMINED if self.usual is None else self.usual.standing

    @property
    def heading(self) -> Heading:
        """Which way the KPI is heading."""
        return Heading.UNDETERMINED if self.direction is None else self.direction.heading

    @cached_property
    def standing_since(self) -> dt.date | None:
        """Date of the first figure from which on it has stood so at each; None while nobody can say.

        Each is seen as it was seen then. An assessment that was made without readings knows of none.

        Rule: KPI-5.
        """
        return None if self.standing is Standing.UNDETERMINED else self._since(attrgetter("standing"))

    @cached_property
    def heading_since(self) -> dt.date | None:
        """Date of the first figure from which on it was heading so at each; None while nobody can say.

        Each is seen as it was seen then. An assessment that was made without readings knows of none.

        Rule: KPI-5.
        """
        return None if self.heading is Heading.UNDETERMINED else self._since(attrgetter("heading"))

    def _since(self, verdict: Callable[[KpiAssessment], Term]) -> dt.date | None:
        history = self.history
        if history is None:
            return None
        now = verdict(self)
        so = takewhile(lambda day: verdict(history.on(day)) is now, reversed(history.days(self.as_of)))
        return min(so, default=None)

    @property
    def is_recovering(self) -> bool:
        """Whether it is not healthy, and improving: a reason to look on, rather than to act."""
        return self.health in (Health.WATCH, Health.UNHEALTHY) and self.heading is Heading.IMPROVING

    @property
    def overdue_since(self) -> dt.date | None:
        """First day behind those for which the KPI tolerates to lie outside its healthy zone; None while it is in time.

        It is not overdue while nobody knows how healthy it is, and while the deviation is accepted.

        Rule: KPI-8.
        """
        if self.health not in (Health.WATCH, Health.UNHEALTHY) or self.is_accepted:
            return None
        excluded = excluded_days(agreed_by(self.kpi.exclusions, self.as_of))
        return overdue(self.kpi.tolerated_days, self.streaks.outside_since, self.as_of, excluded)

    @property
    def looks_a_year(self) -> int:
        """How often a year it is read and looked at, by its cadence; 12 times without one."""
        return 12 if self.kpi.cadence is None else self.kpi.cadence.times_a_year

    @property
    def next_due(self) -> dt.date | None:
        """When the next reading is due; None without a cadence, or before the first reading."""
        cadence = self._expectation
        return None if cadence is None or self.latest is None else cadence.due(self.latest.on)

    @property
    def _expectation(self) -> Expectation | None:
        return paused(self.kpi.cadence, excluded_days(agreed_by(self.kpi.exclusions, self.as_of)))

    @property
    def stale_since(self) -> dt.date | None:
        """First day on which the latest reading was too old to rely on; None while it is not."""
        cadence = self._expectation
        if cadence is None or self.latest is None:
            return None
        until = cadence.stale_after(self.latest.on)
        return until + dt.timedelta(days=1) if until < self.as_of else None

    def time_to_breach(self, policy: BreachPolicy | None = None) -> Breach | NoBreach:
        """Return in how many readings the KPI crosses its healthy edge by its robust slope, or why that can't be said.

        Args:
            policy: Which readings are looked at; the documented defaults where None.

        Raises:
            NothingGiven: The assessment was made without readings.

        Source:
            Theil (1950), Sen (1968); the line runs through the median reading. It counts readings, not days.
        """
        rules, history = given_or(_DEFAULT_BREACH, policy, "policy"), self._history
        if self.health is not Health.HEALTHY:
            return NoBreach((*self.reasons, NOT_HEALTHY.because(kpi=self.kpi.id, health=self.health)))
        return history.breach(self.as_of, rules)

    def flapping(self, policy: FlappingPolicy | None = None) -> Flapping:
        """Return how often the KPI changed its zone, and whether it flaps. Absences change nothing.

        Args:
            policy: When a KPI flaps; the documented defaults where None.

        Raises:
            NothingGiven: The assessment was made without readings.
        """
        from goalmodel.kpi.flaps import DEFAULT, Flapping, flapping_of  # noqa: PLC0415 - loaded when asked

        rules = given_or(DEFAULT, policy, "policy")
        history = self._history
        if self.kpi.bands is None:
            reason = NO_BANDS.because(measure=self.kpi.measure.name)
            return Flapping(changes=0, share=Fraction(0), is_flapping=False, reasons=(reason,))
        return flapping_of(self.kpi.id, history.zones(self.as_of), rules)

    @property
    def history(self) -> KpiHistory | None:
        """The KPI with the readings it was judged by; None where the assessment was made without any."""
        return None if self._readings is None else KpiHistory(self.kpi, self._readings, self._policy)

    @property
    def _history(self) -> KpiHistory:
        found = self.history
        if found is None:
            raise NothingGiven("readings", self._readings)
        return found

    @property
    def explained(self) -> tuple[Reason, ...]:
        """All reasons: for the health, for where it stands against what is usual, and for the heading."""
        verdicts = (self.usual, self.direction)
        return (*self.reasons, *(reason for verdict in verdicts if verdict for reason in verdict.reasons))

    def __str__(self) -> str:
        bands = None if self.latest is None else self.kpi.in_force(self.latest.on).bands
        latest = None if self.latest is None else f"latest {self.latest.shown(cuts=bands.cuts if bands else ())}"
        so_far = None if self.provisional is None else f"so far {self.provisional}"
        said = ", ".join(each for each in (latest, so_far) if each is not None) or nothing_yet(self.kpi.window)
        trend = [each.value for each in (self.standing, self.heading) if each.value != "undetermined"]
        return f"{self.kpi.id}: {', '.join([self.health.value, *trend])}; {said}"


@final
class KpiHistory(SeesWhatWasKnown):
    """A KPI and what was read of it, so prepared that it can be asked about any day: each reading is judged once.

    >>> visits = Measure("visits", unit="visits")
    >>> kpi = Kpi(id="visits", measure=visits, bands=HealthBands.at_least(30))
    >>> history = KpiHistory(kpi, Series.of(visits, {dt.date(2026, 1, 31): 31, dt.date(2026, 2, 28): 29}))
    >>> history.on(dt.date(2026, 1, 31)).health.value, history.on(dt.date(2026, 2, 28)).health.value
    ('healthy', 'unhealthy')

    Attributes:
        kpi: The KPI.
        series: Readings of its measure; those after a day are not seen on it.
        policy: Which trend rules are asked.
        reference: What is usual where nothing was rebased.
        view: What is judged: the figures.
        runs: Where they follow one another without a long gap.

    Raises:
        WrongMeasure: The series is of another measure, or in another unit.
    """

    kpi: Kpi
    series: Series
    policy: TrendPolicy
    reference: ReferencePeriod
    view: SeriesView
    runs: RunHistory

    def __init__(self, kpi: Kpi, series: Series, policy: TrendPolicy | None = None) -> None:
        """Take a KPI, its readings, and which trend rules are asked: the documented defaults where None."""
        self.kpi = the(Kpi, kpi, "kpi")
        self.series = the(Series, series, "series").about(kpi.measure)
        self._prepare(policy, kpi.exclusions)

    def _prepare(self, policy: TrendPolicy | None, agreed: tuple[Exclusion, ...]) -> None:
        kpi, self._agreed = self.kpi, agreed
        excluded = excluded_days(agreed)
        self._read = without(self.series, excluded)
        self._expects = paused(kpi.cadence, excluded)
        self.policy = given_or(_DEFAULT_POLICY, policy, "policy")
        self.reference = self.policy.reference if kpi.reference is None else kpi.reference
        self._judged = told_apart(self._read, kpi.window, kpi.figure_policy)
        self.view = self._judged.series.view
        self.runs = RunHistory(self.view, cadence=self._expects, missing_ends_run=self.policy.missing_ends_run)
        zones = _zones_by_day(kpi, self.view.row)
        self._zones = zones
        self._zone_breaks = [at for at, (before, zone) in enumerate(pairwise([None, *zones])) if zone is not before]
        self._health_breaks = _breaks(self._zone_breaks, zones, Health.HEALTHY)
        self._unhealthy_breaks = _breaks(self._zone_breaks, zones, Health.UNHEALTHY)
        self._excess = _excess_by_day(kpi, self.view.row)
        self._trends: dict[int, TrendHistory | None] = {}
        self._unclear: dict[Fraction, list[int]] = {}

    def _with(self, series: Series, agreed: tuple[Exclusion, ...]) -> KpiHistory:
        then = KpiHistory.__new__(KpiHistory)
        then.kpi, then.series = self.kpi, series
        then._prepare(self.policy, agreed)  # noqa: SLF001 - one of its own
        return then

    @property
    def _exclusions(self) -> tuple[Exclusion, ...]:
        return self.kpi.exclusions

    def _known_on(self, as_of: dt.date) -> Series:
        is_each = isinstance(self.kpi.window, EachReading)
        return self.series.epoch(as_of) if is_each else self.series.as_known(as_of)

    def __repr__(self) -> str:
        return f"<history of {self.kpi.id!r}: {counted(len(self.series), 'reading')}>"

    def on(self, as_of: dt.date) -> KpiAssessment:
        """Return how the KPI stands on *as_of*, at the end of the day.

        Rules: KPI-1, KPI-3, TIME-1, TIME-2.
        """
        then = self.as_known(as_of)
        return self._on(as_of) if then is self else then.on(as_of)

    def _on(self, as_of: dt.date) -> KpiAssessment:
        view, kpi = self.view, self.kpi
        count, run = view.count(as_of), self.runs.on(as_of)
        bands = kpi.in_force(as_of).bands if kpi.bands_changes else kpi.bands
        early = self._decided_early(as_of)
        zone = self._zone(count, as_of) if early is None else early[0]
        usual, direction = self._verdicts(bands, as_of, count, len(run))
        deviation, _ = self._deviation(zone, as_of)

        def details() -> dict[str, object]:
            latest = view.reading(count - 1) if count else None
            streaks, too_few = self._streaks(run), self._why_too_few(latest, as_of)
            why = self._why(latest, count, as_of, too_few) if early is None else early[1]
            why_overdue = self._why_overdue(streaks, as_of) if zone is not None and deviation is None else ()
            why_absent = why_not_judged(view.latest(as_of), view.series.measure) if view.has_absences else ()
            reasons = (
                why,
                *(each for each in too_few if each is not why),
                *self._deviation(zone, as_of)[1],
                *why_overdue,
                *why_absent,
                *self._why_not_counted(latest, as_of),
                *why_no_direction(kpi.measure, bands),
                *self._why_rebased(as_of),
            )
            provisional = running(self._read, kpi.window, as_of)
            return {"latest": latest, "streaks": streaks, "reasons": reasons, "provisional": provisional}

        return made(
            KpiAssessment,
            kpi=kpi,
            as_of=as_of,
            zone=zone,
            usual=usual,
            direction=direction,
            deviation=deviation,
            _readings=self.series,
            _policy=self.policy,
            _making=details,
        )

    @cached_property
    def as_read(self) -> ReferenceHistory:
        """The readings themselves, with what is usual for them: no seasons or sides, limits as they are stated."""
        return ReferenceHistory(self.view.row, self.reference, self.kpi.rebasings, mirror=_AS_READ, cases=self.cases)

    @cached_property
    def cases(self) -> Cases | None:
        """On how many cases each figure rests; None where the readings carry no weights, or come to no mean."""
        measure, is_each = self.view.series.measure, isinstance(self.kpi.window, EachReading)
        weights = self.view.series.weights if is_each or measure.aggregation is Aggregation.MEAN else None
        return None if weights is None else Cases(weights, 100 * (percentage_point(self.kpi.measure.unit) or _OF_ONE))

    def limits(self, as_of: dt.date) -> ProcessLimits | None:
        """Return the natural limits of the figures themselves; None where they are not known."""
        then = self.as_known(as_of)
        phase, reference = then.as_read.phase(as_of, then.view.count(as_of))
        return then.as_read.cut(phase, unbroken=len(phase), reference=reference, as_of=as_of).usual

    def breach(self, as_of: dt.date, policy: BreachPolicy) -> Breach | NoBreach:
        """Return in how many readings a KPI that is healthy on *as_of* crosses its edge; see `time_to_breach`."""
        then = self.as_known(as_of)
        bands, run = then.kpi.in_force(as_of).bands, then.runs.on(as_of)
        if bands is None:
            return NoBreach((NO_BANDS.because(measure=self.kpi.measure.name),))
        values = then.view.row.values(max(run.start, run.stop - policy.readings), run.stop)
        return breach_of(self.kpi.id, values, bands, policy)

    def latest_readings(self, as_of: dt.date, count: int) -> tuple[Reading, ...]:
        """Return the latest *count* figures by *as_of*, oldest first, and fewer where fewer hang together.

        Only what came after the latest rebasing; where there are seasons, of the latest one's season alone.
        """
        then = self.as_known(as_of)
        seen = then.view.count(as_of)
        if not seen:
            return ()
        phase, _ = then.as_read.phase(as_of, seen)
        start = min(max(phase.start, start_of(then.runs.breaks, seen - 1)), seen - 1)
        places = range(seen - 1, start - 1, -(self.policy.seasonal or 1))[:count]
        return tuple(then.view.reading(at) for at in reversed(places))

    def days(self, as_of: dt.date) -> Sequence[dt.date]:
        """Return the days of all figures that were known on *as_of*, oldest first."""
        view = self.as_known(as_of).view
        return view.row.days[: view.count(as_of)]

    def zones(self, as_of: dt.date) -> list[Zone]:
        """Return the zone of each present reading by *as_of*, oldest first; none without bands."""
        then = self.as_known(as_of)
        return then._zones[: then.view.count(as_of)]  # noqa: SLF001 - another one of its own

    def clear(self, deadband: Fraction, at: int) -> int:
        """Return how many readings up to that position were healthy and clear of the edge by *deadband*, in one run."""
        if self.kpi.bands is None or self._excess is None:
            return 0
        if deadband not in self._unclear:
            most = self._excess.greatest(-deadband)
            judged_so = enumerate(zip(self._excess.wholes, self._zones, strict=True))
            unclear = (at for at, (each, zone) in judged_so if each > most or not _is_healthy(zone))
            self._unclear[deadband] = [-1, *unclear]
        return at - max(start_of(self._unclear[deadband], at), start_of(self.runs.breaks, at) - 1)

    def _why_too_few(self, latest: Reading | None, as_of: dt.date) -> tuple[Reason, ...]:
        """Return why what is behind the latest figure that is judged is not judged.

        Rule: FIG-4.
        """
        since = dt.date.min if latest is None else latest.on
        return self._judged.why_left_out(as_of, since=since)

    def _zone(self, count: int, as_of: dt.date) -> Zone | None:
        """Return the zone the KPI is in on *as_of*, by so many figures; None where that is unknown."""
        if self.kpi.bands is None or not count:
            return None
        if relied_on_until(self.view.row.days[count - 1], cadence=self._expects, as_of=as_of) is not None:
            return None
        return self._zones[count - 1]

    def _why(self, latest: Reading | None, count: int, as_of: dt.date, too_few: tuple[Reason, ...]) -> Reason:
        """Return why the KPI is in its zone on *as_of*, or in none."""
        kpi = self.kpi
        if kpi.bands is None:
            return NO_BANDS.because(measure=kpi.measure.name)
        if latest is None and too_few:
            return too_few[0]
        if latest is None and self._read.view.count(as_of):
            return NO_FIGURE.because(until=as_of, window=kpi.window)
        unknown = why_unknown(latest, measure=kpi.measure, cadence=self._expects, as_of=as_of)
        if unknown is not None:
            return unknown
        zone = self._zones[count - 1]
        return IN_ZONE.because(reading=latest, zone=zone.name, health=zone.health)

    def _decided_early(self, as_of: dt.date) -> tuple[Zone, Reason] | None:
        """Return the zone that the latest figure which may still change can't leave any more; None without one.

        One whose time is over says nothing any more once it is too old to rely on.

        Rules: FIG-3, FIG-4, KPI-3.
        """
        if self.kpi.bands is None or isinstance(self.kpi.window, EachReading):
            return None
        for figure in incomplete(self._read, self.kpi.window, as_of, self.kpi.figure_policy):
            start, end, value = figure.period.start, figure.period.end, figure.value
            if self._expects is not None and self._expects.stale_after(end) < as_of:
                continue
            bands = self.kpi.in_force(end).bands
            zone = bands.only_zone(*possible_values(figure, self.kpi.measure, as_of)) if bands else None
            if zone is not None and isinstance(value, Fraction):
                facts = {"value": value, "start": start, "end": end}
                return zone, DECIDED_EARLY.because(**facts, zone=zone.name, health=zone.health)
        return None

    def _trend(self, bands: HealthBands | None) -> TrendHistory | None:
        """Return which way the readings head, where *bands* say which way is worse: a change of them is no trend.

        Rule: TIME-5.
        """
        which = id(bands)  # they are the KPI's own, and live as long as it does
        if which not in self._trends:
            excess = excess_row(self.view.row, self.kpi.measure, bands) if self.kpi.bands_changes else self._excess
            self._trends[which] = (
                None
                if excess is None
                else TrendHistory(
                    excess,
                    cadence=self.kpi.cadence,
                    policy=self.policy,
                    reference=self.reference,
                    rebasings=self.kpi.rebasings,
                    mirror=mirror(self.kpi.measure, bands),
                    restated=partial(excess_limits, measure=self.kpi.measure, bands=bands),
                    cases=self.cases,
                )
            )
        return self._trends[which]

    def _verdicts(
        self, bands: HealthBands | None, as_of: dt.date, count: int, unbroken: int
    ) -> tuple[StandingVerdict | None, HeadingVerdict | None]:
        trend = self._trend(bands)
        if trend is None:
            return None, None
        found = trend.on(as_of, count=count, unbroken=unbroken)
        return standing_verdict(self.policy.usual, found), heading_verdict(self.policy.direction, found)

    def _deviation(self, zone: Zone | None, as_of: dt.date) -> tuple[AcceptedDeviation | None, tuple[Reason, ...]]:
        """Return the deviation that is accepted, where there is one and health is short of healthy, and why."""
        if not self.kpi.accepted or zone is None or zone.health is Health.HEALTHY:
            return None, ()
        found, over = accepted(self.kpi.accepted, as_of), expired(self.kpi.accepted, as_of)
        if found is not None:
            return found, (ACCEPTED.because(until=found.until, reason=found.reason),)
        return None, () if over is None else (EXPIRED.because(until=over.until, reason=over.reason),)

    def _why_overdue(self, streaks: Streaks, as_of: dt.date) -> tuple[Reason, ...]:
        days, since = self.kpi.tolerated_days, streaks.outside_since
        found = overdue(days, since, as_of, excluded_days(self._agreed))
        return () if found is None else (OVERDUE.because(since=since, days=days, overdue=found),)

    def _why_not_counted(self, latest: Reading | None, as_of: dt.date) -> tuple[Reason, ...]:
        """Return what does not count behind the latest figure."""
        behind = (each for each in self._agreed if each.start <= as_of and (latest is None or each.end > latest.on))
        return tuple(why_excluded(each) for each in behind)

    def _why_rebased(self, as_of: dt.date) -> tuple[Reason, ...]:
        found = in_force(self.kpi.rebasings, as_of) if self.kpi.rebasings else None
        return () if found is None else (REBASED.because(on=found.on, reason=found.reason),)

    def _streaks(self, run: range) -> Streaks:
        if not self._zones or not run:
            return _NO_STREAKS
        at = run[-1]
        since = max(run.start, start_of(self._zone_breaks, at))
        alike_since = max(run.start, start_of(self._health_breaks, at))
        unhealthy = at + 1 - max(run.start, start_of(self._unhealthy_breaks, at))
        alike, health = at + 1 - alike_since, self._zones[at].health
        is_healthy = health is Health.HEALTHY
        return made(
            Streaks,
            in_zone=at + 1 - since,
            healthy=alike if is_healthy else 0,
            not_healthy=0 if is_healthy else alike,
            unhealthy=unhealthy if health is Health.UNHEALTHY else 0,
            outside_since=None if is_healthy else self.view.row.days[alike_since],
            since=self.view.row.days[since],
        )


def overdue(
    tolerated_days: int | None, outside_since: dt.date | None, as_of: dt.date, excluded: ExcludedDays = NO_DAYS
) -> dt.date | None:
    """Return the first day behind those on which a KPI may be outside its healthy zone; None where it is not over yet.

    Days that do not count are none of them.

    Rules: KPI-8, TIME-3.

    >>> overdue(30, dt.date(2026, 1, 31), dt.date(2026, 3, 2)), overdue(30, dt.date(2026, 1, 31), dt.date(2026, 3, 1))
    (datetime.date(2026, 3, 2), None)
    """
    if tolerated_days is None or outside_since is None or (as_of - outside_since).days < tolerated_days:
        return None
    if not tolerated_days:
        return outside_since
    one_day = dt.timedelta(days=1)
    last = excluded.last(outside_since + tolerated_days * one_day - one_day, outside_since)
    return last + one_day if last < as_of else None


def _on(change: BandsChange) -> dt.date:
    return change.on


def _breaks(zone_breaks: list[int], zones: list[Zone], health: Health) -> list[int]:
    """Return where figures begin to have that *health*, or begin not to, among the places where zones change."""
    return [at for at in zone_breaks if not at or (zones[at - 1].health is health) != (zones[at].health is health)]


def _is_healthy(zone: Zone) -> bool:
    return zone.health is Health.HEALTHY


def _by_day(kpi: Kpi, row: Row) -> Iterator[tuple[HealthBands, Row]]:
    """Return the figures that were read while each of the KPI's bands was in force, oldest first, with those bands."""
    first = 0
    for change in kpi.bands_changes:
        stop = row.before(change.on)
        yield change.was, row.part(first, stop)
        first = stop
    if kpi.bands is not None:
        yield kpi.bands, row.part(first, len(row))


def _zones_by_day(kpi: Kpi, row: Row) -> list[Zone]:
    """Return the zone of each figure, by the bands that were in force on its day.

    Rule: TIME-1.
    """
    if kpi.bands is not None and not kpi.bands_changes:
        return [kpi.bands.zones[place] for place in kpi.bands.zones_of(row)]
    alike: dict[Zone, Zone] = {}  # zones that are alike are one, so that nobody has to compare them
    found = list[Zone]()
    for bands, part in _by_day(kpi, row):
        zones = [alike.setdefault(zone, zone) for zone in bands.zones]
        found += [zones[place] for place in bands.zones_of(part)]
    return found


def _excess_by_day(kpi: Kpi, row: Row) -> Row | None:
    """Return how far each figure lies on the wrong side of the bands of its day; None where no side is wrong."""
    if not kpi.bands_changes:
        return excess_row(row, kpi.measure, kpi.bands)
    parts = [(part.days, excess_row(part, kpi.measure, bands)) for bands, part in _by_day(kpi, row)]
    return Row.of([each for days, part in parts if part for each in zip(days, part.values(0, len(part)), strict=True)])


_NO_STREAKS: Final = Streaks()
_AS_READ: Final = (1, Fraction(0))
_OF_ONE: Final = Fraction(1, 100)
_DEFAULT_POLICY: Final = TrendPolicy()
_DEFAULT_BREACH: Final = BreachPolicy()
