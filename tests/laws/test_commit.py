"""Laws of commits: COM-1 to COM-5."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import attrs
import pytest
from hypothesis import assume, event, given, strategies as st

from budgets import examples
from goalmodel import (
    Absence,
    AsAWhole,
    Attainment,
    Cadence,
    Commit,
    CommitAssessment,
    Held,
    Measure,
    OnDueDate,
    Reached,
    Reading,
    Series,
    Standard,
    Support,
)
from goalmodel.commit import Response
from goalmodel.measure import Aggregation, EachPeriod, Number, Period, figures
from goalmodel.testing import (
    amended_commits,
    cadences,
    commit_assessments,
    commits,
    dates,
    either_of_two,
    exact_numbers,
    measures,
    near,
    numbers,
    readings_about,
    same_as,
    standards,
    values,
)
from speaking import of_unknown_kinds

KEPT, NOT_KEPT = Attainment.KEPT, Attainment.NOT_KEPT
IN_FLIGHT, UNKNOWN, NOT_YET = Attainment.IN_FLIGHT, Attainment.UNKNOWN, Attainment.NOT_YET_OBSERVABLE
FROM_WORST_TO_BEST = {NOT_KEPT: 0, IN_FLIGHT: 1, NOT_YET: 1, UNKNOWN: 1, KEPT: 2}
Kind: TypeAlias = type[Reached | OnDueDate | Held]
KINDS: tuple[Kind, ...] = (Reached, OnDueDate, Held)
MEASURE = Measure("anything")
DUE = dt.date(2026, 12, 31)
MOST_BITS = 3_322


class Situation(NamedTuple):
    """A commit, what was read of its measure, and the date of the judgement."""

    commit: Commit
    read: Mapping[dt.date, Number | Absence]
    as_of: dt.date

    def assess(self) -> CommitAssessment:
        return self.commit.assess(Series.of(self.commit.measure, self.read), as_of=self.as_of)


def _meant(value: Number) -> Fraction:
    """Return what *value* means, read as the rulebook says: a float as its first 15 digits, up to 10**15."""
    if isinstance(value, float) and abs(value) < 10**15:
        return Fraction(f"{value:.15g}")
    return Fraction(value)


def _fits(*values: Fraction) -> bool:
    """Return whether *values* are short enough to be taken at the doors."""
    return all(max(each.numerator.bit_length(), each.denominator.bit_length()) < MOST_BITS for each in values)


def _shifted(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


def _ends(standard: Standard) -> list[Fraction]:
    return [end for end in (standard.low, standard.high) if end is not None]


# ---------------------------------------------------------------- the rulebook's sentences, in small steps


def _meets(standard: Standard, value: Number) -> bool:
    number = _meant(value)
    too_low = standard.low is not None and number < standard.low
    too_high = standard.high is not None and number > standard.high
    return not (too_low or too_high or number in standard.open_ends)


def _good(standard: Standard) -> Fraction:
    """Return a value that meets the standard, on an end of it where one will do."""
    return next(each for each in _beside(_ends(standard)) if _meets(standard, each))


def _beside(ends: list[Fraction]) -> list[Fraction]:
    """Return some numbers, what lies between them, and what lies beyond."""
    ordered = sorted(ends)
    return [*ordered, *((one + other) / 2 for one, other in pairwise(ordered)), ordered[0] - 1, ordered[-1] + 1]


def _falls_due(cadence: Cadence, reading: dt.date, periods: int = 1) -> int:
    """Return the ordinal of the day on which the reading so many *periods* after *reading* is expected."""
    if cadence.days:
        return reading.toordinal() + cadence.days * periods
    months = reading.year * 12 + reading.month - 1 + cadence.months * periods
    year, month = divmod(months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max.toordinal() + 1
    day = min(reading.day, monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day).toordinal()


def _last_day_of_grace(cadence: Cadence, reading: dt.date) -> int:
    """Return the ordinal of the last day on which the reading after *reading* may come."""
    return min(_falls_due(cadence, reading) + cadence.grace_days, dt.date.max.toordinal())


def _can_still_come(cadence: Cadence, last: dt.date, due: dt.date, as_of: dt.date) -> bool:
    """Return whether the last reading that is expected until *due* is not late yet."""
    expected = [day for periods in range(1, 70) if (day := _falls_due(cadence, last, periods)) <= due.toordinal()]
    return bool(expected) and as_of.toordinal() <= max(expected) + cadence.grace_days


def _is_possible(measure: Measure, value: Number) -> bool:
    too_low = measure.lowest is not None and _meant(value) < measure.lowest
    too_high = measure.highest is not None and _meant(value) > measure.highest
    return not (too_low or too_high)


def _can_be_met(commit: Commit) -> bool:
    """Return whether some value the measure can have meets the standard."""
    ends = [commit.standard.low, commit.standard.high, commit.measure.lowest, commit.measure.highest]
    some = _beside([end for end in ends if end is not None])
    return any(_meets(commit.standard, each) and _is_possible(commit.measure, each) for each in some)


def _naive(situation: Situation) -> Attainment:
    """Return the attainment by going through the rulebook sentence by sentence."""
    commit, read, as_of = situation
    if as_of < commit.declared_on or not _can_be_met(commit):
        return IN_FLIGHT if as_of < commit.declared_on else NOT_KEPT
    return _naive_among_possible(commit, read, as_of)


def _naive_among_possible(commit: Commit, read: Mapping[dt.date, Number | Absence], as_of: dt.date) -> Attainment:
    held_from = commit.manner.since if isinstance(commit.manner, Held) else commit.declared_on
    first = max(held_from, commit.declared_on)
    known: list[tuple[dt.date, Number]] = []
    absent: list[dt.date] = []
    for on in sorted(read):
        value = read[on]
        if first <= on <= commit.due and on <= as_of:
            if isinstance(value, Absence) or not _is_possible(commit.measure, value):
                absent.append(on)
            else:
                known.append((on, value))
    met = [_meets(commit.standard, value) for _, value in known]
    if isinstance(commit.manner, Reached) and any(met):
        return KEPT
    if isinstance(commit.manner, Held) and not all(met):
        return NOT_KEPT
    if as_of < commit.due:
        return IN_FLIGHT
    last = max([on for on, _ in known] + absent, default=first)
    if commit.cadence is not None and _can_still_come(commit.cadence, last, commit.due, as_of):
        return NOT_YET
    if not known or _leaves_a_doubt(commit, first, [on for on, _ in known], absent):
        return UNKNOWN
    return KEPT if met[-1] else NOT_KEPT


def _leaves_a_doubt(commit: Commit, first: dt.date, known: list[dt.date], absent: list[dt.date]) -> bool:
    """Return whether readings are missing that could have changed the verdict."""
    matters_from = known[-1] if isinstance(commit.manner, OnDueDate) else first
    expecting = [matters_from, *(on for on in known if on >= matters_from)]
    cadence = commit.cadence
    has_gap = cadence is not None and (
        _falls_due(cadence, expecting[-1]) <= commit.due.toordinal()
        or any(_last_day_of_grace(cadence, earlier) < later.toordinal() for earlier, later in pairwise(expecting))
    )
    return has_gap or any(on >= matters_from for on in absent)


# ---------------------------------------------------------------------------------------------- strategies

POSITIVE = st.fractions(min_value=Fraction(1, 10**12)) | st.just(Fraction(1, 10**20))
ABSENT = st.sampled_from(Absence)
CADENCES = st.one_of(
    st.none(),
    st.sampled_from((Cadence.DAILY, Cadence.WEEKLY, Cadence.MONTHLY)),
    st.builds(Cadence, days=st.integers(3, 40), grace_days=st.integers(0, 10)),
    st.builds(Cadence, months=st.integers(1, 2), grace_days=st.integers(0, 10)),
    cadences(),
)


@st.composite
def _about(draw: st.DrawFn, *cuts: Fraction) -> Number:
    """Return numbers on and beside *cuts* as often as any others; a plain one_of would drown them in the others."""
    return draw(near(*cuts) if draw(st.booleans()) else numbers())


@st.composite
def _limited(draw: st.DrawFn, standard: Standard) -> Measure:
    """Return a measure that can, or can't quite, have the values at the ends of *standard*."""
    end = draw(st.sampled_from(_ends(standard)))
    limit = draw(st.one_of(st.just(end), near(end)))
    lowest, highest = draw(st.sampled_from([(None, None)] * 4 + [(limit, None), (None, limit)]))
    return Measure("anything", lowest=lowest, highest=highest)


