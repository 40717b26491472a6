"""Statements in English: STM-1 to STM-6."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from goalmodel import Cycle, KeyResult, Measure, parse, render
from plain import Answer, Facts, Row, codes, told, written

# ----------------------------------------------------------------------------------------------- questions


def _statement(facts: Facts) -> Answer:
    """What does a sentence say?"""
    draft = parse(facts["text"])
    baseline, target = draft.ends
    cycle = draft.cycle
    return {
        "verdict": draft.form.value,
        "reasons": codes((*draft.open, *draft.disagreements)),
        "assumed": codes(draft.assumed),
        "missing": list(draft.missing),
        "name": draft.name,
        "unit": None if draft.unit is None else draft.unit.name,
        "baseline": written(baseline),
        "target": written(target),
        "start": None if cycle is None else cycle.start.isoformat(),
        "end": None if cycle is None else cycle.end.isoformat(),
    }


def _drafted(facts: Facts) -> Answer:
    """Which key result does a sentence become; none while something is missing, in doubt or in disagreement?"""
    key_result = parse(facts["text"]).key_result(id="kr")
    return {"verdict": written(key_result.target_value), "reasons": [], "baseline": written(key_result.baseline)}


def _a_key_result(facts: Facts) -> KeyResult:
    measure = Measure(facts["name"], unit=facts["unit"])
    cycle = Cycle.quarter(2026, facts["quarter"])
    return KeyResult(
        id="kr", measure=measure, baseline=told(facts["baseline"]), target=told(facts["target"]), cycle=cycle
    )


def _rendered(facts: Facts) -> Answer:
    """How is a key result said, and is it read as just that?"""
    key_result = _a_key_result(facts)
    text = render(key_result)
    return {"verdict": text, "reasons": codes(parse(text).differences(key_result))}


def _differences(facts: Facts) -> Answer:
    """Where does a sentence say another thing than its key result?"""
    found = parse(facts["text"]).differences(_a_key_result(facts["key_result"]))
    return {"verdict": not found, "reasons": codes(found)}


QUESTIONS: Final = MappingProxyType({
    "statement": _statement,
    "drafted": _drafted,
    "rendered": _rendered,
    "differences": _differences,
})  # fmt: skip

# ------------------------------------------------------------------------------------------------- examples

_SAID: Final = (
    "Increase customer satisfaction by 15% from 8.0 to 9.2 points in Q4 2026",
    "Reduce onboarding time by 40% from 10 days to 6 days in Q4 2026",
    "Increase customer satisfaction from 8.0 to 9.2 points in Q4 2026",
    "Reduce onboarding time from 10 days to 6 days in Q4 2026",
)
_OPEN: Final = (
    "Increase customer satisfaction",
    "Increase customer satisfaction by 15%",
    "Increase customer satisfaction from 8.0",
    "Increase customer satisfaction to 9.2 points",
    "Increase customer satisfaction from 8.0 to 9.2 points",
    "Win 10 new clients in Q4 2026",
    "Reduce onboarding time from 10 days",
)
_CLASHING: Final = (
    "Increase customer satisfaction by 20% from 8.0 to 9.2 points in Q4 2026",
    "Reduce customer satisfaction from 8.0 to 9.2 points in Q4 2026",
    "Increase onboarding time from 10 days to 6 days in Q4 2026",
    "Reduce onboarding time by 50% from 10 days to 6 days in Q4 2026",
)
_ANYTHING: Final = (
    "",
    "   ",
    "…",
    "42",
    "from to by in",
    "8 -> 9",
    "goal goal goal",
    "Q4 2026",
    "%",
    "🎯 from 1 to 2",
)


def rows() -> Iterator[Row]:
    """Return the worked examples."""
    for text in _ANYTHING:
        yield Row("STM-1", "statement", {"text": text})
    for text in (*_SAID, *_OPEN):
        yield Row("STM-2", "statement", {"text": text})
    for text in (*_CLASHING, *_SAID):
        yield Row("STM-3", "statement", {"text": text})
    for text in (*_SAID, *_OPEN, *_CLASHING, *_ANYTHING):
        yield Row("STM-4", "drafted", {"text": text})
    for baseline, target in ((8, "9.2"), (10, 6), (0, 10), (-5, 5), ("1/3", 1), (1000, 1250)):
        goal = {"name": "customer satisfaction", "unit": "points", "baseline": baseline, "target": target, "quarter": 4}
        yield Row("STM-5", "rendered", goal)
        for text in _SAID:
            yield Row("STM-6", "differences", {"text": text, "key_result": goal})
    for quarter in (3, 4):
        goal = {"name": "onboarding time", "unit": "days", "baseline": 10, "target": 6, "quarter": quarter}
        for text in (*_SAID, *_OPEN):
            yield Row("STM-6", "differences", {"text": text, "key_result": goal})
