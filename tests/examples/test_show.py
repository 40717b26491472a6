"""Examples of what is shown: for people, for tables, for charts."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import runpy
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

from goalmodel import (
    Absence,
    Aggregation,
    Attainment,
    Commit,
    CompositeKpi,
    Continue,
    Cycle,
    GoalModel,
    Heading,
    Health,
    HealthBands,
    Initiative,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Outcome,
    Pace,
    Polarity,
    Policy,
    Reached,
    Reading,
    Series,
    Standard,
    Support,
    Unit,
    review,
    show,
)
from goalmodel.commit import Amendment, Consent, Response, SupportKind
from goalmodel.errors import FactsDontFit, WrongType
from goalmodel.externality import ExternalityLink, MovedMeanwhile
from goalmodel.fairness import fairness_file
from goalmodel.hygiene import Severity
from goalmodel.interchange import document, load
from goalmodel.key_result import Milestone, Milestones, Origin, Relative, Revision, Sum, Vote, revise
from goalmodel.kpi import KpiAssessment, Zone
from goalmodel.lifecycle import Keep
from goalmodel.measure import EachPeriod, Exclusion, Period, Scale
from goalmodel.objective import ObjectiveLine, Rollup, RollupMethod, RollupPolicy
from goalmodel.show.page import Tone
from goalmodel.trend import ProcessLimits, Rebasing, Standing

pd: Any = pytest.importorskip("pandas")
pl: Any = pytest.importorskip("polars")
pa: Any = pytest.importorskip("pyarrow")
pq: Any = pytest.importorskip("pyarrow.parquet")
openpyxl: Any = pytest.importorskip("openpyxl")

CSAT = Measure("satisfaction", unit=Unit("points"), polarity=Polarity.HIGHER_IS_BETTER, lowest=0, highest=10)
LEADS = Measure("leads", lowest=0)
MONTHS = [dt.date(2026, month, 28) for month in range(1, 12)]
READ = Series.of(CSAT, dict(zip(MONTHS, (8.4, 8.3, 8.5, 8.2, 8.4, 8.3, 8.1, 7.9, 7.6, 7.4, 7.3), strict=True)))
WEEKS = [dt.date(2026, 10, 5) + dt.timedelta(days=7 * week) for week in range(6)]
COUNTED = Series.of(LEADS, dict(zip(WEEKS, (101, 104, 106, 109, 111, 114), strict=True)))
KPI = Kpi(id="csat", measure=CSAT, bands=HealthBands.at_least(8, watch=7.5), owner="support")
MODEL = GoalModel(
    objectives=[Objective(id="growth", title="Grow")],
    kpis=[KPI],
    key_results=[
        KeyResult(id="leads", measure=LEADS, baseline=100, target=130, cycle=Cycle.quarter(2026, 4), serves="growth")
    ],
)
AS_OF = dt.date(2026, 11, 30)
REVIEW = review(MODEL, [READ, COUNTED], as_of=AS_OF)


def test_a_kpi_in_a_line_and_on_a_page() -> None:
    found = REVIEW["csat"]
    assert show.line(found) == "csat: ◆ unhealthy; worse than usual; worsening; latest 7.3 on 2026-11-28"
    assert show.text(found).splitlines()[:6] == [
        "KPI csat: satisfaction  ◆ unhealthy",
        "───────────────────────────────────",
        "  health                 ◆ unhealthy",
        "  against what is usual  ◆ worse than usual",
        "  heading                ◆ worsening",
        "  by chance              a stable KPI is called worse than usual in 11.7 % of years",
    ]
    assert "  latest                 7.3 on 2026-11-28 (points)" in show.text(found).splitlines()
    assert "- **health**: ◆ unhealthy" in show.markdown(found)


def test_a_status_page_says_what_needs_attention_first() -> None:
    text = show.text(REVIEW)
    assert text.index("What needs attention") < text.index("KPIs\n") < text.index("Findings")
    assert "make it a key result: csat" in text
    html = show.html(REVIEW)
    assert html.count("<svg") == 2
    assert "<details>" in html
    assert "| csat | ◆ unhealthy |" in show.markdown(REVIEW)


def test_findings_are_a_page_of_their_own_and_a_line_on_another() -> None:
    text = show.text(REVIEW)
    assert text.endswith(f"Findings\n    {len(REVIEW.findings)} findings")
    assert all(each.rule.next_step[:40] in show.text(REVIEW.findings) for each in REVIEW.findings)
    assert REVIEW.findings[0].rule.title in show.markdown(REVIEW)
    with pytest.raises(WrongType):
        show.chart(REVIEW.findings)


def test_what_is_unhealthy_or_well_behind_needs_attention_though_nothing_is_proposed() -> None:
    low = attrs.evolve(KPI, bands=HealthBands.at_least(7.35))
    slow = attrs.evolve(MODEL.key_results[0], baseline=110)
    text = show.text(review(attrs.evolve(MODEL, kpis=[low], key_results=[slow]), [READ, COUNTED], as_of=AS_OF))
    assert "· unhealthy: csat (since 2026-11-28)" in text or "key result: csat" in text
    assert "well behind: leads" in text


def test_a_long_cell_takes_several_lines_and_loses_nothing() -> None:
    text = show.text(REVIEW)
    (line, *more) = [each for each in text.splitlines() if "at this pace" in each or "137.2857" in each]
    assert more
    assert "46.7 % (46.4 % expected)" in text
    assert "fastest so far was" in " ".join(text.split())
    assert len(line) < 140


def test_what_waits_needs_attention_and_says_why() -> None:
    kpis = [attrs.evolve(KPI, id=f"csat {number:02}") for number in range(12)]
    found = review(GoalModel(kpis=kpis), [READ], as_of=AS_OF)
    text = " ".join(show.text(found).split())
    assert "5 proposals (7 more waiting)" in text
    first = "· waiting: csat 05 is unhealthy and worse than usual; and 1 reason more; csat 05 waits: 5 key results"
    assert first in text
    assert "· waiting: csat 06 is unhealthy and worse than usual; and 1 reason more · waiting: csat 07" in text
    assert text.count("waits: 5 key results at a time") == 1
    assert "waiting, too: csat 10, csat 11" in text


def test_an_empty_review_is_a_page_too() -> None:
    found = review(GoalModel(), [], as_of=AS_OF)
    assert show.text(found).splitlines()[-1].strip() == "· 0 KPIs, 0 key results, 0 commits, 0 proposals, 0 findings"
    assert "<svg" not in show.html(found)


SENTENCE = (
    "46.7 % of the way, 30.4 % expected; at this pace 132.3214 of 130 units by 2026-12-31 (130.6667 to 137.2857); "
    "needs 0.3077 units a day, the fastest so far was 0.4286"
)


def test_whether_it_will_get_there() -> None:
    key_result = MODEL.key_results[0]
    assert show.will_it_get_there(key_result.assess(COUNTED, as_of=dt.date(2026, 11, 9))) == SENTENCE
    few = key_result.assess(COUNTED.until(dt.date(2026, 10, 12)), as_of=dt.date(2026, 10, 12))
    assert show.will_it_get_there(few).startswith("13.3 % of the way, 9.1 % expected; needs 0.325 units a day")
    assert "fastest" not in show.will_it_get_there(
        key_result.assess(COUNTED.until(dt.date(2026, 10, 5)), as_of=dt.date(2026, 10, 5))
    )
    done = key_result.assess(Series.of(LEADS, {dt.date(2026, 10, 5): 131}), as_of=dt.date(2026, 10, 6))
    assert "needs" not in show.will_it_get_there(done)
    over = key_result.assess(COUNTED, as_of=dt.date(2027, 1, 31))
    assert show.will_it_get_there(over) == "46.7 % of the way when the cycle ended on 2026-12-31"
    never = key_result.assess(Series.of(LEADS), as_of=AS_OF)
    assert show.will_it_get_there(never) == "there is no reading from 2026-10-01 until 2026-11-30"
    with pytest.raises(WrongType):
        show.will_it_get_there(REVIEW["csat"])  # type: ignore[arg-type]


def test_a_chart_is_plain_data() -> None:
    drawn: Any = show.chart(REVIEW["csat"])
    assert json.loads(json.dumps(drawn)) == drawn
    assert drawn["points"][-1]["verdict"] == "unhealthy"
    assert {each["label"] for each in drawn["lines"]} == {"upper limit", "mean", "lower limit"}
    assert [each["tone"] for each in drawn["areas"]] == ["bad", "watch", "good"]
    assert any(each["mark"] for each in drawn["points"])


def test_bands_are_drawn_while_they_are_in_force() -> None:
    raised = KPI.with_bands(HealthBands.at_least(9), since=dt.date(2026, 6, 1), reason="more is asked for")
    drawn: Any = show.chart(raised.assess(READ, as_of=AS_OF))
    assert [(each["start"], each["end"]) for each in drawn["areas"]] == [
        *[("2026-01-28", "2026-05-31")] * 3,
        *[("2026-06-01", "2026-11-28")] * 2,
    ]


def test_a_figure_that_may_change_is_drawn_apart() -> None:
    orders = Measure("orders", aggregation=Aggregation.SUM, lowest=0)
    kpi = Kpi(id="orders", measure=orders, window=EachPeriod(Period.MONTH), bands=HealthBands.at_least(20))
    read = Series.of(orders, {dt.date(2026, 10, 5): 30, dt.date(2026, 11, 5): 7, dt.date(2026, 9, 9): Absence.MISSING})
    found = kpi.assess(read, as_of=dt.date(2026, 11, 9))
    drawn: Any = show.chart(found)
    assert [each["is_provisional"] for each in drawn["points"]] == [False, True]
    assert "so far" in show.text(found)
    decided = review(GoalModel(kpis=[kpi]), [Series.of(orders, {dt.date(2026, 11, 5): 25})], as_of=dt.date(2026, 11, 9))
    row = "| orders | ● healthy | ○ undetermined | ○ undetermined | 25 so far | 2026-11-01 |"
    assert row in show.markdown(decided)
    held = Commit(
        id="held",
        measure=orders,
        standard=Standard.at_most(9),
        manner=Reached(),
        window=EachPeriod(Period.MONTH),
        declared_on=dt.date(2026, 11, 1),
        due=dt.date(2026, 12, 31),
    )
    assert "at most 9 units, every month" in show.text(held.assess(read, as_of=dt.date(2026, 11, 9)))
    assert "at most 9 units, every month" in str(held)
    series: Any = show.chart(read)
    assert series["gaps"] == ["2026-09-09"]


def test_what_was_loaded_without_its_readings_has_no_chart() -> None:
    found = load(KpiAssessment, document(REVIEW["csat"]))
    assert "◆ unhealthy" in show.text(found)
    assert "<svg" not in show.html(found)
    with pytest.raises(WrongType):
        show.chart(found)
    for nothing in (GoalModel(), review(GoalModel(), [], as_of=AS_OF), KPI, ()):
        with pytest.raises(WrongType):
            show.chart(nothing)


def test_limits_and_moves_are_drawn_for_each_phase() -> None:
    jump = Series.of(CSAT, dict(zip(MONTHS, (8.4, 8.3, 8.5, 8.2, 8.4, 8.3, 3.1, 3.2, 3.1, 3.3, 9.9), strict=True)))
    rebased = attrs.evolve(KPI, rebasings=[Rebasing(on=MONTHS[6], reason="another survey")])
    drawn: Any = show.chart(rebased.assess(jump, as_of=AS_OF))
    spans = [(each["points"][0][0], each["points"][1][0]) for each in drawn["lines"] if each["label"] == "mean"]
    assert spans == [("2026-01-28", "2026-07-27"), ("2026-07-28", "2026-11-28")]
    below = drawn["below"]
    assert [each["on"] for each in below["points"]] == [each.isoformat() for each in (*MONTHS[1:6], *MONTHS[7:])]
    assert [each["on"] for each in below["points"] if each["mark"]] == ["2026-11-28"]
    assert below["points"][-1]["mark"] == "moved by 6.6, more than 5.717"
    assert show.html(rebased.assess(jump, as_of=AS_OF)).count("<svg") == 2
    late = attrs.evolve(KPI, rebasings=[Rebasing(on=AS_OF, reason="soon", reference=ProcessLimits(mean=5, sigma=1))])
    ends: Any = show.chart(late.assess(READ, as_of=AS_OF))
    assert ends["lines"][-1]["points"][0][0] == "2026-11-30"
    assert ends["lines"][-2]["points"][0][1] == 5
    zones = attrs.evolve(CSAT, scale=Scale.ORDINAL)
    ranked: Any = show.chart(
        Kpi(id="rank", measure=zones).assess(Series.of(zones, dict.fromkeys(MONTHS, 3)), as_of=AS_OF)
    )
    assert ranked["below"] is None


def test_what_rolls_up_is_a_tree() -> None:
    growth, company = attrs.evolve(MODEL.objectives[0], serves="company"), Objective(id="company", title="Last")
    held = Commit(
        id="held", measure=CSAT, standard=Standard.at_least(7), manner=Reached(), declared_on=MONTHS[0],
        due=MONTHS[-1], serves="company",
    )  # fmt: skip
    model = attrs.evolve(MODEL, objectives=[growth, company], commits=[held])
    found = review(model, [READ, COUNTED], as_of=AS_OF)
    tree: Any = show.chart(found)
    assert [(each["id"], each["verdict"], each["layer"]) for each in tree["nodes"]] == [
        ("company", "46.7 %", 2),
        ("growth", "46.7 %", 1),
        ("held", "kept", 1),
        ("leads", "46.7 %", 0),
    ]
    assert tree["links"][1] == {"start": "held", "end": "company", "weight": None, "share": None}
    assert tree["nodes"][1]["note"] == "1 of 1 scored"
    part: Any = show.chart(found["company"])
    assert [each["label"] for each in part["nodes"]] == ["Roll-up", "growth", "held"]
    light = Policy(rollup=RollupPolicy(mean=RollupMethod.WORST_LIGHT))
    words: Any = show.chart(review(model, [READ, COUNTED], as_of=AS_OF, policy=light)["company"])
    assert (words["nodes"][1]["verdict"], words["nodes"][1]["score"]) == ("part of the way", None)
    none: Any = show.chart(review(model, [READ], as_of=AS_OF)["company"])
    assert [each["verdict"] for each in none["nodes"]] == ["no result", "no result", "kept"]
    assert "weight 1, 100 %" in show.html(found["growth"])


def test_roll_ups_that_lead_to_each_other_are_drawn_nevertheless() -> None:
    lines = [
        ObjectiveLine(objective=id_, result=None, attainment=None, weight=Fraction(1), share=Fraction(0))
        for id_ in "ab"
    ]
    empty = REVIEW["growth"]
    assert isinstance(empty, Rollup)
    circle = attrs.evolve(
        REVIEW,
        objectives=tuple(
            (Objective(id=id_, title=id_), attrs.evolve(empty, lines=(), objectives=(line,)))
            for id_, line in zip("ba", lines, strict=True)
        ),
    )
    drawn: Any = show.chart(circle)
    assert len(drawn["nodes"]) == 2
    assert "<svg" in show.html(circle)


def test_goals_lead_from_initiatives_to_objectives() -> None:
    work = Initiative(id="training", title="Train the team", serves=("csat", "leads"))
    origin = KeyResult(
        id="leads", measure=CSAT, baseline=7, target=9, cycle=Cycle.quarter(2026, 4), serves="growth",
        origin=Origin(kpi="csat", on=WEEKS[0]),
    )  # fmt: skip
    model = attrs.evolve(MODEL, initiatives=[work], key_results=[origin])
    drawn: Any = show.chart(model)
    assert {each["id"]: each["layer"] for each in drawn["nodes"]} == {"training": 0, "csat": 1, "leads": 2, "growth": 3}
    assert {(each["start"], each["end"]) for each in drawn["links"]} == {
        ("training", "csat"), ("training", "leads"), ("csat", "leads"), ("leads", "growth")
    }  # fmt: skip
    assert "Train the team" in show.html(model)
    many = attrs.evolve(model, initiatives=[attrs.evolve(work, id=f"work {number}") for number in range(60)])
    assert "<svg" not in show.html(many)
    assert len(show.chart(many)["nodes"]) == 63  # type: ignore[arg-type]


def test_what_changed_is_a_chart_and_a_page() -> None:
    before = review(MODEL, [READ, COUNTED], as_of=dt.date(2026, 10, 31))
    changes = REVIEW.changes_since(before)
    drawn: Any = show.chart(changes)
    assert drawn["changes"][0] == {
        "goal": "growth", "aspect": "what the key results of an objective come to",
        "before": "30 %", "after": "46.7 %", "way": 1,
    }  # fmt: skip
    scores = [each for each in drawn["changes"] if each["aspect"] == "the score of a key result"]
    assert [(each["goal"], each["way"]) for each in scores] == [("leads", 1)]
    assert "<svg" in show.html(changes)
    assert show.line(changes) == "What changed: moved forward: growth, leads"
    assert show.line(()) == "What changed: nothing changed"
    assert "<svg" not in show.html(changes * 60)
    with pytest.raises(WrongType):
        show.html([3])


def test_what_changed_is_said_in_sentences_what_is_worse_first() -> None:
    before = review(MODEL, [READ, COUNTED], as_of=dt.date(2026, 7, 31))
    assert show.what_changed(REVIEW.changes_since(before)) == (
        "less healthy: csat; now worse than usual: csat; now worsening: csat; newly proposed: csat; other changes: 5"
    )
    assert show.what_changed(before.changes_since(REVIEW)).startswith("healthier: csat; no longer worse than usual")
    assert show.what_changed(()) == "nothing changed"
    other = attrs.evolve(MODEL, kpis=[attrs.evolve(KPI, id="new"), attrs.evolve(KPI, id="csat", owner="sales")])
    found = review(attrs.evolve(other, key_results=[]), [READ], as_of=AS_OF)
    said = show.what_changed(found.changes_since(REVIEW))
    assert "new: new" in said
    assert "gone: leads" in said
    assert "defined otherwise: csat" in said
    held = Commit(
        id="held", measure=CSAT, standard=Standard.at_least(8), manner=Reached(), declared_on=MONTHS[0], due=MONTHS[-1]
    )  # fmt: skip
    early = review(attrs.evolve(MODEL, commits=[held]), [Series.of(CSAT, {})], as_of=MONTHS[0])
    late = review(attrs.evolve(MODEL, commits=[held]), [READ], as_of=AS_OF)
    assert "commits kept: held" in show.what_changed(late.changes_since(early))
    german = {"changed-kept": "gehalten: {goals}"}
    assert "gehalten: held" in show.what_changed(late.changes_since(early), words=german)
    with pytest.raises(WrongType):
        show.what_changed([3])  # type: ignore[list-item]


def test_what_worsened_is_named_once_and_what_moved_with_it_where_they_are_linked() -> None:
    def notes(**changed: Any) -> str:  # noqa: ANN401 - any field of a review
        return " ".join(show.text(attrs.evolve(REVIEW, **changed)).split())

    (harmed,) = REVIEW.externalities.found
    worsened = "; ".join(map(str, harmed.reasons))
    assert worsened not in notes()
    assert f"· {worsened} · unhealthy: csat" in notes(promotions=())
    moved = MovedMeanwhile(goal="leads", link=ExternalityLink.SHARES, overlap_days=9, reason=harmed.reasons[0])
    linked = attrs.evolve(REVIEW.externalities, found=(attrs.evolve(harmed, linked=(moved,)),))
    assert f"· {worsened}; moved meanwhile: leads " in notes(externalities=linked)
    many = tuple(attrs.evolve(harmed, kpi=f"csat {number}") for number in range(7))
    assert "· worsened, too: csat 5, csat 6 " in notes(externalities=attrs.evolve(linked, found=many))


def test_why_it_is_proposed_is_said_with_its_start_and_its_chance() -> None:
    (proposal,) = REVIEW.promotions
    said = show.why_is_it_proposed(proposal)
    assert said.endswith(
        "as a key result it would start from 7.4333 points, the mean of 3 readings; "
        "of 9 like times before, 7 would have scored 70 % or more with nothing done"
    )
    first, *others = (str(each) for each in proposal.evidence)
    in_short = " ".join(show.text(REVIEW).replace("·", "").split())
    assert len(others) == 1
    chance = "with nothing done 7 of 9 like times before went well"
    says = f"and 1 reason more; it would start from 7.433 points; {chance}"
    assert f"make it a key result: {first}; {says}" in in_short
    assert said.removeprefix(first) not in in_short
    unfounded = attrs.evolve(REVIEW, promotions=(attrs.evolve(proposal, evidence=()),))
    assert "make csat a key result: it would start from 7.433 points, with nothing" in " ".join(
        show.text(unfounded).split()
    )
    in_full = " ".join(show.text(proposal).split())
    assert all(each in in_full for each in (first, *others, "like times before"))
    chosen = attrs.evolve(proposal, readings=())
    assert "start from" not in show.why_is_it_proposed(chosen)
    with pytest.raises(WrongType):
        show.why_is_it_proposed(REVIEW)  # type: ignore[arg-type]


def _many(count: int) -> tuple[GoalModel, list[Series]]:
    """Return a model of so many KPIs below ten objectives, one in seven of them unhealthy, and what was read."""
    objectives = [Objective(id=f"o{number}", title=f"Objective {number}") for number in range(10)]
    measures = [Measure(f"measure {number}", unit="points") for number in range(count)]
    kpis = [
        Kpi(id=f"kpi {number}", measure=each, bands=HealthBands.at_least(8), serves=f"o{number % 10}")
        for number, each in enumerate(measures)
    ]
    days = [dt.date(2025, 1, 1) + dt.timedelta(days=30 * number) for number in range(24)]
    read = [
        Series.of(
            each, {on: 7 if number % 70 == 0 and at > 18 else 9 + (at * 7 + number) % 3 for at, on in enumerate(days)}
        )
        for number, each in enumerate(measures)
    ]
    return GoalModel(objectives=objectives, kpis=kpis), read


def test_a_long_page_has_an_index_and_folds_what_is_quiet() -> None:
    model, read = _many(200)
    last = dt.date(2026, 11, 22)
    html = show.html(review(model, read, as_of=last))
    assert "Index" in html
    anchors = set(re.findall(r'href="#(gm-o\w+)"', html))
    assert len(anchors) == 10
    assert anchors == set(re.findall(r'id="(gm-o\w+)"', html))
    assert html.count("<details") == 11
    assert "Nothing to look at" in html
    text = show.text(review(model, read, as_of=last))
    assert text.index("What needs attention") < text.index("Index") < text.index("Objective 0 (o0)")
    assert "Index" not in show.text(REVIEW)


def test_what_changed_stands_on_the_status_page() -> None:
    before = review(MODEL, [READ, COUNTED], as_of=dt.date(2026, 7, 31))
    for form in (show.text, show.markdown, show.html):
        shown = form(REVIEW, since=before)
        assert shown.index("needs attention") < shown.index("What changed since 2026-07-31") < shown.index("Findings")
        assert "less healthy: csat" in shown
    with pytest.raises(WrongType):
        show.text(REVIEW["csat"], since=before)
    with pytest.raises(WrongType):
        show.text(REVIEW, since=REVIEW["csat"])  # type: ignore[arg-type]


def test_goals_stand_by_objective() -> None:
    serving = attrs.evolve(KPI, serves="leads")
    found = review(attrs.evolve(MODEL, kpis=[serving, attrs.evolve(KPI, id="loose")]), [READ, COUNTED], as_of=AS_OF)
    text = show.text(found)
    assert text.index("Grow (growth)  ▲ 46.7 %") < text.index("csat  ◆") < text.index("Without an objective")
    assert text.index("Without an objective") < text.index("loose  ◆")


def test_a_page_is_said_in_other_words() -> None:
    words = {
        "health": "Gesundheit",
        "unhealthy": "ungesund",
        "KPI {goal}: {measure}": "Kennzahl {goal} ({measure})",
        "latest {latest}": "zuletzt {latest}",
        "kpi-in-zone": "{reading} liegt in der Zone {zone}",
        "upper limit": "obere Grenze",
        "never read": "nie gelesen",
    }
    text = show.text(REVIEW["csat"], words=words)
    assert text.startswith("Kennzahl csat (satisfaction)  ◆ ungesund")
    assert "Gesundheit" in text
    assert "against what is usual" in text
    assert show.line(REVIEW["csat"], words=words).endswith("zuletzt 7.3 on 2026-11-28")
    drawn: Any = show.chart(REVIEW["csat"], words=words)
    assert "obere Grenze" in {each["label"] for each in drawn["lines"]}
    assert drawn["points"][-1]["verdict"] == "ungesund"
    phrases = show.phrases(REVIEW["csat"])
    assert {"health", "unhealthy", "KPI {goal}: {measure}", "upper limit", "trend-beyond"} <= set(phrases)
    assert "csat" not in phrases
    tree: Any = show.chart(REVIEW, words={"key result": "Schlüsselergebnis"})
    assert tree["nodes"][1]["kind"] == "Schlüsselergebnis"
    changes = REVIEW.changes_since(review(MODEL, [READ], as_of=dt.date(2026, 7, 31)))
    turned: Any = show.chart(changes, words={"unhealthy": "ungesund", "the health of a KPI": "Gesundheit"})
    assert ("Gesundheit", "ungesund") in {(each["aspect"], each["after"]) for each in turned["changes"]}
    for wrong in (True, [("health", "Zustand")], {"health": 3}, {3: "health"}):
        with pytest.raises(WrongType):
            show.text(REVIEW["csat"], words=wrong)  # type: ignore[arg-type]
    with pytest.raises(FactsDontFit):
        show.text(REVIEW["csat"], words={"KPI {goal}: {measure}": "Kennzahl {ziel}"})
    never = KPI.assess(Series.of(CSAT, {}), as_of=AS_OF)
    assert "nie gelesen {x}" in show.line(never, words={"never read": "nie gelesen {x}"})
    zones = [Zone("{odd}", Health.UNHEALTHY), Zone("fine", Health.HEALTHY)]
    odd = attrs.evolve(KPI, bands=HealthBands(cuts=[8], zones=zones))
    assert "{odd}" in show.text(odd.assess(READ, as_of=AS_OF), words=words)


def test_what_was_read_but_is_not_complete_was_not_never_read() -> None:
    """October has broken its ceiling for good, though its figure is not complete and never will be."""
    downtime = Measure("downtime", unit="minutes", aggregation=Aggregation.SUM, lowest=0)
    kpi = Kpi(id="k", measure=downtime, bands=HealthBands.at_most(43.2), window=EachPeriod(Period.MONTH))
    read = Series.of(downtime, {dt.date(2026, 10, 5): 50, dt.date(2026, 10, 20): Absence.MISSING})
    found = kpi.assess(read, as_of=dt.date(2026, 10, 31))
    assert str(found) == "k: unhealthy; no complete figure"
    assert "never read" not in show.text(found)
    assert "  latest                 no complete figure" in show.text(found).splitlines()
    assert "no complete figure" in show.text(review(GoalModel(kpis=[kpi]), [read], as_of=dt.date(2026, 10, 31)))


def test_what_is_left_of_an_allowance_is_drawn_below() -> None:
    found = review(EVERYTHING["model"](), EVERYTHING["read"](), as_of=dt.date(2026, 11, 30))
    left: Any = show.chart(found["whole"])["below"]
    assert [(each["on"], each["value"]) for each in left["points"]] == [
        ("2026-10-05", 90.0), ("2026-11-03", 70.0), ("2026-11-09", 55.0), ("2026-11-30", 55.0)
    ]  # fmt: skip
    assert [each["label"] for each in left["lines"]] == ["nothing left", "even use"]
    assert show.chart(found["staged"])["below"] is None


def test_a_pretty_printer_sees_fields_and_names_what_is_long() -> None:
    found: Any = REVIEW
    told = {name: repr(value) for name, value in found.__rich_repr__()}
    assert told["kpis"] == "<tuple (1)>"
    assert "restatements" not in told
    measure: Any = Measure("x" * 99, unit="points")
    assert dict(measure.__rich_repr__())["unit"].name == "points"
    assert repr(dict(measure.__rich_repr__())["name"]) == f"<str '{'x' * 39}…'>"


def test_what_is_no_value_is_refused() -> None:
    for form in (show.line, show.text, show.markdown, show.html, show.chart, show.rows):
        with pytest.raises(WrongType):
            form(3)
    with pytest.raises(WrongType):
        show.rows([3])


def test_other_values_are_shown_by_their_fields() -> None:
    assert show.line(Health.HEALTHY) == "healthy"
    assert show.text(KPI).splitlines()[0] == "Kpi"
    assert "  owner" in show.text(KPI)
    assert "no readings" in str(show.chart(Series.of(CSAT, {dt.date(2026, 1, 1): Absence.MISSING}))["description"])
    many = Series.of(CSAT, {dt.date(2026, 1, 1) + dt.timedelta(days=day): 5 for day in range(100)})
    assert "76 earlier ones are left out here" in show.text(many)
    assert show.line(Keep(REVIEW.kpis[0], ())).startswith("keep csat")


def test_a_table_takes_rows_as_they_are() -> None:
    rows = show.rows(REVIEW)
    frame = pd.DataFrame(rows)
    assert list(frame["goal"]) == ["csat", "leads", "growth"]
    assert frame["value"].dtype == "float64"
    assert pl.DataFrame(rows, infer_schema_length=None)["verdict"].to_list()[0] == "unhealthy"
    dated = pl.DataFrame(show.rows(READ, dates=True))
    assert dated["on"].dtype == pl.Date
    written = io.StringIO()
    writer = csv.DictWriter(written, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    assert "7.3" in written.getvalue()
    thirds = Series.of(CSAT, {dt.date(2026, 1, 1): Fraction(1, 3)})
    assert show.rows(thirds, exact=True)[0]["value"] == "+1/3"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(7, 10), "0.7"),
        (Fraction(-7, 10), "-0.7"),
        (Fraction(10), "10"),
        (Fraction(0), "0"),
        (Fraction(1, 3), "+1/3"),
        (Fraction(-7, 12), "-7/12"),
        (Fraction(1, 10**30), f"0.{'0' * 29}1"),
        (Fraction(1, 10**31), f"+1/{10**31}"),
        (Fraction(10**20 + 1, 2), "50000000000000000000.5"),
    ],
)
def test_an_exact_number_is_a_text_that_no_spreadsheet_takes_for_a_date(value: Fraction, text: str) -> None:
    found = show.rows(Series.of(Measure("any"), {MONTHS[0]: value}), exact=True)[0]["value"]
    assert found == text
    assert Fraction(text) == value


EVERY_TABLE = (
    show.rows(REVIEW),
    show.rows(REVIEW, dates=True),
    show.rows(REVIEW, exact=True),
    show.rows(REVIEW.findings),
    show.rows(REVIEW.changes_since(review(MODEL, [READ], as_of=dt.date(2026, 7, 31)))),
    show.rows(READ, dates=True),
    show.rows(REVIEW["growth"]),
)


@pytest.mark.parametrize("rows", EVERY_TABLE)
def test_parquet_gives_back_what_was_written(rows: list[dict[str, Any]]) -> None:
    written = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), written)
    assert pq.read_table(io.BytesIO(written.getvalue())).to_pylist() == rows
    again = io.BytesIO()
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(again)
    assert pl.read_parquet(io.BytesIO(again.getvalue())).to_dicts() == rows


@pytest.mark.parametrize("rows", EVERY_TABLE)
def test_a_workbook_gives_back_what_was_written(rows: list[dict[str, Any]]) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    written = io.BytesIO()
    book.save(written)
    assert _read_back(written.getvalue(), rows) == rows
    by_frame = io.BytesIO()
    pd.DataFrame(rows).to_excel(by_frame, index=False, engine="xlsxwriter")
    assert _read_back(by_frame.getvalue(), rows) == rows


def _read_back(workbook: bytes, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what stands in a workbook; nothing is a day but what was one."""
    names, *found = openpyxl.load_workbook(io.BytesIO(workbook)).active.iter_rows()
    back: list[dict[str, Any]] = []
    for cells, row in zip(found, rows, strict=True):
        values = [cell.value.date() if cell.is_date else cell.value for cell in cells]
        assert [cell.is_date for cell in cells] == [isinstance(each, dt.date) for each in row.values()]
        back.append(dict(zip([name.value for name in names], values, strict=True)))
    return back