@st.composite
def _short_commits(draw: st.DrawFn, *, kind: Kind, has_limits: bool) -> Commit:
    """Return commits whose time, window and cadence are of one size, so that all of them can matter."""
    due, standard = draw(dates()), draw(standards())
    declared_on, since = (_shifted(due, -draw(st.integers(0, 60))) for _ in range(2))
    manners: dict[Kind, Reached | OnDueDate | Held] = {Reached: Reached(), OnDueDate: OnDueDate(), Held: Held(since)}
    cadence = draw(CADENCES)
    return Commit(
        id="commit",
        measure=draw(_limited(standard)) if has_limits else MEASURE,
        standard=standard,
        due=due,
        declared_on=declared_on,
        manner=manners[kind],
        cadence=cadence,
    )


@st.composite
def _days(draw: st.DrawFn, commit: Commit) -> dt.date:
    """Return days that decide: the first that counts, the due date, those beside them, and any between."""
    first = commit.counts_from
    beside = [_shifted(day, step) for day in (first, commit.declared_on, commit.due) for step in (-1, 0, 1)]
    return draw(st.one_of(st.sampled_from(beside), st.dates(first, commit.due)))


@st.composite
def _chains(draw: st.DrawFn, cadence: Cadence, first: dt.date, due: dt.date) -> list[dt.date]:
    """Return days from *first* to *due* as a cadence expects them, up to its grace late; or with a gap anywhere."""
    day, found = first, list[dt.date]()
    lateness = draw(st.sampled_from([(-cadence.grace_days, 0), (0, 1), (0,), (-1, 0)]))
    while (last := _last_day_of_grace(cadence, day)) < due.toordinal():
        ordinal = last + draw(st.sampled_from(lateness))
        if ordinal > due.toordinal():
            break
        day = dt.date.fromordinal(max(ordinal, day.toordinal() + 1))
        found.append(day)
    return draw(st.sampled_from([found, found, found[1:], found[:-1]]))


