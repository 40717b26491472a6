"""Figures: what readings come to over a window. Figures are what is judged."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, chain, groupby, takewhile
from typing import Final, NamedTuple, TypeAlias, assert_never

import attrs

from goalmodel.checks import is_a, is_count, the, the_date
from goalmodel.errors import WrongType
from goalmodel.measure.aggregation import Aggregation, combined, still_possible
from goalmodel.measure.cycle import Cycle
from goalmodel.measure.enough import NOTHING_ASKED, FigurePolicy
from goalmodel.measure.exclusion import Exclusion, agreed_by, excluded_days, without
from goalmodel.measure.measure import Measure
from goalmodel.measure.reading import Absence, Reading, computed_reading
from goalmodel.measure.series import Series
from goalmodel.measure.view import SeriesView
from goalmodel.measure.window import (
    WINDOWS,
    EachPeriod,
    EachReading,
    LastDays,
    LastMonths,
    LastReadings,
    Rolling,
    StatedPeriods,
    ToDate,
    Window,
)
from goalmodel.reasons import Reason, ReasonKind
from goalmodel.reprs import readable
from goalmodel.showing import shown

_DAY: Final = dt.timedelta(days=1)

_PERIODS: Final = (EachPeriod, StatedPeriods)

_Part: TypeAlias = tuple[dt.date, dt.date]
"""First and last day of a time."""

RUNNING = ReasonKind(
    "figure-running", "FIG-3", "its time is not over until {end}, and it is {as_of}", {"end": dt.date, "as_of": dt.date}
)
READINGS_ABSENT = ReasonKind(
    "figure-readings-absent",
    "FIG-3",
    "between {start} and {end} readings are stated absent: {count}",
    {"start": dt.date, "end": dt.date, "count": int},
)
NOT_COVERED = ReasonKind(
    "figure-not-covered",
    "FIG-3",
    "it goes back to {start}, and the first reading is of {first}",
    {"start": dt.date, "first": dt.date},
)
NO_FIGURE = ReasonKind(
    "figure-none",
    "FIG-3",
    "until {until} no figure is complete: {window}",
    {"until": dt.date, "window": Window},
)
FEWER_READINGS = ReasonKind(
    "figure-fewer-readings",
    "FIG-3",
    "it rests on fewer readings than it asks for: {count} of {least}",
    {"count": int, "least": int},
)


@attrs.frozen(kw_only=True)
@readable
class Figure:
    """What the readings of one window come to.

    Attributes:
        period: Its time, both days inside.
        value: What they come to, in the measure's own unit; the absence where all of them are stated absent.
        readings: On how many readings it rests.
        absent: How many more are stated absent.
        weight: On how many cases, where the readings carry weights; None where they don't.
        why_provisional: Why it may still change; None where it is complete.
    """

    period: Cycle = attrs.field(validator=is_a(Cycle))
    value: Fraction | Absence = attrs.field(validator=is_a(Fraction, Absence))
    readings: int = attrs.field(validator=is_count(0))
    absent: int = attrs.field(default=0, validator=is_count(0))
    weight: Fraction | None = attrs.field(default=None, validator=is_a(Fraction, type(None)))
    why_provisional: Reason | None = attrs.field(default=None, validator=is_a(Reason, type(None)))

    @property
    def is_provisional(self) -> bool:
        """Whether it may still change."""
        return self.why_provisional is not None

    def __str__(self) -> str:
        value = self.value.value if isinstance(self.value, Absence) else shown(self.value)
        return f"{value} from {self.period}{' (provisional)' if self.is_provisional else ''}"


def figures(series: Series, window: Window, *, as_of: dt.date) -> tuple[Figure, ...]:
    """Return what the readings known on *as_of* come to over each window, oldest first.

    >>> downtime = Measure("downtime", unit="minutes", aggregation=Aggregation.SUM, lowest=0)
    >>> read = Series.of(downtime, {dt.date(2026, 10, 5): 30, dt.date(2026, 10, 20): 20, dt.date(2026, 11, 3): 4})
    >>> print(*figures(read, EachPeriod(Period.MONTH), as_of=dt.date(2026, 11, 3)), sep="; ")
    50 from 2026-10-01 to 2026-10-31; 4 from 2026-11-01 to 2026-11-30 (provisional)

    They combine as the measure says. A period without a reading or an absence has no figure; one whose readings are all
    stated absent is absent. What the measure can't be is no reading.

    Rules: FIG-1, FIG-2, FIG-3, TIME-2.

    Args:
        series: The readings.
        window: Over what time.
        as_of: The date of the judgement, at the end of the day.

    Returns:
        A figure a period, or, of what rolls or is to date, a figure a reading.
    """
    known = the(Series, series, "series").as_known(the_date(as_of, "as_of")).until(as_of)
    return tuple(_figures(known, the_window(window), as_of))


class JudgedFigures(NamedTuple):
    """Figures as readings, each on the last day of its time: those that are judged, and those that rest on too little.

    Attributes:
        series: What is judged.
        too_few: What rests on fewer cases or readings than are asked for: complete, and left out.
        readings: On how many readings each of those rests, by its day.
        asked: What was asked of each.
    """

    series: Series
    too_few: Series
    readings: Mapping[dt.date, int]
    asked: FigurePolicy

    def why_left_out(self, as_of: dt.date, *, since: dt.date) -> tuple[Reason, ...]:
        """Return why the latest that was left out until a day is not judged; none where that is before *since*."""
        latest = self.too_few.view.latest(as_of)
        return () if latest is None or latest.on < since else self.asked.why_not(latest, self.readings[latest.on])


def judged(series: Series, window: Window, policy: FigurePolicy = NOTHING_ASKED) -> Series:
    """Return the figures that are complete, each as a reading on the last day of its time: what is judged.

    What was known of it on a day is what that day sees of it: a period that is not over yet has no reading yet. Sums
    have no range, for the measure's is that of a reading. One that rests on too little is left out, as if it were not
    there; an absence stays.

    >>> seen = Measure("seen within four hours", unit="percent", aggregation=Aggregation.MEAN)
    >>> read = Series.shares(seen, {dt.date(2026, 1, 31): (90, 100), dt.date(2026, 2, 28): (1, 2)})
    >>> print(*judged(read, EachReading(), FigurePolicy(cases=30)))
    90 on 2026-01-31

    Rules: FIG-3, FIG-4.

    Args:
        series: The readings.
        window: Over what time they come to figures.
        policy: How much a figure has to rest on.
    """
    asked = the(FigurePolicy, policy, "policy").of(the_window(window))
    if asked == NOTHING_ASKED and isinstance(window, EachReading):
        return the(Series, series, "series").corrected
    return told_apart(the(Series, series, "series"), window, asked).series


def told_apart(series: Series, window: Window, policy: FigurePolicy) -> JudgedFigures:
    """Return the figures that are judged, and those that rest on too little for it; they are told apart once.

    Rules: FIG-3, FIG-4.
    """
    kept, asked = series.view.judged, policy.of(window)
    if (window, asked) not in kept:
        if isinstance(window, EachReading):
            kept[window, asked] = _of_readings(series.corrected, asked)
        else:
            found = _figures(series.as_known(dt.date.max), window, dt.date.max)
            kept[window, asked] = judged_so(found, series.measure, window, asked)
    return kept[window, asked]


def judged_so(found: Iterable[Figure], measure: Measure, window: Window, policy: FigurePolicy) -> JudgedFigures:
    """Return those of some figures that are complete as readings: what is judged, and what rests on too little."""
    enough, too_few, readings = list[Reading](), list[Reading](), dict[dt.date, int]()
    for each in found:
        reading = _as_reading(each)
        if reading is None:
            continue
        if isinstance(reading.value, Absence) or policy.is_enough(each.readings, each.weight):
            enough.append(reading)
        else:
            too_few.append(reading)
            readings[reading.on] = each.readings
    of = measure_of_figures(measure, window)
    return JudgedFigures(Series(of, tuple(enough)), Series(of, tuple(too_few)), readings, policy)


def _of_readings(series: Series, policy: FigurePolicy) -> JudgedFigures:
    """Return the readings of a series of one version a date that rest on enough cases, and those that do not."""
    few = set[dt.date]()
    if policy.cases:
        present = (series.view.reading(at) for at in range(len(series.row)))
        few.update(each.on for each in present if not policy.is_enough(1, each.weight))
    if not few:
        return JudgedFigures(series, series.part(0, 0), {}, policy)
    enough, too_few = (tuple(each for each in series if (each.on in few) is is_few) for is_few in (False, True))
    return JudgedFigures(
        attrs.evolve(series, readings=enough), attrs.evolve(series, readings=too_few), dict.fromkeys(few, 1), policy
    )


def figures_known(
    series: Series,
    window: Window,
    as_of: dt.date,
    exclusions: tuple[Exclusion, ...] = (),
    policy: FigurePolicy = NOTHING_ASKED,
) -> SeriesView:
    """Return the figures that begin with what was known on *as_of*: of those the first ``count(as_of)``.

    Rules: FIG-3, FIG-4, TIME-2, TIME-3.
    """
    known = series.epoch(as_of) if isinstance(window, EachReading) else series.as_known(as_of)
    agreed = agreed_by(exclusions, as_of) if exclusions else ()
    if not agreed:
        return judged(known, window, policy).view
    kept = known.view.without_days
    if agreed not in kept:
        kept[agreed] = without(known, excluded_days(agreed))
    return judged(kept[agreed], window, policy).view


def measure_of_figures(measure: Measure, window: Window) -> Measure:
    """Return the measure of the figures: what one reading can be says nothing of what several add up to."""
    is_sum = measure.aggregation is Aggregation.SUM and not isinstance(window, EachReading)
    return attrs.evolve(measure, lowest=None, highest=None) if is_sum else measure


def figures_each_day(series: Series, window: Rolling, first: dt.date, last: dt.date) -> Iterator[Figure]:
    """Return what the readings come to over the days or months that end with each day, oldest first.

    A day has a figure where something was read, or stated absent, in the time that ends with it. What falls into that
    time counts from the first reading on, however late that is: the time is whole where it is asked about.

    Rules: FIG-2, FIG-3.

    Args:
        series: The readings; a figure sees none of a later day.
        window: What rolls.
        first: The first day that is asked about.
        last: The last one.
    """
    written = series.view.latest(last)
    if written is None:
        return iter(())
    days = (dt.date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1))
    parts = takewhile(lambda part: part[0] <= written.on, ((window.first_day(day), day) for day in days))
    return _over(series, [part for part in parts if _written(series, part)], _why_absent)


def figure_so_far(series: Series, period: Cycle, as_of: dt.date) -> Figure | None:
    """Return what the readings of a time that is not over come to on *as_of*; None where nothing was read in it."""

    def why(over: Cycle, _readings: int, _written: int) -> Reason:
        return RUNNING.because(end=over.end, as_of=as_of)

    known = series.between(period.start, as_of)
    if not len(known.view.row):
        return None
    (found,) = _over(known, [(period.start, period.end)], why)
    return found


def _as_reading(figure: Figure) -> Reading | None:
    """Return a figure as a reading: a gap makes it missing, and what does not go back far enough is none yet."""
    why = figure.why_provisional
    if why is None:
        return computed_reading(figure.period.end, figure.value, figure.weight)
    return Reading(figure.period.end, Absence.MISSING) if why.kind is READINGS_ABSENT else None


def running(series: Series, window: Window, as_of: dt.date) -> Figure | None:
    """Return the figure of the period that *as_of* lies in, where that is not over yet and something was read in it."""
    if not isinstance(window, _PERIODS):
        return None
    period = window.period_of(as_of)
    return None if period is None or period.end <= as_of else _figure_of(series, window, period, as_of)


def incomplete(
    series: Series, window: Window, as_of: dt.date, policy: FigurePolicy = NOTHING_ASKED
) -> Iterator[Figure]:
    """Return the figures that may still change and behind which there is no complete one, the latest first.

    First that of the period *as_of* lies in, then those of periods that are over, but for which readings are absent.
    None rests on fewer cases or readings than are asked for: there will be no fewer.
    """
    if not isinstance(window, _PERIODS):
        return
    complete = judged(series, window, policy).view
    for period, _ in groupby(map(window.period_of, chain((as_of,), _absent_until(complete, as_of)))):
        figure = None if period is None else _figure_of(series, window, period, as_of)
        if figure is not None and figure.is_provisional and policy.is_enough(figure.readings, figure.weight):
            yield figure


def _absent_until(complete: SeriesView, as_of: dt.date) -> Iterator[dt.date]:
    """Yield the days of the figures that are absent and behind which there is none with a value, the latest first."""
    latest = complete.latest(as_of)
    while latest is not None and isinstance(latest.value, Absence):
        yield latest.on
        latest = complete.latest(latest.on - _DAY) if latest.on > dt.date.min else None


def _figure_of(series: Series, window: Window, period: Cycle, as_of: dt.date) -> Figure | None:
    """Return the figure of one period; None where nothing was read in it."""
    known = series.between(period.start, min(period.end, as_of))
    return next((each for each in _figures(known, window, as_of) if each.readings), None)


def possible_values(figure: Figure, measure: Measure, as_of: dt.date) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the greatest value a *figure* may still come to; None where there is no such end.

    There is one reading a day at most, and one that is stated absent may have been anything.

    Rule: FIG-3.

    >>> downtime = Measure("downtime", unit="minutes", aggregation=Aggregation.SUM, lowest=0)
    >>> read, day = Series.of(downtime, {dt.date(2026, 10, 5): 30}), dt.date(2026, 10, 5)
    >>> possible_values(figures(read, EachPeriod(Period.MONTH), as_of=day)[0], downtime, day)
    (Fraction(30, 1), None)
    """
    return still_possible(
        measure.aggregation,
        None if isinstance(figure.value, Absence) else figure.value,
        readings=figure.readings if figure.weight is None else 0,
        more=max((figure.period.end - as_of).days, 0) + figure.absent,
        lowest=measure.lowest,
        highest=measure.highest,
    )


