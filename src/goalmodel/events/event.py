"""Events: what may happen to a goal. Each is told with its date, the reason, the evidence, and who decided.

Rule: EVT-2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, ClassVar, Final, TypeAlias

import attrs

from goalmodel.capacity import Capacity
from goalmodel.checks import ids, is_a, is_date, is_id, is_text, named, the
from goalmodel.commit import Amendment, Commit, Response, Standard, Support
from goalmodel.commit.accountable import supports
from goalmodel.errors import EventDoesNotFit, NothingGiven, OutOfTime, WrongType, described
from goalmodel.events.evidence import Evidence
from goalmodel.events.goal import KINDS, Goal
from goalmodel.exact import exact
from goalmodel.key_result import KeyResult, Origin, Score, TargetChange
from goalmodel.key_result.mid_cycle import LATER, goes_on
from goalmodel.key_result.target_change import target_of
from goalmodel.kpi import AcceptedDeviation, HealthBands, Kpi
from goalmodel.measure import Exclusion, Measure
from goalmodel.objective import Objective
from goalmodel.reprs import readable
from goalmodel.trend import FirstReadings, Rebasing, ReferencePeriod
from goalmodel.trend.reference import is_reference

_NO_EVIDENCE: Final = Evidence()


def _known_by_then(event: Told, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate: the field holds evidence that was there on the date of the event."""
    for reading in the(Evidence, value, attribute.name).readings:
        if reading.known_since > event.on:
            accepted = f"evidence of {event.on.isoformat()} or before: nobody could have read that"
            raise EventDoesNotFit(attribute.name, reading.known_since, accepted)


def check_any(goals: tuple[str, ...]) -> None:
    """Check that there are ids of *goals* to which something happened."""
    if not goals:
        raise NothingGiven("goals", (), "the id of one goal or more")


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Told:
    """What every event says, whatever happened.

    Attributes:
        on: When it happened.
        reason: Why.
        decided_by: Who decided, or who proposed it.
        evidence: What it rests on; nothing younger than the event.
    """

    _said: ClassVar[str]
    """What happened, in words."""

    on: dt.date = attrs.field(validator=is_date)
    reason: str = attrs.field(validator=is_text)
    decided_by: str = attrs.field(validator=is_text)
    evidence: Evidence = attrs.field(default=_NO_EVIDENCE, validator=_known_by_then)

    def __str__(self) -> str:
        return f"{self.on.isoformat()}: {self._said.format(self)}, by {self.decided_by}: {self.reason}"


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Adopted(Told):
    """A goal begins: a measure is watched, moved or owed from now on, an objective pursued, an initiative begun.

    Attributes:
        goal: The new goal. A key result that comes of a KPI is promoted instead.
    """

    _said = "{0.goal.id} is adopted"

    goal: Goal = attrs.field(validator=is_a(*KINDS))

    def __attrs_post_init__(self) -> None:
        if isinstance(self.goal, KeyResult) and self.goal.origin is not None:
            raise EventDoesNotFit("goal", self.goal.id, f"promoted from {self.goal.origin.kpi}, where it comes of it")


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Proposed(Told):
    """A KPI is proposed to become a key result.

    Attributes:
        kpi: Its id.
    """

    _said = "{0.kpi} is proposed to become a key result"

    kpi: str = attrs.field(validator=is_id)


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Deferred(Told):
    """A KPI that is proposed has to wait: there is enough to do already.

    Attributes:
        kpi: Its id.
    """

    _said = "{0.kpi} has to wait"

    kpi: str = attrs.field(validator=is_id)


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Dropped(Told):
    """A proposal is turned down and the KPI only watched, or a key result is given up.

    Attributes:
        goal: The KPI, or the key result, as it stood.
        learnt: What was learnt on the way, in words; None where nothing is said. It is asked for where a stretch fell
            short, and is no blame.
    """

    _said = "{0.goal.id} is dropped"

    goal: Kpi | KeyResult = attrs.field(validator=is_a(Kpi, KeyResult))
    learnt: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Promoted(Told):
    """A KPI becomes a key result, and stays watched.

    Attributes:
        on: When; not before the day of the proposal.
        key_result: The key result it becomes; its origin names the KPI.
    """

    _said = "{0.kpi} is promoted to {0.key_result.id}"

    key_result: KeyResult = attrs.field(validator=is_a(KeyResult))

    def __attrs_post_init__(self) -> None:
        origin = self.key_result.origin
        if origin is None or origin.on > self.on:
            accepted = f"a key result that came of a KPI until {self.on.isoformat()}: its origin says of which"
            raise EventDoesNotFit("key_result", self.key_result.id, accepted)

    @property
    def kpi(self) -> str:
        """Id of the KPI."""
        return the(Origin, self.key_result.origin, "origin").kpi


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Demoted(Told):
    """A key result closes as graduated, and its measure is only watched again.

    Attributes:
        key_result: The key result as it stood.
        kpi: The KPI that is watched from now on: the one it came of, or a new one where it came of none.
        score: How far the key result had come; None where nobody could say.
    """

    _said = "{0.key_result.id} is demoted to {0.kpi.id}"

    key_result: KeyResult = attrs.field(validator=is_a(KeyResult))
    kpi: Kpi = attrs.field(validator=is_a(Kpi))
    score: Score | None = attrs.field(validator=is_a(Score, type(None)))

    def __attrs_post_init__(self) -> None:
        origin = self.key_result.origin
        if origin is not None and origin.kpi != self.kpi.id:
            raise EventDoesNotFit("kpi", self.kpi.id, f"{origin.kpi}, which the key result came of")
        if self.kpi.measure != self.key_result.measure:
            raise EventDoesNotFit("kpi", self.kpi.id, "a KPI on the measure of the key result")