@st.composite
def _values(draw: st.DrawFn, commit: Commit) -> Number:
    """Return values on the ends of the standard, beside them and anywhere."""
    return draw(_about(*_ends(commit.standard)))


@st.composite
def _situations(draw: st.DrawFn, *, kind: Kind | None = None, has_limits: bool = True) -> Situation:
    chosen = draw(st.sampled_from(KINDS)) if kind is None else kind
    commit = draw(_short_commits(kind=chosen, has_limits=has_limits))
    some_days = st.lists(_days(commit), max_size=5)
    if commit.cadence is None:
        days = draw(some_days)
    else:
        days = draw(st.one_of(_chains(commit.cadence, commit.counts_from, commit.due), some_days))
    if draw(st.booleans()):
        days.append(commit.due)
    good, bad = _good(commit.standard), _unmet(commit.standard, draw(POSITIVE))
    mixtures: list[tuple[Number | Absence, ...]] = [
        (good,),
        (good,),
        (bad,),
        (bad,),
        (good, bad),
        (good, good, Absence.MISSING),
        (bad, bad, Absence.NOT_MEASURED),
    ]
    anything = st.one_of(_values(commit), ABSENT)
    value = draw(st.sampled_from([*(st.sampled_from(mixture) for mixture in mixtures), anything]))
    read = {day: draw(value) for day in days}
    as_of = draw(st.one_of(st.sampled_from([commit.due, _shifted(commit.due, 1), dt.date.max]), _days(commit)))
    return Situation(commit, read, as_of)


def _unmet(standard: Standard, by: Fraction) -> Fraction:
    """Return a value that falls short of *standard* by *by*."""
    return standard.high + by if standard.high is not None else _ends(standard)[0] - by


def _verdict(found: CommitAssessment) -> tuple[object, ...]:
    return found.attainment, found.as_declared, found.deciding, found.distance, found.reasons


