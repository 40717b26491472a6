"""Laws of key results: KR-1 to KR-6."""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

from goalmodel import Absence, Cycle, KeyResult, KeyResultAssessment, Measure, Outcome, Reason, Score, Series
from goalmodel.errors import NoBaseline, TargetEqualsBaseline
from goalmodel.key_result import OutcomePolicy, key_result as room
from goalmodel.measure import Number
from goalmodel.reasons import ReasonKind
from goalmodel.testing import (
    cycles,
    exact_numbers,
    key_result_assessments,
    measures,
    near,
    numbers,
    same_as,
    values,
    ways,
)
from speaking import of_unknown_kinds

MEASURE = Measure("anything")
CYCLE = Cycle(dt.date(2026, 10, 1), dt.date(2026, 12, 31))
THRESHOLDS = (Fraction(3, 10), Fraction(4, 10), Fraction(7, 10), Fraction(1))
TEN_THOUSAND = 10_000
MOST_BITS = 3_322


def _from(baseline: Number | None, target: Number) -> KeyResult:
    return KeyResult(id="kr", measure=MEASURE, baseline=baseline, target=target, cycle=CYCLE)


def _meant(value: Number) -> Fraction:
    """Return what *value* means, read as the rulebook says: a float as its first 15 digits, up to 10**15."""
    if isinstance(value, float) and abs(value) < 10**15:
        return Fraction(f"{value:.15g}")
    return Fraction(value)


def _fits(*values: Fraction) -> bool:
    """Return whether *values* are short enough to be taken at the doors."""
    return all(max(each.numerator.bit_length(), each.denominator.bit_length()) < MOST_BITS for each in values)


@st.composite
def _about(draw: st.DrawFn, *cuts: Fraction) -> Number:
    """Return numbers on and beside *cuts* as often as any others; a plain one_of would drown them in the others."""
    return draw(near(*cuts) if draw(st.booleans()) else numbers())


@st.composite
def _known_ways(draw: st.DrawFn) -> tuple[Fraction, Fraction]:
    baseline, target = draw(ways(baseline=True))
    assert baseline is not None
    return baseline, target


@st.composite
def _decimals_of_four_places(draw: st.DrawFn) -> int:
    """Return a decimal of 0 to 4 places, in ten thousandths."""
    places = draw(st.integers(0, 4))
    step = (10_000, 1_000, 100, 10, 1)[places]
    return draw(st.integers(-(10**9), 10**9)) // step * step


def _speak(reasons: tuple[Reason, ...]) -> bool:
    return of_unknown_kinds(reasons) == []


