"""Laws of expectations, pace and forecasts: KR-9 and KR-10."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, pairwise
from operator import itemgetter
from statistics import median

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import Aggregation, Cadence, Cycle, KeyResult, KeyResultAssessment, Measure, Pace, Scale, Score, Series
from goalmodel.exact import Number, exact
from goalmodel.key_result import (
    AfterRevision,
    Counting,
    Forecast,
    ForecastPolicy,
    Milestones,
    Occasions,
    PaceBy,
    PacePolicy,
    RequiredRate,
    Sum,
    Trajectory,
    Zones,
    revise,
    with_checkpoints,
)
from goalmodel.testing import cadences, cycles, exact_numbers, near, series, shaped_key_results, values, ways
from goalmodel.testing.figures import is_short
from speaking import of_unknown_kinds

MEASURE = Measure("anything")
CYCLE = Cycle.quarter(2026, 4)
FROM_WORST_TO_BEST = (Pace.WELL_BEHIND, Pace.BEHIND, Pace.ON_PACE, Pace.AHEAD)
ONE, NONE = Fraction(1), Fraction(0)
SHARES = st.one_of(st.sampled_from([NONE, Fraction(1, 3), Fraction(1, 2), ONE]), st.fractions(0, 1))
SHORT = exact_numbers().filter(lambda each: abs(each) < 10**60 and each.denominator < 10**60)
UNITS: tuple[Callable[[Fraction], Fraction], ...] = (
    lambda celsius: celsius * Fraction(9, 5) + 32,
    lambda days: days * 86_400,
    lambda gain: -gain,
)


STEPS = values(Milestones).filter(lambda it: max(it.all.numerator, it.all.denominator) < 10**1000)
"""Milestones that add up to what a target may be."""


def _from(baseline: Fraction | int | None, target: Fraction | int, cycle: Cycle = CYCLE) -> KeyResult:
    return KeyResult(id="kr", measure=MEASURE, baseline=baseline, target=target, cycle=cycle)


def _meant(value: Number) -> Fraction:
    return exact(value, "value")


@st.composite
def _known_ways(draw: st.DrawFn) -> tuple[Fraction, Fraction]:
    baseline, target = draw(ways(baseline=True))
    assert baseline is not None
    assume(all(abs(each) < 10**60 and each.denominator < 10**60 for each in (baseline, target)))
    return baseline, target


@st.composite
def _days(draw: st.DrawFn, cycle: Cycle) -> dt.date:
    """Return days inside, before and after *cycle*, its first and last and those beside them on purpose."""
    first, last = cycle.start.toordinal(), cycle.end.toordinal()
    beside = st.sampled_from((first - 1, first, first + 1, last - 1, last, last + 1))
    ordinal = draw(st.one_of(beside, st.integers(first, last), st.integers(first - 40, last + 40)))
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))


RANKS = (Scale.NOMINAL, Scale.ORDINAL)
NO_LINE = (Aggregation.MEAN, Aggregation.GREATEST, Aggregation.LEAST)


class TestKR9:
    """Pace compares the score with what is expected by now, the same in every unit: where nothing is declared, a
    line to the share of the way that counts as success; there is none before the early window is over, after the cycle,
    without a score, or where nobody has said what is expected.
    """

    @given(policy=values(PacePolicy), data=st.data())
    def test_a_threshold_belongs_to_the_better_word_but_for_ahead(
        self, policy: PacePolicy, data: st.DataObject
    ) -> None:
        expected = data.draw(SHARES)
        known = [each for each in (policy.ahead, policy.on_pace, policy.behind) if each is not None]
        lines = [expected + each if policy.by is PaceBy.GAP else expected * each for each in known]
        raw = data.draw(st.one_of(near(*lines), exact_numbers()).map(_meant))
        by = raw - expected if policy.by is PaceBy.GAP else raw / expected if expected else None
        assume(by is not None)
        assert by is not None
        if policy.ahead is not None and by > policy.ahead:
            word = Pace.AHEAD
        elif by >= policy.on_pace:
            word = Pace.ON_PACE
        elif policy.behind is None or by >= policy.behind:
            word = Pace.BEHIND
        else:
            word = Pace.WELL_BEHIND
        assert policy.word(Score(raw), Score(expected)) is word

    @given(policy=values(PacePolicy), one=values(Score), other=values(Score), expected=SHARES)
    def test_further_is_never_a_worse_word(
        self, policy: PacePolicy, one: Score, other: Score, expected: Fraction
    ) -> None:
        words = [policy.word(each, Score(expected)) for each in sorted((one, other))]
        assert words == sorted(words, key=FROM_WORST_TO_BEST.index)

    @given(way=_known_ways(), cycle=cycles(), policy=st.one_of(st.none(), values(PacePolicy)), data=st.data())
    def test_it_is_the_same_in_every_unit(
        self, way: tuple[Fraction, Fraction], cycle: Cycle, policy: PacePolicy | None, data: st.DataObject
    ) -> None:
        value, follows = data.draw(SHORT), data.draw(st.one_of(st.none(), values(Trajectory)))
        day = data.draw(st.dates(cycle.start, cycle.end))
        as_of = data.draw(_days(cycle))
        found = attrs.evolve(_from(*way, cycle), trajectory=follows).assess(
            Series.of(MEASURE, {day: value}), as_of=as_of, pace=policy
        )
        for other in UNITS:
            moved = attrs.evolve(_from(other(way[0]), other(way[1]), cycle), trajectory=follows)
            same = moved.assess(Series.of(MEASURE, {day: other(value)}), as_of=as_of, pace=policy)
            assert (same.pace, same.pace_reasons) == (found.pace, found.pace_reasons)

    @given(
        moved=shaped_key_results(),
        policy=st.one_of(st.none(), values(PacePolicy)),
        data=st.data(),
        readings=st.booleans(),
    )
    def test_where_there_is_none_every_reason_is_given(
        self, moved: KeyResult, policy: PacePolicy | None, data: st.DataObject, *, readings: bool
    ) -> None:
        as_of = data.draw(_days(moved.cycle))
        on = st.dates(moved.cycle.start, moved.cycle.end)
        known = data.draw(series(measure=moved.measure, on=on, max_size=3)) if readings else Series(moved.measure)
        found = moved.assess(known, as_of=as_of, pace=policy)
        early = (PacePolicy() if policy is None else policy).early
        expected = {
            *(["pace-no-score"] if found.score is None else []),
            *(["pace-no-expectation"] if moved.expectation is None else []),
            *(["pace-too-early"] if as_of < moved.cycle.start or moved.cycle.elapsed(as_of) < early else []),
            *(["pace-cycle-over"] if as_of > moved.cycle.end else []),
        }
        codes = [reason.code for reason in found.pace_reasons]
        assert set(codes) == (expected or {"pace-compared"})
        assert len(codes) == len(set(codes))
        assert (found.pace is None) is bool(expected)
        assert found.explained == (*found.reasons, *found.pace_reasons)
        assert of_unknown_kinds(found.explained) == []

    @given(moved=shaped_key_results(baseline=True), data=st.data())
    def test_milestones_without_dates_expect_nothing_by_now(self, moved: KeyResult, data: st.DataObject) -> None:
        steps = data.draw(STEPS)
        bare = Milestones([attrs.evolve(each, due=None) for each in steps.milestones])
        counted = attrs.evolve(_from(0, bare.all), counting=bare)
        assert counted.expected_score(moved.cycle.end) is None
        assert counted.expected_value(moved.cycle.end) is None
        assert attrs.evolve(counted, trajectory=Trajectory.linear()).expected_score(CYCLE.end) == Score(1)


class TestKR9Trajectories:
    """Nothing is expected at the start, all of it at the end, and never less later."""

    @given(follows=values(Trajectory), one=SHARES, other=SHARES)
    def test_nothing_at_the_start_all_at_the_end_and_never_less_later(
        self, follows: Trajectory, one: Fraction, other: Fraction
    ) -> None:
        assert [follows.expected(0), follows.expected(1)] == [0, 1]
        earlier, later = sorted((one, other))
        assert 0 <= follows.expected(earlier) <= follows.expected(later) <= 1

    @given(moved=shaped_key_results(baseline=True), data=st.data())
    def test_so_it_is_for_key_results_in_every_shape(self, moved: KeyResult, data: st.DataObject) -> None:
        assume(moved.expectation is not None)
        days = sorted(data.draw(st.lists(_days(moved.cycle), min_size=2, max_size=4)))
        policy = data.draw(values(PacePolicy))
        # By one target: what is revised turns the line, and scores are of the way of their day.
        now = moved.in_force(moved.cycle.end)
        now = attrs.evolve(now, revisions=()) if now.revisions else now
        expected = [now.expected_score(day, policy=policy) for day in days]
        assert all(one and other and one.raw <= other.raw for one, other in pairwise(expected))
        whole = PacePolicy(toward=1)
        assert moved.expected_score(moved.cycle.end, policy=whole) == Score(1)
        assert moved.expected_score(moved.cycle.end, policy=policy) == Score(moved.expected_by_the_end(policy))
        if moved.cycle.start > dt.date.min:
            assert moved.expected_score(moved.cycle.start - dt.timedelta(days=1)) == Score(0)
        at_the_end = moved.expected_value(moved.cycle.end, policy=whole)
        assert at_the_end is not None
        assert moved.score(at_the_end).raw == 1

    @given(
        way=_known_ways(),
        targets=st.lists(st.tuples(st.integers(1, 91), SHORT), max_size=4, unique_by=itemgetter(0)),
        follows=st.one_of(st.none(), values(Trajectory)),
        policy=values(PacePolicy),
        days=st.lists(st.integers(0, 91), min_size=2, max_size=2, unique=True).map(sorted),
    )
    def test_a_revision_moves_nothing_that_was_expected_and_turns_the_rest(
        self,
        way: tuple[Fraction, Fraction],
        targets: list[tuple[int, Fraction]],
        follows: Trajectory | None,
        policy: PacePolicy,
        days: list[int],
    ) -> None:
        start, first = way
        moved = attrs.evolve(_from(start, first), trajectory=follows)
        turns = sorted((day, target) for day, target in targets if target != start)
        for day, target in turns:
            moved = revise(moved, target=target, on=CYCLE.start + dt.timedelta(day), reason="?")
        toward = moved.expected_by_the_end(policy)
        line = follows or Trajectory.linear()
        is_continued = policy.after_revision is AfterRevision.CONTINUED

        def expected(day: int) -> Fraction:
            """Walk day by day in the measure's own unit, taking each day's part of what is left."""
            at, target, before = start, first, Fraction(0)
            for each in range(day + 1):
                over = line.expected(CYCLE.elapsed(CYCLE.start + dt.timedelta(each)))
                target = dict(turns).get(each, target)
                end = start + toward * (target - start)
                if is_continued:
                    # Never before the start, nor beyond what is expected by the end.
                    low, high = sorted((start, end))
                    at = min(max(at, low), high)
                    at += (end - at) * (Fraction(1) if before == 1 else (over - before) / (1 - before))
                else:
                    at = start + over * (end - start)
                before = over
            return at

        for day in days:
            on = CYCLE.start + dt.timedelta(day)
            assert moved.expected_value(on, policy=policy) == expected(day)

    @given(elapsed=SHARES)
    def test_linear_expects_the_share_of_the_time(self, elapsed: Fraction) -> None:
        assert Trajectory.linear().expected(elapsed) == elapsed

    @given(times=st.lists(SHARES, max_size=6), in_steps=st.booleans())
    def test_points_on_the_line_are_no_points(self, times: list[Fraction], *, in_steps: bool) -> None:
        assert Trajectory([(each, each) for each in set(times)]) == Trajectory.linear()
        nothing = Trajectory([(each, NONE) for each in set(times) - {ONE}], in_steps=True)
        assert nothing == Trajectory.at_the_end()
        assert Trajectory((), in_steps=in_steps).points == ()

    @given(way=_known_ways(), cycle=cycles(), data=st.data())
    def test_checkpoints_on_the_straight_way_are_linear(
        self, way: tuple[Fraction, Fraction], cycle: Cycle, data: st.DataObject
    ) -> None:
        moved = _from(*way, cycle)
        days = data.draw(st.lists(st.dates(cycle.start, cycle.end), max_size=4, unique=True))
        on_the_way = {day: way[0] + cycle.elapsed(day) * (way[1] - way[0]) for day in days}
        assume(all(value.denominator < 10**900 for value in on_the_way.values()))
        assert with_checkpoints(moved, on_the_way).expectation == Trajectory.linear()

    @given(way=_known_ways(), cycle=cycles(), share=SHARES.filter(lambda part: 0 < part < 1), data=st.data())
    def test_a_checkpoint_is_expected_on_its_day_rising_and_falling(
        self, way: tuple[Fraction, Fraction], cycle: Cycle, share: Fraction, data: st.DataObject
    ) -> None:
        assume(cycle.days > 1)
        value = way[0] + share * (way[1] - way[0])
        day = data.draw(st.dates(cycle.start, cycle.end - dt.timedelta(days=1)))
        assert with_checkpoints(_from(*way, cycle), {day: value}).expected_value(day) == value

    @given(follows=values(Trajectory), elapsed=SHARES)
    def test_points_between_which_nothing_bends_are_left_out(self, follows: Trajectory, elapsed: Fraction) -> None:
        finer = [*follows.points, (elapsed, follows.expected(elapsed))]
        assume(len({time for time, _ in finer}) == len(finer))
        assert Trajectory(finer, in_steps=follows.in_steps) == follows

    @given(cycle=cycles(), cadence=cadences(), elapsed=SHARES)
    def test_steps_are_equal_and_the_last_one_is_at_the_end(
        self, cycle: Cycle, cadence: Cadence, elapsed: Fraction
    ) -> None:
        assume(cycle.days < 4_000)
        steps = Trajectory.steps(cycle, cadence)
        parts = len(steps.points) + 1
        assert [expected for _, expected in steps.points] == [Fraction(part, parts) for part in range(1, parts)]
        assert steps.expected(elapsed) * parts % 1 == 0

    @given(steps=STEPS, cycle=cycles(), data=st.data())
    def test_milestones_are_expected_on_their_dates(self, steps: Milestones, cycle: Cycle, data: st.DataObject) -> None:
        assume(is_short(steps.all))
        moved = attrs.evolve(_from(0, steps.all, cycle), counting=steps)
        assume(moved.expectation is not None)
        on = data.draw(st.dates(cycle.start, cycle.end))
        due, latest = Fraction(0), dt.date.min
        for each in steps.milestones:
            if each.due is not None:
                latest = max(latest, each.due) if steps.in_order else each.due  # in order none counts before another
                due += each.weight if latest <= on else 0
        expected = moved.expected_score(on)
        assert expected == Score(1 if on == cycle.end else due / steps.all)


DAYS = st.lists(st.integers(0, 90), min_size=4, max_size=9, unique=True).map(sorted)


def _read(days: list[int], values: list[Fraction]) -> Series:
    start = CYCLE.start.toordinal()
    return Series.of(MEASURE, {dt.date.fromordinal(start + day): each for day, each in zip(days, values, strict=True)})


class TestKR10:
    """A forecast, by a robust slope with its range, says where the score lands by the end of the cycle, or every
    reason why that can't be said.
    """

    @given(start=SHORT, rate=SHORT, days=DAYS)
    def test_what_moves_along_a_line_lands_on_it(self, start: Fraction, rate: Fraction, days: list[int]) -> None:
        values = [start + rate * day for day in days]
        found = _from(0, 1).assess(_read(days, values), as_of=CYCLE.end - dt.timedelta(days=1)).forecast
        landing = start + rate * (CYCLE.days - 1)
        assert (found.value, found.low, found.high) == (landing, landing, landing)
        assert found.score == Score(landing) == found.worst == found.best

    @given(days=DAYS, data=st.data(), way=_known_ways())
    def test_it_is_the_line_of_the_median_slope_through_the_medians(
        self, days: list[int], data: st.DataObject, way: tuple[Fraction, Fraction]
    ) -> None:
        values = data.draw(st.lists(st.integers(-9, 9).map(Fraction), min_size=len(days), max_size=len(days)))
        moved = _from(*way)
        found = moved.assess(_read(days, values), as_of=CYCLE.end - dt.timedelta(days=1)).forecast
        points = list(zip(days, values, strict=True))
        rate = median((later - earlier) / (end - begin) for (begin, earlier), (end, later) in combinations(points, 2))
        assert found.value == median(values) + rate * (CYCLE.days - 1 - median(map(Fraction, days)))
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        assert found.low <= found.value <= found.high
        assert found.score is not None
        assert found.worst is not None
        assert found.best is not None
        assert found.worst <= found.score <= found.best
        assert {found.worst, found.best} == {moved.score(found.low), moved.score(found.high)}

    @given(moved=shaped_key_results(), policy=values(ForecastPolicy), data=st.data())
    def test_every_reason_why_not_is_given(self, moved: KeyResult, policy: ForecastPolicy, data: st.DataObject) -> None:
        as_of = data.draw(_days(moved.cycle))
        on = st.dates(moved.cycle.start, moved.cycle.end)
        seen = moved.assess(data.draw(series(measure=moved.measure, on=on, max_size=7)), as_of=as_of)
        found = seen.forecast_by(policy)
        expected = [
            *(["forecast-before-cycle"] if as_of < moved.cycle.start else []),
            *(["forecast-cycle-over"] if as_of >= moved.cycle.end else []),
            *(["forecast-no-line"] if moved.counting in NO_LINE else []),
            *(["forecast-no-distances"] if isinstance(moved.path, Zones) or moved.measure.scale in RANKS else []),
            *(["forecast-too-few-readings"] if len(seen.course) < policy.least else []),
        ]
        assert [reason.code for reason in found.reasons] == (expected or ["forecast-landing"])
        assert (found.value is None) is bool(expected)
        assert (found.score is None) is (bool(expected) or moved.baseline is None)
        assert of_unknown_kinds(found.reasons) == []

    @given(start=SHORT, rate=SHORT.filter(bool), days=DAYS, far=st.integers(-50, 400))
    def test_the_target_is_reached_on_the_first_day_on_which_the_line_does(
        self, start: Fraction, rate: Fraction, days: list[int], far: int
    ) -> None:
        values = [start + rate * day for day in days]
        target = start + rate * far
        assume(target != start)
        as_of = CYCLE.start + dt.timedelta(days=days[-1])
        assume(as_of < CYCLE.end)
        found = _from(start - rate, target).assess(_read(days, values), as_of=as_of).forecast
        if far < -1:
            # Read the other way round, it leads away from the target and was past it before.
            return
        reached = next((day for day in days if day >= far), None)
        expected = far if reached is None else reached
        assert found.reaches_on == CYCLE.start + dt.timedelta(days=expected)

    @given(days=DAYS, data=st.data(), target=SHORT.filter(bool))
    def test_it_is_reached_in_the_cycle_exactly_where_the_line_is_there_when_the_cycle_ends(
        self, days: list[int], data: st.DataObject, target: Fraction
    ) -> None:
        near = st.sampled_from([target - 1, target, target + 1]) | SHORT
        values = data.draw(st.lists(near, min_size=len(days), max_size=len(days)))
        as_of = CYCLE.start + dt.timedelta(days=days[-1])
        assume(as_of < CYCLE.end)
        seen = _from(0, target).assess(_read(days, values), as_of=as_of)
        found = seen.forecast
        assume(found.score is not None)
        assert found.score is not None
        is_reached = found.reaches_on is not None and found.reaches_on <= CYCLE.end
        assert is_reached is (found.score.raw >= 1)
        if found.reaches_on is not None and found.reaches_on <= as_of:
            assert all(value / target >= 1 for on, value in seen.course if on >= found.reaches_on)

    @given(days=DAYS, rate=SHORT)
    def test_what_moves_away_or_not_at_all_never_reaches_it(self, days: list[int], rate: Fraction) -> None:
        values = [-abs(rate) * (day + 1) for day in days]
        as_of = CYCLE.start + dt.timedelta(days=days[-1])
        found = _from(0, 1).assess(_read(days, values), as_of=as_of).forecast
        assert found.reaches_on is None


class TestKR10Inside:
    """What is added up moves on from what there is, by what the days and occasions that are left can bring."""

    @given(
        counting=st.sampled_from((Aggregation.SUM, Sum.ADDED, Sum.TOTAL, Occasions(24), Occasions(90))),
        read=st.dictionaries(st.integers(0, CYCLE.days - 2), st.integers(0, 3), min_size=4, max_size=24),
        left=st.integers(0, 20),
        target=st.integers(2, 20),
    )
    def test_a_forecast_of_a_sum_stays_between_nothing_more_and_all_that_can_come(
        self, counting: Counting, read: dict[int, int], left: int, target: int
    ) -> None:
        most = 1 if isinstance(counting, Occasions) else 3
        measure = Measure("anything", lowest=0, highest=most)
        values = {CYCLE.start + dt.timedelta(days=day): min(value, most) for day, value in read.items()}
        moved = KeyResult(id="kr", measure=measure, baseline=0, target=target, cycle=CYCLE, counting=counting)
        as_of = min(max(values) + dt.timedelta(days=left), CYCLE.end - dt.timedelta(days=1))
        found = moved.assess(Series.of(measure, values), as_of=as_of)
        come, to_come = sum(values.values()), (CYCLE.end - max(values)).days
        if isinstance(counting, Occasions):
            to_come = min(to_come, counting.count - len(values))
        landing = found.forecast
        for each in (landing.value, landing.low, landing.high):
            assert each is None or come <= each <= come + to_come * most
        if found.occasions_left is not None and landing.score is not None:
            assert found.occasions_left.worst.raw <= landing.score.raw <= found.occasions_left.best.raw
        if landing.reaches_on is not None and landing.reaches_on <= CYCLE.end:
            assert landing.score is not None
            assert landing.score.raw >= 1

    TEN_DAYS = Cycle(CYCLE.start, CYCLE.start + dt.timedelta(days=9))

    @pytest.mark.parametrize(("target", "reaches_on"), [(80, 8), (85, None)])
    def test_three_days_of_at_most_ten_bring_thirty(self, target: int, reaches_on: int | None) -> None:
        """By the line it would be 88 on the last day."""
        measure = Measure("anything", lowest=0, highest=10)
        total = KeyResult(
            id="kr", measure=measure, baseline=0, target=target, cycle=self.TEN_DAYS, counting=Aggregation.SUM
        )
        days = [CYCLE.start + dt.timedelta(days=at) for at in range(10)]
        read = Series.of(measure, zip(days, [10, 10, 10, 10, 10, 0, 0], strict=False))
        found = total.assess(read, as_of=days[6]).forecast
        assert (found.value, found.high) == (Fraction(80), Fraction(80))
        assert found.reaches_on == (None if reaches_on is None else days[reaches_on])

    def test_what_is_won_is_won(self) -> None:
        races = KeyResult(id="kr", measure=MEASURE, baseline=0, target=4, cycle=self.TEN_DAYS, counting=Occasions(8))
        won = [(CYCLE.start + dt.timedelta(days=at), hit) for at, hit in enumerate([0, 0, 0, 0, 1, 1, 1])]
        found = races.assess(Series.of(MEASURE, won), as_of=won[-1][0]).forecast
        assert (found.value, found.low, found.high) == (Fraction(3), Fraction(3), Fraction(4))


class TestKR10Range:
    """The range stands around the forecast, in values and in scores."""

    @given(found=values(Forecast))
    def test_worst_and_best_are_there_together_and_in_order(self, found: Forecast) -> None:
        assert (found.low is None) is (found.high is None)
        assert (found.worst is None) is (found.best is None)
        known = [each for each in (found.worst, found.score, found.best) if each is not None]
        assert known == sorted(known)
        assert found.reasons


class TestKR10RequiredRate:
    """What is left, by day that is left, and whether that is more than was ever achieved."""

    @given(way=_known_ways(), days=DAYS, data=st.data())
    def test_at_the_required_rate_the_target_is_reached_on_the_day(
        self, way: tuple[Fraction, Fraction], days: list[int], data: st.DataObject
    ) -> None:
        values = data.draw(st.lists(SHORT, min_size=len(days), max_size=len(days)))
        moved = _from(*way)
        as_of = CYCLE.start + dt.timedelta(days=days[-1])
        by = data.draw(st.dates(as_of + dt.timedelta(days=1), CYCLE.end + dt.timedelta(days=30)))
        found = moved.assess(_read(days, values), as_of=as_of).required_rate(by)
        assert found is not None
        sign = 1 if way[1] > way[0] else -1
        arrived = values[-1] + sign * found.per_day * (by - as_of).days
        assert moved.score(arrived).raw == max(ONE, moved.score(values[-1]).raw)
        moves = [
            sign * (later - earlier) / (end - begin)
            for (begin, earlier), (end, later) in pairwise(zip(days, values, strict=True))
        ]
        assert found.fastest == max(moves)
        assert found.is_more_than_ever is (found.per_day > max(moves))

    @given(way=_known_ways(), days=DAYS, more=st.integers(1, 5), data=st.data())
    def test_with_the_required_mean_the_mean_of_all_is_the_target(
        self, way: tuple[Fraction, Fraction], days: list[int], more: int, data: st.DataObject
    ) -> None:
        values = data.draw(st.lists(SHORT, min_size=len(days), max_size=len(days)))
        cycle = attrs.evolve(CYCLE, end=CYCLE.start + dt.timedelta(days=days[-1] + more))
        moved = attrs.evolve(_from(*way, cycle=cycle), counting=Aggregation.MEAN)
        as_of = CYCLE.start + dt.timedelta(days=days[-1])
        needed = moved.assess(_read(days, values), as_of=as_of).required_mean(more)
        assert needed is not None
        later = [days[-1] + day for day in range(1, more + 1)]
        spread = [*(needed + day for day in range(more - 1)), needed - sum(range(more - 1))]
        after = moved.assess(_read([*days, *later], [*values, *spread]), as_of=cycle.end)
        assert after.current_value == way[1]

    @given(found=values(RequiredRate))
    def test_nobody_knows_whether_it_is_more_than_ever_without_two_readings(self, found: RequiredRate) -> None:
        assert found.per_day >= 0
        assert (found.is_more_than_ever is None) is (found.fastest is None)

    @pytest.mark.parametrize("days", [0, -1])
    def test_without_a_day_left_there_is_none(self, days: int) -> None:
        seen = _assessed(Fraction(1, 2))
        assert seen.required_rate(seen.as_of + dt.timedelta(days=days)) is None

    def test_without_a_score_there_is_none(self) -> None:
        assert _from(0, 1).assess(Series(MEASURE), as_of=CYCLE.start).required_rate() is None
        unknown = _from(None, 1).assess(Series.of(MEASURE, {CYCLE.start: 1}), as_of=CYCLE.start)
        assert unknown.required_rate() is None


def _assessed(value: Fraction) -> KeyResultAssessment:
    return _from(0, 1).assess(Series.of(MEASURE, {CYCLE.start: value}), as_of=CYCLE.start)


class TestKR13:
    """With a cadence a key result that is not read in time has no pace, and says since when, and what it was."""

    @given(moved=shaped_key_results(), cadence=cadences(), data=st.data())
    def test_it_is_stale_as_a_kpi_is(self, moved: KeyResult, cadence: Cadence, data: st.DataObject) -> None:
        as_of = data.draw(_days(moved.cycle))
        on = st.dates(moved.cycle.start, moved.cycle.end)
        known = data.draw(series(measure=moved.measure, on=on, max_size=7))
        plain, read = (each.assess(known, as_of=as_of) for each in (moved, attrs.evolve(moved, cadence=cadence)))
        until = min(as_of, moved.cycle.end)
        is_stale = read.latest is not None and cadence.stale_after(read.latest.on) < until
        assert (read.stale_since is not None) is is_stale
        assert read.score == plain.score
        if not is_stale:
            assert (read.pace, read.pace_reasons) == (plain.pace, plain.pace_reasons)
            return
        assert read.latest is not None
        fresh = cadence.stale_after(read.latest.on)
        assert read.stale_since == fresh + dt.timedelta(days=1)
        was = moved.assess(known.until(read.latest.on), as_of=fresh).pace
        assert read.pace is None
        (why,) = read.pace_reasons
        assert why.code == ("pace-not-read" if was is None else "pace-not-read-since")
        assert was is None or was.value in str(why)


def test_nobody_has_read_it_for_ten_weeks() -> None:
    """90 of 100 on 5 October, asked on 20 December (K7)."""
    moved = attrs.evolve(_from(0, 100), cadence=Cadence.WEEKLY)
    known = Series.of(moved.measure, {dt.date(2026, 10, 5): 90})
    found = moved.assess(known, as_of=dt.date(2026, 12, 20))
    assert (found.pace, found.stale_since) == (None, dt.date(2026, 10, 15))
    assert str(found.pace_reasons[0]) == "it was not read since 2026-10-05 (was ahead)"
    soon = moved.assess(known, as_of=dt.date(2026, 10, 14))
    assert soon.pace is Pace.AHEAD
