"""Laws of what a review finds beside its verdicts: harm, contradictions, and what changed."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import (
    Attainment,
    Commit,
    Cycle,
    Demote,
    GoalModel,
    Health,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    Objective,
    Policy,
    Reached,
    Review,
    Series,
    Standard,
    TrendPolicy,
    decide_demotion,
    review,
)
from goalmodel.changes import Aspect
from goalmodel.errors import NothingReached
from goalmodel.externality import ExternalityLink, ExternalityPolicy
from goalmodel.key_result import Origin
from goalmodel.lifecycle import (
    ContradictionKind,
    ContradictionPolicy,
    DemotionPolicy,
    PromotionPolicy,
    contradiction,
    new_kpi,
)
from goalmodel.testing import values
from goalmodel.trend import SigmaRule, Steps

FIRST: Final = dt.date(2026, 1, 1)
DAYS: Final = 12
NO_SIGNAL: Final = TrendPolicy(usual=SigmaRule(1000), direction=Steps(1000))
WATCHED: Final = Measure("watched")
BANDS: Final = HealthBands.at_least(8, watch=7)
GLAD: Final = Objective(id="o", title="Customers are glad they came")
OTHER: Final = Objective(id="p", title="They come again", serves="top")
TOP: Final = Objective(id="top", title="The house is full")


def _day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def _series(measure: Measure, values: dict[int, int]) -> Series:
    return Series.of(measure, {_day(day): value for day, value in values.items()})


def diaries(*values: int) -> st.SearchStrategy[dict[int, int]]:
    """Return a value on some of the days."""
    return st.dictionaries(st.integers(0, DAYS), st.sampled_from(values), max_size=6)


@attrs.frozen(kw_only=True)
class Elsewhere:
    """A key result somewhere else: from 0 to 4 on a measure of its own, linked with the KPI or not."""

    name: str
    link: ExternalityLink | None
    values: dict[int, int] = attrs.field(hash=False)

    @property
    def measure(self) -> Measure:
        return Measure(f"measure of {self.name}")

    @property
    def key_result(self) -> KeyResult:
        serves = {ExternalityLink.SHARES: "o", ExternalityLink.FURTHER: "p"}.get(self.link, ()) if self.link else ()
        cycle = Cycle(_day(-1), _day(99))
        return KeyResult(id=self.name, measure=self.measure, baseline=0, target=4, cycle=cycle, serves=serves)

    def move(self, since: int, until: int) -> tuple[int, int] | None:
        """Return from which day to which it moved forward."""
        inside = [day for day in self.values if since < day <= until]
        before = [day for day in self.values if day <= since]
        start = self.values[max(before)] if before else 0
        if not inside or self.values[max(inside)] <= start:
            return None
        known = {since if before else max(since, -2): start} | {day: self.values[day] for day in sorted(inside)}
        return shortest(known)


def shortest(known: dict[int, int]) -> tuple[int, int]:
    """Return the shortest time in which values came from the first to the last of them, beginning as late as it can."""
    days, start, end = sorted(known), known[min(known)], known[max(known)]
    since = max(day for day in days[:-1] if known[day] <= start)
    return since, min(day for day in days if day > since and known[day] >= end)


@st.composite
def elsewhere(draw: st.DrawFn) -> list[Elsewhere]:
    """Return up to four of them."""
    names = draw(st.lists(st.sampled_from("abcd"), max_size=4, unique=True))
    return [
        Elsewhere(name=each, link=draw(st.sampled_from((None, *ExternalityLink))), values=draw(diaries(0, 1, 2, 4)))
        for each in names
    ]


FALLS: Final = TrendPolicy(usual=SigmaRule(1000), direction=Steps(1))
"""Worsening is what falls from one reading to the next."""


class TestREV1:
    """A KPI that worsened while key results or commits moved forward is named as a possible negative externality,
    with the goals that have a link to it: the nearest link first, then the longest overlap in time, then by id; those
    that merely moved at the same time are counted.
    """

    @given(diaries(6, 7, 8, 9), elsewhere(), st.integers(1, 9), st.integers(1, 3), st.integers(0, DAYS))
    def test_a_diary_read_day_by_day_says_the_same(
        self, values: dict[int, int], others: list[Elsewhere], days: int, most: int, until: int
    ) -> None:
        feeds = [each.name for each in others if each.link is ExternalityLink.FEEDS]
        model = GoalModel(
            kpis=[Kpi(id="kpi", measure=WATCHED, bands=BANDS, serves=("o", *feeds))],
            key_results=[each.key_result for each in others],
            objectives=[attrs.evolve(GLAD, serves="top"), OTHER, TOP],
        )
        history = [_series(WATCHED, values), *(_series(each.measure, each.values) for each in others)]
        policy = Policy(trend=FALLS, externality=ExternalityPolicy(days=days, most=most))
        found = review(model, history, as_of=_day(until), policy=policy).externalities

        since = until - days
        seen = sorted(day for day in values if day <= until)
        inside = [day for day in seen if day > since]
        before = ([day for day in seen if day <= since] or inside)[-1 if len(inside) < len(seen) else 0 :][:1]
        is_seen = bool(inside) and len(seen) > 1
        unseen = [] if is_seen else ["kpi"]
        unseen += [each.name for each in sorted(others, key=lambda each: each.name) if not _read(each, since, until)]
        assert [dict(why.facts).get("kpi", dict(why.facts).get("goal")) for why in found.unseen] == unseen

        linked: list[tuple[int, int, str]] = []
        moved = 0
        if is_seen and values[seen[-1]] < values[seen[-2]]:
            fell = shortest({max(day, since): -values[day] for day in sorted({*before, *inside})})
            for each in others:
                move = each.move(since, until)
                if move is not None:
                    overlap = max(min(move[1], fell[1]) - max(move[0], fell[0]), 0)
                    moved += overlap > 0
                    if each.link is not None:
                        linked.append((list(ExternalityLink).index(each.link), -overlap, each.name))
        named = [
            (list(ExternalityLink).index(each.link), -each.overlap_days, each.goal)
            for harmed in found.found
            for each in harmed.linked
        ]
        assert named == sorted(linked)[:most]
        left = moved - sum(overlap < 0 for _, overlap, _ in named)
        assert [harmed.others for harmed in found.found] == ([left] if named or left else [])
        assert [why.code for harmed in found.found for why in harmed.reasons] == (
            ["externality-worsening"] if named or left else []
        )

    @given(diaries(0, 2, 3, 4), st.integers(0, DAYS), st.integers(1, 9), st.integers(0, DAYS), st.integers(0, DAYS))
    def test_a_commit_moves_from_what_was_known_before_its_time_began(
        self, values: dict[int, int], declared: int, days: int, due: int, until: int
    ) -> None:
        assume(declared <= due)
        commit = Commit(
            id="commit",
            measure=Measure("owed"),
            standard=Standard.at_least(3),
            manner=Reached(),
            declared_on=_day(declared),
            due=_day(due),
            serves="o",
        )
        kpi = Kpi(id="kpi", measure=WATCHED, bands=BANDS, serves="o")
        model = GoalModel(kpis=[kpi], commits=[commit], objectives=[GLAD])
        history = [_series(WATCHED, {-9: 9, until: 6}), _series(commit.measure, values)]
        policy = Policy(trend=FALLS, externality=ExternalityPolicy(days=days))
        seen = review(model, history, as_of=_day(until), policy=policy).externalities

        since = until - days
        begun = max(since + 1, declared)
        inside = [day for day in sorted(values) if begun <= day <= min(until, due)]
        before = [day for day in sorted(values) if day < begun][-1:]
        short = [max(3 - values[day], 0) for day in (*before, *inside)]
        is_on = declared <= until and since < min(due, until)
        is_seen = bool(inside) and len(short) > 1
        moved = any(each.linked or each.others for each in seen.found)
        assert moved == (is_on and is_seen and short[-1] < short[0])
        assert ("externality-goal-unseen" in {why.code for why in seen.unseen}) == (is_on and not is_seen)


def _read(each: Elsewhere, since: int, until: int) -> bool:
    return any(since < day <= until for day in each.values)


@st.composite
def goals_on_one_measure(draw: st.DrawFn) -> list[Kpi | KeyResult | Commit]:
    """Return KPIs, key results and commits that want one measure at least, at most or within something."""
    goals: list[Kpi | KeyResult | Commit] = []
    for index in range(draw(st.integers(0, 4))):
        low, high = sorted(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))))
        bands = st.sampled_from((HealthBands.at_least(low), HealthBands.at_most(high), HealthBands.between(low, high)))
        standards = st.sampled_from((Standard.at_least(low), Standard.at_most(high), Standard.within(low, high)))
        match draw(st.sampled_from(("kpi", "key result", "commit"))):
            case "kpi":
                goals.append(Kpi(id=str(index), measure=WATCHED, bands=draw(bands)))
            case "key result":
                start = low + draw(st.sampled_from((-5, 5)))
                cycle = Cycle(FIRST, draw(st.sampled_from((_day(1), _day(9)))))
                goals.append(KeyResult(id=str(index), measure=WATCHED, baseline=start, target=low, cycle=cycle))
            case _:
                due = draw(st.sampled_from((_day(1), _day(9))))
                standard = draw(standards)
                goals.append(
                    Commit(
                        manner=Reached(), id=str(index), measure=WATCHED, standard=standard, due=due, declared_on=FIRST
                    )
                )
    return goals


def _pleases(goal: Kpi | KeyResult | Commit, value: Fraction) -> bool:
    match goal:
        case Kpi():
            return goal.health(value) is Health.HEALTHY
        case KeyResult():
            return goal.score(value).raw >= 1
        case Commit():
            return goal.standard.is_met(value)


def _is_on(goal: Kpi | KeyResult | Commit, day: dt.date) -> bool:
    match goal:
        case Kpi():
            return True
        case KeyResult():
            return day in goal.cycle
        case Commit():
            return day <= goal.due


class TestREV3:
    """Verdicts on one measure that don't go together are reported as contradictions, all of them stand, and none is
    bent to fit another.
    """

    @given(goals_on_one_measure(), st.sampled_from((_day(0), _day(5))))
    def test_goals_are_pulled_apart_exactly_where_two_of_them_have_no_value_in_common(
        self, goals: list[Kpi | KeyResult | Commit], day: dt.date
    ) -> None:
        seen = _review_of(goals, {}, as_of=day)
        values = [Fraction(value, 2) for value in range(-2, 10)]
        on = [goal for goal in goals if _is_on(goal, day)]
        apart = {
            frozenset((one.id, other.id))
            for one in on
            for other in on
            if not any(_pleases(one, value) and _pleases(other, value) for value in values)
        }
        told = [frozenset(each.goals) for each in seen.contradictions if each.kind is ContradictionKind.PULLED_APART]
        assert len(told) == bool(apart)
        assert set(told) <= apart

    @given(st.dictionaries(st.integers(0, 5), st.integers(7, 12)), st.integers(6, 12), st.integers(0, 5))
    def test_a_reading_that_would_keep_a_commit_and_can_not_be_is_told_unless_it_was_kept(
        self, values: dict[int, int], least: int, until: int
    ) -> None:
        percent = Measure("percent", highest=10)
        commit = Commit(
            manner=Reached(),
            id="c",
            measure=percent,
            standard=Standard.at_least(least),
            due=_day(4),
            declared_on=_day(1),
        )
        seen = review(GoalModel(commits=[commit]), [_series(percent, values)], as_of=_day(until))
        in_time = [value for day, value in values.items() if 1 <= day <= min(until, 4)]
        is_kept = any(least <= value <= 10 for value in in_time)
        assert (seen.commits[0].attainment is Attainment.KEPT) == is_kept
        told = [each.goals for each in seen.contradictions]
        assert told == [("c",)] * (not is_kept and any(value > 10 and value >= least for value in in_time))

    @given(values(ContradictionPolicy), st.integers(0, 10), st.integers(0, 9))
    def test_a_healthy_kpi_beside_a_key_result_far_from_its_target_is_told_late_enough_in_the_cycle(
        self, policy: ContradictionPolicy, value: int, day: int
    ) -> None:
        kpi = Kpi(id="kpi", measure=WATCHED, bands=HealthBands.at_least(3))
        moved = KeyResult(id="kr", measure=WATCHED, baseline=0, target=10, cycle=Cycle(FIRST, _day(9)))
        series = _series(WATCHED, {0: value})
        found = contradiction(moved.assess(series, as_of=_day(day)), kpi.assess(series, as_of=_day(day)), policy=policy)
        is_strange = value >= 3 and Fraction(value, 10) < policy.far and Fraction(day + 1, 10) >= policy.elapsed
        assert (found is not None and found.kind is ContradictionKind.HEALTHY_BUT_FAR) == is_strange


def _review_of(goals: list[Kpi | KeyResult | Commit], values: dict[int, int], *, as_of: dt.date) -> Review:
    model = GoalModel(
        kpis=[each for each in goals if isinstance(each, Kpi)],
        key_results=[each for each in goals if isinstance(each, KeyResult)],
        commits=[each for each in goals if isinstance(each, Commit)],
    )
    return review(model, [_series(WATCHED, values)], as_of=as_of, policy=Policy(trend=NO_SIGNAL))


class TestLIFE6OfOneMeasure:
    """Two KPIs on one measure are never proposed opposite ways."""

    @given(diaries(4, 6, 9), st.integers(1, 2), st.integers(1, 2), st.integers(0, DAYS), st.sampled_from((5, 8)))
    def test_nothing_goes_back_on_a_measure_that_needs_work(
        self, values: dict[int, int], up: int, down: int, until: int, edge: int
    ) -> None:
        ready = Kpi(id="ready", measure=WATCHED, bands=HealthBands.at_least(5))
        other = Kpi(id="needy", measure=WATCHED, bands=HealthBands.at_least(edge))
        moved = KeyResult(
            id="kr",
            measure=WATCHED,
            baseline=4,
            target=5,
            cycle=Cycle(FIRST, _day(99)),
            origin=Origin(kpi="ready", on=FIRST),
        )
        policy = Policy(
            trend=NO_SIGNAL,
            promotion=PromotionPolicy(unhealthy=up),
            demotion=DemotionPolicy(healthy=down),
        )
        model, history = GoalModel(kpis=[ready, other], key_results=[moved]), [_series(WATCHED, values)]
        seen = review(model, history, as_of=_day(until), policy=policy)
        alone = decide_demotion(moved, ready, history[0], as_of=_day(until), policy=policy.demotion, trend=NO_SIGNAL)
        torn = [each.goals for each in seen.contradictions if each.kind is ContradictionKind.BOTH_WAYS]
        assert not (seen.demotions and (seen.promotions or seen.deferred))
        assert len(seen.demotions) + len(torn) == isinstance(alone, Demote)
        assert torn in ([], [("ready", "kr", "needy")])


class TestLIFE7:
    """A key result that never was a KPI becomes one on demotion, with a band from the level it reached."""

    @given(st.lists(st.integers(-2, 9), max_size=6), st.integers(1, 4), st.sampled_from((1, -1)), st.integers(0, 2))
    def test_its_edge_is_the_weakest_of_the_last_readings_and_never_beyond_the_target(
        self, values: list[int], count: int, sign: int, deadband: int
    ) -> None:
        moved = KeyResult(
            id="kr", measure=WATCHED, baseline=0, target=5 * sign, cycle=Cycle(FIRST, _day(5)), owner="care"
        )
        series = _series(WATCHED, {day: value * sign for day, value in enumerate(values)})
        policy = DemotionPolicy(healthy=count, deadband=deadband)
        weakest = min((*values[-count:], 5)) if values else 0
        if weakest <= 0:
            with pytest.raises(NothingReached):
                new_kpi(moved, series, as_of=_day(5), policy=policy)
            return
        kpi = new_kpi(moved, series, as_of=_day(5), policy=policy)
        edge = (weakest - deadband) * sign
        assert kpi.bands == (HealthBands.at_least(edge) if sign > 0 else HealthBands.at_most(edge))
        assert (kpi.id, kpi.measure, kpi.owner) == ("kr watched", WATCHED, "care")
        back = decide_demotion(moved, kpi, series, as_of=_day(5), policy=policy, trend=NO_SIGNAL)
        assert isinstance(back, Demote) == (len(values) >= count)


class TestREV2Changes:
    """What changed since another review is told by goal and aspect, and is all there is to tell."""

    @given(goals_on_one_measure(), diaries(0, 1, 2, 3), st.integers(0, DAYS), st.integers(0, DAYS))
    def test_forth_and_back_are_mirrored_and_nothing_changes_since_itself(
        self, goals: list[Kpi | KeyResult | Commit], values: dict[int, int], one: int, other: int
    ) -> None:
        earlier, later = (_review_of(goals, values, as_of=_day(day)) for day in (one, other))
        forth, back = later.changes_since(earlier), earlier.changes_since(later)
        assert [(each.goal, each.aspect, each.after, each.before) for each in forth] == [
            (each.goal, each.aspect, each.before, each.after) for each in back
        ]
        assert all(each.before != each.after for each in forth)
        assert later.changes_since(later) == ()
        was, now = ({kpi.kpi.id: kpi.health for kpi in seen.kpis} for seen in (earlier, later))
        assert {each.goal for each in forth if each.aspect is Aspect.HEALTH} == {
            id_ for id_ in now if was[id_] != now[id_]
        }
        assert not [each for each in forth if each.aspect is Aspect.GOAL]

    @given(goals_on_one_measure())
    def test_a_goal_that_is_gone_is_told_with_what_it_was(self, goals: list[Kpi | KeyResult | Commit]) -> None:
        gone = _review_of([], {}, as_of=FIRST).changes_since(_review_of(goals, {}, as_of=FIRST))
        told = {each.goal: each.before for each in gone if each.aspect is Aspect.GOAL}
        assert told == {goal.id: goal for goal in goals}
        assert all(each.after is None for each in gone)
