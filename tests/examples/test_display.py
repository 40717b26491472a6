"""How verdicts sort, and what managers read of goals, verdicts, decisions and events."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import attrs
import pytest

from goalmodel import (
    Commit,
    CompositeKpi,
    Cycle,
    GoalModel,
    Health,
    HealthBands,
    Initiative,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Outcome,
    Pace,
    Policy,
    Reached,
    Score,
    Series,
    Standard,
    Unit,
    decide_demotion,
    decide_promotion,
    promote,
    review,
)
from goalmodel.capacity import Capacity
from goalmodel.commit import Response, Support, SupportKind
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
    Event,
    Learnt,
    Promoted,
    Proposed,
    Retired,
    StandardAmended,
    TargetRevised,
)
from goalmodel.hygiene import Description, Severity, translate
from goalmodel.key_result import Relative
from goalmodel.lifecycle import DemotionPolicy, FocusPolicy, Graduated, PromotionPolicy, focus
from goalmodel.measure import EachPeriod, Period
from goalmodel.objective import RollupMethod, RollupPolicy

SORTED = [
    (Health, ("unhealthy", "unknown", "on watch", "healthy")),
    (
        Outcome,
        (
            "moved back",
            "little movement",
            "part of the way",
            "most of the way",
            "reached the target",
            "went past the target",
        ),
    ),
    (Pace, ("well behind", "behind", "on pace", "ahead")),
    (Severity, ("error", "warning", "hint")),
]


@pytest.mark.parametrize(("kind", "values"), SORTED)
def test_verdicts_sort_the_worst_first(kind: type[Health | Outcome | Pace | Severity], values: tuple[str, ...]) -> None:
    assert sorted(kind, key=lambda member: member.order) == list(values)


# ------------------------------------------------------------------------------------------------------ one model

CSAT = Measure("customer satisfaction", unit="points")
UPTIME = Measure("uptime", unit=Unit("percent", symbol="%"))
Q4 = Cycle.quarter(2026, 4)
AS_OF = dt.date(2026, 11, 30)

HAPPY = Objective(id="happy", title="Customers like to come back")
KPI = Kpi(id="csat", measure=CSAT, bands=HealthBands.at_least(8, watch=7.5), serves="happy", tolerated_days=90)
BLOOD = CompositeKpi(
    id="pressure",
    parts=[
        Kpi(id="diastolic", measure=Measure("diastolic"), bands=HealthBands.at_most(80)),
        Kpi(id="systolic", measure=Measure("systolic"), bands=HealthBands.at_most(120)),
    ],
)
MOVED = KeyResult(id="csat-q4", measure=CSAT, baseline=7, target=9, cycle=Q4, serves="happy")
SLA = Commit(
    manner=Reached(),
    id="sla",
    measure=UPTIME,
    standard=Standard.at_least(99.9),
    due=dt.date(2026, 11, 15),
    declared_on=dt.date(2026, 9, 1),
    support=Support(SupportKind.PEOPLE, "two engineers"),
    serves="happy",
)
MODEL = GoalModel(
    objectives=[HAPPY],
    kpis=[KPI],
    composites=[BLOOD],
    key_results=[MOVED],
    commits=[SLA],
    initiatives=[Initiative(id="training", title="Train the desk", serves="csat-q4")],
)
HISTORY = [
    Series.of(CSAT, {dt.date(2026, month, 28): value for month, value in ((8, 7.9), (9, 7.8), (10, 7.7), (11, 7.996))}),
    Series.of(UPTIME, {dt.date(2026, 11, 15): 99.89999}),
    Series.of(BLOOD.parts[0].measure, {dt.date(2026, 11, 15): 90}),
]
SEEN = review(MODEL, HISTORY, as_of=AS_OF, policy=Policy(promotion=PromotionPolicy(unhealthy=2)))

SAID = [
    (HAPPY, "objective happy: Customers like to come back"),
    (KPI, "KPI csat: customer satisfaction"),
    (BLOOD, "KPI pressure: diastolic, systolic"),
    (MOVED, "key result csat-q4: customer satisfaction from 7 to 9 points, 2026-10-01 to 2026-12-31"),
    (
        attrs.evolve(MOVED, baseline=None, target=Relative.percent(15)),
        "key result csat-q4: customer satisfaction from a baseline not known yet by +15 %, 2026-10-01 to 2026-12-31",
    ),
    (SLA, "commit sla: uptime at least 99.9 %, reached by the due date, 2026-11-15"),
    (MODEL.initiatives[0], "initiative training: Train the desk"),
    (MODEL, "goal model: 1 objective, 1 KPI, 1 composite KPI, 1 key result, 1 commit, 1 initiative"),
    (GoalModel(kpis=[attrs.evolve(KPI, id=id_, serves=()) for id_ in ("a", "b")]), "goal model: 2 KPIs"),
    (GoalModel(), "goal model: no goals"),
    (SEEN["csat"], "csat: on watch; latest 7.996 on 2026-11-28"),
    (SEEN["systolic"], "systolic: unknown; never read"),
    (SEEN["pressure"], "pressure: unhealthy; by diastolic"),
    (SEEN["csat-q4"], "csat-q4: 49.8 %, part of the way, on pace; latest 7.996 on 2026-11-28"),
    (MOVED.assess(Series(CSAT), as_of=AS_OF), "csat-q4: no score; never read"),
    (
        attrs.evolve(MOVED, window=EachPeriod(Period.QUARTER)).assess(Series.of(CSAT, {AS_OF: 8}), as_of=AS_OF),
        "csat-q4: no score; no complete figure",
    ),
    (
        attrs.evolve(KPI, window=EachPeriod(Period.QUARTER)).assess(Series.of(CSAT, {}), as_of=AS_OF),
        "csat: unknown; no complete figure",
    ),
    (SEEN["sla"], "sla: not kept, 0.00001 % short; 99.9 on 2026-11-15"),
    (SLA.assess(Series(UPTIME), as_of=AS_OF), "sla: unknown"),
    (SEEN["happy"], "49.8 %; 1 of 1 key result scored; commits not kept"),
]


@pytest.mark.parametrize(("value", "text"), SAID, ids=[f"{number}" for number in range(len(SAID))])
def test_goals_and_verdicts_can_be_read(value: object, text: str) -> None:
    assert str(value) == text


def test_a_review_is_a_page() -> None:
    assert str(attrs.evolve(SEEN, findings=())) == (
        "Review on 2026-11-30\n"
        "\n"
        "Objectives\n"
        "  objective happy: Customers like to come back: 49.8 %; 1 of 1 key result scored; commits not kept\n"
        "\n"
        "KPIs\n"
        "  csat: on watch; latest 7.996 on 2026-11-28\n"
        "  diastolic: unhealthy; latest 90 on 2026-11-15\n"
        "  systolic: unknown; never read\n"
        "\n"
        "KPIs made of parts\n"
        "  pressure: unhealthy; by diastolic\n"
        "\n"
        "Key results\n"
        "  csat-q4: 49.8 %, part of the way, on pace; latest 7.996 on 2026-11-28\n"
        "\n"
        "Commits\n"
        "  sla: not kept, 0.00001 % short; 99.9 on 2026-11-15\n"
        "\n"
        "Proposed\n"
        "  promote csat: csat lies outside its healthy zone for longer than is acceptable: overdue since 2026-11-26"
    )


def test_reasons_stand_below_their_line_on_request() -> None:
    page = SEEN.page(with_reasons=True).splitlines()
    line = page.index("  csat-q4: 49.8 %, part of the way, on pace; latest 7.996 on 2026-11-28")
    assert page[line + 1 : line + 3] == [
        "    from 7 to 9 it has come to 7.996 on 2026-11-28",
        "    it has come 49.8 % of the way, 46.4 % was expected, 70 % by the end: on pace",
    ]
    assert set(str(SEEN).splitlines()) < set(page)


# ------------------------------------------------------------------------------------------------ decisions, events

WORSE = Series.of(CSAT, {dt.date(2026, 10, 28): 7, dt.date(2026, 11, 28): 7})
PROMOTE = decide_promotion(KPI, WORSE, as_of=AS_OF, policy=PromotionPolicy(unhealthy=2))


def test_decisions_can_be_read() -> None:
    assert str(PROMOTE) == "promote csat: csat has been unhealthy for 2 readings in a row, 2 are enough"
    keep = decide_promotion(KPI, Series(CSAT), as_of=AS_OF)
    assert str(keep) == "keep csat as it is: nobody knows whether csat is healthy, and that is no evidence"
    moved: Any = promote(KPI, PROMOTE, id="csat-q4", target=9, cycle=Q4)  # type: ignore[arg-type] # it is one
    back = decide_demotion(moved, KPI, WORSE, as_of=AS_OF)
    assert str(back).startswith("continue csat-q4: csat has been healthy and clear of its edge for 0 readings")
    better = Series.of(
        CSAT, {**{r.on: r.value for r in WORSE.readings}, **{dt.date(2026, 12, day): 9 for day in (1, 2, 3)}}
    )
    graduating = decide_demotion(moved, KPI, better, as_of=Q4.end, policy=DemotionPolicy(healthy=3))
    assert str(graduating) == (
        "demote csat-q4: csat has been healthy and clear of its edge for 3 readings in a row since it was promoted; "
        "the cycle ended on 2026-12-31; the target is reached: 100 %"
    )
    graduated = Graduated(key_result=MOVED, kpi=KPI, on=Q4.end, score=None, evidence=())
    assert str(graduated) == "csat-q4 graduated on 2026-12-31 without a score; csat is watched again"
    assert str(attrs.evolve(graduated, score=Score(1))) == (
        "csat-q4 graduated on 2026-12-31 at 100 %; csat is watched again"
    )


def test_what_waits_can_be_read() -> None:
    waiting: Any = focus([PROMOTE], active=[MOVED] * 5, policy=FocusPolicy())  # type: ignore[list-item] # it is one
    assert str(waiting) == "taken: none; waiting: csat"
    assert str(waiting.deferred[0]) == "csat waits: 5 key results at a time, 5 are active, 0 go first"
    taken = focus([PROMOTE], active=[], policy=FocusPolicy())  # type: ignore[list-item] # it is one
    assert str(taken) == "taken: csat; waiting: none"


TOLD: dict[str, Any] = {"on": dt.date(2026, 11, 1), "reason": "it fell", "decided_by": "the team"}
FIVE = Capacity(resource="engineers", amount=5)
AGAIN = attrs.evolve(MOVED, id="csat-q1", cycle=Cycle.quarter(2027, 1), continues="csat-q4")
EVENTS: list[tuple[Event, str]] = [
    (Adopted(goal=KPI, **TOLD), "csat is adopted"),
    (Proposed(kpi="csat", **TOLD), "csat is proposed to become a key result"),
    (Deferred(kpi="csat", **TOLD), "csat has to wait"),
    (Dropped(goal=KPI, **TOLD), "csat is dropped"),
    (TargetRevised(key_result="csat-q4", target=9.5, **TOLD), "the target of csat-q4 is revised"),
    (
        StandardAmended(commit="sla", standard=Standard.at_least(99), **TOLD),
        "the standard of sla becomes at least 99",
    ),
    (ConsentRecorded(commit="sla", who="Ada", **TOLD), "Ada is told of sla"),
    (ConsentRecorded(commit="sla", who="Ada", answer=Response.AGREED, **TOLD), "Ada agrees to sla"),
    (ConsentRecorded(commit="sla", who="Ada", answer=Response.DECLINED, **TOLD), "Ada declines sla"),
    (CapacityChanged(into=FIVE, **TOLD), "there is engineers: 5 at any time"),
    (CapacityChanged(capacity=FIVE, **TOLD), "that there is engineers: 5 at any time is said no longer"),
    (
        CapacityChanged(capacity=FIVE, into=attrs.evolve(FIVE, amount=4), **TOLD),
        "there is engineers: 4 at any time, not engineers: 5 at any time",
    ),
    (
        BandsChanged(kpi="csat", bands=HealthBands.at_least(9), **TOLD),
        f"what is healthy for csat changes from {TOLD['on']} on",
    ),
    (
        DeviationAccepted(kpi="csat", until=dt.date(2026, 12, 31), **TOLD),
        "that csat is not healthy is accepted until 2026-12-31",
    ),
    (BaselineRestated(key_result="csat-q4", baseline=8.5, **TOLD), "the baseline of csat-q4 is restated"),
    (
        DaysExcluded(goals=["sla", "csat"], start=dt.date(2026, 12, 24), end=dt.date(2026, 12, 31), **TOLD),
        "from 2026-12-24 to 2026-12-31 does not count for csat, sla",
    ),
    (
        Edited(goal=SLA, into=attrs.evolve(SLA, owner="Ada", rationale="as before"), **TOLD),
        "sla is edited (owner, rationale)",
    ),
    (CarriedOver(goal=MOVED, into=AGAIN, **TOLD), "csat-q4 goes on as csat-q1"),
    (Retired(goal=SLA, **TOLD), "sla is retired"),
    (Learnt(goal="sla", learnt="calls help", **TOLD), "of sla was learnt: calls help"),
]


@pytest.mark.parametrize(("event", "text"), EVENTS, ids=lambda given: type(given).__name__)
def test_events_can_be_read(event: Event, text: str) -> None:
    assert str(event) == f"2026-11-01: {text}, by the team: it fell"


def test_a_promotion_and_its_end_can_be_read() -> None:
    told: dict[str, Any] = {**TOLD, "on": AS_OF}
    moved = promote(KPI, PROMOTE, id="csat-q4", target=9, cycle=Q4)  # type: ignore[arg-type] # it is one
    assert str(Promoted(key_result=moved, **told)) == "2026-11-30: csat is promoted to csat-q4, by the team: it fell"
    assert str(Demoted(key_result=moved, kpi=KPI, score=None, **told)) == (
        "2026-11-30: csat-q4 is demoted to csat, by the team: it fell"
    )


def test_accountability_and_translations_can_be_read() -> None:
    assert str(SLA.accountability_as_declared) == "no objection"
    alone = attrs.evolve(SLA, support=(), is_speculative=True)
    assert str(alone.accountability_as_declared) == (
        "nothing is named that supports it: no people, budget or capacity; it was declared as highly speculative"
    )
    watched = Description(must_be_reached=False, is_being_improved=False, has_target=False, is_only_watched=True)
    assert str(translate(watched)) == "KPI: it is only watched, to see that it stays healthy: a KPI"


def test_a_risk_can_be_read() -> None:
    late = SLA.assess(HISTORY[1], as_of=AS_OF).risk
    assert str(late).startswith("it is not kept already: ")
    kept = SLA.assess(Series.of(UPTIME, {SLA.due: 100}), as_of=AS_OF).risk
    assert str(kept) == "nothing can be at risk any more: its time is over, or it is kept"


def test_what_changed_can_be_read() -> None:
    before = review(MODEL, [], as_of=AS_OF)
    changes = [str(change) for change in SEEN.changes_since(before)]
    assert "csat: the health of a KPI was unknown and is on watch" in changes
    assert "csat-q4: the score of a key result was nothing and is 49.8 %" in changes


# ---------------------------------------------------------------------------------------------------------- format


def test_a_roll_up_is_formatted_as_its_result() -> None:
    weighted: Any = SEEN["happy"]
    assert f"{weighted}" == str(weighted)
    assert f"{weighted:.2%}" == "49.80%"
    assert f"{weighted:>8}" == "  49.8 %"
    nothing = attrs.evolve(weighted, result=None)
    assert (f"{nothing:.1%}", f"{nothing:>10}") == ("no result", " no result")
    word = attrs.evolve(weighted, result=Outcome.REACHED)
    assert f"{word:.1%}" == "reached the target"
    geometric = review(
        MODEL, HISTORY, as_of=AS_OF, policy=Policy(rollup=RollupPolicy(mean=RollupMethod.GEOMETRIC))
    ).objectives[0][1]
    assert f"{geometric:.1%}" == "49.8%"
    assert str(geometric).startswith("49.8 %; ")
    assert weighted.score == Fraction("0.498")
