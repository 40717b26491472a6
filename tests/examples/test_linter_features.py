"""Every rule of the linter against what is over, of another cycle, amended, planned, rebased, ranged and counted.

Each rule's own examples are varied feature by feature. A table says what is found then, decided from the rule's
sentence: what is found in the bad example, and not in the good one, unless the table names the exception.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, TypeVar

import attrs
import pytest

import goalmodel as gm
from goalmodel.commit import Amendment
from goalmodel.hygiene import HYGIENE_RULES, HygieneRule
from goalmodel.trend import Rebasing

LOOK = dt.date(2026, 11, 30)
LATER = dt.date(2026, 12, 15)
OVER, TO_COME = gm.Cycle.quarter(2026, 3), gm.Cycle.quarter(2027, 1)
CODES = [rule.code for rule in HYGIENE_RULES]

_G = TypeVar("_G")
Change = Callable[[_G], _G]


def _same(goal: _G) -> _G:
    return goal


def every(
    model: gm.GoalModel,
    *,
    kpi: Change[gm.Kpi] = _same,
    key_result: Change[gm.KeyResult] = _same,
    commit: Change[gm.Commit] = _same,
) -> gm.GoalModel:
    """Return the model with each goal changed, unless its log would have to tell of it."""
    return (
        model
        if model.events
        else attrs.evolve(
            model,
            kpis=map(kpi, model.kpis),
            key_results=map(key_result, model.key_results),
            commits=map(commit, model.commits),
        )
    )


def revised(to: Callable[[gm.KeyResult], float | Fraction]) -> Change[gm.KeyResult]:
    """Return what lets a key result be revised later, if it is there then and counts no list."""

    def change(key_result: gm.KeyResult) -> gm.KeyResult:
        if key_result.cycle.end < LATER or isinstance(key_result.counting, gm.key_result.Milestones):
            return key_result
        return gm.key_result.revise(key_result, target=to(key_result), on=LATER, reason="planned")

    return change


def amended(standard: gm.Standard) -> Change[gm.Commit]:
    """Return what lets a commit be amended later, if it is there then."""

    def change(commit: gm.Commit) -> gm.Commit:
        if commit.due < LATER:
            return commit
        return attrs.evolve(commit, amendments=Amendment(on=LATER, standard=standard, reason="planned"))

    return change


def rebanded(bands: gm.HealthBands) -> Change[gm.Kpi]:
    """Return what lets a KPI have other bands later."""
    return lambda kpi: kpi if kpi.bands is None else kpi.with_bands(bands, since=LATER, reason="planned")


def rebased(on: dt.date) -> Change[gm.Kpi]:
    """Return what lets a KPI be rebased on a day."""
    return lambda kpi: attrs.evolve(kpi, rebasings=[Rebasing(on=on, reason="counted anew")])


def over(model: gm.GoalModel) -> gm.GoalModel:
    """Return the model with its key results and commits over and not closed; what was closed stays so."""
    if not (model.key_results or model.commits):
        return model

    def commit(each: gm.Commit) -> gm.Commit:
        declared = min(each.declared_on, OVER.start)
        return attrs.evolve(each, declared_on=declared, due=OVER.end) if each.due >= LOOK else each

    def key_result(each: gm.KeyResult) -> gm.KeyResult:
        return attrs.evolve(each, cycle=OVER) if each.cycle.end >= LOOK else each

    return every(attrs.evolve(model, events=()), key_result=key_result, commit=commit)


def to_come(model: gm.GoalModel) -> gm.GoalModel:
    """Return the model with its key results in the next cycle."""
    return every(model, key_result=lambda each: attrs.evolve(each, cycle=TO_COME))


def in_turn(model: gm.GoalModel) -> gm.GoalModel:
    """Return the model with every second of its key results, commits and objectives in the next cycle."""
    turns = iter(range(1000))

    def is_next() -> bool:
        return bool(next(turns) % 2)

    if model.events:
        return model
    return attrs.evolve(
        model,
        key_results=[attrs.evolve(each, cycle=TO_COME) if is_next() else each for each in model.key_results],
        commits=[
            attrs.evolve(each, declared_on=TO_COME.start, due=TO_COME.end) if is_next() else each
            for each in model.commits
        ],
        objectives=[
            attrs.evolve(each, cycle=TO_COME) if is_next() else attrs.evolve(each, cycle=gm.Cycle.quarter(2026, 4))
            for each in model.objectives
        ],
    )


def ended(model: gm.GoalModel) -> gm.GoalModel:
    """Return the model with the cycles of its objectives over."""
    return attrs.evolve(model, objectives=[attrs.evolve(each, cycle=OVER) for each in model.objectives])


def ranged(model: gm.GoalModel) -> gm.GoalModel:
    """Return the model as it is where each measure says what it can be, unless one is derived."""

    def wide(each: Any) -> Any:  # noqa: ANN401 - a goal of any kind
        return attrs.evolve(each, measure=attrs.evolve(each.measure, lowest=-1000, highest=1000))

    if model.derived:
        return model
    looked_at = [attrs.evolve(each, lowest=-1000, highest=1000) for each in model.good_to_know]
    found = every(attrs.evolve(model, good_to_know=()), kpi=wide, key_result=wide, commit=wide)
    return attrs.evolve(found, good_to_know=looked_at)


def counted(counting: Any) -> Callable[[gm.GoalModel], gm.GoalModel]:  # noqa: ANN401 - whatever can be counted
    """Return what lets each key result that counts its latest reading count something else."""

    def change(each: gm.KeyResult) -> gm.KeyResult:
        return attrs.evolve(each, counting=counting) if each.counting is gm.Aggregation.LAST else each

    return lambda model: every(model, key_result=change)


FEATURES: dict[str, Callable[[gm.GoalModel], gm.GoalModel]] = {
    "over": over,
    "to come": to_come,
    "in turn": in_turn,
    "objectives over": ended,
    "ranged": ranged,
    "revised far": lambda model: every(model, key_result=revised(lambda _: 1000)),
    "revised near": lambda model: every(
        model, key_result=revised(lambda each: (each.baseline or Fraction(0)) + Fraction(1, 100))
    ),
    "amended up": lambda model: every(model, commit=amended(gm.Standard.at_least(99.99))),
    "amended down": lambda model: every(model, commit=amended(gm.Standard.at_least(1))),
    "bands up": lambda model: every(model, kpi=rebanded(gm.HealthBands.at_least(99))),
    "bands down": lambda model: every(model, kpi=rebanded(gm.HealthBands.at_least(1))),
    "rebased before": lambda model: every(model, kpi=rebased(dt.date(2020, 1, 1))),
    "rebased later": lambda model: every(model, kpi=rebased(LATER)),
    "mean": counted(gm.Aggregation.MEAN),
    "greatest": counted(gm.Aggregation.GREATEST),
    "least": counted(gm.Aggregation.LEAST),
    "added": counted(gm.key_result.Sum.ADDED),
    "total": counted(gm.key_result.Sum.TOTAL),
    "mean of three": counted(gm.key_result.MeanOfLatest(3)),
}

OF_KEY_RESULTS = [code for code in CODES if code.startswith("KR")]
OF_COMMITS = [code for code in CODES if code.startswith("COM")]
COUNTINGS = ("mean", "greatest", "least", "added", "total", "mean of three")
NO_LEVEL = COUNTINGS[:-1]
"""What is no level a single reading can be at."""

OF_LEVELS = ("KR205", "KR210", "KR211", "KR212", "KR217", "GM504")

NOT_ANY_MORE: dict[str, Iterable[str]] = {
    # Of what is over nothing is asked but that it is closed, and nothing moves or is promised by it.
    "over": [
        *(code for code in (*OF_KEY_RESULTS, *OF_COMMITS) if code not in {"KR209", "COM308"}),
        *("KPI102", "GM501", "GM502", "GM503", "GM504", "GM506", "GM507", "GM508", "GM509", "GM510", "GM517"),
    ],
    # What has not begun is not moved, not late, and nothing stands beside it yet. Its cycle is no longer too long, it
    # is not over, and what was a stretch of its time is none of the time in which the commit is owed.
    "to come": ["KPI102", "KR208", "KR209", "KR215", "KR220", "GM502", "GM503", "GM504", "GM508"],
    # At one time there are not too many; and what comes one after the other does not stand beside each other.
    "in turn": ["KPI102", "KR201", "KR214", "COM301", "COM305", "OBJ401", "GM501", "GM504", "GM509"],
    "objectives over": ["KR201", "KR202", "OBJ401", "OBJ402", "OBJ403", "OBJ404", "GM502"],
    **dict.fromkeys(NO_LEVEL, OF_LEVELS),
    # What is added to two starts is no one sum; and entries that add up came closer, whatever each of them is.
    "added": (*OF_LEVELS, "GM501", "GM508"),
    "total": (*OF_LEVELS, "GM508"),
}
"""By feature: the rules that find nothing in their bad example any more."""

NOW = {
    # Its neighbour is over, too.
    ("over", "KR209"),
    ("over", "COM308"),
    # The commit is due before the next cycle begins, or in it while the key result is not.
    ("to come", "GM503"),
    ("in turn", "GM503"),
    # The sentence says Q4.
    ("to come", "GM507"),
    # Two at a time, where three are asked for.
    ("in turn", "KR202"),
    # The latest reading came closer, and by what is counted it did not.
    *((each, "GM508") for each in ("mean", "least", "mean of three")),
}
"""Feature and rule: what is found in the good example, and was not."""


def asked(program: str) -> tuple[gm.GoalModel, list[gm.Series], dict[str, Any]]:
    """Return the model of an example, what was read, and what else the linter takes."""
    seen: dict[str, Any] = {}
    names: dict[str, Any] = {}
    asking, _, _ = program.partition("found = gm.lint(model, ")
    exec(asking, names)  # noqa: S102 - our own examples
    call = program.partition("found = gm.lint(model, ")[2].rsplit(")", 1)[0]
    exec(f"read, beside = (lambda read, **beside: (read, beside))({call})", names, seen)  # noqa: S102 - our own examples
    return names["model"], seen["read"], seen["beside"]


def lint(program: str, feature: str) -> list[str]:
    """Return the codes that an example's question finds in its model with a feature."""
    model, read, beside = asked(program)
    varied = FEATURES[feature](model)
    measures = {each.measure.name: each.measure for each in varied.measured} if feature == "ranged" else {}
    history = [gm.Series(measures.get(each.measure.name, each.measure), each.readings) for each in read]
    return sorted({each.code for each in gm.lint(varied, history, **beside)})


@pytest.mark.one_python
@pytest.mark.parametrize("feature", FEATURES)
@pytest.mark.parametrize("rule", HYGIENE_RULES, ids=CODES)
def test_what_is_found_follows_from_the_sentence_of_the_rule(rule: HygieneRule, feature: str) -> None:
    is_bad = rule.code not in NOT_ANY_MORE.get(feature, ())
    assert lint(rule.bad, feature) == ([rule.code] if is_bad else [])
    assert lint(rule.good, feature) == ([rule.code] if (feature, rule.code) in NOW else [])
