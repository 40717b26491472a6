"""Numbers: what they mean, which are refused, and how they are shown."""

from __future__ import annotations

import decimal
from collections.abc import Generator
from contextlib import contextmanager
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from math import inf, isinf, ldexp, nextafter
from statistics import fmean
from typing import cast

import numpy as np
import pytest
from hypothesis import assume, example, given, strategies as st

from goalmodel import GoalModelError, HealthBands, Measure, Reading, Score, Standard, Unit
from goalmodel.errors import NotANumber, NotFinite, TooManyDigits
from goalmodel.exact import Number, exact, nearest_float, ratio
from goalmodel.showing import percent, shown, spelled
from goalmodel.testing import dates, decimals, exact_numbers, floats, ints, near, numbers, same_as

LONGEST = 10**1_000
A_MEASURE = Measure("anything")


def read_slowly(value: float, digits: int = 15) -> Fraction:
    """Return what the rulebook says a float means: by its exact binary value, quantised by the decimal module."""
    binary = Fraction(value)
    if abs(binary) >= 10**digits:
        return binary
    with localcontext(Context(prec=digits, rounding=ROUND_HALF_EVEN, Emin=-9_999, Emax=9_999)):
        return Fraction(+Decimal(value))


def read_back(text: str) -> Fraction:
    """Return the number a text shows."""
    return Fraction(text.replace(",", ""))


@contextmanager
def unusual_decimals() -> Generator[None]:
    """Switch to a decimal context in which nearly everything signals and nothing is precise."""
    everything = list(Context().traps)
    with localcontext(Context(prec=1, Emin=0, Emax=0, clamp=1, rounding=decimal.ROUND_UP, traps=everything)):
        yield


def _nearest(value: Fraction, cuts: list[Fraction]) -> Fraction:
    return min({Fraction(0), *cuts} - {value}, key=lambda cut: abs(cut - value))


