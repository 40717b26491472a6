"""An objective: the outcome that key results and commits serve."""

from __future__ import annotations

from fractions import Fraction

import attrs

from goalmodel.checks import (
    is_a,
    is_count,
    is_id,
    is_text,
    named,
    positive,
    weighted_ids,
    weights_by_id,
    with_link_weights,
)
from goalmodel.measure import Cycle
from goalmodel.reprs import readable


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Objective:
    """An outcome in words; what it takes is said by the goals that serve it.

    Attributes:
        id: Unique among all goals of a model.
        title: The outcome: "Patients are seen in time".
        serves: Ids of the objectives it serves; as a mapping, with how much it counts in each.
        owner: Who answers for it; None where nobody does.
        weight: How much it counts among the key results and objectives of an objective it serves, above 0.
        link_weights: How much it counts in single objectives it serves, where that is not its weight: by id, above 0.
            Of those it does not serve nothing is kept.
        cycle: When it is pursued; None where nobody has said. What serves it has its own time.
        purpose: What for it is pursued; None where nobody has said.
        team: Which team works on it; None where nobody has said. One of them, its owner, answers for it.
        priority: How much it matters, from 1, which comes first; None where nobody has said.
    """

    id: str = attrs.field(validator=is_id)
    title: str = attrs.field(validator=is_text)
    serves: tuple[str, ...] = attrs.field(default=(), converter=weighted_ids)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    weight: Fraction = attrs.field(default=Fraction(1), converter=positive)
    link_weights: tuple[tuple[str, Fraction], ...] = attrs.field(default=(), converter=weights_by_id)
    cycle: Cycle | None = attrs.field(default=None, validator=is_a(Cycle, type(None)))
    purpose: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_text))
    team: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    priority: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(1)))

    def __attrs_post_init__(self) -> None:
        with_link_weights(self, self.serves, self.link_weights)

    def weight_in(self, objective: str | None) -> Fraction:
        """Return how much it counts in the objective with that id: by the link, or by its weight."""
        return dict(self.link_weights).get(objective or "", self.weight)

    def __str__(self) -> str:
        return f"objective {self.id}: {self.title}"
