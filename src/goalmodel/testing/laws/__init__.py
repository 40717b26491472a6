"""Which laws a home-made formula breaks: `audit`, and ready-made test classes.

Beside the room's other doors, which give what is valid, this one judges what somebody else has written.
"""

from goalmodel.testing.laws.answer import Answer
from goalmodel.testing.laws.auditing import AuditReport, LawVerdict, audit
from goalmodel.testing.laws.candidate import FormulaKind, Question
from goalmodel.testing.laws.classes import FormulaLaws, HealthLaws, KeptLaws, PaceLaws, RollupLaws, ScoreLaws
from goalmodel.testing.laws.everyday import THRESHOLDS, everyday_numbers, everyday_shares, everyday_ways, on_thresholds
from goalmodel.testing.laws.law import Counterexample

__all__ = [
    "THRESHOLDS",
    "Answer",
    "AuditReport",
    "Counterexample",
    "FormulaKind",
    "FormulaLaws",
    "HealthLaws",
    "KeptLaws",
    "LawVerdict",
    "PaceLaws",
    "Question",
    "RollupLaws",
    "ScoreLaws",
    "audit",
    "everyday_numbers",
    "everyday_shares",
    "everyday_ways",
    "on_thresholds",
]
