"""Compare every verdict on random models with what another checkout says about them.

    python benchmarks/same_verdicts.py ../before/src --models 2000

Models and histories are drawn by the strategies of `goalmodel.testing` and written down as documents; each checkout
loads and reviews them in a process of its own, and says what its review comes to as a document. Prints how many differ,
and where the first of them do.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st

from goalmodel import GoalModel, GoalModelError, Series, review
from goalmodel.interchange import document, load
from goalmodel.testing import dates, goal_models, histories

OWN = Path(__file__).parents[1] / "src"


def drawn(models: int) -> list[dict[str, object]]:
    """Return so many random models with their histories and a day, as documents."""
    found = list[dict[str, object]]()

    @seed(20_261_127)
    @settings(
        max_examples=models,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        model = data.draw(goal_models(max_goals=5))
        history = data.draw(histories(model))
        ends = [each.cycle.end for each in model.key_results] + [each.due for each in model.commits]
        days = [reading.on for series in history for reading in series]
        on = data.draw(st.one_of(st.sampled_from(ends + days), dates()) if ends or days else dates())
        found.append(
            {"model": document(model), "history": [document(each) for each in history], "as_of": on.isoformat()}
        )

    draw()
    return found[:models]


def judged(path: Path) -> list[str]:
    """Return what the reviews of the models in a file come to, each as text, or why there is none."""

    def as_people_give_it(series: Series) -> Series:
        """Return a series as it is made of pairs of dates and numbers, where that is all there is."""
        plain = [each for each in series if isinstance(each.value, Fraction)]
        if len(plain) < len(series) or any(each.weight is not None or each.known_on is not None for each in plain):
            return series
        return Series.of(series.measure, {each.on: each.known for each in plain})

    said = list[str]()
    for each in json.loads(path.read_text()):
        model, as_of = load(GoalModel, each["model"]), dt.date.fromisoformat(each["as_of"])
        history = [as_people_give_it(load(Series, series)) for series in each["history"]]
        try:
            said.append(json.dumps(document(review(model, history, as_of=as_of)), sort_keys=True))
        except GoalModelError as refused:
            said.append(f"{type(refused).__name__}: {refused}")
    return said


def by(source: Path, told: Path, answers: Path) -> list[str]:
    """Return what the checkout at *source* says about the models *told*."""
    command = [sys.executable, __file__, "--judge", str(told), str(answers)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(source)})  # noqa: S603 - this very file
    return json.loads(answers.read_text())


def main() -> None:
    """Draw, judge twice, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", nargs="?", type=Path, help="the folder src of the other checkout")
    parser.add_argument("--models", type=int, default=2_000)
    parser.add_argument("--judge", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.judge:
        asked.judge[1].write_text(json.dumps(judged(asked.judge[0])))
        return
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told.json")
        told.write_text(json.dumps(drawn(asked.models)))
        here, there = (by(each, told, Path(folder, "answers.json")) for each in (OWN, asked.other))
    different = [at for at, (one, other) in enumerate(zip(here, there, strict=True)) if one != other]
    reviewed = sum(each.startswith("{") for each in here)
    print(f"{len(here)} models, {reviewed} of them reviewed, {len(different)} with another verdict")
    for at in different[:3]:
        first = next(
            i for i, (one, other) in enumerate(zip(here[at] + " ", there[at] + " ", strict=False)) if one != other
        )
        print(*(f"{each[:first][-200:]} >>> {each[first:][:200]}" for each in (here[at], there[at])), sep="\n")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
