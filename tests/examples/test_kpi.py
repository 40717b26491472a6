"""KPIs by hand: health below, on and above every cut, freshness to the day, and the worked examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import inf, nan
from typing import Any, cast

import attrs
import pytest

from goalmodel import (
    Absence,
    Cadence,
    GoalModelError,
    Heading,
    Health,
    HealthBands,
    Kpi,
    KpiAssessment,
    Measure,
    Polarity,
    Reading,
    Series,
    Standing,
    Zone,
)
from goalmodel.errors import (
    EmptyText,
    NotADate,
    NotANumber,
    NotFinite,
    NotOneHealthyZone,
    OutOfBounds,
    OutOfOrder,
    WrongMeasure,
    WrongType,
)
from goalmodel.kpi import Streaks
from goalmodel.measure import Number

HEALTHY, WATCH, UNHEALTHY, UNKNOWN = Health.HEALTHY, Health.WATCH, Health.UNHEALTHY, Health.UNKNOWN

STEPS = Measure("daily steps", unit="steps", lowest=0)
WALKING = Kpi(id="walking", measure=STEPS, bands=HealthBands.at_least(8_000, watch=6_000), cadence=Cadence.DAILY)

BMI = Measure("body mass index", unit="kg/m²", polarity=Polarity.IN_RANGE_IS_BETTER, lowest=0)
WEIGHT = Kpi(id="bmi", measure=BMI, bands=HealthBands.between(18.5, 24.9, watch_low=17, watch_high=29.9))

SATISFACTION = Measure("customer satisfaction", unit="points", lowest=0, highest=10)
CSAT = Kpi(id="csat", measure=SATISFACTION, bands=HealthBands.at_least(8.0, watch=7.5), cadence=Cadence.MONTHLY)

UPTIME = Measure("uptime", unit="percent", lowest=0, highest=100)
AVAILABILITY = Kpi(id="uptime", measure=UPTIME, bands=HealthBands.at_least(99, watch=98), cadence=Cadence.MONTHLY)

SYSTOLIC = HealthBands.along(
    Zone("normal", HEALTHY),
    119,
    Zone("elevated", WATCH),
    129,
    Zone("stage 1", UNHEALTHY),
    139,
    Zone("stage 2", UNHEALTHY),
    180,
    Zone("crisis", UNHEALTHY),
)

BANDS = {
    "a floor": HealthBands.at_least(8),
    "a floor with watch": HealthBands.at_least(8, watch=7.5),
    "a ceiling": HealthBands.at_most(10),
    "a ceiling with watch": HealthBands.at_most(10, watch=12),
    "two sides": HealthBands.between(5, 9),
    "two sides with watch": HealthBands.between(5, 9, watch_low=4, watch_high=11),
    "two sides with watch below": HealthBands.between(5, 9, watch_low=4),
    "two sides with watch above": HealthBands.between(5, 9, watch_high=11),
    "a single point": HealthBands.between(5, 5),
    "a single point with watch": HealthBands.between(5, 5, watch_low=4, watch_high=6),
}


def _month_end(index: int) -> dt.date:
    """Return the last day of a month, counted from January 2025 as 0."""
    year, month = divmod(index + 1, 12)
    return dt.date(2025 + year, month + 1, 1) - dt.timedelta(days=1)


def _monthly(measure: Measure, *values: Number | Absence) -> Series:
    return Series.of(measure, {_month_end(index): value for index, value in enumerate(values)})


def _codes(assessment: KpiAssessment) -> list[str]:
    return [reason.code for reason in assessment.explained]


class TestHealth:
    """A cut belongs to the healthier side."""

    @pytest.mark.parametrize(
        ("bands", "value", "health"),
        [
            ("a floor", 7.9999, UNHEALTHY),
            ("a floor", 8, HEALTHY),
            ("a floor", 8.0001, HEALTHY),
            ("a floor with watch", 7.4999, UNHEALTHY),
            ("a floor with watch", 7.5, WATCH),
            ("a floor with watch", 7.5001, WATCH),
            ("a floor with watch", 7.9999, WATCH),
            ("a floor with watch", 8, HEALTHY),
            ("a ceiling", 9.9999, HEALTHY),
            ("a ceiling", 10, HEALTHY),
            ("a ceiling", 10.0001, UNHEALTHY),
            ("a ceiling with watch", 10, HEALTHY),
            ("a ceiling with watch", 10.0001, WATCH),
            ("a ceiling with watch", 11.9999, WATCH),
            ("a ceiling with watch", 12, WATCH),
            ("a ceiling with watch", 12.0001, UNHEALTHY),
            ("two sides", 4.9999, UNHEALTHY),
            ("two sides", 5, HEALTHY),
            ("two sides", 9, HEALTHY),
            ("two sides", 9.0001, UNHEALTHY),
            ("two sides with watch", 3.9999, UNHEALTHY),
            ("two sides with watch", 4, WATCH),
            ("two sides with watch", 4.9999, WATCH),
            ("two sides with watch", 5, HEALTHY),
            ("two sides with watch", 9, HEALTHY),
            ("two sides with watch", 9.0001, WATCH),
            ("two sides with watch", 11, WATCH),
            ("two sides with watch", 11.0001, UNHEALTHY),
            ("two sides with watch below", 3.9999, UNHEALTHY),
            ("two sides with watch below", 4, WATCH),
            ("two sides with watch below", 9.0001, UNHEALTHY),
            ("two sides with watch above", 4.9999, UNHEALTHY),
            ("two sides with watch above", 11, WATCH),
            ("two sides with watch above", 11.0001, UNHEALTHY),
            ("a single point", 4.9999, UNHEALTHY),
            ("a single point", 5, HEALTHY),
            ("a single point", 5.0001, UNHEALTHY),
            ("a single point with watch", 3.9999, UNHEALTHY),
            ("a single point with watch", 4, WATCH),
            ("a single point with watch", 4.9999, WATCH),
            ("a single point with watch", 5, HEALTHY),
            ("a single point with watch", 5.0001, WATCH),
            ("a single point with watch", 6, WATCH),
            ("a single point with watch", 6.0001, UNHEALTHY),
        ],
    )
    def test_below_on_and_above_every_cut(self, bands: str, value: Number, health: Health) -> None:
        assert BANDS[bands].health(value) is health

    @pytest.mark.parametrize(
        ("systolic", "zone"),
        [
            (60, "normal"),
            (119, "normal"),
            (120, "elevated"),
            (129, "elevated"),
            (130, "stage 1"),
            (139, "stage 1"),
            (140, "stage 2"),
            (180, "stage 2"),
            (181, "crisis"),
        ],
    )
    def test_blood_pressure_has_five_zones(self, systolic: int, zone: str) -> None:
        assert SYSTOLIC.zone(systolic).name == zone

    @pytest.mark.parametrize("value", [0.1 + 0.2, 0.3, Decimal("0.30"), Fraction(3, 10)])
    def test_a_computed_float_on_the_cut_lies_on_it(self, value: Number) -> None:
        assert HealthBands.at_least(0.3).health(value) is HEALTHY
        assert HealthBands.at_most(0.3).health(value) is HEALTHY

    def test_a_mean_of_readings_on_the_cut_lies_on_it(self) -> None:
        assert HealthBands.at_least(95, watch=90).health(94.99999999999999) is HEALTHY

    @pytest.mark.parametrize(
        ("bands", "low", "high"),
        [
            ("a floor with watch", 8, None),
            ("a ceiling with watch", None, 10),
            ("two sides with watch", 5, 9),
            ("a single point", 5, 5),
        ],
    )
    def test_the_healthy_zone_ends_at_its_edges(self, bands: str, low: int | None, high: int | None) -> None:
        assert (BANDS[bands].low, BANDS[bands].high) == (low, high)

    @pytest.mark.parametrize(
        ("bands", "value", "nearest"),
        [
            ("a floor", 7, 8),
            ("a floor", 8, 8),
            ("a floor", 12, 12),
            ("a ceiling", 9, 9),
            ("a ceiling", 10, 10),
            ("a ceiling", 11, 10),
            ("two sides with watch", 3, 5),
            ("two sides with watch", 5, 5),
            ("two sides with watch", 6.5, 6.5),
            ("two sides with watch", 9, 9),
            ("two sides with watch", 20, 9),
        ],
    )
    def test_the_nearest_healthy_value_is_itself_or_an_edge(self, bands: str, value: Number, nearest: Number) -> None:
        assert BANDS[bands].nearest_healthy(value) == Fraction(nearest)

    def test_bands_say_the_same_in_every_way_they_can_be_built(self) -> None:
        unhealthy, watch, healthy = Zone("unhealthy", UNHEALTHY), Zone("on watch", WATCH), Zone("healthy", HEALTHY)
        bands = HealthBands.at_least(8, watch=7.5)
        assert bands == HealthBands(cuts=[7.5, 8.0], zones=[unhealthy, watch, healthy])
        assert bands == HealthBands.along(unhealthy, Decimal("7.5"), watch, Fraction(8), healthy)
        assert hash(bands) == hash(HealthBands.at_least(Decimal("8.00"), watch=Fraction(15, 2)))


class TestRefusedBands:
    """What can't be bands is refused, with the field and what was given."""

    @pytest.mark.parametrize(
        ("edge", "watch"),
        [(8, 8), (8, 8.0001), (8, 9), (0.3, 0.1 + 0.2)],
    )
    def test_the_watch_of_a_floor_lies_below_it(self, edge: Number, watch: Number) -> None:
        with pytest.raises(OutOfOrder) as refused:
            HealthBands.at_least(edge, watch=watch)
        assert (str(refused.value.field), refused.value.given) == ("watch", watch)

    @pytest.mark.parametrize(("edge", "watch"), [(8, 8), (8, 7.9999), (8, -9), (0.3, 0.1 + 0.2)])
    def test_the_watch_of_a_ceiling_lies_above_it(self, edge: Number, watch: Number) -> None:
        with pytest.raises(OutOfOrder) as refused:
            HealthBands.at_most(edge, watch=watch)
        assert (str(refused.value.field), refused.value.given) == ("watch", watch)

    def test_the_high_edge_is_not_below_the_low_one(self) -> None:
        with pytest.raises(OutOfOrder) as refused:
            HealthBands.between(9, 8.9999)
        assert (str(refused.value.field), refused.value.given) == ("high", 8.9999)

    @pytest.mark.parametrize(("watch_low", "watch_high", "field"), [(5, None, "watch_low"), (None, 9, "watch_high")])
    def test_the_watch_of_two_sides_lies_outside(
        self, watch_low: Number | None, watch_high: Number | None, field: str
    ) -> None:
        with pytest.raises(OutOfOrder) as refused:
            HealthBands.between(5, 9, watch_low=watch_low, watch_high=watch_high)
        assert str(refused.value.field) == field

    @pytest.mark.parametrize(
        ("cuts", "field"),
        [
            ((4, 3, 5), "cuts[1]"),
            ((3, 5, 4), "cuts[2]"),
            ((3, 3, 5), "cuts[1]"),
            ((3, 5, 5), "cuts[2]"),
        ],
    )
    def test_cuts_rise_and_only_those_of_a_healthy_point_are_equal(self, cuts: tuple[int, ...], field: str) -> None:
        zones = (Zone("low", UNHEALTHY), Zone("fine", HEALTHY), Zone("high", WATCH), Zone("very high", UNHEALTHY))
        if cuts[0] == cuts[1]:
            zones = (Zone("very low", UNHEALTHY), Zone("low", WATCH), Zone("fine", HEALTHY), Zone("high", UNHEALTHY))
        with pytest.raises(OutOfOrder) as refused:
            HealthBands(cuts=cuts, zones=zones)
        assert str(refused.value.field) == field

    def test_the_cuts_of_a_healthy_point_are_equal(self) -> None:
        zones = (Zone("low", UNHEALTHY), Zone("fine", HEALTHY), Zone("high", UNHEALTHY))
        assert HealthBands(cuts=(3, 3), zones=zones) == HealthBands.along(zones[0], 3, zones[1], 3, zones[2])

    @pytest.mark.parametrize(
        "line",
        [
            (),
            (UNHEALTHY, WATCH),
            (HEALTHY, HEALTHY),
            (HEALTHY, WATCH, HEALTHY),
            (HEALTHY, UNHEALTHY, WATCH),
            (WATCH, UNHEALTHY, HEALTHY),
            (UNHEALTHY, HEALTHY, UNHEALTHY, WATCH),
            (UNKNOWN, HEALTHY),
        ],
    )
    def test_health_falls_away_from_exactly_one_healthy_zone(self, line: tuple[Health, ...]) -> None:
        zones = [Zone(f"zone {index}", health) for index, health in enumerate(line)]
        with pytest.raises(NotOneHealthyZone) as refused:
            HealthBands(cuts=range(1, len(line)), zones=zones)
        assert str(refused.value.field) == "zones"

    def test_a_line_without_a_cut_is_no_bands(self) -> None:
        with pytest.raises(OutOfOrder):
            HealthBands.along(Zone("fine", HEALTHY))

    def test_a_line_that_ends_with_a_cut_is_no_bands(self) -> None:
        with pytest.raises(NotOneHealthyZone):
            HealthBands.along(Zone("low", UNHEALTHY), 3, Zone("fine", HEALTHY), 5)

    def test_the_line_is_zones_and_cuts_in_turn(self) -> None:
        with pytest.raises(NotANumber) as number:
            HealthBands.along(Zone("low", UNHEALTHY), Zone("fine", HEALTHY))
        assert str(number.value.field) == "line[1]"
        with pytest.raises(WrongType) as zone:
            HealthBands.along(Zone("low", UNHEALTHY), 3, 5)
        assert str(zone.value.field) == "line[2]"

    @pytest.mark.parametrize(
        ("given", "error"),
        [(nan, NotFinite), (inf, NotFinite), (-inf, NotFinite), (True, NotANumber), ("8", NotANumber)],
    )
    @pytest.mark.parametrize("field", ["edge", "watch", "low", "high", "watch_low", "watch_high", "value", "cuts[1]"])
    def test_what_is_not_a_finite_number_is_no_cut_and_has_no_health(
        self, field: str, given: object, error: type[GoalModelError]
    ) -> None:
        number = cast("Number", given)
        bands = HealthBands.at_least(8)
        doors: dict[str, list[Callable[[], object]]] = {
            "edge": [lambda: HealthBands.at_least(number), lambda: HealthBands.at_most(number)],
            "watch": [lambda: HealthBands.at_least(8, watch=number), lambda: HealthBands.at_most(8, watch=number)],
            "low": [lambda: HealthBands.between(number, 9)],
            "high": [lambda: HealthBands.between(5, number)],
            "watch_low": [lambda: HealthBands.between(5, 9, watch_low=number)],
            "watch_high": [lambda: HealthBands.between(5, 9, watch_high=number)],
            "value": [
                lambda: bands.zone(number),
                lambda: bands.health(number),
                lambda: bands.excess(number),
                lambda: bands.nearest_healthy(number),
                lambda: WALKING.health(number),
                lambda: WALKING.excess(number),
                lambda: attrs.evolve(WALKING, bands=None).health(number),
                lambda: attrs.evolve(WALKING, bands=None).excess(number),
                lambda: attrs.evolve(WEIGHT, bands=None).excess(number),
            ],
            "cuts[1]": [lambda: HealthBands(cuts=(3, number), zones=bands.zones)],
        }
        for door in doors[field]:
            with pytest.raises(error) as refused:
                door()
            assert str(refused.value.field) == field

    @pytest.mark.parametrize(("name", "error"), [("", EmptyText), (" ", EmptyText), (8, WrongType)])
    def test_a_zone_has_a_name(self, name: object, error: type[GoalModelError]) -> None:
        with pytest.raises(error) as refused:
            Zone(cast("str", name), HEALTHY)
        assert str(refused.value.field) == "name"

    def test_a_zone_has_a_health_and_not_its_name(self) -> None:
        with pytest.raises(WrongType) as refused:
            Zone("fine", cast("Health", "healthy"))
        assert str(refused.value.field) == "health"

    def test_cuts_and_zones_are_several(self) -> None:
        with pytest.raises(WrongType) as cuts:
            HealthBands(cuts=cast("list[Number]", 8), zones=BANDS["a floor"].zones)
        assert str(cuts.value.field) == "cuts"
        with pytest.raises(WrongType) as zones:
            HealthBands(cuts=[8], zones=cast("list[Zone]", [Zone("low", UNHEALTHY), HEALTHY]))
        assert str(zones.value.field) == "zones[1]"