class TestCOM1:
    """A commit is kept when a value meets its standard, exactly, in the manner it names: reached by the due date,
    standing on it, held throughout a window, or as a whole.
    """

    @pytest.mark.parametrize("kind", KINDS)
    @given(data=st.data())
    def test_it_is_kept_as_the_rulebook_says_step_by_step(self, kind: Kind, data: st.DataObject) -> None:
        situation = data.draw(_situations(kind=kind))
        attainment = situation.assess().attainment
        event(f"{type(situation.commit.manner).__name__}: {attainment.value}")
        assert attainment is _naive(situation)
        assert (
            situation.commit.attainment(Series.of(situation.commit.measure, situation.read), as_of=situation.as_of)
            is attainment
        )

    @given(
        grace_days=st.integers(0, 5),
        longer=st.integers(1, 30),
        count=st.integers(1, 6),
        rest=st.integers(0),
        data=st.data(),
    )
    def test_one_expected_reading_that_is_missing_is_enough_wherever_it_is(
        self, grace_days: int, longer: int, count: int, rest: int, data: st.DataObject
    ) -> None:
        days = grace_days + longer
        cadence = Cadence(days=days, grace_days=grace_days)
        first = data.draw(st.dates(max_value=dt.date(9_000, 1, 1)))
        expected = [_shifted(first, days * index) for index in range(1, count + 1)]
        due = _shifted(expected[-1], rest % days)
        for manner, value, verdict in ((Held(first), 1, KEPT), (Reached(), 0, NOT_KEPT)):
            done = attrs.evolve(_plain(Standard.done()), due=due, declared_on=first, manner=manner, cadence=cadence)
            read = dict.fromkeys(expected, value)
            assert done.attainment(Series.of(MEASURE, read), as_of=due) is verdict
            del read[data.draw(st.sampled_from(expected))]
            assert done.attainment(Series.of(MEASURE, read), as_of=due) in {NOT_YET, UNKNOWN}
            assert done.attainment(Series.of(MEASURE, read), as_of=dt.date.max) is UNKNOWN

    @given(standard=standards(), data=st.data())
    def test_the_value_is_compared_with_the_standard_exactly(self, standard: Standard, data: st.DataObject) -> None:
        value = data.draw(_about(*_ends(standard)))
        commit = _plain(standard)
        attainment = commit.attainment(Series.of(MEASURE, {DUE: value}), as_of=DUE)
        assert attainment is (KEPT if _meets(standard, value) else NOT_KEPT)
        assert standard.is_met(value) is _meets(standard, value)

    @given(end=exact_numbers(), short=POSITIVE, data=st.data())
    def test_it_is_never_kept_by_rounding(self, end: Fraction, short: Fraction, data: st.DataObject) -> None:
        assume(_fits(end - short, end + short))
        below, above = data.draw(same_as(end - short)), data.draw(same_as(end + short))
        at_least, at_most = _plain(Standard.at_least(end)), _plain(Standard.at_most(end))
        assert at_least.attainment(Series.of(MEASURE, {DUE: below}), as_of=DUE) is NOT_KEPT
        assert at_most.attainment(Series.of(MEASURE, {DUE: above}), as_of=DUE) is NOT_KEPT
        assert at_least.attainment(Series.of(MEASURE, {DUE: above}), as_of=DUE) is KEPT
        assert at_most.attainment(Series.of(MEASURE, {DUE: below}), as_of=DUE) is KEPT

    @given(end=exact_numbers(), data=st.data())
    def test_reaching_it_exactly_counts_however_value_and_standard_are_written(
        self, end: Fraction, data: st.DataObject
    ) -> None:
        standard, value = data.draw(same_as(end)), data.draw(same_as(end))
        for commit in (_plain(Standard.at_least(standard)), _plain(Standard.at_most(standard))):
            for manner in (Reached(), OnDueDate(), Held(DUE)):
                judged = attrs.evolve(commit, manner=manner)
                assert judged.attainment(Series.of(MEASURE, {DUE: value}), as_of=DUE) is KEPT

    @given(situation=_situations(has_limits=False), factor=st.fractions(), shift=st.fractions())
    def test_a_change_of_unit_changes_nothing(self, situation: Situation, factor: Fraction, shift: Fraction) -> None:
        assume(factor)
        commit, read, as_of = situation
        low, high = (
            None if end is None else factor * end + shift for end in (commit.standard.low, commit.standard.high)
        )
        other_read: dict[dt.date, Number | Absence] = {
            on: value if isinstance(value, Absence) else factor * _meant(value) + shift for on, value in read.items()
        }
        assume(_fits(*(each for each in (low, high, *other_read.values()) if isinstance(each, Fraction))))
        open_ends = [factor * end + shift for end in commit.standard.open_ends]
        low, high = (low, high) if factor > 0 else (high, low)
        standard = Standard(low=low, high=high, open_ends=open_ends)
        there = Situation(attrs.evolve(commit, standard=standard), other_read, as_of).assess()
        here = situation.assess()
        assert there.attainment is here.attainment
        assert there.distance == (None if here.distance is None else abs(factor) * here.distance)

    @given(situation=_situations(), more=st.lists(st.tuples(dates(), numbers()), max_size=3))
    def test_what_is_read_outside_its_time_or_after_the_date_changes_nothing(
        self, situation: Situation, more: list[tuple[dt.date, Number]]
    ) -> None:
        commit, read, as_of = situation
        until = min(as_of, commit.due)
        beside: list[tuple[dt.date, Number]] = [
            (_shifted(commit.counts_from, -1), 0),
            (_shifted(until, 1), _good(commit.standard)),
        ]
        unseen = {on: value for on, value in [*more, *beside] if on < commit.counts_from or on > until}
        assert _verdict(Situation(commit, {**read, **unseen}, as_of).assess()) == _verdict(situation.assess())

    @given(situation=_situations(has_limits=False), by=POSITIVE, on=dates(), data=st.data())
    def test_bad_news_only_loses(self, situation: Situation, by: Fraction, on: dt.date, data: st.DataObject) -> None:
        commit, read, as_of = situation
        days = st.one_of(_days(commit), st.just(on), st.sampled_from([*sorted(read), commit.due]))
        worse = Situation(commit, {**read, data.draw(days): _unmet(commit.standard, by)}, as_of)
        assert FROM_WORST_TO_BEST[worse.assess().attainment] <= FROM_WORST_TO_BEST[situation.assess().attainment]

    @given(situation=_situations(has_limits=False), data=st.data())
    def test_good_news_only_gains(self, situation: Situation, data: st.DataObject) -> None:
        commit, read, as_of = situation
        days = st.one_of(_days(commit), st.sampled_from([*sorted(read), commit.due]))
        better = Situation(commit, {**read, data.draw(days): _good(commit.standard)}, as_of)
        assert FROM_WORST_TO_BEST[better.assess().attainment] >= FROM_WORST_TO_BEST[situation.assess().attainment]

    @given(situation=_situations())
    def test_the_verdict_names_a_reading_that_counts_and_says_why(self, situation: Situation) -> None:
        found = situation.assess()
        commit, read, as_of = situation
        assert (found.commit, found.as_of) == (commit, as_of)
        if as_of >= commit.declared_on and not _can_be_met(commit):
            assert (found.attainment, found.reasons[0].rule) == (NOT_KEPT, "COM-3")
            return
        if found.deciding is None:
            assert found.attainment in {IN_FLIGHT, NOT_YET, UNKNOWN}
            assert found.distance is None
        else:
            value = read[found.deciding.on]
            assert not isinstance(value, Absence)
            assert found.deciding.known == _meant(value)
            assert commit.counts_from <= found.deciding.on <= min(as_of, commit.due)
        codes = {
            KEPT: {"commit-met"},
            NOT_KEPT: {"commit-not-met"},
            IN_FLIGHT: {"commit-in-flight"},
            NOT_YET: {"commit-not-yet-observable"},
            UNKNOWN: {"commit-unobserved", "commit-readings-missing"},
        }
        assert {reason.code for reason in found.reasons} <= codes[found.attainment]
        assert len(found.reasons) == 1
        assert of_unknown_kinds(found.reasons) == []

    @given(found=commit_assessments())
    def test_whatever_is_assessed_speaks(self, found: CommitAssessment) -> None:
        assert of_unknown_kinds((*found.reasons, *found.accountability.objections)) == []


def _plain(standard: Standard) -> Commit:
    return Commit(
        manner=Reached(), id="commit", measure=MEASURE, standard=standard, due=DUE, declared_on=dt.date(2026, 9, 1)
    )


