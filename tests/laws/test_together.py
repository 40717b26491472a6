"""Whether goals on one measure go together, against a search for a course that satisfies both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product

import attrs
from hypothesis import assume, example, given, strategies as st

import goalmodel as gm
from goalmodel.commit import Amendment, Manner
from goalmodel.together import no_course_does, pulled_apart, want_of

M = gm.Measure("m")
DAYS = [dt.date(2026, 10, 1) + dt.timedelta(days=n) for n in range(3)]
GRID = [Fraction(n, 2) for n in (-9, *range(-1, 6), 14)]
"""Every value that matters: the ends, which are 0 to 2, those between them, one beyond on either side, and one that
alone brings a mean of three days beyond."""

Goal = gm.Kpi | gm.KeyResult | gm.Commit


def kpi(bands: gm.HealthBands, *changes: tuple[int, gm.HealthBands]) -> gm.Kpi:
    plan = {dt.date(2026, 1, 1): bands, **{DAYS[at]: later for at, later in changes}}
    return gm.Kpi(id="kpi", measure=M).with_plan(plan, reason="planned")


def moved(way: tuple[int, int], last: int, counting: gm.Aggregation = gm.Aggregation.LAST) -> gm.KeyResult:
    cycle = gm.Cycle(DAYS[0], DAYS[last])
    return gm.KeyResult(id="kr", measure=M, baseline=way[0], target=way[1], cycle=cycle, counting=counting)


def owed(
    standard: gm.Standard, manner: str, first: int, last: int, amended: tuple[int, gm.Standard] | None = None
) -> gm.Commit:
    since, due = DAYS[min(first, last)], DAYS[max(first, last)]
    manners: dict[str, Manner] = {"reached": gm.Reached(), "on due": gm.OnDueDate(), "held": gm.Held(since)}
    plain = gm.Commit(id="owed", measure=M, standard=standard, manner=manners[manner], declared_on=since, due=due)
    if amended is None or not since <= DAYS[amended[0]] <= due or amended[1] == standard:
        return plain
    return attrs.evolve(plain, amendments=Amendment(on=DAYS[amended[0]], standard=amended[1], reason="moved"))


@st.composite
def bands(draw: st.DrawFn) -> gm.HealthBands:
    low, high = sorted(draw(st.tuples(ENDS, ENDS)))
    makers = [
        lambda: gm.HealthBands.at_least(low),
        lambda: gm.HealthBands.at_most(high),
        lambda: gm.HealthBands.above(low),
        lambda: gm.HealthBands.below(high),
        lambda: gm.HealthBands.between(low, high),
    ]
    return draw(st.sampled_from(makers))()


@st.composite
def standards(draw: st.DrawFn) -> gm.Standard:
    low, high = sorted(draw(st.tuples(ENDS, ENDS)))
    makers = [
        lambda: gm.Standard.at_least(low),
        lambda: gm.Standard.at_most(high),
        lambda: gm.Standard.above(low),
        lambda: gm.Standard.below(high),
        lambda: gm.Standard.within(low, high),
    ]
    return draw(st.sampled_from(makers))()


ENDS = st.integers(0, 2)
PLACES = st.integers(0, 2)
COUNTED: dict[gm.Aggregation, Callable[[Sequence[Fraction]], Fraction]] = {
    gm.Aggregation.LAST: lambda values: values[-1],
    gm.Aggregation.GREATEST: max,
    gm.Aggregation.LEAST: min,
    gm.Aggregation.MEAN: lambda values: sum(values, Fraction(0)) / len(values),
}
WAYS = st.tuples(ENDS, ENDS).filter(lambda way: way[0] != way[1])
GOALS: st.SearchStrategy[Goal] = st.one_of(
    st.builds(kpi, bands()),
    st.builds(kpi, bands(), st.tuples(PLACES, bands())),
    st.builds(moved, WAYS, PLACES, st.sampled_from(list(COUNTED))),
    st.builds(
        owed,
        standards(),
        st.sampled_from(["reached", "on due", "held"]),
        PLACES,
        PLACES,
        st.one_of(st.none(), st.tuples(PLACES, standards())),
    ),
)


def is_satisfied(goal: Goal, course: Sequence[Fraction], as_of: dt.date) -> bool:
    """Return whether a goal is content with the values of three days: the naive way.

    A KPI is asked from *as_of* on. A commit that was kept before is no longer owed: such a course is another question.
    """
    match goal:
        case gm.Kpi():
            judged = [(goal.in_force(on).bands, value) for on, value in zip(DAYS, course, strict=True) if on >= as_of]
            return all(bands is not None and bands.health(value) is gm.Health.HEALTHY for bands, value in judged)
        case gm.KeyResult():
            assert isinstance(goal.counting, gm.Aggregation)
            figure = COUNTED[goal.counting](course[: DAYS.index(goal.cycle.end) + 1])
            return goal.score(figure).raw >= 1
        case gm.Commit():
            read = gm.Series.of(M, zip(DAYS, course, strict=True))
            was_kept = goal.attainment(read, as_of=as_of - dt.timedelta(days=1)) is gm.Attainment.KEPT
            return not was_kept and goal.attainment(read, as_of=DAYS[-1]) is gm.Attainment.KEPT


def _ends(goal: Goal) -> dt.date:
    return goal.due if isinstance(goal, gm.Commit) else goal.cycle.end if isinstance(goal, gm.KeyResult) else DAYS[-1]


class TestPulledApart:
    """Pulled apart is only what no course of the measure does for, over the times of both (REV-3, GM501)."""

    @given(GOALS, GOALS, PLACES)
    @example(owed(gm.Standard.at_least(2), "reached", 0, 2), owed(gm.Standard.at_most(1), "reached", 0, 2), 0)
    @example(owed(gm.Standard.at_least(2), "reached", 1, 1), owed(gm.Standard.at_most(1), "reached", 1, 1), 0)
    @example(owed(gm.Standard.at_least(2), "reached", 0, 2), owed(gm.Standard.at_most(1), "held", 0, 2), 0)
    @example(owed(gm.Standard.at_least(2), "reached", 0, 2), owed(gm.Standard.at_most(1), "held", 0, 1), 0)
    @example(
        owed(gm.Standard.at_least(2), "reached", 0, 2),
        kpi(gm.HealthBands.at_least(0), (2, gm.HealthBands.at_most(1))),
        0,
    )
    @example(moved((0, 1), 2), moved((2, 1), 2), 0)
    @example(moved((0, 2), 1), moved((2, 1), 2), 0)
    # A greatest that falls is to be low on each day, and a least that rises high; the others on one day at least.
    @example(moved((2, 1), 2, gm.Aggregation.GREATEST), owed(gm.Standard.at_least(2), "reached", 0, 2), 0)
    @example(moved((0, 1), 2, gm.Aggregation.LEAST), owed(gm.Standard.at_most(0), "reached", 0, 2), 0)
    @example(moved((0, 2), 2, gm.Aggregation.GREATEST), owed(gm.Standard.at_most(1), "reached", 0, 2), 0)
    # Once, and not before: of the days that are left the other leaves none.
    @example(owed(gm.Standard.at_least(2), "reached", 0, 2), owed(gm.Standard.at_most(1), "held", 1, 2), 1)
    @example(owed(gm.Standard.at_least(2), "reached", 0, 2), kpi(gm.HealthBands.at_most(1)), 2)
    def test_it_is_what_no_search_finds_a_course_for(self, one: Goal, other: Goal, place: int) -> None:
        one, other = attrs.evolve(one, id="one"), attrs.evolve(other, id="other")
        as_of = DAYS[place]
        assume(as_of <= min(_ends(one), _ends(other)))
        wants = [want_of(one, as_of), want_of(other, as_of)]
        courses = list(product(GRID, repeat=len(DAYS)))
        will_do = [{course for course in courses if is_satisfied(goal, course, as_of)} for goal in (one, other)]
        if all(will_do):
            is_found = not will_do[0].isdisjoint(will_do[1])
            assert no_course_does(*wants) is (not is_found)
            assert no_course_does(*wants[::-1]) is (not is_found)
            assert len(list(pulled_apart(wants))) == (not is_found)
