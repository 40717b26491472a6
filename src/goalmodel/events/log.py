"""A model with its log: whether its goals stand as its events say.

Rule: EVT-4.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from goalmodel.errors import GoalModelError, Path
from goalmodel.events.beside import Beside
from goalmodel.events.event import Event
from goalmodel.events.goal import Goal
from goalmodel.events.life import Build, Life, taken_up


def as_told(before: tuple[Goal, ...], events: tuple[Event, ...], beside: Beside, build: Build) -> Mapping[str, Goal]:
    """Return the goals, by id, as *events* leave them, replayed from how they stood *before* the first.

    Rule: EVT-4.

    Args:
        before: All goals before the first event, the parts of others among them.
        events: All that was told, oldest first.
        beside: What the model holds now beside its goals.
        build: Makes a model of goals and events, or refuses to.

    Raises:
        GoalModelError: One of the events could not have been applied.
    """
    build(before, ())
    life = Life(before, (), beside.by(events, ()), lambda: before)
    for index, event in enumerate(events):
        try:
            life = taken_up(life, event, build)
        except GoalModelError as refused:
            refused.place(partial(_in_log, index=index))
            raise
    return {goal.id: goal for goal in life.goals}


def _in_log(refused: GoalModelError, index: int) -> Path:
    root, *steps = refused.field
    return Path(steps if root == "model" else ("events", index, *steps))
