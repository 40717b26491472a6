"""Commits: COM-1 to COM-7."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from goalmodel import Commit, Held, OnDueDate, Reached, Staged, Standard, Support
from goalmodel.commit import (
    Amendment,
    ChangeOfKind,
    Counted,
    GoalKind,
    SupportKind,
    recommit,
    unrecorded_change,
)
from plain import (
    Answer,
    Facts,
    Plain,
    Row,
    a_cadence,
    a_measure,
    a_series,
    around,
    codes,
    date,
    day,
    day_or_none,
    told,
    told_or_none,
    written,
)

# ----------------------------------------------------------------------------------------------- questions


def _standard(facts: Facts) -> Standard:
    open_ends = [told(each) for each in facts.get("open_ends", ())]
    low, high = (told_or_none(facts.get(end)) for end in ("low", "high"))
    return Standard(low=low, high=high, open_ends=open_ends, either=map(_standard, facts.get("either", ())))


def _manner(facts: Facts) -> Reached | OnDueDate | Held | Staged:
    match facts["manner"]:
        case "reached":
            return Reached()
        case "on the due date":
            return OnDueDate()
        case "held":
            return Held(day(facts["since"]), share=told(facts["share"]), counted=Counted(facts["counted"]))
        case _:
            return Staged([(day(by), _standard(standard)) for by, standard in facts["stages"]])


def _support(facts: Facts) -> list[Support]:
    return [Support(SupportKind(each["kind"]), "as said", is_secured=each["is_secured"]) for each in facts["support"]]


def _a_commit(facts: Facts) -> Commit:
    return Commit(
        id="commit",
        measure=a_measure(facts),
        standard=_standard(facts["standard"]),
        due=day(facts["due"]),
        declared_on=day(facts["declared_on"]),
        manner=_manner(facts["in_the_manner"]),
        cadence=a_cadence(facts.get("cadence")),
        support=_support(facts) if "support" in facts else (),
        starts_on=day_or_none(facts.get("starts_on")),
        is_speculative=facts.get("is_speculative", False),
        announced=_standard(facts["announced"]) if "announced" in facts else None,
        amendments=[
            Amendment(day(each["on"]), _standard(each["standard"]), "agreed", since=day(each["since"]))
            for each in facts.get("amendments", ())
        ],
    )


def _commit(facts: Facts) -> Answer:
    """Was it kept, as known on a date?"""
    commit = _a_commit(facts)
    found = commit.assess(a_series(commit.measure, facts["readings"]), as_of=day(facts["as_of"]))
    return {
        "verdict": found.attainment.value,
        "reasons": codes(found.reasons),
        "as_declared": found.as_declared.value,
        "distance": written(found.distance),
        "deciding": None if found.deciding is None else found.deciding.on.isoformat(),
    }


def _accountability(facts: Facts) -> Answer:
    """Does anything speak against consequences, were it not kept?"""
    commit = _a_commit(facts)
    found = commit.assess(a_series(commit.measure, facts["readings"]), as_of=day(facts["as_of"])).accountability
    return {"verdict": bool(found.objections), "reasons": codes(found.objections)}


def _change_of_kind(facts: Facts) -> Answer:
    """Was the change of a goal's kind recorded?"""
    found = unrecorded_change(
        "goal",
        was=GoalKind(facts["was"]),
        became=GoalKind(facts["became"]),
        starts_on=day(facts["starts_on"]),
        as_of=day(facts["as_of"]),
        records=[
            ChangeOfKind(
                goal=each["goal"],
                on=day(each["on"]),
                was=GoalKind(each["was"]),
                became=GoalKind(each["became"]),
                reason="agreed",
            )
            for each in facts["records"]
        ],
    )
    return {"verdict": found is None, "reasons": [] if found is None else codes([found])}


def _recommit(facts: Facts) -> Answer:
    """Which commit takes up one that was not kept?"""
    commit = _a_commit(facts)
    found = commit.assess(a_series(commit.measure, facts["readings"]), as_of=day(facts["as_of"]))
    new = recommit(found, id=facts["id"], due=day(facts["new_due"]), declared_on=day(facts["new_declared_on"]))
    return {"verdict": new.carried_from, "reasons": []}


