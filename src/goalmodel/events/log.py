"""A model with its log: whether its goals stand as its events say.

Rule: EVT-4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from goalmodel.capacity import Capacity
from goalmodel.errors import GoalModelError, Path
from goalmodel.events.capacities import capacities_by
from goalmodel.events.event import Event
from goalmodel.events.goal import Goal
from goalmodel.events.life import Build, Life, taken_up
from goalmodel.events.undoing import before_all
from goalmodel.measure import Derived


def as_told(
    goals: Sequence[Goal],
    events: tuple[Event, ...],
    derived: Iterable[Derived],
    capacities: Iterable[Capacity],
    build: Build,
) -> Mapping[str, Goal]:
    """Return the goals, by id, as *events* leave them, replayed from how they stood before the first.

    Rule: EVT-4.

    Args:
        goals: All goals as they stand now, the parts of others among them.
        events: All that was told, oldest first.
        derived: The measures that follow from others.
        capacities: What there is now of what goals take.
        build: Makes a model of goals and events, or refuses to.

    Raises:
        GoalModelError: One of the events could not have been applied.
    """
    before = before_all(goals, events)
    build(before, ())
    life = Life(before, (), derived, capacities_by(capacities, events, ()))
    for index, event in enumerate(events):
        try:
            life = taken_up(life, event, build)
        except GoalModelError as refused:
            for each in refused.problems:
                each.field = Path(("events", index, *(each.field[1:] if each.field[0] == "event" else ())))
                each.args = (each.field, *each.args[1:])
            raise
    return {goal.id: goal for goal in life.goals}
