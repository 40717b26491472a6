"""Events by hand: every state with every move, what each event changes, what is refused, and the reset on its edges."""

from __future__ import annotations

import datetime as dt
import pickle
import re
import runpy
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, TypedDict, get_args

import attrs
import pytest

import goalmodel as gm
from goalmodel import (
    Cadence,
    Commit,
    CompositeKpi,
    Cycle,
    Demote,
    GoalModel,
    GoalModelError,
    HealthBands,
    Initiative,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Promote,
    Reached,
    Reading,
    Series,
    Standard,
    TrendPolicy,
    apply,
    decide_demotion,
    decide_promotion,
    replay,
)
from goalmodel.capacity import Capacity
from goalmodel.commit import Amendment, Consent, Response, Support, SupportKind
from goalmodel.errors import (
    EventDoesNotFit,
    GivenTwice,
    IllegalMove,
    NotAsTold,
    NothingGiven,
    NotThisGoal,
    OutOfOrder,
    OutOfTime,
    SeveralProblems,
    TargetNotAnImprovement,
    UnknownReference,
    WrongType,
)
from goalmodel.events import (
    Adopted,
    BandsChanged,
    BaselineRestated,
    CapacityChanged,
    CarriedOver,
    ConsentRecorded,
    DaysExcluded,
    Deferred,
    Demoted,
    DeviationAccepted,
    Dropped,
    Edited,
    EnteredInError,
    Event,
    Evidence,
    GoodToKnowChanged,
    Learnt,
    Promoted,
    Proposed,
    PutOnHold,
    Rebased,
    Resumed,
    Retired,
    StandardAmended,
    TargetRevised,
)
from goalmodel.events.event import EDITABLE, OF_A_KPI
from goalmodel.events.moves import touched_by
from goalmodel.events.place import SAYS
from goalmodel.key_result import MeanOfLatest, Origin, Relative, Revision, revise
from goalmodel.kpi import AcceptedDeviation
from goalmodel.lifecycle import (
    MOVES,
    DemotionPolicy,
    FocusPolicy,
    GoalState,
    Move,
    Reset,
    event_of,
    evidence_of,
    next_cycle,
    state_of,
)
from goalmodel.measure import Aggregation, Exclusion
from goalmodel.reasons import spell
from goalmodel.trend import Rebasing, Steps


class Why(TypedDict):
    """What every event says beside what happened."""

    reason: str
    decided_by: str


DOCS = Path(__file__).parents[2] / "docs"
DAY = dt.date(2026, 7, 1)
LATER = dt.date(2026, 7, 2)
CSAT = Measure("satisfaction", unit="points")
KPI = Kpi(id="csat", measure=CSAT, bands=HealthBands.at_least(8, watch=7), serves="glad")
CYCLE = Cycle.quarter(2026, 3)
WHY: Why = {"reason": "it seemed right", "decided_by": "the team"}
MOVED = KeyResult(
    id="csat-q3", measure=CSAT, baseline=7, target=8, cycle=CYCLE, serves="glad", origin=Origin(kpi="csat", on=DAY)
)
FREE = KeyResult(id="free", measure=CSAT, baseline=7, target=9, cycle=CYCLE)
OWED = Commit(
    manner=Reached(),
    id="sla",
    measure=CSAT,
    standard=Standard.at_least(8),
    due=dt.date(2026, 9, 30),
    declared_on=dt.date(2026, 6, 1),
)
GLAD = Objective(id="glad", title="Guests are glad they came")
WORK = Initiative(id="work", title="Paint the walls")
MODEL = GoalModel(kpis=[KPI], key_results=[FREE], commits=[OWED], objectives=[GLAD])
LINKED = attrs.evolve(MODEL, initiatives=[attrs.evolve(WORK, serves=("free", "sla"))])

# The table of the rulebook, typed again: state, and where each move leads.
TABLE = {
    "metric": {
        "watch": "KPI",
        "set as a key result": "key result",
        "commit to": "commit",
        "pursue": "objective",
        "begin": "initiative",
    },
    "KPI": {
        "propose": "proposed",
        "defer": "deferred",
        "promote": "being moved",
        "accept a deviation": "KPI",
        "change the bands": "KPI",
        "rebase": "KPI",
        "leave days out": "KPI",
        "put on hold": "KPI",
        "resume": "KPI",
        "edit": "KPI",
        "retire": "retired",
    },
    "proposed": {
        "defer": "deferred",
        "promote": "being moved",
        "accept a deviation": "proposed",
        "change the bands": "proposed",
        "rebase": "proposed",
        "leave days out": "proposed",
        "put on hold": "proposed",
        "resume": "proposed",
        "edit": "proposed",
        "drop": "KPI",
        "retire": "retired",
    },
    "deferred": {
        "propose": "proposed",
        "defer": "deferred",
        "promote": "being moved",
        "accept a deviation": "deferred",
        "change the bands": "deferred",
        "rebase": "deferred",
        "leave days out": "deferred",
        "put on hold": "deferred",
        "resume": "deferred",
        "edit": "deferred",
        "drop": "KPI",
        "retire": "retired",
    },
    "being moved": {
        "release": "KPI",
        "accept a deviation": "being moved",
        "change the bands": "being moved",
        "rebase": "being moved",
        "leave days out": "being moved",
        "put on hold": "being moved",
        "resume": "being moved",
        "edit": "being moved",
    },
    "key result": {
        "revise the target": "key result",
        "restate the baseline": "key result",
        "leave days out": "key result",
        "put on hold": "key result",
        "resume": "key result",
        "edit": "key result",
        "graduate": "graduated",
        "carry over": "retired",
        "drop": "dropped",
        "retire": "retired",
    },
    "commit": {
        "amend the standard": "commit",
        "record who was told and what they answered": "commit",
        "leave days out": "commit",
        "put on hold": "commit",
        "resume": "commit",
        "edit": "commit",
        "carry over": "retired",
        "retire": "retired",
    },
    "objective": {"edit": "objective", "retire": "retired"},
    "initiative": {"edit": "initiative", "retire": "retired"},
    "graduated": {},
    "dropped": {},
    "retired": {},
}

PROPOSED = Proposed(on=DAY, kpi="csat", **WHY)
POSTPONED = Deferred(on=DAY, kpi="csat", **WHY)
PROMOTED = Promoted(on=DAY, key_result=MOVED, **WHY)
HEIR = attrs.evolve(FREE, id="heir", continues="free", cycle=Cycle.quarter(2026, 4))
TAKEN_UP = attrs.evolve(OWED, id="sla-2", carried_from="sla")

# A model in which the goal with that id stands in that state.
STANDING: dict[GoalState, tuple[GoalModel, str]] = {
    GoalState.METRIC: (GoalModel(), "csat"),
    GoalState.KPI: (MODEL, "csat"),
    GoalState.PROPOSED: (apply(MODEL, PROPOSED), "csat"),
    GoalState.DEFERRED: (apply(MODEL, POSTPONED), "csat"),
    GoalState.BEING_MOVED: (apply(MODEL, PROMOTED), "csat"),
    GoalState.KEY_RESULT: (MODEL, "free"),
    GoalState.COMMIT: (MODEL, "sla"),
    GoalState.OBJECTIVE: (MODEL, "glad"),
    GoalState.INITIATIVE: (GoalModel(initiatives=[WORK]), "work"),
    GoalState.GRADUATED: (
        apply(MODEL, Demoted(on=DAY, key_result=FREE, kpi=KPI, score=None, **WHY)),
        "free",
    ),
    GoalState.DROPPED: (apply(MODEL, Dropped(on=DAY, goal=FREE, **WHY)), "free"),
    GoalState.RETIRED: (apply(MODEL, Retired(on=DAY, goal=FREE, **WHY)), "free"),
}


def _event(move: Move, model: GoalModel, its_id: str) -> Event | None:
    """Return the event that makes *move* with the goal; None where no such goal could be told of."""
    goals = {goal.id: goal for goal in (*model.goals, *model.closed)}
    goal = goals.get(its_id, KPI)
    free = goal if isinstance(goal, KeyResult) else attrs.evolve(FREE, id=its_id)
    owed = goal if isinstance(goal, Commit) else attrs.evolve(OWED, id=its_id)
    kpi = goal if isinstance(goal, Kpi) else attrs.evolve(KPI, id=its_id)
    made: dict[Move, Event] = {
        Move.WATCH: Adopted(on=LATER, goal=attrs.evolve(kpi, serves=()), **WHY),
        Move.SET: Adopted(on=LATER, goal=attrs.evolve(free, origin=None), **WHY),
        Move.COMMIT: Adopted(on=LATER, goal=owed, **WHY),
        Move.PURSUE: Adopted(on=LATER, goal=attrs.evolve(GLAD, id=its_id), **WHY),
        Move.BEGIN: Adopted(on=LATER, goal=attrs.evolve(WORK, id=its_id), **WHY),
        Move.REBASE: Rebased(on=LATER, kpi=its_id, **WHY),
        Move.PROPOSE: Proposed(on=LATER, kpi=its_id, **WHY),
        Move.DEFER: Deferred(on=LATER, kpi=its_id, **WHY),
        Move.PROMOTE: Promoted(
            on=LATER, key_result=attrs.evolve(MOVED, id="new", origin=Origin(kpi=its_id, on=DAY)), **WHY
        ),
        Move.ACCEPT_DEVIATION: DeviationAccepted(on=LATER, kpi=its_id, until=LATER, **WHY),
        Move.CHANGE_BANDS: BandsChanged(on=LATER, kpi=its_id, bands=HealthBands.at_least(9), **WHY),
        Move.EXCLUDE_DAYS: DaysExcluded(on=LATER, goals=[its_id], start=LATER, end=LATER, **WHY),
        Move.HOLD: PutOnHold(on=LATER, goals=[its_id], **WHY),
        Move.RESUME: Resumed(on=LATER, goals=[its_id], **WHY),
        Move.EDIT: Edited(on=LATER, goal=goal, into=attrs.evolve(goal, owner="the shop"), **WHY),
        Move.RESTATE_BASELINE: BaselineRestated(on=LATER, key_result=its_id, baseline=6, **WHY),
        Move.REVISE: TargetRevised(on=LATER, key_result=its_id, target=10, **WHY),
        Move.GRADUATE: Demoted(on=LATER, key_result=free, kpi=attrs.evolve(KPI, id="x", serves=()), score=None, **WHY),
        Move.AMEND: StandardAmended(on=LATER, commit=its_id, standard=Standard.at_least(7), **WHY),
        Move.RECORD_CONSENT: ConsentRecorded(on=LATER, commit=its_id, who="the night shift", **WHY),
        Move.CARRY_OVER: CarriedOver(
            on=LATER, goal=owed, into=attrs.evolve(owed, id="heir", carried_from=its_id), **WHY
        )
        if isinstance(goal, Commit)
        else CarriedOver(
            on=LATER,
            goal=free,
            into=attrs.evolve(HEIR, continues=its_id, origin=free.origin, measure=free.measure),
            **WHY,
        ),
        Move.DROP: Dropped(on=LATER, goal=kpi if isinstance(goal, Kpi) else free, **WHY),
        Move.RETIRE: Retired(on=LATER, goal=goal, **WHY),
    }
    return made.get(move)