QUESTIONS: Final = MappingProxyType({
    "commit": _commit,
    "accountability": _accountability,
    "change of kind": _change_of_kind,
    "recommit": _recommit,
})  # fmt: skip

# ------------------------------------------------------------------------------------------------- examples

_REACHED: Final = {"manner": "reached"}
_STANDING: Final = {"manner": "on the due date"}
_HELD: Final = {"manner": "held", "since": "2026-10-01", "share": 1, "counted": "readings"}
_BASE: Final[dict[str, Any]] = {"standard": {"low": 95}, "declared_on": "2026-10-01", "due": "2026-10-31"}
_MONTHLY: Final = {"months": 1, "grace_days": 10}
_WEEKLY: Final = {"days": 7, "grace_days": 2}


def _read(values: Mapping[int, Plain]) -> list[list[Plain]]:
    return [[date(10, on), value] for on, value in values.items()]


def _about_manners() -> Iterator[Row]:
    histories: tuple[dict[int, Plain], ...] = (
        {},
        {10: 94},
        {10: 95},
        {10: "94.9999"},
        {10: 96, 20: 94},
        {10: 94, 20: 96},
        {10: 94, 20: "94.5"},
        {10: 96, 31: 95},
        {10: 96, 20: "missing"},
        {10: 94, 20: "not measured"},
        {1: 95, 31: 95},
    )
    for manner, readings, as_of in product(
        (_REACHED, _STANDING, _HELD), histories, (date(10, 20), date(10, 31), date(11, 30))
    ):
        yield Row("COM-1", "commit", _BASE | {"in_the_manner": manner, "readings": _read(readings), "as_of": as_of})
    above = _BASE | {"standard": {"low": 95, "open_ends": [95]}}
    for manner, value in product((_REACHED, _STANDING, _HELD), around("95")):
        facts = {"in_the_manner": manner, "readings": _read({31: value}), "as_of": date(10, 31)}
        yield Row("COM-2", "commit", above | facts)


def _about_standards() -> Iterator[Row]:
    for plain, cuts in (
        ({"low": 95}, ("95",)),
        ({"high": "43.2"}, ("43.2",)),
        ({"low": 18, "high": 22}, ("18", "22")),
        ({"low": 0}, ("0",)),
        ({"high": -5}, ("-5",)),
        ({"low": 7, "high": 7}, ("7",)),
    ):
        for cut in cuts:
            for value in around(cut, steps=("0.1", "0.0001", "5")):
                facts = _BASE | {"standard": plain, "in_the_manner": _REACHED, "readings": _read({15: value})}
                yield Row("COM-4", "commit", facts | {"as_of": date(10, 31)})
    for value in (95, 96, 200, "95.0001"):
        for manner in (_REACHED, _STANDING, _HELD):
            yield Row(
                "COM-2",
                "commit",
                _BASE | {"in_the_manner": manner, "readings": _read({31: value}), "as_of": date(10, 31)},
            )
    for two, cut in product(([{"low": 95}, {"low": 94}], [{"high": 90}, {"low": 95}]), ("90", "94", "95")):
        for how, value in product((_REACHED, _STANDING, _HELD), around(cut, steps=("0.1",))):
            met: dict[str, Any] = {
                "in_the_manner": how,
                "readings": _read({15: 97, 31: value}),
                "as_of": date(10, 31),
            }
            yield Row("COM-1", "commit", _BASE | {"standard": {"either": two}} | met)
    refused: tuple[dict[str, Any], ...] = (
        {},
        {"low": 9, "high": 8},
        {"either": [{"low": 9}]},
        {"either": [{"low": 9}, {"low": 9}]},
        {"either": [{"low": 9}, {"high": 9}]},
        {"either": [{"low": 9}, {"low": 8}], "low": 7},
    )
    for standard in refused:
        yield Row(
            "COM-1",
            "commit",
            _BASE | {"standard": standard, "in_the_manner": _REACHED, "readings": [], "as_of": date(10, 31)},
        )


