"""Laws of derived measures: formulas of figures, against the plainest computation of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs
from hypothesis import given, strategies as st

from goalmodel import (
    Absence,
    Commit,
    Cycle,
    GoalModel,
    HealthBands,
    KeyResult,
    Kpi,
    Measure,
    Reached,
    Reading,
    Series,
    Standard,
    review,
)
from goalmodel.measure import (
    Aggregation,
    Derived,
    EachPeriod,
    EachReading,
    Exclusion,
    Gap,
    Growth,
    Lag,
    Period,
    Ratio,
    Share,
    Total,
    figures,
)
from goalmodel.measure.derived import Formula, Periods

A, B, C = (Measure(name, aggregation=Aggregation.SUM) for name in "abc")
MONTH = EachPeriod(Period.MONTH)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
VALUES = st.one_of(st.fractions(-20, 20, max_denominator=12), st.sampled_from(Absence))
POSITIVE = st.fractions(1, 20, max_denominator=12)
FORMULAS: Sequence[Formula] = (
    Total((A, B, C)),
    Gap(A, B),
    Ratio(A, B),
    Share(A, (A, B, C)),
    Lag(A, 2),
    Growth(A, 2),
)


@st.composite
def known(draw: st.DrawFn, measure: Measure, *, late: bool = True) -> Series:
    """Return a series with restatements, or, where nothing is late, without."""
    found: dict[tuple[dt.date, dt.date], Reading] = {}
    for on in draw(st.lists(DAYS, max_size=8)):
        since = on + dt.timedelta(days=draw(st.sampled_from((0, 0, 1, 20, 60))) if late else 0)
        found[on, since] = Reading(on, draw(VALUES), known_on=since)
    return Series(measure, found.values())


HISTORIES = st.tuples(known(A), known(B), known(C))


def came_to(formula: Formula, values: Mapping[str, Fraction], before: Mapping[str, Fraction]) -> Fraction | None:
    """Return what a formula comes to, written down once more; None where it divides by no more than nothing."""
    a, b = values.get("a", Fraction(0)), values.get("b", Fraction(0))
    match formula:
        case Total():
            return sum(values.values(), Fraction(0))
        case Gap():
            return a - b
        case Ratio():
            return a / b if b > 0 else None
        case Share():
            whole = sum(values.values(), Fraction(0))
            return a / whole if whole > 0 else None
        case Lag():
            return before["a"]
        case Growth():
            return (a - before["a"]) / before["a"] if before["a"] > 0 else None


def by_end(series: Series, window: Periods, as_of: dt.date) -> dict[dt.date, Fraction | Absence]:
    """Return the figures over periods that are over, by their last day, by adding up what was known."""
    if isinstance(window, EachReading):
        return {each.on: each.value for each in series.until(as_of)}
    found: dict[dt.date, list[Fraction | Absence]] = {}
    for each in series.until(as_of):
        period = window.period_of(each.on)
        if period is not None and period.end <= as_of:
            found.setdefault(period.end, []).append(each.value)
    sums: dict[dt.date, Fraction | Absence] = {}
    for end, values in found.items():
        absent = [each for each in values if isinstance(each, Absence)]
        known_values = [each for each in values if isinstance(each, Fraction)]
        sums[end] = sum(known_values, Fraction(0)) if not absent else Absence.MISSING if known_values else absent[-1]
    return sums


def naive(derived: Derived, history: Sequence[Series], as_of: dt.date) -> dict[dt.date, Fraction | None]:
    """Return the derived figures known on a day; None where they are stated absent."""
    formula = derived.formula
    back = formula.periods if isinstance(formula, Lag | Growth) else 0
    parts = {part.name for part in derived.parts}
    read = {each.measure.name: by_end(each, derived.window, as_of) for each in history if each.measure.name in parts}
    found: dict[dt.date, Fraction | None] = {}
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=at) for at in range(600)]
    for day in (each for each in days if each <= as_of):
        earlier = day
        for _ in range(back):
            period = MONTH.period_of(earlier)
            earlier = period.start - dt.timedelta(days=1)
        needs = {name: by[day] for name, by in read.items() if day in by}
        before = {name: by[earlier] for name, by in read.items() if earlier in by}
        if isinstance(formula, Lag):
            needs = before if MONTH.period_of(day).end == day else {}
        if set(needs) != parts or (isinstance(formula, Growth) and set(before) != parts):
            continue
        all_of = [*needs.values(), *(before.values() if isinstance(formula, Growth) else ())]
        if any(isinstance(each, Absence) for each in all_of):
            found[day] = None
        else:
            now = {name: each for name, each in needs.items() if isinstance(each, Fraction)}
            then = {name: each for name, each in before.items() if isinstance(each, Fraction)}
            found[day] = came_to(formula, now, then)
    return found


def values_of(series: Series) -> dict[dt.date, Fraction | None]:
    return {each.on: each.value if isinstance(each.value, Fraction) else None for each in series}


class TestFIG5:
    """A measure may be derived from others: a total, a difference, a ratio, or another period's figure; each part is
    combined over the window first, and a missing part leaves none.
    """

    @given(st.sampled_from(FORMULAS), st.sampled_from((EachReading(), MONTH)), HISTORIES, DAYS)
    def test_what_is_known_on_a_day_is_the_formula_of_what_was_known_of_its_parts(
        self, formula: Formula, window: Periods, history: tuple[Series, ...], as_of: dt.date
    ) -> None:
        if isinstance(formula, Lag | Growth):
            window = MONTH
        derived = Derived(measure=Measure("d"), formula=formula, window=window)
        assert values_of(derived.series(history).until(as_of)) == naive(derived, history, as_of)

    @given(st.sampled_from(FORMULAS), HISTORIES, DAYS)
    def test_what_becomes_known_later_is_never_seen(
        self, formula: Formula, history: tuple[Series, ...], as_of: dt.date
    ) -> None:
        derived = Derived(measure=Measure("d"), formula=formula, window=MONTH)
        until = [Series(each.measure, [it for it in each if it.known_since <= as_of]) for each in history]
        assert derived.series(history).until(as_of) == derived.series(until).until(as_of)

    @given(st.dictionaries(DAYS, st.tuples(st.fractions(-20, 20, max_denominator=12), POSITIVE), max_size=8))
    def test_a_ratio_times_its_denominator_is_its_numerator(
        self, pairs: dict[dt.date, tuple[Fraction, Fraction]]
    ) -> None:
        history = [Series.of(each, {on: pair[at] for on, pair in pairs.items()}) for at, each in enumerate((A, B))]
        found = Derived(measure=Measure("d"), formula=Ratio(A, B)).series(history)
        assert {each.on: each.known * pairs[each.on][1] for each in found} == {on: a for on, (a, _) in pairs.items()}

    @given(known(A))
    def test_the_difference_to_itself_is_0(self, read: Series) -> None:
        found = Derived(measure=Measure("d"), formula=Gap(A, A)).series([read])
        assert not any(values_of(found.corrected)[on] for on, _ in read.present)
        assert len(found.present) == len(read.present)

    @given(known(A), st.integers(1, 6))
    def test_what_was_so_many_periods_ago_is_what_it_was_then(self, read: Series, ago: int) -> None:
        same = Derived(measure=A, formula=Total((B,)), window=MONTH).series([attrs.evolve(read, measure=B)])
        later = Derived(measure=A, formula=Lag(A, ago), window=MONTH).series([read])
        assert [each.value for each in later.corrected] == [each.value for each in same.corrected]
        for was, now in zip(same.corrected, later.corrected, strict=True):
            months = 12 * (now.on.year - was.on.year) + now.on.month - was.on.month
            assert months == ago

    @given(st.sampled_from(FORMULAS), st.sampled_from((EachReading(), MONTH)), HISTORIES, DAYS)
    def test_what_is_complete_of_its_figures_is_what_is_judged(
        self, formula: Formula, window: Periods, history: tuple[Series, ...], as_of: dt.date
    ) -> None:
        if isinstance(formula, Lag | Growth):
            window = MONTH
        derived = Derived(measure=Measure("d"), formula=formula, window=window)
        found = derived.figures(history, as_of=as_of)
        complete = {each.period.end: (each.value, each.weight) for each in found if not each.is_provisional}
        judged_ = {each.on: (each.value, each.weight) for each in derived.series(history).until(as_of)}
        gaps = {each.period.end for each in found if each.is_provisional and each.period.end <= as_of}
        assert complete == {on: each for on, each in judged_.items() if on not in gaps}
        assert all(isinstance(judged_[on][0], Absence) for on in gaps)
        assert all(each.period.start <= as_of for each in found)

    @given(st.sampled_from(FORMULAS[:4]), st.sampled_from((EachReading(), MONTH)), HISTORIES, DAYS, st.integers(1, 12))
    def test_a_period_that_does_not_count_is_one_in_which_nothing_was_read(
        self, formula: Formula, window: Periods, history: tuple[Series, ...], as_of: dt.date, month: int
    ) -> None:
        """A total, a gap, a ratio or a share: each figure follows from what was read in its own time."""
        cycle = Cycle.month(2026, month)
        closed = Exclusion(start=cycle.start, end=cycle.end, reason="closed", agreed_on=dt.date(2025, 12, 1))
        measure = Measure("d")
        kpi = Kpi(id="kpi", measure=measure, bands=HealthBands.at_least(2))
        derived = Derived(measure=measure, formula=formula, window=window)
        without = [Series(each.measure, [it for it in each if it.on not in cycle]) for each in history]
        excluded = review(
            GoalModel(kpis=[attrs.evolve(kpi, exclusions=closed)], derived=[derived]), history, as_of=as_of
        ).kpis[0]
        never_read = review(GoalModel(kpis=[kpi], derived=[derived]), without, as_of=as_of).kpis[0]
        assert (excluded.zone, excluded.latest, excluded.streaks) == (
            never_read.zone,
            never_read.latest,
            never_read.streaks,
        )
        assert (excluded.usual, excluded.direction) == (never_read.usual, never_read.direction)

    @given(st.sampled_from(FORMULAS), HISTORIES, DAYS)
    def test_it_is_provisional_where_a_part_is(
        self, formula: Formula, history: tuple[Series, ...], as_of: dt.date
    ) -> None:
        derived = Derived(measure=Measure("d"), formula=formula, window=MONTH)
        named = {each.measure.name: each for each in history}
        parts = [figures(named[each.name], MONTH, as_of=as_of) for each in derived.parts]
        is_lag = isinstance(formula, Lag)
        for each in derived.figures(history, as_of=as_of):
            of_it = [part for found in parts for part in found if part.period == each.period]
            is_any = not is_lag and any(part.is_provisional for part in of_it)
            assert not is_any or each.is_provisional
            assert each.period.end <= as_of or each.is_provisional
            if not isinstance(formula, Lag | Growth):
                assert each.is_provisional == is_any
                assert each.readings == sum(part.readings for part in of_it)
                assert each.absent == sum(part.absent for part in of_it)

    @given(HISTORIES, st.permutations((A, B, C)))
    def test_a_total_is_the_same_in_any_order(self, history: tuple[Series, ...], order: list[Measure]) -> None:
        total = Derived(measure=Measure("d"), formula=Total((A, B, C)), window=MONTH)
        other = attrs.evolve(total, formula=Total(order))
        assert values_of(total.series(history).corrected) == values_of(other.series(history[::-1]).corrected)

    @given(st.dictionaries(DAYS, st.tuples(st.fractions(0, 20, max_denominator=12), POSITIVE), min_size=1, max_size=8))
    def test_the_mean_of_ratios_over_a_window_is_the_ratio_of_the_sums(
        self,
        pairs: dict[dt.date, tuple[Fraction, Fraction]],
    ) -> None:
        history = [Series.of(each, {on: pair[at] for on, pair in pairs.items()}) for at, each in enumerate((A, B))]
        ratio = Derived(measure=Measure("d", aggregation=Aggregation.MEAN), formula=Ratio(A, B))
        by_month = attrs.evolve(ratio, window=MONTH).series(history)
        found = figures(ratio.series(history), MONTH, as_of=dt.date(2026, 12, 31))
        assert [(each.period.end, each.value, each.weight) for each in found] == [
            (each.on, each.value, each.weight) for each in by_month
        ]

    @given(st.sampled_from(FORMULAS), HISTORIES, DAYS)
    def test_a_review_judges_what_was_computed_as_if_it_had_been_handed_in(
        self, formula: Formula, history: tuple[Series, ...], as_of: dt.date
    ) -> None:
        measure = Measure("d")
        derived = Derived(measure=measure, formula=formula, window=MONTH)
        year = Cycle.year(2026)
        model = GoalModel(
            kpis=[Kpi(id="k", measure=measure, bands=HealthBands.at_least(1, watch=0))],
            key_results=[KeyResult(id="r", measure=measure, baseline=0, target=2, cycle=year)],
            commits=[
                Commit(
                    id="c",
                    measure=measure,
                    standard=Standard.at_least(1),
                    manner=Reached(),
                    declared_on=year.start,
                    due=year.end,
                )
            ],
        )
        by_hand = review(model, [derived.series(history)], as_of=as_of)
        found = review(attrs.evolve(model, derived=[derived]), history, as_of=as_of)
        assert (found.kpis, found.key_results, found.commits) == (by_hand.kpis, by_hand.key_results, by_hand.commits)
        assert found.restatements == by_hand.restatements
        assert set(found.unused).isdisjoint(part.name for part in derived.parts)
