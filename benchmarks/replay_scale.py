"""How the time of `replay` grows with the events that change goals, on as many goals each time.

    python benchmarks/replay_scale.py --goals 2000 --events 1000

Prints the seconds for so many events and for ten times as many, and their ratio.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time

from goalmodel import GoalModel, Kpi, Measure, replay
from goalmodel.events import DeviationAccepted, Event

FIRST = dt.date(2020, 1, 1)


def a_model(goals: int) -> GoalModel:
    """Return a model of so many KPIs."""
    return GoalModel(kpis=[Kpi(id=f"kpi-{at}", measure=Measure(f"measure {at}")) for at in range(goals)])


def a_log(events: int, goals: int) -> list[Event]:
    """Return so many accepted deviations, each of the next KPI, a day for each round."""
    days = (FIRST + dt.timedelta(days=at // goals) for at in range(events))
    return [
        DeviationAccepted(on=on, until=on, kpi=f"kpi-{at % goals}", reason="agreed", decided_by="the team")
        for at, on in enumerate(days)
    ]


def seconds(events: int, goals: int) -> float:
    """Return how long the replay of so many events on so many goals takes."""
    model, log = a_model(goals), a_log(events, goals)
    start = time.perf_counter()
    replay(model, log)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--goals", type=int, default=2_000)
    parser.add_argument("--events", type=int, default=1_000)
    asked = parser.parse_args()
    few, many = seconds(asked.events, asked.goals), seconds(10 * asked.events, asked.goals)
    print(f"{asked.goals} goals: {asked.events} events {few:.3f} s, ten times as many {many:.3f} s")
    print(f"ratio {many / few:.1f}")


if __name__ == "__main__":
    main()