def test_a_table_sorts_by_words_from_the_worst_on() -> None:
    order = {column.name: column.order for column in show.COLUMNS["goals"]}
    model, read = _many(71)
    rows = [row for row in show.rows(review(model, read, as_of=dt.date(2026, 11, 22))) if row["kind"] == "KPI"]
    frame = pd.DataFrame(rows)
    frame["verdict"] = pd.Categorical(frame["verdict"], categories=order["verdict"], ordered=True)
    assert list(frame.sort_values("verdict")["verdict"])[:3] == ["unhealthy", "unhealthy", "healthy"]
    assert frame["verdict"].min() == "unhealthy"
    sorted_so = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.col("verdict").cast(pl.Enum(order["verdict"]))
    )
    assert sorted_so.sort("verdict")["verdict"][0] == "unhealthy"


@pytest.mark.parametrize(
    ("about", "name", "words"),
    [
        ("goals", "verdict", [*Health, *Outcome, *Attainment]),
        ("goals", "standing", [*Standing]),
        ("goals", "heading", [*Heading]),
        ("goals", "pace", [*Pace]),
        ("findings", "severity", [*Severity]),
    ],
)
def test_an_order_has_every_word(about: str, name: str, words: list[Any]) -> None:
    (column,) = (each for each in show.COLUMNS[about] if each.name == name)
    assert len(set(column.order)) == len(column.order)
    assert set(column.order) == {each.value for each in words}


