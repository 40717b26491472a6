"""What else is said about KPIs: accepted deviations, parts, assurance, time to breach, flapping."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise, permutations

import attrs
from hypothesis import assume, given, strategies as st

from goalmodel import CompositeKpi, Heading, Health, HealthBands, Kpi, Measure, Polarity, Series, TrendPolicy
from goalmodel.kpi import (
    AcceptedDeviation,
    Assurance,
    Breach,
    BreachPolicy,
    CompositeAssessment,
    FlappingPolicy,
    NoBreach,
    assurance,
    assured,
)
from goalmodel.measure import Number
from goalmodel.testing import accepted_deviations, health_bands, kpis, near, numbers, series, values
from goalmodel.trend import ProcessLimits, process_limits
from goalmodel.trend.slope import theil_sen

FIRST = dt.date(2026, 1, 1)
MEASURE = Measure("anything")
WORST_FIRST = (Health.UNHEALTHY, Health.UNKNOWN, Health.WATCH, Health.HEALTHY)

figures = st.one_of(st.integers(-4, 4), st.fractions()).map(Fraction)
walks = st.lists(figures, min_size=2, max_size=16)


@st.composite
def watched(draw: st.DrawFn) -> tuple[Kpi, Series, dt.date]:
    """Return KPIs with bands, readings near their cuts, and a date on which they were read."""
    kpi = draw(kpis(bands=health_bands()))
    assert kpi.bands is not None
    values: st.SearchStrategy[Number] = st.one_of(near(*kpi.bands.cuts), numbers())
    readings = draw(series(measure=kpi.measure, values=values, min_size=1))
    return kpi, readings, draw(st.sampled_from([reading.on for reading in readings]))


def _series(values: list[Fraction]) -> Series:
    return Series.of(MEASURE, {FIRST + dt.timedelta(days=day): value for day, value in enumerate(values)})


class TestKPI6:
    """A known deviation may be accepted until a date, for a reason: it is reported as accepted, and expires by
    itself.
    """

    @given(watched(), st.lists(accepted_deviations(), max_size=3), st.data())
    def test_what_is_not_healthy_is_reported_as_accepted_from_day_to_day(
        self, given: tuple[Kpi, Series, dt.date], others: list[AcceptedDeviation], data: st.DataObject
    ) -> None:
        kpi, readings, as_of = given
        days = sorted(data.draw(st.lists(st.one_of(st.just(as_of), st.dates()), min_size=2, max_size=2)))
        one = AcceptedDeviation(since=days[0], until=days[1], reason="it is known")
        kpi = attrs.evolve(kpi, accepted=[one, *others])
        seen = kpi.assess(readings, as_of=as_of)
        holding = [each for each in (one, *others) if each.since <= as_of <= each.until]
        is_short = seen.health in {Health.WATCH, Health.UNHEALTHY}
        assert seen.is_accepted is (is_short and bool(holding))
        if seen.deviation is not None:
            assert seen.deviation in holding
            assert seen.deviation.until == max(each.until for each in holding)
            assert "kpi-deviation-accepted" in [reason.code for reason in seen.reasons]

    @given(watched(), accepted_deviations())
    def test_it_changes_neither_health_nor_heading_nor_streaks(
        self, given: tuple[Kpi, Series, dt.date], deviation: AcceptedDeviation
    ) -> None:
        kpi, readings, as_of = given
        plain = attrs.evolve(kpi, accepted=()).assess(readings, as_of=as_of)
        seen = attrs.evolve(kpi, accepted=deviation).assess(readings, as_of=as_of)
        assert (seen.zone, seen.usual, seen.direction, seen.streaks) == (
            plain.zone,
            plain.usual,
            plain.direction,
            plain.streaks,
        )

    @given(watched(), accepted_deviations())
    def test_once_it_is_over_it_says_so_and_is_no_longer_accepted(
        self, given: tuple[Kpi, Series, dt.date], deviation: AcceptedDeviation
    ) -> None:
        kpi, readings, as_of = given
        assume(deviation.until < as_of)
        seen = attrs.evolve(kpi, accepted=deviation).assess(readings, as_of=as_of)
        is_short = seen.health in {Health.WATCH, Health.UNHEALTHY}
        assert not seen.is_accepted
        assert ("kpi-deviation-expired" in [reason.code for reason in seen.reasons]) is is_short

    @given(st.lists(accepted_deviations(), max_size=4))
    def test_the_order_in_which_they_were_accepted_means_nothing(self, deviations: list[AcceptedDeviation]) -> None:
        kpi = Kpi(id="kpi", measure=MEASURE)
        for order in list(permutations(deviations))[:6]:
            assert attrs.evolve(kpi, accepted=order) == attrs.evolve(kpi, accepted=deviations)


class TestKPI7:
    """A KPI made of parts is as healthy as its least healthy part."""

    @given(values(CompositeAssessment))
    def test_health_and_heading_are_those_of_the_least_healthy_part(self, seen: CompositeAssessment) -> None:
        found = [part.health for part in seen.parts]
        assert seen.health is min(found, key=WORST_FIRST.index)
        assert seen.least_healthy in seen.parts
        assert (seen.health, seen.heading) == (seen.least_healthy.health, seen.least_healthy.heading)

    @given(values(CompositeAssessment))
    def test_nothing_unknown_is_healthy_and_nothing_unhealthy_is_hidden(self, seen: CompositeAssessment) -> None:
        found = {part.health for part in seen.parts}
        assert (seen.health is Health.UNHEALTHY) is (Health.UNHEALTHY in found)
        assert (seen.health is Health.HEALTHY) is (found == {Health.HEALTHY})

    @given(values(CompositeAssessment))
    def test_of_parts_alike_the_worsening_one_decides(self, seen: CompositeAssessment) -> None:
        alike = [part for part in seen.parts if part.health is seen.health]
        assert (seen.heading is Heading.WORSENING) is any(part.heading is Heading.WORSENING for part in alike)

    @given(values(CompositeAssessment))
    def test_it_names_the_part_that_decides_and_those_nobody_knows_about(self, seen: CompositeAssessment) -> None:
        decides, *unknown = seen.reasons
        assert dict(decides.facts)["part"] == seen.least_healthy.kpi.id
        assert [dict(reason.facts)["part"] for reason in unknown] == [
            part.kpi.id for part in seen.parts if part.health is Health.UNKNOWN
        ]

    @given(values(CompositeAssessment))
    def test_the_order_of_parts_means_nothing(self, seen: CompositeAssessment) -> None:
        for order in permutations(seen.kpi.parts):
            assert attrs.evolve(seen.kpi, parts=order) == seen.kpi

    @given(watched())
    def test_of_one_part_it_is_that_part(self, given: tuple[Kpi, Series, dt.date]) -> None:
        kpi, readings, as_of = given
        seen = CompositeKpi(id="whole", parts=[kpi]).assess([readings], as_of=as_of)
        assert seen.parts == (kpi.assess(readings, as_of=as_of),)


class TestKPI5Assurance:
    """A process meets its line, falls short of it, or is hit or miss, by its natural limits against the edges."""

    @given(values(ProcessLimits), figures)
    def test_it_meets_a_floor_above_it_and_falls_short_below_it(self, limits: ProcessLimits, edge: Fraction) -> None:
        expected = (
            Assurance.CONSISTENTLY_MEETS
            if limits.low > edge
            else Assurance.CONSISTENTLY_FALLS_SHORT
            if limits.high < edge
            else Assurance.HIT_OR_MISS
        )
        assert assured(limits, HealthBands.at_least(edge)) is expected
        mirrored = ProcessLimits(mean=-limits.mean, sigma=limits.sigma)
        assert assured(mirrored, HealthBands.at_most(-edge)) is expected

    @given(values(ProcessLimits), st.lists(figures, min_size=2, max_size=2).map(sorted))
    def test_of_two_edges_it_must_meet_both(self, limits: ProcessLimits, edges: list[Fraction]) -> None:
        both = assured(limits, HealthBands.between(*edges))
        sides = {assured(limits, HealthBands.at_least(edges[0])), assured(limits, HealthBands.at_most(edges[1]))}
        if sides == {Assurance.CONSISTENTLY_MEETS}:
            assert both is Assurance.CONSISTENTLY_MEETS
        elif Assurance.CONSISTENTLY_FALLS_SHORT in sides:
            assert both is Assurance.CONSISTENTLY_FALLS_SHORT
        else:
            assert both is Assurance.HIT_OR_MISS

    @given(st.lists(figures, max_size=20), figures)
    def test_it_rests_on_the_baseline(self, values: list[Fraction], edge: Fraction) -> None:
        kpi = Kpi(id="kpi", measure=MEASURE, bands=HealthBands.at_least(edge))
        seen = assurance(kpi, _series(values), as_of=FIRST + dt.timedelta(days=30))
        if len(values) < 6 or not process_limits(values[:12]).sigma:
            assert (seen.assurance, seen.limits) == (Assurance.UNDETERMINED, None)
        else:
            limits = process_limits(values[:12])
            assert (seen.assurance, seen.limits) == (assured(limits, HealthBands.at_least(edge)), limits)
        assert seen.reasons

    @given(values(ProcessLimits), walks, figures, st.one_of(st.none(), st.integers(2, 12)))
    def test_stated_limits_are_taken_as_stated(
        self, limits: ProcessLimits, values: list[Fraction], edge: Fraction, seasonal: int | None
    ) -> None:
        bands = HealthBands.between(edge, edge + 1)
        kpi = Kpi(id="kpi", measure=MEASURE, bands=bands, reference=limits)
        seen = assurance(kpi, _series(values), as_of=FIRST, policy=TrendPolicy(seasonal=seasonal))
        assert seen.assurance is (assured(limits, bands) if limits.sigma else Assurance.UNDETERMINED)


class TestKPI4Breach:
    """The time to breach is when the robust slope of a healthy KPI has passed the edge."""

    @given(walks, figures, values(BreachPolicy))
    def test_the_line_is_past_the_edge_then_and_not_a_reading_before(
        self, values: list[Fraction], edge: Fraction, policy: BreachPolicy
    ) -> None:
        kpi = Kpi(id="kpi", measure=MEASURE, bands=HealthBands.at_least(edge))
        seen = kpi.assess(_series(values), as_of=FIRST + dt.timedelta(days=len(values))).time_to_breach(policy)
        latest = values[-policy.readings :]
        line = theil_sen(list(enumerate(latest)), confidence=policy.confidence)
        assert line is not None
        can_say = values[-1] >= edge and len(values) >= policy.trial_from and line.rate < 0
        assert isinstance(seen, Breach) is can_say
        if isinstance(seen, NoBreach):
            assert seen.reasons
            return
        last = len(latest) - 1
        assert line.at(last + seen.readings) < edge
        assert seen.readings == 1 or line.at(last + seen.readings - 1) >= edge
        assert (seen.edge, seen.rate) == (edge, line.rate)

    @given(
        st.lists(st.sampled_from((3, 1, 1, -1, 0)), min_size=8, max_size=16), st.integers(0, 20), values(BreachPolicy)
    )
    def test_the_range_holds_it_and_has_no_end_where_it_may_never_come(
        self, moves: list[int], room: int, policy: BreachPolicy
    ) -> None:
        values = [Fraction(sum(moves[:index])) for index in range(len(moves))]
        edge = values[-1] + room
        kpi = Kpi(id="kpi", measure=MEASURE, bands=HealthBands.at_most(edge))
        seen = kpi.assess(_series(values), as_of=FIRST + dt.timedelta(days=len(values))).time_to_breach(policy)
        assume(isinstance(seen, Breach))
        assert isinstance(seen, Breach)
        line = theil_sen(list(enumerate(values[-policy.readings :])), confidence=policy.confidence)
        assert line is not None
        assert (seen.earliest is None) is (line.high is None)
        assert (seen.latest is None) is (line.low is None or line.low <= 0)
        assert seen.earliest is None or seen.earliest <= seen.readings
        assert seen.latest is None or seen.readings <= seen.latest

    @given(walks, figures)
    def test_mirrored_it_is_the_same(self, values: list[Fraction], edge: Fraction) -> None:
        as_of = FIRST + dt.timedelta(days=len(values))
        down = Measure("down", polarity=Polarity.LOWER_IS_BETTER)
        floor = Kpi(id="kpi", measure=MEASURE, bands=HealthBands.at_least(edge))
        ceiling = Kpi(id="kpi", measure=down, bands=HealthBands.at_most(-edge))
        mirrored = attrs.evolve(_series([-value for value in values]), measure=down)
        one, other = (
            floor.assess(_series(values), as_of=as_of).time_to_breach(),
            ceiling.assess(mirrored, as_of=as_of).time_to_breach(),
        )
        assert type(one) is type(other)
        if isinstance(one, Breach) and isinstance(other, Breach):
            assert (one.readings, one.earliest, one.latest) == (other.readings, other.earliest, other.latest)


class TestKPI2Flapping:
    """A KPI flaps from one weighted share of changes until another, by the rule of Nagios."""

    @given(st.lists(st.sampled_from((1, 5, 9)).map(Fraction), max_size=40), values(FlappingPolicy))
    def test_it_is_what_a_walk_from_reading_to_reading_shows(
        self, values: list[Fraction], policy: FlappingPolicy
    ) -> None:
        bands = HealthBands.between(4, 8, watch_low=2)
        kpi = Kpi(id="kpi", measure=MEASURE, bands=bands)
        history = [bands.zone(5)] * policy.readings
        first = [bands.zone(value) for value in values[:1]]
        history = first * policy.readings or history
        is_flapping, share = False, Fraction(0)
        for value in values:
            history = [*history[1:], bands.zone(value)]
            share = Fraction(0)
            for place in range(1, policy.readings):
                weight = policy.oldest + (2 - 2 * policy.oldest) * (place - 1) / (policy.readings - 2)
                share += weight * (history[place] != history[place - 1]) / (policy.readings - 1)
            is_flapping = share >= policy.starts or (is_flapping and share > policy.ends)
        seen = kpi.assess(_series(values), as_of=FIRST + dt.timedelta(days=60)).flapping(policy)
        assert (seen.share, seen.is_flapping) == (share, is_flapping)
        assert seen.changes == sum(one != other for one, other in pairwise(history))

    @given(watched())
    def test_a_kpi_that_never_changed_its_zone_does_not_flap(self, given: tuple[Kpi, Series, dt.date]) -> None:
        kpi, readings, as_of = given
        seen = kpi.assess(readings, as_of=as_of).flapping()
        assert 0 <= seen.share <= 1
        assert seen.changes or not seen.is_flapping
        assert seen.reasons
