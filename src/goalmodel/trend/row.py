"""What a trend rule judges: a row of numbers where growing is worsening, and what is usual for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar, cast, final

from goalmodel.measure.row import Row, Whole
from goalmodel.reasons import Fact, Reason
from goalmodel.trend.answer import (
    BEYOND,
    FIRED,
    NO_DISPERSION,
    NOT_SETTLED,
    ON_TRIAL,
    Seen,
    Standing,
    Way,
    called,
    too_few,
)
from goalmodel.trend.limits import ProcessLimits, SigmaScale
from goalmodel.trend.reference import ReferencePeriod, least_readings

_T = TypeVar("_T")


class _Looks(Hashable, Protocol):
    """What looks at so many of the latest numbers."""

    @property
    def window(self) -> int:
        """How many."""
        ...


Mirror: TypeAlias = tuple[int, Fraction | None]
"""A value of the measure is a number times a sign plus a shift; without one only its changes are told."""


class Cases(NamedTuple):
    """On how many cases each number of a row rests.

    Attributes:
        weights: The number of cases behind each number, oldest first, those of later days included.
        whole: What every case, or one a case, comes to in the measure's own unit: 100 in percent.
    """

    weights: Sequence[Fraction]
    whole: Fraction


@final
class TrendRow:
    """A row of numbers where growing is worsening, as known on a day, with what is usual for it.

    It is made by whoever knows which way is worse; a trend rule only looks at it. The numbers are whole ones, in parts
    of a common denominator (see `denominator`): which of them is greater, and how many sigmas off, is asked of those.

    Attributes:
        denominator: How many parts make one of the measure's own unit.
        unbroken: How many of the latest hang together without a long gap.
        reference: Which of them say what is usual.
        scale: How far a number lies off what is usual; None where fewer than two of them say so.
        silent: Why nothing says what is usual for these numbers; None where something may.
        based_on: How many say so.
        is_settled: Whether the reference can't move any more.
        starts: How many of them lie inside the reference or before its end.
        mirror: Sign and shift that lead back to the measure's own values; None where nothing does.
        cases: On how many cases each number rests; None where nobody knows.
    """

    __slots__ = (
        "_days",
        "_kept",
        "_phase",
        "_wholes",
        "based_on",
        "cases",
        "denominator",
        "is_settled",
        "mirror",
        "reference",
        "scale",
        "silent",
        "starts",
        "unbroken",
    )

    def __init__(
        self,
        row: Row,
        phase: range,
        *,
        unbroken: int,
        reference: ReferencePeriod,
        scale: SigmaScale | None,
        silent: Reason | None,
        based_on: int,
        is_settled: bool,
        starts: int,
        mirror: Mirror | None,
        kept: dict[Hashable, Sequence[Any]],
        cases: Cases | None = None,
    ) -> None:
        self._wholes = row.wholes
        self._phase = phase
        self._kept = kept
        self.denominator: int = row.denominator
        self.unbroken: int = unbroken
        self.reference: ReferencePeriod = reference
        self.scale: SigmaScale | None = scale
        self.silent: Reason | None = silent
        self.based_on: int = based_on
        self.is_settled: bool = is_settled
        self.starts: int = starts
        self.mirror: Mirror | None = mirror
        self.cases: Cases | None = cases
        self._days = row.days

    def __len__(self) -> int:
        return len(self._phase)

    @property
    def numbers(self) -> tuple[Fraction, ...]:
        """All numbers, oldest first, in the measure's own unit."""
        return tuple(Fraction(each, self.denominator) for each in self._wholes[self._phase.start : self._phase.stop])

    @property
    def usual(self) -> ProcessLimits | None:
        """What is usual, in the measure's own unit; None where fewer than two numbers say so."""
        return None if self.scale is None else self.scale.limits(self.denominator)

    def latest(self, count: int) -> list[Whole]:
        """Return the latest *count* numbers, oldest first, in parts of the denominator; *count* is at least 1."""
        stop = self._phase.stop
        return self._wholes[max(stop - count, self._phase.start) : stop]

    def day(self, back: int = 0) -> dt.date:
        """Return the day of the latest number, or of one so many before it."""
        return self._days[self._phase.stop - 1 - back]

    @property
    def has_values(self) -> bool:
        """Whether anything leads back from the numbers to values of the measure."""
        return self.mirror is not None and self.mirror[1] is not None

    def own(self, number: Whole, *, parts: int = 1) -> Fraction | None:
        """Return a *number*, of so many *parts* of the denominator, as a value of the measure.

        None where nothing leads back to one.
        """
        sign, shift = self.mirror or (1, None)
        if shift is None:
            return None
        (above, below), whole = shift.as_integer_ratio(), self.denominator * parts
        return Fraction(sign * number * below + above * whole, whole * below)

    def offs(self, count: int, usual: SigmaScale, way: Way) -> list[Whole]:
        """Return how far the latest *count* numbers lie off the mean on that side, in units of the *usual* scale."""
        return usual.offs(self.latest(count), way)

    def beyond(
        self, rule: _Looks, usual: SigmaScale, way: Way, *, counts: Callable[[Whole], bool], sigmas: tuple[int, int]
    ) -> Reason:
        """Return that *rule* fires by the latest number that *counts*, given how far off it lies, beyond *sigmas*.

        Args:
            rule: The rule.
            usual: The mean and the width.
            way: On which side.
            counts: Whether a number counts that lies so far off; one of those that the rule looks at does.
            sigmas: How many sigmas off the edge is, as numerator and denominator.
        """
        said = called(Standing, way)
        if not self.has_values:
            return FIRED.because(rule=rule, answer=said, count=rule.window)

        def facts() -> dict[str, Fact]:
            back = next(at for at, off in enumerate(reversed(self.offs(rule.window, usual, way))) if counts(off))
            # The mean and the edge are whole numbers of finer parts; the numbers lie that many of them off.
            off, of = sigmas
            whole = usual.scale * of
            value = self.own(self.latest(back + 1)[0])
            mean = self.own(usual.shift * of, parts=whole)
            edge = self.own(usual.shift * of + way.value * off * usual.sigma, parts=whole)
            return {"rule": rule, "answer": said, "value": value, "on": self.day(back), "edge": edge, "mean": mean}

        return BEYOND.on_demand(facts)

    @property
    def behind_reference(self) -> int:
        """How many numbers behind the reference hang together."""
        return min(self.unbroken, len(self) - self.starts)

    def since_reference(self, most: int) -> list[Whole]:
        """Return the numbers behind the reference that hang together, oldest first: at most the latest *most*."""
        stop = self._phase.stop
        return self._wholes[stop - min(self.behind_reference, most) : stop]

    def added_up(self, key: Hashable, add_up: Callable[[Iterable[Whole]], Iterable[_T]]) -> _T | None:
        """Return the last of what *add_up* makes of the numbers behind the reference that hang together, if any.

        It is asked once for all numbers there are, those of later days included: what it says by each of them must
        depend on nothing behind it.

        Args:
            key: What is added up, beside where it begins.
            add_up: Returns a value by each number.
        """
        if not self.behind_reference:
            return None
        first = self._phase.stop - self.behind_reference
        begin = (key, first)
        if begin not in self._kept:
            self._kept[begin] = tuple(add_up(self._wholes[first:]))
        return cast("_T", self._kept[begin][self.behind_reference - 1])

    def against_usual(
        self, rule: Hashable, judge: Callable[[SigmaScale], Seen[Standing]], *, window: int, takes_trial: bool = True
    ) -> Seen[Standing]:
        """Return what *rule* sees by comparing numbers with what is usual, or why it can't say.

        Args:
            rule: The rule that asks.
            judge: Says what the rule sees, given what is usual.
            window: How many of the latest numbers it looks at.
            takes_trial: Whether a reference that may still move is good enough for it.
        """
        return self.once_settled(rule, partial(self._with_width, judge), window=window, takes_trial=takes_trial)

    def once_settled(
        self, rule: Hashable, judge: Callable[[SigmaScale], Seen[Standing]], *, window: int, takes_trial: bool = True
    ) -> Seen[Standing]:
        """Return what *judge* says once there are enough numbers, or why there are not; see `against_usual`.

        It is asked too where all numbers of the reference are alike.
        """
        if self.silent is not None:
            return Standing.UNDETERMINED, (self.silent,)
        least = least_readings(self.reference, takes_trial=takes_trial)
        missing = max(least - self.based_on, window - self.unbroken)
        if missing > 0 or self.scale is None:
            return too_few(Standing, rule, needs=max(window, least), missing=missing)
        if self.is_settled:
            return judge(self.scale)
        full = least_readings(self.reference, takes_trial=False)
        if not takes_trial:
            return Standing.UNDETERMINED, (NOT_SETTLED.because(rule=rule, count=self.based_on, full=full),)
        standing, reasons = judge(self.scale)
        is_silent = standing is Standing.UNDETERMINED
        return standing, reasons if is_silent else (*reasons, ON_TRIAL.because(count=self.based_on, full=full))

    def _with_width(self, judge: Callable[[SigmaScale], Seen[Standing]], usual: SigmaScale) -> Seen[Standing]:
        if not usual.sigma:
            return Standing.UNDETERMINED, (NO_DISPERSION.because(count=self.based_on),)
        return judge(usual)

    @property
    def reference_places(self) -> range:
        """The positions of the numbers that say what is usual, among all there are."""
        stop = self._phase.start + self.starts
        return range(stop - self.based_on, stop)

    def own_at(self, place: int) -> Fraction | None:
        """Return the number at a position, as a value of the measure; None where nothing leads back to one."""
        return self.own(self._wholes[place])

    @property
    def last_place(self) -> int:
        """The position of the latest number, among all there are."""
        return self._phase.stop - 1

    def kept(self, key: Hashable, make: Callable[[], Sequence[_T]]) -> Sequence[_T]:
        """Return what *make* makes, which depends on the *key* and on numbers that are there already: made once."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]