@attrs.frozen(kw_only=True, cache_hash=True, field_transformer=named)
@readable
class TargetRevised(Told):
    """The target of a key result is changed.

    Attributes:
        on: From when the new one is in force.
        key_result: Its id.
        target: The new one, in the measure's own unit, or as a change from the baseline.
    """

    _said = "the target of {0.key_result} is revised"

    key_result: str = attrs.field(validator=is_id)
    target: Fraction | TargetChange = attrs.field(converter=target_of)


@attrs.frozen(kw_only=True, cache_hash=True, field_transformer=named)
@readable
class BaselineRestated(Told):
    """The baseline of a key result is restated, or found at last.

    Attributes:
        on: From when the new one is in force.
        key_result: Its id.
        baseline: The new one, in the measure's own unit.
    """

    _said = "the baseline of {0.key_result} is restated"

    key_result: str = attrs.field(validator=is_id)
    baseline: Fraction = attrs.field(converter=exact)


@attrs.frozen(kw_only=True, cache_hash=True, field_transformer=named)
@readable
class StandardAmended(Told):
    """The standard of a commit is changed, openly and never backwards.

    Attributes:
        on: When it was decided, and those who are held to it were told.
        commit: Its id.
        standard: What is demanded.
        since: From when that is in force; at once where nothing is said, and never earlier.
        support: What was added to make it possible.

    Raises:
        OutOfTime: It would be in force before it was decided.
    """

    _said = "the standard of {0.commit} becomes {0.standard}"

    commit: str = attrs.field(validator=is_id)
    standard: Standard = attrs.field(validator=is_a(Standard))
    since: dt.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), validator=is_date)
    support: tuple[Support, ...] = attrs.field(default=(), converter=supports)

    def __attrs_post_init__(self) -> None:
        _ = self.amendment

    @property
    def amendment(self) -> Amendment:
        """The amendment that the commit carries from now on."""
        return Amendment(self.on, self.standard, self.reason, since=self.since, support=self.support)


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class ConsentRecorded(Told):
    """Somebody is told that they are held to a commit, or answers.

    No answer is taken away, and one that was given stands.

    Rule: COM-10.

    Attributes:
        on: When they were told, or when they answered.
        commit: Its id.
        who: A person or a team, as the house calls them.
        answer: Agreed or declined; None where they are told, and held to it from now on.
    """

    _said = "{0.who} {0.what_was_said} {0.commit}"

    commit: str = attrs.field(validator=is_id)
    who: str = attrs.field(validator=is_id)
    answer: Response | None = attrs.field(default=None, validator=is_a(Response, type(None)))

    @property
    def what_was_said(self) -> str:
        """Whether they were told or answered, in words."""
        if self.answer is None:
            return "is told of"
        return "agrees to" if self.answer is Response.AGREED else "declines"


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class CapacityChanged(Told):
    """How much there is of what goals take is stated, changed, or taken away.

    Rule: EVT-4.

    Attributes:
        capacity: What there was said to be; None where nothing was said before.
        into: What there is said to be from then on; None where it is taken away, and nobody knows.

    Raises:
        EventDoesNotFit: Nothing is changed, or it is of another resource.
    """

    _said = "{0.what_changed}"

    capacity: Capacity | None = attrs.field(default=None, validator=is_a(Capacity, type(None)))
    into: Capacity | None = attrs.field(default=None, validator=is_a(Capacity, type(None)))

    def __attrs_post_init__(self) -> None:
        if self.into == self.capacity:
            raise EventDoesNotFit("into", self.into, "another capacity than the one before, or none")
        if self.capacity is not None and self.into is not None and self.into.resource != self.capacity.resource:
            accepted = f"{described(self.capacity.resource)}: of another resource it is another event"
            raise EventDoesNotFit(("into", "resource"), self.into.resource, accepted)

    @property
    def what_changed(self) -> str:
        """What is said of how much there is, in words."""
        if self.into is None:
            return f"that there is {self.capacity} is said no longer"
        return f"there is {self.into}" if self.capacity is None else f"there is {self.into}, not {self.capacity}"


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class GoodToKnowChanged(Told):
    """A measure is good to know from now on, and not judged; or it is said otherwise, or looked at no longer.

    Rules: EVT-4, MOD-3.

    Attributes:
        measure: What was looked at; None where it is new.
        into: What is looked at from then on; None where it is looked at no longer.

    Raises:
        EventDoesNotFit: Nothing is changed.
    """

    _said = "{0.what_changed}"

    measure: Measure | None = attrs.field(default=None, validator=is_a(Measure, type(None)))
    into: Measure | None = attrs.field(default=None, validator=is_a(Measure, type(None)))

    def __attrs_post_init__(self) -> None:
        if self.into == self.measure:
            raise EventDoesNotFit("into", self.into, "another measure than the one before, or none")

    @property
    def what_changed(self) -> str:
        """What is good to know, or no longer, in words."""
        match self.measure, self.into:
            case None, Measure(name=name):
                return f"{name} is good to know"
            case Measure(name=before), Measure(name=name) if name != before:
                return f"{name} is good to know, and {before} no longer"
            case Measure(name=name), Measure():
                return f"what is measured as {name}, which is good to know, changes"
            case _:
                return f"{the(Measure, self.measure, 'measure').name} is good to know no longer"


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class BandsChanged(Told):
    """What is healthy for a KPI is changed, from a day on and never before it.

    Attributes:
        on: When it was decided.
        kpi: Its id.
        bands: Which values are healthy.
        since: From when that is in force; at once where nothing is said, and never earlier.

    Raises:
        OutOfTime: It would be in force before it was decided.
    """

    _said = "what is healthy for {0.kpi} changes from {0.since} on"

    kpi: str = attrs.field(validator=is_id)
    bands: HealthBands = attrs.field(validator=is_a(HealthBands))
    since: dt.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), validator=is_date)

    def __attrs_post_init__(self) -> None:
        if self.since < self.on:
            raise OutOfTime("since", self.since, "on or after the day it was decided", goal=self.kpi)


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Rebased(Told):
    """Something else is usual for a KPI, from a day on and never before it: what it is measured against begins anew.

    Attributes:
        on: When it was decided.
        kpi: Its id.
        reference: What is usual from then on.
        since: From when that holds; at once where nothing is said, and never earlier.

    Raises:
        OutOfTime: It would hold before it was decided.
    """

    _said = "since {0.since} something else is usual for {0.kpi}"

    kpi: str = attrs.field(validator=is_id)
    reference: ReferencePeriod = attrs.field(default=FirstReadings(), validator=is_reference)
    since: dt.date = attrs.field(default=attrs.Factory(lambda self: self.on, takes_self=True), validator=is_date)

    def __attrs_post_init__(self) -> None:
        if self.since < self.on:
            raise OutOfTime("since", self.since, "on or after the day it was decided", goal=self.kpi)

    @property
    def rebasing(self) -> Rebasing:
        """The rebasing that the KPI carries from now on."""
        return Rebasing(on=self.since, reason=self.reason, reference=self.reference)


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class DeviationAccepted(Told):
    """That a KPI is not healthy is accepted until a date.

    Attributes:
        on: When; it is accepted from this day on.
        kpi: Its id.
        until: Last day it is accepted.

    Raises:
        OutOfOrder: It would end before it begins.
    """

    _said = "that {0.kpi} is not healthy is accepted until {0.until}"

    kpi: str = attrs.field(validator=is_id)
    until: dt.date = attrs.field(validator=is_date)

    def __attrs_post_init__(self) -> None:
        _ = self.deviation

    @property
    def deviation(self) -> AcceptedDeviation:
        """The deviation that the KPI carries from now on."""
        return AcceptedDeviation(since=self.on, until=self.until, reason=self.reason)


