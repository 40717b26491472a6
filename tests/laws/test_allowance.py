"""Laws of allowances: what may still go wrong, how much of it is used, and when it is used up."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from budgets import examples
from goalmodel import AsAWhole, Attainment, Cadence, Commit, Held, Measure, Reached, Series, Standard
from goalmodel.commit import Allowance, AllowedIn, Counted, Manner
from goalmodel.errors import OutOfBounds
from goalmodel.measure import Aggregation
from goalmodel.testing import values

FIRST = dt.date(2026, 10, 1)
MEASURE = Measure("anything", aggregation=Aggregation.SUM, lowest=0)


def _day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number - 1)


def _owed(manner: Manner, standard: Standard, days: int, *, cadence: Cadence | None = None) -> Commit:
    return Commit(
        id="commit",
        measure=MEASURE,
        standard=standard,
        manner=manner,
        due=_day(days),
        declared_on=FIRST,
        cadence=cadence,
    )


READ = st.dictionaries(st.integers(1, 20), st.integers(0, 9), max_size=20)


class TestCOM9:
    """What may still go wrong is an allowance: how much in all, how much of it is used, how much was earned by now,
    how much is left, which may be below 0, and when it is used up at the rate of late.
    """

    @given(values(Allowance))
    def test_used_and_left_are_the_total(self, found: Allowance) -> None:
        assert found.left is None or found.used + found.left == found.total
        assert found.used >= 0
        assert (found.used_up_on is None) or found.total is not None
        assert str(found).endswith("used")

    @given(READ, st.integers(0, 60), st.integers(1, 20))
    def test_below_0_is_not_kept_any_more(self, read: dict[int, int], ceiling: int, as_of: int) -> None:
        commit = _owed(AsAWhole(), Standard.at_most(ceiling), 20)
        found = commit.assess(Series.of(MEASURE, {_day(on): value for on, value in read.items()}), as_of=_day(as_of))
        assert found.allowance is not None
        assert found.allowance.left is not None
        assert (found.allowance.left < 0) is (found.attainment is Attainment.NOT_KEPT)
        assert found.allowance.used == sum(value for on, value in read.items() if on <= as_of)
        assert found.allowance.earned == Fraction(ceiling * as_of, 20)

    @given(
        READ,
        st.sampled_from((Fraction(1, 2), Fraction(3, 4), Fraction(9, 10))),
        st.integers(1, 20),
        st.sampled_from(Counted),
    )
    @examples(60)
    def test_below_0_no_share_is_kept_any_more(
        self, read: dict[int, int], share: Fraction, as_of: int, counted: Counted
    ) -> None:
        commit = _owed(Held(FIRST, share=share, counted=counted), Standard.at_most(4), 20, cadence=Cadence.DAILY)
        known = Series.of(MEASURE, {_day(on): value for on, value in read.items()})
        found = commit.assess(known, as_of=_day(as_of))
        assert found.allowance is not None
        assert found.allowance.left is not None
        if found.allowance.left < 0 and counted is Counted.TIME:
            assert found.attainment is Attainment.NOT_KEPT
        if found.attainment is Attainment.NOT_KEPT and counted is Counted.TIME:
            assert found.allowance.left < 0

    @given(READ, st.integers(1, 20))
    def test_looked_at_from_the_start_both_rates_are_one(self, read: dict[int, int], as_of: int) -> None:
        commit = _owed(AsAWhole(), Standard.at_most(30), 20)
        known = Series.of(MEASURE, {_day(on): value for on, value in read.items()})
        found = commit.assess(known, as_of=_day(as_of)).allowance_by(as_of)
        assert found is not None
        assert found.rate == found.rate_since_start
        later = commit.assess(known, as_of=_day(as_of)).allowance_by(1_000)
        assert later == found

    @given(READ, st.integers(1, 20), st.integers(1, 20))
    def test_it_is_used_up_on_the_first_day_on_which_nothing_is_left(
        self, read: dict[int, int], as_of: int, look_back: int
    ) -> None:
        commit = _owed(AsAWhole(), Standard.at_most(40), 20)
        known = Series.of(MEASURE, {_day(on): value for on, value in read.items()})
        found = commit.assess(known, as_of=_day(as_of)).allowance_by(look_back)
        assert found is not None
        assert found.left is not None
        assert found.rate is not None
        days = [day for day in range(20 - as_of + 1) if found.left - day * found.rate <= 0]
        assert found.used_up_on == (_day(as_of + days[0]) if days else None)

    @given(READ, st.integers(1, 20))
    def test_what_must_be_met_by_all_allows_nothing(self, read: dict[int, int], as_of: int) -> None:
        known = Series.of(MEASURE, {_day(on): value for on, value in read.items()})
        for manner in (Reached(), Held(FIRST)):
            assert _owed(manner, Standard.at_most(4), 20).assess(known, as_of=_day(as_of)).allowance is None
        assert _owed(AsAWhole(), Standard.at_least(4), 20).assess(known, as_of=_day(as_of)).allowance is None
        before = _owed(AsAWhole(), Standard.at_most(4), 20).assess(known, as_of=FIRST - dt.timedelta(days=1))
        assert before.allowance is None


def test_four_bad_days_of_four() -> None:
    """Four bad days are allowed and four are used, at half of the time (C13)."""
    commit = _owed(
        Held(FIRST, share=Fraction(9, 10), counted=Counted.TIME), Standard.at_most(4), 40, cadence=Cadence.DAILY
    )
    known = Series.of(MEASURE, {_day(on): 9 if on in {3, 9, 10, 20} else 1 for on in range(1, 21)})
    found = commit.assess(known, as_of=_day(20))
    assert found.attainment is Attainment.IN_FLIGHT
    allowance = found.allowance
    assert allowance is not None
    assert allowance.counted_in is AllowedIn.DAYS
    assert allowance.total == allowance.used == Fraction(4)
    assert allowance.left == 0
    assert str(allowance) == "4 of 4 used"
    assert allowance.earned == Fraction(2)
    assert allowance.used_up_on == _day(20)


def test_of_readings_that_nothing_expects_nobody_knows_how_many_there_will_be() -> None:
    commit = _owed(Held(FIRST, share=Fraction(1, 2)), Standard.at_most(4), 20)
    known = Series.of(MEASURE, {_day(1): 9, _day(2): 1, _day(20): 1})
    early = commit.assess(known, as_of=_day(2)).allowance
    assert early is not None
    assert (early.total, early.left, early.used_up_on, str(early)) == (None, None, None, "1 used")
    late = commit.assess(known, as_of=_day(20)).allowance
    assert late is not None
    assert late.total == late.used == Fraction(1)
    with pytest.raises(OutOfBounds):
        commit.assess(known, as_of=_day(2)).allowance_by(0)
