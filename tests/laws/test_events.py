"""Laws of events: one table of moves, told in order, replayed, and undone by nothing but later events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import reduce
from itertools import takewhile
from typing import Any, Final, TypedDict

import attrs
import pytest
from hypothesis import assume, example, given, reject, strategies as st

from goalmodel import (
    Absence,
    Aggregation,
    Commit,
    CompositeKpi,
    Cycle,
    Demote,
    GoalModel,
    GoalModelError,
    KeyResult,
    Kpi,
    Objective,
    Promote,
    Reading,
    Series,
    apply,
    decide_promotion,
    replay,
)
from goalmodel.capacity import Capacity
from goalmodel.errors import EventDoesNotFit, GivenTwice, IllegalMove, NotAsTold, OutOfOrder
from goalmodel.events import (
    Adopted,
    CapacityChanged,
    Demoted,
    Edited,
    EnteredInError,
    Event,
    Evidence,
    Promoted,
    Proposed,
    Retired,
)
from goalmodel.events.event import EDITABLE, OF_A_KPI
from goalmodel.events.goal import ids_of
from goalmodel.key_result import MeanOfLatest, Origin
from goalmodel.lifecycle import MOVES, FocusPolicy, GoalState, Move, Reset, evidence_of, next_cycle, state_of
from goalmodel.measure import EachReading
from goalmodel.model import Goal
from goalmodel.testing import (
    commits,
    cycles,
    dates,
    event_logs,
    events,
    evidences,
    goal_models,
    histories,
    ids,
    initiatives,
    key_results,
    kpis,
    measures,
    objectives,
    series_about,
    values,
)
from goalmodel.testing.logs import toward_health

OF_A_WHOLE = (Move.WATCH, Move.EDIT, Move.RETIRE)
"""What may be done with a KPI made of parts."""


class Why(TypedDict):
    """What every event says beside what happened."""

    reason: str
    decided_by: str


OVER: Final = {GoalState.GRADUATED, GoalState.DROPPED, GoalState.RETIRED}
SMALL: Final = goal_models(max_goals=2)
WHY: Why = {"reason": "it seemed right", "decided_by": "the team"}
DAY: Final = dt.date(2026, 9, 30)


NEW_KPIS: Final = kpis(id=ids().map("KPI {}".format), measure=measures(names=ids().map("measure {}".format)))
NEW_KEY_RESULTS: Final = ids().map("key result {}".format)
"""Ids that small models seldom have."""


@st.composite
def what_there_is(draw: st.DrawFn) -> list[Event]:
    """Return changes of a few capacities that overlap or not, some of which fit, and some told in error."""
    periods = (None, Cycle.quarter(2026, 1), Cycle.quarter(2026, 2), Cycle.year(2026))
    one = st.builds(Capacity, resource=st.sampled_from("ab"), amount=st.integers(0, 2), period=st.sampled_from(periods))
    way, known = list[Event](), list[Capacity]()
    for day in range(1, draw(st.integers(2, 7))):
        on, said = dt.date(2026, 1, day), [each for each in way if isinstance(each, CapacityChanged)]
        if said and draw(st.integers(0, 5)) == 0:
            way.append(EnteredInError(on=on, event=draw(st.sampled_from(said)), **WHY))
            continue
        before = draw(st.one_of(st.none(), st.sampled_from(known) if known else one, one))
        into = draw(st.one_of(st.none(), one))
        if before != into and (before is None or into is None or before.resource == into.resource):
            way.append(CapacityChanged(on=on, capacity=before, into=into, **WHY))
            known += [] if into is None else [into]
    return way


@st.composite
def told(draw: st.DrawFn) -> tuple[GoalModel, tuple[Event, ...]]:
    """Return a model, and events that can be applied to it one after the other."""
    first = draw(st.one_of(st.just(GoalModel()), SMALL))
    kpi, day = draw(NEW_KPIS), draw(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)))
    moved = draw(
        key_results(id=NEW_KEY_RESULTS, measure=st.just(kpi.measure), origin=st.just(Origin(kpi=kpi.id, on=day)))
    )
    moved = toward_health(kpi, moved)
    taken = {goal.id for goal in first.goals} | {goal.measure.name for goal in first.measured}
    assume(not taken & {kpi.id, moved.id, kpi.measure.name})
    days = sorted(draw(st.lists(st.dates(day, day + dt.timedelta(days=99)), min_size=5, max_size=5)))
    way: list[Event] = [
        Adopted(on=days[0], goal=kpi, **WHY),
        Proposed(on=days[1], kpi=kpi.id, **WHY),
        Promoted(on=days[2], key_result=moved, **WHY),
        Demoted(on=days[3], key_result=moved, kpi=kpi, score=None, **WHY),
        Retired(on=days[4], goal=kpi, **WHY),
    ]
    return first, tuple(way[: draw(st.integers(1, len(way)))])


def _refusal(model: GoalModel, event: Event) -> GoalModelError | None:
    try:
        apply(model, event)
    except GoalModelError as refused:
        return refused
    return None


def _shuffled(model: GoalModel, goals: Sequence[Goal]) -> GoalModel:
    """Return *model* made of its goals in another order."""
    order = {goal.id: at for at, goal in enumerate(goals)}
    return attrs.evolve(
        model,
        **{
            kind: sorted(getattr(model, kind), key=lambda goal: order[goal.id])
            for kind in ("kpis", "key_results", "commits", "objectives", "initiatives")
        },
    )


class TestEVT1:
    """A goal changes state only by a move of one table; any other is refused, with the moves that are legal."""

    @given(SMALL, events())
    def test_any_event_is_applied_or_refused_and_a_refusal_names_what_is_legal(
        self, model: GoalModel, event: Event
    ) -> None:
        refused = _refusal(model, event)
        if refused is None:
            assert apply(model, event).events == (event,)
        elif isinstance(refused, IllegalMove):
            told_by = {tuple(move for move in moves if move is not Move.RELEASE) for moves in MOVES.values()}
            of_a_whole = {tuple(move for move in moves if move in OF_A_WHOLE) for moves in MOVES.values()}
            assert refused.legal in told_by | of_a_whole
            assert all(move in str(refused) for move in refused.legal)

    @given(SMALL)
    def test_what_is_in_no_event_stands_by_its_kind(self, model: GoalModel) -> None:
        origins = {each.origin.kpi for each in model.key_results if each.origin}
        for goal in model.goals:
            match goal:
                case Kpi(id=id_):
                    expected = GoalState.BEING_MOVED if id_ in origins else GoalState.KPI
                case CompositeKpi():
                    expected = GoalState.KPI
                case KeyResult():
                    expected = GoalState.KEY_RESULT
                case Commit():
                    expected = GoalState.COMMIT
                case Objective():
                    expected = GoalState.OBJECTIVE
                case _:
                    expected = GoalState.INITIATIVE
            assert state_of(model, goal.id) is expected

    @given(told())
    def test_each_step_leads_where_the_table_says(self, given_: tuple[GoalModel, tuple[Event, ...]]) -> None:
        first, way = given_
        expected = [GoalState.KPI, GoalState.PROPOSED, GoalState.BEING_MOVED, GoalState.KPI, GoalState.RETIRED]
        assert isinstance(way[0], Adopted)
        models = [replay(first, way[: count + 1]) for count in range(len(way))]
        assert [state_of(model, way[0].goal.id) for model in models] == expected[: len(way)]

    @given(SMALL, st.data())
    def test_what_is_over_is_over_for_good(self, model: GoalModel, data: st.DataObject) -> None:
        alone = {part.id for whole in model.composites if len(whole.parts) == 1 for part in whole.parts}
        free = [
            goal
            for goal in model.goals
            if goal.id not in alone
            if all(state_of(model, id_) is not GoalState.BEING_MOVED for id_ in ids_of(goal))
        ]
        assume(free)
        goal = data.draw(st.sampled_from(free))
        over = apply(model, Retired(on=DAY, goal=goal, **WHY))
        assert state_of(over, goal.id) in OVER
        assert over.closed == (goal,)
        with pytest.raises(IllegalMove) as refused:
            apply(over, Retired(on=DAY + dt.timedelta(days=1), goal=goal, **WHY))
        assert refused.value.legal == ()
        if not (isinstance(goal, KeyResult) and goal.origin):
            with pytest.raises(IllegalMove):
                apply(over, Adopted(on=DAY, goal=goal, **WHY))


class TestEVT2:
    """What happened to goals is told in dated events, with a reason, evidence known by then and who decided: they are
    only added to, never before one that was told, and none twice.
    """

    @given(told(), events())
    def test_what_was_told_stays_and_the_new_comes_last(
        self, given_: tuple[GoalModel, tuple[Event, ...]], event: Event
    ) -> None:
        model = replay(*given_)
        assert model.events == given_[1]
        if _refusal(model, event) is None:
            assert apply(model, event).events == (*model.events, event)

    @given(told(), st.data())
    def test_an_event_dated_before_the_latest_is_refused(
        self, given_: tuple[GoalModel, tuple[Event, ...]], data: st.DataObject
    ) -> None:
        model = replay(*given_)
        latest = model.events[-1].on
        early = data.draw(st.dates(max_value=latest - dt.timedelta(days=1)))
        with pytest.raises(OutOfOrder) as refused:
            apply(model, Proposed(on=early, kpi="anything", **WHY))
        assert refused.value.given == early

    @given(told())
    def test_the_same_event_twice_is_refused(self, given_: tuple[GoalModel, tuple[Event, ...]]) -> None:
        model = replay(*given_)
        with pytest.raises(GivenTwice):
            apply(model, given_[1][-1])
        with pytest.raises(GivenTwice):
            GoalModel(events=[given_[1][-1], given_[1][-1]])

    @given(events(), evidences())
    def test_nothing_rests_on_what_was_read_later(self, event: Event, evidence: Evidence) -> None:
        late = [each for each in evidence.readings if each.on > event.on]
        if late:
            with pytest.raises(EventDoesNotFit):
                attrs.evolve(event, evidence=evidence)
        else:
            assert attrs.evolve(event, evidence=evidence).on == event.on

    @given(st.one_of(values(Promote), values(Demote)))
    def test_the_evidence_of_a_decision_is_its_reasons_its_reading_and_the_rule_that_signalled(
        self, decision: Promote | Demote
    ) -> None:
        found = evidence_of(decision)
        assert found.reasons == decision.evidence
        assert all(isinstance(each, Reading) for each in found.readings)
        assert found.rule is not None or found.false_alarm_rate is None


class TestEVT4:
    """A goal's owner, definition, links, weights, rationale, means, title, purpose, team and priority change by an
    event that tells the goal before and after; what it demands and how it is judged changes by an event of its own, or
    not at all.
    """

    @given(goal_models(max_goals=3), st.data())
    def test_an_edit_and_its_way_back_leave_the_goals_as_they_were(self, model: GoalModel, data: st.DataObject) -> None:
        goals = model.goals
        assume(goals)
        goal = data.draw(st.sampled_from(goals))
        into = attrs.evolve(goal, owner="Ada" if goal.owner is None else None, serves=())
        edited = apply(model, Edited(on=DAY, goal=goal, into=into, **WHY))
        assert edited[goal.id] == into
        assert state_of(edited, goal.id) is state_of(model, goal.id)
        later = DAY + dt.timedelta(days=1)
        back = apply(edited, Edited(on=later, goal=into, into=goal, **WHY))
        assert attrs.evolve(back, events=()) == model

    @given(st.one_of(kpis(), key_results(), commits(), objectives(), initiatives()), st.data())
    def test_every_field_of_a_goal_is_edited_or_refused(self, goal: Goal, data: st.DataObject) -> None:
        kind = type(goal)
        other = data.draw(values(kind))
        field = data.draw(st.sampled_from(attrs.fields(kind))).name
        try:
            into = attrs.evolve(goal, **{field: getattr(other, field)})
        except GoalModelError:
            reject()
        if into == goal or field not in (*EDITABLE, *(OF_A_KPI if kind is Kpi else ())):
            with pytest.raises(EventDoesNotFit):
                Edited(on=DAY, goal=goal, into=into, **WHY)
        else:
            changes = Edited(on=DAY, goal=goal, into=into, **WHY).changes
            assert changes == ((field, (getattr(goal, field), getattr(into, field))),)

    @given(st.one_of(kpis(), key_results(), commits()), ids(), st.data())
    def test_no_verdict_about_the_goal_rests_on_what_may_be_edited(
        self, goal: Kpi | KeyResult | Commit, owner: str, data: st.DataObject
    ) -> None:
        said: dict[str, Any] = {"owner": owner, "definition": owner, "serves": (), "weight": 7, "rationale": owner}
        said |= {"purpose": owner, "means": owner, "team": owner, "priority": 1}
        into = attrs.evolve(goal, **{field: now for field, now in said.items() if hasattr(goal, field)})
        series, on = data.draw(series_about(goal)), data.draw(dates())
        assert _stands(goal, series, on) == _stands(into, series, on)


def _stands(goal: Kpi | KeyResult | Commit, series: Series, on: dt.date) -> tuple[object, ...]:
    match goal:
        case Kpi():
            watched = goal.assess(series, as_of=on)
            return watched.health, watched.heading, watched.standing, watched.is_accepted
        case KeyResult():
            moved = goal.assess(series, as_of=on)
            return moved.score, moved.outcome, moved.pace
        case Commit():
            owed = goal.assess(series, as_of=on)
            return owed.attainment, owed.as_declared, owed.distance


class TestLIFE8OfEvents:
    """Events of any kind, and what replaying them gives."""

    @given(told(), st.integers(0, 5))
    def test_replay_is_one_event_after_the_other_wherever_it_is_broken_off(
        self, given_: tuple[GoalModel, tuple[Event, ...]], at: int
    ) -> None:
        first, way = given_
        assert replay(replay(first, way[:at]), way[at:]) == replay(first, way)
        assert replay(first, iter(way)).events == way

    @given(what_there_is())
    @example([CapacityChanged(on=DAY, into=Capacity(resource="a", amount=each), **WHY) for each in (1, 2)])
    def test_of_what_there_is_replay_says_what_apply_does_and_a_model_stands_as_it_is_told(
        self, way: list[Event]
    ) -> None:
        model = GoalModel()
        for index, event in enumerate(way):
            refused = _refusal(model, event)
            if refused is not None:
                with pytest.raises(type(refused)) as again:
                    replay(GoalModel(), way[: index + 1])
                assert str(again.value) == str(refused)
                notes = getattr(refused, "__notes__", [])
                assert again.value.__notes__ == [*notes, f"replay stopped at events[{index}]: {event}"]
                return
            model = apply(model, event)
            assert replay(GoalModel(), way[: index + 1]) == model
            assert GoalModel(events=model.events, capacities=model.capacities) == model

    @given(SMALL.flatmap(lambda first: st.tuples(st.just(first), event_logs(first))), events(), st.booleans())
    def test_replay_is_apply_again_and_again_and_refuses_the_same_with_the_place(
        self,
        given_: tuple[GoalModel, tuple[Event, ...]],
        event: Event,
        is_told_again: bool,  # noqa: FBT001 - drawn, not written
    ) -> None:
        first, way = given_
        model = reduce(apply, way, first)
        assert replay(first, way) == model
        last = way[-1] if way and is_told_again else event
        refused = _refusal(model, last)
        if refused is None:
            assert replay(first, [*way, last]) == apply(model, last)
        else:
            with pytest.raises(type(refused)) as again:
                replay(first, [*way, last])
            assert str(again.value) == str(refused)
            assert again.value.__notes__ == [f"replay stopped at events[{len(way)}]: {last}"]

    @given(SMALL.flatmap(lambda first: st.tuples(st.just(first), event_logs(first))))
    def test_a_model_with_its_log_is_taken_as_it_stands(self, given_: tuple[GoalModel, tuple[Event, ...]]) -> None:
        model = replay(*given_)
        fields = {field.name: getattr(model, field.name) for field in attrs.fields(GoalModel)}
        assert GoalModel(**fields) == model

    @given(key_results(origin=st.none()), dates(), st.data())
    def test_a_goal_that_is_changed_beside_its_log_is_refused_with_the_first_field_that_differs(
        self, moved: KeyResult, on: dt.date, data: st.DataObject
    ) -> None:
        began = apply(GoalModel(), Adopted(on=on, goal=attrs.evolve(moved, serves=()), **WHY))
        model = replay(began, data.draw(event_logs(began)))
        changed = [
            attrs.evolve(each, owner=f"{each.owner} and others", means="by hand") if each.id == moved.id else each
            for each in model.key_results
        ]
        if changed == list(model.key_results):
            return
        with pytest.raises(NotAsTold) as refused:
            attrs.evolve(model, key_results=changed)
        assert (refused.value.goal, refused.value.field[-1]) == (moved.id, "owner")

    @given(SMALL.flatmap(lambda first: st.tuples(st.just(first), event_logs(first))), st.data())
    def test_what_was_entered_in_error_leaves_all_as_it_was_without_it(
        self, given_: tuple[GoalModel, tuple[Event, ...]], data: st.DataObject
    ) -> None:
        first, way = given_
        way = tuple(takewhile(lambda event: not isinstance(event, EnteredInError), way))
        assume(way)
        wrong = data.draw(st.sampled_from(way))
        mark = EnteredInError(on=way[-1].on, event=wrong, **WHY)
        model, left = replay(first, way), [event for event in way if event != wrong]
        try:
            without = replay(first, left)
        except GoalModelError as refused:
            with pytest.raises(type(refused)):
                apply(model, mark)
            return
        marked = apply(model, mark)
        assert attrs.evolve(marked, events=()) == attrs.evolve(without, events=())
        assert marked.events == (*way, mark)
        assert marked.closed == without.closed
        assert {goal.id: state_of(marked, goal.id) for goal in model.goals} == {
            goal.id: state_of(without, goal.id) for goal in model.goals
        }
        back = apply(marked, EnteredInError(on=way[-1].on, event=mark, **WHY))
        assert attrs.evolve(back, events=()) == attrs.evolve(model, events=())
        for each in (marked, back):
            fields = {field.name: getattr(each, field.name) for field in attrs.fields(GoalModel)}
            assert GoalModel(**fields) == each

    @given(told(), st.data())
    def test_the_order_in_which_goals_are_given_never_matters(
        self, given_: tuple[GoalModel, tuple[Event, ...]], data: st.DataObject
    ) -> None:
        first, way = given_
        other = _shuffled(first, data.draw(st.permutations(first.goals)))
        assert replay(other, way) == replay(first, way)

    @given(SMALL, NEW_KPIS, key_results(id=NEW_KEY_RESULTS), dates())
    def test_promoting_and_then_demoting_changes_only_what_was_told(
        self, around: GoalModel, kpi: Kpi, key_result: KeyResult, on: dt.date
    ) -> None:
        taken = {goal.id for goal in around.goals} | {goal.measure.name for goal in around.measured}
        assume(not taken & {kpi.id, key_result.id, kpi.measure.name})
        before = attrs.evolve(around, kpis=[*around.kpis, kpi])
        moved = toward_health(kpi, attrs.evolve(key_result, measure=kpi.measure, origin=Origin(kpi=kpi.id, on=on)))
        told_up = Promoted(on=on, key_result=moved, **WHY)
        told_down = Demoted(on=on, key_result=moved, kpi=kpi, score=None, **WHY)
        after = replay(before, [told_up, told_down])
        assert attrs.evolve(after, events=()) == before
        assert after.events == (told_up, told_down)
        assert after.closed == (moved,)


def counts_latest(key_result: KeyResult) -> bool:
    return key_result.counting is Aggregation.LAST or isinstance(key_result.counting, MeanOfLatest)


class TestEVT3:
    """A reset says what is running, what graduates, what is over and can go on from which baseline, what can't and
    why, what may be watched instead, which commits are clear, and what competes for focus; it decides nothing.
    """

    @given(SMALL, st.data(), cycles())
    def test_every_key_result_stands_in_exactly_one_part(
        self, model: GoalModel, data: st.DataObject, cycle: Cycle
    ) -> None:
        history = data.draw(histories(model))
        ends = [each.cycle.end for each in model.key_results]
        as_of = data.draw(st.one_of(st.sampled_from(ends), dates()) if ends else dates())
        found = next_cycle(model, history, as_of=as_of, cycle=cycle)
        parts = [
            *(each.key_result for each in found.running),
            *(each.key_result.key_result for each in found.graduates),
            *(each.key_result for each, _ in found.continuing),
            *(each.key_result for each, _ in found.ending),
        ]
        assert sorted(each.id for each in parts) == [each.id for each in model.key_results]
        assert all(each.key_result.cycle.end > as_of for each in found.running)
        assert {each.commit for each in found.commits} == {each for each in model.commits if each.due <= as_of}
        assert {each.commit for each in found.held} == {each for each in model.commits if each.due > as_of}
        assert sorted([*found.clear, *found.unclear], key=lambda each: each.commit.id) == list(found.held)

    @given(values(Reset))
    def test_what_may_be_watched_stands_in_another_part_too_and_what_competes_stands_once(self, found: Reset) -> None:
        staying = [*found.running, *(each for each, _ in found.continuing), *(each for each, _ in found.ending)]
        assert all(each in staying for each, _ in found.may_be_watched)
        competing = [id_ for _, ids in found.competing for id_ in ids]
        asked = (found.running, found.continuing, found.held, found.focus.taken, found.focus.deferred)
        assert len(competing) == len(set(competing)) == sum(map(len, asked))

    @given(values(Reset))
    def test_what_goes_on_goes_on_from_where_it_stands_and_names_what_it_continues(self, found: Reset) -> None:
        for before, after in found.continuing:
            assert after.continues == before.key_result.id
            assert after.cycle == found.cycle
            if not counts_latest(before.key_result):  # what counts the latest goes on from where it stands today
                latest = None if before.latest is None else before.latest.value
                assert after.baseline in {before.current_value, latest, 0}
            assert after.target == before.key_result.target_value
            assert after.origin == before.key_result.origin

    @given(SMALL, st.data(), cycles(), dates())
    def test_what_counts_the_latest_goes_on_from_the_latest_reading_of_its_time_and_since(
        self, model: GoalModel, data: st.DataObject, cycle: Cycle, as_of: dt.date
    ) -> None:
        moved = [attrs.evolve(each, counting=Aggregation.LAST, path=None) for each in model.key_results]
        model = attrs.evolve(model, key_results=moved)
        history = {each.measure.name: each for each in data.draw(histories(model))}
        for before, after in next_cycle(model, history.values(), as_of=as_of, cycle=cycle).continuing:
            old = before.key_result
            if isinstance(old.window, EachReading) and not old.exclusions and not old.figure_policy.cases:
                read = [  # what is stated absent, or can't be, is no reading
                    (each.on, each.value)
                    for each in history[old.measure.name].as_known(as_of).corrected
                    if old.cycle.start <= each.on <= as_of
                    if not isinstance(each.value, Absence) and old.measure.can_be(each.value)
                ]
                assert after.baseline == max(read)[1]

    @given(values(Reset))
    def test_what_runs_or_can_go_on_counts_as_active_and_is_not_proposed_again(self, found: Reset) -> None:
        going_on = [*(each.key_result for each in found.running), *(after for _, after in found.continuing)]
        worked_on = {each.origin.kpi for each in going_on if each.origin}
        proposals = [*found.focus.taken, *(each.proposal for each in found.focus.deferred)]
        assert not worked_on & {each.kpi for each in proposals}

    @given(SMALL, st.data(), cycles())
    def test_within_the_limit_it_takes_what_the_kpis_themselves_propose(
        self, model: GoalModel, data: st.DataObject, cycle: Cycle
    ) -> None:
        history = {each.measure: each for each in data.draw(histories(model))}
        as_of = data.draw(dates())
        found = next_cycle(model, history.values(), as_of=as_of, cycle=cycle, limit=FocusPolicy(limit=99))
        for proposal in found.focus.taken:
            kpi = proposal.assessment.kpi
            assert decide_promotion(kpi, history[kpi.measure], as_of=as_of) == proposal
        assert found.focus.deferred == ()
