"""A KPI made of parts inside a model: blood pressure, its two readings, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import attrs
import pytest

import goalmodel as gm
from goalmodel.errors import EventDoesNotFit, GivenTwice, IllegalMove, NothingGiven, UnknownReference, WrongLink
from goalmodel.events import (
    Adopted,
    BandsChanged,
    DaysExcluded,
    Deferred,
    DeviationAccepted,
    Dropped,
    Edited,
    EnteredInError,
    Promoted,
    Proposed,
    PutOnHold,
    Rebased,
    Resumed,
    Retired,
)
from goalmodel.fairness import fairness_file
from goalmodel.interchange import document, load
from goalmodel.key_result import Vote
from goalmodel.lifecycle import GoalState, Move, event_of, evidence_of, state_of

PRESSURE = gm.Unit("mmHg")
UPPER = gm.Kpi(
    id="systolic",
    measure=gm.Measure("systolic", unit=PRESSURE),
    bands=gm.HealthBands.at_most(119, watch=129),
    cadence=gm.Cadence.MONTHLY,
)
LOWER = gm.Kpi(id="diastolic", measure=gm.Measure("diastolic", unit=PRESSURE), bands=gm.HealthBands.at_most(79))
BLOOD = gm.CompositeKpi(id="blood pressure", parts=[UPPER, LOWER], serves="well", owner="the patient")
WELL = gm.Objective(id="well", title="Feel well again", owner="the patient")
MODEL = gm.GoalModel(composites=[BLOOD], objectives=[WELL])
DAYS = [dt.date(2026, month, 28) for month in (1, 2, 3, 4)]
HISTORY = [
    gm.Series.of(UPPER.measure, dict(zip(DAYS, (118, 131, 134, 136), strict=True))),
    gm.Series.of(LOWER.measure, dict(zip(DAYS, (75, 76, 78, 79), strict=True))),
]
TOLD: dict[str, Any] = {"reason": "the doctor said so", "decided_by": "the patient"}


def test_the_whole_and_its_parts_are_goals_of_the_model() -> None:
    assert [goal.id for goal in MODEL.goals] == ["diastolic", "systolic", "blood pressure", "well"]
    assert MODEL.kpis == ()
    assert MODEL.watched == (LOWER, UPPER)
    assert MODEL.measured == (LOWER, UPPER)
    assert MODEL["systolic"] == UPPER
    assert MODEL["blood pressure"] == BLOOD
    assert MODEL.serving("well") == (BLOOD,)


def test_an_id_is_found_or_those_spelled_nearly_alike_are_named() -> None:
    with pytest.raises(UnknownReference, match="such as 'systolic' or 'diastolic'"):
        _ = MODEL["sistolic"]
    with pytest.raises(UnknownReference, match=r"the id of a goal of the model; got 'x'"):
        _ = MODEL["x"]


def test_a_part_has_an_id_of_its_own() -> None:
    with pytest.raises(GivenTwice):
        gm.GoalModel(kpis=[UPPER], composites=[BLOOD], objectives=[WELL])
    with pytest.raises(GivenTwice):
        gm.GoalModel(composites=[BLOOD, attrs.evolve(BLOOD, id="again", parts=[UPPER])], objectives=[WELL])


def test_the_whole_serves_what_a_kpi_may_serve() -> None:
    with pytest.raises(WrongLink):
        gm.GoalModel(composites=[attrs.evolve(BLOOD, serves="sla")], commits=[_commit()])


def _commit() -> gm.Commit:
    return gm.Commit(
        manner=gm.Reached(),
        id="sla",
        measure=gm.Measure("uptime"),
        standard=gm.Standard.at_least(99),
        due=DAYS[-1],
        declared_on=DAYS[0],
    )


def test_a_review_says_how_the_whole_and_each_part_stand() -> None:
    seen = gm.review(MODEL, HISTORY, as_of=DAYS[-1])
    (whole,) = seen.composites
    assert [each.kpi.id for each in seen.kpis] == ["diastolic", "systolic"]
    assert (whole.health, whole.least_healthy.kpi) == (gm.Health.UNHEALTHY, UPPER)
    assert seen["blood pressure"] is whole
    assert seen["systolic"] is whole.parts[1]
    assert [proposal.kpi for proposal in seen.promotions] == ["systolic"]
    _, rollup = seen.objectives[0]
    assert rollup.health == ((gm.Health.UNHEALTHY, 1),)
    assert seen["well"] is rollup
    with pytest.raises(UnknownReference, match="such as 'blood pressure'"):
        _ = seen["blood presure"]


def test_what_changed_of_the_whole_is_said_of_the_whole() -> None:
    before, after = (gm.review(MODEL, HISTORY, as_of=day) for day in (DAYS[0], DAYS[-1]))
    changed = {(each.goal, each.aspect.name): each.after for each in after.changes_since(before)}
    assert changed["blood pressure", "HEALTH"] is gm.Health.UNHEALTHY


def test_the_linter_asks_the_whole_for_its_owner_and_what_it_feeds() -> None:
    def found(model: gm.GoalModel) -> list[tuple[str, ...]]:
        policy = gm.hygiene.HygienePolicy(select=["KPI103", "KPI105"])
        return [finding.goals for finding in gm.lint(model, HISTORY, as_of=DAYS[-1], policy=policy)]

    alone = gm.GoalModel(kpis=[UPPER], objectives=[WELL])
    assert found(MODEL) == []
    assert len(found(alone)) == 2


def test_a_part_is_promoted_and_the_whole_stays_watched() -> None:
    decision = gm.decide_promotion(UPPER, HISTORY[0], as_of=DAYS[-1])
    assert isinstance(decision, gm.Promote)
    moved = gm.promote(UPPER, decision, cycle=gm.Cycle.quarter(2026, 2))
    told = Promoted(on=DAYS[-1], key_result=moved, evidence=evidence_of(decision), **TOLD)
    after = gm.apply(MODEL, told)
    assert (state_of(after, "systolic"), state_of(after, BLOOD.id)) == (GoalState.BEING_MOVED, GoalState.KPI)
    assert after.composites == (BLOOD,)


def test_a_deviation_of_a_part_is_accepted_inside_the_whole() -> None:
    after = gm.apply(MODEL, DeviationAccepted(on=DAYS[-1], kpi="systolic", until=dt.date(2026, 12, 31), **TOLD))
    (whole,) = after.composites
    assert [part.id for part in whole.parts if part.accepted] == ["systolic"]
    assert after["systolic"] == whole.parts[1]


def test_a_part_leads_to_the_whole_and_to_what_that_serves() -> None:
    assert MODEL.impact("systolic") == (BLOOD, WELL)
    assert MODEL.dependents("systolic") == 2
    assert MODEL.lineage("well") == (LOWER, UPPER, BLOOD)
    assert MODEL.lineage(BLOOD.id) == (LOWER, UPPER)


def test_what_a_part_and_a_key_result_both_lead_to_links_them() -> None:
    steps = gm.KeyResult(
        id="steps", measure=gm.Measure("steps"), baseline=0, target=10, cycle=gm.Cycle.year(2026), serves="well"
    )
    model = attrs.evolve(MODEL, key_results=[steps])
    moved = gm.Series.of(steps.measure, {DAYS[0]: 1, DAYS[2]: 8})
    policy = gm.Policy(trend=gm.TrendPolicy(direction=gm.trend.Steps(1)))
    harmed = gm.review(model, [*HISTORY, moved], as_of=DAYS[2], policy=policy).externalities.found
    link = gm.externality.ExternalityLink.FURTHER
    assert [(each.kpi, [(named.goal, named.link) for named in each.linked]) for each in harmed] == [
        ("diastolic", [("steps", link)]),
        ("systolic", [("steps", link)]),
    ]


LATER = [dt.date(2026, month, 28) for month in (5, 6, 7, 8, 9)]
CLOSE = dt.date(2026, 9, 30)
MENDED = [
    gm.Series.of(UPPER.measure, dict(zip((*DAYS, *LATER), (118, 131, 134, 136, 118, 117, 112, 111, 110), strict=True))),
    gm.Series.of(LOWER.measure, dict(zip((*DAYS, *LATER), (75, 76, 78, 79, 75, 75, 75, 75, 75), strict=True))),
]


def _moved() -> tuple[gm.GoalModel, gm.KeyResult]:
    decision = gm.decide_promotion(UPPER, HISTORY[0], as_of=DAYS[-1])
    assert isinstance(decision, gm.Promote)
    cycle = gm.Cycle(dt.date(2026, 4, 29), CLOSE)
    moved = gm.promote(UPPER, decision, cycle=cycle, serves="well")
    return gm.apply(MODEL, event_of(decision, decided_by="the patient", key_result=moved)), moved


def test_a_part_goes_back_inside_the_whole() -> None:
    model, moved = _moved()
    votes = [Vote(moved.id, LATER[0], 0.4), Vote(moved.id, LATER[1], 0.8)]
    seen = gm.review(model, MENDED, as_of=CLOSE, votes=votes)
    assert [vote.confidence for vote in _assessed(seen, moved.id).votes] == [Fraction(4, 5)]
    (demotion,) = seen.demotions
    after = gm.apply(model, event_of(demotion, decided_by="the patient"))
    assert after.composites == (BLOOD,)
    assert [state_of(after, id_) for id_ in ("systolic", moved.id)] == [GoalState.KPI, GoalState.GRADUATED]
    assert gm.replay(MODEL, after.events) == after


def _assessed(seen: gm.Review, id_: str) -> gm.KeyResultAssessment:
    found = seen[id_]
    assert isinstance(found, gm.KeyResultAssessment)
    return found


def test_the_fairness_file_of_what_came_of_a_part() -> None:
    model, moved = _moved()
    found = fairness_file(moved, MENDED[0], as_of=CLOSE, among=model)
    assert (found.goal, found.as_first_judged) == (moved.id, moved.assess(MENDED[0], as_of=CLOSE).score)


def test_a_part_that_is_moved_is_not_retired_nor_is_its_whole() -> None:
    model, _ = _moved()
    for goal in (UPPER, BLOOD):
        with pytest.raises(IllegalMove) as refused:
            gm.apply(model, Retired(on=CLOSE, goal=goal, **TOLD))
        assert refused.value.goal == "systolic"


def test_what_was_moved_of_a_part_is_dropped_and_the_part_is_watched() -> None:
    model, moved = _moved()
    after = gm.apply(model, Dropped(on=CLOSE, goal=moved, **TOLD))
    assert (state_of(after, "systolic"), after.composites) == (GoalState.KPI, (BLOOD,))


EACH = [
    Edited(on=DAYS[0], goal=BLOOD, into=attrs.evolve(BLOOD, owner="the nurse"), **TOLD),
    Edited(on=DAYS[0], goal=LOWER, into=attrs.evolve(LOWER, definition="sitting"), **TOLD),
    BandsChanged(on=DAYS[0], kpi="systolic", bands=gm.HealthBands.at_most(129), **TOLD),
    Rebased(on=DAYS[0], kpi="systolic", **TOLD),
    DaysExcluded(on=DAYS[0], goals=["systolic", "diastolic"], start=DAYS[0], end=DAYS[1], **TOLD),
    PutOnHold(on=DAYS[0], goals=["systolic"], **TOLD),
    DeviationAccepted(on=DAYS[0], kpi="systolic", until=DAYS[1], **TOLD),
    Deferred(on=DAYS[0], kpi="systolic", **TOLD),
    Retired(on=DAYS[0], goal=LOWER, **TOLD),
    Retired(on=DAYS[0], goal=BLOOD, **TOLD),
]


@pytest.mark.parametrize("told", EACH, ids=lambda told: type(told).__name__)
def test_each_event_and_what_was_told_in_error(told: gm.events.Event) -> None:
    after = gm.apply(MODEL, told)
    assert after.goals != MODEL.goals or isinstance(told, Deferred)
    for whole in after.composites:
        assert whole.parts == tuple(after[part.id] for part in whole.parts)
    assert gm.replay(MODEL, [told]) == after
    assert load(gm.GoalModel, document(after)) == after
    without = gm.apply(after, EnteredInError(on=DAYS[1], event=told, **TOLD))
    assert without.goals == MODEL.goals


def test_a_part_is_put_on_hold_and_resumed() -> None:
    held = gm.apply(MODEL, PutOnHold(on=DAYS[0], goals=["systolic"], **TOLD))
    after = gm.apply(held, Resumed(on=DAYS[1], goals=["systolic"], **TOLD))
    (excluded,) = after.composites[0].parts[1].exclusions
    assert (excluded.start, excluded.end) == (DAYS[0], DAYS[1] - dt.timedelta(days=1))


def test_the_whole_is_a_guardrail_as_its_parts_are() -> None:
    model, moved = _moved()
    for guard in ("diastolic", BLOOD.id):
        guarded = attrs.evolve(moved, guardrails=guard)
        assert gm.apply(model, Edited(on=CLOSE, goal=moved, into=guarded, **TOLD))[moved.id] == guarded


def test_the_whole_is_adopted_and_retired_with_its_parts() -> None:
    born = gm.apply(gm.GoalModel(objectives=[WELL]), Adopted(on=DAYS[0], goal=BLOOD, **TOLD))
    assert born.composites == (BLOOD,)
    over = gm.apply(born, Retired(on=DAYS[1], goal=BLOOD, **TOLD))
    assert over.goals == (WELL,)
    assert over.closed == (BLOOD,)
    assert [state_of(over, id_) for id_ in ("systolic", BLOOD.id)] == [GoalState.RETIRED, GoalState.RETIRED]
    with pytest.raises(IllegalMove):
        gm.apply(over, Adopted(on=DAYS[2], goal=UPPER, **TOLD))
    assert gm.replay(gm.GoalModel(objectives=[WELL]), over.events) == over


def test_a_part_can_be_retired_but_not_the_last_one() -> None:
    one_left = gm.apply(MODEL, Retired(on=DAYS[0], goal=LOWER, **TOLD))
    assert [part.id for part in one_left.composites[0].parts] == ["systolic"]
    with pytest.raises(EventDoesNotFit, match="one of several parts of 'blood pressure'"):
        gm.apply(one_left, Retired(on=DAYS[1], goal=UPPER, **TOLD))


@pytest.mark.parametrize(
    "told",
    [
        Proposed(on=DAYS[0], kpi=BLOOD.id, **TOLD),
        DeviationAccepted(on=DAYS[0], kpi=BLOOD.id, until=DAYS[1], **TOLD),
    ],
    ids=lambda told: type(told).__name__,
)
def test_what_is_done_to_a_kpi_is_done_to_a_part(told: gm.events.Event) -> None:
    with pytest.raises(IllegalMove) as refused:
        gm.apply(MODEL, told)
    assert refused.value.legal == (Move.EDIT, Move.RETIRE)


def test_a_proposal_about_a_part_is_dropped_as_any_other() -> None:
    proposed = gm.apply(MODEL, Proposed(on=DAYS[0], kpi="systolic", **TOLD))
    after = gm.apply(proposed, Dropped(on=DAYS[1], goal=UPPER, **TOLD))
    assert state_of(after, "systolic") is GoalState.KPI
    assert after.composites == (BLOOD,)


def test_how_a_kpi_made_of_parts_stands_is_how_its_parts_stand() -> None:
    whole = gm.CompositeKpi(id="bp", parts=[gm.Kpi(id="low", measure=gm.Measure("low"))])
    with pytest.raises(NothingGiven, match="how each part stands"):
        gm.kpi.CompositeAssessment(kpi=whole, as_of=dt.date(2026, 1, 1), parts=())


def test_work_on_the_whole_is_work_on_each_part() -> None:
    """An initiative serves the whole; the systolic pressure has been on watch for three readings."""
    as_of, policy = dt.date(2026, 4, 28), gm.hygiene.HygienePolicy(select=["KPI111"], not_healthy=3)
    read = [gm.Series.of(UPPER.measure, dict(zip(DAYS, (118, 121, 125, 129), strict=True))), HISTORY[1]]
    walks = gm.Initiative(id="walks", title="Walk half an hour a day", serves="blood pressure")
    with_work = attrs.evolve(MODEL, initiatives=[walks])
    assert with_work.serving("blood pressure") == (walks,)
    assert [each.goals for each in gm.lint(MODEL, read, as_of=as_of, policy=policy)] == [("systolic",)]
    assert gm.lint(with_work, read, as_of=as_of, policy=policy) == ()