class TestCOM2:
    """Going beyond the standard is kept, no more and no less: there is no unspoken bar."""

    @given(situation=_situations(has_limits=False), further=POSITIVE)
    def test_going_further_changes_neither_the_attainment_nor_the_distance(
        self, situation: Situation, further: Fraction
    ) -> None:
        commit, read, as_of = situation
        beyond = {on: _further(commit.standard, value, further) for on, value in read.items()}
        assume(_fits(*(each for each in beyond.values() if isinstance(each, Fraction))))
        one, other = situation.assess(), Situation(commit, beyond, as_of).assess()
        assert other.attainment is one.attainment
        assert other.distance == one.distance
        assert [reason.code for reason in other.reasons] == [reason.code for reason in one.reasons]

    @given(standard=standards(), value=exact_numbers())
    def test_there_is_one_word_for_kept_and_one_for_not(self, standard: Standard, value: Fraction) -> None:
        found = _plain(standard).assess(Series.of(MEASURE, {DUE: value}), as_of=DUE)
        assert found.attainment in {KEPT, NOT_KEPT}
        assert (found.attainment is KEPT) is _meets(standard, value)
        assert (found.distance == 0) is (found.attainment is KEPT or value in standard.open_ends)


def _further(standard: Standard, value: Number | Absence, further: Fraction) -> Number | Absence:
    """Return a value beyond *value*, where that meets *standard* and there is room beyond; *value* otherwise."""
    if isinstance(value, Absence) or not _meets(standard, value):
        return value
    if standard.high is None:
        return _meant(value) + further
    return _meant(value) - further if standard.low is None else value


@st.composite
def _settled_early(draw: st.DrawFn) -> Situation:
    """Return what is settled before the due date: reached, or a hold that is broken."""
    commit, read, _ = draw(_situations(has_limits=False).filter(_lasts))
    if isinstance(commit.manner, OnDueDate):
        commit = attrs.evolve(commit, manner=Reached())
    as_of = draw(st.dates(commit.counts_from, _shifted(commit.due, -1)))
    good, bad = _good(commit.standard), _unmet(commit.standard, draw(POSITIVE))
    so_far = {on: value for on, value in read.items() if on <= as_of}
    on = draw(st.dates(commit.counts_from, as_of))
    return Situation(commit, {**so_far, on: bad if isinstance(commit.manner, Held) else good}, as_of)


def _settles(commit: Commit, value: Number | Absence) -> bool:
    """Return whether a reading of *value* leaves nothing to wait for."""
    if isinstance(value, Absence) or isinstance(commit.manner, OnDueDate):
        return False
    return _meets(commit.standard, value) is isinstance(commit.manner, Reached)


def _lasts(situation: Situation) -> bool:
    return max(situation.commit.counts_from, situation.commit.declared_on) < situation.commit.due


class TestCOM3:
    """Before its due date a commit is in flight, unless no further reading could change the verdict: reached
    early is kept, a hold that is broken is not kept, and neither is what no future could still keep.
    """

    @given(situation=_situations(has_limits=False), by=POSITIVE)
    def test_in_flight_means_that_both_are_still_possible(self, situation: Situation, by: Fraction) -> None:
        commit, read, _ = situation
        as_of = min(situation.as_of, _shifted(commit.due, -1))
        assume(as_of < commit.due)
        so_far = {on: value for on, value in read.items() if on <= as_of and not _settles(commit, value)}
        assert Situation(commit, so_far, as_of).assess().attainment is IN_FLIGHT
        good, bad = _good(commit.standard), _unmet(commit.standard, by)
        in_the_end = attrs.evolve(commit, cadence=None)
        kept = Situation(in_the_end, {**so_far, commit.due: good}, commit.due).assess().attainment
        not_kept = Situation(in_the_end, {**so_far, commit.due: bad}, commit.due).assess().attainment
        is_watched = not any(isinstance(value, Absence) for value in so_far.values())
        assert kept is KEPT or (not is_watched and kept is UNKNOWN)
        assert not_kept is NOT_KEPT or (not is_watched and not_kept is UNKNOWN)

    @given(situation=_settled_early(), more=st.data())
    def test_a_verdict_before_the_due_date_is_final(self, situation: Situation, more: st.DataObject) -> None:
        commit, read, as_of = situation
        early = situation.assess().attainment
        assert early is (NOT_KEPT if isinstance(commit.manner, Held) else KEPT)
        days = st.dates(_shifted(as_of, 1), commit.due)
        value = st.one_of(_values(commit), ABSENT)
        later = more.draw(st.dictionaries(days, value, max_size=4))
        day = more.draw(st.one_of(days, st.just(commit.due)))
        assert Situation(commit, {**read, **later}, day).assess().attainment is early

    @given(situation=_situations(has_limits=False))
    def test_what_has_to_stand_on_the_due_date_has_no_verdict_before(self, situation: Situation) -> None:
        commit, read, as_of = situation
        standing = Situation(attrs.evolve(commit, manner=OnDueDate()), read, _shifted(as_of, -1))
        assert (standing.assess().attainment is IN_FLIGHT) is (standing.as_of < commit.due)

    @given(situation=_situations())
    def test_from_the_due_date_on_it_is_no_longer_in_flight_and_the_verdict_stays(self, situation: Situation) -> None:
        commit, read, _ = situation
        on_the_day = Situation(commit, read, commit.due).assess()
        afterwards = Situation(commit, read, dt.date.max).assess()
        assert on_the_day.attainment is not IN_FLIGHT
        if on_the_day.attainment is NOT_YET:
            assert afterwards.attainment in {NOT_YET, UNKNOWN}
        else:
            assert _verdict(afterwards) == _verdict(on_the_day)

    @given(situation=_situations())
    def test_only_what_is_in_flight_or_waited_for_says_so(self, situation: Situation) -> None:
        found = situation.assess()
        is_out_of_reach = situation.as_of >= situation.commit.declared_on and not _can_be_met(situation.commit)
        waits = found.attainment in {IN_FLIGHT, NOT_YET}
        assert (waits or is_out_of_reach) is (found.reasons[0].rule == "COM-3")
        assert found.attainment is not IN_FLIGHT or situation.as_of < situation.commit.due