class TestExcess:
    """Above 0 outside, 0 on an edge, below 0 inside, by the distance to the nearer edge."""

    @pytest.mark.parametrize(
        ("bands", "value", "excess"),
        [
            ("a floor", 7, 1),
            ("a floor", 8, 0),
            ("a floor", 9, -1),
            ("a floor with watch", 7, 1),
            ("a ceiling", 9, -1),
            ("a ceiling", 10, 0),
            ("a ceiling", 11, 1),
            ("two sides", 4, 1),
            ("two sides", 5, 0),
            ("two sides", 6, -1),
            ("two sides", 7, -2),
            ("two sides", 8, -1),
            ("two sides", 9, 0),
            ("two sides", 10, 1),
            ("a single point", 4, 1),
            ("a single point", 5, 0),
            ("a single point", 6, 1),
        ],
    )
    def test_around_every_edge(self, bands: str, value: int, excess: int) -> None:
        assert BANDS[bands].excess(value) == excess
        assert Kpi(id="any", measure=Measure("anything"), bands=BANDS[bands]).excess(value) == excess

    @pytest.mark.parametrize(
        ("polarity", "excess"),
        [
            (Polarity.HIGHER_IS_BETTER, Fraction(-17, 2)),
            (Polarity.LOWER_IS_BETTER, Fraction(17, 2)),
            (Polarity.IN_RANGE_IS_BETTER, None),
        ],
    )
    def test_without_bands_it_follows_the_polarity(self, polarity: Polarity, excess: Fraction | None) -> None:
        assert Kpi(id="any", measure=Measure("anything", polarity=polarity)).excess(8.5) == excess