def _about_time() -> Iterator[Row]:
    for manner, on in product((_REACHED, _STANDING, _HELD), ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01")):
        for as_of, value in product((date(10, 30), date(10, 31), date(11, 30)), (94, 95)):
            yield Row("COM-3", "commit", _BASE | {"in_the_manner": manner, "readings": [[on, value]], "as_of": as_of})
    for manner, as_of in product(
        (_REACHED, _STANDING, _HELD), (date(10, 31), date(11, 2), date(11, 3), date(11, 10), date(11, 11))
    ):
        for cadence in (_WEEKLY, _MONTHLY):
            for readings in ({24: 96}, {24: 94}, {3: 96}, {}):
                facts = _BASE | {"in_the_manner": manner, "cadence": cadence, "readings": _read(readings)}
                yield Row("COM-3", "commit", facts | {"as_of": as_of})
    for declared, due in (("2026-11-01", "2026-10-31"), ("2026-10-31", "2026-10-31")):
        facts = _BASE | {"declared_on": declared, "due": due, "in_the_manner": _REACHED, "readings": _read({})}
        yield Row("COM-1", "commit", facts | {"as_of": date(10, 31)})


def _about_shares() -> Iterator[Row]:
    half = _HELD | {"share": "0.5"}
    histories: tuple[dict[int, Plain], ...] = (
        {1: 90, 2: 91, 3: 95, 4: 96},
        {1: 90, 2: 91, 3: 92, 4: 96},
        {1: 90, 2: 95, 3: 96},
        {1: 90, 2: 91, 3: 95, 4: 96, 5: "missing"},
        {1: 95, 2: 91, 3: 95, 4: 96, 5: "missing"},
        {1: 90, 2: 91, 3: 92, 4: 96, 5: "missing"},
        {31: 95},
        {},
    )
    for readings, as_of in product(histories, (date(10, 10), date(10, 31))):
        yield Row("COM-1", "commit", _BASE | {"in_the_manner": half, "readings": _read(readings), "as_of": as_of})
    timed: tuple[dict[int, Plain], ...] = (
        {10: 95, 31: 94},
        {20: 95, 31: 94},
        {19: 95, 31: 94},
        {20: 94, 31: 95},
        {20: 95},
        {11: 94, 31: 95},
        {12: 94, 31: 95},
    )
    for readings, as_of in product(timed, (date(10, 25), date(10, 31))):
        days = _HELD | {"share": "20/31", "counted": "time"}
        yield Row("COM-1", "commit", _BASE | {"in_the_manner": days, "readings": _read(readings), "as_of": as_of})
    for share in ("0", "1.1", "-0.5"):
        facts: dict[str, Any] = _BASE | {
            "in_the_manner": _HELD | {"share": share},
            "readings": [],
            "as_of": date(10, 31),
        }
        yield Row("COM-1", "commit", facts)


def _about_stages() -> Iterator[Row]:
    stages = {"manner": "in stages", "stages": [["2026-10-10", {"low": 80}], ["2026-10-20", {"low": 90}]]}
    histories: tuple[dict[int, Plain], ...] = (
        {10: 80, 20: 90, 31: 95},
        {10: "79.9999", 20: 90, 31: 95},
        {11: 80, 20: 90, 31: 95},
        {10: 95},
        {10: 80, 21: 95},
        {10: 80, 20: 90, 31: "94.9999"},
        {},
    )
    for readings, as_of in product(histories, (date(10, 9), date(10, 10), date(10, 20), date(10, 31))):
        yield Row("COM-1", "commit", _BASE | {"in_the_manner": stages, "readings": _read(readings), "as_of": as_of})
    for by in ("2026-09-30", "2026-10-01", "2026-10-30", "2026-10-31"):
        facts: dict[str, Any] = _BASE | {
            "in_the_manner": {"manner": "in stages", "stages": [[by, {"low": 80}]]},
            "readings": [],
        }
        yield Row("COM-1", "commit", facts | {"as_of": date(10, 31)})


def _amendment(on: str, since: str, **standard: Plain) -> dict[str, Any]:
    return {"on": on, "since": since, "standard": standard}


def _about_amendments() -> Iterator[Row]:
    lowered = [_amendment(date(10, 15), date(10, 15), low=90)]
    raised = [_amendment(date(10, 10), date(10, 15), low=97)]
    histories: tuple[dict[int, Plain], ...] = (
        {10: 95},
        {14: 96},
        {15: 96},
        {14: 92},
        {15: 92},
        {14: 97},
        {10: 91, 20: 96},
        {10: 96, 20: 91},
    )
    for manner, changes, readings, as_of in product(
        (_REACHED, _STANDING, _HELD), (lowered, raised), histories, (date(10, 14), date(10, 31))
    ):
        facts = _BASE | {"in_the_manner": manner, "amendments": changes, "readings": _read(readings), "as_of": as_of}
        yield Row("COM-6", "commit", facts)
    for wrong in (
        [_amendment("2026-09-30", "2026-09-30", low=90)],
        [_amendment("2026-11-01", "2026-11-01", low=90)],
        [_amendment(date(10, 15), date(10, 14), low=90)],
        [_amendment(date(10, 15), date(10, 15), low=95)],
    ):
        yield Row(
            "COM-6",
            "commit",
            _BASE | {"in_the_manner": _REACHED, "amendments": wrong, "readings": [], "as_of": date(10, 31)},
        )


def _about_accountability() -> Iterator[Row]:
    secured, hoped = ({"kind": "people", "is_secured": each} for each in (True, False))
    base = _BASE | {"in_the_manner": _REACHED, "readings": _read({20: 94}), "as_of": date(11, 30)}
    for support in ([], [secured], [hoped], [secured, hoped]):
        yield Row("COM-5", "accountability", base | {"support": support})
        yield Row("COM-5", "accountability", base | {"support": support, "is_speculative": True})
        for starts_on in ("2026-09-30", "2026-10-01", "2026-10-02"):
            yield Row("COM-5", "accountability", base | {"support": support, "starts_on": starts_on})
        for announced in ({"low": 95}, {"low": 96}, {"low": 94}, {"high": 95}):
            yield Row("COM-5", "accountability", base | {"support": support, "announced": announced})
        for low in (90, 97):
            changes = [_amendment(date(10, 15), date(10, 15), low=low)]
            yield Row("COM-5", "accountability", base | {"support": support, "amendments": changes})
    yield Row("COM-5", "accountability", base | {"support": [secured], "readings": []})
    for value in (11, 50, 94, 95, 96):
        readings = [[f"2026-0{month}-28", value] for month in range(1, 10)]
        yield Row("COM-5", "accountability", base | {"support": [secured], "readings": readings})


def _about_kinds() -> Iterator[Row]:
    record = {"goal": "goal", "on": date(10, 15), "was": "key result", "became": "commit"}
    for was, became in product(("key result", "commit"), repeat=2):
        for records in (
            [],
            [record],
            [record | {"goal": "other"}],
            [record | {"on": "2026-09-30"}],
            [record | {"on": "2026-11-01"}],
        ):
            facts = {"was": was, "became": became, "starts_on": "2026-10-01", "as_of": date(10, 31), "records": records}
            yield Row("COM-7", "change of kind", facts)
    yield Row(
        "COM-7",
        "change of kind",
        {
            "was": "commit",
            "became": "commit",
            "starts_on": "2026-10-01",
            "as_of": date(10, 31),
            "records": [record | {"became": "key result"}],
        },
    )
    for value, as_of in product((94, 95), (date(10, 30), date(10, 31))):
        base = _BASE | {"in_the_manner": _REACHED, "readings": _read({20: value}), "as_of": as_of}
        for id_, declared in (("commit again", "2026-11-01"), ("commit", "2026-11-01"), ("commit again", "2026-10-15")):
            yield Row("COM-7", "recommit", base | {"id": id_, "new_declared_on": declared, "new_due": "2026-12-31"})


def rows() -> Iterator[Row]:
    """Return the worked examples."""
    yield from _about_manners()
    yield from _about_standards()
    yield from _about_time()
    yield from _about_shares()
    yield from _about_stages()
    yield from _about_amendments()
    yield from _about_accountability()
    yield from _about_kinds()
