"""Laws of what is shown: every value in every form, well formed, escaped, plain, and true to its verdict."""

from __future__ import annotations

import datetime as dt
import json
import xml.dom.minidom
from enum import StrEnum
from math import isfinite
from typing import Any, Final

import attrs
import pytest
from hypothesis import HealthCheck, assume, example, given, settings, strategies as st

from budgets import A_FEW_OF_EACH
from goalmodel import (
    Continue,
    Demote,
    GoalModel,
    Heading,
    Keep,
    Kpi,
    KpiAssessment,
    Measure,
    Polarity,
    Promote,
    Review,
    Series,
    answers,
    show,
)
from goalmodel.changes import ReviewChange
from goalmodel.commit import CommitAssessment
from goalmodel.errors import GoalModelError
from goalmodel.exact import nearest_float
from goalmodel.hygiene import Finding
from goalmodel.interchange.kinds import ENUMS, VALUES
from goalmodel.key_result import KeyResultAssessment
from goalmodel.kpi import CompositeAssessment, KpiHistory
from goalmodel.measure import EachReading
from goalmodel.objective import Rollup, RollupMethod
from goalmodel.show import COLUMNS
from goalmodel.show.charts import MOST_POINTS
from goalmodel.testing import values
from goalmodel.trend import Standing, TrendPolicy

KINDS = [*VALUES.values(), *ENUMS.values()]
by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
HOSTILE = (
    "<script>alert(1)</script>",
    "\u202eabc",
    "x" * 500,
    "🏥🔥",
    '"><img src=x onerror=y>',
    "a|b`c*d_[e](f)",
    "]]>",
    "\x07",
)
TELLING: Final = (Standing.BETTER, Standing.WORSE, Heading.IMPROVING, Heading.WORSENING)
TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "float": (float,),
    "count": (int,),
    "yes or no": (bool,),
    "date": (str,),
}


def _parsed(html: str) -> xml.dom.minidom.Document:
    return xml.dom.minidom.parseString(html.encode())  # noqa: S318 - what we have written a moment before


class TestEveryForm:
    """Every form of every public value exists, ends and never raises."""

    @by_kind
    @A_FEW_OF_EACH
    @given(data=st.data())
    def test_of_every_value(self, kind: type[Any], data: st.DataObject) -> None:
        value = data.draw(values(kind))
        line = show.line(value)
        assert line
        assert line == " ".join(line.split())
        assert show.text(value)
        assert show.markdown(value).startswith("# ")
        found = _parsed(show.html(value))
        assert not found.getElementsByTagName("script")
        assert not found.getElementsByTagName("style")
        ids = [each.getAttribute("id") for each in found.getElementsByTagName("*") if each.hasAttribute("id")]
        assert len(ids) == len(set(ids)) or kind is not KpiAssessment
        assert value._repr_html_() == show.html(value) if hasattr(value, "_repr_html_") else True

    @pytest.mark.one_python
    @by_kind
    @A_FEW_OF_EACH
    @given(data=st.data())
    def test_in_other_words(self, kind: type[Any], data: st.DataObject) -> None:
        value = data.draw(values(kind))
        phrases = show.phrases(value)
        assert list(phrases) == sorted(set(phrases))
        words = dict.fromkeys(phrases, "§")
        _parsed(show.html(value, words=words))
        if kind in (KpiAssessment, KeyResultAssessment, CommitAssessment, Rollup):
            same = {each: each for each in phrases if "-" not in each}
            assert show.text(value, words=same) == show.text(value)
        assert show.text(value, words={}) == show.text(value)

    @pytest.mark.parametrize("name", HOSTILE)
    def test_a_hostile_name_stays_text(self, name: str) -> None:
        try:
            measure = Measure(name.strip(), unit=name)
            kpi = Kpi(id=name.strip(), measure=measure, owner=name)
        except GoalModelError:
            return
        found = kpi.assess(
            Series.of(measure, {dt.date(2026, 1, 1): 3, dt.date(2026, 2, 1): 4}), as_of=dt.date(2026, 2, 1)
        )
        html = show.html(found)
        document = _parsed(html)
        assert not any(document.getElementsByTagName(tag) for tag in ("script", "img"))
        assert "\n" not in show.line(found)
        assert "\u202e" not in html

    @pytest.mark.parametrize(
        "kind",
        [KpiAssessment, CompositeAssessment, KeyResultAssessment, CommitAssessment, Rollup, Promote, Keep, Continue],
    )
    @slow
    @given(data=st.data())
    def test_no_fact_of_a_reason_is_missing_from_the_text(self, kind: type[Any], data: st.DataObject) -> None:
        found = data.draw(values(kind))
        told = _letters(show.text(found))
        for name in ("explained", "reasons", "evidence"):
            for reason in getattr(found, name, ()):
                assert _letters(str(reason)) in told