class TestKR1:
    """A score is the exact share of the way from baseline to target: 0 at the baseline, 1 at the target, linear
    between, rising and falling alike, and the same in every unit.
    """

    @given(way=_known_ways(), data=st.data())
    def test_it_is_0_at_the_baseline_and_1_at_the_target_however_they_are_written(
        self, way: tuple[Fraction, Fraction], data: st.DataObject
    ) -> None:
        baseline, target = way
        moved = _from(data.draw(same_as(baseline)), data.draw(same_as(target)))
        assert moved.score(data.draw(same_as(baseline))).raw == 0
        assert moved.score(data.draw(same_as(target))).raw == 1

    @given(way=_known_ways(), share=st.one_of(st.sampled_from(THRESHOLDS), exact_numbers()), data=st.data())
    def test_it_is_linear(self, way: tuple[Fraction, Fraction], share: Fraction, data: st.DataObject) -> None:
        baseline, target = way
        value = baseline + share * (target - baseline)
        assume(_fits(value))
        assert _from(baseline, target).score(data.draw(same_as(value))).raw == share

    @given(way=_known_ways(), value=numbers())
    @example(way=(Fraction(8), Fraction(9)), value=8.7)
    @example(way=(Fraction(0), Fraction(1)), value=0.1 + 0.2)
    @example(way=(Fraction(-(10**900)), Fraction(10**900)), value=5e-324)
    def test_it_is_the_quotient_of_exact_differences(self, way: tuple[Fraction, Fraction], value: Number) -> None:
        baseline, target = way
        assert _from(baseline, target).score(value).raw == (_meant(value) - baseline) / (target - baseline)

    @given(way=_known_ways(), data=st.data())
    def test_it_rises_strictly_toward_the_target_and_clamped_it_never_falls(
        self, way: tuple[Fraction, Fraction], data: st.DataObject
    ) -> None:
        baseline, target = way
        values = _about(baseline, target)
        one, other = data.draw(values), data.draw(values)
        is_further = (_meant(one) < _meant(other)) if baseline < target else (_meant(one) > _meant(other))
        moved = _from(baseline, target)
        assert (moved.score(one) < moved.score(other)) is is_further
        assert not is_further or moved.score(one).clamped <= moved.score(other).clamped

    @given(
        way=_known_ways(),
        value=exact_numbers(),
        factor=st.one_of(st.fractions(), st.sampled_from([Fraction(9, 5), Fraction(-1), Fraction(1, 3600)])),
        shift=st.one_of(st.fractions(), st.just(Fraction(32))),
    )
    def test_it_is_the_same_in_every_unit(
        self, way: tuple[Fraction, Fraction], value: Fraction, factor: Fraction, shift: Fraction
    ) -> None:
        assume(factor)
        baseline, target, other_value = (factor * each + shift for each in (*way, value))
        assume(_fits(baseline, target, other_value))
        assert _from(baseline, target).score(other_value) == _from(*way).score(value)

    @given(way=_known_ways(), value=exact_numbers())
    def test_falling_is_rising_in_a_mirror_and_back_is_the_rest_of_the_way(
        self, way: tuple[Fraction, Fraction], value: Fraction
    ) -> None:
        baseline, target = way
        score = _from(baseline, target).score(value)
        assert _from(-baseline, -target).score(-value) == score
        assert _from(target, baseline).score(value).raw == 1 - score.raw

    @given(reach=exact_numbers(), share=st.one_of(st.sampled_from(THRESHOLDS), st.fractions()))
    def test_it_goes_through_zero_as_through_any_other_number(self, reach: Fraction, share: Fraction) -> None:
        assume(reach)
        value = reach * (2 * share - 1)
        assume(_fits(value))
        assert _from(-reach, reach).score(0).raw == Fraction(1, 2)
        assert _from(-reach, reach).score(value).raw == share

    @given(way=_known_ways(), value=numbers())
    def test_its_float_is_the_nearest_there_is(self, way: tuple[Fraction, Fraction], value: Number) -> None:
        score = _from(*way).score(value)
        assert _is_correctly_rounded(float(score), score.raw)

    @given(raw=st.one_of(numbers(), st.builds(Fraction, st.integers(), st.integers(1, 2**70))))
    @example(raw=2**1024 - 2**970)
    @example(raw=2**1024 - 2**970 - 1)
    @example(raw=-(2**1024) + 2**970)
    @example(raw=2**53 + 1)
    @example(raw=Fraction(2**53 + 1, 2**1127))
    def test_the_float_of_any_score_is_the_nearest_there_is(self, raw: Number) -> None:
        score = Score(raw)
        assert _is_correctly_rounded(float(score), score.raw)


