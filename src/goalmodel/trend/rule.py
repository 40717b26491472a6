"""What trend rules are, so that anybody can write one, and what they say."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from typing import Any, Final, Protocol, TypeAlias, cast

import attrs

from goalmodel.checks import are, is_a, made
from goalmodel.errors import WrongType
from goalmodel.reasons import Reason, spell
from goalmodel.reprs import readable
from goalmodel.trend.answer import Heading, Seen, Standing
from goalmodel.trend.reference import ReferencePeriod
from goalmodel.trend.row import TrendRow

YEAR_OF_MONTHS: Final = 12
"""Looks in the year that false-alarm rates are stated for where nothing else is said."""


class _Asked(Protocol):
    """What both kinds of trend rules have."""

    def __str__(self) -> str:
        """Return what people call it, with what it counts: reasons name it so."""
        ...

    def false_alarm_rate(self, looks: int = YEAR_OF_MONTHS) -> Fraction | None:
        """Return the probability of at least one wrong-way flag in so many *looks* at a stable series, if it is known.

        A year has 12 looks of months, 52 of weeks.
        """
        ...

    def needs(self, reference: ReferencePeriod) -> int:
        """Return how many readings it needs before it says anything."""
        ...


class UsualRule(_Asked, Protocol):
    """What says where a row of numbers stands against what is usual: any frozen value with these four is such a rule.

    Its answer must depend on nothing but the row, and be the same for all numbers times one positive factor, or with
    one number added to all of them and to what is usual.
    """

    def standing(self, row: TrendRow) -> Seen[Standing]:
        """Return where *row* stands, and why; more is worse."""
        ...


class DirectionRule(_Asked, Protocol):
    """What says which way a row of numbers is heading: any frozen value with these four is such a rule.

    Its answer must depend on nothing but the row, not on what is usual, and be the same for all numbers times one
    positive factor, or with one number added to all of them.
    """

    def heading(self, row: TrendRow) -> Seen[Heading]:
        """Return which way *row* is heading, and why; growing is worsening."""
        ...


TrendRule: TypeAlias = UsualRule | DirectionRule
"""A rule about either."""


def the_usual_rule(given: object, field: str) -> UsualRule:
    """Return *given*, which must be a rule about what is usual."""
    if _has(given, "standing"):
        return cast("UsualRule", given)
    raise WrongType(field, given, "a rule about what is usual: standing, needs and false_alarm_rate, and a hash")


def the_direction_rule(given: object, field: str) -> DirectionRule:
    """Return *given*, which must be a rule about direction."""
    if _has(given, "heading"):
        return cast("DirectionRule", given)
    raise WrongType(field, given, "a rule about direction: heading, needs and false_alarm_rate, and a hash")


def _has(given: object, asked: str) -> bool:
    kind = type(given)
    methods = (asked, "needs", "false_alarm_rate")
    return all(callable(getattr(kind, name, None)) for name in methods) and isinstance(given, Hashable)


def is_usual_rule(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate: the field holds a rule about what is usual."""
    the_usual_rule(value, attribute.name)


def is_direction_rule(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate: the field holds a rule about direction."""
    the_direction_rule(value, attribute.name)


@attrs.frozen
@readable
class StandingVerdict:
    """What one rule says of where a measure stands against what is usual.

    Attributes:
        rule: The rule that was asked.
        standing: Its answer.
        reasons: Why, with the counts used.
    """

    rule: UsualRule = attrs.field(validator=is_usual_rule)
    standing: Standing = attrs.field(validator=is_a(Standing))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return spell(self.reasons)


@attrs.frozen
@readable
class HeadingVerdict:
    """What one rule says of which way a measure is heading.

    Attributes:
        rule: The rule that was asked.
        heading: Its answer.
        reasons: Why, with the counts used.
    """

    rule: DirectionRule = attrs.field(validator=is_direction_rule)
    heading: Heading = attrs.field(validator=is_a(Heading))
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))

    def __str__(self) -> str:
        return spell(self.reasons)


def standing_verdict(rule: UsualRule, row: TrendRow | Reason) -> StandingVerdict:
    """Return what *rule* says about *row*: that it says nothing, where there is a reason why nothing can be judged."""
    if isinstance(row, Reason):
        return made(StandingVerdict, rule=rule, standing=Standing.UNDETERMINED, reasons=(row,))
    standing, reasons = rule.standing(row)
    if type(standing) is Standing and _are_reasons(reasons):
        return made(StandingVerdict, rule=rule, standing=standing, reasons=reasons)
    return StandingVerdict(rule, standing, reasons)


def heading_verdict(rule: DirectionRule, row: TrendRow | Reason) -> HeadingVerdict:
    """Return what *rule* says about *row*: that it says nothing, where there is a reason why nothing can be judged."""
    if isinstance(row, Reason):
        return made(HeadingVerdict, rule=rule, heading=Heading.UNDETERMINED, reasons=(row,))
    heading, reasons = rule.heading(row)
    if type(heading) is Heading and _are_reasons(reasons):
        return made(HeadingVerdict, rule=rule, heading=heading, reasons=reasons)
    return HeadingVerdict(rule, heading, reasons)


def _are_reasons(given: object) -> bool:
    """Return whether *given* is plainly what reasons are: a rule may be somebody's own, and else the door says why."""
    return type(given) is tuple and {*map(type, cast("tuple[object, ...]", given))} <= _REASONS


_REASONS: Final = frozenset({Reason})