class TestTheTable:
    """Every state with every move."""

    def test_it_is_the_one_of_the_rulebook(self) -> None:
        assert {
            state.value: {move.value: after.value for move, after in moves.items()} for state, moves in MOVES.items()
        } == TABLE

    @pytest.mark.parametrize("state", GoalState, ids=lambda state: state.value)
    def test_each_state_is_reached(self, state: GoalState) -> None:
        assert state_of(*STANDING[state]) is state

    @pytest.mark.parametrize("move", [move for move in Move if move is not Move.RELEASE], ids=lambda move: move.value)
    @pytest.mark.parametrize("state", GoalState, ids=lambda state: state.value)
    def test_each_move_leads_where_the_table_says_or_is_refused_with_what_would_be_legal(
        self, state: GoalState, move: Move
    ) -> None:
        model, its_id = STANDING[state]
        event = _event(move, model, its_id)
        assert event is not None
        expected = TABLE[state.value].get(move.value)
        if expected is None:
            with pytest.raises(IllegalMove) as refused:
                apply(model, event)
            assert set(refused.value.legal) == set(TABLE[state.value]) - {"release"}
            assert refused.value.given == move.value
            assert (refused.value.goal, refused.value.state) == (its_id, state)
        else:
            if move is Move.RESUME:
                model = apply(model, PutOnHold(on=DAY, goals=[its_id], **WHY))
            assert state_of(apply(model, event), its_id).value == expected

    def test_the_page_shows_this_table(self) -> None:
        diagram = runpy.run_path(str(DOCS / "lifecycle_diagram.py"))["diagram"]
        page = (DOCS / "explanation" / "life-of-a-goal.md").read_text(encoding="utf-8")
        assert f"```mermaid\n{diagram()}```\n" in page


class TestWhatWasLearnt:
    """What was learnt from a goal that is over may be told later."""

    def test_it_changes_nothing(self) -> None:
        over = apply(MODEL, Retired(on=DAY, goal=FREE, **WHY))
        told = Learnt(on=LATER, goal="free", learnt="calls help", **WHY)
        after = apply(over, told)
        assert attrs.evolve(after, events=over.events) == over
        assert replay(over, [told]) == after
        assert attrs.evolve(after) == after  # as it is made again, with its log
        assert state_of(after, "free") is GoalState.RETIRED

    @pytest.mark.parametrize("goal", ["free", "nothing"])
    def test_nothing_is_learnt_from_what_is_not_over(self, goal: str) -> None:
        told = Learnt(on=DAY, goal=goal, learnt="calls help", **WHY)
        with pytest.raises(EventDoesNotFit) as refused:
            apply(MODEL, told)
        assert str(refused.value.field) == "event.goal"
        with pytest.raises(EventDoesNotFit, match="over"):
            replay(MODEL, [told])


class TestWhoWasTold:
    """That somebody is told of a commit, and what they answer, are events."""

    TOLD = ConsentRecorded(on=DAY, commit="sla", who="the night shift", **WHY)
    SAID = ConsentRecorded(on=LATER, commit="sla", who="the night shift", answer=Response.DECLINED, **WHY)

    def test_they_are_told_and_answer(self) -> None:
        told = Consent(who="the night shift", told_on=DAY)
        said = attrs.evolve(told, answer=Response.DECLINED, answered_on=LATER)
        once, twice = apply(MODEL, self.TOLD), replay(MODEL, [self.TOLD, self.SAID])
        assert once.commits == (attrs.evolve(OWED, consents=told),)
        assert twice.commits == (attrs.evolve(OWED, consents=said),)
        assert replay(MODEL, twice.events) == attrs.evolve(twice)  # as it is made again, with its log

    def test_an_answer_that_was_given_stands(self) -> None:
        model = replay(MODEL, [self.TOLD, self.SAID])
        for again in (self.TOLD, attrs.evolve(self.SAID, answer=Response.AGREED)):
            with pytest.raises(EventDoesNotFit) as refused:
                apply(model, attrs.evolve(again, on=LATER, reason="once more"))
            assert str(refused.value.field) == "event.who"
        with pytest.raises(EventDoesNotFit, match="who was told and has not answered"):
            apply(MODEL, self.SAID)

    def test_an_answer_told_in_error_never_was(self) -> None:
        model = replay(MODEL, [self.TOLD, self.SAID])
        without = apply(model, EnteredInError(on=LATER, event=self.SAID, **WHY))
        assert without.commits == apply(MODEL, self.TOLD).commits
        with pytest.raises(EventDoesNotFit):
            apply(model, EnteredInError(on=LATER, event=self.TOLD, **WHY))

    def test_one_beside_the_log_is_refused(self) -> None:
        model = replay(MODEL, [self.TOLD, self.SAID])
        with pytest.raises(NotAsTold) as refused:
            attrs.evolve(model, commits=[OWED])
        assert (refused.value.goal, refused.value.field[-1]) == ("sla", "consents")


class TestWhatThereIs:
    """How much there is of what goals take is stated, changed and taken away by an event."""

    FIVE = Capacity(resource="engineers", amount=5)
    FOUR = Capacity(resource="engineers", amount=4)
    STATED = CapacityChanged(on=DAY, into=FIVE, **WHY)
    CHANGED = CapacityChanged(on=LATER, capacity=FIVE, into=FOUR, **WHY)
    GONE = CapacityChanged(on=LATER, capacity=FOUR, **WHY)

    def test_it_is_stated_changed_and_taken_away(self) -> None:
        assert apply(MODEL, self.STATED).capacities == (self.FIVE,)
        assert replay(MODEL, [self.STATED, self.CHANGED]).capacities == (self.FOUR,)
        over = replay(MODEL, [self.STATED, PROPOSED, self.CHANGED, self.GONE])
        assert over.capacities == ()
        assert attrs.evolve(over) == over  # as it is made again, with its log
        assert state_of(over, "csat") is GoalState.PROPOSED

    def test_what_is_told_in_error_never_was(self) -> None:
        model = replay(MODEL, [self.STATED, self.CHANGED])
        assert apply(model, EnteredInError(on=LATER, event=self.CHANGED, **WHY)).capacities == (self.FIVE,)
        with pytest.raises(EventDoesNotFit) as refused:
            apply(model, EnteredInError(on=LATER, event=self.STATED, **WHY))
        assert str(refused.value.field) == "model.events[1].capacity"

    def test_what_is_not_so_is_refused(self) -> None:
        with pytest.raises(EventDoesNotFit) as refused:
            replay(MODEL, [self.CHANGED])
        assert refused.value.__notes__[0].startswith("replay stopped at events[0]")
        with pytest.raises(GivenTwice):
            replay(MODEL, [self.STATED, CapacityChanged(on=DAY, into=self.FOUR, **WHY)])
        with pytest.raises(NotAsTold) as wrong:
            GoalModel(capacities=[self.FOUR], events=[self.STATED])
        assert str(wrong.value.field) == "capacities"

    def test_it_is_of_one_resource_and_differs(self) -> None:
        for before, into, field in (
            (None, None, "into"),
            (self.FIVE, self.FIVE, "into"),
            (self.FIVE, Capacity(resource="budget", amount=5), "into.resource"),
        ):
            with pytest.raises(EventDoesNotFit) as refused:
                CapacityChanged(on=DAY, capacity=before, into=into, **WHY)
            assert str(refused.value.field) == field


