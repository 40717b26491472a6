"""Where what a statement says of the ends and of the way between them does not go together."""

from __future__ import annotations

from fractions import Fraction

from goalmodel.exact import spelled
from goalmodel.key_result import Absolute, PercentagePoints, Relative, TargetChange, solve
from goalmodel.measure import Measure, Unit, percentage_point
from goalmodel.reasons import Reason, ReasonKind

CHANGE_DISAGREES = ReasonKind(
    "statement-change-disagrees",
    "STM-3",
    "from {baseline} to {target} is {fits}, not {change}, which would lead to {leads_to}",
)
POINTS_CALLED_PERCENT = ReasonKind(
    "statement-points-called-percent",
    "STM-3",
    "from {baseline} % to {target} % is {points} percentage points, or {fits}; {change} was said",
)
POINTS_OR_PERCENT = ReasonKind(
    "statement-points-or-percent",
    "STM-2",
    "{change} of a percentage leads from {baseline} % to {leads_to} %, or to {by_points} % if points are meant",
)
SHARE_OF_NOTHING = ReasonKind(
    "statement-share-of-nothing", "STM-3", "{change} of a baseline of 0 is nothing: what is the target?"
)
POINTS_OF_NO_PERCENTAGE = ReasonKind(
    "statement-points-of-no-percentage", "STM-3", "{change} are said of {unit}, which is no percentage"
)
OTHER_WAY = ReasonKind(
    "statement-other-way", "STM-3", "the verb leads {verb} and the numbers lead {numbers}, by {change}"
)
NO_MOVE = ReasonKind("statement-no-move", "STM-3", "from {baseline} to {target} nothing is moved")


def disagreements(
    *,
    rises: bool | None,
    unit: Unit | None,
    baseline: Fraction | None,
    target: Fraction | None,
    change: TargetChange | None,
) -> tuple[Reason, ...]:
    """Return everything in which the parts of a statement disagree, with what would agree.

    Rule: STM-3.

    >>> for reason in disagreements(
    ...     rises=True, unit=None, baseline=Fraction(8), target=Fraction("9.2"), change=Relative.percent(20)
    ... ):
    ...     print(reason)
    from 8 to 9.2 is +15 %, not +20 %, which would lead to 9.6

    Args:
        rises: Whether the verb says up; None where it does not say.
        unit: Of the ends; None where it is not known.
        baseline: Where it starts; None where that is not known.
        target: Where it is to come; None where that is not known.
        change: By what; None where that is not known.
    """
    found = (
        _no_move(baseline, target),
        _of_change(unit, baseline, target, change),
        _of_direction(rises, baseline, target, change),
    )
    return tuple(reason for reason in found if reason is not None)


def fit(measure: Measure, baseline: Fraction, change: TargetChange) -> Fraction | None:
    """Return the target that *change* leads to; None where it means nothing of such a baseline or measure."""
    if isinstance(change, Relative) and not baseline:
        return None
    if isinstance(change, PercentagePoints) and percentage_point(measure.unit) is None:
        return None
    return solve(measure, baseline=baseline, change=change)


def start(measure: Measure, target: Fraction, change: TargetChange) -> Fraction | None:
    """Return the baseline that *change* leads from; None where *target* does not tell it."""
    if isinstance(change, Relative) and (change.share == -1 or not target):
        return None
    if isinstance(change, PercentagePoints) and percentage_point(measure.unit) is None:
        return None
    return solve(measure, target=target, change=change)


def _no_move(baseline: Fraction | None, target: Fraction | None) -> Reason | None:
    is_none = baseline is not None and baseline == target
    return NO_MOVE.because(baseline=baseline, target=target) if is_none else None


def _of_change(
    unit: Unit | None, baseline: Fraction | None, target: Fraction | None, change: TargetChange | None
) -> Reason | None:
    point = None if unit is None else percentage_point(unit)
    if isinstance(change, PercentagePoints) and unit is not None and point is None:
        return POINTS_OF_NO_PERCENTAGE.because(change=str(change), unit=unit.name)
    if baseline is None or change is None:
        return None
    measured = Measure("it") if unit is None else Measure("it", unit=unit)
    leads_to = fit(measured, baseline, change)
    if leads_to is None:
        return SHARE_OF_NOTHING.because(change=str(change)) if isinstance(change, Relative) else None
    if isinstance(change, Relative) and point is not None:
        by_points = baseline + change.share * 100 * point
        if target is None:
            return POINTS_OR_PERCENT.because(
                change=str(change), baseline=baseline, leads_to=leads_to, by_points=by_points
            )
        if target == by_points:
            points, fits = spelled(change.share * 100), _fitting(baseline, target, change)
            return POINTS_CALLED_PERCENT.because(
                baseline=baseline, target=target, points=points, fits=fits, change=str(change)
            )
    if target is None or leads_to == target:
        return None
    return CHANGE_DISAGREES.because(
        baseline=baseline,
        target=target,
        fits=_fitting(baseline, target, change),
        change=str(change),
        leads_to=leads_to,
    )


def _fitting(baseline: Fraction, target: Fraction, change: TargetChange) -> str:
    """Return the change of the same kind that would fit the ends."""
    way = target - baseline
    match change:
        case Relative():
            return f"{_signed(way / baseline * 100)} %"
        case PercentagePoints() | Absolute():
            return _signed(way)


def _signed(value: Fraction) -> str:
    return f"+{spelled(value)}" if value > 0 else spelled(value)


def _of_direction(
    rises: bool | None,  # noqa: FBT001 - None is the third answer
    baseline: Fraction | None,
    target: Fraction | None,
    change: TargetChange | None,
) -> Reason | None:
    if rises is None:
        return None
    if baseline is not None and target is not None:
        way, by = target - baseline, _signed(target - baseline)
    elif change is not None:
        way, by = _amount(change), str(change)
    else:
        return None
    if not way or (way > 0) == rises:
        return None
    return OTHER_WAY.because(verb=_way(is_up=rises), numbers=_way(is_up=not rises), change=by)


def _amount(change: TargetChange) -> Fraction:
    match change:
        case Relative(amount) | PercentagePoints(amount) | Absolute(amount):
            return amount


def _way(*, is_up: bool) -> str:
    return "up" if is_up else "down"
