"""What may happen to goals, and the reset between two cycles."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

import attrs
from hypothesis import strategies as st

from goalmodel.events import (
    Adopted,
    CarriedOver,
    Deferred,
    Demoted,
    DeviationAccepted,
    Dropped,
    Event,
    Evidence,
    Promoted,
    Proposed,
    Retired,
    StandardAmended,
    TargetRevised,
)
from goalmodel.key_result import KeyResult, Origin
from goalmodel.lifecycle import Reset, next_cycle
from goalmodel.testing.figures import evenly, exact_numbers
from goalmodel.testing.goals import commits, ids, key_results, kpis, scores, standards, supports
from goalmodel.testing.measures import cycles, dates, readings, texts
from goalmodel.testing.models import goal_models, histories
from goalmodel.testing.policies import demotion_policies, focus_policies, promotion_policies
from goalmodel.testing.shapes import relatives
from goalmodel.testing.verdicts import reasons


@st.composite
def evidences(draw: st.DrawFn, *, until: st.SearchStrategy[dt.date] | None = None) -> Evidence:
    """Return evidence: none, and reasons, readings and rules with and without a false-alarm rate.

    Args:
        draw: Given by Hypothesis.
        until: Latest day of a reading; any where None.
    """
    last = draw(dates() if until is None else until)
    return Evidence(
        reasons=tuple(draw(_SOME_REASONS)),
        readings=tuple(draw(st.lists(readings(on=st.dates(max_value=last)), max_size=2))),
        rule=draw(_MAYBE_TEXT),
        false_alarm_rate=draw(_MAYBE_RATE),
    )


@st.composite
def adoptions(draw: st.DrawFn) -> Adopted:
    """Return that measures became goals: KPIs, key results and commits."""
    goal = draw(st.one_of(kpis(), _NEW_KEY_RESULTS, commits()))
    on = draw(dates())
    return Adopted(on=on, goal=goal, reason=draw(texts()), decided_by=draw(texts()), evidence=draw(_evidence(on)))


@st.composite
def proposals(draw: st.DrawFn) -> Proposed:
    """Return that KPIs were proposed to become key results."""
    on = draw(dates())
    return Proposed(
        on=on, kpi=draw(ids()), reason=draw(texts()), decided_by=draw(texts()), evidence=draw(_evidence(on))
    )


@st.composite
def deferreds(draw: st.DrawFn) -> Deferred:
    """Return that proposals had to wait."""
    on = draw(dates())
    return Deferred(
        on=on, kpi=draw(ids()), reason=draw(texts()), decided_by=draw(texts()), evidence=draw(_evidence(on))
    )


@st.composite
def drops(draw: st.DrawFn) -> Dropped:
    """Return that proposals were turned down, and key results given up."""
    on = draw(dates())
    goal = draw(st.one_of(kpis(), key_results()))
    return Dropped(on=on, goal=goal, reason=draw(texts()), decided_by=draw(texts()), evidence=draw(_evidence(on)))


@st.composite
def promotions(draw: st.DrawFn) -> Promoted:
    """Return that KPIs became key results, on the day of the proposal or later."""
    on = draw(dates())
    origin = Origin(kpi=draw(ids()), on=draw(st.one_of(st.just(on), st.dates(max_value=on))))
    return Promoted(
        on=on,
        key_result=draw(key_results(origin=st.just(origin))),
        reason=draw(texts()),
        decided_by=draw(texts()),
        evidence=draw(_evidence(on)),
    )


@st.composite
def demotions(draw: st.DrawFn) -> Demoted:
    """Return that key results graduated: to the KPI they came of, and to new ones."""
    on, kpi = draw(dates()), draw(kpis())
    origins: st.SearchStrategy[Origin | None] = st.sampled_from((None, Origin(kpi=kpi.id, on=on)))
    return Demoted(
        on=on,
        key_result=draw(key_results(measure=st.just(kpi.measure), origin=origins)),
        kpi=kpi,
        score=draw(st.one_of(st.none(), scores())),
        reason=draw(texts()),
        decided_by=draw(texts()),
        evidence=draw(_evidence(on)),
    )


@st.composite
def target_revisions(draw: st.DrawFn) -> TargetRevised:
    """Return that targets were changed, to a number and by a change from the baseline."""
    on = draw(dates())
    return TargetRevised(
        on=on,
        key_result=draw(ids()),
        target=draw(st.one_of(exact_numbers(), relatives())),
        reason=draw(texts()),
        decided_by=draw(texts()),
        evidence=draw(_evidence(on)),
    )


@st.composite
def standard_amendments(draw: st.DrawFn) -> StandardAmended:
    """Return that standards were changed, at once and from a later day on."""
    on = draw(dates())
    return StandardAmended(
        on=on,
        commit=draw(ids()),
        standard=draw(standards()),
        since=draw(st.one_of(st.just(on), st.dates(min_value=on))),
        support=draw(st.lists(supports(), max_size=2)),
        reason=draw(texts()),
        decided_by=draw(texts()),
        evidence=draw(_evidence(on)),
    )


@st.composite
def deviation_acceptances(draw: st.DrawFn) -> DeviationAccepted:
    """Return that deviations were accepted, for a day and for longer."""
    on = draw(dates())
    return DeviationAccepted(
        on=on,
        kpi=draw(ids()),
        until=draw(st.one_of(st.just(on), st.dates(min_value=on))),
        reason=draw(texts()),
        decided_by=draw(texts()),
        evidence=draw(_evidence(on)),
    )


@st.composite
def carry_overs(draw: st.DrawFn) -> CarriedOver:
    """Return that key results and commits went on as others."""
    on, heir = draw(dates()), draw(ids())
    goal = draw(st.one_of(key_results(id=_OLD), commits(id=_OLD)))
    into = (
        attrs.evolve(goal, id=f"{heir}.", continues=goal.id)
        if isinstance(goal, KeyResult)
        else attrs.evolve(goal, id=f"{heir}.", carried_from=goal.id)
    )
    return CarriedOver(
        on=on, goal=goal, into=into, reason=draw(texts()), decided_by=draw(texts()), evidence=draw(_evidence(on))
    )


@st.composite
def retirements(draw: st.DrawFn) -> Retired:
    """Return that goals of every kind were over."""
    on = draw(dates())
    goal = draw(st.one_of(kpis(), key_results(), commits()))
    return Retired(on=on, goal=goal, reason=draw(texts()), decided_by=draw(texts()), evidence=draw(_evidence(on)))


def events() -> st.SearchStrategy[Event]:
    """Return events of every kind, each as often as any other; they seldom fit one model."""
    return evenly(
        adoptions(),
        proposals(),
        deferreds(),
        drops(),
        promotions(),
        demotions(),
        target_revisions(),
        standard_amendments(),
        deviation_acceptances(),
        carry_overs(),
        retirements(),
    )


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
        promotion=draw(st.one_of(st.none(), promotion_policies())),
        demotion=draw(st.one_of(st.none(), demotion_policies())),
        limit=draw(st.one_of(st.none(), focus_policies())),
    )


def _evidence(on: dt.date) -> st.SearchStrategy[Evidence]:
    return st.one_of(st.just(Evidence()), evidences(until=st.just(on)))


# Each is built once, for Hypothesis prepares every new strategy anew.
_OLD: Final = st.just("the old one")
_NEW_KEY_RESULTS: Final = key_results(origin=st.none())
_SOME_REASONS: Final = st.lists(reasons(), max_size=2)
_MAYBE_TEXT: Final = st.one_of(st.none(), texts())
_MAYBE_RATE: Final = st.one_of(st.none(), st.builds(Fraction, st.integers(0, 100), st.just(100)))
