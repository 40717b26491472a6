"""Laws of what is shown: every value in every form, well formed, escaped, plain, and true to its verdict."""

from __future__ import annotations

import datetime as dt
import json
import xml.dom.minidom
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings, strategies as st

from goalmodel import (
    Kpi,
    KpiAssessment,
    Measure,
    Review,
    Series,
    show,
)
from goalmodel.changes import ReviewChange
from goalmodel.commit import CommitAssessment
from goalmodel.errors import GoalModelError
from goalmodel.exact import nearest_float
from goalmodel.hygiene import Finding
from goalmodel.interchange.kinds import ENUMS, VALUES
from goalmodel.key_result import KeyResultAssessment
from goalmodel.kpi import KpiHistory
from goalmodel.measure import EachReading
from goalmodel.objective import Rollup
from goalmodel.show import COLUMNS
from goalmodel.show.charts import MOST_POINTS
from goalmodel.testing import values

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
    @slow
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

    @given(values(KpiAssessment))
    def test_no_fact_of_a_reason_is_missing_from_the_text(self, found: KpiAssessment) -> None:
        told = " ".join(show.text(found).split())
        for reason in found.explained:
            assert " ".join("".join(each if each.isprintable() else " " for each in str(reason)).split())[:60] in told


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


class TestRows:
    """Rows have one row a goal and kind, the columns as documented, no fraction and no enumeration."""

    @slow
    @given(values(Review), st.booleans(), st.booleans())
    def test_of_a_review(self, found: Review, dates: bool, exact: bool) -> None:  # noqa: FBT001 - drawn
        rows = show.rows(found, dates=dates, exact=exact)
        goals = [*found.kpis, *found.key_results, *found.commits, *found.objectives]
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
