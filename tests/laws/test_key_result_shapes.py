"""Laws of what a key result counts, what its way leads through, and of targets given as a change: KR-7."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

from goalmodel import Aggregation, Cycle, KeyResult, Measure, Scale, Series
from goalmodel.errors import (
    NoBaseline,
    NotInPercent,
    OutOfBounds,
    RelativeToNothing,
    TargetEqualsBaseline,
    TooManyDigits,
)
from goalmodel.exact import Number, exact
from goalmodel.key_result import (
    Absolute,
    Counting,
    Milestone,
    Milestones,
    Occasions,
    OccasionsLeft,
    PercentagePoints,
    Relative,
    Sum,
    TargetChange,
    Tiers,
    Zones,
)
from goalmodel.testing import (
    exact_numbers,
    near,
    numbers,
    positive_numbers,
    shaped_key_results,
    tiers,
    values,
    ways,
    zones_between,
)
from goalmodel.testing.figures import is_short

MEASURE = Measure("anything")
CYCLE = Cycle.quarter(2026, 4)
COUNTED = tuple(each for each in Aggregation if each is not Aggregation.SUM)
FIRST = CYCLE.start.toordinal()
SHARES = st.one_of(st.sampled_from([Fraction(0), Fraction(3, 10), Fraction(7, 10), Fraction(1)]), st.fractions(0, 1))


def _from(
    baseline: Fraction | int | None,
    target: Fraction | int | TargetChange,
    *,
    measure: Measure = MEASURE,
    counting: Counting = Aggregation.LAST,
    path: Tiers | Zones | None = None,
) -> KeyResult:
    return KeyResult(
        id="kr", measure=measure, baseline=baseline, target=target, cycle=CYCLE, counting=counting, path=path
    )


def _meant(value: Number) -> Fraction:
    return exact(value, "value")


def _is_short(value: Fraction) -> bool:
    """Return whether sums and products of a few such numbers are short enough to be taken at the doors."""
    return abs(value) < 10**60 and value.denominator < 10**60


@st.composite
def _known_ways(draw: st.DrawFn) -> tuple[Fraction, Fraction]:
    baseline, target = draw(ways(baseline=True))
    assert baseline is not None
    assume(_is_short(baseline) and _is_short(target))
    return baseline, target


def _daily(values: Sequence[Fraction | int]) -> Series:
    return Series.of(MEASURE, {dt.date.fromordinal(FIRST + day): value for day, value in enumerate(values)})


def _counted(counting: Counting, values: Sequence[Fraction | int]) -> Fraction | None:
    moved = _from(None, 1, counting=counting)
    return moved.assess(_daily(values), as_of=CYCLE.end).current_value


class TestKR7:
    """What a key result counts and what its way leads through are part of its definition, and whatever they are, it
    scores 0 at its start, 1 at its end, and never less for more of the way.
    """

    @given(moved=shaped_key_results(baseline=True))
    def test_it_scores_0_at_its_start_and_1_at_its_end(self, moved: KeyResult) -> None:
        assert moved.baseline is not None
        assert moved.score(moved.baseline).raw == 0
        assert moved.score(moved.target_value).raw == 1
        assert moved.value_at(0) == moved.baseline
        assert moved.left(moved.target_value) == 0

    @given(moved=shaped_key_results(baseline=True), data=st.data())
    def test_more_of_the_way_is_never_less(self, moved: KeyResult, data: st.DataObject) -> None:
        assert moved.baseline is not None
        values = st.one_of(near(moved.baseline, moved.target_value), exact_numbers()).map(_meant)
        one, other = sorted((data.draw(values), data.draw(values)))
        nearer, further = (one, other) if moved.baseline < moved.target_value else (other, one)
        assert moved.score(nearer) <= moved.score(further)
        assert moved.left(nearer) >= moved.left(further)

    @given(moved=shaped_key_results(baseline=True), share=SHARES)
    def test_the_value_at_a_score_is_the_first_that_has_it(self, moved: KeyResult, share: Fraction) -> None:
        assert moved.baseline is not None
        value = moved.value_at(share)
        assert moved.score(value).raw >= share
        assert isinstance(moved.path, Zones) or moved.score(value).raw == share
        before = value - (moved.target_value - moved.baseline) / 10**9
        assume(is_short(before))
        assert moved.score(before).raw < share or not share

    @given(moved=shaped_key_results(baseline=True), value=exact_numbers())
    def test_nothing_is_left_exactly_where_the_target_is_reached(self, moved: KeyResult, value: Fraction) -> None:
        assert (moved.left(value) == 0) is (moved.score(value).raw >= 1)

    @given(
        way=_known_ways(),
        data=st.data(),
        value=exact_numbers(),
        factor=st.sampled_from([Fraction(9, 5), Fraction(-1), Fraction(1, 3600)]),
        shift=st.sampled_from([Fraction(0), Fraction(32), Fraction(-27315, 100)]),
    )
    def test_the_unit_makes_no_difference(
        self, way: tuple[Fraction, Fraction], data: st.DataObject, value: Fraction, factor: Fraction, shift: Fraction
    ) -> None:
        baseline, target = way
        path = data.draw(tiers(baseline=baseline, target=target) | zones_between(baseline=baseline, target=target))

        def other(number: Fraction) -> Fraction:
            return number * factor + shift

        if isinstance(path, Tiers):
            same: Tiers | Zones = Tiers([(other(each), score) for each, score in path.points])
        else:
            turned = -1 if factor < 0 else 1
            same = Zones(labels=path.labels[::turned], cuts=[other(cut) for cut in path.cuts][::turned])
        assert _from(other(baseline), other(target), path=same).score(other(value)) == _from(*way, path=path).score(
            value
        )

    @given(moved=shaped_key_results(baseline=False))
    def test_without_a_baseline_nothing_can_be_scored(self, moved: KeyResult) -> None:
        assert not moved.is_scorable
        for ask in (moved.score, moved.left, moved.value_at):
            with pytest.raises(NoBaseline):
                ask(0)


class TestKR7Counting:
    """What the readings of the cycle come to is what anybody would count by hand."""

    VALUES = st.lists(exact_numbers().filter(_is_short), min_size=1, max_size=8)

    @given(values=VALUES)
    def test_the_latest_the_sum_the_mean_the_greatest_and_the_least(self, values: list[Fraction]) -> None:
        assert _counted(Aggregation.LAST, values) == values[-1]
        assert _counted(Aggregation.SUM, values) == sum(values)
        assert _counted(Aggregation.MEAN, values) == sum(values) / len(values)
        assert _counted(Aggregation.GREATEST, values) == max(values)
        assert _counted(Aggregation.LEAST, values) == min(values)

    @given(values=VALUES, counting=st.sampled_from(Aggregation))
    def test_the_course_is_what_they_had_come_to_by_each_of_them(
        self, values: list[Fraction], counting: Aggregation
    ) -> None:
        course = _from(None, 1, counting=counting).assess(_daily(values), as_of=CYCLE.end).course
        assert [value for _, value in course] == [
            _counted(counting, values[: count + 1]) for count in range(len(values))
        ]

    @given(
        values=VALUES,
        counting=st.sampled_from([*COUNTED, *Sum]),
        factor=st.sampled_from([Fraction(9, 5), Fraction(1, 60)]),
    )
    def test_in_another_unit_it_comes_to_the_same_score(
        self, values: list[Fraction], counting: Counting, factor: Fraction
    ) -> None:
        found = _from(-3, 5, counting=counting).assess(_daily(values), as_of=CYCLE.end)
        moved = _from(-3 * factor, 5 * factor, counting=counting)
        other = moved.assess(_daily([each * factor for each in values]), as_of=CYCLE.end)
        assert (other.score, other.pace, other.outcome) == (found.score, found.pace, found.outcome)

    @given(values=VALUES, baseline=st.integers(-9, 9))
    def test_what_is_added_is_added_to_the_baseline(self, values: list[Fraction], baseline: int) -> None:
        assume(baseline != 5)
        added = _from(baseline, 5, counting=Sum.ADDED).assess(_daily(values), as_of=CYCLE.end)
        assert [value for _, value in added.course] == [baseline + total for total in accumulate(values)]

    @given(baseline=st.integers(-9, 9), target=st.integers(-9, 9), days=st.integers(1, CYCLE.days))
    @example(baseline=0, target=5, days=1)
    def test_a_flow_at_the_rate_of_its_baseline_has_not_moved(self, baseline: int, target: int, days: int) -> None:
        """And one at the rate of its target has come all the way, on every day."""
        assume(baseline != target)
        as_of = CYCLE.start + dt.timedelta(days=days - 1)
        flow = _from(baseline, target, counting=Sum.TOTAL)
        for total, score in ((baseline, 0), (target, 1), (2 * target - baseline, 2)):
            found = flow.assess(_daily([Fraction(total, CYCLE.days)] * days), as_of=as_of)
            assert found.score is not None
            assert found.score.raw == (score if baseline else Fraction(total * days, CYCLE.days * target))

    @given(baseline=st.integers(-9, 9).filter(bool))
    def test_a_sum_with_a_baseline_says_which_of_two_things_it_is(self, baseline: int) -> None:
        assume(baseline != 5)
        with pytest.raises(OutOfBounds) as refused:
            _from(baseline, 5, counting=Aggregation.SUM)
        assert str(refused.value.field) == "counting"

    @given(values=VALUES, cases=st.lists(st.integers(1, 9), min_size=9, max_size=9))
    def test_a_mean_is_weighted_by_cases(self, values: list[Fraction], cases: list[int]) -> None:
        weighed = [attrs.evolve(each, weight=case) for each, case in zip(_daily(values), cases, strict=False)]
        found = _from(0, 5, counting=Aggregation.MEAN).assess(Series(MEASURE, weighed), as_of=CYCLE.end)
        known = [(each.known, each.weight or 0) for each in weighed]
        total = sum((weight for _, weight in known), Fraction(0))
        expected = sum((value * weight for value, weight in known), Fraction(0)) / total if known else None
        assert found.current_value == expected

    @given(values=VALUES)
    def test_increments_summed_are_cumulative_readings(self, values: list[Fraction]) -> None:
        totals = list(accumulate(values))
        assert _counted(Aggregation.SUM, values) == _counted(Aggregation.LAST, totals)

    @pytest.mark.parametrize("counting", [*Aggregation, Occasions(3), Milestones([Milestone("one")])])
    def test_no_reading_is_not_0(self, counting: Counting) -> None:
        found = _from(0, 1, counting=counting).assess(Series(MEASURE), as_of=CYCLE.end)
        assert (found.current_value, found.score) == (None, None)
        assert [reason.code for reason in found.reasons] == ["kr-no-reading"]


class TestKR7Tiers:
    """Through tiers a score is piecewise linear; on the straight line they change nothing."""

    @given(way=_known_ways(), parts=st.lists(SHARES.filter(lambda part: 0 < part < 1), min_size=1, unique=True))
    def test_tiers_on_the_straight_line_are_no_tiers(
        self, way: tuple[Fraction, Fraction], parts: list[Fraction]
    ) -> None:
        baseline, target = way
        path = Tiers([(baseline + part * (target - baseline), part) for part in parts])
        for value in (Fraction(0), baseline - 1, baseline, *(each for each, _ in path.points), target, target + 1):
            assert _from(*way, path=path).score(value) == _from(*way).score(value)

    @given(way=_known_ways(), data=st.data())
    def test_each_tier_scores_what_is_said_and_the_middle_between_two_the_mean(
        self, way: tuple[Fraction, Fraction], data: st.DataObject
    ) -> None:
        path = data.draw(tiers(baseline=way[0], target=way[1]))
        moved = _from(*way, path=path)
        whole = [(way[0], Fraction(0)), *path.points, (way[1], Fraction(1))]
        for (one, less), (other, more) in pairwise(whole):
            assert moved.score(one).raw == less
            assert moved.score((one + other) / 2).raw == (less + more) / 2
        assert Tiers(reversed(path.points)) == path


class TestKR7Milestones:
    """Of milestones the weight of what is done is counted, in order where that is required."""

    @given(count=st.integers(1, 8), done=st.integers(0, 8), weight=positive_numbers(), in_order=st.booleans())
    def test_equal_weights_are_a_count(self, count: int, done: int, weight: Fraction, *, in_order: bool) -> None:
        steps = Milestones([Milestone(f"step {index}", weight=weight) for index in range(count)], in_order=in_order)
        reached = min(done, count)
        value = steps.weight_done({f"step {index}": 1 for index in range(reached)})
        moved = _from(0, steps.all, counting=steps)
        assert moved.score(value) == _from(0, count).score(reached)

    @given(steps=values(Milestones), data=st.data())
    def test_more_done_is_never_less_and_all_done_is_all(self, steps: Milestones, data: st.DataObject) -> None:
        names = [each.name for each in steps.milestones]
        done = data.draw(st.dictionaries(st.sampled_from(names), SHARES))
        more: dict[str, Number] = {**done, data.draw(st.sampled_from(names)): 1}
        assert 0 <= steps.weight_done(done) <= steps.weight_done(more) <= steps.all
        assert steps.weight_done(dict.fromkeys(names, 1)) == steps.all
        assert steps.weight_done({}) == 0
        assert set(steps.left(more)) <= set(steps.left(done))
        assert steps.left(dict.fromkeys(names, 1)) == ()

    @given(steps=values(Milestones), data=st.data())
    def test_in_order_nothing_counts_behind_what_is_not_done(self, steps: Milestones, data: st.DataObject) -> None:
        strict = attrs.evolve(steps, in_order=True)
        names = [each.name for each in steps.milestones]
        first_open = data.draw(st.integers(0, len(names) - 1))
        open_part = data.draw(SHARES.filter(lambda part: part < 1))
        before = {**dict.fromkeys(names[:first_open], Fraction(1)), names[first_open]: open_part}
        after = data.draw(st.dictionaries(st.sampled_from(names), SHARES))
        assert strict.weight_done({**after, **before}) == strict.weight_done(before)
        assert strict.weight_done(before) <= attrs.evolve(steps, in_order=False).weight_done({**after, **before})


class TestKR7Occasions:
    """A share of occasions is counted, with what is still within reach."""

    @given(found=values(OccasionsLeft))
    def test_at_worst_is_at_most_at_present_and_that_at_most_at_best(self, found: OccasionsLeft) -> None:
        assert found.worst <= found.best
        assert (found.present is None) is (found.held == 0)
        if found.present is not None:
            assert found.worst <= found.present <= found.best
        if not found.left:
            assert found.worst == found.best == found.present

    @given(found=values(OccasionsLeft))
    def test_secured_and_out_of_reach_are_what_worst_and_best_say(self, found: OccasionsLeft) -> None:
        assert (found.secured_on is not None) is (found.worst.raw >= 1)
        assert (found.out_of_reach_on is not None) is (found.best.raw < 1)

    @given(
        hits=st.lists(st.integers(0, 1), min_size=1, max_size=24),
        more=st.integers(0, 12),
        share=SHARES.filter(bool),
    )
    @example(hits=[1] * 8 + [0] * 2, more=14, share=Fraction(8, 10))
    def test_race_by_race_it_is_what_counting_says(self, hits: list[int], more: int, share: Fraction) -> None:
        races = Occasions(len(hits) + more)
        moved = _from(0, races.share(share), counting=races)
        found = moved.assess(_daily(hits), as_of=CYCLE.end).occasions_left
        assert found is not None
        enough = [sum(hits[: held + 1]) >= share * races.count for held in range(len(hits))]
        hopeless = [sum(hits[: held + 1]) + races.count - held - 1 < share * races.count for held in range(len(hits))]
        days = [dt.date.fromordinal(FIRST + held) for held in range(len(hits))]
        assert found.secured_on == next((day for day, is_so in zip(days, enough, strict=True) if is_so), None)
        assert found.out_of_reach_on == next((day for day, is_so in zip(days, hopeless, strict=True) if is_so), None)
        assert found.worst.raw == Fraction(sum(hits), races.count) / share
        assert found.present is not None
        assert found.present.raw == Fraction(sum(hits), len(hits)) / share

    @given(counted=values(Occasions), beyond=positive_numbers())
    def test_more_than_one_occasion_can_bring_is_no_reading(self, counted: Occasions, beyond: Fraction) -> None:
        moved = _from(0, counted.all, counting=counted)
        assume(_is_short(Fraction(beyond)) and _is_short(counted.most))
        series = _daily([counted.most, counted.most + Fraction(beyond), -Fraction(beyond)])
        found = moved.assess(series, as_of=CYCLE.end)
        assert (found.current_value, found.latest and found.latest.known) == (counted.most, counted.most)


class TestKR7Zones:
    """From zone to zone the steps are counted, not the distances."""

    @given(way=_known_ways(), data=st.data())
    def test_equal_labels_score_equally_and_each_step_the_same(
        self, way: tuple[Fraction, Fraction], data: st.DataObject
    ) -> None:
        path = data.draw(zones_between(baseline=way[0], target=way[1]))
        falling = way[1] < way[0]
        moved = _from(*way, path=path)
        one, other = data.draw(st.tuples(exact_numbers(), exact_numbers()))
        places = [path.place(path.label(each, falling=falling)) for each in (one, other, *way)]
        steps = Fraction(places[1] - places[0], places[3] - places[2])
        assert moved.score(other).raw - moved.score(one).raw == steps

    @given(way=_known_ways(), labels=st.integers(2, 6))
    def test_within_one_zone_there_is_no_way(self, way: tuple[Fraction, Fraction], labels: int) -> None:
        cuts = [max(way) + 1 + index for index in range(labels - 1)]
        with pytest.raises(TargetEqualsBaseline):
            _from(*way, path=Zones(labels=[str(index) for index in range(labels)], cuts=cuts))


class TestKR7Changes:
    """A target given as a change is a number as soon as the baseline is known."""

    @given(baseline=positive_numbers(), change=values(Relative))
    def test_a_share_is_of_the_baseline(self, baseline: Fraction, change: Relative) -> None:
        assume(change.share)
        try:
            moved = _from(baseline, change)
        except TooManyDigits:
            return
        start = _from(baseline, -1).baseline
        assert start is not None
        assert moved.target_value == start * (1 + change.share)
        assert moved == _from(baseline, moved.target_value)

    @given(baseline=exact_numbers(), change=values(Absolute))
    def test_an_amount_is_in_the_unit_of_the_measure(self, baseline: Fraction, change: Absolute) -> None:
        assume(change.amount)
        try:
            moved = _from(baseline, change)
        except TooManyDigits:
            return
        assert moved.target_value - baseline == change.amount

    @given(change=st.one_of(values(Relative), values(Absolute)), baseline=st.integers(1, 10**6))
    def test_it_waits_for_the_baseline(self, change: Relative | Absolute, baseline: int) -> None:
        waiting = _from(None, change)
        with pytest.raises(NoBaseline):
            _ = waiting.target_value
        found = waiting.assess(_daily([1]), as_of=CYCLE.end)
        assert [reason.code for reason in found.reasons] == ["kr-no-baseline"]
        if change in (Relative(0), Absolute(0)):
            with pytest.raises(TargetEqualsBaseline):
                attrs.evolve(waiting, baseline=baseline)
            return
        assert attrs.evolve(waiting, baseline=baseline) == _from(baseline, change)

    @given(change=values(TargetChange), scale=st.sampled_from(Scale), unit=st.sampled_from(["percent", "points"]))
    def test_what_no_baseline_could_give_a_meaning_is_refused_without_one(
        self, change: TargetChange, scale: Scale, unit: str
    ) -> None:
        measure = Measure("anything", unit=unit, scale=scale)
        if isinstance(change, Relative) and scale is not Scale.RATIO:
            with pytest.raises(RelativeToNothing):
                _from(None, change, measure=measure)
        elif isinstance(change, PercentagePoints) and unit != "percent":
            with pytest.raises(NotInPercent):
                _from(None, change, measure=measure)
        else:
            assert _from(None, change, measure=measure).target == change

    @given(baseline=st.one_of(st.just(0), numbers()), share=numbers(), scale=st.sampled_from(Scale))
    def test_a_share_of_nothing_is_refused(self, baseline: Fraction, share: Fraction, scale: Scale) -> None:
        start = _from(None, baseline).target_value
        assume(scale is not Scale.RATIO or start <= 0)
        with pytest.raises(RelativeToNothing):
            _from(start, Relative(share), measure=attrs.evolve(MEASURE, scale=scale))
