"""How a standard may change: openly, dated, with a reason, and never backwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import unique
from itertools import pairwise
from operator import attrgetter
from typing import TypeAlias

import attrs

from goalmodel.checks import Term, is_a, is_date, is_text, named, the, the_many
from goalmodel.commit.accountable import Support, supports
from goalmodel.commit.standard import Standard
from goalmodel.errors import GivenTwice, OutOfTime
from goalmodel.reasons import ReasonKind
from goalmodel.reprs import readable


@unique
class StandardChange(Term):
    """What an amendment did to a standard."""

    RAISED = "raised"
    LOWERED = "lowered"
    MOVED = "moved"


AMENDED_UNSUPPORTED = ReasonKind(
    "commit-amended-unsupported",
    "COM-5",
    "on {on} the standard was {change} from {before} to {after}, and nothing secured was added to support it",
    {"on": dt.date, "change": StandardChange, "before": Standard, "after": Standard},
)


@attrs.frozen(field_transformer=named)
@readable
class Amendment:
    """A change of a commit's standard.

    >>> Amendment(dt.date(2026, 10, 15), Standard.at_least(99.5), "the provider lowered its own guarantee").since
    datetime.date(2026, 10, 15)

    Attributes:
        on: When it was made, and those who are held to the commit were told.
        standard: What is demanded from then on.
        reason: Why, in words.
        since: From when it is in force; the day it was made where nothing is said, and never earlier.
        support: What was added to make it possible; each once, in no order of rank.
    """

    on: dt.date = attrs.field(validator=is_date)
    standard: Standard = attrs.field(validator=is_a(Standard))
    reason: str = attrs.field(validator=is_text)
    since: dt.date = attrs.field(
        default=attrs.Factory(lambda self: self.on, takes_self=True), validator=is_date, kw_only=True
    )
    support: tuple[Support, ...] = attrs.field(default=(), converter=supports, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.since < self.on:
            raise OutOfTime("since", self.since, "on or after the day of the amendment: no amendment reaches back")


def change_of(before: Standard, after: Standard) -> StandardChange:
    """Return whether *after* demands more than *before*, less, or something else.

    Raised is what fewer values meet, all of which met it before; lowered is the reverse. A standard may be raised at
    one end and lowered at the other: it is moved.

    >>> change_of(Standard.at_least(95), Standard.at_least(99)), change_of(Standard.at_most(5), Standard.at_most(7))
    (<StandardChange.RAISED: 'raised'>, <StandardChange.LOWERED: 'lowered'>)

    Args:
        before: The standard that was in force.
        after: Another one.
    """
    if the(Standard, before, "before").contains(the(Standard, after, "after")):
        return StandardChange.RAISED
    return StandardChange.LOWERED if after.contains(before) else StandardChange.MOVED


DatedStandard: TypeAlias = tuple[dt.date, Standard]
"""From when, and which standard."""


def in_force(standards: tuple[DatedStandard, ...], on: dt.date) -> Standard:
    """Return which of *standards*, oldest first, was in force on the day; before the first, that is the first.

    Rule: COM-6.
    """
    return next((standard for since, standard in reversed(standards) if since <= on), standards[0][1])


def ever_in_force(standards: tuple[DatedStandard, ...]) -> tuple[DatedStandard, ...]:
    """Return those of *standards*, oldest first, that were in force on some day.

    Of those that came into force on one day it is the last one alone: it superseded the others before anybody could
    meet them.

    Rule: COM-6.
    """
    return tuple(dict(standards).items())


def in_force_between(standards: tuple[DatedStandard, ...], first: dt.date, last: dt.date) -> tuple[Standard, ...]:
    """Return all of *standards*, oldest first, that were in force on some day from *first* to *last*."""
    later = (standard for since, standard in ever_in_force(standards) if first < since <= last)
    return (in_force(standards, first), *later)


_by_force = attrgetter("since", "on")


def amendments(given: Amendment | Iterable[Amendment], field: str = "value") -> tuple[Amendment, ...]:
    """Return one amendment or several as a tuple, by the day they came into force, then by the day they were made."""
    members = the_many(Amendment, (given,) if isinstance(given, Amendment) else given, field)
    ordered = tuple(sorted(members, key=_by_force))
    for earlier, later in pairwise(ordered):
        if _by_force(earlier) == _by_force(later):
            raise GivenTwice(field, later.on, "one amendment a day")
    return ordered
