"""Floor 5: a KPI worsened while other goals moved forward. Which of them could explain it?"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import unique
from fractions import Fraction
from functools import cache
from heapq import merge
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeAlias

import attrs

from goalmodel.checks import Term, are, is_a, is_count, is_date, is_id
from goalmodel.commit import Commit, CommitAssessment, CommitHistory
from goalmodel.commit.amendment import in_force
from goalmodel.commit.manner import Decisive, decisive
from goalmodel.key_result import KeyResult, KeyResultAssessment, Score
from goalmodel.key_result.key_result import at_the_end, scored
from goalmodel.kpi import Kpi, KpiAssessment, KpiHistory
from goalmodel.kpi.direction import has_a_wrong_way
from goalmodel.kpi.staleness import relied_on_until
from goalmodel.measure import Aggregation, Reading, Series
from goalmodel.measure.exclusion import agreed_by, excluded_days, paused
from goalmodel.measure.figure import figures_known
from goalmodel.measure.reading import computed_reading
from goalmodel.measure.row import Dated
from goalmodel.model import GoalModel, last_reached, leads_to
from goalmodel.reasons import Reason, ReasonKind, spell, those_that_hold
from goalmodel.reprs import readable
from goalmodel.trend import Heading, Standing

__all__ = ["Externalities", "Externality", "ExternalityLink", "ExternalityPolicy", "MovedMeanwhile"]

WORSENING = ReasonKind(
    "externality-worsening", "REV-1", "{kpi} is worsening: {latest}", {"kpi": str, "latest": Reading}
)
WORSE_NOW = ReasonKind(
    "externality-worse-than-usual",
    "REV-1",
    "{kpi} is worse than usual, {latest}, and was not on {since}",
    {"kpi": str, "latest": Reading, "since": dt.date},
)
OTHERS_MOVED = ReasonKind(
    "externality-others-moved",
    "REV-1",
    "{count:more goal/more goals} moved forward on some of these days",
    {"count": int},
)
SCORE_GREW = ReasonKind(
    "externality-score-grew",
    "REV-1",
    "{goal} came from {before} to {after} of its way from {since} to {until}; {days} of these days {kpi} worsened",
    {"goal": str, "before": Score, "after": Score, "since": dt.date, "until": dt.date, "days": int, "kpi": str},
)
CAME_NEARER = ReasonKind(
    "externality-came-nearer",
    "REV-1",
    "{goal} came from {before} to {after} short of its standard from {since} to {until}; {days} of these days {kpi} "
    "worsened",
    {"goal": str, "before": Fraction, "after": Fraction, "since": dt.date, "until": dt.date, "days": int, "kpi": str},
)
KPI_UNSEEN = ReasonKind(
    "externality-kpi-unseen",
    "REV-1",
    "too little was read of {kpi} from {since} to {until} to see whether it worsened",
    {"kpi": str, "since": dt.date, "until": dt.date},
)
GOAL_UNSEEN = ReasonKind(
    "externality-goal-unseen",
    "REV-1",
    "too little was read of {goal} from {since} to {until} to see whether it moved forward",
    {"goal": str, "since": dt.date, "until": dt.date},
)

_goal = attrgetter("goal")


@unique
class ExternalityLink(Term):
    """How a goal that moved forward hangs together with a KPI that worsened; the nearest first."""

    FEEDS = "the KPI feeds it"
    SHARES = "both serve one goal, or one initiative serves both"
    FURTHER = "both lead to one goal over several steps"


@attrs.frozen(kw_only=True)
@readable
class ExternalityPolicy:
    """How far back a review looks for what harmed what, and how many goals it names. Both are our choice.

    Attributes:
        days: Length of the window that ends with the day of the review, at least 1; 92 days are a quarter.
        most: How many goals with a link are named for a KPI, at least 1; all others are counted.
    """

    days: int = attrs.field(default=92, validator=is_count(1))
    most: int = attrs.field(default=5, validator=is_count(1))


@attrs.frozen(kw_only=True)
@readable
class MovedMeanwhile:
    """A goal with a link to a KPI that moved forward while the KPI worsened: a question to ask, and no proof.

    Attributes:
        goal: Id of the key result or commit.
        link: How the two hang together in the model.
        overlap_days: On how many days the one moved while the other worsened.
        reason: How far it moved, with the facts.
    """

    goal: str = attrs.field(validator=is_id)
    link: ExternalityLink = attrs.field(validator=is_a(ExternalityLink))
    overlap_days: int = attrs.field(validator=is_count())
    reason: Reason = attrs.field(validator=is_a(Reason))

    def __str__(self) -> str:
        return str(self.reason)


@attrs.frozen(kw_only=True)
@readable
class Externality:
    """A KPI that worsened while other goals moved forward: a possible negative externality.

    Attributes:
        kpi: Id of the KPI.
        reasons: By which signal it worsened.
        linked: The goals with a link that moved forward meanwhile: the nearest link first, then the longest overlap,
            then by id.
        others: How many more moved forward on some of the days on which it worsened.
    """

    kpi: str = attrs.field(validator=is_id)
    reasons: tuple[Reason, ...] = attrs.field(validator=are(Reason))
    linked: tuple[MovedMeanwhile, ...] = attrs.field(validator=are(MovedMeanwhile))
    others: int = attrs.field(default=0, validator=is_count())

    def __str__(self) -> str:
        others = (OTHERS_MOVED.because(count=self.others),) if self.others else ()
        return spell((*self.reasons, *(each.reason for each in self.linked), *others))


@attrs.frozen(kw_only=True)
@readable
class Externalities:
    """What a review found when it looked for harm, and where it could not look.

    Nothing found and nothing unseen means that there was nothing; nothing found and something unseen does not.

    Attributes:
        since: The window: from the end of this day to the day of the review.
        found: By id of the KPI.
        unseen: Where too little was read to look: KPIs, then key results and commits, by id.
    """

    since: dt.date = attrs.field(validator=is_date)
    found: tuple[Externality, ...] = attrs.field(validator=are(Externality))
    unseen: tuple[Reason, ...] = attrs.field(validator=are(Reason))


class _Move(NamedTuple):
    """How a goal moved forward: after the day *since*, until the day *until*."""

    goal: str
    measure: str
    since: dt.date
    until: dt.date
    kind: ReasonKind
    facts: dict[str, Fraction | Score]


class _Worse(NamedTuple):
    """How a KPI worsened: after the day *since*, until the day *until*."""

    kpi: Kpi
    since: dt.date
    until: dt.date
    reasons: tuple[Reason, ...]


_Ranked: TypeAlias = Iterator[tuple[int, str, _Move]]
"""Overlap as a number below 0, id and move: in rising order the longest overlap first, then by id."""


def _ranking(moves: Iterable[_Move]) -> Callable[[_Worse], _Ranked]:
    """Return the function that ranks *moves* by their overlap with what worsened, then by id, as far as it is asked.

    Goals are grouped by the days they moved on. Many share them, so that not every goal is looked at for every KPI.
    """
    groups: dict[tuple[dt.date, dt.date], list[_Move]] = {}
    for move in sorted(moves, key=_goal):
        groups.setdefault((move.since, move.until), []).append(move)

    @cache
    def by_overlap(since: dt.date, until: dt.date) -> list[tuple[int, list[list[_Move]]]]:
        found: dict[int, list[list[_Move]]] = {}
        for (begin, end), group in groups.items():
            overlap = max((min(until, end) - max(since, begin)).days, 0)
            found.setdefault(overlap, []).append(group)
        return sorted(found.items(), reverse=True)

    def ranked(worse: _Worse) -> _Ranked:
        for overlap, same in by_overlap(worse.since, worse.until):
            for move in merge(*same, key=_goal):
                yield -overlap, move.goal, move

    return ranked


class _LookBack(NamedTuple):
    """From the end of day *since* to the end of day *until*."""

    since: dt.date
    until: dt.date

    def from_the_start_of(self, day: dt.date) -> dt.date:
        """Return the later of the window's begin and the end of the day before *day*."""
        return self.since if day <= self.since else day - dt.timedelta(days=1)

    def figures(self, goal: Kpi | Commit, known: Sequence[Dated], count: int) -> tuple[list[Reading], bool]:
        """Return the last figure until the window begins and all inside it, none where none is inside.

        One that was too old to rely on when the window began is left out, and that is the second answer. Of those
        *known* the first *count* are looked at.
        """
        before, stop = (bisect_right(known, day, hi=count, key=itemgetter(0)) for day in (self.since, self.until))
        if stop == before:
            return [], False
        is_stale = before > 0 and self.is_stale(goal, computed_reading(*known[before - 1]).on)
        first = before if is_stale else max(before - 1, 0)
        return [computed_reading(*known[at]) for at in range(first, stop)], is_stale

    def is_stale(self, goal: Kpi | KeyResult | Commit, day: dt.date) -> bool:
        """Return whether a figure of that day was too old to rely on when the window began."""
        cadence = paused(goal.cadence, excluded_days(agreed_by(goal.exclusions, self.until)))
        return relied_on_until(day, cadence=cadence, as_of=self.since) is not None