def the_window(given: Window) -> Window:
    """Return *given*, which must be a window."""
    if not isinstance(given, WINDOWS):
        raise WrongType("window", given, "a window: EachReading, EachPeriod, LastDays and their like")
    return given


def _figures(series: Series, window: Window, as_of: dt.date) -> Iterator[Figure]:
    """Return the figures of readings of which none is later than *as_of*."""

    def why(period: Cycle, readings: int, written: int) -> Reason | None:
        if period.end > as_of:
            return RUNNING.because(end=period.end, as_of=as_of)
        return _why_incomplete(series, window, period, readings=readings, written=written)

    return _over(series, list(_parts(series, window)), why)


def _over(
    series: Series, parts: Sequence[_Part], why_provisional: Callable[[Cycle, int, int], Reason | None]
) -> Iterator[Figure]:
    """Return the figure of each time, oldest first; in each something is written down.

    Args:
        series: The readings.
        parts: First and last day of each time; neither goes back.
        why_provisional: Why the figure of a time may still change, with how many readings, of how much written down.
    """
    view, weights = series.view, series.weights
    spans = [(view.row.before(start), view.row.count(end)) for start, end in parts]
    filled = [span for span in spans if span[0] < span[1]]
    values = iter(combined(view.row, weights, filled, series.measure.aggregation))
    cases = list(accumulate(weights or (), initial=Fraction(0)))
    for (start, end), (first, stop) in zip(parts, spans, strict=True):
        period, written = Cycle(start, end), _written(series, (start, end))
        yield Figure(
            period=period,
            value=next(values) if first < stop else _absence(series, end),
            readings=stop - first,
            absent=written - (stop - first),
            weight=cases[stop] - cases[first] if weights and first < stop else None,
            why_provisional=why_provisional(period, stop - first, written),
        )