class TestWhatEventsChange:
    """Each event changes what it tells of, and nothing else."""

    def test_a_promotion_adds_the_key_result_and_leaves_the_kpi_as_it_is(self) -> None:
        after = apply(MODEL, PROMOTED)
        assert after == attrs.evolve(MODEL, key_results=[FREE, MOVED], events=[PROMOTED])

    def test_a_demotion_takes_it_away_again_and_keeps_its_score(self) -> None:
        down = Demoted(on=LATER, key_result=MOVED, kpi=KPI, score=MOVED.score(8), **WHY)
        after = replay(MODEL, [PROMOTED, down])
        assert attrs.evolve(after, events=()) == MODEL
        assert after.closed == (MOVED,)
        assert state_of(after, "csat") is GoalState.KPI

    def test_a_key_result_that_never_was_a_kpi_leaves_a_new_one_behind(self) -> None:
        new = Kpi(id="watched", measure=CSAT, bands=HealthBands.at_least(9))
        after = apply(MODEL, Demoted(on=DAY, key_result=FREE, kpi=new, score=None, **WHY))
        assert after.kpis == (KPI, new)
        assert state_of(after, "watched") is GoalState.KPI

    def test_a_kpi_is_released_only_by_the_last_key_result_that_came_of_it(self) -> None:
        second = attrs.evolve(MOVED, id="second")
        model = attrs.evolve(MODEL, key_results=[MOVED, second])
        once = apply(model, Retired(on=DAY, goal=MOVED, **WHY))
        assert state_of(once, "csat") is GoalState.BEING_MOVED
        assert state_of(apply(once, Retired(on=DAY, goal=second, **WHY)), "csat") is GoalState.KPI

    def test_a_revision_keeps_what_the_target_was(self) -> None:
        after = apply(MODEL, TargetRevised(on=DAY, key_result="free", target=10, **WHY))
        assert after.key_results[0].target_value == 10
        assert after.key_results[0].revisions == (Revision(on=DAY, was=9, reason="it seemed right"),)

    def test_a_target_may_be_revised_by_a_change_from_the_baseline(self) -> None:
        after = apply(MODEL, TargetRevised(on=DAY, key_result="free", target=Relative.percent(100), **WHY))
        assert after.key_results[0].target_value == 14

    def test_an_amendment_stands_on_the_commit(self) -> None:
        told = StandardAmended(on=DAY, commit="sla", standard=Standard.at_least(9), since=LATER, **WHY)
        (after,) = apply(MODEL, told).commits
        assert after.amendments == (Amendment(DAY, Standard.at_least(9), "it seemed right", since=LATER),)

    def test_an_accepted_deviation_stands_on_the_kpi(self) -> None:
        (after,) = apply(MODEL, DeviationAccepted(on=DAY, kpi="csat", until=LATER, **WHY)).kpis
        assert after.accepted == (AcceptedDeviation(since=DAY, until=LATER, reason="it seemed right"),)

    def test_a_baseline_is_restated_and_found_by_an_event(self) -> None:
        told = BaselineRestated(on=DAY, key_result="free", baseline=Fraction(15, 2), **WHY)
        (after,) = apply(attrs.evolve(MODEL, key_results=[FREE]), told).key_results
        assert after == revise(FREE, baseline=Fraction(15, 2), on=DAY, reason="it seemed right")
        waiting = attrs.evolve(FREE, baseline=None)
        (found,) = apply(GoalModel(key_results=[attrs.evolve(waiting, serves=())]), told).key_results
        assert (found.baseline, found.original.baseline) == (Fraction(15, 2), None)

    def test_target_and_baseline_are_told_on_one_day_in_either_order(self) -> None:
        told: list[Event] = [
            BaselineRestated(on=DAY, key_result="free", baseline=6, **WHY),
            TargetRevised(on=DAY, key_result="free", target=10, **WHY),
        ]
        for way in (told, told[::-1]):
            (after,) = replay(MODEL, way).key_results
            assert after.original == FREE
            assert attrs.evolve(after, revisions=()) == attrs.evolve(FREE, baseline=6, target=10)
            assert after.in_force(DAY - dt.timedelta(days=1)).target == 9
        again = TargetRevised(on=DAY, key_result="free", target=11, **WHY)
        with pytest.raises(OutOfOrder, match="each be revised once"):
            replay(MODEL, [*told, again])

    def test_a_change_is_revised_while_nobody_knows_the_baseline(self) -> None:
        waiting = GoalModel(key_results=[attrs.evolve(FREE, baseline=None, target=Relative.percent(30))])
        told: list[Event] = [
            TargetRevised(on=DAY, key_result="free", target=Relative.percent(20), **WHY),
            BaselineRestated(on=LATER, key_result="free", baseline=10, **WHY),
        ]
        assert replay(waiting, told).key_results[0].target == 12

    def test_something_else_is_usual_from_a_day_on_and_never_before_it(self) -> None:
        told = Rebased(on=DAY, kpi="csat", since=LATER, **WHY)
        (after,) = apply(MODEL, told).kpis
        assert after.rebasings == (Rebasing(on=LATER, reason="it seemed right"),)
        assert after.reference == KPI.reference
        with pytest.raises(OutOfTime, match="on or after the day it was decided"):
            attrs.evolve(told, on=LATER, since=DAY)
        with pytest.raises(GivenTwice):
            apply(apply(MODEL, told), attrs.evolve(told, reason="again"))

    def test_objectives_and_initiatives_begin_change_and_end_with_what_came_of_them(self) -> None:
        full = Objective(id="full", title="The house is full")
        renamed = attrs.evolve(full, title="Every table is taken", owner="the host")
        work = attrs.evolve(WORK, serves="free")
        way: list[Event] = [
            Adopted(on=DAY, goal=full, **WHY),
            Adopted(on=DAY, goal=work, **WHY),
            Edited(on=DAY, goal=full, into=renamed, **WHY),
            Edited(on=DAY, goal=KPI, into=attrs.evolve(KPI, serves="full"), **WHY),
            Retired(on=LATER, goal=work, outcome="the walls are blue", **WHY),
            Retired(on=LATER, goal=renamed, outcome="full on Fridays", **WHY),
        ]
        after = replay(MODEL, way)
        assert (after.closed, after.initiatives, after.objectives) == ((work, renamed), (), (GLAD,))
        assert after["csat"] == attrs.evolve(KPI, serves=())
        assert state_of(after, "full") is GoalState.RETIRED
        assert _as_given(after) == after
        with pytest.raises(IllegalMove):
            apply(after, Adopted(on=LATER, goal=full, **WHY))

    def test_what_is_on_hold_rests_until_it_is_resumed(self) -> None:
        held = apply(MODEL, PutOnHold(on=DAY, goals=["csat", "free", "sla"], **WHY))
        assert all(
            goal.exclusions
            == (Exclusion(start=DAY, end=dt.date.max, reason="it seemed right", agreed_on=DAY, is_open=True),)
            for goal in held.measured
        )
        with pytest.raises(EventDoesNotFit, match="not on hold"):
            apply(held, PutOnHold(on=LATER, goals=["csat"], **WHY))
        with pytest.raises(EventDoesNotFit, match="since a day before"):
            apply(held, Resumed(on=DAY, goals=["csat"], **WHY))
        with pytest.raises(EventDoesNotFit, match="since a day before"):
            apply(MODEL, Resumed(on=DAY, goals=["csat"], **WHY))
        with pytest.raises(NothingGiven):
            PutOnHold(on=DAY, goals=[], **WHY)
        with pytest.raises(NothingGiven):
            Resumed(on=DAY, goals=[], **WHY)
        after = apply(held, Resumed(on=LATER, goals=["csat"], **WHY))
        assert [each.end for each in after.watched[0].exclusions] == [DAY]
        assert _as_given(after) == after
        again = apply(after, PutOnHold(on=LATER, goals=["csat"], **WHY))
        assert _as_given(again) == again
        assert str(held.events[0]) == "2026-07-01: csat, free, sla is put on hold, by the team: it seemed right"
        assert str(after.events[1]) == "2026-07-02: csat is resumed, by the team: it seemed right"

    def test_what_came_of_a_goal_and_what_was_learnt_stand_in_the_record(self) -> None:
        full = Objective(id="full", title="The house is full", cycle=CYCLE)
        over = Retired(on=DAY, goal=full, outcome="full on Fridays", is_reached=False, learnt="Mondays differ", **WHY)
        assert apply(GoalModel(objectives=[full]), over).closed == (full,)
        assert (over.is_reached, over.learnt) == (False, "Mondays differ")
        for goal in (KPI, FREE, OWED, WORK):
            with pytest.raises(EventDoesNotFit, match="its readings say whether it was reached"):
                Retired(on=DAY, goal=goal, is_reached=True, **WHY)
        assert Dropped(on=DAY, goal=FREE, learnt="nobody asked for it", **WHY).learnt is not None
        assert CarriedOver(on=DAY, goal=FREE, into=HEIR, learnt="it takes longer", **WHY).learnt is not None

    def test_why_it_is_watched_is_edited(self) -> None:
        into = attrs.evolve(KPI, purpose="we open a second till when it falls")
        told = Edited(on=DAY, goal=KPI, into=into, **WHY)
        assert told.changes == (("purpose", (None, into.purpose)),)
        assert apply(MODEL, told)["csat"] == into

    def test_days_are_left_out_for_some_goals_or_for_all(self) -> None:
        told = DaysExcluded(on=DAY, goals=["csat", "sla"], start=LATER, end=LATER, cause="strike", **WHY)
        after = apply(MODEL, told)
        left_out = Exclusion(start=LATER, end=LATER, reason="it seemed right", agreed_on=DAY, cause="strike")
        assert {goal.id for goal in after.measured if goal.exclusions == (left_out,)} == {"csat", "sla"}
        everybody = attrs.evolve(told, goals=[goal.id for goal in MODEL.measured])
        assert apply(MODEL, everybody).measured == MODEL.with_exclusion(left_out).measured
        with pytest.raises(NothingGiven, match="goals"):
            attrs.evolve(told, goals=())
        with pytest.raises(OutOfOrder, match="end"):
            attrs.evolve(told, end=DAY)
        with pytest.raises(IllegalMove):
            apply(MODEL, attrs.evolve(told, goals=["csat", "nobody"]))

    @pytest.mark.parametrize(
        ("goal", "changed"),
        [
            (KPI, {"owner": "the shop", "definition": "the mean of all answers", "serves": ()}),
            (FREE, {"weight": Fraction(3), "serves": ("glad",), "means": "shorter queues"}),
            (OWED, {"rationale": "a contract says so"}),
        ],
        ids=["KPI", "key result", "commit"],
    )
    def test_an_edit_tells_each_field_before_and_after(
        self, goal: Kpi | KeyResult | Commit, changed: dict[str, Any]
    ) -> None:
        told = Edited(on=DAY, goal=goal, into=attrs.evolve(goal, **changed), **WHY)
        assert dict(told.changes) == {field: (getattr(goal, field), now) for field, now in changed.items()}
        after = apply(MODEL, told)
        assert after[goal.id] == attrs.evolve(goal, **changed)
        assert [each for each in after.goals if each.id != goal.id] == [
            each for each in MODEL.goals if each.id != goal.id
        ]
        with pytest.raises(EventDoesNotFit, match="as it stands in the model"):
            apply(after, attrs.evolve(told, on=LATER))

    @pytest.mark.parametrize(
        ("goal", "into", "field"),
        [
            (KPI, KPI, "into"),
            (KPI, FREE, "into"),
            (KPI, attrs.evolve(KPI, id="other", owner="the shop"), "into"),
            (KPI, attrs.evolve(FREE, id="csat"), "into"),
            (KPI, attrs.evolve(KPI, owner="the shop", bands=HealthBands.at_least(9)), "into.bands"),
            (FREE, attrs.evolve(FREE, target=10), "into.target"),
            (OWED, attrs.evolve(OWED, due=dt.date(2026, 10, 1)), "into.due"),
        ],
        ids=["nothing", "another goal", "another id", "another kind", "bands", "target", "due"],
    )
    def test_an_edit_changes_nothing_else(
        self, goal: Kpi | KeyResult | Commit, into: Kpi | KeyResult | Commit, field: str
    ) -> None:
        with pytest.raises(EventDoesNotFit) as refused:
            Edited(on=DAY, goal=goal, into=into, **WHY)
        assert str(refused.value.field) == field

    def test_the_page_says_of_every_field_by_which_event_it_changes(self) -> None:
        page = (DOCS / "explanation" / "life-of-a-goal.md").read_text(encoding="utf-8")
        rows = page.partition("| field | changes by |\n|---|---|\n")[2].partition("\n\n")[0].splitlines()
        told = {field for row in rows for field in re.findall(r"`(\w+)`", row.split("|")[1])}
        kinds = (Kpi, CompositeKpi, KeyResult, Commit, Objective, Initiative)
        assert told == {field.name for kind in kinds for field in attrs.fields(kind)}
        assert tuple(re.findall(r"`(\w+)`", rows[0].split("|")[1])) == EDITABLE
        assert tuple(re.findall(r"`(\w+)`", rows[1].split("|")[1])) == OF_A_KPI

    def test_the_page_says_of_all_a_model_holds_by_what_it_changes(self) -> None:
        page = (DOCS / "explanation" / "life-of-a-goal.md").read_text(encoding="utf-8")
        rows = page.partition("| what a model holds | changes by |\n|---|---|\n")[2].partition("\n\n")[0].splitlines()
        told = {field for row in rows for field in re.findall(r"`(\w+)`", row.split("|")[1])}
        assert told == {field.name for field in attrs.fields(GoalModel)}
        fields = {field for row in rows for field in re.findall(r"`Capacity\.(\w+)`", row)}
        assert fields == {field.name for field in attrs.fields(Capacity)}

    def test_how_often_a_kpi_is_read_is_edited_and_of_no_other_goal(self) -> None:
        weekly = attrs.evolve(KPI, cadence=Cadence.WEEKLY)
        model = apply(MODEL, Edited(on=DAY, goal=KPI, into=weekly, **WHY))
        assert model["csat"] == weekly
        with pytest.raises(EventDoesNotFit) as refused:
            Edited(on=DAY, goal=FREE, into=attrs.evolve(FREE, cadence=Cadence.WEEKLY), **WHY)
        assert str(refused.value.field) == "into.cadence"
        with pytest.raises(EventDoesNotFit, match="priority, cadence, and nothing else"):
            Edited(on=DAY, goal=KPI, into=attrs.evolve(KPI, tolerated_days=3), **WHY)

    def test_replay_says_where_it_stopped(self) -> None:
        way: list[Event] = [
            Proposed(on=DAY, kpi="csat", **WHY),
            DaysExcluded(on=DAY, goals=["free", "sla"], start=LATER, end=LATER, **WHY),
        ]
        after = replay(MODEL, way)
        assert after == apply(apply(MODEL, way[0]), way[1])
        assert state_of(after, "csat") is GoalState.PROPOSED
        again = "replay stopped at events[2]: 2026-07-01: csat is proposed to become a key result, by the team"
        for twice in (replay(MODEL, way), MODEL):
            with pytest.raises(GivenTwice) as refused:
                replay(twice, [*way[len(twice.events) :], way[0]][-3:])
            assert refused.value.__notes__[0].startswith(again.replace("[2]", f"[{2 - len(twice.events)}]"))
        with pytest.raises(IllegalMove):
            replay(after, [Proposed(on=LATER, kpi="csat", **WHY)])
        early = dt.date(2026, 6, 30)
        with pytest.raises(OutOfOrder):
            replay(after, [Proposed(on=early, kpi="csat", **WHY)])
        with pytest.raises(WrongType) as none:
            replay(MODEL, [7])  # type: ignore[list-item] # pyright: ignore[reportArgumentType] # no event
        assert none.value.__notes__ == ["replay stopped at events[0]: 7"]

    @pytest.mark.parametrize(
        "event",
        [
            Edited(on=LATER, goal=attrs.evolve(KPI, owner="the shop"), into=KPI, **WHY),
            TargetRevised(on=LATER, key_result="free", target=7, **WHY),
            Edited(on=LATER, goal=KPI, into=attrs.evolve(KPI, serves="nobody"), **WHY),
            DaysExcluded(on=LATER, goals=["csat", "nobody"], start=LATER, end=LATER, **WHY),
        ],
        ids=["as it does not stand", "a target on the baseline", "a link to nobody", "no such goal"],
    )
    def test_replay_refuses_what_apply_refuses(self, event: Event) -> None:
        before = Proposed(on=DAY, kpi="csat", **WHY)
        with pytest.raises(GoalModelError) as alone:
            apply(apply(MODEL, before), event)
        with pytest.raises(type(alone.value)) as refused:
            replay(MODEL, [before, event])
        assert str(refused.value) == str(alone.value)
        assert refused.value.__notes__ == [f"replay stopped at events[1]: {event}"]

    @pytest.mark.parametrize(("goal", "heir"), [(FREE, HEIR), (OWED, TAKEN_UP)], ids=["key result", "commit"])
    def test_nothing_goes_on_as_another_measure(self, goal: KeyResult | Commit, heir: KeyResult | Commit) -> None:
        with pytest.raises(EventDoesNotFit, match="'satisfaction', the measure of") as refused:
            CarriedOver(on=DAY, goal=goal, into=attrs.evolve(heir, measure=Measure("something else")), **WHY)
        assert str(refused.value.field) == "into.measure"

    def test_replay_relinks(self) -> None:
        told = Edited(on=DAY, goal=FREE, into=attrs.evolve(FREE, serves="glad"), **WHY)
        assert replay(MODEL, [told]) == apply(MODEL, told)
        assert [each.id for each in replay(MODEL, [told]).serving("glad")] == ["csat", "free"]

    def test_what_was_told_before_a_replay_counts_in_it(self) -> None:
        turned_down = replay(MODEL, [Proposed(on=DAY, kpi="csat", **WHY), Dropped(on=DAY, goal=KPI, **WHY)])
        asked_again = replay(turned_down, [Proposed(on=LATER, kpi="csat", **WHY)])
        assert state_of(asked_again, "csat") is GoalState.PROPOSED
        moved = replay(MODEL, [PROMOTED, DeviationAccepted(on=LATER, kpi="csat", until=LATER, **WHY)])
        assert state_of(moved, "csat") is GoalState.BEING_MOVED
        with pytest.raises(IllegalMove):
            replay(moved, [Proposed(on=LATER, kpi="csat", **WHY)])

    def test_an_edit_leads_to_goals_of_the_model(self) -> None:
        told = Edited(on=DAY, goal=KPI, into=attrs.evolve(KPI, serves="nobody"), **WHY)
        with pytest.raises(UnknownReference, match="nobody"):
            apply(MODEL, told)

    def test_a_whole_and_a_part_of_it_are_edited(self) -> None:
        part = attrs.evolve(KPI, id="part", serves=())
        whole = CompositeKpi(id="whole", parts=[part])
        model = GoalModel(composites=[whole])
        owned = apply(model, Edited(on=DAY, goal=whole, into=attrs.evolve(whole, owner="the shop"), **WHY))
        assert owned.composites == (attrs.evolve(whole, owner="the shop"),)
        after = apply(owned, Edited(on=DAY, goal=part, into=attrs.evolve(part, owner="the desk"), **WHY))
        assert after.composites == (
            CompositeKpi(id="whole", parts=[attrs.evolve(part, owner="the desk")], owner="the shop"),
        )
        other_parts = attrs.evolve(whole, parts=[attrs.evolve(part, owner="the desk")])
        with pytest.raises(EventDoesNotFit, match="parts"):
            Edited(on=DAY, goal=whole, into=other_parts, **WHY)

    def test_bands_change_from_their_day_on(self) -> None:
        told = BandsChanged(on=DAY, kpi="csat", bands=HealthBands.at_least(9), since=LATER, **WHY)
        (after,) = apply(MODEL, told).kpis
        assert after == KPI.with_bands(HealthBands.at_least(9), since=LATER, reason="it seemed right")
        with pytest.raises(OutOfTime):
            attrs.evolve(told, on=LATER, since=DAY)
        with pytest.raises(NothingGiven):
            apply(GoalModel(kpis=[attrs.evolve(KPI, bands=None, serves=())]), told)

    def test_what_led_to_a_goal_leads_to_its_heir_or_there_no_longer(self) -> None:
        work = Initiative(id="work", title="Paint the walls", serves=("free", "csat"))
        model = attrs.evolve(MODEL, initiatives=[work])
        carried = apply(model, CarriedOver(on=DAY, goal=FREE, into=HEIR, **WHY))
        assert carried.initiatives[0].serves == ("csat", "heir")
        retired = apply(model, Retired(on=DAY, goal=FREE, **WHY))
        assert retired.initiatives[0].serves == ("csat",)

    def test_a_commit_is_taken_up_by_one_that_names_it(self) -> None:
        after = apply(MODEL, CarriedOver(on=DAY, goal=OWED, into=TAKEN_UP, **WHY))
        assert after.commits == (TAKEN_UP,)
        assert state_of(after, "sla") is GoalState.RETIRED