@attrs.frozen(kw_only=True, cache_hash=True, field_transformer=named)
@readable
class DaysExcluded(Told):
    """Some days are agreed not to count, for one goal or for several: maintenance, days of closing, a pause.

    Attributes:
        on: When that was agreed; no verdict about an earlier day knows of it.
        goals: The ids of the KPIs, key results and commits it is agreed for, one or more.
        start: The first of the days.
        end: The last of them.
        cause: What kind of cause it is, where a commit names causes at its declaration; None where none is named.

    Raises:
        NothingGiven: It is agreed for no goal.
        OutOfOrder: The last day lies before the first.
    """

    _said = "from {0.start} to {0.end} does not count for {0.for_whom}"

    goals: tuple[str, ...] = attrs.field(converter=ids)
    start: dt.date = attrs.field(validator=is_date)
    end: dt.date = attrs.field(validator=is_date)
    cause: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))

    def __attrs_post_init__(self) -> None:
        check_any(self.goals)
        _ = self.exclusion

    @property
    def for_whom(self) -> str:
        """The ids of the goals, in words."""
        return ", ".join(self.goals)

    @property
    def exclusion(self) -> Exclusion:
        """The exclusion that the goals carry from now on."""
        return Exclusion(start=self.start, end=self.end, reason=self.reason, agreed_on=self.on, cause=self.cause)


