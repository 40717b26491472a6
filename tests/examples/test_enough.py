"""Figures that rest on too few cases or readings, by hand: below, on and above what is asked for."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import pytest

from goalmodel import (
    Absence,
    Aggregation,
    AsAWhole,
    Attainment,
    Cadence,
    Commit,
    Cycle,
    GoalModel,
    HealthBands,
    Held,
    KeyResult,
    Kpi,
    Measure,
    OnDueDate,
    Reached,
    Reading,
    Series,
    Standard,
    TrendPolicy,
    promote,
    review,
)
from goalmodel.commit import Amendment, Counted, Manner
from goalmodel.errors import OutOfBounds, WrongType
from goalmodel.key_result import MeanOfLatest
from goalmodel.lifecycle import decide_promotion, new_kpi
from goalmodel.measure import EachPeriod, EachReading, Exclusion, FigurePolicy, LastReadings, Period, judged
from goalmodel.trend import p_chart

LATE = Measure("late", unit="percent", aggregation=Aggregation.MEAN, lowest=0, highest=100)
DOWNTIME = Measure("downtime", unit="minutes", aggregation=Aggregation.SUM, lowest=0)
MONTHS = EachPeriod(Period.MONTH)
ENDS = [Cycle.month(2026, month).end for month in range(1, 13)]
THIRTY = FigurePolicy(cases=30)
LOWER_IS_BETTER = HealthBands.at_most(10)


def _days(month: int, *days: int) -> list[dt.date]:
    return [dt.date(2026, month, day) for day in days]


class TestOneOfTwo:
    """Behind months of 5 % of 200, one month of 1 in 2 is no signal, and no verdict where cases are asked for (P11)."""

    SERIES = Series.shares(LATE, {**dict.fromkeys(ENDS[:11], (10, 200)), ENDS[11]: (1, 2)})
    KPI = Kpi(id="late", measure=LATE, bands=LOWER_IS_BETTER)

    def test_nothing_asked_judges_it(self) -> None:
        found = self.KPI.assess(self.SERIES, as_of=ENDS[11])
        assert (found.health, found.latest) == ("unhealthy", self.SERIES.readings[-1])

    def test_asking_for_cases_leaves_it_out_and_says_so(self) -> None:
        found = attrs.evolve(self.KPI, figure_policy=THIRTY).assess(self.SERIES, as_of=ENDS[11])
        assert (found.health, found.latest) == ("healthy", self.SERIES.readings[-2])
        assert [str(each) for each in found.reasons] == [
            "5 on 2026-11-30 lies in the zone healthy: healthy",
            "50 on 2026-12-31 is not judged: it rests on 2 of the 30 cases that are asked for",
        ]

    def test_a_chart_by_cases_does_not_see_it(self) -> None:
        policy = TrendPolicy(usual=p_chart())
        asking = attrs.evolve(self.KPI, figure_policy=THIRTY)
        found = asking.assess(self.SERIES, as_of=ENDS[11], policy=policy)
        same = self.KPI.assess(self.SERIES.until(ENDS[10]), as_of=ENDS[11], policy=policy)
        assert (found.usual, found.direction, found.streaks) == (same.usual, same.direction, same.streaks)

    def test_with_a_cadence_it_gets_stale_as_if_it_had_not_been_read(self) -> None:
        asking = attrs.evolve(self.KPI, figure_policy=THIRTY, cadence=Cadence.MONTHLY)
        found = asking.assess(self.SERIES, as_of=ENDS[11] + dt.timedelta(60))
        assert [each.code for each in found.reasons] == ["kpi-stale", "figure-too-few-cases"]

    def test_nothing_else_read_leaves_health_unknown_and_says_why(self) -> None:
        asking = attrs.evolve(self.KPI, figure_policy=THIRTY)
        found = asking.assess(self.SERIES.since(ENDS[11]), as_of=ENDS[11])
        assert (found.health, [each.code for each in found.reasons]) == ("unknown", ["figure-too-few-cases"])
        blank = attrs.evolve(asking, bands=None).assess(self.SERIES.since(ENDS[11]), as_of=ENDS[11])
        assert [each.code for each in blank.reasons] == ["kpi-no-bands", "figure-too-few-cases"]

    def test_it_comes_back_when_more_cases_become_known(self) -> None:
        more = Reading(ENDS[11], 50, 30, known_on=dt.date(2027, 1, 20))
        told = Series(LATE, [*self.SERIES, more])
        asking = attrs.evolve(self.KPI, figure_policy=THIRTY)
        days = (dt.date(2027, 1, 19), dt.date(2027, 1, 20))
        assert [asking.assess(told, as_of=day).health.value for day in days] == ["healthy", "unhealthy"]

    def test_a_review_judges_by_it(self) -> None:
        model = GoalModel(kpis=[attrs.evolve(self.KPI, figure_policy=THIRTY)])
        assert review(model, [self.SERIES], as_of=ENDS[11])["late"].health == "healthy"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("asked", "cases", "is_judged"),
    [(30, 29, False), (30, 30, True), (30, 31, True), (0, 1, True), (Fraction(1, 2), 1, True), (30, None, True)],
)
def test_cases_below_on_and_above(asked: Fraction, cases: int | None, is_judged: bool) -> None:  # noqa: FBT001 - a row
    known = Series(LATE, [Reading(ENDS[0], 50, cases)])
    policy = FigurePolicy(cases=asked)
    for window in (EachReading(), MONTHS, LastReadings(1)):
        assert bool(judged(known, window, policy)) is is_judged


@pytest.mark.parametrize(("count", "is_judged"), [(1, False), (2, False), (3, True), (4, True)])
def test_readings_below_on_and_above(count: int, is_judged: bool) -> None:  # noqa: FBT001 - a row
    known = Series.of(DOWNTIME, dict.fromkeys(_days(1, *range(1, count + 1)), 20))
    policy = FigurePolicy(readings=3)
    assert bool(judged(known, MONTHS, policy)) is is_judged
    assert judged(known, EachReading(), policy) == known
    kpi = Kpi(id="downtime", measure=DOWNTIME, bands=HealthBands.at_most(43.2), window=MONTHS, figure_policy=policy)
    found = kpi.assess(known, as_of=ENDS[0])
    assert found.health == ("unhealthy" if is_judged else "unknown")
    assert [each.code for each in found.reasons] == (["kpi-in-zone"] if is_judged else ["figure-too-few-readings"])


@pytest.mark.parametrize("policy", [FigurePolicy(cases=10), FigurePolicy(readings=2, cases=10)])
@pytest.mark.parametrize(("cases", "codes"), [(9, ["figure-too-few-cases"]), (10, []), (None, [])])
def test_of_a_reading_by_itself_only_the_cases_are_asked_and_said(
    policy: FigurePolicy, cases: int | None, codes: list[str]
) -> None:
    kpi = Kpi(id="late", measure=LATE, bands=HealthBands.at_most(60), figure_policy=policy)
    goal = KeyResult(id="late", measure=LATE, baseline=90, target=40, cycle=Cycle.month(2026, 1), figure_policy=policy)
    promise = Commit(
        id="late",
        measure=LATE,
        standard=Standard.at_most(60),
        declared_on=dt.date(2026, 1, 1),
        due=ENDS[0],
        manner=OnDueDate(),
        figure_policy=policy,
    )
    known = Series(LATE, [Reading(ENDS[0], 50, cases)])
    for each in (kpi, goal, promise):
        found = each.assess(known, as_of=ENDS[0])
        assert [why.code for why in found.reasons if why.rule == "FIG-4"] == codes


def test_both_reasons_are_said() -> None:
    kpi = Kpi(id="late", measure=LATE, window=MONTHS, figure_policy=FigurePolicy(readings=2, cases=30))
    found = kpi.assess(Series.shares(LATE, {ENDS[0]: (1, 2)}), as_of=ENDS[0])
    assert [each.code for each in found.reasons[1:]] == ["figure-too-few-readings", "figure-too-few-cases"]


def test_nothing_is_decided_early_by_too_little() -> None:
    known = Series.of(DOWNTIME, {dt.date(2026, 10, 5): 50, dt.date(2026, 10, 20): 0})
    kpi = Kpi(id="down", measure=DOWNTIME, bands=HealthBands.at_most(43.2), window=MONTHS)
    asking = attrs.evolve(kpi, figure_policy=FigurePolicy(readings=2))
    days = _days(10, 5, 19, 20)
    assert [kpi.assess(known, as_of=day).health.value for day in days] == ["unhealthy"] * 3
    assert [asking.assess(known, as_of=day).health.value for day in days] == ["unknown", "unknown", "unhealthy"]
    promise = Commit(
        id="down",
        measure=DOWNTIME,
        standard=Standard.at_most(43.2),
        declared_on=dt.date(2026, 10, 1),
        due=dt.date(2026, 10, 31),
        manner=Held(dt.date(2026, 10, 1)),
        window=MONTHS,
        figure_policy=FigurePolicy(readings=2),
    )
    assert [promise.attainment(known, as_of=day).value for day in days] == ["in flight", "in flight", "not kept"]


def test_an_absence_stays_one() -> None:
    known = Series(LATE, [Reading(ENDS[0], 5, 200), Reading(ENDS[1], Absence.MISSING), Reading(ENDS[2], 101, 2)])
    assert judged(known, EachReading(), THIRTY) == known
    parts = Series(LATE, [Reading(dt.date(2026, 1, 5), 5, 2), Reading(ENDS[0], Absence.MISSING)])
    assert judged(parts, MONTHS, THIRTY).readings == (Reading(ENDS[0], Absence.MISSING),)


class TestCommits:
    """A figure of too few cases neither keeps nor breaks."""

    GOOD, BAD = (1, 200), (1, 2)

    def _found(self, manner: Manner, *counts: tuple[int, int], **fields: object) -> tuple[str, list[str]]:
        promise = Commit(
            id="late",
            measure=LATE,
            standard=Standard.at_most(10),
            declared_on=dt.date(2026, 1, 1),
            due=ENDS[1],
            manner=manner,
            figure_policy=THIRTY,
            **fields,  # type: ignore[arg-type]
        )
        found = promise.assess(Series.shares(LATE, dict(zip(ENDS, counts, strict=False))), as_of=ENDS[2])
        return found.attainment.value, [each.code for each in found.reasons]

    def test_each_manner(self) -> None:
        since = dt.date(2026, 1, 1)
        left_out = "figure-too-few-cases"
        assert self._found(Reached(), self.BAD, (20, 100)) == ("not kept", ["commit-not-met", left_out])
        assert self._found(Reached(), (0, 2)) == ("unknown", [left_out])
        assert self._found(OnDueDate(), self.GOOD, self.BAD) == ("kept", ["commit-met", left_out])
        assert self._found(Held(since), self.GOOD, self.BAD) == ("kept", ["commit-met", left_out])
        assert self._found(Held(since), self.GOOD, self.GOOD) == ("kept", ["commit-met"])
        half = Held(since, share=Fraction(1, 2), counted=Counted.READINGS)
        assert self._found(half, self.BAD, self.GOOD) == ("kept", ["commit-share-met", left_out])
        assert self._found(half, self.BAD) == ("unknown", [left_out])

    def test_where_it_is_expected_it_is_missing(self) -> None:
        found = self._found(Held(dt.date(2026, 1, 1)), self.GOOD, self.BAD, cadence=Cadence(months=1, grace_days=0))
        assert found == ("unknown", ["commit-readings-missing", "figure-too-few-cases"])

    def test_a_pooled_share_counts_every_case_and_asks_for_all_of_them_together(self) -> None:
        assert self._found(AsAWhole(), (1, 2), (1, 28)) == ("kept", ["commit-whole-met"])
        assert self._found(AsAWhole(), (1, 2), (1, 27)) == ("unknown", ["figure-too-few-cases"])

    def test_until_it_is_due_a_whole_that_rests_on_too_little_is_in_flight(self) -> None:
        promise = Commit(
            id="down",
            measure=DOWNTIME,
            standard=Standard.at_most(43.2),
            declared_on=dt.date(2026, 1, 1),
            due=ENDS[0],
            manner=AsAWhole(),
            figure_policy=FigurePolicy(readings=2),
        )
        known = Series.of(DOWNTIME, dict(zip(_days(1, 5, 20), (50, 1), strict=True)))
        early, later = (promise.assess(known, as_of=day) for day in _days(1, 5, 20))
        assert (early.attainment, early.deciding) == (Attainment.IN_FLIGHT, None)
        assert [each.code for each in early.reasons] == ["commit-in-flight", "figure-too-few-readings"]
        assert (later.attainment, [each.code for each in later.reasons]) == ("not kept", ["commit-whole-not-met"])
        allowance = early.allowance
        assert allowance is not None
        assert (allowance.used, allowance.left) == (Fraction(50), Fraction("-6.8"))

    def test_too_little_silences_the_rate_and_never_the_use(self) -> None:
        promise = Commit(
            id="down",
            measure=DOWNTIME,
            standard=Standard.at_most(100),
            declared_on=dt.date(2026, 1, 1),
            due=ENDS[0],
            manner=AsAWhole(),
            figure_policy=FigurePolicy(readings=2),
        )
        known = Series.of(DOWNTIME, dict(zip(_days(1, 2, 9, 10), (10, 10, 20), strict=True)))
        found = [
            promise.assess(known, as_of=day).allowance_by(look_back=2)  # the 9th and 10th, then the 10th and 11th
            for day in _days(1, 2, 10, 11)
        ]
        told = [(each.used, each.rate, each.rate_since_start) for each in found if each is not None]
        assert told == [
            (Fraction(10), None, None),
            (Fraction(40), Fraction(15), Fraction(4)),
            (Fraction(40), None, Fraction(40, 11)),
        ]
        assert [each.used_up_on for each in found if each is not None] == [None, dt.date(2026, 1, 14), None]

    def test_days_that_do_not_count_make_the_figure_smaller(self) -> None:
        closed = Exclusion(start=dt.date(2026, 1, 20), end=ENDS[0], reason="closed", agreed_on=dt.date(2025, 12, 1))
        promise = Commit(
            id="late",
            measure=LATE,
            standard=Standard.at_most(10),
            declared_on=dt.date(2026, 1, 1),
            due=ENDS[0],
            manner=Reached(),
            window=MONTHS,
            figure_policy=THIRTY,
        )
        known = Series.shares(LATE, dict(zip(_days(1, 5, 25), [(1, 20), (1, 20)], strict=True)))
        assert promise.attainment(known, as_of=ENDS[0]) == "kept"
        assert attrs.evolve(promise, exclusions=closed).attainment(known, as_of=ENDS[0]) == "unknown"

    def test_what_rested_on_too_little_before_an_amendment_decided_nothing_then(self) -> None:
        promise = Commit(
            id="down",
            measure=DOWNTIME,
            standard=Standard.at_least(5),
            declared_on=dt.date(2026, 1, 1),
            due=ENDS[1],
            manner=Reached(),
            window=MONTHS,
            amendments=[Amendment(dt.date(2026, 1, 15), Standard.at_least(100), "more is asked for")],
        )
        asking = attrs.evolve(promise, figure_policy=FigurePolicy(readings=2))
        known = Series.of(DOWNTIME, dict(zip(_days(1, 10, 20), (6, 1), strict=True)))
        assert [each.attainment(known, as_of=ENDS[0]) for each in (promise, asking)] == ["kept", "in flight"]

    def test_nothing_but_too_few_is_not_observable(self) -> None:
        promise = Commit(
            id="late",
            measure=LATE,
            standard=Standard.at_most(10),
            declared_on=dt.date(2026, 1, 1),
            due=ENDS[0],
            manner=Reached(),
            figure_policy=THIRTY,
        )
        found = promise.assess(Series.shares(LATE, {ENDS[0]: (1, 2)}), as_of=ENDS[0])
        assert "commit-not-observable" in [each.code for each in found.accountability.objections]


class TestKeyResults:
    """The latest that rests on enough is scored; what is counted together waits until all of it does."""

    MOVED = KeyResult(
        id="late", measure=LATE, baseline=20, target=10, cycle=Cycle.quarter(2026, 1), figure_policy=THIRTY
    )
    READ = Series.shares(LATE, {ENDS[0]: (15, 100), ENDS[1]: (1, 2)})

    def test_the_latest_that_rests_on_enough(self) -> None:
        found = self.MOVED.assess(self.READ, as_of=ENDS[2])
        assert (str(found.score), [each.code for each in found.reasons]) == (
            "50 %",
            ["kr-scored", "figure-too-few-cases"],
        )

    def test_no_score_where_none_does(self) -> None:
        found = self.MOVED.assess(self.READ.since(ENDS[1]), as_of=ENDS[2])
        assert (found.score, [each.code for each in found.reasons]) == (None, ["figure-too-few-cases"])
        waiting = attrs.evolve(self.MOVED, baseline=None)
        found = waiting.assess(self.READ.since(ENDS[1]), as_of=ENDS[2])
        assert [each.code for each in found.reasons] == ["kr-no-baseline", "figure-too-few-cases"]

    def test_what_was_left_out_before_the_cycle_is_not_said(self) -> None:
        later = attrs.evolve(self.MOVED, cycle=Cycle.quarter(2026, 2))
        found = later.assess(self.READ, as_of=ENDS[5])
        assert [each.code for each in found.reasons] == ["kr-no-reading"]

    def test_a_mean_of_the_latest_few_is_of_those_that_rest_on_enough(self) -> None:
        found = attrs.evolve(self.MOVED, counting=MeanOfLatest(2)).assess(self.READ, as_of=ENDS[2])
        assert found.current_value == 15

    def test_a_pooled_mean_waits_for_enough_of_all(self) -> None:
        pooled = attrs.evolve(self.MOVED, counting=Aggregation.MEAN)
        counts = Series.shares(LATE, {ENDS[0]: (3, 20), ENDS[1]: (1, 9), ENDS[2]: (1, 1)})
        early, later = (pooled.assess(counts, as_of=day) for day in ENDS[1:3])
        assert (early.score, early.current_value) == (None, Fraction(400, 29))
        assert [str(each) for each in early.reasons] == [
            "13.7931 on 2026-02-28 is not judged: it rests on 29 of the 30 cases that are asked for"
        ]
        assert (str(later.score), later.too_few) == ("33.3 %", ())

    def test_of_figures_over_a_window_the_readings_are_counted(self) -> None:
        leads = Measure("leads", aggregation=Aggregation.SUM, lowest=0)
        moved = KeyResult(
            id="leads",
            measure=leads,
            baseline=0,
            target=100,
            cycle=Cycle.quarter(2026, 1),
            counting=Aggregation.SUM,
            window=MONTHS,
            figure_policy=FigurePolicy(readings=4),
        )
        known = Series.of(leads, dict.fromkeys([*_days(1, 5, 12, 19), *_days(2, 5)], 10))
        scores = [moved.assess(known, as_of=day).score for day in ENDS[:2]]
        assert [None if each is None else each.raw for each in scores] == [None, Fraction(2, 5)]


class TestLife:
    """What is asked of figures goes along."""

    def test_promoted_and_back(self) -> None:
        kpi = Kpi(id="late", measure=LATE, bands=LOWER_IS_BETTER, figure_policy=THIRTY)
        counts = {**dict.fromkeys(ENDS[:4], (30, 200)), ENDS[4]: (0, 2)}
        known = Series.shares(LATE, counts)
        decision = decide_promotion(kpi, known, as_of=ENDS[4])
        moved = promote(kpi, decision, cycle=Cycle.quarter(2026, 3))  # type: ignore[arg-type]
        assert (moved.baseline, moved.figure_policy) == (Fraction(15), THIRTY)
        reached = Series.shares(LATE, dict.fromkeys(ENDS[6:9], (10, 200)) | {ENDS[9]: (2, 2)})
        latest = attrs.evolve(moved, counting=Aggregation.LAST, origin=None, purpose="nobody waits")
        latest = attrs.evolve(latest, team="night shift", priority=2)
        watched = new_kpi(latest, reached, as_of=ENDS[9])
        assert (watched.figure_policy, watched.bands) == (THIRTY, LOWER_IS_BETTER)
        assert (watched.purpose, watched.team, watched.priority) == ("nobody waits", "night shift", 2)


def test_what_is_asked_is_said_in_words() -> None:
    asked = [FigurePolicy(), FigurePolicy(readings=3), FigurePolicy(cases=2.5), FigurePolicy(readings=1, cases=9)]
    assert list(map(str, asked)) == [
        "any readings",
        "readings: at least 3",
        "cases: at least 2.5",
        "readings: at least 1, cases: at least 9",
    ]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"readings": -1}, OutOfBounds),
        ({"readings": Fraction(1, 2)}, WrongType),
        ({"cases": -1}, OutOfBounds),
    ],
)
def test_what_can_not_be_asked_is_refused(fields: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        FigurePolicy(**fields)  # type: ignore[arg-type]


def test_a_mean_by_cases_may_have_more_digits_than_can_be_given() -> None:
    measure = Measure("late", aggregation=Aggregation.MEAN, lowest=0)
    cases = [Fraction(10**900, below**800) for below in (7, 11, 13)]
    known = Series(measure, [Reading(day, at, each) for at, (day, each) in enumerate(zip(ENDS, cases, strict=False))])
    kpi = Kpi(id="late", measure=measure, window=EachPeriod(Period.QUARTER), figure_policy=FigurePolicy(cases=1))
    found = kpi.assess(known, as_of=ENDS[2], policy=TrendPolicy(usual=p_chart()))
    assert found.latest is not None
    assert 0 < found.latest.known < 3