class TestWhatIsRefused:
    """What does not fit is refused, and says what would."""

    @pytest.mark.parametrize(
        "event",
        [
            Retired(on=DAY, goal=attrs.evolve(KPI, owner="somebody"), **WHY),
            Dropped(on=DAY, goal=attrs.evolve(FREE, owner="somebody"), **WHY),
            Demoted(on=DAY, key_result=attrs.evolve(FREE, owner="x"), kpi=KPI, score=None, **WHY),
            Demoted(on=DAY, key_result=FREE, kpi=attrs.evolve(KPI, owner="x"), score=None, **WHY),
            CarriedOver(on=DAY, goal=attrs.evolve(FREE, owner="x"), into=HEIR, **WHY),
        ],
        ids=lambda event: type(event).__name__,
    )
    def test_a_goal_that_stands_otherwise(self, event: Event) -> None:
        with pytest.raises(EventDoesNotFit, match="as it stands in the model"):
            apply(MODEL, event)

    def test_a_key_result_of_a_kpi_is_promoted_and_not_adopted(self) -> None:
        with pytest.raises(EventDoesNotFit) as refused:
            Adopted(on=DAY, goal=MOVED, **WHY)
        assert str(refused.value.field) == "goal"

    @pytest.mark.parametrize("moved", [FREE, attrs.evolve(MOVED, origin=Origin(kpi="csat", on=LATER))])
    def test_a_promotion_of_what_came_of_no_kpi_until_then(self, moved: KeyResult) -> None:
        with pytest.raises(EventDoesNotFit):
            Promoted(on=DAY, key_result=moved, **WHY)

    @pytest.mark.parametrize("kpi", [attrs.evolve(KPI, id="x"), attrs.evolve(KPI, measure=Measure("other"))])
    def test_a_demotion_to_another_kpi(self, kpi: Kpi) -> None:
        with pytest.raises(EventDoesNotFit):
            Demoted(on=DAY, key_result=MOVED, kpi=kpi, score=None, **WHY)

    @pytest.mark.parametrize(
        ("goal", "into"),
        [
            (FREE, attrs.evolve(HEIR, continues=None)),
            (FREE, attrs.evolve(HEIR, continues="other")),
            (FREE, attrs.evolve(HEIR, origin=Origin(kpi="csat", on=DAY))),
            (FREE, TAKEN_UP),
            (OWED, attrs.evolve(TAKEN_UP, carried_from="other")),
            (OWED, HEIR),
        ],
    )
    def test_an_heir_that_is_none(self, goal: KeyResult | Commit, into: KeyResult | Commit) -> None:
        with pytest.raises(EventDoesNotFit):
            CarriedOver(on=DAY, goal=goal, into=into, **WHY)

    def test_evidence_of_tomorrow(self) -> None:
        with pytest.raises(EventDoesNotFit) as refused:
            Proposed(on=DAY, kpi="csat", evidence=Evidence(readings=(Reading(LATER, 7),)), **WHY)
        assert refused.value.given == LATER
        assert Proposed(on=DAY, kpi="csat", evidence=Evidence(readings=(Reading(DAY, 7),)), **WHY).on == DAY

    def test_an_amendment_in_force_before_it_was_told(self) -> None:
        with pytest.raises(OutOfTime):
            StandardAmended(on=LATER, commit="sla", standard=Standard.at_least(7), since=DAY, **WHY)

    def test_a_deviation_that_ends_before_it_begins(self) -> None:
        with pytest.raises(OutOfOrder):
            DeviationAccepted(on=LATER, kpi="csat", until=DAY, **WHY)

    @pytest.mark.parametrize(
        ("before", "event", "field", "goal"),
        [
            ((), TargetRevised(on=DAY, key_result="free", target=7, **WHY), "event.target", "free"),
            ((), BaselineRestated(on=DAY, key_result="free", baseline=9, **WHY), "event.baseline", "free"),
            ((), TargetRevised(on=dt.date(2027, 1, 1), key_result="free", target=8, **WHY), "event.on", "free"),
            (
                (TargetRevised(on=DAY, key_result="free", target=8, **WHY),),
                TargetRevised(on=DAY, key_result="free", target=10, **WHY),
                "event.on",
                "free",
            ),
            (
                (),
                StandardAmended(on=dt.date(2027, 1, 1), commit="sla", standard=Standard.at_least(7), **WHY),
                "event.on",
                "sla",
            ),
            (
                (),
                StandardAmended(on=DAY, commit="sla", standard=Standard.at_least(7), since=dt.date(2027, 1, 1), **WHY),
                "event.since",
                "sla",
            ),
            ((), StandardAmended(on=DAY, commit="sla", standard=OWED.standard, **WHY), "event.standard", "sla"),
            ((), ConsentRecorded(on=DAY, commit="sla", who="x", answer=Response.AGREED, **WHY), "event.who", "sla"),
            (
                (BandsChanged(on=DAY, kpi="csat", bands=HealthBands.at_least(9), **WHY),),
                BandsChanged(on=DAY, kpi="csat", bands=HealthBands.at_least(7), **WHY),
                "event.since",
                "csat",
            ),
            (
                (Rebased(on=DAY, kpi="csat", **WHY),),
                Rebased(on=DAY, kpi="csat", reason="once more", decided_by="the team"),
                "event.since",
                "csat",
            ),
            ((), Resumed(on=DAY, goals=["free", "csat"], **WHY), "event.goals", "csat"),
            (
                (),
                Promoted(on=DAY, key_result=attrs.evolve(MOVED, baseline=6, target=5), **WHY),
                "event.key_result.target",
                "csat",
            ),
            (
                (),
                Promoted(on=DAY, key_result=attrs.evolve(MOVED, serves="nobody"), **WHY),
                "event.key_result.serves[0]",
                "csat-q3",
            ),
            (
                (),
                Adopted(on=DAY, goal=attrs.evolve(FREE, id="new", serves="nobody"), **WHY),
                "event.goal.serves[0]",
                "new",
            ),
            (
                (),
                Adopted(on=DAY, goal=Kpi(id="new", measure=Measure("satisfaction", unit="stars")), **WHY),
                "event.goal.measure.unit",
                "new",
            ),
            (
                (),
                Adopted(on=DAY, goal=CompositeKpi(id="all", parts=[attrs.evolve(KPI, id="a", serves="?")]), **WHY),
                "event.goal.parts[0].serves[0]",
                "a",
            ),
            (
                (GoodToKnowChanged(on=DAY, into=Measure("views"), **WHY),),
                Adopted(on=DAY, goal=Kpi(id="new", measure=Measure("views", unit="stars")), **WHY),
                "event.goal",
                "new",
            ),
            (
                (),
                Edited(on=DAY, goal=KPI, into=attrs.evolve(KPI, serves="nobody"), **WHY),
                "event.into.serves[0]",
                "csat",
            ),
            (
                (Adopted(on=DAY, goal=Objective(id="all", title="All is well", serves="glad"), **WHY),),
                Edited(on=DAY, goal=GLAD, into=attrs.evolve(GLAD, serves="all"), **WHY),
                "event.into",
                "all",
            ),
            (
                (),
                CarriedOver(on=DAY, goal=FREE, into=attrs.evolve(HEIR, serves="nobody"), **WHY),
                "event.into.serves[0]",
                "heir",
            ),
            (
                (),
                Demoted(on=DAY, key_result=FREE, kpi=Kpi(id="new", measure=CSAT, serves="?"), score=None, **WHY),
                "event.kpi.serves[0]",
                "new",
            ),
            (
                (CapacityChanged(on=DAY, into=Capacity(resource="hours", amount=5), **WHY),),
                CapacityChanged(on=DAY, into=Capacity(resource="hours", amount=4), **WHY),
                "event.into.resource",
                None,
            ),
            (
                (GoodToKnowChanged(on=DAY, into=Measure("views"), **WHY),),
                GoodToKnowChanged(on=LATER, into=Measure("views"), **WHY),
                "event.into.name",
                None,
            ),
            ((), Learnt(on=DAY, goal="free", learnt="calls help", **WHY), "event.goal", "free"),
            ((), EnteredInError(on=DAY, event=Proposed(on=DAY, kpi="csat", **WHY), **WHY), "event.event", None),
            ((Proposed(on=LATER, kpi="csat", **WHY),), Proposed(on=DAY, kpi="csat", **WHY), "event.on", "csat"),
            ((Proposed(on=DAY, kpi="csat", **WHY),), Proposed(on=DAY, kpi="csat", **WHY), "event", "csat"),
        ],
    )
    def test_each_names_its_place_in_the_event_and_the_goal(
        self, before: tuple[Event, ...], event: Event, field: str, goal: str | None
    ) -> None:
        model = replay(MODEL, before)
        with pytest.raises(GoalModelError) as refused:
            apply(model, event)
        assert (str(refused.value.field), refused.value.goal) == (field, goal)
        assert pickle.loads(pickle.dumps(refused.value)).field == refused.value.field  # noqa: S301 - our own
        with pytest.raises(GoalModelError) as replayed:
            replay(model, [event])
        assert str(replayed.value) == str(refused.value)

    def test_each_of_several_names_its_place(self) -> None:
        lost = attrs.evolve(FREE, id="new", serves=["nobody", "no one"], measure=Measure("satisfaction", unit="stars"))
        with pytest.raises(SeveralProblems) as refused:
            apply(MODEL, Adopted(on=DAY, goal=lost, **WHY))
        places = ["event.goal.serves[0]", "event.goal.serves[1]", "event.goal.measure.unit"]
        assert [str(each.field) for each in refused.value.problems] == places
        assert refused.value.field == refused.value.problems[0].field

    def test_every_kind_of_event_has_a_place_for_what_it_says(self) -> None:
        assert set(SAYS) == set(get_args(Event))
        assert all(field in attrs.fields_dict(kind) for kind, field in SAYS.items())

    def test_a_new_goal_with_the_id_of_another_kind(self) -> None:
        with pytest.raises(IllegalMove) as refused:
            apply(MODEL, Adopted(on=DAY, goal=attrs.evolve(FREE, id="glad"), **WHY))
        assert refused.value.state == "objective"

    def test_a_new_goal_with_a_link_to_nobody(self) -> None:
        with pytest.raises(UnknownReference):
            apply(MODEL, Adopted(on=DAY, goal=attrs.evolve(FREE, id="new", serves="nobody"), **WHY))

    def test_a_model_with_a_goal_that_is_over(self) -> None:
        over = apply(MODEL, Retired(on=DAY, goal=FREE, **WHY))
        with pytest.raises(GivenTwice):
            attrs.evolve(over, key_results=[FREE])

    @pytest.mark.parametrize("junk", [None, "promoted", MOVED])
    def test_what_is_no_event(self, junk: Event) -> None:
        with pytest.raises(WrongType) as refused:
            apply(MODEL, junk)
        assert str(refused.value.field) == "event"
        with pytest.raises(WrongType) as refused:
            GoalModel(events=[junk])
        assert str(refused.value.field) == "events[0]"

    def test_two_events_of_one_day_may_be_told_but_not_one_twice(self) -> None:
        twice = apply(MODEL, DeviationAccepted(on=DAY, kpi="csat", until=DAY, **WHY))
        longer = DeviationAccepted(on=DAY, kpi="csat", until=LATER, **WHY)
        assert len(apply(twice, longer).events) == 2
        with pytest.raises(GivenTwice):
            apply(apply(twice, longer), twice.events[0])


