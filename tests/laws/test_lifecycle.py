"""Laws of the way from KPI to key result and back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from functools import cmp_to_key
from itertools import pairwise
from typing import Final, TypeVar

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from goalmodel import (
    Absence,
    Cadence,
    Continue,
    Cycle,
    Demote,
    GoalModel,
    Heading,
    Health,
    HealthBands,
    Keep,
    KeyResult,
    Kpi,
    KpiAssessment,
    Measure,
    Polarity,
    Promote,
    Reading,
    Reason,
    Series,
    Standing,
    TrendPolicy,
    Zone,
    decide_demotion,
    decide_promotion,
    demote,
    promote,
)
from goalmodel.errors import NoDefaultTarget, NotThisGoal, TargetEqualsBaseline, TargetNotAnImprovement
from goalmodel.key_result import Origin
from goalmodel.kpi import Breach, Streaks, assurance
from goalmodel.lifecycle import (
    Contradiction,
    ContradictionKind,
    DemotionPolicy,
    FocusPolicy,
    FocusScope,
    PromotionPolicy,
    contradiction,
    focus,
    promotion_of,
)
from goalmodel.measure import Number
from goalmodel.testing import (
    cadences,
    cycles,
    dates,
    exact_numbers,
    goal_models,
    health_bands,
    ids,
    key_results,
    kpi_assessments,
    kpis,
    measures,
    near,
    numbers,
    promotes,
    ranges,
    series,
    texts,
    trend_policies,
    values,
)
from goalmodel.testing.figures import is_short
from goalmodel.trend import HeadingVerdict, StandingVerdict
from speaking import of_unknown_kinds

_T = TypeVar("_T")

FIRST: Final = dt.date(2026, 1, 28)
"""First day of the calendar most histories below are written in."""

DAYS: Final = 16


def _day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def _codes(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(reason.code for reason in reasons)


def _reasons(decision: Promote | Keep | Demote | Continue) -> tuple[Reason, ...]:
    match decision:
        case Promote(evidence=reasons) | Demote(evidence=reasons) | Keep(reasons=reasons) | Continue(reasons=reasons):
            return reasons


def _said(decision: Promote | Keep | Demote | Continue) -> tuple[bool, tuple[str, ...]]:
    """Return whether a decision proposes something, and the codes of its reasons."""
    return isinstance(decision, Promote | Demote), _codes(_reasons(decision))


def _facts(decision: Promote | Keep | Demote | Continue) -> list[dict[str, Hashable]]:
    return [dict(reason.facts) for reason in _reasons(decision)]


def _speaks(reasons: Sequence[Reason]) -> bool:
    return bool(reasons) and of_unknown_kinds(reasons) == []


@attrs.frozen(kw_only=True)
class Watched:
    """A KPI with its readings, on a date."""

    kpi: Kpi
    series: Series
    as_of: dt.date

    def promotion(
        self, policy: PromotionPolicy | None = None, trend: TrendPolicy | None = None, chosen: str | None = None
    ) -> Promote | Keep:
        return decide_promotion(self.kpi, self.series, as_of=self.as_of, policy=policy, trend=trend, chosen=chosen)


@st.composite
def watched(
    draw: st.DrawFn,
    *,
    bands: st.SearchStrategy[HealthBands | None] | None = None,
    cadence: st.SearchStrategy[Cadence | None] | None = None,
    limits: st.SearchStrategy[tuple[Number | None, Number | None]] | None = None,
) -> Watched:
    """Return KPIs with runs of readings on, beside and between their cuts, daily or any time, seen about then."""
    no_limits: st.SearchStrategy[tuple[Number | None, Number | None]] = st.just((None, None))
    some_limits = _mostly(draw, no_limits, ranges()) if limits is None else limits
    some_cadence = _mostly(draw, st.sampled_from((None, Cadence(days=1))), cadences()) if cadence is None else cadence
    kpi = draw(
        kpis(
            measure=measures(limits=some_limits),
            bands=health_bands() if bands is None else bands,
            cadence=some_cadence,
        )
    )
    cuts = () if kpi.bands is None else kpi.bands.cuts
    value = st.one_of(near(*cuts), near(*_middles(cuts)), numbers()) if cuts else numbers()
    run = st.tuples(_mostly(draw, value, st.sampled_from(Absence)), st.integers(1, 4))
    runs = draw(_mostly(draw, st.lists(run, min_size=1, max_size=6), st.just([])))
    values = [each for each, times in runs for _ in range(times)]
    in_runs = Series.of(kpi.measure, {_day(at): each for at, each in enumerate(values)})
    known = draw(_mostly(draw, st.just(in_runs), series(measure=kpi.measure, values=value)))
    last = max((reading.on for reading in known), default=FIRST)
    as_of = draw(_mostly(draw, st.one_of(st.just(last), st.dates(FIRST, _day(DAYS))), dates()))
    return Watched(kpi=kpi, series=known, as_of=as_of)


def _mostly(draw: st.DrawFn, often: st.SearchStrategy[_T], rarely: st.SearchStrategy[_T]) -> st.SearchStrategy[_T]:
    """Return one of the two: a plain one_of would ask each branch of the second as often as the first."""
    return draw(st.sampled_from((often, often, often, rarely)))


def _middles(cuts: Sequence[Fraction]) -> list[Fraction]:
    """Return a value in each zone but the outermost, and the cuts themselves where there is no such zone."""
    middles = ((one + other) / 2 for one, other in pairwise(cuts))
    return [middle for middle in middles if is_short(middle)] or list(cuts)


@st.composite
def found(draw: st.DrawFn) -> KpiAssessment:
    """Return assessments of any health, heading and streak: what other rules may ever find."""
    kpi = draw(kpis())
    standing, heading = draw(st.sampled_from(Standing)), draw(st.sampled_from(Heading))
    return KpiAssessment(
        kpi=kpi,
        as_of=FIRST,
        latest=None,
        zone=draw(st.one_of(st.none(), st.builds(Zone, ids(), st.sampled_from(list(Health)[:3])))),
        streaks=Streaks(
            not_healthy=draw(st.integers(0, 6)),
            unhealthy=draw(st.integers(0, 6)),
            outside_since=draw(st.one_of(st.none(), st.dates(FIRST - dt.timedelta(days=3), FIRST))),
        ),
        usual=draw(st.sampled_from((None, StandingVerdict(TrendPolicy().usual, standing, ())))),
        direction=draw(st.sampled_from((None, HeadingVerdict(TrendPolicy().direction, heading, ())))),
        reasons=(),
    )


@attrs.frozen(kw_only=True)
class Diary:
    """A KPI read daily, written down day by day: what the naive model reads.

    Attributes:
        low: The least healthy value; None where there is no floor.
        high: The greatest healthy value; None where there is no ceiling.
        days: A value a day, None where it is missing; the last day is the day of the judgement.
    """

    low: Fraction | None
    high: Fraction | None
    days: tuple[Fraction | None, ...]

    @property
    def kpi(self) -> Kpi:
        low, high = self.low, self.high
        if low is None:
            assert high is not None
            bands = HealthBands.at_most(high)
        elif high is None:
            bands = HealthBands.at_least(low)
        else:
            bands = HealthBands.between(low, high)
        return Kpi(id="kpi", measure=Measure("measure"), bands=bands, cadence=Cadence(days=1))

    @property
    def series(self) -> Series:
        return Series.of(
            Measure("measure"), {_day(at): value for at, value in enumerate(self.days) if value is not None}
        )

    @property
    def as_of(self) -> dt.date:
        return _day(len(self.days) - 1)

    def is_clear(self, value: Fraction, deadband: Fraction) -> bool:
        above = self.low is None or value >= self.low + deadband
        below = self.high is None or value <= self.high - deadband
        return above and below

    @property
    def is_known(self) -> bool:
        """Whether today's or yesterday's value is there: what is older than a day is stale."""
        return any(value is not None for value in self.days[-2:])

    def is_healthy(self) -> bool | None:
        read = [value for value in self.days if value is not None]
        return self.is_clear(read[-1], Fraction(0)) if read and self.is_known else None

    def run(self, missing_ends_run: int, first: int = 0) -> list[Fraction]:
        """Return the values from the last one back to *first*, or to so many missing days in a row."""
        run: list[Fraction] = []
        missing = 0
        for at in range(len(self.days) - 1, first - 1, -1):
            value = self.days[at]
            # Today is not over: what is not there yet is not missing.
            missing = 0 if value is not None else missing + (at < len(self.days) - 1)
            if missing >= missing_ends_run:
                break
            if value is not None:
                run.append(value)
        return run


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    """Return floors, ceilings and ranges, with a day's value on, just inside or just outside an edge, or missing."""
    low, width = draw(exact_numbers()), draw(st.sampled_from((Fraction(0), Fraction(1), Fraction(3, 7))))
    edges = draw(st.sampled_from(((low, None), (None, low), (low, low + width))))
    step = draw(st.sampled_from((Fraction(1), Fraction(1, 10**15), Fraction(1, 3))))
    cuts = [edge for edge in edges if edge is not None]
    values = [edge + step * sign for edge in cuts for sign in (-2, -1, 0, 1, 2)]
    pool = draw(st.lists(st.sampled_from([None, *values]), min_size=1, max_size=3))
    day = st.sampled_from([*pool, *pool, None, *values])
    return Diary(low=edges[0], high=edges[1], days=tuple(draw(st.lists(day, min_size=1, max_size=DAYS))))


