"""A target given as a change: by a share of the baseline, by percentage points, by an amount. They are three types."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias, TypeVar, assert_never, overload

import attrs

from goalmodel.checks import inner_share, named, the
from goalmodel.errors import NotInPercent, NotTwoOfThree, OutOfBounds, RelativeToNothing, WrongType
from goalmodel.exact import Number, exact
from goalmodel.measure import Measure, Scale
from goalmodel.measure.unit import percentage_point
from goalmodel.reprs import readable
from goalmodel.showing import spelled


@attrs.frozen(field_transformer=named)
@readable
class Relative:
    """By a share of the baseline: "by 15 %".

    >>> Relative.percent(15).applied(Fraction(8), Measure("customer satisfaction", unit="points"))
    Fraction(46, 5)

    Attributes:
        share: Of the baseline; below 0 where it falls.
    """

    share: Fraction = attrs.field(converter=exact)

    @classmethod
    def percent(cls, percent: Number) -> Relative:
        """Return the change by so many hundredths of the baseline."""
        return cls(exact(percent, "percent") / 100)

    @classmethod
    def between(cls, baseline: Fraction, target: Fraction, measure: Measure) -> Relative:
        """Return the change that leads from *baseline* to *target*.

        Raises:
            RelativeToNothing: The baseline is 0 or below, or the measure has no true zero.
        """
        start = exact(baseline, "baseline")
        return cls((exact(target, "target") - start) / _whole(start, "baseline", measure))

    def applied(self, baseline: Fraction, measure: Measure) -> Fraction:
        """Return where the change leads from *baseline*, in the unit of *measure*.

        Raises:
            RelativeToNothing: The baseline is 0 or below, or the measure has no true zero.
        """
        return _whole(exact(baseline, "baseline"), "baseline", measure) * (1 + self.share)

    def undone(self, target: Fraction, measure: Measure) -> Fraction:
        """Return where the change to *target* began, in the unit of *measure*.

        Raises:
            RelativeToNothing: The measure has no true zero, or no baseline above it leads there.
            OutOfBounds: The change takes all there is, so that the target does not tell where it began.
        """
        end = exact(target, "target")
        if self.share == -1:
            raise OutOfBounds("change", self, "another change than by -100 %, where the baseline is asked for")
        return _whole(end / (1 + self.share), "target", measure)

    def __str__(self) -> str:
        return f"{signed(self.share * 100)} %"


@attrs.frozen(field_transformer=named)
@readable
class PercentagePoints:
    """By so many points of a percentage: from 80 % by 5 percentage points to 85 %.

    Attributes:
        points: Below 0 where it falls.
    """

    points: Fraction = attrs.field(converter=exact)

    @classmethod
    def between(cls, baseline: Fraction, target: Fraction, measure: Measure) -> PercentagePoints:
        """Return the change that leads from *baseline* to *target*.

        Raises:
            NotInPercent: The measure is no percentage.
        """
        return cls((exact(target, "target") - exact(baseline, "baseline")) / _point_of(measure))

    def applied(self, baseline: Fraction, measure: Measure) -> Fraction:
        """Return where the change leads from *baseline*, in the unit of *measure*.

        >>> PercentagePoints(5).applied(
        ...     Fraction(4, 5), Measure("happy", unit=Unit("share", base="percent", factor=100))
        ... )
        Fraction(17, 20)

        Raises:
            NotInPercent: The measure is no percentage.
        """
        return exact(baseline, "baseline") + self.points * _point_of(measure)

    def undone(self, target: Fraction, measure: Measure) -> Fraction:
        """Return where the change to *target* began, in the unit of *measure*.

        Raises:
            NotInPercent: The measure is no percentage.
        """
        return exact(target, "target") - self.points * _point_of(measure)

    def __str__(self) -> str:
        return f"{signed(self.points)} percentage points"


@attrs.frozen(field_transformer=named)
@readable
class Absolute:
    """By an amount in the measure's own unit: "by 2".

    Attributes:
        amount: In the measure's own unit; below 0 where it falls.
    """

    amount: Fraction = attrs.field(converter=exact)

    @classmethod
    def between(cls, baseline: Fraction, target: Fraction, measure: Measure) -> Absolute:  # noqa: ARG003 - asked alike
        """Return the change that leads from *baseline* to *target*."""
        return cls(exact(target, "target") - exact(baseline, "baseline"))

    def applied(self, baseline: Fraction, measure: Measure) -> Fraction:  # noqa: ARG002 - each change is asked alike
        """Return where the change leads from *baseline*."""
        return exact(baseline, "baseline") + self.amount

    def undone(self, target: Fraction, measure: Measure) -> Fraction:  # noqa: ARG002 - each change is asked alike
        """Return where the change to *target* began."""
        return exact(target, "target") - self.amount

    def __str__(self) -> str:
        return signed(self.amount)


TargetChange: TypeAlias = Relative | PercentagePoints | Absolute
"""How a target may be given where nobody knows, or wants to say, the number."""

_Kind = TypeVar("_Kind", bound=Relative | PercentagePoints | Absolute)


def target_of(given: Number | TargetChange, field: str = "target") -> Fraction | TargetChange:
    """Return a target as it was given, a number exactly.

    Rules: KR-7, CHG-1.
    """
    return given if isinstance(given, Relative | PercentagePoints | Absolute) else exact(given, field)


def check_meaning(change: TargetChange, measure: Measure) -> None:
    """Raise where *change* means nothing for *measure*, whatever its baseline may be.

    Rule: CHG-1.

    Raises:
        RelativeToNothing: It is by a share, and the measure has no true zero.
        NotInPercent: It is in percentage points, and the measure is no percentage.
    """
    match change:
        case Relative():
            _check_true_zero(measure)
        case PercentagePoints():
            _point_of(measure)
        case Absolute():
            pass
        case _:
            assert_never(change)


def signed(value: Fraction) -> str:
    """Return *value* in decimal with its sign, a plus as well."""
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

    Rule: CHG-2.

    >>> csat = Measure("customer satisfaction", unit="points")
    >>> str(solve(csat, baseline=8.0, change=Relative.percent(15)))
    '46/5'
    >>> str(solve(csat, target=9.2, change=Relative.percent(15)))
    '8'
    >>> solve(csat, baseline=8.0, target=9.2, change=Relative)
    Relative(0.15)

    Args:
        measure: What is changed; its scale and unit say which changes mean something.
        baseline: Where it starts, in the measure's own unit; None where it is asked for.
        target: Where it is to come, in the measure's own unit; None where it is asked for.
        change: By what; or, where that is asked for, the kind of change that is wanted.

    Returns:
        The target or the baseline in the measure's own unit, or the change, exact.

    Raises:
        NotTwoOfThree: Not exactly two are given.
        RelativeToNothing: The change is by a share, and the scale of the measure is no ratio scale, or the baseline is
            not above 0.
        NotInPercent: The change is in percentage points and the measure is not in percent.
        OutOfBounds: The change is by -100 % and the baseline is asked for.
    """
    the(Measure, measure, "measure")
    start = None if baseline is None else exact(baseline, "baseline")
    end = None if target is None else exact(target, "target")
    match change:
        case type() if start is not None and end is not None:
            return _between(change, start, end, measure)
        case Relative() | PercentagePoints() | Absolute() if start is not None and end is None:
            return change.applied(start, measure)
        case Relative() | PercentagePoints() | Absolute() if end is not None and start is None:
            return change.undone(end, measure)
        case type() | Relative() | PercentagePoints() | Absolute():
            known = None if isinstance(change, type) else change
            raise NotTwoOfThree(
                "baseline",
                _given(baseline=start, target=end, change=known),
                "one of exactly two of baseline, target and change",
            )
        case _:
            raise WrongType("change", change, _CHANGES)


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
    part = inner_share(share, "share")
    start = None if baseline is None else exact(baseline, "baseline")
    middle = None if target is None else exact(target, "target")
    end = None if stretch is None else exact(stretch, "stretch")
    match start, middle, end:
        case None, Fraction(), Fraction():
            return end - (end - middle) / (1 - part)
        case Fraction(), None, Fraction():
            return start + (end - start) * part
        case Fraction(), Fraction(), None:
            return start + (middle - start) / part
        case _:
            given = _given(baseline=start, target=middle, stretch=end)
            raise NotTwoOfThree("baseline", given, "one of exactly two of baseline, target and stretch")


_CHANGES = "a change: Relative, PercentagePoints or Absolute"


def _given(**values: object) -> tuple[str, ...]:
    return tuple(name for name, value in values.items() if value is not None)


def _between(kind: type[object], baseline: Fraction, target: Fraction, measure: Measure) -> TargetChange:
    for each in (Relative, PercentagePoints, Absolute):
        if each is kind:
            return each.between(baseline, target, measure)
    raise WrongType("change", kind, _CHANGES)


def _whole(value: Fraction, field: str, measure: Measure) -> Fraction:
    """Return *value*, which must be something to take shares of."""
    _check_true_zero(measure)
    if value <= 0:
        raise RelativeToNothing(field, value)
    return value


def _check_true_zero(measure: Measure) -> None:
    if the(Measure, measure, "measure").scale is not Scale.RATIO:
        raise RelativeToNothing("target", measure.scale.value)


def _point_of(measure: Measure) -> Fraction:
    point = percentage_point(the(Measure, measure, "measure").unit)
    if point is None:
        raise NotInPercent("measure", measure.unit.name)
    return point
