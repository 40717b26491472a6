"""How much of the way is expected by when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter

import attrs

from goalmodel.checks import is_a, named, share, the
from goalmodel.errors import OutOfBounds, OutOfOrder
from goalmodel.exact import Number
from goalmodel.key_result.points import Point, on_line, the_points
from goalmodel.measure import Cadence, Cycle
from goalmodel.measure.recurrence import dates_within
from goalmodel.reprs import readable

_START: Point = (Fraction(0), Fraction(0))
_END: Point = (Fraction(1), Fraction(1))


def _points(given: Iterable[tuple[Number, Number]], field: str = "value") -> tuple[Point, ...]:
    return tuple(sorted(the_points(given, field)))


@attrs.frozen(field_transformer=named)
@readable
class Trajectory:
    """What share of the way is expected at what share of the cycle's time: nothing at its start, all at its end.

    >>> Trajectory.linear().expected(Fraction(1, 2)), Trajectory.back_loaded().expected(Fraction(1, 2))
    (Fraction(1, 2), Fraction(1, 3))

    Attributes:
        points: Share of the time and expected share of the way, each from 0 to 1, in order of time. Points that say
            nothing beyond their neighbours are left out, so that trajectories that expect the same are the same.
        in_steps: Whether nothing is expected to move from one point to the next; in straight lines otherwise.
    """

    points: tuple[Point, ...] = attrs.field(default=(), converter=_points)
    in_steps: bool = attrs.field(default=False, validator=is_a(bool), kw_only=True)

    def __attrs_post_init__(self) -> None:
        inner = [point for point in self.points if point not in (_START, _END)]
        whole = [_START, *inner, _END]
        for (earlier, less), (later, more) in pairwise(whole):
            if not (earlier < later and less <= more):
                raise OutOfOrder(
                    "points",
                    self.points,
                    "later than the point before and no less of the way, within the cycle: from nothing to all of it",
                )
        object.__setattr__(self, "points", _without_idle(whole, in_steps=self.in_steps))

    @classmethod
    def linear(cls) -> Trajectory:
        """Return the trajectory that expects the same on each day."""
        return cls()

    @classmethod
    def at_the_end(cls) -> Trajectory:
        """Return the trajectory that expects nothing before the last day is over."""
        return cls(in_steps=True)

    @classmethod
    def front_loaded(cls, *, first_half: Number = Fraction(2, 3)) -> Trajectory:
        """Return the trajectory that expects more than half of the way by half of the time. Two thirds: our choice."""
        return cls(((Fraction(1, 2), share(first_half, "first_half")),))

    @classmethod
    def back_loaded(cls, *, first_half: Number = Fraction(1, 3)) -> Trajectory:
        """Return the trajectory that expects less than half of the way by half of the time. A third: our choice."""
        return cls(((Fraction(1, 2), share(first_half, "first_half")),))

    @classmethod
    def steps(cls, cycle: Cycle, cadence: Cadence = Cadence.MONTHLY) -> Trajectory:
        """Return the trajectory that expects an equal part of the way at the end of each period of the cycle.

        >>> [str(time) for time, _ in Trajectory.steps(Cycle.quarter(2026, 4)).points]
        ['31/92', '61/92']

        Args:
            cycle: The periods are counted from its first day; the last one ends with it.
            cadence: How long a period is: a calendar month, where nothing is said.
        """
        ends = _ends(the(Cycle, cycle, "cycle"), the(Cadence, cadence, "cadence"))
        parts = len(ends) + 1
        return cls([(end, Fraction(index, parts)) for index, end in enumerate(ends, start=1)], in_steps=True)

    @classmethod
    def by_dates(cls, cycle: Cycle, cadence: Cadence) -> Trajectory:
        """Return the trajectory that expects an equal part with each date of *cadence* in the cycle: by working days.

        >>> Trajectory.by_dates(Cycle.month(2026, 10), Cadence.working_days()).expected(Fraction(4, 31))
        Fraction(1, 11)

        Args:
            cycle: Behind the last date in it nothing more is expected.
            cadence: Its dates are those of the calendar: a rule, stated dates, working days.

        Raises:
            OutOfBounds: There is no such date in the cycle.

        Rule: TIME-4.
        """
        within, rule = the(Cycle, cycle, "cycle"), the(Cadence, cadence, "cadence").rule
        dates = () if rule is None else dates_within(rule, within.start, within.end)
        if not dates:
            raise OutOfBounds("cadence", cadence, f"one by a rule or stated dates, with a date in {within}")
        each = enumerate(dates, start=1)
        return cls([(within.elapsed(day), Fraction(count, len(dates))) for count, day in each], in_steps=True)

    def expected(self, elapsed: Number) -> Fraction:
        """Return the share of the way expected when so much of the cycle's time has passed.

        Rule: KR-9.

        Args:
            elapsed: Share of the cycle's days that are over, from 0 to 1.
        """
        time = share(elapsed, "elapsed")
        if not self.points and not self.in_steps:
            # The line from nothing to all of it, which most trajectories are, needs no search.
            return time
        whole = [_START, *self.points, _END]
        if self.in_steps:
            return whole[bisect_right(whole, time, key=itemgetter(0)) - 1][1]
        return on_line(whole, time)


def _without_idle(whole: list[Point], *, in_steps: bool) -> tuple[Point, ...]:
    """Return the points between the first and the last of *whole* that change what is expected."""
    kept = whole[:1]
    for point, following in pairwise(whole[1:]):
        idle = point[1] if in_steps else on_line([kept[-1], following], point[0])
        if idle != (kept[-1] if in_steps else point)[1]:
            kept.append(point)
    return tuple(kept[1:])


def _ends(cycle: Cycle, cadence: Cadence) -> list[Fraction]:
    """Return the shares of the cycle's time that are over when a period ends, but for the last."""
    return [Fraction((following - cycle.start).days, cycle.days) for following in cadence.dates(cycle.start, cycle.end)]
