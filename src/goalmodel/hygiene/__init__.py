"""Floor 5: is this a well-made goal model? A linter with stable codes, reasons, and what to do next."""

from goalmodel.hygiene.context import Stated as Stated
from goalmodel.hygiene.finding import Finding as Finding, HygieneRule as HygieneRule, Severity as Severity
from goalmodel.hygiene.linter import HYGIENE_RULES as HYGIENE_RULES, explain as explain
from goalmodel.hygiene.policy import HygienePolicy as HygienePolicy
from goalmodel.hygiene.translation import (
    Description as Description,
    Translated as Translated,
    Translation as Translation,
    translate as translate,
)
