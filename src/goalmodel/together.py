"""Whether goals on one measure can be satisfied together: what each wants, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Final, NamedTuple, assert_never

from goalmodel.commit import Commit
from goalmodel.commit.manner import Decisive, decisive
from goalmodel.key_result import KeyResult, MeanOfLatest, Sum
from goalmodel.kpi import Kpi
from goalmodel.measure import Aggregation

_DAY: Final = dt.timedelta(days=1)


class Wanted(NamedTuple):
    """Which values will do for a goal, over some days.

    Attributes:
        first: The first of the days.
        last: The last of them.
        low: The least value; None where there is none.
        high: The greatest value; None where there is none.
        open_ends: Those of the two that will not do themselves.
    """

    first: dt.date
    last: dt.date
    low: Fraction | None
    high: Fraction | None
    open_ends: tuple[Fraction, ...] = ()

    def lies_above(self, other: Wanted) -> bool:
        """Return whether no value does for both, for this one wants higher ones."""
        if self.low is None or other.high is None or self.low < other.high:
            return False
        return self.low > other.high or self.low in self.open_ends or other.high in other.open_ends

    def is_apart(self, other: Wanted) -> bool:
        """Return whether no value does for both."""
        return self.lies_above(other) or other.lies_above(self)


class Want(NamedTuple):
    """What a goal wants of its measure.

    Attributes:
        goal: Its id.
        over: Over what its readings come to the figures it is about: only figures over one time are compared.
        wanted: Which values will do, stretch by stretch.
        is_throughout: Whether that is so on each of the days; else on one of them.
        mean: Of what the mean is to be so, and with it one day at least; None where it is about no mean.
    """

    goal: str
    over: Hashable
    wanted: Sequence[Wanted]
    is_throughout: bool = True
    mean: Hashable = None


class Apart(NamedTuple):
    """Two goals that no course of their measure does for.

    Attributes:
        above: Id of the goal that wants it higher.
        low: From where on.
        below: Id of the goal that wants it lower.
        high: Up to where.
    """

    above: str
    low: Fraction
    below: str
    high: Fraction


def want_of(goal: Kpi | KeyResult | Commit, as_of: dt.date) -> Want:
    """Return what a goal that is neither over nor kept wants from *as_of* on, as it is in force and known then."""
    match goal:
        case Kpi():
            return _want_of_kpi(goal, as_of)
        case KeyResult():
            return _want_of_key_result(goal.in_force(as_of))
        case Commit():
            return _want_of_commit(goal.known_on(as_of), as_of)
        case _:
            assert_never(goal)


def _want_of_kpi(kpi: Kpi, as_of: dt.date) -> Want:
    """Return that a KPI wants to be healthy from *as_of* on, by the bands of each day."""
    starts = [as_of, *(each.on for each in kpi.bands_changes if each.on > as_of)]
    ends = [*(start - _DAY for start in starts[1:]), dt.date.max]
    known = [(start, end, kpi.in_force(start).bands) for start, end in zip(starts, ends, strict=True)]
    wanted = [Wanted(start, end, each.low, each.high, each.open_cuts) for start, end, each in known if each is not None]
    return Want(kpi.id, kpi.window, wanted)


def _want_of_key_result(key_result: KeyResult) -> Want:
    """Return that a key result wants to be at its target, or past it, by what it counts of its cycle.

    The latest reading on the last day; the greatest, the least and a mean on one day at least, and where the least is
    to lie above the target or the greatest below it, on each. Totals are compared with each other alone, and
    what adds to a baseline with what adds to the same. It wants nothing where it counts occasions or milestones, and
    nobody can say what where it has no baseline.
    """
    counting, cycle = key_result.counting, key_result.cycle
    if not key_result.is_scorable:
        return Want(key_result.id, key_result.window, ())
    start, end = key_result.value_at(0), key_result.value_at(1)
    low, high = (end, None) if end > start else (None, end)
    at_last, on_a_day = (Wanted(first, cycle.end, low, high) for first in (cycle.end, cycle.start))
    match counting:
        case Aggregation.LAST:
            return Want(key_result.id, key_result.window, [at_last])
        case Aggregation.GREATEST | Aggregation.LEAST:
            is_of_each = counting is (Aggregation.GREATEST if low is None else Aggregation.LEAST)
            return Want(key_result.id, key_result.window, [on_a_day], is_throughout=is_of_each)
        case Aggregation.MEAN | MeanOfLatest():
            return Want(key_result.id, key_result.window, [on_a_day], is_throughout=False, mean=(counting, cycle))
        case Sum():
            alike = key_result.window, counting, cycle, start if counting is Sum.ADDED else None
            return Want(key_result.id, alike, [at_last])
        case _:
            return Want(key_result.id, key_result.window, ())


def _want_of_commit(commit: Commit, as_of: dt.date) -> Want:
    """Return what a commit wants by its manner, by the standard of each day.

    What was to be reached once, and was not, is to be reached from *as_of* on. It wants nothing of single figures that
    could be said here where it holds for a share, in stages or as a whole.
    """
    since = [day for day, _ in commit.standards]
    until = [*(day - _DAY for day in since[1:]), commit.due]
    decides = decisive(commit.manner)
    start = max(commit.counts_from, as_of) if decides is Decisive.ANY else commit.counts_from
    wanted = [
        Wanted(max(first, start), last, *standard.outermost)
        for first, last, (_, standard) in zip(since, until, commit.standards, strict=True)
        if max(first, start) <= last
    ]
    match decides:
        case Decisive.ANY:
            return Want(commit.id, commit.window, wanted, is_throughout=False)
        case Decisive.LATEST:
            return Want(commit.id, commit.window, [wanted[-1]._replace(first=commit.due)])
        case Decisive.EACH:
            return Want(commit.id, commit.window, wanted)
        case Decisive.SHARE | Decisive.STAGES | Decisive.WHOLE:
            return Want(commit.id, commit.window, ())
        case _:
            assert_never(decides)


def pulled_apart(wants: Iterable[Want]) -> Iterator[Apart]:
    """Yield, of goals on one measure and figures over one time, the two furthest apart that no course does for.

    Rules: REV-3, HYG-1.
    """
    comparable: dict[Hashable, list[Want]] = {}
    for each in wants:
        comparable.setdefault(each.over, []).append(each)
    for alike in comparable.values():
        found = next(_apart(alike), None)
        if found is not None:
            yield found


def _apart(alike: Iterable[Want]) -> Iterator[Apart]:
    """Yield the goals that are pulled apart: first what wants the highest and what wants the lowest values."""
    every = [(want, each) for want in alike for each in want.wanted]
    lows = sorted((-each.low, want.goal, want) for want, each in every if each.low is not None)
    highs = sorted((each.high, want.goal, want) for want, each in every if each.high is not None)
    for low, above, one in lows:
        for high, below, other in highs:
            if -low < high:
                break
            if above != below and no_course_does(one, other):
                yield Apart(above, -low, below, high)


def no_course_does(one: Want, other: Want) -> bool:
    """Return whether no course of their measure does for both of two goals.

    What is wanted throughout has to do on each day that both name; what is wanted once may choose its day, and two
    such may choose different ones, unless they are about one mean.
    """
    both = one.is_throughout, other.is_throughout
    if both == (True, True):
        return any(mine.is_apart(yours) and _meet(mine, yours) for mine, yours in product(one.wanted, other.wanted))
    if both == (False, False):
        days = {(each.first, each.last) for each in (*one.wanted, *other.wanted)}
        is_one_day = len(days) == 1 and all(first == last for first, last in days)
        is_one_mean = one.mean is not None and one.mean == other.mean
        return (is_one_day or is_one_mean) and all(
            mine.is_apart(yours) for mine, yours in product(one.wanted, other.wanted)
        )
    once, always = (other, one) if one.is_throughout else (one, other)
    return bool(once.wanted) and not any(_has_a_day(each, always.wanted) for each in once.wanted)


def _meet(one: Wanted, other: Wanted) -> bool:
    return one.first <= other.last and other.first <= one.last


def _has_a_day(once: Wanted, always: Iterable[Wanted]) -> bool:
    """Return whether some of the days of what is wanted once is on none of those of what does not go with it."""
    day = once.first
    for each in sorted(each for each in always if each.is_apart(once)):
        if each.first > day:
            break
        if each.last >= once.last:
            return False
        day = max(day, each.last + _DAY)
    return day <= once.last
