"""Laws of the signs of gaming: questions, each with the share of honest series that would show as much."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

import goalmodel as gm
from goalmodel.hygiene.signs import JudgedReading, heaped, helped, stops
from goalmodel.measure import Restatement
from goalmodel.trend import Rebasing

FIRST = dt.date(2026, 1, 1)
AS_OF = dt.date(2026, 12, 31)
CSAT = gm.Measure("csat", unit="points")
KPI = gm.Kpi(id="csat", measure=CSAT, bands=gm.HealthBands.at_least(8), cadence=gm.Cadence.MONTHLY)
SIGNS = gm.hygiene.HygienePolicy(select=["GM511", "GM512", "GM513"])


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def judged(*rooms: Fraction | int | str, is_edge_good: bool = True) -> list[JudgedReading]:
    return [JudgedReading(day(at), Fraction(room), Fraction(room), is_edge_good) for at, room in enumerate(rooms)]


class TestStops:
    """Readings that stop when they are bad: by Fisher's exact test."""

    @given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=8))
    def test_the_chance_is_the_share_of_all_ways_to_be_silent_as_often(self, told: list[tuple[bool, bool]]) -> None:
        readings = judged(*(1 if is_good else -1 for is_good, _ in told))
        silent = {each.on for each, (_, is_silent) in zip(readings, told, strict=True) if is_silent}
        found = stops(readings, lambda earlier, _: earlier in silent)
        bad = {each.on for each in readings if not each.is_good}
        ways = [len(bad & set(drawn)) for drawn in combinations([each.on for each in readings], len(silent))]
        assert (found.count, found.total) == (len(bad & silent), len(silent))
        assert found.chance == Fraction(sum(each >= found.count for each in ways), len(ways))

    def test_the_last_reading_is_asked_about_now(self) -> None:
        asked: list[tuple[dt.date, dt.date | None]] = []

        def is_missing(earlier: dt.date, later: dt.date | None) -> bool:
            asked.append((earlier, later))
            return False

        stops(judged(1, 1), is_missing)
        assert asked == [(day(0), day(1)), (day(1), None)]


class TestHeaped:
    """Values heaped on the cut: by the binomial test among those next to it."""

    @given(st.lists(st.integers(-12, 12), min_size=2, max_size=12), st.integers(1, 9), st.booleans())
    def test_it_is_the_same_in_every_unit_and_never_more_than_certain(
        self,
        rooms: list[int],
        unit: int,
        is_edge_good: bool,  # noqa: FBT001 - drawn, not switched
    ) -> None:
        plain = heaped(judged(*rooms, is_edge_good=is_edge_good))
        assert 0 < plain.chance <= 1
        assert plain.count <= plain.total <= len(rooms)
        assert heaped(judged(*(Fraction(each, unit) for each in rooms), is_edge_good=is_edge_good)) == plain

    @given(st.integers(1, 10), st.integers(0, 10))
    def test_the_chance_is_the_binomial_tail(self, better: int, worse: int) -> None:
        found = heaped(judged(*([0] * better + [-1] * worse), -90, 90, -90, 90))
        near = [*product((True, False), repeat=better + worse)] if better + worse <= 10 else []
        if near:
            ways = sum(
                Fraction(2, 3) ** sum(each) * Fraction(1, 3) ** (len(each) - sum(each))
                for each in near
                if sum(each) >= found.count
            )
            assert found.chance == ways

    @pytest.mark.parametrize(
        ("rooms", "expected"),
        [
            ([], (0, 0)),
            ([3], (0, 0)),
            ([3, 3, 3], (0, 0)),
            # The usual move is 7 or 8, a quarter of it 2: from two below the edge to just below two above it.
            ([-6, 2, -5, 3, -6], (0, 0)),
            ([-7, 1, -6, 2, -6], (1, 1)),
            ([-10, -2, -9, -1, -9], (0, 2)),
            # A quarter of a move of 8.4 takes three whole steps.
            ([-6, 2, -6, 1, -10, -2], (2, 3)),
            # None lies further out: the edge is the end of what the measure does.
            ([0, 8, 0, 8, 1], (0, 0)),
            # Steps of 8 against a usual move of 8 are too coarse.
            ([-16, -8, 0, 8], (0, 0)),
        ],
    )
    def test_next_to_the_edge_is_a_quarter_of_the_usual_move(self, rooms: list[int], expected: tuple[int, int]) -> None:
        found = heaped(judged(*rooms))
        assert (found.count, found.total) == expected

    def test_an_edge_that_is_not_good_is_on_the_worse_side(self) -> None:
        rooms = (-90, 90, -90, 90, 0, 1, 22, -22)
        assert [heaped(judged(*rooms, is_edge_good=each)).count for each in (True, False)] == [3, 2]


class TestHelped:
    """Restatements that always help: by the sign test."""

    @given(st.lists(st.integers(-2, 2), max_size=9))
    def test_the_chance_is_the_share_of_all_ways_to_turn_out(self, moves: list[int]) -> None:
        told = [
            Restatement(measure="m", was=gm.Reading(day(at), 5), became=gm.Reading(day(at), 5 + move, known_on=AS_OF))
            for at, move in enumerate(moves)
        ]
        found = helped(told, lambda reading: reading.value if isinstance(reading.value, Fraction) else None)
        moved = [each for each in moves if each]
        ways = [sum(each) for each in product((0, 1), repeat=len(moved))]
        assert (found.count, found.total) == (sum(each > 0 for each in moved), len(moved))
        assert found.chance == Fraction(sum(each >= found.count for each in ways), len(ways))

    def test_what_can_not_be_compared_is_left_out(self) -> None:
        told = [
            Restatement(measure="m", was=gm.Reading(FIRST, 5), became=gm.Reading(FIRST, 6, known_on=AS_OF)),
            Restatement(measure="m", was=gm.Reading(AS_OF, 5), became=gm.Reading(AS_OF, 6, known_on=AS_OF)),
        ]
        assert helped(told, lambda reading: None if reading.on == FIRST else Fraction(1)).total == 0