def _naive_streak(values: Iterable[bool]) -> int:
    count = 0
    for holds in values:
        if not holds:
            break
        count += 1
    return count


UNIT_CHANGES: Final = tuple(
    (factor, shift)
    for factor in (Fraction(9, 5), Fraction(-1), Fraction(1, 3), Fraction(-1000, 7))
    for shift in (Fraction(0), Fraction(32), Fraction(-1, 10**12))
)


@attrs.frozen
class UnitChange:
    """The same facts in another unit: x becomes factor * x + shift; a negative factor turns the line round."""

    factor: Fraction
    shift: Fraction

    def value(self, number: Fraction) -> Fraction:
        there = self.factor * number + self.shift
        assume(is_short(there))
        return there

    def bands(self, bands: HealthBands | None) -> HealthBands | None:
        if bands is None:
            return None
        turn = slice(None, None, 1 if self.factor > 0 else -1)
        return HealthBands(cuts=[self.value(cut) for cut in bands.cuts[turn]], zones=bands.zones[turn])

    def measure(self, measure: Measure) -> Measure:
        ends = (measure.lowest, measure.highest)
        lowest, highest = ends if self.factor > 0 else ends[::-1]
        polarity = measure.polarity
        if self.factor < 0 and polarity is not Polarity.IN_RANGE_IS_BETTER:
            (polarity,) = {Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER} - {polarity}
        return attrs.evolve(
            measure,
            polarity=polarity,
            lowest=None if lowest is None else self.value(lowest),
            highest=None if highest is None else self.value(highest),
        )

    def kpi(self, kpi: Kpi) -> Kpi:
        return attrs.evolve(kpi, measure=self.measure(kpi.measure), bands=self.bands(kpi.bands))

    def series(self, series: Series) -> Series:
        readings = (
            reading if isinstance(reading.value, Absence) else Reading(reading.on, self.value(reading.value))
            for reading in series
        )
        return Series(self.measure(series.measure), tuple(readings))

    def key_result(self, key_result: KeyResult) -> KeyResult:
        baseline = key_result.baseline
        return attrs.evolve(
            key_result,
            measure=self.measure(key_result.measure),
            baseline=None if baseline is None else self.value(baseline),
            target=self.value(key_result.target_value),
        )


def unit_changes() -> st.SearchStrategy[UnitChange]:
    return st.sampled_from(UNIT_CHANGES).map(lambda change: UnitChange(*change))


def _but_later(series: Series, as_of: dt.date, later: Sequence[tuple[int, Number | Absence]]) -> Series:
    """Return the series with other readings after *as_of*."""
    seen = [reading for reading in series if reading.on <= as_of]
    room = (dt.date.max - as_of).days
    unseen = {as_of + dt.timedelta(days=days): value for days, value in later if days <= room}
    return Series.of(series.measure, [*seen, *(Reading(on, value) for on, value in unseen.items())])


def later_readings() -> st.SearchStrategy[list[tuple[int, Number | Absence]]]:
    """Return readings so many days after some date."""
    days = st.one_of(st.integers(1, 5), st.integers(1, 4_000_000))
    return st.lists(st.tuples(days, st.one_of(numbers(), st.sampled_from(Absence))), max_size=5)