@attrs.frozen(kw_only=True, cache_hash=True, field_transformer=named)
@readable
class PutOnHold(Told):
    """Work on one goal or several rests, and nobody knows yet for how long: from this day on nothing is expected.

    It is agreed when it begins, so that the verdict about a commit stands as it is, and what it would be stands beside.

    Rule: TIME-3.

    Attributes:
        on: From when.
        goals: The ids of the KPIs, key results and commits, one or more.

    Raises:
        NothingGiven: It is said of no goal.
    """

    _said = "{0.for_whom} is put on hold"

    goals: tuple[str, ...] = attrs.field(converter=ids)

    def __attrs_post_init__(self) -> None:
        check_any(self.goals)

    @property
    def for_whom(self) -> str:
        """The ids of the goals, in words."""
        return ", ".join(self.goals)

    @property
    def exclusion(self) -> Exclusion:
        """The exclusion that the goals carry from now on."""
        return Exclusion(start=self.on, end=dt.date.max, reason=self.reason, agreed_on=self.on, is_open=True)


@attrs.frozen(kw_only=True, cache_hash=True, field_transformer=named)
@readable
class Resumed(Told):
    """Work on one goal or several that were on hold goes on: this day counts again.

    Rule: TIME-3.

    Attributes:
        on: From when; after the day on which they were put on hold.
        goals: The ids of the KPIs, key results and commits, one or more.

    Raises:
        NothingGiven: It is said of no goal.
    """

    _said = "{0.for_whom} is resumed"

    goals: tuple[str, ...] = attrs.field(converter=ids)

    def __attrs_post_init__(self) -> None:
        check_any(self.goals)

    @property
    def for_whom(self) -> str:
        """The ids of the goals, in words."""
        return ", ".join(self.goals)


