"""May a commit that was not kept have consequences at all? Whoever is held to it was told first, and equipped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import unique
from fractions import Fraction
from operator import attrgetter

import attrs

from goalmodel.checks import Term, are, is_a, is_text, the_many
from goalmodel.commit.standard import Standard
from goalmodel.reasons import Reason, ReasonKind, spell
from goalmodel.reprs import readable

DECLARED_LATE = ReasonKind(
    "commit-declared-late",
    "COM-5",
    "it was declared on {declared_on}, after its time began on {start}",
    {"declared_on": dt.date, "start": dt.date},
)
WAS_A_STRETCH = ReasonKind(
    "commit-was-a-stretch",
    "COM-5",
    "declared on {declared_on}, it made a must of {key_result}, a stretch that ran: a minimum nobody had named",
    {"declared_on": dt.date, "key_result": str},
)
UNSUPPORTED = ReasonKind(
    "commit-unsupported", "COM-5", "nothing is named that supports it: no people, budget or capacity"
)
ANNOUNCED_OTHERWISE = ReasonKind(
    "commit-announced-otherwise",
    "COM-5",
    "those who are held to {standard} were told the standard was {announced}",
    {"standard": Standard, "announced": Standard},
)
PROMISED_TWICE = ReasonKind(
    "commit-promised-twice",
    "COM-11",
    "what it takes of {resource} is promised twice: from {since} to {until} {taken} are taken, and there are {amount}",
    {"resource": str, "since": dt.date, "until": dt.date, "taken": Fraction, "amount": Fraction},
)
NOT_COUNTED = ReasonKind(
    "commit-capacity-unknown",
    "COM-11",
    "it takes {amount} of {resource}, and nobody has said how much there is for all of its time",
    {"amount": Fraction, "resource": str},
)
SPECULATIVE = ReasonKind("commit-speculative", "COM-5", "it was declared as highly speculative")
NOT_OBSERVABLE = ReasonKind(
    "commit-not-observable", "COM-5", "nobody can tell from the readings whether it was kept: {why}", {"why": Reason}
)
NOT_OBSERVED = ReasonKind(
    "commit-not-observed", "COM-5", "there is no reading of {measure} until {as_of}", {"measure": str, "as_of": dt.date}
)


@unique
class SupportKind(Term):
    """What supports a commit."""

    PEOPLE = "people"
    BUDGET = "budget"
    CAPACITY = "capacity"


@attrs.frozen
@readable
class Support:
    """Something that makes a commit possible.

    Attributes:
        kind: People, budget or capacity.
        amount: How much of it, in words: "2 engineers until March".
        is_secured: Whether it is there, and not only hoped for.
    """

    kind: SupportKind = attrs.field(validator=is_a(SupportKind))
    amount: str = attrs.field(validator=is_text)
    is_secured: bool = attrs.field(default=True, validator=is_a(bool), kw_only=True)

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.amount}"


NOT_SECURED = ReasonKind(
    "commit-support-not-secured", "COM-5", "{support} was named as support but is not secured", {"support": Support}
)

_in_stated_order = attrgetter("kind.value", "amount", "is_secured")


def supports(given: Support | Iterable[Support], field: str = "value") -> tuple[Support, ...]:
    """Return one support or several as a tuple, each once, in no order of rank."""
    members = the_many(Support, (given,) if isinstance(given, Support) else given, field)
    return tuple(sorted(set(members), key=_in_stated_order))


@attrs.frozen
@readable
class Accountability:
    """What speaks against consequences for whoever is held to a commit.

    No objection is no permission: whether a miss has consequences is for people to decide, and not for a rule.

    Rule: COM-5.

    Attributes:
        objections: Every reason against; none where there is none.
    """

    objections: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return spell(self.objections) if self.objections else "no objection"
