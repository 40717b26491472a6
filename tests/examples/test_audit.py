"""Formulas of the kinds people have at home, and every law each of them is known to break.

Each is written from what such formulas are described to do; what it breaks was worked out by hand.
"""

# ruff: noqa: ARG001 - what a formula takes, and what it makes of it, is the point here

from __future__ import annotations

import gc
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from goalmodel import Cycle, Health, HealthBands, KeyResult, Measure
from goalmodel.errors import OutOfBounds, WrongType
from goalmodel.testing import (
    FormulaKind,
    HealthLaws,
    KeptLaws,
    PaceLaws,
    RollupLaws,
    ScoreLaws,
    audit,
)
from goalmodel.testing.laws.auditing import LAWS
from goalmodel.testing.laws.rules import RULES

pytestmark = pytest.mark.one_python

RULEBOOK = Path(__file__).parents[2] / "docs" / "reference" / "rules.md"
QUARTER = Cycle.quarter(2026, 4)
A_MEASURE = Measure("satisfaction", unit="points")

SCORE, HEALTH, PACE, KEPT, ROLLUP = FormulaKind


class Known(NamedTuple):
    """A formula, the laws it is known to break, by their names in one text, and what the audit is told about it."""

    formula: Callable[..., object]
    kind: FormulaKind
    broken: str
    options: dict[str, Any] = {}  # noqa: RUF012 - a named tuple's default, and never changed


# ------------------------------------------------------------------------------------------------- scores


def plain_floats(baseline: float, target: float, value: float) -> float:
    return (value - baseline) / (target - baseline)


def share_of_target(target: float, value: float) -> float:
    return value / target


def clamped_in_percent(start: float, goal: float, current: float) -> float:
    if start == goal:
        return 0
    return max(0, min(100, (current - start) / (goal - start) * 100))


def rounded_to_a_tenth(start: float, goal: float, current: float) -> float:
    return round((current - start) / (goal - start), 1)


def whole_percent(start: float, goal: float, current: float) -> int:
    return round(100 * (current - start) / (goal - start))


def missing_is_nothing(baseline: float, target: float, value: float | None) -> float:
    value = value or 0
    if target == baseline:
        return 1.0
    return (value - baseline) / (target - baseline)


def rising_only(baseline: float, target: float, value: float) -> float:
    return (value - baseline) / abs(target - baseline)


def two_less_the_ratio(target: float, value: float) -> float:
    return 2 - value / target


def in_bands(baseline: float, target: float, value: float) -> float:
    share = (value - baseline) / (target - baseline)
    return 1.0 if share >= 0.7 else 0.5 if share >= 0.3 else 0.0


def percent_or_text(start: float, goal: float, current: float) -> str:
    return f"{(current - start) / (goal - start):.0%}"


def walks_there(baseline: float, target: float, value: float) -> float:
    steps, there = 0.0, baseline
    while there != target:
        there += 1
        steps += 1
    return (value - baseline) / steps


def by_rationals(baseline: float, target: float, value: float) -> Fraction:
    start, end, now = (Fraction(str(number)) for number in (baseline, target, value))
    if start == end:
        raise ValueError("there is no way to go")
    return (now - start) / (end - start)


def by_decimals(start: Decimal, goal: Decimal, current: Decimal) -> Decimal | None:
    if None in {start, current} or start == goal or not Decimal(current).is_finite():
        return None
    return (current - start) / (goal - start)


def by_goalmodel(baseline: float, target: float, value: float) -> Fraction:
    return KeyResult(id="kr", measure=A_MEASURE, baseline=baseline, target=target, cycle=QUARTER).score(value).raw


# -------------------------------------------------------------------------------------------------- words


def printed_bands(edge: float, watch: float, value: float) -> str | None:
    """Bands as they are printed: 70 to 79, 80 and more."""
    if value >= edge:
        return "green"
    if watch <= value <= edge - 1:
        return "amber"
    return "red" if value < watch else None


def above_the_edge(edge: float, value: float) -> bool:
    return value > edge


def healthy_by_goalmodel(edge: float, watch: float, value: float) -> Health:
    bands = HealthBands.at_least(edge, watch=watch) if edge > watch else HealthBands.at_most(edge, watch=watch)
    return bands.health(value)


def kept_nearly(standard: float, value: float) -> bool:
    return value >= 0.995 * standard


