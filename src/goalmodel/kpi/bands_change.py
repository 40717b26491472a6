"""What was healthy until when: a change of a KPI's bands, with its day and its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import pairwise
from operator import attrgetter

import attrs

from goalmodel.checks import each_once, is_a, is_date, is_text, the, the_date, the_many
from goalmodel.errors import NothingGiven, WrongType
from goalmodel.kpi.health import HealthBands
from goalmodel.reprs import readable


@attrs.frozen(kw_only=True)
@readable
class BandsChange:
    """That the bands of a KPI were changed.

    Attributes:
        on: The first day of the new bands.
        was: The bands until the day before.
        reason: Why they were changed.
    """

    on: dt.date = attrs.field(validator=is_date)
    was: HealthBands = attrs.field(validator=is_a(HealthBands))
    reason: str = attrs.field(validator=is_text)


def the_changes(given: Iterable[BandsChange], field: str = "value") -> tuple[BandsChange, ...]:
    """Return *given* by date, one a date."""
    accepted = "a date that no other change of the bands has"
    return each_once(the_many(BandsChange, given, field), attrgetter("on"), field, accepted)


def planned(plan: Mapping[dt.date, HealthBands], reason: str) -> tuple[HealthBands, tuple[BandsChange, ...]]:
    """Return the bands after all of a *plan*, and the changes that lead to them: bands from each of its dates on.

    The first bands hold before the first date, too. Dates on which nothing changes are left out.
    """
    if not isinstance(plan, Mapping):
        raise WrongType("plan", plan, "a mapping of dates to HealthBands")
    dated = ((the_date(on, "plan"), the(HealthBands, bands, f"plan[{str(on)!r}]")) for on, bands in plan.items())
    days = sorted(dated, key=_first)
    if not days:
        raise NothingGiven("plan", {}, "bands from one date on, or more")
    changes = [BandsChange(on=on, was=was, reason=reason) for (_, was), (on, bands) in pairwise(days) if bands != was]
    return days[-1][1], tuple(changes)


def _first(dated: tuple[dt.date, HealthBands]) -> dt.date:
    return dated[0]
