"""The readings that count for a commit, and what was demanded of them: all that a verdict rests on, on any day."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import Final, NamedTuple, TypeAlias, final

from goalmodel.commit.amendment import DatedStandard, ever_in_force, in_force, in_force_between
from goalmodel.commit.standard import Standard
from goalmodel.commit.weighed import Weighed
from goalmodel.measure import (
    Aggregation,
    Cycle,
    EachPeriod,
    EachReading,
    Figure,
    LastDays,
    LastMonths,
    Reading,
    Series,
    StatedPeriods,
    ToDate,
    Window,
    figures,
)
from goalmodel.measure.aggregation import combined, still_possible
from goalmodel.measure.enough import NOTHING_ASKED, FigurePolicy
from goalmodel.measure.exclusion import NO_DAYS, ExcludedDays, Expectation
from goalmodel.measure.figure import (
    JudgedFigures,
    figure_so_far,
    figures_each_day,
    judged_so,
    possible_values,
    running,
    told_apart,
)
from goalmodel.measure.reading import computed_reading
from goalmodel.measure.row import Dated, Row, Whole
from goalmodel.measure.window import first_whole, first_whole_end
from goalmodel.reasons import Reason


class _Ends(NamedTuple):
    """The ends of a standard, in the parts of the readings."""

    low: Whole | None
    high: Whole | None
    beside: Whole
    """How far a value is short that lies on an end which does not belong to it: less than any other."""

    is_low_open: bool
    is_high_open: bool


_HALF_A_PART: Final = Fraction(1, 2)
_TRACE: Final = Fraction(1, 10**2_001)
"""Two numbers of a thousand digits lie further apart."""

_Leader: TypeAlias = tuple[Whole, int]
"""How far the reading with a number is short, signed so that the least leads; of those alike the first one does."""


@final
class Observed:
    """The readings from a day until the due date, by number, and how they meet standards that may be amended.

    Each reading is weighed once, however many days are asked about; no day sees what came after it. What is short is
    compared in whole numbers: in parts so fine that all readings and all ends of the standards are whole.

    Args:
        read: The readings, those outside the time as well.
        window: Over what time they come to the figures that count; of those none rests on a reading before *since*.
        since: First day whose reading counts.
        due: Last day whose reading counts.
        standards: Each standard with the day it came into force, oldest first.
        cadence: How often a reading is expected; None where nothing is.
        excluded: The days that do not count; nothing was read in them.
        figure_policy: How much a figure has to rest on to be judged: each of them, or the whole.
        is_whole: Whether what is judged is what all readings add up or are pooled to.
    """

    def __init__(
        self,
        read: Series,
        *,
        since: dt.date,
        due: dt.date,
        standards: tuple[DatedStandard, ...],
        cadence: Expectation | None,
        window: Window,
        excluded: ExcludedDays = NO_DAYS,
        figure_policy: FigurePolicy = NOTHING_ASKED,
        is_whole: bool = False,
    ) -> None:
        self.excluded: ExcludedDays = excluded
        self.figure_policy: FigurePolicy = figure_policy
        self.is_whole: bool = is_whole
        self.due: dt.date = due
        self.standards: tuple[DatedStandard, ...] = ever_in_force(standards)
        self.cadence: Expectation | None = cadence
        self.window: Window = window
        self._begun = since
        self._read = read if isinstance(window, EachReading) else read.between(first_whole(window, since), due)
        self._first_end = first_whole_end(window, since, due) if isinstance(window, LastDays | LastMonths) else None
        self.since: dt.date = self._first_end or since
        self._view = self._judged.series.view
        self._first = self._view.row.before(self.since)
        self._closest: dict[int, list[_Leader]] = {}
        self._stages: dict[DatedStandard, Observed] = {}

    def under(self, standards: tuple[DatedStandard, ...], *, due: dt.date | None = None) -> Observed:
        """Return the same readings under other standards, to be met by another day where one is said."""
        return Observed(
            self._read,
            since=self._begun,
            due=due or self.due,
            standards=standards,
            cadence=self.cadence,
            window=self.window,
            excluded=self.excluded,
            figure_policy=self.figure_policy,
            is_whole=self.is_whole,
        )

    def stage(self, by: dt.date, standard: Standard) -> Observed:
        """Return the same readings with one standard, to be met by an earlier day."""
        if (by, standard) not in self._stages:
            self._stages[by, standard] = self.under(((self.standards[0][0], standard),), due=by)
        return self._stages[by, standard]

    @property
    def _asked_of_each(self) -> FigurePolicy:
        return NOTHING_ASKED if self.is_whole else self.figure_policy

    @cached_property
    def _judged(self) -> JudgedFigures:
        """What is held against the standards: of what rolls the figure of each day whose whole time counts."""
        if not isinstance(self.window, LastDays | LastMonths):
            return told_apart(self._read, self.window, self._asked_of_each)
        return judged_so(self._each_day, self._read.measure, self.window, self._asked_of_each)

    def why_too_few(self, as_of: dt.date) -> tuple[Reason, ...]:
        """Return why the latest figure that is not judged is not, or the whole; none where all rests on enough.

        Rule: FIG-4.
        """
        if not self.is_whole:
            return self._judged.why_left_out(self.until(as_of), since=self.since)
        figure, seen = self.whole(as_of), self.count(as_of)
        if figure is None or self.is_enough(as_of):
            return ()
        return self.figure_policy.why_not(computed_reading(self._day(seen - 1), figure, self._cases_of(0, seen)), seen)

    def is_enough(self, as_of: dt.date, *, after: dt.date | None = None) -> bool:
        """Return whether what all readings come to together rests on enough of them, and of cases.

        Where each figure counts by itself, those that do not rest on enough are left out already.

        Args:
            as_of: The date of the judgement.
            after: The day behind which readings are looked at; all that count where None.
        """
        seen, before = self.count(as_of), 0 if after is None else self.count(after)
        return not self.is_whole or self.figure_policy.is_enough(seen - before, self._cases_of(before, seen))

    def _cases_of(self, first: int, stop: int) -> Fraction | None:
        """Return how many cases the readings from one number to before another rest on; None where nobody counted."""
        return self._cases[self._first + stop] - self._cases[self._first + first] if self._cases else None

    @cached_property
    def _cases(self) -> list[Fraction]:
        weights = self._view.series.weights
        return [] if weights is None else list(accumulate(weights, initial=Fraction(0)))

    @cached_property
    def _each_day(self) -> tuple[Figure, ...]:
        window, first = self.window, self._first_end
        if not isinstance(window, LastDays | LastMonths) or first is None:
            return ()
        found = figures_each_day(self._read, window, first, self.due)
        return tuple(each for each in found if each.period.end not in self.excluded)

    def until(self, as_of: dt.date) -> dt.date:
        """Return the last day that is seen on *as_of*: nothing that is read after the due date counts."""
        return min(as_of, self.due)

    def count(self, as_of: dt.date) -> int:
        """Return how many readings with a value the measure can have are seen on *as_of*."""
        return max(self._view.count(min(as_of, self.due)) - self._first, 0)

    def reading(self, number: int) -> Reading:
        """Return the reading with that number."""
        return self._view.reading(self._first + number)

    def latest(self) -> dt.date | None:
        """Return the day of the latest reading or absence until the due date; None where there is none.

        Of what rolls that is one of the measure itself: its figures change on days without one, too.
        """
        if self._readings is not None:
            return self._readings.latest()
        found = self._view.latest(self.due)
        return None if found is None or found.on < self.since else found.on

    def rests_from(self, number: int) -> dt.date:
        """Return the first day whose readings the figure with that number rests on, where that is known."""
        day, window = self._day(number), self.window
        return window.first_day(day) if isinstance(window, LastDays | LastMonths) else day

    @cached_property
    def _readings(self) -> Observed | None:
        """Where a figure is about more than one period, the readings themselves: what is missing, figures do not tell.

        What rolls has figures on days without a reading, and none is made where a reading is stated absent.
        """
        if isinstance(self.window, EachReading | EachPeriod | StatedPeriods):
            return None
        stated = self.window.periods if isinstance(self.window, ToDate) else None
        return Observed(
            self._read,
            since=self._begun,
            due=min(self.due, stated.ends[-1]) if isinstance(stated, StatedPeriods) else self.due,
            standards=self.standards,
            cadence=self.cadence,
            window=EachReading(),
            excluded=self.excluded,
        )

    @property
    def declared_on(self) -> dt.date:
        """The day of the declaration."""
        return self.standards[0][0]

    @property
    def has_range(self) -> bool:
        """Whether there are values that the measure can't have."""
        measure = self._view.series.measure
        return measure.lowest is not None or measure.highest is not None

    def can_not_meet(self, standard: Standard) -> bool:
        """Return whether no value that the measure can have meets a standard."""
        measure = self._view.series.measure
        return standard.excludes(measure.lowest, measure.highest)

    def decided_early(self, as_of: dt.date, *, is_met: bool) -> tuple[Figure, Standard] | None:
        """Return a figure that is not complete, and of which it is certain how it stands to a standard of its time.

        It meets it whatever is still read, or, where *is_met* is False, can't meet it any more. A verdict already given
        stays, so each standard is asked on its last day, too.

        Rules: FIG-3, FIG-4.
        """
        eves = (since - dt.timedelta(days=1) for since, _ in self.standards[1:] if since <= as_of)
        running_then = ((self._running(day), day) for day in (*eves, min(as_of, self.due)))
        over = ((each, each.period.end) for each in self._over_but_incomplete if each.period.end <= as_of)
        for figure, day in (*running_then, *over):
            if figure is not None and figure.period.end <= self.due and self._may_be_judged(figure):
                possible = possible_values(figure, self._read.measure, day)
                standard = in_force(self.standards, day)
                if standard.covers(*possible) if is_met else standard.excludes(*possible):
                    return figure, standard
        return None

    def _may_be_judged(self, figure: Figure) -> bool:
        return self._asked_of_each.is_enough(figure.readings, figure.weight)

    def _running(self, as_of: dt.date) -> Figure | None:
        """Return the figure of the next time that is not over, where something was read in it."""
        window = self.window
        if not isinstance(window, LastDays | LastMonths):
            return running(self._read, window, as_of)
        if self._first_end is None or as_of >= self.due:
            return None
        first = max(as_of + dt.timedelta(days=1), self._first_end)
        ahead = map(dt.date.fromordinal, range(first.toordinal(), self.due.toordinal() + 1))
        end = next((day for day in ahead if day not in self.excluded), None)
        return None if end is None else figure_so_far(self._read, Cycle(window.first_day(end), end), as_of)

    @cached_property
    def _over_but_incomplete(self) -> list[Figure]:
        if not self._view.has_absences or isinstance(self.window, EachReading):
            return []
        found = self._each_day or figures(self._read, self.window, as_of=self.due)
        return [each for each in found if each.absent and each.readings]

    @property
    def aggregation(self) -> Aggregation:
        """How the readings combine."""
        return self._view.series.measure.aggregation

    def whole(self, as_of: dt.date) -> Fraction | None:
        """Return what the readings seen come to all together; None without any."""
        seen = self.count(as_of)
        return self._wholes[seen - 1] if seen else None

    def judged_whole(self, as_of: dt.date) -> Fraction | None:
        """Return what the readings seen come to all together; None where that rests on too little.

        Rule: FIG-4.
        """
        return self.whole(as_of) if self.is_enough(as_of) else None

    def dated(self, figure: Fraction, as_of: dt.date) -> Reading:
        """Return what the readings come to as a reading of the day of the latest of them."""
        return computed_reading(self._day(self.count(as_of) - 1), figure)

    @cached_property
    def _wholes(self) -> list[Fraction]:
        """What the readings have come to by each of them."""
        row, count = self._view.row, self.count(self.due)
        spans = [(self._first, self._first + seen) for seen in range(1, count + 1)]
        return combined(row, self._view.series.weights, spans, self.aggregation)

    def whole_at(self, number: int) -> Dated:
        """Return what the readings had come to by the one with that number, with its day."""
        return self._day(number), self._wholes[number]

    def still_possible(self, figure: Fraction | None, as_of: dt.date) -> tuple[Fraction | None, Fraction | None]:
        """Return the least and the greatest value the whole may still come to; None where there is no such end.

        What it came to so far is the *figure*; where that is None, all it might have come to at the start.
        """
        measure, seen = self._view.series.measure, self.count(as_of)
        return still_possible(
            measure.aggregation,
            figure,
            readings=0 if self._cases or figure is None else seen,
            more=self.days(self.since, self.due)
            if figure is None
            else self.may_come(as_of, is_latest_alone=measure.aggregation is Aggregation.LAST),
            lowest=measure.lowest,
            highest=measure.highest,
        )

    def may_come(self, as_of: dt.date, *, is_latest_alone: bool = False) -> int:
        """Return how many readings may be missing at the end at most: one a day that is left, and those missing now.

        At least one was read. Where the latest alone counts, what is missing before it changes nothing.
        """
        until, last = self.until(as_of), self._day(self.count(as_of) - 1)
        missing = self.missing(last if is_latest_alone else self.since, as_of)
        if self.cadence is not None:
            missing += self.cadence.expected(last, until) - self.cadence.expected(last, self.due)
        return self.days_left(until) + max(missing, 0)

    def kindest(self, number: int, until: dt.date) -> Standard:
        """Return the standard a reading comes closest to, of those in force from its day until *until*."""
        if len(self.standards) == 1:
            return self.standards[0][1]
        reading = self.reading(number)
        among = in_force_between(self.standards, reading.on, until)
        value = reading.known
        return min(among, key=lambda standard: (standard.distance(value), not standard.is_met(value)))

    def closest(self, as_of: dt.date) -> int | None:
        """Return the first reading seen that comes closest to its kindest standard; None without any."""
        seen = self.count(as_of)
        if not seen:
            return None
        begun = 1 if len(self.standards) == 1 else bisect_right(self.standards, as_of, key=_since)
        if begun not in self._closest:
            self._closest[begun] = _leaders(self._kindest_shortfalls(begun))
        return self._closest[begun][seen - 1][1]

    def furthest(self, as_of: dt.date) -> int | None:
        """Return the first reading seen that is furthest from the standard of its day; None without any."""
        seen = self.count(as_of)
        return self._furthest[seen - 1][1] if seen else None

    @cached_property
    def _furthest(self) -> list[_Leader]:
        return _leaders([-short for short in self.shortfalls])

    @cached_property
    def shortfalls(self) -> Sequence[Whole]:
        """How far each reading is short of the standard that was in force on its day, in parts."""
        wholes, ends = self._parts()
        if len(ends) == 1:
            return _shortfalls(wholes, ends[0])
        return [_least_short(each, ends[self._in_force(number)]) for number, each in enumerate(wholes)]

    def _kindest_shortfalls(self, begun: int) -> Sequence[Whole]:
        """Return how far each reading is short of the kindest of the standards in force since its day."""
        if len(self.standards) == 1:
            return self.shortfalls
        wholes, ends = self._parts()
        last = self.standards[begun - 1][0]
        ends_of = {standard: each for (_, standard), each in zip(self.standards, ends, strict=True)}
        in_force_since = (in_force_between(self.standards, self._day(number), last) for number in range(len(wholes)))
        return [
            min(_least_short(value, ends_of[standard]) for standard in standards)
            for value, standards in zip(wholes, in_force_since, strict=True)
        ]

    def _parts(self) -> tuple[Sequence[Whole], list[tuple[_Ends, ...]]]:
        """The readings and the ends of each standard, in parts so fine that all can be compared as whole numbers.

        What is either of two standards has the ends of both.
        """
        row, (_, first) = self._view.row, self.standards[0]
        if len(self.standards) == 1 and not first.either and (first.low is None or first.high is None):
            # Against one cut alone, the next whole number will do for it: nothing lies between, and the order stays.
            low = None if first.low is None else row.least(first.low)
            high = None if first.high is None else row.greatest(first.high)
            return row.wholes[self._first : row.count(self.due)], [(_ends(row, first, low, high),)]
        plain = [standard.either or (standard,) for _, standard in self.standards]
        given = [end for each in chain.from_iterable(plain) for end in (each.low, each.high) if end is not None]
        finer, cuts = row.finer(*given)
        cut = iter(cuts)
        ends = [
            tuple(
                _ends(finer, each, *(None if end is None else next(cut) for end in (each.low, each.high)))
                for each in alternatives
            )
            for alternatives in plain
        ]
        return finer.wholes[self._first : row.count(self.due)], ends

    def _day(self, number: int) -> dt.date:
        return self._view.present_days[self._first + number]

    def _in_force(self, number: int) -> int:
        return max(bisect_right(self.standards, self._day(number), key=_since) - 1, 0)

    @cached_property
    def by_readings(self) -> Weighed:
        """Every reading counts alike."""
        return Weighed(self.shortfalls, [1] * len(self.shortfalls))

    @cached_property
    def by_days(self) -> Weighed:
        """Each reading counts by the days it stands for: back to the reading or absence before it, a period at most.

        The first one stands for its own period, as far as that lies inside; without a cadence, for its own day. What
        rolls has a figure on each day, and that stands for it alone.
        """
        present = set(self._view.present_days)
        days = self._days_written
        inside = days[bisect_left(days, self.since) : bisect_right(days, self.due)]
        weights = [
            self._days_of(None if not index else inside[index - 1], day)
            for index, day in enumerate(inside)
            if day in present
        ]
        return Weighed(self.shortfalls, weights)

    @property
    def _days_written(self) -> Sequence[dt.date]:
        """The days of the figures, and those on which a reading is stated absent and there is none."""
        if self._readings is None or self._first_end is not None:
            return self._view.days
        return sorted({*self._view.days, *self._readings.absent_days})

    @property
    def absent_days(self) -> Iterable[dt.date]:
        """The days on which something is written down that is no value the measure can have."""
        return set(self._view.days).difference(self._view.present_days) if self._view.has_absences else ()

    def _days_of(self, before: dt.date | None, day: dt.date) -> int:
        """Return for how many days the reading of *day* stands; *before* something was written down, or nothing."""
        if self._first_end is not None:
            return 1
        if self.cadence is None:
            return 1 if before is None else (day - before).days - self.excluded.between(before, day)
        since_before = self.days(self.since, day) if before is None else self.days(before, day) - 1
        period = self.cadence.before(day)
        return min(since_before, (day - period).days - self.excluded.between(period, day))

    def days(self, first: dt.date, last: dt.date) -> int:
        """Return how many days that count lie between two, both included."""
        return self.excluded.counted(first, last)

    def days_left(self, as_of: dt.date) -> int:
        """Return how many days that count are left behind a day."""
        return self.days(as_of, self.due) - (as_of not in self.excluded)

    def days_back(self, count: int) -> dt.date:
        """Return the day from which on so many days that count are left until the due date."""
        day = self.due - dt.timedelta(days=count - 1)
        while self.excluded and (short := count - self.days(day, self.due)) > 0:
            day -= dt.timedelta(days=short)
        return day

    def missing(self, since: dt.date, as_of: dt.date) -> int:
        """Return how many readings are not there from *since* on: stated absent, or expected by the cadence in vain.

        Args:
            since: The first day of the time, or the day of the latest reading.
            as_of: The date of the judgement; readings are expected until the due date.
        """
        stated = self._stated_absent(since, as_of)
        if self._readings is not None:
            return max(stated, self._readings.missing(since, as_of))
        if self.cadence is None:
            return stated
        view = self._view
        first, stop = view.row.before(since), self._first + self.count(as_of)
        # What a cadence expects begins behind the first day, so that what is stated absent on that day is one more.
        begun = self._stated_absent(since, min(since, as_of))
        if first >= stop:
            return max(stated, begun + self.cadence.expected(since, self.due))
        days, missing_by = view.present_days, self._missing_by
        between = self.cadence.missing_between(since, days[first]) + missing_by[stop - self._first - 1]
        between -= missing_by[first - self._first]
        return max(stated, begun + between + self.cadence.expected(days[stop - 1], self.due))

    def _stated_absent(self, since: dt.date, as_of: dt.date) -> int:
        view = self._view
        if not view.has_absences:
            return 0
        written = bisect_right(view.days, min(as_of, self.due)) - bisect_left(view.days, since)
        return max(written - (self._first + self.count(as_of) - view.row.before(since)), 0)

    @cached_property
    def _missing_by(self) -> list[int]:
        """How many readings are missing between the first present one and each of them."""
        days = self._view.present_days[self._first : self._view.count(self.due)]
        gaps = (0 if self.cadence is None else self.cadence.missing_between(*gap) for gap in pairwise(days))
        return list(accumulate(gaps, initial=0))


