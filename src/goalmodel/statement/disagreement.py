"""Where what a statement says of the ends and of the way between them does not go together."""

from __future__ import annotations

from enum import unique
from fractions import Fraction
from typing import Final, NamedTuple, assert_never

from goalmodel.checks import Term
from goalmodel.errors import GoalModelError
from goalmodel.key_result import Absolute, PercentagePoints, Relative, TargetChange
from goalmodel.measure import Measure, Unit
from goalmodel.measure.unit import percentage_point
from goalmodel.reasons import Reason, ReasonKind

CHANGE_DISAGREES = ReasonKind(
    "statement-change-disagrees",
    "STM-3",
    "from {baseline} to {target} is {fits}, not {change}, which would lead to {leads_to}",
    {"baseline": Fraction, "target": Fraction, "fits": TargetChange, "change": TargetChange, "leads_to": Fraction},
)
POINTS_CALLED_PERCENT = ReasonKind(
    "statement-points-called-percent",
    "STM-3",
    "from {baseline} % to {target} % is {points}, or {fits}; {change} was said",
    {
        "baseline": Fraction,
        "target": Fraction,
        "points": PercentagePoints,
        "fits": TargetChange,
        "change": TargetChange,
    },
)
POINTS_OR_PERCENT = ReasonKind(
    "statement-points-or-percent",
    "STM-2",
    "{change} of a percentage leads from {baseline} % to {leads_to} %, or to {by_points} % if points are meant",
    {"change": TargetChange, "baseline": Fraction, "leads_to": Fraction, "by_points": Fraction},
)
SHARE_OF_NOTHING = ReasonKind(
    "statement-share-of-nothing",
    "STM-3",
    "{change} of a baseline of {baseline} is nothing to aim at",
    {"change": TargetChange, "baseline": Fraction},
)
POINTS_OF_NO_PERCENTAGE = ReasonKind(
    "statement-points-of-no-percentage",
    "STM-3",
    "{change} are said of {unit}, which is no percentage",
    {"change": TargetChange, "unit": str},
)
NO_MOVE = ReasonKind(
    "statement-no-move",
    "STM-3",
    "from {baseline} to {target} nothing is moved",
    {"baseline": Fraction, "target": Fraction},
)


@unique
class Direction(Term):
    """Which way a statement leads."""

    UP = "up"
    DOWN = "down"


OTHER_WAY = ReasonKind(
    "statement-other-way",
    "STM-3",
    "the verb leads {verb} and the numbers lead {numbers}, by {change}",
    {"verb": Direction, "numbers": Direction, "change": TargetChange},
)


class Way(NamedTuple):
    """What a statement says of where it goes.

    Attributes:
        rises: Whether the verb says up; None where it does not say.
        unit: Of the ends; None where it is not known.
        baseline: Where it starts; None where that is not known.
        target: Where it is to come; None where that is not known.
        change: By what; None where that is not known.
    """

    rises: bool | None = None
    unit: Unit | None = None
    baseline: Fraction | None = None
    target: Fraction | None = None
    change: TargetChange | None = None

    @property
    def measure(self) -> Measure:
        """What is moved, as far as the way tells."""
        return Measure("it") if self.unit is None else Measure("it", unit=self.unit)

    @property
    def point(self) -> Fraction | None:
        """What a percentage point is in the unit; None where it is no percentage, or not known."""
        return None if self.unit is None else percentage_point(self.unit)

    @property
    def leads_to(self) -> Fraction | None:
        """Where the change leads from the baseline; None where that means nothing."""
        if self.baseline is None or self.change is None:
            return None
        try:
            return self.change.applied(self.baseline, self.measure)
        except GoalModelError:
            return None

    @property
    def comes_from(self) -> Fraction | None:
        """Where the change to the target began; None where that means nothing."""
        if self.target is None or self.change is None:
            return None
        try:
            return self.change.undone(self.target, self.measure)
        except GoalModelError:
            return None

    @property
    def by_points(self) -> Fraction | None:
        """Where the change would lead if points had been meant by percent; None where that can't be meant."""
        if self.baseline is None or self.point is None or not isinstance(self.change, Relative):
            return None
        return self.baseline + self.change.share * 100 * self.point