def test_findings_and_changes_are_rows() -> None:
    before = review(MODEL, [READ, COUNTED], as_of=dt.date(2026, 10, 1))
    assert show.rows(REVIEW.changes_since(before))[0]["aspect"]
    findings = show.rows(REVIEW.findings)
    growth, company = attrs.evolve(MODEL.objectives[0], serves="company"), Objective(id="company", title="Last")
    nested = attrs.evolve(MODEL, objectives=[growth, company])
    found = review(nested, [READ, COUNTED], as_of=AS_OF)["company"]
    assert [(each["part"], each["kind"]) for each in show.rows(found)] == [("growth", "objective")]
    assert "growth" in show.text(found)
    light = Policy(rollup=RollupPolicy(mean=RollupMethod.WORST_LIGHT))
    words = review(nested, [READ, COUNTED], as_of=AS_OF, policy=light)
    assert "part of the way" in show.text(words["company"])
    verdicts = {each["goal"]: each["verdict"] for each in show.rows(words)}
    assert (verdicts["company"], verdicts["growth"]) == ("part of the way", "part of the way")
    none = review(nested, [READ], as_of=AS_OF)
    assert {each["verdict"] for each in show.rows(none) if each["kind"] == "objective"} == {None}
    assert {each["code"] for each in findings} == {each.code for each in REVIEW.findings}
    assert show.rows(REVIEW["growth"])[0] == {
        "part": "leads",
        "kind": "key result",
        "score": pytest.approx(14 / 30),
        "weight": 1.0,
        "share": 1.0,
    }