class TestNUM1:
    """A number means what was written: exactly as int, Decimal or Fraction, to 15 significant digits as a float,
    and from 10^15 on a float is itself.
    """

    @given(st.one_of(ints(), decimals(), exact_numbers()))
    @example(10**1_000 - 1)
    @example(Decimal("1E-999"))
    @example(Decimal("-0"))
    @example(Decimal("1.50000000000000000000000000000000"))
    def test_what_is_exact_means_itself(self, value: int | Decimal | Fraction) -> None:
        assert exact(value, "value") == Fraction(value)

    @given(floats())
    @example(0.1 + 0.2)
    @example(94.99999999999999)
    @example(8.7)
    @example(-0.0)
    @example(5e-324)
    @example(1.7976931348623157e308)
    @example(float(2**53 - 1))
    @example(float(2**53))
    @example(float(2**53 + 2))
    @example(1e10)
    @example(nextafter(1e10, 0))
    @example(nextafter(1e10, inf))
    @example(9999999999.9999)
    @example(1e15 + 0.5)
    @example(1e22)
    @example(1e23)
    def test_a_float_means_its_first_15_digits(self, value: float) -> None:
        assert exact(value, "value") == read_slowly(value)

    @given(st.integers(-(10**14), 10**14), st.sampled_from((1, 10, 100, 10**3, 10**4, 10**5)), st.integers(-3, 3))
    def test_a_float_beside_few_decimals_is_read_no_differently(self, scaled: int, parts: int, steps: int) -> None:
        value = scaled / parts
        for _ in range(abs(steps)):
            value = nextafter(value, inf if steps > 0 else -inf)
        assert exact(value, "value") == read_slowly(value)

    @given(st.floats(9_999_999_999, 10_000_000_001), st.sampled_from((-1, 1)))
    def test_a_float_around_ten_digits_before_the_point_is_read_no_differently(self, value: float, sign: int) -> None:
        assert exact(sign * value, "value") == read_slowly(sign * value)

    @given(st.floats(1e9, 2**53))
    @example(1_234_567_890_123.1234)
    def test_a_float_of_many_digits_before_the_point_keeps_15_in_all(self, value: float) -> None:
        assert exact(value, "value") == read_slowly(value)

    @given(st.one_of(st.integers(), st.integers(2**53 - 2_000, 2**53 + 2_000), st.integers(10**15 - 9, 10**15 + 9)))
    def test_a_whole_float_is_itself(self, whole: int) -> None:
        value = float(whole)
        assert exact(value, "value") == Fraction(value)

    @given(st.floats(1e15, allow_infinity=False), st.sampled_from((-1, 1)))
    @example(1e15 + 0.125, 1)
    @example(1e23, 1)
    def test_a_float_of_more_than_15_digits_before_the_point_is_itself(self, value: float, sign: int) -> None:
        assert exact(sign * value, "value") == Fraction(sign * value)

    @given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(-300, 0))
    def test_a_decimal_of_15_digits_is_read_back_from_its_float(self, digits: int, exponent: int) -> None:
        written = f"{digits}e{exponent}"
        assert exact(float(written), "value") == Fraction(written)

    @given(
        st.lists(st.integers(0, 10**9), min_size=1, max_size=40), st.integers(0, 10**9), st.sampled_from((10, 10**4))
    )
    @example([9_490, 9_510], 9_500, 100)
    def test_the_computed_mean_of_decimals_means_their_mean(self, parts: list[int], aim: int, denominator: int) -> None:
        so_that_it_ends = aim * (len(parts) + 1) - sum(parts)
        assume(so_that_it_ends >= 0)
        computed = fmean(part / denominator for part in [*parts, so_that_it_ends])
        assert exact(computed, "value") == Fraction(aim, denominator)

    @given(floats(), floats())
    @example(1e15 + 1, 1e15 + 1.5)
    @example(2.0**53 - 1, 2.0**53)
    @example(999_999_999_999_999.9, 1e15)
    def test_reading_keeps_the_order_of_floats(self, one: float, other: float) -> None:
        low, high = min(one, other), max(one, other)
        assert exact(low, "value") <= exact(high, "value")

    @given(st.integers(-1_070, 1_023), st.floats(1, 2, exclude_max=True), st.sampled_from((-1, 1)))
    def test_reading_keeps_the_order_of_neighbours_at_every_magnitude(
        self, exponent: int, significand: float, sign: int
    ) -> None:
        value = sign * ldexp(significand, exponent)
        around = [nextafter(value, -inf), value, nextafter(value, inf)]
        read = [exact(each, "value") for each in around if not isinf(each)]
        assert read == sorted(read)

    @given(floats())
    def test_the_other_sign_means_the_other_sign(self, value: float) -> None:
        assert exact(-value, "value") == -exact(value, "value")

    @given(numbers())
    def test_what_was_read_means_itself(self, value: Number) -> None:
        once = exact(value, "value")
        assert exact(once, "value") is once

    @given(numbers())
    def test_the_two_whole_numbers_are_the_fraction(self, value: Number) -> None:
        numerator, denominator = ratio(value, "value")
        assert denominator > 0
        assert Fraction(numerator, denominator) == exact(value, "value")

    @given(exact_numbers(), st.data())
    def test_equal_meaning_is_equal_value_and_hashes_alike(self, value: Fraction, data: st.DataObject) -> None:
        one, other = data.draw(same_as(value)), data.draw(same_as(value))
        assert exact(one, "value") == exact(other, "value") == value
        assert Standard.at_least(one) == Standard.at_least(other)
        assert hash(Standard.at_least(one)) == hash(Standard.at_least(other))
        assert Score(one) == Score(other)
        assert hash(Score(one)) == hash(Score(other))

    @given(exact_numbers(), st.data())
    def test_equal_meaning_is_judged_alike(self, cut: Fraction, data: st.DataObject) -> None:
        value = data.draw(near(cut))
        meant = exact(value, "value")
        assert HealthBands.at_least(cut).health(value) is HealthBands.at_least(cut).health(meant)
        assert Standard.at_most(cut).is_met(value) is (meant <= cut)
        assert Score(value).clamped == Score(meant).clamped

    @given(st.one_of(decimals(), floats()))
    @example(Decimal("8.7"))
    @example(8.7)
    @example(0.1 + 0.2)
    def test_the_callers_decimal_context_changes_nothing(self, value: Number) -> None:
        meant = exact(value, "value")
        with unusual_decimals():
            assert exact(value, "value") == meant

    @given(st.integers(-(2**31), 2**31))
    def test_a_subclass_means_what_it_inherits(self, whole: int) -> None:
        class Whole(int):
            pass

        class Real(float):
            pass

        class Ratio(Fraction):
            pass

        class Places(Decimal):
            pass

        third = Fraction(whole, 3)
        assert exact(Whole(whole), "value") == whole
        assert exact(Real(whole / 4), "value") == Fraction(whole, 4)
        assert exact(Ratio(whole, 3), "value") == third
        assert type(exact(Ratio(whole, 3), "value")) is Fraction
        assert exact(Places(whole), "value") == whole


