"""Objectives: OBJ-1 to OBJ-4."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from goalmodel import (
    Attainment,
    Commit,
    CommitAssessment,
    Cycle,
    KeyResult,
    KeyResultAssessment,
    Measure,
    Objective,
    Outcome,
    Reached,
    Score,
    Standard,
)
from goalmodel.objective import (
    CalibrationPolicy,
    ClosedCycle,
    RollupMethod,
    RollupPolicy,
    RollupResult,
    Root,
    Unscored,
    calibrate,
    combine,
    roll_up,
)
from plain import Answer, Facts, Plain, Row, a_series, codes, day, told, written

# ----------------------------------------------------------------------------------------------- questions

_ON: Final = "2026-12-31"
_QUARTER: Final = Cycle.quarter(2026, 4)


def _moved(child: Facts) -> KeyResultAssessment:
    """Return a key result from 0 to 1 that has come so far; None where nothing was read."""
    measure = Measure(child["id"])
    goal = KeyResult(
        id=child["id"], measure=measure, baseline=0, target=1, cycle=_QUARTER, weight=told(child["weight"])
    )
    readings = [] if child["score"] is None else [(_ON, child["score"])]
    return goal.assess(a_series(measure, readings), as_of=day(_ON))


def _owed(id_: str, attainment: str) -> CommitAssessment:
    """Return a commit that came to this: at least 1, read or not, due or not."""
    measure = Measure(id_)
    due = day(_ON if attainment != "in flight" else "2027-01-31")
    commit = Commit(
        manner=Reached(), id=id_, measure=measure, standard=Standard.at_least(1), due=due, declared_on=day("2026-10-01")
    )
    readings = {"kept": [(_ON, 1)], "not kept": [(_ON, 0)]}.get(attainment, [])
    return commit.assess(a_series(measure, readings), as_of=day(_ON))


def _result(found: RollupResult | None) -> Plain:
    match found:
        case Root(of=of, degree=degree):
            return written(of) if degree == 1 else f"root {degree} of {of}"
        case Outcome():
            return found.value
        case _:
            return written(found)


def _policy(facts: Facts) -> RollupPolicy:
    return RollupPolicy(mean=RollupMethod(facts["method"]), unscored=Unscored(facts["unscored"]))


def _rollup(facts: Facts) -> Answer:
    """What do the goals of an objective come to?"""
    policy = _policy(facts)
    below = [
        (
            Objective(id=each["id"], title=each["id"], weight=told(each["weight"])),
            roll_up([_moved(child) for child in each["key_results"]], policy=policy),
        )
        for each in facts.get("objectives", ())
    ]
    found = roll_up(
        [_moved(child) for child in facts["key_results"]],
        [_owed(f"commit {index}", attainment) for index, attainment in enumerate(facts.get("commits", ()))],
        objectives=below,
        policy=policy,
    )
    return {
        "verdict": _result(found.result),
        "reasons": codes(found.reasons),
        "commits": None if found.attainment is None else found.attainment.value,
        "scored": found.coverage.scored,
        "total": found.coverage.total,
        "covered_weight": written(found.coverage.weight),
    }


def _mean(facts: Facts) -> Answer:
    """What do scores come to by a method?"""
    words = {each.value: each for each in Outcome}
    parts = [(words[score] if score in words else told(score), told(weight)) for score, weight in facts["parts"]]
    return {"verdict": _result(combine(parts, RollupMethod(facts["method"]))), "reasons": []}


def _calibration(facts: Facts) -> Answer:
    """What do several cycles say about how goals are set?"""
    cycles = [
        ClosedCycle(
            cycle=Cycle(day(each["start"]), day(each["end"])),
            scores=[Score(told(score)) for score in each["scores"]],
            attainments=[Attainment(attainment) for attainment in each["attainments"]],
            forecasts=[(told(confidence), came) for confidence, came in each["forecasts"]],
        )
        for each in facts["cycles"]
    ]
    found = calibrate(cycles, policy=CalibrationPolicy(cycles=facts["in_a_row"]))
    return {
        "verdict": bool(found.signs),
        "reasons": codes(found.signs),
        "share_reached": written(found.share_reached),
        "mean_score": written(found.mean_score),
        "keep_rate": written(found.keep_rate),
        "brier": written(found.brier),
    }


QUESTIONS: Final = MappingProxyType({
    "roll-up": _rollup,
    "mean": _mean,
    "calibration": _calibration,
})  # fmt: skip

# ------------------------------------------------------------------------------------------------- examples

_DEFAULT: Final = {"method": "weighted mean", "unscored": "left out and reported as coverage"}


def _children(scores: str, weights: str = "") -> list[dict[str, Any]]:
    given = scores.split()
    counted = weights.split() or ["1"] * len(given)
    return [
        {
            "id": f"kr {index}",
            "score": None if score == "-" else written(Fraction(score)),
            "weight": written(Fraction(weight)),
        }
        for index, (score, weight) in enumerate(zip(given, counted, strict=True))
    ]


_GROUPS: Final = (
    ("", ""), ("-", ""), ("0.7", ""), ("0.5 1", ""), ("0.6 0.7 0.8", ""), ("1.5 0.5", ""), ("-0.5 0.5", ""),
    ("1/3 2/3", ""), ("0.8 -", ""), ("- - 1", ""), ("0.3 1", "1 3"), ("0 0.5 1", "6 1 3"),
    ("0.5 0.7 0.9", "1/3 1/3 1/3"), ("1 - 0", "1 8 1"), ("0 1 1", ""), ("1 1 1", ""), ("0.25 1", ""),
)  # fmt: skip


def _about_rollups() -> Iterator[Row]:
    for scores, weights in _GROUPS:
        children = _children(scores, weights)
        yield Row("OBJ-1", "roll-up", _DEFAULT | {"key_results": children})
        for unscored in Unscored:
            yield Row("OBJ-2", "roll-up", _DEFAULT | {"unscored": unscored.value, "key_results": children[::-1]})
        for method in RollupMethod:
            yield Row("OBJ-3", "roll-up", _DEFAULT | {"method": method.value, "key_results": children})
    states = ("kept", "not kept", "in flight", "unknown")
    for length in (1, 2):
        for commits in product(states, repeat=length):
            yield Row("OBJ-1", "roll-up", _DEFAULT | {"key_results": _children("0.5 1"), "commits": list(commits)})
    for below in ("0.5 1", "-", "", "1.5"):
        nested = [{"id": "below", "weight": 2, "key_results": _children(below)}]
        yield Row("OBJ-2", "roll-up", _DEFAULT | {"key_results": _children("0.2"), "objectives": nested})


def _about_means() -> Iterator[Row]:
    pairs: tuple[list[list[Plain]], ...] = (
        [], [["0.1", 1], ["0.9", 1]], [[0, 1], [1, 9]], [["0.25", 1], [1, 1]], [["0.5", 1], ["0.5", 2]],
        [["0.7", "1/3"]], [["0.5", 0]], [["0.5", -1]], [["1.1", 1]], [["-0.1", 1]],
        [["reached the target", 1], ["little movement", 1]], [["0.5", 1], ["reached the target", 1]],
    )  # fmt: skip
    for method, parts in product(RollupMethod, pairs):
        yield Row("OBJ-3", "mean", {"method": method.value, "parts": parts})


def _closed(quarter: int, scores: str = "", attainments: str = "", forecasts: str = "") -> dict[str, Any]:
    cycle = Cycle.quarter(2026, quarter)
    words = {"k": "kept", "n": "not kept", "u": "unknown"}
    return {
        "start": cycle.start.isoformat(),
        "end": cycle.end.isoformat(),
        "scores": [written(Fraction(score)) for score in scores.split()],
        "attainments": [words[each] for each in attainments],
        "forecasts": [["0.8", each == "y"] for each in forecasts],
    }


def _about_cycles() -> Iterator[Row]:
    histories: tuple[list[dict[str, Any]], ...] = (
        [],
        [_closed(each, "1 1.2 1") for each in (1, 2, 3)],
        [_closed(1, "1 1.2 1"), _closed(2, "1 0.9 1"), _closed(3, "1 1 1")],
        [_closed(each, "1 1.2 1") for each in (1, 2)],
        [_closed(each, "0.39 0.39 0.42") for each in (1, 2, 3)],
        [_closed(each, "0.4 0.4 0.4") for each in (1, 2, 3)],
        [_closed(each, "0.3999 0.4 0.4") for each in (1, 2, 3)],
        [_closed(each, "1 1 1", "kkn") for each in (1, 2, 3)],
        [_closed(each, "0.7 0.7 0.7", "kkk") for each in (1, 2, 3)],
        [_closed(each, "0.7 0.7 0.7", "kuu") for each in (1, 2, 3)],
        [_closed(1, "0.7", "", "y" * 20)],
        [_closed(1, "0.7", "", "y" * 12 + "n" * 8)],
        [_closed(1, "0.7", "", "y" * 11 + "n" * 9)],
        [_closed(1, "0.7", "", "y" * 5 + "n" * 14)],
        [_closed(1), _closed(1)],
    )
    for history, in_a_row in product(histories, (1, 3)):
        yield Row("OBJ-4", "calibration", {"cycles": history, "in_a_row": in_a_row})


def rows() -> Iterator[Row]:
    """Return the worked examples."""
    yield from _about_rollups()
    yield from _about_means()
    yield from _about_cycles()
