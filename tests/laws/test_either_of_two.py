"""Laws of standards that are either of two: one of them is enough (COM-1, COM-3, COM-4)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from goalmodel import AsAWhole, Attainment, Commit, Held, Measure, OnDueDate, Reached, Series, Staged, Standard
from goalmodel.commit import AllowedIn, Amendment, Counted, Manner, StandardChange
from goalmodel.errors import GivenTwice, GoalModelError, OutOfBounds
from goalmodel.measure import Aggregation
from goalmodel.testing import either_of_two, standards

KEPT, NOT_KEPT = Attainment.KEPT, Attainment.NOT_KEPT
FIRST, DUE = dt.date(2026, 1, 1), dt.date(2026, 1, 10)
ENDS = st.integers(-6, 6).map(Fraction)
EITHER = either_of_two(ends=ENDS)
DAYS = st.dates(FIRST, DUE)
READ = st.dictionaries(DAYS, st.integers(-9, 9), max_size=8)
LIMITS = st.sampled_from([(None, None), (0, None), (None, 0), (0, 5), (-5, 5)])
MANNERS: st.SearchStrategy[Manner] = st.sampled_from(
    (
        Reached(),
        OnDueDate(),
        AsAWhole(),
        Staged({dt.date(2026, 1, 4): Standard.at_least(0)}),
        Held(FIRST),
        Held(FIRST, share=Fraction(1, 2)),
        Held(FIRST, share=Fraction(1, 2), counted=Counted.TIME),
    )
)


def _owed(standard: Standard, manner: Manner, measure: Measure | None = None) -> Commit:
    about = measure or Measure("anything")
    return Commit(id="commit", measure=about, standard=standard, manner=manner, due=DUE, declared_on=FIRST)


def _telling(*given: Standard) -> list[Fraction]:
    """Return the ends of standards, what lies between them and what lies beyond: no other value says more."""
    ends = sorted({end for each in given for _, end in each.worded})
    return [*ends, *((low + high) / 2 for low, high in pairwise(ends)), ends[0] - 1, ends[-1] + 1]


class TestTheTwo:
    """It is met by whatever meets one of the two, and says both."""

    @given(standards(ends=ENDS), standards(ends=ENDS))
    def test_it_is_the_same_both_ways_round_and_one_with_itself(self, one: Standard, other: Standard) -> None:
        assert Standard.one_of(one, one) == one
        try:
            both = Standard.one_of(one, other)
        except OutOfBounds:
            assert all(one.is_met(value) or other.is_met(value) for value in _telling(one, other))
        else:
            assert both == Standard.one_of(other, one)
            assert not all(both.is_met(value) for value in _telling(one, other))
            assert {*(both.either or (both,))} == {one, other}

    @given(EITHER)
    def test_it_is_met_where_one_is_and_as_short_as_the_closer_one(self, both: Standard) -> None:
        for value in _telling(both):
            assert both.is_met(value) is any(each.is_met(value) for each in both.either)
            assert both.met_by(value) == tuple(each for each in both.either if each.is_met(value))
            assert both.distance(value) == min(each.distance(value) for each in both.either)
        assert str(both) == " or ".join(str(each) for each in both.either)
        assert set(both.worded) == {word for each in both.either for word in each.worded}

    @given(st.one_of(EITHER, standards(ends=ENDS)), st.one_of(EITHER, standards(ends=ENDS)))
    def test_one_contains_another_where_no_value_speaks_against_it(self, one: Standard, other: Standard) -> None:
        meets = [one.is_met(value) for value in _telling(one, other) if other.is_met(value)]
        assert one.contains(other) is all(meets)

    @given(EITHER, *(st.one_of(st.none(), ENDS) for _ in range(2)))
    def test_what_can_be_is_covered_or_excluded_as_its_values_say(
        self, both: Standard, least: Fraction | None, greatest: Fraction | None
    ) -> None:
        assume(least is None or greatest is None or least <= greatest)
        ends = [Standard.at_least(end) for end in (least, greatest) if end is not None]
        possible = [
            value
            for value in _telling(both, *ends)
            if (least is None or least <= value) and (greatest is None or value <= greatest)
        ]
        assert both.covers(least, greatest) is all(map(both.is_met, possible))
        assert both.excludes(least, greatest) is not any(map(both.is_met, possible))

    @given(EITHER)
    def test_nothing_beyond_its_outermost_ends_will_do(self, both: Standard) -> None:
        low, high, open_ends = both.outermost
        for value in _telling(both):
            beyond = (low is not None and value < low) or (high is not None and value > high) or value in open_ends
            assert not (beyond and both.is_met(value))
        assert all(both.is_met(end) for end in (low, high) if end is not None and end not in open_ends)
        assert all(each.outermost == (each.low, each.high, each.open_ends) for each in both.either)

    @pytest.mark.parametrize(
        ("given", "kind", "path"),
        [
            ({"either": [Standard.at_least(1)]}, OutOfBounds, "either"),
            ({"either": [Standard.at_least(1), Standard.at_least(1)]}, GivenTwice, "either"),
            ({"either": [Standard.at_most(1), Standard.at_least(1)]}, OutOfBounds, "either"),
            ({"low": 3, "either": [Standard.at_least(1), Standard.at_least(2)]}, OutOfBounds, "low"),
            ({"high": 3, "either": [Standard.at_least(1), Standard.at_least(2)]}, OutOfBounds, "high"),
            ({"open_ends": [3], "either": [Standard.at_least(1), Standard.at_least(2)]}, OutOfBounds, "open_ends"),
            (
                {"either": [Standard.at_least(5), Standard.one_of(Standard.at_least(1), Standard.at_least(2))]},
                OutOfBounds,
                "either[1]",
            ),
        ],
    )
    def test_what_is_no_choice_of_two_is_refused(self, given: dict[str, object], kind: type, path: str) -> None:
        with pytest.raises(GoalModelError) as found:
            Standard(**given)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        assert (type(found.value), str(found.value.field)) == (kind, path)


class TestCommits:
    """A commit on either of two is kept exactly where one of them is, by each figure that is judged."""

    @given(EITHER, MANNERS, READ)
    def test_in_the_end_it_is_kept_where_one_of_the_two_is(
        self, both: Standard, manner: Manner, read: dict[dt.date, int]
    ) -> None:
        """What is held is kept where each reading meets one of the two, whichever."""
        known = Series.of(Measure("anything"), read)
        found = _owed(both, manner).attainment(known, as_of=DUE)
        apart = [_owed(each, manner).attainment(known, as_of=DUE) for each in both.either]
        if isinstance(manner, Held):
            met = {on: Fraction(both.is_met(value)) for on, value in read.items()}
            same = _owed(Standard.at_least(1), manner).attainment(Series.of(Measure("anything"), met), as_of=DUE)
            assert found is same
        assert found is KEPT if KEPT in apart else (isinstance(manner, Held) or found is not KEPT)

    @given(EITHER, MANNERS, READ, DAYS, LIMITS)
    def test_before_the_end_it_is_not_kept_only_where_neither_can_be(
        self,
        both: Standard,
        manner: Manner,
        read: dict[dt.date, int],
        as_of: dt.date,
        limits: tuple[int | None, int | None],
    ) -> None:
        lowest, highest = limits
        measure = Measure("anything", aggregation=Aggregation.LAST, lowest=lowest, highest=highest)
        known = Series.of(measure, read)
        found = _owed(both, manner, measure).attainment(known, as_of=as_of)
        apart = [_owed(each, manner, measure).attainment(known, as_of=as_of) for each in both.either]
        if KEPT in apart:
            assert found is KEPT
        if found is NOT_KEPT:
            assert set(apart) == {NOT_KEPT}

    @given(EITHER, READ)
    def test_the_deciding_reading_is_as_short_as_of_the_closer_one(
        self, both: Standard, read: dict[dt.date, int]
    ) -> None:
        for manner, extreme in ((Reached(), min), (Held(FIRST), max)):
            found = _owed(both, manner).assess(Series.of(Measure("anything"), read), as_of=DUE)
            short = [both.distance(value) for value in read.values()]
            assert found.distance == (extreme(short) if short else None)

    @given(EITHER, DAYS)
    def test_an_amendment_may_change_them(self, both: Standard, since: dt.date) -> None:
        commit = _owed(both, Reached())
        eased = attrs.evolve(
            _owed(both.either[0], Reached()), amendments=[Amendment(since, both, "one of the two is enough")]
        )
        assert eased.changes == (
            (StandardChange.RAISED,) if both.either[0].contains(both) else (StandardChange.LOWERED,)
        )
        assert commit.standard == eased.standards[-1][1]


class TestAllowance:
    """Of a sum it is what the higher of two ceilings leaves; with one that has none, nothing can be used up."""

    @given(st.integers(0, 20), st.integers(0, 20), READ)
    def test_the_higher_ceiling_is_the_total(self, one: int, other: int, read: dict[dt.date, int]) -> None:
        measure = Measure("anything", aggregation=Aggregation.SUM, lowest=0)
        known = Series.of(measure, {on: abs(value) for on, value in read.items()})
        standard = Standard.one_of(Standard.at_most(one), Standard.at_most(other))
        found = _owed(standard, AsAWhole(), measure).assess(known, as_of=DUE)
        assert found.allowance is not None
        assert found.allowance.total == max(one, other)
        assert found.allowance.counted_in is AllowedIn.AMOUNT
        assert found.allowance.left is not None
        assert (found.allowance.left < 0) is (found.attainment is NOT_KEPT)
        apart = Standard.one_of(Standard.at_most(one), Standard.at_least(one + other + 1))
        assert _owed(apart, AsAWhole(), measure).assess(known, as_of=DUE).allowance is None
