"""Examples of documents: how they look, what is wrong with bad ones, the catalogue, another language."""

from __future__ import annotations

import json
import pickle
import runpy
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

from goalmodel import (
    Absence,
    Cadence,
    Commit,
    CommitAssessment,
    Cycle,
    GoalModel,
    GoalModelError,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    Reached,
    Reading,
    Reason,
    Series,
    Standard,
    TrendPolicy,
    Unit,
    review,
)
from goalmodel.catalogue import REASON_KINDS
from goalmodel.errors import NotReadable, UnknownCode, WrongType
from goalmodel.interchange import RULES, catalogue, document, load, rulebook, schema, translated
from goalmodel.interchange.kinds import VALUES
from goalmodel.interchange.numerals import number_of, numeral
from goalmodel.kpi import Health, Zone
from goalmodel.reasons import Fact, ReasonKind
from goalmodel.trend import Heading, Steps

UPTIME = Measure("uptime", unit="percent", lowest=0, highest=100)
KPI: dict[str, Any] = {
    "format": 1,
    "type": "Kpi",
    "id": "uptime",
    "measure": {"name": "uptime", "unit": {"name": "percent", "symbol": "%"}, "lowest": 0, "highest": 100},
    "bands": {"cuts": [99], "zones": [{"name": "bad", "health": "unhealthy"}, {"name": "good", "health": "healthy"}]},
}
ROOT = Path(__file__).parents[2]


def _with(at: str, value: object) -> dict[str, Any]:
    """Return the document of the KPI with another value in one place."""
    changed: dict[str, Any] = json.loads(json.dumps(KPI))
    *path, last = at.split("/")[1:]
    inside: Any = changed
    for step in path:
        inside = inside[int(step) if isinstance(inside, list) else step]
    inside[int(last) if isinstance(inside, list) else last] = value
    return changed


def _problems(kind: Any, found: object) -> list[tuple[str, str]]:  # noqa: ANN401 - what load takes
    with pytest.raises(GoalModelError) as refused:
        load(kind, found)
    problems = refused.value.problems
    assert all(isinstance(each, NotReadable) for each in problems)
    return [(each.pointer, str(each)) for each in problems if isinstance(each, NotReadable)]


def test_a_document_can_be_read_by_people() -> None:
    kr = KeyResult(id="csat-q4", measure=UPTIME, baseline=50, target=Fraction(200, 3), cycle=Cycle.quarter(2026, 4))
    assert document(kr) == {
        "format": 1,
        "type": "KeyResult",
        "id": "csat-q4",
        "measure": {"name": "uptime", "unit": {"name": "percent"}, "lowest": 0, "highest": 100},
        "baseline": 50,
        "target": "200/3",
        "cycle": {"start": "2026-10-01", "end": "2026-12-31"},
    }


def test_what_stands_in_a_document_by_hand_is_read() -> None:
    bands = HealthBands(cuts=[99], zones=[Zone("bad", Health.UNHEALTHY), Zone("good", Health.HEALTHY)])
    measure = attrs.evolve(UPTIME, unit=Unit("percent", symbol="%"))
    assert load(Kpi, KPI) == Kpi(id="uptime", measure=measure, bands=bands)


def test_manners_without_fields_are_told_apart() -> None:
    commit = Commit(
        id="sla",
        measure=UPTIME,
        standard=Standard.at_least(99.9),
        due=date(2026, 12, 31),
        declared_on=date(2026, 9, 1),
        manner=Reached(),
    )
    written = document(commit)
    assert written["manner"] == {"type": "Reached"}
    assert load(Commit, {**written, "manner": {"type": "OnDueDate"}}) != commit


def test_a_series_is_rows() -> None:
    rows = [Reading(date(2026, 10, 31), 99.5, 4), Reading(date(2026, 11, 30), 98, 10)]
    read = Series.of(UPTIME, [*rows, Reading(date(2026, 12, 31), Absence.MISSING)])
    written = document(read)
    assert written["readings"] == [["2026-10-31", 99.5, 4], ["2026-11-30", 98, 10], ["2026-12-31", "missing"]]
    assert load(Series, written) == read