def _light(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]


def _luminance(light: list[float]) -> float:
    red, green, blue = light
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# How light is seen: by most, and without one of the three cones. Source: Machado, Oliveira and Fernandes, "A
# Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)
    ),
}  # fmt: skip


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize("tone", list(Tone))
def test_a_colour_is_seen_on_white_and_on_black(tone: Tone, eye: str) -> None:
    given = _light(tone.colour)
    seen = [sum(each * part for each, part in zip(row, given, strict=True)) for row in SEEN[eye]]
    light = _luminance([min(max(each, 0), 1) for each in seen])
    assert (1 + 0.05) / (light + 0.05) >= 3
    assert (light + 0.05) / 0.05 >= 3


def test_a_shape_stands_for_one_tone() -> None:
    assert len({each.shape for each in Tone}) == len(Tone)


def test_the_page_of_a_hundred_goals_is_small() -> None:
    measures = [Measure(f"measure {number}") for number in range(100)]
    quarter = Cycle.quarter(2026, 4)
    model = GoalModel(
        objectives=[Objective(id=f"o{number}", title=f"Objective {number}") for number in range(10)],
        kpis=[
            Kpi(id=f"kpi {each.name}", measure=each, bands=HealthBands.at_least(8), serves=f"o{number % 10}")
            for number, each in enumerate(measures[:50])
        ],
        key_results=[
            KeyResult(id=f"kr {each.name}", measure=each, baseline=7, target=9, cycle=quarter, serves=f"o{number % 10}")
            for number, each in enumerate(measures[50:75])
        ],
        commits=[
            Commit(
                id=f"c {each.name}", measure=each, standard=Standard.at_least(8), manner=Reached(),
                declared_on=quarter.start, due=quarter.end, serves=f"o{number % 10}",
            )
            for number, each in enumerate(measures[75:])
        ],
    )  # fmt: skip
    days = [dt.date(2024, 12, 1) + dt.timedelta(days=30 * number) for number in range(24)]
    read = [Series.of(each, {on: (on.day * 7) % 13 for on in days}) for each in measures]
    before, found = (review(model, read, as_of=day) for day in days[-2:])
    assert len(show.html(found).encode()) <= 300_000
    assert len(show.html(found, since=before).encode()) <= 300_000
    watched = GoalModel(kpis=[Kpi(id=each.name, measure=each, bands=HealthBands.at_least(8)) for each in measures])
    assert len(show.html(review(watched, read, as_of=days[-1])).encode()) <= 300_000


