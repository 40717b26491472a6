"""A stretch that is turned into a must while it runs: the minimum that nobody had named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from goalmodel.commit import Commit
from goalmodel.key_result import KeyResult
from goalmodel.measure import Measure


def stretches_by_commit(commits: Iterable[Commit], key_results: Iterable[KeyResult]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the key results that each commit made a must of, by its id; those that made none are left out.

    Rule: COM-5.
    """
    moved: defaultdict[Measure, list[KeyResult]] = defaultdict(list)
    for each in key_results:
        moved[each.measure].append(each)
    found = (
        (owed.id, tuple(each.id for each in moved[owed.measure] if _was_a_stretch(each, owed))) for owed in commits
    )
    return {its_id: stretches for its_id, stretches in found if stretches}


def _was_a_stretch(key_result: KeyResult, commit: Commit) -> bool:
    """Return whether a key result ran when a commit was declared that asks for part of its way, or for all of it."""
    cycle = key_result.cycle
    if key_result.window != commit.window or not cycle.start < commit.declared_on <= cycle.end:
        return False
    then = key_result.in_force(commit.declared_on)
    start, end = then.baseline, then.target
    if start is None or not isinstance(end, Fraction):
        return False
    return commit.standard.is_met(end) and not commit.standard.is_met(start)
