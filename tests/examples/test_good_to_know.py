"""Measures that are good to know: looked at, and not judged."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import attrs
import pytest

from goalmodel import (
    Absence,
    Aggregation,
    Cycle,
    GoalModel,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    Reading,
    Review,
    Series,
    interchange,
    lint,
    review,
    show,
)
from goalmodel.errors import GivenTwice, MeasuresDiffer, NotReadable, SeveralProblems, WrongMeasure, WrongType
from goalmodel.measure import Derived, GoodToKnow, Ratio

VIEWS = Measure("page views", unit="views", aggregation=Aggregation.SUM, lowest=0)
ORDERS = Measure("orders", unit="orders")
DAY = dt.date(2026, 11, 29)
AS_OF = dt.date(2026, 11, 30)
KPI = Kpi(id="orders", measure=ORDERS, bands=HealthBands.at_least(8))


def looked_at(*read: Reading, as_of: dt.date = AS_OF, measure: Measure = VIEWS) -> GoodToKnow:
    """Return what a review says of a measure of which some readings are known."""
    history = [Series(measure, read)] if read else []
    (found,) = review(GoalModel(good_to_know=[measure]), history, as_of=as_of).good_to_know
    return found


class TestInAModel:
    """They stand by name, each once, and as in the goals on them."""

    def test_they_stand_by_name(self) -> None:
        assert GoalModel(good_to_know=[VIEWS, ORDERS]).good_to_know == (ORDERS, VIEWS)
        assert GoalModel(good_to_know=[VIEWS]).goals == ()

    def test_what_is_none_and_what_is_given_twice_is_refused_all_at_once(self) -> None:
        other = attrs.evolve(VIEWS, lowest=None)
        with pytest.raises(SeveralProblems) as refused:
            GoalModel(
                kpis=[KPI],
                good_to_know=[VIEWS, "page views", VIEWS, other, attrs.evolve(ORDERS, unit="boxes")],  # type: ignore[list-item] # pyright: ignore[reportArgumentType] # whatever is given
            )
        assert [(type(each), str(each.field)) for each in refused.value.problems] == [
            (WrongType, "good_to_know[1]"),
            (GivenTwice, "good_to_know[2].name"),
            (GivenTwice, "good_to_know[3].name"),
            (MeasuresDiffer, "good_to_know[3].lowest"),
            (MeasuresDiffer, "good_to_know[4].unit"),
        ]

    def test_a_goal_may_be_on_one_and_is_asked_about(self) -> None:
        model = GoalModel(kpis=[KPI], good_to_know=[ORDERS])
        assert [each.goals for each in lint(model, as_of=AS_OF) if each.code == "GM517"] == [("orders",)]

    def test_a_goal_that_is_over_is_not_asked_about(self) -> None:
        moved = KeyResult(id="kr", measure=VIEWS, baseline=1, target=2, cycle=Cycle.quarter(2026, 3))
        model = GoalModel(key_results=[moved], good_to_know=[VIEWS])
        assert "GM517" in {each.code for each in lint(model, as_of=moved.cycle.end)}
        assert "GM517" not in {each.code for each in lint(model, as_of=moved.cycle.end + dt.timedelta(days=1))}

    def test_the_page_of_a_model_names_them(self) -> None:
        assert "page views" in show.text(GoalModel(good_to_know=[VIEWS]))
        assert "good to know" not in show.text(GoalModel())


class TestInAReview:
    """The latest reading as known on the date, and no verdict."""

    @pytest.mark.parametrize(
        ("read", "words"),
        [
            ((), "never read"),
            ((Reading(dt.date(2026, 12, 1), 7),), "never read"),
            ((Reading(DAY, 7, known_on=dt.date(2026, 12, 1)),), "never read"),
            ((Reading(AS_OF, 7),), "7 views on 2026-11-30"),
            ((Reading(DAY, 4_100), Reading(dt.date(2026, 11, 28), 9)), "4,100 views on 2026-11-29"),
            ((Reading(DAY, 4_100), Reading(AS_OF, Absence.MISSING)), "missing on 2026-11-30"),
            ((Reading(DAY, 4_100), Reading(DAY, 5, known_on=AS_OF)), "5 views on 2026-11-29"),
            ((Reading(DAY, -1),), "-1 views on 2026-11-29, which it cannot be"),
        ],
        ids=["none", "later", "known later", "the day", "the latest", "absent", "restated", "impossible"],
    )
    def test_what_was_read_last_is_shown_in_all_forms(self, read: tuple[Reading, ...], words: str) -> None:
        found = looked_at(*read)
        assert str(found) == f"page views: {words}"
        for shown in (show.line(found), show.text(found), show.markdown(found)):
            assert words in shown
        seen = review(GoalModel(good_to_know=[VIEWS]), [Series(VIEWS, read)], as_of=AS_OF)
        assert seen.page() == f"Review on 2026-11-30\n\nGood to know\n  page views: {words}"
        assert words in show.text(seen)
        assert words in show.html(seen)

    def test_rows_have_value_absence_and_day(self) -> None:
        read = [Series.of(VIEWS, {DAY: 4_100}), Series.of(ORDERS, {DAY: Absence.NOT_MEASURED})]
        model = GoalModel(good_to_know=[VIEWS, ORDERS, Measure("visits")])
        seen = review(model, read, as_of=AS_OF)
        rows = show.rows(seen.good_to_know)
        assert [list(row) for row in rows] == [[each.name for each in show.COLUMNS["good to know"]]] * 3
        assert [(row["measure"], row["value"], row["absence"], row["on"]) for row in rows] == [
            ("orders", None, Absence.NOT_MEASURED.value, "2026-11-29"),
            ("page views", 4100.0, None, "2026-11-29"),
            ("visits", None, None, None),
        ]
        assert show.rows(seen) == []

    def test_nothing_is_said_of_them_beside(self) -> None:
        seen = review(GoalModel(good_to_know=[VIEWS]), [Series.of(VIEWS, {DAY: 1})], as_of=AS_OF)
        assert (seen.unused, seen.findings, seen.flags_by_chance.worse) == ((), (), 0)
        before = review(GoalModel(good_to_know=[VIEWS]), [], as_of=AS_OF)
        assert seen.changes_since(before) == ()

    def test_what_is_derived_may_be_good_to_know_and_what_follows_from_one_may_be_judged(self) -> None:
        share = Measure("orders a view", unit="orders a view")
        derived = [Derived(measure=share, formula=Ratio(ORDERS, VIEWS))]
        history = [Series.of(VIEWS, {DAY: 4}), Series.of(ORDERS, {DAY: 2})]
        kpi = attrs.evolve(KPI, measure=share, bands=HealthBands.at_least(Fraction(1, 2)))
        seen = review(GoalModel(kpis=[kpi], derived=derived, good_to_know=[VIEWS]), history, as_of=AS_OF)
        assert (seen["orders"].health, str(seen.good_to_know[0])) == ("healthy", "page views: 4 views on 2026-11-29")  # type: ignore[union-attr] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] # a KPI
        assert "GM517" not in {each.code for each in seen.findings}
        (found,) = review(GoalModel(derived=derived, good_to_know=[share]), history, as_of=AS_OF).good_to_know
        assert found.latest == Reading(DAY, Fraction(1, 2))

    def test_a_series_of_another_measure_of_that_name_is_refused(self) -> None:
        with pytest.raises(WrongMeasure):
            review(GoalModel(good_to_know=[VIEWS]), [Series(attrs.evolve(VIEWS, unit="hits"), ())], as_of=AS_OF)

    def test_a_series_nobody_asked_for_is_named(self) -> None:
        seen = review(GoalModel(good_to_know=[VIEWS]), [Series(Measure("page view"), ())], as_of=AS_OF)
        assert seen.unused == ("page view",)


class TestInDocuments:
    """They are written and read, and documents of before there were any are read, too."""

    def test_a_document_without_them_is_read(self) -> None:
        model = GoalModel(kpis=[KPI], good_to_know=[VIEWS])
        found = review(model, [], as_of=AS_OF)
        kinds: tuple[tuple[type[Any], Any, Any], ...] = (
            (GoalModel, model, attrs.evolve(model, good_to_know=())),
            (Review, found, attrs.evolve(found, good_to_know=())),
        )
        for kind, value, before in kinds:
            document = interchange.document(value)
            assert interchange.load(kind, document) == value
            for field in ("good_to_know", "before"):
                document.pop(field, None)
            assert interchange.load(kind, document) == before

    def test_one_twice_is_a_problem_with_its_place(self) -> None:
        document = interchange.document(GoalModel(good_to_know=[VIEWS]))
        document["good_to_know"] *= 2
        with pytest.raises(NotReadable) as found:
            interchange.load(GoalModel, document)
        assert "/good_to_know/1/name" in str(found.value)