def kept_by_ratio(standard: float, value: float) -> bool:
    return round(value / standard, 2) >= 1


def kept_both_ways(standard: float, value: float | None, *, lower_is_better: bool) -> bool | None:
    if value is None or isnan(value):
        return None
    return value <= standard if lower_is_better else value >= standard


def kept_by_name(standard: float, value: float) -> str:
    return "exceeded" if value > standard else "met" if value == standard else "missed"


def pace_by_ratio(baseline: float, target: float, value: float, elapsed: float) -> str:
    ratio = (value - baseline) / (target - baseline) / elapsed
    return "on track" if ratio >= 1 else "behind" if ratio >= 0.75 else "at risk"


def pace_by_rationals(baseline: float, target: float, value: float, elapsed: float) -> str | None:
    start, end, now, time = (Fraction(str(number)) for number in (baseline, target, value, elapsed))
    if start == end:
        return None
    gap = (now - start) / (end - start) - time
    return "ahead" if gap > Fraction(1, 10) else "on pace" if gap >= Fraction(-1, 10) else "behind"


def pace_within_ten_points(baseline: float, target: float, value: float, elapsed: float) -> str:
    """Whoever is further ahead than that is off track as well."""
    gap = (value - baseline) / (target - baseline) - elapsed
    return "on track" if abs(gap) <= 0.1 else "off track"


def pace_by_calendar(elapsed: float) -> str:
    return "on track" if elapsed < 0.5 else "at risk"


def mean_of_scores(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores)


def mean_without_gaps(scores: Sequence[float | None]) -> float:
    return statistics.mean(score for score in scores if score is not None)


def sum_of_weights(scores: Sequence[float | None], weights: Sequence[float]) -> float:
    """Weights that are taken to be percentages."""
    return sum((score or 0) * weight for score, weight in zip(scores, weights, strict=True)) / 100


def by_weights_in_rationals(scores: Sequence[float | None], weights: Sequence[float]) -> Fraction | None:
    if any(weight <= 0 for weight in weights):
        return None
    pairs = [
        (min(max(Fraction(str(score)), Fraction(0)), Fraction(1)), Fraction(weight))
        for score, weight in zip(scores, weights, strict=True)
        if score is not None
    ]
    return (
        sum((score * weight for score, weight in pairs), Fraction(0)) / sum(weight for _, weight in pairs)
        if pairs
        else None
    )


