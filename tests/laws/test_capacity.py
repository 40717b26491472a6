"""Laws of what is promised: COM-11."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, strategies as st

import goalmodel as gm
from goalmodel.capacity import Capacity, Take
from goalmodel.fairness import fairness_file
from goalmodel.promised import promised

UPTIME = gm.Measure("uptime", unit="percent")
FIRST = dt.date(2026, 10, 1)
LATE = dt.date(2027, 12, 31)
DAYS = 12
RESOURCES = ("engineers", "budget")


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def owed(id_: str, start: int, end: int, *takes: Take, starts_on: int | None = None) -> gm.Commit:
    return gm.Commit(
        id=id_,
        measure=UPTIME,
        standard=gm.Standard.at_least(99.9),
        manner=gm.OnDueDate(),
        declared_on=day(start),
        due=day(end),
        starts_on=None if starts_on is None else day(starts_on),
        support=gm.Support(gm.commit.SupportKind.PEOPLE, "two"),
        takes=takes,
    )


@st.composite
def promises(draw: st.DrawFn) -> gm.GoalModel:
    """Models of some days in which several goals take of two resources, of which there is more or less."""
    days = st.integers(0, DAYS - 1)
    spans = st.tuples(days, days).map(lambda two: (min(two), max(two)))
    amounts = st.one_of(st.integers(1, 4), st.just(Fraction(1, 2)))
    takes = st.lists(
        st.builds(Take, st.sampled_from(RESOURCES), amounts), max_size=2, unique_by=lambda each: each.resource
    )
    times = draw(st.lists(spans, max_size=4))
    commits = [owed(f"c{n}", start, end, *draw(takes)) for n, (start, end) in enumerate(times)]
    key_results = [
        gm.KeyResult(id=f"kr{n}", measure=UPTIME, baseline=0, target=1, cycle=gm.Cycle(*map(day, draw(spans))))
        for n in range(2)
    ]
    kpi = gm.Kpi(id="kpi", measure=UPTIME)
    ids = [*(each.id for each in commits), *(each.id for each in key_results), kpi.id]
    work = [
        gm.Initiative(
            id=f"i{n}", title="work", serves=draw(st.lists(st.sampled_from(ids), max_size=3)), takes=draw(takes)
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    known = [each for resource in RESOURCES for each in draw(capacities_of(resource))]
    return gm.GoalModel(commits=commits, key_results=key_results, kpis=[kpi], initiatives=work, capacities=known)


@st.composite
def capacities_of(draw: st.DrawFn, resource: str) -> list[Capacity]:
    """What there is of one resource: not known, always, or in one time and in another."""
    amount, is_used_up = st.integers(0, 6), st.booleans()
    match draw(st.integers(0, 2)):
        case 0:
            return []
        case 1:
            return [Capacity(resource=resource, amount=draw(amount), is_used_up=draw(is_used_up))]
        case _:
            cut = draw(st.integers(1, DAYS - 1))
            gap = draw(st.integers(0, 1))
            return [
                Capacity(
                    resource=resource,
                    amount=draw(amount),
                    is_used_up=draw(is_used_up),
                    period=gm.Cycle(day(start), day(end)),
                )
                for start, end in ((0, cut - 1), (min(cut + gap, DAYS), DAYS))
            ]


def takers(model: gm.GoalModel) -> list[gm.Commit | gm.Initiative]:
    return [*model.commits, *model.initiatives]


def busy(model: gm.GoalModel, goal: gm.Commit | gm.Initiative, on: dt.date) -> bool:
    """Return whether a goal takes on a day: the naive way."""
    if isinstance(goal, gm.Commit):
        return (goal.starts_on or goal.declared_on) <= on <= goal.due
    served = [model[each] for each in goal.serves]
    if not served or any(isinstance(each, gm.Kpi) for each in served):
        return True
    return any(
        on in each.cycle if isinstance(each, gm.KeyResult) else isinstance(each, gm.Commit) and busy(model, each, on)
        for each in served
    )


def taken_on(model: gm.GoalModel, resource: str, on: dt.date) -> dict[str, Fraction]:
    return {
        goal.id: take.amount
        for goal in takers(model)
        for take in goal.takes
        if take.resource == resource and busy(model, goal, on)
    }


def goals_short_of(model: gm.GoalModel) -> dict[str, set[str]]:
    """Return the ids of the goals some resource is promised twice or uncounted for, by resource."""
    seen = promised(model, LATE)
    found: dict[str, set[str]] = {}
    for over in seen.twice:
        found.setdefault(over.capacity.resource, set()).update(over.goals)
    for goal, takes in seen.uncounted.items():
        for take in takes:
            found.setdefault(take.resource, set()).add(goal)
    return found


class TestCOM11:
    """What commits and initiatives take is added up against what there is: what is promised twice, and what nobody
    has counted, speaks against consequences.
    """

    @given(model=promises())
    def test_of_what_is_there_again_no_day_takes_more_than_there_is(self, model: gm.GoalModel) -> None:
        twice = promised(model, LATE).twice
        for capacity in model.capacities:
            found = [each for each in twice if each.capacity == capacity]
            if capacity.is_used_up:
                continue
            worst = dict.fromkeys(found, Fraction(0))
            for on in map(day, range(-1, DAYS + 2)):
                if capacity.period is not None and on not in capacity.period:
                    continue
                taken = taken_on(model, capacity.resource, on)
                here = [each for each in found if each.since <= on <= each.until]
                assert len(here) == (sum(taken.values()) > capacity.amount)
                for each in here:
                    assert set(taken) <= set(each.goals)
                    worst[each] = max(worst[each], sum(taken.values(), Fraction(0)))
            assert all(each.taken == most for each, most in worst.items() if each.since >= day(-1))

    @given(model=promises())
    def test_what_is_used_up_is_added_up_by_the_share_of_its_days(self, model: gm.GoalModel) -> None:
        twice = promised(model, LATE).twice
        for capacity in model.capacities:
            if not capacity.is_used_up:
                continue
            taken = Fraction(0)
            for goal in takers(model):
                for take in goal.takes:
                    if take.resource == capacity.resource:
                        taken += take.amount * share_within(model, goal, capacity)
            found = [each.taken for each in twice if each.capacity == capacity]
            assert found == ([taken] if taken > capacity.amount else [])

    @given(model=promises(), data=st.data())
    def test_no_accountability_improves_when_a_capacity_is_taken_away_or_made_less(
        self, model: gm.GoalModel, data: st.DataObject
    ) -> None:
        if not model.capacities:
            return
        at = data.draw(st.integers(0, len(model.capacities) - 1))
        known = list(model.capacities)
        gone = known.pop(at)
        less = attrs.evolve(gone, amount=gone.amount * data.draw(st.sampled_from([Fraction(0), Fraction(1, 2)])))
        for fewer in (known, [*known, less]):
            poorer = attrs.evolve(model, capacities=fewer)
            before, after = goals_short_of(model), goals_short_of(poorer)
            assert all(goals <= after.get(resource, set()) for resource, goals in before.items())
            both = zip(gm.review(model, [], as_of=LATE).commits, gm.review(poorer, [], as_of=LATE).commits, strict=True)
            for rich, poor in both:
                assert bool(poor.shortages) >= bool(rich.shortages)
                assert len(poor.accountability.objections) >= len(rich.accountability.objections) - len(
                    rich.shortages
                ) + (1 if rich.shortages else 0)

    @given(model=promises())
    def test_the_order_in_which_goals_and_capacities_are_given_is_nothing(self, model: gm.GoalModel) -> None:
        backwards = gm.GoalModel(
            commits=model.commits[::-1],
            key_results=model.key_results,
            kpis=model.kpis,
            initiatives=model.initiatives[::-1],
            capacities=model.capacities[::-1],
        )
        assert promised(backwards, LATE) == promised(model, LATE)

    @given(model=promises())
    def test_the_linter_the_review_and_a_fairness_file_say_the_same(self, model: gm.GoalModel) -> None:
        as_of = day(DAYS)
        found = gm.lint(model, as_of=as_of, policy=gm.hygiene.HygienePolicy(select=["GM509", "GM510"]))
        seen = promised(model, as_of)
        over = {each.id for each in model.commits if each.due < as_of}
        over |= {each.id for each in model.key_results if each.cycle.end < as_of}
        named = {(each.code, each.goals) for each in found}
        assert named == {
            *(("GM509", each.goals) for each in seen.twice if each.until >= as_of),
            *(("GM510", (goal,)) for goal in promised(model, as_of, over).uncounted),
        }
        for each in gm.review(model, [], as_of=as_of).commits:
            file = fairness_file(each.commit, gm.Series(UPTIME), as_of=as_of, among=model)
            assert file.objections == each.accountability.objections
            assert bool(each.shortages) == any(each.commit.id in goals for goals in goals_short_of_by(model, as_of))

    @given(model=promises(), as_of=st.integers(0, DAYS).map(day))
    def test_what_is_declared_later_takes_nothing_yet(self, model: gm.GoalModel, as_of: dt.date) -> None:
        later = {each.id for each in model.commits if each.declared_on > as_of}
        for over in promised(model, as_of).twice:
            assert not later & set(over.goals)


def goals_short_of_by(model: gm.GoalModel, as_of: dt.date) -> Sequence[set[str]]:
    seen = promised(model, as_of)
    return [*(set(each.goals) for each in seen.twice), set(seen.uncounted)]


def share_within(model: gm.GoalModel, goal: gm.Commit | gm.Initiative, capacity: Capacity) -> Fraction:
    """Return the share of a goal's days that lie in the time of a capacity: all of it where it always takes."""
    if busy(model, goal, day(-1)):
        return Fraction(1)
    days = [on for on in map(day, range(-1, DAYS + 2)) if busy(model, goal, on)]
    within = [on for on in days if capacity.period is None or on in capacity.period]
    return Fraction(len(within), len(days)) if days else Fraction(0)


