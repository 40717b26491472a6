"""Where a goal of a model stands, and how an event is applied to a model.

Rule: EVT-1.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial

from goalmodel.checks import the, the_iterable, the_text
from goalmodel.events import Event
from goalmodel.events.event import in_effect, the_event
from goalmodel.events.life import Life, after_one, lived
from goalmodel.events.moves import GoalState, state_in
from goalmodel.events.order import in_order
from goalmodel.events.place import said_by
from goalmodel.model import GoalModel, after_all, before_of, beside_of, standing


def state_of(model: GoalModel, id: str) -> GoalState:  # noqa: A002 - the name the field has on every goal
    """Return where the goal with that id stands; a metric where no KPI, key result or commit has or had it.

    It is what the goals of the model and its events say, and stored nowhere.

    >>> csat = Kpi(id="csat", measure=Measure("customer satisfaction"))
    >>> state_of(GoalModel(kpis=[csat]), "csat"), state_of(GoalModel(), "csat")
    (<GoalState.KPI: 'KPI'>, <GoalState.METRIC: 'metric'>)
    """
    goals = {goal.id: goal for goal in the(GoalModel, model, "model").goals}
    return state_in(goals, in_effect(model.events), the_text(id, "id"))


def apply(model: GoalModel, event: Event) -> GoalModel:
    """Return *model* after *event*: the goals as they stand from then on, and the event behind all earlier ones.

    What is closed leaves the model and stays in its events. What led to it leads to what carries it on, or there no
    longer.

    Rules: EVT-1, EVT-2.

    >>> csat = Kpi(id="csat", measure=Measure("customer satisfaction"))
    >>> watched = Adopted(on=date(2026, 9, 1), goal=csat, reason="clients leave", decided_by="the board")
    >>> apply(GoalModel(), watched).kpis == (csat,)
    True

    Args:
        model: The goals before.
        event: What happened; not before the latest event of the model.

    Raises:
        OutOfOrder: It is dated before the latest event of the model.
        GivenTwice: The model has it already.
        IllegalMove: The state of a goal does not allow it.
        EventDoesNotFit: It tells of a goal as it does not stand in the model.
        GoalModelError: What the event itself says can't be: a target equal to the baseline, an amendment after the due
            date, a new goal with a link to nobody.
    """
    the(GoalModel, model, "model")
    with said_by(the_event(event, "event")):
        told = in_order((*model.events, event), "events")
        life = Life(model.goals, model.events, beside_of(model), cache(partial(before_of, model)))
        return after_all(model, after_one(life, event, partial(standing, model)), told)


def replay(model: GoalModel, events: Iterable[Event]) -> GoalModel:
    """Return *model* after all *events*, one after the other, in the order in which they were told.

    Rule: LIFE-8.

    Args:
        model: The goals before the first of them.
        events: Oldest first.

    Raises:
        GoalModelError: One of them can't be applied, see `apply`; a note on the error says which.
    """
    life = Life(the(GoalModel, model, "model").goals, model.events, beside_of(model), cache(partial(before_of, model)))
    life = lived(life, the_iterable(events, "events"), partial(standing, model))
    return after_all(model, life.goals, life.events)
