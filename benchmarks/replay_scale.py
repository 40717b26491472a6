"""How the time of `replay` grows with the events, on as many goals each time.

    python benchmarks/replay_scale.py --goals 2000 --events 1000

Prints the seconds for so many events and for ten times as many, and their ratio: once of events that change a goal, and
once of events by which goals begin, change, are carried over and end. And the same of ten times as many goals and
events together.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Callable, Iterator
from itertools import islice

import attrs

from goalmodel import Cycle, GoalModel, KeyResult, Kpi, Measure, Objective, replay
from goalmodel.events import Adopted, CarriedOver, DeviationAccepted, Edited, Event, Retired, TargetRevised
from goalmodel.key_result import revise

FIRST = dt.date(2020, 1, 1)
THE_TEAM = "the team"


def a_model(goals: int) -> GoalModel:
    """Return a model of so many KPIs, each of which serves an objective."""
    kpis = [Kpi(id=f"kpi-{at}", measure=Measure(f"measure {at}"), serves="glad") for at in range(goals)]
    return GoalModel(kpis=kpis, objectives=[Objective(id="glad", title="Guests are glad they came")])


def changing(goals: int) -> Iterator[Event]:
    """Yield accepted deviations, each of the next KPI, a day for each round."""
    at = 0
    while True:
        on = FIRST + dt.timedelta(days=at // goals)
        yield DeviationAccepted(on=on, until=on, kpi=f"kpi-{at % goals}", reason="agreed", decided_by=THE_TEAM)
        at += 1


def beginning_and_ending(goals: int) -> Iterator[Event]:
    """Yield the short lives of key results, one after the other: set, revised, carried over, and retired."""
    kpis, at = list(a_model(goals).kpis), 0
    while True:
        on = FIRST + dt.timedelta(days=at // goals)
        told = {"on": on, "reason": "agreed", "decided_by": THE_TEAM}
        quarter, after = (Cycle(day, day + dt.timedelta(days=90)) for day in (on, on + dt.timedelta(days=1)))
        kr = KeyResult(
            id=f"kr-{at}", measure=Measure(f"measure {at % goals}"), baseline=0, target=10, cycle=quarter, serves="glad"
        )
        yield Adopted(goal=kr, **told)
        yield TargetRevised(key_result=kr.id, target=12, **told)
        kr = revise(kr, target=12, on=on, reason="agreed")
        later = KeyResult(
            id=f"kr-{at}-b", measure=kr.measure, baseline=0, target=20, cycle=after, continues=kr.id, serves="glad"
        )
        yield CarriedOver(goal=kr, into=later, **told)
        edited = attrs.evolve(kpis[at % goals], owner=f"team {at}")
        yield Edited(goal=kpis[at % goals], into=edited, **told)
        kpis[at % goals] = edited
        yield Retired(goal=later, **told)
        at += 1


def seconds(log: Callable[[int], Iterator[Event]], events: int, goals: int) -> float:
    """Return how long the replay of so many events on so many goals takes."""
    model, told = a_model(goals), list(islice(log(goals), events))
    start = time.perf_counter()
    replay(model, told)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--goals", type=int, default=2_000)
    parser.add_argument("--events", type=int, default=1_000)
    asked = parser.parse_args()
    for log in (changing, beginning_and_ending):
        few, many = seconds(log, asked.events, asked.goals), seconds(log, 10 * asked.events, asked.goals)
        print(f"{log.__name__}, {asked.goals} goals: {asked.events} events {few:.3f} s, ten times {many:.3f} s")
        print(f"ratio {many / few:.1f}")
        all_of_it = seconds(log, 10 * asked.events, 10 * asked.goals)
        print(f"ten times the goals and the events: {all_of_it:.3f} s, ratio {all_of_it / few:.1f}")


if __name__ == "__main__":
    main()