class TestLIFE1:
    """A KPI is proposed for promotion when it was unhealthy for so many readings in a row, or is unhealthy and worse
    than usual, or is worsening and not healthy or on course to cross its edge soon, or is overdue, or because people
    chose it; every reason that holds is listed.
    """

    @given(found(), values(PromotionPolicy), st.one_of(st.none(), texts()))
    def test_every_reason_that_holds_is_listed_and_no_other(
        self, assessment: KpiAssessment, policy: PromotionPolicy, chosen: str | None
    ) -> None:
        is_bad = assessment.health in {Health.WATCH, Health.UNHEALTHY}
        is_silent = assessment.heading is Heading.IMPROVING and not policy.is_recovering_proposed
        is_unhealthy = assessment.health is Health.UNHEALTHY and not is_silent
        tolerated, since = assessment.kpi.tolerated_days, assessment.streaks.outside_since
        expected: list[str] = []
        if is_unhealthy and assessment.streaks.unhealthy >= policy.unhealthy:
            expected.append("promote-unhealthy-long")
        if is_unhealthy and assessment.standing is Standing.WORSE:
            expected.append("promote-worse-than-usual")
        if is_bad and assessment.heading is Heading.WORSENING:
            expected.append("promote-worsening")
        if is_bad and tolerated is not None and since is not None and (FIRST - since).days >= tolerated:
            expected.append("promote-overdue")
        if chosen is not None:
            expected.append("promote-chosen")
        decision = promotion_of(assessment, policy=policy, chosen=chosen)
        assert isinstance(decision, Promote) == bool(expected)
        if isinstance(decision, Promote):
            assert list(_codes(decision.evidence)) == expected

    @given(diaries(), values(PromotionPolicy), trend_policies())
    def test_a_diary_read_day_by_day_says_the_same(
        self, diary: Diary, policy: PromotionPolicy, trend: TrendPolicy
    ) -> None:
        bad = _naive_streak(not diary.is_clear(value, Fraction(0)) for value in diary.run(trend.missing_ends_run))
        seen = diary.kpi.assess(diary.series, as_of=diary.as_of, policy=trend)
        is_bad = diary.is_healthy() is False
        is_silent = seen.heading is Heading.IMPROVING and not policy.is_recovering_proposed
        expected: list[str] = []
        if is_bad and not is_silent and bad >= policy.unhealthy:
            expected.append("promote-unhealthy-long")
        if is_bad and not is_silent and seen.standing is Standing.WORSE:
            expected.append("promote-worse-than-usual")
        if is_bad and seen.heading is Heading.WORSENING:
            expected.append("promote-worsening")
        if diary.is_healthy() and seen.heading is Heading.WORSENING and policy.within is not None:
            course = seen.time_to_breach(policy.breach)
            if isinstance(course, Breach) and course.readings <= policy.within:
                expected.append("promote-on-course")
        decision = decide_promotion(diary.kpi, diary.series, as_of=diary.as_of, policy=policy, trend=trend)
        evidence = decision.evidence if isinstance(decision, Promote) else ()
        assert list(_codes(evidence)) == expected
        counts = [dict(reason.facts)["count"] for reason in evidence if reason.code == "promote-unhealthy-long"]
        assert counts == [bad] * len(counts)

    @given(watched(), values(PromotionPolicy), trend_policies(), texts())
    def test_people_may_choose_whatever_the_readings_say_and_their_reason_comes_on_top(
        self, case: Watched, policy: PromotionPolicy, trend: TrendPolicy, why: str
    ) -> None:
        by_readings = case.promotion(policy, trend)
        chosen = case.promotion(policy, trend, why)
        assert isinstance(chosen, Promote)
        evidence = by_readings.evidence if isinstance(by_readings, Promote) else ()
        assert chosen.evidence[:-1] == evidence
        assert dict(chosen.evidence[-1].facts) == {"kpi": case.kpi.id, "why": why}

    @given(watched(bands=st.one_of(st.none(), health_bands())), values(PromotionPolicy), trend_policies())
    def test_unknown_or_healthy_is_no_evidence(
        self, case: Watched, policy: PromotionPolicy, trend: TrendPolicy
    ) -> None:
        found = case.kpi.assess(case.series, as_of=case.as_of, policy=trend)
        is_worsening = found.health is Health.HEALTHY and found.heading is Heading.WORSENING
        said = _said(case.promotion(policy, trend))
        if found.health in {Health.UNKNOWN, Health.HEALTHY} and not (is_worsening and said[0]):
            assert said == (False, (f"keep-{found.health.name.lower()}",))
        elif is_worsening:
            assert said == (True, ("promote-on-course",))
        elif found.health is Health.WATCH and found.overdue_since is None:
            assert said[0] == (found.heading is Heading.WORSENING)

    @given(watched(), values(PromotionPolicy), st.integers(min_value=1))
    def test_to_ask_for_more_readings_never_proposes_more(
        self, case: Watched, policy: PromotionPolicy, more: int
    ) -> None:
        within = None if policy.within is None else max(policy.within - more, 1)
        stricter = attrs.evolve(policy, unhealthy=policy.unhealthy + more, within=within)
        if isinstance(case.promotion(stricter), Promote):
            assert isinstance(case.promotion(policy), Promote)

    @given(watched(), values(PromotionPolicy), trend_policies(), unit_changes())
    def test_another_unit_or_the_mirror_changes_nothing(
        self, case: Watched, policy: PromotionPolicy, trend: TrendPolicy, change: UnitChange
    ) -> None:
        other = Watched(kpi=change.kpi(case.kpi), series=change.series(case.series), as_of=case.as_of)
        assert _said(other.promotion(policy, trend)) == _said(case.promotion(policy, trend))

    @given(watched(bands=st.one_of(st.none(), health_bands())), values(PromotionPolicy), st.one_of(st.none(), texts()))
    def test_every_decision_says_why(self, case: Watched, policy: PromotionPolicy, chosen: str | None) -> None:
        decision = case.promotion(policy, chosen=chosen)
        assert decision.kpi == case.kpi.id
        assert _speaks(_reasons(decision))

    @given(kpi_assessments(), values(PromotionPolicy))
    def test_one_that_is_assessed_already_gets_the_same_decision(
        self, assessment: KpiAssessment, policy: PromotionPolicy
    ) -> None:
        decision = promotion_of(assessment, policy=policy)
        assert decision.assessment == assessment
        assert decision == promotion_of(assessment, policy=policy)


def _healthy_edges(bands: HealthBands) -> tuple[Fraction | None, Fraction | None]:
    """Return floor and ceiling of the healthy zone, read off the line."""
    (at,) = (index for index, zone in enumerate(bands.zones) if zone.health is Health.HEALTHY)
    padded = (None, *bands.cuts, None)
    return padded[at], padded[at + 1]


def _is_improvement(bands: HealthBands, baseline: Fraction, target: Fraction) -> bool:
    """Return whether *target* is healthier: of a range, nearer to its middle."""
    low, high = _healthy_edges(bands)
    if low is None:
        return target < baseline
    if high is None:
        return target > baseline
    middle = (low + high) / 2
    return abs(target - middle) < abs(baseline - middle)


@st.composite
def promoted(draw: st.DrawFn) -> tuple[Kpi, Promote, Fraction]:
    """Return KPIs with bands, a decision to promote them, and a target: on a cut, the baseline, or its mirror image."""
    case = draw(watched(limits=st.just((None, None))))
    decision = case.promotion(chosen="so we want it")
    assert isinstance(decision, Promote)
    assert case.kpi.bands is not None
    ties = [*case.kpi.bands.cuts]
    if decision.baseline is not None:
        low, high = _healthy_edges(case.kpi.bands)
        ties += [decision.baseline] * 3
        ties += [low + high - decision.baseline] * 3 if low is not None and high is not None else []
    ties = [tie for tie in ties if is_short(tie)]
    target = draw(st.one_of(st.sampled_from(ties), near(*ties).map(_as_read), exact_numbers()))
    return case.kpi, decision, target


def _carried_by(goal: Kpi | KeyResult) -> tuple[object, ...]:
    """Return what is said of a goal beside what it demands, and goes along with it."""
    return goal.owner, goal.purpose, goal.team, goal.priority


def _as_read(number: Number) -> Fraction:
    """Return what *number* means, as a reading of it does."""
    return Reading(FIRST, number).known


