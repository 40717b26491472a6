"""Strategies for the linter: its policy, descriptions from other houses, and models in which it finds nothing."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import NamedTuple

from hypothesis import strategies as st

from goalmodel.commit import Commit, Standard, Standing, Support, SupportKind
from goalmodel.hygiene import HYGIENE_RULES, Description, HygienePolicy, Translated, translate
from goalmodel.hygiene.finding import Finding, HygieneRule
from goalmodel.key_result import KeyResult
from goalmodel.kpi import HealthBands, Kpi
from goalmodel.measure import Cadence, Cycle, Measure, Series
from goalmodel.model import GoalModel
from goalmodel.objective import Objective


class CleanModel(NamedTuple):
    """A model the linter has nothing to say about, with what was read, and when it is asked."""

    model: GoalModel
    history: tuple[Series, ...]
    as_of: dt.date


def hygiene_rules() -> st.SearchStrategy[HygieneRule]:
    """Return a strategy for the rules of the linter."""
    return st.sampled_from(HYGIENE_RULES)


def findings() -> st.SearchStrategy[Finding]:
    """Return a strategy for findings, of any rule without facts."""
    without_facts = [rule for rule in HYGIENE_RULES if "{" not in rule.found]
    ids = st.lists(st.text(min_size=1, max_size=3), max_size=3)
    return st.builds(_found, st.sampled_from(without_facts), ids)


@st.composite
def hygiene_policies(draw: st.DrawFn) -> HygienePolicy:
    """Return a strategy for which rules are asked, and where they draw the line."""
    least, most = sorted(draw(st.tuples(st.integers(1, 9), st.integers(1, 9))))
    codes = st.sampled_from([rule.code for rule in HYGIENE_RULES])
    prefixes = st.lists(st.builds(_start_of, codes, st.integers(1, 6)), max_size=3)
    return HygienePolicy(
        select=draw(prefixes),
        ignore=draw(prefixes),
        most_kpis=draw(st.integers(1, 20)),
        least_key_results=least,
        most_key_results=most,
        healthy_periods=draw(st.integers(1, 20)),
        not_healthy=draw(st.integers(1, 9)),
        alike=draw(st.integers(2, 6)),
    )


def descriptions() -> st.SearchStrategy[Description]:
    """Return a strategy for answers to the four questions."""
    yes_or_no = st.booleans()
    return st.builds(
        Description,
        must_be_reached=yes_or_no,
        is_being_improved=yes_or_no,
        has_target=yes_or_no,
        is_only_watched=yes_or_no,
    )


def translations() -> st.SearchStrategy[Translated]:
    """Return a strategy for what descriptions come to."""
    return descriptions().map(translate)


@st.composite
def clean_models(draw: st.DrawFn) -> CleanModel:
    """Return a strategy for models in which the linter, asked as by default, finds nothing."""
    cycle = Cycle.quarter(draw(st.integers(1990, 2090)), draw(st.integers(1, 4)))
    as_of = draw(st.dates(cycle.start, cycle.end - dt.timedelta(days=1)))
    number = draw(st.integers(1, 4))
    objectives = [Objective(id=f"o{n}", title="Patients are seen in time", owner="care") for n in range(number)]
    goals = [(each, n) for each in objectives for n in range(draw(st.integers(1, 5)))]
    key_results = [_key_result(draw, f"{each.id}-kr{n}", each.id, cycle) for each, n in goals]
    kpis = [_kpi(f"kpi{n}", objectives[n % number].id) for n in range(draw(st.integers(0, 9)))]
    commits = [_commit(f"commit{n}", objectives[n % number].id, cycle) for n in range(draw(st.integers(0, 4)))]
    history = [
        *(Series.of(each.measure, {as_of: each.target}) for each in key_results),
        *(Series.of(each.measure, _healthy(draw, as_of)) for each in kpis),
    ]
    model = GoalModel(objectives=objectives, key_results=key_results, kpis=kpis, commits=commits)
    return CleanModel(model, tuple(history), as_of)


def _key_result(draw: st.DrawFn, id_: str, objective: str, cycle: Cycle) -> KeyResult:
    baseline = draw(st.fractions())
    step = draw(st.fractions().filter(bool))
    return KeyResult(
        id=id_,
        measure=Measure(f"measure of {id_}"),
        baseline=baseline,
        target=baseline + step,
        cycle=cycle,
        serves=objective,
        owner="care",
    )


def _kpi(id_: str, objective: str) -> Kpi:
    return Kpi(
        id=id_,
        measure=Measure(f"measure of {id_}"),
        bands=HealthBands.at_least(0),
        cadence=Cadence.MONTHLY,
        serves=objective,
        owner="care",
        definition="patients on the list, at the end of the day",
    )


def _commit(id_: str, objective: str, cycle: Cycle) -> Commit:
    return Commit(
        id=id_,
        measure=Measure(f"measure of {id_}"),
        standard=Standard.at_least(1),
        due=cycle.end,
        declared_on=cycle.start,
        starts_on=cycle.start,
        manner=Standing(),
        support=Support(SupportKind.PEOPLE, "two"),
        serves=objective,
        owner="care",
    )


def _healthy(draw: st.DrawFn, as_of: dt.date) -> dict[dt.date, Fraction]:
    values = draw(st.lists(st.fractions(min_value=0), min_size=1, max_size=9))
    return {as_of - dt.timedelta(days=28 * back): value for back, value in enumerate(values)}


def _found(rule: HygieneRule, goals: list[str]) -> Finding:
    return rule.finding(goals)


def _start_of(code: str, length: int) -> str:
    return code[:length]
