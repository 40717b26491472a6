"""What other systems publish of their own answers: every case comes out under the profile that claims it, or is listed.

The cases are facts: system, inputs, answer and source, as published. Here stands how each kind of input is read as
plain facts, and which question it answers. A published number is compared at the precision it was published with.
"""

from __future__ import annotations

import datetime as dt
import json
import runpy
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import attrs
import pytest

from goalmodel.key_result import Trajectory, solve_stretch
from goalmodel.objective import Root, Unscored
from goalmodel.profiles import (
    PROFILES,
    Facts,
    Formula,
    Kept,
    Lasting,
    Method,
    Phase,
    Profile,
    Progress,
    Question,
    Shown,
    Word,
)

ROOT = Path(__file__).parents[2]
CASES: list[dict[str, Any]] = json.loads(
    (ROOT / "tests" / "published" / "profiles.json").read_text(encoding="utf-8"), parse_float=Decimal
)
Json: TypeAlias = Any
"""What stands in a published case."""
Inputs: TypeAlias = Mapping[str, Json]


class Ask(NamedTuple):
    """One question to one profile, and what was published: a number in some unit, a word, yes or no, or nothing."""

    profile: Profile
    question: Question
    facts: Facts
    published: object
    unit: Fraction = Fraction(1)
    tolerance: Decimal | None = None


class Below(NamedTuple):
    """Json number below a bound."""

    bound: Fraction


Expected: TypeAlias = Mapping[str, Json]
Reader: TypeAlias = Callable[[Profile, Inputs, Expected], Iterable[Ask]]

PERCENT = Fraction(1, 100)

CLAIMED_AS = {
    "OKR (Google/Doerr)": "Google / Measure What Matters",
    "What Matters": "Google / Measure What Matters",
    "OKR for Jira (Amoeboids)": "UpRaise (Jira)",
    "pm-skills OKR grader (agent rubric)": "pm-skills OKR grader",
    "Profit.co": "Profit.co distance from target",
}
"""Systems whose profile has another name."""


def _pct(given: Json) -> Fraction | None:
    return None if given is None else Fraction(given) / 100


def _first(inputs: Inputs, *names: str) -> Json:
    return next((inputs[name] for name in names if name in inputs), None)


def _way(inputs: Inputs, **more: Json) -> Facts:
    """Return the facts of a way from somewhere to somewhere, whatever its ends are called."""
    return Facts(
        baseline=_first(inputs, "start", "baseline", "initial", "from", "min"),
        target=_first(inputs, "target", "end", "stretch", "to", "max"),
        value=_first(inputs, "actual", "value"),
        **more,
    )


def _number_of(expected: Mapping[str, Json]) -> tuple[Json, Fraction]:
    """Return the number a case publishes, and its unit."""
    for name in ("progress_pct", "percent", "performance_pct", "expected_pct", "objective_pct", "avg_pct", "percents"):
        if name in expected:
            return expected[name], PERCENT
    for name in ("printed", "score", "fraction", "value"):
        if name in expected:
            return expected[name], Fraction(1)
    pytest.fail(f"no number in {expected}")


def _word_of(expected: Mapping[str, Json]) -> Json:
    return next(
        expected[name]
        for name in ("status", "colour", "label", "band", "zone", "confidence", "alert")
        if name in expected
    )


