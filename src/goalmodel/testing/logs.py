"""What fits together: events one after the other that fit a model, and values on the thresholds of a goal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final, TypeAlias, TypedDict, TypeVar, assert_never

import attrs
from hypothesis import strategies as st

from goalmodel.commit import Commit, Response, Support
from goalmodel.errors import GoalModelError
from goalmodel.events import (
    Adopted,
    BandsChanged,
    BaselineRestated,
    CapacityChanged,
    CarriedOver,
    ConsentRecorded,
    DaysExcluded,
    Deferred,
    Demoted,
    DeviationAccepted,
    Dropped,
    Edited,
    EnteredInError,
    Event,
    GoodToKnowChanged,
    Learnt,
    Promoted,
    Proposed,
    PutOnHold,
    Rebased,
    Resumed,
    Retired,
    StandardAmended,
    TargetRevised,
)
from goalmodel.events.event import not_in_error
from goalmodel.events.goal import MAY_SERVE
from goalmodel.events.moves import hold_of
from goalmodel.exact import Number
from goalmodel.key_result import KeyResult, Origin, Tiers, Zones
from goalmodel.kpi import Kpi
from goalmodel.lifecycle import apply
from goalmodel.measure import Aggregation, Series
from goalmodel.model import Goal, GoalModel
from goalmodel.testing.fields import built, dates, ids, texts
from goalmodel.testing.figures import exact_numbers, near, numbers
from goalmodel.testing.goals import (
    capacities,
    commits,
    health_bands,
    initiatives,
    key_results,
    kpis,
    objectives,
    standards,
)
from goalmodel.testing.happenings import gone_on
from goalmodel.testing.laws import THRESHOLDS, everyday_numbers
from goalmodel.testing.measuring import measures, series
from goalmodel.testing.trends import reference_periods

_G = TypeVar("_G", Kpi, KeyResult, Commit)


@st.composite
def event_logs(draw: st.DrawFn, model: GoalModel, *, max_size: int = 8) -> tuple[Event, ...]:
    """Return events that fit *model*, one after the other: `replay` takes them all.

    Goals begin, are proposed, deferred, promoted, edited, linked otherwise, revised, amended, accepted as deviating,
    carried over, dropped, demoted and retired, parts of others and wholes, too; what is good to know and what there is
    changes. What the model as it stands by then would refuse does not happen.

    Args:
        draw: Given by Hypothesis.
        model: The goals before the first of them.
        max_size: Most events.
    """
    events: list[Event] = []
    begun = [*(each.cycle.start for each in model.key_results), *(each.declared_on for each in model.commits)]
    if model.events:
        last = model.events[-1].on
    else:
        first_days = begun if draw(_MOSTLY) else []
        last = first_days[draw(_NUMBERS_OF_THINGS) % len(first_days)] if first_days else draw(_DATES)
    for _ in range(draw(st.integers(0, max_size))):
        last = _later(last, draw(_DAYS_ON))
        event = _happens(draw, last, model)
        try:
            model = apply(model, event)
        except GoalModelError:
            continue
        events.append(event)
    return tuple(events)


def cuts_of(goal: Kpi | KeyResult | Commit) -> tuple[Fraction, ...]:
    """Return the values at which verdicts about *goal* change, as far as they are known.

    The cuts of its bands; its baseline, its target, the usual thresholds between them and what its path leads through;
    the ends of its standards.

    Args:
        goal: A goal about a measure.
    """
    match goal:
        case Kpi():
            return () if goal.bands is None else goal.bands.cuts
        case KeyResult():
            return (*_ends(goal), *_between(goal), *_on_the_path(goal))
        case Commit():
            demanded = [standard for _, standard in (*goal.standards, *goal.stages)]
            return tuple(end for each in demanded for _, end in each.worded)
        case _:
            assert_never(goal)


def values_about(goal: Kpi | KeyResult | Commit) -> st.SearchStrategy[Number]:
    """Return values on and beside the thresholds of *goal*, everyday ones, and any others.

    Args:
        goal: A goal about a measure.
    """
    cuts = cuts_of(goal)
    others = (everyday_numbers(), numbers())
    return st.one_of(near(*cuts), *others) if cuts else st.one_of(*others)


def series_about(goal: Kpi | KeyResult | Commit, *, max_size: int = 12) -> st.SearchStrategy[Series]:
    """Return readings of the measure of *goal*, on and beside its thresholds, within and beside its time.

    Args:
        goal: A goal about a measure.
        max_size: Most readings.
    """
    match goal:
        case Kpi():
            on = None
        case KeyResult(cycle=cycle):
            on = _about(cycle.start, cycle.end)
        case Commit():
            on = _about(min(goal.counts_from, goal.declared_on), goal.due)
        case _:
            assert_never(goal)
    return series(measure=goal.measure, values=values_about(goal), on=on, max_size=max_size)


def _about(first: dt.date, last: dt.date) -> st.SearchStrategy[dt.date]:
    return st.one_of(st.sampled_from((first, last)), st.dates(first, last), dates())


def _ends(goal: KeyResult) -> tuple[Fraction, ...]:
    return tuple(end for end in (goal.baseline, goal.target) if isinstance(end, Fraction))


def _between(goal: KeyResult) -> tuple[Fraction, ...]:
    match _ends(goal):
        case (start, end):
            return tuple(start + share * (end - start) for share in THRESHOLDS)
        case _:
            return ()


def _on_the_path(goal: KeyResult) -> tuple[Fraction, ...]:
    match goal.path:
        case None:
            return ()
        case Tiers(points=points):
            return tuple(value for value, _ in points)
        case Zones(cuts=cuts):
            return cuts
        case _:
            assert_never(goal.path)


def _later(day: dt.date, days: int) -> dt.date:
    """Return the day so many days on, or the last of the calendar."""
    return dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))


def _happens(draw: st.DrawFn, on: dt.date, model: GoalModel) -> Event:
    """Return something that may happen on a day to a goal of *model*, or one that begins.

    First what happens, then to which goal: each happens as often, however many goals there are.
    """
    others: list[_Happening[Any]] = [_adopted, _capacity_changed, _good_to_know_changed]
    if model.closed:
        others.append(_learnt)
    if not_in_error(model.events):
        others.append(_in_error)
    kinds: tuple[tuple[Sequence[Any], Sequence[_Happening[Any]]], ...] = (
        (model.watched, _TO_KPIS),
        (model.composites, _TO_WORDS),
        (model.key_results, _TO_KEY_RESULTS),
        (model.commits, _TO_COMMITS),
        (model.objectives, _TO_WORDS),
        (model.initiatives, _TO_WORDS),
        ((model,), others),
    )
    happenings: list[tuple[Sequence[Any], _Happening[Any]]] = [
        (goals, make) for goals, them in kinds if goals for make in them
    ]
    goals, make = happenings[draw(_NUMBERS_OF_THINGS) % len(happenings)]
    return make(draw, on, goals[draw(_NUMBERS_OF_THINGS) % len(goals)], model)


def _adopted(draw: st.DrawFn, on: dt.date, _: GoalModel, __: GoalModel) -> Event:
    return Adopted(on=on, goal=draw(_NEW), **_said(draw))


def _learnt(draw: st.DrawFn, on: dt.date, model: GoalModel, _: GoalModel) -> Event:
    over = model.closed[draw(_NUMBERS_OF_THINGS) % len(model.closed)]
    return Learnt(on=on, goal=over.id, learnt=draw(_TEXTS), **_said(draw))


def _in_error(draw: st.DrawFn, on: dt.date, model: GoalModel, _: GoalModel) -> Event:
    told = not_in_error(model.events)[-3:]
    return EnteredInError(on=on, event=told[draw(_NUMBERS_OF_THINGS) % len(told)], **_said(draw))


def _capacity_changed(draw: st.DrawFn, on: dt.date, model: GoalModel, _: GoalModel) -> Event:
    capacity = draw(st.sampled_from((None, *model.capacities)))
    changed = () if capacity is None else (None, attrs.evolve(capacity, amount=capacity.amount + 1))
    into = draw(st.sampled_from(changed) if changed else _CAPACITIES)
    return CapacityChanged(on=on, capacity=capacity, into=into, **_said(draw))


def _good_to_know_changed(draw: st.DrawFn, on: dt.date, model: GoalModel, _: GoalModel) -> Event:
    measure = draw(st.sampled_from((None, *model.good_to_know)))
    changed = () if measure is None else (None, attrs.evolve(measure, unit=f"{measure.unit.name} and more"))
    into = draw(st.sampled_from(changed) if changed else _MEASURES)
    return GoodToKnowChanged(on=on, measure=measure, into=into, **_said(draw))


class _Said(TypedDict):
    """What every event says."""

    reason: str
    decided_by: str


def _said(draw: st.DrawFn) -> _Said:
    return {"reason": draw(_TEXTS), "decided_by": draw(_TEXTS)}


def _proposed(draw: st.DrawFn, on: dt.date, kpi: Kpi, _: GoalModel) -> Event:
    return Proposed(on=on, kpi=kpi.id, **_said(draw))


def _deferred(draw: st.DrawFn, on: dt.date, kpi: Kpi, _: GoalModel) -> Event:
    return Deferred(on=on, kpi=kpi.id, **_said(draw))


def _promoted(draw: st.DrawFn, on: dt.date, kpi: Kpi, _: GoalModel) -> Event:
    key_result = attrs.evolve(draw(_NEW_KEY_RESULTS), measure=kpi.measure, origin=Origin(kpi=kpi.id, on=on))
    return Promoted(on=on, key_result=toward_health(kpi, key_result), **_said(draw))


def toward_health(kpi: Kpi, moved: KeyResult) -> KeyResult:
    """Return *moved*, turned round where it leads away from health, or without a baseline where no way leads there."""
    turned = moved
    if moved.is_scorable and moved.baseline is not None:
        turned = attrs.evolve(_plain(moved), baseline=moved.target_value, target=moved.baseline)
    ways = (moved, turned, attrs.evolve(_plain(moved), baseline=None))
    return next(each for each in ways if _leads_to_health(kpi, each))


def _plain(moved: KeyResult) -> KeyResult:
    return attrs.evolve(moved, path=None, trajectory=None, revisions=(), counting=Aggregation.LAST)


def _leads_to_health(kpi: Kpi, moved: KeyResult) -> bool:
    now = kpi if moved.origin is None else kpi.in_force(moved.origin.on)
    if moved.baseline is None or not moved.is_scorable:
        return True
    before, after = now.excess(moved.baseline), now.excess(moved.target_value)
    return before is None or after is None or after < before


def _accepted(draw: st.DrawFn, on: dt.date, kpi: Kpi, _: GoalModel) -> Event:
    return DeviationAccepted(on=on, kpi=kpi.id, until=draw(st.dates(min_value=on)), **_said(draw))


def _rebanded(draw: st.DrawFn, on: dt.date, kpi: Kpi, _: GoalModel) -> Event:
    return BandsChanged(on=on, kpi=kpi.id, bands=draw(_BANDS), **_said(draw))


def _revised(draw: st.DrawFn, on: dt.date, goal: KeyResult, _: GoalModel) -> Event:
    return TargetRevised(on=on, key_result=goal.id, target=draw(_NUMBERS), **_said(draw))


def _restated(draw: st.DrawFn, on: dt.date, goal: KeyResult, _: GoalModel) -> Event:
    return BaselineRestated(on=on, key_result=goal.id, baseline=draw(_NUMBERS), **_said(draw))


def _excluded(draw: st.DrawFn, on: dt.date, goal: Kpi | KeyResult | Commit, model: GoalModel) -> Event:
    goals = draw(st.sampled_from(((goal.id,), tuple(each.id for each in model.measured))))
    return DaysExcluded(on=on, goals=goals, start=on, end=draw(st.dates(min_value=on)), **_said(draw))


def _held(draw: st.DrawFn, on: dt.date, goal: Kpi | KeyResult | Commit, _: GoalModel) -> Event:
    if hold_of(goal) is None:
        return PutOnHold(on=on, goals=[goal.id], **_said(draw))
    return Resumed(on=on, goals=[goal.id], **_said(draw))


def _edited(draw: st.DrawFn, on: dt.date, goal: Goal, model: GoalModel) -> Event:
    may_serve = [each.id for each in model.goals if isinstance(each, MAY_SERVE[type(goal)]) and each.id != goal.id]
    links = draw(st.sampled_from((goal.serves, goal.serves[1:], *([each] for each in may_serve))))
    into = attrs.evolve(goal, owner=draw(_IDS.filter(lambda name: name != goal.owner)), serves=links)
    return Edited(on=on, goal=goal, into=into, **_said(draw))


def _demoted(draw: st.DrawFn, on: dt.date, goal: KeyResult, model: GoalModel) -> Event:
    alike = [each for each in model.watched if each.measure == goal.measure]
    watched = [each for each in alike if goal.origin is not None and each.id == goal.origin.kpi]
    some = watched or (draw(st.lists(st.sampled_from(alike), max_size=1)) if alike else [])
    kpi = some[0] if some else attrs.evolve(draw(_NEW_KPIS), measure=goal.measure)
    return Demoted(on=on, key_result=goal, kpi=kpi, score=None, **_said(draw))


def _amended(draw: st.DrawFn, on: dt.date, goal: Commit, _: GoalModel) -> Event:
    support = draw(_SUPPORT)
    return StandardAmended(on=on, commit=goal.id, standard=draw(_STANDARDS), support=support, **_said(draw))


def _consented(draw: st.DrawFn, on: dt.date, goal: Commit, _: GoalModel) -> Event:
    waiting = [each.who for each in goal.consents if each.answer is None]
    who = draw(st.sampled_from(waiting) if waiting else _IDS)
    answer = draw(_ANSWERS) if waiting else None
    return ConsentRecorded(on=on, commit=goal.id, who=who, answer=answer, **_said(draw))


def _carried_over(draw: st.DrawFn, on: dt.date, goal: KeyResult | Commit, _: GoalModel) -> Event:
    heir = f"{goal.id}, {draw(_IDS)}"
    into = gone_on(goal, heir) if isinstance(goal, KeyResult) else attrs.evolve(goal, id=heir, carried_from=goal.id)
    return CarriedOver(on=on, goal=goal, into=into, **_said(draw))


def _dropped(draw: st.DrawFn, on: dt.date, goal: Kpi | KeyResult, _: GoalModel) -> Event:
    return Dropped(on=on, goal=goal, **_said(draw))


def _rebased(draw: st.DrawFn, on: dt.date, kpi: Kpi, _: GoalModel) -> Event:
    return Rebased(on=on, kpi=kpi.id, reference=draw(_REFERENCES), **_said(draw))


def _retired(draw: st.DrawFn, on: dt.date, goal: Goal, _: GoalModel) -> Event:
    return Retired(on=on, goal=goal, outcome=draw(_OUTCOMES), **_said(draw))


_Happening: TypeAlias = Callable[[st.DrawFn, dt.date, _G, GoalModel], Event]

_TO_KPIS: Final[Sequence[_Happening[Kpi]]] = (
    _proposed,
    _deferred,
    _promoted,
    _accepted,
    _rebanded,
    _rebased,
    _excluded,
    _held,
    _edited,
    _dropped,
    _retired,
)
_TO_KEY_RESULTS: Final[Sequence[_Happening[KeyResult]]] = (
    _revised,
    _restated,
    _excluded,
    _held,
    _edited,
    _demoted,
    _carried_over,
    _dropped,
    _retired,
)
_TO_WORDS: Final[Sequence[_Happening[Any]]] = (_edited, _retired)
_TO_COMMITS: Final[Sequence[_Happening[Commit]]] = (
    _amended,
    _consented,
    _excluded,
    _held,
    _edited,
    _carried_over,
    _retired,
)

# Each is built once, for Hypothesis prepares every new strategy anew.
_DATES: Final = dates()
_DAYS_ON: Final = st.one_of(
    st.just(0), st.integers(0, 20), st.integers(0, 100), st.integers(0, dt.date.max.toordinal())
)
_MOSTLY: Final = st.sampled_from((True, True, True, False))
_NUMBERS_OF_THINGS: Final = st.integers(0, 2**16)
_TEXTS: Final = texts()
_IDS: Final = ids()
_NUMBERS: Final = st.one_of(everyday_numbers(), exact_numbers())
_STANDARDS: Final = standards()
_BANDS: Final = health_bands()
_REFERENCES: Final = reference_periods()
_OUTCOMES: Final = st.one_of(st.none(), _TEXTS)
_ANSWERS: Final = st.sampled_from(Response)
_CAPACITIES: Final = capacities()
_MEASURES: Final = measures()
_SUPPORT: Final = st.lists(built(Support), max_size=1)
_NEW_KPIS: Final = kpis()
_NEW_KEY_RESULTS: Final = key_results(origin=st.none())
_NEW: Final = st.one_of(_NEW_KPIS, _NEW_KEY_RESULTS, commits(), objectives(), initiatives())
