"""Review one model on many dates. Prints ratios, not times.

Run by hand: ``python benchmarks/reviews_scale.py``. The target: `reviews` takes time by readings plus dates, so that
ten times as many of both take at most 12 times as long, where their product would take a hundred times as long. Each
measure is read every day and the model is reviewed every day. Its goals are KPIs, key results of a quarter and of the
whole time, a promoted one that nobody closes, and commits over the whole time, in every manner. In the last line the
bands of the KPIs are changed, figures are restated, and days are agreed not to count, a dozen times each.
"""

from __future__ import annotations

import datetime as dt
import gc
import sys
from collections.abc import Iterable
from itertools import pairwise
from time import process_time

import attrs

from goalmodel import (
    Aggregation,
    Cadence,
    Commit,
    Cycle,
    GoalModel,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    Measure,
    OnDueDate,
    Policy,
    Reached,
    Reading,
    Review,
    Series,
    Standard,
    TrendPolicy,
    review,
    reviews,
)
from goalmodel.commit import Counted
from goalmodel.key_result import Origin
from goalmodel.kpi import BandsChange
from goalmodel.lifecycle import DemotionPolicy
from goalmodel.measure import Exclusion
from goalmodel.trend import cusum, ewma, mann_kendall

SIZES = (300, 3_000)
MOST = 12
ROUNDS = 2
TIMES = 12

FIRST = dt.date(2001, 1, 1)
BANDS = HealthBands.at_least(7, watch=6)
POLICIES = {
    "by default": Policy(),
    "CUSUM": Policy(trend=TrendPolicy(usual=cusum())),
    "EWMA": Policy(trend=TrendPolicy(usual=ewma())),
    "seasons, Mann-Kendall": Policy(trend=TrendPolicy(direction=mann_kendall(), seasonal=7)),
    "strict demotion": Policy(demotion=DemotionPolicy.strict()),
}


def day(number: int) -> dt.date:
    """Return the day with that number, from 0."""
    return FIRST + dt.timedelta(days=number)


def series(measure: Measure, count: int) -> Series:
    """Return so many daily readings of one decimal, from 5 to 9.9, the same each time."""
    return Series.of(
        measure, {day(number): (50 + (number * number * 7 + number * 13) % 50) / 10 for number in range(count)}
    )


def model_of(count: int) -> GoalModel:
    """Return goals on six measures over so many days."""
    whole, quarter = Cycle(FIRST, day(count - 1)), Cycle.quarter(2001, 1)
    measures = [Measure(f"measure {number}", unit="points") for number in range(6)]
    kpis = [Kpi(id=each.name, measure=each, bands=BANDS, cadence=Cadence.DAILY) for each in measures[:3]]
    moved = [
        KeyResult(
            id="promoted",
            measure=measures[0],
            baseline=5,
            target=7,
            cycle=quarter,
            origin=Origin(kpi=kpis[0].id, on=FIRST),
        ),
        KeyResult(id="of the whole time", measure=measures[3], baseline=5, target=9, cycle=whole),
        KeyResult(
            id="summed", measure=measures[4], target=9 * count, cycle=whole, counting=Aggregation.SUM, baseline=0
        ),
        KeyResult(id="of a quarter", measure=measures[5], baseline=5, target=9, cycle=quarter),
    ]
    manners = {
        "reached": Reached(),
        "standing": OnDueDate(),
        "held": Held(whole.start),
        "held in most readings": Held(whole.start, share=0.9),
        "held most of the time": Held(whole.start, share=0.9, counted=Counted.TIME),
    }
    owed = [
        Commit(
            id=name,
            measure=measures[1],
            standard=Standard.at_least(5),
            due=whole.end,
            declared_on=whole.start,
            manner=manner,
        )
        for name, manner in manners.items()
    ]
    return GoalModel(kpis=kpis, key_results=moved, commits=owed)


def in_the_world(model: GoalModel, history: list[Series], count: int) -> tuple[GoalModel, list[Series]]:
    """Return the same with bands that change, figures that are restated, and days that do not count."""
    marks = [day(number) for number in range(count // TIMES, count - 1, count // TIMES)]
    changes = [BandsChange(on=on, was=BANDS, reason="a new plan") for on in marks]
    kpis = [attrs.evolve(kpi, bands=HealthBands.at_least(8, watch=6), bands_changes=changes) for kpi in model.kpis]
    model = attrs.evolve(model, kpis=kpis)
    for on in marks:
        agreed = on - dt.timedelta(days=9)
        closed = Exclusion(start=on, end=on + dt.timedelta(days=1), reason="closed", agreed_on=agreed)
        model = model.with_exclusion(closed)
    restated = [
        Series(
            each.measure,
            [*each, *(Reading(on, 9, known_on=on + dt.timedelta(days=3)) for on in marks)],
        )
        for each in history
    ]
    return model, restated


def taken(found: Iterable[Review], count: int) -> float:
    """Return the seconds it takes to ask for all reviews, none of which is kept."""
    gc.collect()
    start = process_time()
    asked = sum(1 for _ in found)
    if asked != count:
        message = f"{asked} reviews instead of {count}"
        raise RuntimeError(message)
    return process_time() - start


def given(count: int) -> tuple[GoalModel, list[Series]]:
    """Return the model and its history, a series a measure."""
    model = model_of(count)
    measures = {goal.measure.name: goal.measure for goal in model.measured}
    return model, [series(each, count) for each in measures.values()]


def walked(count: int, policy: Policy, *, is_in_the_world: bool = False) -> float:
    """Return the seconds it takes to review so many days of as many readings in one walk."""
    model, history = given(count)
    if is_in_the_world:
        model, history = in_the_world(model, history, count)
    return taken(reviews(model, history, map(day, range(count)), policy=policy), count)


def one_by_one(count: int, policy: Policy) -> float:
    """Return the same for a review a day."""
    model, history = given(count)
    return taken((review(model, history, as_of=day(number), policy=policy) for number in range(count)), count)


def main() -> None:
    """Print how much longer more readings and dates take, and what one review a date takes instead."""
    print(f"Python {sys.version.split()[0]}, best of {ROUNDS} rounds")
    print(
        "So many times the readings and the dates take so many times as long, and a review a date instead of one walk"
    )
    steps = [f"{many / few:.0f} times, {many:,}" for few, many in pairwise(SIZES)]
    print(f"{'':>24}" + "".join(f"{step:>18}" for step in steps) + f"{f'one by one, {SIZES[0]:,}':>20}")
    for name, policy in POLICIES.items():
        best = [min(walked(count, policy) for _ in range(ROUNDS)) for count in SIZES]
        ratios = "".join(f"{many / few:18.1f}" for few, many in pairwise(best))
        print(f"{name:>24}{ratios}{one_by_one(SIZES[0], policy) / best[0]:20.1f}")

    best = [min(walked(count, Policy(), is_in_the_world=True) for _ in range(ROUNDS)) for count in SIZES]
    print(f"{'restated, excluded':>24}" + "".join(f"{many / few:18.1f}" for few, many in pairwise(best)))


if __name__ == "__main__":
    main()
