"""Roll-ups by hand: every sum can be done again on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement, permutations
from typing import cast

import attrs
import pytest

from goalmodel import (
    Attainment,
    Cadence,
    Commit,
    CommitAssessment,
    Cycle,
    KeyResult,
    KeyResultAssessment,
    Kpi,
    Measure,
    Objective,
    OnDueDate,
    Reading,
    Rollup,
    Score,
    Series,
    Standard,
)
from goalmodel.errors import EmptyText, GivenTwice, OutOfBounds, WrongType
from goalmodel.measure import Number
from goalmodel.objective import Coverage, RollupMethod, RollupPolicy, Unscored, roll_up, roll_up_all

QUARTER = Cycle.quarter(2026, 4)
RUNNING = QUARTER.end - dt.timedelta(days=1)
MEASURE = Measure("anything")
KEPT, NOT_KEPT = Attainment.KEPT, Attainment.NOT_KEPT
IN_FLIGHT, UNKNOWN = Attainment.IN_FLIGHT, Attainment.UNKNOWN
NOT_YET = Attainment.NOT_YET_OBSERVABLE


def _moved(name: str, score: Number | None, weight: Number = 1) -> KeyResultAssessment:
    """Return a key result from 0 to 1 that has come to *score*, or nowhere anybody knows of."""
    moved = KeyResult(id=name, measure=MEASURE, baseline=0, target=1, cycle=QUARTER, weight=weight)
    readings = [] if score is None else [(RUNNING, score)]
    return moved.assess(Series.of(MEASURE, readings), as_of=RUNNING)


def _judged(name: str, attainment: Attainment) -> CommitAssessment:
    """Return a commit with that attainment: to stand at 1 or above by the end of the quarter."""
    readings: dict[Attainment, list[tuple[dt.date, Number]]] = {
        KEPT: [(QUARTER.end, 1)],
        NOT_KEPT: [(QUARTER.end, 0)],
        IN_FLIGHT: [(QUARTER.start, 1)],
        NOT_YET: [(dt.date(2026, 11, 30), 1)],
        UNKNOWN: [],
    }
    commit = Commit(
        id=name,
        measure=MEASURE,
        standard=Standard.done(),
        due=QUARTER.end,
        declared_on=QUARTER.start,
        manner=OnDueDate(),
        cadence=Cadence.MONTHLY if attainment is NOT_YET else None,
    )
    as_of = QUARTER.start if attainment is IN_FLIGHT else QUARTER.end
    found = commit.assess(Series.of(MEASURE, readings[attainment]), as_of=as_of)
    assert found.attainment is attainment
    return found


MEANS: list[tuple[list[tuple[Number | None, Number]], Fraction | None, Coverage]] = [
    # score and weight of each, their mean, and what it rests on
    ([], None, Coverage(scored=0, total=0, weight=Fraction(0))),
    ([(0, 1)], Fraction(0), Coverage(scored=1, total=1, weight=Fraction(1))),
    ([(0.7, 1)], Fraction(7, 10), Coverage(scored=1, total=1, weight=Fraction(1))),
    ([(0.7, 1), (0.4, 1)], Fraction(11, 20), Coverage(scored=2, total=2, weight=Fraction(1))),
    ([(0.7, 3), (0.3, 1)], Fraction(6, 10), Coverage(scored=2, total=2, weight=Fraction(1))),
    ([(0.1, 1), (0.2, 1), (0.6, 1)], Fraction(3, 10), Coverage(scored=3, total=3, weight=Fraction(1))),
    # what lies beyond the ends counts as the end
    ([(1.5, 1), (0.5, 1)], Fraction(3, 4), Coverage(scored=2, total=2, weight=Fraction(1))),
    ([(-0.25, 1), (0.5, 1)], Fraction(1, 4), Coverage(scored=2, total=2, weight=Fraction(1))),
    ([(10**900, 1), (0, 1)], Fraction(1, 2), Coverage(scored=2, total=2, weight=Fraction(1))),
    # what is not scored is not 0
    ([(None, 1)], None, Coverage(scored=0, total=1, weight=Fraction(0))),
    ([(0.7, 1), (None, 1)], Fraction(7, 10), Coverage(scored=1, total=2, weight=Fraction(1, 2))),
    ([(0.7, 1), (None, 999)], Fraction(7, 10), Coverage(scored=1, total=2, weight=Fraction(1, 1000))),
    (
        [(0.9, 2), (0.5, 4), (0.1, 1), (None, 2), (None, 1)],
        Fraction(39, 70),
        Coverage(scored=3, total=5, weight=Fraction(7, 10)),
    ),
    # weights mean only what they are to one another
    ([(1, 0.1), (0, 0.2)], Fraction(1, 3), Coverage(scored=2, total=2, weight=Fraction(1))),
    ([(1, Decimal("1e-300")), (0, Decimal("2e-300"))], Fraction(1, 3), Coverage(scored=2, total=2, weight=Fraction(1))),
]


def _numbered(children: Sequence[tuple[Number | None, Number]]) -> list[KeyResultAssessment]:
    return [_moved(f"kr{index}", score, weight) for index, (score, weight) in enumerate(children)]


@pytest.mark.parametrize(("children", "mean", "coverage"), MEANS)
def test_the_mean_is_the_one_on_paper(
    children: list[tuple[Number | None, Number]], mean: Fraction | None, coverage: Coverage
) -> None:
    found = roll_up(_numbered(children))
    assert (found.score, found.coverage) == (mean, coverage)


def test_every_line_shows_its_part() -> None:
    found = roll_up([_moved("c", None, 5), _moved("a", 1.5, 3), _moved("b", 0.4, 1)])
    shown = [(line.key_result, line.score, line.weight, line.share, line.contribution) for line in found.lines]
    assert shown == [
        ("a", Score(1.5), Fraction(3), Fraction(3, 4), Fraction(3, 4)),
        ("b", Score(0.4), Fraction(1), Fraction(1, 4), Fraction(1, 10)),
        ("c", None, Fraction(5), Fraction(0), Fraction(0)),
    ]
    assert found.score == Fraction(17, 20)


def test_the_order_of_the_children_means_nothing() -> None:
    children = [_moved("a", 0.7, 2), _moved("b", None), _moved("c", -1, 3)]
    commits = [_judged("x", KEPT), _judged("y", UNKNOWN)]
    found = {roll_up(some, others) for some in permutations(children) for others in permutations(commits)}
    assert len(found) == 1


# ---------------------------------------------------------------------------------------- the conjunction

# Every set of attainments that can come together, and what they come to; how often each comes changes nothing.
CONJUNCTION: dict[frozenset[Attainment], Attainment | None] = {
    frozenset(): None,
    frozenset({KEPT}): KEPT,
    frozenset({IN_FLIGHT}): IN_FLIGHT,
    frozenset({UNKNOWN}): UNKNOWN,
    frozenset({NOT_KEPT}): NOT_KEPT,
    frozenset({KEPT, IN_FLIGHT}): IN_FLIGHT,
    frozenset({KEPT, UNKNOWN}): UNKNOWN,
    frozenset({KEPT, NOT_KEPT}): NOT_KEPT,
    frozenset({IN_FLIGHT, UNKNOWN}): UNKNOWN,
    frozenset({IN_FLIGHT, NOT_KEPT}): NOT_KEPT,
    frozenset({UNKNOWN, NOT_KEPT}): NOT_KEPT,
    frozenset({KEPT, IN_FLIGHT, UNKNOWN}): UNKNOWN,
    frozenset({KEPT, IN_FLIGHT, NOT_KEPT}): NOT_KEPT,
    frozenset({KEPT, UNKNOWN, NOT_KEPT}): NOT_KEPT,
    frozenset({IN_FLIGHT, UNKNOWN, NOT_KEPT}): NOT_KEPT,
    frozenset({KEPT, IN_FLIGHT, UNKNOWN, NOT_KEPT}): NOT_KEPT,
    frozenset({NOT_YET}): NOT_YET,
    frozenset({NOT_YET, KEPT}): NOT_YET,
    frozenset({NOT_YET, IN_FLIGHT}): NOT_YET,
    frozenset({NOT_YET, UNKNOWN}): UNKNOWN,
    frozenset({NOT_YET, NOT_KEPT}): NOT_KEPT,
    frozenset({NOT_YET, KEPT, IN_FLIGHT}): NOT_YET,
    frozenset({NOT_YET, KEPT, UNKNOWN}): UNKNOWN,
    frozenset({NOT_YET, KEPT, NOT_KEPT}): NOT_KEPT,
    frozenset({NOT_YET, IN_FLIGHT, UNKNOWN}): UNKNOWN,
    frozenset({NOT_YET, IN_FLIGHT, NOT_KEPT}): NOT_KEPT,
    frozenset({NOT_YET, UNKNOWN, NOT_KEPT}): NOT_KEPT,
    frozenset({NOT_YET, KEPT, IN_FLIGHT, UNKNOWN}): UNKNOWN,
    frozenset({NOT_YET, KEPT, IN_FLIGHT, NOT_KEPT}): NOT_KEPT,
    frozenset({NOT_YET, KEPT, UNKNOWN, NOT_KEPT}): NOT_KEPT,
    frozenset({NOT_YET, IN_FLIGHT, UNKNOWN, NOT_KEPT}): NOT_KEPT,
    frozenset({NOT_YET, KEPT, IN_FLIGHT, UNKNOWN, NOT_KEPT}): NOT_KEPT,
}


@pytest.mark.parametrize("count", range(6))
def test_commits_are_kept_together_only_if_each_of_them_is(count: int) -> None:
    for together in combinations_with_replacement(Attainment, count):
        found = roll_up([], [_judged(f"c{index}", each) for index, each in enumerate(together)])
        assert found.attainment is CONJUNCTION[frozenset(together)], together
        assert [attainment for _, attainment in found.commits] == list(together)


def test_a_commit_leaves_the_mean_alone_and_a_key_result_the_conjunction() -> None:
    alone = roll_up([_moved("a", 0.4)])
    with_commits = roll_up([_moved("a", 0.4)], [_judged("x", KEPT), _judged("y", KEPT)])
    assert (with_commits.score, with_commits.coverage) == (alone.score, alone.coverage)
    assert (alone.attainment, with_commits.attainment) == (None, KEPT)


# ------------------------------------------------------------------------------------------------- reasons


@pytest.mark.parametrize(
    ("children", "attainments", "sentences"),
    [
        ([], [], []),
        ([(0.7, 1)], [], ["1 of 1 key result scored, 100 % of the weight"]),
        ([(None, 1)], [], ["none of 1 key result is scored: there is no mean"]),
        (
            [(0.9, 2), (0.5, 4), (0.1, 1), (None, 2), (None, 1)],
            [],
            ["3 of 5 key results scored, 70 % of the weight"],
        ),
        ([(0.7, 999_999), (None, 1)], [], ["1 of 2 key results scored, 99.9999 % of the weight"]),
        (
            [],
            [KEPT, KEPT, NOT_KEPT, IN_FLIGHT, UNKNOWN],
            ["of 5 commits: 2 kept, 1 not kept, 1 in flight, 1 unknown, 0 not yet observable"],
        ),
        (
            [(1, 1)],
            [KEPT],
            [
                "1 of 1 key result scored, 100 % of the weight",
                "of 1 commit: 1 kept, 0 not kept, 0 in flight, 0 unknown, 0 not yet observable",
            ],
        ),
    ],
)
def test_a_rollup_says_what_it_rests_on(
    children: list[tuple[Number | None, Number]], attainments: list[Attainment], sentences: list[str]
) -> None:
    commits = [_judged(f"c{index}", each) for index, each in enumerate(attainments)]
    assert [str(reason) for reason in roll_up(_numbered(children), commits).reasons] == sentences


def test_the_kinds_are_never_averaged_together() -> None:
    found = roll_up([_moved("a", 1)], [_judged("x", NOT_KEPT)])
    assert (found.score, found.attainment) == (Fraction(1), NOT_KEPT)
    assert not any(isinstance(each, Fraction) for _, each in found.commits)


# ------------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize("count", [2, 3])
def test_a_goal_among_the_children_more_than_once_is_refused(count: int) -> None:
    with pytest.raises(GivenTwice) as refusal:
        roll_up([_moved("b", 0.7), *[_moved("a", 0.4)] * count])
    assert (str(refusal.value.field), refusal.value.given) == ("key_results", "a")
    with pytest.raises(GivenTwice) as refusal:
        roll_up([], [_judged("x", KEPT)] * count)
    assert (str(refusal.value.field), refusal.value.given) == ("commits", "x")


def test_a_kpi_does_not_roll_up() -> None:
    watched = Kpi(id="kpi", measure=MEASURE).assess(Series(MEASURE, (Reading(QUARTER.end, 1),)), as_of=QUARTER.end)
    with pytest.raises(WrongType) as refusal:
        roll_up([cast("KeyResultAssessment", watched)])
    assert str(refusal.value.field) == "key_results[0]"
    with pytest.raises(WrongType) as refusal:
        roll_up([], [cast("CommitAssessment", watched)])
    assert str(refusal.value.field) == "commits[0]"


@pytest.mark.parametrize("given", [None, 0.7, "abc", [0.7], [_moved("a", 0.7).key_result], [_judged("x", KEPT)]])
def test_only_assessments_of_key_results_and_commits_roll_up(given: object) -> None:
    with pytest.raises(WrongType):
        roll_up(cast("list[KeyResultAssessment]", given))


# ----------------------------------------------------------------------------------------------- objective


def test_an_objective_is_an_outcome_in_words() -> None:
    seen = Objective(id="timely", title="Patients are seen in time", serves=["trust", "health", "trust"])
    assert seen.serves == ("health", "trust")
    assert seen == Objective(id="timely", title="Patients are seen in time", serves=("health", "trust"))
    assert Objective(id="a", title="b", serves="c").serves == ("c",)
    assert seen.owner is None


@pytest.mark.parametrize("title", ["", " ", "\n"])
def test_an_objective_says_something(title: str) -> None:
    with pytest.raises(EmptyText) as refusal:
        Objective(id="timely", title=title)
    assert str(refusal.value.field) == "title"


def test_a_rollup_of_a_well_known_objective() -> None:
    """Customers come back: satisfaction 80 to 90, onboarding 10 to 6 days, ten new clients; and uptime is a commit."""
    measures = {name: Measure(name) for name in ("satisfaction", "onboarding", "clients")}
    ways: dict[str, tuple[Number, Number, Number]] = {
        "satisfaction": (80, 90, 84),
        "onboarding": (10, 6, 6),
        "clients": (0, 10, 13),
    }
    children = [
        KeyResult(id=name, measure=measures[name], baseline=baseline, target=target, cycle=QUARTER).assess(
            Series.of(measures[name], {QUARTER.end: value}), as_of=QUARTER.end
        )
        for name, (baseline, target, value) in ways.items()
    ]
    found = roll_up(children, [_judged("uptime", KEPT)])
    assert isinstance(found, Rollup)
    assert found.score == Fraction(8, 10)
    assert found.attainment is KEPT
    assert [line.key_result for line in found.lines] == ["clients", "onboarding", "satisfaction"]


def test_scores_of_any_length_roll_up_and_their_sum_is_still_shown() -> None:
    children = [_moved(f"kr{index}", Fraction(1, 10**900 + index)) for index in range(6)]
    found = roll_up(children)
    assert found.result is not None
    assert found.worked[-1] == "weighted mean: >0"
    for mean in RollupMethod:
        assert len(roll_up(children, policy=RollupPolicy(mean=mean, unscored=Unscored.AS_ZERO)).worked) == 7


def test_a_computed_score_longer_than_a_door_takes_has_its_part_in_the_mean() -> None:
    moved = KeyResult(id="kr", measure=MEASURE, baseline=0, target=10**900 + 7, cycle=QUARTER)
    found = moved.assess(Series.of(MEASURE, [(QUARTER.end, Fraction(1, 10**900 + 9))]), as_of=QUARTER.end)
    assert roll_up([found]).result == Fraction(1, (10**900 + 7) * (10**900 + 9))


def test_what_nobody_read_does_not_raise_the_mean() -> None:
    """One reached and two never read, when the cycle is over (K18)."""
    read = _moved("read", 1)
    never = [_moved("one", None), _moved("two", None)]
    assert roll_up([read, *never]).score == 1
    at_the_end = [attrs.evolve(each, as_of=QUARTER.end) for each in (read, *never)]
    found = roll_up(at_the_end)
    assert found.score is None
    assert [str(each) for each in found.reasons] == ["1 of 3 key results scored: without the others there is no mean"]


def test_each_key_result_is_covered_once_however_many_objectives_it_serves() -> None:
    """One is scored and serves all three objectives, two of which serve the third; the other is not scored."""
    whole, *below = (Objective(id=each, title=each, serves="o0" if each != "o0" else ()) for each in ("o0", "o1", "o2"))
    scored = _moved("scored", Fraction(1, 2))
    scored = attrs.evolve(scored, key_result=attrs.evolve(scored.key_result, serves=("o0", "o1", "o2")))
    unscored = _moved("unscored", None)
    unscored = attrs.evolve(unscored, key_result=attrs.evolve(unscored.key_result, serves="o0"))
    found = {each.id: rolled for each, rolled in roll_up_all([whole, *below], [scored, unscored])}
    assert (found["o0"].coverage.scored, found["o0"].coverage.total) == (1, 2)
    assert found["o0"].key_results == (("scored", True), ("unscored", False))
    # Of the weight three of four parts are scored: it plays its part in each.
    assert found["o0"].coverage.weight == Fraction(3, 4)
    assert (found["o1"].coverage.scored, found["o1"].coverage.total) == (1, 1)


def test_what_a_roll_up_below_covers_of_the_weight_is_never_rounded_up() -> None:
    """Nor where it was put together without the names of what it rests on."""
    below = Objective(id="below", title="below", serves="top")
    half = roll_up([_moved("read", 1), _moved("never", None)])
    assert half.coverage.weight == Fraction(1, 2)
    nameless = attrs.evolve(half, key_results=())
    for each in (half, nameless):
        assert roll_up([], objectives=[(below, each)]).coverage.weight == Fraction(1, 2)


class TestWeightsByLink:
    """A key result and an objective may count differently in each objective they serve."""

    def test_each_link_has_its_own_weight(self) -> None:
        moved = KeyResult(
            id="both", measure=MEASURE, baseline=0, target=1, cycle=QUARTER, serves={"a": 6, "b": 1}, weight=2
        )
        assert (moved.serves, moved.link_weights) == (("a", "b"), (("a", Fraction(6)), ("b", Fraction(1))))
        assert [moved.weight_in(each) for each in ("a", "b", "c", None)] == [6, 1, 2, 2]
        one = moved.assess(Series.of(MEASURE, {RUNNING: 1}), as_of=RUNNING)
        other = attrs.evolve(moved, id="other", link_weights=(), weight=1).assess(
            Series.of(MEASURE, {RUNNING: 0}), as_of=RUNNING
        )
        goals = [Objective(id="top", title="Top"), *(Objective(id=name, title="One", serves="top") for name in "ab")]
        found = {each.id: rolled for each, rolled in roll_up_all(goals, [one, other])}
        assert [found[name].score for name in ("a", "b")] == [Fraction(6, 7), Fraction(1, 2)]
        assert [line.weight for line in found["a"].lines] == [6, 1]
        assert roll_up([one, other]).score == Fraction(2, 3)
        weighed = [goals[0], attrs.evolve(goals[1], serves={"top": 3}), goals[2]]
        top = {each.id: rolled for each, rolled in roll_up_all(weighed, [one, other])}["top"]
        assert top.score == (3 * Fraction(6, 7) + Fraction(1, 2)) / 4
        assert [line.weight for line in top.objectives] == [3, 1]

    def test_the_weights_of_links_that_are_gone_are_gone(self) -> None:
        goal = Objective(id="o", title="One", serves={"a": 6, "b": 1})
        assert attrs.evolve(goal, serves="b").link_weights == (("b", Fraction(1)),)
        assert Objective(id="o", title="One", serves="a", link_weights={"a": 2, "b": 3}).link_weights == (
            ("a", Fraction(2)),
        )
        assert Objective(id="o", title="One", serves=("a", "b"), link_weights=[("b", 1), ("a", 6)]) == goal

    def test_what_is_no_weight_is_refused(self) -> None:
        with pytest.raises(OutOfBounds) as refused:
            Objective(id="o", title="One", serves={"a": 0})
        assert refused.value.field == ("serves", "a")
        with pytest.raises(OutOfBounds):
            Objective(id="o", title="One", serves="a", link_weights={"a": 0})
        with pytest.raises(GivenTwice):
            Objective(id="o", title="One", serves="a", link_weights=[("a", 1), ("a", 2)])
        with pytest.raises(WrongType, match="a pair of an id"):
            Objective(id="o", title="One", serves="a", link_weights=["a"])  # type: ignore[list-item] # pyright: ignore[reportArgumentType] # no pair
        with pytest.raises(WrongType, match="weights by link"):
            Kpi(id="k", measure=MEASURE, serves={"a": 1})
        with pytest.raises(EmptyText):
            roll_up([], within=" ")