def _since(dated: DatedStandard) -> dt.date:
    return dated[0]


def _ends(row: Row, standard: Standard, low: Whole | None, high: Whole | None) -> _Ends:
    """Return the ends of a standard that are *low* and *high* in the parts of a row; open where a part lies on them."""
    beside: Whole = _HALF_A_PART if row.is_whole else _TRACE
    if not standard.open_ends:
        return _Ends(low, high, beside, is_low_open=False, is_high_open=False)
    ends = ((standard.low, low), (standard.high, high))
    is_low_open, is_high_open = (
        end is not None and end in standard.open_ends and end * row.denominator == part for end, part in ends
    )
    return _Ends(low, high, beside, is_low_open, is_high_open)


def _short(value: Whole, ends: _Ends) -> Whole:
    low, high, beside, is_low_open, is_high_open = ends
    if low is not None and value <= low:
        return low - value or (beside if is_low_open else 0)
    if high is not None and value >= high:
        return value - high or (beside if is_high_open else 0)
    return 0


def _least_short(value: Whole, alternatives: tuple[_Ends, ...]) -> Whole:
    """Return how far a value is short of that of the standards it comes closest to."""
    return min(_short(value, ends) for ends in alternatives)


def _shortfalls(values: Sequence[Whole], alternatives: tuple[_Ends, ...]) -> list[Whole]:
    ends = alternatives[0]
    if len(alternatives) == 1 and ends.high is None and ends.low is not None and not ends.is_low_open:
        low = ends.low
        return [low - value if value < low else 0 for value in values]
    return [_least_short(value, alternatives) for value in values]


def _leaders(shorts: Iterable[Whole]) -> list[_Leader]:
    """Return for each of *shorts* the least up to it, the first of those alike, with its number."""
    found = list[_Leader]()
    leader: _Leader | None = None
    for at, short in enumerate(shorts):
        if leader is None or short < leader[0]:
            leader = short, at
        found.append(leader)
    return found