FORMULAS = (
    Known(plain_floats, SCORE, "exact-on-thresholds equal-ends-are-refused not-a-number-is-refused"),
    Known(
        share_of_target,
        SCORE,
        (
            "baseline-scores-0 target-scores-1 linear-between falls-as-it-rises same-in-every-unit "
            "exact-on-thresholds never-rounded-up past-the-target behind-the-baseline more-never-scores-less "
            "equal-ends-are-refused no-baseline-no-score not-a-number-is-refused"
        ),
    ),
    Known(
        clamped_in_percent,
        SCORE,
        "exact-on-thresholds past-the-target behind-the-baseline equal-ends-are-refused not-a-number-is-refused",
        {"whole": 100},
    ),
    Known(
        rounded_to_a_tenth,
        SCORE,
        (
            "linear-between falls-as-it-rises same-in-every-unit never-rounded-up past-the-target "
            "behind-the-baseline equal-ends-are-refused not-a-number-is-refused"
        ),
    ),
    Known(
        whole_percent,
        SCORE,
        "linear-between falls-as-it-rises same-in-every-unit never-rounded-up equal-ends-are-refused",
        {"whole": 100},
    ),
    Known(
        missing_is_nothing,
        SCORE,
        "exact-on-thresholds equal-ends-are-refused no-reading-no-score not-a-number-is-refused",
    ),
    Known(
        rising_only,
        SCORE,
        (
            "target-scores-1 linear-between falls-as-it-rises exact-on-thresholds past-the-target "
            "behind-the-baseline more-never-scores-less equal-ends-are-refused not-a-number-is-refused"
        ),
    ),
    Known(
        two_less_the_ratio,
        SCORE,
        (
            "baseline-scores-0 target-scores-1 linear-between falls-as-it-rises same-in-every-unit "
            "exact-on-thresholds never-rounded-up past-the-target behind-the-baseline more-never-scores-less "
            "equal-ends-are-refused no-baseline-no-score not-a-number-is-refused"
        ),
    ),
    Known(
        in_bands,
        SCORE,
        (
            "linear-between falls-as-it-rises same-in-every-unit exact-on-thresholds never-rounded-up past-the-target "
            "behind-the-baseline equal-ends-are-refused not-a-number-is-refused"
        ),
    ),
    Known(
        percent_or_text,
        SCORE,
        (
            "baseline-scores-0 target-scores-1 linear-between falls-as-it-rises same-in-every-unit "
            "exact-on-thresholds never-rounded-up past-the-target behind-the-baseline more-never-scores-less "
            "equal-ends-are-refused not-a-number-is-refused"
        ),
    ),
    Known(
        walks_there,
        SCORE,
        (
            "baseline-scores-0 target-scores-1 linear-between falls-as-it-rises same-in-every-unit "
            "exact-on-thresholds never-rounded-up past-the-target behind-the-baseline more-never-scores-less "
            "equal-ends-are-refused no-reading-no-score not-a-number-is-refused same-answer-each-time"
        ),
    ),
    Known(by_rationals, SCORE, ""),
    Known(by_decimals, SCORE, "", {"numbers": Decimal}),
    Known(by_goalmodel, SCORE, ""),
    Known(
        printed_bands,
        HEALTH,
        "watch-cut-is-on-watch every-value-has-its-zone lower-is-better-alike never-rounded-up same-in-every-unit",
        {"words": ("green", "amber", "red")},
    ),
    Known(
        above_the_edge,
        HEALTH,
        "edge-is-healthy every-value-has-its-zone not-a-number-is-refused",
        {"words": (True, False)},
    ),
    Known(healthy_by_goalmodel, HEALTH, ""),
    Known(
        kept_nearly,
        KEPT,
        "on-the-standard-is-kept short-is-not-kept beyond-is-kept never-rounded-up not-a-number-is-refused",
    ),
    Known(
        kept_by_ratio,
        KEPT,
        (
            "on-the-standard-is-kept short-is-not-kept beyond-is-kept never-rounded-up same-in-every-unit "
            "not-a-number-is-refused"
        ),
    ),
    Known(kept_both_ways, KEPT, ""),
    Known(
        kept_by_name, KEPT, "beyond-is-kept same-in-every-unit not-a-number-is-refused", {"words": ("met", "missed")}
    ),
    Known(
        pace_by_ratio,
        PACE,
        (
            "as-expected-is-one-word start-is-not-behind falls-as-it-rises same-in-every-unit "
            "equal-ends-are-refused not-a-number-is-refused"
        ),
        {"words": ("on track", "behind", "at risk")},
    ),
    Known(pace_by_rationals, PACE, "", {"words": ("ahead", "on pace", "behind")}),
    Known(
        pace_within_ten_points,
        PACE,
        "more-is-never-worse later-is-never-better falls-as-it-rises same-in-every-unit equal-ends-are-refused "
        "not-a-number-is-refused",
        {"words": ("on track", "off track")},
    ),
    Known(
        pace_by_calendar,
        PACE,
        "as-expected-is-one-word no-reading-no-pace equal-ends-are-refused not-a-number-is-refused",
        {"words": ("on track", "at risk")},
    ),
    Known(mean_of_scores, ROLLUP, "clamped-first nothing-scored-no-score exact-on-thresholds not-a-number-is-refused"),
    Known(mean_without_gaps, ROLLUP, "clamped-first not-a-number-is-refused"),
    Known(
        sum_of_weights,
        ROLLUP,
        (
            "weighted-mean clamped-first between-its-scores weights-are-normalised unscored-is-not-0 "
            "nothing-scored-no-score weight-above-0 exact-on-thresholds not-a-number-is-refused"
        ),
    ),
    Known(by_weights_in_rationals, ROLLUP, ""),
)


def _name(known: Known) -> str:
    return known.formula.__name__


def _sentences() -> dict[str, str]:
    """Return the sentence of each rule of the rulebook, by id."""
    items = re.finditer(r"^- \*\*([A-Z]+-\d+)\*\* (\S.*(?:\n[ \t]+\S.*)*)", RULEBOOK.read_text("utf-8"), re.MULTILINE)
    return {item[1]: " ".join(item[2].split()) for item in items}


@pytest.mark.parametrize("known", FORMULAS, ids=_name)
def test_every_law_a_formula_breaks_is_found_and_no_other(known: Known) -> None:
    report = audit(known.formula, known.kind, **known.options)
    assert {verdict.law for verdict in report.broken} == set(known.broken.split())


