"""Lint models of 1,000 and 10,000 goals with all rules, the heuristic ones too. Prints the ratio, not times alone.

Run by hand: ``python benchmarks/hygiene_scale.py``. The target: ten times the goals take at most 12 times as long. Half
of the goals break some rule; all stand on measures and serve objectives so that every index is used.
"""

from __future__ import annotations

import datetime as dt
import gc
import sys
from time import process_time

import attrs

from goalmodel import (
    Commit,
    Cycle,
    GoalModel,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Policy,
    Reached,
    Series,
    Standard,
    lint,
    parse,
    review,
)
from goalmodel.hygiene import HygienePolicy

SIZES = (1_000, 10_000)
MOST = 12
ROUNDS = 3
AS_OF = dt.date(2026, 11, 30)
CYCLE = Cycle.quarter(2026, 4)
ENDS = tuple(Cycle.month(2026, month).end for month in range(1, 12))
EVERYTHING = HygienePolicy(select=["KPI", "KR", "COM", "OBJ", "GM"])
NOTHING_FOUND = HygienePolicy(select=["GM505"])


def model_of(count: int) -> tuple[GoalModel, list[Series], dict[str, str]]:
    """Return a model of *count* goals: to each objective three KPIs, five key results and a commit, four measures."""
    kpis: list[Kpi] = []
    key_results: list[KeyResult] = []
    commits: list[Commit] = []
    objectives: list[Objective] = []
    history: list[Series] = []
    for number in range(count // 10):
        objective = f"o{number}"
        objectives.append(Objective(id=objective, title=f"be better {number % 2 or 'again'}", owner="team"))
        measures = [Measure(f"m{number}.{part}", unit="points") for part in range(4)]
        history += [
            Series.of(each, {on: (50 + (number * 7 + place * 13) % 50) / 10 for place, on in enumerate(ENDS)})
            for each in measures
        ]
        kpis += [
            Kpi(id=f"k{number}.{part}", measure=measures[part], bands=HealthBands.at_least(8), serves=objective)
            for part in range(3)
        ]
        key_results += [
            KeyResult(
                id=f"r{number}.{part}",
                measure=measures[part % 4],
                baseline=5,
                target=6 + part if number % 2 else 4 - part,
                cycle=CYCLE,
                serves=objective,
            )
            for part in range(5)
        ]
        commits.append(
            Commit(
                manner=Reached(),
                id=f"c{number}",
                measure=measures[0],
                standard=Standard.at_least(6),
                due=CYCLE.end,
                declared_on=CYCLE.start,
                serves=objective,
            )
        )
    model = GoalModel(kpis=kpis, key_results=key_results, commits=commits, objectives=objectives)
    statements = {each.id: parse(f"Increase it from 5 points to {each.target} points") for each in key_results[::10]}
    return model, history, statements


def seconds(count: int) -> tuple[float, float, int]:
    """Return how long a whole review with all rules takes, how long one with one rule, and how much is found."""
    model, history, statements = model_of(count)
    # What there is already is not looked through by the garbage collector again and again.
    gc.collect()
    gc.freeze()
    start = process_time()
    found = lint(model, history, as_of=AS_OF, policy=EVERYTHING, statements=statements)
    with_all = process_time()
    review(model, history, as_of=AS_OF, policy=attrs.evolve(Policy(), hygiene=NOTHING_FOUND))
    return with_all - start, process_time() - with_all, len(found)


def main() -> None:
    """Print the ratios, of the review with all rules and of the rules alone."""
    rounds = {count: [seconds(count) for _ in range(ROUNDS)] for count in SIZES}
    whole = {count: min(each for each, _, _ in rounds[count]) for count in SIZES}
    rules = {count: whole[count] - min(each for _, each, _ in rounds[count]) for count in SIZES}
    few, many = SIZES
    print(f"Python {sys.version.split()[0]}, best of {ROUNDS} rounds")
    for count in SIZES:
        print(f"{count:>7,} goals: {whole[count]:.2f} s with all rules, of which {rules[count]:.2f} s the rules; "
              f"{rounds[count][0][2]:,} findings")  # fmt: skip
    print(f"{many:,} / {few:,}: {whole[many] / whole[few]:.1f} (target: at most {MOST})")
    print(f"the rules alone: {rules[many] / rules[few]:.1f}")


if __name__ == "__main__":
    main()
