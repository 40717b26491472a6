"""Laws of many reviews in one walk, and of lives that are led by what the reviews propose.

The lives are written day by day: one or two measures, with a few values on, beside and beyond their edges, absences and
values that can't be among them; KPIs with any baseline, rebasing and trend rule; key results that were KPIs and that
were not; commits in every manner, amended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, TypedDict

import attrs
from hypothesis import given, strategies as st

from budgets import examples
from goalmodel import (
    Absence,
    Aggregation,
    Cadence,
    Commit,
    Cycle,
    Demote,
    GoalModel,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    OnDueDate,
    Policy,
    Promote,
    Reached,
    Reading,
    Review,
    Series,
    Staged,
    Standard,
    TrendPolicy,
    apply,
    demote,
    promote,
    replay,
    review,
    reviews,
)
from goalmodel.commit import Amendment, Counted
from goalmodel.errors import NoDefaultTarget
from goalmodel.events import Deferred, Demoted, Event, Promoted, Retired
from goalmodel.key_result import Occasions, Origin, revise
from goalmodel.kpi import AcceptedDeviation
from goalmodel.lifecycle import DemotionPolicy, FocusPolicy, PromotionPolicy, evidence_of
from goalmodel.measure import Number
from goalmodel.trend import (
    DirectionRule,
    FirstReadings,
    ProcessLimits,
    Rebasing,
    ReferencePeriod,
    ReferenceWindow,
    SigmaRule,
    Steps,
    UsualRule,
    cusum,
    ewma,
    mann_kendall,
    nhs_making_data_count,
)

FIRST: Final = dt.date(2026, 1, 28)
DAYS: Final = 24
VALUES: Final = tuple(map(Fraction, ("5", "6", "6.9", "7", "7.1", "7.9", "8", "8.1", "9", "10", "11")))
"""The bands below begin at 7 and 8; no reading can be above 10."""


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def days(first: int = 0, last: int = DAYS) -> st.SearchStrategy[dt.date]:
    return st.integers(first, last).map(day)


def two_days() -> st.SearchStrategy[tuple[dt.date, dt.date]]:
    return st.lists(days(), min_size=2, max_size=2, unique=True).map(sorted).map(lambda found: (found[0], found[1]))


def reference_periods() -> st.SearchStrategy[ReferencePeriod]:
    few = st.sampled_from((FirstReadings(2, 2), FirstReadings(3, 2), FirstReadings(5, 2)))
    windows = two_days().map(lambda ends: ReferenceWindow(*ends, count=4, trial_from=2))
    return st.one_of(few, windows, st.just(ProcessLimits(mean=8, sigma=Fraction(1, 2))))


USUAL: Final[tuple[UsualRule, ...]] = (SigmaRule(2, 1), cusum(0.5, 1), ewma(), nhs_making_data_count())
DIRECTION: Final[tuple[DirectionRule, ...]] = (Steps(2), mann_kendall(5, 0.05))


def trends() -> st.SearchStrategy[TrendPolicy]:
    """Return trend policies that see something within a few days."""
    return st.builds(
        TrendPolicy,
        usual=st.sampled_from(USUAL),
        direction=st.sampled_from(DIRECTION),
        reference=reference_periods(),
        missing_ends_run=st.integers(1, 3),
        seasonal=st.sampled_from((None, None, None, 2, 3)),
    )


def policies() -> st.SearchStrategy[Policy]:
    """Return policies that propose early, and have room for little."""
    demotion = st.builds(
        DemotionPolicy,
        healthy=st.integers(1, 3),
        deadband=st.sampled_from((0, 0, Fraction(1, 10), 1)),
        deadband_sigmas=st.sampled_from((0, 0, 0, Fraction(1, 10))),
        stay_days=st.sampled_from((0, 0, 0, 3)),
        is_assured=st.sampled_from((False, False, False, True)),
    )
    return st.builds(
        Policy,
        trend=trends(),
        promotion=st.builds(PromotionPolicy, unhealthy=st.integers(1, 3)),
        demotion=demotion,
        focus=st.builds(FocusPolicy, limit=st.integers(1, 3)),
    )


BANDS: Final = (HealthBands.at_least(8, watch=7), HealthBands.at_most(7, watch=8), HealthBands.between(7, 8), None)


def kpis(name: str, measure: Measure) -> st.SearchStrategy[Kpi]:
    rebased = st.builds(Rebasing, on=days(), reason=st.just("a new process"), reference=reference_periods())
    borne = two_days().map(lambda ends: AcceptedDeviation(since=ends[0], until=ends[1], reason="known"))
    return st.builds(
        Kpi,
        id=st.just(name),
        measure=st.just(measure),
        bands=st.sampled_from(BANDS),
        cadence=st.sampled_from((None, Cadence.DAILY, Cadence(days=2, grace_days=1))),
        reference=st.one_of(st.none(), reference_periods()),
        rebasings=st.lists(rebased, max_size=1),
        accepted=st.lists(borne, max_size=1),
        serves=st.sampled_from(((), ("o",))),
    )


@st.composite
def key_results(draw: st.DrawFn, name: str, measure: Measure, kpi: str | None) -> KeyResult:
    start, length = draw(days(last=DAYS // 2)), draw(st.integers(2, 10))
    end = start + dt.timedelta(days=length)
    counting = draw(st.sampled_from((Aggregation.LAST, Aggregation.LAST, *Aggregation, Occasions(5, most=20))))
    ways = ((5, 7), (5, 8), (10, 7), (None, 8)) if counting is Aggregation.LAST else ((0, 7), (0, 20))
    baseline, target = draw(st.sampled_from(ways))
    key_result = KeyResult(
        id=name,
        measure=measure,
        baseline=baseline,
        target=target,
        cycle=Cycle(start, end),
        counting=counting,
        origin=None if kpi is None else Origin(kpi=kpi, on=draw(st.dates(start, end))),
        serves=draw(st.sampled_from(((), ("o",)))),
    )
    if baseline is None or not draw(st.booleans()):
        return key_result
    return revise(key_result, target=Fraction(17, 2), on=draw(st.dates(start, end)), reason="so it is")


STANDARDS: Final = tuple(map(Standard.at_least, (6, 7, 8, 9)))


def manners(since: dt.date, due: dt.date) -> st.SearchStrategy[Reached | OnDueDate | Held | Staged]:
    share = st.sampled_from((Fraction(1, 3), Fraction(1, 2), Fraction(3, 4), Fraction(1)))
    held = st.builds(Held, st.dates(since, due), share=share, counted=st.sampled_from(Counted))
    stages = st.dictionaries(
        st.dates(since, due - dt.timedelta(days=1)), st.sampled_from(STANDARDS), min_size=1, max_size=2
    )
    return st.one_of(held, st.builds(Staged, stages), st.just(Reached()), st.just(OnDueDate()))


@st.composite
def commits(draw: st.DrawFn, name: str, measure: Measure) -> Commit:
    declared, due = draw(two_days())
    first, second = draw(st.lists(st.sampled_from(STANDARDS), min_size=2, max_size=2, unique=True))
    amended = st.dates(declared, due).map(lambda on: Amendment(on, second, "it had to be"))
    return Commit(
        id=name,
        measure=measure,
        standard=first,
        due=due,
        declared_on=declared,
        manner=draw(manners(declared, due)),
        amendments=draw(st.lists(amended, max_size=1)),
        cadence=draw(st.sampled_from((None, Cadence.DAILY, Cadence(days=3)))),
    )


ODD: Final = (None, *Absence, *VALUES, *VALUES[-1:] * 4)


@st.composite
def daily(draw: st.DrawFn, measure: Measure) -> Series:
    """Return times that are good, bad or anything, day by day, with absences and with days that nobody wrote down."""
    wobble = st.sampled_from((Fraction(0), Fraction(1, 10), Fraction(-1, 10), Fraction(3, 10)))
    values: list[Fraction | Absence | None] = []
    for _ in range(draw(st.integers(1, 6))):
        level = draw(st.sampled_from((Fraction(6), Fraction(9), Fraction(9), None)))
        for _ in range(draw(st.integers(1, 8))):
            kind = draw(st.integers(0, 9))
            anything = (
                draw(st.sampled_from((None, *Absence, *VALUES, *VALUES[-1:] * 4)))
                if level is None or not kind
                else None
            )
            values.append(anything if level is None or not kind else level + draw(wobble))
    return Series.of(measure, {day(at): each for at, each in enumerate(values[:DAYS]) if each is not None})


@attrs.frozen(kw_only=True)
class Life:
    """A model, what is read of it, and what is thought about that."""

    model: GoalModel
    history: tuple[Series, ...]
    policy: Policy


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Return models of one or two measures, their days, and any policy."""
    measures = [Measure(name, highest=10) for name in ("a", "b")[: draw(st.integers(1, 2))]]
    watched = [
        draw(kpis(f"kpi {number} {each.name}", each))
        for each in measures
        for number in range(draw(st.sampled_from((0, 0, 1, 1, 2))))
    ]
    known = {each.measure.name: each.id for each in watched}
    moved = [
        draw(key_results(f"moved {number} {each.name}", each, draw(st.sampled_from((None, known.get(each.name))))))
        for each in measures
        for number in range(draw(st.integers(0, 2)))
    ]
    owed = [draw(commits(f"owed {each.name}", each)) for each in measures if draw(st.booleans())]
    objective = Objective(id="o", title="Guests are glad they came")
    model = GoalModel(kpis=watched, key_results=moved, commits=owed, objectives=[objective])
    return Life(model=model, history=tuple(draw(daily(each)) for each in measures), policy=draw(policies()))