class TestLIFE2:
    """The baseline of a promoted key result is the mean of the readings that promoted it, at least three where there
    are, and it counts the mean of as many of its latest; its default target is the nearest healthy edge, and a target
    that is not an improvement is refused.
    """

    @given(diaries(), values(PromotionPolicy))
    def test_the_baseline_is_the_mean_of_as_many_as_promote_and_of_three_at_least(
        self, diary: Diary, policy: PromotionPolicy
    ) -> None:
        assume(any(value is not None for value in diary.days))
        decision = decide_promotion(diary.kpi, diary.series, as_of=diary.as_of, policy=policy, chosen="so we want it")
        assert isinstance(decision, Promote)
        days = list(diary.days)
        while days[-1] is None:
            days.pop()
        run = attrs.evolve(diary, days=tuple(days)).run(TrendPolicy().missing_ends_run)[: max(policy.unhealthy, 3)]
        assert [each.known for each in decision.readings] == run[::-1]
        assert decision.baseline == sum(run) / Fraction(len(run))

    # Most KPIs that are drawn are healthy, or have no edge to aim at: those are no cases of this rule.
    @settings(suppress_health_check=[HealthCheck.filter_too_much])
    @given(watched(), values(PromotionPolicy), later_readings())
    def test_it_is_closed_by_a_like_window(
        self, case: Watched, policy: PromotionPolicy, later: list[tuple[int, Number | Absence]]
    ) -> None:
        decision = case.promotion(policy, chosen="so we want it")
        assert isinstance(decision, Promote)
        # A mean may have more digits than are read, as that of three readings of 1/10^999.
        baseline = decision.baseline
        assume(baseline is not None and is_short(baseline) and not _is_healthy(case.kpi, baseline))
        assume(not _has_open_edge(case.kpi))
        assume(case.as_of.year < dt.date.max.year)
        cycle = Cycle(case.as_of + dt.timedelta(days=1), dt.date.max)
        moved = promote(case.kpi, decision, cycle=cycle)
        series = _but_later(case.series, case.as_of, later)
        found = moved.assess(series, as_of=dt.date.max)
        read = [value for on, value in series.present if on > case.as_of][-len(decision.readings) :]
        assert found.current_value == (sum(read) / Fraction(len(read)) if read else None)

    @given(promoted(), cycles())
    def test_the_baseline_is_one_of_the_day_of_the_promotion(
        self, case: tuple[Kpi, Promote, Fraction], cycle: Cycle
    ) -> None:
        kpi, decision, target = case
        baseline = decision.baseline
        assume(baseline is None or (is_short(baseline) and _improves(kpi, baseline, target)))
        key_result = promote(kpi, decision, cycle=cycle, target=target)
        assert key_result.baseline == baseline
        assert decision.readings[-1:] == (() if (read := decision.assessment.latest) is None else (read,))
        assert key_result.origin == Origin(kpi=kpi.id, on=decision.assessment.as_of)
        assert (key_result.target_value, key_result.cycle, key_result.measure) == (target, cycle, kpi.measure)
        assert _carried_by(key_result) == _carried_by(kpi)

    @given(promoted(), cycles())
    def test_the_default_target_is_the_nearest_healthy_edge_and_there_is_none_for_what_is_healthy_or_never_read(
        self, case: tuple[Kpi, Promote, Fraction], cycle: Cycle
    ) -> None:
        kpi, decision, _ = case
        assert kpi.bands is not None
        low, high = _healthy_edges(kpi.bands)
        baseline = decision.baseline
        if baseline is not None and low is not None and baseline < low:
            assert promote(kpi, decision, cycle=cycle).target == low
        elif baseline is not None and high is not None and baseline > high:
            assert promote(kpi, decision, cycle=cycle).target == high
        else:
            with pytest.raises(NoDefaultTarget):
                promote(kpi, decision, cycle=cycle)

    @given(promotes(kpi=kpis(bands=st.none())), cycles())
    def test_without_bands_there_is_no_default_target(self, decision: Promote, cycle: Cycle) -> None:
        with pytest.raises(NoDefaultTarget):
            promote(decision.assessment.kpi, decision, cycle=cycle)

    @given(promoted(), cycles())
    def test_exactly_the_targets_on_the_healthier_side_of_the_baseline_are_taken(
        self, case: tuple[Kpi, Promote, Fraction], cycle: Cycle
    ) -> None:
        kpi, decision, target = case
        if decision.baseline is None or _improves(kpi, decision.baseline, target):
            assert promote(kpi, decision, cycle=cycle, target=target).target == target
        else:
            with pytest.raises(TargetNotAnImprovement):
                promote(kpi, decision, cycle=cycle, target=target)

    @given(kpis(measure=measures(limits=st.just((None, None))), bands=st.none()), numbers(), cycles(), st.data())
    def test_without_bands_the_polarity_says_which_side_that_is(
        self, kpi: Kpi, value: Number, cycle: Cycle, data: st.DataObject
    ) -> None:
        decision = decide_promotion(kpi, Series.of(kpi.measure, {FIRST: value}), as_of=FIRST, chosen="so we want it")
        assert isinstance(decision, Promote)
        baseline = _as_read(value)
        target = data.draw(st.one_of(near(baseline), numbers()).map(_as_read))
        if {
            Polarity.HIGHER_IS_BETTER: target <= baseline,
            Polarity.LOWER_IS_BETTER: target >= baseline,
            Polarity.IN_RANGE_IS_BETTER: target == baseline,
        }[kpi.measure.polarity]:
            with pytest.raises((TargetNotAnImprovement, TargetEqualsBaseline)):
                promote(kpi, decision, cycle=cycle, target=target)
        else:
            assert promote(kpi, decision, cycle=cycle, target=target).target == target

    @given(promoted(), cycles(), unit_changes())
    def test_the_default_target_is_the_same_in_another_unit(
        self, case: tuple[Kpi, Promote, Fraction], cycle: Cycle, change: UnitChange
    ) -> None:
        kpi, decision, _ = case
        assume(decision.baseline is not None and not _is_healthy(kpi, decision.baseline))
        assert decision.baseline is not None
        change.value(decision.baseline)
        known, day = Series(kpi.measure, decision.readings), decision.assessment.as_of
        other = change.kpi(kpi)
        again = decide_promotion(kpi, known, as_of=day, chosen="so we want it")
        its_decision = decide_promotion(other, change.series(known), as_of=day, chosen="so we want it")
        assert isinstance(its_decision, Promote)
        assert isinstance(again, Promote)
        expected = change.key_result(promote(kpi, again, cycle=cycle))
        assert promote(other, its_decision, cycle=cycle) == expected

    @given(values(Promote), kpis(), cycles())
    def test_a_decision_about_another_kpi_is_refused(self, decision: Promote, other: Kpi, cycle: Cycle) -> None:
        assume(other != decision.assessment.kpi)
        with pytest.raises(NotThisGoal):
            promote(other, decision, cycle=cycle)


def _improves(kpi: Kpi, baseline: Fraction, target: Fraction) -> bool:
    assert kpi.bands is not None
    return _is_improvement(kpi.bands, baseline, target)


def _has_open_edge(kpi: Kpi) -> bool:
    return kpi.bands is not None and bool(kpi.bands.open_cuts)


