"""Strategies for the linter: its policy, descriptions from other houses, and models in which it finds nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from hypothesis import strategies as st

from goalmodel.commit import Commit, Held, OnDueDate, Reached, Standard, Support, SupportKind
from goalmodel.commit.manner import Manner
from goalmodel.hygiene import HYGIENE_RULES, Description, Finding, HygienePolicy, HygieneRule
from goalmodel.key_result import Counting, KeyResult, Milestone, Milestones, Occasions, Sum, Tiers, Zones
from goalmodel.key_result.way import Path
from goalmodel.kpi import HealthBands, Kpi
from goalmodel.measure import Aggregation, Cadence, Cycle, Measure, Polarity, Series
from goalmodel.model import GoalModel
from goalmodel.objective import Objective
from goalmodel.statement import render
from goalmodel.testing.fields import built, texts


class CleanModel(NamedTuple):
    """A model the linter has nothing to say about, with what was read, when it is asked, and what was said."""

    model: GoalModel
    history: tuple[Series, ...]
    as_of: dt.date
    statements: Mapping[str, str]


def findings() -> st.SearchStrategy[Finding]:
    """Return a strategy for findings, of any rule without facts."""
    without_facts = [rule for rule in HYGIENE_RULES if "{" not in rule.found]
    return st.builds(HygieneRule.finding, st.sampled_from(without_facts), st.lists(texts(), max_size=3))


@st.composite
def hygiene_policies(draw: st.DrawFn) -> HygienePolicy:
    """Return a strategy for which rules are asked, and where they draw the line."""
    least, most = sorted(draw(st.tuples(st.integers(1, 9), st.integers(1, 9))))
    codes = st.sampled_from([rule.code for rule in HYGIENE_RULES])
    prefixes = st.lists(st.builds(_beginning, codes, st.integers(1, 6)), max_size=3)
    return HygienePolicy(
        select=draw(prefixes),
        ignore=draw(prefixes),
        most_kpis=draw(st.integers(1, 20)),
        least_key_results=least,
        most_key_results=most,
        healthy_periods=draw(st.integers(1, 20)),
        healthy_days=draw(st.integers(0, 400)),
        not_healthy=draw(st.integers(1, 9)),
        alike=draw(st.integers(2, 6)),
        most_moved=draw(_SHARES),
        most_carried=draw(st.integers(0, 4)),
        most_steps=draw(st.integers(1, 6)),
        sign_chance=draw(_SHARES),
        lead_days=draw(st.integers(0, 99)),
    )


@st.composite
def clean_models(draw: st.DrawFn) -> CleanModel:
    """Return a strategy for models in which the linter, asked as by default, finds nothing.

    Key results are of every shape, commits of every manner, KPIs of either way; one key result has a past, and a
    statement.
    """
    cycle = Cycle.quarter(draw(_YEARS), draw(_QUARTERS))
    as_of = cycle.start + dt.timedelta(days=draw(_DAYS))
    objectives = [Objective(id=f"o{n}", title="Patients are seen in time", owner="care") for n in range(draw(_FEW))]
    values, values_of_kpis = draw(_VALUES), draw(_HEALTHY)
    shapes, counts = draw(_SHAPES), draw(_COUNTS)
    key_results = [
        _key_result(f"{each.id}-kr{n}", each.id, cycle, values[place % len(values)], shapes[(place + n) % len(shapes)])
        for place, each in enumerate(objectives)
        for n in range(counts[place])
    ]
    kpis = [_kpi(f"kpi{n}", objectives[n % len(objectives)].id, values_of_kpis) for n in range(draw(_KPIS))]
    manners = (Reached(), OnDueDate(), Held(cycle.start), Held(cycle.start, share=draw(_SHARES)))
    commits = [
        _commit(f"commit{n}", objectives[n % len(objectives)].id, cycle, manners[n]) for n in range(draw(_COMMITS))
    ]
    past = {cycle.start - dt.timedelta(days=back): values[0][0] for back in range(1, draw(_PAST))}
    known = [*(_read(each, as_of, past if not n else {}) for n, each in enumerate(key_results))]
    watched = {as_of - dt.timedelta(days=28 * back): value for back, value in enumerate(values_of_kpis)}
    return CleanModel(
        GoalModel(objectives=objectives, key_results=key_results, kpis=kpis, commits=commits),
        (*known, *(Series.of(each.measure, watched) for each in kpis)),
        as_of,
        {key_results[0].id: render(key_results[0])} if draw(_YES_OR_NO) else {},
    )


def _beginning(code: str, length: int) -> str:
    return code[:length]


def _share(part: int, rest: int) -> Fraction:
    return Fraction(part, part + rest)


def _step(number: int, parts: int, rises: bool) -> Fraction:  # noqa: FBT001 - drawn, not switched
    return Fraction(number if rises else -number, parts)


DESCRIPTIONS: Final = built(Description)

# Each is built once, for Hypothesis prepares every new strategy anew.
_YES_OR_NO: Final = st.booleans()
_YEARS: Final = st.integers(1990, 2090)
_QUARTERS: Final = st.integers(1, 4)
_DAYS: Final = st.integers(0, 88)
_FEW: Final = st.integers(1, 4)
_KPIS: Final = st.integers(0, 9)
_COMMITS: Final = st.integers(0, 4)
_PAST: Final = st.integers(1, 9)
_WHOLE: Final = st.integers(min_value=1)
_SHARES: Final = st.builds(_share, _WHOLE, st.integers(min_value=0))
_HEALTHY: Final = st.lists(st.builds(Fraction, st.integers(min_value=0), _WHOLE), min_size=1, max_size=9)
_STEPS: Final = st.builds(_step, _WHOLE, _WHOLE, _YES_OR_NO)
_VALUES: Final = st.lists(st.tuples(st.builds(Fraction, st.integers(), _WHOLE), _STEPS), min_size=1, max_size=3)
_COUNTS: Final = st.lists(st.integers(1, 5), min_size=4, max_size=4)
_SHAPES: Final = st.lists(st.integers(0, 8), min_size=1, max_size=3)
_COUNTINGS: Final = tuple(Aggregation)


def _key_result(
    id_: str, objective: str, cycle: Cycle, value_and_step: tuple[Fraction, Fraction], shape: int
) -> KeyResult:
    """Return a key result of one of nine shapes, at a place where its target is not what was usual."""
    baseline, step = value_and_step
    target = baseline + step
    counting: Counting = _COUNTINGS[shape % len(_COUNTINGS)]
    path: Path = None
    match shape:
        case 5:
            baseline, target, counting = Fraction(0), Fraction(3), Occasions(4)
        case 6:
            baseline, target = Fraction(0), Fraction(2)
            counting = Milestones([Milestone("asked"), Milestone("answered", due=cycle.end)])
        case 7:
            counting, path = Aggregation.LAST, Tiers([(baseline + step / 2, Fraction(3, 10))])
        case 8:
            counting, path = Aggregation.LAST, Zones(labels=["low", "high"], cuts=[baseline + step / 2])
        case _:
            counting = Sum.ADDED if counting is Aggregation.SUM else counting
    better = Polarity.HIGHER_IS_BETTER if target > baseline else Polarity.LOWER_IS_BETTER
    return KeyResult(
        id=id_,
        measure=Measure(f"measure of {id_}", polarity=better),
        baseline=baseline,
        target=target,
        cycle=cycle,
        counting=counting,
        path=path,
        serves=objective,
        owner="care",
    )


def _read(key_result: KeyResult, as_of: dt.date, past: Mapping[dt.date, Fraction]) -> Series:
    """Return a reading inside the cycle, of an occasion one, and what was before."""
    value = Fraction(1) if isinstance(key_result.counting, Occasions) else key_result.target_value
    return Series.of(key_result.measure, {**past, as_of: value})


def _kpi(id_: str, objective: str, values: list[Fraction]) -> Kpi:
    return Kpi(
        id=id_,
        measure=Measure(f"measure of {id_}"),
        bands=HealthBands.at_least(0) if len(values) % 2 else HealthBands.at_most(max(values)),
        cadence=Cadence.MONTHLY,
        serves=objective,
        owner="care",
        definition="patients on the list, at the end of the day",
    )


def _commit(id_: str, objective: str, cycle: Cycle, manner: Manner) -> Commit:
    return Commit(
        id=id_,
        measure=Measure(f"measure of {id_}"),
        standard=Standard.at_least(1),
        due=cycle.end,
        declared_on=cycle.start,
        starts_on=cycle.start,
        manner=manner,
        support=Support(SupportKind.PEOPLE, "two"),
        serves=objective,
        owner="care",
    )
