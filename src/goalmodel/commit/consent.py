"""Who is held to a commit, when they were told, and what they answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import unique
from operator import attrgetter

import attrs

from goalmodel.checks import Term, each_once, is_a, is_date, is_id, the_date, the_many
from goalmodel.errors import NothingGiven, OutOfOrder
from goalmodel.reasons import ReasonKind
from goalmodel.reprs import readable


@unique
class Response(Term):
    """What somebody said who was told that they are held to a commit."""

    AGREED = "agreed"
    DECLINED = "declined"


@attrs.frozen(kw_only=True)
@readable
class Consent:
    """Somebody who is held to a commit, and what they answered.

    >>> str(Consent(who="the night shift", told_on=dt.date(2026, 9, 1)))
    'the night shift, told on 2026-09-01: no answer yet'

    Attributes:
        who: A person or a team, as the house calls them.
        told_on: When they were told.
        answer: Agreed or declined; None while there is no answer.
        answered_on: When they answered; None while they have not.
    """

    who: str = attrs.field(validator=is_id)
    told_on: dt.date = attrs.field(validator=is_date)
    answer: Response | None = attrs.field(default=None, validator=is_a(Response, type(None)))
    answered_on: dt.date | None = attrs.field(default=None, validator=attrs.validators.optional(is_date))

    def __attrs_post_init__(self) -> None:
        if (self.answer is None) != (self.answered_on is None):
            missing = "answer" if self.answer is None else "answered_on"
            raise NothingGiven(missing, None, "an answer and its day, or neither")
        if self.answered_on is not None and self.answered_on < self.told_on:
            raise OutOfOrder(
                "answered_on", self.answered_on, f"{self.told_on.isoformat()}, the day of telling, or later"
            )

    def known_on(self, day: dt.date) -> Consent:
        """Return it without an answer that came after *day*."""
        the_date(day, "day")
        is_known = self.answered_on is None or self.answered_on <= day
        return self if is_known else attrs.evolve(self, answer=None, answered_on=None)

    def __str__(self) -> str:
        said = "no answer yet" if self.answer is None else f"{self.answer.value} on {self.answered_on}"
        return f"{self.who}, told on {self.told_on.isoformat()}: {said}"


DECLINED = ReasonKind("commit-declined", "COM-10", "{who} declined it on {on}", {"who": str, "on": dt.date})
NOT_ANSWERED = ReasonKind(
    "commit-not-answered",
    "COM-10",
    "{who} is held to it, was told on {told_on} and has not answered",
    {"who": str, "told_on": dt.date},
)
TOLD_LATE = ReasonKind(
    "commit-told-late",
    "COM-10",
    "{who} was told on {told_on}, after its time began on {start}",
    {"who": str, "told_on": dt.date, "start": dt.date},
)
NOBODY_AGREED = ReasonKind(
    "commit-nobody-agreed",
    "COM-10",
    "a consequence was stated, and nobody who is held to it has agreed: {consequence}",
    {"consequence": str},
)


_who = attrgetter("who")


def consents(given: Consent | Iterable[Consent], field: str = "value") -> tuple[Consent, ...]:
    """Return one consent or several as a tuple, one a name, by name."""
    members = the_many(Consent, (given,) if isinstance(given, Consent) else given, field)
    return each_once(members, _who, field, "each who is held to it once, with the latest answer")
