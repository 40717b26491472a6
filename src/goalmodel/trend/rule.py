"""What a trend rule is, so that anybody can write one, and what it says."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from typing import Any, Protocol, cast

import attrs

from goalmodel.checks import are, is_a, made
from goalmodel.errors import WrongType
from goalmodel.reasons import Reason, spell
from goalmodel.reprs import readable
from goalmodel.trend.heading import Heading, Seen
from goalmodel.trend.reference import ReferencePeriod
from goalmodel.trend.row import TrendRow


class TrendRule(Protocol):
    """What says which way a row of numbers is heading: any frozen value with these four is a trend rule.

    Its answer must depend on nothing but the row, and be the same for all numbers times one positive factor, or with
    one number added to all of them.
    """

    def __str__(self) -> str:
        """Return what people call it, with what it counts: reasons name it so."""
        ...

    @property
    def false_alarm_rate(self) -> Fraction | None:
        """Probability of at least one wrong-way flag in twelve looks at a stable series; None where not known."""
        ...

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        ...

    def seen(self, row: TrendRow) -> Seen:
        """Return which way *row* is heading, and why; growing is worsening."""
        ...


def the_rule(given: object, field: str) -> TrendRule:
    """Return *given*, which must be a trend rule: whatever has the methods and the rate of one, and can be hashed."""
    kind = type(given)
    can_be_asked = callable(getattr(kind, "needs", None)) and callable(getattr(kind, "seen", None))
    # The rate is a property that may take its time: where the class has it, it is not asked for.
    has_rate = hasattr(kind, "false_alarm_rate") or hasattr(given, "false_alarm_rate")
    if can_be_asked and has_rate and isinstance(given, Hashable):
        return cast("TrendRule", given)
    raise WrongType(field, given, "a trend rule: needs, seen and false_alarm_rate, of a value that can be hashed")


def is_rule(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate: the field holds a trend rule."""
    the_rule(value, attribute.name)


@readable
@attrs.frozen
class TrendVerdict:
    """What one trend rule says.

    Attributes:
        rule: The rule that was asked.
        heading: Its answer.
        reasons: Why, with the counts used.
    """

    rule: TrendRule = attrs.field(validator=is_rule)
    heading: Heading = attrs.field(validator=is_a(Heading))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return spell(self.reasons)


def verdict(rule: TrendRule, row: TrendRow | Reason) -> TrendVerdict:
    """Return what *rule* says about *row*: that it says nothing, where there is a reason why nothing can be judged."""
    if isinstance(row, Reason):
        return made(TrendVerdict, rule=rule, heading=Heading.UNDETERMINED, reasons=(row,))
    heading, reasons = rule.seen(row)
    # A rule may be somebody's own: what is not plainly an answer goes through the door, which says what is wrong.
    if type(heading) is Heading and type(reasons) is tuple and all(type(each) is Reason for each in reasons):
        return made(TrendVerdict, rule=rule, heading=heading, reasons=reasons)
    return TrendVerdict(rule, heading, reasons)
