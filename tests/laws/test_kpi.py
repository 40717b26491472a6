"""KPIs: what their assessment has, which zone a value lies in, when a reading is too old, and which way is worse."""

from __future__ import annotations

import calendar
import copy
import datetime as dt
import importlib
import pickle
import pkgutil
import re
from collections.abc import Sequence
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

import attrs
import pytest
from hypothesis import assume, example, given, strategies as st

import goalmodel.kpi
from goalmodel import (
    Absence,
    Cadence,
    Heading,
    Health,
    HealthBands,
    Kpi,
    KpiAssessment,
    Measure,
    Polarity,
    Series,
    TrendPolicy,
    Zone,
)
from goalmodel.errors import NotOneHealthyZone, OutOfBounds, OutOfOrder
from goalmodel.measure import Number
from goalmodel.measure.row import Row
from goalmodel.reasons import ReasonKind
from goalmodel.testing import (
    cadences,
    dates,
    exact_numbers,
    health_bands,
    kpis,
    near,
    numbers,
    same_as,
    series,
    trend_policies,
)
from speaking import of_unknown_kinds

_T = TypeVar("_T")

NOT_ABOUT_A_KPI = re.compile(r"scor|grad(?!ual)|attain|achiev|fail|\bmiss(?!ing)|missed|\bred\b", re.IGNORECASE)

SEVERITY = {Health.HEALTHY: 0, Health.WATCH: 1, Health.UNHEALTHY: 2}

MEASURE = Measure("anything", unit="units")


def _is_short(number: Fraction) -> bool:
    return abs(number.numerator) < 10**300 and number.denominator < 10**300


def figures() -> st.SearchStrategy[Fraction]:
    """Return rationals, tiny and huge, within the digits that a door takes after they are scaled and shifted."""
    return st.one_of(
        st.builds(Fraction, st.integers(-1_000, 1_000), st.sampled_from((1, 10, 100, 1_000))),
        st.fractions(),
        st.builds(_times_ten, st.integers(), st.integers(-100, 100)),
    )


def scales() -> st.SearchStrategy[Fraction]:
    """Return what units differ by, never 0; below 0 they run the other way."""
    return figures().filter(bool)


@st.composite
def bands_with_value(
    draw: st.DrawFn, *, edges: st.SearchStrategy[Fraction] | None = None
) -> tuple[HealthBands, Number]:
    """Return bands of all kinds, and a value on a cut, just beside one, between two, or anywhere."""
    bands = draw(health_bands(edges=edges))
    middles = [(earlier + later) / 2 for earlier, later in pairwise(bands.cuts)]
    return bands, draw(st.one_of(near(*bands.cuts), st.sampled_from([*bands.cuts, *middles]), numbers()))


@st.composite
def bands_with_figure(draw: st.DrawFn) -> tuple[HealthBands, Fraction]:
    """Return bands and a value like `bands_with_value`, all of them short enough to be scaled and shifted."""
    bands, value = draw(bands_with_value(edges=figures()))
    number = _exactly(value)
    assume(_is_short(number))
    return bands, number


def _times_ten(mantissa: int, exponent: int) -> Fraction:
    return mantissa * Fraction(10) ** exponent


def _exactly(value: Number) -> Fraction:
    """Return what *value* means, read by its 15 significant digits where it is a float."""
    is_read = isinstance(value, float) and abs(value) < 10**15
    return Fraction(f"{value:.15g}") if is_read else Fraction(value)


def _numbered(bands: HealthBands) -> HealthBands:
    """Return *bands* with a name of its own for each zone: its place along the line."""
    return attrs.evolve(bands, zones=[attrs.evolve(zone, name=str(i)) for i, zone in enumerate(bands.zones)])


def _healthy_index(bands: HealthBands) -> int:
    return [zone.health for zone in bands.zones].index(Health.HEALTHY)