def _is_healthy(kpi: Kpi, value: Fraction) -> bool:
    assert kpi.bands is not None
    low, high = _healthy_edges(kpi.bands)
    return (low is None or low <= value) and (high is None or value <= high)


class TestLIFE3:
    """A KPI stays watched while it is a key result: both verdicts stand side by side, and a target that is
    reached while the band is still broken is reported as a contradiction.
    """

    @given(watched(), st.data())
    def test_exactly_a_reached_target_beside_a_broken_band_is_reported(
        self, case: Watched, data: st.DataObject
    ) -> None:
        assert case.kpi.bands is not None
        known = [reading.value for reading in case.series if isinstance(reading.value, Fraction)]
        ties = st.sampled_from([*case.kpi.bands.cuts, *known])
        baseline, target = data.draw(st.tuples(st.one_of(ties, exact_numbers()), ties))
        assume(baseline != target)
        cycle = data.draw(st.one_of(st.just(Cycle(dt.date.min, dt.date.max)), cycles()))
        key_result = KeyResult(id="kr", measure=case.kpi.measure, baseline=baseline, target=target, cycle=cycle)
        moved = key_result.assess(case.series, as_of=case.as_of)
        seen = case.kpi.assess(case.series, as_of=case.as_of)
        at = None if moved.latest is None else moved.latest.known
        is_reached = at is not None and (at >= target if target > baseline else at <= target)
        is_broken = seen.health in {Health.WATCH, Health.UNHEALTHY}
        reported = contradiction(moved, seen)
        is_told = reported is not None and reported.kind is ContradictionKind.REACHED_BUT_NOT_HEALTHY
        assert is_told == (is_reached and is_broken)

    @given(values(Contradiction))
    def test_a_contradiction_names_its_goals_and_says_why(self, reported: Contradiction) -> None:
        assert reported.goals
        assert str(reported.reason) in str(reported)

    @given(kpis(measure=measures(limits=st.just((None, None)))), exact_numbers())
    def test_without_a_score_or_without_health_there_is_none(self, kpi: Kpi, value: Fraction) -> None:
        unhealthy = attrs.evolve(kpi, bands=HealthBands.at_least(value + 1), cadence=Cadence(days=1))
        reached = KeyResult(
            id="kr", measure=kpi.measure, baseline=value - 1, target=value, cycle=Cycle(FIRST, _day(DAYS))
        )
        read = Series.of(kpi.measure, {FIRST: value})
        assert contradiction(reached.assess(read, as_of=FIRST), unhealthy.assess(read, as_of=FIRST)) is not None
        unscored = attrs.evolve(reached, baseline=None)
        assert contradiction(unscored.assess(read, as_of=FIRST), unhealthy.assess(read, as_of=FIRST)) is None
        stale = unhealthy.assess(read, as_of=_day(2))
        assert contradiction(reached.assess(read, as_of=_day(2)), stale) is None
        without_bands = attrs.evolve(unhealthy, bands=None)
        assert contradiction(reached.assess(read, as_of=FIRST), without_bands.assess(read, as_of=FIRST)) is None


_ANYBODY: Final[tuple[str | None, ...]] = (None, "one", "other")
_SOMEBODY: Final = st.sampled_from(_ANYBODY)


@st.composite
def proposals(draw: st.DrawFn) -> list[Promote]:
    """Return proposals with ties in every part of the order but the id."""
    names = draw(st.lists(st.one_of(st.sampled_from("abcdef"), ids()), max_size=6, unique=True))
    return [draw(_proposals(name)) for name in names]


@st.composite
def _proposals(draw: st.DrawFn, name: str) -> Promote:
    serves = draw(st.sets(st.sampled_from("xyz")))
    seen = draw(found())
    owner, team = draw(_SOMEBODY), draw(_SOMEBODY)
    priority = draw(st.sampled_from((None, None, 1, 2)))
    kpi = attrs.evolve(seen.kpi, id=name, serves=tuple(serves), owner=owner, team=team, priority=priority)
    decision = promotion_of(attrs.evolve(seen, kpi=kpi), chosen="so we want it")
    assert isinstance(decision, Promote)
    return decision


def _goes_before(one: Promote, other: Promote) -> bool:
    """Return whether *one* goes before *other*, one question after the other."""
    priority, its_priority = one.assessment.kpi.priority, other.assessment.kpi.priority
    if priority != its_priority:
        return its_priority is None or (priority is not None and priority < its_priority)
    words = [Health.UNHEALTHY, Health.WATCH, Health.HEALTHY, Health.UNKNOWN]
    health, its_health = words.index(one.assessment.health), words.index(other.assessment.health)
    if health != its_health:
        return health < its_health
    since, its_since = one.assessment.streaks.outside_since, other.assessment.streaks.outside_since
    if since != its_since:
        return its_since is None or (since is not None and since < its_since)
    served, its_served = len(one.assessment.kpi.serves), len(other.assessment.kpi.serves)
    return served > its_served if served != its_served else one.kpi < other.kpi


def _order(one: Promote, other: Promote) -> int:
    return -1 if _goes_before(one, other) else 1


@st.composite
def running(draw: st.DrawFn) -> list[KeyResult]:
    """Return key results that are active, of few owners and teams."""
    owners = draw(st.lists(_SOMEBODY, max_size=6))
    a_key_result = KeyResult(id="kr", measure=Measure("measure"), baseline=0, target=1, cycle=Cycle(FIRST, _day(99)))
    serves = st.sets(st.sampled_from("xyz")).map(tuple)
    return [
        attrs.evolve(a_key_result, id=str(at), owner=owner, team=draw(_SOMEBODY), serves=draw(serves))
        for at, owner in enumerate(owners)
    ]


def focus_policies() -> st.SearchStrategy[FocusPolicy]:
    scopes = (FocusScope.OWNER, FocusScope.TEAM, FocusScope.MODEL)
    return st.builds(FocusPolicy, limit=st.integers(1, 8), scope=st.sampled_from(scopes))


def _groups(policy: FocusPolicy) -> list[set[str | None]]:
    """Return the owners, or the teams, who share a limit."""
    return [set(_ANYBODY)] if policy.scope is FocusScope.MODEL else [{somebody} for somebody in _ANYBODY]


def _whose(goal: Kpi | KeyResult, policy: FocusPolicy) -> str | None:
    """Return whose attention a goal takes, where a limit is theirs."""
    return goal.team if policy.scope is FocusScope.TEAM else goal.owner


