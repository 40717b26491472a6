"""What else is said about KPIs: assurance, time to breach, flapping, and KPIs made of parts."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TypeVar, cast

from hypothesis import strategies as st

from goalmodel.kpi import (
    AssuranceVerdict,
    Breach,
    BreachPolicy,
    CompositeAssessment,
    CompositeKpi,
    Flapping,
    FlappingPolicy,
    HealthBands,
    Kpi,
    NoBreach,
    assurance,
)
from goalmodel.measure import Polarity, Series
from goalmodel.testing.figures import exact_numbers, near, numbers
from goalmodel.testing.goals import health_bands, ids, kpis
from goalmodel.testing.measures import measures, series

_T = TypeVar("_T")


def breach_policies() -> st.SearchStrategy[BreachPolicy]:
    """Return policies of the time to breach: few readings and more, hardly sure and nearly certain."""
    counts = st.lists(st.integers(2, 20), min_size=2, max_size=2).map(sorted)
    return st.builds(_breach_policy, counts, st.sampled_from((Fraction(1, 2), Fraction(9, 10), Fraction(99, 100))))


def flapping_policies() -> st.SearchStrategy[FlappingPolicy]:
    """Return policies of flapping: the usual one, and any two thresholds over any window."""
    shares = st.lists(st.fractions(0, 1), min_size=2, max_size=2, unique=True).map(sorted)
    return st.one_of(
        st.just(FlappingPolicy()),
        st.builds(_flapping_policy, shares, st.integers(3, 40), st.fractions(0, 1)),
    )


def assurance_verdicts() -> st.SearchStrategy[AssuranceVerdict]:
    """Return whether processes meet their line, and where that can't be said."""
    return _watched().map(_assured)


def flappings() -> st.SearchStrategy[Flapping]:
    """Return how often KPIs changed their zones."""
    return st.builds(_flapping, _watched(), st.one_of(st.none(), flapping_policies()))


@st.composite
def breaches(draw: st.DrawFn) -> Breach:
    """Return healthy KPIs that move toward their edge."""
    floor = draw(exact_numbers())
    measure = draw(measures(limits=st.just((None, None)), polarities=st.just(Polarity.HIGHER_IS_BETTER)))
    kpi = Kpi(id=draw(ids()), measure=measure, bands=HealthBands.at_least(floor))
    falls = st.builds(Fraction, st.integers(1, 1_000), st.integers(1, 1_000))
    value, values = floor, [floor]
    for _ in range(draw(st.integers(4, 11))):
        value += draw(falls)
        values.append(value)
    first = dt.date(2026, 1, 1)
    readings = Series.of(measure, {first + dt.timedelta(days=day): each for day, each in enumerate(values[::-1])})
    return draw(_only(Breach, st.just(kpi.assess(readings, as_of=readings.readings[-1].on).time_to_breach())))


def no_breaches() -> st.SearchStrategy[NoBreach]:
    """Return reasons why nothing is said about a breach."""
    return _only(NoBreach, st.builds(_breach, _watched(), st.one_of(st.none(), breach_policies())))


@st.composite
def composite_kpis(draw: st.DrawFn) -> CompositeKpi:
    """Return KPIs of one part and of several, on measures of their own."""
    count = draw(st.integers(1, 3))
    names = draw(st.lists(ids(), min_size=count, max_size=count, unique=True))
    parts = [draw(kpis(id=st.just(name), measure=measures(names=st.just(name)))) for name in names]
    return CompositeKpi(id=draw(ids()), parts=parts)


@st.composite
def composite_assessments(draw: st.DrawFn) -> CompositeAssessment:
    """Return KPIs made of parts as they stand: read and never read, fresh and stale."""
    composite = draw(composite_kpis())
    history = [draw(series(measure=part.measure)) for part in composite.parts if draw(st.booleans())]
    days = [reading.on for each in history for reading in each] or [dt.date(2026, 1, 1)]
    return composite.assess(history, as_of=draw(st.sampled_from(days)))


@st.composite
def _watched(draw: st.DrawFn) -> tuple[Kpi, Series, dt.date]:
    kpi = draw(kpis(bands=st.one_of(st.none(), health_bands())))
    values = numbers() if kpi.bands is None else st.one_of(near(*kpi.bands.cuts), numbers())
    readings = draw(series(measure=kpi.measure, values=values))
    return kpi, readings, readings.readings[-1].on if len(readings) else dt.date(2026, 1, 1)


def _assured(watched: tuple[Kpi, Series, dt.date]) -> AssuranceVerdict:
    kpi, readings, as_of = watched
    return assurance(kpi, readings, as_of=as_of)


def _flapping(watched: tuple[Kpi, Series, dt.date], policy: FlappingPolicy | None) -> Flapping:
    kpi, readings, as_of = watched
    return kpi.assess(readings, as_of=as_of).flapping(policy)


def _breach(watched: tuple[Kpi, Series, dt.date], policy: BreachPolicy | None) -> Breach | NoBreach:
    kpi, readings, as_of = watched
    return kpi.assess(readings, as_of=as_of).time_to_breach(policy)


def _breach_policy(pair: list[int], confidence: Fraction) -> BreachPolicy:
    return BreachPolicy(readings=pair[1], trial_from=pair[0], confidence=confidence)


def _flapping_policy(pair: list[Fraction], readings: int, oldest: Fraction) -> FlappingPolicy:
    return FlappingPolicy(readings=readings, starts=pair[1], ends=pair[0], oldest=oldest)


def _only(kind: type[_T], found: st.SearchStrategy[object]) -> st.SearchStrategy[_T]:
    return cast("st.SearchStrategy[_T]", found.filter(lambda each: isinstance(each, kind)))
