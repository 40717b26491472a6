"""Whether goals on one measure go together, against a search for a course that satisfies both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import attrs
from hypothesis import example, given, strategies as st

import goalmodel as gm
from goalmodel.commit import Amendment, Manner
from goalmodel.together import Want, no_course_does, pulled_apart, want_of_commit, want_of_key_result, want_of_kpi

M = gm.Measure("m")
DAYS = [dt.date(2026, 10, 1) + dt.timedelta(days=n) for n in range(3)]
GRID = [Fraction(n, 2) for n in range(-1, 6)]
"""Every value that matters: the ends, which are 0 to 2, those between them, and one beyond on either side."""

Goal = gm.Kpi | gm.KeyResult | gm.Commit


def kpi(bands: gm.HealthBands, *changes: tuple[int, gm.HealthBands]) -> gm.Kpi:
    plan = {dt.date(2026, 1, 1): bands, **{DAYS[at]: later for at, later in changes}}
    return gm.Kpi(id="kpi", measure=M).with_plan(plan, reason="planned")


def moved(way: tuple[int, int], last: int) -> gm.KeyResult:
    cycle = gm.Cycle(dt.date(2026, 9, 1), DAYS[last])
    return gm.KeyResult(id="kr", measure=M, baseline=way[0], target=way[1], cycle=cycle)


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
WAYS = st.tuples(ENDS, ENDS).filter(lambda way: way[0] != way[1])
GOALS: st.SearchStrategy[Goal] = st.one_of(
    st.builds(kpi, bands()),
    st.builds(kpi, bands(), st.tuples(PLACES, bands())),
    st.builds(moved, WAYS, PLACES),
    st.builds(
        owed,
        standards(),
        st.sampled_from(["reached", "on due", "held"]),
        PLACES,
        PLACES,
        st.one_of(st.none(), st.tuples(PLACES, standards())),
    ),
)


def is_satisfied(goal: Goal, course: Sequence[Fraction]) -> bool:
    """Return whether a goal is content with the values of three days: the naive way."""
    match goal:
        case gm.Kpi():
            judged = [(goal.in_force(on).bands, value) for on, value in zip(DAYS, course, strict=True)]
            return all(bands is not None and bands.health(value) is gm.Health.HEALTHY for bands, value in judged)
        case gm.KeyResult():
            return goal.score(course[DAYS.index(goal.cycle.end)]).raw >= 1
        case gm.Commit():
            read = gm.Series.of(M, zip(DAYS, course, strict=True))
            return goal.attainment(read, as_of=DAYS[-1]) is gm.Attainment.KEPT


def _of(goal: Goal) -> Want:
    match goal:
        case gm.Kpi():
            return want_of_kpi(goal, DAYS[0])
        case gm.KeyResult():
            return want_of_key_result(goal)
        case gm.Commit():
            return want_of_commit(goal)


class TestPulledApart:
    """Pulled apart is only what no course of the measure does for, over the times of both (REV-3, GM501)."""

    @given(GOALS, GOALS)
    @example(owed(gm.Standard.at_least(2), "reached", 0, 2), owed(gm.Standard.at_most(1), "reached", 0, 2))
    @example(owed(gm.Standard.at_least(2), "reached", 1, 1), owed(gm.Standard.at_most(1), "reached", 1, 1))
    @example(owed(gm.Standard.at_least(2), "reached", 0, 2), owed(gm.Standard.at_most(1), "held", 0, 2))
    @example(owed(gm.Standard.at_least(2), "reached", 0, 2), owed(gm.Standard.at_most(1), "held", 0, 1))
    @example(
        owed(gm.Standard.at_least(2), "reached", 0, 2),
        kpi(gm.HealthBands.at_least(0), (2, gm.HealthBands.at_most(1))),
    )
    @example(moved((0, 1), 2), moved((2, 1), 2))
    @example(moved((0, 2), 1), moved((2, 1), 2))
    def test_it_is_what_no_search_finds_a_course_for(self, one: Goal, other: Goal) -> None:
        one, other = attrs.evolve(one, id="one"), attrs.evolve(other, id="other")
        wants = [_of(one), _of(other)]
        is_found = any(
            is_satisfied(one, course) and is_satisfied(other, course) for course in product(GRID, repeat=len(DAYS))
        )
        alone = all(
            any(is_satisfied(goal, course) for course in product(GRID, repeat=len(DAYS))) for goal in (one, other)
        )
        if alone:
            assert no_course_does(*wants) is (not is_found)
            assert no_course_does(*wants[::-1]) is (not is_found)
            assert len(list(pulled_apart(wants))) == (not is_found)
