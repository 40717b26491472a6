"""Accepted deviations, parts, assurance, breach and flapping by hand: to the day, on the edge, reading by reading."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any, cast

import attrs
import pytest

from goalmodel import (
    Cadence,
    CompositeKpi,
    GoalModelError,
    Heading,
    Health,
    HealthBands,
    Kpi,
    Measure,
    Series,
    Standing,
    Zone,
)
from goalmodel.errors import (
    EmptyText,
    GivenTwice,
    NotADate,
    NothingGiven,
    OutOfBounds,
    OutOfOrder,
    WrongMeasure,
    WrongType,
)
from goalmodel.kpi import (
    AcceptedDeviation,
    Assurance,
    Breach,
    BreachPolicy,
    FlappingPolicy,
    NoBreach,
    assurance,
    assured,
)
from goalmodel.measure import Number
from goalmodel.trend import ProcessLimits

HEALTHY, WATCH, UNHEALTHY, UNKNOWN = Health.HEALTHY, Health.WATCH, Health.UNHEALTHY, Health.UNKNOWN
FIRST = dt.date(2026, 10, 1)
DAY = dt.timedelta(days=1)

CSAT = Kpi(id="csat", measure=Measure("csat", unit="points"), bands=HealthBands.at_least(8, watch=7))
MOVING = AcceptedDeviation(since=FIRST, until=dt.date(2026, 12, 31), reason="the office moves")

SYSTOLIC = Kpi(
    id="systolic",
    measure=Measure("systolic pressure", unit="mmHg"),
    bands=HealthBands.along(
        Zone("normal", HEALTHY),
        119,
        Zone("elevated", WATCH),
        129,
        Zone("stage 1", UNHEALTHY),
        139,
        Zone("stage 2", UNHEALTHY),
        180,
        Zone("crisis", UNHEALTHY),
    ),
)
DIASTOLIC = Kpi(
    id="diastolic",
    measure=Measure("diastolic pressure", unit="mmHg"),
    bands=HealthBands.along(
        Zone("normal", HEALTHY),
        79,
        Zone("stage 1", UNHEALTHY),
        89,
        Zone("stage 2", UNHEALTHY),
        120,
        Zone("crisis", UNHEALTHY),
    ),
)
PRESSURE = CompositeKpi(id="blood pressure", parts=(SYSTOLIC, DIASTOLIC))


def _series(kpi: Kpi, *values: Number, first: dt.date = FIRST) -> Series:
    return Series.of(kpi.measure, {first + index * DAY: value for index, value in enumerate(values)})


def _days(count: int) -> dt.date:
    return FIRST + (count - 1) * DAY


class TestAcceptedDeviation:
    """Accepted from its first day to its last, and only while something is to be accepted."""

    @pytest.mark.parametrize(
        ("as_of", "value", "is_accepted", "code"),
        [
            (dt.date(2026, 9, 30), 6, False, None),
            (dt.date(2026, 10, 1), 6, True, "kpi-deviation-accepted"),
            (dt.date(2026, 12, 31), 6, True, "kpi-deviation-accepted"),
            (dt.date(2026, 12, 31), 7.9, True, "kpi-deviation-accepted"),
            (dt.date(2026, 12, 31), 8, False, None),
            (dt.date(2027, 1, 1), 6, False, "kpi-deviation-expired"),
            (dt.date(2027, 1, 1), 8, False, None),
        ],
    )
    def test_to_the_day(self, as_of: dt.date, value: Number, *, is_accepted: bool, code: str | None) -> None:
        kpi = attrs.evolve(CSAT, accepted=MOVING)
        seen = kpi.assess(_series(CSAT, value, first=dt.date(2026, 9, 1)), as_of=as_of)
        assert (seen.is_accepted, seen.deviation) == (is_accepted, MOVING if is_accepted else None)
        assert [reason.code for reason in seen.reasons[1:]] == ([] if code is None else [code])

    def test_what_nobody_knows_is_not_accepted(self) -> None:
        stale = attrs.evolve(CSAT, accepted=MOVING, cadence=Cadence.DAILY)
        seen = stale.assess(_series(CSAT, 6, first=dt.date(2026, 9, 1)), as_of=FIRST)
        assert (seen.health, seen.is_accepted) == (UNKNOWN, False)

    def test_the_reason_says_until_when_and_why(self) -> None:
        seen = attrs.evolve(CSAT, accepted=MOVING).assess(_series(CSAT, 6), as_of=FIRST)
        assert seen.reasons[1].sentence == "it is known and accepted until 2026-12-31: the office moves"

    @pytest.mark.parametrize(
        ("field", "given", "error"),
        [
            ("since", None, NotADate),
            ("until", "2026-12-31", NotADate),
            ("until", dt.date(2026, 9, 30), OutOfOrder),
            ("reason", "", EmptyText),
        ],
    )
    def test_refused(self, field: str, given: object, error: type[GoalModelError]) -> None:
        with pytest.raises(error) as refused:
            attrs.evolve(MOVING, **cast("dict[str, Any]", {field: given}))
        assert str(refused.value.field) == field


class TestComposite:
    """Blood pressure: as healthy as its least healthy part."""

    @pytest.mark.parametrize(
        ("systolic", "diastolic", "health", "part"),
        [
            (119, 79, HEALTHY, "diastolic"),
            (120, 79, WATCH, "systolic"),
            (129, 79, WATCH, "systolic"),
            (119, 80, UNHEALTHY, "diastolic"),
            (130, 79, UNHEALTHY, "systolic"),
            (125, 85, UNHEALTHY, "diastolic"),
            (None, 79, UNKNOWN, "systolic"),
            (None, 80, UNHEALTHY, "diastolic"),
            (120, None, UNKNOWN, "diastolic"),
            (None, None, UNKNOWN, "diastolic"),
        ],
    )
    def test_on_every_edge(self, systolic: int | None, diastolic: int | None, health: Health, part: str) -> None:
        pairs = ((SYSTOLIC, systolic), (DIASTOLIC, diastolic))
        history = [_series(kpi, value) for kpi, value in pairs if value is not None]
        seen = PRESSURE.assess(history, as_of=FIRST)
        assert (seen.health, seen.least_healthy.kpi.id) == (health, part)
        assert seen.reasons[0].sentence == (f"{part} is {health.value}, and no part of blood pressure is less healthy")

    def test_its_trend_is_that_of_the_least_healthy_part(self) -> None:
        stable, rising = (120, 122) * 6, (70, 72) * 6 + (74, 75, 76, 77, 78)
        history = [_series(SYSTOLIC, *stable, 121, 121, 121, 121, 121), _series(DIASTOLIC, *rising)]
        seen = PRESSURE.assess(history, as_of=_days(17))
        assert [part.heading for part in seen.parts] == [Heading.WORSENING, Heading.NO_CLEAR_DIRECTION]
        assert [part.standing for part in seen.parts] == [Standing.WORSE, Standing.AS_USUAL]
        assert (seen.health, seen.least_healthy.kpi.id) == (WATCH, "systolic")
        assert (seen.standing, seen.heading) == (Standing.AS_USUAL, Heading.NO_CLEAR_DIRECTION)

    def test_refused(self) -> None:
        with pytest.raises(GivenTwice) as twice:
            CompositeKpi(id="twice", parts=(SYSTOLIC, attrs.evolve(DIASTOLIC, id="systolic")))
        assert (str(twice.value.field), twice.value.given) == ("parts", "systolic")
        with pytest.raises(NothingGiven):
            CompositeKpi(id="none", parts=())
        with pytest.raises(WrongType):
            CompositeKpi(id="none", parts=cast("Any", SYSTOLIC))
        with pytest.raises(GivenTwice) as series:
            PRESSURE.assess([_series(SYSTOLIC, 1), _series(SYSTOLIC, 2)], as_of=FIRST)
        assert str(series.value.field) == "history[1]"
        other = Series.of(Measure("systolic pressure", unit="kPa"), {FIRST: 16})
        with pytest.raises(WrongMeasure):
            PRESSURE.assess([other], as_of=FIRST)

    def test_series_nobody_asks_for_are_passed_over(self) -> None:
        history = [_series(CSAT, 1), _series(SYSTOLIC, 119), _series(DIASTOLIC, 79)]
        assert PRESSURE.assess(history, as_of=FIRST).health is HEALTHY


class TestAssurance:
    """The natural limits against the edges; on an edge it is hit or miss."""

    # Limits from 10 - 3.00048 to 10 + 3.00048.
    LIMITS = ProcessLimits(mean=10, sigma=1)
    LOW, HIGH = Fraction("6.99952"), Fraction("13.00048")
    JUST = Fraction(1, 10**9)

    @pytest.mark.parametrize(
        ("bands", "expected"),
        [
            (HealthBands.at_least(LOW - JUST), Assurance.CONSISTENTLY_MEETS),
            (HealthBands.at_least(LOW), Assurance.HIT_OR_MISS),
            (HealthBands.at_least(HIGH), Assurance.HIT_OR_MISS),
            (HealthBands.at_least(HIGH + JUST), Assurance.CONSISTENTLY_FALLS_SHORT),
            (HealthBands.at_most(HIGH + JUST), Assurance.CONSISTENTLY_MEETS),
            (HealthBands.at_most(HIGH), Assurance.HIT_OR_MISS),
            (HealthBands.at_most(LOW), Assurance.HIT_OR_MISS),
            (HealthBands.at_most(LOW - JUST), Assurance.CONSISTENTLY_FALLS_SHORT),
            (HealthBands.between(6, 14), Assurance.CONSISTENTLY_MEETS),
            (HealthBands.between(LOW, 14), Assurance.HIT_OR_MISS),
            (HealthBands.between(14, 15), Assurance.CONSISTENTLY_FALLS_SHORT),
            (HealthBands.between(5, 6), Assurance.CONSISTENTLY_FALLS_SHORT),
        ],
    )
    def test_on_every_edge(self, bands: HealthBands, expected: Assurance) -> None:
        assert assured(self.LIMITS, bands) is expected

    def test_of_a_kpi_it_gives_the_limits_and_the_edge(self) -> None:
        seen = assurance(CSAT, _series(CSAT, *(10.564, 9.436) * 6), as_of=_days(12))
        assert (seen.assurance, seen.limits) == (Assurance.HIT_OR_MISS, self.LIMITS)
        assert [reason.sentence for reason in seen.reasons] == [
            "meets the line by chance: readings are to be expected from 6.9995 to 13.0005, and 8 is an edge"
        ]

    def test_without_bands_readings_or_dispersion_it_is_undetermined(self) -> None:
        bare = attrs.evolve(CSAT, bands=None)
        for kpi, values, code in (
            (bare, (9,) * 12, "kpi-no-bands"),
            (CSAT, (9, 8) * 2, "trend-too-few-readings"),
            (CSAT, (9,) * 12, "trend-zero-dispersion"),
        ):
            seen = assurance(kpi, _series(kpi, *values), as_of=_days(12))
            assert (seen.assurance, seen.limits) == (Assurance.UNDETERMINED, None)
            assert [reason.code for reason in seen.reasons] == [code]

    def test_on_trial_it_says_so(self) -> None:
        seen = assurance(CSAT, _series(CSAT, *(10.564, 9.436) * 3), as_of=_days(6))
        assert [reason.code for reason in seen.reasons] == ["kpi-assurance", "trend-on-trial"]


class TestBreach:
    """When the robust slope has passed the edge."""

    @pytest.mark.parametrize(
        ("values", "readings", "earliest", "latest"),
        [
            # Down by one a reading: 8 is the edge and healthy, so it is passed at 7.
            ((14, 13, 12, 11, 10), 3, 3, 3),
            ((12, 11, 10, 9, 8), 1, 1, 1),
            # Half a point a reading: after five readings it stands on the edge, after six it has passed.
            ((12.5, 12, 11.5, 11, 10.5), 6, 6, 6),
            # One odd reading in five: the slope stays, its range widens; the line runs through the third, 13.
            ((14, 13, 20, 11, 10), 4, 1, None),
        ],
    )
    def test_by_hand(self, values: tuple[Number, ...], readings: int, earliest: int, latest: int | None) -> None:
        seen = CSAT.assess(_series(CSAT, *values), as_of=_days(5)).time_to_breach()
        assert isinstance(seen, Breach)
        assert (seen.readings, seen.earliest, seen.latest, seen.edge) == (readings, earliest, latest, Fraction(8))

    def test_with_too_few_for_a_range_it_has_none(self) -> None:
        policy = BreachPolicy(trial_from=2)
        seen = CSAT.assess(_series(CSAT, 10, 9), as_of=_days(2)).time_to_breach(policy)
        assert isinstance(seen, Breach)
        assert (seen.readings, seen.earliest, seen.latest, seen.rate) == (2, None, None, Fraction(-1))

    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ((9, 8, 7.9), "breach-not-healthy"),
            ((), "breach-not-healthy"),
            ((12, 11, 10, 9), "breach-too-few-readings"),
            ((9, 9, 9, 9, 9), "breach-no-edge-ahead"),
            ((9, 10, 11, 12, 13), "breach-no-edge-ahead"),
        ],
    )
    def test_why_it_can_not_be_said(self, values: tuple[Number, ...], code: str) -> None:
        seen = CSAT.assess(_series(CSAT, *values), as_of=_days(max(len(values), 1))).time_to_breach()
        assert isinstance(seen, NoBreach)
        assert seen.reasons[-1].code == code

    def test_a_one_reading_policy_makes_no_line(self) -> None:
        seen = CSAT.assess(_series(CSAT, 9), as_of=FIRST).time_to_breach(BreachPolicy(readings=2, trial_from=2))
        assert isinstance(seen, NoBreach)
        assert seen.reasons[0].sentence == "a slope needs 2 readings and 1 is missing"

    def test_of_two_edges_it_is_the_one_ahead(self) -> None:
        kpi = attrs.evolve(CSAT, bands=HealthBands.between(0, 20))
        up, down = (
            kpi.assess(_series(kpi, *values), as_of=_days(5)).time_to_breach()
            for values in ((6, 7, 8, 9, 10), (14, 13, 12, 11, 10))
        )
        assert isinstance(up, Breach)
        assert isinstance(down, Breach)
        assert (up.edge, up.readings, down.edge, down.readings) == (Fraction(20), 11, Fraction(0), 11)

    @pytest.mark.parametrize(
        ("field", "given", "error"),
        [
            ("readings", 1, OutOfBounds),
            ("trial_from", 1, OutOfBounds),
            ("trial_from", 13, OutOfBounds),
            ("confidence", 0, OutOfBounds),
            ("confidence", 1, OutOfBounds),
        ],
    )
    def test_refused(self, field: str, given: Number, error: type[GoalModelError]) -> None:
        with pytest.raises(error) as refused:
            attrs.evolve(BreachPolicy(), **cast("dict[str, Any]", {field: given}))
        assert str(refused.value.field) == field


class TestFlapping:
    """Nagios: it starts at 30 % of weighted changes, and has ended at 20 %."""

    @pytest.mark.parametrize(
        ("values", "changes", "is_flapping"),
        [
            ((), 0, False),
            ((9,), 0, False),
            ((9,) * 30, 0, False),
            ((9, 6) * 2, 3, False),
            # Five latest changes weigh 1.25, 1.2237, 1.1974, 1.1711, 1.1447: 29.9 %; a sixth makes 35.5 %.
            ((9, 6, 9, 6, 9, 6), 5, False),
            ((9, 6, 9, 6, 9, 6, 9), 6, True),
            # It goes on below 30 %, and ends when the changes have grown old.
            ((9, 6, 9, 6, 9, 6, 9) + (9,) * 10, 6, True),
            ((9, 6, 9, 6, 9, 6, 9) + (9,) * 18, 2, False),
        ],
    )
    def test_by_hand(self, values: tuple[Number, ...], changes: int, *, is_flapping: bool) -> None:
        seen = CSAT.assess(_series(CSAT, *values), as_of=_days(40)).flapping()
        assert (seen.changes, seen.is_flapping) == (changes, is_flapping)

    def test_its_weights_are_those_of_nagios(self) -> None:
        weights = FlappingPolicy().weights
        assert (len(weights), sum(weights)) == (20, 1)
        assert (weights[0] * 20, weights[-1] * 20) == (Fraction(3, 4), Fraction(5, 4))

    @pytest.mark.parametrize(
        ("starts", "ends", "is_flapping"),
        [
            # All of two readings' changes: a share of exactly one half of three readings.
            (Fraction(1, 2), Fraction(1, 4), True),
            (Fraction(1, 2) + Fraction(1, 10**9), Fraction(1, 4), False),
        ],
    )
    def test_on_the_threshold_it_has_started(self, starts: Fraction, ends: Fraction, *, is_flapping: bool) -> None:
        policy = FlappingPolicy(readings=3, starts=starts, ends=ends, oldest=1)
        assert CSAT.assess(_series(CSAT, 9, 6), as_of=_days(2)).flapping(policy).is_flapping is is_flapping

    @pytest.mark.parametrize(("ends", "is_flapping"), [(Fraction(1, 2), False), (Fraction(49, 100), True)])
    def test_on_the_threshold_it_has_ended(self, ends: Fraction, *, is_flapping: bool) -> None:
        policy = FlappingPolicy(readings=3, starts=1, ends=ends, oldest=1)
        assert CSAT.assess(_series(CSAT, 9, 6, 9, 9), as_of=_days(4)).flapping(policy).is_flapping is is_flapping

    def test_without_bands_nothing_changes(self) -> None:
        bare = attrs.evolve(CSAT, bands=None)
        seen = bare.assess(_series(bare, 9, 6, 9), as_of=_days(3)).flapping()
        assert (seen.changes, seen.share, seen.is_flapping, seen.reasons[0].code) == (
            0,
            Fraction(0),
            False,
            "kpi-no-bands",
        )

    @pytest.mark.parametrize(
        ("field", "given"),
        [("readings", 2), ("starts", 1.1), ("starts", 0.2), ("ends", -0.1), ("ends", 0.3), ("oldest", 1.1)],
    )
    def test_refused(self, field: str, given: Number) -> None:
        with pytest.raises(OutOfBounds) as refused:
            attrs.evolve(FlappingPolicy(), **cast("dict[str, Any]", {field: given}))
        assert str(refused.value.field) == ("ends" if given == 0.2 else field)