def _monthly(*values: float) -> Series:
    """Return a value for the last day of each month, from April 2026 on."""
    return Series.of(CSAT, {Cycle.month(2026, 4 + at).end: value for at, value in enumerate(values)})


class TestEvidence:
    """What a decision rests on."""

    def test_a_signal_comes_with_its_rule_and_its_false_alarm_rate(self) -> None:
        steps = TrendPolicy(direction=Steps(2))
        found = decide_promotion(KPI, _monthly(9, 8, 7.5), as_of=dt.date(2026, 6, 30), trend=steps)
        assert isinstance(found, Promote)
        evidence = evidence_of(found)
        assert [str(each) for each in evidence.readings] == ["9 on 2026-04-30", "8 on 2026-05-31", "7.5 on 2026-06-30"]
        assert evidence.rule == str(Steps(2))
        assert evidence.false_alarm_rate == Steps(2).false_alarm_rate(12)
        assert evidence.reasons == found.evidence

    def test_what_was_only_chosen_rests_on_no_rule(self) -> None:
        found = decide_promotion(KPI, Series(CSAT), as_of=DAY, chosen="we want more")
        assert isinstance(found, Promote)
        assert evidence_of(found) == Evidence(reasons=found.evidence)

    def test_a_demotion_rests_on_the_reading_that_was_healthy_long_enough(self) -> None:
        readings = _monthly(7, 7, 7, 8, 8, 8)
        moved = attrs.evolve(MOVED, origin=Origin(kpi="csat", on=dt.date(2026, 6, 30)))
        soon = DemotionPolicy(healthy=3)
        found = decide_demotion(moved, KPI, readings, as_of=dt.date(2026, 9, 30), policy=soon)
        assert isinstance(found, Demote)
        assert evidence_of(found).readings == (Reading(dt.date(2026, 9, 30), 8),)

    def test_nothing_else_is_a_decision(self) -> None:
        with pytest.raises(WrongType):
            evidence_of(MODEL)  # type: ignore[arg-type] # what a caller without a type checker may do # pyright: ignore[reportArgumentType]


class TestFromADecisionToItsEvent:
    """One call makes of a decision the event that tells it."""

    BY = "head of service"

    def test_a_proposal_is_told_and_carried_out(self) -> None:
        found = decide_promotion(KPI, _monthly(9, 8, 7.5), as_of=dt.date(2026, 6, 30), chosen="clients leave")
        assert isinstance(found, Promote)
        told = event_of(found, decided_by=self.BY)
        assert told == Proposed(
            on=dt.date(2026, 6, 30),
            kpi="csat",
            reason=str(spell(found.evidence)),
            decided_by=self.BY,
            evidence=evidence_of(found),
        )
        moved = gm.promote(KPI, found, cycle=CYCLE, target=9)
        promoted = event_of(found, key_result=moved, on=DAY, reason="now", decided_by=self.BY)
        assert promoted == Promoted(
            on=DAY, key_result=moved, reason="now", decided_by=self.BY, evidence=evidence_of(found)
        )
        assert state_of(replay(MODEL, [told, promoted]), "csat") is GoalState.BEING_MOVED
        other = attrs.evolve(moved, origin=Origin(kpi="other", on=DAY))
        with pytest.raises(NotThisGoal, match="what the KPI becomes"):
            event_of(found, key_result=other, on=DAY, decided_by=self.BY)

    def test_a_reset_is_told_part_by_part(self) -> None:
        low = Measure("returns", unit="parcels")
        bad = Kpi(id="returns", measure=low, bands=HealthBands.at_most(3))
        done = attrs.evolve(FREE, id="done", target=7.5)
        model = GoalModel(kpis=[KPI, bad], key_results=[MOVED, FREE, done], objectives=[GLAD])
        history = [_monthly(7, 7, 7, 8, 8, 8), Series.of(low, {Cycle.month(2026, m).end: 4 for m in (7, 8, 9)})]
        found = next_cycle(
            model,
            history,
            as_of=dt.date(2026, 9, 30),
            cycle=Cycle.quarter(2026, 4),
            limit=FocusPolicy(limit=1),
            demotion=DemotionPolicy(healthy=3),
        )
        parts: tuple[Any, ...] = (*found.graduates, *found.continuing, *found.ending, *found.focus.deferred)
        way = [event_of(each, decided_by=self.BY) for each in parts]
        assert [type(each) for each in way] == [Demoted, CarriedOver, Retired, Deferred]
        after = replay(model, way)
        assert [each.id for each in after.key_results] == ["free 2026-10-01"]
        assert way[2].reason == "done is over and reached its target: 200 %"
        assert way[1].evidence.readings == (Reading(dt.date(2026, 9, 30), 8),)
        with pytest.raises(NotThisGoal):
            event_of(found.graduates[0], key_result=MOVED, decided_by=self.BY)

    def test_what_was_never_read_rests_on_no_reading(self) -> None:
        model = GoalModel(key_results=[FREE])
        found = next_cycle(model, [], as_of=dt.date(2026, 9, 30), cycle=Cycle.quarter(2026, 4))
        assert event_of(found.ending[0], decided_by=self.BY).evidence.readings == ()

    @pytest.mark.parametrize("junk", [None, MOVED, (), (MOVED, HEIR), [1, 2]])
    def test_nothing_else_is_told(self, junk: Any) -> None:  # noqa: ANN401 - anything
        with pytest.raises(WrongType):
            event_of(junk, decided_by=self.BY)


