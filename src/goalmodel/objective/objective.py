"""An objective: the outcome that key results and commits serve."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from goalmodel.checks import ids, is_text, positive
from goalmodel.exact import Number


def _serves(given: str | Iterable[str]) -> tuple[str, ...]:
    return ids(given, "serves")


def _weight(given: Number) -> Fraction:
    return positive(given, "weight")


@attrs.frozen(kw_only=True)
class Objective:
    """An outcome in words; what it takes is said by the goals that serve it.

    Attributes:
        id: Unique among all goals of a model.
        title: The outcome: "Patients are seen in time".
        serves: Ids of the objectives it serves.
        owner: Who answers for it; None where nobody does.
        weight: How much it counts among the key results and objectives of an objective it serves, above 0.
    """

    id: str = attrs.field(validator=is_text)
    title: str = attrs.field(validator=is_text)
    serves: tuple[str, ...] = attrs.field(default=(), converter=_serves)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    weight: Fraction = attrs.field(default=Fraction(1), converter=_weight)
