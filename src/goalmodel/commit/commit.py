"""A commit: something that must be reached 100 %, declared up front and resourced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import attrs

from goalmodel.checks import are, ids, is_a, is_date, is_text, the, the_date
from goalmodel.commit.accountable import (
    AMENDED_UNSUPPORTED,
    ANNOUNCED_OTHERWISE,
    DECLARED_LATE,
    NOT_SECURED,
    SPECULATIVE,
    UNSUPPORTED,
    Accountability,
    Support,
    supports,
)
from goalmodel.commit.amendment import Amendment, DatedStandard, StandardChange, amendments, change_of
from goalmodel.commit.manner import Held, Manner, OnDueDate, Reached, Stage, Staged
from goalmodel.commit.standard import Standard
from goalmodel.commit.verdict import Attainment, Case, judged
from goalmodel.commit.window import Window
from goalmodel.errors import AmendsNothing, GoesInCircles, OutOfTime
from goalmodel.exact import rounded_up
from goalmodel.measure import Cadence, Measure, Reading, Series
from goalmodel.measure.known import Known
from goalmodel.reasons import Reason


def _serves(given: str | Iterable[str]) -> tuple[str, ...]:
    return ids(given, "serves")


@attrs.frozen(kw_only=True)
class Commit:
    """Something that must be reached 100 %: kept or not kept.

    >>> uptime = Measure("uptime", unit="percent")
    >>> sla = Commit(
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
        manner: In which way the standard has to be met; reached by the due date where nothing is said.
        support: What makes it possible: people, budget, capacity; each once, in no order of rank.
        starts_on: When its time begins: the first day of its cycle. None where it begins with the declaration.
        is_speculative: Whether it was known to be unlikely when it was declared.
        cadence: How often the measure is read; None where nothing is expected.
        serves: Ids of the objectives it leads to.
        owner: Who answers for it; None where nobody does.
        declared_by: Who declared it; None where nobody has written that down.
        announced: The standard that was named to those who are held to it; None where it is the commit's own.
        consequence: What was said to follow if it is not kept; None where nothing was.
        amendments: How the standard was changed since, by the day each came into force.
        carried_from: Id of the commit that was not kept and that this one takes up again; None where it is new.
        comparable: What it is to be compared with: commits with the same word here ought to have one standard. None
            where it is compared with the commits on its measure.
        rationale: Why its standard is what it is, where others of its kind have another; None where nobody said.
    """

    id: str = attrs.field(validator=is_text)
    measure: Measure = attrs.field(validator=is_a(Measure))
    standard: Standard = attrs.field(validator=is_a(Standard))
    due: dt.date = attrs.field(validator=is_date)
    declared_on: dt.date = attrs.field(validator=is_date)
    manner: Manner = attrs.field(default=Reached(), validator=is_a(Reached, OnDueDate, Held, Staged))
    support: tuple[Support, ...] = attrs.field(default=(), converter=supports)
    starts_on: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))
    is_speculative: bool = attrs.field(default=False, validator=is_a(bool))
    cadence: Cadence | None = attrs.field(default=None, validator=is_a(Cadence, type(None)))
    serves: tuple[str, ...] = attrs.field(default=(), converter=_serves)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    declared_by: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    announced: Standard | None = attrs.field(default=None, validator=is_a(Standard, type(None)))
    consequence: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    amendments: tuple[Amendment, ...] = attrs.field(default=(), converter=amendments)
    carried_from: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    comparable: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    rationale: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))

    def __attrs_post_init__(self) -> None:
        if self.declared_on > self.due:
            raise OutOfTime("declared_on", self.declared_on, "on or before the due date")
        if isinstance(self.manner, Held) and self.manner.since > self.due:
            raise OutOfTime("manner", self.manner.since, "held since a day on or before the due date")
        for by, _ in self.manner.stages if isinstance(self.manner, Staged) else ():
            if not self.declared_on <= by < self.due:
                raise OutOfTime("manner", by, "from the day of the declaration to the day before the due date")
        for amendment in self.amendments:
            if not self.declared_on <= amendment.on <= self.due:
                raise OutOfTime("amendments", amendment.on, "from the day of the declaration to the due date")
        for (_, before), (since, after) in pairwise(self.standards):
            if before == after:
                raise AmendsNothing("amendments", since)
        if self.carried_from == self.id:
            raise GoesInCircles("carried_from", self.id, "the id of another commit: what is taken up is declared anew")

    @property
    def counts_from(self) -> dt.date:
        """The first day whose reading counts."""
        return self.manner.since if isinstance(self.manner, Held) else self.declared_on

    @property
    def standards(self) -> tuple[DatedStandard, ...]:
        """Every standard with the day it came into force, oldest first: as declared, then as amended.

        Rule: COM-6.
        """
        return ((self.declared_on, self.standard), *((each.since, each.standard) for each in self.amendments))

    @property
    def changes(self) -> tuple[StandardChange, ...]:
        """What each amendment did to the standard before it, in the order of the amendments."""
        return tuple(change_of(before, after) for (_, before), (_, after) in pairwise(self.standards))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """By when what has to be reached, as known from the start: the stages, and the first standard at the end."""
        before = self.manner.stages if isinstance(self.manner, Staged) else ()
        return (*before, (self.due, self.standard))

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
        known = the(Series, series, "series").about(self.measure).until(the_date(as_of, "as_of"))
        return Owed(commit=self, series=known).on(as_of)

    @property
    def accountability(self) -> Accountability:
        """Whether not keeping it can have consequences, with every reason against that lies in its declaration."""
        late = self.starts_on is not None and self.declared_on > self.starts_on
        declared = DECLARED_LATE.because(declared_on=self.declared_on, start=self.starts_on)
        announced = ANNOUNCED_OTHERWISE.because(announced=str(self.announced), standard=str(self.standard))
        against = (
            (declared, late),
            (announced, self.announced is not None and not self.standard.contains(self.announced)),
            (UNSUPPORTED.because(), not self.support),
            *((NOT_SECURED.because(support=str(each)), not each.is_secured) for each in self.support),
            *self._amended_against(),
            (SPECULATIVE.because(), self.is_speculative),
        )
        return Accountability(tuple(reason for reason, holds in against if holds))

    def _amended_against(self) -> Iterable[tuple[Reason, bool]]:
        for amendment, change, (_, before) in zip(self.amendments, self.changes, self.standards, strict=False):
            is_backed = change is StandardChange.LOWERED or any(each.is_secured for each in amendment.support)
            facts = {"on": amendment.on, "change": change, "before": str(before), "after": str(amendment.standard)}
            yield AMENDED_UNSUPPORTED.because(**facts), not is_backed
            for each in amendment.support:
                yield NOT_SECURED.because(support=str(each)), not each.is_secured


@attrs.frozen(eq=False, kw_only=True)
class Owed:
    """A commit and what was read of it, so prepared that it can be asked about any day: each reading is weighed once.

    Attributes:
        commit: The commit.
        series: Readings of its measure; those after the day are not seen.
    """

    commit: Commit
    series: Series

    def on(self, as_of: dt.date) -> CommitAssessment:
        """Return whether the commit was kept, as known on *as_of*."""
        found = judged(self.commit.manner, Case(self.window, as_of))
        first = judged(self.commit.manner, Case(self._as_declared, as_of)) if self.commit.amendments else found
        return CommitAssessment(
            commit=self.commit,
            as_of=as_of,
            attainment=found.attainment,
            as_declared=first.attainment,
            deciding=found.deciding,
            distance=found.distance,
            reasons=(found.reason,),
        )

    @cached_property
    def window(self) -> Window:
        """The readings that count, under the standards as they were amended."""
        commit = self.commit
        return Window(
            known=Known(self.series.between(commit.counts_from, commit.due)),
            since=commit.counts_from,
            due=commit.due,
            standards=commit.standards,
            cadence=commit.cadence,
        )

    @cached_property
    def _as_declared(self) -> Window:
        return attrs.evolve(self.window, standards=self.commit.standards[:1])


def case_of(commit: Commit, series: Series, as_of: dt.date) -> Case:
    """Return what a verdict about *commit* rests on, as known on *as_of*."""
    return Case(Owed(commit=commit, series=series).window, as_of)


@attrs.frozen(kw_only=True)
class CommitAssessment:
    """How one commit stood on one date. It has no score: how far short is a distance, and enters no mean.

    Attributes:
        commit: The commit.
        as_of: The date of the judgement.
        attainment: Kept, not kept, in flight, not yet observable or unknown.
        as_declared: The same under the first standard, as if it had never been amended.
        deciding: The reading the verdict rests on: the closest to the standard (reached), the latest (standing), the
            furthest from it (held), or the one that would have to be better for a share to be met. None where there is
            none that counts.
        distance: How far it falls short, in the measure's own unit; 0 where it meets the standard.
        reasons: Why the attainment is what it is.
    """

    commit: Commit = attrs.field(validator=is_a(Commit))
    as_of: dt.date = attrs.field(validator=is_date)
    attainment: Attainment = attrs.field(validator=is_a(Attainment))
    as_declared: Attainment = attrs.field(validator=is_a(Attainment))
    deciding: Reading | None = attrs.field(validator=is_a(Reading, type(None)))
    distance: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    @property
    def shown_distance(self) -> str | None:
        """The distance with its unit, rounded up: 0 is shown only where the standard is met. None where there is none.

        >>> uptime = Measure("uptime", unit="percent")
        >>> sla = Commit(
        ...     id="sla",
        ...     measure=uptime,
        ...     standard=Standard.at_least(99.9),
        ...     due=dt.date(2026, 12, 31),
        ...     declared_on=dt.date(2026, 9, 1),
        ... )
        >>> readings = Series.of(uptime, {dt.date(2026, 12, 31): 99.89999})
        >>> sla.assess(readings, as_of=dt.date(2026, 12, 31)).shown_distance
        '0.1 percent'
        """
        return None if self.distance is None else f"{rounded_up(self.distance, 1)} {self.commit.measure.unit.symbol}"

    @property
    def is_explanation_due(self) -> bool:
        """Whether somebody should explain what happened: a commit that was not kept asks for that, not for a colour."""
        return self.attainment is Attainment.NOT_KEPT

    @property
    def accountability(self) -> Accountability:
        """Whether not keeping the commit can have consequences, with every reason against in its declaration."""
        return self.commit.accountability
