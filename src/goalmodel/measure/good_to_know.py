"""What is looked at and not judged: a measure, and what was read of it last."""

from __future__ import annotations

import datetime as dt

import attrs

from goalmodel.checks import is_a, is_date
from goalmodel.measure.figure import figures_known
from goalmodel.measure.measure import Measure
from goalmodel.measure.reading import Absence, Reading
from goalmodel.measure.series import Series
from goalmodel.measure.window import EachReading
from goalmodel.reprs import readable


@attrs.frozen(kw_only=True)
@readable
class GoodToKnow:
    """A measure that is good to know, as known on a date: what was read of it last, and no verdict.

    >>> visits = Measure("visits", unit="visits")
    >>> read = Reading(dt.date(2026, 10, 31), 4_100)
    >>> str(GoodToKnow(measure=visits, as_of=dt.date(2026, 11, 30), latest=read))
    'visits: 4,100 visits on 2026-10-31'

    Rule: MOD-3.

    Attributes:
        measure: What is read.
        as_of: The date.
        latest: What was read last, each reading by itself; the stated absence where that came last, and None where
            nobody ever read it.
    """

    measure: Measure = attrs.field(validator=is_a(Measure))
    as_of: dt.date = attrs.field(validator=is_date)
    latest: Reading | None = attrs.field(validator=is_a(Reading, type(None)))

    @property
    def in_words(self) -> str:
        """What was read last, in words."""
        if self.latest is None:
            return "never read"
        value = self.latest.value
        if isinstance(value, Absence):
            return self.latest.shown()
        known = f"{self.measure.shown(value)} on {self.latest.on.isoformat()}"
        return known if self.measure.can_be(value) else f"{known}, which it cannot be"

    def __str__(self) -> str:
        return f"{self.measure.name}: {self.in_words}"


def good_to_know_on(series: Series, as_of: dt.date) -> GoodToKnow:
    """Return what was known on *as_of* of a measure that is looked at and not judged.

    Rule: MOD-3.
    """
    latest = figures_known(series, EachReading(), as_of).latest(as_of)
    return GoodToKnow(measure=series.measure, as_of=as_of, latest=latest)
