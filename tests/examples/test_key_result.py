"""Key results by hand: on, just below and just above every threshold, and cases people know."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import NamedTuple, cast

import attrs
import pytest

from goalmodel import Absence, Cycle, KeyResult, Measure, Outcome, Score, Series
from goalmodel.errors import (
    NoBaseline,
    NotADate,
    NotANumber,
    NotFinite,
    OutOfBounds,
    OutOfOrder,
    TargetEqualsBaseline,
    WrongMeasure,
    WrongType,
)
from goalmodel.key_result import Origin, OutcomePolicy
from goalmodel.measure import Cadence, Number

SATISFACTION = Measure("customer satisfaction", unit="points")
FOURTH_QUARTER = Cycle(dt.date(2026, 10, 1), dt.date(2026, 12, 31))


def _from(baseline: Number | None, target: Number, *, measure: Measure = SATISFACTION) -> KeyResult:
    return KeyResult(id="kr", measure=measure, baseline=baseline, target=target, cycle=FOURTH_QUARTER)


# ------------------------------------------------------------------------------------------------ the score

SCORES: list[tuple[Number, Number, Number, Fraction, Fraction]] = [
    # baseline, target, value, raw, clamped
    # rising
    (8, 9, 7, Fraction(-1), Fraction(0)),
    (8, 9, 7.9999, Fraction(-1, 10_000), Fraction(0)),
    (8, 9, 8, Fraction(0), Fraction(0)),
    (8, 9, 8.0001, Fraction(1, 10_000), Fraction(1, 10_000)),
    (8.0, 9.0, 8.7, Fraction(7, 10), Fraction(7, 10)),
    (8, 9, 8.9999, Fraction(9_999, 10_000), Fraction(9_999, 10_000)),
    (8, 9, 9, Fraction(1), Fraction(1)),
    (8, 9, 9.0001, Fraction(10_001, 10_000), Fraction(1)),
    (8, 9, 9.5, Fraction(3, 2), Fraction(1)),
    # falling
    (10, 6, 11, Fraction(-1, 4), Fraction(0)),
    (10, 6, 10.0001, Fraction(-1, 40_000), Fraction(0)),
    (10, 6, 10, Fraction(0), Fraction(0)),
    (10, 6, 7.2, Fraction(7, 10), Fraction(7, 10)),
    (10, 6, 6.0001, Fraction(39_999, 40_000), Fraction(39_999, 40_000)),
    (10, 6, 6, Fraction(1), Fraction(1)),
    (10, 6, 4, Fraction(3, 2), Fraction(1)),
    # through zero, from zero, to zero, and below it
    (-3, 7, 0, Fraction(3, 10), Fraction(3, 10)),
    (7, -3, 0, Fraction(7, 10), Fraction(7, 10)),
    (0, 10, 3, Fraction(3, 10), Fraction(3, 10)),
    (5, 0, 0, Fraction(1), Fraction(1)),
    (5, 0, -0.0, Fraction(1), Fraction(1)),
    (-30, -10, -16, Fraction(7, 10), Fraction(7, 10)),
    (-10, -30, -24, Fraction(7, 10), Fraction(7, 10)),
    # a way that no float can express
    (Fraction(1, 3), Fraction(2, 3), Fraction(1, 2), Fraction(1, 2), Fraction(1, 2)),
    (0, Decimal("1e-900"), Decimal("7e-901"), Fraction(7, 10), Fraction(7, 10)),
    (0, 10**900, 7 * 10**899, Fraction(7, 10), Fraction(7, 10)),
]


@pytest.mark.parametrize(("baseline", "target", "value", "raw", "clamped"), SCORES)
def test_a_score_is_the_share_of_the_way(
    baseline: Number, target: Number, value: Number, raw: Fraction, clamped: Fraction
) -> None:
    score = _from(baseline, target).score(value)
    assert (score.raw, score.clamped) == (raw, clamped)


@pytest.mark.parametrize(
    ("baseline", "target", "value"),
    [
        (0, 1, 0.1 + 0.2),
        (0, 1, 0.3),
        (0, 1, Decimal("0.30")),
        (0, 1, Fraction(3, 10)),
        (0.1, 0.1 + 0.2, 0.16),
        (1.1, 2.1, (1.1 + 1.7) / 2),
    ],
)
def test_a_computed_float_means_the_decimal_it_stands_for(baseline: Number, target: Number, value: Number) -> None:
    assert _from(baseline, target).score(value).raw == Fraction(3, 10)


def test_the_score_is_the_same_in_every_unit() -> None:
    celsius = Measure("room", unit="°C")
    fahrenheit = Measure("room", unit="°F")
    assert _from(16, 21, measure=celsius).score(19.5) == _from(60.8, 69.8, measure=fahrenheit).score(67.1)
    assert _from(10, 6).score(7.2) == _from(36_000, 21_600).score(25_920) == _from(-10, -6).score(-7.2)


@pytest.mark.parametrize("value", [True, None, "8.7", 1j, [8.7]])
def test_only_a_number_can_be_scored(value: Number) -> None:
    with pytest.raises(NotANumber) as refusal:
        _from(8, 9).score(value)
    assert str(refusal.value.field) == "value"


@pytest.mark.parametrize("value", [inf, -inf, inf - inf, Decimal("NaN"), Decimal("Infinity")])
def test_only_a_finite_number_can_be_scored(value: Number) -> None:
    with pytest.raises(NotFinite) as refusal:
        _from(8, 9).score(value)
    assert str(refusal.value.field) == "value"


# ----------------------------------------------------------------------------------------- a score, as shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (Fraction(-1, 4), "-25 %"),
        (Fraction(-25_001, 100_000), "-25 %"),
        (0, "0 %"),
        (Fraction(1, 100_000), "0.001 %"),
        (Fraction(1, 3), "33.3 %"),
        (Fraction(2, 3), "66.7 %"),
        (Fraction(9_996, 10_000), "99.96 %"),
        (Fraction(10**30 - 1, 10**30), "<100 %"),
        (1, "100 %"),
        (Fraction(10**30 + 1, 10**30), ">100 %"),
        (1.5, "150 %"),
    ],
)
def test_a_score_is_shown_to_the_nearest_and_never_up_to_success(raw: Number, shown: str) -> None:
    assert str(Score(raw)) == shown


@pytest.mark.parametrize(
    ("raw", "nearest"),
    [
        (Fraction(7, 10), 0.7),
        (Fraction(1, 3), 1 / 3),
        (Fraction(-1, 4), -0.25),
        (Fraction(10**17 + 1, 10**17), 1.0),
        (10**308, 1e308),
        (10**309, inf),
        (-(10**309), -inf),
        (Fraction(1, 10**400), 0.0),
    ],
)
def test_the_float_of_a_score_is_the_nearest_and_never_an_overflow(raw: Number, nearest: float) -> None:
    assert float(Score(raw)) == nearest


def test_scores_have_an_order_that_goes_on_beyond_the_ends() -> None:
    written: list[Number] = [1.5, 0.7, -0.25, 1, Decimal("0.70001"), 0]
    assert sorted(map(Score, written)) == [Score(each) for each in (-0.25, 0, 0.7, Decimal("0.70001"), 1, 1.5)]
    assert Score(0.7) == Score(Fraction(7, 10)) == Score(Decimal("0.700"))
    assert hash(Score(0.7)) == hash(Score(Decimal("0.700")))


# --------------------------------------------------------------------------------- the words for a distance

# Independently typed copies of the two presets.
GOOGLE = [
    ("-0.0001", "moved back"),
    ("0", "little movement"),
    ("0.3", "little movement"),
    ("0.3999", "little movement"),
    ("0.4", "part of the way"),
    ("0.4001", "part of the way"),
    ("0.6999", "part of the way"),
    ("0.7", "most of the way"),
    ("0.7001", "most of the way"),
    ("0.9999", "most of the way"),
    ("1", "reached the target"),
    ("1.0001", "went past the target"),
    ("1.5", "went past the target"),
]
THIRDS = [
    ("-1", "moved back"),
    ("-0.0001", "moved back"),
    ("0", "little movement"),
    ("0.0001", "little movement"),
    ("0.2999", "little movement"),
    ("0.3", "part of the way"),
    ("0.3001", "part of the way"),
    ("0.4", "part of the way"),
    ("0.6999", "part of the way"),
    ("0.7", "most of the way"),
    ("0.9999", "most of the way"),
    ("1", "reached the target"),
    ("1.0001", "went past the target"),
]


@pytest.mark.parametrize(("raw", "word"), GOOGLE)
def test_the_words_by_googles_thresholds(raw: str, word: str) -> None:
    assert OutcomePolicy.google().outcome(Score(Decimal(raw))).value == word


@pytest.mark.parametrize(("raw", "word"), THIRDS)
def test_the_words_by_thirds(raw: str, word: str) -> None:
    assert OutcomePolicy.thirds().outcome(Score(Decimal(raw))).value == word
    assert OutcomePolicy().outcome(Score(float(raw))).value == word


def test_the_presets_are_what_their_sources_say() -> None:
    assert OutcomePolicy.google() == OutcomePolicy(part=0.4, most=0.7)
    assert OutcomePolicy.thirds() == OutcomePolicy() == OutcomePolicy(part=0.3, most=0.7)
    assert OutcomePolicy(part=0.1, most=Decimal("0.9")).outcome(Score(0.1)) is Outcome.PART_OF_THE_WAY


@pytest.mark.parametrize(
    ("part", "most"),
    [(0, 0.7), (-0.1, 0.7), (0.4, 1), (0.4, 1.2), (0.7, 0.4), (0.4, 0.4), (0.1 + 0.2, Decimal("0.3"))],
)
def test_thresholds_rise_from_above_0_to_below_1(part: Number, most: Number) -> None:
    with pytest.raises(OutOfOrder) as refusal:
        OutcomePolicy(part=part, most=most)
    assert str(refusal.value.field) == ("most" if 0 < part < most else "part")


def test_a_word_is_for_a_score_and_nothing_else() -> None:
    with pytest.raises(WrongType):
        OutcomePolicy().outcome(cast("Score", 0.7))


# ---------------------------------------------------------------------------------------- what it is made of


@pytest.mark.parametrize(
    ("baseline", "target"), [(9.2, Decimal("9.2")), (0.1 + 0.2, 0.3), (0, -0.0), (Fraction(1, 2), 0.5), (10**20, 1e20)]
)
def test_a_target_that_means_the_baseline_is_refused(baseline: Number, target: Number) -> None:
    with pytest.raises(TargetEqualsBaseline) as refusal:
        _from(baseline, target)
    assert str(refusal.value.field) == "target"
    assert refusal.value.given == _from(None, target).target
    assert "KPI" in str(refusal.value)


@pytest.mark.parametrize(("baseline", "target"), [(9.2, Decimal("9.2000000000000001")), (0, Fraction(1, 10**900))])
def test_a_target_beside_the_baseline_is_a_target(baseline: Number, target: Number) -> None:
    assert _from(baseline, target).score(target).raw == 1


@pytest.mark.parametrize("weight", [0, -1, -0.0001, Decimal("-0")])
def test_a_weight_is_above_0(weight: Number) -> None:
    with pytest.raises(OutOfBounds) as refusal:
        attrs.evolve(_from(8, 9), weight=weight)
    assert str(refusal.value.field) == "weight"


def test_key_results_that_mean_the_same_are_the_same() -> None:
    written = attrs.evolve(_from(8.0, 9.2), serves=["b", "a", "b"], weight=0.1 + 0.2)
    exact = attrs.evolve(_from(8, Decimal("9.20")), serves=("a", "b"), weight=Fraction(3, 10))
    assert written == exact
    assert hash(written) == hash(exact)
    assert attrs.evolve(exact, serves="a").serves == ("a",)


def test_without_a_baseline_a_value_has_no_score() -> None:
    with pytest.raises(NoBaseline) as refusal:
        _from(None, 9).score(8.7)
    assert str(refusal.value.field) == "baseline"


# ----------------------------------------------------------------------------------------------- assessments


@pytest.mark.parametrize(
    ("on", "as_of", "is_seen"),
    [
        # The cycle is 1 October to 31 December.
        (dt.date(2026, 9, 30), dt.date(2026, 12, 31), False),
        (dt.date(2026, 10, 1), dt.date(2026, 12, 31), True),
        (dt.date(2026, 12, 31), dt.date(2026, 12, 31), True),
        (dt.date(2027, 1, 1), dt.date(2027, 1, 1), False),
        # as_of before, on and after the day of the reading
        (dt.date(2026, 11, 15), dt.date(2026, 11, 14), False),
        (dt.date(2026, 11, 15), dt.date(2026, 11, 15), True),
        (dt.date(2026, 11, 15), dt.date(2026, 11, 16), True),
        # as_of outside the cycle
        (dt.date(2026, 10, 1), dt.date(2026, 9, 30), False),
        (dt.date(2026, 9, 30), dt.date(2026, 9, 30), False),
        (dt.date(2026, 12, 31), dt.date(2028, 2, 29), True),
    ],
)
def test_only_readings_inside_the_cycle_and_up_to_the_date_are_seen(
    on: dt.date, as_of: dt.date, *, is_seen: bool
) -> None:
    found = _from(8, 9).assess(Series.of(SATISFACTION, {on: 8.7}), as_of=as_of)
    assert found.score == (Score(0.7) if is_seen else None)
    assert found.outcome is (Outcome.MOST_OF_THE_WAY if is_seen else None)
    assert [reason.code for reason in found.reasons] == ["kr-scored" if is_seen else "kr-no-reading"]


def test_the_latest_reading_inside_the_cycle_counts() -> None:
    readings: dict[dt.date, Number | Absence] = {
        dt.date(2026, 9, 30): 9.9,
        dt.date(2026, 10, 31): 8.9,
        dt.date(2026, 11, 30): 8.4,
        dt.date(2026, 12, 31): Absence.MISSING,
        dt.date(2027, 1, 31): 9.5,
    }
    series = Series.of(SATISFACTION, readings)
    found = _from(8, 9).assess(series, as_of=dt.date(2027, 3, 31))
    assert found.latest is not None
    assert (found.latest.on, found.latest.known) == (dt.date(2026, 11, 30), Fraction(84, 10))
    assert (found.score, found.is_provisional) == (None, False)
    assert [reason.code for reason in found.reasons] == ["kr-closing-reading-absent"]
    before = _from(8, 9).assess(series, as_of=dt.date(2026, 12, 30))
    assert (before.score, before.is_provisional) == (Score(0.4), False)
    spoken_for = Series.of(SATISFACTION, {**readings, dt.date(2026, 12, 15): Absence.NOT_MEASURED})
    running = _from(8, 9).assess(spoken_for, as_of=dt.date(2026, 12, 30))
    assert (running.score, running.is_provisional) == (Score(0.4), True)
    assert running.reasons[-1].code == "kr-latest-reading-absent"


def test_a_value_that_is_not_possible_is_no_reading() -> None:
    share = Measure("share of happy customers", unit="percent", lowest=0, highest=100)
    series = Series.of(share, {dt.date(2026, 10, 31): 70, dt.date(2026, 11, 30): 700})
    found = _from(0, 100, measure=share).assess(series, as_of=dt.date(2026, 12, 30))
    assert (found.score, found.is_provisional) == (Score(0.7), True)
    assert _from(0, 100, measure=share).assess(series, as_of=dt.date(2026, 12, 31)).score is None


@pytest.mark.parametrize(
    ("baseline", "values", "codes"),
    [
        (8, [8.7], ["kr-scored"]),
        (8, [8.9999], ["kr-scored"]),
        (8, [9], ["kr-scored", "kr-may-be-too-easy"]),
        (8, [9.5], ["kr-scored", "kr-may-be-too-easy"]),
        (8, [7], ["kr-scored"]),
        (8, [], ["kr-no-reading"]),
        (None, [8.7], ["kr-no-baseline"]),
        (None, [], ["kr-no-baseline", "kr-no-reading"]),
    ],
)
def test_every_reason_that_holds_is_given_and_speaks(
    baseline: Number | None, values: list[Number], codes: list[str]
) -> None:
    series = Series.of(SATISFACTION, [(FOURTH_QUARTER.end, value) for value in values])
    found = _from(baseline, 9).assess(series, as_of=FOURTH_QUARTER.end)
    assert [reason.code for reason in found.reasons] == codes
    assert (found.score is None) == (found.outcome is None) == (codes[0] != "kr-scored")
    assert all(reason.sentence for reason in found.reasons)


def test_the_sentences_can_be_read_aloud() -> None:
    done = _from(8, 9).assess(Series.of(SATISFACTION, {FOURTH_QUARTER.end: 9.25}), as_of=FOURTH_QUARTER.end)
    assert [str(reason) for reason in done.reasons] == [
        "from 8 to 9 it has come to 9.25 on 2026-12-31",
        "it came to 9.25 on 2026-12-31, at or past 9: was it a stretch?",
    ]
    nothing = _from(None, 9).assess(Series.of(SATISFACTION), as_of=dt.date(2026, 10, 31))
    assert [str(reason) for reason in nothing.reasons] == [
        "there is no baseline yet, so nobody can say how far it has come",
        "there is no reading from 2026-10-01 until 2026-10-31",
    ]


@pytest.mark.parametrize("raw", [-1, 0, 0.3, 0.4, 0.7, 1, 2])
def test_nothing_said_about_a_key_result_blames(raw: Number) -> None:
    found = _from(0, 1).assess(Series.of(SATISFACTION, {FOURTH_QUARTER.end: raw}), as_of=FOURTH_QUARTER.end)
    assert found.outcome is not None
    said = " ".join([found.outcome.value, found.outcome.name, *map(str, found.reasons)])
    assert re.search(r"\b(fail\w*|miss\w*|red|bad|poor|behind)\b", said.lower()) is None


def test_an_assessment_asks_for_what_it_needs() -> None:
    moved, series = _from(8, 9), Series.of(SATISFACTION)
    with pytest.raises(WrongMeasure):
        moved.assess(Series.of(Measure("customer satisfaction", unit="stars")), as_of=FOURTH_QUARTER.end)
    with pytest.raises(NotADate):
        moved.assess(series, as_of=dt.datetime(2026, 12, 31, 12, tzinfo=dt.UTC))
    with pytest.raises(WrongType):
        moved.assess(cast("Series", {}), as_of=FOURTH_QUARTER.end)
    with pytest.raises(WrongType):
        moved.assess(series, as_of=FOURTH_QUARTER.end, policy=cast("OutcomePolicy", "google"))


def test_the_words_are_a_policy() -> None:
    series = Series.of(SATISFACTION, {FOURTH_QUARTER.end: 8.3})
    moved = _from(8, 9)
    assert moved.assess(series, as_of=FOURTH_QUARTER.end).outcome is Outcome.PART_OF_THE_WAY
    by_google = moved.assess(series, as_of=FOURTH_QUARTER.end, policy=OutcomePolicy.google())
    assert by_google.outcome is Outcome.LITTLE_MOVEMENT


# --------------------------------------------------------------------------------------- cases people know


class Story(NamedTuple):
    """A key result as people tell it, with one value on the way."""

    what: str
    baseline: Number
    target: Number
    value: Number
    raw: Number
    word: Outcome


STORIES = [
    Story("satisfaction from 80 to 90", 80, 90, 80, 0, Outcome.LITTLE_MOVEMENT),
    Story("satisfaction from 80 to 90", 80, 90, 84, 0.4, Outcome.PART_OF_THE_WAY),
    Story("satisfaction from 80 to 90", 80, 90, 87, 0.7, Outcome.MOST_OF_THE_WAY),
    Story("satisfaction from 80 to 90", 80, 90, 90, 1, Outcome.REACHED),
    Story("satisfaction by 15 % from 8.0 to 9.2", 8.0, 9.2, 8.48, 0.4, Outcome.PART_OF_THE_WAY),
    Story("satisfaction by 15 % from 8.0 to 9.2", 8.0, 9.2, 8.84, 0.7, Outcome.MOST_OF_THE_WAY),
    Story("satisfaction by 15 % from 8.0 to 9.2", 8.0, 9.2, 8.0 * 1.15, 1, Outcome.REACHED),
    Story("onboarding by 40 % from 10 days to 6", 10, 6, 10 * (1 - 0.4), 1, Outcome.REACHED),
    Story("onboarding by 40 % from 10 days to 6", 10, 6, 8.4, 0.4, Outcome.PART_OF_THE_WAY),
    Story("onboarding by 40 % from 10 days to 6", 10, 6, 12, -0.5, Outcome.MOVED_BACK),
    Story("uptime from 50 % to 99 %", 50, 99, 84.3, 0.7, Outcome.MOST_OF_THE_WAY),
    Story("uptime from 50 % to 99 %", 50, 99, 98.99, Fraction(4_899, 4_900), Outcome.MOST_OF_THE_WAY),
    Story("uptime from 50 % to 99 %", 50, 99, 99, 1, Outcome.REACHED),
    Story("ten new clients", 0, 10, 0, 0, Outcome.LITTLE_MOVEMENT),
    Story("ten new clients", 0, 10, 3, 0.3, Outcome.PART_OF_THE_WAY),
    Story("ten new clients", 0, 10, 7, 0.7, Outcome.MOST_OF_THE_WAY),
    Story("ten new clients", 0, 10, 12, 1.2, Outcome.WENT_PAST),
    Story("monthly visitors +25 % in three months", 40_000, 50_000, 47_000, 0.7, Outcome.MOST_OF_THE_WAY),
    Story("monthly visitors +25 % in three months", 40_000, 50_000, 40_000 * 1.25, 1, Outcome.REACHED),
    Story("quarterly leads +30 %", 200, 260, 224, 0.4, Outcome.PART_OF_THE_WAY),
    Story("quarterly leads +30 %", 200, 260, 200 * 1.3, 1, Outcome.REACHED),
    Story("walk errands from twice a month to twice a week, a year", 24, 104, 80, 0.7, Outcome.MOST_OF_THE_WAY),
    Story("two points of BMI down", 26, 24, 24.6, 0.7, Outcome.MOST_OF_THE_WAY),
]


@pytest.mark.parametrize("story", STORIES)
def test_a_case_people_know(story: Story) -> None:
    measure = Measure(story.what)
    moved = _from(story.baseline, story.target, measure=measure)
    found = moved.assess(Series.of(measure, {FOURTH_QUARTER.end: story.value}), as_of=FOURTH_QUARTER.end)
    assert (found.score, found.outcome) == (Score(story.raw), story.word)


def test_a_key_result_knows_the_kpi_it_came_from() -> None:
    moved = attrs.evolve(_from(8, 9), origin=Origin(kpi="csat", on=dt.date(2026, 9, 30)))
    assert moved.origin is not None
    assert moved.origin.kpi == "csat"
    with pytest.raises(NotADate):
        Origin(kpi="csat", on=dt.datetime(2026, 9, 30, tzinfo=dt.UTC))


def test_an_assessment_that_somebody_left_without_figures_says_that_there_is_none() -> None:
    found = _from(8, 9).assess(Series.of(SATISFACTION, {FOURTH_QUARTER.start: 8.5}), as_of=FOURTH_QUARTER.end)
    emptied = attrs.evolve(found, course=())
    assert [each.code for each in emptied.reasons] == ["kr-no-reading"]
    assert emptied.explained


def test_what_may_still_come_is_said_with_the_day_it_is_due_and_the_last_it_can_come() -> None:
    weekly = attrs.evolve(_from(0, 10), cadence=Cadence(days=7, grace_days=3))
    read = Series.of(SATISFACTION, {dt.date(2026, 12, 24): 5})
    found = weekly.assess(read, as_of=dt.date(2027, 1, 2))
    assert found.reasons[-1].sentence == "the reading that is due on 2026-12-31 may still come until 2027-01-03"


def test_what_has_come_and_what_was_expected_are_not_taken_for_each_other() -> None:
    found = _from(0, 10).assess(Series.of(SATISFACTION, {dt.date(2026, 11, 14): 5}), as_of=dt.date(2026, 11, 15))
    said = "it has come 50 % of the way, 35 % was expected, 70 % by the end: ahead"
    assert [each.sentence for each in found.pace_reasons] == [said]
