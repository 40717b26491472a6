"""What may happen to goals, and the reset between two cycles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar

import attrs
from hypothesis import strategies as st

from goalmodel.commit import Commit, Response
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
    Evidence,
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
from goalmodel.key_result import KeyResult, Origin
from goalmodel.lifecycle import Reset, next_cycle
from goalmodel.measure import Cycle
from goalmodel.model import Goal
from goalmodel.testing.fields import built, dates, ids, on_or_after
from goalmodel.testing.figures import evenly, exact_numbers
from goalmodel.testing.goals import (
    capacities,
    commits,
    health_bands,
    initiatives,
    key_results,
    kpis,
    objectives,
    scores,
    standards,
)
from goalmodel.testing.measuring import cycles, measures, readings
from goalmodel.testing.models import goal_models, histories
from goalmodel.testing.shapes import RELATIVES
from goalmodel.testing.thresholds import DEMOTION_POLICIES, FOCUS_POLICIES, PROMOTION_POLICIES
from goalmodel.testing.trends import reference_periods
from goalmodel.testing.verdicts import reasons

_T = TypeVar("_T")
_Fields: TypeAlias = Mapping[str, st.SearchStrategy[Any]]


def evidences(*, until: st.SearchStrategy[dt.date] | None = None) -> st.SearchStrategy[Evidence]:
    """Return evidence: none, and reasons, readings and rules with and without a false-alarm rate.

    Args:
        until: Latest day of a reading; any where None.
    """
    return (dates() if until is None else until).flatmap(
        lambda last: built(
            Evidence,
            reasons=_SOME_REASONS,
            readings=st.lists(readings(on=st.dates(max_value=last)), max_size=2).map(tuple),
            false_alarm_rate=_MAYBE_RATE,
        )
    )


def events() -> st.SearchStrategy[Event]:
    """Return events of every kind, each as often as any other; they seldom fit one model."""
    return evenly(*EVENTS.values())


@st.composite
def resets(draw: st.DrawFn) -> Reset:
    """Return resets: of a model, one of its histories, and a date, often the last day of a cycle."""
    model = draw(goal_models(max_goals=2))
    ends = [each.cycle.end for each in model.key_results] + [each.due for each in model.commits]
    return next_cycle(
        model,
        draw(histories(model)),
        as_of=draw(evenly(st.sampled_from(ends), dates()) if ends else dates()),
        cycle=draw(cycles()),
        promotion=draw(st.one_of(st.none(), PROMOTION_POLICIES)),
        demotion=draw(st.one_of(st.none(), DEMOTION_POLICIES)),
        limit=draw(st.one_of(st.none(), FOCUS_POLICIES)),
    )


@st.composite
def _happened(draw: st.DrawFn, kind: type[_T], fields: Callable[[dt.date], _Fields]) -> _T:
    """Return an event of *kind* on a day of which its evidence knew."""
    on = draw(dates())
    evidence = st.one_of(st.just(Evidence()), evidences(until=st.just(on)))
    return draw(built(kind, on=st.just(on), evidence=evidence, **fields(on)))


def _promoted(on: dt.date) -> _Fields:
    """Return key results that came of KPIs on the day of the proposal or later."""
    origins = built(Origin, on=st.one_of(st.just(on), st.dates(max_value=on)))
    return {"key_result": key_results(origin=origins)}


@st.composite
def _demoted(draw: st.DrawFn) -> Demoted:
    """Return that key results graduated: to the KPI they came of, and to new ones."""
    on, kpi = draw(dates()), draw(kpis())
    origins: st.SearchStrategy[Origin | None] = st.sampled_from((None, Origin(kpi=kpi.id, on=on)))
    moved = key_results(measure=st.just(kpi.measure), origin=origins)
    fields = {"kpi": st.just(kpi), "key_result": moved, "score": st.one_of(st.none(), scores())}
    return draw(_happened(Demoted, lambda _: fields))


def _days_excluded(on: dt.date) -> dict[str, st.SearchStrategy[Any]]:
    """Return days before and behind the one on which they were agreed, and for whom."""
    start = dt.date.fromordinal(max(on.toordinal() - 3, 1))
    return {
        "goals": _SOME_GOALS,
        "start": st.dates(start, on),
        "end": on_or_after(on),
        "cause": st.sampled_from((None, "strike")),
    }


@st.composite
def _edited(draw: st.DrawFn) -> Edited:
    """Return that goals got another owner, or other links."""
    goal: Goal = draw(st.one_of(kpis(), key_results(), commits(), *_WORDS))
    owner = draw(ids().filter(lambda name: name != goal.owner))
    serves = draw(st.one_of(st.just(goal.serves), st.lists(ids(), max_size=2, unique=True)))
    into = attrs.evolve(goal, owner=owner, serves=serves)
    return draw(_happened(Edited, lambda _: {"goal": st.just(goal), "into": st.just(into)}))


@st.composite
def _carried_over(draw: st.DrawFn) -> CarriedOver:
    """Return that key results and commits went on as others."""
    goal: KeyResult | Commit = draw(st.one_of(key_results(id=_OLD), commits(id=_OLD)))
    into = draw(ids().map(lambda heir: _heir(goal, f"{heir}.")))
    return draw(_happened(CarriedOver, lambda _: {"goal": st.just(goal), "into": st.just(into)}))


def _heir(goal: KeyResult | Commit, heir: str) -> KeyResult | Commit:
    if isinstance(goal, KeyResult):
        return gone_on(goal, heir)
    return attrs.evolve(goal, id=heir, carried_from=goal.id)


def gone_on(moved: KeyResult, heir: str) -> KeyResult:
    """Return a key result as it goes on a day later, by that id, from where it began."""
    later = Cycle(moved.cycle.start + dt.timedelta(days=1), moved.cycle.end + dt.timedelta(days=1))
    return attrs.evolve(moved, id=heir, continues=moved.id, cycle=later, revisions=(), trajectory=None)


# Each is built once, for Hypothesis prepares every new strategy anew.
_OLD: Final = st.just("the old one")
_SOME_REASONS: Final = st.lists(reasons(), max_size=2).map(tuple)
_MAYBE_RATE: Final = st.one_of(st.none(), st.builds(Fraction, st.integers(0, 100), st.just(100)))
_BEGINNING: Final = (kpis(), key_results(origin=st.none()), commits())
_SOME_GOALS: Final = st.lists(ids(), min_size=1, max_size=3).map(tuple)
_WORDS: Final = (objectives(), initiatives())
_NOT_SAID: Final[_Fields] = MappingProxyType({"is_reached": st.none()})
_WRONG: Final = evenly(_happened(Proposed, lambda _: {}), _edited())
EVENTS: Final[Mapping[type[Event], st.SearchStrategy[Any]]] = MappingProxyType(
    {
        Adopted: _happened(
            Adopted, lambda _: {"goal": evenly(kpis(), key_results(origin=st.none()), commits(), *_WORDS)}
        ),
        Proposed: _happened(Proposed, lambda _: {}),
        Deferred: _happened(Deferred, lambda _: {}),
        Dropped: _happened(Dropped, lambda _: {"goal": evenly(kpis(), key_results())}),
        Promoted: _happened(Promoted, _promoted),
        Demoted: _demoted(),
        TargetRevised: _happened(TargetRevised, lambda _: {"target": st.one_of(exact_numbers(), RELATIVES)}),
        StandardAmended: _happened(StandardAmended, lambda on: {"standard": standards(), "since": on_or_after(on)}),
        ConsentRecorded: _happened(ConsentRecorded, lambda _: {"answer": st.sampled_from((None, *Response))}),
        CapacityChanged: evenly(
            _happened(CapacityChanged, lambda _: {"capacity": st.none(), "into": capacities()}),
            _happened(CapacityChanged, lambda _: {"capacity": capacities(), "into": st.none()}),
        ),
        GoodToKnowChanged: evenly(
            _happened(GoodToKnowChanged, lambda _: {"measure": st.none(), "into": measures()}),
            _happened(GoodToKnowChanged, lambda _: {"measure": measures(), "into": st.none()}),
        ),
        BandsChanged: _happened(BandsChanged, lambda on: {"bands": health_bands(), "since": on_or_after(on)}),
        Rebased: _happened(Rebased, lambda on: {"reference": reference_periods(), "since": on_or_after(on)}),
        PutOnHold: _happened(PutOnHold, lambda _: {"goals": _SOME_GOALS}),
        Resumed: _happened(Resumed, lambda _: {"goals": _SOME_GOALS}),
        DeviationAccepted: _happened(DeviationAccepted, lambda on: {"until": on_or_after(on)}),
        BaselineRestated: _happened(BaselineRestated, lambda _: {"baseline": exact_numbers()}),
        DaysExcluded: _happened(DaysExcluded, _days_excluded),
        Edited: _edited(),
        Learnt: _happened(Learnt, lambda _: {}),
        EnteredInError: _happened(EnteredInError, lambda _: {"event": _WRONG}),
        CarriedOver: _carried_over(),
        Retired: evenly(
            _happened(Retired, lambda _: {"goal": evenly(kpis(), key_results(), commits(), *_WORDS), **_NOT_SAID}),
            _happened(Retired, lambda _: {"goal": objectives()}),
        ),
    }
)
