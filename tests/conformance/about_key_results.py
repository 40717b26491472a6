"""Key results: KR-1 to KR-7 and KR-9 to KR-12."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from goalmodel import Aggregation, Cycle, KeyResult, Score
from goalmodel.key_result import (
    AfterRevision,
    Counting,
    Milestone,
    Milestones,
    Occasions,
    OutcomePolicy,
    PaceBy,
    PacePolicy,
    Relative,
    Revision,
    Sum,
    Tiers,
    Trajectory,
    Vote,
    Zones,
    vote_calibration,
)
from plain import (
    Answer,
    Facts,
    Plain,
    Row,
    a_cycle,
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


def _counting(facts: Facts | None) -> Counting:
    match facts:
        case None:
            return Aggregation.LAST
        case {"occasions": count, "most": most}:
            return Occasions(count, most=told(most))
        case {"sum": word}:
            return Sum(word)
        case {"milestones": listed, "in_order": in_order}:
            return Milestones(
                [Milestone(each["name"], weight=told(each["weight"]), due=day_or_none(each["due"])) for each in listed],
                in_order=in_order,
            )
        case _:
            return Aggregation(facts["of the readings"])


def _path(facts: Facts | None) -> Tiers | Zones | None:
    if facts is None:
        return None
    if "tiers" in facts:
        return Tiers([(told(value), told(score)) for value, score in facts["tiers"]])
    return Zones(labels=facts["labels"], cuts=[told(cut) for cut in facts["cuts"]])


def _trajectory(facts: Facts | None) -> Trajectory | None:
    if facts is None:
        return None
    return Trajectory([(told(time), told(way)) for time, way in facts["points"]], in_steps=facts["in_steps"])


def _target(given: Facts | int | str) -> Fraction | Relative:
    return told(given) if isinstance(given, int | str) else Relative(told(given["share"]))


def _a_key_result(facts: Facts) -> KeyResult:
    return KeyResult(
        id="kr",
        measure=a_measure(facts),
        baseline=told_or_none(facts["baseline"]),
        target=_target(facts["target"]),
        cycle=a_cycle(facts["cycle"]) if "cycle" in facts else _QUARTER,
        counting=_counting(facts.get("counting")),
        path=_path(facts.get("path")),
        trajectory=_trajectory(facts.get("trajectory")),
        revisions=[Revision(on=day(on), was=told(was), reason="we learnt") for on, was in facts.get("revisions", ())],
    )


def _score(facts: Facts) -> Answer:
    """How far has a value come?"""
    key_result, value = _a_key_result(facts), told(facts["value"])
    score = key_result.score(value)
    return {
        "verdict": written(score.raw),
        "reasons": [],
        "clamped": written(score.clamped),
        "left": written(key_result.left(value)),
    }


def _outcome(facts: Facts) -> Answer:
    """What is a score called?"""
    policy = OutcomePolicy(part=told(facts["part"]), most=told(facts["most"]))
    return {"verdict": policy.outcome(Score(told(facts["score"]))).value, "reasons": []}


def _key_result(facts: Facts) -> Answer:
    """How far had it come on a date?"""
    key_result = _a_key_result(facts)
    policy = None
    if "outcome" in facts:
        policy = OutcomePolicy(part=told(facts["outcome"]["part"]), most=told(facts["outcome"]["most"]))
    found = key_result.assess(
        a_series(key_result.measure, facts["readings"]), as_of=day(facts["as_of"]), policy=policy or _WORDS
    )
    original = found.original_score
    return {
        "verdict": None if found.outcome is None else found.outcome.value,
        "reasons": codes(found.reasons),
        "value": written(found.current_value),
        "score": None if found.score is None else written(found.score.raw),
        "clamped": None if found.score is None else written(found.score.clamped),
        "original": None if original is None else written(original.raw),
    }


def _pace(facts: Facts) -> Answer:
    """How is it against what was expected by now?"""
    key_result = _a_key_result(facts)
    pace = facts["pace"]
    policy = PacePolicy(
        by=PaceBy(pace["by"]),
        ahead=told_or_none(pace["ahead"]),
        on_pace=told(pace["on_pace"]),
        behind=told_or_none(pace["behind"]),
        early=told(pace["early"]),
        toward=told(pace["toward"]),
        after_revision=AfterRevision(pace.get("after_revision", AfterRevision.CONTINUED.value)),
    )
    found = key_result.assess(a_series(key_result.measure, facts["readings"]), as_of=day(facts["as_of"]), pace=policy)
    expected = found.expected
    return {
        "verdict": None if found.pace is None else found.pace.value,
        "reasons": codes(found.pace_reasons),
        "expected": None if expected is None else written(expected.raw),
    }


def _forecast(facts: Facts) -> Answer:
    """Where does it land if it goes on as it did, and how fast would it have to be?"""
    key_result = _a_key_result(facts)
    found = key_result.assess(a_series(key_result.measure, facts["readings"]), as_of=day(facts["as_of"]))
    forecast, required = found.forecast, found.required_rate()
    return {
        "verdict": written(forecast.value),
        "reasons": codes(forecast.reasons),
        "required_per_day": None if required is None else written(required.per_day),
    }


def _votes(facts: Facts) -> Answer:
    """How sure are people, and how right were they?"""
    votes = [
        Vote(each["key_result"], day(each["on"]), told(each["confidence"]), by=each["by"]) for each in facts["votes"]
    ]
    found = _a_key_result(facts).assess(a_series(a_measure(facts), ()), as_of=day(facts["as_of"]), votes=votes)
    calibrated = vote_calibration(votes, [tuple(each) for each in facts["outcomes"]])
    return {
        "verdict": written(found.confidence),
        "reasons": [],
        "brier": written(calibrated.brier),
        "undecided": calibrated.undecided,
    }


QUESTIONS: Final = MappingProxyType({
    "score": _score,
    "outcome": _outcome,
    "key result": _key_result,
    "pace": _pace,
    "forecast": _forecast,
    "votes": _votes,
})  # fmt: skip

# ------------------------------------------------------------------------------------------------- examples

_QUARTER: Final = Cycle.quarter(2026, 4)
_CYCLE: Final = {"start": "2026-10-01", "end": "2026-12-31"}
_WORDS: Final = OutcomePolicy(part=Fraction(3, 10), most=Fraction(7, 10))
_PARTS: Final = {"part": "0.3", "most": "0.7"}
_WAYS: Final = (
    ("8", "9"), ("0", "10"), ("80", "90"), ("8", "9.2"), ("50", "99"), ("41", "50"), ("0", "1"), ("-5", "5"),
    ("-20", "-10"), ("10", "6"), ("9", "8"), ("5", "-5"), ("40", "0"), ("0.5", "0.1"), ("1/3", "2/3"), ("0", "-3"),
)  # fmt: skip
_SHARES: Final = ("0", "0.3", "0.2999", "0.4", "0.7", "0.6999", "0.7001", "0.9996", "1")


def _facts(baseline: str, target: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any fact
    return {"baseline": written(Fraction(baseline)), "target": written(Fraction(target))} | more


def _at(baseline: str, target: str, share: str) -> Plain:
    start, end = Fraction(baseline), Fraction(target)
    return written(start + Fraction(share) * (end - start))


def _about_scores() -> Iterator[Row]:
    for way in _WAYS:
        for share in _SHARES:
            yield Row("KR-1", "score", _facts(*way, value=_at(*way, share)))
        for share in ("1.0001", "1.5", "3", "-0.0001", "-0.25", "-2"):
            yield Row("KR-2", "score", _facts(*way, value=_at(*way, share)))
    for factor, (baseline, target) in product(("10", "100", "60", "1/60"), (("8", "9"), ("10", "6"), ("-5", "5"))):
        start, end = (str(Fraction(each) * Fraction(factor)) for each in (baseline, target))
        for share in ("0.7", "0.3", "1.5"):
            yield Row("KR-1", "score", _facts(start, end, value=_at(start, end, share)))
    for both in ("8", "0", "-5", "8.7", "1/3"):
        yield Row("KR-3", "score", _facts(both, both, value=written(Fraction(both))))
    for target in ("8.0001", "7.9999", "9"):
        yield Row("KR-3", "score", _facts("8", target, value=8))
    zones = {"labels": ["low", "middle", "high"], "cuts": [10, 20]}
    for baseline, target in (("1", "9"), ("1", "10"), ("9", "20"), ("20", "15"), ("25", "21"), ("20", "19.9")):
        yield Row("KR-3", "score", _facts(baseline, target, path=zones, value=12))


def _about_words() -> Iterator[Row]:
    for part, most in (("0.3", "0.7"), ("0.4", "0.7"), ("0.25", "0.75"), ("1/3", "2/3")):
        policy = {"part": written(Fraction(part)), "most": written(Fraction(most))}
        for score in (*around(part), *around(most), *around("1"), *around("0"), "1/2"):
            yield Row("KR-5", "outcome", policy | {"score": score})
    for part, most in (("0", "0.7"), ("0.7", "0.7"), ("0.8", "0.7"), ("0.3", "1"), ("-0.1", "0.5")):
        yield Row("KR-5", "outcome", {"part": written(Fraction(part)), "most": written(Fraction(most)), "score": 0})


def _read(*readings: tuple[str, Plain]) -> list[list[Plain]]:
    return [[on, value] for on, value in readings]


def _about_readings() -> Iterator[Row]:
    base = _facts("8", "9", cycle=_CYCLE, outcome=_PARTS)
    for on in ("2026-09-30", "2026-10-01", "2026-12-31", "2027-01-01"):
        for as_of in ("2026-10-01", "2026-12-31", "2027-01-31"):
            yield Row("KR-4", "key result", base | {"readings": _read((on, "8.7")), "as_of": as_of})
    for baseline in (None, 8):
        for read in ([], [(date(10, 31), "missing")], [(date(10, 31), "8.7")], [(date(11, 1), "8.7")]):
            facts = base | {"baseline": baseline, "readings": _read(*read), "as_of": date(10, 31)}
            yield Row("KR-4", "key result", facts)
    unknown = base | {"baseline": None, "target": {"share": "0.15"}, "as_of": date(10, 31)}
    yield Row("KR-4", "key result", unknown | {"readings": _read((date(10, 31), "9.2"))})
    for value in around("8.7"):
        readings = _read((date(10, 15), "8.2"), (date(10, 31), value))
        yield Row("KR-5", "key result", base | {"readings": readings, "as_of": date(10, 31)})
    for value in (*around("9"), "8.99", 10):
        yield Row("KR-6", "key result", base | {"readings": _read((date(10, 31), value)), "as_of": date(10, 31)})
    for value in (*around("6"), "5.5"):
        facts = _facts("10", "6", cycle=_CYCLE, outcome=_PARTS, readings=_read((date(10, 31), value)))
        yield Row("KR-6", "key result", facts | {"as_of": date(10, 31)})
    ranged = base | {"range": [0, 10], "as_of": date(10, 31)}
    for value in (10, "10.0001", "-0.0001", 0):
        readings = _read((date(10, 15), "8.2"), (date(10, 31), value))
        yield Row("KR-4", "key result", ranged | {"readings": readings})


_GAME: Final = [
    {"name": "first", "weight": 1, "due": "2026-10-31"},
    {"name": "second", "weight": 2, "due": "2026-11-30"},
    {"name": "third", "weight": 1, "due": None},
]


def _about_counting() -> Iterator[Row]:
    base = {"cycle": _CYCLE, "outcome": _PARTS}
    days = (date(10, 31), date(11, 30), date(12, 31))
    for way in Aggregation:
        for values in (("4", "3", "5"), ("0", "0", "0"), ("10", "-1", "1/3"), ("2", "missing", "2"), ("6",), ()):
            readings = _read(
                *(
                    (on, value if value == "missing" else written(Fraction(value)))
                    for on, value in zip(days, values, strict=False)
                )
            )
            for baseline, target in (("0", "10"), ("10", "4")):
                facts = _facts(
                    baseline, target, counting={"of the readings": way.value}, readings=readings, as_of=days[2]
                )
                yield Row("KR-7", "key result", base | facts)
    for word, (baseline, target) in product(Sum, (("41", "50"), ("50", "30"), ("100", "130"), ("0", "9"))):
        readings = _read((days[0], "0.5"), (days[1], 1), (days[2], "30"))
        for on in (*days, "2026-12-31"):
            facts = _facts(baseline, target, counting={"sum": word.value}, readings=readings, as_of=on)
            yield Row("KR-7", "key result", base | facts)
    for target, hits in product(("3", "2.4", "0.5"), ("1 0 1", "1 1 1", "2 1 -1", "0.5 0.5 0.5", "")):
        readings = _read(*((on, written(Fraction(value))) for on, value in zip(days, hits.split(), strict=False)))
        facts = _facts("0", target, counting={"occasions": 3, "most": 1}, readings=readings, as_of=days[2])
        yield Row("KR-7", "key result", base | facts)
    for baseline, target in (("0", "3.0001"), ("0", "0"), ("2", "1"), ("3", "3")):
        facts = _facts(baseline, target, counting={"occasions": 3, "most": 1}, readings=[], as_of=days[2])
        yield Row("KR-7", "key result", base | facts)
    amounts: tuple[Plain, ...] = (0, 1, "2.5", 3, 4)
    for in_order, value in product((False, True), amounts):
        listed = {"milestones": _GAME, "in_order": in_order}
        facts = _facts("0", "4", counting=listed, readings=_read((days[0], value)), as_of=days[2])
        yield Row("KR-7", "key result", base | facts)


def _about_paths() -> Iterator[Row]:
    tiers = {"tiers": [["8.6", "0.3"], ["9.4", "0.7"]]}
    for value in (*around("8.6"), *around("9.4"), 8, 10, "8.3", "9.7", 7, 11):
        yield Row("KR-7", "score", _facts("8", "10", path=tiers, value=value))
    down = {"tiers": [[8, "0.5"]]}
    for value in (10, 9, 8, 7, 6, 5, 11, "8.0001"):
        yield Row("KR-7", "score", _facts("10", "6", path=down, value=value))
    for points in ([["7", "0.5"]], [["10", "0.5"]], [["9", "0"]], [["9", "1"]], [["9", "0.5"], ["8.5", "0.7"]], []):
        yield Row("KR-7", "score", _facts("8", "10", path={"tiers": points}, value=9))
    zones = {"labels": ["stage 2", "stage 1", "severe"], "cuts": [140, 160]}
    for value in (*around("140"), *around("160"), 100, 200):
        yield Row("KR-7", "score", _facts("170", "130", path=zones, value=value))
        yield Row("KR-7", "score", _facts("130", "170", path=zones, value=value))
    for cuts, labels in (
        ([140, 140], ["a", "b", "c"]),
        ([160, 140], ["a", "b", "c"]),
        ([140], ["a", "a"]),
        ([140], ["a"]),
    ):
        yield Row("KR-7", "score", _facts("170", "130", path={"labels": labels, "cuts": cuts}, value=150))
    for baseline in (8, 10, "0.5", 0, -1):
        yield Row("KR-7", "score", {"baseline": baseline, "target": {"share": "0.15"}, "value": 9})


_GAP: Final = {
    "by": "score less expected score",
    "ahead": "0.1",
    "on_pace": "-0.1",
    "behind": "-0.25",
    "early": "0.1",
    "toward": "0.7",
}
_GAP_TO_THE_WHOLE: Final = _GAP | {"toward": 1}
_RATIO: Final = {
    "by": "score divided by expected score",
    "ahead": "1.05",
    "on_pace": "0.95",
    "behind": "0.85",
    "early": 0,
    "toward": 1,
}


def _about_pace() -> Iterator[Row]:
    """Return scores on and beside each threshold, when half of a cycle of a hundred days is over."""
    hundred = {"start": "2026-01-01", "end": "2026-04-10"}
    half = "2026-02-19"
    base = _facts("0", "100", cycle=hundred)
    edges = (
        (_GAP_TO_THE_WHOLE, (*around("60"), *around("40"), *around("25"), 50, 0, 100, -10, 150)),
        (_GAP, (*around("45"), *around("25"), *around("10"), 35)),
        (_RATIO, (*around("52.5"), *around("47.5"), *around("42.5"), 50)),
    )
    for policy, value in ((policy, value) for policy, values in edges for value in values):
        yield Row("KR-9", "pace", base | {"readings": _read((half, value)), "as_of": half, "pace": policy})
    for as_of in ("2025-12-31", "2026-01-01", "2026-01-09", "2026-01-10", "2026-04-10", "2026-04-11"):
        readings = _read(("2026-01-01", 50))
        yield Row("KR-9", "pace", base | {"readings": readings, "as_of": as_of, "pace": _GAP})
    for as_of in (half, "2026-01-05"):
        yield Row("KR-9", "pace", base | {"readings": [], "as_of": as_of, "pace": _GAP})
    for points, in_steps in (
        ([["0.5", "0.2"]], False),
        ([["0.5", "0.2"]], True),
        ([["0.25", "0.5"], ["0.75", "0.6"]], False),
        ([], True),
    ):
        for value in (10, 20, 30, "55"):
            facts = base | {"trajectory": {"points": points, "in_steps": in_steps}, "readings": _read((half, value))}
            yield Row("KR-9", "pace", facts | {"as_of": half, "pace": _GAP})
    for points in ([["0.5", "0.6"], ["0.6", "0.5"]], [["0.5", "0.2"], ["0.5", "0.3"]], [["1.5", "0.2"]]):
        facts = base | {"trajectory": {"points": points, "in_steps": False}, "readings": _read(), "as_of": half}
        yield Row("KR-9", "pace", facts | {"pace": _GAP})
    for value, as_of in product((0, 1, 3, 4), (date(10, 30), date(10, 31), date(11, 30), date(12, 31))):
        facts = _facts("0", "4", cycle=_CYCLE, counting={"milestones": _GAME, "in_order": False})
        yield Row("KR-9", "pace", facts | {"readings": _read((date(10, 15), value)), "as_of": as_of, "pace": _GAP})
    undated = [{"name": "only", "weight": 1, "due": None}]
    facts = _facts("0", "1", cycle=_CYCLE, counting={"milestones": undated, "in_order": False})
    yield Row("KR-9", "pace", facts | {"readings": _read((date(10, 15), 1)), "as_of": date(11, 15), "pace": _GAP})
    for ahead, on_pace, behind in (("-0.2", "-0.1", "-0.25"), ("0.1", "-0.1", "-0.1"), ("0.1", "-0.1", "0")):
        wrong = _GAP | {"ahead": ahead, "on_pace": on_pace, "behind": behind}
        yield Row("KR-9", "pace", base | {"readings": [], "as_of": half, "pace": wrong})


def _about_pace_after_a_revision() -> Iterator[Row]:
    """Return what is expected before and behind the day on which a target was raised, lowered, turned round."""
    base = _facts("0", "100", cycle={"start": "2026-01-01", "end": "2026-04-10"})
    days = ("2026-01-30", "2026-01-31", "2026-02-19", "2026-04-10")
    for after, target, as_of in product(AfterRevision, (200, 110, -50), days):
        revised = base | {"target": target, "revisions": [["2026-01-31", 100]], "readings": _read(("2026-01-20", 30))}
        yield Row("KR-9", "pace", revised | {"as_of": as_of, "pace": _GAP | {"after_revision": after.value}})


def _about_forecasts() -> Iterator[Row]:
    base = _facts("0", "100", cycle={"start": "2026-01-01", "end": "2026-04-10"})
    weekly = ["2026-01-08", "2026-01-15", "2026-01-22", "2026-01-29", "2026-02-05"]
    for values in (
        (7, 14, 21, 28),
        (7, 14, 21),
        (7, 14, 21, 28, 35),
        (7, 7, 7, 7),
        (28, 21, 14, 7),
        (7, 90, 21, 28, 35),
        (),
    ):
        readings = [[on, value] for on, value in zip(weekly, values, strict=False)]
        for as_of in ("2025-12-31", "2026-02-05", "2026-04-09", "2026-04-10", "2026-05-01"):
            yield Row("KR-10", "forecast", base | {"readings": readings, "as_of": as_of})
    readings = [[on, value] for on, value in zip(weekly, (7, 14, 21, 28), strict=False)]
    for way in Aggregation:
        facts = base | {"counting": {"of the readings": way.value}, "readings": readings, "as_of": "2026-02-05"}
        yield Row("KR-10", "forecast", facts)


def _about_revisions() -> Iterator[Row]:
    base = _facts("0", "20", cycle=_CYCLE, outcome=_PARTS, revisions=[[date(11, 1), 10], [date(12, 1), 15]])
    for as_of in (date(10, 31), date(11, 1), date(11, 30), date(12, 1), date(12, 31), "2027-01-31"):
        for value in (7, 10, "10.5", 15, 20):
            yield Row("KR-11", "key result", base | {"readings": _read((date(10, 15), value)), "as_of": as_of})
    for revisions in (
        [[date(11, 1), 10], [date(11, 1), 15]],
        [[date(11, 1), 0]],
        [[date(12, 1), 15], [date(11, 1), 10]],
    ):
        facts = base | {"revisions": revisions, "readings": _read((date(10, 15), 7)), "as_of": date(12, 31)}
        yield Row("KR-11", "key result", facts)


def _vote(on: str, confidence: Plain, by: str | None = "ada", key_result: str = "kr") -> dict[str, Any]:
    return {"key_result": key_result, "on": on, "confidence": confidence, "by": by}


def _about_votes() -> Iterator[Row]:
    first, later = date(10, 5), date(11, 5)
    polls: tuple[list[dict[str, Any]], ...] = (
        [],
        [_vote(first, 8)],
        [_vote(first, 8), _vote(later, 4)],
        [_vote(first, 8), _vote(first, 5, "bo")],
        [_vote(first, 8), _vote(first, 5, "bo"), _vote(later, 4)],
        [_vote(first, 0), _vote(first, 10, "bo")],
        [_vote(first, 8), _vote(first, 2, "ada", "other")],
        [_vote(first, "7.5", None), _vote(later, "1/3", None)],
        [_vote(first, 11)],
        [_vote(first, "-0.1")],
    )
    for votes in polls:
        for as_of in (date(10, 4), first, later):
            for outcomes in ([["kr", True]], [["kr", False], ["other", True]], []):
                facts = _facts("0", "10", votes=votes, outcomes=outcomes, as_of=as_of)
                yield Row("KR-12", "votes", facts)


def rows() -> Iterator[Row]:
    """Return the worked examples."""
    yield from _about_scores()
    yield from _about_words()
    yield from _about_readings()
    yield from _about_counting()
    yield from _about_paths()
    yield from _about_pace()
    yield from _about_pace_after_a_revision()
    yield from _about_forecasts()
    yield from _about_revisions()
    yield from _about_votes()
