"""Key results by what they count, by hand: the two sums, pooled shares, what can't be, and what no line leads to."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from goalmodel import Cycle, KeyResult, Measure, Scale, Series
from goalmodel.errors import OutOfBounds
from goalmodel.key_result import Counting, Milestone, Milestones, Occasions, Sum, Zones
from goalmodel.measure import Aggregation

WEEKS = Cycle(dt.date(2026, 10, 1), dt.date(2026, 12, 30))
"""Thirteen of them."""


def _week(number: int) -> dt.date:
    return WEEKS.start + dt.timedelta(days=7 * number - 1)


def _moved(
    baseline: float, target: float, counting: Counting, measure: Measure | None = None, *, path: Zones | None = None
) -> KeyResult:
    its_measure = Measure("anything") if measure is None else measure
    return KeyResult(
        id="kr", measure=its_measure, baseline=baseline, target=target, cycle=WEEKS, counting=counting, path=path
    )


def _weekly(*values: float, measure: Measure | None = None) -> Series:
    its_measure = Measure("anything") if measure is None else measure
    return Series.of(its_measure, {_week(number): value for number, value in enumerate(values, start=1)})


class TestTheTwoSums:
    """41 clients and two more entries; the leads of a quarter (K1, K2, K2b)."""

    def test_added_to_the_baseline(self) -> None:
        found = _moved(41, 50, Sum.ADDED).assess(_weekly(0.5, 1), as_of=WEEKS.end)
        assert found.current_value == Fraction(85, 2)
        assert found.score is not None
        assert found.score.raw == Fraction(1, 6)

    @pytest.mark.parametrize(
        ("baseline", "target", "total", "week", "score"),
        [
            (50, 30, 4, 1, Fraction(-1, 10)),
            (100, 130, 50, None, 0),
            (100, 130, 65, None, 1),
            (100, 130, 115, 13, Fraction(1, 2)),
            (0, 13, 1, 1, Fraction(1, 13)),
        ],
    )
    def test_a_total_of_its_time(
        self, baseline: int, target: int, total: int, week: int | None, score: Fraction | int
    ) -> None:
        cycle = WEEKS if week else Cycle(dt.date(2026, 10, 1), dt.date(2026, 12, 29))
        day = _week(week) if week else dt.date(2026, 11, 14)
        flow = KeyResult(
            id="kr", measure=Measure("leads"), baseline=baseline, target=target, cycle=cycle, counting=Sum.TOTAL
        )
        found = flow.assess(Series.of(flow.measure, {day: total}), as_of=day)
        assert found.score is not None
        assert found.score.raw == score
        assert found.current_value == total
        assert found.original_score == found.score
        assert (found.expected is None) is bool(baseline)

    def test_neither_named(self) -> None:
        with pytest.raises(OutOfBounds, match=r"Sum\.ADDED or Sum\.TOTAL"):
            _moved(50, 30, Aggregation.SUM)


def test_a_pooled_share_is_that_of_all_cases() -> None:
    seen = Measure("seen", unit="percent")
    shares = Series.shares(seen, {_week(1): (90, 100), _week(2): (1, 10)})
    found = _moved(0, 80, Aggregation.MEAN, seen).assess(shares, as_of=WEEKS.end)
    assert found.score is not None
    assert (found.current_value, found.score.raw) == (Fraction(9100, 110), Fraction(9100, 8800))


class TestWhatCanNotBe:
    """Neither forecast nor counted (K3, K4, K6, K10)."""

    def test_no_more_than_all_is_forecast(self) -> None:
        share = Measure("share", unit="percent", lowest=0, highest=100)
        found = _moved(80, 90, Aggregation.LAST, share).assess(
            _weekly(82, 85, 88, 91, 94, measure=share), as_of=_week(5)
        )
        assert found.forecast.value == found.forecast.high == Fraction(100)
        falling = _moved(80, 10, Aggregation.LAST, share).assess(_weekly(60, 45, 30, 15, measure=share), as_of=_week(4))
        assert falling.forecast.value == falling.forecast.low == Fraction(0)

    def test_no_more_races_than_there_are(self) -> None:
        found = _moved(0, 12, Occasions(24)).assess(_weekly(1, 1, 1, 1), as_of=_week(4))
        assert found.forecast.value == 13
        more = _moved(0, 10, Occasions(12)).assess(_weekly(1, 1, 1, 1), as_of=_week(4))
        assert more.forecast.value == 12

    def test_what_can_only_grow_does_not_shrink(self) -> None:
        clients = Measure("clients", lowest=0)
        found = _moved(41, 50, Sum.ADDED, clients).assess(_weekly(9, 3, 1, 0, measure=clients), as_of=_week(4))
        assert found.forecast.low is not None
        assert found.forecast.low >= 54
        lost = Measure("clients lost", highest=0)
        gone = _moved(0, -50, Aggregation.SUM, lost).assess(_weekly(-9, -3, -1, 0, measure=lost), as_of=_week(4))
        assert gone.forecast.high is not None
        assert gone.forecast.high <= -13

    @pytest.mark.parametrize(
        ("scale", "path"),
        [(Scale.RATIO, Zones(labels=["none", "bronze", "gold"], cuts=[3, 6])), (Scale.ORDINAL, None)],
    )
    def test_no_line_leads_through_ranks(self, scale: Scale, path: Zones | None) -> None:
        medal = Measure("medal", scale=scale)
        found = _moved(0, 9, Aggregation.LAST, medal, path=path).assess(
            _weekly(1, 2, 3, 4, measure=medal), as_of=_week(4)
        )
        assert [each.code for each in found.forecast.reasons] == ["forecast-no-distances"]

    @pytest.mark.parametrize(("value", "came_to"), [(-1, None), (0, 0), (2, 2), (2.1, None), (5, None)])
    def test_milestones_below_none_or_above_all(self, value: float, came_to: int | None) -> None:
        both = Milestones([Milestone("one"), Milestone("two")])
        found = _moved(0, 2, both).assess(_weekly(value), as_of=WEEKS.end)
        assert found.current_value == came_to


def test_one_in_order_is_expected_after_those_before_it() -> None:
    """The second is dated before the first (K11)."""
    dates = (dt.date(2026, 11, 30), dt.date(2026, 10, 31))
    for in_order, expected in ((True, 0), (False, 1)):
        game = Milestones([Milestone("one", due=dates[0]), Milestone("two", due=dates[1])], in_order=in_order)
        assert _moved(0, 2, game).expected_value(dt.date(2026, 11, 15)) == expected
        assert _moved(0, 2, game).expected_value(dt.date(2026, 11, 30)) == 2


@pytest.mark.parametrize(
    ("scale", "counting", "is_taken"),
    [
        (Scale.NOMINAL, Aggregation.MEAN, False),
        (Scale.NOMINAL, Aggregation.GREATEST, False),
        (Scale.ORDINAL, Aggregation.GREATEST, True),
        (Scale.ORDINAL, Aggregation.MEAN, False),
        (Scale.ORDINAL, Occasions(24), False),
        (Scale.INTERVAL, Aggregation.MEAN, True),
        (Scale.INTERVAL, Sum.ADDED, False),
        (Scale.RATIO, Sum.TOTAL, True),
    ],
)
def test_a_scale_says_what_may_be_counted(scale: Scale, counting: Counting, *, is_taken: bool) -> None:
    """The mean of names means nothing (K12)."""
    measure = Measure("anything", scale=scale)
    if is_taken:
        assert _moved(0, 5, counting, measure).counting == counting
        return
    with pytest.raises(OutOfBounds) as refused:
        _moved(0, 5, counting, measure)
    assert str(refused.value.field) == "counting"