def test_a_notebook_shows_values_without_a_step() -> None:
    found: Any = REVIEW["csat"]
    assert found._repr_html_() == show.html(found)
    assert found._repr_markdown_() == show.markdown(found)


def test_what_is_too_great_to_draw_is_left_out() -> None:
    huge = Series.of(CSAT, {dt.date(2026, 1, 1): 10**400})
    assert "<svg" not in show.html(huge.readings[0])
    far = Series.of(Measure("far"), {dt.date(2026, 1, 1): 10**400, dt.date(2026, 2, 1): 10**401})
    assert "<svg" not in show.html(far)
    kpi = Kpi(id="far", measure=far.measure)
    found = review(GoalModel(kpis=[kpi]), [far], as_of=AS_OF)
    assert "<svg" not in show.html(found)
    level = show.html(Series.of(CSAT, {dt.date(2026, 1, 1): 5}))
    assert "<svg" in level


def test_a_total_against_a_rate_has_no_line_of_expectation() -> None:
    total = Measure("orders", aggregation=Aggregation.SUM, lowest=0)
    moved = KeyResult(
        id="orders", measure=total, baseline=100, target=130, cycle=Cycle.quarter(2026, 4), counting=Sum.TOTAL
    )
    found = moved.assess(Series.of(total, {WEEKS[0]: 10, WEEKS[1]: Absence.MISSING}), as_of=AS_OF)
    drawn: Any = show.chart(found)
    assert "expected" not in {each["label"] for each in drawn["lines"]}
    assert "not read" in show.text(found)


