"""Numbers by hand: below, on and above each place where reading or showing them changes."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from goalmodel import Absence, GoalModelError, Measure, Score, Standard, Unit
from goalmodel.checks import the_count
from goalmodel.errors import EmptyText, NotANumber, NotFinite, TooManyDigits, WrongType
from goalmodel.exact import Number, exact
from goalmodel.showing import formatted, percent, shown, spelled

READ_AS = [
    # whole numbers
    (0, Fraction(0)),
    (-7, Fraction(-7)),
    (10**30 + 1, Fraction(10**30 + 1)),
    # floats of few decimals
    (8.7, Fraction(87, 10)),
    (-8.7, Fraction(-87, 10)),
    (99.9, Fraction(999, 10)),
    (0.0001, Fraction(1, 10_000)),
    (0.00001, Fraction(1, 100_000)),
    (1e-300, Fraction(1, 10**300)),
    # computed floats
    (0.1 + 0.2, Fraction(3, 10)),
    (94.99999999999999, Fraction(95)),
    (95.00000000000001, Fraction(95)),
    (94.9999999999999, Fraction(949_999_999_999_999, 10_000_000_000_000)),
    (3 * 1.1, Fraction(33, 10)),
    (1.1 * 1.1, Fraction(121, 100)),
    (4.35 * 100, Fraction(435)),
    (2 / 3, Fraction(666_666_666_666_667, 10**15)),
    # whole floats, and those from 10 ** 15 on
    (80.0, Fraction(80)),
    (-0.0, Fraction(0)),
    (999_999_999_999_999.9, Fraction(10**15)),
    (1e15, Fraction(10**15)),
    (1e15 + 0.125, Fraction(8 * 10**15 + 1, 8)),
    (1e15 + 1, Fraction(10**15 + 1)),
    (1e15 + 1.5, Fraction(2 * 10**15 + 3, 2)),
    (9_007_199_254_740_991.0, Fraction(9_007_199_254_740_991)),
    (9_007_199_254_740_992.0, Fraction(2**53)),
    (1e22, Fraction(10**22)),
    (1e23, Fraction(10**23 - 2**23)),
    (1.7976931348623157e308, Fraction(2**1024 - 2**971)),
    (5e-324, Fraction(494_065_645_841_247, 10**338)),
    # around ten digits before the point
    (9_999_999_999.9999, Fraction(99_999_999_999_999, 10_000)),
    (10_000_000_000.0, Fraction(10**10)),
    (10_000_000_000.0001, Fraction(100_000_000_000_001, 10_000)),
    # exact types
    (Decimal("9.2"), Fraction(46, 5)),
    (Decimal("0.30000000000000001"), Fraction(30_000_000_000_000_001, 10**17)),
    (Decimal("1E+3"), Fraction(1_000)),
    (Fraction(1, 3), Fraction(1, 3)),
]


@pytest.mark.parametrize(("written", "meant"), READ_AS)
def test_a_number_means_what_was_written(written: Number, meant: Fraction) -> None:
    assert exact(written, "value") == meant


REFUSED = [
    (True, NotANumber),
    (False, NotANumber),
    (None, NotANumber),
    ("8.7", NotANumber),
    ("", NotANumber),
    (b"8", NotANumber),
    (1j, NotANumber),
    ([8], NotANumber),
    ({8: 9}, NotANumber),
    (object(), NotANumber),
    (int, NotANumber),
    (dt.date(2026, 9, 30), NotANumber),
    (dt.timedelta(days=1), NotANumber),
    (Absence.MISSING, NotANumber),
    (float("nan"), NotFinite),
    (float("inf"), NotFinite),
    (float("-inf"), NotFinite),
    (Decimal("nan"), NotFinite),
    (Decimal("sNaN"), NotFinite),
    (Decimal("inf"), NotFinite),
    (10**1_000, TooManyDigits),
    (-(10**1_000), TooManyDigits),
    (10**5_000, TooManyDigits),
    (Fraction(1, 10**1_000), TooManyDigits),
    (Decimal("1E+1000"), TooManyDigits),
    (Decimal("1E-1000"), TooManyDigits),
    (Decimal("1E+999999"), TooManyDigits),
]


@pytest.mark.parametrize(("given", "error"), REFUSED, ids=lambda case: getattr(case, "__name__", type(case).__name__))
def test_what_is_no_number_is_refused_with_field_and_value(given: Number, error: type[GoalModelError]) -> None:
    with pytest.raises(error) as refusal:
        exact(given, "target")
    assert str(refusal.value.field) == "target"
    assert str(refusal.value).startswith("target must be a ")
    assert "; got " in str(refusal.value)


LONGEST_TAKEN = [10**1_000 - 1, 1 - 10**1_000, Fraction(1, 10**1_000 - 1), Decimal("9E+999"), Decimal("1E-999")]


@pytest.mark.parametrize("given", LONGEST_TAKEN, ids=lambda given: type(given).__name__)
def test_a_number_of_a_thousand_digits_is_taken(given: Number) -> None:
    assert exact(given, "value") == Fraction(given)


def test_counts_have_no_more_digits_than_numbers() -> None:
    assert the_count(10**1_000 - 1, "count") == 10**1_000 - 1
    with pytest.raises(TooManyDigits):
        the_count(10**1_000, "count")


def test_a_number_too_long_to_be_written_is_refused_in_a_sentence_all_the_same() -> None:
    with pytest.raises(TooManyDigits) as refusal:
        Standard.at_least(10**5_000)
    accepted = "a number of at most 1,000 digits above and below the fraction line"
    sentence = f"low must be {accepted}; got a number of very many digits"
    assert str(refusal.value) == sentence
    assert sentence.rpartition("; got ")[2] in repr(refusal.value)


def test_an_error_shows_what_it_did_not_keep_as_it_would_have_shown_itself() -> None:
    with pytest.raises(NotANumber) as refusal:
        Standard.at_least([8, 9])  # type: ignore[arg-type] # what a caller without a type checker may do
    assert str(refusal.value) == "low must be a number (int, float, Decimal or Fraction); got [8, 9]"
    carried: object = pickle.loads(pickle.dumps(refusal.value))  # noqa: S301 - pickled a moment before
    assert str(carried) == str(copy.deepcopy(refusal.value)) == str(refusal.value)


def test_a_long_text_is_cut_where_an_error_shows_it() -> None:
    with pytest.raises(WrongType) as refusal:
        Measure("visits", scale="x" * 1_000)  # type: ignore[arg-type] # what a caller without a type checker may do
    assert str(refusal.value) == f"scale must be a Scale; got '{'x' * 119}…"


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u2003"])
def test_a_blank_text_is_refused(blank: str) -> None:
    with pytest.raises(EmptyText) as refusal:
        Unit(blank)
    assert (str(refusal.value.field), refusal.value.given) == ("name", blank)


PERCENT = [
    (Fraction(0), "0 %"),
    (Fraction(9_990, 10_000), "99.9 %"),
    (Fraction(9_996, 10_000), "99.96 %"),
    (Fraction(999_999, 1_000_000), "99.9999 %"),
    (Fraction(1) - Fraction(1, 10**20), "<100 %"),
    (Fraction(1), "100 %"),
    (Fraction(1) + Fraction(1, 10**20), ">100 %"),
    (Fraction(10_001, 10_000), "100.01 %"),
    (Fraction(1_001, 1_000), "100.1 %"),
    (Fraction(3, 2), "150 %"),
    (Fraction(8_966, 10_000), "89.7 %"),
    (Fraction(1, 3), "33.3 %"),
    (Fraction(2, 3), "66.7 %"),
    (Fraction(-1, 4), "-25 %"),
    (Fraction(-1, 10_000), "-0.01 %"),
    (Fraction(-1, 10**20), "<0 %"),
    (Fraction(1_234), "123,400 %"),
]


@pytest.mark.parametrize(("share", "text"), PERCENT)
def test_a_share_is_shown_in_percent_to_the_nearest(share: Fraction, text: str) -> None:
    assert percent(share) == str(Score(share)) == text


SPELLED = [
    (Fraction(0), "0"),
    (Fraction(8_000), "8,000"),
    (Fraction(-8_000), "-8,000"),
    (Fraction(1, 2), "0.5"),
    (Fraction(-1, 2), "-0.5"),
    (Fraction(9_499_996, 100_000), "94.99996"),
    (Fraction(950_000, 10_000), "95"),
    (Fraction(1, 3), "0.3333"),
    (Fraction(2, 3), "0.6667"),
    (Fraction(-2, 3), "-0.6667"),
    (Fraction(1, 30_000), "0.00003"),
    (Fraction(1, 10**12), "0.000000000001"),
    (Fraction(1, 10**30), ">0"),
    (Fraction(-1, 10**30), "<0"),
    (Fraction(10**18 - 1), "999,999,999,999,999,999"),
    (Fraction(10**18), "1e+18"),
    (Fraction(-(10**18)), "-1e+18"),
    (Fraction(10**19 - 1), "10e+18"),
    (Fraction(15 * 10**17), "1.5e+18"),
    (Fraction(10**999), "1e+999"),
]


@pytest.mark.parametrize(("value", "text"), SPELLED)
def test_a_number_is_spelled_as_it_was_written(value: Fraction, text: str) -> None:
    assert spelled(value) == text


AT_A_CUT: list[tuple[str, int, list[str], str]] = [
    ("89.66", 1, [], "89.7"),
    ("89.66", 1, ["89.7"], "89.66"),
    ("89.66", 1, ["89.66"], "89.7"),
    ("89.66", 1, ["89.65"], "89.66"),
    ("89.66", 1, ["89.64"], "89.7"),
    ("89.65", 1, [], "89.7"),
    ("89.64", 1, [], "89.6"),
    ("-89.65", 1, [], "-89.7"),
    ("79.9996", 2, ["80"], "79.9996"),
    ("80.0004", 2, ["80"], "80.0004"),
    ("80", 2, ["80"], "80"),
    ("0.4", 0, [], "0.4"),
    ("0.5", 0, [], "1"),
]


@pytest.mark.parametrize(("value", "places", "cuts", "text"), AT_A_CUT)
def test_a_number_is_shown_to_the_nearest_unless_a_cut_is_near(
    value: str, places: int, cuts: list[str], text: str
) -> None:
    assert shown(Fraction(value), places=places, cuts=[Fraction(cut) for cut in cuts]) == text


SHOWN: list[tuple[Number, int, list[Number], str]] = [
    (89.66, 1, [], "89.7 %"),
    (99.96, 1, [], "99.96 %"),
    (99.96, 2, [], "99.96 %"),
    (100, 1, [], "100 %"),
    (4.04, 1, [], "4 %"),
    (4.04, 1, [4], "4.04 %"),
    (4.01, 0, [4, 80], "4.01 %"),
    (0.01, 1, [], "0.01 %"),
]


@pytest.mark.parametrize(("value", "places", "cuts", "text"), SHOWN)
def test_a_value_is_shown_with_its_unit(value: Number, places: int, cuts: list[Number], text: str) -> None:
    measure = Measure("share", unit=Unit("percent", symbol="%"))
    assert measure.shown(value, places=places, cuts=cuts) == text


def test_the_ends_of_what_is_possible_are_cuts() -> None:
    grade = Measure("grade", unit="points", lowest=1, highest=10)
    assert (grade.shown(9.96), grade.shown(10), grade.shown(1.04)) == ("9.96 points", "10 points", "1.04 points")


FORMATTED = [
    (Fraction(7, 10), ".1%", "70.0%"),
    (Fraction(9_996, 10_000), ".1%", "99.96%"),
    (Fraction(9_996, 10_000), ".0%", "99.96%"),
    (Fraction(1) - Fraction(1, 10**20), ".1%", "<100%"),
    (Fraction(10**20), ".1%", "1e+22%"),
    (Fraction(2, 3), ".2f", "0.67"),
    (Fraction(2, 3), ".0f", "0.7"),
    (Fraction(2, 3), "%", "66.666667%"),
    (Fraction(1, 2), "", "50 %"),
    (Fraction(1, 2), ">8", "    50 %"),
]


@pytest.mark.parametrize(("value", "spec", "text"), FORMATTED)
def test_a_score_is_formatted_as_columns_and_numbers_are(value: Fraction, spec: str, text: str) -> None:
    assert format(Score(value), spec) == formatted(value, str(Score(value)), spec) == text


FLOATS = [
    (Fraction(7, 10), 0.7),
    (Fraction(1, 3), 1 / 3),
    (Fraction(10**400), float("inf")),
    (Fraction(-(10**400)), float("-inf")),
    (Fraction(1, 10**400), 0.0),
]


@pytest.mark.parametrize(("raw", "given_back"), FLOATS)
def test_the_float_of_a_score_is_the_nearest(raw: Fraction, given_back: float) -> None:
    assert float(Score(raw)) == given_back
