"""How long a model and its readings take as documents, against building them by their constructors.

python benchmarks/documents_speed.py
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import time
from collections.abc import Callable, Iterable

from goalmodel import Cadence, GoalModel, HealthBands, Kpi, Measure, Series
from goalmodel.interchange import document, load

_MONTHS = [dt.date(2024 + month // 12, month % 12 + 1, 28) for month in range(24)]


def build(count: int) -> tuple[GoalModel, list[Series]]:
    """Return a model of so many KPIs, and 24 readings of each."""
    measures = [Measure(f"measure {number}", unit="orders", lowest=0) for number in range(count)]
    kpis = [
        Kpi(id=f"kpi {number}", measure=measure, bands=HealthBands.at_least(8.5, watch=7), cadence=Cadence.MONTHLY)
        for number, measure in enumerate(measures)
    ]
    read = [
        Series.of(measure, {on: (number * 7 + month * 13) % 100 / 10 for month, on in enumerate(_MONTHS)})
        for number, measure in enumerate(measures)
    ]
    return GoalModel(kpis=kpis), read


def _taken(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def least(work: Callable[[], object], rounds: int = 3) -> float:
    """Return the least time of so many rounds, in seconds."""
    return min(_taken(work) for _ in range(rounds))


def measured(count: int) -> tuple[float, float, float]:
    """Return the seconds to build so many KPIs with 24 readings each, to write them, and to read them back."""
    model, read = build(count)
    whole, parts = document(model), [document(each) for each in read]
    texts = json.loads(json.dumps([whole, parts]))
    if load(GoalModel, texts[0]) != model or [load(Series, each) for each in texts[1]] != read:
        raise AssertionError("what was read back is not what was written")

    def write() -> object:
        return document(model), [document(each) for each in read]

    def load_all() -> object:
        return load(GoalModel, texts[0]), [load(Series, each) for each in texts[1]]

    return least(lambda: build(count)), least(write), least(load_all)


def report(counts: Iterable[int]) -> None:
    """Print the times for each number of KPIs."""
    for count in counts:
        built, written, loaded = measured(count)
        print(
            f"{count:>7,} KPIs of 24 readings: built {built:.2f} s, written {written / built:.2f} times that, "
            f"read {loaded / built:.2f} times"
        )


if __name__ == "__main__":
    report((1_000, 10_000))