def test_what_has_neither_readings_nor_ends_has_no_chart() -> None:
    key_result = KeyResult(id="any", measure=LEADS, baseline=None, target=5, cycle=Cycle.quarter(2026, 4))
    assert "<svg" not in show.html(key_result.assess(Series.of(LEADS), as_of=AS_OF))


EVERYTHING = runpy.run_path(str(Path(__file__).parents[1] / "documents" / "format_1.py"))


def test_a_model_with_something_of_everything_is_shown() -> None:
    day = dt.date(2026, 11, 30)
    votes = [Vote("csat-q4", dt.date(2026, 11, 1), 7, by="support")]
    found = review(EVERYTHING["model"](), EVERYTHING["read"](), as_of=day, votes=votes)
    pages = {goal: show.text(found[goal]) for goal in ("csat", "csat-q4", "sla", "whole", "csat-held", "staged")}
    assert "confidence" in pages["csat-q4"]
    assert "may still go wrong" in pages["whole"]
    assert "short by" in pages["staged"]
    held: Any = show.chart(found["csat-held"])
    assert {each["label"] for each in held["lines"]} == {"at least 7", "at most 10"}
    amended: Any = show.chart(found["sla"])
    assert [each["label"] for each in amended["lines"]] == ["at most 43.2", "at most 60"]
    assert "contradiction" not in show.text(found)