class TestCOM4:
    """How far short a commit falls is a distance in the measure's own unit, 0 where the standard is met, and
    enters no mean.
    """

    @given(standard=standards(), data=st.data())
    def test_it_is_the_shortest_step_that_meets_the_standard(self, standard: Standard, data: st.DataObject) -> None:
        value = data.draw(_about(*_ends(standard)))
        distance = standard.distance(value)
        assert distance >= 0
        assert (distance == 0) is (_meets(standard, value) or _meant(value) in standard.open_ends)
        if distance:
            steps = [step for step in (distance, -distance) if _meets_exactly(standard, _meant(value) + step)]
            shorter = [_meant(value) + sign * distance * Fraction(999, 1000) for sign in (1, -1)]
            assert len(steps) == 1
            assert not any(_meets_exactly(standard, each) for each in shorter)

    @given(standard=standards(), value=exact_numbers(), factor=st.fractions(), shift=st.fractions())
    def test_it_is_in_the_measures_own_unit(
        self, standard: Standard, value: Fraction, factor: Fraction, shift: Fraction
    ) -> None:
        assume(factor)
        low, high = (None if end is None else factor * end + shift for end in (standard.low, standard.high))
        moved = factor * value + shift
        assume(_fits(moved, *(end for end in (low, high) if end is not None)))
        there = Standard(low=low, high=high) if factor > 0 else Standard(low=high, high=low)
        assert there.distance(moved) == abs(factor) * standard.distance(value)

    @given(situation=_situations())
    def test_an_assessment_shows_that_of_the_closest_latest_or_furthest_reading(self, situation: Situation) -> None:
        commit, read, as_of = situation
        counted = [
            (on, _meant(value))
            for on, value in sorted(read.items())
            if commit.counts_from <= on <= min(as_of, commit.due)
            and not isinstance(value, Absence)
            and _is_possible(commit.measure, value)
        ]
        distances = [_naive_distance(commit.standard, value) for _, value in counted]
        expected: dict[type, Fraction] = {}
        if counted:
            expected = {Reached: min(distances), OnDueDate: distances[-1], Held: max(distances)}
        found = situation.assess()
        assert found.distance == expected.get(type(commit.manner))
        if found.attainment in {KEPT, NOT_KEPT}:
            on_an_end = found.deciding is not None and found.deciding.known in commit.standard.open_ends
            assert (found.distance == 0) is (found.attainment is KEPT or on_an_end)


def _meets_exactly(standard: Standard, value: Fraction) -> bool:
    """Return whether a value lies in the standard, its ends included, whether they belong to it or not."""
    return (standard.low is None or standard.low <= value) and (standard.high is None or value <= standard.high)


def _naive_distance(standard: Standard, value: Fraction) -> Fraction:
    if standard.low is not None and value < standard.low:
        return standard.low - value
    if standard.high is not None and value > standard.high:
        return value - standard.high
    return Fraction(0)


class TestCOM5:
    """Whoever is held to a commit was told first: declared after its time began, without secured support, or
    highly speculative, it can't carry consequences, and says so.
    """

    @given(commit=commits())
    def test_each_reason_is_enough_and_every_one_is_given(self, commit: Commit) -> None:
        found = commit.accountability_as_declared
        against = [
            *(["commit-declared-late"] if commit.starts_on and commit.declared_on > commit.starts_on else []),
            *(["commit-unsupported"] if not commit.support else []),
            *(["commit-support-not-secured"] * sum(not each.is_secured for each in commit.support)),
            *(["commit-speculative"] if commit.is_speculative else []),
        ]
        assert [reason.code for reason in found.objections if reason.rule == "COM-5"] == against
        assert {reason.rule for reason in found.objections} <= {"COM-5", "COM-10"}

    @given(commit=commits(), starts_on=dates())
    def test_told_on_the_first_day_is_told_in_time(self, commit: Commit, starts_on: dt.date) -> None:
        for start in (starts_on, commit.declared_on, _shifted(commit.declared_on, 1), _shifted(commit.declared_on, -1)):
            codes = [
                reason.code for reason in attrs.evolve(commit, starts_on=start).accountability_as_declared.objections
            ]
            assert ("commit-declared-late" in codes) is (start < commit.declared_on)

    @given(commit=commits(), support=st.lists(values(Support), max_size=4), data=st.data())
    def test_the_order_of_support_means_nothing(
        self, commit: Commit, support: list[Support], data: st.DataObject
    ) -> None:
        one = attrs.evolve(commit, support=support)
        other = attrs.evolve(commit, support=data.draw(st.permutations(support)) + support[:1])
        assert one == other
        assert hash(one) == hash(other)
        assert set(one.support) == set(support)

    @given(commit=commits(), hoped_for=values(Support))
    def test_one_support_that_is_not_secured_is_enough(self, commit: Commit, hoped_for: Support) -> None:
        support = (*commit.support, attrs.evolve(hoped_for, is_secured=False))
        assert attrs.evolve(commit, support=support).accountability_as_declared.objections

    @given(situation=_situations())
    def test_the_verdict_and_what_follows_from_it_are_two_things(self, situation: Situation) -> None:
        commit, read, as_of = situation
        harmless = attrs.evolve(commit, support=(), is_speculative=True)
        found = Situation(harmless, read, as_of).assess()
        assert found.attainment is situation.assess().attainment
        assert found.accountability.objections
        assert attrs.evolve(found, commit=commit).accountability == situation.assess().accountability


