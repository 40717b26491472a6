"""What the linter once got wrong, row by row. Asked on 15 November 2026 unless said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs
import pytest

import goalmodel as gm
from goalmodel.commit import Amendment
from goalmodel.hygiene import HygienePolicy
from goalmodel.trend import FirstReadings, ProcessLimits, Rebasing, ReferenceWindow

AS_OF = dt.date(2026, 11, 15)
CSAT = gm.Measure("csat", unit="points")
UPTIME = gm.Measure("uptime", unit="percent")
HAPPY = gm.Objective(id="happy", title="Customers are glad they came", owner="service")
K = gm.Kpi(
    id="k",
    measure=CSAT,
    bands=gm.HealthBands.at_least(8),
    cadence=gm.Cadence.MONTHLY,
    serves="happy",
    owner="service",
    definition="mean of a hundred answers",
)
R = gm.KeyResult(
    id="r", measure=CSAT, baseline=8, target=9.2, cycle=gm.Cycle.quarter(2026, 4), serves="happy", owner="service"
)
C = gm.Commit(
    id="c",
    measure=UPTIME,
    standard=gm.Standard.at_least(99.9),
    manner=gm.OnDueDate(),
    declared_on=dt.date(2026, 9, 1),
    due=dt.date(2026, 12, 31),
    support=gm.Support(gm.commit.SupportKind.PEOPLE, "two"),
    serves="happy",
    owner="service",
)
EVERYTHING = HygienePolicy(select=["KPI", "KR", "COM", "OBJ", "GM5"], ignore=["OBJ403"])


def months(values: Iterable[float], *, until: dt.date = dt.date(2026, 9, 30)) -> dict[dt.date, float]:
    """Return a value a month, the last one at the end of September 2026."""
    given = list(values)
    last = until.year * 12 + until.month - 1
    at = [last - back for back in reversed(range(len(given)))]
    return {gm.Cycle.month(place // 12, place % 12 + 1).end: value for place, value in zip(at, given, strict=True)}


def found(
    *goals: gm.Kpi | gm.KeyResult | gm.Commit | gm.Initiative,
    read: Mapping[dt.date, float] | None = None,
    select: Sequence[str] = ("KPI", "KR", "COM", "OBJ4", "GM5"),
    as_of: dt.date = AS_OF,
    **beside: Any,  # noqa: ANN401 - what lint takes
) -> list[tuple[str, tuple[str, ...]]]:
    model = gm.GoalModel(
        objectives=[HAPPY],
        kpis=[each for each in goals if isinstance(each, gm.Kpi)],
        key_results=[each for each in goals if isinstance(each, gm.KeyResult)],
        commits=[each for each in goals if isinstance(each, gm.Commit)],
        initiatives=[each for each in goals if isinstance(each, gm.Initiative)],
    )
    policy = HygienePolicy(select=select)
    series = [] if read is None else [gm.Series.of(CSAT, read)]
    return [(each.code, each.goals) for each in gm.lint(model, series, as_of=as_of, policy=policy, **beside)]


class TestPulledApart:
    """GM501: only what no value, or no course over their own times, can satisfy."""

    @pytest.mark.parametrize(
        ("low", "high", "is_found"),
        [
            (gm.Standard.at_least(8), gm.Standard.at_most(9), False),
            (gm.Standard.at_least(9), gm.Standard.at_most(9), False),
            (gm.Standard.above(9), gm.Standard.at_most(9), True),
            (gm.Standard.at_least(9), gm.Standard.at_most(8), True),
        ],
    )
    def test_a_floor_and_a_ceiling_are_a_range(
        self,
        low: gm.Standard,
        high: gm.Standard,
        is_found: bool,  # noqa: FBT001 - a column
    ) -> None:
        floor, ceiling = attrs.evolve(C, standard=low), attrs.evolve(C, id="d", standard=high)
        assert found(floor, ceiling, select=["GM501"]) == ([("GM501", ("c", "d"))] if is_found else [])

    def test_what_else_is_one_range(self) -> None:
        floor = attrs.evolve(K, bands=gm.HealthBands.at_least(36))
        ceiling = attrs.evolve(K, id="l", bands=gm.HealthBands.at_most(38))
        assert found(floor, ceiling, select=["GM501"]) == []
        at_most_ten = attrs.evolve(C, measure=CSAT, standard=gm.Standard.at_most(10))
        assert found(R, at_most_ten, select=["GM501"]) == []
        up, down = attrs.evolve(R, baseline=7, target=8), attrs.evolve(R, id="s", baseline=9, target=8)
        assert found(up, down, select=["GM501"]) == []

    def test_each_in_its_own_time(self) -> None:
        once = attrs.evolve(C, manner=gm.Reached(), standard=gm.Standard.at_least(9))
        other = attrs.evolve(once, id="d", standard=gm.Standard.at_most(8))
        assert found(once, other, select=["GM501"]) == []
        held = attrs.evolve(other, manner=gm.Held(dt.date(2026, 9, 1)))
        assert found(once, held, select=["GM501"]) == [("GM501", ("c", "d"))]
        review = gm.review(gm.GoalModel(objectives=[HAPPY], commits=[once, other]), [], as_of=AS_OF)
        assert review.contradictions == ()


_NOISE = (0.2, -0.2, 0.1, -0.1)
ROSE = months([5 + _NOISE[n % 4] for n in range(24)] + [8 + _NOISE[n % 4] for n in range(12)])
"""Three years: two at 5, one at 8."""
MOVED = min(day for day in ROSE if ROSE[day] > 7)
LAST_YEAR = ReferenceWindow(dt.date(2025, 10, 1), dt.date(2026, 9, 30))
AT_EIGHT = ProcessLimits(mean=8, sigma=Fraction(1, 10))
ON_THE_LIMIT = AT_EIGHT.low


class TestUsual:
    """KR205: by the reference in force, and every reading that beat it."""

    @pytest.mark.parametrize(
        ("said", "targets"),
        [
            # The first twelve say what is usual where nobody does, and where the KPI says just that.
            ({}, {5.2: True, 6.1: False, 6.4: False, 7.9: False}),
            ({"reference": FirstReadings()}, {5.2: True, 6.1: False, 6.4: False, 7.9: False}),
            ({"reference": LAST_YEAR}, {5.2: False, 6.4: False, 7.9: True}),
            ({"reference": AT_EIGHT}, {ON_THE_LIMIT - Fraction(1, 10**9): False, ON_THE_LIMIT: True, 6.4: False}),
            ({"rebasings": [Rebasing(on=MOVED, reason="moved")]}, {5.2: False, 6.1: False, 6.4: False, 7.9: True}),
            # The rebasing is in force, not what was usual before it.
            ({"reference": LAST_YEAR, "rebasings": [Rebasing(on=MOVED, reason="moved")]}, {5.2: False, 7.9: True}),
            ({"reference": AT_EIGHT, "rebasings": [Rebasing(on=MOVED, reason="no", reference=LAST_YEAR)]}, {7.9: True}),
            # One within the cycle came of what was done in it; one to come is not in force yet.
            ({"rebasings": [Rebasing(on=dt.date(2026, 11, 1), reason="moved")]}, {5.2: True, 7.9: False}),
            ({"rebasings": [Rebasing(on=dt.date(2027, 1, 1), reason="to come")]}, {5.2: True, 7.9: False}),
            # From the first day of the cycle on nothing that was read before says what is usual.
            ({"rebasings": [Rebasing(on=dt.date(2026, 10, 1), reason="moved")]}, {5.2: False, 7.9: False}),
        ],
    )
    def test_the_reference_in_force_says_what_is_usual(
        self, said: dict[str, Any], targets: dict[float | Fraction, bool]
    ) -> None:
        for target, is_found in targets.items():
            aim = attrs.evolve(R, target=target)
            expected = [("KR205", ("r",))] if is_found else []
            assert found(attrs.evolve(K, **said), aim, read=ROSE, select=["KR205"]) == expected
            if not said:
                assert found(aim, read=ROSE, select=["KR205"]) == expected

    def test_of_several_kpis_the_one_that_moved_it_last_says_what_is_usual(self) -> None:
        aim = attrs.evolve(R, target=7.9)
        early = attrs.evolve(K, id="early", reference=LAST_YEAR)
        silent = attrs.evolve(K, id="a")
        later = attrs.evolve(K, id="later", rebasings=[Rebasing(on=dt.date(2024, 1, 1), reason="a new survey")])
        assert found(silent, early, aim, read=ROSE, select=["KR205"]) == [("KR205", ("r",))]
        assert found(early, later, aim, read=ROSE, select=["KR205"]) == []

    def test_a_kpi_over_another_time_says_nothing_about_readings(self) -> None:
        over_two = attrs.evolve(K, window=gm.measure.LastReadings(2), reference=AT_EIGHT)
        rebased = attrs.evolve(over_two, id="l", rebasings=[Rebasing(on=MOVED, reason="moved")])
        assert found(over_two, rebased, attrs.evolve(R, target=7.9), read=ROSE, select=["KR205"]) == []

    @pytest.mark.parametrize(("on", "is_found"), [(dt.date(2026, 11, 15), False), (dt.date(2026, 11, 16), True)])
    def test_before_a_cycle_to_come_what_is_in_force_today_says_what_is_usual(
        self,
        on: dt.date,
        is_found: bool,  # noqa: FBT001 - a column
    ) -> None:
        rebased = attrs.evolve(K, rebasings=[Rebasing(on=on, reason="moved")])
        aim = attrs.evolve(R, target=5.2, cycle=gm.Cycle.quarter(2027, 1))
        assert found(rebased, aim, read=ROSE, select=["KR205"]) == [("KR205", ("r",))] * is_found

    def test_the_policy_says_what_is_usual_where_no_kpi_does(self) -> None:
        policy = gm.Policy(trend=gm.trend.TrendPolicy(reference=LAST_YEAR), hygiene=HygienePolicy(select=["KR205"]))
        read = [gm.Series.of(CSAT, ROSE)]
        for kpi, codes in ((K, ["KR205"]), (attrs.evolve(K, reference=FirstReadings()), [])):
            model = gm.GoalModel(objectives=[HAPPY], kpis=[kpi], key_results=[attrs.evolve(R, target=7.9)])
            assert [each.code for each in gm.review(model, read, as_of=AS_OF, policy=policy).findings] == codes

    @pytest.mark.parametrize(("count", "asked", "is_found"), [(5, 6, False), (6, 6, True), (4, 4, True), (3, 4, False)])
    def test_so_many_readings_of_the_reference_say_what_is_usual(
        self,
        count: int,
        asked: int,
        is_found: bool,  # noqa: FBT001 - a column
    ) -> None:
        kpi = attrs.evolve(K, reference=FirstReadings(count, trial_from=2))
        model = gm.GoalModel(objectives=[HAPPY], kpis=[kpi], key_results=[attrs.evolve(R, target=5.1)])
        policy = HygienePolicy(select=["KR205"], usual_readings=asked)
        findings = gm.lint(model, [gm.Series.of(CSAT, ROSE)], as_of=AS_OF, policy=policy)
        assert [each.code for each in findings] == ["KR205"] * is_found

    def test_stated_limits_need_no_reading(self) -> None:
        stated = attrs.evolve(K, reference=AT_EIGHT)
        for read in ({}, months([7.9])):
            assert found(stated, attrs.evolve(R, target=8.1), read=read, select=["KR205"]) == [("KR205", ("r",))]
            # Nothing is known that every reading would have beaten.
            assert found(stated, attrs.evolve(R, baseline=6, target=7), read=read, select=["KR205"]) == []

    @pytest.mark.parametrize(("baseline", "target"), [(6, 7), (10, 9)])
    def test_what_every_reading_beat_is_no_stretch(self, baseline: int, target: int) -> None:
        read = months([7.5, 8.5, 8, 8.2, 7.8, 8.1, 7.9, 8])
        aim = attrs.evolve(R, baseline=baseline, target=target)
        assert found(aim, read=read, select=["KR205"]) == [("KR205", ("r",))]

    def test_limits_are_what_the_measure_can_have(self) -> None:
        rare = attrs.evolve(CSAT, lowest=0, highest=2)
        aim = attrs.evolve(R, measure=rare, baseline=0.5, target=1.5)
        model = gm.GoalModel(objectives=[HAPPY], key_results=[aim])
        read = gm.Series.of(rare, months([0, 2, 0, 2, 0, 1, 2, 0]))
        (finding,) = gm.lint(model, [read], as_of=AS_OF, policy=HygienePolicy(select=["KR205"]))
        facts = dict(finding.reason.facts)
        assert (facts["low"], facts["high"]) == (Fraction(0), Fraction(2))


class TestStandardsThatDiffer:
    """COM305: in one unit, one shape, by one date, and by what is in force."""

    HOURS = gm.Unit("hours", base="days", factor=Fraction(1, 24))

    @pytest.mark.parametrize(("hours", "is_found"), [(24, False), (1, True)])
    def test_units_are_converted_first(self, hours: int, is_found: bool) -> None:  # noqa: FBT001 - a column
        slow = attrs.evolve(
            C, measure=gm.Measure("wait a", unit=self.HOURS), standard=gm.Standard.at_most(hours), comparable="wait"
        )
        day = attrs.evolve(
            C, id="d", measure=gm.Measure("wait b", unit="days"), standard=gm.Standard.at_most(1), comparable="wait"
        )
        assert found(slow, day, select=["COM305"]) == ([("COM305", ("c", "d"))] if is_found else [])

    @pytest.mark.parametrize(
        ("one", "other", "is_found"),
        [
            ({"standard": gm.Standard.at_least(8)}, {"standard": gm.Standard.at_most(9)}, False),
            ({"standard": gm.Standard.at_least(99)}, {"due": dt.date(2027, 3, 31)}, False),
            ({"standard": gm.Standard.at_least(99)}, {}, True),
            ({"standard": gm.Standard.above(99.9)}, {}, True),
            ({"standard": gm.Standard.one_of(gm.Standard.at_least(99.9), gm.Standard.at_most(2))}, {}, False),
            (
                {
                    "amendments": Amendment(
                        on=dt.date(2026, 11, 1),
                        since=dt.date(2026, 12, 1),
                        standard=gm.Standard.at_least(99),
                        reason="moved",
                    )
                },
                {},
                False,
            ),
        ],
    )
    def test_a_range_a_ramp_and_what_is_to_come_are_none(
        self,
        one: dict[str, Any],
        other: dict[str, Any],
        is_found: bool,  # noqa: FBT001 - a column
    ) -> None:
        both = attrs.evolve(C, **one), attrs.evolve(C, id="d", **other)
        assert found(*both, select=["COM305"]) == ([("COM305", ("c", "d"))] if is_found else [])

    def test_a_ramp_beside_another_of_its_kind(self) -> None:
        alike = [attrs.evolve(C, id=f"c{n}", comparable="uptime") for n in range(3)]
        later = attrs.evolve(alike[1], due=dt.date(2027, 3, 31), standard=gm.Standard.at_least(99.99))
        assert found(alike[0], later, select=["COM305"]) == []
        elsewhere = attrs.evolve(alike[2], measure=gm.Measure("downtime", unit="percent"))
        assert found(alike[0], later, elsewhere, select=["COM305"]) == [("COM305", ("c1", "c2"))]


class TestEachAsItsOwnPageSays:
    """Small things, each as its own page and the rulebook say."""

    def test_a_kpi_is_not_read_whether_it_has_bands_or_not(self) -> None:
        for kpi in (K, attrs.evolve(K, bands=None)):
            assert found(kpi, select=["KPI108"]) == [("KPI108", ("k",))]
            read = months([8], until=dt.date(2026, 10, 31))
            assert found(kpi, read=read, select=["KPI108"]) == []
            assert found(kpi, read=read, as_of=dt.date(2026, 12, 31), select=["KPI108"]) == [("KPI108", ("k",))]

    def test_a_stretch_made_a_must_and_a_past_that_never_came_near_are_named(self) -> None:
        must = attrs.evolve(C, measure=CSAT, standard=gm.Standard.at_least(9), declared_on=dt.date(2026, 10, 15))
        assert ("COM303", ("c",)) in found(R, must, select=["COM303"])
        never = attrs.evolve(C, measure=CSAT, standard=gm.Standard.at_least(99))
        assert found(never, read=months([8, 8.1, 8, 8.1, 8, 8.1, 8]), select=["COM304"]) == [("COM304", ("c",))]

    def test_a_statement_is_held_against_what_is_in_force(self) -> None:
        said = {"r": gm.parse("Increase csat from 8 points to 9.2 points in Q4 2026")}
        later = gm.key_result.revise(R, target=9.5, on=dt.date(2026, 12, 1), reason="more is possible")
        assert found(later, statements=said, select=["GM507"]) == []
        assert found(later, statements=said, as_of=dt.date(2026, 12, 2), select=["GM507"]) == [("GM507", ("r",))]

    def test_a_kpi_an_initiative_serves_is_worked_on_and_one_that_is_proposed_is_said_elsewhere(self) -> None:
        watched = attrs.evolve(K, bands=gm.HealthBands.at_least(9, watch=7))
        read = months([8, 8.1, 8, 8.1, 8, 8.1], until=dt.date(2026, 10, 31))
        calls = gm.Initiative(id="calls", title="Call back", serves="k")
        assert found(watched, read=read, select=["KPI111"]) == [("KPI111", ("k",))]
        assert found(watched, calls, read=read, select=["KPI111"]) == []
        broken = attrs.evolve(K, bands=gm.HealthBands.at_least(9))
        assert found(broken, read=read, select=["KPI111"]) == []

    def test_a_kpi_feeds_the_key_result_that_came_of_it(self) -> None:
        alone = attrs.evolve(K, serves=())
        came = attrs.evolve(R, origin=gm.key_result.Origin(kpi="k", on=dt.date(2026, 10, 1)))
        assert found(alone, R, select=["KPI103"]) == [("KPI103", ("k",))]
        assert found(alone, came, select=["KPI103"]) == []

    def test_kpis_moved_in_a_cycle_to_come_are_watched_now(self) -> None:
        other = gm.Measure("other")
        kpis = K, attrs.evolve(K, id="l", measure=other)
        moved = [attrs.evolve(R, cycle=gm.Cycle.quarter(2027, 1)), attrs.evolve(R, id="s", measure=other)]
        assert found(*kpis, *moved, select=["KPI102"]) == []
        assert found(*kpis, R, moved[1], select=["KPI102"]) == [("KPI102", ("k", "l"))]

    @pytest.mark.parametrize("bands", [gm.HealthBands.at_most(0), gm.HealthBands.between(100, 100)])
    def test_no_band_is_to_be_raised(self, bands: gm.HealthBands) -> None:
        assert "raise" not in str(gm.hygiene.explain("KPI110").kind.sentence)
        value = bands.high or 0
        daily = attrs.evolve(K, bands=bands, cadence=gm.Cadence.DAILY)
        days = {AS_OF - dt.timedelta(days=n): float(value) for n in range(11)}
        assert found(daily, read=days, select=["KPI110"]) == []

    def test_a_floor_and_a_ceiling_on_one_measure_are_no_different_bands(self) -> None:
        ceiling = attrs.evolve(K, id="l", bands=gm.HealthBands.at_most(9))
        assert found(K, ceiling, select=["KPI112"]) == []


def test_what_is_over_or_kept_is_only_to_be_closed() -> None:
    cycle = gm.Cycle.quarter(2026, 3)
    over = attrs.evolve(R, cycle=cycle, baseline=None, serves="happy", target=8)
    many = [attrs.evolve(over, id=f"r{n}", owner=None) for n in range(7)]
    past = attrs.evolve(C, due=dt.date(2026, 11, 14), support=(), is_speculative=True, owner=None)
    stale = attrs.evolve(past, id="d", measure=CSAT, standard=gm.Standard.at_least(8))
    named = found(*many, past, stale, read=months([8] * 12))
    assert named == [
        *(("COM308", (each,)) for each in ("c", "d")),
        ("KR209", tuple(f"r{n}" for n in range(7))),
    ]
    kept = attrs.evolve(C, measure=CSAT, manner=gm.Reached(), standard=gm.Standard.at_least(8), support=())
    for read, expected in (({}, [("COM302", ("c",))]), ({dt.date(2026, 10, 1): 8.5}, [])):
        assert found(kept, read=read, select=["COM302"]) == expected


class TestOneFault:
    """One fault is one finding; what follows from it is not said beside it."""

    def test_without_any_reading_the_baseline_is_missing_too(self) -> None:
        bare = attrs.evolve(R, baseline=None)
        assert found(bare, select=["KR203", "KR208"]) == [("KR208", ("r",))]
        assert found(bare, select=["KR203"]) == [("KR203", ("r",))]
        assert found(bare, read={AS_OF: 8}, select=["KR203", "KR208"]) == [("KR203", ("r",))]

    def test_business_as_usual_is_no_maintenance_and_no_roofshot_besides(self) -> None:
        usual = [attrs.evolve(R, id=f"r{n}", target=8.05) for n in range(3)]
        read = months([7.9, 8.1, 8, 8.1, 7.9, 8, 8.1, 7.9])
        both = ["KR205", "KR210", "KR212"]
        assert found(K, *usual, read=read, select=both) == [("KR205", ("r0", "r1", "r2"))]
        beyond = attrs.evolve(R, target=9)
        assert found(K, usual[0], beyond, read=read, select=both) == [("KR205", ("r0",)), ("KR210", ("k", "r"))]

    def test_what_is_the_same_for_many_is_one_finding_that_names_them_all(self) -> None:
        bare = [attrs.evolve(K, id=f"k{n:03}", owner=None, cadence=None, definition=None) for n in range(108)]
        ids = tuple(each.id for each in bare)
        assert found(*bare, select=["KPI104", "KPI105", "KPI106"]) == [
            (code, ids) for code in ("KPI104", "KPI105", "KPI106")
        ]
        over = [attrs.evolve(R, id=f"r{n}", cycle=gm.Cycle.quarter(2026, n % 2 + 2)) for n in range(4)]
        assert found(*over, select=["KR209"]) == [("KR209", ("r0", "r2")), ("KR209", ("r1", "r3"))]

    def test_many_kpis_that_are_not_read_are_two_findings_with_their_measures(self) -> None:
        names = [f"m{n:03}" for n in range(108)]
        unread = [attrs.evolve(K, id=f"k {name}", measure=gm.Measure(name)) for name in names]
        never, old = unread[::2], unread[1::2]
        # Half of them were read once, each on another day; one was read in time.
        read = [
            gm.Series.of(kpi.measure, {dt.date(2026, 1, 1) + dt.timedelta(days=day): 8}) for day, kpi in enumerate(old)
        ]
        in_time = gm.Series.of(CSAT, {dt.date(2026, 11, 1): 8})
        policy = HygienePolicy(select=["KPI108"])
        model = gm.GoalModel(objectives=[HAPPY], kpis=[*reversed(unread), K])
        first, second = gm.lint(model, [*read, in_time], as_of=AS_OF, policy=policy)
        assert [first.goals, second.goals] == [tuple(each.id for each in half) for half in (never, old)]
        (_, one), (_, other) = (*first.reason.facts, *second.reason.facts)
        assert isinstance(one, gm.Reason)
        assert isinstance(other, gm.Reason)
        assert [dict(each.facts)["measures"] for each in (one, other)] == [tuple(names[::2]), tuple(names[1::2])]
        assert dict(other.facts)["until"] == dict(old[-1].assess(read[-1], as_of=AS_OF).reasons[0].facts)["until"]

    def test_how_it_is_said_that_nobody_reads(self) -> None:
        never, old = (attrs.evolve(K, id=name, measure=gm.Measure(name)) for name in ("visits", "leads"))
        model = gm.GoalModel(objectives=[HAPPY], kpis=[K, never, old])
        read = [gm.Series.of(kpi.measure, {dt.date(2026, month, 1): 8}) for kpi, month in ((K, 9), (old, 6))]
        said = [str(each.reason) for each in gm.lint(model, read, as_of=AS_OF, policy=HygienePolicy(select=["KPI108"]))]
        assert said == [
            "what was read of csat, leads could be relied on until 2026-10-11 at the latest, and it is 2026-11-15",
            "nothing was read of visits until 2026-11-15",
        ]


@pytest.mark.parametrize(
    ("standard", "way", "is_found"),
    [
        (gm.Standard.at_least(9.21), (8, 9.2), True),
        (gm.Standard.at_least(9.2), (8, 9.2), True),
        (gm.Standard.at_least(9.19), (8, 9.2), False),
        (gm.Standard.at_most(9.3), (8, 9.2), False),
        (gm.Standard.at_most(6.9), (8, 7), True),
        (gm.Standard.at_most(7.1), (8, 7), False),
        (gm.Standard.one_of(gm.Standard.at_least(9.5), gm.Standard.at_most(2)), (8, 9.2), False),
        (gm.Standard.at_most(9.2), (None, 9.2), True),
        (gm.Standard.at_most(9.3), (None, 9.2), False),
    ],
)
def test_a_commit_owes_more_than_is_tried(
    standard: gm.Standard,
    way: tuple[float | None, float],
    is_found: bool,  # noqa: FBT001 - a column
) -> None:
    owed = attrs.evolve(C, measure=CSAT, standard=standard)
    tried = attrs.evolve(R, baseline=way[0], target=way[1])
    assert found(owed, tried, select=["GM504"]) == ([("GM504", ("c", "r"))] if is_found else [])


@pytest.mark.parametrize(
    ("name", "is_found"),
    [
        ("build time", False),
        ("launch delay", False),
        ("training hours", False),
        ("complete the migration", True),
        ("launch the survey", True),
        ("Hire 5 engineers", True),
        ("roll out our new desk", True),
    ],
)
def test_a_task_does_something_to_something(name: str, is_found: bool) -> None:  # noqa: FBT001 - a column
    assert bool(found(attrs.evolve(R, measure=gm.Measure(name)), select=["KR204"])) == is_found


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Be ISO 27001 certified", None),
        ("Answer 24/7", None),
        ("The home of B2B", None),
        ("SOC 2 without pain", None),
        ("Win 2026", None),
        ("Win 10 clients", "10"),
        ("Satisfaction of 9.5 points", "9.5"),
        ("Grow by 20 %", "20 %"),
    ],
)
def test_a_number_in_a_name_is_no_target(title: str, number: str | None) -> None:
    model = gm.GoalModel(objectives=[attrs.evolve(HAPPY, title=title)])
    seen = gm.lint(model, as_of=AS_OF, policy=HygienePolicy(select=["OBJ403"]))
    assert [dict(each.reason.facts)["number"] for each in seen] == ([] if number is None else [number])


@pytest.mark.parametrize(
    ("definition", "is_found"), [("must not be counted twice", False), ("must reach 9 by June", True), ("a must", True)]
)
def test_what_must_not_be_is_no_promise(definition: str, is_found: bool) -> None:  # noqa: FBT001 - a column
    assert bool(found(attrs.evolve(K, definition=definition), select=["KPI109"])) == is_found


def test_a_way_nobody_knows_is_no_wrong_way() -> None:
    waiting = attrs.evolve(R, baseline=None, target=gm.key_result.Relative.percent(-5))
    unknown = attrs.evolve(R, baseline=None)
    counted = attrs.evolve(unknown, target=5, counting=gm.key_result.Occasions(9))
    falling = attrs.evolve(R, baseline=9, target=8)
    for key_result, expected in ((waiting, []), (unknown, []), (counted, []), (falling, [("KR213", ("r",))])):
        assert found(key_result, select=["KR213"]) == expected


DAY = dt.date(2026, 10, 1)


class TestOnTheDay:
    """Each goal is asked about as it is in force, known and owed on the day."""

    def test_what_is_kept_takes_nothing_any_more(self) -> None:
        take = gm.capacity.Take("engineers", 3)
        once = attrs.evolve(C, measure=CSAT, manner=gm.Reached(), standard=gm.Standard.at_least(9), takes=take)
        both = once, attrs.evolve(once, id="d")
        there = gm.capacity.Capacity(resource="engineers", amount=5)
        moved = attrs.evolve(R, cycle=gm.Cycle.quarter(2026, 3))
        work = gm.Initiative(id="w", title="Work", serves=["c", "r"], takes=attrs.evolve(take, amount=Fraction(1, 2)))
        for read, expected in (({}, {"GM509": [("c", "d", "w")], "GM510": [("c", "d"), ("w",)]}), ({DAY: 9.0}, {})):
            for code, capacities in (("GM509", [there]), ("GM510", [])):
                model = gm.GoalModel(
                    objectives=[HAPPY], key_results=[moved], commits=both, initiatives=[work], capacities=capacities
                )
                seen = gm.lint(model, [gm.Series.of(CSAT, read)], as_of=AS_OF, policy=HygienePolicy(select=[code]))
                assert [each.goals for each in seen] == expected.get(code, [])

    def test_what_was_to_be_reached_once_has_the_days_that_are_left(self) -> None:
        once = attrs.evolve(C, measure=CSAT, manner=gm.Reached(), standard=gm.Standard.at_least(9))
        ceiling = attrs.evolve(K, bands=gm.HealthBands.at_most(8))
        assert found(once, ceiling, select=["GM501"]) == [("GM501", ("c", "k"))]
        reached = {DAY: 9.0}
        assert found(once, ceiling, read=reached, select=["GM501"]) == []
        for read, expected in (({}, [("c", "k")]), (reached, [])):
            model = gm.GoalModel(objectives=[HAPPY], kpis=[ceiling], commits=[once])
            review = gm.review(model, [gm.Series.of(CSAT, read)], as_of=AS_OF)
            assert [each.goals for each in review.contradictions] == expected

    @pytest.mark.parametrize(
        ("counting", "same_start", "is_found"),
        [
            (gm.Aggregation.MEAN, False, True),
            (gm.key_result.MeanOfLatest(2), False, True),
            (gm.Aggregation.GREATEST, False, True),
            (gm.Aggregation.LEAST, False, True),
            (gm.key_result.Sum.TOTAL, False, True),
            (gm.key_result.Sum.ADDED, True, True),
            (gm.key_result.Sum.ADDED, False, False),
        ],
    )
    def test_two_of_one_counting_pull_apart_what_they_count(
        self,
        counting: Any,  # noqa: ANN401 - whatever can be counted
        same_start: bool,  # noqa: FBT001 - a column
        is_found: bool,  # noqa: FBT001 - a column
    ) -> None:
        up = attrs.evolve(R, counting=counting, baseline=2, target=5)
        down = attrs.evolve(up, id="s", baseline=2 if same_start else 4, target=1)
        assert found(up, down, select=["GM501"]) == ([("GM501", ("r", "s"))] if is_found else [])
        later = attrs.evolve(down, cycle=gm.Cycle.quarter(2027, 1))
        assert found(up, later, select=["GM501"]) == []

    @pytest.mark.parametrize(
        ("commit", "is_found"),
        [
            ({"due": dt.date(2027, 6, 30)}, False),
            ({"due": dt.date(2027, 6, 30), "manner": gm.Held(dt.date(2026, 10, 1))}, True),
            ({"due": dt.date(2026, 12, 1)}, True),
        ],
    )
    def test_a_stretch_is_owed_where_it_is_demanded_in_its_own_time(
        self,
        commit: dict[str, Any],
        is_found: bool,  # noqa: FBT001 - a column
    ) -> None:
        owed = attrs.evolve(C, measure=CSAT, standard=gm.Standard.at_least(9.2), **commit)
        assert found(owed, R, select=["GM504"]) == ([("GM504", ("c", "r"))] if is_found else [])

    def test_a_commit_that_was_kept_at_last_is_not_carried_over_again(self) -> None:
        once = attrs.evolve(C, measure=CSAT, manner=gm.Reached(), standard=gm.Standard.at_least(9), carried_from="b")
        model = gm.GoalModel(objectives=[HAPPY], commits=[once])
        strict = HygienePolicy(select=["COM310"], most_carried=0)
        for read, count in (({}, 1), ({DAY: 9.0}, 0)):
            assert len(gm.lint(model, [gm.Series.of(CSAT, read)], as_of=AS_OF, policy=strict)) == count

    def test_values_are_heaped_on_the_edge_by_what_moves_since_it_was_rebased(self) -> None:
        before = [-10 if n == 5 else (52, 51, 52, 53)[n % 4] for n in range(24)]
        after = [(9990, 10002, 10001, 10003)[n % 4] for n in range(24)]
        read = months([*before, *after], until=dt.date(2026, 10, 31))
        anew = sorted(read)[24]
        plan = {dt.date(2020, 1, 1): gm.HealthBands.at_least(50), anew: gm.HealthBands.at_least(10000)}
        kpi = attrs.evolve(K, rebasings=[Rebasing(on=anew, reason="in pence")]).with_plan(plan, reason="in pence")
        assert found(attrs.evolve(kpi, rebasings=[]), read=read, select=["GM512"]) == [("GM512", ("k",))]
        assert found(kpi, read=read, select=["GM512"]) == []

    def test_what_counts_as_a_whole_asks_nothing_of_single_figures(self) -> None:
        whole = attrs.evolve(C, measure=CSAT, manner=gm.commit.AsAWhole(), standard=gm.Standard.at_least(8))
        read = {DAY + dt.timedelta(days=n): 8 - n % 2 * 0.1 for n in range(40)}
        assert found(whole, read=read, select=["GM511", "GM512", "GM513"]) == []
