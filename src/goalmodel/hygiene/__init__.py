"""Floor 5: is this a well-made goal model? A linter with stable codes, reasons, and what to do next."""

import typing as _typing

from goalmodel.hygiene.context import Stated as Stated
from goalmodel.hygiene.finding import Finding as Finding, HygieneRule as HygieneRule, Severity as Severity
from goalmodel.hygiene.policy import HygienePolicy as HygienePolicy
from goalmodel.rooms import later as _later

if _typing.TYPE_CHECKING:
    from goalmodel.hygiene.linter import HYGIENE_RULES as HYGIENE_RULES, explain as explain
    from goalmodel.hygiene.translation import (
        Description as Description,
        Translated as Translated,
        Translation as Translation,
        translate as translate,
    )
else:
    __getattr__, __dir__ = _later(
        __name__, linter="HYGIENE_RULES explain", translation="Description Translated Translation translate"
    )