def scalar(kind: str, *arguments: object) -> Number:
    """Return one of numpy's scalars as notebooks hold them: no type checker knows them as numbers."""
    return cast("Number", getattr(np, kind)(*arguments))


class TestNUM1ForNumpy:
    """numpy's scalars mean what they hold: float64 as a float, float32 to 6 digits, itself from 10^6 on."""

    @given(floats())
    @example(8.7)
    def test_a_float64_is_read_as_a_float(self, value: float) -> None:
        assert exact(scalar("float64", value), "value") == exact(value, "value")

    @given(st.floats(width=32, allow_nan=False, allow_infinity=False))
    @example(1_000_000.0)
    @example(1_000_000.5)
    @example(16_777_215.0)
    @example(16_777_216.0)
    @example(16_777_218.0)
    @example(33_554_436.0)
    @example(-0.0)
    @example(1.401298464324817e-45)
    @example(3.4028234663852886e38)
    def test_a_float32_means_its_first_6_digits(self, value: float) -> None:
        assert exact(scalar("float32", value), "value") == read_slowly(value, digits=6)

    @given(
        st.floats(width=32, allow_nan=False, allow_infinity=False),
        st.floats(width=32, allow_nan=False, allow_infinity=False),
    )
    @example(1_000_001.0, 1_000_001.5)
    def test_reading_keeps_the_order_of_float32s(self, one: float, other: float) -> None:
        low, high = (scalar("float32", value) for value in sorted((one, other)))
        assert exact(low, "value") <= exact(high, "value")

    @given(st.integers(-999_999, 999_999), st.integers(-30, 0))
    def test_a_decimal_of_6_digits_is_read_back_from_its_float32(self, digits: int, exponent: int) -> None:
        written = f"{digits}e{exponent}"
        assert exact(scalar("float32", written), "value") == Fraction(written)

    @given(st.data(), st.sampled_from(("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")))
    def test_a_whole_scalar_is_itself(self, data: st.DataObject, kind: str) -> None:
        limits = np.iinfo(kind)
        whole = data.draw(st.integers(int(limits.min), int(limits.max)))
        assert exact(scalar(kind, whole), "value") == whole

    @pytest.mark.parametrize("bad", ["nan", "inf", "-inf"])
    @pytest.mark.parametrize("kind", ["float32", "float64"])
    def test_what_is_not_finite_is_refused(self, kind: str, bad: str) -> None:
        with pytest.raises(NotFinite):
            exact(scalar(kind, bad), "value")

    @pytest.mark.parametrize(
        ("kind", "argument"),
        [("bool_", 1), ("complex128", 1), ("str_", "1"), ("datetime64", "2026-01-01"), ("array", 1), ("array", [1])],
    )
    def test_what_is_no_number_is_refused(self, kind: str, argument: object) -> None:
        with pytest.raises(NotANumber):
            exact(scalar(kind, argument), "value")

    def test_a_span_of_time_is_no_number_although_numpy_calls_it_whole(self) -> None:
        with pytest.raises(NotANumber):
            exact(scalar("timedelta64", 5, "D"), "value")