def _letters(text: str) -> str:
    """Return a text without blanks and what can't be printed, which a terminal has otherwise."""
    return "".join(each for each in text if each.isprintable() and not each.isspace())


class TestAnswers:
    """What is answered is made of facts: reasons with codes, one sentence each."""

    @slow
    @given(st.lists(values(ReviewChange), max_size=5))
    def test_every_change_is_told_or_counted(self, changes: list[ReviewChange]) -> None:
        said = answers.change_reasons(changes)
        assert said
        assert {reason.rule for reason in said} == {"REV-2"}
        assert (said[0].code == "changed-nothing") == (not changes)
        named = {goal for reason in said for goal in dict(reason.facts).get("goals", ())}  # type: ignore[attr-defined]
        assert named <= {each.goal for each in changes}
        counted = sum(dict(reason.facts).get("count", 0) for reason in said)  # type: ignore[misc]
        assert counted <= len(set(changes))
        assert counted or named >= {each.goal for each in changes if each.goal is not None}
        assert answers.change_reasons(changes[::-1]) == said
        assert show.what_changed(changes) == "; ".join(map(str, said))

    @given(values(KeyResultAssessment))
    def test_where_it_lands_is_what_the_forecast_says(self, found: KeyResultAssessment) -> None:
        said = {reason.code: dict(reason.facts) for reason in answers.landing_reasons(found)}
        if found.score is None:
            assert tuple(said) == tuple({reason.code: None for reason in found.reasons})
            return
        (first, *_) = said.values()
        assert first["score"] == found.score
        landing = [facts["value"] for code, facts in said.items() if code.startswith("answer-at-this-pace")]
        is_open = found.as_of < found.in_force.cycle.end
        assert landing == ([found.forecast.value] if is_open and found.forecast.value is not None else [])

    @given(values(Promote))
    def test_all_evidence_is_told(self, found: Promote) -> None:
        said = answers.proposal_reasons(found)
        assert said[: len(found.evidence)] == found.evidence
        starts = [dict(reason.facts)["baseline"] for reason in said if reason.code == "answer-proposed-from"]
        assert starts == ([] if found.baseline is None else [found.baseline])
        if found.baseline is not None:
            assert said[-len(found.by_chance.reasons) :] == found.by_chance.reasons

    @given(values(Demote))
    def test_all_evidence_of_a_demotion_is_told(self, found: Demote) -> None:
        assert answers.proposal_reasons(found) == found.evidence


