"""Any goal: what a model can hold, and which kind may serve which."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias, get_args

from goalmodel.commit import Commit
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult
from goalmodel.kpi import CompositeKpi, Kpi
from goalmodel.objective import Objective

Goal: TypeAlias = Initiative | Kpi | CompositeKpi | KeyResult | Commit | Objective
"""Any goal a model can hold."""

KINDS: Final[tuple[type[Goal], ...]] = get_args(Goal)
"""The kinds of goals."""

MAY_SERVE: Final[Mapping[type, tuple[type, ...]]] = MappingProxyType(
    {
        Initiative: (Kpi, CompositeKpi, KeyResult, Commit),
        Kpi: (KeyResult, Objective),
        CompositeKpi: (KeyResult, Objective),
        KeyResult: (Objective,),
        Commit: (Objective,),
        Objective: (Objective,),
    }
)
"""Which kind of goal may serve which."""


def ids_of(goal: Goal) -> tuple[str, ...]:
    """Return the id of *goal*, and those of its parts where it has any."""
    return (goal.id, *(part.id for part in goal.parts)) if isinstance(goal, CompositeKpi) else (goal.id,)
