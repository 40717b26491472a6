"""The three kinds of goal, and what stands around them: objectives and initiatives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from goalmodel.capacity import Capacity, Take
from goalmodel.commit import AsAWhole, Commit, Consent, Held, OnDueDate, Reached, Response, Standard, Support
from goalmodel.errors import OutOfBounds
from goalmodel.exact import Number
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult, Origin, Score
from goalmodel.kpi import AcceptedDeviation, BandsChange, Health, HealthBands, Kpi, Zone
from goalmodel.measure import Cadence, Cycle, EachReading, FigurePolicy, Measure, Window
from goalmodel.objective import Objective
from goalmodel.testing.fields import built, dates, ids, texts
from goalmodel.testing.figures import exact_numbers, numbers, positive_numbers
from goalmodel.testing.measuring import cadences, cycles, measures
from goalmodel.trend import Rebasing, ReferencePeriod

_JUDGED = (Health.HEALTHY, Health.WATCH, Health.UNHEALTHY)


def zones(*, health: st.SearchStrategy[Health] | None = None) -> st.SearchStrategy[Zone]:
    """Return zones.

    Args:
        health: How healthy they are; healthy, on watch or unhealthy where None.
    """
    return built(Zone, health=st.sampled_from(_JUDGED) if health is None else health)


def health_bands(
    *, edges: st.SearchStrategy[Fraction] | None = None, may_be_open: bool = False
) -> st.SearchStrategy[HealthBands]:
    """Return bands: floors, ceilings and two-sided ones, with and without watch, with many zones, healthy at a point.

    Args:
        edges: Where zones end; any rational where None.
        may_be_open: Whether some cuts may belong to the less healthy side.
    """
    return _bands(_EDGES if edges is None else _several(edges), may_be_open=may_be_open)


def _several(edges: st.SearchStrategy[Fraction]) -> st.SearchStrategy[list[Fraction]]:
    return st.lists(edges, min_size=1, max_size=8, unique=True)


@st.composite
def _bands(draw: st.DrawFn, edges: st.SearchStrategy[list[Fraction]], *, may_be_open: bool) -> HealthBands:
    cuts = sorted(draw(edges))
    below = draw(st.integers(0, len(cuts)))
    above = len(cuts) - below
    if below and above and draw(st.booleans()):
        cuts[below] = cuts[below - 1]
    health = (
        *reversed(_outwards(below, on_watch=draw(st.integers(0, below)))),
        Health.HEALTHY,
        *_outwards(above, on_watch=draw(st.integers(0, above))),
    )
    open_cuts = [cut for cut in cuts if may_be_open and cuts.count(cut) == 1 and draw(st.booleans())]
    return HealthBands(cuts=cuts, zones=[Zone(draw(_A_NAME), each) for each in health], open_cuts=open_cuts)


@st.composite
def kpis(
    draw: st.DrawFn,
    *,
    id: st.SearchStrategy[str] | None = None,  # noqa: A002 - the name the field has on every goal
    measure: st.SearchStrategy[Measure] | None = None,
    bands: st.SearchStrategy[HealthBands | None] | None = None,
    cadence: st.SearchStrategy[Cadence | None] | None = None,
    serves: st.SearchStrategy[tuple[str, ...]] | None = None,
    reference: st.SearchStrategy[ReferencePeriod | None] | None = None,
    rebasings: st.SearchStrategy[list[Rebasing]] | None = None,
    accepted: st.SearchStrategy[list[AcceptedDeviation]] | None = None,
    window: st.SearchStrategy[Window] | None = None,
    bands_changes: st.SearchStrategy[list[BandsChange]] | None = None,
    figure_policy: st.SearchStrategy[FigurePolicy] | None = None,
) -> Kpi:
    """Return KPIs, with and without bands, cadence, owner and definition.

    Args:
        draw: Given by Hypothesis.
        id: Their ids; any where None.
        measure: What is watched; any measure where None.
        bands: Which values are healthy; any bands, or none at all, where None.
        cadence: How often they are read; any cadence, or none at all, where None.
        serves: Ids of what they serve; nothing where None.
        reference: What is usual for them; nothing they would say themselves where None.
        rebasings: Since when something else is; nothing where None.
        accepted: Which deviations people accepted; none where None.
        window: Over what time their readings come to figures; each by itself where None.
        bands_changes: How their bands were changed, one a day; not at all where None.
        figure_policy: How much a figure has to rest on; nothing is asked where None.
    """
    return Kpi(
        id=draw(_A_NAME if id is None else id),
        measure=draw(_A_MEASURE if measure is None else measure),
        bands=draw(_MAYBE_BANDS if bands is None else bands),
        cadence=draw(_MAYBE_CADENCE if cadence is None else cadence),
        serves=draw(_NOTHING if serves is None else serves),
        **draw(_SAID_OF_A_KPI),
        reference=None if reference is None else draw(reference),
        rebasings=() if rebasings is None else draw(rebasings),
        accepted=() if accepted is None else draw(accepted),
        window=EachReading() if window is None else draw(window),
        bands_changes=() if bands_changes is None else draw(bands_changes),
        figure_policy=FigurePolicy() if figure_policy is None else draw(figure_policy),
    )


def bands_changes(*, on: st.SearchStrategy[dt.date] | None = None) -> st.SearchStrategy[BandsChange]:
    """Return changes of bands.

    Args:
        on: Their first days; any where None.
    """
    return st.builds(BandsChange, on=dates() if on is None else on, was=health_bands(), reason=texts())


def scores() -> st.SearchStrategy[Score]:
    """Return scores: below 0, within 0 and 1, past 1, and exactly at the ends and the usual thresholds."""
    usual = st.sampled_from([Fraction(tenths, 10) for tenths in (0, 3, 4, 7, 10)])
    return st.builds(Score, st.one_of(usual, numbers()))


def origins(
    *, kpi: st.SearchStrategy[str] | None = None, on: st.SearchStrategy[dt.date] | None = None
) -> st.SearchStrategy[Origin]:
    """Return origins of key results.

    Args:
        kpi: Id of the KPI; any where None.
        on: Date of the promotion; any where None.
    """
    return built(Origin, kpi=kpi, on=on)


@st.composite
def key_results(
    draw: st.DrawFn,
    *,
    id: st.SearchStrategy[str] | None = None,  # noqa: A002 - the name the field has on every goal
    measure: st.SearchStrategy[Measure] | None = None,
    way: st.SearchStrategy[tuple[Number | None, Number]] | None = None,
    cycle: st.SearchStrategy[Cycle] | None = None,
    serves: st.SearchStrategy[tuple[str, ...]] | None = None,
    origin: st.SearchStrategy[Origin | None] | None = None,
    window: st.SearchStrategy[Window] | None = None,
    figure_policy: st.SearchStrategy[FigurePolicy] | None = None,
) -> KeyResult:
    """Return key results, rising and falling, far and near, with and without a baseline.

    Args:
        draw: Given by Hypothesis.
        id: Their ids; any where None.
        measure: What is moved; any measure where None.
        way: Baseline and target, which must differ in meaning; any where None.
        cycle: When; any cycle where None.
        serves: Ids of the objectives they lead to; nothing where None.
        origin: Where they came from; any origin, or none, where None.
        window: Over what time their readings come to figures; each by itself where None.
        figure_policy: How much a figure has to rest on; nothing is asked where None.
    """
    baseline, target = draw(_A_WAY if way is None else way)
    served = draw(_NOTHING if serves is None else serves)
    return KeyResult(
        id=draw(_A_NAME if id is None else id),
        measure=draw(_A_MEASURE if measure is None else measure),
        baseline=baseline,
        target=target,
        cycle=draw(_A_CYCLE if cycle is None else cycle),
        serves=served,
        link_weights=weighted(served, draw(LINK_WEIGHTS)),
        weight=draw(_WEIGHTS),
        **draw(_SAID_OF_A_KEY_RESULT),
        origin=draw(_MAYBE_ORIGIN if origin is None else origin),
        window=EachReading() if window is None else draw(window),
        figure_policy=FigurePolicy() if figure_policy is None else draw(figure_policy),
    )


def weighted(served: Sequence[str], drawn: Sequence[tuple[int, Number]]) -> list[tuple[str, Number]]:
    """Return weights of none, some or all of the links to what is *served*: of those at the numbers *drawn*."""
    found = {served[at % len(served)]: weight for at, weight in drawn} if served else {}
    return [*found.items()]


def weights() -> st.SearchStrategy[Number]:
    """Return weights: ordinary ones, equal ones often, and any number above 0."""
    return _WEIGHTS


def ways(*, baseline: bool | None = None) -> st.SearchStrategy[tuple[Fraction | None, Fraction]]:
    """Return baseline and target of key results: different, rising and falling, by much and by very little.

    Args:
        baseline: Whether there is one; both cases where None.
    """
    far = st.lists(exact_numbers(), min_size=2, max_size=2, unique=True).map(_as_way)
    little = st.builds(
        _step, exact_numbers(), st.sampled_from((Fraction(1, 10**12), Fraction(1, 10), Fraction(-1), Fraction(-1, 3)))
    )
    known: st.SearchStrategy[tuple[Fraction | None, Fraction]] = st.one_of(far, little)
    unknown: st.SearchStrategy[tuple[Fraction | None, Fraction]] = st.tuples(st.none(), exact_numbers())
    if baseline is None:
        return st.one_of(known, known, unknown)
    return known if baseline else unknown


def standards(*, ends: st.SearchStrategy[Fraction] | None = None) -> st.SearchStrategy[Standard]:
    """Return standards that are not either of two: at least, above, within, within a single point and their like.

    Args:
        ends: Least and greatest values that will do; any rational where None.
    """
    return _STANDARDS if ends is None else _standards(ends)


def _standards(known: st.SearchStrategy[Fraction]) -> st.SearchStrategy[Standard]:
    return st.one_of(
        known.map(Standard.at_least),
        known.map(Standard.at_most),
        known.map(Standard.above),
        known.map(Standard.below),
        st.builds(_within, known, known),
        st.builds(_partly_open, known, known, st.sampled_from(((0,), (1,), (0, 1)))),
        st.builds(_at_a_point, known),
        st.just(Standard.done()),
    )


def either_of_two(*, ends: st.SearchStrategy[Fraction] | None = None) -> st.SearchStrategy[Standard]:
    """Return standards that are either of two, which touch, overlap or leave a gap between them.

    Args:
        ends: Least and greatest values that will do for one of them; any rational where None.
    """
    plain = standards(ends=ends)
    return st.tuples(plain, plain).filter(_leave_something_out).map(_either)


def manners(
    *, since: st.SearchStrategy[dt.date] | None = None
) -> st.SearchStrategy[Reached | OnDueDate | Held | AsAWhole]:
    """Return the ways in which a standard can be met.

    Args:
        since: First day of the window of what is held; any where None.
    """
    return st.one_of(_AT_ONCE, st.builds(Held, dates() if since is None else since))


@st.composite
def consents(draw: st.DrawFn) -> Consent:
    """Return people who are held to a commit: who agreed, who declined, and who has not answered yet."""
    told_on, answer = draw(dates()), draw(_MAYBE_RESPONSE)
    answered_on = None if answer is None else _after(told_on, draw(_DAYS_FROM))
    return Consent(who=draw(_A_NAME), told_on=told_on, answer=answer, answered_on=answered_on)


def takes() -> st.SearchStrategy[Take]:
    """Return what goals take: of resources that several goals take of, and of any."""
    return st.builds(Take, _RESOURCES, positive_numbers())


def capacities() -> st.SearchStrategy[Capacity]:
    """Return what there is of something: none, some, for a while and always, used up and not."""
    return st.builds(
        Capacity,
        resource=_RESOURCES,
        amount=exact_numbers().map(abs),
        period=st.one_of(st.none(), cycles()),
        is_used_up=st.booleans(),
    )


@st.composite
def commits(
    draw: st.DrawFn,
    *,
    id: st.SearchStrategy[str] | None = None,  # noqa: A002 - the name the field has on every goal
    measure: st.SearchStrategy[Measure] | None = None,
    standard: st.SearchStrategy[Standard] | None = None,
    due: st.SearchStrategy[dt.date] | None = None,
    cadence: st.SearchStrategy[Cadence | None] | None = None,
    serves: st.SearchStrategy[tuple[str, ...]] | None = None,
) -> Commit:
    """Return commits in every manner, declared early, late and on the due date, with and without support.

    Args:
        draw: Given by Hypothesis.
        id: Their ids; any where None.
        measure: What the standard is about; any measure where None.
        standard: Which values keep them; any standard where None.
        due: Until when; any date where None.
        cadence: How often the measure is read; any cadence, or none at all, where None.
        serves: Ids of the objectives they lead to; nothing where None.
    """
    last = draw(dates() if due is None else due)
    since = _before(last, draw(_DAYS_FROM))
    manner = draw(_MANNERS)
    return Commit(
        id=draw(_A_NAME if id is None else id),
        measure=draw(_A_MEASURE if measure is None else measure),
        standard=draw(_STANDARDS if standard is None else standard),
        due=last,
        declared_on=_before(last, draw(_DAYS_FROM)),
        manner=Held(since) if manner is None else manner,
        starts_on=draw(_STARTS) or (since if draw(st.booleans()) else None),
        is_speculative=draw(st.booleans()),
        cadence=draw(_MAYBE_CADENCE if cadence is None else cadence),
        serves=draw(_NOTHING if serves is None else serves),
        **draw(_SAID_OF_A_COMMIT),
    )


def objectives(
    *,
    id: st.SearchStrategy[str] | None = None,  # noqa: A002 - the name the field has on every goal
    serves: st.SearchStrategy[tuple[str, ...]] | None = None,
) -> st.SearchStrategy[Objective]:
    """Return objectives.

    Args:
        id: Their ids; any where None.
        serves: Ids of the objectives they serve; nothing where None.
    """
    drawn = built(
        Objective,
        id=id,
        serves=_NOTHING if serves is None else serves,
        weight=weights(),
        link_weights=_NONE,
        cycle=_MAYBE_CYCLE,
    )
    return st.builds(_with_weights, drawn, LINK_WEIGHTS)


def _with_weights(objective: Objective, drawn: list[tuple[int, Number]]) -> Objective:
    return attrs.evolve(objective, link_weights=weighted(objective.serves, drawn))


def initiatives(
    *,
    id: st.SearchStrategy[str] | None = None,  # noqa: A002 - the name the field has on every goal
    serves: st.SearchStrategy[tuple[str, ...]] | None = None,
) -> st.SearchStrategy[Initiative]:
    """Return initiatives.

    Args:
        id: Their ids; any where None.
        serves: Ids of what they are meant to move; nothing where None.
    """
    return built(Initiative, id=id, serves=_NOTHING if serves is None else serves, takes=_TAKES)


def _outwards(zone_count: int, *, on_watch: int) -> list[Health]:
    return [Health.WATCH] * on_watch + [Health.UNHEALTHY] * (zone_count - on_watch)


def _as_way(pair: list[Fraction]) -> tuple[Fraction | None, Fraction]:
    return pair[0], pair[1]


def _step(baseline: Fraction, step: Fraction) -> tuple[Fraction | None, Fraction]:
    return baseline, baseline + step


def _within(one: Fraction, other: Fraction) -> Standard:
    return Standard.within(min(one, other), max(one, other))


def _partly_open(one: Fraction, other: Fraction, which: tuple[int, ...]) -> Standard:
    ends = (min(one, other), max(one, other))
    return Standard(low=ends[0], high=ends[1], open_ends=[ends[each] for each in which] if one != other else [])


def _either(two: tuple[Standard, Standard]) -> Standard:
    return Standard.one_of(*two)


def _leave_something_out(two: tuple[Standard, Standard]) -> bool:
    """Return whether two standards are not the same, and some value meets neither."""
    try:
        return bool(_either(two).either)
    except OutOfBounds:
        return False


def _at_a_point(value: Fraction) -> Standard:
    return Standard.within(value, value)


def _before(day: dt.date, days: int) -> dt.date:
    """Return the day so many days before another, or the first of the calendar."""
    return dt.date.fromordinal(max(day.toordinal() - days, 1))


def _after(day: dt.date, days: int) -> dt.date:
    """Return the day so many days after another, or the last of the calendar."""
    return dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))


def _or_nothing(**said: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return what may be said of a goal beside what it means: nothing, as often as something of everything."""
    return st.one_of(st.just(dict[str, Any]()), st.fixed_dictionaries(said))


