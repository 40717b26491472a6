"""Means by name and cycles side by side, by hand: below, on and above every edge."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

import attrs
import pytest

from goalmodel import Attainment, Cycle, Health, KpiAssessment, Objective, Outcome, Rollup, Score
from goalmodel.errors import OutOfBounds, WrongType
from goalmodel.measure import Number
from goalmodel.objective import CalibrationPolicy, ClosedCycle, RollupMethod, Root, calibrate, combine, roll_up

KEPT, NOT_KEPT = Attainment.KEPT, Attainment.NOT_KEPT

# ------------------------------------------------------------------------------------------------ the means

MEANS: list[tuple[list[tuple[Number, Number]], Fraction, Fraction, tuple[Fraction, int], str]] = [
    # scores and weights; weighted mean, minimum, of what and which root the geometric mean is, and as it is shown
    ([(0.7, 1)], Fraction(7, 10), Fraction(7, 10), (Fraction(7, 10), 1), "70 %"),
    ([(0.1, 1), (0.9, 1)], Fraction(1, 2), Fraction(1, 10), (Fraction(3, 10), 1), "30 %"),
    ([(0.5, 1), (1, 1)], Fraction(3, 4), Fraction(1, 2), (Fraction(1, 2), 2), "70.7 %"),
    ([(0.25, 1), (1, 1)], Fraction(5, 8), Fraction(1, 4), (Fraction(1, 2), 1), "50 %"),
    ([(0.5, 2), (1, 1)], Fraction(2, 3), Fraction(1, 2), (Fraction(1, 4), 3), "63 %"),
    ([(0.5, 20), (1, 10)], Fraction(2, 3), Fraction(1, 2), (Fraction(1, 4), 3), "63 %"),
    ([(0, 1), (1, 99)], Fraction(99, 100), Fraction(0), (Fraction(0), 1), "0 %"),
    ([(1, 1), (1, 2)], Fraction(1), Fraction(1), (Fraction(1), 1), "100 %"),
]


@pytest.mark.parametrize(("parts", "weighted", "least", "root", "shown"), MEANS)
def test_the_means_are_those_on_paper(
    parts: list[tuple[Number, Number]], weighted: Fraction, least: Fraction, root: tuple[Fraction, int], *, shown: str
) -> None:
    geometric = combine(parts, RollupMethod.GEOMETRIC)
    assert isinstance(geometric, Root)
    assert (combine(parts), combine(parts, RollupMethod.MINIMUM)) == (weighted, least)
    assert ((geometric.of, geometric.degree), str(geometric)) == (root, shown)


def test_the_worst_light_is_the_one_furthest_back() -> None:
    words = [(Outcome.REACHED, 9), (Outcome.LITTLE_MOVEMENT, 1), (Outcome.MOST_OF_THE_WAY, 5)]
    assert combine(words, RollupMethod.WORST_LIGHT) is Outcome.LITTLE_MOVEMENT
    assert combine([*words, (Outcome.MOVED_BACK, 1)], RollupMethod.WORST_LIGHT) is Outcome.MOVED_BACK


@pytest.mark.parametrize(
    ("root", "number", "is_below"),
    [
        (Root(Fraction(1, 2), 2), Fraction(70710678118654752440, 10**20), False),
        (Root(Fraction(1, 2), 2), Fraction(70710678118654752441, 10**20), True),
        (Root(Fraction(49, 100), 2), Fraction(7, 10), False),
        (Root(Fraction(49, 100) - Fraction(1, 10**90), 2), Fraction(7, 10), True),
    ],
)
def test_a_root_is_compared_to_the_last_digit(root: Root, number: Fraction, *, is_below: bool) -> None:
    assert (root < number) is is_below
    assert (root >= number) is not is_below


def test_a_root_is_shown_only_as_good_as_it_is() -> None:
    assert str(Root(Fraction(1) - Fraction(1, 10**6), 2)) == "99.9999 %"
    assert Root(Fraction(2), 2).below(3) == Fraction(1414, 1000)
    with pytest.raises(OutOfBounds):
        Root(Fraction(2), 2).below(101)


@pytest.mark.parametrize(
    ("root", "nearest", "shown"),
    [
        (Root((1 + Fraction(1, 2**53)) ** 2, 2), 1.0, ">100 %"),
        (Root((1 + Fraction(1, 2**53)) ** 2 + Fraction(1, 10**90), 2), 1 + 2**-52, ">100 %"),
        (Root(Fraction(7005, 10**4) ** 2 + Fraction(1, 10**90), 2), 0.7005, "70.1 %"),
        (Root(Fraction(7005, 10**4) ** 2 - Fraction(1, 10**90), 2), 0.7005, "70 %"),
    ],
)
def test_a_root_beside_what_lies_between_two_texts_is_looked_at_until_it_is_decided(
    root: Root, nearest: float, shown: str
) -> None:
    assert (float(root), str(root)) == (nearest, shown)


@pytest.mark.parametrize("given", [Health.HEALTHY, None])
def test_how_kpis_stand_is_said_by_assessments(given: object) -> None:
    with pytest.raises(WrongType) as refusal:
        roll_up([], kpis=cast("list[KpiAssessment]", [given]))
    assert str(refusal.value.field) == "kpis[0]"


@pytest.mark.parametrize("given", [0.7, (0.7,), (0.7, 1, 1), None])
def test_a_part_is_a_score_with_its_weight(given: object) -> None:
    with pytest.raises(WrongType):
        combine(cast("list[tuple[Number, Number]]", [given]))


@pytest.mark.parametrize("given", [Objective(id="o", title="t"), (Objective(id="o", title="t"), None), None])
def test_an_objective_below_comes_with_its_rollup(given: object) -> None:
    with pytest.raises(WrongType) as refusal:
        roll_up([], objectives=cast("list[tuple[Objective, Rollup]]", [given]))
    assert str(refusal.value.field) == "objectives[0]"


# ----------------------------------------------------------------------------------------- several cycles


def _cycles(scores: list[list[Number]], attainments: list[list[Attainment]] | None = None) -> list[ClosedCycle]:
    kept = attainments or [[] for _ in scores]
    return [
        ClosedCycle(cycle=Cycle.quarter(2026, index + 1), scores=[Score(each) for each in found], attainments=held)
        for index, (found, held) in enumerate(zip(scores, kept, strict=True))
    ]


@pytest.mark.parametrize(
    ("scores", "codes"),
    [
        ([[1, 1, 1], [1, 1.5, 1], [1, 1, 2]], ["calibration-sandbagging"]),
        ([[1, 1, 1], [1, 1.5, 1], [1, 1, 0.9999]], []),
        ([[1, 1, 1], [1, 1, 1]], []),
        # a cycle with too few goals is passed over, one that breaks the run ends it
        ([[1, 1, 1], [0], [1, 1, 1], [1, 1, 1]], ["calibration-sandbagging"]),
        ([[1, 1, 1], [1, 0, 1], [1, 1, 1], [1, 1, 1]], []),
        # a mean of 0.4 is not below it
        ([[0.4, 0.4, 0.4], [0.3, 0.3, 0.3], [0.3, 0.3, 0.3]], []),
        ([[0.3, 0.4, 0.4], [0.3, 0.3, 0.3], [0.3, 0.3, 0.3]], ["calibration-out-of-reach"]),
        # what went back counts as 0, what went past as 1
        ([[-9, 0.6, 0.6], [9, 0, 0], [0.3, 0.3, 0.3]], []),
    ],
)
def test_three_cycles_in_a_row_are_a_sign(scores: list[list[Number]], codes: list[str]) -> None:
    assert [reason.code for reason in calibrate(_cycles(scores)).signs] == codes


def test_promises_that_are_not_all_kept_three_times_in_a_row_are_too_many() -> None:
    broken, whole = [KEPT, KEPT, NOT_KEPT], [KEPT, KEPT, KEPT]
    often = calibrate(_cycles([[], [], []], [broken, broken, broken]))
    assert ([reason.code for reason in often.signs], often.keep_rate) == (
        ["calibration-over-commitment"],
        Fraction(2, 3),
    )
    assert calibrate(_cycles([[], [], []], [broken, whole, broken])).signs == ()
    undecided = [KEPT, NOT_KEPT, Attainment.IN_FLIGHT]
    assert calibrate(_cycles([[], [], []], [broken, undecided, broken])).signs == ()


def test_confidence_is_set_against_what_came_of_it() -> None:
    sure = [(0.8, True)] * 12 + [(0.8, False)] * 8
    closed = ClosedCycle(cycle=Cycle.quarter(2026, 1), forecasts=cast("list[tuple[Number, bool]]", sure))
    found = calibrate([closed])
    assert (found.mean_confidence, found.share_came_true) == (Fraction(4, 5), Fraction(3, 5))
    assert found.brier == Fraction(12 * 4 + 8 * 64, 20 * 100)
    assert [str(reason) for reason in found.signs] == [
        "20 times people were 80 % sure on average, and only 60 % of it came true"
    ]
    narrower = CalibrationPolicy(gap=Fraction(21, 100))
    assert calibrate([closed], policy=narrower).signs == ()
    assert calibrate([attrs.evolve(closed, forecasts=closed.forecasts[1:])]).signs == ()
    assert calibrate([]).mean_confidence is None


@pytest.mark.parametrize("given", [0.5, (0.5,), (0.5, 1), (0.5, None)])
def test_a_forecast_is_a_confidence_and_whether_it_came_true(given: object) -> None:
    with pytest.raises(WrongType):
        ClosedCycle(cycle=Cycle.quarter(2026, 1), forecasts=cast("list[tuple[Number, bool]]", [given]))