def _parts(model: GoalModel, history: Iterable[Series], as_of: dt.date) -> tuple[str, ...]:
    found = next_cycle(model, history, as_of=as_of, cycle=Cycle.quarter(2026, 4))
    return (
        ", ".join(each.key_result.id for each in found.running),
        ", ".join(each.key_result.key_result.id for each in found.graduates),
        ", ".join(after.id for _, after in found.continuing),
        ", ".join(why.code for _, why in found.ending),
        ", ".join(each.commit.id for each in found.commits),
    )


class TestReset:
    """The reset on its edges."""

    END = dt.date(2026, 9, 30)
    BOTH = GoalModel(kpis=[KPI], key_results=[MOVED, FREE], commits=[OWED], objectives=[GLAD])

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            (dt.date(2026, 9, 29), ("csat-q3, free", "", "", "", "")),
            (END, ("", "", "csat-q3 2026-10-01, free 2026-10-01", "", "sla")),
            (dt.date(2026, 10, 1), ("", "", "csat-q3 2026-10-01, free 2026-10-01", "", "sla")),
        ],
    )
    def test_what_ends_on_the_day_is_over(self, as_of: dt.date, expected: tuple[str, ...]) -> None:
        assert _parts(self.BOTH, [_monthly(7, 7, 7, 7.5, 7.5)], as_of) == expected

    @pytest.mark.parametrize(
        ("last", "expected"),
        [
            (8.99, ("", "", "free 2026-10-01", "", "")),
            (9, ("", "", "", "reset-reached", "")),
            (9.01, ("", "", "", "reset-reached", "")),
        ],
    )
    def test_what_has_reached_its_target_does_not_go_on(self, last: float, expected: tuple[str, ...]) -> None:
        assert _parts(GoalModel(key_results=[FREE]), [_monthly(7, 7, 7, last)], self.END) == expected

    def test_what_was_never_read_has_nothing_to_go_on_from(self) -> None:
        found = next_cycle(GoalModel(key_results=[FREE]), [], as_of=self.END, cycle=Cycle.quarter(2026, 4))
        ((_, why),) = found.ending
        assert (why.code, why.rule) == ("reset-nothing-to-go-on-from", "EVT-3")
        assert "free" in str(why)

    def test_what_stands_on_its_target_without_a_baseline_can_not_go_on_to_it(self) -> None:
        unknown = attrs.evolve(FREE, baseline=None)
        model, cycle = GoalModel(key_results=[unknown]), Cycle.quarter(2026, 4)
        ((_, why),) = next_cycle(model, [_monthly(7, 7, 7, 9)], as_of=self.END, cycle=cycle).ending
        assert (why.code, why.rule) == ("reset-no-way-on", "EVT-3")

    def test_what_goes_on_is_called_after_its_old_self_and_not_longer_each_time(self) -> None:
        named = attrs.evolve(FREE, id="free 2026-07-01")
        assert _parts(GoalModel(key_results=[named]), [_monthly(7, 7, 7, 8)], self.END)[2] == "free 2026-10-01"

    def test_its_new_baseline_is_where_it_stands(self) -> None:
        found = next_cycle(
            GoalModel(key_results=[FREE]), [_monthly(7, 7, 7, 8.5)], as_of=self.END, cycle=Cycle.quarter(2026, 4)
        )
        ((_, after),) = found.continuing
        assert (after.baseline, after.target, after.continues) == (Fraction(17, 2), Fraction(9), "free")

    def test_what_is_healthy_again_graduates_and_the_rest_competes(self) -> None:
        low = Measure("returns", unit="parcels")
        bad = Kpi(id="returns", measure=low, bands=HealthBands.at_most(3))
        model = GoalModel(kpis=[KPI, bad], key_results=[MOVED, FREE], objectives=[GLAD])
        history = [_monthly(7, 7, 7, 8, 8, 8), Series.of(low, {Cycle.month(2026, m).end: 4 for m in (7, 8, 9)})]
        for limit, taken, deferred in ((2, ["returns"], []), (1, [], ["returns"])):
            found = next_cycle(
                model,
                history,
                as_of=self.END,
                cycle=Cycle.quarter(2026, 4),
                limit=FocusPolicy(limit=limit),
                demotion=DemotionPolicy(healthy=3),
            )
            assert [each.key_result.key_result.id for each in found.graduates] == ["csat-q3"]
            assert [each.key_result.id for each, _ in found.continuing] == ["free"]
            assert [each.kpi for each in found.focus.taken] == taken
            assert [each.proposal.kpi for each in found.focus.deferred] == deferred


class TestMidYear:
    """What a reset in the middle of a year shows beside: what may be watched instead, what is clear, what competes."""

    AS_OF = dt.date(2026, 8, 31)

    def _found(self, **others: Any) -> Reset:  # noqa: ANN401 - goals of any kind
        model = attrs.evolve(MODEL, **others)
        history = [_monthly(8, 8, 8, 8, 8)]
        return next_cycle(model, history, as_of=self.AS_OF, cycle=Cycle.quarter(2026, 4))

    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ({"baseline": 7.99}, []),
            ({"baseline": 8}, ["free"]),
            ({"baseline": 8.01}, ["free"]),
            ({"baseline": None}, []),
            ({"baseline": 8, "counting": MeanOfLatest(3)}, ["free"]),
            ({"baseline": 8, "counting": Aggregation.MEAN}, []),
        ],
    )
    def test_what_starts_where_a_kpi_is_healthy_may_be_watched_instead(
        self, changed: dict[str, Any], expected: list[str]
    ) -> None:
        found = self._found(key_results=[attrs.evolve(FREE, **changed)])
        assert [each.key_result.id for each, _ in found.may_be_watched] == expected
        assert [each.key_result.id for each in found.running] == ["free"]
        for _, why in found.may_be_watched:
            assert str(why).endswith("where csat is healthy already: it may be watched instead")

    def test_one_reason_is_enough_and_bands_are_those_in_force(self) -> None:
        other = attrs.evolve(KPI, id="a second", bands=HealthBands.at_least(6))
        found = self._found(kpis=[KPI, other], key_results=[attrs.evolve(FREE, baseline=8)])
        assert len(found.may_be_watched) == 1
        stricter = KPI.with_bands(HealthBands.at_least(9), since=self.AS_OF, reason="more is asked")
        assert self._found(kpis=[stricter], key_results=[attrs.evolve(FREE, baseline=8)]).may_be_watched == ()

    def test_what_nothing_speaks_against_is_a_clear_commit(self) -> None:
        backed = attrs.evolve(OWED, id="backed", support=[Support(SupportKind.BUDGET, "40 days", is_secured=True)])
        found = self._found(commits=[OWED, backed, attrs.evolve(OWED, id="due", due=self.AS_OF)])
        assert [each.commit.id for each in found.held] == ["backed", "sla"]
        assert [each.commit.id for each in found.commits] == ["due"]
        assert [each.commit.id for each in found.clear] == ["backed"]
        assert [each.commit.id for each in found.unclear] == ["sla"]

    def test_what_competes_stands_by_owner(self) -> None:
        low = Measure("returns", unit="parcels")
        bad = Kpi(id="returns", measure=low, bands=HealthBands.at_most(3), owner="the shop")
        over = attrs.evolve(FREE, id="over", cycle=Cycle(DAY, self.AS_OF), owner="the shop")
        model = attrs.evolve(MODEL, kpis=[KPI, bad], key_results=[FREE, over])
        history = [_monthly(8, 8, 8, 8, 8), Series.of(low, {Cycle.month(2026, m).end: 4 for m in (6, 7, 8)})]
        expected = (("the shop", ("over 2026-10-01", "returns")), (None, ("free", "sla")))
        for limit in (1, 5):
            found = next_cycle(
                model, history, as_of=self.AS_OF, cycle=Cycle.quarter(2026, 4), limit=FocusPolicy(limit=limit)
            )
            assert found.competing == expected


class TestImpactAndLineage:
    """What depends on a goal, and what it rests on."""

    MODEL = GoalModel(
        kpis=[KPI],
        key_results=[MOVED],
        objectives=[GLAD, Objective(id="top", title="The house is full"), attrs.evolve(GLAD, id="other")],
        initiatives=[Initiative(id="work", title="Paint the walls", serves="csat")],
    )

    @pytest.mark.parametrize(
        ("its_id", "impact", "lineage"),
        [
            ("work", ["csat", "csat-q3", "glad"], []),
            ("csat", ["csat-q3", "glad"], ["work"]),
            ("csat-q3", ["glad"], ["csat", "work"]),
            ("glad", [], ["csat", "csat-q3", "work"]),
            ("top", [], []),
        ],
    )
    def test_they_go_all_the_way_and_through_a_promotion(
        self, its_id: str, impact: list[str], lineage: list[str]
    ) -> None:
        assert [goal.id for goal in self.MODEL.impact(its_id)] == impact
        assert [goal.id for goal in self.MODEL.lineage(its_id)] == lineage


def test_a_replay_refuses_a_goal_that_begins_as_apply_does() -> None:
    visits, minutes = (gm.Measure("visits", unit=unit) for unit in ("visits", "minutes"))

    def adopted(kpi: gm.Kpi) -> gm.events.Adopted:
        return gm.events.Adopted(on=dt.date(2026, 9, 1), goal=kpi, reason="agreed", decided_by="the board")

    first = adopted(gm.Kpi(id="a", measure=visits))
    for wrong in (gm.Kpi(id="b", measure=visits, serves="nobody"), gm.Kpi(id="b", measure=minutes)):
        then = adopted(wrong)
        with pytest.raises(gm.GoalModelError) as refused:
            gm.replay(gm.GoalModel(), [first, then])
        with pytest.raises(type(refused.value)):
            gm.apply(gm.apply(gm.GoalModel(), first), then)
        assert refused.value.__notes__ == [f"replay stopped at events[1]: {then}"]