def externalities(
    model: GoalModel,
    kpis: Iterable[KpiAssessment],
    key_results: Iterable[KeyResultAssessment],
    commits: Iterable[CommitAssessment],
    read: Mapping[str, Series],
    *,
    watched: Callable[[Kpi], KpiHistory],
    owed: Callable[[Commit], CommitHistory],
    as_of: dt.date,
    policy: ExternalityPolicy,
) -> Externalities:
    """Return which KPIs of *model* worsened until *as_of* while key results or commits moved forward.

    A goal on the KPI's own measure explains nothing: what it did to the measure is what the KPI shows. Named are goals
    with a link; those that merely moved on the same days are counted, for among many some always do.

    Rule: REV-1.
    """
    earliest = as_of.toordinal() - policy.days
    window = _LookBack(since=dt.date.fromordinal(max(earliest, dt.date.min.toordinal())), until=as_of)
    unseen: list[Reason] = []
    worse: list[_Worse] = []
    moves: dict[str, _Move] = {}
    for found in kpis:
        kpi = found.kpi
        known = figures_known(read[kpi.measure.name], kpi.window, as_of, kpi.exclusions, kpi.figure_policy)
        step = _worsened(found, known.present, known.count(as_of), window, watched)
        if isinstance(step, Reason):
            unseen.append(step)
        elif step is not None:
            worse.append(step)
    for each in chain[KeyResultAssessment | CommitAssessment](key_results, commits):
        move = _moved(each, owed, window)
        if isinstance(move, Reason):
            unseen.append(move)
        elif move is not None:
            moves[move.goal] = move
    named, count = _named(model, moves, policy.most), _counter(moves.values())
    harmed = (_harmed(step, named(step), count(step)) for step in worse) if moves else ()
    return Externalities(
        since=window.since, found=tuple(each for each in harmed if each.linked or each.others), unseen=tuple(unseen)
    )


