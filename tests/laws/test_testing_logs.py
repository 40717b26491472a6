"""The strategies for what fits together keep what they promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings, strategies as st
from hypothesis.errors import NoSuchExample

from goalmodel import Commit, GoalModel, HealthBands, KeyResult, Kpi, Measure, Reached, Series, Standard, replay
from goalmodel.commit import AsAWhole, Held, OnDueDate
from goalmodel.events import (
    BandsChanged,
    BaselineRestated,
    CapacityChanged,
    CarriedOver,
    ConsentRecorded,
    DaysExcluded,
    Deferred,
    Demoted,
    DeviationAccepted,
    Dropped,
    Edited,
    EnteredInError,
    GoodToKnowChanged,
    Learnt,
    Promoted,
    Proposed,
    PutOnHold,
    Rebased,
    Resumed,
    Retired,
    StandardAmended,
    TargetRevised,
)
from goalmodel.exact import exact
from goalmodel.key_result import Tiers, Zones
from goalmodel.measure import Cycle
from goalmodel.testing import (
    commits,
    cuts_of,
    dates,
    event_logs,
    everyday_numbers,
    everyday_shares,
    everyday_ways,
    goal_models,
    key_results,
    kpis,
    manners,
    on_thresholds,
    series_about,
    values_about,
)

LOOK_LONG = settings(max_examples=3_000, database=None, derandomize=True, phases=[Phase.generate])
QUARTER = Cycle.quarter(2026, 4)
POINTS = Measure("satisfaction", unit="points")
WATCHED = Kpi(id="kpi", measure=POINTS, bands=HealthBands.at_least(8, watch=7.5))
MOVED = KeyResult(id="kr", measure=POINTS, baseline=8, target=9, cycle=QUARTER)
OWED = Commit(
    manner=Reached(),
    id="commit",
    measure=POINTS,
    standard=Standard.within(8, 9),
    due=QUARTER.end,
    declared_on=QUARTER.start,
)
A_MODEL = GoalModel(kpis=[WATCHED], key_results=[MOVED], commits=[OWED])
HAPPENINGS = (
    Proposed,
    Deferred,
    Promoted,
    Demoted,
    DeviationAccepted,
    BandsChanged,
    Rebased,
    DaysExcluded,
    PutOnHold,
    Resumed,
    Edited,
    EnteredInError,
    TargetRevised,
    BaselineRestated,
    StandardAmended,
    ConsentRecorded,
    CapacityChanged,
    GoodToKnowChanged,
    CarriedOver,
    Dropped,
    Retired,
    Learnt,
)


class TestEventLogs:
    """Events that fit a model are taken by it, all of them, in their order."""

    @given(st.data())
    def test_every_log_can_be_replayed(self, data: st.DataObject) -> None:
        model = data.draw(goal_models(max_goals=2))
        log = data.draw(event_logs(model))
        assert replay(model, log).events == (*model.events, *log)
        assert all(earlier.on <= later.on for earlier, later in pairwise(log))

    @given(st.data())
    def test_a_log_goes_on_behind_the_events_there_are(self, data: st.DataObject) -> None:
        after = replay(A_MODEL, data.draw(event_logs(A_MODEL)))
        replay(after, data.draw(event_logs(after)))

    def test_everything_happens(self) -> None:
        seen: set[type[object]] = set()

        def all_are_seen(log: Sequence[object]) -> bool:
            seen.update(map(type, log))
            return seen.issuperset(HAPPENINGS)

        with suppress(NoSuchExample):
            find(event_logs(A_MODEL), all_are_seen, settings=LOOK_LONG)
        assert not set(HAPPENINGS) - seen


class TestValuesAbout:
    """Values about a goal lie on its thresholds as well."""

    @pytest.mark.parametrize(
        ("goal", "cut"),
        [
            (WATCHED, Fraction(8)),
            (WATCHED, Fraction(15, 2)),
            (MOVED, Fraction(8)),
            (MOVED, Fraction(87, 10)),
            (MOVED, Fraction(9)),
            (OWED, Fraction(9)),
        ],
    )
    def test_values_lie_on_every_cut_and_beside_it(self, goal: Kpi | KeyResult | Commit, cut: Fraction) -> None:
        values = values_about(goal)
        assert find(values, lambda value: exact(value, "value") == cut, settings=LOOK_LONG) is not None
        assert find(values, lambda value: 0 < abs(exact(value, "value") - cut) < 1, settings=LOOK_LONG) is not None

    @given(st.one_of(kpis(), key_results(), commits()), st.data())
    def test_series_are_about_the_measure_of_the_goal(
        self, goal: Kpi | KeyResult | Commit, data: st.DataObject
    ) -> None:
        found: Series = data.draw(series_about(goal))
        assert found.measure == goal.measure
        assert all(isinstance(cut, Fraction) for cut in cuts_of(goal))

    def test_what_a_path_leads_through_is_a_cut(self) -> None:
        way: dict[str, Any] = {"id": "kr", "measure": POINTS, "baseline": 8, "target": 10, "cycle": QUARTER}
        assert Fraction(43, 5) in cuts_of(KeyResult(**way, path=Tiers.of(commit=8.6, target=9.4)))
        assert Fraction(9) in cuts_of(KeyResult(**way, path=Zones.along("good", 9, "better")))

    def test_what_nobody_has_said_has_no_cuts(self) -> None:
        assert cuts_of(Kpi(id="kpi", measure=POINTS)) == ()
        assert cuts_of(KeyResult(id="kr", measure=POINTS, baseline=None, target=9, cycle=QUARTER)) == (Fraction(9),)


class TestEveryday:
    """Everyday numbers are what people write down."""

    @given(everyday_numbers(), everyday_numbers(above_zero=True), everyday_shares(most=2))
    def test_they_are_short(self, number: Fraction, above: Fraction, share: Fraction) -> None:
        assert 100 % number.denominator == 0
        assert abs(number) <= 1_000
        assert above > 0
        assert 0 <= share <= 2

    @given(dates(), st.data())
    def test_what_is_held_is_held_from_the_day_that_is_asked_for(self, since: dt.date, data: st.DataObject) -> None:
        manner = data.draw(manners(since=st.just(since)))
        assert manner in {Reached(), OnDueDate(), AsAWhole(), Held(since)}

    @given(everyday_ways())
    def test_a_way_leads_somewhere(self, way: tuple[Fraction, Fraction]) -> None:
        assert way[0] != way[1]

    @given(on_thresholds())
    def test_a_value_on_a_threshold_is_so_many_tenths_of_the_way(self, found: tuple[Fraction, ...]) -> None:
        start, end, value = found
        assert (value - start) / (end - start) * 10 in range(3, 10)
