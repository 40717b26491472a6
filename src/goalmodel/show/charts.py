"""Charts of KPIs, key results and commits, as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple

from goalmodel.commit import AllowedIn, Attainment, Commit, CommitAssessment, CommitHistory
from goalmodel.commit.amendment import ever_in_force, in_force
from goalmodel.exact import nearest_float
from goalmodel.key_result import KeyResultAssessment
from goalmodel.kpi import HealthBands, Kpi, KpiAssessment, KpiHistory
from goalmodel.measure import Absence, Series
from goalmodel.measure.measure import has_mean
from goalmodel.show.page import Area, Chart, Line, Point, Tone, badge
from goalmodel.show.wording import Said, said
from goalmodel.trend import CasesChart, CasesLimits, Heading, HeadingVerdict, ProcessLimits, Standing, StandingVerdict
from goalmodel.trend.limits import MEAN_MOVE, TO_RANGE_LIMIT

MOST_POINTS = 60
"""So many of the latest figures are drawn."""

_STEPS_EXPECTED = 12


def chart_of_series(series: Series) -> Chart:
    """Return the readings of a series."""
    readings = series.readings[-MOST_POINTS:]
    name, unit = series.measure.name, series.measure.unit.symbol
    present = series.between(readings[0].on, readings[-1].on).present if readings else ()
    return Chart(
        title=name,
        description=_told(name, unit, present),
        unit=unit,
        points=tuple(Point(on=on, value=nearest_float(value)) for on, value in present),
        gaps=tuple(each.on for each in readings if isinstance(each.value, Absence)),
    )


def _told(name: str, unit: str, values: tuple[tuple[dt.date, Fraction], ...]) -> str:
    if not values:
        return said("{measure}: no readings", measure=name)
    (first, start), (last, end) = values[0], values[-1]
    return said(
        "{measure}, {count} readings: from {start} {unit} on {first} to {end} {unit} on {last}",
        measure=name, count=len(values), unit=unit, start=_number(start), first=first, end=_number(end), last=last,
    )  # fmt: skip


def _number(value: Fraction) -> str:
    return f"{nearest_float(value):,.4g}"


def chart_of_kpi(found: KpiAssessment, *, is_small: bool = False) -> Chart | None:
    """Return the figures of a KPI with their zones, the bands in force, what is usual, and what a rule saw.

    A small one has figures and the healthy zone alone. None where the readings are not at hand.
    """
    history = found.history
    if history is None:
        return None
    history = history.as_known(found.as_of)
    kpi, view = found.kpi, history.view
    stop = view.count(found.as_of)
    first = max(stop - MOST_POINTS, 0)
    zones, days, values = history.zones(found.as_of), view.row.days, view.row.values(first, stop)
    marks = {} if is_small else dict(_marks(history, days[first:stop]))
    points = [
        Point(
            on=day,
            value=nearest_float(value),
            badge=badge(zones[at].health) if zones else None,
            mark=marks.get(day),
        )
        for at, (day, value) in enumerate(zip(days[first:stop], values, strict=True), start=first)
    ]
    running = found.provisional
    if running is not None and isinstance(running.value, Fraction):
        points.append(Point(on=found.as_of, value=nearest_float(running.value), is_provisional=True))
    if not points:
        return None
    start, end = points[0].on, points[-1].on
    measure = kpi.measure
    figures = tuple(zip(days[first:stop], values, strict=True))
    phases = () if is_small else tuple(_phases(history, found.as_of, start, end))
    return Chart(
        title=f"{kpi.id}: {measure.name}",
        description=_told(measure.name, measure.unit.symbol, figures),
        unit=measure.unit.symbol,
        points=tuple(points),
        gaps=() if is_small else tuple(_gaps(view.series, start, end)),
        lines=tuple(line for phase in phases for line in _limits(phase, history)),
        areas=tuple(each for each in _areas(kpi, start, end) if not is_small or each.tone is not Tone.BAD),
        below=_moves(kpi, figures, tuple(each for each in phases if each.by_cases is None)),
    )


def _gaps(series: Series, start: dt.date, end: dt.date) -> Iterator[dt.date]:
    return (each.on for each in series.between(start, end).readings if isinstance(each.value, Absence))


def _marks(history: KpiHistory, days: list[dt.date]) -> Iterator[tuple[dt.date, str]]:
    """Yield the days on which a trend rule first saw something it had not seen the day before, with its words."""
    seen: tuple[Standing, Heading] = (Standing.UNDETERMINED, Heading.UNDETERMINED)
    for day in days:
        found = history.on(day)
        now = (found.standing, found.heading)
        why = (found.usual, found.direction)
        news = tuple(_news(now[at], why[at]) for at in (0, 1) if now[at] is not seen[at] and now[at] in _TELLING)
        if news:
            yield day, said("{news}", news=news)
        seen = now


def _news(word: Standing | Heading, why: StandingVerdict | HeadingVerdict | None) -> Said:
    """Return what a rule saw; most reasons say the word themselves."""
    reasons = () if why is None else why.reasons[:1]
    told = said("{why}", why=reasons)
    return told if word.value in told else said("{word}: {why}", word=word, why=reasons)


_TELLING: Final = (Standing.BETTER, Standing.WORSE, Heading.IMPROVING, Heading.WORSENING)


class _Phase(NamedTuple):
    """A time over which one reference says what is usual: until a rebasing, or since one."""

    start: dt.date
    end: dt.date
    limits: ProcessLimits
    by_cases: CasesLimits | None = None


def _phases(history: KpiHistory, as_of: dt.date, start: dt.date, end: dt.date) -> Iterator[_Phase]:
    """Yield the phases from one day to another in which it is known what is usual."""
    begins = [start, *(each.on for each in history.kpi.rebasings if start < each.on <= as_of)]
    lasts = [*(each - dt.timedelta(days=1) for each in begins[1:]), max(end, begins[-1])]
    for first, last in zip(begins, lasts, strict=True):
        asked = as_of if last == lasts[-1] else last
        phase, reference = history.as_read.phase(asked, history.view.count(asked))
        row = history.as_read.cut(phase, unbroken=len(phase), reference=reference, as_of=asked)
        rule = history.policy.usual
        if row.usual is not None:
            yield _Phase(first, last, row.usual, rule.limits(row) if isinstance(rule, CasesChart) else None)


def _limits(phase: _Phase, history: KpiHistory) -> Iterator[Line]:
    limits, by_cases, cases = phase.limits, phase.by_cases, history.cases
    if by_cases is not None and cases is not None:
        row = history.view.row
        inside = range(row.before(phase.start), row.count(phase.end))
        for label, side in (("upper limit", 1), ("mean", 0), ("lower limit", -1)):
            heights = [(row.days[at], by_cases.mean + side * by_cases.width(cases.weights[at])) for at in inside]
            points = tuple((day, nearest_float(max(height, Fraction(0)))) for day, height in heights)
            yield Line(label=label, points=points, is_dashed=True)
        return
    for label, value in (("upper limit", limits.high), ("mean", limits.mean), ("lower limit", limits.low)):
        yield _level(label, value, phase.start, phase.end)


def _level(label: str, value: Fraction, start: dt.date, end: dt.date, *, is_dashed: bool = True) -> Line:
    height = nearest_float(value)
    return Line(label=label, points=((start, height), (end, height)), is_dashed=is_dashed)


def _moves(kpi: Kpi, figures: tuple[tuple[dt.date, Fraction], ...], phases: tuple[_Phase, ...]) -> Chart | None:
    """Return how far each figure lies from the one before, as the lower half of an XmR chart shows it.

    None where there is no move, nobody knows what is usual, or distances say nothing. A move from one phase
    into another is none.
    """
    if not has_mean(kpi.measure.scale):
        return None
    points: list[Point] = []
    lines: list[Line] = []
    for phase in phases:
        limit = phase.limits.sigma * TO_RANGE_LIMIT
        inside = [(day, value) for day, value in figures if phase.start <= day <= phase.end]
        for (_, before), (day, value) in pairwise(inside):
            move = abs(value - before)
            far = said("moved by {move}, more than {limit}", move=_number(move), limit=_number(limit))
            points.append(Point(on=day, value=nearest_float(move), mark=far if move > limit else None))
        lines.append(_level("upper limit", limit, phase.start, phase.end))
        lines.append(_level("mean move", phase.limits.sigma * MEAN_MOVE, phase.start, phase.end))
    if not points:
        return None
    beyond = sum(each.mark is not None for each in points)
    return Chart(
        title=said("{goal}: moves from figure to figure", goal=kpi.id),
        description=said(
            "{count} moves of {measure}, {beyond} beyond the limit",
            count=len(points),
            measure=kpi.measure.name,
            beyond=beyond,
        ),
        unit=kpi.measure.unit.symbol,
        points=tuple(points),
        lines=tuple(lines),
    )


def _areas(kpi: Kpi, start: dt.date, end: dt.date) -> Iterator[Area]:
    """Return the zones of the bands that were in force at any time from one day to another."""
    begins = [start, *(each.on for each in kpi.bands_changes if start < each.on <= end)]
    ends = [*(each - dt.timedelta(days=1) for each in begins[1:]), end]
    for first, last in zip(begins, ends, strict=True):
        bands = kpi.in_force(first).bands
        if bands is not None:
            yield from _zones(bands, first, last)


def _zones(bands: HealthBands, start: dt.date, end: dt.date) -> Iterator[Area]:
    ends = [None, *map(nearest_float, bands.cuts), None]
    for zone, (low, high) in zip(bands.zones, pairwise(ends), strict=True):
        yield Area(label=zone.name, tone=badge(zone.health).tone, start=start, end=end, low=low, high=high)


def chart_of_key_result(found: KeyResultAssessment) -> Chart | None:
    """Return what a key result came to from its baseline to its target, what was expected, and where it is going."""
    now, cycle = found.in_force, found.key_result.cycle
    measure = now.measure
    points = [Point(on=on, value=nearest_float(value)) for on, value in tuple(found.course)[-MOST_POINTS:]]
    lines: list[Line] = []
    if now.is_scorable:
        toward = found.pace_policy.toward
        marks = {"target": Fraction(1), **({"success": toward} if toward < 1 else {}), "baseline": Fraction(0)}
        lines += [
            _level(label, now.value_at(share), cycle.start, cycle.end, is_dashed=label == "success")
            for label, share in marks.items()
        ]
        lines.extend(_expected(found))
    forecast = found.forecast
    if forecast.value is not None and points and points[-1].on < cycle.end:
        latest = (points[-1].on, points[-1].value)
        ends = (("forecast", forecast.value), ("at most", forecast.high), ("at least", forecast.low))
        lines.extend(
            Line(label=label, points=(latest, (cycle.end, nearest_float(value))), is_dashed=True)
            for label, value in ends
            if value is not None
        )
    if not points and not lines:
        return None
    return Chart(
        title=f"{now.id}: {measure.name}",
        description=f"{found}",
        unit=measure.unit.symbol,
        points=tuple(points),
        lines=tuple(lines),
    )


def _expected(found: KeyResultAssessment) -> Iterator[Line]:
    now, cycle = found.in_force, found.key_result.cycle
    steps = range(_STEPS_EXPECTED + 1)
    days = sorted({cycle.start + dt.timedelta(days=(cycle.days - 1) * step // _STEPS_EXPECTED) for step in steps})
    known = [(day, now.expected_value(day, policy=found.pace_policy)) for day in days]
    values = tuple((day, nearest_float(value)) for day, value in known if value is not None)
    if values:
        yield Line(label="expected", points=values, is_dashed=True)


def chart_of_commit(found: CommitAssessment) -> Chart:
    """Return what counts for a commit, against each standard while it was in force."""
    commit, measure = found.commit, found.commit.measure
    history = CommitHistory(commit, Series(measure, tuple(found.readings)))
    figures = [(on, value) for on, value in history.course if on <= found.as_of][-MOST_POINTS:]
    points = tuple(
        Point(on=on, value=nearest_float(value), badge=badge(_met(commit, on, value))) for on, value in figures
    )
    return Chart(
        title=f"{commit.id}: {measure.name}",
        description=f"{found}",
        unit=measure.unit.symbol,
        points=points,
        lines=tuple(_standards(commit)),
        below=_left(found, history, [on for on, _ in figures]),
    )


def _left(found: CommitAssessment, history: CommitHistory, days: list[dt.date]) -> Chart | None:
    """Return how much of its allowance was left by each day; None where it has none, or its total is not known."""
    commit, allowance = found.commit, found.allowance
    if allowance is None or allowance.total is None or allowance.left is None:
        return None
    latest = min(found.as_of, commit.due)
    earlier = ((day, history.on(day).allowance) for day in days if commit.counts_from <= day < latest)
    known = [(day, each.left) for day, each in earlier if each is not None and each.left is not None]
    points = [*known, (latest, allowance.left)]
    unit = commit.measure.unit.symbol if allowance.counted_in is AllowedIn.AMOUNT else allowance.counted_in.value
    total = nearest_float(allowance.total)
    return Chart(
        title=said("{goal}: what may still go wrong", goal=commit.id),
        description=said(
            "{used}, {left} {unit} left on {day}",
            used=str(allowance),
            left=_number(allowance.left),
            unit=unit,
            day=latest,
        ),
        unit=unit,
        points=tuple(Point(on=on, value=nearest_float(value)) for on, value in points),
        lines=(
            _level("nothing left", Fraction(0), commit.counts_from, commit.due, is_dashed=False),
            Line(label="even use", points=((commit.counts_from, total), (commit.due, 0.0)), is_dashed=True),
        ),
    )


def _met(commit: Commit, day: dt.date, value: Fraction) -> Attainment:
    return Attainment.KEPT if in_force(commit.standards, day).is_met(value) else Attainment.NOT_KEPT


def _standards(commit: Commit) -> Iterator[Line]:
    standards = ever_in_force(commit.standards)
    ends = [*(since - dt.timedelta(days=1) for since, _ in standards[1:]), commit.due]
    for (start, standard), end in zip(standards, ends, strict=True):
        for word, cut in standard.worded:
            yield _level(said(f"{word} {{number}}", number=_number(cut)), cut, start, end, is_dashed=False)
