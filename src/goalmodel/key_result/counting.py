"""What is counted: how the readings of a cycle become the one number that is scored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import unique
from fractions import Fraction
from itertools import accumulate
from typing import Final, TypeAlias, assert_never

import attrs

from goalmodel.checks import (
    Term,
    is_a,
    is_count,
    is_id,
    named,
    positive,
    share,
    the,
    the_date,
    the_many,
)
from goalmodel.errors import GivenTwice, NothingGiven, OutOfBounds, TargetOutOfReach, UnknownReference, WrongType
from goalmodel.exact import Number, computed
from goalmodel.key_result.trajectory import Trajectory
from goalmodel.measure import Aggregation, Cycle
from goalmodel.measure.row import Dated
from goalmodel.reprs import readable


@unique
class Sum(Term):
    """Which of two things a sum is, where its baseline is not 0.

    Added to the baseline, a stock moves on from there: 41 clients and entries of 0.5 and 1 are 42.5. A total of the
    cycle is a flow: its baseline is what a like period came to, and until the cycle is over what there is so far is set
    against what the baseline and the target come to by then.
    """

    ADDED = "what the readings add to the baseline"
    TOTAL = "the total of the cycle"


@attrs.frozen(field_transformer=named)
@readable
class Occasions:
    """A known number of occasions, a reading each: a hit or none (1 or 0), or the points won on it.

    What is counted is their sum. A reading below 0 or above what one occasion can bring is no reading, and none is one
    that comes after the last occasion.

    >>> races = Occasions(24)
    >>> races.share(0.8)
    Fraction(96, 5)

    Attributes:
        count: How many there are in the cycle.
        most: What one of them can bring.
    """

    count: int = attrs.field(validator=is_count(1))
    most: Fraction = attrs.field(default=Fraction(1), converter=positive)

    @property
    def all(self) -> Fraction:
        """All there is to count."""
        return self.count * self.most

    def share(self, of_all: Number) -> Fraction:
        """Return so much of all there is to count: the target of "in at least 80 % of the races"."""
        return share(of_all, "of_all") * self.all


@attrs.frozen(field_transformer=named)
@readable
class MeanOfLatest:
    """The mean of the latest few readings of the cycle: of those there are, until there are so many.

    It is what a single lucky reading can't reach, and what a baseline is compared with that is a mean of a few, too.

    >>> str(MeanOfLatest(3))
    'the mean of the latest 3 readings'

    Attributes:
        count: How many, at least 2.
    """

    count: int = attrs.field(validator=is_count(2))

    def __str__(self) -> str:
        return f"the mean of the latest {self.count} readings"


def _due(_: object, attribute: attrs.Attribute[dt.date | None], value: object) -> None:
    if value is not None:
        the_date(value, attribute.name)


@attrs.frozen(field_transformer=named)
@readable
class Milestone:
    """One thing on a list of things to be done.

    Attributes:
        name: Unique in its list: "first boss defeated".
        weight: How much it counts among the others, above 0.
        due: When it is expected to be done; None where nobody has said.
    """

    name: str = attrs.field(validator=is_id)
    weight: Fraction = attrs.field(default=Fraction(1), converter=positive, kw_only=True)
    due: dt.date | None = attrs.field(default=None, validator=_due, kw_only=True)


def _milestones(given: Iterable[Milestone], field: str = "value") -> tuple[Milestone, ...]:
    return the_many(Milestone, given, field)


@attrs.frozen(field_transformer=named)
@readable
class Milestones:
    """Things to be done; what is counted is the weight of those that are: with equal weights of 1, their number.

    >>> game = Milestones([Milestone("first boss defeated"), Milestone("next level reached")], in_order=True)
    >>> game.weight_done({"first boss defeated": 1, "next level reached": 0.25})
    Fraction(5, 4)

    Attributes:
        milestones: In the order they stand on the list.
        in_order: Whether one counts only when all before it are done.
    """

    milestones: tuple[Milestone, ...] = attrs.field(converter=_milestones)
    in_order: bool = attrs.field(default=False, validator=is_a(bool), kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.milestones:
            raise NothingGiven("milestones", (), "one milestone or more")
        names = [each.name for each in self.milestones]
        for index, name in enumerate(names):
            if name in names[:index]:
                raise GivenTwice("milestones", name, "a name that no other milestone of the list has")

    @property
    def all(self) -> Fraction:
        """All there is to count: the weight of the whole list."""
        return sum((each.weight for each in self.milestones), Fraction(0))

    def weight_done(self, done: Mapping[str, Number]) -> Fraction:
        """Return the reading for what is *done*: the weight of all that is, in part where it is done in part.

        Args:
            done: By name, what share of a milestone is done, from 0 to 1: 1 where it is done, the clamped score of
                its own key result where it is measured. What is not named is not begun.

        Raises:
            UnknownReference: A name is not on the list.
        """
        shares = self._shares(done)
        counted = Fraction(0)
        for each in self.milestones:
            part = shares.get(each.name, Fraction(0))
            counted += part * each.weight
            if self.in_order and part < 1:
                break
        return counted

    def left(self, done: Mapping[str, Number]) -> tuple[str, ...]:
        """Return the names of those that are not done wholly, in the order of the list."""
        shares = self._shares(done)
        return tuple(each.name for each in self.milestones if shares.get(each.name, Fraction(0)) < 1)

    def _shares(self, done: Mapping[str, Number]) -> dict[str, Fraction]:
        if not isinstance(done, Mapping):
            raise WrongType("done", done, "a mapping of names to shares")
        names = {each.name for each in self.milestones}
        for name in done:
            if name not in names:
                raise UnknownReference("done", name, "the name of a milestone of the list")
        return {name: share(part, f"done[{name!r}]") for name, part in done.items()}

    def _dated(self) -> Iterator[tuple[dt.date, Fraction]]:
        """Return by when the weight of each is expected to count, where that is said: in order, none before another."""
        latest = dt.date.min
        for each in self.milestones:
            if each.due is not None:
                latest = max(latest, each.due) if self.in_order else each.due
                yield latest, each.weight

    def trajectory(self, cycle: Cycle, baseline: Fraction, target: Fraction) -> Trajectory | None:
        """Return what is expected when the milestones are done on their dates; None where none has one.

        One without a date is expected by the end, one that is due before the cycle on its first day.
        """
        start, end = computed(baseline, "baseline"), computed(target, "target")
        if start == end:
            raise OutOfBounds("target", target, "another value than the baseline")
        the(Cycle, cycle, "cycle")
        dated = sorted((max(due, cycle.start), weight) for due, weight in self._dated())
        if not dated:
            return None
        sums = accumulate(weight for _, weight in dated)
        by_day = {cycle.elapsed(due): counted for (due, _), counted in zip(dated, sums, strict=True)}
        points = [(time, _within((counted - start) / (end - start))) for time, counted in by_day.items()]
        return Trajectory([point for point in points if point[0] < 1], in_steps=True)


Counting: TypeAlias = Aggregation | Sum | MeanOfLatest | Occasions | Milestones
"""How the readings of a cycle become the one number that is scored."""

COUNTINGS: Final = (Aggregation, Sum, MeanOfLatest, Occasions, Milestones)


def course_of(
    present: tuple[Dated, ...],
    counting: Counting,
    *,
    baseline: Fraction | None = None,
    weights: Sequence[Fraction] | None = None,
) -> tuple[Dated, ...]:
    """Return what the readings had come to by each of them, oldest first.

    Rule: KR-7.

    >>> first, second = dt.date(2026, 10, 31), dt.date(2026, 11, 30)
    >>> [str(value) for _, value in course_of(((first, Fraction(4)), (second, Fraction(3))), Aggregation.SUM)]
    ['4', '7']
    >>> course_of(((first, Fraction(4)),), Aggregation.LAST) == ((first, Fraction(4)),)
    True

    Args:
        present: Date and value of each reading that counts.
        counting: How they are counted.
        baseline: What is added to, where they are added to it; from 0 where nobody knows.
        weights: The cases behind each, by which a mean counts them; None where each counts alike.
    """
    counted = _counted([value for _, value in present], counting, baseline or Fraction(0), weights)
    return tuple((on, value) for (on, _), value in zip(present, counted, strict=True))


def countable(present: tuple[Dated, ...], counting: Counting) -> tuple[Dated, ...]:
    """Return the readings that can be counted: of occasions what one can bring, and no more than there are.

    Of milestones no more than all, and nothing below none.
    """
    if isinstance(counting, Milestones):
        return tuple((on, value) for on, value in present if 0 <= value <= counting.all)
    if isinstance(counting, Occasions):
        return tuple((on, value) for on, value in present if 0 <= value <= counting.most)[: counting.count]
    return present


def _counted(
    values: list[Fraction], counting: Counting, baseline: Fraction, weights: Sequence[Fraction] | None
) -> Iterable[Fraction]:
    match counting:
        case Aggregation.LAST | Milestones():
            return values
        case Aggregation.SUM | Sum.TOTAL | Occasions():
            return accumulate(values)
        case Sum.ADDED:
            return (baseline + added for added in accumulate(values))
        case Aggregation.MEAN | MeanOfLatest():
            return _means(values, weights, counting.count if isinstance(counting, MeanOfLatest) else len(values))
        case Aggregation.GREATEST:
            return accumulate(values, max)
        case Aggregation.LEAST:
            return accumulate(values, min)
        case _:
            assert_never(counting)


def _means(values: Sequence[Fraction], weights: Sequence[Fraction] | None, count: int) -> Iterator[Fraction]:
    """Return the mean of the latest *count* values at each of them: each counts by its weight, where there are any."""
    cases = weights or [Fraction(1)] * len(values)
    sums = [Fraction(0), *accumulate(value * case for value, case in zip(values, cases, strict=True))]
    numbers = [Fraction(0), *accumulate(cases)]
    for stop in range(1, len(sums)):
        start = max(stop - count, 0)
        yield (sums[stop] - sums[start]) / (numbers[stop] - numbers[start])


def combining(counting: Aggregation | Sum | MeanOfLatest | Occasions) -> Aggregation:
    """Return how the readings combine: what is added, and what is won on occasions, is added up."""
    if isinstance(counting, MeanOfLatest):
        return Aggregation.MEAN
    return counting if isinstance(counting, Aggregation) else Aggregation.SUM


def is_pooled(counting: Counting) -> bool:
    """Return whether all that is read in a cycle counts together: a sum, a mean, what is won on occasions."""
    return isinstance(counting, Sum | Occasions) or counting in (Aggregation.SUM, Aggregation.MEAN)


def follows_no_line(counting: Counting) -> Aggregation | None:
    """Return what is counted where that does not move as the readings do; None where a line can lead through it."""
    if isinstance(counting, Aggregation) and counting in (Aggregation.MEAN, Aggregation.GREATEST, Aggregation.LEAST):
        return counting
    return None


def check_reach(counting: Counting, baseline: Fraction | None, target: Fraction) -> None:
    """Raise where there is less to count than *target*, or the count would have to go back from *baseline*.

    And where a sum has a baseline that is not 0, and nobody says which of two things it is.

    Rule: KR-7.
    """
    if counting is Aggregation.SUM and baseline:
        raise OutOfBounds("counting", counting, "Sum.ADDED or Sum.TOTAL: a sum with a baseline is one of two things")
    if isinstance(counting, Aggregation | Sum | MeanOfLatest):
        return
    if not (Fraction(0) if baseline is None else baseline) < target <= counting.all:
        raise TargetOutOfReach("target", target)


def _within(share_of_way: Fraction) -> Fraction:
    return min(max(share_of_way, Fraction(0)), Fraction(1))