def test_a_review_carries_what_follows_from_it() -> None:
    model = GoalModel(kpis=[Kpi(id="uptime", measure=UPTIME, bands=HealthBands.at_least(99), cadence=Cadence.MONTHLY)])
    found = review(model, [Series.of(UPTIME, {date(2026, 10, 31): 98})], as_of=date(2026, 11, 1))
    (kpi,) = document(found)["kpis"]
    assert kpi["derived"]["health"] == "unhealthy"
    assert kpi["derived"]["next_due"] == "2026-11-30"
    assert kpi["derived"]["explained"][0]["sentence"].startswith("98 on 2026-10-31")
    assert kpi["derived"]["explained"][0]["rule"] == "KPI-2"
    assert "derived" not in document(found, derived=False)["kpis"][0]


@pytest.mark.parametrize(
    ("at", "value", "pointer", "said"),
    [
        ("/id", 7, "/id", "a text"),
        ("/id", None, "/id", "null"),
        ("/id", "", "/id", '""'),
        ("/id", " uptime", "/id", "without blanks"),
        ("/id", True, "/id", "true"),
        ("/id", "\ud800", "/id", "\\ud800"),
        ("/owner", "\x00", "/owner", "text"),
        ("/measure", "uptime", "/measure", "a measure"),
        ("/measure", None, "/measure", "null"),
        ("/measure", [], "/measure", "an array of 0"),
        ("/measure", {}, "/measure/name", "nothing stands for it by default"),
        ("/measure/name", ["uptime"], "/measure/name", "an array of 1"),
        ("/measure/lowest", "nought", "/measure/lowest", "1/3"),
        ("/measure/lowest", "1/0", "/measure/lowest", '"1/0"'),
        ("/measure/lowest", float("nan"), "/measure/lowest", "NaN"),
        ("/measure/lowest", float("-inf"), "/measure/lowest", "-Infinity"),
        ("/measure/lowest", False, "/measure/lowest", "false"),
        ("/measure/lowest", 10**1_000, "/measure/lowest", "1,000 digits"),
        ("/measure/lowest", "9" * 5_000, "/measure/lowest", "9999"),
        ("/measure/lowest", {"type": "number"}, "/measure/lowest", "object"),
        ("/measure/highest", -1, "/measure/highest", "at least"),
        ("/measure/polarity", "higher", "/measure/polarity", 'did you mean "higher is better"?'),
        ("/measure/polarity", "HIGHER_IS_BETTER", "/measure/polarity", "higher is better"),
        ("/measure/unit", 3, "/measure/unit", "a unit"),
        ("/measure/unti", {"name": "%"}, "/measure/unti", 'did you mean "unit"?'),
        ("/bands", 99, "/bands", "null"),
        ("/bands", [99], "/bands", "HealthBands"),
        ("/bands/cuts", 99, "/bands/cuts", "an array"),
        ("/bands/cuts/0", "99 %", "/bands/cuts/0", "99 %"),
        ("/bands/cuts", [99, 98], "/bands/zones", "one more than"),
        ("/bands/zones", [], "/bands/zones", "an array of 0"),
        ("/bands/zones/0/health", "sick", "/bands/zones/0/health", "unhealthy"),
        ("/bands/zones/0/health", "healthy", "/bands/zones", "healthy"),
        ("/cadence", "monthly", "/cadence", "Cadence"),
        ("/cadence", {}, "/cadence/months", "exactly one of"),
        ("/cadence", {"months": 1.5}, "/cadence/months", "a whole number"),
        ("/cadence", {"months": -1}, "/cadence/months", "-1"),
        ("/serves", "growth", "/serves", "an array"),
        ("/serves", [None], "/serves/0", "a text"),
        ("/window", {"type": "EachMonth"}, "/window/type", '"EachPeriod"'),
        ("/window", {}, "/window/type", "null"),
        ("/window", None, "/window", "null"),
        ("/window", {"type": "LastDays", "count": 0}, "/window/count", "at least 1"),
        ("/accepted", [{"until": "31.12.2026", "reason": "known"}], "/accepted/0/until", "2026-12-31"),
        ("/accepted", [{"until": "2026-02-30", "reason": "known"}], "/accepted/0/until", "2026-02-30"),
        ("/accepted", [{"until": "2026-12-31T00:00:00Z", "reason": "x"}], "/accepted/0/until", "without a time of day"),
        ("/accepted", [{"until": datetime(2026, 1, 1, tzinfo=UTC), "reason": "x"}], "/accepted/0/until", "2026"),
        ("/measure/format", 2, "/measure/format", "1, the number"),
        ("/format", 2, "/format", "1, the number"),
        ("/format", "1", "/format", '"1"'),
        ("/type", "Kip", "/type", 'did you mean "Kpi"?'),
        ("/type", "Measure", "/type", '"Kpi"'),
        ("/type", None, "/type", "null"),
        ("/<script>", 1, "/<script>", "a field of a kpi"),
        ("/📈", 1, "/📈", "a field of a kpi"),
        ("/a~b", 1, "/a~0b", "a field of a kpi"),
        ("/a\ud800", 1, "/a\ud800", "a field of a kpi"),
        ("/id", "uptime\n", "/id", "without blanks"),
        ("/measure/name", "", "/measure/name", '""'),
        ("/measure/name", "a\udfff", "/measure/name", "\\udfff"),
        ("/measure/lowest", "½", "/measure/lowest", "½"),
        ("/measure/lowest", "NaN", "/measure/lowest", "NaN"),
        ("/measure/lowest", float("inf"), "/measure/lowest", "Infinity"),
        pytest.param("/measure/highest", 10**6_000, "/measure/highest", "1,000 digits", id="6,001 digits"),
        ("/bands/cuts/0", float("nan"), "/bands/cuts/0", "NaN"),
        ("/bands/zones/0", "bad", "/bands/zones/0", "a zone"),
        ("/accepted", [{"until": "2026-12-31T00:00:00+02:00", "reason": "x"}], "/accepted/0/until", "a time of day"),
        ("/accepted", [{"until": 1798675200, "reason": "x"}], "/accepted/0/until", "1798675200"),
        (
            "/accepted",
            [{"since": "2026-01-01", "until": "2026-12-31", "reason": " "}],
            "/accepted/0/reason",
            "not blank",
        ),
        (
            "/accepted",
            [{"since": "2026-12-31", "until": "2026-01-01", "reason": "x"}],
            "/accepted/0/until",
            "after the start",
        ),
        ("/cadence", {"days": 7, "months": 1}, "/cadence/months", "exactly one of"),
    ],
)
def test_a_bad_document_is_told_where_and_what(at: str, value: object, pointer: str, said: str) -> None:
    found = _problems(Kpi, _with(at, value))
    assert pointer in [where for where, _ in found], found
    assert any(said in sentence for where, sentence in found if where == pointer), found
    assert not any(word in sentence for _, sentence in found for word in ("None", "True", "False", "dict", "tuple"))