class TestFreshness:
    """A reading is relied on for one period of the cadence and its grace, to the day."""

    @pytest.mark.parametrize(
        ("cadence", "last", "fresh"),
        [
            (Cadence.DAILY, dt.date(2026, 3, 1), dt.date(2026, 3, 3)),
            (Cadence.WEEKLY, dt.date(2026, 3, 1), dt.date(2026, 3, 10)),
            (Cadence.MONTHLY, dt.date(2026, 1, 31), dt.date(2026, 3, 10)),
            (Cadence.MONTHLY, dt.date(2024, 1, 31), dt.date(2024, 3, 10)),
            (Cadence.MONTHLY, dt.date(2026, 2, 28), dt.date(2026, 4, 7)),
            (Cadence.QUARTERLY, dt.date(2026, 3, 31), dt.date(2026, 7, 30)),
            (Cadence.YEARLY, dt.date(2024, 2, 29), dt.date(2025, 6, 29)),
            (Cadence(days=14), dt.date(2026, 3, 1), dt.date(2026, 3, 15)),
            (Cadence(months=1), dt.date(2026, 1, 31), dt.date(2026, 2, 28)),
            (Cadence(months=1, grace_days=1), dt.date(2026, 1, 31), dt.date(2026, 3, 1)),
        ],
    )
    def test_it_is_known_on_the_last_fresh_day_and_unknown_the_day_after(
        self, cadence: Cadence, last: dt.date, fresh: dt.date
    ) -> None:
        kpi = attrs.evolve(CSAT, cadence=cadence)
        series = Series.of(SATISFACTION, {last: 8})
        seen = kpi.assess(series, as_of=fresh)
        unseen = kpi.assess(series, as_of=fresh + dt.timedelta(days=1))
        assert (seen.health, seen.zone) == (HEALTHY, CSAT.bands.zone(8) if CSAT.bands else None)
        assert (unseen.health, unseen.zone, _codes(unseen)[0]) == (UNKNOWN, None, "kpi-stale")
        assert unseen.latest == Reading(last, 8)

    def test_without_a_cadence_no_reading_gets_too_old(self) -> None:
        kpi = attrs.evolve(CSAT, cadence=None)
        series = Series.of(SATISFACTION, {dt.date.min: 7})
        assert kpi.assess(series, as_of=dt.date.max).health is UNHEALTHY

    def test_a_kpi_that_was_never_read_is_unknown(self) -> None:
        seen = CSAT.assess(Series.of(SATISFACTION), as_of=dt.date(2026, 3, 31))
        assert (seen.health, seen.heading, seen.latest, seen.streaks) == (
            UNKNOWN,
            Heading.UNDETERMINED,
            None,
            Streaks(),
        )
        assert _codes(seen) == ["kpi-never-read", "trend-too-few-readings", "trend-too-few-readings"]

    def test_a_reading_from_tomorrow_is_not_seen(self) -> None:
        series = Series.of(SATISFACTION, {dt.date(2026, 3, 31): 8})
        assert CSAT.assess(series, as_of=dt.date(2026, 3, 30)).health is UNKNOWN
        assert CSAT.assess(series, as_of=dt.date(2026, 3, 31)).health is HEALTHY

    @pytest.mark.parametrize("absence", Absence)
    def test_a_stated_absence_is_no_reading(self, absence: Absence) -> None:
        series = Series.of(SATISFACTION, [(dt.date(2026, 2, 28), 8), (dt.date(2026, 3, 31), absence)])
        seen = CSAT.assess(series, as_of=dt.date(2026, 4, 7))
        assert (seen.health, seen.latest) == (HEALTHY, Reading(dt.date(2026, 2, 28), 8))
        assert CSAT.assess(series, as_of=dt.date(2026, 4, 8)).health is UNKNOWN
        only = Series.of(SATISFACTION, {dt.date(2026, 3, 31): absence})
        assert _codes(CSAT.assess(only, as_of=dt.date(2026, 3, 31)))[0] == "kpi-never-read"

    @pytest.mark.parametrize(("value", "is_possible"), [(-0.0001, False), (0, True), (10, True), (10.0001, False)])
    def test_a_value_the_measure_cannot_have_is_no_reading_and_is_named(
        self, value: Number, *, is_possible: bool
    ) -> None:
        series = _monthly(SATISFACTION, 8.2, value)
        seen = CSAT.assess(series, as_of=_month_end(1))
        assert seen.latest == series.readings[is_possible]
        assert ("kpi-out-of-range" in _codes(seen)) is not is_possible
        only = CSAT.assess(_monthly(SATISFACTION, value), as_of=_month_end(0))
        assert (only.health is UNKNOWN) is not is_possible

    def test_without_bands_health_is_unknown(self) -> None:
        kpi = attrs.evolve(CSAT, bands=None)
        seen = kpi.assess(_monthly(SATISFACTION, 8.2), as_of=_month_end(0))
        assert (seen.health, kpi.health(8.2), _codes(seen)[0]) == (UNKNOWN, UNKNOWN, "kpi-no-bands")
        assert seen.streaks == Streaks()

    def test_a_series_of_another_measure_is_refused(self) -> None:
        for measure in (STEPS, attrs.evolve(SATISFACTION, unit="percent")):
            with pytest.raises(WrongMeasure) as refused:
                CSAT.assess(Series.of(measure), as_of=dt.date(2026, 3, 31))
            assert refused.value.field[:2] == ("series", "measure")

    def test_what_is_no_series_no_date_or_no_policy_is_refused(self) -> None:
        series, day = Series.of(SATISFACTION), dt.date(2026, 3, 31)
        with pytest.raises(WrongType):
            CSAT.assess(cast("Series", {day: 8}), as_of=day)
        with pytest.raises(NotADate):
            CSAT.assess(series, as_of=dt.datetime(2026, 3, 31, tzinfo=dt.UTC))
        with pytest.raises(NotADate):
            CSAT.assess(series, as_of=cast("dt.date", "2026-03-31"))
        with pytest.raises(WrongType):
            CSAT.assess(series, as_of=day, policy=cast("None", "strict"))