def _harmed(step: _Worse, linked: tuple[MovedMeanwhile, ...], moved: int) -> Externality:
    """Return what harmed a KPI, where so many goals *moved* on some of the days on which it worsened."""
    others = moved - sum(each.overlap_days > 0 for each in linked)
    return Externality(kpi=step.kpi.id, reasons=step.reasons, linked=linked, others=others)


def _counter(moves: Iterable[_Move]) -> Callable[[_Worse], int]:
    """Return the function that counts the moves on some of the days on which a KPI worsened, but for its own measure's.

    It looks at the days on which goals moved, which many of them share.
    """
    everywhere = Counter((move.since, move.until) for move in moves)
    on_measure: dict[str, Counter[tuple[dt.date, dt.date]]] = {}
    for move in moves:
        on_measure.setdefault(move.measure, Counter())[move.since, move.until] += 1

    def overlapping(days: Mapping[tuple[dt.date, dt.date], int], worse: _Worse) -> int:
        return sum(n for (since, until), n in days.items() if min(until, worse.until) > max(since, worse.since))

    @cache
    def all_of(since: dt.date, until: dt.date) -> int:
        return sum(n for (begin, end), n in everywhere.items() if min(end, until) > max(begin, since))

    return lambda worse: (
        all_of(worse.since, worse.until) - overlapping(on_measure.get(worse.kpi.measure.name, {}), worse)
    )