class TestKR1MeansEveryDecimal:
    """Decimals of up to four places, given as floats, are judged as on paper, on the thresholds above all."""

    @given(
        baseline=_decimals_of_four_places(),
        tenths=st.integers(-(10**8), 10**8).filter(bool),
        threshold=st.sampled_from((3, 4, 7, 10)),
        beside=st.sampled_from((-1, 0, 0, 1)),
    )
    @example(baseline=80_000, tenths=1_000, threshold=7, beside=0)
    @example(baseline=10_000, tenths=-100, threshold=3, beside=0)
    def test_a_value_on_a_threshold_has_reached_it_and_its_neighbours_are_told_apart(
        self, baseline: int, tenths: int, threshold: int, beside: int
    ) -> None:
        value = baseline + threshold * tenths + beside
        self._judge(baseline, baseline + 10 * tenths, value, threshold)

    @given(
        baseline=_decimals_of_four_places(),
        target=_decimals_of_four_places(),
        value=_decimals_of_four_places(),
        threshold=st.sampled_from((3, 4, 7, 10)),
    )
    def test_any_value_is_judged_as_on_paper(self, baseline: int, target: int, value: int, threshold: int) -> None:
        assume(baseline != target)
        self._judge(baseline, target, value, threshold)

    @pytest.mark.parametrize("threshold", [3, 4, 7, 10])
    def test_on_a_grid_of_ways_no_value_on_a_threshold_is_misjudged(self, threshold: int) -> None:
        misjudged_by_floats = 0
        for baseline in range(-95_000, 95_001, 5_000):
            for tenths in (-10_000, -3_100, -470, -10, -1, 1, 7, 100, 1_000, 12_340):
                target, value = baseline + 10 * tenths, baseline + threshold * tenths
                self._judge(baseline, target, value, threshold)
                start, end, at = (each / TEN_THOUSAND for each in (baseline, target, value))
                misjudged_by_floats += (at - start) / (end - start) < threshold / 10
        assert misjudged_by_floats > 10 or threshold == 10, "the grid is too tame to find the fault it is for"

    @staticmethod
    def _judge(baseline: int, target: int, value: int, threshold: int) -> None:
        """Compare with integers only: all in ten thousandths, the threshold in tenths."""
        come, to_come = value - baseline, target - baseline
        has_reached = 10 * come >= threshold * to_come if to_come > 0 else 10 * come <= threshold * to_come
        score = _from(baseline / TEN_THOUSAND, target / TEN_THOUSAND).score(value / TEN_THOUSAND)
        assert (score >= Score(threshold / 10)) is has_reached
        assert (float(score) >= threshold / 10) or not has_reached


def _is_correctly_rounded(given_float: float, value: Fraction) -> bool:
    """Return whether no other float is nearer to *value*, and of two equally near ones it is the even one."""
    ends_at = 2**1024 - 2**970
    if abs(value) >= ends_at:
        return given_float == (inf if value > 0 else -inf)
    distance = abs(Fraction(given_float) - value)
    neighbours = [each for each in (nextafter(given_float, inf), nextafter(given_float, -inf)) if abs(each) < inf]
    others = [abs(Fraction(each) - value) for each in neighbours]
    if distance in others:
        mantissa: int = struct.unpack("<q", struct.pack("<d", given_float))[0]
        return mantissa % 2 == 0
    return all(distance < other for other in others)


class TestKR2:
    """Raw and clamped scores travel together: 150 % and −25 % are neither lost nor let into a mean."""  # noqa: RUF002 - the minus sign is the rulebook's

    @given(raw=numbers())
    @example(raw=1.5)
    @example(raw=-0.25)
    def test_raw_is_what_it_was_and_value_lies_within_0_and_1(self, raw: Number) -> None:
        score = Score(raw)
        assert score.raw == _meant(raw)
        assert score.clamped == sorted([Fraction(0), _meant(raw), Fraction(1)])[1]

    @given(score=values(Score))
    def test_clamping_once_is_enough(self, score: Score) -> None:
        clamped = Score(score.clamped)
        assert clamped.clamped == clamped.raw == score.clamped
        assert (clamped == score) is (0 <= score.raw <= 1)

    @given(way=_known_ways(), value=numbers())
    def test_the_value_can_be_had_back_from_the_raw_score(self, way: tuple[Fraction, Fraction], value: Number) -> None:
        baseline, target = way
        assert baseline + _from(baseline, target).score(value).raw * (target - baseline) == _meant(value)

    @given(one=values(Score), other=values(Score))
    def test_scores_are_in_the_order_of_their_raw_values_and_equal_when_those_are(
        self, one: Score, other: Score
    ) -> None:
        assert (one < other) is (one.raw < other.raw)
        assert (one == other) is (one.raw == other.raw)
        assert one != other or hash(one) == hash(other)

    @given(score=values(Score))
    def test_a_score_is_shown_as_a_success_only_where_it_is_one(self, score: Score) -> None:
        shown = str(score)
        assert shown.endswith(" %")
        assume(not shown.startswith(("<", ">")))
        assert (Decimal(shown.removesuffix(" %").replace(",", "")) >= 100) is (score.raw >= 1)


