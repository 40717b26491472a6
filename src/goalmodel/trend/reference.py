"""Which readings say what is usual: a reference that is locked and explicit, and moved only by a dated act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from operator import attrgetter
from typing import Any, Final, TypeAlias

import attrs

from goalmodel.checks import each_once, is_count, is_date, is_text, the_many
from goalmodel.errors import OutOfOrder, WrongType
from goalmodel.reprs import readable
from goalmodel.trend.limits import ProcessLimits


@attrs.frozen
@readable
class FirstReadings:
    """A reference locked on the first readings of the series, or after rebasing on the first ones from then on.

    Source: 12 readings, and 6 for limits on trial, after Wheeler, "Understanding Variation" (1993).

    Attributes:
        count: Readings in the full reference.
        trial_from: With so many it may be used, and is marked as on trial.
    """

    count: int = attrs.field(default=12, validator=is_count(2))
    trial_from: int = attrs.field(default=6, validator=is_count(2))

    def __attrs_post_init__(self) -> None:
        if self.trial_from > self.count:
            raise OutOfOrder("trial_from", self.trial_from, "at most the number of readings of the full reference")


@attrs.frozen
@readable
class ReferenceWindow:
    """A reference locked on the readings of a stated window.

    Attributes:
        start: First day of the window.
        end: Last day of the window, inside it. Until then the reference is on trial.
        count: Readings that make it a full reference, at least 2.
        trial_from: With so many it may be used, and is marked as on trial.

    Raises:
        OutOfOrder: *end* is before *start*.
        OutOfOrder: *trial_from* is more than *count*.
    """

    start: dt.date = attrs.field(validator=is_date)
    end: dt.date = attrs.field(validator=is_date)
    count: int = attrs.field(default=12, validator=is_count(2), kw_only=True)
    trial_from: int = attrs.field(default=6, validator=is_count(2), kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.end < self.start:
            raise OutOfOrder("end", self.end, "on or after the start")
        if self.trial_from > self.count:
            raise OutOfOrder("trial_from", self.trial_from, "at most the number of readings of the full reference")


_OF_READINGS: Final = (FirstReadings, ReferenceWindow)

ReferencePeriod: TypeAlias = FirstReadings | ReferenceWindow | ProcessLimits
"""What is usual: by the first readings, by those of a window, or as stated."""


def the_reference(given: object, field: str) -> ReferencePeriod:
    """Return *given*, which must be a reference."""
    if isinstance(given, FirstReadings | ReferenceWindow | ProcessLimits):
        return given
    raise WrongType(field, given, "a FirstReadings, a Window or ProcessLimits")


def is_reference(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate: the field holds a reference."""
    the_reference(value, attribute.name)


@attrs.frozen(kw_only=True)
@readable
class Rebasing:
    """From a date on something else is usual, and a reason says why: a process was changed, not merely a bad year.

    Trend rules judge the readings from that date on; a judgement as of an earlier date knows nothing of it.

    Attributes:
        on: From when the new reference holds; its first readings are counted from here.
        reason: Why, in words.
        reference: What is usual from then on.
    """

    on: dt.date = attrs.field(validator=is_date)
    reason: str = attrs.field(validator=is_text)
    reference: ReferencePeriod = attrs.field(default=FirstReadings(), validator=is_reference)


def the_rebasings(given: Iterable[Rebasing], field: str = "value") -> tuple[Rebasing, ...]:
    """Return *given* by date, one a date."""
    accepted = "a date that no other reading of the series has"
    return each_once(the_many(Rebasing, given, field), attrgetter("on"), field, accepted)


def least_readings(reference: ReferencePeriod, *, takes_trial: bool) -> int:
    """Return how many readings *reference* must have before a rule uses it, on trial where the rule takes that."""
    if isinstance(reference, _OF_READINGS):
        return reference.trial_from if takes_trial else reference.count
    the_reference(reference, "reference")
    return 0


def in_force(rebasings: Iterable[Rebasing], as_of: dt.date) -> Rebasing | None:
    """Return the latest of *rebasings* by *as_of*; None where there is none yet."""
    return max((each for each in rebasings if each.on <= as_of), key=lambda each: each.on, default=None)