class TestREV2OfManyDates:
    """A review is the same whether it is asked for alone or among many."""

    @examples(60)
    @given(lives(), st.lists(days(-1, DAYS + 4), max_size=8))
    def test_asked_for_many_dates_it_says_of_each_what_is_said_of_it_alone(
        self, life: Life, asked: list[dt.date]
    ) -> None:
        found = list(reviews(life.model, life.history, iter(asked), policy=life.policy))
        assert found == [review(life.model, life.history, as_of=each, policy=life.policy) for each in asked]
        assert [hash(each) for each in found] == [
            hash(review(life.model, life.history, as_of=each, policy=life.policy)) for each in asked
        ]

    @given(lives())
    def test_it_says_of_each_goal_what_is_said_of_the_goal_alone(self, life: Life) -> None:
        series = {each.measure.name: each for each in life.history}
        for found in reviews(life.model, life.history, map(day, range(DAYS)), policy=life.policy):
            for kpi in found.kpis:
                read = series[kpi.kpi.measure.name]
                assert kpi == kpi.kpi.assess(read, as_of=found.as_of, policy=life.policy.trend)
            for moved in found.key_results:
                assert moved == moved.key_result.assess(series[moved.key_result.measure.name], as_of=found.as_of)
            for held in found.commits:
                alone = held.commit.assess(series[held.commit.measure.name], as_of=found.as_of)
                # The model beside it knows which stretch it made a must of, and what is promised twice.
                assert attrs.evolve(held, stretches=(), shortages=()) == alone


