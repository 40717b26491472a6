"""A known deviation that people have accepted, for a reason and until a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from goalmodel.checks import is_date, is_text, the_date, the_many
from goalmodel.errors import OutOfOrder
from goalmodel.reasons import ReasonKind
from goalmodel.reprs import readable

ACCEPTED = ReasonKind(
    "kpi-deviation-accepted",
    "KPI-6",
    "it is known and accepted until {until}: {reason}",
    {"until": dt.date, "reason": str},
)
EXPIRED = ReasonKind(
    "kpi-deviation-expired",
    "KPI-6",
    "it was accepted until {until} and is no longer: {reason}",
    {"until": dt.date, "reason": str},
)


@attrs.frozen(kw_only=True)
@readable
class AcceptedDeviation:
    """That a KPI is not healthy is known and accepted, from a date until a date, for a reason.

    It changes no verdict: health stays what it is, and is reported as accepted. It expires by itself.

    Rule: KPI-6.

    >>> moving = AcceptedDeviation(since=date(2026, 10, 1), until=date(2026, 12, 31), reason="the office moves")
    >>> moving.holds(date(2026, 12, 31)), moving.holds(date(2027, 1, 1))
    (True, False)

    Attributes:
        since: First day it is accepted.
        until: Last day it is accepted.
        reason: Why, in words.
    """

    since: dt.date = attrs.field(validator=is_date)
    until: dt.date = attrs.field(validator=is_date)
    reason: str = attrs.field(validator=is_text)

    def __attrs_post_init__(self) -> None:
        if self.until < self.since:
            raise OutOfOrder("until", self.until, "on or after the start")

    def holds(self, as_of: dt.date) -> bool:
        """Return whether the deviation is accepted on *as_of*."""
        return self.since <= the_date(as_of, "as_of") <= self.until


def the_deviations(
    given: AcceptedDeviation | Iterable[AcceptedDeviation], field: str = "value"
) -> tuple[AcceptedDeviation, ...]:
    """Return *given*, one deviation or several, each once, by date."""
    members = (given,) if isinstance(given, AcceptedDeviation) else given
    return tuple(sorted(set(the_many(AcceptedDeviation, members, field)), key=_by_date))


def accepted(deviations: Iterable[AcceptedDeviation], as_of: dt.date) -> AcceptedDeviation | None:
    """Return the deviation that is accepted on *as_of*, of several the one that is for longest; None where none is."""
    return max((each for each in deviations if each.holds(as_of)), key=_by_end, default=None)


def expired(deviations: Iterable[AcceptedDeviation], as_of: dt.date) -> AcceptedDeviation | None:
    """Return the deviation whose acceptance ended last before *as_of*; None where none did."""
    return max((each for each in deviations if each.until < as_of), key=_by_end, default=None)


def _by_date(deviation: AcceptedDeviation) -> tuple[dt.date, dt.date, str]:
    return deviation.since, deviation.until, deviation.reason


def _by_end(deviation: AcceptedDeviation) -> tuple[dt.date, dt.date, str]:
    return deviation.until, deviation.since, deviation.reason
