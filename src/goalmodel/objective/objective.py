"""An objective: the outcome that key results and commits serve."""

from __future__ import annotations

from fractions import Fraction

import attrs

from goalmodel.checks import ids, is_id, is_text, named, positive
from goalmodel.reprs import readable


@readable
@attrs.frozen(kw_only=True, field_transformer=named)
class Objective:
    """An outcome in words; what it takes is said by the goals that serve it.

    Attributes:
        id: Unique among all goals of a model.
        title: The outcome: "Patients are seen in time".
        serves: Ids of the objectives it serves.
        owner: Who answers for it; None where nobody does.
        weight: How much it counts among the key results and objectives of an objective it serves, above 0.
    """

    id: str = attrs.field(validator=is_id)
    title: str = attrs.field(validator=is_text)
    serves: tuple[str, ...] = attrs.field(default=(), converter=ids)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    weight: Fraction = attrs.field(default=Fraction(1), converter=positive)

    def __str__(self) -> str:
        return f"objective {self.id}: {self.title}"