class TestCharts:
    """A chart says what the verdict says."""

    @given(values(KpiAssessment))
    def test_its_last_points_stand_where_the_figures_stood(self, found: KpiAssessment) -> None:
        history = found.history
        assert history is not None
        zones = history.zones(found.as_of)
        if not history.view.count(found.as_of):
            return
        drawn = show.chart(found)
        json.dumps(drawn)
        points: Any = [each for each in drawn["points"] if not each["is_provisional"]]  # type: ignore[attr-defined]
        assert [each["verdict"] for each in points if each["verdict"]] == [
            zone.health.value for zone in zones[-MOST_POINTS:]
        ]
        if isinstance(found.kpi.window, EachReading) and points:
            assert points[-1]["on"] == found.latest.on.isoformat() if found.latest else True

    @given(values(KpiAssessment))
    def test_its_limits_are_those_of_the_history(self, found: KpiAssessment) -> None:
        assume(found.latest is not None)
        history = KpiHistory(found.kpi, found.history.series if found.history else Series(found.kpi.measure, ()))
        limits = found.history.limits(found.as_of) if found.history else None
        lines: Any = {each["label"]: each["points"][0][1] for each in show.chart(found)["lines"]}  # type: ignore[attr-defined]
        assert history.kpi == found.kpi
        assert ("mean" in lines) == (limits is not None)
        if limits is not None:
            assert lines["mean"] == nearest_float(limits.mean)

    @given(values(KeyResultAssessment))
    def test_a_key_result_is_drawn_to_its_target(self, found: KeyResultAssessment) -> None:
        now = found.in_force
        assume(now.is_scorable)
        lines: Any = {each["label"]: each["points"][-1] for each in show.chart(found)["lines"]}  # type: ignore[attr-defined]
        assert lines["target"][0] == now.cycle.end.isoformat()
        assert lines["target"][1] == nearest_float(now.value_at(1))

    @given(values(KpiAssessment))
    def test_what_lies_beyond_a_limit_is_never_as_usual(self, found: KpiAssessment) -> None:
        assume(found.latest is not None and found.history is not None and found.usual is not None)
        assert found.history is not None
        assert found.usual is not None
        policy = found.history.policy
        drawn: Any = show.chart(found)
        lines = {each["label"]: each["points"][0][1] for each in drawn["lines"]}
        is_default = found.usual.rule == TrendPolicy().usual and not policy.seasonal
        is_two_sided = found.kpi.measure.polarity is Polarity.IN_RANGE_IS_BETTER
        if not lines or not is_default or is_two_sided or found.standing is Standing.UNDETERMINED:
            return
        latest = [each["value"] for each in drawn["points"] if not each["is_provisional"]][-1]
        if latest > lines["upper limit"] or latest < lines["lower limit"]:
            assert found.standing in (Standing.BETTER, Standing.WORSE)

    @given(values(KpiAssessment))
    def test_a_ring_is_drawn_where_a_rule_begins_to_see_something(self, found: KpiAssessment) -> None:
        assume(found.history is not None and found.latest is not None)
        assert found.history is not None
        drawn: Any = show.chart(found)
        history = found.history.as_known(found.as_of)
        kpi, series = history.kpi, history.series
        before: list[StrEnum] = [Standing.UNDETERMINED, Heading.UNDETERMINED]
        for each in drawn["points"]:
            if not each["is_provisional"]:
                seen = kpi.assess(series, as_of=dt.date.fromisoformat(each["on"]), policy=history.policy)
                now: list[StrEnum] = [seen.standing, seen.heading]
                news = [word for word, was in zip(now, before, strict=True) if word is not was and word in TELLING]
                assert (each["mark"] is not None) == bool(news)
                assert all(word.value in each["mark"] for word in news)
                before = now

    @given(values(KpiAssessment))
    def test_moves_beyond_the_limit_are_marked(self, found: KpiAssessment) -> None:
        assume(found.history is not None and found.latest is not None)
        drawn: Any = show.chart(found)
        if drawn["below"] is None:
            return
        at: dict[str, float] = {each["on"]: each["value"] for each in drawn["points"]}
        # What no float holds is drawn beyond the edge, and nothing is measured there.
        assume(all(map(isfinite, at.values())))
        days = list(at)
        limits = [each for each in drawn["below"]["lines"] if each["label"] == "upper limit"]
        for each in drawn["below"]["points"]:
            move = abs(at[each["on"]] - at[days[days.index(each["on"]) - 1]])
            assert each["value"] == pytest.approx(move, rel=1e-9, abs=1e-9 * max(map(abs, at.values())))
            (limit,) = (
                one["points"][0][1] for one in limits if one["points"][0][0] <= each["on"] <= one["points"][1][0]
            )
            assert (each["mark"] is not None) == (each["value"] > limit) or each["value"] == pytest.approx(limit)

    @given(values(Rollup))
    def test_a_tree_adds_up_to_the_result_it_shows(self, found: Rollup) -> None:
        drawn: Any = show.chart(found)
        scores = {each["id"]: each["score"] for each in drawn["nodes"]}
        assert scores[""] == (None if found.score is None else nearest_float(found.score))
        if found.score is not None and found.policy.mean is RollupMethod.WEIGHTED:
            added = sum(each["share"] * scores[each["start"]] for each in drawn["links"] if each["share"])
            assert added == pytest.approx(scores[""], abs=1e-9)

    @slow
    @given(values(Review))
    def test_a_tree_of_a_review_says_what_the_review_says(self, found: Review) -> None:
        assume(found.objectives)
        drawn: Any = show.chart(found)
        layers = {each["id"]: each["layer"] for each in drawn["nodes"]}
        assert all(layers[each["start"]] < layers[each["end"]] for each in drawn["links"])
        for each in drawn["nodes"]:
            verdict = found[each["id"]]
            if isinstance(verdict, CommitAssessment):
                assert each["verdict"] == verdict.attainment.value
            if isinstance(verdict, KeyResultAssessment):
                assert each["verdict"] == ("no score" if verdict.score is None else str(verdict.score))

    @given(values(GoalModel))
    def test_a_chain_has_every_link_of_its_model_forwards(self, model: GoalModel) -> None:
        links = {(goal.id, served) for goal in model.goals for served in goal.serves}
        links |= {(each.origin.kpi, each.id) for each in model.key_results if each.origin is not None}
        assume(links)
        drawn: Any = show.chart(model)
        assert sorted((each["start"], each["end"]) for each in drawn["links"]) == sorted(links)
        layers = {each["id"]: each["layer"] for each in drawn["nodes"]}
        assert all(layers[start] < layers[end] for start, end in links)

    @given(values(CommitAssessment))
    def test_what_is_left_ends_where_the_allowance_stands(self, found: CommitAssessment) -> None:
        below: Any = show.chart(found)["below"]
        allowance = found.allowance
        if allowance is None or allowance.left is None:
            assert below is None
        else:
            assert below["points"][-1]["value"] == nearest_float(allowance.left)

    @slow
    @given(st.lists(values(ReviewChange), min_size=1, max_size=4))
    def test_what_got_better_got_worse_the_other_way_round(self, changes: list[ReviewChange]) -> None:
        there: Any = show.chart(changes)
        back: Any = show.chart([attrs.evolve(each, before=each.after, after=each.before) for each in changes])
        assert [each["way"] for each in there["changes"]] == [-each["way"] for each in back["changes"]]
        _parsed(show.html(changes))


