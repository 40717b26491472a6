"""Floor 4: all goals of an organisation and their links, valid by construction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property, partial
from graphlib import TopologicalSorter
from operator import attrgetter
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

import attrs

from goalmodel.capacity import Capacity
from goalmodel.checks import a, named, raise_all, the, the_iterable, the_text
from goalmodel.commit import Commit
from goalmodel.errors import (
    GivenTwice,
    GoalModelError,
    GoesInCircles,
    MeasuresDiffer,
    NotAsTold,
    Path,
    UnknownReference,
    WrongLink,
    WrongType,
    described,
)
from goalmodel.events import Event
from goalmodel.events.beside import Beside
from goalmodel.events.event import closed_by, in_effect
from goalmodel.events.goal import KINDS, MAY_SERVE, Goal, ids_of
from goalmodel.events.log import as_told
from goalmodel.events.moves import closed_ids
from goalmodel.events.order import out_of_order
from goalmodel.events.undoing import before_all, tells_all, untold
from goalmodel.initiative import Initiative
from goalmodel.key_result import KeyResult
from goalmodel.kpi import CompositeKpi, Kpi
from goalmodel.measure import Derived, Exclusion, Measure
from goalmodel.measure.measure import first_difference
from goalmodel.objective import Objective
from goalmodel.reprs import readable

__all__ = ["Goal", "GoalModel"]

_V = TypeVar("_V")
_M = TypeVar("_M", Kpi, KeyResult, Commit)


def _kpis(given: Iterable[Kpi], field: str = "value") -> tuple[Kpi, ...]:
    return tuple(the_iterable(given, field))


def _composites(given: Iterable[CompositeKpi], field: str = "value") -> tuple[CompositeKpi, ...]:
    return tuple(the_iterable(given, field))


def _key_results(given: Iterable[KeyResult], field: str = "value") -> tuple[KeyResult, ...]:
    return tuple(the_iterable(given, field))


def _commits(given: Iterable[Commit], field: str = "value") -> tuple[Commit, ...]:
    return tuple(the_iterable(given, field))


def _objectives(given: Iterable[Objective], field: str = "value") -> tuple[Objective, ...]:
    return tuple(the_iterable(given, field))


def _initiatives(given: Iterable[Initiative], field: str = "value") -> tuple[Initiative, ...]:
    return tuple(the_iterable(given, field))


def _derived(given: Iterable[Derived], field: str = "value") -> tuple[Derived, ...]:
    return tuple(the_iterable(given, field))


def _capacities(given: Iterable[Capacity], field: str = "value") -> tuple[Capacity, ...]:
    return tuple(the_iterable(given, field))


def _measures(given: Iterable[Measure], field: str = "value") -> tuple[Measure, ...]:
    return tuple(the_iterable(given, field))


def _goals(given: Iterable[Goal], field: str = "value") -> tuple[Goal, ...]:
    return tuple(the_iterable(given, field))


def _events(given: Iterable[Event], field: str = "value") -> tuple[Event, ...]:
    return tuple(the_iterable(given, field))


@attrs.frozen(kw_only=True, field_transformer=named)
@readable
class GoalModel:
    """All goals and their links, and what happened to them. In whatever order goals are given, they stand by id.

    Rules: MOD-1, MOD-3, EVT-4.

    Attributes:
        kpis: What is watched, but for the parts of others.
        composites: What is watched and made of parts.
        key_results: What is moved.
        commits: What must be reached.
        objectives: The outcomes they serve.
        initiatives: The work that is done.
        events: What happened to the goals, oldest first, as it was told; `apply` adds to them. They may begin at any
            time, and the goals stand as if they had been replayed from how the goals stood then.
        derived: The measures that follow from others, by name; a review computes their figures before it judges any.
        capacities: What there is of what commits and initiatives take, by resource, then by time.
        good_to_know: The measures that are looked at and not judged, by name: a review shows what was read last.
        before: Goals as they stood before the first event, by id, as far as the events do not tell: a closing says
            nothing of what led to what it closes. Replaying keeps them, so that a closing entered in error gives back
            what it cut; left out where nothing is lost, and without events.

    Raises:
        GivenTwice: Two goals have one id, or a goal has the id of one that was closed.
        OutOfOrder: An event is dated before the one told before it.
        GivenTwice: An event is told twice.
        NotAsTold: A goal stands otherwise than its events say; the first field that differs is named.
        IllegalMove: An event tells of what the state of its goal did not allow, and likewise with all that `apply`
            refuses.
        UnknownReference: A goal serves, or was promoted from, one that is not there.
        WrongLink: A goal serves one of a kind it can't serve.
        GivenTwice: A measure is derived twice, or good to know twice, or it is said twice how much there is of
            something on one day.
        GoesInCircles: An objective in the end serves itself, or a measure follows from itself.
        MeasuresDiffer: Two goals, what a measure is derived from, or what is good to know, are on measures with one
            name that are not the same.
        SeveralProblems: More than one of these, all of which it has: by kind, then by id. A path leads to the place a
            goal had where it was given.
    """

    kpis: tuple[Kpi, ...] = attrs.field(default=(), converter=_kpis)
    composites: tuple[CompositeKpi, ...] = attrs.field(default=(), converter=_composites)
    key_results: tuple[KeyResult, ...] = attrs.field(default=(), converter=_key_results)
    commits: tuple[Commit, ...] = attrs.field(default=(), converter=_commits)
    objectives: tuple[Objective, ...] = attrs.field(default=(), converter=_objectives)
    initiatives: tuple[Initiative, ...] = attrs.field(default=(), converter=_initiatives)
    events: tuple[Event, ...] = attrs.field(default=(), converter=_events)
    derived: tuple[Derived, ...] = attrs.field(default=(), converter=_derived)
    capacities: tuple[Capacity, ...] = attrs.field(default=(), converter=_capacities)
    good_to_know: tuple[Measure, ...] = attrs.field(default=(), converter=_measures)
    before: tuple[Goal, ...] = attrs.field(default=(), converter=_goals)

    def __attrs_post_init__(self) -> None:
        places = {each.goal.id: each.path for each in _placed(self)}
        _settle(self)
        if self.events:
            _check_told(self, places)
        if self.before:
            object.__setattr__(self, "before", _untold(self, before_of(self)))

    @property
    def watched(self) -> tuple[Kpi, ...]:
        """All KPIs, the parts of others among them, by id."""
        parts = (part for each in self.composites for part in each.parts)
        return tuple(sorted((*self.kpis, *parts), key=_its_id))

    @property
    def goals(self) -> tuple[Goal, ...]:
        """All goals: by kind, then by id."""
        return (*self.watched, *self.composites, *self.key_results, *self.commits, *self.objectives, *self.initiatives)

    @property
    def measured(self) -> tuple[Kpi | KeyResult | Commit, ...]:
        """The goals that are about a measure: by kind, then by id."""
        return (*self.watched, *self.key_results, *self.commits)

    @property
    def closed(self) -> tuple[Goal, ...]:
        """The goals that are over, as they stood at their end, in the order of their closing."""
        return tuple(goal for event in in_effect(self.events) if (goal := closed_by(event)) is not None)

    def __getitem__(self, id: str) -> Goal:  # noqa: A002 - the name the field has on every goal
        """Return the goal with that id.

        Raises:
            UnknownReference: The model has no such goal; the ids that are spelled nearly alike are named.
        """
        return found_by_id({goal.id: goal for goal in self.goals}, id, "the id of a goal of the model")

    def serving(self, id: str) -> tuple[Goal, ...]:  # noqa: A002 - the name the field has on every goal
        """Return the goals that serve the one with that id directly: by kind, then by id.

        Raises:
            UnknownReference: The model has no such goal.
        """
        served = self[id]
        return tuple(goal for goal in self.goals if served.id in goal.serves)

    def impact(self, id: str) -> tuple[Goal, ...]:  # noqa: A002 - the name the field has on every goal
        """Return every goal that in the end depends on the one with that id: by kind, then by id.

        A goal depends on what serves it, a key result on the KPI it came of, and a KPI made of parts on each of them.

        Rule: MOD-2.

        >>> visits = Measure("visits", unit="visits")
        >>> model = GoalModel(
        ...     kpis=[Kpi(id="visits", measure=visits, serves="glad")],
        ...     objectives=[Objective(id="glad", title="Guests are glad they came")],
        ... )
        >>> [goal.id for goal in model.impact("visits")], [goal.id for goal in model.lineage("glad")]
        (['glad'], ['visits'])

        Raises:
            UnknownReference: The model has no such goal.
        """
        return self._among(reached(self[id].id, self._upwards))

    def with_exclusion(self, exclusion: Exclusion) -> GoalModel:
        """Return the model in which some days do not count for any KPI, key result or commit: days of closing.

        Where events tell of the goals, tell it as `DaysExcluded`.

        Rule: TIME-3.

        Raises:
            NotAsTold: The events of the model tell of a goal, and not of this.
        """
        the(Exclusion, exclusion, "exclusion")
        return attrs.evolve(
            self,
            kpis=[_excluded(each, exclusion) for each in self.kpis],
            composites=[
                attrs.evolve(each, parts=[_excluded(part, exclusion) for part in each.parts])
                for each in self.composites
            ],
            key_results=[_excluded(each, exclusion) for each in self.key_results],
            commits=[_excluded(each, exclusion) for each in self.commits],
        )

    def dependents(self, id: str) -> int:  # noqa: A002 - the name the field has on every goal
        """Return how many goals in the end depend on the one with that id; see `impact`.

        Rule: MOD-2.

        Raises:
            UnknownReference: The model has no such goal.
        """
        the_text(id, "id")
        return len(reached(id if id in self._upwards else self[id].id, self._upwards))

    @cached_property
    def _upwards(self) -> dict[str, list[str]]:
        """The ids of the goals that each leads to in one step."""
        return leads_to(self)

    def lineage(self, id: str) -> tuple[Goal, ...]:  # noqa: A002 - the name the field has on every goal
        """Return every goal the one with that id in the end rests on: by kind, then by id.

        Rule: MOD-2.

        Raises:
            UnknownReference: The model has no such goal.
        """
        downwards: dict[str, list[str]] = {goal.id: [] for goal in self.goals}
        for id_, onto in self._upwards.items():
            for each in onto:
                downwards[each].append(id_)
        return self._among(reached(self[id].id, downwards))

    def _among(self, ids: Container[str]) -> tuple[Goal, ...]:
        return tuple(goal for goal in self.goals if goal.id in ids)

    def __str__(self) -> str:
        counts = (
            (len(self.objectives), "objective"),
            (len(self.kpis), "KPI"),
            (len(self.composites), "composite KPI"),
            (len(self.key_results), "key result"),
            (len(self.commits), "commit"),
            (len(self.initiatives), "initiative"),
        )
        said = (f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count)
        return f"goal model: {', '.join(said) or 'no goals'}"


def standing(model: GoalModel, goals: Iterable[Goal], events: tuple[Event, ...]) -> GoalModel:
    """Return *model* with *goals* and *events* that are known to go together; whether the goals do is asked."""
    left = tuple(goals)
    parts = {part.id for goal in left if isinstance(goal, CompositeKpi) for part in goal.parts}
    found = GoalModel.__new__(GoalModel)
    for field, kind in _KINDS.items():
        chosen = tuple(goal for goal in left if isinstance(goal, kind) and goal.id not in parts)
        object.__setattr__(found, field, chosen)
    object.__setattr__(found, "events", events)
    beside = beside_of(model).by(model.events, events)
    for field in attrs.fields_dict(Beside):
        object.__setattr__(found, field, getattr(beside, field))
    object.__setattr__(found, "before", ())
    return _settle(found)


def after_all(model: GoalModel, goals: Iterable[Goal], events: tuple[Event, ...]) -> GoalModel:
    """Return *model* as it stands with *goals* after *events*, with what those do not tell of the time before."""
    found = standing(model, goals, events)
    is_told = all(map(tells_all, events[len(model.events) :]))
    object.__setattr__(found, "before", model.before if is_told else _untold(found, before_of(model)))
    return found


def beside_of(model: GoalModel) -> Beside:
    """Return what *model* holds beside its goals."""
    return Beside(**{field: getattr(model, field) for field in attrs.fields_dict(Beside)})


def before_of(model: GoalModel) -> tuple[Goal, ...]:
    """Return all goals of *model* as they stood before the first event, the parts of others among them."""
    return before_all(model.goals, model.events, model.before) if model.events else model.goals


def _untold(model: GoalModel, before: tuple[Goal, ...]) -> tuple[Goal, ...]:
    return untold(before, model.goals, model.events) if model.events else ()


def _check_told(model: GoalModel, places: Mapping[str, Path]) -> None:
    """Check that the goals of *model* stand as its events say; *places* are where they were given.

    Rule: EVT-4.
    """
    goals = {goal.id: goal for goal in model.goals}
    told = as_told(before_of(model), model.events, beside_of(model), partial(standing, model))
    for id_ in sorted({*goals, *told}):
        stands, said = goals.get(id_), told.get(id_)
        if stands == said:
            continue
        if stands is None or type(stands) is not type(said):
            place = places.get(id_, Path(next((field,) for field, kind in _KINDS.items() if isinstance(said, kind))))
            raise NotAsTold(place, stands, f"{said}, as its events say", goal=id_)
        field = next(each for each in attrs.fields_dict(type(said)) if getattr(stands, each) != getattr(said, each))
        accepted = f"{described(getattr(said, field))}, as its events say"
        raise NotAsTold(Path((*places[id_], field)), getattr(stands, field), accepted, goal=id_)


def _settle(model: GoalModel) -> GoalModel:
    """Return *model*, which must be one, with everything by id."""
    raise_all(_problems(model))
    for field in _KINDS:
        object.__setattr__(model, field, tuple(sorted(getattr(model, field), key=_its_id)))
    object.__setattr__(model, "derived", tuple(sorted(model.derived, key=_its_measure)))
    object.__setattr__(model, "capacities", tuple(sorted(model.capacities, key=_its_time)))
    object.__setattr__(model, "good_to_know", tuple(sorted(model.good_to_know, key=_its_name)))
    return model


def _excluded(goal: _M, exclusion: Exclusion) -> _M:
    return attrs.evolve(goal, exclusions=(*goal.exclusions, exclusion))


def leads_to(model: GoalModel) -> dict[str, list[str]]:
    """Return the ids of the goals that each of *model* leads to in one step: by a link, as a part, or by promotion."""
    found = {goal.id: list(goal.serves) for goal in model.goals}
    for whole in model.composites:
        for part in whole.parts:
            found[part.id].append(whole.id)
    for each in model.key_results:
        if each.origin is not None:
            found[each.origin.kpi].append(each.id)
    return found


def last_reached(links: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Return the ids that *links* lead to in the end from each, none where they lead nowhere.

    Two lead to one, over whatever steps, just where they lead to one of these: what one leads to leads on to its end.
    """
    found: dict[str, frozenset[str]] = {}
    for start in TopologicalSorter(links).static_order():
        found[start] = frozenset[str]().union(*(found[each] or {each} for each in links[start]))
    return found