FIELDS = st.sampled_from(("target", "cuts[1]", "kpis[3].weight"))


class TestNUM2:
    """What is not a finite number is refused at the door, with the name of the field and the offending value."""

    @given(FIELDS, st.sampled_from([inf, -inf, Decimal("inf"), Decimal("-inf")]))
    def test_infinities_are_refused_by_name(self, field: str, value: Number) -> None:
        with pytest.raises(NotFinite) as refusal:
            exact(value, field)
        assert (str(refusal.value.field), refusal.value.given) == (field, value)

    @given(FIELDS, st.sampled_from([float("nan"), Decimal("nan"), Decimal("sNaN"), Decimal("-nan123")]))
    def test_what_is_not_a_number_is_refused_by_name(self, field: str, value: Number) -> None:
        with pytest.raises(NotFinite) as refusal:
            exact(value, field)
        assert str(refusal.value.field) == field
        assert refusal.value.given is value
        assert str(refusal.value).endswith(f"; got {value}")

    @given(
        FIELDS,
        st.one_of(
            st.booleans(), st.none(), st.text(), st.binary(), st.complex_numbers(), st.lists(st.integers()), st.dates()
        ),
    )
    @example("value", "8.7")
    @example("value", "nan")
    def test_what_is_no_number_is_refused_by_name(self, field: str, value: object) -> None:
        with pytest.raises(NotANumber) as refusal:
            exact(value, field)  # type: ignore[arg-type] # what a caller without a type checker may do
        assert str(refusal.value.field) == field
        assert field in str(refusal.value)

    @given(st.integers(0, 10**30), st.sampled_from((-1, 1)))
    @example(0, 1)
    @example(0, -1)
    def test_too_many_digits_are_refused_alike_in_every_type(self, more: int, sign: int) -> None:
        whole = sign * (LONGEST + more)
        for value in (whole, Fraction(whole), Decimal(whole), Fraction(1, whole), Fraction(2, 2 * whole + 1)):
            with pytest.raises(TooManyDigits) as refusal:
                exact(value, "value")
            assert str(refusal.value.field) == "value"
            assert str(refusal.value)

    @given(st.integers(1, 10**30), st.sampled_from((-1, 1)))
    @example(1, 1)
    @example(1, -1)
    def test_as_many_digits_as_allowed_are_taken_alike_in_every_type(self, fewer: int, sign: int) -> None:
        whole = sign * (LONGEST - fewer)
        for value in (whole, Fraction(whole), Decimal(whole), Fraction(1, whole)):
            assert exact(value, "value") == Fraction(value)

    @pytest.mark.parametrize("power", [3_321, 3_322])
    def test_a_power_of_one_half_is_taken_or_refused_alike_in_every_type(self, power: int) -> None:
        half = Fraction(1, 2**power)
        written = Decimal(f"{5**power}E-{power}")
        assert Fraction(written) == half
        for value in (half, written):
            if 2**power < LONGEST:
                assert exact(value, "value") == half
            else:
                with pytest.raises(TooManyDigits):
                    exact(value, "value")

    @pytest.mark.parametrize("text", ["1E+999999", "1E-999999", "-1E+999999", "1E+1000", "1E-1000", "0." + "1" * 10**6])
    def test_a_decimal_far_out_is_refused_at_once(self, text: str) -> None:
        with pytest.raises(TooManyDigits):
            exact(Decimal(text), "value")

    @pytest.mark.parametrize("text", ["0E+999999", "0E-999999", "-0.0"])
    def test_nothing_is_nothing_however_it_is_scaled(self, text: str) -> None:
        assert exact(Decimal(text), "value") == 0

    def test_zeros_at_the_end_are_no_digits(self) -> None:
        assert exact(Decimal("1.5" + "0" * 10**6), "value") == Fraction(3, 2)

    @given(dates(), st.sampled_from([float("nan"), inf, True, "8", None, Decimal("sNaN"), 10**5_000]))
    def test_every_door_refuses_alike(self, on: object, value: object) -> None:
        doors = (
            lambda: Reading(on, value),  # type: ignore[arg-type] # what a caller without a type checker may do
            lambda: Score(value),  # type: ignore[arg-type] # the same
            lambda: Standard.at_least(value),  # type: ignore[arg-type] # the same
            lambda: HealthBands.at_least(value),  # type: ignore[arg-type] # the same
            lambda: HealthBands.at_least(8).health(value),  # type: ignore[arg-type] # the same
            lambda: A_MEASURE.can_be(value),  # type: ignore[arg-type] # the same
        )
        for door in doors:
            with pytest.raises(GoalModelError) as refusal:
                door()
            assert isinstance(refusal.value, NotANumber | NotFinite | TooManyDigits)