def months(values: list[float]) -> dict[dt.date, float]:
    return {gm.Cycle.month(2024 + n // 12, n % 12 + 1).end: value for n, value in enumerate(values)}


def asked(goal: gm.Kpi | gm.Commit, series: gm.Series, as_of: dt.date = AS_OF) -> list[str]:
    model = gm.GoalModel(kpis=[goal]) if isinstance(goal, gm.Kpi) else gm.GoalModel(commits=[goal])
    return [each.code for each in gm.lint(model, [series], as_of=as_of, policy=SIGNS)]


def owed(**more: Any) -> gm.Commit:  # noqa: ANN401 - whatever a commit takes
    plain = gm.Commit(
        id="owed",
        measure=CSAT,
        standard=gm.Standard.at_least(8),
        manner=gm.Held(dt.date(2024, 1, 1)),
        declared_on=dt.date(2024, 1, 1),
        due=dt.date(2026, 12, 31),
        cadence=gm.Cadence.MONTHLY,
    )
    return attrs.evolve(plain, **more)


HEAP = gm.Series.of(CSAT, months([7.5, 8, 8.1] * 12))
GAPS = gm.Series.of(
    CSAT, {on: value for n, (on, value) in enumerate(months([8.5, 7.5, 0, 8.5] * 9).items()) if n % 4 != 2}
)


def test_kpis_and_commits_are_asked_by_their_own_edges() -> None:
    for series, code in ((HEAP, "GM512"), (GAPS, "GM511")):
        assert asked(KPI, series) == [code]
        assert asked(owed(), series) == [code]
        assert asked(attrs.evolve(KPI, bands=None), series) == []
    assert asked(attrs.evolve(KPI, cadence=None), GAPS) == []
    assert asked(owed(manner=gm.AsAWhole()), HEAP) == []
    either = gm.Standard.one_of(gm.Standard.at_least(8), gm.Standard.at_most(2))
    assert asked(owed(standard=either), HEAP) == []
    assert asked(attrs.evolve(KPI, bands=gm.HealthBands.above(8)), HEAP) == []
    assert asked(attrs.evolve(KPI, bands=gm.HealthBands.between(8, 100)), HEAP) == ["GM512"]
    downwards = gm.Series.of(CSAT, months([8.5, 8, 7.9] * 12))
    assert asked(attrs.evolve(KPI, bands=gm.HealthBands.at_most(8)), downwards) == ["GM512"]


def test_since_a_rebasing_the_edge_is_asked_about_what_is_read_from_its_day_on() -> None:
    policy = attrs.evolve(SIGNS, sign_chance=1)
    for day in HEAP.days[:4]:
        rebased = attrs.evolve(KPI, rebasings=[Rebasing(on=day, reason="counted anew")])
        since = gm.Series.of(CSAT, [each for each in HEAP if each.on >= day])
        found = gm.lint(gm.GoalModel(kpis=[rebased]), [HEAP], as_of=AS_OF, policy=policy)
        alone = gm.lint(gm.GoalModel(kpis=[KPI]), [since], as_of=AS_OF, policy=policy)
        heaps = [[each for each in some if each.code == "GM512"] for some in (found, alone)]
        assert heaps[0] == heaps[1] != []


def test_bands_are_those_of_the_day() -> None:
    moved = attrs.evolve(KPI, bands=gm.HealthBands.at_least(2)).with_bands(
        gm.HealthBands.at_least(8), since=dt.date(2026, 12, 1), reason="more is asked"
    )
    assert asked(moved, HEAP) == []


def test_nothing_later_is_seen_and_nothing_before_a_commit() -> None:
    assert asked(KPI, HEAP, dt.date(2024, 6, 30)) == []
    late = owed(declared_on=dt.date(2026, 6, 1), manner=gm.Held(dt.date(2026, 6, 1)))
    assert asked(late, HEAP) == []


@pytest.mark.parametrize(("moves", "expected"), [([0.1], ["GM513"]), ([0.1, -0.1], []), ([-0.1], [])])
def test_restatements_that_help(moves: list[float], expected: list[str]) -> None:
    days = months([8.0] * 20)
    late = [gm.Reading(on, 8 + moves[n % len(moves)], known_on=dt.date(2026, 11, 15)) for n, on in enumerate(days)]
    noted = dt.date(2026, 10, 1)
    gone = [gm.Reading(noted, 8), gm.Reading(noted, gm.Absence.NOT_MEASURED, known_on=dt.date(2026, 11, 15))]
    series = gm.Series(CSAT, [*(gm.Reading(on, 8) for on in days), *late, *gone])
    assert asked(attrs.evolve(KPI, cadence=None), series) == expected
    assert asked(owed(cadence=None), series) == expected
    assert asked(attrs.evolve(KPI, cadence=None), series, dt.date(2026, 11, 14)) == []
    monthly = attrs.evolve(KPI, cadence=None, window=gm.measure.EachPeriod(gm.measure.Period.MONTH))
    assert asked(monthly, series) == []
    assert asked(attrs.evolve(KPI, cadence=None, bands=None), series) == []