def _poorer(commit: Commit) -> Iterator[Commit]:
    """Yield *commit* without one thing that was secured, at first or by an amendment, or without one answer."""
    for lost in commit.support:
        if lost.is_secured:
            yield attrs.evolve(commit, support=[each for each in commit.support if each != lost])
            yield attrs.evolve(
                commit,
                support=[attrs.evolve(each, is_secured=each != lost and each.is_secured) for each in commit.support],
            )
    for at, amendment in enumerate(commit.amendments):
        for lost in amendment.support:
            if lost.is_secured:
                left = [each for each in amendment.support if each != lost]
                amendments = [*commit.amendments]
                amendments[at] = attrs.evolve(amendment, support=left)
                yield attrs.evolve(commit, amendments=amendments)
    for at, consent in enumerate(commit.consents):
        consents = [*commit.consents]
        consents[at] = attrs.evolve(consent, answer=None, answered_on=None)
        yield attrs.evolve(commit, consents=consents)


class TestCOM10:
    """Those who are held to a commit are told before its time begins, and answer: who declined, has not answered or
    was told late speaks against consequences, and so does a consequence that was stated while nobody agreed.
    """

    @given(commit=commits())
    def test_each_who_has_not_agreed_in_time_is_named(self, commit: Commit) -> None:
        start = commit.starts_on or commit.declared_on
        against = [
            code
            for each in commit.consents
            for code, holds in (
                ("commit-declined", each.answer is Response.DECLINED),
                ("commit-not-answered", each.answer is None),
                ("commit-told-late", each.told_on > start),
            )
            if holds
        ]
        if commit.consequence and not any(each.answer is Response.AGREED for each in commit.consents):
            against.append("commit-nobody-agreed")
        found = commit.accountability_as_declared.objections
        assert [reason.code for reason in found if reason.rule == "COM-10"] == against

    @given(commit=commits(), data=st.data())
    def test_it_never_gets_better_when_an_answer_or_a_support_is_taken_away(
        self, commit: Commit, data: st.DataObject
    ) -> None:
        before = len(commit.accountability_as_declared.objections)
        secured = [each for each in commit.support if each.is_secured]
        if secured:
            lost = data.draw(st.sampled_from(secured))
            less = attrs.evolve(commit, support=[each for each in commit.support if each != lost])
            assert len(less.accountability_as_declared.objections) >= before
        if commit.consents:
            silent = data.draw(st.sampled_from(commit.consents))
            others = [each for each in commit.consents if each != silent]
            less = attrs.evolve(commit, consents=[*others, attrs.evolve(silent, answer=None, answered_on=None)])
            assert len(less.accountability_as_declared.objections) >= before

    @given(made=st.one_of(commits(), amended_commits()), data=st.data(), support=st.lists(values(Support), max_size=3))
    def test_nor_on_any_day_and_whatever_was_read(
        self, made: Commit, data: st.DataObject, support: list[Support]
    ) -> None:
        commit = attrs.evolve(made, support=support)
        read = data.draw(readings_about(commit))
        on = data.draw(st.one_of(dates(), st.dates(commit.declared_on, commit.due)))
        before = Counter(each.code for each in commit.assess(read, as_of=on).accountability.objections)
        for less in _poorer(commit):
            after = Counter(each.code for each in less.assess(read, as_of=on).accountability.objections)
            assert after.total() >= before.total()
            assert set(before) - {"commit-declined"} <= set(after)

    @given(commit=commits(), on=dates())
    def test_no_day_knows_of_what_was_told_or_answered_later(self, commit: Commit, on: dt.date) -> None:
        for each in commit.known_on(on).consents:
            assert each.told_on <= on
            assert each.answered_on is None or each.answered_on <= on
        assert commit.known_on(dt.date.max) == commit
        assert commit.known_on(on).known_on(on) == commit.known_on(on)

    @given(commit=commits())
    def test_the_verdict_does_not_ask_who_agreed(self, commit: Commit) -> None:
        read = Series.of(commit.measure, {commit.due: 0})
        alone = attrs.evolve(commit, consents=(), consequence=None)
        assert commit.attainment(read, as_of=commit.due) is alone.attainment(read, as_of=commit.due)