def _worsened(
    found: KpiAssessment,
    known: Sequence[Dated],
    count: int,
    window: _LookBack,
    watched: Callable[[Kpi], KpiHistory],
) -> _Worse | Reason | None:
    """Return over which days a KPI worsened and by which signal; a reason where nobody can say; None where it did not.

    One that has been worse than usual since before the window did not become so in it.
    """
    kpi = found.in_force
    if not has_a_wrong_way(kpi.measure, kpi.bands):
        return None
    figures, is_stale = window.figures(kpi, known, count)
    is_silent = (found.standing, found.heading) == (Standing.UNDETERMINED, Heading.UNDETERMINED)
    if not figures or is_silent or (is_stale and len(figures) == 1):
        return KPI_UNSEEN.because(kpi=kpi.id, since=window.since, until=window.until)
    begun, latest = figures[0].on if is_stale else window.since, figures[-1]
    is_worse_now = found.standing is Standing.WORSE and watched(found.kpi).on(begun).standing is not Standing.WORSE
    grounds = those_that_hold(
        (WORSENING, {"kpi": kpi.id, "latest": latest}, found.heading is Heading.WORSENING),
        (WORSE_NOW, {"kpi": kpi.id, "latest": latest, "since": begun}, is_worse_now),
    )
    if not grounds:
        return None
    if len(figures) == 1:
        return _Worse(found.kpi, window.from_the_start_of(latest.on), latest.on, grounds)
    first, last = _shortest_way([kpi.excess(each.known) or Fraction(0) for each in figures])
    return _Worse(found.kpi, max(figures[first].on, window.since), figures[last].on, grounds)


def _shortest_way(levels: Sequence[Fraction]) -> tuple[int, int]:
    """Return between which two of the levels it came from the first to the last of them: what lay still is left out."""
    first = max(at for at, level in enumerate(levels[:-1]) if level <= levels[0])
    return first, next(at for at in range(first + 1, len(levels)) if levels[at] >= levels[-1])


def _moved(
    found: KeyResultAssessment | CommitAssessment, owed: Callable[[Commit], CommitHistory], window: _LookBack
) -> _Move | Reason | None:
    """Return how a goal moved forward; a reason where nobody can say; None where it did not, or was not on."""
    if isinstance(found, KeyResultAssessment):
        return _key_result_moved(found, window)
    return _commit_moved(found, owed(found.commit).as_known(found.as_of), window)


def _key_result_moved(found: KeyResultAssessment, window: _LookBack) -> _Move | Reason | None:
    now = found.in_force
    if now.cycle.end <= window.since or now.cycle.start > window.until:
        return None
    before_it = bisect_right(found.course, window.since, key=itemgetter(0))
    if before_it == len(found.course) or not now.is_scorable:
        return GOAL_UNSEEN.because(goal=now.id, since=window.since, until=window.until)
    course = [(day, scored(now, at_the_end(now, value, day))) for day, value in found.course[max(before_it - 1, 0) :]]
    if not before_it:
        course = [(window.from_the_start_of(now.cycle.start), scored(now, now.value_at(0))), *course]
    elif window.is_stale(now, course[0][0]):
        course = course[1:]
    if len(course) == 1:
        return GOAL_UNSEEN.because(goal=now.id, since=window.since, until=window.until)
    if course[-1][1].raw <= course[0][1].raw:
        return None
    first, last = _shortest_way([score.raw for _, score in course])
    (since, before), (until, after) = course[first], course[last]
    facts: dict[str, Fraction | Score] = {"before": before, "after": after}
    return _Move(now.id, now.measure.name, max(since, window.since), until, SCORE_GREW, facts)


def _commit_moved(found: CommitAssessment, history: CommitHistory, window: _LookBack) -> _Move | Reason | None:
    commit = found.commit
    first, last = commit.counts_from, min(commit.due, window.until)
    if last <= window.since or first > window.until:
        return None
    stop, before = history.seen(last), history.seen(window.since)
    known = [history.figure(at) for at in range(max(before - 1, 0), stop)]
    figures, _ = window.figures(commit, known, len(known))
    course = [(max(each.on, window.since), each.known) for each in figures]
    start = None if before else _stood_at(history, first, found.as_of, window)
    if start is not None:
        course = [(window.from_the_start_of(first), start), *course]
    if len(course) < 2:  # noqa: PLR2004 - one figure shows no movement
        return GOAL_UNSEEN.because(goal=commit.id, since=window.since, until=window.until)
    standard = in_force(commit.standards, last)
    distances = [standard.distance(value) for _, value in course]
    if distances[-1] >= distances[0]:
        return None
    earliest, latest = _shortest_way([-distance for distance in distances])
    facts: dict[str, Fraction | Score] = {"before": distances[earliest], "after": distances[latest]}
    return _Move(commit.id, commit.measure.name, course[earliest][0], course[latest][0], CAME_NEARER, facts)