class TestLIFE4:
    """Beyond the limit of active key results a proposal is deferred: those of higher priority go first where one is
    named, then the less healthy, then those that were not healthy for longer, in days, then those that more depends
    on, then by id.
    """

    @given(proposals(), running(), focus_policies())
    def test_as_many_are_taken_as_there_is_room_for_and_none_gets_lost(
        self, given_: list[Promote], active: list[KeyResult], policy: FocusPolicy
    ) -> None:
        decided = focus(given_, active=active, policy=policy)
        for owners in _groups(policy):
            mine = [each for each in given_ if _whose(each.assessment.kpi, policy) in owners]
            room = max(policy.limit - sum(_whose(each, policy) in owners for each in active), 0)
            assert sum(each in mine for each in decided.taken) == min(room, len(mine))
        everything = [*decided.taken, *(each.proposal for each in decided.deferred)]
        assert sorted(each.kpi for each in everything) == sorted(each.kpi for each in given_)
        assert all(each in given_ for each in everything)

    @given(proposals(), running(), focus_policies())
    def test_each_goes_before_the_next(
        self, given_: list[Promote], active: list[KeyResult], policy: FocusPolicy
    ) -> None:
        decided = focus(given_, active=active, policy=policy)
        waiting = [each.proposal for each in decided.deferred]
        for some in (decided.taken, waiting):
            assert all(_goes_before(one, other) for one, other in pairwise(some))
        for owners in _groups(policy):
            mine = [each for each in (*decided.taken, *waiting) if _whose(each.assessment.kpi, policy) in owners]
            assert all(_goes_before(one, other) for one, other in pairwise(mine))

    @given(proposals().flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))), running())
    def test_the_order_they_come_in_does_not_matter(
        self, orders: tuple[list[Promote], list[Promote]], active: list[KeyResult]
    ) -> None:
        one, other = orders
        assert focus(one, active=active) == focus(other, active=active[::-1])

    @given(proposals(), running(), focus_policies())
    def test_what_waits_says_how_many_go_first(
        self, given_: list[Promote], active: list[KeyResult], policy: FocusPolicy
    ) -> None:
        decided = focus(given_, active=active, policy=policy)
        for each in decided.deferred:
            (owners,) = (some for some in _groups(policy) if _whose(each.proposal.assessment.kpi, policy) in some)
            facts = dict(each.reason.facts)
            assert facts["kpi"] == each.proposal.kpi
            assert (facts["limit"], facts["active"]) == (
                policy.limit,
                sum(_whose(it, policy) in owners for it in active),
            )
            mine = [
                other for other in given_ if _whose(other.assessment.kpi, policy) in owners and other != each.proposal
            ]
            assert facts["ahead"] == sum(_goes_before(other, each.proposal) for other in mine)
            assert _speaks([each.reason])

    @given(proposals(), running(), focus_policies())
    def test_more_room_takes_those_and_more(
        self, given_: list[Promote], active: list[KeyResult], policy: FocusPolicy
    ) -> None:
        roomier = attrs.evolve(policy, limit=policy.limit + 1)
        little, more = (focus(given_, active=active, policy=each).taken for each in (policy, roomier))
        assert [each for each in more if each in little] == list(little)

    @given(proposals(), running(), st.integers(1, 4))
    def test_each_objective_that_is_served_must_have_room(
        self, given_: list[Promote], active: list[KeyResult], limit: int
    ) -> None:
        decided = focus(given_, active=active, policy=FocusPolicy(limit=limit, scope=FocusScope.OBJECTIVE))
        waiting = [each.proposal for each in decided.deferred]
        load = Counter(objective for each in active for objective in each.serves or (None,))
        taken: list[Promote] = []
        counted = load.copy()
        for each in sorted(given_, key=cmp_to_key(_order)):
            objectives = each.assessment.kpi.serves or (None,)
            if all(counted[objective] < limit for objective in objectives):
                taken.append(each)
                counted.update(objectives)
        assert list(decided.taken) == taken
        assert sorted(each.kpi for each in (*taken, *waiting)) == sorted(each.kpi for each in given_)
        for waits in decided.deferred:
            loads = [load[objective] for objective in waits.proposal.assessment.kpi.serves or (None,)]
            assert dict(waits.reason.facts)["active"] in loads

    @given(goal_models(), running())
    def test_in_a_model_more_depends_on_what_leads_to_more_over_all_steps(
        self, model: GoalModel, active: list[KeyResult]
    ) -> None:
        alike = [
            KpiAssessment(
                kpi=kpi, as_of=FIRST, latest=None, zone=None, streaks=Streaks(), usual=None, direction=None, reasons=()
            )
            for kpi in model.kpis
        ]
        proposed = [promotion_of(each, chosen="so we want it") for each in alike]
        decided = focus([each for each in proposed if isinstance(each, Promote)], active=active, model=model)
        order = [(each.assessment.kpi.priority or 99, -len(model.impact(each.kpi)), each.kpi) for each in decided.taken]
        assert order == sorted(order)


@attrs.frozen(kw_only=True)
class Moved:
    """A key result with its KPI and their readings, on a date."""

    key_result: KeyResult
    watched: Watched

    def demotion(self, policy: DemotionPolicy | None = None, trend: TrendPolicy | None = None) -> Demote | Continue:
        case = self.watched
        return decide_demotion(self.key_result, case.kpi, case.series, as_of=case.as_of, policy=policy, trend=trend)


@st.composite
def moved(draw: st.DrawFn) -> Moved:
    """Return key results promoted from KPIs, or not, with targets on cuts, and cycles that end about now."""
    case = draw(watched())
    assert case.kpi.bands is not None
    way = st.tuples(exact_numbers(), st.sampled_from(case.kpi.bands.cuts)).filter(lambda ends: ends[0] != ends[1])
    cycle = Cycle(draw(st.dates(FIRST, _day(3))), draw(st.dates(_day(3), _day(DAYS + 2))))
    on = st.dates(FIRST, _day(3))
    origin = st.one_of(st.none(), on.map(lambda day: Origin(kpi=case.kpi.id, on=day)))
    key_result = draw(key_results(measure=st.just(case.kpi.measure), way=way, cycle=st.just(cycle), origin=origin))
    return Moved(key_result=key_result, watched=case)


