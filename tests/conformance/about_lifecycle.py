"""From KPI to key result and back, and what happens to goals: LIFE-1 to LIFE-8, EVT-1 to EVT-3."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from goalmodel import (
    Aggregation,
    Continue,
    Cycle,
    Demote,
    GoalModel,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    Promote,
    decide_demotion,
    decide_promotion,
    promote,
    replay,
)
from goalmodel.events import Adopted, Deferred, Dropped, Event, Promoted, Proposed, Retired, TargetRevised
from goalmodel.key_result import MeanOfLatest, Origin
from goalmodel.lifecycle import (
    MOVES,
    DemotionPolicy,
    FocusPolicy,
    GoalState,
    Move,
    PromotionPolicy,
    contradiction,
    focus,
    new_kpi,
    next_cycle,
    state_of,
)
from goalmodel.trend import ProcessLimits, TrendPolicy
from plain import (
    Answer,
    Facts,
    Plain,
    Row,
    a_cadence,
    a_series,
    bands_of,
    codes,
    date,
    day,
    month_ends,
    some_bands,
    told,
    written,
)

# ----------------------------------------------------------------------------------------------- questions

_MEASURE: Final = Measure("the measure", unit="points")
_QUARTER: Final = Cycle.quarter(2026, 4)


def _a_kpi(facts: Facts) -> Kpi:
    return Kpi(
        id="kpi",
        measure=_MEASURE,
        bands=some_bands(facts["bands"]),
        cadence=a_cadence(facts.get("cadence")),
        tolerated_days=facts.get("tolerated_days"),
    )


def _trend(facts: Facts) -> TrendPolicy:
    usual = facts.get("usual")
    if usual is None:
        return TrendPolicy()
    return TrendPolicy(reference=ProcessLimits(mean=told(usual["mean"]), sigma=told(usual["sigma"])))


def _promotion(facts: Facts) -> Answer:
    """Is a KPI proposed for promotion?"""
    found = decide_promotion(
        _a_kpi(facts),
        a_series(_MEASURE, facts["readings"]),
        as_of=day(facts["as_of"]),
        policy=PromotionPolicy(unhealthy=facts["unhealthy"]),
        trend=_trend(facts),
        chosen=facts.get("chosen"),
    )
    match found:
        case Promote(evidence=evidence):
            return {"verdict": "promote", "reasons": codes(evidence)}
        case _:
            return {"verdict": "keep", "reasons": codes(found.reasons)}


def _promoted(facts: Facts) -> Answer:
    """Which key result does a KPI become?"""
    kpi = _a_kpi(facts)
    series = a_series(_MEASURE, facts["readings"])
    found = decide_promotion(kpi, series, as_of=day(facts["as_of"]), chosen="we want to")
    assert isinstance(found, Promote)
    target = facts.get("target")
    key_result = promote(kpi, found, cycle=_QUARTER, target=None if target is None else told(target))
    return {
        "verdict": written(key_result.target_value),
        "reasons": [],
        "baseline": written(key_result.baseline),
        "mean_of": key_result.counting.count if isinstance(key_result.counting, MeanOfLatest) else 1,
    }


def _demotion(facts: Facts) -> Answer:
    """Is a key result proposed to go back to being watched?"""
    kpi = _a_kpi(facts)
    key_result = KeyResult(
        id="kr",
        measure=_MEASURE,
        baseline=told(facts["baseline"]),
        target=told(facts["target"]),
        cycle=_QUARTER,
        origin=Origin(kpi="kpi", on=day(facts["promoted_on"])),
    )
    found = decide_demotion(
        key_result,
        kpi,
        a_series(_MEASURE, facts["readings"]),
        as_of=day(facts["as_of"]),
        policy=DemotionPolicy(
            healthy=facts["healthy"],
            deadband=told(facts["deadband"]),
            sooner_sigmas=told(facts["sooner_sigmas"]) if "sooner_sigmas" in facts else None,
            stay_days=facts["stay_days"],
        ),
        trend=_trend(facts),
    )
    match found:
        case Demote(evidence=evidence):
            return {"verdict": "demote", "reasons": codes(evidence)}
        case Continue(reasons=reasons):
            return {"verdict": "continue", "reasons": codes(reasons)}


def _focus(facts: Facts) -> Answer:
    """Which proposals are taken up now, and which wait?"""
    found: list[Promote] = []
    for each in facts["proposals"]:
        kpi = Kpi(id=each["id"], measure=_MEASURE, bands=some_bands(facts["bands"]), serves=each["serves"])
        series = a_series(_MEASURE, each["readings"])
        decision = decide_promotion(kpi, series, as_of=day(facts["as_of"]), chosen="we want to")
        assert isinstance(decision, Promote)
        found.append(decision)
    active = [
        KeyResult(id=str(at), measure=_MEASURE, baseline=0, target=1, cycle=_QUARTER) for at in range(facts["active"])
    ]
    decided = focus(found, active=active, policy=FocusPolicy(limit=facts["limit"]))
    return {
        "verdict": [each.kpi for each in decided.taken],
        "reasons": codes(each.reason for each in decided.deferred),
        "deferred": [each.proposal.kpi for each in decided.deferred],
    }


def _new_kpi(facts: Facts) -> Answer:
    """Which KPI keeps watch over what a key result was brought to?"""
    key_result = KeyResult(
        id="kr", measure=_MEASURE, baseline=told(facts["baseline"]), target=told(facts["target"]), cycle=_QUARTER
    )
    series = a_series(_MEASURE, facts["readings"])
    policy = DemotionPolicy(healthy=facts["healthy"], deadband=told(facts["deadband"]))
    kpi = new_kpi(key_result, series, as_of=day(facts["as_of"]), policy=policy)
    assert kpi.bands is not None
    return {"verdict": written(kpi.bands.cuts[0]), "reasons": [], "bands": bands_of(kpi.bands)}


def _beside(facts: Facts) -> Answer:
    """Do a key result and the KPI it moves contradict one another?"""
    series, on = a_series(_MEASURE, facts["readings"]), day(facts["as_of"])
    key_result = KeyResult(
        id="kr", measure=_MEASURE, baseline=told(facts["baseline"]), target=told(facts["target"]), cycle=_QUARTER
    )
    found = contradiction(key_result.assess(series, as_of=on), _a_kpi(facts).assess(series, as_of=on))
    return {
        "verdict": None if found is None else found.kind.value,
        "reasons": [] if found is None else [found.reason.code],
    }


def _by_chance(facts: Facts) -> Answer:
    """How often would an unchanged process have come as far?"""
    count = facts["mean_of"]
    key_result = KeyResult(
        id="kr",
        measure=_MEASURE,
        baseline=told(facts["baseline"]),
        target=told(facts["target"]),
        cycle=_QUARTER,
        counting=MeanOfLatest(count) if count > 1 else Aggregation.LAST,
    )
    found = key_result.assess(a_series(_MEASURE, facts["readings"]), as_of=day(facts["as_of"])).by_chance
    return {"verdict": written(found.share), "reasons": codes(found.reasons), "windows": found.windows}


def _move(facts: Facts) -> Answer:
    """Where does a move lead from a state; None where it is illegal?"""
    after = MOVES[GoalState(facts["state"])].get(Move(facts["move"]))
    return {"verdict": None if after is None else after.value, "reasons": []}


def _an_event(facts: Facts) -> Event:
    said: dict[str, Any] = {"on": day(facts["on"]), "reason": "as decided", "decided_by": "the board"}
    kpi = Kpi(id="kpi", measure=_MEASURE)
    key_result = KeyResult(
        id="kr", measure=_MEASURE, baseline=0, target=10, cycle=_QUARTER, origin=Origin(kpi="kpi", on=day(facts["on"]))
    )
    events: dict[str, Any] = {
        "adopted": lambda: Adopted(goal=kpi, **said),
        "proposed": lambda: Proposed(kpi="kpi", **said),
        "deferred": lambda: Deferred(kpi="kpi", **said),
        "promoted": lambda: Promoted(key_result=key_result, **said),
        "retired": lambda: Retired(goal=kpi, **said),
        "proposal dropped": lambda: Dropped(goal=kpi, **said),
        "target revised": lambda: TargetRevised(key_result="kr", target=told(facts.get("target", 12)), **said),
    }
    found: Event = events[facts["event"]]()
    return found


def _events(facts: Facts) -> Answer:
    """Where does a goal stand after events?"""
    model = replay(GoalModel(), [_an_event(each) for each in facts["events"]])
    return {"verdict": state_of(model, "kpi").value, "reasons": [], "goals": [goal.id for goal in model.goals]}


def _reset(facts: Facts) -> Answer:
    """What is there to decide when a cycle is over?"""
    kpi = Kpi(id="kpi", measure=_MEASURE, bands=some_bands(facts["bands"]))
    key_result = KeyResult(
        id="kr", measure=_MEASURE, baseline=told(facts["baseline"]), target=told(facts["target"]), cycle=_QUARTER,
        origin=Origin(kpi="kpi", on=day("2026-10-01")) if facts["was_promoted"] else None,
    )  # fmt: skip
    model = GoalModel(kpis=[kpi], key_results=[key_result])
    found = next_cycle(
        model, [a_series(_MEASURE, facts["readings"])], as_of=day(facts["as_of"]), cycle=Cycle.quarter(2027, 1)
    )
    parts = {
        "running": [each.key_result.id for each in found.running],
        "graduates": [each.key_result.key_result.id for each in found.graduates],
        "continuing": [after.id for _, after in found.continuing],
        "ending": [each.key_result.id for each, _ in found.ending],
    }
    return {
        "verdict": next(name for name, ids in parts.items() if ids),
        "reasons": codes(why for _, why in found.ending),
    }


QUESTIONS: Final = MappingProxyType({
    "promotion": _promotion,
    "promoted": _promoted,
    "demotion": _demotion,
    "focus": _focus,
    "new KPI": _new_kpi,
    "beside": _beside,
    "by chance": _by_chance,
    "move": _move,
    "events": _events,
    "reset": _reset,
})  # fmt: skip

# ------------------------------------------------------------------------------------------------- examples

_BANDS: Final = bands_of(HealthBands.at_least(8, watch=7.5))
_USUAL: Final = {"mean": 8, "sigma": "0.25"}


def _read(values: str, *, first: int = 1) -> list[list[Plain]]:
    return [
        [on, value if value == "missing" else written(told(value))]
        for on, value in zip(month_ends(len(values.split()), first=first), values.split(), strict=True)
    ]


def _about_promotion() -> Iterator[Row]:
    courses = (
        "8 8 8",
        "7 7 7",
        "8 7 7",
        "7 7 8",
        "7.9 7.8 7.7",
        "8.4 8.3 8.2",
        "7.75 7.75 7.75",
        "7.7501 7.75 7.75",
        "7",
        "",
        "7 missing 7 7",
        "9 7.4 7.4 7.4",
    )
    for course, usual, needed in product(courses, (None, _USUAL), (2, 3)):
        readings = _read(course)
        facts = {
            "bands": _BANDS,
            "readings": readings,
            "unhealthy": needed,
            "as_of": readings[-1][0] if readings else date(6, 30),
        }
        yield Row("LIFE-1", "promotion", facts | ({} if usual is None else {"usual": usual}))
        yield Row("LIFE-1", "promotion", facts | {"chosen": "it matters most"})
    for cadence, as_of in product((None, {"months": 1, "grace_days": 10}), (date(3, 31), date(5, 10), date(5, 11))):
        facts = {"bands": _BANDS, "readings": _read("7 7 7"), "unhealthy": 3, "as_of": as_of, "cadence": cadence}
        yield Row("LIFE-1", "promotion", facts)
    for course in ("9 8.9 8.8 8.7 8.5 8.2 8.1", "6 6.2 6.4 6.5 6.8 7 7.1", "8.6 8.5 8.4 8.2 8 7.9 7.8"):
        readings = _read(course)
        yield Row(
            "LIFE-1", "promotion", {"bands": _BANDS, "readings": readings, "unhealthy": 3, "as_of": readings[-1][0]}
        )
    for tolerated, as_of in product((0, 30, 31), (date(2, 28), date(3, 29), date(3, 30), date(3, 31))):
        facts = {
            "bands": _BANDS,
            "readings": _read("8 7.8"),
            "unhealthy": 3,
            "as_of": as_of,
            "tolerated_days": tolerated,
        }
        yield Row("KPI-8", "promotion", facts)


def _about_becoming() -> Iterator[Row]:
    ceiling, between = bands_of(HealthBands.at_most(5)), bands_of(HealthBands.between(5, 9))
    for bands, values in (
        (_BANDS, ("7", "7.9999", "8", "9")),
        (ceiling, ("6", "5", "4")),
        (between, ("4", "10", "7")),
        (None, ("7",)),
    ):
        for value, target in product(values, (None, 8, 5, "7.5", 3)):
            facts: dict[str, Any] = {
                "bands": bands,
                "readings": [[date(9, 30), written(told(value))]],
                "as_of": date(10, 1),
            }
            yield Row("LIFE-2", "promoted", facts | {"target": target})
    for course in ("7 6", "9 7 6 7", "9 9 6", "7 missing 6 5", "7 missing missing missing 6"):
        readings = _read(course)
        facts = {"bands": _BANDS, "readings": readings, "as_of": readings[-1][0]}
        for target in (None, 9):
            yield Row("LIFE-2", "promoted", facts | {"target": target})


def _about_demotion() -> Iterator[Row]:
    days = [date(10, 31), date(11, 15), date(11, 30), date(12, 15), date(12, 31)]
    courses = (
        "8 8 8 8 8",
        "7 8 8 8 8",
        "7 7 7 8 8",
        "8 8 8 7 7",
        "8.5 8.5 8.5 8.5 8.5",
        "8.4999 8.5 8.5 8.5 8.5",
        "9 9 9 9 9",
        "8 8",
    )
    for course, deadband, stay in product(courses, ("0", "0.5"), (0, 91, 92)):
        readings = [[on, written(told(value))] for on, value in zip(days, course.split(), strict=False)]
        facts = {
            "bands": _BANDS, "baseline": 7, "target": 9, "promoted_on": "2026-10-01", "readings": readings,
            "healthy": 3, "deadband": deadband, "stay_days": stay,
        }  # fmt: skip
        for as_of in ("2026-12-30", "2026-12-31"):
            yield Row("LIFE-5", "demotion", facts | {"as_of": as_of})
    for course, usual in product(("8 8 8", "8.124 8.125 8.125", "8.125 8.125 8.125", "8.3 8.3 8.3"), (None, _USUAL)):
        facts = {
            "bands": _BANDS, "baseline": 7, "target": 9, "promoted_on": "2026-10-01", "healthy": 4, "deadband": "0",
            "readings": [[on, written(told(value))] for on, value in zip(days[::2], course.split(), strict=True)],
            "sooner_sigmas": "0.5", "stay_days": 0, "as_of": "2026-12-31",
        }  # fmt: skip
        yield Row("LIFE-5", "demotion", facts | ({} if usual is None else {"usual": usual}))
    for promoted_on in ("2026-10-31", "2026-11-15", "2026-12-15"):
        readings = [[on, 8] for on in days]
        facts = {
            "bands": _BANDS,
            "baseline": 7,
            "target": 9,
            "promoted_on": promoted_on,
            "readings": readings,
            "healthy": 3,
            "deadband": 0,
            "stay_days": 0,
        }
        yield Row("LIFE-5", "demotion", facts | {"as_of": "2026-12-31"})


def _about_both_ways() -> Iterator[Row]:
    """Return one history, asked both ways: what proposes a demotion proposes no promotion."""
    days = [date(10, 31), date(11, 30), date(12, 31)]
    for course in ("8 8 8", "7 7 7", "8 8 7", "7 8 8", "8 missing 8", "missing missing missing", "7.9 8 8.1"):
        readings = [
            [on, value if value == "missing" else written(told(value))]
            for on, value in zip(days, course.split(), strict=True)
        ]
        facts: dict[str, Any] = {"bands": _BANDS, "readings": readings, "as_of": days[-1]}
        yield Row("LIFE-6", "promotion", facts | {"unhealthy": 3})
        yield Row(
            "LIFE-6",
            "demotion",
            facts
            | {"baseline": 7, "target": 9, "promoted_on": "2026-10-01", "healthy": 3, "deadband": 0, "stay_days": 0},
        )


def _about_focus() -> Iterator[Row]:
    as_of = date(6, 30)
    unhealthy, watch, healthy = ("7 7 7", "7.7 7.7 7.7", "9 9 9")
    proposals = [
        {"id": "b", "serves": [], "readings": _read(unhealthy, first=4)},
        {"id": "a", "serves": [], "readings": _read(unhealthy, first=4)},
        {"id": "c", "serves": [], "readings": _read(watch, first=4)},
        {"id": "d", "serves": ["x"], "readings": _read(unhealthy, first=4)},
        {"id": "e", "serves": [], "readings": _read("9 7 7", first=4)},
        {"id": "f", "serves": [], "readings": _read(healthy, first=4)},
    ]
    for active, limit in product(range(4), (1, 3, 5)):
        yield Row(
            "LIFE-4",
            "focus",
            {"bands": _BANDS, "proposals": proposals, "active": active, "limit": limit, "as_of": as_of},
        )
        yield Row(
            "LIFE-4",
            "focus",
            {"bands": _BANDS, "proposals": proposals[::-1], "active": active, "limit": limit, "as_of": as_of},
        )


def _about_new_kpis() -> Iterator[Row]:
    days = [date(12, number) for number in (10, 17, 24, 31)]
    for (baseline, target), courses in (
        ((50, 99), ("98 99 99.4 99.2", "98 98 98 98", "50 50 50 50", "100 100 100 100", "99 98 99 99", "")),
        ((10, 6), ("6 6 6 6", "7 6 6 5", "10 11 10 9", "5 5 5 5")),
    ):
        for course, deadband in product(courses, ("0", "0.5")):
            readings = [[on, written(told(value))] for on, value in zip(days, course.split(), strict=False)]
            facts = {
                "baseline": baseline,
                "target": target,
                "readings": readings,
                "as_of": days[-1],
                "healthy": 3,
                "deadband": deadband,
            }
            yield Row("LIFE-7", "new KPI", facts)


def _about_both_verdicts() -> Iterator[Row]:
    for value, target, as_of in product(
        ("7", "7.5", "7.9999", "8", "9"), ("7.5", "8", "12"), (date(10, 31), date(11, 15), date(11, 16), date(12, 31))
    ):
        facts = {
            "bands": _BANDS,
            "baseline": "6.5",
            "target": target,
            "readings": [[date(10, 31), written(told(value))]],
            "as_of": as_of,
        }
        yield Row("LIFE-3", "beside", facts)


def _about_events() -> Iterator[Row]:
    adopted = {"event": "adopted", "on": "2026-09-01"}
    proposed = {"event": "proposed", "on": "2026-10-01"}
    deferred = {"event": "deferred", "on": "2026-10-02"}
    promoted = {"event": "promoted", "on": "2026-10-03"}
    revised = {"event": "target revised", "on": "2026-11-01"}
    logs: tuple[list[dict[str, Any]], ...] = (
        [],
        [adopted],
        [proposed],
        [adopted, proposed],
        [adopted, proposed, deferred],
        [adopted, proposed, promoted],
        [adopted, promoted],
        [adopted, promoted, proposed | {"on": "2026-10-04"}],
        [adopted, promoted, revised],
        [adopted, revised],
        [adopted, promoted, revised | {"target": 0}],
        [adopted, proposed, {"event": "proposal dropped", "on": "2026-10-05"}],
        [adopted, {"event": "retired", "on": "2026-10-05"}],
        [adopted, {"event": "retired", "on": "2026-10-05"}, proposed | {"on": "2026-10-06"}],
        [adopted, adopted],
        [adopted, adopted | {"on": "2026-09-02"}],
        [adopted, proposed, proposed],
        [adopted, proposed | {"on": "2026-08-31"}],
        [adopted, proposed | {"on": "2026-09-01"}],
    )
    for log in logs:
        yield Row("EVT-2", "events", {"events": log})
        if len(log) > 1:
            yield Row("LIFE-8", "events", {"events": log[:-1]})
    for state, move in product(GoalState, Move):
        yield Row("EVT-1", "move", {"state": state.value, "move": move.value})


def _about_chance() -> Iterator[Row]:
    for course, mean_of, target in product(
        ("7 8 7 8 7 8 7 8", "7 7 7 7 7 9", "6 7 8 6 7 8 6 7 8", "7 7 7 7 7"), (1, 2, 3), (8, "8.5", 6)
    ):
        facts = {"baseline": 7, "target": target, "mean_of": mean_of, "readings": _read(course), "as_of": "2026-12-31"}
        yield Row("LIFE-9", "by chance", facts)


def _about_resets() -> Iterator[Row]:
    for value, as_of, was_promoted in product(
        ("6", "7", "7.5", "8", "9"), ("2026-12-30", "2026-12-31", "2027-01-15"), (True, False)
    ):
        readings = [[on, written(told(value))] for on in (date(10, 31), date(11, 30), date(12, 31))]
        facts = {
            "bands": _BANDS,
            "baseline": 7,
            "target": 9,
            "readings": readings,
            "as_of": as_of,
            "was_promoted": was_promoted,
        }
        yield Row("EVT-3", "reset", facts)
    yield Row(
        "EVT-3",
        "reset",
        {"bands": _BANDS, "baseline": 7, "target": 9, "readings": [], "as_of": "2026-12-31", "was_promoted": False},
    )


def rows() -> Iterator[Row]:
    """Return the worked examples."""
    yield from _about_promotion()
    yield from _about_becoming()
    yield from _about_both_verdicts()
    yield from _about_focus()
    yield from _about_demotion()
    yield from _about_both_ways()
    yield from _about_new_kpis()
    yield from _about_events()
    yield from _about_resets()
    yield from _about_chance()
