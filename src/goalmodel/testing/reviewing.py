"""What a review finds beside its verdicts: what does not go together, what harmed what, and what changed."""

from __future__ import annotations

import datetime as dt
from typing import Final

from hypothesis import strategies as st

from goalmodel.changes import Aspect, AspectValue, ReviewChange
from goalmodel.commit import Attainment
from goalmodel.externality import Externalities, Externality, ExternalityLink, ExternalityPolicy, Suspect
from goalmodel.key_result import Outcome, Pace, Score
from goalmodel.kpi import Health, HealthBands, Kpi
from goalmodel.lifecycle import Contradiction, ContradictionKind, ContradictionPolicy
from goalmodel.measure import Series
from goalmodel.model import GoalModel
from goalmodel.reviewing import review
from goalmodel.testing.figures import evenly, exact_numbers
from goalmodel.testing.goals import ids, key_results, kpis, objectives
from goalmodel.testing.measures import dates, texts
from goalmodel.testing.verdicts import reasons
from goalmodel.trend import Heading

_ON: Final = dt.date(2026, 1, 1)


def contradiction_policies() -> st.SearchStrategy[ContradictionPolicy]:
    """Return policies by which a key result is far from its target, the ends of both shares often among them."""
    shares = evenly(st.sampled_from((0, 1)), st.fractions(0, 1))
    return st.builds(ContradictionPolicy, far=shares, elapsed=shares)


def externality_policies() -> st.SearchStrategy[ExternalityPolicy]:
    """Return policies that look back a few days, a quarter, or for ever, and name few suspects or all."""
    days = evenly(st.integers(1, 9), st.just(92), st.integers(min_value=1))
    return st.builds(ExternalityPolicy, days=days, most=evenly(st.integers(1, 3), st.integers(min_value=1)))


@st.composite
def contradictions(draw: st.DrawFn) -> Contradiction:
    """Return what does not go together: two KPIs on one measure apart, as a review finds it, and any other clash."""
    if draw(st.booleans()):
        return draw(
            st.builds(
                Contradiction,
                kind=st.sampled_from(ContradictionKind),
                goals=st.lists(ids(), min_size=1, max_size=3).map(tuple),
                reason=reasons(),
            )
        )
    low, step = draw(exact_numbers()), draw(st.fractions(min_value=1, max_value=10))
    names = draw(st.lists(ids(), min_size=2, max_size=2, unique=True))
    first = draw(kpis(id=st.just(names[0]), bands=st.just(HealthBands.at_most(low)), serves=st.just(())))
    other = Kpi(id=names[1], measure=first.measure, bands=HealthBands.at_least(low + step))
    return review(GoalModel(kpis=(first, other)), [Series(first.measure)], as_of=_ON).contradictions[0]


def suspects() -> st.SearchStrategy[Suspect]:
    """Return goals that moved forward while a KPI worsened."""
    return st.builds(
        Suspect,
        goal=ids(),
        link=st.sampled_from(ExternalityLink),
        overlap_days=st.integers(min_value=0),
        reason=reasons(),
    )


def harmed() -> st.SearchStrategy[Externality]:
    """Return KPIs that worsened, with one suspect or several."""
    return st.builds(
        Externality,
        kpi=ids(),
        reasons=st.lists(reasons(), min_size=1, max_size=2).map(tuple),
        suspects=st.lists(suspects(), min_size=1, max_size=2).map(tuple),
    )


def externalities() -> st.SearchStrategy[Externalities]:
    """Return what was found of harm, and where nobody could look: nothing, something, both."""
    return st.builds(
        Externalities,
        since=dates(),
        found=st.lists(harmed(), max_size=2).map(tuple),
        unseen=st.lists(reasons(), max_size=2).map(tuple),
    )


@st.composite
def changed(draw: st.DrawFn) -> ReviewChange:
    """Return aspects of goals that changed: something new, something gone, one thing for another."""
    aspect = draw(st.sampled_from(Aspect))
    before, after = draw(st.lists(_stands(aspect), min_size=2, max_size=2))
    return ReviewChange(goal=draw(st.one_of(st.none(), ids())), aspect=aspect, before=before, after=after)


def _stands(aspect: Aspect) -> st.SearchStrategy[AspectValue | None]:
    """Return how that aspect of a goal may stand."""
    match aspect:
        case Aspect.GOAL:
            return evenly(_nothing(), kpis(), key_results(), objectives())
        case Aspect.HEALTH | Aspect.HEADING:
            return evenly(_nothing(), st.sampled_from(Health), st.sampled_from(Heading))
        case Aspect.SCORE | Aspect.RESULT | Aspect.OUTCOME | Aspect.PACE:
            words: st.SearchStrategy[AspectValue | None] = st.sampled_from((*Outcome, *Pace))
            return evenly(_nothing(), exact_numbers(), exact_numbers().map(Score), words)
        case Aspect.ATTAINMENT | Aspect.IS_ACCEPTED:
            return evenly(_nothing(), st.booleans(), st.sampled_from(Attainment))
        case _:
            return evenly(_nothing(), st.lists(texts(), min_size=1, max_size=3).map(_codes))


def _nothing() -> st.SearchStrategy[AspectValue | None]:
    return st.none()


def _codes(given: list[str]) -> tuple[str, ...]:
    return tuple(given)