EDITABLE: Final = (
    "owner",
    "definition",
    "serves",
    "weight",
    "rationale",
    "means",
    "title",
    "link_weights",
    "purpose",
    "review_on",
    "guardrails",
    "team",
    "priority",
)
"""The fields an edit may change, of the goals that have them: no verdict about the goal's own past rests on one."""

OF_A_KPI: Final = ("cadence",)
"""What an edit may change of a KPI beside them: when it is expected to be read, and never what it demands."""


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Edited(Told):
    """What is said beside a goal is changed: its owner, links, weights, title, what it means, when it is reviewed.

    No verdict about the goal itself rests on these. How often a KPI is read is edited, too, and then holds for all that
    was read of it. What a goal demands, and how it is judged, changes by an event of its own, or the goal ends and
    another begins.

    Rule: EVT-4.

    Attributes:
        goal: The goal as it stood.
        into: The same goal as it stands from then on.

    Raises:
        EventDoesNotFit: Nothing is changed, it is another goal, or more is changed than an edit may change.
    """

    _said = "{0.goal.id} is edited ({0.changed_fields})"

    goal: Goal = attrs.field(validator=is_a(*KINDS))
    into: Goal = attrs.field(validator=is_a(*KINDS))

    def __attrs_post_init__(self) -> None:
        if type(self.into) is not type(self.goal) or self.into.id != self.goal.id:
            raise EventDoesNotFit("into", self.into.id, f"{self.goal.id} as it stands from then on")
        if not self.changes:
            raise EventDoesNotFit("into", self.into.id, "a goal that differs from the one before", goal=self.goal.id)
        editable = (*EDITABLE, *(OF_A_KPI if isinstance(self.goal, Kpi) else ()))
        for field, _ in self.changes:
            if field not in editable:
                accepted = f"as it was: an edit changes {', '.join(editable)}, and nothing else"
                raise EventDoesNotFit(("into", field), getattr(self.into, field), accepted, goal=self.goal.id)

    @property
    def changes(self) -> tuple[tuple[str, tuple[object, object]], ...]:
        """Each changed field, what it said before and what it says now, in the order of the goal's fields."""
        both = ((field, getattr(self.goal, field), getattr(self.into, field)) for field in _fields_of(self.goal))
        return tuple((field, (before, after)) for field, before, after in both if before != after)

    @property
    def changed_fields(self) -> str:
        """The names of the changed fields, in words."""
        return ", ".join(field for field, _ in self.changes)