def test_a_commit_takes_from_its_start_and_one_that_starts_too_late_on_its_last_day() -> None:
    there = [Capacity(resource="engineers", amount=2)]
    commits = [owed("a", 0, 9, Take("engineers", 2), starts_on=5), owed("b", 0, 4, Take("engineers", 1))]
    assert promised(gm.GoalModel(commits=commits, capacities=there), LATE).twice == ()
    late = owed("c", 0, 4, Take("engineers", 2), starts_on=9)
    (over,) = promised(gm.GoalModel(commits=[commits[1], late], capacities=there), LATE).twice
    assert over.goals == ("b", "c")
    assert over.taken == 3
    assert (over.since, over.until) == (day(4), day(4))


def test_what_there_is_is_said_once_for_each_day() -> None:
    year = Capacity(resource="budget", amount=9, period=gm.Cycle.year(2026), is_used_up=True)
    quarter = attrs.evolve(year, period=gm.Cycle.quarter(2026, 4))
    following = attrs.evolve(year, period=gm.Cycle.year(2027))
    assert gm.GoalModel(capacities=[following, year]).capacities == (year, following)
    for several in ([year, quarter], [quarter, year], [attrs.evolve(year, period=None), following]):
        with pytest.raises(gm.errors.GivenTwice, match="once for each day"):
            gm.GoalModel(capacities=several)
    with pytest.raises(gm.errors.WrongType, match="a Capacity"):
        gm.GoalModel(capacities=["five engineers"])  # type: ignore[list-item] # whatever is given
    with pytest.raises(gm.errors.GivenTwice, match="each resource once"):
        owed("a", 0, 1, Take("engineers", 1), Take("engineers", 2))


def test_there_is_none_or_some_and_what_is_taken_is_some() -> None:
    assert Capacity(resource="engineers", amount=0).amount == 0
    with pytest.raises(gm.errors.OutOfBounds, match="0 or more"):
        Capacity(resource="engineers", amount=-1)
    with pytest.raises(gm.errors.GoalModelError):
        Take("engineers", 0)


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (
            Capacity(resource="hours", amount=40, period=gm.Cycle.month(2026, 2)),
            "hours: 40 at any time, 2026-02-01 to 2026-02-28",
        ),
        (Capacity(resource="hours", amount=40, is_used_up=True), "hours: 40 for all times"),
    ],
)
def test_a_capacity_says_how_much_and_when(given_: Capacity, said: str) -> None:
    assert str(given_) == said
