"""Build and review models of 100 to 100,000 goals, each in a fresh process. Prints ratios, not times.

Run by hand: ``python benchmarks/review_scale.py``. The target: time and memory are linear, so that 100,000 goals take
at most 12 times what 10,000 take. A model is a mix of KPIs, key results (half of them promoted from a KPI), commits and
objectives in a tree; each measure has twenty-four monthly readings.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from time import process_time

import attrs

from goalmodel import (
    Cadence,
    Commit,
    Cycle,
    GoalModel,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Reached,
    Series,
    Standard,
    Support,
    review,
)
from goalmodel.commit import SupportKind
from goalmodel.key_result import Origin

SIZES = (100, 1_000, 10_000, 100_000)
MOST = 12
ROUNDS = 3
READINGS = 24
BRANCHES = 5
KIBIBYTES_OF_A_BYTE = 1 / 1024 if sys.platform == "darwin" else 1
"""The peak is told in kibibytes, on macOS in bytes."""

YEAR = Cycle.year(2026)
ENDS = tuple(Cycle.month(2025 + month // 12, month % 12 + 1).end for month in range(READINGS))
BANDS = HealthBands.at_least(8, watch=7)


@attrs.frozen(kw_only=True)
class Cost:
    """What a model of one size takes: seconds to build and to review it, and memory at its peak."""

    build: float
    review: float
    memory: float


def series(measure: Measure, seed: int) -> Series:
    """Return twenty-four readings of one decimal, from 5 to 9.9: other ones for each seed, the same each time."""
    return Series.of(measure, {on: (50 + (seed * 7 + month * 13) % 50) / 10 for month, on in enumerate(ENDS)})


def groups(count: int) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Return number, id and links of the objectives of a model: a tree, with nine other goals for each."""
    for number in range(count // 10):
        above = (f"objective {(number - 1) // BRANCHES}",) if number else ()
        yield number, f"objective {number}", above


def model_of(count: int) -> tuple[GoalModel, list[Series]]:
    """Return a model of so many goals: to each objective four KPIs, four key results and a commit; and its history."""
    kpis: list[Kpi] = []
    key_results: list[KeyResult] = []
    commits: list[Commit] = []
    objectives: list[Objective] = []
    for number, objective, above in groups(count):
        objectives.append(Objective(id=objective, title="to be reached", serves=above))
        for part in range(4):
            watched = Measure(f"watched {number}.{part}", unit="points")
            kpi = Kpi(id=watched.name, measure=watched, bands=BANDS, cadence=Cadence.MONTHLY, serves=objective)
            origin = Origin(kpi=kpi.id, on=YEAR.start) if part % 2 else None
            kpis.append(kpi)
            key_results.append(
                KeyResult(
                    id=f"moved {number}.{part}",
                    measure=watched if origin else Measure(f"moved {number}.{part}", unit="points"),
                    baseline=5,
                    target=8 + part,
                    cycle=YEAR,
                    serves=objective,
                    weight=1 + part,
                    origin=origin,
                )
            )
        commits.append(
            Commit(
                manner=Reached(),
                id=f"held {number}",
                measure=Measure(f"held {number}", unit="points"),
                standard=Standard.at_least(9),
                due=YEAR.end,
                declared_on=YEAR.start,
                support=Support(SupportKind.PEOPLE, "two engineers"),
                serves=objective,
            )
        )
    model = GoalModel(kpis=kpis, key_results=key_results, commits=commits, objectives=objectives)
    each_once = {goal.measure.name: goal.measure for goal in model.measured}
    return model, [series(measure, seed) for seed, measure in enumerate(each_once.values())]


def peak() -> float:
    """Return the most memory this process has had so far, in kibibytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTES_OF_A_BYTE


def measured(count: int) -> Cost:
    """Build and review a model of *count* goals in this process."""
    before = peak()
    start = process_time()
    model, history = model_of(count)
    built = process_time()
    seen = review(model, history, as_of=dt.date(2026, 12, 31))
    done = process_time()
    if len(model.goals) != count or len(seen.kpis) != len(model.kpis):
        message = f"a model of {len(model.goals)} goals instead of {count}"
        raise RuntimeError(message)
    return Cost(build=built - start, review=done - built, memory=peak() - before)


def best(costs: Iterable[Cost]) -> Cost:
    """Return the least each took in any round: whatever else the machine does only adds to it."""
    build, reviewed, memory = zip(*map(attrs.astuple, costs), strict=True)
    return Cost(build=min(build), review=min(reviewed), memory=min(memory))


def in_a_fresh_process(count: int) -> Cost:
    """Build and review a model of *count* goals where nothing was built before."""
    command = [sys.executable, __file__, str(count)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this very script
    return Cost(**json.loads(found.stdout))


def main() -> None:
    """Print what each size takes, as multiples of the size before, and the memory of the largest."""
    rounds = [{count: in_a_fresh_process(count) for count in SIZES} for _ in range(ROUNDS)]
    costs = {count: best(costs[count] for costs in rounds) for count in SIZES}
    print(f"Python {sys.version.split()[0]}, best of {ROUNDS} rounds")
    print(f"Ten times the goals take so many times as much (target: at most {MOST})")
    print(f"{'goals':>20}{'build':>8}{'review':>8}{'memory':>8}")
    for few, many in pairwise(SIZES):
        less, more = costs[few], costs[many]
        ratios = (more.build / less.build, more.review / less.review, more.memory / less.memory)
        print(f"{f'{many:,} / {few:,}':>20}" + "".join(f"{ratio:8.1f}" for ratio in ratios))
    largest = costs[SIZES[-1]]
    print(f"{SIZES[-1]:,} goals at their peak: {largest.memory / 1024:,.0f} MiB, and a review takes")
    print(f"{largest.review / largest.build:.1f} times what building them takes")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(attrs.asdict(measured(int(sys.argv[1])))))
    else:
        main()
