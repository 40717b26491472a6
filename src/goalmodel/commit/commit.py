"""A commit: something that must be reached 100 %, declared up front and resourced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum, unique
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter
from typing import assert_never

import attrs

from goalmodel.commit.accountability import (
    DECLARED_LATE,
    NOT_SECURED,
    SPECULATIVE,
    UNSUPPORTED,
    Accountability,
    Support,
)
from goalmodel.commit.standard import Held, Manner, Reached, Standard, Standing
from goalmodel.doors import are, ids, is_a, is_date, is_text, the, the_date, the_many
from goalmodel.errors import GoalModelError
from goalmodel.measure import Cadence, Measure, Reading, Series
from goalmodel.reasons import Reason, ReasonKind

IN_FLIGHT = ReasonKind("commit-in-flight", "COM-3", "it is due on {due} and it is {as_of}")
MET = ReasonKind("commit-met", "COM-1", "{reading} meets the standard, {standard}, {manner}")
NOT_MET = ReasonKind("commit-not-met", "COM-1", "{reading} is {distance} short of the standard, {standard}, {manner}")
UNOBSERVED = ReasonKind("commit-unobserved", "COM-1", "there is no reading from {since} until {until}")
READINGS_MISSING = ReasonKind(
    "commit-readings-missing",
    "COM-1",
    "from {since} until {until} readings are missing that could have changed the verdict: {missing}",
)


class DeclaredAfterDue(GoalModelError, ValueError):
    """A commit declared when its time was over."""

    accepted = "on or before the due date"


class HeldFromAfterDue(GoalModelError, ValueError):
    """A window to hold a standard in that begins when the commit is due already."""

    accepted = "held since a day on or before the due date"


@unique
class Attainment(Enum):
    """Whether a commit was kept. There is nothing above kept, and no grade."""

    KEPT = "kept"
    NOT_KEPT = "not kept"
    IN_FLIGHT = "in flight"
    UNKNOWN = "unknown"


_in_stated_order = attrgetter("kind.value", "amount", "is_secured")


def _support(given: Support | Iterable[Support]) -> tuple[Support, ...]:
    members = the_many(Support, (given,) if isinstance(given, Support) else given, "support")
    return tuple(sorted(set(members), key=_in_stated_order))


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
        standard: Which values keep it.
        due: Until when, this day included.
        declared_on: When those who are held to it were told; readings before do not count.
        manner: In which way the standard has to be met; reached by the due date where nothing is said.
        support: What makes it possible: people, budget, capacity; each once, in no order of rank.
        starts_on: When its time begins: the first day of its cycle. None where it begins with the declaration.
        is_speculative: Whether it was known to be unlikely when it was declared.
        cadence: How often the measure is read; None where nothing is expected.
        serves: Ids of the objectives it leads to.
        owner: Who answers for it; None where nobody does.
    """

    id: str = attrs.field(validator=is_text)
    measure: Measure = attrs.field(validator=is_a(Measure))
    standard: Standard = attrs.field(validator=is_a(Standard))
    due: dt.date = attrs.field(validator=is_date)
    declared_on: dt.date = attrs.field(validator=is_date)
    manner: Manner = attrs.field(default=Reached(), validator=is_a(Reached, Standing, Held))
    support: tuple[Support, ...] = attrs.field(default=(), converter=_support)
    starts_on: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))
    is_speculative: bool = attrs.field(default=False, validator=is_a(bool))
    cadence: Cadence | None = attrs.field(default=None, validator=is_a(Cadence, type(None)))
    serves: tuple[str, ...] = attrs.field(default=(), converter=_serves)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))

    def __attrs_post_init__(self) -> None:
        if self.declared_on > self.due:
            raise DeclaredAfterDue("declared_on", self.declared_on)
        if isinstance(self.manner, Held) and self.manner.since > self.due:
            raise HeldFromAfterDue("manner", self.manner.since)

    @property
    def counts_from(self) -> dt.date:
        """The first day whose reading counts."""
        return self.manner.since if isinstance(self.manner, Held) else self.declared_on

    def attainment(self, series: Series, *, as_of: dt.date) -> Attainment:
        """Return whether the commit was kept, as known on *as_of*; see `assess`."""
        return self.assess(series, as_of=as_of).attainment

    def assess(self, series: Series, *, as_of: dt.date) -> CommitAssessment:
        """Return whether the commit was kept, as known at the end of day *as_of*.

        The value is compared with the standard, exactly; a score plays no part.

        Rules: COM-1, COM-2, COM-3.

        Args:
            series: Readings of the commit's measure; those after *as_of* or after the due date are not seen.
            as_of: The date of the judgement. On the due date the verdict is final.

        Raises:
            WrongMeasure: The series is of another measure, or in another unit.
        """
        until = min(the_date(as_of, "as_of"), self.due)
        known = the(Series, series, "series").about(self.measure).until(until).since(self.counts_from)
        present = tuple(Reading(on, value) for on, value in known.present)
        deciding = self._deciding(present)
        distance = None if deciding is None else self.standard.distance(deciding.known)
        attainment, reason = self._verdict(known, deciding, as_of)
        return CommitAssessment(
            commit=self,
            as_of=as_of,
            attainment=attainment,
            deciding=deciding,
            distance=distance,
            reasons=(reason,),
        )

    @property
    def accountability(self) -> Accountability:
        """Whether not keeping it can have consequences, with every reason against."""
        late = self.starts_on is not None and self.declared_on > self.starts_on
        declared = DECLARED_LATE.because(declared_on=self.declared_on, start=self.starts_on)
        against = (
            (declared, late),
            (UNSUPPORTED.because(), not self.support),
            *((NOT_SECURED.because(support=str(each)), not each.is_secured) for each in self.support),
            (SPECULATIVE.because(), self.is_speculative),
        )
        return Accountability(tuple(reason for reason, holds in against if holds))

    def _deciding(self, present: tuple[Reading, ...]) -> Reading | None:
        """Return the reading the verdict rests on: the closest, the latest, or the furthest from the standard."""
        if not present:
            return None
        match self.manner:
            case Reached():
                return min(present, key=self._shortfall)
            case Standing():
                return present[-1]
            case Held():
                return max(present, key=self._shortfall)
            case unknown:
                assert_never(unknown)

    def _shortfall(self, reading: Reading) -> Fraction:
        return self.standard.distance(reading.known)

    def _verdict(self, known: Series, deciding: Reading | None, as_of: dt.date) -> tuple[Attainment, Reason]:
        if deciding is not None and self._settles(deciding):
            return self._kept_or_not(deciding)
        if as_of < self.due:
            return Attainment.IN_FLIGHT, IN_FLIGHT.because(due=self.due, as_of=as_of)
        if deciding is None:
            return Attainment.UNKNOWN, UNOBSERVED.because(since=self.counts_from, until=self.due)
        doubt = self._doubt(known)
        return self._kept_or_not(deciding) if doubt is None else (Attainment.UNKNOWN, doubt)

    def _settles(self, reading: Reading) -> bool:
        """Return whether no other reading could change the verdict that *reading* gives."""
        is_met = self.standard.is_met(reading.known)
        match self.manner:
            case Reached():
                return is_met
            case Standing():
                return False
            case Held():
                return not is_met
            case unknown:
                assert_never(unknown)

    def _kept_or_not(self, reading: Reading) -> tuple[Attainment, Reason]:
        distance = self._shortfall(reading)
        facts = {"reading": reading, "standard": str(self.standard), "manner": str(self.manner)}
        if not distance:
            return Attainment.KEPT, MET.because(**facts)
        return Attainment.NOT_KEPT, NOT_MET.because(**facts, distance=distance)

    def _doubt(self, known: Series) -> Reason | None:
        """Return which missing readings could have changed the verdict of those at hand; None if none could.

        Missing is what was stated absent, and what the cadence expected in vain.
        """
        latest, _ = known.present[-1]
        since = latest if isinstance(self.manner, Standing) else self.counts_from
        relevant = known.since(since)
        dates = [on for on, _ in relevant.present]
        stated = len(relevant) - len(dates)
        gaps = pairwise([since, *dates, self.due])
        expected = sum(self.cadence.overdue(*gap) for gap in gaps) if self.cadence else 0
        missing = max(stated, expected)
        return READINGS_MISSING.because(since=since, until=self.due, missing=missing) if missing else None


@attrs.frozen(kw_only=True)
class CommitAssessment:
    """How one commit stood on one date. It has no score: how far short is a distance, and enters no mean.

    Attributes:
        commit: The commit.
        as_of: The date of the judgement.
        attainment: Kept, not kept, in flight or unknown.
        deciding: The reading the verdict rests on: the closest to the standard (reached), the latest (standing), the
            furthest from it (held). None where there is none that counts.
        distance: How far it falls short, in the measure's own unit; 0 where it meets the standard.
        reasons: Why the attainment is what it is.
    """

    commit: Commit = attrs.field(validator=is_a(Commit))
    as_of: dt.date = attrs.field(validator=is_date)
    attainment: Attainment = attrs.field(validator=is_a(Attainment))
    deciding: Reading | None = attrs.field(validator=is_a(Reading, type(None)))
    distance: Fraction | None = attrs.field(validator=is_a(Fraction, type(None)))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    @property
    def accountability(self) -> Accountability:
        """Whether not keeping the commit can have consequences, with every reason against."""
        return self.commit.accountability