def disagreements(way: Way) -> tuple[Reason, ...]:
    """Return everything in which the parts of a statement disagree, with what would agree.

    Rule: STM-3.

    >>> way = Way(rises=True, baseline=Fraction(8), target=Fraction("9.2"), change=Relative.percent(20))
    >>> print(*disagreements(way))
    from 8 to 9.2 is +15 %, not +20 %, which would lead to 9.6
    """
    return tuple(reason for check in _CHECKS if (reason := check(way)) is not None)


def no_move(way: Way) -> Reason | None:
    """Return that both ends are one."""
    if way.baseline is None or way.baseline != way.target:
        return None
    return NO_MOVE.because(baseline=way.baseline, target=way.target)


def share_of_nothing(way: Way) -> Reason | None:
    """Return that a share is said of a baseline that has none."""
    if way.baseline is None or way.baseline > 0 or not isinstance(way.change, Relative):
        return None
    return SHARE_OF_NOTHING.because(change=way.change, baseline=way.baseline)


def points_of_no_percentage(way: Way) -> Reason | None:
    """Return that percentage points are said of what is none."""
    if way.unit is None or way.point is not None or not isinstance(way.change, PercentagePoints):
        return None
    return POINTS_OF_NO_PERCENTAGE.because(change=way.change, unit=way.unit.name)


def points_or_percent(way: Way) -> Reason | None:
    """Return that a percentage is changed by percent, and no target tells whether points are meant."""
    if way.by_points is None or way.leads_to is None or way.target is not None:
        return None
    return POINTS_OR_PERCENT.because(
        change=way.change, baseline=way.baseline, leads_to=way.leads_to, by_points=way.by_points
    )


def points_called_percent(way: Way) -> Reason | None:
    """Return that a percentage is changed by percent, and the target tells that points are meant."""
    if way.by_points is None or way.by_points != way.target or way.leads_to in {None, way.target}:
        return None
    facts = {"baseline": way.baseline, "target": way.target, "fits": _fitting(way), "change": way.change}
    return POINTS_CALLED_PERCENT.because(**facts, points=PercentagePoints(_by(way)))


def change_disagrees(way: Way) -> Reason | None:
    """Return that the change does not lead from the baseline to the target."""
    if way.target is None or way.leads_to in {None, way.target} or way.by_points == way.target:
        return None
    facts = {"baseline": way.baseline, "target": way.target, "fits": _fitting(way), "change": way.change}
    return CHANGE_DISAGREES.because(**facts, leads_to=way.leads_to)


def other_way(way: Way) -> Reason | None:
    """Return that the verb leads one way and the numbers the other."""
    amount = _amount(way)
    if way.rises is None or not amount or (amount > 0) == way.rises:
        return None
    verb, numbers = (Direction.UP, Direction.DOWN) if way.rises else (Direction.DOWN, Direction.UP)
    by = way.change if way.baseline is None or way.target is None else Absolute(_by(way))
    return OTHER_WAY.because(verb=verb, numbers=numbers, change=by)


_CHECKS: Final = (
    no_move,
    share_of_nothing,
    points_of_no_percentage,
    points_or_percent,
    points_called_percent,
    change_disagrees,
    other_way,
)


def _amount(way: Way) -> Fraction:
    """Return how far it goes, in whatever is known; 0 where nothing is."""
    if way.baseline is not None and way.target is not None:
        return way.target - way.baseline
    match way.change:
        case Relative(amount) | PercentagePoints(amount) | Absolute(amount):
            return amount
        case None:
            return Fraction(0)
        case _:
            assert_never(way.change)


def _by(way: Way) -> Fraction:
    return (way.target or Fraction(0)) - (way.baseline or Fraction(0))


def _fitting(way: Way) -> TargetChange:
    """Return the change of the kind that is said which would fit the ends."""
    if isinstance(way.change, Relative) and way.baseline and way.target is not None:
        return Relative((way.target - way.baseline) / way.baseline)
    return Absolute(_by(way))
