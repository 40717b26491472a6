"""Floor 2: initiatives. Work that is done; it moves measures and is not one."""

from __future__ import annotations

import attrs

from goalmodel.capacity import Take, takes_of
from goalmodel.checks import ids, is_count, is_id, is_text, named
from goalmodel.reprs import readable


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class Initiative:
    """Work that is meant to move something.

    Attributes:
        id: Unique among all goals of a model.
        title: What is done.
        serves: Ids of the KPIs, key results and commits it is meant to move.
        owner: Who answers for it; None where nobody does.
        takes: What it takes of people, budget or hours, each resource once: over the times of the key results and
            commits it serves, or always where it serves a KPI or nothing.
        team: Which team works on it; None where nobody has said. One of them, its owner, answers for it.
        priority: How much it matters, from 1, which comes first; None where nobody has said.
    """

    id: str = attrs.field(validator=is_id)
    title: str = attrs.field(validator=is_text)
    serves: tuple[str, ...] = attrs.field(default=(), converter=ids)
    owner: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    takes: tuple[Take, ...] = attrs.field(default=(), converter=takes_of)
    team: str | None = attrs.field(default=None, validator=attrs.validators.optional(is_id))
    priority: int | None = attrs.field(default=None, validator=attrs.validators.optional(is_count(1)))

    def __str__(self) -> str:
        return f"initiative {self.id}: {self.title}"