def test_an_audit_of_the_same_formula_says_the_same_each_time() -> None:
    assert str(audit(rounded_to_a_tenth)) == str(audit(rounded_to_a_tenth))


_AUDITS = """
import sys
sys.path.insert(0, sys.argv[1])
import {loaded}
from goalmodel.testing import audit, everyday_shares, everyday_ways
from goalmodel.testing.laws.law import SEARCH
from hypothesis import find, strategies as st
def seldom(baseline, target, value):
    return (value - baseline) / (target - baseline) + (1 if target == 613 else 0)
print(audit(seldom))
drawn = []
def look(case):
    drawn.append(case)
    return False
try:
    find(st.tuples(everyday_ways(), everyday_shares()), look, settings=SEARCH)
except Exception:
    print(drawn)
"""


def test_what_else_is_loaded_changes_nothing(tmp_path: Path) -> None:
    """Hypothesis draws constants of loaded modules among its numbers; here are some that would break a law."""
    (tmp_path / "figures.py").write_text(f"FIGURES = {[613, 1613, *range(300)]}", encoding="utf-8")
    alone, among = (
        subprocess.run(  # noqa: S603 - Python itself, on what stands above
            [sys.executable, "-c", _AUDITS.format(loaded=loaded), str(tmp_path)],
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
        for loaded in ("sys", "figures")
    )
    assert alone == among
    assert alone.count("Fraction(") > 25


def test_the_report_reads_as_a_page() -> None:
    report = str(audit(plain_floats))
    assert report.splitlines()[:5] == [
        "plain_floats, a formula for score, given ints and floats: 3 of 15 laws broken",
        "BROKEN  exact-on-thresholds (NUM-3): a value that lies on a threshold has reached it",
        "    plain_floats(baseline=8, target=9, value=8.7) gave 0.6999999999999993; expected 0.7 or more",
        f"    NUM-3: {RULES['NUM-3']}",
        "BROKEN  equal-ends-are-refused (KR-3): where the target is the baseline there is no score",
    ]
    assert "holds  linear-between (KR-1): between them the score is the share of the way" in report


def test_every_law_says_the_sentence_of_its_rule() -> None:
    sentences = _sentences()
    assert dict(RULES) == {rule: sentences[rule] for rule in RULES}
    assert {law.rule for laws in LAWS.values() for law in laws} == set(RULES)


@pytest.mark.parametrize("kind", FormulaKind)
def test_every_kind_has_laws_each_with_a_name_and_a_table(kind: FormulaKind) -> None:
    names = [law.name for law in LAWS[kind]]
    assert len(set(names)) == len(names) >= 9
    assert all(law.cases for law in LAWS[kind])


# ---------------------------------------------------------------------------- what a formula may do


class _Odd(BaseException):
    def __str__(self) -> str:
        raise RuntimeError


class _Unlike:
    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    def __hash__(self) -> int:
        return 0


def _leaves(baseline: float, target: float, value: float) -> float:
    raise SystemExit


def _raises_oddly(baseline: float, target: float, value: float) -> float:
    raise _Odd


def _goes_round(baseline: float, target: float, value: float) -> float:
    while True: pass  # fmt: skip  # noqa: E701 - on one line it is no line event


def _goes_down(baseline: float, target: float, value: float) -> float:
    return _goes_down(baseline, target, value)


def _is_huge(baseline: float, target: float, value: float) -> int:
    return 10**5_000


def _says(answer: object) -> Callable[[float, float, float], object]:
    def formula(baseline: float, target: float, value: float) -> object:
        return answer

    return formula


@pytest.mark.parametrize(
    ("formula", "answer"),
    [
        (_leaves, "raised SystemExit"),
        (_raises_oddly, "raised _Odd"),
        (_goes_round, "found no end within 50,000 steps"),
        (_goes_down, "raised RecursionError: maximum recursion depth exceeded"),
        (_is_huge, "gave a number of very many digits"),
        (_says(float("inf")), "gave inf"),
        (_says(True), "gave True"),  # noqa: FBT003 - it is what is said
        (_says(1j), "gave 1j"),
        (_says([0]), "gave [0]"),
    ],
)
def test_whatever_a_formula_does_is_an_answer(formula: Callable[..., object], answer: str) -> None:
    gc.disable()  # what others have collected deep down in a recursion would fail there, and be taken for ours
    try:
        first = audit(formula).broken[0]
    finally:
        gc.enable()
    assert first.law == "baseline-scores-0"
    assert answer in str(first.counterexample)


def test_an_answer_that_can_not_be_compared_is_none_of_the_words() -> None:
    def unlike(standard: float, value: float) -> object:
        return _Unlike()

    report = audit(unlike, KEPT)
    assert {verdict.law for verdict in report.broken} >= {"on-the-standard-is-kept", "short-is-not-kept"}


def test_what_the_keyboard_says_goes_through() -> None:
    def interrupted(baseline: float, target: float, value: float) -> float:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit(interrupted)


def test_the_keyboard_is_heard_in_the_second_run_too() -> None:
    runs: list[int] = []

    def interrupted(baseline: float, target: float, value: float) -> float:
        runs.append(1)
        if len(runs) % 2 == 0:
            raise KeyboardInterrupt
        return 0

    with pytest.raises(KeyboardInterrupt):
        audit(interrupted)


def test_a_formula_that_answers_as_it_likes_is_found_out() -> None:
    asked: list[float] = []

    def drifting(baseline: float, target: float, value: float) -> float:
        asked.append(value)
        return (value - baseline) / (target - baseline) + len(asked) % 7 / 100

    assert "same-answer-each-time" in {verdict.law for verdict in audit(drifting).broken}


def test_a_fault_the_table_does_not_hold_is_searched_for() -> None:
    def odd_one(baseline: float, target: float, value: float) -> Fraction:
        score = by_rationals(baseline, target, value)
        return score if baseline > -20 else score / 2

    found = {verdict.law: str(verdict.counterexample) for verdict in audit(odd_one).broken}
    assert "target-scores-1" in found


def test_a_fault_that_shows_only_now_and_then_is_kept_though_it_can_not_be_shown_again() -> None:
    asked: list[object] = []

    def now_and_then(baseline: float, target: float, value: float) -> Fraction:
        asked.append(value)
        score = by_rationals(baseline, target, value)
        return score + 1 if baseline < -20 and len(asked) % 4 < 2 else score

    assert audit(now_and_then).broken


def test_who_finds_no_end_only_on_rare_numbers_is_asked_no_further() -> None:
    def rarely_endless(baseline: float, target: float, value: float) -> Fraction:
        while baseline < -20:
            pass
        return by_rationals(baseline, target, value)

    assert "found no end" in str(audit(rarely_endless))


# -------------------------------------------------------------------------------------- how it is asked


class _Takes:
    """Formulas that say nothing, and how they take the facts."""

    @staticmethod
    def in_order(start: float, goal: float, now: float) -> None: ...

    @staticmethod
    def by_name(value: float, target: float, baseline: float) -> None: ...

    @staticmethod
    def anything(*facts: float) -> None: ...

    @staticmethod
    def more_by_name(baseline: float, target: float, value: float, *, digits: int = 2) -> None: ...

    @staticmethod
    def more_in_order(baseline: float, goal: float, now: float, digits: int = 2) -> None: ...

    @staticmethod
    def some_by_name(value: float, **others: float) -> None: ...

    @staticmethod
    def two_by_name(edge: float, value: float) -> None: ...

    @staticmethod
    def two(limit: float, now: float) -> None: ...

    @staticmethod
    def one(xs: Sequence[float]) -> None: ...

    @staticmethod
    def two_lists(xs: Sequence[float], ws: Sequence[float]) -> None: ...

    @staticmethod
    def misplaced(value: float, goal: float, start: float) -> None: ...

    @staticmethod
    def half_named(target: float, now: float) -> None: ...

    @staticmethod
    def the_last_by_name(start: float, goal: float, *, now: float) -> None: ...

    @staticmethod
    def nothing() -> None: ...


@pytest.mark.parametrize(
    ("formula", "kind", "call"),
    [
        (_Takes.in_order, SCORE, "in_order(0, 10, 0)"),
        (_Takes.by_name, SCORE, "by_name(value=0, target=10, baseline=0)"),
        (_Takes.anything, SCORE, "anything(0, 10, 0)"),
        (_Takes.more_by_name, SCORE, "more_by_name(baseline=0, target=10, value=0)"),
        (_Takes.more_in_order, SCORE, "more_in_order(0, 10, 0)"),
        (_Takes.some_by_name, SCORE, "some_by_name(value=0)"),
        (max, SCORE, "max(0, 10, 0)"),
        (_Takes.two_by_name, HEALTH, "two_by_name(edge=8, value=8)"),
        (_Takes.two, HEALTH, "two(8, 8)"),
        (_Takes.in_order, HEALTH, "in_order(8, 7.5, 8)"),
        (_Takes.one, ROLLUP, "one([0.5, 1])"),
        (_Takes.two_lists, ROLLUP, "two_lists([0.5, 1], [1, 1])"),
    ],
)
def test_facts_are_given_by_name_or_in_order(formula: Callable[..., object], kind: FormulaKind, call: str) -> None:
    assert str(audit(formula, kind).broken[0].counterexample).startswith(f"{call} ")


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        (_Takes.misplaced, SCORE),
        (_Takes.half_named, SCORE),
        (_Takes.the_last_by_name, SCORE),
        (_Takes.nothing, SCORE),
        (_Takes.in_order, KEPT),
        ("progress", SCORE),
    ],
)
def test_what_can_not_be_called_with_the_facts_is_refused(formula: Any, kind: FormulaKind) -> None:  # noqa: ANN401 - that is it
    with pytest.raises(WrongType, match="formula must be a function of"):
        audit(formula, kind)