class TestStreaks:
    """How long the KPI has been as it is."""

    @pytest.mark.parametrize(
        ("values", "in_zone", "healthy", "not_healthy"),
        [
            ((8,), 1, 1, 0),
            ((7.5,), 1, 0, 1),
            ((7.4,), 1, 0, 1),
            ((8, 8.5, 9), 3, 3, 0),
            ((9, 7.9, 8), 1, 1, 0),
            ((9, 7.9, 7.6), 2, 0, 2),
            ((9, 7.4, 7.6), 1, 0, 2),
            ((7, 7.9, 7.6), 2, 0, 3),
            ((7.9, Absence.MISSING, 7.6), 2, 0, 2),
            ((7.9, Absence.MISSING, Absence.NOT_MEASURED, 7.6), 2, 0, 2),
            ((7.9, Absence.MISSING, Absence.MISSING, Absence.MISSING, 7.6), 1, 0, 1),
            ((7.9, Absence.MISSING, 11, Absence.MISSING, 7.6), 1, 0, 1),
            ((7.9, 7.6, Absence.MISSING, Absence.MISSING), 2, 0, 2),
            ((7.9, 7.6, Absence.MISSING, Absence.MISSING, Absence.MISSING), 0, 0, 0),
        ],
    )
    def test_missing_readings_suspend_and_three_in_a_row_end_them(
        self, values: tuple[Number | Absence, ...], in_zone: int, healthy: int, not_healthy: int
    ) -> None:
        streaks = CSAT.assess(_monthly(SATISFACTION, *values), as_of=_month_end(len(values) - 1)).streaks
        assert (streaks.in_zone, streaks.healthy, streaks.not_healthy) == (in_zone, healthy, not_healthy)

    def test_since_is_the_first_reading_in_the_zone(self) -> None:
        series = _monthly(SATISFACTION, 9, 7.9, Absence.MISSING, 7.6)
        assert CSAT.assess(series, as_of=_month_end(3)).streaks.since == _month_end(1)

    @pytest.mark.parametrize("field", ["in_zone", "healthy", "not_healthy"])
    def test_streaks_are_counts(self, field: str) -> None:
        with pytest.raises(OutOfBounds) as refused:
            attrs.evolve(Streaks(), **cast("dict[str, Any]", {field: -1}))
        assert str(refused.value.field) == field
        with pytest.raises(NotADate):
            Streaks(since=cast("dt.date", "2026-03-31"))


