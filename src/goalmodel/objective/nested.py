"""Objectives that serve objectives: rolled up from below, each once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

from goalmodel.checks import the_many, whole
from goalmodel.commit import CommitAssessment
from goalmodel.errors import GivenTwice, GoesInCircles
from goalmodel.key_result import KeyResultAssessment
from goalmodel.kpi import CompositeAssessment, KpiAssessment
from goalmodel.objective.objective import Objective
from goalmodel.objective.part import RollupPolicy
from goalmodel.objective.rollup import Rollup, roll_up, the_kpis

_T = TypeVar("_T")


def roll_up_all(
    objectives: Iterable[Objective],
    key_results: Iterable[KeyResultAssessment],
    commits: Iterable[CommitAssessment] = (),
    kpis: Iterable[KpiAssessment | CompositeAssessment] = (),
    *,
    policy: RollupPolicy | None = None,
) -> tuple[tuple[Objective, Rollup], ...]:
    """Return what every one of *objectives* comes to, by id: those that serve another enter its mean.

    A goal that serves none of them plays no part, one that serves several plays its part in each.

    Rule: OBJ-1.

    Args:
        objectives: All of them, in any order, each once.
        key_results: Of any objectives, in any order, each once.
        commits: Of any objectives, in any order, each once.
        kpis: Of any objectives, in any order, each once.
        policy: As in `roll_up`.

    Raises:
        GivenTwice: A goal is given twice.
        GoesInCircles: An objective in the end serves itself.
    """
    all_of_them = sorted(the_many(Objective, objectives, "objectives"), key=_id)
    for earlier, later in pairwise(all_of_them):
        if earlier.id == later.id:
            raise GivenTwice("objectives", later.id, "each goal once")
    moved = _by_served(the_many(KeyResultAssessment, key_results, "key_results"), _served_by_key_result)
    held = _by_served(the_many(CommitAssessment, commits, "commits"), _served_by_commit)
    watched = _by_served(the_kpis(kpis), _served_by_kpi)
    below: defaultdict[str, list[tuple[Objective, Rollup]]] = defaultdict(list)
    found: dict[str, Rollup] = {}
    for each in _from_below(all_of_them):
        found[each.id] = whole(
            roll_up(
                moved[each.id],
                held[each.id],
                objectives=below[each.id],
                kpis=watched[each.id],
                policy=policy,
                within=each.id,
            )
        )
        for served in each.serves:
            below[served].append((each, found[each.id]))
    return tuple((each, found[each.id]) for each in all_of_them)


def _from_below(objectives: list[Objective]) -> Iterator[Objective]:
    """Yield the objectives, each after all that serve it."""
    known = {each.id: each for each in objectives}
    waiting_for = Counter(served for each in objectives for served in each.serves)
    free = [each for each in objectives if not waiting_for[each.id]]
    while free:
        each = free.pop()
        del known[each.id]
        yield each
        for served in each.serves:
            waiting_for[served] -= 1
            if not waiting_for[served] and served in known:
                free.append(known[served])
    if known:
        raise GoesInCircles("objectives", min(known), "objectives whose links lead upwards and never back")


def _by_served(assessments: tuple[_T, ...], served: Callable[[_T], tuple[str, ...]]) -> defaultdict[str, list[_T]]:
    found: defaultdict[str, list[_T]] = defaultdict(list)
    for each in assessments:
        for objective in served(each):
            found[objective].append(each)
    return found


def _id(objective: Objective) -> str:
    return objective.id


def _served_by_key_result(assessment: KeyResultAssessment) -> tuple[str, ...]:
    return assessment.key_result.serves


def _served_by_commit(assessment: CommitAssessment) -> tuple[str, ...]:
    return assessment.commit.serves


def _served_by_kpi(assessment: KpiAssessment | CompositeAssessment) -> tuple[str, ...]:
    return assessment.kpi.serves
