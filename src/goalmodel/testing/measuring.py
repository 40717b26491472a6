"""Measures, readings, series, cycles and cadences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, TypeAlias

import attrs
from dateutil.relativedelta import relativedelta
from hypothesis import assume, strategies as st

from goalmodel.exact import Number
from goalmodel.measure import (
    Absence,
    Aggregation,
    Cadence,
    Cycle,
    Derived,
    EachPeriod,
    EachReading,
    Exclusion,
    Figure,
    FigurePolicy,
    Gap,
    Growth,
    Lag,
    LastDays,
    LastMonths,
    LastReadings,
    Measure,
    Period,
    Polarity,
    Ratio,
    Reading,
    Scale,
    Series,
    Share,
    StatedPeriods,
    Timing,
    ToDate,
    Total,
    Unit,
    Window,
    figures,
    per,
)
from goalmodel.measure.derived import Formula
from goalmodel.testing.fields import built, dates, ids, texts
from goalmodel.testing.figures import evenly, exact_numbers, numbers, positive_numbers

Limits: TypeAlias = tuple[Number | None, Number | None]
"""Lowest and highest possible value of a measure, None where there is none."""


@st.composite
def measures(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] | None = None,
    polarities: st.SearchStrategy[Polarity] | None = None,
    limits: st.SearchStrategy[Limits] | None = None,
    aggregation: st.SearchStrategy[Aggregation] | None = None,
) -> Measure:
    """Return measures of every polarity, scale and timing, with and without limits to what is possible.

    Args:
        draw: Given by Hypothesis.
        names: What they are called; any text where None.
        polarities: Which way is better; any where None.
        limits: Lowest and highest possible value, each None where there is none; any where None.
        aggregation: How readings combine, of a ratio scale; the latest of them counts where None.
    """
    lowest, highest = draw(_RANGES if limits is None else limits)
    return Measure(
        draw(_NAMES if names is None else names),
        unit=draw(UNITS),
        polarity=draw(_POLARITIES if polarities is None else polarities),
        scale=draw(_SCALES) if aggregation is None else Scale.RATIO,
        timing=draw(_TIMINGS),
        lowest=lowest,
        highest=highest,
        aggregation=draw(_AGGREGATIONS if aggregation is None else aggregation),
    )


@st.composite
def alike_measures(draw: st.DrawFn, *, least: int = 2, most: int = 4) -> tuple[Measure, ...]:
    """Return measures in one unit whose readings may be added up, each with a name of its own.

    Args:
        draw: Given by Hypothesis.
        least: Fewest.
        most: Most.
    """
    unit = draw(UNITS)
    names = draw(st.lists(ids(), min_size=least, max_size=most, unique=True))
    return tuple(Measure(name, unit=unit, aggregation=draw(_ANY_AGGREGATION)) for name in names)


@st.composite
def derived_measures(draw: st.DrawFn) -> Derived:
    """Return derived measures by every formula, of readings and of periods.

    Args:
        draw: Given by Hypothesis.
    """
    formula = draw(_FORMULAS)
    window = draw(_PERIODS_OF_ANY_KIND if isinstance(formula, Lag | Growth) else _EACH_READING_OR_PERIODS)
    parts = _parts_of(formula)
    name = draw(_NAMES)
    assume(name not in {each.name for each in parts})
    measure = Measure(name, unit=parts[0].unit, aggregation=draw(_ANY_AGGREGATION))
    return Derived(measure=measure, formula=formula, window=window)


def _parts_of(formula: Formula) -> tuple[Measure, ...]:
    if isinstance(formula, Total):
        return formula.parts
    if isinstance(formula, Gap):
        return formula.of, formula.less
    if isinstance(formula, Ratio):
        return formula.of, formula.to
    return formula.among if isinstance(formula, Share) else (formula.of,)


def ranges() -> st.SearchStrategy[Limits]:
    """Return lowest and highest possible values: often neither, one, both, and one value for both."""
    return _RANGES


def readings(
    *,
    on: st.SearchStrategy[dt.date] | None = None,
    values: st.SearchStrategy[Number] | None = None,
) -> st.SearchStrategy[Reading]:
    """Return readings, stated absences among them.

    Args:
        on: Their dates; any where None.
        values: Their values; any number where None.
    """
    known = numbers() if values is None else values
    return st.builds(Reading, dates() if on is None else on, st.one_of(known, st.sampled_from(Absence)))


@st.composite
def series(
    draw: st.DrawFn,
    *,
    measure: st.SearchStrategy[Measure] | Measure | None = None,
    values: st.SearchStrategy[Number] | None = None,
    on: st.SearchStrategy[dt.date] | None = None,
    absences: bool = True,
    weighted: bool = False,
    min_size: int = 0,
    max_size: int = 20,
) -> Series:
    """Return series, in steps and at random dates, with equal neighbours on purpose.

    Args:
        draw: Given by Hypothesis.
        measure: What was measured; any measure where None.
        values: Values of the readings; any number where None.
        on: Dates of the readings; where None any dates, and such as lie whole days, weeks or months apart.
        absences: Whether some readings may be stated absences.
        weighted: Whether the readings carry weights.
        min_size: Fewest readings.
        max_size: Most readings.
    """
    its_measure = measure if isinstance(measure, Measure) else draw(measures() if measure is None else measure)
    its_dates = draw(_dates_apart(on, min_size=min_size, max_size=max_size))
    known = numbers() if values is None else values
    pool = draw(st.lists(known, min_size=1, max_size=4))
    value: st.SearchStrategy[Number | Absence] = st.one_of(st.sampled_from(pool), known)
    if absences:
        value = st.one_of(value, value, st.sampled_from(Absence))
    drawn = [(day, draw(value)) for day in its_dates]
    if not weighted:
        return Series.of(its_measure, drawn)
    weighed = [Reading(on, what, None if isinstance(what, Absence) else draw(_CASES)) for on, what in drawn]
    return Series(its_measure, weighed)


@st.composite
def restated_series(
    draw: st.DrawFn,
    *,
    measure: st.SearchStrategy[Measure] | Measure | None = None,
    values: st.SearchStrategy[Number] | None = None,
    on: st.SearchStrategy[dt.date] | None = None,
    max_size: int = 12,
) -> Series:
    """Return series some of whose readings became known later than on their day, and some were restated, even twice.

    Args:
        draw: Given by Hypothesis.
        measure: What was measured; any measure where None.
        values: Values of the readings; any number where None.
        on: Dates of the readings; any where None.
        max_size: Most dates.
    """
    plain = draw(series(measure=measure, values=values, on=on, min_size=1, max_size=max_size))
    known = numbers() if values is None else values
    told: list[Reading] = []
    for reading in plain:
        room = (dt.date.max - reading.on).days
        days = draw(st.lists(st.integers(0, min(40, room)), min_size=1, max_size=3, unique=True).map(sorted))
        others = st.one_of(st.just(reading.value), known, st.sampled_from(Absence))
        told += [
            Reading(reading.on, draw(others) if at else reading.value, known_on=reading.on + dt.timedelta(days=late))
            for at, late in enumerate(days)
        ]
    return Series(plain.measure, draw(st.permutations(told)))


def cycles(*, starts: st.SearchStrategy[dt.date] | None = None) -> st.SearchStrategy[Cycle]:
    """Return cycles: of one day, of a month, of a fiscal year's quarter, half or whole, and between any two dates.

    Args:
        starts: Their first days; any where None, and those of calendar and fiscal periods.
    """
    return _CYCLES if starts is None else st.builds(_cycle_of_length, starts, _LENGTHS)


def cadences(*, rules: bool = False) -> st.SearchStrategy[Cadence]:
    """Return cadences: the named ones, and any number of months or days with any grace.

    Args:
        rules: Whether recurrence rules are among them. Their dates are counted one by one: keep dates near each other.
    """
    return _CADENCES_AND_RULES if rules else _CADENCES


@st.composite
def exclusions(
    draw: st.DrawFn,
    *,
    on: st.SearchStrategy[dt.date] | None = None,
    agreed_on: st.SearchStrategy[dt.date] | None = None,
    most_days: int = 40,
    is_open: st.SearchStrategy[bool] | None = None,
) -> Exclusion:
    """Return days that were agreed not to count, before they came and later.

    Args:
        draw: Given by Hypothesis.
        on: Their first day; any where None.
        agreed_on: When that was agreed; any day about then where None.
        most_days: How many days there are at most.
        is_open: Whether nobody knew beforehand when it would end; False where None.
    """
    start = draw(dates() if on is None else on)
    room = min(most_days - 1, (dt.date.max - start).days)
    before = min(40, (start - dt.date.min).days)
    about_then = st.integers(-before, min(40, (dt.date.max - start).days)).map(lambda days: start + dt.timedelta(days))
    return Exclusion(
        start=start,
        end=start + dt.timedelta(days=draw(st.integers(0, room))),
        reason="as agreed",
        agreed_on=draw(about_then if agreed_on is None else agreed_on),
        cause=draw(st.sampled_from((None, "strike", "flood"))),
        is_open=is_open is not None and draw(is_open),
    )


def lagging_cadences() -> st.SearchStrategy[Cadence]:
    """Return cadences, of rules as well, whose readings take some days to be known, or none."""
    lags = st.one_of(st.just(0), st.integers(0, 40))
    return st.builds(_lagging, cadences(rules=True), lags)


def _lagging(cadence: Cadence, lag: int) -> Cadence:
    return attrs.evolve(cadence, lag_days=lag)


def windows() -> st.SearchStrategy[Window]:
    """Return windows of every kind: each reading, periods of the calendar and stated ones, rolling, to date."""
    return _WINDOWS


def figure_policies() -> st.SearchStrategy[FigurePolicy]:
    """Return what is asked of figures: nothing, a few readings, some cases, both."""
    return _FIGURE_POLICIES


@st.composite
def figures_made(draw: st.DrawFn) -> Figure:
    """Return figures: complete, provisional, absent, of readings with weights and without.

    Args:
        draw: Given by Hypothesis.
    """
    measure = draw(measures(aggregation=st.sampled_from(Aggregation), limits=_MOSTLY_UNLIMITED))
    known = draw(series(measure=measure, on=_NEAR_STARTS, weighted=draw(st.booleans()), min_size=1))
    days = [each.on for each in known.readings]
    window = draw(st.one_of(st.just(EachReading()), _ROLLING, st.builds(ToDate, EACH_PERIOD), EACH_PERIOD))
    found = figures(known, window, as_of=draw(st.one_of(st.just(days[-1]), st.sampled_from(days))))
    assume(found)
    return draw(st.sampled_from(found))


def _unit(name: str, base: str, factor: Number, symbol: str) -> Unit:
    return Unit(name, symbol=symbol, base=base, factor=1 if base == name else factor)


def _stated(days: list[dt.date]) -> StatedPeriods:
    first, *ends = sorted(days)
    return StatedPeriods(first, ends)


def _rule(*parts: str, start: dt.date | None = None, grace_days: int | None = None) -> Cadence:
    return Cadence.rrule(";".join(parts), start=start, grace_days=grace_days)


def _working(holidays: list[int], start: dt.date, grace_days: int | None) -> Cadence:
    return Cadence.working_days([start + dt.timedelta(days) for days in holidays], grace_days=grace_days)


def _stated_dates(days: list[int], start: dt.date, grace_days: int | None) -> Cadence:
    return Cadence.stated([start + dt.timedelta(each) for each in days], grace_days=grace_days)


def _part(name: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=3).map(lambda found: f"{name}={','.join(map(str, found))}")


def _rising(pair: tuple[Fraction, Fraction]) -> tuple[Number, Number]:
    return min(pair), max(pair)


def _twice(value: Fraction) -> tuple[Number, Number]:
    return value, value


def _cycle_of_length(start: dt.date, days: int) -> Cycle:
    return Cycle(start, start + dt.timedelta(days=min(days, (dt.date.max - start).days)))


@st.composite
def _dates_apart(
    draw: st.DrawFn, on: st.SearchStrategy[dt.date] | None, *, min_size: int, max_size: int
) -> Sequence[dt.date]:
    if on is not None or draw(st.booleans()):
        return draw(st.lists(dates() if on is None else on, min_size=min_size, max_size=max_size, unique=True))
    anchor = draw(_ANCHORS)
    step = draw(_STEPS_APART)
    count = draw(st.integers(min_size, max_size))
    left_out = draw(st.sets(st.integers(0, count))) if not min_size else set[int]()
    return [anchor + step * index for index in range(count) if index not in left_out]


# Each is built once, for Hypothesis prepares every new strategy anew.
_NAMES: Final = ids()
_POLARITIES: Final = st.sampled_from(Polarity)
_SCALES: Final = st.sampled_from(Scale)
_TIMINGS: Final = st.sampled_from(Timing)
_ANY_AGGREGATION: Final = st.sampled_from(Aggregation)
_STEPS_APART: Final = st.sampled_from((relativedelta(days=1), relativedelta(weeks=1), relativedelta(months=1)))
_ANCHORS: Final = st.dates(dt.date(1000, 1, 1), dt.date(3000, 1, 1))
UNITS: Final = st.one_of(
    st.builds(Unit, ids()),
    st.builds(_unit, ids(), ids(), positive_numbers(), texts()),
    st.sampled_from([Unit("percent", symbol="%"), *(period.unit for period in Period)]),
    st.builds(per, ids(), st.sampled_from(Period)),
)
_AGGREGATIONS: Final = st.just(Aggregation.LAST)
_CASES: Final = st.one_of(st.integers(1, 200), positive_numbers())
_UNLIMITED: Final[st.SearchStrategy[Limits]] = st.just((None, None))
_RANGES: Final[st.SearchStrategy[Limits]] = evenly(
    _UNLIMITED,
    _UNLIMITED,
    st.one_of(
        st.tuples(numbers(), st.none()),
        st.tuples(st.none(), numbers()),
        st.tuples(exact_numbers(), exact_numbers()).map(_rising),
        exact_numbers().map(_twice),
    ),
)
_GRACE_DAYS: Final = st.one_of(st.integers(0, 40), st.integers(0, 4_000_000))
_PERIODS: Final = st.one_of(st.integers(1, 40), st.integers(1, 4_000_000))
_CADENCES: Final = st.one_of(
    st.sampled_from((Cadence.DAILY, Cadence.WEEKLY, Cadence.MONTHLY, Cadence.QUARTERLY, Cadence.YEARLY)),
    st.builds(Cadence, months=_PERIODS, grace_days=_GRACE_DAYS),
    st.builds(Cadence, days=_PERIODS, grace_days=_GRACE_DAYS),
)
EACH_PERIOD: Final = st.builds(
    EachPeriod,
    st.sampled_from((Period.WEEK, Period.MONTH, Period.QUARTER, Period.HALF_YEAR, Period.YEAR)),
    starts_in=st.one_of(st.just(1), st.integers(1, 12)),
)
STATED_PERIODS: Final = st.lists(dates(), min_size=2, max_size=6, unique=True).map(_stated)
_FEW: Final = st.one_of(st.just(1), st.integers(1, 40), st.integers(min_value=1))
_ROLLING: Final = st.one_of(*(st.builds(kind, _FEW) for kind in (LastReadings, LastDays, LastMonths)))
_WINDOWS: Final[st.SearchStrategy[Window]] = evenly(
    st.just(EachReading()),
    EACH_PERIOD,
    STATED_PERIODS,
    _ROLLING,
    st.builds(ToDate, st.one_of(EACH_PERIOD, STATED_PERIODS)),
)
_FIGURE_POLICIES: Final = built(
    FigurePolicy,
    readings=evenly(st.just(0), st.integers(1, 6), st.integers(min_value=0)),
    cases=evenly(st.just(Fraction(0)), st.integers(1, 100).map(Fraction), positive_numbers()),
)
_MOSTLY_UNLIMITED: Final[st.SearchStrategy[Limits]] = evenly(_UNLIMITED, _UNLIMITED, _RANGES)
_SOME_GRACE: Final = st.one_of(st.none(), st.integers(0, 40))
_WEEKDAYS: Final = st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))
_DAYS_OF_MONTH: Final = st.one_of(st.integers(1, 28), st.integers(-28, -1))
_NUMBERED_DAYS: Final = st.builds("{}{}".format, st.sampled_from((1, 2, 4, -1, -4)), _WEEKDAYS)
_NEAR_STARTS: Final = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))
_FIXED_RULES: Final = st.sampled_from(
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYYEARDAY=1,100,-1",
        "FREQ=YEARLY;BYWEEKNO=1,20;BYDAY=MO,FR",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    )
)
_DAYS_LATER: Final = st.one_of(st.integers(0, 14), st.integers(0, 700))
_RULES: Final = evenly(
    st.builds(_working, st.lists(_DAYS_LATER, max_size=12), _NEAR_STARTS, _SOME_GRACE),
    st.builds(_stated_dates, st.lists(_DAYS_LATER, min_size=2, max_size=12, unique=True), _NEAR_STARTS, _SOME_GRACE),
    st.builds(_rule, _FIXED_RULES, grace_days=_SOME_GRACE),
    st.builds(_rule, st.just("FREQ=DAILY"), _part("BYDAY", _WEEKDAYS), grace_days=_SOME_GRACE),
    st.builds(
        _rule,
        st.just("FREQ=WEEKLY"),
        _part("BYDAY", _WEEKDAYS),
        st.builds("INTERVAL={}".format, st.integers(1, 5)),
        st.builds("WKST={}".format, _WEEKDAYS),
        start=_NEAR_STARTS,
        grace_days=_SOME_GRACE,
    ),
    st.builds(
        _rule,
        evenly(
            st.just("FREQ=DAILY"),
            st.builds("FREQ=MONTHLY;{}".format, _part("BYMONTHDAY", _DAYS_OF_MONTH)),
            st.builds("FREQ=MONTHLY;{}".format, _part("BYDAY", _NUMBERED_DAYS)),
            st.builds("FREQ=YEARLY;BYMONTH=3,12;{}".format, _part("BYDAY", _NUMBERED_DAYS)),
            st.just("FREQ=YEARLY;BYMONTHDAY=-1"),
        ),
        st.builds("INTERVAL={}".format, st.integers(1, 12)),
        start=_NEAR_STARTS,
        grace_days=_SOME_GRACE,
    ),
)
_CADENCES_AND_RULES: Final = evenly(_CADENCES, _RULES)
_YEARS: Final = st.integers(dt.MINYEAR, dt.MAXYEAR - 2)
_MONTHS: Final = st.integers(1, 12)
_NAMED_CYCLES: Final = st.one_of(
    st.builds(Cycle.month, _YEARS, _MONTHS),
    st.builds(Cycle.quarter, _YEARS, st.integers(1, 4), starts_in=_MONTHS),
    st.builds(Cycle.half, _YEARS, st.integers(1, 2), starts_in=_MONTHS),
    st.builds(Cycle.year, _YEARS, starts_in=_MONTHS),
)
_LENGTHS: Final = st.one_of(st.integers(0, 400), st.integers(0, 4_000_000))
_CYCLES: Final = st.one_of(st.builds(_cycle_of_length, dates(), _LENGTHS), _NAMED_CYCLES)
_PAIR: Final = alike_measures(least=2, most=2)
_AGO: Final = st.integers(1, 24)
TOTALS: Final = alike_measures().map(Total)
GAPS: Final = _PAIR.map(lambda it: Gap(*it))
RATIOS: Final = _PAIR.map(lambda it: Ratio(*it))
SHARES: Final = alike_measures().map(lambda it: Share(it[0], it))
LAGS: Final = st.builds(Lag, _PAIR.map(lambda it: it[0]), _AGO)
GROWTHS: Final = st.builds(Growth, _PAIR.map(lambda it: it[0]), _AGO)
_FORMULAS: Final[st.SearchStrategy[Formula]] = st.one_of(TOTALS, GAPS, RATIOS, SHARES, LAGS, GROWTHS)
_PERIODS_OF_ANY_KIND: Final[st.SearchStrategy[EachPeriod | StatedPeriods]] = st.one_of(EACH_PERIOD, STATED_PERIODS)
_EACH_READING_OR_PERIODS: Final = st.one_of(st.just(EachReading()), _PERIODS_OF_ANY_KIND)
