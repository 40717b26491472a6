"""Amended, shared, staged and ended commits by hand: below, on and above every edge."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import cast

import attrs
import pytest

from goalmodel import (
    Absence,
    Attainment,
    Cadence,
    Commit,
    Held,
    Measure,
    OnDueDate,
    Reached,
    Series,
    Staged,
    Standard,
    Support,
)
from goalmodel.commit import (
    Amendment,
    ChangeOfKind,
    Counted,
    GoalKind,
    SpeculationPolicy,
    StandardChange,
    SupportKind,
    recommit,
    unrecorded_change,
)
from goalmodel.errors import GivenTwice, GoesInCircles, NothingGiven, OutOfBounds, OutOfTime, WrongType
from goalmodel.measure import Number

UPTIME = Measure("uptime", unit="percent")
FIRST, DUE = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
KEPT, NOT_KEPT = Attainment.KEPT, Attainment.NOT_KEPT
IN_FLIGHT, UNKNOWN = Attainment.IN_FLIGHT, Attainment.UNKNOWN
SLA = Commit(
    manner=Reached(),
    id="sla",
    measure=UPTIME,
    standard=Standard.at_least(95),
    due=DUE,
    declared_on=FIRST,
    support=Support(SupportKind.PEOPLE, "two on call"),
)


def _day(day: int) -> dt.date:
    return dt.date(2026, 10, day)


def _read(values: dict[int, Number | Absence]) -> Series:
    return Series.of(UPTIME, {_day(day): value for day, value in values.items()})


# ------------------------------------------------------------------------------------------------- a share

HALF = Held(FIRST, share=Fraction(1, 2))
DAYS = Held(FIRST, share=Fraction(20, 31), counted=Counted.TIME)


@pytest.mark.parametrize(
    ("values", "attainment", "distance"),
    [
        # two of four are half, one is less
        ({1: 90, 2: 91, 3: 95, 4: 96}, KEPT, 0),
        ({1: 90, 2: 91, 3: 92, 4: 96}, NOT_KEPT, 3),
        ({1: 90, 2: 95, 3: 96}, KEPT, 0),
        # one absent: of five, three are needed
        ({1: 90, 2: 91, 3: 95, 4: 96, 5: Absence.MISSING}, UNKNOWN, 0),
        ({1: 95, 2: 91, 3: 95, 4: 96, 5: Absence.MISSING}, KEPT, 0),
        ({1: 90, 2: 91, 3: 92, 4: 96, 5: Absence.MISSING}, NOT_KEPT, 3),
        ({}, UNKNOWN, None),
    ],
)
def test_a_share_of_the_readings(
    values: dict[int, Number | Absence], attainment: Attainment, distance: int | None
) -> None:
    found = attrs.evolve(SLA, manner=HALF).assess(_read(values), as_of=DUE)
    assert (found.attainment, found.distance) == (attainment, distance)


@pytest.mark.parametrize(
    ("values", "attainment", "code"),
    [
        # twenty of 31 days; without a cadence the first reading stands for its own day alone
        ({1: 95, 20: 95, 31: 90}, KEPT, "commit-time-met"),
        ({1: 95, 19: 95, 31: 90}, NOT_KEPT, "commit-time-not-met"),
        ({20: 95, 31: 90}, UNKNOWN, "commit-time-unobserved"),
        # the twelfth lost day breaks it, eleven do not
        ({1: 90, 11: 90, 31: 95}, KEPT, "commit-time-met"),
        ({1: 90, 12: 90, 31: 95}, NOT_KEPT, "commit-time-not-met"),
        # what is absent is not observed
        ({1: 95, 13: Absence.MISSING, 31: 95}, UNKNOWN, "commit-time-unobserved"),
        ({1: 95, 12: Absence.MISSING, 31: 95}, KEPT, "commit-time-met"),
        ({}, UNKNOWN, "commit-unobserved"),
    ],
)
def test_a_share_of_the_time(values: dict[int, Number | Absence], attainment: Attainment, code: str) -> None:
    found = attrs.evolve(SLA, manner=DAYS).assess(_read(values), as_of=DUE)
    assert (found.attainment, found.reasons[0].code) == (attainment, code)


def test_time_decides_as_soon_as_nothing_that_is_left_could_change_it() -> None:
    timed = attrs.evolve(SLA, manner=DAYS)
    assert timed.attainment(_read({1: 95, 19: 95}), as_of=_day(19)) is IN_FLIGHT
    assert timed.attainment(_read({1: 95, 20: 95}), as_of=_day(20)) is KEPT
    assert timed.attainment(_read({1: 90, 11: 90}), as_of=_day(11)) is IN_FLIGHT
    assert timed.attainment(_read({1: 90, 12: 90}), as_of=_day(12)) is NOT_KEPT


def test_with_a_cadence_a_reading_stands_for_one_period() -> None:
    weekly = attrs.evolve(SLA, manner=DAYS, cadence=Cadence(days=7))
    # 31 October stands for seven days, 3 October for three: ten of 31 are observed.
    found = weekly.assess(_read({3: 95, 31: 95}), as_of=DUE)
    assert found.attainment is UNKNOWN
    assert str(found.reasons[0]) == (
        "no reading stands for 21 days from 2026-10-01 until 2026-10-31, and they could have changed the verdict"
    )


@pytest.mark.parametrize("share", [0, -1, Fraction(11, 10)])
def test_a_share_is_above_nothing_and_up_to_all(share: Number) -> None:
    with pytest.raises(OutOfBounds):
        Held(FIRST, share=share)


# -------------------------------------------------------------------------------------------------- stages

STAGED = Staged({_day(20): Standard.at_least(90), _day(10): Standard.at_least(80)})


@pytest.mark.parametrize(
    ("values", "as_of", "attainment", "code"),
    [
        ({10: 80, 20: 90, 31: 95}, 31, KEPT, "commit-met"),
        ({9: 95}, 9, KEPT, "commit-met"),
        ({10: 79, 20: 90, 31: 95}, 31, NOT_KEPT, "commit-stage-not-met"),
        ({10: 79}, 10, NOT_KEPT, "commit-stage-not-met"),
        ({10: 80, 11: 90}, 30, IN_FLIGHT, "commit-in-flight"),
        ({11: 90}, 30, IN_FLIGHT, "commit-in-flight"),
        ({11: 90, 31: 95}, 31, UNKNOWN, "commit-unobserved"),
        ({10: 80, 20: 90, 31: 94}, 31, NOT_KEPT, "commit-not-met"),
    ],
)
def test_a_sequence_of_dated_milestones(
    values: dict[int, Number | Absence], as_of: int, attainment: Attainment, code: str
) -> None:
    found = attrs.evolve(SLA, manner=STAGED).assess(_read(values), as_of=_day(as_of))
    assert (found.attainment, found.reasons[0].code) == (attainment, code)


def test_stages_have_dates_of_their_own_between_declaration_and_due_date() -> None:
    assert Staged([(_day(10), Standard.done())]).stages == ((_day(10), Standard.done()),)
    with pytest.raises(NothingGiven):
        Staged({})
    with pytest.raises(GivenTwice):
        Staged([(_day(10), Standard.done()), (_day(10), Standard.at_least(2))])
    with pytest.raises(WrongType):
        Staged(cast("dict[dt.date, Standard]", [_day(10)]))
    for by in (dt.date(2026, 9, 30), DUE):
        with pytest.raises(OutOfTime):
            attrs.evolve(SLA, manner=Staged({by: Standard.done()}))
    assert attrs.evolve(SLA, manner=Staged({FIRST: Standard.done(), _day(30): Standard.done()})).stages[2][0] == DUE


# ---------------------------------------------------------------------------------------------- amendments

RAISE = Amendment(_day(16), Standard.at_least(99), "a new client")
LOWER = Amendment(_day(16), Standard.at_least(90), "the provider gave notice")


@pytest.mark.parametrize(
    ("manner", "amendment", "values", "attainment", "as_declared"),
    [
        # reached before the bar was raised: it stays reached
        (Reached(), RAISE, {15: 95}, KEPT, KEPT),
        (Reached(), RAISE, {16: 95}, NOT_KEPT, KEPT),
        (Reached(), RAISE, {16: 99}, KEPT, KEPT),
        (Reached(), LOWER, {15: 90}, KEPT, NOT_KEPT),
        (OnDueDate(), RAISE, {15: 98}, NOT_KEPT, KEPT),
        (OnDueDate(), LOWER, {15: 90}, KEPT, NOT_KEPT),
        # held: each day by its own standard
        (Held(FIRST), RAISE, {15: 95, 16: 99}, KEPT, KEPT),
        (Held(FIRST), RAISE, {15: 95, 16: 98}, NOT_KEPT, KEPT),
        (Held(FIRST), LOWER, {15: 95, 16: 90}, KEPT, NOT_KEPT),
        (Held(FIRST), LOWER, {15: 94, 16: 90}, NOT_KEPT, NOT_KEPT),
    ],
)
def test_the_standard_in_force_decides_and_the_first_stands_beside(
    manner: Reached | OnDueDate | Held,
    amendment: Amendment,
    values: dict[int, Number | Absence],
    *,
    attainment: Attainment,
    as_declared: Attainment,
) -> None:
    found = attrs.evolve(SLA, manner=manner, amendments=amendment).assess(_read(values), as_of=DUE)
    assert (found.attainment, found.as_declared) == (attainment, as_declared)


@pytest.mark.parametrize(
    ("standard", "change"),
    [
        (Standard.at_least(96), StandardChange.RAISED),
        (Standard.within(95, 100), StandardChange.RAISED),
        (Standard.at_least(94), StandardChange.LOWERED),
        (Standard.at_most(95), StandardChange.MOVED),
        (Standard.within(94, 100), StandardChange.MOVED),
    ],
)
def test_raising_lowering_and_moving_are_told_apart(standard: Standard, change: StandardChange) -> None:
    assert attrs.evolve(SLA, amendments=Amendment(DUE, standard, "because")).changes == (change,)


# ------------------------------------------------------------------------------------------------------ risk


@pytest.mark.parametrize(
    ("as_of", "required", "is_at_risk"),
    [(20, Fraction(5, 11), False), (26, Fraction(1), False), (27, Fraction(5, 4), True)],
)
def test_it_is_at_risk_above_the_fastest_pace_ever_made(as_of: int, required: Fraction, *, is_at_risk: bool) -> None:
    seen = SLA.assess(_read({1: 85, 6: 90, 11: 90}), as_of=_day(as_of)).risk
    assert (seen.distance, seen.best, seen.last_chance) == (Fraction(5), Fraction(1), _day(26))
    assert (seen.required, seen.is_at_risk) == (required, is_at_risk)
    assert [reason.code for reason in seen.reasons] == ["commit-at-risk" if is_at_risk else "commit-on-course"]


def test_what_never_moved_that_way_has_no_last_chance() -> None:
    seen = SLA.assess(_read({1: 90, 6: 85}), as_of=_day(6)).risk
    assert (seen.best, seen.last_chance, seen.is_at_risk) == (Fraction(-1), None, True)
    calendar_ends = attrs.evolve(SLA, standard=Standard.at_least(10**9))
    assert calendar_ends.assess(_read({1: 85, 6: 90}), as_of=_day(6)).risk.last_chance is None


def test_one_reading_shows_no_pace_and_none_shows_nothing() -> None:
    seen = SLA.assess(_read({1: 90}), as_of=_day(21)).risk
    assert (seen.best, seen.required, seen.last_chance) == (None, Fraction(1, 2), DUE)
    assert [reason.code for reason in seen.reasons] == ["commit-no-pace"]
    bare = SLA.assess(_read({}), as_of=_day(21)).risk
    assert (bare.distance, bare.required, bare.last_chance) == (None, None, DUE)


def test_a_ceiling_is_approached_from_above() -> None:
    queue = attrs.evolve(SLA, standard=Standard.at_most(10))
    seen = queue.assess(_read({1: 30, 11: 20}), as_of=_day(21)).risk
    assert (seen.best, seen.required, seen.last_chance, seen.is_at_risk) == (Fraction(1), Fraction(1), _day(21), False)


def test_a_hold_has_a_last_day_to_begin_with() -> None:
    timed = attrs.evolve(SLA, manner=DAYS)
    # Five days are lost, none is met: twenty more are needed, the last of them 31 October.
    seen = timed.assess(_read({5: 90}), as_of=_day(5)).risk
    assert (seen.last_chance, seen.required) == (_day(12), None)
    assert attrs.evolve(SLA, manner=HALF).assess(_read({5: 90}), as_of=_day(5)).risk.last_chance == DUE


def test_the_next_stage_is_what_has_to_be_reached() -> None:
    staged = attrs.evolve(SLA, manner=STAGED)
    assert staged.assess(_read({1: 70}), as_of=_day(1)).risk.by == _day(10)
    assert staged.assess(_read({1: 80}), as_of=_day(1)).risk.by == _day(20)
    assert staged.assess(_read({1: 90}), as_of=_day(1)).risk.by == DUE


def test_what_is_not_kept_is_beyond_saving_and_what_is_kept_needs_none() -> None:
    broken = attrs.evolve(SLA, manner=Held(FIRST)).assess(_read({1: 94}), as_of=_day(1)).risk
    assert broken.is_beyond_saving
    assert [reason.code for reason in broken.reasons] == ["commit-beyond-saving"]
    kept = SLA.assess(_read({1: 95}), as_of=_day(1)).risk
    assert (kept.is_beyond_saving, kept.reasons, kept.is_at_risk) == (False, (), False)


# ------------------------------------------------------------------------------------------ accountability


def _history(*values: Number) -> Series:
    days = [dt.date(2026, 9, day) for day in (1, 6, 11, 16, 21, 26)]
    return Series.of(UPTIME, dict(zip(days, values, strict=False)))


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        # it met the standard once
        ((90, 95, 90, 90, 90, 90), []),
        # one step in five days made 3: in the 35 days left that is 21, enough from 74 and not from 73
        ((74, 74, 74, 77, 74, 74), ["commit-forecast-short"]),
        ((73, 73, 73, 76, 73, 73), ["commit-never-came-near", "commit-forecast-short"]),
        # rising by 2 in five days leads there
        ((75, 77, 79, 81, 83, 85), []),
        # too few to say
        ((10, 10, 10, 10, 10), []),
    ],
)
def test_a_history_that_never_came_near_makes_it_speculative(values: tuple[Number, ...], codes: list[str]) -> None:
    found = SLA.assess(_history(*values), as_of=FIRST).accountability
    assert [reason.code for reason in found.objections] == codes


def test_a_hold_has_to_be_met_when_it_begins() -> None:
    rising = _history(75, 77, 79, 81, 83, 85)
    now = attrs.evolve(SLA, manner=Held(FIRST))
    assert [reason.code for reason in now.assess(rising, as_of=FIRST).accountability.objections] == [
        "commit-never-came-near",
        "commit-forecast-short",
    ]
    later = attrs.evolve(SLA, manner=Held(DUE))
    assert not later.assess(rising, as_of=FIRST).accountability.objections


def test_a_standard_within_two_ends_may_lie_between_the_ends_of_a_forecast() -> None:
    falling = _history(70, 61, 50, 41, 30, 21)
    between = attrs.evolve(SLA, standard=Standard.within(-50, -48))
    assert not between.assess(falling, as_of=FIRST).accountability.objections


def test_what_nobody_can_observe_has_no_consequences() -> None:
    unread = SLA.assess(_read({}), as_of=DUE).accountability
    assert [reason.code for reason in unread.objections] == ["commit-not-observed"]
    too_early = Series.of(UPTIME, {dt.date(2026, 9, 30): 95})
    assert [reason.code for reason in SLA.assess(too_early, as_of=DUE).accountability.objections] == [
        "commit-not-observable"
    ]
    assert not SLA.assess(too_early, as_of=_day(30)).accountability.objections


def test_three_readings_have_a_pace_and_no_range() -> None:
    few = SpeculationPolicy(least=2)
    assert [
        reason.code for reason in SLA.assess(_history(50, 50, 50), as_of=FIRST).accountability_by(few).objections
    ] == ["commit-never-came-near"]


def test_who_was_told_less_is_not_held_to_more() -> None:
    told = attrs.evolve(SLA, announced=Standard.at_least(94))
    assert [str(reason) for reason in told.accountability_as_declared.objections] == [
        "those who are held to at least 95 were told the standard was at least 94"
    ]
    for named in (Standard.at_least(95), Standard.at_least(96)):
        assert not attrs.evolve(SLA, announced=named).accountability_as_declared.objections


def test_support_that_comes_with_an_amendment_has_to_be_secured() -> None:
    hoped_for = Support(SupportKind.BUDGET, "10,000", is_secured=False)
    raised = attrs.evolve(SLA, amendments=attrs.evolve(RAISE, support=hoped_for))
    assert [reason.code for reason in raised.accountability_as_declared.objections] == [
        "commit-amended-unsupported",
        "commit-support-not-secured",
    ]
    assert not attrs.evolve(SLA, amendments=LOWER).accountability_as_declared.objections


@pytest.mark.parametrize("confidence", [0, 1, Fraction(3, 2)])
def test_a_confidence_is_neither_none_nor_all(confidence: Number) -> None:
    with pytest.raises(OutOfBounds):
        SpeculationPolicy(confidence=confidence)


# ---------------------------------------------------------------------------------------------- succession


def test_a_broken_commit_is_taken_up_by_one_that_names_it() -> None:
    staged = attrs.evolve(SLA, manner=STAGED, amendments=LOWER, announced=Standard.at_least(94))
    missed = staged.assess(_read({10: 79}), as_of=_day(10))
    again = recommit(missed, id="sla-2", due=dt.date(2026, 11, 30), declared_on=dt.date(2026, 11, 1))
    assert (again.carried_from, again.standard, again.manner) == ("sla", Standard.at_least(90), Reached())
    held = attrs.evolve(SLA, manner=Held(FIRST)).assess(_read({10: 79}), as_of=_day(10))
    november = dt.date(2026, 11, 1)
    assert recommit(held, id="b", due=dt.date(2026, 11, 30), declared_on=november).manner == Held(november)
    other = recommit(
        held, id="c", due=dt.date(2026, 11, 30), declared_on=november, standard=Standard.done(), manner=OnDueDate()
    )
    assert (other.standard, other.manner) == (Standard.done(), OnDueDate())
    once = attrs.evolve(SLA).assess(_read({31: 79}), as_of=DUE)
    assert recommit(once, id="d", due=dt.date(2026, 11, 30), declared_on=november).manner == Reached()


@pytest.mark.parametrize(
    ("recorded_on", "as_of", "is_wrong"),
    [
        (None, dt.date(2026, 9, 30), False),
        (None, FIRST, True),
        (_day(15), _day(14), True),
        (_day(15), _day(15), False),
        (FIRST, DUE, False),
        (dt.date(2026, 9, 30), DUE, True),
    ],
)
def test_a_change_of_kind_needs_a_record_from_the_first_day_on(
    recorded_on: dt.date | None, as_of: dt.date, *, is_wrong: bool
) -> None:
    stretch, commit = GoalKind.KEY_RESULT, GoalKind.COMMIT
    records = (
        []
        if recorded_on is None
        else [ChangeOfKind(goal="g", on=recorded_on, was=stretch, became=commit, reason="the law asks for it")]
    )
    found = unrecorded_change("g", was=stretch, became=commit, starts_on=FIRST, as_of=as_of, records=records)
    assert (found is not None) is is_wrong


def test_a_commit_takes_up_another_and_never_itself() -> None:
    measure = Measure("uptime", unit="percent")
    day = dt.date(2026, 10, 31)
    sla = Commit(
        manner=Reached(),
        id="b",
        measure=measure,
        standard=Standard.at_least(99),
        due=day,
        declared_on=day,
        carried_from="a",
    )
    assert sla.carried_from == "a"
    with pytest.raises(GoesInCircles) as refused:
        attrs.evolve(sla, carried_from="b")
    assert (str(refused.value.field), refused.value.given) == ("carried_from", "b")


# ------------------------------------------------------------------------------- what was known, and in force


def test_a_standard_that_was_superseded_before_it_came_into_force_keeps_nothing() -> None:
    lowered = Amendment(_day(1), Standard.at_least(3), "the provider gave notice", since=_day(16))
    raised = Amendment(_day(9), Standard.at_least(12), "another one was found", since=_day(16))
    commit = attrs.evolve(SLA, standard=Standard.at_least(10), amendments=[lowered, raised])
    found = commit.assess(_read({16: 5}), as_of=DUE)
    assert (found.attainment, found.distance) == (NOT_KEPT, Fraction(7))
    alone = attrs.evolve(commit, amendments=lowered).assess(_read({16: 5}), as_of=DUE)
    assert (alone.attainment, alone.distance) == (KEPT, Fraction(0))


def test_what_speaks_against_consequences_names_nothing_from_the_future() -> None:
    commit = attrs.evolve(SLA, amendments=RAISE)
    for day, codes in ((15, []), (16, ["commit-amended-unsupported"])):
        found = commit.assess(_read({1: 90}), as_of=_day(day)).accountability
        assert [reason.code for reason in found.objections] == codes
    assert commit.known_on(_day(15)) == SLA
    assert commit.known_on(_day(16)) is commit


@pytest.mark.parametrize("since", [DUE, dt.date(2026, 11, 1)])
def test_an_amendment_comes_into_force_by_the_due_date(since: dt.date) -> None:
    made = attrs.evolve(RAISE, since=since)
    if since <= DUE:
        assert attrs.evolve(SLA, amendments=made).amendments == (made,)
        return
    with pytest.raises(OutOfTime) as refused:
        attrs.evolve(SLA, amendments=made)
    assert refused.value.given == since


def test_the_declaration_says_less_than_the_readings() -> None:
    thousand = attrs.evolve(SLA, standard=Standard.at_least(1000))
    days = [dt.date(2026, 9, day) for day in range(1, 9)]
    found = thousand.assess(Series.of(UPTIME, dict(zip(days, range(11, 19), strict=True))), as_of=FIRST)
    assert not thousand.accountability_as_declared.objections
    assert [reason.code for reason in found.accountability.objections] == [
        "commit-never-came-near",
        "commit-forecast-short",
    ]


@pytest.mark.parametrize(
    ("values", "attainment", "code"),
    [
        ({31: 95}, KEPT, "commit-time-met"),
        ({31: 94}, NOT_KEPT, "commit-time-not-met"),
        # what was read the day before stands for no day of it
        ({30: 95}, UNKNOWN, "commit-unobserved"),
    ],
)
def test_a_window_may_be_the_due_date_alone(values: dict[int, Number], attainment: Attainment, code: str) -> None:
    manner = Held(DUE, share=Fraction(1, 2), counted=Counted.TIME)
    found = attrs.evolve(SLA, manner=manner).assess(_read(dict(values)), as_of=DUE)
    assert (found.attainment, found.reasons[0].code) == (attainment, code)


def test_a_window_that_begins_on_the_day_of_a_reading_has_that_day() -> None:
    manner = Held(_day(30), counted=Counted.TIME)
    found = attrs.evolve(SLA, manner=manner).assess(_read({30: 95, 31: 95}), as_of=DUE)
    assert (found.attainment, str(found.reasons[0])) == (KEPT, "2 of 2 days met the standard, 2 are enough")


def test_an_assessment_holds_readings_alone() -> None:
    found = SLA.assess(_read({1: 95}), as_of=_day(1))
    assert attrs.evolve(found, readings=tuple(found.readings)) == found
    with pytest.raises(WrongType):
        attrs.evolve(found, readings=(95,))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - refused on purpose