def _progress(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    number, unit = _number_of(expected)
    yield Ask(profile, Question.PROGRESS, _way(inputs), number, unit)
    yield from _status(profile, _way(inputs), expected)


def _status(profile: Profile, facts: Facts, expected: Expected) -> Iterable[Ask]:
    for name in ("status", "light"):
        if name in expected:
            yield Ask(profile, Question.WORD, facts, expected[name])


def _word_by(facts_of: Callable[[Inputs], Facts]) -> Reader:
    def read(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
        yield Ask(profile, Question.WORD, facts_of(inputs), _word_of(expected))

    return read


def _history(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    days = inputs["values_by_day"]
    for day, percent in enumerate(expected["percents"], start=1):
        facts = Facts(baseline=inputs["start"], target=inputs["target"], history=days[:day])
        yield Ask(profile, Question.PROGRESS, facts, percent, PERCENT)


def _each_of(
    x: Sequence[Json], scores: Sequence[Json], profile: Profile, facts: Facts, tolerance: Json = None
) -> Iterable[Ask]:
    for value, score in zip(x, scores, strict=True):
        yield Ask(profile, Question.PROGRESS, attrs.evolve(facts, value=value), score, tolerance=tolerance)


def _distance_to_target(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(baseline=inputs["baseline"], target=inputs["target"])
    most = 1 if inputs["cap_max"] else None
    capped = attrs.evolve(profile, progress=attrs.evolve(profile.progress or Progress(), most=most))
    yield from _each_of(inputs["x"], expected["score"], capped, facts)


def _goalposts(_: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    ends = (inputs["lower"], inputs["upper"])[:: int(inputs["direction"])]
    facts = Facts(baseline=ends[0], target=ends[1], value=inputs["x"])
    yield Ask(PROFILES["COINr goalposts"], Question.PROGRESS, facts, expected["score"])


def _mean_by(method: Method) -> Reader:
    def read(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
        parts = [
            Facts(progress=x, weight=w)
            for x, w in zip(inputs["x"], inputs.get("w", [1] * len(inputs["x"])), strict=True)
        ]
        yield Ask(_rolling(profile, method=method), Question.ROLLED_UP, Facts(children=parts), expected["value"])

    return read


def _rolling(profile: Profile, **choices: Json) -> Profile:
    """Return *profile* with what it leaves to its users about roll-ups."""
    assert profile.roll_up is not None
    return attrs.evolve(profile, roll_up=attrs.evolve(profile.roll_up, **choices))


def _pace_ratio(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    ratio = _first(inputs, "actual_over_expected_pct", "ratio_pct")
    ideal = 1 if ratio is not None else _pct(inputs["ideal_pct"])
    facts = Facts(progress=_pct(ratio if ratio is not None else inputs["actual_pct"]), expected=ideal)
    yield Ask(profile, Question.WORD, facts, expected["status"])


def _pace(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    match inputs:
        case {"expected_minus_actual_pp": gap}:
            actual = Fraction(inputs.get("actual_pct", 50)) / 100
            facts = Facts(progress=actual, expected=actual + Fraction(gap) / 100)
        case {"expected_pct": due, "actual_pct": actual}:
            facts = Facts(progress=_pct(actual), expected=_pct(due))
        case {"progress_pct": actual, "time_elapsed_pct": elapsed}:
            facts = Facts(progress=_pct(actual), elapsed=_pct(elapsed))
        case {"actual_vs_expected": "equal"}:
            facts = Facts(progress=0.5, elapsed=0.5)
        case {"due_date_passed": passed, "complete": complete}:
            phase = Phase.OVER if passed else Phase.RUNNING
            facts = Facts(baseline=0, target=1, value=int(complete), elapsed=1, phase=phase)
        case _:
            pytest.fail(f"no facts in {inputs}")
    yield Ask(profile, Question.WORD, facts, expected["status"])


def _missing(inputs: Inputs) -> Facts:
    return Facts(value=1, target=inputs.get("goal"))


def _attained(inputs: Inputs) -> Facts:
    return Facts(progress=_pct(inputs["attainment_pct"]), elapsed=_pct(inputs.get("elapsed_pct")))


def _desirability(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    if "params" in inputs:
        low, target, high, below, above = inputs["params"]
        bent = attrs.evolve(profile, progress=attrs.evolve(profile.progress or Progress(), exponents=(below, above)))
        facts = Facts(low=low, target=target, high=high)
        yield from _each_of(inputs["x"], expected["d"], bent, facts, expected["abs_tol"])
        return
    names: dict[str, Json] = dict(zip(inputs["order"].split(","), inputs["args"], strict=True))
    if "target" in names:
        facts = Facts(low=names["low"], target=names["target"], high=names["high"], value=names["x"])
    else:
        facts = Facts(baseline=names["low"], target=names["high"], value=names["x"])
    yield Ask(profile, Question.PROGRESS, facts, expected["published_p218"], tolerance=expected["tolerance"])
    yield Ask(profile, Question.PROGRESS, facts, expected["formula_value"])


def _overall(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    whole = Facts(children=[Facts(progress=d) for d in inputs["d"]])
    yield Ask(profile, Question.ROLLED_UP, whole, expected["D"])
    yield Ask(_rolling(profile, method=Method.MEAN), Question.ROLLED_UP, whole, expected["arithmetic"])


def _operator(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    op = inputs["op"]
    facts = Facts(target=inputs["goal"], value=inputs["value"], falling="<" in op, strict="=" not in op)
    yield Ask(profile, Question.WORD, facts, expected["colour"])
    yield Ask(profile, Question.KEPT, facts, expected["colour"] == "green")


def _expected_progress(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    match inputs:
        case {"day": "first"}:
            facts = Facts(day=1, days=90)
        case {"day": "last"}:
            facts = Facts(day=90, days=90)
        case {"duration_days": days, "elapsed_days": over}:
            facts = Facts(day=over, days=days)
        case {"start": str(start), "end": str(end), "today": str(today)}:
            days = [dt.date.fromisoformat(f"2026-{each}") for each in (start, end, today)]
            facts = Facts(day=(days[2] - days[0]).days + 1, days=(days[1] - days[0]).days + 1)
        case _:
            pytest.fail(f"no facts in {inputs}")
    yield Ask(profile, Question.EXPECTED, facts, expected["expected_pct"], PERCENT)


def _threshold(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    phase = Phase.OVER if inputs["phase"] == "after_due" else Phase.RUNNING
    facts = Facts(low=1, high=1, value=int(inputs["within_threshold_or_range"]), phase=phase)
    yield Ask(profile, Question.WORD, facts, expected["status"])


def _of_target(*, falling: bool) -> Reader:
    def read(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
        facts = _way(inputs, falling=falling)
        yield Ask(profile, Question.PROGRESS, facts, expected["progress_pct"], PERCENT)

    return read


def _t_score(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    parts = [
        Facts(progress=attained, weight=weight)
        for attained, weight in zip(inputs["attainment"], inputs["weights"], strict=True)
    ]
    told = _rolling(profile, correlation=inputs["rho"])
    yield Ask(told, Question.ROLLED_UP, Facts(children=parts), expected["T"], PERCENT)


def _actor(_: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    parts = [
        Facts(progress=_pct(each["satisfaction"]), weight=_pct(each["importance"]) or 0) for each in inputs["elements"]
    ]
    told = PROFILES["GRL/jUCMNav actors"]
    yield Ask(told, Question.ROLLED_UP, Facts(children=parts), expected["satisfaction"], PERCENT)


def _contribution(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    part = Facts(progress=_pct(inputs["source_satisfaction"]), weight=_pct(inputs["contribution"]) or 0)
    alone = _rolling(profile, reserve=0)
    yield Ask(alone, Question.ROLLED_UP, Facts(children=[part]), expected["jucmnav_int"], PERCENT)
    exact = _rolling(alone, part_shown=None)
    yield Ask(exact, Question.ROLLED_UP, Facts(children=[part]), Fraction(expected["exact"]), PERCENT)


def _indicator(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(
        baseline=inputs["worst"],
        points=[(inputs["threshold"], Fraction(1, 2))],
        target=inputs["target"],
        value=None if inputs["value_is_nan"] else inputs["value"],
    )
    yield Ask(profile, Question.PROGRESS, facts, expected["jucmnav_minus100_100"], PERCENT)
    if expected["exact_minus100_100"] is not None:
        exact = attrs.evolve(profile, progress=attrs.evolve(profile.progress or Progress(), shown=None))
        yield Ask(exact, Question.PROGRESS, facts, Fraction(expected["exact_minus100_100"]), PERCENT)


def _label(inputs: Inputs) -> Facts:
    bound = Fraction(inputs["rule"].lstrip("<>=")) / 100
    beside = {">": Fraction(1, 100), "<": Fraction(-1, 100), "=": Fraction(0)}[inputs["rule"][0]]
    return Facts(progress=bound + beside)


def _propagation(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    sources = [*inputs["weighted_contributions"]]
    if inputs["decomposition_value"] is not None:
        sources.append(inputs["decomposition_value"])
    told = _rolling(profile, reserve=_pct(inputs["tolerance"]))
    parts = [Facts(progress=_pct(each)) for each in sources]
    if inputs["dependency_min"] is not None:
        parts.append(Facts(progress=_pct(inputs["dependency_min"]), limits=True))
    yield Ask(told, Question.ROLLED_UP, Facts(children=parts), expected["satisfaction"], PERCENT)


def _one_sided(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    points = [(inputs["y1"], inputs["d1"]), (inputs["y2"], inputs["d2"])]
    yield Ask(profile, Question.PROGRESS, Facts(points=points, value=inputs["y"]), expected["d"])


def _two_sided(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    progress = attrs.evolve(profile.progress or Progress(), exponents=(inputs["n"], 1))
    facts = Facts(low=inputs["LSL"], high=inputs["USL"], value=inputs["y"])
    yield Ask(attrs.evolve(profile, progress=progress), Question.PROGRESS, facts, expected["d"])


def _rollup_mean(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    percents = _first(inputs, "children_progress_pct", "objectives_target_pct", "key_results_pct", "percents")
    if percents is not None:
        parts = [Facts(progress=_pct(each)) for each in percents]
    else:
        parts = [_part(each) for each in _first(inputs, "children", "targets", "krs", "goals")]
    number, unit = _number_of(expected)
    yield Ask(profile, Question.ROLLED_UP, Facts(children=parts), number, unit)


def _part(given: Json) -> Facts:
    match given:
        case {"progress_pct": percent, "weight": weight} | {"percent": percent, "weight": weight}:
            return Facts(progress=_pct(percent), weight=weight)
        case {}:
            return _way(given)
        case [*children]:
            return Facts(children=[_part(each) for each in children])
        case _:
            return Facts(progress=_pct(given))


def _goal_vs_actual(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    progress = attrs.evolve(profile.progress or Progress(), above_zero=not inputs["allow_negative_target"])
    told = attrs.evolve(profile, progress=progress)
    published = expected["percentage_difference"]
    yield Ask(told, Question.PROGRESS, _way(inputs), published, PERCENT)
    gap = attrs.evolve(progress, rising=Formula.GAP, falling=Formula.GAP, above_zero=False)
    yield Ask(attrs.evolve(profile, progress=gap), Question.PROGRESS, _way(inputs), expected["difference"])


def _interim(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    shape = {"linear": None, "back_loaded": Trajectory.back_loaded(), "front_loaded": Trajectory.front_loaded()}
    current, final = Fraction(inputs["current"]), Fraction(inputs["final"])
    facts = Facts(
        baseline=current,
        target=final,
        elapsed=Fraction(inputs["elapsed"], inputs["periods"]),
        trajectory=shape[inputs["shape"]],
    )
    ((relation, value),) = expected.items()
    share = (Fraction(value) - current) / (final - current)
    yield Ask(profile, Question.EXPECTED, facts, share if relation == "eq" else Below(share))


def _kpi_status(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    match inputs:
        case {"threshold_ratio": ratio, "actual": actual, "target": target}:
            progress = attrs.evolve(profile.progress or Progress(), above_zero=not inputs["allow_negative_target"])
            told = attrs.evolve(profile, progress=progress, kept=Kept(tolerance=ratio))
            facts = Facts(value=_if_number(actual), target=_if_number(target))
        case {"pct_of_target": percent}:
            told, facts = profile, Facts(progress=_pct(percent))
        case {"evaluate_targets": False, "value": value}:
            told, facts = profile, Facts(value=value)
        case _:
            pytest.fail(f"no facts in {inputs}")
    yield Ask(told, Question.WORD, facts, expected["status"])


def _if_number(given: Json) -> Json:
    return None if given is None or isinstance(given, str) else given


def _margin(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    told = attrs.evolve(profile, kept=Kept(tolerance=inputs["margin"]))
    facts = Facts(low=inputs["target"], high=inputs["target"], value=inputs["value"])
    yield Ask(told, Question.KEPT, facts, expected["within"])


def _band(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    falling = inputs["direction"] == "lower"
    ends = ("high", "watch_high") if falling else ("low", "watch_low")
    facts = Facts(value=inputs["value"], **dict(zip(ends, (inputs["warning"], inputs["critical"]), strict=True)))
    yield Ask(profile, Question.WORD, facts, expected["band"])


def _committed(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    kind = _first(inputs, "kind", "type")
    facts = Facts(progress=inputs["score"], aspirational=kind != "committed")
    yield Ask(profile, Question.KEPT, facts, expected["grade"] != "failure")


def _trajectory(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    shape = {"linear": None, "binary_step_at_end": Trajectory.at_the_end()}[inputs["shape"]]
    baseline, target = Fraction(inputs["baseline"]), Fraction(inputs["target"])
    for period, value in enumerate(expected["expected"], start=1):
        facts = Facts(
            baseline=baseline,
            target=target,
            elapsed=Fraction(period, inputs["periods"]),
            trajectory=shape,
            whole=inputs.get("unit", "%") != "%",
        )
        share = (Fraction(value) - baseline) / (target - baseline)
        yield Ask(profile, Question.EXPECTED, facts, share)


def _milestones(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    series: list[Fraction] = [Fraction(each) for each in inputs["expected_series"]]
    start, end = inputs["baseline"], inputs["target"]
    baseline = series[0] if start is None else Fraction(start)
    target = series[-1] if start is None else Fraction(end)
    due: Fraction = (series[int(inputs["due_index"])] - baseline) / (target - baseline)
    facts = Facts(baseline=baseline, target=target, value=inputs["value"], expected=due)
    yield Ask(profile, Question.PROGRESS, facts, expected["percent"], PERCENT)
    yield from _status(profile, facts, expected)


def _words_rolled_up(name: str) -> Reader:
    def read(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
        parts = [Facts(word=_plain(each)) for each in inputs[name]]
        yield Ask(profile, Question.ROLLED_UP, Facts(children=parts), expected["status"])

    return read


def _rolled_values(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    values = _first(inputs, "children_values", "records", "values")
    direction = inputs.get("direction", "default")
    parts = [Facts(value=each, falling=direction == "default") for each in values]
    claims = PROFILES.get(f"{profile.name}, records of a key result", profile)
    told = _rolling(claims, of_values=True, method=METHODS[_first(inputs, "agg", "aggregate").lower()])
    (published,) = expected.values()
    yield Ask(told, Question.ROLLED_UP, Facts(children=parts), published)


METHODS = {
    "sum": Method.SUM,
    "avg": Method.MEAN,
    "last": Method.LATEST,
    # Of what has a direction: the least of what is to be little is the best.
    "max": Method.WORST,
    "min": Method.BEST,
}


def _percent_of_parts(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    falling = inputs["direction"] in {"default", "<"}
    parts = [Facts(value=value, target=total, falling=falling) for value, total in inputs["parts"]]
    methods = METHODS | {"sum": Method.POOLED}
    told = _rolling(profile, method=methods[inputs.get("aggregate", "max")])
    yield Ask(told, Question.ROLLED_UP, Facts(children=parts), expected["percent"], PERCENT)


def _average(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(target=inputs["target_each"], history=inputs["checkins"], falling=True)
    yield Ask(profile, Question.PROGRESS, facts, expected["progress_pct"], PERCENT)


def _successful(_: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(
        low=inputs["lower"], high=inputs["upper"], history=inputs["values"], planned=inputs["planned_checkins"]
    )
    told = PROFILES["Profit.co successful check-ins"]
    yield Ask(told, Question.PROGRESS, facts, expected["progress_pct"], PERCENT)


def _measures(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(value=inputs["A"], target=inputs["B"])
    yield Ask(profile, Question.PROGRESS, facts, expected["ratio_pct"], PERCENT)


def _lookup(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(value=inputs["pct_of_target_baseline"], target=100)
    yield Ask(profile, Question.PROGRESS, facts, expected["rating"], PERCENT)


def _mdx(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    word = {1: "good", 0: "acceptable", -1: "bad"}[expected["status"]]
    yield Ask(profile, Question.WORD, Facts(progress=inputs["value_over_goal"]), word)


def _constant(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    told = attrs.evolve(profile, kept=Kept(tolerance=_pct(inputs["tolerance_pct"]) or 0))
    target, (low, high) = inputs["target"], expected["band"]
    hair = Decimal("0.001")
    for value, is_kept in ((low, True), (low - hair, False), (high, True), (high + hair, False)):
        yield Ask(told, Question.KEPT, Facts(low=target, high=target, value=value), is_kept)


def _milestone(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(baseline=0, target=1, value=int(inputs["done"]))
    yield Ask(profile, Question.PROGRESS, facts, expected["progress_pct"], PERCENT)
    yield from _status(profile, facts, expected)


def _gap(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(value=inputs["score"], target=inputs["target"], falling=inputs["direction"] == "minimize")
    yield Ask(profile, Question.PROGRESS, facts, expected["gap"])


def _checkpoints(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    points = [(value, _pct(percent) or 0) for value, percent in inputs["checkpoints"]]
    yield Ask(profile, Question.PROGRESS, _way(inputs, points=points), expected["percent"], PERCENT)


def _stages(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    parts = [Facts(progress=int(stage["done"]), weight=stage["weight"]) for stage in inputs["stages"]]
    yield Ask(profile, Question.ROLLED_UP, Facts(children=parts), expected["percent"], PERCENT)


def _red_flag(inputs: Inputs) -> Facts:
    return Facts(baseline=inputs["red_flag"], target=inputs["goal"], value=inputs["actual"])


def _red_flag_score(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    yield Ask(profile, Question.PROGRESS, _red_flag(inputs), expected["score_0_10"], Fraction(1, 10))


def _range(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(low=inputs["min"], high=inputs["max"], value=inputs["actual"])
    yield Ask(profile, Question.PROGRESS, facts, expected["progress_pct"], PERCENT)


def _control(*, falling: bool) -> Reader:
    def read(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
        facts = Facts(target=inputs["threshold"], value=_first(inputs, "value", "actual"), falling=falling)
        number, unit = _number_of(expected)
        yield Ask(profile, Question.PROGRESS, facts, number, unit)
        yield Ask(profile, Question.KEPT, facts, bool(number))
        yield from _status(profile, facts, expected)

    return read


def _colour(inputs: Inputs) -> Facts:
    if "kind" in inputs:
        return Facts(progress=inputs["score"], phase=Phase.OVER, aspirational=inputs["kind"] == "aspirational")
    return Facts(progress=inputs["score"])


def _success(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    told = attrs.evolve(profile, kept=Kept(aspirational=_pct(inputs["success_level_pct"]) or 0))
    yield Ask(told, Question.KEPT, Facts(progress=_pct(inputs["progress_pct"])), expected["success"])


def _appraisal(_: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    told = PROFILES["frappe/hrms appraisal"]
    goals = [Facts(value=goal["score"], weight=_pct(goal["weight"]) or 0) for goal in inputs["goals"]]
    for goal, earned in zip(goals, expected["earned"], strict=True):
        yield Ask(told, Question.ROLLED_UP, Facts(children=[goal]), earned)
    yield Ask(told, Question.ROLLED_UP, Facts(children=goals), expected["total"])
    thirds = Facts(children=[Facts(value=expected["total"]), Facts(), Facts()])
    final = _rolling(told, method=Method.MEAN, unscored=Unscored.AS_ZERO)
    yield Ask(final, Question.ROLLED_UP, thirds, expected["final"])


def _moved(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    for when in ("before", "after"):
        for parent, children in inputs[when].items():
            published = expected[when][parent]
            given: list[Json] = children[0] if children else []
            parts = [_part(each) for each in given]
            yield Ask(profile, Question.ROLLED_UP, Facts(children=parts), published, PERCENT)


def _breach(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(target=inputs["target"], value=inputs["value"], falling=inputs["direction"] == "lower")
    yield Ask(profile, Question.KEPT, facts, not expected["breach"])


def _with_checklist(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    checklist = Facts(baseline=0, target=inputs["checks_total"], value=inputs["checks_done"])
    parts = [*(Facts(progress=_pct(each)) for each in inputs["target_percents"]), checklist]
    yield Ask(profile, Question.ROLLED_UP, Facts(children=parts), expected["percent"], PERCENT)


def _stored(_: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    told = PROFILES["oslokommune/okr-tracker, as stored"]
    yield Ask(told, Question.PROGRESS, _way(inputs), expected["fraction"])


def _grades(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    parts = [Facts(progress=_if_number(each)) for each in inputs["kr_scores"]]
    yield Ask(profile, Question.ROLLED_UP, Facts(children=parts), expected["objective_score"])


def _guardrail(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    facts = Facts(baseline=inputs["baseline"], target=inputs["threshold_gte"], value=inputs["actual"], falling=False)
    yield Ask(profile, Question.KEPT, facts, expected["result"] == "pass")


def _zone(inputs: Inputs) -> Facts:
    points = [(inputs["commit"], 0.3), (inputs["target"], 0.7)]
    return Facts(baseline=inputs["baseline"], points=points, target=inputs["stretch"], value=inputs["value"])


def _alert(_: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    match inputs:
        case {"expected": due, "actual": actual}:
            facts = Facts(progress=_pct(actual), expected=_pct(due))
        case {"days_after_start": days, "status": status}:
            facts = Facts(day=days + 1, word=_plain(status))
        case {"score": score}:
            facts = Facts(progress=score)
        case _:
            pytest.fail(f"no facts in {inputs}")
    yield Ask(PROFILES["Viva Goals alerts"], Question.WORD, facts, expected["alert"])


def _burn_rate(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    elapsed = Fraction(inputs["long_window_hours"], inputs["slo_period_days"] * 24)
    facts = Facts(value=inputs["error_budget_percent"], target=100, elapsed=elapsed, falling=True)
    yield Ask(profile, Question.PROGRESS, facts, expected["factor"])


def _closing(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    yield Ask(profile, Question.PROGRESS, Facts(word=_plain(inputs["closing_status"])), expected["value_pct"], PERCENT)


def _mixed(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    part = Facts(progress=1, word=inputs["type"])
    told = _rolling(profile, reserve=0)
    yield Ask(told, Question.ROLLED_UP, Facts(children=[part]), expected["multiplier"])


def _probe(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    lasting = Lasting(on_after=inputs["failureThreshold"], off_after=inputs["successThreshold"])
    told = _held(profile, lasting)
    read = {"S": 1, "F": 0, "E": None}
    history = [read[inputs["initial"]], *(read[each] for each in inputs["results"])]
    for count, state in enumerate(expected["published_state"], start=2):
        word = {"S": "success", "F": "failure"}[state]
        yield Ask(told, Question.WORD, Facts(target=1, history=history[:count]), word)


def _held(profile: Profile, lasting: Lasting) -> Profile:
    assert profile.words is not None
    return attrs.evolve(profile, words=attrs.evolve(profile.words, lasting=lasting))


def _alarm(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    lasting = Lasting(
        on_after=inputs["on_delay_samples"], off_after=inputs["off_delay_samples"], deadband=inputs["deadband"]
    )
    for count, is_in_alarm in enumerate(expected["in_alarm"], start=1):
        facts = Facts(target=inputs["high_limit"], history=inputs["x"][:count], falling=True)
        yield Ask(_held(profile, lasting), Question.WORD, facts, "in alarm" if is_in_alarm else "normal")


def _firing(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    lasting = Lasting(on_after=inputs["for_min"] + 1, off_after=inputs["keep_firing_for_min"] + 1)
    limit = Fraction(str(inputs["threshold"]).lstrip(">"))
    for minute, state in zip(expected["times_min"], expected["states"], strict=True):
        facts = Facts(target=limit, history=inputs["values_1m"][: minute + 1], falling=True)
        yield Ask(_held(profile, lasting), Question.WORD, facts, state)


def _records(profile: Profile, inputs: Inputs, expected: Expected) -> Iterable[Ask]:
    number, unit = _number_of(expected)
    facts = _way(inputs, history=inputs.get("records", ()))
    yield Ask(profile, Question.PROGRESS, facts, number, unit)


READERS: dict[str, Reader] = {
    "actor_satisfaction": _actor,
    "aggregate_percent": _percent_of_parts,
    "aggregate_sources": _rolled_values,
    "alert_at_risk": _alert,
    "alert_needs_attention": _alert,
    "burn_rate_factor": _burn_rate,
    "closing_status_value": _closing,
    "hygiene": _alert,
    "mixed_contribution_weight": _mixed,
    "appraisal_manual": _appraisal,
    "aspirational_score": _progress,
    "attainment_bands": _word_by(_attained),
    "canvas_rollup_mean": _rollup_mean,
    "committed": _committed,
    "committed_grade": _committed,
    "confidence_1_10": _word_by(lambda it: Facts(value=it["confidence"])),
    "confidence_band": _word_by(lambda it: Facts(progress=_pct(it["probability_pct"]))),
    "contribution_int": _contribution,
    "control_at_most_average": _average,
    "control_at_most_distance": _of_target(falling=True),
    "control_between_success_ratio": _successful,
    "control_kr_stay_above": _control(falling=False),
    "current_from_records": _rolled_values,
    "d_max": _desirability,
    "d_target": _desirability,
    "deadband_on_off_delay": _alarm,
    "debounce": _probe,
    "decrease": _progress,
    "difficulty_success_level": _success,
    "distance_to_target": _distance_to_target,
    "expected_progress": _expected_progress,
    "expected_trajectory": _trajectory,
    "expected_trajectory_decimal_unit": _trajectory,
    "expected_trajectory_integer_unit": _trajectory,
    "for+keep_firing_for": _firing,
    "forecast_or_prior_bands": _word_by(lambda it: Facts(progress=_pct(it["pct"]))),
    "gap": _gap,
    "geometric_mean": _mean_by(Method.GEOMETRIC),
    "goal_red_flag_0_10": _red_flag_score,
    "goal_red_flag_colour": _word_by(_red_flag),
    "goal_vs_actual": _goal_vs_actual,
    "goalposts": _goalposts,
    "harmonic_mean": _mean_by(Method.HARMONIC),
    "increase": _progress,
    "indicator_satisfaction": _indicator,
    "interim_target": _interim,
    "kpi_band": _band,
    "kpi_five_bands": _word_by(lambda it: Facts(value=it["value"])),
    "kpi_health": _word_by(lambda it: Facts(value=it["actual"], target=it["target"])),
    "kpi_health_level": _word_by(lambda it: Facts(value=it["level"])),
    "kpi_pct_of_target_bands": _word_by(lambda it: Facts(progress=_pct(it["pct_of_target"]))),
    "kpi_status": _kpi_status,
    "kpi_status_mdx_example": _mdx,
    "kpi_status_meaning": _word_by(lambda it: Facts(value=it["status"])),
    "kr_progress_checkpoints": _checkpoints,
    "kr_progress_fraction": _progress,
    "kr_progress_history": _history,
    "kr_progress_percent": _records,
    "kr_progress_percent_ui": _progress,
    "kr_progress_stored_d3": _stored,
    "kr_progress_with_milestones": _milestones,
    "kr_status": _word_by(lambda it: Facts(progress=_pct(it["progress_pct"]))),
    "kr_zone_metric": _word_by(_zone),
    "kr_zone_metric_ui": _word_by(_zone),
    "maintain_constant": _constant,
    "maintain_range": _range,
    "measurable_operator": _operator,
    "measure_vs_measure": _measures,
    "metric_lookup_table": _lookup,
    "milestone": _milestone,
    "missing_data": _word_by(_missing),
    "naive_average_rejected": _grades,
    "objective_rollup": _rollup_mean,
    "objective_rollup_mean": _rollup_mean,
    "objective_rollup_with_checklist": _with_checklist,
    "one_sided": _one_sided,
    "operational_health": _guardrail,
    "ordered_rules": _word_by(_way),
    "overall_geometric": _overall,
    "pace_status": _pace,
    "pace_status_ratio": _pace_ratio,
    "parent_rollup_mean": _rollup_mean,
    "parent_rollup_move": _moved,
    "pct_of_target_ascending": _of_target(falling=False),
    "pct_of_target_bands": _word_by(lambda it: Facts(progress=_pct(it["pct_of_target"]))),
    "pct_of_target_descending": _of_target(falling=True),
    "percent_of_nothing": _percent_of_parts,
    "performance_min_max": _progress,
    "period_checkin": _progress,
    "period_rollup": _rollup_mean,
    "project_progress": _stages,
    "published_band": _word_by(lambda it: Facts(progress=Decimal(it["score"]))),
    "qualitative_label": _word_by(_label),
    "quantitative_propagation": _propagation,
    "rollup_mean": _rollup_mean,
    "rollup_mean_negative": _rollup_mean,
    "rollup_objective_cap": _rollup_mean,
    "rollup_status_latest_wins": _words_rolled_up("periods"),
    "rollup_status_precedence": _words_rolled_up("children"),
    "rollup_value": _rolled_values,
    "rollup_weighted": _rollup_mean,
    "score_colour": _word_by(_colour),
    "score_status": _word_by(lambda it: Facts(progress=it["score"])),
    "status_from_progress": _word_by(lambda it: Facts(progress=_pct(it["percent"]))),
    "status_rollup_worst_case": _words_rolled_up("children"),
    "status_threshold": _word_by(lambda it: Facts(progress=it["progress_relative_to_time"], expected=1)),
    "stay_below": _control(falling=True),
    "t_score": _t_score,
    "threshold_breach": _breach,
    "threshold_or_range_status": _threshold,
    "two_sided": _two_sided,
    "within_margin": _margin,
}
"""How each kind of case is read as facts, by the name the kind was published under."""


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _comes_out(ask: Ask) -> bool:
    said = ask.profile.answer(ask.facts, ask.question).said
    match said, ask.published:
        case Word(), str():
            return said.text.casefold() == _plain(ask.published).casefold()
        case bool(), bool():
            return said == ask.published
        case ((Fraction() | Root()), Below()):
            return said < ask.published.bound
        case ((Fraction() | Root()), (int() | Decimal() | Fraction())):
            return _is_printed_as(said, ask)
        case _:
            return said is None and ask.published is None


def _is_printed_as(said: Fraction | Root, ask: Ask) -> bool:
    """Return whether *said* is the published number at its own precision; beyond 15 digits a printed float is noise."""
    published = ask.published
    if isinstance(published, Fraction):
        return said == published * ask.unit
    assert isinstance(published, int | Decimal)
    read = Decimal(published)
    read = read if len(read.as_tuple().digits) < 16 else Decimal(f"{read:.15g}")
    exponent = read.as_tuple().exponent
    assert isinstance(exponent, int)
    number = said.below(40) if isinstance(said, Root) else said
    shown = number / ask.unit
    if ask.tolerance is not None:
        return abs(shown - Fraction(read)) <= Fraction(ask.tolerance)
    return Shown(max(-exponent, 0)).of(shown) == Fraction(read)


PAGE = runpy.run_path(str(ROOT / "docs" / "other_systems_page.py"))
SAID = [case for case in CASES if PAGE["is_not_said"](case) is None]
NOT_SAID = [case for case in CASES if PAGE["is_not_said"](case) is not None]


def _asks(case: dict[str, Json]) -> list[Ask]:
    """Return what a case asks of the profile that claims it; nothing where no profile or no reader is there."""
    system, kind = str(case["system"]), str(case["kind"])
    name, read = CLAIMED_AS.get(system, system), READERS.get(kind)
    if read is None or name not in PROFILES:
        return []
    return list(read(PROFILES[name], case["inputs"], case["expected"]))


@pytest.mark.parametrize("case", SAID, ids=lambda case: f"{case['id']} {case['system']}")
def test_a_published_case_comes_out_under_the_profile_that_claims_it(case: dict[str, Any]) -> None:
    asks = _asks(case)
    assert asks
    assert [ask for ask in asks if not _comes_out(ask)] == []


@pytest.mark.parametrize("case", NOT_SAID, ids=lambda case: f"{case['id']} {case['system']}")
def test_a_case_that_is_listed_as_not_said_is_not_said(case: dict[str, Any]) -> None:
    asks = _asks(case)
    assert not asks or not all(_comes_out(ask) for ask in asks)


def test_at_least_95_percent_of_the_published_verdicts_come_out() -> None:
    verdicts = len(SAID) + sum(PAGE["is_not_said"](case).is_verdict for case in NOT_SAID)
    assert len(CASES) == 361
    assert Fraction(len(SAID), verdicts) >= Fraction(95, 100)


def test_every_reason_why_a_case_is_not_said_is_about_a_case() -> None:
    assert {PAGE["is_not_said"](case) for case in NOT_SAID} == set(PAGE["NOT_SAID"])


def test_every_published_case_has_its_source() -> None:
    assert all(case["source"].strip() for case in CASES)


def test_the_page_is_what_the_script_writes() -> None:
    page = ROOT / "docs" / "explanation" / "other-systems.md"
    assert page.read_text(encoding="utf-8") == PAGE["page"]()


@pytest.mark.parametrize("case", [case for case in CASES if case["kind"].startswith("triad_solve")], ids=str)
def test_what_defines_a_goal_goalmodel_solves_itself(case: dict[str, Any]) -> None:
    known, published = case["inputs"], dict(case["expected"])
    ends = {name: known.get(name) for name in ("baseline", "target", "stretch")}
    commit = Fraction(published.pop("commit"))
    ((name, value),) = published.items()
    assert solve_stretch(**ends) == Fraction(value)
    whole = {**ends, name: value}
    way = Fraction(whole["stretch"]) - Fraction(whole["baseline"])
    assert Fraction(whole["baseline"]) + Fraction(3, 10) * way == commit
