"""The plain facts of one goal, as any system might know them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import unique
from fractions import Fraction
from functools import cached_property
from typing import Final

import attrs

from goalmodel.checks import Term, is_a, is_count, is_text, the_iterable, the_many
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number, exact
from goalmodel.key_result.points import Point, the_points
from goalmodel.key_result.trajectory import Trajectory
from goalmodel.profiles.fields import is_number, is_some_number, number, some_number
from goalmodel.reprs import readable

_MOST_DEEP: Final = 100


@unique
class Phase(Term):
    """Where a goal stands in its time."""

    RUNNING = "running"
    OVER = "over"


def _points(given: Iterable[tuple[Number, Number]]) -> tuple[Point, ...]:
    return the_points(given, "points")


def _history(given: Iterable[Number | None]) -> tuple[Fraction | None, ...]:
    return tuple(
        None if reading is None else exact(reading, f"history[{index}]")
        for index, reading in enumerate(the_iterable(given, "history"))
    )


def _children(given: Iterable[Facts]) -> tuple[Facts, ...]:
    return the_many(Facts, given, "children")


@attrs.frozen(kw_only=True)
@readable
class Facts:
    """What is known of one goal; all of it may be missing, and none of it need make sense.

    Facts are no goal: a target that is where it started, a weight of 0 and tiers on one value are facts, and what a
    system says of them is what a profile is for. Shares run from 0 to 1.

    >>> Facts(baseline=100, target=60, value=70).is_falling
    True

    Attributes:
        baseline: Where it started, in the measure's own unit.
        target: Where it is to come.
        value: Where it is; where None, what its history says.
        low: The least value that is wanted, of what is to be kept in a range.
        high: The greatest value that is wanted.
        watch_low: Down to here a value below the range is near it.
        watch_high: Up to here a value above the range is near it.
        points: Stated values between baseline and target, each with the share of the way it stands for.
        falling: Whether less is better; None where baseline and target say it, and with neither more is better.
        strict: Whether the goal was written as more than, or less than, what it names.
        whole: Whether what is measured comes in whole units.
        history: The readings, oldest first; None where one was expected and is not there.
        planned: How many readings there will be; None where that is not known.
        progress: The share of the way, where it is known as such.
        expected: The share of the way that was to be come by now, where it is known as such.
        day: Which day of its time it is, from 1.
        days: How many days its time has.
        elapsed: The share of its time that is over, where it is known as such.
        trajectory: What is expected by when; None where nobody said.
        phase: Whether it is running or over.
        aspirational: Whether it is safe to fall short.
        word: What it is called, where that was said by hand.
        limits: Whether the whole it is a part of can come no further than it.
        weight: How much it counts among the parts of a whole; below 0 where it counts against it.
        children: What it is made of, oldest first where they are periods.
    """

    baseline: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    target: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    value: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    low: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    high: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    watch_low: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    watch_high: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    points: tuple[Point, ...] = attrs.field(default=(), converter=_points)
    falling: bool | None = attrs.field(default=None, validator=is_a(bool, type(None)))
    strict: bool = attrs.field(default=False, validator=is_a(bool))
    whole: bool = attrs.field(default=False, validator=is_a(bool))
    history: tuple[Fraction | None, ...] = attrs.field(default=(), converter=_history)
    planned: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(1)))
    progress: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    expected: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    day: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(1)))
    days: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(1)))
    elapsed: Fraction | None = attrs.field(default=None, converter=number, validator=is_number)
    trajectory: Trajectory | None = attrs.field(default=None, validator=is_a(Trajectory, type(None)))
    phase: Phase = attrs.field(default=Phase.RUNNING, validator=is_a(Phase))
    aspirational: bool = attrs.field(default=True, validator=is_a(bool))
    word: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    limits: bool = attrs.field(default=False, validator=is_a(bool))
    weight: Fraction = attrs.field(default=Fraction(1), converter=some_number, validator=is_some_number)
    children: tuple[Facts, ...] = attrs.field(default=(), converter=_children)

    def __attrs_post_init__(self) -> None:
        if self._depth > _MOST_DEEP:
            raise OutOfBounds("children", self._depth, f"wholes of wholes, at most {_MOST_DEEP} deep")

    @cached_property
    def _depth(self) -> int:
        return 1 + max((child._depth for child in self.children), default=0)  # noqa: SLF001 - its own kind

    @property
    def is_falling(self) -> bool:
        """Whether less is better."""
        if self.falling is not None or self.baseline is None or self.target is None:
            return bool(self.falling)
        return self.target < self.baseline

    @property
    def has_range(self) -> bool:
        """Whether a range of values is wanted, and no target in it."""
        return self.target is None and not (self.low is None and self.high is None)

    @property
    def time_over(self) -> Fraction | None:
        """The share of its time that is over at the end of the day; None where nobody said."""
        if self.elapsed is not None or self.day is None or self.days is None:
            return self.elapsed
        return Fraction(self.day, self.days)

    @property
    def known(self) -> tuple[Fraction, ...]:
        """The readings that are there, oldest first."""
        return tuple(reading for reading in self.history if reading is not None)