WHOLES = st.sampled_from([(None, None), (0, None), (None, 0), (0, 10), (-10, 0), (-5, 5)])
MUCH = 10**9


@st.composite
def _wholes(draw: st.DrawFn) -> tuple[Commit, Series, dt.date]:
    """Return a commit of ten days as a whole, what was read, and a day: sums, means, ends; with weights and without."""
    limits = draw(WHOLES)
    measure = draw(measures(aggregation=st.sampled_from(Aggregation), limits=st.just(limits)))
    amounts = st.integers(-20 if limits[0] is None else limits[0], 20 if limits[1] is None else limits[1])
    ends = st.integers(-60, 60).map(Fraction)
    standard = draw(st.one_of(standards(ends=ends), either_of_two(ends=ends)))
    first, due = dt.date(2026, 1, 1), dt.date(2026, 1, 10)
    days = draw(st.sets(st.dates(first, due), max_size=10))
    weights = st.integers(1, 9) if draw(st.booleans()) else st.none()
    readings = [Reading(day, draw(amounts), draw(weights)) for day in days]
    commit = Commit(id="c", measure=measure, standard=standard, manner=AsAWhole(), due=due, declared_on=first)
    return commit, Series(measure, readings), draw(st.dates(first, due))


def _continued(known: Series, as_of: dt.date, values: Sequence[int]) -> Series:
    """Return what was read until a day, and one of *values* on each day that is left, as long as there are any."""
    seen = known.until(as_of)
    weight = MUCH if any(each.weight for each in seen.readings) else None
    more = [Reading(as_of + dt.timedelta(days=at), value, weight) for at, value in enumerate(values, start=1)]
    return Series(known.measure, [*seen.readings, *(each for each in more if each.on <= dt.date(2026, 1, 10))])


class TestCOM1AsAWhole:
    """What all comes to decides: early only what no continuation can turn round, and else two of them differ."""

    @given(_wholes())
    def test_at_the_end_it_is_what_plain_arithmetic_says(self, given: tuple[Commit, Series, dt.date]) -> None:
        commit, known, _ = given
        whole = figures(known, EachPeriod(Period.MONTH), as_of=dt.date(2026, 1, 31))
        found = commit.assess(known, as_of=commit.due)
        if not whole:
            assert found.attainment in (UNKNOWN, NOT_KEPT)
            return
        value = whole[0].value
        assert isinstance(value, Fraction)
        assert found.attainment is (KEPT if commit.standard.is_met(value) else NOT_KEPT)
        assert found.distance == commit.standard.distance(value)

    @given(_wholes(), st.data())
    def test_no_continuation_turns_an_early_verdict_round(
        self, given: tuple[Commit, Series, dt.date], data: st.DataObject
    ) -> None:
        commit, known, as_of = given
        early = commit.attainment(known, as_of=as_of)
        low, high = commit.measure.lowest, commit.measure.highest
        amounts = st.integers(-99 if low is None else int(low), 99 if high is None else int(high))
        later = _continued(known, as_of, data.draw(st.lists(amounts, max_size=10)))
        if early in (KEPT, NOT_KEPT):
            assert commit.attainment(later, as_of=commit.due) is early

    @given(_wholes())
    @examples(60)
    def test_where_it_is_open_two_continuations_differ(self, given: tuple[Commit, Series, dt.date]) -> None:
        """With a standard of one side, the best, the worst and nothing more lead to different verdicts."""
        commit, known, as_of = given
        sides = {(each.low is None, each.high is None) for each in commit.standard.either or (commit.standard,)}
        assume(sides in ({(True, False)}, {(False, True)}))
        assume(commit.attainment(known, as_of=as_of) is IN_FLIGHT)
        low, high = commit.measure.lowest, commit.measure.highest
        worst, best = -MUCH if low is None else int(low), MUCH if high is None else int(high)
        lasts: tuple[list[int], ...] = ([worst] * 10, [best] * 10, [])
        ends = {commit.attainment(_continued(known, as_of, values), as_of=commit.due) for values in lasts}
        assert len(ends) > 1

    @given(_wholes(), st.sets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 10)), min_size=1, max_size=3))
    def test_what_is_stated_absent_leaves_open_only_what_it_could_have_changed(
        self, given: tuple[Commit, Series, dt.date], absent: set[dt.date]
    ) -> None:
        commit, known, _ = given
        present = [each for each in known.readings if each.on not in absent]
        sides = {(each.low is None, each.high is None) for each in commit.standard.either or (commit.standard,)}
        assume(present and sides in ({(True, False)}, {(False, True)}))
        low, high = commit.measure.lowest, commit.measure.highest
        weight = MUCH if any(each.weight for each in present) else None

        def with_absent(value: int | Absence) -> Attainment:
            stated = [Reading(day, value, None if isinstance(value, Absence) else weight) for day in absent]
            return commit.attainment(Series(known.measure, [*present, *stated]), as_of=commit.due)

        found = with_absent(Absence.MISSING)
        ends = {with_absent(-MUCH if low is None else int(low)), with_absent(MUCH if high is None else int(high))}
        # that there was nothing to read is a third thing that may have been
        ends.add(commit.attainment(Series(known.measure, present), as_of=commit.due))
        assert (found is UNKNOWN) == (len(ends) > 1)
        assert found is UNKNOWN or ends == {found}