def test_what_leads_to_a_goal_leads_to_what_carries_it_on_in_a_replay_too() -> None:
    visits, quarter = gm.Measure("visits"), gm.Cycle.quarter(2026, 4)
    old = gm.KeyResult(id="old", measure=visits, baseline=0, target=9, cycle=quarter)
    new = gm.KeyResult(id="new", measure=visits, baseline=0, target=9, cycle=gm.Cycle.quarter(2027, 1), continues="old")
    model = gm.GoalModel(kpis=[gm.Kpi(id="a", measure=visits, serves="old")], key_results=[old])
    told = gm.events.CarriedOver(on=dt.date(2026, 11, 1), goal=old, into=new, reason="goes on", decided_by="the team")
    assert gm.replay(model, [told]) == gm.apply(model, told)
    assert gm.replay(model, [told]).kpis[0].serves == ("new",)


def _as_given(model: GoalModel, **others: object) -> GoalModel:
    """Return what is made of the goals and events of *model*, some of them others."""
    fields: dict[str, Any] = {field.name: getattr(model, field.name) for field in attrs.fields(GoalModel)}
    fields.update(others)
    return GoalModel(**fields)


class TestWhatIsGoodToKnow:
    """A measure is good to know, is said otherwise and is looked at no longer by an event."""

    VIEWS = Measure("page views", unit="views")
    OTHERWISE = Measure("page views", unit="views", lowest=0)
    VISITS = Measure("visits")
    STATED = GoodToKnowChanged(on=DAY, into=VIEWS, **WHY)
    CHANGED = GoodToKnowChanged(on=LATER, measure=VIEWS, into=OTHERWISE, **WHY)
    INSTEAD = GoodToKnowChanged(on=LATER, measure=OTHERWISE, into=VISITS, **WHY)
    GONE = GoodToKnowChanged(on=LATER, measure=VISITS, **WHY)

    def test_it_is_stated_said_otherwise_and_looked_at_no_longer(self) -> None:
        way: list[Event] = [self.STATED, self.CHANGED, self.INSTEAD, self.GONE]
        expected = [(self.VIEWS,), (self.OTHERWISE,), (self.VISITS,), ()]
        model = MODEL
        for count, (event, looked_at) in enumerate(zip(way, expected, strict=True), start=1):
            model = apply(model, event)
            assert model.good_to_know == looked_at
            assert replay(MODEL, way[:count]) == model
            assert _as_given(model) == model
        assert touched_by(self.STATED) == ()
        assert [str(each).partition(": ")[2].partition(", by the team")[0] for each in way] == [
            "page views is good to know",
            "what is measured as page views, which is good to know, changes",
            "visits is good to know, and page views no longer",
            "visits is good to know no longer",
        ]

    def test_what_is_told_in_error_never_was(self) -> None:
        model = replay(MODEL, [self.STATED, self.CHANGED])
        assert apply(model, EnteredInError(on=LATER, event=self.CHANGED, **WHY)).good_to_know == (self.VIEWS,)
        with pytest.raises(EventDoesNotFit) as refused:
            apply(model, EnteredInError(on=LATER, event=self.STATED, **WHY))
        assert str(refused.value.field) == "model.events[1].measure"

    @pytest.mark.parametrize(
        ("measure", "into"),
        [(VISITS, None), (OTHERWISE, VISITS), (None, VIEWS), (None, OTHERWISE), (None, Measure("satisfaction"))],
        ids=["nobody looks at it", "as it is not", "twice", "twice, otherwise", "as in no goal"],
    )
    def test_replay_refuses_what_apply_refuses(self, measure: Measure | None, into: Measure | None) -> None:
        model = apply(MODEL, self.STATED)
        event = GoodToKnowChanged(on=LATER, measure=measure, into=into, **WHY)
        with pytest.raises(GoalModelError) as alone:
            apply(model, event)
        with pytest.raises(type(alone.value)) as refused:
            replay(MODEL, [self.STATED, event])
        assert str(refused.value) == str(alone.value)

    def test_a_measure_beside_its_log_is_refused(self) -> None:
        with pytest.raises(NotAsTold) as wrong:
            GoalModel(good_to_know=[self.OTHERWISE], events=[self.STATED])
        assert str(wrong.value.field) == "good_to_know"

    def test_something_changes(self) -> None:
        for same in (None, self.VIEWS):
            with pytest.raises(EventDoesNotFit, match="another measure than the one before"):
                GoodToKnowChanged(on=DAY, measure=same, into=same, **WHY)

    def test_it_may_become_a_kpi_and_be_good_to_know_again(self) -> None:
        kpi = Kpi(id="views", measure=self.VIEWS)
        way: list[Event] = [
            self.STATED,
            Adopted(on=DAY, goal=kpi, **WHY),
            GoodToKnowChanged(on=DAY, measure=self.VIEWS, **WHY),
            Retired(on=LATER, goal=kpi, **WHY),
            attrs.evolve(self.STATED, on=LATER),
        ]
        assert replay(MODEL, way).good_to_know == (self.VIEWS,)


class TestEnteredInError:
    """The record stays, and the goals stand as if it had not been told."""

    def test_a_goal_that_was_retired_by_mistake_is_there_again(self) -> None:
        over = Retired(on=DAY, goal=FREE, **WHY)
        mark = EnteredInError(on=LATER, event=over, **WHY)
        after = replay(MODEL, [over, mark])
        assert (after.goals, after.events, after.closed) == (MODEL.goals, (over, mark), ())
        assert state_of(after, "free") is GoalState.KEY_RESULT
        assert _as_given(after) == after
        assert str(mark) == f"2026-07-02: that {over} was entered in error, by the team: it seemed right"
        again = apply(after, Retired(on=LATER, goal=FREE, **WHY))
        assert again.closed == (FREE,)

    def test_what_others_rest_on_goes_only_after_them(self) -> None:
        new = attrs.evolve(KPI, id="new")
        way: list[Event] = [
            Adopted(on=DAY, goal=new, **WHY),
            Edited(on=DAY, goal=new, into=attrs.evolve(new, owner="somebody"), **WHY),
            Proposed(on=DAY, kpi="new", **WHY),
        ]
        model = replay(MODEL, way)
        with pytest.raises(IllegalMove):
            apply(model, EnteredInError(on=LATER, event=way[0], **WHY))
        marks: list[Event] = [EnteredInError(on=LATER, event=each, **WHY) for each in reversed(way)]
        assert replay(model, marks).goals == MODEL.goals

    def test_an_error_may_be_one_itself(self) -> None:
        told = Proposed(on=DAY, kpi="csat", **WHY)
        mark = EnteredInError(on=DAY, event=told, **WHY)
        back = EnteredInError(on=LATER, event=mark, **WHY)
        after = replay(MODEL, [told, mark, back])
        assert state_of(after, "csat") is GoalState.PROPOSED
        for gone in (mark, Proposed(on=LATER, kpi="csat", **WHY)):
            again = EnteredInError(on=LATER, event=gone, reason="again", decided_by="the team")
            with pytest.raises(EventDoesNotFit, match="not entered in error"):
                apply(after, again)

    def test_what_only_the_error_tells_of_is_known_when_the_error_was_one(self) -> None:
        part = attrs.evolve(GLAD, id="part", serves={"glad": 3})
        work = attrs.evolve(WORK, serves=("sla", "free"))
        model = attrs.evolve(MODEL, objectives=[GLAD, part], initiatives=[work])
        for goal, served in ((work, OWED), (part, GLAD)):
            plain = attrs.evolve(model, initiatives=[work] if goal is work else [])
            wrong, over = Retired(on=DAY, goal=goal, **WHY), Retired(on=DAY, goal=served, **WHY)
            told = replay(plain, [wrong, over])
            mark = EnteredInError(on=LATER, event=wrong, **WHY)
            marked = apply(told, mark)
            assert marked[goal.id].serves == (("free",) if goal is work else ())
            back = apply(marked, EnteredInError(on=LATER, event=mark, **WHY))
            assert (back.goals, back.closed) == (told.goals, (goal, served))
            assert _as_given(back) == back

    def test_a_closing_gives_back_the_links_it_cut_with_their_weights(self) -> None:
        part = attrs.evolve(GLAD, id="part", serves={"glad": 3})
        model = attrs.evolve(LINKED, objectives=[GLAD, part])
        for goal, lost in ((GLAD, (KPI, part)), (OWED, LINKED.initiatives), (FREE, LINKED.initiatives)):
            over = Retired(on=DAY, goal=goal, **WHY)
            told = replay(model, [over, Proposed(on=DAY, kpi="csat", **WHY)])
            assert told.before == lost
            assert attrs.evolve(told, events=()).before == ()
            for loaded in (told, _as_given(told)):
                marked = apply(loaded, EnteredInError(on=LATER, event=over, **WHY))
                assert marked.goals == model.goals
                assert apply(marked, Retired(on=LATER, goal=goal, **WHY)).goals == told.goals

    def test_a_part_that_was_retired_by_mistake_is_a_part_again(self) -> None:
        one, two = (attrs.evolve(KPI, id=name, serves=()) for name in ("one", "two"))
        model = GoalModel(composites=[CompositeKpi(id="whole", parts=[one, two])])
        over = Retired(on=DAY, goal=two, **WHY)
        told = apply(model, over)
        assert told.before == model.composites
        assert apply(_as_given(told), EnteredInError(on=LATER, event=over, **WHY)).goals == model.goals

    def test_a_kpi_that_was_there_before_a_demotion_is_there_without_it(self) -> None:
        kpi = attrs.evolve(KPI, serves=())
        model = GoalModel(key_results=[FREE], kpis=[kpi])
        over = Demoted(on=DAY, key_result=FREE, kpi=kpi, score=None, **WHY)
        told = apply(model, over)
        assert told.before == (kpi,)
        assert apply(told, EnteredInError(on=LATER, event=over, **WHY)).goals == model.goals

    def test_where_nobody_kept_what_was_before_only_what_events_tell_comes_back(self) -> None:
        over = Retired(on=DAY, goal=OWED, **WHY)
        told = attrs.evolve(replay(LINKED, [over]), before=())
        marked = apply(told, EnteredInError(on=LATER, event=over, **WHY))
        assert (marked["sla"], marked[WORK.id].serves) == (OWED, ("free",))
        assert marked.before == ()

    def test_what_was_before_leads_to_what_is_or_is_refused(self) -> None:
        told = replay(LINKED, [Retired(on=DAY, goal=OWED, **WHY)])
        with pytest.raises(NotAsTold) as other:
            attrs.evolve(told, before=[attrs.evolve(told.before[0], owner="somebody")])
        assert (other.value.goal, other.value.field[-1]) == (WORK.id, "owner")
        with pytest.raises(NotAsTold) as more:
            attrs.evolve(told, before=[*told.before, attrs.evolve(WORK, id="other", serves=())])
        assert (more.value.goal, more.value.given) == ("other", None)
        with pytest.raises(SeveralProblems) as refused:
            attrs.evolve(told, before=[*told.before, *told.before, 7])  # type: ignore[list-item] # whatever is given
        assert [each.field for each in refused.value.problems] == [("before", 2), ("before", 1, "id")]

    def test_it_happens_to_no_goal(self) -> None:
        assert touched_by(EnteredInError(on=DAY, event=PROPOSED, **WHY)) == ()

    def test_only_an_event_was_entered(self) -> None:
        with pytest.raises(WrongType, match="an event"):
            EnteredInError(on=DAY, event=KPI, **WHY)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] # no event