@pytest.mark.parametrize("found", [None, 1, "a KPI", [], [KPI], {}, True])
def test_what_is_no_document_is_refused(found: object) -> None:
    (problem,) = _problems(Kpi, found)
    assert problem[0] in ("", "/format")


def test_a_schema_refers_to_definitions_where_they_will_stand() -> None:
    plain, elsewhere = schema(GoalModel), schema(GoalModel, defs="#/components/schemas")
    assert json.dumps(plain).replace('"#/$defs/', '"#/components/schemas/') == json.dumps(elsewhere)
    assert list(elsewhere["$defs"]) == list(plain["$defs"])
    with pytest.raises(WrongType):
        schema(GoalModel, defs=None)  # type: ignore[arg-type] # what a caller without a type checker may do


def test_all_problems_are_told_at_once() -> None:
    bad = {**KPI, "measure": {"name": 1, "lowest": "x"}, "cadance": {}, "serves": [1, 2]}
    assert [pointer for pointer, _ in _problems(Kpi, bad)] == [
        "/measure/name",
        "/measure/lowest",
        "/cadance",
        "/serves/0",
        "/serves/1",
    ]


@pytest.mark.parametrize(
    ("serves", "pointer"), [([], "/kpis/1/id"), (["uptime"], "/kpis/0/serves/0"), (["nobody"], "/kpis/0/serves/0")]
)
def test_a_bad_document_of_a_model_is_told_where(serves: list[str], pointer: str) -> None:
    goal = {key: each for key, each in KPI.items() if key not in ("format", "type")} | {"serves": serves}
    kpis = [goal] if serves else [goal, goal]
    assert [where for where, _ in _problems(GoalModel, {"format": 1, "type": "GoalModel", "kpis": kpis})] == [pointer]