@pytest.mark.parametrize(
    ("options", "error", "field"),
    [
        ({"kind": "score"}, WrongType, "kind"),
        ({"whole": 0}, OutOfBounds, "whole"),
        ({"numbers": int}, WrongType, "numbers"),
        ({"words": ["only"]}, WrongType, "words"),
        ({"words": ["same", "same"]}, WrongType, "words"),
        ({"words": "green"}, WrongType, "words"),
        ({"without": ["no-such-law"]}, OutOfBounds, "without[0]"),
    ],
)
def test_what_the_audit_is_told_is_checked(options: dict[str, Any], error: type[Exception], field: str) -> None:
    with pytest.raises(error) as caught:
        audit(plain_floats, **options)
    assert str(getattr(caught.value, "field", None)) == field


def test_numbers_come_in_the_type_the_formula_answers_with() -> None:
    assert audit(by_rationals).numbers is Fraction
    assert audit(by_rationals, numbers=float).broken == ()
    assert "value=Decimal('9.5')" in str(audit(share_of_target, numbers=Decimal))


def test_a_law_may_be_left_out() -> None:
    report = audit(plain_floats, without=["exact-on-thresholds", "equal-ends-are-refused", "not-a-number-is-refused"])
    assert report.broken == ()
    assert len(report.verdicts) == 12