class TestLIFE5:
    """Demotion is proposed after so many healthy readings since the promotion, clear of the edge by the deadband, or
    one fewer where they are clear of it by half a sigma, unless it is worsening, and not before the cycle ends unless
    the target is reached.
    """

    @given(diaries(), st.data())
    def test_a_diary_read_day_by_day_says_the_same(self, diary: Diary, data: st.DataObject) -> None:
        today = len(diary.days) - 1
        start, end = sorted(data.draw(st.tuples(st.integers(0, DAYS + 1), st.integers(0, DAYS + 1))))
        promoted_on = data.draw(st.one_of(st.none(), st.integers(0, today)))
        deadband = data.draw(st.sampled_from((Fraction(0), Fraction(1, 10**15), Fraction(1, 3), Fraction(1))))
        policy = DemotionPolicy(healthy=data.draw(st.integers(1, 4)), deadband=deadband, sooner_sigmas=None)
        trend = attrs.evolve(data.draw(trend_policies()), missing_ends_run=data.draw(st.integers(1, 4)))
        edge = diary.low if diary.low is not None else diary.high
        assert edge is not None
        baseline = edge + data.draw(st.sampled_from((-5, 5)))
        target = edge + data.draw(st.sampled_from((0, 1, -1)))
        key_result = KeyResult(
            id="kr",
            measure=diary.kpi.measure,
            baseline=baseline,
            target=target,
            cycle=Cycle(_day(start), _day(end)),
            origin=None if promoted_on is None else Origin(kpi="kpi", on=_day(promoted_on)),
        )
        run = diary.run(trend.missing_ends_run, first=start if promoted_on is None else promoted_on + 1)
        count = _naive_streak(diary.is_clear(value, deadband) for value in run)
        in_cycle = [value for value in diary.days[start : end + 1] if value is not None]
        is_reached = bool(in_cycle) and (in_cycle[-1] >= target if target > baseline else in_cycle[-1] <= target)
        heading = diary.kpi.assess(diary.series, as_of=diary.as_of, policy=trend).heading
        missing = {
            "continue-unknown": diary.is_healthy() is None,
            "continue-not-healthy-long": count < policy.healthy,
            "continue-worsening": heading is Heading.WORSENING,
            "continue-cycle-running": today < end and not is_reached,
        }
        grounds = {"demote-healthy-long": True, "demote-cycle-over": today >= end, "demote-target-reached": is_reached}
        speaking = grounds if not any(missing.values()) else missing
        expected = not any(missing.values()), tuple(code for code, holds in speaking.items() if holds)
        decision = decide_demotion(key_result, diary.kpi, diary.series, as_of=diary.as_of, policy=policy, trend=trend)
        assert _said(decision) == expected

    @given(moved(), values(DemotionPolicy), trend_policies())
    def test_one_reading_fewer_is_enough_exactly_where_all_are_clear_by_so_many_sigmas(
        self, case: Moved, policy: DemotionPolicy, trend: TrendPolicy
    ) -> None:
        there = case.watched
        sigma = assurance(there.kpi, there.series, as_of=there.as_of, policy=trend).limits
        never = attrs.evolve(policy, sooner_sigmas=None)
        expected = isinstance(case.demotion(never, trend), Demote)
        if policy.sooner_sigmas is not None and sigma is not None and policy.healthy > 1:
            deadband = max(policy.deadband, policy.sooner_sigmas * sigma.sigma)
            assume(is_short(deadband))
            fewer = attrs.evolve(never, healthy=policy.healthy - 1, deadband=deadband)
            expected |= isinstance(case.demotion(fewer, trend), Demote)
        assert isinstance(case.demotion(policy, trend), Demote) == expected

    @given(moved(), values(DemotionPolicy), trend_policies(), st.integers(0, 3), exact_numbers().map(abs))
    def test_to_ask_for_more_never_proposes_more(
        self, case: Moved, policy: DemotionPolicy, trend: TrendPolicy, more: int, further: Fraction
    ) -> None:
        wider = policy.deadband + further
        assume(is_short(wider))
        stricter = attrs.evolve(
            policy,
            healthy=policy.healthy + more,
            deadband=wider,
            deadband_sigmas=policy.deadband_sigmas * (1 + more),
            stay_days=policy.stay_days + more,
            is_assured=policy.is_assured or more == 3,
        )
        if isinstance(case.demotion(stricter, trend), Demote):
            assert isinstance(case.demotion(policy, trend), Demote)

    @given(moved(), values(DemotionPolicy), trend_policies(), unit_changes())
    def test_another_unit_or_the_mirror_changes_nothing(
        self, case: Moved, policy: DemotionPolicy, trend: TrendPolicy, change: UnitChange
    ) -> None:
        there = case.watched
        other = Moved(
            key_result=change.key_result(case.key_result),
            watched=Watched(kpi=change.kpi(there.kpi), series=change.series(there.series), as_of=there.as_of),
        )
        its_policy = attrs.evolve(policy, deadband=policy.deadband * abs(change.factor))
        assert _said(other.demotion(its_policy, trend)) == _said(case.demotion(policy, trend))

    @given(values(Demote))
    def test_what_goes_back_is_healthy_not_worsening_and_its_time_has_come(self, decision: Demote) -> None:
        moved_, seen = decision.key_result, decision.kpi
        assert seen.health is Health.HEALTHY
        assert seen.heading is not Heading.WORSENING
        is_reached = moved_.score is not None and moved_.score.raw >= 1
        assert moved_.as_of >= moved_.key_result.cycle.end or is_reached
        assert _speaks(decision.evidence)

    @given(moved(), values(DemotionPolicy), trend_policies())
    def test_every_decision_says_why(self, case: Moved, policy: DemotionPolicy, trend: TrendPolicy) -> None:
        assert _speaks(_reasons(case.demotion(policy, trend)))

    @given(values(Demote))
    def test_it_closes_with_its_score_as_it_stood(self, decision: Demote) -> None:
        closed = demote(decision.key_result.key_result, decision)
        assert closed.key_result == decision.key_result.key_result
        assert (closed.score, closed.on) == (decision.key_result.score, decision.kpi.as_of)
        assert (closed.kpi, closed.evidence) == (decision.kpi.kpi, decision.evidence)

    @given(key_results(), values(Demote))
    def test_a_decision_about_another_key_result_is_refused(self, other: KeyResult, decision: Demote) -> None:
        assume(other != decision.key_result.key_result)
        with pytest.raises(NotThisGoal):
            demote(other, decision)

    @given(moved(), kpis())
    def test_another_kpi_is_refused(self, case: Moved, other: Kpi) -> None:
        origin = case.key_result.origin
        assume(other.measure != case.key_result.measure or (origin is not None and origin.kpi != other.id))
        with pytest.raises(NotThisGoal):
            decide_demotion(case.key_result, other, case.watched.series, as_of=case.watched.as_of)


class TestKPI8:
    """A KPI may name how many days it may lie outside its healthy zone; from then on it is overdue, and that is a
    reason for promotion.
    """

    @given(diaries(), st.integers(0, DAYS))
    def test_a_diary_read_day_by_day_says_the_same(self, diary: Diary, tolerated: int) -> None:
        kpi = attrs.evolve(diary.kpi, tolerated_days=tolerated)
        found = kpi.assess(diary.series, as_of=diary.as_of)
        outside: list[int] = []
        run = set(_run_days(diary, TrendPolicy().missing_ends_run))
        for at in sorted(run, reverse=True):
            value = diary.days[at]
            if value is not None and diary.is_clear(value, Fraction(0)):
                break
            outside.append(at)
        is_overdue = diary.is_healthy() is False and len(diary.days) - 1 - outside[-1] >= tolerated
        assert found.overdue_since == (_day(outside[-1] + tolerated) if is_overdue else None)
        decision = promotion_of(found, policy=PromotionPolicy(unhealthy=99))
        assert ("promote-overdue" in _said(decision)[1]) == is_overdue
        assert ("kpi-overdue" in _codes(found.reasons)) == is_overdue

    @given(watched(), st.integers(0, 99))
    def test_to_tolerate_more_makes_it_overdue_later_and_moves_no_other_verdict(self, case: Watched, more: int) -> None:
        never = attrs.evolve(case.kpi, tolerated_days=None).assess(case.series, as_of=case.as_of)
        less, later = (
            attrs.evolve(case.kpi, tolerated_days=days).assess(case.series, as_of=case.as_of) for days in (0, more)
        )
        assert never.overdue_since is None
        assert (less.overdue_since is not None) == (
            less.health in {Health.WATCH, Health.UNHEALTHY} and not less.deviation
        )
        if later.overdue_since is not None:
            assert less.overdue_since == later.overdue_since - dt.timedelta(days=more)
        for found in (less, later):
            assert (found.zone, found.streaks, found.standing, found.heading) == (
                never.zone,
                never.streaks,
                never.standing,
                never.heading,
            )