class Why(TypedDict):
    """What every event says beside what happened."""

    reason: str
    decided_by: str


WHY: Final[Why] = {"reason": "the review says so", "decided_by": "the team"}


def decided(found: Review, model: GoalModel) -> list[Event]:
    """Return what people decide who do whatever a review proposes, as far as it can be done."""
    graduates = [_demoted(back, found.as_of) for back in found.demotions]
    told: list[Event] = [*graduates]
    closed_now = {each.key_result.id for each in graduates}
    told += (
        Retired(on=found.as_of, goal=each, **WHY)
        for each in model.key_results
        if each.cycle.end < found.as_of and each.id not in closed_now
    )
    for proposal in found.promotions:
        moved = _promoted(proposal, found.as_of)
        if moved is not None and all(goal.id != moved.id for goal in (*model.goals, *model.closed)):
            told.append(Promoted(on=found.as_of, key_result=moved, evidence=evidence_of(proposal), **WHY))
    waiting = (each for each in found.deferred if not any(goal.id == each.proposal.kpi for goal in model.closed))
    told += (
        Deferred(on=found.as_of, kpi=each.proposal.kpi, evidence=evidence_of(each.proposal), **WHY) for each in waiting
    )
    return told


def _demoted(back: Demote, on: dt.date) -> Demoted:
    closed = demote(back.key_result.key_result, back)
    return Demoted(
        on=on,
        key_result=closed.key_result,
        kpi=closed.kpi,
        score=closed.score,
        evidence=evidence_of(back),
        **WHY,
    )


