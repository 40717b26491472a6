"""Laws of means by name, of objectives under objectives, and of what several cycles are a sign of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from fractions import Fraction
from math import lcm, prod
from typing import TypeAlias

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import (
    Attainment,
    CommitAssessment,
    Cycle,
    Health,
    KeyResult,
    KeyResultAssessment,
    KpiAssessment,
    Measure,
    Objective,
    Outcome,
    Rollup,
    Series,
)
from goalmodel.errors import (
    CyclesOverlap,
    GivenTwice,
    GoesInCircles,
    KindsDiffer,
    NothingGiven,
    OutOfBounds,
    RootTooHigh,
)
from goalmodel.objective import (
    Calibration,
    CalibrationPolicy,
    ClosedCycle,
    ObjectiveLine,
    RollupMethod,
    RollupPolicy,
    Root,
    Unscored,
    calibrate,
    combine,
    roll_up,
    roll_up_all,
)
from goalmodel.testing import closed_cycles, commit_assessments, kpi_assessments, numbers, objectives, shares, values
from speaking import of_unknown_kinds

MEASURE = Measure("anything")
QUARTER = Cycle.quarter(2026, 4)
RUNNING = QUARTER.end - dt.timedelta(days=1)
ZERO, ONE = Fraction(0), Fraction(1)
Parts: TypeAlias = list[tuple[Fraction, int]]
PARTS: st.SearchStrategy[Parts] = st.lists(st.tuples(shares(), st.integers(1, 5)), min_size=1, max_size=5)
WORDS = st.lists(st.tuples(st.sampled_from(Outcome), st.integers(1, 5)), min_size=1, max_size=5)
FROM_WORST = (
    Outcome.MOVED_BACK,
    Outcome.LITTLE_MOVEMENT,
    Outcome.PART_OF_THE_WAY,
    Outcome.MOST_OF_THE_WAY,
    Outcome.REACHED,
    Outcome.WENT_PAST,
)


def _moved(name: str, score: Fraction | None, weight: Fraction | int = 1, serves: str = "o") -> KeyResultAssessment:
    moved = KeyResult(id=name, measure=MEASURE, baseline=0, target=1, cycle=QUARTER, weight=weight, serves=serves)
    return moved.assess(Series.of(MEASURE, {} if score is None else {RUNNING: score}), as_of=RUNNING)


CHILDREN = st.lists(
    st.tuples(st.one_of(st.none(), shares(), st.sampled_from((Fraction(-1, 2), Fraction(3, 2)))), st.integers(1, 5)),
    max_size=4,
).map(lambda children: [_moved(f"kr{index}", *child) for index, child in enumerate(children)])


def _power(parts: Parts) -> tuple[Fraction, int]:
    """Return the product of all parts, each as often as its weight says, and how many that makes."""
    return prod((value**weight for value, weight in parts), start=ONE), sum(weight for _, weight in parts)


class TestOBJ3:
    """Scores become one by the mean that is named, weighted, least, geometric, where a single 0 vetoes, or worst
    light, and a mean that would mean nothing is refused: of nothing, of different kinds, or by a weight not above 0.
    """

    @given(parts=PARTS)
    def test_each_is_what_its_name_says(self, parts: Parts) -> None:
        whole = sum(weight for _, weight in parts)
        assert combine(parts) == sum(value * weight for value, weight in parts) / whole
        assert combine(parts, RollupMethod.MINIMUM) == min(value for value, _ in parts)
        product, count = _power(parts)
        geometric = combine(parts, RollupMethod.GEOMETRIC)
        assert isinstance(geometric, Root)
        assert geometric == Root(product, count)
        assert count % geometric.degree == 0
        assert geometric.of ** (count // geometric.degree) == product

    @given(parts=WORDS)
    def test_the_worst_light_is_the_worst(self, parts: list[tuple[Outcome, int]]) -> None:
        assert combine(parts, RollupMethod.WORST_LIGHT) is min((word for word, _ in parts), key=FROM_WORST.index)

    @given(parts=PARTS)
    def test_the_least_is_never_above_the_geometric_nor_that_above_the_weighted_mean(self, parts: Parts) -> None:
        least, geometric, weighted = (
            combine(parts, kind) for kind in (RollupMethod.MINIMUM, RollupMethod.GEOMETRIC, RollupMethod.WEIGHTED)
        )
        assert isinstance(least, Fraction)
        assert isinstance(geometric, Root)
        assert isinstance(weighted, Fraction)
        assert Root(least) <= geometric <= weighted
        assert (geometric == weighted) is (len({value for value, _ in parts}) == 1)

    @given(parts=PARTS, weight=st.integers(1, 5))
    def test_a_single_zero_vetoes(self, parts: Parts, weight: int) -> None:
        assert combine([*parts, (ZERO, weight)], RollupMethod.GEOMETRIC) == 0
        assert (combine(parts, RollupMethod.GEOMETRIC) == 0) is any(not value for value, _ in parts)

    @given(parts=PARTS, factor=st.fractions(Fraction(1, 1000), 1000), kind=st.sampled_from(list(RollupMethod)[:3]))
    def test_weights_mean_only_what_they_are_to_one_another(
        self, parts: Parts, factor: Fraction, kind: RollupMethod
    ) -> None:
        assert combine([(value, weight * factor) for value, weight in parts], kind) == combine(parts, kind)

    @given(parts=PARTS, more=PARTS)
    def test_a_geometric_mean_of_geometric_means_is_the_mean_of_all(self, parts: Parts, more: Parts) -> None:
        nested = [(combine(each, RollupMethod.GEOMETRIC), sum(weight for _, weight in each)) for each in (parts, more)]
        assert combine(nested, RollupMethod.GEOMETRIC) == combine([*parts, *more], RollupMethod.GEOMETRIC)

    @pytest.mark.parametrize("kind", RollupMethod)
    def test_a_mean_of_nothing_is_refused(self, kind: RollupMethod) -> None:
        with pytest.raises(NothingGiven):
            combine([], kind)

    @given(value=shares(), root=values(Root), word=st.sampled_from(Outcome), weight=numbers())
    def test_a_mean_of_different_kinds_is_refused(
        self, value: Fraction, root: Root, word: Outcome, weight: int
    ) -> None:
        for kind in RollupMethod:
            with pytest.raises(KindsDiffer):
                combine([(value, 1), (word, 1)], kind)
        if root <= 1:
            for kind in (RollupMethod.WEIGHTED, RollupMethod.MINIMUM, RollupMethod.WORST_LIGHT):
                with pytest.raises(KindsDiffer):
                    combine([(root, 1)], kind)
        if weight <= 0:
            with pytest.raises(OutOfBounds):
                combine([(value, weight)])

    @given(score=st.fractions().filter(lambda score: not 0 <= score <= 1), kind=st.sampled_from(RollupMethod))
    def test_a_score_that_is_not_clamped_is_refused(self, score: Fraction, kind: RollupMethod) -> None:
        with pytest.raises(OutOfBounds):
            combine([(score, 1)], kind)

    def test_a_root_nobody_could_draw_is_refused(self) -> None:
        with pytest.raises(RootTooHigh):
            combine([(Fraction(1, 2), 1), (Fraction(1, 3), 1000)], RollupMethod.GEOMETRIC)
        with pytest.raises(RootTooHigh):
            combine([(Fraction(1, 10**300), 500), (Fraction(1, 2), 499)], RollupMethod.GEOMETRIC)
        with pytest.raises(RootTooHigh):
            Root(Fraction(2), 1001)
        widest = combine([(Fraction(1, 2), 999), (Fraction(1, 3), 1)], RollupMethod.GEOMETRIC)
        assert isinstance(widest, Root)
        assert Fraction(1, 3) < widest < Fraction(1, 2)


class TestOBJ3Root:
    """A root is compared exactly, with numbers and with other roots, and shown to the nearest."""

    @given(one=values(Root), other=values(Root))
    def test_roots_compare_as_their_powers_do(self, one: Root, other: Root) -> None:
        common = lcm(one.degree, other.degree)
        powers = [each.of ** (common // each.degree) for each in (one, other)]
        assert (one < other) is (powers[0] < powers[1])
        assert (one == other) is (powers[0] == powers[1])
        assert one != other or hash(one) == hash(other)

    @given(root=values(Root), number=st.one_of(st.fractions(-1, 4), st.integers(-1, 3)))
    def test_roots_compare_with_numbers_as_their_powers_do(self, root: Root, number: Fraction | int) -> None:
        assert (root > number) is (number < 0 or root.of > Fraction(number) ** root.degree)
        assert (root == number) is (number >= 0 and root.of == Fraction(number) ** root.degree)
        assert root != number or hash(root) == hash(number)

    @given(base=st.fractions(0, 50, max_denominator=50), degree=st.integers(1, 12))
    def test_the_root_of_a_power_is_what_was_raised(self, base: Fraction, degree: int) -> None:
        assert Root(base**degree, degree) == base
        assert float(Root(base**degree, degree)) == float(base)

    @given(root=values(Root), places=st.integers(0, 30))
    def test_its_decimals_are_those_below_it(self, root: Root, places: int) -> None:
        low = root.below(places)
        assert low**root.degree <= root.of < (low + Fraction(1, 10**places)) ** root.degree
        assert low * 10**places == low * 10**places // 1

    @given(root=values(Root))
    def test_its_float_is_the_nearest(self, root: Root) -> None:
        nearest = Fraction(float(root))
        step = max(nearest, Fraction(1, 2**60)) / 2**52
        assert Root((nearest + step) ** root.degree, root.degree) > root
        assert nearest <= step or Root((nearest - step) ** root.degree, root.degree) < root

    @given(of=st.fractions(max_value=0).filter(bool))
    def test_a_root_of_less_than_nothing_is_refused(self, of: Fraction) -> None:
        with pytest.raises(OutOfBounds):
            Root(of)


class TestOBJ2ByPolicy:
    """What is not scored is left out and reported, counts as 0, or leaves all undetermined, as the policy says."""

    @given(children=CHILDREN, policy=values(RollupPolicy))
    def test_as_zero_is_what_scoring_zero_gives(
        self, children: list[KeyResultAssessment], policy: RollupPolicy
    ) -> None:
        policy = attrs.evolve(policy, unscored=Unscored.AS_ZERO)
        scored = [
            _moved(each.key_result.id, each.score.raw if each.score else ZERO, each.key_result.weight)
            for each in children
        ]
        assert roll_up(children, policy=policy).result == roll_up(scored, policy=policy).result

    @given(children=CHILDREN, policy=values(RollupPolicy), weight=st.integers(1, 5))
    def test_one_more_without_a_score_changes_the_coverage_and_never_the_result(
        self, children: list[KeyResultAssessment], policy: RollupPolicy, weight: int
    ) -> None:
        before = roll_up(children, policy=policy)
        after = roll_up([*children, _moved("more", None, weight)], policy=policy)
        assert after.coverage.total == before.coverage.total + 1
        if policy.unscored is Unscored.COVERAGE:
            assert after.result == before.result
        if policy.unscored is Unscored.UNDETERMINED:
            assert after.result is None

    @given(children=CHILDREN, policy=values(RollupPolicy))
    def test_it_is_the_mean_of_its_lines(self, children: list[KeyResultAssessment], policy: RollupPolicy) -> None:
        found = roll_up(children, policy=attrs.evolve(policy, unscored=Unscored.COVERAGE))
        scored = [each for each in children if each.score is not None]
        words = [(policy.words.outcome(each.score), each.key_result.weight) for each in scored if each.score]
        values = [(each.score.clamped, each.key_result.weight) for each in scored if each.score]
        if not scored:
            assert found.result is None
        elif policy.mean is RollupMethod.WORST_LIGHT:
            assert found.result == combine(words, policy.mean)
        else:
            assert found.result == combine(values, policy.mean)

    @given(
        children=CHILDREN,
        nested=st.lists(st.tuples(objectives(), values(Rollup)), max_size=2, unique_by=lambda n: n[0].id),
    )
    def test_the_printed_sum_can_be_done_again_by_hand(
        self, children: list[KeyResultAssessment], nested: list[tuple[Objective, Rollup]]
    ) -> None:
        found = roll_up(children, objectives=nested)
        # What has thousands of digits is cut, and says so.
        assume(not any("…" in line for line in found.worked))
        *lines, last = found.worked
        added = [Fraction(match[1]) for line in lines if (match := re.search(r", adds (\S+)$", line))]
        assert len(added) == len(lines)
        if found.result is None:
            assert last == "weighted mean: none"
        else:
            assert Fraction(last.removeprefix("weighted mean: ")) == sum(added, ZERO)
        shown = [re.search(r"clamped (\S+), weight \S+, share (\S+),", line) for line in lines]
        done = [Fraction(match[1]) * Fraction(match[2]) for match in shown if match and match[1] != "none"]
        assert sum(done, ZERO) == sum(added, ZERO)

    @given(children=CHILDREN, policy=values(RollupPolicy))
    def test_every_mean_shows_its_lines(self, children: list[KeyResultAssessment], policy: RollupPolicy) -> None:
        found = roll_up(children, policy=policy)
        assert len(found.worked) == len(children) + 1
        assert found.worked[-1].startswith(policy.mean.value)
        assert of_unknown_kinds(found.reasons) == []


@st.composite
def _trees(draw: st.DrawFn) -> tuple[list[Objective], list[KeyResultAssessment]]:
    """Return objectives that serve earlier ones, each with one key result at least, and no other."""
    count = draw(st.integers(1, 5))
    above = [
        draw(st.lists(st.integers(0, index - 1), max_size=2, unique=True)) if index else [] for index in range(count)
    ]
    weighed = [draw(st.integers(1, 4)) for _ in range(count)]
    found = [
        Objective(id=f"o{index}", title="t", serves=[f"o{each}" for each in above[index]], weight=weighed[index])
        for index in range(count)
    ]
    moved = [
        _moved(f"kr{index}-{each}", draw(st.one_of(st.none(), shares())), draw(st.integers(1, 4)), f"o{index}")
        for index in range(count)
        for each in range(draw(st.integers(0, 2)))
    ]
    return found, moved


class TestOBJ1Nested:
    """An objective that serves another enters its mean like a key result with the score its own roll-up came to."""

    @given(tree=_trees())
    def test_it_is_what_doing_it_by_hand_from_below_gives(
        self, tree: tuple[list[Objective], list[KeyResultAssessment]]
    ) -> None:
        above, moved = tree
        found = {each.id: rolled for each, rolled in roll_up_all(above, moved)}
        covered: dict[str, dict[str, bool]] = {}
        for index, each in reversed(list(enumerate(above))):
            own = [(one.score, one.key_result.weight) for one in moved if each.id in one.key_result.serves]
            values = [(score.clamped, weight) for score, weight in own if score is not None]
            below = [other for other in above[index + 1 :] if each.id in other.serves]
            values += [(score, other.weight) for other in below if (score := found[other.id].score) is not None]
            assert found[each.id].score == (combine(values) if values else None)
            assert [line.objective for line in found[each.id].objectives] == sorted(other.id for other in below)
            # Each key result is covered once, whatever the ways that lead up from it.
            covered[each.id] = {
                one.key_result.id: one.score is not None for one in moved if each.id in one.key_result.serves
            }
            for other in below:
                covered[each.id] |= covered[other.id]
            coverage = found[each.id].coverage
            assert (coverage.scored, coverage.total) == (sum(covered[each.id].values()), len(covered[each.id]))

    @given(tree=_trees(), data=st.data())
    def test_order_does_not_matter(
        self, tree: tuple[list[Objective], list[KeyResultAssessment]], data: st.DataObject
    ) -> None:
        above, moved = tree
        shuffled = roll_up_all(data.draw(st.permutations(above)), data.draw(st.permutations(moved)))
        assert shuffled == roll_up_all(above, moved)

    @given(tree=_trees(), mean=st.sampled_from(RollupMethod))
    def test_the_whole_tree_goes_by_one_mean(
        self, tree: tuple[list[Objective], list[KeyResultAssessment]], mean: RollupMethod
    ) -> None:
        kinds = {RollupMethod.GEOMETRIC: Root, RollupMethod.WORST_LIGHT: Outcome}
        for _, found in roll_up_all(*tree, policy=RollupPolicy(mean=mean)):
            assert found.result is None or isinstance(found.result, kinds.get(mean, Fraction))
            assert (found.result is None) is (found.coverage.scored == 0)

    @given(
        line=values(ObjectiveLine), commits=st.lists(commit_assessments(), max_size=3, unique_by=lambda c: c.commit.id)
    )
    def test_the_commits_below_are_taken_together_with_its_own(
        self, line: ObjectiveLine, commits: list[CommitAssessment]
    ) -> None:
        below = roll_up([], [each for each in commits if each.commit.id < "m"])
        own = [each for each in commits if each.commit.id >= "m"]
        objective = Objective(id="below", title="t", weight=line.weight)
        together = roll_up([], own, objectives=[(objective, below)])
        assert together.attainment is roll_up([], commits).attainment

    @given(kpis=st.lists(kpi_assessments(), max_size=4, unique_by=lambda each: each.kpi.id), children=CHILDREN)
    def test_kpis_are_counted_by_their_health_and_nothing_else(
        self, kpis: list[KpiAssessment], children: list[KeyResultAssessment]
    ) -> None:
        found = roll_up(children, kpis=kpis)
        assert dict(found.health) == {
            each: count for each in Health if (count := sum(kpi.health is each for kpi in kpis))
        }
        assert attrs.evolve(found, health=()) == roll_up(children)

    @given(tree=_trees(), data=st.data())
    def test_no_objective_twice_and_none_that_serves_itself(
        self, tree: tuple[list[Objective], list[KeyResultAssessment]], data: st.DataObject
    ) -> None:
        above, moved = tree
        twice = data.draw(st.sampled_from(above))
        with pytest.raises(GivenTwice):
            roll_up_all([*above, twice], moved)
        circle = [attrs.evolve(above[0], serves=above[-1].id), *above[1:-1], attrs.evolve(above[-1], serves="o0")]
        with pytest.raises(GoesInCircles):
            roll_up_all(circle if len(above) > 1 else circle[:1], moved)

    @given(
        found=values(Rollup),
        policy=st.builds(RollupPolicy, mean=st.sampled_from((RollupMethod.WEIGHTED, RollupMethod.MINIMUM))),
    )
    def test_a_light_or_a_root_below_enters_no_other_mean(self, found: Rollup, policy: RollupPolicy) -> None:
        for result in (Root(Fraction(1, 2), 2), Outcome.REACHED):
            below = attrs.evolve(found, result=result, coverage=attrs.evolve(found.coverage, total=1))
            with pytest.raises(KindsDiffer):
                roll_up([], objectives=[(Objective(id="o", title="t"), below)], policy=policy)


def _quarters(closed: Sequence[ClosedCycle]) -> list[ClosedCycle]:
    return [attrs.evolve(each, cycle=Cycle.quarter(2024 + i // 4, i % 4 + 1)) for i, each in enumerate(closed)]


CLOSED = st.lists(closed_cycles(), max_size=6).map(_quarters)
SIGNS = {"calibration-sandbagging", "calibration-out-of-reach", "calibration-over-commitment"}


class TestOBJ4:
    """Over several cycles the share of key results reached, the mean score, the share of commits kept and
    confidence against outcome are set side by side, and are a sign only after so many cycles in a row.
    """

    @given(closed=CLOSED, policy=values(CalibrationPolicy))
    def test_fewer_cycles_than_needed_are_no_sign(self, closed: list[ClosedCycle], policy: CalibrationPolicy) -> None:
        needed = attrs.evolve(policy, cycles=len(closed) + 1)
        assert not SIGNS & {reason.code for reason in calibrate(closed, policy=needed).signs}

    @given(closed=CLOSED, policy=values(CalibrationPolicy))
    def test_a_sign_is_one_that_each_of_the_latest_cycles_gives(
        self, closed: list[ClosedCycle], policy: CalibrationPolicy
    ) -> None:
        found = {reason.code for reason in calibrate(closed, policy=policy).signs} & SIGNS
        telling = [each for each in closed if len(each.scores) >= policy.least][-policy.cycles :]
        decided = [each for each in closed if len(each.decided) >= policy.least][-policy.cycles :]
        enough, enough_commits = len(telling) == policy.cycles, len(decided) == policy.cycles
        expected = {
            "calibration-sandbagging": enough and all((each.share_reached or 0) >= policy.reached for each in telling),
            "calibration-out-of-reach": enough
            and all((each.mean_score or 0) < policy.out_of_reach for each in telling),
            "calibration-over-commitment": enough_commits
            and all((each.keep_rate or 0) < policy.keep_rate for each in decided),
        }
        assert found == {code for code, holds in expected.items() if holds}

    @given(closed=CLOSED)
    def test_its_figures_are_those_of_all_goals_together(self, closed: list[ClosedCycle]) -> None:
        found = calibrate(closed)
        scores = [score for each in closed for score in each.scores]
        decided = [each for one in closed for each in one.attainments if each.value in {"kept", "not kept"}]
        pairs = [pair for each in closed for pair in each.forecasts]
        assert found.share_reached == _mean([int(score.raw >= 1) for score in scores])
        assert found.mean_score == _mean([score.clamped for score in scores])
        assert found.keep_rate == _mean([int(each is Attainment.KEPT) for each in decided])
        assert found.mean_confidence == _mean([sure for sure, _ in pairs])
        assert found.share_came_true == _mean([int(came_true) for _, came_true in pairs])
        assert found.brier == _mean([(1 - sure) ** 2 if came_true else sure**2 for sure, came_true in pairs])

    @given(closed=CLOSED, data=st.data())
    def test_order_does_not_matter(self, closed: list[ClosedCycle], data: st.DataObject) -> None:
        assert calibrate(data.draw(st.permutations(closed))) == calibrate(closed)

    @given(closed=closed_cycles(), days=st.integers(0, 3))
    def test_cycles_that_share_a_day_are_refused(self, closed: ClosedCycle, days: int) -> None:
        start = dt.date.fromordinal(max(closed.cycle.end.toordinal() - days, closed.cycle.start.toordinal()))
        other = attrs.evolve(closed, cycle=Cycle(start, closed.cycle.end))
        with pytest.raises(CyclesOverlap):
            calibrate([closed, other])

    @given(sure=shares(), came_true=st.booleans(), times=st.integers(1, 30), gap=shares())
    def test_confidence_is_a_sign_from_the_gap_on(
        self, sure: Fraction, times: int, gap: Fraction, *, came_true: bool
    ) -> None:
        closed = ClosedCycle(cycle=QUARTER, forecasts=[(sure, came_true)] * times)
        policy = CalibrationPolicy(gap=gap, forecasts=20)
        codes = [reason.code for reason in calibrate([closed], policy=policy).signs]
        is_sign = times >= 20 and sure != came_true and abs(sure - came_true) >= gap
        assert codes == (["calibration-overconfident" if sure > came_true else "calibration-underconfident"] * is_sign)

    @given(found=values(Calibration))
    def test_every_sign_speaks(self, found: Calibration) -> None:
        assert of_unknown_kinds(found.signs) == []
        assert {reason.rule for reason in found.signs} <= {"OBJ-4"}

    @given(given_=st.one_of(st.integers(2), st.integers(max_value=-1), st.fractions(max_value=0).filter(bool)))
    def test_a_share_is_one(self, given_: int) -> None:
        for field in ("reached", "out_of_reach", "keep_rate", "gap"):
            with pytest.raises(OutOfBounds):
                attrs.evolve(CalibrationPolicy(), **{field: given_})
        with pytest.raises(OutOfBounds):
            ClosedCycle(cycle=QUARTER, forecasts=[(given_, True)])


def _mean(values: Sequence[Fraction | int]) -> Fraction | None:
    return sum(map(Fraction, values), ZERO) / len(values) if values else None