class TestNUM3:
    """Numbers are compared exactly and shown to the nearest, with more digits where that would touch or cross a cut,
    and never up to success.
    """

    @given(exact_numbers(), exact_numbers().filter(bool))
    @example(Fraction(95), Fraction(1, 10**300))
    def test_the_smallest_difference_counts(self, cut: Fraction, difference: Fraction) -> None:
        short = cut - abs(difference)
        assert not Standard.at_least(cut).is_met(short)
        assert Standard.at_least(cut).is_met(cut)
        assert Standard.at_most(short).is_met(short)
        assert not Standard.at_most(short).is_met(cut)
        assert Standard.at_least(cut).distance(short) == abs(difference)

    @given(exact_numbers(), st.integers(0, 4), st.lists(exact_numbers(), max_size=3), st.data())
    @example(Fraction(9_996, 100), 1, [Fraction(100)], None)
    @example(Fraction(100) - Fraction(1, 10**300), 4, [Fraction(100)], None)
    @example(Fraction(1, 10**9), 1, [], None)
    def test_a_number_is_told_from_every_cut(
        self, value: Fraction, places: int, cuts: list[Fraction], data: st.DataObject | None
    ) -> None:
        if data is not None and cuts:
            value = exact(data.draw(near(*cuts)), "value")
        text = shown(value, places=places, cuts=cuts)
        for cut in {Fraction(0), *cuts} - {value}:
            if text.startswith(("<", ">")):
                assert abs(value - cut) > 0
            else:
                assert (read_back(text) < cut) == (value < cut)
                assert read_back(text) != cut
        if text.startswith(("<", ">")):
            off = abs(value - _nearest(value, cuts))
            assert 0 < off <= max(Fraction(1), abs(value)) / 10**12
            assert text.startswith("<") == (value < _nearest(value, cuts))

    @given(exact_numbers(), st.integers(0, 4))
    @example(Fraction(1, 2), 0)
    @example(Fraction(-1, 2), 0)
    @example(Fraction(25, 100), 1)
    @example(Fraction(10**18 - 1), 0)
    def test_where_no_cut_is_near_it_is_the_nearest(self, value: Fraction, places: int) -> None:
        assume(Fraction(1) <= abs(value) < 10**18)
        off = read_back(shown(value, places=places)) - value
        assert abs(off) <= Fraction(1, 2 * 10**places)
        assert abs(off) < Fraction(1, 2 * 10**places) or (off > 0) == (value > 0)
        assert shown(-value, places=places) == f"-{shown(value, places=places)}".replace("--", "")

    @given(st.one_of(near(Fraction(1)), near(Fraction(0), Fraction(7, 10))).map(lambda value: exact(value, "value")))
    def test_success_is_shown_only_when_it_is_reached(self, share: Fraction) -> None:
        threshold = Fraction(7, 10)
        text = percent(share, cuts=[threshold])
        assert (text == "100 %") == (share == 1)
        assert (text == "70 %") == (share == threshold)
        assert Score(share).shown(cuts=[threshold]) == text

    @given(exact_numbers())
    @example(Fraction("99.99999"))
    @example(Fraction(1, 10**12))
    @example(Fraction(1, 10**13))
    def test_what_was_written_in_twelve_digits_is_spelled_in_full(self, value: Fraction) -> None:
        is_short = abs(value) < 10**18 and (value * 10**12).denominator == 1
        text = spelled(value)
        assert read_back(text) == value if is_short else text == shown(value)

    @given(st.one_of(exact_numbers(), st.integers(10**17, 10**400).map(Fraction)))
    @example(Fraction(10**18))
    @example(Fraction(10**18 - 1))
    @example(Fraction(10**19 - 1))
    @example(-Fraction(10**999))
    @example(Fraction(10**1_000 - 1))
    @example(Fraction(2**60))
    @example(Fraction(2**73, 2**10 - 1))
    def test_a_number_too_long_to_read_is_shown_with_few_digits_and_their_power(self, value: Fraction) -> None:
        text = spelled(value)
        assert ("e+" in text) == (abs(value) >= 10**18)
        if "e+" in text:
            mantissa, _, exponent = text.partition("e+")
            assert 1 <= abs(Fraction(mantissa)) <= 10
            assert abs(Fraction(mantissa) * 10 ** int(exponent) - value) <= Fraction(10 ** int(exponent), 2 * 10**4)

    @given(exact_numbers(), st.integers(0, 4), exact_numbers())
    def test_a_value_never_seems_to_reach_a_cut(self, value: Fraction, places: int, cut: Fraction) -> None:
        points = Measure("anything", unit="points", lowest=0, highest=100)
        text = points.shown(value, places=places, cuts=[cut])
        assert text == f"{shown(value, places=places, cuts=[Fraction(0), Fraction(100), cut])} points"
        percentage = Measure("anything", unit=Unit("share", base="percent", factor=100))
        assert percentage.shown(value) == f"{shown(value, places=1, cuts=[Fraction(1)])} share"

    @given(exact_numbers(), st.integers(0, 9))
    def test_a_score_is_formatted_as_a_number_or_as_a_text(self, share: Fraction, places: int) -> None:
        score = Score(share)
        assert f"{score}" == str(score)
        assert f"{score:>400}".strip() == str(score)
        assert f"{score:.{places}e}" == f"{float(score):.{places}e}"
        text = f"{score:.{places}%}"
        assert text.endswith("%")
        if not text.startswith(("<", ">")) and "e" not in text:
            assert len(text.removesuffix("%").partition(".")[2]) >= places
            assert abs(read_back(text.removesuffix("%")) - share * 100) <= Fraction(1, 2 * 10**places)

    @given(exact_numbers())
    @example(Fraction(1, 3))
    @example(Fraction(10**999))
    @example(-Fraction(10**999))
    @example(Fraction(1, 10**999))
    def test_the_float_of_an_exact_number_is_the_nearest(self, value: Fraction) -> None:
        given_back = nearest_float(value)
        if isinf(given_back):
            assert abs(value) > Fraction(1.7976931348623157e308)
            assert (given_back > 0) == (value > 0)
        else:
            error = abs(Fraction(given_back) - value)
            beside = [nextafter(given_back, end) for end in (inf, -inf)]
            assert all(isinf(other) or error <= abs(Fraction(other) - value) for other in beside)
        assert float(Score(value)) == given_back