class TestKR3:
    """A target equal to the baseline is refused: keeping something where it is is a KPI or a commit to hold."""

    @given(value=exact_numbers(), data=st.data())
    def test_whichever_way_the_two_are_written(self, value: Fraction, data: st.DataObject) -> None:
        baseline, target = data.draw(same_as(value)), data.draw(same_as(value))
        with pytest.raises(TargetEqualsBaseline) as refusal:
            _from(baseline, target)
        assert (str(refusal.value.field), refusal.value.given) == ("target", value)
        assert "commit" in str(refusal.value)

    @given(baseline=st.one_of(st.none(), numbers()), target=numbers())
    def test_and_nothing_else_is(self, baseline: Number | None, target: Number) -> None:
        assume(baseline is None or _meant(baseline) != _meant(target))
        moved = _from(baseline, target)
        assert (moved.baseline, moved.target_value) == (None if baseline is None else _meant(baseline), _meant(target))


@st.composite
def _days(draw: st.DrawFn, cycle: Cycle) -> dt.date:
    """Return days inside, before and after *cycle*, its first and last and those beside them on purpose."""
    first, last = cycle.start.toordinal(), cycle.end.toordinal()
    ordinal = draw(
        st.one_of(
            st.sampled_from((first - 1, first, first + 1, last - 1, last, last + 1)),
            st.integers(first, last),
            st.integers(first - 40, last + 40),
        )
    )
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))


@st.composite
def _readings(draw: st.DrawFn, moved: KeyResult, max_size: int = 6) -> dict[dt.date, Number | Absence]:
    ends = [moved.target_value] if moved.baseline is None else [moved.baseline, moved.target_value]
    limits = [each for each in (moved.measure.lowest, moved.measure.highest) if each is not None]
    value = st.one_of(_about(*ends, *limits), _about(*ends, *limits), st.sampled_from(Absence))
    return draw(st.dictionaries(_days(moved.cycle), value, max_size=max_size))


@st.composite
def _key_results(draw: st.DrawFn) -> KeyResult:
    baseline, target = draw(ways())
    return KeyResult(id="kr", measure=draw(measures()), baseline=baseline, target=target, cycle=draw(cycles()))


def _latest(
    moved: KeyResult, readings: Mapping[dt.date, Number | Absence], as_of: dt.date
) -> tuple[dt.date, Fraction] | None:
    """Return the reading that counts, found by looking at one after the other."""
    found: tuple[dt.date, Fraction] | None = None
    for on in sorted(readings):
        value = readings[on]
        if isinstance(value, Absence) or on < moved.cycle.start or on > moved.cycle.end or on > as_of:
            continue
        if moved.measure.lowest is not None and _meant(value) < moved.measure.lowest:
            continue
        if moved.measure.highest is not None and _meant(value) > moved.measure.highest:
            continue
        found = on, _meant(value)
    return found


def _is_absent_behind_it(moved: KeyResult, readings: Mapping[dt.date, Number | Absence], as_of: dt.date) -> bool:
    """Return whether what is written down last in the cycle is no value the measure can have."""
    written = {on: value for on, value in readings.items() if on in moved.cycle and on <= as_of}
    if not written:
        return False
    last = written[max(written)]
    return isinstance(last, Absence) or not moved.measure.can_be(last)


