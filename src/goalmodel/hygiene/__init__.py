"""Floor 5: is this a well-made goal model? A linter with stable codes, reasons, and what to do next."""

from goalmodel.hygiene.finding import Finding, HygieneRule, Severity
from goalmodel.hygiene.lint import HYGIENE_RULES, SelectsNothing, UnknownCode, explain, findings
from goalmodel.hygiene.look import Look
from goalmodel.hygiene.policy import HygienePolicy, LeastAboveMost
from goalmodel.hygiene.translate import Description, Translated, Translation, translate

__all__ = [
    "HYGIENE_RULES",
    "Description",
    "Finding",
    "HygienePolicy",
    "HygieneRule",
    "LeastAboveMost",
    "Look",
    "SelectsNothing",
    "Severity",
    "Translated",
    "Translation",
    "UnknownCode",
    "explain",
    "findings",
    "translate",
]
