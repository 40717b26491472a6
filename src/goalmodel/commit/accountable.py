"""May a commit that was not kept have consequences at all? Whoever is held to it was told first, and equipped."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique
from operator import attrgetter

import attrs

from goalmodel.checks import are, is_a, is_text, the_many
from goalmodel.reasons import Reason, ReasonKind

DECLARED_LATE = ReasonKind(
    "commit-declared-late", "COM-5", "it was declared on {declared_on}, after its time began on {start}"
)
UNSUPPORTED = ReasonKind(
    "commit-unsupported", "COM-5", "nothing is named that supports it: no people, budget or capacity"
)
NOT_SECURED = ReasonKind("commit-support-not-secured", "COM-5", "{support} was named as support but is not secured")
ANNOUNCED_OTHERWISE = ReasonKind(
    "commit-announced-otherwise", "COM-5", "those who are held to {standard} were told the standard was {announced}"
)
AMENDED_UNSUPPORTED = ReasonKind(
    "commit-amended-unsupported",
    "COM-5",
    "on {on} the standard was {change} from {before} to {after}, and nothing secured was added to support it",
)
SPECULATIVE = ReasonKind("commit-speculative", "COM-5", "it was declared as highly speculative")


@unique
class SupportKind(StrEnum):
    """What supports a commit."""

    PEOPLE = "people"
    BUDGET = "budget"
    CAPACITY = "capacity"


@attrs.frozen
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


_in_stated_order = attrgetter("kind.value", "amount", "is_secured")


def supports(given: Support | Iterable[Support]) -> tuple[Support, ...]:
    """Return one support or several as a tuple, each once, in no order of rank."""
    members = the_many(Support, (given,) if isinstance(given, Support) else given, "support")
    return tuple(sorted(set(members), key=_in_stated_order))


@attrs.frozen
class Accountability:
    """Whether a commit can carry consequences.

    Rule: COM-5.

    Attributes:
        against: Every reason why it can't; none where it can.
    """

    against: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    @property
    def may_have_consequences(self) -> bool:
        """Whether nothing speaks against holding somebody to it."""
        return not self.against
