"""Laws of figures that rest on too little, against series that do not have them at all."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
from hypothesis import assume, given, strategies as st

from goalmodel import Absence, AsAWhole, Attainment, Commit, Cycle, Held, KeyResult, Kpi, OnDueDate, Reached, Series
from goalmodel.commit import Amendment, Counted, Manner
from goalmodel.key_result import Counting, MeanOfLatest, Sum
from goalmodel.measure import (
    Aggregation,
    EachPeriod,
    EachReading,
    FigurePolicy,
    LastDays,
    Measure,
    Period,
    Reading,
    Window,
    figures,
    judged,
)
from goalmodel.measure.figure import incomplete
from goalmodel.measure.window import fits
from goalmodel.testing import (
    cadences,
    exclusions,
    figure_policies,
    health_bands,
    kpis,
    measures,
    series,
    standards,
    windows,
)

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 6, 30)
DAYS = st.dates(FIRST, LAST)
ENDS = st.integers(-9, 9).map(Fraction)
POOLED = (Aggregation.SUM, Aggregation.MEAN)
EACH_BY_ITSELF: st.SearchStrategy[Counting] = st.sampled_from(
    (Aggregation.LAST, Aggregation.GREATEST, Aggregation.LEAST, MeanOfLatest(2))
)
TOGETHER: st.SearchStrategy[Counting] = st.sampled_from((Aggregation.MEAN, Sum.ADDED, Sum.TOTAL))
SOME_WINDOWS: st.SearchStrategy[Window] = st.sampled_from(
    (EachReading(), EachPeriod(Period.MONTH), EachPeriod(Period.WEEK), LastDays(28))
)
MANNERS: st.SearchStrategy[Manner] = st.one_of(
    st.just(Reached()),
    st.just(OnDueDate()),
    st.just(AsAWhole()),
    st.builds(Held, DAYS),
    st.builds(Held, DAYS, share=st.just(Fraction(1, 2)), counted=st.sampled_from(Counted)),
)


@st.composite
def read(draw: st.DrawFn, *, aggregation: st.SearchStrategy[Aggregation] | None = None, late: bool = True) -> Series:
    """Return what was read in half a year: with weights and without, absent, late and restated."""
    any_way = st.sampled_from(Aggregation) if aggregation is None else aggregation
    limits = st.sampled_from([(None, None), (0, None), (-9, 9)])
    measure = draw(measures(aggregation=any_way, limits=limits))
    cases = st.integers(1, 12) if draw(st.booleans()) else st.none()
    told = list[Reading]()
    for day in draw(st.sets(DAYS, max_size=8)):
        for days in draw(st.sets(st.sampled_from((0, 3, 30)), min_size=1, max_size=2)) if late else (0,):
            value = draw(st.one_of(ENDS, ENDS, ENDS, st.sampled_from(Absence)))
            weight = None if isinstance(value, Absence) else draw(cases)
            told.append(Reading(day, value, weight, known_on=day + dt.timedelta(days)))
    return Series(measure, told)


def _policies(most: int = 12) -> st.SearchStrategy[FigurePolicy]:
    few = st.integers(0, most)
    return st.builds(FigurePolicy, readings=st.integers(0, 3), cases=few)


def _without_too_few(known: Series, policy: FigurePolicy) -> Series:
    """Return the readings but for those that have a value the measure can have, and too few cases."""
    measure = known.measure
    return Series(
        measure,
        [
            each
            for each in known
            if each.weight is None or each.weight >= policy.cases or not measure.can_be(each.known)
        ],
    )


@st.composite
def commits_on(draw: st.DrawFn, measure: Measure, *, window: Window = EachReading()) -> Commit:  # noqa: B008 - frozen
    """Return commits in every manner, amended and not, with days that do not count, with a cadence and without."""
    first, due = sorted(draw(st.tuples(DAYS, DAYS)))
    standard, later = draw(standards(ends=ENDS)), draw(standards(ends=ENDS))
    manner = draw(MANNERS)
    assume(not isinstance(manner, Held) or manner.since <= due)
    assume(window == EachReading() or not isinstance(manner, AsAWhole))
    counts_from = max(first, manner.since) if isinstance(manner, Held) else first
    assume(fits(window, counts_from, due))
    day = draw(st.dates(first, due))
    is_amended = later != standard and draw(st.booleans())
    return Commit(
        id="commit",
        measure=measure,
        standard=standard,
        declared_on=first,
        due=due,
        manner=manner,
        window=window,
        cadence=draw(st.one_of(st.none(), cadences())),
        amendments=[Amendment(day, later, "because")] if is_amended else [],
        exclusions=draw(st.lists(exclusions(on=DAYS, agreed_on=st.just(FIRST - dt.timedelta(9))), max_size=2)),
    )


def _in_two(known: Series, policy: FigurePolicy, as_of: dt.date) -> tuple[Series, Series]:
    """Return what was known, and the same without what rests on too little."""
    seen = known.until(as_of)
    return seen, _without_too_few(seen, policy)


def _stands(found: attrs.AttrsInstance) -> tuple[object, ...]:
    """Return what an assessment says, but for its reasons, what it was asked about and what it was told."""
    aside = {"reasons", "kpi", "key_result", "commit", "readings", "too_few", "provisional"}
    names = [each.name for each in attrs.fields(type(found)) if each.eq and each.name not in aside]
    return tuple(getattr(found, name) for name in names)


class TestFIG4:
    """A figure that rests on fewer cases or readings than the policy asks for is not judged."""

    @given(read(), windows(), figure_policies())
    def test_judged_is_what_rests_on_enough(self, known: Series, window: Window, policy: FigurePolicy) -> None:
        found = judged(known, window, policy)
        if isinstance(window, EachReading):
            assert found == _without_too_few(known.corrected, policy)
            return
        all_ = {each.on: each for each in judged(known, window)}
        few = {
            each.period.end
            for each in figures(known, window, as_of=dt.date.max)
            if not isinstance(each.value, Absence)
            and (each.readings < policy.readings or (each.weight is not None and each.weight < policy.cases))
        }
        absent = {on for on, each in all_.items() if isinstance(each.value, Absence)}
        assert list(found) == [each for on, each in all_.items() if on in absent or on not in few]

    @given(read(), windows(), figure_policies(), figure_policies())
    def test_more_asked_never_judges_more(
        self, known: Series, window: Window, one: FigurePolicy, other: FigurePolicy
    ) -> None:
        more = FigurePolicy(readings=max(one.readings, other.readings), cases=max(one.cases, other.cases))
        assert set(judged(known, window, more)) <= set(judged(known, window, one)) <= set(judged(known, window))

    @given(read(), windows(), st.data(), DAYS)
    def test_what_everything_has_changes_nothing(
        self, known: Series, window: Window, data: st.DataObject, as_of: dt.date
    ) -> None:
        cases = min((each.weight for each in known if each.weight is not None), default=Fraction(10**9))
        kpi = data.draw(kpis(measure=st.just(known.measure), window=st.just(window)))
        asking = attrs.evolve(kpi, figure_policy=FigurePolicy(readings=1, cases=cases))
        found, same = asking.assess(known, as_of=as_of), kpi.assess(known, as_of=as_of)
        assert (_stands(found), found.reasons) == (_stands(same), same.reasons)

    @given(read(), _policies(), st.data(), DAYS)
    def test_a_kpi_stands_as_without_the_readings_left_out(
        self, known: Series, policy: FigurePolicy, data: st.DataObject, as_of: dt.date
    ) -> None:
        known, without = _in_two(known, policy, as_of)
        excluded = data.draw(st.lists(exclusions(on=DAYS), max_size=2))
        drawn = data.draw(kpis(measure=st.just(known.measure), bands=health_bands(edges=ENDS)))
        kpi = attrs.evolve(drawn, exclusions=excluded)
        asking = attrs.evolve(kpi, figure_policy=policy)
        assert _stands(asking.assess(known, as_of=as_of)) == _stands(kpi.assess(without, as_of=as_of))

    @given(read(), _policies(), windows(), st.data(), DAYS)
    def test_a_kpi_is_judged_by_the_figures_that_rest_on_enough(
        self, known: Series, policy: FigurePolicy, window: Window, data: st.DataObject, as_of: dt.date
    ) -> None:
        seen = known.until(as_of).as_known(as_of)
        drawn = kpis(measure=st.just(seen.measure), window=st.just(window), bands=health_bands(edges=ENDS))
        kpi = attrs.evolve(data.draw(drawn), figure_policy=policy)
        plain = attrs.evolve(kpi, window=EachReading(), figure_policy=FigurePolicy())
        counted = judged(seen, window, policy)
        found, same = kpi.assess(seen, as_of=as_of), attrs.evolve(plain, measure=counted.measure)
        assume(not any(incomplete(seen, window, as_of, policy)))
        as_plain = same.assess(counted, as_of=as_of)
        assert found.zone == as_plain.zone
        assert (found.latest, found.streaks, found.usual, found.direction) == (
            as_plain.latest,
            as_plain.streaks,
            as_plain.usual,
            as_plain.direction,
        )

    @given(read(), _policies(), st.data(), DAYS)
    def test_a_key_result_stands_as_without_the_readings_left_out(
        self, known: Series, policy: FigurePolicy, data: st.DataObject, as_of: dt.date
    ) -> None:
        known, without = _in_two(known, policy, as_of)
        moved = KeyResult(
            id="moved",
            measure=known.measure,
            baseline=data.draw(ENDS),
            target=10,
            cycle=Cycle(FIRST, data.draw(DAYS)),
            counting=data.draw(EACH_BY_ITSELF),
            exclusions=data.draw(st.lists(exclusions(on=DAYS), max_size=2)),
        )
        asking = attrs.evolve(moved, figure_policy=policy)
        found, same = asking.assess(known, as_of=as_of), moved.assess(without, as_of=as_of)
        assert _stands(found) == _stands(same)
        assert (found.by_chance, found.forecast, found.pace) == (same.by_chance, same.forecast, same.pace)

    @given(read(aggregation=st.sampled_from(Aggregation)), _policies(), st.data(), DAYS)
    def test_a_commit_stands_as_without_the_readings_left_out(
        self, known: Series, policy: FigurePolicy, data: st.DataObject, as_of: dt.date
    ) -> None:
        known, without = _in_two(known, policy, as_of)
        commit = data.draw(commits_on(known.measure))
        assume(not commit.is_pooled)
        asking = attrs.evolve(commit, figure_policy=policy)
        found, same = asking.assess(known, as_of=as_of), commit.assess(without, as_of=as_of)
        assert _stands(found) == _stands(same)
        assert (found.allowance, found.risk) == (same.allowance, same.risk)

    @given(st.data(), _policies(), DAYS)
    def test_a_month_left_out_is_a_month_not_read(
        self, data: st.DataObject, policy: FigurePolicy, as_of: dt.date
    ) -> None:
        """Without absences: a month of which a part is stated absent stays one nobody knows.

        And without amendments: before one it may have rested on too little that rests on enough now.
        """
        measure = data.draw(measures(aggregation=st.sampled_from(Aggregation), limits=st.just((0, None))))
        known = data.draw(
            series(
                measure=measure,
                values=st.integers(0, 9),
                on=st.dates(FIRST, as_of),
                weighted=data.draw(st.booleans()),
                absences=False,
            )
        )
        window = EachPeriod(Period.MONTH)
        few = [
            each.period
            for each in figures(known, window, as_of=as_of)
            if each.readings < policy.readings or (each.weight is not None and each.weight < policy.cases)
        ]
        without = Series(measure, [each for each in known if not any(each.on in period for period in few)])
        commit = data.draw(commits_on(measure, window=window))
        moved = KeyResult(id="moved", measure=measure, baseline=-3, target=10, cycle=Cycle(FIRST, LAST), window=window)
        kpi = Kpi(id="kpi", measure=measure, bands=data.draw(health_bands(edges=ENDS)), window=window)
        for goal in (attrs.evolve(commit, exclusions=(), amendments=()), moved, kpi):
            asking = attrs.evolve(goal, figure_policy=policy)
            assert _stands(asking.assess(known, as_of=as_of)) == _stands(goal.assess(without, as_of=as_of))

    @given(st.data(), _policies(), DAYS)
    def test_a_sum_or_mean_as_a_whole_waits_for_enough(
        self, data: st.DataObject, policy: FigurePolicy, as_of: dt.date
    ) -> None:
        known = data.draw(read(aggregation=st.sampled_from(POOLED))).until(as_of)
        drawn = data.draw(commits_on(known.measure))
        commit = attrs.evolve(drawn, manner=AsAWhole(), amendments=(), exclusions=())
        counted = known.corrected.between(commit.declared_on, commit.due)
        here = [each for each in counted if not isinstance(each.value, Absence) and known.measure.can_be(each.known)]
        cases = [each.weight for each in here if each.weight is not None]
        is_enough = len(here) >= policy.readings and (not cases or sum(cases) >= policy.cases)
        found = attrs.evolve(commit, figure_policy=policy).assess(known, as_of=as_of)
        same = commit.assess(known if is_enough else Series(known.measure), as_of=as_of)
        if is_enough or as_of < commit.due:
            assert (found.attainment, found.deciding) == (same.attainment, same.deciding)
        elif found.attainment is not same.attainment:
            # What is missing may still come, and what was read in vain says until when.
            assert {found.attainment, same.attainment} <= {Attainment.UNKNOWN, Attainment.NOT_YET_OBSERVABLE}

    @given(st.data(), _policies(), DAYS)
    def test_what_is_counted_together_has_no_score_before_it_rests_on_enough(
        self, data: st.DataObject, policy: FigurePolicy, as_of: dt.date
    ) -> None:
        known = data.draw(read(aggregation=st.sampled_from(POOLED))).until(as_of)
        moved = KeyResult(
            id="moved",
            measure=known.measure,
            baseline=3,
            target=data.draw(st.sampled_from((10, -10))),
            cycle=Cycle(FIRST, data.draw(DAYS)),
            counting=data.draw(TOGETHER),
        )
        here = [
            each
            for each in known.corrected.between(FIRST, moved.cycle.end)
            if not isinstance(each.value, Absence) and known.measure.can_be(each.known)
        ]
        cases = [each.weight for each in here if each.weight is not None]
        is_enough = len(here) >= policy.readings and (not cases or sum(cases) >= policy.cases)
        found = attrs.evolve(moved, figure_policy=policy).assess(known, as_of=as_of)
        same = moved.assess(known, as_of=as_of)
        assert found.score == (same.score if is_enough else None)
        assert bool(found.too_few) == (bool(here) and not is_enough)

    @given(st.data(), _policies(), DAYS)
    def test_what_is_decided_stays_decided(self, data: st.DataObject, policy: FigurePolicy, as_of: dt.date) -> None:
        known = data.draw(read(late=False))
        window = data.draw(SOME_WINDOWS)
        commit = attrs.evolve(data.draw(commits_on(known.measure, window=window)), figure_policy=policy, exclusions=())
        found = commit.assess(known, as_of=as_of).attainment
        later = commit.assess(known, as_of=data.draw(st.dates(as_of, LAST))).attainment
        if found in (Attainment.KEPT, Attainment.NOT_KEPT):
            assert later is found

    @given(read(), _policies(), DAYS)
    def test_what_is_left_out_is_said(self, known: Series, policy: FigurePolicy, as_of: dt.date) -> None:
        known = known.until(as_of)
        found = Kpi(id="kpi", measure=known.measure, figure_policy=policy).assess(known, as_of=as_of)
        present = known.corrected.present
        few = {on for on, _ in present} - {on for on, _ in judged(known, EachReading(), policy).present}
        behind = [on for on in few if found.latest is None or on > found.latest.on]
        said = [dict(each.facts)["figure"] for each in found.reasons if each.code == "figure-too-few-cases"]
        assert [each.on for each in said if isinstance(each, Reading)] == ([max(behind)] if behind else [])
