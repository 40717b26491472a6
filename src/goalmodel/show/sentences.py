"""Answers a manager asks for, in a sentence made from the reasons of `goalmodel.answers`."""

from __future__ import annotations

from collections.abc import Iterable

from goalmodel import answers
from goalmodel.changes import ReviewChange
from goalmodel.key_result import KeyResultAssessment
from goalmodel.lifecycle import Demote, Promote
from goalmodel.reasons import Reason
from goalmodel.show.wording import Said, Words, said, the_words


def will_it_get_there(assessment: KeyResultAssessment, *, words: Words | None = None) -> str:
    """Return in a sentence whether a key result will come to its target, and what that rests on.

    >>> leads = Measure("leads", unit="leads", lowest=0)
    >>> kr = KeyResult(id="leads", measure=leads, baseline=100, target=130, cycle=Cycle.quarter(2026, 4))
    >>> read = Series.of(leads, {date(2026, 10, 15): 104, date(2026, 10, 31): 109, date(2026, 11, 15): 114})
    >>> will_it_get_there(kr.assess(read, as_of=date(2026, 11, 15)))
    '46.7 % of the way, 35 % expected; needs 0.3478 leads a day, the fastest so far was 0.3333'

    Args:
        assessment: The key result as it stands.
        words: By the code of a reason, its sentence in other words; English where None. The reasons, with their facts,
            are `goalmodel.answers.landing_reasons`.
    """
    return sentence(answers.landing_reasons(assessment)).in_words(the_words(words))


def why_is_it_proposed(proposal: Promote | Demote, *, words: Words | None = None) -> str:
    """Return in a sentence why a goal is proposed, where it would start from, and what chance alone would do.

    >>> visits = Measure("visits", unit="visits")
    >>> kpi = Kpi(id="visits", measure=visits, bands=HealthBands.at_least(30))
    >>> read = Series.of(visits, {date(2026, month, 1): 20 + month for month in (1, 2, 3)})
    >>> found = review(GoalModel(kpis=[kpi]), [read], as_of=date(2026, 3, 31))
    >>> for each in why_is_it_proposed(found.promotions[0]).split("; "):
    ...     print(each)
    visits has been unhealthy for 3 readings in a row, 3 are enough
    as a key result it would start from 22 visits, the mean of 3 readings
    1 like time before is known, and 6 are the fewest that say something about chance

    Args:
        proposal: A proposal, from a review or decided by itself.
        words: By the code of a reason, its sentence in other words; English where None.
    """
    return sentence(answers.proposal_reasons(proposal)).in_words(the_words(words))


def what_changed(changes: Iterable[ReviewChange], *, words: Words | None = None) -> str:
    """Return in a sentence what changed between two reviews, what is worse before what is better.

    Args:
        changes: What `Review.changes_since` returns.
        words: By the code of a reason, its sentence in other words; English where None.
    """
    return sentence(answers.change_reasons(changes)).in_words(the_words(words))


def sentence(reasons: Iterable[Reason]) -> Said:
    """Return reasons in a sentence that can be said in other words."""
    given = tuple(reasons)
    return said("{reasons}", reasons=given) if given else said("nobody can say yet")
