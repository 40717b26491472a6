"""Laws of the review: one model, one history and one date make one value."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, TypeVar

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import (
    Absence,
    Attainment,
    Cadence,
    Continue,
    Cycle,
    Demote,
    GoalModel,
    HealthBands,
    Keep,
    Kpi,
    Measure,
    Objective,
    Policy,
    Promote,
    Reason,
    Review,
    Series,
    TrendPolicy,
    decide_demotion,
    decide_promotion,
    review,
    reviews,
)
from goalmodel.errors import GivenTwice, WrongMeasure
from goalmodel.externality import Externalities
from goalmodel.key_result import Origin
from goalmodel.kpi import CompositeAssessment, KpiAssessment
from goalmodel.lifecycle import ContradictionKind, DemotionPolicy, FocusPolicy, PromotionPolicy, contradiction, focus
from goalmodel.measure import Number
from goalmodel.objective import roll_up
from goalmodel.testing import (
    dates,
    exact_numbers,
    goal_models,
    histories,
    key_results,
    kpis,
    measures,
    near,
    numbers,
    policies,
)
from goalmodel.testing.figures import is_short
from goalmodel.trend import Steps
from speaking import of_unknown_kinds

_T = TypeVar("_T")

FIRST: Final = dt.date(2026, 1, 28)
DAYS: Final = 16


@attrs.frozen(kw_only=True)
class Reviewed:
    """What a review is made of."""

    model: GoalModel
    history: tuple[Series, ...]
    as_of: dt.date
    policy: Policy

    def review(self) -> Review:
        return review(self.model, self.history, as_of=self.as_of, policy=self.policy)

    def series(self, measure: Measure) -> Series:
        """Return the readings of *measure*; none where nobody read it."""
        return next((each for each in self.history if each.measure == measure), Series(measure))


@st.composite
def reviewed(draw: st.DrawFn) -> Reviewed:
    """Return models with history, date and policy: of any kind, and promoted KPIs read daily around their cuts."""
    is_any = draw(st.sampled_from((True, False, False)))
    model = draw(goal_models(max_goals=2) if is_any else promoted_models())
    history = draw(histories(model) if is_any else daily_histories(model))
    read = sorted({reading.on for each in history for reading in each})
    return Reviewed(
        model=model,
        history=history,
        as_of=draw(dates() if is_any else st.sampled_from(read)),
        policy=draw(draw(st.sampled_from((st.just(Policy()), eager_policies(), policies())))),
    )


def eager_policies() -> st.SearchStrategy[Policy]:
    """Return policies that propose early and have room for little."""
    return st.builds(
        Policy,
        trend=st.sampled_from((TrendPolicy(), TrendPolicy(direction=Steps(2)))),
        promotion=st.builds(PromotionPolicy, unhealthy=st.integers(1, 2)),
        demotion=st.builds(DemotionPolicy, healthy=st.integers(1, 2)),
        focus=st.builds(FocusPolicy, limit=st.integers(1, 3)),
    )


def _days() -> st.SearchStrategy[dt.date]:
    return st.dates(FIRST, FIRST + dt.timedelta(days=DAYS))


@st.composite
def promoted_models(draw: st.DrawFn) -> GoalModel:
    """Return KPIs on measures of their own, some of them promoted, with targets on the cuts or beside them."""
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True))
    low, high = draw(st.lists(exact_numbers(), min_size=2, max_size=2, unique=True).map(sorted))
    serves: st.SearchStrategy[tuple[str, ...]] = st.sampled_from(((), ("o",)))
    watched = [draw(_kpis(name, low, high)) for name in names]
    way = st.tuples(exact_numbers(), st.sampled_from((low, high))).filter(lambda ends: ends[0] != ends[1])
    moved = [
        draw(
            key_results(
                id=st.just(f"{kpi.id} moved"),
                measure=st.just(kpi.measure),
                way=way,
                cycle=st.builds(Cycle, st.just(FIRST), _days()),
                serves=serves,
                origin=st.one_of(st.none(), st.builds(Origin, kpi=st.just(kpi.id), on=st.just(FIRST))),
            )
        )
        for kpi in watched
        if draw(st.booleans())
    ]
    return GoalModel(kpis=watched, key_results=moved, objectives=[Objective(id="o", title="to be reached")])


def _kpis(name: str, low: Fraction, high: Fraction) -> st.SearchStrategy[Kpi]:
    bands = (
        HealthBands.at_least(high, watch=low),
        HealthBands.at_most(low, watch=high),
        HealthBands.between(low, high),
    )
    return kpis(
        id=st.just(name),
        measure=st.just(Measure(name)),
        bands=st.sampled_from(bands),
        cadence=st.sampled_from((None, Cadence.DAILY)),
        serves=st.sampled_from(((), ("o",))),
    )


@st.composite
def daily_histories(draw: st.DrawFn, model: GoalModel) -> tuple[Series, ...]:
    """Return a series a measure: runs of equal daily readings on and beside the cuts of the KPIs, and absences."""
    cuts = sorted({cut for kpi in model.kpis if kpi.bands for cut in kpi.bands.cuts})
    between = Fraction(sum(cuts), len(cuts))
    on_a_cut = st.sampled_from((*cuts, between) if is_short(between) else cuts)
    value = st.one_of(on_a_cut, on_a_cut, near(*cuts), st.just(Absence.MISSING))
    found: list[Series] = []
    for kpi in model.kpis:
        runs = draw(st.lists(st.tuples(value, st.integers(1, 4)), min_size=1, max_size=6))
        values = [each for each, times in runs for _ in range(times)]
        found.append(Series.of(kpi.measure, {FIRST + dt.timedelta(days=at): each for at, each in enumerate(values)}))
    return tuple(found)


def _all_reasons(seen: Review) -> Iterable[Reason]:
    for kpi in seen.kpis:
        yield from kpi.explained
    for key_result in seen.key_results:
        yield from key_result.reasons
    for commit in seen.commits:
        yield from commit.reasons
        yield from commit.accountability.objections
    for _, rollup in seen.objectives:
        yield from rollup.reasons
    for promotion in (*seen.promotions, *(each.proposal for each in seen.deferred)):
        yield from promotion.evidence
    for demotion in seen.demotions:
        yield from demotion.evidence
    yield from (each.reason for each in seen.deferred)
    yield from (each.reason for each in seen.contradictions)
    yield from seen.externalities.unseen
    for harmed in seen.externalities.found:
        yield from (*harmed.reasons, *(each.reason for each in harmed.linked))


def _later(given: Series, as_of: dt.date, later: Sequence[tuple[int, Number | Absence]]) -> Series:
    room = (dt.date.max - as_of).days
    unseen = {as_of + dt.timedelta(days=days): value for days, value in later if days <= room}
    return Series.of(given.measure, [*(reading for reading in given if reading.on <= as_of), *unseen.items()])


def _only(kind: type[_T], decisions: Iterable[object]) -> list[_T]:
    return [decision for decision in decisions if isinstance(decision, kind)]


class TestREV2:
    """A review of one model, history and date is one value, in a stated order, the same each time and in any order
    of input; asked for many dates, it says of each what it says of it alone.
    """

    @given(reviewed(), st.data())
    def test_it_is_the_same_each_time_and_in_any_order_of_input(self, case: Reviewed, data: st.DataObject) -> None:
        seen = case.review()
        model = case.model
        shuffled = GoalModel(
            kpis=data.draw(st.permutations(model.kpis)),
            composites=data.draw(st.permutations(model.composites)),
            key_results=data.draw(st.permutations(model.key_results)),
            commits=data.draw(st.permutations(model.commits)),
            objectives=data.draw(st.permutations(model.objectives)),
            initiatives=data.draw(st.permutations(model.initiatives)),
            capacities=data.draw(st.permutations(model.capacities)),
            good_to_know=data.draw(st.permutations(model.good_to_know)),
            derived=data.draw(st.permutations(model.derived)),
        )
        history = data.draw(st.permutations(case.history))
        again = review(shuffled, iter(history), as_of=case.as_of, policy=case.policy)
        assert again == seen
        assert again == case.review()
        assert hash(again) == hash(seen)

    @given(reviewed(), st.data())
    def test_asked_for_many_dates_it_says_of_each_what_it_says_of_it_alone(
        self, case: Reviewed, data: st.DataObject
    ) -> None:
        read = sorted({reading.on for each in case.history for reading in each}) or [case.as_of]
        asked = data.draw(st.lists(st.one_of(st.sampled_from(read), dates()), max_size=4))
        found = reviews(case.model, iter(case.history), iter(asked), policy=case.policy)
        assert list(found) == [attrs.evolve(case, as_of=each).review() for each in asked]

    @given(reviewed())
    def test_each_part_stands_by_id(self, case: Reviewed) -> None:
        seen = case.review()
        assert [each.kpi for each in seen.kpis] == list(case.model.watched)
        assert [each.kpi for each in seen.composites] == list(case.model.composites)
        assert [each.key_result for each in seen.key_results] == list(case.model.key_results)
        assert [each.commit for each in seen.commits] == list(case.model.commits)
        assert [objective for objective, _ in seen.objectives] == list(case.model.objectives)
        for names in (
            [each.key_result.key_result.id for each in seen.demotions],
            [each.kpi for each in seen.externalities.found],
            seen.unused,
        ):
            assert list(names) == sorted(set(names))
        clashes = [(each.reason.code, each.goals) for each in seen.contradictions]
        assert clashes == sorted(set(clashes))

    @given(reviewed())
    def test_it_says_of_each_goal_what_is_said_of_the_goal_alone(self, case: Reviewed) -> None:
        seen = case.review()
        for kpi in seen.kpis:
            assert kpi == kpi.kpi.assess(case.series(kpi.kpi.measure), as_of=case.as_of, policy=case.policy.trend)
        for moved in seen.key_results:
            key_result = moved.key_result
            assert moved == key_result.assess(
                case.series(key_result.measure),
                as_of=case.as_of,
                policy=case.policy.outcome,
                pace=case.policy.pace,
            )
        for held in seen.commits:
            by_itself = held.commit.assess(case.series(held.commit.measure), as_of=case.as_of)
            assert attrs.evolve(held, shortages=()) == by_itself  # what others take of it, nobody knows of one alone

    @given(reviewed())
    def test_an_objective_comes_to_what_serves_it_directly_comes_to(self, case: Reviewed) -> None:
        seen = case.review()
        for objective, rollup in seen.objectives:
            moved = [each for each in seen.key_results if objective.id in each.key_result.serves]
            held = [each for each in seen.commits if objective.id in each.commit.serves]
            kpis: list[KpiAssessment | CompositeAssessment] = [*seen.kpis, *seen.composites]
            watched = [each for each in kpis if objective.id in each.kpi.serves]
            below = [(other, found) for other, found in seen.objectives if objective.id in other.serves]
            assert rollup == roll_up(
                reversed(moved),
                reversed(held),
                objectives=reversed(below),
                kpis=reversed(watched),
                policy=case.policy.rollup,
                within=objective.id,
            )
            # What serves both counts once.
            scored = {each.key_result.id: each.score is not None for each in moved}
            scored |= {id_: is_scored for _, found in below for id_, is_scored in found.key_results}
            assert (rollup.coverage.scored, rollup.coverage.total) == (sum(scored.values()), len(scored))
            assert len(rollup.commits) == len(held)
            if held and all(each.attainment is Attainment.KEPT for each in held):
                assert rollup.attainment is Attainment.KEPT

    @given(reviewed())
    def test_it_proposes_what_is_decided_about_each_kpi_but_those_with_an_open_key_result(self, case: Reviewed) -> None:
        seen = case.review()
        active = [each for each in case.model.key_results if each.cycle.start <= case.as_of <= each.cycle.end]
        taken = {each.origin.kpi for each in case.model.key_results if each.origin is not None}
        decisions = [
            decide_promotion(
                kpi,
                case.series(kpi.measure),
                as_of=case.as_of,
                policy=case.policy.promotion,
                trend=case.policy.trend,
            )
            for kpi in case.model.kpis
            if kpi.id not in taken
        ]
        assert len(_only(Promote, decisions)) + len(_only(Keep, decisions)) == len(decisions)
        expected = focus(_only(Promote, decisions), active=active, policy=case.policy.focus, model=case.model)
        assert (seen.promotions, seen.deferred) == (expected.taken, expected.deferred)
        assert not taken & {each.kpi for each in (*seen.promotions, *(wait.proposal for wait in seen.deferred))}

    @given(reviewed())
    def test_it_demotes_and_contradicts_as_each_promoted_key_result_does_alone(self, case: Reviewed) -> None:
        seen = case.review()
        watched = {each.kpi.id: each for each in seen.kpis}
        promoted = [each for each in seen.key_results if each.key_result.origin is not None]
        pairs = [(each, watched[each.key_result.origin.kpi]) for each in promoted if each.key_result.origin is not None]
        decisions = [
            decide_demotion(
                moved.key_result,
                kpi.kpi,
                case.series(kpi.kpi.measure),
                as_of=case.as_of,
                policy=case.policy.demotion,
                trend=case.policy.trend,
            )
            for moved, kpi in pairs
        ]
        assert len(_only(Demote, decisions)) + len(_only(Continue, decisions)) == len(pairs)
        proposed = {
            each.assessment.kpi.measure for each in (*seen.promotions, *(wait.proposal for wait in seen.deferred))
        }
        kept = [each for each in _only(Demote, decisions) if each.kpi.kpi.measure not in proposed]
        assert list(seen.demotions) == kept
        beside = [
            contradiction(moved, kpi)
            for moved in seen.key_results
            for kpi in seen.kpis
            if moved.key_result.measure == kpi.kpi.measure
        ]
        reported = {each for each in beside if each is not None}
        kinds = {ContradictionKind.REACHED_BUT_NOT_HEALTHY, ContradictionKind.HEALTHY_BUT_FAR}
        assert {each for each in seen.contradictions if each.kind in kinds} == reported

    @given(reviewed())
    def test_no_kpi_is_proposed_both_ways(self, case: Reviewed) -> None:
        seen = case.review()
        upwards = {each.kpi for each in (*seen.promotions, *(wait.proposal for wait in seen.deferred))}
        assert not upwards & {each.kpi.kpi.id for each in seen.demotions}

    @given(reviewed())
    def test_a_kpi_is_judged_the_same_with_and_without_its_key_result(self, case: Reviewed) -> None:
        alone = review(
            GoalModel(kpis=[attrs.evolve(kpi, serves=()) for kpi in case.model.watched]),
            case.history,
            as_of=case.as_of,
            policy=case.policy,
        )
        for with_others, without in zip(case.review().kpis, alone.kpis, strict=True):
            assert attrs.evolve(with_others, kpi=without.kpi) == without

    @given(
        reviewed(),
        st.lists(st.tuples(st.integers(1, 4_000_000), st.one_of(numbers(), st.sampled_from(Absence))), max_size=5),
    )
    def test_nothing_sees_past_the_date(self, case: Reviewed, later: list[tuple[int, Number | Absence]]) -> None:
        other = attrs.evolve(case, history=tuple(_later(each, case.as_of, later) for each in case.history))
        assert other.review() == case.review()

    @given(reviewed())
    def test_what_no_goal_is_about_is_named_and_changes_nothing(self, case: Reviewed) -> None:
        seen = case.review()
        asked = {goal.measure.name for goal in case.model.measured} | {each.name for each in case.model.good_to_know}
        assert set(seen.unused) == {each.measure.name for each in case.history} - asked
        used = tuple(each for each in case.history if each.measure.name in asked)
        assert attrs.evolve(case, history=used).review() == attrs.evolve(seen, unused=())

    @given(reviewed())
    def test_a_measure_without_a_series_was_never_read(self, case: Reviewed) -> None:
        read = {each.measure.name for each in case.history}
        unread = [Series(goal.measure) for goal in case.model.measured if goal.measure.name not in read]
        each_once = {each.measure.name: each for each in unread}
        history = (*case.history, *each_once.values())
        assert attrs.evolve(case, history=history).review() == case.review()

    @given(reviewed(), measures())
    def test_a_series_of_another_measure_with_the_same_name_is_refused(self, case: Reviewed, other: Measure) -> None:
        asked = {goal.measure.name: goal.measure for goal in case.model.measured}
        namesakes = [attrs.evolve(other, name=name) for name in asked]
        history = [Series(each) for each in namesakes if each != asked[each.name]]
        assume(history)
        with pytest.raises(WrongMeasure, match="history"):
            review(case.model, history, as_of=case.as_of)

    @given(reviewed(), st.data())
    def test_two_series_of_one_measure_are_refused(self, case: Reviewed, data: st.DataObject) -> None:
        assume(case.history)
        twice = data.draw(st.sampled_from(case.history))
        with pytest.raises(GivenTwice) as refused:
            review(case.model, (*case.history, Series(twice.measure)), as_of=case.as_of)
        assert refused.value.given == twice.measure.name
        assert str(refused.value.field) == f"history[{len(case.history)}]"

    @given(reviewed())
    def test_every_reason_in_it_speaks(self, case: Reviewed) -> None:
        assert of_unknown_kinds(_all_reasons(case.review())) == []

    @given(reviewed())
    def test_it_can_be_carried_elsewhere(self, case: Reviewed) -> None:
        seen = case.review()
        assert pickle.loads(pickle.dumps(seen)) == seen  # noqa: S301 - pickled a moment before

    @given(dates(), st.lists(measures(), max_size=3, unique_by=lambda measure: measure.name))
    def test_of_an_empty_model_it_says_what_was_read_in_vain(self, as_of: dt.date, read: list[Measure]) -> None:
        nothing = review(GoalModel(), [Series(each) for each in read], as_of=as_of)
        assert nothing == Review(
            as_of=as_of,
            kpis=(),
            composites=(),
            key_results=(),
            commits=(),
            objectives=(),
            promotions=(),
            deferred=(),
            demotions=(),
            contradictions=(),
            externalities=Externalities(since=dt.date.fromordinal(max(as_of.toordinal() - 92, 1)), found=(), unseen=()),
            findings=(),
            unused=tuple(sorted(each.name for each in read)),
        )