class TestRows:
    """Rows have one row a goal and kind, the columns as documented, no fraction and no enumeration."""

    @slow
    @given(values(Review), st.booleans(), st.booleans())
    def test_of_a_review(self, found: Review, dates: bool, exact: bool) -> None:  # noqa: FBT001 - drawn
        rows = show.rows(found, dates=dates, exact=exact)
        goals = [*found.kpis, *found.composites, *found.key_results, *found.commits, *found.objectives]
        assert len(rows) == len(goals)
        _are_as_documented(rows, "goals", dates=dates, exact=exact)

    @pytest.mark.parametrize(
        ("kind", "about"),
        [(Finding, "findings"), (ReviewChange, "changes"), (KpiAssessment, "goals"), (CommitAssessment, "goals")],
    )
    @slow
    @given(data=st.data())
    def test_of_several(self, kind: type[Any], about: str, data: st.DataObject) -> None:
        _are_as_documented(show.rows(data.draw(st.lists(values(kind), max_size=3))), about)

    @given(values(Series), values(Rollup))
    @example(Series(Measure("none"), ()), None)
    def test_of_a_series_and_of_a_roll_up(self, series: Series, rollup: Rollup | None) -> None:
        rows = show.rows(series)
        assert len(rows) == len(series.readings)
        _are_as_documented(rows, "readings")
        if rollup is not None:
            _are_as_documented(show.rows(rollup), "parts")


def _are_as_documented(rows: list[dict[str, Any]], about: str, *, dates: bool = False, exact: bool = False) -> None:
    columns = COLUMNS[about]
    for row in rows:
        assert list(row) == [column.name for column in columns]
        for column in columns:
            cell = row[column.name]
            wanted = TYPES[column.type]
            if column.type == "date" and dates:
                wanted = (dt.date,)
            if column.type == "float" and exact:
                wanted = (str,)
            assert cell is None or type(cell) in wanted, (column, cell)
