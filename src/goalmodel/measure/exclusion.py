"""Time that was agreed not to count: it leaves the whole, and what is expected waits for it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import accumulate
from typing import Final, final

import attrs

from goalmodel.checks import is_a, is_date, is_id, is_text, the_count, the_date, the_many
from goalmodel.errors import OutOfOrder
from goalmodel.measure.cadence import Cadence, shifted
from goalmodel.measure.cycle import Cycle
from goalmodel.measure.series import Series
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable

NOT_COUNTED = ReasonKind(
    "time-not-counted",
    "TIME-3",
    "from {start} to {end} does not count, as agreed on {agreed_on}: {reason}",
    {"start": dt.date, "end": dt.date, "agreed_on": dt.date, "reason": str},
)
AGREED_TOO_LATE = ReasonKind(
    "time-agreed-too-late",
    "TIME-3",
    "that from {start} to {end} does not count was agreed on {agreed_on}, too late to move the verdict: {reason}",
    {"start": dt.date, "end": dt.date, "agreed_on": dt.date, "reason": str},
)


@attrs.frozen(kw_only=True)
@readable
class Exclusion:
    """Days that were agreed not to count: maintenance, a strike, the weeks in which the shop is closed.

    >>> Exclusion(
    ...     start=dt.date(2026, 8, 1), end=dt.date(2026, 8, 31), reason="closed", agreed_on=dt.date(2026, 5, 2)
    ... ).is_agreed_in_time()
    True

    Attributes:
        start: The first of the days.
        end: The last of them.
        reason: Why they do not count.
        agreed_on: When that was agreed; no verdict about an earlier day knows of it.
        cause: What kind of cause it is, where a commit names causes at its declaration; None where none is named.
        is_open: Whether nobody knew beforehand when it would end, as while a goal is on hold: on each of its days it
            lasts until that day.
    """

    start: dt.date = attrs.field(validator=is_date)
    end: dt.date = attrs.field(validator=is_date)
    reason: str = attrs.field(validator=is_text)
    agreed_on: dt.date = attrs.field(validator=is_date)
    cause: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    is_open: bool = attrs.field(default=False, validator=is_a(bool))

    def __attrs_post_init__(self) -> None:
        if self.end < self.start:
            raise OutOfOrder("end", self.end, f"{self.start.isoformat()}, the first day, or later")

    def is_agreed_in_time(self, notice_days: int = 0) -> bool:
        """Return whether it was agreed before its own first day, and by so many days of notice.

        Rule: TIME-3.
        """
        return (self.start - self.agreed_on).days >= max(the_count(notice_days, "notice_days"), 1)

    def as_known(self, as_of: dt.date) -> Exclusion | None:
        """Return what of it was known on a day: without the end that nobody knew yet; None before it was agreed."""
        if the_date(as_of, "as_of") < self.agreed_on or (self.is_open and as_of < self.start):
            return None
        return attrs.evolve(self, end=min(self.end, as_of), is_open=False) if self.is_open else self

    def __str__(self) -> str:
        last = "on" if self.is_open and self.end == dt.date.max else f"to {self.end.isoformat()}"
        return f"{self.start.isoformat()} {last} do not count: {self.reason}"


def why_excluded(exclusion: Exclusion, kind: ReasonKind = NOT_COUNTED) -> Reason:
    """Return the reason of that *kind* which names an exclusion."""
    return kind.because(
        start=exclusion.start, end=exclusion.end, agreed_on=exclusion.agreed_on, reason=exclusion.reason
    )


def the_exclusions(given: Iterable[Exclusion] | Exclusion, field: str = "value") -> tuple[Exclusion, ...]:
    """Return *given*, one or several, by their first days, each once."""
    several = (given,) if isinstance(given, Exclusion) else the_many(Exclusion, given, field)
    return tuple(sorted(set(several), key=_place))


def _place(each: Exclusion) -> tuple[dt.date, dt.date, dt.date, str, str, bool]:
    return each.start, each.end, each.agreed_on, each.reason, each.cause or "", each.is_open


def agreed_by(exclusions: tuple[Exclusion, ...], as_of: dt.date) -> tuple[Exclusion, ...]:
    """Return those that were agreed until a day, as they were known on it."""
    if not exclusions or all(each.agreed_on <= as_of and not each.is_open for each in exclusions):
        return exclusions
    return tuple(known for each in exclusions if (known := each.as_known(as_of)) is not None)


@final
class ExcludedDays:
    """The days of some exclusions, each once, so that any stretch of time can be asked how many of them it holds."""

    __slots__ = ("_before", "_ends", "_starts")

    def __init__(self, exclusions: Iterable[Exclusion]) -> None:
        spans: list[tuple[int, int]] = []
        for start, end in sorted((each.start.toordinal(), each.end.toordinal()) for each in exclusions):
            if spans and start <= spans[-1][1] + 1:
                spans[-1] = spans[-1][0], max(end, spans[-1][1])
            else:
                spans.append((start, end))
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._before = list(accumulate((end - start + 1 for start, end in spans), initial=0))

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __contains__(self, day: dt.date) -> bool:
        at = bisect_right(self._starts, day.toordinal()) - 1
        return at >= 0 and day.toordinal() <= self._ends[at]

    def until(self, ordinal: int) -> int:
        """Return how many of the days lie on a day, by its ordinal, or before."""
        at = bisect_right(self._starts, ordinal)
        return self._before[at] - (max(self._ends[at - 1] - ordinal, 0) if at else 0)

    def between(self, after: dt.date, until: dt.date) -> int:
        """Return how many of the days lie after one day and until another, that one included."""
        return self.until(until.toordinal()) - self.until(after.toordinal()) if after < until else 0

    def counted(self, first: dt.date, last: dt.date) -> int:
        """Return how many days from *first* to *last*, both included, count."""
        if last < first:
            return 0
        return (
            last.toordinal()
            - first.toordinal()
            + 1
            - (self.until(last.toordinal()) - self.until(first.toordinal() - 1))
        )

    def last(self, day: dt.date, after: dt.date) -> dt.date:
        """Return the last day on which no more days that count are over since *after* than lie between it and *day*."""
        ordinal, begun = day.toordinal(), after.toordinal()
        for start, end in zip(self._starts, self._ends, strict=True):
            if end <= begun:
                continue
            if max(start, begun + 1) > ordinal + 1:
                break
            ordinal += end - max(start, begun + 1) + 1
        return dt.date.fromordinal(min(ordinal, dt.date.max.toordinal()))

    def spans(self) -> Iterator[tuple[dt.date, dt.date]]:
        """Return the first and the last day of each stretch of them, oldest first."""
        for start, end in zip(self._starts, self._ends, strict=True):
            yield dt.date.fromordinal(start), dt.date.fromordinal(end)


NO_DAYS: Final = ExcludedDays(())
"""Every day counts."""


def excluded_days(agreed: tuple[Exclusion, ...]) -> ExcludedDays:
    """Return the days of what was agreed not to count."""
    return ExcludedDays(agreed) if agreed else NO_DAYS


def without(series: Series, excluded: ExcludedDays) -> Series:
    """Return the readings of *series* that are about days that count; all of them where each does."""
    if not excluded:
        return series
    kept = tuple(reading for reading in series.readings if reading.on not in excluded)
    return series if len(kept) == len(series.readings) else attrs.evolve(series, readings=kept)


@final
class PausedCadence:
    """How often a reading is expected where some days do not count: none that falls due in them, and grace waits.

    It answers what a `Cadence` does.
    """

    __slots__ = ("_cadence", "_excluded")

    def __init__(self, cadence: Cadence, excluded: ExcludedDays) -> None:
        self._cadence = cadence
        self._excluded = excluded

    def due(self, anchor: dt.date, periods: int = 1) -> dt.date:
        """Return the date so many *periods* after *anchor*, of the dates that count."""
        steps = periods
        for start, end in self._excluded.spans():
            if end > anchor and self._cadence.due(anchor, steps) >= start:
                steps += self._within(anchor, start, end)
        return self._cadence.due(anchor, steps)

    def stale_after(self, last: dt.date, periods: int = 1) -> dt.date:
        """Return the last day on which a reading of *last* still counts as fresh."""
        return self._until(last, periods, self._cadence.late_days)

    def before(self, on: dt.date) -> dt.date:
        """Return the day one period before *on*."""
        return self._cadence.before(on)

    def expected(self, last: dt.date, until: dt.date) -> int:
        """Return how many readings after *last* fall due on *until* or before."""
        left_out = sum(
            self._within(last, start, min(end, until)) for start, end in self._excluded.spans() if start <= until
        )
        return self._cadence.expected(last, until) - left_out

    def overdue(self, last: dt.date, as_of: dt.date) -> int:
        """Return how many readings after *last* should have come by now."""
        return self._over(last, as_of, self._cadence.late_days)

    def missing_between(self, earlier: dt.date, later: dt.date) -> int:
        """Return how many readings are missing between two."""
        return self._over(earlier, later, self._cadence.grace_days)

    def surely_within(self, periods: int) -> int:
        """Return within how many days of a reading fewer than *periods* more are overdue."""
        return self._cadence.surely_within(periods)

    def _within(self, anchor: dt.date, start: dt.date, end: dt.date) -> int:
        """Return how many dates behind *anchor* lie between two days, both included."""
        eve = max(start.toordinal() - 1, 1)
        return self._cadence.expected(anchor, end) - self._cadence.expected(anchor, dt.date.fromordinal(eve))

    def _until(self, last: dt.date, periods: int, late_days: int) -> dt.date:
        due = self.due(last, periods)
        return self._excluded.last(shifted(due, late_days), due)

    def _over(self, last: dt.date, as_of: dt.date, late_days: int) -> int:
        """Return how many readings after *last* were to come before *as_of*, with so many days to be late."""
        none, most = 0, self.expected(last, as_of)
        while none < most:
            middle = (none + most + 1) // 2
            if self._until(last, middle, late_days) < as_of:
                none = middle
            else:
                most = middle - 1
        return none


Expectation = Cadence | PausedCadence
"""How often a reading is expected."""


def paused(cadence: Cadence | None, excluded: ExcludedDays) -> Expectation | None:
    """Return *cadence* as it is where some days do not count."""
    return cadence if cadence is None or not excluded else PausedCadence(cadence, excluded)


@attrs.frozen
class PausedCycle(Cycle):
    """A cycle some of whose days do not count: while they last nothing is expected to move."""

    excluded: ExcludedDays = attrs.field(default=NO_DAYS, eq=False, repr=False)

    @property
    def days(self) -> int:
        """Number of days in the cycle that count; at least one, so that there is a share of them."""
        return max(self.excluded.counted(self.start, self.end), 1)

    def elapsed(self, as_of: dt.date) -> Fraction:
        """Return the share of the days that count that are over at the end of day *as_of*."""
        if the_date(as_of, "as_of") >= self.end:
            return Fraction(1)
        return Fraction(self.excluded.counted(self.start, as_of), self.days)


def paused_cycle(cycle: Cycle, exclusions: tuple[Exclusion, ...]) -> Cycle:
    """Return *cycle* without the days that do not count."""
    return PausedCycle(cycle.start, cycle.end, ExcludedDays(exclusions)) if exclusions else cycle