def reached(start: str, links: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the ids that *links* lead to from *start*, in one step or more; each is walked from once."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        further = set(links[waiting.pop()]) - found
        found |= further
        waiting += further
    return found


def found_by_id(known: Mapping[str, _V], given: str, accepted: str, *, field: str = "id") -> _V:
    """Return what has the id *given* among what is *known*.

    Raises:
        UnknownReference: Nothing has; the ids that are spelled nearly alike are named.
    """
    if the_text(given, field) in known:
        return known[given]
    near = get_close_matches(given, known)
    raise UnknownReference(field, given, f"{accepted}, such as {' or '.join(map(repr, near))}" if near else accepted)


def _problems(model: GoalModel) -> list[GoalModelError]:
    """Return all that is wrong with a model whose goals stand as they were given: by kind, then by id."""
    found: list[GoalModelError] = [
        WrongType((field, index), goal, a(kind))
        for field, kind in _KINDS.items()
        for index, goal in enumerate(getattr(model, field))
        if not isinstance(goal, kind)
    ]
    placed = list(_placed(model))
    # Whatever the order in which they are given, the same goal is the first of two.
    order = list(attrs.fields_dict(GoalModel))
    placed.sort(key=lambda each: (order.index(str(each.path[0])), each.goal.id))
    known = {each.goal.id: each.goal for each in reversed(placed)}
    found += _ids_given_twice(placed, _closed_ids(model.events))
    for each in placed:
        found += _wrong_links(each, known)
    found += _unknown_origins(placed, known)
    found += _circles(placed)
    derived = dict(enumerate(model.derived))
    found += (WrongType(("derived", at), each, a(Derived)) for at, each in derived.items() if type(each) is not Derived)
    derived = {at: each for at, each in derived.items() if type(each) is Derived}
    found += _derived_twice(derived)
    found += _derived_circles(derived)
    found += _said_twice(model.capacities)
    found += _looked_at_twice(model.good_to_know)
    looked_at = {at: each for at, each in enumerate(model.good_to_know) if type(each) is Measure}
    found += _differing_measures(_measured(placed, derived, looked_at))
    found += _none_before(model.before)
    found += out_of_order(model.events, "events")
    return sorted(found, key=lambda each: (order.index(str(each.field[0])), each.goal or ""))


class _Placed(NamedTuple):
    """A goal, and where it stands among what was given."""

    goal: Goal
    path: Path

    def at(self, *steps: str | int) -> Path:
        """Return the path to something in the goal."""
        return Path((*self.path, *steps))


def _placed(model: GoalModel) -> Iterator[_Placed]:
    """Yield each goal of a model whose goals stand as they were given, and where that is."""
    for field, kind in _KINDS.items():
        for index, goal in enumerate(getattr(model, field)):
            if isinstance(goal, kind):
                yield from _with_parts(goal, Path((field, index)))


def _with_parts(goal: Goal, path: Path) -> list[_Placed]:
    parts = goal.parts if isinstance(goal, CompositeKpi) else ()
    return [_Placed(goal, path), *(_Placed(part, Path((*path, "parts", at))) for at, part in enumerate(parts))]


def _closed_ids(events: Iterable[object]) -> set[str]:
    told = in_effect([event for event in events if isinstance(event, Event)])
    return {id_ for event in told for id_ in closed_ids(event)}


def _ids_given_twice(placed: Iterable[_Placed], closed: Iterable[str]) -> Iterator[GoalModelError]:
    taken = set(closed)
    for each in placed:
        id_ = each.goal.id
        if id_ in taken:
            yield GivenTwice(each.at("id"), id_, "an id that no other goal of the model has", goal=id_)
        taken.add(id_)


def _wrong_links(each: _Placed, known: Mapping[str, Goal]) -> Iterator[GoalModelError]:
    goal, accepted = each.goal, MAY_SERVE[type(each.goal)]
    for index, served in enumerate(goal.serves):
        if served not in known:
            yield UnknownReference(each.at("serves", index), served, goal=goal.id)
        elif not isinstance(known[served], accepted):
            kinds = f"the id of {' or '.join(map(a, accepted))}, not of {a(type(known[served]))}"
            yield WrongLink(each.at("serves", index), served, kinds, goal=goal.id)


def _unknown_origins(placed: Iterable[_Placed], known: Mapping[str, Goal]) -> Iterator[GoalModelError]:
    for each in placed:
        goal = each.goal
        if not isinstance(goal, KeyResult) or goal.origin is None:
            continue
        kpi = known.get(goal.origin.kpi)
        if not isinstance(kpi, Kpi):
            yield UnknownReference(
                each.at("origin", "kpi"), goal.origin.kpi, "the id of a KPI of the model", goal=goal.id
            )
        elif kpi.measure.name != goal.measure.name:
            accepted = f"{described(kpi.measure.name)}, as in the KPI it was promoted from"
            yield MeasuresDiffer(each.at("measure", "name"), goal.measure.name, accepted, goal=goal.id)


class _Measured(NamedTuple):
    """A measure, where it stands among what was given, and the goal it is the measure of, where it is one's."""

    measure: Measure
    path: Path
    goal: str | None


def _measured(
    placed: Iterable[_Placed], derived: Mapping[int, Derived], looked_at: Mapping[int, Measure]
) -> Iterator[_Measured]:
    for each in placed:
        if isinstance(each.goal, Kpi | KeyResult | Commit):
            yield _Measured(each.goal.measure, each.at("measure"), each.goal.id)
    for at, follows in sorted(derived.items(), key=lambda each: _its_measure(each[1])):
        yield _Measured(follows.measure, Path(("derived", at, "measure")), None)
        yield from (_Measured(part, Path(("derived", at, "formula", part.name)), None) for part in follows.parts)
    for at, measure in looked_at.items():
        yield _Measured(measure, Path(("good_to_know", at)), None)


def _differing_measures(measured: Iterable[_Measured]) -> Iterator[GoalModelError]:
    known: dict[str, Measure] = {}
    for measure, path, goal in measured:
        expected = known.setdefault(measure.name, measure)
        if measure != expected:
            field, wanted = first_difference(measure, expected)
            accepted = f"{wanted}, as in the other goals on it"
            yield MeasuresDiffer(Path((*path, field)), getattr(measure, field), accepted, goal=goal)


def _derived_twice(derived: Mapping[int, Derived]) -> Iterator[GoalModelError]:
    taken = set[str]()
    for at, each in derived.items():
        name = each.measure.name
        if name in taken:
            yield GivenTwice(("derived", at, "measure", "name"), name, "a measure that is derived once")
        taken.add(name)


def _said_twice(capacities: Iterable[Capacity]) -> Iterator[GoalModelError]:
    """Yield what is wrong with capacities: what is none, and what begins before the one before it is over."""
    known = list[tuple[int, Capacity]]()
    for at, each in enumerate(capacities):
        if type(each) is not Capacity:
            yield WrongType(("capacities", at), each, a(Capacity))
        else:
            known.append((at, each))
    known.sort(key=lambda placed: _its_time(placed[1]))
    latest = dict[str, dt.date]()
    for at, each in known:
        start, end = _time_of(each)
        if each.resource in latest and start <= latest[each.resource]:
            accepted = "how much there is of it once for each day"
            yield GivenTwice(("capacities", at, "resource"), each.resource, accepted)
        latest[each.resource] = max(end, latest.get(each.resource, end))


def _looked_at_twice(measures: Iterable[Measure]) -> Iterator[GoalModelError]:
    """Yield what is wrong with what is good to know: what is no measure, and what stands there already."""
    taken = set[str]()
    for at, each in enumerate(measures):
        if type(each) is not Measure:
            yield WrongType(("good_to_know", at), each, a(Measure))
        elif each.name in taken:
            yield GivenTwice(("good_to_know", at, "name"), each.name, "a measure that is good to know once")
        else:
            taken.add(each.name)


def _none_before(before: Iterable[Goal]) -> Iterator[GoalModelError]:
    """Yield what is wrong with goals of the time before the events: what is none, and ids that are given twice."""
    taken = set[str]()
    for at, each in enumerate(before):
        if not isinstance(each, KINDS):
            yield WrongType(("before", at), each, "a goal")
            continue
        for id_ in ids_of(each):
            if id_ in taken:
                yield GivenTwice(("before", at, "id"), id_, "an id that no other goal of then has", goal=id_)
            taken.add(id_)


def _time_of(capacity: Capacity) -> tuple[dt.date, dt.date]:
    period = capacity.period
    return (dt.date.min, dt.date.max) if period is None else (period.start, period.end)


def _its_time(capacity: Capacity) -> tuple[str, dt.date, dt.date]:
    return (capacity.resource, *_time_of(capacity))


def _derived_circles(derived: Mapping[int, Derived]) -> Iterator[GoalModelError]:
    places = {each.measure.name: at for at, each in derived.items()}
    links = {name: [part.name for part in derived[at].parts if part.name in places] for name, at in places.items()}
    for circle in _circles_among(dict(sorted(links.items()))):
        accepted = "formulas that lead to what is read, and never back"
        yield GoesInCircles(("derived", places[circle[0]], "formula"), tuple(circle), accepted)


def _circles(placed: Iterable[_Placed]) -> Iterator[GoalModelError]:
    objectives = {each.goal.id: each for each in placed if isinstance(each.goal, Objective)}
    upwards = {id_: [to for to in each.goal.serves if to in objectives] for id_, each in objectives.items()}
    for circle in _circles_among(upwards):
        first = objectives[circle[0]]
        at = first.goal.serves.index(circle[1])
        yield GoesInCircles(first.at("serves", at), tuple(circle), goal=circle[0])


def _circles_among(upwards: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Find circles by taking away, again and again, what leads to none of those left (Kahn 1962).

    What can't be taken leads into a circle. Each one found is taken away too, so that the next one is found.
    """
    waiting = {id_: len(served) for id_, served in upwards.items()}
    serving: dict[str, list[str]] = {id_: [] for id_ in upwards}
    for id_, served in upwards.items():
        for to in served:
            serving[to].append(id_)
    _take(waiting, serving, [id_ for id_, count in waiting.items() if not count])
    for start in upwards:
        while start in waiting:
            circle = _circle(start, upwards, waiting)
            yield circle
            _take(waiting, serving, circle[1:])


def _take(waiting: dict[str, int], serving: Mapping[str, Iterable[str]], free: list[str]) -> None:
    """Take away those that are *free*, and all that then serve none of those that are left *waiting*."""
    while free:
        taken = free.pop()
        if waiting.pop(taken, None) is None:
            continue
        for id_ in serving[taken]:
            if id_ in waiting:
                waiting[id_] -= 1
                if not waiting[id_]:
                    free.append(id_)


def _circle(start: str, upwards: Mapping[str, Iterable[str]], among: Container[str]) -> list[str]:
    """Return the circle that is reached upwards from *start*, where each one *among* them serves another."""
    walked: dict[str, int] = {}
    at = start
    while at not in walked:
        walked[at] = len(walked)
        at = next(served for served in upwards[at] if served in among)
    return [*list(walked)[walked[at] :], at]


_its_id = attrgetter("id")
_its_measure = attrgetter("measure.name")
_its_name = attrgetter("name")

_KINDS: Final[Mapping[str, type[Goal]]] = MappingProxyType(
    {
        "kpis": Kpi,
        "composites": CompositeKpi,
        "key_results": KeyResult,
        "commits": Commit,
        "objectives": Objective,
        "initiatives": Initiative,
    }
)
"""The kind of the goals in each field of a model."""
