"""A commit: something that must be reached 100 %, declared up front and resourced."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, final

import attrs

from goalmodel.capacity import Take, takes_of
from goalmodel.checks import (
    OnDemand,
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
    the_count,
    the_date,
)
from goalmodel.commit.accountable import (
    ANNOUNCED_OTHERWISE,
    DECLARED_LATE,
    NOT_OBSERVABLE,
    NOT_OBSERVED,
    NOT_SECURED,
    SPECULATIVE,
    UNSUPPORTED,
    WAS_A_STRETCH,
    Accountability,
    Support,
    supports,
)
from goalmodel.commit.allowance import LOOK_BACK, Allowance
from goalmodel.commit.amendment import (
    AMENDED_UNSUPPORTED,
    Amendment,
    DatedStandard,
    StandardChange,
    amendments,
    change_of,
    in_force,
)
from goalmodel.commit.consent import DECLINED, NOBODY_AGREED, NOT_ANSWERED, TOLD_LATE, Consent, Response, consents
from goalmodel.commit.manner import (
    MANNERS,
    Decisive,
    Manner,
    allowance_of,
    check_time,
    counts_from,
    decisive,
    demanded_from,
    judge,
    last_to_hold,
    stages_before_the_last,
)
from goalmodel.commit.observed import Observed
from goalmodel.commit.staged import Stage
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import Attainment
from goalmodel.errors import AmendsNothing, GoesInCircles, OutOfBounds, OutOfTime
from goalmodel.measure import Aggregation, Cadence, EachReading, FigurePolicy, Measure, Reading, Series, Window, judged
from goalmodel.measure.enough import NOTHING_ASKED
from goalmodel.measure.exclusion import (
    AGREED_TOO_LATE,
    NOT_COUNTED,
    Exclusion,
    agreed_by,
    excluded_days,
    paused,
    the_exclusions,
    why_excluded,
    without,
)
from goalmodel.measure.figure import measure_of_figures
from goalmodel.measure.known import SeesWhatWasKnown, asked_again
from goalmodel.measure.row import Dated
from goalmodel.measure.series import ReadingsOf
from goalmodel.measure.shared_slice import SharedSlice
from goalmodel.measure.window import fits, is_window
from goalmodel.reasons import Fact, Reason, ReasonKind, those_that_hold
from goalmodel.reprs import readable
from goalmodel.showing import shown

if TYPE_CHECKING:
    from goalmodel.commit.risk import CommitRisk
    from goalmodel.commit.speculation import SpeculationPolicy


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Commit:
    """Something that must be reached 100 %: kept or not kept.

    >>> uptime = Measure("uptime", unit="percent")
    >>> sla = Commit(
    ...     manner=Reached(),
    ...     id="sla",
    ...     measure=uptime,
    ...     standard=Standard.at_least(99.9),
    ...     due=dt.date(2026, 12, 31),
    ...     declared_on=dt.date(2026, 9, 1),
    ...     support=Support(SupportKind.PEOPLE, "two on call"),
    ... )
    >>> sla.attainment(Series.of(uptime, {dt.date(2026, 12, 31): 99.89}), as_of=dt.date(2026, 12, 31))
    <Attainment.NOT_KEPT: 'not kept'>

    Attributes:
        id: Unique among all goals of a model.
        measure: What the standard is about.
        standard: Which values keep it, as it was declared.
        due: Until when, this day included.
        declared_on: When those who are held to it were told; readings before do not count.
        manner: In which way the standard has to be met. "At least 90 % by September" may mean any reading until then,
            the last one, each of them, or all together: nobody can guess which.
        support: What makes it possible: people, budget, capacity; each once, in no order of rank.
        starts_on: When its time begins: the first day of its cycle. None where it begins with the declaration.
        is_speculative: Whether it was known to be unlikely when it was declared.
        cadence: How often the measure is read; None where nothing is expected. Where readings come to figures over a
            window, how often there is a figure.
        serves: Ids of the objectives it leads to.
        owner: Who answers for it; None where nobody does.
        declared_by: Who declared it; None where nobody has written that down.
        announced: The standard that was named to those who are held to it; None where it is the commit's own.
        consequence: What was said to follow if it is not kept; None where nothing was.
        consents: Who is held to it, when they were told, and what they answered, one a name; by name.
        amendments: How the standard was changed since, by the day each came into force.
        carried_from: Id of the commit that was not kept and that this one takes up again; None where it is new.
        comparable: What it is to be compared with: commits with the same word here ought to have one standard. None
            where it is compared with the commits on its measure.
        rationale: Why its standard is what it is, where others of its kind have another; None where nobody said.
        window: Over what time its readings come to the figures that are held against the standard; of those none rests
            on a day before the declaration, or after the due date.
        exclusions: Days that were agreed not to count, one exclusion or several. One that was agreed in time leaves the
            whole; one that was not is recorded, and the verdict without it stands.
        notice_days: How many days before its own first day an exclusion has to be agreed; the day before where 0.
        named_causes: Causes named at the declaration: what they exclude counts as agreed in time, whenever it was.
        figure_policy: How much a figure has to rest on to be judged; one that rests on less neither keeps nor breaks
            it. Of a sum or a mean as a whole it is asked of all that is read.
        takes: What it takes of people, budget or hours over its time, each resource once. Its model says what there is.
        purpose: What for it is owed; None where nobody has said.
        team: Which team works on it; None where nobody has said. One of them, its owner, answers for it.
        priority: How much it matters, from 1, which comes first; None where nobody has said.
    """

    id: str = attrs.field(validator=is_id)
    measure: Measure = attrs.field(validator=is_a(Measure))
    standard: Standard = attrs.field(validator=is_a(Standard))
    due: dt.date = attrs.field(validator=is_date)
    declared_on: dt.date = attrs.field(validator=is_date)
    manner: Manner = attrs.field(validator=is_a(*MANNERS))
    support: tuple[Support, ...] = attrs.field(default=(), converter=supports)
    starts_on: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))
    is_speculative: bool = attrs.field(default=False, validator=is_a(bool))
    cadence: Cadence | None = attrs.field(default=None, validator=is_a(Cadence, type(None)))
    serves: tuple[str, ...] = attrs.field(default=(), converter=ids)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    declared_by: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    announced: Standard | None = attrs.field(default=None, validator=is_a(Standard, type(None)))
    consequence: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    consents: tuple[Consent, ...] = attrs.field(default=(), converter=consents)
    amendments: tuple[Amendment, ...] = attrs.field(default=(), converter=amendments)
    carried_from: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    comparable: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    rationale: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    window: Window = attrs.field(default=EachReading(), validator=is_window)
    exclusions: tuple[Exclusion, ...] = attrs.field(default=(), converter=the_exclusions)
    notice_days: int = attrs.field(default=0, validator=is_count())
    named_causes: tuple[str, ...] = attrs.field(default=(), converter=ids)
    figure_policy: FigurePolicy = attrs.field(default=FigurePolicy(), validator=is_a(FigurePolicy))
    takes: tuple[Take, ...] = attrs.field(default=(), converter=takes_of)
    purpose: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    team: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    priority: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(1)))

    def __attrs_post_init__(self) -> None:
        if self.declared_on > self.due:
            raise OutOfTime("declared_on", self.declared_on, "on or before the due date", goal=self.id)
        check_time(self.manner, self.declared_on, self.due, self.id)
        if self.window != EachReading() and decisive(self.manner) is Decisive.WHOLE:
            accepted = "each reading by itself: a commit as a whole has one figure, over its own time"
            raise OutOfBounds("window", self.window, accepted, goal=self.id)
        if not fits(self.window, self.counts_from, self.due):
            accepted = f"a window that can lie whole from {self.counts_from} to {self.due}: it would hold nothing else"
            raise OutOfTime("window", self.window, accepted, goal=self.id)
        for index, amendment in enumerate(self.amendments):
            for field, day in (("on", amendment.on), ("since", amendment.since)):
                if not self.declared_on <= day <= self.due:
                    accepted = "from the day of the declaration to the due date"
                    raise OutOfTime(("amendments", index, field), day, accepted, goal=self.id)
        for index, ((_, before), (_, after)) in enumerate(pairwise(self.standards)):
            if before == after:
                raise AmendsNothing(("amendments", index, "standard"), after, goal=self.id)
        if self.carried_from == self.id:
            accepted = "the id of another commit: what is taken up is declared anew"
            raise GoesInCircles("carried_from", self.id, accepted, goal=self.id)

    @property
    def counts_from(self) -> dt.date:
        """The first day whose reading counts."""
        return counts_from(self.manner, self.declared_on)

    @property
    def is_pooled(self) -> bool:
        """Whether all its readings count together: a sum or a mean as a whole."""
        is_added = self.measure.aggregation in (Aggregation.SUM, Aggregation.MEAN)
        return is_added and decisive(self.manner) is Decisive.WHOLE

    @property
    def standards(self) -> tuple[DatedStandard, ...]:
        """Every standard with the day it came into force, oldest first: as declared, then as amended.

        Rule: COM-6.
        """
        return ((self.declared_on, self.standard), *[(each.since, each.standard) for each in self.amendments])

    @property
    def changes(self) -> tuple[StandardChange, ...]:
        """What each amendment did to the standard before it, in the order of the amendments."""
        return tuple(change_of(before, after) for (_, before), (_, after) in pairwise(self.standards))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """By when what has to be reached, as known from the start: the stages, and the first standard at the end."""
        return (*stages_before_the_last(self.manner), (self.due, self.standard))

    def known_on(self, day: dt.date) -> Commit:
        """Return the commit without what was amended, agreed, told or answered after *day*."""
        the_date(day, "day")
        made = tuple(each for each in self.amendments if each.on <= day)
        agreed = agreed_by(self.exclusions, day)
        told = tuple(each.known_on(day) for each in self.consents if each.told_on <= day)
        is_all = len(made) == len(self.amendments) and agreed == self.exclusions and told == self.consents
        return self if is_all else attrs.evolve(self, amendments=made, exclusions=agreed, consents=told)

    def is_in_time(self, exclusion: Exclusion) -> bool:
        """Return whether an exclusion moves the verdict: agreed in time, or for a cause named at the declaration.

        Rule: TIME-3.
        """
        given = the(Exclusion, exclusion, "exclusion")
        return given.cause in self.named_causes or given.is_agreed_in_time(self.notice_days)

    def attainment(self, series: Series, *, as_of: dt.date) -> Attainment:
        """Return whether the commit was kept, as known on *as_of*; see `assess`."""
        return self.assess(series, as_of=as_of).attainment

    def assess(self, series: Series, *, as_of: dt.date) -> CommitAssessment:
        """Return whether the commit was kept, as known at the end of day *as_of*.

        The value is compared with the standard, exactly; a score plays no part. Where the standard was amended, what
        was decided before stays decided, and the verdict under the first standard stands beside.

        Rule: COM-6.

        Args:
            series: Readings of the commit's measure; those after *as_of* or after the due date are not seen.
            as_of: The date of the judgement. From the due date on the verdict is final, unless its last readings are
                still to come: a cadence says how long they may take.

        Raises:
            WrongMeasure: The series is of another measure, or in another unit.
        """
        return asked_again(series, partial(CommitHistory, self, series), self).on(as_of)

    @property
    def accountability_as_declared(self) -> Accountability:
        """What its declaration and its amendments say against consequences; what the readings say is not looked at.

        `CommitAssessment.accountability` looks at them, too.
        """
        late = self.starts_on is not None and self.declared_on > self.starts_on
        otherwise = self.announced is not None and not self.standard.contains(self.announced)
        against = those_that_hold(
            (DECLARED_LATE, {"declared_on": self.declared_on, "start": self.starts_on}, late),
            (ANNOUNCED_OTHERWISE, {"standard": self.standard, "announced": self.announced}, otherwise),
            (UNSUPPORTED, {}, not self.support),
            *((NOT_SECURED, {"support": each}, not each.is_secured) for each in self.support),
            *self._amended_against(),
            (SPECULATIVE, {}, self.is_speculative),
            *self._not_agreed(),
        )
        return Accountability(against)

    def _not_agreed(self) -> Iterable[tuple[ReasonKind, Mapping[str, Fact], bool]]:
        """Yield what those who are held to it have against it.

        Rule: COM-10.
        """
        start = self.starts_on or self.declared_on
        for each in self.consents:
            yield DECLINED, {"who": each.who, "on": each.answered_on}, each.answer is Response.DECLINED
            yield NOT_ANSWERED, {"who": each.who, "told_on": each.told_on}, each.answer is None
            yield TOLD_LATE, {"who": each.who, "told_on": each.told_on, "start": start}, each.told_on > start
        agreed = any(each.answer is Response.AGREED for each in self.consents)
        is_threat = self.consequence is not None and not agreed
        yield NOBODY_AGREED, {"consequence": self.consequence}, is_threat

    def _amended_against(self) -> Iterable[tuple[ReasonKind, Mapping[str, Fact], bool]]:
        for amendment, change, (_, before) in zip(self.amendments, self.changes, self.standards, strict=False):
            is_backed = change is StandardChange.LOWERED or any(each.is_secured for each in amendment.support)
            facts = {"on": amendment.on, "change": change, "before": before, "after": amendment.standard}
            yield AMENDED_UNSUPPORTED, facts, not is_backed
            for each in amendment.support:
                yield NOT_SECURED, {"support": each}, not each.is_secured

    def __str__(self) -> str:
        demanded = f"{self.measure.name} {self.standard} {self.measure.unit.symbol}"
        over = "" if isinstance(self.window, EachReading) else f", {self.window}"
        return f"commit {self.id}: {demanded}{over}, {self.manner}, {self.due.isoformat()}"


def _observed(commit: Commit, series: Series, agreed: tuple[Exclusion, ...] = ()) -> Observed:
    """Return the readings that count, under the standards as they were amended, without the days that do not."""
    excluded = excluded_days(agreed)
    return Observed(
        without(series, excluded),
        since=commit.counts_from,
        due=commit.due,
        standards=commit.standards,
        cadence=paused(commit.cadence, excluded),
        window=commit.window,
        excluded=excluded,
        figure_policy=commit.figure_policy,
        is_whole=commit.is_pooled,
    )


@final
class CommitHistory(SeesWhatWasKnown):
    """A commit and what was read of it, so prepared that it can be asked about any day: each reading is weighed once.

    >>> uptime = Measure("uptime", unit="percent")
    >>> sla = Commit(
    ...     manner=Reached(),
    ...     id="sla",
    ...     measure=uptime,
    ...     standard=Standard.at_least(99.9),
    ...     due=dt.date(2026, 12, 31),
    ...     declared_on=dt.date(2026, 9, 1),
    ... )
    >>> history = CommitHistory(sla, Series.of(uptime, {dt.date(2026, 12, 1): 99.8, dt.date(2026, 12, 31): 99.9}))
    >>> [history.on(dt.date(2026, 12, day)).attainment.value for day in (1, 30, 31)]
    ['in flight', 'in flight', 'kept']

    Attributes:
        commit: The commit.
        series: Readings of its measure, from before the declaration as well; on no day is a later one seen.

    Raises:
        WrongMeasure: The series is of another measure, or in another unit.
    """

    commit: Commit
    series: Series

    def __init__(self, commit: Commit, series: Series) -> None:
        """Take a commit and its readings."""
        self.commit = the(Commit, commit, "commit")
        self.series = the(Series, series, "series").about(commit.measure)
        self._prepare(self._exclusions)

    def _prepare(self, agreed: tuple[Exclusion, ...]) -> None:
        self._agreed = agreed
        self._observed = _observed(self.commit, self.series, agreed)

    def _with(self, series: Series, agreed: tuple[Exclusion, ...]) -> CommitHistory:
        then = CommitHistory.__new__(CommitHistory)
        then.commit, then.series = self.commit, series
        then._prepare(agreed)  # noqa: SLF001 - one of its own
        return then

    @property
    def _exclusions(self) -> tuple[Exclusion, ...]:
        agreed = self.commit.exclusions
        return tuple(each for each in agreed if self.commit.is_in_time(each)) if agreed else agreed

    def _why_not_counted(self, as_of: dt.date) -> tuple[Reason, ...]:
        commit = self.commit
        agreed = agreed_by(commit.exclusions, as_of)
        if not agreed:
            return ()
        inside = (each for each in agreed if each.end >= commit.counts_from and each.start <= min(as_of, commit.due))
        return tuple(why_excluded(each, NOT_COUNTED if commit.is_in_time(each) else AGREED_TOO_LATE) for each in inside)

    def _as_excluded(self, as_of: dt.date) -> Attainment | None:
        """Return the attainment had all that was agreed by then not counted; None where nothing was agreed too late."""
        agreed = agreed_by(self.commit.exclusions, as_of)
        if all(self.commit.is_in_time(each) for each in agreed):
            return None
        return judge(self.commit.manner, _observed(self.commit, self.series, agreed), as_of).attainment

    def on(self, as_of: dt.date) -> CommitAssessment:
        """Return whether the commit was kept, as known at the end of day *as_of*; see `Commit.assess`.

        Rule: TIME-2.
        """
        then = self.as_known(as_of)
        if then is not self:
            return then.on(as_of)
        found = judge(self.commit.manner, self._observed, as_of)
        first = judge(self.commit.manner, self._as_declared, as_of) if self.commit.amendments else found
        return made(
            CommitAssessment,
            commit=self.commit,
            as_of=as_of,
            attainment=found.attainment,
            as_declared=first.attainment,
            deciding=found.deciding,
            distance=found.distance,
            as_excluded=self._as_excluded(as_of) if self.commit.exclusions else None,
            _making=partial(self._details, found.reason, as_of),
        )

    def _details(self, said: Reason, as_of: dt.date) -> dict[str, object]:
        seen = bisect_right(self.series.view.days, as_of)
        too_few = (each for each in self._observed.why_too_few(as_of) if each != said)
        return {
            "readings": SharedSlice(ReadingsOf(self.series), 0, seen),
            "reasons": (said, *too_few, *self._why_not_counted(as_of)),
            "stretches": (),
            "shortages": (),
        }

    def seen(self, day: dt.date) -> int:
        """Return how many figures that count are about a day or an earlier one."""
        return self._observed.count(day)

    def figure(self, number: int) -> Dated:
        """Return the figure with that number: of a commit as a whole what all readings had come to by then."""
        if decisive(self.commit.manner) is Decisive.WHOLE:
            return self._observed.whole_at(number)
        reading = self._observed.reading(number)
        return reading.on, reading.known

    @property
    def course(self) -> tuple[Dated, ...]:
        """The figures that count, by date: of a commit as a whole what all readings had come to by each of them."""
        return tuple(self.figure(number) for number in range(self.seen(self.commit.due)))

    @cached_property
    def _as_declared(self) -> Observed:
        return self._observed.under(self.commit.standards[:1])


_check_readings = are(Reading)


def _are_readings(assessment: object, attribute: attrs.Attribute[Sequence[Reading]], value: object) -> None:
    """Validate: the field holds readings; those of a `SharedSlice` were checked when they were read."""
    if not isinstance(value, SharedSlice):
        _check_readings(assessment, attribute, value)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class CommitAssessment(OnDemand):
    """How one commit stood on one date. It has no score: how far short is a distance, and enters no mean.

    Attributes:
        commit: The commit.
        as_of: The date of the judgement.
        readings: All that was read until then, absences among it, from before the declaration as well; oldest first.
        attainment: Kept, not kept, in flight, not yet observable or unknown.
        as_declared: The same under the first standard, as if it had never been amended.
        deciding: The reading the verdict rests on: the closest to the standard (reached), the latest (standing), the
            furthest from it (held), or the one that would have to be better for a share to be met; of what is met as a
            whole what it comes to, on the day of the latest. None where there is none that counts.
        distance: How far it falls short, in the measure's own unit; 0 where it meets the standard.
        reasons: Why the attainment is what it is.
        as_excluded: The same had all that was agreed not to count not counted, that which was agreed too late as well;
            None where nothing was.
        stretches: Ids of the key results that were a stretch on the same measure when it was declared: a must made of a
            stretch while that ran. A review knows them.
        shortages: What it takes that is promised twice, or that nobody has counted. A review knows that.

    Raises:
        GivenTwice: Two readings have the same date and are known since the same day.
    """

    commit: Commit = attrs.field(validator=is_a(Commit))
    as_of: dt.date = attrs.field(validator=is_date)
    readings: Sequence[Reading] = attrs.field(validator=_are_readings)
    attainment: Attainment = attrs.field(validator=is_a(Attainment))
    as_declared: Attainment = attrs.field(validator=is_a(Attainment))
    deciding: Reading | None = attrs.field(validator=is_a(Reading, type(None)))
    distance: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))
    as_excluded: Attainment | None = attrs.field(default=None, validator=is_a(Attainment, type(None)))
    stretches: tuple[str, ...] = attrs.field(default=(), converter=ids)
    shortages: tuple[Reason, ...] = attrs.field(default=(), validator=are(Reason))

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.readings, SharedSlice):
            Series(self.commit.measure, self.readings)  # what is no series says so here, not in what follows from it

    @property
    def shown_distance(self) -> str | None:
        """The distance with its unit, never shown as 0 unless the standard is met. None where there is none.

        >>> uptime = Measure("uptime", unit="percent")
        >>> sla = Commit(
        ...     manner=Reached(),
        ...     id="sla",
        ...     measure=uptime,
        ...     standard=Standard.at_least(99.9),
        ...     due=dt.date(2026, 12, 31),
        ...     declared_on=dt.date(2026, 9, 1),
        ... )
        >>> readings = Series.of(uptime, {dt.date(2026, 12, 31): 99.89999})
        >>> sla.assess(readings, as_of=dt.date(2026, 12, 31)).shown_distance
        '0.00001 percent'
        """
        return None if self.distance is None else f"{shown(self.distance, places=1)} {self.commit.measure.unit.symbol}"

    @property
    def is_explanation_due(self) -> bool:
        """Whether somebody should explain what happened: a commit that was not kept asks for that, not for a colour."""
        return self.attainment is Attainment.NOT_KEPT

    @property
    def risk(self) -> CommitRisk:
        """Whether it can still be kept, until when, and whether it is at risk.

        It is at risk when it would have to move faster, from its latest reading and from now on, than it ever moved
        between two readings. It is beyond saving when it is not kept already, or when no value its measure can have
        will do.

        Rule: COM-3.

        >>> signups = Measure("sign-ups", unit="people")
        >>> thousand = Commit(
        ...     manner=Reached(),
        ...     id="thousand",
        ...     measure=signups,
        ...     standard=Standard.at_least(1000),
        ...     due=dt.date(2026, 12, 31),
        ...     declared_on=dt.date(2026, 10, 1),
        ... )
        >>> known = Series.of(signups, {dt.date(2026, 10, 1): 100, dt.date(2026, 10, 31): 400})
        >>> seen = thousand.assess(known, as_of=dt.date(2026, 11, 1)).risk
        >>> seen.required, seen.best, seen.last_chance, seen.is_at_risk
        (Fraction(10, 1), Fraction(10, 1), datetime.date(2026, 11, 1), False)
        """
        from goalmodel.commit.risk import NOT_KEPT_ANY_MORE, decided, risk_ahead  # noqa: PLC0415 - loaded when asked

        if self.attainment is not Attainment.IN_FLIGHT:
            is_lost = self.attainment is Attainment.NOT_KEPT
            # The first reason is the verdict's; behind it stands what was left out.
            why = tuple(NOT_KEPT_ANY_MORE.because(why=each) for each in self.reasons[:1]) if is_lost else ()
            return decided(self.as_of, why, is_beyond_saving=is_lost)
        observed = _observed(self.commit, self._seen, self._agreed)
        is_whole = decisive(self.commit.manner) is Decisive.WHOLE
        return risk_ahead(
            self._stages_ahead,
            [observed.whole_at(number) for number in range(observed.count(self.as_of))] if is_whole else self._present,
            measure=(
                attrs.evolve(self.commit.measure, lowest=None, highest=None)
                if is_whole
                else measure_of_figures(self.commit.measure, self.commit.window)
            ),
            as_of=self.as_of,
            last_to_hold=last_to_hold(self.commit.manner, observed, self.as_of),
        )

    @property
    def allowance(self) -> Allowance | None:
        """What may still go wrong, with the rate of the last four weeks beside; see `allowance_by`."""
        return self.allowance_by()

    def allowance_by(self, look_back: int = LOOK_BACK) -> Allowance | None:
        """Return what may still go wrong; None where nothing may, or nobody can say how much.

        Of what is held in a share of the readings or days that is the rest of them, of a sum with a ceiling all below.

        Rule: COM-9.

        >>> downtime = Measure("downtime", unit="minutes", aggregation=Aggregation.SUM, lowest=0)
        >>> october = Commit(
        ...     id="downtime",
        ...     measure=downtime,
        ...     standard=Standard.at_most(43.2),
        ...     manner=AsAWhole(),
        ...     due=dt.date(2026, 10, 31),
        ...     declared_on=dt.date(2026, 10, 1),
        ... )
        >>> found = october.assess(
        ...     Series.of(downtime, {dt.date(2026, 10, 5): 30}), as_of=dt.date(2026, 10, 20)
        ... ).allowance
        >>> print(found, "·", float(found.left), "left ·", found.used_up_on)
        30 of 43.2 used · 13.2 left · 2026-10-29

        Args:
            look_back: Over how many of the latest days the rate of late is, 1 or more; fewer where fewer are over.
        """
        observed = _observed(self.commit, self._seen, self._agreed)
        return allowance_of(self.commit.manner, observed, self.as_of, the_count(look_back, "look_back", least=1))

    @property
    def accountability(self) -> Accountability:
        """What speaks against consequences if it is not kept, by the documented defaults; see `accountability_by`."""
        return self.accountability_by()

    def accountability_by(self, policy: SpeculationPolicy | None = None) -> Accountability:
        """Return every reason against consequences for not keeping the commit, as known on the date.

        The declaration speaks against it where it came after the start, or made a must of a stretch, where support is
        missing, not secured or promised twice, where the standard was raised without more support, or where it was
        known to be speculative. The readings add: nobody had seen the measure come near when the commit was declared,
        or nobody can tell whether it was kept.

        Rule: COM-5.

        Args:
            policy: When a history makes a commit speculative; the documented defaults where None.
        """
        from goalmodel.commit.speculation import SpeculationPolicy, speculative  # noqa: PLC0415 - loaded when asked

        commit = self.commit.known_on(self.as_of)
        rules = given_or(SpeculationPolicy(), policy, "policy")
        held_from = demanded_from(commit.manner, commit.declared_on)
        doubts = speculative(
            [] if decisive(commit.manner) is Decisive.WHOLE else self._before_the_declaration,
            commit.stages if held_from is None else ((held_from, commit.standard),),
            declared_on=commit.declared_on,
            unit=commit.measure.unit.name,
            policy=rules,
        )
        declared = commit.accountability_as_declared.objections
        made_musts = (WAS_A_STRETCH.because(declared_on=commit.declared_on, key_result=each) for each in self.stretches)
        return Accountability((*declared, *made_musts, *self.shortages, *doubts, *self._not_observable()))

    @property
    def _before_the_declaration(self) -> list[Dated]:
        return [dated for dated in self._present if dated[0] <= self.commit.declared_on]

    @property
    def _present(self) -> tuple[Dated, ...]:
        """Date and value of all figures that were complete and can be, those before the declaration among them."""
        asked = NOTHING_ASKED if self.commit.is_pooled else self.commit.figure_policy
        return judged(self._seen, self.commit.window, asked).present

    @property
    def _agreed(self) -> tuple[Exclusion, ...]:
        """What was agreed in time not to count, by the date of the judgement."""
        return tuple(each for each in agreed_by(self.commit.exclusions, self.as_of) if self.commit.is_in_time(each))

    @property
    def _seen(self) -> Series:
        known = self.readings
        if isinstance(known, SharedSlice) and isinstance(known.row, ReadingsOf):
            return known.row.first(len(known))
        return Series(self.commit.measure, known)

    @property
    def _stages_ahead(self) -> tuple[Stage, ...]:
        """The stages still to be reached, by date; the last is the standard that will be in force when it is due."""
        commit = self.commit.known_on(self.as_of)
        observed = _observed(commit, self._seen, self._agreed)
        counting = [observed.reading(number).known for number in range(observed.count(self.as_of))]
        waiting = (
            (by, standard)
            for by, standard in stages_before_the_last(commit.manner)
            if by > self.as_of and not any(map(standard.is_met, counting))
        )
        return (*waiting, (commit.due, in_force(commit.standards, commit.due)))

    def _not_observable(self) -> tuple[Reason, ...]:
        if not self._present and not judged(self._seen, self.commit.window).present:
            return (NOT_OBSERVED.because(measure=self.commit.measure.name, as_of=self.as_of),)
        if self.attainment not in (Attainment.UNKNOWN, Attainment.NOT_YET_OBSERVABLE):
            return ()
        return tuple(NOT_OBSERVABLE.because(why=reason) for reason in self.reasons)

    def __str__(self) -> str:
        short = f", {self.shown_distance} short" if self.distance else ""
        decided = "" if self.deciding is None else f"; {self.deciding}"
        return f"{self.commit.id}: {self.attainment.value}{short}{decided}"