class TestKR4:
    """Without a baseline or a reading inside the cycle there is no score, and the reason says which; a stated absence
    behind the latest reading leaves the score provisional, and at the end of the cycle there is none.
    """

    @given(moved=_key_results(), data=st.data())
    def test_the_latest_reading_inside_the_cycle_and_up_to_the_date_is_scored(
        self, moved: KeyResult, data: st.DataObject
    ) -> None:
        readings = data.draw(_readings(moved))
        as_of = data.draw(_days(moved.cycle))
        found = moved.assess(Series.of(moved.measure, readings), as_of=as_of)
        latest = _latest(moved, readings, as_of)
        assert (None if found.latest is None else (found.latest.on, found.latest.known)) == latest
        is_absent, is_over = _is_absent_behind_it(moved, readings, as_of), as_of >= moved.cycle.end
        absence = "kr-closing-reading-absent" if is_over else "kr-latest-reading-absent"
        behind = [absence] if is_absent and latest is not None else []
        if latest is None or moved.baseline is None or (is_absent and is_over):
            expected = [
                *(["kr-no-baseline"] if moved.baseline is None else []),
                *(["kr-no-reading"] if latest is None else []),
                *behind,
            ]
            assert (found.score, found.outcome, found.is_provisional) == (None, None, False)
            assert [reason.code for reason in found.reasons] == expected
        else:
            assert found.score == moved.score(latest[1])
            assert found.reasons[0].code == "kr-scored"
            assert [reason.code for reason in found.reasons if reason.code.endswith("absent")] == behind
            assert found.is_provisional is is_absent
        assert _speak(found.reasons)

    @given(moved=_key_results(), data=st.data())
    def test_what_is_read_outside_the_cycle_or_later_changes_nothing(
        self, moved: KeyResult, data: st.DataObject
    ) -> None:
        readings, more = data.draw(_readings(moved)), data.draw(_readings(moved))
        as_of = data.draw(_days(moved.cycle))
        unseen = {on: value for on, value in more.items() if on not in moved.cycle or on > as_of}
        series = Series.of(moved.measure, readings)
        longer = Series.of(moved.measure, {**unseen, **readings})
        assert moved.assess(longer, as_of=as_of) == moved.assess(series, as_of=as_of)

    @given(moved=_key_results(), data=st.data(), later=st.dates())
    def test_after_the_cycle_the_answer_stays(self, moved: KeyResult, data: st.DataObject, later: dt.date) -> None:
        series = Series.of(moved.measure, data.draw(_readings(moved)))
        at_the_end = moved.assess(series, as_of=moved.cycle.end)
        afterwards = moved.assess(series, as_of=max(later, moved.cycle.end))
        # But for the pace: when the cycle is over there is nothing to keep up with.
        assert afterwards.reasons == at_the_end.reasons
        assert attrs.evolve(afterwards, as_of=at_the_end.as_of) == at_the_end

    @given(target=numbers(), value=numbers())
    def test_a_value_alone_has_no_score_without_a_baseline(self, target: Number, value: Number) -> None:
        with pytest.raises(NoBaseline) as refusal:
            _from(None, target).score(value)
        assert str(refusal.value.field) == "baseline"


FROM_WORST_TO_BEST = (
    Outcome.MOVED_BACK,
    Outcome.LITTLE_MOVEMENT,
    Outcome.PART_OF_THE_WAY,
    Outcome.MOST_OF_THE_WAY,
    Outcome.REACHED,
    Outcome.WENT_PAST,
)
BLAME = re.compile(r"\b(fail\w*|miss\w*|red|bad|poor|behind|underperform\w*)\b", re.IGNORECASE)
PRAISE = re.compile(r"\b(success\w*|excellent|great|won|perfect|medal|achiev\w*|winner)\b", re.IGNORECASE)


def _said(found: KeyResultAssessment) -> str:
    word = "" if found.outcome is None else f"{found.outcome.name.replace('_', ' ')} {found.outcome.value}"
    return " ".join([word, *(f"{reason.code.replace('-', ' ')} {reason.kind.sentence}" for reason in found.reasons)])


