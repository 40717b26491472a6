"""An exact cut as a float: comparing with it says what the exact comparison says, of every float there is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter

import pytest
from hypothesis import example, given, strategies as st

from goalmodel import Cadence
from goalmodel.errors import NotADate, NotANumber, WrongType
from goalmodel.exact import Number, exact
from goalmodel.frames import cut_float, fresh_since
from goalmodel.frames.cuts import last_float
from goalmodel.testing import cadences, dates, floats, near, numbers

GREATEST = 1.7976931348623157e308


@given(numbers(), floats())
@example(Fraction(1, 3), 1 / 3)
@example(10**400, GREATEST)
@example(-(10**400), -GREATEST)
@example(2**1024 - 2**971, GREATEST)
@example(1e15 + 1.5, 1e15 + 1)
def test_a_float_is_at_or_above_a_cut_exactly_where_it_is_not_below_its_float(cut: Number, value: float) -> None:
    meant = exact(cut, "cut")
    assert (value >= cut_float(cut)) == (exact(value, "value") >= meant)
    assert (value <= last_float(cut)) == (exact(value, "value") <= meant)


@given(numbers(), st.data())
def test_so_it_is_beside_the_cut(cut: Number, data: st.DataObject) -> None:
    value = data.draw(near(exact(cut, "cut")).filter(lambda number: isinstance(number, float)) | floats())
    for beside in (nextafter(float(value), -inf), float(value), nextafter(float(value), inf)):
        if abs(beside) != inf:
            assert (beside >= cut_float(cut)) == (exact(beside, "value") >= exact(cut, "cut"))


@pytest.mark.parametrize(
    ("cut", "least"),
    [
        (0, 0.0),
        (95, 94.99999999999996),
        (10**15, 999_999_999_999_999.5),
        (10**15 + 1, 1e15 + 1),
        (10**309, inf),
        (-(10**309), -GREATEST),
        (Decimal("1E-400"), 5e-324),
    ],
)
def test_the_least_float_that_reaches_a_cut(cut: Number, least: float) -> None:
    assert cut_float(cut) == least
    assert least == inf or exact(least, "value") >= cut
    assert least in {inf, -GREATEST} or exact(nextafter(least, -inf), "value") < cut


def test_a_cut_must_be_a_number() -> None:
    with pytest.raises(NotANumber):
        cut_float("95")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@given(cadences(), dates(), st.integers(-800, 50))
@example(Cadence.MONTHLY, dt.date(2026, 3, 31), -32)
@example(Cadence.YEARLY, dt.date.min, 0)
@example(Cadence(months=120_000), dt.date(2026, 3, 31), -1)
def test_one_date_parts_stale_readings_from_fresh_ones(cadence: Cadence, as_of: dt.date, days: int) -> None:
    try:
        read = as_of + dt.timedelta(days=days)
    except OverflowError:
        read = as_of
    assert (read < fresh_since(cadence, as_of=as_of)) == (as_of > cadence.stale_after(read))


def test_a_cadence_and_a_date_are_asked_for() -> None:
    with pytest.raises(WrongType):
        fresh_since("monthly", as_of=dt.date(2026, 3, 31))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(NotADate):
        fresh_since(Cadence.MONTHLY, as_of=dt.datetime(2026, 3, 31))  # noqa: DTZ001 - refused for its time of day
