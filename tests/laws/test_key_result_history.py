"""Laws of targets that are changed, of goals that go on, and of votes: KR-11 and KR-12."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, reject, strategies as st

from goalmodel import Aggregation, Cycle, KeyResult, Measure, Score, Series
from goalmodel.errors import (
    NoBaseline,
    NothingGiven,
    OutOfBounds,
    OutOfOrder,
    OutOfTime,
    ReachedAlready,
    TargetEqualsBaseline,
    TargetOutOfReach,
)
from goalmodel.key_result import (
    Absolute,
    AfterRevision,
    KeyResultHistory,
    Occasions,
    PacePolicy,
    Relative,
    Revision,
    Sum,
    Tiers,
    Vote,
    VoteCalibration,
    Zones,
    carry_over,
    revise,
    vote_calibration,
)
from goalmodel.testing import (
    cycles,
    dates,
    exact_numbers,
    origins,
    series,
    shaped_key_results,
    tiers,
    values,
    votes,
    ways,
)

MEASURE = Measure("anything")
CYCLE = Cycle.quarter(2026, 4)
AFTERWARDS = Cycle.quarter(2027, 1)


@st.composite
def _key_results(draw: st.DrawFn) -> KeyResult:
    baseline, target = draw(ways(baseline=True))
    return KeyResult(
        id="kr", measure=MEASURE, baseline=baseline, target=target, cycle=CYCLE, origin=draw(st.none() | origins())
    )


REVISED = st.one_of(st.sampled_from((CYCLE.start, CYCLE.end)), st.dates(max_value=CYCLE.end))


KEY_RESULT = KeyResult(id="kr", measure=MEASURE, baseline=0, target=1, cycle=CYCLE)
AROUND = st.one_of(dates(), st.dates(CYCLE.start, CYCLE.end))


def _targets(moved: KeyResult) -> st.SearchStrategy[Fraction]:
    return exact_numbers().filter(lambda target: target != moved.baseline)


class TestHistory:
    """A history answers for any day, and a single assessment is the same code asked about one day."""

    @given(moved=shaped_key_results(), data=st.data())
    def test_whatever_the_order_of_the_days_it_says_what_a_single_assessment_says(
        self, moved: KeyResult, data: st.DataObject
    ) -> None:
        start, end = moved.cycle.start, moved.cycle.end
        on = st.one_of(st.sampled_from((start, end)), st.dates(start, end), dates())
        read = data.draw(series(measure=moved.measure, on=on, max_size=6))
        days = data.draw(st.permutations([*(each.on for each in read), start, end, end]))
        history = KeyResultHistory(moved, read)
        found, alone = [history.on(day) for day in days], [moved.assess(read, as_of=day) for day in days]
        assert found == alone
        assert [(each.pace, each.explained) for each in found] == [(each.pace, each.explained) for each in alone]
        seen = [moved.assess(read.until(day), as_of=day) for day in days]
        assert found == seen


class TestKR11:
    """A changed target or baseline is a dated revision with a reason: the score is given by those in force and by
    the original, verdicts about earlier dates stay, and what goes on in another cycle says what it continues.
    """

    @given(moved=_key_results(), on=REVISED, as_of=AROUND, data=st.data())
    def test_verdicts_about_earlier_dates_stay_and_later_ones_are_by_the_new_target(
        self, moved: KeyResult, on: dt.date, as_of: dt.date, data: st.DataObject
    ) -> None:
        known = data.draw(series(measure=MEASURE, on=st.dates(CYCLE.start, CYCLE.end), max_size=4))
        target = data.draw(_targets(moved))
        revised = revise(moved, target=target, on=on, reason="the market closed")
        before = moved.assess(known, as_of=as_of)
        after = revised.assess(known, as_of=as_of)
        if min(as_of, CYCLE.end) < on:
            assert attrs.evolve(after, key_result=moved) == before
            assert (after.pace, after.explained) == (before.pace, before.explained)
        else:
            drawn_anew = PacePolicy(after_revision=AfterRevision.DRAWN_ANEW)
            plain = attrs.evolve(moved, target=target).assess(known, as_of=as_of, pace=drawn_anew)
            anew = revised.assess(known, as_of=as_of, pace=drawn_anew)
            assert (after.score, after.outcome) == (plain.score, plain.outcome)
            assert (anew.pace, anew.expected, anew.pace_reasons) == (plain.pace, plain.expected, plain.pace_reasons)
            assert after.forecast == plain.forecast
            assert after.required_rate() == plain.required_rate()
            codes = [reason.code for reason in after.reasons]
            assert ("kr-revised" in codes) is (after.score is not None and target != moved.target)
        assert after.original_score == before.score

    @given(moved=shaped_key_results(), days=st.integers(-40, 120), later=st.integers(-1, 60), data=st.data())
    def test_a_baseline_that_is_restated_or_found_moves_no_earlier_verdict_and_every_later_one(
        self, moved: KeyResult, days: int, later: int, data: st.DataObject
    ) -> None:
        assume(dt.date(1, 6, 1) < moved.cycle.start < dt.date(9998, 1, 1))
        cycle = moved.cycle
        on = min(cycle.start + dt.timedelta(days), cycle.end)
        as_of = on + dt.timedelta(later)
        read = data.draw(series(measure=moved.measure, on=st.dates(cycle.start, cycle.end), max_size=6))
        moved = attrs.evolve(moved, path=None, cadence=None)
        assume(not moved.revisions or moved.revisions[-1].on < on)
        start = moved.baseline
        baseline = data.draw(exact_numbers())
        try:
            restated = revise(moved, baseline=baseline, on=on, reason="counted again")
            plain = attrs.evolve(moved, baseline=baseline, revisions=())
        except (TargetEqualsBaseline, OutOfBounds, TargetOutOfReach):
            reject()
        then, now = moved.assess(read, as_of=as_of), restated.assess(read, as_of=as_of)
        assert restated.original == moved.original
        if min(as_of, cycle.end) < on:
            assert attrs.evolve(now, key_result=moved) == then
            assert (now.pace, now.explained, now.forecast) == (then.pace, then.explained, then.forecast)
            return
        anew = plain.assess(read, as_of=as_of)
        assert (now.score, now.outcome, now.course) == (anew.score, anew.outcome, anew.course)
        assert (now.forecast, now.required_rate()) == (anew.forecast, anew.required_rate())
        told = {each.code for each in now.reasons}
        is_scored = now.score is not None
        assert ("kr-baseline-found" in told) == (is_scored and start is None)
        assert ("kr-baseline-restated" in told) == (is_scored and start is not None and start != baseline)

    def test_a_baseline_that_was_measured_late(self) -> None:
        waiting = attrs.evolve(KEY_RESULT, baseline=None, target=Relative.percent(25))
        found = revise(waiting, baseline=8, on=dt.date(2026, 11, 1), reason="measured at last")
        assert found.target == 10
        assert found.original == waiting
        read = Series.of(MEASURE, {dt.date(2026, 10, 31): 9, dt.date(2026, 11, 30): 9})
        assert found.assess(read, as_of=dt.date(2026, 10, 31)) == attrs.evolve(
            waiting.assess(read, as_of=dt.date(2026, 10, 31)), key_result=found
        )
        after = found.assess(read, as_of=dt.date(2026, 11, 30))
        assert (after.score, after.original_score) == (Score(0.5), None)
        # Of what counts as success 61/92 was expected, whenever the baseline was found.
        assert after.expected == Score(Fraction(7, 10) * Fraction(61, 92))
        assert [str(each) for each in after.reasons] == [
            "from 8 to 10 it has come to 9 on 2026-11-30",
            "nobody knew the baseline until 2026-11-01: measured at last",
        ]

    def test_a_baseline_that_was_counted_wrong(self) -> None:
        wrong = attrs.evolve(KEY_RESULT, baseline=6, target=10)
        right = revise(wrong, baseline=8, on=dt.date(2026, 11, 1), reason="the old survey asked twice")
        read = Series.of(MEASURE, {dt.date(2026, 10, 31): 9})
        days = (dt.date(2026, 10, 31), dt.date(2026, 11, 1))
        assert [str(right.assess(read, as_of=day).score) for day in days] == ["75 %", "50 %"]
        assert [str(right.assess(read, as_of=day).original_score) for day in days] == ["75 %", "75 %"]
        assert str(right.assess(read, as_of=days[1]).reasons[1]) == (
            "the baseline was 6 until 2026-11-01: the old survey asked twice"
        )
        # What was expected stands where it stood, in the measure's own unit, and the rest leads on from there.
        assert right.expected_value(days[0]) == 6 + Fraction(7, 10) * 4 * Fraction(31, 92)
        both = revise(right, baseline=7, target=11, on=dt.date(2026, 12, 1), reason="so it is")
        assert [both.in_force(day).baseline for day in (*days, dt.date(2026, 12, 1))] == [6, 8, 7]
        assert [str(each) for each in both.assess(read, as_of=dt.date(2026, 12, 2)).reasons[1:]] == [
            "the baseline was 6 until 2026-11-01: the old survey asked twice",
            "the baseline was 8 until 2026-12-01: so it is",
            "the target was 10 until 2026-12-01: so it is",
        ]

    def test_a_revision_changes_something_that_can_be_measured(self) -> None:
        with pytest.raises(NothingGiven, match="a target, a baseline, or both"):
            revise(KEY_RESULT, on=CYCLE.start, reason="?")

    def test_a_change_is_revised_before_anybody_knows_from_where(self) -> None:
        waiting = attrs.evolve(KEY_RESULT, baseline=None, target=Relative.percent(25))
        less = revise(waiting, target=Relative.percent(5), on=CYCLE.start, reason="too far")
        assert (less.target, less.original) == (Relative.percent(5), waiting)
        found = revise(less, baseline=8, on=dt.date(2026, 11, 1), reason="measured at last")
        assert found.target == Fraction(42, 5)
        read = Series.of(MEASURE, {dt.date(2026, 11, 30): 8.2})
        assert [str(each) for each in found.assess(read, as_of=dt.date(2026, 11, 30)).reasons] == [
            "from 8 to 8.4 it has come to 8.2 on 2026-11-30",
            "the target was +25 % until 2026-10-01: too far",
            "nobody knew the baseline until 2026-11-01: measured at last",
        ]
        named = revise(waiting, target=9, on=CYCLE.start, reason="a number, then")
        assert named.in_force(CYCLE.end).target == 9

    @given(moved=_key_results(), on=REVISED, first=st.booleans(), data=st.data())
    def test_target_and_baseline_of_one_day_are_revised_once_each_in_either_order(
        self,
        moved: KeyResult,
        on: dt.date,
        first: bool,  # noqa: FBT001 - drawn, not written
        data: st.DataObject,
    ) -> None:
        target, baseline = data.draw(_targets(moved)), data.draw(exact_numbers())
        moved = attrs.evolve(moved, path=None)
        assume(baseline not in {moved.target, target})
        aim: dict[str, Any] = {"target": target}
        start: dict[str, Any] = {"baseline": baseline}
        both = moved
        for each in (aim, start) if first else (start, aim):
            both = revise(both, **each, on=on, reason="seen again")
        together = revise(moved, **aim, **start, on=on, reason="seen again")
        assert attrs.evolve(both, revisions=together.revisions) == together
        assert both.original == moved
        asked = data.draw(st.one_of(REVISED, AROUND))
        there, alike = both.in_force(asked), together.in_force(asked)
        assert (there.baseline, there.target) == (alike.baseline, alike.target)
        read = data.draw(series(measure=moved.measure, max_size=3))
        found, wanted = both.assess(read, as_of=asked), together.assess(read, as_of=asked)
        assert (found.score, found.pace, found.expected) == (wanted.score, wanted.pace, wanted.expected)
        for again in (aim, start, aim | start):
            with pytest.raises(OutOfOrder):
                revise(both, **again, on=on, reason="and again")
        with pytest.raises(OutOfOrder):
            revise(together, **start, on=on, reason="and again")

    def test_each_reason_of_one_day_stands_with_what_it_is_about(self) -> None:
        waiting = attrs.evolve(KEY_RESULT, baseline=None, target=Relative.percent(25))
        found = revise(waiting, baseline=8, on=dt.date(2026, 11, 1), reason="measured at last")
        less = revise(found, target=9, on=dt.date(2026, 11, 1), reason="too far")
        assert less.original == waiting
        told = less.assess(Series.of(MEASURE, {CYCLE.end: 9}), as_of=CYCLE.end).reasons
        assert [str(each) for each in told[-2:]] == [
            "nobody knew the baseline until 2026-11-01: measured at last",
            "the target was 10 until 2026-11-01: too far",
        ]

    def test_a_change_that_could_not_be_taken_of_a_baseline_is_one_that_was_revised(self) -> None:
        waiting = attrs.evolve(KEY_RESULT, baseline=None, target=Relative.percent(25))
        found = revise(waiting, baseline=-1, target=2, on=CYCLE.start, reason="it fell below 0")
        read = Series.of(MEASURE, {CYCLE.end: 0})
        told = [str(each) for each in found.assess(read, as_of=CYCLE.end).reasons[1:]]
        assert told == [
            "nobody knew the baseline until 2026-10-01: it fell below 0",
            "the target was +25 % until 2026-10-01: it fell below 0",
        ]

    @given(moved=_key_results(), days=st.lists(REVISED, min_size=1, max_size=4, unique=True), data=st.data())
    def test_the_target_in_force_is_the_last_that_was_set(
        self, moved: KeyResult, days: list[dt.date], data: st.DataObject
    ) -> None:
        revised, targets = moved, [moved.target_value]
        for on in sorted(days):
            targets.append(data.draw(_targets(moved)))
            revised = revise(revised, target=targets[-1], on=on, reason="seen again")
        asked = data.draw(st.one_of(dates(), st.sampled_from(days)))
        seen = sum(on <= asked for on in days)
        assert revised.in_force(asked).target == targets[seen]
        assert len(revised.in_force(asked).revisions) == seen
        assert revised.original == moved
        assert revised.target == targets[-1]
        assert [each.was for each in revised.revisions] == targets[:-1]

    @given(moved=_key_results(), days=st.lists(REVISED, min_size=2, max_size=2, unique=True), data=st.data())
    def test_back_to_the_original_is_one_history_more_and_the_same_score(
        self, moved: KeyResult, days: list[dt.date], data: st.DataObject
    ) -> None:
        away = revise(moved, target=data.draw(_targets(moved)), on=min(days), reason="too far")
        back = revise(away, target=moved.target_value, on=max(days), reason="not too far")
        value = data.draw(exact_numbers())
        assert back.score(value) == moved.score(value)
        assert len(back.revisions) == len(away.revisions) + 1
        assert (back.in_force(dt.date.max), back == moved) == (back, False)

    @given(moved=_key_results(), on=REVISED, days_before=st.integers(0, 400), data=st.data())
    def test_no_revision_reaches_back_behind_another(
        self, moved: KeyResult, on: dt.date, days_before: int, data: st.DataObject
    ) -> None:
        revised = revise(moved, target=data.draw(_targets(moved)), on=on, reason="too far")
        earlier = dt.date.fromordinal(max(on.toordinal() - days_before, 1))
        with pytest.raises(OutOfOrder):
            revise(revised, target=moved.target_value, on=earlier, reason="again")

    @given(moved=_key_results(), on=dates(), data=st.data())
    def test_no_target_is_revised_when_the_cycle_is_over(
        self, moved: KeyResult, on: dt.date, data: st.DataObject
    ) -> None:
        target = data.draw(_targets(moved))
        for day in (on, CYCLE.end, CYCLE.end + dt.timedelta(days=1)):
            if day <= CYCLE.end:
                assert revise(moved, target=target, on=day, reason="seen again").target == target
            else:
                with pytest.raises(OutOfTime):
                    revise(moved, target=target, on=day, reason="seen again")

    @given(moved=_key_results(), on=REVISED)
    def test_no_revision_stays_where_it_started(self, moved: KeyResult, on: dt.date) -> None:
        assert moved.baseline is not None
        with pytest.raises(TargetEqualsBaseline):
            revise(moved, target=moved.baseline, on=on, reason="enough")
        with pytest.raises(TargetEqualsBaseline):
            attrs.evolve(moved, revisions=[Revision(on=on, was=moved.baseline, reason="enough")])

    @given(moved=shaped_key_results(), cycle=cycles(), data=st.data())
    def test_what_goes_on_starts_where_it_stands_and_says_what_it_continues(
        self, moved: KeyResult, cycle: Cycle, data: st.DataObject
    ) -> None:
        on = st.dates(moved.cycle.start, moved.cycle.end)
        seen = moved.assess(data.draw(series(measure=moved.measure, on=on, max_size=3)), as_of=moved.cycle.end)
        if cycle.start <= moved.cycle.start or cycle.end <= moved.cycle.end:
            with pytest.raises(OutOfTime):
                carry_over(seen, cycle=cycle, id="following")
            cycle = Cycle(moved.cycle.start + dt.timedelta(days=1), moved.cycle.end + dt.timedelta(days=1))
        begins_again = moved.counting is Aggregation.SUM or isinstance(moved.counting, Occasions)
        is_reached = seen.score is not None and seen.score.raw >= 1
        stands_at = Fraction(0) if begins_again else seen.current_value
        if seen.latest is not None and moved.counting in {Aggregation.GREATEST, Aggregation.LEAST}:
            stands_at = seen.latest.known  # of the new cycle no reading is known, and what was least may be over
        try:
            following = carry_over(seen, cycle=cycle, id="following")
        except NoBaseline:
            assert seen.current_value is None or (moved.counting is Sum.ADDED and moved.baseline is None)
            return
        except ReachedAlready:
            assert is_reached
            assert not begins_again
            return
        except ValueError:
            # It stands on a target nobody could score, or in its zone, or outside all there is to count.
            zones = moved.path if isinstance(moved.path, Zones) else None
            with pytest.raises(ValueError, match="must be"):
                attrs.evolve(moved, path=zones, baseline=stands_at)
            return
        assert following.baseline == stands_at
        assert begins_again or not is_reached
        assert (following.continues, following.target, following.cycle) == (moved.id, moved.target_value, cycle)
        assert (following.origin, following.measure, following.counting) == (
            moved.origin,
            moved.measure,
            moved.counting,
        )
        assert (following.revisions, following.trajectory) == ((), None)

    @given(way=ways(baseline=True), come=st.fractions(-1, 2), data=st.data())
    def test_tiers_that_lie_behind_are_left_out_and_the_others_stay(
        self, way: tuple[Fraction, Fraction], come: Fraction, data: st.DataObject
    ) -> None:
        baseline, target = way
        assume(all(abs(each) < 10**60 and each.denominator < 10**60 for each in way))
        path = data.draw(tiers(baseline=baseline, target=target))
        moved = KeyResult(id="kr", measure=MEASURE, baseline=baseline, target=target, cycle=CYCLE, path=path)
        value = baseline + come * (target - baseline)
        seen = moved.assess(Series.of(MEASURE, {CYCLE.end: value}), as_of=CYCLE.end)
        if come >= 1:
            with pytest.raises(ReachedAlready):
                carry_over(seen, cycle=AFTERWARDS, id="following")
            return
        following = carry_over(seen, cycle=AFTERWARDS, id="following")
        ahead = tuple(point for point in path.points if (point[0] > value) is (target > baseline) and point[0] != value)
        assert following.path == (Tiers(ahead) if ahead else None)
        assert [following.score(each).raw for each, _ in ahead] == [score for _, score in ahead]
        assert (following.score(value).raw, following.score(target).raw) == (Fraction(0), Fraction(1))

    @given(change=st.one_of(values(Relative), values(Absolute)), value=st.integers(1, 10**6))
    def test_where_nobody_knew_the_baseline_what_was_read_is_the_next_one(
        self, change: Relative | Absolute, value: int
    ) -> None:
        assume(change not in (Relative(0), Absolute(0)))
        waiting = KeyResult(id="kr", measure=MEASURE, baseline=None, target=change, cycle=CYCLE)
        seen = waiting.assess(Series.of(MEASURE, {CYCLE.end: value}), as_of=CYCLE.end)
        following = carry_over(seen, cycle=AFTERWARDS, id="following")
        assert following == attrs.evolve(waiting, baseline=value, cycle=AFTERWARDS, id="following", continues="kr")


NAMES = ("a", "b", "c")


class TestKR12:
    """How sure people are is carried beside the numbers, never mixed in, and calibrated against what came."""

    @given(moved=_key_results(), said=st.lists(votes(key_result=st.sampled_from(["kr", "other"]))), data=st.data())
    def test_no_other_figure_knows_of_it(self, moved: KeyResult, said: list[Vote], data: st.DataObject) -> None:
        as_of = data.draw(st.one_of(dates(), st.sampled_from([CYCLE.end, *(vote.on for vote in said)])))
        known = data.draw(series(measure=MEASURE, on=st.dates(CYCLE.start, CYCLE.end), max_size=4))
        with_votes = moved.assess(known, as_of=as_of, votes=said)
        assert attrs.evolve(with_votes, votes=()) == moved.assess(known, as_of=as_of)

    @given(moved=_key_results(), said=st.lists(votes(key_result=st.sampled_from(["kr", "other"]))), as_of=dates())
    def test_the_latest_vote_of_each_until_the_date_is_there(
        self, moved: KeyResult, said: list[Vote], as_of: dt.date
    ) -> None:
        assume(len({(vote.key_result, vote.by, vote.on) for vote in said}) == len(said))
        found = moved.assess(Series(MEASURE), as_of=as_of, votes=said)
        seen = [vote for vote in said if vote.key_result == "kr" and vote.on <= as_of]
        latest = [vote for vote in seen if not any(each.by == vote.by and each.on > vote.on for each in seen)]
        assert sorted(found.votes, key=str) == sorted(latest, key=str)
        assert moved.assess(Series(MEASURE), as_of=as_of, votes=said[::-1]).votes == found.votes
        mean = sum(vote.confidence for vote in latest) / Fraction(len(latest)) if latest else None
        assert found.confidence == mean

    @given(found=values(VoteCalibration))
    def test_it_lies_between_perfect_and_the_worst(self, found: VoteCalibration) -> None:
        counted = sum(count for _, count, _ in found.lines)
        assert (found.brier is None) is (found.base is None) is (counted == 0)
        assert found.brier is None or 0 <= found.brier <= 1
        assert found.base is None or 0 <= found.base <= Fraction(1, 4)
        assert all(0 <= right <= count for _, count, right in found.lines)

    @given(
        said=st.lists(votes(key_result=st.sampled_from(NAMES))),
        came=st.dictionaries(st.sampled_from(NAMES), st.booleans()),
    )
    def test_it_is_the_mean_squared_distance_from_what_came(self, said: list[Vote], came: dict[str, bool]) -> None:
        found = vote_calibration(said, came.items())
        decided = [vote for vote in said if vote.key_result in came]
        distances = [(vote.confidence - 10 * came[vote.key_result]) ** 2 for vote in decided]
        assert found.undecided == len(said) - len(decided)
        assert found.brier == (sum(distances, Fraction(0)) / (100 * len(decided)) if decided else None)
        assert vote_calibration(said[::-1], came.items()) == found

    @given(came=st.dictionaries(st.sampled_from(NAMES), st.booleans(), min_size=1), on=dates())
    def test_who_is_sure_and_right_is_perfect_and_who_is_sure_and_wrong_is_the_worst(
        self, came: dict[str, bool], on: dt.date
    ) -> None:
        right = [Vote(name, on, 10 * is_so) for name, is_so in came.items()]
        wrong = [Vote(name, on, 10 - 10 * is_so) for name, is_so in came.items()]
        assert vote_calibration(right, came.items()).brier == 0
        assert vote_calibration(wrong, came.items()).brier == 1
        share = 10 * Fraction(sum(came.values()), len(came))
        always = vote_calibration([Vote(name, on, share) for name in came], came.items())
        assert always.brier == always.base
