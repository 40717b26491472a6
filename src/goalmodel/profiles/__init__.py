"""Beside the tower: what other systems say of the same facts, what goalmodel says, and what makes the difference."""

from goalmodel.profiles.amount import Rounding as Rounding, Shown as Shown
from goalmodel.profiles.comparing import compare as compare
from goalmodel.profiles.difference import BREAKS as BREAKS, MEANING as MEANING, Difference as Difference
from goalmodel.profiles.expected import DayCount as DayCount, Expected as Expected
from goalmodel.profiles.facts import Facts as Facts, Phase as Phase
from goalmodel.profiles.kept import Edge as Edge, Kept as Kept
from goalmodel.profiles.profile import Answer as Answer, Profile as Profile
from goalmodel.profiles.progress import Formula as Formula, Progress as Progress, Undefined as Undefined
from goalmodel.profiles.rolled_up import Method as Method, RolledUp as RolledUp
from goalmodel.profiles.rules import Question as Question
from goalmodel.profiles.systems import PROFILES as PROFILES
from goalmodel.profiles.words import (
    Band as Band,
    Basis as Basis,
    Lasting as Lasting,
    Light as Light,
    Word as Word,
    Wording as Wording,
    Words as Words,
)
