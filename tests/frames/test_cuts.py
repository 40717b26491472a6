"""An exact cut as a float: comparing with it says what the exact comparison says, of every float there is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter
from typing import Final

import pytest
from hypothesis import example, given, strategies as st

from goalmodel import Cadence
from goalmodel.errors import NotADate, NotANumber, WrongType
from goalmodel.exact import Number, exact
from goalmodel.frames import cut_float, fresh_since
from goalmodel.frames.cuts import last_float
from goalmodel.frames.readings import waiting_days
from goalmodel.measure import Exclusion
from goalmodel.measure.exclusion import PausedCadence, agreed_by, excluded_days, the_exclusions
from goalmodel.testing import cadences, dates, exclusions, floats, near, numbers

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


CLOSED = Exclusion(start=dt.date(2026, 3, 2), end=dt.date(2026, 3, 20), reason="closed", agreed_on=dt.date.min)
MONDAY = Exclusion(start=dt.date(2026, 3, 23), end=dt.date(2026, 3, 23), reason="closed", agreed_on=dt.date.min)


YEARS: Final = st.dates(dt.date(2025, 1, 1), dt.date(2027, 6, 30))


@given(cadences(), YEARS, st.lists(exclusions(on=YEARS, is_open=st.booleans()), max_size=5))
@example(Cadence.WEEKLY, dt.date(2026, 3, 31), [CLOSED, MONDAY])
@example(Cadence.MONTHLY, dt.date(2026, 3, 21), [CLOSED])
@example(Cadence.WEEKLY, dt.date(2026, 2, 27), [CLOSED])
@example(Cadence(months=120_000), dt.date(2026, 3, 31), [CLOSED])
def test_what_waits_for_days_that_do_not_count_is_fresh(
    cadence: Cadence, as_of: dt.date, left_out: list[Exclusion]
) -> None:
    excluded = excluded_days(agreed_by(the_exclusions(left_out), as_of))
    since = fresh_since(cadence, as_of=as_of)
    fresh = {day for first, last in waiting_days(cadence, as_of, since, excluded) for day in range(first, last + 1)}
    waits, stop = PausedCadence(cadence, excluded), as_of.toordinal() + 1
    for day in range(max(stop - 900, 1), stop):
        on = dt.date.fromordinal(day)
        if on not in excluded:
            assert (on >= since or day in fresh) == (waits.stale_after(on) >= as_of), on


def test_a_cadence_and_a_date_are_asked_for() -> None:
    with pytest.raises(WrongType):
        fresh_since("monthly", as_of=dt.date(2026, 3, 31))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(NotADate):
        fresh_since(Cadence.MONTHLY, as_of=dt.datetime(2026, 3, 31))  # noqa: DTZ001 - refused for its time of day