class TestRefusedKpis:
    """Each field of a KPI refuses what it can't mean."""

    @pytest.mark.parametrize(
        ("field", "given", "error"),
        [
            ("id", "", EmptyText),
            ("id", 7, WrongType),
            ("measure", "customer satisfaction", WrongType),
            ("bands", 8, WrongType),
            ("cadence", "monthly", WrongType),
            ("serves", 7, WrongType),
            ("serves", [""], EmptyText),
            ("owner", " ", EmptyText),
            ("owner", 7, WrongType),
            ("definition", "", EmptyText),
        ],
    )
    def test_with_the_field_named(self, field: str, given: object, error: type[GoalModelError]) -> None:
        with pytest.raises(error) as refused:
            attrs.evolve(CSAT, **cast("dict[str, Any]", {field: given}))
        assert str(refused.value.field).startswith(field)

    def test_what_it_serves_is_a_set_of_ids(self) -> None:
        assert attrs.evolve(CSAT, serves=["b", "a", "b"]) == attrs.evolve(CSAT, serves=("a", "b"))
        assert attrs.evolve(CSAT, serves="a").serves == ("a",)


class TestWorkedExamples:
    """The examples every release keeps."""

    @pytest.mark.parametrize(
        ("steps", "health"), [(5_999, UNHEALTHY), (6_000, WATCH), (7_999, WATCH), (8_000, HEALTHY), (12_000, HEALTHY)]
    )
    def test_eight_thousand_steps_a_day(self, steps: int, health: Health) -> None:
        day = dt.date(2026, 3, 1)
        seen = WALKING.assess(Series.of(STEPS, {day: steps}), as_of=day)
        assert seen.health is health

    def test_steps_below_the_floor_may_all_be_on_watch(self) -> None:
        bands = HealthBands.along(Zone("on watch", WATCH), 8_000, Zone("healthy", HEALTHY))
        assert [bands.health(steps) for steps in (0, 7_999, 8_000)] == [WATCH, WATCH, HEALTHY]

    def test_a_day_without_steps_counted_is_not_a_day_of_none(self) -> None:
        day = dt.date(2026, 3, 1)
        series = Series.of(STEPS, [(day, 9_000), (day + dt.timedelta(days=1), Absence.NOT_MEASURED)])
        assert WALKING.assess(series, as_of=day + dt.timedelta(days=1)).health is HEALTHY

    @pytest.mark.parametrize(
        ("bmi", "health", "nearest"),
        [
            (16.9, UNHEALTHY, 18.5),
            (17, WATCH, 18.5),
            (18.5, HEALTHY, 18.5),
            (24.9, HEALTHY, 24.9),
            (25, WATCH, 24.9),
            (26.9, WATCH, 24.9),
            (29.9, WATCH, 24.9),
            (30, UNHEALTHY, 24.9),
        ],
    )
    def test_body_mass_index_is_healthy_in_a_range(self, bmi: float, health: Health, nearest: float) -> None:
        assert WEIGHT.health(bmi) is health
        assert WEIGHT.bands is not None
        assert WEIGHT.bands.nearest_healthy(bmi) == Fraction(str(nearest))

    def test_body_mass_index_two_points_down_is_just_healthy(self) -> None:
        assert [WEIGHT.excess(bmi) for bmi in (26.9, 24.9)] == [Fraction(2), Fraction(0)]

    def test_satisfaction_that_drops_for_three_months_is_worse_than_usual_while_it_is_still_on_watch(self) -> None:
        series = _monthly(SATISFACTION, *(8.3, 8.5) * 6, 8.2, 8.1, 7.8)
        months = [CSAT.assess(series, as_of=_month_end(index)) for index in (11, 12, 13, 14)]
        assert [seen.health for seen in months] == [HEALTHY, HEALTHY, HEALTHY, WATCH]
        assert [seen.standing for seen in months] == [Standing.AS_USUAL] * 3 + [Standing.WORSE]
        assert [seen.heading for seen in months] == [Heading.NO_CLEAR_DIRECTION] * 4

    def test_satisfaction_that_fell_to_half_is_not_passed_over(self) -> None:
        usual = (8.2, 8.3, 8.5, 8.4, 8.3, 8.2, 8.4, 8.5, 8.3, 8.2, 8.4, 8.3, 8.4, 8.2)
        seen = CSAT.assess(_monthly(SATISFACTION, *usual, 4.0), as_of=_month_end(14))
        assert (seen.health, seen.standing, seen.heading) == (UNHEALTHY, Standing.WORSE, Heading.NO_CLEAR_DIRECTION)
        assert seen.usual is not None
        assert str(seen.usual.reasons[0]) == (
            "1 reading beyond a natural limit: worse than usual; 4 on 2026-03-31 lies beyond 7.9706, where 8.3333 is "
            "usual"
        )

    def test_what_was_unhealthy_and_rises_is_recovering(self) -> None:
        series = _monthly(SATISFACTION, *(8.3, 8.5) * 6, 6.0, 6.1, 6.2, 6.4, 6.6, 6.9, 7.0, 7.1, 7.2, 7.3, 7.4, 7.45)
        seen = CSAT.assess(series, as_of=_month_end(23))
        assert (seen.health, seen.standing, seen.heading) == (UNHEALTHY, Standing.WORSE, Heading.IMPROVING)
        assert (seen.is_recovering, CSAT.assess(series, as_of=_month_end(11)).is_recovering) == (True, False)

    def test_satisfaction_that_is_healthy_again_is_better_than_usual(self) -> None:
        series = _monthly(SATISFACTION, *(8.3, 8.5) * 6, 8.2, 8.1, 7.9, 8.6, 8.8, 9)
        seen = CSAT.assess(series, as_of=_month_end(17))
        assert (seen.health, seen.standing) == (HEALTHY, Standing.BETTER)
        assert seen.streaks == Streaks(in_zone=3, healthy=3, not_healthy=0, since=_month_end(15))

    @pytest.mark.parametrize(
        ("uptime", "health"),
        [(50, UNHEALTHY), (97.99, UNHEALTHY), (98, WATCH), (98.99, WATCH), (99, HEALTHY), (100, HEALTHY)],
    )
    def test_uptime_is_watched_at_99(self, uptime: Number, health: Health) -> None:
        seen = AVAILABILITY.assess(_monthly(UPTIME, uptime), as_of=_month_end(0))
        assert seen.health is health

    def test_uptime_of_more_than_all_the_time_is_not_judged(self) -> None:
        seen = AVAILABILITY.assess(_monthly(UPTIME, 98.99, 100.01), as_of=_month_end(1))
        assert (seen.health, _codes(seen)[:2]) == (WATCH, ["kpi-in-zone", "kpi-out-of-range"])