def _promoted(proposal: Promote, on: dt.date) -> KeyResult | None:
    """Return the key result a proposal asks for; None where no healthy edge lies ahead."""
    try:
        return promote(proposal.assessment.kpi, proposal, cycle=Cycle(on, on + dt.timedelta(days=5)))
    except NoDefaultTarget:
        return None


def led(life: Life, history: Sequence[Series], until: int) -> GoalModel:
    """Return the model after everything that was read until the day with that number, and decided by that."""
    model = life.model
    for number in range(until + 1):
        found = review(model, history, as_of=day(number), policy=life.policy)
        for event in decided(found, model):
            model = apply(model, event)
    return model


class TestLIFE8:
    """State is a pure fold over readings and decisions: replaying the events gives the same model, readings may be
    written down in any order and later, and what is promoted and demoted again leaves nothing behind but its events.
    """

    @given(lives(), st.integers(0, DAYS), st.data())
    def test_the_same_readings_lead_to_the_same_state_in_whatever_order_they_are_written_down(
        self, life: Life, until: int, data: st.DataObject
    ) -> None:
        shuffled = [
            Series.of(each.measure, data.draw(st.permutations(each.readings)))
            for each in data.draw(st.permutations(life.history))
        ]
        assert led(life, shuffled, until) == led(life, life.history, until)

    @given(lives(), st.integers(0, DAYS), st.sampled_from(VALUES))
    def test_what_is_read_later_changes_nothing(self, life: Life, until: int, value: Number) -> None:
        known = [each.until(day(until)) for each in life.history]
        other = [Series(each.measure, [*each.readings, Reading(day(until + 1), value)]) for each in known]
        assert led(life, other, until) == led(life, known, until) == led(life, life.history, until)

    @given(lives(), st.integers(0, DAYS))
    def test_replaying_what_was_told_gives_the_same_state(self, life: Life, until: int) -> None:
        model = led(life, life.history, DAYS)
        assert replay(life.model, model.events) == model
        half = replay(life.model, [each for each in model.events if each.on <= day(until)])
        assert half == led(life, life.history, until)
        assert replay(half, model.events[len(half.events) :]) == model

    @given(lives())
    def test_promoted_and_demoted_again_leaves_the_kpi_and_its_events(self, life: Life) -> None:
        model = led(life, life.history, DAYS)
        assert set(life.model.kpis) <= set(model.kpis)
        new = {each.kpi for each in model.events if isinstance(each, Demoted) and each.key_result.origin is None}
        assert set(model.kpis) - set(life.model.kpis) == new
        promoted = {each.key_result for each in model.events if isinstance(each, Promoted)}
        assert set(model.key_results) <= {*life.model.key_results, *promoted}
        assert {*model.key_results, *model.closed} == {*life.model.key_results, *promoted}


class TestLIFE6InLives:
    """Nothing is proposed both ways in a whole life."""

    @given(lives())
    def test_nothing_is_proposed_both_ways(self, life: Life) -> None:
        for found in reviews(life.model, life.history, map(day, range(DAYS)), policy=life.policy):
            proposals = (*found.promotions, *(each.proposal for each in found.deferred))
            upwards = {each.assessment.kpi.measure for each in proposals}
            assert not upwards & {each.key_result.key_result.measure for each in found.demotions}


class TestLIFE7Proposed:
    """What is proposed about a key result that never was a KPI."""

    @examples(60)
    @given(lives())
    def test_it_is_proposed_with_its_target_as_the_edge_once_that_is_kept(self, life: Life) -> None:
        watched = {each.measure for each in life.model.kpis}
        series = {each.measure: each for each in life.history}
        needed, deadband = life.policy.demotion.healthy, life.policy.demotion.deadband
        fewest = needed if life.policy.demotion.sooner_sigmas is None else needed - 1
        for found in reviews(life.model, life.history, map(day, range(DAYS)), policy=life.policy):
            for back in found.demotions:
                moved, kpi = back.key_result.in_force, back.kpi.kpi
                if moved.origin is not None:
                    continue
                assert moved.measure not in watched
                read = series[moved.measure].until(found.as_of).since(moved.cycle.start).present[-needed:]
                assert len(read) >= fewest
                assert all(moved.score(value).raw >= 1 for _, value in read)
                assert kpi.bands is not None
                edge = kpi.bands.low if moved.value_at(0) < moved.value_at(1) else kpi.bands.high
                assert edge is not None
                assert abs(edge - moved.value_at(1)) == deadband