def _stood_at(history: CommitHistory, first: dt.date, as_of: dt.date, window: _LookBack) -> Fraction | None:
    """Return where a commit stood before the first day that counts: at what was known then, a total at 0.

    None where nothing was, or what was is too old to rely on.
    """
    commit = history.commit
    if decisive(commit.manner) is Decisive.WHOLE:
        return Fraction(0) if commit.measure.aggregation is Aggregation.SUM else None
    known = figures_known(history.series, commit.window, as_of, commit.exclusions, commit.figure_policy)
    at = bisect_left(known.present_days, first)
    latest = known.reading(at - 1) if at else None
    return None if latest is None or window.is_stale(commit, latest.on) else latest.known


def _named(model: GoalModel, moves: Mapping[str, _Move], most: int) -> Callable[[_Worse], tuple[MovedMeanwhile, ...]]:
    """Return the function that names the goals with a link to a KPI that worsened."""
    beside: dict[str, list[str]] = {}
    for initiative in model.initiatives:
        for served in initiative.serves:
            beside.setdefault(served, []).append(initiative.id)
    for whole in model.composites:
        for part in whole.parts:
            beside.setdefault(part.id, []).extend(beside.get(whole.id, ()))
    ends = last_reached(leads_to(model))

    def near(goal: Kpi | KeyResult | Commit) -> set[str]:
        """Return the goals *goal* serves, and the initiatives that serve it."""
        return {*goal.serves, *beside.get(goal.id, ())}

    def far(goal: Kpi | KeyResult | Commit) -> frozenset[str]:
        """Return the goals it leads to in the end, by links and by promotion."""
        return ends[goal.id]

    moved = [goal for goal in chain[KeyResult | Commit](model.key_results, model.commits) if goal.id in moves]
    steps = (ExternalityLink.SHARES, near), (ExternalityLink.FURTHER, far)
    around = {link: _around(moved, moves, hubs) for link, hubs in steps}

    def named(worse: _Worse) -> tuple[MovedMeanwhile, ...]:
        fed = _ranking(moves[each] for each in worse.kpi.serves if each in moves)(worse)
        shared = (
            (link, each)
            for link, hubs in steps
            for each in merge(*(around[link][hub](worse) for hub in hubs(worse.kpi) if hub in around[link]))
        )
        linked = chain(((ExternalityLink.FEEDS, each) for each in fed), shared)
        return tuple(islice(_first_of_each(linked, worse), most))

    return named


def _around(
    moved: Iterable[KeyResult | Commit],
    moves: Mapping[str, _Move],
    hubs: Callable[[KeyResult | Commit], Iterable[str]],
) -> Mapping[str, Callable[[_Worse], _Ranked]]:
    """Return for each hub the function that ranks the moves of the goals that have it."""
    gathered: dict[str, list[_Move]] = {}
    for goal in moved:
        for hub in hubs(goal):
            gathered.setdefault(hub, []).append(moves[goal.id])
    return {hub: _ranking(group) for hub, group in gathered.items()}


def _first_of_each(
    found: Iterable[tuple[ExternalityLink, tuple[int, str, _Move]]], worse: _Worse
) -> Iterator[MovedMeanwhile]:
    """Return each goal once, with its nearest link, but for those on the measure that worsened itself."""
    seen: set[str] = set()
    for link, (less, goal, move) in found:
        if goal not in seen and move.measure != worse.kpi.measure.name:
            seen.add(goal)
            facts = {"goal": goal, **move.facts, "since": move.since, "until": move.until, "days": -less}
            yield MovedMeanwhile(
                goal=goal, link=link, overlap_days=-less, reason=move.kind.because(**facts, kpi=worse.kpi.id)
            )