def test_team_and_priority_are_shown_and_have_their_columns() -> None:
    kpi = attrs.evolve(KPI, team="night shift", priority=2)
    key_result = attrs.evolve(MODEL.key_results[0], team="field", priority=1)
    objective = attrs.evolve(MODEL.objectives[0], team="all", priority=3)
    found = review(
        GoalModel(kpis=[kpi], key_results=[key_result], objectives=[objective]), [READ, COUNTED], as_of=AS_OF
    )
    told = [line.split() for line in show.text(found["csat"]).splitlines()]
    assert ["owner", "support"] in told
    assert ["team", "night", "shift"] in told
    assert ["priority", "2"] in told
    unsaid = [line.split()[:1] for line in show.text(REVIEW["csat"]).splitlines()]
    assert ["team"] not in unsaid
    assert ["priority"] not in unsaid
    columns = {str(row["goal"]): (row["owner"], row["team"], row["priority"]) for row in show.rows(found)}
    assert columns == {
        "csat": ("support", "night shift", 2),
        "leads": (None, "field", 1),
        "growth": (None, "all", 3),
    }


def test_who_answers_and_what_was_declared_is_shown() -> None:
    commit = Commit(
        id="sla",
        measure=LEADS,
        standard=Standard.at_least(90),
        manner=Reached(),
        declared_on=WEEKS[0],
        due=WEEKS[-1],
        owner="sales",
        amendments=[Amendment(WEEKS[2], Standard.at_least(500), "more is asked for")],
    )
    found = commit.assess(Series.of(LEADS, {WEEKS[3]: 95}), as_of=WEEKS[-1])
    assert {"as declared", "owner"} <= {line.strip().partition("  ")[0] for line in show.text(found).splitlines()}
    owned = attrs.evolve(MODEL.key_results[0], owner="sales").assess(COUNTED, as_of=WEEKS[-1])
    assert "owner" in show.text(owned)
    both = CompositeKpi(id="bp", parts=[KPI, attrs.evolve(KPI, id="other")])
    found_both = review(GoalModel(composites=[both]), [READ], as_of=AS_OF)
    assert "| bp | ◆ unhealthy" in show.markdown(found_both)
    assert "KPI other" in show.text(found_both["bp"])
    (row,) = (each for each in show.rows(found_both) if each["kind"] == "composite KPI")
    assert (row["goal"], row["verdict"], row["measure"]) == ("bp", "unhealthy", None)


