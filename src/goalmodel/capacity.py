"""Floor 2: what there is of people, budget or hours, and what a commit or an initiative takes of it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from operator import attrgetter

import attrs

from goalmodel.checks import each_once, is_a, is_id, named, positive, the_many
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number, exact
from goalmodel.measure import Cycle
from goalmodel.reprs import readable
from goalmodel.showing import shown


def _amount(value: Number, field: str = "value") -> Fraction:
    """Return *value* exactly: none or some."""
    amount = exact(value, field)
    if amount < 0:
        raise OutOfBounds(field, value, "0 or more")
    return amount


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Capacity:
    """How much there is of something that goals take: people, budget, hours.

    >>> str(Capacity(resource="engineers", amount=5))
    'engineers: 5 at any time'
    >>> str(Capacity(resource="budget", amount=120_000, period=Cycle.year(2026), is_used_up=True))
    'budget: 120,000 for 2026-01-01 to 2026-12-31'

    Rule: COM-11.

    Attributes:
        resource: What it is, as the house calls it.
        amount: How much there is, in whatever unit the house counts it; 0 or more.
        period: When it is there; None where it always is.
        is_used_up: Whether what one takes is gone, as money is, so that there is so much for all of the period. People
            are there again when one is done: there are so many at any time of it.
    """

    resource: str = attrs.field(validator=is_id)
    amount: Fraction = attrs.field(converter=_amount)
    period: Cycle | None = attrs.field(default=None, validator=is_a(Cycle, type(None)))
    is_used_up: bool = attrs.field(default=False, validator=is_a(bool))

    def __str__(self) -> str:
        when = "all times" if self.period is None else f"{self.period.start} to {self.period.end}"
        how = f"for {when}" if self.is_used_up else "at any time" + ("" if self.period is None else f", {when}")
        return f"{self.resource}: {shown(self.amount)} {how}"


@attrs.frozen(field_transformer=named)
@readable
class Take:
    """How much of something a commit or an initiative takes, over its own time.

    >>> str(Take("engineers", 2))
    'engineers: 2'

    Attributes:
        resource: What it is, as the capacity calls it.
        amount: How much, above 0, in the unit of the capacity: at any time of it, or where it is used up, in all.
    """

    resource: str = attrs.field(validator=is_id)
    amount: Fraction = attrs.field(converter=positive)

    def __str__(self) -> str:
        return f"{self.resource}: {shown(self.amount)}"


_its_resource = attrgetter("resource")


def takes_of(given: Take | Iterable[Take], field: str = "value") -> tuple[Take, ...]:
    """Return one take or several as a tuple, one a resource, by resource."""
    members = the_many(Take, (given,) if isinstance(given, Take) else given, field)
    return each_once(members, _its_resource, field, "each resource once, with all that is taken of it")
