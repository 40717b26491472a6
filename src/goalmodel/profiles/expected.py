"""How much of the way was to be come by now."""

from __future__ import annotations

from enum import unique
from fractions import Fraction
from typing import assert_never

import attrs

from goalmodel.checks import Term, is_a, named, share_above_0
from goalmodel.key_result.outcome_words import SUCCESS
from goalmodel.key_result.trajectory import Trajectory
from goalmodel.profiles.amount import Shown
from goalmodel.profiles.difference import Difference
from goalmodel.profiles.facts import Facts
from goalmodel.profiles.fields import differs
from goalmodel.reprs import readable


@unique
class DayCount(Term):
    """Which days are over on a day."""

    THROUGH_TODAY = "today, too"
    BEFORE_TODAY = "those before today"
    BETWEEN_ENDS = "those since the first, of those between the first and the last"


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Expected:
    """What a system expects by now; the defaults are goalmodel's rule KR-9.

    Attributes:
        day_count: Which days are over.
        trajectory: What is expected by when, where nobody said.
        toward: What share of the way is expected by the end, where nobody said.
        whole: How what is expected is rounded in the measure's own unit where it comes in whole units; None where it
            is not.
        fine: The same where it does not.
    """

    day_count: DayCount = attrs.field(
        default=DayCount.THROUGH_TODAY, validator=is_a(DayCount), metadata=differs(Difference.OTHER_DAY_COUNT)
    )
    trajectory: Trajectory = attrs.field(
        default=Trajectory.linear(), validator=is_a(Trajectory), metadata=differs(Difference.OTHER_TRAJECTORY)
    )
    toward: Fraction = attrs.field(
        default=SUCCESS, converter=share_above_0, metadata=differs(Difference.OTHER_TRAJECTORY)
    )
    whole: Shown | None = attrs.field(
        default=None, validator=is_a(Shown, type(None)), metadata=differs(Difference.ROUNDED)
    )
    fine: Shown | None = attrs.field(
        default=None, validator=is_a(Shown, type(None)), metadata=differs(Difference.ROUNDED)
    )


def expected_of(facts: Facts, rule: Expected) -> Fraction | None:
    """Return the share of the way that was to be come by now; None where nobody can say."""
    if facts.expected is not None:
        return facts.expected
    elapsed = _elapsed(facts, rule.day_count)
    if elapsed is None:
        return None
    over = min(max(elapsed, Fraction(0)), Fraction(1))
    declared = facts.trajectory
    share = rule.toward * rule.trajectory.expected(over) if declared is None else declared.expected(over)
    shown = rule.whole if facts.whole else rule.fine
    if shown is None or facts.baseline is None or facts.target is None or facts.baseline == facts.target:
        return share
    way = facts.target - facts.baseline
    return (shown.of(facts.baseline + share * way) - facts.baseline) / way


def _elapsed(facts: Facts, day_count: DayCount) -> Fraction | None:
    if facts.elapsed is not None or facts.day is None or facts.days is None:
        return facts.elapsed
    match day_count:
        case DayCount.THROUGH_TODAY:
            return facts.time_over
        case DayCount.BEFORE_TODAY:
            return Fraction(facts.day - 1, facts.days)
        case DayCount.BETWEEN_ENDS:
            return Fraction(facts.day - 1, facts.days - 1) if facts.days > 1 else Fraction(1)
        case unknown:
            assert_never(unknown)
