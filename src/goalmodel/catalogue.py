"""Everything a program can look up by its code, in one place."""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import Final

from goalmodel import answers, externality
from goalmodel.commit import accountable, amendment, consent, risk, speculation, succession, verdict
from goalmodel.commit.manner import MANNERS
from goalmodel.hygiene import HYGIENE_RULES, kpi_rules, translation
from goalmodel.key_result import by_chance, forecast, key_result, pace, revision
from goalmodel.kpi import assuring, breach, composite, deviation, direction, flaps, kpi, staleness
from goalmodel.lifecycle import contradictory, demotion, focusing, promotion, reset
from goalmodel.measure import enough, exclusion, figure
from goalmodel.objective import calibration, rollup
from goalmodel.profiles import profile
from goalmodel.reasons import ReasonKind
from goalmodel.statement import disagreement, doubt, draft
from goalmodel.trend import answer, cases_chart, history, mann_kendall_test, runs, seasonal

_WITH_KINDS: Final = (
    answers,
    externality,
    accountable,
    amendment,
    consent,
    risk,
    speculation,
    succession,
    verdict,
    *(sys.modules[manner.__module__] for manner in MANNERS),
    kpi_rules,
    translation,
    enough,
    exclusion,
    figure,
    by_chance,
    forecast,
    key_result,
    pace,
    revision,
    assuring,
    breach,
    composite,
    deviation,
    direction,
    flaps,
    kpi,
    staleness,
    contradictory,
    demotion,
    focusing,
    promotion,
    reset,
    calibration,
    rollup,
    profile,
    disagreement,
    doubt,
    draft,
    answer,
    cases_chart,
    history,
    mann_kendall_test,
    runs,
    seasonal,
)
"""The modules that say why."""


def _kinds() -> tuple[ReasonKind, ...]:
    found = {kind for module in _WITH_KINDS for kind in vars(module).values() if isinstance(kind, ReasonKind)}
    return (*found, *(rule.kind for rule in HYGIENE_RULES))


REASON_KINDS: Final = MappingProxyType({kind.code: kind for kind in sorted(_kinds(), key=lambda kind: kind.code)})
"""Every kind of reason by its code, those of the linter included: its rule, its sentence, and the types of its facts.

>>> REASON_KINDS["kpi-never-read"].sentence, REASON_KINDS["COM302"].rule
('there is no reading of {measure} until {as_of}', 'HYG-1')
"""