def _places_by_the_sentence(bands: HealthBands, value: Fraction) -> list[int]:
    """Return every place along the line whose stretch *value* lies in.

    A stretch includes its lower end where the zone below is less healthy, and its upper one where that above is.
    """
    healthy = _healthy_index(bands)
    cuts: list[Fraction | None] = [None, *bands.cuts, None]
    places: list[int] = []
    for place, (lower, upper) in enumerate(pairwise(cuts)):
        is_above = lower is None or value > lower or (value == lower and place <= healthy)
        is_below = upper is None or value < upper or (value == upper and place >= healthy)
        if is_above and is_below:
            places.append(place)
    return places


def _edges(bands: HealthBands) -> list[Fraction]:
    """Return the ends of the healthy stretch: one, or two."""
    healthy = _healthy_index(bands)
    return list(bands.cuts[max(healthy - 1, 0) : healthy + 1])


def _in_another_unit(bands: HealthBands, scale: Fraction, shift: Fraction) -> HealthBands:
    """Return *bands* after x -> scale * x + shift; where the scale is below 0 the line runs the other way."""
    cuts = [scale * cut + shift for cut in bands.cuts]
    along = 1 if scale > 0 else -1
    return HealthBands(cuts=cuts[::along], zones=bands.zones[::along])


def _last_fresh_day(cadence: Cadence, last: dt.date) -> dt.date:
    """Return *last* plus one period, in a short month its last day, plus the grace; at most the end of the calendar."""
    year, month = divmod(last.year * 12 + last.month - 1 + cadence.months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    day = min(last.day, calendar.monthrange(year, month + 1)[1])
    ordinal = dt.date(year, month + 1, day).toordinal() + cadence.days + cadence.grace_days
    return dt.date.fromordinal(min(ordinal, dt.date.max.toordinal()))


def _health_by_the_sentence(kpi: Kpi, readings: Series, as_of: dt.date) -> Health:
    known = [
        (reading.on, reading.value)
        for reading in readings
        if reading.on <= as_of and isinstance(reading.value, Fraction) and _is_possible(kpi.measure, reading.value)
    ]
    if not known or kpi.bands is None:
        return Health.UNKNOWN
    last, value = known[-1]
    if kpi.cadence is not None and as_of > _last_fresh_day(kpi.cadence, last):
        return Health.UNKNOWN
    return kpi.bands.zones[_places_by_the_sentence(kpi.bands, value)[0]].health


def _is_possible(measure: Measure, value: Fraction) -> bool:
    is_high_enough = measure.lowest is None or value >= measure.lowest
    return is_high_enough and (measure.highest is None or value <= measure.highest)


@st.composite
def with_one_thing_wrong(draw: st.DrawFn, line: list[_T]) -> list[_T]:
    """Return *line* with two neighbours exchanged or made alike."""
    place = draw(st.integers(0, max(len(line) - 2, 0)))
    pair = line[place : place + 2]
    return [*line[:place], *draw(st.sampled_from([pair[::-1], pair[:1] * len(pair)])), *line[place + 2 :]]


@st.composite
def lines(draw: st.DrawFn) -> tuple[list[int], list[Health]]:
    """Return cuts and what lies between them: those of bands, and those with one thing wrong.

    Neighbours are exchanged or made alike, the healthy zone is a point, one too many or none, or a cut is left out.
    """
    outward = st.lists(st.sampled_from([Health.WATCH, Health.UNHEALTHY]), max_size=3)
    below, above = (sorted(draw(outward), key=SEVERITY.__getitem__) for _ in range(2))
    healths = [*reversed(below), Health.HEALTHY, *above]
    cuts = sorted(draw(st.sets(st.integers(0, 9), min_size=len(healths) - 1, max_size=len(healths) - 1)))
    wrong = draw(st.sampled_from(["nothing", "cuts", "zones", "cuts", "zones"]))
    cuts = draw(with_one_thing_wrong(cuts)) if wrong == "cuts" else cuts
    healths = draw(with_one_thing_wrong(healths)) if wrong == "zones" else healths
    if draw(st.integers(0, 5)) == 0:
        healths[draw(st.integers(0, len(healths) - 1))] = draw(st.sampled_from(Health))
    return cuts[: draw(st.sampled_from([None, None, None, -1]))], healths


@st.composite
def watched(draw: st.DrawFn) -> tuple[Kpi, Series, dt.date]:
    """Return a KPI, readings of its measure, and a date: on and beside readings and their last fresh days, or any."""
    kpi = draw(kpis())
    cuts = kpi.bands.cuts if kpi.bands else (Fraction(0),)
    limits = [limit for limit in (kpi.measure.lowest, kpi.measure.highest) if limit is not None]
    values = st.one_of(near(*cuts, *limits), numbers())
    readings = draw(series(measure=kpi.measure, values=values, max_size=6))
    turns = [reading.on for reading in readings]
    if kpi.cadence is not None:
        turns += [_last_fresh_day(kpi.cadence, on) for on in turns]
    beside = [min(max(turn.toordinal() + days, 1), dt.date.max.toordinal()) for turn in turns for days in (-1, 0, 1)]
    turning = st.sampled_from(beside).map(dt.date.fromordinal) if beside else dates()
    return kpi, readings, draw(st.one_of(turning, turning, dates()))


def _asked(assessment: KpiAssessment) -> list[str]:
    return [reason.code for reason in assessment.explained]


class TestKPI1:
    """A KPI has health, standing and heading; its assessment has no score, no grade, no attainment and no word for
    missing.
    """

    @given(watched(), trend_policies())
    def test_every_kpi_has_health_and_heading_on_every_date_and_says_why(
        self, given: tuple[Kpi, Series, dt.date], policy: TrendPolicy
    ) -> None:
        kpi, readings, as_of = given
        seen = kpi.assess(readings, as_of=as_of, policy=policy)
        assert (type(seen.health), type(seen.heading)) == (Health, Heading)
        assert seen.reasons
        assert of_unknown_kinds(seen.explained) == []

    @pytest.mark.parametrize("name", sorted(found.name for found in pkgutil.iter_modules(goalmodel.kpi.__path__)))
    def test_no_name_code_sentence_or_value_of_the_room_speaks_of_scoring_or_missing(self, name: str) -> None:
        module = importlib.import_module(f"goalmodel.kpi.{name}")
        words: list[str] = [name]
        for label, value in vars(module).items():
            if isinstance(value, type) and value.__module__.startswith("goalmodel.kpi"):
                words += [label, *(attribute for attribute in dir(value) if not attribute.startswith("__"))]
                words += [str(member.value) for member in value] if issubclass(value, Enum) else []
            if isinstance(value, ReasonKind):
                words += [label, value.code, value.sentence]
        assert [word for word in words if NOT_ABOUT_A_KPI.search(word)] == []

    @given(watched(), trend_policies())
    def test_no_assessment_says_so_either(self, given: tuple[Kpi, Series, dt.date], policy: TrendPolicy) -> None:
        kpi, readings, as_of = given
        plain = attrs.evolve(kpi, measure=attrs.evolve(kpi.measure, name="visits"))
        if plain.bands is not None:
            plain = attrs.evolve(plain, bands=_numbered(plain.bands))
        seen = plain.assess(attrs.evolve(readings, measure=plain.measure), as_of=as_of, policy=policy)
        assert [reason.sentence for reason in seen.explained if NOT_ABOUT_A_KPI.search(reason.sentence)] == []


class TestKPI2:
    """Bands cover the whole line without gap or overlap, and a cut belongs to the healthier side, whichever side
    that is, unless the bands say it does not.
    """

    @given(bands_with_value())
    @example((HealthBands.at_least(95, watch=90), 94.99999999999999))
    @example((HealthBands.between(0.3, 0.3), 0.1 + 0.2))
    def test_every_number_lies_in_exactly_one_zone(self, given: tuple[HealthBands, Number]) -> None:
        bands, value = _numbered(given[0]), given[1]
        places = _places_by_the_sentence(bands, _exactly(value))
        assert [bands.zone(value)] == [bands.zones[place] for place in places]
        assert bands.health(value) is bands.zone(value).health

    @given(health_bands())
    def test_every_cut_belongs_to_the_healthier_of_its_neighbours(self, given: HealthBands) -> None:
        bands = _numbered(given)
        healthy = _healthy_index(bands)
        for index, cut in enumerate(bands.cuts):
            inner = index + 1 if index < healthy else index
            assert bands.zone(cut) == bands.zones[inner]
            assert SEVERITY[bands.health(cut)] == min(SEVERITY[bands.zones[side].health] for side in (index, index + 1))

    @given(health_bands(may_be_open=True), st.data())
    def test_an_open_cut_belongs_to_the_less_healthy_of_its_neighbours(
        self, bands: HealthBands, data: st.DataObject
    ) -> None:
        healthy = _healthy_index(bands)
        for index, cut in enumerate(bands.cuts):
            inner, outer = (index + 1, index) if index < healthy else (index, index + 1)
            assert bands.zone(cut) is bands.zones[outer if cut in bands.open_cuts else inner]
        number = data.draw(st.one_of(near(*bands.cuts), numbers()))
        if _exactly(number) not in bands.open_cuts:
            assert bands.zone(number) == attrs.evolve(bands, open_cuts=()).zone(number)
        row = Row.of([(dt.date(2026, 1, 1), each) for each in (_exactly(number), *bands.cuts)])
        assert [bands.zones[place] for place in bands.zones_of(row)] == [
            bands.zone(value) for value in row.values(0, len(row))
        ]

    @given(exact_numbers(), exact_numbers())
    def test_only_cuts_are_open(self, edge: Fraction, other: Fraction) -> None:
        assume(edge != other)
        with pytest.raises(OutOfBounds):
            attrs.evolve(HealthBands.at_least(edge), open_cuts=[other])
        with pytest.raises(OutOfBounds):
            attrs.evolve(HealthBands.between(edge, edge), open_cuts=[edge])

    @given(health_bands(), near(0))
    def test_just_beyond_a_cut_begins_the_next_zone(self, given: HealthBands, step: Number) -> None:
        bands, away = _numbered(given), abs(_exactly(step)) or Fraction(1)
        gaps = [later - earlier for earlier, later in pairwise(bands.cuts) if earlier < later]
        short = min([away, *(gap / 2 for gap in gaps)])
        assume(all(_is_short(cut) for cut in (*bands.cuts, short)))
        healthy = _healthy_index(bands)
        for index, cut in enumerate(bands.cuts):
            outward = -short if index < healthy else short
            outer = index if index < healthy else index + 1
            assert bands.zone(cut + outward) == bands.zones[outer]

    @given(bands_with_figure(), scales(), figures())
    @example((HealthBands.at_least(8, watch=7.5), Fraction(15, 2)), Fraction(-1), Fraction(0))
    def test_it_is_the_same_zone_in_every_unit_and_mirrored(
        self, given: tuple[HealthBands, Fraction], scale: Fraction, shift: Fraction
    ) -> None:
        bands, value = _numbered(given[0]), given[1]
        assert _in_another_unit(bands, scale, shift).zone(scale * value + shift) == bands.zone(value)
        assert _in_another_unit(bands, Fraction(-1), Fraction(0)).zone(-value) == bands.zone(value)

    @given(bands_with_figure(), st.lists(figures(), min_size=1, max_size=3))
    def test_further_out_is_never_healthier(self, given: tuple[HealthBands, Fraction], others: list[Fraction]) -> None:
        bands, value = given
        rising = sorted((value, *others, *bands.cuts))
        severities = [SEVERITY[bands.health(each)] for each in rising]
        best = severities.index(min(severities))
        assert severities[:best] == sorted(severities[:best], reverse=True)
        assert severities[best:] == sorted(severities[best:])

    @given(st.data(), numbers())
    def test_a_floor_is_healthy_from_its_edge_and_a_ceiling_up_to_it(self, data: st.DataObject, edge: Number) -> None:
        value = _exactly(data.draw(near(_exactly(edge)), label="value"))
        floor, ceiling = HealthBands.at_least(edge), HealthBands.at_most(edge)
        assert (floor.health(value) is Health.HEALTHY) == (value >= _exactly(edge))
        assert (ceiling.health(value) is Health.HEALTHY) == (value <= _exactly(edge))
        assert {floor.health(value), ceiling.health(value)} <= {Health.HEALTHY, Health.UNHEALTHY}

    @given(st.data(), st.lists(exact_numbers(), min_size=4, max_size=4), st.booleans(), st.booleans())
    def test_two_sides_are_a_floor_and_a_ceiling(
        self,
        data: st.DataObject,
        line: list[Fraction],
        below: bool,  # noqa: FBT001 - Hypothesis gives it by position
        above: bool,  # noqa: FBT001 - Hypothesis gives it by position
    ) -> None:
        lowest, low, high, highest = sorted(line)
        watch_low = lowest if below and lowest < low else None
        watch_high = highest if above and highest > high else None
        both = HealthBands.between(low, high, watch_low=watch_low, watch_high=watch_high)
        floor = HealthBands.at_least(low, watch=watch_low)
        ceiling = HealthBands.at_most(high, watch=watch_high)
        value = data.draw(st.one_of(near(*line), numbers()), label="value")
        assert both.health(value) is max(floor.health(value), ceiling.health(value), key=SEVERITY.__getitem__)
        assert (both.low, both.high) == (floor.low, ceiling.high) == (low, high)

    @given(exact_numbers(), st.data())
    def test_the_healthy_zone_may_be_a_single_point(self, point: Fraction, data: st.DataObject) -> None:
        bands = HealthBands.between(point, point)
        value = data.draw(near(point), label="value")
        assert (bands.health(value) is Health.HEALTHY) == (_exactly(value) == point)

    @given(st.data(), health_bands())
    def test_equal_cuts_make_equal_bands_however_they_are_written(
        self, data: st.DataObject, bands: HealthBands
    ) -> None:
        written = HealthBands(
            cuts=[data.draw(same_as(cut), label="cut") for cut in bands.cuts], zones=list(bands.zones)
        )
        assert (written, hash(written)) == (bands, hash(bands))

    @given(health_bands())
    def test_bands_read_along_the_line_are_the_same_bands(self, bands: HealthBands) -> None:
        line: list[Zone | Number] = [bands.zones[0]]
        for cut, zone in zip(bands.cuts, bands.zones[1:], strict=True):
            line += [cut, zone]
        assert HealthBands.along(*line) == bands

    @given(bands_with_value())
    def test_bands_are_no_other_bands_for_having_been_asked(self, given: tuple[HealthBands, Number]) -> None:
        asked, value = given
        fresh = attrs.evolve(asked)
        zone = asked.zone(value)
        assert (asked, hash(asked), repr(asked)) == (fresh, hash(fresh), repr(fresh))
        for carried in (copy.copy(asked), copy.deepcopy(asked), pickle.loads(pickle.dumps(asked))):  # noqa: S301 - ours
            assert carried == asked
            assert carried.zone(value) == zone

    @given(bands_with_value())
    def test_the_nearest_healthy_value_is_healthy_and_none_is_nearer(self, given: tuple[HealthBands, Number]) -> None:
        bands, value = given[0], _exactly(given[1])
        nearest = bands.nearest_healthy(value)
        assert bands.health(nearest) is Health.HEALTHY
        assert bands.nearest_healthy(nearest) == nearest
        is_healthy = bands.health(value) is Health.HEALTHY
        assert abs(nearest - value) == (0 if is_healthy else min(abs(edge - value) for edge in _edges(bands)))

    @given(lines())
    @example(([3, 3], [Health.UNHEALTHY, Health.HEALTHY, Health.WATCH]))
    @example(([3, 3], [Health.UNHEALTHY, Health.WATCH, Health.HEALTHY]))
    @example(([3, 5], [Health.WATCH, Health.UNHEALTHY, Health.HEALTHY]))
    @example(([3], [Health.HEALTHY, Health.UNKNOWN]))
    @example(([3, 5], [Health.HEALTHY, Health.WATCH, Health.HEALTHY]))
    def test_bands_are_refused_exactly_when_they_do_not_cover_the_line_or_health_does_not_fall(
        self, given: tuple[list[int], list[Health]]
    ) -> None:
        cuts, healths = given
        zones = [Zone(str(index), health) for index, health in enumerate(healths)]
        refusal = _refusal_by_the_sentence(cuts, healths)
        if refusal is None:
            assert HealthBands(cuts=cuts, zones=zones).zones == tuple(zones)
            return
        with pytest.raises(refusal):
            HealthBands(cuts=cuts, zones=zones)

    @given(kpis(), numbers())
    def test_a_kpi_is_as_healthy_as_its_bands_say_and_unknown_without(self, kpi: Kpi, value: Number) -> None:
        assert kpi.health(value) is (Health.UNKNOWN if kpi.bands is None else kpi.bands.health(value))


def _refusal_by_the_sentence(
    cuts: Sequence[int], healths: Sequence[Health]
) -> type[OutOfOrder | NotOneHealthyZone] | None:
    """Return what is wrong with such a line, None where it can be bands."""
    if len(healths) != len(cuts) + 1:
        return NotOneHealthyZone
    if not cuts:
        return OutOfOrder
    if Health.UNKNOWN in healths or healths.count(Health.HEALTHY) != 1:
        return NotOneHealthyZone
    healthy = healths.index(Health.HEALTHY)
    distance_is_severity = all(
        SEVERITY[inner] <= SEVERITY[outer]
        for inner, outer in (
            *zip(healths[healthy:], healths[healthy + 1 :], strict=False),
            *zip(healths[healthy::-1], healths[:healthy][::-1], strict=False),
        )
    )
    if not distance_is_severity:
        return NotOneHealthyZone
    below, above = cuts[:healthy], cuts[healthy:]
    rises = all(len(set(side)) == len(side) and list(side) == sorted(side) for side in (below, above))
    meets = not below or not above or below[-1] <= above[0]
    return None if rises and meets else OutOfOrder


class TestKPI3:
    """A KPI without a reading, or whose latest is older than the cadence and its grace, is unknown: neither healthy
    nor unhealthy.
    """

    @given(watched(), trend_policies())
    def test_it_is_as_healthy_as_the_sentence_says(
        self, given: tuple[Kpi, Series, dt.date], policy: TrendPolicy
    ) -> None:
        kpi, readings, as_of = given
        assert kpi.assess(readings, as_of=as_of, policy=policy).health is _health_by_the_sentence(kpi, readings, as_of)

    @given(health_bands(), cadences(), dates(), numbers())
    @example(HealthBands.at_least(8), Cadence.MONTHLY, dt.date(2026, 1, 31), 8)
    @example(HealthBands.at_least(8), Cadence.MONTHLY, dt.date(2024, 1, 31), 7)
    @example(HealthBands.at_least(8), Cadence(days=1), dt.date(2026, 1, 31), 7)
    def test_it_is_known_through_the_last_fresh_day_and_unknown_from_the_day_after(
        self, bands: HealthBands, cadence: Cadence, last: dt.date, value: Number
    ) -> None:
        kpi = Kpi(id="any", measure=MEASURE, bands=bands, cadence=cadence)
        readings = Series.of(MEASURE, {last: value})
        fresh = _last_fresh_day(cadence, last)
        assert kpi.assess(readings, as_of=last).health is bands.health(value)
        assert kpi.assess(readings, as_of=fresh).health is bands.health(value)
        if fresh < dt.date.max:
            stale = kpi.assess(readings, as_of=fresh + dt.timedelta(days=1))
            assert (stale.health, stale.zone, _asked(stale)[0]) == (Health.UNKNOWN, None, "kpi-stale")

    @given(kpis(bands=health_bands()), st.dictionaries(dates(), st.sampled_from(Absence), max_size=5), dates())
    def test_stated_absences_alone_are_no_reading(
        self, kpi: Kpi, absences: dict[dt.date, Absence], as_of: dt.date
    ) -> None:
        seen = kpi.assess(Series.of(kpi.measure, [*absences.items()]), as_of=as_of)
        assert (seen.health, seen.latest, _asked(seen)[0]) == (Health.UNKNOWN, None, "kpi-never-read")

    @given(watched())
    def test_what_is_no_reading_leaves_the_health_what_it_was(self, given: tuple[Kpi, Series, dt.date]) -> None:
        kpi, readings, as_of = given
        present = Series.of(kpi.measure, readings.present)
        seen, without = kpi.assess(readings, as_of=as_of), kpi.assess(present, as_of=as_of)
        assert (seen.health, seen.zone, seen.latest) == (without.health, without.zone, without.latest)

    @given(health_bands(), numbers(), exact_numbers(), st.booleans())
    def test_a_value_the_measure_cannot_have_is_no_reading(
        self,
        bands: HealthBands,
        value: Number,
        limit: Fraction,
        below: bool,  # noqa: FBT001 - Hypothesis gives it by position
    ) -> None:
        measure = Measure("anything", lowest=limit) if below else Measure("anything", highest=limit)
        kpi, day = Kpi(id="any", measure=measure, bands=bands), dt.date(2026, 3, 31)
        outside = _exactly(value) < limit if below else _exactly(value) > limit
        seen = kpi.assess(Series.of(measure, {day: value}), as_of=day)
        assert (seen.health is Health.UNKNOWN) == outside
        assert ("kpi-out-of-range" in _asked(seen)) == outside

    @given(watched(), st.integers(0, 1_000))
    def test_time_alone_makes_nothing_known(self, given: tuple[Kpi, Series, dt.date], days: int) -> None:
        kpi, readings, as_of = given
        known = readings.until(as_of)
        later = dt.date.fromordinal(min(as_of.toordinal() + days, dt.date.max.toordinal()))
        before, after = kpi.assess(known, as_of=as_of).health, kpi.assess(known, as_of=later).health
        assert after in {before, Health.UNKNOWN}
        if kpi.cadence is None:
            assert after is before


class TestKPI4:
    """Level, standing against what is usual and heading are separate; what is worse is further from the healthy zone
    or, inside a two-sided one, nearer its nearer edge.
    """

    @given(bands_with_value())
    def test_excess_is_above_0_outside_0_on_an_edge_and_below_0_inside(self, given: tuple[HealthBands, Number]) -> None:
        bands, value = given
        excess = bands.excess(value)
        assert (excess > 0) == (bands.health(value) is not Health.HEALTHY)
        assert (excess == 0) == (_exactly(value) in _edges(bands))

    @given(bands_with_value())
    def test_its_size_is_the_distance_to_the_nearer_edge(self, given: tuple[HealthBands, Number]) -> None:
        bands, value = given
        assert abs(bands.excess(value)) == min(abs(_exactly(value) - edge) for edge in _edges(bands))

    @given(bands_with_figure(), figures())
    def test_away_from_the_zone_or_toward_its_nearer_edge_is_worse(
        self, given: tuple[HealthBands, Fraction], other: Fraction
    ) -> None:
        bands, value = given
        edges = _edges(bands)
        nearer = min(edges, key=lambda edge: abs(edge - value))
        is_out = bands.excess(value) > 0
        toward = (value + nearer) / 2
        assert (bands.excess(toward) > bands.excess(value)) == (value != nearer and not is_out)
        assert (bands.excess(toward) < bands.excess(value)) == (value != nearer and is_out)
        assert abs(bands.excess(value) - bands.excess(other)) <= abs(value - other)

    @given(bands_with_figure(), scales(), figures())
    def test_a_change_of_unit_scales_it_and_a_mirror_keeps_it(
        self, given: tuple[HealthBands, Fraction], scale: Fraction, shift: Fraction
    ) -> None:
        bands, value = given
        elsewhere = _in_another_unit(bands, scale, shift)
        assert elsewhere.excess(scale * value + shift) == abs(scale) * bands.excess(value)
        assert _in_another_unit(bands, Fraction(-1), Fraction(0)).excess(-value) == bands.excess(value)

    @given(kpis(), numbers(), numbers())
    def test_without_bands_the_polarity_says_which_way_is_worse(self, given: Kpi, value: Number, other: Number) -> None:
        kpi = attrs.evolve(given, bands=None)
        here, there = kpi.excess(value), kpi.excess(other)
        match kpi.measure.polarity:
            case Polarity.IN_RANGE_IS_BETTER:
                assert (here, there) == (None, None)
            case Polarity.HIGHER_IS_BETTER:
                assert here is not None
                assert there is not None
                assert (here > there) == (_exactly(value) < _exactly(other))
            case Polarity.LOWER_IS_BETTER:
                assert here is not None
                assert there is not None
                assert (here > there) == (_exactly(value) > _exactly(other))

    @given(watched(), trend_policies())
    def test_where_no_way_is_the_wrong_one_nothing_is_heading_anywhere(
        self, given: tuple[Kpi, Series, dt.date], policy: TrendPolicy
    ) -> None:
        kpi, readings, as_of = given
        measure = attrs.evolve(kpi.measure, polarity=Polarity.IN_RANGE_IS_BETTER)
        bare = attrs.evolve(kpi, measure=measure, bands=None)
        seen = bare.assess(attrs.evolve(readings, measure=measure), as_of=as_of, policy=policy)
        assert (seen.usual, seen.direction, seen.heading) == (None, None, Heading.UNDETERMINED)
        assert "kpi-no-direction" in _asked(seen)

    @given(watched(), st.lists(figures(), min_size=2, max_size=2), trend_policies())
    def test_how_high_a_floor_or_ceiling_lies_changes_the_level_and_never_the_heading(
        self, given: tuple[Kpi, Series, dt.date], edges: list[Fraction], policy: TrendPolicy
    ) -> None:
        kpi, readings, as_of = given
        for bands, polarity in (
            (HealthBands.at_least, Polarity.HIGHER_IS_BETTER),
            (HealthBands.at_most, Polarity.LOWER_IS_BETTER),
        ):
            measure = attrs.evolve(kpi.measure, polarity=polarity)
            known = attrs.evolve(readings, measure=measure)
            kinds = (bands(edges[0]), bands(edges[1]), None)
            headings = {
                (seen.usual, seen.direction)
                for its_bands in kinds
                for seen in (
                    attrs.evolve(kpi, measure=measure, bands=its_bands).assess(known, as_of=as_of, policy=policy),
                )
            }
            assert len(headings) == 1

    @given(health_bands(), watched(), trend_policies())
    def test_where_watch_begins_changes_the_level_and_never_the_heading(
        self, bands: HealthBands, given: tuple[Kpi, Series, dt.date], policy: TrendPolicy
    ) -> None:
        kpi, readings, as_of = given
        healthy = _healthy_index(bands)
        few = HealthBands(
            cuts=_edges(bands),
            zones=[
                *([Zone("below", Health.UNHEALTHY)] if healthy else []),
                bands.zones[healthy],
                *([Zone("above", Health.WATCH)] if healthy < len(bands.cuts) else []),
            ],
        )
        one, other = (attrs.evolve(kpi, bands=its).assess(readings, as_of=as_of, policy=policy) for its in (bands, few))
        assert (one.usual, one.direction) == (other.usual, other.direction)