# Each is built once, for Hypothesis prepares every new strategy anew.
_A_NAME: Final = ids()
_A_MEASURE: Final = measures()
_A_CYCLE: Final = cycles()
_MAYBE_CYCLE: Final = st.one_of(st.none(), _A_CYCLE)
_A_WAY: Final = ways()
_EDGES: Final = _several(exact_numbers())
_DAYS_FROM: Final = st.one_of(st.just(0), st.integers(0, 100), st.integers(0, dt.date.max.toordinal()))
_STARTS: Final = st.one_of(st.none(), st.none(), dates())
_STANDARDS: Final = _standards(exact_numbers())
_AT_ONCE: Final = st.sampled_from((Reached(), OnDueDate(), AsAWhole()))
_MANNERS: Final[st.SearchStrategy[Reached | OnDueDate | AsAWhole | None]] = st.sampled_from(
    (Reached(), OnDueDate(), AsAWhole(), None)
)
"""The ways in which a standard can be met; None for held, whose window begins on a day of its own."""
_MAYBE_RESPONSE: Final = st.sampled_from((None, *Response))
_MAYBE_DAYS: Final = st.one_of(st.none(), st.integers(0, 99), st.integers(min_value=0))
_MAYBE_TEXT: Final = st.one_of(st.none(), texts())
_MAYBE_ID: Final = st.one_of(st.none(), ids())
_MAYBE_PRIORITY: Final = st.one_of(st.none(), st.integers(1, 4))
_MAYBE_DATE: Final = st.one_of(st.none(), dates())
_GUARDRAILS: Final[st.SearchStrategy[list[str]]] = st.one_of(st.just([]), st.lists(ids(), max_size=2))
_RESOURCES: Final = st.one_of(st.sampled_from(["engineers", "budget"]), ids())
_TAKES: Final[st.SearchStrategy[list[Take]]] = st.one_of(
    st.just([]), st.lists(takes(), max_size=2, unique_by=attrgetter("resource"))
)
_MAYBE_BANDS: Final = st.one_of(st.none(), health_bands())
_MAYBE_CADENCE: Final = st.one_of(st.none(), cadences())
_MAYBE_ORIGIN: Final = st.one_of(st.none(), origins())
_SUPPORT: Final = st.lists(built(Support), max_size=3)
_NOTHING: Final[st.SearchStrategy[tuple[str, ...]]] = st.just(())
_NONE: Final[st.SearchStrategy[tuple[tuple[str, Number], ...]]] = st.just(())
_WEIGHTS: Final = st.one_of(st.just(1), st.integers(1, 10), positive_numbers())
LINK_WEIGHTS: Final = st.lists(st.tuples(st.integers(0, 2), _WEIGHTS), max_size=2)
"""Weights of links, by the number of what is served: see `weighted`."""
_CONSENTS: Final = st.lists(consents(), max_size=2, unique_by=attrgetter("who"))
_SAID_OF_ALL: Final = MappingProxyType(
    {"owner": _MAYBE_ID, "team": _MAYBE_ID, "priority": _MAYBE_PRIORITY, "purpose": _MAYBE_TEXT}
)
_SAID_OF_A_KPI: Final = _or_nothing(
    **_SAID_OF_ALL,
    definition=_MAYBE_TEXT,
    rationale=_MAYBE_TEXT,
    tolerated_days=_MAYBE_DAYS,
    review_on=_MAYBE_DATE,
)
_SAID_OF_A_KEY_RESULT: Final = _or_nothing(**_SAID_OF_ALL, means=_MAYBE_TEXT, guardrails=_GUARDRAILS)
_SAID_OF_A_COMMIT: Final = _or_nothing(
    **_SAID_OF_ALL, support=_SUPPORT, consequence=_MAYBE_TEXT, consents=_CONSENTS, takes=_TAKES
)