# ---------------------------------------------------------------------------------- ready-made classes


class TestByRationals(ScoreLaws):
    """A score in rationals keeps every law."""

    formula = by_rationals


class TestByGoalmodel(HealthLaws):
    """So does what goalmodel says of health."""

    formula = staticmethod(healthy_by_goalmodel)


class TestBothWays(KeptLaws):
    """So does a comparison that knows which way is better."""

    formula = kept_both_ways


class TestPaceByRationals(PaceLaws):
    """So does a pace by the gap, in rationals."""

    formula = pace_by_rationals
    words = ("ahead", "on pace", "behind")


class TestByWeightsInRationals(RollupLaws):
    """So does a weighted mean of what is scored."""

    formula = by_weights_in_rationals


class TestPlainFloatsButForWhatIsLeftOut(ScoreLaws):
    """What is broken and left out is no test."""

    formula = plain_floats
    without = ("exact-on-thresholds", "equal-ends-are-refused", "not-a-number-is-refused")


def test_a_law_that_is_broken_fails_its_test() -> None:
    class Broken(ScoreLaws):
        formula = plain_floats

    with pytest.raises(AssertionError, match=r"gave 0\.6999999999999993; expected 0\.7 or more"):
        getattr(Broken(), "test_exact_on_thresholds")()  # noqa: B009 - it is made by the class


def test_a_class_may_say_a_law_in_its_own_way() -> None:
    class Own(ScoreLaws):
        formula = plain_floats

        def test_exact_on_thresholds(self) -> str:
            return "own"

    assert Own().test_exact_on_thresholds() == "own"


def test_a_class_without_a_formula_says_so() -> None:
    class Nothing(ScoreLaws):
        pass

    with pytest.raises(WrongType, match="formula must be"):
        getattr(Nothing(), "test_target_scores_1")()  # noqa: B009 - it is made by the class