def test_a_bad_document_of_a_circle_is_told_where() -> None:
    goals = [{"id": "a", "title": "A", "serves": ["b"]}, {"id": "b", "title": "B", "serves": ["a"]}]
    found = _problems(GoalModel, {"format": 1, "type": "GoalModel", "objectives": goals})
    assert [where for where, _ in found] == ["/objectives/0/serves/0"]


def test_an_assessment_of_readings_that_are_no_series_is_told_where() -> None:
    measure = Measure("sign-ups")
    commit = Commit(
        id="a",
        measure=measure,
        standard=Standard.at_least(5),
        manner=Reached(),
        due=date(2026, 12, 31),
        declared_on=date(2026, 1, 1),
    )
    found = commit.assess(Series.of(measure, {date(2026, 2, 1): 3}), as_of=date(2026, 3, 1))
    written = document(found)
    assert load(CommitAssessment, written) == found
    twice = {**written, "readings": written["readings"] * 2}
    assert [where for where, _ in _problems(CommitAssessment, twice)] == ["/readings"]


def test_a_model_tells_what_its_goals_do_to_each_other() -> None:
    goal = {key: each for key, each in KPI.items() if key not in ("format", "type")}
    found = _problems(GoalModel, {"format": 1, "type": "GoalModel", "kpis": [goal, {**goal, "serves": ["nobody"]}]})
    assert next(pointer for pointer, _ in found).startswith("/kpis")


def test_a_document_that_lies_in_itself_is_refused() -> None:
    reason: dict[str, Any] = {"code": "commit-not-observable", "facts": {}}
    reason["facts"]["why"] = reason
    found = _problems(Reason, {"format": 1, "type": "Reason", **reason})
    assert found[0][0].count("/why") > 20


def test_an_error_can_be_pickled() -> None:
    with pytest.raises(NotReadable) as refused:
        load(Kpi, {**KPI, "measure": {"name": {}}})
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - our own
    assert (str(again), again.pointer) == (str(refused.value), "/measure/name")
    assert str(NotReadable((), {}, "an array")).endswith("an object with nothing in it")
    assert "very many digits" in str(NotReadable((), 10**6_000, "less"))
    assert "built-in function" in str(NotReadable((), print, "plain"))


def test_what_is_nobodys_value_can_not_be_written() -> None:
    own = ReasonKind("own", "OUR-1", "because", {})
    with pytest.raises(UnknownCode):
        document(own.because())
    with pytest.raises(WrongType):
        document(object())
    with pytest.raises(WrongType):
        document(3)
    with pytest.raises(WrongType):
        load(dict, KPI)
    with pytest.raises(WrongType):
        schema(list[int])


@attrs.frozen
class Own:
    """A trend rule that somebody made."""

    def false_alarm_rate(self, looks: int = 12) -> None:
        del looks

    def needs(self, reference: object) -> int:
        return 1 if reference else 2

    def heading(self, row: object) -> object:
        return row


def test_a_trend_rule_of_ones_own_can_not_be_written() -> None:
    with pytest.raises(WrongType):
        document(TrendPolicy(direction=Own()))  # type: ignore[arg-type]
    assert load(TrendPolicy, document(TrendPolicy(direction=Steps(4)))) == TrendPolicy(direction=Steps(4))


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Fraction(0), 0),
        (Fraction(-7), -7),
        (Fraction(1, 10), 0.1),
        (Fraction(2**53), 2**53),
        (Fraction(2**53 + 1), str(2**53 + 1)),
        (Fraction(1, 3), "1/3"),
        (Fraction(12345678901234567, 10**16), "12345678901234567/10000000000000000"),
    ],
)
def test_a_number_is_written_so_that_nothing_is_lost(number: Fraction, written: object) -> None:
    assert numeral(number) == written
    assert type(numeral(number)) is type(written)


def test_what_was_computed_may_be_longer_than_what_is_given() -> None:
    long = Fraction(7**3_000, 3**5_000)
    for number in (long, -long):
        written = numeral(number)
        assert isinstance(written, str)
        assert "0x" in written
        assert number_of(written) == number
    assert number_of("0x1/0x0") is None
    assert number_of("1\n") is None
    assert number_of("1" * 2_000_000) is None


