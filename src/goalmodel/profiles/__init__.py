"""The same facts as other systems score them: what each says, what goalmodel says, and what makes the difference."""

from goalmodel.profiles.amount import Rounding, Shown
from goalmodel.profiles.comparing import compare
from goalmodel.profiles.difference import BREAKS, Difference
from goalmodel.profiles.expected import DayCount, Expected
from goalmodel.profiles.facts import Facts, Phase
from goalmodel.profiles.kept import Edge, Kept
from goalmodel.profiles.profile import Answer, Profile, Question
from goalmodel.profiles.progress import Counted, Formula, Progress, Undefined
from goalmodel.profiles.rolled_up import Method, RolledUp
from goalmodel.profiles.systems import PROFILES
from goalmodel.profiles.words import Band, Basis, Light, Word, Wording, Words

__all__ = [
    "BREAKS",
    "PROFILES",
    "Answer",
    "Band",
    "Basis",
    "Counted",
    "DayCount",
    "Difference",
    "Edge",
    "Expected",
    "Facts",
    "Formula",
    "Kept",
    "Light",
    "Method",
    "Phase",
    "Profile",
    "Progress",
    "Question",
    "RolledUp",
    "Rounding",
    "Shown",
    "Undefined",
    "Word",
    "Wording",
    "Words",
    "compare",
]
