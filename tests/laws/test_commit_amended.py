"""Laws of commits that are amended, held in a share, in stages, looked ahead at and taken up again."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import partial
from itertools import pairwise
from operator import ne

import attrs
import pytest
from hypothesis import assume, example, given, reject, strategies as st

from goalmodel import (
    Absence,
    Aggregation,
    AsAWhole,
    Attainment,
    Cadence,
    Commit,
    Cycle,
    Held,
    KeyResult,
    Measure,
    OnDueDate,
    Reached,
    Reading,
    Series,
    Staged,
    Standard,
    Support,
)
from goalmodel.commit import (
    Accountability,
    Amendment,
    ChangeOfKind,
    CommitHistory,
    CommitRisk,
    Counted,
    GoalKind,
    Manner,
    SpeculationPolicy,
    StandardChange,
    SupportKind,
    recommit,
    unrecorded_change,
)
from goalmodel.errors import AmendsNothing, GivenTwice, GoesInCircles, NotBroken, OutOfTime, SameKind
from goalmodel.key_result import ForecastPolicy
from goalmodel.testing import (
    amended_commits,
    amendments,
    cadences,
    changes_of_kind,
    commits,
    dates,
    exact_numbers,
    ids,
    readings_about,
    standards,
    texts,
    values,
)
from speaking import of_unknown_kinds

KEPT, NOT_KEPT = Attainment.KEPT, Attainment.NOT_KEPT
IN_FLIGHT, UNKNOWN, NOT_YET = Attainment.IN_FLIGHT, Attainment.UNKNOWN, Attainment.NOT_YET_OBSERVABLE
DECIDED = (KEPT, NOT_KEPT)
MEASURE = Measure("anything")
FIRST, DUE = dt.date(2026, 10, 1), dt.date(2026, 12, 31)
DAYS = st.dates(FIRST, DUE)
TENTHS = st.integers(0, 10).map(lambda tenths: Fraction(tenths, 10))
STANDARDS = st.one_of(
    TENTHS.map(Standard.at_least),
    TENTHS.map(Standard.at_most),
    st.tuples(TENTHS, TENTHS).map(sorted).map(lambda ends: Standard.within(*ends)),
)
MANNERS = st.one_of(
    st.just(Reached()),
    st.just(OnDueDate()),
    DAYS.map(Held),
    st.builds(Held, DAYS, share=TENTHS.filter(bool), counted=st.sampled_from(Counted)),
    st.dictionaries(st.dates(FIRST, dt.date(2026, 12, 30)), STANDARDS, min_size=1, max_size=3).map(Staged),
)
CADENCES = st.one_of(
    st.none(), st.sampled_from((Cadence.WEEKLY, Cadence.MONTHLY)), st.builds(Cadence, days=st.integers(5, 40))
)
READ = st.dictionaries(
    st.one_of(DAYS, st.just(DUE), dates()), st.one_of(TENTHS, TENTHS, st.sampled_from(Absence)), max_size=8
).map(lambda read: Series.of(MEASURE, read))
WHEN = st.one_of(DAYS, st.sampled_from((DUE, dt.date(2027, 1, 5), dt.date.max)))


RANGED = st.builds(
    Measure,
    st.just("a share"),
    lowest=st.sampled_from((None, 0, Fraction(1, 5))),
    highest=st.sampled_from((None, 1, Fraction(4, 5))),
    aggregation=st.sampled_from(Aggregation),
)
ONE_MEASURE = st.just(MEASURE)
DAY_PAIRS = st.tuples(WHEN, WHEN)


@st.composite
def _made(
    draw: st.DrawFn, measures: st.SearchStrategy[Measure] = ONE_MEASURE, manners: st.SearchStrategy[Manner] = MANNERS
) -> Commit:
    """Return commits of one size, whose standards, stages and readings meet in tenths, so that ties are common."""
    return Commit(
        id="commit",
        measure=draw(measures),
        standard=draw(STANDARDS),
        due=DUE,
        declared_on=FIRST,
        manner=draw(manners),
        cadence=draw(CADENCES),
    )


@st.composite
def _amended(
    draw: st.DrawFn,
    *,
    least: int = 0,
    measures: st.SearchStrategy[Measure] = ONE_MEASURE,
    manners: st.SearchStrategy[Manner] = MANNERS,
) -> Commit:
    commit = draw(_made(measures, manners))
    count = draw(st.integers(least, 3))
    on = draw(st.lists(DAYS, min_size=count, max_size=count, unique=True).map(sorted))
    standard, found = commit.standard, list[Amendment]()
    for day in on:
        standard = draw(STANDARDS.filter(partial(ne, standard)))
        found.append(Amendment(day, standard, "because"))
    return attrs.evolve(commit, amendments=found)


class TestCOM6:
    """A standard changes only by a dated amendment with a reason, and none reaches back: the standard in force
    when the verdict falls decides, a verdict already given stays, and the verdict under the first standard stands
    beside it.
    """

    @given(commit=_amended(least=1), read=READ)
    def test_no_amendment_changes_a_verdict_already_given(self, commit: Commit, read: Series) -> None:
        for index, amendment in enumerate(commit.amendments):
            before = attrs.evolve(commit, amendments=commit.amendments[:index])
            day = amendment.since - dt.timedelta(days=1)
            given_then = before.attainment(read, as_of=day)
            assert commit.attainment(read, as_of=day) is given_then
            if given_then in DECIDED:
                later = attrs.evolve(commit, amendments=commit.amendments[: index + 1])
                assert later.attainment(read, as_of=DUE) is given_then

    @given(commit=_amended(measures=RANGED, manners=st.one_of(MANNERS, st.just(AsAWhole()))), read=READ, days=DAY_PAIRS)
    def test_a_verdict_once_given_is_given_on_every_later_day(
        self, commit: Commit, read: Series, days: tuple[dt.date, dt.date]
    ) -> None:
        earlier, later = sorted(days)
        read = Series.of(commit.measure, {reading.on: reading.value for reading in read})
        given_then = commit.attainment(read, as_of=earlier)
        if given_then in DECIDED:
            assert commit.attainment(read, as_of=later) is given_then

    @given(
        commit=_amended(least=1, measures=RANGED, manners=st.one_of(MANNERS, st.just(AsAWhole()))),
        between=st.tuples(st.integers(0, 2), DAYS, STANDARDS),
        read=READ,
        as_of=WHEN,
    )
    @example(
        commit=Commit(
            id="lowered and superseded",
            measure=MEASURE,
            standard=Standard.at_least(10),
            due=DUE,
            declared_on=FIRST,
            manner=OnDueDate(),
            amendments=[Amendment(dt.date(2026, 10, 15), Standard.at_least(12), "more", since=dt.date(2026, 11, 1))],
        ),
        between=(0, FIRST, Standard.at_least(3)),
        read=Series.of(MEASURE, {dt.date(2026, 11, 1): 5}),
        as_of=dt.date(2026, 11, 1),
    )
    def test_a_standard_that_was_in_force_on_no_day_decides_nothing(
        self, commit: Commit, between: tuple[int, dt.date, Standard], read: Series, as_of: dt.date
    ) -> None:
        index, day, standard = between
        superseding = commit.amendments[index % len(commit.amendments)]
        superseded = Amendment(min(day, superseding.on), standard, "for a while", since=superseding.since)
        made = [*commit.amendments, superseded]
        assume(len({(each.since, each.on) for each in made}) == len(made))
        try:
            other = attrs.evolve(commit, amendments=made)
        except AmendsNothing:
            reject()
        known = Series.of(commit.measure, {reading.on: reading.value for reading in read})
        assert other.attainment(known, as_of=as_of) is commit.attainment(known, as_of=as_of)

    @given(commit=amended_commits(max_amendments=0), data=st.data())
    def test_what_was_never_amended_has_one_verdict(self, commit: Commit, data: st.DataObject) -> None:
        found = commit.assess(data.draw(readings_about(commit)), as_of=data.draw(dates()))
        assert found.as_declared is found.attainment

    @given(commit=_amended(), read=READ, as_of=WHEN)
    def test_the_first_standard_is_asked_as_if_there_were_no_other(
        self, commit: Commit, read: Series, as_of: dt.date
    ) -> None:
        found = commit.assess(read, as_of=as_of)
        assert found.as_declared is attrs.evolve(commit, amendments=()).attainment(read, as_of=as_of)

    @given(commit=_amended(), value=TENTHS)
    def test_what_stands_when_due_is_judged_by_the_standard_then_in_force(
        self, commit: Commit, value: Fraction
    ) -> None:
        standing = attrs.evolve(commit, manner=OnDueDate())
        found = standing.assess(Series.of(MEASURE, {DUE: value}), as_of=DUE)
        assert found.attainment is (KEPT if commit.standards[-1][1].is_met(value) else NOT_KEPT)
        assert found.as_declared is (KEPT if commit.standard.is_met(value) else NOT_KEPT)

    @given(commit=_amended(), on=DAYS, value=TENTHS)
    def test_what_is_held_is_judged_day_by_day(self, commit: Commit, on: dt.date, value: Fraction) -> None:
        held = attrs.evolve(commit, manner=Held(FIRST), cadence=None)
        in_force = [standard for since, standard in commit.standards if since <= on][-1]
        found = held.assess(Series.of(MEASURE, {on: value}), as_of=DUE)
        assert found.attainment is (KEPT if in_force.is_met(value) else NOT_KEPT)

    @given(commit=_amended(), on=DAYS, value=TENTHS)
    def test_what_was_reached_stays_reached(self, commit: Commit, on: dt.date, value: Fraction) -> None:
        reached = attrs.evolve(commit, manner=Reached(), cadence=None)
        standards_ = [standard for _, standard in commit.standards]
        first = max(index for index, (since, _) in enumerate(commit.standards) if since <= on)
        is_met = any(standard.is_met(value) for standard in standards_[first:])
        assert (reached.attainment(Series.of(MEASURE, {on: value}), as_of=DUE) is KEPT) is is_met

    @given(made=amendments(), days=st.integers(1, 10**6))
    def test_none_is_in_force_before_it_was_made(self, made: Amendment, days: int) -> None:
        assert made.since >= made.on
        assume(made.on.toordinal() > days)
        with pytest.raises(OutOfTime):
            attrs.evolve(made, since=dt.date.fromordinal(made.on.toordinal() - days))

    @given(commit=commits(), made=amendments())
    def test_none_is_made_outside_the_time_of_the_commit(self, commit: Commit, made: Amendment) -> None:
        assume(made.standard != commit.standard)
        if commit.declared_on <= made.on <= made.since <= commit.due:
            assert attrs.evolve(commit, amendments=made).amendments == (made,)
        else:
            with pytest.raises(OutOfTime):
                attrs.evolve(commit, amendments=made)

    @given(commit=commits(), reason=texts())
    def test_each_changes_something_and_there_is_one_a_day(self, commit: Commit, reason: str) -> None:
        same = Amendment(commit.due, commit.standard, reason)
        with pytest.raises(AmendsNothing):
            attrs.evolve(commit, amendments=same)
        with pytest.raises(GivenTwice):
            attrs.evolve(commit, amendments=[same, attrs.evolve(same, standard=Standard.at_least(7))])

    @given(commit=_amended(), data=st.data())
    def test_the_order_in_which_they_are_given_means_nothing(self, commit: Commit, data: st.DataObject) -> None:
        shuffled = attrs.evolve(commit, amendments=data.draw(st.permutations(commit.amendments)))
        assert shuffled == commit
        assert hash(shuffled) == hash(commit)

    @given(commit=amended_commits(), value=exact_numbers())
    def test_raising_demands_more_and_lowering_less(self, commit: Commit, value: Fraction) -> None:
        for change, ((_, before), (_, after)) in zip(commit.changes, pairwise(commit.standards), strict=True):
            ends = [end for each in (before, after) for end in (each.low, each.high) if end is not None]
            between = [(one + other) / 2 for one, other in pairwise(sorted(ends))]
            probes = [value, *ends, *between, min(ends) - 1, max(ends) + 1]
            gained = any(after.is_met(each) and not before.is_met(each) for each in probes)
            lost = any(before.is_met(each) and not after.is_met(each) for each in probes)
            assert change is {(False, True): StandardChange.RAISED, (True, False): StandardChange.LOWERED}.get(
                (gained, lost), StandardChange.MOVED
            )


@st.composite
def _held_in_a_share(draw: st.DrawFn) -> Commit:
    """Return commits held in a share of the readings or of the time, hardly ever of all of it, never amended."""
    share = draw(st.sampled_from((Fraction(1, 10), Fraction(5, 10), Fraction(9, 10), Fraction(1))))
    manner = Held(draw(DAYS), share=share, counted=draw(st.sampled_from(Counted)))
    return attrs.evolve(draw(_made()), manner=manner)


def _one_of_each(standard: Standard) -> tuple[Fraction, Fraction]:
    """Return a value that does not meet *standard*, and one that does."""
    if standard.low is not None:
        return standard.low - 1, standard.low
    assert standard.high is not None
    return standard.high + 1, standard.high


def _filled(reading: Reading, value: Fraction) -> Reading:
    return Reading(reading.on, value) if isinstance(reading.value, Absence) else reading


class TestHistory:
    """A history answers for any day, and a single assessment is the same code asked about one day."""

    @given(commit=amended_commits(), data=st.data())
    def test_whatever_the_order_of_the_days_it_says_what_a_single_assessment_says(
        self, commit: Commit, data: st.DataObject
    ) -> None:
        read = data.draw(readings_about(commit))
        days = data.draw(st.permutations([*(each.on for each in read), commit.declared_on, commit.due, commit.due]))
        history = CommitHistory(commit, read)
        assert [history.on(day) for day in days] == [commit.assess(read, as_of=day) for day in days]

    @given(commit=amended_commits(), day=dates(), data=st.data())
    def test_no_later_reading_is_seen(self, commit: Commit, day: dt.date, data: st.DataObject) -> None:
        read = data.draw(readings_about(commit))
        assert CommitHistory(commit, read).on(day) == CommitHistory(commit, read.until(day)).on(day)


class TestCOM1InAShare:
    """A share of readings or of time is met when so much is met even if all that is missing were not."""

    @given(commit=_held_in_a_share(), read=READ, met=st.booleans())
    def test_whatever_an_absence_was_it_does_not_change_a_verdict(
        self, commit: Commit, read: Series, *, met: bool
    ) -> None:
        found = commit.assess(read, as_of=dt.date.max)
        bad, good = _one_of_each(commit.standard)
        filled = Series(MEASURE, tuple(_filled(each, good if met else bad) for each in read))
        if found.attainment in DECIDED:
            assert commit.attainment(filled, as_of=dt.date.max) is found.attainment
            assert (found.distance == 0) is (found.attainment is KEPT)

    @given(commit=_amended(), since=DAYS, read=READ, as_of=WHEN)
    def test_all_of_the_readings_is_throughout(
        self, commit: Commit, since: dt.date, read: Series, as_of: dt.date
    ) -> None:
        one = attrs.evolve(commit, manner=Held(since)).assess(read, as_of=as_of)
        other = attrs.evolve(commit, manner=Held(since, share=1, counted=Counted.READINGS)).assess(read, as_of=as_of)
        assert one.attainment is other.attainment

    @given(commit=_amended(), since=DAYS, shares=st.tuples(TENTHS, TENTHS), counted=st.sampled_from(Counted), read=READ)
    def test_a_greater_share_is_never_easier(
        self, commit: Commit, since: dt.date, shares: tuple[Fraction, Fraction], counted: Counted, read: Series
    ) -> None:
        lesser, greater = sorted(shares)
        assume(lesser)
        easy, hard = (
            attrs.evolve(commit, manner=Held(since, share=each, counted=counted)).attainment(read, as_of=dt.date.max)
            for each in (lesser, greater)
        )
        assert _rank(hard) <= _rank(easy)

    @given(since=DAYS, share=TENTHS.filter(bool), values=st.data())
    def test_of_daily_readings_a_share_of_the_days_is_one_of_the_readings(
        self, since: dt.date, share: Fraction, values: st.DataObject
    ) -> None:
        days = _every_day(since)
        bad = values.draw(st.integers(0, len(days)))
        read = Series.of(MEASURE, {on: int(index >= bad) for index, on in enumerate(days)})
        commit = Commit(manner=Reached(), id="c", measure=MEASURE, standard=Standard.done(), due=DUE, declared_on=FIRST)
        found = {
            attrs.evolve(commit, manner=Held(since, share=share, counted=counted)).attainment(read, as_of=DUE)
            for counted in Counted
        }
        assert found == {KEPT if len(days) - bad >= share * len(days) else NOT_KEPT}

    @given(commit=_held_in_a_share(), read=READ, as_of=DAYS, more=READ)
    def test_what_is_decided_early_no_further_reading_undoes(
        self, commit: Commit, read: Series, as_of: dt.date, more: Series
    ) -> None:
        early = commit.attainment(read, as_of=as_of)
        later = Series(MEASURE, (*read.until(as_of), *(each for each in more if each.on > as_of)))
        if early in DECIDED and as_of < DUE:
            assert commit.attainment(later, as_of=DUE) is early


def _every_day(since: dt.date) -> list[dt.date]:
    return [dt.date.fromordinal(day) for day in range(since.toordinal(), DUE.toordinal() + 1)]


def _rank(attainment: Attainment) -> int:
    return (NOT_KEPT, UNKNOWN, KEPT).index(UNKNOWN if attainment in (IN_FLIGHT, NOT_YET) else attainment)


class TestCOM1InStages:
    """What has stages is kept exactly if every stage, taken by itself, and the standard at the end are."""

    @given(commit=_amended(), stages=st.dictionaries(DAYS.filter(DUE.__ne__), STANDARDS, min_size=1), read=READ)
    def test_it_is_the_conjunction_of_its_stages(
        self, commit: Commit, stages: dict[dt.date, Standard], read: Series
    ) -> None:
        staged = attrs.evolve(commit, manner=Staged(stages))
        alone = [
            attrs.evolve(commit, manner=Reached(), standard=standard, due=by, amendments=())
            for by, standard in stages.items()
        ]
        parts = [each.attainment(read, as_of=dt.date.max) for each in alone]
        parts.append(attrs.evolve(commit, manner=Reached()).attainment(read, as_of=dt.date.max))
        found = staged.attainment(read, as_of=dt.date.max)
        assert (found is KEPT) is all(each is KEPT for each in parts)
        assert (found is NOT_KEPT) is (NOT_KEPT in parts)

    @given(commit=_amended(), stages=st.dictionaries(DAYS.filter(DUE.__ne__), STANDARDS, min_size=1), read=READ)
    def test_it_is_in_flight_until_it_is_due_or_a_stage_is_missed(
        self, commit: Commit, stages: dict[dt.date, Standard], read: Series
    ) -> None:
        staged = attrs.evolve(commit, manner=Staged(stages))
        assert staged.attainment(read, as_of=dt.date(2026, 12, 30)) in {IN_FLIGHT, KEPT, NOT_KEPT}


class TestCOM3Risk:
    """A commit in flight is at risk exactly when its last chance is over, and beyond saving when nothing helps."""

    @given(commit=_amended(), read=READ, as_of=DAYS)
    def test_at_risk_and_the_last_chance_say_the_same(self, commit: Commit, read: Series, as_of: dt.date) -> None:
        seen = commit.assess(read, as_of=as_of).risk
        if seen.required is not None and seen.best is not None:
            assert seen.is_at_risk is (seen.last_chance is None or seen.last_chance < as_of)
        else:
            assert not seen.is_at_risk

    @given(commit=_amended(), read=READ, as_of=DAYS)
    def test_moving_as_fast_as_required_gets_there_and_slower_does_not(
        self, commit: Commit, read: Series, as_of: dt.date
    ) -> None:
        seen = commit.assess(read, as_of=as_of).risk
        if seen.required is not None:
            assert seen.by is not None
            assert seen.required * (seen.by - as_of).days == seen.distance

    @given(commit=_amended(), read=READ, as_of=DAYS, more=READ, last=TENTHS)
    def test_what_is_beyond_saving_is_never_kept(
        self, commit: Commit, read: Series, as_of: dt.date, more: Series, last: Fraction
    ) -> None:
        seen = commit.assess(read, as_of=as_of).risk
        later: list[Reading] = [each for each in more if as_of < each.on < DUE]
        if as_of < DUE:
            later.append(Reading(DUE, last))
        known = Series(MEASURE, (*read.until(as_of), *later))
        if seen.is_beyond_saving:
            assert commit.attainment(known, as_of=dt.date.max) is not KEPT

    @given(commit=amended_commits(), data=st.data())
    def test_only_what_is_in_flight_has_a_chance(self, commit: Commit, data: st.DataObject) -> None:
        read, as_of = data.draw(readings_about(commit)), data.draw(dates())
        seen = commit.assess(read, as_of=as_of).risk
        if commit.attainment(read, as_of=as_of) is not IN_FLIGHT:
            assert (seen.by, seen.required, seen.last_chance) == (None, None, None)
        elif not seen.is_beyond_saving:
            assert seen.by is not None

    @given(seen=values(CommitRisk))
    def test_every_risk_speaks(self, seen: CommitRisk) -> None:
        assert of_unknown_kinds(seen.reasons) == []

    @given(end=TENTHS, due=st.integers(1, 60))
    def test_a_standard_no_value_can_meet_is_beyond_saving_from_the_start(self, end: Fraction, due: int) -> None:
        day = dt.date.fromordinal(FIRST.toordinal() + due)
        for standard, measure in (
            (Standard.at_least(end), attrs.evolve(MEASURE, highest=end - 1)),
            (Standard.at_most(end), attrs.evolve(MEASURE, lowest=end + 1)),
        ):
            commit = Commit(manner=Reached(), id="c", measure=measure, standard=standard, due=day, declared_on=FIRST)
            seen = commit.assess(Series(measure), as_of=FIRST).risk
            assert seen.is_beyond_saving
            assert [str(reason).partition(":")[0] for reason in seen.reasons] == ["it is not kept already"]
            assert commit.attainment(Series(measure), as_of=FIRST) is (NOT_KEPT if due else UNKNOWN)


SECURED = Support(SupportKind.PEOPLE, "two")


class TestCOM5InEvidence:
    """Accountability only ever loses by bad news, and what a series adds never takes away what the declaration says."""

    @given(commit=amended_commits(), data=st.data(), policy=st.one_of(st.none(), values(SpeculationPolicy)))
    def test_the_series_only_adds(self, commit: Commit, data: st.DataObject, policy: SpeculationPolicy | None) -> None:
        found = commit.assess(data.draw(readings_about(commit)), as_of=data.draw(dates()))
        seen = found.accountability_by(policy)
        declared = commit.known_on(found.as_of).accountability_as_declared
        assert seen.objections[: len(declared.objections)] == declared.objections
        assert {reason.rule for reason in seen.objections} <= {"COM-5", "COM-10"}

    @given(commit=amended_commits(), data=st.data())
    def test_bad_news_only_loses(self, commit: Commit, data: st.DataObject) -> None:
        before = commit.accountability_as_declared
        start, standard = data.draw(dates()), data.draw(standards())
        worse = [
            attrs.evolve(commit, is_speculative=True),
            attrs.evolve(commit, starts_on=min(start, commit.starts_on or commit.declared_on)),
            attrs.evolve(commit, support=[*commit.support, Support(SupportKind.BUDGET, "all", is_secured=False)]),
        ]
        if commit.announced is None:
            worse.append(attrs.evolve(commit, announced=standard))
        _, last = commit.standards[-1]
        if standard != last and all(each.on < commit.due for each in commit.amendments):
            made = Amendment(commit.due, standard, "because")
            worse.append(attrs.evolve(commit, amendments=[*commit.amendments, made]))
        for each in worse:
            after = each.accountability_as_declared
            assert _codes(before) <= _codes(after) | {"commit-unsupported"}
            assert not before.objections or after.objections

    @given(commit=_amended(least=1))
    def test_only_raising_takes_renewed_support(self, commit: Commit) -> None:
        supported = attrs.evolve(commit, support=SECURED)
        bare = [reason.code for reason in supported.accountability_as_declared.objections]
        demanding = [change for change in commit.changes if change is not StandardChange.LOWERED]
        assert bare == ["commit-amended-unsupported"] * len(demanding)
        renewed = [attrs.evolve(each, support=SECURED) for each in commit.amendments]
        assert not attrs.evolve(supported, amendments=renewed).accountability_as_declared.objections

    @given(standard=STANDARDS, announced=STANDARDS)
    def test_what_was_announced_binds_only_to_as_much(self, standard: Standard, announced: Standard) -> None:
        commit = Commit(
            manner=Reached(),
            id="c",
            measure=MEASURE,
            standard=standard,
            due=DUE,
            declared_on=FIRST,
            support=SECURED,
            announced=announced,
        )
        demanded_less = any(
            announced.is_met(Fraction(each, 20)) and not standard.is_met(Fraction(each, 20)) for each in range(-2, 24)
        )
        assert bool(commit.accountability_as_declared.objections) is demanded_less

    @given(commit=amended_commits(), data=st.data(), as_of=dates())
    def test_a_history_that_met_the_standard_is_never_speculative(
        self, commit: Commit, data: st.DataObject, as_of: dt.date
    ) -> None:
        read = data.draw(readings_about(commit))
        seen = _codes(commit.assess(read, as_of=as_of).accountability_by(SpeculationPolicy(least=2, window=1000)))
        history = [value for on, value in read.present if on <= min(commit.declared_on, as_of)]
        if all(any(standard.is_met(value) for value in history) for _, standard in (*commit.stages, *commit.standards)):
            assert not seen & {"commit-never-came-near", "commit-forecast-short"}
        if len(history) < 2:
            assert not seen & {"commit-never-came-near", "commit-forecast-short"}

    @given(
        values=st.lists(st.integers(0, 12), min_size=6, max_size=12),
        weeks=st.integers(1, 10),
        above=st.one_of(st.just(0), st.fractions(0, 20)),
    )
    @example(values=[6, 6, 0, 4, 8, 7, 6, 4], weeks=8, above=Fraction(0))
    def test_commits_and_key_results_have_one_forecast(self, values: list[int], weeks: int, above: Fraction) -> None:
        days = [FIRST - dt.timedelta(weeks=back) for back in range(len(values))][::-1]
        due = FIRST + dt.timedelta(weeks=weeks)
        read = Series.of(MEASURE, dict(zip(days, values, strict=True)))
        moved = KeyResult(id="kr", measure=MEASURE, baseline=0, target=100, cycle=Cycle(days[0], due))
        best = moved.assess(read, as_of=FIRST).forecast_by(ForecastPolicy(least=6, most=24)).high
        assert best is not None
        standard = max(best + above, Fraction(max(values) + 1))
        owed = Commit(
            manner=Reached(), id="c", measure=MEASURE, standard=Standard.at_least(standard), due=due, declared_on=FIRST
        )
        objections = owed.assess(read, as_of=FIRST).accountability.objections
        short = [dict(each.facts)["short"] for each in objections if each.code == "commit-forecast-short"]
        assert short == ([standard - best] if standard > best else [])

    def test_the_best_a_forecast_allows_is_one_answer(self) -> None:
        """Eight weeks, 6 to 4, and eight more to go: up to 15.2 for the key result, so no ground against the commit."""
        read = Series.of(
            MEASURE, {dt.date(2026, 5, 12) + dt.timedelta(weeks=at): v for at, v in enumerate((6, 6, 0, 4, 8, 7, 6, 4))}
        )
        moved = KeyResult(
            id="kr", measure=MEASURE, baseline=0, target=20, cycle=Cycle(dt.date(2026, 5, 12), dt.date(2026, 8, 25))
        )
        best = moved.assess(read, as_of=dt.date(2026, 6, 30)).forecast.high
        assert best is not None
        assert round(float(best), 1) == 15.2
        for standard, codes in ((15, []), (16, ["commit-forecast-short"])):
            owed = Commit(
                manner=Reached(),
                id="c",
                measure=MEASURE,
                standard=Standard.at_least(standard),
                declared_on=dt.date(2026, 6, 30),
                due=dt.date(2026, 8, 25),
            )
            found = owed.assess(read, as_of=dt.date(2026, 6, 30)).accountability
            assert [each.code for each in found.objections if "forecast" in each.code] == codes


def _codes(found: Accountability) -> set[str]:
    return {reason.code for reason in found.objections}


class TestCOM7:
    """A goal does not change kind after its cycle began without a record that says so, and what takes up a commit
    that was not kept is a new commit that names it.
    """

    @given(record=changes_of_kind(), start=dates(), as_of=dates())
    def test_a_change_since_the_start_needs_its_record(
        self, record: ChangeOfKind, start: dt.date, as_of: dt.date
    ) -> None:
        found = [
            unrecorded_change(
                record.goal, was=record.was, became=record.became, starts_on=start, as_of=as_of, records=records
            )
            for records in ([], [record])
        ]
        assert (found[0] is None) is (as_of < start)
        assert (found[1] is None) is (as_of < start or start <= record.on <= as_of)

    @given(records=st.lists(changes_of_kind(on=DAYS, goal=st.just("g")), max_size=4), kind=st.sampled_from(GoalKind))
    def test_there_and_back_again_takes_two_records(self, records: list[ChangeOfKind], kind: GoalKind) -> None:
        other = next(each for each in GoalKind if each is not kind)
        there = ChangeOfKind(goal="g", on=FIRST, was=kind, became=other, reason="a")
        back = ChangeOfKind(goal="g", on=DUE, was=other, became=kind, reason="b")

        def missing(goal: str, became: GoalKind, known: list[ChangeOfKind]) -> bool:
            found = unrecorded_change(goal, was=kind, became=became, starts_on=FIRST, as_of=DUE, records=known)
            return found is not None

        assert not missing("g", kind, [back, there])
        assert missing("g", kind, [there])
        assert missing("other", other, records)

    @given(record=changes_of_kind())
    def test_a_record_tells_of_a_change(self, record: ChangeOfKind) -> None:
        with pytest.raises(SameKind):
            attrs.evolve(record, became=record.was)

    @given(commit=amended_commits(), data=st.data(), id_=ids())
    def test_a_commit_that_was_not_kept_is_taken_up_anew(self, commit: Commit, data: st.DataObject, id_: str) -> None:
        found = commit.assess(data.draw(readings_about(commit)), as_of=dt.date.max)
        if found.attainment is not NOT_KEPT:
            assert not found.is_explanation_due
            with pytest.raises(NotBroken):
                recommit(found, id=id_, due=DUE, declared_on=FIRST)
            return
        assert found.is_explanation_due
        with pytest.raises(GoesInCircles):
            recommit(found, id=commit.id, due=DUE, declared_on=FIRST)
        assume(id_ != commit.id)
        again = recommit(found, id=id_, due=DUE, declared_on=FIRST)
        assert (again.carried_from, again.support, again.amendments, again.announced) == (commit.id, (), (), None)
        assert again.counts_from == FIRST
        assert again.accountability_as_declared.objections

    @given(cadence=cadences(), last=dates(), until=dates())
    def test_what_is_expected_by_a_day_is_counted_one_by_one(
        self, cadence: Cadence, last: dt.date, until: dt.date
    ) -> None:
        assume((until - last).days < 4_000)
        count = cadence.expected(last, until)
        assert count == 0 or cadence.due(last, count) <= until
        assert until < last or cadence.due(last, count + 1) > until or cadence.due(last, count + 1) == dt.date.max
