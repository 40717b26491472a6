"""A random life of a small model: read, promoted, revised, amended, demoted, reset, and checked after every step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from fractions import Fraction
from typing import Final, TypedDict

import attrs
import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,  # pyright: ignore[reportUnknownVariableType] # Hypothesis leaves an argument untyped
)

from budgets import examples
from goalmodel import (
    Commit,
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
    apply,
    decide_demotion,
    decide_promotion,
    demote,
    promote,
    replay,
)
from goalmodel.errors import GivenTwice, IllegalMove
from goalmodel.events import (
    Adopted,
    BandsChanged,
    BaselineRestated,
    CarriedOver,
    DaysExcluded,
    Deferred,
    Demoted,
    DeviationAccepted,
    Dropped,
    Edited,
    EnteredInError,
    Event,
    Promoted,
    Proposed,
    PutOnHold,
    Rebased,
    Resumed,
    Retired,
    StandardAmended,
    TargetRevised,
)
from goalmodel.lifecycle import MOVES, FocusPolicy, GoalState, Move, evidence_of, focus, next_cycle, state_of
from goalmodel.model import Goal


class Why(TypedDict):
    """What every event says beside what happened."""

    reason: str
    decided_by: str


LIMIT: Final = 2
NAMES: Final = ("a", "b", "c")
MEASURES: Final = {name: Measure(name) for name in NAMES}
FIRST: Final = GoalModel(
    kpis=[Kpi(id=name, measure=MEASURES[name], bands=HealthBands.at_least(8, watch=7), serves="o") for name in "ab"],
    objectives=[Objective(id="o", title="Guests are glad they came")],
    initiatives=[Initiative(id="i", title="Paint the walls", serves="a")],
)
WHY: Why = {"reason": "it seemed right", "decided_by": "the team"}
CLOSED: Final = {GoalState.GRADUATED, GoalState.DROPPED, GoalState.RETIRED}
GOOD: Final = (8, 9, Fraction(19, 2))
BAD: Final = (6, 7, Fraction(79, 10))
PICKS: Final = st.integers(0, 10)


class Life(RuleBasedStateMachine):
    """One model, and what is remembered of it beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.today = dt.date(2026, 1, 1)
        self.model = FIRST
        self.read: dict[str, dict[dt.date, Reading]] = {name: {} for name in NAMES}
        self.restated: dict[str, dict[tuple[dt.date, dt.date], Reading]] = {name: {} for name in NAMES}
        self.lives: list[GoalModel] = [FIRST]
        self.states: dict[str, GoalState] = {
            "a": GoalState.KPI,
            "b": GoalState.KPI,
            "o": GoalState.OBJECTIVE,
            "i": GoalState.INITIATIVE,
        }
        self.ids = 0
        self.before: list[tuple[Event, tuple[Goal, ...], dict[str, GoalState]]] = []
        self.past: list[tuple[dt.date, dict[str, Hashable]]] = []

    def series(self, name: str) -> Series:
        return Series(MEASURES[name], (*self.read[name].values(), *self.restated[name].values()))

    def history(self) -> list[Series]:
        return [self.series(name) for name in NAMES]

    def verdicts(self, on: dt.date) -> dict[str, Hashable]:
        """Return how each open goal stood at the end of that day."""
        found: dict[str, Hashable] = {}
        for kpi in self.model.kpis:
            watched = kpi.assess(self.series(kpi.measure.name), as_of=on)
            found[kpi.id] = (watched.health, watched.heading, watched.is_accepted)
        for key_result in self.model.key_results:
            found[key_result.id] = key_result.assess(self.series(key_result.measure.name), as_of=on).score
        for commit in self.model.commits:
            found[commit.id] = commit.assess(self.series(commit.measure.name), as_of=on).attainment
        return found

    def new_id(self, name: str) -> str:
        self.ids += 1
        return f"{name}-{self.ids}"

    def quarter(self) -> Cycle:
        return Cycle.quarter(self.today.year, (self.today.month + 2) // 3)

    def tell(self, event: Event, *moves: tuple[str, Move]) -> None:
        """Apply *event*, and write down by hand where the table leads the goals it moves; none is told twice."""
        if event in self.model.events:
            return
        self.before.append((event, self.model.goals, dict(self.states)))
        self.model = apply(self.model, event)
        for its_id, move in moves:
            self.states[its_id] = MOVES[self.states.get(its_id, GoalState.METRIC)][move]
        self.lives.append(self.model)

    def is_revised_today(self, moved: KeyResult, field: str) -> bool:
        """Return whether the target or the baseline was told to be another one today."""
        kind = TargetRevised if field == "target" else BaselineRestated
        today = [each for each in self.model.events if each.on == self.today and isinstance(each, kind)]
        return any(each.key_result == moved.id for each in today)

    def ended(self, closed: KeyResult) -> tuple[tuple[str, Move], ...]:
        return () if closed.origin is None else ((closed.origin.kpi, Move.RELEASE),)

    @rule(days=st.integers(1, 45))
    def time_goes_by(self, days: int) -> None:
        self.past.append((self.today, self.verdicts(self.today)))
        self.today += dt.timedelta(days=days)

    @rule(name=st.sampled_from(NAMES), value=st.sampled_from(GOOD + BAD))
    def it_is_read(self, name: str, value: int) -> None:
        self.today += dt.timedelta(days=1)
        self.read[name][self.today] = Reading(self.today, value)

    @rule(name=st.sampled_from(NAMES), value=st.sampled_from(GOOD + BAD), pick=PICKS)
    def it_is_restated(self, name: str, value: int, pick: int) -> None:
        """Something that was read before turns out to have been something else; it is known from today on."""
        before = [day for day in self.read[name] if day < self.today]
        if before:
            self.past.append((self.today - dt.timedelta(days=1), self.verdicts(self.today - dt.timedelta(days=1))))
            on = before[-1 - pick % min(3, len(before))]
            self.restated[name][on, self.today] = Reading(on, value, known_on=self.today)

    @rule(is_good=st.booleans(), pick=PICKS)
    def all_goes_well_or_badly_for_a_while(self, is_good: bool, pick: int) -> None:  # noqa: FBT001 - drawn, not written
        for step in range(3):
            self.today += dt.timedelta(days=1)
            for name in NAMES:
                value = (GOOD if is_good else BAD)[(pick + step) % 3]
                self.read[name][self.today] = Reading(self.today, value)

    @rule(name=st.sampled_from(NAMES))
    def a_goal_is_adopted(self, name: str) -> None:
        if name not in self.states:
            kpi = Kpi(id=name, measure=MEASURES[name], bands=HealthBands.at_least(8))
            self.tell(Adopted(on=self.today, goal=kpi, **WHY), (name, Move.WATCH))
        elif len(self.model.key_results) < LIMIT:
            key_result = KeyResult(
                id=self.new_id(name), measure=MEASURES[name], baseline=5, target=9, cycle=self.quarter(), serves="o"
            )
            self.tell(Adopted(on=self.today, goal=key_result, **WHY), (key_result.id, Move.SET))

    @rule(name=st.sampled_from(NAMES))
    def a_commit_is_adopted(self, name: str) -> None:
        commit = Commit(
            manner=Reached(),
            id=self.new_id(name),
            measure=MEASURES[name],
            standard=Standard.at_least(8),
            due=self.today + dt.timedelta(days=60),
            declared_on=self.today,
            serves="o",
        )
        self.tell(Adopted(on=self.today, goal=commit, **WHY), (commit.id, Move.COMMIT))

    @rule(pick=PICKS)
    def a_kpi_is_proposed(self, pick: int) -> None:
        free = [each for each in self.model.kpis if self.states[each.id] in (GoalState.KPI, GoalState.DEFERRED)]
        if free:
            kpi = free[pick % len(free)].id
            self.tell(Proposed(on=self.today, kpi=kpi, **WHY), (kpi, Move.PROPOSE))

    @rule()
    def it_needs_work_is_worked_on_and_gets_well(self) -> None:
        for is_good in (False, True):
            self.all_goes_well_or_badly_for_a_while(is_good=is_good, pick=0)
            self.what_needs_work_is_promoted_within_the_limit()
            self.what_is_healthy_again_graduates()

    @rule()
    def what_needs_work_is_promoted_within_the_limit(self) -> None:
        free = [each for each in self.model.kpis if self.states[each.id] is not GoalState.BEING_MOVED]
        decisions = [decide_promotion(each, self.series(each.measure.name), as_of=self.today) for each in free]
        proposals = [each for each in decisions if isinstance(each, Promote)]
        found = focus(proposals, active=self.model.key_results, policy=FocusPolicy(limit=LIMIT))
        for each in found.taken:
            key_result = promote(each.assessment.kpi, each, cycle=self.quarter(), id=self.new_id(each.kpi))
            told = Promoted(on=self.today, key_result=key_result, evidence=evidence_of(each), **WHY)
            self.tell(told, (each.kpi, Move.PROMOTE), (key_result.id, Move.SET))
        for waits in found.deferred:
            if self.model.events and self.model.events[-1].on == self.today:
                self.today += dt.timedelta(days=1)
            told_later = Deferred(
                on=self.today,
                kpi=waits.proposal.kpi,
                reason=str(waits.reason),
                decided_by="the team",
                evidence=evidence_of(waits.proposal),
            )
            self.tell(told_later, (waits.proposal.kpi, Move.DEFER))

    @rule()
    def what_is_healthy_again_graduates(self) -> None:
        for each in self.model.key_results:
            if each.origin is None:
                continue
            kpi = next(kpi for kpi in self.model.kpis if kpi.id == each.origin.kpi)
            found = decide_demotion(each, kpi, self.series(each.measure.name), as_of=self.today)
            if isinstance(found, Demote):
                self.graduates(found)

    def graduates(self, found: Demote) -> None:
        closed = demote(found.key_result.key_result, found)
        told = Demoted(
            on=self.today,
            key_result=closed.key_result,
            kpi=closed.kpi,
            score=closed.score,
            evidence=evidence_of(found),
            **WHY,
        )
        self.tell(told, (closed.key_result.id, Move.GRADUATE), *self.ended(closed.key_result))

    @precondition(lambda self: self.model.key_results)
    @rule(pick=PICKS, aim=st.sampled_from((10, 11, 12)))
    def a_target_is_revised(self, pick: int, aim: int) -> None:
        moved = self.model.key_results[pick % len(self.model.key_results)]
        if self.today <= moved.cycle.end and not self.is_revised_today(moved, "target"):
            told = TargetRevised(on=self.today, key_result=moved.id, target=aim, **WHY)
            self.tell(told, (moved.id, Move.REVISE))

    @precondition(lambda self: self.model.key_results)
    @rule(pick=PICKS, start=st.sampled_from((4, 6, 7)))
    def a_baseline_is_restated(self, pick: int, start: int) -> None:
        moved = self.model.key_results[pick % len(self.model.key_results)]
        if self.today <= moved.cycle.end and not self.is_revised_today(moved, "baseline"):
            told = BaselineRestated(on=self.today, key_result=moved.id, baseline=start, **WHY)
            self.tell(told, (moved.id, Move.RESTATE_BASELINE))

    @precondition(lambda self: self.model.measured)
    @rule(pick=PICKS, later=st.integers(-5, 5), days=st.integers(0, 20), everybody=st.booleans())
    def days_are_left_out(self, pick: int, later: int, days: int, everybody: bool) -> None:  # noqa: FBT001 - drawn, not written
        """One goal pauses, or all of them: a strike, days of closing, agreed before and too late."""
        open_ = [goal for goal in self.model.measured if Move.EXCLUDE_DAYS in MOVES[self.states[goal.id]]]
        goals = [goal.id for goal in (open_ if everybody else [open_[pick % len(open_)]])]
        start = self.today + dt.timedelta(days=later)
        end = start + dt.timedelta(days=days)
        told = DaysExcluded(on=self.today, goals=goals, start=start, end=end, **WHY)
        self.tell(told, *((its_id, Move.EXCLUDE_DAYS) for its_id in goals))

    @precondition(lambda self: self.model.measured)
    @rule(pick=PICKS)
    def work_rests_or_goes_on(self, pick: int) -> None:
        goal = self.model.measured[pick % len(self.model.measured)]
        hold = next((each for each in goal.exclusions if each.is_open and each.end == dt.date.max), None)
        rests, goes_on = (kind(on=self.today, goals=[goal.id], **WHY) for kind in (PutOnHold, Resumed))
        if hold is None and rests not in self.model.events:
            self.tell(rests, (goal.id, Move.HOLD))
        elif hold is not None and hold.start < self.today:
            self.tell(goes_on, (goal.id, Move.RESUME))
        else:
            with pytest.raises(GoalModelError):
                apply(self.model, goes_on)

    @precondition(lambda self: self.model.measured)
    @rule(pick=PICKS, owner=st.sampled_from((None, "Ada", "Grace")), is_linked=st.booleans())
    def it_is_edited(self, pick: int, owner: str | None, is_linked: bool) -> None:  # noqa: FBT001 - drawn, not written
        goal = self.model.measured[pick % len(self.model.measured)]
        into = attrs.evolve(goal, owner=owner, serves=["o"] if is_linked else [])
        if into != goal:
            self.tell(Edited(on=self.today, goal=goal, into=into, **WHY), (goal.id, Move.EDIT))

    @precondition(lambda self: self.model.commits)
    @rule(pick=PICKS, low=st.sampled_from((6, 7, 9)))
    def a_standard_is_amended(self, pick: int, low: int) -> None:
        owed = self.model.commits[pick % len(self.model.commits)]
        told = StandardAmended(on=self.today, commit=owed.id, standard=Standard.at_least(low), **WHY)
        latest = owed.amendments[-1].on if owed.amendments else dt.date.min
        if latest < self.today <= owed.due and owed.standards[-1][1] != told.standard:
            self.tell(told, (owed.id, Move.AMEND))
        else:
            with pytest.raises(GoalModelError):
                apply(self.model, told)

    @precondition(lambda self: self.model.kpis)
    @rule(pick=PICKS, days=st.integers(0, 30))
    def a_deviation_is_accepted(self, pick: int, days: int) -> None:
        kpi = self.model.kpis[pick % len(self.model.kpis)]
        told = DeviationAccepted(on=self.today, kpi=kpi.id, until=self.today + dt.timedelta(days=days), **WHY)
        if told not in self.model.events:
            self.tell(told, (kpi.id, Move.ACCEPT_DEVIATION))

    @precondition(lambda self: self.model.kpis)
    @rule(pick=PICKS, later=st.integers(-1, 3))
    def something_else_is_usual(self, pick: int, later: int) -> None:
        kpi = self.model.kpis[pick % len(self.model.kpis)]
        since = self.today + dt.timedelta(days=max(later, 0))
        told = Rebased(on=self.today, kpi=kpi.id, since=since, **WHY)
        if any(each.on == since for each in kpi.rebasings):
            with pytest.raises(GivenTwice):
                apply(self.model, told)
        else:
            self.tell(told, (kpi.id, Move.REBASE))

    @rule(pick=PICKS)
    def work_and_outcomes_come_and_go(self, pick: int) -> None:
        """An initiative or an objective begins, gets another title, or is over."""
        words: list[Objective | Initiative] = [*self.model.objectives, *self.model.initiatives]
        kind = (Objective, Initiative)[pick % 2]
        begins = kind(id=self.new_id("w"), title="Guests come back")
        if pick % 3 == 0:
            self.tell(Adopted(on=self.today, goal=begins, **WHY), (begins.id, (Move.PURSUE, Move.BEGIN)[pick % 2]))
        goal = words[pick % len(words)]
        into = attrs.evolve(goal, title=f"{goal.title}!")
        if pick % 3 == 1:
            self.tell(Edited(on=self.today, goal=goal, into=into, **WHY), (goal.id, Move.EDIT))
        elif pick % 3 == 2 and goal.id not in "oi":
            self.tell(Retired(on=self.today, goal=goal, outcome="as it was", **WHY), (goal.id, Move.RETIRE))

    @precondition(lambda self: self.model.kpis)
    @rule(pick=PICKS, edge=st.integers(-2, 2), days=st.integers(0, 3))
    def its_bands_are_changed(self, pick: int, edge: int, days: int) -> None:
        kpi = self.model.kpis[pick % len(self.model.kpis)]
        since = self.today + dt.timedelta(days=days)
        told = BandsChanged(on=self.today, kpi=kpi.id, bands=HealthBands.at_least(edge), since=since, **WHY)
        if kpi.bands is None or any(since <= each.on for each in kpi.bands_changes):
            with pytest.raises(GoalModelError):
                apply(self.model, told)
        elif told not in self.model.events:
            self.tell(told, (kpi.id, Move.CHANGE_BANDS))

    @precondition(lambda self: self.model.measured)
    @rule(pick=PICKS, drops=st.booleans())
    def a_goal_is_given_up(self, pick: int, drops: bool) -> None:  # noqa: FBT001 - drawn, not written
        goal = self.model.measured[pick % len(self.model.measured)]
        move = Move.DROP if drops else Move.RETIRE
        if drops and isinstance(goal, Commit):
            return
        told = Dropped(on=self.today, goal=goal, **WHY) if drops else Retired(on=self.today, goal=goal, **WHY)  # type: ignore[arg-type] # no commit is dropped
        if move in MOVES[self.states[goal.id]]:
            self.tell(told, (goal.id, move), *(self.ended(goal) if isinstance(goal, KeyResult) else ()))
        elif told in self.model.events:
            with pytest.raises(GivenTwice):
                apply(self.model, told)
        else:
            with pytest.raises(IllegalMove) as refused:
                apply(self.model, told)
            assert set(refused.value.legal) == set(MOVES[self.states[goal.id]]) - {Move.RELEASE}

    @rule()
    def a_cycle_is_over(self) -> None:
        self.today = self.quarter().end
        after = self.today + dt.timedelta(days=1)
        cycle = Cycle.quarter(after.year, (after.month + 2) // 3)
        found = next_cycle(self.model, self.history(), as_of=self.today, cycle=cycle, limit=FocusPolicy(limit=LIMIT))
        parts = (found.running, found.graduates, found.continuing, found.ending)
        assert sum(map(len, parts)) == len(self.model.key_results)
        assert len(found.focus.taken) <= max(LIMIT - len(found.running) - len(found.continuing), 0)
        for graduate in found.graduates:
            self.graduates(graduate)
        for before, into in found.continuing:
            told = CarriedOver(on=self.today, goal=before.key_result, into=into, **WHY)
            self.tell(told, (before.key_result.id, Move.CARRY_OVER), (into.id, Move.SET))
        for ending, why in found.ending:
            over = Retired(on=self.today, goal=ending.key_result, reason=str(why), decided_by="the team")
            self.tell(over, (ending.key_result.id, Move.RETIRE), *self.ended(ending.key_result))
        for due in found.commits:
            self.tell(Retired(on=self.today, goal=due.commit, **WHY), (due.commit.id, Move.RETIRE))

    @precondition(lambda self: self.before)
    @rule(back=st.integers(1, 3))
    def the_latest_turns_out_to_have_been_told_in_error(self, back: int) -> None:
        """One after the other, the latest first: the goals stand as before them, and the records stay."""
        for _ in range(min(back, len(self.before))):
            wrong, goals, states = self.before.pop()
            told = self.model.events
            mark = EnteredInError(on=self.today, event=wrong, **WHY)
            self.model = apply(self.model, mark)
            assert self.model.events == (*told, mark)
            # Which goals led to what was closed by mistake is told by events alone.
            assert [attrs.evolve(goal, serves=()) for goal in self.model.goals] == [
                attrs.evolve(goal, serves=()) for goal in goals
            ]
            self.states = states
            self.lives.append(self.model)
        # What was never told moved no verdict; those of days that are over are asked for anew.
        self.past = []

    @precondition(lambda self: self.model.events)
    @rule()
    def what_was_told_is_not_told_again(self) -> None:
        with pytest.raises(GivenTwice):
            apply(self.model, self.model.events[-1])

    @invariant()
    def every_goal_stands_where_the_table_led_it(self) -> None:
        assert {its_id: state_of(self.model, its_id) for its_id in self.states} == self.states

    @invariant()
    def what_is_closed_is_not_open_and_every_id_is_of_one_goal(self) -> None:
        open_ids = [goal.id for goal in self.model.goals]
        closed_ids = [goal.id for goal in self.model.closed]
        assert len({*open_ids, *closed_ids}) == len(open_ids) + len(closed_ids)
        assert {its_id for its_id, state in self.states.items() if state in CLOSED} == set(closed_ids)

    @invariant()
    def replaying_the_events_gives_the_living_model(self) -> None:
        for earlier in self.lives[-3:]:
            assert replay(earlier, self.model.events[len(earlier.events) :]) == self.model

    @invariant()
    def the_model_stands_as_its_log_says(self) -> None:
        fields = {field.name: getattr(self.model, field.name) for field in attrs.fields(GoalModel)}
        assert GoalModel(**fields) == self.model

    @invariant()
    def what_was_told_stays_told(self) -> None:
        for earlier in self.lives[-3:]:
            assert self.model.events[: len(earlier.events)] == earlier.events

    @invariant()
    def what_was_found_on_a_day_that_is_over_stays_so(self) -> None:
        for on, before in self.past[-3:]:
            now = self.verdicts(on)
            assert {its_id: now[its_id] for its_id in now if its_id in before} == {
                its_id: before[its_id] for its_id in before if its_id in now
            }

    @invariant()
    def no_more_than_the_limit_is_worked_on(self) -> None:
        assert len(self.model.key_results) <= LIMIT

    @invariant()
    def nothing_is_proposed_both_ways(self) -> None:
        kpis = {each.id: each for each in self.model.kpis}
        for each in self.model.key_results:
            if each.origin is not None:
                kpi, series = kpis[each.origin.kpi], self.series(each.measure.name)
                up = decide_promotion(kpi, series, as_of=self.today)
                down = decide_demotion(each, kpi, series, as_of=self.today)
                assert not (isinstance(up, Promote) and isinstance(down, Demote))

    def teardown(self) -> None:
        half = self.lives[len(self.lives) // 2]
        assert replay(FIRST, self.model.events[: len(half.events)]) == half
        assert replay(half, self.model.events[len(half.events) :]) == self.model


def test_whatever_happens_to_goals_they_stand_where_it_led_them() -> None:
    run_state_machine_as_test(Life, settings=settings(examples(40), stateful_step_count=25))