def test_the_schema_says_what_the_docstrings_say() -> None:
    defs = schema(Kpi)["$defs"]
    assert defs["Kpi"]["properties"]["bands"]["description"].startswith("Which values are healthy")
    assert defs["Kpi"]["required"] == ["id", "measure"]
    assert defs["Health"]["enum"] == [each.value for each in Health]
    assert schema(Health)["properties"]["value"] == {"$ref": "#/$defs/Health"}


def test_the_catalogue_is_plain_and_whole() -> None:
    found = catalogue()
    assert json.loads(json.dumps(found)) == found
    assert found["reasons"].keys() == set(REASON_KINDS)
    assert {each["rule"] for each in found["reasons"].values()} <= found["rules"].keys() == RULES.keys()
    assert found["reasons"]["kpi-in-zone"]["facts"]["health"] == "Health"
    assert found["hygiene"]["COM305"]["title"] == "Standards that differ without a rationale"
    assert found["words"]["Health"] == [each.value for each in Health]
    assert "PromotionPolicy" in found["policies"]
    assert found["errors"]["NotReadable"]


def test_the_sentences_of_the_rules_are_those_of_the_rulebook() -> None:
    module = runpy.run_path(str(ROOT / "docs" / "rulebook_module.py"))["module"]
    written = Path(rulebook.__file__).read_text(encoding="utf-8")
    assert written == module(), "run docs/rulebook_module.py --write"


def _german(fact: Fact) -> str | None:
    if isinstance(fact, Fraction):
        return str(float(fact)).replace(".", ",")
    return {"healthy": "gesund", "unhealthy": "ungesund"}.get(str(getattr(fact, "value", "")))


def test_a_reason_is_told_in_another_language() -> None:
    reason = REASON_KINDS["kpi-in-zone"].because(
        reading=Reading(date(2026, 10, 31), 9.5), zone="gut", health=Health.HEALTHY
    )
    sentences = {"kpi-in-zone": "{reading} liegt in der Zone {zone}: {health}"}
    assert translated(reason, sentences, spelled=_german) == "9.5 on 2026-10-31 liegt in der Zone gut: gesund"
    assert translated(reason, {}) == reason.sentence


def test_the_reasons_a_reason_rests_on_are_translated_with_it() -> None:
    inner = REASON_KINDS["kr-no-baseline"].because()
    outer = next(
        kind.because(**{name: inner for name, _ in kind.facts})
        for kind in REASON_KINDS.values()
        if [of for _, of in kind.facts] == [Reason]
    )
    pulled = REASON_KINDS["GM501"].because(above="a", measure="visits", low=Fraction(2), below="b", high=Fraction(1))
    assert translated(pulled, {}) == pulled.sentence
    several = REASON_KINDS["GM506"].because(why=(inner, inner))
    sentences = {"kr-no-baseline": "kein Ausgangswert"}
    assert "kein Ausgangswert" in translated(outer, sentences)
    assert "kein Ausgangswert; kein Ausgangswert" in translated(several, sentences)


