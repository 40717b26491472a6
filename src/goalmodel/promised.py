"""What is promised twice: where the goals of a model take more of something than there is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from goalmodel.capacity import Capacity, Take
from goalmodel.commit import Commit
from goalmodel.commit.accountable import NOT_COUNTED, PROMISED_TWICE
from goalmodel.model import GoalModel
from goalmodel.reasons import Reason

_Days: TypeAlias = tuple[int, int]
"""The first day and the last, both included, as ordinals."""

ALWAYS: Final = (dt.date.min.toordinal(), dt.date.max.toordinal())


class Demand(NamedTuple):
    """What one goal takes of one resource, over days that stand in order and do not touch."""

    goal: str
    take: Take
    times: Sequence[_Days]


class Overpromise(NamedTuple):
    """A time in which more is taken of a capacity than there is.

    Attributes:
        capacity: What there is.
        goals: Ids of the goals that take of it then, in order of the alphabet.
        taken: How much they take: at the worst moment, or in all where it is used up.
        since: The first day.
        until: The last day.
    """

    capacity: Capacity
    goals: tuple[str, ...]
    taken: Fraction
    since: dt.date
    until: dt.date


class Promised(NamedTuple):
    """What is promised of the capacities of a model.

    Attributes:
        twice: Where more is taken than there is: by resource, then by time.
        uncounted: What each goal takes of which nobody has said how much there is for all of its time, by its id.
    """

    twice: tuple[Overpromise, ...]
    uncounted: Mapping[str, tuple[Take, ...]]


def promised(model: GoalModel, as_of: dt.date, done: Collection[str] = ()) -> Promised:
    """Return what the goals of *model* that were declared by *as_of* take more of than there is, and what is uncounted.

    A commit takes over its own time, an initiative over the times of what it serves, and always where it serves a KPI
    or nothing. The commits and key results with the ids *done* take nothing any more.

    Rule: COM-11.
    """
    if not any(each.takes for each in model.commits) and not any(each.takes for each in model.initiatives):
        return Promised((), {})
    demands = defaultdict[str, list[Demand]](list)
    for each in _demands(model, as_of, done):
        demands[each.take.resource].append(each)
    there = defaultdict[str, list[Capacity]](list)
    for capacity in model.capacities:
        there[capacity.resource].append(capacity)
    twice = [
        found
        for resource, capacities in there.items()
        for capacity in capacities
        for found in _over(capacity, demands[resource])
    ]
    uncounted = defaultdict[str, tuple[Take, ...]](tuple)
    for resource, several in demands.items():
        counted = _joined([_days_of(each) for each in there[resource]])
        for each in several:
            if not all(any(_holds(whole, part) for whole in counted) for part in each.times):
                uncounted[each.goal] = (*uncounted[each.goal], each.take)
    return Promised(tuple(twice), dict(uncounted))


def _demands(model: GoalModel, as_of: dt.date, done: Collection[str]) -> Iterator[Demand]:
    commits = [each for each in model.commits if each.declared_on <= as_of and each.id not in done]
    times = {each.id: _time_of(each) for each in commits}
    moved = [each for each in model.key_results if each.id not in done]
    times |= {each.id: (each.cycle.start.toordinal(), each.cycle.end.toordinal()) for each in moved}
    for commit in commits:
        yield from (Demand(commit.id, take, [times[commit.id]]) for take in commit.takes)
    idle = {*(each.id for each in model.commits), *(each.id for each in model.key_results)} - times.keys()
    for work in model.initiatives:
        served = [each for each in work.serves if each not in idle]
        known = [times[each] for each in served if each in times]
        is_always = len(known) < len(served) or not work.serves
        over = [ALWAYS] if is_always else _joined(known)
        yield from (Demand(work.id, take, over) for take in work.takes if over)


def _time_of(commit: Commit) -> _Days:
    """Return the time of a commit: from its start, or its declaration where none is stated, to its due date."""
    start = commit.declared_on if commit.starts_on is None else min(commit.starts_on, commit.due)
    return start.toordinal(), commit.due.toordinal()


def _days_of(capacity: Capacity) -> _Days:
    period = capacity.period
    return ALWAYS if period is None else (period.start.toordinal(), period.end.toordinal())


def _joined(times: Iterable[_Days]) -> list[_Days]:
    """Return the same days in order, so that none of the times touches another."""
    found: list[_Days] = []
    for start, end in sorted(times):
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _holds(whole: _Days, part: _Days) -> bool:
    return whole[0] <= part[0] and part[1] <= whole[1]


def _over(capacity: Capacity, demands: Iterable[Demand]) -> Iterator[Overpromise]:
    """Yield where *demands* are more than a capacity is."""
    first, last = _days_of(capacity)
    within = [
        (each, [(max(start, first), min(end, last)) for start, end in each.times if start <= last and first <= end])
        for each in demands
    ]
    at_work = [(each, times) for each, times in within if times]
    yield from _used_up(capacity, at_work) if capacity.is_used_up else _at_a_time(capacity, at_work)


def _used_up(capacity: Capacity, at_work: Sequence[tuple[Demand, Sequence[_Days]]]) -> Iterator[Overpromise]:
    """Yield a capacity of which more is taken in all: of what goes beyond its period, by the share of its days."""
    taken = sum((each.take.amount * _share(times, each.times) for each, times in at_work), Fraction(0))
    if taken > capacity.amount:
        since, until = min(times[0][0] for _, times in at_work), max(times[-1][1] for _, times in at_work)
        yield _overpromise(capacity, [each.goal for each, _ in at_work], taken, (since, until))


def _share(times: Sequence[_Days], of: Sequence[_Days]) -> Fraction:
    """Return the share of all days that some of them are; what is always taken is taken in the period, all of it."""
    return Fraction(1) if of[0] == ALWAYS else Fraction(_length(times), _length(of))


def _length(times: Sequence[_Days]) -> int:
    return sum(end - start + 1 for start, end in times)


def _at_a_time(capacity: Capacity, at_work: Sequence[tuple[Demand, Sequence[_Days]]]) -> Iterator[Overpromise]:
    """Yield each run of days on which more is taken than there is, with all that takes of it in the run."""
    changes = defaultdict[int, list[tuple[Demand, int]]](list)
    for each, times in at_work:
        for start, end in times:
            changes[start].append((each, 1))
            changes[end + 1].append((each, -1))
    running, taken = dict[str, Demand](), Fraction(0)
    worst, since, goals = Fraction(0), 0, set[str]()
    for day, several in sorted(changes.items()):
        for each, way in several:
            taken += way * each.take.amount
            if way > 0:
                running[each.goal] = each
            else:
                del running[each.goal]
        if taken > capacity.amount:
            since = since or day
            worst = max(worst, taken)
            goals.update(running)
        elif goals:
            yield _overpromise(capacity, goals, worst, (since, day - 1))
            worst, since, goals = Fraction(0), 0, set[str]()


def _overpromise(capacity: Capacity, goals: Iterable[str], taken: Fraction, days: _Days) -> Overpromise:
    since, until = map(dt.date.fromordinal, days)
    return Overpromise(capacity, tuple(sorted(goals)), taken, since, until)


def shortages_by_commit(model: GoalModel, as_of: dt.date) -> Mapping[str, tuple[Reason, ...]]:
    """Return what each commit takes that is promised twice or not counted, by its id; none where it takes nothing.

    Rule: COM-11.
    """
    found = defaultdict[str, tuple[Reason, ...]](tuple)
    if not any(each.takes for each in model.commits):
        return found
    seen = promised(model, as_of)
    for over in seen.twice:
        reason = PROMISED_TWICE.because(
            resource=over.capacity.resource,
            since=over.since,
            until=over.until,
            taken=over.taken,
            amount=over.capacity.amount,
        )
        for goal in over.goals:
            found[goal] = (*found[goal], reason)
    for goal, takes in seen.uncounted.items():
        unknown = (NOT_COUNTED.because(amount=each.amount, resource=each.resource) for each in takes)
        found[goal] = (*found[goal], *unknown)
    return found