class TestKR5:
    """A key result is safe to fall short: words of distance describe how far it came, by thresholds that belong to
    the better word, and no verdict about it says fail, missed or red.
    """

    @given(policy=values(OutcomePolicy), data=st.data())
    def test_a_threshold_belongs_to_the_better_word(self, policy: OutcomePolicy, data: st.DataObject) -> None:
        value = data.draw(_about(Fraction(0), policy.part, policy.most, Fraction(1)))
        raw = _meant(value)
        passed = [raw >= Fraction(0), raw >= policy.part, raw >= policy.most, raw >= Fraction(1), raw > Fraction(1)]
        assert policy.outcome(Score(value)) is FROM_WORST_TO_BEST[sum(passed)]

    @given(policy=values(OutcomePolicy), one=values(Score), other=values(Score))
    def test_further_is_never_a_worse_word(self, policy: OutcomePolicy, one: Score, other: Score) -> None:
        nearer, further = sorted((one, other))
        assert FROM_WORST_TO_BEST.index(policy.outcome(nearer)) <= FROM_WORST_TO_BEST.index(policy.outcome(further))

    @given(way=_known_ways(), policy=values(OutcomePolicy), data=st.data())
    def test_a_value_exactly_on_a_threshold_has_its_word_however_it_is_written(
        self, way: tuple[Fraction, Fraction], policy: OutcomePolicy, data: st.DataObject
    ) -> None:
        baseline, target = way
        on_part, on_most = (baseline + cut * (target - baseline) for cut in (policy.part, policy.most))
        assume(_fits(on_part, on_most))
        moved = _from(baseline, target)
        assert policy.outcome(moved.score(data.draw(same_as(on_part)))) is Outcome.PART_OF_THE_WAY
        assert policy.outcome(moved.score(data.draw(same_as(on_most)))) is Outcome.MOST_OF_THE_WAY

    @given(moved=_key_results(), policy=st.one_of(st.none(), values(OutcomePolicy)), data=st.data())
    def test_an_assessment_has_the_word_for_its_score_and_blames_nobody(
        self, moved: KeyResult, policy: OutcomePolicy | None, data: st.DataObject
    ) -> None:
        series = Series.of(moved.measure, data.draw(_readings(moved)))
        found = moved.assess(series, as_of=moved.cycle.end, policy=policy)
        words = OutcomePolicy.thirds() if policy is None else policy
        assert found.outcome is (None if found.score is None else words.outcome(found.score))
        assert BLAME.search(_said(found)) is None

    @pytest.mark.parametrize("outcome", Outcome)
    def test_no_word_blames(self, outcome: Outcome) -> None:
        assert outcome in FROM_WORST_TO_BEST
        assert BLAME.search(f"{outcome.value} {outcome.name.replace('_', ' ')}") is None

    def test_no_kind_of_reason_blames(self) -> None:
        kinds = [each for each in vars(room).values() if isinstance(each, ReasonKind)]
        assert {kind.rule for kind in kinds} == {"FIG-3", "KR-1", "KR-4", "KR-6", "KR-13", "LIFE-9"}
        assert all(BLAME.search(f"{kind.sentence} {kind.code.replace('-', ' ')}") is None for kind in kinds)

    @given(found=key_result_assessments())
    def test_whatever_is_assessed_speaks_and_blames_nobody(self, found: KeyResultAssessment) -> None:
        assert _speak(found.reasons)
        assert found.reasons
        assert BLAME.search(_said(found)) is None


class TestKR6:
    """A score of 1 or more is information, that it may have been too easy, and not a medal."""

    @given(way=_known_ways(), data=st.data())
    def test_it_is_said_from_the_target_on_and_never_before(
        self, way: tuple[Fraction, Fraction], data: st.DataObject
    ) -> None:
        value = data.draw(_about(*way))
        found = _from(*way).assess(Series.of(MEASURE, {CYCLE.end: value}), as_of=CYCLE.end)
        assert found.score is not None
        codes = [reason.code for reason in found.reasons]
        assert codes == ["kr-scored", *(["kr-may-be-too-easy"] if found.score.raw >= 1 else [])]

    @pytest.mark.parametrize("said", [*(each.value for each in Outcome), room.TOO_EASY.sentence, room.SCORED.sentence])
    def test_nothing_said_is_a_medal(self, said: str) -> None:
        assert PRAISE.search(said) is None
