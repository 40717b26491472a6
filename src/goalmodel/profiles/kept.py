"""Whether a goal is met: the edge, the tolerance around it, and how much of it is enough."""

from __future__ import annotations

from enum import unique
from fractions import Fraction

import attrs

from goalmodel.checks import Term, inner, is_a
from goalmodel.profiles.difference import Difference
from goalmodel.profiles.facts import Facts
from goalmodel.profiles.fields import differs, is_some_number, some_number
from goalmodel.reprs import readable


@unique
class Edge(Term):
    """Whether the value that was named meets the goal."""

    PASSES = "meets it"
    FAILS = "does not meet it"
    AS_WRITTEN = "meets it, unless more than or less than was written"


@attrs.frozen(kw_only=True)
@readable
class Kept:
    """What a system calls met; the defaults are goalmodel's rule COM-1.

    Attributes:
        tolerance: By which share of its own size an edge may be missed.
        edge: Whether the edge itself meets the goal.
        share: Which share of the way is enough for a goal that must be reached.
        aspirational: Which share of the way is enough for a goal that is safe to fall short.
    """

    tolerance: Fraction = attrs.field(
        default=Fraction(0),
        converter=some_number,
        validator=is_some_number,
        metadata=differs(Difference.TOLERANCE),
    )
    edge: Edge = attrs.field(default=Edge.PASSES, validator=is_a(Edge), metadata=differs(Difference.EDGE_FAILS))
    share: Fraction = attrs.field(
        default=Fraction(1),
        converter=some_number,
        validator=is_some_number,
        metadata=differs(Difference.LESS_IS_ENOUGH),
    )
    aspirational: Fraction = attrs.field(
        default=Fraction(1),
        converter=some_number,
        validator=is_some_number,
        metadata=differs(Difference.LESS_IS_ENOUGH),
    )

    @inner
    def enough(self, facts: Facts) -> Fraction:
        """Return which share of the way keeps the goal."""
        return self.aspirational if facts.aspirational else self.share


def meets(facts: Facts, value: Fraction, rule: Kept) -> bool | None:
    """Return whether *value* lies in the range that is wanted, or on the target's good side; None without either.

    Args:
        facts: What is wanted.
        value: In the measure's own unit.
        rule: What becomes of the edge, and of what lies near it.
    """
    if facts.has_range:
        low, high = facts.low, facts.high
    elif facts.is_falling:
        low, high = None, facts.target
    else:
        low, high = facts.target, None
    if low is None and high is None:
        return None
    is_strict = rule.edge is Edge.FAILS or (rule.edge is Edge.AS_WRITTEN and facts.strict)
    spare = [
        *([] if low is None else [value - low + rule.tolerance * abs(low)]),
        *([] if high is None else [high - value + rule.tolerance * abs(high)]),
    ]
    return min(spare) > 0 if is_strict else min(spare) >= 0