FORMAT_1 = json.loads((ROOT / "tests" / "documents" / "format-1.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("stored", FORMAT_1, ids=lambda each: str(each["type"]))
def test_what_was_stored_in_format_1_is_read(stored: dict[str, Any]) -> None:
    value = load(VALUES[stored["type"]], stored)
    assert stored in (document(value), document(value, compact=False, derived=False))


def test_the_documents_of_format_1_are_what_is_written_now() -> None:
    documents = runpy.run_path(str(ROOT / "tests" / "documents" / "format_1.py"))["documents"]
    assert json.loads(json.dumps(documents())) == FORMAT_1


@pytest.mark.parametrize(
    ("found", "pointer", "said"),
    [
        ({"code": "kr-no-reding"}, "/code", "kr-no-reading"),
        ({"code": 7}, "/code", "the code of a reason"),
        ({"code": "kr-no-baseline", "facts": []}, "/facts", "an object"),
        ({"code": "kr-no-baseline", "fact": {}}, "/fact", 'did you mean "facts"?'),
        ({"code": "kr-no-reading", "facts": {"start": "2026-01-01"}}, "/facts/until", "rests on it"),
        ({"code": "kr-no-reading", "facts": {"start": 1, "until": 2}}, "/facts/start", "a date"),
        ({"code": "kr-no-baseline", "facts": {"start": 1}}, "/facts/start", "one of"),
        ({"code": "trend-on-median", "facts": {"rule": 3}}, "/facts/rule", "a text, or an object"),
        ({"code": "trend-on-median", "facts": {"rule": {"type": "Step"}}}, "/facts/rule/type", '"Steps"'),
        (
            {"code": "trend-on-median", "facts": {"rule": "steps", "count": 1, "useful": 1, "missing": 1}},
            "/facts",
            "rule",
        ),
    ],
)
def test_a_bad_reason_is_told_where_and_what(found: dict[str, Any], pointer: str, said: str) -> None:
    problems = dict(_problems(Reason, {"format": 1, "type": "Reason", **found}))
    assert any(where.startswith(pointer) and said in sentence for where, sentence in problems.items()), problems


def test_a_rule_of_somebody_elses_is_no_fact_that_can_be_written() -> None:
    told = REASON_KINDS["trend-on-median"].because(rule=Own(), count=1, useful=1, missing=0)
    with pytest.raises(WrongType):
        document(told)
    named = REASON_KINDS["trend-fired"].because(rule="our own rule", answer=Heading.NO_CLEAR_DIRECTION, count=3)
    assert load(Reason, document(named)) == named


def test_plain_rows_of_a_series_load_as_they_stand() -> None:
    rows = [["2026-02-01", 2.5], ["2026-01-01", 1]]
    series = Series.of(Measure("any"), {date(2026, 1, 1): 1, date(2026, 2, 1): 2.5})
    found = {"format": 1, "type": "Series", "measure": {"name": "any"}, "readings": rows}
    assert load(Series, found) == series
    assert document(load(Series, found)) == document(series)


@pytest.mark.parametrize(
    ("row", "pointer"),
    [
        (["2026-01-01", 2], "/readings"),
        (["2026-13-01", 2], "/readings/1/0"),
        (["2026-02-01", True], "/readings/1/1"),
        (["2026-02-01", 1e999], "/readings/1/1"),
        (["2026-02-01"], "/readings/1"),
    ],
)
def test_all_that_is_wrong_with_a_series_is_told_once_where_its_rows_are_plain(row: list[Any], pointer: str) -> None:
    found = {"format": 1, "type": "Series", "measure": {"name": "any"}, "readings": [["2026-01-01", 1], row]}
    assert [where for where, _ in _problems(Series, found)] == [pointer]
    with_more = {**found, "reading": 3, "measure": {"name": "any", "lowst": 1}}
    told = [where for where, _ in _problems(Series, with_more)]
    assert sorted(told) == sorted(set(told))
    assert {"/measure/lowst", "/reading"} <= set(told)


def test_what_is_wrong_with_its_measure_is_told_where_its_rows_are_plain() -> None:
    found = {"format": 1, "type": "Series", "measure": {"name": " any"}, "readings": [["2026-01-01", 1]]}
    assert [where for where, _ in _problems(Series, found)] == ["/measure/name"]


def test_no_cases_stand_behind_an_absence() -> None:
    found = {"format": 1, "type": "Series", "measure": {"name": "any"}, "readings": [["2026-01-01", "missing", 3]]}
    assert [pointer for pointer, _ in _problems(Series, found)] == ["/readings/0/2"]


def test_what_translates_is_checked() -> None:
    reason = REASON_KINDS["kr-no-baseline"].because()
    with pytest.raises(WrongType):
        translated(reason, [])  # type: ignore[arg-type]
    with pytest.raises(WrongType):
        translated(reason, {}, spelled=3)  # type: ignore[arg-type]
    with pytest.raises(WrongType):
        reason.worded("nothing", spelled=3)  # type: ignore[arg-type]


def test_whatever_a_document_says_it_is_can_be_read() -> None:
    kpi = load(Kpi, KPI)
    assert load(object, document(kpi)) == kpi
    assert schema(object)["allOf"] == [{}, {"required": ["format", "type"]}]
    with pytest.raises(WrongType):
        load(3, KPI)
