"""Commits by hand: just below, on and above every standard, in each manner, on the days that decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import inf
from typing import Any, NamedTuple, TypeAlias, cast

import attrs
import pytest

from goalmodel import (
    Absence,
    Aggregation,
    AsAWhole,
    Attainment,
    Cadence,
    Commit,
    CommitAssessment,
    Held,
    Measure,
    OnDueDate,
    Reached,
    Series,
    Standard,
    Support,
)
from goalmodel.commit import Accountability, Amendment, Consent, Response, SupportKind
from goalmodel.errors import (
    GivenTwice,
    NotADate,
    NotANumber,
    NotFinite,
    NothingGiven,
    OutOfBounds,
    OutOfOrder,
    OutOfTime,
    WrongMeasure,
    WrongType,
)
from goalmodel.measure import Number
from speaking import of_unknown_kinds

UPTIME = Measure("uptime", unit="percent")
DECLARED = dt.date(2026, 9, 1)
DUE = dt.date(2026, 12, 31)
KEPT, NOT_KEPT = Attainment.KEPT, Attainment.NOT_KEPT
IN_FLIGHT, UNKNOWN = Attainment.IN_FLIGHT, Attainment.UNKNOWN
NOT_YET = Attainment.NOT_YET_OBSERVABLE
FALSE_TRUE = (False, True)
Manner: TypeAlias = Reached | OnDueDate | Held


def _day(month: int, day: int) -> dt.date:
    return dt.date(2026, month, day)


SLA = Commit(
    manner=Reached(),
    id="sla",
    measure=UPTIME,
    standard=Standard.at_least(99.9),
    due=DUE,
    declared_on=DECLARED,
    support=Support(SupportKind.PEOPLE, "two on call"),
)

# ---------------------------------------------------------------------------------------------- the standard

AT_LEAST = Standard.at_least(99.9)
AT_MOST = Standard.at_most(10)
WITHIN = Standard.within(18, 22)
DONE = Standard.done()

STANDARDS: list[tuple[Standard, Number, Number]] = [
    # standard, value, distance: 0 where it is met
    (AT_LEAST, 99.8999, Fraction(1, 10_000)),
    (AT_LEAST, Decimal("99.8999999999999999999999"), Fraction(1, 10**22)),
    (AT_LEAST, 99.9, 0),
    (AT_LEAST, Decimal("99.90"), 0),
    (AT_LEAST, Fraction(999, 10), 0),
    (AT_LEAST, 99.9001, 0),
    (AT_LEAST, 10**900, 0),
    (AT_LEAST, 0, Fraction(999, 10)),
    (AT_MOST, 9.9999, 0),
    (AT_MOST, 10, 0),
    (AT_MOST, 10.0001, Fraction(1, 10_000)),
    (AT_MOST, -(10**900), 0),
    (WITHIN, 17.9999, Fraction(1, 10_000)),
    (WITHIN, 18, 0),
    (WITHIN, 20, 0),
    (WITHIN, 22, 0),
    (WITHIN, 22.0001, Fraction(1, 10_000)),
    (WITHIN, 25, 3),
    (WITHIN, -2, 20),
    (Standard.within(5, 5), 4, 1),
    (Standard.within(5, 5), 5, 0),
    (Standard.within(5, 5), 6, 1),
    (DONE, 0, 1),
    (DONE, 0.9999, Fraction(1, 10_000)),
    (DONE, 1, 0),
    (Standard.at_least(100), 99.99, Fraction(1, 100)),
    (Standard.at_least(-5), -5, 0),
    (Standard.at_least(-5), -5.0001, Fraction(1, 10_000)),
]


@pytest.mark.parametrize(("standard", "value", "distance"), STANDARDS)
def test_a_standard_is_met_exactly_or_at_a_distance(standard: Standard, value: Number, distance: Number) -> None:
    assert standard.distance(value) == distance
    assert standard.is_met(value) is (distance == 0)


@pytest.mark.parametrize(
    ("standard", "value"),
    [
        (95, sum([95.1, 94.9, 95.0]) / 3),
        (95, 94.99999999999999),
        (95, 95.00000000000001),
        (1, sum([0.1] * 10)),
        (0.3, 0.1 + 0.2),
        (Decimal("0.3"), 0.1 + 0.2),
        (0.1 + 0.2, Decimal("0.3")),
    ],
)
def test_a_computed_float_that_means_the_standard_meets_it_both_ways(standard: Number, value: Number) -> None:
    assert Standard.at_least(standard).is_met(value)
    assert Standard.at_most(standard).is_met(value)


@pytest.mark.parametrize(
    ("standard", "shown"),
    [
        (AT_LEAST, "at least 99.9"),
        (AT_MOST, "at most 10"),
        (WITHIN, "within 18 and 22"),
        (DONE, "at least 1"),
        (Standard.at_least(Fraction(1, 3)), "at least 0.3333"),
    ],
)
def test_a_standard_says_itself(standard: Standard, shown: str) -> None:
    assert str(standard) == shown


def test_standards_that_mean_the_same_are_the_same() -> None:
    assert Standard(low=0.1 + 0.2) == Standard.at_least(Decimal("0.30")) == Standard(low=Fraction(3, 10), high=None)
    assert Standard.done() == Standard.at_least(1)
    assert Standard(high=10.0) == Standard.at_most(10)
    assert hash(Standard.within(18, 22)) == hash(Standard(low=18.0, high=Decimal(22)))


def test_a_standard_that_excludes_nothing_is_refused() -> None:
    with pytest.raises(OutOfBounds) as refusal:
        Standard()
    assert (str(refusal.value.field), refusal.value.given) == ("low", None)


def test_a_standard_whose_ends_are_out_of_order_is_refused() -> None:
    with pytest.raises(OutOfOrder) as refusal:
        Standard.within(22, Decimal("21.9999"))
    assert (str(refusal.value.field), refusal.value.given) == ("high", Fraction(219_999, 10_000))


@pytest.mark.parametrize("given", [True, None, "99.9"])
def test_a_standard_and_its_values_are_numbers(given: Number) -> None:
    for door in (Standard.at_least, Standard.at_most, AT_LEAST.is_met, AT_LEAST.distance):
        with pytest.raises(NotANumber):
            door(given)


@pytest.mark.parametrize("given", [inf, -inf, inf - inf])
def test_a_standard_and_its_values_are_finite(given: Number) -> None:
    for door in (Standard.at_least, Standard.at_most, AT_LEAST.is_met, AT_LEAST.distance):
        with pytest.raises(NotFinite):
            door(given)


# ----------------------------------------------------------------------------------------------- the verdict


class Case(NamedTuple):
    """A commit to at least 99.9 by 31 December, declared on 1 September: what was read, and what follows from it."""

    manner: Manner
    read: Mapping[dt.date, Number | Absence]
    as_of: dt.date
    attainment: Attainment
    distance: Number | None
    code: str


FROM_OCTOBER = Held(_day(10, 1))
REACHED: list[Case] = [
    Case(Reached(), {}, _day(12, 30), IN_FLIGHT, None, "commit-in-flight"),
    Case(Reached(), {}, DUE, UNKNOWN, None, "commit-unobserved"),
    # just below, on and above, on the due date
    Case(Reached(), {DUE: 99.8999}, DUE, NOT_KEPT, Fraction(1, 10_000), "commit-not-met"),
    Case(Reached(), {DUE: 99.9}, DUE, KEPT, 0, "commit-met"),
    Case(Reached(), {DUE: 99.9001}, DUE, KEPT, 0, "commit-met"),
    # kept early, and it stays kept
    Case(Reached(), {_day(10, 5): 99.9}, _day(10, 4), IN_FLIGHT, None, "commit-in-flight"),
    Case(Reached(), {_day(10, 5): 99.9}, _day(10, 5), KEPT, 0, "commit-met"),
    Case(Reached(), {_day(10, 5): 99.9, DUE: 12}, DUE, KEPT, 0, "commit-met"),
    Case(Reached(), {_day(10, 5): 12, DUE: 99.9}, DUE, KEPT, 0, "commit-met"),
    # not yet, with the closest reading so far
    Case(Reached(), {_day(10, 5): 99.5, _day(11, 5): 99}, _day(12, 30), IN_FLIGHT, 0.4, "commit-in-flight"),
    Case(Reached(), {_day(10, 5): 99.5, _day(11, 5): 99}, DUE, NOT_KEPT, 0.4, "commit-not-met"),
    # the day before the declaration, and the day of it
    Case(Reached(), {_day(8, 31): 99.9}, DUE, UNKNOWN, None, "commit-unobserved"),
    Case(Reached(), {DECLARED: 99.9}, DUE, KEPT, 0, "commit-met"),
    # after the due date nothing changes any more
    Case(Reached(), {DUE: 99.8, dt.date(2027, 1, 1): 99.9}, dt.date(2027, 1, 1), NOT_KEPT, 0.1, "commit-not-met"),
    Case(Reached(), {dt.date(2027, 1, 1): 99.9}, dt.date(2027, 6, 1), UNKNOWN, None, "commit-unobserved"),
    # a stated absence might have been the one
    Case(Reached(), {DUE: Absence.MISSING}, DUE, UNKNOWN, None, "commit-unobserved"),
    Case(Reached(), {_day(11, 5): 99.8, DUE: Absence.MISSING}, DUE, UNKNOWN, 0.1, "commit-readings-missing"),
    Case(Reached(), {_day(11, 5): 99.9, DUE: Absence.MISSING}, DUE, KEPT, 0, "commit-met"),
]
STANDING: list[Case] = [
    Case(OnDueDate(), {}, _day(12, 30), IN_FLIGHT, None, "commit-in-flight"),
    Case(OnDueDate(), {}, DUE, UNKNOWN, None, "commit-unobserved"),
    Case(OnDueDate(), {DUE: 99.8999}, DUE, NOT_KEPT, Fraction(1, 10_000), "commit-not-met"),
    Case(OnDueDate(), {DUE: 99.9}, DUE, KEPT, 0, "commit-met"),
    Case(OnDueDate(), {DUE: 99.9001}, DUE, KEPT, 0, "commit-met"),
    # only the latest decides, and only on the due date
    Case(OnDueDate(), {_day(10, 5): 99.9}, _day(12, 30), IN_FLIGHT, 0, "commit-in-flight"),
    Case(OnDueDate(), {_day(10, 5): 12}, _day(12, 30), IN_FLIGHT, 87.9, "commit-in-flight"),
    Case(OnDueDate(), {_day(10, 5): 99.9, DUE: 99}, DUE, NOT_KEPT, 0.9, "commit-not-met"),
    Case(OnDueDate(), {_day(10, 5): 99, DUE: 99.9}, DUE, KEPT, 0, "commit-met"),
    Case(OnDueDate(), {_day(10, 5): 99.9}, DUE, KEPT, 0, "commit-met"),
    Case(OnDueDate(), {_day(8, 31): 99.9}, DUE, UNKNOWN, None, "commit-unobserved"),
    Case(OnDueDate(), {DUE: 99.9, dt.date(2027, 1, 1): 0}, dt.date(2027, 1, 1), KEPT, 0, "commit-met"),
    # an absence matters where it is the latest that there might have been
    Case(OnDueDate(), {_day(11, 30): 99.9, DUE: Absence.MISSING}, DUE, UNKNOWN, 0, "commit-readings-missing"),
    Case(OnDueDate(), {_day(11, 30): 99, DUE: Absence.NOT_MEASURED}, DUE, UNKNOWN, 0.9, "commit-readings-missing"),
    Case(OnDueDate(), {_day(11, 30): Absence.MISSING, DUE: 99.9}, DUE, KEPT, 0, "commit-met"),
]
HELD: list[Case] = [
    Case(FROM_OCTOBER, {}, _day(12, 30), IN_FLIGHT, None, "commit-in-flight"),
    Case(FROM_OCTOBER, {}, DUE, UNKNOWN, None, "commit-unobserved"),
    # kept only at the end, broken at once
    Case(FROM_OCTOBER, {_day(10, 1): 99.9}, _day(12, 30), IN_FLIGHT, 0, "commit-in-flight"),
    Case(FROM_OCTOBER, {_day(10, 1): 99.9, DUE: 99.9}, DUE, KEPT, 0, "commit-met"),
    Case(FROM_OCTOBER, {_day(10, 1): 99.8999}, _day(10, 1), NOT_KEPT, Fraction(1, 10_000), "commit-not-met"),
    Case(FROM_OCTOBER, {_day(10, 1): 99.8999}, _day(9, 30), IN_FLIGHT, None, "commit-in-flight"),
    Case(FROM_OCTOBER, {_day(10, 1): 99.9, _day(11, 1): 99.8, DUE: 99.9}, DUE, NOT_KEPT, 0.1, "commit-not-met"),
    Case(FROM_OCTOBER, {_day(11, 1): 99.8, _day(11, 2): 99.5}, _day(11, 2), NOT_KEPT, 0.4, "commit-not-met"),
    Case(FROM_OCTOBER, {_day(10, 1): 100, DUE: 99.8999}, DUE, NOT_KEPT, Fraction(1, 10_000), "commit-not-met"),
    # the day before the window, and the day after
    Case(FROM_OCTOBER, {_day(9, 30): 0, DUE: 99.9}, DUE, KEPT, 0, "commit-met"),
    Case(FROM_OCTOBER, {DUE: 99.9, dt.date(2027, 1, 1): 0}, dt.date(2027, 1, 1), KEPT, 0, "commit-met"),
    # the window may begin before the declaration, but nothing before that counts; and it may be one day long
    Case(Held(_day(8, 1)), {_day(8, 1): 0}, DECLARED, IN_FLIGHT, None, "commit-in-flight"),
    Case(Held(_day(8, 1)), {DECLARED: 0}, DECLARED, NOT_KEPT, 99.9, "commit-not-met"),
    Case(Held(DUE), {_day(12, 30): 0, DUE: 99.9}, DUE, KEPT, 0, "commit-met"),
    # what is absent may have been a break, but a break is a break
    Case(FROM_OCTOBER, {_day(11, 1): Absence.MISSING, DUE: 99.9}, DUE, UNKNOWN, 0, "commit-readings-missing"),
    Case(FROM_OCTOBER, {_day(11, 1): Absence.MISSING, DUE: 99.8}, DUE, NOT_KEPT, 0.1, "commit-not-met"),
    Case(FROM_OCTOBER, {_day(9, 30): Absence.MISSING, DUE: 99.9}, DUE, KEPT, 0, "commit-met"),
]


def _assess(case: Case, *, cadence: Cadence | None = None) -> CommitAssessment:
    commit = attrs.evolve(SLA, manner=case.manner, cadence=cadence)
    return commit.assess(Series.of(UPTIME, case.read), as_of=case.as_of)


@pytest.mark.parametrize("case", REACHED + STANDING + HELD)
def test_a_commit_is_kept_in_the_manner_it_names(case: Case) -> None:
    found = _assess(case)
    assert found.attainment is case.attainment
    assert found.distance == (None if case.distance is None else Fraction(str(case.distance)))
    assert [reason.code for reason in found.reasons] == [case.code]
    assert of_unknown_kinds(found.reasons) == []


def _month_ends(values: Mapping[int, Number | Absence]) -> dict[dt.date, Number | Absence]:
    last = {8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
    return {_day(month, last[month]): value for month, value in values.items()}


# Read monthly, with ten days of grace: on the due date, and when December's reading is too late.
MONTHLY: list[tuple[Manner, dict[int, Number | Absence], Attainment, Attainment]] = [
    (Reached(), {9: 99, 10: 99, 11: 99, 12: 99}, NOT_KEPT, NOT_KEPT),
    (Reached(), {9: 99, 11: 99, 12: 99}, UNKNOWN, UNKNOWN),
    (Reached(), {9: 99, 10: Absence.MISSING, 11: 99, 12: 99}, UNKNOWN, UNKNOWN),
    (Reached(), {9: 99, 10: 99, 11: 99}, NOT_YET, UNKNOWN),
    (Reached(), {9: 99, 10: 99, 11: 99, 12: Absence.MISSING}, UNKNOWN, UNKNOWN),
    (Reached(), {9: 99, 10: 99}, NOT_YET, UNKNOWN),
    (Reached(), {}, UNKNOWN, UNKNOWN),
    (Reached(), {10: 99.9}, KEPT, KEPT),
    (Reached(), {10: 99, 11: 99, 12: 99}, UNKNOWN, UNKNOWN),
    (OnDueDate(), {12: 99}, NOT_KEPT, NOT_KEPT),
    (OnDueDate(), {12: 99.9}, KEPT, KEPT),
    (OnDueDate(), {9: 99.9, 12: 99.9}, KEPT, KEPT),
    (OnDueDate(), {11: 99.9}, NOT_YET, UNKNOWN),
    (OnDueDate(), {11: 99}, NOT_YET, UNKNOWN),
    (OnDueDate(), {10: 99.9}, NOT_YET, UNKNOWN),
    (OnDueDate(), {10: 99}, NOT_YET, UNKNOWN),
    (FROM_OCTOBER, {10: 99.9, 11: 99.9, 12: 99.9}, KEPT, KEPT),
    (FROM_OCTOBER, {10: 99.9, 12: 99.9}, UNKNOWN, UNKNOWN),
    (FROM_OCTOBER, {11: 99.9, 12: 99.9}, UNKNOWN, UNKNOWN),
    (FROM_OCTOBER, {10: 99.9}, NOT_YET, UNKNOWN),
    (FROM_OCTOBER, {10: 99.9, 11: 99.8}, NOT_KEPT, NOT_KEPT),
    (FROM_OCTOBER, {10: 99.9, 12: 99.8}, NOT_KEPT, NOT_KEPT),
]


@pytest.mark.parametrize(("manner", "values", "when_due", "later"), MONTHLY)
def test_readings_that_a_cadence_expected_leave_it_unknown_where_they_could_have_changed_the_verdict(
    manner: Manner, values: dict[int, Number | Absence], when_due: Attainment, later: Attainment
) -> None:
    case = Case(manner, _month_ends(values), DUE, when_due, None, "")
    assert _assess(case, cadence=Cadence.MONTHLY).attainment is when_due
    assert _assess(case._replace(as_of=dt.date.max), cadence=Cadence.MONTHLY).attainment is later


@pytest.mark.parametrize(
    ("as_of", "attainment"),
    [
        # a month after 30 November is 30 December; ten days of grace end on 9 January
        (_day(12, 30), IN_FLIGHT),
        (DUE, NOT_YET),
        (dt.date(2027, 1, 9), NOT_YET),
        (dt.date(2027, 1, 10), UNKNOWN),
    ],
)
def test_a_last_reading_that_can_still_come_in_time_is_waited_for(as_of: dt.date, attainment: Attainment) -> None:
    case = Case(OnDueDate(), _month_ends({11: 99}), as_of, attainment, None, "")
    found = _assess(case, cadence=Cadence.MONTHLY)
    assert found.attainment is attainment
    if attainment is NOT_YET:
        sentence = "it was due on 2026-12-31, and its last reading can come in time until 2027-01-09"
        assert str(found.reasons[0]) == sentence


@pytest.mark.parametrize(
    ("grace_days", "attainment"),
    [
        # a week after 23 December is 30 December, the due date the day after
        (0, UNKNOWN),
        (1, NOT_YET),
        (2, NOT_YET),
    ],
)
def test_a_reading_counts_as_missing_when_its_grace_is_over(grace_days: int, attainment: Attainment) -> None:
    case = Case(OnDueDate(), {_day(12, 23): 99.9}, DUE, attainment, None, "")
    assert _assess(case, cadence=Cadence(days=7, grace_days=grace_days)).attainment is attainment


def test_daily_readings_on_successive_days_are_no_gap() -> None:
    days = {dt.date(2026, 12, day): 99.9 for day in range(1, 32)}
    case = Case(Held(_day(12, 1)), days, DUE, KEPT, 0, "commit-met")
    assert _assess(case, cadence=Cadence.DAILY).attainment is KEPT
    without = {on: value for on, value in days.items() if on.day not in (10, 11)}
    assert _assess(case._replace(read=without), cadence=Cadence.DAILY).attainment is UNKNOWN


def test_a_value_that_is_not_possible_is_no_reading() -> None:
    uptime = attrs.evolve(UPTIME, lowest=0, highest=100)
    series = Series.of(uptime, {DUE: 999})
    found = attrs.evolve(SLA, measure=uptime).assess(series, as_of=DUE)
    assert (found.attainment, found.deciding) == (UNKNOWN, None)


@pytest.mark.parametrize(
    ("manner", "on"),
    [(Reached(), _day(10, 2)), (OnDueDate(), _day(10, 4)), (Held(_day(10, 1)), _day(10, 3))],
)
def test_the_verdict_names_the_reading_it_rests_on(manner: Manner, on: dt.date) -> None:
    read = {_day(10, 1): 99.1, _day(10, 2): 99.8, _day(10, 3): 98, _day(10, 4): 99}
    found = attrs.evolve(SLA, manner=manner).assess(Series.of(UPTIME, read), as_of=DUE)
    assert found.deciding is not None
    assert found.deciding.on == on


def test_among_equals_the_earliest_reading_decides() -> None:
    read = {_day(10, 1): 99.95, _day(10, 2): 99.9, _day(10, 3): 12}
    early = SLA.assess(Series.of(UPTIME, read), as_of=_day(10, 3))
    assert early.deciding is not None
    assert early.deciding.on == _day(10, 1)


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (REACHED[0], "it is due on 2026-12-31 and it is 2026-12-30"),
        (REACHED[1], "there is no reading from 2026-09-01 until 2026-12-31"),
        (REACHED[2], "99.8999 on 2026-12-31 is 0.0001 short of the standard, at least 99.9, reached by the due date"),
        (STANDING[3], "99.9 on 2026-12-31 meets the standard, at least 99.9, standing on the due date"),
        (
            HELD[4]._replace(read={_day(10, 1): 98}),
            "98 on 2026-10-01 is 1.9 short of the standard, at least 99.9, held from 2026-10-01 to the due date",
        ),
        (
            STANDING[-3],
            "from 2026-11-30 until 2026-12-31 readings are missing that could have changed the verdict: 1",
        ),
    ],
)
def test_the_sentences_can_be_read_aloud(case: Case, sentence: str) -> None:
    assert [str(reason) for reason in _assess(case).reasons] == [sentence]


# ------------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(("declared_on", "is_taken"), [(_day(12, 30), True), (DUE, True), (dt.date(2027, 1, 1), False)])
def test_a_commit_is_declared_on_or_before_the_due_date(declared_on: dt.date, *, is_taken: bool) -> None:
    if is_taken:
        assert attrs.evolve(SLA, declared_on=declared_on).counts_from == declared_on
        return
    with pytest.raises(OutOfTime) as refusal:
        attrs.evolve(SLA, declared_on=declared_on)
    assert (str(refusal.value.field), refusal.value.given) == ("declared_on", declared_on)


@pytest.mark.parametrize(("since", "is_taken"), [(_day(12, 30), True), (DUE, True), (dt.date(2027, 1, 1), False)])
def test_a_hold_begins_on_or_before_the_due_date(since: dt.date, *, is_taken: bool) -> None:
    if is_taken:
        assert attrs.evolve(SLA, manner=Held(since)).counts_from == since
        return
    with pytest.raises(OutOfTime) as refusal:
        attrs.evolve(SLA, manner=Held(since))
    assert (str(refusal.value.field), refusal.value.given) == ("manner.since", since)


def test_a_commit_asks_for_what_it_needs() -> None:
    with pytest.raises(WrongMeasure):
        SLA.attainment(Series.of(Measure("uptime", unit="minutes")), as_of=DUE)
    with pytest.raises(NotADate):
        SLA.attainment(Series.of(UPTIME), as_of=dt.datetime(2026, 12, 31, tzinfo=dt.UTC))
    with pytest.raises(WrongType):
        SLA.attainment(cast("Series", {}), as_of=DUE)
    with pytest.raises(WrongType):
        attrs.evolve(SLA, manner=cast("Reached", Reached))
    with pytest.raises(WrongType):
        attrs.evolve(SLA, support=cast("Support", "two on call"))


# ------------------------------------------------------------------------------------------- accountability


def test_nothing_is_said_against_a_commit_that_was_declared_in_time_supported_and_sober() -> None:
    assert SLA.accountability_as_declared == Accountability(())
    assert not Accountability(()).objections


@pytest.mark.parametrize(
    ("starts_on", "is_late"),
    [(None, False), (_day(8, 31), True), (_day(9, 1), False), (_day(9, 2), False)],
)
def test_declared_on_the_day_its_time_begins_is_not_late(starts_on: dt.date | None, *, is_late: bool) -> None:
    against = attrs.evolve(SLA, starts_on=starts_on).accountability_as_declared.objections
    assert [reason.code for reason in against] == (["commit-declared-late"] if is_late else [])


HOPED_FOR = Support(SupportKind.BUDGET, "20,000 a month", is_secured=False)


@pytest.mark.parametrize(
    ("is_late", "is_unsupported", "is_unsecured", "is_speculative"),
    [case for case in product(FALSE_TRUE, repeat=4) if not (case[1] and case[2])],
)
def test_every_reason_against_consequences_is_given_and_each_is_enough(
    *, is_late: bool, is_unsupported: bool, is_unsecured: bool, is_speculative: bool
) -> None:
    supports = () if is_unsupported else (*SLA.support, *([HOPED_FOR] if is_unsecured else []))
    found = attrs.evolve(
        SLA,
        starts_on=_day(8, 31) if is_late else DECLARED,
        support=supports,
        is_speculative=is_speculative,
    ).accountability_as_declared
    codes = {
        "commit-declared-late": is_late,
        "commit-unsupported": is_unsupported,
        "commit-support-not-secured": is_unsecured,
        "commit-speculative": is_speculative,
    }
    assert [reason.code for reason in found.objections] == [code for code, holds in codes.items() if holds]


def test_what_speaks_against_consequences_can_be_read_aloud() -> None:
    late = attrs.evolve(SLA, starts_on=_day(8, 31), support=[HOPED_FOR], is_speculative=True)
    assert [str(reason) for reason in late.accountability_as_declared.objections] == [
        "it was declared on 2026-09-01, after its time began on 2026-08-31",
        "budget: 20,000 a month was named as support but is not secured",
        "it was declared as highly speculative",
    ]
    bare = attrs.evolve(SLA, support=())
    (objection,) = bare.accountability_as_declared.objections
    assert str(objection) == "nothing is named that supports it: no people, budget or capacity"


def test_the_order_in_which_support_is_named_means_nothing() -> None:
    people, capacity = Support(SupportKind.PEOPLE, "two"), Support(SupportKind.CAPACITY, "one rack")
    one = attrs.evolve(SLA, support=[people, capacity, HOPED_FOR, people])
    other = attrs.evolve(SLA, support=(HOPED_FOR, capacity, people))
    assert one == other
    assert hash(one) == hash(other)


# --------------------------------------------------------------------------------------- cases people know


def test_ninety_nine_point_ninety_nine_is_not_a_hundred() -> None:
    commit = attrs.evolve(SLA, standard=Standard.at_least(100))
    assert commit.attainment(Series.of(UPTIME, {DUE: 99.99}), as_of=DUE) is NOT_KEPT
    assert commit.attainment(Series.of(UPTIME, {DUE: Decimal("99.9999999999999999")}), as_of=DUE) is NOT_KEPT
    assert commit.attainment(Series.of(UPTIME, {DUE: 100}), as_of=DUE) is KEPT


@pytest.mark.parametrize(
    ("released", "attainment"),
    [
        (_day(12, 30), KEPT),
        (DUE, KEPT),
        (dt.date(2027, 1, 1), UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_a_release_date_is_a_commit(released: dt.date | None, attainment: Attainment) -> None:
    release = Measure("release 2.0", unit="done")
    commit = attrs.evolve(SLA, measure=release, standard=Standard.done())
    series = Series.of(release, {} if released is None else {released: 1})
    assert commit.attainment(series, as_of=dt.date(2027, 3, 31)) is attainment


def test_a_release_that_is_not_out_on_its_date_is_not_kept_however_nearly_it_is() -> None:
    release = Measure("release 2.0", unit="done")
    commit = attrs.evolve(SLA, measure=release, standard=Standard.done())
    assert commit.attainment(Series.of(release, {DUE: 0}), as_of=DUE) is NOT_KEPT
    assert commit.attainment(Series.of(release, {DUE: 0.99}), as_of=DUE) is NOT_KEPT
    late = Series.of(release, {DUE: 0, dt.date(2027, 1, 1): 1})
    assert commit.attainment(late, as_of=dt.date(2027, 1, 31)) is NOT_KEPT


def test_a_team_that_reached_its_standard_and_is_blamed_for_not_exceeding_it_kept_its_commit() -> None:
    tickets = Measure("tickets closed in a day", unit="percent")
    commit = attrs.evolve(SLA, measure=tickets, standard=Standard.at_least(95))
    on_it = commit.assess(Series.of(tickets, {DUE: 95}), as_of=DUE)
    beyond = commit.assess(Series.of(tickets, {DUE: 99.9}), as_of=DUE)
    assert on_it.attainment is beyond.attainment is KEPT
    assert on_it.distance == beyond.distance == 0
    assert [reason.code for reason in on_it.reasons] == [reason.code for reason in beyond.reasons]


def test_an_assessment_of_a_commit_knows_no_score() -> None:
    found = SLA.assess(Series.of(UPTIME, {DUE: 99.9}), as_of=DUE)
    names = {field.name for field in attrs.fields(CommitAssessment)}
    verdicts = {"attainment", "as_declared", "as_excluded"}
    assert (
        names == {"commit", "as_of", "readings", "deciding", "distance", "reasons", "stretches", "shortages"} | verdicts
    )
    assert not any(hasattr(found, word) for word in ("score", "grade", "percent", "progress"))
    words = {"kept", "not kept", "in flight", "not yet observable", "unknown"}
    assert {each.value for each in Attainment} == words


def test_of_readings_as_far_from_a_standard_that_is_held_the_earliest_breaks_it() -> None:
    read = {_day(10, 1): 99.9, _day(10, 2): 98, _day(10, 3): 98, _day(10, 4): 99}
    held = attrs.evolve(SLA, manner=Held(_day(10, 1)))
    assert str(held.assess(Series.of(UPTIME, read), as_of=_day(10, 5)).deciding) == "98 on 2026-10-02"


def test_a_standard_counts_from_the_very_day_it_comes_into_force() -> None:
    moved = Amendment(_day(10, 3), Standard.at_most(98), "another line")
    commit = attrs.evolve(SLA, amendments=moved)
    read = Series.of(UPTIME, {_day(10, 1): 99.8, _day(10, 2): 98})
    before, after = (commit.assess(read, as_of=_day(10, day)) for day in (2, 3))
    assert (str(before.deciding), before.attainment) == ("99.8 on 2026-10-01", IN_FLIGHT)
    assert (str(after.deciding), after.attainment) == ("98 on 2026-10-02", KEPT)


# ------------------------------------------------------------------------- ends that do not belong to a standard


@pytest.mark.parametrize(
    ("standard", "text", "met", "unmet"),
    [
        (Standard.below(3), "below 3", (2.999, -3), (3, 3.001)),
        (Standard.above(0), "above 0", (0.001,), (0, -1)),
        (Standard(low=1, high=2, open_ends=[2]), "at least 1 and below 2", (1, 1.999), (2, 0.999)),
        (Standard(low=1, high=2, open_ends=[2, 1, 1]), "above 1 and below 2", (1.5,), (1, 2)),
        (Standard(low=1, high=2), "within 1 and 2", (1, 2), (0.999, 2.001)),
    ],
)
def test_an_end_may_not_belong_to_a_standard(
    standard: Standard, text: str, met: tuple[float, ...], unmet: tuple[float, ...]
) -> None:
    assert str(standard) == text
    assert [standard.is_met(each) for each in (*met, *unmet)] == [True] * len(met) + [False] * len(unmet)
    assert [standard.distance(each) for each in met] == [0] * len(met)
    assert eval(repr(standard), {"Standard": Standard, "Fraction": Fraction}) == standard  # noqa: S307 - our own text


@pytest.mark.parametrize(
    ("ends", "error"),
    [
        ({"low": 3, "open_ends": [4]}, OutOfBounds),
        ({"low": 3, "high": 3, "open_ends": [3]}, OutOfOrder),
    ],
)
def test_an_open_end_is_an_end_and_leaves_something(ends: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        Standard(**ends)


@pytest.mark.parametrize(
    ("manner", "attainment"),
    [
        (Reached(), KEPT),
        (OnDueDate(), NOT_KEPT),
        (Held(_day(10, 1)), NOT_KEPT),
        (Held(_day(10, 1), share=Fraction(1, 2)), KEPT),
        (Held(_day(10, 1), share=Fraction(2, 3)), NOT_KEPT),
        (AsAWhole(), KEPT),
    ],
)
def test_less_than_three_percent_is_not_three(manner: Manner | AsAWhole, attainment: Attainment) -> None:
    complaints = Measure("complaints", unit="percent", aggregation=Aggregation.MEAN)
    owed = Commit(
        id="c", measure=complaints, standard=Standard.below(3), due=DUE, declared_on=_day(9, 1), manner=manner
    )
    read = Series.of(complaints, {_day(10, 1): Fraction(5, 2), DUE: 3})
    found = owed.assess(read, as_of=DUE)
    assert found.attainment is attainment
    if attainment is NOT_KEPT:
        assert found.distance == 0
        assert str(found.deciding) == f"3 on {DUE}"


def test_on_an_end_that_does_not_belong_to_it_nothing_is_enough_for_a_whole() -> None:
    downtime = Measure("downtime", unit="minutes", lowest=0, aggregation=Aggregation.SUM)
    owed = Commit(
        id="c", measure=downtime, standard=Standard.below(30), due=DUE, declared_on=_day(9, 1), manner=AsAWhole()
    )
    for minutes, attainment in ((30, NOT_KEPT), (29, IN_FLIGHT)):
        read = Series.of(downtime, {_day(10, 1): minutes})
        assert owed.assess(read, as_of=_day(10, 1)).attainment is attainment


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        (Standard.below(3), Standard.below(3), True),
        (Standard.below(3), Standard.at_most(3), False),
        (Standard.at_most(3), Standard.below(3), True),
        (Standard.above(3), Standard.at_least(3), False),
        (Standard.at_least(3), Standard.above(3), True),
        (Standard.above(3), Standard.above(4), True),
        (Standard.above(4), Standard.above(3), False),
        (Standard.below(3), Standard(high=3, low=1, open_ends=[3]), True),
        (Standard.below(3), Standard.within(1, 3), False),
    ],
)
def test_a_standard_contains_what_demands_no_less(one: Standard, other: Standard, *, holds: bool) -> None:
    assert one.contains(other) is holds


def test_what_nothing_can_meet_is_lost_from_the_first_day_of_the_calendar() -> None:
    minutes = Measure("minutes", lowest=0)
    owed = Commit(
        id="c", measure=minutes, standard=Standard.below(0), due=dt.date.min, declared_on=dt.date.min, manner=Reached()
    )
    assert owed.assess(Series(minutes), as_of=dt.date.min).attainment is NOT_KEPT


class TestConsent:
    """Who is held to a commit, and what they answered."""

    AGREED = Consent(who="support", told_on=DECLARED, answer=Response.AGREED, answered_on=_day(9, 3))
    DECLINED = Consent(who="night shift", told_on=DECLARED, answer=Response.DECLINED, answered_on=_day(9, 5))
    SILENT = Consent(who="sales", told_on=_day(9, 2))

    def test_what_people_answered_stands_in_the_objections(self) -> None:
        commit = attrs.evolve(SLA, consents=[self.SILENT, self.DECLINED, self.AGREED], consequence="no bonus")
        assert [str(each) for each in commit.consents] == [
            "night shift, told on 2026-09-01: declined on 2026-09-05",
            "sales, told on 2026-09-02: no answer yet",
            "support, told on 2026-09-01: agreed on 2026-09-03",
        ]
        assert [str(reason) for reason in commit.accountability_as_declared.objections] == [
            "night shift declined it on 2026-09-05",
            "sales is held to it, was told on 2026-09-02 and has not answered",
            "sales was told on 2026-09-02, after its time began on 2026-09-01",
        ]

    def test_a_consequence_asks_for_somebody_who_agreed(self) -> None:
        (objection,) = attrs.evolve(SLA, consequence="no bonus").accountability_as_declared.objections
        assert str(objection) == ("a consequence was stated, and nobody who is held to it has agreed: no bonus")
        agreed = attrs.evolve(SLA, consequence="no bonus", consents=self.AGREED)
        assert agreed.accountability_as_declared.objections == ()

    def test_before_the_answer_there_is_none(self) -> None:
        commit = attrs.evolve(SLA, consents=self.AGREED)
        found = commit.known_on(_day(9, 2)).accountability_as_declared.objections
        assert [reason.code for reason in found] == ["commit-not-answered"]
        assert commit.known_on(_day(8, 31)).consents == ()

    def test_what_does_not_go_together_is_refused(self) -> None:
        with pytest.raises(NothingGiven, match="answered_on"):
            Consent(who="sales", told_on=DECLARED, answer=Response.AGREED)
        with pytest.raises(NothingGiven, match="answer must"):
            Consent(who="sales", told_on=DECLARED, answered_on=DECLARED)
        with pytest.raises(OutOfOrder):
            Consent(who="sales", told_on=DECLARED, answer=Response.AGREED, answered_on=_day(8, 31))
        with pytest.raises(GivenTwice):
            attrs.evolve(SLA, consents=[self.SILENT, self.SILENT])


@pytest.mark.parametrize(
    ("values", "attainment", "allowed"),
    [
        # of six days two are short of it; four, of which nobody knows, could have met it
        ((Absence.MISSING, None, None, 5, 5, None), Attainment.UNKNOWN, 2),
        # the first day alone is stated absent: of five that were expected three are missing, two of them short
        ((None, None, None, 5, 5, None), Attainment.NOT_KEPT, 1),
        # two of five days met it, three are missing: nobody knows whether half of them did
        ((Absence.MISSING, None, 1, None, 1), Attainment.UNKNOWN, 2),
    ],
)
def test_a_first_day_that_is_stated_absent_is_missing_beside_what_the_cadence_expects_behind_it(
    values: tuple[int | Absence | None, ...], attainment: Attainment, allowed: int
) -> None:
    late = Measure("late invoices", unit="invoices", lowest=0)
    share = Fraction(2, 3) if values[2] is None else Fraction(1, 2)
    owed = Commit(
        id="c",
        measure=late,
        standard=Standard.at_most(2),
        due=_day(10, len(values)),
        declared_on=_day(10, 1),
        manner=Held(_day(10, 1), share=share),
        cadence=Cadence(days=1),
    )
    read = Series.of(late, {_day(10, at): value for at, value in enumerate(values, start=1) if value is not None})
    assert owed.attainment(read, as_of=_day(10, 9)) is attainment
    allowance = owed.assess(read, as_of=_day(10, 1)).allowance
    assert allowance is not None
    assert allowance.total == allowed
