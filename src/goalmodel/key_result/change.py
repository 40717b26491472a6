"""A target given as a change: by a share of the baseline, by percentage points, by an amount. They are three types."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias, TypeVar, overload

import attrs

from goalmodel.doors import the
from goalmodel.errors import GoalModelError, OutOfBounds, WrongType
from goalmodel.exact import Number, exact, spelled
from goalmodel.measure import Measure, Scale, percentage_point


class NoTrueZero(GoalModelError, ValueError):
    """A relative change on a scale whose zero is arbitrary, or that has none: 20 % warmer than 10 °C is nothing."""

    accepted = "a measure on a ratio scale; elsewhere a change is an amount in the measure's own unit"


class ZeroBaseline(GoalModelError, ValueError):
    """A relative change of nothing: any share of 0 is 0."""

    accepted = "a baseline other than 0"


class NotInPercent(GoalModelError, ValueError):
    """Percentage points of a measure that is no percentage."""

    accepted = "a measure in percent, or in a unit whose base is percent"


class NotTwoOfThree(GoalModelError, ValueError):
    """Of three values that determine one another, not exactly two are given."""

    accepted = "exactly two of the three, so that they give the third"


def _of_baseline(given: Number) -> Fraction:
    return exact(given, "share")


def _points(given: Number) -> Fraction:
    return exact(given, "points")


def _amount(given: Number) -> Fraction:
    return exact(given, "amount")


@attrs.frozen
class Relative:
    """A change by a share of the baseline. Below a baseline under 0, a positive share leads further down.

    >>> str(Relative.percent(15)), str(Relative(-0.4))
    ('+15 %', '-40 %')

    Attributes:
        share: Of the baseline; 0.15 is fifteen percent more, -0.4 forty percent less.
    """

    share: Fraction = attrs.field(converter=_of_baseline)

    @classmethod
    def percent(cls, percent: Number) -> Relative:
        """Return the change by so many percent of the baseline."""
        return cls(exact(percent, "percent") / 100)

    def __str__(self) -> str:
        return f"{_signed(self.share * 100)} %"


@attrs.frozen
class PercentagePoints:
    """A change of a percentage by so many points: from 80 % by 5 points to 85 %.

    Attributes:
        points: So many, up or down.
    """

    points: Fraction = attrs.field(converter=_points)

    def __str__(self) -> str:
        return f"{_signed(self.points)} percentage points"


@attrs.frozen
class Absolute:
    """A change by an amount.

    Attributes:
        amount: In the measure's own unit, up or down.
    """

    amount: Fraction = attrs.field(converter=_amount)

    def __str__(self) -> str:
        return _signed(self.amount)


TargetChange: TypeAlias = Relative | PercentagePoints | Absolute
"""The ways in which a target can be given as a change."""

_Kind = TypeVar("_Kind", bound=Relative | PercentagePoints | Absolute)


def _signed(value: Fraction) -> str:
    return f"+{spelled(value)}" if value > 0 else spelled(value)


@overload
def solve(measure: Measure, *, baseline: Number, change: TargetChange) -> Fraction: ...
@overload
def solve(measure: Measure, *, target: Number, change: TargetChange) -> Fraction: ...
@overload
def solve(measure: Measure, *, baseline: Number, target: Number, change: type[_Kind]) -> _Kind: ...
def solve(
    measure: Measure,
    *,
    baseline: Number | None = None,
    target: Number | None = None,
    change: TargetChange | type[_Kind],
) -> Fraction | TargetChange:
    """Return the third of baseline, target and change: any two of them give it.

    Rules: CHG-1, CHG-2.

    >>> csat = Measure("customer satisfaction", unit="points")
    >>> str(solve(csat, baseline=8.0, change=Relative.percent(15)))
    '46/5'
    >>> str(solve(csat, target=9.2, change=Relative.percent(15)))
    '8'
    >>> solve(csat, baseline=8.0, target=9.2, change=Relative)
    Relative(share=Fraction(3, 20))

    Args:
        measure: What is changed; its scale and unit say which changes mean something.
        baseline: Where it starts, in the measure's own unit; None where it is asked for.
        target: Where it is to come, in the measure's own unit; None where it is asked for.
        change: By what; or, where that is asked for, the kind of change that is wanted.

    Returns:
        The target or the baseline in the measure's own unit, or the change, exact.

    Raises:
        NotTwoOfThree: Not exactly two are given.
        NoTrueZero: The change is relative and the scale of the measure is no ratio scale.
        ZeroBaseline: The change is relative and the baseline is 0, or would have to be.
        NotInPercent: The change is in percentage points and the measure is not in percent.
        OutOfBounds: The change takes all of any baseline away, so that the target tells nothing about it.
    """
    the(Measure, measure, "measure")
    if isinstance(change, type):
        if baseline is None or target is None:
            raise NotTwoOfThree("baseline, target, change", _given(baseline=baseline, target=target))
        return _change(measure, exact(baseline, "baseline"), exact(target, "target"), change)
    _means_something(measure, change)
    if target is None and baseline is not None:
        return _target(measure, exact(baseline, "baseline"), change)
    if baseline is None and target is not None:
        return _baseline(measure, exact(target, "target"), change)
    raise NotTwoOfThree("baseline, target, change", _given(baseline=baseline, target=target, change=change))


def solve_stretch(
    *,
    baseline: Number | None = None,
    target: Number | None = None,
    stretch: Number | None = None,
    share: Number = Fraction(7, 10),
) -> Fraction:
    """Return the third of baseline, target and stretch point: any two of them give it.

    They lie on one line: the baseline scores 0, the target *share*, the stretch point 1.

    Rule: CHG-3.

    >>> str(solve_stretch(baseline=8, target=8.84))
    '46/5'

    Args:
        baseline: Where it starts; None where it is asked for.
        target: Where it is expected to come; None where it is asked for.
        stretch: Where it would come at the very best; None where it is asked for.
        share: Which share of the way to the stretch point the target is, above 0 and below 1.

    Returns:
        The one that was not given, in the unit of the others, exact.

    Raises:
        NotTwoOfThree: Not exactly two are given.
        OutOfBounds: *share* is not above 0 and below 1.

    Source:
        Lobkovich, "You Are a Strategist" (2024): target 0.7, stretch 1.0; Google re:Work, "Guide: Set goals with OKRs":
        0.6 to 0.7 is the sweet spot.
    """
    part = exact(share, "share")
    if not 0 < part < 1:
        raise OutOfBounds("share", share, "a share above 0 and below 1")
    match baseline, target, stretch:
        case (None, _, _) if target is not None and stretch is not None:
            far = exact(stretch, "stretch")
            return far - (far - exact(target, "target")) / (1 - part)
        case (_, None, _) if baseline is not None and stretch is not None:
            start = exact(baseline, "baseline")
            return start + (exact(stretch, "stretch") - start) * part
        case (_, _, None) if baseline is not None and target is not None:
            start = exact(baseline, "baseline")
            return start + (exact(target, "target") - start) / part
        case _:
            given = _given(baseline=baseline, target=target, stretch=stretch)
            raise NotTwoOfThree("baseline, target, stretch", given)


def _given(**values: object) -> str:
    return ", ".join(name for name, value in values.items() if value is not None) or "none of them"


def _means_something(measure: Measure, change: TargetChange) -> None:
    match change:
        case Relative():
            _check_ratio(measure)
        case PercentagePoints():
            _point_of(measure)
        case Absolute():
            pass
        case _:
            raise WrongType("change", change, "a Relative, PercentagePoints or Absolute change")


def _check_ratio(measure: Measure) -> None:
    if measure.scale is not Scale.RATIO:
        raise NoTrueZero("measure", measure.scale)


def _point_of(measure: Measure) -> Fraction:
    point = percentage_point(measure.unit)
    if point is None:
        raise NotInPercent("measure", measure.unit.name)
    return point


def _not_zero(baseline: Fraction) -> Fraction:
    if not baseline:
        raise ZeroBaseline("baseline", baseline)
    return baseline


def _step(measure: Measure, change: PercentagePoints | Absolute) -> Fraction:
    return change.amount if isinstance(change, Absolute) else change.points * _point_of(measure)


def _target(measure: Measure, baseline: Fraction, change: TargetChange) -> Fraction:
    if isinstance(change, Relative):
        return _not_zero(baseline) * (1 + change.share)
    return baseline + _step(measure, change)


def _baseline(measure: Measure, target: Fraction, change: TargetChange) -> Fraction:
    if not isinstance(change, Relative):
        return target - _step(measure, change)
    if change.share == -1:
        raise OutOfBounds("change", str(change), "another change than by all there is, where the baseline is asked for")
    return _not_zero(target / (1 + change.share))


def _change(measure: Measure, baseline: Fraction, target: Fraction, kind: type[object]) -> TargetChange:
    if kind is Relative:
        _check_ratio(measure)
        return Relative((target - baseline) / _not_zero(baseline))
    if kind is PercentagePoints:
        return PercentagePoints((target - baseline) / _point_of(measure))
    if kind is Absolute:
        return Absolute(target - baseline)
    raise WrongType("change", kind, "Relative, PercentagePoints or Absolute")
