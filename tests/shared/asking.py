"""Trend rules of both families asked alike: where a row stands against what is usual, or which way it is heading."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final, NamedTuple

from goalmodel import Heading, KpiAssessment, Standing, TrendPolicy
from goalmodel.reasons import Reason
from goalmodel.trend import HeadingVerdict, StandingVerdict, TrendRow, TrendRule
from goalmodel.trend.rule import heading_verdict, standing_verdict

WORSE, BETTER, NEITHER, UNDETERMINED = "worse", "better", "neither", "undetermined"

WAYS: Final[MappingProxyType[Standing | Heading, str]] = MappingProxyType(
    {
        Standing.WORSE: WORSE,
        Standing.BETTER: BETTER,
        Standing.AS_USUAL: NEITHER,
        Standing.UNDETERMINED: UNDETERMINED,
        Heading.WORSENING: WORSE,
        Heading.IMPROVING: BETTER,
        Heading.NO_CLEAR_DIRECTION: NEITHER,
        Heading.UNDETERMINED: UNDETERMINED,
    }
)


class Heard(NamedTuple):
    """What a rule has said, whichever family it is of."""

    way: str
    reasons: tuple[Reason, ...]

    @property
    def codes(self) -> list[str]:
        return [reason.code for reason in self.reasons]

    @property
    def ways(self) -> frozenset[str]:
        """The ways reasons are given for; a chart may see both."""
        answers = (dict(reason.facts).get("answer") for reason in self.reasons)
        return frozenset(WAYS[each] for each in answers if isinstance(each, Standing | Heading))

    @property
    def missing(self) -> object:
        """How many readings are said to be missing; None where nothing of the kind is said."""
        return next((dict(each.facts)["missing"] for each in self.reasons if "missing" in dict(each.facts)), None)

    @property
    def in_short(self) -> tuple[str, list[str]]:
        """What is the same in every unit."""
        return self.way, self.codes


def is_about_direction(rule: TrendRule) -> bool:
    return hasattr(rule, "heading")


def asking(rule: TrendRule, **more: Any) -> TrendPolicy:  # noqa: ANN401 - any field of a policy
    """Return the policy that asks *rule* what it is about."""
    asked: dict[str, Any] = {"direction" if is_about_direction(rule) else "usual": rule}
    return TrendPolicy(**asked, **more)


def heard_of(verdict: StandingVerdict | HeadingVerdict | None) -> Heard:
    assert verdict is not None
    return Heard(WAYS[verdict.standing if isinstance(verdict, StandingVerdict) else verdict.heading], verdict.reasons)


def heard(found: KpiAssessment, rule: TrendRule) -> Heard:
    """Return what *rule* has said in an assessment that asked it."""
    verdict = found.direction if is_about_direction(rule) else found.usual
    assert verdict is not None
    assert verdict.rule == rule
    return heard_of(verdict)


def said(rule: TrendRule, row: TrendRow) -> Heard:
    """Return what *rule* says of a row."""
    verdict: Any = heading_verdict if is_about_direction(rule) else standing_verdict
    return heard_of(verdict(rule, row))