def test_demotions_and_clashes_are_shown() -> None:
    healthy = dict.fromkeys(WEEKS, 9)
    promoted = KeyResult(
        id="back",
        measure=CSAT,
        baseline=7,
        target=9,
        cycle=Cycle(WEEKS[0], WEEKS[-1]),
        origin=Origin(kpi="csat", on=WEEKS[0]),
    )
    found = review(GoalModel(kpis=[KPI], key_results=[promoted]), [Series.of(CSAT, healthy)], as_of=WEEKS[-1])
    (back,) = found.demotions
    assert "proposed" in show.text(back)
    assert "no change" in show.text(Continue(back.key_result, back.kpi, ()))
    assert "demote back" in show.text(found)


def test_what_is_overdue_and_what_was_agreed_too_late_is_shown() -> None:
    late = attrs.evolve(KPI, tolerated_days=30).assess(READ, as_of=MONTHS[-1])
    assert "overdue since" in show.text(late)
    assert show.rows([late])[0]["overdue_since"] == "2026-09-27"
    closed = Exclusion(start=MONTHS[0], end=MONTHS[-1], reason="closed", agreed_on=MONTHS[-1])
    owed = Commit(
        id="owed", measure=CSAT, standard=Standard.at_least(9), declared_on=MONTHS[0], due=MONTHS[-1],
        manner=Reached(), exclusions=closed,
    )  # fmt: skip
    assert "had it been agreed in time" in show.text(owed.assess(READ, as_of=MONTHS[-1]))


def test_a_fairness_file_is_a_page_of_three_verdicts_and_who_knew_what() -> None:
    measure = Measure("uptime", unit="percent")
    start, due = dt.date(2026, 9, 1), dt.date(2026, 12, 31)
    commit = Commit(
        id="sla",
        measure=measure,
        standard=Standard.at_least(99.9),
        manner=Reached(),
        declared_on=start,
        due=due,
        support=Support(SupportKind.PEOPLE, "2 engineers"),
        consents=[
            Consent(who="ops", told_on=start, answer=Response.AGREED, answered_on=start),
            Consent(who="web", told_on=dt.date(2026, 9, 3)),
        ],
        amendments=Amendment(
            on=dt.date(2026, 10, 1), since=dt.date(2026, 11, 1), standard=Standard.at_least(99.5), reason="moved"
        ),
        exclusions=Exclusion(start=due, end=due, reason="closed", agreed_on=start),
    )
    day = dt.date(2026, 12, 1)
    told = Series(measure, [Reading(day, 99.4), Reading(day, 99.95, known_on=dt.date(2027, 1, 5))])
    text = show.text(fairness_file(commit, told, as_of=dt.date(2027, 1, 31)))
    found = [" ".join(line.split()) for line in text.splitlines()]
    for line in (
        "Fairness file of sla, 2027-01-31 ● kept",
        "as first judged ◆ not kept",
        "as corrected ● kept",
        "as declared ● kept",
        "· against consequences: web is held to it, was told on 2026-09-03 and has not answered",
        "ops 2026-09-01 ○ agreed 2026-09-01",
        "web 2026-09-03 ○ none yet",
        "people 2 engineers yes",
        "2026-10-01 2026-11-01 at least 99.5 moved",
        "2026-12-31 2026-12-31 2026-09-01 closed",
        "2026-12-01 99.4 99.95 2027-01-05",
        "· none on file",
    ):
        assert line in found, line
    aim = attrs.evolve(MODEL.key_results[0], revisions=())
    revised = revise(aim, on=aim.cycle.start, target=aim.target_value + 5, reason="more people")
    text = show.text(fairness_file(revised, COUNTED, as_of=aim.cycle.end))
    assert "nothing on file speaks against consequences; that is no permission" in text
    assert "more people" in text
    unread = show.text(fairness_file(aim, Series.of(aim.measure, {}), as_of=aim.cycle.end))
    assert "no score" in unread
    words = {"Support": "Unterstützung", "as declared": "wie zugesagt", "who": "wer"}
    other = show.text(fairness_file(commit, told, as_of=day), words=words)
    assert all(each in other for each in words.values())


def test_a_wide_table_is_reached_by_keyboard_and_facts_are_broken_into_lines_on_a_phone() -> None:
    csat = Measure("satisfaction")
    kpi = Kpi(id="csat", measure=csat, bands=HealthBands.at_least(8))
    read = Series.of(csat, {dt.date(2026, month, 1): month for month in range(1, 11)})
    found = review(GoalModel(kpis=[kpi]), [read], as_of=dt.date(2026, 10, 31))
    facts = re.findall(r"<table.*?</table>", show.html(found["csat"]), re.DOTALL)
    wide = re.findall(r"<table.*?</table>", show.html(found), re.DOTALL)
    assert not any("min-width" in each or "vertical-align:top;white-space" in each for each in facts)
    assert any("vertical-align:top;white-space:nowrap" in each for each in wide)
    for shown in (show.html(found), show.html(found["csat"])):
        assert shown.count("overflow-x:auto") == shown.count('overflow-x:auto" tabindex="0"') > 0


def test_a_fairness_file_shows_what_was_absent_and_what_was_asked_as_a_change() -> None:
    aim = MODEL.key_results[0]
    day = aim.cycle.start
    told = Series(aim.measure, [Reading(day, Absence.MISSING), Reading(day, 110, known_on=day + dt.timedelta(days=9))])
    found = fairness_file(aim, told, as_of=aim.cycle.end)
    asked = attrs.evolve(found, revisions=(Revision(on=day, was=Relative.percent(30), reason="more people"),))
    text = " ".join(show.text(asked).split())
    assert f"{day.isoformat()} missing 110" in text
    assert "+30 %" in text


def test_a_status_page_shows_a_score_of_which_nobody_said_what_is_expected() -> None:
    steps = KeyResult(
        id="steps",
        measure=Measure("steps", unit="steps"),
        baseline=0,
        target=2,
        cycle=MODEL.key_results[0].cycle,
        counting=Milestones([Milestone("one"), Milestone("two")]),
    )
    found = review(GoalModel(key_results=[steps]), [Series.of(steps.measure, {WEEKS[0]: 1})], as_of=WEEKS[-1])
    assert "| steps | 50 % | ○ no pace |" in show.markdown(found)
