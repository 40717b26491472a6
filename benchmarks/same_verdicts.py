"""Compare every verdict on random models with what another checkout says about them.

    python benchmarks/same_verdicts.py ../before/src --models 2000

Models and histories are drawn by the strategies of `goalmodel.testing` and written down as documents; each checkout
loads and reviews them in a process of its own, and says what its review comes to as a document. Prints how many differ,
and where the first of them do.

The models are told with what both checkouts know; what only one of them tells in its documents is named, and is no
difference.
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
from goalmodel.interchange import document, load, load_known
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


def known(path: Path) -> list[dict[str, object]]:
    """Return the models in a file with what this checkout knows of them."""
    return [
        {
            "model": document(load_known(GoalModel, each["model"])[0]),
            "history": [document(load_known(Series, series)[0]) for series in each["history"]],
            "as_of": each["as_of"],
        }
        for each in json.loads(path.read_text())
    ]


def judged(path: Path) -> list[object]:
    """Return what the reviews of the models in a file come to, each as a document, or why there is none."""

    def as_people_give_it(series: Series) -> Series:
        """Return a series as it is made of pairs of dates and numbers, where that is all there is."""
        plain = [each for each in series if isinstance(each.value, Fraction)]
        if len(plain) < len(series) or any(each.weight is not None or each.known_on is not None for each in plain):
            return series
        return Series.of(series.measure, {each.on: each.known for each in plain})

    said = list[object]()
    for each in json.loads(path.read_text()):
        model, as_of = load(GoalModel, each["model"]), dt.date.fromisoformat(each["as_of"])
        history = [as_people_give_it(load(Series, series)) for series in each["history"]]
        try:
            said.append(document(review(model, history, as_of=as_of)))
        except GoalModelError as refused:
            said.append(f"{type(refused).__name__}: {refused}")
    return said


def by(source: Path, question: str, told: Path, answers: Path) -> list[object]:
    """Return what the checkout at *source* knows, or says, of the models *told*."""
    command = [sys.executable, __file__, question, str(told), str(answers)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(source)})  # noqa: S603 - this very file
    return json.loads(answers.read_text())


def codes(said: object) -> set[str]:
    """Return the codes of all reasons in a document."""
    if isinstance(said, dict):
        own = {said["code"]} if isinstance(said.get("code"), str) else set[str]()
        return own.union(*map(codes, said.values()))
    return set[str]().union(*map(codes, said)) if isinstance(said, list) else set()


def without(said: object, left_out: set[str]) -> object:
    """Return a document without the reasons and findings that have one of those codes, nor sentences that tell them."""
    if isinstance(said, dict):
        unsaid = {"sentence"} if codes(said) & left_out else set[str]()
        return {key: without(each, left_out) for key, each in said.items() if key not in unsaid}
    if not isinstance(said, list):
        return said
    kept = (each for each in said if not (isinstance(each, dict) and {each.get("code"), each.get("rule")} & left_out))
    return [without(each, left_out) for each in kept]


def difference(one: object, other: object, where: str, only: set[str]) -> str:
    """Return where two documents first differ, and how; "" where they don't.

    Fields that only one of them has go to *only*.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        only.update(f"{where}/{key}" for key in one.keys() ^ other.keys())
        inside = ((one[key], other[key], key) for key in one if key in other)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        inside = ((*pair, "*") for pair in zip(one, other, strict=True))
    else:
        return "" if one == other else f"{where}: {one!r:.200} and {other!r:.200}"
    return next((found for a, b, key in inside if (found := difference(a, b, f"{where}/{key}", only))), "")


def main() -> None:
    """Draw, judge twice, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", nargs="?", type=Path, help="the folder src of the other checkout")
    parser.add_argument("--models", type=int, default=2_000)
    for question in ("--know", "--judge"):
        parser.add_argument(question, nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    for question, answer in ((asked.know, known), (asked.judge, judged)):
        if question:
            question[1].write_text(json.dumps(answer(question[0])))
            return
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told.json")
        told.write_text(json.dumps(drawn(asked.models)))
        answers = Path(folder, "answers.json")
        told.write_text(json.dumps(by(asked.other, "--know", told, answers)))
        here, there = (by(each, "--judge", told, answers) for each in (OWN, asked.other))
    only = codes(here) ^ codes(there)
    pairs = [(without(one, only), without(other, only)) for one, other in zip(here, there, strict=True)]
    found = [difference(one, other, "", only) for one, other in pairs]
    different = [each for each in found if each]
    reviewed = sum(isinstance(each, dict) for each in here)
    print(f"{len(here)} models, {reviewed} of them reviewed, {len(different)} with another verdict")
    print(*(f"only one of them tells {each}" for each in sorted(only)), *different[:3], sep="\n")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