class TestAModelWithItsLog:
    """A model that is made with events stands as they say, or is refused."""

    def test_an_event_about_nobody(self) -> None:
        with pytest.raises(IllegalMove) as refused:
            GoalModel(kpis=[attrs.evolve(KPI, serves=())], events=[Proposed(on=DAY, kpi="nope", **WHY)])
        assert (refused.value.field, refused.value.goal) == (("events", 0), "nope")

    def test_an_event_that_could_not_have_happened_then(self) -> None:
        stale = Dropped(on=LATER, goal=attrs.evolve(FREE, owner="somebody"), **WHY)
        with pytest.raises(EventDoesNotFit) as refused:
            GoalModel(events=[Adopted(on=DAY, goal=FREE, **WHY), stale])
        assert refused.value.field == ("events", 1, "goal")

    def test_events_that_lead_to_no_model(self) -> None:
        lost = attrs.evolve(FREE, serves="nobody")
        found = attrs.evolve(lost, serves=())
        way: list[Event] = [Adopted(on=DAY, goal=lost, **WHY), Edited(on=LATER, goal=lost, into=found, **WHY)]
        with pytest.raises(UnknownReference) as refused:
            GoalModel(key_results=[found], events=way)
        assert refused.value.field == ("events", 0, "goal", "serves", 0)

    def test_an_event_that_makes_no_sense_without_what_was_told_in_error(self) -> None:
        raised = BandsChanged(on=DAY, kpi="csat", bands=HealthBands.at_least(9), **WHY)
        model = apply(MODEL, raised)
        owned = attrs.evolve(model.kpis[0], owner="the shop")
        way = [*model.events, Edited(on=DAY, goal=model.kpis[0], into=owned, **WHY)]
        wrong = EnteredInError(on=LATER, event=raised, **WHY)
        with pytest.raises(EventDoesNotFit) as refused:
            attrs.evolve(MODEL, before=[KPI], events=[*way, wrong])
        assert (str(refused.value.field), refused.value.goal) == ("events[1].goal", "csat")
        with pytest.raises(EventDoesNotFit) as refused:
            apply(replay(MODEL, way), wrong)
        assert (str(refused.value.field), refused.value.goal) == ("model.events[1].goal", "csat")
        assert refused.value.__notes__ == [f"replay stopped at events[0]: {way[1]}"]

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"owner": "the shop"}, "owner"),
            ({"bands": HealthBands.at_least(9), "owner": "the shop"}, "bands"),
            ({"bands": HealthBands.at_least(9)}, "bands"),
            ({"exclusions": [Exclusion(start=DAY, end=DAY, reason="?", agreed_on=DAY)]}, "exclusions"),
        ],
    )
    def test_a_goal_that_was_changed_beside_its_log(self, changed: dict[str, Any], field: str) -> None:
        model = replay(GoalModel(objectives=[GLAD]), [Adopted(on=DAY, goal=KPI, **WHY)])
        other = attrs.evolve(KPI, **changed)
        first = attrs.evolve(KPI, id="first", measure=Measure("other"))
        with pytest.raises(NotAsTold, match="as its events say") as refused:
            _as_given(model, kpis=[other, first])
        assert (refused.value.field, refused.value.goal) == (("kpis", 0, field), "csat")
        assert refused.value.given == getattr(other, field)

    def test_a_goal_that_is_not_there_and_one_of_another_kind(self) -> None:
        model = replay(GoalModel(), [Adopted(on=DAY, goal=FREE, **WHY)])
        with pytest.raises(NotAsTold) as gone:
            _as_given(model, key_results=[])
        assert (gone.value.field, gone.value.given, gone.value.goal) == (("key_results",), None, "free")
        kpi = Kpi(id="free", measure=CSAT)
        with pytest.raises(NotAsTold) as other:
            _as_given(model, key_results=[], kpis=[kpi])
        assert (other.value.field, other.value.given) == (("kpis", 0), kpi)

    def test_what_no_event_tells_of_may_stand_as_it_likes(self) -> None:
        model = apply(MODEL, Retired(on=DAY, goal=FREE, **WHY))
        assert _as_given(model, kpis=[attrs.evolve(KPI, owner="the shop")]).kpis[0].owner == "the shop"

    def test_links_are_led_back_through_all_that_was_carried_over(self) -> None:
        work = Initiative(id="work", title="Paint the walls", serves=("free", "csat"))
        further = attrs.evolve(HEIR, id="further", continues="heir", cycle=Cycle.quarter(2027, 1))
        way = [
            CarriedOver(on=DAY, goal=FREE, into=HEIR, **WHY),
            CarriedOver(on=LATER, goal=HEIR, into=further, **WHY),
        ]
        model = replay(attrs.evolve(MODEL, initiatives=[work]), way)
        assert model.initiatives[0].serves == ("csat", "further")
        assert _as_given(model) == model
        with pytest.raises(NotAsTold) as refused:
            _as_given(
                replay(MODEL, [Adopted(on=DAY, goal=attrs.evolve(FREE, id="new"), **WHY)]),
                initiatives=[attrs.evolve(work, serves="new")],
            )
        assert (refused.value.goal, refused.value.field[-1]) == ("work", "serves")

    def test_nothing_goes_on_in_its_own_cycle_or_an_earlier_one(self) -> None:
        for cycle in (FREE.cycle, Cycle(FREE.cycle.start, HEIR.cycle.end), Cycle.quarter(2026, 2)):
            with pytest.raises(EventDoesNotFit, match="begins and ends later"):
                CarriedOver(on=DAY, goal=FREE, into=attrs.evolve(HEIR, cycle=cycle), **WHY)

    @pytest.mark.parametrize(
        ("baseline", "target", "is_taken"), [(7, 8, True), (7, 6, False), (8, 9, True), (None, 6, True)]
    )
    def test_a_kpi_is_promoted_toward_health(self, baseline: int | None, target: int, is_taken: bool) -> None:  # noqa: FBT001 - a column
        kpi = attrs.evolve(KPI, serves=(), bands=HealthBands.at_least(8))
        moved = attrs.evolve(MOVED, baseline=baseline, target=target, origin=Origin(kpi=kpi.id, on=DAY))
        proposed, promoted = Proposed(on=DAY, kpi=kpi.id, **WHY), Promoted(on=DAY, key_result=moved, **WHY)
        model = GoalModel(kpis=[kpi], objectives=MODEL.objectives)
        if is_taken:
            assert moved in replay(model, [proposed, promoted]).key_results
            return
        with pytest.raises(TargetNotAnImprovement):
            replay(model, [proposed, promoted])
        with pytest.raises(TargetNotAnImprovement):
            apply(apply(model, proposed), promoted)

    def test_a_log_that_goes_in_circles_is_refused(self) -> None:
        back = attrs.evolve(FREE, continues="heir", cycle=Cycle.quarter(2027, 1))
        way = [CarriedOver(on=DAY, goal=FREE, into=HEIR, **WHY), CarriedOver(on=LATER, goal=HEIR, into=back, **WHY)]
        work = Initiative(id="work", title="Paint the walls", serves="free")
        with pytest.raises(GoalModelError):
            GoalModel(initiatives=[work], key_results=[back], events=way)

    @pytest.mark.parametrize("was_there", [True, False])
    def test_a_kpi_that_is_watched_after_a_demotion_was_there_or_not(self, was_there: bool) -> None:  # noqa: FBT001 - a case
        kpi = attrs.evolve(KPI, serves=())
        work = Initiative(id="work", title="Paint the walls", serves="csat")
        model = GoalModel(key_results=[FREE], kpis=[kpi] if was_there else [], initiatives=[work] if was_there else [])
        after = replay(model, [Demoted(on=DAY, key_result=FREE, kpi=kpi, score=None, **WHY)])
        assert _as_given(after) == after
        told_before = replay(after, [Proposed(on=DAY, kpi="csat", **WHY)])
        assert _as_given(told_before) == told_before

    def test_wholes_and_parts(self) -> None:
        one, two = (attrs.evolve(KPI, id=name, serves=()) for name in ("one", "two"))
        whole = CompositeKpi(id="whole", parts=[one, two])
        named = attrs.evolve(whole, owner="the shop")
        way: list[Event] = [
            Edited(on=DAY, goal=whole, into=named, **WHY),
            DeviationAccepted(on=DAY, kpi="one", until=DAY, **WHY),
            Retired(on=LATER, goal=two, **WHY),
        ]
        model = replay(GoalModel(composites=[whole]), way)
        assert _as_given(model) == model
        without = replay(GoalModel(composites=[whole]), [Retired(on=LATER, goal=two, **WHY)])
        assert _as_given(without) == without
        over = apply(model, Retired(on=LATER, goal=model.composites[0], **WHY))
        assert _as_given(over) == over
        began = apply(GoalModel(), Adopted(on=DAY, goal=whole, **WHY))
        assert _as_given(began) == began

    def test_links_to_what_graduated_are_led_back(self) -> None:
        linked = attrs.evolve(KPI, serves="csat-q3")
        model = GoalModel(kpis=[linked], key_results=[attrs.evolve(MOVED, serves=())])
        rebased = apply(model, Rebased(on=DAY, kpi="csat", **WHY))
        (moved,), (kpi,) = rebased.key_results, rebased.kpis
        over = apply(rebased, Demoted(on=DAY, key_result=moved, kpi=kpi, score=None, **WHY))
        assert over.kpis[0].serves == ()
        assert _as_given(over) == over

    def test_every_change_is_led_back(self) -> None:
        way: list[Event] = [
            BandsChanged(on=DAY, kpi="csat", bands=HealthBands.at_least(9), **WHY),
            DaysExcluded(on=DAY, goals=["csat", "free", "sla"], start=DAY, end=LATER, **WHY),
            Rebased(on=DAY, kpi="csat", **WHY),
            BaselineRestated(on=DAY, key_result="free", baseline=6, **WHY),
            TargetRevised(on=DAY, key_result="free", target=10, **WHY),
            StandardAmended(on=DAY, commit="sla", standard=Standard.at_least(7), **WHY),
        ]
        model = replay(MODEL, way)
        assert _as_given(model) == model
        with pytest.raises(NotAsTold) as refused:
            _as_given(model, commits=[OWED])
        assert (refused.value.goal, refused.value.field[-1]) == ("sla", "amendments")
        with pytest.raises(NotAsTold) as refused:
            _as_given(model, key_results=[attrs.evolve(FREE, target=10)])
        assert (refused.value.goal, refused.value.field[-1]) == ("free", "baseline")
