"""Laws of the fairness file: REV-5."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given, strategies as st

from goalmodel import (
    Attainment,
    Commit,
    GoalModelError,
    KeyResult,
    Measure,
    OnDueDate,
    Reading,
    Series,
    Standard,
    Support,
)
from goalmodel.commit import Amendment, Consent, Response, SupportKind
from goalmodel.fairness import FairnessFile, fairness_file
from goalmodel.key_result import revise
from goalmodel.measure import Cycle, Exclusion
from goalmodel.testing import commits, dates, key_results, restated_series, series

UPTIME = Measure("uptime", unit="percent")
START, DUE = dt.date(2026, 9, 1), dt.date(2026, 12, 31)
SLA = Commit(
    id="sla",
    measure=UPTIME,
    standard=Standard.at_least(99.9),
    manner=OnDueDate(),
    due=DUE,
    declared_on=START,
    support=Support(SupportKind.PEOPLE, "two"),
    consents=Consent(who="support", told_on=START, answer=Response.AGREED, answered_on=START),
    amendments=Amendment(
        on=dt.date(2026, 10, 1), since=dt.date(2026, 11, 1), standard=Standard.at_least(99.8), reason="moved"
    ),
    exclusions=Exclusion(start=dt.date(2026, 11, 2), end=dt.date(2026, 11, 3), reason="moving", agreed_on=START),
)
TOLD = Series(UPTIME, [Reading(DUE, 99.7), Reading(DUE, 99.85, known_on=dt.date(2027, 1, 20))])


class TestREV5:
    """What a dispute needs stands in one place: who was told and what they answered, what supports it, what was
    amended, left out and restated, what speaks against consequences, and the verdict as first judged, as corrected and
    as declared.
    """

    @given(goal=st.one_of(commits(), key_results()), data=st.data(), as_of=dates())
    def test_each_verdict_is_what_the_goal_says_by_those_figures(
        self, goal: Commit | KeyResult, data: st.DataObject, as_of: dt.date
    ) -> None:
        read = data.draw(restated_series(measure=goal.measure, max_size=4))
        found = fairness_file(goal, read, as_of=as_of)
        known = Series(goal.measure, [each for each in read if each.known_since <= as_of])
        assert found == fairness_file(goal, known, as_of=as_of)
        if isinstance(goal, Commit):
            assert found.as_corrected is goal.attainment(read, as_of=as_of)
            assert found.as_first_judged is goal.attainment(read.as_first_known, as_of=as_of)
            assert found.objections == goal.assess(read, as_of=as_of).accountability.objections
        else:
            assert found.as_corrected == goal.assess(read, as_of=as_of).score
            assert found.as_first_judged == goal.assess(read.as_first_known, as_of=as_of).score
            assert (found.consents, found.support, found.objections) == ((), (), ())

    @given(goal=st.one_of(commits(), key_results()), data=st.data(), as_of=dates())
    def test_without_a_restatement_or_a_change_there_is_nothing_to_dispute(
        self, goal: Commit | KeyResult, data: st.DataObject, as_of: dt.date
    ) -> None:
        found = fairness_file(goal, data.draw(series(measure=goal.measure)), as_of=as_of)
        assert not found.is_disputed
        assert found.restatements == ()

    def test_all_of_it_on_three_days(self) -> None:
        before, on_due, later = (
            fairness_file(SLA, TOLD, as_of=day) for day in (dt.date(2026, 9, 15), DUE, dt.date(2027, 2, 1))
        )
        assert (before.amendments, before.restatements) == ((), ())
        assert before.as_corrected is Attainment.IN_FLIGHT
        assert (on_due.as_first_judged, on_due.as_corrected) == (Attainment.NOT_KEPT, Attainment.NOT_KEPT)
        assert later.as_first_judged is Attainment.NOT_KEPT
        assert later.as_corrected is Attainment.KEPT
        assert later.as_declared is Attainment.NOT_KEPT
        assert (later.consents, later.support, later.amendments) == (SLA.consents, SLA.support, SLA.amendments)
        assert (later.exclusions, [str(each) for each in later.restatements]) == (
            SLA.exclusions,
            ["uptime: 99.7 on 2026-12-31 became 99.85, known since 2027-01-20"],
        )
        assert str(later) == ("sla on 2027-02-01: as first judged not kept, as corrected kept, as declared not kept")

    def test_a_key_result_has_its_revisions_and_no_consequences(self) -> None:
        kr = KeyResult(id="up", measure=UPTIME, baseline=99, target=100, cycle=Cycle(START, DUE))
        revised = revise(kr, target=99.9, on=dt.date(2026, 10, 1), reason="too far")
        found = fairness_file(revised, TOLD, as_of=DUE)
        assert found.revisions == revised.revisions
        assert str(found) == "up on 2026-12-31: as first judged 77.8 %, as corrected 77.8 %, as declared 70 %"
        unread = fairness_file(kr, Series(UPTIME), as_of=DUE)
        assert str(unread).count("without a score") == 3

    def test_of_what_is_no_promise_there_is_none(self) -> None:
        with pytest.raises(GoalModelError, match="a Commit or a KeyResult"):
            fairness_file(UPTIME, TOLD, as_of=DUE)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

    def test_two_objections_are_counted(self) -> None:
        bare = attrs.evolve(SLA, support=(), consents=(), consequence="no bonus")
        found = fairness_file(bare, Series(UPTIME), as_of=START)
        assert isinstance(found, FairnessFile)
        assert str(found).endswith("objections")