class TestReasons:
    """Every reason says the facts it rests on."""

    def test_a_reading_lies_in_a_zone(self) -> None:
        seen = CSAT.assess(_monthly(SATISFACTION, 7.7), as_of=_month_end(0))
        assert seen.reasons[0].sentence == "7.7 on 2025-01-31 lies in the zone on watch: on watch"
        assert (seen.reasons[0].rule, seen.reasons[0].code) == ("KPI-2", "kpi-in-zone")

    def test_a_stale_reading_says_until_when_it_could_be_relied_on(self) -> None:
        seen = CSAT.assess(_monthly(SATISFACTION, 7.7), as_of=dt.date(2025, 3, 11))
        assert seen.reasons[0].sentence == (
            "the latest reading, 7.7 on 2025-01-31, could be relied on until 2025-03-10 and it is 2025-03-11"
        )

    def test_a_kpi_without_bands_that_is_best_inside_a_range_has_no_wrong_way(self) -> None:
        kpi = attrs.evolve(WEIGHT, bands=None)
        seen = kpi.assess(_monthly(BMI, 26, 25, 24, 23), as_of=_month_end(3))
        assert (seen.health, seen.standing, seen.heading) == (UNKNOWN, Standing.UNDETERMINED, Heading.UNDETERMINED)
        assert (seen.usual, seen.direction) == (None, None)
        assert [reason.rule for reason in seen.explained] == ["KPI-2", "KPI-4"]
        assert all(reason.sentence for reason in seen.explained)

    def test_it_has_no_wrong_way_before_its_first_reading_either(self) -> None:
        seen = attrs.evolve(WEIGHT, bands=None).assess(Series.of(BMI), as_of=dt.date(2026, 3, 31))
        assert (seen.usual, seen.direction, _codes(seen)) == (None, None, ["kpi-no-bands", "kpi-no-direction"])

    def test_an_assessment_has_these_answers_and_no_other(self) -> None:
        assert {name for name in dir(KpiAssessment) if not name.startswith("_")} == {
            "kpi",
            "in_force",
            "history",
            "as_of",
            "latest",
            "zone",
            "streaks",
            "usual",
            "direction",
            "reasons",
            "health",
            "standing",
            "heading",
            "heading_since",
            "standing_since",
            "is_recovering",
            "overdue_since",
            "looks_a_year",
            "is_accepted",
            "deviation",
            "next_due",
            "provisional",
            "stale_since",
            "explained",
            "time_to_breach",
            "flapping",
        }
        assert {each.name for each in Health} == {"HEALTHY", "WATCH", "UNHEALTHY", "UNKNOWN"}
        assert {each.name for each in Heading} == {"IMPROVING", "NO_CLEAR_DIRECTION", "WORSENING", "UNDETERMINED"}
        assert {each.name for each in Standing} == {"BETTER", "AS_USUAL", "WORSE", "UNDETERMINED"}

    def test_a_kpi_without_bands_heads_where_its_polarity_says(self) -> None:
        for polarity, watched in (
            (Polarity.HIGHER_IS_BETTER, Heading.WORSENING),
            (Polarity.LOWER_IS_BETTER, Heading.IMPROVING),
        ):
            measure = Measure("anything", polarity=polarity)
            seen = Kpi(id="any", measure=measure).assess(_monthly(measure, 6, 5, 4, 3, 2, 1), as_of=_month_end(5))
            assert seen.heading is watched

    def test_explained_is_the_health_then_the_standing_then_the_heading(self) -> None:
        seen = CSAT.assess(_monthly(SATISFACTION, *(8.3, 8.5) * 6), as_of=_month_end(11))
        assert seen.usual is not None
        assert seen.direction is not None
        assert seen.explained == (*seen.reasons, *seen.usual.reasons, *seen.direction.reasons)


@pytest.mark.parametrize(
    ("bands", "value", "health"),
    [
        (HealthBands.below(120, watch=130), 119.99, HEALTHY),
        (HealthBands.below(120, watch=130), 120, WATCH),
        (HealthBands.below(120, watch=130), 130, UNHEALTHY),
        (HealthBands.below(120), 120, UNHEALTHY),
        (HealthBands.above(8, watch=7), 8.01, HEALTHY),
        (HealthBands.above(8, watch=7), 8, WATCH),
        (HealthBands.above(8, watch=7), 7, UNHEALTHY),
        (HealthBands.above(8), 8, UNHEALTHY),
    ],
)
def test_120_is_not_below_120(bands: HealthBands, value: float, health: Health) -> None:
    """Elevated begins at 120, stage 1 at 130 (P9)."""
    assert bands.health(value) is health
    kpi = Kpi(id="kpi", measure=Measure("systolic"), bands=bands)
    read = Series.of(kpi.measure, {dt.date(2026, 1, 31): value})
    assert kpi.assess(read, as_of=dt.date(2026, 1, 31)).health is health