def _fields_of(goal: Goal) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(type(goal)))


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class CarriedOver(Told):
    """A goal whose time is over goes on as another: a key result from its new baseline, a commit declared anew.

    Attributes:
        goal: The key result or commit as it stood.
        into: What goes on; it names the one before it.
        learnt: What was learnt on the way, in words; None where nothing is said. It is asked for where a stretch fell
            short, and is no blame.
    """

    _said = "{0.goal.id} goes on as {0.into.id}"

    goal: KeyResult | Commit = attrs.field(validator=is_a(KeyResult, Commit))
    into: KeyResult | Commit = attrs.field(validator=is_a(KeyResult, Commit))
    learnt: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))

    def __attrs_post_init__(self) -> None:
        match self.goal, self.into:
            case KeyResult(id=before, origin=origin), KeyResult(continues=named, origin=kept):
                is_heir = named == before and kept == origin
            case Commit(id=before), Commit(carried_from=named):
                is_heir = named == before
            case _:
                is_heir = False
        if not is_heir:
            raise EventDoesNotFit("into", self.into.id, f"what carries on {self.goal.id}, of its kind, and names it")
        if self.into.measure != self.goal.measure:
            accepted = f"{described(self.goal.measure.name)}, the measure of {self.goal.id}"
            raise EventDoesNotFit(("into", "measure"), self.into.measure.name, accepted, goal=self.into.id)
        if isinstance(self.into, KeyResult) and not goes_on(the(KeyResult, self.goal, "goal").cycle, self.into.cycle):
            raise EventDoesNotFit(("into", "cycle"), self.into.cycle, LATER, goal=self.into.id)


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Retired(Told):
    """A goal is over, or no longer asked about.

    Attributes:
        goal: The goal as it stood. With a KPI made of parts its parts are over; a part alone leaves the others.
        outcome: What came of it, in words; None where nobody has said.
        is_reached: Whether an objective was reached, by its own words and not by what its key results come to; None
            where nobody has said, and of any other goal, whose readings say it.
        learnt: What was learnt on the way, in words; None where nothing is said. It is asked for where a stretch fell
            short, and is no blame.

    Raises:
        EventDoesNotFit: A goal that is no objective is said to be reached, or not.
    """

    _said = "{0.goal.id} is retired"

    goal: Goal = attrs.field(validator=is_a(*KINDS))
    outcome: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    is_reached: bool | None = attrs.field(default=None, validator=is_a(bool, type(None)))
    learnt: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))

    def __attrs_post_init__(self) -> None:
        if self.is_reached is not None and not isinstance(self.goal, Objective):
            accepted = "nothing but of an objective: of any other goal its readings say whether it was reached"
            raise EventDoesNotFit("is_reached", self.is_reached, accepted, goal=self.goal.id)


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class Learnt(Told):
    """What was learnt from a goal that is over is told later than its closing: it changes nothing, and blames nobody.

    Attributes:
        goal: Id of the goal.
        learnt: What was learnt, in words.
    """

    _said = "of {0.goal} was learnt: {0.learnt}"

    goal: str = attrs.field(validator=is_id)
    learnt: str = attrs.field(validator=is_text)


def _is_event(_: EnteredInError, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate: the field holds an event."""
    the_event(value, attribute.name)


@attrs.frozen(kw_only=True, cache_hash=True)
@readable
class EnteredInError(Told):
    """Something that was told never was: the record of it stays, and the goals stand as if it had not been told.

    Rule: EVT-4.

    Attributes:
        event: What was told in error; it may itself be that something was.
    """

    _said = "that {0.event} was entered in error"

    event: Event = attrs.field(validator=_is_event)


Event: TypeAlias = (
    Adopted
    | Proposed
    | Deferred
    | Dropped
    | Promoted
    | Demoted
    | TargetRevised
    | BaselineRestated
    | StandardAmended
    | ConsentRecorded
    | CapacityChanged
    | GoodToKnowChanged
    | BandsChanged
    | Rebased
    | DeviationAccepted
    | DaysExcluded
    | PutOnHold
    | Resumed
    | Edited
    | CarriedOver
    | Retired
    | Learnt
    | EnteredInError
)
"""Anything that may happen to a goal."""


def the_event(given: object, field: str) -> Event:
    """Return *given*, which must be an event."""
    if isinstance(given, Event):
        return given
    raise WrongType(field, given, "an event")


def not_in_error(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return those of *events*, oldest first, that were not entered in error."""
    struck, left = set[Event](), list[Event]()
    for each in reversed(events):
        if each in struck:
            continue
        if isinstance(each, EnteredInError):
            struck.add(each.event)
        left.append(each)
    return tuple(reversed(left))


def in_effect(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return those of *events*, oldest first, that say something about goals and were not entered in error."""
    if not any(isinstance(each, EnteredInError) for each in events):
        return tuple(events)
    return tuple(each for each in not_in_error(events) if not isinstance(each, EnteredInError))


def begun_by(event: Event) -> Goal | None:
    """Return the goal that begins with *event*, which after a demotion may be there already; None where none does."""
    match event:
        case Adopted(goal=begun) | Promoted(key_result=begun) | CarriedOver(into=begun) | Demoted(kpi=begun):
            return begun
        case _:
            return None


def closed_by(event: Event) -> Goal | None:
    """Return the goal that *event* closed, as it stood; None where it closed none."""
    match event:
        case Demoted(key_result=closed):
            return closed
        case Dropped(goal=KeyResult() as closed):
            return closed
        case CarriedOver(goal=closed) | Retired(goal=closed):
            return closed
        case _:
            return None
