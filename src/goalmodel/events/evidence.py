"""What an event rests on."""

from __future__ import annotations

from fractions import Fraction

import attrs

from goalmodel.checks import are, is_text, named, share
from goalmodel.exact import Number
from goalmodel.measure import Reading
from goalmodel.reasons import Reason
from goalmodel.reprs import readable


def _rate(given: Number | None, field: str = "value") -> Fraction | None:
    return None if given is None else share(given, field)


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Evidence:
    """What was known when something was decided; empty where people decided without any.

    Attributes:
        reasons: What was found, as a verdict or a decision gave it.
        readings: The readings that decided, in no order of rank.
        rule: The trend rule that gave a signal; None where none did.
        false_alarm_rate: How often that rule is wrong on a stable KPI, as it says itself, from 0 to 1; None where it
            does not say, or no rule gave a signal.
    """

    reasons: tuple[Reason, ...] = attrs.field(default=(), validator=are(Reason))
    readings: tuple[Reading, ...] = attrs.field(default=(), validator=are(Reading))
    rule: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    false_alarm_rate: Fraction | None = attrs.field(default=None, converter=_rate)