def _run_days(diary: Diary, missing_ends_run: int) -> list[int]:
    """Return on which days the values were read that hang together with the last day."""
    found: list[int] = []
    missing = 0
    for at in range(len(diary.days) - 1, -1, -1):
        missing = 0 if diary.days[at] is not None else missing + (at < len(diary.days) - 1)
        if missing >= missing_ends_run:
            break
        if diary.days[at] is not None:
            found.append(at)
    return found


@st.composite
def kept_apart(draw: st.DrawFn) -> tuple[Series, Series, int]:
    """Return a series, the same with stated absences between and after its readings, and how many would end a run."""
    limit = draw(st.integers(2, 4))
    values = draw(st.lists(st.sampled_from((7, 8, 9)), min_size=1, max_size=8))
    measure = Measure("measure")
    with_gaps: list[Number | Absence] = []
    for value in values:
        with_gaps += [value, *[Absence.MISSING] * draw(st.integers(0, limit - 1))]
    whole = Series.of(measure, {_day(at): value for at, value in enumerate(with_gaps)})
    present = [reading for reading in whole if reading.value is not Absence.MISSING]
    return Series(measure, present), whole, limit


FLOOR: Final = Kpi(id="kpi", measure=Measure("measure"), bands=HealthBands.at_least(8))
TO_THE_FLOOR: Final = KeyResult(
    id="kr",
    measure=Measure("measure"),
    baseline=7,
    target=8,
    cycle=Cycle(FIRST, _day(99)),
    origin=Origin(kpi="kpi", on=FIRST),
)


class TestLIFE6:
    """No history proposes promotion and demotion of one measure on one date; missing readings suspend a run, they
    neither extend nor end it until so many follow one another.
    """

    @given(moved(), values(PromotionPolicy), values(DemotionPolicy), trend_policies(), trend_policies())
    def test_what_is_proposed_for_one_is_not_proposed_for_the_other_whatever_the_policies(
        self,
        case: Moved,
        up: PromotionPolicy,
        down: DemotionPolicy,
        trend_up: TrendPolicy,
        trend_down: TrendPolicy,
    ) -> None:
        promotion = case.watched.promotion(up, trend_up)
        demotion = case.demotion(down, trend_down)
        assert not (isinstance(promotion, Promote) and isinstance(demotion, Demote))

    @given(values(Demote), values(PromotionPolicy))
    def test_what_goes_back_is_not_promoted_again_by_the_same_readings(
        self, decision: Demote, policy: PromotionPolicy
    ) -> None:
        assert isinstance(promotion_of(decision.kpi, policy=policy), Keep)

    @given(kept_apart(), st.integers(1, 4))
    def test_fewer_missing_readings_than_the_limit_change_no_decision(
        self, case: tuple[Series, Series, int], count: int
    ) -> None:
        close, apart, limit = case
        trend = TrendPolicy(missing_ends_run=limit)
        as_of = _day(98)
        up, down = PromotionPolicy(unhealthy=count), DemotionPolicy(healthy=count)
        kept, suspended = (
            decide_promotion(FLOOR, each, as_of=as_of, policy=up, trend=trend) for each in (close, apart)
        )
        assert (_said(kept), _facts(kept)) == (_said(suspended), _facts(suspended))
        back, suspended_back = (
            decide_demotion(TO_THE_FLOOR, FLOOR, each, as_of=as_of, policy=down, trend=trend) for each in (close, apart)
        )
        assert (_said(back), _facts(back)) == (_said(suspended_back), _facts(suspended_back))

    @given(kept_apart(), st.integers(1, 8))
    def test_so_many_missing_in_a_row_end_it(self, case: tuple[Series, Series, int], after: int) -> None:
        _, apart, limit = case
        trend = TrendPolicy(missing_ends_run=limit)
        last = apart.readings[-1].on
        gap = [Reading(last + dt.timedelta(days=index + 1), Absence.NOT_MEASURED) for index in range(limit)]
        ended = Series(apart.measure, (*apart.readings, *gap))
        assert isinstance(
            decide_promotion(FLOOR, ended, as_of=_day(98), policy=PromotionPolicy(unhealthy=1), trend=trend), Keep
        )
        resumed = [Reading(gap[-1].on + dt.timedelta(days=index + 1), 7) for index in range(after)]
        again = Series(apart.measure, (*ended.readings, *resumed))
        seen = FLOOR.assess(again, as_of=_day(98), policy=trend)
        assert seen.streaks.not_healthy == after

    @given(moved(), values(DemotionPolicy), values(PromotionPolicy), trend_policies(), later_readings())
    def test_readings_after_the_date_never_matter(
        self,
        case: Moved,
        down: DemotionPolicy,
        up: PromotionPolicy,
        trend: TrendPolicy,
        later: list[tuple[int, Number | Absence]],
    ) -> None:
        there = case.watched
        other = attrs.evolve(there, series=_but_later(there.series, there.as_of, later))
        assert other.promotion(up, trend) == there.promotion(up, trend)
        assert attrs.evolve(case, watched=other).demotion(down, trend) == case.demotion(down, trend)

    @given(promoted(), cycles(), st.integers(1, 4))
    def test_promoted_and_demoted_it_is_the_kpi_it_was(
        self, case: tuple[Kpi, Promote, Fraction], cycle: Cycle, count: int
    ) -> None:
        kpi, decision, _ = case
        kpi = attrs.evolve(kpi, cadence=None)
        assume(decision.readings and not _is_healthy(kpi, decision.readings[-1].known))
        baseline = decision.readings[-1]
        last = max(decision.assessment.as_of, cycle.end)
        assume((dt.date.max - last).days > count)
        before = Series(kpi.measure, (baseline,))
        again = decide_promotion(kpi, before, as_of=decision.assessment.as_of, chosen="so we want it")
        assert isinstance(again, Promote)
        key_result = promote(kpi, again, cycle=cycle)
        healthy = [Reading(last + dt.timedelta(days=day), key_result.target_value) for day in range(1, count + 1)]
        after = Series(kpi.measure, (*before.readings, *healthy))
        back = decide_demotion(key_result, kpi, after, as_of=healthy[-1].on, policy=DemotionPolicy(healthy=count))
        assert isinstance(back, Demote)
        assert demote(key_result, back).kpi == kpi

    @given(watched(bands=health_bands()), st.integers(1, 3))
    def test_evidence_below_the_threshold_changes_nothing(self, case: Watched, count: int) -> None:
        seen = case.kpi.assess(case.series, as_of=case.as_of)
        assume(seen.heading is not Heading.WORSENING and seen.standing is not Standing.WORSE)
        assume(seen.overdue_since is None)
        policy = PromotionPolicy(unhealthy=seen.streaks.unhealthy + count)
        decision = case.promotion(policy)
        assert isinstance(decision, Keep)
        assert decision.assessment == seen