def _written(series: Series, part: _Part) -> int:
    """Return how many readings and absences lie in a time."""
    days = series.view.days
    return bisect_right(days, part[1]) - bisect_left(days, part[0])


def _absence(series: Series, end: dt.date) -> Absence:
    """Return why there is no value until *end*: what the measure can't be is missing."""
    latest = series.view.latest(end)
    return latest.value if latest is not None and isinstance(latest.value, Absence) else Absence.MISSING


def _parts(series: Series, window: Window) -> Iterator[_Part]:
    """Return first and last day of each time, oldest first; none without a reading or an absence."""
    view = series.view
    match window:
        case EachReading():
            yield from ((day, day) for day in view.days)
        case EachPeriod() | StatedPeriods():
            periods = (window.period_of(day) for day in view.days)
            yield from ((period.start, period.end) for period, _ in groupby(periods) if period)
        case LastReadings():
            days = view.row.days
            yield from ((days[max(at + 1 - window.count, 0)], day) for at, day in enumerate(days))
        case LastDays() | LastMonths():
            yield from ((window.first_day(day), day) for day in view.row.days)
        case ToDate():
            for day in view.row.days:
                period = window.periods.period_of(day)
                if period is not None:
                    yield period.start, day
        case _:
            assert_never(window)


def _why_incomplete(series: Series, window: Window, period: Cycle, *, readings: int, written: int) -> Reason | None:
    """Return why a figure whose time is over may still change; *written* down are *readings* and absences."""
    if isinstance(window, LastReadings) and readings < window.count:
        return FEWER_READINGS.because(count=readings, least=window.count)
    if isinstance(window, LastDays | LastMonths) and period.start < series.view.days[0]:
        return NOT_COVERED.because(start=period.start, first=series.view.days[0])
    return None if isinstance(window, LastReadings) else _why_absent(period, readings, written)


def _why_absent(period: Cycle, readings: int, written: int) -> Reason | None:
    """Return why a figure rests on less than was written down; None where there is none, or nothing is absent."""
    if readings and written > readings:
        return READINGS_ABSENT.because(start=period.start, end=period.end, count=written - readings)
    return None
